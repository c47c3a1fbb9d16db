//! One text from its first byte to its rows: what it is, how it is laid out, and reading it on all cores.

use std::io::Read;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use super::blocks::{Block, Cutter, Cutting};
use super::cells::{self, Cell};
use super::container::{Part, cannot_read, read_fully};
use super::dates::DateText;
use super::dialect::{self, DecimalMark, Layout};
use super::encoding::{self, TextEncoding};
use super::exact::{Record, Step, read_record};
use super::headers::{self, Plan};
use super::kinds::{self, QueryKind};
use super::options::ImportOptions;
use super::problem::{Example, ImportError, Question, Refusal};
use super::report::{IssueKind, LeftOutReason, RowReason};
use super::rows::{BlockRows, Learned, RowReader, Shared};
use super::scan::{self, Bounds, Found, Masks};
use crate::dataset::{Era, Kind, Metric};
use crate::text::Sentence;
use crate::work::{Cancel, Progress, fan_out};

/// Bytes looked at before anything is decided, and bytes of each further piece.
const HEAD: usize = 256 * 1024;
const PIECE: usize = 64 * 1024;

/// What a text is and how it is laid out.
#[derive(Debug)]
pub(super) struct Examined {
    /// The text.
    pub(super) part: Part,
    /// How it is encoded.
    pub(super) encoding: TextEncoding,
    /// How it is laid out.
    pub(super) layout: Layout,
    /// Which query it is.
    pub(super) kind: QueryKind,
    /// The product it is from, and why.
    pub(super) era: (Era, Sentence),
    /// The decimal mark, and why.
    pub(super) decimal: (u8, Sentence),
    /// What to read; `None` for anything but a person query.
    pub(super) plan: Option<Plan>,
    /// Cells of the first rows.
    pub(super) sampled: Vec<Vec<Vec<u8>>>,
    /// Columns that hold no attribute, by what was sampled of them.
    pub(super) left_out: Vec<(String, LeftOutReason)>,
}

/// Looks at the start of a text (and at pieces of it, where it can be read from anywhere).
pub(super) fn examine(part: Part, options: &ImportOptions) -> Result<Examined, ImportError> {
    let head = part.with_reader(|mut reader| {
        let mut head = vec![0; HEAD];
        let read = read_fully(&mut reader, &mut head).map_err(|error| cannot_read(&error))?;
        head.truncate(read);
        Ok(head)
    })?;
    let pieces = part.pieces(PIECE)?;
    if options.delimiter.is_some_and(|delimiter| matches!(delimiter, b'"' | b'\n' | b'\r' | 0)) {
        let why = "Quotation marks, line ends and zeros have a meaning of their own.";
        return Err(Refusal::new("This delimiter cannot part cells.", why, "Choose another with --delimiter.").into());
    }
    let encoding = encoding::detect(&head, &pieces, options.encoding.as_deref())?;
    let is_whole = head.len() < HEAD;
    let text = encoding::decode_start(&head, &encoding);
    let layout = dialect::find_layout(&text, is_whole, options.delimiter, &options.columns)?;
    let recognized = &layout.recognized;
    let keys: Vec<String> = layout.headers.iter().map(|header| headers::key(header)).collect();
    let has = |canonical: &str| recognized.column(canonical).is_some();
    let kind = options.kind.unwrap_or_else(|| {
        kinds::recognize(&keys, has(headers::PERSON_ID), has(headers::PERIOD), recognized.metrics())
    });
    let era = match options.era {
        Some(era) => (era, "It was chosen, not recognized.".into()),
        None => recognized.era(&layout.headers),
    };
    let mut rows = dialect::sample_rows(text.get(layout.data_start..).unwrap_or_default(), true, is_whole, &layout);
    if encoding.encoding == encoding_rs::UTF_8 {
        rows.extend(pieces.iter().flat_map(|piece| dialect::sample_rows(piece, false, false, &layout)));
    }
    let mut examined = Examined {
        part,
        encoding,
        kind,
        era,
        decimal: (b'.', Sentence::default()),
        plan: None,
        sampled: Vec::new(),
        left_out: Vec::new(),
        layout,
    };
    if kind == QueryKind::Person {
        examined.decimal = decide_decimal(&examined.layout, &rows, options)?;
        examined.decide_plan(&rows)?;
    } else {
        examined.sampled = rows;
    }
    Ok(examined)
}

