//! What may be seen of any metric, of everyone in a selection and of its groups.
//!
//! A metric passes the rules of every breakdown: the selection is one that may be answered, a group is shown where the gate
//! shows it, where enough of its people have the metric in the file, and where the people of hidden groups cannot be
//! subtracted. Beyond that: quartiles from 20 people on and tenths from 30, else the median alone; the first and the last
//! bin of a distribution hold at least k people; a sum of hours, and what follows from it, is not told where one person
//! gives over half of it, here or among those left out; people with most external hours are told where they, and the
//! others, are at least k.

use std::sync::Arc;

use chrono::{Days, NaiveDate};

use super::breakdown::Shut;
use super::gate::{Asked, Gate};
use super::publish::{HiddenGroups, PopulationSummary, Verdict, check_population, points_to_see, summary, told};
use super::tables::Tables;
use super::{Band, Chance, Guarded, Hidden, Interval, MeanMetric, Published, Rules, Settings, Unavailable};
use crate::dataset::{AttributeFilter, Dataset, Filter, Grain, GroupBy, GroupCell, GroupValue, Grouping, Metric};
use crate::insights::explore::{self, AnyContact, Explored, Measured, OfCollaboration, Points, Style, TopPart};
use crate::insights::{Breakdown, Population};
use crate::stats::{self, RunRule, Share, UsualBand};

/// Quartiles are told from so many people on.
const LEAST_FOR_QUARTILES: usize = 20;

/// Tenths are told from so many people on.
const LEAST_FOR_TENTHS: usize = 30;

/// A question about one metric, and what stands beside it.
#[derive(Clone, Debug, PartialEq)]
pub struct ExploreQuestion {
    /// Which people and periods.
    pub filter: Filter,
    /// The metric.
    pub metric: MeanMetric,
    /// What to group by; `None` where the file has no attribute.
    pub by: Option<GroupBy>,
    /// Every setting that changes a number.
    pub settings: Settings,
}

/// Everything that may be seen.
#[derive(Clone, Debug, PartialEq)]
pub struct Exploration {
    /// Who and when.
    pub population: PopulationSummary,
    /// What is grouped by, with the attributes' headers.
    pub by: Option<GroupBy>,
    /// Each metric of the file that may be told, in their order.
    pub metrics: Vec<MetricByGroups>,
    /// More about the metric that was asked for.
    pub chosen: Result<ChosenMetric, Unavailable>,
    /// External time as a whole.
    pub external: Result<ExternalFindings, Unavailable>,
    /// Coaching style and the rhythm of 1:1s, where the file can tell.
    pub styles: Vec<StyleFindings>,
}

/// The mean per person of a metric, and how people are spread round it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MeanOf {
    /// Mean per person.
    pub mean: f64,
    /// Its 95 % interval.
    pub interval: Interval,
    /// Distinct people.
    pub people: usize,
    /// Half of the people have less.
    pub median: f64,
    /// Between which the middle half of people lies.
    pub quartiles: Option<[f64; 2]>,
    /// Between which the middle four fifths lie.
    pub tenths: Option<[f64; 2]>,
}

/// A metric of everyone in the selection, and of its groups.
#[derive(Clone, Debug, PartialEq)]
pub struct MetricByGroups {
    /// Which one.
    pub metric: MeanMetric,
    /// Everyone.
    pub all: MeanOf,
    /// Shown groups, in the order of their values.
    pub groups: Vec<GroupMean>,
    /// What is hidden; `None` when nothing is.
    pub hidden: Option<HiddenGroups>,
    /// How many of the groups clearly above or below the rest could be chance.
    pub chance: Chance,
}

/// One shown group.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupMean {
    /// The value, or both.
    pub value: GroupValue,
    /// Its numbers.
    pub of: MeanOf,
    /// Its mean less that of everyone outside it, with the 95 % interval; `None` where there is no rest.
    pub difference: Option<(f64, Interval)>,
    /// The difference in a word.
    pub verdict: Verdict,
}

