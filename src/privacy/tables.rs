//! Which populations may be seen: decided for a whole crowd at once, so that no answer depends on another.
//!
//! A *cell* is the people who have one value each of some attributes; with no attribute it is everyone. A cell
//! is shown when it has enough people, when every cell that it is a part of is shown, and when it does not give
//! others away: see [`super::depth`].

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use hashbrown::{HashMap, HashSet};

use super::crowd::{Cell, Crowd};
use super::depth::{Deciding, Depth};
use super::moves::{Moves, Parted};
use super::{Rules, hide};
use crate::work::{cores, each};

/// Decisions about the cells of one crowd.
#[derive(Debug)]
pub(super) struct Tables {
    crowd: Crowd,
    /// What the crowd was added to, or taken from: a cell of few people on either side is small.
    beside: Option<Crowd>,
    /// Who moved within a month, for a monthly insight.
    moves: Moves,
    by_week: bool,
    rules: Rules,
    /// The tables of no attribute, of one, and so on, as far as they were asked for.
    decided: Mutex<Vec<Arc<Depth>>>,
    decided_by_period: Mutex<HashMap<Vec<usize>, Arc<HiddenPeriods>>>,
    /// For each period the decisions about its people alone.
    alone: OnceLock<Vec<Tables>>,
}

/// For each cell of some attributes the periods that are not shown by themselves.
pub(super) type HiddenPeriods = HashMap<Cell, Vec<bool>>;

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
            by_week: true,
            rules,
            decided: Mutex::default(),
            decided_by_period: Mutex::default(),
            alone: OnceLock::new(),
        }
    }

    /// Decides about people whom a switch moves, out of or into the people of `beside`.
    pub(super) fn of_moved(crowd: Crowd, beside: Crowd, rules: Rules) -> Self {
        Self { beside: Some(beside), ..Self::new(crowd, rules) }
    }

    /// Decides about the people whom an insight or a metric measures, in each week by itself or in months.
    pub(super) fn of_measured(crowd: Crowd, moves: Moves, by_week: bool, rules: Rules) -> Self {
        Self { moves, by_week, ..Self::new(crowd, rules) }
    }

    /// Whether the rows of each period tell something by themselves, and not the month that they are in.
    pub(super) fn by_week(&self) -> bool {
        self.by_week
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

    /// The periods of each cell that are not shown by themselves, because few people were there, or because they
    /// hide others. A cell that is not shown at all has no period that is.
    pub(super) fn hidden_periods(&self, attributes: &[usize]) -> Arc<HiddenPeriods> {
        decided_once(&self.decided_by_period, attributes, || self.decide_by_period(attributes))
    }

    /// Decides about the cells of some attributes in each period, one after the other on this thread, until it is enough.
    pub(super) fn prepare(&self, attributes: &[usize], is_enough: impl Fn() -> bool) {
        for period in self.period_tables().iter().take_while(|_| !is_enough()) {
            period.table(attributes);
        }
    }

    /// The decisions about each period as if the file had no other.
    fn period_tables(&self) -> &[Tables] {
        self.alone.get_or_init(|| {
            let periods = 0..self.crowd.periods();
            periods.map(|period| Self::new(self.crowd.in_period(period), self.rules)).collect()
        })
    }

    fn decide_by_period(&self, attributes: &[usize]) -> HiddenPeriods {
        let people = self.crowd.people_by_period(attributes);
        let table = self.table(attributes);
        // Of everyone every period is shown, unless a switch moves a few people in it.
        let may_be_hidden = !attributes.is_empty() || self.beside.is_some();
        let alone = each(cores(), self.period_tables().iter().collect(), |period| period.table(attributes));
        let is_hidden = |cell: &Cell, period: &Arc<Table>| period.hidden.contains(cell) || table.hidden.contains(cell);
        let mut hidden: HiddenPeriods = people
            .keys()
            .map(|cell| {
                let flags = alone.iter().map(|period| may_be_hidden && is_hidden(cell, period));
                (cell.clone(), flags.collect())
            })
            .collect();
        let mut lines = Vec::new();
        for place in 0..attributes.len() {
            let parents = self.hidden_periods(&without(attributes, place));
            let mut by_parent: HashMap<Cell, Vec<Cell>> = HashMap::new();
            for cell in people.keys() {
                by_parent.entry(without(cell, place).into()).or_default().push(cell.clone());
            }
            let mut in_order: Vec<(Cell, Vec<Cell>)> = by_parent.into_iter().collect();
            in_order.sort_unstable_by(|a, b| a.0.cmp(&b.0));
            for (parent, mut cells) in in_order {
                cells.sort_unstable();
                let Some(parent) = parents.get(&parent) else { continue };
                for period in (0..self.crowd.periods()).filter(|&period| parent[period]) {
                    for cell in &cells {
                        if let Some(flags) = hidden.get_mut(cell) {
                            flags[period] = true;
                        }
                    }
                }
                lines.push((cells, parent.clone()));
            }
        }
        self.hide_periods_until_all_lines_agree(&people, &lines, &mut hidden);
        hidden
    }

    /// In each period each line, and for each cell its periods, hide nothing or enough.
    fn hide_periods_until_all_lines_agree(
        &self,
        people: &HashMap<Cell, Vec<usize>>,
        lines: &[(Vec<Cell>, Vec<bool>)],
        hidden: &mut HiddenPeriods,
    ) {
        // In the order of values: each step sees what the steps before it hid.
        let mut in_order: Vec<(&Cell, &Vec<usize>)> = people.iter().collect();
        in_order.sort_unstable();
        let mut more = 1;
        while more > 0 {
            more = 0;
            for (cells, parent_hidden) in lines {
                for period in (0..self.crowd.periods()).filter(|&period| !parent_hidden[period]) {
                    let present: Vec<&Cell> = cells.iter().filter(|cell| people[*cell][period] > 0).collect();
                    let sizes: Vec<usize> = present.iter().map(|cell| people[*cell][period]).collect();
                    let sum = |places: &[usize]| places.iter().map(|&place| sizes[place]).sum();
                    let now = hide::hidden(&sizes, |place| hidden[present[place]][period], sum, self.rules);
                    for (cell, _) in present.iter().zip(now).filter(|(_, now)| *now) {
                        more += hide_period(hidden, cell, period);
                    }
                }
            }
            for &(cell, counts) in &in_order {
                for period in weeks_to_hide(counts, &hidden[cell], self.rules) {
                    more += hide_period(hidden, cell, period);
                }
            }
        }
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

/// Hides a period of a cell; 1 if it was not hidden before.
fn hide_period(hidden: &mut HiddenPeriods, cell: &Cell, period: usize) -> usize {
    let flag = hidden.get_mut(cell).and_then(|flags| flags.get_mut(period));
    flag.map_or(0, |flag| usize::from(!std::mem::replace(flag, true)))
}

/// The smallest periods that have to be hidden beside those of a cell that are, until there are three: the mean of
/// each of two cells and the sums of both in two weeks would tell all four numbers. And until there is one with enough
/// people: all weeks less those that are shown tell the hidden ones together.
fn weeks_to_hide(people: &[usize], hidden: &[bool], rules: Rules) -> Vec<usize> {
    const ENOUGH: usize = 3;
    let of_hidden = || (0..people.len()).filter(|&period| hidden[period] && people[period] > 0);
    let are_hidden = of_hidden().count();
    let has_enough = of_hidden().any(|period| people[period] >= rules.minimum_group_size());
    if are_hidden == 0 || (are_hidden >= ENOUGH && has_enough) {
        return Vec::new();
    }
    let mut shown: Vec<usize> = (0..people.len()).filter(|&period| !hidden[period] && people[period] > 0).collect();
    shown.sort_by_key(|&period| (people[period], period));
    shown.truncate(ENOUGH.saturating_sub(are_hidden).max(1));
    shown
}

/// All but the one at a place.
pub(super) fn without<T: Copy>(all: &[T], place: usize) -> Vec<T> {
    all.iter().enumerate().filter(|(index, _)| *index != place).map(|(_, one)| *one).collect()
}
