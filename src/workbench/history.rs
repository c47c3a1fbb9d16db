//! Every step that changed what is asked, so that each can be taken back and done again by its name.
//!
//! A step keeps what was set before and after it. So taking back and doing again are exact, whatever the step
//! was, and nothing has to know how to reverse a command.

use std::collections::VecDeque;
use std::sync::Arc;

use super::{CompareCommand, CompareSetup, FilterCommand, SavedView, SetCommand, ViewCommand};
use crate::privacy::Question;
use crate::project::{Edit, Project};

/// So many steps can be taken back.
pub(super) const MOST_STEPS: usize = 200;

/// Everything that a step can change.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Setup {
    /// The question that is asked.
    pub question: Question,
    /// The minimum group size that somebody set; `None` for the file's own.
    pub minimum_group_size: Option<usize>,
    /// Whether somebody marked, accepted or declined customer-facing groups.
    pub suggestion_settled: bool,
    /// Views that were saved, in the order in which they were.
    pub views: Vec<SavedView>,
    /// What is compared with what.
    pub compare: CompareSetup,
    /// What people made.
    pub project: Arc<Project>,
}

/// What a step did.
#[derive(Clone, Debug, PartialEq)]
pub enum StepKind {
    /// Something of the filter.
    Filter(FilterCommand),
    /// Something that changes numbers.
    Set(SetCommand),
    /// Something about saved views.
    View(ViewCommand),
    /// Something of the comparison of periods.
    Compare(CompareCommand),
    /// Something of the project.
    Edit(Edit),
}

impl StepKind {
    /// Whether two steps in a row are one movement of the same control, such as a number that is dragged.
    fn continues(&self, earlier: &Self) -> bool {
        use SetCommand::{Gap, MinimumGroupSize, TopQuartile};
        matches!(
            (earlier, self),
            (Self::Set(Gap(_)), Self::Set(Gap(_)))
                | (Self::Set(MinimumGroupSize(_)), Self::Set(MinimumGroupSize(_)))
                | (Self::Set(TopQuartile(_)), Self::Set(TopQuartile(_)))
        )
    }
}

/// One step, with what was set before and after it.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// What it did.
    pub kind: StepKind,
    /// What was set before.
    pub before: Setup,
    /// What was set after.
    pub after: Setup,
}

/// The steps that can be taken back, and those that can be done again.
#[derive(Debug, Default)]
pub(super) struct History {
    done: VecDeque<Step>,
    undone: Vec<Step>,
}

impl History {
    /// Keeps a step; one that changed nothing is none. What was taken back before can no longer be done again.
    pub(super) fn record(&mut self, mut step: Step) {
        if step.before == step.after {
            return;
        }
        if self.undone.is_empty()
            && let Some(last) = self.done.pop_back_if(|last| step.kind.continues(&last.kind))
        {
            step.before = last.before;
            if step.before == step.after {
                return;
            }
        }
        self.undone.clear();
        self.done.push_back(step);
        if self.done.len() > MOST_STEPS {
            self.done.pop_front();
        }
    }

    /// Takes the last step back: what was set before it.
    pub(super) fn undo(&mut self) -> Option<Setup> {
        let step = self.done.pop_back()?;
        let before = step.before.clone();
        self.undone.push(step);
        Some(before)
    }

    /// Does the last step that was taken back again: what was set after it.
    pub(super) fn redo(&mut self) -> Option<Setup> {
        let step = self.undone.pop()?;
        let after = step.after.clone();
        self.done.push_back(step);
        Some(after)
    }

    /// Forgets the steps about an export that is no longer open. Those about the project stay, as steps from what
    /// is set now.
    pub(super) fn keep_edits(&mut self, now: &Setup) {
        let keep = |step: &mut Step| {
            for setup in [&mut step.before, &mut step.after] {
                *setup = Setup { project: Arc::clone(&setup.project), ..now.clone() };
            }
            matches!(step.kind, StepKind::Edit(_))
        };
        self.done.retain_mut(keep);
        self.undone.retain_mut(keep);
    }

    /// The step that would be taken back.
    pub(super) fn to_undo(&self) -> Option<&Step> {
        self.done.back()
    }

    /// The step that would be done again.
    pub(super) fn to_redo(&self) -> Option<&Step> {
        self.undone.last()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::project::{Decision, DecisionEdit};

    fn setup(gap: f64) -> Setup {
        let mut setup = Setup::default();
        setup.question.settings.gap = gap;
        setup
    }

    fn by(attribute: &str) -> StepKind {
        StepKind::Set(SetCommand::GroupBy(attribute.into()))
    }

    fn step(kind: StepKind, before: f64, after: f64) -> Step {
        Step { kind, before: setup(before), after: setup(after) }
    }

    #[test]
    fn a_step_that_changes_nothing_is_not_kept() {
        let mut history = History::default();
        history.record(step(by("Level"), 0.1, 0.1));
        assert_eq!(history.to_undo(), None);
    }

    #[test]
    fn a_new_step_ends_what_could_be_done_again() {
        let mut history = History::default();
        history.record(step(by("Level"), 0.1, 0.2));
        assert_eq!(history.undo(), Some(setup(0.1)));
        history.record(step(by("Region"), 0.1, 0.3));
        assert_eq!((history.redo(), history.to_undo().unwrap().kind.clone()), (None, by("Region")));
    }

    #[test]
    fn a_number_that_is_dragged_is_one_step_and_none_when_it_comes_back() {
        let mut history = History::default();
        let dragged = |to: f64| StepKind::Set(SetCommand::Gap(to));
        history.record(step(by("Level"), 0.1, 0.2));
        history.record(step(dragged(0.3), 0.2, 0.3));
        history.record(step(dragged(0.4), 0.3, 0.4));
        assert_eq!(history.undo(), Some(setup(0.2)));
        assert_eq!(history.redo(), Some(setup(0.4)));
        history.record(step(dragged(0.2), 0.4, 0.2));
        assert_eq!(history.to_undo().unwrap().kind, by("Level"));
    }

    #[test]
    fn with_another_export_only_steps_of_the_project_can_be_taken_back() {
        let mut history = History::default();
        let noted = StepKind::Edit(Edit::Decision(DecisionEdit::Add(Decision::default())));
        let mut with_one = setup(0.2);
        Arc::make_mut(&mut with_one.project).apply(Edit::Decision(DecisionEdit::Add(Decision::default())));
        history.record(step(by("Level"), 0.1, 0.2));
        history.record(Step { kind: noted.clone(), before: setup(0.2), after: with_one });
        let now = setup(0.5);
        history.keep_edits(&now);
        assert_eq!(history.undo(), Some(now));
        assert_eq!(history.undo(), None);
        assert_eq!(history.redo().unwrap().project.decisions.len(), 1);
    }

    #[test]
    fn of_many_steps_the_oldest_are_forgotten() {
        let mut history = History::default();
        for index in 0..MOST_STEPS + 5 {
            history.record(step(by("Level"), index as f64, index as f64 + 1.0));
        }
        let undone = std::iter::from_fn(|| history.undo()).count();
        assert_eq!(undone, MOST_STEPS);
    }
}
