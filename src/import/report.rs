//! What an import found and did: per source, with the reason for every row and cell that was set aside.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use chrono::{NaiveDate, Weekday};

use super::kinds::QueryKind;
use super::leadership::LeadershipReport;
use super::options::{DateOrder, QuoteStyle};
use super::problem::Refusal;
use crate::dataset::{CellCounts, Era, Grain, Metric};
use crate::text::Sentence;

/// What was read and what was left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportReport {
    /// The person queries that were read, in the order in which they were given.
    pub sources: Vec<SourceReport>,
    /// Files beside them that hold something else.
    pub skipped: Vec<Skipped>,
    /// The organizational data beside them, where there is any.
    pub leadership: Option<LeadershipReport>,
    /// Columns of people that are not offered as attributes.
    pub attributes_left_out: Vec<LeftOut>,
    /// Metrics whose column is there and blank throughout every source.
    pub blank_throughout: Vec<Metric>,
}

impl ImportReport {
    /// Every file that numbers rest on: its name, its path, and its SHA-256 where the reader knows it.
    pub fn files(&self) -> impl Iterator<Item = (&str, Option<&Path>, Option<&String>)> {
        let sources = self.sources.iter();
        let sources = sources.map(|source| (source.name.as_str(), source.path.as_deref(), source.sha256.as_ref()));
        let beside = self.leadership.iter().flat_map(|beside| beside.names.iter().zip(&beside.paths));
        sources.chain(beside.map(|(name, path)| (name.as_str(), Some(path.as_path()), None)))
    }
}

/// A file that was recognized and not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: QueryKind,
    /// Why it was not read, in a sentence.
    pub sentence: Sentence,
}

impl Skipped {
    /// A file that was left out for what a refusal says.
    pub(super) fn because(name: String, kind: QueryKind, refusal: &Refusal) -> Self {
        Self { name, kind, sentence: refusal.what.clone().and_then(refusal.why.clone()) }
    }
}

/// A column of people that is not offered as an attribute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// Its header.
    pub header: String,
    /// Why.
    pub reason: LeftOutReason,
}

/// Why a column is not offered as an attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum LeftOutReason {
    /// One value in every row that has one.
    Constant,
    /// More than 95 % of its cells are blank.
    MostlyBlank,
    /// More than 200 distinct values.
    TooManyValues,
    /// Many other columns of words stand before it.
    TooManyColumns,
    /// Every value is a number.
    Numbers,
    /// Every value is a date.
    Dates,
}

impl LeftOutReason {
    /// As in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Constant => "constant",
            Self::MostlyBlank => "mostly_blank",
            Self::TooManyValues => "too_many_values",
            Self::TooManyColumns => "too_many_columns",
            Self::Numbers => "numbers",
            Self::Dates => "dates",
        }
    }

    /// In a sentence.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Constant => "It has fewer than two values.",
            Self::MostlyBlank => "More than 95% of its cells are blank.",
            Self::TooManyValues => "It has more than 200 values.",
            Self::TooManyColumns => "Of columns of words only the first 64 are.",
            Self::Numbers => "It holds numbers.",
            Self::Dates => "It holds dates.",
        }
    }
}

/// What the bytes came in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Container {
    /// A file of text.
    #[default]
    Plain,
    /// An entry of a zip archive.
    Zip,
    /// A gzip file.
    Gzip,
    /// A sheet of an Excel workbook.
    Workbook,
}

impl Container {
    /// As in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Zip => "zip",
            Self::Gzip => "gzip",
            Self::Workbook => "workbook",
        }
    }
}

