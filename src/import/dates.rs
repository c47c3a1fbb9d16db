//! Dates: one cell, the order of its parts for a whole file, and how long the periods are.

use std::collections::BTreeSet;

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

use super::options::DateOrder;
use super::problem::{Example, ImportError, Question, Refusal};
use crate::dataset::Grain;
use crate::text::Sentence;

/// Dates before this are set aside: neither product existed.
const FIRST_YEAR: i32 = 2010;

/// A date as it is written, before anybody knows which part is the month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum DateText {
    /// Year, month, day.
    YearFirst(u16, u8, u8),
    /// Two parts in an order to be found, and the year.
    YearLast(u8, u8, u16),
    /// A bare number of days, from when is to be found.
    Days(u32),
}

impl DateText {
    /// Reads `2024-03-31`, `2024/3/31`, `20240331`, `3/31/2024`, `31.3.2024` and `31-3-2024`.
    pub(super) fn read(date: &[u8]) -> Option<Self> {
        let number = |part: &[u8]| -> Option<u16> {
            let fits = (1..=4).contains(&part.len());
            fits.then(|| part.iter().try_fold(0_u16, |n, b| b.is_ascii_digit().then(|| n * 10 + u16::from(b - b'0'))))?
        };
        let small = |part: &[u8]| if part.len() <= 2 { number(part).map(|n| n as u8) } else { None };
        if date.len() == 8 && date.iter().all(u8::is_ascii_digit) {
            return Some(Self::YearFirst(number(date.get(..4)?)?, small(date.get(4..6)?)?, small(date.get(6..)?)?));
        }
        let mark = *date.iter().find(|byte| !byte.is_ascii_digit())?;
        if !matches!(mark, b'-' | b'/' | b'.') {
            return None;
        }
        let mut parts = date.split(|byte| *byte == mark);
        let (a, b, c) = (parts.next()?, parts.next()?, parts.next()?);
        if parts.next().is_some() {
            return None;
        }
        match (a.len(), c.len()) {
            (4, 1..=2) => Some(Self::YearFirst(number(a)?, small(b)?, small(c)?)),
            (1..=2, 4) => Some(Self::YearLast(small(a)?, small(b)?, number(c)?)),
            _ => None,
        }
    }

    /// The day, when there is one.
    pub(super) fn day(self, order: DateOrder) -> Option<NaiveDate> {
        let (year, month, day) = match (self, order) {
            (Self::YearFirst(year, month, day), _) => (year, month, day),
            (Self::YearLast(month, day, year), DateOrder::Mdy) | (Self::YearLast(day, month, year), DateOrder::Dmy) => {
                (year, month, day)
            }
            (Self::Days(days), order) => return first_day(order)?.checked_add_days(Days::new(u64::from(days))),
            (Self::YearLast(..), _) => return None,
        };
        NaiveDate::from_ymd_opt(i32::from(year), u32::from(month), u32::from(day))
    }

    /// Its parts as they follow each other in the file.
    fn as_written(self) -> String {
        match self {
            Self::YearFirst(a, b, c) => format!("{a}-{b}-{c}"),
            Self::YearLast(a, b, c) => format!("{a}/{b}/{c}"),
            Self::Days(days) => days.to_string(),
        }
    }

    /// The year, where it is written.
    fn year(self) -> Option<i32> {
        match self {
            Self::YearFirst(year, ..) | Self::YearLast(_, _, year) => Some(i32::from(year)),
            Self::Days(_) => None,
        }
    }
}

/// The day 0 of numbers of days. Spreadsheets count a 29 February 1900 that never was, so theirs is a day early.
fn first_day(order: DateOrder) -> Option<NaiveDate> {
    match order {
        DateOrder::Ymd | DateOrder::Mdy | DateOrder::Dmy => None,
        DateOrder::Excel1900 => NaiveDate::from_ymd_opt(1899, 12, 30),
        DateOrder::Excel1904 => NaiveDate::from_ymd_opt(1904, 1, 1),
        DateOrder::Days1970 => NaiveDate::from_ymd_opt(1970, 1, 1),
    }
}

