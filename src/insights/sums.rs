//! Sums over the rows of one person, kept for each person's active rows.

use std::ops::Range;
use std::sync::OnceLock;

use super::{Panel, Population};
use crate::dataset::{Counts, Dataset, EXCLUDED_SECONDS, Metric, PersonRows};
use crate::work::each;

/// Seconds over the rows of a person whose cell can be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Sum {
    pub(super) seconds: u64,
    /// How many rows that is.
    pub(super) rows: u64,
}

impl Sum {
    fn of(column: &[u32], rows: PersonRows<'_>) -> Self {
        let mut sum = Self::default();
        rows.for_each_run(|run| sum = sum.and(Self::of_cells(&column[run])));
        sum
    }

    fn of_cells(cells: &[u32]) -> Self {
        let mut sum = Self::default();
        // Halves of so few cells fit into 32 bits, of which a vector holds twice as many as of 64.
        for cells in cells.chunks(1 << 16) {
            let (mut low, mut high, mut rows) = (0_u32, 0_u32, 0_u32);
            for &cell in cells {
                let is_readable = cell != EXCLUDED_SECONDS;
                let cell = if is_readable { cell } else { 0 };
                low += cell & 0xFFFF;
                high += cell >> 16;
                rows += u32::from(is_readable);
            }
            let seconds = u64::from(low) + (u64::from(high) << 16);
            sum = sum.and(Self { seconds, rows: u64::from(rows) });
        }
        sum
    }

    /// With the sum of other rows.
    fn and(self, other: Self) -> Self {
        Self { seconds: self.seconds + other.seconds, rows: self.rows + other.rows }
    }

    /// Without the sum of some of the rows.
    fn without(self, some: Self) -> Self {
        Self { seconds: self.seconds - some.seconds, rows: self.rows - some.rows }
    }

    /// Mean hours a row; `None` without a readable one.
    pub(super) fn mean_hours(self) -> Option<f64> {
        (self.rows > 0).then(|| self.seconds as f64 / 3600.0 / self.rows as f64)
    }
}

/// External and collaboration seconds over the rows of a person in which both can be read.
/// External time above the total is kept as it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct ExternalAndTotal {
    pub(super) external: u64,
    pub(super) total: u64,
    /// How many rows that is.
    pub(super) rows: u64,
}

impl ExternalAndTotal {
    fn of(external: &[u32], total: &[u32], rows: PersonRows<'_>) -> Self {
        let mut sum = Self::default();
        rows.for_each_run(|run| sum = sum.and(Self::of_cells(&external[run.clone()], &total[run])));
        sum
    }

    fn of_cells(external: &[u32], total: &[u32]) -> Self {
        let mut sum = Self::default();
        // As sums of one column are.
        for (external, total) in external.chunks(1 << 16).zip(total.chunks(1 << 16)) {
            let (mut of_external, mut of_total, mut rows) = ([0_u32; 2], [0_u32; 2], 0_u32);
            for (&external, &total) in external.iter().zip(total) {
                let is_readable = (external != EXCLUDED_SECONDS) & (total != EXCLUDED_SECONDS);
                let (external, total) = if is_readable { (external, total) } else { (0, 0) };
                of_external[0] += external & 0xFFFF;
                of_external[1] += external >> 16;
                of_total[0] += total & 0xFFFF;
                of_total[1] += total >> 16;
                rows += u32::from(is_readable);
            }
            let whole = |[low, high]: [u32; 2]| u64::from(low) + (u64::from(high) << 16);
            sum = sum.and(Self { external: whole(of_external), total: whole(of_total), rows: u64::from(rows) });
        }
        sum
    }

    /// With the sums of other rows.
    pub(super) fn and(self, other: Self) -> Self {
        Self { external: self.external + other.external, total: self.total + other.total, rows: self.rows + other.rows }
    }

    /// Without the sums of some of the rows.
    fn without(self, some: Self) -> Self {
        Self { external: self.external - some.external, total: self.total - some.total, rows: self.rows - some.rows }
    }

    /// Mean hours a row that are not external, and not under 0; `None` without a readable row.
    pub(super) fn mean_internal_hours(self) -> Option<f64> {
        let internal = self.total.saturating_sub(self.external);
        (self.rows > 0).then(|| internal as f64 / 3600.0 / self.rows as f64)
    }

