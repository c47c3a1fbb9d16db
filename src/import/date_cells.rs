//! One cell to a date as it is written: with a time behind it, with the month as a word, in digits of any script.

use super::cells::plain_char;
use super::dates::DateText;

/// A date as it stands in a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct DateCell {
    /// The date.
    pub(super) text: DateText,
    /// Whether a time of day other than midnight stands behind it.
    pub(super) has_time: bool,
}

/// Reads the date of a trimmed cell. A bare number of days is none.
pub(super) fn read(trimmed: &[u8]) -> Option<DateCell> {
    let (date, time) = split(trimmed);
    if let Some(text) = DateText::read(date) {
        return Some(DateCell { text, has_time: !time.is_empty() && !is_midnight(time) });
    }
    let text: String = std::str::from_utf8(trimmed).ok()?.chars().filter_map(plain_char).collect();
    let text = text.replace(['年', '月'], "-").replace('日', "").replace(". ", ".");
    let text = text.trim_end_matches('.');
    let (date, time) = split(text.as_bytes());
    match DateText::read(date) {
        Some(text) => Some(DateCell { text, has_time: !time.is_empty() && !is_midnight(time) }),
        None => in_words(text).map(|text| DateCell { text, has_time: false }),
    }
}

/// Reads the date of a trimmed cell where bare numbers of five digits count days, as in the column of a period.
pub(super) fn read_period(trimmed: &[u8]) -> Option<DateCell> {
    let read = read(trimmed);
    if read.is_some() {
        return read;
    }
    let text = std::str::from_utf8(trimmed).ok()?;
    let days = text.split('.').next().filter(|days| days.len() == 5)?;
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let days = days.parse().ok().filter(|_| is_number)?;
    Some(DateCell { text: DateText::Days(days), has_time: false })
}

/// A trimmed cell as a date and a time behind it, which may be missing.
fn split(trimmed: &[u8]) -> (&[u8], &[u8]) {
    const ZONES: [&[u8]; 2] = [b" UTC", b" GMT"];
    let Some(at) = trimmed.iter().position(|byte| matches!(byte, b' ' | b'T' | b't')) else { return (trimmed, b"") };
    let (date, time) = trimmed.split_at(at);
    let time = ZONES.iter().find_map(|zone| time.strip_suffix(*zone)).unwrap_or(time);
    let is_time = time.iter().skip(1).all(|byte| {
        byte.is_ascii_digit()
            || matches!(
                byte,
                b':' | b'.' | b',' | b'+' | b'-' | b' ' | b'Z' | b'z' | b'A' | b'a' | b'P' | b'p' | b'M' | b'm'
            )
    });
    // Less than "1/2/2024" is the start of a date in words.
    if is_time && date.len() >= 6 { (date, time) } else { (trimmed, b"") }
}

/// Whether a time, with the letter or space before it, is the start of a day where it was written.
fn is_midnight(time: &[u8]) -> bool {
    let time = time.get(1..).unwrap_or_default().trim_ascii();
    let end = time.iter().position(|byte| matches!(byte, b'Z' | b'z' | b'+' | b'-')).unwrap_or(time.len());
    let clock = time.get(..end).unwrap_or_default();
    let is_morning = clock.iter().any(|byte| matches!(byte, b'A' | b'a'));
    let clock = if is_morning { clock.strip_prefix(b"12").unwrap_or(clock) } else { clock };
    !clock.iter().any(|byte| (b'1'..=b'9').contains(byte)) && !clock.iter().any(|byte| matches!(byte, b'P' | b'p'))
}

/// A date with the name of its month: `3-Mar-2024`, `March 3, 2024`, `3 de marzo de 2024`, a weekday before it or not.
fn in_words(text: &str) -> Option<DateText> {
    let words: Vec<&str> = text.split(['-', ' ', ',', '/', '.']).filter(|word| !matches!(*word, "" | "de")).collect();
    let words = match words.as_slice() {
        [day, rest @ ..] if rest.len() == 3 && is_weekday(day) => rest,
        all => all,
    };
    let [a, b, year] = words else { return None };
    let (month, day) = match (month(a), month(b)) {
        (Some(month), None) => (month, b),
        (None, Some(month)) => (month, a),
        _ => return None,
    };
    let day = day.parse().ok().filter(|_| day.len() <= 2)?;
    let year = year.parse().ok().filter(|_| year.len() == 4)?;
    Some(DateText::YearFirst(year, month, day))
}

