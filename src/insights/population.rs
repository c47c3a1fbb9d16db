//! The population of a question, and its weeks and months as the definitions see them.

use std::sync::Arc;

use chrono::{Datelike as _, NaiveDate};

use super::Panel;
use super::sums::{ExternalAndTotal, Sum, SumsByPlace};
use crate::dataset::{Calendar, Dataset, Grain, Metric, PersonRows, Selection, weekdays_in_month};
use crate::stats;

/// The people and periods left after filters and exclusions, with what is decided once for all of them:
/// which weeks are edge weeks, and which months are complete.
#[derive(Clone, Debug)]
pub struct Population<'d> {
    panel: &'d Panel,
    selection: Selection<'d>,
    /// Indices of the periods in which somebody is measured, ascending.
    periods: Vec<usize>,
    /// Indices of edge weeks: at most the first and the last of `periods`.
    edges: Vec<usize>,
    months: Months,
    sums: Arc<SumsByPlace>,
}

/// The months of a calendar, and how much of them a population has.
#[derive(Clone, Debug)]
pub struct Months {
    /// First days of the months in which a period of the calendar starts, ascending.
    pub first_days: Vec<NaiveDate>,
    /// Whether the population has a period in the month, and every week start of the month lies between the
    /// population's first and last period.
    pub complete: Vec<bool>,
    /// How many week starts the month has; of a file of months, 1.
    pub week_starts: Vec<u32>,
    /// How many of its weeks the population has.
    pub weeks_measured: Vec<u32>,
    /// For each period of the calendar its month's index.
    pub of_period: Vec<u16>,
}

impl<'d> Population<'d> {
    /// Looks at the weeks and months of a selection of the panel's dataset.
    #[must_use]
    pub fn new(panel: &'d Panel, selection: Selection<'d>) -> Self {
        let periods = selection.periods();
        let edges = edge_weeks(&selection, &periods);
        let months = panel.months().of_periods(selection.dataset().calendar(), &periods);
        Self { panel, selection, periods, edges, months, sums: Arc::default() }
    }

    /// What questions about the dataset have in common.
    #[must_use]
    pub fn panel(&self) -> &'d Panel {
        self.panel
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

