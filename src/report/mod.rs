//! Files to hand out: pages that print, and tables. Made from what people typed and from published values only.
//!
//! A page is one self-contained file (`html`), a table one that no spreadsheet takes for a formula (`csv`). One file
//! a noun puts them together. Nothing here touches the disk: a report is its name and its bytes.

mod contacts;
mod csv;
mod explore;
mod go_to;
mod html;
mod initiatives;

pub use contacts::{accounts_template, contact_report};
pub use explore::explored_table;
pub use go_to::{announcement_text, answers_template, call_text, managers_list, team_list};
pub use initiatives::{Span, initiatives_table, initiatives_template, review_pack};

/// A file to hand out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandOut {
    /// The file's name that is offered.
    pub name: String,
    /// Its contents.
    pub bytes: Vec<u8>,
}

/// How a list or report is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A page to read and print, in one file.
    Html,
    /// A table for a spreadsheet.
    Csv,
}

impl Format {
    const fn extension(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Csv => "csv",
        }
    }
}

/// A name as a part of a file's name: letters and digits, the rest as hyphens.
fn file_word(name: &str) -> String {
    let mut word = String::new();
    for c in name.to_lowercase().chars() {
        if c.is_alphanumeric() {
            word.push(c);
        } else if !word.ends_with('-') && !word.is_empty() {
            word.push('-');
        }
    }
    let word: String = word.trim_end_matches('-').chars().take(40).collect();
    if word.is_empty() { "team".to_owned() } else { word }
}
