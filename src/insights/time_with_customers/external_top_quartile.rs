//! **Top quartile of external share**: the percentage of people who are in the top quartile for the share
//! of their collaboration time that is with external contacts.
//!
//! share_i = (sum of i's external hours) / (sum of i's collaboration hours) over the population, capped at
//! 1, 0 when there are no hours. Boundary Q3 = 75th percentile, linear interpolation (type 7), of share_i
//! over the reference: a boundary that the user enters, else the whole company in the population's period.
//! Counted: share_i >= Q3 and share_i > 0. Against the whole company its own figure is about 25 % by
//! construction; the measure is for groups, and parity is 25 %.
//!
//! Beside it: the same with the sum of external hours instead of shares (`external_hours_top_quartile`).
//!
//! Source: "Increase customer focus" (Workplace Analytics).

use chrono::NaiveDate;

use super::{ExternalAndTotal, external_share, external_share_by_person};
use crate::dataset::{Attribute, EXCLUDED_SECONDS, Metric};
use crate::insights::incidence::{self, Cell, Measure};
use crate::insights::{Badge, OtherReading, Outcome, Population, Settings, Unavailable};
use crate::stats::{self, Share};

const BANDS: [&str; 2] = ["Below the boundary", "Top quartile"];

struct InTopQuartile<'a> {
    columns: ExternalAndTotal<'a>,
    first_day: NaiveDate,
    q3: f64,
}

impl Measure for InTopQuartile<'_> {
    fn units(&self) -> Vec<NaiveDate> {
        vec![self.first_day]
    }

    fn bands(&self) -> usize {
        BANDS.len()
    }

    fn cells(&self, rows: &[u32], mut cell: impl FnMut(Cell)) {
        let (external, total, readable) = self.columns.sums(rows.iter().copied());
        if readable > 0 {
            let share = external_share(external, total);
            let counted = share >= self.q3 && share > 0.0;
            cell(Cell { unit: 0, band: usize::from(counted), counted });
        }
    }
}

/// Evaluates the insight.
///
/// # Errors
/// When the file lacks external or total collaboration hours, or nobody is measured.
pub fn evaluate(
    population: &Population<'_>,
    company: &Population<'_>,
    settings: &Settings,
    attributes: &[&Attribute],
) -> Result<Outcome, Unavailable> {
    let missing = [Metric::ExternalHours, Metric::CollaborationHours];
    let missing: Vec<Metric> = missing.into_iter().filter(|&metric| !population.dataset().has(metric)).collect();
    let columns = ExternalAndTotal::of(population).ok_or(Unavailable::NotInFile(missing))?;
    let first = *population.periods().first().ok_or(Unavailable::NobodyMeasured)?;
    let company_q3 = external_share_by_person(company).and_then(|shares| stats::quantile_of(shares, 0.75));
    let q3 = settings.q3.or(company_q3).ok_or(Unavailable::NobodyMeasured)?;
    let measure = InTopQuartile { columns, first_day: population.first_day(first), q3 };
    let evaluated = incidence::evaluate(&measure, population, attributes).ok_or(Unavailable::NobodyMeasured)?;
    let bands = incidence::labelled_bands(&evaluated, &[(BANDS[0], Some(0.0), Some(q3)), (BANDS[1], Some(q3), None)]);
    let mut outcome = Outcome::new(evaluated, bands);
    // One unit is no trend.
    outcome.trend.clear();
    for group in outcome.breakdowns.iter_mut().flat_map(|breakdown| &mut breakdown.groups) {
        group.trend.clear();
    }
    outcome.badges.push(if settings.q3.is_some() { Badge::EnteredBoundary } else { Badge::QuarterByConstruction });
    if let Some(share) = hours_top_quartile(population, company) {
        outcome.other_readings.push(OtherReading { id: "external_hours_top_quartile", share });
    }
    Ok(outcome)
}

/// The share of people whose external hours are at or above the company's 75th percentile, and not 0.
fn hours_top_quartile(population: &Population<'_>, company: &Population<'_>) -> Option<Share> {
    let q3 = stats::quantile_of(external_seconds_by_person(company)?, 0.75)?;
    let seconds = external_seconds_by_person(population)?;
    let counted = seconds.iter().filter(|&&seconds| seconds >= q3 && seconds > 0.0).count();
    (!seconds.is_empty()).then(|| Share::new(counted as f64 / seconds.len() as f64))
}

fn external_seconds_by_person(population: &Population<'_>) -> Option<Vec<f64>> {
    let column = population.dataset().seconds(Metric::ExternalHours)?;
    let sums = population.selection().persons().filter_map(|(_, rows)| {
        let readable = rows.iter().map(|&row| column[row as usize]).filter(|&seconds| seconds != EXCLUDED_SECONDS);
        let (sum, count) = readable.fold((0_u64, 0), |(sum, count), seconds| (sum + u64::from(seconds), count + 1));
        (count > 0).then_some(sum as f64)
    });
    Some(sums.collect())
}