fn decide_decimal(
    layout: &Layout,
    rows: &[Vec<Vec<u8>>],
    options: &ImportOptions,
) -> Result<(u8, Sentence), ImportError> {
    if let Some(decimal) = options.decimal {
        return Ok((decimal, "It was chosen, not recognized.".into()));
    }
    let metrics: Vec<usize> = layout
        .recognized
        .columns
        .iter()
        .filter(|(name, _)| Metric::from_name(name).is_some_and(|metric| metric.kind() == Kind::Duration))
        .map(|(_, column)| *column)
        .collect();
    let numbers = rows.iter().flat_map(|row| metrics.iter().filter_map(|column| row.get(*column)).map(Vec::as_slice));
    match dialect::decide_decimal(numbers.clone()) {
        DecimalMark::Found(mark, why) => Ok((mark, why)),
        DecimalMark::Open => {
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
            Err(question.with_examples(examples).into())
        }
    }
}

/// A duration in whole hours and minutes: "1 h 14 min".
fn in_hours(cell: Cell<u32>) -> String {
    match cell {
        Cell::Value(seconds) => format!("{} h {} min", seconds / 3600, seconds % 3600 / 60),
        Cell::Blank | Cell::Negative | Cell::Unreadable => "cannot be read".to_owned(),
    }
}

impl Examined {
    /// Decides which columns to read: what is recognized, and what holds words and may be an attribute.
    fn decide_plan(&mut self, rows: &[Vec<Vec<u8>>]) -> Result<(), ImportError> {
        let Layout { headers, recognized, .. } = &self.layout;
        let mut attributes = Vec::new();
        for (column, header) in headers.iter().enumerate() {
            let known = recognized.columns.iter().chain(&recognized.second_choices).find(|(_, taken)| *taken == column);
            let is_layer = known.is_some_and(|(name, _)| *name == headers::LAYER);
            let repeats = headers.get(..column).is_some_and(|before| before.contains(header));
            if (known.is_some() && !is_layer) || recognized.unread.contains(&column) || repeats {
                continue;
            }
            let values = rows.iter().filter_map(|row| row.get(column)).map(Vec::as_slice);
            match not_words(values).filter(|_| !is_layer) {
                Some(reason) => self.left_out.push((header.clone(), reason)),
                None => attributes.push(column),
            }
        }
        let missing = |name: &str| {
            Refusal::new(
                format!("No column holds the {name} of a row."),
                format!("The headers are {}.", listed(headers)),
                "Name the column with --column, for example --column person_id=HEADER.",
            )
            .at_line(self.layout.header_line)
        };
        if recognized.column(headers::PERSON_ID).is_none() {
            return Err(missing("person (person_id)").into());
        }
        self.plan = Some(Plan::new(headers, recognized, &attributes).ok_or_else(|| missing("date (period)"))?);
        Ok(())
    }
}

/// The first headers, for a sentence.
fn listed(headers: &[String]) -> String {
    let first: Vec<&str> = headers.iter().take(6).map(String::as_str).collect();
    let more = if headers.len() > 6 { " and others" } else { "" };
    format!("{}{more}", first.join(", "))
}

/// Why values are no words: all numbers or all dates. `None` when some are words, or there is no value.
pub(super) fn not_words<'a>(values: impl Iterator<Item = &'a [u8]>) -> Option<LeftOutReason> {
    let (mut numbers, mut dates, mut others) = (0, 0, 0);
    for value in values {
        let trimmed = cells::trim(value);
        if cells::is_blank(trimmed) {
            continue;
        }
        let is_number =
            [b'.', b','].into_iter().any(|mark| matches!(cells::count(trimmed, mark), Cell::Value(_) | Cell::Negative));
        if DateText::read(super::dates::without_time(trimmed)).is_some() {
            dates += 1;
        } else if is_number {
            numbers += 1;
        } else {
            others += 1;
        }
    }
    match (numbers, dates, others) {
        (0, 1.., 0) => Some(LeftOutReason::Dates),
        (1.., _, 0) => Some(LeftOutReason::Numbers),
        _ => None,
    }
}

