//! What may be seen of meetings and who initiated them.
//!
//! Meetings are of people: an export is answered when at least k of ours organized any, or the person query that is open
//! has at least k people. Meetings by us are not told where one person organized over half of them; groups of organizers
//! are hidden under k people (those of the person query, else those who organized), with the next smallest by the rule of
//! every breakdown, and where one person organized over half; so is the change where that holds in one of its windows.
//! What is left of all meetings by us once the shown groups are taken away is nobody's or not mostly one person's either:
//! else the smallest group joins. Weeks are those of the company, never of a group.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::between::InWindows;
use super::{ChangeVerdict, HiddenGroups, Interval, Published, Rules, hide};
use crate::dataset::{MeetingList, NOT_SET};
use crate::insights::compare::windows::{Window, WindowProblem, chosen_or_halves, low_weeks};
use crate::insights::meetings::{
    ByOrganizer, Initiated, Initiator, MeetingSettings, NoMeeting, OutsideKnown, change, organizers,
};

/// What is asked about meetings.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MeetingQuestion {
    /// What is said about the export beside what stands in it.
    pub settings: MeetingSettings,
    /// The attribute of organizers to group by; nothing, or one that the export lacks, for none.
    pub by: Option<String>,
    /// The two windows of weeks; `None` for the earlier and the later half.
    pub windows: Option<[Window; 2]>,
    /// Weeks that are left out, by their first days.
    pub without: Vec<NaiveDate>,
    /// People of each group of that attribute that the open person query shows.
    pub sizes: Vec<(String, usize)>,
    /// People of the open person query, as far as it tells.
    pub company: Option<usize>,
}

/// What is told about meetings with people from outside.
#[derive(Clone, Debug, PartialEq)]
pub struct MeetingFindings {
    /// How people from outside are known.
    pub outside: OutsideKnown,
    /// Rows that count as meetings in whole weeks.
    pub meetings: u64,
    /// Rows that do not, by reason.
    pub left_out: Vec<(NoMeeting, u64)>,
    /// Meetings in weeks that the export cuts.
    pub in_cut_weeks: u64,
    /// Meetings that are not known to be with people from outside.
    pub inside: u64,
    /// Weeks that count, by their first days.
    pub weeks: Vec<NaiveDate>,
    /// The weeks of the two windows, or why there are none.
    pub windows: Result<[Vec<NaiveDate>; 2], WindowProblem>,
    /// Weeks of the windows with so few meetings in all that they look like holidays.
    pub holidays: Vec<NaiveDate>,
    /// By [`Initiator::ALL`].
    pub by: [InitiatorFindings; 3],
    /// People of the company, where they are known.
    pub company: Option<usize>,
    /// The attribute of the groups.
    pub attribute: Option<String>,
    /// Groups whose meetings by us are told, in the order of their names.
    pub groups: Vec<GroupOfMeetings>,
    /// What is hidden; `None` when nothing is.
    pub hidden: Option<HiddenGroups>,
    /// Attributes that the export could be grouped by.
    pub attributes: Vec<String>,
}

/// Meetings by one kind of organizer.
#[derive(Clone, Debug, PartialEq)]
pub struct InitiatorFindings {
    /// Whose.
    pub initiator: Initiator,
    /// Meetings a week and how many each week had, or why they are not told.
    pub told: Result<InitiatorCounts, NotTold>,
}

/// How many meetings.
#[derive(Clone, Debug, PartialEq)]
pub struct InitiatorCounts {
    /// Meetings a week.
    pub per_week: InWindows,
    /// Meetings a week and person of the company, where its people are known.
    pub per_member: Option<InWindows>,
    /// Meetings of each week.
    pub weeks: Vec<u64>,
    /// The 95 % interval of the relative change, and the change in a word; of ours alone, because only of them the
    /// export says who.
    pub likely: Option<(Interval, ChangeVerdict)>,
}

/// Why meetings of one kind of organizer are not told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotTold {
    /// The export does not say whether people from outside take part.
    OutsideUnknown,
    /// One person organized over half of them.
    MostlyOne,
}

/// Meetings by one group of ours.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupOfMeetings {
    /// Its name.
    pub name: String,
    /// Its people; `None` where the open person query does not tell.
    pub people: Option<usize>,
    /// Meetings a week.
    pub per_week: InWindows,
    /// Meetings a week and person.
    pub per_member: Option<InWindows>,
    /// The 95 % interval of the relative change, and the change in a word; `None` where the export does not say who.
    pub likely: Option<(Interval, ChangeVerdict)>,
}

