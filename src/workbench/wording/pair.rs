//! The question what two exports are that were opened together.

use crate::text::{self, Locale};
use crate::workbench::{Pair, Together};

/// The question in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AskedPair {
    /// What is asked.
    pub what: &'static str,
    /// What is known of each export.
    pub parts: [String; 2],
    /// The answers.
    pub answers: [(Together, String); 2],
}

/// Asks whether two exports are one or are compared.
#[must_use]
pub fn pair(pair: &Pair, locale: &Locale) -> AskedPair {
    let part = |(name, window): &(String, crate::privacy::Window)| match window.from == window.to {
        true => format!("{name} is of {}.", text::date(window.from, locale)),
        false => {
            format!("{name} is of {} to {}.", text::date(window.from, locale), text::date(window.to, locale))
        }
    };
    let [(earlier, _), (later, _)] = &pair.parts;
    AskedPair {
        what: "Read them as one export, or compare them?",
        parts: pair.parts.each_ref().map(part),
        answers: [
            (Together::OneExport, "One export: all their periods in one series".to_owned()),
            (Together::BeforeAndAfter, format!("Compare: what changed from {earlier} to {later}")),
        ],
    }
}
