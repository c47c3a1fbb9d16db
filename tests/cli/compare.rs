//! `compare`: numbers worked out by hand, what stays hidden, and what is refused.

use serde_json::Value;

use super::exports::Export;
use super::run;

/// Four weeks. Twenty people in Sales: ten go from 4 to 5 external hours, ten stay at 4; one more is in Sales in the
/// first two weeks only, with 40 hours. Twenty people in Support stay at 2 of 10 hours.
fn export(has_leaver: bool) -> Export {
    let mut rows = Vec::new();
    let mut add = |person: String, week: usize, external: f64, team: &str| {
        let days = ["2024-04-07", "2024-04-14", "2024-04-21", "2024-04-28"];
        let role = if person == "s00" { "Mngr" } else { "IC" };
        let cells =
            [person, days[week].to_owned(), "10".to_owned(), external.to_string(), team.to_owned(), role.to_owned()];
        rows.push(cells.to_vec());
    };
    for week in 0..4 {
        for person in 0..20 {
            let more = if week >= 2 && person < 10 { 1.0 } else { 0.0 };
            add(format!("s{person:02}"), week, 4.0 + more, "Sales");
            add(format!("u{person:02}"), week, 2.0, "Support");
        }
        if week < 2 && has_leaver {
            add("gone".to_owned(), week, 40.0, "Sales");
        }
    }
    let headers = [
        "PersonId",
        "MetricDate",
        "Collaboration hours",
        "External collaboration hours",
        "Team",
        "SupervisorIndicator",
    ];
    Export { headers: headers.map(str::to_owned).to_vec(), rows, delimiter: ',' }
}

const WINDOWS: [&str; 4] = ["--baseline", "2024-04-07..2024-04-14", "--current", "2024-04-21..2024-04-28"];

fn compared(export: &Export, options: &[&str]) -> Value {
    export.json("compare", &[&WINDOWS[..], options].concat())
}

fn external(json: &Value, cohort: usize) -> Value {
    let metrics = json["cohorts"][cohort]["metrics"].as_array().unwrap();
    metrics.iter().find(|metric| metric["id"] == "external_hours").unwrap().clone()
}

#[track_caller]
fn close(value: &Value, expected: f64) {
    let value = value.as_f64().unwrap();
    assert!((value - expected).abs() < 1e-9, "{value} is not {expected}");
}

#[test]
fn changes_are_those_worked_out_by_hand() {
    let json = compared(&export(false), &["--cohort", "Team=Sales"]);
    assert_eq!(json["cohorts"][1]["cohort"], "Sales");
    let same = &external(&json, 1)["same_people"];
    // Before 4, now (10 x 5 + 10 x 4) / 20 = 4.5. Differences 1 and 0 around 0.5: variance of their mean
    // 20 x 0.25 / 19 / 20 = 0.0131579. Nothing varied before, so that the relative one is a quarter as wide.
    close(&same["before"], 4.0);
    close(&same["after"], 4.5);
    close(&same["change_high"], 0.5 + 1.959_964 * (0.25_f64 / 19.0).sqrt());
    close(&same["relative"], 0.125);
    close(&same["relative_low"], 0.125 - 1.959_964 * (0.25_f64 / 19.0).sqrt() / 4.0);
    assert_eq!((same["verdict"].as_str(), same["people_after"].as_u64()), (Some("up"), Some(20)));
    // Of everyone (2 x 20 + 4 x 20) / 40 = 3 before and 3.25 now.
    close(&external(&json, 0)["everyone"]["after"], 3.25);
    assert_eq!((json["cohorts"][0]["joined"].as_u64(), json["cohorts"][0]["left"].as_u64()), (Some(0), Some(0)));
    let sentence = json["cohorts"][1]["sentence"].as_str().unwrap();
    assert_eq!(
        sentence,
        "People in Sales spend 12 % more time with external contacts (likely 7 to 18 %), 4.0 to 4.5 hours a week; \
         internal collaboration fell"
    );
    // Internal: 6 to 5.5 hours. After-hours, and all that is not in the file, is said to be missing.
    assert_eq!(json["cohorts"][1]["after_hours"], "not_known");
    let focus = json["cohorts"][1]["metrics"].as_array().unwrap().iter().find(|metric| metric["id"] == "focus_hours");
    assert_eq!(focus.unwrap()["reason"], "Not in this export. Ask for \u{201c}Focus hours\u{201d}.");
    assert_eq!(json["windows"]["current"]["periods"], 2);
}

