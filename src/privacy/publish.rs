//! From a question to published findings.

use chrono::NaiveDate;

use super::{
    Badge, Band, Behavior, Boundary, Favorable, Hidden, InsightId, Interval, MetricMean, OtherReading, Published,
    Rules, Settings, Share, TrendPoint, Unavailable,
    by_rows::{Named, hidden_by_rows, hidden_within, people_in, sizes_by_rows},
    hide,
};
use crate::dataset::{Attribute, Dataset, Filter, Selection};
use crate::insights::{self, Breakdown, Group, Insight, Panel, Population, focus, metrics};
use crate::stats;

/// A question about a dataset.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Question {
    /// Which people and periods.
    pub filter: Filter,
    /// Attributes to group by, by name.
    pub by: Vec<String>,
    /// Every setting that changes a number.
    pub settings: Settings,
}

/// Everything that may be seen about one population.
#[derive(Clone, Debug, PartialEq)]
pub struct Findings {
    /// Who and when.
    pub population: PopulationSummary,
    /// Every insight, in the standard order.
    pub insights: Vec<PublicInsight>,
    /// Means of single metrics.
    pub metrics: Vec<MetricMean>,
}

/// Who and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PopulationSummary {
    /// Distinct people.
    pub people: usize,
    /// Weeks or months in which somebody is measured.
    pub periods: usize,
    /// First day of the first period; `None` when there is none.
    pub first: Option<NaiveDate>,
    /// First day of the last period.
    pub last: Option<NaiveDate>,
    /// Edge weeks, left out of the weekly external measures.
    pub edge_periods: Vec<NaiveDate>,
    /// The minimum group size in force.
    pub minimum_group_size: usize,
    /// Whether this is everyone measured in these periods.
    pub is_everyone: bool,
}

/// One insight, as it may be seen.
#[derive(Clone, Debug, PartialEq)]
pub struct PublicInsight {
    /// Which one.
    pub id: InsightId,
    /// The numbers, or why there are none.
    pub outcome: Result<Outcome, Unavailable>,
}

/// The numbers of one insight, as they may be seen.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// The headline share.
    pub share: Share,
    /// Its 95 % interval.
    pub interval: Interval,
    /// Distinct people measured.
    pub people: usize,
    /// Weeks or months over which the share is the mean; 1 for a share over people.
    pub periods: usize,
    /// Person-months whose person was not there for three quarters of the weeks.
    pub not_eligible: usize,
    /// People left out because they have no manager, when that is nobody or at least the minimum size.
    pub without_manager: Option<usize>,
    /// What a reader must know about the reading.
    pub badges: Vec<Badge>,
    /// How many lie exactly on a threshold.
    pub boundaries: Vec<Boundary>,
    /// Other readings of the definition.
    pub other_readings: Vec<OtherReading>,
    /// The distribution.
    pub bands: Vec<Band>,
    /// The share of each week or month.
    pub trend: Vec<TrendPoint>,
    /// Groups by attribute, in the order asked for.
    pub breakdowns: Vec<Groups>,
}

/// The groups of one attribute.
#[derive(Clone, Debug, PartialEq)]
pub struct Groups {
    /// The attribute's header.
    pub attribute: String,
    /// Shown groups, in the order of their values.
    pub shown: Vec<PublicGroup>,
    /// What is hidden; `None` when nothing is.
    pub hidden: Option<HiddenGroups>,
    /// Groups to focus on, the first one first.
    pub focus: Vec<FocusGroup>,
    /// Values of shown groups with a large external share (the reading *connected groups*).
    pub connected: Vec<String>,
}

/// One shown group.
#[derive(Clone, Debug, PartialEq)]
pub struct PublicGroup {
    /// The value.
    pub value: String,
    /// Distinct people.
    pub people: usize,
    /// The group's share.
    pub share: Share,
    /// Its 95 % interval.
    pub interval: Interval,
    /// The group's share less the rest's; `None` where there is no rest.
    pub difference: Option<(f64, Interval)>,
    /// The difference in a word.
    pub verdict: Verdict,
    /// Weeks or months in which at least the minimum number of people is measured.
    pub trend: Vec<TrendPoint>,
}

