//! Which weeks or months of a cell are hidden, and whether a range may hold them.
//!
//! In each unit the people are a file of their own, and what is shown of it is safe there. A range that holds hidden units
//! of a cell tells a sum over them, in which each weighs by how many people were there. Several such sums, taken together
//! with what is shown of everyone in each unit, can take each other away but for the one unit in which few people of a cell
//! were there: where all others have the same people every week, exactly.
//!
//! So the cells with hidden units have one more in common, a *witness*, in which none of them is shown. A cell is told over
//! ranges with all of its hidden units where in the witness it does not follow from what is shown, even if those told so
//! before it were shown there, and where showing it too would tell of nobody. Then no sum of such sums takes all of them
//! away in the witness, and what is told over ranges tells of no few people beyond what single units do. The others are
//! told in no range with one of their hidden units.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use hashbrown::{HashMap, HashSet};

use super::Rules;
use super::crowd::{Cell, Crowd};
use super::depth::Depth;
use super::span::Span;
use super::tables::without;

/// For each set of so many attributes how the units of its cells are told.
pub(super) type DepthUnits = HashMap<Vec<usize>, Arc<HiddenUnits>>;

/// For each cell of some attributes how its units are told.
pub(super) type HiddenUnits = HashMap<Cell, UnitsOfCell>;

/// How the units of a cell are told.
#[derive(Clone, Debug)]
pub(super) struct UnitsOfCell {
    /// For each unit whether it is not shown by itself.
    pub(super) hidden: Vec<bool>,
    /// Whether a range with all that are hidden is told; else none is with one of them.
    pub(super) are_told_together: bool,
}

/// What decides about the cells of so many attributes.
pub(super) struct Together<'a> {
    /// The people of each unit.
    pub(super) crowds: Vec<&'a Crowd>,
    /// The tables of all units together, of no attribute, of one, and so on.
    pub(super) whole: &'a [Arc<Depth>],
    /// The same for each unit alone.
    pub(super) alone: &'a [Vec<Arc<Depth>>],
    /// What was decided about fewer attributes.
    pub(super) above: &'a [Arc<DepthUnits>],
    /// Whether these are people whom a switch moves: of all others everyone is shown in every unit.
    pub(super) are_moved: bool,
    /// Whether people are measured in several groups of a unit, so that nothing told of it adds up exactly.
    pub(super) are_blurred: bool,
    /// Units that are not told together with others.
    pub(super) edges: &'a [usize],
    pub(super) rules: Rules,
}

/// A cell by its attributes.
type Named<'a> = (&'a [usize], &'a Cell);

/// A cell that may be told over ranges with its hidden units.
struct Candidate {
    set: Vec<usize>,
    cell: Cell,
    /// Whether its witness is hidden for another reason.
    is_hidden_anyway: bool,
}