/// The names of the months in the languages in which spreadsheets write them, beginning with English.
const MONTHS: [&str; 8] = [
    "january february march april may june july august september october november december",
    "januar februar märz april mai juni juli august september oktober november dezember",
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "januari februari maart april mei juni juli augustus september oktober november december",
    "januari februari mars april maj juni juli augusti september oktober november december",
];

/// The number of a month from its name or the first three letters of it; `None` where those are of two months.
fn month(word: &str) -> Option<u8> {
    let word = word.to_lowercase();
    let is_short = word.chars().count() == 3;
    let fits = |name: &str| word == name || (is_short && name.starts_with(&word));
    let mut months = MONTHS.iter().flat_map(|names| names.split(' ').zip(1..)).filter(|(name, _)| fits(name));
    let (_, month) = months.next()?;
    months.all(|(_, other)| other == month).then_some(month)
}

fn is_weekday(word: &str) -> bool {
    const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let word = word.to_lowercase();
    DAYS.iter().any(|name| word == *name || (word.len() == 3 && name.starts_with(&word)))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const LAST_OF_MARCH: DateText = DateText::YearFirst(2024, 3, 31);

    fn text(cell: &str) -> Option<DateText> {
        read(cell.as_bytes()).map(|date| date.text)
    }

    #[test]
    fn a_time_behind_a_date_is_left_out() {
        for cell in ["2024-03-31T00:00:00Z", "2024-03-31 12:30", "2024-03-31 1:00:00 AM", "2024-03-31 00:00:00 UTC"] {
            assert_eq!(text(cell), Some(LAST_OF_MARCH), "{cell}");
        }
        let has_time = |cell: &str| read(cell.as_bytes()).unwrap().has_time;
        for cell in ["2024-03-31", "2024-03-31T00:00:00+02:00", "3/31/2024 12:00:00 AM", "2024-03-31 00:00:00.000"] {
            assert!(!has_time(cell), "{cell}");
        }
        for cell in ["2024-03-30T22:00:00Z", "3/31/2024 12:00:00 PM", "2024-03-31 00:30"] {
            assert!(has_time(cell), "{cell}");
        }
    }

    #[test]
    fn the_month_may_be_a_word_and_digits_of_any_script() {
        for cell in ["31-Mar-2024", "Mar 31, 2024", "31 March 2024", "Sunday, March 31, 2024", "Sun 31 Mar 2024"] {
            assert_eq!(text(cell), Some(LAST_OF_MARCH), "{cell}");
        }
        for cell in ["２０２４-０３-３１", "\u{200e}2024-03-31", "2024\u{2011}03\u{2011}31", "2024年3月31日"]
        {
            assert_eq!(text(cell), Some(LAST_OF_MARCH), "{cell}");
        }
        for cell in ["31. 3. 2024", "31.03.2024.", "٣١/٠٣/٢٠٢٤"] {
            assert_eq!(text(cell), Some(DateText::YearLast(31, 3, 2024)), "{cell}");
        }
        for cell in ["31. März 2024", "31 mars 2024", "31 de março de 2024", "31 maart 2024", "31-mar-2024"] {
            assert_eq!(text(cell), Some(LAST_OF_MARCH), "{cell}");
            assert!(!read(cell.as_bytes()).unwrap().has_time, "{cell}");
        }
        // Either June or July in French.
        assert_eq!(text("1 jui 2024"), None);
        for cell in ["31-Mar-24", "Mar 2024", "31 M 2024", "Mar Mar 2024", "45382", "not a date", ""] {
            assert_eq!(text(cell), None, "{cell}");
        }
    }

    #[test]
    fn a_bare_number_of_days_is_a_period_only() {
        let days = |cell: &str| read_period(cell.as_bytes()).map(|date| date.text);
        assert_eq!((days("45382"), days("45382.0")), (Some(DateText::Days(45_382)), Some(DateText::Days(45_382))));
        assert_eq!((days("4538"), days("453821"), days("45,82")), (None, None, None));
        assert_eq!(days("2024-03-31"), Some(LAST_OF_MARCH));
    }

    proptest! {
        #[test]
        fn no_cell_makes_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..40), cell in "\\PC{0,30}") {
            let _ = (read_period(&bytes), read_period(cell.as_bytes()));
        }
    }
}
