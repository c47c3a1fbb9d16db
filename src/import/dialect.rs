//! How a text is laid out: delimiter, quotes, header line, and what its first rows look like.

use super::cells;
use super::exact::{Dialect, Record, Step, read_record};
use super::headers::{self, Plan, Recognized};
use super::names;
use super::options::QuoteStyle;
use super::problem::Refusal;
use super::report::IssueKind;
use super::scan::{self, Bounds};
use crate::text::Sentence;

/// The layout of one text.
#[derive(Clone, Debug)]
pub(super) struct Layout {
    /// How cells are parted and quoted.
    pub(super) dialect: Dialect,
    /// Why the delimiter is that one.
    pub(super) delimiter_evidence: &'static str,
    /// Why the way of quoting is that one.
    pub(super) quote_evidence: &'static str,
    /// The headers, blank ones named by their place.
    pub(super) headers: Vec<String>,
    /// Those of them that had marks in them that nobody sees.
    pub(super) odd_headers: Vec<String>,
    /// The line of the header, counted from 1.
    pub(super) header_line: u64,
    /// Lines above it, a `sep=` line not among them.
    pub(super) lines_above: u64,
    /// Where the first row starts, in bytes of the decoded text, and its line.
    pub(super) data_start: usize,
    /// The line of the first row.
    pub(super) data_line: u64,
    /// The byte that ends lines: a line feed (after a carriage return or not), or a carriage return alone.
    pub(super) line_end: u8,
    /// The first line of the start of the text that ends in another way than the first one.
    pub(super) mixed_line_ends: Option<u64>,
    /// What the headers mean.
    pub(super) recognized: Recognized,
}

/// A header is among the first so many records.
const DEEPEST_HEADER: usize = 100;
/// A header with more cells than this is none.
pub(super) const MOST_COLUMNS: usize = 16_384;
/// What parts cells, the usual ones first. Spaces and colons are not among them: headers and times hold them.
pub(super) const DELIMITERS: [u8; 8] = [b',', b';', b'\t', b'|', b'^', b'~', 0x01, 0x1f];

/// Finds the layout from the start of a decoded text. `is_whole` says that there is no more of it. `None` when the
/// first line does not end in it.
pub(super) fn find_layout(
    head: &[u8],
    is_whole: bool,
    delimiter: Option<u8>,
    quote: Option<QuoteStyle>,
    columns: &[(String, String)],
) -> Result<Option<Layout>, Refusal> {
    let declared = declared_delimiter(head);
    // A mark that is nowhere splits nothing; the first is tried for a file of one column.
    let may_split = |mark: &u8| *mark == b',' || memchr::memchr(*mark, head).is_some();
    let sniffed = || DELIMITERS.into_iter().filter(may_split).map(|mark| (mark, "It splits the header.")).collect();
    let (start, first_line) = declared.map_or((0, 1), |(_, start)| (start, 2));
    let find = |candidates: Vec<(u8, &'static str)>| -> Result<Option<Found>, Refusal> {
        let text = head.get(start..).unwrap_or_default();
        let mut best: Option<Found> = None;
        for (delimiter, evidence) in candidates {
            let dialect = Dialect::of(delimiter, quote.unwrap_or(QuoteStyle::Doubled));
            let Some(header) = find_header(text, is_whole, dialect, columns)? else { continue };
            if best.as_ref().is_none_or(|best| header.score() > best.header.score()) {
                best = Some(Found { header, dialect, delimiter_evidence: evidence, quote_evidence: CHOSEN });
            }
        }
        match best {
            Some(found) if quote.is_none() => find_quoting(text, is_whole, columns, found).map(Some),
            found => Ok(found),
        }
    };
    let found = match (delimiter, declared) {
        (Some(delimiter), _) => find(vec![(delimiter, CHOSEN)])?,
        // A program that writes the line can still be wrong about the rest.
        (None, Some((delimiter, _))) => match find(vec![(delimiter, "The first line says so (sep=).")])? {
            Some(found) if found.header.known == 0 => find(sniffed())?,
            found => found,
        },
        (None, None) => find(sniffed())?,
    };
    let Some(Found { header: found, dialect, delimiter_evidence, quote_evidence }) = found else {
        let is_blank = head.iter().all(u8::is_ascii_whitespace);
        return if is_whole || is_blank { Err(empty()) } else { Ok(None) };
    };
    if !found.has_text {
        return Err(empty());
    }
    Ok(Some(Layout {
        dialect,
        delimiter_evidence,
        quote_evidence,
        header_line: first_line + found.lines_above,
        lines_above: found.lines_above,
        data_start: start + found.end,
        data_line: first_line + found.lines,
        line_end: if head.contains(&b'\r') && !head.contains(&b'\n') { b'\r' } else { b'\n' },
        mixed_line_ends: mixed_line_ends(head.get(start..).unwrap_or_default()).map(|line| line + first_line - 1),
        recognized: headers::recognize(&found.headers, columns)?,
        headers: found.headers,
        odd_headers: found.odd_headers,
    }))
}

