//! Decisions: what was decided, and what was on the screen when it was.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Id, Project, add, change, remove};

/// What somebody decided.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Decision {
    /// Its number; whatever it is, an added one gets its own.
    pub id: Id,
    /// What was decided, in the person's words.
    pub text: String,
    /// Who sees to it: a role rather than a name. Empty for nobody.
    pub owner: String,
    /// The day on which it was.
    pub on: NaiveDate,
    /// The day on which it should be done.
    pub due: Option<NaiveDate>,
    /// What was on the screen; `None` when nothing was open.
    pub about: Option<Captured>,
    /// The plan or initiative that came of it.
    pub became: Option<Id>,
}

/// What was on the screen when something was written down: sentences that had passed the privacy rules.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Captured {
    /// The screen: "Coaching".
    pub screen: String,
    /// The finding with its number and uncertainty.
    pub finding: String,
    /// The filter in words; empty for everyone.
    pub filter: String,
    /// Export, weeks, people, minimum group size.
    pub stamp: String,
}

/// What can be done to decisions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DecisionEdit {
    /// Write one down.
    Add(Decision),
    /// Write another in the place of the one of its number.
    Change(Decision),
    /// Forget one.
    Remove(Id),
}

impl DecisionEdit {
    pub(super) fn apply(self, project: &mut Project) {
        match self {
            Self::Add(decision) => {
                let id = project.take_id();
                add(&mut project.decisions, id, decision);
            }
            Self::Change(decision) => change(&mut project.decisions, decision),
            Self::Remove(id) => remove(&mut project.decisions, id),
        }
    }

    pub(super) fn in_words(&self) -> &'static str {
        match self {
            Self::Add(_) => "note a decision",
            Self::Change(_) => "change a decision",
            Self::Remove(_) => "delete a decision",
        }
    }
}
