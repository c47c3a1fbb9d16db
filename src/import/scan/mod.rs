//! Records and cells 64 bytes at a time: the fast way, for text whose quotes are all where they belong.
//!
//! Whether a byte is inside quotes is the parity of the quotes before it, as long as every quote opens a
//! cell at its start, closes one at its end, or is one of two that stand for one. The walk checks that for
//! every quote; where it finds another the rest of the block is read by `exact` instead, so both ways always agree.
//!
//! `words` says how 64 bytes become bits, and bits places, in code that runs anywhere; `x86` does the same on processors
//! with AVX2 or AVX-512. `strip` finds in two kilobytes where cells and records end. Records that are as they should be
//! are told some dozens at a time, as a `batch`, so that whoever reads them goes column by column: `eight` does with
//! numbers what can be done side by side.

mod batch;
mod eight;
mod processor;
mod quotes;
mod strip;
mod words;
#[cfg(all(target_arch = "x86_64", not(portable_scan)))]
mod x86;

use super::exact::may_take_in_rows;
use super::headers::Plan;
use batch::BEFORE_FIRST;
pub(super) use batch::{Batch, Single, WINDOW, window_of};
pub(super) use eight::{MOST, Windows};
pub(super) use processor::Processor;
use quotes::Quotes;
use strip::{Look, Odd, STRIP, Scanner, Strip, Word};
use words::{Portable, Special};

/// Where a text can be cut between records, by the parity of its quotes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Cut {
    /// Bytes up to and with the last line end outside of quotes; 0 where there is none.
    pub(super) bytes: usize,
    /// Line ends in them, those inside quotes included.
    pub(super) line_ends: u64,
}

/// The last place between records in `text`, which starts with a record.
pub(super) fn last_cut(text: &[u8], line_end: u8) -> Cut {
    match Processor::detect() {
        Processor::Any => words::last_cut(Portable, text, line_end),
        #[cfg(all(target_arch = "x86_64", not(portable_scan)))]
        Processor::Avx2(avx2) => avx2.last_cut(text, line_end),
        #[cfg(all(target_arch = "x86_64", not(portable_scan)))]
        Processor::Avx512(avx512) => avx512.last_cut(text, line_end),
    }
}

/// Goes through the records of a block, which starts with one. What is left over, when a quote or a carriage return
/// stands where only the exact way knows what it means.
pub(super) fn each_record<'t>(
    text: &'t [u8],
    bounds: &Bounds,
    line_end: u8,
    start: Start,
    tell: impl FnMut(Found<'_, 't>),
) -> Option<Rest<'t>> {
    match Processor::detect() {
        Processor::Any => walk(Portable, text, bounds, line_end, start, tell),
        #[cfg(all(target_arch = "x86_64", not(portable_scan)))]
        Processor::Avx2(avx2) => walk(avx2, text, bounds, line_end, start, tell),
        #[cfg(all(target_arch = "x86_64", not(portable_scan)))]
        Processor::Avx512(avx512) => walk(avx512, text, bounds, line_end, start, tell),
    }
}

/// Where a block starts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Start {
    /// The line of its first byte, counted from 1.
    pub(super) line: u64,
    /// Whether an empty line stands before it.
    pub(super) is_after_blank: bool,
}

/// The records of a block from the first on that only the exact way can read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Rest<'t> {
    /// The records.
    pub(super) text: &'t [u8],
    /// Where the first one starts.
    pub(super) start: Start,
}

/// Which cells of a record a plan needs.
#[derive(Clone, Debug)]
pub(super) struct Bounds {
    /// The column of each slot.
    columns: Vec<usize>,
    /// How many cells a record has.
    width: usize,
    delimiter: u8,
}

impl Bounds {
    pub(super) fn new(plan: &Plan, delimiter: u8) -> Self {
        Self { columns: plan.needed.clone(), width: plan.width, delimiter }
    }
}

/// Records that were found.
pub(super) enum Found<'r, 't> {
    /// Some that stand one behind the other, each with as many cells as it should have.
    Batch(Batch<'r, 't>),
    /// One that has to be read exactly: another number of cells, doubled quotes, lines within that may be rows, or an
    /// empty line before it.
    Odd {
        /// The record.
        text: &'t [u8],
        /// Its line.
        line: u64,
        /// Whether an empty line stands before it.
        is_after_blank: bool,
    },
}

