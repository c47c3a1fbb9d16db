//! Exploring a metric: which one is looked at, and what is known about it, asked beside the window.

use std::sync::Arc;

use super::{Job, Loadable, Opened, Route, Workbench};
use crate::insights::Behavior;
use crate::privacy::{Exploration, ExploreQuestion, Hidden, MeanMetric, Published, Rules};

/// What is looked at, and the latest answer about it.
#[derive(Debug, Default)]
pub(super) struct Exploring {
    /// Nobody has chosen where this is `None`.
    metric: Option<MeanMetric>,
    answer: Loadable<Arc<Explored>>,
    /// What is being asked.
    pending: Option<(ExploreQuestion, Rules)>,
    ticket: u64,
}

/// The answer to a question about a metric.
#[derive(Clone, Debug)]
pub struct Explored {
    /// The question.
    pub question: ExploreQuestion,
    /// The rules that were in force.
    pub rules: Rules,
    /// What may be seen, or why nothing may.
    pub found: Result<Published<Exploration>, Hidden>,
}

/// The metric that a behavior is explored by first.
#[must_use]
pub const fn metric_of(behavior: Behavior) -> MeanMetric {
    use crate::dataset::Metric;
    match behavior {
        Behavior::TimeWithCustomers => MeanMetric::Of(Metric::ExternalHours),
        Behavior::Coaching => MeanMetric::OneToOneHours,
        Behavior::InternalNetworks => MeanMetric::Of(Metric::InternalOrganizations),
    }
}

impl Workbench {
    /// The latest answer about the metric that is looked at, or about the one before while a newer is awaited.
    #[must_use]
    pub fn explored(&self) -> Option<&Arc<Explored>> {
        self.exploring.answer.latest()
    }

    /// The metrics that can be looked at; empty when nothing is open.
    #[must_use]
    pub fn metrics(&self) -> Vec<MeanMetric> {
        self.opened().map(|opened| opened.metrics()).unwrap_or_default()
    }

    /// The metric that is looked at: the one that somebody chose where the file has it.
    #[must_use]
    pub fn explored_metric(&self) -> Option<MeanMetric> {
        let metrics = self.metrics();
        let named = |metric: MeanMetric| metrics.iter().copied().find(|known| known.name() == metric.name());
        // By meetings and calls where the file has no column of meetings alone.
        let fallback = MeanMetric::Of(crate::dataset::Metric::Manager11MeetingAndCallHours);
        let chosen = self.exploring.metric.and_then(|chosen| {
            named(chosen).or_else(|| (chosen == MeanMetric::OneToOneHours).then(|| named(fallback)).flatten())
        });
        let usual = || named(metric_of(Behavior::TimeWithCustomers));
        chosen.or_else(usual).or_else(|| metrics.first().copied())
    }

    /// Whether an answer about another question is awaited.
    #[must_use]
    pub fn is_exploring(&self) -> bool {
        self.exploring.answer.is_working()
    }

    /// Looks at a metric.
    pub(super) fn explore_metric(&mut self, metric: MeanMetric) -> Option<Job> {
        self.exploring.metric = Some(metric);
        self.route = Route::Explore;
        self.explore()
    }

    /// Asks about the metric that is looked at, where the screen shows it and the answer is not there yet.
    pub(super) fn explore(&mut self) -> Option<Job> {
        if self.route != Route::Explore || self.is_reading() {
            return None;
        }
        let (opened, rules) = (Arc::clone(self.opened()?), self.rules()?);
        let asked = self.question();
        let question = ExploreQuestion {
            filter: asked.filter.clone(),
            metric: self.explored_metric()?,
            by: asked.by.first().cloned(),
            settings: asked.settings.clone(),
        };
        let is_known = |known: &&Arc<Explored>| known.question == question && known.rules == rules;
        if let Some(known) = self.exploring.answer.latest().filter(is_known).cloned() {
            self.exploring.pending = None;
            self.exploring.answer = Loadable::Ready(known);
            return None;
        }
        let asks = Some((question.clone(), rules));
        if self.exploring.pending == asks {
            return None;
        }
        self.exploring.pending = asks;
        self.exploring.ticket += 1;
        self.exploring.answer.start();
        Some(Job::Explore { opened, question: Box::new(question), rules, ticket: self.exploring.ticket })
    }

    /// Takes an answer; `None` where the program was at fault.
    pub(super) fn take_explored(&mut self, ticket: u64, answer: Option<Box<Explored>>) {
        if ticket != self.exploring.ticket {
            return;
        }
        self.exploring.pending = None;
        match answer {
            Some(answer) => self.exploring.answer = Loadable::Ready(Arc::new(*answer)),
            None => self.exploring.answer.stop(),
        }
    }

    /// What was known was about another export.
    pub(super) fn forget_explored(&mut self) {
        self.exploring.ticket += 1;
        self.exploring.pending = None;
        self.exploring.answer = Loadable::Absent;
    }
}

/// The answer to a question.
#[must_use]
pub fn explore(opened: &Opened, question: &ExploreQuestion, rules: Rules) -> Explored {
    Explored { question: question.clone(), rules, found: opened.explore(question, rules) }
}
