//! The written rules of what may be shown, held against the one door out.

use std::collections::{BTreeMap, BTreeSet};

use customer_focus::dataset::{AttributeFilter, Dataset, Era, Filter, Grain, GroupBy, Metric};
use customer_focus::insights::Population;
use customer_focus::privacy::{
    self, Findings, Groups, Hidden, HiddenGroups, InsightId, Outcome, Published, Question, Rules,
};
use proptest::prelude::*;

use crate::support::random::{self, Case, Dice};
use crate::support::{Company, Row, date, guarded, row, weekly, weeks};

/// One week; people of each team with an hour of external time and ten of collaboration.
fn teams(sizes: &[(&str, usize)]) -> Vec<Row> {
    let day = date("2024-04-07");
    let people = sizes.iter().flat_map(|&(team, people)| {
        (0..people).map(move |person| {
            row(format!("{team} {person}"), day)
                .hours(Metric::ExternalHours, 1.0)
                .hours(Metric::CollaborationHours, 10.0)
                .group("Team", team)
        })
    });
    people.collect()
}

fn values(attribute: &str, values: &[&str]) -> AttributeFilter {
    let values = values.iter().map(|value| (*value).to_owned()).collect();
    AttributeFilter { attribute: attribute.to_owned(), values }
}

fn filter(attributes: &[AttributeFilter]) -> Filter {
    Filter { attributes: attributes.to_vec(), ..Filter::default() }
}

fn ask(dataset: &Dataset, filter: Filter, by: &[&str]) -> Result<Published<Findings>, Hidden> {
    let by = by.iter().map(|name| (*name).into()).collect();
    privacy::answer(&guarded(dataset), &Question { filter, by, ..Question::default() }, Rules::new(5))
}

fn outcome(findings: &Findings, id: InsightId) -> Outcome {
    findings.insight(id).unwrap().outcome.clone().unwrap()
}

fn shown(groups: &Groups) -> Vec<(&str, usize)> {
    groups.shown.iter().map(|group| (group.value.as_str(), group.people)).collect()
}

#[test]
fn example_g_the_four_are_hidden_with_the_twelve() {
    let dataset = weekly(teams(&[("A", 20), ("B", 15), ("C", 12), ("D", 4)])).build();
    let findings = ask(&dataset, Filter::default(), &["Team"]).unwrap();
    let groups = outcome(&findings, InsightId::ExternalOver8h).breakdowns.remove(0);
    assert_eq!(shown(&groups), [("A", 20), ("B", 15)]);
    assert_eq!(groups.hidden, Some(HiddenGroups { groups: 2, people: Some(16) }));
    let listed = privacy::shown_values(&guarded(&dataset), Rules::new(5));
    let listed: Vec<(&str, usize)> =
        listed[0].values.iter().map(|value| (value.value.as_str(), value.people)).collect();
    assert_eq!(listed, [("A", 20), ("B", 15)]);
}

#[test]
fn the_minimum_is_five_or_ten_by_era_can_be_raised_and_is_never_under_five() {
    let minimum = |rules: Rules| rules.minimum_group_size();
    assert_eq!([Era::Wpa, Era::Viva, Era::Undecided].map(|era| minimum(Rules::default_of(era))), [5, 10, 10]);
    assert_eq!([0, 1, 4, 5, 12].map(|size| minimum(Rules::new(size))), [5, 5, 5, 5, 12]);
    let four = weekly(teams(&[("A", 4)])).build();
    let answer = privacy::answer(&guarded(&four), &Question::default(), Rules::new(1));
    assert_eq!(answer.unwrap_err(), Hidden::TooFewPeople);
    assert!(ask(&weekly(teams(&[("A", 5)])).build(), Filter::default(), &[]).is_ok());
}

