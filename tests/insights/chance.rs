//! What chance does to comparisons, in many companies drawn from a known truth.
//!
//! Seeds are fixed, so that each test gives the same figures every time. A share of D draws that should be q strays by
//! sqrt(q (1 - q) / D); what is tolerated is said with each limit.

use customer_focus::dataset::Metric;
use customer_focus::insights::focus::{self, Chance, FocusGroup};
use customer_focus::insights::{Breakdown, Favorable, InsightId, Outcome, Settings};
use customer_focus::privacy::Funnel;

use crate::support::random::Dice;
use crate::support::{Company, Row, date, insight, row, weekly, weeks};

/// A number from 0 to 1, all alike.
fn uniform(dice: &mut Dice) -> f64 {
    dice.roll(1 << 30) as f64 / f64::from(1 << 30)
}

/// One week of groups: name, people, and the chance of each person to have under five internal organizations.
fn company(groups: &[(String, usize, f64)], dice: &mut Dice) -> Company {
    let day = date("2024-04-07");
    let mut rows = Vec::new();
    for (group, people, rate) in groups {
        for person in 0..*people {
            let organizations = if uniform(dice) < *rate { 1.0 } else { 7.0 };
            let row = row(format!("{group} {person}"), day).count(Metric::InternalOrganizations, organizations);
            rows.push(row.group("Team", group));
        }
    }
    weekly(rows)
}

fn breakdown(company: &Company) -> (Breakdown, Option<Funnel>) {
    let outcome = insight(company, InsightId::FewInternalOrganizations).unwrap();
    let funnel = Funnel::new(outcome.share, outcome.interval, outcome.people);
    (outcome.breakdowns.into_iter().next().unwrap(), funnel)
}

/// The groups to focus on where all are shown, and how many of them could be chance.
fn focus_of((breakdown, funnel): &(Breakdown, Option<Funnel>)) -> (Vec<FocusGroup>, Chance) {
    let shown: Vec<usize> = (0..breakdown.groups.len()).collect();
    let ranked = focus::rank(breakdown, &shown, Favorable::Low, &Settings::default());
    let chance = focus::chance(breakdown, &shown, *funnel, |group| ranked.iter().any(|focus| focus.group == group));
    (ranked, chance)
}

/// Twenty groups of 6 to 206 people, the smallest one named "00".
fn twenty(rate: f64) -> Vec<(String, usize, f64)> {
    (0..20).map(|index| (format!("{index:02}"), 6 + index * 10 + index / 2, rate)).collect()
}

/// 150 companies at each of three rates.
#[test]
fn twenty_groups_of_equal_rate_do_not_crown_the_smallest() {
    const DRAWS: usize = 150;
    let mut dice = Dice(20);
    for rate in [0.1, 0.3, 0.7] {
        let (mut crowned, mut many, mut split, mut called_safe) = (0, 0, 0, 0);
        for _ in 0..DRAWS {
            let drawn = breakdown(&company(&twenty(rate), &mut dice));
            let (ranked, chance) = focus_of(&drawn);
            crowned +=
                usize::from(ranked.first().is_some_and(|first| drawn.0.groups[first.group].value.as_str() == "00"));
            many += usize::from(ranked.len() > 2);
            split += usize::from(ranked.iter().any(|focus| focus.rank_band > 1));
            called_safe += usize::from(chance.marked > 0 && chance.expected_by_chance < 0.05);
        }
        // Its fair share is one in twenty of all companies; nothing is added for chance.
        assert!(crowned * 20 <= DRAWS, "at {rate} the smallest is first in {crowned} of {DRAWS}");
        // Each group is worse by chance in one company of forty, half a group a company: more than two in 1.4 %.
        assert!(many * 20 <= DRAWS, "at {rate} more than two are marked in {many} of {DRAWS}");
        assert!(split * 20 <= DRAWS, "at {rate} equal groups are in different rank bands in {split} of {DRAWS}");
        assert!(called_safe * 20 <= DRAWS, "at {rate} chance is called safe in {called_safe} of {DRAWS}");
    }
}

/// A hundred companies in which four of twelve groups differ by 40 points: they are found, and not called chance.
#[test]
fn groups_that_do_differ_are_found_and_not_called_chance() {
    const DRAWS: usize = 100;
    let mut dice = Dice(4);
    let groups: Vec<_> = (0..12).map(|index| (format!("{index:02}"), 60, if index < 4 { 0.7 } else { 0.3 })).collect();
    let (mut found, mut missed, mut said, mut truly) = (0, 0, 0.0, 0);
    for _ in 0..DRAWS {
        let drawn = breakdown(&company(&groups, &mut dice));
        let (ranked, chance) = focus_of(&drawn);
        let is_real = |focus: &&FocusGroup| drawn.0.groups[focus.group].value.as_str() < "04";
        found += ranked.iter().filter(is_real).count();
        missed += 4 - ranked.iter().filter(is_real).count();
        truly += ranked.iter().filter(|focus| !is_real(focus)).count();
        said += chance.expected_by_chance;
    }
    assert!(missed * 20 <= found, "{missed} of {} missed", found + missed);
    // What is said is no less than what is true; a fifth of a group a list at most.
    assert!(truly as f64 <= said && said <= 0.2 * DRAWS as f64, "{said} said, {truly} are chance");
}

