//! **Who initiated**: meetings with people from outside, a week, by who organized them: us, others, or unknown.
//!
//! Ids `meetings_by_us`, `meetings_by_others`, `meetings_unknown`. What counts as a meeting: two people or more took
//! part, 2 to 150 were meant to, it was not canceled, does not last all day, and lasts from a minute to eight hours. An
//! organizer is *ours* where the export says internal, where the domain is one of the company's own, or where the
//! personnel data knows the organizer; *others* where the export says external or the domain is nobody's of the company;
//! else *unknown*, and never a customer. A meeting is with people from outside where a column says so, where the export
//! holds no other meetings, or where somebody outside organized it.
//!
//! All of it is unpublished.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate, Weekday};

use super::compare::{Change, Verdict};
use crate::dataset::{Meeting, MeetingList, OrganizerAttribute, week_start};
use crate::stats::Interval;

/// Within this part of what was before a change is none.
const STEADY: f64 = 0.05;

/// Why a row of a meeting query is no meeting that counts; the first that applies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NoMeeting {
    /// It was canceled.
    Canceled,
    /// It lasts all day.
    AllDay,
    /// It lasts under a minute or over eight hours.
    Length,
    /// Fewer than 2 people or more than 150 were meant to take part.
    Invited,
    /// Fewer than two people took part.
    Attendees,
}

impl NoMeeting {
    /// Every reason, in the order in which they are looked at.
    pub const ALL: [Self; 5] = [Self::Canceled, Self::AllDay, Self::Length, Self::Invited, Self::Attendees];
}

/// How it is known that people from outside take part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutsideKnown {
    /// A column says so.
    Column,
    /// Somebody said that the export holds no other meetings.
    Declared,
    /// Only of meetings that somebody outside organized.
    ByOrganizer,
}

/// Who organized a meeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Initiator {
    /// Somebody of the company.
    Us,
    /// Somebody outside.
    Others,
    /// Nobody can tell.
    Unknown,
}

impl Initiator {
    /// All three.
    pub const ALL: [Self; 3] = [Self::Us, Self::Others, Self::Unknown];

    /// As in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Us => "meetings_by_us",
            Self::Others => "meetings_by_others",
            Self::Unknown => "meetings_unknown",
        }
    }
}

/// What is said about an export beside what stands in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MeetingSettings {
    /// The export holds only meetings with people from outside.
    pub only_with_outside: bool,
    /// For each of the list's domains whether it is the company's own; empty where nobody said.
    pub own_domains: Vec<bool>,
    /// The first day of a week.
    pub week_starts_on: Option<Weekday>,
}

impl MeetingSettings {
    /// How it is known of a list who is from outside.
    #[must_use]
    pub fn outside_known(&self, list: &MeetingList) -> OutsideKnown {
        match (self.only_with_outside, list.says_outside) {
            (true, _) => OutsideKnown::Declared,
            (false, true) => OutsideKnown::Column,
            (false, false) => OutsideKnown::ByOrganizer,
        }
    }

    /// Who organized a meeting.
    #[must_use]
    pub fn initiator(&self, meeting: &Meeting) -> Initiator {
        let is_own = meeting.domain.and_then(|domain| self.own_domains.get(domain as usize)).copied();
        match meeting.organizer_is_internal.or(is_own) {
            Some(true) => Initiator::Us,
            Some(false) => Initiator::Others,
            None if meeting.organizer_has_attributes => Initiator::Us,
            None => Initiator::Unknown,
        }
    }

    /// Why a row is no meeting that counts; `None` for one that does. What the export does not say is no reason.
    #[must_use]
    pub fn problem(&self, list: &MeetingList, meeting: &Meeting) -> Option<NoMeeting> {
        // Counts that leave people from outside out are at least one short where there are some.
        let at_least = u32::from(self.only_with_outside);
        let more = if list.counts_only_inside { meeting.outside.unwrap_or_default().max(at_least) } else { 0 };
        let people = |count: Option<u32>| count.map(|count| count.saturating_add(more));
        let is = |reason| match reason {
            NoMeeting::Canceled => meeting.is_canceled,
            NoMeeting::AllDay => meeting.is_all_day,
            NoMeeting::Length => meeting.seconds.is_some_and(|seconds| !(60..=8 * 3600).contains(&seconds)),
            NoMeeting::Invited => people(meeting.invited).is_some_and(|people| !(2..=150).contains(&people)),
            NoMeeting::Attendees => people(meeting.attendees).is_some_and(|people| people < 2),
        };
        NoMeeting::ALL.into_iter().find(|reason| is(*reason))
    }

