//! Bytes to UTF-8: which encoding a text has, and reading it decoded, a piece at a time.

use std::io::Read;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::problem::Refusal;
use super::utf_32::{self, Utf32};

/// How letters are written as bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Charset {
    /// An encoding of the web.
    Web(&'static Encoding),
    /// UTF-32, which the web does not have.
    Utf32(Utf32),
}

impl Charset {
    /// Whether bytes go through as they are.
    pub(super) fn is_utf8(self) -> bool {
        self == Self::Web(UTF_8)
    }

    /// The encoding of a label, such as `latin1` or `utf-32le`.
    fn for_label(label: &str) -> Option<Self> {
        Encoding::for_label(label.as_bytes()).map(Self::Web).or_else(|| Utf32::for_label(label).map(Self::Utf32))
    }

    /// The encoding of a byte order mark, and the bytes of the mark. Four bytes are looked at first, because the mark
    /// of UTF-32 begins with that of UTF-16.
    fn for_mark(head: &[u8]) -> Option<(Self, usize)> {
        if let Some(order) = Utf32::for_mark(head) {
            return Some((Self::Utf32(order), utf_32::MARK));
        }
        Encoding::for_bom(head).map(|(encoding, mark)| (Self::Web(encoding), mark))
    }
}

/// The encoding of a text, and why it is taken for that.
#[derive(Clone, Debug)]
pub(super) struct TextEncoding {
    /// The encoding.
    pub(super) charset: Charset,
    /// Bytes of a byte order mark at the start.
    pub(super) mark: usize,
    /// A sentence.
    pub(super) evidence: String,
    /// Whether nothing but ASCII was seen, so that a later byte may still decide otherwise.
    pub(super) only_ascii: bool,
    /// Whether nothing but how often letters occur says so.
    pub(super) is_guessed: bool,
}

impl TextEncoding {
    /// The name as it is shown.
    pub(super) fn name(&self) -> String {
        match self.charset {
            Charset::Web(encoding) => encoding.name().to_lowercase(),
            Charset::Utf32(order) => order.name().to_owned(),
        }
    }
}

