//! What people's rows amount to: the law that judges them, and its judgements kept as bits.
//!
//! A [`Measure`] is the written law: it says for the rows of one person in which units (weeks, months, or the
//! one unit of a share over people) the person is measured and counted. [`Marks`] are its judgements, one bit a
//! person and unit. Most people's rows are the same in every question, so the [`Panel`](super::Panel) keeps the
//! marks of each person's active rows, and a [`Judge`] applies the law again only to the units in which a
//! question chooses other rows of the person: a range that cuts a month, weeks left out, the rows of one group of
//! somebody who moved, inactive rows.

use super::Panel;
use super::units::{Span, Units};
use crate::dataset::{Dataset, PersonRows, Selection};
use crate::stats::bits;

/// What one person's rows amount to in one unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cell {
    /// Index of the week or month; 0 for a share over people.
    pub(super) unit: usize,
    /// Index of the band; `None` where the person is not measured and something is noted only.
    pub(super) band: Option<usize>,
    /// Whether the person counts toward the share.
    pub(super) counted: bool,
    /// One bit a note of the measure.
    pub(super) notes: u8,
}

impl Cell {
    /// A person measured in a unit.
    pub(super) fn measured(unit: usize, band: usize, counted: bool) -> Self {
        Self { unit, band: Some(band), counted, notes: 0 }
    }

    /// A person who is not measured in a unit, which is noted.
    pub(super) fn not_measured(unit: usize, note: usize) -> Self {
        Self { unit, band: None, counted: false, notes: 1 << note }
    }

    /// With a note, if it holds.
    pub(super) fn with_note(self, note: usize, holds: bool) -> Self {
        Self { notes: self.notes | u8::from(holds) << note, ..self }
    }
}

/// A share over people, defined on the rows of one person at a time.
pub(super) trait Measure {
    /// What its units are.
    const SPAN: Span;
    /// How many things it notes beside bands.
    const NOTES: usize = 0;
    /// How many bands there are.
    fn bands(&self) -> usize;
    /// Calls `cell` once for each unit in which this person is measured or noted, judged by these rows alone:
    /// a unit by the rows in it.
    fn cells(&self, rows: PersonRows<'_>, cell: impl FnMut(Cell));
    /// The same for all selected rows of the person at a place among the selected people, where that is known sooner.
    #[inline]
    fn cells_at(&self, _place: usize, rows: PersonRows<'_>, cell: impl FnMut(Cell)) {
        self.cells(rows, cell);
    }
}

/// The marks of people in the units of a measure: planes of bits, one after the other.
#[derive(Clone, Debug)]
pub(super) struct Marks {
    /// Words of a set of units.
    pub(super) words: usize,
    /// Measured, counted, one plane a band but the first, one a note; in each `words` words a person.
    planes: Vec<Vec<u64>>,
    bands: usize,
}

const MEASURED: usize = 0;
const COUNTED: usize = 1;

impl Marks {
    /// The marks that a measure gives to the active rows of everybody, by person code.
    pub(super) fn of_active_rows<M: Measure>(measure: &M, dataset: &Dataset, units: &Units) -> Self {
        let people = dataset.people();
        let mut marks = Self::none(measure, units, people);
        for person in 0..people {
            let rows = dataset.rows_in(person as u32, dataset.active_periods(person as u32));
            measure.cells(rows, |cell| marks.mark(person, cell));
        }
        marks
    }

    fn none<M: Measure>(measure: &M, units: &Units, people: usize) -> Self {
        let words = units.words();
        let planes = vec![vec![0; people * words]; 1 + measure.bands() + M::NOTES];
        Self { words, planes, bands: measure.bands() }
    }

    #[inline]
    fn mark(&mut self, place: usize, cell: Cell) {
        let (word, bit) = (place * self.words + cell.unit / 64, 1_u64 << (cell.unit % 64));
        if let Some(band) = cell.band {
            self.planes[MEASURED][word] |= bit;
            self.planes[COUNTED][word] |= if cell.counted { bit } else { 0 };
            if band > 0 {
                self.planes[COUNTED + band][word] |= bit;
            }
        }
        let notes = self.planes[COUNTED + self.bands..].iter_mut().enumerate();
        for (note, plane) in notes {
            plane[word] |= if cell.notes >> note & 1 == 1 { bit } else { 0 };
        }
    }

    /// The measured and counted bits of the person at a place.
    #[inline]
    pub(super) fn bits(&self, place: usize) -> Bits<'_> {
        let range = place * self.words..(place + 1) * self.words;
        Bits { measured: &self.planes[MEASURED][range.clone()], counted: &self.planes[COUNTED][range] }
    }

    /// For each person, one after the other, the set of units in which they are measured.
    pub(super) fn into_measured(mut self) -> Vec<u64> {
        self.planes.swap_remove(MEASURED)
    }

