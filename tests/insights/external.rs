//! Time with customers: worked examples A and B, edge weeks, boundaries, months, the top quartile.

use customer_focus::dataset::{Era, Filter, Grain, Metric};
use customer_focus::insights::{Badge, BoundaryUnit, InsightId, Outcome, Population, Settings, Unavailable, metrics};

use crate::support::{Cell, Company, Row, assert_close, date, insight, insight_with, panel, row, weekly, weeks};

fn over_8h(company: &Company) -> Outcome {
    insight(company, InsightId::ExternalOver8h).unwrap()
}

fn band_shares(outcome: &Outcome) -> Vec<f64> {
    outcome.bands.iter().map(|band| band.share.get()).collect()
}

fn external(person: impl ToString, day: chrono::NaiveDate, hours: f64) -> Row {
    row(person, day).hours(Metric::ExternalHours, hours)
}

/// Two weeks, four people: the worked example B.
pub(super) fn example_b() -> Company {
    let [first, second] = [date("2024-04-07"), date("2024-04-14")];
    weekly(vec![
        external("a", first, 9.0),
        external("b", first, 9.0),
        external("c", first, 1.0),
        external("d", first, 5.0),
        external("a", second, 9.0),
        external("b", second, 1.0),
        external("c", second, 1.0),
    ])
}

#[test]
fn example_a_exactly_eight_hours_is_not_over_and_one_second_more_is() {
    let bands_of = |cell| {
        let one = weekly(vec![row("a", date("2024-04-07")).cell(Metric::ExternalHours, cell)]);
        let outcome = over_8h(&one);
        (outcome.share.get(), band_shares(&outcome))
    };
    assert_eq!(bands_of(Cell::Seconds(8 * 3600)), (0.0, vec![0.0, 1.0, 0.0]));
    assert_eq!(bands_of(Cell::Seconds(8 * 3600 + 1)), (1.0, vec![0.0, 0.0, 1.0]));
    assert_eq!(bands_of(Cell::Seconds(4 * 3600)), (0.0, vec![1.0, 0.0, 0.0]));
    assert_eq!(bands_of(Cell::Seconds(4 * 3600 + 1)), (0.0, vec![0.0, 1.0, 0.0]));
}

#[test]
fn example_b_is_the_mean_of_the_weeks_shares_and_not_of_the_rows() {
    let outcome = over_8h(&example_b());
    // p_1 = 2/4, p_2 = 1/3; their mean is 5/12, not 3/7.
    assert_close(outcome.share.get(), 5.0 / 12.0, "share");
    let bands = band_shares(&outcome);
    // 0-4: (1/4 + 2/3) / 2 = 11/24; 4-8: (1/4 + 0) / 2 = 1/8.
    assert_close(bands[0], 11.0 / 24.0, "0 to 4");
    assert_close(bands[1], 0.125, "4 to 8");
    assert_close(bands[2], 5.0 / 12.0, "over 8");
    // Means 9, 5, 1, 5: one of four.
    assert_eq!(outcome.other_readings[0].id, "external_person_mean_over_8h");
    assert_close(outcome.other_readings[0].share.get(), 0.25, "person mean");
    assert_eq!((outcome.people, outcome.periods), (4, 2));
    let trend: Vec<(usize, f64)> = outcome.trend.iter().map(|point| (point.people, point.share.get())).collect();
    assert_eq!(trend, [(4, 0.5), (3, 1.0 / 3.0)]);
}

#[test]
fn example_h_gives_the_interval_of_example_b() {
    let interval = over_8h(&example_b()).interval;
    // z = 25/144, 1/144, -17/144, -1/16; sum of squares = (625 + 1 + 289 + 81) / 20736 = 0.0480324;
    // variance = 4/3 of it = 0.0640432; standard error 0.2530676.
    let variance: f64 = 4.0 / 3.0 * (625.0 + 1.0 + 289.0 + 81.0) / 20736.0;
    assert!((variance - 0.064_043_2).abs() < 1e-7 && (variance.sqrt() - 0.253_067_6).abs() < 1e-7);
    assert_eq!(interval.low, 0.0);
    assert_close(interval.high, 5.0 / 12.0 + 1.959964 * variance.sqrt(), "high");
    assert!((interval.high - 0.91267).abs() < 5e-6);
}

