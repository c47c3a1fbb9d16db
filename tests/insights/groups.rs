//! Comparisons: a group against the rest, people who move, groups to focus on, connected groups.

use customer_focus::dataset::{AttributeFilter, Filter, Metric};
use customer_focus::insights::{GroupName, InsightId, Settings};
use customer_focus::privacy::{self, Chance, Groups, PublicInsight, Question, Rules, Verdict};

use crate::support::{Company, Row, assert_close, date, guarded, insight, row, weekly, weeks};

/// One week of groups: name, people, and how many of them have under five internal organizations (and at
/// the same time over 8 external hours).
fn groups(sizes: &[(&str, usize, usize)]) -> Company {
    let day = date("2024-04-07");
    let people = sizes.iter().flat_map(move |&(group, people, counted)| {
        (0..people).map(move |person| {
            row(format!("{group} {person}"), day)
                .count(Metric::InternalOrganizations, if person < counted { 1.0 } else { 7.0 })
                .hours(Metric::ExternalHours, if person < counted { 9.0 } else { 1.0 })
                .group("Team", group)
        })
    });
    weekly(people.collect())
}

fn ask(company: &Company, id: InsightId, settings: Settings) -> PublicInsight {
    let question = Question { by: vec!["Team".into()], settings, ..Question::default() };
    let findings = privacy::answer(&guarded(&company.build()), &question, Rules::new(5)).unwrap();
    findings.insight(id).unwrap().clone()
}

fn by_team(company: &Company, id: InsightId, settings: Settings) -> Groups {
    ask(company, id, settings).outcome.unwrap().breakdowns.remove(0)
}

fn few_by_team(sizes: &[(&str, usize, usize)]) -> Groups {
    by_team(&groups(sizes), InsightId::FewInternalOrganizations, Settings::default())
}

fn focus_of(groups: &Groups) -> Vec<(&str, usize)> {
    groups.focus.iter().map(|focus| (focus.value.as_str(), focus.rank_band)).collect()
}

#[test]
fn a_group_is_compared_with_everyone_outside_it() {
    let team = few_by_team(&[("A", 10, 8), ("B", 10, 2)]);
    // Contributions in A: 8 x (0.2 / 10), 2 x (-0.8 / 10); squares 0.0032 + 0.0128 = 0.016. In B the same.
    let (difference, interval) = team.shown[0].difference.unwrap();
    assert_close(difference, 0.6, "difference");
    // 20 / 19 x 0.032 = 0.0336842; standard error 0.1835326.
    let half = 1.959964 * (20.0_f64 / 19.0 * 0.032).sqrt();
    assert_close(interval.low, 0.6 - half, "low");
    assert_close(interval.high, 0.6 + half, "high");
    assert_eq!((team.shown[0].verdict, team.shown[1].verdict), (Verdict::Above, Verdict::Below));
    // The group alone: 10 / 9 x 0.016.
    let alone = 1.959964 * (10.0_f64 / 9.0 * 0.016).sqrt();
    assert_close(team.shown[0].interval.low, 0.8 - alone, "the group's own low");
    assert_close(team.shown[0].interval.high, 1.0, "clipped");
}

#[test]
fn the_interval_of_a_difference_is_the_formula_and_nothing_else() {
    // 4 of 5 against 0 of 30: 0.8, contributions in A 4 x 0.04, 1 x -0.16, squares 0.032;
    // 35 / 34 x 0.032, half width 0.356: 0.444 to 1.156. Only the interval of a share is clipped.
    let team = few_by_team(&[("A", 5, 4), ("B", 30, 0)]);
    let (_, interval) = team.shown[0].difference.unwrap();
    let half = 1.959964 * (35.0_f64 / 34.0 * 0.032).sqrt();
    assert_close(interval.low, 0.8 - half, "low");
    assert_close(interval.high, 0.8 + half, "high");
    let (_, mirrored) = team.shown[1].difference.unwrap();
    assert_close(mirrored.low, -0.8 - half, "mirrored");
}

#[test]
fn without_a_clear_difference_the_verdict_says_so() {
    // 0.5 against 0.4: 0.1, squares 10 x 0.0025 + 10 x 0.0024 = 0.049; half width 0.445.
    let team = few_by_team(&[("A", 10, 5), ("B", 10, 4)]);
    assert_eq!(
        (team.shown[0].verdict, team.shown[1].verdict),
        (Verdict::NoClearDifference, Verdict::NoClearDifference)
    );
    // A group that is everyone has no rest.
    let all = few_by_team(&[("A", 10, 5)]);
    assert_eq!((all.shown[0].difference, all.shown[0].verdict), (None, Verdict::NoClearDifference));
}

