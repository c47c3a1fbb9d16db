//! What is compared, and each person's mean of it.

use crate::dataset::{Counts, Dataset, EXCLUDED_SECONDS, Kind, Metric, PersonRows, Selection};

use super::super::{Unavailable, coaching};

/// Each person's mean over the measured weeks, ascending by person code.
pub type ByPerson = Vec<(u32, f64)>;

/// A metric of a comparison, in the order in which they are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum CompareMetric {
    /// Collaboration with people outside.
    ExternalHours,
    /// Collaboration less external collaboration, row by row; never under zero.
    InternalHours,
    /// All collaboration.
    CollaborationHours,
    /// Collaboration outside working hours.
    AfterHours,
    /// Focus time, as the file's product defines it.
    FocusHours,
    /// E-mail.
    EmailHours,
    /// E-mail with people outside.
    ExternalEmailHours,
    /// 1:1 time with the manager: meetings, or meetings and calls where the file has no meetings-only column.
    OneToOneHours,
    /// People outside with whom the person has a relationship.
    ExternalNetworkSize,
    /// People inside with whom the person has a relationship.
    InternalNetworkSize,
    /// Internal organizations in which the person has relationships.
    InternalOrganizations,
}

/// A column, or two that are subtracted.
enum Column<'d> {
    Seconds(&'d [u32]),
    /// The first less the second.
    Difference(&'d [u32], &'d [u32]),
    Counts(Counts<'d>),
}

impl CompareMetric {
    /// Every metric of a comparison.
    pub const ALL: [Self; 11] = [
        Self::ExternalHours,
        Self::InternalHours,
        Self::CollaborationHours,
        Self::AfterHours,
        Self::FocusHours,
        Self::EmailHours,
        Self::ExternalEmailHours,
        Self::OneToOneHours,
        Self::ExternalNetworkSize,
        Self::InternalNetworkSize,
        Self::InternalOrganizations,
    ];

    /// As in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::InternalHours => "internal_hours",
            Self::ExternalHours => Metric::ExternalHours.name(),
            Self::CollaborationHours => Metric::CollaborationHours.name(),
            Self::AfterHours => Metric::AfterHours.name(),
            Self::FocusHours => Metric::FocusHours.name(),
            Self::EmailHours => Metric::EmailHours.name(),
            Self::ExternalEmailHours => Metric::ExternalEmailHours.name(),
            Self::OneToOneHours => Metric::Manager11Hours.name(),
            Self::ExternalNetworkSize => Metric::ExternalNetworkSize.name(),
            Self::InternalNetworkSize => Metric::InternalNetworkSize.name(),
            Self::InternalOrganizations => Metric::InternalOrganizations.name(),
        }
    }

    /// The metric of a name.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|metric| metric.name() == name)
    }

    /// As in JSON: `hours`, `people` or `organizations`.
    #[must_use]
    pub const fn unit(self) -> &'static str {
        match self {
            Self::ExternalNetworkSize | Self::InternalNetworkSize => "people",
            Self::InternalOrganizations => "organizations",
            _ => "hours",
        }
    }

    /// Whether a week's value tells of the 28 days that end with it.
    #[must_use]
    pub const fn looks_back(self) -> bool {
        matches!(self, Self::ExternalNetworkSize | Self::InternalNetworkSize | Self::InternalOrganizations)
    }

    /// The columns of a file that it is made from.
    ///
    /// # Errors
    /// The columns that are missing.
    pub fn columns(self, dataset: &Dataset) -> Result<Vec<Metric>, Unavailable> {
        let wanted = match self {
            Self::ExternalHours => vec![Metric::ExternalHours],
            Self::InternalHours => vec![Metric::CollaborationHours, Metric::ExternalHours],
            Self::CollaborationHours => vec![Metric::CollaborationHours],
            Self::AfterHours => vec![Metric::AfterHours],
            Self::FocusHours => vec![Metric::FocusHours],
            Self::EmailHours => vec![Metric::EmailHours],
            Self::ExternalEmailHours => vec![Metric::ExternalEmailHours],
            Self::OneToOneHours => vec![coaching::one_to_one_metric(dataset)?],
            Self::ExternalNetworkSize => vec![Metric::ExternalNetworkSize],
            Self::InternalNetworkSize => vec![Metric::InternalNetworkSize],
            Self::InternalOrganizations => vec![Metric::InternalOrganizations],
        };
        let missing: Vec<Metric> = wanted.iter().copied().filter(|metric| !dataset.has(*metric)).collect();
        if missing.is_empty() { Ok(wanted) } else { Err(Unavailable::NotInFile(missing)) }
    }

    /// The mean of each person of a selection over the rows that can be read: hours or a count a period. Of nobody
    /// where no row can be read.
    ///
    /// # Errors
    /// When the file lacks a column.
    pub fn by_person(self, selection: &Selection<'_>) -> Result<ByPerson, Unavailable> {
        let column = Column::of(self, selection.dataset())?;
        let of = |rows: PersonRows<'_>| column.mean(rows).map(|mean| (rows.person(), mean));
        Ok(selection.persons_rows().filter_map(of).collect())
    }
}

impl<'d> Column<'d> {
    fn of(metric: CompareMetric, dataset: &'d Dataset) -> Result<Self, Unavailable> {
        let columns = metric.columns(dataset)?;
        let seconds = |metric: Metric| dataset.seconds(metric);
        let column = match columns.as_slice() {
            [total, part] => seconds(*total).zip(seconds(*part)).map(|(total, part)| Self::Difference(total, part)),
            [one] if one.kind() == Kind::Count => dataset.counts(*one).map(Self::Counts),
            [one, ..] => seconds(*one).map(Self::Seconds),
            [] => None,
        };
        column.ok_or(Unavailable::NotInFile(columns))
    }

    /// The mean over the rows that can be read: whole seconds are added up first, so that no sum depends on an order.
    fn mean(&self, rows: PersonRows<'_>) -> Option<f64> {
        let readable = |seconds: u32| seconds != EXCLUDED_SECONDS;
        let (mut seconds, mut counts, mut measured) = (0_u64, 0.0, 0_u64);
        rows.for_each(|row| match self {
            Self::Seconds(column) if readable(column[row]) => {
                seconds += u64::from(column[row]);
                measured += 1;
            }
            Self::Difference(total, part) if readable(total[row]) && readable(part[row]) => {
                seconds += u64::from(total[row].saturating_sub(part[row]));
                measured += 1;
            }
            Self::Counts(column) if !column.get(row).is_nan() => {
                counts += column.get(row);
                measured += 1;
            }
            _ => {}
        });
        let sum = if matches!(self, Self::Counts(_)) { counts } else { seconds as f64 / 3600.0 };
        (measured > 0).then(|| sum / measured as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_leads_back_to_its_metric() {
        for metric in CompareMetric::ALL {
            assert_eq!(CompareMetric::of_name(metric.name()), Some(metric));
        }
        assert_eq!(CompareMetric::of_name("hours"), None);
    }
}
