//! The monthly insights, each over the people who are eligible or have a value: from all answers nobody works out the
//! share of few people, whether few are in a group or few of a group are measured.
//!
//! Somebody is counted in a month or not, whichever of the month's weeks are looked at: the attacker has one unknown a
//! person's history and month.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use chrono::{Datelike, NaiveDate};
use customer_focus::dataset::{AttributeFilter, Filter, GroupBy, Metric};
use customer_focus::insights::{self, Population, Settings};
use customer_focus::privacy::{self, Guarded, InsightId, Question, Rules};

use super::solver::Facts;
use super::{Group, K, companies, groups_of, is_of, one_filter};
use crate::support::random::Dice;
use crate::support::{Cell, Company, Row, guarded, row, weekly, weeks};

const INSIGHTS: [InsightId; 4] = [
    InsightId::ConnectedPeople,
    InsightId::CoachingUnder15Min,
    InsightId::FewInternalOrganizations,
    InsightId::CoachingStyle,
];

/// Companies that gave somebody away before the rules knew who moved within a month, who was there too short a time, who had
/// no meetings there, and who is measured in a part of a month.
const GAVE_AWAY: [u64; 10] = [6, 12, 29, 36, 41, 107, 152, 175, 203, 268];

const MONTHS: [u32; 2] = [4, 5];

/// April and May 2024, of four Sundays each: every month is complete.
static SUNDAYS: LazyLock<Vec<NaiveDate>> = LazyLock::new(|| weeks("2024-04-07", 8));

/// From which week to which one is asked.
type Range = (usize, usize);

/// Both months, and each.
const MONTH_BY_MONTH: &[Range] = &[(0, 7), (0, 3), (4, 7)];

/// Two weeks of each month, which are told because no month is whole.
const NO_WHOLE_MONTH: &[Range] = &[(2, 5)];

/// The weeks of one month that are asked for: the first and the last one.
type Part = Range;

/// The months that are looked at within a range of weeks: the complete ones, or if there is none, all.
fn parts(from: usize, to: usize) -> Vec<Part> {
    let months = [(0, 3), (4, 7)].map(|(first, last)| (first.max(from), last.min(to)));
    let parts = months.into_iter().filter(|(first, last)| first <= last);
    let complete: Vec<Part> = parts.clone().filter(|(first, last)| last - first == 3).collect();
    if complete.is_empty() { parts.collect() } else { complete }
}

/// From which week to which one a filter asks.
fn range_of(asked: &Filter) -> Range {
    let mut weeks = (0..SUNDAYS.len()).filter(|&week| asked.keeps_period(SUNDAYS[week]));
    let first = weeks.next().expect("it keeps some");
    (first, weeks.next_back().unwrap_or(first))
}

fn is_within(part: Part, day: NaiveDate) -> bool {
    SUNDAYS[part.0] <= day && day <= SUNDAYS[part.1]
}

/// A week of somebody, as the attacker knows it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Week {
    groups: BTreeMap<String, String>,
    day: NaiveDate,
    /// For each insight whether the row can be used.
    has_value: [bool; 4],
    /// Whether there is any meeting time: of whom there is none in a month, there is no coaching style.
    meets: bool,
}

/// A company as the attacker of one insight sees it.
struct Target {
    guarded: Guarded,
    /// For each history how many people have it, and how many of them are counted in each part of a month.
    histories: Vec<(Vec<Week>, usize, BTreeMap<Part, usize>)>,
    insight: usize,
}