/// Two weeks; six people in each of A and B, of whom one moves from A to B.
fn with_a_mover() -> Company {
    let days = weeks("2024-04-07", 2);
    let mut rows: Vec<Row> = Vec::new();
    for (week, day) in days.into_iter().enumerate() {
        for person in 0..12 {
            let in_a = person < 5 || (person == 5 && week == 0);
            // Of A over 8 hours: persons 0 and 5 in week 1, person 0 in week 2. Of B: persons 5 and 6 in week 2.
            let over = match week {
                0 => [0, 5].contains(&person),
                _ => [0, 5, 6].contains(&person),
            };
            let hours = if over { 9.0 } else { 1.0 };
            rows.push(row(person, day).hours(Metric::ExternalHours, hours).group("Team", if in_a { "A" } else { "B" }));
        }
    }
    weekly(rows)
}

#[test]
fn a_person_who_moves_counts_in_each_group_in_its_own_weeks() {
    let outcome = insight(&with_a_mover(), InsightId::ExternalOver8h).unwrap();
    let [a, b] = outcome.breakdowns[0].groups.as_slice() else { panic!("two groups") };
    // A: week 1 two of six, week 2 one of five. B: week 1 none of six, week 2 two of seven.
    assert_eq!((a.people, b.people, outcome.people), (6, 7, 12));
    assert_close(a.share.get(), (2.0 / 6.0 + 1.0 / 5.0) / 2.0, "A");
    assert_close(b.share.get(), (0.0 + 2.0 / 7.0) / 2.0, "B");
    let people = |points: &[privacy::TrendPoint]| points.iter().map(|point| point.people).collect::<Vec<_>>();
    assert_eq!((people(&a.trend), people(&b.trend)), (vec![6, 5], vec![6, 7]));

    let (difference, interval) = a.difference.unwrap();
    assert_close(difference, 4.0 / 15.0 - 1.0 / 7.0, "A less B");
    // Contributions in A: weeks (y - 1/3) / 6 and (y - 1/5) / 5, halved.
    let in_a_1 = |y: f64| (y - 1.0 / 3.0) / 6.0 / 2.0;
    let in_a_2 = |y: f64| (y - 0.2) / 5.0 / 2.0;
    // In B: weeks (y - 0) / 6, always 0, and (y - 2/7) / 7, halved.
    let in_b_2 = |y: f64| (y - 2.0 / 7.0) / 7.0 / 2.0;
    let squares = (in_a_1(1.0) + in_a_2(1.0)).powi(2)         // person 0
        + 4.0 * (in_a_1(0.0) + in_a_2(0.0)).powi(2)           // persons 1 to 4
        + (in_a_1(1.0) - in_b_2(1.0)).powi(2)                 // person 5, in both
        + in_b_2(1.0).powi(2)                                 // person 6
        + 5.0 * in_b_2(0.0).powi(2); // persons 7 to 11
    let half = 1.959964 * (12.0 / 11.0 * squares).sqrt();
    assert_close(interval.low, difference - half, "low");
    assert_close(interval.high, difference + half, "high");
}

#[test]
fn groups_to_focus_on_are_ordered_by_people_affected_beyond_parity() {
    // 300 people, 90 counted. A 25 of 50: rest 65 of 250 = .26, gap .24, 12 people.
    // B 55 of 150: rest 35 of 150, gap .133333, 20 people. C 10 of 100 is better than the rest.
    let team = few_by_team(&[("A", 50, 25), ("B", 150, 55), ("C", 100, 10)]);
    let values: Vec<&str> = team.focus.iter().map(|focus| focus.value.as_str()).collect();
    assert_eq!(values, ["B", "A"]);
    assert_close(team.focus[0].people_affected, 20.0, "B");
    assert_close(team.focus[1].people_affected, 12.0, "A");
    assert_close(team.focus[1].gap, 0.24, "gap of A");
    // A less B: .5 - .366667 = .133333; .25 / 50 + .232222 / 150 = .0065481, half width .159: not clear.
    assert_eq!(focus_of(&team), [("B", 1), ("A", 1)]);
}

#[test]
fn of_equal_people_affected_the_larger_group_comes_first_and_then_the_name() {
    // 500 people, 100 counted. A 40 of 100: rest 60 of 400, gap .25, 25 people.
    // B 55 of 200: rest 45 of 300, gap .125, 25 people.
    let team = few_by_team(&[("A", 100, 40), ("B", 200, 55), ("C", 200, 5)]);
    let values: Vec<&str> = team.focus.iter().map(|focus| focus.value.as_str()).collect();
    assert_eq!(values, ["B", "A"]);
    let same = few_by_team(&[("Z", 100, 40), ("Y", 100, 40), ("C", 200, 5)]);
    let values: Vec<&str> = same.focus.iter().map(|focus| focus.value.as_str()).collect();
    assert_eq!(values, ["Y", "Z"]);
}