/// More about one metric.
#[derive(Clone, Debug, PartialEq)]
pub struct ChosenMetric {
    /// Which one.
    pub metric: MeanMetric,
    /// People by their mean; shares sum to 1.
    pub bins: Vec<Bin>,
    /// Over time.
    pub trend: MetricTrend,
    /// The same of each shown group with any point that may be seen.
    pub group_trends: Vec<(GroupValue, MetricTrend)>,
}

/// People whose mean is over `from` and at most `to`; in the first bin from 0 on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bin {
    /// Lower end, not included but in the first bin.
    pub from: f64,
    /// Upper end, included; `None` where there is none.
    pub to: Option<f64>,
    /// Their share of the people.
    pub share: Share,
}

/// A metric over time.
#[derive(Clone, Debug, PartialEq)]
pub struct MetricTrend {
    /// Week by week or month by month, without gaps.
    pub periods: Vec<TrendPeriod>,
    /// Whether these are months of a file of weeks.
    pub by_month: bool,
    /// What was usual in the earlier half; `None` where that is too short to tell.
    pub usual: Option<UsualBand>,
    /// What is unusual since then, the longest first.
    pub unusual: Vec<Unusual>,
}

/// One week or month.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TrendPeriod {
    /// Its first day.
    pub period: NaiveDate,
    /// People and their mean; `None` where nobody is measured, the week is left out, or it may not be seen.
    pub point: Option<(usize, f64)>,
}

/// A run of unusual values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unusual {
    /// The rule that it breaks.
    pub rule: RunRule,
    /// Whether they are high, or rising.
    pub is_high: bool,
    /// First day of the first period.
    pub first: NaiveDate,
    /// First day of the last period.
    pub last: NaiveDate,
    /// How many periods.
    pub periods: usize,
}

/// External time as a whole.
#[derive(Clone, Debug, PartialEq)]
pub struct ExternalFindings {
    /// Who has any in a week.
    pub any: AnyContact,
    /// How much of all collaboration it is; `None` where the file cannot tell or it may not be told.
    pub of_collaboration: Option<OfCollaboration>,
    /// All external hours a week or month; `None` where one person gives over half.
    pub hours_a_period: Option<f64>,
    /// Which part of it the people with most have; empty where that may not be told.
    pub top: Vec<TopPart>,
    /// Distinct people.
    pub people: usize,
}

/// People by their parts.
#[derive(Clone, Debug, PartialEq)]
pub struct StyleFindings {
    /// By what.
    pub style: Style,
    /// The parts of everyone.
    pub bands: Vec<Band>,
    /// Distinct people measured.
    pub people: usize,
    /// Shown groups with their parts, in the order of their values.
    pub groups: Vec<StyleGroup>,
    /// What is hidden; `None` when nothing is.
    pub hidden: Option<HiddenGroups>,
}

/// The parts of one group.
#[derive(Clone, Debug, PartialEq)]
pub struct StyleGroup {
    /// The value, or both.
    pub value: GroupValue,
    /// Distinct people measured.
    pub people: usize,
    /// The parts.
    pub bands: Vec<Band>,
}

/// The metrics that can be asked of a file.
#[must_use]
pub fn explorable(guarded: &Guarded) -> Vec<MeanMetric> {
    explore::available(guarded.dataset())
}

/// Answers a question, or says why it cannot be answered.
///
/// # Errors
/// [`Hidden`], when the question names something that is not there or not to be seen.
pub fn explore(guarded: &Guarded, question: &ExploreQuestion, rules: Rules) -> Result<Published<Exploration>, Hidden> {
    let door = Explorer::new(guarded, question, rules)?;
    let metrics = explore::available(guarded.dataset()).into_iter().filter_map(|metric| door.metric(metric).ok());
    Ok(Published::new(Exploration {
        population: summary(&door.population, rules, door.is_everyone),
        by: door.grouping.as_ref().map(Grouping::by),
        metrics: metrics.collect(),
        chosen: door.chosen(),
        external: door.external(),
        styles: Style::ALL.into_iter().filter_map(|style| door.style(style)).collect(),
    }))
}

