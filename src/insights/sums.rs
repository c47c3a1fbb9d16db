//! Sums over the rows of one person, kept for each person's active rows.

use super::Panel;
use crate::dataset::{Counts, Dataset, EXCLUDED_SECONDS, Metric, PersonRows};

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
        rows.for_each_run(|run| {
            // Sums of their own, which the compiler can keep in vectors.
            let (mut seconds, mut rows) = (0, 0);
            for &cell in &column[run] {
                let is_readable = cell != EXCLUDED_SECONDS;
                seconds += if is_readable { u64::from(cell) } else { 0 };
                rows += u64::from(is_readable);
            }
            sum.seconds += seconds;
            sum.rows += rows;
        });
        sum
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
        rows.for_each_run(|run| {
            let mut of_run = Self::default();
            for (&external, &total) in external[run.clone()].iter().zip(&total[run]) {
                let is_readable = (external != EXCLUDED_SECONDS) & (total != EXCLUDED_SECONDS);
                of_run.external += if is_readable { u64::from(external) } else { 0 };
                of_run.total += if is_readable { u64::from(total) } else { 0 };
                of_run.rows += u64::from(is_readable);
            }
            sum = sum.and(of_run);
        });
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
    pub(super) fn of(dataset: &Dataset) -> Self {
        let rows = |person: usize| dataset.rows_in(person as u32, dataset.active_periods(person as u32));
        let people = 0..dataset.people();
        let pairs = dataset.seconds(Metric::ExternalHours).zip(dataset.seconds(Metric::CollaborationHours));
        let seconds = Metric::ALL.into_iter().filter_map(|metric| {
            let column = dataset.seconds(metric)?;
            Some((metric, people.clone().map(|person| Sum::of(column, rows(person))).collect()))
        });
        let counts = Metric::ALL.into_iter().filter_map(|metric| {
            let column = dataset.counts(metric)?;
            Some((metric, people.clone().map(|person| sum_counts(column, rows(person))).collect()))
        });
        Self {
            seconds: seconds.collect(),
            external_and_total: pairs.map(|(external, total)| {
                people.clone().map(|person| ExternalAndTotal::of(external, total, rows(person))).collect()
            }),
            counts: counts.collect(),
        }
    }
}

/// What is kept of a metric.
fn kept_of<T>(kept: &[(Metric, Vec<T>)], metric: Metric) -> Option<&[T]> {
    kept.iter().find(|(kept, _)| *kept == metric).map(|(_, by_person)| by_person.as_slice())
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
}