/// One person query: what it is, how that was decided, and what was done with its rows and cells.
///
/// `rows` = rows in the dataset + the sum of `rows_excluded`, exactly. Inactive rows are in the dataset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceReport {
    /// The name as shown: of the file, and of the entry when it is one of several in a zip archive.
    pub name: String,
    /// The file's path; `None` for bytes and standard input.
    pub path: Option<PathBuf>,
    /// The SHA-256 of the file (of the archive, for an entry) in lower-case hexadecimal, when asked for.
    pub sha256: Option<String>,
    /// Bytes of the text, decompressed.
    pub bytes: u64,
    /// What it is; always a person query.
    pub kind: QueryKind,
    /// The product it is from.
    pub era: Era,
    /// How long its periods are.
    pub grain: Grain,
    /// Rows of data in the file.
    pub rows: u64,
    /// Rows that are not in the dataset, by reason; reasons that do not occur are not listed.
    pub rows_excluded: BTreeMap<RowReason, u64>,
    /// Rows in the dataset whose `IsActive` is FALSE.
    pub inactive_rows: u64,
    /// Blank and excluded cells of this source's rows in the dataset, by metric of this source.
    pub cells: Vec<CellCounts>,
    /// Distinct people with a row in the dataset from this source.
    pub people: u64,
    /// Distinct periods of its rows.
    pub periods: u64,
    /// The first period's first day; `None` without rows.
    pub first: Option<NaiveDate>,
    /// The last period's first day.
    pub last: Option<NaiveDate>,
    /// The weekday on which its weeks start; `None` for days and months.
    pub week_starts_on: Option<Weekday>,
    /// The order of the parts of its dates.
    pub date_order: DateOrder,
    /// The encoding's name, as `utf-8`.
    pub encoding: String,
    /// The byte between cells.
    pub delimiter: u8,
    /// How cells are quoted.
    pub quote: QuoteStyle,
    /// The decimal mark.
    pub decimal: u8,
    /// What the bytes came in.
    pub container: Container,
    /// The same for every file with the same headers, as they were read: hexadecimal.
    pub shape: String,
    /// Canonical column and the header that holds it, in the file's order.
    pub columns: Vec<(String, String)>,
    /// For each decision what it rests on: decision and sentence.
    pub evidence: Vec<(&'static str, Sentence)>,
    /// The first 50 examples of each kind of issue, by line.
    pub issues: Vec<ImportIssue>,
    /// How often each kind of issue occurs.
    pub issue_counts: BTreeMap<IssueKind, u64>,
    /// How many issues there are in all.
    pub issues_total: u64,
}

/// Why a row is not in the dataset.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RowReason {
    /// Fewer cells than the header has.
    TooFewCells,
    /// More cells than the header has, and not just blank ones.
    TooManyCells,
    /// No identifier.
    BlankPerson,
    /// An identifier with control characters.
    UnreadablePerson,
    /// A line of totals.
    TotalRow,
    /// The header once more.
    RepeatedHeader,
    /// No date, or one that cannot be read or does not exist.
    UnreadableDate,
    /// Before 2010, or more than a year ahead.
    DateOutOfRange,
    /// It stands in another table, below an empty line and a header of its own.
    OtherTable,
    /// An equal row for the same person and period is in the dataset.
    Duplicate,
    /// A differing row for the same person and period was chosen.
    Superseded,
}

impl RowReason {
    /// Every reason.
    pub const ALL: [Self; 11] = [
        Self::TooFewCells,
        Self::TooManyCells,
        Self::BlankPerson,
        Self::UnreadablePerson,
        Self::TotalRow,
        Self::RepeatedHeader,
        Self::UnreadableDate,
        Self::DateOutOfRange,
        Self::OtherTable,
        Self::Duplicate,
        Self::Superseded,
    ];

