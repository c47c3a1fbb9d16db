//! The proof of every number: the command line that it names gives the same figures, to the last digit.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Command;

use chrono::NaiveDate;
use customer_focus::dataset::{AttributeFilter, Filter, GroupBy};
use customer_focus::import::{DateOrder, ImportOptions};
use customer_focus::insights::{GroupName, InsightId};
use customer_focus::privacy::{MeanMetric, PublicGroup, Question, Rules, Settings};
use customer_focus::text::Locale;
use customer_focus::work::{Cancel, Progress};
use customer_focus::workbench::{Number, Opened, Place, PlaceStep, Results, Shell, What, evaluate, open, prove};
use serde_json::Value;

use crate::cli::exports::{SUNDAYS, company};

fn opened(what: &What, options: &ImportOptions) -> Opened {
    open(what, options, &Progress::default(), &Cancel::default()).unwrap()
}

/// Every number that can be asked about these results, whether there is one or not.
pub(crate) fn numbers(opened: &Opened, results: &Results) -> Vec<Number> {
    let mut all = vec![Number::Population, Number::Rows];
    all.extend(MeanMetric::ALL.map(Number::Mean));
    all.extend((0..opened.report.sources.len()).map(Number::File));
    all.extend((0..results.checks.len()).map(Number::Check));
    all.extend(results.attributes.iter().map(|attribute| Number::Attribute(attribute.name.clone())));
    for id in InsightId::ALL {
        all.push(Number::Verdict(id));
        let insight = results.findings.as_ref().ok().and_then(|findings| findings.insight(id));
        let Some(Ok(outcome)) = insight.map(|insight| &insight.outcome) else { continue };
        all.extend([Number::Share(id), Number::Interval(id), Number::Compare(id), Number::Distribution(id)]);
        all.extend(results.change(id).map(|_| Number::Change(id)));
        all.extend((0..outcome.bands.len()).map(|at| Number::Band(id, at)));
        all.extend((!outcome.trend.is_empty()).then_some(Number::Trend(id)));
        all.extend(outcome.trend.iter().map(|point| Number::Point(id, point.period)));
        all.extend(outcome.other_readings.iter().map(|reading| Number::Reading(id, reading.id.to_owned())));
        all.extend((0..outcome.boundaries.len()).map(|at| Number::Boundary(id, at)));
        all.push(Number::NotEligible(id));
        for groups in outcome.breakdowns.iter().filter(|groups| !groups.shown.is_empty()) {
            all.push(Number::Groups(id, groups.by.clone()));
            let group = |group: &PublicGroup| Number::Group(id, groups.by.clone(), group.value.clone());
            all.extend(groups.shown.iter().map(group));
        }
    }
    all
}

pub(crate) fn at<'a>(json: &'a Value, place: &Place) -> Option<&'a Value> {
    place.0.iter().try_fold(json, |here, step| match step {
        PlaceStep::Key(key) => here.get(key),
        PlaceStep::Entry(index) => here.get(index),
        PlaceStep::With(values) => here
            .as_array()?
            .iter()
            .find(|entry| values.iter().all(|(key, value)| entry[*key].as_str() == Some(value.as_str()))),
    })
}

