//! Groups of people sharing a value of an attribute, or one each of two, and each group against the rest.
//!
//! Groups of two attributes are found while everybody is looked at once, by the codes of both values; from there on a
//! group is a group, and no row is copied or relabeled.
//!
//! A row belongs to the group that it names, so somebody who moved is in several groups, in each by the rows in
//! it alone. Most people never move: their marks are the same in their group as in the whole, and of the rest
//! they are counted and not looked at ([`Pairs`]). Those who moved are judged again, once inside and once
//! outside each of their groups, and compared one by one.

use hashbrown::HashMap;

use super::incidence::{self, Contributions, Squares, Weights};
use super::marks::{BitRows, Bits, Judge, Marks, Measure, Tally};
use super::pairs::{Pairs, Weight};
use super::{Breakdown, Group, Population};
use crate::dataset::{GroupCell, GroupValue, Grouping, PersonRows, Selection};
use crate::stats::{Interval, Share};

/// Groups under this many people get no comparison: they are never shown.
pub(super) const SMALLEST_COMPARED: usize = 5;

/// The people of a population by what they are grouped by.
pub(super) struct Split<'a> {
    grouping: &'a Grouping<'a>,
    /// The groups in which anybody has a row, ascending by the codes of their values.
    cells: Vec<GroupCell>,
    /// For each group the places, among the selected people, of those whose rows are all in it.
    still: Vec<Vec<u32>>,
    movers: Vec<Mover>,
}

/// Somebody with rows in several groups.
struct Mover {
    /// Among the selected people.
    place: usize,
    parts: Vec<Part>,
}

/// The periods of a person's rows inside one group, and outside it.
struct Part {
    /// The group, by its place among all.
    group: usize,
    inside: Vec<u64>,
    outside: Vec<u64>,
}

/// Groups as they are met.
#[derive(Default)]
struct Met {
    places: HashMap<GroupCell, usize>,
    /// The group of the person before: neighbors are often of one group.
    latest: Option<(GroupCell, usize)>,
    still: Vec<Vec<u32>>,
}

impl Met {
    /// The place of a group, a new one if need be.
    #[inline]
    fn place_of(&mut self, cell: GroupCell) -> usize {
        if let Some((latest, place)) = self.latest
            && latest == cell
        {
            return place;
        }
        let next = self.still.len();
        let place = *self.places.entry(cell).or_insert(next);
        if place == next {
            self.still.push(Vec::new());
        }
        self.latest = Some((cell, place));
        place
    }
}

impl<'a> Split<'a> {
    pub(super) fn new(population: &Population<'_>, grouping: &'a Grouping<'a>) -> Self {
        let mut met = Met::default();
        let mut movers = Vec::new();
        let period_of_row = population.dataset().periods_of_rows();
        for (place, rows) in population.selection().persons_rows().enumerate() {
            if let Some(cell) = grouping.of_person(rows.person()) {
                let group = met.place_of(cell);
                met.still[group].push(place as u32);
                continue;
            }
            let mut parts: Vec<Part> = Vec::new();
            rows.for_each(|row| {
                let group = met.place_of(grouping.of_row(row));
                let index = parts.iter().position(|part| part.group == group).unwrap_or_else(|| {
                    let nothing = vec![0; rows.periods().len()];
                    parts.push(Part { group, inside: nothing.clone(), outside: nothing });
                    parts.len() - 1
                });
                let period = usize::from(period_of_row[row]);
                parts[index].inside[period / 64] |= 1 << (period % 64);
            });
            if let [one] = parts.as_slice() {
                met.still[one.group].push(place as u32);
                continue;
            }
            for part in &mut parts {
                for ((outside, inside), all) in part.outside.iter_mut().zip(&part.inside).zip(rows.periods()) {
                    *outside = all & !inside;
                }
            }
            movers.push(Mover { place, parts });
        }
        Self::in_order(grouping, met, movers)
    }

    /// Puts groups that were met in any order into that of their values.
    fn in_order(grouping: &'a Grouping<'a>, mut met: Met, mut movers: Vec<Mover>) -> Self {
        let mut groups: Vec<(GroupCell, usize)> = met.places.into_iter().collect();
        groups.sort_unstable();
        let mut place_of = vec![0; groups.len()];
        for (place, (_, met)) in groups.iter().enumerate() {
            place_of[*met] = place;
        }
        for part in movers.iter_mut().flat_map(|mover| &mut mover.parts) {
            part.group = place_of[part.group];
        }
        let still = groups.iter().map(|(_, place)| std::mem::take(&mut met.still[*place])).collect();
        Self { grouping, cells: groups.into_iter().map(|(cell, _)| cell).collect(), still, movers }
    }

