//! Plans: a change for some people over some weeks, held against what was before it.
//!
//! The baseline is measured once, when the plan is made, and never again: it is frozen with the weeks and people
//! that it is of. Later exports only add to [`Measurement`]. Who is in the cohort is said by values of attributes
//! and counted again in each export; nobody is named or kept. All numbers here had passed the privacy rules.

mod edit;
mod metric;
mod rules;

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use super::Id;
use crate::dataset::AttributeFilter;

pub use edit::{PlanEdit, PlanStep};
pub use metric::{PlanMetric, PlanUnit};
pub use rules::{GRACE_WEEKS, Judgement, LEAST_WEEKS, PlanStatus, Rule, STEADY};

/// How long a plan is unless somebody says otherwise, and how long its baseline.
pub const PLAN_WEEKS: u32 = 12;

/// So many weeks after the start or the last check-in the next one is due.
const CHECK_IN_WEEKS: u64 = 4;

/// A plan.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Plan {
    /// Its number; whatever it is, an added one gets its own.
    pub id: Id,
    /// What it is called.
    pub name: String,
    /// What shall change.
    pub metric: PlanMetric,
    /// Whose.
    pub cohort: Cohort,
    /// How the cohort was chosen.
    pub chosen: Chosen,
    /// Where to.
    pub target: Target,
    /// First day of the first week.
    pub start: NaiveDate,
    /// How many weeks it lasts.
    pub weeks: u32,
    /// What was before; `None` for a draft that was made without an export.
    pub baseline: Option<Baseline>,
    /// Who it is held against; nobody named stands for everyone else.
    pub compared_with: Cohort,
    /// What is to be done.
    pub tasks: Vec<PlanTask>,
    /// Who sees to it: a role rather than a name.
    pub owner: String,
    /// What was noted on the way, the oldest first.
    pub check_ins: Vec<CheckIn>,
    /// What somebody set beside what follows from the dates.
    pub held: Held,
    /// What a person says about the status, beside what was computed.
    pub judged: Option<HumanStatus>,
    /// Practices and strategies that it came from, by their names that never change.
    pub guidance: Vec<String>,
    /// What the latest export says.
    pub measured: Option<Measurement>,
}

impl Default for Plan {
    fn default() -> Self {
        Self {
            id: Id::default(),
            name: String::new(),
            metric: PlanMetric::default(),
            cohort: Cohort::default(),
            chosen: Chosen::default(),
            target: Target::default(),
            start: NaiveDate::default(),
            weeks: PLAN_WEEKS,
            baseline: None,
            compared_with: Cohort::default(),
            tasks: Vec::new(),
            owner: String::new(),
            check_ins: Vec::new(),
            held: Held::default(),
            judged: None,
            guidance: Vec::new(),
            measured: None,
        }
    }
}

/// People by values of attributes: all of the parts must match. Without a part, everyone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Cohort {
    /// The parts.
    pub parts: Vec<CohortPart>,
}

/// Some values of one attribute.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct CohortPart {
    /// The attribute's header.
    pub attribute: String,
    /// Any of these values matches.
    pub values: Vec<String>,
}

impl Cohort {
    /// One group.
    #[must_use]
    pub fn of(attribute: &str, value: &str) -> Self {
        Self { parts: vec![CohortPart { attribute: attribute.to_owned(), values: vec![value.to_owned()] }] }
    }

    /// People with one value each of some attributes, by name and value.
    #[must_use]
    pub fn of_parts<'a>(parts: impl Iterator<Item = (&'a str, &'a str)>) -> Self {
        Self { parts: parts.flat_map(|(attribute, value)| Self::of(attribute, value).parts).collect() }
    }

    /// Whether two name the same people, in whatever order.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        self.parts.len() == other.parts.len() && self.parts.iter().all(|part| other.parts.contains(part))
    }

    /// The people of a filter.
    #[must_use]
    pub fn of_filter(attributes: &[AttributeFilter]) -> Self {
        let part =
            |kept: &AttributeFilter| CohortPart { attribute: kept.attribute.clone(), values: kept.values.clone() };
        Self { parts: attributes.iter().map(part).collect() }
    }

    /// As a filter names them.
    #[must_use]
    pub fn attributes(&self) -> Vec<AttributeFilter> {
        let kept =
            |part: &CohortPart| AttributeFilter { attribute: part.attribute.clone(), values: part.values.clone() };
        self.parts.iter().map(kept).collect()
    }

    /// In a few words: "Support", or "everyone".
    #[must_use]
    pub fn in_words(&self) -> String {
        let parts: Vec<String> = self.parts.iter().map(|part| part.values.join(" or ")).collect();
        if parts.is_empty() { "everyone".to_owned() } else { parts.join(", ") }
    }
}

/// How a cohort was chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Chosen {
    /// For any reason but its number.
    #[default]
    ByHand,
    /// Because its number was extreme: a group to focus on. Part of the extreme was chance, and goes by itself.
    ToFocusOn,
}

