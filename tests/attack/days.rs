//! A file of days, in which the switch for inactive rows changes weeks and not only whether they are there.
//!
//! The attacker knows who is in which group and who has inactive days when. What a week of somebody is with those days
//! is another unknown than what it is without them.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate, Weekday};
use customer_focus::dataset::{Dataset, Filter, Grain, GroupBy, Metric};
use customer_focus::privacy::{self, Guarded, InsightId, Question, Rules};

use super::solver::Facts;
use super::{Group, K, companies, groups_of, is_of, one_filter};
use crate::support::random::Dice;
use crate::support::{Company, Row, guarded, row, weekly, weeks};

/// Which days of a week are inactive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Inactive {
    None,
    Friday,
    All,
}

/// A week of somebody, as the attacker knows it.
type Kind = (BTreeMap<String, String>, NaiveDate, Inactive);

/// A company, and the people of each kind: all of them, and those counted without and with inactive days.
struct Target {
    /// Without and with inactive days.
    doors: [Guarded; 2],
    kinds: Vec<(Kind, usize, [usize; 2])>,
}

/// A week from Monday to Friday: nine hours or two, and on an inactive Friday nine hours more.
fn days(
    person: usize,
    week: NaiveDate,
    groups: &BTreeMap<String, String>,
    over: [bool; 2],
    away: Inactive,
) -> Vec<Row> {
    let monday = week + Days::new(1);
    let of_day = |day: u64| {
        let hours = match day {
            4 if away == Inactive::Friday => f64::from(u8::from(over[1] && !over[0])) * 9.0,
            4 => 0.0,
            _ => {
                if over[usize::from(away == Inactive::All)] {
                    2.25
                } else {
                    0.5
                }
            }
        };
        let mut row = row(person, monday + Days::new(day)).hours(Metric::ExternalHours, hours);
        row.groups.clone_from(groups);
        row.inactive = away == Inactive::All || away == Inactive::Friday && day == 4;
        row
    };
    (0..5).map(of_day).collect()
}

/// Forty to 120 people with two or three attributes in two weeks.
fn random(dice: &mut Dice, doors: impl Fn(&Company) -> [Dataset; 2]) -> Target {
    let people = 40 + dice.roll(80);
    let values: Vec<usize> = (0..2 + dice.roll(2)).map(|_| 2 + dice.roll(4)).collect();
    let mut kinds: BTreeMap<Kind, (usize, [usize; 2])> = BTreeMap::new();
    let mut rows = Vec::new();
    for person in 0..people {
        let codes: Vec<usize> = values.iter().map(|&values| dice.roll(values).min(dice.roll(values))).collect();
        let name =
            |(attribute, code): (usize, &usize)| (format!("Attribute {attribute}"), format!("{attribute}.{code}"));
        let groups: BTreeMap<String, String> = codes.iter().enumerate().map(name).collect();
        for week in weeks("2024-04-07", 2) {
            let away = match dice.roll(20) {
                0 => Inactive::All,
                1 | 2 => Inactive::Friday,
                _ => Inactive::None,
            };
            let first = dice.chance(20 + 15 * codes[0]);
            let over = [first, first || away == Inactive::Friday && dice.chance(50)];
            rows.extend(days(person, week, &groups, over, away));
            let (people, counted) = kinds.entry((groups.clone(), week, away)).or_default();
            *people += 1;
            counted.iter_mut().zip(over).for_each(|(counted, over)| *counted += usize::from(over));
        }
    }
    let company = Company { grain: Grain::Day, ..weekly(rows) };
    let kinds = kinds.into_iter().map(|(kind, (people, counted))| (kind, people, counted)).collect();
    Target { doors: doors(&company).map(|dataset| guarded(&dataset)), kinds }
}

impl Target {
    /// The unknown of a kind: one without inactive days, and another one where there are such days.
    fn unknown(&self, place: usize, with_inactive: bool) -> usize {
        let is_another = with_inactive && self.kinds[place].0.2 != Inactive::None;
        place + if is_another { self.kinds.len() } else { 0 }
    }

    fn unknowns(&self) -> (Vec<f64>, Vec<f64>) {
        let most = |_: usize| self.kinds.iter().map(|(_, people, _)| *people as f64);
        let counted = |door: usize| self.kinds.iter().map(move |(.., counted)| counted[door] as f64);
        ([0, 1].into_iter().flat_map(most).collect(), [0, 1].into_iter().flat_map(counted).collect())
    }

    /// The weights of a share: the mean over its weeks of counted by measured.
    fn share_of(&self, with_inactive: bool, matches: impl Fn(&Kind) -> bool) -> Vec<f64> {
        let is_there = |kind: &Kind| (with_inactive || kind.2 != Inactive::All) && matches(kind);
        let mut by_week = BTreeMap::<NaiveDate, usize>::new();
        for (kind, people, _) in self.kinds.iter().filter(|(kind, ..)| is_there(kind)) {
            *by_week.entry(kind.1).or_default() += people;
        }
        let mut weights = vec![0.0; 2 * self.kinds.len()];
        for (place, (kind, ..)) in self.kinds.iter().enumerate().filter(|(_, (kind, ..))| is_there(kind)) {
            weights[self.unknown(place, with_inactive)] = 1.0 / (by_week.len() * by_week[&kind.1]) as f64;
        }
        weights
    }

