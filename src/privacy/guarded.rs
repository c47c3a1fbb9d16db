//! A dataset behind the door: what may be asked of it is decided once, and not again at every question.

use std::sync::{Arc, Mutex};

use hashbrown::HashMap;

use super::Rules;
use super::gate::Gate;
use crate::dataset::{Dataset, Filter};
use crate::insights::Panel;

/// A panel with the decisions about what may be asked of it. They hang on nothing but the dataset, the switches
/// and the minimum group size, so that keeping them changes no answer.
#[derive(Debug)]
pub struct Guarded {
    panel: Panel,
    gates: Mutex<HashMap<(Filter, Rules), Arc<Gate>>>,
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
        if let Some(gate) = self.gates.lock().ok().and_then(|gates| gates.get(&key).map(Arc::clone)) {
            return gate;
        }
        let gate = Arc::new(Gate::new(&self.panel, filter, rules));
        if let Ok(mut gates) = self.gates.lock() {
            if gates.len() >= MOST {
                gates.clear();
            }
            gates.insert(key, Arc::clone(&gate));
        }
        gate
    }
}