/// How a group compares with the rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Its share is clearly higher.
    Above,
    /// Its share is clearly lower.
    Below,
    /// The interval of the difference includes zero, or there is no rest.
    NoClearDifference,
}

impl Verdict {
    /// As in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Above => "above",
            Self::Below => "below",
            Self::NoClearDifference => "no_clear_difference",
        }
    }
}

/// What may be told about hidden groups.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HiddenGroups {
    /// How many groups are hidden.
    pub groups: usize,
    /// Distinct people in them together; `None` when even that could give somebody away.
    pub people: Option<usize>,
}

/// One group to focus on.
#[derive(Clone, Debug, PartialEq)]
pub struct FocusGroup {
    /// The value.
    pub value: String,
    /// Distinct people.
    pub people: usize,
    /// The group's share.
    pub share: Share,
    /// How much worse than the rest, positive.
    pub gap: f64,
    /// People affected beyond parity.
    pub people_affected: f64,
    /// Groups of one rank band cannot be told apart.
    pub rank_band: usize,
}

/// An attribute and its values that may be named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownAttribute {
    /// The attribute's header.
    pub name: String,
    /// Shown values, in order.
    pub values: Vec<ShownValue>,
    /// What is hidden.
    pub hidden: Option<HiddenGroups>,
}

/// A value that may be named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownValue {
    /// The value.
    pub value: String,
    /// Distinct people.
    pub people: usize,
    /// Whether its name sounds customer-facing: a suggestion, no more.
    pub looks_customer_facing: bool,
}

/// Answers a question, or says why it cannot be answered.
///
/// # Errors
/// [`Hidden`], when the question names something that is not there or not to be seen.
pub fn answer(panel: &Panel, question: &Question, rules: Rules) -> Result<Published<Findings>, Hidden> {
    let (dataset, filter) = (panel.dataset(), &question.filter);
    let population = Population::new(panel, dataset.select(filter).map_err(Hidden::NotInFile)?);
    let company = company_of(&population, filter)?;
    let named = named_values(dataset, filter)?;
    let is_everyone = check_population(dataset, filter, &named, population.selection(), rules)?;

    let attributes = attributes_by_name(dataset, &question.by)?;
    let by_rows: Vec<Vec<bool>> =
        attributes.iter().map(|attribute| hidden_within(population.selection(), attribute, &named, rules)).collect();
    let door = Door { rules, is_everyone, settings: &question.settings, attributes: &attributes, by_rows: &by_rows };
    let insights = insights::evaluate_all(&population, &company, &question.settings, &attributes);
    let first_day = |period: Option<&usize>| period.map(|&period| population.first_day(period));
    Ok(Published::new(Findings {
        population: PopulationSummary {
            people: population.people(),
            periods: population.periods().len(),
            first: first_day(population.periods().first()),
            last: first_day(population.periods().last()),
            edge_periods: population.edge_weeks(),
            minimum_group_size: rules.minimum_group_size(),
            is_everyone,
        },
        insights: insights.into_iter().map(|insight| door.insight(insight)).collect(),
        metrics: metrics::means(&population)
            .into_iter()
            .map(|mean| MetricMean {
                mean: mean.mean.filter(|(_, people)| *people >= rules.minimum_group_size()),
                ..mean
            })
            .collect(),
    }))
}

/// Whether a filter is answered at all.
pub(super) fn may_be_answered(dataset: &Dataset, filter: &Filter, rules: Rules) -> Result<(), Hidden> {
    let population = dataset.select(filter).map_err(Hidden::NotInFile)?;
    check_population(dataset, filter, &named_values(dataset, filter)?, &population, rules).map(|_| ())
}

/// Everyone measured in the same periods, whom a population is a part of; the population itself where its
/// filter names no attribute.
fn company_of<'d>(population: &Population<'d>, filter: &Filter) -> Result<Population<'d>, Hidden> {
    if filter.attributes.is_empty() {
        return Ok(population.clone());
    }
    let company = population.dataset().select(&filter.without_attributes()).map_err(Hidden::NotInFile)?;
    Ok(Population::new(population.panel(), company))
}

