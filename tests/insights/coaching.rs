//! Coaching: worked examples C to F, eligibility, partial months, managers, the 2x2 and the rhythm.

use chrono::NaiveDate;
use customer_focus::dataset::{Era, Filter, Grain, Metric};
use customer_focus::insights::{Badge, BoundaryUnit, InsightId, Outcome, Population, Settings, Unavailable};

use crate::support::{Cell, Company, Row, assert_close, date, insight, insight_with, panel, row, weekly, weeks};

/// The four Sundays of April 2024, and the five of June 2024.
const APRIL: &str = "2024-04-07";
const JUNE: &str = "2024-06-02";

fn minutes(person: impl ToString, day: NaiveDate, minutes: f64) -> Row {
    row(person, day).hours(Metric::Manager11Hours, minutes / 60.0)
}

/// The same minutes in each of so many weeks.
fn each_week(person: &str, first: &str, count: u64, each: f64) -> Vec<Row> {
    weeks(first, count).into_iter().map(|day| minutes(person, day, each)).collect()
}

fn under_15(company: &Company) -> Outcome {
    insight(company, InsightId::CoachingUnder15Min).unwrap()
}

fn shares(outcome: &Outcome) -> Vec<f64> {
    outcome.bands.iter().map(|band| band.share.get()).collect()
}

#[test]
fn example_c_sixty_minutes_a_month_are_not_under() {
    let quarter_hours = under_15(&weekly(each_week("a", APRIL, 4, 15.0)));
    assert_eq!((quarter_hours.share.get(), quarter_hours.boundaries[0].count), (0.0, 1));
    assert_eq!(quarter_hours.boundaries[0].unit, BoundaryUnit::PersonMonths);
    // 0.2475 h = 891 s a week; 3,564 s are under 3,600.
    let less = under_15(&weekly(each_week("a", APRIL, 4, 0.2475 * 60.0)));
    assert_eq!((less.share.get(), less.boundaries[0].count), (1.0, 0));
}

#[test]
fn example_c_a_tenth_of_an_hour_ten_times_is_an_hour() {
    // 27 days, Sunday 2024-04-07 to Friday 2024-05-03: the four weeks of April.
    let days = date(APRIL).iter_days().take(27).enumerate();
    let rows = days.map(|(index, day)| row("a", day).hours(Metric::Manager11Hours, if index < 10 { 0.1 } else { 0.0 }));
    let file = Company { era: Era::Viva, grain: Grain::Day, knows_managers: false, rows: rows.collect() };
    let dataset = file.build().summed_to_weeks(chrono::Weekday::Sun, false).dataset;
    let insights = crate::support::evaluate(&dataset, &Settings::default());
    let outcome = insights.into_iter().find(|insight| insight.id == InsightId::CoachingUnder15Min).unwrap();
    let outcome = outcome.outcome.unwrap();
    assert_eq!((outcome.share.get(), outcome.boundaries[0].count, outcome.people), (0.0, 1, 1));
}

#[test]
fn example_d_five_weeks_of_twelve_minutes_are_under_only_by_the_other_reading() {
    let outcome = under_15(&weekly(each_week("a", JUNE, 5, 12.0)));
    assert_eq!(outcome.share.get(), 0.0);
    assert_eq!(outcome.other_readings[0].id, "coaching_under_15_min_wpa");
    assert_eq!(outcome.other_readings[0].share.get(), 1.0);
    // In a month of four weeks the readings agree; five weeks of 15 minutes are not under by either.
    assert_eq!(under_15(&weekly(each_week("a", JUNE, 5, 15.0))).other_readings[0].share.get(), 0.0);
}

#[test]
fn example_e_three_of_four_weeks_are_eligible_and_not_scaled_and_two_are_not() {
    let mut rows = each_week("all", APRIL, 4, 60.0);
    // 57 minutes in three weeks: under. Scaled to four weeks it would be 76.
    rows.extend(each_week("three", APRIL, 3, 19.0));
    rows.extend(each_week("two", APRIL, 2, 0.0));
    let outcome = under_15(&weekly(rows));
    assert_eq!((outcome.share.get(), outcome.people, outcome.not_eligible), (0.5, 2, 1));
    assert!(!outcome.badges.contains(&Badge::Partial));
}

