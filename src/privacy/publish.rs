//! From a question to published findings.

use chrono::NaiveDate;

use super::{
    Badge, Band, Behavior, Boundary, Chance, Funnel, Guarded, Hidden, InsightId, Interval, MetricMean, OtherReading,
    Published, Rules, Settings, Share, TrendPoint, Unavailable,
    breakdown::Shut,
    gate::{Asked, Gate},
    hide,
};
use crate::dataset::{Dataset, Filter, GroupBy, GroupCell, GroupValue, Grouping, Selection};
use crate::insights::{self, Breakdown, Group, Insight, Population, focus, metrics};
use crate::stats;
use crate::work::each;

/// A question about a dataset.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Question {
    /// Which people and periods.
    pub filter: Filter,
    /// What to group by, by name; several of them make several breakdowns.
    pub by: Vec<GroupBy>,
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
    /// Groups, in the order asked for.
    pub breakdowns: Vec<Groups>,
}

/// The groups of one attribute, or of two at once.
#[derive(Clone, Debug, PartialEq)]
pub struct Groups {
    /// What is grouped by, with the attributes' headers.
    pub by: GroupBy,
    /// Shown groups, in the order of their values.
    pub shown: Vec<PublicGroup>,
    /// What is hidden; `None` when nothing is.
    pub hidden: Option<HiddenGroups>,
    /// Groups to focus on, the first one first.
    pub focus: Vec<FocusGroup>,
    /// How many of the groups to focus on could be chance.
    pub focus_chance: Chance,
    /// How many of the groups clearly above or below the rest could be chance.
    pub verdict_chance: Chance,
    /// Shown groups with a large external share (the reading *connected groups*).
    pub connected: Vec<GroupValue>,
}

/// One shown group.
#[derive(Clone, Debug, PartialEq)]
pub struct PublicGroup {
    /// The value, or both.
    pub value: GroupValue,
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
    /// How many groups of the file are not shown. Of which of them anybody is in the population is not told: it would tell
    /// of a group that it has somebody.
    pub groups: usize,
    /// Distinct people in them together; `None` when even that could give somebody away.
    pub people: Option<usize>,
}

/// One group to focus on.
#[derive(Clone, Debug, PartialEq)]
pub struct FocusGroup {
    /// The value, or both.
    pub value: GroupValue,
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
pub fn answer(guarded: &Guarded, question: &Question, rules: Rules) -> Result<Published<Findings>, Hidden> {
    let (dataset, filter) = (guarded.dataset(), &question.filter);
    let population = Population::new(guarded.panel(), dataset.select(filter).map_err(Hidden::NotInFile)?);
    let company = company_of(&population, filter)?;
    let gate = guarded.gate(filter, rules);
    let asked = Asked::by(dataset, filter)?;
    let is_everyone = check_population(dataset, filter, &gate, &asked, population.selection(), rules)?;

    let groupings = question.by.iter().map(|by| dataset.grouping(by)).collect::<Result<Vec<_>, _>>();
    let groupings = groupings.map_err(Hidden::NotInFile)?;
    let shut = groupings.iter().map(|grouping| Shut::to_all(&gate, dataset, &asked, grouping));
    let door = Door {
        gate: &gate,
        asked: &asked,
        rules,
        is_everyone,
        settings: &question.settings,
        population: &population,
        shut: shut.collect(),
        groupings: &groupings,
    };
    let insights = insights::evaluate_all(&population, &company, &question.settings, &groupings);
    let publish = |mean: MetricMean| {
        let is_shown = |people: usize| {
            people >= rules.minimum_group_size() && guarded.shows_metric(filter, mean.metric, &asked, rules)
        };
        MetricMean { mean: mean.mean.filter(|(_, people)| is_shown(*people)), ..mean }
    };
    // Whoever asks first has to wait until it is decided what may be seen of each.
    let threads = insights::threads_for(population.people());
    Ok(Published::new(Findings {
        population: summary(&population, rules, is_everyone),
        insights: each(threads, insights, |insight| door.insight(insight)),
        metrics: each(threads, metrics::means(&population), publish),
    }))
}

/// Who and when.
pub(super) fn summary(population: &Population<'_>, rules: Rules, is_everyone: bool) -> PopulationSummary {
    let first_day = |period: Option<&usize>| period.map(|&period| population.first_day(period));
    PopulationSummary {
        people: population.people(),
        periods: population.periods().len(),
        first: first_day(population.periods().first()),
        last: first_day(population.periods().last()),
        edge_periods: population.edge_weeks(),
        minimum_group_size: rules.minimum_group_size(),
        is_everyone,
    }
}

/// Everyone measured in the same periods, whom a population is a part of; the population itself where its
/// filter names no attribute.
pub(super) fn company_of<'d>(population: &Population<'d>, filter: &Filter) -> Result<Population<'d>, Hidden> {
    if filter.attributes.is_empty() {
        return Ok(population.clone());
    }
    let company = population.dataset().select(&filter.without_attributes()).map_err(Hidden::NotInFile)?;
    Ok(Population::new(population.panel(), company))
}