#[test]
fn a_filter_cannot_name_a_hidden_value_or_one_that_joined_it() {
    let dataset = weekly(teams(&[("A", 20), ("B", 15), ("C", 12), ("D", 4)])).build();
    let hidden = Hidden::HiddenValue { attribute: "Team".to_owned() };
    for names in [&["D"][..], &["C"], &["C", "D"], &["A", "D"], &["A", "B", "C"]] {
        assert_eq!(ask(&dataset, filter(&[values("Team", names)]), &[]).unwrap_err(), hidden, "{names:?}");
    }
    let findings = ask(&dataset, filter(&[values("Team", &["A", "B"])]), &[]).unwrap();
    assert_eq!((findings.population.people, findings.population.is_everyone), (35, false));
}

/// Teams A and B of twenty, the first `low` of A without any collaboration.
fn with_low_activity(low: usize) -> Dataset {
    let mut rows = teams(&[("A", 20), ("B", 20)]);
    for row in &mut rows[..low] {
        *row = row.clone().hours(Metric::CollaborationHours, 0.0);
    }
    weekly(rows).build()
}

#[test]
fn leaving_out_one_to_four_people_is_not_answered_and_nobody_or_five_is() {
    let people = |low| {
        let filter = Filter { without_low_activity: true, ..Filter::default() };
        ask(&with_low_activity(low), filter, &[]).map(|findings| findings.population.people)
    };
    assert_eq!(people(0), Ok(40));
    for low in 1..5 {
        assert_eq!(people(low), Err(Hidden::TooFewLeftOut));
    }
    assert_eq!(people(5), Ok(35));
}

#[test]
fn within_a_filter_the_switch_for_low_activity_must_leave_out_nobody_or_enough_too() {
    // Team A has 20 people of whom one is low: with the switch 19, and the difference is that person.
    let people = |low| {
        let filter = Filter { without_low_activity: true, ..filter(&[values("Team", &["A"])]) };
        ask(&with_low_activity(low), filter, &[]).map(|findings| findings.population.people)
    };
    assert_eq!(people(0), Ok(20));
    assert_eq!(people(1), Err(Hidden::TooFewLeftOut));
    assert_eq!(people(5), Ok(15));
}

#[test]
fn the_list_of_values_is_that_of_the_whole_file() {
    let listed = privacy::shown_values(&guarded(&with_low_activity(1)), Rules::new(5));
    assert_eq!(listed[0].values.iter().map(|value| value.people).collect::<Vec<_>>(), [20, 20]);
}

#[test]
fn including_inactive_people_adds_nobody_or_enough() {
    let people = |inactive: usize| {
        let mut rows = teams(&[("A", 20)]);
        for row in &mut rows[..inactive] {
            *row = row.clone().inactive();
        }
        let filter = Filter { include_inactive: true, ..Filter::default() };
        ask(&weekly(rows).build(), filter, &[]).map(|findings| findings.population.people)
    };
    assert_eq!(
        (people(0), people(1), people(4), people(5)),
        (Ok(20), Err(Hidden::TooFewInactive), Err(Hidden::TooFewInactive), Ok(20))
    );
}

#[test]
fn somebody_whom_inactive_weeks_make_low_activity_is_no_surprise() {
    // With the inactive weeks (0 hours) person A 0 has 5 hours less a second a week and is left out: the
    // population of the wider switch is the smaller one, by one person.
    let days = weeks("2024-04-07", 2);
    let mut rows = teams(&[("A", 20), ("B", 6)]);
    for row in &mut rows[20..] {
        *row = row.clone().hours(Metric::CollaborationHours, 0.0);
    }
    rows.push(Row { day: days[1], ..rows[0].clone().hours(Metric::CollaborationHours, 0.0) }.inactive());
    rows[0] = rows[0].clone().cell(Metric::CollaborationHours, crate::support::Cell::Seconds(10 * 3600 - 1));
    let filter = Filter { include_inactive: true, without_low_activity: true, ..Filter::default() };
    assert_eq!(ask(&weekly(rows).build(), filter, &[]).unwrap_err(), Hidden::TooFewInactive);
}

/// Team and Level of everybody by count.
fn crossed(cells: &[(&str, &str, usize)]) -> Dataset {
    let rows = cells.iter().flat_map(|(team, level, people)| {
        let cell = teams(&[(&format!("{team}{level}"), *people)]);
        cell.into_iter().map(move |row| row.group("Team", team).group("Level", level))
    });
    weekly(rows.collect()).build()
}

