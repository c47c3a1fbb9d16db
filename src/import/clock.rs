//! Hours that are written as hours and minutes: `1:30`, `1h30`, `1 h 30 min`, `PT1H30M`.

use super::cells::{self, Cell, plain_char};

/// Whether the cells of a column are hours and minutes: some are, and no other says anything but nothing or 0.
pub(super) fn is_whole_column<'a>(cells: impl Iterator<Item = &'a [u8]>) -> bool {
    let mut some = false;
    for cell in cells {
        match seconds(cell) {
            Cell::Unreadable | Cell::Negative => return false,
            Cell::Value(_) => some |= !is_zero(cells::trim(cell)),
            Cell::Blank => {}
        }
    }
    some
}

/// A cell of such a column as whole seconds.
pub(super) fn seconds(cell: &[u8]) -> Cell<u32> {
    let trimmed = cells::trim(cell);
    if cells::is_blank(trimmed) {
        return Cell::Blank;
    }
    if is_zero(trimmed) {
        return Cell::Value(0);
    }
    let Ok(text) = std::str::from_utf8(trimmed) else { return Cell::Unreadable };
    let text: String = text.chars().filter_map(plain_char).flat_map(char::to_lowercase).collect();
    if text.starts_with('-') {
        return Cell::Negative;
    }
    let found = if text.contains(':') { with_colons(&text) } else { with_units(&text) };
    found.map_or(Cell::Unreadable, Cell::Value)
}

fn is_zero(trimmed: &[u8]) -> bool {
    trimmed == b"0"
}

/// `1:30` and `1:30:00`.
fn with_colons(text: &str) -> Option<u32> {
    let mut parts = text.split(':');
    let hours = whole(parts.next()?, 6)?;
    let minutes = under_60(parts.next()?)?;
    let seconds = match parts.next() {
        None => 0,
        Some(seconds) => under_60(seconds.split('.').next()?)?,
    };
    if parts.next().is_some() { None } else { sum(hours, minutes, seconds) }
}

/// `1h30`, `1h 30m`, `1 hr 30 min`, `45 min`, `1.5 h` and `PT1H30M`.
fn with_units(text: &str) -> Option<u32> {
    let rest: String = text.strip_prefix("pt").unwrap_or(text).split_whitespace().collect();
    let (number, unit, rest) = number_and_unit(&rest)?;
    match (unit_of(unit)?, rest) {
        (Unit::Hours, "") => match cells::seconds(number.replace(',', ".").as_bytes(), b'.') {
            Cell::Value(seconds) => Some(seconds),
            _ => None,
        },
        (Unit::Hours, rest) => {
            let hours = whole(number, 6)?;
            let (minutes, unit, rest) = number_and_unit(rest)?;
            let is_minutes = unit.is_empty() || unit_of(unit)? == Unit::Minutes;
            let minutes = under_60(minutes).filter(|_| is_minutes)?;
            let seconds = if rest.is_empty() { 0 } else { seconds_at_end(rest)? };
            sum(hours, minutes, seconds)
        }
        (Unit::Minutes, rest) => {
            let seconds = if rest.is_empty() { 0 } else { seconds_at_end(rest)? };
            sum(0, whole(number, 6)?, seconds)
        }
        (Unit::Seconds, _) => None,
    }
}

fn seconds_at_end(text: &str) -> Option<u32> {
    let (seconds, unit, rest) = number_and_unit(text)?;
    let is_end = rest.is_empty() && (unit.is_empty() || unit_of(unit)? == Unit::Seconds);
    under_60(seconds).filter(|_| is_end)
}

/// A number, the letters behind it, and the rest.
fn number_and_unit(text: &str) -> Option<(&str, &str, &str)> {
    let is_of_number = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
    let end = text.find(|c| !is_of_number(c)).unwrap_or(text.len());
    let (number, rest) = text.split_at_checked(end).filter(|(number, _)| !number.is_empty())?;
    let end = rest.find(is_of_number).unwrap_or(rest.len());
    let (unit, rest) = rest.split_at_checked(end)?;
    Some((number, unit, rest))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unit {
    Hours,
    Minutes,
    Seconds,
}

fn unit_of(unit: &str) -> Option<Unit> {
    match unit.trim_end_matches('.') {
        "h" | "hr" | "hrs" | "hour" | "hours" | "std" => Some(Unit::Hours),
        "m" | "min" | "mins" | "minute" | "minutes" => Some(Unit::Minutes),
        "s" | "sec" | "secs" | "second" | "seconds" => Some(Unit::Seconds),
        _ => None,
    }
}

/// Up to so many digits.
fn whole(digits: &str, most: usize) -> Option<u32> {
    let fits = (1..=most).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    digits.parse().ok().filter(|_| fits)
}

fn under_60(digits: &str) -> Option<u32> {
    whole(digits, 2).filter(|number| *number < 60)
}

fn sum(hours: u32, minutes: u32, seconds: u32) -> Option<u32> {
    hours.checked_mul(3600)?.checked_add(minutes.checked_mul(60)?)?.checked_add(seconds)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> Cell<u32> {
        seconds(text.as_bytes())
    }

    #[test]
    fn hours_and_minutes_are_read_in_every_shape() {
        for text in [
            "1:30",
            "01:30",
            "1:30:00",
            "1h30",
            "1h30m",
            "1H 30min",
            "1 hr 30 min",
            "PT1H30M",
            "1.5h",
            "1,5 h",
            "90 min",
        ] {
            assert_eq!(read(text), Cell::Value(5400), "{text}");
        }
        assert_eq!(
            (read("45m"), read("2h"), read("0:00"), read("0")),
            (Cell::Value(2700), Cell::Value(7200), Cell::Value(0), Cell::Value(0))
        );
        assert_eq!(read("1:02:03"), Cell::Value(3723));
        assert_eq!((read("-1:30"), read(""), read("NA")), (Cell::Negative, Cell::Blank, Cell::Blank));
        for text in
            ["1:75", "1:3:4:5", "1.5", "30", "1h75", "h", ":", "1:", "1d", "35%", "=A1*2", "1h30s5", "9999999:00"]
        {
            assert_eq!(read(text), Cell::Unreadable, "{text}");
        }
    }

    #[test]
    fn a_column_is_hours_and_minutes_only_as_a_whole() {
        let is = |cells: &[&str]| is_whole_column(cells.iter().map(|cell| cell.as_bytes()));
        assert!(is(&["1:30", "", "0", "12:00"]));
        assert!(!is(&["1:30", "1.5"]) && !is(&["0", ""]) && !is(&[]));
    }

    proptest! {
        #[test]
        fn no_cell_makes_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..40), text in "[0-9:hmsPT., ]{0,20}") {
            let _ = (seconds(&bytes), read(&text));
        }
    }
}
