//! Days summed to weeks: a file of day grain is turned into weeks before anything is computed.

use std::sync::Arc;

use chrono::{Days, NaiveDate, Weekday};

use super::presence::Presence;
use super::{Attribute, Calendar, Dataset, EXCLUDED_SECONDS, Grain, week_start};

/// A dataset of weeks made from one of days, and the rows that are in no week.
#[derive(Clone, Debug)]
pub struct WeeksFromDays {
    /// One row a person and week. With inactive days it knows what they added.
    pub dataset: Dataset,
    /// Rows left out because their `IsActive` is FALSE.
    pub inactive_rows: usize,
    /// Rows of a first or last week that the file cuts, left out.
    pub cut_week_rows: usize,
    /// The first days of the weeks that were dropped because the file cuts them.
    pub cut_weeks: Vec<NaiveDate>,
}

/// What inactive days add to weeks: a switch over days changes a week and not only whether it is there.
#[derive(Clone, Debug)]
pub struct AddedDays {
    /// The weeks without inactive days: the same people, weeks and attributes.
    without: Dataset,
    /// For each person the weeks with an inactive day, [`Dataset::period_words`] words each.
    weeks: Vec<u64>,
}

impl AddedDays {
    /// The weeks without inactive days: person and period codes, attributes and their values are the same.
    #[must_use]
    pub fn without(&self) -> &Dataset {
        &self.without
    }

    /// The weeks of each person, by person code, that have an inactive day: [`Dataset::period_words`] words each.
    #[must_use]
    pub fn weeks(&self) -> &[u64] {
        &self.weeks
    }
}

impl Dataset {
    /// Sums days to weeks: durations are added (a day that is out of a metric is left out of the sum, and a
    /// week without any other day is out of the metric), of counts the last one present in the week stands, of attributes the last day's.
    ///
    /// The first week is dropped when the first date is later than its Monday, the last when the last
    /// date is earlier than its Friday. Inactive days are left out unless `include_inactive`.
    #[must_use]
    pub fn summed_to_weeks(&self, starts_on: Weekday, include_inactive: bool) -> WeeksFromDays {
        let mut summed = self.sum_to_weeks(starts_on, include_inactive);
        if let Some(active) = self.active().filter(|_| include_inactive) {
            let without = self.sum_to_weeks(starts_on, false).dataset;
            let weeks = self.weeks_with_inactive_days(active, &summed.dataset, starts_on);
            summed.dataset.added_days = Some(Arc::new(AddedDays { without, weeks }));
        }
        summed
    }

    /// For each person the weeks with an inactive day.
    fn weeks_with_inactive_days(&self, active: &[bool], weeks: &Self, starts_on: Weekday) -> Vec<u64> {
        let words = weeks.period_words();
        let mut sets = vec![0; self.people() * words];
        for (person, rows) in self.rows_by_person().enumerate() {
            for row in rows.filter(|&row| !active[row]) {
                let week = week_start(self.calendar.periods[usize::from(self.period[row])], starts_on);
                if let Ok(week) = weeks.calendar.periods.binary_search(&week) {
                    sets[person * words + week / 64] |= 1 << (week % 64);
                }
            }
        }
        sets
    }

    fn sum_to_weeks(&self, starts_on: Weekday, include_inactive: bool) -> WeeksFromDays {
        let mut weeks: Vec<NaiveDate> = self.calendar.periods.iter().map(|day| week_start(*day, starts_on)).collect();
        weeks.dedup();
        let cut_weeks = self.cut_weeks(&weeks, starts_on);
        weeks.retain(|week| !cut_weeks.contains(week));
        let week_of_day: Vec<Option<u16>> = self
            .calendar
            .periods
            .iter()
            .map(|day| weeks.binary_search(&week_start(*day, starts_on)).ok().map(|week| week as u16))
            .collect();

        let active = if include_inactive { None } else { self.active() };
        let (mut inactive_rows, mut cut_week_rows) = (0, 0);
        let mut starts = vec![0_u32];
        let mut period = Vec::new();
        // The day rows of each week row, as places in `day_rows`.
        let (mut day_rows, mut ends) = (Vec::<u32>::new(), Vec::<usize>::new());
        for rows in self.rows_by_person() {
            let first = period.len();
            for row in rows {
                if active.is_some_and(|active| !active[row]) {
                    inactive_rows += 1;
                    continue;
                }
                let Some(week) = week_of_day[usize::from(self.period[row])] else {
                    cut_week_rows += 1;
                    continue;
                };
                if period.len() == first || period.last() != Some(&week) {
                    period.push(week);
                    ends.push(day_rows.len());
                }
                day_rows.push(row as u32);
                if let Some(end) = ends.last_mut() {
                    *end = day_rows.len();
                }
            }
            starts.push(period.len() as u32);
        }
        let days_of = |week: usize| &day_rows[if week == 0 { 0 } else { ends[week - 1] }..ends[week]];
        let all_weeks = 0..period.len();
        let last_day = |week: usize| days_of(week)[days_of(week).len() - 1] as usize;

        let durations = self
            .durations
            .iter()
            .map(|(metric, column)| {
                let sum = |week| {
                    let readable = days_of(week).iter().map(|&row| column[row as usize]);
                    readable.filter(|&seconds| seconds != EXCLUDED_SECONDS).reduce(|sum, seconds| sum + seconds)
                };
                (*metric, all_weeks.clone().map(|week| sum(week).unwrap_or(EXCLUDED_SECONDS)).collect())
            })
            .collect();
        let counts = self
            .counts
            .iter()
            .map(|(metric, column)| {
                let last = |week| {
                    let days = days_of(week).iter().rev().map(|&row| column.view().get(row as usize));
                    days.into_iter().find(|value| !value.is_nan()).unwrap_or(f64::NAN)
                };
                (*metric, all_weeks.clone().map(last).collect())
            })
            .collect();
        let attributes = self
            .attributes
            .iter()
            .map(|attribute| {
                let codes = all_weeks.clone().map(|week| attribute.codes[last_day(week)]).collect();
                Attribute::new(attribute.name.clone(), attribute.values.clone(), codes).grouped(&starts)
            })
            .collect();
        let without_manager =
            self.without_manager.as_ref().map(|column| all_weeks.clone().map(|week| column[last_day(week)]).collect());
        let dataset = Dataset {
            era: self.era,
            presence: Presence::of(weeks.len(), &starts, &period, None, 1),
            calendar: Calendar { grain: Grain::Week, periods: weeks },
            people: self.people.clone(),
            starts,
            period,
            active: None,
            without_manager,
            durations,
            counts,
            attributes,
            added_days: None,
        };
        WeeksFromDays { dataset, inactive_rows, cut_week_rows, cut_weeks }
    }