/// The rows of one text.
#[derive(Debug)]
pub(super) struct PartRows {
    /// By block, in the order of the text.
    pub(super) blocks: Vec<BlockRows>,
    /// By reader.
    pub(super) learned: Vec<Learned>,
    /// For each attribute of the plan whether it has too many values.
    pub(super) crowded: Vec<bool>,
    /// Whether text that is no UTF-8 was met.
    pub(super) not_utf8: bool,
    /// Whether quotes stand so oddly that only cutting the text exactly gives its records.
    pub(super) has_odd_quotes: bool,
    /// The line of a quote that is never closed and takes further lines into its cell; 0 for none.
    pub(super) open_quote_line: u64,
}

/// Counts raw bytes as they are read.
struct Counting<'a> {
    inner: Box<dyn Read + Send + 'a>,
    progress: &'a Progress,
}

impl Read for Counting<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.progress.add_bytes(read as u64);
        Ok(read)
    }
}

/// Reads every row.
pub(super) fn read_rows(
    examined: &Examined,
    plan: &Plan,
    cutting: Cutting,
    threads: usize,
    progress: &Progress,
    cancel: &Cancel,
) -> Result<PartRows, ImportError> {
    let Examined { part, encoding, layout, decimal, .. } = examined;
    let shared = Shared {
        plan,
        headers: &layout.headers,
        decimal: decimal.0,
        crowded: plan.attributes.iter().map(|_| AtomicBool::new(false)).collect(),
        not_utf8: AtomicBool::new(false),
    };
    let bounds = Bounds::new(plan);
    let has_odd_quotes = AtomicBool::new(false);
    let open_quote_line = AtomicU64::new(0);
    let results = part.with_reader(|raw| {
        let counted = Box::new(Counting { inner: raw, progress });
        let text = encoding::reader(counted, encoding);
        let cutter = Cutter::new(text, cutting, layout.delimiter, layout.data_start, layout.data_line)?;
        let reading = Reading {
            cutter: Mutex::new(cutter),
            cutting,
            delimiter: layout.delimiter,
            bounds: &bounds,
            shared: &shared,
            has_odd_quotes: &has_odd_quotes,
            open_quote_line: &open_quote_line,
            progress,
            cancel,
        };
        Ok(fan_out(threads, |reader| reading.blocks(reader)))
    })?;
    let mut rows = PartRows {
        blocks: Vec::new(),
        learned: Vec::new(),
        crowded: shared.crowded.iter().map(|crowded| crowded.load(Ordering::Relaxed)).collect(),
        not_utf8: shared.not_utf8.load(Ordering::Relaxed),
        has_odd_quotes: has_odd_quotes.load(Ordering::Relaxed),
        open_quote_line: open_quote_line.load(Ordering::Relaxed),
    };
    for result in results {
        let (blocks, learned) = result?;
        rows.blocks.extend(blocks);
        rows.learned.push(learned);
    }
    rows.blocks.sort_by_key(|block| block.index);
    Ok(rows)
}

/// What all threads that read one text share.
struct Reading<'a> {
    cutter: Mutex<Cutter<'a>>,
    cutting: Cutting,
    delimiter: u8,
    bounds: &'a Bounds,
    shared: &'a Shared<'a>,
    has_odd_quotes: &'a AtomicBool,
    open_quote_line: &'a AtomicU64,
    progress: &'a Progress,
    cancel: &'a Cancel,
}

