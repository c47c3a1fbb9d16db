//! Columns of counts: whole numbers in two bytes a row, as nearly all files have them, and any numbers in eight.

use super::{EXCLUDED_COUNT, Pieces};

/// The code of a row that nothing can be read of, and, in a draft, of one that leaves the metric.
const MISSING: u16 = u16::MAX;
const EXCLUDED: u16 = u16::MAX - 1;

/// The code of a whole number, of a blank (NaN) or of [`EXCLUDED_COUNT`]; `None` for any other number.
#[inline]
fn code_of(count: f64) -> Option<u16> {
    let whole = count as u16;
    if f64::from(whole) == count && whole < EXCLUDED {
        Some(whole)
    } else if count.is_nan() {
        Some(MISSING)
    } else {
        (count == EXCLUDED_COUNT).then_some(EXCLUDED)
    }
}

/// The number of a code.
#[inline]
fn count_of(code: u16) -> f64 {
    match code {
        MISSING => f64::NAN,
        EXCLUDED => EXCLUDED_COUNT,
        whole => f64::from(whole),
    }
}

/// A column of counts of a dataset.
#[derive(Clone, Debug)]
pub(super) enum CountColumn {
    Whole(Vec<u16>),
    Any(Vec<f64>),
}

impl CountColumn {
    pub(super) fn view(&self) -> Counts<'_> {
        match self {
            Self::Whole(column) => Counts::Whole(column),
            Self::Any(column) => Counts::Any(column),
        }
    }
}

/// The counts of each row.
#[derive(Clone, Copy, Debug)]
pub enum Counts<'a> {
    /// Whole numbers; where nothing can be read, the largest one that the type has.
    Whole(&'a [u16]),
    /// Any numbers; NaN where nothing can be read.
    Any(&'a [f64]),
}

impl Counts<'_> {
    /// The count of a row; NaN where nothing can be read.
    ///
    /// # Panics
    /// Where there is no such row.
    #[must_use]
    #[inline]
    pub fn get(&self, row: usize) -> f64 {
        match self {
            Self::Whole(column) => count_of(column[row]),
            Self::Any(column) => column[row],
        }
    }

    /// The counts in order.
    pub fn iter(&self) -> impl Iterator<Item = f64> + '_ {
        let rows = match self {
            Self::Whole(column) => column.len(),
            Self::Any(column) => column.len(),
        };
        (0..rows).map(|row| self.get(row))
    }

    /// Adds up the rows that can be read, with how many these are. Whole numbers give the same sum in any order.
    #[must_use]
    pub fn sum(&self, rows: std::ops::Range<usize>) -> (f64, u64) {
        /// Added up side by side, else each addition waits for the one before.
        const LANES: usize = 4;
        match self {
            Self::Whole(column) => {
                let (mut sum, mut measured) = (0_u64, 0_u64);
                // The sum of so many fits into 32 bits.
                for codes in column[rows].chunks(1 << 16) {
                    let (mut of_codes, mut readable) = (0_u32, 0_u32);
                    for &code in codes {
                        let is_readable = code != MISSING;
                        of_codes += if is_readable { u32::from(code) } else { 0 };
                        readable += u32::from(is_readable);
                    }
                    sum += u64::from(of_codes);
                    measured += u64::from(readable);
                }
                (sum as f64, measured)
            }
            Self::Any(column) => {
                let (mut sums, mut measured) = ([0.0; LANES], [0_u64; LANES]);
                for cells in column[rows].chunks(LANES) {
                    for ((sum, measured), cell) in sums.iter_mut().zip(&mut measured).zip(cells) {
                        *sum += if cell.is_nan() { 0.0 } else { *cell };
                        *measured += u64::from(!cell.is_nan());
                    }
                }
                let [a, b, c, d] = sums;
                (a + b + (c + d), measured.iter().sum())
            }
        }
    }

    /// Whether all are whole, so that sums can be taken apart again.
    #[must_use]
    pub fn are_whole(&self) -> bool {
        matches!(self, Self::Whole(_))
    }
}

/// Counts of a draft as they are read: NaN for a blank, [`EXCLUDED_COUNT`] for what leaves the metric. Codes until
/// the first number comes that has none.
#[derive(Clone, Debug, Default)]
pub struct CountCells {
    whole: Vec<u16>,
    any: Vec<f64>,
}

impl CountCells {
    /// Room for so many rows.
    #[must_use]
    pub fn with_capacity(rows: usize) -> Self {
        Self { whole: Vec::with_capacity(rows), any: Vec::new() }
    }

    /// Adds a row.
    #[inline]
    pub fn push(&mut self, count: f64) {
        match code_of(count) {
            Some(code) if self.any.is_empty() => self.whole.push(code),
            _ => self.push_any(count),
        }
    }

    fn push_any(&mut self, count: f64) {
        if self.any.is_empty() {
            self.any = std::mem::take(self).into_numbers();
        }
        self.any.push(count);
    }

    fn into_numbers(self) -> Vec<f64> {
        if self.whole.is_empty() { self.any } else { self.whole.into_iter().map(count_of).collect() }
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.whole.len() + self.any.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn get(&self, row: usize) -> f64 {
        if self.any.is_empty() { count_of(self.whole[row]) } else { self.any[row] }
    }

    /// The counts in order.
    pub fn iter(&self) -> impl Iterator<Item = f64> + '_ {
        (0..self.len()).map(|row| self.get(row))
    }
}

