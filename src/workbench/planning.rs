//! Plans and what an opened export says about them: asked beside the window, kept in the project.

use std::sync::Arc;

use chrono::{NaiveDate, Weekday};

use super::{Job, Opened, Workbench};
use crate::dataset::week_start;
use crate::insights::Behavior;
use crate::privacy::{Interval, MeanMetric, PlanMeasure, PlanNumbers, PlanQuestion, PlanWindow, Published, Rules};
use crate::project::{Baseline, Difference, Id, Mean, Measurement, Moved, Plan, PlanMetric, PlanPoint};

/// What is known, and what is being asked, about plans and the export that is open.
#[derive(Debug, Default)]
pub(super) struct Planning {
    /// About the plan that somebody is making.
    draft: Option<PlanQuestion>,
    /// What is being asked.
    pending: Vec<PlanQuestion>,
    answers: Vec<PlanAnswer>,
    ticket: u64,
}

/// The answer to one question about a plan.
#[derive(Clone, Debug)]
pub struct PlanAnswer {
    /// The question.
    pub question: PlanQuestion,
    /// The rules that were in force.
    pub rules: Rules,
    /// The numbers.
    pub numbers: Published<PlanNumbers>,
}

/// What a plan that is made or kept asks of an export. `left_out` are the weeks that somebody left out.
#[must_use]
pub fn plan_question(plan: &Plan, left_out: &[NaiveDate]) -> PlanQuestion {
    let mut without = match &plan.baseline {
        // What was left out before is frozen; since the start it is what is left out now.
        Some(before) => before.without.clone(),
        None => Vec::new(),
    };
    without.extend(left_out.iter().filter(|day| plan.baseline.is_none() || **day >= plan.start));
    PlanQuestion {
        measure: measure_of(plan.metric),
        cohort: plan.cohort.attributes(),
        without,
        start: plan.start,
        weeks: plan.weeks,
        baseline: plan.baseline.as_ref().map(|before| (before.first, before.last)),
        compared_with: plan.compared_with.attributes(),
    }
}

fn measure_of(metric: PlanMetric) -> PlanMeasure {
    use crate::dataset::Metric;
    match metric {
        PlanMetric::ExternalOver8h | PlanMetric::CoachingUnder15Min | PlanMetric::FewInternalOrganizations => {
            PlanMeasure::Headline(metric.behavior())
        }
        PlanMetric::ExternalHours => PlanMeasure::Mean(MeanMetric::Of(Metric::ExternalHours)),
        PlanMetric::OneToOneHours => PlanMeasure::Mean(MeanMetric::OneToOneHours),
        PlanMetric::InternalOrganizations => PlanMeasure::Mean(MeanMetric::Of(Metric::InternalOrganizations)),
    }
}

impl Workbench {
    /// What is known about a plan that somebody is making; `None` while it is not.
    #[must_use]
    pub fn plan_numbers(&self, question: &PlanQuestion) -> Option<&Published<PlanNumbers>> {
        let rules = self.rules()?;
        let known = self.planning.answers.iter().find(|known| known.rules == rules && known.question == *question);
        known.map(|known| &known.numbers)
    }

    /// Whether that is being asked already.
    #[must_use]
    pub fn is_asking(&self, question: &PlanQuestion) -> bool {
        self.planning.draft.as_ref() == Some(question)
    }

    /// The metric and the question of the plan that somebody is making.
    pub(super) fn plan_draft(&self) -> Option<(PlanMetric, PlanQuestion)> {
        let question = self.planning.draft.clone()?;
        let metric = PlanMetric::ALL.into_iter().find(|metric| measure_of(*metric) == question.measure)?;
        Some((metric, question))
    }

    /// What a plan asks of the export that is open.
    #[must_use]
    pub fn plan_question(&self, plan: &Plan) -> PlanQuestion {
        plan_question(plan, &self.question().filter.without)
    }

    /// The first day of the week of a day, as the weeks of the open export begin; Sunday without one.
    #[must_use]
    pub fn week_of(&self, day: NaiveDate) -> NaiveDate {
        let begins = self.opened().and_then(|opened| opened.dataset.calendar().week_starts_on());
        week_start(day, begins.unwrap_or(Weekday::Sun))
    }

    /// The baseline of a plan that is being made, to be frozen in it; `None` while it is not known, or cannot be told.
    #[must_use]
    pub fn baseline_of(&self, plan: &Plan) -> Option<Baseline> {
        let opened = self.opened()?;
        let question = self.plan_question(plan);
        let numbers = self.plan_numbers(&question)?;
        let before = numbers.before.as_ref().ok()?;
        Some(Baseline {
            first: before.first,
            last: before.last,
            without: question.without.into_iter().filter(|day| (before.first..=before.last).contains(day)).collect(),
            mean: mean_of(before),
            company: numbers.company,
            reliability: numbers.reliability,
            export: opened.name.clone(),
            on: opened.options.today.unwrap_or_default(),
            era: opened.dataset.era().name().to_owned(),
            is_sample: opened.is_sample(),
        })
    }

