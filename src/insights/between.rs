//! **Collaboration between groups**: hours of a group with itself and with each other group, per member and period.
//!
//! Sum over all periods / (periods x size of the group). `Within Group` is the group itself. *Across* is time with any
//! other group, named or not; people whom the export cannot classify are apart. A with B is the time of A's members; B
//! with A is another view of the same meetings and mails, and the two are never added.
//!
//! *Isolated* (our rule): a group whose share of time across groups is under half of the median over the groups.
//!
//! All of it is unpublished.

use chrono::NaiveDate;

use crate::dataset::{GroupTime, Partner};
use crate::stats;

/// Of the median share of time across groups: under this part of it a group is isolated.
const ISOLATED_UNDER: f64 = 0.5;
/// Fewer groups have no median to speak of.
pub const LEAST_GROUPS: usize = 4;

/// Time of all groups in some periods.
#[derive(Clone, Debug, PartialEq)]
pub struct SpanTime {
    /// How many periods.
    pub periods: usize,
    /// Seconds by group and partner.
    pub cells: Vec<Vec<u64>>,
    /// Seconds with groups that the export does not name.
    pub other: Vec<u64>,
    /// Seconds with people whom the export cannot classify.
    pub unclassified: Vec<u64>,
}

impl SpanTime {
    /// The time in these periods, by their first days.
    #[must_use]
    pub fn of(table: &GroupTime, periods: &[NaiveDate]) -> Self {
        let is_in: Vec<bool> = table.periods().iter().map(|day| periods.contains(day)).collect();
        let groups = table.groups().len();
        let mut time = Self {
            periods: is_in.iter().filter(|is_in| **is_in).count(),
            cells: vec![vec![0; groups]; groups],
            other: vec![0; groups],
            unclassified: vec![0; groups],
        };
        for row in table.rows().iter().filter(|row| is_in.get(row.period as usize) == Some(&true)) {
            let from = row.from as usize;
            let cell = match row.to {
                Partner::Group(to) => time.cells.get_mut(from).and_then(|row| row.get_mut(to as usize)),
                Partner::Other => time.other.get_mut(from),
                Partner::Unclassified => time.unclassified.get_mut(from),
            };
            if let Some(cell) = cell {
                *cell += row.seconds;
            }
        }
        time
    }

    /// Seconds of a group with another, or with itself.
    #[must_use]
    pub fn cell(&self, from: usize, to: usize) -> u64 {
        self.cells.get(from).and_then(|row| row.get(to)).copied().unwrap_or_default()
    }

    /// Seconds of a group with itself.
    #[must_use]
    pub fn within(&self, group: usize) -> u64 {
        self.cell(group, group)
    }

    /// Seconds of a group with all other groups, named or not.
    #[must_use]
    pub fn across(&self, group: usize) -> u64 {
        let all: u64 = self.cells.get(group).map_or(0, |row| row.iter().sum());
        all - self.within(group) + self.other.get(group).copied().unwrap_or_default()
    }

    /// Hours per member and period of some seconds of a group of so many members; `None` without members or periods.
    #[must_use]
    pub fn per_member(&self, seconds: u64, members: f64) -> Option<f64> {
        let member_periods = self.periods as f64 * members;
        (member_periods > 0.0).then(|| seconds as f64 / 3600.0 / member_periods)
    }
}

/// The part of time that is across groups; `None` of no time.
#[must_use]
pub fn share_across(within: u64, across: u64) -> Option<f64> {
    (within + across > 0).then(|| across as f64 / (within + across) as f64)
}

/// The size of a group in some periods: the mean of those that the export says, in these periods or, where it says none
/// there, in all.
#[must_use]
pub fn size_of(table: &GroupTime, group: usize, periods: &[NaiveDate]) -> Option<f64> {
    let of_days = table.periods().iter().zip(table.sizes(group));
    let known = of_days.clone().filter(|(day, _)| periods.contains(day)).filter_map(|(_, size)| *size);
    let anywhere = of_days.filter_map(|(_, size)| *size);
    stats::mean(known.map(f64::from)).or_else(|| stats::mean(anywhere.map(f64::from)))
}

/// The fewest members that a group ever has; `None` where the export never says.
#[must_use]
pub fn smallest_size(table: &GroupTime, group: usize) -> Option<usize> {
    table.sizes(group).iter().flatten().min().map(|size| *size as usize)
}