    /// What inactive days add to the weeks of those who have some.
    fn added_to(&self, matches: impl Fn(&Kind) -> bool) -> Vec<f64> {
        let mut weights = vec![0.0; 2 * self.kinds.len()];
        for (place, (kind, ..)) in self.kinds.iter().enumerate() {
            if matches(kind) && kind.2 != Inactive::None {
                weights[self.unknown(place, true)] = 1.0;
                weights[place] = if kind.2 == Inactive::Friday { -1.0 } else { 0.0 };
            }
        }
        weights
    }

    fn ask(&self, facts: &mut Facts, truth: &[f64], question: &Question) {
        let filter = &question.filter;
        let with_inactive = filter.include_inactive;
        let Ok(findings) = privacy::answer(&self.doors[usize::from(with_inactive)], question, Rules::new(K)) else {
            return;
        };
        let edges = &findings.population.edge_periods;
        let is_named = |kind: &Kind| filter.attributes.iter().all(|one| one.values.contains(&kind.0[&one.attribute]));
        let here = |kind: &Kind| filter.keeps_period(kind.1) && !edges.contains(&kind.1) && is_named(kind);
        let mut learn = |weights: Vec<f64>, share: f64| {
            let sum: f64 = weights.iter().zip(truth).map(|(weight, truth)| weight * truth).sum();
            assert!((sum - share).abs() < 1e-9, "the share is {share}, and by the attacker's sum {sum}");
            facts.learn(weights);
        };
        let Ok(outcome) = &findings.insight(InsightId::ExternalOver8h).unwrap().outcome else { return };
        learn(self.share_of(with_inactive, here), outcome.share.get());
        for groups in &outcome.breakdowns {
            for group in &groups.shown {
                let in_group = |kind: &Kind| here(kind) && is_of(&kind.0, &groups.by, &group.value);
                learn(self.share_of(with_inactive, in_group), group.share.get());
            }
        }
    }

    fn groups(&self) -> Vec<Group> {
        groups_of(self.kinds.iter().map(|((groups, ..), ..)| groups))
    }
}

fn is_in(group: &Group, kind: &Kind) -> bool {
    group.iter().all(|(name, value)| kind.0[name] == *value)
}

/// How many groups have few people with inactive days, and of which of them follows what those days added.
fn attack_many(doors: impl Fn(&Company) -> [Dataset; 2]) -> (usize, Vec<String>) {
    let (mut few, mut found) = (0, Vec::new());
    for seed in 0..companies() {
        let target = random(&mut Dice(seed), &doors);
        let (most, truth) = target.unknowns();
        let mut facts = Facts::about(most);
        let groups = target.groups();
        let by: Vec<GroupBy> = target.kinds[0].0.0.keys().cloned().map(GroupBy::from).collect();
        let periods = [None, Some(weeks("2024-04-07", 2)[0]), Some(weeks("2024-04-07", 2)[1])];
        for group in std::iter::once(&Vec::new()).chain(&groups) {
            for (period, include_inactive) in periods.iter().flat_map(|period| [(period, false), (period, true)]) {
                let filter = Filter { from: *period, to: *period, include_inactive, ..one_filter(group) };
                target.ask(&mut facts, &truth, &Question { filter, by: by.clone(), ..Question::default() });
            }
        }
        for group in &groups {
            let has_added = |kind: &&(Kind, usize, [usize; 2])| is_in(group, &kind.0) && kind.0.2 != Inactive::None;
            let moved: usize = target.kinds.iter().filter(has_added).map(|(_, people, _)| people).sum();
            if !(1..K).contains(&moved) {
                continue;
            }
            few += 1;
            let added = target.added_to(|kind| is_in(group, kind));
            if facts.tell(&added) || facts.spread(&added) < 0.1 * moved as f64 {
                found.push(format!("seed {seed}: {moved} of {group:?}"));
            }
        }
    }
    (few, found)
}

fn summed(company: &Company) -> [Dataset; 2] {
    [false, true].map(|inactive| company.build().summed_to_weeks(Weekday::Sun, inactive).dataset)
}

#[test]
fn what_the_inactive_days_of_a_few_added_does_not_follow() {
    let (few, found) = attack_many(summed);
    assert!(few > 100, "{few} groups are too few to prove anything");
    assert_eq!(found, Vec::<String>::new(), "of {few} groups");
}

#[test]
fn where_weeks_do_not_know_what_was_added_the_same_attack_finds_it() {
    let forgetful = |company: &Company| {
        let [without, _] = summed(company);
        let mut all_active = company.clone();
        all_active.rows.iter_mut().for_each(|row| row.inactive = false);
        [without, all_active.build().summed_to_weeks(Weekday::Sun, true).dataset]
    };
    let (few, found) = attack_many(forgetful);
    assert!(found.len() * 4 > few, "{} of {few}: the attack is blind", found.len());
}
