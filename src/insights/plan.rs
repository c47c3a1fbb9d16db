//! **Plans**: the mean of one metric for some people in one window of weeks, with its uncertainty and its weeks.
//!
//! Mean per person per week of the plan's metric: for each person over the measured weeks first, then over people; or
//! the share of the behavior's insight, by its own definition. The interval follows from each person's contribution:
//! of a mean M over N people z_i = (m_i - M) / N, of a share as for every share. Changes and differences of changes
//! subtract contributions person by person, so that a person in both windows counts in both.
//!
//! Hours have a point for each week; shares by month, and counts that look back 28 days, one for each month.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::metrics::MeanMetric;
use super::{Behavior, Outcome, Population, Unavailable, coaching, incidence, internal_networks, time_with_customers};
use crate::dataset::{Counts, Dataset, EXCLUDED_SECONDS, Kind, Metric, PersonRows};
use crate::stats::{self, Interval};

/// What a plan measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlanMeasure {
    /// The share of a behavior's headline.
    Headline(Behavior),
    /// The mean of a metric.
    Mean(MeanMetric),
}

/// One mean or share.
#[derive(Clone, Debug)]
pub struct PlanMean {
    /// The mean or share.
    pub value: f64,
    /// Its 95 % interval. Of a single person everything is possible.
    pub interval: Interval,
    /// Distinct people.
    pub people: usize,
    /// Weeks or months, oldest first.
    pub points: Vec<PlanPoint>,
    /// Whether points are months of a file of weeks.
    pub by_month: bool,
    /// The square of its standard error; `None` for fewer than two people.
    pub variance: Option<f64>,
    contributions: incidence::Contributions,
}

/// One week or month of a plan.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlanPoint {
    /// Its first day.
    pub period: NaiveDate,
    /// People measured in it.
    pub people: usize,
    /// Their mean or share.
    pub value: f64,
}

/// Measures a population.
///
/// # Errors
/// When the file lacks the column, or nobody is measured.
pub fn measure(population: &Population<'_>, measure: PlanMeasure) -> Result<PlanMean, Unavailable> {
    match measure {
        PlanMeasure::Headline(behavior) => {
            let outcome = match behavior {
                Behavior::TimeWithCustomers => time_with_customers::external_over_8h::evaluate(population, &[]),
                Behavior::Coaching => coaching::coaching_under_15_min::evaluate(population, &[]),
                Behavior::InternalNetworks => internal_networks::few_internal_organizations::evaluate(population, &[]),
            };
            let by_month = behavior != Behavior::TimeWithCustomers && !population.is_monthly();
            outcome.map(|outcome| of_share(outcome, by_month))
        }
        PlanMeasure::Mean(metric) => of_metric(population, metric),
    }
}

fn of_share(outcome: Outcome, by_month: bool) -> PlanMean {
    let point =
        |point: &super::TrendPoint| PlanPoint { period: point.period, people: point.people, value: point.share.get() };
    PlanMean {
        value: outcome.share.get(),
        interval: outcome.interval,
        people: outcome.people,
        points: outcome.trend.iter().map(point).collect(),
        by_month,
        variance: incidence::variance(outcome.contributions.iter().map(|(_, z)| *z)),
        contributions: outcome.contributions,
    }
}

