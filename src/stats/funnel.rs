//! Funnel limits: how far a group's share strays from the company's by chance alone, by the group's size.

use super::{Interval, Share, Z_95};

/// How wide a pair of limits is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FunnelLevel {
    /// Of groups like the company one in 20 lies beyond.
    Percent95,
    /// Of groups like the company one in 500 lies beyond.
    Percent99_8,
}

impl FunnelLevel {
    /// The chance beyond each of the two limits.
    const fn tail(self) -> f64 {
        match self {
            Self::Percent95 => 0.025,
            Self::Percent99_8 => 0.001,
        }
    }
}

/// Where a group lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FunnelPlace {
    /// Within the 95 % limits: chance alone explains it.
    Inside,
    /// Beyond the 95 % limits, within those of 99.8 %.
    Beyond95,
    /// Beyond the 99.8 % limits.
    Beyond99_8,
}

/// The limits within which groups of people like the company's lie.
///
/// The limits for n people are the exact binomial ones round the company's share p: the lower limit is x / m where
/// the chance of x or fewer of m people is 2.5 % (95 % limits) or 0.1 % (99.8 %), between whole x by the incomplete
/// beta function, and 0 where even nobody of m is likelier; the upper limit mirrors it. Exact limits, because the
/// normal ones are wrong where shares are near 0 or groups small (Spiegelhalter, "Funnel plots for comparing
/// institutional performance", Statistics in Medicine 24 (2005), 1185-1202, appendix A.1.1).
///
/// `m = n p (1 - p) / s²` are as many independent people as n people are worth, with s² the variance of one person's
/// share: a share over many weeks strays less than one of a single week. s² = N v, for the N people of the company and
/// the variance v of its share, which is that of the written definitions.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Funnel {
    share: Share,
    people: usize,
    /// Independent people a person is worth.
    worth: f64,
}

impl Funnel {
    /// The funnel round a company's share, from its 95 % interval and its number of people. `None` where all are the
    /// same (0 or 1), or the interval says nothing.
    #[must_use]
    pub fn new(share: Share, interval: Interval, people: usize) -> Option<Self> {
        let p = share.get();
        // Clipped at one end at most, else nothing is known.
        let half = (interval.high - p).max(p - interval.low);
        let is_known = (interval.low > 0.0 || interval.high < 1.0) && half > 0.0;
        let one_person = people as f64 * (half / Z_95).powi(2);
        (p > 0.0 && p < 1.0 && is_known && people > 0).then(|| Self {
            share,
            people,
            worth: p * (1.0 - p) / one_person,
        })
    }

    /// The company's share, in the middle.
    #[must_use]
    pub const fn share(&self) -> Share {
        self.share
    }

    /// The limits for a group of so many people; the whole range for nobody.
    #[must_use]
    pub fn limits(&self, people: f64, level: FunnelLevel) -> Interval {
        let worth = people * self.worth;
        if worth.is_nan() || worth <= 0.0 {
            return Interval { low: 0.0, high: 1.0 };
        }
        let p = self.share.get();
        Interval { low: low_limit(p, worth, level.tail()), high: 1.0 - low_limit(1.0 - p, worth, level.tail()) }
    }

    /// The two-sided p value of a difference between so many people and the rest of the company: the chance of one at
    /// least so large where there is none. Of as many independent people as the two parts are worth together,
    /// `m = 1 / (1 / n + 1 / (N - n))` times the worth of one, a share of p plus the difference is counted; its exact
    /// binomial tail, with half of what is counted itself (mid p), is doubled. Wald's standard error, which the
    /// interval of the difference has, is far too small where a share comes near 0 or 1.
    #[must_use]
    pub fn p_value(&self, difference: f64, people: usize) -> f64 {
        let rest = self.people.saturating_sub(people).max(1) as f64;
        let m = self.worth * people as f64 * rest / (people as f64 + rest);
        let p = self.share.get();
        let x = m * (p + difference).clamp(0.0, 1.0);
        if m <= 0.0 || x.is_nan() {
            return 1.0;
        }
        let at_most = if x >= m { 1.0 } else { incomplete_beta(m - x, x + 1.0, 1.0 - p) };
        let at_least = if x <= 0.0 { 1.0 } else { incomplete_beta(x, m - x + 1.0, p) };
        let below = f64::midpoint(at_most, 1.0 - at_least);
        (2.0 * below.min(1.0 - below)).clamp(0.0, 1.0)
    }

