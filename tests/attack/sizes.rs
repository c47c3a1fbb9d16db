//! Sizes: from all the numbers of people that are published nobody works out how many a hidden group has.
//!
//! The attacker knows which groups there are, and which histories people can have (in which groups in which weeks,
//! inactive, of low activity), and not how many people have each: every number of people is a sum of them. So are those
//! beside a number: who is not eligible for it, who came and who went between two windows.

use std::collections::BTreeSet;

use customer_focus::dataset::{Filter, GroupBy, GroupValue};
use customer_focus::privacy::{
    self, Cohort, CompareMetric, CompareQuestion, Groups, Guarded, Hidden, InsightId, Question, Rules, Window,
};

use super::company::{self, Kind, Shape, Target, keeps};
use super::solver::Counts;
use super::{Group, K, QUESTIONS, companies, groups_of_one_and_two, is_in, is_in_group, one_filter, question};
use crate::support::guarded;
use crate::support::random::Dice;

/// What the attacker knows of who could have come, gone and moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Moves {
    /// What the people did, and what three times as many of the same company could have done.
    Likely,
    /// Anybody could have been anywhere.
    Any,
}

/// What the attacker knows.
struct Known {
    histories: Vec<(Vec<Kind>, usize)>,
    counts: Counts,
    /// Who is in the groups that were told of in some weeks: as a question of their own, or beside others.
    shown: BTreeSet<Vec<bool>>,
}

