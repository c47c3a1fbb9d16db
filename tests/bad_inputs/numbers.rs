//! Numbers as programs and people write them.

use super::*;

/// The plain export with every fourth cell of external hours as this, between semicolons.
fn every_fourth(cell: &str) -> String {
    joined(
        &with(
            "External_collaboration_hours",
            |hours, row| if row % 4 == 0 { cell.to_owned() } else { hours.to_owned() },
        ),
        ";",
        "\n",
    )
}

fn excluded(report: &ImportReport) -> usize {
    report.sources[0].cells.iter().map(|cells| cells.excluded[0]).sum()
}

#[test]
fn a_decimal_comma_is_found_column_by_column() {
    let commas = with_hours(|hours| hours.replace('.', ","));
    same_as_plain(joined(&commas, ";", "\n"));
    same_as_plain(joined(&commas, "\t", "\n"));
    let quoted: Vec<Row> = with_hours(|hours| format!("\"{}\"", hours.replace('.', ",")));
    same_as_plain(csv(&quoted));
    let one = with("External_collaboration_hours", |hours, _| hours.replace('.', ","));
    same_as_plain(joined(&one, ";", "\n"));
}

#[test]
fn marks_of_thousands_are_read_and_counted() {
    let people = |mark: &str, decimal: &str| {
        let mut rows =
            with(
                "Network_outside_organization",
                |_, row| if row % 6 == 0 { format!("1{mark}234") } else { "2".to_owned() },
            );
        rows.iter_mut().flat_map(|row| &mut row[2..5]).for_each(|hours| *hours = hours.replace('.', decimal));
        joined(&rows, ";", "\n")
    };
    let expected = people("", ".");
    for mark in [",", "'", " ", "\u{2019}", "\u{a0}", "\u{202f}", "\u{2009}"] {
        same(people(mark, "."), expected.clone());
    }
    same(people(".", ","), expected.clone());
    assert_eq!(count(&open(people("\u{202f}", ".")).1, IssueKind::UnusualNumber), 4);
}

#[test]
fn a_mark_that_could_be_either_is_asked_about() {
    let all = |column: &str, other: &str| {
        let mut rows = with_hours(|_| other.to_owned());
        let place = HEADER.iter().position(|header| *header == column).unwrap();
        rows.iter_mut().for_each(|row| row[place] = "1.234".to_owned());
        csv(&rows)
    };
    for column in ["External_collaboration_hours", "Network_outside_organization"] {
        assert_eq!(asked(all(column, "3")), ["--decimal .", "--decimal ,"]);
        assert_eq!(open(all(column, "2.5")).0.rows(), 24);
    }
}

#[test]
fn cells_that_are_no_number_leave_their_metric_and_are_counted() {
    for cell in ["NaN", "inf", "-inf", "1e309", "-", "None", "?", "35%", "1:30", "(3)", "3-", "\\N", "abc"] {
        assert_eq!(excluded(&open(every_fourth(cell)).1), 6, "{cell}");
    }
    for cell in ["#DIV/0!", "#REF!", "=A1*2", "=\"12\""] {
        let (_, report) = open(every_fourth(cell));
        assert_eq!((excluded(&report), count(&report, IssueKind::SpreadsheetError)), (6, 6), "{cell}");
    }
    let (_, report) = open(every_fourth("-3"));
    assert_eq!((excluded(&report), count(&report, IssueKind::NegativeNumber)), (6, 6));
    let (_, report) = open(every_fourth("169"));
    assert_eq!((excluded(&report), count(&report, IssueKind::MoreHoursThanPeriod)), (6, 6));
    assert_eq!(excluded(&open(every_fourth("168")).1), 0);
}

#[test]
fn words_for_nothing_are_blank() {
    for cell in ["", "NA", "n/a", "#N/A", "NULL", "null", " ", "\u{a0}"] {
        let (_, report) = open(every_fourth(cell));
        let blanks: usize = report.sources[0].cells.iter().map(|cells| cells.blanks[0]).sum();
        assert_eq!((excluded(&report), blanks), (0, 6), "{cell:?}");
    }
}

#[test]
fn hours_and_minutes_are_read_where_a_whole_column_is_so() {
    let clock = |shape: fn(u32, u32) -> String| {
        csv(&with_hours(|hours| {
            let minutes = (hours.parse::<f64>().unwrap() * 60.0) as u32;
            shape(minutes / 60, minutes % 60)
        }))
    };
    for shape in [
        (|hours, minutes| format!("{hours}:{minutes:02}")) as fn(u32, u32) -> String,
        |hours, minutes| format!("{hours}:{minutes:02}:00"),
        |hours, minutes| format!("{hours}h{minutes:02}"),
        |hours, minutes| format!("{hours}h {minutes}m"),
        |hours, minutes| format!("PT{hours}H{minutes}M"),
        |hours, minutes| format!("{}h", f64::from(hours) + f64::from(minutes) / 60.0),
    ] {
        assert_eq!(count(&same_as_plain(clock(shape)), IssueKind::ClockHours), 3);
    }
}

