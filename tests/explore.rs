//! Exploring metrics through the door, on the command line and in the window.

use std::collections::BTreeMap;

use customer_focus::dataset::{AttributeFilter, Filter, Metric};
use customer_focus::privacy::{
    Exploration, ExploreQuestion, Hidden, MeanMetric, Rules, RunRule, Settings, Style, Unavailable, Verdict, explore,
};
use proptest::prelude::*;

use crate::support::random::{self, Case};
use crate::support::{Company, Row, date, guarded, row, weekly, weeks};

const HOURS: MeanMetric = MeanMetric::Of(Metric::ExternalHours);

fn question(metric: MeanMetric, by: &str) -> ExploreQuestion {
    ExploreQuestion { filter: Filter::default(), metric, by: Some(by.into()), settings: Settings::default() }
}

fn asked(company: &Company, question: &ExploreQuestion) -> Result<Exploration, Hidden> {
    explore(&guarded(&company.build()), question, Rules::new(5)).map(|published| Exploration::clone(&published))
}

/// Teams of so many people with these hours in each of so many weeks; the i-th person of a team has a hundredth more for
/// each one before.
fn teams(weeks_in_file: u64, teams: &[(&str, usize, f64)]) -> Company {
    let mut rows: Vec<Row> = Vec::new();
    for day in weeks("2024-01-07", weeks_in_file) {
        for &(team, people, hours) in teams {
            rows.extend((0..people).map(|person| {
                let row = row(format!("{team}{person}"), day).group("Team", team);
                row.hours(Metric::ExternalHours, hours + person as f64 * 0.01).hours(Metric::CollaborationHours, 20.0)
            }));
        }
    }
    weekly(rows)
}

#[test]
fn a_small_group_takes_the_next_smallest_with_it_in_every_view() {
    // Example G: 20, 15, 12 and 4 people.
    let company = teams(2, &[("A", 20, 8.0), ("B", 15, 6.0), ("C", 12, 4.0), ("D", 4, 2.0)]);
    let found = asked(&company, &question(HOURS, "Team")).unwrap();
    for metric in &found.metrics {
        let names: Vec<&str> = metric.groups.iter().map(|group| group.value.as_str()).collect();
        assert_eq!(names, ["A", "B"], "{}", metric.metric.name());
        let hidden = metric.hidden.unwrap();
        assert_eq!((hidden.groups, hidden.people), (2, Some(16)));
    }
    let trends: Vec<&str> =
        found.chosen.as_ref().unwrap().group_trends.iter().map(|(value, _)| value.as_str()).collect();
    assert_eq!(trends, ["A", "B"]);
}

#[test]
fn quantiles_are_told_from_twenty_and_thirty_people_on_and_never_the_ends() {
    let company = teams(2, &[("A", 30, 8.0), ("B", 20, 6.0), ("C", 19, 4.0)]);
    let found = asked(&company, &question(HOURS, "Team")).unwrap();
    let hours = found.metrics.iter().find(|metric| metric.metric == HOURS).unwrap();
    let told: Vec<(bool, bool)> =
        hours.groups.iter().map(|group| (group.of.quartiles.is_some(), group.of.tenths.is_some())).collect();
    assert_eq!(told, [(true, true), (true, false), (false, false)]);
    // 19 people from 4.00 to 4.18: the tenth has 4.09.
    assert!((hours.groups[2].of.median - 4.09).abs() < 1e-3);
    assert_eq!(hours.groups[0].verdict, Verdict::Above);
}

#[test]
fn the_bins_at_the_ends_hold_enough_people() {
    // 40 people with 1 hour, 3 with 9 and 2 with 30: the 5 at the end are told together, from 8 hours on.
    let company = teams(2, &[("A", 40, 1.0), ("B", 3, 9.0), ("C", 2, 30.0)]);
    let found = asked(&company, &question(HOURS, "Team")).unwrap();
    let bins = &found.chosen.unwrap().bins;
    let ends: Vec<(f64, Option<f64>)> = bins.iter().map(|bin| (bin.from, bin.to)).collect();
    assert_eq!(ends, [(0.0, Some(2.0)), (2.0, Some(4.0)), (4.0, Some(6.0)), (6.0, Some(8.0)), (8.0, None)]);
    assert!((bins[4].share.get() - 5.0 / 45.0).abs() < 1e-12);
    assert!((bins.iter().map(|bin| bin.share.get()).sum::<f64>() - 1.0).abs() < 1e-12);
}

#[test]
fn a_sum_is_not_told_where_one_person_gives_over_half_of_it_here_or_among_the_others() {
    let mut company = teams(2, &[("A", 10, 1.0), ("B", 10, 1.0)]);
    let found = asked(&company, &question(HOURS, "Team")).unwrap().external.unwrap();
    // 20 people, 1.045 hours on average.
    assert!((found.hours_a_period.unwrap() - 20.9).abs() < 1e-2);
    assert!(found.of_collaboration.is_some());
    // The first tenth is two people, the first quarter five.
    assert_eq!(found.top.iter().map(|top| top.people).collect::<Vec<_>>(), [5, 10]);
    for row in company.rows.iter_mut().filter(|row| row.person == "B0") {
        *row = row.clone().hours(Metric::ExternalHours, 40.0);
    }
    for (team, is_told) in [(None, false), (Some("A"), false), (Some("B"), false)] {
        let mut question = question(HOURS, "Team");
        question.filter.attributes.extend(
            team.map(|team: &str| AttributeFilter { attribute: "Team".to_owned(), values: vec![team.to_owned()] }),
        );
        let found = asked(&company, &question).unwrap().external.unwrap();
        assert_eq!((found.hours_a_period.is_some(), found.of_collaboration.is_some()), (is_told, is_told), "{team:?}");
        assert_eq!(found.top, []);
        assert_eq!(found.any.share.get(), 1.0);
    }
}

