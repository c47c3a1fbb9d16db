//! Exploring metrics: worked out by hand, and against a naive second computation on random companies.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike as _, NaiveDate};
use customer_focus::dataset::{AttributeFilter, Filter, Grain, GroupBy, Kind, Metric};
use customer_focus::insights::explore::{
    Explored, ExternalTime, Points, Style, available, bin_edges, external_time, measure, measure_points, style_parts,
};
use customer_focus::insights::metrics::{MeanMetric, means};
use customer_focus::insights::{InsightId, Population, Settings, Unavailable};
use customer_focus::stats::Z_95;
use proptest::prelude::*;

use super::naive::Naive;
use crate::support::random::{self, Case};
use crate::support::{Cell, Company, Row, assert_close, insight, panel, row, weekly, weeks};

/// A metric over everyone whom a filter keeps, by one attribute.
fn explored(company: &Company, filter: &Filter, metric: MeanMetric, by: &str) -> Result<Explored, Unavailable> {
    let panel = panel(&company.build());
    let population = Population::new(&panel, panel.dataset().select(filter).unwrap());
    let grouping = panel.dataset().grouping(&GroupBy::from(by)).unwrap();
    measure(&population, metric, &[grouping])
}

fn points(company: &Company, metric: MeanMetric) -> Points {
    let panel = panel(&company.build());
    let population = Population::new(&panel, panel.dataset().select(&Filter::default()).unwrap());
    measure_points(&population, metric, None).unwrap().0
}

fn external(company: &Company) -> Result<ExternalTime, Unavailable> {
    let panel = panel(&company.build());
    external_time(&Population::new(&panel, panel.dataset().select(&Filter::default()).unwrap()))
}

const HOURS: MeanMetric = MeanMetric::Of(Metric::ExternalHours);

/// Two teams over two weeks; the last person of five is in South first and then in North.
fn two_teams() -> Company {
    let week = weeks("2024-04-07", 2);
    let one = |person: usize, at: usize, hours: f64, team: &str| {
        let row = row(person, week[at]).hours(Metric::ExternalHours, hours);
        row.hours(Metric::CollaborationHours, 20.0).group("Team", team)
    };
    let mut rows = Vec::new();
    // Means 2, 4, 6, 8, 10 in North, all 1 in South.
    for person in 0..5 {
        let hours = 2.0 * (person + 1) as f64;
        rows.extend([one(person, 0, hours - 1.0, "North"), one(person, 1, hours + 1.0, "North")]);
    }
    rows.extend((5..10).flat_map(|person| [one(person, 0, 1.0, "South"), one(person, 1, 1.0, "South")]));
    weekly(rows)
}

#[test]
fn means_are_of_people_first_and_groups_are_held_against_the_rest() {
    let explored = explored(&two_teams(), &Filter::default(), HOURS, "Team").unwrap();
    // (2 + 4 + 6 + 8 + 10 + 5 x 1) / 10.
    assert_close(explored.all.mean, 3.5, "mean");
    assert_eq!(explored.all.people, 10);
    let north = &explored.by[0].groups[0];
    assert_eq!((north.value.as_str(), north.measured.people), ("North", 5));
    assert_close(north.measured.mean, 6.0, "North");
    // z = -4/5, -2/5, 0, 2/5, 4/5: squares sum to 1.6, variance 5/4 of it = 2.
    assert_close(north.measured.interval.high, 6.0 + Z_95 * 2.0_f64.sqrt(), "high");
    // South has no spread: 6 - 1, with 10/9 x 1.6.
    let (difference, interval) = north.difference.unwrap();
    assert_close(difference, 5.0, "difference");
    assert_close(interval.low, 5.0 - Z_95 * (10.0 / 9.0 * 1.6_f64).sqrt(), "low");
    // Quartiles of 2, 4, 6, 8, 10 are 4, 6, 8; the mean of 4 lies in the bin up to 4.
    let quartiles = [0.25, 0.5, 0.75].map(|q| north.measured.quantile(q).unwrap());
    assert_eq!(quartiles, [4.0, 6.0, 8.0]);
    assert_eq!(north.measured.in_bins(&[4.0, 8.0]), [2, 2, 1]);
}

