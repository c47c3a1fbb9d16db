//! What the person is doing now. Still no screen, no thread, no dialog.
//!
//! [`Workbench::run`] takes a [`Command`] and may answer with a [`Job`]: something slow, to be done by
//! whoever called, wherever they like ([`execute`] does those that need no dialog). Its result comes back by
//! [`Workbench::receive`]. The previous results stay until the new ones are there, and an answer to a
//! question that is no longer asked is dropped.

mod provenance;
mod session;
pub mod wording;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::dataset::OnConflict;
use crate::import::{DateOrder, ImportError, ImportOptions, Question as ImportQuestion};
use crate::insights::{Behavior, GroupName};
use crate::privacy::{Question, Rules, Settings};
use crate::work::{Cancel, Progress};

pub use provenance::{Blocked, InsightColumns, NotUsed, RowSum, blocked, columns_of, row_sums};
pub use session::{Opened, Results, Stamp, What, evaluate, open, suggested_customer_facing};

/// A screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Route {
    /// The three findings side by side; before anything is opened, the start.
    #[default]
    Overview,
    /// One behavior with its chart and guidance.
    Behavior(Behavior),
    /// What was opened and what is odd about it.
    Data,
    /// Every metric and word.
    Glossary,
    /// What changes numbers and looks.
    Settings,
    /// Version, promise, licenses.
    About,
}

impl Route {
    /// Every screen, in the order of the navigation.
    pub const ALL: [Self; 8] = [
        Self::Overview,
        Self::Behavior(Behavior::TimeWithCustomers),
        Self::Behavior(Behavior::Coaching),
        Self::Behavior(Behavior::InternalNetworks),
        Self::Data,
        Self::Glossary,
        Self::Settings,
        Self::About,
    ];
}

/// The screens of the room view: Overview, then each behavior.
pub const SLIDES: usize = 1 + Behavior::ALL.len();

/// Presenting to a room.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Presenting {
    /// 0 is Overview, then the behaviors.
    pub slide: usize,
    /// Nothing is shown until the presenter goes on.
    pub blank: bool,
}

/// What a person asks for.
#[derive(Clone, Debug)]
pub enum Command {
    /// Show a screen.
    Go(Route),
    /// About files.
    File(FileCommand),
    /// About what changes numbers.
    Set(SetCommand),
    /// About the room view.
    Present(PresentCommand),
    /// Put a notice away.
    Dismiss(usize),
    /// Tell something.
    Notify(Notice),
}

/// Commands about files.
#[derive(Clone, Debug)]
pub enum FileCommand {
    /// Ask for files with a dialog.
    Pick,
    /// The dialog was left without a file; `shown` is false when no dialog could be shown.
    NothingPicked {
        /// Whether there was a dialog at all.
        shown: bool,
    },
    /// Open these.
    Open(Vec<PathBuf>),
    /// Open the sample company.
    OpenSample,
    /// Open what the command line named.
    OpenWhat(What),
    /// Read the opened files again, with these options.
    Reread(ImportOptions),
    /// Read the opened files again, because they changed.
    Reload,
    /// Answer the reader's question.
    Answer(Answer),
    /// Leave the reader's question unanswered.
    DropQuestion,
    /// The files on disk no longer are what was read.
    Changed,
    /// Stop reading; what was open stays open.
    Cancel,
    /// Close what is open.
    Close,
}

/// An answer to a question of the reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// How dates are written.
    DateOrder(DateOrder),
    /// Which of differing rows counts.
    OnConflict(OnConflict),
    /// Which product it is from.
    Era(crate::dataset::Era),
    /// How long a period is.
    Grain(crate::dataset::Grain),
    /// The decimal mark.
    Decimal(u8),
}

