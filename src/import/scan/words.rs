//! 64 bytes to bits, in code that runs on every processor.

use wide::u8x64;

use super::Cut;

/// Bytes of a word.
pub(super) const WORD: usize = 64;

/// The bytes that end cells and records.
#[derive(Clone, Copy, Debug)]
pub(super) struct Special {
    pub(super) separator: u8,
    /// A line feed, or a carriage return in text whose lines end so.
    pub(super) line_end: u8,
}

impl Special {
    /// The other byte that can end lines: a carriage return where lines end with a line feed.
    #[inline(always)]
    pub(super) fn other_line_end(self) -> u8 {
        if self.line_end == b'\n' { b'\r' } else { b'\n' }
    }
}

/// What stands in a word: a bit a byte, the first byte lowest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Marks {
    /// Separators and line ends.
    pub(super) borders: u64,
    pub(super) line_ends: u64,
    pub(super) quotes: u64,
    /// [Other line ends](Special::other_line_end).
    pub(super) returns: u64,
}

/// Makes bits of bytes.
pub(super) trait Marker: Copy {
    /// The bits of what ends cells and records.
    fn marks(self, word: &[u8; WORD], special: Special) -> Marks;
    /// The bits of one byte.
    fn equal(self, word: &[u8; WORD], what: u8) -> u64;
    /// Writes the places of the bits, the lowest first, each more by `base`. What stands behind them is anything.
    fn places(self, bits: u64, base: u32, to: &mut [u32; WORD]);
}

/// For every processor.
#[derive(Clone, Copy, Debug)]
pub(super) struct Portable;

impl Marker for Portable {
    #[inline(always)]
    fn marks(self, word: &[u8; WORD], special: Special) -> Marks {
        let word = u8x64::new(*word);
        let equal = |what: u8| word.simd_eq(u8x64::splat(what));
        let line_ends = equal(special.line_end);
        Marks {
            borders: bits(equal(special.separator) | line_ends),
            line_ends: bits(line_ends),
            quotes: bits(equal(b'"')),
            returns: bits(equal(special.other_line_end())),
        }
    }

    #[inline(always)]
    fn equal(self, word: &[u8; WORD], what: u8) -> u64 {
        u8x64::new(*word).simd_eq(u8x64::splat(what)).to_bitmask()
    }

    #[inline(always)]
    fn places(self, bits: u64, base: u32, to: &mut [u32; WORD]) {
        places(bits, base, to);
    }
}

/// [`Marker::places`], sixteen at a time: how many there are cannot be foretold, but mostly it is fewer.
#[inline(always)]
pub(super) fn places(mut bits: u64, base: u32, to: &mut [u32; WORD]) {
    const AT_ONCE: usize = 16;
    let (to, _) = to.as_chunks_mut::<AT_ONCE>();
    for to in to {
        for place in to {
            *place = base.wrapping_add(bits.trailing_zeros());
            bits &= bits.wrapping_sub(1);
        }
        if bits == 0 {
            break;
        }
    }
}

/// The highest bit of each byte. The black box keeps compilers from taking them apart again one by one, as they do with
/// bits that were made by comparing before a branch and are used behind it.
#[inline(always)]
fn bits(bytes: u8x64) -> u64 {
    std::hint::black_box(bytes.to_bitmask())
}

/// What is left of a text behind its whole words, filled up with zeros.
pub(super) fn filled_up(rest: &[u8]) -> [u8; WORD] {
    let mut last = [0; WORD];
    last.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
    last
}

/// For each bit whether an odd number of bits are set up to it, itself included.
#[inline(always)]
pub(super) fn parity_up_to(bits: u64) -> u64 {
    let mut parity = bits;
    for shift in [1, 2, 4, 8, 16, 32] {
        parity ^= parity << shift;
    }
    parity
}

/// All ones for an odd number of bits.
#[inline(always)]
fn parity_of(bits: u64) -> u64 {
    u64::from(bits.count_ones() & 1).wrapping_neg()
}

/// [`super::last_cut`] with bits by `marker`: counts the quotes, then goes back to the last line end outside of them.
#[inline(always)]
pub(super) fn last_cut<M: Marker>(marker: M, text: &[u8], line_end: u8) -> Cut {
    let (whole, rest) = text.as_chunks::<WORD>();
    let last = filled_up(rest);
    let words = || whole.iter().chain(std::iter::once(&last));
    let (mut quotes, mut line_ends) = (0_u64, 0_u64);
    for word in words() {
        quotes += u64::from(marker.equal(word, b'"').count_ones());
        line_ends += u64::from(marker.equal(word, line_end).count_ones());
    }
    // Whether the end of the word is inside quotes, and how many line ends stand behind it.
    let (mut inside, mut behind) = ((quotes & 1).wrapping_neg(), 0);
    for (index, word) in (0..=whole.len()).rev().zip(words().rev()) {
        let (quotes, ends) = (marker.equal(word, b'"'), marker.equal(word, line_end));
        inside ^= parity_of(quotes);
        let outside = ends & !(parity_up_to(quotes) ^ inside);
        if outside != 0 {
            let place = 63 - outside.leading_zeros();
            let above = (ends >> place >> 1).count_ones();
            return Cut { bytes: index * WORD + place as usize + 1, line_ends: line_ends - behind - u64::from(above) };
        }
        behind += u64::from(ends.count_ones());
    }
    Cut::default()
}
