//! Records and cells 64 bytes at a time: the fast way, for text whose quotes are all where they belong.
//!
//! Whether a byte is inside quotes is the parity of the quotes before it, as long as every quote opens a
//! cell at its start, closes one at its end, or is one of two that stand for one. [`Masks::of`] checks that for
//! every quote; where it finds another the block is read by `exact` instead, so both ways always agree.

use wide::u8x64;

use super::exact::may_take_in_rows;
use super::headers::Plan;

/// Bytes of one mask.
const WORD: usize = 64;

/// For 64 bytes a bit each where a byte equals `what`.
fn equal(bytes: u8x64, what: u8) -> u64 {
    bytes.simd_eq(u8x64::splat(what)).to_bitmask()
}

/// The text in words of 64 bytes, the last one filled with zeros, and the place of each.
fn words(text: &[u8]) -> impl Iterator<Item = (usize, u8x64)> {
    let (whole, rest) = text.as_chunks::<WORD>();
    let last = (!rest.is_empty()).then(|| {
        let mut last = [0; WORD];
        for (to, from) in last.iter_mut().zip(rest) {
            *to = *from;
        }
        (whole.len() * WORD, u8x64::new(last))
    });
    whole.iter().enumerate().map(|(index, word)| (index * WORD, u8x64::new(*word))).chain(last)
}

/// For each bit whether an odd number of bits are set up to it, itself included.
fn parity_up_to(bits: u64) -> u64 {
    let mut parity = bits;
    for shift in [1, 2, 4, 8, 16, 32] {
        parity ^= parity << shift;
    }
    parity
}

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
    let mut cut = Cut::default();
    let (mut line_ends, mut inside) = (0, 0_u64);
    for (place, word) in words(text) {
        let ends = equal(word, line_end);
        let quotes = equal(word, b'"');
        let quoted = if quotes == 0 { inside } else { parity_up_to(quotes) ^ inside };
        let outside = ends & !quoted;
        if outside != 0 {
            let last = 63 - outside.leading_zeros();
            cut.bytes = place + last as usize + 1;
            cut.line_ends = line_ends + u64::from((ends & (u64::MAX >> (63 - last))).count_ones());
        }
        line_ends += u64::from(ends.count_ones());
        // All ones when the word ends inside quotes.
        inside = ((quoted as i64) >> 63) as u64;
    }
    cut
}

/// Where the separators and line ends of a block are, a bit a byte.
#[derive(Clone, Debug, Default)]
pub(super) struct Masks {
    /// Delimiters outside of quotes.
    separators: Vec<u64>,
    /// Line ends outside of quotes.
    line_ends: Vec<u64>,
    /// Places of line ends inside quotes.
    quoted_line_ends: Vec<u32>,
    /// Places of the second of two quotes that stand for one.
    doubled_quotes: Vec<u32>,
}

impl Masks {
    /// Marks a block that starts with a record. `false` when a quote or a carriage return stands where only
    /// the exact way knows what it means.
    pub(super) fn of(&mut self, text: &[u8], delimiter: u8, line_end: u8) -> bool {
        self.separators.clear();
        self.line_ends.clear();
        self.quoted_line_ends.clear();
        self.doubled_quotes.clear();
        let mut inside = 0_u64;
        // Bits carried from the word before: a delimiter, line end or quote at its end; a quote; a closing one.
        let (mut border_before, mut quote_before, mut closed_before) = (1_u64, 0_u64, 0_u64);
        let mut irregular = 0_u64;
        for (place, word) in words(text) {
            let separators = equal(word, delimiter);
            let ends = equal(word, line_end);
            let quotes = equal(word, b'"');
            if quotes | inside | closed_before == 0 {
                self.separators.push(separators);
                self.line_ends.push(ends);
                border_before = (separators | ends) >> 63;
                quote_before = 0;
                continue;
            }
            let quoted = parity_up_to(quotes) ^ inside;
            let (opening, closing) = (quotes & quoted, quotes & !quoted);
            let borders = separators | ends | quotes;
            irregular |= opening & !((borders << 1) | border_before);
            let after_closing = (closing << 1) | closed_before;
            let in_text = text.len() - place;
            let filled = if in_text < WORD { u64::MAX << in_text } else { 0 };
            irregular |= after_closing & !(borders | equal(word, b'\r') | filled);
            push_places(&mut self.doubled_quotes, opening & ((quotes << 1) | quote_before), place);
            push_places(&mut self.quoted_line_ends, ends & quoted, place);
            self.separators.push(separators & !quoted);
            self.line_ends.push(ends & !quoted);
            inside = ((quoted as i64) >> 63) as u64;
            border_before = borders >> 63;
            quote_before = quotes >> 63;
            closed_before = closing >> 63;
        }
        irregular == 0 && inside == 0 && !has_lone_return(text, line_end)
    }
}

