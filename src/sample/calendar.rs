//! The weeks of the sample and what happens in them.

use chrono::{Datelike as _, Days, NaiveDate};

/// The first day of the last week, a Sunday, whenever the program runs: 31 May 2026. The 26 weeks up
/// to it are exactly the six calendar months from December to May by their week starts.
pub(super) const LAST_WEEK: NaiveDate = match NaiveDate::from_ymd_opt(2026, 5, 31) {
    Some(date) => date,
    None => NaiveDate::MIN,
};

/// From this week on every manager in Customer Success holds 1:1s at least every two weeks.
const COACHING_PROGRAM: NaiveDate = match NaiveDate::from_ymd_opt(2026, 2, 1) {
    Some(date) => date,
    None => NaiveDate::MIN,
};

/// The four weeks after a release, in which more customers call Support: from this week on.
const RELEASE: NaiveDate = match NaiveDate::from_ymd_opt(2026, 3, 15) {
    Some(date) => date,
    None => NaiveDate::MIN,
};

/// How much of a holiday a week is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holiday {
    /// A working week.
    None,
    /// The week with 25 December in it: many are away, the others do little.
    YearEnd,
    /// The week with 1 January in it.
    NewYear,
}

impl Holiday {
    /// People away, in a thousand.
    pub(super) const fn absent_in_a_thousand(self) -> u32 {
        match self {
            Self::None => 25,
            Self::YearEnd => 440,
            Self::NewYear => 170,
        }
    }

    /// Hours of those who are there, as a part of a working week's.
    pub(super) const fn hours_factor(self) -> f64 {
        match self {
            Self::None => 1.0,
            Self::YearEnd => 0.55,
            Self::NewYear => 0.75,
        }
    }
}

/// One week of the sample.
#[derive(Clone, Debug)]
pub(super) struct Week {
    /// The first day, a Sunday.
    pub(super) start: NaiveDate,
    /// Place in the file, from 0.
    pub(super) index: u32,
    /// Weeks between this one and the last. Rolls hang on it, so that a longer sample only adds weeks.
    pub(super) before_end: u32,
    /// Place among the week starts of its calendar month, from 0 to 4.
    pub(super) in_month: u32,
    /// How far the sample has come: 0 in the first week, 1 in the last.
    pub(super) progress: f64,
    /// How much of a holiday it is.
    pub(super) holiday: Holiday,
    /// Whether customers call Support because of the release.
    pub(super) after_release: bool,
    /// Whether the coaching program of Customer Success runs.
    pub(super) coaching_program: bool,
}

/// The weeks of a sample, oldest first.
pub(super) fn weeks(count: u32) -> Vec<Week> {
    (0..count)
        .map(|index| {
            let before_end = count - 1 - index;
            let start = days_before(LAST_WEEK, 7 * before_end);
            let days_since_release = (start - RELEASE).num_days();
            Week {
                start,
                index,
                before_end,
                in_month: start.day0() / 7,
                progress: f64::from(index) / f64::from(count.max(2) - 1),
                holiday: holiday(start),
                after_release: (0..28).contains(&days_since_release),
                coaching_program: start >= COACHING_PROGRAM,
            }
        })
        .collect()
}

/// The day so many days earlier; the first day there is when there is none so early.
pub(super) fn days_before(date: NaiveDate, days: u32) -> NaiveDate {
    date.checked_sub_days(Days::new(u64::from(days))).unwrap_or(NaiveDate::MIN)
}

/// How much of a holiday the week is that starts on `start`.
fn holiday(start: NaiveDate) -> Holiday {
    let has = |month, day| start.iter_days().take(7).any(|date| date.month() == month && date.day() == day);
    if has(12, 25) {
        Holiday::YearEnd
    } else if has(1, 1) {
        Holiday::NewYear
    } else {
        Holiday::None
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use chrono::Weekday;

    use super::*;

    #[test]
    fn twenty_six_weeks_are_six_whole_months_of_sundays() {
        let weeks = weeks(26);
        assert!(weeks.iter().all(|week| week.start.weekday() == Weekday::Sun));
        assert_eq!(weeks[0].start.to_string(), "2025-12-07");
        assert_eq!(weeks[25].start.to_string(), "2026-05-31");
        // The Sunday before the first week is in November, the one after the last in June.
        assert_eq!(weeks[0].in_month, 0);
        assert_eq!(days_before(LAST_WEEK, 0) + Days::new(7), NaiveDate::from_ymd_opt(2026, 6, 7).unwrap());
    }

    #[test]
    fn the_year_ends_in_the_week_of_21_december() {
        let holidays: Vec<String> = weeks(26)
            .iter()
            .filter(|week| week.holiday == Holiday::YearEnd)
            .map(|week| week.start.to_string())
            .collect();
        assert_eq!(holidays, ["2025-12-21"]);
    }

    #[test]
    fn one_week_is_enough() {
        let weeks = weeks(1);
        assert_eq!((weeks.len(), weeks[0].progress), (1, 0.0));
    }
}
