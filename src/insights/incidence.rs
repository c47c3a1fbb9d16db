//! One formula for every share: who is measured in which unit, who is counted, and how sure that is.
//!
//! From the [marks](super::marks) of a measure follow, the same way for every insight: the share as the
//! unweighted mean of the units' shares, its 95 % interval from the contributions of people, the bands, the
//! trend, and the [groups](super::groups).
//!
//! Measured and counted are kept as one bit a unit and person, so that a person's contribution
//! `z_i = (1/W) * sum over units of (y_iw - p_w) / n_w` is a few table look-ups ([`Weights`]).

use std::cmp::Ordering;

use crate::dataset::for_each_bit;
use crate::stats::{self, Interval, Share};

use super::groups::{self, Split};
use super::marks::{Bits, Judge, Marks, Measure, Tally};
use super::pairs::Weight;
use super::{Band, Breakdown, Population, TrendPoint};

/// Everything that follows from a measure.
#[derive(Debug)]
pub(super) struct Evaluated {
    pub(super) share: Share,
    pub(super) interval: Interval,
    pub(super) people: usize,
    pub(super) contributions: Contributions,
    pub(super) units: usize,
    pub(super) band_shares: Vec<Share>,
    pub(super) trend: Vec<TrendPoint>,
    pub(super) breakdowns: Vec<Breakdown>,
    /// How many people are measured in each unit.
    pub(super) measured: Vec<u32>,
    /// For each selected person, one after the other, the set of units in which they are measured.
    pub(super) measured_units: Vec<u64>,
    /// Words of such a set.
    pub(super) unit_words: usize,
    /// For each note of the measure how many people have it in each unit.
    pub(super) noted: Vec<Vec<u32>>,
}

impl Evaluated {
    /// How often a note was made.
    pub(super) fn times_noted(&self, note: usize) -> usize {
        self.noted[note].iter().map(|people| *people as usize).sum()
    }
}

/// Each person's contribution z, ascending by person code.
pub(super) type Contributions = Vec<(u32, f64)>;

/// Evaluates a measure over a population and its groups; `None` when nobody is measured in any unit.
pub(super) fn evaluate<M: Measure>(
    judge: &Judge<'_, M>,
    population: &Population<'_>,
    splits: &[Split<'_>],
) -> Option<Evaluated> {
    let whole = judge.everyone(population.selection());
    let tally = whole.tally();
    let share = tally.share()?;
    let weights = Weights::new(&tally);
    let contributions = contributions(&weights, &whole, population.selection().person_codes());
    let variance = variance(contributions.iter().map(|(_, z)| *z));
    let unit_days = &judge.units.first_days;
    let bands = whole.in_bands(&tally.measured);
    let band_shares = bands.iter().map(|people| mean_share(people, &tally.measured).unwrap_or(Share::new(0.0)));
    let breakdowns =
        splits.iter().map(|split| groups::break_down(judge, population.selection(), split, &whole, &tally));
    Some(Evaluated {
        share: Share::new(share),
        interval: share_interval(share, variance, contributions.len()),
        people: contributions.len(),
        units: tally.units_measured(),
        band_shares: band_shares.collect(),
        trend: tally.trend(unit_days),
        breakdowns: breakdowns.collect(),
        noted: whole.noted(),
        measured: tally.measured,
        unit_words: whole.words,
        measured_units: whole.into_measured(),
        contributions,
    })
}

/// The unweighted mean, over units in which anybody is measured, of the share of some people; `None` when
/// there is no such unit.
pub(super) fn mean_share(people: &[u32], measured: &[u32]) -> Option<Share> {
    let units = people.iter().zip(measured).filter(|(_, measured)| **measured > 0);
    stats::mean(units.map(|(&people, &measured)| f64::from(people) / f64::from(measured))).map(Share::new)
}

/// Shares of the bands in order, with their labels and limits.
pub(super) fn labelled_bands(evaluated: &Evaluated, labels: &[(&str, Option<f64>, Option<f64>)]) -> Vec<Band> {
    let bands = labels.iter().zip(&evaluated.band_shares);
    bands
        .map(|((label, from, to), share)| Band { label: (*label).to_owned(), from: *from, to: *to, share: *share })
        .collect()
}

/// The 95 % interval of a share: from the variance, clipped; Wilson's at exactly 0 or 1.
pub(super) fn share_interval(share: f64, variance: Option<f64>, people: usize) -> Interval {
    if share <= 0.0 || share >= 1.0 {
        return stats::wilson_95(share, people);
    }
    let Some(variance) = variance else { return Interval { low: 0.0, high: 1.0 } };
    let Interval { low, high } = stats::interval_95(share, variance);
    Interval { low: low.max(0.0), high: high.min(1.0) }
}

/// N / (N - 1) times the sum of squared contributions; `None` for fewer than two people.
pub(super) fn variance(contributions: impl Iterator<Item = f64>) -> Option<f64> {
    let mut squares = Squares::default();
    contributions.for_each(|z| squares.add(z));
    squares.variance()
}

/// Squared contributions, added up.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Squares {
    pub(super) sum: f64,
    pub(super) people: usize,
}

