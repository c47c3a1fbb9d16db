//! What may be seen of time between groups.
//!
//! Groups under k members are hidden, and the next smallest with them by the rule of every breakdown. The size of a
//! group is the fewest members that the export ever gives it; of an export without sizes it is what the open person
//! query shows of that group. Without either no group is named: of at least k groups, which are at least k people, the
//! time of all of them together is told.
//!
//! What a group does with hidden groups is told in one sum with the groups that the export does not name. Where a group
//! under k gives over half of that sum in any period, the smallest shown groups join it in that row until none does, so
//! that no sum of windows gives it away either. A group of which that cannot be reached is hidden itself.
//!
//! All this is decided on the whole export, never on the windows that are asked for.

use chrono::NaiveDate;

use super::{HiddenGroups, Published, Rules, Share, hide};
use crate::dataset::{Grain, GroupTime};
use crate::insights::between::{SpanTime, isolated, share_across, size_of, smallest_size};
use crate::insights::compare::windows::{Window, WindowProblem, chosen_or_halves};

/// What is asked about time between groups.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BetweenQuestion {
    /// The two windows that are compared; `None` for the earlier and the later half.
    pub windows: Option<[Window; 2]>,
    /// Periods that are left out, by their first days.
    pub without: Vec<NaiveDate>,
    /// People of each group that the open person query shows, for an export without sizes.
    pub sizes: Vec<(String, usize)>,
}

/// Where the sizes of groups come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SizeSource {
    /// The export itself.
    Export,
    /// The person query that is open.
    PersonQuery,
    /// Nowhere.
    Unknown,
}

/// What is told about time between groups.
#[derive(Clone, Debug, PartialEq)]
pub struct BetweenFindings {
    /// What the groups are values of.
    pub attribute: String,
    /// How long a period is.
    pub grain: Grain,
    /// The first days of the periods that count.
    pub periods: Vec<NaiveDate>,
    /// The periods of the two windows, or why there are none.
    pub windows: Result<[Vec<NaiveDate>; 2], WindowProblem>,
    /// Where sizes come from.
    pub sizes: SizeSource,
    /// All groups together.
    pub company: GroupBalance,
    /// Groups that are shown, in the order of their names.
    pub groups: Vec<GroupOfTime>,
    /// What is hidden; `None` when nothing is.
    pub hidden: Option<HiddenGroups>,
    /// The places of isolated groups and the median share of time across groups; `None` where there are too few groups.
    pub isolated: Option<(Vec<usize>, f64)>,
    /// The part of all time that is with people whom the export cannot classify.
    pub unclassified: Share,
}

/// A number over all periods and in both windows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct InWindows {
    /// Over all periods.
    pub all: f64,
    /// In the earlier and in the later window; `None` where they cannot be compared.
    pub windows: Option<(f64, f64)>,
}

impl InWindows {
    /// The later window less the earlier one.
    #[must_use]
    pub fn change(&self) -> Option<f64> {
        self.windows.map(|(before, now)| now - before)
    }

    /// The change as a part of the earlier window; `None` where that has nothing.
    #[must_use]
    pub fn relative(&self) -> Option<f64> {
        self.windows.filter(|(before, _)| *before > 0.0).map(|(before, now)| now / before - 1.0)
    }
}

/// How a group's time is divided.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GroupBalance {
    /// The part of the time that is with other groups; `None` of no time.
    pub share_across: Option<InWindows>,
    /// Hours with itself, per member and period; `None` without a size.
    pub within: Option<InWindows>,
    /// Hours with other groups, per member and period.
    pub across: Option<InWindows>,
}

/// One shown group.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupOfTime {
    /// Its name.
    pub name: String,
    /// Its members.
    pub members: usize,
    /// Within and across.
    pub balance: GroupBalance,
    /// Hours per member and period with each shown group in their order, itself too; `None` for what is not told.
    pub with: Vec<Option<InWindows>>,
    /// Hours per member and period with all groups that are hidden or that the export does not name; `None` where that
    /// is not told.
    pub elsewhere: Option<InWindows>,
}

/// Why nothing is told about time between groups.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoBetween {
    /// There are too few people, or too few groups that may be shown.
    TooFewPeople,
    /// Nobody can say how large the groups are.
    SizesUnknown,
    /// Every period is left out.
    NoPeriods,
}

