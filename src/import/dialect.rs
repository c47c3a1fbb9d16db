//! How a text is laid out: delimiter, header line, decimal mark, and what its first rows look like.

use super::cells;
use super::exact::{Record, Step, read_record};
use super::headers::{self, Recognized};
use super::problem::Refusal;
use crate::text::Sentence;

/// The layout of one text.
#[derive(Clone, Debug)]
pub(super) struct Layout {
    /// The byte between cells.
    pub(super) delimiter: u8,
    /// Why that one.
    pub(super) delimiter_evidence: String,
    /// The headers, blank ones named by their place.
    pub(super) headers: Vec<String>,
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
    /// What the headers mean.
    pub(super) recognized: Recognized,
}

/// A header is among the first so many records.
const DEEPEST_HEADER: usize = 32;
/// A header with more cells than this is none.
const MOST_COLUMNS: usize = 16_384;

/// Finds the layout from the start of a decoded text. `is_whole` says that there is no more of it.
pub(super) fn find_layout(
    head: &[u8],
    is_whole: bool,
    delimiter: Option<u8>,
    columns: &[(String, String)],
) -> Result<Layout, Refusal> {
    let (declared, start, first_line) = declared_delimiter(head);
    let text = head.get(start..).unwrap_or_default();
    let evidence = |text: &str| text.to_owned();
    let candidates: Vec<(u8, String)> = match (delimiter, declared) {
        (Some(delimiter), _) => vec![(delimiter, evidence("It was chosen, not recognized."))],
        (None, Some(delimiter)) => vec![(delimiter, evidence("The first line says so (sep=)."))],
        (None, None) => [b',', b';', b'\t', b'|'].map(|mark| (mark, evidence("It splits the header."))).to_vec(),
    };
    let mut best: Option<(usize, Layout)> = None;
    for (delimiter, delimiter_evidence) in candidates {
        let Some(found) = find_header(text, is_whole, delimiter, columns)? else { continue };
        let layout = Layout {
            delimiter,
            delimiter_evidence,
            header_line: first_line + found.lines_above,
            lines_above: found.lines_above,
            data_start: start + found.end,
            data_line: first_line + found.lines,
            line_end: if head.contains(&b'\r') && !head.contains(&b'\n') { b'\r' } else { b'\n' },
            headers: found.headers,
            recognized: found.recognized,
        };
        if best.as_ref().is_none_or(|(score, _)| found.score > *score) {
            best = Some((found.score, layout));
        }
    }
    let Some((_, mut layout)) = best else {
        return Err(Refusal::new(
            "The file is empty.",
            "There is no line with text in it.",
            "Export the person query again and open the new file.",
        ));
    };
    layout.recognized = headers::recognize(&layout.headers, columns)?;
    Ok(layout)
}

/// The delimiter of a `sep=` line, where the text after it starts, and that line's number.
fn declared_delimiter(head: &[u8]) -> (Option<u8>, usize, u64) {
    let line = head.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let trimmed = line.strip_suffix(b"\r").unwrap_or(line);
    let trimmed = trimmed.strip_prefix(b"\"").and_then(|inner| inner.strip_suffix(b"\"")).unwrap_or(trimmed);
    match trimmed {
        [s, e, p, b'=', delimiter] if [*s, *e, *p].eq_ignore_ascii_case(b"sep") => {
            (Some(*delimiter), (line.len() + 1).min(head.len()), 2)
        }
        _ => (None, 0, 1),
    }
}

/// A header that was found with one delimiter.
struct Header {
    headers: Vec<String>,
    recognized: Recognized,
    /// Bytes and lines up to the end of the header.
    end: usize,
    lines: u64,
    lines_above: u64,
    /// How much it looks like a header: columns that are known, then cells.
    score: usize,
}

/// The most header-like of the first records.
fn find_header(
    text: &[u8],
    is_whole: bool,
    delimiter: u8,
    columns: &[(String, String)],
) -> Result<Option<Header>, Refusal> {
    let mut best: Option<Header> = None;
    let (mut at, mut lines) = (0, 0);
    let mut record = Record::default();
    for _ in 0..DEEPEST_HEADER {
        let rest = text.get(at..).unwrap_or_default();
        let Step::Record(length) = read_record(rest, delimiter, is_whole, &mut record) else { break };
        at += length;
        let lines_above = lines + record.empty_lines;
        lines += record.line_ends;
        if record.len() > MOST_COLUMNS {
            let what = Sentence::from("The header has ").counted(record.len() as u64, "column.", "columns.");
            let why = Sentence::from("More than ").counted(MOST_COLUMNS as u64, "is", "are").words(" not read.");
            return Err(Refusal::new(what, why, "Export the query with the metrics that are needed."));
        }
        let names: Vec<String> = record.cells().enumerate().map(|(column, cell)| named(column, cell)).collect();
        // A chosen header may be missing from a line above the header; only the line that is taken has to have all.
        let recognized = headers::recognize(&names, columns).or_else(|_| headers::recognize(&names, &[]))?;
        let known = recognized.columns.len() + recognized.unread.len();
        let foreign = names.iter().filter(|name| is_of_another_query(name)).count();
        let score = (known + foreign) * 100_000 + names.len();
        let is_better = match &best {
            None => true,
            Some(best) => known + foreign > best.score / 100_000,
        };
        if is_better {
            best = Some(Header { headers: names, recognized, end: at, lines, lines_above, score });
        }
    }
    Ok(best)
}

