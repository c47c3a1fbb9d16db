//! The weeks or months that a share is a mean of: those of the whole calendar, of which a population uses some.

use chrono::NaiveDate;

use super::Months;
use crate::dataset::{Calendar, for_each_bit};

/// What the units of a measure are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Span {
    /// The periods of the calendar.
    Periods,
    /// Its months.
    Months,
    /// All of it: the one unit of a share over people.
    Whole,
}

/// The units of one kind. A set of units is a few words, one bit a unit, as a set of periods is.
#[derive(Clone, Debug)]
pub(super) struct Units {
    pub(super) first_days: Vec<NaiveDate>,
    /// For each unit the set of its periods, one after the other; empty where units are the periods.
    periods_of_units: Vec<u64>,
    period_words: usize,
}

impl Units {
    pub(super) fn new(span: Span, calendar: &Calendar, months: &Months) -> Self {
        let periods = calendar.periods.len();
        let period_words = periods.div_ceil(64);
        let sets = |units: usize, unit_of: &dyn Fn(usize) -> usize| {
            let mut sets = vec![0; units * period_words];
            for period in 0..periods {
                sets[unit_of(period) * period_words + period / 64] |= 1 << (period % 64);
            }
            sets
        };
        let (first_days, periods_of_units) = match span {
            Span::Periods => (calendar.periods.clone(), Vec::new()),
            Span::Months => {
                let month_of = |period: usize| usize::from(months.of_period[period]);
                (months.first_days.clone(), sets(months.first_days.len(), &month_of))
            }
            Span::Whole => (calendar.periods.first().copied().into_iter().collect(), sets(1, &|_| 0)),
        };
        Self { first_days, periods_of_units, period_words }
    }

    /// Words of a set of units.
    pub(super) fn words(&self) -> usize {
        self.first_days.len().div_ceil(64)
    }

    /// The set of units for which something holds.
    pub(super) fn set(&self, holds: impl Fn(usize) -> bool) -> Vec<u64> {
        let mut words = vec![0; self.words()];
        for unit in (0..self.first_days.len()).filter(|&unit| holds(unit)) {
            words[unit / 64] |= 1 << (unit % 64);
        }
        words
    }

    /// Puts into `units` the units that hold any of the periods.
    pub(super) fn holding(&self, periods: &[u64], units: &mut [u64]) {
        if self.periods_of_units.is_empty() {
            units.copy_from_slice(periods);
            return;
        }
        units.fill(0);
        for (unit, own) in self.periods_of_units.chunks_exact(self.period_words).enumerate() {
            let holds = own.iter().zip(periods).any(|(own, periods)| own & periods != 0);
            units[unit / 64] |= u64::from(holds) << (unit % 64);
        }
    }

    /// Puts into `periods` all periods of the units.
    pub(super) fn periods_of(&self, units: &[u64], periods: &mut [u64]) {
        if self.periods_of_units.is_empty() {
            periods.copy_from_slice(units);
            return;
        }
        periods.fill(0);
        for_each_bit(units, |unit| {
            let own = &self.periods_of_units[unit * self.period_words..(unit + 1) * self.period_words];
            for (word, own) in periods.iter_mut().zip(own) {
                *word |= own;
            }
        });
    }
}
