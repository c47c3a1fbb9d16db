//! Comparisons of periods against a naive second computation, and against companies with a known change.

use std::collections::{BTreeMap, BTreeSet};

use customer_focus::dataset::{Filter, Grain, Metric};
use customer_focus::insights::compare::windows::{Offer, Window, holiday_weeks, offers, periods_of};
use customer_focus::insights::compare::{ByPerson, Change, CompareMetric, Verdict, clear_difference, in_both};
use customer_focus::stats::Z_95;
use proptest::prelude::*;

use crate::support::random::{self, Case, Dice};
use crate::support::{Cell, Company, Row, assert_close, date, row, weekly};

// ------------------------------------------------------------------------------------------- the second computation

/// Seconds of a row; blank cells are none, others that cannot be read are not there.
fn seconds(company: &Company, row: &Row, metric: Metric) -> Option<f64> {
    let most = if company.grain == Grain::Month { 31 * 24 } else { 7 * 24 };
    match row.get(metric) {
        Cell::Blank => Some(0.0),
        Cell::Seconds(seconds) => (seconds <= most * 3600).then(|| f64::from(seconds)),
        _ => None,
    }
}

/// The mean hours of each person over the rows that a filter keeps.
fn means(company: &Company, filter: &Filter, metric: CompareMetric) -> BTreeMap<String, f64> {
    let value = |row: &Row| {
        let hours = |metric| Some(seconds(company, row, metric)? / 3600.0);
        match metric {
            CompareMetric::InternalHours => {
                Some((hours(Metric::CollaborationHours)? - hours(Metric::ExternalHours)?).max(0.0))
            }
            CompareMetric::ExternalHours => hours(Metric::ExternalHours),
            _ => hours(Metric::EmailHours),
        }
    };
    let mut all: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    for row in company.rows.iter().filter(|row| !row.inactive && filter.keeps_period(row.day)) {
        if let Some(value) = value(row) {
            all.entry(row.person.clone()).or_default().push(value);
        }
    }
    all.into_iter().map(|(person, hours)| (person, hours.iter().sum::<f64>() / hours.len() as f64)).collect()
}

fn mean(means: &BTreeMap<String, f64>) -> f64 {
    means.values().sum::<f64>() / means.len() as f64
}

/// Absolute and relative change with half the width of their intervals, by plain loops over people.
fn expected(before: &BTreeMap<String, f64>, after: &BTreeMap<String, f64>) -> Option<[(f64, f64); 2]> {
    let people: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    if before.is_empty() || after.is_empty() || people.len() < 2 {
        return None;
    }
    let (from, to, n) = (mean(before), mean(after), people.len() as f64);
    let half = |weight: f64, unit: f64| {
        let squares: f64 = people
            .iter()
            .map(|person| {
                let now = after.get(*person).map_or(0.0, |own| (own - to) / after.len() as f64);
                let then = before.get(*person).map_or(0.0, |own| (own - from) / before.len() as f64);
                ((now - weight * then) / unit).powi(2)
            })
            .sum();
        Z_95 * (n / (n - 1.0) * squares).sqrt()
    };
    Some([(to - from, half(1.0, 1.0)), (to / from - 1.0, half(to / from, from))])
}

fn same(before: &BTreeMap<String, f64>, after: &BTreeMap<String, f64>) -> [BTreeMap<String, f64>; 2] {
    let kept = |own: &BTreeMap<String, f64>, other: &BTreeMap<String, f64>| {
        own.iter().filter(|(person, _)| other.contains_key(*person)).map(|(p, m)| (p.clone(), *m)).collect()
    };
    [kept(before, after), kept(after, before)]
}

fn halves(company: &Company) -> [Filter; 2] {
    let days: BTreeSet<_> = company.rows.iter().map(|row| row.day).collect();
    let middle = days.iter().nth(days.len() / 2).copied().unwrap();
    [Filter { to: middle.pred_opt(), ..Filter::default() }, Filter { from: Some(middle), ..Filter::default() }]
}

fn measured(company: &Company, metric: CompareMetric) -> Option<[ByPerson; 2]> {
    let dataset = company.build();
    let of = |filter: Filter| metric.by_person(&dataset.select(&filter).unwrap()).ok();
    let [before, after] = halves(company);
    Some([of(before)?, of(after)?])
}

