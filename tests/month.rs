//! A month in the life: plans, decisions, twenty initiatives and contacts; closed, killed, handed over without the
//! exports, and reopened with newer ones. Nothing is lost, totals add up, every status says its rule.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command as Process, Stdio};
use std::time::Duration;

use chrono::{Days, NaiveDate};
use customer_focus::privacy::ContactFindings;
use customer_focus::project::store::{self, Owner};
use customer_focus::project::{
    Account, AccountEdit, AccountList, CheckIn, Cohort, Counts, Decision, DecisionEdit, Direction, Edit, Initiative,
    InitiativeEdit, Level, Plan, PlanEdit, PlanMetric, PlanStep, Project, Register, Stage, Target, Voice, VoiceEdit,
    Volunteer, VolunteerEdit,
};
use customer_focus::sample::{Company, SampleOptions};
use customer_focus::text::Locale;
use customer_focus::work::{Cancel, Progress};
use customer_focus::workbench::{Command, ContactCommand, FileCommand, ProjectCommand, Workbench, execute};

use crate::plans::sample_file;
use crate::support::date;

/// In the environment of the child: the project that it works on.
const WORKS_ON: &str = "CUSTOMER_FOCUS_TEST_WORKS_ON";

const TODAY: &str = "2026-05-04";

fn does(workbench: &mut Workbench, command: Command) {
    let mut job = workbench.run(command);
    loop {
        while let Some(next) = job {
            job = execute(&next, &Progress::default(), &Cancel::default()).and_then(|done| workbench.receive(done));
        }
        job = workbench.due_contacts(date(TODAY));
        if job.is_none() {
            return;
        }
    }
}

fn edit(workbench: &mut Workbench, edit: Edit) {
    does(workbench, Command::Edit(edit));
}

fn project(workbench: &mut Workbench, command: ProjectCommand) {
    does(workbench, Command::Project(command));
}

/// The sample's time with contacts up to a month.
fn contacts_file(folder: &Path, name: &str, last: &str) -> PathBuf {
    let mut bytes = Vec::new();
    Company::generate(&SampleOptions::default()).write_person_to_group(&mut bytes).unwrap();
    let text = String::from_utf8(bytes).unwrap();
    let mut lines = text.lines();
    let header = lines.next().unwrap();
    let is_kept = |line: &&str| line.split(',').nth(3).is_some_and(|day| day <= last);
    let path = folder.join(name);
    std::fs::write(&path, std::iter::once(header).chain(lines.filter(is_kept)).collect::<Vec<_>>().join("\n")).unwrap();
    path
}

fn plan(workbench: &mut Workbench, metric: PlanMetric, group: &str) -> Plan {
    let plan = Plan {
        name: format!("A plan for {group}"),
        metric,
        cohort: Cohort::of("Organization", group),
        start: date("2026-05-03"),
        target: Target { direction: Direction::Decrease, amount: 0.2, is_relative: true },
        ..Plan::default()
    };
    does(workbench, Command::AskPlan(Box::new(workbench.plan_question(&plan))));
    let baseline = workbench.baseline_of(&plan);
    assert!(baseline.is_some(), "{group} has twelve weeks before");
    Plan { baseline, ..plan }
}

/// Twenty initiatives at all levels and stages.
fn twenty() -> Vec<Initiative> {
    let one = |number: u8| Initiative {
        title: format!("Initiative {number}"),
        level: Level::ALL[usize::from(number) % 3],
        area: ["Support", "Sales", "Delivery"][usize::from(number) % 3].to_owned(),
        stage: [Stage::Idea, Stage::InProgress, Stage::InProgress, Stage::OnHold][usize::from(number) % 4],
        start: Some(date("2026-02-02")),
        due_baseline: Some(date("2026-04-20") + Days::new(u64::from(number) * 7)),
        percent: Some(number * 4),
        ..Initiative::default()
    };
    (1..=20).map(one).collect()
}