impl Answer {
    /// The answer that an option of the command line stands for, such as `--date-order dmy`.
    #[must_use]
    pub fn of_option(option: &str) -> Option<Self> {
        use crate::dataset::{Era, Grain};
        let (name, value) = option.trim().trim_start_matches("--").split_once([' ', '='])?;
        match (name, value.trim()) {
            ("date-order", "ymd") => Some(Self::DateOrder(DateOrder::Ymd)),
            ("date-order", "mdy") => Some(Self::DateOrder(DateOrder::Mdy)),
            ("date-order", "dmy") => Some(Self::DateOrder(DateOrder::Dmy)),
            ("on-conflict", "newer") => Some(Self::OnConflict(OnConflict::Newer)),
            ("on-conflict", "first") => Some(Self::OnConflict(OnConflict::First)),
            ("era", "wpa") => Some(Self::Era(Era::Wpa)),
            ("era", "viva") => Some(Self::Era(Era::Viva)),
            ("grain", "day") => Some(Self::Grain(Grain::Day)),
            ("grain", "week") => Some(Self::Grain(Grain::Week)),
            ("grain", "month") => Some(Self::Grain(Grain::Month)),
            ("decimal", "." | "point") => Some(Self::Decimal(b'.')),
            ("decimal", "," | "comma") => Some(Self::Decimal(b',')),
            _ => None,
        }
    }

    fn apply(self, options: &mut ImportOptions) {
        match self {
            Self::DateOrder(order) => options.date_order = Some(order),
            Self::OnConflict(choice) => options.on_conflict = choice,
            Self::Era(era) => options.era = Some(era),
            Self::Grain(grain) => options.grain = Some(grain),
            Self::Decimal(mark) => options.decimal = Some(mark),
        }
    }
}

/// Commands about what changes numbers.
#[derive(Clone, Debug, PartialEq)]
pub enum SetCommand {
    /// Group by this attribute.
    GroupBy(String),
    /// The minimum group size; under the floor, the floor. Never lowered under the file's default.
    MinimumGroupSize(usize),
    /// The smallest gap of a group to focus on.
    Gap(f64),
    /// The limit of co-attendance, in ten-thousandths.
    CoAttended(u32),
    /// The boundary of the top quartile; `None` for the company's own.
    TopQuartile(Option<f64>),
    /// Keep rows that are marked inactive.
    IncludeInactive(bool),
    /// Leave out people of low activity.
    WithoutLowActivity(bool),
    /// Mark or unmark one group as customer-facing.
    CustomerFacing(GroupName, bool),
    /// Mark all suggested groups as customer-facing.
    AcceptSuggested,
    /// Put the suggestion away.
    DeclineSuggested,
}

/// Commands of the room view.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PresentCommand {
    /// From the first screen.
    Start,
    /// From the screen that is shown.
    StartHere,
    /// The next screen.
    Next,
    /// The previous screen.
    Previous,
    /// The first screen.
    First,
    /// The last screen.
    Last,
    /// Show nothing, or again.
    Blank,
    /// Un-blank, else leave.
    Leave,
}

/// Something slow that has to be done.
#[derive(Clone, Debug)]
pub enum Job {
    /// Ask for files with a dialog, then send [`FileCommand::Open`] or [`FileCommand::NothingPicked`].
    PickFiles,
    /// Read files; see [`execute`].
    Import {
        /// What to open.
        what: What,
        /// How to read it.
        options: ImportOptions,
        /// For the answer.
        ticket: u64,
    },
    /// Answer a question; see [`execute`].
    Evaluate {
        /// About what.
        opened: Arc<Opened>,
        /// The question.
        question: Question,
        /// The rules in force.
        rules: Rules,
        /// For the answer.
        ticket: u64,
    },
}

/// The result of a [`Job`].
#[derive(Debug)]
pub enum Done {
    /// Files were read, or not.
    Imported(u64, Box<Result<Opened, ImportError>>),
    /// A question was answered.
    Evaluated(u64, Box<Results>),
    /// The job failed by a fault of the program.
    Failed(u64),
}

/// Does a job that needs no dialog, wherever it is called. `None` for a job that does.
#[must_use]
pub fn execute(job: &Job, progress: &Progress, cancel: &Cancel) -> Option<Done> {
    match job {
        Job::PickFiles => None,
        Job::Import { what, options, ticket } => {
            Some(Done::Imported(*ticket, Box::new(open(what, options, progress, cancel))))
        }
        Job::Evaluate { opened, question, rules, ticket } => {
            Some(Done::Evaluated(*ticket, Box::new(evaluate(opened, question, *rules))))
        }
    }
}