/// [`each_record`] by a `scanner`: strip by strip, first where its cells end, then the records that end in it. Looking
/// for records while cells are found would make the processor guess at every word whether one ends there.
fn walk<'t, S: Scanner>(
    scanner: S,
    text: &'t [u8],
    bounds: &Bounds,
    line_end: u8,
    from: Start,
    tell: impl FnMut(Found<'_, 't>),
) -> Option<Rest<'t>> {
    let special = Special { separator: bounds.delimiter, line_end };
    let mut quotes = Quotes::default();
    let mut walk = Walk::new(text, bounds, from, tell);
    let mut strip = Strip::default();
    for base in (0..text.len()).step_by(STRIP) {
        let Some(to) = walk.room() else { return Some(walk.rest()) };
        let may_be_plain = strip.odd == 0 && !quotes.is_inside();
        let mut look = Look { text, base, special, quotes: &mut quotes, strip: &mut strip, to };
        let is_regular = (may_be_plain && scanner.plain(&mut look)) || scanner.any(&mut look);
        walk.strip(&strip);
        if !is_regular {
            return Some(walk.rest());
        }
    }
    if quotes.is_inside() {
        return Some(walk.rest());
    }
    walk.end();
    None
}

/// What goes along with the walk through a block.
struct Walk<'b, 't, T> {
    text: &'t [u8],
    bounds: &'b Bounds,
    tell: T,
    /// Where cells end: the places of separators and line ends. From `batch.first` to `end` stands where the record
    /// before the batch ended, the borders of the batch, and from `first` on those of the next records.
    borders: Vec<u32>,
    first: usize,
    end: usize,
    batch: Told,
    line: u64,
    is_after_blank: bool,
    /// What is odd in the word and belongs to no record yet.
    odd: Odd,
    /// Of the record: whether it has quotes, doubled ones, and how many line ends inside quotes.
    has_quotes: bool,
    has_doubled: bool,
    lines_within: u64,
}

/// Records that are told together, soon.
#[derive(Clone, Copy, Default)]
struct Told {
    /// The first one's place among the borders.
    first: usize,
    line: u64,
    records: usize,
    has_quotes: bool,
}

impl Told {
    fn batch<'r, 't>(self, text: &'t [u8], borders: &'r [u32], bounds: &'r Bounds) -> Batch<'r, 't> {
        let Self { first, line, records, has_quotes } = self;
        let Bounds { columns, width, .. } = bounds;
        let borders = borders.get(first..=first + records * width).unwrap_or_default();
        Batch { text, borders, columns, width: *width, line, has_quotes }
    }
}

impl<'b, 't, T: FnMut(Found<'_, 't>)> Walk<'b, 't, T> {
    fn new(text: &'t [u8], bounds: &'b Bounds, Start { line, is_after_blank }: Start, tell: T) -> Self {
        let mut borders = vec![0; 3 * STRIP];
        borders[0] = BEFORE_FIRST;
        Self {
            text,
            bounds,
            tell,
            borders,
            first: 0,
            end: 1,
            batch: Told::default(),
            line,
            is_after_blank,
            odd: Odd::default(),
            has_quotes: false,
            has_doubled: false,
            lines_within: 0,
        }
    }

    /// Room for the borders of a strip; there always is.
    fn room(&mut self) -> Option<&mut [u32; STRIP]> {
        if self.end + STRIP > self.borders.len() {
            self.tell_batch();
            self.borders.copy_within(self.first..self.end, 0);
            (self.first, self.end) = (0, self.end - self.first);
            if self.end + STRIP > self.borders.len() {
                // A record with that many cells.
                self.borders.resize(2 * self.borders.len(), 0);
            }
        }
        self.borders.get_mut(self.end..).and_then(<[u32]>::first_chunk_mut)
    }

    /// Goes through the records that end in a strip.
    fn strip(&mut self, strip: &Strip) {
        let before = self.end;
        self.end += strip.borders;
        let mut words = strip.ending | strip.odd;
        while words != 0 {
            let index = words.trailing_zeros() as usize;
            words &= words - 1;
            let (Some(word), Some(odd)) = (strip.words.get(index), strip.odds.get(index)) else { break };
            if strip.odd >> index & 1 != 0 {
                self.odd = *odd;
            }
            let Word { mut within, mut line_ends, end } = *word;
            while line_ends != 0 {
                // All bits up to the line end.
                let record = line_ends ^ (line_ends - 1);
                self.count_odd(record);
                within &= !record;
                line_ends &= line_ends - 1;
                self.record(before + end - within.count_ones() as usize);
            }
            self.count_odd(u64::MAX);
        }
    }