    /// The measured and counted bits of the people at some places.
    pub(super) fn bits_of(&self, places: &[u32]) -> BitRows {
        let mut bits = BitRows { words: self.words, measured: Vec::new(), counted: Vec::new() };
        for (sets, plane) in [(&mut bits.measured, MEASURED), (&mut bits.counted, COUNTED)] {
            sets.resize(places.len() * self.words, 0);
            copy_masked(sets, &self.planes[plane], places, &vec![u64::MAX; self.words]);
        }
        bits
    }

    /// How many people are measured, and counted, in each unit.
    pub(super) fn tally(&self) -> Tally {
        Tally { measured: self.people_by_unit(MEASURED), counted: self.people_by_unit(COUNTED) }
    }

    /// How many people are in each unit's band; `measured` is how many there are in all.
    pub(super) fn in_bands(&self, measured: &[u32]) -> Vec<Vec<u32>> {
        let mut bands: Vec<Vec<u32>> = (1..self.bands).map(|band| self.people_by_unit(COUNTED + band)).collect();
        let in_others = |unit: usize| bands.iter().map(|band| band[unit]).sum::<u32>();
        let first = measured.iter().enumerate().map(|(unit, measured)| measured - in_others(unit)).collect();
        bands.insert(0, first);
        bands
    }

    /// How many people have each note in each unit.
    pub(super) fn noted(&self) -> Vec<Vec<u32>> {
        (COUNTED + self.bands..self.planes.len()).map(|plane| self.people_by_unit(plane)).collect()
    }

    fn people_by_unit(&self, plane: usize) -> Vec<u32> {
        people_by_unit(&self.planes[plane], self.words)
    }
}

/// How many of the sets, of `words` words each, hold each unit.
fn people_by_unit(sets: &[u64], words: usize) -> Vec<u32> {
    (0..words).flat_map(|word| bits::counts_by_bit(sets, word, words)).collect()
}

/// One bit a unit: measured, and counted.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bits<'a> {
    pub(super) measured: &'a [u64],
    pub(super) counted: &'a [u64],
}

impl Bits<'_> {
    /// Whether the person is measured in any unit.
    #[inline]
    pub(super) fn is_measured(self) -> bool {
        self.measured.iter().any(|word| *word != 0)
    }
}

/// The measured and counted bits of some people, one after the other.
#[derive(Clone, Debug, Default)]
pub(super) struct BitRows {
    pub(super) words: usize,
    pub(super) measured: Vec<u64>,
    pub(super) counted: Vec<u64>,
}

impl BitRows {
    /// Of nobody, with so many words a person.
    pub(super) fn new(words: usize) -> Self {
        Self { words, ..Self::default() }
    }

    #[inline]
    pub(super) fn get(&self, place: usize) -> Bits<'_> {
        let range = place * self.words..(place + 1) * self.words;
        Bits { measured: &self.measured[range.clone()], counted: &self.counted[range] }
    }

    /// Everybody's bits in order.
    #[inline]
    pub(super) fn iter(&self) -> impl Iterator<Item = Bits<'_>> {
        let sets = self.measured.chunks_exact(self.words.max(1)).zip(self.counted.chunks_exact(self.words.max(1)));
        sets.map(|(measured, counted)| Bits { measured, counted })
    }

    pub(super) fn tally(&self) -> Tally {
        Tally {
            measured: people_by_unit(&self.measured, self.words),
            counted: people_by_unit(&self.counted, self.words),
        }
    }
}

/// How many people are measured and counted in each unit. There can be more units than the calendar has, in
/// which nobody is measured.
#[derive(Clone, Debug)]
pub(super) struct Tally {
    pub(super) measured: Vec<u32>,
    pub(super) counted: Vec<u32>,
}

/// A measure with the units that count in one population.
pub(super) struct Judge<'a, M> {
    pub(super) measure: &'a M,
    pub(super) units: &'a Units,
    dataset: &'a Dataset,
    /// The marks of everybody's active rows, where the measure is the one that they were kept for.
    kept: Option<&'a Marks>,
    /// The units that count, and all their periods.
    used: Vec<u64>,
    used_periods: Vec<u64>,
}

impl<'a, M: Measure> Judge<'a, M> {
    /// `kept` are the panel's marks of the same measure; `None` where the measure judges otherwise than those
    /// were. `is_used` says which units count.
    pub(super) fn new(
        measure: &'a M,
        panel: &'a Panel,
        kept: Option<&'a Marks>,
        is_used: impl Fn(usize) -> bool,
    ) -> Self {
        let units = panel.units(M::SPAN);
        let used = units.set(is_used);
        let mut used_periods = vec![0; panel.dataset().period_words()];
        units.periods_of(&used, &mut used_periods);
        Self { measure, units, dataset: panel.dataset(), kept, used, used_periods }
    }