#[test]
fn a_filter_of_two_attributes_cannot_name_what_a_breakdown_within_one_would_hide() {
    // Team A: 17 + 3 people. 20 - 17 would give the three away.
    let dataset = crossed(&[("A", "1", 17), ("A", "2", 3), ("B", "1", 20), ("B", "2", 20)]);
    let people = |team: &str, level: &str| {
        let question = filter(&[values("Team", &[team]), values("Level", &[level])]);
        ask(&dataset, question, &[]).map(|findings| findings.population.people)
    };
    let hidden = Err(Hidden::HiddenValue { attribute: "Level".to_owned() });
    assert_eq!(people("A", "2"), hidden);
    assert_eq!(people("A", "1"), hidden);
    // Level 2 has 23 people: 23 - 20 would give the same three away. So would 37 - 20 of level 1, once the 17 are hidden.
    assert_eq!(people("B", "2"), hidden);
    assert_eq!(people("B", "1"), hidden);
}

#[test]
fn a_breakdown_within_a_filter_hides_what_could_not_be_asked_for() {
    // Level 2 of team B has 20 people; with the 23 of level 2 it would give away the three of team A.
    let dataset = crossed(&[("A", "1", 17), ("A", "2", 3), ("B", "1", 20), ("B", "2", 20)]);
    let findings = ask(&dataset, filter(&[values("Team", &["B"])]), &["Level"]).unwrap();
    let groups = outcome(&findings, InsightId::ExternalOver8h).breakdowns.remove(0);
    assert_eq!((shown(&groups), groups.hidden), (vec![], Some(HiddenGroups { groups: 2, people: Some(40) })));
    // Without a small cell everything is shown.
    let dataset = crossed(&[("A", "1", 17), ("A", "2", 5), ("B", "1", 20), ("B", "2", 20)]);
    let findings = ask(&dataset, filter(&[values("Team", &["B"])]), &["Level", "Team"]).unwrap();
    let breakdowns = outcome(&findings, InsightId::ExternalOver8h).breakdowns;
    assert_eq!(shown(&breakdowns[0]), [("1", 20), ("2", 20)]);
    assert_eq!(shown(&breakdowns[1]), [("B", 40)]);
}

/// The groups of two attributes in the first insight that every test company has.
fn pairs(dataset: &Dataset, filter: Filter, by: GroupBy) -> Groups {
    let question = Question { filter, by: vec![by], ..Question::default() };
    let findings = privacy::answer(&guarded(dataset), &question, Rules::new(5)).unwrap();
    outcome(&findings, InsightId::ExternalOver8h).breakdowns.remove(0)
}

#[test]
fn groups_of_two_attributes_are_those_that_the_table_of_both_shows() {
    // The three of A2 are hidden, and A1 beside them, the only other one of its row. C2 is the first of the largest that
    // is shown, and C1 follows. B1 would tell of A1, and so of A2: B1 and B2 stay hidden. Column 1 hides A1 and B1, 40
    // people, column 2 A2 and B2, 23: 63 in all.
    let cells = [("A", "1", 20), ("A", "2", 3), ("B", "1", 20), ("B", "2", 20), ("C", "1", 20), ("C", "2", 20)];
    let dataset = crossed(&cells);
    let groups = pairs(&dataset, Filter::default(), GroupBy::two("Team", "Level"));
    assert_eq!(shown(&groups), [("C \u{b7} 1", 20), ("C \u{b7} 2", 20)]);
    assert_eq!(groups.hidden, Some(HiddenGroups { groups: 4, people: Some(63) }));
    // The other order shows the same under other names.
    let turned = pairs(&dataset, Filter::default(), GroupBy::two("Level", "Team"));
    assert_eq!(turned.by, GroupBy::two("Level", "Team"));
    assert_eq!(shown(&turned), [("1 \u{b7} C", 20), ("2 \u{b7} C", 20)]);
    assert_eq!(turned.hidden, groups.hidden);
    let same = |(a, b): (&privacy::PublicGroup, &privacy::PublicGroup)| {
        (a.share, a.interval, a.difference, a.verdict) == (b.share, b.interval, b.difference, b.verdict)
    };
    assert!(groups.shown.iter().zip(&turned.shown).all(same));
    // Within C there is nothing to hide, within A nothing to show. The groups are counted in the whole file: that there are
    // two within A would tell that both have somebody.
    let within = |team: &str| pairs(&dataset, filter(&[values("Team", &[team])]), GroupBy::two("Team", "Level"));
    assert_eq!((shown(&within("C")), within("C").hidden), (vec![("C \u{b7} 1", 20), ("C \u{b7} 2", 20)], None));
    assert_eq!((shown(&within("A")), within("A").hidden), (vec![], Some(HiddenGroups { groups: 6, people: Some(23) })));
}

