//! Edits: the only way in which a project changes.

use super::{AccountEdit, DecisionEdit, InitiativeEdit, PlanEdit, Project, ReferenceEdit, VoiceEdit, VolunteerEdit};

/// A change of a project, by noun.
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    /// About decisions.
    Decision(DecisionEdit),
    /// About customer initiatives.
    Initiative(InitiativeEdit),
    /// About plans.
    Plan(PlanEdit),
    /// About important contacts.
    Account(AccountEdit),
    /// About go-to contacts.
    Volunteer(VolunteerEdit),
    /// About voices.
    Voice(VoiceEdit),
    /// About references of one's own.
    Reference(ReferenceEdit),
}

impl Edit {
    /// What it does, after "Undo" or "Redo": "note a decision".
    #[must_use]
    pub fn in_words(&self) -> String {
        match self {
            Self::Decision(edit) => edit.in_words(),
            Self::Initiative(edit) => edit.in_words(),
            Self::Plan(edit) => edit.in_words(),
            Self::Account(edit) => edit.in_words(),
            Self::Volunteer(edit) => edit.in_words().to_owned(),
            Self::Voice(edit) => edit.in_words().to_owned(),
            Self::Reference(edit) => edit.in_words().to_owned(),
        }
    }
}

impl Project {
    /// Changes by an edit. One about a thing that is no longer there changes nothing.
    pub fn apply(&mut self, edit: Edit) {
        match edit {
            Edit::Decision(edit) => edit.apply(self),
            Edit::Initiative(edit) => edit.apply(self),
            Edit::Plan(edit) => edit.apply(self),
            Edit::Account(edit) => edit.apply(self),
            Edit::Volunteer(edit) => edit.apply(self),
            Edit::Voice(edit) => edit.apply(self),
            Edit::Reference(edit) => edit.apply(self),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::{Decision, Id};

    fn decision(text: &str) -> Decision {
        Decision { text: text.to_owned(), ..Decision::default() }
    }

    fn texts(project: &Project) -> Vec<&str> {
        project.decisions.iter().map(|decision| decision.text.as_str()).collect()
    }

    #[test]
    fn each_thing_gets_a_number_of_its_own_that_is_never_given_again() {
        let mut project = Project::default();
        project.apply(Edit::Decision(DecisionEdit::Add(decision("first"))));
        project.apply(Edit::Decision(DecisionEdit::Remove(Id(0))));
        project.apply(Edit::Decision(DecisionEdit::Add(decision("second"))));
        assert_eq!(project.decisions.iter().map(|decision| decision.id).collect::<Vec<_>>(), [Id(1)]);
    }

    #[test]
    fn a_change_takes_the_place_of_the_thing_of_its_number() {
        let mut project = Project::default();
        for text in ["first", "second"] {
            project.apply(Edit::Decision(DecisionEdit::Add(decision(text))));
        }
        project.apply(Edit::Decision(DecisionEdit::Change(Decision { id: Id(1), ..decision("other") })));
        assert_eq!(texts(&project), ["first", "other"]);
        project.apply(Edit::Decision(DecisionEdit::Change(Decision { id: Id(7), ..decision("nobody") })));
        assert_eq!(texts(&project), ["first", "other"]);
    }
}
