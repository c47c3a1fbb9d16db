//! Sentences on a computer of another language: numbers as its readers write them, and one of a thing is one.

use std::fmt::Write as _;

use customer_focus::insights::InsightId;
use customer_focus::text::Locale;
use customer_focus::ui::app::App;
use customer_focus::workbench::{Number, prove};
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::NodeT as _;

use crate::support::window::{go, opened_in, shows};

const SCREENS: [&str; 9] =
    ["Overview", "Customers", "Coaching", "Networks", "Compare periods", "Data", "Glossary", "Settings", "About"];

/// 2,600 people in four weeks. 1,204 of them have no team, and 1,204 times 4 cells are blank. One row stands twice,
/// one cell is no number, one row is inactive, one week between the second and the third is missing, one column is
/// blank throughout, and one has the same value in every row.
fn export() -> String {
    let mut text =
        "PersonId,MetricDate,IsActive,Collaboration_hours,External_collaboration_hours,Meeting_hours,Focus_hours,Team,Country\n"
            .to_owned();
    for (week, date) in ["2024-04-07", "2024-04-14", "2024-04-28", "2024-05-05"].into_iter().enumerate() {
        for person in 0..2600 {
            let team = if person < 1204 { "" } else { ["North", "South"][person % 2] };
            let meetings = if person < 1204 { "" } else { "5" };
            let is_first = week == 0;
            let external = match person {
                2000 if is_first => "many",
                _ if person % 4 == 0 => "9",
                _ => "3",
            };
            let active = if is_first && person == 2001 { "FALSE" } else { "TRUE" };
            let row = format!("p{person},{date},{active},20,{external},{meetings},,{team},Here\n");
            text += &row;
            if is_first && person == 2002 {
                text += &row;
            }
        }
    }
    text
}

fn window(language: &'static str) -> (Harness<'static, App>, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("export.csv");
    std::fs::write(&path, export()).unwrap();
    (opened_in(language, path), folder)
}

/// Words after "1 " that mean many.
const MANY: [&str; 18] = [
    "people", "persons", "rows", "cells", "weeks", "months", "days", "groups", "columns", "places", "periods",
    "things", "hours", "points", "files", "notes", "headers", "numbers",
];

/// Whether a text has a number that no German would write, or one thing that is called many.
fn is_wrong(text: &str) -> bool {
    let letters: Vec<char> = text.chars().collect();
    let digits = |from: usize| letters.iter().skip(from).take_while(|letter| letter.is_ascii_digit()).count();
    let is_start = |at: usize| at == 0 || letters.get(at - 1).is_some_and(|before| !before.is_alphanumeric());
    let grouped = (0..letters.len()).any(|at| {
        let found = digits(at);
        let follows = |mark| letters.get(at + found) == Some(&mark);
        is_start(at) && (1..=3).contains(&found) && follows(',') && digits(at + found + 1) == 3
    });
    let bare = (0..letters.len()).any(|at| {
        let number: String = letters.iter().skip(at).take(digits(at)).collect();
        let is_year = number.len() == 4 && (number.starts_with("19") || number.starts_with("20"));
        is_start(at) && number.len() > 3 && !is_year
    });
    let words: Vec<&str> = text.split([' ', '\u{a0}', '(', ')', ',', '.', ';']).collect();
    let one_of_many = words.windows(2).any(|pair| matches!(pair, ["1", many] if MANY.contains(many)));
    grouped || bare || one_of_many
}

fn wrong(window: &Harness<'_, App>, place: &str, found: &mut String) {
    for node in window.root().children_recursive() {
        let node = node.accesskit_node();
        for text in [node.label(), node.value()].into_iter().flatten().filter(|text| is_wrong(text)) {
            // Lines are addresses, not quantities; hashes and command lines are for machines.
            if !text.starts_with("Line") && !text.starts_with("SHA-256") && !text.contains("--") {
                let _ = writeln!(found, "{place}: {text}");
            }
        }
    }
}

#[test]
fn no_screen_writes_a_number_as_another_language_does() {
    let (mut window, _folder) = window("de-DE");
    let mut found = String::new();
    for screen in SCREENS {
        go(&mut window, screen);
        wrong(&window, screen, &mut found);
    }
    window.key_press_modifiers(Modifiers::COMMAND, Key::F);
    window.run_ok();
    wrong(&window, "Filter", &mut found);
    assert!(found.is_empty(), "{found}");
}

#[test]
fn no_proof_writes_a_number_as_another_language_does() {
    let (window, _folder) = window("de-DE");
    let workbench = window.state().workbench();
    let (opened, results) = (workbench.opened().unwrap(), workbench.results().unwrap());
    let mut numbers = vec![Number::Population, Number::Rows, Number::File(0), Number::Attribute("Team".to_owned())];
    numbers.extend((0..results.checks.len()).map(Number::Check));
    for id in InsightId::ALL {
        let team = Number::Groups(id, "Team".into());
        numbers.extend([Number::Share(id), Number::Distribution(id), Number::Verdict(id), team]);
    }
    let mut proofs = 0;
    let mut found = String::new();
    for number in &numbers {
        let Some(proof) = prove(number, opened, results, &Locale::of("de-DE")) else { continue };
        proofs += 1;
        let figures = proof.figures.iter().map(|figure| &figure.words);
        for text in figures.chain(&proof.reading).chain(&proof.selection).chain(&proof.left_out) {
            if is_wrong(text) {
                let _ = writeln!(found, "{}: {text}", proof.title);
            }
        }
    }
    assert!(found.is_empty(), "{found}");
    assert!(proofs > 15, "{proofs}");
}

#[test]
fn the_data_check_counts_as_its_reader_does() {
    let (mut window, _folder) = window("de-DE");
    let told = |locale: &str| -> Vec<String> {
        let checks = &window.state().workbench().results().unwrap().checks;
        checks.iter().map(|check| check.text.in_words(&Locale::of(locale))).collect()
    };
    let has =
        |told: &[String], start: &str| assert!(told.iter().any(|text| text.starts_with(start)), "{start} {told:#?}");
    let (german, american) = (told("de-DE"), told("en-US"));
    for text in [
        "1.204 people have no Team in some row, which is a group of its own.",
        "4.816 blank cells of Meeting_hours count as 0 hours.",
        "1 of 10.401 rows in export.csv was set aside.",
        "1 row is marked inactive.",
        "1 cell of External_collaboration_hours cannot be used; that row does not count for it.",
        "Nobody has a row in 1 week between the first and the last: 21 Apr 2024.",
        "1 column is blank throughout and counts as not in this file: focus_hours.",
        "1 column is not offered as groups: Country (it has fewer than two values).",
    ] {
        has(&german, text);
    }
    has(&american, "1,204 people have no Team in some row");
    has(&american, "Nobody has a row in 1 week between the first and the last: Apr 21, 2024.");
    go(&mut window, "Data");
    assert!(shows(&window, "1.204 people have no Team in some row"));
}
