//! Means of hours, wherever they are told: beside the findings, in Explore with its points and sums, in comparisons of
//! periods and in "what if". From all of them together nobody works out the mean of a small group, nor that of a group
//! of whom few have the metric.
//!
//! The attacker knows who is in which group in which week and whose cells can be read; the hours of everybody who did the
//! same are one unknown a week. Every number told is a sum of them. How people are spread (quartiles, bins, intervals)
//! rests on the same people with the same weights, so that it follows where the mean does.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use customer_focus::dataset::{Filter, GroupBy, Metric};
use customer_focus::insights::Settings;
use customer_focus::privacy::{
    self, Cohort, CompareMetric, CompareQuestion, Exploration, ExploreQuestion, FreedFrom, Guarded, MeanMetric,
    NoPlanNumbers, OneToOneLever, PlanMeasure, PlanQuestion, Question, Rules, Unavailable, WhatIfQuestion, Window,
};

use super::solver::Facts;
use super::{Group, K, companies, groups_of, is_of, one_filter};
use crate::support::random::Dice;
use crate::support::{Cell, Row, guarded, row, weekly, weeks};

/// More hours than this nobody has.
const MOST_HOURS: usize = 10;

/// A metric that is told in several places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Told {
    Email,
    OneToOnes,
    External,
}

const TOLD: [Told; 3] = [Told::Email, Told::OneToOnes, Told::External];

impl Told {
    fn column(self) -> Metric {
        match self {
            Self::Email => Metric::EmailHours,
            Self::OneToOnes => Metric::Manager11Hours,
            Self::External => Metric::ExternalHours,
        }
    }

    fn compared(self) -> CompareMetric {
        match self {
            Self::Email => CompareMetric::EmailHours,
            Self::OneToOnes => CompareMetric::OneToOneHours,
            Self::External => CompareMetric::ExternalHours,
        }
    }

    fn is(self, metric: MeanMetric) -> bool {
        metric == MeanMetric::Of(self.column()) || self == Self::OneToOnes && metric == MeanMetric::OneToOneHours
    }
}

/// April 2024, of four Sundays: a whole month.
fn sundays() -> Vec<NaiveDate> {
    weeks("2024-04-07", 4)
}

/// A week of somebody, as the attacker knows it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Week {
    groups: BTreeMap<String, String>,
    day: NaiveDate,
    is_readable: bool,
}

/// A company as the attacker of one metric sees it.
struct Target {
    guarded: Guarded,
    told: Told,
    /// For each history how many people have it, and their hours in each of its weeks.
    histories: Vec<(Vec<Week>, usize, Vec<f64>)>,
}

/// The rows of somebody; where people are restless some are away, move, or have a week that cannot be read.
fn person(person: usize, values: &[usize], is_restless: bool, dice: &mut Dice) -> Vec<Row> {
    let throw = |dice: &mut Dice| -> BTreeMap<String, String> {
        let code = |(attribute, &values): (usize, &usize)| {
            let code = dice.roll(values).min(dice.roll(values));
            (format!("Attribute {attribute}"), format!("{attribute}.{code}"))
        };
        values.iter().enumerate().map(code).collect()
    };
    let mut groups = throw(dice);
    let never = TOLD.map(|_| dice.chance(8));
    let mut rows = Vec::new();
    for day in sundays() {
        if is_restless && dice.chance(4) {
            continue;
        }
        if is_restless && dice.chance(2) {
            groups = throw(dice);
        }
        let mut row = row(person, day);
        for (told, never) in TOLD.into_iter().zip(never) {
            row = match never || is_restless && dice.chance(3) {
                true => row.cell(told.column(), Cell::Unreadable),
                false => row.hours(told.column(), dice.roll(MOST_HOURS + 1) as f64),
            };
        }
        row.groups.clone_from(&groups);
        rows.push(row);
    }
    rows
}