/// Which way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// More.
    #[default]
    Increase,
    /// Less.
    Decrease,
    /// Within a twentieth of the baseline.
    Maintain,
}

/// Where a plan wants to be at its end.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Target {
    /// Which way.
    pub direction: Direction,
    /// Relative: the part of the baseline that is added or taken away, 0.1 for a tenth. Absolute: the value itself.
    pub amount: f64,
    /// Whether the amount is a part of the baseline.
    pub is_relative: bool,
}

impl Default for Target {
    fn default() -> Self {
        Self { direction: Direction::Increase, amount: 0.1, is_relative: true }
    }
}

/// What was before, as it was when the plan was made.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Baseline {
    /// First day of its first week.
    pub first: NaiveDate,
    /// First day of its last week.
    pub last: NaiveDate,
    /// Weeks between them that were left out, such as holidays.
    pub without: Vec<NaiveDate>,
    /// The mean per person and week, or the share.
    pub mean: Mean,
    /// The same of the whole company; `None` where it was not measured.
    pub company: Option<f64>,
    /// How much of the difference between groups is there to stay, from 0 to 1; `None` where it cannot be told.
    pub reliability: Option<f64>,
    /// From which export.
    pub export: String,
    /// On which day.
    pub on: NaiveDate,
    /// Which product the export is from: numbers are not compared across them.
    pub era: String,
    /// Whether it is of the sample company, which no other export is held against.
    pub is_sample: bool,
}

/// A mean with its uncertainty.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Mean {
    /// The mean or share.
    pub value: f64,
    /// Lower end of its 95 % interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Distinct people.
    pub people: usize,
    /// Weeks in which they are measured.
    pub weeks: usize,
}

/// What the latest export says about a plan.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Measurement {
    /// From which export.
    pub export: String,
    /// On which day.
    pub on: NaiveDate,
    /// First day of the last week since the start.
    pub last: NaiveDate,
    /// The mean since the start.
    pub mean: Mean,
    /// It less the baseline of the same export; `None` where that export does not hold the baseline's weeks.
    pub change: Option<Difference>,
    /// People of the baseline who are gone, and people who are new; `None` where that may not be told.
    pub moved: Option<Moved>,
    /// The change less the change of those whom the plan is held against.
    pub compared: Option<Difference>,
    /// The weeks before and since, oldest first; months where the metric is one of months.
    pub points: Vec<PlanPoint>,
}

/// A difference with its 95 % interval.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Difference {
    /// The difference.
    pub value: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// How many people came and went.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Moved {
    /// In the cohort since the start, and not in the baseline.
    pub joiners: usize,
    /// In the baseline, and not since the start.
    pub leavers: usize,
}

/// One week or month.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct PlanPoint {
    /// Its first day.
    pub period: NaiveDate,
    /// Mean or share.
    pub value: f64,
    /// People measured in it.
    pub people: usize,
}

/// One thing to do.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PlanTask {
    /// What.
    pub text: String,
    /// Whether it is done.
    pub is_done: bool,
    /// Who does it: a role. Empty for the owner of the plan.
    pub owner: String,
    /// By when.
    pub due: Option<NaiveDate>,
}

/// What was noted on a day.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CheckIn {
    /// The day.
    pub on: NaiveDate,
    /// What was noted.
    pub text: String,
}

/// What somebody set.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Held {
    /// Nothing: the state follows from the dates.
    #[default]
    ByDates,
    /// It is not begun yet, whatever the dates say.
    Draft,
    /// It rests.
    Paused {
        /// Since when.
        since: NaiveDate,
    },
    /// It was ended before its time.
    Stopped {
        /// When.
        on: NaiveDate,
        /// Why.
        reason: String,
    },
}

/// What a person says about the status.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HumanStatus {
    /// The status.
    pub status: PlanStatus,
    /// Why.
    pub reason: String,
    /// Since when.
    pub on: NaiveDate,
}

/// Where a plan is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlanState {
    /// Not begun.
    Draft,
    /// It begins later.
    Scheduled,
    /// It is under way, in this week, counted from 1.
    Active(u32),
    /// It rests.
    Paused,
    /// Its weeks are over.
    Completed,
    /// It was ended before its time.
    Stopped,
}

impl Plan {
    /// The day after its last week.
    #[must_use]
    pub fn end(&self) -> NaiveDate {
        self.start.checked_add_days(Days::new(u64::from(self.weeks) * 7)).unwrap_or(NaiveDate::MAX)
    }

    /// Where it is in its life on a day.
    #[must_use]
    pub fn state(&self, today: NaiveDate) -> PlanState {
        match &self.held {
            Held::Draft => PlanState::Draft,
            Held::Paused { .. } => PlanState::Paused,
            Held::Stopped { .. } => PlanState::Stopped,
            Held::ByDates if self.baseline.is_none() => PlanState::Draft,
            Held::ByDates if today < self.start => PlanState::Scheduled,
            Held::ByDates if today >= self.end() => PlanState::Completed,
            Held::ByDates => PlanState::Active(self.week_of(today)),
        }
    }

