//! Which populations may be seen: decided for a whole crowd at once, so that no answer depends on another.
//!
//! A *cell* is the people who have one value each of some attributes; with no attribute it is everyone. A cell
//! is shown when it has enough people, when every cell that it is a part of is shown, and when it does not give
//! others away: see [`super::depth`].

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use hashbrown::{HashMap, HashSet};

use super::Rules;
use super::crowd::{Cell, Crowd, Units};
use super::depth::{Deciding, Depth};
use super::moves::{Moves, Parted};
use super::time::Hiding;
use crate::work::{cores, each};

/// Decisions about the cells of one crowd.
#[derive(Debug)]
pub(super) struct Tables {
    crowd: Crowd,
    /// What the crowd was added to, or taken from: a cell of few people on either side is small.
    beside: Option<Crowd>,
    /// Who moved within a month, for a monthly insight.
    moves: Moves,
    rules: Rules,
    /// The tables of no attribute, of one, and so on, as far as they were asked for.
    decided: Mutex<Vec<Arc<Depth>>>,
    decided_by_unit: Mutex<HashMap<Vec<usize>, Arc<HiddenUnits>>>,
    /// For each unit the decisions about its people alone.
    alone: OnceLock<Vec<Tables>>,
}

/// For each cell of some attributes the units that are not shown by themselves.
pub(super) type HiddenUnits = HashMap<Cell, Vec<bool>>;

/// The cells of some attributes in which there is anybody.
#[derive(Debug)]
pub(super) struct Table {
    /// Distinct people.
    pub(super) people: HashMap<Cell, usize>,
    /// The numbers of people that decide: of people whom a switch moves, those of the side with fewer.
    pub(super) sizes: HashMap<Cell, usize>,
    /// The cells that are not shown.
    pub(super) hidden: HashSet<Cell>,
    /// Each attribute with cells of the others across which a few people moved within a month.
    pub(super) parted: Parted,
}

impl Tables {
    /// Decides about a crowd.
    pub(super) fn new(crowd: Crowd, rules: Rules) -> Self {
        Self {
            crowd,
            beside: None,
            moves: Moves::default(),
            rules,
            decided: Mutex::default(),
            decided_by_unit: Mutex::default(),
            alone: OnceLock::new(),
        }
    }

    /// Decides about people whom a switch moves, out of or into the people of `beside`.
    pub(super) fn of_moved(crowd: Crowd, beside: Crowd, rules: Rules) -> Self {
        Self { beside: Some(beside), ..Self::new(crowd, rules) }
    }

    /// Decides about the people whom an insight or a metric measures.
    pub(super) fn of_measured(crowd: Crowd, moves: Moves, rules: Rules) -> Self {
        Self { moves, ..Self::new(crowd, rules) }
    }

    /// What can be told by itself: periods, or months.
    pub(super) fn units(&self) -> &Units {
        self.crowd.units()
    }

    /// Who moved within a month.
    pub(super) fn moves(&self) -> &Moves {
        &self.moves
    }

    /// The rules that decide.
    pub(super) fn rules(&self) -> Rules {
        self.rules
    }

    /// What is shown and hidden of the cells of some attributes, by ascending place of attribute.
    pub(super) fn table(&self, attributes: &[usize]) -> Arc<Table> {
        // Whoever else asks meanwhile waits for the same decision.
        let mut decided = self.decided.lock().unwrap_or_else(PoisonError::into_inner);
        while decided.len() <= attributes.len() {
            let (crowd, beside) = (&self.crowd, self.beside.as_ref());
            let next = Deciding { crowd, beside, moves: &self.moves, rules: self.rules, above: &decided }.tables();
            decided.push(Arc::new(next));
        }
        Arc::clone(&decided[attributes.len()][attributes])
    }

    /// The units of each cell that are not shown by themselves, because few people were there, or because they
    /// hide others. A cell that is not shown at all has no unit that is.
    pub(super) fn hidden_units(&self, attributes: &[usize]) -> Arc<HiddenUnits> {
        decided_once(&self.decided_by_unit, attributes, || self.decide_by_unit(attributes))
    }

    /// Decides about the cells of some attributes in each unit, one after the other on this thread, until it is enough.
    pub(super) fn prepare(&self, attributes: &[usize], is_enough: impl Fn() -> bool) {
        for unit in self.unit_tables().iter().take_while(|_| !is_enough()) {
            unit.table(attributes);
        }
    }

    /// The decisions about each unit as if the file had no other.
    fn unit_tables(&self) -> &[Tables] {
        self.alone.get_or_init(|| {
            let units = 0..self.units().count();
            units.map(|unit| Self::new(self.crowd.in_unit(unit), self.rules)).collect()
        })
    }

    fn decide_by_unit(&self, attributes: &[usize]) -> HiddenUnits {
        let people = self.crowd.people_by_unit(attributes);
        let table = self.table(attributes);
        // Of everyone every unit is shown, unless a switch moves a few people in it.
        let may_be_hidden = !attributes.is_empty() || self.beside.is_some();
        let alone = each(cores(), self.unit_tables().iter().collect(), |unit| unit.table(attributes));
        let is_hidden = |cell: &Cell, unit: &Arc<Table>| unit.hidden.contains(cell) || table.hidden.contains(cell);
        let by_itself = |cell: &Cell| {
            let flags = alone.iter().map(|unit| may_be_hidden && is_hidden(cell, unit));
            (cell.clone(), flags.collect())
        };
        let hidden = people.keys().map(by_itself).collect();
        let parents = (0..attributes.len()).map(|place| self.hidden_units(&without(attributes, place)));
        Hiding::new(&people, attributes, &table, hidden, &parents.collect::<Vec<_>>(), self.rules).decide()
    }
}

fn decided_once<T>(
    decided: &Mutex<HashMap<Vec<usize>, Arc<T>>>,
    attributes: &[usize],
    decide: impl FnOnce() -> T,
) -> Arc<T> {
    if let Some(known) = decided.lock().ok().and_then(|decided| decided.get(attributes).map(Arc::clone)) {
        return known;
    }
    // Decided outside the lock: smaller tables are asked for meanwhile.
    let new = Arc::new(decide());
    if let Ok(mut decided) = decided.lock() {
        decided.insert(attributes.to_vec(), Arc::clone(&new));
    }
    new
}

/// All but the one at a place.
pub(super) fn without<T: Copy>(all: &[T], place: usize) -> Vec<T> {
    all.iter().enumerate().filter(|(index, _)| *index != place).map(|(_, one)| *one).collect()
}
