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
use crate::insights::{Badge, Outcome, Panel, Population, Unavailable};

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
    weeks: Option<&'d OneToOneWeeks>,
    words: usize,
}

impl<'d> Rhythm<'d> {
    fn new(panel: &'d Panel) -> Result<Self, Unavailable> {
        let dataset = panel.dataset();
        let (one_to_ones, weeks) = (OneToOnes::new(dataset)?, panel.kept().one_to_one_weeks.as_ref());
        Ok(Self { one_to_ones, weeks, words: dataset.period_words() })
    }
}

/// The periods in which each person is measured, and those with any 1:1, inactive ones too: a band hangs on how many
/// of them are chosen.
#[derive(Clone, Debug)]
pub(in crate::insights) struct OneToOneWeeks {
    measured: Vec<u64>,
    with: Vec<u64>,
}

impl OneToOneWeeks {
    /// `None` when the file has no 1:1 column.
    pub(in crate::insights) fn of(dataset: &Dataset) -> Option<Self> {
        let one_to_ones = OneToOnes::new(dataset).ok()?;
        let words = dataset.period_words();
        let nobody = vec![0; dataset.people() * words];
        let mut weeks = Self { measured: nobody.clone(), with: nobody };
        for person in 0..dataset.people() {
            dataset.rows_in(person as u32, dataset.present(person as u32)).for_each(|row| {
                let Some(seconds) = one_to_ones.seconds(row) else { return };
                let period = usize::from(dataset.periods_of_rows()[row]);
                let (word, place) = (person * words + period / 64, period % 64);
                weeks.measured[word] |= 1 << place;
                weeks.with[word] |= u64::from(seconds > 0) << place;
            });
        }
        Some(weeks)
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
        if let Some(weeks) = self.weeks {
            let first = rows.person() as usize * self.words;
            let kept = weeks.measured[first..].iter().zip(&weeks.with[first..]);
            for ((of_measured, of_with), chosen) in kept.zip(rows.periods()) {
                measured += u64::from((of_measured & chosen).count_ones());
                with += u64::from((of_with & chosen).count_ones());
            }
        } else {
            rows.for_each(|row| {
                if let Some(seconds) = self.one_to_ones.seconds(row) {
                    measured += 1;
                    with += u64::from(seconds > 0);
                }
            });
        }
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
    let measure = Rhythm::new(panel)?;
    if population.is_monthly() {
        return Err(Unavailable::NeedsWeeks);
    }
    let judge = Judge::new(&measure, panel, None, |_| true);
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
