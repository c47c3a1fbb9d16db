//! What few people do in some of the weeks: switches, ranges and cells that cannot be read.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use customer_focus::dataset::{AttributeFilter, Filter, GroupBy, Metric};
use customer_focus::privacy::{
    self, Cohort, CompareMetric, CompareQuestion, Exploration, ExploreQuestion, Hidden, InsightId, MeanMetric,
    Question, Rules, Settings, Window,
};

use crate::support::{Company, Row, guarded, row, weekly, weeks};

const FIRST: &str = "2024-03-03";
const HOURS: MeanMetric = MeanMetric::Of(Metric::ExternalHours);

/// Teams of so many people, each with an hour of external time and ten of collaboration in each of so many weeks.
fn teams(weeks_in_file: u64, teams: &[(&str, usize)]) -> Vec<Row> {
    let week = |day| {
        teams.iter().flat_map(move |&(team, people)| {
            (0..people).map(move |person| {
                let row = row(format!("{team}{person}"), day).group("Team", team);
                row.hours(Metric::ExternalHours, 1.0).hours(Metric::CollaborationHours, 10.0)
            })
        })
    };
    weeks(FIRST, weeks_in_file).into_iter().flat_map(week).collect()
}

fn named(team: &str) -> Vec<AttributeFilter> {
    vec![AttributeFilter { attribute: "Team".to_owned(), values: vec![team.to_owned()] }]
}

/// A refusal because of hidden weeks, whichever should be left out.
const IN_PERIODS: Option<Hidden> = Some(Hidden::TooFewInPeriods { without: Vec::new() });

fn refusal(company: &Company, filter: Filter) -> Option<Hidden> {
    match refusal_in_full(company, filter) {
        Some(Hidden::TooFewInPeriods { .. }) => IN_PERIODS,
        other => other,
    }
}

fn refusal_in_full(company: &Company, filter: Filter) -> Option<Hidden> {
    privacy::answer(&guarded(&company.build()), &Question { filter, ..Question::default() }, Rules::new(5)).err()
}

fn explore(company: &Company, filter: Filter, metric: MeanMetric) -> Exploration {
    let by = Some(GroupBy::from("Team"));
    let question = ExploreQuestion { filter, metric, by, settings: Settings::default() };
    let found = privacy::explore(&guarded(&company.build()), &question, Rules::new(5)).unwrap();
    Exploration::clone(&found)
}

/// The weeks or months of which the metric is told.
fn days(trend: &privacy::MetricTrend) -> BTreeSet<NaiveDate> {
    trend.periods.iter().filter(|period| period.point.is_some()).map(|period| period.period).collect()
}

#[test]
fn somebody_inactive_in_one_week_does_not_follow_from_everyone() {
    // Of forty people seven are inactive in the first week, seven others in the second, and one in the third.
    let days_of = weeks(FIRST, 6);
    let is_inactive = |row: &Row| {
        let of = |week: usize, people: std::ops::Range<usize>| {
            row.day == days_of[week] && people.into_iter().any(|person| row.person == format!("A{person}"))
        };
        of(0, 0..7) || of(1, 7..14) || of(2, 14..15)
    };
    let rows = teams(6, &[("A", 20), ("B", 20)]).into_iter();
    let rows = rows.map(|row| if is_inactive(&row) { row.inactive() } else { row });
    let company = weekly(rows.collect());
    let with = Filter { include_inactive: true, ..Filter::default() };
    // The one of the third week, and beside it the first, in which enough are moved.
    let told: BTreeSet<NaiveDate> = [1, 3, 4, 5].map(|week| days_of[week]).into();
    assert_eq!(days(&explore(&company, with.clone(), HOURS).chosen.unwrap().trend), told);
    let question = Question { filter: with.clone(), ..Question::default() };
    let findings = privacy::answer(&guarded(&company.build()), &question, Rules::new(5)).unwrap();
    let external = findings.insight(InsightId::ExternalOver8h).unwrap().outcome.as_ref().unwrap();
    assert_eq!(external.trend.iter().map(|point| point.period).collect::<BTreeSet<_>>(), told);
    // Nor by asking for that week, or for all but it.
    let one = Filter { from: Some(days_of[2]), to: Some(days_of[2]), ..with.clone() };
    assert_eq!(refusal(&company, one), IN_PERIODS);
    assert_eq!(refusal(&company, Filter { without: vec![days_of[2]], ..with }), IN_PERIODS);
    // Without the switch every week of everyone is told.
    assert_eq!(days(&explore(&company, Filter::default(), HOURS).chosen.unwrap().trend).len(), 6);
}

