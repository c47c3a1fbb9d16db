//! How the numbers of a file are written: with which decimal mark, column by column, or as hours and minutes.

use super::cells::{self, Cell, Plain, plain_char};
use super::clock;
use super::dialect::Layout;
use super::exact::Record;
use super::options::ImportOptions;
use super::problem::{Example, Question};
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

/// Numbers for the question which mark is the decimal one.
const MOST_EXAMPLES: usize = 40;

/// The mark of a column of which nothing says yet how it is written: no cell with a mark can be read by it.
const OPEN: u8 = 0;

/// How the numbers of a file are written. Known of the sampled rows first, and of every row once they were read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Numbers {
    /// The mark of columns that do not say.
    pub(super) mark: u8,
    /// Why that one.
    pub(super) evidence: Sentence,
    /// Columns of numbers; empty where the mark was chosen.
    columns: Vec<Column>,
    /// Columns of hours and minutes.
    pub(super) clocks: Vec<usize>,
    /// The first sampled numbers that can be read in two ways, while nothing says which is right.
    examples: Vec<Example>,
}

/// A column of numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Column {
    place: usize,
    /// What it is read with.
    mark: u8,
    /// At least so many numbers have which mark.
    known: Tally,
    /// Whether the points, and the commas, are counted in every row.
    is_counted: [bool; 2],
}

impl Numbers {
    /// The decimal mark of a column.
    pub(super) fn mark_of(&self, column: usize) -> u8 {
        self.columns.iter().find(|known| known.place == column).map_or(self.mark, |known| known.mark)
    }

    /// How the hours of a column are written.
    pub(super) fn spelling_of(&self, column: usize) -> Spelling {
        if self.clocks.contains(&column) { Spelling::Clock } else { Spelling::Decimal(self.mark_of(column)) }
    }

    /// Takes in what every row said, by column: the marks of the numbers that are not plain under the column's mark.
    /// Says whether the rows have to be read again, because the whole of the file shows another mark than its sample.
    /// Every reading makes the count of a mark exact that was a sample's before, and there are two, so that this ends.
    ///
    /// # Errors
    /// A question, where every mark of the file could part thousands or be the decimal one.
    pub(super) fn learn(&mut self, met: impl Fn(usize) -> Tally) -> Result<bool, Question> {
        let mut before = Vec::with_capacity(self.columns.len());
        for column in &mut self.columns {
            before.push(column.mark);
            column.learn(met(column.place));
        }
        if before.is_empty() {
            return Ok(false);
        }
        self.settle();
        let is_open = self.columns.iter().any(|column| column.mark == OPEN && column.known.either > 0);
        if is_open {
            return Err(which_mark(std::mem::take(&mut self.examples)));
        }
        // Without any mark in it a column is the same under each.
        let is_other = |(column, before): (&Column, u8)| {
            column.mark != before && column.mark != OPEN && (before != OPEN || column.known != Tally::default())
        };
        Ok(self.columns.iter().zip(before).any(is_other))
    }

    /// Decides by what is known: each column by its own marks, one without any by all columns together.
    fn settle(&mut self) {
        let all = self.columns.iter().fold(Tally::default(), |all, column| all.and(column.known));
        let decided = all.mark();
        self.mark = decided.unwrap_or(b'.');
        let [points, commas] = [0, 1].map(|which| self.columns.iter().all(|column| column.is_counted[which]));
        self.evidence = match decided {
            None => "No number has a mark.".into(),
            Some(b',') => all.evidence(b',', commas, points),
            Some(mark) => all.evidence(mark, points, commas),
        };
        for column in &mut self.columns {
            column.mark = column.known.mark().or(decided).unwrap_or(OPEN);
        }
    }
}

impl Column {
    /// Takes in the marks that were met in every row. Plain numbers are not among them, so that those with the
    /// column's own mark are not all there.
    fn learn(&mut self, met: Tally) {
        let known = &mut self.known;
        *known = Tally {
            point: known.point.max(met.point),
            comma: known.comma.max(met.comma),
            either: known.either.max(met.either),
        };
        if self.mark != b'.' {
            (known.point, self.is_counted[0]) = (met.point, true);
        }
        if self.mark != b',' {
            (known.comma, self.is_counted[1]) = (met.comma, true);
        }
    }
}

