//! The exports of a project: both kinds are opened with it, told when they are missing, and compared when they moved.

use std::path::Path;

use customer_focus::project::{Document, store};
use customer_focus::sample::{Company, SampleOptions};
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;

use crate::cli::exports::company;
use crate::contacts::export;
use crate::project_window::{Window, keys, note, save_to, settle, start, until};
use crate::support::window::{press, shows, wait};

/// A project with both kinds of exports beside it, saved and closed; gives its file.
fn saved(folder: &Path) -> std::path::PathBuf {
    let people = folder.join("people.csv");
    std::fs::write(&people, company().text()).unwrap();
    std::fs::copy(export(), folder.join("contacts.csv")).unwrap();
    let mut window = start(folder, vec![people]);
    note(&mut window, "first");
    open_contacts(&mut window, &folder.join("contacts.csv"));
    keys(&mut window, Modifiers::COMMAND, Key::S);
    let project = folder.join("Plan.cfocus");
    save_to(&mut window, &project);
    wait(&mut window, |app| {
        let workbench = app.workbench();
        workbench.hashes().latest().is_some() && workbench.contact_hashes().latest().is_some()
    });
    // The hashes are worth a save that comes by itself.
    wait(&mut window, |app| !app.workbench().wants_autosave());
    settle(&mut window);
    keys(&mut window, Modifiers::COMMAND, Key::S);
    drop(window);
    project
}

fn open_contacts(window: &mut Window, path: &Path) {
    crate::support::window::go(window, "Contacts");
    crate::contacts::drop_file(window, path);
}

fn names(sources: &[customer_focus::project::SourceReference]) -> Vec<(&str, bool)> {
    let name = |path: &'_ str| -> usize { path.rfind(['/', '\\']).map_or(0, |at| at + 1) };
    sources.iter().map(|source| (&source.path[name(&source.path)..], source.sha256.is_some())).collect()
}

fn document(project: &Path) -> Document {
    store::read(project).unwrap()
}

#[test]
fn time_with_contacts_is_opened_with_the_project_that_names_it() {
    let folder = tempfile::tempdir().unwrap();
    let project = saved(folder.path());
    let document = document(&project);
    assert_eq!(names(&document.sources), [("people.csv", true)]);
    assert_eq!(names(&document.contact_sources), [("contacts.csv", true)]);
    assert!(!document.to_text().contains("contoso"), "a project holds no rows");

    let mut window = start(folder.path(), vec![project]);
    wait(&mut window, |app| app.workbench().contact_results().is_some());
    assert!(window.state().workbench().notices().is_empty(), "{:?}", window.state().workbench().notices());
    assert!(!window.state().workbench().is_project_edited());
}

#[test]
fn an_export_that_changed_is_told_for_either_kind() {
    let folder = tempfile::tempdir().unwrap();
    let project = saved(folder.path());
    let contacts = folder.path().join("contacts.csv");
    let text = std::fs::read_to_string(&contacts).unwrap();
    std::fs::write(&contacts, text.replace(",3\n", ",4\n")).unwrap();
    let mut window = start(folder.path(), vec![project]);
    until(&mut window, "contacts.csv changed since the project was saved.");
    assert!(!shows(&window, "people.csv changed"));
}

#[test]
fn a_missing_export_is_told_and_one_that_only_moved_is_taken_without_a_word() {
    let folder = tempfile::tempdir().unwrap();
    let project = saved(folder.path());
    let elsewhere = folder.path().join("elsewhere");
    std::fs::create_dir(&elsewhere).unwrap();
    for name in ["people.csv", "contacts.csv"] {
        std::fs::rename(folder.path().join(name), elsewhere.join(name)).unwrap();
    }
    let mut window = start(folder.path(), vec![project]);
    assert!(shows(&window, "The export people.csv of this project was not found."));
    assert!(shows(&window, "The export contacts.csv of this project was not found."));
    choose(&mut window, 0, "Path of the export", &elsewhere.join("people.csv"));
    wait(&mut window, |app| app.workbench().hashes().latest().is_some());
    choose(&mut window, 0, "Path of the export of time with contacts", &elsewhere.join("contacts.csv"));
    wait(&mut window, |app| app.workbench().contact_hashes().latest().is_some());
    settle(&mut window);
    assert!(!shows(&window, "is not the export"), "{:?}", window.state().workbench().notices());
    let document = window.state().workbench().document();
    assert!(document.sources[0].path.contains("elsewhere") && document.contact_sources[0].path.contains("elsewhere"));
}

