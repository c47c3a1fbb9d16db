//! Edits of plans, and what is noted in them besides.

use super::super::{Id, Project, add, change, remove};
use super::{Measurement, Plan};

/// What can be done to plans.
#[derive(Clone, Debug, PartialEq)]
pub enum PlanEdit {
    /// Make one.
    Add(Box<Plan>),
    /// Put another in the place of the one of its number.
    Change(Box<Plan>, PlanStep),
    /// Forget one, by number and name.
    Remove(Id, String),
}

/// What was done to a plan, for its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlanStep {
    /// Some field of it.
    Change,
    /// A task was ticked, added or taken away.
    Tasks,
    /// Something was noted.
    CheckIn,
    /// It rests.
    Pause,
    /// It goes on.
    Resume,
    /// It was ended.
    Stop,
    /// A person judged its status.
    Judge,
}

impl PlanEdit {
    pub(in super::super) fn apply(self, project: &mut Project) {
        match self {
            Self::Add(plan) => {
                let id = project.take_id();
                add(&mut project.plans, id, *plan);
            }
            Self::Change(plan, _) => change(&mut project.plans, *plan),
            Self::Remove(id, _) => remove(&mut project.plans, id),
        }
    }

    pub(in super::super) fn in_words(&self) -> String {
        match self {
            Self::Add(plan) => format!("add plan {}", plan.name),
            Self::Remove(_, name) => format!("delete plan {name}"),
            Self::Change(plan, step) => {
                let verb = match step {
                    PlanStep::Change => "change",
                    PlanStep::Tasks => "tasks of",
                    PlanStep::CheckIn => "check-in of",
                    PlanStep::Pause => "pause",
                    PlanStep::Resume => "resume",
                    PlanStep::Stop => "stop",
                    PlanStep::Judge => "status of",
                };
                format!("{verb} plan {}", plan.name)
            }
        }
    }
}

impl Project {
    /// The plan of a number.
    #[must_use]
    pub fn plan(&self, id: Id) -> Option<&Plan> {
        self.plans.iter().find(|plan| plan.id == id)
    }

    /// Keeps what an opened export says about a plan. No edit: nobody did it, and nobody takes it back.
    pub fn note_measured(&mut self, id: Id, measured: Measurement) {
        if let Some(plan) = self.plans.iter_mut().find(|plan| plan.id == id) {
            plan.measured = Some(measured);
        }
    }
}