#[test]
fn a_tie_is_a_tie_whatever_binary_fractions_make_of_it() {
    // 400 people, 100 counted. A 40 of 100: rest 60 of 300, gap .4 - .2. B 60 of 200: rest 40 of 200, gap .3 - .2.
    // Both are 20 people, which in binary are 20.000000000000004 and 19.999999999999996.
    let team = few_by_team(&[("A", 100, 40), ("B", 200, 60), ("C", 100, 0)]);
    let values: Vec<&str> = team.focus.iter().map(|focus| focus.value.as_str()).collect();
    assert_eq!(values, ["B", "A"]);
}

#[test]
fn groups_clearly_apart_from_the_first_are_in_the_next_rank_band() {
    // 1,200 people, 470 counted. Big 300 of 400: rest 170 of 800 = .2125, gap .5375, 215 people.
    // Mid 110 of 200: rest 360 of 1000 = .36, gap .19, 38 people. Low 60 of 600 is better than the rest.
    // Big less Mid: .2; .1875 / 400 + .2475 / 200 = .00170625, half width .081: clear.
    let team = few_by_team(&[("Big", 400, 300), ("Mid", 200, 110), ("Low", 600, 60)]);
    assert_eq!(focus_of(&team), [("Big", 1), ("Mid", 2)]);
    assert_close(team.focus[1].people_affected, 38.0, "Mid");
}

#[test]
fn the_order_is_by_people_affected_even_where_rank_bands_alternate() {
    // 2,000 people, 850 counted.
    // First 450 of 750: rest 400 of 1250 = .32, gap .28, 210 people.
    // Second 320 of 400: rest 530 of 1600 = .33125, gap .46875, 187.5 people; clearly above First (.8 and .6).
    // Third 30 of 50: rest 820 of 1950 = .420513, gap .179487, 8.97 people; not clear from First (.6 and .6).
    // Rest 50 of 800.
    let team = few_by_team(&[("First", 750, 450), ("Second", 400, 320), ("Third", 50, 30), ("Rest", 800, 50)]);
    assert_eq!(focus_of(&team), [("First", 1), ("Second", 2), ("Third", 1)]);
}

#[test]
fn a_gap_of_exactly_five_points_is_enough_and_less_is_not() {
    // 4,000 people: A 600 of 2000 = .3, B 500 of 2000 = .25: gap exactly .05;
    // half width 1.96 x sqrt(.21 / 2000 + .1875 / 2000) = .0276.
    assert_eq!(focus_of(&few_by_team(&[("A", 2000, 600), ("B", 2000, 500)])), [("A", 1)]);
    assert_eq!(focus_of(&few_by_team(&[("A", 2000, 599), ("B", 2000, 500)])), []);
    // A large gap without an interval that excludes zero is none: 3 of 5 against 2 of 5.
    assert_eq!(focus_of(&few_by_team(&[("A", 5, 3), ("B", 5, 2)])), []);
    let wide = Settings { gap: 0.3, ..Settings::default() };
    let company = groups(&[("A", 100, 60), ("B", 100, 40)]);
    assert_eq!(focus_of(&by_team(&company, InsightId::FewInternalOrganizations, wide)), []);
}

#[test]
fn six_people_of_six_are_no_group_to_focus_on_by_themselves() {
    // A 6 of 6, B 70 of 100: .3, squares only of B, 100 x .7 x .3 / 100^2 = .0021; 106 / 105 of it, half width .090:
    // the interval of the formula excludes zero. Wilson's interval of 6 of 6 begins at 6 / 9.8415 = .6097, width
    // .3903, over 1.96 .1991; with the .046 of the formula .2044, half width .401: not clear.
    let team = few_by_team(&[("A", 6, 6), ("B", 100, 70)]);
    assert_eq!(team.shown[0].verdict, Verdict::Above);
    assert_eq!(focus_of(&team), []);
    // 20 of 20 begin at 20 / 23.84 = .839, width .161, .0822; with .0465 .0944, half width .185: clear.
    assert_eq!(focus_of(&few_by_team(&[("A", 20, 20), ("B", 100, 70)])), [("A", 1)]);
    // Both are marked, and could be chance: 6 of 6 at 76 / 106 has the chance .717^5.6 = .16.
    let Chance { compared, marked, expected_by_chance } = team.verdict_chance;
    assert_eq!((compared, marked), (2, 2));
    assert!((expected_by_chance - 2.0).abs() < 1e-6, "{expected_by_chance}");
}