    /// Some of its rows, with the weeks and months as they are decided for all of them.
    #[must_use]
    pub fn part(&self, selection: Selection<'d>) -> Self {
        Self { selection, sums: Arc::default(), ..self.clone() }
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

    /// Whether a period is one of these, and no edge week.
    pub(super) fn counts_weekly(&self, period: usize) -> bool {
        self.periods.binary_search(&period).is_ok() && !self.is_edge(period)
    }

    /// Whether a month has a period of the population.
    pub(super) fn has_month(&self, month: usize) -> bool {
        self.months.weeks_measured[month] > 0
    }

    /// Whether a week is left out of the weekly measures.
    pub(super) fn has_edges(&self) -> bool {
        !self.edges.is_empty()
    }

    /// External seconds of each person, by place; `None` when the column is not in the file.
    pub(super) fn external(&self) -> Option<&[Sum]> {
        self.sums.external(self)
    }

    /// The same without the edge weeks.
    pub(super) fn external_without_edges(&self) -> Option<&[Sum]> {
        self.sums.external_without_edges(self)
    }

    /// The mean of a metric of each person in whom it can be read; `None` when the column is not in the file.
    pub(super) fn means(&self, metric: Metric) -> Option<Vec<f64>> {
        self.sums.means(self, metric)
    }

    /// External and collaboration seconds of each person, by place; `None` when either column is not in the file.
    pub(super) fn external_and_total(&self) -> Option<&[ExternalAndTotal]> {
        self.sums.external_and_total(self)
    }

    /// Calls `each` with the rows of each person that are in no edge week: none for somebody who is there in those weeks only.
    pub(super) fn for_each_without_edges(&self, mut each: impl FnMut(PersonRows<'_>)) {
        if self.edges.is_empty() {
            self.selection.persons_rows().for_each(each);
            return;
        }
        let mut periods = Vec::new();
        for rows in self.selection.persons_rows() {
            periods.clear();
            periods.extend_from_slice(rows.periods());
            for edge in &self.edges {
                periods[edge / 64] &= !(1 << (edge % 64));
            }
            each(self.dataset().rows_in(rows.person(), &periods));
        }
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
    if selection.dataset().calendar().grain == Grain::Month {
        return Vec::new();
    }
    edges_of(periods, |period| selection.people_by_period()[period] as usize)
}

/// Which of some weeks, ascending, are edge weeks, by how many people are there in each.
pub(crate) fn edges_of(weeks: &[usize], people: impl Fn(usize) -> usize) -> Vec<usize> {
    let people = |week: usize| people(week) as f64;
    let Some(median) = stats::quantile_of(weeks.iter().map(|&week| people(week)).collect(), 0.5) else {
        return Vec::new();
    };
    let ends = [weeks.first(), weeks.last()].into_iter().flatten().copied();
    let mut edges: Vec<usize> = ends.filter(|&week| people(week) < median / 2.0).collect();
    edges.dedup();
    edges
}

impl Months {
    /// The months of a whole calendar, each as if it were complete.
    pub(super) fn of_calendar(calendar: &Calendar) -> Self {
        let first_of_month = |period: &NaiveDate| period.with_day(1).unwrap_or(*period);
        let mut first_days: Vec<NaiveDate> = calendar.periods.iter().map(first_of_month).collect();
        first_days.dedup();
        let month_of =
            |period: &NaiveDate| first_days.partition_point(|month| month <= period).saturating_sub(1) as u16;
        let of_period: Vec<u16> = calendar.periods.iter().map(month_of).collect();
        let week_starts = first_days.iter().map(|month| match calendar.week_starts_on() {
            Some(weekday) => weekdays_in_month(*month, weekday).len() as u32,
            None => 1,
        });
        let week_starts = week_starts.collect();
        let weeks_measured = weeks_by_month(&of_period, 0..of_period.len(), first_days.len());
        Self { complete: vec![true; first_days.len()], week_starts, weeks_measured, of_period, first_days }
    }

    /// The same for a population that has some periods of the calendar, ascending.
    fn of_periods(&self, calendar: &Calendar, periods: &[usize]) -> Self {
        let range = periods.first().zip(periods.last());
        let range = range.map(|(&first, &last)| calendar.periods[first]..=calendar.periods[last]);
        let is_complete = |month: &NaiveDate| match calendar.week_starts_on() {
            Some(weekday) => {
                let mut starts = weekdays_in_month(*month, weekday).into_iter();
                starts.all(|day| range.as_ref().is_some_and(|range| range.contains(&day)))
            }
            None => true,
        };
        let weeks_measured = weeks_by_month(&self.of_period, periods.iter().copied(), self.first_days.len());
        let complete = self.first_days.iter().zip(&weeks_measured);
        let complete = complete.map(|(month, weeks)| *weeks > 0 && is_complete(month)).collect();
        Self { complete, weeks_measured, ..self.clone() }
    }

    /// Whether any month is complete.
    #[must_use]
    pub fn any_complete(&self) -> bool {
        self.complete.contains(&true)
    }

    /// Whether 1:1 time is told of a month: of complete ones, or if there is none, of all that the population has.
    #[must_use]
    pub fn looks_at(&self, month: usize) -> bool {
        self.weeks_measured[month] > 0 && (self.complete[month] || !self.any_complete())
    }
}

/// How many of the periods each month has.
fn weeks_by_month(month_of_period: &[u16], periods: impl Iterator<Item = usize>, months: usize) -> Vec<u32> {
    let mut weeks = vec![0; months];
    for period in periods {
        weeks[usize::from(month_of_period[period])] += 1;
    }
    weeks
}
