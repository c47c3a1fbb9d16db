//! Attacks on the one door out: random questions, everything published collected, and a solver that works out
//! what was hidden. The attacker knows who is in which group, who is inactive and who is of low activity.
//!
//! Here for the share of one insight; [`monthly`] for those of four others, [`sizes`] for how many people there are,
//! [`means`] for means of hours in Explore, "what if" and comparisons, [`days`] for inactive days, [`periods`] for who
//! came and went between two periods, [`exports`] for files beside the person query, [`entries`] for the command line,
//! [`window`] for the window.

mod away;
mod company;
mod days;
mod entries;
mod exports;
mod means;
mod monthly;
mod periods;
mod sizes;
mod solver;
mod window;

use std::collections::{BTreeMap, BTreeSet};

use customer_focus::dataset::{AttributeFilter, Filter, GroupBy, GroupValue};
use customer_focus::insights::{self, Population, Settings};
use customer_focus::privacy::{self, Guarded, InsightId, Question, Rules};

use crate::support::guarded;
use crate::support::random::Dice;
use company::{Kind, Shape, Target, keeps};
use solver::Facts;

const K: usize = 5;
const QUESTIONS: usize = 200;

/// How many companies are attacked: eight, or as many as `ATTACK_COMPANIES` says.
fn companies() -> u64 {
    std::env::var("ATTACK_COMPANIES").ok().and_then(|number| number.parse().ok()).unwrap_or(8)
}

/// A random question: mostly one or two values, at times several, a range, a switch.
fn question(target: &Target, dice: &mut Dice, shape: Shape) -> Question {
    let values = target.values();
    let names: Vec<&String> = values.keys().collect();
    let mut filter = Filter::default();
    for _ in 0..[0, 1, 1, 1, 2, 2, 3][dice.roll(7)] {
        let attribute = names[dice.roll(names.len())];
        if filter.attributes.iter().any(|named| named.attribute == *attribute) {
            continue;
        }
        let of = &values[attribute];
        let first = dice.roll(of.len());
        let mut named = vec![of[first].clone()];
        for (index, value) in of.iter().enumerate() {
            if index != first && dice.chance(15) {
                named.push(value.clone());
            }
        }
        filter.attributes.push(AttributeFilter { attribute: attribute.clone(), values: named });
    }
    let days = crate::support::weeks("2024-04-07", shape.weeks);
    if dice.chance(40) {
        let (a, b) = (dice.roll(days.len()), dice.roll(days.len()));
        (filter.from, filter.to) = (Some(days[a.min(b)]), Some(days[a.max(b)]));
    }
    if dice.chance(15) {
        filter.without = vec![days[dice.roll(days.len())]];
    }
    filter.include_inactive = shape.has_switches && dice.chance(25);
    filter.without_low_activity = shape.has_switches && dice.chance(25);
    let mut name = || names[dice.roll(names.len())].as_str();
    // A name twice is one attribute.
    let by = vec![name().into(), GroupBy::two(name(), name())];
    Question { filter, by, ..Question::default() }
}

/// The weights of a share: the mean over its weeks of counted by measured. None where nobody is in it.
fn share_of(target: &Target, matches: impl Fn(&Kind) -> bool) -> Vec<f64> {
    let mut by_day = BTreeMap::<_, usize>::new();
    let in_it: Vec<bool> = target.kinds.iter().map(&matches).collect();
    for (index, kind) in target.kinds.iter().enumerate().filter(|(index, _)| in_it[*index]) {
        *by_day.entry(kind.day).or_default() += target.people[index];
    }
    let weight = |(index, kind): (usize, &Kind)| match in_it[index] {
        true => 1.0 / (by_day.len() as f64 * by_day[&kind.day] as f64),
        false => 0.0,
    };
    target.kinds.iter().enumerate().map(weight).collect()
}

/// Fails unless a published share is the one that the weights stand for: else the attack would be blind.
fn assert_same(target: &Target, weights: &[f64], share: f64) {
    let truth: f64 = weights.iter().zip(&target.counted).map(|(weight, &counted)| weight * counted as f64).sum();
    assert!((truth - share).abs() < 1e-9, "the share is {share}, and by the attacker's sum {truth}");
}

/// Whether rows are of a group of one attribute, or of two.
fn is_in_group(kind: &Kind, by: &GroupBy, group: &GroupValue) -> bool {
    is_of(&kind.groups, by, group)
}

/// Whether somebody with these values is of a group.
fn is_of(values: &BTreeMap<String, String>, by: &GroupBy, group: &GroupValue) -> bool {
    by.names().zip(group.parts()).all(|(name, value)| values[name] == value)
}

/// What was learned of one company: of shares, and of how many lie exactly on the boundary.
struct Known {
    shares: Facts,
    exact: Facts,
}

