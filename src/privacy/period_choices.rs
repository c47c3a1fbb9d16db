//! Which weeks or months a filter could begin with, end with, or leave out, and why not.

use chrono::NaiveDate;

use super::gate::{Asked, Gate};
use super::publish::everyone;
use super::{Hidden, Rules};
use crate::dataset::{Dataset, Filter, FilterProblem, Selection, for_each_bit};

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

/// Every period of the calendar, ascending.
pub(super) fn period_choices(dataset: &Dataset, gate: &Gate, filter: &Filter, rules: Rules) -> Vec<PeriodChoice> {
    let Ok(judge) = Judge::new(dataset, gate, filter, rules) else {
        let open = |&day: &NaiveDate| PeriodChoice { day, as_first: None, as_last: None, left_out: None };
        return dataset.calendar().periods.iter().map(open).collect();
    };
    let [parent, own] = [&judge.parent, &judge.own].map(|rows| Counted::of(rows, filter));
    let choice = |(period, &day): (usize, &NaiveDate)| {
        let first = Filter { from: Some(day), ..filter.clone() };
        let last = Filter { to: Some(day), ..filter.clone() };
        let blocked = |changed: &Filter, of: fn(&Counted) -> &[usize]| {
            judge.blocked(changed, of(&parent)[period], of(&own)[period])
        };
        PeriodChoice {
            day,
            as_first: filter.to.is_none_or(|to| day <= to).then(|| blocked(&first, |all| &all.from_here)).flatten(),
            as_last: filter.from.is_none_or(|from| from <= day).then(|| blocked(&last, |all| &all.to_here)).flatten(),
            left_out: blocked(&with_or_without(filter, day), |all| &all.toggled),
        }
    };
    dataset.calendar().periods.iter().enumerate().map(choice).collect()
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
    /// The rows of everyone in all periods, and of the population, which is a part of it.
    parent: Selection<'a>,
    own: Selection<'a>,
}

impl<'a> Judge<'a> {
    fn new(dataset: &'a Dataset, gate: &'a Gate, filter: &Filter, rules: Rules) -> Result<Self, FilterProblem> {
        let always = Filter { from: None, to: None, without: Vec::new(), ..filter.clone() };
        let (parent, own) = (dataset.select(&everyone(&always))?, dataset.select(&always)?);
        let asked = Asked::by(dataset, &always).unwrap_or_else(|_| Asked::everything());
        Ok(Self { dataset, gate, rules, asked, parent, own })
    }

    /// Why a filter that differs from this one in its periods would not be answered, where so many people of the parent
    /// and of the population have a row in them.
    fn blocked(&self, changed: &Filter, parent: usize, people: usize) -> Option<Hidden> {
        let kept = self.dataset.calendar().periods.iter().map(|day| changed.keeps_period(*day)).collect();
        if self.gate.hides_a_period(&self.asked.in_periods(kept)) {
            return Some(Hidden::TooFewInPeriods { without: Vec::new() });
        }
        if people < self.rules.minimum_group_size() {
            return Some(Hidden::TooFewPeople);
        }
        (!self.rules.nobody_or_enough(parent - people)).then_some(Hidden::TooFewLeftOut)
    }
}

/// For each period how many people have a row in what a filter would keep.
struct Counted {
    /// If the filter began here.
    from_here: Vec<usize>,
    /// If it ended here.
    to_here: Vec<usize>,
    /// If this period were left out, or put back where it is left out.
    toggled: Vec<usize>,
}