    /// Tells what is left, a last record without a line end included.
    fn end(&mut self) {
        if self.start() < self.text.len() {
            let end = self.text.len() as u32;
            if let Some([to, ..]) = self.room() {
                *to = end;
                self.end += 1;
                self.record(self.end);
            }
        }
        self.tell_batch();
    }

    /// Tells what was found before the first record that is left.
    fn rest(&mut self) -> Rest<'t> {
        self.tell_batch();
        let text = self.text.get(self.start()..).unwrap_or_default();
        Rest { text, start: Start { line: self.line, is_after_blank: self.is_after_blank } }
    }

    /// Where the next record starts.
    fn start(&self) -> usize {
        self.borders.get(self.first).map_or(0, |before| before.wrapping_add(1) as usize)
    }

    /// Counts what is odd in the bits `below` toward the record.
    #[inline(always)]
    fn count_odd(&mut self, below: u64) {
        let Odd { quotes, doubled, quoted_line_ends } = &mut self.odd;
        if *quotes | *quoted_line_ends != 0 {
            self.has_quotes |= *quotes & below != 0;
            self.has_doubled |= *doubled & below != 0;
            self.lines_within += u64::from((*quoted_line_ends & below).count_ones());
            *quotes &= !below;
            *doubled &= !below;
            *quoted_line_ends &= !below;
        }
    }

    /// Takes the next record, whose last border is the one below `behind`.
    #[inline(always)]
    fn record(&mut self, behind: usize) {
        let first = std::mem::replace(&mut self.first, behind - 1);
        let (Some([before, ..]), Some(end)) = (self.borders.get(first..behind), self.borders.get(behind - 1)) else {
            return;
        };
        let (start, end) = (before.wrapping_add(1) as usize, *end as usize);
        let line = self.line;
        self.line += 1;
        if end <= start + 1 && self.text.get(start..end).is_none_or(|record| record == b"" || record == b"\r") {
            self.is_after_blank = true;
            return;
        }
        let is_after_blank = std::mem::take(&mut self.is_after_blank);
        // What was noted of this record is no other's, odd for another reason or not.
        let (has_quotes, has_doubled) = (std::mem::take(&mut self.has_quotes), std::mem::take(&mut self.has_doubled));
        let mut is_odd = behind - first != self.bounds.width + 1 || is_after_blank || has_doubled;
        if self.lines_within > 0 {
            self.line += std::mem::take(&mut self.lines_within);
            let record = self.text.get(start..end).unwrap_or_default();
            is_odd |= may_take_in_rows(record, self.bounds.delimiter, self.bounds.width);
        }
        if is_odd {
            self.tell_batch();
            let text = self.text.get(start..(end + 1).min(self.text.len())).unwrap_or_default();
            (self.tell)(Found::Odd { text, line, is_after_blank });
            return;
        }
        if self.batch.records == 0 || line != self.batch.line + self.batch.records as u64 {
            self.tell_batch();
            self.batch = Told { first, line, records: 0, has_quotes: false };
        }
        self.batch.records += 1;
        self.batch.has_quotes |= has_quotes;
    }

    fn tell_batch(&mut self) {
        let told = std::mem::take(&mut self.batch);
        if told.records > 0 {
            (self.tell)(Found::Batch(told.batch(self.text, &self.borders, self.bounds)));
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::exact::{Dialect, Record, Step, read_record};
    use super::words::WORD;
    use super::*;
    use proptest::prelude::*;

    const FIRST: Start = Start { line: 1, is_after_blank: false };

    fn plan(width: usize, needed: &[usize]) -> Plan {
        Plan { width, needed: needed.to_vec(), ..Plan::default() }
    }

    /// The needed cells of each record with its line, the fast way with its detours.
    fn fast(text: &[u8], plan: &Plan) -> Vec<(u64, Vec<Vec<u8>>)> {
        let mut rows = Vec::new();
        let rest = each_record(text, &Bounds::new(plan, b','), b'\n', FIRST, |found| match found {
            Found::Batch(batch) => rows.extend((0..batch.len()).map(|record| {
                let cells = (0..plan.needed.len()).map(|slot| batch.column(slot).get(record).to_vec());
                (batch.line(record), cells.collect())
            })),
            Found::Odd { text, line, .. } => rows.extend(exact(text, line, plan)),
        });
        if let Some(rest) = rest {
            rows.extend(exact(rest.text, rest.start.line, plan));
        }
        rows
    }

    fn exact(mut text: &[u8], mut line: u64, plan: &Plan) -> Vec<(u64, Vec<Vec<u8>>)> {
        let mut record = Record::default();
        let mut rows = Vec::new();
        while let Step::Record(length) = read_record(text, Dialect::plain(b','), true, &mut record) {
            let needed = plan.needed.iter();
            let cells = needed.map(|column| record.get(*column).unwrap_or_default().to_vec()).collect();
            rows.push((line + record.empty_lines, cells));
            line += record.line_ends;
            text = &text[length..];
        }
        rows
    }

    #[test]
    fn irregular_quotes_are_left_to_the_exact_way() {
        let bounds = Bounds::new(&plan(2, &[0, 1]), b',');
        let rest = |text: &'static str| each_record(text.as_bytes(), &bounds, b'\n', FIRST, |_| {});
        for text in ["a,5\" pipe\n", "\"a\"b,c\n", "\"open,c\n", "a,b\rc,d\n", "a, \"b\"\n"] {
            assert_eq!(rest(text), Some(Rest { text: text.as_bytes(), start: FIRST }), "{text}");
        }
        for text in ["a,\"b\"\r\n", "\"\",\"\"\n", "\"a \"\"b\"\"\",c", "\"a\nb\",\"c,d\"\n", ""] {
            assert_eq!(rest(text), None, "{text}");
        }
        // Records that end in an earlier word than the odd quote are told before.
        let odd = format!("a,{}5\" pipe\n", "x".repeat(2 * WORD));
        let text = format!("a,b\n\n{odd}");
        let from_the_second = Rest { text: odd.as_bytes(), start: Start { line: 3, is_after_blank: true } };
        assert_eq!(each_record(text.as_bytes(), &bounds, b'\n', FIRST, |_| {}), Some(from_the_second));
    }

    #[test]
    fn what_is_odd_about_a_record_is_not_said_of_the_next_one() {
        let bounds = Bounds::new(&plan(2, &[0, 1]), b',');
        let mut odd = Vec::new();
        // The first has three cells and a doubled quote, the second is as it should be.
        let rest = each_record(b"a,\"\"\"b\"\"\",c\nd,e\n", &bounds, b'\n', FIRST, |found| {
            odd.push(match found {
                Found::Odd { line, .. } => (line, true),
                Found::Batch(batch) => (batch.line(0), false),
            });
        });
        assert_eq!((rest, odd), (None, vec![(1, true), (2, false)]));
    }

    #[test]
    fn a_text_is_cut_after_its_last_line_end_outside_of_quotes() {
        assert_eq!(last_cut(b"a\n\"b\nc\"\nd", b'\n'), Cut { bytes: 8, line_ends: 3 });
        assert_eq!(last_cut(b"\"b\nc", b'\n'), Cut::default());
        let long = format!("{}\n\"{}\n\"\nrest", "x".repeat(70), "y".repeat(70));
        assert_eq!(last_cut(long.as_bytes(), b'\n'), Cut { bytes: long.len() - 4, line_ends: 3 });
    }

    /// A cell as programs write them: plain, or quoted with anything in it.
    fn cell() -> impl Strategy<Value = String> {
        prop_oneof![
            3 => "[a-z0-9. ]{0,12}",
            1 => "[a-z,\n\r\"]{0,6}".prop_map(|text| format!("\"{}\"", text.replace('"', "\"\""))),
            1 => Just("\"\"".to_owned()),
        ]
    }

    proptest! {
        #[test]
        fn the_fast_way_and_the_exact_way_agree_on_written_files(
            rows in proptest::collection::vec(proptest::collection::vec(cell(), 1..9), 1..150),
            needed in proptest::collection::btree_set(0_usize..6, 1..5),
            crlf: bool,
        ) {
            let end = if crlf { "\r\n" } else { "\n" };
            let text: String = rows.iter().map(|row| row.join(",") + end).collect();
            let needed: Vec<usize> = needed.into_iter().collect();
            let plan = plan(6, &needed);
            prop_assert_eq!(fast(text.as_bytes(), &plan), exact(text.as_bytes(), 1, &plan));
        }

        #[test]
        fn the_fast_way_and_the_exact_way_agree_on_any_text(text in "[ab\",\r\n]{0,200}") {
            let plan = plan(3, &[0, 2]);
            prop_assert_eq!(fast(text.as_bytes(), &plan), exact(text.as_bytes(), 1, &plan));
        }
    }
}