    /// As in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::TooFewCells => "too_few_cells",
            Self::TooManyCells => "too_many_cells",
            Self::BlankPerson => "blank_person",
            Self::UnreadablePerson => "unreadable_person",
            Self::TotalRow => "total_row",
            Self::RepeatedHeader => "repeated_header",
            Self::UnreadableDate => "unreadable_date",
            Self::DateOutOfRange => "date_out_of_range",
            Self::OtherTable => "other_table",
            Self::Duplicate => "duplicate",
            Self::Superseded => "superseded",
        }
    }

    /// In a sentence about such rows.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::TooFewCells => "The row has fewer cells than the header.",
            Self::TooManyCells => "The row has more cells than the header.",
            Self::BlankPerson => "The row has no person identifier.",
            Self::UnreadablePerson => "The row's person identifier has control characters.",
            Self::TotalRow => "The row is a total of others.",
            Self::RepeatedHeader => "The row repeats the header.",
            Self::UnreadableDate => "The row's date cannot be read or does not exist.",
            Self::DateOutOfRange => "The row's date is before 2010 or more than a year ahead.",
            Self::OtherTable => "The row belongs to another table below the first.",
            Self::Duplicate => "An equal row for the same person and period was kept.",
            Self::Superseded => "Another row for the same person and period was chosen.",
        }
    }
}

/// What is odd about a place in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum IssueKind {
    /// The row was set aside.
    Row(RowReason),
    /// A metric's cell is below zero; the person-period is out of the metric.
    NegativeNumber,
    /// A metric's cell is no finite number; the person-period is out of the metric.
    UnreadableNumber,
    /// A metric's cell holds an error or a formula of a spreadsheet; the person-period is out of the metric.
    SpreadsheetError,
    /// A number with thousands marks, a plus, or digits of another script; it was read.
    UnusualNumber,
    /// A column of hours is written as hours and minutes; it was read.
    ClockHours,
    /// A metric's cell has more hours than its period; the person-period is out of the metric.
    MoreHoursThanPeriod,
    /// `IsActive` is neither yes nor no; the row counts as active.
    UnreadableFlag,
    /// Blank cells behind the last column; the row is kept.
    ExtraBlankCells,
    /// A line of spaces; no row.
    BlankLine,
    /// A quote stands where none should; it is part of the cell.
    StrayQuote,
    /// Quotes inside quotes that are not doubled; they were read as text.
    UndoubledQuote,
    /// Cells are quoted in another way than with doubled quotation marks.
    OddQuoting,
    /// Lines end in different ways.
    MixedLineEnds,
    /// Another table starts below an empty line; only the first is read.
    OtherTableBelow,
    /// Letters that are no text in the file's encoding; they are shown as U+FFFD.
    UnreadableText,
    /// The encoding was told by how often letters occur.
    GuessedEncoding,
    /// UTF-8 that was encoded once more.
    EncodedTwice,
    /// A zero byte in a name; the cell counts as not set.
    ZeroByte,
    /// A control character in a name; it is shown as a symbol.
    ControlCharacter,
    /// An invisible mark or another kind of space in a name; it was taken out, or is a space.
    HiddenCharacter,
    /// Letters and their accents written apart; they were joined.
    JoinedLetters,
    /// Lines above the header; not read.
    LinesAboveHeader,
    /// A second column of the same meaning; the first is used.
    SecondColumn,
    /// A header that stands twice; the first is used.
    RepeatedColumn,
    /// A date has a time of day, which is left out; counted once a date.
    TimeOfDay,
    /// The file ends within a row.
    CutFile,
    /// A person identifier looks like an e-mail address; counted once a person.
    AddressAsPerson,
    /// The person identifiers look like names; counted once a person.
    NameAsPerson,
    /// None of the file's people are in the other files, though its periods are others.
    OtherPeople,
    /// The same, but for zeros that the identifiers of one file begin with.
    LostZeros,
}