/// Which days are set aside before anything is decided.
#[derive(Clone, Copy, Debug)]
pub(super) struct Plausible {
    /// The last day that is kept.
    last: Option<NaiveDate>,
}

impl Plausible {
    /// Days from 2010 to a year after `today`.
    pub(super) fn new(today: Option<NaiveDate>) -> Self {
        Self { last: today.and_then(|today| today.checked_add_months(Months::new(12))) }
    }

    /// Whether a day is kept.
    pub(super) fn keeps(self, day: NaiveDate) -> bool {
        day.year() >= FIRST_YEAR && self.last.is_none_or(|last| day <= last)
    }

    /// Whether a text may be a kept day, whatever the order of its parts.
    fn may_keep(self, text: DateText) -> bool {
        text.year().is_none_or(|year| year >= FIRST_YEAR && self.last.is_none_or(|last| year <= last.year()))
    }
}

/// The order of the parts, decided from every date of a file (text and the first line that has it), and why.
pub(super) fn decide_order(
    dates: &[(DateText, u64)],
    plausible: Plausible,
    chosen: Option<DateOrder>,
) -> Result<(DateOrder, Sentence), ImportError> {
    let open: Vec<(u8, u8, u64, DateText)> = dates
        .iter()
        .filter(|(text, _)| plausible.may_keep(*text))
        .filter_map(|(text, line)| match text {
            DateText::YearLast(a, b, _) => Some((*a, *b, *line, *text)),
            DateText::YearFirst(..) | DateText::Days(_) => None,
        })
        .collect();
    if let Some(order) = chosen {
        return Ok((order, "It was chosen, not recognized.".into()));
    }
    let numbers = dates.iter().filter(|(text, _)| matches!(text, DateText::Days(_)));
    if let Some((number, line)) = numbers.min_by_key(|(_, line)| *line) {
        if dates.iter().all(|(text, _)| matches!(text, DateText::Days(_))) {
            return Err(which_days(dates, plausible, (*number, *line)));
        }
        if !open.is_empty() {
            return Err(half_converted(*line));
        }
    }
    if open.is_empty() {
        return Ok((DateOrder::Ymd, "Every date starts with its year.".into()));
    }
    // The first of each kind in the file, so that the answer names the same lines every time.
    let first =
        |test: &dyn Fn(u8, u8) -> bool| open.iter().filter(|(a, b, ..)| test(*a, *b)).min_by_key(|(.., line, _)| *line);
    let day_first = first(&|a, b| (13..=31).contains(&a) && b <= 12);
    let month_first = first(&|a, b| (13..=31).contains(&b) && a <= 12);
    match (day_first, month_first) {
        (Some((a, b, line, _)), None) => {
            return Ok((DateOrder::Dmy, format!("Line {line} has {a} before {b}, and no month is {a}.").into()));
        }
        (None, Some((a, b, line, _))) => {
            return Ok((DateOrder::Mdy, format!("Line {line} has {b} after {a}, and no month is {b}.").into()));
        }
        (Some((a, b, line, _)), Some((c, d, other, _))) => {
            let refusal = Refusal::new(
                "The dates mix day-first and month-first.",
                format!("Line {line} starts with {a} and {b}, line {other} with {c} and {d}."),
                "Export the parts again with one date format.",
            );
            return Err(refusal.at_line(*line.min(other)).into());
        }
        (None, None) => {}
    }
    let days = |order: DateOrder| -> BTreeSet<NaiveDate> {
        let days = dates.iter().filter_map(|(text, _)| text.day(order));
        days.filter(|day| plausible.keeps(*day)).collect()
    };
    // Date by date: 1/2 and 2/1 are the same two days either way, but not in the same rows.
    if dates.iter().all(|(text, _)| text.day(DateOrder::Mdy) == text.day(DateOrder::Dmy)) {
        return Ok((DateOrder::Mdy, "Both orders give the same days.".into()));
    }
    let (mdy, dmy) = (days(DateOrder::Mdy), days(DateOrder::Dmy));
    let (mdy_rhythm, dmy_rhythm) = (Rhythm::of(&mdy), Rhythm::of(&dmy));
    match mdy_rhythm.cmp(&dmy_rhythm) {
        std::cmp::Ordering::Greater => {
            Ok((DateOrder::Mdy, format!("Read month first, the dates are {}.", mdy_rhythm.in_words()).into()))
        }
        std::cmp::Ordering::Less => {
            Ok((DateOrder::Dmy, format!("Read day first, the dates are {}.", dmy_rhythm.in_words()).into()))
        }
        std::cmp::Ordering::Equal => {
            let span = |days: &BTreeSet<NaiveDate>| match (days.first(), days.last()) {
                (Some(first), Some(last)) => {
                    Sentence::from("the periods run from ").dates(&[*first]).words(" to ").dates(&[*last])
                }
                _ => "no period is left".into(),
            };
            let mut first = open.clone();
            first.sort_unstable_by_key(|(.., line, _)| *line);
            let examples = first.iter().filter_map(|(.., text)| {
                let days = [text.day(DateOrder::Mdy)?, text.day(DateOrder::Dmy)?];
                let readings = days.map(|day| Sentence::default().dates(&[day]));
                (days[0] != days[1]).then(|| Example { text: text.as_written(), readings: readings.to_vec() })
            });
            let question = Question::new(
                "The dates can be read month first or day first.",
                "No day above 12 and no rhythm of weeks or months decides it.",
                [("--date-order mdy", span(&mdy)), ("--date-order dmy", span(&dmy))],
            );
            Err(question.with_examples(examples).into())
        }
    }
}

