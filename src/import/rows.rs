//! Rows to columns: one reader per thread turns the records of its blocks into codes, seconds and counts.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};

use super::attribute_cells::AttributeReader;
use super::cells::{self, Cell};
use super::clock;
use super::date_cells;
use super::dates::DateText;
use super::dictionary::{Sequence, Texts};
use super::headers::{self, Plan};
use super::names;
use super::numbers::{Spelling, Tally};
use super::report::{IssueKind, Issues, RowReason};
use super::scan::{Batch, MOST, Processor, Windows};
use crate::dataset::{BLANK_SECONDS, CountCells, EXCLUDED_COUNT, EXCLUDED_SECONDS};

/// What the readers of one text share.
#[derive(Debug)]
pub(super) struct Shared<'a> {
    /// What to read.
    pub(super) plan: &'a Plan,
    /// The headers by column.
    pub(super) headers: &'a [String],
    /// The decimal mark of the file.
    pub(super) mark: u8,
    /// How the hours of each duration of the plan are written.
    pub(super) spellings: Vec<Spelling>,
    /// The decimal mark of each count of the plan.
    pub(super) marks: Vec<u8>,
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
    /// Lines of the kept rows, and how many there are.
    pub(super) lines: Lines,
    pub(super) rows: usize,
    /// Person code.
    pub(super) person: Vec<u32>,
    /// Date code.
    pub(super) date: Vec<u16>,
    /// `IsActive`, where the plan has it.
    pub(super) active: Vec<bool>,
    /// Blank manager, where the plan has one.
    pub(super) manager_blank: Vec<bool>,
    /// Layer 0, where the plan has one.
    pub(super) at_top: Vec<bool>,
    /// By duration metric of the plan.
    pub(super) durations: Vec<Vec<u32>>,
    /// By count metric of the plan.
    pub(super) counts: Vec<CountCells>,
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
#[derive(Clone, Debug, PartialEq, Eq)]
enum PersonKind {
    Person,
    /// A person whose identifier is odd in these ways.
    OddPerson(Vec<IssueKind>),
    NoPerson(RowReason),
}

