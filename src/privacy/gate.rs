//! What may be asked of a dataset: one gate for everything that could be asked while the same switches are on.
//!
//! The decisions are about the whole file, so that neither a filter, nor a range of weeks, nor the order of
//! questions changes them. A question is answered when every cell that it is made of is shown; a range of weeks
//! when it has none, or all, of the weeks of each cell that are not shown by themselves.

use super::crowd::{Cell, Crowd, Units};
use super::measured::ByInsight;
use super::moves::Named;
use super::tables::Tables;
use super::{Hidden, InsightId, Rules};
use hashbrown::{HashMap, HashSet};

use crate::dataset::{AddedDays, Dataset, Filter, GroupCell, Selection};
use crate::insights::{Panel, Population};

/// What may be seen of a dataset under some switches.
#[derive(Debug)]
pub(super) struct Gate {
    /// Everyone under the switches.
    everyone: Crowd,
    /// Everyone with every switch off.
    standard: Tables,
    /// People whom a switch that is on moves, and why they could be worked out.
    moved: Vec<(Tables, Hidden)>,
    /// People measured by an insight, where these are not all.
    measured: ByInsight,
    rules: Rules,
}

/// What a question names: attributes by place, ascending, with which of their values; and which periods.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    named: Vec<(usize, Vec<bool>)>,
    /// For each period of the calendar whether it is kept; `None` for all.
    periods: Option<Vec<bool>>,
}

impl Asked {
    /// Everyone, in all periods.
    pub(super) fn everything() -> Self {
        Self { named: Vec::new(), periods: None }
    }

    /// What a filter names.
    ///
    /// # Errors
    /// When the dataset does not have it.
    pub(super) fn by(dataset: &Dataset, filter: &Filter) -> Result<Self, Hidden> {
        let mut named: Vec<(usize, Vec<bool>)> = Vec::new();
        for wanted in &filter.attributes {
            let place = dataset.place_of(&wanted.attribute).map_err(Hidden::NotInFile)?;
            let attribute = &dataset.attributes()[place];
            let is_named = |value: &String| wanted.values.iter().any(|named| named.trim() == value);
            named.push((place, attribute.values.iter().map(is_named).collect()));
        }
        named.sort_by_key(|(place, _)| *place);
        // Naming an attribute twice means both.
        named.dedup_by(|later, first| {
            let same = later.0 == first.0;
            if same {
                first.1.iter_mut().zip(&later.1).for_each(|(first, later)| *first &= later);
            }
            same
        });
        let kept: Vec<bool> = dataset.calendar().periods.iter().map(|day| filter.keeps_period(*day)).collect();
        Ok(Self { named, periods: kept.contains(&false).then_some(kept) })
    }

    /// The same, where some attributes that are not named have all of their values named.
    pub(super) fn with_all_of(&self, attributes: &[usize], dataset: &Dataset) -> Self {
        let mut asked = self.clone();
        for &attribute in attributes {
            if let Err(next) = asked.named.binary_search_by_key(&attribute, |(place, _)| *place) {
                asked.named.insert(next, (attribute, vec![true; dataset.attributes()[attribute].values.len()]));
            }
        }
        asked
    }

    /// The same in some of its periods alone.
    pub(super) fn in_periods(&self, mut periods: Vec<bool>) -> Self {
        if let Some(kept) = &self.periods {
            periods.iter_mut().zip(kept).for_each(|(period, kept)| *period &= kept);
        }
        Self { named: self.named.clone(), periods: Some(periods) }
    }

    fn attributes(&self) -> Vec<usize> {
        self.named.iter().map(|(place, _)| *place).collect()
    }

    fn names(&self, cell: &[u16]) -> bool {
        self.named.iter().zip(cell).all(|((_, is_named), &code)| is_named[usize::from(code)])
    }
}

impl Gate {
    /// What of a filter decides, its switches: filters that agree in them share a gate.
    pub(super) fn key(filter: &Filter) -> Filter {
        let Filter { include_inactive, without_low_activity, .. } = *filter;
        Filter { include_inactive, without_low_activity, ..Filter::default() }
    }

