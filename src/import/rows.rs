//! Rows to columns: one reader per thread turns the records of its blocks into codes, seconds and counts.

use std::collections::{BTreeMap, HashMap};
use std::sync::atomic::{AtomicBool, Ordering};

use super::cells::{self, Cell};
use super::dates::{self, DateText};
use super::dictionary::{Sequence, Texts};
use super::headers::{self, Plan};
use super::report::{IssueKind, Issues, RowReason};
use crate::dataset::{BLANK_SECONDS, EXCLUDED_COUNT, EXCLUDED_SECONDS, NOT_SET};

/// More distinct values than this make no attribute.
pub(super) const MOST_VALUES: usize = 200;
/// The code of a blank cell in every attribute.
pub(super) const NOT_SET_CODE: u16 = 0;

/// What the readers of one text share.
#[derive(Debug)]
pub(super) struct Shared<'a> {
    /// What to read.
    pub(super) plan: &'a Plan,
    /// The headers by column.
    pub(super) headers: &'a [String],
    /// The decimal mark.
    pub(super) decimal: u8,
    /// For each attribute of the plan whether it has too many values already.
    pub(super) crowded: Vec<AtomicBool>,
    /// Whether text that is no UTF-8 was met.
    pub(super) not_utf8: AtomicBool,
}

/// What became of the records of one block, as columns. Codes are those of the reader that made it.
#[derive(Debug, Default)]
pub(super) struct BlockRows {
    /// The block's place in the text.
    pub(super) index: usize,
    /// Which reader's codes these are.
    pub(super) reader: usize,
    /// Lines of the kept rows.
    pub(super) lines: Lines,
    /// Person code.
    pub(super) person: Vec<u32>,
    /// Date code.
    pub(super) date: Vec<u32>,
    /// `IsActive`, where the plan has it.
    pub(super) active: Vec<bool>,
    /// Blank manager, where the plan has one.
    pub(super) manager_blank: Vec<bool>,
    /// Layer 0, where the plan has one.
    pub(super) at_top: Vec<bool>,
    /// By duration metric of the plan.
    pub(super) durations: Vec<Vec<u32>>,
    /// By count metric of the plan.
    pub(super) counts: Vec<Vec<f64>>,
    /// By attribute of the plan.
    pub(super) attributes: Vec<Vec<u16>>,
}

/// The lines of a block's rows: a first one, and the others only where they do not simply follow.
#[derive(Clone, Debug, Default)]
pub(super) struct Lines {
    first: u64,
    count: u64,
    others: Vec<u64>,
}

impl Lines {
    fn push(&mut self, line: u64) {
        if self.count == 0 {
            self.first = line;
        } else if self.others.is_empty() && line != self.first + self.count {
            self.others.extend(self.first..self.first + self.count);
        }
        if !self.others.is_empty() {
            self.others.push(line);
        }
        self.count += 1;
    }

    /// The line of a row of the block.
    pub(super) fn get(&self, row: usize) -> u64 {
        if self.others.is_empty() { self.first + row as u64 } else { self.others.get(row).copied().unwrap_or(0) }
    }
}

/// What an identifier is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum PersonKind {
    Person,
    NoPerson(RowReason),
}

/// A distinct date of a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct DateSeen {
    /// The date as written.
    pub(super) text: DateText,
    /// The first line that has it, as far as this reader knows.
    pub(super) line: u64,
}

/// Reads records, and keeps what is distinct in them.
#[derive(Debug)]
pub(super) struct RowReader<'a> {
    shared: &'a Shared<'a>,
    /// The person column's header, as headers are compared.
    person_key: String,
    /// Rows of the block before, as a guess at the next one's.
    rows_of_block: usize,
    /// The identifiers as they stand in the file.
    people: Sequence,
    person_kinds: Vec<PersonKind>,
    dates: BTreeMap<DateText, u32>,
    dates_seen: Vec<DateSeen>,
    last_date: Vec<u8>,
    last_date_code: Option<u32>,
    attributes: Vec<AttributeReader>,
    /// Rows of data, kept or not.
    rows: u64,
    excluded: BTreeMap<RowReason, u64>,
    /// Dates that are bare numbers of days, and the first of them.
    serials: Option<(u64, u64)>,
    issues: Issues,
}