/// What the leader does on the first days: everything of a month but its surprises.
fn first_days(workbench: &mut Workbench, today: NaiveDate) {
    let list = Company::generate(&SampleOptions::default()).important_contacts();
    edit(workbench, Edit::Account(AccountEdit::Import(AccountList::read(list.as_bytes(), &[]))));
    let decision = |text: &str| Decision { text: text.to_owned(), on: today, ..Decision::default() };
    for text in ["Coach every two weeks", "Call back within an hour", "Ask for a longer export"] {
        edit(workbench, Edit::Decision(DecisionEdit::Add(decision(text))));
    }
    let [coach, call] = [0, 1].map(|place: usize| workbench.project().decisions[place].id);
    let coaching = plan(workbench, PlanMetric::CoachingUnder15Min, "Supply Chain");
    edit(workbench, Edit::Decision(DecisionEdit::BecomePlan(coach, Box::new(coaching))));
    let external = plan(workbench, PlanMetric::ExternalHours, "Support");
    edit(workbench, Edit::Plan(PlanEdit::Add(Box::new(external))));
    let callback = Initiative { title: "Call back within an hour".to_owned(), ..Initiative::default() };
    edit(workbench, Edit::Decision(DecisionEdit::BecomeInitiative(call, Box::new(callback))));
    edit(workbench, Edit::Initiative(InitiativeEdit::Import(twenty(), today)));
    edit(workbench, Edit::Initiative(InitiativeEdit::Review(today)));
    let ann = Volunteer {
        name: "Ann Example".to_owned(),
        consents: true,
        consent_on: Some(today),
        topics: vec!["Pricing".to_owned()],
        ..Volunteer::default()
    };
    edit(workbench, Edit::Volunteer(VolunteerEdit::Add(ann)));
    let voice = Voice { text: "We meet too much".to_owned(), about: "coaching".to_owned(), ..Voice::default() };
    edit(workbench, Edit::Voice(VoiceEdit::Add(vec![voice])));
}

/// Nothing of the first days is missing.
#[track_caller]
fn holds_the_first_days(made: &Project) {
    assert!(made.decisions.len() >= 3 && made.plans.len() == 2 && made.voices.len() == 1);
    assert_eq!((made.initiatives.initiatives.len(), made.contacts.accounts.len()), (21, 13));
    assert_eq!((made.go_to.volunteers.len(), made.initiatives.reviews.len()), (1, 1));
    assert!(made.plans.iter().all(|plan| plan.baseline.is_some()));
    let became: Vec<bool> = made.decisions.iter().take(3).map(|decision| made.became(decision).is_some()).collect();
    assert_eq!(became, [true, true, false]);
}

/// Counts are of all, at every level and in every area, and every status says why.
#[track_caller]
fn adds_up(register: &Register, today: NaiveDate) {
    let counts = Counts::of(&register.initiatives, today);
    assert_eq!(counts.total(), register.initiatives.len());
    let at_level = |level: Level| {
        let of: Vec<Initiative> = register.initiatives.iter().filter(|one| one.level == level).cloned().collect();
        Counts::of(&of, today).total()
    };
    assert_eq!(Level::ALL.map(at_level).iter().sum::<usize>(), counts.total());
    for one in &register.initiatives {
        assert!(!one.judged(today).in_words(&Locale::neutral()).is_empty(), "{}", one.title);
    }
}

/// The accounts and the rest are all of the time, and so are the kinds.
#[track_caller]
fn contacts_add_up(workbench: &Workbench, month: &str) {
    let results = workbench.contact_results().unwrap();
    let findings: &ContactFindings = results.findings.as_ref().unwrap();
    assert_eq!(findings.month, date(month));
    let shown: u64 = findings.accounts.iter().filter_map(|account| account.seconds).sum();
    assert_eq!(shown + findings.elsewhere, findings.seconds);
    assert_eq!(findings.kinds.iter().map(|kind| kind.seconds).sum::<u64>(), findings.seconds);
    assert!(findings.accounts.iter().filter(|account| account.seconds.is_some()).count() > 8);
}

