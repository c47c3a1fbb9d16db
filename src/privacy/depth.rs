//! All groups of so many attributes, decided together, so that no table gives away what another one hides.

use std::collections::BTreeMap;
use std::sync::Arc;

use hashbrown::HashMap;

use super::Rules;
use super::crowd::{Cell, Crowd, Part};
use super::moves::{Moves, Parted};
use super::network::{Edge, Network};
use super::showing::{EdgeOf, Item, Showing};
use super::span::Span;
use super::tables::{Table, without};

/// The tables of every set of so many attributes.
pub(super) type Depth = HashMap<Vec<usize>, Arc<Table>>;

/// What decides about the cells of one attribute more than those decided before.
pub(super) struct Deciding<'a> {
    pub(super) crowd: &'a Crowd,
    /// What the crowd was added to, or taken from: a cell of few people on either side is small.
    pub(super) beside: Option<&'a Crowd>,
    /// Who moved within a month, for a monthly insight.
    pub(super) moves: &'a Moves,
    pub(super) rules: Rules,
    /// The tables of no attribute, of one, and so on.
    pub(super) above: &'a [Arc<Depth>],
    /// The tables of all units with these cells, where the crowd is that of one unit. What they hide is hidden in each, and
    /// the smallest of theirs is the first that is hidden with it: else other cells would be in each unit.
    pub(super) of_all_units: Option<&'a Depth>,
}

/// The cells of some attributes.
struct Cells {
    /// Distinct people.
    people: HashMap<Cell, usize>,
    /// The numbers of people that decide.
    sizes: HashMap<Cell, usize>,
    /// Which items they are.
    items: HashMap<Cell, usize>,
}

