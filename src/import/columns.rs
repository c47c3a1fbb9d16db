//! The columns of all texts one behind the other: people, periods, flags and metrics.

use chrono::NaiveDate;

use super::dated::Dated;
use super::dictionary::Texts;
use super::report::RowReason;
use super::rows::BlockRows;
use crate::dataset::{
    BLANK_SECONDS, CountCells, CountPieces, Draft, EXCLUDED_COUNT, EXCLUDED_SECONDS, Metric, PersonIds, Pieces,
};

/// The columns that every row has.
pub(super) struct RowColumns {
    pub(super) people: PersonIds,
    texts: Texts,
    pub(super) person: Pieces<u32>,
    pub(super) period: Pieces<u16>,
    pub(super) source_ends: Vec<u32>,
}

impl RowColumns {
    pub(super) fn new() -> Self {
        Self {
            people: PersonIds::default(),
            texts: Texts::default(),
            person: Pieces::default(),
            period: Pieces::default(),
            source_ends: Vec::new(),
        }
    }

    /// Gives people their codes in the order of the rows, and dates theirs in the calendar.
    pub(super) fn add_people_and_periods(&mut self, part: &mut Dated, periods: &[NaiveDate]) {
        const UNUSED: u32 = u32::MAX;
        let mut codes: Vec<Vec<u32>> =
            part.part.rows.learned.iter().map(|learned| vec![UNUSED; learned.people.len()]).collect();
        let place = |day: &Result<NaiveDate, RowReason>| -> u16 {
            let place = day.as_ref().ok().and_then(|day| periods.binary_search(day).ok());
            place.map_or(0, |place| place as u16)
        };
        let places: Vec<Vec<u16>> = part.days.iter().map(|days| days.iter().map(place).collect()).collect();
        for (block, kept) in part.part.rows.blocks.iter_mut().zip(&part.kept) {
            let (Some(codes), Some(places), Some(learned)) =
                (codes.get_mut(block.reader), places.get(block.reader), part.part.rows.learned.get(block.reader))
            else {
                continue;
            };
            let (mut person, mut date) = (std::mem::take(&mut block.person), std::mem::take(&mut block.date));
            if let Some(kept) = kept {
                let is_kept = |row: &mut usize| {
                    *row += 1;
                    kept.get(*row - 1) != Some(&false)
                };
                let (mut row, mut other) = (0, 0);
                person.retain(|_| is_kept(&mut row));
                date.retain(|_| is_kept(&mut other));
            }
            for local in &mut person {
                let Some(code) = codes.get_mut(*local as usize) else { continue };
                if *code == UNUSED {
                    let id = learned.people.get(*local);
                    let (person, is_new) = self.texts.intern(id);
                    if is_new {
                        self.people.push(id);
                    }
                    *code = person;
                }
                *local = *code;
            }
            for date in &mut date {
                *date = places.get(usize::from(*date)).copied().unwrap_or_default();
            }
            self.person.push(person);
            self.period.push(date);
        }
        // The texts of identifiers are the dataset's from here on.
        part.part.rows.learned.iter_mut().for_each(|learned| learned.people = Texts::default());
        self.source_ends.push(self.person.len() as u32);
    }

    /// Gives back what only finding people took.
    pub(super) fn forget_texts(&mut self) {
        self.texts = Texts::default();
    }
}

/// For each source how many people it has.
pub(super) fn people_by_source(draft: &Draft, source_ends: &[u32]) -> Vec<u64> {
    let mut last_source = vec![u32::MAX; draft.people.len()];
    let mut rows = draft.person.iter();
    let mut start = 0;
    let people = (0..).zip(source_ends).map(|(source, end)| {
        let of_source = rows.by_ref().take((end - start) as usize);
        start = *end;
        let mut people = 0;
        for person in of_source {
            if let Some(last) = last_source.get_mut(person as usize).filter(|last| **last != source) {
                *last = source;
                people += 1;
            }
        }
        people
    });
    people.collect()
}

/// `IsActive` over all texts; rows of a text without it count as active.
pub(super) fn active(dated: &mut [Dated], total: usize) -> Option<Vec<bool>> {
    flags(dated, total, &active_of, true)
}