impl Reading<'_> {
    /// Reads blocks until there are no more.
    fn blocks(&self, reader: usize) -> Result<(Vec<BlockRows>, Learned), ImportError> {
        let mut rows = RowReader::new(self.shared);
        let mut all = Vec::new();
        let (mut block, mut masks) = (Block::default(), Masks::default());
        while !self.has_odd_quotes.load(Ordering::Relaxed) {
            if self.cancel.is_cancelled() {
                return Err(ImportError::Cancelled);
            }
            // Another reader that panicked has left the cutter in no known state.
            let mut cutter = self.cutter.lock().map_err(|_| ImportError::Cancelled)?;
            let found = cutter.next(&mut block)?;
            drop(cutter);
            if !found {
                break;
            }
            let before = rows.rows();
            let mut columns = rows.start(reader, block.index);
            self.block(&block, &mut masks, &mut rows, &mut columns);
            rows.end(&columns);
            self.progress.add_rows(rows.rows() - before);
            all.push(columns);
        }
        Ok((all, rows.finish()))
    }

    /// Reads one block the fast way where its quotes are regular, else the exact way.
    fn block(&self, block: &Block, masks: &mut Masks, rows: &mut RowReader<'_>, columns: &mut BlockRows) {
        let plan = self.shared.plan;
        if let Cutting::ByParity(line_end) = self.cutting
            && masks.of(block.text(), self.delimiter, line_end)
        {
            let tell = |line: u64, found: Found<'_, '_>| match found {
                Found::Cells(cells) => rows.row(columns, line, cells),
                Found::Odd(text) => {
                    let _ = read_exactly(text, line, self.delimiter, plan, rows, columns);
                }
            };
            return scan::each_record(block.text(), masks, self.bounds, block.first_line, tell);
        }
        let Some(open) = read_exactly(block.text(), block.first_line, self.delimiter, plan, rows, columns) else {
            return;
        };
        if !block.is_last {
            // The block was cut inside quotes, so the next one does not start with a record.
            self.has_odd_quotes.store(true, Ordering::Relaxed);
        } else if open.lines > 1 {
            self.open_quote_line.store(open.line, Ordering::Relaxed);
        }
    }
}

/// A record that ends inside quotes.
struct OpenRecord {
    /// Its first line.
    line: u64,
    /// How many lines it takes.
    lines: u64,
}

/// Reads records one by one, byte by byte. Says where the last one starts when it ends inside quotes.
fn read_exactly(
    mut text: &[u8],
    mut line: u64,
    delimiter: u8,
    plan: &Plan,
    rows: &mut RowReader<'_>,
    columns: &mut BlockRows,
) -> Option<OpenRecord> {
    let mut record = Record::default();
    let mut open = None;
    while let Step::Record(length) = read_record(text, delimiter, true, &mut record) {
        let lines = record.line_ends - record.empty_lines;
        open = record.open_quote.then_some(OpenRecord { line: line + record.empty_lines, lines });
        exact_row(&record, line + record.empty_lines, plan, rows, columns);
        line += record.line_ends;
        text = text.get(length..).unwrap_or_default();
    }
    open
}

/// Hands over one record, or says what is wrong with it.
fn exact_row(record: &Record, line: u64, plan: &Plan, rows: &mut RowReader<'_>, columns: &mut BlockRows) {
    if record.len() == 1 && record.get(0).is_none_or(|cell| cells::trim(cell).is_empty()) && plan.width > 1 {
        return rows.issue(IssueKind::BlankLine, line);
    }
    if record.open_quote || (record.unended && record.len() < plan.width) {
        rows.issue(IssueKind::CutFile, line);
    }
    if record.len() < plan.width {
        return rows.set_aside(RowReason::TooFewCells, line, None);
    }
    if record.len() > plan.width {
        if record.cells().skip(plan.width).any(|cell| !cells::trim(cell).is_empty()) {
            return rows.set_aside(RowReason::TooManyCells, line, None);
        }
        rows.issue(IssueKind::ExtraBlankCells, line);
    }
    if record.stray_quote {
        rows.issue(IssueKind::StrayQuote, line);
    }
    let needed: Vec<&[u8]> = plan.needed.iter().map(|column| record.get(*column).unwrap_or_default()).collect();
    rows.row(columns, line, &needed);
}
