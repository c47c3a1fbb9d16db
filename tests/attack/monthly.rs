//! The monthly insights, each over the people who are eligible or have a value: from all answers nobody works out the
//! share of few people, whether few are in a group or few of a group are measured.
//!
//! Somebody is counted in a month or not, whichever of the month's weeks are looked at: the attacker has one unknown a
//! person's history and month.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use customer_focus::dataset::{AttributeFilter, Filter, GroupBy, Metric};
use customer_focus::insights::{self, Population, Settings};
use customer_focus::privacy::{self, Guarded, InsightId, Question, Rules};

use super::solver::Facts;
use super::{Group, K, companies, groups_of, is_of, one_filter};
use crate::support::random::Dice;
use crate::support::{Cell, Company, Row, guarded, row, weekly, weeks};

const INSIGHTS: [InsightId; 3] =
    [InsightId::ConnectedPeople, InsightId::CoachingUnder15Min, InsightId::FewInternalOrganizations];

/// Companies that gave somebody away before the rules knew who moved within a month, and who was there too short a time.
const GAVE_AWAY: [u64; 6] = [12, 29, 36, 41, 152, 203];

/// April and May 2024, of four Sundays each: every month is complete.
fn sundays() -> Vec<NaiveDate> {
    weeks("2024-04-07", 8)
}

/// A week of somebody, as the attacker knows it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Week {
    groups: BTreeMap<String, String>,
    day: NaiveDate,
    /// For each insight whether the row can be used.
    has_value: [bool; 3],
}

/// A company as the attacker of one insight sees it.
struct Target {
    guarded: Guarded,
    /// For each history how many people have it, and how many of them are counted in each month.
    histories: Vec<(Vec<Week>, usize, BTreeMap<u32, usize>)>,
    insight: usize,
}

/// The rows of somebody, and for each insight and month whether the person is counted.
fn person(person: usize, values: &[usize], dice: &mut Dice) -> (Vec<Row>, [BTreeMap<u32, bool>; 3]) {
    let throw = |dice: &mut Dice| -> BTreeMap<String, String> {
        let code = |(attribute, &values): (usize, &usize)| {
            let code = dice.roll(values).min(dice.roll(values));
            (format!("Attribute {attribute}"), format!("{attribute}.{code}"))
        };
        values.iter().enumerate().map(code).collect()
    };
    let mut groups = throw(dice);
    let never = [dice.chance(12), dice.chance(12), dice.chance(12)];
    let months = [4, 5];
    let counted =
        [0, 1, 2].map(|_| months.map(|month| (month, dice.chance(40))).into_iter().collect::<BTreeMap<_, _>>());
    let mut rows = Vec::new();
    for day in sundays() {
        if dice.chance(10) {
            continue;
        }
        if dice.chance(2) {
            groups = throw(dice);
        }
        let is = |insight: usize| counted[insight][&day.month()];
        let count = |is_there: bool, count: f64| if is_there { Cell::Count(count) } else { Cell::Blank };
        let has_value = [0, 2].map(|insight: usize| !never[insight] && !dice.chance(15));
        let mut row = row(person, day)
            .cell(Metric::ExternalNetworkSize, count(has_value[0], if is(0) { 9.0 } else { 1.0 }))
            .cell(Metric::InternalOrganizations, count(has_value[1], if is(2) { 1.0 } else { 9.0 }))
            .hours(Metric::Manager11Hours, if is(1) { 0.0 } else { 2.0 });
        row.without_manager = never[1];
        row.groups.clone_from(&groups);
        rows.push(row);
    }
    (rows, counted)
}

fn week_of(row: &Row) -> Week {
    let has = |metric| row.get(metric) != Cell::Blank;
    let has_value = [has(Metric::ExternalNetworkSize), !row.without_manager, has(Metric::InternalOrganizations)];
    Week { groups: row.groups.clone(), day: row.day, has_value }
}

