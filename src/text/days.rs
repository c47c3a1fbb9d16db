//! Days as people type them.

use chrono::{Datelike as _, Days, Months, NaiveDate};

use super::Locale;

/// A typed day: `2026-12-31`, the reader's own order (`12/31/2026`, `31.12.2026`), a month by its name
/// (`31 Dec 2026`, `Dec 31`), "today", or from today on `+2w`, `+10d`, `+3m`. Without a year, the next such day.
#[must_use]
pub fn typed_day(typed: &str, today: NaiveDate, locale: &Locale) -> Option<NaiveDate> {
    let typed = typed.trim().to_lowercase();
    match typed.as_str() {
        "" => return None,
        "today" => return Some(today),
        "tomorrow" => return today.succ_opt(),
        _ => {}
    }
    if let Some(later) = typed.strip_prefix('+') {
        return days_later(later, today);
    }
    let parts: Vec<&str> = typed
        .split(|c: char| c.is_whitespace() || matches!(c, '-' | '/' | '.' | ','))
        .filter(|p| !p.is_empty())
        .collect();
    let (year, month, day) = match parts.as_slice() {
        [first, month, day] if first.len() == 4 => (Some(*first), *month, *day),
        [first, second, year] => {
            let (month, day) = month_and_day(first, second, locale);
            (Some(*year), month, day)
        }
        [first, second] => {
            let (month, day) = month_and_day(first, second, locale);
            (None, month, day)
        }
        _ => return None,
    };
    let (month, day) = (month_number(month)?, day.parse().ok()?);
    match year {
        Some(year) if year.len() == 4 => NaiveDate::from_ymd_opt(year.parse().ok()?, month, day),
        Some(_) => None,
        None => {
            let this_year = NaiveDate::from_ymd_opt(today.year(), month, day).filter(|day| *day >= today);
            this_year.or_else(|| NaiveDate::from_ymd_opt(today.year() + 1, month, day))
        }
    }
}

/// Which of two parts is the month: the one with a name, else by the reader's order.
fn month_and_day<'a>(first: &'a str, second: &'a str, locale: &Locale) -> (&'a str, &'a str) {
    let is_name = |part: &str| part.starts_with(char::is_alphabetic);
    let month_is_first = match (is_name(first), is_name(second)) {
        (true, _) => true,
        (_, true) => false,
        _ => locale.month_first(),
    };
    if month_is_first { (first, second) } else { (second, first) }
}

fn month_number(part: &str) -> Option<u32> {
    const NAMES: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let by_name = NAMES.iter().position(|name| part.starts_with(name)).map(|place| place as u32 + 1);
    by_name.or_else(|| part.parse().ok())
}

fn days_later(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    let unit = text.chars().last()?;
    let number: u32 = text.strip_suffix(unit)?.trim().parse().ok()?;
    match unit {
        'd' => today.checked_add_days(Days::new(number.into())),
        'w' => today.checked_add_days(Days::new(u64::from(number) * 7)),
        'm' => today.checked_add_months(Months::new(number)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn day(year: i32, month: u32, day: u32) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(year, month, day)
    }

    fn typed(text: &str, locale: &str) -> Option<NaiveDate> {
        typed_day(text, day(2026, 11, 22).unwrap(), &Locale::of(locale))
    }

    #[test]
    fn a_day_is_understood_in_the_order_of_the_reader_and_by_the_name_of_its_month() {
        assert_eq!(typed("2026-12-31", "de-DE"), day(2026, 12, 31));
        assert_eq!(typed("12/5/2026", "en-US"), day(2026, 12, 5));
        assert_eq!(typed("12/5/2026", "en-GB"), day(2026, 5, 12));
        assert_eq!(typed("5.12.2026", "de-DE"), day(2026, 12, 5));
        assert_eq!(typed("31 Dec 2026", "en-US"), day(2026, 12, 31));
        assert_eq!(typed("December 31, 2026", "en-GB"), day(2026, 12, 31));
    }

    #[test]
    fn a_day_without_a_year_is_the_next_one() {
        assert_eq!(typed("Dec 1", "en-US"), day(2026, 12, 1));
        assert_eq!(typed("Feb 1", "en-US"), day(2027, 2, 1));
        assert_eq!(typed("22 Nov", "en-US"), day(2026, 11, 22));
    }

    #[test]
    fn a_distance_counts_from_today() {
        assert_eq!(typed("+10d", "en-US"), day(2026, 12, 2));
        assert_eq!(typed("+2w", "en-US"), day(2026, 12, 6));
        assert_eq!(typed("+3m", "en-US"), day(2027, 2, 22));
        assert_eq!(typed("today", "en-US"), day(2026, 11, 22));
    }

    #[test]
    fn what_is_no_day_is_none() {
        for text in ["", "soon", "2026-02-30", "31.12.26", "13/13/2026", "+", "+2x", "1", "é", "+9999999999d"] {
            assert_eq!(typed(text, "en-US"), None, "{text}");
        }
    }
}
