//! What may be asked of a dataset: one gate for everything that could be asked while the same switches are on.
//!
//! The decisions are about the whole file, so that neither a filter, nor a range of weeks, nor the order of
//! questions changes them. A question is answered when every cell that it is made of is shown; a range of weeks when it
//! has none of the weeks in which a cell is hidden, or all of them, where these are told together.

use std::hash::Hash;
use std::sync::Arc;

use chrono::NaiveDate;
use hashbrown::{HashMap, HashSet};

use super::crowd::{Cell, Crowd, Units};
use super::measured::ByInsight;
use super::moves::Named;
use super::tables::Tables;
use super::together::UnitsOfCell;
use super::{Hidden, InsightId, Rules};
use crate::dataset::{AddedDays, Dataset, Filter, GroupCell, Selection};
use crate::insights::{Panel, Population, edges_of};

/// What may be seen of a dataset under some switches.
#[derive(Debug)]
pub(super) struct Gate {
    /// Everyone under the switches.
    everyone: Crowd,
    /// Everyone with every switch off.
    standard: Arc<Tables>,
    /// People whom a switch that is on moves, and why they could be worked out.
    moved: Vec<(Tables, Hidden)>,
    /// People measured by an insight, where these are not all.
    measured: ByInsight,
    rules: Rules,
}

/// Groups that are not shown within a question.
#[derive(Clone, Debug, Default)]
pub(super) struct NotShown {
    /// Those that are shown in no range of periods.
    pub(super) never: HashSet<GroupCell>,
    /// Those that are not shown in these periods.
    pub(super) in_periods: HashSet<GroupCell>,
}

impl NotShown {
    /// Adds others.
    pub(super) fn extend(&mut self, others: &Self) {
        self.never.extend(&others.never);
        self.in_periods.extend(&others.in_periods);
    }
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