    /// Decides about a dataset under the switches of a filter. Its attributes and periods do not matter.
    pub(super) fn new(panel: &Panel, filter: &Filter, rules: Rules) -> Self {
        let dataset = panel.dataset();
        let switches = Self::key(filter);
        let (inactive, low) = (switches.include_inactive, switches.without_low_activity);
        let with = |include_inactive, without_low_activity| Filter {
            include_inactive,
            without_low_activity,
            ..Filter::default()
        };
        let here = dataset.select_all(&switches);
        let everyone = Crowd::of(&here);
        // Of weeks summed from days the inactive days are in the weeks: those without are another dataset.
        let without_inactive = dataset.added_days().map_or(dataset, AddedDays::without);
        let standard = if inactive || low {
            Crowd::of(&without_inactive.select_all(&Filter::default()))
        } else {
            everyone.clone()
        };
        let moved_by = |off: &Selection<'_>, why: &Hidden| -> Vec<(Tables, Hidden)> {
            let crowds = moved(&here, off).into_iter();
            crowds.map(|moved| (Tables::of_moved(moved, everyone.clone(), rules), why.clone())).collect()
        };
        let mut moved = Vec::new();
        if inactive {
            moved.extend(moved_by(&without_inactive.select_all(&with(false, low)), &Hidden::TooFewInactive));
        }
        if low {
            moved.extend(moved_by(&dataset.select_all(&with(inactive, false)), &Hidden::TooFewLeftOut));
        }
        let (standard, measured) = (Tables::new(standard, rules), ByInsight::new(panel, here, switches, rules));
        Self { standard, everyone, moved, measured, rules }
    }

    /// Distinct people of each value of an attribute in the whole file.
    pub(super) fn sizes(&self, attribute: usize) -> Vec<usize> {
        self.everyone.everyone().sizes(attribute)
    }

    /// How many groups of some attributes have anybody in the whole file.
    pub(super) fn groups(&self, by: &[usize]) -> usize {
        self.everyone.everyone().people_by_cell(by).len()
    }

    /// Distinct people of several values of an attribute in the whole file.
    pub(super) fn people_in(&self, attribute: usize, values: &[usize]) -> usize {
        self.everyone.people_where(|codes| values.contains(&usize::from(codes[attribute])))
    }

    /// Whether a question may be answered.
    ///
    /// # Errors
    /// [`Hidden`], when one of its cells is not shown, or too few people are in or out of it.
    pub(super) fn check(&self, dataset: &Dataset, asked: &Asked) -> Result<(), Hidden> {
        let attributes = asked.attributes();
        let hidden_value = |&place: &usize| Hidden::HiddenValue { attribute: dataset.attributes()[place].name.clone() };
        if hides_any(&self.standard, asked) {
            let hidden_alone = |place: &&usize| {
                let is_named = asked.named.iter().find(|(named, _)| named == *place).map(|(_, is_named)| is_named);
                let hidden = &self.standard.table(&[**place]).hidden;
                hidden.iter().any(|cell| is_named.is_some_and(|is_named| is_named[usize::from(cell[0])]))
            };
            let place = attributes.iter().find(hidden_alone).or_else(|| attributes.first());
            return Err(place.map_or(Hidden::TooFewPeople, hidden_value));
        }
        let is_named = |codes: &[u16]| asked.named.iter().all(|(place, named)| named[usize::from(codes[*place])]);
        let (all, people) = (self.everyone.people(), self.everyone.people_where(is_named));
        if people < self.rules.minimum_group_size() {
            // Few people are hidden in their cell: these are nobody, which must look the same.
            return Err(attributes.first().map_or(Hidden::TooFewPeople, hidden_value));
        }
        if !self.rules.nobody_or_enough(all - people) {
            return Err(Hidden::TooFewLeftOut);
        }
        if let Some((_, why)) = self.moved.iter().find(|(tables, _)| hides_any(tables, asked)) {
            return Err(why.clone());
        }
        if self.splits(asked) {
            return Err(Hidden::SplitPeriods);
        }
        Ok(())
    }

    /// Whether a switch is on that moves people: then it may be that not even of everyone every period is shown.
    pub(super) fn moves_people(&self) -> bool {
        !self.moved.is_empty()
    }

    /// Whether a question's periods hold some, but not all, of those that one of its cells does not show by themselves.
    pub(super) fn splits(&self, asked: &Asked) -> bool {
        let mut all = std::iter::once(&self.standard).chain(self.moved.iter().map(|(tables, _)| tables));
        all.any(|tables| splits(tables, asked))
    }

    /// Decides what questions about some attributes in some of the periods need, as far as it can be done in peace.
    pub(super) fn prepare(&self, attributes: &[usize], is_enough: impl Fn() -> bool) {
        let mut attributes = attributes.to_vec();
        attributes.sort_unstable();
        let all = std::iter::once(&self.standard).chain(self.moved.iter().map(|(tables, _)| tables));
        all.for_each(|tables| tables.prepare(&attributes, &is_enough));
    }

    /// Whether every cell of a question is shown, whoever is measured.
    pub(super) fn shows(&self, asked: &Asked) -> bool {
        let mut all = std::iter::once(&self.standard).chain(self.moved.iter().map(|(tables, _)| tables));
        all.all(|tables| !hides_any(tables, asked) && !splits(tables, asked))
    }

    /// Whether every cell of a question about a population is shown among the people whom an insight measures.
    pub(super) fn shows_measured(&self, insight: InsightId, population: &Population<'_>, asked: &Asked) -> bool {
        let tables = self.measured.tables(insight, population);
        let is_told = |tables: &Tables| told_by_moves(tables, asked, &[]).is_empty();
        tables.iter().all(|tables| !hides_any(tables, asked) && !splits(tables, asked) && is_told(tables))
    }

    /// The groups of one attribute or two, by place ascending, that are not shown within a question, whoever is
    /// measured: as if each were asked for by itself.
    pub(super) fn hidden_groups(&self, dataset: &Dataset, asked: &Asked, by: &[usize]) -> HashSet<GroupCell> {
        let asked = asked.with_all_of(by, dataset);
        let mut hidden = HashSet::new();
        for tables in std::iter::once(&self.standard).chain(self.moved.iter().map(|(tables, _)| tables)) {
            hidden.extend(hidden_cells(tables, &asked, by));
            hidden.extend(split_groups(tables, &asked, by));
        }
        hidden
    }

    /// The groups that are not shown within a question among the people whom an insight measures.
    pub(super) fn hidden_measured_groups(
        &self,
        insight: InsightId,
        population: &Population<'_>,
        asked: &Asked,
        by: &[usize],
    ) -> HashSet<GroupCell> {
        let asked = asked.with_all_of(by, population.dataset());
        let mut hidden = HashSet::new();
        for tables in self.measured.tables(insight, population) {
            hidden.extend(hidden_cells(&tables, &asked, by));
            hidden.extend(split_groups(&tables, &asked, by));
            hidden.extend(told_by_moves(&tables, &asked, by));
        }
        hidden
    }

    /// Whether the groups of one attribute within a question are all but for a few of the people whom an insight measures,
    /// who moved between them within a month.
    pub(super) fn parts_few(
        &self,
        insight: InsightId,
        population: &Population<'_>,
        asked: &Asked,
        by: &[usize],
    ) -> bool {
        let &[by] = by else { return false };
        let asked = asked.with_all_of(&[by], population.dataset());
        let tables = self.measured.tables(insight, population);
        tables.iter().any(|tables| is_parted(tables, &asked, by))
    }
}

