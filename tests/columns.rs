//! Files with unknown headers: their columns are given a meaning by a person, once.

use std::path::PathBuf;

use customer_focus::import::{DateOrder, ImportOptions};
use customer_focus::project::{KeptReading, Reading};
use customer_focus::work::{Cancel, Progress};
use customer_focus::workbench::{
    ColumnsOf, Command, FileCommand, Job, MeaningProblem, NoticeAction, Opened, Workbench, execute, proposed_columns,
};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use crate::support::window::{go, opened, press, shows, wait};

const GERMAN: &str = "Mitarbeiter-ID;Datum;Externe Zusammenarbeitsstunden;Zusammenarbeitsstunden;Abteilung\n";
const ENGLISH: &str = "PersonId,MetricDate,External_collaboration_hours,Collaboration_hours,Abteilung\n";

/// Forty people in four weeks: every fourth one 9.5 hours with external contacts, the others 3.25.
fn rows(mark: &str, row: impl Fn(usize, usize, &str, &str) -> String) -> String {
    let all = (0..4).flat_map(|week| (0..40).map(move |person| (week, person)));
    all.map(|(week, person)| {
        let hours = if person % 4 == 0 { "9.5" } else { "3.25" };
        let team = if person < 20 { "Nord" } else { "Süd" };
        row(week, person, &hours.replace('.', mark), team)
    })
    .collect()
}

fn german() -> String {
    let row = |week: usize, person: usize, hours: &str, team: &str| {
        format!("mueller{person:02};{:02}.04.2024;{hours};20;{team}\n", 7 * (week + 1))
    };
    GERMAN.to_owned() + &rows(",", row)
}

fn english() -> String {
    let row = |week: usize, person: usize, hours: &str, team: &str| {
        format!("mueller{person:02},2024-04-{:02},{hours},20,{team}\n", 7 * (week + 1))
    };
    ENGLISH.to_owned() + &rows(".", row)
}

/// A folder with a file in it.
fn file(text: &str) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("export.csv");
    std::fs::write(&path, text).unwrap();
    (folder, path)
}

/// Does jobs until there are none left.
fn finish(workbench: &mut Workbench, mut job: Option<Job>) {
    while let Some(doing) = job {
        let done = execute(&doing, &Progress::default(), &Cancel::default()).unwrap();
        job = workbench.receive(done);
    }
}

fn open(workbench: &mut Workbench, path: PathBuf) {
    let job = workbench.run(Command::File(FileCommand::Open(vec![path])));
    finish(workbench, job);
}

/// Opens a file of unknown headers and accepts what is proposed.
fn accept(workbench: &mut Workbench, path: PathBuf) {
    open(workbench, path);
    assert_eq!(workbench.notices()[0].action, Some(NoticeAction::ChooseColumns(ColumnsOf::Refused)));
    let job = workbench.run(Command::File(FileCommand::ChooseColumns(ColumnsOf::Refused)));
    finish(workbench, job);
    let choice = workbench.column_choice().unwrap();
    let columns = choice.to_say(&choice.start());
    let job = workbench.run(Command::File(FileCommand::ReadWithColumns(columns)));
    finish(workbench, job);
}

fn external_seconds(opened: &Opened) -> Vec<u32> {
    opened.dataset.seconds(customer_focus::dataset::Metric::ExternalHours).unwrap().to_vec()
}

#[test]
fn a_german_export_is_read_in_two_clicks_and_gives_the_numbers_of_the_english_one() {
    let (_german, german) = file(&german());
    let mut window = opened(german);
    assert!(shows(&window, "This is no person query."));
    press(&mut window, "Say what its columns hold\u{2026}");
    wait(&mut window, |app| app.workbench().column_choice().is_some());
    for text in [
        "What do the columns of export.csv hold?",
        "0 of 5 columns are known by their headers. For 4 more a meaning is proposed: check them.",
        "Externe Zusammenarbeitsstunden",
        "External collaboration over 8 hours: can be shown",
        "needs Meeting hours with manager 1:1",
    ] {
        assert!(shows(&window, text), "{text}");
    }
    let holds = window.get_by_label("What Externe Zusammenarbeitsstunden holds").accesskit_node().value();
    assert_eq!(holds.as_deref(), Some("External collaboration hours"));
    press(&mut window, "Read the file");
    wait(&mut window, |app| app.workbench().results().is_some() && !app.workbench().is_updating());
    let (_english, english) = file(&english());
    let plain = opened(english);
    let [found, expected] =
        [&window, &plain].map(|window| window.state().workbench().results().unwrap().findings.clone());
    assert_eq!(found.unwrap().insights, expected.unwrap().insights);
}

