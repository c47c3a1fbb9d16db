//! From people's means in two windows to a change, its interval and its verdict.

use super::super::incidence::{Contributions, variance};
use super::ByPerson;
use crate::stats::{self, Interval, Z_95};

/// What became of a mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Clearly more than before.
    Up,
    /// Clearly less than before.
    Down,
    /// Shown to be within the margin of what it was before.
    HeldSteady,
    /// More, less or the same: the interval leaves it open.
    CannotTell,
}

impl Verdict {
    /// As in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Up => "up",
            Self::Down => "down",
            Self::HeldSteady => "held_steady",
            Self::CannotTell => "cannot_tell",
        }
    }
}

/// A change, as it may be told: hours or counts a period.
#[derive(Clone, Debug, PartialEq)]
pub struct Movement {
    /// The mean of the earlier window.
    pub before: f64,
    /// The mean of the later window.
    pub after: f64,
    /// Distinct people in each window, the earlier one first.
    pub people: [usize; 2],
    /// Later less earlier, with its 95 % interval.
    pub absolute: (f64, Interval),
    /// The same as a part of the mean before: 0.11 for 11 % more. `None` where that was zero.
    pub relative: Option<(f64, Interval)>,
    /// In a word.
    pub verdict: Verdict,
}

/// A change with what each person contributes to it. Unpublished.
#[derive(Clone, Debug)]
pub struct Change {
    /// The change.
    pub movement: Movement,
    /// People who had none before and have some now; of those in both windows.
    pub from_zero: usize,
    /// Of the relative change; empty where there is none.
    contributions: Contributions,
}

impl Change {
    /// From people's means before and after, both ascending by person. `margin` is how far from no change is still
    /// steady: 0.05 for 5 %. `None` where either is of nobody, or both together are of one person.
    #[must_use]
    pub fn between(before: &ByPerson, after: &ByPerson, margin: f64) -> Option<Self> {
        let mean = |people: &ByPerson| stats::mean(people.iter().map(|(_, mean)| *mean));
        let (from, to) = (mean(before)?, mean(after)?);
        let parts = [(before, -1.0, from), (after, 1.0, to)];
        // Each person's contribution, where what was before weighs so much.
        let contributions = |weight_before: f64| {
            let of_part = |(people, sign, mean): (&ByPerson, f64, f64)| {
                let weight = if sign < 0.0 { -weight_before } else { 1.0 } / people.len() as f64;
                people.iter().map(move |(person, value)| (*person, weight * (value - mean))).collect::<Vec<_>>()
            };
            added(parts.into_iter().flat_map(of_part).collect())
        };
        let interval = |value: f64, z: &Contributions| Some((value, stats::interval_95(value, variance_of(z)?)));
        let absolute = interval(to - from, &contributions(1.0))?;
        let mut relative_z = Vec::new();
        if from > 0.0 {
            relative_z = contributions(to / from).into_iter().map(|(person, z)| (person, z / from)).collect();
        }
        let relative = (from > 0.0).then(|| interval(to / from - 1.0, &relative_z)).flatten();
        let (same_before, same_after) = in_both(before, after);
        let from_zero = same_before.iter().zip(&same_after).filter(|(b, a)| b.1 <= 0.0 && a.1 > 0.0).count();
        let movement = Movement {
            before: from,
            after: to,
            people: [before.len(), after.len()],
            absolute,
            relative,
            verdict: verdict(absolute.1, relative.map(|(_, interval)| interval), margin),
        };
        Some(Self { movement, from_zero, contributions: relative_z })
    }
}

/// Within the margin first: a change that is clear and no more than that is steady.
fn verdict(absolute: Interval, relative: Option<Interval>, margin: f64) -> Verdict {
    let is_steady = match relative {
        Some(Interval { low, high }) => low >= -margin && high <= margin,
        // Of nothing, a margin in percent is nothing.
        None => absolute.low >= 0.0 && absolute.high <= 0.0,
    };
    let Interval { low, high } = relative.unwrap_or(absolute);
    match () {
        () if is_steady => Verdict::HeldSteady,
        () if low > 0.0 => Verdict::Up,
        () if high < 0.0 => Verdict::Down,
        () => Verdict::CannotTell,
    }
}

/// The people who are in both, ascending.
#[must_use]
pub fn in_both(before: &ByPerson, after: &ByPerson) -> (ByPerson, ByPerson) {
    let (mut earlier, mut later) = (ByPerson::new(), ByPerson::new());
    let mut rest = after.iter().peekable();
    for (person, mean) in before {
        while rest.next_if(|(other, _)| other < person).is_some() {}
        if let Some((_, now)) = rest.next_if(|(other, _)| other == person) {
            earlier.push((*person, *mean));
            later.push((*person, *now));
        }
    }
    (earlier, later)
}

/// How much more the relative change of one cohort is than that of another, in parts of one, with its interval, where
/// that is clear among so many pairs of cohorts that are looked at. A person in both counts in both. `None` where it
/// is not clear, or where either has no relative change.
#[must_use]
pub fn clear_difference(one: &Change, other: &Change, pairs: usize) -> Option<(f64, Interval)> {
    let difference = one.movement.relative?.0 - other.movement.relative?.0;
    let minus = other.contributions.iter().map(|(person, z)| (*person, -z));
    let z = added(one.contributions.iter().copied().chain(minus).collect());
    let variance = variance_of(&z)?;
    let is_clear = difference.abs() > stats::z_95_of_any(pairs).max(Z_95) * variance.sqrt();
    is_clear.then(|| (difference, stats::interval_95(difference, variance)))
}

