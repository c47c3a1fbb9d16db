//! Strengthen internal networks.

pub mod few_internal_organizations;

use chrono::NaiveDate;

use crate::dataset::Metric;
use crate::insights::incidence::{Cell, Measure};
use crate::insights::{Population, Unavailable};

/// A network metric by month: the person's last available value in each month, complete or not.
pub(super) struct LastOfMonth<'a, F> {
    population: &'a Population<'a>,
    values: &'a [f64],
    bands: usize,
    judge: F,
}

impl<'a, F: Fn(f64, usize) -> Cell> LastOfMonth<'a, F> {
    /// `judge` says for a value and a month what it amounts to.
    pub(super) fn new(
        population: &'a Population<'a>,
        metric: Metric,
        bands: usize,
        judge: F,
    ) -> Result<Self, Unavailable> {
        let values = population.dataset().counts(metric).ok_or_else(|| Unavailable::NotInFile(vec![metric]))?;
        Ok(Self { population, values, bands, judge })
    }
}

impl<F: Fn(f64, usize) -> Cell> Measure for LastOfMonth<'_, F> {
    fn units(&self) -> Vec<NaiveDate> {
        self.population.months().first_days.clone()
    }

    fn bands(&self) -> usize {
        self.bands
    }

    fn cells(&self, rows: &[u32], mut cell: impl FnMut(Cell)) {
        let periods = self.population.dataset().periods_of_rows();
        let of_period = &self.population.months().of_period;
        let mut last: Option<(usize, f64)> = None;
        for &row in rows {
            let value = self.values[row as usize];
            let Some(month) = of_period[usize::from(periods[row as usize])].map(usize::from) else { continue };
            if value.is_nan() {
                continue;
            }
            if let Some((earlier, value)) = last.filter(|(earlier, _)| *earlier != month) {
                cell((self.judge)(value, earlier));
            }
            last = Some((month, value));
        }
        if let Some((month, value)) = last {
            cell((self.judge)(value, month));
        }
    }
}
