//! Two windows of whole periods: which may be compared, what is offered, and which weeks look like holidays.
//!
//! A window has every period that the file has between two days, but for those that are left out of both windows:
//! the ones that somebody leaves out, and weeks that the file cuts at its edges. Both must have as many of them as the
//! other, and the earlier window must end before the later one begins.

use chrono::{Days, Months, NaiveDate};

use crate::dataset::{EXCLUDED_SECONDS, Grain, Metric, Selection};
use crate::stats;

/// The longest windows that are offered: as long as the baseline of a plan.
const LONGEST: usize = 12;

/// The shortest windows that are offered, of weeks and of months.
const SHORTEST: [usize; 2] = [2, 1];

/// A part of a calendar, by the first days of its first and last period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Window {
    /// The first one.
    pub from: NaiveDate,
    /// The last one.
    pub to: NaiveDate,
}

/// Why two windows cannot be compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WindowProblem {
    /// The earlier window does not end before the later one begins.
    NotBefore,
    /// The file has no period in the earlier window, or in the later one.
    Empty {
        /// Whether it is the later one.
        is_later: bool,
    },
    /// They are not of one length.
    Unequal {
        /// Periods of the earlier and the later window.
        periods: [usize; 2],
        /// The longer one cut to its latest periods.
        corrected: [Window; 2],
    },
}

/// Windows that are offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offer {
    /// The same periods a year before.
    YearBefore([Window; 2]),
    /// The periods just before.
    JustBefore([Window; 2]),
}

impl Offer {
    /// The windows, the earlier one first.
    #[must_use]
    pub const fn windows(self) -> [Window; 2] {
        match self {
            Self::YearBefore(windows) | Self::JustBefore(windows) => windows,
        }
    }
}

impl Window {
    /// Whether it holds a day.
    #[must_use]
    pub fn holds(&self, day: NaiveDate) -> bool {
        self.from <= day && day <= self.to
    }

    fn of(periods: &[NaiveDate]) -> Option<Self> {
        Some(Self { from: *periods.first()?, to: *periods.last()? })
    }
}

/// The periods of both windows, the earlier one first. `kept` are the periods that are not left out, ascending.
///
/// # Errors
/// When they cannot be compared.
pub fn periods_of(kept: &[NaiveDate], windows: &[Window; 2]) -> Result<[Vec<NaiveDate>; 2], WindowProblem> {
    let [earlier, later] = windows;
    let periods = windows.map(|window| kept.iter().copied().filter(|day| window.holds(*day)).collect::<Vec<_>>());
    if earlier.to >= later.from {
        return Err(WindowProblem::NotBefore);
    }
    if let Some(place) = periods.iter().position(Vec::is_empty) {
        return Err(WindowProblem::Empty { is_later: place == 1 });
    }
    let counts = [periods[0].len(), periods[1].len()];
    let length = counts[0].min(counts[1]);
    if counts[0] != counts[1] {
        let latest = |place: usize| {
            let all: &[NaiveDate] = &periods[place];
            all.get(all.len() - length..).and_then(Window::of).unwrap_or(windows[place])
        };
        return Err(WindowProblem::Unequal { periods: counts, corrected: [latest(0), latest(1)] });
    }
    Ok(periods)
}

/// The earlier and the later half of the periods that are kept; of an odd number the one in the middle is in neither.
/// `None` for fewer than two.
#[must_use]
pub fn halves(kept: &[NaiveDate]) -> Option<[Window; 2]> {
    let half = kept.len() / 2;
    Some([Window::of(kept.get(..half)?)?, Window::of(kept.get(kept.len() - half..)?)?])
}

/// The periods of the windows that are asked for, or of the halves.
///
/// # Errors
/// When they cannot be compared, or there are fewer than two periods.
pub fn chosen_or_halves(
    kept: &[NaiveDate],
    chosen: Option<&[Window; 2]>,
) -> Result<[Vec<NaiveDate>; 2], WindowProblem> {
    let windows = chosen.copied().or_else(|| halves(kept)).ok_or(WindowProblem::Empty { is_later: false })?;
    periods_of(kept, &windows)
}

