//! Who has a row where: people by all their attributes at once, small enough to ask many questions of.
//!
//! People whose attributes agree in every row are one *kind*; somebody who moved is of several kinds.

use std::collections::BTreeMap;
use std::hash::Hash;

use hashbrown::{HashMap, HashSet};

use crate::dataset::{Dataset, Grain, PersonRows, Selection, for_each_bit};
use crate::insights::Months;

/// Codes of all attributes, in the order of the dataset's attributes.
type Codes = Box<[u16]>;

/// The codes of a cell, in the order of its attributes.
pub(super) type Cell = Box<[u16]>;

/// The people of a selection by kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Crowd {
    kinds: Vec<Kind>,
    /// People who moved: for each the kinds that they are of, ascending.
    movers: Vec<Vec<u32>>,
    /// How many values each attribute has.
    values: Vec<usize>,
    units: Units,
    /// How many people have rows of each kind, and of no other, in each unit: kind by kind.
    by_unit: Vec<u32>,
    /// People who have rows of several kinds in one unit, with that unit and the kinds.
    crossing: Vec<(u16, Vec<u32>)>,
}

/// What people are counted by: the periods of the calendar, or its months.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Units {
    /// The unit of each period, ascending.
    of_period: Vec<u16>,
    count: usize,
    are_weeks: bool,
}

impl Units {
    /// Each period by itself.
    pub(super) fn periods(dataset: &Dataset) -> Self {
        let count = dataset.calendar().periods.len();
        let are_weeks = dataset.calendar().grain == Grain::Week;
        Self { of_period: (0..count).map(|period| period as u16).collect(), count, are_weeks }
    }

    /// The calendar months that the periods begin in.
    pub(super) fn months(months: &Months) -> Self {
        Self { of_period: months.of_period.clone(), count: months.first_days.len(), are_weeks: false }
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.count
    }

    /// Whether they are the weeks of a file of weeks.
    pub(super) fn are_weeks(&self) -> bool {
        self.are_weeks
    }

    /// For each unit whether one of its periods is kept.
    pub(super) fn kept(&self, is_kept: impl Fn(usize) -> bool) -> Vec<bool> {
        let mut kept = vec![false; self.count];
        for (period, &unit) in self.of_period.iter().enumerate() {
            kept[usize::from(unit)] |= is_kept(period);
        }
        kept
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Kind {
    codes: Codes,
    /// People who are of this kind alone.
    people: usize,
}

/// The part of a crowd whose rows match a filter.
#[derive(Clone, Debug)]
pub(super) struct Part<'c> {
    crowd: &'c Crowd,
    /// Kinds in the part, ascending.
    kinds: Vec<u32>,
    /// People of the part who are of several of its kinds.
    movers: Vec<Vec<u32>>,
    /// People who moved, and of whose kinds one is in the part.
    partly: Vec<u32>,
}

impl Crowd {
    /// The people of a selection, by all attributes of its dataset.
    pub(super) fn of(selection: &Selection<'_>) -> Self {
        Self::of_people(selection.dataset(), Units::periods(selection.dataset()), selection.persons_rows())
    }

    /// Some people by those of their rows that are kept.
    pub(super) fn of_rows<'d>(
        dataset: &'d Dataset,
        units: Units,
        people: impl Iterator<Item = PersonRows<'d>>,
        keeps: impl Fn(usize) -> bool,
    ) -> Self {
        let (mut persons, mut sets) = (Vec::new(), Vec::new());
        for rows in people {
            persons.push(rows.person());
            add_periods(rows, dataset, &keeps, &mut sets);
        }
        Self::of_sets(dataset, units, &persons, &sets)
    }

    /// Some people by their rows in sets of periods, one set after the other.
    pub(super) fn of_sets(dataset: &Dataset, units: Units, persons: &[u32], sets: &[u64]) -> Self {
        let people = persons.iter().zip(sets.chunks(dataset.period_words().max(1)));
        Self::of_people(dataset, units, people.map(|(person, set)| dataset.rows_in(*person, set)))
    }