impl Together<'_> {
    /// Decides about the cells of one attribute more than those above.
    pub(super) fn decide(&self) -> DepthUnits {
        let depth = self.above.len();
        let mut all: BTreeMap<Vec<usize>, HiddenUnits> =
            self.whole[depth].keys().map(|set| (set.clone(), self.units_of(set))).collect();
        let cells = self.cells_to_tell(&all);
        // The unit with most people first, and for cells with few people in it the next one.
        let mut order: Vec<usize> = self.inner_units().collect();
        order.sort_by_key(|&unit| (Reverse(self.crowds[unit].people()), unit));
        let mut by_witness: BTreeMap<usize, Vec<Candidate>> = BTreeMap::new();
        for (set, cell) in cells {
            let is_enough = |unit: &&usize| self.people(**unit, (&set, &cell)) >= self.rules.minimum_group_size();
            let witness = order.iter().find(is_enough).copied();
            let units = all.get_mut(&set).and_then(|units| units.get_mut(&cell));
            let Some(units) = units else { continue };
            units.are_told_together = false;
            if let Some(witness) = witness {
                let is_hidden_anyway = std::mem::replace(&mut units.hidden[witness], true);
                by_witness.entry(witness).or_default().push(Candidate { set, cell, is_hidden_anyway });
            }
        }
        for witness in order {
            let candidates = by_witness.remove(&witness).unwrap_or_default();
            if !candidates.is_empty() {
                self.tell(witness, candidates, &mut all);
            }
        }
        all.into_iter().map(|(set, units)| (set, Arc::new(units))).collect()
    }

    /// The units of the cells of some attributes that are hidden by themselves, or with one that they are a part of.
    fn units_of(&self, set: &[usize]) -> HiddenUnits {
        let table = &self.whole[set.len()][set];
        // Of everyone every unit is shown, unless a switch moves a few people in it.
        let may_be_hidden = !set.is_empty() || self.are_moved;
        let of_cell = |cell: &Cell| {
            let alone = self.alone.iter().map(|unit| {
                may_be_hidden && (table.hidden.contains(cell) || unit[set.len()][set].hidden.contains(cell))
            });
            let mut hidden: Vec<bool> = alone.collect();
            let mut are_told_together = true;
            for place in 0..set.len() {
                let parent = self.above[set.len() - 1].get(&without(set, place));
                let parent = parent.and_then(|units| units.get(without(cell, place).as_slice()));
                let of_parent = parent.into_iter().flat_map(|units| &units.hidden);
                hidden.iter_mut().zip(of_parent).for_each(|(hidden, parent)| *hidden |= parent);
                // In a range in which a cell is not told, no part of it is.
                are_told_together &= parent.is_none_or(|units| units.are_told_together);
            }
            (cell.clone(), UnitsOfCell { hidden, are_told_together })
        };
        table.people.keys().map(of_cell).collect()
    }

    /// The cells that are shown in all units together and hidden in some, the largest first, but for those of which a cell
    /// that they are a part of is not told so.
    fn cells_to_tell(&self, all: &BTreeMap<Vec<usize>, HiddenUnits>) -> Vec<(Vec<usize>, Cell)> {
        let mut cells = Vec::new();
        for (set, units) in all {
            let table = &self.whole[set.len()][set];
            let may_be_told =
                |cell: &Cell, units: &UnitsOfCell| units.are_told_together && !table.hidden.contains(cell);
            for (cell, of_cell) in units.iter().filter(|(cell, units)| may_be_told(cell, units)) {
                let is_hidden_somewhere =
                    self.inner_units().any(|unit| of_cell.hidden[unit] && self.people(unit, (set, cell)) > 0);
                if is_hidden_somewhere {
                    cells.push((Reverse(table.people[cell]), set.clone(), cell.clone()));
                }
            }
        }
        cells.sort_unstable();
        cells.into_iter().map(|(_, set, cell)| (set, cell)).collect()
    }

    /// Of cells that share a witness, tells as many together as can be.
    fn tell(&self, witness: usize, candidates: Vec<Candidate>, all: &mut BTreeMap<Vec<usize>, HiddenUnits>) {
        /// About as many multiplications take a second.
        const MOST: usize = 1_000_000_000;
        let crowd = self.crowds[witness];
        let cells: usize =
            self.alone[witness].iter().flat_map(|tables| tables.values()).map(|table| table.people.len()).sum();
        if cells.saturating_mul(crowd.kinds()) > MOST {
            return;
        }
        let [shown, told] = self.known(witness, all);
        if (shown.len() + told.len() + candidates.len()).pow(2).saturating_mul(crowd.kinds()) > MOST {
            return;
        }
        let mut span = Span::new(crowd.kinds());
        span.show(shown.iter().map(Vec::as_slice));
        let kinds = candidates.iter().map(|one| crowd.kinds_in(&one.set, &one.cell));
        let kinds: Vec<Vec<u32>> = kinds.collect();
        let follow: Vec<bool> = kinds.iter().map(|kinds| span.tells(kinds)).collect();
        span.show(told.iter().map(Vec::as_slice));
        self.guard_few(crowd, &mut span);
        for ((Candidate { set, cell, is_hidden_anyway }, kinds), follows) in
            candidates.into_iter().zip(kinds).zip(follow)
        {
            let Some(units) = all.get_mut(&set).and_then(|units| units.get_mut(&cell)) else { continue };
            units.are_told_together =
                self.are_blurred || (!span.tells(&kinds) && span.show(std::iter::once(kinds.as_slice())));
            // What everybody can work out may as well be shown.
            units.hidden[witness] = is_hidden_anyway || !follows;
        }
    }

    /// What is known of a unit: the cells that are shown in it, and those of which it is told together with others.
    fn known(&self, unit: usize, all: &BTreeMap<Vec<usize>, HiddenUnits>) -> [Vec<Vec<u32>>; 2] {
        let (mut shown, mut told) = (Vec::new(), Vec::new());
        for (depth, tables) in self.alone[unit].iter().enumerate() {
            let mut in_order: Vec<_> = tables.iter().collect();
            in_order.sort_unstable_by_key(|(set, _)| *set);
            for (set, table) in in_order {
                let units =
                    self.above.get(depth).map_or_else(|| all.get(set), |above| above.get(set).map(AsRef::as_ref));
                let mut cells: Vec<&Cell> = table.people.keys().collect();
                cells.sort_unstable();
                for cell in cells {
                    match units.and_then(|units| units.get(cell)) {
                        Some(units) if !units.hidden[unit] => shown.push(self.crowds[unit].kinds_in(set, cell)),
                        Some(units) if units.are_told_together && !self.whole[depth][set].hidden.contains(cell) => {
                            told.push(self.crowds[unit].kinds_in(set, cell));
                        }
                        _ => {}
                    }
                }
            }
        }
        [shown, told]
    }

    /// Nobody of the few who have a value, or two, may follow.
    fn guard_few(&self, crowd: &Crowd, span: &mut Span) {
        let everyone = crowd.everyone();
        for a in 0..crowd.attributes() {
            for b in a..crowd.attributes() {
                let is_few = |people: usize| people < self.rules.minimum_group_size();
                let cells = everyone.cells_of_two(a, b).into_iter().filter(|(_, people)| is_few(*people));
                let few: HashSet<(u16, u16)> = cells.map(|(cell, _)| cell).collect();
                crowd.kinds_by_two(a, b, |cell| few.contains(&cell)).into_values().for_each(|kinds| span.guard(kinds));
            }
        }
    }

    fn inner_units(&self) -> impl Iterator<Item = usize> {
        (0..self.crowds.len()).filter(|unit| !self.edges.contains(unit))
    }

    /// How many people of a cell are there in a unit.
    fn people(&self, unit: usize, (set, cell): Named<'_>) -> usize {
        self.alone[unit][set.len()][set].people.get(cell).copied().unwrap_or_default()
    }
}
