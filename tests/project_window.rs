//! Projects through the window: saved, opened, asked about before it closes, and brought back after a crash.

use std::path::{Path, PathBuf};

use customer_focus::cli::WindowArguments;
use customer_focus::project::store;
use customer_focus::text::Locale;
use customer_focus::ui::app::App;
use egui::accesskit::Role;
use egui::{Key, Modifiers, ViewportCommand, ViewportEvent, ViewportId};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use crate::support::window::{press, shows, wait};

pub(crate) type Window = Harness<'static, App>;

/// A window on a desktop without dialogs, with its folder for unsaved work.
pub(crate) fn start(folder: &Path, files: Vec<PathBuf>) -> Window {
    let rescue = folder.join("unsaved");
    let arguments = WindowArguments { files, ..WindowArguments::default() };
    let mut window = Harness::builder().with_size([1280.0, 2000.0]).with_max_steps(60).build_eframe(move |cc| {
        let app = App::new(&cc.egui_ctx, None, &arguments).with_locale(Locale::of("en-US"));
        app.without_dialogs().with_rescue_folder(rescue)
    });
    settle(&mut window);
    window
}

/// Lets what goes on beside the window come to an end.
pub(crate) fn settle(window: &mut Window) {
    for _ in 0..12 {
        std::thread::sleep(std::time::Duration::from_millis(10));
        window.step();
    }
    wait(window, |app| {
        let workbench = app.workbench();
        !workbench.is_saving_project() && !workbench.is_reading() && !workbench.is_updating()
    });
}

/// Lets the window go on until something stands on it.
pub(crate) fn until(window: &mut Window, text: &str) {
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(60);
    while !shows(window, text) {
        assert!(std::time::Instant::now() < deadline, "{text} did not come within a minute");
        std::thread::sleep(std::time::Duration::from_millis(5));
        window.step();
    }
    settle(window);
}

pub(crate) fn note(window: &mut Window, text: &str) {
    window.key_press(Key::D);
    window.step();
    window.step();
    window.get_by_label("What was decided").type_text(text);
    window.step();
    window.get_by_role_and_label(Role::Button, "Save decision").click();
    window.step();
    window.step();
}

/// Saves by the field for a path, which is offered where no dialog can be shown.
pub(crate) fn save_to(window: &mut Window, path: &Path) {
    until(window, "Type a path to save to\u{2026}");
    press(window, "Type a path to save to\u{2026}");
    window.get_by_label("Save the project to").focus();
    window.step();
    window.get_by_label("Save the project to").type_text(path.to_str().unwrap());
    window.step();
    window.get_by_role_and_label(Role::Button, "Save").click();
    settle(window);
}

pub(crate) fn keys(window: &mut Window, modifiers: Modifiers, key: Key) {
    window.key_press_modifiers(modifiers, key);
    settle(window);
}

/// Whether the window closes when it is asked to.
pub(crate) fn closes(window: &mut Window) -> bool {
    window.input_mut().viewports.entry(ViewportId::ROOT).or_default().events.push(ViewportEvent::Close);
    window.step();
    let is_kept_open = told(window).contains(&ViewportCommand::CancelClose);
    window.input_mut().viewports.entry(ViewportId::ROOT).or_default().events.clear();
    window.step();
    !is_kept_open
}

fn told(window: &Window) -> Vec<ViewportCommand> {
    let outputs = window.output().viewport_output.values();
    outputs.flat_map(|viewport| viewport.commands.iter().cloned()).collect()
}

pub(crate) fn decisions(path: &Path) -> Vec<String> {
    store::read(path).unwrap().made.decisions.into_iter().map(|decision| decision.text).collect()
}

#[test]
fn a_project_is_saved_by_key_named_in_the_bar_and_opened_by_its_path() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("Plan.cfocus");
    let mut window = start(folder.path(), Vec::new());
    note(&mut window, "first");
    assert!(shows(&window, "Untitled project (edited)"));
    keys(&mut window, Modifiers::COMMAND, Key::S);
    until(&mut window, "No file dialog could be shown.");
    save_to(&mut window, &folder.path().join("Plan"));
    assert_eq!(decisions(&path), ["first"]);
    assert!(shows(&window, "Plan") && !shows(&window, "(edited)"));
    note(&mut window, "second");
    assert!(shows(&window, "Plan (edited)"));
    keys(&mut window, Modifiers::COMMAND, Key::Z);
    assert!(!shows(&window, "(edited)"), "back at what was saved");
    keys(&mut window, Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    keys(&mut window, Modifiers::COMMAND, Key::S);
    assert_eq!(decisions(&path), ["first", "second"]);
    assert_eq!(store::versions(&path).len(), 1);
    drop(window);

    let window = start(folder.path(), vec![path]);
    assert_eq!(window.state().workbench().project().decisions.len(), 2);
    assert!(shows(&window, "Plan") && !shows(&window, "(edited)"));
}

