//! Which number is being proven, and the SHA-256 of what is open: computed once, when somebody first asks.

use std::sync::Arc;

use super::proof::{OfBeside, OfComparison, OfContacts, OfExplored, OfPlan, OfWhatIf};
use super::{Job, Loadable, Number, Opened, Proof, ProofCommand, SourceHash, Workbench, prove};
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
    /// Takes the hashes, unless they are of something else. Says whether it did.
    pub(super) fn receive(&mut self, ticket: u64, hashes: Vec<SourceHash>) -> bool {
        let is_current = ticket == self.ticket;
        if is_current {
            self.hashes = Loadable::Ready(hashes);
        }
        is_current
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
        if let Number::Contacts(figure) = number {
            let (opened, results) = (self.opened_contacts()?, self.contact_results()?);
            let project = self.project_path();
            return OfContacts { figure: *figure, opened, results, project, locale }.prove();
        }
        if matches!(number, Number::Between(_) | Number::Meetings(_)) {
            return OfBeside {
                results: self.beside()?,
                groups: self.opened_groups().map(Arc::as_ref),
                meetings: self.opened_meetings().map(Arc::as_ref),
                person_query: self.opened().map(|opened| &opened.what),
                locale,
            }
            .prove(number);
        }
        let (opened, results) = (self.opened()?, self.results()?);
        if let Number::Changed(..) = number {
            let answer = self.comparison()?;
            return OfComparison { number, answer, opened, locale }.prove();
        }
        if let Number::WhatIf(_) = number {
            let answer = self.what_if()?;
            return OfWhatIf { number, answer, opened, results, locale }.prove();
        }
        if matches!(number, Number::Explore(..)) {
            let explored = self.explored()?;
            return OfExplored { number, explored, opened, results, locale }.prove();
        }
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

    /// The SHA-256 of each file that a number comes from, as far as they are computed.
    #[must_use]
    pub fn hashes_of(&self, number: &Number) -> &Loadable<Vec<SourceHash>> {
        match number {
            Number::Contacts(_) => self.contact_hashes(),
            Number::Between(_) | Number::Meetings(_) => self.beside_hashes(),
            _ => self.hashes(),
        }
    }

    /// The SHA-256 of each file, as far as they are computed.
    #[must_use]
    pub fn hashes(&self) -> &Loadable<Vec<SourceHash>> {
        &self.proving.hashes
    }

    /// Computes the SHA-256 of what is open.
    pub(super) fn start_hashing(&mut self, opened: Arc<Opened>) -> Job {
        self.proving.ticket += 1;
        self.proving.hashes.start();
        Job::Hash { opened, ticket: self.proving.ticket }
    }

    pub(super) fn proof(&mut self, command: ProofCommand) -> Option<Job> {
        match command {
            ProofCommand::Show(number) => {
                let is_of_contacts = matches!(number, Number::Contacts(_));
                self.proving.number = Some(number);
                // Those of contacts are computed when nothing else is done about them.
                if is_of_contacts {
                    return None;
                }
                let opened = Arc::clone(self.opened()?);
                if !matches!(self.proving.hashes, Loadable::Absent) {
                    return None;
                }
                Some(self.start_hashing(opened))
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
