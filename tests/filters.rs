//! Journeys through filters, steps and saved views, by what stands on the window.

use std::path::PathBuf;

use customer_focus::dataset::GroupBy;
use customer_focus::ui::app::App;
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use crate::support::window::{go, opened, press, sample, shows, wait};

/// Waits for the answer to what was pressed.
fn settle(window: &mut Harness<'_, App>) {
    window.run_ok();
    wait(window, |app| !app.workbench().is_updating());
}

/// The window with the sample company and the sheet of filters beside it.
fn filtering() -> Harness<'static, App> {
    let mut window = sample();
    press(&mut window, "Filter");
    window
}

/// Ticks a value, or takes the tick away.
fn tick(window: &mut Harness<'_, App>, value: &str) {
    window.get_by_role_and_label(Role::CheckBox, value).click();
    settle(window);
}

fn chord(window: &mut Harness<'_, App>, modifiers: Modifiers, key: Key) {
    window.key_press_modifiers(modifiers, key);
    settle(window);
}

fn choose(window: &mut Harness<'_, App>, name: &str, option: &str) {
    window.get_by_role_and_label(Role::ComboBox, name).click();
    window.run_ok();
    window.get_by_role_and_label(Role::Button, option).click();
    settle(window);
}

fn people(window: &Harness<'_, App>) -> usize {
    let results = window.state().workbench().results().unwrap();
    results.findings.as_ref().unwrap().population.people
}

/// An export of forty people in four weeks: twenty in each team; on level 2 four of Team A and eight of Team B.
fn export() -> (tempfile::TempDir, PathBuf) {
    let mut text = "PersonId,MetricDate,Collaboration_hours,External_collaboration_hours,Team,Level\n".to_owned();
    for week in 1..=4 {
        for person in 0..40 {
            let team = if person < 20 { "A" } else { "B" };
            let level = if person < 4 || (20..28).contains(&person) { 2 } else { 1 };
            text += &format!("p{person},2024-04-{:02},20,{},Team {team},Level {level}\n", week * 7, person % 12);
        }
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("export.csv");
    std::fs::write(&path, text).unwrap();
    (folder, path)
}

#[test]
fn a_value_is_ticked_and_the_number_changes_beside_it() {
    let mut window = filtering();
    assert!(shows(&window, "1,200 people, 26 weeks"));
    tick(&mut window, "Sales");
    assert!(people(&window) < 300);
    // The sheet is still there, the button counts, and the row under the bar and the source line say it.
    for text in ["Search attributes and values", "Filter (1)", "Remove Organization: Sales"] {
        assert!(shows(&window, text), "{text}");
    }
    assert!(shows(&window, "Filtered: Organization: Sales. Groups under 10 people are hidden."));
    tick(&mut window, "Support");
    assert!(shows(&window, "Remove Organization: Sales or Support"));
    press(&mut window, "Remove Organization: Sales or Support");
    settle(&mut window);
    assert_eq!(people(&window), 1200);
    assert!(!shows(&window, "Clear all filters"));
}

#[test]
fn steps_are_taken_back_and_done_again_by_their_names() {
    let mut window = filtering();
    tick(&mut window, "Sales");
    choose(&mut window, "Group by", "Region");
    let menu = |window: &mut Harness<'_, App>, entry: &str| {
        window.get_by_label_contains("Alder & Finch   ").click();
        window.run_ok();
        window.get_by_role_and_label(Role::MenuItem, entry).click();
        settle(window);
    };
    menu(&mut window, "Undo group by Region");
    assert_eq!(window.state().workbench().question().by, ["Organization".into()]);
    menu(&mut window, "Undo filter Organization: Sales");
    assert_eq!(people(&window), 1200);
    menu(&mut window, "Redo filter Organization: Sales");
    assert!(people(&window) < 300);
    // And by keys, on any screen.
    go(&mut window, "Data");
    chord(&mut window, Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::Z);
    assert_eq!(window.state().workbench().question().by, ["Region".into()]);
    chord(&mut window, Modifiers::COMMAND, Key::Z);
    chord(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(people(&window), 1200);
    chord(&mut window, Modifiers::COMMAND, Key::Y);
    assert!(people(&window) < 300);
}

#[test]
fn groups_of_two_attributes_are_chosen_and_taken_back_by_their_names() {
    let mut window = sample();
    go(&mut window, "Coaching");
    let by = |window: &Harness<'_, App>| window.state().workbench().question().by.clone();
    choose(&mut window, "Group also by", "Region");
    assert_eq!(by(&window), [GroupBy::two("Organization", "Region")]);
    assert!(shows(&window, "Groups to focus on: Support \u{b7} North America"));
    for (way, shown) in [
        ("Table", "Sales \u{b7} Europe"),
        ("Funnel", "Groups by Organization and Region, by size"),
        ("List", "Sales \u{b7} Europe: 42"),
    ] {
        window.get_by_role_and_label(Role::Tab, way).click();
        window.run_ok();
        assert!(shows(&window, shown), "{way}");
    }
    // Another first attribute leaves the second; the second as the first takes its place.
    choose(&mut window, "Group by", "LevelDesignation");
    assert_eq!(by(&window), [GroupBy::two("LevelDesignation", "Region")]);
    choose(&mut window, "Group by", "Region");
    assert_eq!(by(&window), [GroupBy::two("Region", "LevelDesignation")]);
    choose(&mut window, "Group by", "LevelDesignation");
    press(&mut window, "Filter");
    press(&mut window, "Save view\u{2026}");
    window.get_by_label("Name of the view").type_text("Both");
    window.run_ok();
    press(&mut window, "Save");
    press(&mut window, "Close the filter");
    choose(&mut window, "Group also by", "None");
    assert_eq!(by(&window), ["LevelDesignation".into()]);
    let undone = |window: &mut Harness<'_, App>, entry: &str| {
        window.get_by_label_contains("Alder & Finch   ").click();
        window.run_ok();
        window.get_by_role_and_label(Role::MenuItem, entry).click();
        settle(window);
    };
    undone(&mut window, "Undo group by LevelDesignation");
    assert_eq!(by(&window), [GroupBy::two("LevelDesignation", "Region")]);
    undone(&mut window, "Redo group by LevelDesignation");
    press(&mut window, "Filter");
    window.get_by_role_and_label(Role::Link, "Both").click();
    settle(&mut window);
    assert_eq!(by(&window), [GroupBy::two("LevelDesignation", "Region")]);
}

