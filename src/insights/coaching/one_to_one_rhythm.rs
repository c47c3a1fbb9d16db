//! **Rhythm of 1:1s**: how often people meet their manager 1:1.
//!
//! ratio = weeks measured / weeks with any 1:1, per person: <= 1.5 weekly, <= 3 twice monthly, <= 6 monthly,
//! else quarterly or less; no 1:1 = *none recorded*, its own part. Share = none recorded. A file of months
//! cannot say. People without a manager are left out, as everywhere in this behavior.
//!
//! Source: our reading of the peers' rhythm of 1:1s.

use super::OneToOnes;
use crate::dataset::{Dataset, PersonRows};
use crate::insights::groups::Split;
use crate::insights::incidence;
use crate::insights::marks::{Cell, Judge, Measure};
use crate::insights::units::Span;
use crate::insights::{Badge, Outcome, Population, Unavailable};

const NONE_RECORDED: usize = 4;
const BANDS: [(&str, Option<f64>, Option<f64>); 5] = [
    ("Weekly", None, None),
    ("Twice monthly", None, None),
    ("Monthly", None, None),
    ("Quarterly or less", None, None),
    ("None recorded", None, None),
];

pub(in crate::insights) struct Rhythm<'d> {
    one_to_ones: OneToOnes<'d>,
}

impl<'d> Rhythm<'d> {
    pub(in crate::insights) fn new(dataset: &'d Dataset) -> Result<Self, Unavailable> {
        Ok(Self { one_to_ones: OneToOnes::new(dataset)? })
    }
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
    const SPAN: Span = Span::Whole;

    fn bands(&self) -> usize {
        BANDS.len()
    }

    fn cells(&self, rows: PersonRows<'_>, mut cell: impl FnMut(Cell)) {
        let (mut measured, mut with) = (0, 0);
        rows.for_each(|row| {
            if let Some(seconds) = self.one_to_ones.seconds(row) {
                measured += 1;
                with += u64::from(seconds > 0);
            }
        });
        if measured > 0 {
            let band = band(measured, with);
            cell(Cell::measured(0, band, band == NONE_RECORDED));
        }
    }
}

/// Evaluates the insight.
///
/// # Errors
/// When the file has no 1:1 column or holds months, or nobody is measured.
pub(in crate::insights) fn evaluate(population: &Population<'_>, splits: &[Split<'_>]) -> Result<Outcome, Unavailable> {
    let panel = population.panel();
    let measure = Rhythm::new(panel.dataset())?;
    if population.is_monthly() {
        return Err(Unavailable::NeedsWeeks);
    }
    let judge = Judge::new(&measure, panel, panel.kept().one_to_one_rhythm.as_ref(), |_| true);
    let evaluated = incidence::evaluate(&judge, population, splits).ok_or(Unavailable::NobodyMeasured)?;
    let bands = incidence::labelled_bands(&evaluated, &BANDS);
    let mut outcome = Outcome::new(evaluated, bands);
    outcome.clear_trends();
    outcome.without_manager = super::people_without_manager(population);
    if measure.one_to_ones.has_calls() {
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
