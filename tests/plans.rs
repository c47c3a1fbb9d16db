//! Plans: their numbers worked out by hand, kept when exports come and go, made and followed through the window.

use std::path::PathBuf;

use customer_focus::dataset::AttributeFilter;
use customer_focus::import::Source;
use customer_focus::privacy::{Hidden, NoPlanNumbers, PlanMeasure, PlanQuestion, Rules};
use customer_focus::project::{
    Cohort, Direction, Edit, Moved, Plan, PlanEdit, PlanMetric, PlanState, PlanStatus, Rule, Target,
};
use customer_focus::sample::{Company, SampleOptions};
use customer_focus::ui::app::App;
use customer_focus::work::{Cancel, Progress};
use customer_focus::workbench::{Command, FileCommand, What, Workbench, execute};
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use crate::support::date;
use crate::support::window::{go, opened, press, shows, wait};

// ------------------------------------------------------------------------------------------------ the workbench

/// Forty people in two teams over some of sixteen weeks from Sunday, Jan 4, 2026 on. North has 4 external hours a week
/// and from the thirteenth week (Mar 29) 6; South always has 4.
fn export(weeks: u64) -> Vec<u8> {
    let mut text = "PersonId,MetricDate,Collaboration_hours,External_collaboration_hours,Team\n".to_owned();
    for week in 0..weeks {
        let day = date("2026-01-04") + chrono::Days::new(7 * week);
        for person in 0..40 {
            let is_north = person < 20;
            let hours = if is_north && week >= 12 { 6 } else { 4 };
            text += &format!("p{person},{day},20,{hours},{}\n", if is_north { "North" } else { "South" });
        }
    }
    text.into_bytes()
}

fn run(workbench: &mut Workbench, command: Command) {
    let mut job = workbench.run(command);
    while let Some(next) = job {
        job = execute(&next, &Progress::default(), &Cancel::default()).and_then(|done| workbench.receive(done));
    }
}

fn open(workbench: &mut Workbench, name: &str, weeks: u64) {
    let source = Source::Bytes { name: name.to_owned(), bytes: export(weeks).into() };
    run(workbench, Command::File(FileCommand::OpenWhat(What::Sources(vec![source]))));
    assert!(workbench.results().is_some(), "{:?}", workbench.notices());
}

/// Half as much again for North, from Mar 29 on: from 4 to 6 hours within twelve weeks.
fn plan_for_north(workbench: &mut Workbench) {
    let mut plan = Plan {
        name: "More time in North".to_owned(),
        metric: PlanMetric::ExternalHours,
        cohort: Cohort::of("Team", "North"),
        start: date("2026-03-29"),
        target: Target { direction: Direction::Increase, amount: 0.5, is_relative: true },
        ..Plan::default()
    };
    run(workbench, Command::AskPlan(Box::new(workbench.plan_question(&plan))));
    plan.baseline = workbench.baseline_of(&plan);
    run(workbench, Command::Edit(Edit::Plan(PlanEdit::Add(Box::new(plan)))));
}

#[test]
fn the_baseline_is_frozen_and_a_later_export_is_held_against_it() {
    let mut workbench = Workbench::default();
    open(&mut workbench, "first.csv", 12);
    plan_for_north(&mut workbench);
    let plan = &workbench.project().plans[0];
    let before = plan.baseline.as_ref().unwrap();
    // Twelve weeks of 20 people with 4 hours each; the company has 4 as well.
    assert_eq!((before.first, before.last), (date("2026-01-04"), date("2026-03-22")));
    assert_eq!((before.mean.value, before.mean.people, before.mean.weeks, before.company), (4.0, 20, 12, Some(4.0)));
    assert_eq!(plan.measured, None);
    assert_eq!(plan.state(date("2026-03-30")), PlanState::Active(1));

    open(&mut workbench, "later.csv", 16);
    let plan = &workbench.project().plans[0];
    let since = plan.measured.as_ref().unwrap();
    assert_eq!((since.mean.value, since.mean.people, since.mean.weeks), (6.0, 20, 4));
    assert_eq!((since.last, since.export.as_str()), (date("2026-04-19"), "later.csv"));
    // 6 - 4, and against South, which did not change, the same.
    assert_eq!(since.change.unwrap().value, 2.0);
    assert_eq!(since.compared.unwrap().value, 2.0);
    assert_eq!(since.moved, Some(Moved { joiners: 0, leavers: 0 }));
    assert_eq!(since.points.len(), 16);
    // Pace of week 4 of 12: 4 + 2 x 4 / 12 = 4.67 hours, and 6 is beyond it.
    let judgement = plan.judgement(10).unwrap();
    assert_eq!((judgement.status, judgement.rule, judgement.week), (PlanStatus::OnTrack, Rule::AtPace, 4));
    assert!((judgement.expected[0] - 4.666_666_7).abs() < 1e-6);
    assert_eq!(plan.baseline.as_ref().unwrap().mean.value, 4.0, "frozen");
}