/// Why nothing is told about meetings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoMeetings {
    /// Fewer than k people organized them, as far as the export says who.
    TooFewPeople,
    /// The export has no whole week.
    NoWholeWeek,
}

/// Answers a question about meetings.
///
/// # Errors
/// When nothing may be told.
pub fn answer_meetings(
    list: &MeetingList,
    question: &MeetingQuestion,
    rules: Rules,
) -> Result<Published<MeetingFindings>, NoMeetings> {
    let k = rules.minimum_group_size();
    let has_people = question.company.is_some_and(|people| people >= k);
    if !has_people && organizers(list, &question.settings) < k {
        return Err(NoMeetings::TooFewPeople);
    }
    let attribute = question.by.as_deref().and_then(|by| list.attribute(by));
    let found = Initiated::of(list, &question.settings, attribute);
    let weeks: Vec<NaiveDate> = found.weeks.iter().filter(|week| !question.without.contains(week)).copied().collect();
    if weeks.is_empty() {
        return Err(NoMeetings::NoWholeWeek);
    }
    let windows = chosen_or_halves(&weeks, question.windows.as_ref());
    let spans = Spans {
        all: found.places(&weeks),
        windows: windows.as_ref().ok().map(|[before, now]| [found.places(before), found.places(now)]),
    };
    let in_all = |week: usize| Initiator::ALL.map(|who| found.count(&[week], who)).iter().sum::<u64>() as f64;
    let by_week: Vec<_> = weeks.iter().copied().zip(spans.all.iter().map(|week| in_all(*week))).collect();
    let is_compared = |day: &NaiveDate| windows.iter().flatten().any(|window| window.contains(day));
    let holidays = low_weeks(&by_week).days.into_iter().filter(is_compared).collect();
    let outside = question.settings.outside_known(list);
    let by = Initiator::ALL.map(|initiator| InitiatorFindings {
        initiator,
        told: told(initiator, outside, &found).map(|()| InitiatorCounts {
            per_week: spans.per_week(|weeks| found.count(weeks, initiator)),
            per_member: question
                .company
                .filter(|_| has_people)
                .map(|people| spans.per_week(|weeks| found.count(weeks, initiator)).divided_by(people)),
            weeks: spans.all.iter().map(|week| found.count(&[*week], initiator)).collect(),
            likely: (initiator == Initiator::Us).then(|| spans.likely(found.ours.iter())).flatten(),
        }),
    });
    let mut findings = MeetingFindings {
        outside,
        meetings: found.inside
            + Initiator::ALL.map(|who| found.count(&found.places(&found.weeks), who)).iter().sum::<u64>(),
        left_out: NoMeeting::ALL.into_iter().zip(found.left_out).filter(|(_, rows)| *rows > 0).collect(),
        in_cut_weeks: found.in_cut_weeks,
        inside: found.inside,
        weeks,
        windows,
        holidays,
        by,
        company: question.company.filter(|_| has_people),
        attribute: attribute.map(|attribute| attribute.name.clone()),
        groups: Vec::new(),
        hidden: None,
        attributes: list.attributes.iter().map(|attribute| attribute.name.clone()).collect(),
    };
    if let (Some(attribute), Ok(())) = (attribute, told(Initiator::Us, outside, &found)) {
        let groups = Groups::of(&found, &attribute.values, &question.sizes);
        let hidden = groups.hidden(rules);
        findings.groups = groups.told(&hidden, &spans);
        let out = hide::hidden_groups(&hidden);
        let together = |places: &[usize]| groups.together(places);
        let people = hide::can_be_told(&out, together, rules).then(|| groups.together(&out));
        findings.hidden = (!out.is_empty()).then_some(HiddenGroups { groups: out.len(), people });
    }
    Ok(Published::new(findings))
}

