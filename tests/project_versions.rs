//! Earlier versions of a project, rescued work that is deleted, and people who withdrew, through the window.

use std::path::Path;

use customer_focus::project::{Document, store};
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use crate::project_window::{Window, decisions, keys, note, settle, start, until};
use crate::support::window::{go, press, shows};

fn menu(window: &mut Window, name: &str) {
    let button = window.get_all_by_role(Role::Button).find(|node| {
        let label = node.accesskit_node().label().unwrap_or_default();
        label == name || label == format!("{name} (edited)")
    });
    button.unwrap().click();
    settle(window);
}

/// A project that was saved with one, two and three decisions.
fn three_states(folder: &Path) -> (Window, std::path::PathBuf) {
    let path = folder.join("Plan.cfocus");
    store::save(&path, &Document::default().to_text(), store::Keep::Each).unwrap();
    let mut window = start(folder, vec![path.clone()]);
    for text in ["first", "second", "third"] {
        note(&mut window, text);
        keys(&mut window, Modifiers::COMMAND, Key::S);
    }
    (window, path)
}

#[test]
fn earlier_versions_say_what_came_since_and_open_beside_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let (mut window, path) = three_states(folder.path());
    menu(&mut window, "Plan");
    window.get_by_role_and_label(Role::MenuItem, "Earlier versions\u{2026}").click();
    until(&mut window, "Earlier versions of Plan");
    for since in ["Since then 1 decision added.", "Since then 2 decisions added.", "Since then 3 decisions added."] {
        assert!(shows(&window, since), "{since}");
    }
    press(&mut window, "Open version 2");
    settle(&mut window);
    until(&mut window, "An earlier version of the project is open.");
    assert_eq!(window.state().workbench().project().decisions.len(), 1);
    assert_eq!(window.state().workbench().project_path(), None, "it has no file that could be overwritten");
    (0..24).for_each(|_| window.step());
    settle(&mut window);
    assert_eq!(decisions(&path), ["first", "second", "third"]);
    assert_eq!(store::versions(&path).len(), 3);
}

#[test]
fn a_project_that_was_never_saved_has_no_earlier_versions() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = start(folder.path(), Vec::new());
    note(&mut window, "first");
    menu(&mut window, "Untitled project");
    assert!(shows(&window, "Save project as") && !shows(&window, "Earlier versions"));
}

#[test]
fn a_damaged_project_without_a_version_offers_none() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("Plan.cfocus");
    std::fs::write(&path, &Document::default().to_text()[..80]).unwrap();
    let mut window = start(folder.path(), vec![path]);
    until(&mut window, "The project file is cut short.");
    assert!(!shows(&window, "earlier version") && !shows(&window, "last good version"));
    assert!(shows(&window, "Look for a copy of it"));
}

#[test]
fn rescued_work_is_deleted_in_the_settings_once_somebody_says_so_twice() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = start(folder.path(), Vec::new());
    note(&mut window, "left behind");
    (0..24).for_each(|_| window.step());
    settle(&mut window);
    drop(window);
    let rescued = folder.path().join("unsaved/Rescued 1.cfocus");
    assert!(rescued.exists());

    let mut window = start(folder.path(), Vec::new());
    until(&mut window, "Unsaved work from before is still here");
    press(&mut window, "Decide later");
    settle(&mut window);
    go(&mut window, "Settings");
    press(&mut window, "Delete rescued work\u{2026}");
    press(&mut window, "Cancel");
    assert!(rescued.exists());
    press(&mut window, "Delete rescued work\u{2026}");
    press(&mut window, "Delete");
    until(&mut window, "The rescued work of one earlier window was deleted.");
    assert!(!rescued.exists());
}

#[test]
fn who_withdraws_is_gone_from_every_file_of_the_project_with_the_next_save() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("Plan.cfocus");
    store::save(&path, &Document::default().to_text(), store::Keep::Each).unwrap();
    let mut window = start(folder.path(), vec![path]);
    go(&mut window, "Contacts");
    window.get_by_role_and_label(Role::Tab, "Go-to contacts").click();
    settle(&mut window);
    press(&mut window, "Paste answers\u{2026}");
    let field = "Cells of the table, with its header";
    window.get_by_label(field).focus();
    window.step();
    let answers = "Name,Email,Topics,Consent,Consent day\nAnn Example,ann@contoso.com,Pricing,yes,2026-05-01\n\
                   Bea Sample,bea@contoso.com,Pricing,yes,2026-05-01\n";
    window.get_by_label(field).type_text(answers);
    settle(&mut window);
    press(&mut window, "Take over");
    for text in ["first", "second"] {
        keys(&mut window, Modifiers::COMMAND, Key::S);
        note(&mut window, text);
    }
    keys(&mut window, Modifiers::COMMAND, Key::S);
    assert!(everything(folder.path()).contains("Ann Example"));
    press(&mut window, "Withdraw Ann Example\u{2026}");
    press(&mut window, "Withdraw");
    // By itself, five seconds later.
    (0..24).for_each(|_| window.step());
    settle(&mut window);
    let all = everything(folder.path());
    assert!(!all.contains("Ann") && !all.contains("ann@"), "{all}");
    assert!(all.contains("Bea Sample"));
}

/// Every text in a folder and the folders in it.
fn everything(folder: &Path) -> String {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.map(|path| if path.is_dir() { everything(&path) } else { std::fs::read_to_string(path).unwrap() }).collect()
}