#[test]
fn nor_do_those_who_are_inactive_in_three_weeks_together() {
    // One person in each of three weeks, and seven in a fourth: what all weeks have less the others would be three people.
    let days_of = weeks(FIRST, 6);
    let rows = teams(6, &[("A", 20), ("B", 20)]).into_iter().map(|row| {
        let week = days_of.iter().position(|day| *day == row.day).unwrap();
        let is_inactive = match week {
            0 => (0..7).any(|person| row.person == format!("A{person}")),
            1..4 => row.person == format!("B{week}"),
            _ => false,
        };
        if is_inactive { row.inactive() } else { row }
    });
    let company = weekly(rows.collect());
    let with = Filter { include_inactive: true, ..Filter::default() };
    let told = days(&explore(&company, with, HOURS).chosen.unwrap().trend);
    assert_eq!(told, days_of[4..].iter().copied().collect());
}

#[test]
fn who_is_of_low_activity_does_not_hang_on_the_range() {
    // Six of forty have twelve hours in the first week and none in the three others: three a week.
    let rows = teams(4, &[("A", 20), ("B", 20)]).into_iter().map(|row| {
        let is_low = (0..6).any(|person| row.person == format!("A{person}"));
        let hours = if row.day == weeks(FIRST, 1)[0] { 12.0 } else { 0.0 };
        if is_low { row.hours(Metric::CollaborationHours, hours) } else { row }
    });
    let company = weekly(rows.collect());
    let first = Some(weeks(FIRST, 1)[0]);
    let filter = Filter { to: first, without_low_activity: true, ..Filter::default() };
    let question = Question { filter, ..Question::default() };
    let findings = privacy::answer(&guarded(&company.build()), &question, Rules::new(5)).unwrap();
    assert_eq!(findings.population.people, 34);
}

#[test]
fn a_metric_that_few_have_in_some_weeks_is_not_told_of_one_of_them_beside_the_others() {
    // In five weeks nothing of Engineering can be read, so that the three of Legal are all who is not shown.
    let days_of = weeks(FIRST, 9);
    let rows = teams(9, &[("Sales", 40), ("Operations", 35), ("Engineering", 30), ("Legal", 3)]).into_iter();
    let rows = rows.map(|row| {
        let can_be_read = row.day >= days_of[5] || !row.person.starts_with("Engineering");
        if can_be_read { row } else { row.hours(Metric::ExternalHours, 200.0) }
    });
    let company = weekly(rows.collect());
    let told = |team: &str| {
        let trends = explore(&company, Filter::default(), HOURS).chosen.unwrap().group_trends;
        trends.iter().find(|(value, _)| value.as_str() == team).map(|(_, trend)| days(trend)).unwrap_or_default()
    };
    // Everyone less both would be three people. And so that it is not the three who are left of these five weeks
    // together, one in which Engineering can be read goes too.
    assert_eq!(told("Sales"), days_of.iter().copied().collect());
    assert_eq!(told("Operations"), days_of[6..].iter().copied().collect());
    // Nor where somebody asks for one of these weeks, or for all but one.
    let week = Some(days_of[1]);
    let one = |team: &str| Filter { from: week, to: week, attributes: named(team), ..Filter::default() };
    let others = Filter { without: vec![days_of[1]], attributes: named("Operations"), ..Filter::default() };
    assert!(explore(&company, one("Sales"), HOURS).chosen.is_ok());
    for filter in [one("Operations"), others] {
        assert!(explore(&company, filter.clone(), HOURS).chosen.is_err());
        let question = Question { filter, ..Question::default() };
        let findings = privacy::answer(&guarded(&company.build()), &question, Rules::new(5)).unwrap();
        assert!(findings.insight(InsightId::ExternalOver8h).unwrap().outcome.is_err());
    }
}