    /// External divided by total: at most 1, and 0 when there are no hours at all.
    pub(super) fn external_share(self) -> f64 {
        if self.external >= self.total {
            f64::from(self.external > 0)
        } else {
            self.external as f64 / self.total as f64
        }
    }
}

/// Counts over the rows of a person in which they can be read.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct CountSum {
    counts: f64,
    /// How many rows that is.
    rows: u64,
}

impl CountSum {
    /// Without the sum of some of the rows; only of whole numbers.
    fn without(self, some: Self) -> Self {
        Self { counts: self.counts - some.counts, rows: self.rows - some.rows }
    }

    /// The mean of a row; `None` without a readable one.
    fn mean(self) -> Option<f64> {
        (self.rows > 0).then(|| self.counts / self.rows as f64)
    }
}

/// The sums that a panel keeps, by person code.
#[derive(Clone, Debug, Default)]
pub(super) struct KeptSums {
    seconds: Vec<(Metric, Vec<Sum>)>,
    external_and_total: Option<Vec<ExternalAndTotal>>,
    counts: Vec<(Metric, Vec<CountSum>)>,
}

impl KeptSums {
    pub(super) fn of(dataset: &Dataset, threads: usize) -> Self {
        let rows = |person: usize| dataset.rows_in(person as u32, dataset.active_periods(person as u32));
        let people = 0..dataset.people();
        let pairs = dataset.seconds(Metric::ExternalHours).zip(dataset.seconds(Metric::CollaborationHours));
        let seconds = each(threads, Metric::ALL.to_vec(), |metric| {
            let column = dataset.seconds(metric)?;
            Some((metric, people.clone().map(|person| Sum::of(column, rows(person))).collect()))
        });
        let counts = each(threads, Metric::ALL.to_vec(), |metric| {
            let column = dataset.counts(metric)?;
            Some((metric, people.clone().map(|person| sum_counts(column, rows(person))).collect()))
        });
        Self {
            seconds: seconds.into_iter().flatten().collect(),
            external_and_total: pairs.map(|(external, total)| {
                people.clone().map(|person| ExternalAndTotal::of(external, total, rows(person))).collect()
            }),
            counts: counts.into_iter().flatten().collect(),
        }
    }
}

/// What is kept of a metric.
fn kept_of<T>(kept: &[(Metric, Vec<T>)], metric: Metric) -> Option<&[T]> {
    kept.iter().find(|(kept, _)| *kept == metric).map(|(_, by_person)| by_person.as_slice())
}

/// How a sum over the selected rows of a person is best had: the same for every column.
#[derive(Clone, Copy, Debug)]
pub(super) struct Way {
    /// Rows that follow each other in the columns.
    first: u32,
    end: u32,
    /// Where the rows are.
    is: Rows,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rows {
    /// All of them.
    Run,
    /// The active ones that are not selected: the others are all selected, and nothing else is.
    LeftOut,
    /// Not in one run.
    Scattered,
}

impl Way {
    fn of(rows: PersonRows<'_>) -> Self {
        if rows.are_the_active_ones() {
            return Self { first: 0, end: 0, is: Rows::LeftOut };
        }
        let run_of = |rows: PersonRows<'_>| {
            let (mut runs, mut run) = (0, 0..0);
            rows.for_each_run(|next| {
                // Runs end at the end of a word of periods, too.
                if runs > 0 && next.start == run.end {
                    run.end = next.end;
                } else if !next.is_empty() {
                    runs += 1;
                    run = next;
                }
            });
            (runs < 2).then_some(run)
        };
        let mut room = [0; 4];
        let left_out = rows.fewer_left_out(&mut room).and_then(run_of).map(|run| (run, Rows::LeftOut));
        let run = left_out.or_else(|| run_of(rows).map(|run| (run, Rows::Run)));
        let (run, is) = run.unwrap_or((0..0, Rows::Scattered));
        Self { first: run.start as u32, end: run.end as u32, is }
    }

    fn run(self) -> Range<usize> {
        self.first as usize..self.end as usize
    }
}

/// The same sum as [`from_kept`] by the way that is known for the selected rows of a person; `otherwise` where there is
/// none.
#[inline]
fn by_way<T: Copy>(
    way: Way,
    kept: Option<T>,
    of_run: impl Fn(Range<usize>) -> T,
    without: impl Fn(T, T) -> T,
    otherwise: impl FnOnce() -> T,
) -> T {
    match (way.is, kept) {
        (Rows::LeftOut, Some(kept)) if way.first == way.end => kept,
        (Rows::LeftOut, Some(kept)) => without(kept, of_run(way.run())),
        (Rows::Run, _) => of_run(way.run()),
        _ => otherwise(),
    }
}

