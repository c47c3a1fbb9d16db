//! The data check: what a file is fit for, in findings and one verdict an insight.
//!
//! A [`Finding`] says what was noticed, how often, how much it matters, what to do, and what it
//! [concerns](Concern): a damaged column stains the insights that are computed from it and no other. Findings about the
//! shape of a file name columns, rows and lines. Findings about people carry the number of distinct people
//! they are about, and `privacy` tells a count only when it may be told. Where leaving out what was found is sensible
//! the finding has a [switch](LeaveOut). [`verdict`] folds what is known
//! about one insight into fit / with care / not fit / not in this file, with one reason.
//!
//! The check is of the whole file, whatever is filtered. What cannot be read is never taken for abnormal: a cell that is
//! out of its metric, a person of too few weeks, a week without a readable cell are not judged.

mod of_files;
mod of_leadership;
mod of_people;
mod of_weeks;
mod units;
mod verdict;

pub use verdict::{Judgement, Verdict, verdict};

use chrono::NaiveDate;

use crate::dataset::{Dataset, Filter, Metric};
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

/// What a finding concerns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Concern {
    /// No number of an insight: how groups are named, what people are called.
    NoNumber,
    /// What is computed from any of these columns.
    Columns(Vec<Metric>),
    /// Everything that is computed from the file.
    Everything,
}

impl Concern {
    /// Whether it concerns what is computed from these columns.
    #[must_use]
    pub fn is_about(&self, columns: &[Metric]) -> bool {
        match self {
            Self::NoNumber => false,
            Self::Columns(concerned) => columns.iter().any(|column| concerned.contains(column)),
            Self::Everything => true,
        }
    }
}

/// Leaving out what was found: a switch of the filter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LeaveOut {
    /// Periods by their first days, ascending.
    Periods(Vec<NaiveDate>),
    /// People of low activity.
    LowActivity,
    /// Rows that are marked inactive.
    InactiveRows,
}

impl LeaveOut {
    /// Whether a filter leaves all of it out.
    #[must_use]
    pub fn is_on(&self, filter: &Filter) -> bool {
        match self {
            Self::Periods(days) => days.iter().all(|day| filter.without.contains(day)),
            Self::LowActivity => filter.without_low_activity,
            Self::InactiveRows => !filter.include_inactive,
        }
    }

    /// The filter with the switch on or off.
    #[must_use]
    pub fn set(&self, filter: &Filter, on: bool) -> Filter {
        let mut filter = filter.clone();
        match self {
            Self::Periods(days) => {
                filter.without.retain(|day| !days.contains(day));
                if on {
                    filter.without.extend(days);
                    filter.without.sort_unstable();
                }
            }
            Self::LowActivity => filter.without_low_activity = on,
            Self::InactiveRows => filter.include_inactive = !on,
        }
        filter
    }
}

/// Something that was noticed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// A stable name.
    pub code: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// What it concerns.
    pub concerns: Concern,
    /// How often; of a finding about people, how many distinct people.
    pub count: usize,
    /// Whether `count` is a number of people, so that it may have to be withheld.
    pub counts_people: bool,
    /// Whether it rests on what people's cells hold, and not on the file's shape alone: of too few people it is not told.
    pub is_of_values: bool,
    /// What was noticed. Of a finding about people every count in it is `count`.
    pub text: Sentence,
    /// What to do about it.
    pub what_to_do: String,
    /// Up to twenty line numbers, of a finding about a file's shape.
    pub lines: Vec<u64>,
    /// The switch that leaves out what was found, where that is sensible.
    pub leave_out: Option<LeaveOut>,
    /// The people are just those of a group: its attribute and value.
    pub of_group: Option<(String, String)>,
}

impl Finding {
    /// A finding about a file's shape, which concerns everything until it is said otherwise.
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
            concerns: Concern::Everything,
            count: usize::try_from(count).unwrap_or(usize::MAX),
            counts_people: false,
            is_of_values: false,
            text: text.into(),
            what_to_do: what_to_do.to_owned(),
            lines: Vec::new(),
            leave_out: None,
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