/// Forty to 120 people with two or three attributes, once for each metric.
fn random(dice: &mut Dice, is_restless: bool) -> [Target; 3] {
    let people = 40 + dice.roll(80);
    let values: Vec<usize> = (0..2 + dice.roll(2)).map(|_| 2 + dice.roll(4)).collect();
    let all: Vec<Vec<Row>> = (0..people).map(|index| person(index, &values, is_restless, dice)).collect();
    let company = weekly(all.concat());
    TOLD.map(|told| {
        let mut histories: BTreeMap<Vec<Week>, (usize, Vec<f64>)> = BTreeMap::new();
        for rows in all.iter().filter(|rows| !rows.is_empty()) {
            let seconds = |row: &Row| match row.get(told.column()) {
                Cell::Seconds(seconds) => Some(f64::from(seconds) / 3600.0),
                _ => None,
            };
            let week =
                |row: &Row| Week { groups: row.groups.clone(), day: row.day, is_readable: seconds(row).is_some() };
            let (people, hours) =
                histories.entry(rows.iter().map(week).collect()).or_insert_with(|| (0, vec![0.0; rows.len()]));
            *people += 1;
            hours.iter_mut().zip(rows).for_each(|(sum, row)| *sum += seconds(row).unwrap_or_default());
        }
        let histories = histories.into_iter().map(|(weeks, (people, hours))| (weeks, people, hours)).collect();
        Target { guarded: guarded(&company.build()), told, histories }
    })
}

/// Whether a filter keeps a week.
fn keeps(filter: &Filter, week: &Week) -> bool {
    filter.keeps_period(week.day)
        && filter.attributes.iter().all(|named| named.values.contains(&week.groups[&named.attribute]))
}

/// How the hours of a person's weeks are added up.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Weighing {
    /// The person's mean, and the mean over people.
    Mean,
    /// A month of 1:1s of those with three quarters of so many weeks, for each of them; four weeks where it is fewer.
    Month(usize),
    /// All hours.
    Sum,
}

impl Target {
    /// How many people have a readable week that matches, and the weights of their hours. People count by all their weeks.
    fn weights(
        &self,
        weighing: Weighing,
        has: impl Fn(&[Week]) -> bool,
        matches: impl Fn(&Week) -> bool,
    ) -> (usize, Vec<f64>) {
        let counts = |week: &Week| week.is_readable && matches(week);
        let weeks_of = |weeks: &[Week]| weeks.iter().filter(|week| counts(week)).count();
        let least = if let Weighing::Month(weeks) = weighing { (weeks * 3).div_ceil(4) } else { 1 };
        let is_in = |weeks: &[Week]| weeks_of(weeks) >= least && has(weeks);
        let people: usize = self.histories.iter().filter(|(weeks, ..)| is_in(weeks)).map(|(_, people, _)| people).sum();
        let weight = |weeks: &[Week]| match weighing {
            Weighing::Mean => 1.0 / (people * weeks_of(weeks)) as f64,
            Weighing::Month(4) => 1.0 / people as f64,
            Weighing::Month(_) => 4.0 / (people * weeks_of(weeks)) as f64,
            Weighing::Sum => 1.0,
        };
        let of_history = |(weeks, ..): &(Vec<Week>, usize, Vec<f64>)| -> Vec<f64> {
            let own = if is_in(weeks) { weight(weeks) } else { 0.0 };
            weeks.iter().map(|week| if counts(week) { own } else { 0.0 }).collect()
        };
        (people, self.histories.iter().flat_map(of_history).collect())
    }

    fn mean_of(&self, matches: impl Fn(&Week) -> bool) -> (usize, Vec<f64>) {
        self.weights(Weighing::Mean, |_| true, matches)
    }

    fn unknowns(&self) -> (Vec<f64>, Vec<f64>) {
        let all = self.histories.iter();
        let cells = all.flat_map(|(_, people, hours)| hours.iter().map(move |hours| (people * MOST_HOURS, *hours)));
        cells.map(|(most, hours)| (most as f64, hours)).unzip()
    }

    fn groups(&self) -> Vec<Group> {
        groups_of(self.histories.iter().flat_map(|(weeks, ..)| weeks).map(|week| &week.groups))
    }
}

/// Facts, and the truth that they are held against.
struct Known {
    facts: Facts,
    truth: Vec<f64>,
    /// How many numbers were told in each place.
    told: BTreeMap<&'static str, usize>,
}

impl Known {
    fn about(target: &Target) -> Self {
        let (most, truth) = target.unknowns();
        Self { facts: Facts::about(most), truth, told: BTreeMap::new() }
    }

