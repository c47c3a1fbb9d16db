//! The data check on files with one fault each: what it notices, what it concerns, and what a switch would do.

use chrono::{Days, NaiveDate};
use customer_focus::dataset::{Era, Metric};
use customer_focus::import::{ImportOptions, Source};
use customer_focus::insights::compare::windows::low_weeks;
use customer_focus::privacy::{Check, Effect, InsightId, Question, Settings, Unavailable};
use customer_focus::quality::{LeaveOut, Severity, Verdict};
use customer_focus::work::{Cancel, Progress};
use customer_focus::workbench::{self, Opened, Results, What, effects, row_sums};

use egui::accesskit::Role;
use egui_kittest::kittest::Queryable as _;

use crate::support::random::Dice;
use crate::support::window::{go, opened, press, shows, wait};
use crate::support::{date, weeks};

/// An export of sixty people over sixteen weeks with hours like those of real people, to be damaged.
#[derive(Clone)]
struct Export {
    header: Vec<String>,
    rows: Vec<Vec<String>>,
}

const COLUMNS: [&str; 10] = [
    "PersonId",
    "MetricDate",
    "Organization",
    "Collaboration hours",
    "External collaboration hours",
    "Meeting hours",
    "Meeting hours with manager 1:1",
    "Meeting hours with manager",
    "External network size",
    "Networking outside organization",
];

const COLLABORATION: usize = 3;
const EXTERNAL: usize = 4;
const ONE_TO_ONE: usize = 6;

/// About -1 to 1, with a standard deviation of about 0.4.
fn noise(dice: &mut Dice) -> f64 {
    (0..6).map(|_| dice.roll(1001) as f64 / 1000.0 - 0.5).sum::<f64>() / 3.0 * 1.7
}

/// Of a normal distribution, about: the sum of twelve uniform numbers.
fn normal(dice: &mut Dice) -> f64 {
    (0..12).map(|_| dice.roll(100_001) as f64 / 100_000.0).sum::<f64>() - 6.0
}

impl Export {
    fn new() -> Self {
        let mut dice = Dice(11);
        let mut rows = Vec::new();
        for person in 0..60 {
            let organization = ["Sales", "Support", "Finance"][person % 3];
            for day in weeks("2025-01-05", 16) {
                let external = 6.0 + (person % 7) as f64 + 2.0 * noise(&mut dice);
                let collaboration = external + 14.0 + 2.0 * noise(&mut dice);
                let one_to_one = if person % 4 == 0 { 0.0 } else { 0.5 };
                rows.push(vec![
                    format!("p{person:03}"),
                    day.to_string(),
                    organization.to_owned(),
                    format!("{collaboration:.2}"),
                    format!("{external:.2}"),
                    format!("{:.2}", collaboration / 2.0),
                    format!("{one_to_one}"),
                    "2".to_owned(),
                    format!("{}", 4 + person % 5),
                    format!("{}", 3 + person % 6),
                ]);
            }
        }
        Self { header: COLUMNS.map(str::to_owned).to_vec(), rows }
    }

    /// Changes the cells of a column.
    fn each(mut self, column: usize, change: impl Fn(&str, &Vec<String>) -> String) -> Self {
        for row in &mut self.rows {
            row[column] = change(&row[column], row);
        }
        self
    }

    fn times(self, column: usize, factor: f64) -> Self {
        self.each(column, |cell, _| (cell.parse::<f64>().unwrap() * factor).to_string())
    }

    /// Cells of a column in a week.
    fn in_week(self, week: &str, column: usize, change: impl Fn(&str) -> String) -> Self {
        self.each(column, |cell, row| if row[1] == week { change(cell) } else { cell.to_owned() })
    }

    fn text(&self) -> String {
        let lines = std::iter::once(&self.header).chain(&self.rows).map(|row| row.join(",") + "\n");
        lines.collect()
    }

    fn open(&self) -> Opened {
        let source = Source::Bytes { name: "export.csv".to_owned(), bytes: self.text().into_bytes().into() };
        let options = ImportOptions { era: Some(Era::Viva), ..ImportOptions::default() };
        workbench::open(&What::Sources(vec![source]), &options, &Progress::default(), &Cancel::default()).unwrap()
    }

    fn check(&self) -> Results {
        ask(&self.open(), Question::default())
    }
}

fn ask(opened: &Opened, question: Question) -> Results {
    workbench::evaluate(opened, &question, opened.default_rules(), None)
}

