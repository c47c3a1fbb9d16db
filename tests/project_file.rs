//! The project file: what was saved is what is opened, whatever was done and whenever the program was ended.

use std::path::{Path, PathBuf};
use std::process::{Command as Process, Stdio};
use std::time::Duration;

use customer_focus::project::store::{self, Keep, Owner};
use customer_focus::project::{Became, Decision, DecisionEdit, Document, Edit, Id, PlanStatus, Project};
use customer_focus::text::Locale;
use customer_focus::work::{Cancel, Progress};
use customer_focus::workbench::{Command, ProjectCommand, SetCommand, Unsaved, Workbench, execute};
use proptest::prelude::*;

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

fn decision(text: &str) -> Decision {
    Decision { text: text.to_owned(), ..Decision::default() }
}

fn add(text: &str) -> Edit {
    Edit::Decision(DecisionEdit::Add(decision(text)))
}

/// Does what a command asks for, with its jobs.
fn run(workbench: &mut Workbench, command: Command) {
    let mut job = workbench.run(command);
    while let Some(next) = job {
        job = execute(&next, &Progress::default(), &Cancel::default()).and_then(|done| workbench.receive(done));
    }
}

fn project(workbench: &mut Workbench, command: ProjectCommand) {
    run(workbench, Command::Project(command));
}

// ------------------------------------------------------------------------------------------------ every version

#[test]
fn a_file_of_every_version_opens_with_all_that_is_in_it() {
    for version in 1..=customer_focus::project::VERSION {
        let document = store::read(&fixtures().join(format!("version-{version}.cfocus"))).unwrap();
        assert_eq!(document.made.decisions[0].owner, "Head of Support");
        assert_eq!((document.made.decisions[0].id, document.made.next_id()), (id(3), id(10)));
        assert_eq!(document.sources[0].bytes, Some(1_204_311));
        assert_eq!((document.minimum_group_size, document.settings.q3), (Some(12), Some(0.4)));
        assert_eq!(document.settings.settings().customer_facing[0].value, "Sales");
        assert_eq!(document.views[0].name, "Sales in April");
        assert_eq!(document.contact_sources[0].bytes, Some(2_050_515));
        let made = &document.made;
        let Some(Became::Plan(plan)) = made.became(&made.decisions[0]) else { panic!("{:?}", made.decisions) };
        let baseline = plan.baseline.as_ref().map(|before| (before.mean.value, before.mean.people));
        assert_eq!((plan.weeks, baseline, plan.check_ins.len()), (12, Some((0.31, 212)), 1));
        assert_eq!(plan.judged.as_ref().map(|judged| judged.status), Some(PlanStatus::OnTrack));
        let initiative = &made.initiatives.initiatives[0];
        assert_eq!((initiative.plan, initiative.loyalty.get(), initiative.progress()), (Some(plan.id), 5, 55));
        assert_eq!((initiative.history.len(), made.initiatives.reviews[0].counts.total()), (1, 1));
        assert_eq!(made.contacts.accounts[0].goal_minutes, Some(1800));
        // Somebody else withdrew, of whom only the day is there.
        let names: Vec<&str> = made.go_to.volunteers.iter().map(|person| person.name.as_str()).collect();
        assert_eq!((names, made.go_to.withdrawals.len()), (vec!["Ann Example"], 1));
        assert_eq!(made.voices[0].about, "coaching");
    }
}

fn id(number: u64) -> Id {
    serde_json::from_value(number.into()).unwrap()
}

#[test]
fn the_version_of_now_is_written_as_its_fixture_is() {
    let text = std::fs::read_to_string(fixtures().join("version-1.cfocus")).unwrap();
    let written = Document::from_bytes(text.as_bytes()).unwrap().to_text();
    let value = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
    let known = value(&text);
    // What later nouns add is not in the older file; everything that is in it is written again.
    assert!(holds(&value(&written), &known), "{written}");
}

/// Whether all of `part` is in `whole`.
fn holds(whole: &serde_json::Value, part: &serde_json::Value) -> bool {
    use serde_json::Value::{Array, Object, String};
    match (whole, part) {
        (Object(whole), Object(part)) => {
            part.iter().all(|(name, part)| name == "written_by" || whole.get(name).is_some_and(|w| holds(w, part)))
        }
        (Array(whole), Array(part)) => whole.len() == part.len() && whole.iter().zip(part).all(|(w, p)| holds(w, p)),
        (String(whole), String(part)) => whole == part,
        (whole, part) => whole == part,
    }
}

// ------------------------------------------------------------------------------------------------ any steps

