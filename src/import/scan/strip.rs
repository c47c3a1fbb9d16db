//! Some words of a text at once: where cells and records end in them.

use super::quotes::Quotes;
use super::words::{self, Marker, Portable, Special, WORD};

/// Words of a strip, as many as a number has bits, and the bytes that they are: what is found in them stays next to the
/// processor.
pub(super) const WORDS: usize = 32;
pub(super) const STRIP: usize = WORDS * WORD;

/// What was found in some words.
#[derive(Default)]
pub(super) struct Strip {
    pub(super) words: [Word; WORDS],
    pub(super) odds: [Odd; WORDS],
    /// Bits of the words in which records end, and of those with quotes in them or around them.
    pub(super) ending: u32,
    pub(super) odd: u32,
    /// How many borders there are in all words.
    pub(super) borders: usize,
}

/// What was found in a word.
#[derive(Clone, Copy, Default)]
pub(super) struct Word {
    /// Its borders, which are separators and line ends outside of quotes.
    pub(super) within: u64,
    pub(super) line_ends: u64,
    /// Borders of the strip up to its end.
    pub(super) end: usize,
}

/// Quotes of a word, second quotes of two, and line ends inside quotes.
#[derive(Clone, Copy, Default)]
pub(super) struct Odd {
    pub(super) quotes: u64,
    pub(super) doubled: u64,
    pub(super) quoted_line_ends: u64,
}

/// What is looked through, and where what is found goes.
pub(super) struct Look<'a> {
    pub(super) text: &'a [u8],
    /// Where the strip starts in the text.
    pub(super) base: usize,
    pub(super) special: Special,
    pub(super) quotes: &'a mut Quotes,
    pub(super) strip: &'a mut Strip,
    /// Takes the places of the borders in the text.
    pub(super) to: &'a mut [u32; STRIP],
}

/// Finds what is in a strip.
pub(super) trait Scanner: Copy {
    /// Of a whole strip without quotes; `false` where there is one, or anything else that is odd: what was found so far
    /// counts for nothing then.
    fn plain(self, look: &mut Look<'_>) -> bool;

    /// Of any text; `false` where only the exact way knows what stands behind those words that were found.
    fn any(self, look: &mut Look<'_>) -> bool;
}

impl Scanner for Portable {
    fn plain(self, look: &mut Look<'_>) -> bool {
        plain(self, look)
    }

    fn any(self, look: &mut Look<'_>) -> bool {
        any(self, look)
    }
}

/// [`Scanner::plain`] with bits by `marker`.
#[inline(always)]
pub(super) fn plain<M: Marker>(marker: M, look: &mut Look<'_>) -> bool {
    let Look { text, base, special, quotes, strip, to } = look;
    let (base, special) = (*base, *special);
    let Some(bytes) = text.get(base..).and_then(<[u8]>::first_chunk::<STRIP>) else { return false };
    let (words, _) = bytes.as_chunks::<WORD>();
    let (mut ending, mut end, mut odd) = (0, 0, 0);
    let mut returned = **quotes;
    for (index, (word, found)) in words.iter().zip(&mut strip.words).enumerate() {
        let marks = marker.marks(word, special);
        odd |= marks.quotes | returned.lone(&marks, special);
        let within = marks.borders;
        ending |= u32::from(marks.line_ends != 0) << index;
        let room = to.get_mut(end..);
        end += within.count_ones() as usize;
        *found = Word { within, line_ends: marks.line_ends, end };
        // Last, because compilers take bits apart one by one that were made by comparing before a branch and are used
        // behind it.
        if let Some(to) = room.and_then(<[u32]>::first_chunk_mut) {
            marker.places(within, (base + index * WORD) as u32, to);
        }
    }
    if odd != 0 {
        return false;
    }
    **quotes = returned;
    (strip.ending, strip.odd, strip.borders) = (ending, 0, end);
    true
}

/// [`Scanner::any`] with bits by `marker`.
#[inline(always)]
pub(super) fn any<M: Marker>(marker: M, look: &mut Look<'_>) -> bool {
    let Look { text, base, special, quotes, strip, to } = look;
    let (base, special) = (*base, *special);
    let bytes = text.get(base..).unwrap_or_default();
    let (whole, rest) = bytes.get(..STRIP).unwrap_or(bytes).as_chunks::<WORD>();
    let last = words::filled_up(rest);
    let rest = if rest.is_empty() { None } else { Some(&last) };
    (strip.ending, strip.odd, strip.borders) = (0, 0, 0);
    for (index, word) in whole.iter().chain(rest).enumerate() {
        let place = base + index * WORD;
        let marks = marker.marks(word, special);
        let Some(outside) = quotes.outside(&marks, text, place, special) else { return false };
        let odd = Odd { quotes: marks.quotes, doubled: outside.doubled, quoted_line_ends: outside.quoted_line_ends };
        let within = outside.borders;
        if let Some(to) = to.get_mut(strip.borders..).and_then(<[u32]>::first_chunk_mut) {
            marker.places(within, place as u32, to);
        }
        strip.borders += within.count_ones() as usize;
        strip.ending |= u32::from(outside.line_ends != 0) << index;
        strip.odd |= u32::from(odd.quotes | odd.quoted_line_ends != 0) << index;
        if let (Some(to), Some(to_odd)) = (strip.words.get_mut(index), strip.odds.get_mut(index)) {
            *to = Word { within, line_ends: outside.line_ends, end: strip.borders };
            *to_odd = odd;
        }
    }
    true
}