    fn concerning(self, concerns: Concern) -> Self {
        Self { concerns, ..self }
    }

    fn of_columns(self, columns: &[Metric]) -> Self {
        self.concerning(Concern::Columns(columns.to_vec()))
    }

    fn of_values(self) -> Self {
        Self { is_of_values: true, ..self }
    }

    fn with_switch(self, leave_out: LeaveOut) -> Self {
        Self { leave_out: Some(leave_out), ..self }
    }
}

/// Everything noticed about the files and their people, the weightier first; but for [`edge_weeks`], which hang on the
/// question. `cut_weeks` are weeks that a file of days cuts.
#[must_use]
pub fn findings(
    report: &ImportReport,
    dataset: &Dataset,
    include_inactive: bool,
    cut_weeks: &[NaiveDate],
) -> Vec<Finding> {
    let everyone = dataset.select_all(&Filter { include_inactive, ..Filter::default() });
    let mut findings = of_files::findings(report, dataset);
    let leadership = report.leadership.iter().flat_map(of_leadership::findings);
    findings.extend(leadership.map(|finding| finding.concerning(Concern::NoNumber)));
    findings.extend(units::findings(report, &everyone));
    let weeks = of_weeks::findings(&everyone, cut_weeks);
    findings.extend(of_people::findings(&everyone, include_inactive, &weeks.holidays));
    findings.extend(weeks.findings);
    sort(&mut findings);
    findings
}

/// The weightier first, and of equal weight what can be switched.
pub fn sort(findings: &mut [Finding]) {
    findings.sort_by_key(|finding| (std::cmp::Reverse(finding.severity), finding.leave_out.is_none()));
}

/// The finding about edge weeks of a question's population, where there are any.
#[must_use]
pub fn edge_weeks(weeks: &[NaiveDate]) -> Option<Finding> {
    of_weeks::edge_weeks(weeks)
}

/// The finding about groups that are hidden: how many, in how many attributes, and never which. A single small group is
/// one too, since it is the easiest to work out; the next smallest is hidden with it.
#[must_use]
pub fn small_groups(groups: usize, attributes: usize, minimum_group_size: usize) -> Option<Finding> {
    (groups > 0).then(|| {
        let text = Sentence::default()
            .counted(groups as u64, "group", "groups")
            .words(" in ")
            .counted(attributes as u64, "attribute", "attributes")
            .words(if groups == 1 { " is hidden" } else { " are hidden" })
            .words(format!(", because they or what would tell them have under {minimum_group_size} people."));
        let what_to_do = "Group by something coarser, if you need more of them.";
        Finding::about_file("small_groups", Severity::Note, groups as u64, text, what_to_do)
            .concerning(Concern::NoNumber)
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2024, 12, day).unwrap()
    }

    #[test]
    fn a_switch_leaves_out_what_was_found_and_puts_it_back() {
        let switch = LeaveOut::Periods(vec![day(22), day(29)]);
        let filter = Filter { without: vec![day(1), day(22)], ..Filter::default() };
        assert!(!switch.is_on(&filter), "one of two weeks is left out");
        let without = switch.set(&filter, true);
        assert_eq!((without.without.as_slice(), switch.is_on(&without)), ([day(1), day(22), day(29)].as_slice(), true));
        assert_eq!(switch.set(&without, false).without, [day(1)]);
        assert!(LeaveOut::InactiveRows.is_on(&filter) && !LeaveOut::LowActivity.is_on(&filter));
        assert!(LeaveOut::InactiveRows.set(&filter, false).include_inactive);
    }

    #[test]
    fn a_column_concerns_what_is_computed_from_it() {
        let concern = Concern::Columns(vec![Metric::Manager11Hours]);
        assert!(concern.is_about(&[Metric::Manager11Hours, Metric::MeetingHours]));
        assert!(!concern.is_about(&[Metric::ExternalHours]) && !Concern::NoNumber.is_about(&Metric::ALL));
        assert!(Concern::Everything.is_about(&[Metric::ExternalHours]));
    }
}
