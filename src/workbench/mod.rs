//! What the person is doing now. Still no screen, no thread, no dialog.
//!
//! [`Workbench::run`] takes a [`Command`] and may answer with a [`Job`]: something slow, to be done by
//! whoever called, wherever they like ([`execute`] does those that need no dialog). Its result comes back by
//! [`Workbench::receive`]. The previous results stay until the new ones are there, and an answer to a
//! question that is no longer asked is dropped.

mod asking;
mod beside;
mod capturing;
mod checking;
mod command;
mod comparing;
mod contacts;
mod exploring;
mod filing;
mod history;
mod job;
mod loadable;
mod mapping;
mod next;
mod notice;
mod opening;
mod pair;
mod planning;
mod proof;
mod provenance;
mod proving;
mod reading;
mod session;
mod supposing;
mod views;
pub mod wording;

use std::collections::VecDeque;
use std::sync::{Arc, Weak};

use crate::import::Question as ImportQuestion;
use crate::insights::{Behavior, GroupName};
use crate::privacy::{Question, Rules, Settings};
use crate::project::{KeptReading, Project};

use history::History;
use opening::{BeingRead, Told};

pub use crate::project::SavedView;
pub use beside::{
    BesideAsk, BesideCommand, BesideResults, OpenedBeside, OpenedGroups, OpenedMeetings, by_closeness, open_beside,
    people_of, sizes_of, window_choices,
};
pub use checking::effects;
pub use command::{
    Answer, ColumnsOf, Command, FileChange, FileCommand, FilterCommand, PresentCommand, Presenting, ProofCommand,
    Route, SLIDES, SetCommand, ViewCommand,
};
pub use comparing::{CompareAnswer, CompareAsk, CompareCommand, CompareSetup, STEADY_MARGIN};
pub use contacts::{
    ContactAsk, ContactCommand, ContactResults, OpenedContacts, evaluate_contacts, open_contacts, sample_account_list,
};
pub use exploring::{Explored, explore, metric_of};
pub use filing::{
    EarlierVersion, ExportKind, Found, FoundSource, Next, ProjectCommand, ProjectDone, ProjectJob, Recovery, Since,
    Unsaved,
};
pub use history::{Setup, Step, StepKind};
pub use job::{Done, Job, execute};
pub use loadable::Loadable;
pub use mapping::{ColumnChoice, Meaning, MeaningProblem, proposed_columns};
pub use next::{Todo, Urgency};
pub use notice::{Notice, NoticeAction, Tone};
pub use opening::typed_path;
pub use pair::{Pair, Together};
pub use planning::{PlanAnswer, first_tasks, plan_question};
pub use proof::{
    BetweenFigure, ContactFigure, Definition, ExploreFigure, Figure, FileColumns, MeetingFigure, NoHash, Number, Place,
    PlaceStep, PlanFigure, Proof, Report, Shell, SourceHash, arguments, command_line, compare_arguments,
    contact_hashes, hashes, metric_named, metric_names, prove, read_group, write_group,
};
pub use provenance::{Blocked, InsightColumns, NotUsed, RowSum, blocked, columns_of, row_sums};
pub use session::{Opened, Results, Stamp, What, evaluate, evaluate_once, open, suggested_customer_facing};
pub use supposing::WhatIfAnswer;
pub use views::{view_name, views_key};

/// What the person is doing now.
#[derive(Debug, Default)]
pub struct Workbench {
    route: Route,
    presenting: Option<Presenting>,
    opened: Loadable<Arc<Opened>>,
    /// What is being read now, for its name on the screen.
    reading: Option<BeingRead>,
    /// The reader's open question, and what it is about.
    asked: Option<(ImportQuestion, BeingRead)>,
    /// Two exports that were read, of which somebody has to say what they are.
    pair: Option<pair::WaitingPair>,
    /// What the steps of the person change.
    setup: Setup,
    history: History,
    results: Loadable<Arc<Results>>,
    /// The latest answers about what is open, the oldest first.
    answers: VecDeque<Arc<Results>>,
    notices: Vec<Notice>,
    ticket: u64,
    /// Of what the next questions were prepared, and under which rules.
    prepared: Option<(Weak<Opened>, Rules)>,
    proving: proving::Proving,
    planning: planning::Planning,
    comparing: comparing::Comparing,
    supposing: supposing::Supposing,
    exploring: exploring::Exploring,
    checking: checking::Checking,
    contacts: contacts::ContactBench,
    beside: beside::BesideBench,
    filing: filing::Filing,
    mapping: mapping::Mapping,
    /// How files were read whose headers are known, the one used last at the end.
    readings: Vec<KeptReading>,
}