/// Whether a carriage return stands without a line feed behind it; in text whose lines end so, whether a line
/// feed stands anywhere.
fn has_lone_return(text: &[u8], line_end: u8) -> bool {
    if line_end == b'\r' {
        return memchr::memchr(b'\n', text).is_some();
    }
    memchr::memchr_iter(b'\r', text).any(|at| text.get(at + 1) != Some(&b'\n'))
}

fn push_places(places: &mut Vec<u32>, mut bits: u64, place: usize) {
    while bits != 0 {
        places.push(place as u32 + bits.trailing_zeros());
        bits &= bits - 1;
    }
}

/// The separators that bound the cells of a plan.
#[derive(Clone, Debug)]
pub(super) struct Bounds {
    /// Ordinals of separators within a record, ascending, and one that never comes.
    wanted: Vec<u32>,
    /// For each slot the places of its bounds in `Records::places`.
    slots: Vec<(usize, usize)>,
    /// How many separators a record has.
    separators: u32,
    delimiter: u8,
}

impl Bounds {
    pub(super) fn new(plan: &Plan, delimiter: u8) -> Self {
        // Cell c is between separators c - 1 and c; the record's own start and end bound the outer ones.
        let last = plan.width.saturating_sub(1);
        let mut wanted: Vec<u32> = Vec::new();
        for column in &plan.needed {
            wanted.extend(column.checked_sub(1).map(|before| before as u32));
            wanted.extend((*column < last).then_some(*column as u32));
        }
        wanted.sort_unstable();
        wanted.dedup();
        let place = |ordinal: usize| wanted.binary_search(&(ordinal as u32)).map_or(0, |place| place + 1);
        let slot = |column: &usize| {
            let end = if *column < last { place(*column) } else { wanted.len() + 1 };
            (column.checked_sub(1).map_or(0, place), end)
        };
        let slots = plan.needed.iter().map(slot).collect();
        wanted.push(u32::MAX);
        Self { wanted, slots, separators: last as u32, delimiter }
    }
}

/// A record that was found.
pub(super) enum Found<'r, 't> {
    /// The cells of the plan's slots, without their quotes.
    Cells(&'r [&'t [u8]]),
    /// A record that has to be read exactly: another number of cells, doubled quotes, lines within that may be rows,
    /// or an empty line before it.
    Odd {
        /// The record.
        text: &'t [u8],
        /// Whether an empty line stands before it.
        is_after_blank: bool,
    },
}

/// Goes through the records of a block, telling each with its line.
pub(super) fn each_record<'t>(
    text: &'t [u8],
    masks: &Masks,
    bounds: &Bounds,
    first_line: u64,
    mut tell: impl FnMut(u64, Found<'_, 't>),
) {
    let mut walk = Walk {
        text,
        masks,
        bounds,
        cells: Vec::with_capacity(bounds.slots.len()),
        line: first_line,
        quoted_line_ends: 0,
        doubled_quotes: 0,
        is_after_blank: false,
    };
    // Places of the record's start (less one) and of the wanted separators; the last is the record's end.
    let mut places = vec![0_usize; bounds.wanted.len() + 1];
    let (mut start, mut separator, mut next) = (0_usize, 0_u32, 0_usize);
    let mut wanted = bounds.wanted.first().copied().unwrap_or(u32::MAX);
    for (word, (separators, line_ends)) in masks.separators.iter().zip(&masks.line_ends).enumerate() {
        let base = word * WORD;
        let (mut separators, mut line_ends) = (*separators, *line_ends);
        loop {
            let below = if line_ends == 0 { u64::MAX } else { (line_ends & line_ends.wrapping_neg()) - 1 };
            let mut here = separators & below;
            let mut count = here.count_ones();
            while wanted < separator + count {
                for _ in separator..wanted {
                    here &= here - 1;
                }
                if let Some(place) = places.get_mut(next + 1) {
                    *place = base + here.trailing_zeros() as usize;
                }
                here &= here - 1;
                count -= wanted + 1 - separator;
                separator = wanted + 1;
                next += 1;
                wanted = bounds.wanted.get(next).copied().unwrap_or(u32::MAX);
            }
            separator += count;
            if line_ends == 0 {
                break;
            }
            let end = base + line_ends.trailing_zeros() as usize;
            walk.record(start, end, end + 1, separator, &mut places, &mut tell);
            separators &= !below;
            line_ends &= line_ends - 1;
            (start, separator, next) = (end + 1, 0, 0);
            wanted = bounds.wanted.first().copied().unwrap_or(u32::MAX);
        }
    }
    if start < text.len() {
        walk.record(start, text.len(), text.len(), separator, &mut places, &mut tell);
    }
}

/// What goes along with the walk through a block.
struct Walk<'m, 't> {
    text: &'t [u8],
    masks: &'m Masks,
    bounds: &'m Bounds,
    cells: Vec<&'t [u8]>,
    line: u64,
    /// How many of the masks' lists are behind.
    quoted_line_ends: usize,
    doubled_quotes: usize,
    is_after_blank: bool,
}

