//! How the numbers of a file are written: with which decimal mark, column by column, or as hours and minutes.

use super::cells::{self, Cell, Plain, plain_char};
use super::clock;
use super::dialect::Layout;
use super::exact::Record;
use super::options::ImportOptions;
use super::problem::{Example, ImportError, Question};
use crate::dataset::{Kind, Metric};
use crate::text::Sentence;

/// How the hours of one column are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spelling {
    /// As numbers with this decimal mark.
    Decimal(u8),
    /// As hours and minutes, such as `1:30` or `1h30`.
    Clock,
}

impl Spelling {
    /// The decimal mark, where there is one.
    pub(super) fn mark(self) -> Option<u8> {
        match self {
            Self::Decimal(mark) => Some(mark),
            Self::Clock => None,
        }
    }
}

/// How the numbers of a file are written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Numbers {
    /// The mark of columns that do not say.
    pub(super) mark: u8,
    /// Why that one.
    pub(super) evidence: Sentence,
    /// Columns with a mark of their own.
    marks: Vec<(usize, u8)>,
    /// Columns of hours and minutes.
    pub(super) clocks: Vec<usize>,
}

impl Numbers {
    /// The decimal mark of a column.
    pub(super) fn mark_of(&self, column: usize) -> u8 {
        self.marks.iter().find(|(other, _)| *other == column).map_or(self.mark, |(_, mark)| *mark)
    }

    /// How the hours of a column are written.
    pub(super) fn spelling_of(&self, column: usize) -> Spelling {
        if self.clocks.contains(&column) { Spelling::Clock } else { Spelling::Decimal(self.mark_of(column)) }
    }
}

/// Decides how the metrics of a file are written, from its sampled rows.
///
/// Each column goes by its own marks; one without any goes by all columns together.
///
/// # Errors
/// A question, where every mark could part thousands or be the decimal one.
pub(super) fn decide(layout: &Layout, rows: &[Record], options: &ImportOptions) -> Result<Numbers, ImportError> {
    let metrics: Vec<(usize, Kind)> = layout
        .recognized
        .columns
        .iter()
        .filter_map(|(name, column)| Metric::from_name(name).map(|metric| (*column, metric.kind())))
        .collect();
    let cells = |column: usize| rows.iter().filter_map(move |row| row.get(column));
    let is_clock = |(column, kind): &&(usize, Kind)| *kind == Kind::Duration && clock::is_whole_column(cells(*column));
    let clocks: Vec<usize> = metrics.iter().filter(is_clock).map(|(column, _)| *column).collect();
    if let Some(mark) = options.decimal {
        return Ok(Numbers { mark, evidence: "It was chosen, not recognized.".into(), marks: Vec::new(), clocks });
    }
    let tallies: Vec<(usize, Tally)> = metrics
        .iter()
        .filter(|(column, _)| !clocks.contains(column))
        .map(|(column, _)| (*column, Tally::of(cells(*column))))
        .collect();
    let all = tallies.iter().fold(Tally::default(), |all, (_, tally)| all.and(*tally));
    let Some((mark, evidence)) = all.decide() else {
        let cells = tallies.iter().flat_map(|(column, _)| cells(*column));
        return Err(which_mark(cells).into());
    };
    let own = |(column, tally): &(usize, Tally)| tally.mark().filter(|own| *own != mark).map(|own| (*column, own));
    Ok(Numbers { mark, evidence, marks: tallies.iter().filter_map(own).collect(), clocks })
}

/// The decimal mark of some cells and why; `None` where every mark could part thousands.
pub(super) fn decide_mark<'a>(numbers: impl Iterator<Item = &'a [u8]>) -> Option<(u8, Sentence)> {
    Tally::of(numbers).decide()
}

/// Asks for the decimal mark, with both readings of the first numbers.
fn which_mark<'a>(numbers: impl Iterator<Item = &'a [u8]>) -> Question {
    let examples = numbers.filter_map(|cell| {
        let hours = [b'.', b','].map(|mark| in_hours(cells::seconds(cell, mark)));
        let text = cells::name_of(cells::trim(cell)).into_owned();
        (hours[0] != hours[1]).then(|| Example { text, readings: hours.map(Sentence::from).to_vec() })
    });
    let question = Question::new(
        "Numbers such as 1.234 can be read in two ways.",
        "Every mark has three digits behind it, so it may part thousands or be the decimal mark.",
        [
            ("--decimal .", "the point is the decimal mark".into()),
            ("--decimal ,", "the comma is the decimal mark".into()),
        ],
    );
    question.with_examples(examples)
}

/// A duration in whole hours and minutes: "1 h 14 min".
fn in_hours(cell: Cell<u32>) -> String {
    match cell {
        Cell::Value(seconds) => format!("{} h {} min", seconds / 3600, seconds % 3600 / 60),
        Cell::Blank | Cell::Negative | Cell::Unreadable => "cannot be read".to_owned(),
    }
}

