//! A metric of one person over some rows, and of single rows.

use super::super::metrics::MeanMetric;
use super::super::sums::{ExternalAndTotal, ExternalAndTotalSums, MeansByPerson};
use super::super::{Panel, Unavailable, coaching};
use crate::dataset::{Counts, Dataset, EXCLUDED_SECONDS, Kind, Metric, PersonRows};

/// The metrics that a file can tell about, in the order in which they are listed to people.
#[must_use]
pub fn available(dataset: &Dataset) -> Vec<MeanMetric> {
    let has = |metric: &Metric| dataset.has(*metric);
    let mut metrics: Vec<MeanMetric> = Metric::ALL.into_iter().filter(has).map(MeanMetric::Of).collect();
    let share = [Metric::CollaborationHours, Metric::ExternalHours];
    if share.iter().all(has) {
        let place = metrics.iter().position(|metric| *metric == MeanMetric::Of(Metric::ExternalHours));
        metrics.insert(place.map_or(0, |place| place + 1), MeanMetric::ExternalShare);
    }
    metrics
}

/// Whether a metric is told of each week by itself, and not as the last value of a month.
#[must_use]
pub fn is_by_week(metric: MeanMetric) -> bool {
    !matches!(metric, MeanMetric::Of(metric) if metric.kind() == Kind::Count)
}

/// Which rows of a file have a metric; `None` where it is all of them, or the file cannot tell.
#[must_use]
pub fn rows_with(panel: &Panel, metric: MeanMetric) -> Option<impl Fn(usize) -> bool> {
    let values = Values::new(panel, metric).ok()?;
    let reads = move |row| values.of_row(row).is_some();
    (!(0..panel.dataset().periods_of_rows().len()).all(&reads)).then_some(reads)
}

/// A metric, ready to be read.
pub(super) struct Values<'a> {
    mean: MeanOf<'a>,
    cells: Cells<'a>,
    /// Whether rows of edge weeks are left out.
    pub(super) leaves_out_edges: bool,
    /// Whether a month counts as its last value, rather than each row for itself.
    pub(super) looks_back: bool,
}

enum MeanOf<'a> {
    Metric(MeansByPerson<'a>),
    Share(ExternalAndTotalSums<'a>),
}

enum Cells<'a> {
    Seconds(&'a [u32]),
    Counts(Counts<'a>),
    /// External, and all.
    Share(&'a [u32], &'a [u32]),
}

impl<'a> Values<'a> {
    pub(super) fn new(panel: &'a Panel, metric: MeanMetric) -> Result<Self, Unavailable> {
        let dataset = panel.dataset();
        let metric = match metric {
            MeanMetric::Of(metric) => metric,
            MeanMetric::OneToOneHours => coaching::one_to_one_metric(dataset)?,
            MeanMetric::ExternalShare => return Self::share(panel),
        };
        let cells = match metric.kind() {
            Kind::Duration => dataset.seconds(metric).map(Cells::Seconds),
            Kind::Count => dataset.counts(metric).map(Cells::Counts),
        };
        let missing = || Unavailable::NotInFile(vec![metric]);
        Ok(Self {
            mean: MeanOf::Metric(MeansByPerson::new(panel, metric).ok_or_else(missing)?),
            cells: cells.ok_or_else(missing)?,
            leaves_out_edges: metric == Metric::ExternalHours,
            looks_back: !is_by_week(MeanMetric::Of(metric)),
        })
    }

    fn share(panel: &'a Panel) -> Result<Self, Unavailable> {
        let needs = || Unavailable::NotInFile(vec![Metric::ExternalHours, Metric::CollaborationHours]);
        let dataset = panel.dataset();
        let columns = dataset.seconds(Metric::ExternalHours).zip(dataset.seconds(Metric::CollaborationHours));
        let (external, all) = columns.ok_or_else(needs)?;
        Ok(Self {
            mean: MeanOf::Share(ExternalAndTotalSums::new(panel).ok_or_else(needs)?),
            cells: Cells::Share(external, all),
            leaves_out_edges: false,
            looks_back: false,
        })
    }

    /// The mean of a person over some rows, or the person's external share; `None` without a readable one.
    pub(super) fn of(&self, rows: PersonRows<'_>) -> Option<f64> {
        match &self.mean {
            MeanOf::Metric(means) => means.of(rows),
            MeanOf::Share(sums) => Some(sums.of(rows)).filter(|sum| sum.rows > 0).map(ExternalAndTotal::external_share),
        }
    }

    /// The value of one row: hours, a count, or a share; `None` where it cannot be read.
    pub(super) fn of_row(&self, row: usize) -> Option<f64> {
        let readable = |seconds: u32| Some(seconds).filter(|seconds| *seconds != EXCLUDED_SECONDS);
        match &self.cells {
            Cells::Seconds(column) => readable(column[row]).map(|seconds| f64::from(seconds) / 3600.0),
            Cells::Counts(column) => Some(column.get(row)).filter(|count| !count.is_nan()),
            Cells::Share(external, all) => {
                let (external, all) = (readable(external[row])?, readable(all[row])?);
                // External time above the total is kept as it is, and without any hours the share is 0.
                let is_all = external >= all;
                Some(if is_all { f64::from(external > 0) } else { f64::from(external) / f64::from(all) })
            }
        }
    }
}

/// The ends of the bins of a metric's distribution but the last, which has none: the first bin is from 0 to the first
/// end, that included. The same for every file of the same grain.
#[must_use]
pub fn bin_edges(metric: MeanMetric, is_monthly: bool) -> Vec<f64> {
    let (step, bins) = match metric {
        MeanMetric::ExternalShare => (0.1, 8),
        MeanMetric::OneToOneHours | MeanMetric::Of(Metric::Manager11Hours | Metric::Manager11MeetingAndCallHours) => {
            (0.25, 8)
        }
        MeanMetric::Of(metric) => match metric {
            Metric::CollaborationHours => (5.0, 10),
            Metric::MeetingHours | Metric::MeetingAndCallHours | Metric::FocusHours => (4.0, 10),
            Metric::ManagerMeetingHours | Metric::ManagerMeetingAndCallHours => (1.0, 10),
            Metric::ExternalNetworkSize => (5.0, 10),
            Metric::InternalNetworkSize => (20.0, 10),
            _ => (2.0, 10),
        },
    };
    // A month has a little over four weeks.
    let is_hours = metric.unit() == "hours";
    let step = if is_monthly && is_hours { step * 4.0 } else { step };
    (1..=bins).map(|bin| step * f64::from(bin)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bins_grow_by_equal_steps_and_are_four_times_as_wide_by_month() {
        let external = MeanMetric::Of(Metric::ExternalHours);
        assert_eq!(bin_edges(external, false)[..4], [2.0, 4.0, 6.0, 8.0]);
        assert_eq!(bin_edges(external, true)[..2], [8.0, 16.0]);
        // Counts and shares are the same by week and by month.
        for metric in [MeanMetric::Of(Metric::ExternalNetworkSize), MeanMetric::ExternalShare] {
            assert_eq!(bin_edges(metric, false), bin_edges(metric, true));
        }
    }
}