/// The metric of a question, of everyone and of groups, as far as it may be told.
pub(super) fn explore_metric(guarded: &Guarded, question: &ExploreQuestion, rules: Rules) -> Option<MetricByGroups> {
    Explorer::new(guarded, question, rules).ok()?.metric(question.metric).ok()
}

/// What is known while one question is answered.
struct Explorer<'a> {
    guarded: &'a Guarded,
    gate: Arc<Gate>,
    asked: Asked,
    rules: Rules,
    is_everyone: bool,
    question: &'a ExploreQuestion,
    population: Population<'a>,
    grouping: Option<Grouping<'a>>,
    /// What of the groups is hidden, whatever the metric.
    shut: Option<Shut>,
}

impl<'a> Explorer<'a> {
    fn new(guarded: &'a Guarded, question: &'a ExploreQuestion, rules: Rules) -> Result<Self, Hidden> {
        let (dataset, filter) = (guarded.dataset(), &question.filter);
        let population = Population::new(guarded.panel(), dataset.select(filter).map_err(Hidden::NotInFile)?);
        let gate = guarded.gate(filter, rules);
        let asked = Asked::by(dataset, filter)?;
        let is_everyone = check_population(dataset, filter, &gate, &asked, population.selection(), rules)?;
        let grouping = question.by.as_ref().map(|by| dataset.grouping(by)).transpose().map_err(Hidden::NotInFile)?;
        let shut = grouping.as_ref().map(|grouping| Shut::to_all(&gate, dataset, &asked, grouping));
        Ok(Self { guarded, gate, asked, rules, is_everyone, question, population, grouping, shut })
    }

