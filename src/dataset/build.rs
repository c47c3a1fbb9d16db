//! From rows in any order to a [`Dataset`]: every cell to its place, by the rules for cells, and counted.

use chrono::NaiveDate;

use super::counts::{CountColumn, CountPieces, Odd};
use super::pieces::Pieces;
use super::places::{NOWHERE, Places};
use super::presence::Presence;
use super::{Attribute, BLANK_SECONDS, Calendar, Dataset, EXCLUDED_SECONDS, Era, Grain, Metric, PersonIds};
use crate::work::{each, together};

/// Rows as they were read, in the order of the files, before any rule about people was applied.
///
/// All row columns have the same length. `periods` is ascending and distinct, and every code points
/// into its table: a reader that breaks this is wrong, and [`Draft::build`] panics on it.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The product that the rows come from.
    pub era: Era,
    /// The length of every period.
    pub grain: Grain,
    /// First days, ascending, distinct.
    pub periods: Vec<NaiveDate>,
    /// The identifiers, by person code.
    pub people: PersonIds,
    /// Row column: person code.
    pub person: Pieces<u32>,
    /// Row column: index into `periods`.
    pub period: Pieces<u16>,
    /// Row column: `IsActive`, where the files have it.
    pub active: Option<Vec<bool>>,
    /// Row column: no manager, where the files can tell.
    pub without_manager: Option<Vec<bool>>,
    /// Row columns of whole seconds, with [`BLANK_SECONDS`] and [`EXCLUDED_SECONDS`].
    pub durations: Vec<(Metric, Pieces<u32>)>,
    /// Row columns of counts, with NaN for blank and [`EXCLUDED_COUNT`](super::EXCLUDED_COUNT).
    pub counts: Vec<(Metric, CountPieces)>,
    /// Row columns of attribute codes.
    pub attributes: Vec<DraftAttribute>,
}

/// An attribute as it was read.
#[derive(Clone, Debug)]
pub struct DraftAttribute {
    /// The header.
    pub name: String,
    /// Distinct values, ascending by code point.
    pub values: Vec<String>,
    /// Row column: index into `values`.
    pub codes: Pieces<u16>,
}

/// What to do with differing rows for one person and period.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum OnConflict {
    /// Stop and ask.
    #[default]
    Ask,
    /// The row that was read last counts.
    Newer,
    /// The row that was read first counts.
    First,
}

/// Differing rows for one person and period were found, and nobody has said which counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConflictingRows {
    /// How many person-periods have differing rows.
    pub person_periods: usize,
    /// Up to twenty pairs of draft rows that differ, each ascending.
    pub examples: Vec<[u32; 2]>,
}

/// Cells of one metric that are no plain values, counted over the kept rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CellCounts {
    /// The metric.
    pub metric: Metric,
    /// Blank cells in rows that are active (or in a file without `IsActive`), and in inactive rows.
    pub blanks: [usize; 2],
    /// Cells that leave the metric, likewise.
    pub excluded: [usize; 2],
}

/// A cell with more hours than its period has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OverLimit {
    /// The metric.
    pub metric: Metric,
    /// The draft row.
    pub row: u32,
}

/// A dataset, and what was done to make it.
#[derive(Clone, Debug)]
pub struct Built {
    /// The dataset.
    pub dataset: Dataset,
    /// Rows dropped because an equal row for the same person and period was kept.
    pub duplicates: usize,
    /// Rows dropped because a differing row for the same person and period was chosen.
    pub superseded: usize,
    /// Blank and excluded cells by metric, in the draft's order of columns.
    pub cells: Vec<CellCounts>,
    /// Metrics dropped because every cell was blank: *not in this file*.
    pub blank_throughout: Vec<Metric>,
    /// Up to twenty cells a metric that hold more hours than their period has.
    pub over_limit: Vec<OverLimit>,
    /// The same by source, in the order of the sources: one for a draft that was built as a whole.
    pub sources: Vec<BuiltSource>,
}

