//! One formula for every share: who is measured in which unit, who is counted, and how sure that is.
//!
//! A [`Measure`] says for the rows of one person in which units (weeks, months, or the one unit of a
//! person-level share) the person is measured and counted. From that follow, the same way for every
//! insight: the share as the unweighted mean of the units' shares, its 95 % interval from the
//! contributions of people, the bands, the trend, the groups, and a group's difference from the rest.
//!
//! Measured and counted are kept as one bit a unit and person, so that a person's contribution
//! `z_i = (1/W) * sum over units of (y_iw - p_w) / n_w` is a few table look-ups ([`Weights`]).

use crate::dataset::Attribute;
use crate::stats::{self, Interval, Share};

use super::{Band, Breakdown, Group, Population, TrendPoint};

/// What one person's rows amount to in one unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cell {
    /// Index of the week or month; 0 for a person-level share.
    pub(super) unit: usize,
    /// Index of the band.
    pub(super) band: usize,
    /// Whether the person counts toward the share.
    pub(super) counted: bool,
}

/// A share over people, defined on the rows of one person at a time.
pub(super) trait Measure {
    /// The first day of each unit, in order; a person-level share has one unit.
    fn units(&self) -> Vec<chrono::NaiveDate>;
    /// How many bands there are.
    fn bands(&self) -> usize;
    /// Calls `cell` once for each unit in which this person is measured, judged by these rows alone.
    fn cells(&self, rows: &[u32], cell: impl FnMut(Cell));
}

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
}

/// Each person's contribution z, ascending by person code.
pub(super) type Contributions = Vec<(u32, f64)>;

/// Groups under this many people get no comparison: they are never shown.
const SMALLEST_COMPARED: usize = 5;

/// Evaluates a measure over a population; `None` when nobody is measured in any unit.
pub(super) fn evaluate(
    measure: &impl Measure,
    population: &Population<'_>,
    attributes: &[&Attribute],
) -> Option<Evaluated> {
    let unit_days = measure.units();
    let mut incidence = Incidence::new(unit_days.len());
    let mut bands = vec![vec![0_u32; measure.bands()]; unit_days.len()];
    for (person, rows) in population.selection().persons() {
        incidence.add(person, measure, rows, |cell| bands[cell.unit][cell.band] += 1);
    }
    let tally = Tally::of(&incidence);
    let share = tally.share()?;
    let weights = Weights::new(&tally);
    let contributions = weights.contributions(&incidence);
    let variance = variance(contributions.iter().map(|(_, z)| *z));
    let trend = tally.trend(&unit_days);
    let band_shares = (0..measure.bands())
        .map(|band| {
            let by_unit = bands.iter().zip(&tally.measured).filter(|(_, n)| **n > 0);
            Share::new(stats::mean(by_unit.map(|(unit, &n)| f64::from(unit[band]) / f64::from(n))).unwrap_or(0.0))
        })
        .collect();
    let breakdowns = attributes
        .iter()
        .map(|attribute| break_down(measure, population, attribute, &incidence, &tally, &unit_days))
        .collect();
    Some(Evaluated {
        share: Share::new(share),
        interval: share_interval(share, variance, incidence.people.len()),
        people: incidence.people.len(),
        contributions,
        units: tally.units_measured(),
        band_shares,
        trend,
        breakdowns,
    })
}

/// Shares of the bands in order, with their labels and limits.
pub(super) fn labelled_bands(evaluated: &Evaluated, labels: &[(&str, Option<f64>, Option<f64>)]) -> Vec<Band> {
    let bands = labels.iter().zip(&evaluated.band_shares);
    bands
        .map(|((label, from, to), share)| Band { label: (*label).to_owned(), from: *from, to: *to, share: *share })
        .collect()
}

