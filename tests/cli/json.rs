//! The JSON has the keys of the page on the command line, each with its type, and nothing that is hidden.

use std::collections::BTreeSet;

use serde_json::Value;

use super::exports::company;
use super::{insight, run};

/// Key and type; a type ends in `?` where null may stand.
type Keys<'a> = &'a [(&'a str, &'a str)];

const SOURCE: Keys = &[
    ("name", "text"),
    ("sha256", "text?"),
    ("kind", "text"),
    ("era", "text"),
    ("grain", "text"),
    ("rows", "count"),
    ("rows_used", "count"),
    ("rows_excluded", "object"),
    ("cells_excluded", "object"),
    ("blanks", "object"),
    ("people", "count"),
    ("periods", "count"),
    ("first", "date?"),
    ("last", "date?"),
    ("week_starts_on", "text?"),
    ("date_order", "text"),
    ("encoding", "text"),
    ("delimiter", "text"),
    ("container", "text"),
    ("columns", "object"),
];

const INSIGHT: Keys = &[
    ("id", "text"),
    ("behavior", "text"),
    ("title", "text"),
    ("sentence", "text"),
    ("available", "bool"),
    ("reason", "text?"),
    ("shown_despite", "text?"),
    ("share", "share?"),
    ("low", "share?"),
    ("high", "share?"),
    ("people", "count?"),
    ("periods", "count?"),
    ("not_eligible", "count?"),
    ("badges", "list"),
    ("boundaries", "list"),
    ("other_readings", "list"),
    ("bands", "list"),
    ("trend", "list"),
    ("change", "object?"),
    ("groups", "object"),
    ("hidden_groups", "object"),
    ("groups_to_focus_on", "list"),
    ("groups_to_focus_on_chance", "object"),
    ("verdicts_chance", "object"),
    ("connected_groups", "object"),
];

const GROUP: Keys = &[
    ("value", "text"),
    ("people", "count"),
    ("share", "share"),
    ("low", "share"),
    ("high", "share"),
    ("difference", "number?"),
    ("difference_low", "number?"),
    ("difference_high", "number?"),
    ("verdict", "text"),
];

const FOCUS: Keys = &[
    ("attribute", "text"),
    ("value", "text"),
    ("people", "count"),
    ("share", "share"),
    ("gap", "share"),
    ("people_affected", "number"),
    ("rank_band", "count"),
];

const VERDICT: Keys =
    &[("insight", "text"), ("verdict", "text"), ("reason", "text"), ("held_back", "bool"), ("shown_despite", "bool")];

const FINDING: Keys = &[
    ("code", "text"),
    ("severity", "text"),
    ("count", "count?"),
    ("text", "text"),
    ("what_to_do", "text"),
    ("lines", "list"),
    ("concerns", "list"),
    ("switch", "object?"),
    ("effect", "object"),
    ("effect_hidden", "text?"),
];

/// Fails unless an object has exactly these keys, each with a value of its type.
#[track_caller]
fn has_keys(value: &Value, keys: Keys<'_>) {
    let object = value.as_object().unwrap_or_else(|| panic!("no object: {value}"));
    let wanted: BTreeSet<&str> = keys.iter().map(|(key, _)| *key).collect();
    assert_eq!(object.keys().map(String::as_str).collect::<BTreeSet<_>>(), wanted);
    for (key, kind) in keys {
        assert!(is_of(&object[*key], kind), "{key} is no {kind}: {}", object[*key]);
    }
}

fn is_of(value: &Value, kind: &str) -> bool {
    if let Some(kind) = kind.strip_suffix('?') {
        return value.is_null() || is_of(value, kind);
    }
    match kind {
        "text" => value.is_string(),
        "date" => value.as_str().is_some_and(|text| text.parse::<chrono::NaiveDate>().is_ok()),
        "count" => value.is_u64(),
        "number" => value.is_number(),
        "share" => value.as_f64().is_some_and(|share| (0.0..=1.0).contains(&share)),
        "bool" => value.is_boolean(),
        "list" => value.is_array(),
        "object" => value.is_object(),
        _ => false,
    }
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value[key].as_array().map_or(&[], Vec::as_slice)
}

