//! Promote coaching and development: 1:1 time with the manager.

pub mod coaching_style;
pub mod coaching_under_15_min;
pub mod one_to_one_rhythm;
mod raised;

use chrono::Weekday;

use crate::dataset::{Dataset, EXCLUDED_SECONDS, Grain, Metric, PersonRows, weekdays_in_month};
use crate::insights::{Badge, Months, Population, Unavailable};

pub(super) use raised::OneToOneMonths;

/// The 1:1 column: meeting hours with manager 1:1, else meeting-and-call hours with manager 1:1.
pub(super) fn one_to_one_metric(dataset: &Dataset) -> Result<Metric, Unavailable> {
    let choices = [Metric::Manager11Hours, Metric::Manager11MeetingAndCallHours];
    let first = choices.into_iter().find(|&metric| dataset.has(metric));
    first.ok_or_else(|| Unavailable::NotInFile(choices.to_vec()))
}

/// 1:1 time row by row: nothing where the cell cannot be read or the person has no manager.
#[derive(Clone, Copy)]
pub(super) struct OneToOnes<'d> {
    metric: Metric,
    seconds: &'d [u32],
    without_manager: Option<&'d [bool]>,
}

impl<'d> OneToOnes<'d> {
    pub(super) fn new(dataset: &'d Dataset) -> Result<Self, Unavailable> {
        let metric = one_to_one_metric(dataset)?;
        let seconds = dataset.seconds(metric).ok_or_else(|| Unavailable::NotInFile(vec![metric]))?;
        Ok(Self { metric, seconds, without_manager: dataset.without_manager() })
    }

    /// Seconds of a row that counts. Everybody has a manager where the file cannot tell.
    pub(super) fn seconds(&self, row: usize) -> Option<u32> {
        let has_manager = self.without_manager.is_none_or(|column| !column[row]);
        Some(self.seconds[row]).filter(|seconds| *seconds != EXCLUDED_SECONDS && has_manager)
    }

    fn has_calls(&self) -> bool {
        self.metric == Metric::Manager11MeetingAndCallHours
    }
}

/// For each person the periods of the rows without a manager; `None` where the file cannot tell.
pub(super) fn without_manager_by_person(dataset: &Dataset) -> Option<Vec<u64>> {
    let column = dataset.without_manager()?;
    let words = dataset.period_words();
    let mut sets = vec![0; dataset.people() * words];
    for person in 0..dataset.people() as u32 {
        dataset.rows_in(person, dataset.present(person)).for_each(|row| {
            let period = usize::from(dataset.periods_of_rows()[row]);
            sets[person as usize * words + period / 64] |= u64::from(column[row]) << (period % 64);
        });
    }
    Some(sets)
}

/// People left out, in some row, because they have no manager; `None` where the file cannot tell.
fn people_without_manager(population: &Population<'_>) -> Option<usize> {
    let dataset = population.dataset();
    let column = dataset.without_manager()?;
    let words = dataset.period_words();
    let is_without = |rows: &PersonRows<'_>| match &population.panel().kept().without_manager {
        Some(sets) => {
            let own = sets[rows.person() as usize * words..].iter().zip(rows.periods());
            own.into_iter().any(|(without, chosen)| without & chosen != 0)
        }
        None => rows.any(|row| column[row]),
    };
    Some(population.selection().persons_rows().filter(is_without).count())
}

/// So many of a month's weeks make somebody eligible: three quarters, rounded up.
pub(super) fn enough_weeks(weeks: u32) -> u32 {
    (weeks * 3).div_ceil(4)
}

/// One person's 1:1 time in one month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct PersonMonth {
    /// Index among the months of the calendar.
    month: usize,
    /// T: the sum of 1:1 time in the weeks that start in the month.
    seconds: u64,
    /// Weeks of the month with a readable cell.
    weeks: u32,
    /// Whether the person was there for at least three quarters of the month's weeks.
    eligible: bool,
    /// Meeting time in those weeks, where the measure needs it.
    meetings: MeetingTime,
}

/// Seconds of meetings: with the manager, and all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct MeetingTime {
    with_manager: u64,
    pub(super) all: u64,
}

/// 1:1 time by calendar month. Complete months are used; if there is none, all of them, scaled.
pub(super) struct MonthlyOneToOnes<'d> {
    one_to_ones: OneToOnes<'d>,
    period_of_row: &'d [u16],
    months: &'d Months,
    /// For each month its week starts, of a file of months its Sundays: what the other reading divides by.
    week_starts: Vec<u64>,
    /// No month is complete: time is scaled to four weeks.
    partial: bool,
}

impl<'d> MonthlyOneToOnes<'d> {
    /// `months` are those of a population, or of the calendar as if each were complete.
    pub(super) fn new(dataset: &'d Dataset, months: &'d Months) -> Result<Self, Unavailable> {
        let sundays = |day| weekdays_in_month(day, Weekday::Sun).len() as u64;
        let week_starts = if dataset.calendar().grain == Grain::Month {
            months.first_days.iter().map(|day| sundays(*day)).collect()
        } else {
            months.week_starts.iter().map(|&weeks| u64::from(weeks)).collect()
        };
        Ok(Self {
            one_to_ones: OneToOnes::new(dataset)?,
            period_of_row: dataset.periods_of_rows(),
            months,
            week_starts,
            partial: !months.any_complete(),
        })
    }

    /// Whether a month counts.
    fn uses(&self, month: usize) -> bool {
        self.months.complete[month] || (self.partial && self.months.weeks_measured[month] > 0)
    }

    /// Calls `each` with the months in which these rows have a readable cell, ascending. Rows without a manager do
    /// not count, nor do rows of which `meetings` says nothing.
    fn person_months(
        &self,
        rows: PersonRows<'_>,
        meetings: impl Fn(usize) -> Option<MeetingTime>,
        mut each: impl FnMut(PersonMonth),
    ) {
        let mut current: Option<PersonMonth> = None;
        rows.for_each(|row| {
            let Some((seconds, meetings)) = self.one_to_ones.seconds(row).zip(meetings(row)) else { return };
            let month = usize::from(self.months.of_period[usize::from(self.period_of_row[row])]);
            if let Some(done) = current.take_if(|open| open.month != month) {
                each(self.judged(done));
            }
            let nothing =
                PersonMonth { month, seconds: 0, weeks: 0, eligible: false, meetings: MeetingTime::default() };
            let open = current.get_or_insert(nothing);
            open.seconds += u64::from(seconds);
            open.weeks += 1;
            open.meetings.with_manager += meetings.with_manager;
            open.meetings.all += meetings.all;
        });
        if let Some(done) = current {
            each(self.judged(done));
        }
    }

    fn judged(&self, person_month: PersonMonth) -> PersonMonth {
        let weeks = if self.partial { &self.months.weeks_measured } else { &self.months.week_starts };
        PersonMonth { eligible: person_month.weeks >= enough_weeks(weeks[person_month.month]), ..person_month }
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
        if self.one_to_ones.has_calls() {
            badges.push(Badge::MeetingAndCallHours);
        }
        if self.one_to_ones.without_manager.is_none() {
            badges.push(Badge::ManagersUnknown);
        }
        badges
    }
}
