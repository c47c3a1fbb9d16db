//! The product against the naive reading of the definitions, on random companies.

use std::collections::BTreeSet;

use customer_focus::dataset::{Dataset, GroupBy, NOT_SET};
use customer_focus::insights::{self, InsightId, Outcome, Population, Settings, metrics};
use proptest::prelude::*;

use super::formula::Numbers;
use super::naive::Naive;
use crate::support::random::{self, Case};
use crate::support::{Company, assert_close, groupings, panel};

fn compare(outcome: &Outcome, expected: &Numbers, id: InsightId) {
    let what = |part: &str| format!("{} {part}", id.name());
    assert_close(outcome.share.get(), expected.share, &what("share"));
    assert_close(outcome.interval.low, expected.interval.0, &what("low"));
    assert_close(outcome.interval.high, expected.interval.1, &what("high"));
    assert_eq!(outcome.people, expected.people, "{}", what("people"));
    assert_eq!(outcome.periods, expected.periods, "{}", what("periods"));
    assert_eq!(outcome.not_eligible, expected.not_eligible, "{}", what("not eligible"));
    assert_eq!(outcome.without_manager, expected.without_manager, "{}", what("without manager"));
    let boundaries: Vec<usize> = outcome.boundaries.iter().map(|boundary| boundary.count).collect();
    assert_eq!(boundaries, expected.boundaries, "{}", what("boundaries"));
    assert_eq!(outcome.bands.len(), expected.bands.len());
    for (band, share) in outcome.bands.iter().zip(&expected.bands) {
        assert_close(band.share.get(), *share, &what(&band.label));
    }
    assert_close(outcome.bands.iter().map(|band| band.share.get()).sum(), 1.0, &what("sum of bands"));
    assert_eq!(outcome.other_readings.len(), expected.others.len(), "{}", what("other readings"));
    for (reading, (name, share)) in outcome.other_readings.iter().zip(&expected.others) {
        assert_eq!(reading.id, *name);
        assert_close(reading.share.get(), *share, name);
    }
    compare_trend(&outcome.trend, &expected.trend, &what("trend"));
    assert_eq!(outcome.breakdowns.len(), expected.groups.len());
    for (index, breakdown) in outcome.breakdowns.iter().enumerate() {
        let by = breakdown.by.in_one_word();
        let groups = &expected.groups[&by];
        let values: BTreeSet<&str> = breakdown.groups.iter().map(|group| group.value.as_str()).collect();
        assert_eq!(values, groups.keys().map(String::as_str).collect(), "{}", what("groups"));
        for group in &breakdown.groups {
            let what = |part: &str| format!("{} {} {}: {part}", id.name(), breakdown.by, group.value);
            let (expected, difference) = &groups[group.value.as_str()];
            assert_eq!(group.people, expected.people, "{}", what("people"));
            assert_close(group.share.get(), expected.share, &what("share"));
            assert_close(group.interval.low, expected.interval.0, &what("low"));
            assert_close(group.interval.high, expected.interval.1, &what("high"));
            let is_person_level = matches!(id, InsightId::ExternalTopQuartile | InsightId::OneToOneRhythm);
            compare_trend(&group.trend, if is_person_level { &[] } else { &expected.trend }, &what("trend"));
            assert_eq!(group.difference.is_some(), difference.is_some(), "{}", what("difference"));
            if let (Some((actual, interval)), Some((expected, low, high))) = (group.difference, difference) {
                assert_close(actual, *expected, &what("difference"));
                assert_close(interval.low, *low, &what("low of the difference"));
                assert_close(interval.high, *high, &what("high of the difference"));
            }
        }
        if let Some(connected) = outcome.connected_groups.get(index) {
            let expected = &expected.connected[&by];
            assert_eq!(connected.len(), expected.len());
            for group in connected {
                assert_eq!(group.people, expected[group.value.as_str()].0);
                assert_close(group.external_share.get(), expected[group.value.as_str()].1, "external share of a group");
            }
        }
    }
}

fn compare_trend(points: &[insights::TrendPoint], expected: &[(chrono::NaiveDate, usize, f64)], what: &str) {
    let actual: Vec<_> = points.iter().map(|point| (point.period, point.people)).collect();
    assert_eq!(actual, expected.iter().map(|(day, people, _)| (*day, *people)).collect::<Vec<_>>(), "{what}");
    for (point, (_, _, share)) in points.iter().zip(expected) {
        assert_close(point.share.get(), *share, what);
    }
}

/// The last two attributes, the last one first.
fn pair_of(dataset: &Dataset) -> Option<GroupBy> {
    let [.., second, first] = dataset.attributes() else { return None };
    Some(GroupBy::two(&first.name, &second.name))
}

/// The company with a pair of attributes as one, a column of its own, so that the naive way needs to know of no pair.
fn with_pair(company: &Company, by: Option<GroupBy>) -> Company {
    let mut company = company.clone();
    let Some(by) = by else { return company };
    for row in &mut company.rows {
        let values: Vec<&str> = by.names().map(|name| row.groups.get(name).map_or(NOT_SET, String::as_str)).collect();
        let values = values.join(" \u{b7} ");
        row.groups.insert(by.in_one_word(), values);
    }
    company
}

fn agree(case: &Case) {
    let panel = panel(&case.company.build());
    let dataset = panel.dataset();
    let population = Population::new(&panel, dataset.select(&case.filter).unwrap());
    let whole = case.filter.without_attributes();
    let reference = Population::new(&panel, dataset.select(&whole).unwrap());
    let company = with_pair(&case.company, pair_of(dataset));
    let naive = Naive::new(&company, &case.filter);
    assert_eq!(population.people(), naive.people());
    assert_eq!(population.periods().len(), naive.periods().len());
    assert_eq!(population.edge_weeks(), naive.edges.iter().copied().collect::<Vec<_>>());
    let mut groupings = groupings(dataset);
    groupings.extend(pair_of(dataset).and_then(|by| dataset.grouping(&by).ok()));
    for insight in insights::evaluate_all(&population, &reference, &Settings::default(), &groupings) {
        match (&insight.outcome, naive.insight(insight.id)) {
            (Ok(outcome), Some(expected)) => compare(outcome, &expected, insight.id),
            (Err(_), None) => {}
            (outcome, expected) => panic!("{}: {outcome:?} and {expected:?}", insight.id.name()),
        }
    }
    for mean in metrics::means(&population) {
        let name = mean.metric.name();
        match (mean.mean, naive.metric(name)) {
            (Some((actual, people)), Some((expected, count))) => {
                assert_close(actual, expected, name);
                assert_eq!(people, count, "{name}");
            }
            (None, None) => {}
            other => panic!("{name}: {other:?}"),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn the_product_and_the_naive_reading_agree(case in random::case()) {
        agree(&case);
    }
}