#[test]
fn somebody_who_moved_counts_inside_and_outside_by_the_rows_there() {
    let mut company = two_teams();
    let week = weeks("2024-04-07", 2);
    // 7 hours in South, then 13 in North.
    let one = |at: usize, hours: f64, team: &str| {
        row("mover", week[at])
            .hours(Metric::ExternalHours, hours)
            .hours(Metric::CollaborationHours, 20.0)
            .group("Team", team)
    };
    company.rows.extend([one(0, 7.0, "South"), one(1, 13.0, "North")]);
    let explored = explored(&company, &Filter::default(), HOURS, "Team").unwrap();
    assert_close(explored.all.mean, 45.0 / 11.0, "everyone: (30 + 5 + 10) / 11");
    let [north, south] = explored.by[0].groups.as_slice() else { panic!("two teams") };
    assert_eq!((north.measured.people, south.measured.people), (6, 6));
    assert_close(north.measured.mean, 43.0 / 6.0, "North: (30 + 13) / 6");
    assert_close(south.measured.mean, 2.0, "South: (5 + 7) / 6");
    assert_close(north.difference.unwrap().0, 43.0 / 6.0 - 2.0, "difference");
    assert_close(south.difference.unwrap().0, 2.0 - 43.0 / 6.0, "the other way round");
}

#[test]
fn a_month_of_a_count_is_the_last_value_of_each_person_in_it() {
    let day = weeks("2024-03-31", 3);
    let size = |person: &str, at: usize, count: f64| row(person, day[at]).count(Metric::ExternalNetworkSize, count);
    let company = weekly(vec![size("a", 0, 1.0), size("a", 1, 3.0), size("a", 2, 5.0), size("b", 1, 7.0)]);
    let points = points(&company, MeanMetric::Of(Metric::ExternalNetworkSize));
    // March has the week of its last day alone; in April the last values are 5 and 7.
    let months = ["2024-03-01", "2024-04-01"].map(crate::support::date);
    assert_eq!((points.points.as_slice(), points.by_month), (&[(months[0], 1, 1.0), (months[1], 2, 6.0)][..], true));
}

#[test]
fn any_contact_is_the_mean_over_weeks_and_hours_are_summed() {
    let week = weeks("2024-04-07", 2);
    let hours = |person: usize, at: usize, hours: f64| {
        row(person, week[at]).hours(Metric::ExternalHours, hours).hours(Metric::CollaborationHours, 10.0)
    };
    // Week 1: 3 of 4; week 2: 1 of 3.
    let rows = [(0, 0, 1.0), (1, 0, 2.0), (2, 0, 3.0), (3, 0, 0.0), (0, 1, 4.0), (1, 1, 0.0), (2, 1, 0.0)];
    let external = external(&weekly(rows.map(|(person, at, own)| hours(person, at, own)).to_vec())).unwrap();
    assert_close(external.any.share.get(), (0.75 + 1.0 / 3.0) / 2.0, "any");
    assert_eq!((external.any.people, external.periods, external.hours), (4, 2, 10.0));
    assert_close(external.of_collaboration.unwrap().share.get(), 10.0 / 70.0, "of all collaboration");
    // 5, 3, 2, 0: the first has half of it.
    assert_close(external.largest_part.get(), 0.5, "largest");
    assert_eq!(external.top.iter().map(|top| top.people).collect::<Vec<_>>(), [1, 1, 2]);
    assert_close(external.top[2].share.get(), 0.8, "the first half");
}

#[test]
fn a_file_lists_what_it_has_with_the_external_share_after_the_external_hours() {
    let names: Vec<&str> = available(&two_teams().build()).into_iter().map(MeanMetric::name).collect();
    assert_eq!(names, ["collaboration_hours", "external_hours", "external_share"]);
    let missing = explored(&two_teams(), &Filter::default(), MeanMetric::Of(Metric::EmailHours), "Team").unwrap_err();
    assert_eq!(missing, Unavailable::NotInFile(vec![Metric::EmailHours]));
}

// ------------------------------------------------------------------------------------------ the naive computation

