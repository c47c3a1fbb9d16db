//! What people expect of any desktop application: it comes back as it was left, and it notices what happens to
//! the file that is open.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use customer_focus::cli::WindowArguments;
use customer_focus::text::Locale;
use customer_focus::ui::app::App;
use eframe::App as _;
use egui::accesskit::Role;
use egui::{Key, Modifiers, ThemePreference};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use crate::support::window::{go, opened, press, shows, wait};

/// What the toolkit keeps between two starts, in memory.
#[derive(Clone, Default)]
struct Kept(BTreeMap<String, String>);

impl eframe::Storage for Kept {
    fn get_string(&self, key: &str) -> Option<String> {
        self.0.get(key).cloned()
    }

    fn set_string(&mut self, key: &str, value: String) {
        self.0.insert(key.to_owned(), value);
    }

    fn remove_string(&mut self, key: &str) {
        self.0.remove(key);
    }

    fn flush(&mut self) {}
}

/// The name under which the toolkit keeps theme and text size.
const TOOLKIT: &str = "egui";

/// What a window leaves behind when it is closed.
fn close(mut window: Harness<'static, App>) -> Kept {
    let mut kept = Kept::default();
    window.state_mut().save(&mut kept);
    window.ctx.memory(|memory| eframe::set_value(&mut kept, TOOLKIT, memory));
    kept
}

/// A window that finds what an earlier one left.
fn start_again(kept: Kept) -> Harness<'static, App> {
    let mut window = Harness::builder().with_size([1280.0, 3200.0]).with_max_steps(30).build_eframe(move |cc| {
        if let Some(memory) = eframe::get_value(&kept, TOOLKIT) {
            cc.egui_ctx.memory_mut(|now| *now = memory);
        }
        App::new(&cc.egui_ctx, Some(&kept), &WindowArguments::default()).with_locale(Locale::of("en-US"))
    });
    window.run_ok();
    window
}

/// An export of four weeks and forty people, `counted` of whom have nine external hours a week, the others three.
fn export(counted: usize) -> String {
    let mut text = "PersonId,MetricDate,Collaboration_hours,External_collaboration_hours,Organization\n".to_owned();
    for week in 1..=4 {
        for person in 0..40 {
            let hours = if person < counted { 9 } else { 3 };
            text += &format!("p{person},2024-04-{:02},20,{hours},North\n", 7 * week);
        }
    }
    text
}

/// An export on the disk, and its folder, which goes when the test ends.
fn on_disk(counted: usize) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("export.csv");
    write(&path, counted);
    (folder, path)
}

/// Writes the export. A file system may tell the time in steps; the text of another length is told apart anyway.
fn write(path: &Path, counted: usize) {
    std::fs::write(path, export(counted) + &"\n".repeat(counted)).unwrap();
}

/// Goes to another window and comes back.
fn away_and_back(window: &mut Harness<'_, App>) {
    for focused in [false, true] {
        window.input_mut().focused = focused;
        window.step();
    }
    // The look at the disk runs beside the window.
    for _ in 0..20 {
        std::thread::sleep(std::time::Duration::from_millis(10));
        window.step();
    }
    window.run_ok();
}

fn notices(window: &Harness<'_, App>) -> Vec<String> {
    window.state().workbench().notices().iter().map(|notice| notice.what.plain()).collect()
}

const CHANGED: &str = "The file has changed since it was opened.";
const GONE: &str = "The file is not where it was opened.";

#[test]
fn theme_text_size_and_recent_files_are_there_at_the_next_start() {
    let (_folder, path) = on_disk(10);
    let mut first = opened(path.clone());
    go(&mut first, "Settings");
    first.get_by_role_and_label(Role::RadioButton, "Dark").click();
    first.run_ok();
    for _ in 0..3 {
        first.key_press_modifiers(Modifiers::COMMAND, Key::Plus);
        first.run_ok();
    }
    let zoom = first.ctx.zoom_factor();
    assert!((zoom - 1.3).abs() < 1e-3, "{zoom}");

    let second = start_again(close(first));
    assert_eq!(second.ctx.options(|options| options.theme_preference), ThemePreference::Dark);
    assert_eq!(second.ctx.theme(), egui::Theme::Dark);
    assert!((second.ctx.zoom_factor() - zoom).abs() < 1e-3);
    assert!(shows(&second, "export.csv"));
    // One click opens it again.
    let mut second = second;
    second.get_all_by_label_contains("export.csv").next().unwrap().click();
    wait(&mut second, |app| app.workbench().results().is_some());
    assert!(shows(&second, "25\u{a0}%"));
}

#[test]
fn who_switched_recent_files_off_finds_none_at_the_next_start() {
    let (_folder, path) = on_disk(10);
    let mut first = opened(path);
    go(&mut first, "Settings");
    first.get_by_role_and_label(Role::CheckBox, "Remember recent files").click();
    first.run_ok();
    let kept = close(first);
    assert!(!kept.0.values().any(|value| value.contains("export.csv")), "{:?}", kept.0);
    assert!(!shows(&start_again(kept), "export.csv"));
}

#[test]
fn a_file_that_changed_is_told_once_and_read_again_on_a_click() {
    // 10 of 40 people are over 8 hours in every week: 25 %; then 20 of 40: 50 %.
    let (_folder, path) = on_disk(10);
    let mut window = opened(path.clone());
    assert!(shows(&window, "25\u{a0}%"));
    away_and_back(&mut window);
    assert_eq!(notices(&window), [""; 0]);

    write(&path, 20);
    away_and_back(&mut window);
    assert_eq!(notices(&window), [CHANGED]);
    assert!(shows(&window, "25\u{a0}%"), "what was read stays until somebody asks");
    press(&mut window, "Reload");
    wait(&mut window, |app| !app.workbench().is_reading() && !app.workbench().is_updating());
    assert!(shows(&window, "50\u{a0}%"));
    assert!(!shows(&window, "25\u{a0}%"));
    away_and_back(&mut window);
    assert_eq!(notices(&window), [""; 0]);

    // Put away, it stays away until the file changes once more.
    write(&path, 30);
    away_and_back(&mut window);
    press(&mut window, "Dismiss");
    away_and_back(&mut window);
    assert_eq!(notices(&window), [""; 0]);
    write(&path, 5);
    away_and_back(&mut window);
    assert_eq!(notices(&window), [CHANGED]);
}

#[test]
fn a_file_that_vanished_is_told_and_its_numbers_stay() {
    let (_folder, path) = on_disk(10);
    let mut window = opened(path.clone());
    write(&path, 20);
    away_and_back(&mut window);
    std::fs::remove_file(&path).unwrap();
    away_and_back(&mut window);
    assert_eq!(notices(&window), [GONE], "it takes the place of the notice that the file changed");
    assert!(shows(&window, "25\u{a0}%"));

    // Who asks for it all the same hears why not, and keeps what was read.
    window.key_press_modifiers(Modifiers::COMMAND, Key::R);
    window.step();
    wait(&mut window, |app| !app.workbench().is_reading());
    assert_eq!(notices(&window).len(), 1);
    assert_ne!(notices(&window), [GONE]);
    assert!(shows(&window, "25\u{a0}%"));

    // Back in its place with other numbers, it is news again.
    press(&mut window, "Dismiss");
    write(&path, 20);
    away_and_back(&mut window);
    assert_eq!(notices(&window), [CHANGED]);
}