/// The rows of somebody, and for each insight and month whether the person is counted.
fn person(person: usize, values: &[usize], dice: &mut Dice) -> (Vec<Row>, [BTreeMap<u32, bool>; 4]) {
    let throw = |dice: &mut Dice| -> BTreeMap<String, String> {
        let code = |(attribute, &values): (usize, &usize)| {
            let code = dice.roll(values).min(dice.roll(values));
            (format!("Attribute {attribute}"), format!("{attribute}.{code}"))
        };
        values.iter().enumerate().map(code).collect()
    };
    let mut groups = throw(dice);
    let never = [dice.chance(12), dice.chance(12), dice.chance(12)];
    let mut by_month =
        |chance| MONTHS.map(|month| (month, dice.chance(chance))).into_iter().collect::<BTreeMap<_, _>>();
    let mut counted = [40, 40, 40, 70].map(&mut by_month);
    // Under-coached is who has little 1:1 time and no manager in other meetings.
    let coached = counted[1].clone();
    counted[3].iter_mut().for_each(|(month, is_counted)| *is_counted &= coached[month]);
    let meets = if dice.chance(25) { 15 } else { 95 };
    let mut rows = Vec::new();
    for &day in SUNDAYS.iter() {
        if dice.chance(10) {
            continue;
        }
        if dice.chance(2) {
            groups = throw(dice);
        }
        let is = |insight: usize| counted[insight][&day.month()];
        let count = |is_there: bool, count: f64| if is_there { Cell::Count(count) } else { Cell::Blank };
        let has_value = [0, 2].map(|insight: usize| !never[insight] && !dice.chance(15));
        let row = row(person, day)
            .cell(Metric::ExternalNetworkSize, count(has_value[0], if is(0) { 9.0 } else { 1.0 }))
            .cell(Metric::InternalOrganizations, count(has_value[1], if is(2) { 1.0 } else { 9.0 }))
            .hours(Metric::Manager11Hours, if is(1) { 0.0 } else { 2.0 })
            .cell(
                Metric::MeetingHours,
                match (dice.chance(8), dice.chance(meets)) {
                    (true, _) => Cell::Unreadable,
                    (false, true) => Cell::Seconds(36_000),
                    (false, false) => Cell::Seconds(0),
                },
            );
        let co_attended = if is(3) { 0.0 } else { 8.0 };
        let mut row = row.hours(Metric::ManagerMeetingHours, co_attended);
        row.without_manager = never[1];
        row.groups.clone_from(&groups);
        rows.push(row);
    }
    (rows, counted)
}

fn week_of(row: &Row) -> Week {
    let has = |metric| row.get(metric) != Cell::Blank;
    let has_manager = !row.without_manager;
    let meetings = row.get(Metric::MeetingHours);
    let has_style = has_manager && meetings != Cell::Unreadable;
    let has_value = [has(Metric::ExternalNetworkSize), has_manager, has(Metric::InternalOrganizations), has_style];
    Week { groups: row.groups.clone(), day: row.day, has_value, meets: matches!(meetings, Cell::Seconds(1..)) }
}

/// Forty to 110 people with two or three attributes, once for each insight.
fn random(dice: &mut Dice, ranges: &[Range]) -> [Target; 4] {
    let people = 40 + dice.roll(70);
    let values: Vec<usize> = (0..2 + dice.roll(2)).map(|_| 2 + dice.roll(4)).collect();
    let all: Vec<_> =
        (0..people).map(|index| person(index, &values, dice)).filter(|(rows, _)| !rows.is_empty()).collect();
    let rows = all.iter().flat_map(|(rows, _)| rows.clone()).collect();
    let company = Company { knows_managers: true, ..weekly(rows) };
    [0, 1, 2, 3].map(|insight| {
        let mut histories: BTreeMap<Vec<Week>, (usize, BTreeMap<Part, usize>)> = BTreeMap::new();
        for (rows, counted) in &all {
            let (people, sums) = histories.entry(rows.iter().map(week_of).collect()).or_default();
            *people += 1;
            let all: BTreeSet<Part> = ranges.iter().flat_map(|&(from, to)| parts(from, to)).collect();
            for part in all {
                let is_counted = counted[insight][&SUNDAYS[part.0].month()];
                *sums.entry(part).or_default() += usize::from(is_counted);
            }
        }
        let histories = histories.into_iter().map(|(weeks, (people, sums))| (weeks, people, sums)).collect();
        Target { guarded: guarded(&company.build()), histories, insight }
    })
}

impl Target {
    fn unknowns(&self) -> (Vec<f64>, Vec<f64>) {
        let each = self.histories.iter().flat_map(|(_, people, sums)| sums.values().map(move |&sum| (*people, sum)));
        each.map(|(people, counted)| (people as f64, counted as f64)).unzip()
    }

    /// Whether somebody is measured in a part of a month by the weeks that match.
    fn is_measured(&self, weeks: &[Week], part: Part, matches: impl Fn(&Week) -> bool) -> bool {
        let usable = weeks.iter().filter(|week| is_within(part, week.day) && matches(week));
        let usable: Vec<_> = usable.filter(|week| week.has_value[self.insight]).collect();
        // Eligible for coaching is who has three quarters of the weeks.
        let eligible = !usable.is_empty() && usable.len() >= (3 * (part.1 - part.0 + 1)).div_ceil(4);
        match INSIGHTS[self.insight] {
            InsightId::CoachingUnder15Min => eligible,
            InsightId::CoachingStyle => eligible && usable.iter().any(|week| week.meets),
            _ => !usable.is_empty(),
        }
    }

