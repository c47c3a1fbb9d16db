//! Counting upward: by status, level and area; where nothing is in progress; and reviews, which keep their counts.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::data::{Initiative, Level};
use super::status::Status;

/// What is not in any area is counted under this name.
pub const NO_AREA: &str = "No area";

/// How many initiatives have each status, as it was shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Counts {
    /// Late.
    pub late: usize,
    /// At risk.
    pub at_risk: usize,
    /// On schedule.
    pub on_schedule: usize,
    /// Not started.
    pub not_started: usize,
    /// On hold.
    pub on_hold: usize,
    /// Done by the due date at baseline.
    pub done_on_time: usize,
    /// Done after it.
    pub done_late: usize,
    /// Given up.
    pub stopped: usize,
    /// How many of them have a status that was set by hand.
    pub by_hand: usize,
}

impl Counts {
    /// Counts initiatives as they are shown on a day.
    pub fn of<'a>(initiatives: impl IntoIterator<Item = &'a Initiative>, today: NaiveDate) -> Self {
        let mut counts = Self::default();
        for initiative in initiatives {
            *counts.slot(initiative.shown_status(today)) += 1;
            counts.by_hand += usize::from(initiative.by_hand().is_some());
        }
        counts
    }

    /// How many have a status.
    #[must_use]
    pub fn get(mut self, status: Status) -> usize {
        *self.slot(status)
    }

    /// How many are in progress: late, at risk, or on schedule.
    #[must_use]
    pub fn in_progress(self) -> usize {
        Status::RUNNING.into_iter().map(|status| self.get(status)).sum()
    }

    /// All of them.
    #[must_use]
    pub fn total(self) -> usize {
        Status::ALL.into_iter().map(|status| self.get(status)).sum()
    }

    fn slot(&mut self, status: Status) -> &mut usize {
        match status {
            Status::Late => &mut self.late,
            Status::AtRisk => &mut self.at_risk,
            Status::OnSchedule => &mut self.on_schedule,
            Status::NotStarted => &mut self.not_started,
            Status::OnHold => &mut self.on_hold,
            Status::DoneOnTime => &mut self.done_on_time,
            Status::DoneLate => &mut self.done_late,
            Status::Stopped => &mut self.stopped,
        }
    }
}

/// What was counted at a review. Stored as it was on the day and never computed again, so that trends are honest.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Review {
    /// The day of the review.
    pub on: NaiveDate,
    /// All initiatives.
    pub counts: Counts,
    /// By level.
    pub levels: Vec<(Level, Counts)>,
    /// By customer-facing area.
    pub areas: Vec<(String, Counts)>,
    /// Levels and areas with nothing in progress.
    pub uncovered: Vec<String>,
}

impl Review {
    /// Counts a register on a day.
    #[must_use]
    pub fn of(initiatives: &[Initiative], wanted_areas: &[String], on: NaiveDate) -> Self {
        let coverage = Coverage::of(initiatives, wanted_areas);
        Self {
            on,
            counts: Counts::of(initiatives, on),
            levels: by_level(initiatives, on).to_vec(),
            areas: by_area(initiatives, wanted_areas, on),
            uncovered: coverage.names(),
        }
    }
}

/// Counts of each level, in their order.
#[must_use]
pub fn by_level(initiatives: &[Initiative], today: NaiveDate) -> [(Level, Counts); 3] {
    Level::ALL.map(|level| (level, Counts::of(initiatives.iter().filter(|one| one.level == level), today)))
}

/// Counts of each area: those that are wanted, then others by name, then what has none.
#[must_use]
pub fn by_area(initiatives: &[Initiative], wanted: &[String], today: NaiveDate) -> Vec<(String, Counts)> {
    let of = |area: &str| Counts::of(initiatives.iter().filter(|one| same_area(&one.area, area)), today);
    let mut counted: Vec<_> =
        areas(initiatives, wanted).into_iter().map(|area| (of(&area), area)).map(|(c, a)| (a, c)).collect();
    let without = of("");
    if without.total() > 0 {
        counted.push((NO_AREA.to_owned(), without));
    }
    counted
}