/// The 95 % interval of a share: from the variance, clipped; Wilson's at exactly 0 or 1.
fn share_interval(share: f64, variance: Option<f64>, people: usize) -> Interval {
    if share <= 0.0 || share >= 1.0 {
        return stats::wilson_95(share, people);
    }
    let Some(variance) = variance else { return Interval { low: 0.0, high: 1.0 } };
    let Interval { low, high } = stats::interval_95(share, variance);
    Interval { low: low.max(0.0), high: high.min(1.0) }
}

/// N / (N - 1) times the sum of squared contributions; `None` for fewer than two people.
fn variance(contributions: impl Iterator<Item = f64>) -> Option<f64> {
    let (mut sum, mut people) = (0.0, 0_usize);
    for z in contributions {
        sum += z * z;
        people += 1;
    }
    (people > 1).then(|| people as f64 / (people as f64 - 1.0) * sum)
}

/// One bit a unit: measured, and counted.
#[derive(Clone, Copy)]
struct Bits<'a> {
    measured: &'a [u64],
    counted: &'a [u64],
}

/// The bits of people, one after the other.
#[derive(Clone, Debug)]
struct Incidence {
    units: usize,
    words: usize,
    /// Person codes, ascending; a person without a measured unit is not here.
    people: Vec<u32>,
    measured: Vec<u64>,
    counted: Vec<u64>,
}

impl Incidence {
    fn new(units: usize) -> Self {
        Self { units, words: units.div_ceil(64), people: Vec::new(), measured: Vec::new(), counted: Vec::new() }
    }

    /// Adds a person, if these rows measure the person in any unit.
    fn add(&mut self, person: u32, measure: &impl Measure, rows: &[u32], mut seen: impl FnMut(Cell)) {
        let start = self.measured.len();
        self.measured.resize(start + self.words, 0);
        self.counted.resize(start + self.words, 0);
        let mut any = false;
        measure.cells(rows, |cell| {
            let (word, bit) = (start + cell.unit / 64, 1_u64 << (cell.unit % 64));
            self.measured[word] |= bit;
            self.counted[word] |= if cell.counted { bit } else { 0 };
            any = true;
            seen(cell);
        });
        if any {
            self.people.push(person);
        } else {
            self.measured.truncate(start);
            self.counted.truncate(start);
        }
    }

    fn push(&mut self, person: u32, bits: Bits<'_>) {
        self.people.push(person);
        self.measured.extend_from_slice(bits.measured);
        self.counted.extend_from_slice(bits.counted);
    }

    fn bits(&self, place: usize) -> Bits<'_> {
        let range = place * self.words..(place + 1) * self.words;
        Bits { measured: &self.measured[range.clone()], counted: &self.counted[range] }
    }

    /// The bits of a person of the population, if measured.
    fn bits_of(&self, person: u32) -> Option<Bits<'_>> {
        self.people.binary_search(&person).ok().map(|place| self.bits(place))
    }
}

/// How many people are measured and counted in each unit.
#[derive(Clone, Debug)]
struct Tally {
    measured: Vec<u32>,
    counted: Vec<u32>,
}

impl Tally {
    fn of(incidence: &Incidence) -> Self {
        let mut tally = Self { measured: vec![0; incidence.units], counted: vec![0; incidence.units] };
        for place in 0..incidence.people.len() {
            tally.add(incidence.bits(place));
        }
        tally
    }

    fn add(&mut self, bits: Bits<'_>) {
        for_each_bit(bits.measured, |unit| self.measured[unit] += 1);
        for_each_bit(bits.counted, |unit| self.counted[unit] += 1);
    }

