//! What a file is that is no text of rows, told by its first bytes or by a name in an archive.

use super::problem::Refusal;

const EXPORT: &str = "Export the person query as CSV and open that file.";
const ONLY: &str = "Only CSV (plain or in a .zip or .gz) and Excel workbooks are read.";

/// Archives that are something else than a zipped export, told by a name in them.
pub(super) fn wrong_archive(entry: &str) -> Option<Refusal> {
    if entry == "xl/workbook.bin" {
        let why = "Its form (.xlsb) is not read.";
        return Some(Refusal::new(
            "This is a binary Excel workbook.",
            why,
            "Save it as .xlsx or CSV and open that file.",
        ));
    }
    if entry.starts_with("word/") || entry.starts_with("ppt/") {
        return Some(Refusal::new("This is an Office document.", "It holds no table of rows.", EXPORT));
    }
    if entry == "content.xml" || entry == "META-INF/manifest.xml" {
        let why = "OpenDocument files are not read.";
        return Some(Refusal::new(
            "This is an OpenDocument file.",
            why,
            "Save the sheet as CSV UTF-8 and open that file.",
        ));
    }
    if entry == "DataModel" || entry == "DataModelSchema" || entry.starts_with("Report/Layout") {
        let why = "Its data cannot be read from outside.";
        return Some(Refusal::new("This is a Power BI file.", why, "Download the person query behind it as CSV."));
    }
    None
}

/// First bytes, and what files with them are.
const MARKS: [(&[u8], &str); 29] = [
    (b"%PDF-", "a PDF"),
    (b"PAR1", "a Parquet file"),
    (b"ARROW1", "an Arrow file"),
    (b"ORC\x03", "an ORC file"),
    (b"Obj\x01", "an Avro file"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\xfd7zXZ\0", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\x04\x22\x4d\x18", "an lz4 archive"),
    (b"MSCF\0", "a cabinet archive"),
    (b"\x89PNG\r\n", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"II*\0", "a picture"),
    (b"MM\0*", "a picture"),
    (b"RIFF", "a picture or a recording"),
    (b"ID3", "a recording"),
    (b"\x7fELF", "a program"),
    (b"\xcf\xfa\xed\xfe", "a program"),
    (b"\xce\xfa\xed\xfe", "a program"),
    (b"\xca\xfe\xba\xbe", "a program"),
    (b"\0asm", "a program"),
    (b"L\0\0\0\x01\x14\x02\0", "a shortcut to a file"),
    (b"SQLite format 3\0", "a database"),
    (b"{\\rtf", "a text document"),
    (b"RDX", "an R data file"),
    (b"\x89HDF", "a data file"),
];

/// What a file is that is no text of rows, told by its first bytes.
pub(super) fn wrong_kind(head: &[u8]) -> Option<Refusal> {
    let refused = |what: &str, what_to_do: &str| Some(Refusal::new(format!("This is {what}."), ONLY, what_to_do));
    if head.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        let why = "Files of old Excel (.xls) and files with a password are not read.";
        let what = "This is an old Excel or Office file, or one with a password.";
        return Some(Refusal::new(what, why, "Save the sheet as .xlsx or CSV without a password and open that file."));
    }
    if let Some((_, what)) = MARKS.iter().find(|(mark, _)| head.starts_with(mark)) {
        let packed = what.ends_with("archive");
        return refused(what, if packed { "Unpack it and open the CSV in it." } else { EXPORT });
    }
    let at = |place: usize, mark: &[u8]| head.get(place..).is_some_and(|rest| rest.starts_with(mark));
    if at(257, b"ustar") {
        return refused("a tar archive", "Unpack it and open the CSV in it.");
    }
    if at(4, b"ftyp") {
        return refused("a recording", EXPORT);
    }
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    let starts = |word: &[u8]| text.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    if [b"<!doctype".as_slice(), b"<html", b"<head", b"<body", b"<table", b"<!--"].into_iter().any(starts) {
        return refused("a web page, perhaps a sign-in page", "Sign in and download the export again.");
    }
    let is_markup =
        text.starts_with(b"<") && text.get(1).is_some_and(|byte| byte.is_ascii_alphabetic() || *byte == b'?');
    if is_markup && text.contains(&b'>') {
        return refused("an XML file", EXPORT);
    }
    let is_json = match text.split_first() {
        Some((b'{', rest)) => matches!(rest.trim_ascii_start().first(), Some(b'"' | b'}') | None),
        Some((b'[', rest)) => matches!(rest.trim_ascii_start().first(), Some(b'{' | b'[' | b'"' | b']')),
        _ => false,
    };
    if is_json {
        return refused("a JSON file", EXPORT);
    }
    if head.starts_with(b"MZ") && head.contains(&0) {
        return refused("a program", EXPORT);
    }
    is_no_text(head).then(|| Refusal::new("This is no file of text.", "It is full of bytes that no text has.", EXPORT))
}

/// What a file in an archive is that is no text of rows.
pub(super) fn wrong_within(head: &[u8]) -> Option<Refusal> {
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"\x1f\x8b\x08") {
        let why = "Archives and workbooks in archives are not opened.";
        return Some(Refusal::new("The archive holds another.", why, "Unpack the outer one first."));
    }
    wrong_kind(head)
}

/// Whether too many bytes are control characters for a text. Zeros may be those of UTF-16 and UTF-32, unless all are.
fn is_no_text(head: &[u8]) -> bool {
    let zeros = head.iter().filter(|byte| **byte == 0).count();
    let is_control = |byte: &&u8| byte.is_ascii_control() && !matches!(byte, 0 | 1 | 0x1f | b'\t' | b'\n' | b'\r');
    let controls = head.iter().filter(is_control).count();
    let few = if std::str::from_utf8(head).is_ok_and(|text| !text.contains('\0')) { 10 } else { 25 };
    head.len() >= 64 && (zeros * 10 > head.len() * 9 || controls * few > head.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn what(head: &[u8]) -> Option<String> {
        wrong_kind(head).map(|refusal| refusal.what.plain())
    }

    #[test]
    fn texts_in_every_encoding_are_none_of_these() {
        let text = "PersonId,MetricDate,Organization\np1,2024-03-31,Z\u{fc}rich \u{55b6}\u{696d}\n".repeat(4);
        let utf_16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let utf_32: Vec<u8> = text.chars().flat_map(|c| u32::from(c).to_be_bytes()).collect();
        let (latin, _, _) = encoding_rs::WINDOWS_1252.encode(&text);
        for bytes in [text.as_bytes(), &utf_16, &utf_32, &latin, b"", b"a", b"{not json", b"< 5 hours,x"] {
            assert_eq!(what(bytes), None, "{bytes:?}");
        }
        assert_eq!(what(&text.replace(',', "\u{1}").into_bytes()), None);
    }

    #[test]
    fn files_of_other_kinds_are_named() {
        assert!(what(b"{\\rtf1 hello}").unwrap_or_default().contains("text document"));
        assert!(what(b"<rows><row/></rows>").unwrap_or_default().contains("XML"));
        assert!(what(b"<!-- x --><html>").unwrap_or_default().contains("web page"));
        for no_text in [[0_u8; 512].as_slice(), &[7; 512], &(0..=255).collect::<Vec<u8>>()] {
            assert_eq!(what(no_text).as_deref(), Some("This is no file of text."));
        }
    }
}
