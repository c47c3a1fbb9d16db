//! Laws of steps: what is taken back and done again is what was there, whatever was done.

use std::sync::LazyLock;

use chrono::NaiveDate;
use customer_focus::dataset::{Filter, GroupBy};
use customer_focus::import::{ImportOptions, Source};
use customer_focus::insights::GroupName;
use customer_focus::privacy::{Question, Settings};
use customer_focus::work::{Cancel, Progress};
use customer_focus::workbench::{
    self, Command, FileCommand, FilterCommand, Job, Results, Route, SavedView, SetCommand, ViewCommand, What,
    Workbench, execute,
};
use proptest::prelude::*;

/// Forty people in two teams, two levels and four weeks.
static EXPORT: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let mut text = "PersonId,MetricDate,Collaboration_hours,External_collaboration_hours,Team,Level\n".to_owned();
    for week in 1..=4 {
        for person in 0..40 {
            let (team, level) = (["North", "South"][person / 20], ["IC", "Manager"][person % 2]);
            text += &format!("p{person},2024-04-{:02},20,{},{team},{level}\n", week * 7, person % 12);
        }
    }
    text.into_bytes()
});

fn day(week: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2024, 4, 7 * week).unwrap()
}

/// Does what a command asks for, with the job where there is one.
fn run(workbench: &mut Workbench, command: Command) {
    let mut job = workbench.run(command);
    while let Some(next) = job {
        job = execute(&next, &Progress::default(), &Cancel::default()).and_then(|done| workbench.receive(done));
    }
}

fn opened() -> Workbench {
    let mut workbench = Workbench::default();
    let source = Source::Bytes { name: "export.csv".to_owned(), bytes: EXPORT.clone().into() };
    run(&mut workbench, Command::File(FileCommand::OpenWhat(What::Sources(vec![source]))));
    assert!(workbench.results().is_some(), "{:?}", workbench.notices());
    workbench
}

fn toggle(attribute: &str, value: &str) -> Command {
    Command::Filter(FilterCommand::Toggle { attribute: attribute.to_owned(), value: value.to_owned() })
}

/// What a person could do next: a step, or taking one back, or doing one again.
fn any_command() -> impl Strategy<Value = Command> {
    let value = prop_oneof![Just(("Team", "North")), Just(("Team", "South")), Just(("Level", "IC"))];
    let week = (1_u32..=4).prop_map(day);
    let name = prop_oneof![Just("a".to_owned()), Just("b".to_owned())];
    let filter = prop_oneof![
        value.prop_map(|(attribute, value)| FilterCommand::Toggle { attribute: attribute.into(), value: value.into() }),
        Just(FilterCommand::SetValues { attribute: "Team".into(), values: Vec::new() }),
        (prop::option::of(week.clone()), prop::option::of(week.clone()))
            .prop_map(|(from, to)| FilterCommand::Range { from, to }),
        week.clone().prop_map(FilterCommand::LeaveOut),
        week.prop_map(FilterCommand::PutBack),
        any::<bool>().prop_map(FilterCommand::IncludeInactive),
        any::<bool>().prop_map(FilterCommand::WithoutLowActivity),
        Just(FilterCommand::ClearAll),
    ];
    let marked = || GroupName { attribute: "Team".into(), value: "North".into() };
    let set = prop_oneof![
        prop_oneof![Just("Team".into()), Just("Level".into()), Just(GroupBy::two("Level", "Team"))]
            .prop_map(SetCommand::GroupBy),
        (5_usize..30).prop_map(SetCommand::MinimumGroupSize),
        (0_u32..20).prop_map(|points| SetCommand::Gap(f64::from(points) / 100.0)),
        any::<bool>().prop_map(move |on| SetCommand::CustomerFacing(marked(), on)),
        Just(SetCommand::DeclineSuggested),
    ];
    let view = prop_oneof![
        name.clone().prop_map(ViewCommand::Save),
        name.clone().prop_map(ViewCommand::Apply),
        (name.clone(), name.clone()).prop_map(|(from, to)| ViewCommand::Rename { from, to }),
        name.prop_map(ViewCommand::Delete),
    ];
    prop_oneof![
        4 => filter.prop_map(Command::Filter),
        3 => set.prop_map(Command::Set),
        2 => view.prop_map(Command::View),
        2 => Just(Command::Undo),
        1 => Just(Command::Redo),
        1 => Just(Command::Go(Route::Settings)),
    ]
}