/// Answers a question about time between groups.
///
/// # Errors
/// When nothing may be told.
pub fn answer_between(
    table: &GroupTime,
    question: &BetweenQuestion,
    rules: Rules,
) -> Result<Published<BetweenFindings>, NoBetween> {
    let kept = table.periods().iter().filter(|day| !question.without.contains(day));
    let periods: Vec<NaiveDate> = kept.copied().collect();
    if periods.is_empty() {
        return Err(NoBetween::NoPeriods);
    }
    let windows = chosen_or_halves(&periods, question.windows.as_ref());
    let spans = Spans {
        table,
        all: SpanTime::of(table, &periods),
        windows: windows.as_ref().ok().map(|[before, now]| [SpanTime::of(table, before), SpanTime::of(table, now)]),
        periods: &periods,
        days: windows.as_ref().ok(),
        sizes: &question.sizes,
    };
    let mut findings = BetweenFindings {
        attribute: table.attribute().to_owned(),
        grain: table.grain(),
        periods: periods.clone(),
        windows: windows.clone(),
        sizes: SizeSource::Unknown,
        company: spans.company(false),
        groups: Vec::new(),
        hidden: None,
        isolated: None,
        unclassified: spans.unclassified(),
    };
    let is_known = table.has_sizes() || (0..table.groups().len()).any(|group| spans.published_size(group).is_some());
    if !is_known {
        // At least k groups with time are at least k people.
        let with_time = (0..table.groups().len()).filter(|group| spans.has_time(*group)).count();
        return match with_time >= rules.minimum_group_size() {
            true => Ok(Published::new(findings)),
            false => Err(NoBetween::SizesUnknown),
        };
    }
    findings.sizes = if table.has_sizes() { SizeSource::Export } else { SizeSource::PersonQuery };
    let shown = Shown::of(&spans, rules).ok_or(NoBetween::TooFewPeople)?;
    let groups = shown.groups.iter().map(|group| GroupOfTime {
        name: table.groups().get(*group).cloned().unwrap_or_default(),
        members: spans.size(*group, &periods).round() as usize,
        balance: spans.balance(*group),
        with: (shown.groups.iter())
            .map(|to| shown.tells(*group, *to).then(|| spans.hours(*group, |time| time.cell(*group, *to))))
            .collect(),
        elsewhere: shown.folded(*group).is_empty().then(|| {
            let named = |time: &SpanTime| {
                shown.groups.iter().filter(|to| *to != group).map(|to| time.cell(*group, *to)).sum::<u64>()
            };
            spans.hours(*group, |time| time.across(*group) - named(time))
        }),
    });
    findings.groups = groups.collect();
    findings.hidden = shown.hidden;
    findings.company = spans.company(true);
    let shares: Option<Vec<f64>> = findings.groups.iter().map(|group| Some(group.balance.share_across?.all)).collect();
    findings.isolated = shares.and_then(|shares| isolated(&shares));
    Ok(Published::new(findings))
}

/// The times that are asked for, and the sizes of groups.
struct Spans<'a> {
    table: &'a GroupTime,
    all: SpanTime,
    windows: Option<[SpanTime; 2]>,
    periods: &'a [NaiveDate],
    days: Option<&'a [Vec<NaiveDate>; 2]>,
    sizes: &'a [(String, usize)],
}

