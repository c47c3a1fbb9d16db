//! Delimiters, quotes and lines.

use super::*;

/// Every cell of the plain export and its header within quotes.
fn quoted(open: &str, between: &str, close: &str) -> String {
    plain().lines().map(|line| format!("{open}{}{close}\n", line.replace(',', between))).collect()
}

#[test]
fn every_usual_delimiter_gives_the_same() {
    for delimiter in [",", ";", "\t", "|", "^", "~", "\u{1}", "\u{1f}", ", ", " , ", ";;"] {
        same_as_plain(joined(&rows(), delimiter, "\n"));
    }
}

#[test]
fn a_sep_line_is_obeyed_removed_and_doubted_where_it_is_wrong() {
    let semicolons = joined(&rows(), ";", "\n");
    for first in ["sep=;\r\n", "\"sep=;\"\n", "SEP=;\n", "sep=;;;;;\n", "sep=; \n", "\u{feff}sep=;\n"] {
        let report = same_as_plain(format!("{first}{semicolons}"));
        assert_eq!(report.sources[0].issues_total, 0, "{first:?}");
    }
    same_as_plain(format!("sep=;\r{}", joined(&rows(), ";", "\r")));
    same_as_plain(format!("sep=;\n{}", plain()));
}

#[test]
fn every_line_end_is_read_and_mixed_ones_are_counted() {
    for end in ["\n", "\r\n", "\r", "\n\r", "\r\r\n"] {
        same_as_plain(joined(&rows(), ",", end));
    }
    let mixed: String =
        plain().lines().zip(["\n", "\r\n", "\r"].iter().cycle()).map(|(line, end)| format!("{line}{end}")).collect();
    assert_eq!(lines_of(&same_as_plain(mixed), IssueKind::MixedLineEnds), [2]);
    same_as_plain(plain().trim_end());
    same_as_plain(plain() + "\n\n");
    same_as_plain(plain() + "\u{1a}");
}

#[test]
fn blank_lines_between_rows_are_skipped_and_those_with_spaces_counted() {
    assert_eq!(count(&same_as_plain(with_lines(9, "\n\n")), IssueKind::BlankLine), 0);
    assert_eq!(lines_of(&same_as_plain(with_lines(9, "   \n\t\n")), IssueKind::BlankLine), [9, 10]);
    let report = same_as_plain(with_lines(9, ",,,,,,,,\n"));
    assert_eq!(report.sources[0].rows_excluded[&RowReason::BlankPerson], 1);
}

#[test]
fn cells_quoted_in_another_way_are_read_and_that_is_said() {
    same_as_plain(quoted("\"", "\",\"", "\""));
    for (open, between, close) in [("'", "','", "'"), ("\"", "\", \"", "\""), ("\"", "\" , \"", "\"")] {
        let report = same_as_plain(quoted(open, between, close));
        assert_eq!(lines_of(&report, IssueKind::OddQuoting), [1], "{between}");
    }
    let in_two = |sales: &str| plain().replace("Sales", sales);
    let comma = in_two("\"Sales, EMEA\"");
    same(in_two("'Sales, EMEA'"), comma.clone());
    same(comma.replace(",\"", ", \""), comma);
    same(in_two("\"Sales \\\"A\\\", x\""), in_two("\"Sales \"\"A\"\", x\""));
    let report = same(in_two("\"The \"Best\" Bank\""), in_two("\"The \"\"Best\"\" Bank\""));
    assert_eq!(count(&report, IssueKind::UndoubledQuote), 12);
}

#[test]
fn stray_quotes_and_quoted_line_ends_are_part_of_their_cells() {
    let (dataset, report) = open(plain().replace("Sales", "5\" pipe"));
    assert_eq!((count(&report, IssueKind::StrayQuote), dataset.attributes()[0].values[0].as_str()), (12, "5\" pipe"));
    same(plain().replace("Sales", "\"Key\nAccounts\""), plain().replace("Sales", "Key Accounts"));
}

#[test]
fn a_quote_that_takes_in_rows_is_refused_with_its_line() {
    let opened_at = |line: usize, cell: &str| {
        let mut lines: Vec<String> = plain().lines().map(str::to_owned).collect();
        lines[line - 1] = lines[line - 1].replace("Legal", "Sales").replace("Sales", cell);
        lines.join("\n")
    };
    for text in [
        opened_at(6, "\"Legal"),
        with_lines(6, "\""),
        opened_at(6, "\"Legal").replacen("p005,2024-03-10", "\"p005\",2024-03-10", 1),
    ] {
        assert_eq!(refused(text, "is not closed where its cell ends").place.line, 6);
    }
    // Closed by a quote that stands right before a delimiter, a row or many rows later.
    for closed in [7, 16] {
        let mut lines: Vec<String> = plain().lines().map(str::to_owned).collect();
        lines[5] = lines[5].replace(",Legal", ",\"Legal").replace(",Sales", ",\"Sales");
        lines[closed - 1] = lines[closed - 1].replace("Legal,", "Legal\",").replace("Sales,", "Sales\",");
        assert_eq!(refused(lines.join("\n"), "is not closed where its cell ends").place.line, 6);
    }
}

