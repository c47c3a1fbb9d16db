//! A dataset behind the door: what may be asked of it is decided once, and not again at every question.

use std::sync::{Arc, Mutex, OnceLock};

use hashbrown::HashMap;

use super::gate::{Asked, Gate};
use super::moves::Moves;
use super::tables::Tables;
use super::{MeanMetric, Rules, ShownAttribute, crowd::Crowd, crowd::Units};
use crate::dataset::{Dataset, Filter};
use crate::insights::{Panel, Population, explore};

/// A gate, once somebody has asked for it.
type Decision = Arc<OnceLock<Arc<Gate>>>;

/// What may be seen of the people whom a metric measures; `None` where these are all.
type Measured = Arc<Option<Tables>>;

/// A panel with the decisions about what may be asked of it. They hang on nothing but the dataset, the switches
/// and the minimum group size, so that keeping them changes no answer.
#[derive(Debug)]
pub struct Guarded {
    panel: Panel,
    gates: Mutex<HashMap<(Filter, Rules), Decision>>,
    measured: Mutex<HashMap<(Filter, Rules, &'static str), Measured>>,
    shown: Mutex<HashMap<Rules, Arc<Vec<ShownAttribute>>>>,
}

impl Guarded {
    /// Nothing is decided before somebody asks.
    #[must_use]
    pub fn new(panel: Panel) -> Self {
        Self { panel, gates: Mutex::default(), measured: Mutex::default(), shown: Mutex::default() }
    }

    /// The panel.
    #[must_use]
    pub fn panel(&self) -> &Panel {
        &self.panel
    }

    /// The dataset.
    #[must_use]
    pub fn dataset(&self) -> &Dataset {
        self.panel.dataset()
    }

    /// What may be asked while the switches are as in a filter.
    pub(super) fn gate(&self, filter: &Filter, rules: Rules) -> Arc<Gate> {
        let key = (Gate::key(filter), rules);
        let Ok(mut gates) = self.gates.lock() else { return Arc::new(Gate::new(&self.panel, filter, rules, None)) };
        // Of weeks summed from days, those without inactive days are another dataset.
        let is_standard = key.0 == Filter::default() || self.dataset().added_days().is_some();
        let gate = Arc::clone(gates.entry(key).or_default());
        drop(gates);
        let decide = || {
            let without = (!is_standard).then(|| self.gate(&Filter::default(), rules));
            Arc::new(Gate::new(&self.panel, filter, rules, without.as_deref()))
        };
        // Whoever else asks for it meanwhile waits for this answer rather than deciding it again.
        Arc::clone(gate.get_or_init(decide))
    }

    /// Decides beforehand what the next questions will need: groups of one attribute, and of two, in all weeks and in some.
    /// Changes no answer; the first one after a step of the filter comes sooner. On one thread, so that the others are free
    /// for whoever waits for something; `is_enough` is asked now and then.
    pub fn prepare(&self, rules: Rules, is_enough: impl Fn() -> bool) {
        let gate = self.gate(&Filter::default(), rules);
        gate.prepare(1, &is_enough);
        for metric in MeanMetric::ALL.into_iter().take_while(|_| !is_enough()) {
            if let Some(tables) = self.measured(&Filter::default(), metric, rules).as_ref() {
                tables.prepare(1, &is_enough);
            }
        }
        gate.prepare(2, &is_enough);
    }

    /// The values that may be named, decided once.
    pub(super) fn shown(&self, rules: Rules, decide: impl FnOnce() -> Vec<ShownAttribute>) -> Arc<Vec<ShownAttribute>> {
        if let Some(known) = self.shown.lock().ok().and_then(|known| known.get(&rules).map(Arc::clone)) {
            return known;
        }
        let decided = Arc::new(decide());
        if let Ok(mut known) = self.shown.lock() {
            known.insert(rules, Arc::clone(&decided));
        }
        decided
    }

    /// What may be seen of the people whom a metric measures while the switches are as in a filter; `None` where these are
    /// all.
    pub(super) fn measured(&self, filter: &Filter, metric: MeanMetric, rules: Rules) -> Measured {
        let key = (Gate::key(filter), rules, metric.name());
        if let Some(known) = self.measured.lock().ok().and_then(|known| known.get(&key).cloned()) {
            return known;
        }
        let decided = Arc::new(self.decide_measured(&key.0, metric, rules));
        if let Ok(mut known) = self.measured.lock() {
            known.insert(key, Arc::clone(&decided));
        }
        decided
    }

    /// Whether every cell of a question is shown among the people whom a metric measures while the switches are as in a
    /// filter.
    pub(super) fn shows_metric(&self, filter: &Filter, metric: MeanMetric, asked: &Asked, rules: Rules) -> bool {
        let tables = self.measured(filter, metric, rules);
        tables.as_ref().as_ref().is_none_or(|tables| self.gate(filter, rules).shows_all(tables, asked))
    }

    fn decide_measured(&self, switches: &Filter, metric: MeanMetric, rules: Rules) -> Option<Tables> {
        let dataset = self.dataset();
        let everyone = Population::new(&self.panel, dataset.select_all(switches));
        let measured: Vec<u32> = explore::measure(&everyone, metric, &[]).ok()?.all.person_codes().collect();
        let reads = explore::rows_with(&self.panel, metric);
        if measured.len() == everyone.people() && reads.is_none() {
            return None;
        }
        let units = match explore::is_by_week(metric) {
            true => Units::periods(dataset),
            false => Units::months(everyone.months()),
        };
        let is_measured = |person: u32| measured.binary_search(&person).is_ok();
        let people = everyone.selection().persons_rows().filter(|rows| is_measured(rows.person()));
        let crowd = match reads {
            Some(reads) => Crowd::of_rows(dataset, units, people, reads),
            None => Crowd::of_people(dataset, units, people),
        };
        Some(Tables::of_measured(crowd, Moves::default(), rules))
    }
}
