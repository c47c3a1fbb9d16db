//! Which weeks or months of a cell are not shown by themselves, so that neither one, nor the hidden ones together, tell of
//! a few people.

use std::collections::BTreeMap;
use std::sync::Arc;

use hashbrown::{HashMap, HashSet};

use super::crowd::Cell;
use super::tables::{HiddenUnits, Table, without};
use super::{Rules, hide};

/// The cells of some attributes while their units are decided.
pub(super) struct Hiding<'t> {
    /// People of each cell in each unit.
    people: &'t HashMap<Cell, Vec<usize>>,
    /// The cells that are not shown in any.
    never: &'t HashSet<Cell>,
    hidden: HiddenUnits,
    lines: Vec<Line>,
    rules: Rules,
}

/// All values of one attribute, the others fixed.
struct Line {
    /// Its cells, ascending.
    cells: Vec<Cell>,
    /// For each unit whether their sum is known.
    is_summed: Vec<bool>,
    /// For each unit how many people are in cells that are never shown.
    never: Vec<usize>,
    /// The cells are all of the people but for a few, so that one hidden cell of enough people is enough.
    but_for_a_few: bool,
}

impl<'t> Hiding<'t> {
    /// Begins with the units that are hidden whatever the others are; `parents` are those of the cells without each of
    /// the attributes, by place.
    pub(super) fn new(
        people: &'t HashMap<Cell, Vec<usize>>,
        attributes: &[usize],
        table: &'t Table,
        mut hidden: HiddenUnits,
        parents: &[Arc<HiddenUnits>],
        rules: Rules,
    ) -> Self {
        let (never, mut lines) = (&table.hidden, Vec::new());
        for (place, parents) in parents.iter().enumerate() {
            let mut by_parent: BTreeMap<Cell, Vec<Cell>> = BTreeMap::new();
            for cell in people.keys() {
                by_parent.entry(without(cell, place).into()).or_default().push(cell.clone());
            }
            for (rest, mut cells) in by_parent {
                let Some(parent) = parents.get(&rest) else { continue };
                let but_for_a_few = table.parted.contains(&(attributes[place], rest));
                cells.sort_unstable();
                for cell in &cells {
                    let flags = hidden.get_mut(cell).into_iter().flatten();
                    flags.zip(parent).for_each(|(flag, parent)| *flag |= parent);
                }
                let never_shown = cells.iter().filter(|cell| never.contains(*cell)).map(|cell| &people[cell]);
                let mut of_never = vec![0; parent.len()];
                never_shown.for_each(|counts| of_never.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count));
                lines.push(Line {
                    cells,
                    is_summed: parent.iter().map(|hidden| !hidden).collect(),
                    never: of_never,
                    but_for_a_few,
                });
            }
        }
        Self { people, never, hidden, lines, rules }
    }

    /// In each unit each line, for each cell its units, and for each line the hidden units of its cells, hide nothing
    /// or enough: round by round, until all agree.
    pub(super) fn decide(mut self) -> HiddenUnits {
        // In the order of values: each step sees what the steps before it hid.
        let mut in_order: Vec<Cell> = self.people.keys().cloned().collect();
        in_order.sort_unstable();
        let lines = std::mem::take(&mut self.lines);
        let mut more = 1;
        while more > 0 {
            more = 0;
            for line in &lines {
                for unit in (0..line.is_summed.len()).filter(|&unit| line.is_summed[unit]) {
                    more += self.hide_enough_cells(line, unit);
                }
            }
            for cell in &in_order {
                for unit in units_to_hide(&self.people[cell], &self.hidden[cell], self.rules) {
                    more += self.hide(cell, unit);
                }
            }
            for line in &lines {
                let shown = line.cells.iter().filter(|cell| !self.never.contains(*cell));
                more += shown.map(|cell| self.hide_with_others(line, cell)).sum::<usize>();
            }
        }
        self.hidden
    }

    /// Hides a unit of a cell; 1 if it was not hidden before.
    fn hide(&mut self, cell: &Cell, unit: usize) -> usize {
        let flag = self.hidden.get_mut(cell).and_then(|flags| flags.get_mut(unit));
        flag.map_or(0, |flag| usize::from(!std::mem::replace(flag, true)))
    }

    /// Hides cells of a line in one unit, until whatever is hidden cannot be told apart.
    fn hide_enough_cells(&mut self, line: &Line, unit: usize) -> usize {
        let present: Vec<&Cell> = line.cells.iter().filter(|cell| self.people[*cell][unit] > 0).collect();
        let sizes: Vec<usize> = present.iter().map(|cell| self.people[*cell][unit]).collect();
        let sum = |places: &[usize]| places.iter().map(|&place| sizes[place]).sum();
        let hidden = (0..present.len()).filter(|&place| self.hidden[present[place]][unit]);
        if line.but_for_a_few
            && let [only] = hidden.collect::<Vec<_>>().as_slice()
            && sizes.iter().all(|size| *size >= self.rules.minimum_group_size())
            && self.never.contains(present[*only])
        {
            return 0;
        }
        let now = hide::hidden(&sizes, |place| self.hidden[present[place]][unit], sum, self.rules);
        present.iter().zip(now).filter(|(_, now)| *now).map(|(cell, _)| self.hide(cell, unit)).sum()
    }

    /// The hidden units of a cell are told together. Whoever else of its line is not told in just these must be nobody,
    /// or enough in one of them: else hides more units.
    fn hide_with_others(&mut self, line: &Line, cell: &Cell) -> usize {
        let (counts, flags) = (&self.people[cell], &self.hidden[cell]);
        let k = self.rules.minimum_group_size();
        let are_hidden: Vec<usize> = (0..flags.len()).filter(|&unit| flags[unit]).collect();
        let most = |counts: &[usize]| are_hidden.iter().map(|&unit| counts[unit]).max().unwrap_or(0);
        let few = |counts: &[usize]| (1..k).contains(&most(counts));
        if few(&line.never) {
            let helps = |&unit: &usize| !flags[unit] && counts[unit] > 0 && line.never[unit] >= k;
            return match (0..flags.len()).filter(helps).min_by_key(|&unit| (counts[unit], unit)) {
                Some(unit) => self.hide(cell, unit),
                None => self.hide_all(line, cell),
            };
        }
        if most(&line.never) > 0 {
            return 0;
        }
        // Cells that are told in some of these units alone or with others are not told in just these.
        let mut more = Vec::new();
        for other in line.cells.iter().filter(|other| *other != cell) {
            let (counts, hidden) = (&self.people[other], &self.hidden[other]);
            let own = (0..hidden.len()).filter(|&unit| hidden[unit] && counts[unit] > 0);
            let (with, beyond): (Vec<usize>, Vec<usize>) = own.partition(|&unit| flags[unit]);
            if !with.is_empty() && !beyond.is_empty() && few(counts) {
                more.extend(beyond);
            }
        }
        more.into_iter().map(|unit| self.hide(cell, unit)).sum()
    }

    /// Tells a cell in all units together or not at all, and in the units that it has another cell of its line neither.
    fn hide_all(&mut self, line: &Line, cell: &Cell) -> usize {
        let own: Vec<usize> = (0..self.people[cell].len()).filter(|&unit| self.people[cell][unit] > 0).collect();
        let mut more = (0..self.people[cell].len()).map(|unit| self.hide(cell, unit)).sum();
        let is_another = |other: &&Cell| *other != cell && !self.never.contains(*other);
        let can_join = |other: &&Cell| own.iter().any(|&unit| !self.hidden[*other][unit]);
        let size = |other: &&Cell| own.iter().map(|&unit| self.people[*other][unit]).sum::<usize>();
        let another = line.cells.iter().filter(is_another).filter(can_join).min_by_key(|other| (size(other), *other));
        if own.len() < self.people[cell].len()
            && more > 0
            && let Some(another) = another.cloned()
        {
            more += own.into_iter().map(|unit| self.hide(&another, unit)).sum::<usize>();
        }
        more
    }
}

/// The smallest units that have to be hidden beside those of a cell that are, until there are three: the mean of
/// each of two cells and the sums of both in two units would tell all four numbers. And until there is one with enough
/// people: all units less those that are shown tell the hidden ones together.
fn units_to_hide(people: &[usize], hidden: &[bool], rules: Rules) -> Vec<usize> {
    const ENOUGH: usize = 3;
    let of_hidden = || (0..people.len()).filter(|&unit| hidden[unit] && people[unit] > 0);
    let are_hidden = of_hidden().count();
    let has_enough = of_hidden().any(|unit| people[unit] >= rules.minimum_group_size());
    if are_hidden == 0 || (are_hidden >= ENOUGH && has_enough) {
        return Vec::new();
    }
    let mut shown: Vec<usize> = (0..people.len()).filter(|&unit| !hidden[unit] && people[unit] > 0).collect();
    shown.sort_by_key(|&unit| (people[unit], unit));
    shown.truncate(ENOUGH.saturating_sub(are_hidden).max(1));
    shown
}