#[test]
fn a_plan_opens_without_its_export_and_an_earlier_one_takes_nothing_back() {
    let mut workbench = Workbench::default();
    open(&mut workbench, "later.csv", 16);
    plan_for_north(&mut workbench);
    let measured = workbench.project().plans[0].measured.clone();
    assert!(measured.is_some());
    open(&mut workbench, "earlier.csv", 13);
    assert_eq!(workbench.project().plans[0].measured, measured);
    run(&mut workbench, Command::File(FileCommand::Close));
    assert_eq!(workbench.project().plans[0].measured, measured);
    // The plan is one step, with what was measured.
    run(&mut workbench, Command::Undo);
    assert!(workbench.project().plans.is_empty());
    run(&mut workbench, Command::Redo);
    assert_eq!(workbench.project().plans.len(), 1);
}

#[test]
fn leaving_a_week_out_measures_again() {
    let mut workbench = Workbench::default();
    open(&mut workbench, "later.csv", 16);
    plan_for_north(&mut workbench);
    let week = customer_focus::workbench::FilterCommand::LeaveOut(date("2026-04-05"));
    run(&mut workbench, Command::Filter(week));
    assert_eq!(workbench.project().plans[0].measured.as_ref().unwrap().mean.weeks, 3);
}

#[test]
fn a_cohort_that_the_rules_forbid_has_no_numbers_and_a_reason() {
    let mut workbench = Workbench::default();
    // Thirty-four people in North and six in South: either tells the other.
    let text = String::from_utf8(export(12)).unwrap();
    let moved: Vec<String> = text
        .lines()
        .map(|line| {
            let person: Option<u32> = line.split(',').next().and_then(|id| id.strip_prefix('p')?.parse().ok());
            if person.is_some_and(|person| person < 34) { line.replace("South", "North") } else { line.to_owned() }
        })
        .collect();
    let source = Source::Bytes { name: "small.csv".to_owned(), bytes: moved.join("\n").into_bytes().into() };
    run(&mut workbench, Command::File(FileCommand::OpenWhat(What::Sources(vec![source]))));
    for team in ["North", "South"] {
        let question = PlanQuestion {
            measure: PlanMeasure::Headline(customer_focus::insights::Behavior::TimeWithCustomers),
            cohort: vec![AttributeFilter { attribute: "Team".to_owned(), values: vec![team.to_owned()] }],
            without: Vec::new(),
            start: date("2026-03-29"),
            weeks: 12,
            baseline: None,
            compared_with: Vec::new(),
        };
        let numbers = workbench.opened().unwrap().plan(&question, Rules::new(10));
        assert!(matches!(numbers.before, Err(NoPlanNumbers::Hidden(Hidden::HiddenValue { .. }))), "{team}");
        assert!(numbers.since.is_err() && numbers.change.is_none() && numbers.compared.is_none());
        assert_eq!((numbers.moved, numbers.reliability), (None, None));
    }
}

// --------------------------------------------------------------------------------------------------- the window