/// Decides how the metrics of a file are written, as far as its sampled rows tell.
pub(super) fn decide(layout: &Layout, rows: &[Record], options: &ImportOptions) -> Numbers {
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
        return Numbers { mark, evidence: "It was chosen, not recognized.".into(), clocks, ..Numbers::default() };
    }
    let places = metrics.iter().map(|(column, _)| *column).filter(|column| !clocks.contains(column));
    let columns: Vec<Column> = places
        .map(|place| Column { place, mark: OPEN, known: Tally::of(cells(place)), is_counted: [false; 2] })
        .collect();
    let mut numbers = Numbers { columns, clocks, ..Numbers::default() };
    numbers.settle();
    let open = numbers.columns.iter().filter(|column| column.mark == OPEN);
    numbers.examples = examples(open.flat_map(|column| cells(column.place)));
    numbers
}

/// The decimal mark of some cells; `None` where every mark could part thousands.
pub(super) fn decide_mark<'a>(numbers: impl Iterator<Item = &'a [u8]>) -> Option<u8> {
    Tally::of(numbers).decide()
}

/// The first numbers that differ by the decimal mark, each read with both.
fn examples<'a>(numbers: impl Iterator<Item = &'a [u8]>) -> Vec<Example> {
    let read = numbers.filter_map(|cell| {
        let hours = [b'.', b','].map(|mark| in_hours(cells::seconds(cell, mark)));
        let text = cells::name_of(cells::trim(cell)).into_owned();
        (hours[0] != hours[1]).then(|| Example { text, readings: hours.map(Sentence::from).to_vec() })
    });
    read.take(MOST_EXAMPLES).collect()
}

/// Asks for the decimal mark.
fn which_mark(examples: Vec<Example>) -> Question {
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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    point: u64,
    comma: u64,
    /// One mark with three digits behind it, which may part thousands.
    either: u64,
}

impl Tally {
    fn of<'a>(numbers: impl Iterator<Item = &'a [u8]>) -> Self {
        let mut tally = Self::default();
        numbers.for_each(|cell| tally.note(cell));
        tally
    }

    /// Counts the mark of a cell, where it is a number with one.
    pub(super) fn note(&mut self, cell: &[u8]) {
        match mark_of(cells::trim(cell)) {
            Some(Mark::Point) => self.point += 1,
            Some(Mark::Comma) => self.comma += 1,
            Some(Mark::Either) => self.either += 1,
            None => {}
        }
    }

    /// Both together.
    pub(super) fn and(self, other: Self) -> Self {
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

    /// How many numbers have the mark, and how many the other one: of all rows where they are counted, else of the
    /// sampled ones.
    fn evidence(self, mark: u8, is_counted: bool, is_other_counted: bool) -> Sentence {
        let of = |is_point: bool| if is_point { (self.point, "point") } else { (self.comma, "comma") };
        let ((these, name), (others, other)) = (of(mark == b'.'), of(mark != b'.'));
        let these = match is_counted {
            true => Sentence::default().counted(these, "number has", "numbers have"),
            false => Sentence::default().counted(these, "sampled number has", "sampled numbers have"),
        };
        let others = match (is_other_counted, others) {
            (true, 0) => these.words(format!(" a decimal {name}; none of the file has")),
            (true, _) => these.words(format!(" a decimal {name}; of the whole file ")).counted(others, "has", "have"),
            (false, _) => these.words(format!(" a decimal {name}, ")).counted(others, "has", "have"),
        };
        others.words(format!(" a decimal {other}."))
    }

    /// The mark, taken as the point where no number has any; `None` where it is open.
    fn decide(self) -> Option<u8> {
        self.mark().or((self.either == 0).then_some(b'.'))
    }
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
    // Most cells that are not plain are empty.
    if trimmed.iter().all(|byte| byte.is_ascii() && !matches!(byte, b'.' | b',')) {
        return None;
    }
    let is_space = |c: &char| c.is_whitespace() || matches!(c, '\'' | '\u{2019}' | '\u{66c}');
    let text: String =
        std::str::from_utf8(trimmed).ok()?.chars().filter(|c| !is_space(c)).filter_map(plain_char).collect();
    let (cell, has_power) = match text.split_once(['e', 'E']) {
        Some((cell, power)) if power.parse::<i32>().is_ok() => (cell.as_bytes(), true),
        _ => (text.as_bytes(), false),
    };
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
    let may_part_thousands =
        !has_power && behind == 3 && (1..=3).contains(&whole.len()) && whole.first() != Some(&b'0');
    Some(if may_part_thousands { Mark::Either } else { of(mark) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_decimal_mark_is_decided_by_what_only_one_reading_allows() {
        let decide = |cells: &[&str]| decide_mark(cells.iter().map(|cell| cell.as_bytes()));
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