#[test]
fn an_unreadable_cell_and_one_over_168_hours_leave_numerator_and_denominator() {
    let day = date("2024-04-07");
    let company = weekly(vec![
        external("a", day, 9.0),
        row("b", day).cell(Metric::ExternalHours, Cell::Unreadable),
        row("c", day).cell(Metric::ExternalHours, Cell::Seconds(168 * 3600 + 1)),
        row("d", day).cell(Metric::ExternalHours, Cell::Blank),
        external("e", day, 168.0),
    ]);
    // a and e of a, d (blank is zero) and e.
    let outcome = over_8h(&company);
    assert_close(outcome.share.get(), 2.0 / 3.0, "share");
    assert_eq!(outcome.people, 3);
}

/// Weeks with so many people each; everyone's hours are 0, but for the people of the weeks in `busy`.
fn by_size(sizes: &[usize], busy: &[usize]) -> Company {
    let days = weeks("2024-04-07", sizes.len() as u64);
    let rows = sizes.iter().enumerate().flat_map(|(week, &size)| {
        let hours = if busy.contains(&week) { 9.0 } else { 0.0 };
        let day = days[week];
        (0..size).map(move |person| {
            external(person, day, hours)
                .hours(Metric::CollaborationHours, 10.0)
                .group("Team", ["X", "Y"][person.min(1)])
        })
    });
    weekly(rows.collect())
}

#[test]
fn a_first_week_under_half_of_the_median_is_an_edge_and_a_last_one_of_exactly_half_is_not() {
    // Sorted 1 4 5 10 10 10 10: the median is 10 and half of it 5. The week of 1 is in the middle and stays.
    let company = by_size(&[4, 10, 10, 1, 10, 10, 5], &[0, 3]);
    let panel = panel(&company.build());
    let population = Population::new(&panel, panel.dataset().select(&Filter::default()).unwrap());
    assert_eq!(population.edge_weeks(), [date("2024-04-07")]);
    assert_eq!(population.periods().len(), 7);
    let outcome = over_8h(&company);
    // Six weeks, of which one has a share of 1 and five have 0.
    assert_close(outcome.share.get(), 1.0 / 6.0, "share");
    assert_eq!((outcome.periods, outcome.trend.len()), (6, 6));
    // Person 0: 9 hours in one of six weeks = 1.5 a week; nine people have 0: 1.5 / 10.
    let means = metrics::means(&population);
    let mean = means.iter().find(|mean| mean.metric.name() == "external_hours").unwrap().mean.unwrap();
    assert_close(mean.0, 0.15, "mean external hours");
    // The top quartile keeps edge weeks: person 0 has 18 of 70 hours, 1 to 3 have 9 of 70, 4 to 9 have none.
    // Q3 is the value at place 6.75 of the ten: 9/70.
    let top = insight(&company, InsightId::ExternalTopQuartile).unwrap();
    assert_close(top.share.get(), 0.4, "top quartile");
    // Team X is person 0, for whom no week is an edge: the same six weeks as the company.
    let team_x = &outcome.breakdowns[0].groups[0];
    assert_eq!((team_x.people, team_x.trend.len()), (1, 6));
    assert_close(team_x.share.get(), 1.0 / 6.0, "team X");
}

#[test]
fn a_last_week_just_under_half_of_the_median_is_an_edge_and_a_single_week_is_not() {
    let edges = |sizes: &[usize]| {
        let panel = panel(&by_size(sizes, &[]).build());
        Population::new(&panel, panel.dataset().select(&Filter::default()).unwrap()).edge_weeks()
    };
    assert_eq!(edges(&[10, 10, 4]), [date("2024-04-21")]);
    assert_eq!(edges(&[1]), []);
    // Two weeks of 1 and 10: the median is 5.5, half of it 2.75.
    assert_eq!(edges(&[1, 10]), [date("2024-04-07")]);
    // 3 and 9: the median is 6, half of it exactly 3.
    assert_eq!(edges(&[3, 9]), []);
    assert_eq!(edges(&[2, 10, 10, 10, 2]), [date("2024-04-07"), date("2024-05-05")]);
}

