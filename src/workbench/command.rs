//! What a person can ask for, and the screens that can be asked for.

use std::path::PathBuf;

use chrono::NaiveDate;

use super::{CompareCommand, Notice, Number, ProjectCommand, SavedView, What};
use crate::dataset::{GroupBy, OnConflict};
use crate::import::{DateOrder, ImportOptions, PartChoice};
use crate::insights::{Behavior, GroupName, InsightId};
use crate::privacy::{MeanMetric, PlanQuestion, WhatIfQuestion};
use crate::project::{Edit, KeptReading};
use crate::quality::LeaveOut;

/// A screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Route {
    /// The three findings side by side; before anything is opened, the start.
    #[default]
    Overview,
    /// One behavior with its chart and guidance.
    Behavior(Behavior),
    /// Any metric by any attribute.
    Explore,
    /// Two windows of weeks against each other.
    Compare,
    /// What numbers can be held against.
    References,
    /// What the measured weeks would have been with other 1:1s or fewer hours.
    WhatIf,
    /// What is planned, and how it goes.
    Plans,
    /// What was decided.
    Decisions,
    /// What is done for customers, and how it stands.
    Initiatives,
    /// Important contacts outside, and whom to ask inside.
    Contacts,
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
    pub const ALL: [Self; 16] = [
        Self::Overview,
        Self::Behavior(Behavior::TimeWithCustomers),
        Self::Behavior(Behavior::Coaching),
        Self::Behavior(Behavior::InternalNetworks),
        Self::Explore,
        Self::Compare,
        Self::References,
        Self::WhatIf,
        Self::Plans,
        Self::Decisions,
        Self::Initiatives,
        Self::Contacts,
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
    /// Explore a metric.
    Explore(MeanMetric),
    /// About files.
    File(FileCommand),
    /// About what changes numbers.
    Set(SetCommand),
    /// About whom and when the question is.
    Filter(FilterCommand),
    /// About saved views.
    View(ViewCommand),
    /// About what people make.
    Edit(Edit),
    /// What would be the baseline of a plan that somebody is making? No step.
    AskPlan(Box<PlanQuestion>),
    /// About the comparison of periods.
    Compare(CompareCommand),
    /// What would be if? No step.
    AskWhatIf(Box<WhatIfQuestion>),
    /// About time with contacts.
    Contacts(super::ContactCommand),
    /// About exports beside the person query.
    Beside(super::BesideCommand),
    /// About the file that what people make is kept in.
    Project(ProjectCommand),
    /// Files with these headers were read so before. No step.
    BringReadings(Vec<KeptReading>),
    /// These views were kept for what is open. No step.
    BringViews(Vec<SavedView>),
    /// Take the last step back.
    Undo,
    /// Do the step that was taken back again.
    Redo,
    /// About the room view.
    Present(PresentCommand),
    /// About the proof of a number.
    Prove(ProofCommand),
    /// Put a notice away.
    Dismiss(usize),
    /// Tell something.
    Notify(Notice),
}

/// What became of an opened file on the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileChange {
    /// It is another than the one that was read.
    Written,
    /// It is not there any more, or cannot be reached.
    Gone,
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
    /// Ask with a dialog for files to be read together with those that are open.
    PickMore,
    /// Read these together with the files that are open.
    Add(Vec<PathBuf>),
    /// Open these.
    Open(Vec<PathBuf>),
    /// Open the sample company.
    OpenSample,
    /// Open what the command line named.
    OpenWhat(What),
    /// Read the opened files again, with these options.
    Reread(ImportOptions),
    /// Read what was refused as another kind of export as a person query.
    ReadAsPersonQuery,
    /// Look at columns, to say what they hold.
    ChooseColumns(ColumnsOf),
    /// Read the file whose columns were looked at with these: canonical names and headers.
    ReadWithColumns(Vec<(String, String)>),
    /// Leave the columns as they are.
    DropColumns,
    /// Read the opened files again, because they changed.
    Reload,
    /// Answer the reader's question.
    Answer(Answer),
    /// Say what two exports are that were opened together.
    AnswerPair(super::Together),
    /// Leave the reader's question unanswered.
    DropQuestion,
    /// The files on disk no longer are what was read.
    Changed(FileChange),
    /// Stop reading; what was open stays open.
    Cancel,
    /// Close what is open.
    Close,
}

/// Whose columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnsOf {
    /// Of what is open.
    Open,
    /// Of what was refused last because its headers are not known.
    Refused,
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
    /// Which texts of an archive or workbook.
    Part(PartChoice),
}

