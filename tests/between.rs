//! Exports beside the person query, end to end: time between groups and who initiated meetings, on the command line and
//! in the window.

use std::path::{Path, PathBuf};

use customer_focus::cli::WindowArguments;
use customer_focus::ui::app::App;
use customer_focus::workbench::{Route, What};
use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use serde_json::Value;

use crate::cli::run;
use crate::journeys::Dropped;
use crate::support::window::{go, press, sample, shows, wait, window};

/// Five groups of 20 to 60 and the chief, four months with the day first, in minutes: each group has 120 hours with
/// itself in April and May, 240 in June and July, and 30 hours with each other group; Ops only 3. The chief has 1 hour
/// with everyone.
fn group_export(folder: &Path) -> PathBuf {
    let sizes = [("Chief", 1), ("Finance", 20), ("HR", 30), ("Ops", 40), ("Product", 50), ("Sales", 60)];
    let mut text = String::from(
        "PrimaryCollaborator_Organization,PrimaryCollaborator_GroupSize,SecondaryCollaborator_Organization,\
         SecondaryCollaborator_GroupSize,MetricDate,Group_collaboration_time_invested\n",
    );
    for month in 4..8 {
        for (from, size) in sizes {
            for (to, other) in sizes {
                let hours = match (from, to) {
                    ("Chief", _) | (_, "Chief") => 1,
                    _ if from == to => 120 * (1 + month / 6),
                    ("Ops", _) => 3,
                    _ => 30,
                };
                let to = if from == to { "Within Group" } else { to };
                text.push_str(&format!("{from},{size},{to},{other},01/{month:02}/2023,{}\n", hours * 60));
            }
        }
    }
    write(folder, "groups.csv", &text)
}

/// Meetings of twelve people of two groups in four weeks of March 2026, three a week each with somebody from outside
/// (twice as many in the last two weeks), and two a week by others. The first row is canceled.
fn meeting_export(folder: &Path, says_outside: bool) -> PathBuf {
    let mut text = String::from(
        "MeetingId,StartDate,Attendees,External_Attendees,Organizer_Organization,Organizer_IsInternal,\
         Organizer_PersonId,IsCancelled,DurationHours,Invitees\n\
         m0,3/2/2026,4,1,Sales,TRUE,p1,TRUE,1,4\n",
    );
    for week in 0..4 {
        // From Sunday, March 1, on.
        let day = 2 + 7 * week;
        for person in 0..12 {
            let group = if person < 6 { "Sales" } else { "Support" };
            for meeting in 0..3 * (1 + week / 2) {
                text.push_str(&format!(
                    "m{week}-{person}-{meeting},3/{day}/2026,4,1,{group},TRUE,p{person},FALSE,0.5,4\n"
                ));
            }
        }
        for meeting in 0..2 {
            text.push_str(&format!("o{week}-{meeting},3/{}/2026,4,1,,FALSE,,FALSE,0.5,4\n", day + 4));
        }
    }
    let text = if says_outside { text } else { text.replace("External_Attendees", "Redundant_attendees") };
    write(folder, "meetings.csv", &text)
}

/// A person query of the same groups, so many people a group, two weeks.
fn person_query(folder: &Path) -> PathBuf {
    let mut text =
        String::from("PersonId,Date,Organization,Collaboration_hours,Collaboration_hours_external,IsActive\n");
    for week in ["3/1/2026", "3/8/2026"] {
        for (group, people) in [("Sales", 60), ("Support", 40)] {
            for person in 0..people {
                text.push_str(&format!("{group}{person},{week},{group},20,9,TRUE\n"));
            }
        }
    }
    write(folder, "people.csv", &text)
}

fn write(folder: &Path, name: &str, text: &str) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, text).unwrap();
    path
}

fn entry<'a>(list: &'a Value, key: &str, value: &str) -> &'a Value {
    list.as_array().unwrap().iter().find(|entry| entry[key] == value).unwrap_or_else(|| panic!("no {value}"))
}

