//! Teams that are away for some weeks, or whose cells cannot be read in them: no range, no left-out week and no trend
//! tells of the few who are left of a group in those weeks, whatever they are together with.
//!
//! The attacker knows who is there when and asks everything: every group of one value and of two, in every range.
//! Found out is any sum at all of what a few people of a group did in some of its weeks, however they are weighed.

use super::company::{self, Kind, Shape, Target};
use super::{Group, K, Known, ask, ask_without_rules, companies, groups_of, is_in, one_filter};
use crate::support::random::Dice;
use crate::support::{guarded, weeks};
use customer_focus::dataset::{AttributeFilter, Filter, GroupBy};
use customer_focus::privacy::{Guarded, Question};

const WEEKS: u64 = 6;

/// All that is asked: everybody, groups of one value and of two, and some of several values; every range, and all weeks
/// but one.
fn questions(target: &Target, groups: &[Group], dice: &mut Dice) -> Vec<Question> {
    let mut filters: Vec<Filter> = std::iter::once(Filter::default()).chain(groups.iter().map(one_filter)).collect();
    for (attribute, values) in target.values() {
        let mut values = values.clone();
        dice.shuffle(&mut values);
        values.truncate(2);
        filters.push(Filter { attributes: vec![AttributeFilter { attribute, values }], ..Filter::default() });
    }
    let names: Vec<String> = target.values().into_keys().collect();
    let by: Vec<GroupBy> = names.iter().map(|name| name.as_str().into()).collect();
    let days = weeks("2024-04-07", WEEKS);
    let mut all = Vec::new();
    for filter in filters {
        let mut ask = |filter: Filter| all.push(Question { filter, by: by.clone(), ..Question::default() });
        for (place, day) in days.iter().enumerate() {
            ask(Filter { without: vec![*day], ..filter.clone() });
            for last in &days[place..] {
                ask(Filter { from: Some(*day), to: Some(*last), ..filter.clone() });
            }
        }
    }
    dice.shuffle(&mut all);
    all
}

/// The largest sets of weeks in which a group has somebody, but fewer people than the minimum.
fn few_in(target: &Target, group: &Group) -> Vec<Vec<bool>> {
    let days = weeks("2024-04-07", WEEKS);
    let is_few = |set: &usize| {
        let of = |kind: &Kind| {
            is_in(group, kind) && days.iter().position(|day| *day == kind.day).is_some_and(|week| set >> week & 1 == 1)
        };
        (1..K).contains(&target.people_where(of))
    };
    let few: Vec<usize> = (1..1 << WEEKS).filter(is_few).collect();
    let is_largest = |set: &&usize| !few.iter().any(|other| other != *set && *set & other == **set);
    few.iter().filter(is_largest).map(|set| (0..WEEKS).map(|week| set >> week & 1 == 1).collect()).collect()
}

fn attack_many(ask: impl Fn(&mut Known, &Target, &Guarded, &Question)) -> (usize, Vec<String>) {
    let (mut few, mut found) = (0, Vec::new());
    for seed in 0..companies() {
        let mut dice = Dice(seed);
        let shape = Shape { weeks: WEEKS, has_teams_away: true, ..Shape::default() };
        let target = company::random(&mut dice, shape);
        let guarded = guarded(&target.company.build());
        let mut known = Known::about(&target);
        let groups = groups_of(target.kinds.iter().map(|kind| &kind.groups));
        for question in questions(&target, &groups, &mut dice) {
            ask(&mut known, &target, &guarded, &question);
        }
        for group in &groups {
            for set in few_in(&target, group) {
                few += 1;
                let days: Vec<_> = weeks("2024-04-07", WEEKS)
                    .into_iter()
                    .zip(&set)
                    .filter(|(_, is_in)| **is_in)
                    .map(|(day, _)| day)
                    .collect();
                let of: Vec<usize> = (0..target.kinds.len())
                    .filter(|&kind| is_in(group, &target.kinds[kind]) && days.contains(&target.kinds[kind].day))
                    .collect();
                if known.shares.tell_any(&of) {
                    let people = target.people_where(|kind| is_in(group, kind) && days.contains(&kind.day));
                    found.push(format!("seed {seed}: {people} of {group:?} in {days:?}"));
                }
            }
        }
    }
    (few, found)
}

#[test]
fn nothing_follows_of_the_few_who_are_left_of_a_group_in_some_weeks() {
    let (few, found) = attack_many(ask);
    assert!(few > 100, "{few} are too few to prove anything");
    assert_eq!(found, Vec::<String>::new(), "of {few}");
}

#[test]
fn without_the_rules_much_follows_of_them() {
    let (few, found) = attack_many(ask_without_rules);
    assert!(found.len() * 2 > few, "{} of {few}: the attack is blind", found.len());
}