/// The filter of everyone measured in the same periods: the parent of a question's population.
pub(super) fn everyone(filter: &Filter) -> Filter {
    Filter { without_low_activity: false, ..filter.without_attributes() }
}

/// The values of every attribute that may be named in a filter, with the people of the whole file: the list is
/// the same whatever is filtered.
#[must_use]
pub fn shown_values(guarded: &Guarded, rules: Rules) -> Published<Vec<ShownAttribute>> {
    Published::new(guarded.shown(rules, || decide_shown_values(guarded, rules)).to_vec())
}

fn decide_shown_values(guarded: &Guarded, rules: Rules) -> Vec<ShownAttribute> {
    let dataset = guarded.dataset();
    let gate = guarded.gate(&Filter::default(), rules);
    let shown = dataset.attributes().iter().enumerate().map(|(place, attribute)| {
        let sizes = gate.sizes(place);
        let hidden = gate.never_shown_groups(dataset, &Asked::everything(), &[place]);
        let hidden: Vec<bool> = (0..attribute.values.len()).map(|value| hidden.contains(&[value as u16, 0])).collect();
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
            hidden: told(&sizes, &hidden, sizes.len(), |groups| gate.people_in(place, groups), rules),
        }
    });
    shown.collect()
}

/// Rule 2: enough people in, nobody or enough left out, no hidden value named. Says whether the population
/// is everyone measured in its periods.
pub(super) fn check_population(
    dataset: &Dataset,
    filter: &Filter,
    gate: &Gate,
    asked: &Asked,
    population: &Selection<'_>,
    rules: Rules,
) -> Result<bool, Hidden> {
    let parent_filter = everyone(filter);
    let parent = if parent_filter == *filter {
        population.clone()
    } else {
        dataset.select(&parent_filter).map_err(Hidden::NotInFile)?
    };
    gate.check(dataset, asked)?;
    if population.people() < rules.minimum_group_size() {
        return Err(Hidden::TooFewPeople);
    }
    if !rules.nobody_or_enough(people_in_one(&parent, population)) {
        return Err(Hidden::TooFewLeftOut);
    }
    Ok(population.rows() == parent.rows())
}

/// How many people are in one selection and not in the other. Inactive weeks can make somebody low activity,
/// so neither switch's selection need be a part of the other's.
fn people_in_one(a: &Selection<'_>, b: &Selection<'_>) -> usize {
    let (mut a, mut b) = (a.person_codes(), b.person_codes());
    let mut alone = 0;
    while let ([one, more @ ..], [other, others @ ..]) = (a, b) {
        alone += usize::from(one != other);
        (a, b) = (if one <= other { more } else { a }, if other <= one { others } else { b });
    }
    alone + a.len() + b.len()
}

/// What may be told about the groups that are hidden, where any of them has people; the file has `in_file` groups.
pub(super) fn told(
    sizes: &[usize],
    hidden: &[bool],
    in_file: usize,
    together: impl Fn(&[usize]) -> usize,
    rules: Rules,
) -> Option<HiddenGroups> {
    let groups: Vec<usize> = hide::hidden_groups(hidden).into_iter().filter(|&group| sizes[group] > 0).collect();
    let people = hide::can_be_told(&groups, &together, rules).then(|| together(&groups));
    let shown = hidden.iter().filter(|is_hidden| !**is_hidden).count();
    let not_shown = in_file.saturating_sub(shown).max(groups.len());
    (!groups.is_empty()).then_some(HiddenGroups { groups: not_shown, people })
}

/// What is known while one answer is published.
struct Door<'a> {
    gate: &'a Gate,
    asked: &'a Asked,
    rules: Rules,
    is_everyone: bool,
    settings: &'a Settings,
    population: &'a Population<'a>,
    groupings: &'a [Grouping<'a>],
    /// For each of them what is hidden, whatever the insight.
    shut: Vec<Shut>,
}

