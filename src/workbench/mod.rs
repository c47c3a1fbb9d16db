//! What the person is doing now. Still no screen, no thread, no dialog.
//!
//! [`Workbench::run`] takes a [`Command`] and may answer with a [`Job`]: something slow, to be done by
//! whoever called, wherever they like ([`execute`] does those that need no dialog). Its result comes back by
//! [`Workbench::receive`]. The previous results stay until the new ones are there, and an answer to a
//! question that is no longer asked is dropped.

mod asking;
mod beside;
mod capturing;
mod command;
mod comparing;
mod contacts;
mod exploring;
mod filing;
mod history;
mod job;
mod loadable;
mod next;
mod notice;
mod planning;
mod proof;
mod provenance;
mod proving;
mod session;
mod supposing;
mod views;
pub mod wording;

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::dataset::GroupBy;
use crate::import::{ImportError, ImportOptions, Question as ImportQuestion};
use crate::insights::{Behavior, GroupName};
use crate::privacy::{Question, Rules, Settings};
use crate::project::Project;
use crate::project::store::is_project;

use history::History;

pub use crate::project::SavedView;
pub use beside::{
    BesideAsk, BesideCommand, BesideResults, OpenedBeside, OpenedGroups, OpenedMeetings, by_closeness, open_beside,
    people_of, sizes_of, window_choices,
};
pub use command::{
    Answer, Command, FileChange, FileCommand, FilterCommand, PresentCommand, Presenting, ProofCommand, Route, SLIDES,
    SetCommand, ViewCommand,
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
pub use next::{Todo, Urgency};
pub use notice::{Notice, NoticeAction, Tone};
pub use planning::{PlanAnswer, first_tasks, plan_question};
pub use proof::{
    BetweenFigure, ContactFigure, Definition, ExploreFigure, Figure, FileColumns, MeetingFigure, NoHash, Number, Place,
    PlaceStep, PlanFigure, Proof, Report, Shell, SourceHash, arguments, command_line, compare_arguments,
    contact_hashes, hashes, metric_named, metric_names, prove, read_group, write_group,
};
pub use provenance::{Blocked, InsightColumns, NotUsed, RowSum, blocked, columns_of, row_sums};
pub use session::{Opened, Results, Stamp, What, evaluate, open, suggested_customer_facing};
pub use supposing::WhatIfAnswer;
pub use views::{view_name, views_key};

/// What the person is doing now.
#[derive(Debug, Default)]
pub struct Workbench {
    route: Route,
    presenting: Option<Presenting>,
    opened: Loadable<Arc<Opened>>,
    /// What is being read now, for its name on the screen.
    reading: Option<(What, ImportOptions)>,
    /// The reader's open question, and what it is about.
    asked: Option<(ImportQuestion, What, ImportOptions)>,
    /// What the steps of the person change.
    setup: Setup,
    history: History,
    results: Loadable<Arc<Results>>,
    /// The latest answers about what is open, the oldest first.
    answers: VecDeque<Arc<Results>>,
    notices: Vec<Notice>,
    ticket: u64,
    proving: proving::Proving,
    planning: planning::Planning,
    comparing: comparing::Comparing,
    supposing: supposing::Supposing,
    exploring: exploring::Exploring,
    contacts: contacts::ContactBench,
    beside: beside::BesideBench,
    filing: filing::Filing,
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
        let (what, _) = self.reading.as_ref()?;
        Some(match what {
            What::Sample => "the sample company".to_owned(),
            What::Sources(sources) => session::name_of(sources),
        })
    }

    /// The reader's open question.
    #[must_use]
    pub fn asked(&self) -> Option<&ImportQuestion> {
        self.asked.as_ref().map(|(question, _, _)| question)
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
            Done::Evaluated(ticket, results) if ticket == self.ticket => {
                self.answered(*results);
                let job = self.explore().or_else(|| self.measure_plans());
                job.or_else(|| self.ask_comparison()).or_else(|| self.hash_sources())
            }
            Done::Explored(ticket, answer) => {
                self.take_explored(ticket, answer);
                let job = self.explore().or_else(|| self.measure_plans());
                job.or_else(|| self.ask_comparison()).or_else(|| self.hash_sources())
            }
            Done::PlansMeasured(ticket, answers) => {
                self.plans_measured(ticket, answers);
                self.ask_comparison().or_else(|| self.hash_sources())
            }
            Done::Compared(ticket, answer) => {
                self.compared(ticket, answer.map(|answer| *answer));
                self.hash_sources()
            }
            Done::Supposed(ticket, answer) => {
                self.supposed(ticket, answer.map(|answer| *answer));
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

    fn next_ticket(&mut self) -> u64 {
        self.ticket += 1;
        self.ticket
    }

    fn file(&mut self, command: FileCommand) -> Option<Job> {
        match command {
            FileCommand::Pick => {
                self.stop_choosing(ExportKind::People);
                Some(Job::PickFiles)
            }
            FileCommand::NothingPicked { shown } => {
                // Without a dialog a path is typed instead.
                if shown {
                    self.stop_choosing(ExportKind::People);
                }
                if !shown {
                    self.notices.push(Notice {
                        tone: Tone::Info,
                        what: "No file dialog could be shown.".into(),
                        why: "This desktop has none for programs to use.".into(),
                        what_to_do: "Type or paste the path of the export, or drop the file here.".to_owned(),
                        action: Some(NoticeAction::TypePath),
                    });
                }
                None
            }
            FileCommand::Open(paths) if paths.is_empty() => None,
            FileCommand::Open(paths) if paths.iter().any(|path| is_project(path)) => {
                let path = paths.into_iter().find(|path| is_project(path))?;
                self.project_command(ProjectCommand::Open(path))
            }
            FileCommand::Open(paths) => self.start_import(What::paths(paths), ImportOptions::default()),
            FileCommand::OpenSample => self.start_import(What::Sample, ImportOptions::default()),
            FileCommand::OpenWhat(what) => match what.project() {
                Some(path) => self.project_command(ProjectCommand::Open(path)),
                None => self.start_import(what, ImportOptions::default()),
            },
            FileCommand::Reread(options) => {
                let what = self.opened()?.what.clone();
                self.start_import(what, options)
            }
            FileCommand::Reload => {
                let opened = Arc::clone(self.opened()?);
                self.start_import(opened.what.clone(), opened.options.clone())
            }
            FileCommand::Answer(answer) => {
                let (_, what, mut options) = self.asked.take()?;
                answer.apply(&mut options);
                self.start_import(what, options)
            }
            FileCommand::DropQuestion => {
                self.asked = None;
                None
            }
            FileCommand::Changed(change) => {
                // What is true now stands there, once.
                self.notices.retain(|notice| !notice.is_of_file());
                self.notices.push(Notice::of_file(change));
                None
            }
            FileCommand::Cancel => {
                self.next_ticket();
                self.opened.stop();
                self.reading = None;
                // A question that was being answered meanwhile is asked again.
                if self.results.is_working() { self.ask() } else { None }
            }
            FileCommand::Close => {
                self.proving.forget_hashes();
                let proving = std::mem::take(&mut self.proving);
                // What people made stays, and its steps.
                let setup = self.setup_for_another_export();
                let mut history = std::mem::take(&mut self.history);
                history.keep_edits(&setup);
                let (contacts, filing) = (std::mem::take(&mut self.contacts), std::mem::take(&mut self.filing));
                let beside = self.beside.closed();
                *self = Self {
                    ticket: self.ticket + 1,
                    proving,
                    setup,
                    history,
                    contacts,
                    beside,
                    filing,
                    ..Self::default()
                };
                None
            }
        }
    }

    fn start_import(&mut self, what: What, options: ImportOptions) -> Option<Job> {
        let ticket = self.next_ticket();
        self.opened.start();
        self.asked = None;
        self.notices.retain(|notice| notice.tone == Tone::Info && !notice.is_of_file());
        self.reading = Some((what.clone(), options.clone()));
        Some(Job::Import { what, options, ticket })
    }

    fn imported(&mut self, result: Result<Opened, ImportError>) -> Option<Job> {
        let reading = self.reading.take();
        match result {
            Ok(opened) => {
                let is_same = self.opened().is_some_and(|before| same_files(before, &opened));
                if !is_same {
                    self.setup = self.setup_for_another_export();
                    self.history.keep_edits(&self.setup);
                    self.results = Loadable::Absent;
                    self.route = Route::Overview;
                }
                let has = |by: &GroupBy| opened.dataset.grouping(by).is_ok();
                if !self.setup.question.by.iter().all(has) || self.setup.question.by.is_empty() {
                    self.setup.question.by = opened.default_by();
                    // Steps of before group by what is no longer there.
                    self.history.keep_edits(&self.setup);
                }
                self.answers.clear();
                self.follow_company(&opened);
                let kinds = if opened.is_sample() {
                    beside::KINDS.to_vec()
                } else {
                    opened.report.skipped.iter().map(|file| file.kind).collect()
                };
                self.read_beside(opened.what.clone(), opened.options.clone(), kinds, false);
                self.follow_sources(&opened);
                self.opened = Loadable::Ready(Arc::new(opened));
                self.proving.forget_hashes();
                self.forget_plan_answers();
                self.forget_comparison();
                self.forget_what_if();
                self.forget_explored();
                self.ask()
            }
            Err(ImportError::Cancelled) => {
                self.opened.stop();
                None
            }
            Err(ImportError::Refused(refusal)) if refusal.kinds.iter().any(|kind| beside::KINDS.contains(kind)) => {
                self.opened.stop();
                if let Some((what, options)) = reading {
                    self.read_beside(what, options, refusal.kinds, true);
                }
                // A question that was being answered meanwhile is asked again.
                if self.results.is_working() { self.ask() } else { None }
            }
            Err(ImportError::Refused(refusal)) => {
                self.opened.stop();
                self.notices.push(Notice {
                    tone: Tone::Problem,
                    what: refusal.what,
                    why: refusal.why,
                    what_to_do: refusal.what_to_do,
                    action: None,
                });
                None
            }
            Err(ImportError::Question(question)) => {
                self.opened.stop();
                self.asked = reading.map(|(what, options)| (question, what, options));
                None
            }
        }
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

/// Whether two openings are of the same files, so that what was set stays set.
fn same_files(a: &Opened, b: &Opened) -> bool {
    let paths = |opened: &Opened| -> Vec<PathBuf> { opened.stamps.iter().map(|stamp| stamp.path.clone()).collect() };
    a.name == b.name && a.is_sample() == b.is_sample() && paths(a) == paths(b)
}

/// A path that somebody typed or pasted: quotes, spaces around it and `file://` are no part of it.
#[must_use]
pub fn typed_path(text: &str) -> Option<PathBuf> {
    let text = text.trim().trim_matches(['"', '\'']);
    let Some(uri) = text.strip_prefix("file://") else {
        return (!text.is_empty() && !text.contains('\n')).then(|| Path::new(text).to_path_buf());
    };
    // Percent signs stand for bytes.
    let bytes = uri.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut index = 0;
    while index < bytes.len() {
        let escaped = uri.get(index + 1..index + 3).and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match escaped.filter(|_| bytes[index] == b'%') {
            Some(byte) => {
                decoded.push(byte);
                index += 3;
            }
            None => {
                decoded.push(bytes[index]);
                index += 1;
            }
        }
    }
    String::from_utf8(decoded).ok().map(PathBuf::from)
}
