//! Arithmetic with no people in it: shares, intervals, quantiles, means, funnels, what is usual over time, how much could
//! be chance, counts of bits.

pub mod bits;
mod chance;
mod control;
mod funnel;

pub use chance::{P_95, expected_by_chance, false_discovery_rates, two_sided_p, z_95_of_any};
pub use control::{Run, RunRule, UsualBand};
pub use funnel::{Funnel, FunnelLevel, FunnelPlace};

/// A share from 0 to 1. Never rounded; rounding concerns the screen only.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Share(f64);

impl Share {
    /// A share; values outside 0 to 1 (float dust) are clipped, NaN becomes 0.
    #[must_use]
    pub fn new(value: f64) -> Self {
        Self(if value.is_nan() { 0.0 } else { value.clamp(0.0, 1.0) })
    }

    /// The number from 0 to 1.
    #[must_use]
    pub const fn get(self) -> f64 {
        self.0
    }
}

/// A 95 % interval, both ends included. Of a share it lies within 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl Interval {
    /// Whether 0 lies within, so that there is no clear difference.
    #[must_use]
    pub fn includes_zero(self) -> bool {
        self.low <= 0.0 && self.high >= 0.0
    }
}

/// The 97.5 % quantile of the standard normal distribution, as the written definitions have it.
pub const Z_95: f64 = 1.959964;

/// `center` plus and minus [`Z_95`] standard errors, not clipped.
#[must_use]
pub fn interval_95(center: f64, variance: f64) -> Interval {
    let half = Z_95 * variance.max(0.0).sqrt();
    Interval { low: center - half, high: center + half }
}

/// Wilson's 95 % interval of a share over `n` people; the whole range for nobody.
#[must_use]
pub fn wilson_95(share: f64, n: usize) -> Interval {
    if n == 0 {
        return Interval { low: 0.0, high: 1.0 };
    }
    let n = n as f64;
    let z2 = Z_95 * Z_95;
    let center = (share + z2 / (2.0 * n)) / (1.0 + z2 / n);
    let half = Z_95 / (1.0 + z2 / n) * (share * (1.0 - share) / n + z2 / (4.0 * n * n)).sqrt();
    Interval { low: (center - half).max(0.0), high: (center + half).min(1.0) }
}

/// The quantile `q` (0 to 1) of ascending values by linear interpolation (type 7); `None` for no values.
#[must_use]
pub fn quantile(ascending: &[f64], q: f64) -> Option<f64> {
    let last = ascending.len().checked_sub(1)?;
    let below = (q.clamp(0.0, 1.0) * last as f64).floor() as usize;
    Some(between(ascending[below], ascending[(below + 1).min(last)], q, last))
}

/// The quantile `q` of values in any order; `None` for no values.
#[must_use]
pub fn quantile_of(mut values: Vec<f64>, q: f64) -> Option<f64> {
    let last = values.len().checked_sub(1)?;
    // Only the two neighbors of the place have to be found, not the whole order.
    let below = (q.clamp(0.0, 1.0) * last as f64).floor() as usize;
    let (_, &mut low, above) = values.select_nth_unstable_by(below, f64::total_cmp);
    let high = above.iter().copied().min_by(f64::total_cmp).unwrap_or(low);
    Some(between(low, high, q, last))
}

/// The value at the place of the quantile `q` between its two neighbors, `last` being the last place.
fn between(low: f64, high: f64, q: f64, last: usize) -> f64 {
    let place = q.clamp(0.0, 1.0) * last as f64;
    low + (place - place.floor()) * (high - low)
}

/// The unweighted mean; `None` for no values.
#[must_use]
pub fn mean(values: impl IntoIterator<Item = f64>) -> Option<f64> {
    let (mut sum, mut count) = (0.0, 0_usize);
    for value in values {
        sum += value;
        count += 1;
    }
    (count > 0).then(|| sum / count as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn type_7_quantiles_interpolate_between_neighbors() {
        // Four values: place = 0.75 x 3 = 2.25, so 30 + 0.25 x 10.
        assert_eq!(quantile(&[10.0, 20.0, 30.0, 40.0], 0.75), Some(32.5));
        assert_eq!(quantile(&[7.0], 0.75), Some(7.0));
        assert_eq!(quantile(&[], 0.75), None);
        // Five values: place = 3 exactly, no interpolation.
        assert_eq!(quantile_of(vec![5.0, 1.0, 4.0, 2.0, 3.0], 0.75), Some(4.0));
    }

    #[test]
    fn wilson_for_nobody_of_ten_reaches_28_percent() {
        // z2 = 3.841459; high = (z2/20 + z2/20) / (1 + z2/10) = 0.3841459 / 1.3841459.
        let interval = wilson_95(0.0, 10);
        assert_eq!(interval.low, 0.0);
        assert!((interval.high - 0.277_532_8).abs() < 1e-6);
        assert_eq!(wilson_95(0.0, 0), Interval { low: 0.0, high: 1.0 });
    }

    #[test]
    fn a_share_stays_within_zero_and_one() {
        assert_eq!(Share::new(1.0 + 1e-15).get(), 1.0);
        assert_eq!(Share::new(f64::NAN).get(), 0.0);
    }
}