    /// Whether a meeting is known to be with people from outside.
    fn is_with_outside(&self, list: &MeetingList, meeting: &Meeting) -> bool {
        match self.outside_known(list) {
            OutsideKnown::Declared => true,
            OutsideKnown::Column if meeting.outside.is_some_and(|people| people > 0) => true,
            OutsideKnown::Column | OutsideKnown::ByOrganizer => self.initiator(meeting) == Initiator::Others,
        }
    }
}

/// Meetings with people from outside in one week, by who organized them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WeekMeetings {
    /// By [`Initiator::ALL`].
    pub by: [u32; 3],
}

/// Meetings with people from outside, week by week.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Initiated {
    /// Whole weeks of the export by their first days, rising, without gaps.
    pub weeks: Vec<NaiveDate>,
    /// The meetings of each week.
    pub meetings: Vec<WeekMeetings>,
    /// Rows that are no meetings that count, by [`NoMeeting::ALL`].
    pub left_out: [u64; 5],
    /// Meetings that count and are not known to be with people from outside.
    pub inside: u64,
    /// Meetings in weeks that the export cuts.
    pub in_cut_weeks: u64,
    /// Meetings by organizer, of each of ours: by week.
    pub ours: Vec<ByOrganizer>,
}

/// Meetings that one of ours organized.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ByOrganizer {
    /// The organizer; `None` stands for all whom the export does not tell apart.
    pub organizer: Option<u32>,
    /// The value of the attribute, by its place; `None` where it is blank or nothing was asked.
    pub group: Option<u32>,
    /// Place of the week, and meetings in it.
    pub weeks: BTreeMap<usize, u32>,
}

impl ByOrganizer {
    /// Meetings in these weeks, by their places.
    #[must_use]
    pub fn meetings_in(&self, weeks: &[usize]) -> u32 {
        weeks.iter().filter_map(|week| self.weeks.get(week)).sum()
    }
}

impl Initiated {
    /// Counts a list; ours by the values of an attribute, where one is given.
    #[must_use]
    pub fn of(list: &MeetingList, settings: &MeetingSettings, by: Option<&OrganizerAttribute>) -> Self {
        let weeks = whole_weeks(list, settings.week_starts_on.unwrap_or(Weekday::Sun));
        let mut found = Self { meetings: vec![WeekMeetings::default(); weeks.len()], weeks, ..Self::default() };
        let mut ours: BTreeMap<(Option<u32>, Option<u32>), BTreeMap<usize, u32>> = BTreeMap::new();
        for (place, meeting) in list.meetings.iter().enumerate() {
            if let Some(reason) = settings.problem(list, meeting) {
                let at = NoMeeting::ALL.iter().position(|other| *other == reason);
                if let Some(count) = at.and_then(|at| found.left_out.get_mut(at)) {
                    *count += 1;
                }
                continue;
            }
            let start = week_start(meeting.day, settings.week_starts_on.unwrap_or(Weekday::Sun));
            let Ok(week) = found.weeks.binary_search(&start) else {
                found.in_cut_weeks += 1;
                continue;
            };
            if !settings.is_with_outside(list, meeting) {
                found.inside += 1;
                continue;
            }
            let initiator = settings.initiator(meeting);
            if let Some(count) = found.meetings.get_mut(week).and_then(|week| week.by.get_mut(initiator as usize)) {
                *count += 1;
            }
            if initiator == Initiator::Us {
                let group = by.and_then(|by| by.codes.get(place)).copied().flatten();
                *ours.entry((meeting.organizer, group)).or_default().entry(week).or_default() += 1;
            }
        }
        found.ours =
            ours.into_iter().map(|((organizer, group), weeks)| ByOrganizer { organizer, group, weeks }).collect();
        found
    }

    /// The places of some weeks.
    #[must_use]
    pub fn places(&self, weeks: &[NaiveDate]) -> Vec<usize> {
        weeks.iter().filter_map(|week| self.weeks.binary_search(week).ok()).collect()
    }