fn check(own: Option<Change>, before: &BTreeMap<String, f64>, after: &BTreeMap<String, f64>) {
    let expected = expected(before, after);
    assert_eq!(own.is_some(), expected.is_some());
    let (Some(own), Some([absolute, relative])) = (own, expected) else { return };
    let movement = own.movement;
    assert_eq!(movement.people, [before.len(), after.len()]);
    assert_close(movement.before, mean(before), "before");
    assert_close(movement.absolute.0, absolute.0, "change");
    assert_close(movement.absolute.1.high - movement.absolute.0, absolute.1, "half of the interval");
    assert_eq!(movement.relative.is_some(), mean(before) > 0.0);
    if let Some((value, interval)) = movement.relative {
        assert_close(value, relative.0, "relative change");
        assert_close(interval.high - value, relative.1, "half of the relative interval");
    }
    let from_zero =
        before.iter().filter(|(person, mean)| **mean == 0.0 && after.get(*person).is_some_and(|m| *m > 0.0));
    assert_eq!(own.from_zero, from_zero.count());
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn changes_in_both_versions_agree_with_plain_loops(case in random::case(), place in 0_usize..3) {
        let Case { mut company, .. } = case;
        let metric = [CompareMetric::ExternalHours, CompareMetric::InternalHours, CompareMetric::EmailHours][place];
        let [naive_before, naive_after] = halves(&company).map(|filter| means(&company, &filter, metric));
        let Some([before, after]) = measured(&company, metric) else { return Ok(()) };
        check(Change::between(&before, &after, 0.05), &naive_before, &naive_after);
        let (same_before, same_after) = in_both(&before, &after);
        let [naive_before, naive_after] = same(&naive_before, &naive_after);
        check(Change::between(&same_before, &same_after, 0.05), &naive_before, &naive_after);

        // The order of the rows in the file changes nothing but last digits.
        let change = Change::between(&before, &after, 0.05).map(|change| change.movement);
        company.rows.reverse();
        let other = measured(&company, metric).and_then(|[before, after]| Change::between(&before, &after, 0.05));
        prop_assert_eq!(change.is_some(), other.is_some());
        if let (Some(one), Some(other)) = (change, other) {
            assert_close(one.absolute.0, other.movement.absolute.0, "change of the rows in another order");
            assert_close(one.absolute.1.low, other.movement.absolute.1.low, "its interval");
        }
    }

    #[test]
    fn the_mean_of_two_parts_is_their_mean_by_people(case in random::case()) {
        let Some([before, after]) = measured(&case.company, CompareMetric::ExternalHours) else { return Ok(()) };
        let (before, after) = in_both(&before, &after);
        let (low, high): (ByPerson, ByPerson) = before.iter().partition(|(person, _)| person % 2 == 0);
        let now = |part: &ByPerson| in_both(part, &after).1;
        let whole = Change::between(&before, &after, 0.05);
        let parts = [&low, &high].map(|part| Change::between(part, &now(part), 0.05));
        if let (Some(whole), [Some(low_part), Some(high_part)]) = (whole, parts) {
            let weighted = |part: &Change, people: usize| part.movement.absolute.0 * people as f64;
            let sum = weighted(&low_part, low.len()) + weighted(&high_part, high.len());
            assert_close(sum / before.len() as f64, whole.movement.absolute.0, "mean of the parts");
        }
    }
}

// --------------------------------------------------------------------------------------------------- planted changes

/// A number with mean 0 and standard deviation 1.
fn noise(dice: &mut Dice) -> f64 {
    (0..12).map(|_| dice.roll(1_000_000) as f64 / 1e6).sum::<f64>() - 6.0
}

/// People whose time differs a lot from person to person and a bit from week to week, before and after a change.
fn planted(people: u32, change: f64, first: u32, dice: &mut Dice) -> [ByPerson; 2] {
    let mut windows = [ByPerson::new(), ByPerson::new()];
    for person in 0..people {
        let own = 4.0 * (0.5 * noise(dice)).exp();
        for (window, factor) in windows.iter_mut().zip([1.0, 1.0 + change]) {
            let weeks = (0..12).map(|_| own * factor * (1.0 + 0.3 * noise(dice)).max(0.0));
            window.push((first + person, weeks.sum::<f64>() / 12.0));
        }
    }
    windows
}

