//! Exports that are small enough to be read row by row: what all of them share.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher as _, Hash as _, Hasher as _, RandomState};
use std::io::Read as _;
use std::path::PathBuf;

use chrono::NaiveDate;

use super::cells::{self, Cell};
use super::container::{self, cannot_read};
use super::date_cells;
use super::dates::{self, DateText, Plausible};
use super::encoding;
use super::exact::{Dialect, Quoting};
use super::headers;
use super::kinds::QueryKind;
use super::numbers;
use super::options::{DateOrder, ImportOptions, Source};
use super::problem::{ImportError, Refusal};
use super::read::{self, Examined};
use crate::work::{Cancel, Progress};

/// Rows between two looks at whether the work was cancelled.
const ROWS_A_LOOK: u64 = 4096;

/// A file that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadFile {
    /// Its name.
    pub name: String,
    /// Where it is; `None` for bytes in memory.
    pub path: Option<PathBuf>,
}

/// What a time column counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeUnit {
    /// Hours.
    Hours,
    /// Minutes.
    Minutes,
}

impl TimeUnit {
    /// A cell of such a column as whole seconds.
    pub(super) fn seconds(self, cell: &[u8], decimal: u8) -> Cell<u32> {
        match (cells::seconds(cell, decimal), self) {
            // Read as if hours, a minute is an hour: its sixtieth, half to even.
            (Cell::Value(seconds), Self::Minutes) => Cell::Value(sixtieth(seconds)),
            (cell, _) => cell,
        }
    }
}

/// A sixtieth, half to even.
fn sixtieth(seconds: u32) -> u32 {
    let (whole, rest) = (seconds / 60, seconds % 60);
    whole + u32::from(rest > 30 || rest == 30 && whole % 2 == 1)
}

/// Names by number, in the order in which they came.
#[derive(Default)]
pub(super) struct Names {
    by_name: HashMap<String, u32>,
    pub(super) names: Vec<String>,
}

impl Names {
    pub(super) fn number(&mut self, name: &str) -> u32 {
        if let Some(number) = self.by_name.get(name) {
            return *number;
        }
        let number = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        self.by_name.insert(name.to_owned(), number);
        self.names.push(name.to_owned());
        number
    }
}

/// Texts of days by number, with the first line of each, until the order of their parts is known.
#[derive(Default)]
pub(super) struct Days {
    texts: Names,
    lines: Vec<u64>,
}

impl Days {
    /// The number of a cell's day, as it is written.
    pub(super) fn number(&mut self, cell: &[u8], line: u64) -> u32 {
        let number = self.texts.number(&String::from_utf8_lossy(cell));
        if number as usize == self.lines.len() {
            self.lines.push(line);
        }
        number
    }

    /// The day of each number; `None` for what is no plausible day. `monthly` says that periods are months, so that
    /// where both orders are possible the one that gives firsts of months is right.
    pub(super) fn read(self, options: &ImportOptions, monthly: bool) -> Result<Vec<Option<NaiveDate>>, ImportError> {
        let plausible = Plausible::new(options.today);
        let texts: Vec<Option<DateText>> =
            self.texts.names.iter().map(|text| Some(date_cells::read(text.as_bytes())?.text)).collect();
        let known: Vec<(DateText, u64)> =
            texts.iter().zip(&self.lines).filter_map(|(text, line)| Some(((*text)?, *line))).collect();
        let order = match dates::decide_order(&known, plausible, options.date_order) {
            Ok((order, _)) => order,
            Err(question @ ImportError::Question(_)) if monthly => firsts(&known).ok_or(question)?,
            Err(error) => return Err(error),
        };
        let day = |text: &Option<DateText>| text.and_then(|text| text.day(order)).filter(|day| plausible.keeps(*day));
        Ok(texts.iter().map(day).collect())
    }
}

/// The one order in which every date is the first of a month.
fn firsts(known: &[(DateText, u64)]) -> Option<DateOrder> {
    use chrono::Datelike as _;
    let all_firsts =
        |order: &DateOrder| known.iter().all(|(text, _)| text.day(*order).is_some_and(|day| day.day() == 1));
    let mut orders = [DateOrder::Mdy, DateOrder::Dmy].into_iter().filter(all_firsts);
    orders.next().filter(|_| orders.next().is_none())
}

/// Rows that were there before, cell by cell.
#[derive(Default)]
pub(super) struct Seen {
    seen: HashSet<u64>,
    hasher: RandomState,
}

impl Seen {
    /// Whether the row is new.
    pub(super) fn is_new(&mut self, record: &csv::ByteRecord) -> bool {
        let mut cells = self.hasher.build_hasher();
        record.iter().for_each(|cell| cell.hash(&mut cells));
        self.seen.insert(cells.finish())
    }
}

