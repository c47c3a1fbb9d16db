//! The import from outside: bytes in, dataset and report out.
#![allow(clippy::unwrap_used)]

use std::sync::Arc;

use customer_focus::dataset::{Dataset, Era, Grain, Metric, OnConflict};
use customer_focus::import::{
    DateOrder, ImportError, ImportOptions, ImportReport, IssueKind, LeftOutReason, QueryKind, Refusal, RowReason,
    Source, import,
};
use customer_focus::work::{Cancel, Progress};

fn bytes(name: &str, text: impl Into<Vec<u8>>) -> Source {
    Source::Bytes { name: name.to_owned(), bytes: Arc::from(text.into()) }
}

fn open(sources: &[Source], options: &ImportOptions) -> Result<(Dataset, ImportReport), ImportError> {
    let imported = import(sources, options, &Progress::default(), &Cancel::default())?;
    for source in &imported.report.sources {
        let excluded: u64 = source.rows_excluded.values().sum();
        assert!(source.rows >= excluded, "{source:?}");
    }
    let rows: u64 = imported.report.sources.iter().map(|source| source.rows).sum();
    let excluded: u64 = imported.report.sources.iter().flat_map(|source| source.rows_excluded.values()).sum();
    assert_eq!(rows, imported.dataset.rows() as u64 + excluded);
    Ok((imported.dataset, imported.report))
}

fn read(text: &str) -> (Dataset, ImportReport) {
    open(&[bytes("test.csv", text)], &ImportOptions::default()).unwrap()
}

fn refused(text: impl Into<Vec<u8>>) -> Refusal {
    match open(&[bytes("test.csv", text)], &ImportOptions::default()) {
        Err(ImportError::Refused(refusal)) => refusal,
        other => panic!("not refused: {other:?}"),
    }
}

const TWO_WEEKS: &str = "PersonId,MetricDate,External_collaboration_hours,Organization\n\
                         a,2024-03-31,1.5,Sales\n\
                         b,2024-03-31,0.2475,Legal\n\
                         a,2024-04-07,,Sales\n";

#[test]
fn a_plain_export_is_read() {
    let (dataset, report) = read(TWO_WEEKS);
    assert_eq!((dataset.people(), dataset.rows(), dataset.era()), (2, 3, Era::Viva));
    // Person a: 1.5 h and a blank, which is 0; person b: 0.2475 h = 891 s.
    assert_eq!(dataset.seconds(Metric::ExternalHours), Some([5400, 0, 891].as_slice()));
    let source = &report.sources[0];
    assert_eq!((source.kind, source.grain, source.rows), (QueryKind::Person, Grain::Week, 3));
    assert_eq!((source.people, source.periods, source.date_order), (2, 2, DateOrder::Ymd));
    assert_eq!(source.cells[0].blanks, [1, 0]);
    assert_eq!(dataset.attributes()[0].values, ["Legal", "Sales"]);
}

#[test]
fn two_parts_are_stacked_and_their_common_rows_are_dropped() {
    let second = "PersonId,MetricDate,External_collaboration_hours,Organization\n\
                  a,2024-04-07,0,Sales\n\
                  c,2024-04-14,2,Legal\n";
    let (dataset, report) =
        open(&[bytes("1.csv", TWO_WEEKS), bytes("2.csv", second)], &ImportOptions::default()).unwrap();
    assert_eq!((dataset.people(), dataset.rows()), (3, 4));
    assert_eq!(report.sources[1].rows_excluded[&RowReason::Duplicate], 1);
    let differing = second.replace(",0,", ",9,");
    let sources = [bytes("1.csv", TWO_WEEKS), bytes("2.csv", differing)];
    let Err(ImportError::Question(question)) = open(&sources, &ImportOptions::default()) else { panic!("no question") };
    assert!(question.options[0].0.contains("--on-conflict newer"));
    assert!(question.what.contains("1.csv, line 4") && question.what.contains("2.csv, line 2"), "{}", question.what);
    let options = ImportOptions { on_conflict: OnConflict::Newer, ..ImportOptions::default() };
    let (dataset, report) = open(&sources, &options).unwrap();
    assert_eq!(dataset.seconds(Metric::ExternalHours), Some([5400, 9 * 3600, 891, 7200].as_slice()));
    assert_eq!(report.sources[0].rows_excluded[&RowReason::Superseded], 1);
}