impl FromIterator<f64> for CountCells {
    fn from_iter<I: IntoIterator<Item = f64>>(counts: I) -> Self {
        let mut cells = Self::default();
        counts.into_iter().for_each(|count| cells.push(count));
        cells
    }
}

/// A column of counts of a draft, in the pieces in which it was read.
#[derive(Clone, Debug, Default)]
pub struct CountPieces {
    pieces: Vec<CountCells>,
    /// For each piece the row behind its last one.
    ends: Vec<usize>,
}

impl CountPieces {
    /// Adds rows.
    pub fn push(&mut self, piece: CountCells) {
        if !piece.is_empty() {
            self.ends.push(self.ends.last().copied().unwrap_or(0) + piece.len());
            self.pieces.push(piece);
        }
    }

    /// The count of a row.
    pub(super) fn at(&self, row: usize) -> f64 {
        let piece = self.ends.partition_point(|end| *end <= row);
        let start = piece.checked_sub(1).map_or(0, |before| self.ends[before]);
        self.pieces[piece].get(row - start)
    }

    /// Puts every count to its place among `rows`. `odd` is told the draft row of each blank, and of each that leaves the
    /// metric; both are missing from then on.
    pub(super) fn placed(self, places: &Pieces<u32>, rows: usize, mut odd: impl FnMut(usize, Odd)) -> CountColumn {
        let mut check = |count: f64, row: usize| {
            if count >= 0.0 {
                return count;
            }
            odd(row, if count.is_nan() { Odd::Blank } else { Odd::Excluded });
            f64::NAN
        };
        if self.pieces.iter().all(|piece| piece.any.is_empty()) {
            let mut codes = Pieces::default();
            self.pieces.into_iter().for_each(|piece| codes.push(piece.whole));
            return CountColumn::Whole(codes.placed(places, rows, |row, code| {
                if code < EXCLUDED {
                    return code;
                }
                check(count_of(code), row);
                MISSING
            }));
        }
        let mut counts = Pieces::default();
        self.pieces.into_iter().for_each(|piece| counts.push(piece.into_numbers()));
        CountColumn::Any(counts.placed(places, rows, |row, count| check(count, row)))
    }
}

/// A cell of a count that is no number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Odd {
    Blank,
    Excluded,
}

impl FromIterator<f64> for CountPieces {
    fn from_iter<I: IntoIterator<Item = f64>>(counts: I) -> Self {
        let mut pieces = Self::default();
        pieces.push(counts.into_iter().collect());
        pieces
    }
}

impl FromIterator<f64> for CountColumn {
    fn from_iter<I: IntoIterator<Item = f64>>(counts: I) -> Self {
        let CountCells { whole, any } = counts.into_iter().collect();
        if any.is_empty() { Self::Whole(whole) } else { Self::Any(any) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Places from back to front, and what is told on the way.
    fn placed(pieces: CountPieces) -> (CountColumn, Vec<(usize, Odd)>) {
        let rows = pieces.ends.last().copied().unwrap_or(0);
        let places: Pieces<u32> = (0..rows as u32).rev().collect();
        let mut odd = Vec::new();
        (pieces.placed(&places, rows, |row, what| odd.push((row, what))), odd)
    }

    fn pieces(cells: &[&[f64]]) -> CountPieces {
        let mut pieces = CountPieces::default();
        cells.iter().for_each(|piece| pieces.push(piece.iter().copied().collect()));
        pieces
    }

    #[test]
    fn whole_numbers_take_two_bytes_and_one_other_takes_all_along() {
        let (column, odd) = placed(pieces(&[&[3.0, f64::NAN], &[], &[65_533.0, EXCLUDED_COUNT]]));
        assert!(matches!(&column, CountColumn::Whole(column) if *column == [MISSING, 65_533, MISSING, 3]));
        assert_eq!(odd, [(1, Odd::Blank), (3, Odd::Excluded)]);
        assert_eq!(column.view().sum(0..4), (65_536.0, 2));
        let (column, odd) = placed(pieces(&[&[3.0, f64::NAN], &[0.5, 65_534.0]]));
        assert!(matches!(&column, CountColumn::Any(column) if column[..2] == [65_534.0, 0.5] && column[3] == 3.0));
        assert_eq!((odd, column.view().sum(0..4)), (vec![(1, Odd::Blank)], (65_537.5, 3)));
    }

    proptest! {
        #[test]
        fn what_is_pushed_comes_out_again(
            counts in proptest::collection::vec(prop_oneof![0_u32..70_000, Just(7)], 0..30),
            halves: bool,
        ) {
            let counts: Vec<f64> = counts.iter().map(|count| f64::from(*count) / if halves { 2.0 } else { 1.0 }).collect();
            let cells: CountCells = counts.iter().copied().collect();
            prop_assert_eq!(cells.iter().collect::<Vec<_>>(), counts.clone());
            let pieces: CountPieces = counts.iter().copied().collect();
            let (column, odd) = placed(pieces);
            prop_assert!(odd.is_empty());
            prop_assert_eq!(column.view().iter().collect::<Vec<_>>(), counts.into_iter().rev().collect::<Vec<_>>());
        }
    }
}