    /// Where a group of so many people with this share lies.
    #[must_use]
    pub fn place(&self, share: Share, people: usize) -> FunnelPlace {
        let within = |level| {
            let limits = self.limits(people as f64, level);
            (limits.low..=limits.high).contains(&share.get())
        };
        if within(FunnelLevel::Percent95) {
            FunnelPlace::Inside
        } else if within(FunnelLevel::Percent99_8) {
            FunnelPlace::Beyond95
        } else {
            FunnelPlace::Beyond99_8
        }
    }
}

/// The share x / m of which, or less, the chance is `tail` among m people counted with chance p each.
fn low_limit(p: f64, m: f64, tail: f64) -> f64 {
    let at_most = |x: f64| incomplete_beta(m - x, x + 1.0, 1.0 - p);
    if at_most(0.0) >= tail {
        return 0.0;
    }
    // The limit lies below the middle. Twenty halvings are a millionth of the way there.
    let (mut below, mut above) = (0.0, m * p);
    for _ in 0..20 {
        let half = f64::midpoint(below, above);
        if at_most(half) < tail { below = half } else { above = half }
    }
    below / m
}

/// The regularized incomplete beta function for a and b above 0 and x between 0 and 1, by its continued fraction
/// (Press and others, Numerical Recipes, 6.4).
fn incomplete_beta(a: f64, b: f64, x: f64) -> f64 {
    let front = (log_gamma(a + b) - log_gamma(a) - log_gamma(b) + a * x.ln() + b * (1.0 - x).ln()).exp();
    // The fraction converges fast on this side of the middle, and the other side mirrors it.
    if x < (a + 1.0) / (a + b + 2.0) {
        front * beta_fraction(a, b, x) / a
    } else {
        1.0 - front * beta_fraction(b, a, 1.0 - x) / b
    }
}

fn beta_fraction(a: f64, b: f64, x: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let away_from_zero = |value: f64| if value.abs() < TINY { TINY } else { value };
    let mut c = 1.0;
    let mut d = 1.0 / away_from_zero(1.0 - (a + b) * x / (a + 1.0));
    let mut fraction = d;
    for step in 1..500 {
        let m = f64::from(step);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        let before = fraction;
        for factor in [even, odd] {
            d = 1.0 / away_from_zero(1.0 + factor * d);
            c = away_from_zero(1.0 + factor / c);
            fraction *= d * c;
        }
        if (fraction - before).abs() <= 1e-12 * fraction.abs() {
            break;
        }
    }
    fraction
}