/// What a reader knows when it is done.
#[derive(Debug)]
pub(super) struct Learned {
    /// Identifiers by person code.
    pub(super) people: Texts,
    /// Dates by date code.
    pub(super) dates: Vec<DateSeen>,
    /// Values by code, for each attribute of the plan.
    pub(super) values: Vec<Vec<String>>,
    /// Rows of data, kept or not.
    pub(super) rows: u64,
    /// Rows set aside.
    pub(super) excluded: BTreeMap<RowReason, u64>,
    /// The first date that is a bare number of days: line and number.
    pub(super) serial: Option<(u64, u64)>,
    /// What is odd.
    pub(super) issues: Issues,
}

impl<'a> RowReader<'a> {
    pub(super) fn new(shared: &'a Shared<'a>) -> Self {
        let person_column = shared.plan.needed.get(shared.plan.person);
        let person_header = person_column.and_then(|column| shared.headers.get(*column));
        Self {
            shared,
            person_key: person_header.map(|header| headers::key(header)).unwrap_or_default(),
            rows_of_block: 0,
            people: Sequence::default(),
            person_kinds: Vec::new(),
            dates: BTreeMap::new(),
            dates_seen: Vec::new(),
            last_date: Vec::new(),
            last_date_code: None,
            attributes: shared.plan.attributes.iter().map(|_| AttributeReader::new()).collect(),
            rows: 0,
            excluded: BTreeMap::new(),
            serials: None,
            issues: Issues::default(),
        }
    }

    /// An empty block of rows for this plan.
    pub(super) fn start(&self, reader: usize, index: usize) -> BlockRows {
        fn column<T>(rows: usize) -> Vec<T> {
            Vec::with_capacity(rows)
        }
        let plan = self.shared.plan;
        let rows = self.rows_of_block + self.rows_of_block / 16;
        BlockRows {
            index,
            reader,
            person: column(rows),
            date: column(rows),
            durations: plan.durations.iter().map(|_| column(rows)).collect(),
            counts: plan.counts.iter().map(|_| column(rows)).collect(),
            attributes: plan.attributes.iter().map(|_| column(rows)).collect(),
            ..BlockRows::default()
        }
    }

    /// Ends a block.
    pub(super) fn end(&mut self, block: &BlockRows) {
        self.rows_of_block = block.person.len();
    }

    /// Rows so far, kept or not.
    pub(super) fn rows(&self) -> u64 {
        self.rows
    }

    pub(super) fn finish(self) -> Learned {
        Learned {
            people: self.people.into_texts(),
            dates: self.dates_seen,
            values: self.attributes.into_iter().map(|attribute| attribute.values).collect(),
            rows: self.rows,
            excluded: self.excluded,
            serial: self.serials,
            issues: self.issues,
        }
    }

    /// Notes something odd that is no matter of one cell.
    pub(super) fn issue(&mut self, kind: IssueKind, line: u64) {
        self.issues.add(kind, line, None, None);
    }

    /// Sets a row aside.
    pub(super) fn set_aside(&mut self, reason: RowReason, line: u64, sample: Option<&[u8]>) {
        self.rows += 1;
        *self.excluded.entry(reason).or_default() += 1;
        let date_header = self.shared.plan.needed.get(self.shared.plan.period);
        let column = sample.and(date_header).and_then(|column| self.shared.headers.get(*column));
        self.issues.add(IssueKind::Row(reason), line, column.map(String::as_str), sample);
    }