#[test]
fn hours_of_a_month_are_scaled_by_seven_over_its_days() {
    let file = |rows| Company { era: Era::Viva, grain: Grain::Month, knows_managers: false, rows };
    // 34 h x 7 / 30 = 7.93 in April, x 7 / 29 = 8.21 in February 2024.
    let company = file(vec![external("a", date("2024-02-01"), 34.0), external("a", date("2024-04-01"), 34.0)]);
    let outcome = over_8h(&company);
    assert_close(outcome.share.get(), 0.5, "one of two months");
    assert_eq!(outcome.badges, [Badge::Approximate]);
    // Exactly on 8: 32 h in the 28 days of February 2023.
    let exact = over_8h(&file(vec![external("a", date("2023-02-01"), 32.0)]));
    assert_eq!((exact.share.get(), exact.boundaries[1].count), (0.0, 1));
    // The mean is of hours a period: 30 h in April and 31 h in May are 30.5 a month.
    let sevens = file(vec![external("a", date("2024-04-01"), 30.0), external("a", date("2024-05-01"), 31.0)]);
    let panel = panel(&sevens.build());
    let population = Population::new(&panel, panel.dataset().select(&Filter::default()).unwrap());
    assert_close(metrics::means(&population)[1].mean.unwrap().0, 30.5, "mean external hours");
    // Months are never edges: 1, 3 and 3 people.
    let uneven = file(
        [("2024-01-01", 1), ("2024-02-01", 3), ("2024-03-01", 3)]
            .iter()
            .flat_map(|(day, people)| (0..*people).map(|person| external(person, date(day), 40.0)))
            .collect(),
    );
    assert_eq!(over_8h(&uneven).periods, 3);
}

#[test]
fn days_are_summed_to_weeks_and_the_last_day_speaks_for_networks_and_groups() {
    let days: Vec<_> = date("2024-04-07").iter_days().take(14).collect();
    let rows = days.iter().enumerate().map(|(index, &day)| {
        // Week 1: six days of 1 h and one of 2 h = exactly 8 h; week 2: one second more.
        let seconds = if index % 7 == 6 { 2 * 3600 + u32::from(index == 13) } else { 3600 };
        row("a", day)
            .cell(Metric::ExternalHours, Cell::Seconds(seconds))
            .count(Metric::ExternalNetworkSize, index as f64)
            .group("Team", if index < 6 { "old" } else { "new" })
    });
    let file = Company { era: Era::Viva, grain: Grain::Day, knows_managers: false, rows: rows.collect() };
    let weeks = file.build().summed_to_weeks(chrono::Weekday::Sun, false).dataset;
    assert_eq!(weeks.seconds(Metric::ExternalHours).unwrap(), [8 * 3600, 8 * 3600 + 1]);
    assert_eq!(weeks.counts(Metric::ExternalNetworkSize).unwrap().iter().collect::<Vec<_>>(), [6.0, 13.0]);
    assert_eq!(weeks.attribute("Team").unwrap().codes, [0, 0]);
    let insights = crate::support::evaluate(&weeks, &Settings::default());
    let outcome = insights[0].outcome.as_ref().unwrap();
    assert_close(outcome.share.get(), 0.5, "one of two weeks");
}

#[test]
fn person_weeks_on_four_and_on_eight_hours_are_counted() {
    let days = weeks("2024-04-07", 2);
    let company = weekly(vec![
        external("a", days[0], 8.0),
        external("a", days[1], 8.0),
        external("b", days[0], 4.0),
        row("b", days[1]).cell(Metric::ExternalHours, Cell::Seconds(4 * 3600 - 1)),
    ]);
    let boundaries = over_8h(&company).boundaries;
    assert_eq!((boundaries[0].at_hours, boundaries[0].count), (4.0, 1));
    assert_eq!((boundaries[1].at_hours, boundaries[1].count), (8.0, 2));
    assert_eq!(boundaries[0].unit, BoundaryUnit::PersonWeeks);
    // Person a's mean is exactly 8: not over.
    assert_eq!(over_8h(&company).other_readings[0].share.get(), 0.0);
}

