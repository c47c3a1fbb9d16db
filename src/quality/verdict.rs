//! One verdict an insight, with one reason.

use super::{Concern, Finding, Severity};
use crate::dataset::Metric;
use crate::import::ImportReport;
use crate::insights::{Badge, InsightId, Unavailable};
use crate::text::Sentence;

/// What an insight is fit for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// Can be shown as it is.
    Fit,
    /// Can be shown, with the reason beside it.
    WithCare,
    /// Should not be shown.
    NotFit,
    /// The file lacks its columns.
    NotInFile,
}

impl Verdict {
    /// As in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Fit => "fit",
            Self::WithCare => "with_care",
            Self::NotFit => "not_fit",
            Self::NotInFile => "not_in_file",
        }
    }

    /// In words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Fit => "Fit",
            Self::WithCare => "With care",
            Self::NotFit => "Not fit",
            Self::NotInFile => "Not in this file",
        }
    }
}

/// A verdict and its one reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judgement {
    /// Of which insight.
    pub insight: InsightId,
    /// The verdict.
    pub verdict: Verdict,
    /// Why.
    pub reason: Sentence,
    /// Whether there is a number, which could be shown whatever the verdict.
    pub has_number: bool,
}

/// Judges one insight by what became of it and by the weightiest finding that concerns the columns that it is computed
/// from; of several, one about a column goes before one about everything.
#[must_use]
pub fn verdict(
    insight: InsightId,
    columns: &[Metric],
    outcome: Result<&[Badge], &Unavailable>,
    findings: &[Finding],
    report: &ImportReport,
) -> Judgement {
    let (verdict, reason) = match outcome {
        Err(Unavailable::NotInFile(_)) => (Verdict::NotInFile, "The export does not have the columns it needs.".into()),
        Err(Unavailable::NeedsWeeks) => (Verdict::NotFit, "It needs weeks, and the export has months.".into()),
        Err(Unavailable::NobodyMeasured) => (Verdict::NotFit, "Nobody can be measured.".into()),
        Err(Unavailable::HeldBack) => (Verdict::NotFit, "It was held back.".into()),
        Err(Unavailable::TooFewMeasured) => (Verdict::NotFit, "A number would tell about too few people.".into()),
        Ok(badges) => fit_or_not(columns, badges, findings, report),
    };
    Judgement { insight, verdict, reason, has_number: outcome.is_ok() }
}

fn fit_or_not(
    columns: &[Metric],
    badges: &[Badge],
    findings: &[Finding],
    report: &ImportReport,
) -> (Verdict, Sentence) {
    let weightiest = |severity| {
        let of = |finding: &&Finding| finding.severity == severity && finding.concerns.is_about(columns);
        let is_of_a_column = |finding: &&Finding| matches!(finding.concerns, Concern::Columns(_));
        findings.iter().filter(of).find(is_of_a_column).or_else(|| findings.iter().find(of))
    };
    if let Some(finding) = weightiest(Severity::Unfit) {
        return (Verdict::NotFit, finding.text.clone());
    }
    if badges.contains(&Badge::Partial) {
        return (Verdict::WithCare, "No calendar month is complete, so months are scaled.".into());
    }
    if badges.contains(&Badge::Approximate) {
        return (Verdict::WithCare, "It is computed from months, scaled to a week.".into());
    }
    if let Some(finding) = weightiest(Severity::Care) {
        return (Verdict::WithCare, finding.text.clone());
    }
    let set_aside: u64 = report.sources.iter().map(|source| source.rows_excluded.values().sum::<u64>()).sum();
    let reason = match set_aside {
        0 => "Every row and column it needs can be used.",
        _ => "What was set aside is too little to matter.",
    };
    (Verdict::Fit, reason.into())
}