/// An insight's share in the later half of the periods against the earlier half.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Change {
    /// Which insight.
    pub id: InsightId,
    /// The share in the earlier half.
    pub earlier: Share,
    /// The share in the later half.
    pub later: Share,
    /// Later less earlier, with its 95 % interval.
    pub difference: (f64, Interval),
}

/// Compares the later half of a question's periods with the earlier half, insight by insight. With an odd
/// number of periods the middle one is in neither. Empty when there are fewer than two periods a half.
///
/// # Errors
/// [`Hidden`], when either half cannot be answered.
pub fn change_since_earlier_half(
    panel: &Panel,
    question: &Question,
    rules: Rules,
) -> Result<Published<Vec<Change>>, Hidden> {
    let dataset = panel.dataset();
    let periods = dataset.select(&question.filter).map_err(Hidden::NotInFile)?.periods();
    let half = periods.len() / 2;
    if half < 2 {
        return Ok(Published::new(Vec::new()));
    }
    let first_day = |place: usize| dataset.calendar().periods[periods[place]];
    let windows =
        [(first_day(0), first_day(half - 1)), (first_day(periods.len() - half), first_day(periods.len() - 1))];
    let mut halves = Vec::new();
    for (from, to) in windows {
        let filter = Filter { from: Some(from), to: Some(to), ..question.filter.clone() };
        let population = Population::new(panel, dataset.select(&filter).map_err(Hidden::NotInFile)?);
        let company = company_of(&population, &filter)?;
        check_population(dataset, &filter, &named_values(dataset, &filter)?, population.selection(), rules)?;
        halves.push(insights::evaluate_all(&population, &company, &question.settings, &[]));
    }
    let enough = |outcome: &&insights::Outcome| outcome.people >= rules.minimum_group_size();
    let changes = halves[0].iter().zip(&halves[1]).filter_map(|(earlier, later)| {
        let earlier_outcome = earlier.outcome.as_ref().ok().filter(enough)?;
        let later_outcome = later.outcome.as_ref().ok().filter(enough)?;
        let difference = later_outcome.less(earlier_outcome)?;
        Some(Change { id: earlier.id, earlier: earlier_outcome.share, later: later_outcome.share, difference })
    });
    Ok(Published::new(changes.collect()))
}

/// The filter of everyone measured in the same periods: the parent of a question's population.
fn everyone(filter: &Filter) -> Filter {
    Filter { without_low_activity: false, ..filter.without_attributes() }
}

/// The values of every attribute that may be named in a filter of these periods.
#[must_use]
pub fn shown_values(dataset: &Dataset, filter: &Filter, rules: Rules) -> Published<Vec<ShownAttribute>> {
    let Ok(company) = dataset.select(&everyone(filter)) else { return Published::new(Vec::new()) };
    let shown = dataset.attributes().iter().map(|attribute| {
        let sizes = sizes_by_rows(&company, attribute);
        let hidden = hidden_by_rows(&company, attribute, rules);
        let values = attribute.values.iter().zip(&sizes).zip(&hidden).filter(|(_, hidden)| !**hidden);
        ShownAttribute {
            name: attribute.name.clone(),
            values: values
                .map(|((value, &people), _)| ShownValue {
                    value: value.clone(),
                    people,
                    looks_customer_facing: focus::looks_customer_facing(value),
                })
                .collect(),
            hidden: told(&sizes, &hidden, |groups| people_in(&company, attribute, groups), rules),
        }
    });
    Published::new(shown.collect())
}

