//! Dates, periods, and files that are stacked.

use chrono::{Datelike as _, NaiveDate};
use customer_focus::dataset::Grain;
use customer_focus::import::DateOrder;

use super::*;

fn dated(shape: impl Fn(NaiveDate) -> String) -> Vec<Row> {
    with("MetricDate", |day, _| shape(day.parse().unwrap()))
}

fn serial(day: NaiveDate, from: (i32, u32, u32)) -> i64 {
    (day - NaiveDate::from_ymd_opt(from.0, from.1, from.2).unwrap()).num_days()
}

#[test]
fn dates_in_every_shape_give_the_same_weeks() {
    for format in [
        "%Y-%m-%d",
        "%Y/%m/%d",
        "%Y.%m.%d",
        "%Y%m%d",
        "%m/%d/%Y",
        "%-m/%-d/%Y",
        "%d/%m/%Y",
        "%d.%m.%Y",
        "%d-%m-%Y",
        "%-d. %-m. %Y",
        "%d.%m.%Y.",
        "%Y-%m-%dT00:00:00",
        "%Y-%m-%dT00:00:00Z",
        "%Y-%m-%dT00:00:00+02:00",
        "%-m/%-d/%Y 12:00:00 AM",
        "%Y-%m-%d 00:00:00.0000000",
        "%Y-%m-%d 00:00:00 UTC",
        "%d-%b-%Y",
        "%d %B %Y",
        "\u{200e}%Y-%m-%d",
        "%Y\u{2011}%m\u{2011}%d",
        "%Y\u{5e74}%m\u{6708}%d\u{65e5}",
    ] {
        let report = same_as_plain(csv(&dated(|day| day.format(format).to_string())));
        assert_eq!(count(&report, IssueKind::TimeOfDay), 0, "{format}");
    }
    for format in ["%b %-d, %Y", "%A, %B %d, %Y"] {
        same_as_plain(joined(&dated(|day| day.format(format).to_string()), ";", "\n"));
    }
    let arabic = |day: NaiveDate| {
        let text = day.format("%d/%m/%Y").to_string();
        text.chars().map(|c| c.to_digit(10).map_or(c, |digit| char::from_u32(0x660 + digit).unwrap())).collect()
    };
    same_as_plain(csv(&dated(arabic)));
}

#[test]
fn a_time_of_day_is_left_out_and_said() {
    let (dataset, report) = open(csv(&dated(|day| format!("{}T22:00:00Z", day.pred_opt().unwrap()))));
    assert_eq!(
        (dataset.calendar().periods[0], count(&report, IssueKind::TimeOfDay)),
        ("2024-03-02".parse().unwrap(), 4)
    );
}

#[test]
fn mixed_orders_are_refused_with_two_lines() {
    let mixed = with("MetricDate", |day, row| {
        let day: NaiveDate = day.parse().unwrap();
        day.format(if row % 2 == 0 { "%d/%m/%Y" } else { "%m/%d/%Y" }).to_string()
    });
    refused(csv(&mixed), "The dates mix day-first and month-first.");
}

#[test]
fn numbers_of_days_are_asked_about_and_read_as_answered() {
    for (from, order) in [((1899, 12, 30), "excel"), ((1904, 1, 1), "excel-1904"), ((1970, 1, 1), "days-1970")] {
        let text = csv(&dated(|day| serial(day, from).to_string()));
        let option = format!("--date-order {order}");
        assert!(asked(text.clone()).contains(&option), "{order}");
        let chosen = ImportOptions { date_order: DateOrder::from_name(order), ..options() };
        let (dataset, _) = open_with(&[bytes("export.csv", text)], &chosen).unwrap();
        assert_eq!(numbers(&dataset), numbers(&open(plain()).0));
    }
    let halves = dated(|day| {
        if day.day() <= 12 { serial(day, (1899, 12, 30)).to_string() } else { day.format("%d/%m/%Y").to_string() }
    });
    assert_eq!(refused(csv(&halves), "converted some of the dates").place.line, 2);
    // Among dates that start with their year a number is one odd cell.
    let one = with("MetricDate", |day, row| if row == 3 { "45354".to_owned() } else { day.to_owned() });
    assert_eq!(open(csv(&one)).1.sources[0].rows_excluded[&RowReason::UnreadableDate], 1);
}

#[test]
fn days_that_do_not_exist_are_rows_set_aside() {
    for (day, reason) in [
        ("2024-02-30", RowReason::UnreadableDate),
        ("2023-02-29", RowReason::UnreadableDate),
        ("24-03-03", RowReason::UnreadableDate),
        ("3/3/24", RowReason::UnreadableDate),
        ("#########", RowReason::UnreadableDate),
        ("", RowReason::UnreadableDate),
        ("2024-13-01", RowReason::UnreadableDate),
        ("20240332", RowReason::UnreadableDate),
        ("0000-01-01", RowReason::DateOutOfRange),
        ("9999-12-31", RowReason::DateOutOfRange),
        ("1999-01-03", RowReason::DateOutOfRange),
        ("2031-01-05", RowReason::DateOutOfRange),
    ] {
        let (dataset, report) =
            open(csv(&with("MetricDate", |old, row| if row == 5 { day.to_owned() } else { old.to_owned() })));
        assert_eq!((dataset.rows(), lines_of(&report, IssueKind::Row(reason))), (23, vec![7]), "{day}");
    }
    refused(csv(&with("MetricDate", |_, _| "3/3/24".to_owned())), "cannot be read");
}

