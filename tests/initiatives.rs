//! Customer initiatives: registered, changed, reviewed, imported, and every step taken back.

use chrono::NaiveDate;
use egui::{Key, Modifiers, accesskit::Role};
use egui_kittest::{
    Harness,
    kittest::{NodeT as _, Queryable as _},
};

use customer_focus::cli::WindowArguments;
use customer_focus::project::Register;
use customer_focus::text::Locale;
use customer_focus::ui::app::App;

use crate::support::window::{go, press, sample, shows};

/// The window on Monday, March 2, 2026, at the screen of initiatives.
fn window() -> Harness<'static, App> {
    let today = NaiveDate::from_ymd_opt(2026, 3, 2).unwrap();
    let mut window = Harness::builder().with_size([1280.0, 3200.0]).with_max_steps(30).build_eframe(move |cc| {
        App::new(&cc.egui_ctx, None, &WindowArguments::default()).with_locale(Locale::of("en-US")).with_today(today)
    });
    go(&mut window, "Initiatives");
    window
}

fn register<'a>(window: &'a Harness<'_, App>) -> &'a Register {
    &window.state().workbench().project().initiatives
}

fn type_into(window: &mut Harness<'_, App>, label: &str, text: &str) {
    window.get_by_label(label).focus();
    window.run_ok();
    window.get_by_label(label).type_text(text);
    window.run_ok();
}

fn tab(window: &mut Harness<'_, App>, word: &str) {
    window.get_by_role_and_label(Role::Tab, word).click();
    window.run_ok();
}

/// Opens the window that imports, and pastes this.
fn paste(window: &mut Harness<'_, App>, text: &str) {
    press(window, "Import a table\u{2026}");
    type_into(window, "Cells with their headings, pasted from a spreadsheet", text);
}

const THREE: &str = "Title\tLevel\tArea\tStage\tStart\tDue at baseline\tPercent complete\tOwner\n\
    Callback within an hour\tkey account\tSupport\tin progress\t2026-02-02\t2026-06-30\t20\tHead of Support\n\
    Named contact\tregion\tSales\tin progress\t2026-02-02\t2026-02-27\t90\t\n\
    One price list\tcorporate\t\tidea\t\t\t\t\n\
    \tregion\t\t\t\t\t\t\n";

fn with_three() -> Harness<'static, App> {
    let mut window = window();
    paste(&mut window, THREE);
    press(&mut window, "Import 3 initiatives");
    window
}

#[test]
fn before_the_first_one_the_screen_teaches_the_five_tips() {
    let window = window();
    assert!(shows(&window, "No initiatives yet") && shows(&window, "Run initiatives at three levels"));
    assert!(shows(&window, "Review the counts with senior managers"));
}

#[test]
fn an_initiative_is_registered_by_key_changed_and_each_step_is_taken_back_by_name() {
    let mut window = window();
    window.key_press(Key::N);
    window.run_ok();
    assert!(window.get_by_role_and_label(Role::Button, "Save initiative").accesskit_node().is_disabled());
    type_into(&mut window, "Title", "Callback within an hour");
    press(&mut window, "Save initiative");
    assert!(shows(&window, "1 initiative: none in progress"));

    press(&mut window, "Callback within an hour");
    type_into(&mut window, "Owner", "Head of Support");
    press(&mut window, "Save initiative");
    assert_eq!(register(&window).initiatives[0].owner, "Head of Support");
    for owner in ["", "gone"] {
        window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
        window.run_ok();
        assert!(register(&window).initiatives.first().map_or(owner == "gone", |one| one.owner == owner));
    }
    assert!(shows(&window, "No initiatives yet"));
}

#[test]
fn an_import_says_what_it_would_do_and_is_one_step() {
    let mut window = window();
    paste(&mut window, THREE);
    assert!(shows(&window, "3 new, 0 changed, 0 as they are, 1 left out"));
    assert!(shows(&window, "Line 5: left out. It has no title."));
    assert!(register(&window).initiatives.is_empty());
    press(&mut window, "Import 3 initiatives");
    assert!(shows(&window, "3 initiatives: 1 on schedule, 1 late; none in customer service"));
    assert!(shows(&window, "Nothing is in progress in Customer service, Delivery, and Corporate or cross-functional"));
    press(&mut window, "Named contact");
    assert!(shows(&window, "Due on Feb 27, 2026 and not done."));
    press(&mut window, "Cancel");
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    window.run_ok();
    assert!(register(&window).initiatives.is_empty());
}

#[test]
fn a_review_keeps_its_counts_and_the_next_look_says_what_changed() {
    let mut window = with_three();
    press(&mut window, "Record review");
    assert_eq!(register(&window).reviews[0].counts.total(), 3);
    assert!(shows(&window, "Today's counts are recorded."));
    press(&mut window, "Named contact");
    press(&mut window, "Delete initiative");
    assert_eq!(register(&window).reviews[0].counts.total(), 3);
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    window.run_ok();
    assert_eq!(register(&window).initiatives.len(), 3);
}

#[test]
fn a_status_set_by_hand_needs_a_reason_and_stands_beside_what_the_rules_say() {
    let mut window = with_three();
    press(&mut window, "Callback within an hour");
    tab(&mut window, "Status");
    assert!(shows(&window, "No rule says late or at risk."));
    window.get_by_label("Shown status").click();
    window.run_ok();
    window.get_all_by_label("Late").last().unwrap().click();
    window.run_ok();
    assert!(shows(&window, "Say why its status is set by hand."));
    type_into(&mut window, "Why", "The supplier closed");
    press(&mut window, "Save initiative");
    assert!(shows(&window, "3 initiatives: 2 late"));
    assert_eq!(register(&window).initiatives[0].history.len(), 1);
    press(&mut window, "Callback within an hour");
    assert!(shows(&window, "The supplier closed. The rules say on schedule"));
}

#[test]
fn milestones_and_updates_are_kept() {
    let mut window = with_three();
    press(&mut window, "Named contact");
    tab(&mut window, "Milestones");
    press(&mut window, "Add a milestone");
    type_into(&mut window, "Milestone", "Pilot");
    tab(&mut window, "Updates");
    type_into(&mut window, "What is new", "Two accounts have one");
    press(&mut window, "Save initiative");
    let one = &register(&window).initiatives[1];
    assert_eq!((one.milestones[0].name.as_str(), one.updates[0].text.as_str()), ("Pilot", "Two accounts have one"));
}

#[test]
fn overview_has_a_fourth_card_as_soon_as_there_is_an_initiative() {
    let mut window = sample();
    assert!(!shows(&window, "See initiatives"));
    go(&mut window, "Initiatives");
    paste(&mut window, THREE);
    press(&mut window, "Import 3 initiatives");
    go(&mut window, "Overview");
    press(&mut window, "See initiatives");
    assert!(shows(&window, "All initiatives"));
}
