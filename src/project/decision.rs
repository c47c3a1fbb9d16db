//! Decisions: what was decided, and what was on the screen when it was.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Id, Initiative, Plan, Project, add, change, remove};

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

/// What came of a decision.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Became<'a> {
    /// A plan.
    Plan(&'a Plan),
    /// A customer initiative.
    Initiative(&'a Initiative),
}

impl Project {
    /// What came of a decision; `None` where nothing did, or where it was deleted since.
    #[must_use]
    pub fn became(&self, decision: &Decision) -> Option<Became<'_>> {
        let id = decision.became?;
        self.plan(id).map(Became::Plan).or_else(|| self.initiatives.get(id).map(Became::Initiative))
    }

    /// The decision that a plan or an initiative came of.
    #[must_use]
    pub fn decided(&self, became: Id) -> Option<&Decision> {
        self.decisions.iter().find(|decision| decision.became == Some(became))
    }
}

/// What can be done to decisions.
#[derive(Clone, Debug, PartialEq)]
pub enum DecisionEdit {
    /// Write one down.
    Add(Decision),
    /// Write another in the place of the one of its number.
    Change(Decision),
    /// Forget one.
    Remove(Id),
    /// Make a plan of the one of this number.
    BecomePlan(Id, Box<Plan>),
    /// Register an initiative for the one of this number.
    BecomeInitiative(Id, Box<Initiative>),
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
            Self::BecomePlan(decision, plan) => {
                let id = project.take_id();
                add(&mut project.plans, id, *plan);
                note_what_became(project, decision, id);
            }
            Self::BecomeInitiative(decision, initiative) => {
                let id = project.take_id();
                add(&mut project.initiatives.initiatives, id, *initiative);
                note_what_became(project, decision, id);
            }
        }
    }

    pub(super) fn in_words(&self) -> String {
        match self {
            Self::Add(_) => "note a decision".to_owned(),
            Self::Change(_) => "change a decision".to_owned(),
            Self::Remove(_) => "delete a decision".to_owned(),
            Self::BecomePlan(_, plan) => format!("make a decision plan {}", plan.name),
            Self::BecomeInitiative(_, initiative) => format!("make a decision initiative {}", initiative.title),
        }
    }
}

fn note_what_became(project: &mut Project, decision: Id, became: Id) {
    if let Some(decision) = project.decisions.iter_mut().find(|one| one.id == decision) {
        decision.became = Some(became);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::{Edit, InitiativeEdit};

    fn with_two() -> Project {
        let mut project = Project::default();
        for text in ["first", "second"] {
            let decision = Decision { text: text.to_owned(), ..Decision::default() };
            project.apply(Edit::Decision(DecisionEdit::Add(decision)));
        }
        project
    }

    #[test]
    fn a_decision_and_what_became_of_it_name_each_other() {
        let mut project = with_two();
        let [first, second] = [Id(0), Id(1)];
        let plan = Plan { name: "Coach more".to_owned(), ..Plan::default() };
        project.apply(Edit::Decision(DecisionEdit::BecomePlan(first, Box::new(plan))));
        let initiative = Initiative { title: "Callback".to_owned(), ..Initiative::default() };
        project.apply(Edit::Decision(DecisionEdit::BecomeInitiative(second, Box::new(initiative))));

        let names: Vec<_> = project.decisions.iter().map(|decision| project.became(decision)).collect();
        let [Some(Became::Plan(plan)), Some(Became::Initiative(initiative))] = names[..] else { panic!("{names:?}") };
        assert_eq!((plan.name.as_str(), initiative.title.as_str()), ("Coach more", "Callback"));
        let decided = [plan.id, initiative.id].map(|id| project.decided(id).map(|decision| decision.id));
        assert_eq!(decided, [Some(first), Some(second)]);
    }

    #[test]
    fn nothing_became_of_a_decision_whose_initiative_was_deleted() {
        let mut project = with_two();
        project.apply(Edit::Decision(DecisionEdit::BecomeInitiative(Id(0), Box::default())));
        project.apply(Edit::Initiative(InitiativeEdit::Remove(Id(2))));
        assert_eq!(project.became(&project.decisions[0]), None);
        assert_eq!(project.decided(Id(7)), None);
    }
}
