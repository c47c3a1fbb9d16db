//! Which rows an insight reads, and what it takes for a monthly one to measure somebody in a month.

use super::coaching::coaching_style::Family;
use super::coaching::{OneToOnes, enough_weeks};
use super::units::{Span, Units};
use super::{InsightId, Months, Population};
use crate::dataset::{Counts, Dataset, EXCLUDED_SECONDS, Metric};

/// Which rows a monthly insight uses, in which months, and how many of a month it needs of somebody.
pub struct MonthlyNeed<'p> {
    months: &'p Months,
    units: &'p Units,
    rows: Rows<'p>,
}

/// Whether a row is read.
type Reads<'d> = Box<dyn Fn(usize) -> bool + 'd>;

/// Which rows an insight that goes by weeks can read; `None` where it is all of them, or the file has no such column.
#[must_use]
pub fn rows_read(dataset: &Dataset, insight: InsightId) -> Option<Reads<'_>> {
    let reads: Reads<'_> = match insight {
        InsightId::ExternalOver8h | InsightId::ExternalTopQuartile => {
            let column = dataset.seconds(Metric::ExternalHours)?;
            Box::new(move |row| column[row] != EXCLUDED_SECONDS)
        }
        InsightId::ConnectedPeople
        | InsightId::FewInternalOrganizations
        | InsightId::CoachingUnder15Min
        | InsightId::CoachingStyle => return None,
        InsightId::OneToOneRhythm => {
            let one_to_ones = OneToOnes::new(dataset).ok()?;
            Box::new(move |row| one_to_ones.seconds(row).is_some())
        }
    };
    let rows = dataset.periods_of_rows().len();
    (!(0..rows).all(&reads)).then_some(reads)
}

enum Rows<'p> {
    /// Any row with a value, of every month: the last one of the month counts.
    LastValue(Counts<'p>),
    /// Rows in three quarters of the month's weeks, with some meeting time where the insight divides by it.
    ThreeQuarters(OneToOnes<'p>, Option<Family<'p>>),
}

impl<'p> MonthlyNeed<'p> {
    /// What an insight needs in the months of a population. `None` where it is not monthly, or not in the file.
    #[must_use]
    pub fn of(population: &'p Population<'_>, insight: InsightId) -> Option<Self> {
        let dataset = population.panel().dataset();
        let one_to_ones = || OneToOnes::new(dataset).ok();
        let rows = match insight {
            InsightId::ConnectedPeople => Rows::LastValue(dataset.counts(Metric::ExternalNetworkSize)?),
            InsightId::FewInternalOrganizations => Rows::LastValue(dataset.counts(Metric::InternalOrganizations)?),
            InsightId::CoachingUnder15Min => Rows::ThreeQuarters(one_to_ones()?, None),
            InsightId::CoachingStyle => Rows::ThreeQuarters(one_to_ones()?, Some(Family::of(dataset).ok()?)),
            InsightId::ExternalOver8h | InsightId::ExternalTopQuartile | InsightId::OneToOneRhythm => return None,
        };
        Some(Self { months: population.months(), units: population.panel().units(Span::Months), rows })
    }

    /// Puts into `to` those of some periods that are in months of a set.
    pub fn keep_months(&self, months: &[u64], periods: &[u64], to: &mut [u64]) {
        self.units.periods_of(months, to);
        to.iter_mut().zip(periods).for_each(|(to, period)| *to &= period);
    }

    /// The month of a period.
    #[must_use]
    pub fn month_of(&self, period: usize) -> u16 {
        self.months.of_period[period]
    }

    /// Whether a month counts: 1:1 time is told of complete months, or of all if there is none.
    #[must_use]
    pub fn looks_at(&self, month: u16) -> bool {
        match &self.rows {
            Rows::LastValue(_) => true,
            Rows::ThreeQuarters(..) => self.months.looks_at(usize::from(month)),
        }
    }

    /// Whether there is a month that counts of which the whole has more weeks, or which does not count in the whole: somebody
    /// may be measured in one of the two and not in the other.
    #[must_use]
    pub fn has_part_of_a_month(&self, whole: &Months) -> bool {
        let of_whole = |month: usize| match &self.rows {
            Rows::LastValue(_) => true,
            Rows::ThreeQuarters(..) => whole.looks_at(month),
        };
        let (own, whole_weeks) = (&self.months.weeks_measured, &whole.weeks_measured);
        let mut months = (0..own.len()).filter(|&month| own[month] > 0 && self.looks_at(month as u16));
        months.any(|month| !of_whole(month) || own[month] < whole_weeks[month])
    }

    /// Whether a row counts.
    #[must_use]
    pub fn uses(&self, row: usize) -> bool {
        match &self.rows {
            Rows::LastValue(values) => !values.get(row).is_nan(),
            Rows::ThreeQuarters(one_to_ones, family) => {
                one_to_ones.seconds(row).is_some()
                    && family.as_ref().is_none_or(|family| family.meetings(row).is_some())
            }
        }
    }

    /// Whether a row that counts has what is measured; one such row of a month is enough.
    #[must_use]
    pub fn has_something(&self, row: usize) -> bool {
        match &self.rows {
            Rows::ThreeQuarters(_, Some(family)) => family.meetings(row).is_some_and(|meetings| meetings.all > 0),
            Rows::LastValue(_) | Rows::ThreeQuarters(_, None) => true,
        }
    }

    /// So many rows of a month it takes; of a month that is not complete, as if that were all there is.
    #[must_use]
    pub fn rows(&self, month: u16) -> usize {
        let (months, month) = (self.months, usize::from(month));
        let weeks = if months.complete[month] { &months.week_starts } else { &months.weeks_measured };
        match &self.rows {
            Rows::LastValue(_) => 1,
            Rows::ThreeQuarters(..) => enough_weeks(weeks[month]) as usize,
        }
    }
}