/// The logarithm of the gamma function of numbers above 0, by Stirling's series from 10 on.
fn log_gamma(x: f64) -> f64 {
    let (mut x, mut product) = (x, 1.0);
    while x < 10.0 {
        product *= x;
        x += 1.0;
    }
    let series = 1.0 / (12.0 * x) - 1.0 / (360.0 * x.powi(3)) + 1.0 / (1260.0 * x.powi(5));
    (x - 0.5) * x.ln() - x + 0.5 * (2.0 * std::f64::consts::PI).ln() + series - product.ln()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// A company of 1,000 people asked once: s² = p (1 - p), so that everyone is worth one.
    fn funnel(p: f64) -> Funnel {
        let half = Z_95 * (p * (1.0 - p) / 1000.0).sqrt();
        Funnel::new(Share::new(p), Interval { low: p - half, high: p + half }, 1000).unwrap()
    }

    #[test]
    fn limits_worked_out_by_hand() {
        // Of ten at .5 the chance of 0 is 1 / 1024, of at most 1 is 11 / 1024, of at most 2 is 56 / 1024: the 95 %
        // limit lies between 1 and 2. By symmetry the upper one between 8 and 9.
        let limits = funnel(0.5).limits(10.0 * 0.999_999, FunnelLevel::Percent95);
        assert!((0.1..0.2).contains(&limits.low) && (0.8..0.9).contains(&limits.high), "{limits:?}");
        assert!((limits.low + limits.high - 1.0).abs() < 1e-6);
        // Nobody of five at .02 has the chance .98^5 = .904: no lower limit.
        let limits = funnel(0.02).limits(5.0, FunnelLevel::Percent99_8);
        assert_eq!(limits.low, 0.0);
        assert!(limits.high < 1.0);
        assert_eq!(funnel(0.5).limits(0.0, FunnelLevel::Percent95), Interval { low: 0.0, high: 1.0 });
    }

    #[test]
    fn the_incomplete_beta_function_is_the_sum_of_binomial_chances() {
        // P(at most 2 of 10 at .3) = .7^10 + 10 x .3 x .7^9 + 45 x .09 x .7^8 = .3827828.
        assert!((incomplete_beta(8.0, 3.0, 0.7) - 0.382_782_786_4).abs() < 1e-9);
        assert!((log_gamma(5.0) - 24.0_f64.ln()).abs() < 1e-10);
        assert!((log_gamma(0.5) - std::f64::consts::PI.sqrt().ln()).abs() < 1e-10);
    }

    #[test]
    fn people_whose_many_weeks_average_stray_less() {
        // Half the standard error: everyone is worth four.
        let half = Z_95 * (0.25_f64 / 1000.0).sqrt() / 2.0;
        let calm = Funnel::new(Share::new(0.5), Interval { low: 0.5 - half, high: 0.5 + half }, 1000).unwrap();
        let (a, b) = (calm.limits(25.0, FunnelLevel::Percent95), funnel(0.5).limits(100.0, FunnelLevel::Percent95));
        assert!((a.low - b.low).abs() < 1e-12 && (a.high - b.high).abs() < 1e-12);
    }

    #[test]
    fn where_everyone_is_the_same_there_is_no_funnel() {
        let interval = Interval { low: 0.0, high: 0.1 };
        assert_eq!(Funnel::new(Share::new(0.0), interval, 100), None);
        assert_eq!(Funnel::new(Share::new(0.5), Interval { low: 0.0, high: 1.0 }, 2), None);
        assert_eq!(Funnel::new(Share::new(0.5), Interval { low: 0.5, high: 0.5 }, 10), None);
    }

    #[test]
    fn p_values_are_doubled_binomial_tails() {
        // Of the 1,000 people 10 against 990 are worth 9.9, of the whole near enough 10 of 10 at .5: P(10) = 1 / 1024,
        // half of it, doubled: .00098 (of 9.9 people .5^9.9 = .00105).
        assert!((funnel(0.5).p_value(0.5, 10) - 0.5_f64.powf(9.9)).abs() < 1e-5);
        assert!((funnel(0.5).p_value(0.0, 10) - 1.0).abs() < 1e-6);
        // Nobody of six at .1: P(0) = .9^5.964 = .533, half of it, doubled.
        assert!((funnel(0.1).p_value(-0.1, 6) - 0.9_f64.powf(5.964)).abs() < 1e-4);
        assert!(funnel(0.3).p_value(0.3, 200) < 1e-9);
    }

    #[test]
    fn a_group_is_inside_beyond_or_far_beyond() {
        let funnel = funnel(0.5);
        let place = |share| funnel.place(Share::new(share), 100);
        assert_eq!(place(0.59), FunnelPlace::Inside);
        assert_eq!(place(0.61), FunnelPlace::Beyond95);
        assert_eq!(place(0.34), FunnelPlace::Beyond99_8);
    }

    /// Every count of groups of 5 to 400 people, with its exact binomial chance: neither end beyond the limits is
    /// likelier than promised. A thousandth more is left for the company's own share, which is known that well.
    #[test]
    fn the_limits_hold_what_they_promise_of_binomial_groups() {
        for p in [0.02, 0.05, 0.1, 0.3, 0.5, 0.8] {
            let funnel = funnel(p);
            for people in [5_usize, 10, 20, 50, 100, 200, 400] {
                for level in [FunnelLevel::Percent95, FunnelLevel::Percent99_8] {
                    let limits = funnel.limits(people as f64, level);
                    let mut chance = (1.0 - p).powi(people as i32);
                    let (mut below, mut above) = (0.0, 0.0);
                    for count in 0..=people {
                        let share = count as f64 / people as f64;
                        below += if share < limits.low { chance } else { 0.0 };
                        above += if share > limits.high { chance } else { 0.0 };
                        chance *= (people - count) as f64 / (count + 1) as f64 * p / (1.0 - p);
                    }
                    let promised = level.tail() * 1.001;
                    assert!(below <= promised, "{p} {people} {level:?}: {below} below");
                    assert!(above <= promised, "{p} {people} {level:?}: {above} above");
                }
            }
        }
    }
}