    /// Every group by its codes and its name.
    pub(super) fn groups(&self) -> impl Iterator<Item = (GroupCell, GroupValue)> + '_ {
        self.cells.iter().map(|&cell| (cell, self.grouping.value(cell)))
    }

    /// Calls `each` with the place of each group and the rows in it of each of its people, and with their rows outside
    /// it where they have any.
    pub(super) fn for_each_part(
        &self,
        selection: &Selection<'_>,
        mut each: impl FnMut(usize, PersonRows<'_>, Option<PersonRows<'_>>),
    ) {
        for (group, places) in self.still.iter().enumerate() {
            places.iter().for_each(|&place| each(group, selection.rows_of(place as usize), None));
        }
        for mover in &self.movers {
            let person = selection.person_codes()[mover.place];
            let rows = |periods| selection.dataset().rows_in(person, periods);
            mover.parts.iter().for_each(|part| each(part.group, rows(&part.inside), Some(rows(&part.outside))));
        }
    }

    /// For each group what is summed over the people with rows in it, each by those rows alone, with the person's place
    /// among the selected people where these are all of the person's rows.
    pub(super) fn sum_by_group<T: Copy + Default>(
        &self,
        selection: &Selection<'_>,
        mut add: impl FnMut(T, Option<usize>, PersonRows<'_>) -> T,
    ) -> Vec<T> {
        let mut sums = vec![T::default(); self.still.len()];
        for (sum, places) in sums.iter_mut().zip(&self.still) {
            for &place in places {
                *sum = add(*sum, Some(place as usize), selection.rows_of(place as usize));
            }
        }
        for mover in &self.movers {
            let person = selection.person_codes()[mover.place];
            for part in &mover.parts {
                let sum = &mut sums[part.group];
                *sum = add(*sum, None, selection.dataset().rows_in(person, &part.inside));
            }
        }
        sums
    }
}

/// Evaluates every group, the small ones too: what may be seen is decided elsewhere.
pub(super) fn break_down<M: Measure>(
    judge: &Judge<'_, M>,
    selection: &Selection<'_>,
    split: &Split<'_>,
    whole: &Marks,
    total: &Tally,
) -> Breakdown {
    let still = split.still.iter().map(|places| Still::of(whole, places)).collect();
    let movers = MoverBits::of(judge, selection, split);
    let others = Others::new(split, whole, total, still, movers);
    let groups = split.groups().enumerate().filter_map(|(place, (cell, value))| {
        let (still, movers) = (&others.still[place], &others.movers);
        let mut tally = still.tally.clone();
        for (part, _) in movers.inside(place) {
            tally.add(movers.own.get(part));
        }
        let share = tally.share()?;
        let weights = Weights::new(&tally);
        let own = OwnContributions::of(&weights, still, movers, place);
        let contributions = own.by_person(&split.still[place], selection.person_codes());
        let variance = incidence::variance(contributions.iter().map(|(_, z)| *z));
        let is_compared = contributions.len() >= SMALLEST_COMPARED;
        Some(Group {
            value,
            cell,
            people: contributions.len(),
            share: Share::new(share),
            interval: incidence::share_interval(share, variance, contributions.len()),
            difference: if is_compared { others.difference(place, share, &own) } else { None },
            trend: tally.trend(&judge.units.first_days),
            contributions,
        })
    });
    Breakdown { by: split.grouping.by(), groups: groups.collect() }
}

/// The people of one group who did not move.
struct Still {
    bits: BitRows,
    tally: Tally,
    /// How many of them are measured.
    measured: usize,
}

impl Still {
    fn of(whole: &Marks, places: &[u32]) -> Self {
        let bits = whole.bits_of(places);
        Self { tally: bits.tally(), measured: bits.iter().filter(|bits| bits.is_measured()).count(), bits }
    }
}

