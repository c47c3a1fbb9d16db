//! Records and cells byte by byte, as RFC 4180 and the `csv` crate read them: the slow, exact way.
//!
//! A quote opens a cell only at its start; inside it, two quotes are one. What follows a closing quote
//! belongs to the cell. A line ends with LF, CR or both; empty lines are no records. A [`Dialect`] can differ.

use super::options::QuoteStyle;

/// How cells are parted and quoted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Dialect {
    /// The byte between cells.
    pub(super) delimiter: u8,
    /// The byte around cells that hold a delimiter.
    pub(super) quote: u8,
    /// What else is done about quotes.
    pub(super) quoting: Quoting,
}

/// What is done about quotes beyond RFC 4180.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Quoting {
    /// Nothing.
    Plain,
    /// Spaces may stand between delimiters and quotes.
    Spaced,
    /// A backslash takes the meaning from the quote or backslash behind it.
    Backslash,
    /// Quotes inside quotes stand for themselves: only one before a delimiter or a line end closes.
    Undoubled,
}

impl Dialect {
    /// With this delimiter and way of quoting.
    pub(super) fn of(delimiter: u8, style: QuoteStyle) -> Self {
        let plain = Self::plain(delimiter);
        match style {
            QuoteStyle::Doubled => plain,
            QuoteStyle::Spaced => Self { quoting: Quoting::Spaced, ..plain },
            QuoteStyle::Backslash => Self { quoting: Quoting::Backslash, ..plain },
            QuoteStyle::Apostrophe => Self { quote: b'\'', ..plain },
        }
    }

    /// The way of quoting. Quotes that are not doubled within are a repair of single cells, no way of their own.
    pub(super) fn style(self) -> QuoteStyle {
        match (self.quote, self.quoting) {
            (b'\'', _) => QuoteStyle::Apostrophe,
            (_, Quoting::Spaced) => QuoteStyle::Spaced,
            (_, Quoting::Backslash) => QuoteStyle::Backslash,
            (_, Quoting::Plain | Quoting::Undoubled) => QuoteStyle::Doubled,
        }
    }

    /// As RFC 4180 has it.
    pub(super) const fn plain(delimiter: u8) -> Self {
        Self { delimiter, quote: b'"', quoting: Quoting::Plain }
    }

    /// Whether it is as RFC 4180 has it, whatever the delimiter.
    pub(super) fn is_plain(self) -> bool {
        self == Self::plain(self.delimiter)
    }
}

