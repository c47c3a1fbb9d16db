//! Sizes: from all the numbers of people that are published nobody works out how many a hidden group has.
//!
//! The attacker knows which groups there are, and which histories people can have (in which groups in which weeks,
//! inactive, of low activity), and not how many people have each: every number of people is a sum of them.

use std::collections::BTreeSet;

use customer_focus::dataset::{Filter, GroupBy, GroupValue};
use customer_focus::privacy::{self, Groups, Guarded, Hidden, InsightId, Question, Rules};

use super::company::{self, Kind, Shape, Target, keeps};
use super::solver::Counts;
use super::{Group, K, QUESTIONS, companies, groups_of_one_and_two, is_in, is_in_group, one_filter, question};
use crate::support::guarded;
use crate::support::random::Dice;

/// What the attacker knows.
struct Known {
    histories: Vec<(Vec<Kind>, usize)>,
    counts: Counts,
}

impl Known {
    fn about(target: &Target) -> Self {
        let histories: Vec<_> = target.histories().into_iter().collect();
        let counts = Counts::about(histories.iter().map(|(_, people)| *people).collect());
        Self { histories, counts }
    }

    /// The histories with a row that matches.
    fn which(&self, matches: impl Fn(&Kind) -> bool) -> Vec<bool> {
        self.histories.iter().map(|(rows, _)| rows.iter().any(&matches)).collect()
    }

    /// People with a row that matches are so many.
    fn learn(&mut self, people: usize, matches: impl Fn(&Kind) -> bool) {
        let which = self.which(matches);
        self.counts.learn(people, which);
    }

    /// Learns from a breakdown within the rows that are `here`.
    fn learn_groups(&mut self, groups: &Groups, here: impl Fn(&Kind) -> bool) {
        let value = |kind: &Kind| -> Vec<String> { groups.by.names().map(|name| kind.groups[name].clone()).collect() };
        let is_in = |kind: &Kind, group: &GroupValue| is_in_group(kind, &groups.by, group);
        for group in &groups.shown {
            self.learn(group.people, |kind| here(kind) && is_in(kind, &group.value));
        }
        let is_hidden = |kind: &Kind| here(kind) && !groups.shown.iter().any(|group| is_in(kind, &group.value));
        let could = self.histories.iter().flat_map(|(rows, _)| rows).filter(|kind| is_hidden(kind));
        let could_be_hidden: BTreeSet<Vec<String>> = could.map(value).collect();
        let Some(told) = groups.hidden else { return };
        if let Some(people) = told.people {
            self.learn(people, is_hidden);
        }
        // Where as many groups are told as there can be, each of them has somebody.
        for one in could_be_hidden.iter().filter(|_| told.groups == could_be_hidden.len()) {
            let which = self.which(|kind| here(kind) && value(kind) == *one);
            self.counts.learn_at_least(1, which);
        }
    }

    /// Asks through the door and learns every number of people.
    fn ask(&mut self, _: &Target, guarded: &Guarded, question: &Question) {
        let filter = &question.filter;
        let here = |kind: &Kind| keeps(filter, kind);
        let findings = match privacy::answer(guarded, question, Rules::new(K)) {
            Ok(findings) => findings,
            Err(Hidden::TooFewPeople) => {
                let which = self.which(here);
                return self.counts.learn_at_most(K - 1, which);
            }
            Err(_) => return,
        };
        self.learn(findings.population.people, here);
        let edges = &findings.population.edge_periods;
        let here = |kind: &Kind| keeps(filter, kind) && !edges.contains(&kind.day);
        let Ok(outcome) = &findings.insight(InsightId::ExternalOver8h).unwrap().outcome else { return };
        self.learn(outcome.people, here);
        for point in &outcome.trend {
            self.learn(point.people, |kind| here(kind) && kind.day == point.period);
        }
        for groups in &outcome.breakdowns {
            self.learn_groups(groups, here);
        }
    }