/// The contributions to a group's own share; `None` for somebody who is not measured in it.
struct OwnContributions {
    /// Of those who did not move, in order.
    still: Vec<Option<f64>>,
    /// Of those who moved, with their place among the selected people, in order.
    moved: Vec<(usize, Option<f64>)>,
}

impl OwnContributions {
    fn of(weights: &Weights, still: &Still, movers: &MoverBits, group: usize) -> Self {
        let z = |bits: Bits<'_>| bits.is_measured().then(|| weights.contribution(bits));
        Self {
            still: still.bits.iter().map(z).collect(),
            moved: movers.inside(group).map(|(part, place)| (place, z(movers.own.get(part)))).collect(),
        }
    }

    /// By person code, ascending.
    fn by_person(&self, places: &[u32], people: &[u32]) -> Contributions {
        let mut all = Contributions::with_capacity(self.still.len() + self.moved.len());
        let mut moved = self.moved.iter().peekable();
        let mut add = |place: usize, z: Option<f64>| all.extend(z.map(|z| (people[place], z)));
        for (&place, z) in places.iter().zip(&self.still) {
            let place = place as usize;
            while let Some((earlier, z)) = moved.next_if(|(mover, _)| *mover < place) {
                add(*earlier, *z);
            }
            add(place, *z);
        }
        moved.for_each(|(place, z)| add(*place, *z));
        all
    }
}

/// The bits of everybody who moved, by the rows inside and outside each of their groups.
struct MoverBits {
    /// For each part its person's place among the selected people.
    parts: Vec<usize>,
    own: BitRows,
    rest: BitRows,
    /// For each group the places of its parts.
    by_group: Vec<Vec<u32>>,
}

impl MoverBits {
    fn of<M: Measure>(judge: &Judge<'_, M>, selection: &Selection<'_>, split: &Split<'_>) -> Self {
        let words = judge.units.words();
        let by_group = vec![Vec::new(); split.still.len()];
        let mut bits = Self { parts: Vec::new(), own: BitRows::new(words), rest: BitRows::new(words), by_group };
        let mut again = judge.again();
        for mover in &split.movers {
            let person = selection.person_codes()[mover.place];
            for part in &mover.parts {
                bits.by_group[part.group].push(bits.parts.len() as u32);
                bits.parts.push(mover.place);
                judge.push_bits(selection.dataset().rows_in(person, &part.inside), &mut again, &mut bits.own);
                judge.push_bits(selection.dataset().rows_in(person, &part.outside), &mut again, &mut bits.rest);
            }
        }
        bits
    }

    /// The parts in a group, and each one's person's place among the selected people.
    fn inside(&self, group: usize) -> impl Iterator<Item = (usize, usize)> + '_ {
        self.by_group[group].iter().map(|&part| (part as usize, self.parts[part as usize]))
    }
}

/// What the groups of an attribute are compared with: for each of them everyone outside it.
struct Others<'a> {
    split: &'a Split<'a>,
    whole: &'a Marks,
    total: &'a Tally,
    still: Vec<Still>,
    /// How many are measured in any unit.
    measured: usize,
    movers: MoverBits,
    pairs: Option<PairsByGroup>,
}

/// Who is measured and counted in both of two units.
struct PairsByGroup {
    /// The units in which anybody is measured.
    units: Vec<usize>,
    /// Everybody, those who moved by all of their rows.
    all: Pairs,
    /// For each group those who did not move, where they are kept.
    still: Vec<Option<Pairs>>,
}

/// So many counts are kept; those of further groups are counted again. Two attributes of 200 values each make 40,000
/// groups, and 52 weeks 8,112 counts a group.
const MOST_KEPT: usize = 16 << 20;

/// Counting pairs pays from one group in so many units on.
const UNITS_A_GROUP: usize = 4;

impl PairsByGroup {
    /// Counts once for all groups. `None` with many units and few groups: then it is cheaper to look at everybody
    /// once a group.
    fn of(still: &[Still], moved: &BitRows, total: &Tally) -> Option<Self> {
        let compared = still.iter().filter(|group| group.measured >= SMALLEST_COMPARED).count();
        let units: Vec<usize> = (0..total.measured.len()).filter(|&unit| total.measured[unit] > 0).collect();
        if compared * UNITS_A_GROUP < units.len() {
            return None;
        }
        let most_kept = MOST_KEPT / (3 * units.len() * units.len()).max(1);
        let mut all = Pairs::of(moved, &units);
        let mut groups = Vec::new();
        for group in still {
            let pairs = Pairs::of(&group.bits, &units);
            all.add(&pairs);
            groups.push((groups.len() < most_kept).then_some(pairs));
        }
        Some(Self { units, all, still: groups })
    }