/// A distinct date of a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct DateSeen {
    /// The date as written.
    pub(super) text: DateText,
    /// Whether a time of day stands behind it.
    pub(super) has_time: bool,
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
    /// Cells of dates as they stand in the file, and the code of each; `None` for one that is no date.
    date_cells: Sequence,
    date_codes: Vec<Option<u16>>,
    /// By date, and whether a time of day stands behind it.
    dates: BTreeMap<(DateText, bool), u16>,
    dates_seen: Vec<DateSeen>,
    attributes: Vec<AttributeReader>,
    /// Rows of data, kept or not.
    rows: u64,
    excluded: BTreeMap<RowReason, u64>,
    other_table: Option<u64>,
    /// The marks of numbers that are not plain, by slot of the plan.
    marks: Vec<Tally>,
    issues: Issues,
    /// Rows of a batch that are kept; here only so that its memory is used again.
    kept: Vec<usize>,
    processor: Processor,
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
    /// The first line below an empty one that looks like the header of another table.
    pub(super) other_table: Option<u64>,
    /// The marks of numbers that are not plain, by slot of the plan.
    pub(super) marks: Vec<Tally>,
    /// What is odd.
    pub(super) issues: Issues,
    /// What is odd about the cells of each attribute of the plan.
    pub(super) attribute_issues: Vec<Issues>,
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
            date_cells: Sequence::default(),
            date_codes: Vec::new(),
            attributes: shared.plan.attributes.iter().map(|_| AttributeReader::new()).collect(),
            rows: 0,
            excluded: BTreeMap::new(),
            other_table: None,
            marks: vec![Tally::default(); shared.plan.needed.len()],
            issues: Issues::default(),
            kept: Vec::new(),
            processor: Processor::detect(),
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
            counts: plan.counts.iter().map(|_| CountCells::with_capacity(rows)).collect(),
            attributes: plan.attributes.iter().map(|_| column(rows)).collect(),
            ..BlockRows::default()
        }
    }

    /// Ends a block.
    pub(super) fn end(&mut self, block: &mut BlockRows) {
        block.rows = block.person.len();
        self.rows_of_block = block.rows;
    }

    /// Rows so far, kept or not.
    pub(super) fn rows(&self) -> u64 {
        self.rows
    }

    pub(super) fn finish(self) -> Learned {
        let (values, attribute_issues) =
            self.attributes.into_iter().map(|attribute| (attribute.values, attribute.issues)).unzip();
        Learned {
            people: self.people.into_texts(),
            dates: self.dates_seen,
            values,
            attribute_issues,
            rows: self.rows,
            excluded: self.excluded,
            other_table: self.other_table,
            marks: self.marks,
            issues: self.issues,
        }
    }

    /// Notes something odd that is no matter of one cell.
    pub(super) fn issue(&mut self, kind: IssueKind, line: u64) {
        self.issues.add(kind, line, None, None);
    }

    /// Notes that another table starts at a line.
    pub(super) fn other_table(&mut self, line: u64) {
        self.other_table.get_or_insert(line);
    }

    /// Sets a row aside.
    pub(super) fn set_aside(&mut self, reason: RowReason, line: u64, sample: Option<&[u8]>) {
        self.rows += 1;
        *self.excluded.entry(reason).or_default() += 1;
        let date_header = self.shared.plan.needed.get(self.shared.plan.period);
        let column = sample.and(date_header).and_then(|column| self.shared.headers.get(*column));
        self.issues.add(IssueKind::Row(reason), line, column.map(String::as_str), sample);
    }

    /// Reads some rows, of which the batch has the cells of the plan's slots: who and when of each first, then column
    /// by column of those that are kept, so that numbers are read side by side.
    pub(super) fn read(&mut self, block: &mut BlockRows, batch: Batch<'_, '_>) {
        let shared = self.shared;
        let plan = shared.plan;
        let (processor, mut windows) = (self.processor, Windows::new());
        let mut kept = std::mem::take(&mut self.kept);
        kept.clear();
        let (people, dates) = (batch.column(plan.person), batch.column(plan.period));
        for row in 0..batch.len() {
            let line = batch.line(row);
            match self.person(people.get(row), line) {
                Err(reason) => self.set_aside(reason, line, None),
                Ok(person) => match self.date(dates.get(row), line) {
                    None => self.set_aside(RowReason::UnreadableDate, line, Some(dates.get(row))),
                    Some(date) => {
                        kept.push(row);
                        block.lines.push(line);
                        block.person.push(person);
                        block.date.push(date);
                    }
                },
            }
        }
        self.rows += kept.len() as u64;
        if let Some(slot) = plan.active {
            let cells = batch.column(slot);
            block.active.extend(kept.iter().map(|row| {
                let trimmed = cells::trim(cells.get(*row));
                let flag = cells::flag(trimmed);
                if flag.is_none() && !cells::is_blank(trimmed) {
                    self.cell_issue(IssueKind::UnreadableFlag, batch.line(*row), slot, trimmed);
                }
                flag.unwrap_or(true)
            }));
        }
        if let Some(cells) = plan.manager.map(|slot| batch.column(slot)) {
            block.manager_blank.extend(kept.iter().map(|row| cells::is_blank(cells::trim(cells.get(*row)))));
        }
        if let Some(cells) = plan.layer.map(|slot| batch.column(slot)) {
            for rows in kept.chunks(MOST) {
                cells.fill(&mut windows, rows);
                let odd = |at: usize| {
                    let row = rows.get(at).copied().unwrap_or_default();
                    match cells::count(cells.get(row), shared.mark) {
                        Cell::Value(count) => count,
                        Cell::Blank | Cell::Negative | Cell::Unreadable => f64::NAN,
                    }
                };
                block.at_top.extend(processor.counts(&windows, shared.mark).or(odd).map(|layer| layer == 0.0));
            }
        }
        for (((_, slot), spelling), column) in plan.durations.iter().zip(&shared.spellings).zip(&mut block.durations) {
            let cells = batch.column(*slot);
            for rows in kept.chunks(MOST) {
                let odd = |at: usize| {
                    let row = rows.get(at).copied().unwrap_or_default();
                    self.odd_duration(*spelling, batch.line(row), *slot, cells.get(row))
                };
                match spelling.mark() {
                    Some(mark) => {
                        cells.fill(&mut windows, rows);
                        column.extend(processor.seconds(&windows, mark).or(odd));
                    }
                    None => column.extend((0..rows.len()).map(odd)),
                }
            }
        }
        for (((_, slot), mark), column) in plan.counts.iter().zip(&shared.marks).zip(&mut block.counts) {
            let cells = batch.column(*slot);
            for rows in kept.chunks(MOST) {
                cells.fill(&mut windows, rows);
                let counts = processor.counts(&windows, *mark);
                counts
                    .or(|at| {
                        let row = rows.get(at).copied().unwrap_or_default();
                        self.odd_count(*mark, batch.line(row), *slot, cells.get(row))
                    })
                    .for_each(|count| column.push(count));
            }
        }
        let attributes = self.attributes.iter_mut().zip(&shared.crowded);
        for (((_, slot), (attribute, crowded)), column) in
            plan.attributes.iter().zip(attributes).zip(&mut block.attributes)
        {
            let cells = batch.column(*slot);
            column.extend(kept.iter().map(|row| {
                let (window, length) = cells.window(*row);
                let (code, is_odd) = attribute.code(window, length, || cells.get(*row), crowded);
                if is_odd {
                    let header = plan.needed.get(*slot).and_then(|column| shared.headers.get(*column));
                    let (line, header) = (batch.line(*row), header.map(String::as_str));
                    attribute.note_oddities(cells.get(*row), line, header, &shared.not_utf8);
                }
                code
            }));
        }
        self.kept = kept;
    }

    /// Reads a duration that is no plain number.
    #[cold]
    fn odd_duration(&mut self, spelling: Spelling, line: u64, slot: usize, text: &[u8]) -> u32 {
        let read = match spelling {
            Spelling::Decimal(mark) => cells::seconds(text, mark),
            Spelling::Clock => clock::seconds(text),
        };
        match self.odd_number(read, line, slot, text) {
            Cell::Value(seconds) => seconds,
            Cell::Blank => BLANK_SECONDS,
            Cell::Negative | Cell::Unreadable => EXCLUDED_SECONDS,
        }
    }

    /// Reads a count that is no plain number.
    #[cold]
    fn odd_count(&mut self, mark: u8, line: u64, slot: usize, text: &[u8]) -> f64 {
        match self.odd_number(cells::count(text, mark), line, slot, text) {
            Cell::Value(count) => count,
            Cell::Blank => f64::NAN,
            Cell::Negative | Cell::Unreadable => EXCLUDED_COUNT,
        }
    }

    /// Notes what is odd about a number that is not plain.
    fn odd_number<T>(&mut self, read: Cell<T>, line: u64, slot: usize, text: &[u8]) -> Cell<T> {
        if let Some(marks) = self.marks.get_mut(slot) {
            marks.note(text);
        }
        let kind = match read {
            Cell::Blank => return read,
            Cell::Value(_) if cells::is_usual(text) => return read,
            Cell::Value(_) => IssueKind::UnusualNumber,
            Cell::Negative => IssueKind::NegativeNumber,
            Cell::Unreadable if cells::is_of_spreadsheet(text) => IssueKind::SpreadsheetError,
            Cell::Unreadable => IssueKind::UnreadableNumber,
        };
        self.cell_issue(kind, line, slot, text);
        read
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
    fn person(&mut self, cell: &[u8], line: u64) -> Result<u32, RowReason> {
        // What is kept is tidy, so that a cell that is the same, byte for byte, is tidy too.
        if let Some(code) = self.people.guess(cell).filter(|code| self.is_plain(*code)) {
            return Ok(code);
        }
        let trimmed = cells::trim(cell);
        let (code, is_new) = if trimmed.is_ascii() || std::str::from_utf8(trimmed).is_err() {
            // Ids that are no text stay apart by their bytes.
            self.people.intern(trimmed)
        } else {
            self.people.intern(names::tidy(trimmed).0.as_bytes())
        };
        if is_new {
            let kind = self.kind_of(trimmed);
            self.person_kinds.push(kind);
        }
        match self.person_kinds.get(code as usize) {
            Some(PersonKind::NoPerson(reason)) => return Err(*reason),
            Some(PersonKind::OddPerson(kinds)) => {
                for kind in kinds {
                    if *kind == IssueKind::UnreadableText {
                        self.shared.not_utf8.store(true, Ordering::Relaxed);
                    }
                    self.issues.add(*kind, line, None, None);
                }
            }
            _ => {}
        }
        Ok(code)
    }

    /// Whether nothing is odd about an identifier.
    #[inline]
    fn is_plain(&self, code: u32) -> bool {
        self.person_kinds.get(code as usize) == Some(&PersonKind::Person)
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
        let (_, odd) = names::tidy(text);
        if is_word && key == self.person_key {
            PersonKind::NoPerson(RowReason::RepeatedHeader)
        } else if is_word && is_total(&key) {
            PersonKind::NoPerson(RowReason::TotalRow)
        } else if odd.is_empty() {
            PersonKind::Person
        } else {
            PersonKind::OddPerson(odd)
        }
    }

    /// The code of a date; `None` for what is no date, and for more dates than anything lasts.
    fn date(&mut self, cell: &[u8], line: u64) -> Option<u16> {
        /// More ways of writing dates are not worth remembering: each row has a time of its own.
        const MOST_CELLS: usize = 1 << 16;
        if let Some(place) = self.date_cells.guess(cell) {
            return self.date_codes.get(place as usize).copied().flatten();
        }
        if self.date_codes.len() >= MOST_CELLS {
            return self.read_date(cell, line);
        }
        let (place, is_new) = self.date_cells.intern(cell);
        if is_new {
            let code = self.read_date(cell, line);
            self.date_codes.push(code);
        }
        self.date_codes.get(place as usize).copied().flatten()
    }

    fn read_date(&mut self, cell: &[u8], line: u64) -> Option<u16> {
        let date = date_cells::read_period(cells::trim(cell))?;
        let next = u16::try_from(self.dates_seen.len()).ok()?;
        let code = *self.dates.entry((date.text, date.has_time)).or_insert(next);
        if code == next {
            self.dates_seen.push(DateSeen { text: date.text, has_time: date.has_time, line });
        }
        Some(code)
    }
}

/// Whether a word in the place of a person says that the row sums up others, as spreadsheets name such rows.
fn is_total(key: &str) -> bool {
    const WORDS: [&str; 34] = [
        "total",
        "totals",
        "sum",
        "subtotal",
        "average",
        "mean",
        "count",
        "summe",
        "gesamt",
        "gesamtsumme",
        "gesamtergebnis",
        "insgesamt",
        "mittelwert",
        "durchschnitt",
        "totalgénéral",
        "somme",
        "moyenne",
        "suma",
        "promedio",
        "totalgeral",
        "média",
        "totale",
        "somma",
        "totaal",
        "totalt",
        "summa",
        "razem",
        "celkem",
        "összesen",
        "итого",
        "всего",
        "合計",
        "总计",
        "总和",
    ];
    let is_named = |end: &str| key.len() > end.len() && key.ends_with(end);
    WORDS.contains(&key) || key.starts_with("grandtotal") || is_named("total") || is_named("ergebnis")
}
