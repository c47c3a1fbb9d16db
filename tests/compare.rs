//! The screen that compares periods: what it says, how its windows and cohorts are chosen, and that the command line
//! gives the same numbers.

use customer_focus::import::Source;
use customer_focus::privacy::{Cohort, CompareMetric, Window};
use customer_focus::text::Locale;
use customer_focus::ui::app::App;
use customer_focus::work::{Cancel, Progress};
use customer_focus::workbench::{Command, CompareCommand, FileCommand, Number, Route, What, Workbench, execute};
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use crate::support::date;
use crate::support::window::{go, opened, press, sample, shows, wait};

fn compared(window: &mut Harness<'_, App>) {
    wait(window, |app| !app.workbench().is_comparing());
}

/// The sample company on the screen of comparisons.
fn screen() -> Harness<'static, App> {
    let mut window = sample();
    go(&mut window, "Compare periods");
    assert_eq!(window.state().workbench().route(), Route::Compare);
    window
}

/// Chooses a word of a list that is known by its place among those of its name.
fn choose(window: &mut Harness<'_, App>, list: &str, nth: usize, word: &str) {
    window.get_all_by_role_and_label(Role::ComboBox, list).nth(nth).unwrap().click();
    window.run_ok();
    window.get_all_by_role_and_label(Role::Button, word).last().unwrap().click();
    window.run_ok();
    compared(window);
}

fn windows(window: &Harness<'_, App>) -> [Window; 2] {
    window.state().workbench().comparison().unwrap().windows().unwrap()
}

#[test]
fn the_screen_opens_with_a_finding_and_holidays_left_out() {
    let mut window = screen();
    assert!(shows(&window, "People in Sales spend "));
    assert!(shows(&window, "internal connections held steady"));
    let answer = window.state().workbench().comparison().unwrap();
    // Twenty-six weeks, two of them over the turn of the year.
    assert_eq!(answer.without, [date("2025-12-21"), date("2025-12-28")]);
    let [baseline, current] = windows(&window);
    assert_eq!((baseline.from, baseline.to), (date("2025-12-07"), date("2026-03-08")));
    assert_eq!((current.from, current.to), (date("2026-03-15"), date("2026-05-31")));
    for cohort in ["Sales", "Customer Success + Support", "Operations + Supply Chain"] {
        assert!(shows(&window, &format!("{cohort}: ")), "{cohort}");
    }
    // Of those who lead, a few were there in some of these weeks: they are not compared before somebody asks.
    press(&mut window, "Add Managers");
    compared(&mut window);
    assert!(shows(
        &window,
        "Managers: not shown. In some of these weeks the numbers would tell of fewer than 10 people"
    ));
    assert!(shows(&window, "the column SupervisorIndicator names so"));
}

#[test]
fn unequal_windows_are_made_equal_by_one_click_and_each_choice_is_a_step() {
    let mut window = screen();
    press(&mut window, "Set by date\u{2026}");
    // Without a pointer a week is put back, and left out again.
    window.get_by_label("Remove Dec 21, 2025").click();
    window.run_ok();
    compared(&mut window);
    assert_eq!(window.state().workbench().comparison().unwrap().without, [date("2025-12-28")]);
    choose(&mut window, "Left out", 0, "Dec 21, 2025");
    assert_eq!(window.state().workbench().comparison().unwrap().without.len(), 2);
    choose(&mut window, "from", 0, "Jan 4, 2026");
    assert!(shows(&window, "The baseline has 10 weeks, the current window 12."));
    press(&mut window, "Make them equally long");
    compared(&mut window);
    let [baseline, current] = windows(&window);
    assert_eq!((baseline.from, current.from), (date("2026-01-04"), date("2026-03-29")));
    assert!(shows(&window, "10 weeks, Mar 29 to May 31, 2026, against Jan 4 to Mar 8, 2026"));
    for expected in ["2026-01-04", "2025-12-07"] {
        window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
        window.run_ok();
        compared(&mut window);
        assert_eq!(windows(&window)[0].from, date(expected));
    }
    assert_eq!(windows(&window)[1].from, date("2026-03-15"));
}

#[test]
fn dragging_over_the_timeline_sets_a_window_and_a_click_leaves_a_week_out() {
    let mut window = screen();
    let strip = window.get_by_label("Timeline with the baseline and the current window").rect();
    let at = |week: f32| egui::pos2(strip.left() + strip.width() * (week + 0.5) / 26.0, strip.top() + 20.0);
    let pointer = |window: &mut Harness<'_, App>, from: f32, to: f32| {
        let button = |pos, pressed| egui::Event::PointerButton {
            pos,
            button: egui::PointerButton::Primary,
            pressed,
            modifiers: Modifiers::NONE,
        };
        window.event(egui::Event::PointerMoved(at(from)));
        window.event(button(at(from), true));
        window.step();
        for part in 1..=4 {
            window.event(egui::Event::PointerMoved(at(from + (to - from) * part as f32 / 4.0)));
            window.step();
        }
        window.event(button(at(to), false));
        window.run_ok();
        compared(window);
    };
    pointer(&mut window, 20.0, 25.0);
    assert_eq!(windows(&window)[1], Window { from: date("2026-04-26"), to: date("2026-05-31") });
    choose(&mut window, "On the timeline", 0, "click to leave out, or put back");
    pointer(&mut window, 25.0, 25.0);
    let out = &window.state().workbench().comparison().unwrap().without;
    assert_eq!(out.last(), Some(&date("2026-05-31")));
}

