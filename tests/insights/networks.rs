//! Networks: last available values in a month, the lines at five and ten, connected people.

use customer_focus::dataset::Metric;
use customer_focus::insights::{InsightId, Outcome};

use crate::support::{Cell, Row, assert_close, insight, row, weekly, weeks};

/// Rows of one person: the week (counted from 2024-04-07; weeks 0 to 3 are April, 4 to 7 May) and the value.
fn values(person: &str, metric: Metric, values: &[(usize, f64)]) -> Vec<Row> {
    let days = weeks("2024-04-07", 8);
    values.iter().map(|&(week, value)| row(person, days[week]).count(metric, value)).collect()
}

fn few(rows: Vec<Row>) -> Outcome {
    insight(&weekly(rows), InsightId::FewInternalOrganizations).unwrap()
}

#[test]
fn the_last_available_value_of_a_month_counts_and_a_blank_is_passed_over() {
    let metric = Metric::InternalOrganizations;
    let mut rows = values("a", metric, &[(0, 9.0), (1, 4.0)]);
    let days = weeks("2024-04-07", 8);
    rows.push(row("a", days[2]).cell(metric, Cell::Blank));
    rows.push(row("a", days[3]).cell(metric, Cell::Unreadable));
    // b has no value at all: not in the denominator. c has one in May only.
    rows.push(row("b", days[0]).cell(metric, Cell::Blank));
    rows.extend(values("c", metric, &[(5, 5.0)]));
    let outcome = few(rows);
    // April: a with 4, 1/1. May: c with 5, 0/1.
    assert_close(outcome.share.get(), 0.5, "share");
    assert_eq!((outcome.people, outcome.periods), (2, 2));
    // Per week: 0/1, 1/1 and 0/1.
    assert_eq!(outcome.other_readings[0].id, "few_internal_organizations_weekly");
    assert_close(outcome.other_readings[0].share.get(), 1.0 / 3.0, "weekly");
}

#[test]
fn the_bands_are_under_five_under_ten_and_ten_or_more_and_values_can_be_fractional() {
    let metric = Metric::InternalOrganizations;
    let each = [("a", 4.9), ("b", 5.0), ("c", 9.9), ("d", 10.0), ("e", 0.0)];
    let outcome = few(each.iter().flat_map(|(person, value)| values(person, metric, &[(0, *value)])).collect());
    let shares: Vec<f64> = outcome.bands.iter().map(|band| band.share.get()).collect();
    assert_eq!(shares, [0.4, 0.4, 0.2]);
    assert_eq!(outcome.share.get(), 0.4);
}

#[test]
fn connected_people_have_more_than_five_external_connections() {
    let metric = Metric::ExternalNetworkSize;
    let mut rows = values("a", metric, &[(0, 1.0), (3, 6.0), (4, 6.0)]);
    rows.extend(values("b", metric, &[(0, 50.0), (3, 5.0)]));
    let outcome = insight(&weekly(rows), InsightId::ConnectedPeople).unwrap();
    // April: a of a and b. May, not complete: a of a.
    assert_close(outcome.share.get(), 0.75, "share");
    assert_eq!(outcome.trend.len(), 2);
}