#[test]
fn eleven_percent_more_is_found_with_an_interval_that_covers_it_in_95_of_100_companies() {
    let (mut found, mut covered, companies) = (0, 0, 400);
    for seed in 0..companies {
        let [before, after] = planted(80, 0.11, 0, &mut Dice(seed));
        let change = Change::between(&before, &after, 0.05).unwrap().movement;
        let (_, interval) = change.relative.unwrap();
        found += u32::from(change.verdict == Verdict::Up);
        covered += u32::from(interval.low <= 0.11 && 0.11 <= interval.high);
    }
    assert!(found > 395, "found in {found}");
    // 95 % of 400 is 380; three standard deviations are 13.
    assert!((365..=394).contains(&covered), "covered in {covered}");
}

#[test]
fn where_nothing_was_planted_it_is_steady_or_cannot_be_told() {
    let verdicts = |people: u32| -> Vec<Verdict> {
        let of = |seed: u64| {
            let [before, after] = planted(people, 0.0, 0, &mut Dice(10_000 + seed));
            Change::between(&before, &after, 0.05).unwrap().movement.verdict
        };
        (0..200).map(of).collect()
    };
    let many = |verdicts: &[Verdict], wanted: Verdict| verdicts.iter().filter(|known| **known == wanted).count();
    let large = verdicts(200);
    assert!(many(&large, Verdict::HeldSteady) > 195, "{large:?}");
    let small = verdicts(12);
    assert!(many(&small, Verdict::CannotTell) > 100, "{small:?}");
    let clear = many(&small, Verdict::Up) + many(&small, Verdict::Down);
    // One in twenty by construction; twelve people are few for a normal interval, so some more.
    assert!(clear <= 26, "{clear} of 200");
}

#[test]
fn cohorts_of_equal_change_are_told_apart_in_one_company_of_twenty_at_most() {
    let (mut apart, mut found) = (0, 0);
    for seed in 0..200 {
        let mut dice = Dice(20_000 + seed);
        let mut cohort = |change: f64, first: u32| {
            let [before, after] = planted(60, change, first, &mut dice);
            Change::between(&before, &after, 0.05).unwrap()
        };
        let (one, other, more) = (cohort(0.05, 0), cohort(0.05, 1000), cohort(0.26, 2000));
        apart += usize::from(clear_difference(&one, &other, 1).is_some());
        found += usize::from(clear_difference(&more, &one, 1).is_some_and(|(value, _)| value > 0.0));
    }
    assert!(apart <= 20 && found > 195, "{apart} apart, {found} found");
}

// -------------------------------------------------------------------------------------------------------- the weeks

#[test]
fn holidays_are_found_and_noise_is_not() {
    // Twenty-six weeks of about 20 hours for each of fifty people; two weeks with half of that.
    let company = |holidays: &[usize], seed: u64| {
        let mut dice = Dice(seed);
        let mut rows = Vec::new();
        for week in 0..26 {
            let day = date("2025-07-06") + chrono::Days::new(7 * week as u64);
            for person in 0..50 {
                let hours = if holidays.contains(&week) { 10.0 } else { 20.0 } + noise(&mut dice);
                rows.push(row(format!("p{person}"), day).hours(Metric::CollaborationHours, hours));
            }
        }
        weekly(rows).build()
    };
    let found = |holidays: &[usize], seed| {
        let dataset = company(holidays, seed);
        holiday_weeks(&dataset.select(&Filter::default()).unwrap(), &[]).days
    };
    assert_eq!(found(&[24, 25], 1), [date("2025-12-21"), date("2025-12-28")]);
    assert_eq!(found(&[0], 2), [date("2025-07-06")]);
    for seed in 3..8 {
        assert_eq!(found(&[], seed), []);
    }
}

#[test]
fn every_offer_can_be_compared() {
    for weeks in 0..130_u64 {
        let kept: Vec<_> = (0..weeks)
            .filter(|week| week % 17 != 5)
            .map(|week| date("2024-01-07") + chrono::Days::new(7 * week))
            .collect();
        for offer in offers(&kept, Grain::Week) {
            let windows: [Window; 2] = offer.windows();
            assert!(periods_of(&kept, &windows).is_ok(), "{offer:?} of {weeks}");
        }
        let has_year = offers(&kept, Grain::Week).iter().any(|offer| matches!(offer, Offer::YearBefore(_)));
        assert!(!has_year || weeks > 52);
    }
}
