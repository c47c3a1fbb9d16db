//! Who moved within a month.
//!
//! A monthly insight measures somebody in every group that the person was long enough in: in two of them, or in none
//! though in the whole. So the whole less the sum of its groups is those people alone, and where they are few a line of
//! groups may not be shown to the last one. Neither may several values together, besides each of them, where the few are
//! all that a small cell has.

use std::collections::BTreeMap;

use hashbrown::{HashMap, HashSet};

use super::crowd::{Cell, Crowd, Units, add_periods};
use super::{InsightId, Rules};
use crate::dataset::{Dataset, GroupCell, PersonRows};
use crate::insights::{MonthlyNeed, Outcome, Population, rows_read};

/// The people who moved within some month, as a monthly insight sees them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Moves {
    moves: Vec<Move>,
}

/// One person's month in which not all rows have the same attributes.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Move {
    month: u16,
    /// So many rows somebody needs to be measured.
    enough: usize,
    rows: Vec<Row>,
    /// The fewest people whom the insight measures of a value, or of a pair of values, that one of the rows has.
    fewest: usize,
}

/// A row that the insight uses.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Row {
    period: usize,
    /// The codes of all attributes.
    codes: Box<[u16]>,
    /// Whether it has what is measured.
    has_something: bool,
}

/// What a question names.
pub(super) struct Named<'a> {
    /// Whether a period and the codes of all attributes are named.
    pub(super) is_named: &'a dyn Fn(usize, &[u16]) -> bool,
    /// The attributes that are named, ascending.
    pub(super) attributes: &'a [usize],
    /// The group of some codes.
    pub(super) group_of: &'a dyn Fn(&[u16]) -> GroupCell,
}

/// Attributes, each with a cell of the others of which it parts few people in another way than others.
pub(super) type Parted = HashSet<(usize, Cell)>;

impl Moves {
    /// Whom of a population an insight measures, by the rows that it uses, and who of them moved within a month; `None`
    /// where it is everybody, in all their weeks or months, and nobody did.
    pub(super) fn of_measured(
        insight: InsightId,
        population: &Population<'_>,
        outcome: &Outcome,
    ) -> Option<(Crowd, Self)> {
        let dataset = population.dataset();
        let reads = rows_read(dataset, insight);
        let is_everyone = outcome.people == population.people() && reads.is_none();
        let need = MonthlyNeed::of(population, insight);
        if is_everyone && need.is_none() {
            return None;
        }
        let (mut moves, mut persons, mut sets) = (Vec::new(), Vec::new(), Vec::new());
        // Where everybody is measured in every month that they are there in, everyone's own weeks decide.
        let mut is_always = is_everyone;
        for (place, rows) in population.selection().persons_rows().enumerate() {
            let units = outcome.measured_units(place);
            if units.iter().all(|word| *word == 0) {
                continue;
            }
            persons.push(rows.person());
            let start = sets.len();
            match (&need, &reads) {
                (Some(need), _) if has_moved(dataset, rows.person()) => {
                    sets.extend(months_of(need, dataset, rows, &mut moves));
                }
                (Some(need), _) => {
                    sets.resize(start + dataset.period_words(), 0);
                    need.keep_months(units, rows.periods(), &mut sets[start..]);
                }
                (None, Some(reads)) => add_periods(rows, dataset, reads, &mut sets),
                (None, None) => sets.extend_from_slice(rows.periods()),
            }
            is_always &= sets[start..] == *rows.periods();
        }
        if is_always && moves.is_empty() {
            return None;
        }
        let units = match need {
            Some(_) => Units::months(population.months()),
            None => Units::periods(dataset),
        };
        let crowd = Crowd::of_sets(dataset, units, &persons, &sets);
        let mut moves = Self { moves };
        moves.count_fewest(&crowd);
        Some((crowd, moves))
    }

    /// Looks for everybody who moved how few people are in the smallest cell of one value or of two.
    fn count_fewest(&mut self, measured: &Crowd) {
        if self.moves.is_empty() {
            return;
        }
        let everyone = measured.everyone();
        for a in 0..measured.attributes() {
            for b in a..measured.attributes() {
                let people: HashMap<(u16, u16), usize> = everyone.cells_of_two(a, b).into_iter().collect();
                for one in &mut self.moves {
                    let cells = one.rows.iter().filter_map(|row| people.get(&(row.codes[a], row.codes[b])));
                    one.fewest = one.fewest.min(cells.copied().min().unwrap_or(usize::MAX));
                }
            }
        }
    }

    /// Whether nobody moved within a month.
    pub(super) fn is_empty(&self) -> bool {
        self.moves.is_empty()
    }

    /// Which cells of some attributes, with a further attribute, part few people in some month: they are not measured in
    /// exactly one group of that attribute, and of no other or of another they are. The sums of its groups, of those of the
    /// other attribute and the cell itself would tell these people alone.
    pub(super) fn parted(&self, rest: &[usize], attributes: usize, rules: Rules) -> Parted {
        let further: Vec<usize> = (0..attributes).filter(|attribute| !rest.contains(attribute)).collect();
        // For each cell and month the people who are not measured in exactly one group, attribute by attribute.
        let mut people: HashMap<(Cell, u16), Vec<Vec<u32>>> = HashMap::new();
        for (person, one) in (0..).zip(&self.moves) {
            for (cell, rows) in one.by_cell(rest) {
                let people = people.entry((cell, one.month)).or_insert_with(|| vec![Vec::new(); further.len()]);
                for (people, &attribute) in people.iter_mut().zip(&further) {
                    if one.groups(rows.iter().map(|row| (row.codes[attribute], row.has_something)).collect()) != 1 {
                        people.push(person);
                    }
                }
            }
        }
        let mut parted = Parted::new();
        for ((cell, _), people) in people {
            for (place, &attribute) in further.iter().enumerate() {
                let others = people.iter().enumerate().filter(|(other, _)| *other != place);
                let mut others = others.map(|(_, other)| other.as_slice()).chain([&[][..]]);
                if others.any(|other| !rules.nobody_or_enough(in_one(&people[place], other))) {
                    parted.insert((attribute, cell.clone()));
                }
            }
        }
        parted
    }

