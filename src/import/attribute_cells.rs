//! The cells of one attribute to the codes of its values.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};

use super::cells;
use super::dictionary::Texts;
use super::names;
use super::report::{IssueKind, Issues};
use super::scan::WINDOW;
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
    /// The short cells that came lately, by some of their bytes, and the places of long ones.
    recent: Box<[Short; RECENT]>,
    recent_long: Box<[u32; RECENT]>,
    pub(super) issues: Issues,
}

/// A cell of at most [`WINDOW`] bytes, filled up with zeros, and its code.
#[derive(Clone, Copy, Debug)]
struct Short {
    word: [u64; 2],
    length: u32,
    code: u16,
}

impl Short {
    /// No cell is that long.
    const NONE: Self = Self { word: [0; 2], length: u32::MAX, code: 0 };

    /// A cell without a code; `None` where it is longer.
    #[inline]
    fn new(window: [u8; WINDOW], length: usize) -> Option<Self> {
        /// The bytes of a cell of each length.
        const WITHIN: [u128; WINDOW + 1] = {
            let mut within = [u128::MAX; WINDOW + 1];
            let mut length = 0;
            while length < WINDOW {
                within[length] = (1 << (8 * length)) - 1;
                length += 1;
            }
            within
        };
        let word = u128::from_le_bytes(window) & WITHIN.get(length)?;
        Some(Self { word: [word as u64, (word >> 64) as u64], length: length as u32, code: 0 })
    }

    /// Where it is remembered.
    #[inline]
    fn place(&self) -> usize {
        let [low, high] = self.word;
        let mixed = (low ^ high.rotate_left(29)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        (mixed >> 56) as usize % RECENT
    }
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
            recent: Box::new([Short::NONE; RECENT]),
            recent_long: Box::new([u32::MAX; RECENT]),
            issues: Issues::default(),
        }
    }

    /// The code of a cell, and whether something is odd about it. The window holds its first bytes.
    #[inline]
    pub(super) fn code<'c>(
        &mut self,
        window: [u8; WINDOW],
        length: usize,
        cell: impl FnOnce() -> &'c [u8],
        crowded: &AtomicBool,
    ) -> (u16, bool) {
        let code = match Short::new(window, length) {
            Some(short) => {
                let recent = self.recent.get(short.place());
                match recent.filter(|recent| recent.word == short.word && recent.length == short.length) {
                    Some(recent) => recent.code,
                    None => self.remember(short, cell(), crowded),
                }
            }
            None => self.long(cell(), crowded),
        };
        (code & !ODD, code & ODD != 0)
    }

    /// The code of a short cell that did not come lately.
    #[inline(never)]
    fn remember(&mut self, short: Short, cell: &[u8], crowded: &AtomicBool) -> u16 {
        let Some(place) = self.look_up(cell, crowded) else { return NOT_SET_CODE };
        let code = self.codes.get(place as usize).copied().unwrap_or(NOT_SET_CODE);
        if let Some(recent) = self.recent.get_mut(short.place()) {
            *recent = Short { code, ..short };
        }
        code
    }

    /// The code of a long cell.
    #[inline(never)]
    fn long(&mut self, cell: &[u8], crowded: &AtomicBool) -> u16 {
        let recent = mixed(cell) % RECENT;
        let guess = self.recent_long.get(recent).copied().unwrap_or(u32::MAX);
        if let Some(code) = self.codes.get(guess as usize).filter(|_| self.cells.get(guess) == cell) {
            return *code;
        }
        let Some(place) = self.look_up(cell, crowded) else { return NOT_SET_CODE };
        if let Some(recent) = self.recent_long.get_mut(recent) {
            *recent = place;
        }
        self.codes.get(place as usize).copied().unwrap_or(NOT_SET_CODE)
    }

    /// The place of a cell among those seen; `None` where there are too many.
    fn look_up(&mut self, cell: &[u8], crowded: &AtomicBool) -> Option<u32> {
        if crowded.load(Ordering::Relaxed) {
            return None;
        }
        let (place, is_new) = self.cells.intern(cell);
        if is_new {
            let code = self.value_code(cell);
            self.codes.push(code);
            if self.values.len() > MOST_VALUES + 1 || self.cells.len() > MOST_CELLS {
                crowded.store(true, Ordering::Relaxed);
            }
        }
        Some(place)
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

#[cfg(test)]
mod tests {
    use super::super::scan::window_of;
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// Cells shorter and longer than a window, many of which are remembered in the same place.
        #[test]
        fn a_cell_has_one_code_however_often_it_comes(
            texts in proptest::collection::vec("[ab\u{0}]{0,3}(xxxxxxxxxxxxx)?[ab]{0,4}", 1..40),
            order in proptest::collection::vec(0_usize..40, 0..400),
            behind: u8,
        ) {
            let (crowded, mut reader) = (AtomicBool::new(false), AttributeReader::new());
            for place in order {
                let cell = texts[place % texts.len()].as_bytes();
                let text = [cell, &[behind; WINDOW]].concat();
                let (code, is_odd) = reader.code(window_of(&text), cell.len(), || cell, &crowded);
                // By itself, without anything remembered.
                let alone = reader.value_code(cell);
                prop_assert_eq!((code, is_odd), (alone & !ODD, alone & ODD != 0));
            }
        }
    }
}