    /// The first and the last week, where the file's dates cut them.
    fn cut_weeks(&self, weeks: &[NaiveDate], starts_on: Weekday) -> Vec<NaiveDate> {
        let day_in = |week: NaiveDate, weekday: Weekday| {
            let ahead = weekday.days_since(starts_on);
            week.checked_add_days(Days::new(u64::from(ahead))).unwrap_or(week)
        };
        let mut cut = Vec::new();
        if let (Some(&date), Some(&week)) = (self.calendar.periods.first(), weeks.first())
            && date > day_in(week, Weekday::Mon)
        {
            cut.push(week);
        }
        if let (Some(&date), Some(&week)) = (self.calendar.periods.last(), weeks.last())
            && date < day_in(week, Weekday::Fri)
            && !cut.contains(&week)
        {
            cut.push(week);
        }
        cut
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Draft, Era, Metric, OnConflict, PersonIds};
    use super::*;

    /// One person, one row a day from `first`, one hour a day.
    fn days(first: &str, count: u64) -> Dataset {
        let first: NaiveDate = first.parse().unwrap();
        let mut people = PersonIds::default();
        people.push(b"p");
        Draft {
            era: Era::Viva,
            grain: Grain::Day,
            periods: (0..count).map(|day| first + Days::new(day)).collect(),
            people,
            person: vec![0; count as usize].into(),
            period: (0..count as u16).collect(),
            active: None,
            without_manager: None,
            durations: vec![(Metric::ExternalHours, vec![3600; count as usize].into())],
            counts: vec![(Metric::ExternalNetworkSize, (0..count).map(|day| day as f64).collect())],
            attributes: Vec::new(),
        }
        .build(OnConflict::Ask)
        .unwrap()
        .dataset
    }

    #[test]
    fn fourteen_days_from_a_sunday_are_two_weeks_of_seven_hours() {
        let weeks = days("2024-03-31", 14).summed_to_weeks(Weekday::Sun, false);
        assert_eq!(weeks.dataset.seconds(Metric::ExternalHours), Some([7 * 3600, 7 * 3600].as_slice()));
        let counts = weeks.dataset.counts(Metric::ExternalNetworkSize).unwrap();
        assert_eq!(counts.iter().collect::<Vec<_>>(), [6.0, 13.0]);
        assert!(weeks.cut_weeks.is_empty());
    }

    #[test]
    fn weeks_with_inactive_days_know_what_those_added() {
        // Inactive from Saturday the 6th to Monday the 8th: the last day of one week and two days of the next.
        let mut dataset = days("2024-03-31", 14);
        dataset.active = Some((0..14).map(|day| !(6..9).contains(&day)).collect());
        let weeks = dataset.summed_to_weeks(Weekday::Sun, true).dataset;
        assert_eq!(weeks.seconds(Metric::ExternalHours), Some([7 * 3600, 7 * 3600].as_slice()));
        let added = weeks.added_days().unwrap();
        assert_eq!(added.weeks(), [0b11]);
        assert_eq!(added.without().seconds(Metric::ExternalHours), Some([6 * 3600, 5 * 3600].as_slice()));
        assert!(dataset.summed_to_weeks(Weekday::Sun, false).dataset.added_days().is_none());
    }

    #[test]
    fn a_day_that_cannot_be_read_is_left_out_of_its_week() {
        let mut dataset = days("2024-03-31", 14);
        dataset.durations[0].1[0] = EXCLUDED_SECONDS;
        dataset.durations[0].1[7..].fill(EXCLUDED_SECONDS);
        let weeks = dataset.summed_to_weeks(Weekday::Sun, false);
        assert_eq!(weeks.dataset.seconds(Metric::ExternalHours), Some([6 * 3600, EXCLUDED_SECONDS].as_slice()));
    }

    #[test]
    fn a_file_from_monday_to_friday_is_a_whole_week() {
        let weeks = days("2024-04-01", 5).summed_to_weeks(Weekday::Sun, false);
        assert_eq!(weeks.dataset.seconds(Metric::ExternalHours), Some([5 * 3600].as_slice()));
    }

    #[test]
    fn a_first_week_from_tuesday_and_a_last_week_to_thursday_are_dropped() {
        // Tuesday 2024-04-02 to Thursday 2024-04-18: only the week of Sunday 2024-04-07 is whole.
        let weeks = days("2024-04-02", 17).summed_to_weeks(Weekday::Sun, false);
        assert_eq!(weeks.dataset.calendar().periods, ["2024-04-07".parse().unwrap()]);
        assert_eq!(weeks.cut_weeks.len(), 2);
        // 5 days to Saturday the 6th, and Sunday the 14th to Thursday the 18th.
        assert_eq!(weeks.cut_week_rows, 10);
    }
}
