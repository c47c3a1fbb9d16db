//! Files to hand out: pages that print, and tables. Made from what people typed and from published values only.
//!
//! A page is one self-contained file (`html`), a table one that no spreadsheet takes for a formula (`csv`). One file
//! a noun puts them together. Nothing here touches the disk: a report is its name and its bytes.

mod csv;
mod html;
mod initiatives;

pub use initiatives::{Span, initiatives_table, initiatives_template, review_pack};

/// A file to hand out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandOut {
    /// The file's name that is offered.
    pub name: String,
    /// Its contents.
    pub bytes: Vec<u8>,
}
