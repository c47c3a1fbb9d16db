//! Which populations may be seen: decided for a whole crowd at once, so that no answer depends on another.
//!
//! A *cell* is the people who have one value each of some attributes; with no attribute it is everyone. A cell
//! is shown when it has enough people, when every cell that it is a part of is shown, and when in each line (all
//! values of one attribute, the others fixed) it is neither hidden nor needed to hide another.

use std::sync::{Arc, Mutex, OnceLock};

use hashbrown::{HashMap, HashSet};

use super::crossing::{self, Crossing};
use super::crowd::{Cell, Crowd, Part};
use super::{Rules, hide};

/// For each attribute and value whether it is hidden.
type HiddenValues = Vec<Vec<bool>>;

/// Decisions about the cells of one crowd.
#[derive(Debug)]
pub(super) struct Tables {
    crowd: Crowd,
    /// What the crowd was added to, or taken from: a cell of few people on either side is small.
    beside: Option<Crowd>,
    rules: Rules,
    decided: Mutex<HashMap<Vec<usize>, Arc<Table>>>,
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
    /// The cells that are not shown.
    pub(super) hidden: HashSet<Cell>,
}

/// A line of cells: all values of one attribute, the others fixed.
struct Line<'c> {
    /// The people of the whole line, who are known, by every attribute.
    margins: Margins<'c>,
    /// Place of the line's attribute in the cells.
    place: usize,
    cells: Vec<Cell>,
}