    fn subtract(&mut self, bits: Bits<'_>) {
        for_each_bit(bits.measured, |unit| self.measured[unit] -= 1);
        for_each_bit(bits.counted, |unit| self.counted[unit] -= 1);
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
    fn share(&self) -> Option<f64> {
        stats::mean(self.shares().map(|(_, share)| share))
    }

    fn trend(&self, unit_days: &[chrono::NaiveDate]) -> Vec<TrendPoint> {
        let point = |(unit, share)| TrendPoint {
            period: unit_days[unit],
            people: self.measured[unit] as usize,
            share: Share::new(share),
        };
        self.shares().map(point).collect()
    }
}

fn for_each_bit(words: &[u64], mut each: impl FnMut(usize)) {
    for (index, &word) in words.iter().enumerate() {
        let mut rest = word;
        while rest != 0 {
            each(index * 64 + rest.trailing_zeros() as usize);
            rest &= rest - 1;
        }
    }
}

/// Contributions by table: for each byte of the bits the sum over its 256 patterns.
struct Weights {
    measured: Vec<[f64; 256]>,
    counted: Vec<[f64; 256]>,
}

impl Weights {
    fn new(tally: &Tally) -> Self {
        let units = tally.units_measured() as f64;
        // Only the bytes that hold units: a year of months needs two of a word's eight.
        let mut per_unit = vec![(0.0, 0.0); tally.measured.len().div_ceil(8) * 8];
        for (unit, share) in tally.shares() {
            let counted = 1.0 / (units * f64::from(tally.measured[unit]));
            per_unit[unit] = (share * counted, counted);
        }
        let table = |pick: fn(&(f64, f64)) -> f64| {
            let bytes = per_unit.chunks(8).map(|unit| {
                let mut sums = [0.0; 256];
                for pattern in 1..256_usize {
                    let lowest = pattern.trailing_zeros() as usize;
                    sums[pattern] = sums[pattern & (pattern - 1)] + pick(&unit[lowest]);
                }
                sums
            });
            bytes.collect()
        };
        Self { measured: table(|(measured, _)| *measured), counted: table(|(_, counted)| *counted) }
    }

    /// The contributions of everyone measured.
    fn contributions(&self, incidence: &Incidence) -> Contributions {
        let places = 0..incidence.people.len();
        places.map(|place| (incidence.people[place], self.contribution(incidence.bits(place)))).collect()
    }