    /// The people of any rows, given person by person.
    pub(super) fn of_people<'d>(
        dataset: &'d Dataset,
        units: Units,
        people: impl Iterator<Item = PersonRows<'d>>,
    ) -> Self {
        let attributes = dataset.attributes();
        let mut known: HashMap<Codes, u32> = HashMap::new();
        let mut crowd = Self {
            kinds: Vec::new(),
            movers: Vec::new(),
            values: attributes.iter().map(|attribute| attribute.values.len()).collect(),
            units,
            by_unit: Vec::new(),
            crossing: Vec::new(),
        };
        let mut codes = Vec::with_capacity(attributes.len());
        let (mut kinds_of_person, mut by_unit) = (Vec::new(), Vec::new());
        for rows in people {
            codes.clear();
            codes.extend(attributes.iter().map_while(|attribute| attribute.code_of_person(rows.person())));
            if codes.len() == attributes.len() {
                let kind = crowd.kind_of(&codes, &mut known);
                let (counts, mut latest) = (kind as usize * crowd.units.count, None);
                for_each_bit(rows.periods(), |period| {
                    let unit = usize::from(crowd.units.of_period[period]);
                    crowd.by_unit[counts + unit] += u32::from(latest != Some(unit));
                    latest = Some(unit);
                });
                crowd.kinds[kind as usize].people += usize::from(latest.is_some());
                continue;
            }
            kinds_of_person.clear();
            by_unit.clear();
            rows.for_each(|row| {
                codes.clear();
                codes.extend(attributes.iter().map(|attribute| attribute.codes[row]));
                let kind = crowd.kind_of(&codes, &mut known);
                let period = usize::from(dataset.periods_of_rows()[row]);
                by_unit.push((crowd.units.of_period[period], kind));
                kinds_of_person.push(kind);
            });
            by_unit.sort_unstable();
            by_unit.dedup();
            for of_unit in by_unit.chunk_by(|(a, _), (b, _)| a == b) {
                match of_unit {
                    [(unit, kind)] => crowd.by_unit[*kind as usize * crowd.units.count + usize::from(*unit)] += 1,
                    several => crowd.crossing.push((several[0].0, several.iter().map(|(_, kind)| *kind).collect())),
                }
            }
            kinds_of_person.sort_unstable();
            kinds_of_person.dedup();
            match kinds_of_person.as_slice() {
                [] => {}
                [kind] => crowd.kinds[*kind as usize].people += 1,
                several => crowd.movers.push(several.to_vec()),
            }
        }
        crowd
    }

    /// The kind with these codes, a new one if need be.
    fn kind_of(&mut self, codes: &[u16], known: &mut HashMap<Codes, u32>) -> u32 {
        if let Some(&kind) = known.get(codes) {
            return kind;
        }
        let kind = self.kinds.len() as u32;
        known.insert(codes.into(), kind);
        self.kinds.push(Kind { codes: codes.into(), people: 0 });
        self.by_unit.resize(self.kinds.len() * self.units.count, 0);
        kind
    }

    /// How many kinds of people there are.
    pub(super) fn kinds(&self) -> usize {
        self.kinds.len()
    }

    /// The kinds whose codes match, ascending.
    pub(super) fn kinds_where(&self, matches: impl Fn(&[u16]) -> bool) -> Vec<u32> {
        (0..).zip(&self.kinds).filter(|(_, kind)| matches(&kind.codes)).map(|(place, _)| place).collect()
    }

    /// The kinds that are in a cell.
    pub(super) fn kinds_in(&self, attributes: &[usize], cell: &[u16]) -> Vec<u32> {
        self.kinds_where(|codes| attributes.iter().zip(cell).all(|(&attribute, &code)| codes[attribute] == code))
    }

    /// The kinds of each cell of some attributes, ascending: those of [`Crowd::kinds_in`], of all cells at once.
    pub(super) fn kinds_by_cell(&self, attributes: &[usize]) -> HashMap<Cell, Vec<u32>> {
        let mut kinds: HashMap<Cell, Vec<u32>> = HashMap::new();
        let mut cell = Vec::with_capacity(attributes.len());
        for (place, kind) in (0..).zip(&self.kinds) {
            cell.clear();
            cell.extend(attributes.iter().map(|&attribute| kind.codes[attribute]));
            match kinds.get_mut(cell.as_slice()) {
                Some(kinds) => kinds.push(place),
                None => {
                    kinds.insert(cell.as_slice().into(), vec![place]);
                }
            }
        }
        kinds
    }

    /// The kinds, ascending, of those pairs of values of two attributes that are wanted, in the order of values.
    pub(super) fn kinds_by_two(
        &self,
        a: usize,
        b: usize,
        is_wanted: impl Fn((u16, u16)) -> bool,
    ) -> BTreeMap<(u16, u16), Vec<u32>> {
        let mut kinds: BTreeMap<(u16, u16), Vec<u32>> = BTreeMap::new();
        for (place, kind) in (0..).zip(&self.kinds) {
            let cell = (kind.codes[a], kind.codes[b]);
            if is_wanted(cell) {
                kinds.entry(cell).or_default().push(place);
            }
        }
        kinds
    }

    /// How many attributes there are.
    pub(super) fn attributes(&self) -> usize {
        self.values.len()
    }

    /// What people are counted by.
    pub(super) fn units(&self) -> &Units {
        &self.units
    }

    /// The people of one unit alone.
    pub(super) fn in_unit(&self, unit: usize) -> Self {
        let mut crowd = Self {
            kinds: Vec::new(),
            movers: Vec::new(),
            values: self.values.clone(),
            units: Units { of_period: Vec::new(), count: 0, are_weeks: false },
            by_unit: Vec::new(),
            crossing: Vec::new(),
        };
        let crossing = || self.crossing.iter().filter(|(of, _)| usize::from(*of) == unit).map(|(_, kinds)| kinds);
        let crossed: HashSet<u32> = crossing().flatten().copied().collect();
        let mut new_kinds = HashMap::new();
        for (old, (kind, counts)) in (0..).zip(self.kinds.iter().zip(self.by_unit.chunks(self.units.count.max(1)))) {
            let people = counts[unit] as usize;
            if people > 0 || crossed.contains(&old) {
                new_kinds.insert(old, crowd.kinds.len() as u32);
                crowd.kinds.push(Kind { codes: kind.codes.clone(), people });
            }
        }
        crowd.movers = crossing().map(|kinds| kinds.iter().map(|old| new_kinds[old]).collect()).collect();
        crowd
    }

    /// Distinct people in each unit whose codes match in it.
    pub(super) fn people_by_unit(&self, matches: impl Fn(&[u16]) -> bool) -> Vec<usize> {
        let mut people = vec![0; self.units.count];
        let kinds = self.kinds.iter().zip(self.by_unit.chunks(self.units.count.max(1)));
        for (_, counts) in kinds.filter(|(kind, _)| matches(&kind.codes)) {
            people.iter_mut().zip(counts).for_each(|(sum, &count)| *sum += count as usize);
        }
        let is_in = |kind: &u32| matches(&self.kinds[*kind as usize].codes);
        for (unit, _) in self.crossing.iter().filter(|(_, kinds)| kinds.iter().any(is_in)) {
            people[usize::from(*unit)] += 1;
        }
        people
    }

    /// Everybody.
    pub(super) fn everyone(&self) -> Part<'_> {
        Part {
            crowd: self,
            kinds: (0..self.kinds.len() as u32).collect(),
            movers: self.movers.clone(),
            partly: Vec::new(),
        }
    }

    /// Distinct people whose codes match.
    pub(super) fn people_where(&self, matches: impl Fn(&[u16]) -> bool) -> usize {
        let still: usize = self.kinds.iter().filter(|kind| matches(&kind.codes)).map(|kind| kind.people).sum();
        let is_in = |kind: &u32| matches(&self.kinds[*kind as usize].codes);
        still + self.movers.iter().filter(|kinds| kinds.iter().any(is_in)).count()
    }

    /// Distinct people.
    pub(super) fn people(&self) -> usize {
        self.people_where(|_| true)
    }

    /// Whoever is in a cell: has these values of these attributes.
    pub(super) fn part(&self, attributes: &[usize], cell: &[u16]) -> Part<'_> {
        self.everyone().keep(|codes| attributes.iter().zip(cell).all(|(&attribute, &code)| codes[attribute] == code))
    }
}