#[test]
fn without_small_groups_a_table_of_two_attributes_hides_nothing() {
    let dataset = crossed(&[("A", "1", 17), ("A", "2", 5), ("B", "1", 20), ("B", "2", 20)]);
    let groups = pairs(&dataset, Filter::default(), GroupBy::two("Team", "Level"));
    let all = [("A \u{b7} 1", 17), ("A \u{b7} 2", 5), ("B \u{b7} 1", 20), ("B \u{b7} 2", 20)];
    assert_eq!((shown(&groups), groups.hidden), (all.to_vec(), None));
    // Both names of one attribute are that attribute.
    let one = pairs(&dataset, Filter::default(), GroupBy::two("Team", "team"));
    assert_eq!((one.by.clone(), shown(&one)), ("Team".into(), vec![("A", 22), ("B", 40)]));
}

#[test]
fn a_table_of_two_attributes_is_hidden_where_an_insight_measures_few_of_a_group() {
    // Everybody has external hours; of the twenty of A2 only three have a number of organizations.
    let cells = [("A", "1"), ("A", "2"), ("B", "1"), ("B", "2")];
    let rows = cells.into_iter().flat_map(|(team, level)| {
        let rows = teams(&[(&format!("{team}{level}"), 20)]).into_iter().enumerate();
        rows.map(move |(person, row)| {
            let row = row.group("Team", team).group("Level", level);
            let is_measured = person < 3 || (team, level) != ("A", "2");
            if is_measured { row.count(Metric::InternalOrganizations, 3.0) } else { row }
        })
    });
    let dataset = weekly(rows.collect()).build();
    let question = Question { by: vec![GroupBy::two("Team", "Level")], ..Question::default() };
    let findings = privacy::answer(&guarded(&dataset), &question, Rules::new(5)).unwrap();
    let shown_in = |id| outcome(&findings, id).breakdowns.remove(0).shown.len();
    assert_eq!(shown_in(InsightId::ExternalOver8h), 4);
    // 60 less 20, and 40 less 20, would give the three away in every row and column of four cells.
    assert_eq!(shown_in(InsightId::FewInternalOrganizations), 0);
}