/// Everything that steps change.
fn state(workbench: &Workbench) -> (Question, usize, Vec<SavedView>) {
    let size = workbench.rules().unwrap().minimum_group_size();
    (workbench.question().clone(), size, workbench.views().to_vec())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn undo_then_redo_is_as_if_nothing_had_happened(commands in prop::collection::vec(any_command(), 1..30)) {
        let mut workbench = opened();
        for command in commands {
            workbench.run(command);
            let (before, names) = (state(&workbench), workbench.to_undo().cloned());
            if names.is_some() {
                workbench.run(Command::Undo);
                workbench.run(Command::Redo);
                prop_assert_eq!(&state(&workbench), &before);
                prop_assert_eq!(workbench.to_undo(), names.as_ref());
            }
        }
    }

    #[test]
    fn taking_every_step_back_leads_to_where_it_began(commands in prop::collection::vec(any_command(), 1..30)) {
        let mut workbench = opened();
        let first = state(&workbench);
        for command in commands {
            workbench.run(command);
        }
        let last = state(&workbench);
        let mut steps = 0;
        while workbench.to_undo().is_some() {
            workbench.run(Command::Undo);
            steps += 1;
        }
        prop_assert_eq!(state(&workbench), first);
        for _ in 0..steps {
            workbench.run(Command::Redo);
        }
        // What had been taken back before the end is done again by going on; up to there it is the same.
        prop_assert_eq!(state(&workbench), last);
    }

    #[test]
    fn a_command_that_changes_nothing_makes_no_step(command in any_command()) {
        prop_assume!(!matches!(command, Command::Undo | Command::Redo | Command::Go(_)));
        // Toggling is never the same twice; everything else is.
        prop_assume!(!matches!(command, Command::Filter(FilterCommand::Toggle { .. })));
        let mut workbench = opened();
        workbench.run(command.clone());
        let (after, last) = (state(&workbench), workbench.to_undo().cloned());
        workbench.run(command);
        prop_assert_eq!(state(&workbench), after);
        prop_assert_eq!(workbench.to_undo().cloned(), last);
    }
}

#[test]
fn a_step_is_taken_back_while_its_answer_is_worked_on() {
    let mut workbench = opened();
    let all = workbench.results().unwrap().findings.as_ref().unwrap().population.people;
    let job = workbench.run(toggle("Team", "North")).unwrap();
    assert!(workbench.is_updating());
    // The answer to the question of before is known, so no work is needed.
    assert!(workbench.run(Command::Undo).is_none());
    assert!(!workbench.is_updating());
    let late = execute(&job, &Progress::default(), &Cancel::default()).unwrap();
    assert!(workbench.receive(late).is_none());
    assert_eq!((all, workbench.results().unwrap().findings.as_ref().unwrap().population.people), (40, 40));
}

#[test]
fn a_question_that_was_answered_before_is_answered_at_once() {
    let mut workbench = opened();
    run(&mut workbench, toggle("Team", "North"));
    let people = |workbench: &Workbench| workbench.results().unwrap().findings.as_ref().unwrap().population.people;
    assert_eq!(people(&workbench), 20);
    assert!(workbench.run(Command::Undo).is_none());
    assert_eq!(people(&workbench), 40);
    assert!(workbench.run(Command::Redo).is_none());
    assert_eq!(people(&workbench), 20);
}

#[test]
fn steps_stay_from_screen_to_screen_and_end_with_other_files() {
    let mut workbench = opened();
    run(&mut workbench, toggle("Team", "North"));
    run(&mut workbench, Command::Go(Route::Data));
    assert!(workbench.to_undo().is_some());
    // The same file again keeps them; another one does not.
    let source = |name: &str| Source::Bytes { name: name.to_owned(), bytes: EXPORT.clone().into() };
    let open = |name: &str| Command::File(FileCommand::OpenWhat(What::Sources(vec![source(name)])));
    run(&mut workbench, open("export.csv"));
    assert!(workbench.to_undo().is_some());
    run(&mut workbench, open("other.csv"));
    assert!(workbench.to_undo().is_none());
    assert_eq!(workbench.question().filter, Filter::default());
}