impl Squares {
    pub(super) fn add(&mut self, z: f64) {
        self.sum += z * z;
        self.people += 1;
    }

    fn variance(self) -> Option<f64> {
        let people = self.people as f64;
        (self.people > 1).then(|| people / (people - 1.0) * self.sum)
    }

    /// A difference of shares with its 95 % interval; `None` for fewer than two people.
    pub(super) fn interval_of(self, difference: f64) -> Option<(f64, Interval)> {
        Some((difference, stats::interval_95(difference, self.variance()?)))
    }
}

impl Tally {
    pub(super) fn add(&mut self, bits: Bits<'_>) {
        for_each_bit(bits.measured, |unit| self.measured[unit] += 1);
        for_each_bit(bits.counted, |unit| self.counted[unit] += 1);
    }

    pub(super) fn subtract(&mut self, bits: Bits<'_>) {
        for_each_bit(bits.measured, |unit| self.measured[unit] -= 1);
        for_each_bit(bits.counted, |unit| self.counted[unit] -= 1);
    }

    /// Without the people of another one, who are all in this one.
    pub(super) fn without(&self, other: &Self) -> Self {
        let less = |all: &[u32], some: &[u32]| all.iter().zip(some).map(|(all, some)| all - some).collect();
        Self { measured: less(&self.measured, &other.measured), counted: less(&self.counted, &other.counted) }
    }

    /// The share of each unit in which anybody is measured.
    fn shares(&self) -> impl Iterator<Item = (usize, f64)> + '_ {
        let units = self.measured.iter().zip(&self.counted).enumerate().filter(|(_, (n, _))| **n > 0);
        units.map(|(unit, (&n, &k))| (unit, f64::from(k) / f64::from(n)))
    }

    fn units_measured(&self) -> usize {
        self.measured.iter().filter(|n| **n > 0).count()
    }

    /// The unweighted mean of the units' shares; `None` when nobody is measured.
    pub(super) fn share(&self) -> Option<f64> {
        stats::mean(self.shares().map(|(_, share)| share))
    }

    pub(super) fn trend(&self, unit_days: &[chrono::NaiveDate]) -> Vec<TrendPoint> {
        let point = |(unit, share)| TrendPoint {
            period: unit_days[unit],
            people: self.measured[unit] as usize,
            share: Share::new(share),
        };
        self.shares().map(point).collect()
    }

    /// What each unit weighs in a contribution.
    pub(super) fn weights(&self) -> Vec<Weight> {
        let units = self.units_measured() as f64;
        let mut weights = vec![Weight::default(); self.measured.len()];
        for (unit, share) in self.shares() {
            let counted = 1.0 / (units * f64::from(self.measured[unit]));
            weights[unit] = Weight { counted, measured: share * counted };
        }
        weights
    }
}

