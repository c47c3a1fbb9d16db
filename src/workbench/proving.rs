//! Which number is being proven, and the SHA-256 of what is open: computed once, when somebody first asks.

use std::sync::Arc;

use super::proof::OfPlan;
use super::{Job, Loadable, Number, Proof, ProofCommand, SourceHash, Workbench, prove};
use crate::text::Locale;

/// The state of proving.
#[derive(Debug, Default)]
pub(super) struct Proving {
    number: Option<Number>,
    hashes: Loadable<Vec<SourceHash>>,
    /// Of its own, because hashing goes on while other questions are asked.
    ticket: u64,
}

impl Proving {
    /// Takes the hashes, unless they are of something else.
    pub(super) fn receive(&mut self, ticket: u64, hashes: Vec<SourceHash>) {
        if ticket == self.ticket {
            self.hashes = Loadable::Ready(hashes);
        }
    }

    /// Something else is open now.
    pub(super) fn forget_hashes(&mut self) {
        self.ticket += 1;
        self.hashes = Loadable::Absent;
        self.number = None;
    }
}

impl Workbench {
    /// The number whose proof is asked for.
    #[must_use]
    pub fn proven(&self) -> Option<&Number> {
        self.proving.number.as_ref()
    }

    /// The proof of a number on the screen; `None` when what is open has no such number.
    #[must_use]
    pub fn proof_of(&self, number: &Number, locale: &Locale) -> Option<Proof> {
        let (opened, results) = (self.opened()?, self.results()?);
        let Number::Plan(id, _) = number else { return prove(number, opened, results, locale) };
        let (metric, question) = match id {
            Some(id) => {
                let plan = self.project().plan(*id)?;
                (plan.metric, self.plan_question(plan))
            }
            None => self.plan_draft()?,
        };
        let numbers = self.plan_numbers(&question)?;
        OfPlan { number, metric, question: &question, numbers, opened, results, locale }.prove()
    }

    /// The SHA-256 of each file, as far as they are computed.
    #[must_use]
    pub fn hashes(&self) -> &Loadable<Vec<SourceHash>> {
        &self.proving.hashes
    }

    pub(super) fn proof(&mut self, command: ProofCommand) -> Option<Job> {
        match command {
            ProofCommand::Show(number) => {
                self.proving.number = Some(number);
                let opened = Arc::clone(self.opened()?);
                if !matches!(self.proving.hashes, Loadable::Absent) {
                    return None;
                }
                self.proving.ticket += 1;
                self.proving.hashes.start();
                Some(Job::Hash { opened, ticket: self.proving.ticket })
            }
            ProofCommand::Close => {
                self.proving.number = None;
                None
            }
            ProofCommand::StopHashing => {
                self.proving.ticket += 1;
                self.proving.hashes.stop();
                None
            }
        }
    }
}