#[test]
fn three_quarters_of_five_weeks_are_four() {
    let mut rows = each_week("all", JUNE, 5, 60.0);
    rows.extend(each_week("four", JUNE, 4, 0.0));
    rows.extend(each_week("three", JUNE, 3, 0.0));
    let outcome = under_15(&weekly(rows));
    assert_eq!((outcome.share.get(), outcome.people, outcome.not_eligible), (0.5, 2, 1));
}

#[test]
fn example_f_march_is_not_complete_and_april_to_november_are() {
    let company = weekly(each_week("a", "2024-03-31", 35, 30.0));
    let panel = panel(&company.build());
    let population = Population::new(&panel, panel.dataset().select(&Filter::default()).unwrap());
    let months = population.months();
    assert_eq!(months.first_days.len(), 9);
    assert_eq!(months.complete, [false, true, true, true, true, true, true, true, true]);
    let outcome = under_15(&company);
    assert_eq!((outcome.periods, outcome.trend[0].period), (8, date("2024-04-01")));
}

#[test]
fn a_gap_of_weeks_inside_a_month_leaves_it_complete() {
    // Nobody has rows on the 14th: the month has four week starts still, and three are enough.
    let days = weeks(APRIL, 4);
    let rows = [days[0], days[2], days[3]].map(|day| minutes("a", day, 30.0));
    let outcome = under_15(&weekly(rows.to_vec()));
    assert_eq!((outcome.people, outcome.share.get()), (1, 0.0));
    assert!(!outcome.badges.contains(&Badge::Partial));
}

#[test]
fn without_a_complete_month_time_is_scaled_to_four_weeks() {
    // Three weeks of April and one of May.
    let days = weeks("2024-04-14", 4);
    let rows = vec![
        // April 45 min x 4 / 3 = 60: not under, on the line. May 14 x 4 = 56: under.
        minutes("a", days[0], 15.0),
        minutes("a", days[1], 15.0),
        minutes("a", days[2], 15.0),
        minutes("a", days[3], 14.0),
        // Two of April's three weeks: three quarters of three, rounded up, are three.
        minutes("b", days[0], 0.0),
        minutes("b", days[1], 0.0),
        minutes("b", days[3], 15.0),
    ];
    let outcome = under_15(&weekly(rows));
    // April 0/1, May 1/2.
    assert_close(outcome.share.get(), 0.25, "share");
    assert!(outcome.badges.contains(&Badge::Partial));
    assert_eq!((outcome.not_eligible, outcome.boundaries[0].count, outcome.periods), (1, 2, 2));
    // Zero is {0}, 60 scaled is (0, 60].
    assert_eq!(shares(&outcome), [0.0, 1.0, 0.0]);
}

#[test]
fn the_bands_of_a_month_are_none_up_to_an_hour_and_more() {
    let mut rows = each_week("none", APRIL, 4, 0.0);
    rows.extend(each_week("an hour", APRIL, 4, 15.0));
    rows.extend(each_week("half an hour", APRIL, 4, 7.5));
    rows.extend(each_week("more", APRIL, 4, 15.0));
    let last = rows.len() - 1;
    rows[last] = row("more", rows[last].day).cell(Metric::Manager11Hours, Cell::Seconds(901));
    let outcome = under_15(&weekly(rows));
    assert_eq!(shares(&outcome), [0.25, 0.5, 0.25]);
    assert_eq!(outcome.share.get(), 0.5);
}

#[test]
fn somebody_without_a_manager_is_out_of_the_denominator_and_counted() {
    let mut rows = each_week("a", APRIL, 4, 0.0);
    rows.extend(each_week("b", APRIL, 4, 60.0));
    rows.extend(each_week("boss", APRIL, 4, 0.0).into_iter().map(Row::without_manager));
    let known = Company { knows_managers: true, ..weekly(rows.clone()) };
    let outcome = under_15(&known);
    assert_eq!((outcome.share.get(), outcome.people, outcome.without_manager), (0.5, 2, Some(1)));
    assert!(!outcome.badges.contains(&Badge::ManagersUnknown));
    let unknown = under_15(&weekly(rows));
    assert_close(unknown.share.get(), 2.0 / 3.0, "everyone is in");
    assert_eq!((unknown.people, unknown.without_manager), (3, None));
    assert!(unknown.badges.contains(&Badge::ManagersUnknown));
}

