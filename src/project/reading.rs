//! How exports are read where a person has said so, instead of leaving it to be recognized.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// What was chosen. What is left out is recognized. Which of differing rows counts is no part of it: that is asked of
/// every file again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Reading {
    /// Headers by the canonical column that each holds.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub columns: BTreeMap<String, String>,
    /// Which query it is: `person`, `meeting` and so on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// The product: `viva` or `wpa`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub era: Option<String>,
    /// The length of a period: `day`, `week` or `month`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grain: Option<String>,
    /// The weekday on which weeks start, in English.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub week_start: Option<String>,
    /// How dates are written: `ymd`, `mdy`, `dmy`, or as numbers of days, such as `excel`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date_order: Option<String>,
    /// The label of the text encoding.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encoding: Option<String>,
    /// The mark between cells.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delimiter: Option<char>,
    /// How cells are quoted: `doubled`, `spaced`, `backslash` or `apostrophe`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quote: Option<String>,
    /// Of several texts in an archive or workbook the one that is read, by its place, or `all`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part: Option<String>,
    /// The decimal mark.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decimal: Option<char>,
}

impl Reading {
    /// Whether everything is left to be recognized.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A reading that is used again for files with the same headers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct KeptReading {
    /// The headers, as `import` makes one text of them.
    pub shape: String,
    /// How files with them are read.
    pub reading: Reading,
}