#[derive(Clone, Debug)]
enum Act {
    Edit(Edit),
    Undo,
    Redo,
    Save,
}

fn any_act() -> impl Strategy<Value = Act> {
    let text = "[a-z \u{e4}\"\\\\\n]{0,12}";
    prop_oneof![
        3 => text.prop_map(|text| Act::Edit(add(&text))),
        2 => (0_u64..6, text).prop_map(|(number, text)| {
            Act::Edit(Edit::Decision(DecisionEdit::Change(Decision { id: id(number), ..decision(&text) })))
        }),
        1 => (0_u64..6).prop_map(|number| Act::Edit(Edit::Decision(DecisionEdit::Remove(id(number))))),
        2 => Just(Act::Undo),
        1 => Just(Act::Redo),
        1 => Just(Act::Save),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn after_any_edits_and_steps_back_what_is_saved_is_what_is_opened(acts in prop::collection::vec(any_act(), 0..24)) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("Plan.cfocus");
        let mut workbench = Workbench::default();
        project(&mut workbench, ProjectCommand::SaveTo(path.clone()));
        for act in acts {
            match act {
                Act::Edit(edit) => run(&mut workbench, Command::Edit(edit)),
                Act::Undo => run(&mut workbench, Command::Undo),
                Act::Redo => run(&mut workbench, Command::Redo),
                Act::Save => project(&mut workbench, ProjectCommand::Save),
            }
            let on_disk = store::read(&path).unwrap();
            // Known by comparing: edited exactly when the file says something else.
            prop_assert_eq!(workbench.is_project_edited(), !on_disk.says_the_same(&workbench.document()));
        }
        project(&mut workbench, ProjectCommand::Save);
        prop_assert!(!workbench.is_project_edited());
        drop(workbench);
        let mut other = Workbench::default();
        let expected = store::read(&path).unwrap();
        project(&mut other, ProjectCommand::Open(path));
        prop_assert_eq!(other.document(), expected);
    }
}

#[test]
fn taking_back_every_step_since_the_save_makes_it_a_saved_one_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut workbench = Workbench::default();
    run(&mut workbench, Command::Edit(add("first")));
    assert!(workbench.is_project_edited());
    project(&mut workbench, ProjectCommand::SaveTo(folder.path().join("Plan")));
    assert!(!workbench.is_project_edited());
    assert_eq!(workbench.project_name().as_deref(), Some("Plan"));
    run(&mut workbench, Command::Edit(add("second")));
    assert!(workbench.is_project_edited());
    run(&mut workbench, Command::Undo);
    assert!(!workbench.is_project_edited());
    run(&mut workbench, Command::Undo);
    assert!(workbench.is_project_edited(), "what was saved is no longer there");
}

#[test]
fn the_minimum_group_size_of_a_project_is_never_lowered() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("Plan.cfocus");
    let mut workbench = Workbench::default();
    run(&mut workbench, Command::File(customer_focus::workbench::FileCommand::OpenSample));
    run(&mut workbench, Command::Set(SetCommand::MinimumGroupSize(20)));
    project(&mut workbench, ProjectCommand::SaveTo(path.clone()));
    run(&mut workbench, Command::Set(SetCommand::MinimumGroupSize(12)));
    assert_eq!(workbench.rules().unwrap().minimum_group_size(), 20);
    run(&mut workbench, Command::Undo);
    assert_eq!(workbench.rules().unwrap().minimum_group_size(), 20);
    run(&mut workbench, Command::Set(SetCommand::MinimumGroupSize(25)));
    project(&mut workbench, ProjectCommand::Save);
    assert_eq!(store::read(&path).unwrap().minimum_group_size, Some(25));
    // The sample comes back with it, and its hash is known.
    let mut other = Workbench::default();
    drop(workbench);
    project(&mut other, ProjectCommand::Open(path));
    assert!(other.opened().unwrap().is_sample());
    assert_eq!(other.rules().unwrap().minimum_group_size(), 25);
}

// ------------------------------------------------------------------------------------------------ exports

const EXPORT: &str = "PersonId,MetricDate,Collaboration_hours,External_collaboration_hours\n";

fn export(path: &Path, hours: usize) {
    let rows = (0..60).map(|person| format!("p{person},2024-04-07,20,{hours}\n"));
    std::fs::write(path, EXPORT.to_owned() + &rows.collect::<String>()).unwrap();
}

fn notices(workbench: &Workbench) -> Vec<String> {
    let locale = Locale::of("en-US");
    workbench.notices().iter().map(|notice| notice.what.in_words(&locale)).collect()
}

