//! Where the rows of a draft go: grouped by person, ascending by period, one a person and period.

use super::{ConflictingRows, Draft, OnConflict, Pieces};

/// The place of a row that does not stay.
pub(super) const NOWHERE: u32 = u32::MAX;

/// At most so many pairs of rows that differ are told.
const EXAMPLES: usize = 20;

/// Where the rows of a draft go.
pub(super) struct Places {
    /// For each draft row its place in the dataset; beyond all places for a row that does not stay.
    pub(super) of_rows: Pieces<u32>,
    /// `starts[p]..starts[p + 1]` are the places of person `p`.
    pub(super) starts: Vec<u32>,
    /// Rows that do not stay, and whether each equals the one that does.
    pub(super) dropped: Vec<(u32, bool)>,
}

impl Places {
    /// How many rows stay.
    pub(super) fn len(&self) -> usize {
        self.starts.last().map_or(0, |end| *end as usize)
    }

    /// Finds the places, and settles rows for the same person and period.
    pub(super) fn of(draft: &mut Draft, on_conflict: OnConflict) -> Result<Self, ConflictingRows> {
        let mut next = vec![0_u32; draft.people.len() + 1];
        // The last period of each person, plus one: files are nearly always ascending, and then there is nothing to sort.
        let mut last = vec![0_u32; draft.people.len()];
        let mut is_ascending = true;
        for (person, period) in draft.person.iter().zip(draft.period.iter()) {
            next[person as usize + 1] += 1;
            let (last, period) = (&mut last[person as usize], u32::from(period) + 1);
            is_ascending &= *last < period;
            *last = period;
        }
        for person in 0..draft.people.len() {
            next[person + 1] += next[person];
        }
        if !is_ascending {
            return sorted(draft, &next, on_conflict);
        }
        let starts = next.clone();
        // The code of the person becomes the place of the row.
        let mut of_rows = std::mem::take(&mut draft.person);
        of_rows.change(|person| {
            let next = &mut next[person as usize];
            let place = *next;
            *next += 1;
            place
        });
        Ok(Self { of_rows, starts, dropped: Vec::new() })
    }
}

/// The same for rows in any order; `starts` counts the rows of each person.
fn sorted(draft: &Draft, starts: &[u32], on_conflict: OnConflict) -> Result<Places, ConflictingRows> {
    let mut next = starts.to_vec();
    let (persons, periods): (Vec<u32>, Vec<u16>) = (draft.person.iter().collect(), draft.period.iter().collect());
    let mut order = vec![0_u32; persons.len()];
    for (row, &person) in persons.iter().enumerate() {
        let place = &mut next[person as usize];
        order[*place as usize] = row as u32;
        *place += 1;
    }
    for pair in starts.windows(2) {
        // In the order of the draft among equals.
        order[pair[0] as usize..pair[1] as usize].sort_by_key(|&row| periods[row as usize]);
    }
    let mut of_rows = vec![NOWHERE; order.len()];
    let mut places = Places { of_rows: Pieces::default(), starts: vec![0; starts.len()], dropped: Vec::new() };
    let mut conflicts = ConflictingRows { person_periods: 0, examples: Vec::new() };
    let key = |row: u32| (persons[row as usize], periods[row as usize]);
    for (place, rows) in (0..).zip(order.chunk_by(|a, b| key(*a) == key(*b))) {
        let kept = if on_conflict == OnConflict::Newer { rows[rows.len() - 1] } else { rows[0] };
        of_rows[kept as usize] = place;
        places.starts[persons[kept as usize] as usize + 1] += 1;
        let mut differing = None;
        for &row in rows.iter().filter(|row| **row != kept) {
            let is_duplicate = draft.rows_equal(kept, row);
            places.dropped.push((row, is_duplicate));
            if !is_duplicate && differing.is_none() {
                differing = Some(row);
            }
        }
        if let Some(row) = differing {
            conflicts.person_periods += 1;
            if conflicts.examples.len() < EXAMPLES {
                conflicts.examples.push([kept.min(row), kept.max(row)]);
            }
        }
    }
    if conflicts.person_periods > 0 && on_conflict == OnConflict::Ask {
        return Err(conflicts);
    }
    for person in 1..places.starts.len() {
        places.starts[person] += places.starts[person - 1];
    }
    places.of_rows = of_rows.into();
    Ok(places)
}