    /// Reads one row, of which `needed` holds the cells of the plan's slots, without their quotes.
    pub(super) fn row(&mut self, block: &mut BlockRows, line: u64, needed: &[&[u8]]) {
        let plan = self.shared.plan;
        let cell = |slot: usize| needed.get(slot).copied().unwrap_or_default();
        let person = match self.person(cell(plan.person)) {
            Ok(person) => person,
            Err(reason) => return self.set_aside(reason, line, None),
        };
        let Some(date) = self.date(cell(plan.period), line) else {
            return self.set_aside(RowReason::UnreadableDate, line, Some(cell(plan.period)));
        };
        self.rows += 1;
        block.lines.push(line);
        block.person.push(person);
        block.date.push(date);
        if let Some(slot) = plan.active {
            let trimmed = cells::trim(cell(slot));
            let flag = cells::flag(trimmed);
            if flag.is_none() && !cells::is_blank(trimmed) {
                self.cell_issue(IssueKind::UnreadableFlag, line, slot, trimmed);
            }
            block.active.push(flag.unwrap_or(true));
        }
        if let Some(slot) = plan.manager {
            block.manager_blank.push(cells::is_blank(cells::trim(cell(slot))));
        }
        if let Some(slot) = plan.layer {
            block.at_top.push(cells::count(cell(slot), self.shared.decimal) == Cell::Value(0.0));
        }
        for ((_, slot), column) in plan.durations.iter().zip(&mut block.durations) {
            column.push(match cells::seconds(cell(*slot), self.shared.decimal) {
                Cell::Value(seconds) => seconds,
                Cell::Blank => BLANK_SECONDS,
                Cell::Negative => {
                    self.cell_issue(IssueKind::NegativeNumber, line, *slot, cell(*slot));
                    EXCLUDED_SECONDS
                }
                Cell::Unreadable => {
                    self.cell_issue(IssueKind::UnreadableNumber, line, *slot, cell(*slot));
                    EXCLUDED_SECONDS
                }
            });
        }
        for ((_, slot), column) in plan.counts.iter().zip(&mut block.counts) {
            column.push(match cells::count(cell(*slot), self.shared.decimal) {
                Cell::Value(count) => count,
                Cell::Blank => f64::NAN,
                Cell::Negative => {
                    self.cell_issue(IssueKind::NegativeNumber, line, *slot, cell(*slot));
                    EXCLUDED_COUNT
                }
                Cell::Unreadable => {
                    self.cell_issue(IssueKind::UnreadableNumber, line, *slot, cell(*slot));
                    EXCLUDED_COUNT
                }
            });
        }
        for (index, ((_, slot), column)) in plan.attributes.iter().zip(&mut block.attributes).enumerate() {
            let (Some(attribute), Some(crowded)) = (self.attributes.get_mut(index), self.shared.crowded.get(index))
            else {
                continue;
            };
            let (code, is_new) = attribute.code(cell(*slot), crowded);
            column.push(code);
            if is_new && std::str::from_utf8(cell(*slot)).is_err() {
                self.shared.not_utf8.store(true, Ordering::Relaxed);
                self.issues.add(IssueKind::UnreadableText, line, self.header(*slot), None);
            }
        }
    }

