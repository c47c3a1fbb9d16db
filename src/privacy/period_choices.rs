//! Which weeks or months a filter could begin with, end with, or leave out, and why not.

use chrono::NaiveDate;

use super::gate::{Asked, Gate};
use super::publish::everyone;
use super::{Hidden, Rules};
use crate::dataset::{Dataset, Filter, FilterProblem, Selection};

/// What can be done with one period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PeriodChoice {
    /// Its first day.
    pub day: NaiveDate,
    /// Why the range cannot begin with it, its end being as it is; `None` when it can.
    pub as_first: Option<Hidden>,
    /// Why the range cannot end with it, its beginning being as it is; `None` when it can.
    pub as_last: Option<Hidden>,
    /// Why it cannot be left out, or put back where it is left out; `None` when it can.
    pub left_out: Option<Hidden>,
}

/// Every period of the calendar, ascending. With people of low activity left out nothing is told beforehand: who is
/// one of them depends on the range.
pub(super) fn period_choices(dataset: &Dataset, gate: &Gate, filter: &Filter, rules: Rules) -> Vec<PeriodChoice> {
    let judge = if filter.without_low_activity { None } else { Judge::new(dataset, gate, filter, rules).ok() };
    let blocked = |changed: &Filter| judge.as_ref().and_then(|judge| judge.blocked(changed));
    let choice = |&day: &NaiveDate| {
        let first = Filter { from: Some(day), ..filter.clone() };
        let last = Filter { to: Some(day), ..filter.clone() };
        PeriodChoice {
            day,
            as_first: filter.to.is_none_or(|to| day <= to).then(|| blocked(&first)).flatten(),
            as_last: filter.from.is_none_or(|from| from <= day).then(|| blocked(&last)).flatten(),
            left_out: blocked(&with_or_without(filter, day)),
        }
    };
    dataset.calendar().periods.iter().map(choice).collect()
}

/// A filter with one period more left out, or one put back.
fn with_or_without(filter: &Filter, day: NaiveDate) -> Filter {
    let mut changed = filter.clone();
    match changed.without.binary_search(&day) {
        Ok(place) => {
            changed.without.remove(place);
        }
        Err(place) => changed.without.insert(place, day),
    }
    changed
}

/// What is the same for every choice of periods.
struct Judge<'a> {
    dataset: &'a Dataset,
    gate: &'a Gate,
    rules: Rules,
    /// What the filter names, in all periods.
    asked: Asked,
    /// For each person of the parent the periods of its rows there and, after them, in the population.
    bits: Vec<u64>,
    words: usize,
}

impl<'a> Judge<'a> {
    fn new(dataset: &'a Dataset, gate: &'a Gate, filter: &Filter, rules: Rules) -> Result<Self, FilterProblem> {
        let always = Filter { from: None, to: None, without: Vec::new(), ..filter.clone() };
        let population = dataset.select(&always)?;
        let parent = dataset.select(&everyone(&always))?;
        let asked = Asked::by(dataset, &always).unwrap_or_else(|_| Asked::everything());
        let words = dataset.period_words();
        Ok(Self { dataset, gate, rules, asked, bits: side_by_side(&parent, &population, words), words })
    }

    /// Why a filter that differs from this one in its periods would not be answered.
    fn blocked(&self, changed: &Filter) -> Option<Hidden> {
        let periods = &self.dataset.calendar().periods;
        let kept: Vec<bool> = periods.iter().map(|day| changed.keeps_period(*day)).collect();
        let mut mask = vec![0_u64; self.words];
        for period in (0..kept.len()).filter(|&period| kept[period]) {
            mask[period / 64] |= 1 << (period % 64);
        }
        if self.gate.splits(&self.asked.in_periods(kept)) {
            return Some(Hidden::SplitPeriods);
        }
        let (people, left_out) = match mask.as_slice() {
            // Up to 64 periods one word is enough, and a few operations a person.
            [mask] => {
                let counts =
                    self.bits.as_chunks::<2>().0.iter().map(|[parent, own]| (parent & mask != 0, own & mask != 0));
                counted(counts)
            }
            mask => {
                let is_in = |bits: &[u64]| bits.iter().zip(mask).any(|(bits, mask)| bits & mask != 0);
                let people = self.bits.chunks_exact(2 * self.words.max(1)).map(|person| person.split_at(self.words));
                counted(people.map(|(parent, own)| (is_in(parent), is_in(own))))
            }
        };
        if people < self.rules.minimum_group_size() {
            return Some(Hidden::TooFewPeople);
        }
        (!self.rules.nobody_or_enough(left_out)).then_some(Hidden::TooFewLeftOut)
    }
}

/// How many people are in the population, and how many of the parent are not, from whether each is in either.
fn counted(people: impl Iterator<Item = (bool, bool)>) -> (usize, usize) {
    people.fold((0, 0), |(people, left_out), (in_parent, is_own)| {
        (people + usize::from(is_own), left_out + usize::from(in_parent & !is_own))
    })
}

/// The periods of each person's rows in the parent and in the population, which is a part of it.
fn side_by_side(parent: &Selection<'_>, population: &Selection<'_>, words: usize) -> Vec<u64> {
    let mut bits = Vec::with_capacity(parent.people() * 2 * words);
    let mut own = population.persons_rows().peekable();
    for rows in parent.persons_rows() {
        bits.extend_from_slice(rows.periods());
        match own.next_if(|own| own.person() == rows.person()) {
            Some(own) => bits.extend_from_slice(own.periods()),
            None => bits.extend(std::iter::repeat_n(0, words)),
        }
    }
    bits
}