impl Spans<'_> {
    fn groups(&self) -> std::ops::Range<usize> {
        0..self.table.groups().len()
    }

    /// Whether a group has a row of its own anywhere.
    fn has_time(&self, group: usize) -> bool {
        self.all.within(group) + self.all.across(group) > 0
    }

    /// What the person query shows.
    fn published_size(&self, group: usize) -> Option<usize> {
        let name = self.table.groups().get(group)?;
        self.sizes.iter().find(|(other, _)| other == name).map(|(_, people)| *people)
    }

    /// The fewest members ever; `None` where nobody says.
    fn smallest(&self, group: usize) -> Option<usize> {
        if self.table.has_sizes() { smallest_size(self.table, group) } else { self.published_size(group) }
    }

    /// The mean size in some periods; 0 where nobody says.
    fn size(&self, group: usize, periods: &[NaiveDate]) -> f64 {
        let of_export = size_of(self.table, group, periods);
        of_export.or_else(|| Some(self.published_size(group)? as f64)).unwrap_or_default()
    }

    /// Hours per member and period of a group.
    fn hours(&self, group: usize, seconds: impl Fn(&SpanTime) -> u64) -> InWindows {
        let of = |time: &SpanTime, periods: &[NaiveDate]| {
            time.per_member(seconds(time), self.size(group, periods)).unwrap_or_default()
        };
        InWindows {
            all: of(&self.all, self.periods),
            windows: self
                .windows
                .as_ref()
                .zip(self.days)
                .map(|([before, now], [earlier, later])| (of(before, earlier), of(now, later))),
        }
    }

    fn balance(&self, group: usize) -> GroupBalance {
        GroupBalance {
            share_across: self.share(|time| (time.within(group), time.across(group))),
            within: Some(self.hours(group, |time| time.within(group))),
            across: Some(self.hours(group, |time| time.across(group))),
        }
    }

    /// A share over all periods, and in both windows where both have time.
    fn share(&self, parts: impl Fn(&SpanTime) -> (u64, u64)) -> Option<InWindows> {
        let of = |time: &SpanTime| {
            let (within, across) = parts(time);
            share_across(within, across)
        };
        let windows = self.windows.as_ref().and_then(|[before, now]| Some((of(before)?, of(now)?)));
        Some(InWindows { all: of(&self.all)?, windows })
    }

    /// All groups together: their parts, and with sizes their hours.
    fn company(&self, has_sizes: bool) -> GroupBalance {
        let sum = |time: &SpanTime, of: &dyn Fn(&SpanTime, usize) -> u64| {
            self.groups().map(|group| of(time, group)).sum::<u64>()
        };
        let within = |time: &SpanTime| sum(time, &|time, group| time.within(group));
        let across = |time: &SpanTime| sum(time, &|time, group| time.across(group));
        let members = |periods: &[NaiveDate]| {
            self.groups().filter(|group| self.has_time(*group)).map(|group| self.size(group, periods)).sum::<f64>()
        };
        // The hours of groups whose size nobody says would be spread over the others.
        let is_complete =
            has_sizes && self.groups().all(|group| !self.has_time(group) || self.smallest(group).is_some());
        let hours = |seconds: &dyn Fn(&SpanTime) -> u64| {
            let of =
                |time: &SpanTime, days: &[NaiveDate]| time.per_member(seconds(time), members(days)).unwrap_or_default();
            is_complete.then(|| InWindows {
                all: of(&self.all, self.periods),
                windows: self
                    .windows
                    .as_ref()
                    .zip(self.days)
                    .map(|([before, now], [earlier, later])| (of(before, earlier), of(now, later))),
            })
        };
        GroupBalance {
            share_across: self.share(|time| (within(time), across(time))),
            within: hours(&within),
            across: hours(&across),
        }
    }

    fn unclassified(&self) -> Share {
        let apart: u64 = self.all.unclassified.iter().sum();
        let rest: u64 = self.groups().map(|group| self.all.within(group) + self.all.across(group)).sum();
        Share::new(if apart + rest == 0 { 0.0 } else { apart as f64 / (apart + rest) as f64 })
    }
}

/// Which groups are shown, and what is not told in their rows.
struct Shown {
    /// Places in the table, in the order of names.
    groups: Vec<usize>,
    hidden: Option<HiddenGroups>,
    /// For each group of the table the partners whose time is told in one sum with the hidden ones.
    folded: Vec<Vec<usize>>,
}