#[test]
fn equal_rows_count_once_and_differing_ones_are_asked_about() {
    let twice = [rows(), rows()[..6].to_vec()].concat();
    assert_eq!(same_as_plain(csv(&twice)).sources[0].rows_excluded[&RowReason::Duplicate], 6);
    let mut differing = rows();
    differing.push(differing[0].clone());
    differing[24][3] = "9".to_owned();
    assert_eq!(asked(csv(&differing)), ["--on-conflict newer", "--on-conflict first"]);
}

/// Two files: the first two weeks of the plain export, and the last two with what is changed in them.
fn two_files(change: impl Fn(&mut Row), header: impl Fn(String) -> String) -> [Source; 2] {
    let (first, mut second): (Vec<Row>, Vec<Row>) = rows().into_iter().partition(|row| row[1].as_str() < "2024-03-17");
    second.iter_mut().for_each(change);
    [bytes("a.csv", csv(&first)), bytes("b.csv", header(csv(&second)))]
}

#[test]
fn files_of_different_periods_are_stacked() {
    let (dataset, report) = open_with(&two_files(|_| {}, |text| text), &options()).unwrap();
    assert_eq!((numbers(&dataset), report.sources.len()), (numbers(&open(plain()).0), 2));
    assert_eq!(count(&report, IssueKind::OtherPeople) + count(&report, IssueKind::LostZeros), 0);
}

#[test]
fn files_that_do_not_fit_are_not_stacked_and_the_reason_is_said() {
    let day_later = |row: &mut Row| row[1] = row[1].parse::<NaiveDate>().unwrap().succ_opt().unwrap().to_string();
    let refusal = refusal_of(&two_files(day_later, |text| text), &options());
    assert!(refusal.what.plain().contains("do not all start on a Sunday"), "{refusal:?}");
    let old = |text: String| {
        text.replace("MetricDate", "Date")
            .replace("External_collaboration_hours", "Collaboration_hours_external")
            .replace("Network_", "Networking_")
    };
    let refusal = refusal_of(&two_files(|_| {}, old), &options());
    assert!(refusal.what.plain().contains("two products"), "{refusal:?}");
    let monthly: Vec<Row> = ["2023-11-01", "2023-12-01", "2024-01-01"]
        .iter()
        .map(|day| {
            let mut row = rows()[0].clone();
            row[1] = (*day).to_owned();
            row
        })
        .collect();
    let refusal = refusal_of(&[bytes("a.csv", plain()), bytes("b.csv", csv(&monthly))], &options());
    assert!(refusal.what.plain().contains("by week, another by month"), "{refusal:?}");
    // A week each, of which one starts on a Sunday and one on a Monday.
    let week = |day: &str| {
        csv(&rows()[..6]
            .iter()
            .map(|row| {
                let mut row = row.clone();
                row[1] = day.to_owned();
                row
            })
            .collect::<Vec<_>>())
    };
    let refusal = refusal_of(&[bytes("a.csv", week("2024-03-03")), bytes("b.csv", week("2024-03-11"))], &options());
    assert!(refusal.what.plain().contains("two different weekdays"), "{refusal:?}");
}

#[test]
fn files_whose_people_are_others_are_warned_of() {
    let (_, report) = open_with(&two_files(|row| row[0].insert(0, 'q'), |text| text), &options()).unwrap();
    assert_eq!(count(&report, IssueKind::OtherPeople), 2);
    let numbered = |row: &mut Row| row[0] = row[0][1..].to_owned();
    let [first, _] = two_files(|_| {}, |text| text);
    let Source::Bytes { bytes: first, .. } = first else { panic!("no bytes") };
    let padded = String::from_utf8(first.to_vec()).unwrap().replace("\np", "\n000");
    let [_, second] = two_files(numbered, |text| text);
    let (_, report) = open_with(&[bytes("a.csv", padded), second], &options()).unwrap();
    assert_eq!(count(&report, IssueKind::LostZeros), 2);
}

#[test]
fn the_order_of_dates_is_decided_by_every_date_and_not_by_those_at_the_start() {
    // 5 MB of three days that fit both orders; one line between the places that are looked at before reading has 13.
    let file = |deciding: &str| {
        let mut text = HEADER.join(",") + "\n";
        for row in 0..90_000 {
            let day = if row == 36_000 { deciding } else { ["01/02/2024", "03/04/2024", "05/07/2024"][row % 3] };
            text += &format!("p{:05},{day},20,2,1,3,Legal,p00000,TRUE\n", row / 3);
        }
        text
    };
    let order = |deciding: &str| {
        let options = ImportOptions { grain: Some(Grain::Day), ..options() };
        open_with(&[bytes("export.csv", file(deciding))], &options).map(|(_, report)| report.sources[0].date_order)
    };
    assert_eq!(order("13/02/2024"), Ok(DateOrder::Dmy));
    assert_eq!(order("02/13/2024"), Ok(DateOrder::Mdy));
    assert!(matches!(order("01/02/2024"), Err(ImportError::Question(_))));
}
