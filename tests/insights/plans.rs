//! Plans against a naive second computation: means, changes and differences in differences, on random companies.

use std::collections::{BTreeMap, BTreeSet};

use customer_focus::dataset::{Filter, Grain, Metric};
use customer_focus::insights::Population;
use customer_focus::insights::metrics::MeanMetric;
use customer_focus::insights::plan::{PlanMean, PlanMeasure, difference_in_differences, measure};
use customer_focus::stats::Z_95;
use proptest::prelude::*;

use super::naive::Naive;
use crate::support::random::{self, Case};
use crate::support::{Cell, Company, Row, assert_close, panel};

/// The mean hours of each person over the rows that a filter keeps, edge weeks out of external hours.
fn means(company: &Company, filter: &Filter, metric: Metric) -> BTreeMap<String, f64> {
    let edges = if metric == Metric::ExternalHours { Naive::new(company, filter).edges } else { BTreeSet::new() };
    let most = if company.grain == Grain::Month { 31 * 24 } else { 7 * 24 };
    let kept = |row: &&Row| {
        !row.inactive
            && filter.keeps_period(row.day)
            && !edges.contains(&row.day)
            && filter.attributes.iter().all(|wanted| wanted.values.contains(&row.groups[&wanted.attribute]))
    };
    let mut hours: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    for row in company.rows.iter().filter(kept) {
        match row.get(metric) {
            Cell::Blank => hours.entry(row.person.clone()).or_default().push(0.0),
            Cell::Seconds(seconds) if seconds <= most * 3600 => {
                hours.entry(row.person.clone()).or_default().push(f64::from(seconds) / 3600.0);
            }
            _ => {}
        }
    }
    hours.into_iter().map(|(person, hours)| (person, hours.iter().sum::<f64>() / hours.len() as f64)).collect()
}

fn mean(means: &BTreeMap<String, f64>) -> f64 {
    means.values().sum::<f64>() / means.len() as f64
}

/// Signed means added up, and half of the width of their interval: contributions added up person by person.
fn combined(parts: &[(f64, &BTreeMap<String, f64>)]) -> Option<(f64, f64)> {
    let value = parts.iter().map(|(sign, means)| sign * mean(means)).sum();
    let people: BTreeSet<&String> = parts.iter().flat_map(|(_, means)| means.keys()).collect();
    let n = people.len() as f64;
    let z = |person: &String| -> f64 {
        let part = |(sign, means): &(f64, &BTreeMap<String, f64>)| {
            means.get(person).map_or(0.0, |own| sign * (own - mean(means)) / means.len() as f64)
        };
        parts.iter().map(part).sum()
    };
    let squares: f64 = people.into_iter().map(|person| z(person).powi(2)).sum();
    (n > 1.0).then(|| (value, Z_95 * (n / (n - 1.0) * squares).sqrt()))
}

fn measured(company: &Company, filter: &Filter, metric: Metric) -> Option<PlanMean> {
    let dataset = company.build();
    let panel = panel(&dataset);
    let population = Population::new(&panel, panel.dataset().select(filter).ok()?);
    measure(&population, PlanMeasure::Mean(MeanMetric::Of(metric))).ok()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn means_changes_and_differences_in_differences_agree_with_plain_loops(
        case in random::case(), external in any::<bool>()
    ) {
        let Case { company, .. } = case;
        let metric = if external { Metric::ExternalHours } else { Metric::MeetingHours };
        let days: BTreeSet<_> = company.rows.iter().map(|row| row.day).collect();
        let middle = days.iter().nth(days.len() / 2).copied();
        let of = |team: &str| -> [Filter; 2] {
            let named = customer_focus::dataset::AttributeFilter {
                attribute: "Team".to_owned(), values: vec![team.to_owned()]
            };
            let before = middle.and_then(|day| day.pred_opt());
            let attributes = vec![named];
            [
                Filter { to: before, attributes: attributes.clone(), ..Filter::default() },
                Filter { from: middle, attributes, ..Filter::default() },
            ]
        };
        let teams: BTreeSet<&String> = company.rows.iter().map(|row| &row.groups["Team"]).collect();
        let mut windows = Vec::new();
        for team in teams {
            let naive = of(team).map(|filter| means(&company, &filter, metric));
            let own = of(team).map(|filter| measured(&company, &filter, metric));
            for (own, naive) in own.iter().zip(&naive) {
                prop_assert_eq!(own.is_some(), !naive.is_empty() && company.metrics().contains(&metric)
                    && company.rows.iter().any(|row| row.get(metric) != Cell::Blank));
                let Some(own) = own else { continue };
                assert_close(own.value, mean(naive), "mean");
                prop_assert_eq!(own.people, naive.len());
                if let Some((_, half)) = combined(&[(1.0, naive)]) {
                    assert_close(own.interval.high - own.value, half, "half of the interval");
                }
            }
            let ([Some(before), Some(since)], [naive_before, naive_since]) = (own, naive) else { continue };
            let (change, expected) =
                (since.less(&before), combined(&[(1.0, &naive_since), (-1.0, &naive_before)]));
            prop_assert_eq!(change.is_some(), expected.is_some());
            if let (Some((value, interval)), Some((expected, half))) = (change, expected) {
                assert_close(value, expected, "change");
                assert_close(interval.high - value, half, "half of the interval of the change");
            }
            windows.push(([since, before], [naive_since, naive_before]));
        }
        if let [(some, naive_some), (others, naive_others), ..] = windows.as_slice() {
            let own = difference_in_differences([&some[0], &some[1]], [&others[0], &others[1]]);
            let expected = combined(&[
                (1.0, &naive_some[0]), (-1.0, &naive_some[1]), (-1.0, &naive_others[0]), (1.0, &naive_others[1]),
            ]);
            prop_assert_eq!(own.is_some(), expected.is_some());
            if let (Some((value, interval)), Some((expected, half))) = (own, expected) {
                assert_close(value, expected, "difference in differences");
                assert_close(interval.high - value, half, "half of its interval");
            }
        }
    }
}
