//! The privacy receipt: how much is hidden on a screen, and by which rule, without naming anything.

use customer_focus::insights::{Behavior, InsightId};
use customer_focus::text::Locale;
use customer_focus::ui::app::App;
use customer_focus::workbench::{Number, Route, wording};
use egui_kittest::{Harness, kittest::Queryable as _};

use crate::support::window::{go, press, sample, shows};

fn receipt(window: &Harness<'_, App>, route: Route) -> Option<wording::Receipt> {
    let results = window.state().workbench().results().unwrap();
    wording::receipt(results, route, false, &Locale::of("en-US"))
}

#[test]
fn the_receipt_counts_what_each_insight_of_the_screen_hides() {
    let window = sample();
    let results = window.state().workbench().results().unwrap();
    let outcome = results.findings.as_ref().unwrap().insight(InsightId::CoachingUnder15Min).unwrap();
    let groups = &outcome.outcome.as_ref().unwrap().breakdowns[0];
    let hidden = groups.hidden.unwrap();
    let receipt = receipt(&window, Route::Behavior(Behavior::Coaching)).unwrap();
    let number = Number::Groups(InsightId::CoachingUnder15Min, groups.by.clone());
    let (_, line) = receipt.hidden.iter().find(|(known, _)| *known == number).unwrap();
    let people = hidden.people.unwrap();
    let expected = format!(": {} groups with {people} people.", hidden.groups);
    assert!(line.ends_with(&expected), "{line} and {expected}");
    assert_eq!(receipt.why.len(), 1);
    assert!(receipt.why[0].contains("fewer than 10 people"));
}

#[test]
fn a_screen_without_numbers_about_people_has_no_receipt() {
    let window = sample();
    for route in [Route::Glossary, Route::Settings, Route::About] {
        assert_eq!(receipt(&window, route), None);
    }
}

#[test]
fn the_receipt_stands_at_the_foot_and_opens_there() {
    let mut window = sample();
    go(&mut window, "Coaching");
    let short = receipt(&window, Route::Behavior(Behavior::Coaching)).unwrap().short;
    assert!(short.ends_with("hidden here"), "{short}");
    press(&mut window, &short);
    assert!(shows(&window, "Privacy receipt"));
    assert!(window.query_all_by_label_contains("could be worked out").next().is_some());
}
