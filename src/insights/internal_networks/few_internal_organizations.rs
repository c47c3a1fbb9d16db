//! **Fewer than five internal organizations**: the percentage of people who have relationships in fewer
//! than five internal organizations.
//!
//! Metric: networking outside organization = number of distinct internal organizations in which the person
//! has relationships (a count, not hours). Per month: the person's last available value in the month;
//! counted when < 5; share over people with a value; unweighted mean over the months that have data,
//! complete or not. Its bands are [0, 5), [5, 10) and [10, inf) organizations; values can be fractional.
//!
//! Beside it: the same per week, averaged over weeks (`few_internal_organizations_weekly`).
//!
//! Source: "Increase customer focus" (Workplace Analytics).

use super::LastOfMonth;
use crate::dataset::{Counts, Dataset, Metric, PersonRows};
use crate::insights::groups::Split;
use crate::insights::incidence;
use crate::insights::marks::{Cell, Judge, Measure};
use crate::insights::units::Span;
use crate::insights::{Months, OtherReading, Outcome, Population, Unavailable};
use crate::stats::Share;

const FEW: f64 = 5.0;
const BANDS: [(&str, Option<f64>, Option<f64>); 3] = [
    ("Fewer than 5", Some(0.0), Some(5.0)),
    ("5 to fewer than 10", Some(5.0), Some(10.0)),
    ("10 or more", Some(10.0), None),
];

/// The measure: fewer than five organizations in the last value of a month.
pub(in crate::insights) fn few_in_month<'d>(
    dataset: &'d Dataset,
    months: &'d Months,
) -> Result<impl Measure + 'd, Unavailable> {
    LastOfMonth::new(dataset, months, Metric::InternalOrganizations, BANDS.len(), |value, unit| {
        let band = usize::from(value >= FEW) + usize::from(value >= 10.0);
        Cell::measured(unit, band, value < FEW)
    })
}

/// The other reading: fewer than five organizations in a week.
pub(in crate::insights) struct FewInWeek<'d> {
    values: Counts<'d>,
    period_of_row: &'d [u16],
}

impl<'d> FewInWeek<'d> {
    pub(in crate::insights) fn new(dataset: &'d Dataset) -> Result<Self, Unavailable> {
        let metric = Metric::InternalOrganizations;
        let values = dataset.counts(metric).ok_or_else(|| Unavailable::NotInFile(vec![metric]))?;
        Ok(Self { values, period_of_row: dataset.periods_of_rows() })
    }
}

impl Measure for FewInWeek<'_> {
    const SPAN: Span = Span::Periods;

    fn bands(&self) -> usize {
        1
    }

    fn cells(&self, rows: PersonRows<'_>, mut cell: impl FnMut(Cell)) {
        rows.for_each(|row| {
            let value = self.values.get(row);
            if !value.is_nan() {
                cell(Cell::measured(usize::from(self.period_of_row[row]), 0, value < FEW));
            }
        });
    }
}

/// Evaluates the insight.
///
/// # Errors
/// When the file has no networking outside organization, or nobody is measured.
pub(in crate::insights) fn evaluate(population: &Population<'_>, splits: &[Split<'_>]) -> Result<Outcome, Unavailable> {
    let panel = population.panel();
    let measure = few_in_month(panel.dataset(), panel.months())?;
    let is_used = |month| population.has_month(month);
    let judge = Judge::new(&measure, panel, panel.kept().few_internal_organizations.as_ref(), is_used);
    let evaluated = incidence::evaluate(&judge, population, splits).ok_or(Unavailable::NobodyMeasured)?;
    let bands = incidence::labelled_bands(&evaluated, &BANDS);
    let mut outcome = Outcome::new(evaluated, bands);
    if let Some(share) = weekly(population) {
        outcome.other_readings.push(OtherReading { id: "few_internal_organizations_weekly", share });
    }
    Ok(outcome)
}

/// The share of each week over people with a value, averaged over the weeks that have data.
fn weekly(population: &Population<'_>) -> Option<Share> {
    if population.is_monthly() {
        return None;
    }
    let panel = population.panel();
    let measure = FewInWeek::new(panel.dataset()).ok()?;
    let is_used = |period| population.periods().binary_search(&period).is_ok();
    let judge = Judge::new(&measure, panel, panel.kept().few_in_week.as_ref(), is_used);
    judge.everyone(population.selection()).tally().share().map(Share::new)
}
