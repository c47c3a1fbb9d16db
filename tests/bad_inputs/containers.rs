//! Archives, workbooks, and files that are something else.

use customer_focus::import::{Container, PartChoice, QueryKind};

use super::*;

/// The plain export in two halves by time.
fn halves() -> (String, String) {
    let (first, second) = rows().into_iter().partition::<Vec<Row>, _>(|row| row[1].as_str() < "2024-03-17");
    (csv(&first), csv(&second))
}

/// The plain export with other hours.
fn other_version() -> String {
    csv(&with("External_collaboration_hours", |_, _| "9".to_owned()))
}

/// A workbook as Excel writes it: texts shared, numbers as numbers, days as numbers with the style of a date.
fn workbook(sheets: &[(&str, Vec<Row>)]) -> Vec<u8> {
    let entries = entries_of_workbook(sheets);
    zipped(&entries.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect::<Vec<_>>())
}

/// The names and texts of what is in such a workbook.
pub(super) fn entries_of_workbook(sheets: &[(&str, Vec<Row>)]) -> Vec<(String, String)> {
    let (mut strings, mut entries) = (Vec::<String>::new(), Vec::new());
    for (number, (_, rows)) in sheets.iter().enumerate() {
        let mut sheet = String::new();
        for (row, cells) in rows.iter().enumerate() {
            sheet += &format!("<row r=\"{}\">", row + 1);
            for (column, cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
                let place = format!("{}{}", char::from(b'A' + column as u8), row + 1);
                let day = cell.parse::<chrono::NaiveDate>();
                sheet += &if let Ok(day) = day {
                    let serial = (day - chrono::NaiveDate::from_ymd_opt(1899, 12, 30).unwrap()).num_days();
                    format!("<c r=\"{place}\" s=\"1\"><v>{serial}</v></c>")
                } else if cell.parse::<f64>().is_ok() {
                    format!("<c r=\"{place}\"><v>{cell}</v></c>")
                } else if cell == "TRUE" {
                    format!("<c r=\"{place}\" t=\"b\"><v>1</v></c>")
                } else {
                    strings.push(cell.replace('&', "&amp;").replace('<', "&lt;"));
                    format!("<c r=\"{place}\" t=\"s\"><v>{}</v></c>", strings.len() - 1)
                };
            }
            sheet += "</row>";
        }
        let space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        let xml = format!("<worksheet xmlns=\"{space}\"><sheetData>{sheet}</sheetData></worksheet>");
        entries.push((format!("xl/worksheets/sheet{}.xml", number + 1), xml));
    }
    let main = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
    let relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let names: String = sheets
        .iter()
        .enumerate()
        .map(|(number, (name, _))| format!("<sheet name=\"{name}\" sheetId=\"{0}\" r:id=\"rId{0}\"/>", number + 1))
        .collect();
    entries.push((
        "xl/workbook.xml".to_owned(),
        format!("<workbook {main} xmlns:r=\"{relation}\"><sheets>{names}</sheets></workbook>"),
    ));
    let targets: String = (1..=sheets.len())
        .map(|number| format!("<Relationship Id=\"rId{number}\" Type=\"{relation}/worksheet\" Target=\"worksheets/sheet{number}.xml\"/>"))
        .collect();
    let relations = format!(
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{targets}</Relationships>"
    );
    entries.push(("xl/_rels/workbook.xml.rels".to_owned(), relations));
    let root = format!(
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"{relation}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
    );
    entries.push(("_rels/.rels".to_owned(), root));
    let items: String = strings.iter().map(|text| format!("<si><t>{text}</t></si>")).collect();
    entries.push((
        "xl/sharedStrings.xml".to_owned(),
        format!("<sst {main} uniqueCount=\"{}\">{items}</sst>", strings.len()),
    ));
    let styles = format!(
        "<styleSheet {main}><cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>"
    );
    entries.push(("xl/styles.xml".to_owned(), styles));
    entries
}

/// Rows under the header.
pub(super) fn headed(rows: Vec<Row>) -> Vec<Row> {
    std::iter::once(HEADER.map(str::to_owned).to_vec()).chain(rows).collect()
}

#[test]
fn an_excel_workbook_gives_the_same_numbers_whatever_it_is_called() {
    let report = same_as_plain(workbook(&[("Sheet1", headed(rows()))]));
    assert_eq!((report.sources[0].container, report.sources[0].name.as_str()), (Container::Workbook, "export.csv"));
    let titled = [vec![vec!["Report".to_owned()], Vec::new()], headed(rows())].concat();
    let report = same_as_plain(workbook(&[("Sheet1", titled)]));
    // The header stands in row 3; rows of a sheet are the lines of a file.
    assert_eq!(lines_of(&report, IssueKind::LinesAboveHeader), [1]);
    let clocks = with_hours(|hours| {
        let minutes = (hours.parse::<f64>().unwrap() * 60.0) as u32;
        format!("{}:{:02}", minutes / 60, minutes % 60)
    });
    same_as_plain(workbook(&[("Sheet1", headed(clocks))]));
}