impl<'t> Walk<'_, 't> {
    /// Tells one record: bytes `start..end`, and up to `next` with its line end.
    fn record(
        &mut self,
        start: usize,
        end: usize,
        next: usize,
        separators: u32,
        places: &mut [usize],
        tell: &mut impl FnMut(u64, Found<'_, 't>),
    ) {
        let line = self.line;
        self.line += 1;
        let end_of_cells = if end > start && self.text.get(end - 1) == Some(&b'\r') { end - 1 } else { end };
        if end_of_cells == start {
            self.is_after_blank = true;
            return;
        }
        let is_after_blank = std::mem::take(&mut self.is_after_blank);
        while self.masks.quoted_line_ends.get(self.quoted_line_ends).is_some_and(|place| (*place as usize) < end) {
            self.quoted_line_ends += 1;
            self.line += 1;
        }
        let mut is_odd = separators != self.bounds.separators || is_after_blank;
        if self.line > line + 1 {
            let (record, width) = (self.text.get(start..end).unwrap_or_default(), self.bounds.separators as usize + 1);
            is_odd |= may_take_in_rows(record, self.bounds.delimiter, width);
        }
        while self.masks.doubled_quotes.get(self.doubled_quotes).is_some_and(|place| (*place as usize) < end) {
            self.doubled_quotes += 1;
            is_odd = true;
        }
        if let Some(first) = places.first_mut() {
            *first = start.wrapping_sub(1);
        }
        if let Some(last) = places.last_mut() {
            *last = end_of_cells;
        }
        if is_odd || !self.fill_cells(places) {
            tell(line, Found::Odd { text: self.text.get(start..next).unwrap_or_default(), is_after_blank });
        } else {
            tell(line, Found::Cells(&self.cells));
        }
    }

    /// The cells between the places; `false` when one is not as expected.
    fn fill_cells(&mut self, places: &[usize]) -> bool {
        self.cells.clear();
        for (before, end) in &self.bounds.slots {
            let (Some(before), Some(end)) = (places.get(*before), places.get(*end)) else { return false };
            let Some(mut cell) = self.text.get(before.wrapping_add(1)..*end) else { return false };
            if cell.first() == Some(&b'"') {
                let Some(inner) = cell.get(1..).and_then(|inner| inner.strip_suffix(b"\"")) else { return false };
                cell = inner;
            }
            self.cells.push(cell);
        }
        true
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::exact::{Dialect, Record, Step, read_record};
    use super::*;
    use proptest::prelude::*;

    fn plan(width: usize, needed: &[usize]) -> Plan {
        Plan { width, needed: needed.to_vec(), ..Plan::default() }
    }

    /// The needed cells of each record with its line, the fast way with its detours; `None` when the block is
    /// for the exact way alone.
    fn fast(text: &[u8], plan: &Plan) -> Option<Vec<(u64, Vec<Vec<u8>>)>> {
        let mut masks = Masks::default();
        let mut rows = Vec::new();
        masks.of(text, b',', b'\n').then(|| {
            each_record(text, &masks, &Bounds::new(plan, b','), 1, |line, found| match found {
                Found::Cells(cells) => rows.push((line, cells.iter().map(|cell| cell.to_vec()).collect())),
                Found::Odd { text, .. } => rows.extend(exact(text, line, plan)),
            });
            rows
        })
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
        let mut masks = Masks::default();
        for text in ["a,5\" pipe\n", "\"a\"b,c\n", "\"open,c\n", "a,b\rc,d\n", "a, \"b\"\n"] {
            assert!(!masks.of(text.as_bytes(), b',', b'\n'), "{text}");
        }
        for text in ["a,\"b\"\r\n", "\"\",\"\"\n", "\"a \"\"b\"\"\",c", "\"a\nb\",\"c,d\"\n", ""] {
            assert!(masks.of(text.as_bytes(), b',', b'\n'), "{text}");
        }
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
            rows in proptest::collection::vec(proptest::collection::vec(cell(), 1..9), 1..30),
            needed in proptest::collection::btree_set(0_usize..6, 1..5),
            crlf: bool,
        ) {
            let end = if crlf { "\r\n" } else { "\n" };
            let text: String = rows.iter().map(|row| row.join(",") + end).collect();
            let needed: Vec<usize> = needed.into_iter().collect();
            let plan = plan(6, &needed);
            if let Some(fast) = fast(text.as_bytes(), &plan) {
                prop_assert_eq!(fast, exact(text.as_bytes(), 1, &plan));
            }
        }

        #[test]
        fn the_fast_way_and_the_exact_way_agree_on_any_text(text in "[ab\",\r\n]{0,200}") {
            let plan = plan(3, &[0, 2]);
            if let Some(fast) = fast(text.as_bytes(), &plan) {
                prop_assert_eq!(fast, exact(text.as_bytes(), 1, &plan));
            }
        }
    }
}