    /// The same where groups under the minimum are hidden and nothing else is.
    fn ask_without_rules(&mut self, target: &Target, _: &Guarded, question: &Question) {
        let filter = &question.filter;
        let here = |kind: &Kind| keeps(filter, kind);
        let mut learn = |matches: &dyn Fn(&Kind) -> bool| {
            let people = target.people_where(matches);
            if people >= K {
                self.learn(people, matches);
            }
        };
        learn(&here);
        for (attribute, values) in
            target.values().iter().filter(|(attribute, _)| question.by.contains(&GroupBy::from(attribute.as_str())))
        {
            for value in values {
                learn(&|kind: &Kind| here(kind) && kind.groups[attribute] == *value);
            }
        }
    }
}

/// Groups that nothing is told about, and those of them whose size follows.
fn attack(seed: u64, shape: Shape, ask: impl Fn(&mut Known, &Target, &Guarded, &Question)) -> (usize, Vec<String>) {
    let mut dice = Dice(seed);
    let target = company::random(&mut dice, shape);
    let guarded = guarded(&target.company.build());
    let mut known = Known::about(&target);
    let by: Vec<GroupBy> = target.values().into_keys().map(GroupBy::from).collect();
    let all = groups_of_one_and_two(&target);
    // Everybody, each group by itself, and whatever comes.
    for filter in std::iter::once(Filter::default()).chain(all.iter().map(one_filter)) {
        ask(&mut known, &target, &guarded, &Question { filter, by: by.clone(), ..Question::default() });
    }
    for _ in 0..QUESTIONS {
        ask(&mut known, &target, &guarded, &question(&target, &mut dice, shape));
    }
    let is_shown = |group: &Group| {
        let question = Question { filter: one_filter(group), ..Question::default() };
        privacy::answer(&guarded, &question, Rules::new(K)).is_ok()
    };
    let (shown, hidden_groups): (Vec<Group>, Vec<Group>) = all.into_iter().partition(is_shown);
    let which = |group: &Group| known.which(|kind| is_in(group, kind));
    // A value within one value of another attribute is the pair of both: where it is shown, the pair is no secret.
    let shown: BTreeSet<Vec<bool>> = shown.iter().map(which).collect();
    let (mut hidden, mut found) = (0, Vec::new());
    for group in hidden_groups {
        let people = target.people_where(|kind| is_in(&group, kind));
        let which = which(&group);
        if people == 0 || shown.contains(&which) {
            continue;
        }
        hidden += 1;
        if let Some(how) = known.counts.tell(&which) {
            found.push(format!("seed {seed}: {group:?} has {people} {how}"));
        }
    }
    (hidden, found)
}

fn attack_many(shape: Shape, ask: impl Fn(&mut Known, &Target, &Guarded, &Question)) -> (usize, Vec<String>) {
    let (mut hidden, mut found) = (0, Vec::new());
    for seed in 0..companies().div_ceil(2) {
        let (more, told) = attack(seed, shape, &ask);
        hidden += more;
        found.extend(told);
    }
    (hidden, found)
}

fn holds(shape: Shape) {
    let (hidden, found) = attack_many(shape, Known::ask);
    assert!(hidden > 50, "{hidden} hidden groups are too few to prove anything");
    assert_eq!(found, Vec::<String>::new(), "of {hidden} hidden groups");
}

#[test]
fn no_size_of_a_hidden_group_follows() {
    holds(Shape { weeks: 1, is_restless: false, has_switches: false });
}

/// Who is there in which weeks tells the size of one hidden pair of values in 270: a limit that the docs name.
#[test]
fn nor_does_one_of_a_hundred_when_people_come_go_and_move() {
    let (hidden, found) = attack_many(Shape { weeks: 3, is_restless: true, has_switches: false }, Known::ask);
    assert!(hidden > 50, "{hidden} hidden groups are too few to prove anything");
    assert!(found.len() * 100 < hidden, "of {hidden} hidden groups {found:?}");
}

#[test]
fn nor_does_one_when_inactive_people_and_low_activity_are_switched() {
    holds(Shape { weeks: 1, is_restless: false, has_switches: true });
}

#[test]
fn without_the_rules_the_same_attack_finds_most_sizes() {
    let (hidden, found) =
        attack_many(Shape { weeks: 1, is_restless: false, has_switches: false }, Known::ask_without_rules);
    assert!(found.len() * 2 > hidden, "{} of {hidden}: the attack is blind", found.len());
}