#[test]
fn one_who_left_does_not_follow_from_the_same_people() {
    let json = compared(&export(true), &["--cohort", "Team=Sales", "--cohort", "Team=Support"]);
    for cohort in [0, 1] {
        let external = external(&json, cohort);
        assert!(external["same_people"].is_null() && external["everyone"].is_object(), "{external}");
        assert!(json["cohorts"][cohort]["left"].is_null());
    }
    // Hidden beside Sales: else the one of everyone would follow.
    assert!(external(&json, 2)["everyone"].is_object());
}

#[test]
fn a_small_cohort_is_hidden_with_the_reason_and_exit_code_of_an_answer() {
    let json = compared(&export(false), &["--cohort", "managers"]);
    let managers = &json["cohorts"][1];
    assert_eq!((managers["available"].as_bool(), managers["kind"].as_str()), (Some(false), Some("managers")));
    assert!(managers["reason"].as_str().unwrap().contains("hidden to protect small groups"), "{managers}");
    assert!(managers["people_before"].is_null() && managers["metrics"].as_array().unwrap().is_empty());
}

#[test]
fn a_cohort_may_name_several_values_and_attributes() {
    let json =
        compared(&export(false), &["--cohort", "Team=Sales,Support", "--cohort", "Team=Sales,SupervisorIndicator=IC"]);
    assert_eq!(json["cohorts"][1]["parts"][0]["values"].as_array().unwrap().len(), 2);
    assert_eq!(json["cohorts"][2]["parts"].as_array().unwrap().len(), 2);
}

#[test]
fn the_table_says_the_same() {
    let kept = export(false).keep();
    let run = run(&[&["compare", &kept.path], &WINDOWS[..], &["--cohort", "Team=Sales"]].concat());
    assert!(run.code < 2, "{run:?}");
    for words in [
        "2 weeks, Apr 21 to Apr 28, 2024, against Apr 7 to",
        "+12.5",
        "6.9 to 18.1",
        "20 people, the same ones",
        "held steady",
    ] {
        assert!(run.stdout.contains(words), "{words} in {}", run.stdout);
    }
}

#[test]
fn windows_that_cannot_be_compared_are_refused_with_what_to_give_instead() {
    let kept = export(false).keep();
    let with = |windows: [&str; 2], more: &[&str]| {
        let options = ["compare", &kept.path, "--baseline", windows[0], "--current", windows[1]];
        run(&[&options[..], more].concat()).refused(2)
    };
    let unequal = with(["2024-04-07..2024-04-07", "2024-04-14..2024-04-28"], &[]);
    assert!(unequal.stderr.contains("Give --baseline 2024-04-07..2024-04-07 --current 2024-04-28..2024-04-28."));
    with(["2024-04-07..2024-04-14", "2024-04-14..2024-04-21"], &[]);
    with(["2023-04-07..2023-04-14", "2024-04-14..2024-04-21"], &[]);
    with(["2024-04-14..2024-04-07", "2024-04-21..2024-04-28"], &[]);
    with(["2024-04-07", "2024-04-21..2024-04-28"], &[]);
    let windows = [WINDOWS[1], WINDOWS[3]];
    with(windows, &["--cohort", "Team=Nobody"]);
    with(windows, &["--cohort", "Sales"]);
    with(windows, &["--from", "2024-04-07"]);
    with(windows, &["--margin", "5"]);
}

#[test]
fn managers_go_by_organizational_data_where_it_is_given() {
    // By SupervisorIndicator one person manages, which is too few to be told. By ManagerId the ten first of Support do:
    // each has two reports in Sales. Nobody leads them.
    let folder = tempfile::tempdir().unwrap();
    let (people, organization) = (folder.path().join("people.csv"), folder.path().join("organization.csv"));
    std::fs::write(&people, export(false).text()).unwrap();
    let mut text = "PersonId,ManagerId,Organization\n".to_owned();
    for person in 0..20 {
        text += &format!("s{person:02},u{:02},Sales\nu{person:02},,Support\n", person / 2);
    }
    std::fs::write(&organization, text).unwrap();
    let paths = [people.to_str().unwrap(), organization.to_str().unwrap()];
    let asked = ["--cohort", "managers", "--format", "json"];
    let run = run(&[&["compare"], &paths[..], &WINDOWS[..], &asked[..]].concat());
    let json = run.json();
    assert_eq!(external(&json, 1)["same_people"]["people_after"], 10, "{json:#}");
    // Ten of Support, who stay at 2 hours.
    close(&external(&json, 1)["same_people"]["before"], 2.0);
}