    fn learn(&mut self, place: &'static str, (_, weights): (usize, Vec<f64>), value: f64) {
        let sum: f64 = weights.iter().zip(&self.truth).map(|(weight, truth)| weight * truth).sum();
        assert!((sum - value).abs() < 1e-6 * value.max(1.0), "{place}: {value}, and by the attacker's sum {sum}");
        self.facts.learn(weights);
        *self.told.entry(place).or_default() += 1;
    }

    /// Asks every door about some people.
    fn ask(&mut self, target: &Target, filter: &Filter, by: &GroupBy) {
        let (guarded, rules) = (&target.guarded, Rules::new(K));
        let here = |week: &Week| keeps(filter, week);
        let question = Question { filter: filter.clone(), ..Question::default() };
        if let Ok(findings) = privacy::answer(guarded, &question, rules) {
            let means = findings.metrics.iter().filter(|mean| target.told.is(mean.metric));
            for (mean, _) in means.filter_map(|mean| mean.mean) {
                self.learn("findings", target.mean_of(here), mean);
            }
        }
        let question = ExploreQuestion {
            filter: filter.clone(),
            metric: MeanMetric::Of(target.told.column()),
            by: Some(by.clone()),
            settings: Settings::default(),
        };
        if let Ok(explored) = privacy::explore(guarded, &question, rules) {
            self.learn_explored(target, filter, &explored);
        }
        let question = WhatIfQuestion {
            filter: filter.clone(),
            by: by.clone(),
            settings: Settings::default(),
            lever: OneToOneLever { meetings_a_month: 2, minutes: 30 },
            only_focus: false,
            freed_from: FreedFrom::Email,
        };
        if let Ok(what_if) = privacy::what_if(guarded, &question, rules) {
            let everyone = (None, what_if.one_to_ones.as_ref().ok(), what_if.hours.as_ref().ok());
            let groups =
                what_if.groups.iter().map(|one| (Some(&one.value), Some(&one.one_to_ones), one.hours.as_ref()));
            for (group, one_to_ones, hours) in std::iter::once(everyone).chain(groups) {
                let in_it = |week: &Week| here(week) && group.is_none_or(|group| is_of(&week.groups, by, group));
                if let Some(one_to_ones) = one_to_ones.filter(|_| target.told == Told::OneToOnes) {
                    let month = Weighing::Month(sundays().iter().filter(|day| filter.keeps_period(**day)).count());
                    let months = target.weights(month, |_| true, in_it);
                    self.learn("what if, months", months, one_to_ones.hours);
                }
                if let Some(hours) = hours.filter(|_| target.told == Told::Email) {
                    self.learn("what if, hours", target.mean_of(in_it), hours.mean);
                }
            }
        }
    }

    fn learn_explored(&mut self, target: &Target, filter: &Filter, explored: &Exploration) {
        let by = explored.by.clone().unwrap();
        let here = |week: &Week| keeps(filter, week);
        let metric = explored.metrics.iter().filter(|metric| target.told.is(metric.metric));
        for metric in metric {
            self.learn("explored", target.mean_of(here), metric.all.mean);
            for group in &metric.groups {
                let in_it = |week: &Week| here(week) && is_of(&week.groups, &by, &group.value);
                self.learn("explored group", target.mean_of(in_it), group.of.mean);
            }
        }
        if let Ok(chosen) = &explored.chosen {
            let everyone = (None, &chosen.trend);
            let groups = chosen.group_trends.iter().map(|(group, trend)| (Some(group), trend));
            for (group, trend) in std::iter::once(everyone).chain(groups) {
                for period in &trend.periods {
                    let in_it = |week: &Week| {
                        here(week)
                            && week.day == period.period
                            && group.is_none_or(|group| is_of(&week.groups, &by, group))
                    };
                    if let Some((_, mean)) = period.point {
                        self.learn("explored week", target.mean_of(in_it), mean);
                    }
                }
            }
        }
        let external = explored.external.as_ref().ok().filter(|_| target.told == Told::External);
        if let Some((hours, external)) = external.and_then(|external| Some((external.hours_a_period?, external))) {
            let days = sundays().into_iter().filter(|day| filter.keeps_period(*day)).count();
            assert!(external.people >= K);
            self.learn("explored sum", target.weights(Weighing::Sum, |_| true, here), hours * days as f64);
        }
    }