#[test]
fn somebody_with_one_part_of_a_sum_does_not_follow_from_the_sum() {
    // External hours of some of forty people cannot be read: of one the collaboration hours would follow.
    let company = |unreadable: usize| {
        let rows = teams(8, &[("A", 40)]).into_iter().map(|row| {
            let is_one = (0..unreadable).any(|person| row.person == format!("A{person}"));
            if is_one { row.hours(Metric::ExternalHours, 200.0) } else { row }
        });
        weekly(rows.collect())
    };
    let of_collaboration = |unreadable| {
        explore(&company(unreadable), Filter::default(), HOURS).external.unwrap().of_collaboration.is_some()
    };
    let internal = |unreadable| {
        let days = weeks(FIRST, 8);
        let windows = [[0, 3], [4, 7]].map(|[first, last]| Window { from: days[first], to: days[last] });
        let cohorts = vec![Cohort::Everyone];
        let question = CompareQuestion { windows, filter: Filter::default(), cohorts, margin: 0.05 };
        let guarded = guarded(&company(unreadable).build());
        let comparison = privacy::compare(&guarded, &question, Rules::new(5)).unwrap();
        comparison.cohorts[0].outcome.as_ref().unwrap().changes(CompareMetric::InternalHours).is_some()
    };
    for (unreadable, is_told) in [(0, true), (1, false), (4, false), (5, true)] {
        assert_eq!((of_collaboration(unreadable), internal(unreadable)), (is_told, is_told), "{unreadable}");
    }
}

#[test]
fn a_pair_that_nobody_has_is_refused_like_one_that_few_have() {
    // Everybody of C is new; of B one person is, which hides those who are not beside the nine of A.
    let rows = teams(2, &[("A", 20), ("B", 20), ("C", 20)]).into_iter().map(|row| {
        let is_new =
            row.person.starts_with('C') || row.person == "B0" || (10..19).any(|p| row.person == format!("A{p}"));
        row.group("Since", if is_new { "New" } else { "Old" })
    });
    let company = weekly(rows.collect());
    let pair = |team: &str, since: &str| {
        let mut attributes = named(team);
        attributes.push(AttributeFilter { attribute: "Since".to_owned(), values: vec![since.to_owned()] });
        refusal(&company, Filter { attributes, ..Filter::default() })
    };
    let hidden = Some(Hidden::HiddenValue { attribute: "Since".to_owned() });
    assert_eq!(pair("B", "New"), hidden, "one person");
    assert_eq!(pair("C", "Old"), hidden, "nobody");
}

#[test]
fn nor_does_a_small_group_follow_from_the_weeks_in_which_the_larger_one_beside_it_is_away() {
    // Engineering is hidden with the three of Legal, and away in the first five weeks: in these Operations is hidden, so
    // that it is told of all five together, and everyone less Sales and Operations would be the three.
    let days_of = weeks(FIRST, 9);
    let rows = teams(9, &[("Sales", 40), ("Operations", 35), ("Engineering", 30), ("Legal", 3)]).into_iter();
    let company = weekly(rows.filter(|row| row.day >= days_of[5] || !row.person.starts_with("Engineering")).collect());
    let refused = |filter: Filter| refusal(&company, Filter { attributes: named("Operations"), ..filter });
    let until = |last: usize| Filter { to: Some(days_of[last]), ..Filter::default() };
    assert_eq!(refused(until(4)), IN_PERIODS);
    assert_eq!(refused(Filter { without: days_of[5..].to_vec(), ..Filter::default() }), IN_PERIODS);
    // With the next week Engineering is there again: these six weeks, and those without them, can be told.
    assert_eq!(refused(until(5)), None);
    assert_eq!(refused(Filter { from: Some(days_of[6]), ..Filter::default() }), None);
    assert_eq!(refused(Filter { from: Some(days_of[5]), ..Filter::default() }), IN_PERIODS);
    assert_eq!(refused(Filter::default()), None);
}

