//! The import from outside: bytes in, dataset and report out.
#![allow(clippy::unwrap_used)]

use std::sync::Arc;

use customer_focus::dataset::{Dataset, Era, Grain, Metric, OnConflict};
use customer_focus::import::{
    DateOrder, ImportError, ImportOptions, ImportReport, IssueKind, LeftOutReason, QueryKind, QuoteStyle, Refusal,
    RowReason, Source, import,
};
use customer_focus::work::{Cancel, Progress};

use crate::bad_inputs::{gzipped, zipped};

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
    assert!(
        question.what.plain().contains("1.csv, line 4") && question.what.plain().contains("2.csv, line 2"),
        "{}",
        question.what.plain()
    );
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
    assert!(meeting.what.plain().contains("a meeting query"), "{}", meeting.what.plain());
    for (bytes, word) in [
        (b"%PDF-1.7".as_slice(), "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Excel"),
        (b"PAR1", "Parquet"),
        (b"<!DOCTYPE html><html>", "web page"),
        (b"[{\"a\":1}]", "JSON"),
        (b"", "empty"),
    ] {
        assert!(refused(bytes).what.plain().contains(word), "{word}");
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

fn seconds(bytes: impl Into<Vec<u8>>) -> Vec<u32> {
    let (dataset, _) = open(&[self::bytes("test", bytes)], &ImportOptions::default()).unwrap();
    dataset.seconds(Metric::ExternalHours).unwrap().to_vec()
}

fn utf_16(text: &str, little_endian: bool) -> Vec<u8> {
    let units = text.encode_utf16();
    units.flat_map(|unit| if little_endian { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect()
}

#[test]
fn the_same_export_is_read_in_every_dress() {
    let expected = [5400, 0, 891];
    let dresses: Vec<Vec<u8>> = vec![
        TWO_WEEKS.into(),
        format!("\u{feff}{TWO_WEEKS}").into(),
        utf_16(&format!("\u{feff}{TWO_WEEKS}"), true),
        utf_16(&format!("\u{feff}{TWO_WEEKS}"), false),
        utf_16(TWO_WEEKS, true),
        utf_16(TWO_WEEKS, false),
        TWO_WEEKS.replace('\n', "\r\n").into(),
        TWO_WEEKS.replace('\n', "\r").into(),
        TWO_WEEKS.trim_end().into(),
        TWO_WEEKS.replace(',', "\t").into(),
        TWO_WEEKS.replace(',', "|").into(),
        TWO_WEEKS.replace(',', ";").replace('.', ",").into(),
        format!("sep=;\r\n{}", TWO_WEEKS.replace(',', ";")).into(),
        TWO_WEEKS
            .replace(',', "\",\"")
            .replace('\n', "\"\n\"")
            .trim_end_matches('"')
            .replacen("Per", "\"Per", 1)
            .into(),
        TWO_WEEKS.replace("2024-03-31", "3/31/2024").replace("2024-04-07", "4/7/2024").into(),
        TWO_WEEKS.replace("2024-03-31", "31.03.2024").replace("2024-04-07", "07.04.2024").into(),
        TWO_WEEKS.replace("2024-03-31", "2024-03-31T00:00:00").into(),
        format!("Title of the report\n\n{TWO_WEEKS}\n").into(),
        zipped(&[("query.csv", TWO_WEEKS.as_bytes())]),
        gzipped(TWO_WEEKS.as_bytes()),
        // Two gzip files one after the other are one text.
        [gzipped(&TWO_WEEKS.as_bytes()[..40]), gzipped(&TWO_WEEKS.as_bytes()[40..])].concat(),
    ];
    for (index, dress) in dresses.into_iter().enumerate() {
        assert_eq!(seconds(dress), expected, "dress {index}");
    }
}

#[test]
fn windows_1252_is_read_even_where_its_first_letter_comes_late() {
    let mut text = String::from("PersonId,MetricDate,External_collaboration_hours,Organization\n");
    for person in 0..20_000 {
        text += &format!("person-{person},2024-03-31,1,Sales and marketing of many things\n");
    }
    text += "last,2024-03-31,1,Z\u{fc}rich\n";
    let latin: Vec<u8> = text.chars().map(|c| c as u8).collect();
    for latin in [zipped(&[("query.csv", &latin)]), latin] {
        let (dataset, report) = open(&[bytes("latin", latin)], &ImportOptions::default()).unwrap();
        assert_eq!(dataset.attributes()[0].values[1], "Z\u{fc}rich");
        assert_eq!((report.sources[0].encoding.as_str(), dataset.people()), ("windows-1252", 20_001));
    }
}

#[test]
fn archives_that_are_no_plain_export_are_refused() {
    let workbook = refused(zipped(&[("[Content_Types].xml", b"<x/>"), ("xl/workbook.xml", b"<x/>")]));
    assert!(workbook.what.plain().contains("Excel"), "{}", workbook.what.plain());
    assert!(refused(zipped(&[("inner.zip", b"PK")])).what.plain().contains("another"));
    assert!(refused(zipped(&[("../up.csv", TWO_WEEKS.as_bytes())])).what.plain().contains("not safe"));
    assert!(refused(zipped(&[("notes.md", b"hello")])).what.plain().contains("no export"));
    let whole = zipped(&[("query.csv", TWO_WEEKS.as_bytes())]);
    assert!(refused(&whole[..whole.len() / 2]).what.plain().contains("damaged"));
    // 257 MB of one letter shrink a thousandfold.
    let bomb = zipped(&[("query.csv", &vec![b'a'; 257 << 20])]);
    assert!(refused(bomb).what.plain().contains("two-hundredfold"));
    let whole = gzipped(TWO_WEEKS.as_bytes());
    for cut in [whole.len() - 1, whole.len() / 2, 12] {
        assert!(refused(&whole[..cut]).what.plain().contains("damaged"), "cut at {cut}");
    }
    let mut changed = whole.clone();
    let checksum = changed.len() - 6;
    changed[checksum] ^= 1;
    assert!(refused(changed).what.plain().contains("damaged"));
}

#[test]
fn of_several_files_the_person_queries_are_stacked_and_the_others_named() {
    let meetings = "MeetingId,StartDate,Attendees\n1,2024-01-01,2\n";
    let later = TWO_WEEKS.replace("2024-04-07", "2024-04-21").replace("2024-03-31", "2024-04-14");
    let archive =
        zipped(&[("a.csv", TWO_WEEKS.as_bytes()), ("b.csv", meetings.as_bytes()), ("c.csv", later.as_bytes())]);
    let (dataset, report) = open(&[bytes("all.zip", archive)], &ImportOptions::default()).unwrap();
    assert_eq!((dataset.rows(), report.sources.len()), (6, 2));
    assert_eq!((report.skipped[0].name.as_str(), report.skipped[0].kind), ("all.zip: b.csv", QueryKind::Meeting));
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("1.csv"), TWO_WEEKS).unwrap();
    std::fs::write(folder.path().join("2.csv"), later).unwrap();
    std::fs::write(folder.path().join("notes.md"), "nothing").unwrap();
    let (dataset, _) = open(&[Source::Path(folder.path().to_owned())], &ImportOptions::default()).unwrap();
    assert_eq!(dataset.rows(), 6);
}

#[test]
fn a_part_without_a_column_leaves_that_metric_instead_of_counting_as_zero() {
    let without = "PersonId,MetricDate,Collaboration_hours\na,2024-04-14,3\n";
    let (dataset, report) = open(&[bytes("1", TWO_WEEKS), bytes("2", without)], &ImportOptions::default()).unwrap();
    let out = customer_focus::dataset::EXCLUDED_SECONDS;
    assert_eq!(dataset.seconds(Metric::ExternalHours), Some([5400, 0, out, 891].as_slice()));
    assert_eq!(report.sources[1].cells.len(), 1);
    assert_eq!(report.sources[1].cells[0].excluded, [0, 0]);
}

#[test]
fn what_only_a_person_can_decide_is_a_question_with_its_option() {
    let ambiguous = "PersonId,MetricDate,External_collaboration_hours\na,01/04/2024,1\n";
    let Err(ImportError::Question(question)) = open(&[bytes("q", ambiguous)], &ImportOptions::default()) else {
        panic!("no question")
    };
    assert_eq!(question.options[1].0, "--date-order dmy");
    let options = ImportOptions { date_order: Some(DateOrder::Dmy), ..ImportOptions::default() };
    let (dataset, _) = open(&[bytes("q", ambiguous)], &options).unwrap();
    assert_eq!(dataset.calendar().periods, ["2024-04-01".parse().unwrap()]);
    let thousands = "PersonId;MetricDate;External_collaboration_hours\na;2024-03-31;1.234\n";
    let asked = open(&[bytes("q", thousands)], &ImportOptions::default());
    assert!(matches!(asked, Err(ImportError::Question(question)) if question.options[0].0 == "--decimal ."));
}

#[test]
fn spreadsheet_damage_is_refused() {
    let rounded = "PersonId,MetricDate,External_collaboration_hours\n1.23E+15,2024-03-31,1\n";
    assert!(refused(rounded).what.plain().contains("rounded"));
    let serials = "PersonId,MetricDate,External_collaboration_hours\na,45382,1\n";
    let Err(ImportError::Question(question)) = open(&[bytes("q", serials)], &ImportOptions::default()) else {
        panic!("no question")
    };
    assert_eq!((question.options[0].0.as_str(), question.place.line), ("--date-order excel", 2));
    assert!(question.options[0].1.plain().contains("31 Mar 2024"), "{question:?}");
    let mixed = "PersonId,MetricDate,External_collaboration_hours\na,13/1/2024,1\na,1/13/2024,1\n";
    assert!(refused(mixed).what.plain().contains("mix"));
    let weeks = "PersonId,MetricDate,External_collaboration_hours\na,2024-03-31,1\na,2024-04-07,1\n\
                 a,2024-04-15,1\na,2024-04-22,1\n";
    assert!(refused(weeks).what.plain().contains("weekdays"));
    assert!(refused("PersonId,MetricDate,External_collaboration_hours\n").what.plain().contains("no rows"));
}

#[test]
fn dates_out_of_range_are_set_aside_before_anything_is_decided() {
    let text = format!("{TWO_WEEKS}x,2031-01-01,1,Odd\ny,1999-01-03,1,Odd\n");
    let options = ImportOptions { today: "2024-12-01".parse().ok(), ..ImportOptions::default() };
    let (dataset, report) = open(&[bytes("q", text)], &options).unwrap();
    assert_eq!((dataset.people(), dataset.calendar().grain), (2, Grain::Week));
    assert_eq!(report.sources[0].rows_excluded[&RowReason::DateOutOfRange], 2);
    assert_eq!(dataset.attributes()[0].values, ["Legal", "Sales"]);
}

#[test]
fn inactive_rows_are_kept_and_counted_apart() {
    let text = "PersonId,Date,Collaboration_hours_external,IsActive\n\
                a,2024-03-31,1,TRUE\na,2024-04-07,,No\nb,2024-03-31,2,\nb,2024-04-07,x,0\n";
    let (dataset, report) = read(text);
    let source = &report.sources[0];
    assert_eq!((source.era, source.inactive_rows, dataset.rows()), (Era::Wpa, 2, 4));
    assert_eq!((source.cells[0].blanks, source.cells[0].excluded), ([0, 1], [0, 1]));
    assert_eq!(dataset.active(), Some([true, false, true, false].as_slice()));
}

/// A few thousand rows with quoted line ends, doubled quotes, stray quotes, odd rows and blanks.
fn odd_text() -> String {
    let mut text = String::from("PersonId,MetricDate,External_collaboration_hours,Organization,Note\r\n");
    for week in 0..4 {
        for person in 0..5_000 {
            let day = ["2024-03-31", "2024-04-07", "2024-04-14", "2024-04-21"][week];
            let (hours, organization) = (person % 40, ["Sales", "\"Legal, \"\"and\"\" more\"", "NA"][person % 3]);
            text += &match (person + week) % 500 {
                7 => format!("p{person},{day},{hours}\r\n"),
                8 => format!("p{person},{day},-1,{organization},\"a\nb\"\r\n"),
                9 => format!("p{person},{day},{hours},{organization},5\" pipe\r\n"),
                10 => format!("p{person},{day},{hours}.25,{organization},6\" x 7\"\r\n"),
                11 => "  \r\n".to_owned(),
                _ => format!("p{person},{day},{hours}.5,{organization},\r\n"),
            };
        }
    }
    text
}

#[test]
fn the_result_does_not_depend_on_the_number_of_threads() {
    let run = |threads: usize| {
        let options = ImportOptions { threads: Some(threads), ..ImportOptions::default() };
        open(&[bytes("odd.csv", odd_text())], &options).unwrap()
    };
    let (one, report) = run(1);
    for threads in [2, 5] {
        let (other, other_report) = run(threads);
        assert_eq!(one.seconds(Metric::ExternalHours), other.seconds(Metric::ExternalHours));
        assert_eq!(one.person_ids(), other.person_ids());
        assert_eq!(one.attributes(), other.attributes());
        assert_eq!(report, other_report);
    }
    // Of each 5,000 rows ten are cut short, ten are lines of spaces, ten have a negative number and
    // twenty have stray quotes.
    let source = &report.sources[0];
    assert_eq!(source.rows_excluded[&RowReason::TooFewCells], 40);
    assert_eq!(source.issue_counts[&IssueKind::BlankLine], 40);
    assert_eq!(source.issue_counts[&IssueKind::NegativeNumber], 40);
    assert_eq!(source.issue_counts[&IssueKind::StrayQuote], 80);
    assert_eq!(source.rows, 4 * 5_000 - 40);
}

#[test]
fn a_canceled_import_says_so() {
    let cancel = Cancel::default();
    cancel.cancel();
    let answer = import(&[bytes("x.csv", TWO_WEEKS)], &ImportOptions::default(), &Progress::default(), &cancel);
    assert!(matches!(answer, Err(ImportError::Cancelled)));
}

#[test]
fn progress_counts_the_bytes_and_the_rows() {
    let progress = Progress::default();
    import(&[bytes("x.csv", TWO_WEEKS)], &ImportOptions::default(), &progress, &Cancel::default()).unwrap();
    assert_eq!((progress.bytes_done(), progress.bytes_total()), (TWO_WEEKS.len() as u64, TWO_WEEKS.len() as u64));
    assert_eq!(progress.rows(), 3);
}

#[test]
fn a_missing_file_and_a_device_are_refused_and_a_hash_is_given() {
    let missing = import(
        &[Source::Path("/nowhere/at all.csv".into())],
        &ImportOptions::default(),
        &Progress::default(),
        &Cancel::default(),
    );
    let Err(ImportError::Refused(refusal)) = missing else { panic!("not refused") };
    assert_eq!(refusal.place.name, "at all.csv");
    if cfg!(unix) {
        let device = open(&[Source::Path("/dev/zero".into())], &ImportOptions::default());
        assert!(matches!(device, Err(ImportError::Refused(refusal)) if refusal.what.plain().contains("regular")));
    }
    let options = ImportOptions { hash: true, ..ImportOptions::default() };
    let (_, report) = open(&[bytes("x.csv", TWO_WEEKS)], &options).unwrap();
    assert_eq!(report.sources[0].sha256.as_ref().map(String::len), Some(64));
}

#[test]
fn a_way_of_quoting_is_recognized_and_can_be_chosen() {
    let header = "PersonId,MetricDate,External_collaboration_hours,Team\n";
    let rows: String = (0..6).map(|person| format!("p{person},2024-03-31,1.5,'North, {}'\n", person % 2)).collect();
    let sources = [bytes("test.csv", header.to_owned() + &rows)];
    let (dataset, report) = open(&sources, &ImportOptions::default()).unwrap();
    assert_eq!(report.sources[0].quote, QuoteStyle::Apostrophe);
    assert_eq!(dataset.attributes()[0].values, ["North, 0", "North, 1"]);
    // Chosen otherwise every row has a cell too many, and none is left.
    let plain = ImportOptions { quote: Some(QuoteStyle::Doubled), ..ImportOptions::default() };
    assert!(matches!(open(&sources, &plain), Err(ImportError::Refused(_))));
}