fn empty() -> Refusal {
    Refusal::new(
        "The file is empty.",
        "There is no line with text in it.",
        "Export the person query again and open the new file.",
    )
}

/// The first line that ends in another way than the first one, quoted line ends not counted.
fn mixed_line_ends(head: &[u8]) -> Option<u64> {
    let (mut first, mut line, mut is_quoted) = (None, 1, false);
    let mut rest = head;
    while let Some(at) = memchr::memchr3(b'\n', b'\r', b'"', rest) {
        let (here, after) = (rest.get(at)?, rest.get(at + 1..)?);
        rest = after;
        if *here == b'"' {
            is_quoted = !is_quoted;
            continue;
        }
        let is_pair = *here == b'\r' && after.first() == Some(&b'\n');
        if is_pair {
            rest = after.get(1..)?;
        } else if *here == b'\r' && after.is_empty() {
            return None;
        }
        if !is_quoted && *first.get_or_insert((*here, is_pair)) != (*here, is_pair) {
            return Some(line);
        }
        line += 1;
    }
    None
}

/// The delimiter of a `sep=` line, and where the text after it starts.
fn declared_delimiter(head: &[u8]) -> Option<(u8, usize)> {
    let end = memchr::memchr2(b'\n', b'\r', head).unwrap_or(head.len());
    let (line, rest) = head.split_at_checked(end)?;
    let line_end = if rest.starts_with(b"\r\n") { 2 } else { rest.len().min(1) };
    let bare = line.strip_prefix(b"\"").and_then(|inner| inner.strip_suffix(b"\"")).unwrap_or(line);
    // A spreadsheet fills the line up with delimiters, somebody's editor with a space.
    let (name, marks) = bare.split_at_checked(4).filter(|(name, _)| name.eq_ignore_ascii_case(b"sep="))?;
    let (delimiter, rest) = name.first().and(marks.split_first())?;
    let is_filling = |byte: &u8| byte == delimiter || *byte == b' ' || *byte == b'"';
    rest.iter().all(is_filling).then_some((*delimiter, end + line_end))
}

/// A header that was found with one delimiter.
struct Header {
    headers: Vec<String>,
    /// Those with marks in them that nobody sees.
    odd_headers: Vec<String>,
    /// Bytes and lines up to the end of the header.
    end: usize,
    lines: u64,
    lines_above: u64,
    /// Columns that are known, of person queries and of others.
    known: usize,
    /// Whether any name stands in it.
    has_text: bool,
}

impl Header {
    /// How much it looks like a header: columns that are known, then cells.
    fn score(&self) -> (usize, usize) {
        (self.known, self.headers.len())
    }
}

/// The most header-like of the first records.
fn find_header(
    text: &[u8],
    is_whole: bool,
    dialect: Dialect,
    columns: &[(String, String)],
) -> Result<Option<Header>, Refusal> {
    let mut best: Option<Header> = None;
    let (mut at, mut lines) = (0, 0);
    let mut record = Record::default();
    for _ in 0..DEEPEST_HEADER {
        let rest = text.get(at..).unwrap_or_default();
        let Step::Record(length) = read_record(rest, dialect, is_whole, &mut record) else { break };
        at += length;
        let lines_above = lines + record.empty_lines;
        lines += record.line_ends;
        if record.len() > MOST_COLUMNS {
            return Err(too_many_columns(&Sentence::from("The header has "), record.len()));
        }
        let names: Vec<String> = record.cells().enumerate().map(|(column, cell)| named(column, cell)).collect();
        // A chosen header may be missing from a line above the header; only the line that is taken has to have all.
        let recognized = headers::recognize(&names, columns).or_else(|_| headers::recognize(&names, &[]))?;
        let foreign = names.iter().filter(|name| is_of_another_query(name)).count();
        let known = recognized.columns.len() + recognized.unread.len() + foreign;
        let has_text = record.cells().any(|cell| !cells::trim(cell).is_empty());
        if best.as_ref().is_none_or(|best| (known, has_text) > (best.known, best.has_text)) {
            let is_odd = |cell: &[u8]| names::tidy(without_mark(cell)).1.contains(&IssueKind::HiddenCharacter);
            let odd = record.cells().zip(&names).filter(|(cell, _)| is_odd(cell));
            let odd_headers = odd.map(|(_, name)| name.clone()).collect();
            best = Some(Header { headers: names, odd_headers, end: at, lines, lines_above, known, has_text });
        }
        let has = |name: &str| recognized.column(name).is_some();
        if has(headers::PERSON_ID) && has(headers::PERIOD) && recognized.metrics() > 0 {
            break;
        }
    }
    Ok(best)
}