#[test]
fn a_trend_keeps_its_gaps_and_says_which_rule_a_week_breaks() {
    let mut company = teams(16, &[("A", 10, 5.0)]);
    let left_out = date("2024-01-21");
    company.rows.retain(|row| row.day != left_out);
    // Weeks alternate by an hour; the twelfth is far above.
    for row in &mut company.rows {
        let week = (row.day - date("2024-01-07")).num_days() / 7;
        let hours = if week == 11 { 20.0 } else { 5.0 + f64::from(u8::from(week % 2 == 1)) };
        *row = row.clone().hours(Metric::ExternalHours, hours);
    }
    let found = asked(&company, &question(HOURS, "Team")).unwrap().chosen.unwrap();
    assert_eq!(found.trend.periods.len(), 16);
    assert_eq!((found.trend.periods[2].period, found.trend.periods[2].point), (left_out, None));
    assert_eq!(found.trend.usual.unwrap().values, 7);
    let unusual = &found.trend.unusual[0];
    assert_eq!((unusual.rule, unusual.first, unusual.periods), (RunRule::BeyondLimit, date("2024-03-24"), 1));
    // Fewer than twelve weeks tell nothing about what is usual.
    let found = asked(&teams(11, &[("A", 10, 5.0)]), &question(HOURS, "Team")).unwrap().chosen.unwrap();
    assert_eq!((found.trend.usual, found.trend.unusual.len()), (None, 0));
}

#[test]
fn a_metric_that_few_have_is_not_told_and_one_that_is_missing_says_so() {
    let mut company = teams(2, &[("A", 20, 8.0), ("B", 15, 6.0)]);
    let size = MeanMetric::Of(Metric::ExternalNetworkSize);
    for row in company.rows.iter_mut().filter(|row| ["A0", "A1", "A2", "A3"].contains(&row.person.as_str())) {
        *row = row.clone().count(Metric::ExternalNetworkSize, 9.0);
    }
    let found = asked(&company, &question(size, "Team")).unwrap();
    assert_eq!(found.chosen.unwrap_err(), Unavailable::TooFewMeasured);
    assert!(found.metrics.iter().all(|metric| metric.metric != size));
    let email = MeanMetric::Of(Metric::EmailHours);
    let found = asked(&company, &question(email, "Team")).unwrap();
    assert_eq!(found.chosen.unwrap_err(), Unavailable::NotInFile(vec![Metric::EmailHours]));
}

#[test]
fn a_selection_that_may_not_be_answered_is_not_explored() {
    let company = teams(2, &[("A", 20, 8.0), ("B", 4, 6.0)]);
    let mut question = question(HOURS, "Team");
    question.filter.attributes.push(AttributeFilter { attribute: "Team".to_owned(), values: vec!["A".to_owned()] });
    assert_eq!(asked(&company, &question).unwrap_err(), Hidden::HiddenValue { attribute: "Team".to_owned() });
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn whatever_is_shown_has_enough_people_and_so_has_what_is_left(case in random::case()) {
        let Case { mut company, filter } = case;
        // Nobody moves, so that people can be counted by groups.
        let mut first: BTreeMap<String, String> = BTreeMap::new();
        for row in &mut company.rows {
            let team = first.entry(row.person.clone()).or_insert_with(|| row.groups["Team"].clone()).clone();
            row.groups.insert("Team".to_owned(), team);
        }
        let question = ExploreQuestion { filter, ..question(HOURS, "Team") };
        let Ok(found) = asked(&company, &question) else { return Ok(()) };
        for metric in &found.metrics {
            prop_assert!(metric.all.people >= 5);
            prop_assert!(metric.groups.iter().all(|group| group.of.people >= 5));
            let still: usize = metric.groups.iter().map(|group| group.of.people).sum();
            let left = metric.all.people - still;
            prop_assert!(left == 0 || left >= 5, "{left} people are left of {}", metric.metric.name());
            prop_assert_eq!(left == 0, metric.hidden.is_none());
        }
        if let Ok(chosen) = &found.chosen {
            let trends = chosen.group_trends.iter().map(|(_, trend)| trend).chain([&chosen.trend]);
            for period in trends.flat_map(|trend| &trend.periods) {
                prop_assert!(period.point.is_none_or(|(people, _)| people >= 5));
            }
        }
        for style in &found.styles {
            prop_assert!(style.people >= 5 && style.groups.iter().all(|group| group.people >= 5));
            prop_assert!(style.style == Style::Rhythm || style.bands.len() == 4);
        }
        if let Ok(external) = &found.external {
            prop_assert!(external.top.iter().all(|top| top.people >= 5));
        }
    }
}
