//! Journeys of a leader and of a facilitator, by what stands on the window.

use std::path::PathBuf;

use customer_focus::cli::WindowArguments;
use customer_focus::insights::Behavior;
use customer_focus::workbench::Route;
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use customer_focus::ui::app::App;

use crate::support::window::{go, opened, press, sample, shows, wait, window};

/// A file of its own folder, which goes when the test ends.
struct File {
    _folder: tempfile::TempDir,
    path: PathBuf,
}

fn file(name: &str, text: &str) -> File {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, text).unwrap();
    File { _folder: folder, path }
}

/// Twenty people in four weeks of one team, with `header` and `cell` for the external hours.
fn export(header: &str, date: impl Fn(u32) -> String) -> String {
    let mut text = format!("PersonId,MetricDate,Collaboration_hours,{header},Organization\n");
    for week in 0..4 {
        for person in 0..40 {
            let team = if person < 20 { "North" } else { "South" };
            text += &format!("p{person},{},20,{},{team}\n", date(week), if person % 4 == 0 { 9 } else { 3 });
        }
    }
    text
}

fn iso(week: u32) -> String {
    format!("2024-04-{:02}", 7 * (week + 1))
}

fn slide(window: &Harness<'_, App>) -> Option<usize> {
    window.state().workbench().presenting().map(|presenting| presenting.slide)
}

fn key(window: &mut Harness<'_, App>, key: Key) {
    window.key_press(key);
    window.run_ok();
}

#[test]
fn from_an_empty_window_to_the_sample_company_is_one_click() {
    let mut window = window(WindowArguments::default());
    window.run_ok();
    assert!(shows(&window, "Everything stays on this computer"));
    press(&mut window, "Open the sample company");
    wait(&mut window, |app| app.workbench().results().is_some());
    for text in ["Customer focus at a glance", "30.7", "36.2", "25.9", "SAMPLE", "2.5 times"] {
        assert!(shows(&window, text), "{text}");
    }
}

#[test]
fn a_card_leads_to_its_behavior_with_chart_and_practices() {
    let mut window = sample();
    window.get_all_by_role_and_label(Role::Button, "See your insights").next().unwrap().click();
    window.run_ok();
    assert_eq!(window.state().workbench().route(), Route::Behavior(Behavior::TimeWithCustomers));
    for text in [
        "30.7\u{a0}% spend more than 8 hours a week with external contacts",
        "Distribution of external collaboration: 0 to 4 hours 45.3\u{a0}%, 4 to 8 hours 24.0\u{a0}%",
        "Mark key contacts as important",
        "Compare: earlier half",
        "no benchmark entered",
    ] {
        assert!(shows(&window, text), "{text}");
    }
}

#[test]
fn every_behavior_has_its_four_tabs_of_guidance() {
    let mut window = sample();
    for screen in ["Customers", "Coaching", "Networks"] {
        go(&mut window, screen);
        for (tab, text) in [
            ("Why it matters", "It does not show"),
            ("Change strategy", "1."),
            ("Definition", "Source"),
            ("Best practices", "effort"),
        ] {
            window.get_by_role_and_label(Role::Tab, tab).click();
            window.run_ok();
            assert!(shows(&window, text) || tab == "Definition", "{screen}: {tab}");
        }
    }
}

#[test]
fn take_action_names_groups_practices_and_a_strategy_and_leads_on() {
    let mut window = sample();
    window.get_all_by_role_and_label(Role::Button, "Take action").nth(1).unwrap().click();
    window.run_ok();
    for text in [
        "Groups most affected",
        "Support: ",
        "Start with these practices",
        "Two half-hour 1:1s a month",
        "Change strategy: ",
    ] {
        assert!(shows(&window, text), "{text}");
    }
    let leads_on = window.get_by_role(Role::Dialog).get_by_role_and_label(Role::Button, "See your insights");
    leads_on.click();
    for _ in 0..6 {
        window.step();
    }
    assert!(!shows(&window, "Groups most affected"));
    assert_eq!(window.state().workbench().route(), Route::Behavior(Behavior::Coaching));
}

#[test]
fn suggested_customer_facing_groups_are_accepted_by_one_click() {
    let mut window = sample();
    assert!(shows(&window, "Are these groups customer-facing: Customer Success"));
    press(&mut window, "Yes, mark them");
    wait(&mut window, |app| !app.workbench().is_updating());
    assert!(!shows(&window, "Are these groups customer-facing"));
    assert!(window.state().workbench().settings().customer_facing.iter().any(|group| group.value == "Sales"));
}

#[test]
fn what_a_difference_means_is_said_in_words_and_follows_the_behavior() {
    let mut window = sample();
    go(&mut window, "Coaching");
    assert!(shows(&window, "above, for the worse") && shows(&window, "below, for the better"));
    // More external time is neither, until groups are marked as customer-facing.
    go(&mut window, "Customers");
    assert!(shows(&window, ", above") && !shows(&window, ", for the better") && !shows(&window, ", for the worse"));
    window.get_all_by_role_and_label(Role::Button, "Yes, mark them").next().unwrap().click();
    window.run_ok();
    wait(&mut window, |app| !app.workbench().is_updating());
    assert!(shows(&window, "above, for the better") && shows(&window, "below, for the worse"));
}