/// Whether nothing stands in a row.
pub(super) fn is_empty(record: &csv::ByteRecord) -> bool {
    record.iter().all(|cell| cells::trim(cell).is_empty())
}

/// Hands over every record with its line.
pub(super) fn each_record(
    examined: &Examined,
    progress: &Progress,
    cancel: &Cancel,
    mut hand_over: impl FnMut(&csv::ByteRecord, u64),
) -> Result<(), ImportError> {
    let layout = &examined.layout;
    progress.add_total_bytes(examined.part.raw_bytes);
    examined.part.with_reader(|raw| {
        let mut text = encoding::reader(raw, &examined.encoding);
        let head = layout.data_start as u64;
        std::io::copy(&mut text.by_ref().take(head), &mut std::io::sink()).map_err(|error| cannot_read(&error))?;
        let Dialect { delimiter, quote, quoting } = layout.dialect;
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .quote(quote)
            .escape((quoting == Quoting::Backslash).then_some(b'\\'))
            .has_headers(false)
            .flexible(true)
            .from_reader(text);
        let mut record = csv::ByteRecord::new();
        let mut read = 0_u64;
        loop {
            let more = reader.read_byte_record(&mut record).map_err(|error| {
                let why = format!("The system says: {error}.");
                Refusal::new("The file could not be read to its end.", why, "Copy it to this computer and try again.")
            })?;
            if !more {
                return Ok(());
            }
            let line = record.position().map_or(0, csv::Position::line) + layout.data_line.saturating_sub(1);
            hand_over(&record, line);
            read += 1;
            if read.is_multiple_of(ROWS_A_LOOK) {
                progress.add_rows(ROWS_A_LOOK);
                if cancel.is_cancelled() {
                    return Err(ImportError::Cancelled);
                }
            }
        }
    })?;
    progress.add_bytes(examined.part.raw_bytes);
    examined.part.check_unchanged()
}

/// The decimal mark of a column in the first rows; a point where both are possible, because such columns hold no
/// thousands.
pub(super) fn decimal_of(examined: &Examined, column: usize) -> u8 {
    let cells = examined.sampled.iter().filter_map(|row| row.get(column));
    numbers::decide_mark(cells).unwrap_or(b'.')
}

/// Where columns stand, by the [keys](headers::key) of their headers.
pub(super) struct Keys(pub(super) Vec<String>);

impl Keys {
    pub(super) fn of(examined: &Examined) -> Self {
        Self(examined.layout.headers.iter().map(|header| headers::key(header)).collect())
    }

    /// The column of the first of these names that the file has.
    pub(super) fn find(&self, names: &[&str]) -> Option<usize> {
        names.iter().find_map(|name| self.0.iter().position(|key| key == name))
    }

    /// The key of a column.
    pub(super) fn get(&self, column: usize) -> &str {
        self.0.get(column).map_or("", String::as_str)
    }
}

/// Hands every file of one kind to `take`, and gives which they are. Files of other kinds are passed over; `why` is what
/// one of them is told where there is none of the kind.
pub(super) fn each_of_kind(
    sources: &[Source],
    options: &ImportOptions,
    kind: QueryKind,
    why: &str,
    cancel: &Cancel,
    mut take: impl FnMut(&Examined) -> Result<(), ImportError>,
) -> Result<Vec<ReadFile>, ImportError> {
    let (mut files, mut other) = (Vec::new(), None);
    for part in container::open_all(sources, cancel)?.parts {
        let (name, path) = (part.name.clone(), part.path.clone());
        let here = |error: ImportError| error.in_source(&name, path.as_ref());
        let may_be_left_out = part.is_one_of_several();
        let examined = match read::examine(part, options) {
            Ok(examined) => examined,
            Err(error @ ImportError::Refused(_)) if may_be_left_out => {
                other.get_or_insert_with(|| here(error));
                continue;
            }
            Err(error) => return Err(here(error)),
        };
        if examined.kind == kind {
            take(&examined).map_err(here)?;
            files.push(ReadFile { name, path });
        } else {
            other.get_or_insert_with(|| here(not_of_kind(&examined, why)));
        }
    }
    if files.is_empty() { Err(other.unwrap_or_else(no_file)) } else { Ok(files) }
}

/// A refusal of nothing.
pub(super) fn no_file() -> ImportError {
    Refusal::new("There is no file to read.", "The folder has none.", "Choose an export.").into()
}

/// A refusal of a file whose kind has no place here.
pub(super) fn not_of_kind(examined: &Examined, why: &str) -> ImportError {
    let what = format!("This is {}.", examined.kind.in_words());
    Refusal::new(what, why, "Export that query and open it here.").at_line(examined.layout.header_line).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sixtieth_is_rounded_half_to_even() {
        assert_eq!([0, 29, 30, 31, 90, 91].map(sixtieth), [0, 0, 0, 1, 2, 2]);
    }
}