fn ledger(path: &Path) -> PathBuf {
    path.with_extension("ledger")
}

/// No test of its own: what the month starts and kills. It opens the project, notes one decision after the other, moves
/// initiatives and plans on, saves each time, and writes down what was saved.
#[test]
fn child_that_works_until_it_is_killed() {
    let Ok(path) = std::env::var(WORKS_ON) else { return };
    let path = PathBuf::from(path);
    let mut workbench = Workbench::default();
    project(&mut workbench, ProjectCommand::Open(path.clone()));
    let mut saved = std::fs::File::options().append(true).create(true).open(ledger(&path)).unwrap();
    for round in workbench.project().decisions.len().. {
        let decision = Decision { text: format!("decision {round}"), ..Decision::default() };
        edit(&mut workbench, Edit::Decision(DecisionEdit::Add(decision)));
        let all = &workbench.project().initiatives.initiatives;
        let one = all[round % all.len()].clone();
        let moved = Initiative { percent: Some((round % 101) as u8), ..one };
        edit(&mut workbench, Edit::Initiative(InitiativeEdit::Change(Box::new(moved), date(TODAY))));
        let mut plan = workbench.project().plans[round % 2].clone();
        plan.check_ins.push(CheckIn { on: date(TODAY), text: format!("check-in {round}") });
        edit(&mut workbench, Edit::Plan(PlanEdit::Change(Box::new(plan), PlanStep::CheckIn)));
        let by_itself = round % 3 == 0;
        let command = if by_itself { ProjectCommand::Autosave } else { ProjectCommand::Save };
        project(&mut workbench, command);
        assert!(!workbench.is_project_edited());
        writeln!(saved, "{}", round + 1).unwrap();
    }
}

/// Kills a program that works on the project, again and again; after each time everything that it said was saved is
/// there, as one whole state. Gives the number of decisions at the end.
fn survives_kills(path: &Path) -> usize {
    let kills: u64 = std::env::var("CUSTOMER_FOCUS_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(12);
    // Without its exports, so that it works on at once.
    let mut noted = 3;
    for kill in 0..kills {
        let mut child = Process::new(std::env::current_exe().unwrap())
            .args(["--exact", "month::child_that_works_until_it_is_killed", "--test-threads=1"])
            .env(WORKS_ON, path)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(60 + kill * 7919 % 301));
        child.kill().unwrap();
        child.wait().unwrap();
        let written = std::fs::read_to_string(ledger(path)).unwrap_or_default();
        // A line that was cut by the kill does not count.
        let lines = written.rsplit_once('\n').map_or("", |(whole, _)| whole).lines();
        let said = lines.filter_map(|line| line.parse::<usize>().ok()).max().unwrap_or(3);
        let opened = store::open(path, &Owner::default()).unwrap();
        let made = &opened.document.made;
        holds_the_first_days(made);
        let now = made.decisions.len();
        assert!(now >= said && now >= noted, "kill {kill}: {said} were saved, {now} are there");
        // Each round is one save: a decision and its check-in are both there or neither is.
        let check_ins: usize = made.plans.iter().map(|plan| plan.check_ins.len()).sum();
        assert_eq!(check_ins, now - 3, "kill {kill}: a mix of two states");
        assert!(store::versions(path).iter().all(|version| store::read(&version.path).is_ok()));
        noted = now;
    }
    noted
}