/// Every area that is wanted or named, each once whatever its case.
#[must_use]
pub fn areas(initiatives: &[Initiative], wanted: &[String]) -> Vec<String> {
    let mut areas: Vec<String> = Vec::new();
    let mut named: Vec<&String> = initiatives.iter().map(|one| &one.area).collect();
    named.sort();
    for area in wanted.iter().chain(named).map(|area| area.trim()) {
        if !area.is_empty() && !areas.iter().any(|known| same_area(known, area)) {
            areas.push(area.to_owned());
        }
    }
    areas
}

/// Whether two names of areas mean the same.
#[must_use]
pub fn same_area(a: &str, b: &str) -> bool {
    a.trim().to_lowercase() == b.trim().to_lowercase()
}

/// Levels and customer-facing areas with no initiative in progress.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Levels.
    pub levels: Vec<Level>,
    /// Areas.
    pub areas: Vec<String>,
}

impl Coverage {
    /// What a register leaves uncovered.
    #[must_use]
    pub fn of(initiatives: &[Initiative], wanted_areas: &[String]) -> Self {
        let running: Vec<&Initiative> = initiatives.iter().filter(|one| one.is_in_progress()).collect();
        let levels = Level::ALL.into_iter().filter(|level| !running.iter().any(|one| one.level == *level));
        let areas = areas(initiatives, wanted_areas).into_iter();
        let areas = areas.filter(|area| !running.iter().any(|one| same_area(&one.area, area)));
        Self { levels: levels.collect(), areas: areas.collect() }
    }

    /// Areas, then levels, by name.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        let levels = self.levels.iter().map(|level| level.words().to_owned());
        self.areas.iter().cloned().chain(levels).collect()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::project::initiative::data::Stage;

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 2, 2).unwrap()
    }

    fn one(level: Level, area: &str, stage: Stage) -> Initiative {
        let due_baseline = NaiveDate::from_ymd_opt(2026, 1, 30).filter(|_| area == "Support");
        Initiative { level, area: area.to_owned(), stage, due_baseline, ..Initiative::default() }
    }

    fn several() -> Vec<Initiative> {
        vec![
            one(Level::KeyAccount, "Support", Stage::InProgress),
            one(Level::KeyAccount, "Sales", Stage::InProgress),
            one(Level::BusinessUnit, " sales ", Stage::Planned),
            one(Level::BusinessUnit, "", Stage::Done),
            one(Level::Corporate, "Delivery", Stage::OnHold),
        ]
    }

    #[test]
    fn counts_by_status_level_and_area_each_sum_to_the_total() {
        let all = several();
        let counts = Counts::of(&all, today());
        // Support is past its day, Sales has no due date, Delivery waits, and what is done has no day.
        let expected = Counts { late: 1, at_risk: 1, not_started: 1, on_hold: 1, done_late: 1, ..Counts::default() };
        assert_eq!(counts, expected);
        assert_eq!((counts.total(), counts.in_progress()), (5, 2));
        assert_eq!(by_level(&all, today()).iter().map(|(_, counts)| counts.total()).sum::<usize>(), 5);
        let areas = by_area(&all, &["Customer service".to_owned()], today());
        let totals: Vec<_> = areas.iter().map(|(area, counts)| (area.as_str(), counts.total())).collect();
        assert_eq!(totals, [("Customer service", 0), ("sales", 2), ("Delivery", 1), ("Support", 1), (NO_AREA, 1)]);
    }

    #[test]
    fn uncovered_is_what_has_nothing_in_progress_whatever_is_planned_or_done_there() {
        let coverage = Coverage::of(&several(), &["Customer service".to_owned(), "SALES".to_owned()]);
        assert_eq!(coverage.levels, [Level::BusinessUnit, Level::Corporate]);
        assert_eq!(coverage.areas, ["Customer service", "Delivery"]);
    }

    #[test]
    fn a_review_keeps_what_was_counted_on_its_day() {
        let review = Review::of(&several(), &["Customer service".to_owned()], today());
        assert_eq!(review.counts.total(), 5);
        assert_eq!(review.levels.iter().map(|(_, counts)| counts.total()).sum::<usize>(), 5);
        assert_eq!(
            review.uncovered,
            ["Customer service", "Delivery", "Business units", "Corporate or cross-functional"]
        );
    }
}