#[test]
fn of_several_sheets_the_person_query_is_read() {
    let notes = vec![vec!["Read".to_owned(), "me".to_owned()], vec!["a".to_owned(), "b".to_owned()]];
    let report = same_as_plain(workbook(&[("Notes", notes), ("Data", headed(rows())), ("Empty", Vec::new())]));
    assert_eq!(report.sources[0].name, "export.csv: Data");
    assert_eq!(report.skipped[0].name, "export.csv: Notes");
}

#[test]
fn several_person_queries_in_one_file_are_stacked_only_as_parts_of_one() {
    let (first, second) = halves();
    let parts = |first: &str, second: &str| zipped(&[("a.csv", first.as_bytes()), ("b.csv", second.as_bytes())]);
    same_as_plain(parts(&first, &second));
    let versions = parts(&plain(), &other_version());
    assert_eq!(asked(versions.clone()), ["--part 1", "--part 2", "--part all"]);
    let choose = |part| {
        let options = ImportOptions { part: Some(part), ..options() };
        open_with(&[bytes("export.zip", versions.clone())], &options)
    };
    assert_eq!(numbers(&choose(PartChoice::Number(1)).unwrap().0), numbers(&open(plain()).0));
    assert_eq!(numbers(&choose(PartChoice::Number(2)).unwrap().0), numbers(&open(other_version()).0));
    assert!(
        matches!(choose(PartChoice::All), Err(ImportError::Question(question)) if question.options[0].0.contains("conflict"))
    );
    assert!(
        matches!(choose(PartChoice::Number(3)), Err(ImportError::Refused(refusal)) if refusal.why.plain().contains("2 parts"))
    );
    // Other headers are no part of the same export, whatever the periods.
    let narrow = second.replace("External_collaboration_hours", "Weekend_hours");
    assert_eq!(asked(parts(&first, &narrow)).len(), 3);
    let sheets = workbook(&[("May", headed(rows())), ("June", headed(with("Organization", |_, _| "HR".to_owned())))]);
    let question = asked_of(&[bytes("book.xlsx", sheets)], &options());
    assert_eq!((question.options[1].1.plain().as_str(), question.place.name.as_str()), ("June", "book.xlsx"));
}

#[test]
fn notes_beside_an_export_in_an_archive_are_left_out() {
    let text = plain();
    let archive = zipped(&[
        ("d/q.csv", text.as_bytes()),
        ("d/readme.txt", b"Hello, you"),
        ("d/empty.csv", b""),
        ("x.pdf", b"%PDF"),
    ]);
    let report = same_as_plain(archive);
    assert_eq!(report.skipped.len(), 2);
    same_as_plain(zipped(&[("d/q.csv", text.as_bytes()), ("__MACOSX/d/._q.csv", b"x")]));
    same_as_plain(gzipped(text.as_bytes()));
}

#[test]
fn a_workbook_that_is_damaged_empty_or_of_another_form_is_refused() {
    let book = workbook(&[("Sheet1", headed(rows()))]);
    refused(&book[..book.len() - 300], "damaged");
    refused(workbook(&[("Sheet1", Vec::new())]), "workbook is empty.");
    refused(workbook(&[("Sheet1", vec![vec!["Name".to_owned(), "Score".to_owned()]])]), "no person query");
    refused(zipped(&[("xl/workbook.bin", b"x")]), ".xlsb");
    refused(zipped(&[("content.xml", b"<x/>")]), "OpenDocument");
    refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".as_slice(), "old Excel");
    refused(zipped(&[("book.xlsx", b"PK")]), "Unpack it and open the workbook");
    let strings = b"<sst uniqueCount=\"99999999999999\"></sst>".as_slice();
    refused(zipped(&[("xl/workbook.xml", b"<workbook/>"), ("xl/sharedStrings.xml", strings)]), "cannot be read");
    refused(zipped(&[("xl/workbook.xml", b"<workbook><sheets>")]), "cannot be read");
}

#[test]
fn identifiers_that_a_workbook_has_rounded_are_refused() {
    let rounded = with("PersonId", |id, _| format!("1234567890123450{}", &id[1..]));
    refused(workbook(&[("Sheet1", headed(rounded))]), "rounded the person identifiers");
}