impl Known {
    fn about(target: &Target) -> Self {
        let most = || Facts::about(target.people.iter().map(|&people| people as f64).collect());
        Self { shares: most(), exact: most() }
    }
}

/// The weights of a number of rows.
fn rows_of(target: &Target, matches: impl Fn(&Kind) -> bool) -> Vec<f64> {
    target.kinds.iter().map(|kind| f64::from(u8::from(matches(kind)))).collect()
}

/// Asks through the door and learns everything published.
fn ask(known: &mut Known, target: &Target, guarded: &Guarded, question: &Question) {
    let filter = &question.filter;
    let Ok(findings) = privacy::answer(guarded, question, Rules::new(K)) else { return };
    let edges = &findings.population.edge_periods;
    let here = |kind: &Kind| keeps(filter, kind) && !edges.contains(&kind.day);
    let mut learn = |weights: Vec<f64>, share: f64| {
        assert_same(target, &weights, share);
        known.shares.learn(weights);
    };
    let Ok(outcome) = &findings.insight(InsightId::ExternalOver8h).unwrap().outcome else { return };
    let on_boundary = rows_of(target, here);
    let boundary = outcome.boundaries.iter().find(|boundary| boundary.at_hours == 8.0).unwrap();
    let exact: f64 = on_boundary.iter().zip(&target.exact).map(|(weight, &exact)| weight * exact as f64).sum();
    assert_eq!(exact, boundary.count as f64, "the attacker counts in another way");
    known.exact.learn(on_boundary);
    learn(share_of(target, here), outcome.share.get());
    for point in &outcome.trend {
        learn(share_of(target, |kind| here(kind) && kind.day == point.period), point.share.get());
    }
    for groups in &outcome.breakdowns {
        for group in &groups.shown {
            let in_group = |kind: &Kind| here(kind) && is_in_group(kind, &groups.by, &group.value);
            learn(share_of(target, in_group), group.share.get());
        }
    }
}

/// The same, where groups under the minimum are hidden and nothing else is.
fn ask_without_rules(known: &mut Known, target: &Target, guarded: &Guarded, question: &Question) {
    let filter = &question.filter;
    let dataset = guarded.dataset();
    let population = Population::new(guarded.panel(), dataset.select(filter).unwrap());
    if population.people() < K {
        return;
    }
    let groupings: Vec<_> = question.by.iter().filter_map(|by| dataset.grouping(by).ok()).collect();
    let edges = population.edge_weeks();
    let here = |kind: &Kind| keeps(filter, kind) && !edges.contains(&kind.day);
    let insights = insights::evaluate_all(&population, &population, &Settings::default(), &groupings);
    let outcome = insights.into_iter().find(|insight| insight.id == InsightId::ExternalOver8h).unwrap().outcome;
    let Ok(outcome) = outcome else { return };
    known.exact.learn(rows_of(target, here));
    known.shares.learn(share_of(target, here));
    for breakdown in &outcome.breakdowns {
        for group in breakdown.groups.iter().filter(|group| group.people >= K) {
            let in_group = |kind: &Kind| here(kind) && is_in_group(kind, &breakdown.by, &group.value);
            known.shares.learn(share_of(target, in_group));
        }
    }
}

/// A group of one value, or of one value each of two attributes.
type Group = Vec<(String, String)>;

fn is_in(group: &Group, kind: &Kind) -> bool {
    !kind.inactive && group.iter().all(|(name, value)| kind.groups[name] == *value)
}

/// Every group of one value, and of one value each of two attributes.
fn groups_of_one_and_two(target: &Target) -> Vec<Group> {
    groups_of(target.kinds.iter().map(|kind| &kind.groups))
}

fn groups_of<'a>(kinds: impl Iterator<Item = &'a BTreeMap<String, String>>) -> Vec<Group> {
    let values: BTreeSet<(String, String)> =
        kinds.flatten().map(|(name, value)| (name.clone(), value.clone())).collect();
    let mut groups: Vec<Group> = values.iter().map(|one| vec![one.clone()]).collect();
    for a in &values {
        groups.extend(values.range(a..).filter(|b| a.0 != b.0).map(|b| vec![a.clone(), b.clone()]));
    }
    groups
}

/// The filter that names a group.
fn one_filter(group: &Group) -> Filter {
    let named = |(attribute, value): &(String, String)| AttributeFilter {
        attribute: attribute.clone(),
        values: vec![value.clone()],
    };
    Filter { attributes: group.iter().map(named).collect(), ..Filter::default() }
}

/// Every group that has fewer people than the minimum.
fn small_groups(target: &Target) -> Vec<Group> {
    let is_small = |group: &Group| (1..K).contains(&target.people_where(|kind| is_in(group, kind)));
    groups_of_one_and_two(target).into_iter().filter(is_small).collect()
}