    fn dataset(&self) -> &'a Dataset {
        self.guarded.dataset()
    }

    /// Who has the metric, where these are not all; an error where they may not be told.
    fn measured(&self, metric: MeanMetric, people: usize) -> Result<Arc<Option<Tables>>, Unavailable> {
        let tables = self.guarded.measured(&self.question.filter, metric, self.rules);
        let is_hidden = tables.as_ref().as_ref().is_some_and(|tables| !self.gate.shows_all(tables, &self.asked));
        if people < self.rules.minimum_group_size() || is_hidden {
            return Err(Unavailable::TooFewMeasured);
        }
        Ok(tables)
    }

    fn explored(&self, metric: MeanMetric) -> Result<(Explored, Arc<Option<Tables>>), Unavailable> {
        let explored = explore::measure(&self.population, metric, self.grouping.as_slice())?;
        let tables = self.measured(metric, explored.all.people)?;
        Ok((explored, tables))
    }

    /// For each group whether it is hidden.
    fn hidden(&self, membership: &Breakdown, tables: Option<&Tables>) -> Vec<bool> {
        let (Some(shut), Some(grouping)) = (&self.shut, &self.grouping) else { return Vec::new() };
        let shut = match tables {
            None => shut.clone(),
            Some(tables) => {
                let of_groups = |by: &[usize]| self.asked.with_all_of(by, self.dataset());
                shut.and(grouping, |by| self.gate.not_shown(tables, &of_groups(by), by))
            }
        };
        shut.hidden(membership, self.rules)
    }

    fn told(&self, membership: &Breakdown, hidden: &[bool]) -> Option<HiddenGroups> {
        let sizes: Vec<usize> = membership.groups.iter().map(|group| group.people).collect();
        let in_file = self.shut.as_ref().map_or(0, |shut| shut.in_file);
        told(&sizes, hidden, in_file, |groups| membership.distinct_people(groups), self.rules)
    }

    fn metric(&self, metric: MeanMetric) -> Result<MetricByGroups, Unavailable> {
        let (explored, tables) = self.explored(metric)?;
        let (mut groups, mut told) = (Vec::new(), None);
        if let (Some(by), Some(grouping)) = (explored.by.first(), &self.grouping) {
            let membership = by.membership();
            let hidden = self.hidden(&membership, tables.as_ref().as_ref());
            told = self.told(&membership, &hidden);
            let mut shown: Vec<_> =
                by.groups.iter().zip(&hidden).filter(|(_, hidden)| !**hidden).map(|(group, _)| group).collect();
            shown.sort_by_key(|group| grouping.order(group.cell));
            groups.extend(shown.into_iter().map(|group| GroupMean {
                value: group.value.clone(),
                of: mean_of(&group.measured),
                difference: group.difference,
                verdict: verdict(group.difference),
            }));
        }
        Ok(MetricByGroups { metric, all: mean_of(&explored.all), chance: chance(&groups), groups, hidden: told })
    }

    fn chosen(&self) -> Result<ChosenMetric, Unavailable> {
        let metric = self.question.metric;
        let (explored, tables) = self.explored(metric)?;
        let edges = explore::bin_edges(metric, self.population.is_monthly());
        let mut shown: Vec<(GroupCell, GroupValue)> = Vec::new();
        if let (Some(by), Some(grouping)) = (explored.by.first(), &self.grouping) {
            let hidden = self.hidden(&by.membership(), tables.as_ref().as_ref());
            let groups = by.groups.iter().zip(hidden).filter(|(_, hidden)| !hidden);
            shown.extend(groups.map(|(group, _)| (group.cell, group.value.clone())));
            shown.sort_by_key(|(cell, _)| grouping.order(*cell));
        }
        let cells: Vec<GroupCell> = shown.iter().map(|(cell, _)| *cell).collect();
        let grouped = self.grouping.as_ref().map(|grouping| (grouping, cells.as_slice()));
        let (all, of_groups) = explore::measure_points(&self.population, metric, grouped)?;
        let group_trends = shown.into_iter().zip(of_groups).filter_map(|((_, value), points)| {
            let asked = Asked::by(self.dataset(), &self.filter_of(&value)).ok()?;
            let trend = self.trend(&points, &asked, tables.as_ref().as_ref(), false);
            trend.periods.iter().any(|period| period.point.is_some()).then_some((value, trend))
        });
        Ok(ChosenMetric {
            metric,
            bins: bins(&explored.all, &edges, self.rules),
            trend: self.trend(
                &all,
                &self.asked,
                tables.as_ref().as_ref(),
                self.is_everyone && !self.gate.moves_people(),
            ),
            group_trends: group_trends.collect(),
        })
    }

    /// The question's filter, and of it one group.
    fn filter_of(&self, value: &GroupValue) -> Filter {
        let mut filter = self.question.filter.clone();
        if let Some(by) = self.grouping.as_ref().map(Grouping::by) {
            let named = |(attribute, value): (&str, &str)| AttributeFilter {
                attribute: attribute.to_owned(),
                values: vec![value.to_owned()],
            };
            filter.attributes.extend(by.names().zip(value.parts()).map(named));
        }
        filter
    }

    fn trend(&self, points: &Points, asked: &Asked, tables: Option<&Tables>, is_everyone: bool) -> MetricTrend {
        let may_be_seen =
            |asked: &Asked| self.gate.shows(asked) && tables.is_none_or(|tables| self.gate.shows_all(tables, asked));
        let days: Vec<(NaiveDate, usize)> = points.points.iter().map(|(day, people, _)| (*day, *people)).collect();
        let seen = match is_everyone {
            true => days.iter().map(|(_, people)| *people >= self.rules.minimum_group_size()).collect(),
            false => points_to_see(may_be_seen, asked, &self.population, &days, !points.by_month, self.rules),
        };
        let seen: Vec<(NaiveDate, usize, f64)> =
            points.points.iter().zip(seen).filter(|(_, seen)| *seen).map(|(point, _)| *point).collect();
        let values: Vec<f64> = seen.iter().map(|(_, _, value)| *value).collect();
        let usual = UsualBand::of_earlier_half(&values);
        let runs = usual.map(|usual| usual.runs(&values)).unwrap_or_default();
        let since = usual.map_or(0, |usual| usual.values);
        let unusual = runs.into_iter().filter(|run| run.last >= since).filter_map(|run| {
            let (first, last) = (seen.get(run.first)?.0, seen.get(run.last)?.0);
            Some(Unusual { rule: run.rule, is_high: run.is_high, first, last, periods: run.values() })
        });
        let mut unusual: Vec<Unusual> = unusual.collect();
        unusual.sort_by_key(|unusual| std::cmp::Reverse(unusual.periods));
        let steps_by_week = self.dataset().calendar().grain != Grain::Month && !points.by_month;
        MetricTrend { unusual, periods: periods(&seen, steps_by_week), by_month: points.by_month, usual }
    }

    fn external(&self) -> Result<ExternalFindings, Unavailable> {
        let external = explore::external_time(&self.population)?;
        self.measured(MeanMetric::Of(Metric::ExternalHours), external.any.people)?;
        let of_all = external.of_collaboration.filter(|all| {
            self.measured(MeanMetric::ExternalShare, all.people).is_ok()
                && all.largest_part.get() <= 0.5
                && self.rules.nobody_or_enough(external.any.people.abs_diff(all.people))
                && self
                    .people_with(Metric::CollaborationHours)
                    .is_some_and(|people| self.rules.nobody_or_enough(people.abs_diff(all.people)))
        });
        let is_one_persons = external.largest_part.get() > 0.5 || self.rest_is_one_persons();
        let (k, people) = (self.rules.minimum_group_size(), external.any.people);
        let can_be_told = |top: &TopPart| top.people >= k && self.rules.nobody_or_enough(people - top.people);
        let top = external.top.into_iter().filter(|top| !is_one_persons && can_be_told(top));
        Ok(ExternalFindings {
            any: external.any,
            of_collaboration: of_all.filter(|_| !is_one_persons),
            hours_a_period: (!is_one_persons).then(|| external.hours / external.periods.max(1) as f64),
            top: top.collect(),
            people,
        })
    }

    /// How many people of the population have a metric.
    fn people_with(&self, metric: Metric) -> Option<usize> {
        let explored = explore::measure(&self.population, MeanMetric::Of(metric), &[]);
        explored.ok().map(|explored| explored.all.people)
    }

    /// Whether one of those whom the selection leaves out gives over half of their external hours: all less the selection
    /// would tell them.
    fn rest_is_one_persons(&self) -> bool {
        if self.is_everyone {
            return false;
        }
        let everyone = self.dataset().select(&super::publish::everyone(&self.question.filter));
        let rest = everyone.map(|everyone| everyone.without(self.population.selection()));
        let time = rest.ok().and_then(|rest| explore::external_time(&self.population.part(rest)).ok());
        time.is_some_and(|time| time.largest_part.get() > 0.5)
    }

    fn style(&self, style: Style) -> Option<StyleFindings> {
        let (settings, id) = (&self.question.settings, style.insight());
        let parts = explore::style_parts(&self.population, style, settings, self.grouping.as_slice()).ok()?;
        if parts.people < self.rules.minimum_group_size()
            || !self.gate.shows_measured(id, &self.population, &self.asked)
        {
            return None;
        }
        let (mut groups, mut told) = (Vec::new(), None);
        if let (Some(by), Some(shut), Some(grouping)) = (parts.breakdowns.first(), &self.shut, &self.grouping) {
            let shut = shut.and_measured(id, &self.gate, &self.population, &self.asked, grouping);
            let hidden = shut.hidden(by, self.rules);
            told = self.told(by, &hidden);
            let mut shown: Vec<_> = by.groups.iter().zip(hidden).filter(|(_, hidden)| !hidden).collect();
            shown.sort_by_key(|(group, _)| grouping.order(group.cell));
            groups.extend(shown.into_iter().filter_map(|(group, _)| {
                let rows = self.dataset().select(&self.filter_of(&group.value)).ok()?;
                let own = explore::style_parts(&self.population.part(rows), style, settings, &[]).ok()?;
                Some(StyleGroup { value: group.value.clone(), people: own.people, bands: own.bands })
            }));
        }
        Some(StyleFindings { style, bands: parts.bands, people: parts.people, groups, hidden: told })
    }
}

