//! Which bytes of a word stand outside of quotes, and whether every quote is where it belongs.

use super::words::{Marks, Special, WORD, parity_up_to};

/// What the words before leave open.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Quotes {
    /// All ones inside quotes.
    inside: u64,
    /// 1 when the last byte was a closing quote.
    closed: u64,
    /// 1 when the last byte was a carriage return, which only a line feed may follow.
    returned: u64,
}

/// What stands outside of quotes in a word, and what is odd about it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Outside {
    pub(super) borders: u64,
    pub(super) line_ends: u64,
    /// The second of two quotes that stand for one.
    pub(super) doubled: u64,
    pub(super) quoted_line_ends: u64,
}

impl Quotes {
    /// Whether the next byte is inside quotes, or behind a closing one.
    #[inline(always)]
    pub(super) fn is_inside(&self) -> bool {
        (self.inside | self.closed) != 0
    }

    /// The line ends of the other kind that stand alone in the next word, or behind them what should have been one.
    #[inline(always)]
    pub(super) fn lone(&mut self, marks: &Marks, special: Special) -> u64 {
        // In text whose lines end with carriage returns no line feed may stand anywhere.
        if special.line_end != b'\n' {
            return marks.returns;
        }
        let lone = ((marks.returns << 1) | self.returned) & !marks.line_ends;
        self.returned = marks.returns >> 63;
        lone
    }

    /// The separators and line ends outside of quotes in the word at `base`. `None` when a quote or a carriage return
    /// stands where only the exact way knows what it means.
    #[inline(always)]
    pub(super) fn outside(&mut self, marks: &Marks, text: &[u8], base: usize, special: Special) -> Option<Outside> {
        let Marks { borders, line_ends, quotes, .. } = *marks;
        if self.lone(marks, special) != 0 {
            return None;
        }
        if (quotes | self.inside | self.closed) == 0 {
            return Some(Outside { borders, line_ends, doubled: 0, quoted_line_ends: 0 });
        }
        self.with_quotes(marks, text, base, special)
    }

    fn with_quotes(&mut self, marks: &Marks, text: &[u8], base: usize, special: Special) -> Option<Outside> {
        let Marks { borders, line_ends, quotes, returns } = *marks;
        let before = base.checked_sub(1).and_then(|before| text.get(before));
        let is_border = |byte: &u8| *byte == special.separator || *byte == special.line_end || *byte == b'"';
        let border_before = u64::from(before.is_none_or(is_border));
        let quote_before = u64::from(before == Some(&b'"'));
        let quoted = parity_up_to(quotes) ^ self.inside;
        let (opening, closing) = (quotes & quoted, quotes & !quoted);
        let or_quotes = borders | quotes;
        let in_text = text.len() - base;
        let filled = if in_text < WORD { u64::MAX << in_text } else { 0 };
        let after_closing = (closing << 1) | self.closed;
        let irregular =
            (opening & !((or_quotes << 1) | border_before)) | (after_closing & !(or_quotes | returns | filled));
        if irregular != 0 {
            return None;
        }
        // All ones when the word ends inside quotes.
        self.inside = ((quoted as i64) >> 63) as u64;
        // What stands behind the text is as good as a border.
        self.closed = if in_text <= WORD { 0 } else { closing >> 63 };
        Some(Outside {
            borders: borders & !quoted,
            line_ends: line_ends & !quoted,
            doubled: opening & ((quotes << 1) | quote_before),
            quoted_line_ends: line_ends & quoted,
        })
    }
}