    /// The weights of a share of the weeks that are asked for: the mean over the months of counted by measured.
    fn share_of(&self, (from, to): Range, matches: impl Fn(&Week) -> bool) -> Vec<f64> {
        let measured = |part: Part| {
            let is_measured = |(weeks, ..): &&(Vec<Week>, usize, _)| self.is_measured(weeks, part, &matches);
            self.histories.iter().filter(is_measured).map(|(_, people, _)| *people).sum::<usize>()
        };
        let people: BTreeMap<Part, usize> = parts(from, to).into_iter().map(|part| (part, measured(part))).collect();
        let used = people.values().filter(|people| **people > 0).count();
        let cells = self.histories.iter().flat_map(|(weeks, _, sums)| sums.keys().map(move |&part| (weeks, part)));
        let weight = |(weeks, part): (&Vec<Week>, Part)| match people.get(&part) {
            Some(&people) if self.is_measured(weeks, part, &matches) => 1.0 / (used * people) as f64,
            _ => 0.0,
        };
        cells.map(weight).collect()
    }

    fn people_where(&self, matches: impl Fn(&Week) -> bool) -> usize {
        let has = |(weeks, ..): &&(Vec<Week>, usize, _)| weeks.iter().any(&matches);
        self.histories.iter().filter(has).map(|(_, people, _)| *people).sum()
    }

    /// People measured in some month.
    fn measured_where(&self, matches: impl Fn(&Week) -> bool) -> usize {
        let is = |(weeks, _, sums): &&(Vec<Week>, usize, BTreeMap<Part, usize>)| {
            sums.keys().any(|&part| self.is_measured(weeks, part, &matches))
        };
        self.histories.iter().filter(is).map(|(_, people, _)| *people).sum()
    }
}

/// Facts, and the truth that they are held against.
struct Known {
    facts: Facts,
    truth: Vec<f64>,
}

impl Known {
    fn learn(&mut self, weights: Vec<f64>, share: f64) {
        let sum: f64 = weights.iter().zip(&self.truth).map(|(weight, truth)| weight * truth).sum();
        assert!((sum - share).abs() < 1e-9, "the share is {share}, and by the attacker's sum {sum}");
        self.facts.learn(weights);
    }
}

fn is_named(filter: &Filter, week: &Week) -> bool {
    filter.keeps_period(week.day)
        && filter.attributes.iter().all(|named| named.values.contains(&week.groups[&named.attribute]))
}

/// Asks through the door and learns every share.
fn ask(known: &mut Known, target: &Target, question: &Question) {
    let here = |week: &Week| is_named(&question.filter, week);
    let Ok(findings) = privacy::answer(&target.guarded, question, Rules::new(K)) else { return };
    let asked = range_of(&question.filter);
    learn_of_halves(known, target, question);
    let Ok(outcome) = &findings.insight(INSIGHTS[target.insight]).unwrap().outcome else { return };
    known.learn(target.share_of(asked, here), outcome.share.get());
    for point in &outcome.trend {
        let in_month = |week: &Week| here(week) && week.day.month() == point.period.month();
        known.learn(target.share_of(asked, in_month), point.share.get());
    }
    for groups in &outcome.breakdowns {
        for group in &groups.shown {
            let in_group = |week: &Week| here(week) && is_of(&week.groups, &groups.by, &group.value);
            known.learn(target.share_of(asked, in_group), group.share.get());
        }
    }
}

/// Learns the shares of the earlier and the later half of the weeks, where there is somebody in all that are asked for and the
/// attacker has an unknown for each part of a month.
fn learn_of_halves(known: &mut Known, target: &Target, question: &Question) {
    let Ok(changes) = privacy::change_since_earlier_half(&target.guarded, question, Rules::new(K)) else { return };
    let Some(change) = changes.iter().find(|change| change.id == INSIGHTS[target.insight]) else { return };
    let here = |week: &Week| is_named(&question.filter, week);
    let days: BTreeSet<NaiveDate> =
        target.histories.iter().flat_map(|(weeks, ..)| weeks).filter(|week| here(week)).map(|week| week.day).collect();
    let (from, to) = range_of(&question.filter);
    if days.len() != to - from + 1 {
        return;
    }
    let half = days.len() / 2;
    let is_unknown = |part: &Part| target.histories.iter().any(|(.., sums)| !sums.contains_key(part));
    let halves = [((from, from + half - 1), change.earlier), ((to + 1 - half, to), change.later)];
    for (range, share) in halves {
        if parts(range.0, range.1).iter().any(is_unknown) {
            continue;
        }
        known.learn(target.share_of(range, |week| here(week) && is_within(range, week.day)), share.get());
    }
}