/// Refuses a header with more columns than are read; `what` is the start of the sentence that counts them.
pub(super) fn too_many_columns(what: &Sentence, columns: usize) -> Refusal {
    let what = what.clone().counted(columns as u64, "column.", "columns.");
    let why = Sentence::from("More than ").counted(MOST_COLUMNS as u64, "is", "are").words(" not read.");
    Refusal::new(what, why, "Export the query with the metrics that are needed.")
}

/// A header with the dialect that it was found in.
struct Found {
    header: Header,
    dialect: Dialect,
    delimiter_evidence: &'static str,
    quote_evidence: &'static str,
}

/// What a decision rests on that a person made.
const CHOSEN: &str = "It was chosen, not recognized.";

/// The way of quoting that fits the rows best, where quotes are left over with the plain one.
fn find_quoting(text: &[u8], is_whole: bool, columns: &[(String, String)], plain: Found) -> Result<Found, Refusal> {
    let has_quotes = memchr::memchr2(b'"', b'\'', text).is_some();
    let misfits = if has_quotes { misfits(text, is_whole, plain.dialect, &plain.header) } else { 0 };
    let delimiter = plain.dialect.delimiter;
    let mut fewest = misfits;
    let mut best = Found { quote_evidence: "Quotation marks, doubled within cells, leave none over.", ..plain };
    let others = [
        (QuoteStyle::Spaced, "Spaces stand before quotation marks."),
        (QuoteStyle::Apostrophe, "Cells are quoted with apostrophes."),
        (QuoteStyle::Backslash, "Backslashes stand before quotation marks in cells."),
    ];
    for (style, quote_evidence) in others {
        if fewest == 0 {
            break;
        }
        let dialect = Dialect::of(delimiter, style);
        let Some(header) = find_header(text, is_whole, dialect, columns)? else { continue };
        let other_misfits = self::misfits(text, is_whole, dialect, &header);
        if header.known >= best.header.known && other_misfits < fewest && other_misfits * 4 <= misfits {
            fewest = other_misfits;
            best = Found { header, dialect, quote_evidence, ..best };
        }
    }
    Ok(best)
}

/// How many records below the header have another number of cells, or quotes where none should be.
fn misfits(text: &[u8], is_whole: bool, dialect: Dialect, header: &Header) -> usize {
    let is_left_over = |cell: &[u8]| {
        let trimmed = cells::trim(cell);
        matches!(trimmed, [b'"', .., b'"'] | [b'\'', .., b'\''])
    };
    let mut rest = text.get(header.end..).unwrap_or_default();
    let (mut record, mut misfits) = (Record::default(), 0);
    while let Step::Record(length) = read_record(rest, dialect, is_whole, &mut record) {
        // With another quote a stray quotation mark is no longer one, which says nothing for that quote.
        let is_odd = |cell: &[u8]| is_left_over(cell) || (dialect.quote != b'"' && cell.contains(&b'"'));
        let fits = record.len() == header.headers.len() && !record.stray_quote && !record.cells().any(is_odd);
        misfits += usize::from(!fits);
        rest = rest.get(length..).unwrap_or_default();
    }
    misfits
}

/// A cell without the byte order mark that may stand before the first one.
fn without_mark(cell: &[u8]) -> &[u8] {
    cell.strip_prefix(b"\xef\xbb\xbf").unwrap_or(cell).trim_ascii()
}

/// A header as it is shown: tidy, and never empty.
fn named(column: usize, cell: &[u8]) -> String {
    let name = cells::name_of(cells::trim(without_mark(cell)));
    if name.is_empty() { format!("column {}", column + 1) } else { name.into_owned() }
}

/// Whether a header belongs to a query that is not read here.
fn is_of_another_query(header: &str) -> bool {
    const STARTS: [&str; 8] = [
        "tieorigin",
        "tiedestination",
        "primarycollaborator",
        "secondarycollaborator",
        "timeinvestors",
        "collaborators",
        "meetingid",
        "influence",
    ];
    let key = headers::key(header);
    STARTS.iter().any(|start| key.starts_with(start))
}