fn near(value: &Value, expected: f64) {
    assert!((value.as_f64().unwrap() - expected).abs() < 1e-9, "{value} is not {expected}");
}

#[test]
fn between_prints_hours_per_member_and_month_and_hides_the_chief() {
    let folder = tempfile::tempdir().unwrap();
    let path = group_export(folder.path());
    let json = run(&["between", path.to_str().unwrap(), "--format", "json"]).json();
    assert_eq!((json["grain"].as_str(), json["sizes"].as_str()), (Some("month"), Some("export")));
    assert_eq!(json["periods"][0], "2023-04-01", "the day comes first");
    // The chief is one person, and the smallest group, Finance, is hidden with them.
    let shown: Vec<_> = json["groups"].as_array().unwrap().iter().map(|group| group["value"].clone()).collect();
    assert_eq!(shown, ["HR", "Ops", "Product", "Sales"]);
    assert_eq!(json["hidden_groups"]["people"], 21);
    let sales = entry(&json["groups"], "value", "Sales");
    // 120 + 120 + 240 + 240 hours in four months of 60 members; 120 and 240 in the halves; 30 x 4 with HR.
    near(&sales["within_hours"]["all"], 720.0 / 240.0);
    near(&sales["within_hours"]["baseline"], 2.0);
    near(&sales["within_hours"]["relative"], 1.0);
    near(&entry(&sales["with"], "value", "HR")["hours"]["all"], 0.5);
    // Finance 30 and the chief 1 together.
    near(&sales["elsewhere"]["all"], 31.0 / 60.0);
    // Ops: 3 x 4 + 1 = 13 hours a month with others against 180 on average within.
    let ops = entry(&json["groups"], "value", "Ops");
    near(&ops["share_across"]["all"], 13.0 / 193.0);
    assert_eq!(json["isolated"], serde_json::json!(["Ops"]));
    // All groups: within 720 x 5; across 4 groups with 121 hours a month, Ops 13, the chief 5.
    let across = 4.0 * (4.0 * 121.0 + 13.0 + 5.0);
    near(&json["company"]["share_across"]["all"], across / (across + 3600.0 + 4.0));
    assert!(!json.to_string().contains("Chief") && !json.to_string().contains("Finance"));
}

#[test]
fn between_compares_the_windows_that_are_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let path = group_export(folder.path());
    let path = path.to_str().unwrap();
    let windows = ["--baseline", "2023-05-01..2023-05-01", "--current", "2023-06-01..2023-06-01"];
    let json = run(&[["between", path].as_slice(), &windows, &["--format", "json"]].concat()).json();
    near(&entry(&json["groups"], "value", "HR")["within_hours"]["current"], 240.0 / 30.0);
    let unequal = ["--baseline", "2023-04-01..2023-05-01", "--current", "2023-06-01..2023-06-01"];
    run(&[["between", path].as_slice(), &unequal].concat()).refused(2);
    run(&["between", path, "--baseline", "2023-04-01..2023-05-01"]).refused(2);
    let table = run(&["between", path]);
    assert_eq!(table.code, 0);
    assert!(
        table.stdout.contains("Ops keeps to itself") && table.stdout.contains("2 groups hidden"),
        "{}",
        table.stdout
    );
}

#[test]
fn meetings_prints_who_initiated_a_week_and_a_person() {
    let folder = tempfile::tempdir().unwrap();
    let (meetings, people) = (meeting_export(folder.path(), true), person_query(folder.path()));
    let (meetings, people) = (meetings.to_str().unwrap(), people.to_str().unwrap());
    let json = run(&["meetings", meetings, people, "--format", "json"]).json();
    assert_eq!(json["left_out"], serde_json::json!({ "canceled": 1 }));
    let us = entry(&json["initiated"], "id", "meetings_by_us");
    // 12 people: 36 a week, then 72; of 100 people of the company.
    near(&us["per_week"]["all"], 54.0);
    near(&us["per_week"]["relative"], 1.0);
    near(&us["per_week_and_person"]["all"], 0.54);
    assert_eq!((us["verdict"].as_str(), us["weeks"].clone()), (Some("up"), serde_json::json!([36, 36, 72, 72])));
    near(&entry(&json["initiated"], "id", "meetings_by_others")["per_week"]["all"], 2.0);
    let sales = entry(&json["groups"], "value", "Sales");
    near(&sales["per_week"]["all"], 27.0);
    near(&sales["per_week_and_person"]["all"], 27.0 / 60.0);
}