/// Forty to 110 people with two or three attributes, once for each insight.
fn random(dice: &mut Dice) -> [Target; 3] {
    let people = 40 + dice.roll(70);
    let values: Vec<usize> = (0..2 + dice.roll(2)).map(|_| 2 + dice.roll(4)).collect();
    let all: Vec<_> =
        (0..people).map(|index| person(index, &values, dice)).filter(|(rows, _)| !rows.is_empty()).collect();
    let rows = all.iter().flat_map(|(rows, _)| rows.clone()).collect();
    let company = Company { knows_managers: true, ..weekly(rows) };
    [0, 1, 2].map(|insight| {
        let mut histories: BTreeMap<Vec<Week>, (usize, BTreeMap<u32, usize>)> = BTreeMap::new();
        for (rows, counted) in &all {
            let (people, sums) = histories.entry(rows.iter().map(week_of).collect()).or_default();
            *people += 1;
            for (&month, &is_counted) in &counted[insight] {
                *sums.entry(month).or_default() += usize::from(is_counted);
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

    /// Whether somebody is measured in a month by the weeks that match.
    fn is_measured(&self, weeks: &[Week], month: u32, matches: impl Fn(&Week) -> bool) -> bool {
        let usable = weeks.iter().filter(|week| week.day.month() == month && matches(week));
        let usable = usable.filter(|week| week.has_value[self.insight]).count();
        // Eligible for coaching is who has three of the four weeks.
        usable >= if self.insight == 1 { 3 } else { 1 }
    }

    /// The weights of a share: the mean over its months of counted by measured.
    fn share_of(&self, matches: impl Fn(&Week) -> bool) -> Vec<f64> {
        let measured = |month| {
            let is_measured = |(weeks, ..): &&(Vec<Week>, usize, _)| self.is_measured(weeks, month, &matches);
            self.histories.iter().filter(is_measured).map(|(_, people, _)| *people).sum::<usize>()
        };
        let of_month: BTreeMap<u32, usize> = [4, 5].map(|month| (month, measured(month))).into_iter().collect();
        let months = of_month.values().filter(|people| **people > 0).count();
        let cells = self.histories.iter().flat_map(|(weeks, _, sums)| sums.keys().map(move |&month| (weeks, month)));
        let weight = |(weeks, month): (&Vec<Week>, u32)| match self.is_measured(weeks, month, &matches) {
            true => 1.0 / (months * of_month[&month]) as f64,
            false => 0.0,
        };
        cells.map(weight).collect()
    }

    fn people_where(&self, matches: impl Fn(&Week) -> bool) -> usize {
        let has = |(weeks, ..): &&(Vec<Week>, usize, BTreeMap<u32, usize>)| weeks.iter().any(&matches);
        self.histories.iter().filter(has).map(|(_, people, _)| *people).sum()
    }

    /// People measured in some month.
    fn measured_where(&self, matches: impl Fn(&Week) -> bool) -> usize {
        let is = |(weeks, ..): &&(Vec<Week>, usize, BTreeMap<u32, usize>)| {
            [4, 5].iter().any(|&month| self.is_measured(weeks, month, &matches))
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
    let Ok(outcome) = &findings.insight(INSIGHTS[target.insight]).unwrap().outcome else { return };
    known.learn(target.share_of(here), outcome.share.get());
    for point in &outcome.trend {
        known.learn(target.share_of(|week| here(week) && week.day.month() == point.period.month()), point.share.get());
    }
    for groups in &outcome.breakdowns {
        for group in &groups.shown {
            let in_group = |week: &Week| here(week) && is_of(&week.groups, &groups.by, &group.value);
            known.learn(target.share_of(in_group), group.share.get());
        }
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
    known.learn(target.share_of(here), outcome.share.get());
    for breakdown in &outcome.breakdowns {
        for group in breakdown.groups.iter().filter(|group| group.people >= K) {
            let in_group = |week: &Week| here(week) && is_of(&week.groups, &breakdown.by, &group.value);
            known.learn(target.share_of(in_group), group.share.get());
        }
    }
}

/// All that is asked: everybody, groups of one and two values, and some of several, in both months and in each.
fn questions(groups: &[Group], by: &[GroupBy], dice: &mut Dice) -> Vec<Question> {
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
    let sundays = sundays();
    let ranges = [(0, 7), (0, 3), (4, 7)].map(|(from, to)| (Some(sundays[from]), Some(sundays[to])));
    let ask = |filter: &Filter| {
        ranges.map(|(from, to)| Question {
            filter: Filter { from, to, ..filter.clone() },
            by: by.to_vec(),
            ..Question::default()
        })
    };
    filters.iter().flat_map(ask).collect()
}

/// How many groups are small for an insight, and the share of which of them is found out.
fn attack_many(ask: impl Fn(&mut Known, &Target, &Question)) -> (usize, Vec<String>) {
    let (mut small, mut found) = (0, Vec::new());
    for seed in (0..companies().div_ceil(2)).chain(GAVE_AWAY) {
        let mut dice = Dice(seed);
        for target in random(&mut dice) {
            let (most, truth) = target.unknowns();
            let mut known = Known { facts: Facts::about(most), truth };
            let groups = groups_of(target.histories.iter().flat_map(|(weeks, ..)| weeks).map(|week| &week.groups));
            let by: Vec<GroupBy> = target.histories[0].0[0].groups.keys().cloned().map(GroupBy::from).collect();
            for question in questions(&groups, &by, &mut Dice(seed)) {
                ask(&mut known, &target, &question);
            }
            for group in &groups {
                let is_in = |week: &Week| group.iter().all(|(name, value)| week.groups[name] == *value);
                let (people, measured) = (target.people_where(is_in), target.measured_where(is_in));
                if !(1..K).contains(&measured) {
                    continue;
                }
                small += 1;
                let share = target.share_of(is_in);
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

#[test]
fn no_monthly_share_of_a_few_people_follows() {
    let (small, found) = attack_many(ask);
    assert!(small > 100, "{small} small groups are too few to prove anything");
    assert_eq!(found, Vec::<String>::new(), "of {small} small groups");
}

#[test]
fn without_the_rules_monthly_shares_of_a_few_people_do_follow() {
    let (small, found) = attack_many(ask_without_rules);
    assert!(found.len() * 2 > small, "{} of {small}: the attack is blind", found.len());
}
