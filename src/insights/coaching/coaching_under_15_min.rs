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

use super::{MeetingTime, MonthlyOneToOnes, PersonMonth};
use crate::dataset::PersonRows;
use crate::insights::groups::Split;
use crate::insights::incidence::{self, Evaluated};
use crate::insights::marks::{Cell, Judge, Measure};
use crate::insights::units::Span;
use crate::insights::{Boundary, BoundaryUnit, OtherReading, Outcome, Population, Unavailable};

const MINUTES_A_MONTH: u64 = 60;
const BANDS: [(&str, Option<f64>, Option<f64>); 3] = [
    ("No 1:1 time", Some(0.0), Some(0.0)),
    ("Up to 1 hour a month", Some(0.0), Some(1.0)),
    ("More than 1 hour a month", Some(1.0), None),
];

const NOT_ELIGIBLE: usize = 0;
const EXACTLY_AN_HOUR: usize = 1;
const UNDER_BY_WEEK_STARTS: usize = 2;

impl Measure for MonthlyOneToOnes<'_> {
    const SPAN: Span = Span::Months;
    const NOTES: usize = 3;

    fn bands(&self) -> usize {
        BANDS.len()
    }

    fn cells(&self, rows: PersonRows<'_>, mut cell: impl FnMut(Cell)) {
        let no_meetings = |_| Some(MeetingTime::default());
        self.person_months(rows, no_meetings, |month| cell(judged(self, month)));
    }
}

/// What one person's month amounts to.
pub(super) fn judged(months: &MonthlyOneToOnes<'_>, month: PersonMonth) -> Cell {
    if !month.eligible {
        return Cell::not_measured(month.month, NOT_ELIGIBLE);
    }
    let against_an_hour = months.against(month, MINUTES_A_MONTH);
    let band = if month.seconds == 0 { 0 } else { 1 + usize::from(against_an_hour.is_gt()) };
    let under_by_week_starts = months.against(month, 15 * months.week_starts[month.month]).is_lt();
    let cell = Cell::measured(month.month, band, against_an_hour.is_lt());
    let cell = cell.with_note(EXACTLY_AN_HOUR, against_an_hour.is_eq());
    cell.with_note(UNDER_BY_WEEK_STARTS, under_by_week_starts)
}

/// Evaluates the insight.
///
/// # Errors
/// When the file has no 1:1 column, or nobody is eligible.
pub(in crate::insights) fn evaluate(population: &Population<'_>, splits: &[Split<'_>]) -> Result<Outcome, Unavailable> {
    let panel = population.panel();
    let measure = MonthlyOneToOnes::new(panel.dataset(), population.months())?;
    // What is kept is judged as of complete months.
    let kept = panel.kept().coaching_under_15_min.as_ref().filter(|_| !measure.partial);
    let judge = Judge::new(&measure, panel, kept, |month| measure.uses(month));
    let evaluated = incidence::evaluate(&judge, population, splits).ok_or(Unavailable::NobodyMeasured)?;
    let mut outcome = outcome(evaluated);
    outcome.without_manager = super::people_without_manager(population);
    outcome.badges = measure.badges();
    Ok(outcome)
}

/// What follows from person-months that were judged.
pub(super) fn outcome(evaluated: Evaluated) -> Outcome {
    let by_week_starts = incidence::mean_share(&evaluated.noted[UNDER_BY_WEEK_STARTS], &evaluated.measured);
    let (not_eligible, count) = (evaluated.times_noted(NOT_ELIGIBLE), evaluated.times_noted(EXACTLY_AN_HOUR));
    let bands = incidence::labelled_bands(&evaluated, &BANDS);
    let mut outcome = Outcome::new(evaluated, bands);
    outcome.not_eligible = not_eligible;
    outcome.boundaries = vec![Boundary { at_hours: 1.0, unit: BoundaryUnit::PersonMonths, count }];
    if let Some(share) = by_week_starts {
        outcome.other_readings.push(OtherReading { id: "coaching_under_15_min_wpa", share });
    }
    outcome
}
