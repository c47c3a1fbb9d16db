//! Somebody who moves within a month is measured by a monthly insight in two groups, or in none: few of them must not be
//! what the whole has more, or less, than its groups.

use customer_focus::dataset::{AttributeFilter, Filter, Metric};
use customer_focus::insights::Unavailable;
use customer_focus::privacy::{self, InsightId, Outcome, Question, Rules};

use crate::support::{Cell, Company, Row, guarded, row, weekly, weeks};

const MONTHLY: [InsightId; 4] = [
    InsightId::ConnectedPeople,
    InsightId::CoachingUnder15Min,
    InsightId::CoachingStyle,
    InsightId::FewInternalOrganizations,
];

/// Teams Red and Blue of 15 people and Green of 12, in the four Sundays of April 2024 and the four of May. The first few of
/// Red are in Blue from a week on, and at a site from then on.
fn company(movers: usize, from_week: usize, site: &str) -> Company {
    weekly(rows(movers, from_week, site))
}

fn rows(movers: usize, from_week: usize, site: &str) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for (team, people) in [("Red", 15), ("Blue", 15), ("Green", 12)] {
        for person in 0..people {
            for (week, day) in weeks("2024-04-07", 8).into_iter().enumerate() {
                let has_moved = team == "Red" && person < movers && week >= from_week;
                let row = row(format!("{team} {person}"), day)
                    .group("Team", if has_moved { "Blue" } else { team })
                    .group("Site", if has_moved { site } else { "North" })
                    .hours(Metric::ExternalHours, 1.0)
                    .hours(Metric::CollaborationHours, 10.0)
                    .hours(Metric::Manager11Hours, 1.0)
                    .hours(Metric::ManagerMeetingHours, 1.0)
                    .hours(Metric::MeetingHours, 9.0);
                let row = row.cell(Metric::ExternalNetworkSize, Cell::Count(9.0));
                rows.push(row.cell(Metric::InternalOrganizations, Cell::Count(2.0)));
            }
        }
    }
    rows
}

fn ask(company: &Company, teams: &[&str], insight: InsightId) -> Result<Outcome, Unavailable> {
    let values = teams.iter().map(|&team| team.to_owned()).collect();
    let named = AttributeFilter { attribute: "Team".to_owned(), values };
    let attributes = if teams.is_empty() { Vec::new() } else { vec![named] };
    outcome(company, Filter { attributes, ..Filter::default() }, insight)
}

fn outcome(company: &Company, filter: Filter, insight: InsightId) -> Result<Outcome, Unavailable> {
    let question = Question { filter, by: vec!["Team".into()], ..Question::default() };
    let findings = privacy::answer(&guarded(&company.build()), &question, Rules::new(5)).unwrap();
    findings.insight(insight).unwrap().outcome.clone()
}

fn shown(company: &Company, insight: InsightId) -> Vec<(String, usize)> {
    shown_of(ask(company, &[], insight))
}

fn shown_of(outcome: Result<Outcome, Unavailable>) -> Vec<(String, usize)> {
    let groups = outcome.unwrap().breakdowns.remove(0);
    groups.shown.iter().map(|group| (group.value.as_str().to_owned(), group.people)).collect()
}

fn groups(sizes: &[(&str, usize)]) -> Vec<(String, usize)> {
    sizes.iter().map(|&(name, people)| (name.to_owned(), people)).collect()
}

#[test]
fn where_a_few_moved_within_a_month_one_group_of_enough_people_is_not_shown() {
    // Of 42 people one is in Red and in Blue in April: 16 and 15 and 12 are one more than all, and that is this person.
    // Without Green nobody follows. The weeks add up, so that all three are shown of what goes by weeks.
    let one = company(1, 2, "North");
    assert_eq!(shown(&one, InsightId::ConnectedPeople), groups(&[("Blue", 16), ("Red", 15)]));
    assert_eq!(shown(&one, InsightId::FewInternalOrganizations), groups(&[("Blue", 16), ("Red", 15)]));
    // Two weeks of four are not enough for either team in April, and in May the person is in Blue.
    assert_eq!(shown(&one, InsightId::CoachingUnder15Min), groups(&[("Blue", 16), ("Red", 14)]));
    assert_eq!(shown(&one, InsightId::CoachingStyle), groups(&[("Blue", 16), ("Red", 14)]));
    let by_week = shown(&one, InsightId::ExternalOver8h);
    assert_eq!(by_week, groups(&[("Blue", 16), ("Green", 12), ("Red", 15)]));
}

#[test]
fn where_nobody_or_enough_people_moved_within_a_month_or_all_between_two_every_group_is_shown() {
    let four = company(4, 2, "North");
    assert_eq!(shown(&four, InsightId::ConnectedPeople).len(), 2, "four are too few");
    for (movers, from_week) in [(0, 2), (5, 2), (1, 4)] {
        let company = company(movers, from_week, "North");
        for insight in MONTHLY {
            assert_eq!(shown(&company, insight).len(), 3, "{movers} from week {from_week}, {insight:?}");
        }
    }
}

#[test]
fn who_moved_for_too_short_a_time_to_be_measured_is_not_counted_there() {
    // Five people in Blue for the last week of May alone: of Red's rows there are three of four weeks in May, so that they
    // are Red, and not one of them is measured in Blue.
    let five = company(5, 7, "North");
    assert_eq!(shown(&five, InsightId::CoachingUnder15Min), groups(&[("Blue", 15), ("Green", 12), ("Red", 15)]));
}

