//! Records and cells byte by byte, as RFC 4180 and the `csv` crate read them: the slow, exact way.
//!
//! A quote opens a cell only at its start; inside it, two quotes are one. What follows a closing quote
//! belongs to the cell. A line ends with LF, CR or both; empty lines are no records.

/// Where in a record a byte stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    RecordStart,
    CellStart,
    Plain,
    Quoted,
    /// After a quote in a quoted cell: its end, or the first of two.
    QuoteInQuoted,
}

/// A record: its cells one after the other.
#[derive(Clone, Debug, Default)]
pub(super) struct Record {
    text: Vec<u8>,
    ends: Vec<usize>,
    /// Line feeds (or carriage returns alone) in it and at its end.
    pub(super) line_ends: u64,
    /// Those of `line_ends` that stand before it, on empty lines.
    pub(super) empty_lines: u64,
    /// Whether a quote stands where none should.
    pub(super) stray_quote: bool,
    /// Whether a quote was still open at the end of the bytes.
    pub(super) open_quote: bool,
    /// Whether the bytes end before a line end.
    pub(super) unended: bool,
}

impl Record {
    /// How many cells there are.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// One cell.
    pub(super) fn get(&self, index: usize) -> Option<&[u8]> {
        let start = if index == 0 { 0 } else { *self.ends.get(index - 1)? };
        self.text.get(start..*self.ends.get(index)?)
    }

    /// The cells in order.
    pub(super) fn cells(&self) -> impl Iterator<Item = &[u8]> {
        (0..self.len()).filter_map(|index| self.get(index))
    }
}

/// What [`read_record`] found at the start of its bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// A record of so many bytes, its line end included.
    Record(usize),
    /// Only line ends, or nothing.
    Nothing(usize),
    /// The bytes end before the record does.
    Unfinished,
}

/// Reads the first record of `bytes` into `record`. `at_end` says that no bytes follow these.
pub(super) fn read_record(bytes: &[u8], delimiter: u8, at_end: bool, record: &mut Record) -> Step {
    record.text.clear();
    record.ends.clear();
    record.line_ends = 0;
    record.empty_lines = 0;
    record.stray_quote = false;
    record.open_quote = false;
    record.unended = false;
    let mut state = State::RecordStart;
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let is_line_end = matches!(byte, b'\n' | b'\r');
        if is_line_end && state != State::Quoted {
            // CR LF is one line end; whether LF follows is not known yet at the end of the bytes.
            let length = match (byte, bytes.get(at + 1)) {
                (b'\r', Some(b'\n')) => 2,
                (b'\r', None) if !at_end => return Step::Unfinished,
                _ => 1,
            };
            record.line_ends += 1;
            at += length;
            if state == State::RecordStart {
                record.empty_lines += 1;
                continue;
            }
            record.ends.push(record.text.len());
            return Step::Record(at);
        }
        state = match (state, byte) {
            (State::Quoted, b'"') => State::QuoteInQuoted,
            (State::Quoted, _) => {
                record.line_ends += u64::from(byte == b'\n' || (byte == b'\r' && bytes.get(at + 1) != Some(&b'\n')));
                record.text.push(byte);
                State::Quoted
            }
            (State::QuoteInQuoted, b'"') => {
                record.text.push(byte);
                State::Quoted
            }
            (_, byte) if byte == delimiter => {
                record.ends.push(record.text.len());
                State::CellStart
            }
            (State::RecordStart | State::CellStart, b'"') => State::Quoted,
            (before, byte) => {
                record.stray_quote |= byte == b'"' || before == State::QuoteInQuoted;
                record.text.push(byte);
                State::Plain
            }
        };
        at += 1;
    }
    if state == State::RecordStart {
        return Step::Nothing(at);
    }
    if !at_end {
        return Step::Unfinished;
    }
    record.open_quote = state == State::Quoted;
    record.unended = true;
    record.ends.push(record.text.len());
    Step::Record(at)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn all(bytes: &[u8], delimiter: u8) -> Vec<Vec<Vec<u8>>> {
        let (mut rest, mut record, mut rows) = (bytes, Record::default(), Vec::new());
        while let Step::Record(length) = read_record(rest, delimiter, true, &mut record) {
            rows.push(record.cells().map(<[u8]>::to_vec).collect());
            rest = &rest[length..];
        }
        rows
    }

    fn by_the_crate(bytes: &[u8], delimiter: u8) -> Vec<Vec<Vec<u8>>> {
        let mut reader =
            csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(bytes);
        reader.byte_records().map(|row| row.unwrap().iter().map(<[u8]>::to_vec).collect()).collect()
    }

    #[test]
    fn quotes_line_ends_and_oddities_are_told_apart() {
        let mut record = Record::default();
        let text = b"\"a \"\"b\"\"\nc\",d\r\nnext";
        assert_eq!(read_record(text, b',', true, &mut record), Step::Record(15));
        assert_eq!(record.cells().collect::<Vec<_>>(), [b"a \"b\"\nc".as_slice(), b"d"]);
        assert_eq!((record.line_ends, record.stray_quote), (2, false));
        assert_eq!(read_record(b"5\" pipe,x\n", b',', true, &mut record), Step::Record(10));
        assert!(record.stray_quote);
        assert_eq!(read_record(b"\"open,x\n", b',', true, &mut record), Step::Record(8));
        assert!(record.open_quote);
        assert_eq!(read_record(b"a,b\r", b',', false, &mut record), Step::Unfinished);
        assert_eq!(read_record(b"\r\n\n", b',', true, &mut record), Step::Nothing(3));
    }

    proptest! {
        #[test]
        fn every_text_is_read_as_the_csv_crate_reads_it(text in "[ab\",;\r\n]{0,60}") {
            prop_assert_eq!(all(text.as_bytes(), b','), by_the_crate(text.as_bytes(), b','));
        }
    }
}
