//! UTF-32 to UTF-8: four bytes a letter, in either order.

use std::io::Read;

use super::encoding::hand_over;

/// The order of the four bytes of a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Utf32 {
    /// The lowest byte first.
    Little,
    /// The highest byte first.
    Big,
}

/// Bytes of the byte order mark.
pub(super) const MARK: usize = 4;

impl Utf32 {
    /// As the encoding is called.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Little => "utf-32le",
            Self::Big => "utf-32be",
        }
    }

    /// The order that a label names; without an order the lowest byte is first.
    pub(super) fn for_label(label: &str) -> Option<Self> {
        match label.trim().to_lowercase().replace(['-', '_'], "").as_str() {
            "utf32" | "utf32le" => Some(Self::Little),
            "utf32be" => Some(Self::Big),
            _ => None,
        }
    }

    /// The order that a byte order mark says.
    pub(super) fn for_mark(head: &[u8]) -> Option<Self> {
        if head.starts_with(&[0xff, 0xfe, 0, 0]) {
            Some(Self::Little)
        } else if head.starts_with(&[0, 0, 0xfe, 0xff]) {
            Some(Self::Big)
        } else {
            None
        }
    }

    /// The order, where most letters of the start are Latin ones: three zeros beside one byte that is none.
    pub(super) fn by_zeros(head: &[u8]) -> Option<Self> {
        let (letters, _) = head.as_chunks::<4>();
        let letters = letters.get(..letters.len().min(1024))?;
        let count = |is: fn(&[u8; 4]) -> bool| letters.iter().filter(|letter| is(letter)).count();
        let most = letters.len() * 3 / 4;
        if letters.len() < 4 {
            None
        } else if count(|letter| matches!(letter, [low, 0, 0, 0] if *low != 0)) > most {
            Some(Self::Little)
        } else if count(|letter| matches!(letter, [0, 0, 0, low] if *low != 0)) > most {
            Some(Self::Big)
        } else {
            None
        }
    }

    /// The letter of four bytes; U+FFFD for what is none.
    fn letter(self, bytes: [u8; 4]) -> char {
        let code = match self {
            Self::Little => u32::from_le_bytes(bytes),
            Self::Big => u32::from_be_bytes(bytes),
        };
        char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER)
    }
}

/// Decodes whole letters; what is left of one at the end is left out.
pub(super) fn decode(bytes: &[u8], order: Utf32) -> Vec<u8> {
    let (letters, _) = bytes.as_chunks::<4>();
    letters.iter().map(|letter| order.letter(*letter)).collect::<String>().into_bytes()
}

/// Decodes as it reads.
pub(super) struct Decoding<R> {
    inner: R,
    order: Utf32,
    raw: Vec<u8>,
    /// Bytes of `raw` that hold the start of a letter.
    left: usize,
    decoded: Vec<u8>,
    taken: usize,
    ended: bool,
}

impl<R: Read> Decoding<R> {
    /// Reads from `inner`, which stands behind the byte order mark.
    pub(super) fn new(inner: R, order: Utf32) -> Self {
        Self { inner, order, raw: vec![0; 64 * 1024], left: 0, decoded: Vec::new(), taken: 0, ended: false }
    }

    /// Decodes the next bytes; a letter that the end cuts becomes U+FFFD.
    fn fill(&mut self) -> std::io::Result<()> {
        let read = self.inner.read(self.raw.get_mut(self.left..).unwrap_or_default())?;
        let have = self.left + read;
        let whole = have - have % 4;
        self.decoded = decode(self.raw.get(..whole).unwrap_or_default(), self.order);
        self.raw.copy_within(whole..have, 0);
        self.left = have - whole;
        self.ended = read == 0;
        if self.ended && self.left > 0 {
            self.decoded.extend_from_slice("\u{fffd}".as_bytes());
        }
        self.taken = 0;
        Ok(())
    }
}

impl<R: Read> Read for Decoding<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        while self.taken == self.decoded.len() && !self.ended {
            self.fill()?;
        }
        let length = hand_over(self.decoded.get(self.taken..).unwrap_or_default(), buffer);
        self.taken += length;
        Ok(length)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_decoded_in_both_orders_and_a_cut_one_is_shown() {
        let mut decoded = String::new();
        let bytes: Vec<u8> = "aü🚀".chars().flat_map(|letter| u32::from(letter).to_be_bytes()).chain([0, 0]).collect();
        Decoding::new(bytes.as_slice(), Utf32::Big).read_to_string(&mut decoded).unwrap();
        assert_eq!(decoded, "aü🚀\u{fffd}");
        assert_eq!(decode(&[0, 0, 0xd8, 0, 0, 0, 0, b'a'], Utf32::Big), "\u{fffd}a".as_bytes());
    }

    #[test]
    fn other_encodings_are_not_taken_for_it() {
        assert_eq!(Utf32::by_zeros(b"PersonId,Date,Collaboration_hours"), None);
        assert_eq!(Utf32::by_zeros(&b"P\0e\0r\0s\0o\0n\0I\0d\0".repeat(9)), None);
        assert_eq!(Utf32::by_zeros(&[0; 64]), None);
    }
}
