//! The formula of every share, its interval and its differences, with plain loops.

use std::collections::BTreeMap;

use chrono::NaiveDate;

const Z: f64 = 1.959964;

/// What one person amounts to in one unit: a band, and whether the person is counted.
pub(super) type Judged = (usize, bool);
/// By person, by unit.
pub(super) type Table = BTreeMap<String, BTreeMap<NaiveDate, Judged>>;

/// Everything that follows from a table.
#[derive(Clone, Debug, Default)]
pub(super) struct Numbers {
    pub(super) share: f64,
    pub(super) interval: (f64, f64),
    pub(super) people: usize,
    pub(super) periods: usize,
    pub(super) bands: Vec<f64>,
    pub(super) trend: Vec<(NaiveDate, usize, f64)>,
    pub(super) others: Vec<(&'static str, f64)>,
    pub(super) boundaries: Vec<usize>,
    pub(super) not_eligible: usize,
    pub(super) without_manager: Option<usize>,
    /// By attribute, by value: the group's numbers and its difference from the rest.
    pub(super) groups: BTreeMap<String, BTreeMap<String, (Self, Option<Difference>)>>,
    /// By attribute, by value: people and external share.
    pub(super) connected: BTreeMap<String, BTreeMap<String, (usize, f64)>>,
}

/// A difference and its interval.
pub(super) type Difference = (f64, f64, f64);

pub(super) fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// For each unit the people measured and their share.
fn units(table: &Table) -> BTreeMap<NaiveDate, (usize, f64)> {
    let mut sums: BTreeMap<NaiveDate, (usize, usize)> = BTreeMap::new();
    for (unit, (_, counted)) in table.values().flatten() {
        let (people, sum) = sums.entry(*unit).or_default();
        *people += 1;
        *sum += usize::from(*counted);
    }
    sums.into_iter().map(|(unit, (people, counted))| (unit, (people, counted as f64 / people as f64))).collect()
}

/// The contribution of each person: (1/W) x sum over the person's units of (y - p) / n.
fn contributions(table: &Table) -> BTreeMap<&String, f64> {
    let units = units(table);
    let contribution = |cells: &BTreeMap<NaiveDate, Judged>| {
        let terms = cells.iter().map(|(unit, (_, counted))| {
            let (people, share) = units[unit];
            (f64::from(u8::from(*counted)) - share) / people as f64
        });
        terms.sum::<f64>() / units.len() as f64
    };
    table.iter().map(|(person, cells)| (person, contribution(cells))).collect()
}

fn variance(contributions: &BTreeMap<&String, f64>) -> f64 {
    let n = contributions.len() as f64;
    n / (n - 1.0) * contributions.values().map(|z| z * z).sum::<f64>()
}

pub(super) fn summarize(table: &Table, bands: usize) -> Option<Numbers> {
    let units = units(table);
    if units.is_empty() {
        return None;
    }
    let shares: Vec<f64> = units.values().map(|(_, share)| *share).collect();
    let share = mean(&shares);
    let n = table.len() as f64;
    let interval = if share <= 0.0 || share >= 1.0 {
        let center = (share + Z * Z / (2.0 * n)) / (1.0 + Z * Z / n);
        let half = Z / (1.0 + Z * Z / n) * (share * (1.0 - share) / n + Z * Z / (4.0 * n * n)).sqrt();
        (center - half, center + half)
    } else if table.len() == 1 {
        (0.0, 1.0)
    } else {
        let half = Z * variance(&contributions(table)).sqrt();
        (share - half, share + half)
    };
    let band = |band: usize| {
        let in_unit = |(unit, (people, _)): (&NaiveDate, &(usize, f64))| {
            let here = table.values().filter_map(|cells| cells.get(unit)).filter(|(judged, _)| *judged == band);
            here.count() as f64 / *people as f64
        };
        mean(&units.iter().map(in_unit).collect::<Vec<_>>())
    };
    Some(Numbers {
        share,
        interval: (interval.0.max(0.0), interval.1.min(1.0)),
        people: table.len(),
        periods: units.len(),
        bands: (0..bands).map(band).collect(),
        trend: units.iter().map(|(unit, (people, share))| (*unit, *people, *share)).collect(),
        ..Numbers::default()
    })
}

/// A group less the rest, contributions subtracted person by person.
pub(super) fn difference(own: &Table, rest: &Table) -> Option<Difference> {
    let (own_share, rest_share) = (summarize(own, 0)?.share, summarize(rest, 0)?.share);
    let mut z = contributions(own);
    for (person, contribution) in contributions(rest) {
        *z.entry(person).or_default() -= contribution;
    }
    if z.len() < 2 {
        return None;
    }
    let half = Z * variance(&z).sqrt();
    let difference = own_share - rest_share;
    Some((difference, difference - half, difference + half))
}
