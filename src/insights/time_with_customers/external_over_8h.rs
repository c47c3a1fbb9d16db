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

use chrono::NaiveDate;

use crate::dataset::{Attribute, EXCLUDED_SECONDS, Metric};
use crate::insights::incidence::{self, Cell, Measure};
use crate::insights::{Badge, Boundary, BoundaryUnit, OtherReading, Outcome, Population, Unavailable};
use crate::stats::{self, Share};

const HOUR: u64 = 3600;
const BANDS: [(&str, Option<f64>, Option<f64>); 3] = [
    ("0 to 4 hours", Some(0.0), Some(4.0)),
    ("4 to 8 hours", Some(4.0), Some(8.0)),
    ("More than 8 hours", Some(8.0), None),
];

/// External hours a week of a population's rows, edge weeks left out.
struct WeeklyExternal<'a> {
    population: &'a Population<'a>,
    seconds: &'a [u32],
    /// The periods that count, and for each period of the calendar its place among them.
    units: Vec<usize>,
    unit_of_period: Vec<Option<u16>>,
    /// Days of each unit: 7 for a week.
    days: Vec<u64>,
}

impl<'a> WeeklyExternal<'a> {
    fn new(population: &'a Population<'a>) -> Result<Self, Unavailable> {
        let metric = Metric::ExternalHours;
        let seconds = population.dataset().seconds(metric).ok_or_else(|| Unavailable::NotInFile(vec![metric]))?;
        let units: Vec<usize> = population.periods().iter().copied().filter(|&p| !population.is_edge(p)).collect();
        let mut unit_of_period = vec![None; population.dataset().calendar().periods.len()];
        for (unit, &period) in units.iter().enumerate() {
            unit_of_period[period] = Some(unit as u16);
        }
        let grain = population.dataset().calendar().grain;
        let days = units.iter().map(|&period| u64::from(grain.days(population.first_day(period)))).collect();
        Ok(Self { population, seconds, units, unit_of_period, days })
    }

    /// Unit and seconds of each measured row.
    fn measured<'r>(&'r self, rows: &'r [u32]) -> impl Iterator<Item = (usize, u64)> + 'r {
        let periods = self.population.dataset().periods_of_rows();
        rows.iter().filter_map(move |&row| {
            let unit = self.unit_of_period[usize::from(periods[row as usize])]?;
            let seconds = self.seconds[row as usize];
            (seconds != EXCLUDED_SECONDS).then_some((usize::from(unit), u64::from(seconds)))
        })
    }

    /// How the weekly hours of a cell compare with whole hours, exactly: hours x 7 / days against `hours`.
    fn against(&self, unit: usize, seconds: u64, hours: u64) -> std::cmp::Ordering {
        (seconds * 7).cmp(&(hours * HOUR * self.days[unit]))
    }
}

impl Measure for WeeklyExternal<'_> {
    fn units(&self) -> Vec<NaiveDate> {
        self.units.iter().map(|&period| self.population.first_day(period)).collect()
    }

    fn bands(&self) -> usize {
        BANDS.len()
    }

    fn cells(&self, rows: &[u32], mut cell: impl FnMut(Cell)) {
        for (unit, seconds) in self.measured(rows) {
            let over = |hours| self.against(unit, seconds, hours).is_gt();
            let band = if over(8) { 2 } else { usize::from(over(4)) };
            cell(Cell { unit, band, counted: band == 2 });
        }
    }
}

/// Evaluates the insight.
///
/// # Errors
/// When the file has no external collaboration hours, or nobody is measured.
pub fn evaluate(population: &Population<'_>, attributes: &[&Attribute]) -> Result<Outcome, Unavailable> {
    let measure = WeeklyExternal::new(population)?;
    let evaluated = incidence::evaluate(&measure, population, attributes).ok_or(Unavailable::NobodyMeasured)?;
    let bands = incidence::labelled_bands(&evaluated, &BANDS);
    let mut outcome = Outcome::new(evaluated, bands);
    outcome.boundaries = boundaries(&measure);
    outcome.other_readings =
        vec![OtherReading { id: "external_person_mean_over_8h", share: person_mean_over_8h(&measure) }];
    if population.is_monthly() {
        outcome.badges.push(Badge::Approximate);
    }
    Ok(outcome)
}

/// Mean external hours a period: for each person over the measured periods, then over people, with the
/// number of people; edge weeks are left out. `None` when the file has no such column or nobody is measured.
pub(crate) fn mean_hours(population: &Population<'_>) -> Option<(f64, usize)> {
    let measure = WeeklyExternal::new(population).ok()?;
    let means: Vec<f64> = population
        .selection()
        .persons()
        .filter_map(|(_, rows)| stats::mean(measure.measured(rows).map(|(_, seconds)| seconds as f64 / HOUR as f64)))
        .collect();
    let people = means.len();
    Some((stats::mean(means)?, people))
}

/// How many person-weeks lie exactly on 4 and on 8 hours.
fn boundaries(measure: &WeeklyExternal<'_>) -> Vec<Boundary> {
    let mut counts = [(4, 0_usize), (8, 0)];
    for (unit, seconds) in measure.population.selection().persons().flat_map(|(_, rows)| measure.measured(rows)) {
        for (hours, count) in &mut counts {
            *count += usize::from(measure.against(unit, seconds, *hours).is_eq());
        }
    }
    let boundary = |(hours, count)| Boundary { at_hours: hours as f64, unit: BoundaryUnit::PersonWeeks, count };
    counts.into_iter().map(boundary).collect()
}

/// The share of people whose mean weekly hours over their measured weeks are over 8, compared exactly.
fn person_mean_over_8h(measure: &WeeklyExternal<'_>) -> Share {
    // A multiple of 28, 29, 30 and 31: seconds of months of every length become whole numbers.
    const DAYS: u64 = 4 * 7 * 29 * 15 * 31;
    let (mut over, mut people) = (0_usize, 0_usize);
    for (_, rows) in measure.population.selection().persons() {
        let (mut sum, mut weeks) = (0_u128, 0_u128);
        for (unit, seconds) in measure.measured(rows) {
            sum += u128::from(seconds * 7) * u128::from(DAYS / measure.days[unit]);
            weeks += 1;
        }
        people += usize::from(weeks > 0);
        over += usize::from(sum > weeks * u128::from(8 * HOUR * DAYS));
    }
    Share::new(over as f64 / people.max(1) as f64)
}
