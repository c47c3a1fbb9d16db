//! One text from its first byte to its rows: what it is, how it is laid out, and reading it on all cores.

use std::io::Read;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use super::blocks::{Block, Cutter};
use super::cells;
use super::container::{Part, cannot_read, read_fully};
use super::dates::DateText;
use super::dialect::{self, DecimalMark, Layout};
use super::encoding::{self, TextEncoding};
use super::exact::{Record, Step, read_record};
use super::headers::{self, Plan};
use super::kinds::{self, QueryKind};
use super::options::ImportOptions;
use super::problem::{ImportError, Question, Refusal};
use super::report::{IssueKind, LeftOutReason, RowReason};
use super::rows::{BlockRows, Learned, RowReader, Shared};
use crate::dataset::{Era, Kind, Metric};
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
    pub(super) era: (Era, String),
    /// The decimal mark, and why.
    pub(super) decimal: (u8, String),
    /// What to read; `None` for anything but a person query.
    pub(super) plan: Option<Plan>,
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
        Some(era) => (era, "Chosen by option.".to_owned()),
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
        decimal: (b'.', String::new()),
        plan: None,
        left_out: Vec::new(),
        layout,
    };
    if kind == QueryKind::Person {
        examined.decimal = decide_decimal(&examined.layout, &rows, options)?;
        examined.decide_plan(&rows)?;
    }
    Ok(examined)
}

fn decide_decimal(
    layout: &Layout,
    rows: &[Vec<Vec<u8>>],
    options: &ImportOptions,
) -> Result<(u8, String), ImportError> {
    if let Some(decimal) = options.decimal {
        return Ok((decimal, "Chosen by option.".to_owned()));
    }
    let metrics: Vec<usize> = layout
        .recognized
        .columns
        .iter()
        .filter(|(name, _)| Metric::from_name(name).is_some_and(|metric| metric.kind() == Kind::Duration))
        .map(|(_, column)| *column)
        .collect();
    let numbers = rows.iter().flat_map(|row| metrics.iter().filter_map(|column| row.get(*column)).map(Vec::as_slice));
    match dialect::decide_decimal(numbers) {
        DecimalMark::Found(mark, why) => Ok((mark, why)),
        DecimalMark::Open => Err(Question {
            what: "Numbers such as 1.234 can be read in two ways.".to_owned(),
            why: "Every mark has three digits behind it, so it may part thousands or be the decimal mark.".to_owned(),
            options: vec![
                ("--decimal .".to_owned(), "the point is the decimal mark".to_owned()),
                ("--decimal ,".to_owned(), "the comma is the decimal mark".to_owned()),
            ],
            place: Box::default(),
        }
        .into()),
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
        let is_number = [b'.', b',']
            .into_iter()
            .any(|mark| matches!(cells::count(trimmed, mark), cells::Cell::Value(_) | cells::Cell::Negative));
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
    let results = part.with_reader(|raw| {
        let counted = Box::new(Counting { inner: raw, progress });
        let text = encoding::reader(counted, encoding);
        let cutter = Mutex::new(Cutter::new(text, layout.delimiter, layout.data_start, layout.data_line)?);
        Ok(fan_out(threads, |reader| read_blocks(reader, &cutter, &shared, layout.delimiter, progress, cancel)))
    })?;
    let mut rows = PartRows {
        blocks: Vec::new(),
        learned: Vec::new(),
        crowded: shared.crowded.iter().map(|crowded| crowded.load(Ordering::Relaxed)).collect(),
        not_utf8: shared.not_utf8.load(Ordering::Relaxed),
    };
    for result in results {
        let (blocks, learned) = result?;
        rows.blocks.extend(blocks);
        rows.learned.push(learned);
    }
    rows.blocks.sort_by_key(|block| block.index);
    Ok(rows)
}

fn read_blocks(
    reader: usize,
    cutter: &Mutex<Cutter<'_>>,
    shared: &Shared<'_>,
    delimiter: u8,
    progress: &Progress,
    cancel: &Cancel,
) -> Result<(Vec<BlockRows>, Learned), ImportError> {
    let mut rows = RowReader::new(shared);
    let mut blocks = Vec::new();
    let mut block = Block::default();
    loop {
        if cancel.is_cancelled() {
            return Err(ImportError::Cancelled);
        }
        // Another reader that panicked has left the cutter in no known state.
        let mut cutter = cutter.lock().map_err(|_| ImportError::Cancelled)?;
        let found = cutter.next(&mut block)?;
        drop(cutter);
        if !found {
            break;
        }
        let before = rows.rows();
        let mut columns = rows.start(reader, block.index);
        read_exactly(&block, delimiter, shared.plan, &mut rows, &mut columns);
        progress.add_rows(rows.rows() - before);
        blocks.push(columns);
    }
    Ok((blocks, rows.finish()))
}

/// Reads the records of a block one by one, byte by byte.
fn read_exactly(block: &Block, delimiter: u8, plan: &Plan, rows: &mut RowReader<'_>, columns: &mut BlockRows) {
    let mut rest = block.bytes.as_slice();
    let mut line = block.first_line;
    let mut record = Record::default();
    while let Step::Record(length) = read_record(rest, delimiter, true, &mut record) {
        exact_row(&record, line + record.empty_lines, plan, rows, columns);
        line += record.line_ends;
        rest = rest.get(length..).unwrap_or_default();
    }
}

/// Hands over one record, or says what is wrong with it.
fn exact_row(record: &Record, line: u64, plan: &Plan, rows: &mut RowReader<'_>, columns: &mut BlockRows) {
    if record.len() == 1 && record.get(0).is_none_or(|cell| cells::trim(cell).is_empty()) && plan.width > 1 {
        return rows.issue(IssueKind::BlankLine, line);
    }
    if record.open_quote {
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