impl Shown {
    /// `None` where no group may be shown.
    fn of(spans: &Spans<'_>, rules: Rules) -> Option<Self> {
        let names = spans.table.groups();
        let mut by_name: Vec<usize> = spans.groups().collect();
        by_name.sort_by(|a, b| names.get(*a).cmp(&names.get(*b)));
        let sizes: Vec<usize> = by_name.iter().map(|group| spans.smallest(*group).unwrap_or_default()).collect();
        let together = |places: &[usize]| places.iter().filter_map(|place| sizes.get(*place)).sum::<usize>();
        let by_period: Vec<SpanTime> =
            spans.table.periods().iter().map(|day| SpanTime::of(spans.table, &[*day])).collect();
        let whole = SpanTime::of(spans.table, spans.table.periods());
        // Groups that are only ever partners have no row to show.
        let mut always: Vec<bool> =
            by_name.iter().map(|group| whole.within(*group) + whole.across(*group) == 0).collect();
        loop {
            let hidden = hide::hidden(&sizes, |place| always.get(place) == Some(&true), together, rules);
            let is_hidden = |group: usize| {
                by_name.iter().position(|other| *other == group).and_then(|at| hidden.get(at)) == Some(&true)
            };
            let rows = Rows { by_period: &by_period, whole: &whole, spans, is_hidden: &is_hidden, rules };
            let mut folded = vec![Vec::new(); names.len()];
            let mut impossible = None;
            for (place, group) in by_name.iter().enumerate().filter(|(place, _)| hidden.get(*place) == Some(&false)) {
                match (rows.fold(*group), folded.get_mut(*group)) {
                    (Some(joined), Some(of_group)) => *of_group = joined,
                    _ => impossible = Some(place),
                }
            }
            if let Some(always) = impossible.and_then(|place| always.get_mut(place)) {
                *always = true;
                continue;
            }
            let out = hide::hidden_groups(&hidden);
            let shown: Vec<usize> =
                by_name.iter().zip(&hidden).filter(|(_, hidden)| !**hidden).map(|(group, _)| *group).collect();
            if shown.is_empty() {
                return None;
            }
            let told = hide::can_be_told(&out, together, rules).then(|| together(&out));
            let hidden = (!out.is_empty()).then_some(HiddenGroups { groups: out.len(), people: told });
            return Some(Self { groups: shown, hidden, folded });
        }
    }

    fn folded(&self, group: usize) -> &[usize] {
        self.folded.get(group).map_or(&[], Vec::as_slice)
    }

    fn tells(&self, from: usize, to: usize) -> bool {
        !self.folded(from).contains(&to)
    }
}

/// Rows whose sums with hidden groups must not be those of one small group.
struct Rows<'a> {
    by_period: &'a [SpanTime],
    whole: &'a SpanTime,
    spans: &'a Spans<'a>,
    is_hidden: &'a dyn Fn(usize) -> bool,
    rules: Rules,
}

