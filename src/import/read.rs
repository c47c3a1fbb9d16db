//! One text from its first byte to its rows: what it is, how it is laid out, and reading it on all cores.

use std::collections::HashSet;
use std::io::Read;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use super::blocks::{Block, Cutter, Cutting};
use super::cells::{self, Cell};
use super::container::{Part, cannot_read, read_fully};
use super::date_cells;
use super::dialect::{self, Layout};
use super::encoding::{self, TextEncoding};
use super::exact::{Dialect, Record};
use super::exactly::Exactly;
use super::headers::{self, Plan};
use super::kinds::{self, QueryKind};
use super::magic;
use super::numbers::{self, Numbers, Tally};
use super::options::ImportOptions;
use super::problem::{ImportError, Refusal};
use super::report::{Container, LeftOutReason};
use super::rows::{BlockRows, Learned, RowReader, Shared};
use super::scan::{self, Bounds, Found, Rest};
use crate::dataset::Era;
use crate::text::Sentence;
use crate::work::{Cancel, Progress, fan_out};

/// Bytes looked at before anything is decided, and bytes of each further piece.
const HEAD: usize = 256 * 1024;
const PIECE: usize = 64 * 1024;
/// The header is within so many bytes.
const LONGEST_HEADER: usize = 16 << 20;

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
    /// How its numbers are written.
    pub(super) numbers: Numbers,
    /// What to read; `None` for anything but a person query.
    pub(super) plan: Option<Plan>,
    /// Bytes of a row on average, its delimiters and line end counted, by what was sampled.
    pub(super) row_length: Option<u64>,
    /// Cells of the first rows.
    pub(super) sampled: Vec<Record>,
    /// Columns that hold no attribute, by what was sampled of them.
    pub(super) left_out: Vec<(String, LeftOutReason)>,
}

/// What the start of a text says.
struct Start {
    encoding: TextEncoding,
    /// The start, decoded.
    text: Vec<u8>,
    /// Whether there is no more of it.
    is_whole: bool,
    layout: Layout,
}

/// Reads so much of the start that the header is in it.
fn find_start(part: &Part, pieces: &[Vec<u8>], options: &ImportOptions) -> Result<Start, ImportError> {
    // What a program wrote out of a workbook is in one form, whatever was chosen for files of text.
    let is_ours = part.container == Container::Workbook;
    let (delimiter, encoding) =
        if is_ours { (Some(b','), Some("utf-8")) } else { (options.delimiter, options.encoding.as_deref()) };
    let mut length = HEAD;
    loop {
        let head = part.with_reader(|mut reader| {
            let mut head = vec![0; length];
            let read = read_fully(&mut reader, &mut head).map_err(|error| cannot_read(&error))?;
            head.truncate(read);
            Ok(head)
        })?;
        if matches!(part.container, Container::Zip | Container::Gzip)
            && let Some(refusal) = magic::wrong_within(head.get(..head.len().min(512)).unwrap_or_default())
        {
            return Err(refusal.into());
        }
        let is_whole = head.len() < length;
        let encoding = encoding::detect(&head, pieces, encoding)?;
        let text = encoding::decode_start(&head, &encoding);
        if let Some(layout) = dialect::find_layout(&text, is_whole, delimiter, options.quote, &options.columns)? {
            return Ok(Start { encoding, text, is_whole, layout });
        }
        if length >= LONGEST_HEADER {
            return Err(endless_header(&text).into());
        }
        length *= 8;
    }
}

/// Refuses a first line that does not end.
fn endless_header(text: &[u8]) -> Refusal {
    let count = |delimiter: &u8| memchr::memchr_iter(*delimiter, text).count();
    let columns = dialect::DELIMITERS.iter().map(count).max().unwrap_or_default();
    if columns > dialect::MOST_COLUMNS {
        return dialect::too_many_columns(&"The header has more than ".into(), columns).at_line(1);
    }
    let what = Sentence::from("The first line is longer than ").counted(LONGEST_HEADER as u64 >> 20, "MB.", "MB.");
    let why = "No line ends in it, or a quotation mark is opened and never closed.";
    Refusal::new(what, why, "Export the person query again as CSV.").at_line(1)
}

/// Looks at the start of a text (and at pieces of it, where it can be read from anywhere).
pub(super) fn examine(part: Part, options: &ImportOptions) -> Result<Examined, ImportError> {
    if options.delimiter.is_some_and(|delimiter| matches!(delimiter, b'"' | b'\n' | b'\r' | 0)) {
        let why = "Quotation marks, line ends and zeros have a meaning of their own.";
        return Err(Refusal::new("This delimiter cannot part cells.", why, "Choose another with --delimiter.").into());
    }
    let pieces = part.pieces(PIECE, HEAD)?;
    let Start { encoding, text, is_whole, layout } = find_start(&part, &pieces, options)?;
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
    if encoding.charset.is_utf8() {
        rows.extend(pieces.iter().flat_map(|piece| dialect::sample_rows(piece, false, false, &layout)));
    }
    let mut examined = Examined {
        part,
        encoding,
        kind,
        era,
        numbers: Numbers::default(),
        plan: None,
        row_length: row_length(&rows),
        sampled: Vec::new(),
        left_out: Vec::new(),
        layout,
    };
    if kind == QueryKind::Person {
        examined.numbers = numbers::decide(&examined.layout, &rows, options);
        examined.decide_plan(&rows)?;
    } else {
        examined.sampled = rows;
    }
    Ok(examined)
}