impl Deciding<'_> {
    /// The tables of every set of one attribute more than those above.
    pub(super) fn tables(&self) -> Depth {
        let mut items = Vec::new();
        let sets = sets(self.crowd.attributes(), self.above.len()).into_iter();
        let all: BTreeMap<Vec<usize>, Cells> = sets.map(|set| (set.clone(), self.cells(&set, &mut items))).collect();
        let mut showing = Showing::new(items, self.rules);
        let depth = self.above.len();
        let mut parted = self.parted();
        for (set, cells) in &all {
            self.add_lines(set, cells, parted.get(set), &mut showing);
        }
        for (kind, upper) in [(Knows::Margins, depth.checked_sub(1)), (Knows::Cells, depth.checked_sub(2))] {
            let Some(tables) = upper.and_then(|upper| self.above.get(upper)) else { continue };
            for (set, table) in in_order(tables) {
                for cell in shown_in_order(table) {
                    let part = self.crowd.part(set, cell);
                    Within { deciding: self, all: &all, set, cell, part }.add_networks(kind, &mut showing);
                }
            }
        }
        self.add_span(&all, &mut showing);
        let hidden = showing.hidden();
        let table = |(set, cells): (Vec<usize>, Cells)| {
            let hidden = cells.items.into_iter().filter(|(_, item)| hidden[*item]).map(|(cell, _)| cell).collect();
            let parted = parted.remove(&set).unwrap_or_default();
            (set, Arc::new(Table { people: cells.people, sizes: cells.sizes, hidden, parted }))
        };
        all.into_iter().map(table).collect()
    }

    /// The cells of some attributes, each a new item.
    fn cells(&self, set: &[usize], all: &mut Vec<Item>) -> Cells {
        let people = self.crowd.everyone().people_by_cell(set);
        let sizes = self.sizes(set, &people);
        let mut in_order: Vec<&Cell> = people.keys().collect();
        in_order.sort_unstable();
        let mut items = HashMap::with_capacity(in_order.len());
        for cell in in_order {
            let is_shown_without = |place| self.shows(&without(set, place), &without(cell, place));
            let in_all = self.of_all_units.and_then(|tables| tables.get(set));
            let is_shown_in_all = in_all.is_none_or(|table| !table.hidden.contains(cell));
            let rank = in_all.and_then(|table| table.sizes.get(cell)).unwrap_or(&sizes[cell]);
            items.insert(cell.clone(), all.len());
            all.push(Item {
                people: sizes[cell],
                rank: *rank,
                may_be_shown: is_shown_in_all && (0..set.len()).all(is_shown_without),
                // Of a unit in which there are enough, and nobody of those beside whom they are hidden.
                may_follow: !is_shown_in_all && sizes[cell] >= self.rules.minimum_group_size(),
            });
        }
        Cells { people, sizes, items }
    }

    /// The sizes that decide: of people whom a switch moves, the smaller of both sides, where there are two.
    fn sizes(&self, set: &[usize], people: &HashMap<Cell, usize>) -> HashMap<Cell, usize> {
        let Some(beside) = self.beside else { return people.clone() };
        let beside = beside.everyone().people_by_cell(set);
        let smaller = |cell: &Cell, people: usize| beside.get(cell).map_or(people, |&other| people.min(other));
        people.iter().map(|(cell, &people)| (cell.clone(), smaller(cell, people))).collect()
    }

    /// The table of some of the attributes that were decided about before.
    fn table(&self, set: &[usize]) -> Option<&Table> {
        self.above.get(set.len())?.get(set).map(AsRef::as_ref)
    }

    fn shows(&self, set: &[usize], cell: &[u16]) -> bool {
        self.table(set).is_some_and(|table| table.people.contains_key(cell) && !table.hidden.contains(cell))
    }

    /// What is shown already, and who must not follow: hidden cells, and the few of a group who are not in another one.
    fn add_span(&self, all: &BTreeMap<Vec<usize>, Cells>, showing: &mut Showing) {
        /// About as many multiplications take a second.
        const MOST: usize = 1_000_000_000;
        let kinds = self.crowd.kinds();
        if showing.undecided().pow(2).saturating_mul(kinds) > MOST {
            return;
        }
        let few = |people: usize| people > 0 && people < self.rules.minimum_group_size();
        let mut span = Span::new(kinds);
        let above = self.above.iter().flat_map(|tables| in_order(tables));
        let above: Vec<_> = above.map(|(set, table)| (table, self.crowd.kinds_by_cell(set))).collect();
        for (table, kinds) in &above {
            span.show(shown_in_order(table).into_iter().filter_map(|cell| kinds.get(cell)).map(Vec::as_slice));
        }
        for (table, kinds) in above {
            table.hidden.iter().filter_map(|cell| kinds.get(cell)).for_each(|kinds| span.guard(kinds.clone()));
        }
        let everyone = self.crowd.everyone();
        for (a, b) in (0..self.crowd.attributes()).flat_map(|a| (0..self.crowd.attributes()).map(move |b| (a, b))) {
            let sizes = everyone.sizes(a);
            let crossing = everyone.cells_of_two(a, b).into_iter().filter(|_| a != b);
            for ((x, y), _) in crossing.filter(|((x, _), people)| few(sizes[usize::from(*x)].saturating_sub(*people))) {
                span.guard(self.crowd.kinds_where(|codes| codes[a] == x && codes[b] != y));
            }
        }
        let mut of_items = vec![Vec::new(); all.values().map(|cells| cells.items.len()).sum()];
        for (set, cells) in all {
            let mut kinds = self.crowd.kinds_by_cell(set);
            for (cell, &item) in &cells.items {
                of_items[item] = kinds.remove(cell).unwrap_or_default();
            }
        }
        showing.add_span(span, of_items);
    }

    /// For each set of attributes the lines of which a few people are in no cell, or in several, in some unit.
    fn parted(&self) -> HashMap<Vec<usize>, Parted> {
        if let Some(tables) = self.of_all_units {
            return tables.iter().map(|(set, table)| (set.clone(), table.parted.clone())).collect();
        }
        let mut parted: HashMap<Vec<usize>, Parted> = HashMap::new();
        let rest = self.above.len().checked_sub(1).filter(|_| !self.moves.is_empty());
        for rest in rest.into_iter().flat_map(|size| sets(self.crowd.attributes(), size)) {
            for (attribute, cell) in self.moves.parted(&rest, self.crowd.attributes(), self.rules) {
                parted.entry(with(&rest, attribute)).or_default().insert((attribute, cell));
            }
        }
        parted
    }

    /// All values of one attribute, the others fixed, where their sum is known.
    fn add_lines(&self, set: &[usize], cells: &Cells, parted: Option<&Parted>, showing: &mut Showing) {
        for place in 0..set.len() {
            let rest = without(set, place);
            let mut lines: BTreeMap<Vec<u16>, Vec<usize>> = BTreeMap::new();
            for (cell, &item) in &cells.items {
                lines.entry(without(cell, place)).or_default().push(item);
            }
            for (cell, mut line) in lines.into_iter().filter(|(cell, _)| self.shows(&rest, cell)) {
                line.sort_unstable();
                showing.add_line(line, parted.is_some_and(|parted| parted.contains(&(set[place], cell.into()))));
            }
        }
    }
}

/// What a network knows of the groups that are decided: those of either attribute, or those of both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Knows {
    Margins,
    Cells,
}

