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
use super::together::{DepthUnits, HiddenUnits, Together};
use crate::insights::edges_of;
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
    decided_by_unit: Mutex<Vec<Arc<DepthUnits>>>,
    /// For each unit the decisions about its people alone.
    alone: OnceLock<Vec<Tables>>,
    edges: OnceLock<Vec<usize>>,
}

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
            edges: OnceLock::new(),
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

    /// The edge weeks of all weeks.
    pub(super) fn edges(&self) -> &[usize] {
        self.edges.get_or_init(|| {
            if !self.units().are_weeks() {
                return Vec::new();
            }
            let people = self.beside.as_ref().unwrap_or(&self.crowd).people_by_unit(|_| true);
            let weeks: Vec<usize> = (0..people.len()).filter(|&week| people[week] > 0).collect();
            edges_of(&weeks, |week| people[week])
        })
    }

    /// Whether others decide about the same people.
    pub(super) fn are_of_the_same(&self, others: &Self) -> bool {
        self.crowd == others.crowd && self.beside == others.beside && self.moves == others.moves
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
        Arc::clone(&self.depths(attributes.len(), &[])[attributes.len()][attributes])
    }

    /// The tables of no attribute, of one, and so on, up to so many; `of_all_units` are those of the crowd that this one is
    /// a unit of.
    fn depths(&self, most: usize, of_all_units: &[Arc<Depth>]) -> Vec<Arc<Depth>> {
        // Whoever else asks meanwhile waits for the same decision.
        let mut decided = self.decided.lock().unwrap_or_else(PoisonError::into_inner);
        while decided.len() <= most {
            let next = Deciding {
                crowd: &self.crowd,
                beside: self.beside.as_ref(),
                moves: &self.moves,
                rules: self.rules,
                above: &decided,
                of_all_units: of_all_units.get(decided.len()).map(AsRef::as_ref),
            };
            let next = Arc::new(next.tables());
            decided.push(next);
        }
        decided.clone()
    }

    /// The units of each cell that are not shown by themselves, because few people were there, or because they hide
    /// others. A cell that is not shown at all has no unit that is.
    pub(super) fn hidden_units(&self, attributes: &[usize]) -> Arc<HiddenUnits> {
        Arc::clone(&self.units_of_depth(attributes.len())[attributes])
    }

    fn units_of_depth(&self, depth: usize) -> Arc<DepthUnits> {
        // Whoever else asks meanwhile waits for the same decision.
        let mut decided = self.decided_by_unit.lock().unwrap_or_else(PoisonError::into_inner);
        while decided.len() <= depth {
            let next = Arc::new(self.decide_by_unit(&decided));
            decided.push(next);
        }
        Arc::clone(&decided[depth])
    }

    /// Decides about the cells of so many attributes in each unit, one after the other on this thread, until it is enough.
    pub(super) fn prepare(&self, attributes: usize, is_enough: impl Fn() -> bool) {
        let of_all = self.depths(attributes, &[]);
        for unit in self.unit_tables().iter().take_while(|_| !is_enough()) {
            unit.depths(attributes, &of_all);
        }
        if !is_enough() {
            self.units_of_depth(attributes);
        }
    }

    /// The decisions about each unit as if the file had no other.
    fn unit_tables(&self) -> &[Tables] {
        self.alone.get_or_init(|| {
            let units = 0..self.units().count();
            units.map(|unit| Self::new(self.crowd.in_unit(unit), self.rules)).collect()
        })
    }

    fn decide_by_unit(&self, above: &[Arc<DepthUnits>]) -> DepthUnits {
        let whole = self.depths(above.len(), &[]);
        let units: Vec<&Self> = self.unit_tables().iter().collect();
        let alone = each(cores(), units, |unit| unit.depths(above.len(), &whole));
        let together = Together {
            crowds: self.unit_tables().iter().map(|unit| &unit.crowd).collect(),
            whole: &whole,
            alone: &alone,
            above,
            are_moved: self.beside.is_some(),
            are_blurred: !self.moves.is_empty(),
            edges: self.edges(),
            rules: self.rules,
        };
        together.decide()
    }
}

/// All but the one at a place.
pub(super) fn without<T: Copy>(all: &[T], place: usize) -> Vec<T> {
    all.iter().enumerate().filter(|(index, _)| *index != place).map(|(_, one)| *one).collect()
}
