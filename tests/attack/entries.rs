//! The command line: what is hidden stands in none of its formats, and changes nothing there; and every number in its
//! JSON is one that was published.

use std::path::PathBuf;

use customer_focus::dataset::GroupBy;
use customer_focus::import::ImportOptions;
use customer_focus::privacy::Question;
use customer_focus::work::{Cancel, Progress};
use customer_focus::workbench::{self, What};
use serde_json::Value;

use crate::cli::exports::{Export, SUNDAYS};
use crate::cli::run;
use crate::support::random::Dice;

/// In the names of all hidden values and of nothing else.
pub(super) const HIDDEN: &str = "Quokka";
/// In the identifiers of all people and in nothing else.
pub(super) const PERSON: &str = "wombat";
pub(super) const ATTRIBUTES: [&str; 2] = ["Organization", "Region"];

/// Somebody: organization, region, and a number that all cells follow from.
pub(super) type Person = (&'static str, &'static str, usize);

/// Three large organizations and two that are hidden, two large regions and two that are hidden, of random sizes.
pub(super) fn people(dice: &mut Dice) -> Vec<Person> {
    let mut people = Vec::new();
    for (organization, least) in [("Ash", 40), ("Birch", 30), ("Cedar", 24)] {
        for nth in 0..least + dice.roll(9) {
            people.push((organization, ["North", "South"][nth % 2], dice.roll(1000)));
        }
    }
    // Fewer than ten each and more than ten together, so that nobody joins them.
    for hidden in ["Quokka Law", "Quokka Labs"] {
        people.extend((0..6 + dice.roll(3)).map(|_| (hidden, "North", dice.roll(1000))));
    }
    for (nth, hidden) in ["Quokka Bay", "Quokka Isle"].into_iter().enumerate() {
        people.extend((0..6 + nth).map(|_| ("Ash", hidden, dice.roll(1000))));
    }
    people
}

pub(super) fn export(people: &[Person]) -> Export {
    let headers = [
        "PersonId",
        "MetricDate",
        "Collaboration hours",
        "External collaboration hours",
        "Meeting hours",
        "Meeting hours with manager",
        "Meeting hours with manager 1:1",
        "Network outside organization",
        "External network size",
        "Organization",
        "Region",
    ];
    let mut rows = Vec::new();
    for (place, (organization, region, number)) in people.iter().enumerate() {
        for (week, sunday) in SUNDAYS.iter().enumerate() {
            let cell = |step: usize, values: usize| (number * step + week * (1 + number % 3)) % values;
            rows.push(vec![
                format!("{PERSON}{place:03}"),
                (*sunday).to_owned(),
                format!("{}", 20 + cell(3, 15)),
                format!("{}", cell(7, 13)),
                format!("{}", 5 + cell(5, 9)),
                format!("{}", cell(11, 5)),
                format!("{:.2}", cell(13, 4) as f64 / 4.0),
                format!("{}", cell(17, 9)),
                format!("{}", cell(19, 11)),
                (*organization).to_owned(),
                (*region).to_owned(),
            ]);
        }
    }
    Export { headers: headers.map(str::to_owned).to_vec(), rows, delimiter: ',' }
}

/// The same company in which the people of the two hidden organizations, and of the two hidden regions, are shuffled.
pub(super) fn shuffled(people: &[Person], dice: &mut Dice) -> Vec<Person> {
    let mut other = people.to_vec();
    let is_hidden: [fn(&Person) -> bool; 2] = [|person| person.0.contains(HIDDEN), |person| person.1.contains(HIDDEN)];
    for is_hidden in is_hidden {
        let places: Vec<usize> = (0..people.len()).filter(|&place| is_hidden(&people[place])).collect();
        let mut numbers: Vec<usize> = places.iter().map(|&place| people[place].2).collect();
        dice.shuffle(&mut numbers);
        places.iter().zip(numbers).for_each(|(&place, number)| other[place].2 = number);
    }
    other
}

/// Everything that the command line prints about an export, but for what names the file.
fn printed(export: &Export) -> Vec<String> {
    let kept = export.keep();
    let mut all = Vec::new();
    for format in ["table", "json", "csv"] {
        let windows = ["--baseline", "2024-04-07..2024-04-28", "--current", "2024-05-05..2024-05-26"];
        let compare =
            [&["compare"][..], &windows, &["--cohort", "Organization=Ash", "--cohort", "Region=North"]].concat();
        for options in [
            &["insights"][..],
            &["check"],
            &["insights", "--by", "Region"],
            &["insights", "--by", "Organization+Region"],
            &["insights", "--where", "Organization=Ash"],
            &["insights", "--where", "Organization=Ash", "--by", "Region", "--from", "2024-04-21"],
            &["explore", "--metric", "external_hours", "--by", "Organization"],
            &["explore", "--metric", "external_share", "--by", "Organization+Region"],
            &["explore", "--metric", "manager_1_1_hours", "--by", "Region", "--where", "Organization=Ash"],
            &["explore", "--metric", "external_network_size", "--by", "Region", "--to", "2024-05-05"],
            &compare,
        ] {
            // What is explored is told on the screen and in JSON only; so is a comparison.
            if format == "csv" && !["insights", "check"].contains(&options[0]) {
                continue;
            }
            let arguments = [&[options[0], &kept.path, "--format", format], &options[1..]].concat();
            let run = run(&arguments);
            assert!(run.code < 2 && !run.stdout.is_empty(), "{run:?}");
            all.push(run.stdout.replace(&kept.path, "FILE"));
        }
    }
    all
}