#[test]
fn rows_of_another_width_are_set_aside_with_their_line() {
    let row = "p9,2024-03-03,1,1,1,1,Sales,p000,TRUE";
    for (odd, reason) in [
        ("p9,2024-03-03,1".to_owned(), RowReason::TooFewCells),
        (format!("{row},x"), RowReason::TooManyCells),
        (row.replace(',', ";"), RowReason::TooFewCells),
        ("# page 2".to_owned(), RowReason::TooFewCells),
    ] {
        let report = same_as_plain(with_lines(5, &format!("{odd}\n")));
        assert_eq!(lines_of(&report, IssueKind::Row(reason)), [5], "{odd}");
    }
    let trailing: String = plain()
        .lines()
        .enumerate()
        .map(|(line, text)| format!("{text}{}\n", if line > 0 { ",," } else { "" }))
        .collect();
    assert_eq!(count(&same_as_plain(trailing), IssueKind::ExtraBlankCells), 24);
}

#[test]
fn lines_above_the_header_are_skipped_and_listed() {
    for (above, lines) in [
        ("Person query\nRun on 2024-05-05\n\n".to_owned(), 3),
        ("Person query,,,,\nFilters: Organization, Region\n".to_owned(), 2),
        ("note\n".repeat(40), 40),
        ("# exported\n# by x\n".to_owned(), 2),
        (",,Collaboration,Collaboration,Coaching,Network,Org,Org,\n".to_owned(), 1),
        ("Name;Value\nA;B\n".to_owned(), 2),
    ] {
        assert_eq!(count(&same_as_plain(format!("{above}{}", plain())), IssueKind::LinesAboveHeader), lines, "{above}");
    }
}

#[test]
fn lines_of_units_and_types_below_the_header_are_no_rows() {
    for (line, reason) in [
        (",,hours,hours,hours,count,,,\n", RowReason::BlankPerson),
        ("string,date,double,double,double,int,string,string,bool\n", RowReason::UnreadableDate),
    ] {
        assert_eq!(lines_of(&same_as_plain(with_lines(2, line)), IssueKind::Row(reason)), [2]);
    }
}

#[test]
fn lines_of_totals_are_no_people() {
    for word in [
        "Total",
        "Grand Total",
        "Gesamt",
        "Summe",
        "Total g\u{e9}n\u{e9}ral",
        "Sales Total",
        "Average",
        "\u{5408}\u{8a08}",
    ] {
        let report = same_as_plain(format!("{}{word},2024-03-24,99,9,9,9,Sales,p000,TRUE\n", plain()));
        assert_eq!(lines_of(&report, IssueKind::Row(RowReason::TotalRow)), [26], "{word}");
    }
    for line in ["Total: 24 rows\n", "\n(24 rows affected)\n"] {
        assert_eq!(same_as_plain(plain() + line).sources[0].rows_excluded[&RowReason::TooFewCells], 1);
    }
    assert_eq!(same_as_plain(plain() + ",,99,9,9,9,,,\n").sources[0].rows_excluded[&RowReason::BlankPerson], 1);
}

#[test]
fn of_two_tables_in_one_file_the_first_is_read() {
    let other = "\nRegion,Count\nEMEA,12\nAPAC,13\n";
    assert_eq!(lines_of(&same_as_plain(plain() + other), IssueKind::OtherTableBelow), [27]);
    let same_width =
        "\n\nA,B,C,D,E,F,G,H,I\nx1,2024-03-03,99,9,9,9,Other,p000,TRUE\nx2,2024-03-03,99,9,9,9,Other,p000,TRUE\n";
    let report = same_as_plain(plain() + same_width);
    assert_eq!(
        (lines_of(&report, IssueKind::OtherTableBelow), report.sources[0].rows_excluded[&RowReason::OtherTable]),
        (vec![28], 2)
    );
}

#[test]
fn a_header_that_comes_again_is_dropped() {
    let header = HEADER.join(",");
    for again in
        [header.clone(), format!("\"{}\"", header.replace(',', "\",\"")), header.replace("PersonId", "Person Id")]
    {
        let report = same_as_plain(with_lines(9, &format!("{again}\n")));
        assert_eq!(lines_of(&report, IssueKind::Row(RowReason::RepeatedHeader)), [9]);
    }
    same_as_plain(with_lines(9, &format!("\n{header}\n")));
}
