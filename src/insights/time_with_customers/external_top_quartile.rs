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

use super::external_share_by_person;
use crate::dataset::{Metric, PersonRows};
use crate::insights::groups::Split;
use crate::insights::incidence;
use crate::insights::marks::{Cell, Judge, Measure};
use crate::insights::sums::{ExternalAndTotal, ExternalAndTotalSums};
use crate::insights::units::Span;
use crate::insights::{Badge, OtherReading, Outcome, Population, Settings, Unavailable};
use crate::stats::{self, Share};

const BANDS: [&str; 2] = ["Below the boundary", "Top quartile"];

struct InTopQuartile<'a> {
    sums: ExternalAndTotalSums<'a>,
    /// Those of everyone selected, by place.
    of_everyone: &'a [ExternalAndTotal],
    q3: f64,
}

impl InTopQuartile<'_> {
    fn judge(&self, sum: ExternalAndTotal) -> Option<Cell> {
        let share = (sum.rows > 0).then(|| sum.external_share())?;
        let counted = share >= self.q3 && share > 0.0;
        Some(Cell::measured(0, usize::from(counted), counted))
    }
}

impl Measure for InTopQuartile<'_> {
    const SPAN: Span = Span::Whole;

    fn bands(&self) -> usize {
        BANDS.len()
    }

    fn cells(&self, rows: PersonRows<'_>, cell: impl FnMut(Cell)) {
        self.judge(self.sums.of(rows)).into_iter().for_each(cell);
    }

    fn cells_at(&self, place: usize, _: PersonRows<'_>, cell: impl FnMut(Cell)) {
        self.judge(self.of_everyone[place]).into_iter().for_each(cell);
    }
}

/// Evaluates the insight.
///
/// # Errors
/// When the file lacks external or total collaboration hours, or nobody is measured.
pub(in crate::insights) fn evaluate(
    population: &Population<'_>,
    company: &Population<'_>,
    settings: &Settings,
    splits: &[Split<'_>],
) -> Result<Outcome, Unavailable> {
    let missing = [Metric::ExternalHours, Metric::CollaborationHours];
    let missing: Vec<Metric> = missing.into_iter().filter(|&metric| !population.dataset().has(metric)).collect();
    let panel = population.panel();
    let sums = ExternalAndTotalSums::new(panel).zip(population.external_and_total());
    let (sums, of_everyone) = sums.ok_or(Unavailable::NotInFile(missing))?;
    let company_q3 = || external_share_by_person(company).and_then(|shares| stats::quantile_of(shares, 0.75));
    let q3 = settings.q3.or_else(company_q3).ok_or(Unavailable::NobodyMeasured)?;
    let measure = InTopQuartile { sums, of_everyone, q3 };
    // The boundary hangs on the question, so that the marks cannot be kept: only the sums are.
    let judge = Judge::new(&measure, panel, None, |_| true);
    let evaluated = incidence::evaluate(&judge, population, splits).ok_or(Unavailable::NobodyMeasured)?;
    let bands = incidence::labelled_bands(&evaluated, &[(BANDS[0], Some(0.0), Some(q3)), (BANDS[1], Some(q3), None)]);
    let mut outcome = Outcome::new(evaluated, bands);
    outcome.clear_trends();
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
    let by_person = population.external()?.iter().filter(|sum| sum.rows > 0);
    let mut seconds = Vec::with_capacity(population.people());
    seconds.extend(by_person.map(|sum| sum.seconds as f64));
    Some(seconds)
}
