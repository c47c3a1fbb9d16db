//! Sums over the rows of one person, kept for each person's active rows.

use super::Panel;
use crate::dataset::{Dataset, EXCLUDED_SECONDS, Metric, PersonRows};

/// Seconds over the rows of a person whose cell can be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Sum {
    pub(super) seconds: u64,
    /// How many rows that is.
    pub(super) rows: u64,
}

impl Sum {
    fn of(column: &[u32], rows: PersonRows<'_>) -> Self {
        let mut sum = Self::default();
        rows.for_each_run(|run| {
            for &seconds in &column[run] {
                let readable = u64::from(seconds != EXCLUDED_SECONDS);
                sum.seconds += readable * u64::from(seconds);
                sum.rows += readable;
            }
        });
        sum
    }

    /// Mean hours a row; `None` without a readable one.
    pub(super) fn mean_hours(self) -> Option<f64> {
        (self.rows > 0).then(|| self.seconds as f64 / 3600.0 / self.rows as f64)
    }
}

/// External and collaboration seconds over the rows of a person in which both can be read.
/// External time above the total is kept as it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct ExternalAndTotal {
    pub(super) external: u64,
    pub(super) total: u64,
    /// How many rows that is.
    pub(super) rows: u64,
}

impl ExternalAndTotal {
    fn of(external: &[u32], total: &[u32], rows: PersonRows<'_>) -> Self {
        let mut sum = Self::default();
        rows.for_each_run(|run| {
            for (&external, &total) in external[run.clone()].iter().zip(&total[run]) {
                let readable = u64::from(external != EXCLUDED_SECONDS && total != EXCLUDED_SECONDS);
                sum.external += readable * u64::from(external);
                sum.total += readable * u64::from(total);
                sum.rows += readable;
            }
        });
        sum
    }

    /// With the sums of other rows.
    pub(super) fn and(self, other: Self) -> Self {
        Self { external: self.external + other.external, total: self.total + other.total, rows: self.rows + other.rows }
    }

    /// External divided by total: at most 1, and 0 when there are no hours at all.
    pub(super) fn external_share(self) -> f64 {
        if self.external >= self.total {
            f64::from(self.external > 0)
        } else {
            self.external as f64 / self.total as f64
        }
    }
}

/// The sums that a panel keeps, by person code.
#[derive(Clone, Debug, Default)]
pub(super) struct KeptSums {
    external: Option<Vec<Sum>>,
    external_and_total: Option<Vec<ExternalAndTotal>>,
    /// The mean of each metric: hours, or counts; NaN where no row can be read.
    means: Vec<(Metric, Vec<f64>)>,
}

impl KeptSums {
    pub(super) fn of(dataset: &Dataset) -> Self {
        let rows = |person: usize| dataset.rows_in(person as u32, dataset.active_periods(person as u32));
        let people = 0..dataset.people();
        let external = dataset.seconds(Metric::ExternalHours);
        let pairs = external.zip(dataset.seconds(Metric::CollaborationHours));
        let means = Metric::ALL.into_iter().filter_map(|metric| {
            let of = |person| mean(dataset, metric, rows(person)).unwrap_or(f64::NAN);
            dataset.has(metric).then(|| (metric, people.clone().map(of).collect()))
        });
        Self {
            external: external.map(|column| people.clone().map(|person| Sum::of(column, rows(person))).collect()),
            external_and_total: pairs.map(|(external, total)| {
                people.clone().map(|person| ExternalAndTotal::of(external, total, rows(person))).collect()
            }),
            means: means.collect(),
        }
    }
}

/// The mean of a metric over the rows of one person: hours, or counts. `None` without a readable row or column.
fn mean(dataset: &Dataset, metric: Metric, rows: PersonRows<'_>) -> Option<f64> {
    if let Some(column) = dataset.seconds(metric) {
        return Sum::of(column, rows).mean_hours();
    }
    let column = dataset.counts(metric)?;
    let (mut sum, mut measured) = (0.0, 0_usize);
    rows.for_each_run(|run| {
        for value in column[run].iter().filter(|value| !value.is_nan()) {
            sum += value;
            measured += 1;
        }
    });
    (measured > 0).then(|| sum / measured as f64)
}

/// External seconds of people.
pub(super) struct ExternalSums<'a> {
    column: &'a [u32],
    kept: Option<&'a [Sum]>,
}

impl<'a> ExternalSums<'a> {
    /// `None` when the column is not in the file.
    pub(super) fn new(panel: &'a Panel) -> Option<Self> {
        let column = panel.dataset().seconds(Metric::ExternalHours)?;
        Some(Self { column, kept: panel.kept().sums.external.as_deref() })
    }

    pub(super) fn of(&self, rows: PersonRows<'_>) -> Sum {
        match self.kept {
            Some(kept) if rows.are_the_active_ones() => kept[rows.person() as usize],
            _ => Sum::of(self.column, rows),
        }
    }
}

/// External and collaboration seconds of people.
pub(super) struct ExternalAndTotalSums<'a> {
    external: &'a [u32],
    total: &'a [u32],
    kept: Option<&'a [ExternalAndTotal]>,
}

impl<'a> ExternalAndTotalSums<'a> {
    /// `None` when either column is not in the file.
    pub(super) fn new(panel: &'a Panel) -> Option<Self> {
        let external = panel.dataset().seconds(Metric::ExternalHours)?;
        let total = panel.dataset().seconds(Metric::CollaborationHours)?;
        Some(Self { external, total, kept: panel.kept().sums.external_and_total.as_deref() })
    }

    pub(super) fn of(&self, rows: PersonRows<'_>) -> ExternalAndTotal {
        match self.kept {
            Some(kept) if rows.are_the_active_ones() => kept[rows.person() as usize],
            _ => ExternalAndTotal::of(self.external, self.total, rows),
        }
    }
}

/// Means of one metric.
pub(super) struct MeansByPerson<'a> {
    dataset: &'a Dataset,
    metric: Metric,
    kept: Option<&'a [f64]>,
}

impl<'a> MeansByPerson<'a> {
    pub(super) fn new(panel: &'a Panel, metric: Metric) -> Self {
        let kept = panel.kept().sums.means.iter().find(|(kept, _)| *kept == metric);
        Self { dataset: panel.dataset(), metric, kept: kept.map(|(_, means)| means.as_slice()) }
    }

    pub(super) fn of(&self, rows: PersonRows<'_>) -> Option<f64> {
        match self.kept {
            Some(kept) if rows.are_the_active_ones() => {
                Some(kept[rows.person() as usize]).filter(|mean| !mean.is_nan())
            }
            _ => mean(self.dataset, self.metric, rows),
        }
    }
}