/// Records of a piece of text that have as many cells as the header; of a piece that starts anywhere the
/// first line is left out.
pub(super) fn sample_rows(piece: &[u8], from_row_start: bool, is_whole: bool, layout: &Layout) -> Vec<Record> {
    let skipped = if from_row_start { 0 } else { piece.iter().position(|byte| *byte == b'\n').map_or(0, |at| at + 1) };
    let mut rest = piece.get(skipped..).unwrap_or_default();
    let mut rows = Vec::new();
    let mut keep = |record: &Record| {
        if record.len() == layout.headers.len() {
            rows.push(record.clone());
        }
    };
    let mut record = Record::default();
    if layout.dialect.is_plain() {
        let whole = if is_whole { rest.len() } else { scan::last_cut(rest, layout.line_end).bytes };
        let (records, unfinished) = rest.split_at_checked(whole).unwrap_or((rest, &[]));
        let slots = layout.headers.len();
        let bounds = Bounds::new(
            &Plan { width: slots, needed: (0..slots).collect(), ..Plan::default() },
            layout.dialect.delimiter,
        );
        let left = scan::each_record(records, &bounds, layout.line_end, scan::Start::default(), |found| match found {
            scan::Found::Batch(batch) => {
                for row in 0..batch.len() {
                    keep(record.of((0..slots).map(|slot| batch.column(slot).get(row))));
                }
            }
            scan::Found::Odd { text, .. } => {
                read_record(text, layout.dialect, true, &mut record);
                keep(&record);
            }
        });
        // What is left for the exact way goes on to the end of the piece.
        rest = left.map_or(unfinished, |left| rest.get(whole - left.text.len()..).unwrap_or_default());
    }
    while let Step::Record(length) = read_record(rest, layout.dialect, is_whole, &mut record) {
        keep(&record);
        rest = rest.get(length..).unwrap_or_default();
    }
    rows
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn layout(text: &str) -> Layout {
        find_layout(text.as_bytes(), true, None, None, &[]).unwrap().unwrap()
    }

    #[test]
    fn every_delimiter_is_found_from_the_header() {
        for delimiter in [",", ";", "\t", "|", "^", "~", "\u{1}", "\u{1f}"] {
            let text = ["PersonId", "Date", "Collaboration_hours"].join(delimiter) + "\na\n";
            let layout = layout(&text);
            assert_eq!((layout.dialect.delimiter, layout.headers.len()), (delimiter.as_bytes()[0], 3));
        }
    }

    #[test]
    fn a_sep_line_is_obeyed_and_lines_above_the_header_are_skipped() {
        let found = layout("sep=;\r\nPersonId;Date;Collaboration_hours\r\na;b;c\r\n");
        assert_eq!((found.dialect.delimiter, found.header_line, found.data_line, found.data_start), (b';', 2, 3, 42));
        let found = layout("Report of May\n\nPersonId,Date,Collaboration_hours\na,b,c\n");
        assert_eq!((found.header_line, found.lines_above, found.data_line), (3, 2, 4));
        for blank in ["\n\n", "", "  \n\t\n", ",,,\n,,,\n"] {
            assert!(find_layout(blank.as_bytes(), true, None, None, &[]).is_err(), "{blank:?}");
        }
    }

    #[test]
    fn a_sep_line_is_known_in_every_dress_and_doubted_where_it_is_wrong() {
        for first in ["sep=;\r", "\"sep=;\"\n", "SEP=;;;;\r\n", "sep=; \n"] {
            let found = layout(&format!("{first}PersonId;Date;Collaboration_hours\na;b;c\n"));
            assert_eq!((found.dialect.delimiter, found.lines_above, found.header_line), (b';', 0, 2), "{first:?}");
        }
        let found = layout("sep=;\nPersonId,Date,Collaboration_hours\na,b,c\n");
        assert_eq!((found.dialect.delimiter, found.header_line), (b',', 2));
    }

    #[test]
    fn the_way_of_quoting_is_the_one_that_leaves_no_quotes_over() {
        let dialect = |rows: &str| layout(&format!("PersonId,Date,Collaboration_hours\n{rows}")).dialect;
        let plain = Dialect::plain(b',');
        assert_eq!(dialect("a,\"b, \"\"c\"\", d\",e\n"), plain);
        assert_eq!(dialect("a,5\" pipe,e\n"), plain);
        assert_eq!(dialect("'a','b, c','d'\n"), Dialect { quote: b'\'', ..plain });
        assert_eq!(dialect("a, \"b, c\", \"d\"\n"), Dialect::of(b',', QuoteStyle::Spaced));
        assert_eq!(dialect("a,\"b \\\"c\\\", d\",e\n"), Dialect::of(b',', QuoteStyle::Backslash));
    }

    #[test]
    fn line_ends_that_differ_are_noticed_but_not_those_in_quotes() {
        assert_eq!(mixed_line_ends(b"a\r\nb\r\nc\nd"), Some(3));
        assert_eq!(mixed_line_ends(b"a\r\n\"b\nc\"\r\n"), None);
        assert_eq!(mixed_line_ends(b"a\rb\rc\r"), None);
    }

    #[test]
    fn a_first_line_without_an_end_is_no_layout_yet() {
        assert!(find_layout(b"PersonId,Date,Coll", false, None, None, &[]).unwrap().is_none());
    }
}
