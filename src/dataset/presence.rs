//! Which periods a person has rows in, one bit a period, and the rows behind such bits.
//!
//! A set of periods is a few words: bit p % 64 of word p / 64 stands for period p of the calendar. Rows of a
//! person are ascending by period, so the n-th bit of a person is the person's n-th row.

use std::ops::Range;

use super::Dataset;
use crate::work::each;

/// The periods in which each person has a row, and those in which the person has an active one.
#[derive(Clone, Debug)]
pub(super) struct Presence {
    /// Words of a set of periods.
    words: usize,
    all: Vec<u64>,
    /// `None` when every row is active.
    active: Option<Vec<u64>>,
}

impl Presence {
    /// `starts` and `period` are those of a dataset; found on so many threads.
    pub(super) fn of(periods: usize, starts: &[u32], period: &[u16], active: Option<&[bool]>, threads: usize) -> Self {
        let words = periods.div_ceil(64);
        let people = starts.len().saturating_sub(1);
        let of_a_thread = people.div_ceil(threads.max(1)).max(1);
        let bits = |keep: &(dyn Fn(usize) -> bool + Sync)| {
            let mut all = vec![0; people * words];
            let parts = (0..).step_by(of_a_thread).zip(all.chunks_mut((of_a_thread * words).max(1)));
            each(threads, parts.collect(), |(first, sets): (usize, &mut [u64])| {
                for (set, pair) in sets.chunks_mut(words).zip(starts[first..].windows(2)) {
                    for row in (pair[0] as usize..pair[1] as usize).filter(|&row| keep(row)) {
                        let period = usize::from(period[row]);
                        set[period / 64] |= 1 << (period % 64);
                    }
                }
            });
            all
        };
        let active = active.filter(|active| active.contains(&false));
        Self { words, all: bits(&|_| true), active: active.map(|active| bits(&|row| active[row])) }
    }
}

/// Some rows of one person.
#[derive(Clone, Copy, Debug)]
pub struct PersonRows<'a> {
    dataset: &'a Dataset,
    person: u32,
    periods: &'a [u64],
}

impl Dataset {
    /// How many words a set of periods has.
    #[must_use]
    pub fn period_words(&self) -> usize {
        self.presence.words
    }

    /// The periods in which a person has a row.
    #[must_use]
    #[inline]
    pub fn present(&self, person: u32) -> &[u64] {
        &self.presence.all[self.words_of(person)]
    }

    /// The periods in which a person has an active row: all of them where the file does not tell.
    #[must_use]
    #[inline]
    pub fn active_periods(&self, person: u32) -> &[u64] {
        self.presence.active.as_ref().map_or_else(|| self.present(person), |active| &active[self.words_of(person)])
    }

    /// The rows of a person in some of the periods in which there are any.
    #[must_use]
    #[inline]
    pub fn rows_in<'a>(&'a self, person: u32, periods: &'a [u64]) -> PersonRows<'a> {
        PersonRows { dataset: self, person, periods }
    }

    #[inline]
    fn words_of(&self, person: u32) -> Range<usize> {
        let start = person as usize * self.presence.words;
        start..start + self.presence.words
    }
}

impl<'a> PersonRows<'a> {
    /// The person's code.
    #[must_use]
    #[inline]
    pub fn person(&self) -> u32 {
        self.person
    }

    /// The periods of the rows.
    #[must_use]
    #[inline]
    pub fn periods(&self) -> &'a [u64] {
        self.periods
    }

    /// Whether these are just the person's active rows.
    #[must_use]
    #[inline]
    pub fn are_the_active_ones(&self) -> bool {
        self.periods.iter().zip(self.dataset.active_periods(self.person)).all(|(own, active)| own == active)
    }

    /// The person's active rows that are not among these, where those are fewer: whoever knows a sum over the active
    /// rows subtracts them sooner than they add these. `None` where these hold an inactive row, or are the fewer, or
    /// where the calendar has more than 256 periods. `room` is what the answer is kept in.
    #[inline]
    pub fn fewer_left_out<'b>(&self, room: &'b mut [u64; 4]) -> Option<PersonRows<'b>>
    where
        'a: 'b,
    {
        let left_out = room.get_mut(..self.periods.len())?;
        let (mut rows, mut rows_left_out) = (0, 0);
        let words = self.periods.iter().zip(self.dataset.active_periods(self.person));
        for (left_out, (own, active)) in left_out.iter_mut().zip(words) {
            if own & !active != 0 {
                return None;
            }
            *left_out = active & !own;
            rows += own.count_ones();
            rows_left_out += left_out.count_ones();
        }
        (rows_left_out < rows).then_some(PersonRows { dataset: self.dataset, person: self.person, periods: left_out })
    }

    /// Calls `each` with the rows, ascending, in runs that follow each other in the columns.
    #[inline]
    pub fn for_each_run(&self, mut each: impl FnMut(Range<usize>)) {
        let mut row = self.dataset.starts[self.person as usize] as usize;
        for (&present, &wanted) in self.dataset.present(self.person).iter().zip(self.periods) {
            // Bits of rows that have not been passed yet.
            let (mut present, mut wanted) = (present, wanted);
            if present == wanted {
                let rows = present.count_ones() as usize;
                each(row..row + rows);
                row += rows;
                continue;
            }
            while wanted != 0 {
                let before = below_lowest(wanted);
                row += (present & before).count_ones() as usize;
                present &= !before;
                // The run ends before the first row that is there and not wanted.
                let run = below_lowest(present & !wanted);
                let rows = (present & run).count_ones() as usize;
                each(row..row + rows);
                row += rows;
                present &= !run;
                wanted &= !run;
            }
            row += present.count_ones() as usize;
        }
    }

    /// Calls `each` with every row, ascending.
    #[inline]
    pub fn for_each(&self, mut each: impl FnMut(usize)) {
        self.for_each_run(|run| {
            for row in run {
                each(row);
            }
        });
    }

    /// Whether `keep` holds for any row.
    #[inline]
    pub fn any(&self, keep: impl Fn(usize) -> bool) -> bool {
        let mut any = false;
        self.for_each_run(|mut run| any = any || run.any(&keep));
        any
    }
}

