//! Bytes to UTF-8: which encoding a text has, and reading it decoded, a piece at a time.

use std::io::Read;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::problem::Refusal;

/// The encoding of a text, and why it is taken for that.
#[derive(Clone, Debug)]
pub(super) struct TextEncoding {
    /// The encoding.
    pub(super) encoding: &'static Encoding,
    /// Bytes of a byte order mark at the start.
    pub(super) mark: usize,
    /// A sentence.
    pub(super) evidence: String,
    /// Whether nothing but ASCII was seen, so that a later byte may still decide otherwise.
    pub(super) only_ascii: bool,
}

impl TextEncoding {
    /// The name as it is shown.
    pub(super) fn name(&self) -> String {
        self.encoding.name().to_lowercase()
    }
}

/// Finds the encoding from the start of a text and pieces of its middle, or takes the chosen label.
pub(super) fn detect(head: &[u8], pieces: &[Vec<u8>], chosen: Option<&str>) -> Result<TextEncoding, Refusal> {
    let found = |encoding: &'static Encoding, mark: usize, evidence: &str| TextEncoding {
        encoding,
        mark,
        evidence: evidence.to_owned(),
        only_ascii: false,
    };
    if head.starts_with(&[0xff, 0xfe, 0, 0]) || head.starts_with(&[0, 0, 0xfe, 0xff]) {
        return Err(Refusal::new(
            "The text is in UTF-32, which is not read.",
            "Its first four bytes say so.",
            "Save it as UTF-8 and open it again.",
        ));
    }
    if let Some(label) = chosen {
        let encoding = Encoding::for_label(label.as_bytes()).ok_or_else(|| {
            Refusal::new(
                format!("No text encoding is called \"{label}\"."),
                "Known labels are those of the web, such as utf-8, utf-16le or windows-1252.",
                "Choose one of them with --encoding.",
            )
        })?;
        let mark = Encoding::for_bom(head).filter(|(by_mark, _)| *by_mark == encoding).map_or(0, |(_, mark)| mark);
        return Ok(found(encoding, mark, "It was chosen, not recognized."));
    }
    if let Some((encoding, mark)) = Encoding::for_bom(head) {
        return Ok(found(encoding, mark, "The file starts with a byte order mark."));
    }
    if let Some(encoding) = by_zeros(head) {
        return Ok(found(encoding, 0, "Every other byte is zero, as in UTF-16."));
    }
    let all = || std::iter::once(head).chain(pieces.iter().map(Vec::as_slice));
    if all().all(<[u8]>::is_ascii) {
        return Ok(TextEncoding { only_ascii: true, ..found(UTF_8, 0, "Only ASCII was seen.") });
    }
    if all().all(is_utf8_but_for_its_edges) {
        return Ok(found(UTF_8, 0, "What is not ASCII is well-formed UTF-8."));
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    for piece in all() {
        detector.feed(piece, false);
    }
    detector.feed(b"", true);
    let encoding = detector.guess(None, Utf8Detection::Deny);
    Ok(found(encoding, 0, &format!("What is not ASCII is no UTF-8 and looks like {}.", encoding.name())))
}

/// Windows-1252, for a text whose first byte above ASCII came after the decision and is no UTF-8.
pub(super) fn late_windows_1252() -> TextEncoding {
    TextEncoding {
        encoding: encoding_rs::WINDOWS_1252,
        mark: 0,
        evidence: "The first letters that are not ASCII are no UTF-8.".to_owned(),
        only_ascii: false,
    }
}

/// Whether a piece that may begin and end within a character is UTF-8.
fn is_utf8_but_for_its_edges(piece: &[u8]) -> bool {
    let start = piece.iter().take(3).take_while(|byte| (0x80..0xc0).contains(*byte)).count();
    match std::str::from_utf8(piece.get(start..).unwrap_or_default()) {
        Ok(_) => true,
        Err(error) => error.error_len().is_none(),
    }
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
    if text.encoding == UTF_8 {
        return head.to_vec();
    }
    let mut decoder = text.encoding.new_decoder_without_bom_handling();
    let room = decoder.max_utf8_buffer_length(head.len()).unwrap_or(head.len() * 3);
    let mut decoded = vec![0; room];
    let (_, _, written, _) = decoder.decode_to_utf8(head, &mut decoded, false);
    decoded.truncate(written);
    decoded
}

/// Reads a text as UTF-8, without its byte order mark. UTF-8 goes through unchanged, whether well-formed or not.
pub(super) fn reader<'a>(inner: Box<dyn Read + Send + 'a>, text: &TextEncoding) -> Box<dyn Read + Send + 'a> {
    let inner = Skipping { inner, left: text.mark };
    if text.encoding == UTF_8 {
        Box::new(inner)
    } else {
        Box::new(Decoding {
            inner,
            decoder: text.encoding.new_decoder_without_bom_handling(),
            raw: vec![0; 64 * 1024],
            decoded: Vec::new(),
            taken: 0,
            ended: false,
        })
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
        let ready = self.decoded.get(self.taken..).unwrap_or_default();
        let length = ready.len().min(buffer.len());
        for (to, from) in buffer.iter_mut().zip(ready) {
            *to = *from;
        }
        self.taken += length;
        Ok(length)
    }
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
    fn utf_32_and_unknown_labels_are_refused() {
        assert!(detect(&[0xff, 0xfe, 0, 0, b'a', 0, 0, 0], &[], None).is_err());
        assert!(detect(b"a", &[], Some("klingon")).is_err());
        assert_eq!(detect(b"a", &[], Some("latin1")).unwrap().name(), "windows-1252");
    }
}