#[test]
fn an_archive_that_would_fill_the_memory_is_refused() {
    let lines = vec![b'\n'; 270 << 20];
    refused(zipped(&[("q.csv", &lines)]), "two-hundredfold");
    // 30 entries of 9 MB: none is too large, all of them are.
    let entries: Vec<String> = (0..30).map(|number| format!("{number}.csv")).collect();
    let some: Vec<(&str, &[u8])> = entries.iter().map(|name| (name.as_str(), &lines[..9 << 20])).collect();
    refused(zipped(&some), "two-hundredfold");
}

#[test]
fn an_archive_with_a_wrong_size_in_its_table_is_damaged() {
    let text = plain();
    for size in [10_u32, 3_000_000_000] {
        let mut archive = zipped(&[("q.csv", text.as_bytes())]);
        let table = archive.windows(4).rposition(|four| four == b"PK\x01\x02").unwrap();
        archive[22..26].copy_from_slice(&size.to_le_bytes());
        archive[table + 24..table + 28].copy_from_slice(&size.to_le_bytes());
        refused(archive, "damaged");
    }
    refused(&gzipped(text.as_bytes())[..200], "damaged");
}

#[test]
fn an_archive_that_is_not_safe_is_refused() {
    let text = plain();
    for name in ["../q.csv", "/etc/q.csv", "C:/q.csv", "a\\q.csv"] {
        refused(zipped(&[(name, text.as_bytes())]), "not safe");
    }
    refused(zipped(&[("q.csv", text.as_bytes()), ("in.zip", b"PK")]), "holds another");
    refused(zipped(&[]), "holds no export");
    let mut locked = zipped(&[("q.csv", text.as_bytes())]);
    let table = locked.windows(4).rposition(|four| four == b"PK\x01\x02").unwrap();
    locked[6] |= 1;
    locked[table + 8] |= 1;
    refused(locked, "encrypted");
}

#[test]
fn files_of_other_kinds_are_named() {
    let mut tar = vec![b'a'; 600];
    tar[257..262].copy_from_slice(b"ustar");
    let files: [(&[u8], &str); 16] = [
        (b"%PDF-1.7", "a PDF"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"\xcf\xfa\xed\xfe\x07", "a program"),
        (b"MZ\x90\0", "a program"),
        (b"PAR1", "a Parquet file"),
        (b"ARROW1\0\0", "an Arrow file"),
        (b"\n<!DOCTYPE html>", "a web page"),
        (b"<!-- x --><html>", "a web page"),
        (b"{\"a\":1}", "a JSON file"),
        (b"<?xml version=\"1.0\"?><a/>", "an XML file"),
        (b"<rows><row/></rows>", "an XML file"),
        (b"{\\rtf1 hello}", "a text document"),
        (b"\0\0\0\x18ftypmp42", "a recording"),
        (&[0; 500], "no file of text"),
        (&tar, "a tar archive"),
        (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    ];
    for (head, what) in files {
        refused(head, what);
    }
    refused(gzipped(b"%PDF-1.7"), "a PDF");
    refused(gzipped(&zipped(&[("q.csv", b"x")])), "archive holds another");
    refused(zipped(&[("word/document.xml", b"x")]), "Office document");
    refused(zipped(&[("DataModelSchema", b"x")]), "Power BI");
}

#[test]
fn other_queries_are_named_with_where_they_belong() {
    for (header, what, kind) in [
        ("MeetingId,StartDate,Attendees", "a meeting query", QueryKind::Meeting),
        (
            "PrimaryCollaborator_PersonId,SecondaryCollaborator_Email,MetricDate",
            "external collaboration",
            QueryKind::ExternalCollaboration,
        ),
        ("PersonId,Date,Emails_sent_00_01,IMs_sent_23_24", "an hourly", QueryKind::Hourly),
        ("PersonId,ManagerId,Organization", "organizational data", QueryKind::OrganizationData),
    ] {
        assert_eq!(refused(format!("{header}\na,b,c\n"), what).kinds, [kind]);
    }
    refused("Email,Name,Department\na@b.c,Ann,Sales\n", "no person, no date, and no hours");
}

#[test]
fn one_export_in_two_formats_counts_once_and_is_said() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("export.csv"), plain()).unwrap();
    std::fs::write(folder.path().join("export.xlsx"), workbook(&[("Sheet1", headed(rows()))])).unwrap();
    let said = |path: &std::path::Path| crate::cli::run(&["check", path.to_str().unwrap()]).stdout;
    assert!(said(folder.path()).contains("export.xlsx holds nothing that the other files do not hold."));
    assert!(!said(&folder.path().join("export.csv")).contains("holds nothing"));
}