    /// Meetings in these weeks, by their places, of one kind of organizer.
    #[must_use]
    pub fn count(&self, weeks: &[usize], initiator: Initiator) -> u64 {
        let of_week = |week: &usize| Some(u64::from(*self.meetings.get(*week)?.by.get(initiator as usize)?));
        weeks.iter().filter_map(of_week).sum()
    }
}

/// How meetings a week by some of ours changed between two windows of weeks, by their places: later less earlier as a
/// part of the earlier ones with its 95 % interval, and in a word. Each organizer of either window contributes. `None`
/// where nothing was before, or the export does not tell organizers apart.
#[must_use]
pub fn change<'a>(
    ours: impl Iterator<Item = &'a ByOrganizer>,
    [before, now]: [&[usize]; 2],
) -> Option<((f64, Interval), Verdict)> {
    let mut by_organizer: BTreeMap<u32, [u32; 2]> = BTreeMap::new();
    for one in ours {
        let counts = by_organizer.entry(one.organizer?).or_default();
        counts[0] += one.meetings_in(before);
        counts[1] += one.meetings_in(now);
    }
    by_organizer.retain(|_, counts| *counts != [0, 0]);
    let a_week = |window: usize, weeks: usize| {
        let counts = by_organizer.iter().map(|(organizer, counts)| (*organizer, f64::from(counts[window])));
        counts.map(|(organizer, count)| (organizer, count / weeks.max(1) as f64)).collect()
    };
    let change = Change::between(&a_week(0, before.len()), &a_week(1, now.len()), STEADY)?;
    Some((change.movement.relative?, change.movement.verdict))
}

/// How many of ours organized any meeting of a list, with people from outside or not.
#[must_use]
pub fn organizers(list: &MeetingList, settings: &MeetingSettings) -> usize {
    let ours = list.meetings.iter().filter(|meeting| settings.initiator(meeting) == Initiator::Us);
    ours.filter_map(|meeting| meeting.organizer).collect::<BTreeSet<_>>().len()
}