/// A group of two attributes is shown only where each of its values, asked for alone, shows the other one.
fn keeps_to_single_questions(case: &Case) {
    let dataset = case.company.build();
    let guarded = guarded(&dataset);
    let names: Vec<String> = case.company.attributes().into_iter().collect();
    let [first, second, ..] = names.as_slice() else { return };
    let ask = |filter: &Filter, by: GroupBy| {
        let question = Question { filter: filter.clone(), by: vec![by], ..Question::default() };
        privacy::answer(&guarded, &question, Rules::new(5))
    };
    let Ok(findings) = ask(&case.filter, GroupBy::two(first, second)) else { return };
    let weeks = dataset.select(&case.filter).unwrap().periods();
    let edges = |filter: &Filter| Population::new(guarded.panel(), dataset.select(filter).unwrap()).edge_weeks();
    for id in [InsightId::CoachingUnder15Min, InsightId::FewInternalOrganizations] {
        let Ok(all) = &findings.insight(id).unwrap().outcome else { continue };
        for group in &all.breakdowns[0].shown {
            let parts: Vec<&str> = group.value.parts().collect();
            for (name, value, other, wanted) in
                [(first, parts[0], second, parts[1]), (second, parts[1], first, parts[0])]
            {
                let mut filter = case.filter.clone();
                filter.attributes.retain(|kept| kept.attribute != *name);
                filter.attributes.push(values(name, &[value]));
                if dataset.select(&filter).unwrap().periods() != weeks {
                    // Months are complete, or not, by the weeks in which anybody of the question is there: of a
                    // value with fewer weeks an insight can measure others than of the whole table.
                    continue;
                }
                if edges(&filter) != edges(&case.filter) {
                    // What goes by weeks leaves out the edge weeks of the people who are asked for: some weeks of a value
                    // that are told together are not, where one of them is at the edge of that value's own.
                    continue;
                }
                let alone = ask(&filter, other.as_str().into());
                let alone = match alone {
                    Ok(alone) => alone,
                    // In these weeks, and not in the whole file: such a filter leaves out few, and no group does.
                    Err(Hidden::TooFewLeftOut) => continue,
                    Err(hidden) => panic!("{}: {hidden:?}", group.value),
                };
                let groups = outcome(&alone, id).breakdowns.remove(0);
                let found = groups.shown.iter().find(|found| found.value.as_str() == wanted);
                let found = found.unwrap_or_else(|| panic!("{} is hidden within {name} {value}", group.value));
                assert_eq!(found.people, group.people, "{}", group.value);
            }
        }
    }
}

#[test]
fn a_group_with_a_week_of_few_people_is_told_without_that_week_and_the_company_is_in_each() {
    let days = weeks("2024-04-07", 6);
    // Six people of A and B each; in the second week only four of A and none of B.
    let rows = teams(&[("A", 6), ("B", 6)]).into_iter().enumerate().flat_map(|(person, row)| {
        let days = days.clone().into_iter().enumerate();
        let there = days.filter(move |(week, _)| *week != 1 || person < 4);
        there.map(move |(_, day)| Row { day, ..row.clone() })
    });
    let dataset = weekly(rows.collect()).build();
    let points =
        |trend: &[privacy::TrendPoint]| trend.iter().map(|point| (point.people, point.period)).collect::<Vec<_>>();
    let all = outcome(&ask(&dataset, Filter::default(), &["Team"]).unwrap(), InsightId::ExternalOver8h);
    assert_eq!(points(&all.trend).iter().map(|(people, _)| *people).collect::<Vec<_>>(), [12, 4, 12, 12, 12, 12]);
    // In its other weeks A is the company less B, so that what it is in all of them would tell the second. B has no such
    // week.
    assert_eq!(shown(&all.breakdowns[0]), [("B", 6)]);
    let of_a =
        |periods: Filter| ask(&dataset, Filter { attributes: vec![values("Team", &["A"])], ..periods }, &["Team"]);
    let range = |from: usize, to: usize| Filter { from: Some(days[from]), to: Some(days[to]), ..Filter::default() };
    let refused = |periods: Filter| of_a(periods).map(|findings| findings.population.people);
    for hidden in [Filter::default(), range(0, 4), range(1, 5)] {
        assert_eq!(refused(hidden), Err(Hidden::TooFewInPeriods { without: vec![days[1]] }));
    }
    // Without the only week nothing would be left.
    assert_eq!(refused(range(1, 1)), Err(Hidden::TooFewInPeriods { without: Vec::new() }));
    let without = Filter { without: vec![days[1]], ..Filter::default() };
    let of_all = outcome(&ask(&dataset, without.clone(), &["Team"]).unwrap(), InsightId::ExternalOver8h);
    assert_eq!(shown(&of_all.breakdowns[0]), [("A", 6), ("B", 6)]);
    let trend = outcome(&of_a(without).unwrap(), InsightId::ExternalOver8h).trend;
    assert_eq!(points(&trend), [0, 2, 3, 4, 5].map(|week| (6, days[week])));
    assert_eq!(of_a(range(0, 0)).map(|findings| findings.population.people), Ok(6));
}