/// Whether meetings of one kind of organizer may be told, decided on the whole export.
fn told(initiator: Initiator, outside: OutsideKnown, found: &Initiated) -> Result<(), NotTold> {
    match (initiator, outside) {
        (Initiator::Us | Initiator::Unknown, OutsideKnown::ByOrganizer) => Err(NotTold::OutsideUnknown),
        // A stock export that names nobody outside says nothing about them either.
        (Initiator::Others, OutsideKnown::ByOrganizer) if found.count(&found.places(&found.weeks), initiator) == 0 => {
            Err(NotTold::OutsideUnknown)
        }
        (Initiator::Us, _) if is_mostly_one(found.ours.iter(), |_| true) => Err(NotTold::MostlyOne),
        _ => Ok(()),
    }
}

/// Whether one organizer has over half of the meetings of some weeks, by their places. Organizers whom the export does
/// not tell apart are not one.
fn is_mostly_one<'a>(ours: impl Iterator<Item = &'a ByOrganizer>, is_in: impl Fn(usize) -> bool) -> bool {
    let mut by_organizer: BTreeMap<Option<u32>, u64> = BTreeMap::new();
    for one in ours {
        let of_weeks = one.weeks.iter().filter(|(week, _)| is_in(**week));
        *by_organizer.entry(one.organizer).or_default() += of_weeks.map(|(_, count)| u64::from(*count)).sum::<u64>();
    }
    let all: u64 = by_organizer.values().sum();
    by_organizer.iter().any(|(organizer, meetings)| organizer.is_some() && meetings * 2 > all)
}

/// The places of the weeks that are asked for.
struct Spans {
    all: Vec<usize>,
    windows: Option<[Vec<usize>; 2]>,
}

impl Spans {
    fn per_week(&self, count: impl Fn(&[usize]) -> u64) -> InWindows {
        let of = |weeks: &[usize]| count(weeks) as f64 / weeks.len().max(1) as f64;
        InWindows { all: of(&self.all), windows: self.windows.as_ref().map(|[before, now]| (of(before), of(now))) }
    }
}

impl Spans {
    /// How sure the change of ours is.
    fn likely<'a>(&self, ours: impl Iterator<Item = &'a ByOrganizer>) -> Option<(Interval, ChangeVerdict)> {
        let [before, now] = self.windows.as_ref()?;
        change(ours, [before, now]).map(|((_, interval), verdict)| (interval, verdict))
    }
}

impl InWindows {
    /// Each for one of so many people.
    fn divided_by(self, people: usize) -> Self {
        let people = people.max(1) as f64;
        Self { all: self.all / people, windows: self.windows.map(|(before, now)| (before / people, now / people)) }
    }
}

/// Groups of organizers.
struct Groups<'a> {
    /// In the order of names: name, people of the person query, and what each organizer has.
    groups: Vec<(&'a str, Option<usize>, Vec<&'a ByOrganizer>)>,
}

impl<'a> Groups<'a> {
    fn of(found: &'a Initiated, values: &'a [String], sizes: &[(String, usize)]) -> Self {
        let mut by_name: BTreeMap<&str, Vec<&ByOrganizer>> = BTreeMap::new();
        for one in &found.ours {
            let value = one.group.and_then(|group| values.get(group as usize));
            by_name.entry(value.map_or(NOT_SET, String::as_str)).or_default().push(one);
        }
        let size = |name: &str| sizes.iter().find(|(other, _)| other == name).map(|(_, people)| *people);
        Self { groups: by_name.into_iter().map(|(name, ours)| (name, size(name), ours)).collect() }
    }

    /// The people of some groups: those of the person query, else those who organized.
    fn together(&self, places: &[usize]) -> usize {
        let groups = places.iter().filter_map(|place| self.groups.get(*place));
        groups.map(|(_, people, ours)| people.unwrap_or_else(|| organizers_of(ours))).sum()
    }

    fn hidden(&self, rules: Rules) -> Vec<bool> {
        let sizes: Vec<usize> = (0..self.groups.len()).map(|place| self.together(&[place])).collect();
        let mut always: Vec<bool> =
            self.groups.iter().map(|(_, _, ours)| is_mostly_one(ours.iter().copied(), |_| true)).collect();
        loop {
            let is_always = |place: usize| always.get(place) == Some(&true);
            let hidden = hide::hidden(&sizes, is_always, |places| self.together(places), rules);
            let out = hide::hidden_groups(&hidden);
            let rest =
                out.iter().filter_map(|place| self.groups.get(*place)).flat_map(|(_, _, ours)| ours.iter().copied());
            let shown = (0..sizes.len()).filter(|place| hidden.get(*place) == Some(&false));
            let next = shown.min_by_key(|place| (sizes.get(*place), *place));
            match next.and_then(|place| always.get_mut(place)) {
                Some(always) if is_mostly_one(rest, |_| true) => *always = true,
                _ => return hidden,
            }
        }
    }