impl Rows<'_> {
    /// The shown groups that join the hidden ones in the row of a group; `None` where all of them are not enough.
    fn fold(&self, group: usize) -> Option<Vec<usize>> {
        let mut joined: Vec<usize> = Vec::new();
        while self.gives_away(group, &joined) {
            let names = self.spans.table.groups();
            let left = self.spans.groups().filter(|to| *to != group && !(self.is_hidden)(*to) && !joined.contains(to));
            let with_time = left.filter(|to| self.whole.cell(group, *to) > 0);
            joined.push(with_time.min_by_key(|to| (self.whole.cell(group, *to), names.get(*to)))?);
        }
        Some(joined)
    }

    /// Whether a hidden group under k gives over half of what is told in one sum, in any period.
    fn gives_away(&self, group: usize, joined: &[usize]) -> bool {
        let k = self.rules.minimum_group_size();
        let hidden: Vec<usize> = self.spans.groups().filter(|to| *to != group && (self.is_hidden)(*to)).collect();
        let small: Vec<usize> =
            hidden.iter().copied().filter(|to| self.spans.smallest(*to).is_none_or(|size| size < k)).collect();
        self.by_period.iter().any(|time| {
            let other = time.other.get(group).copied().unwrap_or_default();
            let sum = hidden.iter().chain(joined).map(|to| time.cell(group, *to)).sum::<u64>() + other;
            small.iter().any(|to| time.cell(group, *to) * 2 > sum)
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::dataset::{GroupRow, Partner};

    fn month(month: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, month, 1).unwrap()
    }

    /// Groups of these sizes, and hours of a group with a partner in each of so many months.
    fn sized(sizes: &[u32], months: u32, hours: impl Fn(u32, Partner, u32) -> u64) -> GroupTime {
        let groups = sizes.len() as u32;
        let mut rows = Vec::new();
        for period in 0..months {
            for from in 0..groups {
                for to in (0..groups).map(Partner::Group).chain([Partner::Other]) {
                    let seconds = hours(from, to, period) * 3600;
                    rows.extend((seconds > 0).then_some(GroupRow { from, to, period, seconds }));
                }
            }
        }
        let known = sizes.iter().enumerate().filter(|(_, size)| **size > 0);
        let known: Vec<_> =
            known.flat_map(|(group, size)| (0..months).map(move |period| (group as u32, period, *size))).collect();
        let names = ["Ann", "Bob", "Cid", "Dot", "Eve", "Fay"].iter().take(sizes.len()).map(|name| (*name).to_owned());
        GroupTime::new(
            rows,
            names.collect(),
            "Organization".into(),
            ((1..=months).map(month).collect(), Grain::Month),
            known,
        )
    }

    /// Everyone has 100 hours with itself and 10 with each other group.
    fn even(from: u32, to: Partner, _: u32) -> u64 {
        match to {
            Partner::Group(to) if to == from => 100,
            Partner::Group(_) => 10,
            _ => 0,
        }
    }

    fn answer(table: &GroupTime, question: &BetweenQuestion) -> Result<Published<BetweenFindings>, NoBetween> {
        answer_between(table, question, Rules::new(5))
    }

    #[test]
    fn a_matrix_without_small_groups_is_told_whole_and_its_rows_add_up() {
        let table = sized(&[20, 10, 40, 50], 4, |from, to, month| even(from, to, month) * u64::from(1 + month / 2));
        let found = answer(&table, &BetweenQuestion::default()).unwrap();
        let names: Vec<_> = found.groups.iter().map(|group| (group.name.as_str(), group.members)).collect();
        assert_eq!(names, [("Ann", 20), ("Bob", 10), ("Cid", 40), ("Dot", 50)]);
        // Ann with herself: 100, 100, 200, 200 hours in four months of 20 members: 600 / 80; halves 200 / 40, 400 / 40.
        let ann = &found.groups[0];
        assert_eq!(ann.with[0], Some(InWindows { all: 7.5, windows: Some((5.0, 10.0)) }));
        assert_eq!(ann.with[0].unwrap().relative(), Some(1.0));
        for group in &found.groups {
            let all: f64 = group.with.iter().map(|cell| cell.unwrap().all).sum::<f64>() + group.elsewhere.unwrap().all;
            let balance = group.balance;
            assert!((all - balance.within.unwrap().all - balance.across.unwrap().all).abs() < 1e-9);
        }
        // 30 of 130 hours are across, of everyone and of each.
        assert!((found.company.share_across.unwrap().all - 30.0 / 130.0).abs() < 1e-12);
        assert_eq!((found.hidden, found.sizes), (None, SizeSource::Export));
        assert_eq!(found.isolated, Some((vec![], 30.0 / 130.0)));
    }

    #[test]
    fn a_small_group_takes_the_next_smallest_with_it_and_is_in_no_row() {
        // Of 20, 10, 40, 50 and 4 the 4 is hidden, and the 10 with it. In every row they give 10 + 10 hours: the 4 gives
        // half, which is not over half.
        let table = sized(&[20, 10, 40, 50, 4], 2, even);
        let found = answer(&table, &BetweenQuestion::default()).unwrap();
        assert_eq!(found.groups.iter().map(|group| group.name.as_str()).collect::<Vec<_>>(), ["Ann", "Cid", "Dot"]);
        assert_eq!(found.hidden, Some(HiddenGroups { groups: 2, people: Some(14) }));
        // 20 hours a month of 20 members.
        assert_eq!(found.groups[0].elsewhere.unwrap().all, 1.0);
    }

    #[test]
    fn where_one_small_group_gives_over_half_a_shown_one_joins_it_in_that_row() {
        // Ann has 30 hours a month with Eve (4 people), 10 with Bob, who is hidden with her: over half. Cid, with the
        // fewest hours of the shown, joins: 30 of 50 is still over half; then Dot: 30 of 60 is not.
        let hours = |from, to, month| match (from, to) {
            (0, Partner::Group(4)) => 30,
            (from, to) => even(from, to, month),
        };
        let found = answer(&sized(&[20, 10, 40, 50, 4], 2, hours), &BetweenQuestion::default()).unwrap();
        let told: Vec<Vec<bool>> =
            found.groups.iter().map(|group| group.with.iter().map(Option::is_some).collect()).collect();
        assert_eq!(told, [vec![true, false, false], vec![true; 3], vec![true; 3]]);
        assert_eq!(found.groups.iter().map(|group| group.elsewhere.is_some()).collect::<Vec<_>>(), [false, true, true]);
    }

    #[test]
    fn a_single_month_that_would_give_a_small_group_away_hides_it_in_all_of_them() {
        let hours = |from, to, month| match (from, to, month) {
            (0, Partner::Group(4), 1) => 11,
            (from, to, month) => even(from, to, month),
        };
        let table = sized(&[20, 10, 40, 50, 4], 6, hours);
        let found = answer(&table, &BetweenQuestion::default()).unwrap();
        assert_eq!(found.groups[0].elsewhere, None);
        // Nor in a window without that month.
        let windows = [(3, 4), (5, 6)].map(|(from, to)| Window { from: month(from), to: month(to) });
        let without = (1..=2).map(month).collect();
        let later = BetweenQuestion { windows: Some(windows), without, ..BetweenQuestion::default() };
        assert_eq!(answer(&table, &later).unwrap().groups[0].elsewhere, None);
    }

    #[test]
    fn a_group_whose_only_contact_is_a_small_group_is_hidden_itself() {
        let hours = |from, to, month| match (from, to) {
            (0, Partner::Group(0)) => 100,
            (0, Partner::Group(4)) => 10,
            (0, _) => 0,
            (from, to) => even(from, to, month),
        };
        let found = answer(&sized(&[20, 10, 40, 50, 4], 2, hours), &BetweenQuestion::default()).unwrap();
        assert!(found.groups.iter().all(|group| group.name != "Ann"));
    }

    #[test]
    fn sizes_come_from_the_person_query_and_without_any_no_group_is_named() {
        let table = sized(&[0, 0, 0, 0, 0, 0], 2, even);
        let sizes = [("Ann", 20), ("Bob", 10), ("Cid", 40), ("Dot", 50)].map(|(name, size)| (name.to_owned(), size));
        let question = BetweenQuestion { sizes: sizes.to_vec(), ..BetweenQuestion::default() };
        let found = answer(&table, &question).unwrap();
        // Eve and Fay are not shown there; two hidden groups of unknown size are under 5 people, so Bob joins them.
        assert_eq!(found.groups.iter().map(|group| group.name.as_str()).collect::<Vec<_>>(), ["Ann", "Cid", "Dot"]);
        assert_eq!((found.sizes, found.company.within), (SizeSource::PersonQuery, None));
        // Six groups are at least six people: all of them together are told.
        let found = answer(&table, &BetweenQuestion::default()).unwrap();
        assert_eq!((found.sizes, found.groups.len()), (SizeSource::Unknown, 0));
        assert!((found.company.share_across.unwrap().all - 50.0 / 150.0).abs() < 1e-12);
        let four = sized(&[0, 0, 0, 0], 2, even);
        assert_eq!(answer(&four, &BetweenQuestion::default()).unwrap_err(), NoBetween::SizesUnknown);
    }

    #[test]
    fn no_sum_of_what_is_told_is_mostly_one_small_groups() {
        // Random tables: in each told row the rest, across less the told cells, is never over half of one small group's.
        let mut state = 3_u64;
        for round in 0..60 {
            let mut next = |below: u64| {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                (state >> 33) % below
            };
            let sizes: Vec<u32> = (0..6).map(|_| 1 + next(14) as u32).collect();
            let hours: Vec<u64> = (0..6 * 7 * 3).map(|_| next(40) * next(3)).collect();
            let of = |from: u32, to: Partner, month: u32| {
                let to = if let Partner::Group(to) = to { to } else { 6 };
                hours[(from * 7 * 3 + to * 3 + month) as usize]
            };
            let Ok(found) = answer(&sized(&sizes, 3, of), &BetweenQuestion::default()) else { continue };
            let place = |name: &str| {
                ["Ann", "Bob", "Cid", "Dot", "Eve", "Fay"].iter().position(|other| *other == name).unwrap()
            };
            assert!(found.groups.iter().all(|group| group.members >= 5), "round {round}");
            for group in &found.groups {
                let from = place(&group.name);
                let told: Vec<usize> = found
                    .groups
                    .iter()
                    .zip(&group.with)
                    .filter(|(_, cell)| cell.is_some())
                    .map(|(to, _)| place(&to.name))
                    .collect();
                for month in 0..3 {
                    let time =
                        |to: u32| of(from as u32, if to == 6 { Partner::Other } else { Partner::Group(to) }, month);
                    let rest: u64 =
                        (0..7).filter(|to| *to != from as u32 && !told.contains(&(*to as usize))).map(time).sum();
                    for small in (0..6_u32).filter(|to| sizes[*to as usize] < 5 && *to as usize != from) {
                        assert!(time(small) * 2 <= rest, "round {round}: {} with {small}", group.name);
                    }
                }
            }
        }
    }
}