#[test]
fn rows_and_cells_that_cannot_be_read_are_set_aside_with_their_lines() {
    let text = "PersonId,MetricDate,External_collaboration_hours,Organization\n\
                a,2024-03-31,1,Sales\n\
                ,2024-03-31,1,Sales\n\
                b,2024-02-30,1,Sales\n\
                b,2024-03-31,-1,Legal\n\
                c,2024-03-31,abc,Legal\n\
                d,2024-03-31,169,Legal\n\
                e,2024-03-31,1\n\
                e,2024-03-31,1,Sales,more\n\
                PersonId,MetricDate,External_collaboration_hours,Organization\n\
                Total,2024-03-31,99,\n";
    let (dataset, report) = read(text);
    let source = &report.sources[0];
    assert_eq!((dataset.rows(), source.rows), (4, 10));
    let lines = |kind: IssueKind| -> Vec<u64> {
        source.issues.iter().filter(|issue| issue.kind == kind).map(|issue| issue.line).collect()
    };
    assert_eq!(lines(IssueKind::Row(RowReason::BlankPerson)), [3]);
    assert_eq!(lines(IssueKind::Row(RowReason::UnreadableDate)), [4]);
    assert_eq!(lines(IssueKind::NegativeNumber), [5]);
    assert_eq!(lines(IssueKind::UnreadableNumber), [6]);
    assert_eq!(lines(IssueKind::MoreHoursThanPeriod), [7]);
    assert_eq!(lines(IssueKind::Row(RowReason::TooFewCells)), [8]);
    assert_eq!(lines(IssueKind::Row(RowReason::TooManyCells)), [9]);
    assert_eq!(lines(IssueKind::Row(RowReason::RepeatedHeader)), [10]);
    assert_eq!(lines(IssueKind::Row(RowReason::TotalRow)), [11]);
    assert_eq!(source.cells[0].excluded, [3, 0]);
    assert_eq!(source.issues_total, 9);
}

#[test]
fn other_queries_and_other_files_are_named() {
    let meeting = refused("MeetingId,StartDate,Attendees\n1,2024-01-01,2\n");
    assert!(meeting.what.contains("a meeting query"), "{}", meeting.what);
    for (bytes, word) in [
        (b"%PDF-1.7".as_slice(), "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Excel"),
        (b"PAR1", "Parquet"),
        (b"<!DOCTYPE html><html>", "web page"),
        (b"[{\"a\":1}]", "JSON"),
        (b"", "empty"),
    ] {
        assert!(refused(bytes).what.contains(word), "{word}");
    }
}

#[test]
fn attributes_are_words_with_two_to_two_hundred_values() {
    let mut text =
        "PersonId,Date,Collaboration_hours,Organization,One,Blank,Id,Score,HireDate,Layer,ManagerId\n".to_owned();
    for person in 0..300 {
        let manager = if person == 0 { "" } else { "p0" };
        let organization = [" Sales", "Legal", "n/a"][person % 3];
        text += &format!(
            "p{person},2024-03-31,1,{organization},same,,id{person},{person},20/04/2015,{},{manager}\n",
            person.min(3)
        );
    }
    let (dataset, report) = read(&text);
    let names: Vec<&str> = dataset.attributes().iter().map(|attribute| attribute.name.as_str()).collect();
    assert_eq!(names, ["Organization", "Layer"]);
    assert_eq!(dataset.attributes()[0].values, ["(Not set)", "Legal", "Sales"]);
    let reason =
        |header: &str| report.attributes_left_out.iter().find(|out| out.header == header).map(|out| out.reason);
    assert_eq!(reason("One"), Some(LeftOutReason::Constant));
    assert_eq!(reason("Blank"), Some(LeftOutReason::MostlyBlank));
    assert_eq!(reason("Id"), Some(LeftOutReason::TooManyValues));
    assert_eq!(reason("Score"), Some(LeftOutReason::Numbers));
    assert_eq!(reason("HireDate"), Some(LeftOutReason::Dates));
    assert_eq!(dataset.without_manager().unwrap().iter().filter(|without| **without).count(), 1);
}