fn find<'a>(results: &'a Results, code: &str) -> Option<&'a Check> {
    results.checks.iter().find(|check| check.code == code)
}

fn verdict(results: &Results, id: InsightId) -> Verdict {
    results.verdict(id).unwrap().verdict
}

#[test]
fn a_clean_file_is_fit_for_everything_and_calls_for_no_care() {
    let results = Export::new().check();
    for judgement in &results.verdicts {
        assert_eq!(judgement.verdict, Verdict::Fit, "{:?}: {}", judgement.insight, judgement.reason.plain());
    }
    let codes: Vec<&str> = results.checks.iter().map(|check| check.code).collect();
    assert_eq!(codes, Vec::<&str>::new());
}

#[test]
fn without_holidays_at_most_one_file_in_a_hundred_names_a_week_however_noisy() {
    for (noise, at_most) in [(0.03, 1), (0.05, 3), (0.08, 3), (0.12, 3)] {
        for length in [13, 26, 52] {
            let mut dice = Dice(length + (noise * 1000.0) as u64);
            let flagged = (0..300).filter(|_| !low(&series(length, noise, None, &mut dice)).is_empty()).count();
            assert!(flagged <= at_most, "{flagged} of 300 files of {length} weeks at a noise of {noise}");
        }
    }
}

#[test]
fn a_week_with_35_percent_less_is_found_in_98_of_100_files_at_3_percent_noise() {
    // Of eight weeks, the fewest that are judged, the noise itself is known less well.
    for (length, percent) in [(8, 95), (13, 98), (26, 98), (52, 98)] {
        let mut dice = Dice(length);
        let found = (0..300).filter(|_| {
            let dip = dice.roll(length as usize);
            low(&series(length, 0.03, Some(dip), &mut dice)).contains(&nth_week(dip as u64))
        });
        let found = found.count();
        assert!(found * 100 >= 300 * percent, "{found} of 300 in {length} weeks");
    }
}

#[test]
fn where_weeks_vary_too_much_the_rule_says_that_it_cannot_tell() {
    let mut dice = Dice(5);
    let told = |noise: f64, dice: &mut Dice| {
        (0..100).filter(|_| !low_weeks(&series(26, noise, None, dice)).cannot_tell).count()
    };
    assert!(told(0.03, &mut dice) == 100 && told(0.15, &mut dice) < 5);
}

fn nth_week(week: u64) -> NaiveDate {
    date("2025-01-05") + Days::new(7 * week)
}

fn low(series: &[(NaiveDate, f64)]) -> Vec<NaiveDate> {
    low_weeks(series).days
}

/// Weeks around 100, one of them with 35 % less.
fn series(length: u64, noise: f64, dip: Option<usize>, dice: &mut Dice) -> Vec<(NaiveDate, f64)> {
    let week = |week: u64| {
        let usual = 100.0 * (1.0 + noise * normal(dice));
        (nth_week(week), if dip == Some(week as usize) { usual * 0.65 } else { usual })
    };
    (0..length).map(week).collect()
}

#[test]
fn a_holiday_week_is_named_and_can_be_left_out_with_its_effect() {
    // In one week of sixteen everybody has 45 % less.
    let holiday = nth_week(9);
    let export = Export::new()
        .in_week("2025-03-09", COLLABORATION, |cell| (cell.parse::<f64>().unwrap() * 0.55).to_string())
        .in_week("2025-03-09", EXTERNAL, |cell| (cell.parse::<f64>().unwrap() * 0.55).to_string());
    let opened = export.open();
    let results = ask(&opened, Question::default());
    let check = find(&results, "holiday_weeks").unwrap();
    assert_eq!((check.severity, check.count), (Severity::Note, Some(1)));
    let leave_out = check.leave_out.clone().unwrap();
    assert_eq!(leave_out, LeaveOut::Periods(vec![holiday]));
    assert_eq!(check.effect, Effect::NotAsked, "it does not keep the answer waiting");
    let told = results.clone().with_effects(effects(&opened, &results));
    let Effect::Told(shares) = &find(&told, "holiday_weeks").unwrap().effect else { panic!("it may be told") };
    let without =
        ask(&opened, Question { filter: leave_out.set(&results.question.filter, true), ..Question::default() });
    let share = |results: &Results, id: InsightId| {
        results.findings.as_ref().unwrap().insight(id).unwrap().outcome.as_ref().unwrap().share.get()
    };
    assert_eq!(shares.len(), 7);
    for (id, other) in shares {
        assert_eq!(*other, share(&without, *id), "{}", id.name());
    }
    assert!(share(&without, InsightId::ExternalOver8h) > share(&results, InsightId::ExternalOver8h));
    // With the week left out the finding stays, and its switch puts the week back.
    let told = without.clone().with_effects(effects(&opened, &without));
    let check = find(&told, "holiday_weeks").unwrap();
    assert!(check.leave_out.as_ref().unwrap().is_on(&without.question.filter));
    let Effect::Told(with) = &check.effect else { panic!("it may be told") };
    assert_eq!(with[0].1, share(&results, with[0].0));
}