#[test]
fn a_project_opens_its_exports_and_says_which_moved_or_changed() {
    let (here, there) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (source, path) = (there.path().join("query.csv"), here.path().join("Plan.cfocus"));
    export(&source, 3);
    let mut first = Workbench::default();
    run(&mut first, Command::File(customer_focus::workbench::FileCommand::Open(vec![source.clone()])));
    run(&mut first, Command::Edit(add("kept")));
    project(&mut first, ProjectCommand::SaveTo(path.clone()));
    // The hash becomes known after the save, and is worth one of its own.
    assert!(!first.is_project_edited() && first.wants_autosave());
    project(&mut first, ProjectCommand::Autosave);
    let saved = store::read(&path).unwrap();
    assert_eq!(saved.sources[0].sha256.as_ref().map(String::len), Some(64));
    assert!(!first.wants_autosave());
    drop(first);

    let open = || {
        let mut workbench = Workbench::default();
        project(&mut workbench, ProjectCommand::Open(path.clone()));
        workbench
    };
    let same = open();
    assert_eq!((same.opened().unwrap().name.as_str(), notices(&same).len()), ("query.csv", 0));
    drop(same);
    // Other hours: another hash.
    export(&source, 4);
    let changed = open();
    assert_eq!(notices(&changed), ["query.csv changed since the project was saved."]);
    assert!(changed.opened().is_some());
    drop(changed);
    // Handed over together it is found beside the project; without it the project opens all the same.
    export(&here.path().join("query.csv"), 3);
    std::fs::remove_file(&source).unwrap();
    let beside = open();
    assert_eq!((beside.opened().is_some(), notices(&beside).len()), (true, 0));
    drop(beside);
    std::fs::remove_file(here.path().join("query.csv")).unwrap();
    let missing = open();
    assert_eq!(notices(&missing), ["The export query.csv of this project was not found."]);
    assert_eq!((missing.opened().is_none(), missing.project().decisions.len()), (true, 1));
    assert!(!missing.is_project_edited());
}

#[test]
fn another_export_keeps_the_project_with_its_settings_and_views() {
    let folder = tempfile::tempdir().unwrap();
    let (one, other) = (folder.path().join("one.csv"), folder.path().join("other.csv"));
    export(&one, 3);
    export(&other, 9);
    let open = |path: &PathBuf| Command::File(customer_focus::workbench::FileCommand::Open(vec![path.clone()]));
    let mut workbench = Workbench::default();
    run(&mut workbench, open(&one));
    run(&mut workbench, Command::Set(SetCommand::Gap(0.2)));
    run(&mut workbench, Command::View(customer_focus::workbench::ViewCommand::Save("April".to_owned())));
    run(&mut workbench, Command::Edit(add("kept")));
    project(&mut workbench, ProjectCommand::SaveTo(folder.path().join("Plan.cfocus")));
    run(&mut workbench, open(&other));
    let document = workbench.document();
    assert_eq!((document.settings.gap, document.views.len(), document.made.decisions.len()), (0.2, 1, 1));
    assert!(document.sources[0].path.ends_with("other.csv"));
    assert!(workbench.is_project_edited());
}

#[test]
fn a_save_is_waited_for_before_the_window_closes_or_anything_else_is_opened() {
    let folder = tempfile::tempdir().unwrap();
    let mut workbench = Workbench::default();
    run(&mut workbench, Command::Edit(add("first")));
    let job = workbench.run(Command::Project(ProjectCommand::SaveTo(folder.path().join("Plan.cfocus")))).unwrap();
    assert!(workbench.run(Command::Project(ProjectCommand::Leave)).is_none());
    assert!(!workbench.may_leave() && workbench.unsaved_question().is_none());
    let done = execute(&job, &Progress::default(), &Cancel::default()).unwrap();
    workbench.receive(done);
    assert!(workbench.has_left());
}

#[test]
fn a_save_that_is_asked_for_while_something_is_written_comes_after_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("Plan.cfocus");
    let rescue = folder.path().join("unsaved");
    let mut workbench = Workbench::default().with_owner(Owner::default(), Some(rescue));
    run(&mut workbench, Command::Edit(add("first")));
    // The window is to be closed, and while the person looks for a place the work is rescued.
    workbench.run(Command::Project(ProjectCommand::Leave));
    workbench.run(Command::Project(ProjectCommand::Answer(Unsaved::Save)));
    let rescue = workbench.run(Command::Project(ProjectCommand::Autosave)).unwrap();
    assert!(workbench.run(Command::Project(ProjectCommand::SaveTo(path.clone()))).is_none());
    let mut job = Some(rescue);
    while let Some(next) = job {
        job = execute(&next, &Progress::default(), &Cancel::default()).and_then(|done| workbench.receive(done));
        assert!(workbench.unsaved_question().is_none(), "it was answered");
    }
    assert_eq!(store::read(&path).unwrap().made.decisions[0].text, "first");
    assert!(workbench.has_left());
}