#[test]
fn insights_has_the_keys_of_the_page() {
    let json = company().insights(&["--customer-facing", "Organization=Support"]);
    has_keys(
        &json,
        &[
            ("program", "object"),
            ("definitions", "text"),
            ("sources", "list"),
            ("population", "object"),
            ("insights", "list"),
            ("metrics", "list"),
        ],
    );
    has_keys(&json["program"], &[("name", "text"), ("version", "text")]);
    list(&json, "sources").iter().for_each(|source| has_keys(source, SOURCE));
    has_keys(
        &json["population"],
        &[
            ("people", "count"),
            ("periods", "count"),
            ("first", "date"),
            ("last", "date"),
            ("filters", "list"),
            ("minimum_group_size", "count"),
            ("edge_periods", "list"),
        ],
    );
    for insight in list(&json, "insights") {
        has_keys(insight, INSIGHT);
        assert!(insight["available"] == true && insight["share"].is_number(), "{insight}");
        for band in list(insight, "bands") {
            has_keys(band, &[("label", "text"), ("from", "number?"), ("to", "number?"), ("share", "share")]);
        }
        let sum: f64 = list(insight, "bands").iter().filter_map(|band| band["share"].as_f64()).sum();
        assert!((sum - 1.0).abs() < 1e-9, "bands are exhaustive: {sum}");
        for point in list(insight, "trend") {
            has_keys(point, &[("period", "date"), ("people", "count"), ("share", "share")]);
        }
        for boundary in list(insight, "boundaries") {
            has_keys(boundary, &[("at", "number"), ("unit", "text"), ("count", "count")]);
        }
        for reading in list(insight, "other_readings") {
            has_keys(reading, &[("id", "text"), ("share", "share")]);
        }
        list(insight, "groups_to_focus_on").iter().for_each(|focus| has_keys(focus, FOCUS));
        list(&insight["groups"], "Organization").iter().for_each(|group| has_keys(group, GROUP));
        has_keys(&insight["hidden_groups"]["Organization"], &[("groups", "count"), ("people", "count?")]);
    }
    assert!(!list(insight(&json, "external_over_8h"), "groups_to_focus_on").is_empty());
    for metric in list(&json, "metrics") {
        has_keys(
            metric,
            &[("id", "text"), ("mean_per_person_period", "number?"), ("unit", "text"), ("people", "count?")],
        );
    }
}

#[test]
fn ids_are_those_of_the_definitions() {
    let json = company().insights(&[]);
    let ids = |key| list(&json, key).iter().map(|entry| entry["id"].as_str().unwrap()).collect::<BTreeSet<_>>();
    let insights = [
        "external_over_8h",
        "external_top_quartile",
        "connected_people",
        "coaching_under_15_min",
        "coaching_style",
        "one_to_one_rhythm",
        "few_internal_organizations",
    ];
    assert_eq!(ids("insights"), BTreeSet::from(insights));
    let metrics = [
        "collaboration_hours",
        "external_hours",
        "external_share",
        "external_network_size",
        "external_network_breadth",
        "manager_1_1_hours",
        "internal_network_size",
        "internal_organizations",
        "meeting_hours",
        "email_hours",
        "focus_hours",
        "after_hours",
    ];
    assert_eq!(ids("metrics"), BTreeSet::from(metrics));
    let readings: Vec<&str> = list(&json, "insights")
        .iter()
        .flat_map(|insight| list(insight, "other_readings"))
        .filter_map(|reading| reading["id"].as_str())
        .collect();
    assert_eq!(
        readings,
        [
            "external_person_mean_over_8h",
            "external_hours_top_quartile",
            "coaching_under_15_min_wpa",
            "few_internal_organizations_weekly"
        ]
    );
    let boundaries = |id| -> Vec<(f64, &str)> {
        let all = list(insight(&json, id), "boundaries").iter();
        all.map(|boundary| (boundary["at"].as_f64().unwrap(), boundary["unit"].as_str().unwrap())).collect()
    };
    assert_eq!(boundaries("external_over_8h"), [(4.0, "person-weeks"), (8.0, "person-weeks")]);
    assert_eq!(boundaries("coaching_under_15_min"), [(1.0, "person-months")]);
}

