//! Records and cells 64 bytes at a time: the fast way, for text whose quotes are all where they belong.
//!
//! Whether a byte is inside quotes is the parity of the quotes before it, as long as every quote opens a
//! cell at its start, closes one at its end, or is one of two that stand for one. The walk checks that for
//! every quote; where it finds another the rest of the block is read by `exact` instead, so both ways always agree.
//!
//! `words` says how 64 bytes become bits, in code that runs anywhere; `x86` does the same on processors with AVX2 or AVX-512.

mod quotes;
mod words;
#[cfg(all(target_arch = "x86_64", not(portable_scan)))]
mod x86;

use super::exact::may_take_in_rows;
use super::headers::Plan;
use quotes::Quotes;
use words::{Marker, Portable, Special, WORD};

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
    #[cfg(all(target_arch = "x86_64", not(portable_scan)))]
    if let Some(avx512) = x86::Avx512::detect() {
        return avx512.last_cut(text, line_end);
    } else if let Some(avx2) = x86::Avx2::detect() {
        return avx2.last_cut(text, line_end);
    }
    words::last_cut(Portable, text, line_end)
}

/// Goes through the records of a block, which starts with one, telling each with its line. What is left over, when a
/// quote or a carriage return stands where only the exact way knows what it means.
pub(super) fn each_record<'t>(
    text: &'t [u8],
    bounds: &Bounds,
    line_end: u8,
    start: Start,
    tell: impl FnMut(u64, Found<'_, 't>),
) -> Option<Rest<'t>> {
    #[cfg(all(target_arch = "x86_64", not(portable_scan)))]
    if let Some(avx512) = x86::Avx512::detect() {
        return avx512.walk(text, bounds, line_end, start, tell);
    } else if let Some(avx2) = x86::Avx2::detect() {
        return avx2.walk(text, bounds, line_end, start, tell);
    }
    walk(Portable, text, bounds, line_end, start, tell)
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

/// The separators that bound the cells of a plan.
#[derive(Clone, Debug)]
pub(super) struct Bounds {
    /// Ordinals of separators within a record, ascending, and one that never comes.
    wanted: Vec<u32>,
    /// For each slot the places of its bounds in `Walk::places`.
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
    Cells(Cells<'r, 't>),
    /// A record that has to be read exactly: another number of cells, doubled quotes, lines within that may be rows,
    /// or an empty line before it.
    Odd {
        /// The record.
        text: &'t [u8],
        /// Whether an empty line stands before it.
        is_after_blank: bool,
    },
}

/// Cells of a record as places in a text, so that what stands behind a short cell can be loaded with it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cells<'r, 't> {
    text: &'t [u8],
    spans: &'r [(u32, u32)],
}

/// Bytes of a [`Cells::window`].
pub(super) const WINDOW: usize = 16;

impl<'r, 't> Cells<'r, 't> {
    /// Cells by where they start and end in a text.
    pub(super) fn new(text: &'t [u8], spans: &'r [(u32, u32)]) -> Self {
        Self { text, spans }
    }

    /// One cell; empty when there is no such slot.
    #[inline]
    pub(super) fn get(&self, slot: usize) -> &'t [u8] {
        let Some((start, end)) = self.spans.get(slot) else { return &[] };
        self.text.get(*start as usize..*end as usize).unwrap_or_default()
    }

    /// The length of a cell with its first bytes side by side; behind a shorter cell stands anything.
    #[inline(always)]
    pub(super) fn window(&self, slot: usize) -> ([u8; WINDOW], usize) {
        let Some((start, end)) = self.spans.get(slot) else { return ([0; WINDOW], 0) };
        let length = end.wrapping_sub(*start) as usize;
        match self.text.get(*start as usize..).and_then(<[u8]>::first_chunk) {
            Some(window) => (*window, length),
            None => (window_of(self.get(slot)), length),
        }
    }
}

/// The first bytes of a cell, filled up with zeros.
pub(super) fn window_of(cell: &[u8]) -> [u8; WINDOW] {
    let mut window = [0; WINDOW];
    window.iter_mut().zip(cell).for_each(|(to, from)| *to = *from);
    window
}

