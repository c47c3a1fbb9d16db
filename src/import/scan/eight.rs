//! Numbers side by side, as programs write them: what [`Plain`](super::super::cells::Plain) does with one cell, without
//! a branch, so that a compiler who has wide vectors to work with does eight at once.

use super::batch::WINDOW;

/// Numbers that are read side by side, and how many of these groups are looked up in the text before: what was just
/// written byte by byte cannot be loaded side by side at once.
const EIGHT: usize = 8;
const GROUPS: usize = 4;
/// Most cells of [`Windows`].
pub(in super::super) const MOST: usize = EIGHT * GROUPS;

/// The first sixteen bytes of some cells, as two numbers each with the first byte lowest, and how long the cells are.
#[derive(Clone, Copy, Debug)]
pub(in super::super) struct Windows {
    low: [u64; MOST],
    high: [u64; MOST],
    lengths: [u64; MOST],
    /// How many cells there are.
    count: usize,
}

impl Windows {
    /// None yet.
    pub(in super::super) fn new() -> Self {
        Self { low: [0; MOST], high: [0; MOST], lengths: [0; MOST], count: 0 }
    }

    /// Takes at most [`MOST`] cells in the place of those before: their first bytes, and their lengths.
    #[inline(always)]
    pub(super) fn fill(&mut self, cells: impl ExactSizeIterator<Item = ([u8; WINDOW], usize)>) {
        self.count = cells.len().min(MOST);
        let to = self.low.iter_mut().zip(&mut self.high).zip(&mut self.lengths);
        for ((window, length), ((low, high), to_length)) in cells.zip(to) {
            let word = u128::from_le_bytes(window);
            (*low, *high, *to_length) = (word as u64, (word >> 64) as u64, length as u64);
        }
    }
}

/// The values of [`Windows`]; those of cells that are not plain digits count for nothing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in super::super) struct Values<T> {
    values: [[T; EIGHT]; GROUPS],
    are_plain: [[bool; EIGHT]; GROUPS],
    count: usize,
}

impl<T: Copy + Default> Values<T> {
    #[inline(always)]
    fn of(windows: &Windows, value: impl Fn(u64, u64, u64) -> (T, bool)) -> Self {
        let mut all =
            Self { values: [[T::default(); EIGHT]; GROUPS], are_plain: [[false; EIGHT]; GROUPS], count: windows.count };
        let Windows { low, high, lengths, count } = windows;
        let groups = low.as_chunks().0.iter().zip(high.as_chunks().0).zip(lengths.as_chunks().0);
        for (group, ((low, high), lengths)) in groups.take(count.div_ceil(EIGHT)).enumerate() {
            // Copies, of which the compiler sees that nothing else changes them.
            let (low, high, lengths): ([u64; EIGHT], [u64; EIGHT], [u64; EIGHT]) = (*low, *high, *lengths);
            let (mut values, mut are_plain) = ([T::default(); EIGHT], [false; EIGHT]);
            for at in 0..EIGHT {
                (values[at], are_plain[at]) = value(low[at], high[at], lengths[at]);
            }
            (all.values[group], all.are_plain[group]) = (values, are_plain);
        }
        all
    }

    /// The values in order, each with the place of its cell; `odd` is asked for those that are not plain.
    #[inline(always)]
    pub(in super::super) fn or(&self, mut odd: impl FnMut(usize) -> T) -> impl ExactSizeIterator<Item = T> {
        let (values, are_plain) = (self.values.as_flattened(), self.are_plain.as_flattened());
        let both = values.iter().zip(are_plain).take(self.count).enumerate();
        both.map(move |(at, (value, is_plain))| if *is_plain { *value } else { odd(at) })
    }
}

const EACH: u64 = 0x0101_0101_0101_0101;
const ZEROS: u64 = 0x3030_3030_3030_3030;

const POWERS_OF_TEN: [u64; 16] = {
    let mut powers = [1; 16];
    let mut i = 1;
    while i < 16 {
        powers[i] = powers[i - 1] * 10;
        i += 1;
    }
    powers
};

