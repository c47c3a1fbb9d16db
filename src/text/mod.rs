//! Numbers, dates, names and lists in words. The one place that knows how the reader's system writes them.

mod days;
mod locale;
mod sentence;
mod typed_table;

pub use days::typed_day;
pub use locale::Locale;
pub use sentence::Sentence;
pub use typed_table::{TypedRow, TypedTable, typed_list};

use chrono::{Datelike as _, NaiveDate, Weekday};

use crate::stats::Share;

/// With fewer people than this a share of exactly 0 or 1 would say something about each of them.
const ALL_SAME_LIMIT: usize = 20;

/// From this many people on a percentage has one decimal.
const ONE_DECIMAL_FROM: usize = 1000;

/// A share of `people` as a percentage: whole, or with one decimal from a thousand people on.
/// With few people 0 and 100 % are not told apart from close to it.
#[must_use]
pub fn percent(share: Share, people: usize, locale: &Locale) -> String {
    let space = locale.space();
    if is_not_told_apart(share, people) {
        return if share.get() <= 0.0 { format!("under 10{space}%") } else { format!("over 90{space}%") };
    }
    format!("{}{space}%", percent_number(share.get(), people, locale))
}

/// Whether a share is that of nobody or everyone of a few people, and so not told apart from close to it.
#[must_use]
pub fn is_not_told_apart(share: Share, people: usize) -> bool {
    people < ALL_SAME_LIMIT && (share.get() <= 0.0 || share.get() >= 1.0)
}

/// The number of a percentage without its sign: "31", or "31.4" from a thousand people on.
#[must_use]
pub fn percent_number(share: f64, people: usize, locale: &Locale) -> String {
    decimals(share * 100.0, usize::from(people >= ONE_DECIMAL_FROM), locale)
}

/// A share as a fraction that people can picture: "about 1 in 3", "about 3 in 5", "nearly everyone".
#[must_use]
pub fn about_one_in(share: Share) -> String {
    let share = share.get();
    if share < 0.02 {
        return "hardly anyone".to_owned();
    }
    if share > 0.97 {
        return "nearly everyone".to_owned();
    }
    if share < 0.18 {
        return format!("about 1 in {:.0}", 1.0 / share);
    }
    const FRACTIONS: [(u32, u32); 10] =
        [(1, 5), (1, 4), (1, 3), (2, 5), (1, 2), (3, 5), (2, 3), (3, 4), (4, 5), (9, 10)];
    let distance = |(part, whole): (u32, u32)| (f64::from(part) / f64::from(whole) - share).abs();
    let nearest = FRACTIONS.into_iter().min_by(|a, b| distance(*a).total_cmp(&distance(*b)));
    nearest.map_or_else(String::new, |(part, whole)| format!("about {part} in {whole}"))
}

/// A difference of shares in points, with its sign: "+3 points", "−1 point".
#[must_use]
pub fn points(difference: f64, locale: &Locale) -> String {
    let number = decimals(difference.abs() * 100.0, 0, locale);
    let sign = if difference < 0.0 { "\u{2212}" } else { "+" };
    let sign = if number == "0" { "" } else { sign };
    format!("{sign}{number} {}", if number == "1" { "point" } else { "points" })
}

/// A number with a fixed count of decimals, in the reader's marks; minus is U+2212.
#[must_use]
pub fn decimals(value: f64, places: usize, locale: &Locale) -> String {
    let plain = format!("{:.places$}", value.abs());
    let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
    let mut text = String::new();
    if value < 0.0 && plain.bytes().any(|b| (b'1'..=b'9').contains(&b)) {
        text.push('\u{2212}');
    }
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            text.push_str(locale.group());
        }
        text.push(digit);
    }
    if !fraction.is_empty() {
        text.push(locale.decimal());
        text.push_str(fraction);
    }
    text
}

/// Hours to one decimal: "4.1".
#[must_use]
pub fn hours(hours: f64, locale: &Locale) -> String {
    decimals(hours, 1, locale)
}

/// A count with its digits grouped: "12,430".
#[must_use]
pub fn count(number: usize, locale: &Locale) -> String {
    decimals(number as f64, 0, locale)
}

/// A count as it stands in a sentence: in words up to nine, in digits from there on.
#[must_use]
pub fn count_in_words(number: usize, locale: &Locale) -> String {
    const WORDS: [&str; 10] = ["none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
    WORDS.get(number).map_or_else(|| count(number, locale), |word| (*word).to_owned())
}

/// A count and its noun: "1 week", "26 weeks".
#[must_use]
pub fn counted(number: usize, one: &str, many: &str, locale: &Locale) -> String {
    format!("{} {}", count(number, locale), if number == 1 { one } else { many })
}

/// A day: "Mar 31, 2024" or "31 Mar 2024".
#[must_use]
pub fn date(day: NaiveDate, locale: &Locale) -> String {
    let (month, number, year) = (month_name(day), day.day(), day.year());
    if locale.month_first() { format!("{month} {number}, {year}") } else { format!("{number} {month} {year}") }
}

/// A day without its year: "Mar 31" or "31 Mar".
#[must_use]
pub fn short_date(day: NaiveDate, locale: &Locale) -> String {
    let (month, number) = (month_name(day), day.day());
    if locale.month_first() { format!("{month} {number}") } else { format!("{number} {month}") }
}

fn month_name(day: NaiveDate) -> &'static str {
    const NAMES: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    NAMES[day.month0() as usize % NAMES.len()]
}