/// Rule 2: enough people in, nobody or enough left out, no hidden value named. Says whether the population
/// is everyone measured in its periods.
fn check_population(
    dataset: &Dataset,
    filter: &Filter,
    named: &[Named<'_>],
    population: &Selection<'_>,
    rules: Rules,
) -> Result<bool, Hidden> {
    let parent_filter = everyone(filter);
    let parent = if parent_filter == *filter {
        population.clone()
    } else {
        dataset.select(&parent_filter).map_err(Hidden::NotInFile)?
    };
    if let Some(named) = named.iter().find(|named| named.hidden(rules)) {
        return Err(Hidden::HiddenValue { attribute: named.attribute.name.clone() });
    }
    if population.people() < rules.minimum_group_size() {
        return Err(Hidden::TooFewPeople);
    }
    if !rules.nobody_or_enough(people_in_one(&parent, population)) {
        return Err(Hidden::TooFewLeftOut);
    }
    if filter.without_low_activity {
        // With a filter of attributes the company leaves out many; the switch can still leave out one of a group.
        let with_low = dataset.select(&Filter { without_low_activity: false, ..filter.clone() });
        if !rules.nobody_or_enough(people_in_one(&with_low.map_err(Hidden::NotInFile)?, population)) {
            return Err(Hidden::TooFewLeftOut);
        }
    }
    if filter.include_inactive {
        let active =
            dataset.select(&Filter { include_inactive: false, ..filter.clone() }).map_err(Hidden::NotInFile)?;
        if !rules.nobody_or_enough(people_in_one(&active, population)) {
            return Err(Hidden::TooFewInactive);
        }
    }
    Ok(population.rows() == parent.rows())
}

/// For each attribute of a filter its named values, with the population that all the rest of the filter gives.
fn named_values<'d>(dataset: &'d Dataset, filter: &Filter) -> Result<Vec<Named<'d>>, Hidden> {
    let mut all = Vec::new();
    for (index, wanted) in filter.attributes.iter().enumerate() {
        let Some(attribute) = dataset.attribute(&wanted.attribute) else { continue };
        let mut others = Filter { without_low_activity: false, ..filter.clone() };
        others.attributes.remove(index);
        let values = wanted.values.iter().map(|value| value.trim());
        let is_named = |value: &String| values.clone().any(|named| named == value);
        all.push(Named {
            attribute,
            is_named: attribute.values.iter().map(is_named).collect(),
            others: dataset.select(&others).map_err(Hidden::NotInFile)?,
        });
    }
    Ok(all)
}

/// How many people are in one selection and not in the other. Inactive weeks can make somebody low activity,
/// so neither switch's selection need be a part of the other's.
fn people_in_one(a: &Selection<'_>, b: &Selection<'_>) -> usize {
    let mut people: Vec<u32> = a.person_codes().iter().chain(b.person_codes()).copied().collect();
    people.sort_unstable();
    people.chunk_by(|x, y| x == y).filter(|same| same.len() == 1).count()
}

fn attributes_by_name<'d>(dataset: &'d Dataset, names: &[String]) -> Result<Vec<&'d Attribute>, Hidden> {
    let known = || dataset.attributes().iter().map(|attribute| attribute.name.clone()).collect();
    let by_name = |name: &String| {
        dataset.attribute(name).ok_or_else(|| {
            let attribute = name.clone();
            Hidden::NotInFile(crate::dataset::FilterProblem::UnknownAttribute { attribute, known: known() })
        })
    };
    names.iter().map(by_name).collect()
}

/// What may be told about the groups that are hidden and have people.
fn told(sizes: &[usize], hidden: &[bool], together: impl Fn(&[usize]) -> usize, rules: Rules) -> Option<HiddenGroups> {
    let groups: Vec<usize> = hide::hidden_groups(hidden).into_iter().filter(|&group| sizes[group] > 0).collect();
    let people = hide::can_be_told(&groups, &together, rules).then(|| together(&groups));
    (!groups.is_empty()).then_some(HiddenGroups { groups: groups.len(), people })
}

/// What is known while one answer is published.
struct Door<'a> {
    rules: Rules,
    is_everyone: bool,
    settings: &'a Settings,
    attributes: &'a [&'a Attribute],
    /// For each attribute and value whether it is hidden by its rows, whatever the insight.
    by_rows: &'a [Vec<bool>],
}