#[test]
fn without_a_column_of_people_from_outside_ours_cannot_be_told_unless_somebody_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let path = meeting_export(folder.path(), false);
    let path = path.to_str().unwrap();
    let json = run(&["meetings", path, "--format", "json"]).json();
    let us = entry(&json["initiated"], "id", "meetings_by_us");
    assert_eq!((us["available"].as_bool(), us["per_week"].is_null()), (Some(false), true));
    near(&entry(&json["initiated"], "id", "meetings_by_others")["per_week"]["all"], 2.0);
    let json = run(&["meetings", path, "--only-external", "--format", "json"]).json();
    near(&entry(&json["initiated"], "id", "meetings_by_us")["per_week"]["all"], 54.0);
}

#[test]
fn each_command_says_which_file_it_wants() {
    let folder = tempfile::tempdir().unwrap();
    let path = group_export(folder.path());
    let path = path.to_str().unwrap();
    assert!(run(&["meetings", path]).refused(2).stderr.contains("group-to-group query"));
    assert!(run(&["insights", path]).refused(2).stderr.contains("command between"));
}

#[test]
fn the_sample_company_writes_both_and_a_folder_of_all_answers_every_command() {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("sample");
    let target = target.to_str().unwrap();
    for era in ["viva", "wpa"] {
        assert_eq!(run(&["sample", target, "--weeks", "12", "--era", era]).code, 0);
        let json = run(&["between", target, "--format", "json"]).json();
        let isolated = json["isolated"].as_array().unwrap();
        assert!(isolated.contains(&Value::from("Engineering")), "{era}: {isolated:?}");
        let json = run(&["meetings", target, "--format", "json"]).json();
        assert!(entry(&json["initiated"], "id", "meetings_by_us")["per_week"]["all"].as_f64().unwrap() > 20.0);
        assert!(run(&["insights", target]).code < 2, "{era}");
        std::fs::remove_dir_all(target).unwrap();
    }
}

// --------------------------------------------------------------------------------------------------------- the window

fn drop_file(window: &mut Harness<'static, App>, path: &Path) {
    window.input_mut().dropped_files.push(std::sync::Arc::new(Dropped(path.to_path_buf())));
    window.step();
}

fn settled(window: &mut Harness<'static, App>, is_done: impl Fn(&App) -> bool) {
    wait(window, |app| !app.workbench().is_reading() && !app.workbench().is_reading_beside() && is_done(app));
}

#[test]
fn a_group_export_alone_lands_on_networks_and_a_person_query_joins_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = window(WindowArguments::default());
    drop_file(&mut window, &group_export(folder.path()));
    settled(&mut window, |app| app.workbench().beside().is_some());
    assert!(matches!(window.state().workbench().route(), Route::Behavior(_)));
    assert!(window.state().workbench().notices().is_empty());
    assert!(shows(&window, "Ops keeps to itself"));
    assert!(shows(&window, "4 groups, 180 people, 4 months"));
    assert!(shows(&window, "Ops: 7\u{a0}% of its time is with other groups"));
    assert!(shows(&window, "groups.csv: a group-to-group query, 144 of 144 rows count."));
    assert!(!shows(&window, "Chief"));

    drop_file(&mut window, &person_query(folder.path()));
    settled(&mut window, |app| app.workbench().results().is_some() && !app.workbench().is_updating());
    go(&mut window, "Networks");
    assert!(shows(&window, "Ops keeps to itself"), "it stays beside the person query");
    press(&mut window, "Close this export");
    assert!(shows(&window, "Which groups work with each other"));
    assert!(window.state().workbench().opened_groups().is_none());
}

