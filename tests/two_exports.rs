//! Two exports that are opened together, and one export in the place of another.

use std::path::PathBuf;

use customer_focus::privacy::{InsightId, Window};
use customer_focus::work::{Cancel, Progress};
use customer_focus::workbench::{
    Command, FileCommand, Job, NoticeAction, Route, SetCommand, Together, Workbench, execute,
};

use crate::support::date;
use crate::support::window::{press, shows, wait, window};

const HEADER: &str = "PersonId,MetricDate,Collaboration_hours,External_collaboration_hours,Organization\n";

/// Twenty people in these weeks; every fourth one has 9.5 hours with external contacts, the others 3.25.
fn export(weeks: &[&str], name: impl Fn(usize) -> String) -> String {
    let row = |week: &str, person: usize| {
        let hours = if person.is_multiple_of(4) { "9.5" } else { "3.25" };
        format!("{},{week},20,{hours},{}\n", name(person), ["Sales", "Legal"][person % 2])
    };
    let rows: String = weeks
        .iter()
        .flat_map(|week| (0..20).map(move |person| (*week, person)))
        .map(|(week, person)| row(week, person))
        .collect();
    HEADER.to_owned() + &rows
}

fn person(person: usize) -> String {
    format!("p{person:02}")
}

const MARCH: [&str; 4] = ["2024-03-03", "2024-03-10", "2024-03-17", "2024-03-24"];
const APRIL: [&str; 3] = ["2024-04-07", "2024-04-14", "2024-04-21"];

/// A folder with files in it.
fn files(texts: &[(&str, String)]) -> (tempfile::TempDir, Vec<PathBuf>) {
    let folder = tempfile::tempdir().unwrap();
    let write = |(name, text): &(&str, String)| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    };
    let paths = texts.iter().map(write).collect();
    (folder, paths)
}

/// Does what somebody asks for, and all that comes of it.
fn does(workbench: &mut Workbench, command: FileCommand) {
    let mut job: Option<Job> = workbench.run(Command::File(command));
    while let Some(doing) = job {
        let done = execute(&doing, &Progress::default(), &Cancel::default()).unwrap();
        job = workbench.receive(done);
    }
}

fn after(command: FileCommand) -> Workbench {
    let mut workbench = Workbench::default();
    does(&mut workbench, command);
    workbench
}

fn march_and_april() -> (tempfile::TempDir, Vec<PathBuf>) {
    // The later one first, as files are dropped in any order.
    files(&[("april.csv", export(&APRIL, person)), ("march.csv", export(&MARCH, person))])
}

#[test]
fn two_exports_that_follow_each_other_are_asked_about_before_any_number() {
    let (_folder, paths) = march_and_april();
    let mut workbench = after(FileCommand::Open(paths.clone()));
    let pair = workbench.pair().unwrap().clone();
    assert!(workbench.opened().is_none() && workbench.results().is_none());
    assert_eq!(pair.parts[0], ("march.csv".to_owned(), Window { from: date(MARCH[0]), to: date(MARCH[3]) }));
    assert_eq!(pair.parts[1].0, "april.csv");
    does(&mut workbench, FileCommand::AnswerPair(Together::OneExport));
    assert_eq!(workbench.opened().unwrap().dataset.rows(), 140);
    assert!(workbench.pair().is_none() && workbench.results().is_some());
    assert_eq!(workbench.route(), Route::Overview);
}

#[test]
fn two_exports_that_are_compared_stand_in_the_two_windows() {
    let (_folder, paths) = march_and_april();
    let mut workbench = after(FileCommand::Open(paths));
    does(&mut workbench, FileCommand::AnswerPair(Together::BeforeAndAfter));
    assert_eq!(workbench.route(), Route::Compare);
    // Three weeks each, as April has three: the later ones of March.
    let expected =
        [Window { from: date(MARCH[1]), to: date(MARCH[3]) }, Window { from: date(APRIL[0]), to: date(APRIL[2]) }];
    assert_eq!(workbench.comparison().unwrap().windows(), Some(expected));
    assert!(workbench.comparison().unwrap().comparison().is_some());
}