#[test]
fn a_facilitator_presents_with_a_clicker_and_comes_back_to_the_same_screen() {
    let mut window = sample();
    key(&mut window, Key::F5);
    assert_eq!(slide(&window), Some(0));
    key(&mut window, Key::PageDown);
    key(&mut window, Key::PageDown);
    assert_eq!(slide(&window), Some(2));
    assert!(shows(&window, "36.2\u{a0}% have less than 15 minutes of 1:1 time a week"));
    // Blank, and the next key only shows the screen again.
    key(&mut window, Key::Period);
    assert!(!shows(&window, "36.2"));
    key(&mut window, Key::PageDown);
    assert_eq!(slide(&window), Some(2));
    assert!(shows(&window, "36.2"));
    key(&mut window, Key::PageUp);
    key(&mut window, Key::End);
    assert_eq!(slide(&window), Some(3));
    key(&mut window, Key::Home);
    key(&mut window, Key::ArrowRight);
    // F5 while presenting does nothing; Esc leaves, on the screen that was shown.
    key(&mut window, Key::F5);
    assert_eq!(slide(&window), Some(1));
    key(&mut window, Key::Escape);
    assert_eq!(
        (slide(&window), window.state().workbench().route()),
        (None, Route::Behavior(Behavior::TimeWithCustomers))
    );
}

#[test]
fn in_the_room_there_is_no_menu_and_no_path() {
    let export = file("secret-customer.csv", &export("External_collaboration_hours", iso));
    let mut window = opened(export.path.clone());
    assert!(shows(&window, "secret-customer.csv"));
    key(&mut window, Key::F5);
    for text in ["secret-customer", "Open export", "Settings"] {
        assert!(!shows(&window, text), "{text}");
    }
    assert!(shows(&window, "Groups under 10 people are hidden"));
}

#[test]
fn a_missing_column_says_so_and_has_a_request_to_copy() {
    let export = file("export.csv", &export("External_collaboration_hours", iso));
    let mut window = opened(export.path.clone());
    assert!(shows(&window, "This export has no meeting hours with manager 1:1"));
    go(&mut window, "Coaching");
    assert!(shows(&window, "This export cannot answer it"));
    press(&mut window, "Copy");
    let copied = window
        .output()
        .platform_output
        .commands
        .iter()
        .any(|command| matches!(command, egui::OutputCommand::CopyText(text) if text.contains("1:1")));
    assert!(copied || shows(&window, "Request copied"));
}

#[test]
fn a_file_that_is_no_export_is_refused_in_words_and_what_was_open_stays() {
    let mut window = sample();
    let page = file("export.csv", "<!DOCTYPE html><html><body>Sign in</body></html>");
    window.input_mut().dropped_files.push(std::sync::Arc::new(Dropped(page.path.clone())));
    window.step();
    wait(&mut window, |app| !app.workbench().notices().is_empty());
    assert!(shows(&window, "web page"));
    assert!(shows(&window, "30.7"));
    press(&mut window, "Dismiss");
    assert!(window.state().workbench().notices().is_empty());
}

#[test]
fn tied_dates_are_a_question_with_both_readings() {
    // February 3 and May 7 with the month first, 2 March and 5 July with the day first.
    let date = |week: u32| ["2/3/2024", "5/7/2024"][week as usize % 2].to_owned();
    let export = file("export.csv", &export("External_collaboration_hours", date));
    let mut window = opened(export.path.clone());
    assert!(window.state().workbench().asked().is_some(), "{:?}", window.state().workbench().notices());
    window.get_by_role_and_label(Role::Button, "Do not open the file").click();
    window.run_ok();
    assert!(window.state().workbench().asked().is_none());
    assert!(shows(&window, "Open the sample company"));
}

#[test]
fn a_chart_can_be_seen_as_its_table_and_copied() {
    let mut window = sample();
    go(&mut window, "Customers");
    window.get_all_by_role_and_label(Role::Button, "Chart menu").next().unwrap().click();
    window.run_ok();
    window.get_by_role_and_label(Role::MenuItem, "View as table").click();
    window.run_ok();
    assert!(shows(&window, "Share of people"));
    window.get_all_by_role_and_label(Role::Button, "Chart menu").next().unwrap().click();
    window.run_ok();
    window.get_by_role_and_label(Role::MenuItem, "Copy table").click();
    window.run_ok();
    assert!(shows(&window, "Table copied"));
}

