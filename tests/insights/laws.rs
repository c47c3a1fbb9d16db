//! Laws that hold whatever the numbers are: order, names, parts, and what is beside the point.

use std::collections::BTreeMap;

use customer_focus::dataset::{Filter, Grain, Metric};
use customer_focus::insights::{self, Insight, Population, Settings, metrics};
use proptest::prelude::*;

use crate::support::random::{self, Dice, Shape};
use crate::support::{Company, Row, groupings, panel};

/// Every number by a name. Names of people do not occur in it.
fn numbers(company: &Company, filter: &Filter) -> BTreeMap<String, f64> {
    let panel = panel(&company.build());
    let dataset = panel.dataset();
    let population = Population::new(&panel, dataset.select(filter).unwrap());
    let mut all = BTreeMap::new();
    for insight in insights::evaluate_all(&population, &population, &Settings::default(), &groupings(dataset)) {
        of_insight(&insight, &mut all);
    }
    for mean in metrics::means(&population) {
        if let Some((value, people)) = mean.mean {
            all.insert(format!("mean {}", mean.metric.name()), value);
            all.insert(format!("people {}", mean.metric.name()), people as f64);
        }
    }
    all
}

fn of_insight(insight: &Insight, all: &mut BTreeMap<String, f64>) {
    let Ok(outcome) = &insight.outcome else { return };
    let mut put = |name: String, value: f64| all.insert(format!("{} {name}", insight.id.name()), value);
    put("share".to_owned(), outcome.share.get());
    put("low".to_owned(), outcome.interval.low);
    put("high".to_owned(), outcome.interval.high);
    put("people".to_owned(), outcome.people as f64);
    put("not eligible".to_owned(), outcome.not_eligible as f64);
    for boundary in &outcome.boundaries {
        put(format!("at {}", boundary.at_hours), boundary.count as f64);
    }
    for reading in &outcome.other_readings {
        put(reading.id.to_owned(), reading.share.get());
    }
    for band in &outcome.bands {
        put(format!("band {}", band.label), band.share.get());
    }
    for point in &outcome.trend {
        put(format!("on {}", point.period), point.share.get());
    }
    for breakdown in &outcome.breakdowns {
        for group in &breakdown.groups {
            let name = |part: &str| format!("{}={} {part}", breakdown.by, group.value);
            put(name("share"), group.share.get());
            put(name("people"), group.people as f64);
            put(name("low"), group.interval.low);
            if let Some((difference, interval)) = group.difference {
                put(name("difference"), difference);
                put(name("high of the difference"), interval.high);
            }
        }
    }
}

#[track_caller]
fn assert_same(left: &BTreeMap<String, f64>, right: &BTreeMap<String, f64>) {
    assert_eq!(left.keys().collect::<Vec<_>>(), right.keys().collect::<Vec<_>>());
    for (name, value) in left {
        assert!((value - right[name]).abs() <= 1e-12, "{name}: {value} and {}", right[name]);
    }
}

fn company_of(shape: &Shape) -> (Company, Dice) {
    let mut dice = Dice(shape.seed);
    (random::company(shape, &mut dice), dice)
}