/// A line with the numbers in it to nine decimals: in another order the last digits of sums differ.
fn without_dust(line: &str) -> String {
    let is_of_number = |c: char| c.is_ascii_digit() || c == '.';
    let mut text = String::new();
    for part in line.split_inclusive(|c| !is_of_number(c)) {
        let (number, rest) = part.split_at(part.trim_end_matches(|c| !is_of_number(c)).len());
        match number.parse::<f64>() {
            Ok(value) if number.contains('.') => text += &format!("{value:.9}"),
            _ => text += number,
        }
        text += rest;
    }
    text
}

#[test]
fn the_command_line_prints_no_hidden_name_and_no_person() {
    for seed in 0..3 {
        for text in printed(&export(&people(&mut Dice(seed)))) {
            for word in [HIDDEN, PERSON] {
                assert!(!text.contains(word), "seed {seed}: {word} in\n{text}");
            }
        }
    }
}

#[test]
fn what_hidden_groups_do_changes_nothing_that_is_printed() {
    for seed in 0..3 {
        let mut dice = Dice(seed);
        let people = people(&mut dice);
        let other = shuffled(&people, &mut dice);
        assert_ne!(people, other);
        let is_of_the_file = |line: &&str| line.contains("sha256") || line.contains("SHA-256");
        for (one, other) in printed(&export(&people)).iter().zip(printed(&export(&other))) {
            let lines = |text: &str| -> Vec<String> {
                text.lines().filter(|line| !is_of_the_file(line)).map(without_dust).collect()
            };
            let (one, other) = (lines(one), lines(&other));
            let differing = one.iter().zip(&other).find(|(one, other)| one != other);
            assert_eq!((differing, one.len()), (None, other.len()), "seed {seed}");
        }
    }
}

#[test]
fn what_shown_groups_do_changes_every_print_but_the_data_check() {
    let people = people(&mut Dice(0));
    let mut other = people.clone();
    other.iter_mut().filter(|person| person.0 == "Ash").for_each(|person| person.2 += 1);
    let (one, other) = (printed(&export(&people)), printed(&export(&other)));
    let same = one.iter().zip(&other).filter(|(one, other)| one == other).count();
    // The data check in each of three formats finds nothing in either file.
    assert!(same <= 3, "{same} of {}: the comparison of prints is blind", one.len());
}

/// Every number in a document.
fn numbers(value: &Value, found: &mut Vec<f64>) {
    match value {
        Value::Number(number) => found.extend(number.as_f64()),
        Value::Array(items) => items.iter().for_each(|item| numbers(item, found)),
        Value::Object(items) => items.values().for_each(|item| numbers(item, found)),
        _ => {}
    }
}

#[test]
fn every_number_in_the_json_is_one_that_was_published() {
    let kept = export(&people(&mut Dice(1))).keep();
    let by = ATTRIBUTES.map(GroupBy::from).to_vec();
    let mut json = run(&["insights", &kept.path, "--format", "json", "--by", "Organization", "--by", "Region"]).json();
    let opened = workbench::open(
        &What::paths([PathBuf::from(&kept.path)]),
        &ImportOptions::default(),
        &Progress::default(),
        &Cancel::default(),
    )
    .unwrap();
    let question = Question { by, ..Question::default() };
    let results = workbench::evaluate(&opened, &question, opened.default_rules(), None);
    // What is published, as it prints itself: the same shortest text of every number.
    let published = format!("{:?} {:?}", results.findings.as_ref().unwrap(), results.changes);
    let is_of_number = |c: char| c.is_ascii_digit() || ['.', '-', 'e'].contains(&c);
    let published = published.split(|c: char| !is_of_number(c)).filter_map(|text| text.parse::<f64>().ok());
    let published: Vec<f64> = published.collect();
    let mut found = Vec::new();
    for part in ["population", "insights", "metrics"] {
        // Nothing hidden is told as no groups and no people.
        numbers(&json[part].take(), &mut found);
    }
    assert!(found.len() > 200, "{} numbers", found.len());
    // Reading a number from JSON can move its last bit.
    let is_published = |number: f64| published.iter().any(|known| (known - number).abs() <= 1e-12 * number.abs());
    let unpublished: Vec<f64> = found.into_iter().filter(|&number| number != 0.0 && !is_published(number)).collect();
    assert_eq!(unpublished, Vec::<f64>::new());
}
