//! A text cut into blocks of whole records, one after the other, with the line each starts at.
//!
//! Cutting is sequential and exact: a block begins where its predecessor ended, so no reader of a block
//! ever guesses whether it starts inside quotes.

use std::io::Read;

use super::container::{cannot_read, read_fully};
use super::exact::{Record, Step, read_record};
use super::problem::{ImportError, Refusal};

/// Bytes of a block, unless a record is longer.
const BLOCK: usize = 256 * 1024;
/// A record longer than this is no row.
const LONGEST_RECORD: usize = 4 << 20;

/// Whole records.
#[derive(Debug, Default)]
pub(super) struct Block {
    /// Its place among the blocks.
    pub(super) index: usize,
    /// The line of its first byte, counted from 1.
    pub(super) first_line: u64,
    /// The records.
    pub(super) bytes: Vec<u8>,
}

/// Cuts a text.
pub(super) struct Cutter<'a> {
    reader: Box<dyn Read + Send + 'a>,
    delimiter: u8,
    /// What was read and belongs to the next block.
    carry: Vec<u8>,
    line: u64,
    index: usize,
    ended: bool,
}

impl<'a> Cutter<'a> {
    /// Starts after `data_start` bytes, at `line`.
    pub(super) fn new(
        mut reader: Box<dyn Read + Send + 'a>,
        delimiter: u8,
        data_start: usize,
        line: u64,
    ) -> Result<Self, ImportError> {
        let mut head = vec![0; data_start];
        read_fully(&mut reader, &mut head).map_err(|error| cannot_read(&error))?;
        Ok(Self { reader, delimiter, carry: Vec::new(), line, index: 0, ended: false })
    }

    /// Fills `block` with the next one; `false` at the end.
    pub(super) fn next(&mut self, block: &mut Block) -> Result<bool, ImportError> {
        block.bytes.clear();
        block.bytes.append(&mut self.carry);
        let mut length = BLOCK;
        let cut = loop {
            let have = block.bytes.len();
            if !self.ended && have < length {
                block.bytes.resize(length, 0);
                let room = block.bytes.get_mut(have..).unwrap_or_default();
                let read = read_fully(&mut self.reader, room).map_err(|error| cannot_read(&error))?;
                block.bytes.truncate(have + read);
                self.ended = have + read < length;
            }
            let (cut, lines) = self.whole_records(&block.bytes);
            if cut > 0 || self.ended {
                block.first_line = self.line;
                self.line += lines;
                break if self.ended { block.bytes.len() } else { cut };
            }
            if block.bytes.len() >= LONGEST_RECORD {
                return Err(too_long(self.line));
            }
            length = block.bytes.len() * 2;
        };
        self.carry.extend_from_slice(block.bytes.get(cut..).unwrap_or_default());
        block.bytes.truncate(cut);
        block.index = self.index;
        self.index += 1;
        Ok(!block.bytes.is_empty())
    }

    /// Bytes and line ends of the whole records at the start.
    fn whole_records(&self, bytes: &[u8]) -> (usize, u64) {
        let mut record = Record::default();
        let (mut at, mut lines) = (0, 0);
        while let Step::Record(length) =
            read_record(bytes.get(at..).unwrap_or_default(), self.delimiter, self.ended, &mut record)
        {
            at += length;
            lines += record.line_ends;
        }
        (at, lines)
    }
}

fn too_long(line: u64) -> ImportError {
    let what = format!("The row that starts at line {line} does not end.");
    let why = "It is longer than 4 MB, most likely because a quotation mark is opened and never closed.";
    let refusal = Refusal::new(what, why, "Correct that line, or export the query again.");
    refusal.at_line(line).into()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_whole_records_and_know_their_lines() {
        let row = "\"a\nb\",c\n";
        let text = row.repeat(100_000);
        let mut cutter = Cutter::new(Box::new(text.as_bytes()), b',', 0, 2).unwrap();
        let (mut block, mut bytes) = (Block::default(), 0);
        while cutter.next(&mut block).unwrap() {
            assert_eq!(block.first_line, 2 + bytes as u64 / 8 * 2);
            assert_eq!(block.bytes.len() % 8, 0);
            bytes += block.bytes.len();
        }
        assert_eq!(bytes, text.len());
    }

    #[test]
    fn a_quote_that_never_closes_is_refused_with_its_line() {
        let text = format!("a,b\n\"a,b\n{}", "x,y\n".repeat(2_000_000));
        let mut cutter = Cutter::new(Box::new(text.as_bytes()), b',', 0, 2).unwrap();
        let mut block = Block::default();
        assert!(cutter.next(&mut block).unwrap());
        let Err(ImportError::Refused(refusal)) = cutter.next(&mut block) else { panic!("not refused") };
        assert_eq!(refusal.place.line, 3);
    }
}