/// What a row says of a metric, with everything that the rules of cells say.
fn value(company: &Company, row: &Row, metric: MeanMetric) -> Option<f64> {
    let seconds = |metric: Metric| match row.get(metric) {
        Cell::Blank => Some(0),
        Cell::Seconds(seconds) => {
            let most = if company.grain == Grain::Month { 24 * days_of_month(row.day) } else { 7 * 24 };
            Some(seconds).filter(|seconds| *seconds <= most * 3600)
        }
        _ => None,
    };
    match metric {
        MeanMetric::Of(metric) if metric.kind() == Kind::Duration => {
            seconds(metric).map(|seconds| f64::from(seconds) / 3600.0)
        }
        MeanMetric::Of(metric) => match row.get(metric) {
            Cell::Count(count) => Some(count).filter(|count| *count >= 0.0),
            _ => None,
        },
        _ => None,
    }
}

fn days_of_month(day: NaiveDate) -> u32 {
    (28..=31).rev().find(|days| day.with_day(*days).is_some()).unwrap()
}

/// Each person's mean over some rows.
fn by_person<'a>(company: &Company, rows: impl Iterator<Item = &'a Row>, metric: MeanMetric) -> BTreeMap<&'a str, f64> {
    let mut values: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    for row in rows {
        if let Some(value) = value(company, row, metric) {
            values.entry(&row.person).or_default().push(value);
        }
    }
    values.into_iter().map(|(person, own)| (person, own.iter().sum::<f64>() / own.len() as f64)).collect()
}

fn mean(means: &BTreeMap<&str, f64>) -> f64 {
    means.values().sum::<f64>() / means.len() as f64
}

/// Half of the width of the interval of the first mean less the second.
fn half(first: &BTreeMap<&str, f64>, second: &BTreeMap<&str, f64>) -> Option<f64> {
    let people: BTreeSet<&&str> = first.keys().chain(second.keys()).collect();
    let n = people.len() as f64;
    let z = |means: &BTreeMap<&str, f64>, person: &str| {
        means.get(person).map_or(0.0, |own| (own - mean(means)) / means.len() as f64)
    };
    let squares: f64 = people.iter().map(|person| (z(first, person) - z(second, person)).powi(2)).sum();
    (n > 1.0).then(|| Z_95 * (n / (n - 1.0) * squares).sqrt())
}