/// A sum over rows of a person, from the kept one over the active rows where that takes fewer rows.
fn from_kept<T: Copy>(
    kept: Option<&[T]>,
    rows: PersonRows<'_>,
    sum_of: impl Fn(PersonRows<'_>) -> T,
    without: impl Fn(T, T) -> T,
) -> T {
    let Some(kept) = kept.map(|kept| kept[rows.person() as usize]) else { return sum_of(rows) };
    if rows.are_the_active_ones() {
        return kept;
    }
    match rows.fewer_left_out(&mut [0; 4]) {
        Some(left_out) => without(kept, sum_of(left_out)),
        None => sum_of(rows),
    }
}

/// The sum of a column of counts over the rows of one person.
fn sum_counts(column: Counts<'_>, rows: PersonRows<'_>) -> CountSum {
    let mut sum = CountSum::default();
    rows.for_each_run(|run| {
        let (counts, rows) = column.sum(run);
        sum = CountSum { counts: sum.counts + counts, rows: sum.rows + rows };
    });
    sum
}

/// Seconds of one metric of people.
pub(super) struct SecondsByPerson<'a> {
    column: &'a [u32],
    kept: Option<&'a [Sum]>,
}

impl<'a> SecondsByPerson<'a> {
    /// `None` when the column is not in the file, or holds no hours.
    pub(super) fn new(panel: &'a Panel, metric: Metric) -> Option<Self> {
        let column = panel.dataset().seconds(metric)?;
        Some(Self { column, kept: kept_of(&panel.kept().sums.seconds, metric) })
    }

    pub(super) fn of(&self, rows: PersonRows<'_>) -> Sum {
        from_kept(self.kept, rows, |rows| Sum::of(self.column, rows), Sum::without)
    }

    /// The same of the selected rows of somebody, by the way that is known for them.
    fn by(&self, way: Way, rows: PersonRows<'_>) -> Sum {
        let kept = self.kept.map(|kept| kept[rows.person() as usize]);
        by_way(way, kept, |run| Sum::of_cells(&self.column[run]), Sum::without, || self.of(rows))
    }
}

/// External and collaboration seconds of people.
pub(super) struct ExternalAndTotalSums<'a> {
    external: &'a [u32],
    total: &'a [u32],
    kept: Option<&'a [ExternalAndTotal]>,
}

impl<'a> ExternalAndTotalSums<'a> {
    /// `None` when either column is not in the file.
    pub(super) fn new(panel: &'a Panel) -> Option<Self> {
        let external = panel.dataset().seconds(Metric::ExternalHours)?;
        let total = panel.dataset().seconds(Metric::CollaborationHours)?;
        Some(Self { external, total, kept: panel.kept().sums.external_and_total.as_deref() })
    }

    pub(super) fn of(&self, rows: PersonRows<'_>) -> ExternalAndTotal {
        let of = |rows: PersonRows<'_>| ExternalAndTotal::of(self.external, self.total, rows);
        from_kept(self.kept, rows, of, ExternalAndTotal::without)
    }

    /// The same of the selected rows of somebody, by the way that is known for them.
    fn by(&self, way: Way, rows: PersonRows<'_>) -> ExternalAndTotal {
        let kept = self.kept.map(|kept| kept[rows.person() as usize]);
        let of_run = |run: Range<usize>| ExternalAndTotal::of_cells(&self.external[run.clone()], &self.total[run]);
        by_way(way, kept, of_run, ExternalAndTotal::without, || self.of(rows))
    }
}

/// Sums over the rows of each person of a population, by place among its people: made when they are first asked for,
/// because several insights and means need the same ones.
#[derive(Debug, Default)]
pub(super) struct SumsByPlace {
    ways: OnceLock<Vec<Way>>,
    external: OnceLock<Option<Vec<Sum>>>,
    external_without_edges: OnceLock<Option<Vec<Sum>>>,
    external_and_total: OnceLock<Option<Vec<ExternalAndTotal>>>,
}

