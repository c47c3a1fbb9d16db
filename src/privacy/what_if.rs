//! What may be seen of "what if": of everyone in the selection, and of the groups that are shown anyway.
//!
//! Groups are those of "Less than 15 minutes of 1:1 a week" that the gate shows. Hours that are added for a group are
//! told per person, to a tenth of an hour: a lever can be moved step by step, and each step would otherwise tell how
//! many have a little less than it. Sums of hours are told where nobody gives over half of them, and hours at all of whom
//! Explore tells them.

use super::explore::{ExploreQuestion, MetricByGroups, explore_metric};
use super::publish::{Question, answer};
use super::{Guarded, Hidden, InsightId, MeanMetric, Published, Rules, Settings, Share, Unavailable};
use crate::dataset::{AttributeFilter, Dataset, Filter, GroupBy, GroupCell, GroupValue, Metric, same_name};
use crate::insights::Population;
use crate::insights::compare::roles;
use crate::insights::what_if::{self, FreedFrom, MeanHours, OneToOneLever, OneToOneTime, Raised};

/// Weeks of a month, as "15 minutes a week" counts them.
const WEEKS_A_MONTH: f64 = 4.0;

/// What is asked.
#[derive(Clone, Debug, PartialEq)]
pub struct WhatIfQuestion {
    /// Which people and periods.
    pub filter: Filter,
    /// What to group by.
    pub by: GroupBy,
    /// Every setting that changes a number.
    pub settings: Settings,
    /// How many 1:1s everybody gets.
    pub lever: OneToOneLever,
    /// Only the groups to focus on get them; the others keep what they have. Of one attribute only.
    pub only_focus: bool,
    /// Which hours fall.
    pub freed_from: FreedFrom,
}

/// What may be seen of it.
#[derive(Clone, Debug, PartialEq)]
pub struct WhatIf {
    /// 1:1s of everyone in the selection.
    pub one_to_ones: Result<OneToOnes, Unavailable>,
    /// Hours that can fall.
    pub hours: Result<Hours, Unavailable>,
    /// Groups that may be seen, in their order.
    pub groups: Vec<WhatIfGroup>,
    /// The groups that get the 1:1s; empty where everyone does.
    pub only: Vec<GroupValue>,
}

/// 1:1s with and without the lever.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OneToOnes {
    /// Distinct people measured.
    pub people: usize,
    /// The share under 15 minutes a week, as measured.
    pub now: Share,
    /// The share with the lever.
    pub then: Share,
    /// Measured 1:1 hours per person and month.
    pub hours: f64,
    /// Added hours per person and month, to a tenth.
    pub added_hours: f64,
    /// Added hours of all these people a month; `None` where one of them gives over half.
    pub total_added_hours: Option<f64>,
    /// People for each manager among them; `None` where the file does not say who leads, or too few do.
    pub people_per_manager: Option<f64>,
    /// Hours of 1:1s a week that the lever asks of each manager; `None` likewise.
    pub manager_hours_a_week: Option<f64>,
}

/// Hours of a kind.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hours {
    /// Distinct people with a readable cell.
    pub people: usize,
    /// Mean hours per person and week; of a file of months, and month.
    pub mean: f64,
    /// Hours of all these people; `None` where one of them gives over half.
    pub total: Option<f64>,
}

/// One shown group.
#[derive(Clone, Debug, PartialEq)]
pub struct WhatIfGroup {
    /// The value, or both.
    pub value: GroupValue,
    /// Its 1:1s.
    pub one_to_ones: OneToOnes,
    /// Its hours; `None` where too few of it can be read.
    pub hours: Option<Hours>,
}

