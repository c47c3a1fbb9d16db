//! Records that the fast way leaves: read byte by byte, mended where only one reading fits, or set aside.

use super::cells;
use super::date_cells;
use super::exact::{self, Dialect, Quoting, Record, Step, read_record};
use super::headers::{self, Plan};
use super::read::not_words;
use super::report::{IssueKind, RowReason};
use super::rows::{BlockRows, RowReader};
use super::scan::Single;

/// A record that ends inside quotes.
pub(super) struct OpenRecord {
    /// Its first line.
    pub(super) line: u64,
    /// How many lines it takes.
    pub(super) lines: u64,
}

/// What became of records that were read exactly.
#[derive(Default)]
pub(super) struct ReadExactly {
    /// The last record, where it ends inside quotes.
    pub(super) open: Option<OpenRecord>,
    /// The line of the first record that has taken in rows behind it.
    pub(super) swallowed_line: Option<u64>,
}

/// Reads records byte by byte.
pub(super) struct Exactly<'a> {
    pub(super) dialect: Dialect,
    pub(super) plan: &'a Plan,
    pub(super) headers: &'a [String],
}

impl Exactly<'_> {
    /// Reads records one by one.
    pub(super) fn read(
        &self,
        mut text: &[u8],
        mut line: u64,
        mut is_after_blank: bool,
        rows: &mut RowReader<'_>,
        columns: &mut BlockRows,
    ) -> ReadExactly {
        let mut record = Record::default();
        let mut read = ReadExactly::default();
        while let Step::Record(length) = read_record(text, self.dialect, true, &mut record) {
            let first_line = line + record.empty_lines;
            let lines = record.lines();
            read.open = record.open_quote.then_some(OpenRecord { line: first_line, lines });
            let bytes = text.get(..length).unwrap_or_default();
            if lines > 1 && self.has_taken_in_rows(&record, bytes) {
                read.swallowed_line.get_or_insert(first_line);
            }
            is_after_blank |= record.empty_lines > 0;
            line += record.line_ends;
            if is_blank(&record) && self.plan.width > 1 {
                rows.issue(IssueKind::BlankLine, first_line);
                is_after_blank = true;
            } else {
                self.row(&mut record, bytes, first_line, is_after_blank, rows, columns);
                is_after_blank = false;
            }
            text = text.get(length..).unwrap_or_default();
        }
        read
    }

    /// Whether a quotation mark has made rows the text of a cell: text follows where it closes, many lines later, or a
    /// line within has a row's cells and a date where rows have theirs.
    fn has_taken_in_rows(&self, record: &Record, bytes: &[u8]) -> bool {
        let Dialect { delimiter, .. } = self.dialect;
        let period = self.plan.needed.get(self.plan.period).copied().unwrap_or_default();
        let is_row = |line: &[u8]| {
            let mut cells = line.split(|byte| *byte == delimiter);
            let date = cells.clone().nth(period).unwrap_or_default();
            let date = date.strip_prefix(b"\"").and_then(|date| date.strip_suffix(b"\"")).unwrap_or(date);
            cells.by_ref().count() == self.plan.width && date_cells::read_period(cells::trim(date)).is_some()
        };
        record.broken_quote || exact::lines_behind(bytes).any(is_row)
    }

    /// Hands over one record, or says what is wrong with it.
    fn row(
        &self,
        record: &mut Record,
        bytes: &[u8],
        line: u64,
        is_after_blank: bool,
        rows: &mut RowReader<'_>,
        columns: &mut BlockRows,
    ) {
        let width = self.plan.width;
        if is_after_blank && is_other_header(record, self.headers) {
            rows.other_table(line);
        }
        if record.open_quote || (record.unended && record.len() < width) {
            rows.issue(IssueKind::CutFile, line);
        }
        if record.broken_quote {
            let mut undoubled = Record::default();
            let dialect = Dialect { quoting: Quoting::Undoubled, ..self.dialect };
            let step = read_record(bytes, dialect, true, &mut undoubled);
            if step == Step::Record(bytes.len()) && undoubled.len() == width && !undoubled.open_quote {
                rows.issue(IssueKind::UndoubledQuote, line);
                *record = undoubled;
            }
        }
        if record.len() < width {
            return rows.set_aside(RowReason::TooFewCells, line, None);
        }
        if record.len() > width {
            if record.cells().skip(width).any(|cell| !cells::trim(cell).is_empty()) {
                return rows.set_aside(RowReason::TooManyCells, line, None);
            }
            rows.issue(IssueKind::ExtraBlankCells, line);
        }
        if record.stray_quote {
            rows.issue(IssueKind::StrayQuote, line);
        }
        let cells = self.plan.needed.iter().map(|column| record.get(*column).unwrap_or_default());
        rows.read(columns, Single::new(cells).batch(line));
    }
}

/// Whether nothing but spaces stands in a line; the mark that ended files long ago is nothing too.
fn is_blank(record: &Record) -> bool {
    const END_OF_FILE: u8 = 0x1a;
    let is_end = record.unended && record.get(0) == Some(&[END_OF_FILE]);
    record.len() == 1 && (is_end || record.get(0).is_none_or(|cell| cells::trim(cell).is_empty()))
}

/// Whether a record is the header of another table: two words or more, no number or date, and not the file's own.
fn is_other_header(record: &Record, headers: &[String]) -> bool {
    let words: Vec<&[u8]> = record.cells().map(cells::trim).filter(|cell| !cell.is_empty()).collect();
    let is_own = |word: &[u8]| headers.iter().any(|header| headers::key(header) == key_of(word));
    words.len() > 1
        && words.iter().all(|word| is_word(word))
        && words.iter().filter(|word| is_own(word)).count() * 2 < words.len()
}

fn key_of(word: &[u8]) -> String {
    headers::key(&String::from_utf8_lossy(word))
}

/// Whether a trimmed cell is neither a number nor a date nor a word for nothing.
fn is_word(trimmed: &[u8]) -> bool {
    !cells::is_blank(trimmed) && not_words(std::iter::once(trimmed)).is_none()
}
