//! Which rows a question is about: a [`Filter`] by name, resolved to a [`Selection`] of rows.

use std::sync::OnceLock;

use chrono::NaiveDate;

use super::{Attribute, Dataset, EXCLUDED_SECONDS, Metric, PersonRows, same_name};
use crate::stats::bits;

/// Below this many collaboration hours a week on average a person counts as low activity.
const LOW_ACTIVITY_HOURS: u64 = 5;

/// What a person chose, by name: it can be kept and applied to another dataset.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Filter {
    /// Different attributes must all match.
    pub attributes: Vec<AttributeFilter>,
    /// First period, by its first day; none = from the beginning.
    pub from: Option<NaiveDate>,
    /// Last period, by its first day; none = to the end.
    pub to: Option<NaiveDate>,
    /// Periods left out, by their first day.
    pub without: Vec<NaiveDate>,
    /// Keep rows whose `IsActive` is FALSE.
    pub include_inactive: bool,
    /// Leave out people with under five collaboration hours a week on average, over all of their weeks in the file.
    pub without_low_activity: bool,
}

/// One attribute and the values of it that are kept.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct AttributeFilter {
    /// The attribute's header.
    pub attribute: String,
    /// Any of these values matches.
    pub values: Vec<String>,
}

impl Filter {
    /// The same periods and switches without the attribute filters: what the population is a part of.
    #[must_use]
    pub fn without_attributes(&self) -> Self {
        Self { attributes: Vec::new(), ..self.clone() }
    }

    /// Whether the filter keeps a period, by its first day.
    #[must_use]
    pub fn keeps_period(&self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| day >= from) && self.to.is_none_or(|to| day <= to) && !self.without.contains(&day)
    }

    /// Whether the filter names a value of an attribute.
    #[must_use]
    pub fn names(&self, attribute: &str, value: &str) -> bool {
        let named = self.attributes.iter().filter(|named| same_name(&named.attribute, attribute));
        named.flat_map(|named| &named.values).any(|known| known == value)
    }

    /// The filter with one value more, or one less where it is named already.
    #[must_use]
    pub fn toggled(&self, attribute: &str, value: &str) -> Self {
        let mut filter = self.clone();
        let named = filter.attributes.iter_mut().find(|named| same_name(&named.attribute, attribute));
        match named {
            Some(named) if named.values.iter().any(|known| known == value) => {
                named.values.retain(|known| known != value);
            }
            Some(named) => named.values.push(value.to_owned()),
            None => filter
                .attributes
                .push(AttributeFilter { attribute: attribute.to_owned(), values: vec![value.to_owned()] }),
        }
        filter.attributes.retain(|named| !named.values.is_empty());
        filter
    }
}

/// Why a filter does not fit a dataset.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FilterProblem {
    /// There is no such attribute.
    #[error("there is no attribute {attribute}; the file has {}", if known.is_empty() { "none".to_owned() } else { known.join(", ") })]
    UnknownAttribute {
        /// As it was asked for.
        attribute: String,
        /// The attributes that exist.
        known: Vec<String>,
    },
    /// The attribute has no such value.
    #[error("the attribute {attribute} has no value {value}")]
    UnknownValue {
        /// The attribute.
        attribute: String,
        /// As it was asked for.
        value: String,
    },
}

/// An attribute, and which of its values are kept.
type KeptValues<'d> = (&'d Attribute, Vec<bool>);

/// The rows of a dataset that a question is about, person by person.
#[derive(Clone, Debug)]
pub struct Selection<'d> {
    dataset: &'d Dataset,
    people: Vec<u32>,
    /// For each selected person the periods of the selected rows, [`Dataset::period_words`] words each.
    periods: Vec<u64>,
    people_by_period: Vec<u32>,
    /// The same as lists of rows, made when somebody asks for them.
    rows: OnceLock<RowLists>,
}

/// Rows person by person.
#[derive(Clone, Debug, Default)]
struct RowLists {
    rows: Vec<u32>,
    /// `starts[i]..starts[i + 1]` are the places in `rows` of the i-th selected person.
    starts: Vec<u32>,
}