    /// The squared contributions of everyone but those of one group who did not move; `None` where people have to be
    /// looked at.
    fn sum_of_squares_without(&self, group: usize, still: &Still, weights: &[Weight]) -> Option<f64> {
        let weights: Vec<Weight> = self.units.iter().map(|&unit| weights[unit]).collect();
        match &self.still[group] {
            Some(pairs) => self.all.sum_of_squares_without(pairs, &weights),
            None => self.all.sum_of_squares_without(&Pairs::of(&still.bits, &self.units), &weights),
        }
    }
}

impl<'a> Others<'a> {
    fn new(split: &'a Split<'a>, whole: &'a Marks, total: &'a Tally, still: Vec<Still>, movers: MoverBits) -> Self {
        let places: Vec<u32> = split.movers.iter().map(|mover| mover.place as u32).collect();
        let moved = whole.bits_of(&places);
        let pairs = PairsByGroup::of(&still, &moved, total);
        let measured = still.iter().map(|group| group.measured).sum::<usize>();
        let measured = measured + moved.iter().filter(|bits| bits.is_measured()).count();
        Self { split, whole, total, still, measured, movers, pairs }
    }

    /// A group's share less that of everyone outside it, contributions subtracted person by person. `None` when
    /// nobody is measured outside.
    fn difference(&self, group: usize, share: f64, own: &OwnContributions) -> Option<(f64, Interval)> {
        let mut rest = self.total.without(&self.still[group].tally);
        for (part, place) in self.movers.inside(group) {
            rest.subtract(self.whole.bits(place));
            rest.add(self.movers.rest.get(part));
        }
        let rest_share = rest.share()?;
        let weights = rest.weights();
        let z = |bits: Bits<'_>| bits.is_measured().then(|| incidence::contribution(&weights, bits));
        let mut differences =
            self.squares_by_pairs(group, &weights, z).unwrap_or_else(|| self.squares_one_by_one(group, &rest));
        for z in own.still.iter().flatten() {
            differences.add(*z);
        }
        for ((part, _), (_, inside)) in self.movers.inside(group).zip(&own.moved) {
            // Somebody who moved can be measured by the rows in the group, or outside it, and not by all of them.
            let outside = z(self.movers.rest.get(part));
            if inside.is_some() || outside.is_some() {
                differences.add(inside.unwrap_or(0.0) - outside.unwrap_or(0.0));
            }
        }
        differences.interval_of(share - rest_share)
    }

    /// The squared contributions of those who never were in the group, from pairs of units; `None` where people have
    /// to be looked at.
    fn squares_by_pairs(
        &self,
        group: usize,
        weights: &[Weight],
        z: impl Fn(Bits<'_>) -> Option<f64>,
    ) -> Option<Squares> {
        let sum = self.pairs.as_ref()?.sum_of_squares_without(group, &self.still[group], weights)?;
        let mut in_and_out = Squares::default();
        let moved = self.movers.inside(group).filter_map(|(_, place)| z(self.whole.bits(place)));
        moved.for_each(|z| in_and_out.add(z));
        // What is left must not be the rounding of what was taken away.
        let left = sum - in_and_out.sum;
        let people = self.measured - self.still[group].measured - in_and_out.people;
        (left >= 0.01 * sum).then_some(Squares { sum: left, people })
    }

    /// The same person by person.
    fn squares_one_by_one(&self, group: usize, rest: &Tally) -> Squares {
        let weights = Weights::new(rest);
        let mut squares = Squares::default();
        for (_, other) in self.still.iter().enumerate().filter(|(other, _)| *other != group) {
            for bits in other.bits.iter().filter(|bits| bits.is_measured()) {
                squares.add(weights.contribution(bits));
            }
        }
        for mover in self.split.movers.iter().filter(|mover| mover.parts.iter().all(|part| part.group != group)) {
            let bits = self.whole.bits(mover.place);
            if bits.is_measured() {
                squares.add(weights.contribution(bits));
            }
        }
        squares
    }
}