/// Adds the set of periods of those rows that are kept.
pub(super) fn add_periods(rows: PersonRows<'_>, dataset: &Dataset, keeps: impl Fn(usize) -> bool, sets: &mut Vec<u64>) {
    let start = sets.len();
    sets.resize(start + dataset.period_words(), 0);
    rows.for_each(|row| {
        let period = usize::from(dataset.periods_of_rows()[row]);
        sets[start + period / 64] |= u64::from(keeps(row)) << (period % 64);
    });
}

impl<'c> Part<'c> {
    /// The part of it whose codes match.
    pub(super) fn keep(&self, matches: impl Fn(&[u16]) -> bool) -> Self {
        let in_part = |kind: u32| matches(&self.crowd.kinds[kind as usize].codes);
        let mut part = Part {
            crowd: self.crowd,
            kinds: self.kinds.iter().copied().filter(|&kind| in_part(kind)).collect(),
            movers: Vec::new(),
            partly: self.partly.iter().copied().filter(|&kind| in_part(kind)).collect(),
        };
        for mover in &self.movers {
            let kinds: Vec<u32> = mover.iter().copied().filter(|&kind| in_part(kind)).collect();
            match kinds.as_slice() {
                [] => {}
                [kind] => part.partly.push(*kind),
                _ => part.movers.push(kinds),
            }
        }
        part
    }