#[test]
fn only_groups_that_could_be_marked_count_as_looks() {
    let company = groups(&[("Sales", 50, 10), ("Support", 50, 40), ("Finance", 50, 10)]);
    let compared = |facing: &[&str]| {
        let name = |value: &&str| GroupName { attribute: "Team".to_owned(), value: (*value).to_owned() };
        let settings = Settings { customer_facing: facing.iter().map(name).collect(), ..Settings::default() };
        by_team(&company, InsightId::ExternalOver8h, settings).focus_chance.compared
    };
    assert_eq!((compared(&[]), compared(&["Sales"]), compared(&["Sales", "Support"])), (0, 1, 2));
}

#[test]
fn external_hours_focus_on_customer_facing_groups_that_are_low() {
    let company = groups(&[("Sales", 50, 10), ("Support", 50, 40), ("Finance", 50, 10)]);
    let by = |facing: &[&str]| {
        let name = |value: &&str| GroupName { attribute: "team".to_owned(), value: (*value).to_owned() };
        let settings = Settings { customer_facing: facing.iter().map(name).collect(), ..Settings::default() };
        let groups = by_team(&company, InsightId::ExternalOver8h, settings);
        groups.focus.iter().map(|focus| (focus.value.clone(), focus.gap)).collect::<Vec<_>>()
    };
    assert_eq!(by(&[]), []);
    let marked = by(&["Sales", "Support"]);
    assert_eq!(marked.len(), 1);
    assert_eq!(marked[0].0.as_str(), "Sales");
    // .2 against 50 of 100.
    assert_close(marked[0].1, 0.3, "gap");
}

#[test]
fn connected_groups_are_at_or_above_the_75th_percentile_of_groups_of_the_minimum_size() {
    // External shares of the groups' hours: .1 .2 .3 .4 .5 of groups with 5 people, .9 of one with 4.
    let day = date("2024-04-07");
    let sizes = [("A", 5, 1.0), ("B", 5, 2.0), ("C", 5, 3.0), ("D", 5, 4.0), ("E", 5, 5.0), ("Tiny", 4, 9.0)];
    let rows = sizes.into_iter().flat_map(|(team, people, hours)| {
        (0..people).map(move |person| {
            row(format!("{team} {person}"), day)
                .hours(Metric::ExternalHours, hours)
                .hours(Metric::CollaborationHours, 10.0)
                .count(Metric::ExternalNetworkSize, 3.0)
                .group("Team", team)
        })
    });
    let team = by_team(&weekly(rows.collect()), InsightId::ConnectedPeople, Settings::default());
    // Over A to E: place 3 of five = .4, so D and E. A, the first of five equal groups, joins Tiny among the
    // hidden; D and E are shown.
    let shown: Vec<&str> = team.shown.iter().map(|group| group.value.as_str()).collect();
    assert_eq!(shown, ["B", "C", "D", "E"]);
    assert_eq!(team.connected, ["D".into(), "E".into()]);
}

#[test]
fn under_a_filter_the_company_stays_the_reference_of_the_top_quartile() {
    // Shares .01 to .20 of twenty people, in two teams. Q3: place 14.25 of .01 to .20 = .1525: .16 to .20 count.
    let day = date("2024-04-07");
    let rows = (1..=20).map(|person| {
        row(person, day)
            .hours(Metric::ExternalHours, f64::from(person))
            .hours(Metric::CollaborationHours, 100.0)
            .group("Team", if person <= 10 { "A" } else { "B" })
    });
    let dataset = weekly(rows.collect()).build();
    let share = |team: Option<&str>| {
        let attributes =
            team.map(|team| AttributeFilter { attribute: "Team".to_owned(), values: vec![team.to_owned()] });
        let filter = Filter { attributes: attributes.into_iter().collect(), ..Filter::default() };
        let findings =
            privacy::answer(&guarded(&dataset), &Question { filter, ..Question::default() }, Rules::new(5)).unwrap();
        let top = findings.insight(InsightId::ExternalTopQuartile).unwrap().outcome.clone().unwrap();
        (top.share.get(), top.other_readings[0].share.get())
    };
    assert_eq!(share(None), (0.25, 0.25));
    assert_eq!(share(Some("A")), (0.0, 0.0));
    assert_eq!(share(Some("B")), (0.5, 0.5));
}