    /// Decides about a dataset under the switches of a filter. Its attributes and periods do not matter. `without` is the
    /// gate of the same dataset with every switch off, where somebody has it.
    pub(super) fn new(panel: &Panel, filter: &Filter, rules: Rules, without: Option<&Self>) -> Self {
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
        let standard = match without {
            Some(gate) => Arc::clone(&gate.standard),
            None if inactive || low => {
                Arc::new(Tables::new(Crowd::of(&without_inactive.select_all(&Filter::default())), rules))
            }
            None => Arc::new(Tables::new(everyone.clone(), rules)),
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
        let measured = ByInsight::new(panel, here, switches, rules);
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
        if self.hides_a_period(asked) {
            return Err(Hidden::TooFewInPeriods { without: self.periods_to_leave_out(dataset, asked) });
        }
        Ok(())
    }

    /// Whether a switch is on that moves people: then it may be that not even of everyone every period is shown.
    pub(super) fn moves_people(&self) -> bool {
        !self.moved.is_empty()
    }

    /// Whether a question's periods hold hidden ones of one of its cells that are not told with them.
    pub(super) fn hides_a_period(&self, asked: &Asked) -> bool {
        let mut all = std::iter::once(&*self.standard).chain(self.moved.iter().map(|(tables, _)| tables));
        all.any(|tables| !self.hidden_in_a_period(tables, asked, |_| ()).is_empty())
    }

    /// The periods, by their first days, without which a question's periods hold no hidden ones; none where nothing would be
    /// left.
    fn periods_to_leave_out(&self, dataset: &Dataset, asked: &Asked) -> Vec<NaiveDate> {
        let periods = &dataset.calendar().periods;
        let mut hidden = vec![false; periods.len()];
        for tables in std::iter::once(&*self.standard).chain(self.moved.iter().map(|(tables, _)| tables)) {
            let units = tables.hidden_units(&asked.attributes());
            for (_, units) in units.iter().filter(|(cell, _)| asked.names(cell)) {
                hidden.iter_mut().zip(&units.hidden).for_each(|(hidden, own)| *hidden |= own);
            }
        }
        let is_kept = |period: usize| asked.periods.as_ref().is_none_or(|kept| kept[period]);
        let rest = asked.in_periods(hidden.iter().map(|hidden| !hidden).collect());
        if self.hides_a_period(&rest) || !rest.periods.as_ref().is_some_and(|kept| kept.contains(&true)) {
            return Vec::new();
        }
        (0..periods.len()).filter(|&period| hidden[period] && is_kept(period)).map(|period| periods[period]).collect()
    }

    /// Decides what questions about so many attributes need, in all periods and in some, as far as it can be done in peace.
    pub(super) fn prepare(&self, attributes: usize, is_enough: impl Fn() -> bool) {
        let all = std::iter::once(&*self.standard).chain(self.moved.iter().map(|(tables, _)| tables));
        let all = all.chain(self.measured.of_all_periods());
        all.take_while(|_| !is_enough()).for_each(|tables| tables.prepare(attributes, &is_enough));
    }

    /// Whether every cell of a question is shown, whoever is measured.
    pub(super) fn shows(&self, asked: &Asked) -> bool {
        let mut all = std::iter::once(&*self.standard).chain(self.moved.iter().map(|(tables, _)| tables));
        all.all(|tables| self.shows_all(tables, asked))
    }

    /// Whether every cell of a question about a population is shown among the people whom an insight measures.
    pub(super) fn shows_measured(&self, insight: InsightId, population: &Population<'_>, asked: &Asked) -> bool {
        let tables = self.measured.tables(insight, population);
        let is_told = |tables: &Tables| told_by_moves(tables, asked, &[]).is_empty();
        tables.iter().all(|tables| self.shows_all(tables, asked) && is_told(tables))
    }

    /// The groups of one attribute or two, by place ascending, that are shown in no range of periods.
    pub(super) fn never_shown_groups(&self, dataset: &Dataset, asked: &Asked, by: &[usize]) -> HashSet<GroupCell> {
        let asked = asked.with_all_of(by, dataset);
        let all = std::iter::once(&*self.standard).chain(self.moved.iter().map(|(tables, _)| tables));
        all.flat_map(|tables| hidden_cells(tables, &asked, by)).collect()
    }

    /// The groups of one attribute or two, by place ascending, that are not shown within a question, whoever is
    /// measured: as if each were asked for by itself.
    pub(super) fn hidden_groups(&self, dataset: &Dataset, asked: &Asked, by: &[usize]) -> NotShown {
        let asked = asked.with_all_of(by, dataset);
        let mut hidden = NotShown::default();
        for tables in std::iter::once(&*self.standard).chain(self.moved.iter().map(|(tables, _)| tables)) {
            hidden.extend(&self.not_shown(tables, &asked, by));
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
    ) -> NotShown {
        let asked = asked.with_all_of(by, population.dataset());
        let mut hidden = NotShown::default();
        for tables in self.measured.tables(insight, population) {
            hidden.extend(&self.not_shown(&tables, &asked, by));
            hidden.never.extend(told_by_moves(&tables, &asked, by));
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

    /// Whether every cell of a question is shown, and in each of its periods.
    pub(super) fn shows_all(&self, tables: &Tables, asked: &Asked) -> bool {
        !hides_any(tables, asked) && self.hidden_in_a_period(tables, asked, |_| ()).is_empty()
    }

    /// The groups of which a cell that a question names is not shown among some people.
    pub(super) fn not_shown(&self, tables: &Tables, asked: &Asked, by: &[usize]) -> NotShown {
        NotShown {
            never: hidden_cells(tables, asked, by),
            in_periods: self.hidden_in_a_period(tables, asked, |cell| group_of(asked, cell, by)),
        }
    }

    /// What the cells of a question are for somebody of which its periods hold some, but not all, of the weeks or months that
    /// are not shown by themselves; or any, where these are not told together, or where several cells are together: shares
    /// of several cells weigh their weeks in another way than each by itself. What goes by weeks leaves out edge weeks: it
    /// holds none of them. One that is an edge week of the file is not told together with others.
    fn hidden_in_a_period<T: Eq + Hash>(
        &self,
        tables: &Tables,
        asked: &Asked,
        of_cell: impl Fn(&[u16]) -> T,
    ) -> HashSet<T> {
        let hidden_units = tables.hidden_units(&asked.attributes());
        let mut kept = tables.units().kept(|period| asked.periods.as_ref().is_none_or(|kept| kept[period]));
        let named = || hidden_units.iter().filter(|(cell, _)| asked.names(cell));
        let is_hidden = |units: &UnitsOfCell| units.hidden.iter().zip(&kept).any(|(hidden, kept)| *hidden && *kept);
        if !named().any(|(_, units)| is_hidden(units)) {
            return HashSet::new();
        }
        if tables.units().are_weeks() {
            self.edges(asked, &kept).into_iter().for_each(|week| kept[week] = false);
        }
        let edges = tables.edges();
        let mut cells: HashMap<T, (usize, Vec<&UnitsOfCell>)> = HashMap::new();
        for (cell, units) in named() {
            let (count, of_group) = cells.entry(of_cell(cell)).or_default();
            *count += 1;
            of_group.push(units);
        }
        let splits = |units: &UnitsOfCell, cells: usize| {
            let hidden = || (0..kept.len()).filter(|&unit| units.hidden[unit]);
            if hidden().any(|unit| kept[unit] && edges.contains(&unit)) {
                return true;
            }
            let mut kept = hidden().filter(|unit| !edges.contains(unit)).map(|unit| kept[unit]);
            match kept.next() {
                None => false,
                Some(first) if cells < 2 && units.are_told_together => kept.any(|kept| kept != first),
                Some(first) => first || kept.any(|kept| kept),
            }
        };
        let hidden = cells.into_iter().filter(|(_, (count, units))| units.iter().any(|units| splits(units, *count)));
        hidden.map(|(group, _)| group).collect()
    }

    /// The edge weeks of a question's people.
    fn edges(&self, asked: &Asked, kept: &[bool]) -> Vec<usize> {
        let is_named = |codes: &[u16]| asked.named.iter().all(|(place, named)| named[usize::from(codes[*place])]);
        let people = self.everyone.people_by_unit(is_named);
        let weeks: Vec<usize> = (0..people.len()).filter(|&week| kept[week] && people[week] > 0).collect();
        edges_of(&weeks, |week| people[week])
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
fn hidden_cells(tables: &Tables, asked: &Asked, by: &[usize]) -> HashSet<GroupCell> {
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

/// Whether a question has a cell that is not shown.
pub(super) fn hides_any(tables: &Tables, asked: &Asked) -> bool {
    tables.table(&asked.attributes()).hidden.iter().any(|cell| asked.names(cell))
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