    /// Compares the first two weeks with the last two: everyone, and each group.
    fn compare(&mut self, target: &Target, groups: &[Group]) {
        let days = sundays();
        let windows = [Window { from: days[0], to: days[1] }, Window { from: days[2], to: days[3] }];
        let cohorts: Vec<Filter> = std::iter::once(Filter::default()).chain(groups.iter().map(one_filter)).collect();
        let question = CompareQuestion {
            windows,
            filter: Filter::default(),
            cohorts: cohorts.iter().map(|cohort| Cohort::Of(cohort.attributes.clone())).collect(),
            margin: 0.05,
        };
        let comparison = privacy::compare(&target.guarded, &question, Rules::new(K)).unwrap();
        for (cohort, change) in cohorts.iter().zip(&comparison.cohorts) {
            let Ok(numbers) = &change.outcome else { continue };
            let Some(changes) = numbers.changes(target.told.compared()) else { continue };
            for (window, place) in windows.iter().zip([0, 1]) {
                let in_window = |window: &Window, week: &Week| window.holds(week.day) && keeps(cohort, week);
                let own = |movement: &privacy::Changes| [movement.everyone.before, movement.everyone.after][place];
                self.learn("compared", target.mean_of(|week| in_window(window, week)), own(changes));
                let is_measured = |weeks: &[Week], window: &Window| {
                    weeks.iter().any(|week| week.is_readable && in_window(window, week))
                };
                let in_both = |weeks: &[Week]| windows.iter().all(|window| is_measured(weeks, window));
                if let Some(same) = &changes.same_people {
                    let weights = target.weights(Weighing::Mean, in_both, |week| in_window(window, week));
                    self.learn("compared, same people", weights, [same.before, same.after][place]);
                }
            }
        }
    }
}

/// All that is asked: everybody, groups of one and two values, and some of several; all weeks, and two of them.
fn filters(groups: &[Group], dice: &mut Dice) -> Vec<Filter> {
    let mut filters = vec![Filter::default()];
    filters.extend(groups.iter().map(one_filter));
    filters.extend((0..10).map(|_| {
        let mut filter = one_filter(&dice.pick(groups));
        for one in one_filter(&dice.pick(groups)).attributes {
            match filter.attributes.iter_mut().find(|named| named.attribute == one.attribute) {
                Some(named) => named.values.extend(one.values),
                None => filter.attributes.push(one),
            }
        }
        filter
    }));
    let days = sundays();
    let ranges = [(0, 3), (0, 1), (2, 3)].map(|(from, to)| (Some(days[from]), Some(days[to])));
    let of = |filter: &Filter| ranges.map(|(from, to)| Filter { from, to, ..filter.clone() });
    filters.iter().flat_map(of).collect()
}

/// How many groups are small for a metric, and the mean of which of them is found out.
fn attack_many(is_restless: bool, with_rules: bool) -> (usize, Vec<String>) {
    let (mut small, mut found, mut told) = (0, Vec::new(), BTreeMap::<&str, usize>::new());
    for seed in 0..companies().div_ceil(if is_restless { 4 } else { 2 }) {
        let mut dice = Dice(seed);
        for target in random(&mut dice, is_restless) {
            let mut known = Known::about(&target);
            let groups = target.groups();
            let names: Vec<&String> = target.histories[0].0[0].groups.keys().collect();
            for filter in filters(&groups, &mut dice) {
                let by = GroupBy::two(dice.pick(&names).as_str(), dice.pick(&names).as_str());
                if with_rules {
                    known.ask(&target, &filter, &by);
                } else {
                    let (people, weights) = target.mean_of(|week| keeps(&filter, week));
                    if people >= K {
                        known.facts.learn(weights);
                    }
                }
            }
            if with_rules {
                known.compare(&target, &groups);
            }
            known.told.iter().for_each(|(place, count)| *told.entry(place).or_default() += count);
            for group in &groups {
                let is_in = |week: &Week| group.iter().all(|(name, value)| week.groups[name] == *value);
                let (measured, mean) = target.mean_of(is_in);
                if !(1..K).contains(&measured) {
                    continue;
                }
                small += 1;
                let name = target.told;
                if known.facts.tell(&mean) {
                    found.push(format!("seed {seed}: {name:?} of {measured} in {group:?} exactly"));
                } else if known.facts.spread(&mean) < 0.1 * MOST_HOURS as f64 {
                    found.push(format!("seed {seed}: {name:?} of {measured} in {group:?} nearly"));
                }
            }
        }
    }
    assert_eq!(told.len(), if with_rules { 9 } else { 0 }, "some place told nothing: {told:?}");
    (small, found)
}

