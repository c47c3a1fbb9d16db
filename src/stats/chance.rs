//! How much of what was found could be chance, when one looks many times.

use super::Z_95;

/// Where a 95 % interval ends: the chance of a difference at least so large where there is none.
pub const P_95: f64 = 0.05;

/// How many standard errors a difference must be from zero, so that of so many comparisons at once, all without a true
/// difference, one is farther in at most 5 % of cases (Sidak). Of one comparison, or none, 1.96.
#[must_use]
pub fn z_95_of_any(comparisons: usize) -> f64 {
    if comparisons <= 1 {
        return Z_95;
    }
    // The upper tail of each, and its quantile to 4.5e-4 (Abramowitz and Stegun 26.2.23).
    let tail = -((-P_95).ln_1p() / comparisons as f64).exp_m1() / 2.0;
    let t = (-2.0 * tail.ln()).sqrt();
    let above = 2.515_517 + t * (0.802_853 + t * 0.010_328);
    let below = 1.0 + t * (1.432_788 + t * (0.189_269 + t * 0.001_308));
    t - above / below
}

/// The two-sided p value of a normal statistic that is so many standard errors from zero, to 1.2e-7 (Abramowitz and
/// Stegun 7.1.26 in the form of Press and others, "Numerical Recipes", 6.2).
#[must_use]
pub fn two_sided_p(standard_errors: f64) -> f64 {
    const TERMS: [f64; 9] = [
        0.170_872_77,
        -0.822_152_23,
        1.488_515_87,
        -1.135_203_98,
        0.278_868_07,
        -0.186_288_06,
        0.096_784_18,
        0.374_091_96,
        1.000_023_68,
    ];
    let x = standard_errors.abs() / std::f64::consts::SQRT_2;
    if x.is_nan() {
        return 1.0;
    }
    let t = 1.0 / (1.0 + x / 2.0);
    let sum = TERMS.iter().fold(0.0, |sum, term| sum * t + term);
    (t * (-x * x - 1.265_512_23 + t * sum).exp()).clamp(0.0, 1.0)
}

/// For each p value the smallest false discovery rate at which it would be marked: with m p values, of which this
/// one is the i-th smallest, the least of `m p_j / j` over all j from i on, and at most 1.
///
/// Benjamini and Hochberg, "Controlling the false discovery rate", Journal of the Royal Statistical Society B 57
/// (1995), 289-300.
#[must_use]
pub fn false_discovery_rates(p_values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p_values.len()).collect();
    order.sort_by(|&a, &b| p_values[a].total_cmp(&p_values[b]));
    let mut rates = vec![1.0; p_values.len()];
    let mut least = 1.0_f64;
    for (place, &index) in order.iter().enumerate().rev() {
        least = least.min(p_values[index] * p_values.len() as f64 / (place + 1) as f64);
        rates[index] = least;
    }
    rates
}

/// How many of the marked ones are expected to be chance: those marked at 5 % times the false discovery rate of
/// the least clear of them; and wholly those that a 5 % test of their own would not mark.
///
/// # Panics
/// When the two slices are not of one length.
#[must_use]
pub fn expected_by_chance(p_values: &[f64], marked: &[bool]) -> f64 {
    assert_eq!(p_values.len(), marked.len(), "one mark a p value");
    let rates = false_discovery_rates(p_values);
    let all = p_values.iter().zip(rates).zip(marked).filter(|(_, marked)| **marked).map(|(each, _)| each);
    let (clear, unclear): (Vec<_>, Vec<_>) = all.partition(|(p, _)| **p <= P_95);
    let worst = clear.iter().map(|(_, rate)| *rate).fold(0.0, f64::max);
    clear.len() as f64 * worst + unclear.len() as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(actual: f64, expected: f64) {
        assert!((actual - expected).abs() < 1e-6, "{actual} is not {expected}");
    }

    #[test]
    fn false_discovery_rates_of_five_worked_out_by_hand() {
        // Ascending .01 .02 .03 .04 .5: m p / i = .05 .05 .05 .05 .5.
        let rates = false_discovery_rates(&[0.04, 0.01, 0.5, 0.03, 0.02]);
        for (rate, expected) in rates.iter().zip([0.05, 0.05, 0.5, 0.05, 0.05]) {
            close(*rate, expected);
        }
        // .01 of two: .02; .6: .6. Never falling: .02 .6. And never above 1.
        assert_eq!(false_discovery_rates(&[0.9, 0.8]), [0.9, 0.9]);
        assert!(false_discovery_rates(&[]).is_empty());
    }

    #[test]
    fn two_sided_p_values_are_those_of_tables() {
        for (z, p) in [(0.0, 1.0), (1.0, 0.317_310_5), (1.959_964, 0.05), (-3.0, 0.002_699_8), (40.0, 0.0)] {
            close(two_sided_p(z), p);
        }
        close(two_sided_p(f64::NAN), 1.0);
    }

    #[test]
    fn more_comparisons_at_once_need_larger_differences() {
        assert_eq!([z_95_of_any(0), z_95_of_any(1)], [Z_95; 2]);
        // Two sided normal quantiles of 1 - .95^(1/6) = .008512 and 1 - .95^(1/190) = .000270 in tables.
        assert!((z_95_of_any(6) - 2.6310).abs() < 1e-3);
        assert!((z_95_of_any(190) - 3.6434).abs() < 1e-3);
    }

    #[test]
    fn of_twenty_looks_one_mark_at_three_percent_is_more_likely_chance_than_not() {
        // One of 20 at p = .03, all others at .5: 20 x .03 / 1 = .6, and .5 x 20 / 20 = .5 is less: .5.
        let mut p = vec![0.5; 20];
        p[3] = 0.03;
        let marked: Vec<bool> = (0..20).map(|index| index == 3).collect();
        close(expected_by_chance(&p, &marked), 0.5);
        // Six of 20 at most .05: 20 x .05 / 6 a mark, 1 of the six.
        let p: Vec<f64> = (0..20).map(|index| if index < 6 { 0.05 } else { 0.9 }).collect();
        let marked: Vec<bool> = (0..20).map(|index| index < 6).collect();
        close(expected_by_chance(&p, &marked), 1.0);
    }

    #[test]
    fn what_a_test_of_its_own_would_not_mark_counts_wholly_and_spoils_nothing_else() {
        // Two beyond doubt, one marked at p = .6: one of the three.
        close(expected_by_chance(&[1e-12, 1e-12, 0.6, 0.7], &[true, true, true, false]), 1.0);
        assert_eq!(expected_by_chance(&[], &[]), 0.0);
        assert_eq!(expected_by_chance(&[0.01, 0.2], &[false, false]), 0.0);
    }
}