#[test]
fn teams_together_are_not_told_where_that_would_tell_the_only_one_at_a_site() {
    // Red and Blue together less each of them is the one who moved, and nobody else is at the new site.
    let (alone, among_others) = (company(1, 2, "South"), company(1, 2, "North"));
    for insight in [InsightId::ConnectedPeople, InsightId::FewInternalOrganizations, InsightId::CoachingUnder15Min] {
        assert_eq!(ask(&alone, &["Red", "Blue"], insight), Err(Unavailable::TooFewMeasured), "{insight:?}");
        assert!(ask(&among_others, &["Red", "Blue"], insight).is_ok(), "{insight:?}");
        for team in ["Red", "Blue"] {
            assert!(ask(&alone, &[team], insight).is_ok(), "{team}, {insight:?}");
        }
    }
    assert!(ask(&alone, &["Red", "Blue"], InsightId::ExternalOver8h).is_ok());
}

#[test]
fn who_has_no_meetings_in_the_new_team_has_no_coaching_style_there() {
    // Three of Red are in Blue for the last week of April, too short to be measured there, and in May.
    let without_meetings = |has_none: &dyn Fn(&Row) -> bool| {
        let rows = rows(3, 3, "North").into_iter();
        weekly(rows.map(|row| if has_none(&row) { row.hours(Metric::MeetingHours, 0.0) } else { row }).collect())
    };
    let is_blue = |row: &Row| row.groups["Team"] == "Blue";
    let all_meet = without_meetings(&|_| false);
    assert_eq!(shown(&all_meet, InsightId::CoachingStyle), groups(&[("Blue", 18), ("Green", 12), ("Red", 15)]));
    // Who moved and meets nobody in Blue is not measured there, in May in no team: only in April, in Red.
    let movers_meet_nobody = without_meetings(&|row| is_blue(row) && row.person.starts_with("Red"));
    assert_eq!(
        shown(&movers_meet_nobody, InsightId::CoachingStyle),
        groups(&[("Blue", 15), ("Green", 12), ("Red", 15)])
    );
    assert_eq!(shown(&movers_meet_nobody, InsightId::CoachingUnder15Min)[0], ("Blue".to_owned(), 18));
    // Who meets nobody in Red has no style there in April, though in the whole for the week in Blue: three more in all than in
    // the teams.
    let met_in_blue_alone =
        without_meetings(&|row| !is_blue(row) && row.person.starts_with("Red") && row.person.len() == 5);
    assert_eq!(shown(&met_in_blue_alone, InsightId::CoachingStyle).len(), 2);
    assert_eq!(shown(&met_in_blue_alone, InsightId::CoachingUnder15Min).len(), 3);
}

#[test]
fn a_stay_in_a_month_that_is_not_told_makes_no_team_larger() {
    // March has its last two Sundays only, so that it is not told: the five of Blue who were in Red then are Blue, and of the
    // six who stay in Red three have a 1:1 that can be read.
    let mut rows = Vec::new();
    for (week, day) in weeks("2024-03-24", 10).into_iter().enumerate() {
        for person in 0..40 {
            let is_red = person < 6 || (person < 11 && week < 2);
            let one_to_one = if person < 3 { Cell::Unreadable } else { Cell::Seconds(3600) };
            let row = row(person, day).group("Team", if is_red { "Red" } else { "Blue" });
            rows.push(row.hours(Metric::MeetingHours, 9.0).cell(Metric::Manager11Hours, one_to_one));
        }
    }
    let company = weekly(rows);
    assert_eq!(shown(&company, InsightId::CoachingUnder15Min), []);
    assert_eq!(ask(&company, &["Blue"], InsightId::CoachingUnder15Min), Err(Unavailable::TooFewMeasured));
}

#[test]
fn weeks_that_hold_a_part_of_a_month_are_judged_by_whom_they_measure() {
    // Of Green's twelve people eight have no 1:1 that can be read in the first week of May: in May they are measured, with
    // three of four weeks; in its first two weeks alone they are not, and the other four are too few to be what all have
    // more than Red and Blue.
    let is_unread =
        |row: &Row| row.person.starts_with("Green") && row.person["Green ".len()..].parse::<u32>().unwrap() < 8;
    let may = weeks("2024-05-05", 2);
    let rows = rows(0, 0, "North").into_iter();
    let rows = rows.map(|row| match is_unread(&row) && row.day == may[0] {
        true => row.cell(Metric::Manager11Hours, Cell::Unreadable),
        false => row,
    });
    let company = weekly(rows.collect());
    let all = groups(&[("Blue", 15), ("Green", 12), ("Red", 15)]);
    let two_weeks = Filter { from: Some(may[0]), to: Some(may[1]), ..Filter::default() };
    for insight in [InsightId::CoachingUnder15Min, InsightId::CoachingStyle] {
        assert_eq!(shown(&company, insight), all, "{insight:?}");
        let in_two_weeks = |team: Option<&str>| {
            let named = |team: &str| AttributeFilter { attribute: "Team".to_owned(), values: vec![team.to_owned()] };
            outcome(
                &company,
                Filter { attributes: team.map(named).into_iter().collect(), ..two_weeks.clone() },
                insight,
            )
        };
        assert_eq!(shown_of(in_two_weeks(None)), groups(&[("Red", 15)]), "{insight:?}");
        let is_told = ["Blue", "Green", "Red"].map(|team| in_two_weeks(Some(team)).is_ok());
        assert_eq!(is_told, [false, false, true], "{insight:?}");
    }
}