/// Whether a few people moved within a month across the groups of an attribute, within the one cell that a question names.
fn is_parted(tables: &Tables, asked: &Asked, by: usize) -> bool {
    let one_code = |(_, is_named): &(usize, Vec<bool>)| {
        let mut codes = (0..).zip(is_named).filter(|(_, is_named)| **is_named).map(|(code, _)| code);
        codes.next().filter(|_| codes.next().is_none())
    };
    let cell: Option<Cell> = asked.named.iter().filter(|(place, _)| *place != by).map(one_code).collect();
    cell.is_some_and(|cell| tables.table(&asked.attributes()).parted.contains(&(by, cell)))
}

/// The group of some attributes that a cell of a question lies in.
fn group_of(asked: &Asked, cell: &[u16], by: &[usize]) -> GroupCell {
    let code = |attribute: Option<&usize>| {
        let place = attribute.and_then(|by| asked.named.iter().position(|(named, _)| named == by));
        place.map_or(0, |place| cell[place])
    };
    [code(by.first()), code(by.get(1))]
}

/// The groups of which a cell that a question names is not shown.
pub(super) fn hidden_cells(tables: &Tables, asked: &Asked, by: &[usize]) -> HashSet<GroupCell> {
    let table = tables.table(&asked.attributes());
    let named = table.hidden.iter().filter(|cell| asked.names(cell));
    named.map(|cell| group_of(asked, cell, by)).collect()
}

/// The groups of which people who moved within a month would tell a hidden cell.
fn told_by_moves(tables: &Tables, asked: &Asked, by: &[usize]) -> HashSet<GroupCell> {
    let names_several = |(place, is_named): &(usize, Vec<bool>)| {
        !by.contains(place) && is_named.iter().filter(|is_named| **is_named).count() > 1
    };
    if !asked.named.iter().any(names_several) {
        return HashSet::new();
    }
    let is_kept = |period: usize| asked.periods.as_ref().is_none_or(|kept| kept[period]);
    let is_named = |codes: &[u16]| asked.named.iter().all(|(place, named)| named[usize::from(codes[*place])]);
    let code = |codes: &[u16], attribute: Option<&usize>| attribute.map_or(0, |&place| codes[place]);
    let named = Named {
        is_named: &|period, codes| is_kept(period) && is_named(codes),
        attributes: &asked.attributes(),
        group_of: &|codes| [code(codes, by.first()), code(codes, by.get(1))],
    };
    tables.moves().told_by(&named, tables.rules())
}