/// [`each_record`] with bits by `marker`.
#[inline(always)]
fn walk<'t, M: Marker>(
    marker: M,
    text: &'t [u8],
    bounds: &Bounds,
    line_end: u8,
    from: Start,
    mut tell: impl FnMut(u64, Found<'_, 't>),
) -> Option<Rest<'t>> {
    let special = Special { separator: bounds.delimiter, line_end };
    let mut quotes = Quotes::default();
    let mut walk = Walk::new(text, bounds, from);
    let (mut start, mut separator, mut next) = (0_usize, 0_u32, 0_usize);
    let first_wanted = bounds.wanted.first().copied().unwrap_or(u32::MAX);
    let mut wanted = first_wanted;
    for index in 0..text.len().div_ceil(WORD) {
        let base = index * WORD;
        let last;
        let word = match text.get(base..).and_then(<[u8]>::first_chunk) {
            Some(word) => word,
            None => {
                last = words::last_word(text);
                &last
            }
        };
        let marks = marker.marks(word, special);
        let (mut separators, mut line_ends) = (marks.separators, marks.line_ends);
        if (marks.quotes | marks.returns) != 0 || quotes.is_open() {
            let Some(outside) = quotes.outside(&marks, text, base, special) else { return Some(walk.rest(start)) };
            (separators, line_ends) = (outside.separators, outside.line_ends);
            walk.doubled = outside.doubled;
            walk.quoted_line_ends = outside.quoted_line_ends;
            walk.quotes = marks.quotes;
        }
        loop {
            let below = if line_ends == 0 { u64::MAX } else { (line_ends & line_ends.wrapping_neg()) - 1 };
            let mut here = separators & below;
            let mut count = here.count_ones();
            while wanted < separator + count {
                let skipped = wanted - separator;
                let bit = marker.nth(here, skipped);
                if let Some(place) = walk.places.get_mut(next + 1) {
                    *place = (base as u32) + bit;
                }
                // What is above the bit; nothing when it is the last one.
                here &= (u64::MAX - 1) << bit;
                count -= skipped + 1;
                separator = wanted + 1;
                next += 1;
                wanted = bounds.wanted.get(next).copied().unwrap_or(u32::MAX);
            }
            separator += count;
            if line_ends == 0 {
                break;
            }
            let end = base + line_ends.trailing_zeros() as usize;
            walk.count_odd(below);
            walk.record(start, end, end + 1, separator, &mut tell);
            separators &= !below;
            line_ends &= line_ends - 1;
            (start, separator, next, wanted) = (end + 1, 0, 0, first_wanted);
        }
        walk.count_odd(u64::MAX);
    }
    if quotes.is_open() {
        return Some(walk.rest(start));
    }
    if start < text.len() {
        walk.record(start, text.len(), text.len(), separator, &mut tell);
    }
    None
}

/// What goes along with the walk through a block.
struct Walk<'b, 't> {
    text: &'t [u8],
    bounds: &'b Bounds,
    /// Places of the record's start (less one) and of the wanted separators; the last is the record's end.
    places: Vec<u32>,
    spans: Vec<(u32, u32)>,
    line: u64,
    is_after_blank: bool,
    /// Of the word: quotes, second quotes of two, and line ends inside quotes, that belong to no record yet.
    quotes: u64,
    doubled: u64,
    quoted_line_ends: u64,
    /// Of the record: whether it has quotes, doubled ones, and how many line ends inside quotes.
    has_quotes: bool,
    has_doubled: bool,
    lines_within: u64,
}

impl<'b, 't> Walk<'b, 't> {
    fn new(text: &'t [u8], bounds: &'b Bounds, Start { line, is_after_blank }: Start) -> Self {
        Self {
            text,
            bounds,
            places: vec![0; bounds.wanted.len() + 1],
            spans: Vec::with_capacity(bounds.slots.len()),
            line,
            is_after_blank,
            quotes: 0,
            doubled: 0,
            quoted_line_ends: 0,
            has_quotes: false,
            has_doubled: false,
            lines_within: 0,
        }
    }

