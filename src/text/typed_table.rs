//! Tables that people typed: a CSV file from a spreadsheet, or cells pasted from one, however they were saved.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// A table that somebody typed, with the line of each row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedTable {
    keys: Vec<String>,
    rows: Vec<TypedRow>,
}

/// One row that is not blank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypedRow {
    /// Its line in the file, from 1.
    pub line: u64,
    cells: Vec<String>,
}

impl TypedRow {
    /// The cell of a column without outer spaces; empty where the row is shorter or there is no such column.
    #[must_use]
    pub fn cell(&self, column: Option<usize>) -> &str {
        column.and_then(|column| self.cells.get(column)).map_or("", |cell| cell.trim())
    }

    /// The parts of a cell that holds several, separated by semicolons, commas, bars or lines; each once.
    #[must_use]
    pub fn list(&self, column: Option<usize>) -> Vec<String> {
        typed_list(self.cell(column))
    }
}

/// Several words in one field, separated by semicolons, commas, bars or lines. Each once, whatever its case.
#[must_use]
pub fn typed_list(typed: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    for part in typed.split([';', ',', '|', '\n', '\r']).map(str::trim).filter(|part| !part.is_empty()) {
        if !parts.iter().any(|known| known.to_lowercase() == part.to_lowercase()) {
            parts.push(part.to_owned());
        }
    }
    parts
}

impl TypedTable {
    /// Reads a table: UTF-8, UTF-16 or Windows-1252; commas, semicolons, tabs or bars; the first line that is not
    /// blank is the header. Rows of nothing but blanks are left out. Nothing is an error: what cannot be read as
    /// a table has no columns that anybody asks for.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Self {
        // One kind of line end, so that lines can be counted.
        let text = decoded(bytes).replace("\r\n", "\n").replace('\r', "\n");
        let delimiter = text.lines().find(|line| !line.trim().is_empty()).map_or(b',', delimiter_of);
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        let records = reader.records().filter_map(Result::ok);
        let (mut line, mut counted) = (1, 0);
        let mut line_of = |start: usize| {
            // The reader starts a record behind the one before it, blank lines and all.
            let blank = text.bytes().skip(start).take_while(|byte| *byte == b'\n').count();
            let passed = text.as_bytes().get(counted..start + blank).unwrap_or_default();
            line += passed.iter().filter(|byte| **byte == b'\n').count() as u64;
            counted = start + blank;
            line
        };
        let mut rows = records
            .map(|record| TypedRow {
                line: line_of(record.position().map_or(0, |position| position.byte() as usize)),
                cells: record.iter().map(str::to_owned).collect(),
            })
            .filter(|row| row.cells.iter().any(|cell| !cell.trim().is_empty()));
        let keys = rows.next().map(|row| row.cells.iter().map(|cell| key_of(cell)).collect()).unwrap_or_default();
        let rows = rows.collect();
        Self { keys, rows }
    }

    /// The first column whose heading is, or starts with, one of these, in their order of preference. Only letters
    /// and digits count, and not their case.
    #[must_use]
    pub fn column(&self, names: &[&str]) -> Option<usize> {
        let exact = |name: &str| self.keys.iter().position(|key| *key == key_of(name));
        let starts = |name: &str| self.keys.iter().position(|key| key.starts_with(&key_of(name)));
        names.iter().find_map(|name| exact(name)).or_else(|| names.iter().find_map(|name| starts(name)))
    }

    /// The rows under the header.
    #[must_use]
    pub fn rows(&self) -> &[TypedRow] {
        &self.rows
    }
}

/// A heading without spaces, marks and case.
fn key_of(heading: &str) -> String {
    heading.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn decoded(bytes: &[u8]) -> String {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding.decode(bytes).0.into_owned();
    }
    let start = bytes.get(..bytes.len().min(64)).unwrap_or_default();
    let zeros = |odd: usize| start.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count() * 4 > start.len();
    let encoding = if zeros(1) {
        UTF_16LE
    } else if zeros(0) {
        UTF_16BE
    } else if std::str::from_utf8(bytes).is_ok() {
        UTF_8
    } else {
        WINDOWS_1252
    };
    encoding.decode(bytes).0.into_owned()
}

/// The mark that stands most often in the header outside quotes.
fn delimiter_of(header: &str) -> u8 {
    let mut best = (0, b',');
    for mark in *b",;\t|" {
        let mut is_quoted = false;
        let count = header
            .bytes()
            .filter(|byte| {
                is_quoted ^= *byte == b'"';
                !is_quoted && *byte == mark
            })
            .count();
        if count > best.0 {
            best = (count, mark);
        }
    }
    best.1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(bytes: &[u8]) -> Vec<(u64, String, String)> {
        let table = TypedTable::read(bytes);
        let (name, team) = (table.column(&["name"]), table.column(&["team", "teams"]));
        table.rows().iter().map(|row| (row.line, row.cell(name).to_owned(), row.cell(team).to_owned())).collect()
    }

    fn expected() -> Vec<(u64, String, String)> {
        vec![(2, "Zoë".to_owned(), "Sales".to_owned())]
    }

    #[test]
    fn commas_semicolons_tabs_and_bars_read_the_same_and_columns_may_stand_in_any_order() {
        for text in [
            "Name,Team\nZoë,Sales\n",
            "Team;Name\r\nSales;Zoë\r\n",
            "Name\tTEAM\nZoë\tSales",
            "name|team\nZoë| Sales \n",
        ] {
            assert_eq!(cells(text.as_bytes()), expected(), "{text}");
        }
    }

    #[test]
    fn every_usual_encoding_reads_the_same() {
        let text = "Name,Team\nZoë,Sales\n";
        let utf16 = |big: bool| -> Vec<u8> {
            text.encode_utf16().flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
        };
        let with = |mark: &[u8], rest: &[u8]| [mark, rest].concat();
        assert_eq!(cells(&with(&[0xef, 0xbb, 0xbf], text.as_bytes())), expected());
        assert_eq!(cells(&with(&[0xff, 0xfe], &utf16(false))), expected());
        assert_eq!(cells(&with(&[0xfe, 0xff], &utf16(true))), expected());
        assert_eq!(cells(&utf16(false)), expected());
        assert_eq!(cells(&utf16(true)), expected());
        assert_eq!(cells(b"Name,Team\nZo\xeb,Sales\n"), expected());
    }

    #[test]
    fn blank_lines_are_left_out_and_lines_stay_those_of_the_file() {
        let table = TypedTable::read(b"\n\nName,Team\n,\n\nAnn,\"North, South\"\nBob\n");
        let lines: Vec<u64> = table.rows().iter().map(|row| row.line).collect();
        assert_eq!(lines, [6, 7]);
        assert_eq!(table.rows()[0].list(table.column(&["team"])), ["North", "South"]);
        assert_eq!(table.rows()[1].cell(table.column(&["team"])), "");
    }

    #[test]
    fn a_heading_counts_by_its_letters_and_an_exact_one_before_a_longer_one() {
        let table = TypedTable::read(b"Consent day,Consent (yes or no),E-mail\n2026-01-01,yes,a@b.c\n");
        assert_eq!(table.column(&["consent yes or no", "consent"]), Some(1));
        assert_eq!(table.column(&["consent day"]), Some(0));
        assert_eq!(table.column(&["email"]), Some(2));
        assert_eq!(table.column(&["phone"]), None);
        assert_eq!(TypedTable::read(b"").column(&["name"]), None);
    }

    #[test]
    fn a_word_typed_twice_counts_once() {
        assert_eq!(typed_list("Pricing; pricing, Service |"), ["Pricing", "Service"]);
    }
}
