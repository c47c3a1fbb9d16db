//! What may be seen of a plan: its baseline, what came since, and what it is held against.

use chrono::{Days, NaiveDate};

use super::gate::{Asked, Gate};
use super::publish::{check_population, points_to_see, shown_values};
use super::{Guarded, Hidden, Interval, Published, Rules, Unavailable};
use crate::dataset::{AttributeFilter, Dataset, Filter, Grain, same_name};
use crate::insights::Population;
use crate::insights::plan::{PlanMean, PlanMeasure, PlanPoint, difference_in_differences, measure, reliability};

/// The weeks of a baseline that nobody has fixed.
const BASELINE_WEEKS: usize = 12;

/// The same of a file of months.
const BASELINE_MONTHS: usize = 3;

/// What is asked about a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanQuestion {
    /// What is measured.
    pub measure: PlanMeasure,
    /// Whose.
    pub cohort: Vec<AttributeFilter>,
    /// Weeks left out on both sides, such as holidays.
    pub without: Vec<NaiveDate>,
    /// First day of the plan.
    pub start: NaiveDate,
    /// How many weeks it lasts.
    pub weeks: u32,
    /// First days of the first and the last week of the baseline; `None` for the last twelve weeks of the file before
    /// the start.
    pub baseline: Option<(NaiveDate, NaiveDate)>,
    /// Who it is held against; nobody named stands for everyone else.
    pub compared_with: Vec<AttributeFilter>,
}

/// What may be seen of a plan.
#[derive(Clone, Debug, PartialEq)]
pub struct PlanNumbers {
    /// The weeks before the start.
    pub before: Result<PlanWindow, NoPlanNumbers>,
    /// The same of the whole company; `None` where nobody is measured.
    pub company: Option<f64>,
    /// How much of the difference between groups is there to stay, from 0 to 1. Of a plan that is not fixed yet.
    pub reliability: Option<f64>,
    /// The weeks since the start, and none after the plan's end.
    pub since: Result<PlanWindow, NoPlanNumbers>,
    /// Since the start less before.
    pub change: Option<(f64, Interval)>,
    /// People who came, and people who went; `None` where either number could tell of a few.
    pub moved: Option<(usize, usize)>,
    /// The change less that of those whom the plan is held against.
    pub compared: Option<(f64, Interval)>,
}

/// The mean or share of one window.
#[derive(Clone, Debug, PartialEq)]
pub struct PlanWindow {
    /// First day of the first period measured.
    pub first: NaiveDate,
    /// First day of the last one.
    pub last: NaiveDate,
    /// How many periods are measured.
    pub periods: usize,
    /// Distinct people.
    pub people: usize,
    /// The mean or share.
    pub value: f64,
    /// Its 95 % interval.
    pub interval: Interval,
    /// Weeks or months that may be seen.
    pub points: Vec<PlanPoint>,
}

/// Why a window has no numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoPlanNumbers {
    /// The file has no such weeks.
    NoPeriods,
    /// They may not be seen.
    Hidden(Hidden),
    /// The file cannot tell, or too few are measured.
    Unavailable(Unavailable),
}

/// One window of one cohort that passed the rules.
struct Window<'d> {
    population: Population<'d>,
    mean: PlanMean,
    public: PlanWindow,
}

struct Asker<'a> {
    guarded: &'a Guarded,
    gate: &'a Gate,
    measure: PlanMeasure,
    without: &'a [NaiveDate],
    rules: Rules,
}

/// Answers what is asked about a plan.
#[must_use]
pub fn plan(guarded: &Guarded, question: &PlanQuestion, rules: Rules) -> Published<PlanNumbers> {
    let gate = guarded.gate(&Filter::default(), rules);
    let PlanQuestion { measure, cohort, without, compared_with, .. } = question;
    let asker = Asker { guarded, gate: &gate, measure: *measure, without, rules };
    let dataset = guarded.dataset();
    let before_days = question.baseline.or_else(|| baseline_window(dataset, question));
    let since_days = since_window(question);
    let window = |cohort: &[AttributeFilter], days: Option<(NaiveDate, NaiveDate)>| {
        days.ok_or(NoPlanNumbers::NoPeriods).and_then(|days| asker.window(cohort, days))
    };
    let (before, since) = (window(cohort, before_days), window(cohort, since_days));
    let both = before.as_ref().ok().zip(since.as_ref().ok());
    let change = both.and_then(|(before, since)| since.mean.less(&before.mean));
    let compared = both.and_then(|(before, since)| {
        let of_others = |window: &Window<'_>, days| match compared_with.as_slice() {
            [] => asker.rest(window, days),
            others => asker.window(others, days?).ok().map(|window| window.mean),
        };
        let (earlier, later) = (of_others(before, before_days)?, of_others(since, since_days)?);
        difference_in_differences([&since.mean, &before.mean], [&later, &earlier])
    });
    let is_new = question.baseline.is_none();
    Published::new(PlanNumbers {
        company: window(&[], before_days).ok().map(|window| window.mean.value),
        reliability: before
            .as_ref()
            .ok()
            .filter(|_| is_new)
            .and_then(|own| asker.reliability(cohort, own, before_days)),
        moved: both.and_then(|(before, since)| moved(before, since, rules)),
        before: before.map(|window| window.public),
        since: since.map(|window| window.public),
        change,
        compared,
    })
}

/// The last twelve weeks of the file that begin before the start, or three months.
fn baseline_window(dataset: &Dataset, question: &PlanQuestion) -> Option<(NaiveDate, NaiveDate)> {
    let calendar = dataset.calendar();
    let most = if calendar.grain == Grain::Month { BASELINE_MONTHS } else { BASELINE_WEEKS };
    let before = calendar.periods.iter().filter(|day| **day < question.start && !question.without.contains(day));
    let last: Vec<NaiveDate> = before.rev().take(most).copied().collect();
    Some((*last.last()?, *last.first()?))
}

