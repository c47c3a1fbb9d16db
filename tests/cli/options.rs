//! Every option that changes a number changes one.

use serde_json::Value;
use sha2::{Digest as _, Sha256};

use super::exports::{Export, SUNDAYS, company};
use super::{insight, run, run_with, shown};

/// The JSON of `insights` on the company with these options, which must differ from that without any.
#[track_caller]
fn changed(options: &[&str]) -> Value {
    let json = company().insights(options);
    assert_ne!(json, company().insights(&[]), "{options:?} has no effect");
    json
}

#[test]
fn by_chooses_the_groups() {
    assert_eq!(
        shown(&company().insights(&[]), "external_over_8h", "Organization"),
        ["Engineering", "Sales", "Support"]
    );
    let json = changed(&["--by", "Region"]);
    assert_eq!(shown(&json, "external_over_8h", "Region"), ["North", "South"]);
    let both = changed(&["--by", "Region", "--by", "Organization"]);
    assert_eq!(insight(&both, "external_over_8h")["groups"].as_object().unwrap().len(), 2);
}

#[test]
fn by_takes_two_attributes_at_once() {
    let json = changed(&["--by", "Organization+Region"]);
    let names = shown(&json, "external_over_8h", "Organization+Region");
    assert_eq!(names[..2], ["Engineering \u{b7} North", "Engineering \u{b7} South"]);
    let groups = &insight(&json, "external_over_8h")["groups"]["Organization+Region"];
    assert_eq!(groups[0]["values"], serde_json::json!(["Engineering", "North"]));
    // Everyone of Engineering in the North, asked for by a filter.
    let filtered = company().insights(&["--where", "Organization=Engineering", "--where", "Region=North"]);
    assert_eq!(groups[0]["share"], insight(&filtered, "external_over_8h")["share"]);
    assert_eq!(groups[0]["people"], insight(&filtered, "external_over_8h")["people"]);
    let turned = company().insights(&["--by", "region+organization"]);
    let turned = &insight(&turned, "external_over_8h")["groups"]["Region+Organization"];
    assert_eq!(turned[0]["value"], "North \u{b7} Engineering");
    assert_eq!((&turned[0]["share"], &turned[0]["difference"]), (&groups[0]["share"], &groups[0]["difference"]));
}

#[test]
fn an_attribute_with_a_plus_in_its_name_is_itself_and_can_be_one_of_two() {
    let mut export = company();
    export.rename_header("Region", "Site+Country");
    let groups = |by: &str| {
        let json = export.insights(&["--by", by]);
        insight(&json, "external_over_8h")["groups"].as_object().unwrap().keys().next().unwrap().clone()
    };
    assert_eq!(groups("Site+Country"), "Site+Country");
    assert_eq!(groups("Site+Country+Organization"), "Site+Country+Organization");
    assert_eq!(groups("organization + site+country"), "Organization+Site+Country");
}

#[test]
fn two_attributes_of_which_one_is_missing_or_both_are_the_same_are_refused() {
    let kept = company().keep();
    let refused = |by: &str| run(&["insights", &kept.path, "--by", by]).refused(2).stderr;
    assert!(refused("Organization+Team").starts_with("There is no attribute Team; the file has Organization, Region."));
    assert!(refused("Team+Region").starts_with("There is no attribute Team;"));
    assert!(refused("One+Other").starts_with("There is no attribute One+Other;"));
    assert!(refused("Region+region").starts_with("Both attributes of --by \"Region+region\" are Region.\n"));
}

#[test]
fn a_range_that_ends_before_it_begins_is_refused() {
    let kept = company().keep();
    let refused = run(&["insights", &kept.path, "--from", "2024-05-01", "--to", "2024-04-01"]).refused(2).stderr;
    assert!(refused.starts_with("The range from 2024-05-01 to 2024-04-01 holds no day.\n"), "{refused}");
}