/// How many numbers have which decimal mark.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    point: usize,
    comma: usize,
    /// One mark with three digits behind it, which may part thousands.
    either: usize,
}

impl Tally {
    fn of<'a>(numbers: impl Iterator<Item = &'a [u8]>) -> Self {
        let mut tally = Self::default();
        for cell in numbers {
            match mark_of(cells::trim(cell)) {
                Some(Mark::Point) => tally.point += 1,
                Some(Mark::Comma) => tally.comma += 1,
                Some(Mark::Either) => tally.either += 1,
                None => {}
            }
        }
        tally
    }

    fn and(self, other: Self) -> Self {
        Self { point: self.point + other.point, comma: self.comma + other.comma, either: self.either + other.either }
    }

    /// The mark that more numbers have, where any says.
    fn mark(self) -> Option<u8> {
        match self.comma.cmp(&self.point) {
            std::cmp::Ordering::Greater => Some(b','),
            std::cmp::Ordering::Less => Some(b'.'),
            std::cmp::Ordering::Equal => (self.point > 0).then_some(b'.'),
        }
    }

    /// The mark and why; `None` where it is open.
    fn decide(self) -> Option<(u8, Sentence)> {
        match self.mark() {
            Some(b',') => Some((b',', marked(self.comma, "comma", self.point, "point"))),
            Some(_) => Some((b'.', marked(self.point, "point", self.comma, "comma"))),
            None if self.either > 0 => None,
            None => Some((b'.', "No sampled number has a mark.".into())),
        }
    }
}

/// How many sampled numbers have the mark, and how many the other one.
fn marked(these: usize, mark: &str, others: usize, other: &str) -> Sentence {
    Sentence::default()
        .counted(these as u64, "sampled number has", "sampled numbers have")
        .words(format!(" a decimal {mark}, "))
        .counted(others as u64, "has", "have")
        .words(format!(" a decimal {other}."))
}

enum Mark {
    Point,
    Comma,
    /// One mark with three digits behind it, which may part thousands.
    Either,
}

/// Which mark of a number is the decimal one.
fn mark_of(trimmed: &[u8]) -> Option<Mark> {
    // Nearly all are plain numbers, and nothing has to be taken out of them; three digits can be thousands.
    if let Some(plain) = Plain::of(trimmed, b'.').filter(|plain| plain.decimals != 3) {
        return (plain.decimals > 0).then_some(Mark::Point);
    }
    let is_space = |c: &char| c.is_whitespace() || matches!(c, '\'' | '\u{2019}');
    let text: String =
        std::str::from_utf8(trimmed).ok()?.chars().filter(|c| !is_space(c)).filter_map(plain_char).collect();
    let cell = text.as_bytes();
    let is_number = cell.iter().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b',' | b'-' | b'+'));
    let last = cell.iter().rposition(|byte| matches!(byte, b'.' | b',')).filter(|_| is_number)?;
    let mark = *cell.get(last)?;
    let of = |mark: u8| if mark == b'.' { Mark::Point } else { Mark::Comma };
    let other = if mark == b'.' { b',' } else { b'.' };
    let same = cell.iter().filter(|byte| **byte == mark).count();
    if cell.contains(&other) {
        return (same == 1).then(|| of(mark));
    }
    if same > 1 {
        // Only thousands are parted more than once, so the decimal mark is the other one.
        return Some(of(other));
    }
    let behind = cell.len() - last - 1;
    let before = cell.get(..last).unwrap_or_default();
    let whole = before.strip_prefix(b"-").or_else(|| before.strip_prefix(b"+")).unwrap_or(before);
    let may_part_thousands = behind == 3 && (1..=3).contains(&whole.len()) && whole.first() != Some(&b'0');
    Some(if may_part_thousands { Mark::Either } else { of(mark) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_decimal_mark_is_decided_by_what_only_one_reading_allows() {
        let decide = |cells: &[&str]| decide_mark(cells.iter().map(|cell| cell.as_bytes())).map(|(mark, _)| mark);
        assert_eq!(decide(&["1,5", "1.234", "2,25"]), Some(b','));
        assert_eq!(decide(&["1.5", "7"]), Some(b'.'));
        assert_eq!(decide(&["0.500"]), Some(b'.'));
        assert_eq!(decide(&["1.234"]), None);
        assert_eq!(decide(&["1.234,5"]), Some(b','));
        assert_eq!(decide(&["1.234.567"]), Some(b','));
        assert_eq!(decide(&["7", ""]), Some(b'.'));
        assert_eq!(decide(&["1 234,5"]), Some(b','));
        assert_eq!(decide(&["٢,٥"]), Some(b','));
    }
}