    /// Asks about a plan that somebody is making.
    pub(super) fn ask_plan(&mut self, question: PlanQuestion) -> Option<Job> {
        self.planning.draft = Some(question);
        self.measure_plans()
    }

    /// Asks what is not known yet about the plans and the export that is open, and keeps what is.
    pub(super) fn measure_plans(&mut self) -> Option<Job> {
        if self.is_reading() {
            return None;
        }
        let (opened, rules) = (Arc::clone(self.opened()?), self.rules()?);
        let kept = self.project().plans.iter().filter(|plan| plan.baseline.is_some());
        let mut questions: Vec<PlanQuestion> = kept.map(|plan| self.plan_question(plan)).collect();
        questions.extend(self.planning.draft.clone());
        self.planning.answers.retain(|known| known.rules == rules && questions.contains(&known.question));
        self.keep_measurements();
        questions.retain(|question| self.plan_numbers(question).is_none());
        if questions.is_empty() || questions == self.planning.pending {
            return None;
        }
        self.planning.ticket += 1;
        self.planning.pending.clone_from(&questions);
        Some(Job::MeasurePlans { opened, questions, rules, ticket: self.planning.ticket })
    }

    /// Takes the answers about plans.
    pub(super) fn plans_measured(&mut self, ticket: u64, answers: Vec<PlanAnswer>) {
        if ticket == self.planning.ticket {
            self.planning.pending.clear();
            self.planning.answers.extend(answers);
            self.keep_measurements();
        }
    }

    /// What was known was about another export.
    pub(super) fn forget_plan_answers(&mut self) {
        self.planning.ticket += 1;
        self.planning.pending.clear();
        self.planning.answers.clear();
    }

    /// Writes into each plan what the export says, where that reaches as far as what is written there.
    fn keep_measurements(&mut self) {
        let Some(opened) = self.opened().cloned() else { return };
        let news = self.project().plans.iter().filter_map(|plan| {
            let numbers = self.plan_numbers(&self.plan_question(plan))?;
            let measured = measurement(numbers, &opened)?;
            let era = opened.dataset.era().name();
            let is_accepted = plan.accepts(&measured, era, opened.is_sample());
            (is_accepted && plan.measured.as_ref() != Some(&measured)).then_some((plan.id, measured))
        });
        let news: Vec<(Id, Measurement)> = news.collect();
        if !news.is_empty() {
            let project = Arc::make_mut(&mut self.setup.project);
            news.into_iter().for_each(|(id, measured)| project.note_measured(id, measured));
        }
    }
}

fn mean_of(window: &PlanWindow) -> Mean {
    Mean {
        value: window.value,
        low: window.interval.low,
        high: window.interval.high,
        people: window.people,
        weeks: window.periods,
    }
}

fn difference((value, Interval { low, high }): (f64, Interval)) -> Difference {
    Difference { value, low, high }
}

/// As it is kept; `None` where the export has nothing since the start that may be seen.
fn measurement(numbers: &PlanNumbers, opened: &Opened) -> Option<Measurement> {
    let since = numbers.since.as_ref().ok()?;
    let before = numbers.before.as_ref().map(|before| before.points.as_slice()).unwrap_or_default();
    // A month that the start cuts is told as before and as since: the later part counts.
    let starts = since.points.first().map_or(since.first, |point| point.period);
    let earlier = before.iter().filter(|point| point.period < starts);
    let point = |point: &crate::privacy::PlanPoint| PlanPoint {
        period: point.period,
        value: point.value,
        people: point.people,
    };
    Some(Measurement {
        export: opened.name.clone(),
        on: opened.options.today.unwrap_or_default(),
        last: since.last,
        mean: mean_of(since),
        change: numbers.change.map(difference),
        moved: numbers.moved.map(|(joiners, leavers)| Moved { joiners, leavers }),
        compared: numbers.compared.map(difference),
        points: earlier.chain(&since.points).map(point).collect(),
    })
}

/// The answers to questions about plans.
pub(super) fn measure_all(opened: &Opened, questions: &[PlanQuestion], rules: Rules) -> Vec<PlanAnswer> {
    let answer = |question: &PlanQuestion| PlanAnswer {
        question: question.clone(),
        rules,
        numbers: opened.plan(question, rules),
    };
    questions.iter().map(answer).collect()
}

/// The practices and steps that a plan begins with: those of the first change strategy of its behavior.
#[must_use]
pub fn first_tasks(behavior: Behavior) -> Vec<String> {
    let strategy = crate::guidance::article(behavior).change_strategies.first();
    strategy.map(|strategy| strategy.steps.clone()).unwrap_or_default()
}