/// Answers what would be if.
///
/// # Errors
/// [`Hidden`], when the question names something that is not there or not to be seen.
pub fn what_if(guarded: &Guarded, question: &WhatIfQuestion, rules: Rules) -> Result<Published<WhatIf>, Hidden> {
    let dataset = guarded.dataset();
    let managers = managers(dataset);
    let with_role = managers.as_ref().and_then(|(role, _)| with_role(&question.by, role));
    // Within each group, and in the whole selection.
    let roles = managers.iter().map(|(role, _)| GroupBy::from(role.as_str()));
    let by: Vec<GroupBy> = std::iter::once(question.by.clone()).chain(with_role).chain(roles).collect();
    let asked = Question { filter: question.filter.clone(), by, settings: question.settings.clone() };
    // Whatever may not be asked is refused here, and the groups that may be seen are those of this answer.
    let findings = answer(guarded, &asked, rules)?;
    let outcome = findings.insight(InsightId::CoachingUnder15Min).and_then(|insight| insight.outcome.as_ref().ok());
    let shown: Vec<GroupValue> = outcome
        .and_then(|outcome| outcome.breakdowns.first())
        .map(|groups| groups.shown.iter().map(|group| group.value.clone()).collect())
        .unwrap_or_default();
    let focus = outcome.and_then(|outcome| outcome.breakdowns.first()).map(|groups| groups.focus.as_slice());
    let only: Vec<GroupValue> = focus
        .unwrap_or_default()
        .iter()
        .map(|group| group.value.clone())
        .filter(|_| question.only_focus && question.by.names().count() == 1)
        .collect();

    let population = Population::new(guarded.panel(), dataset.select(&question.filter).map_err(Hidden::NotInFile)?);
    let grouping = dataset.grouping(&question.by).map_err(Hidden::NotInFile)?;
    let meant = meant(question, &only).map(|filter| dataset.select(&filter)).transpose().map_err(Hidden::NotInFile)?;
    let effect = what_if::one_to_ones(&population, question.lever, meant.as_ref(), &grouping);
    let hours = what_if::hours(&population, question.freed_from, &grouping);

    // Of those who lead, only numbers that are shown in the breakdown by both.
    let leads = |value: &GroupValue| {
        let (_, managers) = managers.as_ref()?;
        let cells =
            outcome?.breakdowns.iter().find(|cells| cells.by.names().count() == 2 && cells.by != question.by)?;
        let of_group = |cell: &&super::PublicGroup| {
            let mut parts = cell.value.parts();
            value.parts().eq(parts.by_ref().take(value.parts().count()))
                && parts.any(|role| managers.iter().any(|m| m == role))
        };
        let leading: usize = cells.shown.iter().filter(of_group).map(|cell| cell.people).sum();
        (leading > 0).then_some(leading)
    };
    let all_leading = managers.as_ref().zip(outcome).and_then(|((_, managers), outcome)| {
        let roles = outcome.breakdowns.last()?;
        let leads = |group: &&super::PublicGroup| managers.iter().any(|role| role == group.value.as_str());
        let leading: usize = roles.shown.iter().filter(leads).map(|group| group.people).sum();
        (leading > 0).then_some(leading)
    });
    let told = |raised: &Raised, managers: Option<usize>| told(raised, managers, question.lever, rules);
    let told_of = hours_explored(guarded, question, rules);
    let hours_of = |cell: GroupCell, value: &GroupValue| {
        if !told_of.as_ref()?.groups.iter().any(|group| group.value == *value) {
            return None;
        }
        let (_, groups) = hours.as_ref().ok()?;
        let (_, mean) = groups.iter().find(|(known, _)| *known == cell)?;
        hours_told(mean, rules)
    };
    let groups = effect.as_ref().map(|effect| effect.groups.as_slice()).unwrap_or_default();
    let groups = shown.iter().filter_map(|value| {
        let (cell, _, raised) = groups.iter().find(|(_, known, _)| known == value)?;
        let raised = if question.only_focus && !only.contains(value) { as_it_is(raised) } else { *raised };
        let one_to_ones = told(&raised, leads(value))?;
        Some(WhatIfGroup { value: value.clone(), one_to_ones, hours: hours_of(*cell, value) })
    });
    let groups: Vec<WhatIfGroup> = groups.collect();
    let everyone = match (&effect, outcome) {
        (Ok(effect), Some(_)) => told(&effect.everyone, all_leading).ok_or(Unavailable::TooFewMeasured),
        (Err(why), _) => Err(why.clone()),
        (Ok(_), None) => Err(Unavailable::TooFewMeasured),
    };
    Ok(Published::new(WhatIf {
        one_to_ones: everyone,
        hours: hours.as_ref().map_err(Clone::clone).and_then(|(everyone, _)| {
            let told = told_of.as_ref().and_then(|_| hours_told(everyone, rules));
            told.ok_or(Unavailable::TooFewMeasured)
        }),
        groups,
        only,
    }))
}

