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
use crate::dataset::{Attribute, Metric};
use crate::insights::incidence::{self, Cell};
use crate::insights::{OtherReading, Outcome, Population, Unavailable};
use crate::stats::{self, Share};

const FEW: f64 = 5.0;
const BANDS: [(&str, Option<f64>, Option<f64>); 3] = [
    ("Fewer than 5", Some(0.0), Some(5.0)),
    ("5 to fewer than 10", Some(5.0), Some(10.0)),
    ("10 or more", Some(10.0), None),
];

/// Evaluates the insight.
///
/// # Errors
/// When the file has no networking outside organization, or nobody is measured.
pub fn evaluate(population: &Population<'_>, attributes: &[&Attribute]) -> Result<Outcome, Unavailable> {
    let measure = LastOfMonth::new(population, Metric::InternalOrganizations, BANDS.len(), |value, unit| {
        let band = usize::from(value >= FEW) + usize::from(value >= 10.0);
        Cell { unit, band, counted: value < FEW }
    })?;
    let evaluated = incidence::evaluate(&measure, population, attributes).ok_or(Unavailable::NobodyMeasured)?;
    let bands = incidence::labelled_bands(&evaluated, &BANDS);
    let mut outcome = Outcome::new(evaluated, bands);
    if let Some(share) = weekly(population) {
        outcome.other_readings.push(OtherReading { id: "few_internal_organizations_weekly", share });
    }
    Ok(outcome)
}

/// The share of each week over people with a value, averaged over the weeks that have data.
fn weekly(population: &Population<'_>) -> Option<Share> {
    let dataset = population.dataset();
    if population.is_monthly() {
        return None;
    }
    let values = dataset.counts(Metric::InternalOrganizations)?;
    let mut weeks = vec![(0_usize, 0_usize); dataset.calendar().periods.len()];
    for &row in population.selection().persons().flat_map(|(_, rows)| rows) {
        let value = values[row as usize];
        if !value.is_nan() {
            let (few, measured) = &mut weeks[usize::from(dataset.periods_of_rows()[row as usize])];
            *few += usize::from(value < FEW);
            *measured += 1;
        }
    }
    let shares = weeks.into_iter().filter(|(_, measured)| *measured > 0);
    stats::mean(shares.map(|(few, measured)| few as f64 / measured as f64)).map(Share::new)
}