#[test]
fn meetings_and_calls_stand_in_for_meetings_and_the_label_says_so() {
    let rows = weeks(APRIL, 4).into_iter().map(|day| row("a", day).hours(Metric::Manager11MeetingAndCallHours, 0.1));
    let outcome = under_15(&weekly(rows.collect()));
    assert_eq!(outcome.share.get(), 1.0);
    assert!(outcome.badges.contains(&Badge::MeetingAndCallHours));
}

#[test]
fn every_month_of_a_file_of_months_is_complete_and_every_row_eligible() {
    let rows = vec![minutes("a", date("2024-04-01"), 59.0), minutes("b", date("2024-04-01"), 60.0)];
    let outcome = under_15(&Company { grain: Grain::Month, ..weekly(rows) });
    assert_eq!((outcome.share.get(), outcome.people, outcome.not_eligible), (0.5, 2, 0));
    // April 2024 has four Sundays, so dividing by them changes nothing.
    assert_eq!((outcome.other_readings.len(), outcome.other_readings[0].share.get()), (1, 0.5));
}

/// The part of the 2x2 of one person with these weekly seconds in April: 1:1, with the manager, meetings.
fn style(era: Era, seconds: [u32; 3], settings: &Settings) -> String {
    let metrics = [Metric::Manager11Hours, Metric::ManagerMeetingHours, Metric::MeetingHours];
    part(era, &metrics, &seconds, settings)
}

fn part(era: Era, metrics: &[Metric], seconds: &[u32], settings: &Settings) -> String {
    let rows = weeks(APRIL, 4).into_iter().map(|day| {
        metrics.iter().zip(seconds).fold(row("a", day), |row, (metric, s)| row.cell(*metric, Cell::Seconds(*s)))
    });
    let company = Company { era, ..weekly(rows.collect()) };
    let outcome = insight_with(&company, InsightId::CoachingStyle, settings).unwrap();
    let part = outcome.bands.iter().find(|band| band.share.get() == 1.0).unwrap();
    assert_eq!(outcome.share.get() == 1.0, part.label == "Under-coached");
    part.label.clone()
}

#[test]
fn in_the_viva_era_one_to_ones_are_added_to_the_time_with_the_manager() {
    let style = |seconds| style(Era::Viva, seconds, &Settings::default());
    // 15 minutes of 1:1 and 75 of other meetings with the manager, of 300: 90 / 300 = 30 %, not over.
    assert_eq!(style([900, 4500, 18_000]), "Coached");
    assert_eq!(style([900, 4501, 18_000]), "Highly managed");
    assert_eq!(style([899, 4501, 18_000]), "Under-coached");
    assert_eq!(style([899, 4502, 18_000]), "Co-attended");
}

#[test]
fn in_the_older_era_one_to_ones_are_in_the_time_with_the_manager_already() {
    let style = |seconds| style(Era::Wpa, seconds, &Settings::default());
    assert_eq!(style([900, 5400, 18_000]), "Coached");
    assert_eq!(style([900, 5401, 18_000]), "Highly managed");
    assert_eq!(style([0, 5401, 18_000]), "Co-attended");
    assert_eq!(style([0, 5400, 18_000]), "Under-coached");
}

#[test]
fn the_co_attended_line_can_be_set_to_half() {
    let half = Settings { co_attended_basis_points: 5000, ..Settings::default() };
    assert_eq!(style(Era::Wpa, [900, 9000, 18_000], &half), "Coached");
    assert_eq!(style(Era::Wpa, [900, 9001, 18_000], &half), "Highly managed");
}

