//! The data check of an opened export: its findings as they may be seen, one verdict an insight, and, beside the window,
//! what each switch would do to the shares.

use std::sync::Arc;

use chrono::NaiveDate;

use super::{InsightColumns, Job, Loadable, Opened, Results, Workbench, columns_of};
use crate::dataset::{Dataset, Filter};
use crate::import::ImportReport;
use crate::privacy::{
    Check, Effect, Findings, Hidden, InsightId, Question, Rules, Settings, ShownAttribute, publish_check,
};
use crate::quality::{self, Finding, Judgement, Severity, Verdict};
use crate::text::Sentence;
use crate::work::Cancel;

/// What the data check noticed in a file.
#[derive(Debug)]
pub(super) struct Noticed {
    findings: Vec<Finding>,
    /// Distinct people of the whole file.
    people: usize,
}

impl Noticed {
    /// Looks at a file.
    pub(super) fn of(
        report: &ImportReport,
        dataset: &Dataset,
        include_inactive: bool,
        cut_weeks: &[NaiveDate],
    ) -> Self {
        let everyone = dataset.select_all(&Filter { include_inactive, ..Filter::default() });
        let findings = quality::findings(report, dataset, include_inactive, cut_weeks);
        Self { findings, people: everyone.people() }
    }
}

/// The data check as it may be seen.
#[derive(Debug)]
pub(super) struct Checked {
    pub(super) checks: Vec<Check>,
    pub(super) verdicts: Vec<Judgement>,
}

impl Checked {
    /// The insights whose numbers are there and not to be shown.
    pub(super) fn held_back(&self, settings: &Settings) -> Vec<InsightId> {
        let not_fit = self.verdicts.iter().filter(|judgement| judgement.has_number && is_not_fit(judgement));
        not_fit.map(|judgement| judgement.insight).filter(|id| !settings.show_anyway.contains(id)).collect()
    }
}

fn is_not_fit(judgement: &Judgement) -> bool {
    judgement.verdict == Verdict::NotFit
}

/// Publishes what was noticed and judges every insight by it.
pub(super) fn check(
    opened: &Opened,
    filter: &Filter,
    rules: Rules,
    answer: &Result<impl std::ops::Deref<Target = Findings>, Hidden>,
    noticed: &Noticed,
    attributes: &[ShownAttribute],
) -> Checked {
    let is_enough = noticed.people >= rules.minimum_group_size();
    let mut findings: Vec<Finding> =
        noticed.findings.iter().filter(|finding| is_enough || !finding.is_of_values).cloned().collect();
    let edges = answer.as_ref().map(|findings| findings.population.edge_periods.as_slice()).unwrap_or_default();
    findings.extend(quality::edge_weeks(edges));
    let hidden: Vec<usize> = attributes.iter().filter_map(|shown| Some(shown.hidden?.groups)).collect();
    findings.extend(quality::small_groups(hidden.iter().sum(), hidden.len(), rules.minimum_group_size()));
    for finding in &mut findings {
        // What is left out stains nothing any more; it stays to be put back.
        if finding.leave_out.as_ref().is_some_and(|found| found.is_on(filter)) {
            finding.severity = Severity::Note;
        }
    }
    quality::sort(&mut findings);
    let checks: Vec<Check> = findings.iter().map(|finding| publish_check(finding.clone(), attributes, rules)).collect();
    // A verdict gives its reason in the words that may be seen.
    findings.iter_mut().zip(&checks).for_each(|(finding, check)| finding.text = check.text.clone());
    let verdicts = match answer {
        Ok(answer) => {
            let judge = |insight: &crate::privacy::PublicInsight| {
                let outcome = insight.outcome.as_ref().map(|outcome| outcome.badges.as_slice());
                let columns = match columns_of(insight.id, &opened.dataset) {
                    InsightColumns::Used(columns) => columns,
                    InsightColumns::Missing(_) => &[],
                };
                quality::verdict(insight.id, columns, outcome, &findings, &opened.report)
            };
            answer.insights.iter().map(judge).collect()
        }
        Err(hidden) => {
            let reason = hidden.sentence(rules);
            let not_fit =
                |insight| Judgement { insight, verdict: Verdict::NotFit, reason: reason.clone(), has_number: false };
            InsightId::ALL.into_iter().map(not_fit).collect()
        }
    };
    Checked { checks, verdicts }
}

/// What the shares would be with the switch of each finding the other way, in the order of the findings. Each is a
/// question of its own, and passes the rules like any other.
#[must_use]
pub fn effects(opened: &Opened, results: &Results) -> Vec<Effect> {
    results.checks.iter().map(|check| effect(opened, results, check)).collect()
}

/// The same as work beside the window; `None` where nobody waits for it any more.
pub(super) fn effects_beside(opened: &Opened, results: &Results, cancel: &Cancel) -> Option<Vec<Effect>> {
    let go_on = |check| (!cancel.is_cancelled()).then(|| effect(opened, results, check));
    results.checks.iter().map(go_on).collect()
}

