//! A text cut into blocks of whole records, one after the other, with the line each starts at.
//!
//! Cutting is sequential and exact: a block begins where its predecessor ended, so no reader of a block
//! ever guesses whether it starts inside quotes.

use std::io::Read;

use super::container::{cannot_read, read_fully};
use super::exact::{Dialect, Record, Step, read_record};
use super::problem::{ImportError, Refusal};
use super::scan::{self, Cut, Start};

/// Bytes of a block, unless a record is longer.
const BLOCK: usize = 256 * 1024;
/// Bytes of a page of memory, on most systems.
const PAGE: usize = 4096;
/// A record longer than this is no row.
const LONGEST_RECORD: usize = 4 << 20;

/// Whole records.
#[derive(Debug, Default)]
pub(super) struct Block {
    /// Its place among the blocks.
    pub(super) index: usize,
    /// Where it starts.
    pub(super) starts_at: Start,
    /// Whether nothing comes after it.
    pub(super) is_last: bool,
    buffer: Vec<u8>,
    /// Where in the buffer the records start, and their length.
    start: usize,
    length: usize,
}

impl Block {
    /// The records.
    pub(super) fn text(&self) -> &[u8] {
        self.buffer.get(self.start..self.start + self.length).unwrap_or_default()
    }

    /// Makes room for what is carried over and a piece behind it, which starts `lead` bytes behind the start of a page of
    /// memory: systems copy whole pages fastest, on some processors several times faster.
    fn prepare(&mut self, carry: &[u8], lead: usize) {
        let most = carry.len() + lead + BLOCK + 2 * PAGE;
        if self.buffer.len() < most {
            self.buffer.resize(most, 0);
        }
        let page = self.buffer.as_ptr().align_offset(PAGE);
        let behind = carry.len().next_multiple_of(PAGE) + lead;
        self.start = page.min(PAGE) + behind - carry.len();
        if let Some(to) = self.buffer.get_mut(self.start..self.start + carry.len()) {
            to.copy_from_slice(carry);
        }
    }

    /// The next `length` bytes behind what is there.
    fn room(&mut self, have: usize, length: usize) -> &mut [u8] {
        let from = self.start + have;
        if self.buffer.len() < from + length {
            self.buffer.resize(from + length, 0);
        }
        self.buffer.get_mut(from..from + length).unwrap_or_default()
    }
}

/// How ends of records are told from line ends inside quotes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cutting {
    /// By the parity of quotes, with lines that end in this byte. Whoever reads a block has to check that
    /// its quotes are regular, and has the text cut again when they are not.
    ByParity(u8),
    /// Byte by byte.
    Exactly,
}

/// Cuts a text.
pub(super) struct Cutter<'a> {
    reader: Box<dyn Read + Send + 'a>,
    dialect: Dialect,
    cutting: Cutting,
    /// What was read and belongs to the next block.
    carry: Vec<u8>,
    /// Bytes of the source before the reader's first, so that the other pieces start with a page of the file.
    lead: usize,
    /// Bytes of the text before the first record.
    skip: usize,
    next: Start,
    index: usize,
    ended: bool,
}

impl<'a> Cutter<'a> {
    /// Starts after `skip` bytes of the reader, at `line`. The reader starts `lead` bytes behind its source's start.
    pub(super) fn new(
        reader: Box<dyn Read + Send + 'a>,
        cutting: Cutting,
        dialect: Dialect,
        (lead, skip): (usize, usize),
        line: u64,
    ) -> Self {
        let next = Start { line, is_after_blank: false };
        Self { reader, dialect, cutting, carry: Vec::new(), lead: lead % PAGE, skip, next, index: 0, ended: false }
    }