impl Answer {
    /// The answer that an option of the command line stands for, such as `--date-order dmy`.
    #[must_use]
    pub fn of_option(option: &str) -> Option<Self> {
        use crate::dataset::{Era, Grain};
        let (name, value) = option.trim().trim_start_matches("--").split_once([' ', '='])?;
        match (name, value.trim()) {
            ("date-order", order) => DateOrder::from_name(order).map(Self::DateOrder),
            ("on-conflict", "newer") => Some(Self::OnConflict(OnConflict::Newer)),
            ("on-conflict", "first") => Some(Self::OnConflict(OnConflict::First)),
            ("era", "wpa") => Some(Self::Era(Era::Wpa)),
            ("era", "viva") => Some(Self::Era(Era::Viva)),
            ("grain", "day") => Some(Self::Grain(Grain::Day)),
            ("grain", "week") => Some(Self::Grain(Grain::Week)),
            ("grain", "month") => Some(Self::Grain(Grain::Month)),
            ("part", part) => PartChoice::from_name(part).map(Self::Part),
            ("decimal", "." | "point") => Some(Self::Decimal(b'.')),
            ("decimal", "," | "comma") => Some(Self::Decimal(b',')),
            _ => None,
        }
    }

    pub(super) fn apply(self, options: &mut ImportOptions) {
        match self {
            Self::DateOrder(order) => options.date_order = Some(order),
            Self::OnConflict(choice) => options.on_conflict = choice,
            Self::Era(era) => options.era = Some(era),
            Self::Grain(grain) => options.grain = Some(grain),
            Self::Decimal(mark) => options.decimal = Some(mark),
            Self::Part(part) => options.part = Some(part),
        }
    }
}

/// Commands about what changes numbers.
#[derive(Clone, Debug, PartialEq)]
pub enum SetCommand {
    /// Group by this attribute, or by these two.
    GroupBy(GroupBy),
    /// The minimum group size; under the floor, the floor. Never lowered under the file's default.
    MinimumGroupSize(usize),
    /// The smallest gap of a group to focus on.
    Gap(f64),
    /// The limit of co-attendance, in ten-thousandths.
    CoAttended(u32),
    /// The boundary of the top quartile; `None` for the company's own.
    TopQuartile(Option<f64>),
    /// Mark or unmark one group as customer-facing.
    CustomerFacing(GroupName, bool),
    /// Mark all suggested groups as customer-facing.
    AcceptSuggested,
    /// Put the suggestion away.
    DeclineSuggested,
    /// Show an insight though the data check found it not fit, or hold it back again.
    ShowAnyway(InsightId, bool),
}

/// Commands about the filter: which people, and which weeks or months.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FilterCommand {
    /// Keep one value more, or one less where it is kept already.
    Toggle {
        /// The attribute's header.
        attribute: String,
        /// The value.
        value: String,
    },
    /// The same, and leave periods out without which it can be asked.
    KeepWithout {
        /// The attribute's header.
        attribute: String,
        /// The value.
        value: String,
        /// The first days of the periods.
        without: Vec<NaiveDate>,
    },
    /// Keep exactly these values of an attribute; none of them for all.
    SetValues {
        /// The attribute's header.
        attribute: String,
        /// The values.
        values: Vec<String>,
    },
    /// The first and the last period by their first days; `None` for the file's own.
    Range {
        /// The first one.
        from: Option<NaiveDate>,
        /// The last one.
        to: Option<NaiveDate>,
    },
    /// Leave a period out, by its first day.
    LeaveOut(NaiveDate),
    /// Put a period that was left out back.
    PutBack(NaiveDate),
    /// Keep rows that are marked inactive.
    IncludeInactive(bool),
    /// Leave out people of low activity.
    WithoutLowActivity(bool),
    /// Leave out what the data check found, or put it back.
    LeaveOutFound(LeaveOut, bool),
    /// Everyone, in all periods.
    ClearAll,
}

/// Commands about saved views.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ViewCommand {
    /// Save what is asked under a name; a view of that name is overwritten.
    Save(String),
    /// Ask what a view asks.
    Apply(String),
    /// Give a view another name, which no other view has.
    Rename {
        /// Its name now.
        from: String,
        /// Its new name.
        to: String,
    },
    /// Forget a view.
    Delete(String),
}

/// Commands about how a number was made.
#[derive(Clone, Debug, PartialEq)]
pub enum ProofCommand {
    /// Show it.
    Show(Number),
    /// Put it away.
    Close,
    /// Stop computing SHA-256.
    StopHashing,
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