#[test]
fn no_mean_of_a_few_people_follows_from_any_screen() {
    let (small, found) = attack_many(false, true);
    assert!(small > 50, "{small} small groups are too few to prove anything");
    assert_eq!(found, Vec::<String>::new(), "of {small} small groups");
}

/// Of somebody who is away in a week the mean follows where weeks are told beside the mean over them: a limit that the
/// docs name.
#[test]
fn and_few_do_when_people_are_away_and_move() {
    let (small, found) = attack_many(true, true);
    assert!(small > 50, "{small} small groups are too few to prove anything");
    assert!(found.len() * 20 < small, "of {small} small groups {found:?}");
}

#[test]
fn without_the_rules_means_of_a_few_people_do_follow() {
    let (small, found) = attack_many(false, false);
    assert!(found.len() * 2 > small, "{} of {small}: the attack is blind", found.len());
}

/// Of teams of 30, 17 and 10 people only three of the last have e-mail hours, which everyone less the others would tell:
/// the team of 17 is hidden with them wherever a mean is told.
#[test]
fn of_a_metric_that_few_of_a_team_have_the_next_smallest_team_is_not_told_either() {
    let mut rows = Vec::new();
    for person in 0..57 {
        let team = if person < 30 {
            "A"
        } else if person < 47 {
            "B"
        } else {
            "C"
        };
        for day in sundays() {
            let email = if person < 50 { Cell::Seconds(3600) } else { Cell::Unreadable };
            let own = row(person, day).cell(Metric::EmailHours, email).hours(Metric::Manager11Hours, 0.5);
            rows.push(own.group("Team", team));
        }
    }
    let (guarded, rules, days) = (guarded(&weekly(rows).build()), Rules::new(K), sundays());
    let of = |team: &str| one_filter(&vec![("Team".to_owned(), team.to_owned())]);
    let metric = MeanMetric::Of(Metric::EmailHours);
    let told = ["A", "B", "C"].map(|team| {
        let findings = privacy::answer(&guarded, &Question { filter: of(team), ..Question::default() }, rules).unwrap();
        findings.metrics.iter().any(|mean| mean.metric == metric && mean.mean.is_some())
    });
    assert_eq!(told, [true, false, false]);
    let windows = [Window { from: days[0], to: days[1] }, Window { from: days[2], to: days[3] }];
    let cohorts = ["A", "B", "C"].map(|team| Cohort::Of(of(team).attributes)).to_vec();
    let question = CompareQuestion { windows, filter: Filter::default(), cohorts, margin: 0.05 };
    let comparison = privacy::compare(&guarded, &question, rules).unwrap();
    let is_compared = |change: &privacy::CohortChange| {
        change.outcome.as_ref().is_ok_and(|numbers| numbers.changes(CompareMetric::EmailHours).is_some())
    };
    assert_eq!(comparison.cohorts.iter().map(is_compared).collect::<Vec<_>>(), [true, false, false]);
    let question = WhatIfQuestion {
        filter: Filter::default(),
        by: "Team".into(),
        settings: Settings::default(),
        lever: OneToOneLever { meetings_a_month: 2, minutes: 30 },
        only_focus: false,
        freed_from: FreedFrom::Email,
    };
    let what_if = privacy::what_if(&guarded, &question, rules).unwrap();
    let has_hours: Vec<bool> = what_if.groups.iter().map(|group| group.hours.is_some()).collect();
    assert_eq!((what_if.hours.is_ok(), has_hours), (true, vec![true, false, false]));
    let question = PlanQuestion {
        measure: PlanMeasure::Mean(metric),
        cohort: of("B").attributes,
        without: Vec::new(),
        start: days[2],
        weeks: 2,
        baseline: None,
        compared_with: Vec::new(),
    };
    let before = privacy::plan(&guarded, &question, rules).before.clone();
    assert_eq!(before.unwrap_err(), NoPlanNumbers::Unavailable(Unavailable::TooFewMeasured));
}