fn effect(opened: &Opened, results: &Results, check: &Check) -> Effect {
    let Question { filter, settings, .. } = &results.question;
    let (Some(leave_out), Effect::NotAsked) = (&check.leave_out, &check.effect) else {
        return check.effect.clone();
    };
    let Ok(now) = &results.findings else { return Effect::NoSwitch };
    let filter = leave_out.set(filter, !leave_out.is_on(filter));
    let question = Question { filter, by: Vec::new(), settings: settings.clone() };
    match opened.shares(&question, results.rules) {
        Err(hidden) => Effect::Hidden(hidden.sentence(results.rules)),
        Ok(other) => {
            let share = |id: InsightId| Some((id, other.insight(id)?.outcome.as_ref().ok()?.share.get()));
            // Of what is held back nothing is told here either.
            let told = now.insights.iter().filter(|insight| insight.outcome.is_ok());
            Effect::Told(told.filter_map(|insight| share(insight.id)).collect())
        }
    }
}

impl Results {
    /// Takes over what the same switches would do from an answer to the same filter.
    pub(super) fn take_effects(&mut self, known: &[Check]) {
        for check in &mut self.checks {
            let same = known.iter().find(|known| known.code == check.code && known.leave_out == check.leave_out);
            if let (Effect::NotAsked, Some(known)) = (&check.effect, same) {
                check.effect = known.effect.clone();
            }
        }
    }

    /// The same with what each switch would do.
    #[must_use]
    pub fn with_effects(mut self, effects: Vec<Effect>) -> Self {
        self.checks.iter_mut().zip(effects).for_each(|(check, effect)| check.effect = effect);
        self
    }

    /// Whether what a switch would do is still to be asked.
    fn lacks_effects(&self) -> bool {
        self.checks.iter().any(|check| check.effect == Effect::NotAsked)
    }

    /// Why an insight is not fit, whose number is there and held back until somebody asks to see it anyway.
    #[must_use]
    pub fn held_back(&self, id: InsightId) -> Option<&Sentence> {
        self.not_fit(id).filter(|_| !self.question.settings.show_anyway.contains(&id))
    }

    /// Why an insight is not fit, whose number somebody asked to see anyway: it stands wherever the number does.
    #[must_use]
    pub fn shown_despite(&self, id: InsightId) -> Option<&Sentence> {
        self.not_fit(id).filter(|_| self.question.settings.show_anyway.contains(&id))
    }

    fn not_fit(&self, id: InsightId) -> Option<&Sentence> {
        let judgement = self.verdict(id).filter(|judgement| judgement.has_number && is_not_fit(judgement))?;
        Some(&judgement.reason)
    }
}

/// What the workbench knows about the switches of the data check.
#[derive(Debug, Default)]
pub(super) struct Checking {
    /// What is being asked about.
    asked: Option<Arc<Results>>,
    ticket: u64,
}

impl Workbench {
    /// Whether it is being worked out what the switches of the data check would do.
    #[must_use]
    pub fn is_checking(&self) -> bool {
        self.results().is_some_and(|results| results.lacks_effects())
    }

    /// What is to be asked about the switches of the data check, once the answer itself is there.
    pub fn due_effects(&mut self) -> Option<Job> {
        let opened = Arc::clone(self.opened()?);
        let Loadable::Ready(results) = &self.results else { return None };
        let is_asked = self.checking.asked.as_ref().is_some_and(|asked| Arc::ptr_eq(asked, results));
        if is_asked || !results.lacks_effects() {
            return None;
        }
        let results = Arc::clone(results);
        self.checking.ticket += 1;
        self.checking.asked = Some(Arc::clone(&results));
        Some(Job::CheckEffects { opened, results, ticket: self.checking.ticket })
    }

    /// Nobody waits any more for what the switches would do: another question is asked.
    pub(super) fn stop_checking(&mut self) {
        self.checking.asked = None;
    }

    /// Puts what the switches would do beside their findings; `None` where that failed by a fault of the program.
    pub(super) fn effects_found(&mut self, ticket: u64, effects: Option<Vec<Effect>>) {
        let Some(of) = self.checking.asked.take_if(|_| ticket == self.checking.ticket) else { return };
        let effects = effects.unwrap_or_else(|| {
            let failed = Effect::Hidden("What this would change could not be worked out.".into());
            of.checks
                .iter()
                .map(|check| if check.effect == Effect::NotAsked { failed.clone() } else { check.effect.clone() })
                .collect()
        });
        let with = Arc::new(Results::clone(&of).with_effects(effects));
        let kept = self.answers.iter_mut().chain(self.results.latest_mut());
        for known in kept.filter(|known| Arc::ptr_eq(known, &of)) {
            *known = Arc::clone(&with);
        }
    }
}
