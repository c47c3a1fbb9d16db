//! Periods: which days, weeks or months the rows are about.

use chrono::{Datelike as _, Days, Months, NaiveDate, Weekday};

/// How long the period of a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Grain {
    /// One row a person and day; summed to weeks before anything is computed.
    Day,
    /// One row a person and week.
    Week,
    /// One row a person and calendar month.
    Month,
}

impl Grain {
    /// As in JSON and in `--grain`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
        }
    }

    /// The period's length in days. A month's depends on which month it is.
    #[must_use]
    pub fn days(self, first_day: NaiveDate) -> u32 {
        match self {
            Self::Day => 1,
            Self::Week => 7,
            Self::Month => days_in_month(first_day),
        }
    }
}

/// Days in the calendar month of `date`.
#[must_use]
pub fn days_in_month(date: NaiveDate) -> u32 {
    let first = date.with_day(1).unwrap_or(date);
    let next = first.checked_add_months(Months::new(1)).unwrap_or(first);
    u32::try_from((next - first).num_days()).unwrap_or(30).max(28)
}

/// The periods of a dataset, each named by its first day, ascending and distinct.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    /// The length of every period.
    pub grain: Grain,
    /// First days, ascending, distinct; a period nobody has a row in is not listed.
    pub periods: Vec<NaiveDate>,
}

impl Calendar {
    /// The index of a period by its first day.
    #[must_use]
    pub fn index_of(&self, first_day: NaiveDate) -> Option<usize> {
        self.periods.binary_search(&first_day).ok()
    }

    /// The weekday on which weeks start; `None` for months and for an empty calendar.
    /// Where a file mixes weekdays the first period decides.
    #[must_use]
    pub fn week_starts_on(&self) -> Option<Weekday> {
        match self.grain {
            Grain::Week => self.periods.first().map(NaiveDate::weekday),
            Grain::Day | Grain::Month => None,
        }
    }
}

/// The last day on or before `date` that is a `weekday`.
#[must_use]
pub fn week_start(date: NaiveDate, weekday: Weekday) -> NaiveDate {
    let back = date.weekday().days_since(weekday);
    date.checked_sub_days(Days::new(u64::from(back))).unwrap_or(date)
}

/// Every day in the calendar month of `date` that is a `weekday`, ascending.
#[must_use]
pub fn weekdays_in_month(date: NaiveDate, weekday: Weekday) -> Vec<NaiveDate> {
    let first = date.with_day(1).unwrap_or(date);
    first.iter_days().take_while(|day| day.month() == first.month()).filter(|day| day.weekday() == weekday).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn march_2024_has_five_sundays_and_thirty_one_days() {
        let sundays = weekdays_in_month(date("2024-03-14"), Weekday::Sun);
        assert_eq!(sundays, ["2024-03-03", "2024-03-10", "2024-03-17", "2024-03-24", "2024-03-31"].map(date));
        assert_eq!(days_in_month(date("2024-03-14")), 31);
        assert_eq!(days_in_month(date("2024-02-01")), 29);
    }

    #[test]
    fn a_wednesday_belongs_to_the_week_of_the_sunday_before() {
        assert_eq!(week_start(date("2024-04-03"), Weekday::Sun), date("2024-03-31"));
        assert_eq!(week_start(date("2024-03-31"), Weekday::Sun), date("2024-03-31"));
        assert_eq!(week_start(date("2024-03-31"), Weekday::Mon), date("2024-03-25"));
    }
}