impl Workbench {
    /// The screen that is shown.
    #[must_use]
    pub fn route(&self) -> Route {
        self.route
    }

    /// The room view, when it is on.
    #[must_use]
    pub fn presenting(&self) -> Option<Presenting> {
        self.presenting
    }

    /// What is open.
    #[must_use]
    pub fn opened(&self) -> Option<&Arc<Opened>> {
        self.opened.latest()
    }

    /// Whether files are being read.
    #[must_use]
    pub fn is_reading(&self) -> bool {
        self.opened.is_working()
    }

    /// What is being read.
    #[must_use]
    pub fn reading(&self) -> Option<String> {
        let BeingRead { what, .. } = self.reading.as_ref()?;
        Some(match what {
            What::Sample => "the sample company".to_owned(),
            What::Sources(sources) => session::name_of(sources),
        })
    }

    /// The reader's open question.
    #[must_use]
    pub fn asked(&self) -> Option<&ImportQuestion> {
        self.asked.as_ref().map(|(question, _)| question)
    }

    /// The latest answer.
    #[must_use]
    pub fn results(&self) -> Option<&Arc<Results>> {
        self.results.latest()
    }

    /// Whether a newer answer is being worked on.
    #[must_use]
    pub fn is_updating(&self) -> bool {
        self.results.is_working() || self.route == Route::Explore && self.is_exploring()
    }

    /// The question that is asked now.
    #[must_use]
    pub fn question(&self) -> &Question {
        &self.setup.question
    }