#[test]
fn a_cohort_is_made_of_values_and_taken_away_again() {
    let mut window = screen();
    press(&mut window, "Add a cohort\u{2026}");
    for value in ["Engineering", "Product"] {
        window.get_all_by_role_and_label(Role::CheckBox, value).last().unwrap().click();
        window.run_ok();
    }
    press(&mut window, "Add cohort");
    compared(&mut window);
    let cohorts = || window.state().workbench().comparison().unwrap().cohorts.clone();
    let last = cohorts().last().cloned();
    assert!(matches!(&last, Some(Cohort::Of(parts)) if parts[0].values == ["Engineering", "Product"]), "{last:?}");
    assert!(shows(&window, "Engineering + Product: of "), "its metrics are shown");
    let count = cohorts().len();
    window.get_by_label_contains("Remove Operations + Supply Chain").click();
    window.run_ok();
    compared(&mut window);
    assert_eq!(window.state().workbench().comparison().unwrap().cohorts.len(), count - 1);
    press(&mut window, "Add Operations + Supply Chain");
    compared(&mut window);
    assert_eq!(window.state().workbench().comparison().unwrap().cohorts.len(), count);
}

#[test]
fn every_figure_of_a_proof_is_printed_by_its_command() {
    let window = screen();
    let workbench = window.state().workbench();
    let locale = Locale::neutral();
    let (mut printed, mut compared) = (None, 0);
    // Everyone and three suggested cohorts.
    for place in 0..4 {
        for metric in std::iter::once(None).chain(CompareMetric::ALL.map(Some)) {
            let proof = workbench.proof_of(&Number::Changed(place, metric), &locale).unwrap();
            let json = printed.get_or_insert_with(|| crate::proof::printed(&proof.command));
            for figure in proof.figures {
                let there = crate::proof::at(json, &figure.place).and_then(serde_json::Value::as_f64);
                let there = there.unwrap_or_else(|| panic!("{} is not printed", figure.place));
                let exact = figure.exact.unwrap();
                assert!((there - exact).abs() <= 1e-12 * exact.abs(), "{}: {there}, not {exact}", figure.place);
                compared += 1;
            }
        }
    }
    assert!(compared > 200, "{compared}");
}

#[test]
fn another_version_and_another_metric_are_shown_with_their_table() {
    let mut window = screen();
    choose(&mut window, "of", 0, "everyone present in a window");
    choose(&mut window, "Metric", 0, "Focus hours");
    assert!(shows(&window, "Focus hours per person, 12 weeks"));
    window.get_all_by_role_and_label(Role::Button, "Chart menu").next().unwrap().click();
    window.run_ok();
    window.get_by_role_and_label(Role::MenuItem, "View as table").click();
    window.run_ok();
    assert!(shows(&window, "everyone present"));
}

#[test]
fn too_few_weeks_are_said_and_what_to_open_instead() {
    let folder = tempfile::tempdir().unwrap();
    let path = crate::plans::sample_file(folder.path(), "december.csv", "2025-12-21");
    let mut window = opened(path);
    go(&mut window, "Compare periods");
    assert!(shows(&window, "Too few weeks to compare"));
}

fn run(workbench: &mut Workbench, command: Command) {
    let mut job = workbench.run(command);
    while let Some(next) = job {
        job = execute(&next, &Progress::default(), &Cancel::default()).and_then(|done| workbench.receive(done));
    }
}

#[test]
fn another_export_forgets_what_was_chosen() {
    let mut workbench = Workbench::default();
    run(&mut workbench, Command::File(FileCommand::OpenSample));
    assert!(workbench.comparison().is_none(), "nobody looks at it");
    run(&mut workbench, Command::Go(Route::Compare));
    let chosen = [("2026-01-04", "2026-02-22"), ("2026-03-15", "2026-05-03")];
    let chosen = chosen.map(|(from, to)| Window { from: date(from), to: date(to) });
    run(&mut workbench, Command::Compare(CompareCommand::Windows(chosen)));
    assert_eq!(workbench.comparison().unwrap().windows(), Some(chosen));
    let text = "PersonId,MetricDate,Collaboration_hours\np,2024-04-07,10\n";
    let source = Source::Bytes { name: "other.csv".to_owned(), bytes: text.as_bytes().into() };
    run(&mut workbench, Command::File(FileCommand::OpenWhat(What::Sources(vec![source]))));
    run(&mut workbench, Command::Go(Route::Compare));
    assert_eq!(workbench.comparison().unwrap().windows(), None, "one week makes no two windows");
}