#[test]
fn what_is_left_out_stains_no_verdict_any_more() {
    // Three weeks of sixteen are more than a tenth of them.
    let half = |cell: &str| (cell.parse::<f64>().unwrap() * 0.5).to_string();
    let days = [nth_week(3), nth_week(8), nth_week(13)];
    let export = days.iter().fold(Export::new(), |export, day| export.in_week(&day.to_string(), COLLABORATION, half));
    let opened = export.open();
    let with = ask(&opened, Question::default());
    assert_eq!(find(&with, "holiday_weeks").unwrap().severity, Severity::Care);
    assert_eq!(verdict(&with, InsightId::ExternalTopQuartile), Verdict::WithCare);
    assert_eq!(verdict(&with, InsightId::ConnectedPeople), Verdict::Fit, "networks look back four weeks");
    let filter = LeaveOut::Periods(days.to_vec()).set(&with.question.filter, true);
    let without = ask(&opened, Question { filter, ..Question::default() });
    assert_eq!(find(&without, "holiday_weeks").unwrap().severity, Severity::Note);
    assert!(!without.needs_care() && verdict(&without, InsightId::ExternalTopQuartile) == Verdict::Fit);
}

#[test]
fn what_cannot_be_read_is_not_taken_for_abnormal() {
    // No cell of a week can be read, and in another all cells are blank.
    let export = Export::new().in_week("2025-03-09", COLLABORATION, |_| "x".to_owned()).in_week(
        "2025-02-09",
        COLLABORATION,
        |_| String::new(),
    );
    let results = export.check();
    assert!(find(&results, "holiday_weeks").is_none() && find(&results, "quiet_weeks").is_some());
    // The blank week says 0 for everybody: the column is not filled, which is no holiday.
    assert_eq!(find(&results, "empty_weeks").unwrap().leave_out, Some(LeaveOut::Periods(vec![date("2025-02-09")])));
    assert_eq!(find(&results, "cells_excluded").unwrap().count, Some(60));
}

#[test]
fn fewer_people_who_work_as_usual_are_no_holiday() {
    let mut export = Export::new();
    export.rows.retain(|row| row[1] != "2025-03-09" || row[2] != "Sales");
    let results = export.check();
    let drop = find(&results, "population_drop").unwrap();
    assert_eq!((drop.severity, &drop.leave_out), (Severity::Care, &Some(LeaveOut::Periods(vec![date("2025-03-09")]))));
    assert!(find(&results, "holiday_weeks").is_none());
}

/// The insights that are not fit.
fn not_fit(results: &Results) -> Vec<InsightId> {
    results.verdicts.iter().filter(|of| of.verdict == Verdict::NotFit).map(|of| of.insight).collect()
}

#[test]
fn a_column_in_minutes_is_not_fit_and_stains_no_other() {
    use InsightId::{CoachingStyle, CoachingUnder15Min, ExternalOver8h, ExternalTopQuartile, OneToOneRhythm};
    let minutes = |column| not_fit(&Export::new().times(column, 60.0).check());
    assert_eq!(minutes(ONE_TO_ONE), [CoachingUnder15Min, CoachingStyle, OneToOneRhythm]);
    assert_eq!(minutes(EXTERNAL), [ExternalOver8h, ExternalTopQuartile]);
    assert_eq!(minutes(COLLABORATION), [ExternalTopQuartile]);
    let results = Export::new().times(ONE_TO_ONE, 60.0).check();
    assert_eq!(verdict(&results, ExternalOver8h), Verdict::Fit, "a damaged 1:1 column does not stain external time");
}