/// What became of the rows of one source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BuiltSource {
    /// Its rows in the dataset.
    pub rows: usize,
    /// Those of them whose `IsActive` is FALSE.
    pub inactive_rows: usize,
    /// Rows dropped because an equal row for the same person and period was kept.
    pub duplicates: usize,
    /// Rows dropped because a differing row for the same person and period was chosen.
    pub superseded: usize,
    /// Blank and excluded cells of its rows in the dataset, in the order of [`Built::cells`].
    pub cells: Vec<CellCounts>,
    /// Cells that hold more hours than their period has, by metric, in the order of [`Built::cells`];
    /// they are among the excluded ones.
    pub over_limit: Vec<usize>,
}

/// At most so many example rows are kept of anything.
const EXAMPLES: usize = 20;

impl Draft {
    /// Sorts the rows, settles rows for the same person and period, and applies the cell rules.
    ///
    /// # Errors
    /// [`ConflictingRows`] when differing rows exist and `on_conflict` is [`OnConflict::Ask`].
    pub fn build(self, on_conflict: OnConflict) -> Result<Built, ConflictingRows> {
        self.build_by_source(on_conflict, &[], 1)
    }

    /// As [`Draft::build`], counting apart what became of the rows of each source. `source_ends` holds for
    /// each source the draft row after its last one, ascending; columns are put together on so many threads.
    ///
    /// # Errors
    /// [`ConflictingRows`] when differing rows exist and `on_conflict` is [`OnConflict::Ask`].
    pub fn build_by_source(
        mut self,
        on_conflict: OnConflict,
        source_ends: &[u32],
        threads: usize,
    ) -> Result<Built, ConflictingRows> {
        let whole = [self.period.len() as u32];
        let source_ends = if source_ends.is_empty() { &whole } else { source_ends };
        let places = Places::of(&mut self, on_conflict)?;
        let limits: Vec<u32> = self.periods.iter().map(|day| self.grain.days(*day) * 24 * 3600).collect();
        let mut tally = Tally::new(&places, &self.period, self.active.as_deref(), source_ends);

        let rows = places.len();
        let columns = std::mem::take(&mut self.durations).into_iter().map(Column::Duration);
        let columns = columns.chain(std::mem::take(&mut self.counts).into_iter().map(Column::Count));
        let columns = columns.chain(std::mem::take(&mut self.attributes).into_iter().map(Column::Attribute));
        let placed = each(threads, columns.collect(), |column| match column {
            Column::Duration((metric, column)) => Column::Duration(tally.duration_cells(metric, column, &limits)),
            Column::Count((metric, column)) => Column::Count(tally.count_cells(metric, column)),
            Column::Attribute(DraftAttribute { name, values, codes }) => {
                let codes = codes.placed(&places.of_rows, rows, |_, code| code);
                Column::Attribute(Attribute::new(name, values, codes).grouped(&places.starts))
            }
        });
        let (mut durations, mut counts, mut attributes) = (Vec::new(), Vec::new(), Vec::new());
        let mut blank_throughout = Vec::new();
        for column in placed {
            match column {
                Column::Duration(cells) => match tally.note(cells) {
                    (metric, Some(kept)) => durations.push((metric, kept)),
                    (metric, None) => blank_throughout.push(metric),
                },
                Column::Count(cells) => match tally.note(cells) {
                    (metric, Some(kept)) => counts.push((metric, kept)),
                    (metric, None) => blank_throughout.push(metric),
                },
                Column::Attribute(attribute) => attributes.push(attribute),
            }
        }
        let Tally { sources, cells, over_limit, .. } = tally;
        let placed = |column: Vec<bool>| Pieces::from(column).placed(&places.of_rows, rows, |_, cell| cell);
        let (active, without_manager, period) = (self.active, self.without_manager, self.period);
        let flags = || (active.map(placed), without_manager.map(placed));
        let period = || period.placed(&places.of_rows, rows, |_, period| period);
        let ((active, without_manager), period) =
            if threads > 1 { together(flags, period) } else { (flags(), period()) };
        let dataset = Dataset {
            era: self.era,
            presence: Presence::of(self.periods.len(), &places.starts, &period, active.as_deref(), threads),
            calendar: Calendar { grain: self.grain, periods: self.periods },
            people: self.people,
            starts: places.starts,
            without_manager,
            period,
            active,
            durations,
            counts,
            attributes,
            added_days: None,
        };
        Ok(Built {
            dataset,
            duplicates: sources.iter().map(|source| source.duplicates).sum(),
            superseded: sources.iter().map(|source| source.superseded).sum(),
            cells,
            blank_throughout,
            over_limit,
            sources,
        })
    }