/// Finds the encoding from the start of a text and pieces of its middle, or takes the chosen label.
pub(super) fn detect(head: &[u8], pieces: &[Vec<u8>], chosen: Option<&str>) -> Result<TextEncoding, Refusal> {
    let found = |charset: Charset, mark: usize, evidence: &str| TextEncoding {
        charset,
        mark,
        evidence: evidence.to_owned(),
        only_ascii: false,
        is_guessed: false,
    };
    let by_mark = Charset::for_mark(head);
    if let Some(label) = chosen {
        let charset = Charset::for_label(label).ok_or_else(|| {
            Refusal::new(
                format!("No text encoding is called \"{label}\"."),
                "Known labels are those of the web, such as utf-8, utf-16le or windows-1252.",
                "Choose one of them with --encoding.",
            )
        })?;
        let mark = by_mark.filter(|(marked, _)| *marked == charset).map_or(0, |(_, mark)| mark);
        return Ok(found(charset, mark, "It was chosen, not recognized."));
    }
    if let Some((charset, mark)) = by_mark {
        return Ok(found(charset, mark, "The file starts with a byte order mark."));
    }
    if let Some(order) = Utf32::by_zeros(head) {
        return Ok(found(Charset::Utf32(order), 0, "Three bytes of every four are zero, as in UTF-32."));
    }
    if let Some(encoding) = by_zeros(head) {
        return Ok(found(Charset::Web(encoding), 0, "Every other byte is zero, as in UTF-16."));
    }
    let utf8 = Charset::Web(UTF_8);
    let all = || std::iter::once(head).chain(pieces.iter().map(Vec::as_slice));
    if all().all(<[u8]>::is_ascii) {
        return Ok(TextEncoding { only_ascii: true, ..found(utf8, 0, "Only ASCII was seen.") });
    }
    let (letters, broken) = all().map(utf8_letters).fold((0, 0), |sum, piece| (sum.0 + piece.0, sum.1 + piece.1));
    if broken == 0 {
        return Ok(found(utf8, 0, "What is not ASCII is well-formed UTF-8."));
    }
    // Letters of other encodings hardly ever form UTF-8 by chance, so a few broken ones are damage.
    if letters >= LETTERS_FOR_ONE_BROKEN * broken {
        return Ok(found(utf8, 0, "Nearly all of what is not ASCII is well-formed UTF-8."));
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    for piece in all() {
        detector.feed(piece, false);
    }
    detector.feed(b"", true);
    let encoding = detector.guess(None, Utf8Detection::Deny);
    let evidence = format!("What is not ASCII is no UTF-8 and looks like {}.", encoding.name());
    Ok(TextEncoding { is_guessed: true, ..found(Charset::Web(encoding), 0, &evidence) })
}

/// So many well-formed letters beyond ASCII outweigh one that is broken.
const LETTERS_FOR_ONE_BROKEN: usize = 4;

/// Windows-1252, for a text whose first byte above ASCII came after the decision and is no UTF-8.
pub(super) fn late_windows_1252() -> TextEncoding {
    TextEncoding {
        charset: Charset::Web(encoding_rs::WINDOWS_1252),
        mark: 0,
        evidence: "The first letters that are not ASCII are no UTF-8.".to_owned(),
        only_ascii: false,
        is_guessed: true,
    }
}

/// Well-formed letters beyond ASCII, and broken ones, of a piece that may begin and end within a letter.
fn utf8_letters(piece: &[u8]) -> (usize, usize) {
    let start = piece.iter().take(3).take_while(|byte| (0x80..0xc0).contains(*byte)).count();
    let piece = piece.get(start..).unwrap_or_default();
    let (mut letters, mut broken) = (0, 0);
    let mut chunks = piece.utf8_chunks().peekable();
    while let Some(chunk) = chunks.next() {
        letters += chunk.valid().chars().filter(|letter| !letter.is_ascii()).count();
        // A lead byte at the very end may belong to a letter that is cut by the piece.
        let is_cut = chunks.peek().is_none()
            && std::str::from_utf8(chunk.invalid()).is_err_and(|error| error.error_len().is_none());
        broken += usize::from(!chunk.invalid().is_empty() && !is_cut);
    }
    (letters, broken)
}

/// UTF-16 without a mark: Latin letters have a zero in one half of every pair.
fn by_zeros(head: &[u8]) -> Option<&'static Encoding> {
    let pairs = head.chunks_exact(2).take(2048);
    let count = pairs.len();
    let (mut first, mut second) = (0, 0);
    for pair in pairs {
        first += usize::from(pair.first() == Some(&0));
        second += usize::from(pair.last() == Some(&0));
    }
    if count < 8 {
        None
    } else if second * 10 > count * 4 && first * 20 < count {
        Some(UTF_16LE)
    } else if first * 10 > count * 4 && second * 20 < count {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Decodes a piece from the start of a text; a character cut at its end is left out.
pub(super) fn decode_start(head: &[u8], text: &TextEncoding) -> Vec<u8> {
    let head = head.get(text.mark..).unwrap_or_default();
    let encoding = match text.charset {
        Charset::Utf32(order) => return utf_32::decode(head, order),
        charset if charset.is_utf8() => return head.to_vec(),
        Charset::Web(encoding) => encoding,
    };
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let room = decoder.max_utf8_buffer_length(head.len()).unwrap_or(head.len() * 3);
    let mut decoded = vec![0; room];
    let (_, _, written, _) = decoder.decode_to_utf8(head, &mut decoded, false);
    decoded.truncate(written);
    decoded
}

/// Reads a text as UTF-8, without its byte order mark. UTF-8 goes through unchanged, whether well-formed or not.
pub(super) fn reader<'a>(inner: Box<dyn Read + Send + 'a>, text: &TextEncoding) -> Box<dyn Read + Send + 'a> {
    let inner = Skipping { inner, left: text.mark };
    match text.charset {
        Charset::Utf32(order) => Box::new(utf_32::Decoding::new(inner, order)),
        charset if charset.is_utf8() => Box::new(inner),
        Charset::Web(encoding) => Box::new(Decoding {
            inner,
            decoder: encoding.new_decoder_without_bom_handling(),
            raw: vec![0; 64 * 1024],
            decoded: Vec::new(),
            taken: 0,
            ended: false,
        }),
    }
}

/// Leaves out the first bytes.
struct Skipping<R> {
    inner: R,
    left: usize,
}

impl<R: Read> Read for Skipping<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        while self.left > 0 {
            let mut mark = [0; 4];
            let room = self.left.min(mark.len());
            match self.inner.read(mark.get_mut(..room).unwrap_or_default())? {
                0 => return Ok(0),
                read => self.left -= read.min(self.left),
            }
        }
        self.inner.read(buffer)
    }
}

