//! Broken and odd files, one after the other: the same numbers as the plain export gives, or a sentence that helps.
//!
//! Each file here is made from one plain export, so that what a test says is what differs. Modules follow what is odd:
//! the system, the container, the bytes, the lines, the headers, the numbers, the dates.

mod containers;
mod dates;
mod encoding;
mod fuzz;
mod headers;
mod lines;
mod numbers;
mod refusals;
mod system;

use std::io::{Cursor, Write as _};
use std::sync::Arc;

use customer_focus::dataset::{Dataset, Metric};
use customer_focus::import::{
    ImportError, ImportOptions, ImportReport, IssueKind, Question, Refusal, RowReason, Source, import,
};
use customer_focus::work::{Cancel, Progress};

/// The header of the plain export.
const HEADER: [&str; 9] = [
    "PersonId",
    "MetricDate",
    "Collaboration_hours",
    "External_collaboration_hours",
    "Meeting_hours_with_manager_1_1",
    "Network_outside_organization",
    "Organization",
    "ManagerId",
    "IsActive",
];

/// Sundays of the plain export; their days of the month tell the order of a date's parts.
const WEEKS: [&str; 4] = ["2024-03-03", "2024-03-10", "2024-03-17", "2024-03-24"];

type Row = Vec<String>;

/// The rows of the plain export: six people over four weeks, in two organizations, with quarters of hours.
fn rows() -> Vec<Row> {
    let mut rows = Vec::new();
    for (week, day) in WEEKS.iter().enumerate() {
        for person in 0..6 {
            let quarters =
                |times: usize| format!("{}.{:02}", (person + week) * times / 4, (person + week) * times % 4 * 25);
            rows.push(vec![
                format!("p{person:03}"),
                (*day).to_owned(),
                quarters(13),
                quarters(5),
                quarters(1),
                (person + 1).to_string(),
                ["Sales", "Legal"][person % 2].to_owned(),
                if person == 0 { String::new() } else { "p000".to_owned() },
                "TRUE".to_owned(),
            ]);
        }
    }
    rows
}

/// The plain export with one column changed.
fn with(column: &str, change: impl Fn(&str, usize) -> String) -> Vec<Row> {
    let place = HEADER.iter().position(|header| *header == column).unwrap();
    let mut rows = rows();
    for (number, row) in rows.iter_mut().enumerate() {
        row[place] = change(&row[place], number);
    }
    rows
}

/// The plain export with every cell of hours changed.
fn with_hours(change: impl Fn(&str) -> String) -> Vec<Row> {
    let mut rows = rows();
    for cell in rows.iter_mut().flat_map(|row| &mut row[2..5]) {
        *cell = change(cell);
    }
    rows
}

/// Rows under the header, parted so.
fn joined(rows: &[Row], delimiter: &str, line_end: &str) -> String {
    let mut text = HEADER.join(delimiter) + line_end;
    for row in rows {
        text += &(row.join(delimiter) + line_end);
    }
    text
}

fn csv(rows: &[Row]) -> String {
    joined(rows, ",", "\n")
}

/// The plain export.
fn plain() -> String {
    csv(&rows())
}

/// The plain export with lines put in before its line `at`, counted from 1.
fn with_lines(at: usize, lines: &str) -> String {
    let text = plain();
    let (above, below): (Vec<&str>, Vec<&str>) =
        (text.lines().take(at - 1).collect(), text.lines().skip(at - 1).collect());
    let above = above.iter().map(|line| format!("{line}\n")).collect::<String>();
    above + lines + &below.iter().map(|line| format!("{line}\n")).collect::<String>()
}

fn bytes(name: &str, bytes: impl Into<Vec<u8>>) -> Source {
    Source::Bytes { name: name.to_owned(), bytes: Arc::from(bytes.into()) }
}