fn variance_of(contributions: &Contributions) -> Option<f64> {
    variance(contributions.iter().map(|(_, z)| *z))
}

/// Contributions of the same person added up, ascending by person.
fn added(mut all: Contributions) -> Contributions {
    all.sort_by_key(|(person, _)| *person);
    let sum = |same: &[(u32, f64)]| Some((same.first()?.0, same.iter().map(|(_, z)| z).sum()));
    all.chunk_by(|a, b| a.0 == b.0).filter_map(sum).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn people(means: &[f64]) -> ByPerson {
        means.iter().zip(0..).map(|(mean, person)| (person, *mean)).collect()
    }

    fn close(actual: f64, expected: f64) {
        assert!((actual - expected).abs() < 1e-9, "{actual} is not {expected}");
    }

    #[test]
    fn the_same_people_are_held_against_themselves() {
        // Before 2, 4, 6 (B = 4), now 3, 5, 10 (A = 6): differences 1, 1, 4 with mean 2, deviations -1, -1, 2.
        // Variance of the mean = (1 + 1 + 4) / (3 - 1) / 3 = 1.
        let change = Change::between(&people(&[2.0, 4.0, 6.0]), &people(&[3.0, 5.0, 10.0]), 0.05).unwrap();
        let Movement { before, after, absolute, relative, verdict, .. } = change.movement;
        close(before, 4.0);
        close(after, 6.0);
        close(absolute.0, 2.0);
        close(absolute.1.low, 2.0 - 1.959_964);
        // Relative: 0.5. z_i = (a_i - 6 - 1.5 (b_i - 4)) / 3 / 4: (-3 + 3, -1, 4 - 3) / 12 = 0, -1/12, 1/12.
        // Variance = 3/2 x 2/144 = 1/48, standard error 0.1443376.
        close(relative.unwrap().0, 0.5);
        close(relative.unwrap().1.low, 0.5 - 1.959_964 / 48_f64.sqrt());
        assert_eq!(verdict, Verdict::Up);
    }

    #[test]
    fn of_everyone_present_a_person_in_one_window_counts_in_that_one() {
        // Before: persons 0, 1 with 2, 4 (B = 3); after: persons 1, 2 with 5, 7 (A = 6).
        // z_0 = -(2 - 3)/2 = 0.5; z_1 = (5 - 6)/2 - (4 - 3)/2 = -1; z_2 = (7 - 6)/2 = 0.5.
        // Variance = 3/2 x 1.5 = 2.25, standard error 1.5.
        let change = Change::between(&vec![(0, 2.0), (1, 4.0)], &vec![(1, 5.0), (2, 7.0)], 0.05).unwrap();
        close(change.movement.absolute.0, 3.0);
        close(change.movement.absolute.1.high, 3.0 + 1.959_964 * 1.5);
        assert_eq!(in_both(&vec![(0, 2.0), (1, 4.0)], &vec![(1, 5.0), (2, 7.0)]), (vec![(1, 4.0)], vec![(1, 5.0)]));
    }

    #[test]
    fn people_at_zero_before_are_kept_and_counted() {
        // Half an hour each of two people out of four, from nothing: the mean is 0.25, and there is no percentage.
        let change = Change::between(&people(&[0.0; 4]), &people(&[0.5, 0.5, 0.0, 0.0]), 0.05).unwrap();
        assert_eq!((change.from_zero, change.movement.relative), (2, None));
        close(change.movement.after, 0.25);
        let change = Change::between(&people(&[0.0; 100]), &people(&[0.5; 100]), 0.05).unwrap();
        assert_eq!((change.from_zero, change.movement.verdict), (100, Verdict::Up));
        let change = Change::between(&people(&[0.0; 4]), &people(&[0.0; 4]), 0.05).unwrap();
        assert_eq!(change.movement.verdict, Verdict::HeldSteady);
    }

    #[test]
    fn steady_is_shown_and_not_merely_unclear() {
        let range = |low: f64, high: f64| verdict(Interval { low, high }, Some(Interval { low, high }), 0.05);
        assert_eq!(range(-0.04, 0.05), Verdict::HeldSteady);
        assert_eq!(range(0.01, 0.04), Verdict::HeldSteady);
        assert_eq!(range(0.01, 0.06), Verdict::Up);
        assert_eq!(range(-0.3, -0.01), Verdict::Down);
        assert_eq!(range(-0.06, 0.04), Verdict::CannotTell);
    }

    #[test]
    fn a_change_of_nobody_or_of_one_person_is_none() {
        assert!(Change::between(&vec![], &people(&[1.0]), 0.05).is_none());
        assert!(Change::between(&people(&[1.0]), &people(&[2.0]), 0.05).is_none());
    }

    #[test]
    fn cohorts_differ_only_where_it_is_clear() {
        let change = |now: &[f64]| Change::between(&people(&[4.0; 6]), &people(now), 0.05).unwrap();
        let steady = change(&[4.0, 4.1, 3.9, 4.0, 4.1, 3.9]);
        let others = |change: &Change| Change {
            contributions: change.contributions.iter().map(|(person, z)| (person + 10, *z)).collect(),
            ..change.clone()
        };
        let up = others(&change(&[5.0, 5.2, 4.8, 5.0, 5.1, 4.9]));
        let (difference, interval) = clear_difference(&up, &steady, 1).unwrap();
        close(difference, 0.25);
        assert!(interval.low > 0.2 && interval.high < 0.3);
        assert!(clear_difference(&others(&steady), &steady, 1).is_none());
    }
}