/// Something that comes from slow work.
#[derive(Clone, Debug, Default)]
pub enum Loadable<T> {
    /// Nothing was asked for.
    #[default]
    Absent,
    /// At work; what was there before stays.
    Working {
        /// What was there before.
        previous: Option<T>,
    },
    /// Here.
    Ready(T),
}

impl<T> Loadable<T> {
    /// The value, be it the previous one.
    #[must_use]
    pub fn latest(&self) -> Option<&T> {
        match self {
            Self::Absent => None,
            Self::Working { previous } => previous.as_ref(),
            Self::Ready(value) => Some(value),
        }
    }

    /// Whether a newer value is being worked on.
    #[must_use]
    pub const fn is_working(&self) -> bool {
        matches!(self, Self::Working { .. })
    }

    fn start(&mut self) {
        let previous = match std::mem::take(self) {
            Self::Absent => None,
            Self::Working { previous } => previous,
            Self::Ready(value) => Some(value),
        };
        *self = Self::Working { previous };
    }

    fn stop(&mut self) {
        if let Self::Working { previous } = self {
            *self = previous.take().map_or(Self::Absent, Self::Ready);
        }
    }
}

/// Something to tell the person: what happened, why, what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// How much it matters.
    pub tone: Tone,
    /// What happened.
    pub what: String,
    /// Why.
    pub why: String,
    /// What to do.
    pub what_to_do: String,
    /// What a button beside it does.
    pub action: Option<NoticeAction>,
}

impl Notice {
    /// A file could not be saved.
    #[must_use]
    pub fn not_saved(error: &std::io::Error) -> Self {
        Self {
            tone: Tone::Problem,
            what: "The file could not be saved.".to_owned(),
            why: format!("The system says: {error}."),
            what_to_do: "Choose another folder, or free some space.".to_owned(),
            action: None,
        }
    }
}

/// How much a notice matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Good to know.
    Info,
    /// Something did not work.
    Problem,
}