/// Asks from when numbers of days count, naming the days that each answer makes of the first one.
fn which_days(dates: &[(DateText, u64)], plausible: Plausible, first: (DateText, u64)) -> ImportError {
    let (number, line) = first;
    let written = if let DateText::Days(days) = number { days } else { 0 };
    let what = format!("The dates are numbers of days, such as {written}.");
    let mostly_kept = |order: &DateOrder| {
        let kept = dates.iter().filter(|(text, _)| text.day(*order).is_some_and(|day| plausible.keeps(day)));
        kept.count() * 2 > dates.len()
    };
    let counts = [DateOrder::Excel1900, DateOrder::Excel1904, DateOrder::Days1970];
    let orders: Vec<DateOrder> = counts.into_iter().filter(mostly_kept).collect();
    if orders.is_empty() {
        let why = "Counted from 1900, 1904 or 1970 they are before 2010 or far ahead.";
        return Refusal::new(what, why, "Open the original export.").at_line(line).into();
    }
    let day_of = |text: DateText, order: DateOrder| {
        text.day(order).map_or_else(Sentence::default, |day| Sentence::default().dates(&[day]))
    };
    let mut first_lines = dates.to_vec();
    first_lines.sort_unstable_by_key(|(_, line)| *line);
    let examples = first_lines.into_iter().map(|(text, _)| Example {
        text: text.as_written(),
        readings: orders.iter().map(|order| day_of(text, *order)).collect(),
    });
    let options = orders.iter().filter_map(|order| {
        let means = Sentence::from(format!("{written} is ")).dates(&[number.day(*order)?]);
        Some((order.option(), means))
    });
    let why = "A program saved them without their date format, and does not say from when they count.";
    let question = Question::new(what, why, options).with_examples(examples);
    ImportError::from(question).at_line(line)
}