#[test]
fn a_pair_that_is_left_leaves_what_was_open() {
    let (_folder, paths) = march_and_april();
    let mut workbench = after(FileCommand::Open(vec![paths[0].clone()]));
    assert_eq!(workbench.opened().unwrap().dataset.rows(), 60);
    does(&mut workbench, FileCommand::Open(paths));
    assert!(workbench.pair().is_some());
    does(&mut workbench, FileCommand::DropQuestion);
    assert!(workbench.pair().is_none() && !workbench.is_updating() && !workbench.is_reading());
    assert_eq!(workbench.opened().unwrap().dataset.rows(), 60);
}

#[test]
fn what_can_only_be_one_export_is_not_asked_about() {
    // Two halves of a company in the same weeks.
    let others = |number: usize| format!("q{number:02}");
    let (_folder, paths) = files(&[("north.csv", export(&MARCH, person)), ("south.csv", export(&MARCH, others))]);
    let workbench = after(FileCommand::Open(paths));
    assert!(workbench.pair().is_none());
    assert_eq!(workbench.opened().unwrap().dataset.people(), 40);
    // A folder is one export in parts; so is what is added to an open one.
    let (folder, paths) = march_and_april();
    assert!(after(FileCommand::Open(vec![folder.path().to_path_buf()])).pair().is_none());
    let mut workbench = after(FileCommand::Open(vec![paths[1].clone()]));
    does(&mut workbench, FileCommand::Add(vec![paths[0].clone()]));
    assert!(workbench.pair().is_none());
    assert_eq!(workbench.opened().unwrap().dataset.rows(), 140);
}

#[test]
fn the_window_asks_what_two_exports_are() {
    let (_folder, paths) = march_and_april();
    let arguments = customer_focus::cli::WindowArguments { files: paths, ..Default::default() };
    let mut window = window(arguments);
    wait(&mut window, |app| app.workbench().pair().is_some());
    for text in ["Read them as one export, or compare them?", "march.csv is of Mar 3, 2024 to Mar 24, 2024."] {
        assert!(shows(&window, text), "{text}");
    }
    press(&mut window, "Compare: what changed from march.csv to april.csv");
    wait(&mut window, |app| app.workbench().comparison().is_some());
    assert_eq!(window.state().workbench().route(), Route::Compare);
}

#[test]
fn a_file_that_looks_like_another_query_can_be_read_as_a_person_query() {
    let looks_like = export(&MARCH, person).replace("Organization", "PeerGroup");
    let (_folder, paths) = files(&[("peers.csv", looks_like)]);
    let workbench = after(FileCommand::Open(paths.clone()));
    let refused = workbench.notices().iter().find(|notice| notice.action == Some(NoticeAction::ReadAsPersonQuery));
    match workbench.opened() {
        Some(opened) => panic!("{:?}", opened.report.sources[0].kind),
        None => assert!(refused.is_some(), "{:?}", workbench.notices()),
    }
    let mut workbench = workbench;
    does(&mut workbench, FileCommand::ReadAsPersonQuery);
    let opened = workbench.opened().unwrap();
    assert_eq!(opened.dataset.rows(), 80);
    let kind = opened.report.sources[0].evidence.iter().find(|(decision, _)| *decision == "kind").unwrap();
    assert_eq!(kind.1.plain(), "It was chosen, not recognized.");
    assert_eq!(workbench.readings()[0].reading.kind.as_deref(), Some("person"));
}

#[test]
fn what_was_to_be_shown_anyway_of_one_export_is_asked_again_of_another() {
    let (_folder, paths) = march_and_april();
    let mut workbench = after(FileCommand::Open(vec![paths[1].clone()]));
    let id = InsightId::ExternalOver8h;
    let _ = workbench.run(Command::Set(SetCommand::ShowAnyway(id, true)));
    assert_eq!(workbench.settings().show_anyway, [id]);
    does(&mut workbench, FileCommand::Open(vec![paths[0].clone()]));
    assert!(workbench.settings().show_anyway.is_empty());
}