#[test]
fn hidden_groups_are_counted_by_people_and_not_by_moves() {
    // Twelve in A; X, Y and Z are the same three people in three weeks, with one more in Z: four in all.
    let days = weeks("2024-04-07", 3);
    let mut rows: Vec<Row> = Vec::new();
    for (week, day) in days.into_iter().enumerate() {
        for row in teams(&[("A", 12), ("B", 9)]) {
            rows.push(Row { day, ..row });
        }
        let team = ["X", "Y", "Z"][week];
        for person in 0..3 + week / 2 {
            rows.push(Row { person: format!("mover {person}"), day, ..teams(&[(team, 1)]).remove(0) });
        }
    }
    let findings = ask(&weekly(rows).build(), Filter::default(), &["Team"]).unwrap();
    let groups = outcome(&findings, InsightId::ExternalOver8h).breakdowns.remove(0);
    // Four people are under the minimum, although 3 + 3 + 4 are ten: B joins them.
    assert_eq!(shown(&groups), [("A", 12)]);
    assert_eq!(groups.hidden, Some(HiddenGroups { groups: 4, people: Some(13) }));
}

#[test]
fn an_insight_that_measures_fewer_than_the_minimum_has_no_number() {
    let mut rows = teams(&[("A", 20)]);
    for row in &mut rows[..4] {
        *row = row.clone().count(Metric::InternalOrganizations, 3.0);
    }
    let findings = ask(&weekly(rows).build(), Filter::default(), &[]).unwrap();
    let few = findings.insight(InsightId::FewInternalOrganizations).unwrap();
    assert_eq!(few.outcome, Err(privacy::Unavailable::TooFewMeasured));
    let mean = findings.metrics.iter().find(|mean| mean.metric.name() == "internal_organizations").unwrap();
    assert_eq!(mean.mean, None);
}

/// Distinct people of rows that match, by plain loops.
fn people<'a>(rows: impl Iterator<Item = &'a Row>) -> BTreeSet<&'a String> {
    rows.map(|row| &row.person).collect()
}

fn keeps_the_rules(case: &Case, k: usize) {
    let dataset = case.company.build();
    let names: Vec<String> = case.company.attributes().into_iter().collect();
    let mut by: Vec<GroupBy> = names.iter().map(|name| name.as_str().into()).collect();
    for (index, first) in names.iter().enumerate() {
        by.extend(names[index + 1..].iter().map(|second| GroupBy::two(first, second)));
    }
    let question = Question { filter: case.filter.clone(), by, ..Question::default() };
    let Ok(findings) = privacy::answer(&guarded(&dataset), &question, Rules::new(k)) else { return };
    let k = Rules::new(k).minimum_group_size();
    assert!(findings.population.people >= k);
    for (_, people) in findings.metrics.iter().filter_map(|mean| mean.mean) {
        assert!(people >= k);
    }
    for insight in &findings.insights {
        let Ok(outcome) = &insight.outcome else { continue };
        assert!(outcome.people >= k);
        assert!(outcome.without_manager.is_none_or(|people| people == 0 || people >= k));
        assert!(findings.population.is_everyone || outcome.trend.iter().all(|point| point.people >= k));
        for groups in &outcome.breakdowns {
            let values: BTreeSet<&str> = groups.shown.iter().map(|group| group.value.as_str()).collect();
            for group in &groups.shown {
                assert!(group.people >= k);
            }
            assert!(groups.focus.iter().all(|focus| values.contains(focus.value.as_str()) && focus.people >= k));
            assert!(groups.connected.iter().all(|value| values.contains(value.as_str())));
            if let Some(hidden) = groups.hidden {
                // A few hidden people beside shown groups could be worked out, unless somebody is in two groups.
                let in_shown: usize = groups.shown.iter().map(|group| group.people).sum();
                let left = outcome.people.saturating_sub(in_shown);
                assert!(moves(&case.company, &groups.by) || in_shown == 0 || left == 0 || left >= k, "{left} are left");
                assert!(hidden.people.is_none_or(|people| people >= k && hidden.groups >= 2));
            }
        }
    }
}