/// The groups whose weeks a question parts, each by itself.
pub(super) fn split_groups(tables: &Tables, asked: &Asked, by: &[usize]) -> Vec<GroupCell> {
    let attributes = asked.attributes();
    let table = tables.table(&attributes);
    let mut cells: HashMap<GroupCell, Vec<&Cell>> = HashMap::new();
    for cell in table.people.keys().filter(|cell| asked.names(cell)) {
        cells.entry(group_of(asked, cell, by)).or_default().push(cell);
    }
    // With all periods, only groups of several cells can be split.
    cells.retain(|_, cells| asked.periods.is_some() || cells.len() > 1);
    if cells.is_empty() {
        return Vec::new();
    }
    let (hidden_units, kept) = (tables.hidden_units(&attributes), kept(tables, asked));
    let hidden = |cell: &&Cell| hidden_units.get(*cell);
    let splits = cells.iter().filter(|(_, cells)| splits_cells(&kept, cells.iter().filter_map(hidden), cells.len()));
    splits.map(|(group, _)| *group).collect()
}

/// Whether a question has a cell that is not shown.
pub(super) fn hides_any(tables: &Tables, asked: &Asked) -> bool {
    tables.table(&asked.attributes()).hidden.iter().any(|cell| asked.names(cell))
}

/// Whether a question's periods hold some, but not all, of the weeks or months that a cell does not show by themselves;
/// or, of several cells together, any. Shares of several cells weigh their weeks in another way than each by itself, so
/// that from both one could work out the weeks.
pub(super) fn splits(tables: &Tables, asked: &Asked) -> bool {
    let attributes = asked.attributes();
    let cells = tables.table(&attributes).people.keys().filter(|cell| asked.names(cell)).count();
    if asked.periods.is_none() && cells < 2 {
        return false;
    }
    let hidden_units = tables.hidden_units(&attributes);
    let hidden = hidden_units.iter().filter(|(cell, _)| asked.names(cell)).map(|(_, hidden)| hidden);
    splits_cells(&kept(tables, asked), hidden, cells)
}

/// For each unit whether a question has a period of it.
fn kept(tables: &Tables, asked: &Asked) -> Vec<bool> {
    tables.units().kept(|period| asked.periods.as_ref().is_none_or(|kept| kept[period]))
}

/// The same for the hidden units of so many cells.
fn splits_cells<'h>(kept: &[bool], mut hidden: impl Iterator<Item = &'h Vec<bool>>, cells: usize) -> bool {
    hidden.any(|hidden| {
        let mut kept = hidden.iter().zip(kept).filter(|(hidden, _)| **hidden).map(|(_, kept)| *kept);
        match kept.next() {
            None => false,
            Some(first) if cells < 2 => kept.any(|kept| kept != first),
            Some(first) => first || kept.any(|kept| kept),
        }
    })
}

/// The people whose rows are in one selection and not in the other, or who have other days in both, by those rows.
/// Where the selections are of two datasets, by the rows of each: a day more can put somebody into another group.
fn moved(here: &Selection<'_>, off: &Selection<'_>) -> Vec<Crowd> {
    let dataset = here.dataset();
    let words = dataset.period_words();
    let mut periods = vec![0; dataset.people() * words];
    let own = |person: u32| person as usize * words..(person as usize + 1) * words;
    for rows in here.persons_rows().chain(off.persons_rows()) {
        periods[own(rows.person())].iter_mut().zip(rows.periods()).for_each(|(all, own)| *all ^= own);
    }
    let is_other = !std::ptr::eq(dataset, off.dataset());
    if let Some(added) = dataset.added_days().filter(|_| is_other) {
        for rows in here.persons_rows() {
            let added = &added.weeks()[own(rows.person())];
            let changed = rows.periods().iter().zip(added).map(|(own, added)| own & added);
            periods[own(rows.person())].iter_mut().zip(changed).for_each(|(all, changed)| *all |= changed);
        }
    }
    let crowd = |dataset: &Dataset| {
        let of = |person: usize| dataset.present(person as u32);
        let there: Vec<u64> =
            periods.chunks(words.max(1)).enumerate().flat_map(|(person, periods)| both(periods, of(person))).collect();
        let people = there.chunks(words.max(1)).enumerate();
        let moved = people.filter(|(_, periods)| periods.iter().any(|word| *word != 0));
        let units = Units::periods(dataset);
        Crowd::of_people(dataset, units, moved.map(|(person, periods)| dataset.rows_in(person as u32, periods)))
    };
    let datasets = std::iter::once(dataset).chain(is_other.then(|| off.dataset()));
    datasets.map(crowd).collect()
}

/// The periods that are in both sets.
fn both<'a>(a: &'a [u64], b: &'a [u64]) -> impl Iterator<Item = u64> + 'a {
    a.iter().zip(b).map(|(a, b)| a & b)
}