#[test]
fn nobody_is_named_while_columns_are_chosen() {
    let (_folder, path) = file(&german());
    let mut window = opened(path);
    press(&mut window, "Say what its columns hold\u{2026}");
    wait(&mut window, |app| app.workbench().column_choice().is_some());
    assert!(shows(&window, "Names people: not shown"));
    assert!(!shows(&window, "mueller"));
    // The file is closed again as it was found: nothing is open.
    press(&mut window, "Cancel");
    assert!(!shows(&window, "What do the columns") && window.state().workbench().opened().is_none());
}

#[test]
fn a_second_file_with_the_same_headers_is_read_as_the_first_was() {
    let ((_a, first), (_b, second)) = (file(&german()), file(&german().replace("9,5", "1,5")));
    let mut workbench = Workbench::default();
    accept(&mut workbench, first);
    assert_eq!(workbench.readings().len(), 1);
    open(&mut workbench, second);
    let opened = workbench.opened().unwrap();
    assert!(opened.is_read_as_kept);
    // Person 0 has 1.5 hours now.
    assert_eq!(external_seconds(opened)[0], 5400);
    let notice = workbench.notices().iter().find(|notice| notice.action == Some(NoticeAction::ReadAsRecognized));
    assert!(notice.is_some());
    // Recognized anew its headers are unknown again; what was open stays open.
    let job = workbench.run(Command::File(FileCommand::Reread(ImportOptions::default())));
    finish(&mut workbench, job);
    assert!(
        workbench.notices().iter().any(|notice| notice.action == Some(NoticeAction::ChooseColumns(ColumnsOf::Refused)))
    );
    assert!(workbench.opened().is_some());
}

#[test]
fn a_kept_reading_that_does_not_fit_is_left() {
    let ((_a, first), (_b, second)) = (file(&english()), file(&english()));
    let mut workbench = Workbench::default();
    open(&mut workbench, first);
    let shape = workbench.opened().unwrap().shape.clone().unwrap();
    let reading = Reading { columns: [("external_hours".to_owned(), "Gone".to_owned())].into(), ..Reading::default() };
    workbench.run(Command::BringReadings(vec![KeptReading { shape, reading }]));
    open(&mut workbench, second);
    assert!(!workbench.opened().unwrap().is_read_as_kept && workbench.notices().is_empty());
}

#[test]
fn what_was_chosen_is_in_the_project_and_what_was_recognized_is_not() {
    let ((_a, path), (_b, plain)) = (file(&german()), file(&english()));
    let mut workbench = Workbench::default();
    accept(&mut workbench, path);
    assert_eq!(workbench.document().reading.columns["external_hours"], "Externe Zusammenarbeitsstunden");
    open(&mut workbench, plain);
    assert!(workbench.document().reading.is_empty());
}

#[test]
fn what_was_chosen_is_not_forgotten_by_reloading_a_file_that_is_read_as_recognized() {
    let (_folder, path) = file(&english());
    let mut workbench = Workbench::default();
    open(&mut workbench, path.clone());
    let shape = workbench.opened().unwrap().shape.clone().unwrap();
    // It does not fit this file, and may fit the next one with these headers.
    let reading = Reading { delimiter: Some(';'), ..Reading::default() };
    let kept = KeptReading { shape, reading };
    workbench.run(Command::BringReadings(vec![kept.clone()]));
    open(&mut workbench, path);
    let job = workbench.run(Command::File(FileCommand::Reload));
    finish(&mut workbench, job);
    assert_eq!(workbench.readings(), [kept]);
    // A person who says that everything is to be recognized says it for good.
    let job = workbench.run(Command::File(FileCommand::Reread(ImportOptions::default())));
    finish(&mut workbench, job);
    assert!(workbench.readings().is_empty());
}

#[test]
fn a_column_can_be_read_in_the_place_of_a_recognized_one_and_given_back() {
    let text = english().replace("Abteilung\n", "Other_hours\n").replace("Nord", "7").replace("Süd", "7");
    let (_folder, path) = file(&text);
    let mut workbench = Workbench::default();
    open(&mut workbench, path);
    let job = workbench.run(Command::File(FileCommand::ChooseColumns(ColumnsOf::Open)));
    finish(&mut workbench, job);
    let choice = workbench.column_choice().unwrap().clone();
    let mut meanings = choice.start();
    choice.assign(&mut meanings, 4, Some("external_hours"));
    assert_eq!(
        meanings,
        [Some("person_id"), Some("period"), None, Some("collaboration_hours"), Some("external_hours")]
    );
    choice.assign(&mut meanings, 4, None);
    assert_eq!(meanings[2], Some("external_hours"));
    assert!(choice.to_say(&meanings).is_empty());
    choice.assign(&mut meanings, 4, Some("external_hours"));
    let columns = choice.to_say(&meanings);
    assert_eq!(columns, [("external_hours".to_owned(), "Other_hours".to_owned())]);
    let job = workbench.run(Command::File(FileCommand::ReadWithColumns(columns)));
    finish(&mut workbench, job);
    assert_eq!(external_seconds(workbench.opened().unwrap())[0], 7 * 3600);
}