/// A column, and how its cells are read.
enum Column<'d> {
    Seconds(&'d [u32]),
    Counts(Counts<'d>),
}

impl<'d> Column<'d> {
    fn of(dataset: &'d Dataset, metric: MeanMetric) -> Result<(Self, Metric), Unavailable> {
        let metric = match metric {
            MeanMetric::Of(metric) => metric,
            MeanMetric::OneToOneHours => coaching::one_to_one_metric(dataset)?,
            // A share of two columns is no mean per week: no plan measures it.
            MeanMetric::ExternalShare => Metric::ExternalHours,
        };
        let column = match metric.kind() {
            Kind::Duration => dataset.seconds(metric).map(Self::Seconds),
            Kind::Count => dataset.counts(metric).map(Self::Counts),
        };
        Ok((column.ok_or_else(|| Unavailable::NotInFile(vec![metric]))?, metric))
    }

    /// How many of its units make an hour, or a count.
    fn per_unit(&self) -> f64 {
        match self {
            Self::Seconds(_) => 3600.0,
            Self::Counts(_) => 1.0,
        }
    }

    /// Seconds or a count; `None` where the cell cannot be read.
    fn value(&self, row: usize) -> Option<f64> {
        match self {
            Self::Seconds(column) => Some(column[row]).filter(|seconds| *seconds != EXCLUDED_SECONDS).map(f64::from),
            Self::Counts(column) => Some(column.get(row)).filter(|count| !count.is_nan()),
        }
    }
}

fn of_metric(population: &Population<'_>, metric: MeanMetric) -> Result<PlanMean, Unavailable> {
    let dataset = population.dataset();
    let (column, metric) = Column::of(dataset, metric)?;
    let by_month = metric.kind() == Kind::Count && !population.is_monthly();
    let unit = |row: usize| {
        let period = usize::from(dataset.periods_of_rows()[row]);
        if by_month { usize::from(population.months().of_period[period]) } else { period }
    };
    let mut means: Vec<(u32, f64)> = Vec::new();
    let mut units: BTreeMap<usize, (f64, usize)> = BTreeMap::new();
    let mut look_at = |rows: PersonRows<'_>| {
        let (mut sum, mut count) = (0.0, 0_usize);
        // The last value of each unit: a week has one row, a month several.
        let mut last: BTreeMap<usize, f64> = BTreeMap::new();
        rows.for_each(|row| {
            if let Some(value) = column.value(row) {
                sum += value;
                count += 1;
                last.insert(unit(row), value);
            }
        });
        if count > 0 {
            // Whole seconds first: exact, as in the other means of the same metric.
            means.push((rows.person(), sum / column.per_unit() / count as f64));
        }
        for (unit, value) in last {
            let (sum, people) = units.entry(unit).or_default();
            *sum += value / column.per_unit();
            *people += 1;
        }
    };
    if metric == Metric::ExternalHours {
        population.for_each_without_edges(&mut look_at);
    } else {
        population.selection().persons_rows().for_each(&mut look_at);
    }
    let people = means.len();
    let value = stats::mean(means.iter().map(|(_, mean)| *mean)).ok_or(Unavailable::NobodyMeasured)?;
    let contributions: incidence::Contributions =
        means.into_iter().map(|(person, mean)| (person, (mean - value) / people as f64)).collect();
    let variance = incidence::variance(contributions.iter().map(|(_, z)| *z));
    let first_day = |unit: usize| match by_month {
        true => population.months().first_days[unit],
        false => population.first_day(unit),
    };
    let points = units.into_iter().map(|(unit, (sum, people))| PlanPoint {
        period: first_day(unit),
        people,
        value: sum / people as f64,
    });
    Ok(PlanMean {
        value,
        interval: stats::interval_95(value, variance.unwrap_or(f64::INFINITY)),
        people,
        points: points.collect(),
        by_month,
        variance,
        contributions,
    })
}

impl PlanMean {
    /// This mean less an earlier one of the same dataset, with its 95 % interval. `None` for fewer than two people.
    #[must_use]
    pub fn less(&self, earlier: &Self) -> Option<(f64, Interval)> {
        combined(&[(1.0, self), (-1.0, earlier)])
    }
}

/// The change of some people less the change of others, each as after and before: difference in differences, with
/// its 95 % interval. `None` for fewer than two people.
#[must_use]
pub fn difference_in_differences(some: [&PlanMean; 2], others: [&PlanMean; 2]) -> Option<(f64, Interval)> {
    combined(&[(1.0, some[0]), (-1.0, some[1]), (-1.0, others[0]), (1.0, others[1])])
}

/// Sums and differences of means of the same dataset: the contributions of a person are added up likewise.
fn combined(parts: &[(f64, &PlanMean)]) -> Option<(f64, Interval)> {
    let value = parts.iter().map(|(sign, mean)| sign * mean.value).sum();
    let of_part = |(sign, mean): &(f64, &PlanMean)| {
        let sign = *sign;
        mean.contributions.iter().map(move |(person, z)| (*person, sign * z)).collect::<Vec<_>>()
    };
    let mut all: Vec<(u32, f64)> = parts.iter().flat_map(of_part).collect();
    all.sort_by_key(|(person, _)| *person);
    let by_person = all.chunk_by(|a, b| a.0 == b.0).map(|person| person.iter().map(|(_, z)| z).sum());
    Some((value, stats::interval_95(value, incidence::variance(by_person)?)))
}

/// How much of a group's difference from the others is there to stay, from 0 to 1: between-group variance /
/// (between-group + sampling variance). `groups` are value and sampling variance of each shown group; what their values
/// vary beyond their sampling is between them. `own` is the sampling variance of the group itself. `None` for fewer
/// than three groups, or where nothing varies.
#[must_use]
pub fn reliability(groups: &[(f64, f64)], own: f64) -> Option<f64> {
    if groups.len() < 3 {
        return None;
    }
    let mean = stats::mean(groups.iter().map(|(value, _)| *value))?;
    let squares: f64 = groups.iter().map(|(value, _)| (value - mean).powi(2)).sum();
    let sampling = stats::mean(groups.iter().map(|(_, variance)| *variance))?;
    let between = (squares / (groups.len() - 1) as f64 - sampling).max(0.0);
    let all = between + own;
    (all > 0.0).then(|| between / all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reliability_is_what_varies_beyond_chance() {
        // Values 0.2, 0.4, 0.6: variance 0.04. Sampling 0.01 each: between 0.03, so 0.03 / 0.04.
        let groups = [(0.2, 0.01), (0.4, 0.01), (0.6, 0.01)];
        assert!(reliability(&groups, 0.01).is_some_and(|share| (share - 0.75).abs() < 1e-12));
        // Nothing beyond chance: all of it goes by itself.
        assert_eq!(reliability(&[(0.2, 0.1), (0.4, 0.1), (0.6, 0.1)], 0.1), Some(0.0));
        assert_eq!(reliability(&groups[..2], 0.01), None);
        assert_eq!(reliability(&[(0.25, 0.0); 3], 0.0), None);
    }
}