#[test]
fn shares_in_the_place_of_hours_and_months_pasted_as_weeks_are_not_fit() {
    // Hours of at most 19 as shares of 40; a week's hours times 4.3 are a month's.
    let shares = Export::new().times(EXTERNAL, 1.0 / 40.0).check();
    assert_eq!(not_fit(&shares), [InsightId::ExternalOver8h, InsightId::ExternalTopQuartile]);
    let months = Export::new().times(COLLABORATION, 4.3).check();
    assert_eq!(not_fit(&months), [InsightId::ExternalTopQuartile]);
    // 1:1s of up to an hour a week are usual.
    assert_eq!(not_fit(&Export::new().check()), []);
}

#[test]
fn what_is_not_fit_is_held_back_until_somebody_asks_to_see_it_anyway() {
    let opened = Export::new().times(ONE_TO_ONE, 60.0).open();
    let held = ask(&opened, Question::default());
    let outcome = |results: &Results, id| results.findings.as_ref().unwrap().insight(id).unwrap().outcome.clone();
    let coaching = InsightId::CoachingUnder15Min;
    assert_eq!(outcome(&held, coaching), Err(Unavailable::HeldBack));
    assert!(held.change(coaching).is_none() && held.held_back(coaching).is_some());
    assert!(outcome(&held, InsightId::ExternalOver8h).is_ok());
    let settings = Settings { show_anyway: vec![coaching], ..Settings::default() };
    let shown = ask(&opened, Question { settings, ..Question::default() });
    assert!(outcome(&shown, coaching).is_ok() && shown.held_back(coaching).is_none());
    assert!(shown.shown_despite(coaching).unwrap().plain().contains("Meeting hours with manager 1:1"));
    assert_eq!(outcome(&shown, InsightId::OneToOneRhythm), Err(Unavailable::HeldBack), "it is said of each by itself");
}

#[test]
fn rows_in_the_file_are_rows_used_and_rows_left_out_by_reason() {
    let mut export = Export::new();
    export.rows[3].pop();
    export.rows[40][1] = "soon".to_owned();
    export.rows[41][0] = String::new();
    let twice = export.rows[50].clone();
    export.rows.push(twice);
    let opened = export.open();
    let sums = row_sums(&opened, &ask(&opened, Question::default()));
    let [sum] = sums.as_slice() else { panic!("one file") };
    assert_eq!((sum.rows, sum.used), (961, 957));
    assert_eq!(sum.rows, sum.used + sum.not_used.iter().map(|(_, rows)| rows).sum::<u64>());
}

#[test]
fn of_a_few_people_no_number_is_told() {
    // Two people work 100 hours in every week, two hardly at all.
    let export = Export::new().each(COLLABORATION, |cell, row| match row[0].as_str() {
        "p001" | "p002" => "100".to_owned(),
        "p003" | "p004" => "1".to_owned(),
        _ => cell.to_owned(),
    });
    let opened = export.open();
    let results = ask(&opened, Question::default());
    let results = results.clone().with_effects(effects(&opened, &results));
    for code in ["extreme_hours", "low_activity"] {
        let check = find(&results, code).unwrap();
        assert!(check.count.is_none() && check.text.plain().contains("ewer than 10 people"), "{}", check.text.plain());
    }
    assert!(matches!(find(&results, "low_activity").unwrap().effect, Effect::Hidden(_)));
}

#[test]
fn of_too_few_people_nothing_is_told_about_what_their_cells_hold() {
    let mut export = Export::new().times(ONE_TO_ONE, 60.0);
    export.rows.retain(|row| row[0].as_str() < "p009");
    let results = export.check();
    assert!(find(&results, "unit").is_none());
    assert!(Metric::ALL.len() > 1 && results.findings.is_err());
}

/// The window with an export open, and what its switches would do on the screen.
fn in_window(export: &Export) -> (egui_kittest::Harness<'static, customer_focus::ui::app::App>, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("export.csv");
    std::fs::write(&path, export.text()).unwrap();
    let mut window = opened(path);
    wait(&mut window, |app| !app.workbench().is_checking());
    (window, folder)
}