    /// Fills `block` with the next one; `false` at the end.
    pub(super) fn next(&mut self, block: &mut Block) -> Result<bool, ImportError> {
        block.prepare(&self.carry, self.lead);
        let mut have = self.carry.len();
        self.carry.clear();
        let cut = loop {
            if !self.ended {
                let piece = block.room(have, BLOCK - std::mem::take(&mut self.lead));
                let read = read_fully(&mut self.reader, piece).map_err(|error| cannot_read(&error))?;
                self.ended = read < piece.len();
                have += read;
            }
            if self.skip > 0 {
                let skipped = self.skip.min(have);
                block.start += skipped;
                have -= skipped;
                self.skip -= skipped;
            }
            let cut = self.cut(block.buffer.get(block.start..block.start + have).unwrap_or_default());
            if cut.bytes > 0 || self.ended {
                block.starts_at = self.next;
                self.next.line += cut.line_ends;
                break if self.ended { have } else { cut.bytes };
            }
            if have >= LONGEST_RECORD {
                return Err(too_long(self.next.line));
            }
        };
        self.carry.extend_from_slice(block.buffer.get(block.start + cut..block.start + have).unwrap_or_default());
        block.length = cut;
        // A table below an empty line is told even where a block starts with it.
        self.next.is_after_blank =
            [b"\n\n".as_slice(), b"\n\r\n", b"\r\r"].iter().any(|end| block.text().ends_with(end));
        block.is_last = self.ended;
        block.index = self.index;
        self.index += 1;
        Ok(cut > 0)
    }

    /// The whole records at the start.
    fn cut(&self, text: &[u8]) -> Cut {
        if let Cutting::ByParity(line_end) = self.cutting {
            return scan::last_cut(text, line_end);
        }
        let mut record = Record::default();
        let mut cut = Cut::default();
        while let Step::Record(length) =
            read_record(text.get(cut.bytes..).unwrap_or_default(), self.dialect, self.ended, &mut record)
        {
            cut.bytes += length;
            cut.line_ends += record.line_ends;
        }
        cut
    }
}

fn too_long(line: u64) -> ImportError {
    let what = format!("The row that starts at line {line} is longer than 4 MB.");
    let why = "A cell is far too large, or a quotation mark is opened and never closed.";
    let refusal = Refusal::new(what, why, "Correct that line, or export the query again.");
    refusal.at_line(line).into()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    const BOTH: [Cutting; 2] = [Cutting::ByParity(b'\n'), Cutting::Exactly];

    #[test]
    fn blocks_are_whole_records_and_know_their_lines() {
        let text = "\"a\nb\",c\n".repeat(100_000);
        for cutting in BOTH {
            let mut cutter = Cutter::new(Box::new(text.as_bytes()), cutting, Dialect::plain(b','), (0, 0), 2);
            let (mut block, mut bytes) = (Block::default(), 0);
            while cutter.next(&mut block).unwrap() {
                assert_eq!(block.starts_at, Start { line: 2 + bytes as u64 / 8 * 2, is_after_blank: false });
                assert_eq!(block.text().len() % 8, 0);
                assert!(text.as_bytes()[bytes..].starts_with(block.text()));
                bytes += block.text().len();
            }
            assert_eq!(bytes, text.len());
            assert!(block.is_last);
        }
    }

    #[test]
    fn the_header_is_skipped_and_pieces_start_with_a_page() {
        let text = format!("{}\n{}", "h".repeat(300_000), "a,b\n".repeat(100_000));
        let skipped = (3, 300_001);
        let mut cutter = Cutter::new(Box::new(text.as_bytes()), BOTH[0], Dialect::plain(b','), skipped, 2);
        let (mut block, mut read) = (Block::default(), Vec::new());
        while cutter.next(&mut block).unwrap() {
            read.extend_from_slice(block.text());
        }
        assert_eq!(read, text.as_bytes()[300_001..]);
    }

    #[test]
    fn a_quote_that_never_closes_is_refused_with_its_line() {
        let text = format!("a,b\n\"a,b\n{}", "x,y\n".repeat(2_000_000));
        for cutting in BOTH {
            let mut cutter = Cutter::new(Box::new(text.as_bytes()), cutting, Dialect::plain(b','), (0, 0), 2);
            let mut block = Block::default();
            assert!(cutter.next(&mut block).unwrap());
            let Err(ImportError::Refused(refusal)) = cutter.next(&mut block) else { panic!("not refused") };
            assert_eq!(refusal.place.line, 3);
        }
    }
}
