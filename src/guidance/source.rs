//! Where a claim comes from.

use super::markdown::{Document, Problem, Section};

/// A publication that a claim or a practice rests on, listed once in `assets/guidance/sources.md`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceRef {
    /// Short name by which the articles refer to it.
    pub id: String,
    /// Title as published.
    pub title: String,
    /// Who published it, with the author where one is named.
    pub publisher: String,
    /// Year of publication; `None` where the page carries no date.
    pub year: Option<u16>,
    /// Where it was read, when that is not the publication itself; `None` when the publication itself was read.
    pub quoted_in: Option<String>,
    /// Its old web address, kept as a reference: it may be gone, and the product never opens it.
    pub archived_address: Option<String>,
}

impl SourceRef {
    /// Title, publisher and year in one line: "What makes great salespeople, Harvard Business Review, 2015".
    #[must_use]
    pub fn citation(&self) -> String {
        match self.year {
            Some(year) => format!("{}, {}, {year}", self.title, self.publisher),
            None => format!("{}, {}", self.title, self.publisher),
        }
    }

    /// What a careful reader should know about the source; empty when there is nothing to add.
    ///
    /// Says where it was quoted when the original was not read, and the archived address when there is one.
    #[must_use]
    pub fn note(&self) -> String {
        let quoted = self.quoted_in.iter().map(|page| format!("As quoted in {page}; the original was not checked."));
        let archived = self.archived_address.iter().map(|address| format!("Archived source: {address}"));
        quoted.chain(archived).collect::<Vec<_>>().join(" ")
    }
}

/// Reads the list of sources: one part each.
pub(super) fn parse(document: &Document) -> Result<Vec<SourceRef>, Problem> {
    document.parts.iter().map(|part| parse_one(part.section()?)).collect()
}

fn parse_one(section: &Section) -> Result<SourceRef, Problem> {
    section.only_keys(&["id", "publisher", "year", "quoted in", "archived source"])?;
    let year = match section.optional("year")? {
        Some(text) => Some(text.parse().map_err(|_| section.problem("the year is not a number"))?),
        None => None,
    };
    Ok(SourceRef {
        id: section.one("id")?.to_owned(),
        title: section.title.clone(),
        publisher: section.one("publisher")?.to_owned(),
        year,
        quoted_in: section.optional("quoted in")?.map(str::to_owned),
        archived_address: section.optional("archived source")?.map(str::to_owned),
    })
}

/// The sources that a section names, in its order. Naming none, or one that is not listed, is a problem.
pub(super) fn named_by(section: &Section, sources: &[SourceRef]) -> Result<Vec<SourceRef>, Problem> {
    let names = section.every("source");
    if names.is_empty() {
        return Err(section.problem("the line “- source:” is missing"));
    }
    names
        .into_iter()
        .map(|name| {
            let found = sources.iter().find(|source| source.id == name).cloned();
            found.ok_or_else(|| section.problem(format!("the source “{name}” is not in sources.md")))
        })
        .collect()
}

/// The one source that a section names.
pub(super) fn one_named_by(section: &Section, sources: &[SourceRef]) -> Result<SourceRef, Problem> {
    section.one("source")?;
    named_by(section, sources)?.pop().ok_or_else(|| section.problem("the line “- source:” is missing"))
}
