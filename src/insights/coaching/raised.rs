//! Months of 1:1s in which some time was added, judged by the law of "Less than 15 minutes of 1:1 a week".

use super::coaching_under_15_min::{self, judged};
use super::{MeetingTime, MonthlyOneToOnes, PersonMonth};
use crate::dataset::{PersonRows, Selection};
use crate::insights::groups::Split;
use crate::insights::marks::{Cell, Judge, Measure};
use crate::insights::units::Span;
use crate::insights::what_if::OneToOneTime;
use crate::insights::{Outcome, Population, Unavailable, incidence};

/// Months of 1:1s, raised to some time a month where they have less.
pub(in crate::insights) struct OneToOneMonths<'d> {
    months: MonthlyOneToOnes<'d>,
    seconds: u64,
    /// For each person the months that are meant, one bit a month; `None` for all of them.
    meant: Option<Vec<u64>>,
    words: usize,
}

impl<'d> OneToOneMonths<'d> {
    /// Raised to so many seconds a month. Without `meant` everyone is.
    pub(in crate::insights) fn raised(
        population: &'d Population<'_>,
        seconds: u64,
        meant: Option<&Selection<'_>>,
    ) -> Result<Self, Unavailable> {
        let panel = population.panel();
        let months = MonthlyOneToOnes::new(panel.dataset(), population.months())?;
        let units = panel.units(Span::Months);
        let words = units.words();
        let meant = meant.map(|meant| {
            let mut sets = vec![0; panel.dataset().people() * words];
            for rows in meant.persons_rows() {
                let start = rows.person() as usize * words;
                units.holding(rows.periods(), &mut sets[start..start + words]);
            }
            sets
        });
        Ok(Self { months, seconds, meant, words })
    }

    /// The share of people under 15 minutes, and of groups.
    pub(in crate::insights) fn evaluate(
        &self,
        population: &Population<'_>,
        splits: &[Split<'_>],
    ) -> Result<Outcome, Unavailable> {
        let judge = Judge::new(self, population.panel(), None, |month| self.months.uses(month));
        let evaluated = incidence::evaluate(&judge, population, splits).ok_or(Unavailable::NobodyMeasured)?;
        Ok(coaching_under_15_min::outcome(evaluated))
    }

    /// The time of one person in the months that count.
    pub(in crate::insights) fn time(&self, rows: PersonRows<'_>) -> OneToOneTime {
        let mut time = OneToOneTime::default();
        self.months.person_months(rows, no_meetings, |month| {
            if !month.eligible || !self.months.uses(month.month) {
                return;
            }
            let hours = |seconds: u64| {
                let weeks = if self.months.partial { f64::from(month.weeks) / 4.0 } else { 1.0 };
                seconds as f64 / 3600.0 / weeks
            };
            time.person_months += 1;
            time.hours += hours(month.seconds);
            time.added_hours += hours(self.raise(rows.person(), month).seconds - month.seconds);
            time.most_added_hours = time.added_hours;
        });
        time
    }

    fn raise(&self, person: u32, month: PersonMonth) -> PersonMonth {
        let bit = |sets: &Vec<u64>| sets[person as usize * self.words + month.month / 64] >> (month.month % 64) & 1;
        if self.meant.as_ref().is_some_and(|sets| bit(sets) == 0) {
            return month;
        }
        // Of a partial month four weeks are asked for; the part of them that was measured is the same time a week.
        let seconds = if self.months.partial { self.seconds * u64::from(month.weeks) / 4 } else { self.seconds };
        PersonMonth { seconds: month.seconds.max(seconds), ..month }
    }
}

fn no_meetings(_: usize) -> Option<MeetingTime> {
    Some(MeetingTime::default())
}

impl Measure for OneToOneMonths<'_> {
    const SPAN: Span = Span::Months;
    const NOTES: usize = MonthlyOneToOnes::NOTES;

    fn bands(&self) -> usize {
        self.months.bands()
    }

    fn cells(&self, rows: PersonRows<'_>, mut cell: impl FnMut(Cell)) {
        self.months.person_months(rows, no_meetings, |month| {
            cell(judged(&self.months, self.raise(rows.person(), month)));
        });
    }
}
