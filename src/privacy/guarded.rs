//! A dataset behind the door: what may be asked of it is decided once, and not again at every question.

use std::sync::{Arc, Mutex, OnceLock};

use hashbrown::HashMap;

use super::Rules;
use super::gate::Gate;
use crate::dataset::{Dataset, Filter};
use crate::insights::Panel;

/// A gate, once somebody has asked for it.
type Decision = Arc<OnceLock<Arc<Gate>>>;

/// A panel with the decisions about what may be asked of it. They hang on nothing but the dataset, the switches
/// and the minimum group size, so that keeping them changes no answer.
#[derive(Debug)]
pub struct Guarded {
    panel: Panel,
    gates: Mutex<HashMap<(Filter, Rules), Decision>>,
}

impl Guarded {
    /// Nothing is decided before somebody asks.
    #[must_use]
    pub fn new(panel: Panel) -> Self {
        Self { panel, gates: Mutex::default() }
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
        /// Who is of low activity depends on the range of weeks: there can be many.
        const MOST: usize = 24;
        let key = (Gate::key(filter), rules);
        let Ok(mut gates) = self.gates.lock() else { return Arc::new(Gate::new(&self.panel, filter, rules)) };
        if gates.len() >= MOST && !gates.contains_key(&key) {
            gates.clear();
        }
        let gate = Arc::clone(gates.entry(key).or_default());
        drop(gates);
        // Whoever else asks for it meanwhile waits for this answer rather than deciding it again.
        Arc::clone(gate.get_or_init(|| Arc::new(Gate::new(&self.panel, filter, rules))))
    }
}