/// The same powers below one, not exactly.
const TENTHS: [f64; 16] = {
    let mut tenths = [1.0; 16];
    let mut i = 1;
    while i < 16 {
        tenths[i] = 1.0 / POWERS_OF_TEN[i] as f64;
        i += 1;
    }
    tenths
};

/// All digits of a cell as one number, how many of them stand behind the mark, and whether there is nothing else.
#[inline(always)]
fn digits(low: u64, high: u64, length: u64, mark: u8) -> (u64, u64, bool) {
    // Bit 7 of each of the first eight bytes: set in the first one that is the mark. Bits below that byte, else all.
    let others = low ^ (u64::from(mark) * EACH);
    let hits = others.wrapping_sub(EACH) & !others & (EACH << 7);
    let before = ((hits & hits.wrapping_neg()) >> 7).wrapping_sub(1);
    let place = (before & EACH).wrapping_mul(EACH) >> 56;
    let has_mark = place < if length < 8 { length } else { 8 };
    let before = if has_mark { before } else { u64::MAX };
    let count = length.wrapping_sub(u64::from(has_mark));
    // Without the mark, then to the end of sixteen bytes, with zeros before them.
    let joined = (low & before) | ((low >> 8 | high << 56) & !before);
    let is_long = count > 8;
    let empty = (if is_long { 128 } else { 64 } - 8 * (count & 15)) as u32;
    let up = joined.wrapping_shl(empty);
    let filled = ZEROS & 1_u64.wrapping_shl(empty).wrapping_sub(1);
    let over = (high >> 8).wrapping_shl(empty) | joined.wrapping_shr(empty.wrapping_neg());
    let (first, last) = if is_long { (up | filled, over) } else { (ZEROS, up | filled) };
    // A mark ends neither side, and none is a zero byte.
    let is_marked = (place != 0) & (place + 1 != length) & (mark != 0);
    let is_plain = (length.wrapping_sub(1) < 16)
        & if has_mark { is_marked } else { length <= 8 }
        & are_digits(first)
        & are_digits(last);
    let number = eight_digits(first) * 100_000_000 + eight_digits(last);
    let decimals = if has_mark { count.wrapping_sub(place) } else { 0 };
    (number, decimals & 15, is_plain)
}

/// Whether all bytes are digits: every high half-byte is 3 and no low one is above 9.
#[inline(always)]
fn are_digits(word: u64) -> bool {
    let high = 0xf0f0_f0f0_f0f0_f0f0;
    ((word & high) | ((word.wrapping_add(0x0606_0606_0606_0606) & high) >> 4)) == 0x3333_3333_3333_3333
}

/// The number of eight digits, the first one lowest in the word: pairs, fours, eight.
#[inline(always)]
fn eight_digits(word: u64) -> u64 {
    let ones = word & 0x0f0f_0f0f_0f0f_0f0f;
    let pairs = ((ones << 3) + (ones << 1) + (ones >> 8)) & 0x00ff_00ff_00ff_00ff;
    let fours = ((pairs << 6) + (pairs << 5) + (pairs << 2) + (pairs >> 16)) & 0x0000_ffff_0000_ffff;
    (fours & 0xffff) * 10_000 + (fours >> 32)
}

