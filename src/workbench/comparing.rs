//! The comparison of two windows: what is chosen, and what the open export says about it, asked beside the window.

use std::sync::Arc;

use chrono::NaiveDate;

use super::{Job, Opened, Route, StepKind, Workbench};
use crate::dataset::Filter;
use crate::privacy::{
    Cohort, CohortChange, CompareChoices, CompareQuestion, Comparison, Offer, Published, Rules, Window, WindowProblem,
};

/// How far from no change is still steady.
pub const STEADY_MARGIN: f64 = 0.05;

/// So many suggested cohorts are compared until somebody chooses.
const SUGGESTED: usize = 5;

/// What somebody chose to compare; `None` for what is offered.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CompareSetup {
    /// The earlier and the later window.
    pub windows: Option<[Window; 2]>,
    /// Periods out of both windows, ascending.
    pub without: Option<Vec<NaiveDate>>,
    /// Whose changes.
    pub cohorts: Option<Vec<Cohort>>,
}

/// A choice of what is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CompareCommand {
    /// These windows, the earlier one first.
    Windows([Window; 2]),
    /// Leave a period out, or put it back.
    ToggleOut(NaiveDate),
    /// One cohort more.
    Add(Cohort),
    /// One cohort less.
    Remove(Cohort),
    /// What is offered.
    Reset,
}

/// What is asked, resolved: the windows are `None` where the file has too few periods.
#[derive(Clone, Debug, PartialEq)]
pub struct CompareAsk {
    setup: CompareSetup,
    filter: Filter,
    rules: Rules,
}

/// The answer to one comparison.
#[derive(Clone, Debug)]
pub struct CompareAnswer {
    ask: CompareAsk,
    /// What can be chosen.
    pub choices: Published<CompareChoices>,
    /// What was asked in the end; `None` where the file has too few periods for two windows.
    pub question: Option<CompareQuestion>,
    /// The periods out of both windows.
    pub without: Vec<NaiveDate>,
    /// The cohorts.
    pub cohorts: Vec<Cohort>,
    /// The comparison; `None` without a question.
    pub outcome: Option<Result<Published<Comparison>, WindowProblem>>,
}

/// What is known, and what is being asked.
#[derive(Debug, Default)]
pub(super) struct Comparing {
    answer: Option<Arc<CompareAnswer>>,
    pending: Option<CompareAsk>,
    ticket: u64,
}

impl CompareAnswer {
    /// The windows that were asked for.
    #[must_use]
    pub fn windows(&self) -> Option<[Window; 2]> {
        self.question.as_ref().map(|question| question.windows)
    }

    /// Windows that are offered, the best first.
    #[must_use]
    pub fn offers(&self) -> Vec<Offer> {
        self.choices.offers(&self.without)
    }

    /// The comparison, where there is one.
    #[must_use]
    pub fn comparison(&self) -> Option<&Comparison> {
        self.outcome.as_ref()?.as_ref().ok().map(|comparison| &**comparison)
    }

    /// The rules that were in force.
    #[must_use]
    pub fn rules(&self) -> Rules {
        self.ask.rules
    }
}

/// Answers a comparison.
pub(super) fn evaluate_comparison(opened: &Opened, ask: &CompareAsk) -> CompareAnswer {
    let CompareAsk { setup, filter, rules } = ask;
    let choices = opened.compare_choices(filter, *rules);
    let without = setup.without.clone().unwrap_or_else(|| {
        let mut days: Vec<NaiveDate> = filter.without.iter().copied().chain(choices.holidays()).collect();
        days.sort_unstable();
        days.dedup();
        days
    });
    let windows = setup.windows.or_else(|| choices.offers(&without).first().map(|offer| offer.windows()));
    let question_of = |cohorts: &[Cohort]| {
        windows.map(|windows| CompareQuestion {
            windows,
            filter: Filter { without: without.clone(), ..filter.clone() },
            cohorts: cohorts.to_vec(),
            margin: STEADY_MARGIN,
        })
    };
    let compare = |question: &CompareQuestion| opened.compare(question, *rules);
    let suggested = || std::iter::once(Cohort::Everyone).chain(choices.suggested.iter().take(SUGGESTED).cloned());
    let mut cohorts: Vec<Cohort> = setup.cohorts.clone().unwrap_or_else(|| suggested().collect());
    let mut outcome = question_of(&cohorts).as_ref().map(compare);
    // What nobody asked for and may not be seen in these windows is not compared.
    if setup.cohorts.is_none()
        && let Some(Ok(comparison)) = &outcome
        && comparison.cohorts.iter().any(|of| of.outcome.is_err())
    {
        let is_shown = |of: &&CohortChange| of.cohort == Cohort::Everyone || of.outcome.is_ok();
        cohorts = comparison.cohorts.iter().filter(is_shown).map(|of| of.cohort.clone()).collect();
        outcome = question_of(&cohorts).as_ref().map(compare);
    }
    let question = question_of(&cohorts);
    CompareAnswer { ask: ask.clone(), choices, question, without, cohorts, outcome }
}