    /// The contribution z of one person.
    fn contribution(&self, bits: Bits<'_>) -> f64 {
        let sum = |tables: &[[f64; 256]], words: &[u64]| {
            let bytes = words.iter().flat_map(|word| word.to_le_bytes());
            tables.iter().zip(bytes).map(|(table, byte)| table[usize::from(byte)]).sum::<f64>()
        };
        sum(&self.counted, bits.counted) - sum(&self.measured, bits.measured)
    }
}

/// The people of one group, by that group's rows alone, and what is left of those who are also elsewhere.
struct Members {
    own: Incidence,
    /// People of `own` (or with rows in the group) who also have rows outside it: by those rows alone.
    movers_rest: Incidence,
    /// Everyone with a row in the group, measured or not, ascending.
    touching: Vec<u32>,
}

/// Splits the people of a population by an attribute: each row belongs to the group it names.
fn members_by_group(
    measure: &impl Measure,
    population: &Population<'_>,
    attribute: &Attribute,
    whole: &Incidence,
) -> Vec<Members> {
    let units = whole.units;
    let empty = || Members { own: Incidence::new(units), movers_rest: Incidence::new(units), touching: Vec::new() };
    let mut groups: Vec<Members> = attribute.values.iter().map(|_| empty()).collect();
    let (mut codes, mut inside, mut outside) = (Vec::new(), Vec::new(), Vec::new());
    for (person, rows) in population.selection().persons() {
        let code_of = |row: u32| attribute.codes[row as usize];
        let first = code_of(rows[0]);
        if rows.iter().all(|&row| code_of(row) == first) {
            let group = &mut groups[usize::from(first)];
            group.touching.push(person);
            if let Some(bits) = whole.bits_of(person) {
                group.own.push(person, bits);
            }
            continue;
        }
        codes.clear();
        codes.extend(rows.iter().map(|&row| code_of(row)));
        codes.sort_unstable();
        codes.dedup();
        for &code in &codes {
            inside.clear();
            outside.clear();
            for &row in rows {
                if code_of(row) == code { inside.push(row) } else { outside.push(row) }
            }
            let group = &mut groups[usize::from(code)];
            group.touching.push(person);
            group.own.add(person, measure, &inside, |_| ());
            group.movers_rest.add(person, measure, &outside, |_| ());
        }
    }
    groups
}

/// Evaluates every group of an attribute, the small ones too: what may be seen is decided elsewhere.
fn break_down(
    measure: &impl Measure,
    population: &Population<'_>,
    attribute: &Attribute,
    whole: &Incidence,
    total: &Tally,
    unit_days: &[chrono::NaiveDate],
) -> Breakdown {
    let members = members_by_group(measure, population, attribute, whole);
    let groups = attribute.values.iter().zip(&members).filter_map(|(value, members)| {
        let tally = Tally::of(&members.own);
        let share = tally.share()?;
        let weights = Weights::new(&tally);
        let contributions = weights.contributions(&members.own);
        let variance = variance(contributions.iter().map(|(_, z)| *z));
        let people = members.own.people.len();
        let difference =
            if people < SMALLEST_COMPARED { None } else { from_the_rest(members, &contributions, share, whole, total) };
        Some(Group {
            value: value.clone(),
            people,
            share: Share::new(share),
            interval: share_interval(share, variance, people),
            difference,
            trend: tally.trend(unit_days),
            contributions,
        })
    });
    Breakdown { attribute: attribute.name.clone(), groups: groups.collect() }
}

/// The difference of a group from everyone outside it, contributions subtracted person by person.
/// `None` when nobody is measured outside.
fn from_the_rest(
    members: &Members,
    contributions: &[(u32, f64)],
    share: f64,
    whole: &Incidence,
    total: &Tally,
) -> Option<(f64, Interval)> {
    let mut rest = total.clone();
    for &person in &members.touching {
        if let Some(bits) = whole.bits_of(person) {
            rest.subtract(bits);
        }
    }
    for place in 0..members.movers_rest.people.len() {
        rest.add(members.movers_rest.bits(place));
    }
    let rest_share = rest.share()?;
    let weights = Weights::new(&rest);
    let mut differences = Vec::with_capacity(whole.people.len());
    let mut touching = members.touching.iter().copied().peekable();
    for (place, &person) in whole.people.iter().enumerate() {
        while touching.next_if(|&other| other < person).is_some() {}
        if touching.peek() != Some(&person) {
            differences.push(-weights.contribution(whole.bits(place)));
        }
    }
    // Somebody who moved can be measured by the rows in the group, or outside it, and not by all of them.
    let mut own = contributions.iter().peekable();
    for &person in &members.touching {
        let inside = own.next_if(|(other, _)| *other == person).map(|(_, z)| *z);
        let outside = members.movers_rest.bits_of(person).map(|bits| weights.contribution(bits));
        if inside.is_some() || outside.is_some() {
            differences.push(inside.unwrap_or(0.0) - outside.unwrap_or(0.0));
        }
    }
    with_interval(share - rest_share, differences)
}

/// The difference `a - b` of two shares, contributions subtracted person by person: a person in both
/// counts in both. `None` for fewer than two people.
pub(super) fn difference(a: (Share, &[(u32, f64)]), b: (Share, &[(u32, f64)])) -> Option<(f64, Interval)> {
    let (mut left, mut right) = (a.1.iter().peekable(), b.1.iter().peekable());
    let mut differences = Vec::with_capacity(a.1.len() + b.1.len());
    while let Some(person) = [left.peek(), right.peek()].into_iter().flatten().map(|(person, _)| *person).min() {
        let za = left.next_if(|(other, _)| *other == person).map_or(0.0, |(_, z)| *z);
        let zb = right.next_if(|(other, _)| *other == person).map_or(0.0, |(_, z)| *z);
        differences.push(za - zb);
    }
    with_interval(a.0.get() - b.0.get(), differences)
}

/// A difference of shares with its 95 % interval; `None` for fewer than two people.
fn with_interval(difference: f64, contributions: Vec<f64>) -> Option<(f64, Interval)> {
    Some((difference, stats::interval_95(difference, variance(contributions.into_iter())?)))
}