/// Where in a record a byte stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    RecordStart,
    CellStart,
    Plain,
    Quoted,
    /// After a quote in a quoted cell: its end, or the first of two.
    QuoteInQuoted,
    /// In spaces before a quote that may come.
    SpaceBefore,
    /// In spaces after a closing quote.
    SpaceAfter,
    /// After a backslash in a quoted cell.
    Escaped,
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
    /// Whether text follows a closing quote.
    pub(super) broken_quote: bool,
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

    /// Takes in cells that were read already.
    pub(super) fn of<'c>(&mut self, cells: impl Iterator<Item = &'c [u8]>) -> &Self {
        self.clear();
        for cell in cells {
            self.text.extend_from_slice(cell);
            self.ends.push(self.text.len());
        }
        self
    }

    /// The text of all cells.
    pub(super) fn text(&self) -> &[u8] {
        &self.text
    }

    /// The cells in order.
    pub(super) fn cells(&self) -> impl Iterator<Item = &[u8]> {
        (0..self.len()).filter_map(|index| self.get(index))
    }

    /// How many lines it takes.
    pub(super) fn lines(&self) -> u64 {
        self.line_ends - self.empty_lines + u64::from(self.unended)
    }

    fn clear(&mut self) {
        let Self { text, ends, .. } = std::mem::take(self);
        (self.text, self.ends) = (text, ends);
        self.text.clear();
        self.ends.clear();
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
pub(super) fn read_record(bytes: &[u8], dialect: Dialect, at_end: bool, record: &mut Record) -> Step {
    record.clear();
    let mut state = State::RecordStart;
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let is_line_end = matches!(byte, b'\n' | b'\r');
        if is_line_end && !matches!(state, State::Quoted | State::Escaped) {
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
        if is_line_end {
            record.line_ends += u64::from(byte == b'\n' || bytes.get(at + 1) != Some(&b'\n'));
        }
        state = record.step(state, byte, bytes.get(at + 1).copied(), dialect);
        at += 1;
    }
    if state == State::RecordStart {
        return Step::Nothing(at);
    }
    if !at_end {
        return Step::Unfinished;
    }
    record.open_quote = matches!(state, State::Quoted | State::Escaped);
    record.unended = true;
    record.ends.push(record.text.len());
    Step::Record(at)
}

impl Record {
    /// Takes in one byte that does not end the record, and says where the next one stands.
    fn step(&mut self, state: State, byte: u8, next: Option<u8>, dialect: Dialect) -> State {
        let Dialect { delimiter, quote, quoting } = dialect;
        match (state, byte) {
            (State::Quoted, byte) if byte == quote => {
                let closes = || next.is_none_or(|next| next == delimiter || matches!(next, b'\n' | b'\r'));
                if quoting == Quoting::Undoubled && !closes() {
                    self.text.push(byte);
                    return State::Quoted;
                }
                State::QuoteInQuoted
            }
            (State::Quoted, b'\\') if quoting == Quoting::Backslash => State::Escaped,
            (State::Escaped, byte) => {
                if byte != quote && byte != b'\\' {
                    self.text.push(b'\\');
                }
                self.text.push(byte);
                State::Quoted
            }
            (State::Quoted, _) => {
                self.text.push(byte);
                State::Quoted
            }
            (State::QuoteInQuoted, byte) if byte == quote => {
                self.text.push(byte);
                State::Quoted
            }
            (_, byte) if byte == delimiter => {
                self.ends.push(self.text.len());
                State::CellStart
            }
            (State::RecordStart | State::CellStart, byte) if byte == quote => State::Quoted,
            (State::SpaceBefore, byte) if byte == quote => {
                self.text.truncate(self.ends.last().copied().unwrap_or_default());
                State::Quoted
            }
            (State::QuoteInQuoted | State::SpaceAfter, b' ') if quoting == Quoting::Spaced => State::SpaceAfter,
            (State::RecordStart | State::CellStart | State::SpaceBefore, b' ') if quoting == Quoting::Spaced => {
                self.text.push(byte);
                State::SpaceBefore
            }
            (before, byte) => {
                let is_after_quote = matches!(before, State::QuoteInQuoted | State::SpaceAfter);
                self.broken_quote |= is_after_quote;
                self.stray_quote |= byte == quote || is_after_quote;
                self.text.push(byte);
                State::Plain
            }
        }
    }
}

/// Whether lines behind the first one of a record look like rows: the same number of delimiters, whatever the quotes.
/// Then a quotation mark that was never closed has taken them in, unless a cell holds such text.
pub(super) fn may_take_in_rows(record: &[u8], delimiter: u8, width: usize) -> bool {
    lines_behind(record).any(|line| memchr::memchr_iter(delimiter, line).count() + 1 == width)
}

/// The lines behind the first one.
pub(super) fn lines_behind(record: &[u8]) -> impl Iterator<Item = &[u8]> {
    record.split(|byte| matches!(byte, b'\n' | b'\r')).skip(1)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const COMMA: Dialect = Dialect::plain(b',');

    fn all(bytes: &[u8], dialect: Dialect) -> Vec<Vec<Vec<u8>>> {
        let (mut rest, mut record, mut rows) = (bytes, Record::default(), Vec::new());
        while let Step::Record(length) = read_record(rest, dialect, true, &mut record) {
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
        assert_eq!(read_record(text, COMMA, true, &mut record), Step::Record(15));
        assert_eq!(record.cells().collect::<Vec<_>>(), [b"a \"b\"\nc".as_slice(), b"d"]);
        assert_eq!((record.line_ends, record.stray_quote), (2, false));
        assert_eq!(read_record(b"5\" pipe,x\n", COMMA, true, &mut record), Step::Record(10));
        assert!(record.stray_quote);
        assert_eq!(read_record(b"\"open,x\n", COMMA, true, &mut record), Step::Record(8));
        assert!(record.open_quote);
        assert_eq!(read_record(b"a,b\r", COMMA, false, &mut record), Step::Unfinished);
        assert_eq!(read_record(b"\r\n\n", COMMA, true, &mut record), Step::Nothing(3));
    }

    fn cells(text: &str, quote: u8, quoting: Quoting) -> Vec<Vec<String>> {
        let rows = all(text.as_bytes(), Dialect { delimiter: b',', quote, quoting });
        rows.into_iter().map(|row| row.into_iter().map(|cell| String::from_utf8(cell).unwrap()).collect()).collect()
    }

    #[test]
    fn other_ways_to_quote_are_read() {
        assert_eq!(cells("'a, b',c\n'it''s',d\n", b'\'', Quoting::Plain), [["a, b", "c"], ["it's", "d"]]);
        assert_eq!(cells("\"a, b\" , \"c\"\n x, \"d\"\n", b'"', Quoting::Spaced), [["a, b", "c"], [" x", "d"]]);
        assert_eq!(cells("\"a \\\"b\\\", c\",C:\\d\n", b'"', Quoting::Backslash), [["a \"b\", c", "C:\\d"]]);
        assert_eq!(cells("\"The \"Best\", Bank\",c\n", b'"', Quoting::Undoubled), [["The \"Best", " Bank\"", "c"]]);
        assert_eq!(cells("\"The \"Best\" Bank\",c\n", b'"', Quoting::Undoubled), [["The \"Best\" Bank", "c"]]);
    }

    #[test]
    fn text_behind_a_closing_quote_is_told_from_a_quote_inside() {
        let mut record = Record::default();
        read_record(b"\"The \"Best\" Bank\",c\n", COMMA, true, &mut record);
        assert!(record.broken_quote && record.stray_quote);
        read_record(b"5\" pipe,c\n", COMMA, true, &mut record);
        assert!(!record.broken_quote && record.stray_quote);
        assert!(may_take_in_rows(b"a,\"b,c\nd,e,f\"", b',', 3) && !may_take_in_rows(b"a,\"b\nd\",e", b',', 3));
    }

    proptest! {
        #[test]
        fn no_dialect_makes_it_panic_or_stand_still(bytes in proptest::collection::vec(any::<u8>(), 0..80), quote: u8, delimiter: u8) {
            for quoting in [Quoting::Plain, Quoting::Spaced, Quoting::Backslash, Quoting::Undoubled] {
                let rows = all(&bytes, Dialect { delimiter, quote, quoting });
                prop_assert!(rows.len() <= bytes.len());
            }
        }

        #[test]
        fn every_text_is_read_as_the_csv_crate_reads_it(text in "[ab\",;\r\n]{0,60}") {
            prop_assert_eq!(all(text.as_bytes(), COMMA), by_the_crate(text.as_bytes(), b','));
        }
    }
}