    fn rest(&self, start: usize) -> Rest<'t> {
        let text = self.text.get(start..).unwrap_or_default();
        Rest { text, start: Start { line: self.line, is_after_blank: self.is_after_blank } }
    }

    /// Counts what is odd in the bits `below` toward the record.
    #[inline(always)]
    fn count_odd(&mut self, below: u64) {
        if self.quotes | self.quoted_line_ends != 0 {
            self.has_quotes |= self.quotes & below != 0;
            self.has_doubled |= self.doubled & below != 0;
            self.lines_within += u64::from((self.quoted_line_ends & below).count_ones());
            self.quotes &= !below;
            self.doubled &= !below;
            self.quoted_line_ends &= !below;
        }
    }

    /// Tells one record: bytes `start..end`, and up to `next` with its line end.
    #[inline(always)]
    fn record(
        &mut self,
        start: usize,
        end: usize,
        next: usize,
        separators: u32,
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
        // What was noted of this record is no other's, odd for another reason or not.
        let (has_quotes, has_doubled) = (std::mem::take(&mut self.has_quotes), std::mem::take(&mut self.has_doubled));
        let mut is_odd = separators != self.bounds.separators || is_after_blank || has_doubled;
        if self.lines_within > 0 {
            self.line += std::mem::take(&mut self.lines_within);
            let (record, width) = (self.text.get(start..end).unwrap_or_default(), self.bounds.separators as usize + 1);
            is_odd |= may_take_in_rows(record, self.bounds.delimiter, width);
        }
        if let Some(first) = self.places.first_mut() {
            *first = (start as u32).wrapping_sub(1);
        }
        if let Some(last) = self.places.last_mut() {
            *last = end_of_cells as u32;
        }
        if is_odd || !self.fill_spans(has_quotes) {
            tell(line, Found::Odd { text: self.text.get(start..next).unwrap_or_default(), is_after_blank });
        } else {
            tell(line, Found::Cells(Cells { text: self.text, spans: &self.spans }));
        }
    }

    /// The cells between the places; `false` when one is not as expected.
    #[inline(always)]
    fn fill_spans(&mut self, has_quotes: bool) -> bool {
        self.spans.clear();
        for (before, end) in &self.bounds.slots {
            let (Some(before), Some(end)) = (self.places.get(*before), self.places.get(*end)) else { return false };
            self.spans.push((before.wrapping_add(1), *end));
        }
        !has_quotes || self.take_quotes_off()
    }

    /// Takes the quotes off the cells; `false` when one opens and does not close.
    fn take_quotes_off(&mut self) -> bool {
        for (start, end) in &mut self.spans {
            let Some(cell) = self.text.get(*start as usize..*end as usize) else { return false };
            if cell.first() == Some(&b'"') {
                if cell.len() < 2 || cell.last() != Some(&b'"') {
                    return false;
                }
                (*start, *end) = (*start + 1, *end - 1);
            }
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

    const FIRST: Start = Start { line: 1, is_after_blank: false };

    fn plan(width: usize, needed: &[usize]) -> Plan {
        Plan { width, needed: needed.to_vec(), ..Plan::default() }
    }

    /// The needed cells of each record with its line, the fast way with its detours.
    fn fast(text: &[u8], plan: &Plan) -> Vec<(u64, Vec<Vec<u8>>)> {
        let mut rows = Vec::new();
        let rest = each_record(text, &Bounds::new(plan, b','), b'\n', FIRST, |line, found| match found {
            Found::Cells(cells) => {
                rows.push((line, (0..plan.needed.len()).map(|slot| cells.get(slot).to_vec()).collect()));
            }
            Found::Odd { text, .. } => rows.extend(exact(text, line, plan)),
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
        let rest = |text: &'static str| each_record(text.as_bytes(), &bounds, b'\n', FIRST, |_, _| {});
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
        assert_eq!(each_record(text.as_bytes(), &bounds, b'\n', FIRST, |_, _| {}), Some(from_the_second));
    }

    #[test]
    fn what_is_odd_about_a_record_is_not_said_of_the_next_one() {
        let bounds = Bounds::new(&plan(2, &[0, 1]), b',');
        let mut odd = Vec::new();
        // The first has three cells and a doubled quote, the second is as it should be.
        let rest = each_record(b"a,\"\"\"b\"\"\",c\nd,e\n", &bounds, b'\n', FIRST, |line, found| {
            odd.push((line, matches!(found, Found::Odd { .. })));
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
            rows in proptest::collection::vec(proptest::collection::vec(cell(), 1..9), 1..30),
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
