//! The real program on small files: what it prints, where, and with which exit code.

mod compare;
pub(crate) mod exports;
mod json;
mod options;

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

use exports::{Export, company};

/// What a run of the program gave.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Run {
    /// The JSON on standard output.
    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error} in {self:?}"))
    }

    /// Fails unless the program refused: this code, nothing on standard output, three sentences on standard error.
    #[track_caller]
    pub(crate) fn refused(self, code: i32) -> Self {
        assert_eq!((self.code, self.stdout.as_str()), (code, ""), "{self:?}");
        let sentences: Vec<&str> = self.stderr.lines().collect();
        assert_eq!(sentences.len(), 3, "what happened, why, what to do: {}", self.stderr);
        for sentence in sentences {
            assert!(sentence.ends_with('.'), "no sentence: {sentence}");
            assert!(sentence.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()), "no sentence: {sentence}");
        }
        self
    }
}

/// Runs the program without a display.
pub(crate) fn run(arguments: &[&str]) -> Run {
    run_with(arguments, None, "")
}

/// Runs the program in a folder with a text on standard input.
pub(crate) fn run_with(arguments: &[&str], folder: Option<&Path>, input: &str) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_customer-focus"));
    command.args(arguments).env("LC_ALL", "C").env("RUST_BACKTRACE", "0");
    for display in ["DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET"] {
        command.env_remove(display);
    }
    if let Some(folder) = folder {
        command.current_dir(folder);
    }
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // A program that refuses its arguments does not read on.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    let output = child.wait_with_output().unwrap();
    Run {
        code: output.status.code().unwrap(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

/// A folder with one export in it, and that export's path.
pub(crate) struct Kept {
    pub(crate) folder: tempfile::TempDir,
    pub(crate) path: String,
}

impl Export {
    pub(crate) fn keep(&self) -> Kept {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("export.csv");
        std::fs::write(&path, self.text()).unwrap();
        Kept { path: path.to_str().unwrap().to_owned(), folder }
    }

    /// The JSON of `insights` on this export.
    #[track_caller]
    pub(crate) fn insights(&self, options: &[&str]) -> Value {
        self.json("insights", options)
    }

    /// The JSON of a command on this export.
    #[track_caller]
    pub(crate) fn json(&self, command: &str, options: &[&str]) -> Value {
        let kept = self.keep();
        let run = run(&[&[command, &kept.path, "--format", "json"], options].concat());
        assert!(run.code < 2, "{run:?}");
        run.json()
    }
}

/// The insight of an id in the JSON of `insights`.
#[track_caller]
pub(crate) fn insight<'a>(json: &'a Value, id: &str) -> &'a Value {
    json["insights"].as_array().unwrap().iter().find(|insight| insight["id"] == id).unwrap()
}

/// Values of the shown groups of an insight.
pub(crate) fn shown(json: &Value, id: &str, attribute: &str) -> Vec<String> {
    let groups = insight(json, id)["groups"][attribute].as_array().unwrap();
    groups.iter().map(|group| group["value"].as_str().unwrap().to_owned()).collect()
}

/// The parts of the JSON that hold numbers, without the names of files.
pub(crate) fn numbers(json: &Value) -> [&Value; 3] {
    [&json["population"], &json["insights"], &json["metrics"]]
}

#[test]
fn help_and_version_go_to_standard_output() {
    let version = run(&["--version"]);
    assert_eq!((version.code, version.stdout.trim()), (0, concat!("customer-focus ", env!("CARGO_PKG_VERSION"))));
    for command in [&["--help"][..], &["insights", "--help"], &["check", "--help"], &["sample", "--help"]] {
        let help = run(command);
        assert_eq!((help.code, help.stderr.as_str()), (0, ""), "{command:?}");
        assert!(help.stdout.contains("Usage:"), "{command:?}");
    }
    for option in ["--by", "--where", "--min-group", "--on-conflict", "--threads"] {
        assert!(run(&["insights", "--help"]).stdout.contains(option), "{option}");
    }
}