/// Every week from the first meeting to the last, without the first where its Monday is before the first day, and
/// without the last where its Friday is after the last day.
fn whole_weeks(list: &MeetingList, starts_on: Weekday) -> Vec<NaiveDate> {
    let days = list.meetings.iter().map(|meeting| meeting.day);
    let (Some(first), Some(last)) = (days.clone().min(), days.max()) else { return Vec::new() };
    let (start, end) = (week_start(first, starts_on), week_start(last, starts_on));
    let day_in = |week: NaiveDate, weekday: Weekday| {
        week.checked_add_days(Days::new(weekday.days_since(starts_on).into())).unwrap_or(week)
    };
    let weeks = start.iter_days().step_by(7).take_while(|week| *week <= end);
    let is_whole = |week: &NaiveDate| {
        (*week != start || first <= day_in(*week, Weekday::Mon))
            && (*week != end || last >= day_in(*week, Weekday::Fri))
    };
    weeks.filter(is_whole).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 3, day).unwrap()
    }

    /// A meeting of half an hour of three people on a day of March 2026, which starts on a Sunday.
    fn meeting(on: u32) -> Meeting {
        Meeting { day: day(on), seconds: Some(1800), attendees: Some(3), invited: Some(3), ..Meeting::default() }
    }

    fn list(meetings: &[Meeting]) -> MeetingList {
        MeetingList { meetings: meetings.to_vec(), says_outside: true, ..MeetingList::default() }
    }

    #[test]
    fn each_row_that_is_no_meeting_is_counted_under_its_first_reason() {
        let settings = MeetingSettings::default();
        let problem = |meeting: Meeting| settings.problem(&list(&[]), &meeting);
        let half = meeting(2);
        assert_eq!(problem(half), None);
        assert_eq!(problem(Meeting { is_canceled: true, is_all_day: true, ..half }), Some(NoMeeting::Canceled));
        assert_eq!(problem(Meeting { is_all_day: true, ..half }), Some(NoMeeting::AllDay));
        // From 1 minute to 8 hours, both included.
        let of_seconds = |seconds| problem(Meeting { seconds: Some(seconds), ..half });
        assert_eq!([59, 60, 28_800, 28_801].map(|s| of_seconds(s).is_some()), [true, false, false, true]);
        let of_invited = |invited| problem(Meeting { invited: Some(invited), ..half });
        assert_eq!([1, 2, 150, 151].map(|people| of_invited(people).is_some()), [true, false, false, true]);
        assert_eq!(problem(Meeting { attendees: Some(1), ..half }), Some(NoMeeting::Attendees));
        assert_eq!(problem(Meeting { seconds: None, attendees: None, invited: None, ..half }), None);
    }

    #[test]
    fn counts_that_leave_out_people_from_outside_are_at_least_one_short() {
        let one = Meeting { attendees: Some(1), invited: Some(1), ..meeting(2) };
        let viva = MeetingList { counts_only_inside: true, ..list(&[]) };
        let declared = MeetingSettings { only_with_outside: true, ..MeetingSettings::default() };
        assert_eq!(declared.problem(&viva, &one), None);
        assert_eq!(declared.problem(&list(&[]), &one), Some(NoMeeting::Invited), "Workplace Analytics counts them");
        let told = Meeting { outside: Some(1), ..one };
        assert_eq!(MeetingSettings::default().problem(&viva, &told), None);
    }

    #[test]
    fn an_organizer_is_ours_by_flag_by_domain_or_by_attributes_and_else_unknown() {
        let settings = MeetingSettings { own_domains: vec![true, false], ..MeetingSettings::default() };
        let of = |flag, domain, attributes| {
            let meeting = Meeting {
                organizer_is_internal: flag,
                domain,
                organizer_has_attributes: attributes,
                ..Meeting::default()
            };
            settings.initiator(&meeting)
        };
        assert_eq!(of(Some(false), Some(0), true), Initiator::Others, "the flag comes first");
        assert_eq!(of(None, Some(0), false), Initiator::Us);
        assert_eq!(of(None, Some(1), true), Initiator::Others);
        assert_eq!(of(None, None, true), Initiator::Us);
        assert_eq!(of(None, None, false), Initiator::Unknown);
        // Without the company's own domains a domain says nothing.
        let nobody_said = MeetingSettings::default();
        assert_eq!(nobody_said.initiator(&Meeting { domain: Some(1), ..Meeting::default() }), Initiator::Unknown);
    }

    #[test]
    fn only_meetings_with_people_from_outside_count_week_by_week() {
        let ours = |on| Meeting { organizer_is_internal: Some(true), organizer: Some(7), ..meeting(on) };
        let with = |people, meeting| Meeting { outside: Some(people), ..meeting };
        let theirs = Meeting { organizer_is_internal: Some(false), ..meeting(10) };
        let meetings = [with(2, ours(2)), with(0, ours(3)), ours(4), theirs, with(1, meeting(11)), with(1, ours(20))];
        let of = |says_outside, only_with_outside| {
            let list = MeetingList { says_outside, ..list(&meetings) };
            let settings = MeetingSettings { only_with_outside, ..MeetingSettings::default() };
            Initiated::of(&list, &settings, None)
        };
        let found = of(true, false);
        // The 2nd is a Monday and the 20th a Friday: the weeks of March 1, 8 and 15 are whole.
        assert_eq!(found.weeks, [day(1), day(8), day(15)]);
        assert_eq!(found.meetings.iter().map(|week| week.by).collect::<Vec<_>>(), [[1, 0, 0], [0, 1, 1], [1, 0, 0]]);
        assert_eq!((found.inside, found.in_cut_weeks), (2, 0));
        assert_eq!(found.ours[0].weeks, BTreeMap::from([(0, 1), (2, 1)]));
        assert_eq!(found.count(&[0, 2], Initiator::Us), 2);
        // Where somebody says that all are, all are; where nobody says, those that somebody outside organized.
        assert_eq!(of(false, true).count(&[0, 1, 2], Initiator::Us), 4);
        let unsaid = of(false, false);
        assert_eq!(Initiator::ALL.map(|who| unsaid.count(&[0, 1, 2], who)), [0, 1, 0]);
        assert_eq!(unsaid.inside, 5);
    }

    #[test]
    fn weeks_that_the_export_cuts_are_left_out_and_empty_weeks_are_kept() {
        // Tuesday the 3rd to Thursday the 26th: the first week began before, the last goes on.
        let found = Initiated::of(&list(&[meeting(3), meeting(9), meeting(26)]), &MeetingSettings::default(), None);
        assert_eq!((found.weeks, found.in_cut_weeks), (vec![day(8), day(15)], 2));
        let monday = MeetingSettings { week_starts_on: Some(Weekday::Mon), ..MeetingSettings::default() };
        assert_eq!(Initiated::of(&list(&[meeting(2), meeting(13)]), &monday, None).weeks, [day(2), day(9)]);
    }

    #[test]
    fn a_change_rests_on_its_organizers() {
        let one = |organizer, before, now| ByOrganizer {
            organizer: Some(organizer),
            group: None,
            weeks: BTreeMap::from([(0, before), (1, now)]),
        };
        let of = |ours: &[ByOrganizer]| change(ours.iter(), [&[0], &[1]]);
        // 10 before, 12 now: R = 1.2. z_i = (a_i - R b_i) / 10: (3 - 2.4) / 10, (3 - 2.4), (2 - 2.4), (2 - 2.4), (2 - 2.4)
        // are 0.06, 0.06, -0.04, -0.04, -0.04; the squares sum to 0.012; times 5 / 4 is 0.015.
        let five = [one(1, 2, 3), one(2, 2, 3), one(3, 2, 2), one(4, 2, 2), one(5, 2, 2)];
        let ((relative, interval), verdict) = of(&five).unwrap();
        let half = 1.959_964 * 0.015_f64.sqrt();
        assert!((relative - 0.2).abs() < 1e-12 && (interval.low - (0.2 - half)).abs() < 1e-6);
        assert_eq!(verdict, Verdict::CannotTell);
        // Whoever organized none in either window changes nothing.
        assert_eq!(of(&[five.as_slice(), &[one(6, 0, 0)]].concat()), of(&five));
        assert_eq!(of(&[one(1, 0, 3), one(2, 0, 1)]), None, "nothing before");
        assert_eq!(of(&[ByOrganizer { organizer: None, ..one(1, 1, 1) }, one(2, 1, 1)]), None);
    }

    #[test]
    fn a_second_way_of_counting_gives_the_same_numbers() {
        let mut state = 5_u64;
        let mut next = |below: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            ((state >> 33) % below) as u32
        };
        let meetings: Vec<Meeting> = (0..600)
            .map(|_| Meeting {
                day: day(1 + next(28)),
                seconds: Some(next(30_000)),
                attendees: Some(next(6)),
                invited: Some(1 + next(5)),
                is_canceled: next(10) == 0,
                organizer_is_internal: [Some(true), Some(false), None][next(3) as usize],
                outside: Some(next(3)),
                organizer: Some(next(20)),
                ..Meeting::default()
            })
            .chain([meeting(1), meeting(28)])
            .collect();
        let found = Initiated::of(&list(&meetings), &MeetingSettings::default(), None);
        let counts = |m: &&Meeting| {
            !m.is_canceled
                && m.seconds.is_some_and(|s| (60..=28_800).contains(&s))
                && m.invited.is_some_and(|people| people >= 2)
                && m.attendees.is_some_and(|people| people >= 2)
        };
        for (week, start) in found.weeks.iter().enumerate() {
            let of_week =
                meetings.iter().filter(counts).filter(|m| (m.day - *start).num_days() / 7 == 0 && m.day >= *start);
            let number = |flag: Option<bool>| {
                let with_outside = |m: &&Meeting| m.outside > Some(0) || flag == Some(false);
                of_week.clone().filter(|m| m.organizer_is_internal == flag).filter(with_outside).count() as u32
            };
            assert_eq!(found.meetings[week].by, [number(Some(true)), number(Some(false)), number(None)]);
            let by_organizer: u32 = found.ours.iter().map(|one| one.meetings_in(&[week])).sum();
            assert_eq!(by_organizer, number(Some(true)));
        }
        let told: u64 = found.left_out.iter().sum::<u64>() + found.inside + found.in_cut_weeks;
        let with_outside: u64 = Initiator::ALL.iter().map(|who| found.count(&[0, 1, 2, 3], *who)).sum();
        assert_eq!(told + with_outside, meetings.len() as u64);
    }
}