/// The isolated ones of groups by their share of time across groups, and the median; `None` where there are too few
/// groups to say.
#[must_use]
pub fn isolated(shares: &[f64]) -> Option<(Vec<usize>, f64)> {
    if shares.len() < LEAST_GROUPS {
        return None;
    }
    let median = stats::quantile_of(shares.to_vec(), 0.5)?;
    let alone = shares.iter().enumerate().filter(|(_, share)| **share < ISOLATED_UNDER * median);
    Some((alone.map(|(group, _)| group).collect(), median))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::dataset::{Grain, GroupRow};

    fn month(month: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, month, 1).unwrap()
    }

    /// Rows of group, partner, month (from 0), hours.
    fn table(rows: &[(u32, Partner, u32, u64)], sizes: &[(u32, u32, u32)]) -> GroupTime {
        let rows = rows.iter().map(|(from, to, period, hours)| GroupRow {
            from: *from,
            to: *to,
            period: *period,
            seconds: hours * 3600,
        });
        let names = ["A", "B", "C"].map(str::to_owned).to_vec();
        let periods = (1..=4).map(month).collect();
        GroupTime::new(rows.collect(), names, "Organization".into(), (periods, Grain::Month), sizes.iter().copied())
    }

    const A: Partner = Partner::Group(0);
    const B: Partner = Partner::Group(1);

    #[test]
    fn hours_are_per_member_and_period_and_a_month_without_a_row_counts_too() {
        // A has 10 members. In two months: 60 + 20 hours with itself, 30 with B in one of them, 10 with others.
        let rows = [(0, A, 0, 60), (0, A, 1, 20), (0, B, 0, 30), (0, Partner::Other, 1, 10), (1, A, 0, 7)];
        let table = table(&rows, &[(0, 0, 10), (0, 1, 10)]);
        let time = SpanTime::of(&table, &[month(1), month(2)]);
        let hours = |seconds| time.per_member(seconds, 10.0).unwrap();
        // 80 / (2 x 10), 30 / 20, (30 + 10) / 20.
        assert_eq!([hours(time.within(0)), hours(time.cell(0, 1)), hours(time.across(0))], [4.0, 1.5, 2.0]);
        assert_eq!(share_across(time.within(0), time.across(0)), Some(40.0 / 120.0));
        // B with A is B's own view.
        assert_eq!((time.cell(1, 0) / 3600, time.across(1) / 3600), (7, 7));
        assert_eq!(share_across(0, 0), None);
        assert_eq!(time.per_member(3600, 0.0), None);
    }

    #[test]
    fn people_whom_the_export_cannot_classify_are_apart() {
        let table = table(&[(0, A, 0, 5), (0, Partner::Unclassified, 0, 9)], &[]);
        let time = SpanTime::of(&table, &[month(1)]);
        assert_eq!((time.within(0), time.across(0), time.unclassified[0]), (5 * 3600, 0, 9 * 3600));
    }

    #[test]
    fn a_size_is_the_mean_of_those_that_are_known_in_the_periods() {
        let table = table(&[], &[(0, 0, 10), (0, 1, 14), (1, 3, 8)]);
        assert_eq!(size_of(&table, 0, &[month(1), month(2), month(3)]), Some(12.0));
        assert_eq!(size_of(&table, 0, &[month(3)]), Some(12.0), "none there: all");
        assert_eq!((size_of(&table, 2, &[month(1)]), smallest_size(&table, 0)), (None, Some(10)));
    }

    #[test]
    fn a_group_under_half_of_the_median_is_isolated() {
        // The median of 0.1, 0.4, 0.5 and 0.6 is 0.45, half of it 0.225.
        assert_eq!(isolated(&[0.4, 0.1, 0.6, 0.5]), Some((vec![1], 0.45)));
        assert_eq!(isolated(&[0.4, 0.2, 0.4, 0.4]).unwrap().0, Vec::<usize>::new(), "half is not under half");
        assert_eq!(isolated(&[0.4, 0.1, 0.6]), None);
    }

    #[test]
    fn a_second_way_of_adding_up_gives_the_same_times() {
        let mut state = 11_u64;
        let mut next = |below: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % below
        };
        let partner = |number| match number {
            0..3 => Partner::Group(number as u32),
            3 => Partner::Other,
            _ => Partner::Unclassified,
        };
        let rows: Vec<_> = (0..400).map(|_| (next(3) as u32, partner(next(5)), next(4) as u32, next(9))).collect();
        let table = table(&rows, &[]);
        for (from, to) in [(0_usize, 1_usize), (1, 2), (2, 3), (0, 3)] {
            let days: Vec<NaiveDate> = (from..=to).map(|place| month(place as u32 + 1)).collect();
            let time = SpanTime::of(&table, &days);
            for group in 0..3_u32 {
                let of_group = rows.iter().filter(|row| row.0 == group && (from..=to).contains(&(row.2 as usize)));
                let sum = |is: &dyn Fn(Partner) -> bool| -> u64 {
                    of_group.clone().filter(|row| is(row.1)).map(|row| row.3 * 3600).sum()
                };
                let own = Partner::Group(group);
                assert_eq!(time.within(group as usize), sum(&|to| to == own));
                assert_eq!(time.across(group as usize), sum(&|to| to != own && to != Partner::Unclassified));
            }
        }
    }
}
