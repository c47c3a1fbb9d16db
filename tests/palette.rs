//! Anything by typing its name: the command palette, from the keyboard and by what stands on it.

use customer_focus::dataset::GroupBy;
use customer_focus::insights::Behavior;
use customer_focus::ui::app::App;
use customer_focus::workbench::{Number, Route};
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use crate::support::window::{go, sample, shows, wait};

fn open(window: &mut Harness<'_, App>) {
    window.key_press_modifiers(Modifiers::COMMAND, Key::K);
    window.run_ok();
}

fn type_text(window: &mut Harness<'_, App>, text: &str) {
    window.event(egui::Event::Text(text.to_owned()));
    window.run_ok();
}

fn press(window: &mut Harness<'_, App>, key: Key) {
    window.key_press(key);
    window.run_ok();
}

/// The names of what is offered, the best first.
fn offered(window: &Harness<'_, App>) -> Vec<String> {
    let rows = window.query_all_by_role(Role::ListBoxOption);
    rows.map(|row| row.accesskit_node().label().unwrap_or_default()).collect()
}

#[test]
fn a_screen_by_a_few_letters() {
    let mut window = sample();
    open(&mut window);
    type_text(&mut window, "coa");
    assert_eq!(offered(&window)[0], "Coaching, Screen");
    press(&mut window, Key::Enter);
    assert_eq!(window.state().workbench().route(), Route::Behavior(Behavior::Coaching));
    assert!(offered(&window).is_empty());
}

#[test]
fn arrows_choose_escape_leaves_and_what_was_used_last_comes_first() {
    let mut window = sample();
    open(&mut window);
    type_text(&mut window, "region");
    let names = offered(&window);
    assert!(names.iter().any(|name| name == "Group by Region, Attribute"), "{names:?}");
    type_text(&mut window, "xyz");
    assert!(shows(&window, "Nothing goes by that name."));
    press(&mut window, Key::Escape);
    assert!(offered(&window).is_empty());
    // Typing nothing, and the third entry: two steps down, or up from the top and round.
    open(&mut window);
    let third = offered(&window)[2].clone();
    press(&mut window, Key::ArrowDown);
    press(&mut window, Key::ArrowDown);
    press(&mut window, Key::Enter);
    assert_eq!(window.state().workbench().route(), Route::Behavior(Behavior::Coaching));
    open(&mut window);
    assert_eq!(offered(&window)[0], third);
    press(&mut window, Key::ArrowUp);
    press(&mut window, Key::ArrowDown);
    press(&mut window, Key::ArrowDown);
    press(&mut window, Key::Enter);
    assert_eq!(window.state().workbench().route(), Route::Overview);
}

#[test]
fn an_attribute_is_grouped_by_and_a_proof_is_shown() {
    let mut window = sample();
    open(&mut window);
    type_text(&mut window, "group by reg");
    press(&mut window, Key::Enter);
    wait(&mut window, |app| !app.workbench().is_updating());
    assert_eq!(window.state().workbench().question().by, ["Region".into()]);
    open(&mut window);
    type_text(&mut window, "how less than 15");
    press(&mut window, Key::Enter);
    assert!(matches!(window.state().workbench().proven(), Some(Number::Share(_))));
    assert!(shows(&window, "Less than 15 minutes of 1:1 a week: share of people"));
}

#[test]
fn two_attributes_are_grouped_by_in_either_order_of_typing() {
    let mut window = sample();
    for typed in ["group by org reg", "region organization"] {
        open(&mut window);
        type_text(&mut window, typed);
        assert_eq!(offered(&window)[0], "Group by Organization and Region, Two attributes", "{typed}");
        press(&mut window, Key::Escape);
    }
    open(&mut window);
    type_text(&mut window, "group by org reg");
    press(&mut window, Key::Enter);
    wait(&mut window, |app| !app.workbench().is_updating());
    assert_eq!(window.state().workbench().question().by, [GroupBy::two("Organization", "Region")]);
}