    /// Whether two rows agree in everything that the product reads: then it does not matter which is kept.
    pub(super) fn rows_equal(&self, a: u32, b: u32) -> bool {
        let (a, b) = (a as usize, b as usize);
        let zero_for_blank = |seconds: u32| if seconds == BLANK_SECONDS { 0 } else { seconds };
        let flags = |column: &Option<Vec<bool>>| column.as_ref().is_none_or(|column| column[a] == column[b]);
        flags(&self.active)
            && flags(&self.without_manager)
            && self.durations.iter().all(|(_, column)| zero_for_blank(column.at(a)) == zero_for_blank(column.at(b)))
            && self.counts.iter().all(|(_, column)| column.at(a).to_bits() == column.at(b).to_bits())
            && self.attributes.iter().all(|attribute| attribute.codes.at(a) == attribute.codes.at(b))
    }
}

/// A column of a draft, or of a dataset.
enum Column<D, C, A> {
    Duration(D),
    Count(C),
    Attribute(A),
}

/// Counts cells as the columns are put in the dataset's order, in all and by source.
struct Tally<'a> {
    places: &'a Places,
    /// For each draft row its period, and whether it is active.
    period: &'a Pieces<u16>,
    active: Option<&'a [bool]>,
    source_ends: &'a [u32],
    sources: Vec<BuiltSource>,
    cells: Vec<CellCounts>,
    over_limit: Vec<OverLimit>,
}

/// A column in the dataset's order, and what was counted on the way, by source.
struct Placed<T> {
    metric: Metric,
    kept: T,
    counted: Vec<Counted>,
    over_limit: Vec<OverLimit>,
}

/// Blank and excluded cells of one metric and source, active and inactive, and those over the limit.
#[derive(Clone, Copy, Default)]
struct Counted {
    blanks: [usize; 2],
    excluded: [usize; 2],
    over_limit: usize,
}

impl<'a> Tally<'a> {
    fn new(places: &'a Places, period: &'a Pieces<u16>, active: Option<&'a [bool]>, source_ends: &'a [u32]) -> Self {
        let mut of_rows = places.of_rows.iter();
        let mut start = 0;
        let source = |end: &u32| {
            let rows = start..*end as usize;
            start = rows.end;
            let mut source = BuiltSource::default();
            for (row, place) in rows.zip(of_rows.by_ref()) {
                let stays = place != NOWHERE;
                source.rows += usize::from(stays);
                source.inactive_rows += usize::from(stays && active.is_some_and(|active| !active[row]));
            }
            source
        };
        let mut sources: Vec<BuiltSource> = source_ends.iter().map(source).collect();
        for (row, is_duplicate) in &places.dropped {
            let source = &mut sources[source_of(source_ends, *row)];
            let count = if *is_duplicate { &mut source.duplicates } else { &mut source.superseded };
            *count += 1;
        }
        Self { places, period, active, source_ends, sources, cells: Vec::new(), over_limit: Vec::new() }
    }

