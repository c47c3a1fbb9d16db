//! The rules of plans: pace, status, and what would have come by itself.
//!
//! Pace at week t of L: expected = baseline + (target - baseline) x t / L. *On track*: the mean since the start is at
//! or beyond the expected value, or has it within its interval after a grace of two weeks. *Behind*: the interval
//! excludes the expected value. *Cannot tell*: otherwise, or with fewer than three measured weeks or k people. A plan
//! that maintains wants to stay within a twentieth of its baseline: that range takes the expected value's place.
//!
//! A group that was chosen because it was extreme comes back by itself: expected drift = (1 - reliability) x (company
//! - group), reliability = between-group variance / (between-group + sampling variance).

use serde::{Deserialize, Serialize};

use super::{Chosen, Direction, Mean, Plan, Target};

/// A plan that maintains may be off by this part of its baseline.
pub const STEADY: f64 = 0.05;

/// After so many weeks a pace that lies within the interval counts as kept.
pub const GRACE_WEEKS: u32 = 2;

/// With fewer measured weeks nothing is said.
pub const LEAST_WEEKS: usize = 3;

/// How a plan is going.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlanStatus {
    /// As fast as planned, or faster.
    OnTrack,
    /// Slower than planned.
    Behind,
    /// Too little is known.
    CannotTell,
}

/// The rule that decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// Fewer than three weeks are measured.
    TooFewWeeks,
    /// Fewer people are measured than may be told.
    TooFewPeople,
    /// The mean is at the pace, or beyond it.
    AtPace,
    /// The pace lies within the interval, after the grace.
    PaceWithinInterval,
    /// The interval excludes the pace.
    IntervalExcludesPace,
    /// The pace lies within the interval, and the grace is not over.
    InGrace,
}

/// A status, and why.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Judgement {
    /// The status.
    pub status: PlanStatus,
    /// The rule that decided.
    pub rule: Rule,
    /// The week that it is about, from 1.
    pub week: u32,
    /// Where the mean should be by then: the lowest and the highest value, the same unless the plan maintains.
    pub expected: [f64; 2],
}

impl Target {
    /// The value to be reached from a baseline.
    #[must_use]
    pub fn value(&self, baseline: f64) -> f64 {
        match (self.direction, self.is_relative) {
            (Direction::Maintain, _) => baseline,
            (Direction::Increase, true) => baseline * (1.0 + self.amount),
            (Direction::Decrease, true) => baseline * (1.0 - self.amount),
            (Direction::Increase | Direction::Decrease, false) => self.amount,
        }
    }

    /// Whether the value lies the way that the target goes.
    #[must_use]
    pub fn is_ahead(&self, baseline: f64) -> bool {
        let value = self.value(baseline);
        match self.direction {
            Direction::Increase => value > baseline,
            Direction::Decrease => value < baseline && value >= 0.0,
            Direction::Maintain => true,
        }
    }

    /// Where a plan of `weeks` weeks should be in a week: from and to, the same unless it maintains.
    #[must_use]
    pub fn expected(&self, baseline: f64, week: u32, weeks: u32) -> [f64; 2] {
        if self.direction == Direction::Maintain {
            return [baseline * (1.0 - STEADY), baseline * (1.0 + STEADY)];
        }
        let elapsed = f64::from(week.min(weeks)) / f64::from(weeks.max(1));
        [baseline + (self.value(baseline) - baseline) * elapsed; 2]
    }

    /// The status of a mean since the start, in a week of a plan of `weeks` weeks; `k` is the minimum group size.
    #[must_use]
    pub fn judge(&self, baseline: f64, mean: &Mean, week: u32, weeks: u32, k: usize) -> Judgement {
        let [low, high] = self.expected(baseline, week, weeks);
        let is_there = match self.direction {
            Direction::Increase => mean.value >= low,
            Direction::Decrease => mean.value <= high,
            Direction::Maintain => mean.value >= low && mean.value <= high,
        };
        let (status, rule) = if mean.weeks < LEAST_WEEKS {
            (PlanStatus::CannotTell, Rule::TooFewWeeks)
        } else if mean.people < k {
            (PlanStatus::CannotTell, Rule::TooFewPeople)
        } else if is_there {
            (PlanStatus::OnTrack, Rule::AtPace)
        } else if mean.high < low || mean.low > high {
            (PlanStatus::Behind, Rule::IntervalExcludesPace)
        } else if week > GRACE_WEEKS {
            (PlanStatus::OnTrack, Rule::PaceWithinInterval)
        } else {
            (PlanStatus::CannotTell, Rule::InGrace)
        };
        Judgement { status, rule, week, expected: [low, high] }
    }
}

impl Plan {
    /// The computed status; `None` before anything was measured since the start.
    #[must_use]
    pub fn judgement(&self, k: usize) -> Option<Judgement> {
        let (before, since) = (self.baseline.as_ref()?, self.measured.as_ref()?);
        Some(self.target.judge(before.mean.value, &since.mean, self.week_of(since.last), self.weeks, k))
    }

    /// By how much the cohort would change by itself, because it was chosen for an extreme number; `None` where it
    /// was not, or where that cannot be told.
    #[must_use]
    pub fn expected_drift(&self) -> Option<f64> {
        let before = self.baseline.as_ref().filter(|_| self.chosen == Chosen::ToFocusOn)?;
        Some((1.0 - before.reliability?) * (before.company? - before.mean.value))
    }

