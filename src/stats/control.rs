//! Values over time against what was usual: a band from an earlier part, and four rules for what lies beyond chance.
//!
//! The center is the median of the earlier part, and the limits lie 3.145 times the median of the steps between neighbors
//! from it (an XmR chart by medians): a week or two of holidays moves neither. The rules are the four of the NHS guides
//! *Making data count*: more rules give more false alarms.

use super::{Interval, mean, quantile_of};

/// Fewer values tell nothing about what is usual.
const LEAST_BASELINE: usize = 6;

/// 3 standard deviations by the median step between neighbors: 3 / 0.954.
const LIMITS_PER_STEP: f64 = 3.145;

/// The same by the mean step, where most steps are none: 3 / 1.128.
const LIMITS_PER_MEAN_STEP: f64 = 2.66;

/// So many values in a row on one side, or rising, are no chance.
const IN_A_ROW: usize = 7;

/// What was usual.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct UsualBand {
    /// The median of the earlier part.
    pub center: f64,
    /// Between which nearly all values lie as long as nothing changes.
    pub limits: Interval,
    /// How many values the earlier part has.
    pub values: usize,
}

/// What makes values unusual.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RunRule {
    /// One value beyond a limit.
    BeyondLimit,
    /// Seven or more in a row on one side of the center.
    OneSide,
    /// Seven or more in a row, each above, or each below, the one before.
    Steady,
    /// Two of three in a row, on one side, in the outer third between center and limit.
    NearLimit,
}

/// Unusual values that follow each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// What makes them unusual.
    pub rule: RunRule,
    /// Place of the first.
    pub first: usize,
    /// Place of the last.
    pub last: usize,
    /// Whether they are high, or rising.
    pub is_high: bool,
}

impl Run {
    /// How many values.
    #[must_use]
    pub const fn values(self) -> usize {
        self.last - self.first + 1
    }
}

impl UsualBand {
    /// The band of the earlier half of some values, oldest first; `None` where that half has fewer than six.
    #[must_use]
    pub fn of_earlier_half(values: &[f64]) -> Option<Self> {
        let earlier = &values[..values.len() / 2];
        if earlier.len() < LEAST_BASELINE {
            return None;
        }
        let center = quantile_of(earlier.to_vec(), 0.5)?;
        let steps: Vec<f64> = earlier.windows(2).map(|pair| (pair[1] - pair[0]).abs()).collect();
        let half = match quantile_of(steps.clone(), 0.5)? {
            step if step > 0.0 => LIMITS_PER_STEP * step,
            _ => LIMITS_PER_MEAN_STEP * mean(steps)?,
        };
        Some(Self { center, limits: Interval { low: center - half, high: center + half }, values: earlier.len() })
    }

    /// What is unusual in the values from which the band was taken and those after them, in the order of the rules;
    /// of each rule the earliest first.
    #[must_use]
    pub fn runs(self, values: &[f64]) -> Vec<Run> {
        let mut runs = self.beyond_limits(values);
        let side = |value: f64| value.partial_cmp(&self.center).filter(|order| order.is_ne());
        runs.extend(long_runs(RunRule::OneSide, values.len(), |at| side(values[at])));
        // A value that follows another belongs to the step between them.
        let step = |at: usize| values[at + 1].partial_cmp(&values[at]).filter(|order| order.is_ne());
        let steps = runs_of(values.len().saturating_sub(1), step);
        runs.extend(steps.filter(|(first, last, _)| last - first + 2 >= IN_A_ROW).map(|(first, last, order)| Run {
            rule: RunRule::Steady,
            first,
            last: last + 1,
            is_high: order.is_gt(),
        }));
        runs.extend(self.near_limits(values));
        runs
    }

    fn beyond_limits(self, values: &[f64]) -> Vec<Run> {
        let order = |at: usize| match values[at] {
            value if value > self.limits.high => Some(std::cmp::Ordering::Greater),
            value if value < self.limits.low => Some(std::cmp::Ordering::Less),
            _ => None,
        };
        let runs = runs_of(values.len(), order);
        runs.map(|(first, last, order)| Run { rule: RunRule::BeyondLimit, first, last, is_high: order.is_gt() })
            .collect()
    }

    /// Two of three in a row in the same outer third; those that overlap are told once.
    fn near_limits(self, values: &[f64]) -> Vec<Run> {
        let third = (self.limits.high - self.center) * 2.0 / 3.0;
        // Where nothing varied there are no thirds.
        if third <= 0.0 {
            return Vec::new();
        }
        let mut runs: Vec<Run> = Vec::new();
        for is_high in [true, false] {
            let is_near = |at: usize| {
                let away = if is_high { values[at] - self.center } else { self.center - values[at] };
                (third..=third * 1.5).contains(&away)
            };
            let mut last: Option<Run> = None;
            for start in 0..values.len().saturating_sub(2) {
                let near: Vec<usize> = (start..start + 3).filter(|&at| is_near(at)).collect();
                let (Some(&first), Some(&end)) = (near.first(), near.last()) else { continue };
                if near.len() < 2 {
                    continue;
                }
                match &mut last {
                    Some(run) if first <= run.last => run.last = run.last.max(end),
                    _ => {
                        runs.extend(last.take());
                        last = Some(Run { rule: RunRule::NearLimit, first, last: end, is_high });
                    }
                }
            }
            runs.extend(last);
        }
        runs.sort_by_key(|run| run.first);
        runs
    }
}

type Side = std::cmp::Ordering;

/// Neighbors of one side, from first to last, at least seven of them.
fn long_runs(rule: RunRule, count: usize, side: impl Fn(usize) -> Option<Side>) -> impl Iterator<Item = Run> {
    let runs = runs_of(count, side).filter(|(first, last, _)| last - first + 1 >= IN_A_ROW);
    runs.map(move |(first, last, order)| Run { rule, first, last, is_high: order.is_gt() })
}