    /// Distinct people by a key of their kinds.
    fn people_by_kind<K: Hash + Ord + Copy>(&self, key_of: impl Fn(u32) -> K) -> HashMap<K, usize> {
        let mut people = HashMap::new();
        self.for_each_key(key_of, |key, more| *people.entry(key).or_default() += more);
        people
    }

    /// The same where the keys are numbers below a few.
    fn people_by_number(&self, keys: usize, key_of: impl Fn(u32) -> usize) -> Vec<usize> {
        let mut people = vec![0; keys];
        self.for_each_key(key_of, |key, more| people[key] += more);
        people
    }

    /// Calls `add` with keys and how many people more have them; a person has each key once.
    fn for_each_key<K: Ord + Copy>(&self, key_of: impl Fn(u32) -> K, mut add: impl FnMut(K, usize)) {
        for &kind in &self.kinds {
            add(key_of(kind), self.crowd.kinds[kind as usize].people);
        }
        for &kind in &self.partly {
            add(key_of(kind), 1);
        }
        let mut keys = Vec::new();
        for mover in &self.movers {
            keys.clear();
            keys.extend(mover.iter().map(|&kind| key_of(kind)));
            keys.sort_unstable();
            keys.dedup();
            keys.iter().for_each(|key| add(*key, 1));
        }
    }

    /// Distinct people of each cell of some attributes in which there is anybody.
    pub(super) fn people_by_cell(&self, attributes: &[usize]) -> HashMap<Cell, usize> {
        match *attributes {
            [] => {
                let everyone = self.people_by_number(1, |_| 0).into_iter().filter(|people| *people > 0);
                return everyone.map(|people| (Cell::default(), people)).collect();
            }
            [one] => {
                let people = (0..).zip(self.sizes(one)).filter(|(_, people)| *people > 0);
                return people.map(|(code, people)| (Cell::from([code]), people)).collect();
            }
            [a, b] => {
                let cells = self.cells_of_two(a, b).into_iter();
                return cells.map(|((a, b), people)| (Cell::from([a, b]), people)).collect();
            }
            _ => {}
        }
        let mut places: HashMap<Cell, usize> = HashMap::new();
        let mut place_of_kind: HashMap<u32, usize> = HashMap::new();
        let kinds = self.kinds.iter().chain(&self.partly).chain(self.movers.iter().flatten());
        for &kind in kinds {
            let cell: Cell =
                attributes.iter().map(|&attribute| self.crowd.kinds[kind as usize].codes[attribute]).collect();
            let next = places.len();
            place_of_kind.insert(kind, *places.entry(cell).or_insert(next));
        }
        let people = self.people_by_kind(|kind| place_of_kind[&kind]);
        let count = |place: &usize| people.get(place).copied().unwrap_or_default();
        places.iter().map(|(cell, place)| (cell.clone(), count(place))).collect()
    }

    /// Distinct people of each value of an attribute.
    pub(super) fn sizes(&self, attribute: usize) -> Vec<usize> {
        self.people_by_number(self.crowd.values[attribute], |kind| self.code(kind, attribute))
    }

    /// Distinct people of each pair of values of two attributes that anybody has.
    pub(super) fn cells_of_two(&self, a: usize, b: usize) -> Vec<((u16, u16), usize)> {
        /// More cells than this are not all counted, but only those that somebody is in.
        const MOST: usize = 1 << 16;
        let (rows, columns) = (self.crowd.values[a], self.crowd.values[b]);
        if rows * columns > MOST {
            let codes = |kind: u32| &self.crowd.kinds[kind as usize].codes;
            let people = self.people_by_kind(|kind| (codes(kind)[a], codes(kind)[b]));
            let mut cells: Vec<_> = people.into_iter().filter(|(_, people)| *people > 0).collect();
            cells.sort_unstable();
            return cells;
        }
        let people = self.people_by_number(rows * columns, |kind| self.code(kind, a) * columns + self.code(kind, b));
        let cells = people.into_iter().enumerate().filter(|(_, people)| *people > 0);
        cells.map(|(cell, people)| (((cell / columns) as u16, (cell % columns) as u16), people)).collect()
    }

    fn code(&self, kind: u32, attribute: usize) -> usize {
        usize::from(self.crowd.kinds[kind as usize].codes[attribute])
    }
}