/// Hours as whole seconds, half to even.
#[inline(always)]
pub(super) fn seconds(windows: &Windows, mark: u8) -> Values<u32> {
    /// 2^52: numbers from here on are whole, and their lowest bits are those of the number added.
    const WHOLE: f64 = 4_503_599_627_370_496.0;
    Values::of(
        windows,
        #[inline(always)]
        |low, high, length| {
            let (number, decimals, is_plain) = digits(low, high, length, mark);
            let (number, scale) = (number.wrapping_mul(3600), POWERS_OF_TEN[decimals as usize]);
            // Plain numbers have at most seven digits before a mark: these seconds are below 2^36 and the product is
            // less than 1 / 1000 off, which rounding makes one at most. Without a mark it is exact.
            let guess = (number as f64 * TENTHS[decimals as usize] + WHOLE).to_bits() & ((1 << 52) - 1);
            let rest = number.wrapping_sub(guess.wrapping_mul(scale)) as i64;
            let scale = scale as i64;
            let (is_over, is_under) = (rest < 0, rest >= scale);
            let whole = guess.wrapping_sub(u64::from(is_over)).wrapping_add(u64::from(is_under));
            let rest =
                rest.wrapping_add(if is_over { scale } else { 0 }).wrapping_sub(if is_under { scale } else { 0 });
            let twice = rest.wrapping_mul(2);
            let is_up = (twice > scale) | ((twice == scale) & (whole & 1 == 1));
            let rounded = whole.wrapping_add(u64::from(is_up));
            (rounded as u32, is_plain & (rounded <= 4_000_000_000))
        },
    )
}

/// Counts with their fractions: both parts fit 53 bits, so one division rounds once, to the nearest one there is.
#[inline(always)]
pub(super) fn counts(windows: &Windows, mark: u8) -> Values<f64> {
    Values::of(windows, |low, high, length| {
        let (number, decimals, is_plain) = digits(low, high, length, mark);
        (number as f64 / POWERS_OF_TEN[decimals as usize] as f64, is_plain)
    })
}

#[cfg(test)]
mod tests {
    use super::super::super::cells::Plain;
    use super::super::{Processor, window_of};
    use super::*;
    use proptest::prelude::*;

    /// A cell, mostly a number, and what stands behind it.
    fn cell() -> impl Strategy<Value = (String, [u8; WINDOW])> {
        let text = prop_oneof![
            6 => "[0-9]{1,8}([.][0-9]{1,14})?",
            2 => "[0-9]{0,16}",
            2 => "[0-9.,]{0,18}",
            1 => "[0-9.,eE+\\-: \u{0}a]{0,18}",
            // Halves of a second, of which the even one is taken.
            1 => (0_u32..1000, 0_u32..8).prop_map(|(whole, eighth)| format!("{whole}.{:05}", eighth * 125)),
        ];
        (text, prop_oneof![Just([b','; WINDOW]), Just([b'.'; WINDOW]), any::<[u8; WINDOW]>()])
    }

    /// A cell as it stands in a text.
    fn in_text((cell, behind): &(String, [u8; WINDOW])) -> ([u8; WINDOW], usize) {
        let mut text = cell.clone().into_bytes();
        text.extend_from_slice(behind);
        (window_of(&text), cell.len())
    }

    proptest! {
        #[test]
        fn side_by_side_every_number_is_what_it_is_alone(
            cells in proptest::collection::vec(cell(), 0..=MOST),
            mark in prop_oneof![4 => Just(b'.'), 1 => Just(b','), 1 => Just(0)],
        ) {
            let cells: Vec<_> = cells.iter().map(in_text).collect();
            let mut windows = Windows::new();
            windows.fill(cells.iter().copied());
            let alone = |at: usize| Plain::read(cells[at].0, cells[at].1, mark);
            for processor in Processor::all() {
                let odd = std::cell::RefCell::new(Vec::new());
                let seconds = processor.seconds(&windows, mark);
                let seconds: Vec<u32> = seconds.or(|at| { odd.borrow_mut().push(at); u32::MAX }).collect();
                let expected: Vec<Option<u32>> = (0..cells.len()).map(|at| alone(at)?.seconds()).collect();
                prop_assert_eq!(&seconds, &expected.iter().map(|value| value.unwrap_or(u32::MAX)).collect::<Vec<_>>());
                let unread: Vec<usize> = (0..cells.len()).filter(|at| expected[*at].is_none()).collect();
                prop_assert_eq!(odd.take(), unread);
                let counts: Vec<f64> = processor.counts(&windows, mark).or(|_| -1.0).collect();
                let expected: Vec<f64> = (0..cells.len()).map(|at| alone(at).and_then(Plain::count).unwrap_or(-1.0)).collect();
                prop_assert_eq!(counts, expected);
            }
        }
    }
}