/// The mean length of rows in bytes; `None` without any.
fn row_length(rows: &[Record]) -> Option<u64> {
    let length = |row: &Record| (row.text().len() + row.len()) as u64;
    let all: u64 = rows.iter().map(length).sum();
    all.checked_div(rows.len() as u64)
}

impl Examined {
    /// Decides which columns to read: what is recognized, and what holds words and may be an attribute.
    fn decide_plan(&mut self, rows: &[Record]) -> Result<(), ImportError> {
        let Layout { headers, recognized, .. } = &self.layout;
        let mut attributes = Vec::new();
        let mut seen = HashSet::new();
        for (column, header) in headers.iter().enumerate() {
            let known = recognized.columns.iter().chain(&recognized.second_choices).find(|(_, taken)| *taken == column);
            let is_layer = known.is_some_and(|(name, _)| *name == headers::LAYER);
            let key = headers::key(header);
            let repeats = !key.is_empty() && !seen.insert(key);
            if (known.is_some() && !is_layer) || recognized.unread.contains(&column) || repeats {
                continue;
            }
            let values = rows.iter().filter_map(|row| row.get(column));
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
    let (mut has_numbers, mut has_dates) = (false, false);
    for value in values {
        let trimmed = cells::trim(value);
        if cells::is_blank(trimmed) {
            continue;
        }
        let is_number = || {
            let read = |mark| matches!(cells::count(trimmed, mark), Cell::Value(_) | Cell::Negative);
            [b'.', b','].into_iter().any(read)
        };
        // Dates without marks have eight digits; any other plain number is a number, and nearly all are.
        if trimmed.len() != 8 && cells::is_digits_with_mark(trimmed) {
            has_numbers = true;
        } else if date_cells::read(trimmed).is_some() {
            has_dates = true;
        } else if is_number() {
            has_numbers = true;
        } else {
            return None;
        }
    }
    match (has_numbers, has_dates) {
        (true, _) => Some(LeftOutReason::Numbers),
        (false, true) => Some(LeftOutReason::Dates),
        (false, false) => None,
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
    /// The line of a quote that is never closed, or closed by a later one, and takes rows into its cell.
    pub(super) open_quote_line: Option<u64>,
}

impl PartRows {
    /// The marks of the numbers in a column that are not plain.
    pub(super) fn marks(&self, plan: &Plan, column: usize) -> Tally {
        let slot = plan.needed.iter().position(|needed| *needed == column);
        let of_slot = |learned: &Learned| learned.marks.get(slot?).copied();
        self.learned.iter().filter_map(of_slot).fold(Tally::default(), Tally::and)
    }
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
    let Examined { part, encoding, layout, numbers, .. } = examined;
    let column_of = |slot: usize| plan.needed.get(slot).copied().unwrap_or_default();
    let shared = Shared {
        plan,
        headers: &layout.headers,
        mark: numbers.mark,
        spellings: plan.durations.iter().map(|(_, slot)| numbers.spelling_of(column_of(*slot))).collect(),
        marks: plan.counts.iter().map(|(_, slot)| numbers.mark_of(column_of(*slot))).collect(),
        crowded: plan.attributes.iter().map(|_| AtomicBool::new(false)).collect(),
        not_utf8: AtomicBool::new(false),
    };
    let dialect = layout.dialect;
    let bounds = Bounds::new(plan, dialect.delimiter);
    let has_odd_quotes = AtomicBool::new(false);
    let open_quote_line = AtomicU64::new(u64::MAX);
    let results = part.with_reader(|raw| {
        let counted = Box::new(Counting { inner: raw, progress });
        let text = encoding::reader(counted, encoding);
        let cutter = Cutter::new(text, cutting, dialect, (encoding.mark, layout.data_start), layout.data_line);
        let reading = Reading {
            cutter: Mutex::new(cutter),
            cutting,
            dialect,
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
        open_quote_line: Some(open_quote_line.load(Ordering::Relaxed)).filter(|line| *line != u64::MAX),
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
    dialect: Dialect,
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
        let mut block = Block::default();
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
            self.block(&block, &mut rows, &mut columns);
            rows.end(&mut columns);
            self.progress.add_rows(rows.rows() - before);
            all.push(columns);
        }
        Ok((all, rows.finish()))
    }

    /// Reads one block the fast way as far as its quotes are regular, and what is left the exact way.
    fn block(&self, block: &Block, rows: &mut RowReader<'_>, columns: &mut BlockRows) {
        let exactly = Exactly { dialect: self.dialect, plan: self.shared.plan, headers: self.shared.headers };
        let swallowed = |line: u64| {
            self.open_quote_line.fetch_min(line, Ordering::Relaxed);
        };
        let mut rest = Some(Rest { text: block.text(), start: block.starts_at });
        if let Cutting::ByParity(line_end) = self.cutting {
            let tell = |found: Found<'_, '_>| match found {
                Found::Batch(batch) => rows.read(columns, batch),
                Found::Odd { text, line, is_after_blank } => {
                    let read = exactly.read(text, line, is_after_blank, rows, columns);
                    read.swallowed_line.into_iter().for_each(swallowed);
                }
            };
            rest = scan::each_record(block.text(), self.bounds, line_end, block.starts_at, tell);
        }
        let Some(Rest { text, start }) = rest else { return };
        let read = exactly.read(text, start.line, start.is_after_blank, rows, columns);
        read.swallowed_line.into_iter().for_each(swallowed);
        match read.open {
            // The block was cut inside quotes, so the next one does not start with a record.
            Some(_) if !block.is_last => self.has_odd_quotes.store(true, Ordering::Relaxed),
            Some(open) if open.lines > 1 => swallowed(open.line),
            _ => {}
        }
    }
}
