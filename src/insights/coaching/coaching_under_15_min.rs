//! **Less than 15 minutes of 1:1 a week**: the percentage of people who have less than 15 minutes of 1:1
//! time with their manager each week, computed for each month and divided by four.
//!
//! Metric: meeting hours with manager 1:1 (fallback: meeting-and-call hours with manager 1:1; the label
//! says so). For each *complete* calendar month m: T_i = sum of person i's 1:1 time in the weeks that start
//! in m. Weekly average = T_i / 4. Counted: T_i / 4 < 15 min, that is T_i < 60 min. Exactly 60 minutes is
//! **not** under: two 30-minute 1:1s a month is the recommended practice. p_m over the people *eligible* in
//! m (rows in at least three quarters of the month's week starts, rounded up); insight = unweighted mean of
//! p_m over complete months that have eligible people. Its distribution has the bands {0}, (0, 60] and
//! (60, inf) minutes a month.
//!
//! *Complete*: every week start that falls in the month lies between the first and the last period of the
//! population, gaps allowed. If no month is complete: all months, T_i x 4 / (i's weeks in the month),
//! eligible = rows in at least three quarters of the population's weeks in that month: *partial*.
//! *No manager*: a person with a blank ManagerId, or Layer 0, is left out (in the rows that say so) and
//! counted; where the file has neither column everyone is in, and that is said.
//!
//! Beside it: T_i divided by the number of week starts in the month instead of 4
//! (`coaching_under_15_min_wpa`), and how many person-months are exactly 60 minutes.
//!
//! Source: "Increase customer focus" (Workplace Analytics and Viva Insights).

use chrono::{NaiveDate, Weekday};

use super::MonthlyOneToOnes;
use crate::dataset::{Attribute, weekdays_in_month};
use crate::insights::incidence::{self, Cell, Measure};
use crate::insights::{Boundary, BoundaryUnit, OtherReading, Outcome, Population, Unavailable};
use crate::stats::{self, Share};

const MINUTES_A_MONTH: u64 = 60;
const BANDS: [(&str, Option<f64>, Option<f64>); 3] = [
    ("No 1:1 time", Some(0.0), Some(0.0)),
    ("Up to 1 hour a month", Some(0.0), Some(1.0)),
    ("More than 1 hour a month", Some(1.0), None),
];

impl Measure for MonthlyOneToOnes<'_> {
    fn units(&self) -> Vec<NaiveDate> {
        self.first_days()
    }

    fn bands(&self) -> usize {
        BANDS.len()
    }

    fn cells(&self, rows: &[u32], mut cell: impl FnMut(Cell)) {
        self.person_months(rows, |month| {
            if month.eligible {
                let against_an_hour = self.against(month, MINUTES_A_MONTH);
                let band = if month.seconds == 0 { 0 } else { 1 + usize::from(against_an_hour.is_gt()) };
                cell(Cell { unit: month.unit, band, counted: against_an_hour.is_lt() });
            }
        });
    }
}

/// Evaluates the insight.
///
/// # Errors
/// When the file has no 1:1 column, or nobody is eligible.
pub fn evaluate(population: &Population<'_>, attributes: &[&Attribute]) -> Result<Outcome, Unavailable> {
    let measure = MonthlyOneToOnes::new(population)?;
    let evaluated = incidence::evaluate(&measure, population, attributes).ok_or(Unavailable::NobodyMeasured)?;
    let bands = incidence::labelled_bands(&evaluated, &BANDS);
    let mut outcome = Outcome::new(evaluated, bands);
    let beside = Beside::of(&measure);
    outcome.not_eligible = beside.not_eligible;
    outcome.without_manager = super::people_without_manager(population);
    outcome.badges = measure.badges();
    outcome.boundaries =
        vec![Boundary { at_hours: 1.0, unit: BoundaryUnit::PersonMonths, count: beside.exactly_an_hour }];
    if let Some(share) = beside.by_week_starts {
        outcome.other_readings.push(OtherReading { id: "coaching_under_15_min_wpa", share });
    }
    Ok(outcome)
}

/// What stands beside the headline, from one look at everybody.
struct Beside {
    not_eligible: usize,
    exactly_an_hour: usize,
    by_week_starts: Option<Share>,
}

impl Beside {
    /// The other reading divides by the month's week starts; in a file of months by its Sundays.
    fn of(measure: &MonthlyOneToOnes<'_>) -> Self {
        let in_file = measure.population.months();
        let week_starts: Vec<u64> = if measure.population.is_monthly() {
            in_file.first_days.iter().map(|day| weekdays_in_month(*day, Weekday::Sun).len() as u64).collect()
        } else {
            in_file.week_starts.iter().map(|&weeks| u64::from(weeks)).collect()
        };
        let mut beside = Self { not_eligible: 0, exactly_an_hour: 0, by_week_starts: None };
        let mut months = vec![(0_usize, 0_usize); measure.used.len()];
        for (_, rows) in measure.population.selection().persons() {
            measure.person_months(rows, |month| {
                if !month.eligible {
                    beside.not_eligible += 1;
                    return;
                }
                beside.exactly_an_hour += usize::from(measure.against(month, MINUTES_A_MONTH).is_eq());
                let (under, eligible) = &mut months[month.unit];
                *under += usize::from(measure.against(month, 15 * week_starts[month.month]).is_lt());
                *eligible += 1;
            });
        }
        let shares = months.into_iter().filter(|(_, eligible)| *eligible > 0);
        let shares = shares.map(|(under, eligible)| under as f64 / eligible as f64);
        beside.by_week_starts = stats::mean(shares).map(Share::new);
        beside
    }
}