#[test]
fn practices_strategies_and_metrics_lead_to_their_texts() {
    let mut window = sample();
    for (typed, kind, shown) in [
        ("let the calendar", "Best practice", "Let the calendar remember"),
        ("run a series", "Change strategy", "Run a series of six 1:1s"),
    ] {
        open(&mut window);
        type_text(&mut window, typed);
        assert!(offered(&window)[0].ends_with(kind), "{:?}", offered(&window));
        press(&mut window, Key::Enter);
        assert_eq!(window.state().workbench().route(), Route::Behavior(Behavior::Coaching));
        assert!(shows(&window, shown));
    }
    let term = customer_focus::guidance::glossary().terms[3].name.clone();
    open(&mut window);
    type_text(&mut window, &term);
    let names = offered(&window);
    let place = names.iter().position(|name| *name == format!("{term}, Glossary")).unwrap();
    for _ in 0..place {
        press(&mut window, Key::ArrowDown);
    }
    press(&mut window, Key::Enter);
    assert_eq!(window.state().workbench().route(), Route::Glossary);
    assert!(shows(&window, &format!("of {} terms", customer_focus::guidance::glossary().terms.len())));
}

#[test]
fn a_shown_group_is_listed_and_a_hidden_one_is_not() {
    let mut window = sample();
    // Legal has seven people; groups of ten and more are shown.
    let opened = window.state().workbench().opened().unwrap();
    let organization = opened.dataset.attribute("Organization").unwrap();
    assert!(organization.values.iter().any(|value| value == "Legal"));
    open(&mut window);
    type_text(&mut window, "Sales");
    assert!(offered(&window)[0].starts_with("Sales, Organization"), "{:?}", offered(&window));
    press(&mut window, Key::Escape);
    open(&mut window);
    type_text(&mut window, "Legal");
    assert!(offered(&window).is_empty(), "{:?}", offered(&window));
    assert!(shows(&window, "Nothing goes by that name."));
}

#[test]
fn a_group_is_filtered_by_and_back_and_one_that_may_not_be_asked_says_why() {
    let mut window = sample();
    open(&mut window);
    type_text(&mut window, "sales");
    press(&mut window, Key::Enter);
    wait(&mut window, |app| !app.workbench().is_updating());
    assert!(window.state().workbench().question().filter.names("Organization", "Sales"));
    let results = std::sync::Arc::clone(window.state().workbench().results().unwrap());
    let all = results.choices.attributes.iter().flat_map(|attribute| &attribute.values);
    let blocked = all.into_iter().find(|choice| choice.blocked.is_some()).unwrap();
    let why = blocked.blocked.as_ref().unwrap().sentence(results.rules).plain();
    open(&mut window);
    type_text(&mut window, &blocked.value);
    let names = offered(&window);
    assert!(names.iter().any(|name| name.starts_with(&blocked.value) && name.contains(&why)), "{why}: {names:?}");
    press(&mut window, Key::Escape);
    open(&mut window);
    type_text(&mut window, "undo");
    press(&mut window, Key::Enter);
    wait(&mut window, |app| !app.workbench().is_updating());
    assert!(!window.state().workbench().question().filter.names("Organization", "Sales"));
}

#[test]
fn the_theme_changes_and_a_chart_is_copied() {
    let mut window = sample();
    open(&mut window);
    type_text(&mut window, "dark");
    press(&mut window, Key::Enter);
    assert_eq!(window.ctx.theme(), egui::Theme::Dark);
    go(&mut window, "Customers");
    open(&mut window);
    type_text(&mut window, "copy the table");
    press(&mut window, Key::Enter);
    assert!(shows(&window, "Table copied"));
}

#[test]
fn a_click_takes_a_row() {
    let mut window = sample();
    open(&mut window);
    type_text(&mut window, "keys");
    window.get_by_role_and_label(Role::ListBoxOption, "Keys, F1").click();
    window.run_ok();
    assert!(shows(&window, "Open an export"));
}