    /// The marks of everyone selected, by place among them.
    pub(super) fn everyone(&self, selection: &Selection<'_>) -> Marks {
        let mut marks = Marks::none(self.measure, self.units, selection.people());
        if let Some(kept) = self.kept {
            for (plane, kept) in marks.planes.iter_mut().zip(&kept.planes) {
                copy_masked(plane, kept, selection.person_codes(), &self.used);
            }
        }
        if M::SPAN == Span::Whole && self.kept.is_none() && self.used == [1] {
            // One unit holds all periods: everybody is judged by all rows.
            for (place, rows) in selection.persons_rows().enumerate() {
                self.measure.cells_at(place, rows, |cell| marks.mark(place, cell));
            }
            return marks;
        }
        let mut again = self.again();
        for (place, rows) in selection.persons_rows().enumerate().filter(|(_, rows)| self.is_changed(*rows)) {
            again.look_at(self, rows);
            for plane in &mut marks.planes {
                let words = plane[place * marks.words..].iter_mut();
                for (word, changed) in words.zip(&again.units) {
                    *word &= !changed;
                }
            }
            self.judge(rows.person(), &again, |cell| marks.mark(place, cell));
        }
        marks
    }

    /// Adds the measured and counted bits of some rows of a person. `again` is for the judge's own use.
    pub(super) fn push_bits(&self, rows: PersonRows<'_>, again: &mut Again, to: &mut BitRows) {
        let start = to.measured.len();
        to.measured.resize(start + to.words, 0);
        to.counted.resize(start + to.words, 0);
        again.look_at(self, rows);
        if let Some(kept) = self.kept {
            let kept = kept.bits(rows.person() as usize);
            for word in 0..to.words {
                let mask = self.used[word] & !again.units[word];
                to.measured[start + word] = kept.measured[word] & mask;
                to.counted[start + word] = kept.counted[word] & mask;
            }
        }
        self.judge(rows.person(), again, |cell| {
            if cell.band.is_some() {
                let (word, bit) = (start + cell.unit / 64, 1_u64 << (cell.unit % 64));
                to.measured[word] |= bit;
                to.counted[word] |= if cell.counted { bit } else { 0 };
            }
        });
    }

    /// Room to work in.
    pub(super) fn again(&self) -> Again {
        Again { units: vec![0; self.units.words()], periods: vec![0; self.used_periods.len()] }
    }

    /// Whether rows are other than those that the kept marks are of, in units that count.
    #[inline]
    fn is_changed(&self, rows: PersonRows<'_>) -> bool {
        let kept = self.dataset.active_periods(rows.person());
        let words = kept.iter().zip(rows.periods()).zip(&self.used_periods);
        self.kept.is_none() || words.into_iter().any(|((kept, chosen), used)| (kept ^ chosen) & used != 0)
    }

    /// Applies the law to the rows that have to be looked at again.
    fn judge(&self, person: u32, again: &Again, mut each: impl FnMut(Cell)) {
        self.measure.cells(self.dataset.rows_in(person, &again.periods), |cell| {
            if self.used[cell.unit / 64] >> (cell.unit % 64) & 1 == 1 {
                each(cell);
            }
        });
    }
}

/// What of one person's rows has to be judged again.
pub(super) struct Again {
    /// The units in which other rows are chosen than the kept marks are of.
    units: Vec<u64>,
    /// The chosen periods in those units.
    periods: Vec<u64>,
}

impl Again {
    fn look_at<M: Measure>(&mut self, judge: &Judge<'_, M>, rows: PersonRows<'_>) {
        if judge.kept.is_some() {
            let kept = judge.dataset.active_periods(rows.person());
            let words = kept.iter().zip(rows.periods()).zip(&judge.used_periods);
            for (changed, ((kept, chosen), used)) in self.periods.iter_mut().zip(words) {
                *changed = (kept ^ chosen) & used;
            }
            judge.units.holding(&self.periods, &mut self.units);
        } else {
            self.units.copy_from_slice(&judge.used);
        }
        judge.units.periods_of(&self.units, &mut self.periods);
        for (word, chosen) in self.periods.iter_mut().zip(rows.periods()) {
            *word &= chosen;
        }
    }
}

/// Copies the kept bits of some people, in units that count.
fn copy_masked(plane: &mut [u64], kept: &[u64], people: &[u32], used: &[u64]) {
    // Most calendars have one word of units.
    if let [used] = used {
        for (word, &person) in plane.iter_mut().zip(people) {
            *word = kept[person as usize] & used;
        }
        return;
    }
    for (words, &person) in plane.chunks_exact_mut(used.len().max(1)).zip(people) {
        let kept = &kept[person as usize * used.len()..];
        for ((word, kept), used) in words.iter_mut().zip(kept).zip(used) {
            *word = kept & used;
        }
    }
}