/// To nine digits: sums of squares are added in another order.
#[track_caller]
fn assert_near(actual: f64, expected: f64, what: &str) {
    assert!((actual - expected).abs() <= 1e-9 * expected.abs().max(1.0), "{what}: {actual} is not {expected}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn means_groups_and_points_agree_with_plain_loops(case in random::case(), which in 0..4_usize) {
        let Case { company, .. } = case;
        let metric = [
            Metric::ExternalHours, Metric::MeetingHours, Metric::InternalOrganizations, Metric::ExternalNetworkSize
        ][which];
        let edges =
            if which == 0 { Naive::new(&company, &Filter::default()).edges } else { BTreeSet::new() };
        let kept = || company.rows.iter().filter(|row| !row.inactive && !edges.contains(&row.day));
        let wanted = MeanMetric::Of(metric);
        let all = by_person(&company, kept(), wanted);
        let in_file = company.rows.iter().any(|row| row.get(metric) != Cell::Blank);
        let Ok(explored) = explored(&company, &Filter::default(), wanted, "Team") else {
            prop_assert!(!in_file || all.is_empty());
            return Ok(());
        };
        assert_near(explored.all.mean, mean(&all), "mean");
        prop_assert_eq!(explored.all.people, all.len());
        if let Some(half) = half(&all, &BTreeMap::new()) {
            assert_near(explored.all.interval.high - explored.all.mean, half, "half of the interval");
        }
        let teams: BTreeSet<&String> = company.rows.iter().map(|row| &row.groups["Team"]).collect();
        for team in teams {
            let inside = by_person(&company, kept().filter(|row| row.groups["Team"] == *team), wanted);
            let outside = by_person(&company, kept().filter(|row| row.groups["Team"] != *team), wanted);
            let group = explored.by[0].groups.iter().find(|group| group.value.as_str() == team);
            prop_assert_eq!(group.is_some(), !inside.is_empty());
            let Some(group) = group else { continue };
            prop_assert_eq!(group.measured.people, inside.len());
            assert_near(group.measured.mean, mean(&inside), "group");
            prop_assert_eq!(group.difference.is_some(), inside.len() >= 5 && !outside.is_empty());
            if let (Some((difference, interval)), Some(half)) = (group.difference, half(&inside, &outside)) {
                assert_near(difference, mean(&inside) - mean(&outside), "difference");
                assert_near(interval.high - difference, half, "half of its interval");
            }
        }
        // The bins hold everyone, and the median parts them.
        let bins = explored.all.in_bins(&bin_edges(wanted, company.grain == Grain::Month));
        prop_assert_eq!(bins.iter().sum::<usize>(), explored.all.people);
        let median = explored.all.quantile(0.5).unwrap();
        prop_assert!(all.values().filter(|own| **own < median - 1e-9).count() * 2 <= all.len());
        // Points, by week or by month.
        let by_month = metric.kind() == Kind::Count && company.grain != Grain::Month;
        let unit = |day: NaiveDate| if by_month { day.with_day(1).unwrap() } else { day };
        let mut last: BTreeMap<(NaiveDate, &str), (NaiveDate, f64)> = BTreeMap::new();
        for row in kept() {
            let Some(value) = value(&company, row, wanted) else { continue };
            let entry = last.entry((unit(row.day), &row.person)).or_insert((row.day, value));
            if row.day >= entry.0 {
                *entry = (row.day, value);
            }
        }
        let mut expected: BTreeMap<NaiveDate, Vec<f64>> = BTreeMap::new();
        last.into_iter().for_each(|((unit, _), (_, value))| expected.entry(unit).or_default().push(value));
        let points = points(&company, wanted);
        prop_assert_eq!((points.points.len(), points.by_month), (expected.len(), by_month));
        for ((day, people, value), (unit, values)) in points.points.into_iter().zip(expected) {
            prop_assert_eq!((day, people), (unit, values.len()));
            assert_near(value, values.iter().sum::<f64>() / values.len() as f64, "point");
        }
    }

    #[test]
    fn explored_means_are_the_published_means(case in random::case()) {
        let Case { company, filter } = case;
        let panel = panel(&company.build());
        let Ok(selection) = panel.dataset().select(&filter) else { return Ok(()) };
        let population = Population::new(&panel, selection);
        for published in means(&population) {
            let own = measure(&population, published.metric, &[]).ok().map(|own| (own.all.mean, own.all.people));
            // Bit for bit: the same numbers on two screens are the same.
            prop_assert_eq!(own, published.mean, "{}", published.metric.name());
        }
    }

    #[test]
    fn parts_of_groups_are_those_of_the_breakdown(case in random::case()) {
        let Case { company, .. } = case;
        let panel = panel(&company.build());
        let population = Population::new(&panel, panel.dataset().select(&Filter::default()).unwrap());
        for (style, id, band) in
            [(Style::Coaching, InsightId::CoachingStyle, 3), (Style::Rhythm, InsightId::OneToOneRhythm, 4)]
        {
            let Ok(outcome) = insight(&company, id) else { continue };
            let breakdown = outcome.breakdowns.iter().find(|breakdown| breakdown.by == "Team".into()).unwrap();
            for group in &breakdown.groups {
                let values = vec![group.value.as_str().to_owned()];
                let attributes = vec![AttributeFilter { attribute: "Team".to_owned(), values }];
                let rows = panel.dataset().select(&Filter { attributes, ..Filter::default() }).unwrap();
                let parts = style_parts(&population.part(rows), style, &Settings::default(), &[]).unwrap();
                prop_assert_eq!(parts.people, group.people);
                let bands = parts.bands;
                assert_near(bands[band].share.get(), group.share.get(), id.name());
                assert_near(bands.iter().map(|band| band.share.get()).sum(), 1.0, "all parts");
            }
        }
    }

    #[test]
    fn external_time_keeps_its_sums(case in random::case()) {
        let Case { company, .. } = case;
        let Ok(external) = external(&company) else { return Ok(()) };
        let shares: Vec<f64> = external.top.iter().map(|top| top.share.get()).collect();
        // More people have more of it, and never less than their part.
        prop_assert!(shares.windows(2).all(|pair| pair[0] <= pair[1]));
        prop_assert!(external.top.iter().all(|top| top.share.get() >= top.part - 1e-12));
        prop_assert_eq!(external.hours > 0.0, !external.top.is_empty());
        prop_assert!(external.any.interval.low <= external.any.share.get());
    }
}