/// Refuses dates of which a spreadsheet understood some, because it took their days for months.
fn half_converted(line: u64) -> ImportError {
    let refusal = Refusal::new(
        "A spreadsheet has converted some of the dates.",
        format!("Line {line} has a number of days, other lines have dates; days and months may be swapped."),
        "Open the original export, not the one that was saved again.",
    );
    refusal.at_line(line).into()
}

/// How much a set of days looks like periods.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Rhythm {
    None,
    /// One weekday with weeks left out, or firsts of months with months left out.
    WithGaps,
    /// One day a week, or the first of every month.
    Steady,
}

impl Rhythm {
    fn of(days: &BTreeSet<NaiveDate>) -> Self {
        let days: Vec<NaiveDate> = days.iter().copied().collect();
        if days.len() < 2 {
            return Self::None;
        }
        let gaps = || days.windows(2).map(|pair| (pair[1] - pair[0]).num_days());
        let firsts = days.iter().all(|day| day.day() == 1);
        if gaps().all(|gap| gap == 7) || (firsts && gaps().all(|gap| gap <= 31)) {
            Self::Steady
        } else if firsts || gaps().all(|gap| gap % 7 == 0) {
            Self::WithGaps
        } else {
            Self::None
        }
    }

    fn in_words(self) -> &'static str {
        match self {
            Self::Steady => "one a week on one weekday, or the first of each month",
            Self::WithGaps => "all on one weekday, or all the first of a month",
            Self::None => "without a rhythm",
        }
    }
}

/// How long the periods are, decided from their distinct first days, ascending, and why. `None` where one
/// day alone decides nothing.
pub(super) fn decide_grain(days: &[NaiveDate]) -> Option<Result<(Grain, Sentence), Refusal>> {
    let gaps: Vec<i64> = days.windows(2).map(|pair| (pair[1] - pair[0]).num_days()).collect();
    let smallest = gaps.iter().min().copied()?;
    let is_first = |day: &NaiveDate| day.day() == 1;
    let later_are_firsts = days.len() > 2 && days.iter().skip(1).all(is_first);
    let one_a_month =
        days.windows(2).all(|pair| (pair[0].year(), pair[0].month()) != (pair[1].year(), pair[1].month()));
    if days.iter().all(is_first) {
        return Some(Ok((Grain::Month, "Every date is the first of a month.".into())));
    }
    if later_are_firsts && one_a_month {
        return Some(Ok((Grain::Month, "Every date but the first is the first of a month.".into())));
    }
    if gaps.iter().all(|gap| gap % 7 == 0) {
        let weekday = days.first().map_or("the same weekday", |day| crate::text::weekday(day.weekday()));
        return Some(Ok((Grain::Week, format!("Every date is a {weekday}.").into())));
    }
    if one_a_month && smallest >= 27 {
        return Some(Ok((Grain::Month, "There is one date in every month.".into())));
    }
    let weekdays: BTreeSet<u32> = days.iter().map(|day| day.weekday().num_days_from_sunday()).collect();
    if weekdays.len() == 2 && (days.len() >= 4 || smallest >= 6) {
        let refusal = Refusal::new(
            "The weeks start on two different weekdays.",
            "Weeks that start on different days overlap, so they cannot stand in one series.",
            "Export again with one first day of the week.",
        );
        return Some(Err(refusal));
    }
    // Days follow each other, over a weekend at most; where most do not, some date is wrong.
    let close = gaps.iter().filter(|gap| **gap <= 3).count();
    if close * 2 < gaps.len() {
        return Some(Err(without_rhythm(days)));
    }
    let apart = if smallest == 1 { "one day".to_owned() } else { format!("{smallest} days") };
    Some(Ok((Grain::Day, format!("The closest dates are {apart} apart.").into())))
}