    /// What is counted of a draft row: by its source, and whether it is active (0) or not (1).
    fn side_of<'c>(&self, row: usize, counted: &'c mut [Counted]) -> (&'c mut Counted, usize) {
        let side = self.active.map_or(0, |active| usize::from(!active[row]));
        (&mut counted[source_of(self.source_ends, row as u32)], side)
    }

    /// The kept cells of a duration column in order.
    fn duration_cells(&self, metric: Metric, column: Pieces<u32>, limits: &[u32]) -> Placed<Vec<u32>> {
        let mut counted = vec![Counted::default(); self.sources.len()];
        let mut over_limit = Vec::new();
        let lowest_limit = limits.iter().copied().min().unwrap_or_default();
        let kept = column.placed(&self.places.of_rows, self.places.len(), |row, seconds| {
            if seconds <= lowest_limit || seconds <= limits[usize::from(self.period.at(row))] {
                return seconds;
            }
            let (counted, side) = self.side_of(row, &mut counted);
            if seconds == BLANK_SECONDS {
                counted.blanks[side] += 1;
                return 0;
            }
            counted.excluded[side] += 1;
            if seconds != EXCLUDED_SECONDS {
                counted.over_limit += 1;
                if over_limit.len() < EXAMPLES {
                    over_limit.push(OverLimit { metric, row: row as u32 });
                }
            }
            EXCLUDED_SECONDS
        });
        Placed { metric, kept, counted, over_limit }
    }

    /// The kept cells of a count column in order.
    fn count_cells(&self, metric: Metric, column: CountPieces) -> Placed<CountColumn> {
        let mut counted = vec![Counted::default(); self.sources.len()];
        let kept = column.placed(&self.places.of_rows, self.places.len(), |row, odd| {
            let (counted, side) = self.side_of(row, &mut counted);
            match odd {
                Odd::Blank => counted.blanks[side] += 1,
                Odd::Excluded => counted.excluded[side] += 1,
            }
        });
        Placed { metric, kept, counted, over_limit: Vec::new() }
    }

    /// Notes what was counted of a column; `None` when all of its cells are blank.
    fn note<T>(&mut self, placed: Placed<T>) -> (Metric, Option<T>) {
        let Placed { metric, kept, counted, over_limit } = placed;
        let kept = self.is_in_the_file(metric, &counted).then(|| {
            self.over_limit.extend(over_limit);
            kept
        });
        (metric, kept)
    }

    /// Notes the counts of a metric, unless every cell of it is blank.
    fn is_in_the_file(&mut self, metric: Metric, counted: &[Counted]) -> bool {
        let mut all = CellCounts { metric, blanks: [0; 2], excluded: [0; 2] };
        for counted in counted {
            for side in 0..2 {
                all.blanks[side] += counted.blanks[side];
                all.excluded[side] += counted.excluded[side];
            }
        }
        if all.blanks[0] + all.blanks[1] == self.places.len() {
            return false;
        }
        self.cells.push(all);
        for (source, counted) in self.sources.iter_mut().zip(counted) {
            source.cells.push(CellCounts { metric, blanks: counted.blanks, excluded: counted.excluded });
            source.over_limit.push(counted.over_limit);
        }
        true
    }
}