#[test]
fn mistakes_in_arguments_are_refused_in_three_sentences() {
    let kept = company().keep();
    let file = kept.path.as_str();
    let cases: [&[&str]; 20] = [
        &["insights"],
        &["insights", file, "--sample"],
        &["insights", file, "--no-such-option"],
        &["insights", file, "--format", "xml"],
        &["insights", file, "--from", "yesterday"],
        &["insights", file, "--era", "vista"],
        &["insights", file, "--min-group", "4"],
        &["insights", file, "--min-group", "many"],
        &["insights", file, "--gap", "5"],
        &["insights", file, "--where", "Organization"],
        &["insights", file, "--where", "Nowhere=1"],
        &["insights", file, "--where", "Organization=Nobody"],
        &["insights", file, "--by", "Nothing"],
        &["insights", file, "--customer-facing", "Nothing=1"],
        &["insights", file, "--column", "external_hours=Nothing"],
        &["insights", file, "--column", "nothing=Meeting hours"],
        &["check", file, "--where", "Nowhere=1"],
        &["insights", "no-such-file.csv"],
        &["sample", "somewhere", "--people", "0"],
        &["sample", "somewhere", "--columns", "3"],
    ];
    for arguments in cases {
        run_with(arguments, Some(kept.folder.path()), "").refused(2);
    }
    let near = run(&["insights", file, "--min-grup", "12"]).refused(2);
    assert!(near.stderr.contains("--min-group"), "{}", near.stderr);
}

#[test]
fn what_is_no_person_query_is_refused_by_name() {
    let text = "MeetingId,StartTimeUTC,Subject\n1,2024-01-01,x\n";
    assert!(!run_with(&["insights", "-"], None, text).refused(2).stderr.is_empty());
    run_with(&["check", "-"], None, "").refused(2);
    let folder = tempfile::tempdir().unwrap();
    run(&["insights", folder.path().to_str().unwrap()]).refused(2);
}

#[test]
fn output_that_cannot_be_written_is_exit_code_3() {
    let kept = company().keep();
    run(&["sample", &kept.path]).refused(3);
    if Path::new("/dev/full").exists() {
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_customer-focus"));
        let status = command.args(["insights", &kept.path]).stdout(full).stderr(Stdio::null()).status();
        assert_eq!(status.unwrap().code(), Some(3));
    }
}

#[test]
fn care_is_exit_code_1_and_its_finding_is_in_the_check() {
    let good = company().keep();
    for command in ["insights", "check"] {
        assert_eq!(run(&[command, &good.path]).code, 0, "{:?}", run(&["check", &good.path]).stdout);
    }
    // A week in the middle in which nobody has a row.
    let mut gap = company();
    gap.remove_rows("MetricDate", "2024-04-28");
    let kept = gap.keep();
    for command in ["insights", "check"] {
        assert_eq!(run(&[command, &kept.path]).code, 1);
    }
    let check = gap.json("check", &[]);
    let finding = check["findings"].as_array().unwrap().iter().find(|finding| finding["severity"] == "care").unwrap();
    assert_eq!(finding["code"], "missing_weeks");
}

#[test]
fn a_file_of_too_few_people_is_readable_and_has_no_numbers() {
    let mut few = company();
    few.keep_rows("Organization", "Legal");
    let kept = few.keep();
    let run_of = |options: &[&str]| run(&[&["insights", &kept.path], options].concat());
    assert!(run_of(&[]).code < 2 && run_of(&["--format", "csv"]).code < 2);
    let json = few.insights(&[]);
    let insights = json["insights"].as_array().unwrap();
    assert_eq!(insights.len(), 7);
    assert!(insights.iter().all(|insight| insight["available"] == false && insight["reason"].is_string()));
    assert!(json["population"]["people"].is_null());
    assert!(json["metrics"].as_array().unwrap().iter().all(|metric| metric["mean_per_person_period"].is_null()));
    let verdicts = few.json("check", &[])["verdicts"].clone();
    assert!(verdicts.as_array().unwrap().iter().all(|verdict| verdict["verdict"] == "not_fit"));
    // The same four people as a selection of a larger file are refused.
    let all = company().keep();
    run(&["insights", &all.path, "--where", "Organization=Legal"]).refused(2);
}

#[test]
fn standard_input_a_folder_and_parts_give_the_same_numbers_as_the_file() {
    let export = company();
    let whole = export.insights(&[]);

    let input = run_with(&["insights", "-", "--format", "json"], None, &export.text());
    assert_eq!(numbers(&input.json()), numbers(&whole));

    let folder = tempfile::tempdir().unwrap();
    let mut paths = Vec::new();
    for (index, part) in export.in_two().iter().enumerate() {
        let path = folder.path().join(format!("part-{index}.csv"));
        std::fs::write(&path, part.text()).unwrap();
        paths.push(path.to_str().unwrap().to_owned());
    }
    let stacked = run(&["insights", &paths[0], &paths[1], "--format", "json"]).json();
    assert_eq!(numbers(&stacked), numbers(&whole));
    assert_eq!(stacked["sources"].as_array().unwrap().len(), 2);
    let of_folder = run(&["insights", folder.path().to_str().unwrap(), "--format", "json"]).json();
    assert_eq!(numbers(&of_folder), numbers(&whole));
}

