//! The population of a question, and its weeks and months as the definitions see them.

use chrono::{Datelike as _, NaiveDate};

use crate::dataset::{Dataset, Grain, Selection, weekdays_in_month};
use crate::stats;

/// The people and periods left after filters and exclusions, with what is decided once for all of them:
/// which weeks are edge weeks, and which months are complete.
#[derive(Clone, Debug)]
pub struct Population<'d> {
    selection: Selection<'d>,
    /// Indices of the periods in which somebody is measured, ascending.
    periods: Vec<usize>,
    /// Indices of edge weeks: at most the first and the last of `periods`.
    edges: Vec<usize>,
    months: Months,
}

/// The calendar months of a population.
#[derive(Clone, Debug)]
pub struct Months {
    /// First days of the months in which a period of the population starts, ascending.
    pub first_days: Vec<NaiveDate>,
    /// Whether every week start of the month lies between the population's first and last period.
    pub complete: Vec<bool>,
    /// How many week starts the month has; of a file of months, 1.
    pub week_starts: Vec<u32>,
    /// How many of its weeks the population has.
    pub weeks_measured: Vec<u32>,
    /// For each period of the calendar its month's index, `None` outside the population.
    pub of_period: Vec<Option<u16>>,
}

impl<'d> Population<'d> {
    /// Looks at the weeks and months of a selection.
    #[must_use]
    pub fn new(selection: Selection<'d>) -> Self {
        let periods = selection.periods();
        let edges = edge_weeks(&selection, &periods);
        let months = Months::new(selection.dataset(), &periods);
        Self { selection, periods, edges, months }
    }

    /// The selected rows.
    #[must_use]
    pub fn selection(&self) -> &Selection<'d> {
        &self.selection
    }

    /// The dataset that the rows are of.
    #[must_use]
    pub fn dataset(&self) -> &'d Dataset {
        self.selection.dataset()
    }

    /// How many distinct people are measured.
    #[must_use]
    pub fn people(&self) -> usize {
        self.selection.people()
    }

    /// Indices of all periods in which somebody is measured, edge weeks among them.
    #[must_use]
    pub fn periods(&self) -> &[usize] {
        &self.periods
    }

    /// First day of a period.
    #[must_use]
    pub fn first_day(&self, period: usize) -> NaiveDate {
        self.dataset().calendar().periods[period]
    }

    /// First days of the edge weeks.
    #[must_use]
    pub fn edge_weeks(&self) -> Vec<NaiveDate> {
        self.edges.iter().map(|&period| self.first_day(period)).collect()
    }

    /// Whether a period is an edge week.
    #[must_use]
    pub fn is_edge(&self, period: usize) -> bool {
        self.edges.contains(&period)
    }

    /// The calendar months.
    #[must_use]
    pub fn months(&self) -> &Months {
        &self.months
    }

    /// Whether the rows are months, so that weekly measures are approximate.
    #[must_use]
    pub fn is_monthly(&self) -> bool {
        self.dataset().calendar().grain == Grain::Month
    }
}

/// The first or last week with fewer than half of the median week's people. Months are never edges.
fn edge_weeks(selection: &Selection<'_>, periods: &[usize]) -> Vec<usize> {
    let people = |period: usize| f64::from(selection.people_by_period()[period]);
    if selection.dataset().calendar().grain == Grain::Month {
        return Vec::new();
    }
    let Some(median) = stats::quantile_of(periods.iter().map(|&period| people(period)).collect(), 0.5) else {
        return Vec::new();
    };
    let mut edges: Vec<usize> = [periods.first(), periods.last()]
        .into_iter()
        .flatten()
        .copied()
        .filter(|&p| people(p) < median / 2.0)
        .collect();
    edges.dedup();
    edges
}

impl Months {
    fn new(dataset: &Dataset, periods: &[usize]) -> Self {
        let calendar = dataset.calendar();
        let month_of = |period: usize| calendar.periods[period].with_day(1).unwrap_or(calendar.periods[period]);
        let mut first_days: Vec<NaiveDate> = periods.iter().map(|&period| month_of(period)).collect();
        first_days.dedup();
        let mut of_period = vec![None; calendar.periods.len()];
        let mut weeks_measured = vec![0; first_days.len()];
        for &period in periods {
            if let Ok(month) = first_days.binary_search(&month_of(period)) {
                of_period[period] = Some(month as u16);
                weeks_measured[month] += 1;
            }
        }
        let range = periods.first().zip(periods.last());
        let range = range.map(|(&first, &last)| calendar.periods[first]..=calendar.periods[last]);
        let (complete, week_starts) = first_days
            .iter()
            .map(|&month| match calendar.week_starts_on() {
                Some(weekday) => {
                    let starts = weekdays_in_month(month, weekday);
                    let complete = starts.iter().all(|day| range.as_ref().is_some_and(|range| range.contains(day)));
                    (complete, starts.len() as u32)
                }
                None => (true, 1),
            })
            .unzip();
        Self { first_days, complete, week_starts, weeks_measured, of_period }
    }

    /// Whether any month is complete.
    #[must_use]
    pub fn any_complete(&self) -> bool {
        self.complete.contains(&true)
    }
}