/// Which source a draft row is from.
fn source_of(source_ends: &[u32], row: u32) -> usize {
    source_ends.partition_point(|end| *end <= row).min(source_ends.len() - 1)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn draft(rows: &[(u32, u16, u32)]) -> Draft {
        let mut people = PersonIds::default();
        for person in 0..=rows.iter().map(|row| row.0).max().unwrap() {
            people.push(format!("person-{person}").as_bytes());
        }
        Draft {
            era: Era::Viva,
            grain: Grain::Week,
            periods: ["2024-03-31", "2024-04-07"].map(|day| day.parse().unwrap()).to_vec(),
            people,
            person: rows.iter().map(|row| row.0).collect(),
            period: rows.iter().map(|row| row.1).collect(),
            active: None,
            without_manager: None,
            durations: vec![(Metric::ExternalHours, rows.iter().map(|row| row.2).collect())],
            counts: Vec::new(),
            attributes: Vec::new(),
        }
    }

    #[test]
    fn rows_are_grouped_by_person_and_ordered_by_period() {
        let built = draft(&[(1, 1, 11), (0, 1, 1), (1, 0, 10), (0, 0, 0)]).build(OnConflict::Ask).unwrap();
        assert_eq!(built.dataset.seconds(Metric::ExternalHours), Some([0, 1, 10, 11].as_slice()));
        assert_eq!(built.dataset.rows_by_person().collect::<Vec<_>>(), [0..2, 2..4]);
    }

    #[test]
    fn equal_rows_are_dropped_and_counted_and_a_blank_equals_zero() {
        let built = draft(&[(0, 0, 5), (0, 0, 5), (0, 1, BLANK_SECONDS), (0, 1, 0)]).build(OnConflict::Ask).unwrap();
        assert_eq!((built.dataset.rows(), built.duplicates), (2, 2));
    }

    #[test]
    fn differing_rows_are_a_question_until_somebody_chooses() {
        let rows = [(0, 0, 5), (0, 0, 6), (0, 1, 7)];
        let asked = draft(&rows).build(OnConflict::Ask).unwrap_err();
        assert_eq!((asked.person_periods, asked.examples), (1, vec![[0, 1]]));
        let newer = draft(&rows).build(OnConflict::Newer).unwrap();
        assert_eq!(newer.dataset.seconds(Metric::ExternalHours), Some([6, 7].as_slice()));
        let first = draft(&rows).build(OnConflict::First).unwrap();
        assert_eq!(first.dataset.seconds(Metric::ExternalHours), Some([5, 7].as_slice()));
        assert_eq!((first.superseded, first.duplicates), (1, 0));
    }

    #[test]
    fn each_source_has_its_own_counts() {
        // Source 0: rows 0 and 1; source 1: row 2 equals row 0, row 3 differs from row 1, row 4 is new and blank.
        let rows = [(0, 0, 5), (0, 1, 6), (0, 0, 5), (0, 1, 7), (1, 0, BLANK_SECONDS)];
        let built = draft(&rows).build_by_source(OnConflict::Newer, &[2, 5], 2).unwrap();
        let counts: Vec<_> =
            built.sources.iter().map(|source| (source.rows, source.duplicates, source.superseded)).collect();
        // The newer rows stay: rows 2, 3 and 4. Rows 0 (equal) and 1 (differing) are source 0's.
        assert_eq!(counts, [(0, 1, 1), (3, 0, 0)]);
        assert_eq!(built.sources[1].cells[0].blanks, [1, 0]);
        assert_eq!((built.duplicates, built.superseded), (1, 1));
    }

    #[test]
    fn blanks_become_zero_and_more_than_a_week_has_is_set_aside() {
        let too_many = 168 * 3600 + 1;
        let built =
            draft(&[(0, 0, BLANK_SECONDS), (0, 1, too_many), (1, 0, 168 * 3600)]).build(OnConflict::Ask).unwrap();
        assert_eq!(built.dataset.seconds(Metric::ExternalHours), Some([0, EXCLUDED_SECONDS, 168 * 3600].as_slice()));
        assert_eq!(built.cells, [CellCounts { metric: Metric::ExternalHours, blanks: [1, 0], excluded: [1, 0] }]);
        assert_eq!(built.over_limit, [OverLimit { metric: Metric::ExternalHours, row: 1 }]);
    }

    #[test]
    fn a_column_blank_throughout_is_not_in_this_file() {
        let built = draft(&[(0, 0, BLANK_SECONDS), (0, 1, BLANK_SECONDS)]).build(OnConflict::Ask).unwrap();
        assert!(!built.dataset.has(Metric::ExternalHours));
        assert_eq!(built.blank_throughout, [Metric::ExternalHours]);
    }
}