#[test]
fn rows_and_columns_in_any_order_give_the_same_numbers() {
    let export = company();
    let whole = export.insights(&["--by", "Organization", "--by", "Region"]);
    let mixed = export.shuffled().insights(&["--by", "Organization", "--by", "Region"]);
    for (mixed, whole) in numbers(&mixed).into_iter().zip(numbers(&whole)) {
        are_close(mixed, whole);
    }
}

/// Fails unless two values are equal, numbers to 1e-12: sums of fractions hang on the order of people in the
/// last bit.
#[track_caller]
fn are_close(a: &Value, b: &Value) {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => {
            assert!((a.as_f64().unwrap() - b.as_f64().unwrap()).abs() <= 1e-12, "{a} is not {b}");
        }
        (Value::Array(a), Value::Array(b)) => {
            assert_eq!(a.len(), b.len());
            a.iter().zip(b).for_each(|(a, b)| are_close(a, b));
        }
        (Value::Object(a), Value::Object(b)) => {
            assert!(a.keys().eq(b.keys()));
            a.values().zip(b.values()).for_each(|(a, b)| are_close(a, b));
        }
        (a, b) => assert_eq!(a, b),
    }
}

#[test]
fn any_number_of_threads_prints_the_same_bytes() {
    let kept = company().keep();
    for command in ["insights", "check"] {
        let print = |threads| run(&[command, &kept.path, "--format", "json", "--threads", threads]).stdout;
        assert_eq!(print("1"), print("2"));
        assert_eq!(print("1"), print("7"));
    }
}

#[test]
fn the_table_says_how_many_groups_to_focus_on_it_does_not_name() {
    let table = run(&["insights", "--sample"]).stdout;
    let json = run(&["insights", "--sample", "--format", "json"]).json();
    let focus = insight(&json, "few_internal_organizations")["groups_to_focus_on"].as_array().unwrap().clone();
    let name = |place: usize| focus[place]["value"].as_str().unwrap();
    assert_eq!(focus.len(), 4);
    let line = format!("Focus on: {}, {}, {} and 1 more", name(0), name(1), name(2));
    assert!(table.contains(&line), "{table}");
}

#[test]
fn the_sample_company_stands_in_place_of_a_file() {
    let insights = run(&["insights", "--sample"]);
    assert_eq!(insights.code, 0, "{}", insights.stderr);
    assert!(insights.stdout.contains("SAMPLE"));
    assert_eq!(run(&["check", "--sample"]).code, 0);
    let json = run(&["insights", "--sample", "--format", "json"]).json();
    assert!(json["insights"].as_array().unwrap().iter().all(|insight| insight["available"] == true));
}

#[test]
fn the_sample_command_writes_what_its_options_ask_for() {
    const SMALL: [&str; 4] = ["--people", "40", "--weeks", "6"];
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, options: &[&str]| {
        let target = folder.path().join(name);
        let run = run(&[&["sample", target.to_str().unwrap()], options].concat());
        assert_eq!((run.code, run.stderr.as_str()), (0, ""));
        let paths: Vec<&str> = run.stdout.lines().collect();
        assert_eq!(paths.len(), 5, "the person query, contacts and their list, and two exports beside it");
        std::fs::read_to_string(paths[0]).unwrap()
    };
    let plain = write("plain", &SMALL);
    assert_eq!(plain, write("again", &SMALL));
    assert_ne!(plain, write("seed", &[&SMALL[..], &["--seed", "7"]].concat()));
    assert!(write("people", &["--people", "80", "--weeks", "6"]).lines().count() > plain.lines().count() + 100);
    assert!(write("weeks", &["--people", "40", "--weeks", "3"]).lines().count() < plain.lines().count());
    assert!(plain.starts_with("PersonId,MetricDate,"));
    assert!(write("era", &[&SMALL[..], &["--era", "wpa"]].concat()).lines().next().unwrap().contains("IsActive"));
    assert_eq!(
        write("columns", &[&SMALL[..], &["--columns", "60"]].concat()).lines().next().unwrap().split(',').count(),
        60
    );
}

#[test]
fn without_a_display_the_window_form_prints_the_table() {
    let sample = run(&["--sample"]);
    assert_eq!(sample.code, 0, "{}", sample.stderr);
    assert_eq!(sample.stdout, run(&["insights", "--sample"]).stdout);
    assert_eq!(sample.stderr.lines().count(), 1, "one sentence: {}", sample.stderr);
    assert!(sample.stderr.contains("window"), "{}", sample.stderr);

    let kept = company().keep();
    let file = run(&[&kept.path]);
    assert_eq!((file.code, file.stdout), (0, run(&["insights", &kept.path]).stdout));
    let mut gap = company();
    gap.remove_rows("MetricDate", "2024-04-28");
    assert_eq!(run(&[&gap.keep().path]).code, 1);
    assert_eq!(run(&["no-such-file.csv"]).code, 2);
}