/// A shown cell, within which groups of two further attributes lie.
struct Within<'a> {
    deciding: &'a Deciding<'a>,
    all: &'a BTreeMap<Vec<usize>, Cells>,
    set: &'a [usize],
    cell: &'a [u16],
    part: Part<'a>,
}

impl Within<'_> {
    /// A network for every two further attributes.
    fn add_networks(&self, knows: Knows, showing: &mut Showing) {
        let is_further = |attribute: &usize| !self.set.contains(attribute);
        let further: Vec<usize> = (0..self.deciding.crowd.attributes()).filter(is_further).collect();
        for (place, &b) in further.iter().enumerate() {
            for &a in &further[..place] {
                let (nodes, edges) = self.edges([a, b], knows);
                let (edges, of): (Vec<Edge>, Vec<EdgeOf>) = edges.into_iter().unzip();
                showing.add_network(Network::new(nodes, edges, self.deciding.rules), of);
            }
        }
    }

    /// How many nodes a network of two attributes has, the whole being the first, and its edges.
    fn edges(&self, pair: [usize; 2], knows: Knows) -> (usize, Vec<(Edge, EdgeOf)>) {
        let sets = pair.map(|attribute| with(self.set, attribute));
        let both = self.all.get(&with(&sets[0], pair[1])).filter(|_| knows == Knows::Cells);
        let mut nodes: [HashMap<u16, usize>; 2] = Default::default();
        let (mut next, mut edges) = (1, Vec::new());
        for ((a, b), people) in self.part.cells_of_two(pair[0], pair[1]) {
            let mut ends = [0; 2];
            for (side, code) in [a, b].into_iter().enumerate() {
                ends[side] = *nodes[side].entry(code).or_insert_with(|| {
                    let node = next;
                    next += 1;
                    let (from, to) = if side == 0 { (0, node) } else { (node, 0) };
                    let cell = with_code(self.set, self.cell, pair[side], code);
                    let (people, is_shown, of) = self.margin(&sets[side], &cell, knows);
                    edges.push((Edge { from, to, people, is_shown }, of));
                    node
                });
            }
            let [from, to] = ends;
            let (people, of) = both.map_or((people, EdgeOf::NoMatter), |cells| {
                let cell = with_code(self.set, self.cell, pair[0], a);
                let cell = with_code(&sets[0], &cell, pair[1], b);
                (cells.sizes[&cell], EdgeOf::Item(cells.items[&cell]))
            });
            edges.push((Edge { from, to, people, is_shown: false }, of));
        }
        (next, edges)
    }

    /// The people of a cell of one further attribute, whether they are shown already, and what they are here.
    fn margin(&self, set: &[usize], cell: &Cell, knows: Knows) -> (usize, bool, EdgeOf) {
        if knows == Knows::Margins {
            let cells = &self.all[set];
            return (cells.sizes[cell], false, EdgeOf::Item(cells.items[cell]));
        }
        let people = self.deciding.table(set).and_then(|table| table.sizes.get(cell)).copied().unwrap_or_default();
        let is_shown = self.deciding.shows(set, cell);
        (people, is_shown, if is_shown { EdgeOf::NoMatter } else { EdgeOf::Hidden })
    }
}

/// Tables in the order of their attributes.
fn in_order(tables: &Depth) -> Vec<(&Vec<usize>, &Arc<Table>)> {
    let mut in_order: Vec<_> = tables.iter().collect();
    in_order.sort_unstable_by_key(|(set, _)| *set);
    in_order
}

fn shown_in_order(table: &Table) -> Vec<&Cell> {
    let mut cells: Vec<&Cell> = table.people.keys().filter(|cell| !table.hidden.contains(*cell)).collect();
    cells.sort_unstable();
    cells
}

/// A set of attributes with one more, ascending.
fn with(set: &[usize], attribute: usize) -> Vec<usize> {
    let (before, after) = set.split_at(set.partition_point(|known| *known < attribute));
    [before, &[attribute], after].concat()
}

/// A cell of a set of attributes with the code of one more.
fn with_code(set: &[usize], cell: &[u16], attribute: usize, code: u16) -> Cell {
    let (before, after) = cell.split_at(set.partition_point(|known| *known < attribute));
    [before, &[code], after].concat().into()
}

/// Every set of so many attributes, ascending.
fn sets(attributes: usize, size: usize) -> Vec<Vec<usize>> {
    let longer = |set: Vec<usize>| {
        let first = set.last().map_or(0, |last| last + 1);
        (first..attributes).map(move |attribute| with(&set, attribute))
    };
    (0..size).fold(vec![Vec::new()], |sets, _| sets.into_iter().flat_map(longer).collect())
}
