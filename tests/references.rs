//! References: values of the organization's own, entered with their source, and what others have written down.

use egui::{Key, Modifiers};
use egui_kittest::{
    Harness,
    kittest::{NodeT as _, Queryable as _},
};

use customer_focus::ui::app::App;

use crate::support::window::{go, press, sample, shows, window};

fn type_into(window: &mut Harness<'static, App>, label: &str, text: &str) {
    window.get_by_label(label).focus();
    window.run_ok();
    window.get_by_label(label).type_text(text);
    window.run_ok();
}

fn can_save(window: &Harness<'static, App>) -> bool {
    !window.get_by_label("Save reference").accesskit_node().is_disabled()
}

#[test]
fn a_value_of_ones_own_stands_beside_the_number_with_its_source_and_is_taken_back_by_name() {
    let mut window = sample();
    go(&mut window, "References");
    assert!(shows(&window, "Nobody publishes a benchmark for these shares"));
    press(&mut window, "Add a reference\u{2026}");
    type_into(&mut window, "Value, in percent of people", "1");
    assert!(!can_save(&window), "a value without a source is not kept");
    type_into(&mut window, "Source", "HR report");
    type_into(&mut window, "Year", "2025");
    assert!(can_save(&window));
    press(&mut window, "Save reference");
    assert!(shows(&window, "1 reference of your own to hold your numbers against"));
    // Far more than one in a hundred of the sample company is over eight hours.
    assert!(shows(&window, "points above, clearly."));

    go(&mut window, "Overview");
    assert!(shows(&window, "own reference 1\u{a0}% (HR report, 2025)"));
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    window.run_ok();
    assert!(!shows(&window, "own reference"));
    assert!(window.state().workbench().project().references.is_empty());
}

#[test]
fn without_an_export_the_references_are_there_and_nothing_is_held_against_them() {
    let mut window = window(customer_focus::cli::WindowArguments::default());
    go(&mut window, "References");
    assert!(shows(&window, "Two 30-minute 1:1s a month, about an hour"));
    assert!(shows(&window, "Study of one company"));
    assert!(!shows(&window, "Yours:"));
}

#[test]
fn what_cannot_be_compared_says_why_and_shows_no_number() {
    let mut window = sample();
    go(&mut window, "References");
    assert!(shows(&window, "Not held against your numbers. It asks managers;"));
    assert!(shows(&window, "of people are under it."));
}