#[test]
fn at_shares_of_zero_and_one_the_interval_is_wilsons() {
    let all = |hours: f64| over_8h(&weekly((0..10).map(|p| external(p, date("2024-04-07"), hours)).collect())).interval;
    // z2 = 3.8414588...; z2 / (10 + z2) = 0.2775328.
    let z2 = 1.959964_f64 * 1.959964;
    assert_eq!(all(0.0).low, 0.0);
    assert_close(all(0.0).high, z2 / (10.0 + z2), "nobody of ten");
    assert_close(all(9.0).low, 10.0 / (10.0 + z2), "all of ten");
    assert_close(all(9.0).high, 1.0, "all of ten");
}

/// One week; each person's external and collaboration hours.
fn of_totals(hours: &[(f64, f64)]) -> Company {
    let day = date("2024-04-07");
    let rows = hours.iter().enumerate();
    weekly(rows.map(|(p, (e, all))| external(p, day, *e).hours(Metric::CollaborationHours, *all)).collect())
}

#[test]
fn the_top_quartile_starts_at_the_interpolated_75th_percentile() {
    let top = |hours: &[(f64, f64)]| insight(&of_totals(hours), InsightId::ExternalTopQuartile).unwrap();
    // Shares .1 .2 .3 .4: place 2.25, Q3 = .325: one of four.
    let four = top(&[(1.0, 10.0), (2.0, 10.0), (3.0, 10.0), (4.0, 10.0)]);
    assert_eq!((four.share.get(), four.badges.as_slice()), (0.25, [Badge::QuarterByConstruction].as_slice()));
    assert_close(four.bands[1].from.unwrap(), 0.325, "boundary");
    assert_close(four.bands[0].share.get(), 0.75, "below");
    // Five shares: place 3 exactly; the one at Q3 counts.
    let five = top(&[(0.0, 10.0), (1.0, 10.0), (2.0, 10.0), (3.0, 10.0), (4.0, 10.0)]);
    assert_eq!(five.share.get(), 0.4);
    // Q3 = 0, and nobody with a share of 0 counts; without any hours the share is 0.
    assert_eq!(top(&[(0.0, 10.0), (0.0, 0.0), (0.0, 3.0)]).share.get(), 0.0);
    assert_eq!(top(&[(0.0, 10.0), (0.0, 0.0), (0.0, 3.0), (0.0, 1.0), (1.0, 2.0)]).share.get(), 0.2);
    // 3 of 2 hours are capped at 1: shares 0 0 0 1, Q3 = .25.
    let capped = top(&[(0.0, 2.0), (0.0, 2.0), (0.0, 2.0), (3.0, 2.0)]);
    assert_close(capped.bands[1].from.unwrap(), 0.25, "capped");
}

#[test]
fn the_reading_by_hours_can_differ_from_the_one_by_shares() {
    let company = of_totals(&[(0.9, 1.0), (3.0, 30.0), (4.0, 40.0), (4.0, 40.0), (5.0, 50.0)]);
    // Five people: by share place 3 = .1, so all count; by hours place 3 = 4, so three count.
    let top = insight(&company, InsightId::ExternalTopQuartile).unwrap();
    assert_eq!(top.share.get(), 1.0);
    assert_eq!((top.other_readings[0].id, top.other_readings[0].share.get()), ("external_hours_top_quartile", 0.6));
}

#[test]
fn an_entered_boundary_replaces_the_companys_own() {
    let company = of_totals(&[(1.0, 10.0), (2.0, 10.0), (3.0, 10.0), (4.0, 10.0)]);
    let settings = Settings { q3: Some(0.2), ..Settings::default() };
    let top = insight_with(&company, InsightId::ExternalTopQuartile, &settings).unwrap();
    assert_eq!((top.share.get(), top.badges.as_slice()), (0.75, [Badge::EnteredBoundary].as_slice()));
    // A boundary of 0 still leaves out people without external hours.
    let settings = Settings { q3: Some(0.0), ..Settings::default() };
    let top = insight_with(&of_totals(&[(0.0, 1.0), (1.0, 1.0)]), InsightId::ExternalTopQuartile, &settings).unwrap();
    assert_eq!(top.share.get(), 0.5);
}

#[test]
fn without_the_column_there_is_a_reason_and_no_number() {
    let company = weekly(vec![row("a", date("2024-04-07")).hours(Metric::EmailHours, 1.0)]);
    let missing = insight(&company, InsightId::ExternalOver8h).unwrap_err();
    assert_eq!(missing, Unavailable::NotInFile(vec![Metric::ExternalHours]));
}