#[test]
fn closing_with_unsaved_changes_asks_and_each_answer_does_what_it_says() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("Plan.cfocus");
    let mut window = start(folder.path(), Vec::new());
    assert!(closes(&mut window), "nothing is unsaved");
    note(&mut window, "first");
    assert!(!closes(&mut window));
    assert!(shows(&window, "Save the changes to Untitled project?"));
    window.get_by_role_and_label(Role::Button, "Cancel").click();
    settle(&mut window);
    assert!(!shows(&window, "Save the changes") && window.state().workbench().project().decisions.len() == 1);

    // Save: where, then it closes.
    assert!(!closes(&mut window));
    window.get_by_role_and_label(Role::Button, "Save").click();
    settle(&mut window);
    assert!(!window.state().workbench().has_left(), "it has not been saved yet");
    save_to(&mut window, &path);
    assert_eq!(decisions(&path), ["first"]);

    note(&mut window, "second");
    assert!(!closes(&mut window));
    window.get_by_role_and_label(Role::Button, "Save").click();
    settle(&mut window);
    assert!(window.state().workbench().has_left());
    assert_eq!(decisions(&path), ["first", "second"]);
}

#[test]
fn what_is_not_saved_on_purpose_is_not_offered_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = start(folder.path(), Vec::new());
    note(&mut window, "forget me");
    // To another window: what is unsaved is kept at once.
    window.input_mut().focused = false;
    settle(&mut window);
    assert!(folder.path().join("unsaved/Rescued 1.cfocus").exists());
    window.input_mut().focused = true;
    assert!(!closes(&mut window));
    window.get_by_role_and_label(Role::Button, "Don\u{2019}t save").click();
    settle(&mut window);
    assert!(window.state().workbench().has_left());
    drop(window);
    assert!(!shows(&start(folder.path(), Vec::new()), "Unsaved work"));
}

#[test]
fn five_seconds_after_a_change_it_is_on_the_disk_and_after_a_crash_it_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = start(folder.path(), Vec::new());
    note(&mut window, "only in memory");
    let rescued = folder.path().join("unsaved/Rescued 1.cfocus");
    assert!(!rescued.exists());
    // Steps of the window are a quarter of a second long.
    (0..24).for_each(|_| window.step());
    settle(&mut window);
    assert_eq!(decisions(&rescued), ["only in memory"]);
    // The program ends here.
    drop(window);

    let mut window = start(folder.path(), Vec::new());
    until(&mut window, "Unsaved work from before is still here");
    assert!(shows(&window, "an untitled project") && shows(&window, "1 decision added"));
    press(&mut window, "Recover");
    settle(&mut window);
    assert_eq!(window.state().workbench().project().decisions[0].text, "only in memory");
    assert!(shows(&window, "Untitled project (edited)"));
    drop(window);

    // Still unsaved, it is offered until it is thrown away.
    let mut window = start(folder.path(), Vec::new());
    until(&mut window, "Discard");
    press(&mut window, "Discard");
    settle(&mut window);
    assert!(!rescued.exists() && window.state().workbench().project().is_empty());
}

#[test]
fn a_project_with_a_file_is_saved_into_it_by_itself() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("Plan.cfocus");
    store::save(&path, &customer_focus::project::Document::default().to_text(), store::Keep::Each).unwrap();
    let mut window = start(folder.path(), vec![path.clone()]);
    note(&mut window, "by itself");
    (0..24).for_each(|_| window.step());
    settle(&mut window);
    assert_eq!(decisions(&path), ["by itself"]);
    assert!(!shows(&window, "(edited)"));
    assert!(closes(&mut window));
}

#[test]
fn the_second_one_reads_hears_who_has_it_and_saves_a_copy() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("Plan.cfocus");
    store::save(&path, &customer_focus::project::Document::default().to_text(), store::Keep::Each).unwrap();
    let owner = store::Owner { name: "Ada".to_owned(), computer: "desk-7".to_owned(), since: None };
    let first = store::open(&path, &owner).unwrap();
    let mut window = start(folder.path(), vec![path.clone()]);
    until(&mut window, "Plan.cfocus is open for reading only.");
    assert!(shows(&window, "Ada at desk-7 has it open since"));
    note(&mut window, "mine");
    (0..24).for_each(|_| window.step());
    settle(&mut window);
    assert!(decisions(&path).is_empty(), "never into the file of the other");
    keys(&mut window, Modifiers::COMMAND, Key::S);
    save_to(&mut window, &folder.path().join("Mine"));
    assert_eq!(decisions(&folder.path().join("Mine.cfocus")), ["mine"]);
    assert!(window.state().workbench().project_read_only().is_none());
    drop(first);
}

#[test]
fn for_a_damaged_project_the_last_good_version_is_offered_and_the_file_stays_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("Plan.cfocus");
    let sized = |size| customer_focus::project::Document { minimum_group_size: Some(size), ..Default::default() };
    for size in [10, 11] {
        store::save(&path, &sized(size).to_text(), store::Keep::Each).unwrap();
    }
    let damaged = sized(11).to_text().replace("11,", "eleven,");
    std::fs::write(&path, &damaged).unwrap();
    let mut window = start(folder.path(), vec![path.clone()]);
    until(&mut window, "The project file is damaged.");
    press(&mut window, "Open the last good version");
    settle(&mut window);
    until(&mut window, "An earlier version of the project is open.");
    assert_eq!(window.state().workbench().document().minimum_group_size, Some(10));
    assert_eq!(std::fs::read_to_string(&path).unwrap(), damaged);

    // A file of a newer program, and one of another kind.
    std::fs::write(&path, sized(11).to_text().replace("\"version\": 1", "\"version\": 99")).unwrap();
    until(&mut start(folder.path(), vec![path.clone()]), "The project is from a newer Customer Focus.");
    std::fs::write(&path, "PersonId,MetricDate\n").unwrap();
    until(&mut start(folder.path(), vec![path]), "This is not a project of Customer Focus.");
}