/// Up to thirty groups of one value each of three attributes that have fewer people than the minimum.
fn small_triples(target: &Target, dice: &mut Dice) -> Vec<Group> {
    let mut all: BTreeSet<Group> = BTreeSet::new();
    for kind in &target.kinds {
        let values: Vec<_> = kind.groups.iter().map(|(name, value)| (name.clone(), value.clone())).collect();
        for (a, b, c) in
            [(0, 1, 2), (0, 1, 3), (0, 2, 3), (1, 2, 3)].into_iter().filter(|triple| triple.2 < values.len())
        {
            all.insert([a, b, c].map(|place: usize| values[place].clone()).to_vec());
        }
    }
    let is_small = |group: &Group| (1..K).contains(&target.people_where(|kind| is_in(group, kind)));
    let mut small: Vec<Group> = all.into_iter().filter(is_small).collect();
    dice.shuffle(&mut small);
    small.truncate(30);
    small
}

/// What an attack found out about small groups.
#[derive(Debug, Default)]
struct Found {
    small_groups: usize,
    /// Groups whose share follows exactly, or within ten points.
    shares: Vec<String>,
    /// Groups of which follows how many lie exactly on the boundary.
    on_boundary: Vec<String>,
    /// Of one value each of three attributes: how many are small, and the share of which of them follows.
    small_triples: usize,
    triples: Vec<String>,
}

fn attack(seed: u64, shape: Shape, ask: impl Fn(&mut Known, &Target, &Guarded, &Question)) -> Found {
    let mut dice = Dice(seed);
    let target = company::random(&mut dice, shape);
    let guarded = guarded(&target.company.build());
    let mut known = Known::about(&target);
    for _ in 0..QUESTIONS {
        ask(&mut known, &target, &guarded, &question(&target, &mut dice, shape));
    }
    let mut found = Found::default();
    for triple in small_triples(&target, &mut dice) {
        let share = share_of(&target, |kind| is_in(&triple, kind));
        found.small_triples += 1;
        if known.shares.tell(&share) || known.shares.spread(&share) < 0.1 {
            found.triples.push(format!("seed {seed}: {triple:?}"));
        }
    }
    for group in small_groups(&target) {
        let share = share_of(&target, |kind| is_in(&group, kind));
        found.small_groups += 1;
        if known.shares.tell(&share) {
            found.shares.push(format!("seed {seed}: {group:?} exactly"));
        } else if known.shares.spread(&share) < 0.1 {
            found.shares.push(format!("seed {seed}: {group:?} within {}", known.shares.spread(&share)));
        }
        if known.exact.tell(&rows_of(&target, |kind| is_in(&group, kind))) {
            found.on_boundary.push(format!("seed {seed}: {group:?}"));
        }
    }
    found
}

/// Attacks companies of one shape: what was found out of all of them.
fn attack_many(shape: Shape, ask: impl Fn(&mut Known, &Target, &Guarded, &Question)) -> Found {
    let mut all = Found::default();
    for found in (0..companies()).map(|seed| attack(seed, shape, &ask)) {
        all.small_groups += found.small_groups;
        all.shares.extend(found.shares);
        all.on_boundary.extend(found.on_boundary);
        all.small_triples += found.small_triples;
        all.triples.extend(found.triples);
    }
    all
}

fn holds(shape: Shape) {
    let found = attack_many(shape, ask);
    let small = found.small_groups;
    assert!(small > 100, "{small} small groups are too few to prove anything");
    assert_eq!((found.shares, found.on_boundary), (Vec::new(), Vec::new()), "of {small} small groups");
    assert!(found.small_triples > 30, "{} small triples are too few to prove anything", found.small_triples);
    assert_eq!(found.triples, Vec::<String>::new(), "of {} small triples", found.small_triples);
}

#[test]
fn no_small_group_follows_from_two_hundred_answers() {
    holds(Shape { weeks: 1, ..Shape::default() });
}

#[test]
fn nor_when_people_come_go_and_move() {
    holds(Shape { weeks: 3, is_restless: true, ..Shape::default() });
}

#[test]
fn nor_when_inactive_people_and_low_activity_are_switched() {
    holds(Shape { weeks: 1, has_switches: true, ..Shape::default() });
}

#[test]
fn nor_with_all_of_it_together() {
    holds(Shape { weeks: 3, is_restless: true, has_switches: true, ..Shape::default() });
}

#[test]
fn without_the_rules_the_same_attack_finds_nearly_every_small_group() {
    let found = attack_many(Shape { weeks: 1, ..Shape::default() }, ask_without_rules);
    let (small, shares, exact) = (found.small_groups, found.shares.len(), found.on_boundary.len());
    assert!(shares * 10 > small * 9, "{shares} of {small}: the attack is blind");
    assert!(exact * 10 > small, "{exact} of {small}: the attack is blind to boundaries");
    let (small, triples) = (found.small_triples, found.triples.len());
    assert!(triples * 4 > small, "{triples} of {small}: the attack is blind to three attributes");
}
