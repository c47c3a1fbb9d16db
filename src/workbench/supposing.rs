//! What if: asked by the screen that shows it, answered beside the window.

use std::sync::Arc;

use super::{Job, Opened, Workbench};
use crate::privacy::{FreedFrom, Hidden, OneToOneLever, Published, Rules, WhatIf, WhatIfQuestion};

/// The answer to one "what if".
#[derive(Clone, Debug)]
pub struct WhatIfAnswer {
    /// The question.
    pub question: WhatIfQuestion,
    /// The rules that were in force.
    pub rules: Rules,
    /// The numbers, or why there are none.
    pub numbers: Result<Published<WhatIf>, Hidden>,
}

/// What is known, and what is being asked.
#[derive(Debug, Default)]
pub(super) struct Supposing {
    answer: Option<Arc<WhatIfAnswer>>,
    pending: Option<(WhatIfQuestion, Rules)>,
    ticket: u64,
}

impl Workbench {
    /// What is asked with so many 1:1s, of whom and when the question of every screen is.
    #[must_use]
    pub fn what_if_question(
        &self,
        lever: OneToOneLever,
        only_focus: bool,
        freed_from: FreedFrom,
    ) -> Option<WhatIfQuestion> {
        let question = self.question();
        let by = question.by.first().cloned().or_else(|| self.opened()?.default_by().into_iter().next())?;
        let (filter, settings) = (question.filter.clone(), question.settings.clone());
        Some(WhatIfQuestion { filter, by, settings, lever, only_focus, freed_from })
    }

    /// The latest answer: to another question while a newer one is worked on.
    #[must_use]
    pub fn what_if(&self) -> Option<&Arc<WhatIfAnswer>> {
        self.supposing.answer.as_ref()
    }

    /// Whether a question is neither answered nor being worked on.
    #[must_use]
    pub fn is_what_if_news(&self, question: &WhatIfQuestion) -> bool {
        let Some(rules) = self.rules() else { return false };
        let Supposing { answer, pending, .. } = &self.supposing;
        let is_known = answer.as_ref().is_some_and(|known| known.question == *question && known.rules == rules);
        let is_asked = pending.as_ref().is_some_and(|(asked, under)| asked == question && *under == rules);
        !is_known && !is_asked && !self.is_reading()
    }

    pub(super) fn ask_what_if(&mut self, question: WhatIfQuestion) -> Option<Job> {
        let (opened, rules) = (Arc::clone(self.opened()?), self.rules()?);
        self.supposing.ticket += 1;
        self.supposing.pending = Some((question.clone(), rules));
        Some(Job::Suppose { opened, question: Box::new(question), rules, ticket: self.supposing.ticket })
    }

    /// Takes an answer; `None` where there is none because of a fault.
    pub(super) fn supposed(&mut self, ticket: u64, answer: Option<WhatIfAnswer>) {
        if ticket == self.supposing.ticket {
            self.supposing.pending = None;
            self.supposing.answer = answer.map(Arc::new).or_else(|| self.supposing.answer.take());
        }
    }

    /// What was known was about another export.
    pub(super) fn forget_what_if(&mut self) {
        self.supposing = Supposing { ticket: self.supposing.ticket + 1, ..Supposing::default() };
    }
}

/// Answers a "what if".
pub(super) fn suppose(opened: &Opened, question: &WhatIfQuestion, rules: Rules) -> WhatIfAnswer {
    WhatIfAnswer { question: question.clone(), rules, numbers: opened.what_if(question, rules) }
}
