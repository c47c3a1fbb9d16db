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
    /// The unit of each period; empty likewise.
    unit_of_period: Vec<u16>,
    period_words: usize,
}

impl Units {
    pub(super) fn new(span: Span, calendar: &Calendar, months: &Months) -> Self {
        let periods = calendar.periods.len();
        let period_words = periods.div_ceil(64);
        let (first_days, unit_of_period) = match span {
            Span::Periods => (calendar.periods.clone(), Vec::new()),
            Span::Months => (months.first_days.clone(), months.of_period.clone()),
            Span::Whole => (calendar.periods.first().copied().into_iter().collect(), vec![0; periods]),
        };
        let units = if unit_of_period.is_empty() { 0 } else { first_days.len() };
        let mut periods_of_units = vec![0; units * period_words];
        for (period, &unit) in unit_of_period.iter().enumerate() {
            periods_of_units[usize::from(unit) * period_words + period / 64] |= 1 << (period % 64);
        }
        Self { first_days, periods_of_units, unit_of_period, period_words }
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
        if self.unit_of_period.is_empty() {
            units.copy_from_slice(periods);
            return;
        }
        units.fill(0);
        for_each_bit(periods, |period| {
            let unit = usize::from(self.unit_of_period[period]);
            units[unit / 64] |= 1 << (unit % 64);
        });
    }

    /// Puts into `periods` all periods of the units.
    pub(super) fn periods_of(&self, units: &[u64], periods: &mut [u64]) {
        if self.unit_of_period.is_empty() {
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