/// What Explore tells of the hours that fall: they are told of whom it tells them. Who has internal hours is who has an
/// external share.
fn hours_explored(guarded: &Guarded, question: &WhatIfQuestion, rules: Rules) -> Option<MetricByGroups> {
    let metric = match question.freed_from {
        FreedFrom::Meetings => MeanMetric::Of(Metric::MeetingHours),
        FreedFrom::Internal => MeanMetric::ExternalShare,
        FreedFrom::Email => MeanMetric::Of(Metric::EmailHours),
        FreedFrom::AfterHours => MeanMetric::Of(Metric::AfterHours),
    };
    let WhatIfQuestion { filter, by, settings, .. } = question.clone();
    explore_metric(guarded, &ExploreQuestion { filter, metric, by: Some(by), settings }, rules)
}

/// The column that says who leads, and its values for those who do.
fn managers(dataset: &Dataset) -> Option<(String, Vec<String>)> {
    let roles = roles(dataset)?;
    Some((roles.attribute, roles.managers.into_iter().chain(roles.leaders).collect()))
}

/// A grouping by one attribute together with the role; `None` where it is by two already, or by the role itself.
fn with_role(by: &GroupBy, role: &str) -> Option<GroupBy> {
    let mut names = by.names();
    match (names.next(), names.next()) {
        (Some(name), None) if !by.has(role) => Some(GroupBy::two(name, role)),
        _ => None,
    }
}

/// The people and periods that get the 1:1s; `None` for everyone.
fn meant(question: &WhatIfQuestion, only: &[GroupValue]) -> Option<Filter> {
    if !question.only_focus {
        return None;
    }
    let attribute = question.by.names().next()?.to_owned();
    let values = only.iter().flat_map(|value| value.parts().next().map(str::to_owned)).collect();
    let mut filter = question.filter.clone();
    filter.attributes.retain(|part| !same_name(&part.attribute, &attribute));
    filter.attributes.push(AttributeFilter { attribute, values });
    Some(filter)
}

/// A group that gets nothing: also of those few who were in a group that does in the same month, else the change of its
/// share would count them.
fn as_it_is(raised: &Raised) -> Raised {
    let time = OneToOneTime { added_hours: 0.0, most_added_hours: 0.0, ..raised.time };
    Raised { then: raised.now, time, ..*raised }
}

fn told(raised: &Raised, managers: Option<usize>, lever: OneToOneLever, rules: Rules) -> Option<OneToOnes> {
    let Raised { now, then, people, time } = *raised;
    if people < rules.minimum_group_size() || time.person_months == 0 {
        return None;
    }
    let per_person = |hours: f64| hours / time.person_months as f64;
    let added_hours = (per_person(time.added_hours) * 10.0).round() / 10.0;
    let nobody_gives_half = time.most_added_hours <= time.added_hours / 2.0;
    let people_per_manager = managers.map(|managers| people as f64 / managers as f64);
    let hours_a_month = f64::from(lever.meetings_a_month * lever.minutes) / 60.0;
    Some(OneToOnes {
        people,
        now,
        then,
        hours: per_person(time.hours),
        added_hours,
        total_added_hours: nobody_gives_half.then_some(added_hours * people as f64),
        people_per_manager,
        manager_hours_a_week: people_per_manager.map(|people| people * hours_a_month / WEEKS_A_MONTH),
    })
}

fn hours_told(hours: &MeanHours, rules: Rules) -> Option<Hours> {
    let mean = hours.mean().filter(|_| hours.people >= rules.minimum_group_size())?;
    Some(Hours { people: hours.people, mean, total: hours.nobody_gives_half().then_some(mean * hours.people as f64) })
}
