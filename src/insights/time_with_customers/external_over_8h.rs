//! **External collaboration over 8 hours**: the percentage of people who spend more than 8 hours a week
//! in external collaboration, computed for each week and averaged over the weeks.
//!
//! For each week w: p_w = (people measured in w with external collaboration hours > 8) / (people measured
//! in w). Insight = unweighted mean of p_w over the weeks of the population. Strictly more than 8 h 0 min
//! 0 s. The first or last week is left out when it has fewer than half of the median week's people
//! (edge weeks, decided once on the whole population). Its distribution has the bands [0, 4], (4, 8] and
//! (8, inf) hours a week, for each week, then averaged; the last band equals the insight.
//!
//! Beside it: the share of people whose mean weekly hours over their measured weeks are over 8
//! (`external_person_mean_over_8h`), and how many person-weeks lie exactly on 4 h and on 8 h.
//! In a file of months the hours are scaled to a week (x 7 / days in the month): *approximate*.
//!
//! Source: "Increase customer focus insights" (Viva Insights).

use crate::dataset::{Dataset, EXCLUDED_SECONDS, Metric, PersonRows};
use crate::insights::groups::Split;
use crate::insights::incidence;
use crate::insights::marks::{Cell, Judge, Measure};
use crate::insights::units::Span;
use crate::insights::{Badge, Boundary, BoundaryUnit, OtherReading, Outcome, Population, Unavailable, metrics};
use crate::stats::Share;

const HOUR: u64 = 3600;
const BANDS: [(&str, Option<f64>, Option<f64>); 3] = [
    ("0 to 4 hours", Some(0.0), Some(4.0)),
    ("4 to 8 hours", Some(4.0), Some(8.0)),
    ("More than 8 hours", Some(8.0), None),
];

const EXACTLY_4: usize = 0;
const EXACTLY_8: usize = 1;

/// External hours a week.
pub(in crate::insights) struct WeeklyExternal<'d> {
    seconds: &'d [u32],
    period_of_row: &'d [u16],
    /// Days of each period: 7 of a week.
    days: Vec<u64>,
}

impl<'d> WeeklyExternal<'d> {
    pub(in crate::insights) fn new(dataset: &'d Dataset) -> Result<Self, Unavailable> {
        let metric = Metric::ExternalHours;
        let seconds = dataset.seconds(metric).ok_or_else(|| Unavailable::NotInFile(vec![metric]))?;
        let calendar = dataset.calendar();
        let days = calendar.periods.iter().map(|period| u64::from(calendar.grain.days(*period))).collect();
        Ok(Self { seconds, period_of_row: dataset.periods_of_rows(), days })
    }

    /// Calls `each` with the period and seconds of each row that can be read.
    fn for_each(&self, rows: PersonRows<'_>, mut each: impl FnMut(usize, u64)) {
        rows.for_each_run(|run| {
            for (&seconds, &period) in self.seconds[run.clone()].iter().zip(&self.period_of_row[run]) {
                if seconds != EXCLUDED_SECONDS {
                    each(usize::from(period), u64::from(seconds));
                }
            }
        });
    }

    /// How the weekly hours of a cell compare with whole hours, exactly: hours x 7 / days against `hours`.
    fn against(&self, period: usize, seconds: u64, hours: u64) -> std::cmp::Ordering {
        (seconds * 7).cmp(&(hours * HOUR * self.days[period]))
    }

    /// The length that all periods have; nothing where they differ, as months do.
    fn days_of_all(&self) -> Option<u64> {
        self.days.first().copied().filter(|first| self.days.iter().all(|days| days == first))
    }
}

impl Measure for WeeklyExternal<'_> {
    const SPAN: Span = Span::Periods;
    const NOTES: usize = 2;

    fn bands(&self) -> usize {
        BANDS.len()
    }

    fn cells(&self, rows: PersonRows<'_>, mut cell: impl FnMut(Cell)) {
        self.for_each(rows, |period, seconds| {
            let (four, eight) = (self.against(period, seconds, 4), self.against(period, seconds, 8));
            let band = if eight.is_gt() { 2 } else { usize::from(four.is_gt()) };
            let judged = Cell::measured(period, band, band == 2);
            cell(judged.with_note(EXACTLY_4, four.is_eq()).with_note(EXACTLY_8, eight.is_eq()));
        });
    }
}

/// Evaluates the insight.
///
/// # Errors
/// When the file has no external collaboration hours, or nobody is measured.
pub(in crate::insights) fn evaluate(population: &Population<'_>, splits: &[Split<'_>]) -> Result<Outcome, Unavailable> {
    let panel = population.panel();
    let measure = WeeklyExternal::new(panel.dataset())?;
    let is_used = |period| population.counts_weekly(period);
    let judge = Judge::new(&measure, panel, panel.kept().external_over_8h.as_ref(), is_used);
    let evaluated = incidence::evaluate(&judge, population, splits).ok_or(Unavailable::NobodyMeasured)?;
    let boundary =
        |hours, note| Boundary { at_hours: hours, unit: BoundaryUnit::PersonWeeks, count: evaluated.times_noted(note) };
    let boundaries = vec![boundary(4.0, EXACTLY_4), boundary(8.0, EXACTLY_8)];
    let bands = incidence::labelled_bands(&evaluated, &BANDS);
    let mut outcome = Outcome::new(evaluated, bands);
    outcome.boundaries = boundaries;
    let share = person_mean_over_8h(population, &measure);
    outcome.other_readings = vec![OtherReading { id: "external_person_mean_over_8h", share }];
    if population.is_monthly() {
        outcome.badges.push(Badge::Approximate);
    }
    Ok(outcome)
}

/// Mean external hours a period: for each person over the measured periods, then over people, with the
/// number of people; edge weeks are left out. `None` when the file has no such column or nobody is measured.
pub(in crate::insights) fn mean_hours(population: &Population<'_>) -> Option<(f64, usize)> {
    let sums = population.external_without_edges()?;
    metrics::mean_over_people(sums.iter().filter_map(|sum| sum.mean_hours()))
}

/// The share of people whose mean weekly hours over their measured weeks are over 8, compared exactly.
fn person_mean_over_8h(population: &Population<'_>, measure: &WeeklyExternal<'_>) -> Share {
    // A multiple of 28, 29, 30 and 31: seconds of months of every length become whole numbers.
    const DAYS: u64 = 4 * 7 * 29 * 15 * 31;
    let (mut over, mut people) = (0_usize, 0_usize);
    if let (Some(days), Some(sums)) = (measure.days_of_all(), population.external_without_edges()) {
        for sum in sums.iter().filter(|sum| sum.rows > 0) {
            people += 1;
            over += usize::from(u128::from(sum.seconds) * 7 > u128::from(8 * HOUR * days) * u128::from(sum.rows));
        }
    } else {
        population.for_each_without_edges(|rows| {
            let (mut sum, mut weeks) = (0_u128, 0_u128);
            measure.for_each(rows, |period, seconds| {
                sum += u128::from(seconds * 7) * u128::from(DAYS / measure.days[period]);
                weeks += 1;
            });
            people += usize::from(weeks > 0);
            over += usize::from(sum > weeks * u128::from(8 * HOUR * DAYS));
        });
    }
    Share::new(over as f64 / people.max(1) as f64)
}