/// What the button of a notice does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticeAction {
    /// Read the files again.
    Reload,
    /// Type a path.
    TypePath,
}

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
    question: Question,
    minimum_group_size: Option<usize>,
    results: Loadable<Arc<Results>>,
    suggestion_settled: bool,
    notices: Vec<Notice>,
    ticket: u64,
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
        self.results.is_working()
    }

    /// The question that is asked now.
    #[must_use]
    pub fn question(&self) -> &Question {
        &self.question
    }

    /// The settings that change numbers.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.question.settings
    }

    /// The rules in force; `None` when nothing is open.
    #[must_use]
    pub fn rules(&self) -> Option<Rules> {
        let default = self.opened()?.default_rules();
        // May be raised, never lowered.
        let size = self.minimum_group_size.unwrap_or_default().max(default.minimum_group_size());
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
        if self.suggestion_settled || !self.question.settings.customer_facing.is_empty() {
            return Vec::new();
        }
        self.results().map(|results| suggested_customer_facing(results)).unwrap_or_default()
    }

    /// Does what a person asks for. A job, where there is one, is the caller's to do.
    pub fn run(&mut self, command: Command) -> Option<Job> {
        match command {
            Command::Go(route) => {
                self.route = route;
                None
            }
            Command::File(command) => self.file(command),
            Command::Set(command) => self.set(command),
            Command::Present(command) => {
                self.present(command);
                None
            }
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
        match done {
            Done::Imported(ticket, result) if ticket == self.ticket => self.imported(*result),
            Done::Evaluated(ticket, results) if ticket == self.ticket => {
                self.results = Loadable::Ready(Arc::from(results));
                None
            }
            Done::Failed(ticket) if ticket == self.ticket => {
                self.opened.stop();
                self.results.stop();
                self.notices.push(Notice {
                    tone: Tone::Problem,
                    what: "This could not be finished because of a fault in the program.".to_owned(),
                    why: "That should not happen with any file; your file is unchanged.".to_owned(),
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
            FileCommand::Pick => Some(Job::PickFiles),
            FileCommand::NothingPicked { shown } => {
                if !shown {
                    self.notices.push(Notice {
                        tone: Tone::Info,
                        what: "No file dialog could be shown.".to_owned(),
                        why: "This desktop has none for programs to use.".to_owned(),
                        what_to_do: "Type or paste the path of the export, or drop the file here.".to_owned(),
                        action: Some(NoticeAction::TypePath),
                    });
                }
                None
            }
            FileCommand::Open(paths) if paths.is_empty() => None,
            FileCommand::Open(paths) => self.start_import(What::paths(paths), ImportOptions::default()),
            FileCommand::OpenSample => self.start_import(What::Sample, ImportOptions::default()),
            FileCommand::OpenWhat(what) => self.start_import(what, ImportOptions::default()),
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
            FileCommand::Changed => {
                let reload = Some(NoticeAction::Reload);
                if self.notices.iter().all(|notice| notice.action != reload) {
                    self.notices.push(Notice {
                        tone: Tone::Info,
                        what: "The file has changed since it was opened.".to_owned(),
                        why: "Another program wrote to it.".to_owned(),
                        what_to_do: "Reload it to see the new numbers, or go on with what was read.".to_owned(),
                        action: reload,
                    });
                }
                None
            }
            FileCommand::Cancel => {
                self.next_ticket();
                self.opened.stop();
                self.reading = None;
                // A question that was being answered meanwhile is asked again.
                if self.results.is_working() { self.start_evaluation() } else { None }
            }
            FileCommand::Close => {
                *self = Self { ticket: self.ticket + 1, ..Self::default() };
                None
            }
        }
    }

    fn start_import(&mut self, what: What, options: ImportOptions) -> Option<Job> {
        let ticket = self.next_ticket();
        self.opened.start();
        self.asked = None;
        self.notices.retain(|notice| notice.tone == Tone::Info && notice.action != Some(NoticeAction::Reload));
        self.reading = Some((what.clone(), options.clone()));
        Some(Job::Import { what, options, ticket })
    }

    fn imported(&mut self, result: Result<Opened, ImportError>) -> Option<Job> {
        let reading = self.reading.take();
        match result {
            Ok(opened) => {
                let is_same = self.opened().is_some_and(|before| same_files(before, &opened));
                if !is_same {
                    self.question = Question::default();
                    self.minimum_group_size = None;
                    self.suggestion_settled = false;
                    self.results = Loadable::Absent;
                    self.route = Route::Overview;
                }
                let has = |name: &String| opened.dataset.attribute(name).is_some();
                if !self.question.by.iter().all(has) || self.question.by.is_empty() {
                    self.question.by = opened.default_attribute().into_iter().collect();
                }
                self.opened = Loadable::Ready(Arc::new(opened));
                self.start_evaluation()
            }
            Err(ImportError::Cancelled) => {
                self.opened.stop();
                None
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

    fn start_evaluation(&mut self) -> Option<Job> {
        let opened = Arc::clone(self.opened()?);
        let rules = self.rules()?;
        let ticket = self.next_ticket();
        self.results.start();
        Some(Job::Evaluate { opened, question: self.question.clone(), rules, ticket })
    }

    fn set(&mut self, command: SetCommand) -> Option<Job> {
        let settings = &mut self.question.settings;
        match command {
            SetCommand::GroupBy(attribute) => self.question.by = vec![attribute],
            SetCommand::MinimumGroupSize(size) => self.minimum_group_size = Some(size),
            SetCommand::Gap(gap) => settings.gap = gap.clamp(0.0, 1.0),
            SetCommand::CoAttended(limit) => settings.co_attended_basis_points = limit.min(10_000),
            SetCommand::TopQuartile(boundary) => settings.q3 = boundary.map(|boundary| boundary.clamp(0.0, 1.0)),
            SetCommand::IncludeInactive(on) => self.question.filter.include_inactive = on,
            SetCommand::WithoutLowActivity(on) => self.question.filter.without_low_activity = on,
            SetCommand::CustomerFacing(group, on) => {
                settings.customer_facing.retain(|known| *known != group);
                if on {
                    settings.customer_facing.push(group);
                }
                self.suggestion_settled = true;
            }
            SetCommand::AcceptSuggested => {
                let suggested = self.suggestion();
                self.question.settings.customer_facing.extend(suggested);
                self.suggestion_settled = true;
            }
            SetCommand::DeclineSuggested => {
                self.suggestion_settled = true;
                return None;
            }
        }
        // While files are read the question waits for them.
        if self.is_reading() { None } else { self.start_evaluation() }
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
