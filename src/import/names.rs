//! Names of people, groups and columns, tidied so that what reads the same is the same, and shows nothing else.

use std::borrow::Cow;

use encoding_rs::WINDOWS_1252;
use unicode_normalization::{UnicodeNormalization as _, is_nfc};

use super::report::IssueKind;

/// A trimmed cell as a name, and what was odd about it; nothing is, nearly always.
///
/// Bytes that are no UTF-8 become U+FFFD, control characters their pictures. Letters are composed (NFC). Marks that
/// nobody sees are taken out, and every kind of space is a space; the joiners of emoji and of Persian stay.
pub(super) fn tidy(trimmed: &[u8]) -> (Cow<'_, str>, Vec<IssueKind>) {
    if trimmed.is_ascii() && !trimmed.iter().any(u8::is_ascii_control) {
        return (String::from_utf8_lossy(trimmed), Vec::new());
    }
    let mut text = String::from_utf8_lossy(trimmed);
    let mut odd = Vec::new();
    if std::str::from_utf8(trimmed).is_err() {
        odd.push(IssueKind::UnreadableText);
    } else if is_encoded_twice(&text) {
        odd.push(IssueKind::EncodedTwice);
    }
    if text.contains('\0') {
        odd.push(IssueKind::ZeroByte);
    }
    if text.contains(|c: char| is_steering(c) && c != '\0') {
        odd.push(IssueKind::ControlCharacter);
    }
    if text.contains(is_steering) {
        text = Cow::Owned(text.chars().map(shown).collect());
    }
    if !is_nfc(&text) {
        odd.push(IssueKind::JoinedLetters);
        text = Cow::Owned(text.nfc().collect());
    }
    if text.contains(|c| is_hidden(c) || is_odd_space(c)) {
        odd.push(IssueKind::HiddenCharacter);
        let kept = text.chars().filter(|c| !is_hidden(*c)).map(|c| if is_odd_space(c) { ' ' } else { c });
        text = Cow::Owned(kept.collect::<String>().trim().to_owned());
    }
    (text, odd)
}

/// Whether a character tells a terminal what to do, other than a line end or a tab.
fn is_steering(c: char) -> bool {
    c.is_control() && !matches!(c, '\t' | '\n' | '\r')
}

/// A control character as its picture: U+241B for an escape.
fn shown(c: char) -> char {
    match c {
        '\u{7f}' => '\u{2421}',
        '\0'..='\u{1f}' if is_steering(c) => {
            char::from_u32(0x2400 + u32::from(c)).unwrap_or(char::REPLACEMENT_CHARACTER)
        }
        c if is_steering(c) => char::REPLACEMENT_CHARACTER,
        c => c,
    }
}

/// Text from outside, such as the name of a file, with control characters as their pictures.
pub(super) fn visible(text: &str) -> String {
    text.chars().map(|c| if is_hidden(c) { char::REPLACEMENT_CHARACTER } else { shown(c) }).collect()
}

/// Marks that take no room: of direction, of width zero, soft hyphens.
pub(super) fn is_hidden(c: char) -> bool {
    matches!(
        c,
        '\u{ad}'
            | '\u{61c}'
            | '\u{180e}'
            | '\u{200b}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2064}'
            | '\u{2066}'..='\u{2069}'
            | '\u{feff}'
    )
}

/// Spaces that look like one and are another, line ends and tabs among them.
fn is_odd_space(c: char) -> bool {
    c != ' ' && c.is_whitespace()
}

/// Whether UTF-8 was taken for Windows-1252 and encoded once more, as in `ZÃ¼rich`.
fn is_encoded_twice(text: &str) -> bool {
    let (bytes, _, has_others) = WINDOWS_1252.encode(text);
    !has_others && !bytes.is_ascii() && std::str::from_utf8(&bytes).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tidied(text: &str) -> (String, Vec<IssueKind>) {
        let (name, odd) = tidy(text.as_bytes());
        (name.into_owned(), odd)
    }

    #[test]
    fn plain_names_stay_as_they_are() {
        for name in ["Sales", "Zürich", "営業部", "👩\u{200d}💻 Design", "می\u{200c}خواهم", "O\u{2019}Brien", "Å"]
        {
            assert_eq!(tidied(name), (name.to_owned(), Vec::new()));
        }
    }

    #[test]
    fn names_that_read_the_same_are_the_same() {
        assert_eq!(tidied("Zu\u{308}rich"), ("Zürich".to_owned(), vec![IssueKind::JoinedLetters]));
        for name in ["Key\u{a0}Accounts", "\u{202e}Key Acc\u{200b}ounts\u{202c}", "Key Accounts\u{feff}"] {
            assert_eq!(tidied(name), ("Key Accounts".to_owned(), vec![IssueKind::HiddenCharacter]), "{name:?}");
        }
    }

    #[test]
    fn what_would_steer_a_terminal_is_shown_as_symbols() {
        assert_eq!(tidied("\u{1b}[31mSales"), ("\u{241b}[31mSales".to_owned(), vec![IssueKind::ControlCharacter]));
        assert_eq!(tidied("Sal\0es"), ("Sal\u{2400}es".to_owned(), vec![IssueKind::ZeroByte]));
        assert_eq!(tidied("Key\nAccounts").0, "Key Accounts");
    }

    #[test]
    fn damaged_text_is_told() {
        assert_eq!(tidied("ZÃ¼rich").1, [IssueKind::EncodedTwice]);
        let (name, odd) = tidy(b"Z\xfcrich");
        assert_eq!((name.as_ref(), odd.as_slice()), ("Z\u{fffd}rich", [IssueKind::UnreadableText].as_slice()));
    }
}
