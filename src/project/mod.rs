//! What people make and keep: decisions, plans, initiatives, contacts. Their edits, and the file they live in.
//!
//! A [`Project`] is plain data. It changes only by an [`Edit`], which says its own name, so that each can be taken
//! back by it; it never holds a dataset, so a project opens without the exports that it was made from. What a
//! number in it was when it was written down is kept as the sentence that stood on the screen, which had passed
//! the privacy rules, and never as rows.
//!
//! One folder or file a noun: its data, its edits, its rules. This room knows no clock: a rule that depends on the
//! day takes it. Only [`store`] touches the disk.

mod contact;
mod decision;
mod difference;
pub mod document;
mod edit;
mod initiative;
mod plan;
mod reading;
mod reference;
mod settings;
pub mod store;
mod view;
mod voice;
mod volunteer;

use serde::{Deserialize, Serialize};

pub use contact::{
    Account, AccountEdit, AccountKind, AccountLine, AccountList, AccountOutcome, Contacts, Matching, Whose,
    is_personal_mail, masked, typed_contact, typed_goal,
};
pub use decision::{Became, Captured, Decision, DecisionEdit};
pub use difference::{NounDifference, differences};
pub use document::{Document, NotReadable, SourceReference, VERSION};
pub use edit::Edit;
pub use initiative::{
    Change, Changed, Compensation, Counts, Coverage, Cycle, ImportPreview, ImportRow, Initiative, InitiativeEdit,
    Judged, Level, Milestone, NO_AREA, Priority, RULES, Rating, Reason, Register, Review, Risk, RowFate,
    SELECTION_RULE, Stage, Status, StatusOverride, UnitKind, Update, Urgency as InitiativeUrgency, areas, by_area,
    by_level, headings, initiatives_due, read_initiatives, rows_of, same_area, working_days,
};
pub use plan::{
    Baseline, CheckIn, Chosen, Cohort, CohortPart, Difference, Direction, GRACE_WEEKS, Held, HumanStatus, Judgement,
    LEAST_WEEKS, Mean, Measurement, Moved, PLAN_WEEKS, Plan, PlanEdit, PlanMetric, PlanPoint, PlanState, PlanStatus,
    PlanStep, PlanTask, PlanUnit, Rule, STEADY, Target,
};
pub use reading::{KeptReading, Reading};
pub use reference::{OwnReference, ReferenceEdit};
pub use settings::NumberSettings;
pub use view::{NamedBy, NamedValues, SavedView};
pub use voice::{Voice, VoiceEdit, pasted_voices};
pub use volunteer::{
    AnswerLine, AnswerOutcome, Answers, Call, DAYS_TO_ASK_AGAIN, GoTo, Standing, TopicCoverage, Volunteer,
    VolunteerEdit,
};

/// Everything that people made, in the order in which they did.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Project {
    /// What was decided.
    pub decisions: Vec<Decision>,
    /// What is done for customers, and how it stands.
    pub initiatives: Register,
    /// What is planned.
    pub plans: Vec<Plan>,
    /// Important contacts outside the company.
    pub contacts: Contacts,
    /// Colleagues who are glad to be asked.
    pub go_to: GoTo,
    /// What people wrote in surveys.
    pub voices: Vec<Voice>,
    /// Values to hold numbers against.
    pub references: Vec<OwnReference>,
    /// The number that the next thing gets.
    next_id: u64,
}

/// The number of a thing within its project. Never given twice, not even after the thing is gone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Id(u64);

impl std::fmt::Display for Id {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(to)
    }
}

impl std::str::FromStr for Id {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self)
    }
}

impl Project {
    /// The number that the next thing gets that is added.
    #[must_use]
    pub fn next_id(&self) -> Id {
        Id(self.next_id)
    }

    fn take_id(&mut self) -> Id {
        let id = self.next_id();
        self.next_id += 1;
        id
    }

    /// Whether nobody has made anything.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        Self { next_id: 0, ..self.clone() } == Self::default()
    }
}

/// A thing with a number.
trait Numbered {
    fn id(&self) -> Id;
    fn set_id(&mut self, id: Id);
}

/// For things whose number is in their field `id`.
macro_rules! numbered {
    ($($thing:ty),+) => {
        $(impl Numbered for $thing {
            fn id(&self) -> Id {
                self.id
            }

            fn set_id(&mut self, id: Id) {
                self.id = id;
            }
        })+
    };
}

numbered!(Account, Decision, Initiative, OwnReference, Plan, Voice, Volunteer);

fn add<T: Numbered>(things: &mut Vec<T>, id: Id, mut thing: T) {
    thing.set_id(id);
    things.push(thing);
}

/// Puts the thing of the same number in the other's place; nothing where there is none.
fn change<T: Numbered>(things: &mut [T], changed: T) {
    if let Some(thing) = things.iter_mut().find(|thing| thing.id() == changed.id()) {
        *thing = changed;
    }
}

fn remove<T: Numbered>(things: &mut Vec<T>, id: Id) {
    things.retain(|thing| thing.id() != id);
}