    /// The settings that change numbers.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.setup.question.settings
    }

    /// What people made.
    #[must_use]
    pub fn project(&self) -> &Project {
        &self.setup.project
    }

    /// The rules in force; `None` when nothing is open.
    #[must_use]
    pub fn rules(&self) -> Option<Rules> {
        let default = self.opened()?.default_rules();
        // May be raised, never lowered.
        let set = self.setup.minimum_group_size.unwrap_or_default().max(self.least_group_size());
        let size = set.max(default.minimum_group_size());
        Some(Rules::new(size))
    }

    /// Notices, the oldest first.
    #[must_use]
    pub fn notices(&self) -> &[Notice] {
        &self.notices
    }

    /// Groups that sound customer-facing, as long as nobody has marked, accepted or declined any.
    #[must_use]
    pub fn suggestion(&self) -> Vec<GroupName> {
        if self.setup.suggestion_settled || !self.setup.question.settings.customer_facing.is_empty() {
            return Vec::new();
        }
        self.results().map(|results| suggested_customer_facing(results)).unwrap_or_default()
    }

    /// Does what a person asks for. A job, where there is one, is the caller's to do.
    pub fn run(&mut self, command: Command) -> Option<Job> {
        let job = self.do_as_told(command);
        self.follow_project();
        job
    }

    fn do_as_told(&mut self, command: Command) -> Option<Job> {
        match command {
            Command::Go(route) => {
                self.route = route;
                self.explore().or_else(|| self.ask_comparison())
            }
            Command::Explore(metric) => self.explore_metric(metric),
            Command::File(command) => self.file(command),
            Command::Set(command) => self.step(StepKind::Set(command)),
            Command::Filter(command) => self.step(StepKind::Filter(command)),
            Command::BringReadings(readings) => {
                self.readings = readings;
                None
            }
            Command::BringViews(views) => {
                self.bring_views(views);
                None
            }
            Command::View(command) => self.step(StepKind::View(command)),
            Command::Edit(edit) => self.step(StepKind::Edit(edit)),
            Command::AskPlan(question) => self.ask_plan(*question),
            Command::Compare(command) => self.compare_command(command),
            Command::AskWhatIf(question) => self.ask_what_if(*question),
            Command::Contacts(command) => self.contact_command(command),
            Command::Beside(command) => {
                self.beside_command(command);
                None
            }
            Command::Project(command) => self.project_command(command),
            Command::Undo => self.undo(),
            Command::Redo => self.redo(),
            Command::Present(command) => {
                self.present(command);
                None
            }
            Command::Prove(command) => self.proof(command),
            Command::Notify(notice) => {
                self.notices.push(notice);
                None
            }
            Command::Dismiss(index) => {
                if index < self.notices.len() {
                    self.notices.remove(index);
                }
                None
            }
        }
    }

    /// Takes the result of a job.
    pub fn receive(&mut self, done: Done) -> Option<Job> {
        let job = self.take(done);
        self.follow_project();
        job
    }

    fn take(&mut self, done: Done) -> Option<Job> {
        match done {
            Done::Imported(ticket, result) if ticket == self.ticket => self.imported(*result),
            Done::Surveyed(ticket, result) => {
                self.surveyed(ticket, *result);
                None
            }
            Done::Evaluated(ticket, results) if ticket == self.ticket => {
                self.answered(*results);
                let job = self.explore().or_else(|| self.measure_plans());
                job.or_else(|| self.ask_comparison()).or_else(|| self.prepare())
            }
            Done::Explored(ticket, answer) => {
                self.take_explored(ticket, answer);
                let job = self.explore().or_else(|| self.measure_plans());
                job.or_else(|| self.ask_comparison()).or_else(|| self.prepare())
            }
            Done::PlansMeasured(ticket, answers) => {
                self.plans_measured(ticket, answers);
                self.ask_comparison().or_else(|| self.prepare())
            }
            Done::Compared(ticket, answer) => {
                self.compared(ticket, answer.map(|answer| *answer));
                self.prepare()
            }
            Done::Prepared(_) => self.hash_sources(),
            Done::Supposed(ticket, answer) => {
                self.supposed(ticket, answer.map(|answer| *answer));
                None
            }
            Done::EffectsFound(ticket, effects) => {
                self.effects_found(ticket, effects);
                None
            }
            Done::BesideImported(ticket, opened) => {
                self.beside_imported(ticket, *opened);
                None
            }
            Done::BesideEvaluated(ticket, results) => {
                self.beside_answered(ticket, *results);
                None
            }
            Done::BesideFailed(ticket) => {
                self.beside_imported(ticket, beside::fault());
                None
            }
            Done::ContactsImported(ticket, result) => {
                self.contacts_imported(ticket, *result);
                None
            }
            Done::ContactsFailed(ticket) => {
                self.contacts_imported(ticket, Err(contacts::fault()));
                None
            }
            Done::ContactsHashed(ticket, hashes) => {
                self.contacts_hashed(ticket, hashes);
                None
            }
            Done::ContactsEvaluated(ticket, results) => {
                self.contacts_answered(ticket, *results);
                None
            }
            Done::Hashed(ticket, hashes) => {
                if self.proving.receive(ticket, hashes.clone()) {
                    self.follow_hashes(&hashes);
                }
                None
            }
            Done::Project(done) => self.project_done(*done),
            Done::Failed(ticket) if ticket == self.ticket => {
                self.opened.stop();
                self.results.stop();
                self.notices.push(Notice {
                    tone: Tone::Problem,
                    what: "This could not be finished because of a fault in the program.".into(),
                    why: "That should not happen with any file; your file is unchanged.".into(),
                    what_to_do: "Please report it. What was open stays open.".to_owned(),
                    action: None,
                });
                None
            }
            _ => None,
        }
    }

    /// Decides what the next questions need, once for each file and minimum group size; then the files are hashed.
    fn prepare(&mut self) -> Option<Job> {
        let (opened, rules) = (Arc::clone(self.opened()?), self.rules()?);
        let known = self.prepared.as_ref().is_some_and(|(of, by)| of.as_ptr() == Arc::as_ptr(&opened) && *by == rules);
        if known {
            return self.hash_sources();
        }
        self.prepared = Some((Arc::downgrade(&opened), rules));
        Some(Job::Prepare { opened, rules, ticket: self.ticket })
    }

    fn next_ticket(&mut self) -> u64 {
        self.ticket += 1;
        self.ticket
    }

    fn present(&mut self, command: PresentCommand) {
        let here = match self.route {
            Route::Behavior(behavior) => 1 + behavior as usize,
            _ => 0,
        };
        let Some(now) = &mut self.presenting else {
            let slide = match command {
                PresentCommand::Start => 0,
                PresentCommand::StartHere => here,
                _ => return,
            };
            if self.results.latest().is_some() {
                self.presenting = Some(Presenting { slide, blank: false });
            }
            return;
        };
        // While blank, any step only shows the screen again.
        let was_blank = std::mem::take(&mut now.blank);
        match command {
            PresentCommand::Start | PresentCommand::StartHere => now.blank = was_blank,
            PresentCommand::Blank => now.blank = !was_blank,
            PresentCommand::Leave if !was_blank => {
                let slide = now.slide;
                self.presenting = None;
                self.route = slide
                    .checked_sub(1)
                    .and_then(|index| Behavior::ALL.get(index))
                    .map_or(Route::Overview, |behavior| Route::Behavior(*behavior));
            }
            _ if was_blank => {}
            PresentCommand::Next => now.slide = (now.slide + 1).min(SLIDES - 1),
            PresentCommand::Previous => now.slide = now.slide.saturating_sub(1),
            PresentCommand::First => now.slide = 0,
            PresentCommand::Last => now.slide = SLIDES - 1,
            PresentCommand::Leave => {}
        }
    }
}