#[test]
fn group_names_are_no_formulas_in_csv() {
    let mut export = company();
    export.rename("Organization", "Sales", "=1+cmd|x");
    let kept = export.keep();
    let csv = run(&["insights", &kept.path, "--format", "csv"]).stdout;
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let header: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    assert_eq!(header, ["insight", "attribute", "group", "people", "share", "low", "high", "shown_despite"]);
    let groups: Vec<String> = reader.records().map(|row| row.unwrap()[2].to_owned()).collect();
    assert!(groups.iter().any(|group| group == "'=1+cmd|x"), "{groups:?}");
    assert!(!groups.iter().any(|group| group.starts_with('=')));
}

/// Twelve people a month, dated on some day of it.
fn months(days: [&str; 3]) -> String {
    let mut text = "PersonId,MetricDate,Collaboration_hours,External_collaboration_hours\n".to_owned();
    for day in days {
        for person in 0..12 {
            text += &format!("p{person},{day},90,{}\n", if person < 3 { 60 } else { 10 });
        }
    }
    text
}

#[test]
fn a_month_is_named_by_its_first_day_whichever_day_its_rows_carry() {
    let args = ["insights", "-", "--format", "json"];
    let first = run_with(&args, None, &months(["2024-01-01", "2024-02-01", "2024-03-01"])).json();
    let other = run_with(&args, None, &months(["2024-01-15", "2024-02-01", "2024-03-01"])).json();
    assert_eq!(first["insights"], other["insights"]);
    assert_eq!(other["population"]["first"], "2024-01-01");
    // 60 h a month are over 8 a week: 3 of 12 people in every month.
    assert_eq!(insight(&first, "external_over_8h")["share"], 0.25);
}

#[test]
fn a_period_that_is_not_there_cannot_be_left_out() {
    let text = months(["2024-01-01", "2024-02-01", "2024-03-01"]);
    let refused = run_with(&["insights", "-", "--without", "2024-02-11"], None, &text).refused(2);
    assert!(refused.stderr.contains("2024-02-01"), "{}", refused.stderr);
    let left_out = run_with(&["insights", "-", "--without", "2024-02-01", "--format", "json"], None, &text).json();
    assert_eq!(left_out["population"]["periods"], 2);
}

#[test]
fn a_part_with_few_people_does_not_tell_how_many() {
    let folder = tempfile::tempdir().unwrap();
    let header = "PersonId,MetricDate,Collaboration_hours,External_collaboration_hours\n";
    let part = |name: &str, people: std::ops::Range<u32>| {
        let rows: String =
            people.map(|person| format!("p{person},2024-03-03,20,4\np{person},2024-03-10,20,4\n")).collect();
        std::fs::write(folder.path().join(name), format!("{header}{rows}")).unwrap();
    };
    part("large.csv", 0..40);
    part("small.csv", 40..43);
    let json = run_with(&["insights", ".", "--format", "json"], Some(folder.path()), "").json();
    let people: Vec<&Value> = json["sources"].as_array().unwrap().iter().map(|source| &source["people"]).collect();
    assert_eq!(people, [&Value::from(40), &Value::Null]);
}

#[test]
fn a_quotation_mark_that_is_never_closed_is_refused_with_its_line() {
    let text = months(["2024-01-01", "2024-02-01", "2024-03-01"]).replacen("p3,", "\"p3,", 1);
    let refused = run_with(&["insights", "-"], None, &text).refused(2);
    // The header is line 1, p0 is line 2.
    assert!(refused.stderr.contains("line 5"), "{}", refused.stderr);
}

#[test]
fn a_file_without_a_header_is_refused_without_repeating_its_data() {
    let text = "Anna Smith,2024-03-31,anna@example.com,12.5\nBen Jones,2024-03-31,ben@example.com,3\n";
    let refused = run_with(&["insights", "-"], None, text).refused(2);
    assert!(!refused.stderr.contains("Anna") && !refused.stderr.contains('@'), "{}", refused.stderr);
}

#[test]
fn more_threads_than_a_computer_has_are_no_fault() {
    let text = months(["2024-01-01", "2024-02-01", "2024-03-01"]);
    assert!(run_with(&["insights", "-", "--threads", "100000"], None, &text).code < 2);
}

#[test]
fn a_mark_for_a_group_that_is_not_there_is_refused() {
    let kept = company().keep();
    run(&["insights", &kept.path, "--customer-facing", "Organization=Nowhere"]).refused(2);
}

#[test]
fn a_refusal_names_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("report.csv");
    std::fs::write(&path, "%PDF-1.7\n").unwrap();
    assert!(run(&["insights", path.to_str().unwrap()]).refused(2).stderr.contains("report.csv"));
}