/// The sample company's export up to a week, as a file; every week of it when there is no such day.
pub(crate) fn sample_file(folder: &std::path::Path, name: &str, last: &str) -> PathBuf {
    let mut bytes = Vec::new();
    Company::generate(&SampleOptions::default()).write_person_query(None, &mut bytes).unwrap();
    let text = String::from_utf8(bytes).unwrap();
    let mut lines = text.lines();
    let header = lines.next().unwrap();
    let place =
        header.split(',').position(|name| name.trim_matches('"').trim_start_matches('\u{feff}') == "MetricDate");
    let place = place.unwrap_or_else(|| panic!("{header}"));
    let is_kept = |line: &&str| {
        let day = line.split(',').nth(place).and_then(|day| day.trim_matches('"').get(..10).map(str::to_owned));
        day.is_some_and(|day| day.as_str() <= last)
    };
    let kept: Vec<&str> = std::iter::once(header).chain(lines.filter(is_kept)).collect();
    let path = folder.join(name);
    std::fs::write(&path, kept.join("\n")).unwrap();
    path
}

/// Lets the work beside the window come to an end, until a text stands there.
#[track_caller]
pub(crate) fn wait_for(window: &mut Harness<'_, App>, text: &str) {
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(60);
    while !shows(window, text) {
        assert!(std::time::Instant::now() < deadline, "{text} does not come");
        std::thread::sleep(std::time::Duration::from_millis(5));
        window.step();
    }
    window.run_ok();
}

pub(crate) fn type_into(window: &mut Harness<'_, App>, label: &str, text: &str) {
    window.get_by_label(label).focus();
    window.run_ok();
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.run_ok();
    window.get_by_label(label).type_text(text);
    window.run_ok();
}

fn press_first(window: &mut Harness<'_, App>, word: &str) {
    window.get_all_by_role_and_label(Role::Button, word).next().unwrap().click();
    window.run_ok();
}

#[test]
fn from_a_group_to_focus_on_to_progress_in_a_later_export() {
    let folder = tempfile::tempdir().unwrap();
    let earlier = sample_file(folder.path(), "march.csv", "2026-03-29");
    let later = sample_file(folder.path(), "may.csv", "2026-05-31");
    let mut window = opened(earlier);
    press_first(&mut window, "Make a plan for Support");
    wait_for(&mut window, "Before: ");
    assert!(shows(&window, "This group was chosen because its number stands out."));
    type_into(&mut window, "Starts in the week of", "2026-04-07");
    wait_for(&mut window, "Before: ");
    press(&mut window, "Create plan");
    let plan = &window.state().workbench().project().plans[0];
    assert_eq!(plan.start, date("2026-04-05"), "the week that the day is in");
    assert_eq!(plan.baseline.as_ref().unwrap().last, date("2026-03-29"));
    assert!(shows(&window, "in Support") && shows(&window, "nothing measured since"));

    window.input_mut().dropped_files.push(std::sync::Arc::new(crate::journeys::Dropped(later)));
    window.run_ok();
    wait(&mut window, |app| app.workbench().project().plans[0].measured.is_some());
    go(&mut window, "Plans");
    assert!(shows(&window, "The mean since the start") || shows(&window, "week is measured"));
    assert!(shows(&window, "would have come by itself"), "beyond the drift");
    assert!(
        shows(&window, "Since the baseline ") || shows(&window, "The same people") || shows(&window, "is not told")
    );
    assert!(shows(&window, "Against everyone else the change is"));

    press(&mut window, "Check in\u{2026}");
    type_into(&mut window, "What was done, what stands in the way", "Two teams began");
    press(&mut window, "Save check-in");
    assert!(shows(&window, "Two teams began"));
    press(&mut window, "All plans");
    assert!(shows(&window, "1 plan: 1 "));
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    window.run_ok();
    assert!(window.state().workbench().project().plans[0].check_ins.is_empty());
}