impl IssueKind {
    /// As in JSON and as the code of a finding.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Row(reason) => reason.name(),
            Self::NegativeNumber => "negative_number",
            Self::UnreadableNumber => "unreadable_number",
            Self::SpreadsheetError => "spreadsheet_error",
            Self::UnusualNumber => "unusual_number",
            Self::ClockHours => "clock_hours",
            Self::MoreHoursThanPeriod => "more_hours_than_period",
            Self::UnreadableFlag => "unreadable_flag",
            Self::ExtraBlankCells => "extra_blank_cells",
            Self::BlankLine => "blank_line",
            Self::StrayQuote => "stray_quote",
            Self::UndoubledQuote => "undoubled_quote",
            Self::OddQuoting => "odd_quoting",
            Self::MixedLineEnds => "mixed_line_ends",
            Self::OtherTableBelow => "other_table_below",
            Self::UnreadableText => "unreadable_text",
            Self::GuessedEncoding => "guessed_encoding",
            Self::EncodedTwice => "encoded_twice",
            Self::ZeroByte => "zero_byte",
            Self::ControlCharacter => "control_character",
            Self::HiddenCharacter => "hidden_character",
            Self::JoinedLetters => "joined_letters",
            Self::LinesAboveHeader => "lines_above_header",
            Self::SecondColumn => "second_column",
            Self::RepeatedColumn => "repeated_column",
            Self::TimeOfDay => "time_of_day",
            Self::CutFile => "cut_file",
            Self::AddressAsPerson => "address_as_person",
            Self::NameAsPerson => "name_as_person",
            Self::OtherPeople => "other_people",
            Self::LostZeros => "lost_zeros",
        }
    }

    /// In a sentence.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Row(reason) => reason.sentence(),
            Self::NegativeNumber => "The number is below zero, so the row does not count for this measure.",
            Self::UnreadableNumber => "The cell is no number, so the row does not count for this measure.",
            Self::SpreadsheetError => {
                "A spreadsheet's error or formula stands in the cell, so the row does not count for this measure."
            }
            Self::UnusualNumber => "A number with thousands marks, a plus or other digits was read.",
            Self::ClockHours => "A column of hours is written as hours and minutes; it was read so.",
            Self::MoreHoursThanPeriod => "More hours than the period has, so the row does not count for this measure.",
            Self::UnreadableFlag => "The cell is neither yes nor no, so the row counts as active.",
            Self::ExtraBlankCells => "Blank cells behind the last column were ignored.",
            Self::BlankLine => "A line of spaces was skipped.",
            Self::StrayQuote => "A quotation mark stands inside a cell; it was kept as text.",
            Self::UndoubledQuote => "Quotation marks inside a quoted cell are not doubled; they were read as text.",
            Self::OddQuoting => "Cells are quoted in an unusual way; they were read so.",
            Self::MixedLineEnds => "Lines end in different ways; all were read.",
            Self::OtherTableBelow => "Another table starts here; only the first one is read.",
            Self::UnreadableText => "Some letters cannot be read in the file's encoding.",
            Self::GuessedEncoding => "The text is not in UTF-8; its encoding was told by its letters.",
            Self::EncodedTwice => "Text was encoded twice, so that letters look like \u{c3}\u{bc}.",
            Self::ZeroByte => "A cell holds a zero byte; it counts as not set.",
            Self::ControlCharacter => "A name holds control characters; they are shown as symbols.",
            Self::HiddenCharacter => "A name holds invisible marks or odd spaces; they do not tell names apart.",
            Self::JoinedLetters => "Accents stand apart from their letters; they were joined, so that names agree.",
            Self::LinesAboveHeader => "Lines above the header were skipped.",
            Self::SecondColumn => "A second column means the same; the first is used.",
            Self::RepeatedColumn => "A header stands twice; the first column is used.",
            Self::TimeOfDay => "Dates have a time of day that is not midnight; only the day counts.",
            Self::CutFile => "The file ends within a row; it seems to be cut.",
            Self::AddressAsPerson => "The person identifiers are e-mail addresses.",
            Self::NameAsPerson => "The person identifiers look like names.",
            Self::OtherPeople => {
                "None of its people are in the other files, so that nobody is followed from one to the other."
            }
            Self::LostZeros => {
                "Its people are those of the other files only where zeros before their numbers do not count."
            }
        }
    }
}

/// One odd place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ImportIssue {
    /// The line of the file, counted from 1; 0 where no line is meant.
    pub line: u64,
    /// What is odd.
    pub kind: IssueKind,
    /// The header of the column, where one is meant.
    pub column: Option<String>,
    /// What stands there, shortened; never from a column that names people.
    pub sample: Option<String>,
}