impl Dataset {
    /// Resolves a filter to the rows that it keeps. May be empty.
    ///
    /// # Errors
    /// When the filter names an attribute or a value that the dataset does not have.
    pub fn select(&self, filter: &Filter) -> Result<Selection<'_>, FilterProblem> {
        let kept_values = self.kept_values(filter)?;
        Ok(self.select_kept(filter, &kept_values))
    }

    /// Resolves a filter of periods and switches; the attributes that it names do not matter.
    #[must_use]
    pub fn select_all(&self, filter: &Filter) -> Selection<'_> {
        self.select_kept(filter, &[])
    }

    fn select_kept(&self, filter: &Filter, kept_values: &[KeptValues<'_>]) -> Selection<'_> {
        let kept_periods = self.kept_periods(filter);
        let collaboration = if filter.without_low_activity { self.seconds(Metric::CollaborationHours) } else { None };
        let days: Vec<u32> = self.calendar.periods.iter().map(|period| self.calendar.grain.days(*period)).collect();

        let mut people = Vec::with_capacity(self.people());
        let mut periods = Vec::with_capacity(self.people() * self.period_words());
        let mut chosen = vec![0; self.period_words()];
        for person in 0..self.people() as u32 {
            let measured = if filter.include_inactive { self.present(person) } else { self.active_periods(person) };
            // Activity is a person's own, in whichever group and week the hours were.
            if collaboration.is_some_and(|column| self.is_low_activity(self.rows_in(person, measured), column, &days)) {
                continue;
            }
            for ((chosen, measured), kept) in chosen.iter_mut().zip(measured).zip(&kept_periods) {
                *chosen = measured & kept;
            }
            if !self.keep_values(person, kept_values, &mut chosen) || chosen.iter().all(|word| *word == 0) {
                continue;
            }
            people.push(person);
            periods.extend_from_slice(&chosen);
        }
        let people_by_period = people_by_period(&periods, self.calendar.periods.len());
        Selection { dataset: self, people, periods, people_by_period, rows: OnceLock::new() }
    }

    /// The periods that a filter keeps.
    fn kept_periods(&self, filter: &Filter) -> Vec<u64> {
        let mut kept = vec![0; self.period_words()];
        for (period, day) in self.calendar.periods.iter().enumerate() {
            kept[period / 64] |= u64::from(filter.keeps_period(*day)) << (period % 64);
        }
        kept
    }

    /// Takes out of a person's chosen periods those whose row has a value that is not kept. Says whether the
    /// person can have any left.
    fn keep_values(&self, person: u32, kept_values: &[KeptValues<'_>], chosen: &mut [u64]) -> bool {
        for (attribute, kept) in kept_values {
            if let Some(code) = attribute.code_of_person(person) {
                if !kept[usize::from(code)] {
                    return false;
                }
                continue;
            }
            let before = chosen.to_vec();
            self.rows_in(person, &before).for_each(|row| {
                if !kept[usize::from(attribute.codes[row])] {
                    let period = usize::from(self.period[row]);
                    chosen[period / 64] &= !(1 << (period % 64));
                }
            });
        }
        true
    }

    /// For each filtered attribute which of its values are kept.
    fn kept_values(&self, filter: &Filter) -> Result<Vec<KeptValues<'_>>, FilterProblem> {
        let mut all = Vec::new();
        for wanted in &filter.attributes {
            let attribute =
                self.attribute(&wanted.attribute).ok_or_else(|| self.no_such_attribute(&wanted.attribute))?;
            let mut kept = vec![false; attribute.values.len()];
            for value in &wanted.values {
                let code = attribute.values.iter().position(|known| known == value.trim()).ok_or_else(|| {
                    FilterProblem::UnknownValue { attribute: attribute.name.clone(), value: value.clone() }
                })?;
                kept[code] = true;
            }
            all.push((attribute, kept));
        }
        Ok(all)
    }

    /// Whether the mean of these rows' collaboration is under five hours a week.
    /// No readable cell is no evidence: such a person is not low activity.
    fn is_low_activity(&self, rows: PersonRows<'_>, collaboration: &[u32], days_of_period: &[u32]) -> bool {
        let (mut seconds, mut days) = (0_u64, 0_u64);
        rows.for_each_run(|run| {
            for (&value, &period) in collaboration[run.clone()].iter().zip(&self.period[run]) {
                if value != EXCLUDED_SECONDS {
                    seconds += u64::from(value);
                    days += u64::from(days_of_period[usize::from(period)]);
                }
            }
        });
        days > 0 && seconds * 7 < LOW_ACTIVITY_HOURS * 3600 * days
    }
}

/// How many of these people's sets hold each period.
fn people_by_period(sets: &[u64], periods: usize) -> Vec<u32> {
    let words = periods.div_ceil(64);
    let counts = (0..words).flat_map(|word| bits::counts_by_bit(sets, word, words));
    counts.take(periods).collect()
}

impl<'d> Selection<'d> {
    /// The dataset that the rows are of.
    #[must_use]
    pub fn dataset(&self) -> &'d Dataset {
        self.dataset
    }

    /// How many distinct people have a row.
    #[must_use]
    pub fn people(&self) -> usize {
        self.people.len()
    }

    /// The codes of the selected people, ascending.
    #[must_use]
    pub fn person_codes(&self) -> &[u32] {
        &self.people
    }

    /// How many rows are selected.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.people_by_period.iter().map(|people| *people as usize).sum()
    }

    /// The rows of each selected person: the cheap way to look at them.
    pub fn persons_rows(&self) -> impl ExactSizeIterator<Item = PersonRows<'_>> + '_ {
        (0..self.people.len()).map(|place| self.rows_of(place))
    }

    /// The rows of the person at a place among the selected ones.
    #[must_use]
    #[inline]
    pub fn rows_of(&self, place: usize) -> PersonRows<'_> {
        let words = self.dataset.period_words();
        self.dataset.rows_in(self.people[place], &self.periods[place * words..(place + 1) * words])
    }

    /// Person code and rows of each selected person, rows ascending by period.
    pub fn persons(&self) -> impl ExactSizeIterator<Item = (u32, &[u32])> + '_ {
        let lists = self.rows.get_or_init(|| self.row_lists());
        let rows = lists.starts.windows(2).map(|pair| &lists.rows[pair[0] as usize..pair[1] as usize]);
        self.people.iter().copied().zip(rows)
    }

    fn row_lists(&self) -> RowLists {
        let mut lists = RowLists { rows: Vec::with_capacity(self.rows()), starts: vec![0] };
        for rows in self.persons_rows() {
            rows.for_each_run(|run| lists.rows.extend(run.map(|row| row as u32)));
            lists.starts.push(lists.rows.len() as u32);
        }
        lists
    }

    /// Distinct people measured in each period of the calendar; 0 where the filter leaves a period out.
    #[must_use]
    pub fn people_by_period(&self) -> &[u32] {
        &self.people_by_period
    }

    /// Indices of the periods in which somebody is measured, ascending.
    #[must_use]
    pub fn periods(&self) -> Vec<usize> {
        (0..self.people_by_period.len()).filter(|&period| self.people_by_period[period] > 0).collect()
    }

    /// The rows that another selection of the same dataset does not have.
    #[must_use]
    pub fn without(&self, other: &Self) -> Self {
        let words = self.dataset.period_words();
        let (mut people, mut periods) = (Vec::new(), Vec::new());
        for rows in self.persons_rows() {
            let mut left = rows.periods().to_vec();
            if let Ok(place) = other.people.binary_search(&rows.person()) {
                let theirs = other.rows_of(place);
                left.iter_mut().zip(theirs.periods()).for_each(|(own, theirs)| *own &= !theirs);
            }
            if left.iter().any(|word| *word != 0) {
                people.push(rows.person());
                periods.extend_from_slice(&left);
            }
        }
        debug_assert_eq!(periods.len(), people.len() * words);
        let people_by_period = people_by_period(&periods, self.dataset.calendar.periods.len());
        Self { dataset: self.dataset, people, periods, people_by_period, rows: OnceLock::new() }
    }

    /// The rows in some of the periods, ascending.
    #[must_use]
    pub fn within(&self, kept: &[usize]) -> Self {
        let (mut people, mut periods) = (Vec::new(), Vec::new());
        let mut is_kept = vec![0_u64; self.dataset.period_words()];
        kept.iter().for_each(|period| is_kept[period / 64] |= 1 << (period % 64));
        for rows in self.persons_rows() {
            let own = rows.periods().iter().zip(&is_kept).map(|(own, kept)| own & kept);
            if own.clone().any(|word| word != 0) {
                people.push(rows.person());
                periods.extend(own);
            }
        }
        let people_by_period = people_by_period(&periods, self.dataset.calendar.periods.len());
        Self { dataset: self.dataset, people, periods, people_by_period, rows: OnceLock::new() }
    }

    /// How many of these people have no row in another selection of the same dataset.
    #[must_use]
    pub fn people_not_in(&self, other: &Selection<'_>) -> usize {
        let mut others = other.people.iter().copied().peekable();
        let is_missing = |person: &&u32| {
            while others.next_if(|other| other < person).is_some() {}
            others.peek() != Some(person)
        };
        self.people.iter().filter(is_missing).count()
    }

    /// How many people have a selected row in which `keep` holds.
    #[must_use]
    pub fn people_where(&self, keep: impl Fn(u32) -> bool) -> usize {
        self.persons_rows().filter(|rows| rows.any(|row| keep(row as u32))).count()
    }

    /// How many people have a selected row with this value of an attribute.
    #[must_use]
    pub fn people_with(&self, attribute: &Attribute, code: u16) -> usize {
        let has_value = |rows: &PersonRows<'_>| match attribute.code_of_person(rows.person()) {
            Some(one) => one == code,
            None => rows.any(|row| attribute.codes[row] == code),
        };
        self.persons_rows().filter(has_value).count()
    }
}