/// Whether somebody is in several groups.
fn moves(company: &Company, by: &GroupBy) -> bool {
    let mut groups: BTreeMap<&String, BTreeSet<Vec<&String>>> = BTreeMap::new();
    for row in &company.rows {
        groups.entry(&row.person).or_default().insert(by.names().map(|name| &row.groups[name]).collect());
    }
    groups.values().any(|groups| groups.len() > 1)
}

/// Everyone measured by one file, and people by team and level, of a company in which nobody moves.
fn still(company: &Company) -> Company {
    let mut teams: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    let mut rows: Vec<Row> = company.rows.iter().filter(|row| !row.inactive).cloned().collect();
    for row in &mut rows {
        row.groups = teams.entry(row.person.clone()).or_insert_with(|| row.groups.clone()).clone();
    }
    Company { rows, ..company.clone() }
}

/// People of every population that the door answers: of one value, and of two values of different attributes.
fn answered(dataset: &Dataset, company: &Company, asked: &mut Vec<(Vec<AttributeFilter>, Option<usize>)>) {
    let of = |attribute: &str| company.rows.iter().map(|row| row.groups[attribute].clone()).collect::<BTreeSet<_>>();
    for team in of("Team") {
        for level in of("Level") {
            let (team, level) = (values("Team", &[&team]), values("Level", &[&level]));
            for attributes in [vec![team.clone()], vec![level.clone()], vec![team.clone(), level.clone()]] {
                let answer = ask(dataset, filter(&attributes), &[]).ok();
                asked.push((attributes, answer.map(|findings| findings.population.people)));
            }
        }
    }
}

/// Holds each choice of a period against the answer to what it leads to. Where the attributes are not answered in all periods either, periods change nothing.
fn periods_are_offered_as_they_are_answered(case: &Case, k: usize) {
    let dataset = case.company.build();
    let (guarded, rules) = (guarded(&dataset), Rules::new(k));
    let filter = case.filter.clone();
    let is_answered = |filter: &Filter| {
        let question = Question { filter: filter.clone(), ..Question::default() };
        // A choice of a period does not say which others to leave out.
        privacy::answer(&guarded, &question, rules).err().map(|hidden| match hidden {
            Hidden::TooFewInPeriods { .. } => Hidden::TooFewInPeriods { without: Vec::new() },
            other => other,
        })
    };
    let always = Filter { from: None, to: None, without: Vec::new(), ..filter.clone() };
    if is_answered(&always).is_some() {
        return;
    }
    for choice in &privacy::choices(&guarded, None, &filter, rules).periods {
        let first = Filter { from: Some(choice.day), ..filter.clone() };
        if filter.to.is_none_or(|to| choice.day <= to) {
            assert_eq!(choice.as_first, is_answered(&first), "from {}", choice.day);
        }
        let last = Filter { to: Some(choice.day), ..filter.clone() };
        if filter.from.is_none_or(|from| from <= choice.day) {
            assert_eq!(choice.as_last, is_answered(&last), "to {}", choice.day);
        }
        let mut without = filter.without.clone();
        without.retain(|day| *day != choice.day);
        if without.len() == filter.without.len() {
            without.push(choice.day);
        }
        without.sort_unstable();
        assert_eq!(choice.left_out, is_answered(&Filter { without, ..filter.clone() }), "without {}", choice.day);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 150, ..ProptestConfig::default() })]

    #[test]
    fn what_is_published_keeps_the_rules(case in random::case(), k in 1_usize..9) {
        keeps_the_rules(&case, k);
    }

    #[test]
    fn a_period_is_disabled_beforehand_just_when_choosing_it_would_not_be_answered(case in random::case(), k in 5_usize..9) {
        periods_are_offered_as_they_are_answered(&case, k);
    }

    #[test]
    fn a_group_of_two_attributes_tells_nothing_that_one_at_a_time_would_hide(case in random::case()) {
        keeps_to_single_questions(&case);
    }

    #[test]
    fn an_answer_never_depends_on_earlier_questions(shape in random::shape(40)) {
        let mut dice = Dice(shape.seed);
        let company = random::company(&shape, &mut dice);
        let dataset = company.build();
        let questions: Vec<Filter> = (0..4).map(|_| random::filter(&company, &mut dice)).collect();
        let answers: Vec<_> = questions.iter().map(|filter| ask(&dataset, filter.clone(), &["Team", "Level"])).collect();
        for (filter, answer) in questions.iter().zip(&answers).rev() {
            assert_eq!(&ask(&dataset, filter.clone(), &["Team", "Level"]), answer);
        }
    }

    #[test]
    fn no_small_cell_of_two_attributes_is_what_is_left_of_its_line(shape in random::shape(60)) {
        let mut dice = Dice(shape.seed);
        let company = still(&random::company(&shape, &mut dice));
        prop_assume!(!company.rows.is_empty());
        let dataset = company.build();
        let mut asked = Vec::new();
        answered(&dataset, &company, &mut asked);
        for (line, total) in asked.iter().filter(|(attributes, total)| attributes.len() == 1 && total.is_some()) {
            // What remains of an answered value when every answered cell in it is subtracted.
            let cells: BTreeMap<_, _> = asked
                .iter()
                .filter(|(attributes, people)| attributes.len() == 2 && attributes.contains(&line[0]) && people.is_some())
                .map(|(attributes, people)| (format!("{attributes:?}"), people.unwrap_or(0)))
                .collect();
            let rest = total.unwrap_or(0) - cells.values().sum::<usize>();
            assert!(rest == 0 || rest >= 5, "{rest} people are left of {line:?}");
        }
        let all = people(company.rows.iter()).len();
        let teams: BTreeMap<_, _> = asked.iter()
            .filter(|(attributes, people)| attributes.len() == 1 && attributes[0].attribute == "Team" && people.is_some())
            .map(|(attributes, people)| (format!("{attributes:?}"), people.unwrap_or(0)))
            .collect();
        let rest = all - teams.values().sum::<usize>();
        assert!(rest == 0 || rest >= 5 || teams.is_empty(), "{rest} people are left of everyone");
    }
}

