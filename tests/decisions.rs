//! Decisions: noted beside the number that is on the screen, read back, taken back.

use egui::{Key, Modifiers, accesskit::Role};
use egui_kittest::{
    Harness,
    kittest::{NodeT as _, Queryable as _},
};

use customer_focus::ui::app::App;

use crate::support::window::{go, press, sample, shows, window};

fn type_into(window: &mut Harness<'static, App>, label: &str, text: &str) {
    let field = window.get_by_label(label);
    field.focus();
    window.run_ok();
    window.get_by_label(label).type_text(text);
    window.run_ok();
}

#[test]
fn a_decision_is_noted_by_a_key_with_the_finding_on_the_screen_and_taken_back_by_name() {
    let mut window = sample();
    go(&mut window, "Coaching");
    window.key_press(Key::D);
    window.run_ok();
    type_into(&mut window, "What was decided", "Two 1:1s a month in Support");
    press(&mut window, "Save decision");

    let decision = &window.state().workbench().project().decisions[0];
    assert_eq!(decision.text, "Two 1:1s a month in Support");
    let about = decision.about.as_ref().unwrap();
    assert_eq!(about.screen, "Coaching");
    assert!(about.finding.contains("likely"), "{}", about.finding);
    assert!(about.stamp.contains("26 weeks"), "{}", about.stamp);

    go(&mut window, "Decisions");
    assert!(shows(&window, "1. Two 1:1s a month in Support"));
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    window.run_ok();
    assert!(shows(&window, "No decisions yet"));
    window.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    window.run_ok();
    assert!(shows(&window, "1. Two 1:1s a month in Support"));
}

#[test]
fn without_an_export_a_decision_is_about_nothing_on_the_screen() {
    let mut window = window(customer_focus::cli::WindowArguments::default());
    go(&mut window, "Decisions");
    window.get_all_by_role_and_label(Role::Button, "Note a decision").next().unwrap().click();
    window.run_ok();
    type_into(&mut window, "What was decided", "Ask for a longer export");
    press(&mut window, "Save decision");
    assert_eq!(window.state().workbench().project().decisions[0].about, None);
}

#[test]
fn an_empty_decision_cannot_be_saved_and_leaving_keeps_nothing() {
    let mut window = sample();
    window.key_press(Key::D);
    window.run_ok();
    assert!(window.get_by_role_and_label(Role::Button, "Save decision").accesskit_node().is_disabled());
    press(&mut window, "Cancel");
    assert!(window.state().workbench().project().is_empty());
}

#[test]
fn what_was_decided_stays_when_another_export_is_opened_or_the_export_is_closed() {
    let mut window = sample();
    window.key_press(Key::D);
    window.run_ok();
    type_into(&mut window, "What was decided", "Stays");
    press(&mut window, "Save decision");
    window.key_press_modifiers(Modifiers::COMMAND, Key::W);
    window.run_ok();
    assert!(window.state().workbench().opened().is_none());
    assert_eq!(window.state().workbench().project().decisions.len(), 1);
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    window.run_ok();
    assert!(window.state().workbench().project().is_empty(), "its step can still be taken back");
}

#[test]
fn a_decision_becomes_an_initiative_in_one_step_and_each_leads_to_the_other() {
    let mut window = window(customer_focus::cli::WindowArguments::default());
    go(&mut window, "Decisions");
    window.get_all_by_role_and_label(Role::Button, "Note a decision").next().unwrap().click();
    window.run_ok();
    type_into(&mut window, "What was decided", "Call back within an hour");
    type_into(&mut window, "Who sees to it", "Head of Support");
    press(&mut window, "Save decision");

    press(&mut window, "Make decision 1 an initiative\u{2026}");
    assert!(shows(&window, "Register an initiative"));
    press(&mut window, "Save initiative");
    let project = window.state().workbench().project();
    let initiative = &project.initiatives.initiatives[0];
    assert_eq!((initiative.title.as_str(), initiative.owner.as_str()), ("Call back within an hour", "Head of Support"));
    assert_eq!(project.decisions[0].became, Some(initiative.id));

    press(&mut window, "Became initiative Call back within an hour");
    assert!(shows(&window, "Status"), "its form is open");
    let back = window.get_all_by_role(Role::Button).find(|node| {
        let label = node.accesskit_node().label().unwrap_or_default();
        label.starts_with("Decided ") && label.ends_with("Call back within an hour")
    });
    back.unwrap().click();
    window.run_ok();
    assert!(shows(&window, "1. Call back within an hour"));

    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    window.run_ok();
    let project = window.state().workbench().project();
    assert!(project.initiatives.initiatives.is_empty() && project.decisions[0].became.is_none());
    assert!(shows(&window, "Make decision 1 an initiative"));
}