    fn told(&self, hidden: &[bool], spans: &Spans) -> Vec<GroupOfMeetings> {
        let shown = self.groups.iter().zip(hidden).filter(|(_, hidden)| !**hidden);
        shown
            .map(|((name, people, ours), _)| {
                let count = |weeks: &[usize]| ours.iter().map(|one| u64::from(one.meetings_in(weeks))).sum();
                let mut per_week = spans.per_week(count);
                let is_one = |weeks: &Vec<usize>| is_mostly_one(ours.iter().copied(), |week| weeks.contains(&week));
                let likely = spans.likely(ours.iter().copied());
                per_week.windows = per_week.windows.filter(|_| !spans.windows.iter().flatten().any(is_one));
                GroupOfMeetings {
                    name: (*name).to_owned(),
                    people: *people,
                    per_week,
                    per_member: people.map(|people| per_week.divided_by(people)),
                    likely: likely.filter(|_| per_week.windows.is_some()),
                }
            })
            .collect()
    }
}

fn organizers_of(ours: &[&ByOrganizer]) -> usize {
    ours.iter().filter_map(|one| one.organizer).collect::<BTreeSet<_>>().len()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::dataset::{Meeting, OrganizerAttribute};

    /// Meetings with people from outside of organizers, on Wednesdays of weeks from March 1, 2026: organizer, group,
    /// week, how many.
    fn list(rows: &[(u32, u32, u64, usize)]) -> MeetingList {
        let mut list = MeetingList { says_outside: true, ..MeetingList::default() };
        let mut codes = Vec::new();
        let start = NaiveDate::from_ymd_opt(2026, 3, 1).unwrap();
        let mut add = |days: u64, organizer, group: Option<u32>, internal| {
            codes.push(group);
            list.meetings.push(Meeting {
                day: start.checked_add_days(chrono::Days::new(days)).unwrap(),
                outside: Some(1),
                organizer,
                organizer_is_internal: internal,
                ..Meeting::default()
            });
        };
        for (organizer, group, week, count) in rows {
            (0..*count).for_each(|_| add(week * 7 + 3, Some(*organizer), Some(*group), Some(true)));
        }
        // One by others on the first day of the first week and on the last of the fourth, so that all four are whole.
        add(0, None, None, Some(false));
        add(27, None, None, Some(false));
        let values = ["Ops", "Sales", "Legal"].map(str::to_owned).to_vec();
        list.attributes = vec![OrganizerAttribute { name: "Organization".into(), values, codes }];
        list
    }

    fn question() -> MeetingQuestion {
        MeetingQuestion { by: Some("organization".into()), ..MeetingQuestion::default() }
    }

    /// Six people of a group with so many meetings each in weeks 0 and 2.
    fn six(first: u32, group: u32, count: usize) -> Vec<(u32, u32, u64, usize)> {
        (first..first + 6).flat_map(|person| [(person, group, 0, count), (person, group, 2, 2 * count)]).collect()
    }

    fn answer(list: &MeetingList, question: &MeetingQuestion) -> Result<Published<MeetingFindings>, NoMeetings> {
        answer_meetings(list, question, Rules::new(5))
    }

    #[test]
    fn meetings_a_week_and_per_person_in_both_windows() {
        let list = list(&[six(0, 0, 1), six(10, 1, 2)].concat());
        let sizes = vec![("Ops".to_owned(), 12), ("Sales".to_owned(), 6)];
        let found = answer(&list, &MeetingQuestion { sizes, company: Some(20), ..question() }).unwrap();
        // By us: 6 + 12 in week 0, 12 + 24 in week 2: 54 in 4 weeks; 18 in the first two, 36 in the last two.
        let us = found.by[0].told.as_ref().unwrap();
        assert_eq!(us.per_week, InWindows { all: 13.5, windows: Some((9.0, 18.0)) });
        assert_eq!(us.per_member.unwrap().all, 13.5 / 20.0);
        assert_eq!(us.weeks, [18, 0, 36, 0]);
        assert_eq!(found.by[1].told.as_ref().unwrap().weeks, [1, 0, 0, 1]);
        let groups: Vec<_> = found.groups.iter().map(|g| (g.name.as_str(), g.per_member.unwrap().all)).collect();
        // Ops: 18 meetings, 4 weeks, 12 people; Sales: 36, 4, 6.
        assert_eq!(groups, [("Ops", 0.375), ("Sales", 1.5)]);
        assert_eq!(found.meetings, 56);
    }

    #[test]
    fn fewer_organizers_than_k_are_not_told_unless_the_company_is_large_enough() {
        let rows: Vec<_> = (0..4).map(|person| (person, 0, 1, 3)).collect();
        assert_eq!(answer(&list(&rows), &question()).unwrap_err(), NoMeetings::TooFewPeople);
        let found = answer(&list(&rows), &MeetingQuestion { company: Some(5), ..question() }).unwrap();
        assert!(found.by[0].told.is_ok() && found.groups.is_empty());
    }

    #[test]
    fn weeks_like_holidays_are_told_where_they_are_compared() {
        // Six people with five meetings each in each of twelve weeks, and with one in weeks 2 and 3: 6 against 30.
        let of_week =
            |week: u64| (0..6).map(move |person| (person, 0, week, if [2, 3].contains(&week) { 1 } else { 5 }));
        let rows: Vec<_> = (0..12).flat_map(of_week).collect();
        let days = |weeks: [u64; 2]| {
            let start = NaiveDate::from_ymd_opt(2026, 3, 1).unwrap();
            weeks.map(|week| start.checked_add_days(chrono::Days::new(7 * week)).unwrap())
        };
        let found = answer(&list(&rows), &question()).unwrap();
        assert_eq!(found.holidays, days([2, 3]));
        // Left out they are in no window.
        let without = MeetingQuestion { without: days([2, 3]).to_vec(), ..question() };
        assert_eq!(answer(&list(&rows), &without).unwrap().holidays, []);
    }

    #[test]
    fn a_small_group_hides_with_the_next_smallest_and_one_busy_person_does_too() {
        let legal: Vec<_> = (30..33).map(|person| (person, 2, 1, 2)).collect();
        let rows = [six(0, 0, 1), six(10, 1, 2), six(20, 1, 2), legal].concat();
        let names = |rows: &[(u32, u32, u64, usize)]| -> Vec<String> {
            answer(&list(rows), &question()).unwrap().groups.iter().map(|group| group.name.clone()).collect()
        };
        // Legal has three organizers; Ops, with six, is hidden with it.
        assert_eq!(names(&rows), ["Sales"]);
        // One person of Ops with over half of its meetings hides Ops; a single hidden group takes Sales with it.
        let busy = [six(0, 0, 1), six(10, 1, 9), vec![(0, 0, 1, 40)]].concat();
        assert_eq!(names(&busy), Vec::<String>::new());
    }

    #[test]
    fn over_half_by_one_person_is_not_told_at_all() {
        let rows = [six(0, 0, 1), vec![(0, 0, 1, 40)]].concat();
        let found = answer(&list(&rows), &question()).unwrap();
        assert_eq!(found.by[0].told, Err(NotTold::MostlyOne));
        assert!(found.by[1].told.is_ok() && found.groups.is_empty());
    }

    #[test]
    fn without_a_column_of_people_from_outside_only_meetings_by_others_are_told() {
        let list = MeetingList { says_outside: false, ..list(&six(0, 0, 1)) };
        let found = answer(&list, &question()).unwrap();
        assert_eq!(found.by[0].told, Err(NotTold::OutsideUnknown));
        assert_eq!(found.by[1].told.as_ref().unwrap().per_week.all, 0.5);
        assert_eq!(found.inside, 18);
        // A stock export, in which nobody is said to be outside, cannot tell those either.
        let mut stock = list.clone();
        stock.meetings.iter_mut().for_each(|meeting| meeting.organizer_is_internal = meeting.organizer.map(|_| true));
        assert_eq!(answer(&stock, &question()).unwrap().by[1].told, Err(NotTold::OutsideUnknown));
        let settings = MeetingSettings { only_with_outside: true, ..MeetingSettings::default() };
        let declared = answer(&list, &MeetingQuestion { settings, ..question() }).unwrap();
        assert_eq!(declared.by[0].told.as_ref().unwrap().per_week.all, 4.5);
    }
}