fn with_rows(company: &Company, rows: Vec<Row>) -> Company {
    Company { rows, ..company.clone() }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_rows_is_beside_the_point(shape in random::shape(30)) {
        let (company, mut dice) = company_of(&shape);
        let mut rows = company.rows.clone();
        dice.shuffle(&mut rows);
        assert_same(&numbers(&company, &Filter::default()), &numbers(&with_rows(&company, rows), &Filter::default()));
    }

    #[test]
    fn the_names_of_people_are_beside_the_point(shape in random::shape(30)) {
        let (company, mut dice) = company_of(&shape);
        let mut names: Vec<usize> = (0..shape.people).collect();
        dice.shuffle(&mut names);
        let names: BTreeMap<String, String> =
            names.iter().enumerate().map(|(old, new)| (format!("person {old}"), format!("{new} of us"))).collect();
        let mut rows = company.rows.clone();
        for row in &mut rows {
            row.person = names[&row.person].clone();
        }
        assert_same(&numbers(&company, &Filter::default()), &numbers(&with_rows(&company, rows), &Filter::default()));
    }

    #[test]
    fn a_file_cut_in_parts_and_stacked_again_is_the_same_file(shape in random::shape(30)) {
        let (company, mut dice) = company_of(&shape);
        // Each row goes to one of three files; the files are stacked in another order, with rows that are in two.
        let mut files = vec![Vec::new(); 3];
        for row in &company.rows {
            files[dice.roll(3)].push(row.clone());
        }
        let twice = files[0].clone();
        files.reverse();
        let rows: Vec<Row> = files.into_iter().flatten().chain(twice).collect();
        assert_same(&numbers(&company, &Filter::default()), &numbers(&with_rows(&company, rows), &Filter::default()));
    }

    #[test]
    fn an_attribute_more_changes_no_other_number(shape in random::shape(30)) {
        let (company, mut dice) = company_of(&shape);
        let mut rows = company.rows.clone();
        for row in &mut rows {
            row.groups.insert("Zodiac".to_owned(), dice.pick(&["Ram", "Bull", "Twins"]).to_owned());
        }
        let mut wider = numbers(&with_rows(&company, rows), &Filter::default());
        wider.retain(|name, _| !name.contains("Zodiac"));
        assert_same(&numbers(&company, &Filter::default()), &wider);
    }

    #[test]
    fn a_filter_is_the_file_of_the_rows_that_it_keeps(shape in random::shape(40)) {
        let (mut company, mut dice) = company_of(&shape);
        let filter = Filter { without_low_activity: false, ..random::filter(&company, &mut dice) };
        // A column blank throughout is not in a file: without blanks both files have the same columns.
        company.rows.retain(|row| !row.cells.values().any(|cell| *cell == crate::support::Cell::Blank));
        let kept = |row: &&Row| {
            (filter.include_inactive || !row.inactive)
                && filter.from.is_none_or(|from| row.day >= from)
                && filter.to.is_none_or(|to| row.day <= to)
                && !filter.without.contains(&row.day)
                && filter.attributes.iter().all(|wanted| wanted.values.contains(&row.groups[&wanted.attribute]))
        };
        let mut rows: Vec<Row> = company.rows.iter().filter(kept).cloned().collect();
        for row in &mut rows {
            row.inactive = false;
        }
        let known = |wanted: &customer_focus::dataset::AttributeFilter| {
            wanted.values.iter().all(|value| company.rows.iter().any(|row| row.groups[&wanted.attribute] == *value))
        };
        prop_assume!(!rows.is_empty() && filter.attributes.iter().all(known));
        let reduced = with_rows(&company, rows);
        assert_same(&numbers(&company, &filter), &numbers(&reduced, &Filter::default()));
    }

    #[test]
    fn a_group_of_everyone_is_the_whole(shape in random::shape(30)) {
        let (mut company, _) = company_of(&shape);
        for row in &mut company.rows {
            row.groups.insert("All".to_owned(), "everyone".to_owned());
        }
        let all = numbers(&company, &Filter::default());
        for (name, value) in &all {
            if let Some((insight, part)) = name.split_once(" All=everyone ") {
                assert!((value - all[&format!("{insight} {part}")]).abs() <= 1e-12, "{name}");
            }
        }
        assert!(!all.keys().any(|name| name.contains("everyone difference")), "there is no rest");
    }

    #[test]
    fn a_group_has_the_share_of_its_own_rows_where_no_week_is_an_edge(shape in random::shape(30)) {
        let (mut company, mut dice) = company_of(&shape);
        let value = dice.pick(&company.rows).groups["Team"].clone();
        company.rows.retain(|row| !row.inactive);
        prop_assume!(!company.rows.is_empty());
        let rows: Vec<Row> = company.rows.iter().filter(|row| row.groups["Team"] == value).cloned().collect();
        let of_all = panel(&company.build());
        let dataset = of_all.dataset();
        let whole = Population::new(&of_all, dataset.select(&Filter::default()).unwrap());
        let reduced = with_rows(&company, rows);
        let of_group = panel(&reduced.build());
        let alone = of_group.dataset();
        let group = Population::new(&of_group, alone.select(&Filter::default()).unwrap());
        let same_frame = whole.edge_weeks().is_empty()
            && group.edge_weeks().is_empty()
            && alone.calendar() == dataset.calendar()
            // A column that is blank for the whole group is in the company's file and not in the group's.
            && Metric::ALL.iter().all(|metric| alone.has(*metric) == dataset.has(*metric))
            && company.grain == Grain::Week;
        prop_assume!(same_frame);
        let (whole, group) = (numbers(&company, &Filter::default()), numbers(&reduced, &Filter::default()));
        for id in ["external_over_8h", "coaching_under_15_min", "coaching_style", "few_internal_organizations"] {
            if let Some(share) = whole.get(&format!("{id} Team={value} share")) {
                assert!((share - group[&format!("{id} share")]).abs() <= 1e-12, "{id} of {value}");
            }
        }
    }
}