#[test]
fn the_project_that_is_open_is_not_opened_twice_nor_saved_against_itself() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("Plan.cfocus");
    let mut workbench = Workbench::default();
    project(&mut workbench, ProjectCommand::SaveTo(path.clone()));
    project(&mut workbench, ProjectCommand::Open(path.clone()));
    assert_eq!(notices(&workbench), ["Plan.cfocus is open already."]);
    run(&mut workbench, Command::Edit(add("first")));
    project(&mut workbench, ProjectCommand::SaveTo(folder.path().join(".").join("Plan.cfocus")));
    assert_eq!((notices(&workbench).len(), workbench.is_project_edited()), (1, false));
    assert!(workbench.project_read_only().is_none());
}

#[test]
fn a_disk_that_says_no_is_told_and_the_work_is_rescued() {
    let folder = tempfile::tempdir().unwrap();
    let (path, rescue) = (folder.path().join("Plan.cfocus"), folder.path().join("unsaved"));
    let mut workbench = Workbench::default().with_owner(Owner::default(), Some(rescue.clone()));
    project(&mut workbench, ProjectCommand::SaveTo(path.clone()));
    // A file stands where the folder beside the project was: nothing can be written there any more.
    std::fs::remove_dir_all(folder.path().join(store::SIDE_FOLDER)).unwrap();
    std::fs::write(folder.path().join(store::SIDE_FOLDER), "").unwrap();
    run(&mut workbench, Command::Edit(add("first")));
    project(&mut workbench, ProjectCommand::Autosave);
    assert_eq!(notices(&workbench), ["The project Plan.cfocus could not be saved."]);
    assert!(workbench.is_project_edited() && workbench.wants_autosave());
    project(&mut workbench, ProjectCommand::Autosave);
    assert!(!workbench.wants_autosave(), "it is rescued");
    assert!(store::read(&path).unwrap().made.is_empty());
    drop(workbench);
    let found = store::rescue::left_behind(&rescue);
    assert_eq!(found[0].document.made.decisions[0].text, "first");
    assert!(found[0].of.as_ref().unwrap().0.ends_with("Plan.cfocus"));
}

// ------------------------------------------------------------------------------------------------ killed

/// In the environment of the child: the file that it saves to.
const SAVES_TO: &str = "CUSTOMER_FOCUS_TEST_SAVES_TO";

fn state(round: usize) -> Document {
    let mut made = Project::default();
    // Files of different lengths, the longest of some hundred thousand bytes.
    for line in 0..=(round * 37) % 900 {
        made.apply(add(&format!("decision {line} of round {round} \u{2013} with some words to fill its line")));
    }
    Document { minimum_group_size: Some(round + 5), made, ..Document::default() }
}

/// No test of its own: what the next one starts and kills.
#[test]
fn child_that_saves_until_it_is_killed() {
    let Ok(path) = std::env::var(SAVES_TO) else { return };
    let texts: Vec<String> = (0..40).map(|round| state(round).to_text()).collect();
    for text in texts.iter().cycle() {
        store::save(Path::new(&path), text, Keep::Each).unwrap();
    }
}

#[test]
fn a_program_that_is_killed_while_saving_leaves_one_of_the_states_it_wrote() {
    let kills: u64 = std::env::var("CUSTOMER_FOCUS_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(30);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("Plan.cfocus");
    let states: Vec<Document> = (0..40).map(state).collect();
    store::save(&path, &states[0].to_text(), Keep::Each).unwrap();
    for kill in 0..kills {
        let mut child = Process::new(std::env::current_exe().unwrap())
            .args(["--exact", "project_file::child_that_saves_until_it_is_killed", "--test-threads=1"])
            .env(SAVES_TO, &path)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // From before its first save to after its hundredth, never twice the same.
        std::thread::sleep(Duration::from_millis(40 + kill * 7919 % 211));
        child.kill().unwrap();
        child.wait().unwrap();
        let opened = store::open(&path, &Owner::default()).unwrap();
        assert!(states.contains(&opened.document), "kill {kill}: a state that was never written");
        for version in store::versions(&path) {
            assert!(states.contains(&store::read(&version.path).unwrap()), "kill {kill}: {version:?}");
        }
        let visible = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name());
        let mut visible: Vec<_> = visible.collect();
        visible.sort();
        assert_eq!(visible, [store::SIDE_FOLDER, "Plan.cfocus"]);
    }
}