impl Workbench {
    /// The latest answer about a comparison.
    #[must_use]
    pub fn comparison(&self) -> Option<&Arc<CompareAnswer>> {
        self.comparing.answer.as_ref()
    }

    /// Whether a newer answer is being worked on.
    #[must_use]
    pub fn is_comparing(&self) -> bool {
        self.comparing.pending.is_some()
    }

    /// What is asked now; `None` without an export.
    fn compare_ask(&self) -> Option<CompareAsk> {
        // The windows take the place of the filter's range.
        let filter = Filter { from: None, to: None, ..self.setup.question.filter.clone() };
        Some(CompareAsk { setup: self.setup.compare.clone(), filter, rules: self.rules()? })
    }

    /// Asks, where somebody looks at it and it is not known yet.
    pub(super) fn ask_comparison(&mut self) -> Option<Job> {
        if self.route != Route::Compare || self.is_reading() {
            return None;
        }
        let (opened, ask) = (Arc::clone(self.opened()?), self.compare_ask()?);
        if self.comparing.answer.as_ref().is_some_and(|known| known.ask == ask) {
            self.comparing.pending = None;
            return None;
        }
        if self.comparing.pending.as_ref() == Some(&ask) {
            return None;
        }
        self.comparing.ticket += 1;
        self.comparing.pending = Some(ask.clone());
        Some(Job::Compare { opened, ask: Box::new(ask), ticket: self.comparing.ticket })
    }

    /// Takes an answer; `None` where there is none because of a fault.
    pub(super) fn compared(&mut self, ticket: u64, answer: Option<CompareAnswer>) {
        if ticket == self.comparing.ticket {
            self.comparing.pending = None;
            self.comparing.answer = answer.map(Arc::new).or_else(|| self.comparing.answer.take());
        }
    }

    /// What was known was about another export.
    pub(super) fn forget_comparison(&mut self) {
        self.comparing = Comparing { ticket: self.comparing.ticket + 1, ..Comparing::default() };
    }

    /// A choice of what is compared, as a step.
    pub(super) fn compare_command(&mut self, command: CompareCommand) -> Option<Job> {
        self.step(StepKind::Compare(command))
    }

    /// Changes what is chosen, from what is shown.
    pub(super) fn set_comparison(&mut self, command: CompareCommand) {
        let (without, cohorts) = match &self.comparing.answer {
            Some(shown) => (shown.without.clone(), shown.cohorts.clone()),
            None => (Vec::new(), vec![Cohort::Everyone]),
        };
        let setup = &mut self.setup.compare;
        match command {
            CompareCommand::Windows(windows) => setup.windows = Some(windows),
            CompareCommand::ToggleOut(day) => {
                let mut days = without;
                match days.binary_search(&day) {
                    Ok(place) => {
                        days.remove(place);
                    }
                    Err(place) => days.insert(place, day),
                }
                setup.without = Some(days);
            }
            CompareCommand::Add(cohort) => {
                let mut all = cohorts;
                if !all.contains(&cohort) {
                    all.push(cohort);
                }
                setup.cohorts = Some(all);
            }
            CompareCommand::Remove(cohort) => {
                setup.cohorts = Some(cohorts.into_iter().filter(|known| *known != cohort).collect());
            }
            CompareCommand::Reset => *setup = CompareSetup::default(),
        }
    }
}
