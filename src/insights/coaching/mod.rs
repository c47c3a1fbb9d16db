//! Promote coaching and development: 1:1 time with the manager.

pub mod coaching_style;
pub mod coaching_under_15_min;
pub mod one_to_one_rhythm;

use chrono::NaiveDate;

use crate::dataset::{EXCLUDED_SECONDS, Metric};
use crate::insights::{Badge, Population, Unavailable};

/// The 1:1 column: meeting hours with manager 1:1, else meeting-and-call hours with manager 1:1.
pub(super) fn one_to_one_metric(population: &Population<'_>) -> Result<Metric, Unavailable> {
    let choices = [Metric::Manager11Hours, Metric::Manager11MeetingAndCallHours];
    let first = choices.into_iter().find(|&metric| population.dataset().has(metric));
    first.ok_or_else(|| Unavailable::NotInFile(choices.to_vec()))
}

/// Whether a row's person has a manager; everybody has where the file cannot tell.
fn has_manager(population: &Population<'_>, row: u32) -> bool {
    population.dataset().without_manager().is_none_or(|column| !column[row as usize])
}

/// People left out, in some row, because they have no manager; `None` where the file cannot tell.
fn people_without_manager(population: &Population<'_>) -> Option<usize> {
    population.dataset().without_manager()?;
    Some(population.selection().people_where(|row| !has_manager(population, row)))
}

/// One person's 1:1 time in one month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct PersonMonth {
    /// Index among the months that are used.
    unit: usize,
    /// Index among the population's months.
    month: usize,
    /// T: the sum of 1:1 time in the weeks that start in the month.
    seconds: u64,
    /// Weeks of the month with a readable cell.
    weeks: u32,
    /// Whether the person was there for at least three quarters of the month's weeks.
    eligible: bool,
}

/// 1:1 time by calendar month. Complete months are used; if there is none, all of them, scaled.
struct MonthlyOneToOnes<'a> {
    population: &'a Population<'a>,
    metric: Metric,
    seconds: &'a [u32],
    /// Indices of the months that are used, and for each month its place among them.
    used: Vec<usize>,
    unit_of_month: Vec<Option<usize>>,
    /// No month is complete: time is scaled to four weeks.
    partial: bool,
}

impl<'a> MonthlyOneToOnes<'a> {
    fn new(population: &'a Population<'a>) -> Result<Self, Unavailable> {
        let metric = one_to_one_metric(population)?;
        let seconds = population.dataset().seconds(metric).ok_or_else(|| Unavailable::NotInFile(vec![metric]))?;
        let months = population.months();
        let partial = !months.any_complete();
        let used: Vec<usize> =
            (0..months.first_days.len()).filter(|&month| partial || months.complete[month]).collect();
        let mut unit_of_month = vec![None; months.first_days.len()];
        for (unit, &month) in used.iter().enumerate() {
            unit_of_month[month] = Some(unit);
        }
        Ok(Self { population, metric, seconds, used, unit_of_month, partial })
    }

    fn first_days(&self) -> Vec<NaiveDate> {
        self.used.iter().map(|&month| self.population.months().first_days[month]).collect()
    }

    /// The months in which these rows have a readable cell, ascending. Rows without a manager do not count.
    fn person_months(&self, rows: &[u32], mut each: impl FnMut(PersonMonth)) {
        let periods = self.population.dataset().periods_of_rows();
        let months = self.population.months();
        let mut current: Option<PersonMonth> = None;
        for &row in rows {
            let seconds = self.seconds[row as usize];
            let Some(month) = months.of_period[usize::from(periods[row as usize])].map(usize::from) else { continue };
            let Some(unit) = self.unit_of_month[month].filter(|_| self.counts(row)) else { continue };
            match &mut current {
                Some(open) if open.month == month => {
                    open.seconds += u64::from(seconds);
                    open.weeks += 1;
                }
                _ => {
                    if let Some(done) = current.take() {
                        each(self.judged(done));
                    }
                    let seconds = u64::from(seconds);
                    current = Some(PersonMonth { unit, month, seconds, weeks: 1, eligible: false });
                }
            }
        }
        if let Some(done) = current {
            each(self.judged(done));
        }
    }

    /// Whether a row's 1:1 cell can be read and its person has a manager.
    fn counts(&self, row: u32) -> bool {
        self.seconds[row as usize] != EXCLUDED_SECONDS && has_manager(self.population, row)
    }

    fn judged(&self, person_month: PersonMonth) -> PersonMonth {
        let months = self.population.months();
        let weeks = if self.partial { &months.weeks_measured } else { &months.week_starts }[person_month.month];
        PersonMonth { eligible: person_month.weeks >= (weeks * 3).div_ceil(4), ..person_month }
    }

    /// Compares T with minutes a month: T, or in partial months T x 4 / weeks, exactly.
    fn against(&self, person_month: PersonMonth, minutes: u64) -> std::cmp::Ordering {
        if self.partial {
            (person_month.seconds * 4).cmp(&(minutes * 60 * u64::from(person_month.weeks)))
        } else {
            person_month.seconds.cmp(&(minutes * 60))
        }
    }

    fn badges(&self) -> Vec<Badge> {
        let mut badges = Vec::new();
        if self.partial {
            badges.push(Badge::Partial);
        }
        if self.metric == Metric::Manager11MeetingAndCallHours {
            badges.push(Badge::MeetingAndCallHours);
        }
        if self.population.dataset().without_manager().is_none() {
            badges.push(Badge::ManagersUnknown);
        }
        badges
    }
}