/// By the number of people the quantiles that are nobody's own.
fn mean_of(measured: &Measured) -> MeanOf {
    let pair = |least: usize, low: f64, high: f64| {
        let ends = measured.quantile(low).zip(measured.quantile(high)).filter(|_| measured.people >= least);
        ends.map(|(low, high)| [low, high])
    };
    MeanOf {
        mean: measured.mean,
        interval: measured.interval,
        people: measured.people,
        median: measured.quantile(0.5).unwrap_or(measured.mean),
        quartiles: pair(LEAST_FOR_QUARTILES, 0.25, 0.75),
        tenths: pair(LEAST_FOR_TENTHS, 0.1, 0.9),
    }
}

fn verdict(difference: Option<(f64, Interval)>) -> Verdict {
    match difference {
        Some((_, interval)) if interval.low > 0.0 => Verdict::Above,
        Some((_, interval)) if interval.high < 0.0 => Verdict::Below,
        _ => Verdict::NoClearDifference,
    }
}

/// How many of the groups marked as above or below could be chance: by normal p values of their differences.
fn chance(groups: &[GroupMean]) -> Chance {
    let p_value = |group: &GroupMean| {
        let (difference, interval) = group.difference?;
        let error = (interval.high - interval.low) / (2.0 * stats::Z_95);
        let p = if error > 0.0 { stats::two_sided_p(difference / error) } else { f64::from(difference == 0.0) };
        Some((p, group.verdict != Verdict::NoClearDifference))
    };
    let (p_values, marked): (Vec<f64>, Vec<bool>) = groups.iter().filter_map(p_value).unzip();
    Chance {
        compared: marked.len(),
        marked: marked.iter().filter(|marked| **marked).count(),
        expected_by_chance: stats::expected_by_chance(&p_values, &marked),
    }
}