#[test]
fn check_has_the_keys_of_the_page() {
    let mut export = company();
    export.rows[3][2] = "many".to_owned();
    export.rows[4][2] = "-3".to_owned();
    export.rows[5][1] = "soon".to_owned();
    let json = export.json("check", &[]);
    has_keys(
        &json,
        &[
            ("sources", "list"),
            ("population", "object"),
            ("attributes", "list"),
            ("findings", "list"),
            ("verdicts", "list"),
        ],
    );
    for source in list(&json, "sources") {
        has_keys(source, &[SOURCE, &[("evidence", "object"), ("places", "count")]].concat());
        let evidence = source["evidence"].as_object().unwrap();
        assert!(!evidence.is_empty() && evidence.values().all(Value::is_string));
    }
    assert_eq!(json["sources"][0]["cells_excluded"]["collaboration_hours"], 2);
    assert_eq!(json["sources"][0]["rows_excluded"]["unreadable_date"], 1);
    let severities = BTreeSet::from(["note", "care", "unfit"]);
    for finding in list(&json, "findings") {
        has_keys(finding, FINDING);
        assert!(severities.contains(finding["severity"].as_str().unwrap()), "{finding}");
        assert!(list(finding, "lines").len() <= 20 && list(finding, "lines").iter().all(Value::is_u64));
    }
    let of = |code| list(&json, "findings").iter().find(|finding| finding["code"] == code).unwrap();
    // The header is line 1, so row 3 is on line 5.
    assert_eq!(of("cells_excluded")["lines"], serde_json::json!([5, 6]));
    assert_eq!(of("unreadable_date")["lines"], serde_json::json!([7]));
    assert!(of("low_activity")["effect"]["external_over_8h"].is_number());
    let verdicts = BTreeSet::from(["fit", "with_care", "not_fit", "not_in_file"]);
    assert_eq!(list(&json, "verdicts").len(), 7);
    for verdict in list(&json, "verdicts") {
        has_keys(verdict, VERDICT);
        assert!(verdicts.contains(verdict["verdict"].as_str().unwrap()), "{verdict}");
    }
}

#[test]
fn an_insight_without_its_column_is_there_with_a_reason() {
    let mut export = company();
    export.remove_column("Meeting hours with manager 1:1");
    export.remove_column("External network size");
    let json = export.insights(&[]);
    for id in ["coaching_under_15_min", "coaching_style", "one_to_one_rhythm", "connected_people"] {
        let absent = insight(&json, id);
        has_keys(absent, INSIGHT);
        assert!(absent["available"] == false && absent["reason"].is_string() && absent["share"].is_null(), "{absent}");
    }
    assert_eq!(insight(&json, "external_over_8h")["available"], true);
    let check = export.json("check", &[]);
    let verdict = list(&check, "verdicts").iter().find(|verdict| verdict["insight"] == "connected_people").unwrap();
    assert_eq!(verdict["verdict"], "not_in_file");
    assert_eq!(run(&["insights", &export.keep().path]).code, 0, "a missing optional column calls for no care");
}

#[test]
fn hidden_groups_are_nowhere() {
    let kept = company().keep();
    for command in ["insights", "check"] {
        for format in ["table", "json", "csv"] {
            let printed = run(&[command, &kept.path, "--format", format]);
            assert!(printed.code == 0 && !printed.stdout.is_empty());
            for hidden in ["Legal", "Operations", "p001"] {
                assert!(!printed.stdout.contains(hidden), "{hidden} is in the {format} of {command}");
            }
        }
    }
    let json = company().insights(&[]);
    let hidden = &insight(&json, "external_over_8h")["hidden_groups"]["Organization"];
    assert_eq!(hidden, &serde_json::json!({ "groups": 2, "people": 16 }));
}

#[test]
fn names_of_files_stand_under_sources_only() {
    let kept = company().keep();
    let mut json = run(&["insights", &kept.path, "--format", "json", "--hash"]).json();
    let path = kept.folder.path().to_str().unwrap();
    assert!(!json.to_string().contains(path), "the folder's path is in the JSON");
    json.as_object_mut().unwrap().remove("sources");
    assert!(!json.to_string().contains("export.csv"));
}