#[test]
fn show_anyway_is_a_step_and_stamps_every_place_of_the_number() {
    let (mut window, _folder) = in_window(&Export::new().times(ONE_TO_ONE, 60.0));
    let name = "Less than 15 minutes of 1:1 a week";
    assert!(shows(&window, "The number is held back"));
    press(&mut window, &format!("Show anyway: {name}"));
    wait(&mut window, |app| !app.workbench().is_updating());
    assert!(!shows(&window, "The number is held back") && shows(&window, "Shown despite: A typical cell of"));
    go(&mut window, "Coaching");
    // The distribution and the trend say so in their own words too, so that a picture of them does.
    let stamps = window.query_all_by_label_contains("Shown despite: A typical cell of").count();
    assert!(stamps >= 2, "{stamps}");
    let app = window.state().workbench();
    assert_eq!(app.settings().show_anyway, [InsightId::CoachingUnder15Min]);
    assert!(app.to_undo().is_some());
    go(&mut window, "Data");
    press(&mut window, &format!("Hold it back: {name}"));
    wait(&mut window, |app| !app.workbench().is_updating());
    assert!(shows(&window, "Not fit for three of seven insights, fit for four"));
    go(&mut window, "Coaching");
    assert!(shows(&window, "The number is held back"));
}

#[test]
fn the_switch_of_a_finding_leaves_its_weeks_out_and_says_what_that_changes() {
    let half = |cell: &str| (cell.parse::<f64>().unwrap() * 0.5).to_string();
    let export = Export::new().in_week("2025-03-09", COLLABORATION, half).in_week("2025-03-09", EXTERNAL, half);
    let (mut window, _folder) = in_window(&export);
    go(&mut window, "Data");
    assert!(shows(&window, "Without it: External collaboration over 8 hours"));
    window.get_by_role_and_label(Role::CheckBox, "Leave this week out").click();
    window.run_ok();
    wait(&mut window, |app| !app.workbench().is_updating() && !app.workbench().is_checking());
    assert_eq!(window.state().workbench().question().filter.without, [date("2025-03-09")]);
    assert!(shows(&window, "With it: External collaboration over 8 hours"));
}

#[test]
fn one_small_group_is_a_finding_that_names_nobody_and_a_group_of_the_minimum_is_shown() {
    // Teams of 10, 9 and 41 people; 10 is the least that is shown.
    let team = |row: &Vec<String>| match row[0][1..].parse::<u32>().unwrap() {
        0..10 => "Ten",
        10..19 => "Nine",
        _ => "Many",
    };
    let results = Export::new().each(2, |_, row| team(row).to_owned()).check();
    let check = find(&results, "small_groups").unwrap();
    // The nine alone would follow from the others, so that the ten join them.
    assert_eq!((check.count, check.severity), (Some(2), Severity::Note));
    assert!(results.checks.iter().all(|check| !check.text.plain().contains("Nine")));
    // Without the nine there is nothing to hide.
    let mut without = Export::new().each(2, |_, row| team(row).to_owned());
    without.rows.retain(|row| row[2] != "Nine");
    let results = without.check();
    assert!(find(&results, "small_groups").is_none());
    assert_eq!(results.attributes[0].values.iter().map(|value| value.people).collect::<Vec<_>>(), [41, 10]);
}

#[test]
fn who_came_and_left_and_moved_is_told_unless_it_is_a_few() {
    let first = "2025-01-05";
    let of = |joiners: u32, movers: u32| {
        let number = |row: &Vec<String>| row[0][1..].parse::<u32>().unwrap();
        let mut export = Export::new().each(2, |cell, row| {
            if number(row) < movers && row[1].as_str() > "2025-02-16" { "Support".to_owned() } else { cell.to_owned() }
        });
        export.rows.retain(|row| row[1] != first || number(row) >= joiners);
        export.check().roll
    };
    let roll = of(12, 0);
    assert_eq!((roll.joined, roll.left, roll.attributes[0].blank), (Some(12), Some(0), Some(0)));
    assert_eq!(roll.attributes[0].moved, Some(0));
    // A third of the first 36 are in Support already, so that 24 move.
    assert_eq!(of(0, 36).attributes[0].moved, Some(24));
    let roll = of(3, 6);
    assert_eq!((roll.joined, roll.left, roll.attributes[0].moved), (None, None, None));
}

#[test]
fn blanks_beside_zeros_are_counted_apart_and_many_call_for_care() {
    // A quarter of the people have 0 in the column of 1:1s; of the others a third has nothing written.
    let blank = |cell: &str, row: &Vec<String>| {
        if row[0][1..].parse::<u32>().unwrap() % 4 == 1 { String::new() } else { cell.to_owned() }
    };
    let results = Export::new().each(ONE_TO_ONE, blank).check();
    let check = find(&results, "blank_cells").unwrap();
    assert_eq!(check.severity, Severity::Care);
    let text = "240 blank cells of Meeting hours with manager 1:1 count as 0 hours, beside 240 that say 0.";
    assert_eq!(check.text.plain(), text);
    assert_eq!(verdict(&results, InsightId::CoachingUnder15Min), Verdict::WithCare);
    assert_eq!(verdict(&results, InsightId::ExternalOver8h), Verdict::Fit);
}