/// The bins with people's shares; those at the ends joined to their neighbors until they hold enough people.
fn bins(measured: &Measured, edges: &[f64], rules: Rules) -> Vec<Bin> {
    let counts = measured.in_bins(edges);
    let starts = std::iter::once(0.0).chain(edges.iter().copied());
    let ends = edges.iter().copied().map(Some).chain(std::iter::once(None));
    let mut bins: Vec<(f64, Option<f64>, usize)> =
        starts.zip(ends).zip(counts).map(|((from, to), people)| (from, to, people)).collect();
    let k = rules.minimum_group_size();
    while let [.., before, last] = bins.as_mut_slice()
        && last.2 < k
    {
        (before.1, before.2) = (last.1, before.2 + last.2);
        bins.pop();
    }
    while let [first, second, ..] = bins.as_mut_slice()
        && first.2 < k
    {
        (second.0, second.2) = (first.0, second.2 + first.2);
        bins.remove(0);
    }
    let share = |people: usize| Share::new(people as f64 / measured.people.max(1) as f64);
    bins.into_iter().map(|(from, to, people)| Bin { from, to, share: share(people) }).collect()
}

/// The points, and a gap for every week or month between them that has none.
fn periods(points: &[(NaiveDate, usize, f64)], by_week: bool) -> Vec<TrendPeriod> {
    let mut periods: Vec<TrendPeriod> = Vec::new();
    for &(period, people, value) in points {
        let next = |day: NaiveDate| match by_week {
            true => day.checked_add_days(Days::new(7)),
            false => day.checked_add_months(chrono::Months::new(1)),
        };
        while let Some(gap) = periods.last().and_then(|last| next(last.period)).filter(|gap| *gap < period) {
            periods.push(TrendPeriod { period: gap, point: None });
        }
        periods.push(TrendPeriod { period, point: Some((people, value)) });
    }
    periods
}
