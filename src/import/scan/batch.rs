//! Records one behind the other, as the places where their cells end.

use super::eight::Windows;

/// The border before a text: the first cell starts one byte behind it.
pub(super) const BEFORE_FIRST: u32 = u32::MAX;

/// Bytes of a [`Column::window`].
pub(in super::super) const WINDOW: usize = 16;

/// Records that stand one behind the other in a text, each with as many cells as it should have.
#[derive(Clone, Copy, Debug)]
pub(in super::super) struct Batch<'r, 't> {
    pub(super) text: &'t [u8],
    /// The place before the first cell, and the one behind each cell, where one byte stands before the next.
    pub(super) borders: &'r [u32],
    /// The column of each slot.
    pub(super) columns: &'r [usize],
    /// How many cells a record has.
    pub(super) width: usize,
    /// Line of the first record; the others follow line by line.
    pub(super) line: u64,
    /// Whether cells may stand in quotes, which are no part of them. All quotes are regular: one that starts a cell is
    /// closed by one that ends it.
    pub(super) has_quotes: bool,
}

impl<'r, 't> Batch<'r, 't> {
    /// How many records there are.
    pub(in super::super) fn len(&self) -> usize {
        self.borders.len().saturating_sub(1).checked_div(self.width).unwrap_or(0)
    }

    /// The line of a record.
    pub(in super::super) fn line(&self, record: usize) -> u64 {
        self.line + record as u64
    }

    /// The cells of a slot.
    #[inline]
    pub(in super::super) fn column(&self, slot: usize) -> Column<'r, 't> {
        // A slot that there is not has no cells.
        let (at, borders) = self.columns.get(slot).map_or((0, [].as_slice()), |at| (*at, self.borders));
        let Self { text, width, has_quotes, .. } = *self;
        Column { text, borders, width, at, is_last: at + 1 == width, has_quotes }
    }
}

/// The cells of one slot in a [`Batch`].
#[derive(Clone, Copy, Debug)]
pub(in super::super) struct Column<'r, 't> {
    text: &'t [u8],
    borders: &'r [u32],
    width: usize,
    at: usize,
    /// Whether a carriage return before the line end can stand behind the cells.
    is_last: bool,
    has_quotes: bool,
}

impl<'t> Column<'_, 't> {
    /// Where a cell starts and ends; nowhere when there is none.
    #[inline(always)]
    fn span(&self, record: usize) -> (usize, usize) {
        let borders = self.borders.get(record * self.width + self.at..).and_then(<[u32]>::first_chunk);
        let (start, mut end) = borders.map_or((0, 0), |[before, end]| (before.wrapping_add(1) as usize, *end as usize));
        if self.is_last && end > start && self.text.get(end - 1) == Some(&b'\r') {
            end -= 1;
        }
        if self.has_quotes && self.text.get(start) == Some(&b'"') { (start + 1, end - 1) } else { (start, end) }
    }

    /// One cell; empty when there is none.
    #[inline]
    pub(in super::super) fn get(&self, record: usize) -> &'t [u8] {
        let (start, end) = self.span(record);
        self.text.get(start..end).unwrap_or_default()
    }

    /// Looks up some cells.
    pub(in super::super) fn fill(&self, windows: &mut Windows, records: &[usize]) {
        windows.fill(records.iter().map(|record| self.window(*record)));
    }

    /// The length of a cell with its first bytes side by side; behind a shorter cell stands anything.
    #[inline(always)]
    pub(in super::super) fn window(&self, record: usize) -> ([u8; WINDOW], usize) {
        let (start, end) = self.span(record);
        let length = end.wrapping_sub(start);
        match self.text.get(start..).and_then(<[u8]>::first_chunk) {
            Some(window) => (*window, length),
            None => (window_of(self.get(record)), length),
        }
    }
}

/// The first bytes of a cell, filled up with zeros.
pub(in super::super) fn window_of(cell: &[u8]) -> [u8; WINDOW] {
    let mut window = [0; WINDOW];
    window.iter_mut().zip(cell).for_each(|(to, from)| *to = *from);
    window
}

/// One record that was read exactly: its cells by slot, in a text of their own.
#[derive(Debug)]
pub(in super::super) struct Single {
    text: Vec<u8>,
    borders: Vec<u32>,
    columns: Vec<usize>,
}

impl Single {
    /// Takes the cells by slot.
    pub(in super::super) fn new<'c>(cells: impl Iterator<Item = &'c [u8]>) -> Self {
        let mut single = Self { text: Vec::new(), borders: vec![BEFORE_FIRST], columns: Vec::new() };
        for cell in cells {
            single.columns.push(single.columns.len());
            single.text.extend_from_slice(cell);
            single.borders.push(single.text.len() as u32);
            single.text.push(0);
        }
        // No cell is the last one, of which a carriage return would be no part.
        single.borders.push(single.text.len() as u32);
        single
    }

    /// The record as a batch.
    pub(in super::super) fn batch(&self, line: u64) -> Batch<'_, '_> {
        let Self { text, borders, columns } = self;
        Batch { text, borders, columns, width: columns.len() + 1, line, has_quotes: false }
    }
}
