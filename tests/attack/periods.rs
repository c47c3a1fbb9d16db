//! Attacks on the comparison of periods: whoever left between two windows, or joined, must not follow from the means
//! of everyone and of the same people, of any cohort.

use std::collections::BTreeSet;

use customer_focus::dataset::{AttributeFilter, Filter, Metric};
use customer_focus::privacy::{
    Cohort, CompareMetric, CompareQuestion, Comparison, MetricChange, Rules, Window, compare,
};

use super::K;
use super::solver::Facts;
use crate::support::random::Dice;
use crate::support::{date, guarded, row, weekly};

/// Somebody: the values of three attributes, and whether they are there before and after.
struct Person {
    groups: [usize; 3],
    there: [bool; 2],
}

const NAMES: [&str; 3] = ["Team", "Level", "Region"];
const DAYS: [&str; 2] = ["2024-04-07", "2024-05-05"];

fn company(dice: &mut Dice) -> Vec<Person> {
    let going = [2, 6, 15][dice.roll(3)];
    let person = |dice: &mut Dice| {
        let groups = [dice.roll(4).min(dice.roll(4)), dice.roll(3), dice.roll(2)];
        let there = match dice.roll(100) {
            roll if roll < going => [true, false],
            roll if roll < 2 * going => [false, true],
            _ => [true, true],
        };
        Person { groups, there }
    };
    (0..60 + dice.roll(120)).map(|_| person(dice)).collect()
}

/// Every cohort of no value, one, and two.
fn cohorts(people: &[Person]) -> Vec<Vec<(usize, usize)>> {
    let mut all: BTreeSet<Vec<(usize, usize)>> = BTreeSet::from([Vec::new()]);
    for person in people {
        for (place, value) in person.groups.into_iter().enumerate() {
            all.insert(vec![(place, value)]);
            all.extend((place + 1..3).map(|other| vec![(place, value), (other, person.groups[other])]));
        }
    }
    all.into_iter().collect()
}

fn is_in(person: &Person, cohort: &[(usize, usize)]) -> bool {
    cohort.iter().all(|(place, value)| person.groups[*place] == *value)
}

/// What everybody's mean in a window weighs in the mean of some: two unknowns a person.
fn weights(people: &[Person], window: usize, is_counted: impl Fn(&Person) -> bool) -> Vec<f64> {
    let counted = |person: &Person| person.there[window] && is_counted(person);
    let count = people.iter().filter(|person| counted(person)).count().max(1) as f64;
    let own = |person: &Person, at: usize| if at == window && counted(person) { 1.0 / count } else { 0.0 };
    people.iter().flat_map(|person| [own(person, 0), own(person, 1)]).collect()
}

fn asked(people: &[Person], cohorts: &[Vec<(usize, usize)>]) -> Comparison {
    let mut rows = Vec::new();
    for (number, person) in people.iter().enumerate() {
        for (day, _) in DAYS.iter().zip(person.there).filter(|(_, is_there)| *is_there) {
            let mut row = row(format!("p{number}"), date(day)).hours(Metric::ExternalHours, (number % 7) as f64);
            for (name, value) in NAMES.iter().zip(person.groups) {
                row = row.group(name, &value.to_string());
            }
            rows.push(row);
        }
    }
    let part = |(place, value): &(usize, usize)| AttributeFilter {
        attribute: NAMES[*place].to_owned(),
        values: vec![value.to_string()],
    };
    let of = |cohort: &Vec<(usize, usize)>| match cohort.as_slice() {
        [] => Cohort::Everyone,
        parts => Cohort::Of(parts.iter().map(part).collect()),
    };
    let question = CompareQuestion {
        windows: DAYS.map(|day| Window { from: date(day), to: date(day) }),
        filter: Filter::default(),
        cohorts: cohorts.iter().map(of).collect(),
        margin: 0.05,
    };
    (*compare(&guarded(&weekly(rows).build()), &question, Rules::new(K)).unwrap()).clone()
}

/// How many sets of one to four people who came or went follow, and how many such sets there are. Without the rules
/// the same people are told of every cohort that is shown.
fn found(seed: u64, with_rules: bool) -> (usize, usize, usize) {
    let people = company(&mut Dice(seed));
    let cohorts = cohorts(&people);
    let comparison = asked(&people, &cohorts);
    let mut facts = Facts::about(vec![20.0; 2 * people.len()]);
    let mut told = 0;
    for (cohort, answer) in cohorts.iter().zip(&comparison.cohorts) {
        let Ok(numbers) = &answer.outcome else { continue };
        let external = |known: &&MetricChange| known.metric == CompareMetric::ExternalHours;
        let Some(Ok(changes)) = numbers.metrics.iter().find(external).map(|known| &known.outcome) else { continue };
        for window in 0..2 {
            facts.learn(weights(&people, window, |person| is_in(person, cohort)));
            if changes.same_people.is_some() || !with_rules {
                told += 1;
                facts.learn(weights(&people, window, |person| is_in(person, cohort) && person.there == [true, true]));
            }
        }
    }
    let (mut small, mut follow) = (0, 0);
    for cohort in &cohorts {
        for window in 0..2 {
            let moved = |person: &Person| is_in(person, cohort) && person.there != [true, true];
            let count = people.iter().filter(|person| person.there[window] && moved(person)).count();
            if (1..K).contains(&count) {
                small += 1;
                follow += usize::from(facts.tell(&weights(&people, window, moved)));
            }
        }
    }
    (follow, small, told)
}

#[test]
fn a_few_who_left_or_joined_follow_from_no_comparison() {
    let (mut all_small, mut all_told) = (0, 0);
    for seed in 0..40 {
        let (follow, small, told) = found(seed, true);
        assert_eq!(follow, 0, "seed {seed}: of {small}");
        all_small += small;
        all_told += told;
    }
    assert!(all_small > 500 && all_told > 100, "{all_small} small sets, {all_told} told");
}

#[test]
fn without_the_rules_about_the_same_people_most_of_them_do() {
    let (follow, small) = (0..10).fold((0, 0), |(all, of), seed| {
        let (follow, small, _) = found(seed, false);
        (all + follow, of + small)
    });
    assert!(follow * 2 > small, "{follow} of {small}");
}