/// All bits below the lowest one that is set; all bits when none is.
fn below_lowest(word: u64) -> u64 {
    (word & word.wrapping_neg()).wrapping_sub(1)
}

/// The number of a set bit of some words, for each of them, ascending.
#[inline]
pub fn for_each_bit(words: &[u64], mut each: impl FnMut(usize)) {
    for (index, &word) in words.iter().enumerate() {
        let mut rest = word;
        while rest != 0 {
            each(index * 64 + rest.trailing_zeros() as usize);
            rest &= rest - 1;
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::{Draft, Era, Grain, OnConflict, PersonIds};
    use super::*;

    /// One person with a row in each of these weeks of 130.
    fn dataset(weeks: &[u16], active: Option<Vec<bool>>) -> Dataset {
        let first: chrono::NaiveDate = "2022-01-02".parse().unwrap();
        let mut people = PersonIds::default();
        people.push(b"p");
        Draft {
            era: Era::Viva,
            grain: Grain::Week,
            periods: first.iter_weeks().take(130).collect(),
            people,
            person: vec![0; weeks.len()].into(),
            period: weeks.to_vec().into(),
            active,
            without_manager: None,
            durations: Vec::new(),
            counts: Vec::new(),
            attributes: Vec::new(),
        }
        .build(OnConflict::Ask)
        .unwrap()
        .dataset
    }

    fn set(weeks: &[u16]) -> Vec<u64> {
        let mut words = vec![0; 3];
        for week in weeks {
            words[usize::from(*week / 64)] |= 1 << (week % 64);
        }
        words
    }

    #[test]
    fn the_nth_bit_is_the_nth_row_across_words_and_gaps() {
        let weeks = [0, 1, 5, 63, 64, 70, 127, 128, 129];
        let dataset = dataset(&weeks, None);
        // Every choice of the nine rows.
        for choice in 0_u32..1 << weeks.len() {
            let rows: Vec<usize> = (0..weeks.len()).filter(|row| choice >> row & 1 == 1).collect();
            let chosen = set(&rows.iter().map(|&row| weeks[row]).collect::<Vec<_>>());
            let mut found = Vec::new();
            dataset.rows_in(0, &chosen).for_each(|row| found.push(row));
            assert_eq!(found, rows);
        }
    }

    #[test]
    fn inactive_rows_are_present_and_not_active() {
        let dataset = dataset(&[2, 66, 67], Some(vec![true, false, true]));
        assert_eq!(dataset.present(0), set(&[2, 66, 67]));
        assert_eq!(dataset.active_periods(0), set(&[2, 67]));
        assert!(dataset.rows_in(0, &set(&[2, 67])).are_the_active_ones());
        assert!(!dataset.rows_in(0, &set(&[2, 66, 67])).are_the_active_ones());
    }

    #[test]
    fn the_rows_left_out_are_told_where_they_are_fewer() {
        let dataset = dataset(&[2, 3, 66, 67, 129], Some(vec![true, true, false, true, true]));
        let left_out = |weeks: &[u16]| {
            let (periods, mut room) = (set(weeks), [0; 4]);
            dataset.rows_in(0, &periods).fewer_left_out(&mut room).map(|rows| rows.periods().to_vec())
        };
        assert_eq!(left_out(&[2, 67, 129]), Some(set(&[3])));
        assert_eq!(left_out(&[2, 3, 67, 129]), Some(set(&[])));
        assert_eq!(left_out(&[2, 129]), None, "two are as many as the two left out");
        assert_eq!(left_out(&[2, 3, 66, 67]), None, "one of them is inactive");
    }
}