    /// The change since the baseline that was frozen.
    #[must_use]
    pub fn change(&self) -> Option<f64> {
        Some(self.measured.as_ref()?.mean.value - self.baseline.as_ref()?.mean.value)
    }
}

#[cfg(test)]
mod tests {
    use super::super::Baseline;
    use super::*;

    const K: usize = 10;

    /// Baseline 20, target 30 within ten weeks.
    const UP: Target = Target { direction: Direction::Increase, amount: 30.0, is_relative: false };

    fn mean(value: f64, low: f64, high: f64) -> Mean {
        Mean { value, low, high, people: 50, weeks: 4 }
    }

    fn judged(target: Target, mean: Mean, week: u32) -> (PlanStatus, Rule) {
        let judgement = target.judge(20.0, &mean, week, 10, K);
        (judgement.status, judgement.rule)
    }

    #[test]
    fn the_pace_runs_straight_from_the_baseline_to_the_target() {
        // 20 + (30 - 20) x 4 / 10.
        assert_eq!(UP.expected(20.0, 4, 10), [24.0, 24.0]);
        assert_eq!((UP.expected(20.0, 10, 10), UP.expected(20.0, 14, 10)), ([30.0; 2], [30.0; 2]));
        let relative = Target { direction: Direction::Decrease, amount: 0.25, is_relative: true };
        // A quarter less than 20 is 15; half of the way after 5 of 10 weeks.
        assert_eq!(relative.expected(20.0, 5, 10), [17.5, 17.5]);
    }

    #[test]
    fn the_worked_example_of_the_definitions_holds() {
        assert_eq!(judged(UP, mean(25.0, 21.0, 29.0), 4), (PlanStatus::OnTrack, Rule::AtPace));
        assert_eq!(judged(UP, mean(22.0, 20.5, 23.5), 4), (PlanStatus::Behind, Rule::IntervalExcludesPace));
        // 19 to 25 holds 24: on track after the grace, else nothing can be told. In week 2 the pace is 22.
        assert_eq!(judged(UP, mean(22.0, 19.0, 25.0), 4), (PlanStatus::OnTrack, Rule::PaceWithinInterval));
        assert_eq!(judged(UP, mean(21.0, 19.0, 25.0), 2), (PlanStatus::CannotTell, Rule::InGrace));
    }

    #[test]
    fn too_few_weeks_or_people_say_nothing_however_good_the_mean_is() {
        let two_weeks = Mean { weeks: 2, ..mean(40.0, 39.0, 41.0) };
        let nine_people = Mean { people: 9, ..mean(40.0, 39.0, 41.0) };
        assert_eq!(judged(UP, two_weeks, 4), (PlanStatus::CannotTell, Rule::TooFewWeeks));
        assert_eq!(judged(UP, nine_people, 4), (PlanStatus::CannotTell, Rule::TooFewPeople));
    }

    #[test]
    fn a_decrease_is_on_track_below_its_pace() {
        let down = Target { direction: Direction::Decrease, amount: 10.0, is_relative: false };
        // Pace of week 4: 20 - 10 x 4 / 10 = 16.
        assert_eq!(judged(down, mean(16.0, 15.0, 17.0), 4).0, PlanStatus::OnTrack);
        assert_eq!(judged(down, mean(18.0, 17.0, 19.0), 4).0, PlanStatus::Behind);
    }

    #[test]
    fn maintaining_is_staying_within_a_twentieth_of_the_baseline() {
        let steady = Target { direction: Direction::Maintain, amount: 0.0, is_relative: true };
        // 20 less or more a twentieth is 19 to 21.
        assert_eq!(steady.expected(20.0, 7, 10), [19.0, 21.0]);
        assert_eq!(judged(steady, mean(20.9, 18.0, 24.0), 4), (PlanStatus::OnTrack, Rule::AtPace));
        assert_eq!(judged(steady, mean(22.0, 21.2, 22.8), 4).0, PlanStatus::Behind);
        assert_eq!(judged(steady, mean(18.0, 17.2, 18.8), 4).0, PlanStatus::Behind);
        assert_eq!(judged(steady, mean(22.0, 20.0, 24.0), 4), (PlanStatus::OnTrack, Rule::PaceWithinInterval));
    }

    #[test]
    fn a_target_against_its_own_direction_is_not_ahead() {
        let to = |direction, amount| Target { direction, amount, is_relative: false };
        assert!(to(Direction::Increase, 30.0).is_ahead(20.0) && !to(Direction::Increase, 10.0).is_ahead(20.0));
        assert!(to(Direction::Decrease, 10.0).is_ahead(20.0) && !to(Direction::Decrease, 20.0).is_ahead(20.0));
    }

    #[test]
    fn an_extreme_group_comes_back_by_what_is_not_reliable() {
        let mean = Mean { value: 0.5, ..Mean::default() };
        let baseline = Baseline { mean, company: Some(0.36), reliability: Some(0.9), ..Baseline::default() };
        let plan = Plan { baseline: Some(baseline), chosen: Chosen::ToFocusOn, ..Plan::default() };
        // (1 - 0.9) x (0.36 - 0.5).
        assert!(plan.expected_drift().is_some_and(|drift| (drift + 0.014).abs() < 1e-12));
        assert_eq!(Plan { chosen: Chosen::ByHand, ..plan }.expected_drift(), None);
    }
}