/// The first day of the plan, and the last.
fn since_window(question: &PlanQuestion) -> Option<(NaiveDate, NaiveDate)> {
    let last = question.start.checked_add_days(Days::new((u64::from(question.weeks) * 7).checked_sub(1)?))?;
    Some((question.start, last))
}

/// Who came and who went: told together, as either follows from the other and the two numbers of people.
fn moved(before: &Window<'_>, since: &Window<'_>, rules: Rules) -> Option<(usize, usize)> {
    let (before, since) = (before.population.selection(), since.population.selection());
    let (joiners, leavers) = (since.people_not_in(before), before.people_not_in(since));
    [joiners, leavers].into_iter().all(|people| rules.nobody_or_enough(people)).then_some((joiners, leavers))
}

impl<'a> Asker<'a> {
    fn filter(&self, cohort: &[AttributeFilter], (from, to): (NaiveDate, NaiveDate)) -> Filter {
        Filter {
            attributes: cohort.to_vec(),
            from: Some(from),
            to: Some(to),
            without: self.without.to_vec(),
            ..Filter::default()
        }
    }

    /// One window of a cohort, by the rules of every question.
    fn window(&self, cohort: &[AttributeFilter], days: (NaiveDate, NaiveDate)) -> Result<Window<'a>, NoPlanNumbers> {
        let dataset = self.guarded.dataset();
        let filter = self.filter(cohort, days);
        let selection = dataset.select(&filter).map_err(|problem| NoPlanNumbers::Hidden(Hidden::NotInFile(problem)))?;
        if !dataset.calendar().periods.iter().any(|day| filter.keeps_period(*day)) {
            return Err(NoPlanNumbers::NoPeriods);
        }
        let asked = Asked::by(dataset, &filter).map_err(NoPlanNumbers::Hidden)?;
        check_population(dataset, &filter, self.gate, &asked, &selection, self.rules).map_err(NoPlanNumbers::Hidden)?;
        let population = Population::new(self.guarded.panel(), selection);
        let mean = self.measured(&population)?;
        let is_shown = |asked: &Asked| match self.measure {
            PlanMeasure::Headline(behavior) => self.gate.shows_measured(behavior.headline(), &population, asked),
            PlanMeasure::Mean(metric) => self.guarded.shows_metric(&filter, metric, asked, self.rules),
        };
        if !is_shown(&asked) {
            return Err(NoPlanNumbers::Unavailable(Unavailable::TooFewMeasured));
        }
        let (Some(&first), Some(&last)) = (population.periods().first(), population.periods().last()) else {
            return Err(NoPlanNumbers::NoPeriods);
        };
        let public = PlanWindow {
            first: population.first_day(first),
            last: population.first_day(last),
            periods: population.periods().len(),
            people: mean.people,
            value: mean.value,
            interval: mean.interval,
            points: match cohort.is_empty() && !self.gate.moves_people() {
                // Of everyone all of them may be seen.
                true => mean.points.clone(),
                false => self.points(&population, &asked, &mean, is_shown),
            },
        };
        Ok(Window { population, mean, public })
    }

    fn measured(&self, population: &Population<'_>) -> Result<PlanMean, NoPlanNumbers> {
        let mean = measure(population, self.measure).map_err(NoPlanNumbers::Unavailable)?;
        if mean.people < self.rules.minimum_group_size() {
            return Err(NoPlanNumbers::Unavailable(Unavailable::TooFewMeasured));
        }
        Ok(mean)
    }

    /// The points that may be seen: their period could be asked for alone.
    fn points(
        &self,
        population: &Population<'_>,
        asked: &Asked,
        mean: &PlanMean,
        is_shown: impl Fn(&Asked) -> bool,
    ) -> Vec<PlanPoint> {
        let may_be_asked = |asked: &Asked| self.gate.shows(asked) && is_shown(asked);
        let points: Vec<(NaiveDate, usize)> = mean.points.iter().map(|point| (point.period, point.people)).collect();
        let seen = points_to_see(may_be_asked, asked, population, &points, !mean.by_month, self.rules);
        mean.points.iter().zip(seen).filter(|(_, seen)| *seen).map(|(point, _)| *point).collect()
    }

    /// Everyone else in a window: enough people, as the cohort passed the rules; measured, they are counted again.
    fn rest(&self, window: &Window<'_>, days: Option<(NaiveDate, NaiveDate)>) -> Option<PlanMean> {
        let everyone = self.guarded.dataset().select(&self.filter(&[], days?)).ok()?;
        let rest = everyone.without(window.population.selection());
        self.measured(&Population::new(self.guarded.panel(), rest)).ok()
    }

    /// By the shown groups of the attribute that the cohort was chosen by; `None` where these are several.
    fn reliability(
        &self,
        cohort: &[AttributeFilter],
        own: &Window<'_>,
        days: Option<(NaiveDate, NaiveDate)>,
    ) -> Option<f64> {
        let [part] = cohort else { return None };
        let shown = shown_values(self.guarded, self.rules);
        let attribute = shown.iter().find(|attribute| same_name(&attribute.name, &part.attribute))?;
        let group = |value: &super::ShownValue| {
            let kept = AttributeFilter { attribute: attribute.name.clone(), values: vec![value.value.clone()] };
            let mean = self.window(&[kept], days?).ok()?.mean;
            Some((mean.value, mean.variance?))
        };
        let groups: Vec<(f64, f64)> = attribute.values.iter().filter_map(group).collect();
        reliability(&groups, own.mean.variance?)
    }
}