#[test]
fn nor_where_the_group_that_is_hidden_for_it_has_no_other_weeks() {
    // The same, and Operations ends with the fifth week: it has no week beside these, and is told in no range. So Sales
    // can be told in all.
    let days_of = weeks(FIRST, 9);
    let rows = teams(9, &[("Sales", 40), ("Operations", 35), ("Engineering", 30), ("Legal", 3)]).into_iter();
    let company = weekly(
        rows.filter(|row| match row.day < days_of[5] {
            true => !row.person.starts_with("Engineering"),
            false => !row.person.starts_with("Operations"),
        })
        .collect(),
    );
    let refused = |team: &str, last: usize| {
        refusal(&company, Filter { attributes: named(team), to: Some(days_of[last]), ..Filter::default() })
    };
    for last in [0, 4, 8] {
        assert_eq!((refused("Operations", last), refused("Sales", last)), (IN_PERIODS, None));
    }
}

#[test]
fn of_a_monthly_insight_months_are_hidden_as_weeks_are() {
    // Four whole months. In the first two nobody of Engineering has a network size, so that the three of Legal are all
    // who is not shown.
    let day_of = |day: &str| day.parse::<NaiveDate>().unwrap();
    let rows = teams(18, &[("Sales", 40), ("Operations", 35), ("Engineering", 30), ("Legal", 3)]).into_iter();
    let rows = rows.map(|row| {
        let has_size = row.day >= day_of("2024-05-01") || !row.person.starts_with("Engineering");
        if has_size { row.count(Metric::ExternalNetworkSize, 7.0) } else { row }
    });
    let company = weekly(rows.collect());
    let range = |from: &str, to: &str| Filter { from: Some(day_of(from)), to: Some(day_of(to)), ..Filter::default() };
    let connected = |team: &str, filter: Filter| {
        let filter = Filter { attributes: named(team), ..filter };
        let question = Question { filter: filter.clone(), ..Question::default() };
        let findings = privacy::answer(&guarded(&company.build()), &question, Rules::new(5)).unwrap();
        let outcome = &findings.insight(InsightId::ConnectedPeople).unwrap().outcome;
        let mean = explore(&company, filter, MeanMetric::Of(Metric::ExternalNetworkSize)).chosen;
        assert_eq!(outcome.is_ok(), mean.is_ok(), "the mean of the same cells");
        outcome.as_ref().ok().map(|outcome| outcome.trend.iter().map(|point| point.period).collect::<Vec<_>>())
    };
    let first_days = ["2024-03-01", "2024-04-01", "2024-05-01", "2024-06-01"].map(day_of);
    assert_eq!(connected("Sales", Filter::default()).unwrap(), first_days);
    // Two months of Operations, and a third, in which Engineering has enough people.
    assert_eq!(connected("Operations", Filter::default()).unwrap(), first_days[3..]);
    assert_eq!(connected("Operations", range("2024-03-01", "2024-03-31")), None);
    assert_eq!(connected("Operations", range("2024-03-01", "2024-04-30")), None);
    assert_eq!(connected("Operations", range("2024-04-01", "2024-06-30")), None);
    assert_eq!(connected("Operations", range("2024-03-01", "2024-05-31")), Some(Vec::new()));
    assert!(connected("Operations", range("2024-06-01", "2024-06-30")).is_some());
    assert!(connected("Sales", range("2024-03-01", "2024-03-31")).is_some());
}