#[test]
fn other_windows_are_compared_and_the_matrix_has_a_table() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = window(WindowArguments::default());
    drop_file(&mut window, &group_export(folder.path()));
    settled(&mut window, |app| app.workbench().beside().is_some());
    assert!(shows(&window, "2.0 to 4.0 (+100\u{a0}%)"));
    window.get_by_role_and_label(Role::ComboBox, "Compared").click();
    window.run_ok();
    window.get_by_role_and_label(Role::Button, "Jul 2023 against Jun 2023").click();
    window.run_ok();
    wait(&mut window, |app| {
        let asked = app.workbench().beside().and_then(|results| results.ask.between.clone());
        asked.is_some_and(|(question, _)| question.windows.is_some())
    });
    assert!(shows(&window, "4.0 to 4.0 (0\u{a0}%)"));
    window.get_by_role_and_label(Role::Button, "Chart menu").click();
    window.run_ok();
    window.get_by_role_and_label(Role::MenuItem, "View as table").click();
    window.run_ok();
    assert!(shows(&window, "From \\ with") && shows(&window, "Elsewhere"));
}

#[test]
fn a_meeting_query_alone_lands_on_customers_and_says_what_it_cannot_tell() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = window(WindowArguments::default());
    drop_file(&mut window, &meeting_export(folder.path(), false));
    settled(&mut window, |app| app.workbench().beside().is_some());
    assert!(shows(&window, "Others initiate 2.0 meetings a week; ours cannot be told"));
    assert!(shows(&window, "By us: cannot tell. The export does not say which meetings have people from outside."));
    press(&mut window, "Copy what to ask for");
    assert!(shows(&window, "Request copied"));
    window.get_by_role_and_label(Role::CheckBox, "This export holds only meetings with people from outside").click();
    window.run_ok();
    wait(&mut window, |app| {
        let asked = app.workbench().beside().and_then(|results| results.ask.meetings.clone());
        asked.is_some_and(|(question, _)| question.settings.only_with_outside)
    });
    assert!(shows(&window, "We initiate 54 of 56 meetings a week with people outside"));
    assert!(shows(&window, "54.0 a week; 36.0 to 72.0 (+100\u{a0}%), likely +100\u{a0}% to +100\u{a0}%: up"));
}

#[test]
fn a_real_export_does_not_stand_beside_the_sample_company() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = sample();
    settled(&mut window, |app| app.workbench().beside().is_some());
    go(&mut window, "Networks");
    assert!(shows(&window, "Engineering and Operations keep to themselves"));
    drop_file(&mut window, &group_export(folder.path()));
    settled(&mut window, |app| {
        let groups = app.workbench().opened_groups();
        groups.is_some_and(|groups| !matches!(groups.what, What::Sample)) && app.workbench().beside().is_some()
    });
    assert!(window.state().workbench().opened().is_none() && window.state().workbench().opened_meetings().is_none());
    assert!(shows(&window, "Ops keeps to itself"));
}

#[test]
fn a_folder_of_all_exports_opens_all_of_them() {
    let folder = tempfile::tempdir().unwrap();
    group_export(folder.path());
    meeting_export(folder.path(), true);
    person_query(folder.path());
    let arguments = WindowArguments { files: vec![folder.path().to_path_buf()], ..WindowArguments::default() };
    let mut window = window(arguments);
    settled(&mut window, |app| {
        let workbench = app.workbench();
        workbench.results().is_some()
            && !workbench.is_updating()
            && workbench.beside().is_some_and(|results| {
                let company = results.ask.meetings.as_ref().is_some_and(|(question, _)| question.company.is_some());
                company && results.between.is_some()
            })
    });
    assert_eq!(window.state().workbench().route(), Route::Overview);
    go(&mut window, "Customers");
    assert!(shows(&window, "We initiate 54 of 56 meetings a week"));
    assert!(shows(&window, "0.54 a person"));
}
