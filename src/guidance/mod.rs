//! Guidance: typed access to the texts in `assets/guidance`. There is no advice in this room, only its shape.
//!
//! | file | holds |
//! |---|---|
//! | `customer_focus.md` | the [`Introduction`] that opens the overview |
//! | `time_with_customers.md`, `coaching.md`, `internal_networks.md` | one [`Article`] for each [`Behavior`] |
//! | `glossary.md` | the [`Glossary`] |
//! | `sources.md` | every [`SourceRef`] that the others name |
//! | `../references.toml` | every [`Reference`] that a number can, or cannot, be held against |
//!
//! The files are compiled in and read once. They keep to a small, strict Markdown (`markdown.rs`), and each article to six
//! headings: Why it matters, Best practices, Change strategies, Keep it up, Definitions, Request. Claims carry their
//! source and what they do and do not show: an association is never called an effect.
//!
//! Which three practices stand beside a finding is a written rule, [`Article::first_practices`]: all of them are
//! candidates after an unfavorable finding, those tagged `maintains: yes` after a favorable one; low effort first, then
//! the order of the file.

mod article;
mod glossary;
mod hand_out;
mod introduction;
mod markdown;
mod references;
mod source;

use std::sync::LazyLock;

use crate::insights::Behavior;

pub use article::{Article, ChangeStrategy, Effort, Evidence, InsightDefinition, Practice};
pub use glossary::{Glossary, Term};
pub use hand_out::{
    account_list, announcement, call_for_volunteers, discussion_questions, request_group_to_group, request_meetings,
    volunteer_answers,
};
pub use introduction::Introduction;
use markdown::{Document, Problem};
pub use references::{Comparable, Reference, ReferenceKind};
pub use source::SourceRef;

/// What opens the overview.
#[must_use]
pub fn introduction() -> &'static Introduction {
    &LIBRARY.introduction
}

/// The guidance for a behavior.
#[must_use]
pub fn article(behavior: Behavior) -> &'static Article {
    match behavior {
        Behavior::TimeWithCustomers => &LIBRARY.time_with_customers,
        Behavior::Coaching => &LIBRARY.coaching,
        Behavior::InternalNetworks => &LIBRARY.internal_networks,
    }
}

/// The words and metrics that the product uses.
#[must_use]
pub fn glossary() -> &'static Glossary {
    &LIBRARY.glossary
}

/// Every publication that the guidance rests on.
#[must_use]
pub fn sources() -> &'static [SourceRef] {
    &LIBRARY.sources
}

/// Guidelines, and figures of studies and surveys.
#[must_use]
pub fn references() -> &'static [Reference] {
    &LIBRARY.references
}

/// Every text, read at the first question.
#[expect(clippy::expect_used, reason = "the texts are part of the program; a test reads every one of them")]
static LIBRARY: LazyLock<Library> = LazyLock::new(|| Library::read().expect("the guidance keeps to its format"));

#[derive(Debug)]
struct Library {
    introduction: Introduction,
    time_with_customers: Article,
    coaching: Article,
    internal_networks: Article,
    glossary: Glossary,
    sources: Vec<SourceRef>,
    references: Vec<Reference>,
}

/// Reads one embedded file.
macro_rules! document {
    ($stem:literal) => {
        Document::parse(concat!($stem, ".md"), include_str!(concat!("../../assets/guidance/", $stem, ".md")))
    };
}

impl Library {
    fn read() -> Result<Self, Problem> {
        let sources = source::parse(&document!("sources")?)?;
        Ok(Self {
            introduction: introduction::parse(&document!("customer_focus")?, &sources)?,
            time_with_customers: article::parse(
                Behavior::TimeWithCustomers,
                &document!("time_with_customers")?,
                &sources,
            )?,
            coaching: article::parse(Behavior::Coaching, &document!("coaching")?, &sources)?,
            internal_networks: article::parse(Behavior::InternalNetworks, &document!("internal_networks")?, &sources)?,
            glossary: glossary::parse(&document!("glossary")?)?,
            references: references::parse(include_str!("../../assets/references.toml"))?,
            sources,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_keeps_to_its_format() {
        assert_eq!(Library::read().err().map(|problem| problem.to_string()), None);
    }
}