/// Windows to begin with, the best first: the latest periods against the same ones a year before, where the file has
/// those, and against the ones just before. None where there are too few periods.
#[must_use]
pub fn offers(kept: &[NaiveDate], grain: Grain) -> Vec<Offer> {
    let by_month = grain == Grain::Month;
    let year_before = |day: NaiveDate| {
        if by_month { day.checked_sub_months(Months::new(12)) } else { day.checked_sub_days(Days::new(364)) }
    };
    let shortest = SHORTEST[usize::from(by_month)];
    let last = |length: usize| kept.get(kept.len().checked_sub(length)?..);
    let a_year_apart = |length: usize| {
        let later = last(length)?;
        let earlier: Vec<NaiveDate> = later.iter().copied().filter_map(year_before).collect();
        let is_there = earlier.len() == length && earlier.iter().all(|day| kept.binary_search(day).is_ok());
        let windows = [Window::of(&earlier)?, Window::of(later)?];
        (is_there && periods_of(kept, &windows).is_ok()).then_some(Offer::YearBefore(windows))
    };
    let year = (shortest..=LONGEST).rev().find_map(a_year_apart);
    let length = LONGEST.min(kept.len() / 2);
    let just_before = || {
        let both = last(2 * length).filter(|_| length >= shortest)?;
        let (earlier, later) = both.split_at(length);
        Some(Offer::JustBefore([Window::of(earlier)?, Window::of(later)?]))
    };
    year.into_iter().chain(just_before()).collect()
}

/// Weeks whose number is low as in a holiday.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LowWeeks {
    /// Their first days, ascending.
    pub days: Vec<NaiveDate>,
    /// The weeks vary so much that one with a third less could be chance: that none is named says nothing then.
    pub cannot_tell: bool,
}

/// Weeks that look like holidays: at least a fifth fewer collaboration hours in all than the median of the twelve weeks
/// around, and farther below it than weeks of this file usually are by chance. None of fewer than eight weeks, of months,
/// or without the column. `cut` are weeks that the file cuts. A week of which no cell can be read is not judged.
#[must_use]
pub fn holiday_weeks(everyone: &Selection<'_>, cut: &[NaiveDate]) -> LowWeeks {
    let dataset = everyone.dataset();
    let calendar = dataset.calendar();
    let Some(column) = dataset.seconds(Metric::CollaborationHours).filter(|_| calendar.grain != Grain::Month) else {
        return LowWeeks::default();
    };
    let mut sums: Vec<Option<u64>> = vec![None; calendar.periods.len()];
    for rows in everyone.persons_rows() {
        rows.for_each(|row| {
            if column[row] != EXCLUDED_SECONDS {
                *sums[usize::from(dataset.periods_of_rows()[row])].get_or_insert(0) += u64::from(column[row]);
            }
        });
    }
    let weeks = calendar.periods.iter().zip(&sums).filter(|(day, _)| !cut.contains(day));
    low_weeks(&weeks.filter_map(|(day, sum)| Some((*day, (*sum)? as f64))).collect::<Vec<_>>())
}

/// Weeks whose number is low as in a holiday, by the rule of [`holiday_weeks`]; `weeks` are ascending. None of fewer
/// than eight weeks.
///
/// What is usual by chance is the median distance of all weeks from the median around each, as a standard deviation, times
/// four and a half: a file without holidays names a week in fewer than one of a hundred, however much its weeks vary, and
/// a week with 35 % less is found in 99 of 100 files of thirteen weeks or more at 3 % of noise. Holidays move neither of the medians.
#[must_use]
pub fn low_weeks(weeks: &[(NaiveDate, f64)]) -> LowWeeks {
    const LEAST_WEEKS: usize = 8;
    /// What a median deviation has to be multiplied by to be a standard deviation.
    const SCALE: f64 = 1.4826;
    const DEVIATIONS: f64 = 4.5;
    /// How far below the median of its neighbors a week is at least.
    const LEAST_DROP: f64 = 0.2;
    /// A holiday that should be found.
    const PLAIN_DROP: f64 = 0.35;
    if weeks.len() < LEAST_WEEKS {
        return LowWeeks::default();
    }
    let drops: Vec<Option<f64>> = (0..weeks.len()).map(|place| drop_below_neighbors(weeks, place)).collect();
    let sizes = drops.iter().flatten().map(|drop| drop.abs()).collect();
    let by_chance = stats::quantile_of(sizes, 0.5).unwrap_or_default() * SCALE * DEVIATIONS;
    let is_low = |drop: &Option<f64>| drop.is_some_and(|drop| drop >= LEAST_DROP && drop > by_chance);
    let low = weeks.iter().zip(&drops).filter(|(_, drop)| is_low(drop));
    LowWeeks { days: low.map(|((day, _), _)| *day).collect(), cannot_tell: by_chance > PLAIN_DROP }
}

