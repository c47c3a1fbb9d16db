//! What opens the overview: why customer focus is worth a leader's time.

use super::markdown::{Document, Problem};
use super::source::{self, SourceRef};

/// The opening of the overview.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Introduction {
    /// The claim in one sentence.
    pub headline: String,
    /// What the product shows about it, in a few sentences.
    pub body: String,
    /// What the claim does not show. Always stands beside the headline.
    pub caveat: String,
    /// Who made the claim.
    pub source: SourceRef,
}

/// Reads the introduction: its three parts, the source named in the first.
pub(super) fn parse(document: &Document, sources: &[SourceRef]) -> Result<Introduction, Problem> {
    let [headline, body, caveat] = document.parts_named(["Headline", "Body", "Caveat"])?;
    let headline = headline.section()?;
    headline.only_keys(&["source"])?;
    Ok(Introduction {
        headline: headline.text()?,
        body: body.section()?.text()?,
        caveat: caveat.section()?.text()?,
        source: source::one_named_by(headline, sources)?,
    })
}
