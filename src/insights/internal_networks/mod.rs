//! Strengthen internal networks.

pub mod few_internal_organizations;

use crate::dataset::{Counts, Dataset, Metric, PersonRows};
use crate::insights::marks::{Cell, Measure};
use crate::insights::units::Span;
use crate::insights::{Months, Unavailable};

/// A network metric by month: the person's last available value in each month, complete or not.
pub(super) struct LastOfMonth<'d, F> {
    values: Counts<'d>,
    period_of_row: &'d [u16],
    month_of_period: &'d [u16],
    bands: usize,
    judge: F,
}

impl<'d, F: Fn(f64, usize) -> Cell> LastOfMonth<'d, F> {
    /// `judge` says for a value and a month what it amounts to.
    pub(super) fn new(
        dataset: &'d Dataset,
        months: &'d Months,
        metric: Metric,
        bands: usize,
        judge: F,
    ) -> Result<Self, Unavailable> {
        let values = dataset.counts(metric).ok_or_else(|| Unavailable::NotInFile(vec![metric]))?;
        Ok(Self { values, period_of_row: dataset.periods_of_rows(), month_of_period: &months.of_period, bands, judge })
    }
}

impl<F: Fn(f64, usize) -> Cell> Measure for LastOfMonth<'_, F> {
    const SPAN: Span = Span::Months;

    fn bands(&self) -> usize {
        self.bands
    }

    fn cells(&self, rows: PersonRows<'_>, mut cell: impl FnMut(Cell)) {
        let mut last: Option<(usize, f64)> = None;
        rows.for_each(|row| {
            let value = self.values.get(row);
            if value.is_nan() {
                return;
            }
            let month = usize::from(self.month_of_period[usize::from(self.period_of_row[row])]);
            if let Some((earlier, value)) = last.filter(|(earlier, _)| *earlier != month) {
                cell((self.judge)(value, earlier));
            }
            last = Some((month, value));
        });
        if let Some((month, value)) = last {
            cell((self.judge)(value, month));
        }
    }
}
