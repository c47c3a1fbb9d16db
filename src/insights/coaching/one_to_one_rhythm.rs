//! **Rhythm of 1:1s**: how often people meet their manager 1:1.
//!
//! ratio = weeks measured / weeks with any 1:1, per person: <= 1.5 weekly, <= 3 twice monthly, <= 6 monthly,
//! else quarterly or less; no 1:1 = *none recorded*, its own part. Share = none recorded. A file of months
//! cannot say. People without a manager are left out, as everywhere in this behavior.
//!
//! Source: our reading of the peers' rhythm of 1:1s.

use chrono::NaiveDate;

use crate::dataset::{Attribute, EXCLUDED_SECONDS, Metric};
use crate::insights::incidence::{self, Cell, Measure};
use crate::insights::{Badge, Outcome, Population, Unavailable};

const NONE_RECORDED: usize = 4;
const BANDS: [(&str, Option<f64>, Option<f64>); 5] = [
    ("Weekly", None, None),
    ("Twice monthly", None, None),
    ("Monthly", None, None),
    ("Quarterly or less", None, None),
    ("None recorded", None, None),
];

struct Rhythm<'a> {
    population: &'a Population<'a>,
    seconds: &'a [u32],
    first_day: NaiveDate,
}

/// The band of a person: `measured / with` compared with 1.5, 3 and 6 in whole numbers.
fn band(measured: u64, with: u64) -> usize {
    match with {
        0 => NONE_RECORDED,
        _ if measured * 2 <= with * 3 => 0,
        _ if measured <= with * 3 => 1,
        _ if measured <= with * 6 => 2,
        _ => 3,
    }
}

impl Measure for Rhythm<'_> {
    fn units(&self) -> Vec<NaiveDate> {
        vec![self.first_day]
    }

    fn bands(&self) -> usize {
        BANDS.len()
    }

    fn cells(&self, rows: &[u32], mut cell: impl FnMut(Cell)) {
        let rows = rows.iter().filter(|&&row| super::has_manager(self.population, row));
        let weeks = rows.map(|&row| self.seconds[row as usize]).filter(|&seconds| seconds != EXCLUDED_SECONDS);
        let (measured, with) = weeks.fold((0, 0), |(all, with), seconds| (all + 1, with + u64::from(seconds > 0)));
        if measured > 0 {
            let band = band(measured, with);
            cell(Cell { unit: 0, band, counted: band == NONE_RECORDED });
        }
    }
}

/// Evaluates the insight.
///
/// # Errors
/// When the file has no 1:1 column or holds months, or nobody is measured.
pub fn evaluate(population: &Population<'_>, attributes: &[&Attribute]) -> Result<Outcome, Unavailable> {
    let metric = super::one_to_one_metric(population)?;
    if population.is_monthly() {
        return Err(Unavailable::NeedsWeeks);
    }
    let seconds = population.dataset().seconds(metric).ok_or_else(|| Unavailable::NotInFile(vec![metric]))?;
    let first = *population.periods().first().ok_or(Unavailable::NobodyMeasured)?;
    let measure = Rhythm { population, seconds, first_day: population.first_day(first) };
    let evaluated = incidence::evaluate(&measure, population, attributes).ok_or(Unavailable::NobodyMeasured)?;
    let bands = incidence::labelled_bands(&evaluated, &BANDS);
    let mut outcome = Outcome::new(evaluated, bands);
    // One unit is no trend.
    outcome.trend.clear();
    for group in outcome.breakdowns.iter_mut().flat_map(|breakdown| &mut breakdown.groups) {
        group.trend.clear();
    }
    outcome.without_manager = super::people_without_manager(population);
    if metric == Metric::Manager11MeetingAndCallHours {
        outcome.badges.push(Badge::MeetingAndCallHours);
    }
    Ok(outcome)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bands_end_exactly_at_one_and_a_half_three_and_six() {
        let names = |measured, with| BANDS[band(measured, with)].0;
        assert_eq!(names(3, 2), "Weekly");
        assert_eq!(names(16, 10), "Twice monthly");
        assert_eq!(names(9, 3), "Twice monthly");
        assert_eq!(names(10, 3), "Monthly");
        assert_eq!(names(12, 2), "Monthly");
        assert_eq!(names(13, 2), "Quarterly or less");
        assert_eq!(names(26, 0), "None recorded");
    }
}