#[test]
fn what_is_still_to_be_chosen_is_said() {
    use customer_focus::workbench::ColumnChoice;
    assert_eq!(ColumnChoice::problem(&[None, Some("period")]), Some(MeaningProblem::NoPerson));
    assert_eq!(ColumnChoice::problem(&[Some("person_id"), None]), Some(MeaningProblem::NoPeriod));
    assert_eq!(ColumnChoice::problem(&[Some("person_id"), Some("period")]), Some(MeaningProblem::NoMetric));
    assert_eq!(ColumnChoice::problem(&[Some("person_id"), Some("period"), Some("meeting_hours")]), None);
}

#[test]
fn the_data_page_leads_to_the_columns() {
    let (_folder, path) = file(&english());
    let mut window = opened(path);
    go(&mut window, "Data");
    press(&mut window, "Change which column holds what");
    wait(&mut window, |app| app.workbench().column_choice().is_some());
    assert!(shows(&window, "4 of 5 columns are known by their headers."));
}

#[test]
fn both_readings_of_the_first_dates_stand_side_by_side() {
    // Three days that fit both orders and are no rhythm of weeks in either.
    let rows: String = ["01/02/2024", "03/04/2024", "05/07/2024"]
        .iter()
        .flat_map(|date| (0..12).map(move |person| format!("p{person},{date},5,20\n")))
        .collect();
    let (_folder, path) =
        file(&format!("PersonId,MetricDate,External_collaboration_hours,Collaboration_hours\n{rows}"));
    let mut window = opened(path);
    for text in ["Month first", "Day first", "1/2/2024", "Jan 2, 2024", "Feb 1, 2024"] {
        assert!(shows(&window, text), "{text}");
    }
    press(&mut window, "Month first: the periods run from Jan 2, 2024 to May 7, 2024");
    wait(&mut window, |app| app.workbench().opened().is_some());
    let opened = window.state().workbench().opened().unwrap();
    assert_eq!(opened.options.date_order, Some(DateOrder::Mdy));
    // Not asked again of files with these headers.
    assert_eq!(window.state().workbench().readings().len(), 1);
}

#[test]
fn the_command_line_proposes_columns() {
    let (_folder, path) = file(&german());
    let what = customer_focus::workbench::What::paths([path.clone()]);
    let proposed = proposed_columns(&what, &ImportOptions::default());
    assert_eq!(proposed[0], ("person_id".to_owned(), "Mitarbeiter-ID".to_owned()));
    let run = crate::cli::run(&["insights", path.to_str().unwrap()]).refused(2);
    assert!(run.stderr.contains("--column 'external_hours=Externe Zusammenarbeitsstunden'"), "{}", run.stderr);
}

#[test]
fn columns_that_are_not_read_but_may_be_needed_are_told() {
    let text = english().replace("External_collaboration_hours", "Externe Zusammenarbeitsstunden");
    let (_folder, path) = file(&text);
    let mut window = opened(path);
    assert!(shows(&window, "1 column is not read, but looks like one that is needed."));
    press(&mut window, "Say what its columns hold\u{2026}");
    wait(&mut window, |app| app.workbench().column_choice().is_some());
    press(&mut window, "Read the file");
    wait(&mut window, |app| app.workbench().opened().is_some_and(|opened| !opened.options.columns.is_empty()));
    assert!(!shows(&window, "is not read"));
    assert_eq!(external_seconds(window.state().workbench().opened().unwrap())[0], 34_200);
}

#[test]
fn columns_that_were_left_can_still_be_given_a_meaning() {
    let (_folder, path) = file(&german());
    let mut window = opened(path);
    for _ in 0..2 {
        press(&mut window, "Say what its columns hold\u{2026}");
        wait(&mut window, |app| app.workbench().column_choice().is_some());
        press(&mut window, "Cancel");
        assert!(window.state().workbench().column_choice().is_none());
    }
}
