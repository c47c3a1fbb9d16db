//! What it takes for a monthly insight to measure somebody in a month.

use super::coaching::{OneToOnes, enough_weeks};
use super::{InsightId, Months, Panel};
use crate::dataset::{Counts, Metric};

/// Which rows a monthly insight uses, and how many of a month it needs of somebody.
pub struct MonthlyNeed<'d> {
    months: &'d Months,
    rows: Rows<'d>,
}

enum Rows<'d> {
    /// Any row with a value: the last one of the month counts.
    LastValue(Counts<'d>),
    /// Rows in three quarters of the month's weeks.
    ThreeQuarters(OneToOnes<'d>),
}

impl<'d> MonthlyNeed<'d> {
    /// What an insight needs, of months that are complete; of the coaching style the meeting time is not looked at. `None` where it is not monthly, or not in the file.
    #[must_use]
    pub fn of(panel: &'d Panel, insight: InsightId) -> Option<Self> {
        let dataset = panel.dataset();
        let rows = match insight {
            InsightId::ConnectedPeople => Rows::LastValue(dataset.counts(Metric::ExternalNetworkSize)?),
            InsightId::FewInternalOrganizations => Rows::LastValue(dataset.counts(Metric::InternalOrganizations)?),
            InsightId::CoachingUnder15Min | InsightId::CoachingStyle => {
                Rows::ThreeQuarters(OneToOnes::new(dataset).ok()?)
            }
            InsightId::ExternalOver8h | InsightId::ExternalTopQuartile | InsightId::OneToOneRhythm => return None,
        };
        Some(Self { months: panel.months(), rows })
    }

    /// The month of a period.
    #[must_use]
    pub fn month_of(&self, period: usize) -> u16 {
        self.months.of_period[period]
    }

    /// Whether a row counts.
    #[must_use]
    pub fn uses(&self, row: usize) -> bool {
        match &self.rows {
            Rows::LastValue(values) => !values.get(row).is_nan(),
            Rows::ThreeQuarters(one_to_ones) => one_to_ones.seconds(row).is_some(),
        }
    }

    /// So many rows of a month it takes.
    #[must_use]
    pub fn rows(&self, month: u16) -> usize {
        match &self.rows {
            Rows::LastValue(_) => 1,
            Rows::ThreeQuarters(_) => enough_weeks(self.months.week_starts[usize::from(month)]) as usize,
        }
    }
}