    fn header(&self, slot: usize) -> Option<&'a str> {
        let column = self.shared.plan.needed.get(slot)?;
        self.shared.headers.get(*column).map(String::as_str)
    }

    fn cell_issue(&mut self, kind: IssueKind, line: u64, slot: usize, sample: &[u8]) {
        let header = self.header(slot);
        self.issues.add(kind, line, header, Some(sample));
    }

    /// The code of an identifier.
    fn person(&mut self, cell: &[u8]) -> Result<u32, RowReason> {
        let trimmed = cells::trim(cell);
        let (code, is_new) = if trimmed.is_ascii() {
            self.people.intern(trimmed)
        } else if let Ok(text) = std::str::from_utf8(trimmed) {
            self.people.intern(cells::name_of(text.as_bytes()).as_bytes())
        } else {
            // Ids that are no text stay apart by their bytes.
            self.people.intern(trimmed)
        };
        if is_new {
            let kind = self.kind_of(trimmed);
            self.person_kinds.push(kind);
        }
        match self.person_kinds.get(code as usize) {
            Some(PersonKind::NoPerson(reason)) => Err(*reason),
            _ => Ok(code),
        }
    }

    fn kind_of(&self, id: &[u8]) -> PersonKind {
        if cells::is_blank(id) {
            return PersonKind::NoPerson(RowReason::BlankPerson);
        }
        let text = id.strip_prefix(b"\xef\xbb\xbf").unwrap_or(id);
        if text.iter().any(u8::is_ascii_control) {
            return PersonKind::NoPerson(RowReason::UnreadablePerson);
        }
        // Identifiers nearly always have a digit; words are looked at more closely.
        let is_word = !text.iter().any(u8::is_ascii_digit);
        let key = if is_word { headers::key(&String::from_utf8_lossy(text)) } else { String::new() };
        if !is_word {
            PersonKind::Person
        } else if key == self.person_key {
            PersonKind::NoPerson(RowReason::RepeatedHeader)
        } else if ["total", "totals", "grandtotal", "sum"].contains(&key.as_str()) {
            PersonKind::NoPerson(RowReason::TotalRow)
        } else {
            PersonKind::Person
        }
    }

    /// The code of a date.
    fn date(&mut self, cell: &[u8], line: u64) -> Option<u32> {
        if self.last_date_code.is_some() && cell == self.last_date.as_slice() {
            return self.last_date_code;
        }
        let date = dates::without_time(cells::trim(cell));
        let Some(text) = DateText::read(date) else {
            if dates::is_serial(date) && self.serials.is_none() {
                let days = date.iter().take(5).fold(0, |days, digit| days * 10 + u64::from(digit - b'0'));
                self.serials = Some((line, days));
            }
            return None;
        };
        let next = self.dates_seen.len() as u32;
        let code = *self.dates.entry(text).or_insert(next);
        if code == next {
            self.dates_seen.push(DateSeen { text, line });
        }
        self.last_date.clear();
        self.last_date.extend_from_slice(cell);
        self.last_date_code = Some(code);
        self.last_date_code
    }
}

/// The values of one attribute, by code; code 0 is "(Not set)".
#[derive(Debug)]
struct AttributeReader {
    /// Cells as they stand in the file.
    cells: Texts,
    /// The value of each of them.
    codes: Vec<u16>,
    values: Vec<String>,
    by_value: HashMap<String, u16>,
    /// The places of cells that came lately, by a few of their bytes.
    recent: [u32; RECENT],
}

/// Cells that are remembered without looking them up.
const RECENT: usize = 64;

/// So many ways of writing 200 values are more than enough.
const MOST_CELLS: usize = 20 * MOST_VALUES;

impl AttributeReader {
    fn new() -> Self {
        Self {
            cells: Texts::default(),
            codes: Vec::new(),
            values: vec![NOT_SET.to_owned()],
            by_value: HashMap::from([(NOT_SET.to_owned(), NOT_SET_CODE)]),
            recent: [u32::MAX; RECENT],
        }
    }

    /// The code of a cell, and whether it was never seen before.
    fn code(&mut self, cell: &[u8], crowded: &AtomicBool) -> (u16, bool) {
        let mixed = cell.len() * 7
            + cell.iter().take(2).chain(cell.iter().rev().take(3)).map(|byte| usize::from(*byte)).sum::<usize>();
        let recent = mixed % RECENT;
        let guess = self.recent.get(recent).copied().unwrap_or(u32::MAX);
        if let Some(code) = self.codes.get(guess as usize).filter(|_| self.cells.get(guess) == cell) {
            return (*code, false);
        }
        if crowded.load(Ordering::Relaxed) {
            return (NOT_SET_CODE, false);
        }
        let (place, is_new) = self.cells.intern(cell);
        if is_new {
            let code = self.value_code(cell);
            self.codes.push(code);
            if self.values.len() > MOST_VALUES + 1 || self.cells.len() > MOST_CELLS {
                crowded.store(true, Ordering::Relaxed);
            }
        }
        if let Some(recent) = self.recent.get_mut(recent) {
            *recent = place;
        }
        (self.codes.get(place as usize).copied().unwrap_or(NOT_SET_CODE), is_new)
    }

    fn value_code(&mut self, cell: &[u8]) -> u16 {
        let trimmed = cells::trim(cell);
        if cells::is_blank(trimmed) {
            return NOT_SET_CODE;
        }
        let value = cells::name_of(trimmed).into_owned();
        let next = self.values.len() as u16;
        let code = *self.by_value.entry(value.clone()).or_insert(next);
        if code == next {
            self.values.push(value);
        }
        code
    }
}