#[test]
fn the_empty_screen_teaches_and_leads_to_the_first_plan_with_keys_alone() {
    let mut window = crate::support::window::sample();
    go(&mut window, "Plans");
    assert!(shows(&window, "No plans yet"));
    press_first(&mut window, "Make a plan");
    wait_for(&mut window, "Before: ");
    window.key_press_modifiers(Modifiers::COMMAND, Key::Enter);
    window.run_ok();
    assert_eq!(window.state().workbench().project().plans.len(), 1);
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    window.run_ok();
    assert!(shows(&window, "No plans yet"));
}

#[test]
fn without_an_export_a_plan_is_a_draft_and_a_practice_is_added_to_it() {
    let mut window = crate::support::window::window(customer_focus::cli::WindowArguments::default());
    go(&mut window, "Plans");
    press_first(&mut window, "Make a plan");
    assert!(shows(&window, "this stays a draft"));
    press(&mut window, "Create plan");
    let plan = &window.state().workbench().project().plans[0];
    assert_eq!(plan.state(date("2030-01-01")), PlanState::Draft);
    assert!(shows(&window, "Draft"));
}

#[test]
fn a_plan_stops_with_a_reason_and_a_person_can_say_another_status() {
    let mut window = crate::support::window::sample();
    go(&mut window, "Coaching");
    press_first(&mut window, "Make a plan");
    wait_for(&mut window, "Before: ");
    press(&mut window, "Create plan");
    press(&mut window, "Stop\u{2026}");
    assert!(window.get_by_role_and_label(Role::Button, "Stop plan").accesskit_node().is_disabled(), "a reason first");
    type_into(&mut window, "Why", "Reorganized");
    press(&mut window, "Stop plan");
    assert!(shows(&window, "Reorganized"));
    press(&mut window, "Resume");
    press(&mut window, "Delete plan");
    assert!(shows(&window, "No plans yet"));
}

#[test]
fn a_plan_in_the_list_opens_by_a_click_anywhere_on_its_card_and_by_key() {
    let mut window = crate::support::window::window(customer_focus::cli::WindowArguments::default());
    go(&mut window, "Plans");
    window.get_all_by_role_and_label(Role::Button, "Make a plan").next().unwrap().click();
    window.run_ok();
    type_into(&mut window, "Name", "Listen more");
    press(&mut window, "Create plan");
    press(&mut window, "All plans");
    let card = window.get_by_role_and_label(Role::Button, "Open Listen more");
    let corner = card.rect().left_bottom() + egui::vec2(30.0, -6.0);
    for pressed in [true, false] {
        window.event(egui::Event::PointerMoved(corner));
        let (button, modifiers) = (egui::PointerButton::Primary, Modifiers::NONE);
        window.event(egui::Event::PointerButton { pos: corner, button, pressed, modifiers });
        window.step();
    }
    window.run_ok();
    assert!(shows(&window, "All plans"), "opened by its corner");
    press(&mut window, "All plans");
    window.get_by_role_and_label(Role::Button, "Open Listen more").focus();
    window.run_ok();
    window.key_press(Key::Enter);
    window.run_ok();
    assert!(shows(&window, "All plans"), "opened by key");
}

#[test]
fn a_decision_becomes_a_plan_and_what_waits_stands_on_overview() {
    let mut window = crate::support::window::sample();
    window.key_press(Key::D);
    window.run_ok();
    type_into(&mut window, "What was decided", "Two 1:1s a month");
    type_into(&mut window, "Done by", "2026-01-31");
    press(&mut window, "Save decision");
    assert!(shows(&window, "Decision: Two 1:1s a month, due since Jan 31, 2026"));
    go(&mut window, "Decisions");
    press(&mut window, "Plan decision 1\u{2026}");
    wait_for(&mut window, "Before: ");
    press(&mut window, "Create plan");
    let project = window.state().workbench().project();
    assert_eq!(project.decisions[0].became, Some(project.plans[0].id));
    assert_eq!(project.plans[0].name, "Two 1:1s a month");
    go(&mut window, "Overview");
    assert!(!shows(&window, "Decision: Two 1:1s"), "something came of it");
}
