//! The cells of one attribute to the codes of its values.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};

use super::cells;
use super::dictionary::Texts;
use super::names;
use super::report::{IssueKind, Issues};
use crate::dataset::NOT_SET;

/// More distinct values than this make no attribute.
pub(super) const MOST_VALUES: usize = 200;
/// The code of a blank cell in every attribute.
pub(super) const NOT_SET_CODE: u16 = 0;

/// The values of one attribute, by code; code 0 is "(Not set)".
#[derive(Debug)]
pub(super) struct AttributeReader {
    /// Cells as they stand in the file.
    cells: Texts,
    /// The value of each of them.
    codes: Vec<u16>,
    pub(super) values: Vec<String>,
    by_value: HashMap<String, u16>,
    /// The places of cells that came lately, by a few of their bytes.
    recent: [u32; RECENT],
    pub(super) issues: Issues,
}

/// A number from the length of a cell and from its first and last bytes.
#[inline]
fn mixed(cell: &[u8]) -> usize {
    let (first, last) = match (cell.first_chunk::<4>(), cell.last_chunk::<4>()) {
        (Some(first), Some(last)) => (u32::from_le_bytes(*first), u32::from_le_bytes(*last)),
        _ => cell.iter().fold((0, 0), |(first, _), byte| (first << 8 | u32::from(*byte), 0)),
    };
    let word = u64::from(first) << 32 | u64::from(last ^ cell.len() as u32);
    (word.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 56) as usize
}

/// Set in the code of a cell that is odd.
const ODD: u16 = 1 << 15;

/// Cells that are remembered without looking them up.
const RECENT: usize = 256;

/// So many ways of writing 200 values are more than enough.
const MOST_CELLS: usize = 20 * MOST_VALUES;

impl AttributeReader {
    pub(super) fn new() -> Self {
        Self {
            cells: Texts::default(),
            codes: Vec::new(),
            values: vec![NOT_SET.to_owned()],
            by_value: HashMap::from([(NOT_SET.to_owned(), NOT_SET_CODE)]),
            recent: [u32::MAX; RECENT],
            issues: Issues::default(),
        }
    }

    /// The code of a cell, and whether something is odd about it.
    #[inline]
    pub(super) fn code(&mut self, cell: &[u8], crowded: &AtomicBool) -> (u16, bool) {
        let recent = mixed(cell) % RECENT;
        let guess = self.recent.get(recent).copied().unwrap_or(u32::MAX);
        if let Some(code) = self.codes.get(guess as usize).filter(|_| self.cells.get(guess) == cell) {
            return (*code & !ODD, *code & ODD != 0);
        }
        self.look_up(cell, recent, crowded)
    }

    /// The same for a cell that did not come lately.
    fn look_up(&mut self, cell: &[u8], recent: usize, crowded: &AtomicBool) -> (u16, bool) {
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
        let code = self.codes.get(place as usize).copied().unwrap_or(NOT_SET_CODE);
        (code & !ODD, code & ODD != 0)
    }

    /// Notes what is odd about a cell. Says too when it is no UTF-8.
    pub(super) fn note_oddities(&mut self, cell: &[u8], line: u64, header: Option<&str>, not_utf8: &AtomicBool) {
        for kind in names::tidy(cells::trim(cell)).1 {
            if kind == IssueKind::UnreadableText {
                not_utf8.store(true, Ordering::Relaxed);
            }
            self.issues.add(kind, line, header, None);
        }
    }

    fn value_code(&mut self, cell: &[u8]) -> u16 {
        let trimmed = cells::trim(cell);
        if cells::is_blank(trimmed) {
            return NOT_SET_CODE;
        }
        let (value, odd) = names::tidy(trimmed);
        if odd.contains(&IssueKind::ZeroByte) || value.is_empty() {
            return NOT_SET_CODE | ODD;
        }
        let value = value.into_owned();
        let next = self.values.len() as u16;
        let code = *self.by_value.entry(value.clone()).or_insert(next);
        if code == next {
            self.values.push(value);
        }
        if odd.is_empty() { code } else { code | ODD }
    }
}