/// Who is without a manager, over all texts; a text that cannot tell says nobody is.
pub(super) fn without_manager(dated: &mut [Dated], total: usize) -> Option<Vec<bool>> {
    flags(dated, total, &without_manager_of, false)
}

/// A flag column over all texts, where one has it; `missing` stands for those that have not.
fn flags(
    dated: &mut [Dated],
    total: usize,
    of: &dyn Fn(&mut Dated) -> Option<Vec<bool>>,
    missing: bool,
) -> Option<Vec<bool>> {
    let mut column = Vec::with_capacity(total);
    let mut is_there = false;
    for part in dated {
        let end = column.len() + part.rows;
        if let Some(mut cells) = of(part) {
            is_there = true;
            column.append(&mut cells);
        }
        column.resize(end, missing);
    }
    is_there.then_some(column)
}

fn active_of(part: &mut Dated) -> Option<Vec<bool>> {
    part.part.plan.active?;
    Some(part.take(|block| Some(&mut block.active)).concat())
}

/// Blank manager or layer 0; a manager column that is blank throughout says nothing.
fn without_manager_of(part: &mut Dated) -> Option<Vec<bool>> {
    let blank = part.take(|block| Some(&mut block.manager_blank)).concat();
    let top = part.take(|block| Some(&mut block.at_top)).concat();
    let has_manager = blank.iter().any(|blank| !blank);
    match (part.part.plan.manager.filter(|_| has_manager), part.part.plan.layer) {
        (None, None) => None,
        (Some(_), None) => Some(blank),
        (None, Some(_)) => Some(top),
        (Some(_), Some(_)) => Some(blank.iter().zip(&top).map(|(blank, top)| *blank || *top).collect()),
    }
}

/// A duration over all texts, where one has it. A text without it, or with nothing in it, did not measure it:
/// its rows leave the metric instead of counting as zero.
pub(super) fn duration(dated: &mut [Dated], metric: Metric) -> Option<Pieces<u32>> {
    let place = |part: &Dated| part.part.plan.durations.iter().position(|(m, _)| *m == metric);
    metric_column(
        dated,
        place,
        |block, place| block.durations.get_mut(place),
        |cell| cell == BLANK_SECONDS,
        EXCLUDED_SECONDS,
    )
}

/// A count over all texts, likewise.
pub(super) fn count(dated: &mut [Dated], metric: Metric) -> Option<CountPieces> {
    let place = |part: &Dated| part.part.plan.counts.iter().position(|(m, _)| *m == metric);
    let several = dated.len() > 1;
    dated.iter().any(|part| place(part).is_some()).then(|| {
        let mut column = CountPieces::default();
        for part in dated {
            let pieces = place(part).map(|place| part.take_counts(place)).unwrap_or_default();
            let is_blank = |piece: &CountCells| piece.iter().all(f64::is_nan);
            if pieces.is_empty() || (several && pieces.iter().all(is_blank)) {
                column.push(std::iter::repeat_n(EXCLUDED_COUNT, part.rows).collect());
            } else {
                pieces.into_iter().for_each(|piece| column.push(piece));
            }
        }
        column
    })
}

fn metric_column<T: Copy>(
    dated: &mut [Dated],
    place: impl Fn(&Dated) -> Option<usize>,
    cells: impl Fn(&mut BlockRows, usize) -> Option<&mut Vec<T>>,
    is_blank: impl Fn(T) -> bool,
    not_measured: T,
) -> Option<Pieces<T>> {
    let several = dated.len() > 1;
    dated.iter().any(|part| place(part).is_some()).then(|| {
        let mut column = Pieces::default();
        for part in dated {
            let Some(place) = place(part) else {
                column.repeat(not_measured, part.rows);
                continue;
            };
            let pieces = part.take(|block| cells(block, place));
            if several && pieces.iter().flatten().all(|cell| is_blank(*cell)) {
                column.repeat(not_measured, part.rows);
            } else {
                pieces.into_iter().for_each(|piece| column.push(piece));
            }
        }
        column
    })
}