impl SumsByPlace {
    /// How the sums over each person's selected rows are best had.
    fn ways(&self, population: &Population<'_>) -> &[Way] {
        self.ways.get_or_init(|| population.selection().persons_rows().map(Way::of).collect())
    }

    fn of_everyone<T>(&self, population: &Population<'_>, sum: impl Fn(Way, PersonRows<'_>) -> T) -> Vec<T> {
        let ways = self.ways(population).iter().zip(population.selection().persons_rows());
        ways.map(|(way, rows)| sum(*way, rows)).collect()
    }

    /// The mean of a metric of each person in whom it can be read; `None` when the column is not in the file.
    pub(super) fn means(&self, population: &Population<'_>, metric: Metric) -> Option<Vec<f64>> {
        let by_person = MeansByPerson::new(population.panel(), metric)?;
        let ways = self.ways(population).iter().zip(population.selection().persons_rows());
        let mut means = Vec::with_capacity(population.people());
        means.extend(ways.filter_map(|(way, rows)| by_person.by(*way, rows)));
        Some(means)
    }

    /// External seconds; `None` when the column is not in the file.
    pub(super) fn external(&self, population: &Population<'_>) -> Option<&[Sum]> {
        let make = || {
            let sums = SecondsByPerson::new(population.panel(), Metric::ExternalHours)?;
            Some(self.of_everyone(population, |way, rows| sums.by(way, rows)))
        };
        self.external.get_or_init(make).as_deref()
    }

    /// The same without the edge weeks.
    pub(super) fn external_without_edges(&self, population: &Population<'_>) -> Option<&[Sum]> {
        if !population.has_edges() {
            return self.external(population);
        }
        let make = || {
            let sums = SecondsByPerson::new(population.panel(), Metric::ExternalHours)?;
            let mut all = Vec::with_capacity(population.people());
            population.for_each_without_edges(|rows| all.push(sums.of(rows)));
            Some(all)
        };
        self.external_without_edges.get_or_init(make).as_deref()
    }

    /// External and collaboration seconds; `None` when either column is not in the file.
    pub(super) fn external_and_total(&self, population: &Population<'_>) -> Option<&[ExternalAndTotal]> {
        let make = || {
            let sums = ExternalAndTotalSums::new(population.panel())?;
            Some(self.of_everyone(population, |way, rows| sums.by(way, rows)))
        };
        self.external_and_total.get_or_init(make).as_deref()
    }
}

/// Means of one metric.
pub(super) enum MeansByPerson<'a> {
    /// In hours.
    Hours(SecondsByPerson<'a>),
    /// In people, organizations, domains.
    Counts { column: Counts<'a>, kept: Option<&'a [CountSum]> },
}

impl<'a> MeansByPerson<'a> {
    /// `None` when the column is not in the file.
    pub(super) fn new(panel: &'a Panel, metric: Metric) -> Option<Self> {
        if let Some(seconds) = SecondsByPerson::new(panel, metric) {
            return Some(Self::Hours(seconds));
        }
        let column = panel.dataset().counts(metric)?;
        Some(Self::Counts { column, kept: kept_of(&panel.kept().sums.counts, metric) })
    }

    /// The mean of one person; `None` without a readable row.
    pub(super) fn of(&self, rows: PersonRows<'_>) -> Option<f64> {
        match self {
            Self::Hours(seconds) => seconds.of(rows).mean_hours(),
            Self::Counts { column, kept } => {
                let of = |rows: PersonRows<'_>| sum_counts(*column, rows);
                // Only whole numbers can be taken out of a sum again without a trace.
                let kept = kept.filter(|_| column.are_whole() || rows.are_the_active_ones());
                from_kept(kept, rows, of, CountSum::without).mean()
            }
        }
    }

    /// The same of the selected rows of somebody, by the way that is known for them.
    fn by(&self, way: Way, rows: PersonRows<'_>) -> Option<f64> {
        match self {
            Self::Hours(seconds) => seconds.by(way, rows).mean_hours(),
            // Numbers that are not whole are added in the one order that all questions have.
            Self::Counts { column, .. } if !column.are_whole() => self.of(rows),
            Self::Counts { column, kept } => {
                let kept = kept.map(|kept| kept[rows.person() as usize]);
                let of_run = |run| {
                    let (counts, rows) = column.sum(run);
                    CountSum { counts, rows }
                };
                by_way(way, kept, of_run, CountSum::without, || sum_counts(*column, rows)).mean()
            }
        }
    }
}