/// Neighbors of one side, from first to last; what is on no side parts them.
fn runs_of(count: usize, side: impl Fn(usize) -> Option<Side>) -> impl Iterator<Item = (usize, usize, Side)> {
    let mut runs: Vec<(usize, usize, Side)> = Vec::new();
    for at in 0..count {
        let Some(order) = side(at) else { continue };
        match runs.last_mut() {
            Some((_, last, same)) if *last + 1 == at && *same == order => *last = at,
            _ => runs.push((at, at, order)),
        }
    }
    runs.into_iter()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    /// Six values round 10 with steps of 2: the median 10, limits 10 -+ 6.29; and six that follow.
    fn with(later: [f64; 6]) -> (UsualBand, Vec<f64>) {
        let values: Vec<f64> = [9.0, 11.0, 9.0, 11.0, 9.0, 11.0].into_iter().chain(later).collect();
        (UsualBand::of_earlier_half(&values).unwrap(), values)
    }

    fn found(later: [f64; 6]) -> Vec<(RunRule, usize, usize, bool)> {
        let (band, values) = with(later);
        band.runs(&values).into_iter().map(|run| (run.rule, run.first, run.last, run.is_high)).collect()
    }

    #[test]
    fn the_band_is_the_median_and_3145_thousandths_of_the_median_step() {
        let (band, _) = with([10.0; 6]);
        assert_eq!((band.center, band.values), (10.0, 6));
        assert!((band.limits.low - 3.71).abs() < 1e-9 && (band.limits.high - 16.29).abs() < 1e-9);
        // Two weeks of holidays move nothing: of nine values the middle one is 11, of eight steps most are 2.
        let values = [[9.0, 11.0, 9.0, 11.0, 3.0, 2.0, 11.0, 9.0, 11.0], [11.0; 9]].concat();
        let band = UsualBand::of_earlier_half(&values).unwrap();
        assert_eq!((band.center, band.limits.high), (9.0, 9.0 + 3.145 * 2.0));
        // Where most steps are none the mean step counts: 1 / 5.
        let values = [[2.0, 2.0, 2.0, 2.0, 2.0, 3.0], [2.0; 6]].concat();
        let band = UsualBand::of_earlier_half(&values).unwrap();
        assert!((band.limits.high - (2.0 + 2.66 / 5.0)).abs() < 1e-9);
        // Eleven values: the earlier half has five.
        assert_eq!(UsualBand::of_earlier_half(&[1.0; 11]), None);
        assert_eq!(UsualBand::of_earlier_half(&[]), None);
    }

    #[test]
    fn values_that_go_on_as_before_are_not_unusual() {
        assert_eq!(found([9.0, 11.0, 9.0, 11.0, 9.0, 11.0]), []);
        // On the center is on no side.
        assert_eq!(found([10.0; 6]), []);
    }

    #[test]
    fn one_value_beyond_a_limit_is_told() {
        assert_eq!(
            found([9.0, 17.0, 9.0, 11.0, 3.0, 11.0]),
            [(RunRule::BeyondLimit, 7, 7, true), (RunRule::BeyondLimit, 10, 10, false)]
        );
    }

    #[test]
    fn seven_in_a_row_on_one_side_are_told_and_six_are_not() {
        // The last of the earlier half is above too: with six more it is seven.
        assert_eq!(found([11.0, 12.0, 11.0, 12.0, 11.0, 12.0]), [(RunRule::OneSide, 5, 11, true)]);
        assert_eq!(found([9.0, 11.0, 12.0, 11.0, 12.0, 11.0]), []);
    }

    #[test]
    fn seven_that_rise_one_after_the_other_are_told() {
        // From 9 at place 4 over 11: 9 11 11.5 12 12.5 13 13.5; seven on one side would be 11 and six more.
        let (band, mut values) = with([0.0; 6]);
        values.splice(4.., [8.0, 8.5, 9.0, 9.5, 10.5, 11.0, 11.5, 9.0]);
        let runs = band.runs(&values);
        assert_eq!(runs, [Run { rule: RunRule::Steady, first: 4, last: 10, is_high: true }]);
        assert_eq!(runs[0].values(), 7);
        let falling: Vec<f64> = values.iter().map(|value| 20.0 - value).collect();
        assert_eq!(band.runs(&falling), [Run { is_high: false, ..runs[0] }]);
    }

    #[test]
    fn two_of_three_in_the_outer_third_are_told_once() {
        // The outer third begins at 10 + 6.29 x 2 / 3 = 14.19.
        assert_eq!(found([9.0, 15.0, 9.0, 15.0, 9.0, 11.0]), [(RunRule::NearLimit, 7, 9, true)]);
        assert_eq!(found([9.0, 15.0, 15.0, 15.0, 9.0, 11.0]), [(RunRule::NearLimit, 7, 9, true)]);
        assert_eq!(found([9.0, 15.0, 9.0, 9.0, 15.0, 11.0]), []);
        assert_eq!(found([9.0, 5.0, 11.0, 5.0, 11.0, 9.0]), [(RunRule::NearLimit, 7, 9, false)]);
    }

    #[test]
    fn values_that_never_varied_are_unusual_as_soon_as_they_do() {
        let values = [[2.0; 6], [2.0, 2.0, 3.0, 2.0, 2.0, 2.0]].concat();
        let band = UsualBand::of_earlier_half(&values).unwrap();
        assert_eq!(band.runs(&values), [Run { rule: RunRule::BeyondLimit, first: 8, last: 8, is_high: true }]);
    }
}