#[test]
fn another_file_in_the_place_of_a_missing_one_is_told_and_used_only_when_somebody_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let project = saved(folder.path());
    std::fs::remove_file(folder.path().join("people.csv")).unwrap();
    let other = folder.path().join("june.csv");
    std::fs::write(&other, company().text().replace("Sales", "Selling")).unwrap();
    let mut window = start(folder.path(), vec![project.clone()]);
    choose(&mut window, 0, "Path of the export", &other);
    until(&mut window, "june.csv is not the export people.csv of this project.");
    assert_eq!(names(&window.state().workbench().document().sources), [("people.csv", true)], "not yet");
    press(&mut window, "Use it anyway");
    settle(&mut window);
    assert_eq!(names(&window.state().workbench().document().sources), [("june.csv", true)]);
    assert!(window.state().workbench().is_project_edited());
}

/// Presses the offer to choose where an export is, and types its path.
fn choose(window: &mut Window, place: usize, label: &str, path: &Path) {
    let word = "Choose where it is now\u{2026}";
    window.get_all_by_role_and_label(egui::accesskit::Role::Button, word).nth(place).unwrap().click();
    settle(window);
    if label == "Path of the export" {
        until(window, "Type a path\u{2026}");
        let typed = "Type a path\u{2026}";
        window.get_all_by_role_and_label(egui::accesskit::Role::Button, typed).next().unwrap().click();
    }
    until(window, label);
    window.get_by_label(label).focus();
    window.step();
    window.get_by_label(label).type_text(path.to_str().unwrap());
    window.step();
    window.get_by_role_and_label(egui::accesskit::Role::Button, "Open").click();
    settle(window);
}

#[test]
fn meetings_and_time_between_groups_are_opened_with_the_project_that_names_them() {
    let folder = tempfile::tempdir().unwrap();
    let people = folder.path().join("people.csv");
    std::fs::write(&people, company().text()).unwrap();
    let sample = Company::generate(&SampleOptions { people: 200, ..SampleOptions::default() });
    let (meetings, groups) = (folder.path().join("meetings.csv"), folder.path().join("groups.csv"));
    sample.write_meeting_query(&mut std::fs::File::create(&meetings).unwrap()).unwrap();
    sample.write_group_query(&mut std::fs::File::create(&groups).unwrap()).unwrap();
    let mut window = start(folder.path(), vec![people]);
    note(&mut window, "first");
    for path in [&meetings, &groups] {
        crate::support::window::go(&mut window, "Overview");
        let landings = window.state().workbench().landings_beside();
        crate::contacts::drop_any(&mut window, path);
        wait(&mut window, |app| app.workbench().landings_beside() > landings);
    }
    wait(&mut window, |app| app.workbench().opened_groups().is_some() && app.workbench().opened_meetings().is_some());
    crate::support::window::go(&mut window, "Data");
    assert!(shows(&window, "Exports beside it") && shows(&window, "meetings.csv") && shows(&window, "groups.csv"));
    keys(&mut window, Modifiers::COMMAND, Key::S);
    let project = folder.path().join("Plan.cfocus");
    save_to(&mut window, &project);
    wait(&mut window, |app| app.workbench().hashes().latest().is_some());
    wait(&mut window, |app| !app.workbench().wants_autosave());
    settle(&mut window);
    drop(window);
    let saved = document(&project);
    assert_eq!(names(&saved.beside_sources), [("groups.csv", true), ("meetings.csv", true)]);

    // One of them is another file by now.
    let text = std::fs::read_to_string(&meetings).unwrap();
    std::fs::write(&meetings, text.trim_end().rsplit_once('\n').unwrap().0).unwrap();
    let mut window = start(folder.path(), vec![project]);
    wait(&mut window, |app| app.workbench().opened_groups().is_some() && app.workbench().opened_meetings().is_some());
    until(&mut window, "meetings.csv changed since the project was saved.");
    assert!(!shows(&window, "groups.csv changed"));
    press(&mut window, "Dismiss");
    crate::support::window::go(&mut window, "Data");
    press(&mut window, "Close Meetings");
    let left = window.state().workbench().document().beside_sources;
    assert_eq!(names(&left), [("groups.csv", true)]);
    assert!(window.state().workbench().is_project_edited());
}
