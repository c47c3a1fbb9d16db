//! Two windows of whole periods beside each other: of equal length, not overlapping.

use chrono::NaiveDate;

/// Two windows, each by the first days of its first and its last period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TwoWindows {
    /// The earlier one.
    pub before: (NaiveDate, NaiveDate),
    /// The later one.
    pub now: (NaiveDate, NaiveDate),
}

/// Why two windows cannot be compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoWindows {
    /// There are fewer than two periods.
    TooFewPeriods,
    /// One of them has no period.
    Empty,
    /// A period is in both, or the earlier one comes later.
    Overlap,
    /// They have so many periods.
    UnequalLength(usize, usize),
}

impl TwoWindows {
    /// The earlier and the later half of periods that rise; of an odd number the one in the middle is in neither.
    /// `None` for fewer than two.
    #[must_use]
    pub fn halves(periods: &[NaiveDate]) -> Option<Self> {
        Self::last(periods, periods.len() / 2)
    }

    /// The last `length` periods and as many before them: those right before where there are more than `length` twice
    /// over, for halves the first ones. `None` where there are not so many.
    #[must_use]
    pub fn last(periods: &[NaiveDate], length: usize) -> Option<Self> {
        let now = periods.get(periods.len().checked_sub(length)?..)?;
        let earlier = periods.get(..periods.len() - length)?;
        // Of halves the one in the middle is in neither.
        let start = if length == periods.len() / 2 { 0 } else { earlier.len().checked_sub(length)? };
        let before = earlier.get(start..start + length)?;
        Some(Self { before: (*before.first()?, *before.last()?), now: (*now.first()?, *now.last()?) })
    }

    /// The periods of both windows.
    ///
    /// # Errors
    /// When they cannot be compared.
    pub fn periods(&self, periods: &[NaiveDate]) -> Result<[Vec<NaiveDate>; 2], NoWindows> {
        let within = |(from, to): (NaiveDate, NaiveDate)| -> Vec<NaiveDate> {
            periods.iter().filter(|day| (from..=to).contains(*day)).copied().collect()
        };
        let (before, now) = (within(self.before), within(self.now));
        let (Some(end), Some(start)) = (before.last(), now.first()) else { return Err(NoWindows::Empty) };
        if end >= start {
            return Err(NoWindows::Overlap);
        }
        if before.len() != now.len() {
            return Err(NoWindows::UnequalLength(before.len(), now.len()));
        }
        Ok([before, now])
    }

    /// The windows that are asked for, or the halves.
    ///
    /// # Errors
    /// When they cannot be compared, or there are fewer than two periods.
    pub fn or_halves(chosen: Option<Self>, periods: &[NaiveDate]) -> Result<[Vec<NaiveDate>; 2], NoWindows> {
        chosen.or_else(|| Self::halves(periods)).ok_or(NoWindows::TooFewPeriods)?.periods(periods)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn month(month: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, month, 1).unwrap()
    }

    fn months(last: u32) -> Vec<NaiveDate> {
        (1..=last).map(month).collect()
    }

    #[test]
    fn halves_leave_out_the_one_in_the_middle() {
        let windows = TwoWindows::halves(&months(5)).unwrap();
        assert_eq!((windows.before, windows.now), ((month(1), month(2)), (month(4), month(5))));
        assert_eq!(TwoWindows::halves(&months(1)), None);
        assert_eq!(TwoWindows::or_halves(None, &months(1)), Err(NoWindows::TooFewPeriods));
        let both = TwoWindows::or_halves(None, &months(2)).unwrap();
        assert_eq!(both, [vec![month(1)], vec![month(2)]]);
    }

    #[test]
    fn the_last_ones_stand_beside_those_right_before() {
        let windows = TwoWindows::last(&months(6), 2).unwrap();
        assert_eq!((windows.before, windows.now), ((month(3), month(4)), (month(5), month(6))));
        assert_eq!(TwoWindows::last(&months(3), 2), None);
    }

    #[test]
    fn windows_that_overlap_or_differ_in_length_are_not_compared() {
        let windows = |a, b, c, d| TwoWindows { before: (month(a), month(b)), now: (month(c), month(d)) };
        let periods = |windows: TwoWindows| windows.periods(&months(6));
        assert_eq!(periods(windows(1, 3, 3, 5)), Err(NoWindows::Overlap));
        assert_eq!(periods(windows(4, 5, 1, 2)), Err(NoWindows::Overlap));
        assert_eq!(periods(windows(1, 3, 4, 5)), Err(NoWindows::UnequalLength(3, 2)));
        assert_eq!(periods(windows(1, 3, 8, 9)), Err(NoWindows::Empty));
        assert_eq!(periods(windows(1, 2, 5, 6)).map(|both| both[1].clone()), Ok(vec![month(5), month(6)]));
    }
}