/// A weekday's name: "Sunday".
#[must_use]
pub const fn weekday(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "Monday",
        Weekday::Tue => "Tuesday",
        Weekday::Wed => "Wednesday",
        Weekday::Thu => "Thursday",
        Weekday::Fri => "Friday",
        Weekday::Sat => "Saturday",
        Weekday::Sun => "Sunday",
    }
}

/// "a", "a and b", "a, b, and c".
#[must_use]
pub fn list_and<S: AsRef<str>>(items: &[S]) -> String {
    match items {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [one, two] => format!("{} and {}", one.as_ref(), two.as_ref()),
        [first @ .., last] => {
            let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
            format!("{}, and {}", first.join(", "), last.as_ref())
        }
    }
}

/// A name from a file as it can stand on a terminal: control characters become visible marks.
#[must_use]
pub fn on_one_line(name: &str) -> String {
    name.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
}

/// A cell of a CSV file that no spreadsheet takes for a formula: text that starts like one gets an
/// apostrophe in front; numbers stay numbers.
#[must_use]
pub fn formula_safe(cell: &str) -> std::borrow::Cow<'_, str> {
    const STARTS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'];
    if cell.starts_with(STARTS) && cell.parse::<f64>().is_err() { format!("'{cell}").into() } else { cell.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn us() -> Locale {
        Locale::of("en-US")
    }

    #[test]
    fn percentages_are_whole_until_a_thousand_people() {
        assert_eq!(percent(Share::new(0.314), 999, &Locale::neutral()), "31 %");
        assert_eq!(percent(Share::new(0.314), 1000, &Locale::neutral()), "31.4 %");
        assert_eq!(percent(Share::new(0.314), 1000, &Locale::of("de-DE")), "31,4\u{a0}%");
    }

    #[test]
    fn nobody_or_everyone_of_a_few_people_is_not_told() {
        assert_eq!(percent(Share::new(0.0), 19, &Locale::neutral()), "under 10 %");
        assert_eq!(percent(Share::new(1.0), 19, &Locale::neutral()), "over 90 %");
        assert_eq!(percent(Share::new(1.0), 20, &Locale::neutral()), "100 %");
    }

    #[test]
    fn shares_become_fractions_that_people_can_picture() {
        assert_eq!(about_one_in(Share::new(0.31)), "about 1 in 3");
        assert_eq!(about_one_in(Share::new(0.56)), "about 3 in 5");
        assert_eq!(about_one_in(Share::new(0.083)), "about 1 in 12");
        assert_eq!(about_one_in(Share::new(0.99)), "nearly everyone");
    }

    #[test]
    fn numbers_are_grouped_as_the_reader_writes_them() {
        assert_eq!(count(1_234_567, &us()), "1,234,567");
        assert_eq!(count(1234, &Locale::neutral()), "1234");
        assert_eq!(decimals(-0.04, 1, &us()), "0.0");
        assert_eq!(decimals(-1.25, 1, &us()), "\u{2212}1.2");
        assert_eq!(points(-0.032, &us()), "\u{2212}3 points");
        assert_eq!(points(0.004, &us()), "0 points");
    }

    #[test]
    fn counts_in_sentences_are_words_up_to_nine() {
        assert_eq!(count_in_words(4, &us()), "four");
        assert_eq!(count_in_words(9, &us()), "nine");
        assert_eq!(count_in_words(1200, &us()), "1,200");
    }

    #[test]
    fn dates_follow_the_reader() {
        let day = NaiveDate::from_ymd_opt(2024, 3, 31).unwrap();
        assert_eq!(date(day, &us()), "Mar 31, 2024");
        assert_eq!(date(day, &Locale::of("en-GB")), "31 Mar 2024");
    }

    #[test]
    fn formulas_become_text_and_numbers_stay() {
        assert_eq!(formula_safe("=cmd|' /C calc'!A0"), "'=cmd|' /C calc'!A0");
        assert_eq!(formula_safe("\u{ff1d}1+1"), "'\u{ff1d}1+1");
        assert_eq!(formula_safe("-0.5"), "-0.5");
        assert_eq!(formula_safe("Sales"), "Sales");
    }

    #[test]
    fn names_cannot_drive_a_terminal() {
        assert_eq!(on_one_line("\u{1b}[2J A\nB"), "\u{fffd}[2J A\u{fffd}B");
    }

    #[test]
    fn lists_end_with_and() {
        assert_eq!(list_and(&["a"]), "a");
        assert_eq!(list_and(&["a", "b"]), "a and b");
        assert_eq!(list_and(&["a", "b", "c"]), "a, b, and c");
    }
}
