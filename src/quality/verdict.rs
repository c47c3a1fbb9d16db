//! One verdict an insight, with one reason.

use super::{Finding, Severity};
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
}

/// Judges one insight by what became of it and by the weightiest finding about the files.
#[must_use]
pub fn verdict(
    insight: InsightId,
    outcome: Result<&[Badge], &Unavailable>,
    findings: &[Finding],
    report: &ImportReport,
) -> Judgement {
    let (verdict, reason) = match outcome {
        Err(Unavailable::NotInFile(_)) => (Verdict::NotInFile, "The export does not have the columns it needs.".into()),
        Err(Unavailable::NeedsWeeks) => (Verdict::NotFit, "It needs weeks, and the export has months.".into()),
        Err(Unavailable::NobodyMeasured) => (Verdict::NotFit, "Nobody can be measured.".into()),
        Err(Unavailable::TooFewMeasured) => (Verdict::NotFit, "Too few people can be measured.".into()),
        Ok(badges) => fit_or_not(badges, findings, report),
    };
    Judgement { insight, verdict, reason }
}

fn fit_or_not(badges: &[Badge], findings: &[Finding], report: &ImportReport) -> (Verdict, Sentence) {
    let by_severity = |severity| findings.iter().find(|finding| finding.severity == severity && !finding.counts_people);
    if let Some(finding) = by_severity(Severity::Unfit) {
        return (Verdict::NotFit, finding.text.clone());
    }
    if badges.contains(&Badge::Partial) {
        return (Verdict::WithCare, "No calendar month is complete, so months are scaled.".into());
    }
    if badges.contains(&Badge::Approximate) {
        return (Verdict::WithCare, "It is computed from months, scaled to a week.".into());
    }
    if let Some(finding) = by_severity(Severity::Care) {
        return (Verdict::WithCare, finding.text.clone());
    }
    let set_aside: u64 = report.sources.iter().map(|source| source.rows_excluded.values().sum::<u64>()).sum();
    let reason = match set_aside {
        0 => "The columns it needs are there, and every row can be used.",
        _ => "The columns it needs are there, and what was set aside is little.",
    };
    (Verdict::Fit, reason.into())
}