#[test]
fn groups_are_shown_as_list_as_funnel_and_as_table() {
    let mut window = sample();
    go(&mut window, "Coaching");
    assert!(shows(&window, "Groups by Organization"));
    window.get_by_role_and_label(Role::Tab, "Funnel").click();
    window.run_ok();
    assert!(shows(&window, "Groups by Organization, by size"));
    assert!(shows(&window, "what chance explains") || shows(&window, "Chance alone explains"));
    // The way of showing groups stays on the next screen.
    go(&mut window, "Networks");
    assert!(shows(&window, "Groups by Organization, by size"));
    window.get_by_role_and_label(Role::Tab, "Table").click();
    window.run_ok();
    assert!(shows(&window, "By its size"));
    window.get_by_role_and_label(Role::Tab, "List").click();
    window.run_ok();
    assert!(!shows(&window, "by size") && shows(&window, "Groups by Organization"));
}

#[test]
fn under_the_groups_stands_how_many_could_be_chance() {
    let mut window = sample();
    go(&mut window, "Coaching");
    assert!(shows(&window, "marked") && shows(&window, "chance"));
    go(&mut window, "Overview");
    assert!(shows(&window, "to focus on") && shows(&window, "chance"));
}

#[test]
fn a_copied_table_says_where_it_comes_from_and_that_it_is_the_sample() {
    let mut window = sample();
    go(&mut window, "Customers");
    window.get_all_by_role_and_label(Role::Button, "Chart menu").next().unwrap().click();
    window.run_ok();
    window.get_by_role_and_label(Role::MenuItem, "Copy table").click();
    let mut copied = None;
    for _ in 0..8 {
        window.step();
        copied = copied.or_else(|| {
            window.output().platform_output.commands.iter().find_map(|command| match command {
                egui::OutputCommand::CopyText(text) => Some(text.clone()),
                _ => None,
            })
        });
    }
    let copied = copied.unwrap();
    assert!(
        copied.starts_with("Distribution of external collaboration\tShare of people\n0 to 4 hours\t45.3"),
        "{copied}"
    );
    assert!(copied.contains("SAMPLE, a made-up company. 1,200 people"), "{copied}");
}

#[test]
fn grouping_by_another_attribute_shows_its_groups() {
    let mut window = sample();
    go(&mut window, "Coaching");
    assert!(shows(&window, "Groups to focus on: Support"));
    window.get_by_role_and_label(Role::ComboBox, "Group by").click();
    window.run_ok();
    window.get_by_role_and_label(Role::Button, "Region").click();
    window.run_ok();
    wait(&mut window, |app| !app.workbench().is_updating());
    assert_eq!(window.state().workbench().question().by, ["Region".into()]);
    assert!(shows(&window, "Asia Pacific"));
}

#[test]
fn digits_and_letters_go_to_screens_and_do_not_type_into_fields() {
    let mut window = sample();
    for (digit, route) in [
        (Key::Num2, Route::Behavior(Behavior::TimeWithCustomers)),
        (Key::Num5, Route::Explore),
        (Key::Num6, Route::Compare),
        (Key::Num7, Route::References),
        (Key::Num8, Route::WhatIf),
        (Key::Num9, Route::Plans),
        (Key::Num1, Route::Overview),
    ] {
        key(&mut window, digit);
        assert_eq!(window.state().workbench().route(), route);
    }
    window.key_press_modifiers(Modifiers::COMMAND, Key::Comma);
    window.run_ok();
    assert_eq!(window.state().workbench().route(), Route::Settings);
}

#[test]
fn closing_the_file_comes_back_to_the_start() {
    let mut window = sample();
    window.key_press_modifiers(Modifiers::COMMAND, Key::W);
    window.run_ok();
    assert!(window.state().workbench().opened().is_none());
    assert!(shows(&window, "See how your organization focuses on customers"));
}

#[test]
fn the_text_size_stays_where_every_screen_holds() {
    let mut window = sample();
    for _ in 0..9 {
        window.key_press_modifiers(Modifiers::COMMAND, Key::Minus);
        window.run_ok();
    }
    window.run_ok();
    assert!((window.ctx.zoom_factor() - 0.8).abs() < 1e-3, "{}", window.ctx.zoom_factor());
}

#[test]
fn at_rest_the_window_asks_for_no_frame() {
    let mut window = sample();
    window.run_ok();
    let asks_for_frame = |window: &mut Harness<'static, App>| {
        window.step();
        let delay = window.output().viewport_output.values().map(|viewport| viewport.repaint_delay).min().unwrap();
        delay <= std::time::Duration::from_secs(60)
    };
    // What the filter will need is decided beside the window first, and wakes it once.
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(60);
    let mut frames_at_rest = 0;
    while frames_at_rest < 100 {
        assert!(std::time::Instant::now() < deadline, "the window does not come to rest");
        std::thread::sleep(std::time::Duration::from_millis(5));
        frames_at_rest = if asks_for_frame(&mut window) { 0 } else { frames_at_rest + 1 };
    }
}

/// A dropped file.
#[derive(Debug)]
pub(crate) struct Dropped(pub(crate) PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &std::path::Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|error| error.to_string())
    }
}