/// How many examples of each kind of issue are kept.
const EXAMPLES: usize = 50;

/// Issues as they are found: all counted, the first of each kind kept.
#[derive(Clone, Debug, Default)]
pub(super) struct Issues {
    kept: BTreeMap<IssueKind, Vec<ImportIssue>>,
    counts: BTreeMap<IssueKind, u64>,
}

impl Issues {
    /// Adds an issue. The first ones by their lines are kept as examples, in whatever order they come.
    pub(super) fn add(&mut self, kind: IssueKind, line: u64, column: Option<&str>, sample: Option<&[u8]>) {
        *self.counts.entry(kind).or_default() += 1;
        let kept = self.kept.entry(kind).or_default();
        if kept.len() < EXAMPLES || kept.last().is_some_and(|last| line <= last.line) {
            let sample = sample.map(shortened);
            let issue = ImportIssue { line, kind, column: column.map(str::to_owned), sample };
            kept.insert(kept.partition_point(|before| *before <= issue), issue);
            kept.truncate(EXAMPLES);
        }
    }

    /// Counts issues whose examples were added before.
    pub(super) fn count_more(&mut self, kind: IssueKind, more: u64) {
        *self.counts.entry(kind).or_default() += more;
    }

    /// Joins what several readers of one file found; the result does not depend on who read what.
    pub(super) fn merge(&mut self, other: Self) {
        for (kind, count) in other.counts {
            *self.counts.entry(kind).or_default() += count;
        }
        for (kind, issues) in other.kept {
            let kept = self.kept.entry(kind).or_default();
            kept.extend(issues);
            kept.sort();
            kept.truncate(EXAMPLES);
        }
    }

    /// The examples by line, the counts, and their sum.
    pub(super) fn into_parts(self) -> (Vec<ImportIssue>, BTreeMap<IssueKind, u64>, u64) {
        let mut issues: Vec<ImportIssue> = self.kept.into_values().flatten().collect();
        issues.sort();
        let total = self.counts.values().sum();
        (issues, self.counts, total)
    }
}

/// The start of a cell, with control characters made visible.
pub(super) fn shortened(cell: &[u8]) -> String {
    const LONGEST: usize = 40;
    let text = String::from_utf8_lossy(cell);
    let mut short: String = text.chars().take(LONGEST).map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect();
    if text.chars().nth(LONGEST).is_some() {
        short.push('\u{2026}');
    }
    short
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn all_issues_are_counted_and_the_first_of_each_kind_are_kept() {
        let (mut even, mut odd) = (Issues::default(), Issues::default());
        for line in 0..100 {
            let issues = if line % 2 == 0 { &mut even } else { &mut odd };
            issues.add(IssueKind::NegativeNumber, line, Some("Meeting_hours"), Some(b"-1"));
        }
        even.merge(odd);
        let (issues, counts, total) = even.into_parts();
        assert_eq!(issues.iter().map(|issue| issue.line).collect::<Vec<_>>(), (0..50).collect::<Vec<_>>());
        assert_eq!((counts[&IssueKind::NegativeNumber], total), (100, 100));
    }

    #[test]
    fn the_first_examples_are_kept_whatever_the_order() {
        let (mut forward, mut backward) = (Issues::default(), Issues::default());
        for line in 0..100 {
            forward.add(IssueKind::NegativeNumber, line, Some("Meeting_hours"), Some(b"-1"));
            backward.add(IssueKind::NegativeNumber, 99 - line, Some("Meeting_hours"), Some(b"-1"));
        }
        assert_eq!(forward.into_parts(), backward.into_parts());
    }

    #[test]
    fn samples_are_short_and_hold_no_control_characters() {
        assert_eq!(shortened(b"a\x1b[31m\0"), "a\u{fffd}[31m\u{fffd}");
        assert_eq!(shortened(&[b'x'; 99]).chars().count(), 41);
    }
}
