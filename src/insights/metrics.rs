//! Means of single metrics: for each person over the measured periods first, then over people.
//!
//! Hours are hours a period: of a file of months, hours a month.

use super::{Population, coaching, threads_for, time_with_customers};
use crate::dataset::Metric;
use crate::stats;
use crate::work::each;

/// The metrics whose means are published, with their unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MeanMetric {
    /// A catalogue metric by its own name.
    Of(Metric),
    /// 1:1 hours: meetings, or meetings and calls where the file has no meetings-only column.
    OneToOneHours,
    /// The mean of people's external share.
    ExternalShare,
}

/// The mean of one metric.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MetricMean {
    /// Which metric.
    pub metric: MeanMetric,
    /// The mean and the number of people; `None` when the file has no such column or nobody is measured.
    pub mean: Option<(f64, usize)>,
}

impl MeanMetric {
    /// Every published mean, in order.
    pub const ALL: [Self; 12] = [
        Self::Of(Metric::CollaborationHours),
        Self::Of(Metric::ExternalHours),
        Self::ExternalShare,
        Self::Of(Metric::ExternalNetworkSize),
        Self::Of(Metric::ExternalNetworkBreadth),
        Self::OneToOneHours,
        Self::Of(Metric::InternalNetworkSize),
        Self::Of(Metric::InternalOrganizations),
        Self::Of(Metric::MeetingHours),
        Self::Of(Metric::EmailHours),
        Self::Of(Metric::FocusHours),
        Self::Of(Metric::AfterHours),
    ];

    /// As in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Of(metric) => metric.name(),
            Self::OneToOneHours => Metric::Manager11Hours.name(),
            Self::ExternalShare => "external_share",
        }
    }

    /// As in JSON: `hours`, `people`, `organizations`, `domains` or `share`.
    #[must_use]
    pub const fn unit(self) -> &'static str {
        match self {
            Self::ExternalShare => "share",
            Self::Of(Metric::ExternalNetworkSize | Metric::InternalNetworkSize) => "people",
            Self::Of(Metric::InternalOrganizations) => "organizations",
            Self::Of(Metric::ExternalNetworkBreadth) => "domains",
            Self::Of(_) | Self::OneToOneHours => "hours",
        }
    }
}

/// The means of every published metric over a population. External hours leave out edge weeks.
#[must_use]
pub fn means(population: &Population<'_>) -> Vec<MetricMean> {
    let mean = |metric| match metric {
        MeanMetric::Of(Metric::ExternalHours) => time_with_customers::external_over_8h::mean_hours(population),
        MeanMetric::OneToOneHours => mean_of(population, coaching::one_to_one_metric(population.dataset()).ok()?),
        MeanMetric::ExternalShare => {
            let shares = time_with_customers::external_share_by_person(population)?;
            let people = shares.len();
            Some((stats::mean(shares)?, people))
        }
        MeanMetric::Of(metric) => mean_of(population, metric),
    };
    let all = |metric| MetricMean { metric, mean: mean(metric) };
    each(threads_for(population.people()), MeanMetric::ALL.to_vec(), all)
}

/// Mean of one column.
fn mean_of(population: &Population<'_>, metric: Metric) -> Option<(f64, usize)> {
    let means = population.means(metric)?;
    Some((stats::mean(means.iter().copied())?, means.len()))
}

/// The mean over people, and how many they are; `None` for nobody.
pub(super) fn mean_over_people(means: impl Iterator<Item = f64>) -> Option<(f64, usize)> {
    let mut people = 0;
    let mean = stats::mean(means.inspect(|_| people += 1))?;
    Some((mean, people))
}