#[test]
fn numerator_and_denominator_of_the_2x2_come_from_one_family() {
    use Metric::{Manager11Hours, Manager11MeetingAndCallHours, MeetingAndCallHours, MeetingHours};
    use Metric::{ManagerMeetingAndCallHours, ManagerMeetingHours};
    let settings = Settings::default();
    let calls = [Manager11MeetingAndCallHours, ManagerMeetingAndCallHours, MeetingAndCallHours];
    assert_eq!(part(Era::Viva, &calls, &[900, 4501, 18_000], &settings), "Highly managed");
    // Meetings with the manager, but meetings in all only with calls: that is no family; the calls' family is.
    let mixed = [Manager11Hours, ManagerMeetingHours, MeetingAndCallHours];
    let rows = weeks(APRIL, 4).into_iter().map(|day| mixed.iter().fold(row("a", day), |row, m| row.hours(*m, 1.0)));
    let missing = insight(&weekly(rows.collect()), InsightId::CoachingStyle).unwrap_err();
    assert_eq!(missing, Unavailable::NotInFile(vec![ManagerMeetingHours, MeetingHours]));
    // Both families: meetings count. 3 of 10 meeting hours in the older era, whatever the calls are.
    let both = [Manager11Hours, ManagerMeetingHours, MeetingHours, ManagerMeetingAndCallHours, MeetingAndCallHours];
    assert_eq!(part(Era::Wpa, &both, &[900, 5400, 18_000, 18_000, 18_000], &settings), "Coached");
    // Viva, meetings family without its own 1:1s: the calls' family has all three.
    let without = [ManagerMeetingHours, MeetingHours, calls[0], calls[1], calls[2]];
    assert_eq!(part(Era::Viva, &without, &[18_000, 18_000, 900, 4500, 18_000], &settings), "Coached");
}

#[test]
fn people_without_meetings_and_ineligible_ones_are_not_in_the_2x2() {
    let rows = |person: &'static str, count, meetings| {
        weeks(APRIL, count).into_iter().map(move |day| {
            minutes(person, day, 0.0)
                .hours(Metric::ManagerMeetingHours, 0.0)
                .hours(Metric::MeetingHours, meetings)
                .group("Team", "X")
        })
    };
    let all = rows("a", 4, 1.0).chain(rows("no meetings", 4, 0.0)).chain(rows("two weeks", 2, 1.0));
    let outcome = insight(&weekly(all.collect()), InsightId::CoachingStyle).unwrap();
    assert_eq!((outcome.people, outcome.share.get(), outcome.not_eligible), (1, 1.0, 1));
    assert_eq!(outcome.breakdowns[0].groups[0].people, 1);
}

#[test]
fn the_rhythm_is_weeks_measured_by_weeks_with_any_one_to_one() {
    // Of each person: weeks measured, weeks with a 1:1.
    let rhythm = [("a", 3, 2), ("b", 6, 2), ("c", 12, 2), ("d", 13, 2), ("e", 5, 0)];
    let rows = rhythm.into_iter().flat_map(|(person, measured, with)| {
        let day = weeks(APRIL, measured).into_iter().enumerate();
        day.map(move |(week, day)| minutes(person, day, if week < with { 1.0 } else { 0.0 }))
    });
    // An unreadable cell is no week measured: f has one week, with a 1:1.
    let f = [minutes("f", date(APRIL), 5.0), row("f", date(JUNE)).cell(Metric::Manager11Hours, Cell::Unreadable)];
    let outcome = insight(&weekly(rows.chain(f).collect()), InsightId::OneToOneRhythm).unwrap();
    let sixth = 1.0 / 6.0;
    assert_eq!(shares(&outcome), [2.0 * sixth, sixth, sixth, sixth, sixth]);
    assert_eq!((outcome.share.get(), outcome.people, outcome.trend.len()), (sixth, 6, 0));
}

#[test]
fn a_file_of_months_has_no_rhythm() {
    let months = Company { grain: Grain::Month, ..weekly(vec![minutes("a", date("2024-04-01"), 1.0)]) };
    assert_eq!(insight(&months, InsightId::OneToOneRhythm).unwrap_err(), Unavailable::NeedsWeeks);
}
