//! Exploring metrics through the door, on the command line and in the window.

use std::collections::BTreeMap;

use customer_focus::dataset::{AttributeFilter, Filter, Metric};
use customer_focus::privacy::{
    Exploration, ExploreQuestion, Hidden, MeanMetric, Rules, RunRule, Settings, Style, Unavailable, Verdict, explore,
};
use customer_focus::ui::app::App;
use customer_focus::work::{Cancel, Progress};
use customer_focus::workbench::{Command, FileCommand, FilterCommand, Job, Route, Workbench, execute};
use egui::accesskit::Role;
use egui_kittest::kittest::Queryable as _;
use proptest::prelude::*;

use crate::cli::run;
use crate::support::random::{self, Case};
use crate::support::window::{go, press, sample, shows, wait};
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

// ------------------------------------------------------------------------------------------- the command line

#[test]
fn the_command_prints_the_means_of_the_insights_and_no_hidden_group() {
    let arguments = ["--sample", "--metric", "external_hours", "--format"];
    let json = run(&[&["explore"][..], &arguments, &["json"]].concat()).json();
    let insights = run(&["insights", "--sample", "--format", "json"]).json();
    let metrics = insights["metrics"].as_array().unwrap();
    let mean = |id: &str| metrics.iter().find(|metric| metric["id"] == id).unwrap()["mean_per_person_period"].clone();
    assert_eq!(json["metric"]["mean"], mean("external_hours"));
    assert_eq!(
        (json["by"].as_str(), json["population"].clone()),
        (Some("Organization"), insights["population"].clone())
    );
    for metric in json["metrics"].as_array().unwrap() {
        let published = metrics.iter().find(|known| known["id"] == metric["id"]);
        if let Some(published) = published {
            assert_eq!(metric["mean"], published["mean_per_person_period"], "{}", metric["id"]);
        }
    }
    let shares = json["distribution"].as_array().unwrap().iter().map(|bin| bin["share"].as_f64().unwrap());
    assert!((shares.sum::<f64>() - 1.0).abs() < 1e-9);
    assert_eq!(json["trend"]["points"].as_array().unwrap().len(), 26);
    // Legal has 7 people.
    for format in ["json", "csv", "table"] {
        let out = run(&[&["explore"][..], &arguments, &[format]].concat()).stdout;
        assert!(out.contains("Sales") && !out.contains("Legal"), "{format}");
    }
}

#[test]
fn the_table_for_report_tools_is_tidy_and_safe() {
    let csv =
        run(&["explore", "--sample", "--metric", "external_share", "--by", "Organization+Region", "--format", "csv"]);
    let mut lines = csv.stdout.lines();
    let header: Vec<&str> = lines.next().unwrap().split(',').collect();
    assert_eq!((header[0], header[8], header[11]), ("metric", "value", "note"));
    let mut count = 0;
    for line in lines {
        let cells = cells(line);
        assert_eq!(cells.len(), 12, "{line}");
        assert!(cells[8].parse::<f64>().is_ok() && cells[5].parse::<usize>().unwrap() >= 10, "{line}");
        count += 1;
    }
    assert!(count > 200);
}

/// The cells of a line of CSV.
fn cells(line: &str) -> Vec<String> {
    let (mut cells, mut is_quoted) = (vec![String::new()], false);
    for sign in line.chars() {
        match sign {
            '"' => is_quoted = !is_quoted,
            ',' if !is_quoted => cells.push(String::new()),
            sign => cells.last_mut().unwrap().push(sign),
        }
    }
    cells
}

#[test]
fn a_metric_that_nobody_knows_and_two_attributes_apart_are_refused_in_three_sentences() {
    let refused = run(&["explore", "--sample", "--metric", "steps"]).refused(2);
    assert!(refused.stderr.contains("There is no metric steps.") && refused.stderr.contains("external_share"));
    run(&["explore", "--sample", "--metric", "email_hours", "--by", "Region", "--by", "Organization"]).refused(2);
}

// ------------------------------------------------------------------------------------------------- the window

#[test]
fn a_behavior_leads_to_its_metric_and_another_can_be_searched() {
    let mut window = sample();
    go(&mut window, "Coaching");
    press(&mut window, "Explore the stats");
    let is_there = |app: &App| app.workbench().explored().is_some() && !app.workbench().is_updating();
    wait(&mut window, is_there);
    assert!(shows(&window, "Meeting hours with manager 1:1"));
    assert!(!shows(&window, "Legal"));
    press(&mut window, "Meeting hours with manager 1:1");
    window.get_by_role(Role::TextInput).type_text("networking");
    window.run_ok();
    assert!(!shows(&window, "Email hours"));
    window.get_by_role_and_label(Role::Link, "Networking outside company").click();
    window.run_ok();
    wait(&mut window, is_there);
    let explored = window.state().workbench().explored().unwrap();
    assert_eq!(explored.question.metric, MeanMetric::Of(Metric::ExternalNetworkBreadth));
    assert!(shows(&window, "Networking outside company, 1,200 people, 26 weeks, domains"));
}

#[test]
fn another_filter_is_explored_again_and_one_that_is_known_at_once() {
    let mut workbench = Workbench::default();
    let run = |workbench: &mut Workbench, command: Command| {
        let mut jobs = 0;
        let mut job = workbench.run(command);
        while let Some(next) = job {
            jobs += usize::from(matches!(next, Job::Explore { .. }));
            job = execute(&next, &Progress::default(), &Cancel::default()).and_then(|done| workbench.receive(done));
        }
        jobs
    };
    assert_eq!(run(&mut workbench, Command::File(FileCommand::OpenSample)), 0, "not before somebody looks");
    assert_eq!(run(&mut workbench, Command::Go(Route::Explore)), 1);
    assert_eq!(run(&mut workbench, Command::Go(Route::Overview)) + run(&mut workbench, Command::Go(Route::Explore)), 0);
    let sales = FilterCommand::Toggle { attribute: "Organization".to_owned(), value: "Sales".to_owned() };
    assert_eq!(run(&mut workbench, Command::Filter(sales)), 1);
    assert_eq!(workbench.explored().unwrap().question.filter, workbench.question().filter);
    assert_eq!(run(&mut workbench, Command::Undo), 1);
    assert_eq!(workbench.explored().unwrap().question.filter, Filter::default());
    assert_eq!(run(&mut workbench, Command::Explore(MeanMetric::Of(Metric::EmailHours))), 1);
    assert!(!workbench.is_updating());
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