impl Known {
    fn about(target: &Target, moves: Moves, shape: Shape, dice: &mut Dice) -> Self {
        let mut histories = target.histories();
        if moves == Moves::Any {
            any_moves(target, shape, dice).into_iter().for_each(|rows| {
                histories.entry(rows).or_default();
            });
        }
        let histories: Vec<_> = histories.into_iter().collect();
        let counts = Counts::about(histories.iter().map(|(_, people)| *people).collect());
        Self { histories, counts, shown: BTreeSet::new() }
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

    /// The histories with at least so many rows that match.
    fn which_often(&self, least: usize, matches: impl Fn(&Kind) -> bool) -> Vec<bool> {
        self.histories.iter().map(|(rows, _)| rows.iter().filter(|kind| matches(kind)).count() >= least).collect()
    }

    /// Learns from a breakdown of those with at least `least` rows that are `here`, in a file of whom the rows are
    /// `anywhere`.
    fn learn_groups(
        &mut self,
        groups: &Groups,
        least: usize,
        here: impl Fn(&Kind) -> bool,
        anywhere: impl Fn(&Kind) -> bool,
    ) {
        let value = |kind: &Kind| -> Vec<String> { groups.by.names().map(|name| kind.groups[name].clone()).collect() };
        let is_in = |kind: &Kind, group: &GroupValue| is_in_group(kind, &groups.by, group);
        for group in &groups.shown {
            let which = self.which_often(least, |kind| here(kind) && is_in(kind, &group.value));
            self.counts.learn(group.people, which);
        }
        let is_hidden = |kind: &Kind| here(kind) && !groups.shown.iter().any(|group| is_in(kind, &group.value));
        if least == 1 {
            // Where nothing is hidden there is nobody else.
            match groups.hidden.map(|told| told.people) {
                None => self.learn(0, is_hidden),
                Some(Some(people)) => self.learn(people, is_hidden),
                Some(None) => {}
            }
        }
        let rows = self.histories.iter().flat_map(|(rows, _)| rows).filter(|kind| anywhere(kind));
        let in_file: BTreeSet<Vec<String>> = rows.map(value).collect();
        // Where as many groups are told as the file can have, each of them has somebody.
        let is_told = |told: privacy::HiddenGroups| told.groups + groups.shown.len() == in_file.len();
        for one in in_file.iter().filter(|_| groups.hidden.is_some_and(is_told)) {
            let which = self.which(|kind| anywhere(kind) && value(kind) == *one);
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
        // Decisions are made on the whole file under these switches.
        let Filter { include_inactive, without_low_activity, .. } = *filter;
        let in_all_weeks = Filter { attributes: filter.attributes.clone(), ..Filter::default() };
        let in_all_weeks = |kind: &Kind| keeps(&in_all_weeks, kind);
        if !include_inactive && !without_low_activity {
            self.shown.insert(self.which(in_all_weeks));
        }
        let anywhere = Filter { include_inactive, without_low_activity, ..Filter::default() };
        let anywhere = |kind: &Kind| keeps(&anywhere, kind);
        if let Ok(coaching) = &findings.insight(InsightId::CoachingUnder15Min).unwrap().outcome {
            // Eligible is who was there in three quarters of the weeks.
            let least = (findings.population.periods * 3).div_ceil(4);
            let eligible = self.which_often(least, here);
            let others = self.which(here).iter().zip(&eligible).map(|(is_here, is)| *is_here && !is).collect();
            self.counts.learn(coaching.people, eligible);
            self.counts.learn(coaching.not_eligible, others);
            for groups in &coaching.breakdowns {
                self.learn_groups(groups, least, here, anywhere);
            }
        }
        let edges = &findings.population.edge_periods;
        let here = |kind: &Kind| keeps(filter, kind) && !edges.contains(&kind.day);
        let Ok(outcome) = &findings.insight(InsightId::ExternalOver8h).unwrap().outcome else { return };
        self.learn(outcome.people, here);
        for point in &outcome.trend {
            self.learn(point.people, |kind| here(kind) && kind.day == point.period);
        }
        for groups in &outcome.breakdowns {
            self.learn_groups(groups, 1, here, anywhere);
            for group in groups.shown.iter().filter(|_| !include_inactive && !without_low_activity) {
                let which = self.which(|kind| in_all_weeks(kind) && is_in_group(kind, &groups.by, &group.value));
                self.shown.insert(which);
            }
        }
    }

    /// Compares every two weeks, of everyone and of each group: who is there, in both, and in one of them only.
    fn compare(&mut self, guarded: &Guarded, shape: Shape, groups: &[Group]) {
        let days = crate::support::weeks("2024-04-07", shape.weeks);
        let cohorts: Vec<Filter> = std::iter::once(Filter::default()).chain(groups.iter().map(one_filter)).collect();
        for (later, earlier) in (1..days.len()).flat_map(|later| (0..later).map(move |earlier| (later, earlier))) {
            let windows = [earlier, later].map(|week| Window { from: days[week], to: days[week] });
            let question = CompareQuestion {
                windows,
                filter: Filter::default(),
                cohorts: cohorts.iter().map(|cohort| Cohort::Of(cohort.attributes.clone())).collect(),
                margin: 0.05,
            };
            let Ok(comparison) = privacy::compare(guarded, &question, Rules::new(K)) else { continue };
            for (cohort, change) in cohorts.iter().zip(&comparison.cohorts) {
                let Ok(numbers) = &change.outcome else { continue };
                let there = windows.map(|window| self.which(|kind| window.holds(kind.day) && keeps(cohort, kind)));
                let both = |of: fn(bool, bool) -> bool| -> Vec<bool> {
                    there[0].iter().zip(&there[1]).map(|(before, after)| of(*before, *after)).collect()
                };
                let (stayed, joined, left) = (both(|b, a| b && a), both(|b, a| !b && a), both(|b, a| b && !a));
                if let Some((joiners, leavers)) = numbers.moved {
                    self.counts.learn(joiners, joined);
                    self.counts.learn(leavers, left);
                }
                let changes = numbers.changes(CompareMetric::CollaborationHours);
                if let Some(same) = changes.and_then(|changes| changes.same_people.as_ref()) {
                    self.counts.learn(same.people[0], stayed);
                }
                let [before, after] = there;
                self.counts.learn(numbers.people[0], before);
                self.counts.learn(numbers.people[1], after);
            }
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
                self.shown.insert(self.which(matches));
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

/// Histories of which nobody knows that they cannot be: in each week somebody is in any group of the file, or away.
/// These are some of them; who knows less of the others knows no more.
fn any_moves(target: &Target, shape: Shape, dice: &mut Dice) -> Vec<Vec<Kind>> {
    let people = target.people_where(|_| true);
    let days = crate::support::weeks("2024-04-07", shape.weeks);
    let history = |_| -> Vec<Kind> {
        let there: Vec<_> = days.iter().filter(|_| !dice.chance(25)).copied().collect();
        there.into_iter().map(|day| Kind { day, ..target.kinds[dice.roll(target.kinds.len())].clone() }).collect()
    };
    (0..10 * people).map(history).filter(|rows| !rows.is_empty()).collect()
}

/// Groups that nothing is told about, and those of them whose size follows.
fn attack(
    seed: u64,
    shape: Shape,
    moves: Moves,
    ask: impl Fn(&mut Known, &Target, &Guarded, &Question),
) -> (usize, Vec<String>) {
    let mut dice = Dice(seed);
    let target = company::random(&mut dice, shape);
    let guarded = guarded(&target.company.build());
    let mut known = Known::about(&target, moves, shape, &mut dice);
    let by: Vec<GroupBy> = target.values().into_keys().map(GroupBy::from).collect();
    let all = groups_of_one_and_two(&target);
    // Everybody, each group by itself, and whatever comes.
    for filter in std::iter::once(Filter::default()).chain(all.iter().map(one_filter)) {
        ask(&mut known, &target, &guarded, &Question { filter, by: by.clone(), ..Question::default() });
    }
    for _ in 0..QUESTIONS {
        ask(&mut known, &target, &guarded, &question(&target, &mut dice, shape));
    }
    known.compare(&guarded, shape, &all);
    let (mut hidden, mut found) = (0, Vec::new());
    for group in all {
        let people = target.people_where(|kind| is_in(&group, kind));
        let which = known.which(|kind| is_in(&group, kind));
        // A value within one value of another attribute is the pair of both: where it is shown, the pair is no secret.
        if people == 0 || known.shown.contains(&which) {
            continue;
        }
        hidden += 1;
        if let Some(how) = known.counts.tell(&which) {
            found.push(format!("seed {seed}: {group:?} has {people} {how}"));
        }
    }
    (hidden, found)
}

fn attack_many(
    shape: Shape,
    moves: Moves,
    ask: impl Fn(&mut Known, &Target, &Guarded, &Question),
) -> (usize, Vec<String>) {
    let (mut hidden, mut found) = (0, Vec::new());
    for seed in 0..companies().div_ceil(2) {
        let (more, told) = attack(seed, shape, moves, &ask);
        hidden += more;
        found.extend(told);
    }
    (hidden, found)
}

fn holds(shape: Shape, moves: Moves) {
    let (hidden, found) = attack_many(shape, moves, Known::ask);
    assert!(hidden > 50, "{hidden} hidden groups are too few to prove anything");
    assert_eq!(found, Vec::<String>::new(), "of {hidden} hidden groups");
}

#[test]
fn no_size_of_a_hidden_group_follows() {
    holds(Shape { weeks: 1, ..Shape::default() }, Moves::Likely);
}

/// Fewer follow the more histories there can be. So where nothing follows from some of those that can be, nothing does
/// from all of them. With many the solver looks for what follows by adding and subtracting alone.
#[test]
fn nor_does_any_for_who_knows_which_groups_there_are_when_people_come_go_and_move() {
    let shape = Shape { weeks: 3, is_restless: true, ..Shape::default() };
    let (hidden, found) = attack_many(shape, Moves::Any, Known::ask);
    assert!(hidden > 50, "{hidden} hidden groups are too few to prove anything");
    let (exactly, by_bounds): (Vec<&String>, Vec<&String>) =
        found.iter().partition(|found| found.ends_with("by adding and subtracting"));
    assert_eq!(exactly, Vec::<&String>::new(), "of {hidden} hidden groups");
    assert!(by_bounds.len() * 500 < hidden, "of {hidden} hidden groups {by_bounds:?}");
}

/// Of somebody who knows which histories there are, some sizes follow because just one of them fits: a limit that the
/// docs name.
#[test]
fn nor_does_one_of_a_hundred_when_people_come_go_and_move() {
    let (hidden, found) =
        attack_many(Shape { weeks: 3, is_restless: true, ..Shape::default() }, Moves::Likely, Known::ask);
    assert!(hidden > 50, "{hidden} hidden groups are too few to prove anything");
    assert!(found.len() * 100 < hidden, "of {hidden} hidden groups {found:?}");
}

#[test]
fn nor_does_one_when_inactive_people_and_low_activity_are_switched() {
    holds(Shape { weeks: 1, has_switches: true, ..Shape::default() }, Moves::Likely);
}

#[test]
fn without_the_rules_the_same_attack_finds_most_sizes() {
    let (hidden, found) = attack_many(Shape { weeks: 1, ..Shape::default() }, Moves::Likely, Known::ask_without_rules);
    assert!(found.len() * 2 > hidden, "{} of {hidden}: the attack is blind", found.len());
}