    /// The groups of a question in which, in some month, few people moved between values that are named together, and one
    /// of them is in a cell, of one value or of two, that has nobody else: what is told of the values together and one by
    /// one would tell that cell.
    pub(super) fn told_by(&self, named: &Named<'_>, rules: Rules) -> HashSet<GroupCell> {
        // For each group and month how many people, and the smallest cell that one of them is in.
        let mut parted: HashMap<(GroupCell, u16), (usize, usize)> = HashMap::new();
        for one in &self.moves {
            let mut groups: BTreeMap<GroupCell, Vec<(Cell, bool)>> = BTreeMap::new();
            for row in one.rows.iter().filter(|row| (named.is_named)(row.period, &row.codes)) {
                let cell = named.attributes.iter().map(|&attribute| row.codes[attribute]).collect();
                groups.entry((named.group_of)(&row.codes)).or_default().push((cell, row.has_something));
            }
            for (group, cells) in groups.into_iter().filter(|(_, cells)| one.is_measured_by(cells)) {
                if one.groups(cells) != 1 {
                    let (people, fewest) = parted.entry((group, one.month)).or_insert((0, usize::MAX));
                    *people += 1;
                    *fewest = one.fewest.min(*fewest);
                }
            }
        }
        let tells = |&(people, fewest): &(usize, usize)| !rules.nobody_or_enough(people) && fewest <= people;
        parted.into_iter().filter(|(_, few)| tells(few)).map(|((group, _), _)| group).collect()
    }
}

impl Move {
    /// The cells of some attributes in which the person is measured, with the rows.
    fn by_cell(&self, attributes: &[usize]) -> impl Iterator<Item = (Cell, Vec<&Row>)> {
        let mut cells: BTreeMap<Cell, Vec<&Row>> = BTreeMap::new();
        for row in &self.rows {
            let cell = attributes.iter().map(|&attribute| row.codes[attribute]).collect();
            cells.entry(cell).or_default().push(row);
        }
        cells.into_iter().filter(move |(_, rows)| is_measured(self.enough, rows.iter().map(|row| row.has_something)))
    }

    /// In how many groups the person is measured; `rows` says of each row in which one it is, and whether it has what is
    /// measured.
    fn groups<G: Ord>(&self, mut rows: Vec<(G, bool)>) -> usize {
        rows.sort_unstable();
        rows.chunk_by(|(a, _), (b, _)| a == b).filter(|rows| self.is_measured_by(rows)).count()
    }

    /// Whether the person is measured in a group by these rows.
    fn is_measured_by<G>(&self, rows: &[(G, bool)]) -> bool {
        is_measured(self.enough, rows.iter().map(|(_, has_something)| *has_something))
    }
}

/// Whether somebody is measured by some rows, of which so many are needed; each says whether it has what is measured.
fn is_measured(enough: usize, mut rows: impl Iterator<Item = bool> + Clone) -> bool {
    rows.clone().count() >= enough && rows.any(|has_something| has_something)
}

/// Somebody who moved: the periods of the months that the person was long enough in one place in. Months with several
/// places are added to `moves`.
fn months_of(need: &MonthlyNeed<'_>, dataset: &Dataset, rows: PersonRows<'_>, moves: &mut Vec<Move>) -> Vec<u64> {
    let mut by_month: BTreeMap<u16, Vec<Row>> = BTreeMap::new();
    rows.for_each(|row| {
        if need.uses(row) {
            let period = usize::from(dataset.periods_of_rows()[row]);
            let codes = dataset.attributes().iter().map(|attribute| attribute.codes[row]).collect();
            let has_something = need.has_something(row);
            by_month.entry(need.month_of(period)).or_default().push(Row { period, codes, has_something });
        }
    });
    let mut periods = vec![0; dataset.period_words()];
    for (month, rows) in by_month {
        let enough = need.rows(month);
        let in_place = |row: &&Row| {
            let here = rows.iter().filter(|other| other.codes == row.codes);
            is_measured(enough, here.map(|other| other.has_something))
        };
        for Row { period, .. } in rows.iter().filter(|_| need.looks_at(month)).filter(in_place) {
            periods[period / 64] |= 1 << (period % 64);
        }
        if rows.iter().any(|row| row.codes != rows[0].codes) {
            // Of a month that is not looked at too: a range can hold that month alone.
            moves.push(Move { month, enough, rows, fewest: usize::MAX });
        }
    }
    periods
}

fn has_moved(dataset: &Dataset, person: u32) -> bool {
    dataset.attributes().iter().any(|attribute| attribute.code_of_person(person).is_none())
}

/// How many are in one of two ascending lists and not in the other.
fn in_one(a: &[u32], b: &[u32]) -> usize {
    let both = a.iter().filter(|person| b.binary_search(person).is_ok()).count();
    a.len() + b.len() - 2 * both
}
