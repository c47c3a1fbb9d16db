//! Sums of squared contributions without a look at every person: from how many people are measured and counted
//! in both of two units.
//!
//! A contribution is a sum over units, `z_i = sum of a_u c_iu - b_u m_iu` with the counted bit c, the measured
//! bit m, `a_u = 1 / (W n_u)` and `b_u = p_u a_u`. So the sum of its squares over people is a sum over pairs of
//! units of `a_u a_v C_uv - 2 a_u b_v X_uv + b_u b_v M_uv`, where C, X and M say how many people are counted in
//! both, counted in u and measured in v, measured in both. These are whole numbers: they are counted once a
//! group and subtracted from everyone's for the rest, whatever weights a, b the rest then has, and the order of
//! people is beside the point.

use super::marks::BitRows;
use crate::stats::bits;

/// How many people are measured, and counted, in both of two units.
#[derive(Clone, Debug)]
pub(super) struct Pairs {
    units: usize,
    /// A square of units each, by rows.
    counted: Vec<u32>,
    counted_and_measured: Vec<u32>,
    measured: Vec<u32>,
}

/// What a unit weighs for a person who is counted in it (a), and for one who is measured in it (b).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Weight {
    pub(super) counted: f64,
    pub(super) measured: f64,
}

impl Pairs {
    pub(super) fn none(units: usize) -> Self {
        let square = || vec![0; units * units];
        Self { units, counted: square(), counted_and_measured: square(), measured: square() }
    }

    /// Of some people, in those units that are listed.
    pub(super) fn of(people: &BitRows, units: &[usize]) -> Self {
        let mut pairs = Self::none(units.len());
        let counted = columns(&people.counted, people.words, units);
        let measured = columns(&people.measured, people.words, units);
        let n = units.len();
        for u in 0..n {
            for v in u..n {
                for (square, a, b) in
                    [(&mut pairs.counted, &counted[u], &counted[v]), (&mut pairs.measured, &measured[u], &measured[v])]
                {
                    let both = in_both(a, b);
                    square[u * n + v] = both;
                    square[v * n + u] = both;
                }
                pairs.counted_and_measured[u * n + v] = in_both(&counted[u], &measured[v]);
                pairs.counted_and_measured[v * n + u] = in_both(&counted[v], &measured[u]);
            }
        }
        pairs
    }

    /// Adds other people's.
    pub(super) fn add(&mut self, other: &Self) {
        let squares = [
            (&mut self.counted, &other.counted),
            (&mut self.counted_and_measured, &other.counted_and_measured),
            (&mut self.measured, &other.measured),
        ];
        for (sums, others) in squares {
            for (sum, other) in sums.iter_mut().zip(others) {
                *sum += other;
            }
        }
    }

    /// The sum of squared contributions of these people less some of them, with one weight a unit. `None` where
    /// its parts cancel so far that their rounding could be seen in an interval: then people have to be looked
    /// at one by one.
    pub(super) fn sum_of_squares_without(&self, some: &Self, weights: &[Weight]) -> Option<f64> {
        let (mut plus, mut minus) = (0.0, 0.0);
        for (u, weight) in weights.iter().enumerate() {
            let row = u * self.units..(u + 1) * self.units;
            let counted = self.counted[row.clone()].iter().zip(&some.counted[row.clone()]);
            let measured = self.measured[row.clone()].iter().zip(&some.measured[row.clone()]);
            let crossed = self.counted_and_measured[row.clone()].iter().zip(&some.counted_and_measured[row]);
            let mut sums = [0.0; 3];
            for (((counted, measured), crossed), other) in counted.zip(measured).zip(crossed).zip(weights) {
                let people = |(all, some): (&u32, &u32)| f64::from(all - some);
                sums[0] += other.counted * people(counted);
                sums[1] += other.measured * people(measured);
                sums[2] += other.measured * people(crossed);
            }
            plus += weight.counted * sums[0] + weight.measured * sums[1];
            minus += 2.0 * weight.counted * sums[2];
        }
        // Each part is exact to about 1e-14 of itself, and an interval is as wide as the root of the sum: from
        // here on it is exact to about 1e-13.
        let (sum, parts) = (plus - minus, plus + minus);
        (sum >= 0.01 * parts * parts).then_some(sum)
    }
}

/// For each listed unit one bit a person.
fn columns(sets: &[u64], words: usize, units: &[usize]) -> Vec<Vec<u64>> {
    let people = sets.len() / words.max(1);
    let mut columns = vec![vec![0; people.div_ceil(64)]; units.len()];
    for (block, sets) in sets.chunks(64 * words.max(1)).enumerate() {
        for word in 0..words {
            let mut square = [0; 64];
            for (row, set) in square.iter_mut().zip(sets.chunks_exact(words)) {
                *row = set[word];
            }
            bits::transpose(&mut square);
            for (column, unit) in columns.iter_mut().zip(units).filter(|(_, unit)| **unit / 64 == word) {
                column[block] = square[unit % 64];
            }
        }
    }
    columns
}

fn in_both(a: &[u64], b: &[u64]) -> u32 {
    a.iter().zip(b).map(|(a, b)| (a & b).count_ones()).sum()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::insights::incidence::contribution;

    /// People with three units; each is "not measured", "measured" or "counted" in the digits of a number to base 3.
    fn people(numbers: impl Iterator<Item = usize>) -> BitRows {
        let mut rows = BitRows::new(1);
        for number in numbers {
            let digit = |unit: u32| number / 3_usize.pow(unit) % 3;
            let set = |least: usize| (0..3).filter(|&unit| digit(unit) >= least).map(|unit| 1 << unit).sum();
            rows.measured.push(set(1));
            rows.counted.push(set(2));
        }
        rows
    }

    #[test]
    fn pairs_give_the_squares_that_people_give_one_by_one() {
        let (all, some) = (people((0..27).cycle().take(200)), people(0..27));
        let units = [0, 1, 2];
        let weights = [(0.01, 0.003), (0.02, 0.011), (0.005, 0.001)];
        let weights = weights.map(|(counted, measured)| Weight { counted, measured });
        // 200 people are 27 of `some` and 173 others.
        let others = people((0..27).cycle().take(200).skip(27));
        let expected: f64 = others.iter().map(|bits| contribution(&weights, bits).powi(2)).sum();
        let counted = Pairs::of(&all, &units).sum_of_squares_without(&Pairs::of(&some, &units), &weights).unwrap();
        assert!((counted - expected).abs() < 1e-15, "{counted} and {expected}");
    }

    #[test]
    fn squares_that_cancel_have_to_be_looked_at_one_by_one() {
        // Two people, each counted in one of two weeks: shares of a half, and no contribution at all.
        let two = people([2 + 3, 1 + 3 * 2].into_iter());
        let weights = [Weight { counted: 0.25, measured: 0.125 }; 2];
        assert_eq!(Pairs::of(&two, &[0, 1]).sum_of_squares_without(&Pairs::none(2), &weights), None);
    }
}