#[test]
fn digits_of_every_script_and_signs_are_read_and_counted() {
    let other = |zero: char, mark: &'static str| {
        csv(&with("External_collaboration_hours", |hours, _| {
            let digit = |c: char| {
                c.to_digit(10).map_or(mark.to_owned(), |digit| char::from_u32(zero as u32 + digit).unwrap().to_string())
            };
            hours.chars().map(digit).collect()
        }))
    };
    for (zero, mark) in
        [('\u{660}', "\u{66b}"), ('\u{6f0}', "."), ('\u{966}', "."), ('\u{9e6}', "."), ('\u{ff10}', "\u{ff0e}")]
    {
        assert_eq!(count(&same_as_plain(other(zero, mark)), IssueKind::UnusualNumber), 24, "{zero}");
    }
    let with_plus = csv(&with("External_collaboration_hours", |hours, _| format!(" +{hours} ")));
    assert_eq!(count(&same_as_plain(with_plus), IssueKind::UnusualNumber), 24);
    let with_exponent =
        csv(&with("External_collaboration_hours", |hours, _| format!("{:e}", hours.parse::<f64>().unwrap())));
    assert_eq!(count(&same_as_plain(with_exponent), IssueKind::UnusualNumber), 0);
}

#[test]
fn binary_dust_moves_nobody_over_a_line() {
    let dust =
        csv(&with_hours(|hours| if hours == "0.25" { "0.24999999999999997".to_owned() } else { hours.to_owned() }));
    same_as_plain(dust);
}

/// An export of 5 MB in which only the lines around `place` of 1 may hold other hours than whole ones.
fn long(place: f64, hours: impl Fn(usize) -> Option<&'static str>) -> String {
    const ROWS: usize = 90_000;
    let mut text = HEADER.join(";") + "\n";
    let middle = (ROWS as f64 * place) as usize;
    for row in 0..ROWS {
        let (person, week) = (row / WEEKS.len(), WEEKS[row % WEEKS.len()]);
        let external = row.checked_sub(middle).and_then(&hours).unwrap_or("2");
        text += &format!("p{person:05};{week};20;{external};1;3;Legal;p00000;TRUE\n");
    }
    text
}

/// A place between the pieces of a long file that are looked at before it is read.
const BETWEEN_PIECES: f64 = 0.4;

#[test]
fn the_decimal_mark_is_decided_by_the_whole_file_and_not_by_its_start() {
    let cell = |text: &'static str| move |row: usize| (row == 0).then_some(text);
    let file = |text: &'static str| long(BETWEEN_PIECES, cell(text));
    assert!(file("2").len() > 4_000_000);
    for (comma, point) in [("7,5", "7.5"), ("12,25", "12.25"), ("1,5E1", "15")] {
        same(file(comma), file(point));
    }
    // Three numbers with a comma against two with a point, all of them between the pieces.
    let mixed = |cells: [&'static str; 5]| long(BETWEEN_PIECES, move |row| cells.get(row).copied());
    let (_, report) = open(mixed(["1,5", "2,5", "2.5", "3.5", "4,5"]));
    assert_eq!((report.sources[0].decimal, excluded(&report)), (b',', 2));
    let decimal = report.sources[0].evidence.iter().find(|(decision, _)| *decision == "decimal").unwrap();
    assert_eq!(decimal.1.plain(), "3 numbers have a decimal comma; of the whole file 2 have a decimal point.");
    let (_, report) = open(mixed(["1.5", "2,5", "2.5", "3.5", "4,5"]));
    assert_eq!((report.sources[0].decimal, excluded(&report)), (b'.', 2));
    // A start of points, and more commas behind it.
    let turned = |mark: &str| {
        let first = format!(";20{mark}5;2;");
        long(0.5, |_| None).replacen(";20;2;", ";20.5;2;", 4).replace(";20;2;", &first)
    };
    let (dataset, report) = open(turned(","));
    assert_eq!((report.sources[0].decimal, excluded(&report)), (b',', 4));
    assert_eq!(dataset.rows(), 90_000);
}

#[test]
fn a_mark_that_stays_open_in_the_whole_file_is_asked_about_and_one_deciding_number_answers() {
    let cells =
        |first: &'static str, second: &'static str| long(BETWEEN_PIECES, move |row| [first, second].get(row).copied());
    assert_eq!(asked(cells("1,234", "2")), ["--decimal .", "--decimal ,"]);
    assert_eq!(asked(cells("1.234", "2")), ["--decimal .", "--decimal ,"]);
    same(cells("1,234", "2,5"), cells("1.234", "2.5"));
    // In the sampled rows every number is open, and one between them is not.
    let start = |mark: char, text: String| text.replacen(";20;2;", &format!(";20;1{mark}234;"), 4);
    assert_eq!(asked(start('.', cells("2", "2"))), ["--decimal .", "--decimal ,"]);
    same(start(',', cells("7,5", "2")), start('.', cells("7.5", "2")));
}