/// The same, where groups of which an insight measures fewer than the minimum are hidden and nothing else is.
fn ask_without_rules(known: &mut Known, target: &Target, question: &Question) {
    let here = |week: &Week| is_named(&question.filter, week);
    let dataset = target.guarded.dataset();
    let population = Population::new(target.guarded.panel(), dataset.select(&question.filter).unwrap());
    let attributes: Vec<_> = question.by.iter().filter_map(|by| dataset.grouping(by).ok()).collect();
    let insights = insights::evaluate_all(&population, &population, &Settings::default(), &attributes);
    let outcome = insights.into_iter().find(|insight| insight.id == INSIGHTS[target.insight]).unwrap().outcome;
    let Ok(outcome) = outcome else { return };
    if outcome.people < K {
        return;
    }
    let asked = range_of(&question.filter);
    known.learn(target.share_of(asked, here), outcome.share.get());
    for breakdown in &outcome.breakdowns {
        for group in breakdown.groups.iter().filter(|group| group.people >= K) {
            let in_group = |week: &Week| here(week) && is_of(&week.groups, &breakdown.by, &group.value);
            known.learn(target.share_of(asked, in_group), group.share.get());
        }
    }
}

/// All that is asked: everybody, groups of one and two values, and some of several, in each range of weeks.
fn questions(groups: &[Group], by: &[GroupBy], ranges: &[Range], dice: &mut Dice) -> Vec<Question> {
    let mut filters = vec![Filter::default()];
    filters.extend(groups.iter().map(one_filter));
    for _ in 0..40 {
        let (a, b) = (dice.pick(groups), dice.pick(groups));
        let mut filter = one_filter(&a);
        for (attribute, value) in b {
            match filter.attributes.iter_mut().find(|named| named.attribute == attribute) {
                Some(named) => named.values.push(value),
                None => filter.attributes.push(AttributeFilter { attribute, values: vec![value] }),
            }
        }
        filters.push(filter);
    }
    let ask = |filter: &Filter| {
        let ask = |&(from, to): &Range| Question {
            filter: Filter { from: Some(SUNDAYS[from]), to: Some(SUNDAYS[to]), ..filter.clone() },
            by: by.to_vec(),
            ..Question::default()
        };
        ranges.iter().map(ask).collect::<Vec<_>>()
    };
    filters.iter().flat_map(ask).collect()
}

/// How many groups are small for an insight, and the share of which of them is found out.
fn attack_many(ranges: &[Range], ask: impl Fn(&mut Known, &Target, &Question)) -> (usize, Vec<String>) {
    let (mut small, mut found) = (0, Vec::new());
    for seed in (0..companies().div_ceil(2)).chain(GAVE_AWAY) {
        let mut dice = Dice(seed);
        for target in random(&mut dice, ranges) {
            let (most, truth) = target.unknowns();
            let mut known = Known { facts: Facts::about(most), truth };
            let groups = groups_of(target.histories.iter().flat_map(|(weeks, ..)| weeks).map(|week| &week.groups));
            let by: Vec<GroupBy> = target.histories[0].0[0].groups.keys().cloned().map(GroupBy::from).collect();
            for question in questions(&groups, &by, ranges, &mut Dice(seed)) {
                ask(&mut known, &target, &question);
            }
            for group in &groups {
                let is_in = |week: &Week| group.iter().all(|(name, value)| week.groups[name] == *value);
                let (people, measured) = (target.people_where(is_in), target.measured_where(is_in));
                if !(1..K).contains(&measured) {
                    continue;
                }
                small += 1;
                let share = target.share_of(ranges[0], is_in);
                let name = INSIGHTS[target.insight];
                if known.facts.tell(&share) {
                    found.push(format!("seed {seed}: {name:?} of {measured} of {people} in {group:?} exactly"));
                } else if known.facts.spread(&share) < 0.1 {
                    found.push(format!("seed {seed}: {name:?} of {measured} of {people} in {group:?} nearly"));
                }
            }
        }
    }
    (small, found)
}

fn holds(ranges: &[Range]) {
    let (small, found) = attack_many(ranges, ask);
    assert!(small > 100, "{small} small groups are too few to prove anything");
    assert_eq!(found, Vec::<String>::new(), "of {small} small groups");
}

fn finds_most(ranges: &[Range]) {
    let (small, found) = attack_many(ranges, ask_without_rules);
    assert!(found.len() * 2 > small, "{} of {small}: the attack is blind", found.len());
}

#[test]
fn no_monthly_share_of_a_few_people_follows() {
    holds(MONTH_BY_MONTH);
}

#[test]
fn nor_from_weeks_that_hold_no_whole_month() {
    holds(NO_WHOLE_MONTH);
}

#[test]
fn without_the_rules_monthly_shares_of_a_few_people_do_follow() {
    finds_most(MONTH_BY_MONTH);
    finds_most(NO_WHOLE_MONTH);
}
