//! What is said where a file cannot be read: what happened, why, what to do, briefly and without blame.

use super::*;

/// Files that are refused, each for another reason.
fn bad_files() -> Vec<Vec<u8>> {
    let mut files: Vec<Vec<u8>> = vec![
        Vec::new(),
        csv(&[]).into(),
        b"%PDF-1.7".into(),
        b"PAR1".into(),
        b"7z\xbc\xaf\x27\x1c".into(),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".into(),
        b"<!doctype html>".into(),
        b"{\"a\":1}".into(),
        vec![0; 600],
        b"PK\x03\x04".into(),
        b"\x1f\x8b\x08cut".into(),
        zipped(&[]),
        zipped(&[("../q.csv", b"x")]),
        zipped(&[("in.zip", b"x")]),
        zipped(&[("a.xlsx", b"x")]),
        zipped(&[("xl/workbook.xml", b"x")]),
        zipped(&[("xl/workbook.bin", b"x")]),
        zipped(&[("word/a.xml", b"x")]),
        zipped(&[("DataModel", b"x")]),
        zipped(&[("content.xml", b"x")]),
        zipped(&[("a.csv", b"a,b\n1,2\n"), ("b.csv", b"c,d\n1,2\n")]),
        format!("{}\"", plain()).replacen("Sales", "\"Sales", 1).into(),
        format!("{}p9,2024-03-03,{}\n", plain(), "x".repeat(5 << 20)).into(),
        (0..20_000).map(|column| format!("c{column},")).collect::<String>().into(),
        format!("PersonId,\"{}", "x".repeat(17 << 20)).into(),
        csv(&with("PersonId", |_, _| "1.23E+15".to_owned())).into(),
        csv(&with("PersonId", |_, _| String::new())).into(),
        csv(&with("MetricDate", |_, _| "soon".to_owned())).into(),
        csv(&with("MetricDate", |_, _| "1999-01-03".to_owned())).into(),
        csv(&with("MetricDate", |_, _| "99999".to_owned())).into(),
        csv(&with("MetricDate", |_, row| if row % 2 == 0 { "13/3/2024" } else { "3/13/2024" }.to_owned())).into(),
        csv(&with("MetricDate", |day, row| {
            if row == 3 { "45354".to_owned() } else { day.replace("2024-03-", "13/").replace("13/", "3/") + "/2024" }
        }))
        .into(),
        csv(&with("MetricDate", |day, row| {
            if row > 11 { day.replace("17", "18").replace("24", "25").replace("2025", "2024") } else { day.to_owned() }
        }))
        .into(),
        plain().lines().skip(1).map(|line| format!("{line}\n")).collect::<String>().into(),
        plain().replacen("PersonId", "Who", 1).into(),
        plain().replacen("MetricDate", "When", 1).into(),
    ];
    for header in [
        "MeetingId,StartDate,Attendees",
        "PrimaryCollaborator_PersonId,SecondaryCollaborator_Email,MetricDate",
        "PrimaryCollaborator_Organization,SecondaryCollaborator_Organization,MetricDate",
        "PersonId,ManagerId,Organization",
        "PersonId,Date,Emails_sent_00_01",
        "Name,Score",
    ] {
        files.push(format!("{header}\na,b,c\n").into());
    }
    files
}

#[test]
fn every_refusal_is_three_short_sentences_without_blame() {
    for file in bad_files() {
        let start = String::from_utf8_lossy(&file[..file.len().min(60)]).into_owned();
        let refusal = refusal_of(&[bytes("export.csv", file)], &options());
        let parts = [refusal.what.plain(), refusal.why.plain(), refusal.what_to_do.clone()];
        let words: usize = parts.iter().map(|part| part.split_whitespace().count()).sum();
        assert!(words <= 40, "{words} words about {start:?}: {parts:?}");
        for part in &parts {
            assert!(
                part.ends_with('.') && part.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()),
                "{part:?} about {start:?}"
            );
            let lower = part.to_lowercase();
            for word in ["invalid", "oops", "illegal", "you must", "error", "failed to"] {
                assert!(!lower.contains(word), "{word:?} in {part:?}");
            }
        }
        assert_eq!(refusal.place.name.split(':').next(), Some("export.csv"), "{start:?}");
    }
}

#[test]
fn every_question_names_the_option_that_answers_it() {
    let files: Vec<Vec<u8>> = vec![
        csv(&with("MetricDate", |_, _| "01/04/2024".to_owned())).into(),
        csv(&with("MetricDate", |_, _| "45354".to_owned())).into(),
        csv(&with_hours(|_| "1.234".to_owned())).into(),
        [csv(&rows()), csv(&with_hours(|_| "9".to_owned()))].concat().into(),
        zipped(&[("a.csv", plain().as_bytes()), ("b.csv", csv(&with_hours(|_| "9".to_owned())).as_bytes())]),
    ];
    for file in files {
        let question = asked_of(&[bytes("export.csv", file)], &options());
        assert!(!question.options.is_empty());
        for (option, _) in &question.options {
            assert!(customer_focus::workbench::Answer::of_option(option).is_some(), "{option}");
        }
        let words = question.what.plain().split_whitespace().count() + question.why.plain().split_whitespace().count();
        assert!(words <= 40, "{question:?}");
    }
}

#[test]
fn lines_that_are_one_cell_each_are_refused_with_what_made_them_so() {
    let quoted: String = plain().lines().map(|line| format!("\"{line}\"\n")).collect();
    refused(quoted, "Every line stands in quotation marks, as one cell.");
    refused(joined(&rows(), ":", "\n"), "Choose it with --delimiter :");
    let options = ImportOptions { delimiter: Some(b':'), ..options() };
    let (dataset, _) = open_with(&[bytes("export.csv", joined(&rows(), ":", "\n"))], &options).unwrap();
    assert_eq!(numbers(&dataset), numbers(&open(plain()).0));
}

#[test]
fn dates_that_no_row_can_be_read_by_are_refused_with_a_form_that_can() {
    refused(csv(&with("MetricDate", |day, _| day[..7].to_owned())), "Export it again with dates such as 2024-03-31.");
}