#[test]
fn a_view_drops_what_the_export_does_not_have_and_says_so() {
    let mut workbench = opened();
    let mut question = workbench.question().clone();
    question.filter = question.filter.toggled("Team", "North").toggled("Team", "West").toggled("Planet", "Mars");
    workbench.run(Command::BringViews(vec![SavedView::of("Old", &question)]));
    run(&mut workbench, Command::View(ViewCommand::Apply("Old".to_owned())));
    let filter = &workbench.question().filter;
    assert!(filter.names("Team", "North") && !filter.names("Team", "West"));
    assert_eq!(filter.attributes.len(), 1);
    let notice = workbench.notices().last().unwrap();
    assert_eq!(notice.what.plain(), "The view Old was applied without Team: West and Planet.");
    // One step back is what was there before.
    run(&mut workbench, Command::Undo);
    assert!(workbench.question().filter.attributes.is_empty());
}

#[test]
fn a_view_never_lowers_the_minimum_group_size() {
    let mut workbench = opened();
    run(&mut workbench, Command::View(ViewCommand::Save("Before".to_owned())));
    run(&mut workbench, Command::Set(SetCommand::MinimumGroupSize(25)));
    run(&mut workbench, Command::View(ViewCommand::Apply("Before".to_owned())));
    assert_eq!(workbench.rules().unwrap().minimum_group_size(), 25);
}

#[test]
fn a_filter_waits_for_files_that_are_being_read() {
    let mut workbench = opened();
    let reading = workbench.run(Command::File(FileCommand::Reload)).unwrap();
    assert!(workbench.run(toggle("Team", "South")).is_none());
    let read = execute(&reading, &Progress::default(), &Cancel::default()).unwrap();
    let job = workbench.receive(read);
    let Some(Job::Evaluate { question, .. }) = job else { panic!("the question is asked once the files are read") };
    assert!(question.filter.names("Team", "South"));
}

#[test]
fn an_answer_is_the_same_with_and_without_an_earlier_one() {
    let opened =
        workbench::open(&What::Sample, &ImportOptions::default(), &Progress::default(), &Cancel::default()).unwrap();
    let rules = opened.default_rules();
    let ask = |question: &Question, previous: Option<&Results>| workbench::evaluate(&opened, question, rules, previous);
    let by = |attribute: &str, filter: Filter| Question { filter, by: vec![attribute.into()], ..Question::default() };
    let sales = Filter::default().toggled("Organization", "Sales");
    let low = Filter { without_low_activity: true, ..Filter::default() };
    let wider = Settings { co_attended_basis_points: 5000, ..Settings::default() };
    let questions = [
        by("Organization", Filter::default()),
        by("Region", Filter::default()),
        by("Region", sales),
        by("Region", low),
        Question { by: vec![GroupBy::two("Organization", "Region")], ..Question::default() },
        Question { settings: wider, ..by("Region", Filter::default()) },
    ];
    for question in &questions {
        let afresh = ask(question, None);
        for earlier in &questions {
            let after = ask(question, Some(&ask(earlier, None)));
            assert_eq!(after.findings, afresh.findings);
            assert_eq!(after.changes, afresh.changes);
            assert_eq!(after.checks, afresh.checks);
            assert_eq!(after.attributes, afresh.attributes);
            assert_eq!(after.choices, afresh.choices);
        }
    }
}

#[test]
fn what_the_next_questions_need_is_decided_after_the_first_answer_and_once() {
    let mut workbench = Workbench::default();
    let source = Source::Bytes { name: "export.csv".to_owned(), bytes: EXPORT.clone().into() };
    let mut job = workbench.run(Command::File(FileCommand::OpenWhat(What::Sources(vec![source]))));
    let mut prepared = Vec::new();
    while let Some(next) = job {
        prepared.extend(matches!(next, Job::Prepare { .. }).then(|| workbench.results().is_some()));
        job = execute(&next, &Progress::default(), &Cancel::default()).and_then(|done| workbench.receive(done));
    }
    assert_eq!(prepared, [true], "once, and not before the first answer");
    for command in [toggle("Team", "South"), Command::Undo] {
        let mut job = workbench.run(command);
        while let Some(next) = job {
            assert!(!matches!(next, Job::Prepare { .. }), "a step of the filter decides nothing afresh");
            job = execute(&next, &Progress::default(), &Cancel::default()).and_then(|done| workbench.receive(done));
        }
    }
    // Other rules, other decisions.
    let asked = workbench.run(Command::Set(SetCommand::MinimumGroupSize(12))).unwrap();
    let answer = execute(&asked, &Progress::default(), &Cancel::default()).unwrap();
    assert!(matches!(workbench.receive(answer), Some(Job::Prepare { .. })));
}