/// Opens sources, and holds that every row is used or set aside for a reason.
fn open_with(sources: &[Source], options: &ImportOptions) -> Result<(Dataset, ImportReport), ImportError> {
    let imported = import(sources, options, &Progress::default(), &Cancel::default())?;
    let rows: u64 = imported.report.sources.iter().map(|source| source.rows).sum();
    let excluded: u64 = imported.report.sources.iter().flat_map(|source| source.rows_excluded.values()).sum();
    assert_eq!(rows, imported.dataset.rows() as u64 + excluded);
    for source in &imported.report.sources {
        let told: u64 =
            RowReason::ALL.iter().filter_map(|reason| source.issue_counts.get(&IssueKind::Row(*reason))).sum();
        let of_rows = [RowReason::Duplicate, RowReason::Superseded];
        let counted = source.rows_excluded.iter().filter(|(reason, _)| !of_rows.contains(reason));
        assert_eq!(told, counted.map(|(_, count)| count).sum::<u64>(), "{source:?}");
    }
    Ok((imported.dataset, imported.report))
}

fn options() -> ImportOptions {
    ImportOptions { today: "2024-12-01".parse().ok(), ..ImportOptions::default() }
}

fn open(text: impl Into<Vec<u8>>) -> (Dataset, ImportReport) {
    open_with(&[bytes("export.csv", text)], &options()).unwrap_or_else(|error| panic!("{error}"))
}

fn refusal_of(sources: &[Source], options: &ImportOptions) -> Refusal {
    match open_with(sources, options) {
        Err(ImportError::Refused(refusal)) => refusal,
        other => panic!("not refused: {other:?}"),
    }
}

/// Three sentences of a refusal, with what it should say in them.
fn refused(text: impl Into<Vec<u8>>, words: &str) -> Refusal {
    let refusal = refusal_of(&[bytes("export.csv", text)], &options());
    let said = format!("{} {} {}", refusal.what.plain(), refusal.why.plain(), refusal.what_to_do);
    assert!(said.contains(words), "{words:?} is not in {said:?}");
    refusal
}

fn asked_of(sources: &[Source], options: &ImportOptions) -> Question {
    match open_with(sources, options) {
        Err(ImportError::Question(question)) => question,
        other => panic!("not asked: {other:?}"),
    }
}

/// The options that a question offers.
fn asked(text: impl Into<Vec<u8>>) -> Vec<String> {
    let question = asked_of(&[bytes("export.csv", text)], &options());
    question.options.into_iter().map(|(option, _)| option).collect()
}

/// All that numbers are computed from, without the identifiers.
fn numbers(dataset: &Dataset) -> String {
    let hours: Vec<_> = Metric::ALL.map(|metric| (dataset.seconds(metric), dataset.counts(metric))).into();
    format!("{:?}", (dataset.people(), &dataset.calendar().periods, hours, dataset.attributes(), dataset.active()))
}

/// Holds that a file gives the numbers of another.
#[track_caller]
fn same(text: impl Into<Vec<u8>>, as_text: impl Into<Vec<u8>>) -> ImportReport {
    let (dataset, report) = open(text);
    let (plain, _) = open(as_text);
    assert_eq!(numbers(&dataset), numbers(&plain));
    report
}

/// Holds that a file gives the numbers of the plain export.
#[track_caller]
fn same_as_plain(text: impl Into<Vec<u8>>) -> ImportReport {
    same(text, plain())
}

/// How often a report has an issue, over all its sources.
fn count(report: &ImportReport, kind: IssueKind) -> u64 {
    report.sources.iter().filter_map(|source| source.issue_counts.get(&kind)).sum()
}

/// The lines of an issue in the first source.
fn lines_of(report: &ImportReport, kind: IssueKind) -> Vec<u64> {
    report.sources[0].issues.iter().filter(|issue| issue.kind == kind).map(|issue| issue.line).collect()
}

pub(crate) fn zipped(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        archive.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

pub(crate) fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut archive = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    archive.write_all(bytes).unwrap();
    archive.finish().unwrap()
}