#[test]
fn a_mark_on_either_attribute_of_two_makes_customer_facing_groups() {
    let focus = |options: &[&str]| {
        let json = company().insights(&[&["--by", "Organization+Region"], options].concat());
        let focus = insight(&json, "external_over_8h")["groups_to_focus_on"].as_array().unwrap().clone();
        focus.iter().map(|group| group["value"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert!(focus(&[]).is_empty());
    // Nobody of Engineering has over 8 hours, everybody of Sales has. Groups of the other organizations are hidden.
    let marked = focus(&["--customer-facing", "Organization=Engineering"]);
    assert_eq!(marked, ["Engineering \u{b7} North", "Engineering \u{b7} South"]);
    assert_eq!(focus(&["--customer-facing", "Region=North"]), ["Engineering \u{b7} North"]);
}

#[test]
fn where_keeps_people() {
    assert_eq!(changed(&["--where", "Organization=Sales"])["population"]["people"], 24);
    let either = changed(&["--where", "Organization=Sales", "--where", "Organization=Support"]);
    assert_eq!(either["population"]["people"], 44);
    assert_eq!(either["population"]["filters"], serde_json::json!(["Organization=Sales", "Organization=Support"]));
    let both = changed(&["--where", "Organization=Sales", "--where", "Region=North"]);
    assert_eq!(both["population"]["people"], 12);
}

#[test]
fn periods_can_be_chosen() {
    let april = changed(&["--from", "2024-04-07", "--to", "2024-04-28"]);
    assert_eq!(april["population"]["periods"], 4);
    assert_eq!(april["population"]["first"], "2024-04-07");
    assert_eq!(april["population"]["last"], "2024-04-28");
    assert_eq!(changed(&["--without", SUNDAYS[3], "--without", SUNDAYS[4]])["population"]["periods"], 7);
}

#[test]
fn the_minimum_group_size_can_be_raised() {
    // Support has 20 people; Sales and Engineering have 24 each.
    let json = changed(&["--min-group", "21"]);
    assert_eq!(json["population"]["minimum_group_size"], 21);
    assert_eq!(shown(&json, "external_over_8h", "Organization"), ["Engineering", "Sales"]);
}

#[test]
fn customer_facing_groups_can_be_worse_off_by_too_little_external_time() {
    let none = company().insights(&[]);
    assert!(insight(&none, "external_over_8h")["groups_to_focus_on"].as_array().unwrap().is_empty());
    let json = changed(&["--customer-facing", "Organization=Support"]);
    let focus = &insight(&json, "external_over_8h")["groups_to_focus_on"];
    assert_eq!((focus[0]["attribute"].as_str(), focus[0]["value"].as_str()), (Some("Organization"), Some("Support")));
}

#[test]
fn inactive_and_low_activity_people_are_switches() {
    assert_eq!(company().insights(&[])["population"]["people"], 84);
    assert_eq!(changed(&["--include-inactive"])["population"]["people"], 96);
    // Operations collaborates three hours a week.
    assert_eq!(changed(&["--without-low-activity"])["population"]["people"], 72);
}

#[test]
fn thresholds_can_be_set() {
    // A third of the people spends half of the meeting hours with the manager.
    let style = |json: &Value| insight(json, "coaching_style")["bands"].clone();
    assert_ne!(style(&changed(&["--co-attended", "0.9"])), style(&company().insights(&[])));

    let focus = |json: &Value| insight(json, "coaching_under_15_min")["groups_to_focus_on"].as_array().unwrap().len();
    assert!(focus(&company().insights(&[])) > 0);
    assert_eq!(focus(&changed(&["--gap", "1"])), 0);

    let entered = changed(&["--q3", "0.9"]);
    assert_eq!(insight(&entered, "external_top_quartile")["share"], 0.0);
}

#[test]
fn a_column_can_be_mapped() {
    let mut export = company();
    export.rename_header("External collaboration hours", "Externe Zusammenarbeit");
    assert_eq!(insight(&export.insights(&[]), "external_over_8h")["available"], false);
    let mapped = export.insights(&["--column", "external_hours=Externe Zusammenarbeit"]);
    assert_eq!(mapped["sources"][0]["columns"]["external_hours"], "Externe Zusammenarbeit");
    assert_eq!(insight(&mapped, "external_over_8h"), insight(&company().insights(&[]), "external_over_8h"));
}

#[test]
fn era_kind_and_grain_override_what_was_detected() {
    let wpa = changed(&["--era", "wpa"]);
    assert_eq!(wpa["sources"][0]["era"], "wpa");
    assert_eq!(wpa["population"]["minimum_group_size"], 5);
    let kept = company().keep();
    run(&["insights", &kept.path, "--kind", "meeting"]).refused(2);
    assert_eq!(company().insights(&["--kind", "person"])["sources"][0]["kind"], "person");
    assert_eq!(changed(&["--grain", "day"])["sources"][0]["grain"], "day");
}

#[test]
fn the_start_of_the_week_is_a_choice_for_days_and_a_check_for_weeks() {
    let kept = company().keep();
    run(&["insights", &kept.path, "--week-start", "monday"]).refused(2);
    let days = days("2024-04-01", 28);
    // Monday, April 1 to Sunday, April 28: four weeks from Monday on; from Sunday on the last one is cut.
    let from_monday = days.insights(&["--week-start", "monday"]);
    assert_eq!(
        (&from_monday["population"]["first"], &from_monday["population"]["periods"]),
        (&"2024-04-01".into(), &4.into())
    );
    let from_sunday = days.insights(&[]);
    assert_eq!(
        (&from_sunday["population"]["first"], &from_sunday["population"]["periods"]),
        (&"2024-03-31".into(), &4.into())
    );
}

#[test]
fn a_question_is_exit_code_2_and_names_the_option_that_answers_it() {
    let mut conflict = company();
    let mut other = conflict.rows[0].clone();
    other[3] = "40.000".to_owned();
    conflict.rows.push(other);
    let kept = conflict.keep();
    let asked = run(&["insights", &kept.path]).refused(2);
    assert!(asked.stderr.contains("--on-conflict newer") && asked.stderr.contains("--on-conflict first"));
    let mean = |choice| conflict.insights(&["--on-conflict", choice])["metrics"][1]["mean_per_person_period"].as_f64();
    assert!(mean("newer") > mean("first"));
}

#[test]
fn the_order_of_dates_can_be_told() {
    // 1/2, 1/3 and so on: days of January, or the first days of months.
    let mut export = company();
    for (sunday, month) in SUNDAYS.iter().zip(2..) {
        export.rename("MetricDate", sunday, &format!("1/{month}/2024"));
    }
    // Nine days in a row that are nine months too: nobody but the owner of the file can know.
    let kept = export.keep();
    let asked = run(&["check", &kept.path]);
    assert!(asked.code < 2 || asked.stderr.contains("--date-order dmy"), "{}", asked.stderr);
    let first = |order| export.json("check", &["--date-order", order])["sources"][0]["first"].clone();
    assert_eq!(first("mdy"), "2024-01-02");
    assert_eq!(first("dmy"), "2024-02-01");
    assert_eq!(export.json("check", &["--date-order", "dmy"])["sources"][0]["date_order"], "dmy");
}

#[test]
fn the_dress_of_a_file_can_be_told() {
    let mut export = company();
    export.delimiter = ';';
    for header in [
        "Collaboration hours",
        "External collaboration hours",
        "Meeting hours",
        "Meeting hours with manager",
        "Meeting hours with manager 1:1",
    ] {
        export.change(header, |cell| cell.replace('.', ","));
    }
    let german = export.insights(&["--delimiter", ";", "--decimal", ","]);
    assert_eq!(german["sources"][0]["delimiter"], ";");
    assert_eq!(german["metrics"], company().insights(&[])["metrics"]);
    let kept = export.keep();
    run(&["insights", &kept.path, "--delimiter", "tab"]).refused(2);
    let read_as_english = run(&["insights", &kept.path, "--decimal", ".", "--format", "json"]);
    assert!(read_as_english.code > 0, "cells with a comma are no numbers with a point");

    // Byte E9 is an e with an acute accent in Windows-1252 and a short i in Windows-1251.
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("latin.csv");
    let mut latin = company();
    latin.rename("Organization", "Sales", "Cafe");
    let bytes: Vec<u8> =
        latin.text().replace("Cafe", "Caf\u{1}").bytes().map(|b| if b == 1 { 0xE9 } else { b }).collect();
    std::fs::write(&path, bytes).unwrap();
    let groups = |encoding| {
        let json = run(&["insights", path.to_str().unwrap(), "--format", "json", "--encoding", encoding]).json();
        shown(&json, "external_over_8h", "Organization")
    };
    assert!(groups("windows-1252").contains(&"Caf\u{e9}".to_owned()));
    assert!(groups("windows-1251").contains(&"Caf\u{439}".to_owned()));
}

#[test]
fn a_digest_is_computed_when_asked_for() {
    assert!(company().insights(&[])["sources"][0]["sha256"].is_null());
    let digest: String = Sha256::digest(company().text()).iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(changed(&["--hash"])["sources"][0]["sha256"], digest.as_str());
}

#[test]
fn every_format_prints_something_of_its_own() {
    let kept = company().keep();
    for command in ["insights", "check"] {
        let print = |format| run(&[command, &kept.path, "--format", format]).stdout;
        let (table, json, csv) = (print("table"), print("json"), print("csv"));
        assert!(!table.is_empty() && table == run(&[command, &kept.path]).stdout);
        assert!(json.starts_with('{') && csv.lines().next().unwrap().split(',').count() >= 5);
    }
}

#[test]
fn rows_of_a_file_of_days_add_up_in_one_part_and_in_several() {
    // Wednesday, April 3 to Tuesday, April 30: the first and the last week are cut, 4 + 3 days of 20 people.
    let export = days("2024-04-03", 28);
    let whole = export.json("check", &[]);
    let source = &whole["sources"][0];
    assert_eq!((&source["grain"], &source["rows"], &source["rows_used"]), (&"day".into(), &560.into(), &420.into()));
    assert_eq!(source["rows_excluded"], serde_json::json!({ "cut_week": 140 }));

    // A first part of a single day has fewer rows than all cut weeks have.
    let folder = tempfile::tempdir().unwrap();
    let (mut first, mut rest) = (export.clone(), export.clone());
    first.keep_rows("MetricDate", "2024-04-03");
    rest.remove_rows("MetricDate", "2024-04-03");
    let mut paths = Vec::new();
    for (name, part) in [("a.csv", first), ("b.csv", rest)] {
        let path = folder.path().join(name);
        std::fs::write(&path, part.text()).unwrap();
        paths.push(path.to_str().unwrap().to_owned());
    }
    let stacked = run(&["check", &paths[0], &paths[1], "--grain", "day", "--format", "json"]).json();
    let mut all_used = 0;
    for source in stacked["sources"].as_array().unwrap() {
        let excluded: u64 = source["rows_excluded"].as_object().unwrap().values().filter_map(Value::as_u64).sum();
        let used = source["rows_used"].as_u64().unwrap();
        assert_eq!(source["rows"].as_u64().unwrap(), used + excluded, "{source}");
        all_used += used;
    }
    assert_eq!(all_used, 420);
}

#[test]
fn a_file_named_twice_is_the_same_file() {
    let kept = company().keep();
    let once = run(&["insights", &kept.path, "--format", "json"]).json();
    let twice = run_with(&["insights", &kept.path, &kept.path, "--format", "json"], None, "").json();
    assert_eq!(super::numbers(&twice), super::numbers(&once));
}

/// Twenty people with one hour outside on each of so many days.
fn days(first: &str, count: u64) -> Export {
    let first: chrono::NaiveDate = first.parse().unwrap();
    let headers = ["PersonId", "MetricDate", "Collaboration hours", "External collaboration hours", "Organization"];
    let dates = (0..count).map(|day| first + chrono::Days::new(day));
    let row = |date: chrono::NaiveDate, person: u32| {
        let organization = if person < 10 { "East" } else { "West" };
        vec![format!("p{person}"), date.to_string(), "4".to_owned(), "1".to_owned(), organization.to_owned()]
    };
    let rows = dates.flat_map(|date| (0..20).map(move |person| row(date, person))).collect();
    Export { headers: headers.map(str::to_owned).to_vec(), rows, delimiter: ',' }
}