impl Tables {
    /// Decides about a crowd.
    pub(super) fn new(crowd: Crowd, rules: Rules) -> Self {
        Self {
            crowd,
            beside: None,
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

    /// What is shown and hidden of the cells of some attributes, by ascending place of attribute.
    pub(super) fn table(&self, attributes: &[usize]) -> Arc<Table> {
        decided_once(&self.decided, attributes, || self.decide(attributes))
    }

    /// The periods of each cell that are not shown by themselves, because few people were there, or because they
    /// hide others. A cell that is not shown at all has no period that is.
    pub(super) fn hidden_periods(&self, attributes: &[usize]) -> Arc<HiddenPeriods> {
        decided_once(&self.decided_by_period, attributes, || self.decide_by_period(attributes))
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
        // Of everyone every period is shown.
        let alone = self.period_tables().iter().map(|period| period.table(attributes)).collect::<Vec<_>>();
        let is_hidden = |cell: &Cell, period: &Arc<Table>| period.hidden.contains(cell) || table.hidden.contains(cell);
        let mut hidden: HiddenPeriods = people
            .keys()
            .map(|cell| {
                let flags = alone.iter().map(|period| !attributes.is_empty() && is_hidden(cell, period));
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
        while more > 0 && !lines.is_empty() {
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
                for period in weeks_to_hide(counts, &hidden[cell]) {
                    more += hide_period(hidden, cell, period);
                }
            }
        }
    }

    fn decide(&self, attributes: &[usize]) -> Table {
        let people = self.crowd.everyone().people_by_cell(attributes);
        let sizes = self.sizes(attributes, &people);
        let few = |size: &usize| *size < self.rules.minimum_group_size();
        let mut hidden: HashSet<Cell> =
            sizes.iter().filter(|(_, size)| few(size)).map(|(cell, _)| cell.clone()).collect();
        let mut lines = Vec::new();
        for place in 0..attributes.len() {
            let rest = without(attributes, place);
            let parents = self.table(&rest);
            let mut by_parent: HashMap<Cell, Vec<Cell>> = HashMap::new();
            for cell in people.keys() {
                by_parent.entry(without(cell, place).into()).or_default().push(cell.clone());
            }
            for (parent, mut cells) in by_parent {
                if parents.hidden.contains(&parent) {
                    hidden.extend(cells);
                    continue;
                }
                cells.sort_unstable();
                let margins = Margins::of(self.crowd.part(&rest, &parent), self.rules);
                let is_hidden = |cell: &&Cell| margins.hidden[attributes[place]][usize::from(cell[place])];
                hidden.extend(cells.iter().filter(is_hidden).cloned());
                lines.push(Line { margins, place, cells });
            }
        }
        self.hide_until_all_lines_agree(attributes, &sizes, &mut lines, &mut hidden);
        Table { people, hidden }
    }

    /// The sizes that decide: of people whom a switch moves, the smaller of both sides, where there are two.
    fn sizes(&self, attributes: &[usize], people: &HashMap<Cell, usize>) -> HashMap<Cell, usize> {
        let Some(beside) = &self.beside else { return people.clone() };
        let beside = beside.everyone().people_by_cell(attributes);
        let smaller = |cell: &Cell, people: usize| beside.get(cell).map_or(people, |&other| people.min(other));
        people.iter().map(|(cell, &people)| (cell.clone(), smaller(cell, people))).collect()
    }

    /// Hiding in one line can leave too few hidden in another. The order of lines does not matter: every round
    /// looks at what the round before left.
    fn hide_until_all_lines_agree(
        &self,
        attributes: &[usize],
        sizes: &HashMap<Cell, usize>,
        lines: &mut [Line<'_>],
        hidden: &mut HashSet<Cell>,
    ) {
        loop {
            let mut more: Vec<Cell> = Vec::new();
            for line in lines.iter_mut() {
                let attribute = attributes[line.place];
                let value_of = |cell: &Cell| usize::from(cell[line.place]);
                // A switch can leave few on one side where many are moved: those count as hidden from the start.
                let in_line: Vec<usize> = line.cells.iter().map(|cell| sizes[cell]).collect();
                let sum = |cells: &[usize]| cells.iter().map(|&cell| in_line[cell]).sum();
                let small = hide::hidden(&in_line, |cell| hidden.contains(&line.cells[cell]), sum, self.rules);
                let mut flags = vec![false; line.margins.hidden[attribute].len()];
                for (cell, is_hidden) in line.cells.iter().zip(small) {
                    flags[value_of(cell)] = is_hidden;
                }
                let now = line.margins.hide_more(attribute, &flags);
                let newly = line.cells.iter().filter(|cell| now[value_of(cell)] && !hidden.contains(*cell));
                more.extend(newly.cloned());
            }
            if more.is_empty() {
                return;
            }
            hidden.extend(more);
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
/// each of two cells and the sums of both in two weeks would tell all four numbers.
fn weeks_to_hide(people: &[usize], hidden: &[bool]) -> Vec<usize> {
    const ENOUGH: usize = 3;
    let are_hidden = (0..people.len()).filter(|&period| hidden[period] && people[period] > 0).count();
    if are_hidden == 0 || are_hidden >= ENOUGH {
        return Vec::new();
    }
    let mut shown: Vec<usize> = (0..people.len()).filter(|&period| !hidden[period] && people[period] > 0).collect();
    shown.sort_by_key(|&period| (people[period], period));
    shown.truncate(ENOUGH - are_hidden);
    shown
}

fn without<T: Copy>(all: &[T], place: usize) -> Vec<T> {
    all.iter().enumerate().filter(|(index, _)| *index != place).map(|(_, one)| *one).collect()
}

/// The values of each attribute in a population whose size is known, and which of them are hidden: the small ones,
/// those needed to hide them, and those that with groups of another attribute give hidden people away.
struct Margins<'c> {
    part: Part<'c>,
    rules: Rules,
    sizes: Vec<Vec<usize>>,
    hidden: HiddenValues,
}

impl<'c> Margins<'c> {
    fn of(part: Part<'c>, rules: Rules) -> Self {
        let sizes: Vec<Vec<usize>> = (0..part.attributes()).map(|attribute| part.sizes(attribute)).collect();
        let hidden = sizes.iter().map(|sizes| vec![false; sizes.len()]).collect();
        let mut margins = Self { part, rules, sizes, hidden };
        for attribute in 0..margins.sizes.len() {
            margins.hide_enough(attribute);
        }
        let pairs: Vec<(usize, usize)> = (0..margins.sizes.len()).flat_map(|a| (0..a).map(move |b| (b, a))).collect();
        while pairs.iter().any(|&(a, b)| margins.hide_what_gives_away(a, b, |_| true)) {}
        margins
    }

    /// Of one attribute nothing is hidden, or enough.
    fn hide_enough(&mut self, attribute: usize) {
        let sizes = &self.sizes[attribute];
        let present: Vec<usize> = (0..sizes.len()).filter(|&value| sizes[value] > 0).collect();
        let present_sizes: Vec<usize> = present.iter().map(|&value| sizes[value]).collect();
        let together = |places: &[usize]| {
            let values: Vec<usize> = places.iter().map(|&place| present[place]).collect();
            self.part.people_where(|codes| values.contains(&usize::from(codes[attribute])))
        };
        let before = &self.hidden[attribute];
        let now = hide::hidden(&present_sizes, |place| before[present[place]], together, self.rules);
        let mut hidden = vec![true; sizes.len()];
        for (place, is_hidden) in now.into_iter().enumerate() {
            hidden[present[place]] = is_hidden;
        }
        self.hidden[attribute] = hidden;
    }

    /// Hides the smallest group of those of two attributes that give hidden people away, if any do; only groups
    /// of attributes that may be hidden further. Says whether it hid one.
    fn hide_what_gives_away(&mut self, a: usize, b: usize, may_hide: impl Fn(usize) -> bool) -> bool {
        let involved = involved(&self.part, [a, b], &self.hidden, self.rules);
        let Some([held, holding]) = involved else { return false };
        // The finer attribute loses least: one of its groups that are held, or that have the people left over.
        let shown_of = |attribute: usize| -> Vec<(usize, usize)> {
            let shown = (0..self.hidden[attribute].len()).filter(|&value| !self.hidden[attribute][value]);
            shown.map(|value| (attribute, value)).collect()
        };
        let mut choices = [held, holding, [shown_of(a), shown_of(b)].concat()];
        for groups in &mut choices {
            groups.retain(|(attribute, _)| may_hide(*attribute));
        }
        let [held, holding, any] = choices;
        let is_finer = |attribute: usize, other: usize| shown_of(attribute).len() >= shown_of(other).len();
        let all = match (held.first(), holding.first()) {
            (Some(&(inner, _)), Some(&(outer, _))) => {
                if is_finer(inner, outer) {
                    held
                } else {
                    holding
                }
            }
            (Some(_), None) => held,
            (None, Some(_)) => holding,
            (None, None) => any,
        };
        let smallest =
            all.into_iter().min_by_key(|&(attribute, value)| (self.sizes[attribute][value], attribute, value));
        let Some((attribute, value)) = smallest else { return false };
        self.hidden[attribute][value] = true;
        self.hide_enough(attribute);
        true
    }

    /// Hides more values of one attribute, until they give nothing away with any other attribute.
    fn hide_more(&mut self, attribute: usize, hidden: &[bool]) -> &[bool] {
        self.hidden[attribute].iter_mut().zip(hidden).for_each(|(known, hidden)| *known |= hidden);
        self.hide_enough(attribute);
        let others: Vec<usize> = (0..self.sizes.len()).filter(|&other| other != attribute).collect();
        while others.iter().any(|&other| self.hide_what_gives_away(attribute, other, |which| which == attribute)) {}
        &self.hidden[attribute]
    }
}

/// The shown groups, as attribute and value, of two attributes that together give hidden people away: those that
/// are held, and those that hold them and have people left over.
fn involved(
    part: &Part<'_>,
    [a, b]: [usize; 2],
    hidden: &HiddenValues,
    rules: Rules,
) -> Option<[Vec<(usize, usize)>; 2]> {
    // The hidden values of an attribute are one node together: their sum is known.
    let nodes = |attribute: usize| -> (Vec<usize>, Vec<usize>) {
        let values = 0..hidden[attribute].len();
        let shown: Vec<usize> = values.clone().filter(|&value| !hidden[attribute][value]).collect();
        let place_of = values.map(|value| shown.binary_search(&value).unwrap_or(shown.len())).collect();
        (shown, place_of)
    };
    let ((rows, row_of), (columns, column_of)) = (nodes(a), nodes(b));
    if rows.is_empty() && columns.is_empty() {
        return None;
    }
    let cells = part.cells_of_two(a, b);
    let in_crossing = cells.iter().map(|&((row, column), people)| crossing::Cell {
        row: row_of[usize::from(row)],
        column: column_of[usize::from(column)],
        people,
        hidden: [(a, row), (b, column)]
            .into_iter()
            .find(|&(attribute, value)| hidden[attribute][usize::from(value)])
            .map(|(attribute, value)| attribute * (1 << 16) + usize::from(value)),
    });
    let leftover = Crossing::new(in_crossing.collect(), rows.len() + 1, columns.len() + 1).leftover(rules)?;
    let of = |attribute: usize, shown: &[usize], places: &[usize]| -> Vec<(usize, usize)> {
        places.iter().filter_map(|&place| shown.get(place)).map(|&value| (attribute, value)).collect()
    };
    Some(if leftover.rows_hold {
        [of(b, &columns, &leftover.held), of(a, &rows, &leftover.holding)]
    } else {
        [of(a, &rows, &leftover.held), of(b, &columns, &leftover.holding)]
    })
}