impl Door<'_> {
    fn insight(&self, insight: Insight) -> PublicInsight {
        let id = insight.id;
        let outcome = insight.outcome.and_then(|outcome| {
            // Fewer people can be measured by one insight than are in the population.
            if outcome.people < self.rules.minimum_group_size()
                || !self.gate.shows_measured(id, self.population, self.asked)
            {
                return Err(Unavailable::TooFewMeasured);
            }
            Ok(self.outcome(id, outcome))
        });
        PublicInsight { id, outcome }
    }

    fn outcome(&self, id: InsightId, outcome: insights::Outcome) -> Outcome {
        let funnel = Funnel::new(outcome.share, outcome.interval, outcome.people);
        let breakdowns = outcome.breakdowns.iter().enumerate().map(|(index, breakdown)| {
            let connected = outcome.connected_groups.get(index).map_or(&[][..], Vec::as_slice);
            self.groups(id, index, breakdown, connected, funnel)
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
            trend: match self.is_everyone && !self.gate.moves_people() {
                true => outcome.trend,
                false => self.points(id, &outcome.trend),
            },
        }
    }

    fn groups(
        &self,
        id: InsightId,
        index: usize,
        breakdown: &Breakdown,
        connected: &[insights::ConnectedGroup],
        funnel: Option<Funnel>,
    ) -> Groups {
        let sizes: Vec<usize> = breakdown.groups.iter().map(|group| group.people).collect();
        let grouping = &self.groupings[index];
        let shut = self.shut[index].and_measured(id, self.gate, self.population, self.asked, grouping);
        let hidden = shut.hidden(breakdown, self.rules);
        let together = |groups: &[usize]| breakdown.distinct_people(groups);
        let shown: Vec<usize> = (0..sizes.len()).filter(|&group| !hidden[group]).collect();
        let favorable = id.favorable();
        let ranked = focus::rank(breakdown, &shown, favorable, self.settings);
        let is_clear = |group: usize| breakdown.groups[group].difference.is_some_and(|(_, i)| !i.includes_zero());
        let is_ranked = |group: usize| ranked.iter().any(|focus| focus.group == group);
        let verdict_chance = focus::chance(breakdown, &shown, funnel, is_clear);
        let eligible = focus::eligible(breakdown, &shown, favorable, self.settings);
        let focus_chance = focus::chance(breakdown, &eligible, funnel, is_ranked);
        let focus = ranked.into_iter().map(|focus| {
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
        // What was decided in the order of the file is told in that of the question.
        let mut in_order = shown.clone();
        in_order.sort_by_key(|&group| grouping.order(breakdown.groups[group].cell));
        let is_shown = |cell: GroupCell| shown.iter().any(|&group| breakdown.groups[group].cell == cell);
        Groups {
            by: breakdown.by.clone(),
            focus: focus.collect(),
            focus_chance,
            verdict_chance,
            connected: self
                .connected(connected)
                .filter(|group| is_shown(group.cell))
                .map(|group| group.value.clone())
                .collect(),
            hidden: told(&sizes, &hidden, shut.in_file, together, self.rules),
            shown: in_order.into_iter().map(|group| self.group(&breakdown.groups[group])).collect(),
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
        }
    }

    /// Groups at or above the 75th percentile of the external shares of all groups of the minimum size.
    fn connected<'g>(
        &self,
        groups: &'g [insights::ConnectedGroup],
    ) -> impl Iterator<Item = &'g insights::ConnectedGroup> {
        let k = self.rules.minimum_group_size();
        let large = groups.iter().filter(move |group| group.people >= k);
        let q3 = stats::quantile_of(large.clone().map(|group| group.external_share.get()).collect(), 0.75);
        large.filter(move |group| q3.is_some_and(|q3| group.external_share.get() >= q3))
    }

    fn points(&self, id: InsightId, trend: &[TrendPoint]) -> Vec<TrendPoint> {
        let points: Vec<(NaiveDate, usize)> = trend.iter().map(|point| (point.period, point.people)).collect();
        let by_period = id == InsightId::ExternalOver8h;
        let may_be_seen =
            |asked: &Asked| self.gate.shows(asked) && self.gate.shows_measured(id, self.population, asked);
        let seen = points_to_see(may_be_seen, self.asked, self.population, &points, by_period, self.rules);
        trend.iter().zip(seen).filter(|(_, seen)| *seen).map(|(point, _)| *point).collect()
    }
}

/// For each point, a first day with its people, whether it may be seen: enough people are measured, and the period or
/// month could be asked for alone. A single point that is missing could be worked out from the mean, so the smallest
/// other one goes too.
pub(super) fn points_to_see(
    may_be_asked: impl Fn(&Asked) -> bool,
    asked: &Asked,
    population: &Population<'_>,
    points: &[(NaiveDate, usize)],
    by_period: bool,
    rules: Rules,
) -> Vec<bool> {
    let (calendar, months) = (population.dataset().calendar(), population.months());
    let periods_of = |day: NaiveDate| -> Vec<bool> {
        if by_period {
            return calendar.periods.iter().map(|period| *period == day).collect();
        }
        let month = months.first_days.iter().position(|first| *first == day);
        months.of_period.iter().map(|of| Some(usize::from(*of)) == month).collect()
    };
    let may_be_seen = |&(day, people): &(NaiveDate, usize)| {
        people >= rules.minimum_group_size() && may_be_asked(&asked.in_periods(periods_of(day)))
    };
    let mut seen: Vec<bool> = points.iter().map(may_be_seen).collect();
    if seen.iter().filter(|seen| !**seen).count() == 1 {
        let shown = (0..points.len()).filter(|&point| seen[point]);
        if let Some(smallest) = shown.min_by_key(|&point| (points[point].1, point)) {
            seen[smallest] = false;
        }
    }
    seen
}

impl Outcome {
    /// The funnel round this share: from published numbers alone. `None` where all are the same.
    #[must_use]
    pub fn funnel(&self) -> Option<Funnel> {
        Funnel::new(self.share, self.interval, self.people)
    }
}

impl Published<Findings> {
    /// The same without the numbers of some insights. What hides more needs no rule.
    #[must_use]
    pub fn holding_back(mut self, held: &[InsightId]) -> Self {
        for insight in self.value.insights.iter_mut().filter(|insight| held.contains(&insight.id)) {
            insight.outcome = Err(Unavailable::HeldBack);
        }
        self
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