impl Door<'_> {
    fn insight(&self, insight: Insight) -> PublicInsight {
        let id = insight.id;
        let outcome = insight.outcome.and_then(|outcome| {
            // Fewer people can be measured by one insight than are in the population.
            if outcome.people < self.rules.minimum_group_size() {
                return Err(Unavailable::TooFewMeasured);
            }
            Ok(self.outcome(id, outcome))
        });
        PublicInsight { id, outcome }
    }

    fn outcome(&self, id: InsightId, outcome: insights::Outcome) -> Outcome {
        let breakdowns = outcome.breakdowns.iter().enumerate().map(|(index, breakdown)| {
            let connected = outcome.connected_groups.get(index).map_or(&[][..], Vec::as_slice);
            self.groups(id.favorable(), index, breakdown, connected)
        });
        Outcome {
            breakdowns: breakdowns.collect(),
            share: outcome.share,
            interval: outcome.interval,
            people: outcome.people,
            periods: outcome.periods,
            not_eligible: outcome.not_eligible,
            without_manager: outcome.without_manager.filter(|&people| self.rules.nobody_or_enough(people)),
            badges: outcome.badges,
            boundaries: outcome.boundaries,
            other_readings: outcome.other_readings,
            bands: outcome.bands,
            trend: if self.is_everyone { outcome.trend } else { self.points(&outcome.trend) },
        }
    }

    fn groups(
        &self,
        favorable: Favorable,
        index: usize,
        breakdown: &Breakdown,
        connected: &[insights::ConnectedGroup],
    ) -> Groups {
        let sizes: Vec<usize> = breakdown.groups.iter().map(|group| group.people).collect();
        let code = |value: &str| self.attributes[index].values.iter().position(|known| known == value);
        let always = |group: usize| code(&breakdown.groups[group].value).is_none_or(|code| self.by_rows[index][code]);
        let together = |groups: &[usize]| breakdown.distinct_people(groups);
        let hidden = hide::hidden(&sizes, always, together, self.rules);
        let shown: Vec<usize> = (0..sizes.len()).filter(|&group| !hidden[group]).collect();
        let focus = focus::rank(breakdown, &shown, favorable, self.settings).into_iter().map(|focus| {
            let group = &breakdown.groups[focus.group];
            FocusGroup {
                value: group.value.clone(),
                people: group.people,
                share: group.share,
                gap: focus.gap,
                people_affected: focus.people_affected,
                rank_band: focus.rank_band,
            }
        });
        let is_shown = |value: &str| shown.iter().any(|&group| breakdown.groups[group].value == value);
        Groups {
            attribute: breakdown.attribute.clone(),
            focus: focus.collect(),
            connected: self.connected(connected).into_iter().filter(|value| is_shown(value)).collect(),
            hidden: told(&sizes, &hidden, together, self.rules),
            shown: shown.into_iter().map(|group| self.group(&breakdown.groups[group])).collect(),
        }
    }

    fn group(&self, group: &Group) -> PublicGroup {
        PublicGroup {
            value: group.value.clone(),
            people: group.people,
            share: group.share,
            interval: group.interval,
            difference: group.difference,
            verdict: match group.difference {
                Some((_, interval)) if interval.low > 0.0 => Verdict::Above,
                Some((_, interval)) if interval.high < 0.0 => Verdict::Below,
                _ => Verdict::NoClearDifference,
            },
            trend: self.points(&group.trend),
        }
    }

    /// Groups at or above the 75th percentile of the external shares of all groups of the minimum size.
    fn connected(&self, groups: &[insights::ConnectedGroup]) -> Vec<String> {
        let large = groups.iter().filter(|group| group.people >= self.rules.minimum_group_size());
        let Some(q3) = stats::quantile_of(large.clone().map(|group| group.external_share.get()).collect(), 0.75) else {
            return Vec::new();
        };
        large.filter(|group| group.external_share.get() >= q3).map(|group| group.value.clone()).collect()
    }

    fn points(&self, trend: &[TrendPoint]) -> Vec<TrendPoint> {
        trend.iter().filter(|point| point.people >= self.rules.minimum_group_size()).copied().collect()
    }
}

impl Findings {
    /// The insight of an id.
    #[must_use]
    pub fn insight(&self, id: InsightId) -> Option<&PublicInsight> {
        self.insights.iter().find(|insight| insight.id == id)
    }

    /// The insight that stands for a behavior.
    #[must_use]
    pub fn headline(&self, behavior: Behavior) -> Option<&PublicInsight> {
        self.insight(behavior.headline())
    }
}
