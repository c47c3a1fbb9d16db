//! What if: levers in the window, and what may be seen of their effect.

use customer_focus::dataset::{Filter, GroupBy};
use customer_focus::import::ImportOptions;
use customer_focus::privacy::{self, FreedFrom, OneToOneLever, Rules, Settings, WhatIfQuestion};
use customer_focus::work::{Cancel, Progress};
use customer_focus::workbench::{self, Opened, What};
use egui_kittest::kittest::Queryable as _;

use crate::support::window::{go, press, sample, shows, wait};

fn opened_sample() -> Opened {
    workbench::open(&What::Sample, &ImportOptions::default(), &Progress::default(), &Cancel::default()).unwrap()
}

fn question(by: &str, meetings_a_month: u32) -> WhatIfQuestion {
    WhatIfQuestion {
        filter: Filter::default(),
        by: GroupBy::from(by),
        settings: Settings::default(),
        lever: OneToOneLever { meetings_a_month, minutes: 30 },
        only_focus: false,
        freed_from: FreedFrom::Meetings,
    }
}

#[test]
fn two_half_hours_for_everyone_leave_nobody_under_and_say_what_it_takes() {
    let mut window = sample();
    go(&mut window, "What if");
    wait(&mut window, |app| app.workbench().what_if().is_some());
    assert!(shows(&window, "Two 30-minute 1:1s a month: from 36.2\u{a0}% to 0.0\u{a0}% under 15 minutes a week"));
    assert!(shows(&window, "It is no forecast."));
    assert!(shows(&window, "hours a month in all."));
    // Only the groups to focus on: the others keep what they have, so that some stay under.
    window.get_by_label("Who holds them").click();
    window.run_ok();
    press(&mut window, "Managers of the groups to focus on, by Organization");
    wait(&mut window, |app| app.workbench().what_if().is_some_and(|answer| answer.question.only_focus));
    assert!(shows(&window, "Only in Support."));
    assert!(!shows(&window, "to 0.0\u{a0}% under"));
}

#[test]
fn groups_are_those_that_are_shown_anyway_and_added_hours_are_told_to_a_tenth() {
    let opened = opened_sample();
    let rules = opened.default_rules();
    let numbers = opened.what_if(&question("Organization", 2), rules).unwrap();
    let asked = privacy::Question { by: vec![GroupBy::from("Organization")], ..privacy::Question::default() };
    let results = workbench::evaluate(&opened, &asked, rules, None);
    let findings = results.findings.as_ref().unwrap();
    let shown =
        &findings.insight(privacy::InsightId::CoachingUnder15Min).unwrap().outcome.as_ref().unwrap().breakdowns[0];
    assert_eq!(numbers.groups.len(), shown.shown.len());
    for (group, shown) in numbers.groups.iter().zip(&shown.shown) {
        assert_eq!((&group.value, group.one_to_ones.people), (&shown.value, shown.people));
        assert_eq!(group.one_to_ones.now.get().to_bits(), shown.share.get().to_bits());
        let tenths = group.one_to_ones.added_hours * 10.0;
        assert!((tenths - tenths.round()).abs() < 1e-9, "{}", group.one_to_ones.added_hours);
    }
}

#[test]
fn a_selection_that_may_not_be_seen_has_no_what_if() {
    let opened = opened_sample();
    let rules = Rules::new(100_000);
    assert!(opened.what_if(&question("Organization", 2), rules).is_err());
}

#[test]
fn a_group_that_gets_nothing_keeps_its_share_though_somebody_of_it_was_in_one_that_does() {
    use crate::support::{guarded, row, weekly, weeks};
    use customer_focus::dataset::{GroupValue, Metric};
    // April 2024 has four Sundays. Forty people of North without any 1:1, forty of South with an hour each week. One more
    // of South has none and was in North in the first week.
    let mut rows = Vec::new();
    for (week, day) in weeks("2024-04-07", 4).into_iter().enumerate() {
        for person in 0..40 {
            rows.push(row(format!("n{person}"), day).hours(Metric::Manager11Hours, 0.0).group("Team", "North"));
            rows.push(row(format!("s{person}"), day).hours(Metric::Manager11Hours, 1.0).group("Team", "South"));
        }
        let team = if week == 0 { "North" } else { "South" };
        rows.push(row("mover", day).hours(Metric::Manager11Hours, 0.0).group("Team", team));
    }
    let dataset = weekly(rows).build();
    let question = WhatIfQuestion { only_focus: true, ..question("Team", 2) };
    let numbers = privacy::what_if(&guarded(&dataset), &question, Rules::new(10)).unwrap();
    assert_eq!(numbers.only, [GroupValue::from("North")]);
    let group = |name: &str| numbers.groups.iter().find(|group| group.value == GroupValue::from(name)).unwrap();
    let south = &group("South").one_to_ones;
    // The mover alone of 41 is under: raised by the month, South would fall to nobody and tell that there is one mover.
    assert!(south.now.get() > 0.0, "{south:?}");
    assert_eq!((south.then, south.added_hours), (south.now, 0.0));
    assert_eq!(group("North").one_to_ones.then.get(), 0.0);
}