/// Decodes as it reads.
struct Decoding<R> {
    inner: R,
    decoder: Decoder,
    raw: Vec<u8>,
    decoded: Vec<u8>,
    taken: usize,
    ended: bool,
}

impl<R: Read> Read for Decoding<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        while self.taken == self.decoded.len() && !self.ended {
            let read = self.inner.read(&mut self.raw)?;
            self.ended = read == 0;
            let raw = self.raw.get(..read).unwrap_or_default();
            let room = self.decoder.max_utf8_buffer_length(read).unwrap_or(read * 3 + 16);
            self.decoded.resize(room, 0);
            let (_, _, written, _) = self.decoder.decode_to_utf8(raw, &mut self.decoded, self.ended);
            self.decoded.truncate(written);
            self.taken = 0;
        }
        let length = hand_over(self.decoded.get(self.taken..).unwrap_or_default(), buffer);
        self.taken += length;
        Ok(length)
    }
}

/// Copies as many of the bytes that are ready as there is room for, and says how many.
pub(super) fn hand_over(ready: &[u8], buffer: &mut [u8]) -> usize {
    for (to, from) in buffer.iter_mut().zip(ready) {
        *to = *from;
    }
    ready.len().min(buffer.len())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn utf16(text: &str, little: bool, mark: bool) -> Vec<u8> {
        let start = if mark { "\u{feff}" } else { "" };
        let units = start.encode_utf16().chain(text.encode_utf16());
        units.flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect()
    }

    fn round_trip(bytes: &[u8]) -> (String, String) {
        let text = detect(bytes, &[], None).unwrap();
        let mut decoded = Vec::new();
        reader(Box::new(bytes), &text).read_to_end(&mut decoded).unwrap();
        assert_eq!(decoded, decode_start(bytes, &text));
        (text.name(), String::from_utf8_lossy(&decoded).into_owned())
    }

    #[test]
    fn every_encoding_is_recognized_and_decoded() {
        let text = "PersonId,Organization\nä1,Zürich\n";
        assert_eq!(round_trip(text.as_bytes()), ("utf-8".to_owned(), text.to_owned()));
        assert_eq!(round_trip(format!("\u{feff}{text}").as_bytes()), ("utf-8".to_owned(), text.to_owned()));
        for (little, mark) in [(true, true), (true, false), (false, true), (false, false)] {
            let (name, decoded) = round_trip(&utf16(text, little, mark));
            assert_eq!((name.as_str(), decoded.as_str()), (if little { "utf-16le" } else { "utf-16be" }, text));
        }
        let (latin, _, _) = encoding_rs::WINDOWS_1252.encode(text);
        assert_eq!(round_trip(&latin), ("windows-1252".to_owned(), text.to_owned()));
    }

    #[test]
    fn utf_32_is_recognized_with_a_mark_and_without() {
        let text = "PersonId,Organization\nä1,Zürich\n";
        for (little, mark) in [(true, true), (true, false), (false, true), (false, false)] {
            let units = if mark { "\u{feff}" } else { "" }.chars().chain(text.chars());
            let to_bytes = if little { u32::to_le_bytes } else { u32::to_be_bytes };
            let bytes: Vec<u8> = units.flat_map(|letter| to_bytes(u32::from(letter))).collect();
            let (name, decoded) = round_trip(&bytes);
            assert_eq!((name.as_str(), decoded.as_str()), (if little { "utf-32le" } else { "utf-32be" }, text));
        }
    }

    #[test]
    fn one_broken_letter_among_many_leaves_the_text_utf_8() {
        let mut text = "ö".repeat(8).into_bytes();
        text.push(0xfc);
        assert_eq!(detect(&text, &[], None).unwrap().name(), "utf-8");
        // Two well-formed letters are too few to outweigh one.
        assert!(detect(b"\xc3\xb6\xc3\xb6\xfcrich", &[], None).unwrap().is_guessed);
        assert_eq!(utf8_letters(b"\xb6\xc3\xb6\xc3"), (1, 0));
    }

    #[test]
    fn unknown_labels_are_refused() {
        assert!(detect(b"a", &[], Some("klingon")).is_err());
        assert_eq!(detect(b"a", &[], Some("latin1")).unwrap().name(), "windows-1252");
    }
}