    /// The week of a day, counted from 1; 0 before the start, the number of weeks after the end.
    #[must_use]
    pub fn week_of(&self, day: NaiveDate) -> u32 {
        let weeks = day.signed_duration_since(self.start).num_days().div_euclid(7) + 1;
        u32::try_from(weeks.max(0)).unwrap_or(u32::MAX).min(self.weeks)
    }

    /// The day on which the next check-in is due, while the plan is under way.
    #[must_use]
    pub fn check_in_due(&self, today: NaiveDate) -> Option<NaiveDate> {
        let PlanState::Active(_) = self.state(today) else { return None };
        let last = self.check_ins.iter().map(|check_in| check_in.on).max().map_or(self.start, |on| on.max(self.start));
        last.checked_add_days(Days::new(CHECK_IN_WEEKS * 7)).filter(|due| *due <= today)
    }

    /// Whether a measurement may take the place of the one that is there: it reaches as far or is of the same export,
    /// and the product is that of the baseline.
    #[must_use]
    pub fn accepts(&self, new: &Measurement, era: &str, is_sample: bool) -> bool {
        let reaches = self.measured.as_ref().is_none_or(|known| new.last >= known.last || new.export == known.export);
        reaches && self.baseline.as_ref().is_some_and(|before| before.era == era && before.is_sample == is_sample)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// Twelve weeks from Sunday, Mar 1, 2026 on: they end on May 24.
    fn plan() -> Plan {
        Plan { start: day("2026-03-01"), baseline: Some(Baseline::default()), ..Plan::default() }
    }

    #[test]
    fn scheduled_active_and_completed_follow_from_the_dates() {
        let state = |today: &str| plan().state(day(today));
        assert_eq!(state("2026-02-28"), PlanState::Scheduled);
        assert_eq!(state("2026-03-01"), PlanState::Active(1));
        assert_eq!(state("2026-03-08"), PlanState::Active(2));
        assert_eq!(state("2026-05-23"), PlanState::Active(12));
        assert_eq!(state("2026-05-24"), PlanState::Completed);
    }

    #[test]
    fn a_plan_without_a_baseline_is_a_draft_and_what_somebody_set_goes_before_the_dates() {
        assert_eq!(Plan { baseline: None, ..plan() }.state(day("2026-03-08")), PlanState::Draft);
        let held = |held| Plan { held, ..plan() }.state(day("2026-03-08"));
        assert_eq!(held(Held::Paused { since: day("2026-03-05") }), PlanState::Paused);
        let stopped = Held::Stopped { on: day("2026-03-05"), reason: "Reorganized".to_owned() };
        assert_eq!(held(stopped), PlanState::Stopped);
    }

    #[test]
    fn a_check_in_is_due_four_weeks_after_the_start_or_the_last_one() {
        assert_eq!(plan().check_in_due(day("2026-03-28")), None);
        assert_eq!(plan().check_in_due(day("2026-03-29")), Some(day("2026-03-29")));
        let noted = Plan { check_ins: vec![CheckIn { on: day("2026-03-30"), text: String::new() }], ..plan() };
        assert_eq!(noted.check_in_due(day("2026-04-26")), None);
        assert_eq!(noted.check_in_due(day("2026-04-27")), Some(day("2026-04-27")));
        assert_eq!(plan().check_in_due(day("2026-06-30")), None, "it is over");
    }

    #[test]
    fn an_export_that_ends_earlier_or_is_of_another_product_changes_nothing() {
        let mut plan = plan();
        plan.baseline = Some(Baseline { era: "viva".to_owned(), ..Baseline::default() });
        let of = |export: &str, last: &str| Measurement {
            export: export.to_owned(),
            last: day(last),
            ..Measurement::default()
        };
        plan.measured = Some(of("a", "2026-03-15"));
        assert!(plan.accepts(&of("b", "2026-03-15"), "viva", false));
        assert!(!plan.accepts(&of("b", "2026-03-08"), "viva", false));
        assert!(plan.accepts(&of("a", "2026-03-08"), "viva", false), "a week was left out of it");
        assert!(!plan.accepts(&of("b", "2026-03-22"), "wpa", false));
        assert!(!plan.accepts(&of("b", "2026-03-22"), "viva", true));
    }

    #[test]
    fn every_field_is_in_the_text_of_the_project_and_comes_back() {
        let mut plan = plan();
        plan.cohort = Cohort::of("Organization", "Support");
        plan.held = Held::Stopped { on: day("2026-03-05"), reason: "Why".to_owned() };
        plan.judged =
            Some(HumanStatus { status: PlanStatus::OnTrack, reason: "Seen".to_owned(), on: day("2026-03-05") });
        plan.measured = Some(Measurement { moved: Some(Moved { joiners: 12, leavers: 0 }), ..Measurement::default() });
        let text = serde_json::to_string(&plan).unwrap();
        assert_eq!(serde_json::from_str::<Plan>(&text).unwrap(), plan);
        assert_eq!(serde_json::from_str::<Plan>("{}").unwrap(), Plan::default());
    }
}