#[test]
fn a_month_in_the_life_loses_nothing_and_adds_up() {
    let (desk, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let path = desk.path().join("Month.cfocus");
    let (april, contacts) = (
        sample_file(desk.path(), "april.csv", "2026-04-26"),
        contacts_file(desk.path(), "contacts-april.csv", "2026-04-01"),
    );
    let mut workbench = Workbench::default();
    does(&mut workbench, Command::File(FileCommand::Open(vec![april.clone()])));
    does(&mut workbench, Command::Contacts(ContactCommand::Open(vec![contacts.clone()])));
    first_days(&mut workbench, date(TODAY));
    project(&mut workbench, ProjectCommand::SaveTo(path.clone()));
    // The SHA-256 of both exports become known, and are kept.
    does(&mut workbench, Command::Dismiss(usize::MAX));
    project(&mut workbench, ProjectCommand::Autosave);
    holds_the_first_days(workbench.project());
    adds_up(&workbench.project().initiatives, date(TODAY));
    contacts_add_up(&workbench, "2026-04-01");
    let saved = workbench.document();
    assert!(saved.sources.iter().chain(&saved.contact_sources).all(|source| source.sha256.is_some()), "{saved:?}");
    project(&mut workbench, ProjectCommand::Leave);
    assert!(workbench.has_left());
    drop(workbench);
    assert_eq!(store::read(&path).unwrap(), saved);

    // The exports are away for a while, and the program is killed while somebody works.
    let away = |name: &str| desk.path().join(format!("{name}.away"));
    for (file, name) in [(&april, "april"), (&contacts, "contacts")] {
        std::fs::rename(file, away(name)).unwrap();
    }
    let noted = survives_kills(&path);
    assert!(noted > 3, "something was saved between the kills");
    for (file, name) in [(&april, "april"), (&contacts, "contacts")] {
        std::fs::rename(away(name), file).unwrap();
    }

    // Another machine, without the exports: everything that was written is there, and it says what is missing.
    let handed = other.path().join("Month.cfocus");
    std::fs::copy(&path, &handed).unwrap();
    std::fs::rename(desk.path(), desk.path().with_extension("gone")).unwrap();
    let mut there = Workbench::default();
    project(&mut there, ProjectCommand::Open(handed));
    holds_the_first_days(there.project());
    assert_eq!((there.project().decisions.len(), there.notices().len()), (noted, 2), "{:?}", there.notices());
    assert!(there.opened().is_none() && there.opened_contacts().is_none());
    std::fs::rename(desk.path().with_extension("gone"), desk.path()).unwrap();
    drop(there);

    // Next month, with newer exports.
    let may = sample_file(desk.path(), "may.csv", "2026-05-31");
    let contacts = contacts_file(desk.path(), "contacts-may.csv", "2026-05-01");
    let mut workbench = Workbench::default();
    project(&mut workbench, ProjectCommand::Open(path.clone()));
    assert!(workbench.notices().is_empty(), "{:?}", workbench.notices());
    contacts_add_up(&workbench, "2026-04-01");
    let before = workbench.project().clone();
    does(&mut workbench, Command::File(FileCommand::Open(vec![may])));
    does(&mut workbench, Command::Contacts(ContactCommand::Open(vec![contacts])));
    contacts_add_up(&workbench, "2026-05-01");
    adds_up(&workbench.project().initiatives, date("2026-06-08"));
    for (plan, was) in workbench.project().plans.iter().zip(&before.plans) {
        assert_eq!(plan.baseline, was.baseline, "frozen");
        let judgement = plan.judgement(10).unwrap_or_else(|| panic!("{} is not measured", plan.name));
        let measured = plan.measured.as_ref().unwrap();
        assert_eq!((judgement.week, measured.last), (5, date("2026-05-31")));
    }
    let accounts: Vec<&Account> = workbench.project().contacts.accounts.iter().collect();
    assert_eq!(accounts, before.contacts.accounts.iter().collect::<Vec<_>>());
    project(&mut workbench, ProjectCommand::Save);
    let names = |document: &customer_focus::project::Document| {
        let all = document.sources.iter().chain(&document.contact_sources);
        all.map(|source| source.path.rsplit('/').next().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(names(&store::read(&path).unwrap()), ["may.csv", "contacts-may.csv"]);
}