#[test]
fn with_the_keyboard_alone_a_second_attribute_is_chosen() {
    let mut window = sample();
    go(&mut window, "Coaching");
    window.get_by_role_and_label(Role::ComboBox, "Group also by").focus();
    window.run_ok();
    window.key_press(Key::Enter);
    window.run_ok();
    window.get_by_role_and_label(Role::Button, "Region").focus();
    window.run_ok();
    window.key_press(Key::Enter);
    settle(&mut window);
    let by = &window.state().workbench().question().by;
    assert_eq!(*by, [GroupBy::two("Organization", "Region")]);
}

#[test]
fn with_the_keyboard_alone_a_value_is_found_and_ticked() {
    let mut window = sample();
    chord(&mut window, Modifiers::COMMAND, Key::F);
    window.get_by_label("Search attributes and values").type_text("customer succ");
    window.run_ok();
    assert!(window.query_by_role_and_label(Role::CheckBox, "Engineering").is_none());
    // Enter takes the only value that is found.
    window.key_press(Key::Enter);
    settle(&mut window);
    assert!(window.state().workbench().question().filter.names("Organization", "Customer Success"));
    // Its row has the keyboard: space takes it out again, and undo is not that of the search.
    window.key_press(Key::Space);
    settle(&mut window);
    assert_eq!(people(&window), 1200);
    chord(&mut window, Modifiers::COMMAND, Key::Z);
    assert!(window.state().workbench().question().filter.names("Organization", "Customer Success"));
    chord(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(people(&window), 1200);
    // Where more is found, the arrow leads from the search into the list.
    chord(&mut window, Modifiers::COMMAND, Key::F);
    window.get_by_label("Search attributes and values").type_text("ess");
    window.key_press(Key::ArrowDown);
    window.run_ok();
    let first = window.query_all_by_role(Role::CheckBox).find(|row| row.accesskit_node().is_focused());
    assert!(first.is_some());
    window.key_press(Key::Escape);
    window.run_ok();
    assert!(!shows(&window, "Search attributes and values"));
}

#[test]
fn what_the_rules_forbid_cannot_be_ticked_and_says_why() {
    let (_folder, path) = export();
    let mut window = opened(path);
    press(&mut window, "Filter");
    window.get_by_role_and_label(Role::DisclosureTriangle, "Level").click();
    window.run_ok();
    assert!(!window.get_by_role_and_label(Role::CheckBox, "Level 2").accesskit_node().is_disabled());
    tick(&mut window, "Team A");
    // Level 2 would leave four people of Team A, and level 1 would leave those four out.
    for value in ["Level 2", "Level 1"] {
        let row = window.get_by_role_and_label(Role::CheckBox, value);
        assert!(row.accesskit_node().is_disabled(), "{value}");
        let why = row.accesskit_node().description().unwrap_or_default();
        assert!(why.starts_with("This selection ") && why.ends_with('.'), "{value}: {why}");
        row.click();
        window.run_ok();
        assert_eq!(people(&window), 20);
        assert!(!window.state().workbench().is_updating());
    }
}

#[test]
fn a_value_with_a_week_of_few_people_is_kept_without_that_week_in_one_step() {
    // Twelve people in each team; in the second of six weeks only nine of Team A, and nobody of Team B.
    let mut text = "PersonId,MetricDate,Collaboration_hours,External_collaboration_hours,Team\n".to_owned();
    for (week, day) in ["04-07", "04-14", "04-21", "04-28", "05-05", "05-12"].into_iter().enumerate() {
        for person in (0..24).filter(|person| week != 1 || *person < 9) {
            let team = if person < 12 { "A" } else { "B" };
            text += &format!("p{person},2024-{day},20,{},Team {team}\n", person % 12);
        }
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("export.csv");
    std::fs::write(&path, text).unwrap();
    let mut window = opened(path);
    press(&mut window, "Filter");
    let row = window.get_by_role_and_label(Role::CheckBox, "Team A");
    assert!(row.accesskit_node().is_disabled());
    let why = row.accesskit_node().description().unwrap_or_default();
    assert!(why.ends_with("Leave out the week of Apr 14, 2024 to see the others."), "{why}");
    press(&mut window, "Team A without those weeks");
    settle(&mut window);
    assert_eq!(people(&window), 12);
    assert!(shows(&window, "Remove Without the week of Apr 14, 2024"));
    // One step back is all of it.
    chord(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(people(&window), 24);
    assert!(!shows(&window, "Remove Without the week of Apr 14, 2024"));
}

#[test]
fn weeks_are_chosen_by_their_dates_and_left_out() {
    let mut window = filtering();
    window.get_by_role_and_label(Role::DisclosureTriangle, "Weeks").click();
    window.run_ok();
    choose(&mut window, "From", "Dec 21, 2025");
    assert!(shows(&window, "Remove Weeks from Dec 21, 2025"));
    assert!(shows(&window, "24 weeks"));
    choose(&mut window, "To", "May 24, 2026");
    assert!(shows(&window, "Remove Weeks Dec 21, 2025 to May 24, 2026"));
    choose(&mut window, "Leave out", "Dec 28, 2025");
    assert!(shows(&window, "Remove Without the week of Dec 28, 2025"));
    assert!(shows(&window, "22 weeks"));
    chord(&mut window, Modifiers::COMMAND, Key::Z);
    assert!(shows(&window, "23 weeks"));
    press(&mut window, "Clear all filters");
    settle(&mut window);
    assert!(shows(&window, "26 weeks"));
}

#[test]
fn the_switch_of_low_activity_is_one_in_the_sheet_and_in_the_settings() {
    let mut window = sample();
    go(&mut window, "Settings");
    let is_blocked =
        window.get_by_role_and_label(Role::CheckBox, "Leave out low activity").accesskit_node().is_disabled();
    if !is_blocked {
        tick(&mut window, "Leave out low activity");
        assert!(shows(&window, "Remove Without low activity"));
        press(&mut window, "Remove Without low activity");
        settle(&mut window);
    }
    assert!(!window.state().workbench().question().filter.without_low_activity);
}

#[test]
fn a_view_is_saved_applied_renamed_and_deleted() {
    let mut window = filtering();
    tick(&mut window, "Sales");
    press(&mut window, "Save view\u{2026}");
    window.get_by_label("Name of the view").type_text("Sales only");
    window.run_ok();
    press(&mut window, "Save");
    press(&mut window, "Clear all filters");
    settle(&mut window);
    assert_eq!(people(&window), 1200);
    window.get_by_role_and_label(Role::Link, "Sales only").click();
    settle(&mut window);
    assert!(people(&window) < 300);
    // One step, with its name.
    press(&mut window, "Undo view Sales only");
    settle(&mut window);
    assert_eq!(people(&window), 1200);
    press(&mut window, "More about Sales only");
    window.get_by_role_and_label(Role::MenuItem, "Rename\u{2026}").click();
    window.run_ok();
    window.get_by_label("Name of the view").type_text(", all weeks");
    window.run_ok();
    press(&mut window, "Rename");
    press(&mut window, "More about Sales only, all weeks");
    window.get_by_role_and_label(Role::MenuItem, "Delete").click();
    window.run_ok();
    assert!(window.state().workbench().views().is_empty());
    chord(&mut window, Modifiers::COMMAND, Key::Z);
    assert!(shows(&window, "Sales only, all weeks"));
}

#[test]
fn a_facilitator_filters_live_in_the_room() {
    let mut window = sample();
    window.key_press(Key::F5);
    window.run_ok();
    assert!(!shows(&window, "Search attributes and values"));
    window.key_press(Key::F);
    window.run_ok();
    tick(&mut window, "Sales");
    assert!(shows(&window, "Filtered: Organization: Sales."));
    // A clicker turns the screens all the while; Escape closes the sheet first, then the room.
    window.key_press(Key::PageDown);
    window.run_ok();
    assert_eq!(window.state().workbench().presenting().map(|presenting| presenting.slide), Some(1));
    window.key_press(Key::Escape);
    window.run_ok();
    assert!(!shows(&window, "Search attributes and values"));
    assert!(window.state().workbench().presenting().is_some());
    assert!(shows(&window, "Filtered: Organization: Sales."));
    assert!(!shows(&window, "Remove Organization"));
    window.key_press(Key::Escape);
    window.run_ok();
    assert!(window.state().workbench().presenting().is_none());
}

#[test]
fn where_nothing_may_be_shown_the_screen_says_why_and_leads_back() {
    let (_folder, path) = export();
    let mut window = opened(path);
    press(&mut window, "Filter");
    tick(&mut window, "Team A");
    press(&mut window, "Close the filter");
    go(&mut window, "Settings");
    // From 10 to 21, one more than Team A has; in one movement, so one step.
    for _ in 0..11 {
        press(&mut window, "Raise: Minimum group size");
        settle(&mut window);
    }
    go(&mut window, "Overview");
    assert!(shows(&window, "Nothing can be shown about this selection"));
    assert!(shows(&window, "This selection names a group of Team that is hidden"));
    window.get_all_by_role_and_label(Role::Button, "Undo minimum group size 21").last().unwrap().click();
    settle(&mut window);
    assert_eq!(people(&window), 20);
}

#[test]
fn views_come_back_with_an_export_of_the_same_name_and_columns() {
    let (_folder, path) = export();
    let mut window = opened(path);
    press(&mut window, "Filter");
    tick(&mut window, "Team A");
    press(&mut window, "Save view\u{2026}");
    window.get_by_label("Name of the view").type_text("Team A only");
    window.run_ok();
    press(&mut window, "Save");
    // The same export of another folder: what was asked is gone, the view is there.
    let (_other_folder, other) = export();
    window.input_mut().dropped_files.push(std::sync::Arc::new(crate::journeys::Dropped(other.clone())));
    window.step();
    wait(&mut window, |app| {
        let workbench = app.workbench();
        let is_other = workbench.opened().is_some_and(|opened| opened.stamps.iter().any(|stamp| stamp.path == other));
        is_other && !workbench.is_updating() && workbench.results().is_some()
    });
    settle(&mut window);
    assert!(window.state().workbench().question().filter.attributes.is_empty());
    let names: Vec<&str> =
        window.state().workbench().views().iter().map(customer_focus::workbench::SavedView::name).collect();
    assert_eq!(names, ["Team A only"]);
}