/// How far a week is below the median of the twelve weeks around it, as a part of that median; under zero for one above.
/// At an edge the window of neighbors is shifted inward. `None` where the median is zero.
fn drop_below_neighbors(weeks: &[(NaiveDate, f64)], place: usize) -> Option<f64> {
    const AROUND: usize = 6;
    let first = place.saturating_sub(AROUND).min(weeks.len().saturating_sub(2 * AROUND + 1));
    let around = weeks.iter().enumerate().skip(first).take(2 * AROUND + 1).filter(|(other, _)| *other != place);
    let median = stats::quantile_of(around.map(|(_, (_, hours))| *hours).collect(), 0.5)?;
    let (_, hours) = weeks.get(place)?;
    // So that exactly a fifth is exactly a fifth.
    (median > 0.0).then(|| (median - hours) / median)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn day(week: u64) -> NaiveDate {
        NaiveDate::from_ymd_opt(2024, 1, 7).unwrap() + Days::new(7 * week)
    }

    fn weeks(all: impl Iterator<Item = u64>) -> Vec<NaiveDate> {
        all.map(day).collect()
    }

    fn window(from: u64, to: u64) -> Window {
        Window { from: day(from), to: day(to) }
    }

    #[test]
    fn halves_leave_out_the_one_in_the_middle() {
        let months: Vec<NaiveDate> = (1..=5).filter_map(|month| NaiveDate::from_ymd_opt(2026, month, 1)).collect();
        assert_eq!(chosen_or_halves(&months, None), Ok([months[..2].to_vec(), months[3..].to_vec()]));
        assert_eq!(chosen_or_halves(&months[..1], None), Err(WindowProblem::Empty { is_later: false }));
        let overlap = [Window { from: months[0], to: months[2] }, Window { from: months[2], to: months[4] }];
        assert_eq!(chosen_or_halves(&months, Some(&overlap)), Err(WindowProblem::NotBefore));
    }

    #[test]
    fn windows_have_as_many_weeks_as_each_other_without_those_left_out() {
        let kept = weeks((0..10).filter(|week| *week != 7));
        let periods = periods_of(&kept, &[window(0, 3), window(5, 9)]).unwrap();
        assert_eq!(periods, [weeks(0..4), weeks([5, 6, 8, 9].into_iter())]);
        // Five weeks against four: the later of the five.
        let corrected = [window(1, 4), window(5, 9)];
        let problem = WindowProblem::Unequal { periods: [5, 4], corrected };
        assert_eq!(periods_of(&kept, &[window(0, 4), window(5, 9)]), Err(problem));
        assert!(periods_of(&kept, &corrected).is_ok());
    }

    #[test]
    fn windows_that_overlap_or_are_empty_are_refused() {
        let kept = weeks(0..10);
        assert_eq!(periods_of(&kept, &[window(0, 4), window(4, 8)]), Err(WindowProblem::NotBefore));
        assert_eq!(periods_of(&kept, &[window(5, 6), window(0, 1)]), Err(WindowProblem::NotBefore));
        assert_eq!(periods_of(&kept, &[window(0, 1), window(20, 21)]), Err(WindowProblem::Empty { is_later: true }));
    }

    #[test]
    fn the_year_before_is_offered_where_the_file_has_it() {
        let just_before = Offer::JustBefore([window(36, 47), window(48, 59)]);
        // Sixty weeks: the last eight have a week 52 weeks before.
        let year_before = Offer::YearBefore([window(0, 7), window(52, 59)]);
        assert_eq!(offers(&weeks(0..60), Grain::Week), [year_before, just_before]);
        assert_eq!(offers(&weeks(0..5), Grain::Week), [Offer::JustBefore([window(1, 2), window(3, 4)])]);
        assert_eq!(offers(&weeks(0..3), Grain::Week), []);
        assert_eq!(offers(&[], Grain::Week), []);
    }
}