/// Refuses dates that are no days, weeks or months, naming one that stands out.
fn without_rhythm(days: &[NaiveDate]) -> Refusal {
    let on = |weekday: Weekday| days.iter().filter(|day| day.weekday() == weekday).count();
    let usual = days.iter().map(Datelike::weekday).max_by_key(|weekday| on(*weekday)).unwrap_or(Weekday::Sun);
    let other = days.iter().find(|day| day.weekday() != usual).copied().unwrap_or_default();
    let why = Sentence::from(format!("Most are a {}, but ", crate::text::weekday(usual)))
        .dates(&[other])
        .words(format!(" is a {}.", crate::text::weekday(other.weekday())));
    let what_to_do = "Correct the dates that stand out, or give the length of a period with --grain.";
    Refusal::new("The dates follow no rhythm of days, weeks or months.", why, what_to_do)
}

/// The grain of a single day, and why.
pub(super) fn grain_of_one_day(day: NaiveDate) -> (Grain, Sentence) {
    let starts_a_week = matches!(day.weekday(), Weekday::Sun | Weekday::Mon);
    if day.day() == 1 && !starts_a_week {
        (Grain::Month, "The only date is the first of a month and starts no usual week.".into())
    } else {
        (Grain::Week, format!("The only date is a {}; taken as a week.", crate::text::weekday(day.weekday())).into())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn order(texts: &[&str]) -> Result<(DateOrder, Sentence), ImportError> {
        let dates: Vec<(DateText, u64)> =
            texts.iter().zip(2..).map(|(text, line)| (DateText::read(text.as_bytes()).unwrap(), line)).collect();
        decide_order(&dates, Plausible::new(None), None)
    }

    fn days(texts: &[&str]) -> Vec<NaiveDate> {
        texts.iter().map(|text| text.parse().unwrap()).collect()
    }

    #[test]
    fn one_date_is_read_in_every_shape() {
        let day: NaiveDate = "2024-03-31".parse().unwrap();
        for text in ["2024-03-31", "2024/3/31", "20240331"] {
            assert_eq!(DateText::read(text.as_bytes()).unwrap().day(DateOrder::Ymd), Some(day), "{text}");
        }
        for text in ["31/3/2024", "31.03.2024", "31-3-2024"] {
            assert_eq!(DateText::read(text.as_bytes()).unwrap().day(DateOrder::Dmy), Some(day), "{text}");
        }
        assert_eq!(DateText::read(b"3/31/2024").unwrap().day(DateOrder::Mdy), Some(day));
        for text in ["3/31/24", "45000", "March 31", "2024-03", "1/2/3/4", "", "2024-3-3-"] {
            assert_eq!(DateText::read(text.as_bytes()), None, "{text}");
        }
        assert_eq!(DateText::read(b"2023-02-29").unwrap().day(DateOrder::Ymd), None);
    }

    #[test]
    fn a_part_above_twelve_decides_the_order() {
        assert_eq!(order(&["1/5/2020", "12/15/2019"]).unwrap().0, DateOrder::Mdy);
        assert_eq!(order(&["05/12/2022", "20/04/2015"]).unwrap().0, DateOrder::Dmy);
        let Err(ImportError::Refused(mixed)) = order(&["15/1/2020", "1/15/2020"]) else { panic!("not refused") };
        assert!(mixed.why.plain().contains("Line 2") && mixed.why.plain().contains("line 3"), "{}", mixed.why.plain());
    }

    #[test]
    fn the_rhythm_decides_where_no_part_does() {
        // Month first: 4 to 9 January, six days. Day first: the firsts of April to September.
        let monthly = ["01/04/2023", "01/05/2023", "01/06/2023", "01/07/2023", "01/08/2023", "01/09/2023"];
        assert_eq!(order(&monthly).unwrap().0, DateOrder::Dmy);
        // Month first: Sundays 5 and 12 April 2020. Day first: 4 May and 4 December.
        assert_eq!(order(&["4/5/2020", "4/12/2020"]).unwrap().0, DateOrder::Mdy);
        // Month first: Mondays 1 and 8 January 2024. Day first: 1 January and 1 August, with a gap.
        assert_eq!(order(&["1/1/2024", "1/8/2024"]).unwrap().0, DateOrder::Mdy);
        assert_eq!(order(&["3/3/2024"]).unwrap().0, DateOrder::Mdy);
        assert_eq!(order(&["2024-03-31"]).unwrap().0, DateOrder::Ymd);
    }

    #[test]
    fn a_tie_is_a_question() {
        let Err(ImportError::Question(question)) = order(&["1/4/2024"]) else { panic!("no question") };
        assert_eq!(question.options[0].0, "--date-order mdy");
        assert!(question.options[1].1.plain().contains("1 Apr 2024"));
    }

    #[test]
    fn the_grain_is_the_rhythm_of_the_dates() {
        let grain = |texts: &[&str]| decide_grain(&days(texts)).unwrap().unwrap().0;
        assert_eq!(grain(&["2024-03-31", "2024-04-07", "2024-04-21"]), Grain::Week);
        assert_eq!(grain(&["2024-04-01", "2024-05-01"]), Grain::Month);
        assert_eq!(grain(&["2024-02-01", "2024-03-01"]), Grain::Month);
        assert_eq!(grain(&["2024-03-17", "2024-04-01", "2024-05-01"]), Grain::Month);
        assert_eq!(grain(&["2024-04-01", "2024-04-02", "2024-04-03", "2024-04-08"]), Grain::Day);
        assert_eq!(decide_grain(&days(&["2024-03-31"])), None);
        assert_eq!(grain_of_one_day("2024-05-01".parse().unwrap()).0, Grain::Month);
        assert_eq!(grain_of_one_day("2024-03-31".parse().unwrap()).0, Grain::Week);
        // Days with weekends and a holiday between them.
        assert_eq!(grain(&["2024-04-04", "2024-04-05", "2024-04-08", "2024-04-12"]), Grain::Day);
        // Three Sundays, a Tuesday and a Thursday.
        let odd = ["2024-03-31", "2024-04-07", "2024-04-09", "2024-04-18", "2024-04-28"];
        let refusal = decide_grain(&days(&odd)).unwrap().unwrap_err();
        assert!(refusal.why.plain().contains("9 Apr 2024 is a Tuesday"), "{}", refusal.why.plain());
        // Sundays and Mondays.
        assert!(decide_grain(&days(&["2024-03-31", "2024-04-07", "2024-04-15", "2024-04-22"])).unwrap().is_err());
    }

    #[test]
    fn numbers_of_days_are_asked_about_with_the_days_that_each_answer_gives() {
        let today = Plausible::new("2024-12-01".parse().ok());
        let asked = |days: &[u32]| {
            let dates: Vec<(DateText, u64)> = days.iter().map(|days| DateText::Days(*days)).zip(2..).collect();
            match decide_order(&dates, today, None) {
                Err(ImportError::Question(question)) => {
                    question.options.into_iter().map(|(option, means)| format!("{option}: {}", means.plain())).collect()
                }
                Err(ImportError::Refused(refusal)) => vec![refusal.why.plain()],
                other => panic!("{other:?}"),
            }
        };
        // 45382 from 1904 is in 2028, from 1970 in 2094: not plausible.
        assert_eq!(asked(&[45_382, 45_389]), ["--date-order excel: 45382 is 31 Mar 2024"]);
        // Four years and a day later where 1904 counts: both are possible.
        assert_eq!(asked(&[43_920]).len(), 2);
        assert_eq!(asked(&[19_813]), ["--date-order days-1970: 19813 is 31 Mar 2024"]);
        assert!(asked(&[99_999])[0].contains("far ahead"));
        let mixed = [(DateText::Days(45_382), 7), (DateText::YearLast(31, 3, 2024), 2)];
        assert!(
            matches!(decide_order(&mixed, today, None), Err(ImportError::Refused(refusal)) if refusal.place.line == 7)
        );
    }
}
