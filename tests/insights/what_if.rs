//! What if: 1:1s raised by hand, a lever at zero on random companies, and hours that can fall.

use customer_focus::dataset::{Filter, GroupBy, Metric};
use customer_focus::insights::what_if::{FreedFrom, OneToOneEffect, OneToOneLever, hours, one_to_ones};
use customer_focus::insights::{InsightId, Population, Unavailable};
use proptest::prelude::*;

use crate::support::random;
use crate::support::{Company, Row, assert_close, insight, panel, row, weekly, weeks};

fn lever(meetings_a_month: u32, minutes: u32) -> OneToOneLever {
    OneToOneLever { meetings_a_month, minutes }
}

fn effect(company: &Company, lever: OneToOneLever, only: Option<&str>) -> Result<OneToOneEffect, Unavailable> {
    let dataset = company.build();
    let panel = panel(&dataset);
    let population = Population::new(&panel, panel.dataset().select(&Filter::default()).unwrap());
    let by = GroupBy::from(company.attributes().first().unwrap().as_str());
    let only = only.map(|value| customer_focus::dataset::AttributeFilter {
        attribute: by.names().next().unwrap().to_owned(),
        values: vec![value.to_owned()],
    });
    let meant = only.map(|only| {
        let filter = Filter { attributes: vec![only], ..Filter::default() };
        panel.dataset().select(&filter).unwrap()
    });
    one_to_ones(&population, lever, meant.as_ref(), &panel.dataset().grouping(&by).unwrap())
}

/// The four Sundays of April 2024, so many minutes in each.
fn april(person: &str, team: &str, minutes: f64) -> Vec<Row> {
    let days = weeks("2024-04-07", 4).into_iter();
    days.map(|day| row(person, day).hours(Metric::Manager11Hours, minutes / 60.0).group("Team", team)).collect()
}

/// Of 40, 48 and 120 minutes in April two are under an hour.
fn three() -> Company {
    weekly([april("a", "Red", 10.0), april("b", "Blue", 12.0), april("c", "Blue", 30.0)].concat())
}

#[test]
fn two_half_hours_a_month_lift_everybody_to_an_hour_and_add_what_is_missing() {
    let effect = effect(&three(), lever(2, 30), None).unwrap().everyone;
    assert_close(effect.now.get(), 2.0 / 3.0, "two of three are under an hour");
    assert_close(effect.then.get(), 0.0, "nobody is");
    // 20 and 12 minutes are missing; 40 + 48 + 120 were there.
    assert_close(effect.time.added_hours, 32.0 / 60.0, "added");
    assert_close(effect.time.most_added_hours, 20.0 / 60.0, "added for one");
    assert_close(effect.time.hours, 208.0 / 60.0, "measured");
    assert_eq!((effect.time.person_months, effect.people), (3, 3));
}

#[test]
fn one_half_hour_a_month_changes_nobody_who_has_more_and_no_share() {
    let effect = effect(&three(), lever(1, 30), None).unwrap().everyone;
    assert_close(effect.then.get(), effect.now.get(), "all three have over half an hour");
    assert_close(effect.time.added_hours, 0.0, "added");
}

#[test]
fn only_the_group_that_is_meant_is_raised() {
    let effect = effect(&three(), lever(2, 30), Some("Blue")).unwrap();
    assert_close(effect.everyone.then.get(), 1.0 / 3.0, "a of Red stays under");
    assert_close(effect.everyone.time.added_hours, 12.0 / 60.0, "b alone is raised");
    let groups: Vec<(String, f64, f64)> =
        effect.groups.iter().map(|(_, value, group)| (value.to_string(), group.now.get(), group.then.get())).collect();
    assert_eq!(groups, [("Blue".to_owned(), 0.5, 0.0), ("Red".to_owned(), 1.0, 1.0)]);
}

#[test]
fn of_a_month_that_is_not_whole_the_measured_part_is_raised() {
    // Two weeks of April: 10 minutes each stand for 40 of four weeks; an hour is missing 20.
    let rows = april("a", "Red", 10.0).into_iter().take(2).collect();
    let effect = effect(&weekly(rows), lever(2, 30), None).unwrap().everyone;
    assert_eq!((effect.now.get(), effect.then.get()), (1.0, 0.0));
    assert_close(effect.time.added_hours, 20.0 / 60.0, "as of four weeks");
}

#[test]
fn internal_hours_are_what_is_not_external_and_never_under_zero() {
    let at = |person: &str, all: f64, external: f64| {
        let days = weeks("2024-04-07", 2).into_iter();
        let of =
            move |day| row(person, day).hours(Metric::CollaborationHours, all).hours(Metric::ExternalHours, external);
        days.map(move |day| of(day).group("Team", "Red")).collect::<Vec<_>>()
    };
    // 10 - 4 = 6 hours, and 2 - 3, which counts as none: 3 on average.
    let dataset = weekly([at("a", 10.0, 4.0), at("b", 2.0, 3.0)].concat()).build();
    let panel = panel(&dataset);
    let population = Population::new(&panel, panel.dataset().select(&Filter::default()).unwrap());
    let grouping = panel.dataset().grouping(&GroupBy::from("Team")).unwrap();
    let (everyone, groups) = hours(&population, FreedFrom::Internal, &grouping).unwrap();
    assert_close(everyone.mean().unwrap(), 3.0, "mean");
    assert_close(groups[0].1.mean().unwrap(), 3.0, "the only group");
    assert!(!everyone.nobody_gives_half(), "one person has them all");
    let missing = hours(&population, FreedFrom::Email, &grouping).unwrap_err();
    assert_eq!(missing, Unavailable::NotInFile(vec![Metric::EmailHours]));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn a_lever_at_zero_is_what_was_measured_to_the_last_bit_and_more_of_it_never_raises_the_share(
        case in random::case(), meetings in 0_u32..5
    ) {
        let company = &case.company;
        prop_assume!(!company.attributes().is_empty());
        let measured = insight(company, InsightId::CoachingUnder15Min).ok();
        let none = effect(company, lever(0, 30), None).ok();
        prop_assert_eq!(measured.is_some(), none.is_some());
        if let (Some(measured), Some(none)) = (measured, none) {
            prop_assert_eq!(none.everyone.then.get().to_bits(), measured.share.get().to_bits());
            prop_assert_eq!(none.everyone.time.added_hours, 0.0);
            for (group, measured) in none.groups.iter().zip(&measured.breakdowns[0].groups) {
                prop_assert_eq!(group.2.then.get().to_bits(), measured.share.get().to_bits());
            }
            let more = effect(company, lever(meetings, 30), None).unwrap().everyone;
            prop_assert!(more.then.get() <= none.everyone.then.get());
            if meetings >= 2 {
                prop_assert_eq!(more.then.get(), 0.0);
            }
        }
    }
}