/// What a shell prints for a command, with the program of this build in its path.
pub(crate) fn printed(command: &str) -> Value {
    let folder = PathBuf::from(env!("CARGO_BIN_EXE_customer-focus")).parent().unwrap().to_path_buf();
    let path = std::env::join_paths([folder, PathBuf::from("/usr/bin"), PathBuf::from("/bin")]).unwrap();
    // In another folder than that of the files, and without a display.
    let elsewhere = tempfile::tempdir().unwrap();
    let output = Command::new("sh")
        .args(["-c", command])
        .env("PATH", path)
        .current_dir(elsewhere.path())
        .env_remove("DISPLAY")
        .output()
        .unwrap();
    assert!(output.status.code().unwrap() < 2, "{command}\n{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Runs the command of every number, and looks for its figures. Returns the command of the headline.
#[track_caller]
fn proves(opened: &Opened, question: &Question, rules: Rules) -> String {
    assert_eq!(Shell::HERE, Shell::Posix);
    let results = evaluate(opened, question, rules, None);
    let found = results.findings.as_ref().map(|findings| findings.population.people);
    assert!(found.is_ok(), "{:?}", found.err());
    let mut known: BTreeMap<String, Value> = BTreeMap::new();
    let mut compared = 0;
    for number in numbers(opened, &results) {
        let Some(proof) = prove(&number, opened, &results, &Locale::neutral()) else {
            assert!(matches!(number, Number::Mean(_)), "{} has no proof", number.key());
            continue;
        };
        let json = known.entry(proof.command.clone()).or_insert_with(|| printed(&proof.command));
        for figure in &proof.figures {
            let there =
                at(json, &figure.place).unwrap_or_else(|| panic!("{} is not in {}", figure.place, proof.command));
            if let Some(exact) = figure.exact {
                // Both as they are written: reading decimals back may round the last digit.
                let written: Value = serde_json::from_str(&serde_json::json!(exact).to_string()).unwrap();
                let place = format!("{} of {}\n{}", figure.place, number.key(), proof.command);
                assert_eq!(there.as_f64(), written.as_f64(), "{place}");
                compared += 1;
            }
        }
        assert!(!proof.meaning.is_empty() && !proof.left_out.is_empty() && !proof.selection.is_empty());
    }
    assert!(compared > 100, "only {compared} figures");
    prove(&Number::Population, opened, &results, &Locale::neutral()).unwrap().command
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn only(attribute: &str, values: &[&str]) -> AttributeFilter {
    AttributeFilter {
        attribute: attribute.to_owned(),
        values: values.iter().map(|value| (*value).to_owned()).collect(),
    }
}

fn group(attribute: &str, value: &str) -> GroupName {
    GroupName { attribute: attribute.to_owned(), value: value.to_owned() }
}

#[test]
fn the_command_gives_the_same_numbers_for_every_question() {
    let kept = company().keep();
    let opened = opened(&What::paths([PathBuf::from(&kept.path)]), &ImportOptions::default());
    let by = |name: &str| vec![name.into()];
    let plain = Question { by: by("Organization"), ..Question::default() };
    let filtered = Filter { attributes: vec![only("Organization", &["Sales", "Support"])], ..Filter::default() };
    let both = Filter {
        attributes: vec![only("Region", &["North"])],
        from: Some(day(SUNDAYS[1])),
        to: Some(day(SUNDAYS[7])),
        without: vec![day(SUNDAYS[3]), day(SUNDAYS[4])],
        ..Filter::default()
    };
    let switches = Filter { include_inactive: true, without_low_activity: true, ..Filter::default() };
    let settings = Settings {
        co_attended_basis_points: 4567,
        gap: 0.012_345_678_9,
        q3: Some(0.123_456_789_012_345_6),
        customer_facing: vec![group("Organization", "Support"), group("Region", "North")],
        show_anyway: vec![InsightId::ConnectedPeople],
    };
    let cases = [
        ("", plain.clone(), None),
        (" --by Region", Question { by: by("Region"), ..plain.clone() }, None),
        (
            " --by Region+Organization",
            Question { by: vec![GroupBy::two("Region", "Organization")], ..plain.clone() },
            None,
        ),
        (
            " --where Organization=Sales --where Organization=Support",
            Question { filter: filtered, ..plain.clone() },
            None,
        ),
        (
            " --where Region=North --from 2024-04-07 --to 2024-05-19 --without 2024-04-21 --without 2024-04-28",
            Question { filter: both, ..plain.clone() },
            None,
        ),
        (" --include-inactive --without-low-activity", Question { filter: switches, ..plain.clone() }, None),
        (" --min-group 21", plain.clone(), Some(21)),
        (
            " --show-anyway connected_people --customer-facing Organization=Support --customer-facing Region=North --co-attended 0.4567 \
             --gap 0.0123456789 --q3 0.1234567890123456",
            Question { settings, ..plain },
            None,
        ),
    ];
    for (options, question, minimum) in cases {
        let rules = minimum.map_or(opened.default_rules(), Rules::new);
        let command = proves(&opened, &question, rules);
        assert_eq!(command, format!("customer-focus insights {}{options} --format json", kept.path));
    }
}

/// A header and a value with every sign that could part names: of the command line, of lists and of CSV.
#[test]
fn the_command_names_groups_with_signs_in_them() {
    let mut export = company();
    export.rename_header("Region", "Region=a|b; c");
    export.rename("Region=a|b; c", "North", "N=1|2; x");
    let kept = export.keep();
    let opened = opened(&What::paths([PathBuf::from(&kept.path)]), &ImportOptions::default());
    let filter = Filter { attributes: vec![only("Region=a|b; c", &["N=1|2; x", "South"])], ..Filter::default() };
    let settings = Settings { customer_facing: vec![group("Region=a|b; c", "N=1|2; x")], ..Settings::default() };
    let question = Question { by: vec!["Region=a|b; c".into()], filter, settings };
    let command = proves(&opened, &question, opened.default_rules());
    for option in [
        " --by 'Region=a|b; c'",
        " --where 'Region=a|b; c=N=1|2; x' --where 'Region=a|b; c=South'",
        " --customer-facing 'Region=a|b; c=N=1|2; x'",
    ] {
        assert!(command.contains(option), "{command}");
    }
}

#[test]
fn the_command_reads_the_file_as_it_was_read() {
    let mut export = company();
    export.delimiter = ';';
    for header in export.headers.iter_mut().filter(|header| *header == "External collaboration hours") {
        "Stunden extern (gesamt) = $".clone_into(header);
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("Ann's $HOME export (2).csv");
    std::fs::write(&path, export.text()).unwrap();
    let options = ImportOptions {
        columns: vec![("external_hours".to_owned(), "Stunden extern (gesamt) = $".to_owned())],
        era: Some(customer_focus::dataset::Era::Wpa),
        grain: Some(customer_focus::dataset::Grain::Week),
        date_order: Some(DateOrder::Ymd),
        encoding: Some("utf-8".to_owned()),
        delimiter: Some(b';'),
        decimal: Some(b'.'),
        on_conflict: customer_focus::dataset::OnConflict::First,
        ..ImportOptions::default()
    };
    let opened = opened(&What::paths([path]), &options);
    let question = Question { by: opened.default_by(), ..Question::default() };
    let command = proves(&opened, &question, opened.default_rules());
    for part in
        ["--column", "--era wpa", "--grain week", "--delimiter semicolon", "--decimal point", "--on-conflict first"]
    {
        assert!(command.contains(part), "{part} in {command}");
    }
}

#[test]
fn the_sample_company_has_a_command_too() {
    let opened = opened(&What::Sample, &ImportOptions::default());
    let question = Question { by: vec!["Region".into()], ..Question::default() };
    let command = proves(&opened, &question, opened.default_rules());
    assert_eq!(command, "customer-focus insights --sample --by Region --format json");
}

#[test]
fn a_proof_names_definition_reading_selection_columns_and_what_was_left_out() {
    let kept = company().keep();
    let opened = opened(&What::paths([PathBuf::from(&kept.path)]), &ImportOptions::default());
    let filter = Filter { attributes: vec![only("Region", &["North"])], ..Filter::default() };
    let question = Question { filter, by: vec!["Organization".into()], ..Question::default() };
    let results = evaluate(&opened, &question, opened.default_rules(), None);
    let proof = prove(&Number::Share(InsightId::ExternalOver8h), &opened, &results, &Locale::neutral()).unwrap();
    assert_eq!(proof.title, "External collaboration over 8 hours: share of people");
    assert!(proof.definition.as_ref().unwrap().text.contains("8 hours"), "{:?}", proof.definition);
    assert!(proof.selection.contains(&"Only Region: North.".to_owned()), "{:?}", proof.selection);
    // Twelve people of Engineering are marked inactive, nine weeks each.
    assert!(proof.left_out.contains(&"108 rows marked inactive.".to_owned()), "{:?}", proof.left_out);
    let columns = &proof.files[0].columns;
    assert!(columns.contains(&("Person".to_owned(), "PersonId".to_owned())), "{columns:?}");
    assert!(
        columns.contains(&("External collaboration hours".to_owned(), "External collaboration hours".to_owned())),
        "{columns:?}"
    );
    let text = proof.as_text(&[]);
    for part in ["Figures", "Definition", "Of whom and when", "Left out", "File export.csv", &proof.command] {
        assert!(text.contains(part), "{part} in {text}");
    }
}