/// Candidates of one true rate, 60 to 150 people each, beside a better rest; in how many of so many draws they are in
/// several rank bands, of those in which all of them are candidates.
fn split(candidates: usize, draws: usize, dice: &mut Dice) -> (usize, usize) {
    let mut groups: Vec<_> = (0..candidates).map(|index| (format!("{index:02}"), 60 + 30 * (index % 4), 0.6)).collect();
    groups.push(("Rest".to_owned(), 150 * candidates, 0.2));
    let (mut all, mut split) = (0, 0);
    for _ in 0..draws {
        let (ranked, _) = focus_of(&breakdown(&company(&groups, dice)));
        let is_whole = ranked.len() == candidates;
        all += usize::from(is_whole);
        split += usize::from(is_whole && ranked.iter().any(|focus| focus.rank_band > 1));
    }
    (all, split)
}

/// However many there are. With a 95 % interval for each pair 13 % of four, and most of twenty, would be split. Two are
/// told apart by the 95 % interval itself, so in about 5 % of draws (4.7 % of these).
#[test]
fn groups_of_equal_rate_are_in_different_rank_bands_in_at_most_one_draw_of_twenty() {
    let mut dice = Dice(5);
    for (candidates, draws) in [(2, 2000), (4, 1000), (8, 500), (20, 150)] {
        let (all, split) = split(candidates, draws, &mut dice);
        assert!(all * 10 > draws * 8, "{all} of {draws} have all {candidates} candidates");
        assert!(split * 20 <= all, "of {candidates} candidates some are told apart in {split} of {all}");
    }
}

/// Four of eight candidates are worse than the others by 30 points, three standard errors: no band has both kinds in most draws.
#[test]
fn candidates_that_differ_clearly_are_in_different_rank_bands() {
    const DRAWS: usize = 100;
    let mut dice = Dice(8);
    let rate = |index: usize| if index < 4 { 0.9 } else { 0.5 };
    let mut groups: Vec<_> = (0..8).map(|index| (format!("{index:02}"), 100, rate(index))).collect();
    groups.push(("Rest".to_owned(), 1600, 0.1));
    let mut apart = 0;
    for _ in 0..DRAWS {
        let drawn = breakdown(&company(&groups, &mut dice));
        let (ranked, _) = focus_of(&drawn);
        let is_worse = |focus: &&FocusGroup| drawn.0.groups[focus.group].value.as_str() < "04";
        apart += usize::from(ranked.iter().all(|focus| (focus.rank_band == 1) == is_worse(&focus)));
    }
    assert!(apart * 10 >= DRAWS * 9, "{apart} of {DRAWS}");
}

/// People whose chance of a long week is their own: the smaller of two uniform numbers, Beta(1, 2), a third on average,
/// so that two weeks of one person are correlated by 1/4. Nine of ten weeks are measured.
fn correlated(people: usize, dice: &mut Dice, group: impl Fn(usize, usize) -> &'static str) -> Company {
    let days = weeks("2024-04-07", 12);
    let mut rows: Vec<Row> = Vec::new();
    for person in 0..people {
        let rate = uniform(dice).min(uniform(dice));
        for (week, day) in days.iter().enumerate() {
            let hours = if uniform(dice) < rate { 9.0 } else { 1.0 };
            if dice.chance(90) {
                rows.push(row(person, *day).hours(Metric::ExternalHours, hours).group("Team", group(person, week)));
            }
        }
    }
    weekly(rows)
}

fn external(company: &Company) -> Outcome {
    insight(company, InsightId::ExternalOver8h).unwrap()
}

/// A thousand companies: 95 % strays by 0.7 points, so that 93 to 97 is nearly three of those either way.
#[test]
fn the_interval_covers_the_truth_where_the_weeks_of_people_are_correlated() {
    const DRAWS: usize = 1000;
    let mut dice = Dice(95);
    let (mut covered, mut covered_without_people) = (0, 0);
    for _ in 0..DRAWS {
        let outcome = external(&correlated(60, &mut dice, |_, _| "A"));
        let truth = 1.0 / 3.0;
        covered += usize::from((outcome.interval.low..=outcome.interval.high).contains(&truth));
        // Weeks taken for independent: too sure by far, or this test would test nothing.
        let share = outcome.share.get();
        let half = 1.959964 * (share * (1.0 - share) / (60.0 * 12.0 * 0.9)).sqrt();
        covered_without_people += usize::from((share - truth).abs() <= half);
    }
    assert!((930..=970).contains(&covered), "{covered} of {DRAWS}");
    assert!(covered_without_people < 800, "{covered_without_people} of {DRAWS}");
}

/// A thousand companies of two groups of one truth, in which every third person moves from one to the other half way.
#[test]
fn the_interval_of_a_difference_covers_the_truth_where_people_move() {
    const DRAWS: usize = 1000;
    let mut dice = Dice(7);
    let group = |person: usize, week: usize| match person % 3 {
        0 if week < 6 => "A",
        1 => "A",
        _ => "B",
    };
    let mut covered = 0;
    for _ in 0..DRAWS {
        let outcome = external(&correlated(90, &mut dice, group));
        let (_, interval) = outcome.breakdowns[0].groups[0].difference.unwrap();
        covered += usize::from(interval.includes_zero());
    }
    assert!((930..=970).contains(&covered), "{covered} of {DRAWS}");
}