/// The contribution z of one person, unit by unit.
#[inline]
pub(super) fn contribution(weights: &[Weight], bits: Bits<'_>) -> f64 {
    let (mut counted, mut measured) = (0.0, 0.0);
    for_each_bit(bits.counted, |unit| counted += weights[unit].counted);
    for_each_bit(bits.measured, |unit| measured += weights[unit].measured);
    counted - measured
}

/// The contributions of everyone measured.
fn contributions(weights: &Weights, marks: &Marks, people: &[u32]) -> Contributions {
    let measured = people.iter().enumerate().map(|(place, &person)| (person, marks.bits(place)));
    let measured = measured.filter(|(_, bits)| bits.is_measured());
    let mut contributions = Contributions::with_capacity(people.len());
    contributions.extend(measured.map(|(person, bits)| (person, weights.contribution(bits))));
    contributions
}

/// Contributions by table: for each byte of the bits the sum over its 256 patterns.
pub(super) struct Weights {
    /// For each byte that holds units: counted, measured.
    tables: Vec<[[f64; 256]; 2]>,
}

impl Weights {
    pub(super) fn new(tally: &Tally) -> Self {
        let weights = tally.weights();
        // Only the bytes that hold units: a year of months needs two of a word's eight.
        let used = weights.iter().rposition(|weight| weight.counted > 0.0).map_or(0, |last| last / 8 + 1);
        let tables = weights.chunks(8).take(used).map(|units| {
            let mut sums = [[0.0; 256]; 2];
            for pattern in 1..256_usize {
                let (lowest, others) = (pattern.trailing_zeros() as usize, pattern & (pattern - 1));
                sums[0][pattern] = sums[0][others] + units[lowest].counted;
                sums[1][pattern] = sums[1][others] + units[lowest].measured;
            }
            sums
        });
        Self { tables: tables.collect() }
    }

    /// The contribution z of one person.
    #[inline]
    pub(super) fn contribution(&self, bits: Bits<'_>) -> f64 {
        let mut sums = [0.0, 0.0];
        // Most calendars have one word of units.
        if let ([counted], [measured]) = (bits.counted, bits.measured) {
            add_up(&self.tables, *counted, *measured, &mut sums);
        } else {
            for (tables, (&counted, &measured)) in self.tables.chunks(8).zip(bits.counted.iter().zip(bits.measured)) {
                add_up(tables, counted, measured, &mut sums);
            }
        }
        sums[0] - sums[1]
    }
}

/// Adds what the bits of one word weigh.
#[inline]
fn add_up(tables: &[[[f64; 256]; 2]], mut counted: u64, mut measured: u64, sums: &mut [f64; 2]) {
    for [of_counted, of_measured] in tables {
        sums[0] += of_counted[(counted & 255) as usize];
        sums[1] += of_measured[(measured & 255) as usize];
        counted >>= 8;
        measured >>= 8;
    }
}

/// The difference `a - b` of two shares, contributions subtracted person by person: a person in both
/// counts in both. `None` for fewer than two people.
pub(super) fn difference(a: (Share, &[(u32, f64)]), b: (Share, &[(u32, f64)])) -> Option<(f64, Interval)> {
    let mut differences = Squares::default();
    let (mut left, mut right) = (a.1, b.1);
    while let ([(person, za), more_left @ ..], [(other, zb), more_right @ ..]) = (left, right) {
        match person.cmp(other) {
            Ordering::Less => differences.add(*za),
            Ordering::Equal => differences.add(za - zb),
            Ordering::Greater => differences.add(-zb),
        }
        (left, right) =
            (if person <= other { more_left } else { left }, if other <= person { more_right } else { right });
    }
    // Whoever is left is in one of the two only; a square has no sign.
    left.iter().chain(right).for_each(|(_, z)| differences.add(*z));
    differences.interval_of(a.0.get() - b.0.get())
}