#[test]
fn of_a_file_of_days_including_inactive_rows_is_blocked_before_it_is_asked() {
    // Thirty people in five days of a week; three, and in the other file six, of them have an inactive Friday.
    let blocked = |inactive: usize| {
        let day = |person: usize, day: u64| {
            let row = row(person, date("2024-04-08") + chrono::Days::new(day)).hours(Metric::ExternalHours, 1.0);
            if person < inactive && day == 4 { row.inactive() } else { row }
        };
        let rows = (0..30).flat_map(|person| (0..5).map(move |nth| day(person, nth))).collect();
        let days = Company { grain: Grain::Day, ..weekly(rows) }.build();
        let [without, with] =
            [false, true].map(|inactive| guarded(&days.summed_to_weeks(chrono::Weekday::Sun, inactive).dataset));
        let choices = |own, other| privacy::choices(own, Some(other), &Filter::default(), Rules::new(5));
        let switch = choices(&without, &with).include_inactive.clone();
        let filter = Filter { include_inactive: true, ..Filter::default() };
        let asked = privacy::answer(&with, &Question { filter, ..Question::default() }, Rules::new(5));
        assert_eq!(switch.blocked, asked.err(), "of {inactive} people");
        (switch.is_in_file, switch.blocked)
    };
    assert_eq!(blocked(3), (true, Some(Hidden::TooFewInactive)));
    assert_eq!(blocked(6), (true, None));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn what_is_decided_beforehand_changes_no_answer(case in random::case()) {
        let dataset = case.company.build();
        let by = dataset.attributes().iter().map(|attribute| attribute.name.as_str().into()).collect();
        let question = Question { filter: case.filter, by, ..Question::default() };
        let (afresh, prepared) = (guarded(&dataset), guarded(&dataset));
        prepared.prepare(Rules::new(5), || false);
        prop_assert_eq!(
            privacy::answer(&prepared, &question, Rules::new(5)),
            privacy::answer(&afresh, &question, Rules::new(5))
        );
    }
}