#[test]
fn weeks_a_month_apart_are_months_read_as_weeks() {
    let mut export = Export::new();
    export.rows.retain(|row| ["2025-01-05", "2025-02-02", "2025-03-02", "2025-03-30"].contains(&row[1].as_str()));
    let results = export.check();
    assert!(find(&results, "months_as_weeks").is_some() && find(&results, "missing_weeks").is_none());
}

#[test]
fn the_command_line_holds_back_shows_anyway_and_tells_what_switches_do() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("export.csv");
    let half = |cell: &str| (cell.parse::<f64>().unwrap() * 0.5).to_string();
    let export = Export::new().times(ONE_TO_ONE, 60.0).in_week("2025-03-09", COLLABORATION, half);
    std::fs::write(&path, export.text()).unwrap();
    let run = |command: &str, more: &[&str]| -> serde_json::Value {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_customer-focus"))
            .args([command, path.to_str().unwrap(), "--era", "viva", "--format", "json"])
            .args(more)
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(1), "something calls for care");
        serde_json::from_slice(&output.stdout).unwrap()
    };
    let coaching = |json: &serde_json::Value| {
        json["insights"].as_array().unwrap().iter().find(|of| of["id"] == "coaching_under_15_min").unwrap().clone()
    };
    let held = coaching(&run("insights", &[]));
    assert!(held["share"].is_null() && held["reason"].as_str().unwrap().contains("it looks like minutes"));
    let shown = coaching(&run("insights", &["--show-anyway", "coaching_under_15_min"]));
    assert!(shown["share"].is_number() && shown["shown_despite"].as_str().unwrap().contains("it looks like minutes"));
    let check = run("check", &[]);
    let holiday =
        check["findings"].as_array().unwrap().iter().find(|of| of["code"] == "holiday_weeks").unwrap().clone();
    assert_eq!(holiday["switch"], serde_json::json!({ "left_out": false, "options": ["--without", "2025-03-09"] }));
    let without = run("insights", &["--without", "2025-03-09"]);
    let quartile = without["insights"].as_array().unwrap().iter().find(|of| of["id"] == "external_top_quartile");
    assert_eq!(holiday["effect"]["external_top_quartile"], quartile.unwrap()["share"]);
    assert!(holiday["effect"]["coaching_under_15_min"].is_null(), "what is held back is told nowhere");
}

#[test]
fn figures_in_a_table_say_why_they_are_not_fit_where_they_are_shown_all_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("export.csv");
    std::fs::write(&path, Export::new().times(ONE_TO_ONE, 60.0).text()).unwrap();
    let stamps = |options: &[&str]| -> Vec<(String, String)> {
        let arguments: Vec<&str> = ["insights", path.to_str().unwrap(), "--format", "csv"]
            .into_iter()
            .chain(options.iter().copied())
            .collect();
        let run = crate::cli::run(&arguments);
        let mut reader = csv::Reader::from_reader(run.stdout.as_bytes());
        let place = reader.headers().unwrap().iter().position(|header| header == "shown_despite").unwrap();
        reader.records().map(|row| row.unwrap()).map(|row| (row[0].to_owned(), row[place].to_owned())).collect()
    };
    let id = "coaching_under_15_min";
    assert!(stamps(&[]).iter().all(|(insight, stamp)| insight != id && stamp.is_empty()));
    for (insight, stamp) in stamps(&["--show-anyway", id]) {
        assert_eq!(stamp.starts_with("A typical cell of"), insight == id, "{insight}: {stamp}");
    }
}

#[test]
fn an_export_of_which_every_row_is_marked_inactive_says_why_nothing_is_left() {
    let mut export = Export::new();
    export.header.push("IsActive".to_owned());
    export.rows.iter_mut().for_each(|row| row.push("FALSE".to_owned()));
    let results = export.check();
    let check = find(&results, "inactive").unwrap();
    assert!(results.findings.is_err() && check.text.plain().contains("so that nothing is left"));
    export.rows[0].pop();
    export.rows[0].push("TRUE".to_owned());
    assert!(!find(&export.check(), "inactive").unwrap().text.plain().contains("nothing is left"));
}
