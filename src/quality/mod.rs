//! The data check: what a file is fit for, in findings and one verdict an insight.
//!
//! A [`Finding`] says what was noticed, how often, how much it matters and what to do. Findings about the
//! shape of a file name columns, rows and lines. Findings about people carry the number of distinct people
//! they are about, and `privacy` tells a count only when it may be told. [`verdict`] folds what is known
//! about one insight into fit / with care / not fit / not in this file, with one reason.

mod of_files;
mod of_leadership;
mod of_people;
mod verdict;

pub use verdict::{Judgement, Verdict, verdict};

use chrono::NaiveDate;

use crate::dataset::{Dataset, Filter};
use crate::import::ImportReport;
use crate::text::Sentence;

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Good to know; no number suffers.
    Note,
    /// Read the numbers with care.
    Care,
    /// The numbers that it concerns should not be used.
    Unfit,
}

impl Severity {
    /// As in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Care => "care",
            Self::Unfit => "unfit",
        }
    }
}

/// Something that was noticed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// A stable name.
    pub code: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// How often; of a finding about people, how many distinct people.
    pub count: usize,
    /// Whether `count` is a number of people, so that it may have to be withheld.
    pub counts_people: bool,
    /// What was noticed. Of a finding about people every count in it is `count`.
    pub text: Sentence,
    /// What to do about it.
    pub what_to_do: String,
    /// Up to twenty line numbers, of a finding about a file's shape.
    pub lines: Vec<u64>,
    /// Leaving out what was found is a switch: the filter that does so.
    pub without: Option<Filter>,
    /// The people are just those of a group: its attribute and value.
    pub of_group: Option<(String, String)>,
}

impl Finding {
    /// A finding about a file's shape.
    fn about_file(
        code: &'static str,
        severity: Severity,
        count: u64,
        text: impl Into<Sentence>,
        what_to_do: &str,
    ) -> Self {
        Self {
            code,
            severity,
            count: usize::try_from(count).unwrap_or(usize::MAX),
            counts_people: false,
            text: text.into(),
            what_to_do: what_to_do.to_owned(),
            lines: Vec::new(),
            without: None,
            of_group: None,
        }
    }

    /// A finding about a number of distinct people.
    fn about_people(
        code: &'static str,
        severity: Severity,
        people: usize,
        text: impl Into<Sentence>,
        what_to_do: &str,
    ) -> Self {
        Self { counts_people: true, ..Self::about_file(code, severity, people as u64, text, what_to_do) }
    }
}

/// What is looked at besides the rows.
#[derive(Clone, Debug, Default)]
pub struct Circumstances {
    /// Edge weeks of the population.
    pub edge_weeks: Vec<NaiveDate>,
    /// First days of weeks that a file of days cuts.
    pub cut_weeks: Vec<NaiveDate>,
}

/// Everything noticed about the files and their people, the weightier first.
#[must_use]
pub fn findings(
    report: &ImportReport,
    dataset: &Dataset,
    filter: &Filter,
    circumstances: &Circumstances,
) -> Vec<Finding> {
    let mut findings = of_files::findings(report, dataset);
    findings.extend(report.leadership.iter().flat_map(of_leadership::findings));
    findings.extend(of_people::findings(dataset, filter, circumstances));
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    findings
}
