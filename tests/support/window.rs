//! The window without a window: driven by what stands on it.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use customer_focus::cli::WindowArguments;
use customer_focus::text::Locale;
use customer_focus::ui::app::App;
use egui::accesskit::Role;
use egui_kittest::{Harness, kittest::Queryable as _};

/// The window with these arguments, with room for whole pages, so that nothing has to be scrolled to.
pub(crate) fn window(arguments: WindowArguments) -> Harness<'static, App> {
    window_in("en-US", arguments)
}

/// The same on a computer of another language.
pub(crate) fn window_in(language: &'static str, arguments: WindowArguments) -> Harness<'static, App> {
    Harness::builder()
        .with_size([1280.0, 3200.0])
        .with_max_steps(30)
        .build_eframe(move |cc| App::new(&cc.egui_ctx, None, &arguments).with_locale(Locale::of(language)))
}

/// The window with the sample company open and its numbers on the screen.
pub(crate) fn sample() -> Harness<'static, App> {
    let mut window = window(WindowArguments { sample: true, ..WindowArguments::default() });
    wait(&mut window, |app| app.workbench().results().is_some() && !app.workbench().is_updating());
    window
}

/// Lets the work beside the window come to an end.
pub(crate) fn wait(window: &mut Harness<'_, App>, is_done: impl Fn(&App) -> bool) {
    let deadline = Instant::now() + Duration::from_secs(60);
    while !is_done(window.state()) {
        assert!(Instant::now() < deadline, "the work did not end within a minute");
        std::thread::sleep(Duration::from_millis(5));
        window.step();
    }
    window.run_ok();
}

/// Goes to a screen by its entry in the navigation.
pub(crate) fn go(window: &mut Harness<'_, App>, screen: &str) {
    window.get_by_role_and_label(Role::Link, screen).click();
    window.run_ok();
    wait(window, |app| !app.workbench().is_comparing() && !app.workbench().is_checking());
}

pub(crate) fn shows(window: &Harness<'_, App>, text: &str) -> bool {
    window.query_all_by_label_contains(text).next().is_some()
}

/// The window with a file open, or with what came of it.
pub(crate) fn opened(path: PathBuf) -> Harness<'static, App> {
    opened_in("en-US", path)
}

/// The same on a computer of another language.
pub(crate) fn opened_in(language: &'static str, path: PathBuf) -> Harness<'static, App> {
    let mut window = window_in(language, WindowArguments { files: vec![path], ..WindowArguments::default() });
    wait(&mut window, |app| {
        let workbench = app.workbench();
        !workbench.is_reading()
            && !workbench.is_updating()
            && (workbench.results().is_some() || workbench.asked().is_some() || !workbench.notices().is_empty())
    });
    window
}

/// Presses a button by its word.
pub(crate) fn press(window: &mut Harness<'_, App>, word: &str) {
    window.get_by_role_and_label(Role::Button, word).click();
    window.run_ok();
}