/// A header as it is shown: tidy, and never empty.
fn named(column: usize, cell: &[u8]) -> String {
    let name = cells::name_of(cells::trim(cell.strip_prefix(b"\xef\xbb\xbf").unwrap_or(cell)));
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
pub(super) fn sample_rows(piece: &[u8], from_row_start: bool, is_whole: bool, layout: &Layout) -> Vec<Vec<Vec<u8>>> {
    let skipped = if from_row_start { 0 } else { piece.iter().position(|byte| *byte == b'\n').map_or(0, |at| at + 1) };
    let mut rest = piece.get(skipped..).unwrap_or_default();
    let mut rows = Vec::new();
    let mut record = Record::default();
    while let Step::Record(length) = read_record(rest, layout.delimiter, is_whole, &mut record) {
        if record.len() == layout.headers.len() {
            rows.push(record.cells().map(<[u8]>::to_vec).collect());
        }
        rest = rest.get(length..).unwrap_or_default();
    }
    rows
}

/// What a decimal mark rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum DecimalMark {
    /// The mark and why.
    Found(u8, Sentence),
    /// Every number with a mark could be either.
    Open,
}

/// Decides the decimal mark from the cells of metrics in the sampled rows.
pub(super) fn decide_decimal<'a>(numbers: impl Iterator<Item = &'a [u8]>) -> DecimalMark {
    let (mut point, mut comma, mut either) = (0_usize, 0_usize, 0_usize);
    for cell in numbers {
        match mark_of(cells::trim(cell)) {
            Some(Mark::Point) => point += 1,
            Some(Mark::Comma) => comma += 1,
            Some(Mark::Either) => either += 1,
            None => {}
        }
    }
    if point == 0 && comma == 0 && either > 0 {
        DecimalMark::Open
    } else if comma > point {
        DecimalMark::Found(b',', marked(comma, "comma", point, "point"))
    } else if point > 0 {
        DecimalMark::Found(b'.', marked(point, "point", comma, "comma"))
    } else {
        DecimalMark::Found(b'.', "No sampled number has a mark.".into())
    }
}

/// How many sampled numbers have the mark, and how many the other one.
fn marked(these: usize, mark: &str, others: usize, other: &str) -> Sentence {
    Sentence::default()
        .counted(these as u64, "sampled number has", "sampled numbers have")
        .words(format!(" a decimal {mark}, "))
        .counted(others as u64, "has", "have")
        .words(format!(" a decimal {other}."))
}

enum Mark {
    Point,
    Comma,
    /// One mark with three digits behind it, which may part thousands.
    Either,
}

/// Which mark of a number is the decimal one.
fn mark_of(cell: &[u8]) -> Option<Mark> {
    let is_number = cell.iter().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b',' | b'-' | b'+'));
    let last = cell.iter().rposition(|byte| matches!(byte, b'.' | b',')).filter(|_| is_number)?;
    let mark = *cell.get(last)?;
    let of = |mark: u8| if mark == b'.' { Mark::Point } else { Mark::Comma };
    let other = if mark == b'.' { b',' } else { b'.' };
    let same = cell.iter().filter(|byte| **byte == mark).count();
    if cell.contains(&other) {
        return (same == 1).then(|| of(mark));
    }
    if same > 1 {
        // Only thousands are parted more than once, so the decimal mark is the other one.
        return Some(of(other));
    }
    let behind = cell.len() - last - 1;
    let before = cell.get(..last).unwrap_or_default();
    let whole = before.strip_prefix(b"-").or_else(|| before.strip_prefix(b"+")).unwrap_or(before);
    let may_part_thousands = behind == 3 && (1..=3).contains(&whole.len()) && whole.first() != Some(&b'0');
    Some(if may_part_thousands { Mark::Either } else { of(mark) })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn layout(text: &str) -> Layout {
        find_layout(text.as_bytes(), true, None, &[]).unwrap()
    }

    #[test]
    fn every_delimiter_is_found_from_the_header() {
        for delimiter in [",", ";", "\t", "|"] {
            let text = ["PersonId", "Date", "Collaboration_hours"].join(delimiter) + "\na\n";
            let layout = layout(&text);
            assert_eq!((layout.delimiter, layout.headers.len()), (delimiter.as_bytes()[0], 3));
        }
    }

    #[test]
    fn a_sep_line_is_obeyed_and_lines_above_the_header_are_skipped() {
        let found = layout("sep=;\r\nPersonId;Date;Collaboration_hours\r\na;b;c\r\n");
        assert_eq!((found.delimiter, found.header_line, found.data_line, found.data_start), (b';', 2, 3, 42));
        let found = layout("Report of May\n\nPersonId,Date,Collaboration_hours\na,b,c\n");
        assert_eq!((found.header_line, found.lines_above, found.data_line), (3, 2, 4));
        assert!(find_layout(b"\n\n", true, None, &[]).is_err());
    }

    #[test]
    fn the_decimal_mark_is_decided_by_what_only_one_reading_allows() {
        let decide = |cells: &[&str]| match decide_decimal(cells.iter().map(|cell| cell.as_bytes())) {
            DecimalMark::Found(mark, _) => Some(mark),
            DecimalMark::Open => None,
        };
        assert_eq!(decide(&["1,5", "1.234", "2,25"]), Some(b','));
        assert_eq!(decide(&["1.5", "7"]), Some(b'.'));
        assert_eq!(decide(&["0.500"]), Some(b'.'));
        assert_eq!(decide(&["1.234"]), None);
        assert_eq!(decide(&["1.234,5"]), Some(b','));
        assert_eq!(decide(&["1.234.567"]), Some(b','));
        assert_eq!(decide(&["7", ""]), Some(b'.'));
    }
}