impl Counted {
    /// Counts for all changes at once, by the first and the last kept period of each person: one look at everybody and
    /// not one a change.
    fn of(selection: &Selection<'_>, filter: &Filter) -> Self {
        let periods = &selection.dataset().calendar().periods;
        let set = |keeps: &dyn Fn(NaiveDate) -> bool| {
            let mut words = vec![0_u64; selection.dataset().period_words()];
            for (period, _) in periods.iter().enumerate().filter(|(_, day)| keeps(**day)) {
                words[period / 64] |= 1 << (period % 64);
            }
            words
        };
        let open_end = Filter { to: None, ..filter.clone() };
        let open_start = Filter { from: None, ..filter.clone() };
        let whole = Filter { without: Vec::new(), ..filter.clone() };
        let kept = set(&|day| filter.keeps_period(day));
        let without_end = set(&|day| open_end.keeps_period(day));
        let without_start = set(&|day| open_start.keeps_period(day));
        let left_out = set(&|day| whole.keeps_period(day) && !filter.keeps_period(day));

        let mut counted =
            Self { from_here: vec![0; periods.len()], to_here: vec![0; periods.len()], toggled: Vec::new() };
        // People with rows in the kept periods; with all of them in one; and with none, but one in a period left out.
        let (mut people, mut only, mut besides) = (0, vec![0; periods.len()], vec![0; periods.len()]);
        for rows in selection.persons_rows() {
            let in_both = |set: &[u64]| {
                let mut words = rows.periods().iter().zip(set).map(|(own, set)| own & set).enumerate();
                let first = words.clone().find(|(_, word)| *word != 0);
                let last = words.rfind(|(_, word)| *word != 0);
                let low = first.map(|(place, word)| 64 * place + word.trailing_zeros() as usize);
                low.zip(last.map(|(place, word)| 64 * place + 63 - word.leading_zeros() as usize))
            };
            in_both(&without_start).into_iter().for_each(|(_, last)| counted.from_here[last] += 1);
            in_both(&without_end).into_iter().for_each(|(first, _)| counted.to_here[first] += 1);
            match in_both(&kept) {
                Some((first, last)) => {
                    people += 1;
                    only[first] += usize::from(first == last);
                }
                None => for_each_bit(rows.periods(), |period| besides[period] += 1),
            }
        }
        for period in 1..periods.len() {
            counted.to_here[period] += counted.to_here[period - 1];
            let later = periods.len() - period;
            counted.from_here[later - 1] += counted.from_here[later];
        }
        let is_left_out = |period: usize| left_out[period / 64] >> (period % 64) & 1 == 1;
        counted.toggled = (0..periods.len())
            .map(|period| if is_left_out(period) { people + besides[period] } else { people - only[period] })
            .collect();
        counted
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::dataset::{Draft, Era, Grain, OnConflict, PersonIds};

    /// People with rows in the weeks whose bits are set.
    fn dataset(people: &[u64], weeks: usize) -> Dataset {
        let first: NaiveDate = "2024-01-07".parse().unwrap();
        let (mut ids, mut person, mut period) = (PersonIds::default(), Vec::new(), Vec::new());
        for (code, own) in people.iter().enumerate() {
            ids.push(code.to_string().as_bytes());
            for week in (0..weeks).filter(|week| own.rotate_right(*week as u32) & 1 == 1) {
                person.push(code as u32);
                period.push(week as u16);
            }
        }
        let draft = Draft {
            era: Era::Viva,
            grain: Grain::Week,
            periods: first.iter_weeks().take(weeks).collect(),
            people: ids,
            person: person.into(),
            period: period.into(),
            active: None,
            without_manager: None,
            durations: Vec::new(),
            counts: Vec::new(),
            attributes: Vec::new(),
        };
        draft.build(OnConflict::Ask).unwrap().dataset
    }

    #[test]
    fn people_of_every_change_are_those_whom_the_changed_filter_selects() {
        // Weeks of two words; somebody in each single week, somebody in all, and some patterns.
        let mut people: Vec<u64> = (0..64).map(|week| 1 << week).collect();
        people.extend([u64::MAX, 0b1011, 0xF0F0, 0x8000_0000_0000_0001, 3 << 20]);
        let dataset = dataset(&people, 70);
        let days = dataset.calendar().periods.clone();
        let ranges = [(None, None), (Some(3), None), (None, Some(66)), (Some(5), Some(21)), (Some(30), Some(30))];
        for (from, to) in ranges {
            for without in [vec![], vec![days[7]], vec![days[5], days[20], days[65]]] {
                let (from, to) = (from.map(|week: usize| days[week]), to.map(|week: usize| days[week]));
                let filter = Filter { from, to, without, ..Filter::default() };
                let counted = Counted::of(&dataset.select_all(&Filter::default()), &filter);
                let people = |filter: &Filter| dataset.select_all(filter).people();
                for (week, &day) in days.iter().enumerate() {
                    assert_eq!(counted.from_here[week], people(&Filter { from: Some(day), ..filter.clone() }));
                    assert_eq!(counted.to_here[week], people(&Filter { to: Some(day), ..filter.clone() }));
                    assert_eq!(counted.toggled[week], people(&with_or_without(&filter, day)), "{filter:?} {day}");
                }
            }
        }
    }
}
