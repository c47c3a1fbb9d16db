//! What may be seen of a comparison of two windows: whole cohorts by the rules of every question, and the same people
//! of both windows only where neither those who left nor those who joined are a few.
//!
//! Each window of a cohort is a question of its own. *The same people* are the ones measured in both windows: a switch
//! that leaves people out. So those whom it leaves out are a file of their own under the rules: of every metric the
//! people who are measured in one window only, by the attributes that cohorts are named by. Besides, whoever left or
//! joined the cohort, and whoever went from or to another group, are nobody or at least k, and so are the same people.

use chrono::NaiveDate;

use super::crowd::{Crowd, Units};
use super::gate::{Asked, Gate, hides_any};
use super::publish::check_population;
use super::tables::Tables;
use super::{Guarded, Hidden, Interval, MeanMetric, Published, Rules, Unavailable};
use crate::dataset::{AttributeFilter, Dataset, Filter, Grain, Metric, Selection};
use crate::insights::Population;
use crate::insights::compare::windows::{Window, WindowProblem, periods_of};
use crate::insights::compare::{
    AfterHoursGuard, ByPerson, Change, CompareMetric, Movement, Roles, after_hours_guard, clear_difference, in_both,
    roles,
};

/// What is asked.
#[derive(Clone, Debug, PartialEq)]
pub struct CompareQuestion {
    /// The earlier and the later window.
    pub windows: [Window; 2],
    /// Whom all cohorts are a part of, and the periods out of both windows; its range of periods does not matter.
    pub filter: Filter,
    /// Whose changes.
    pub cohorts: Vec<Cohort>,
    /// How far from no change is still steady: 0.05 for 5 %.
    pub margin: f64,
}

/// Some people whose change is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Cohort {
    /// Everyone in the filter.
    Everyone,
    /// Whoever has these values; different attributes must all match.
    Of(Vec<AttributeFilter>),
    /// Who lead people that lead nobody.
    Managers,
    /// Who lead managers.
    Leaders,
}

/// Of whom a change is told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Version {
    /// The people measured in both windows.
    #[default]
    SamePeople,
    /// Whoever is measured in a window.
    Everyone,
}

/// What may be seen of a comparison.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// The periods of the earlier and the later window, ascending.
    pub periods: [Vec<NaiveDate>; 2],
    /// Periods between their first and last ones that are left out: by the filter, or because the file cuts them.
    pub left_out: Vec<NaiveDate>,
    /// The cohorts, as they were asked for.
    pub cohorts: Vec<CohortChange>,
    /// Pairs of cohorts whose changes differ clearly; everyone is in no pair.
    pub differences: Vec<CohortDifference>,
}

/// One cohort.
#[derive(Clone, Debug, PartialEq)]
pub struct CohortChange {
    /// Which one.
    pub cohort: Cohort,
    /// Its numbers, or why there are none.
    pub outcome: Result<CohortNumbers, NoCohort>,
}

/// Why a cohort has no numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoCohort {
    /// It may not be seen.
    Hidden(Hidden),
    /// The file does not say who leads whom.
    NoRoles,
}

/// The numbers of one cohort.
#[derive(Clone, Debug, PartialEq)]
pub struct CohortNumbers {
    /// Distinct people in each window.
    pub people: [usize; 2],
    /// People in the later window only, and in the earlier one only; `None` where either could tell of a few.
    pub moved: Option<(usize, usize)>,
    /// Every metric, in the standard order.
    pub metrics: Vec<MetricChange>,
}

/// One metric of one cohort.
#[derive(Clone, Debug, PartialEq)]
pub struct MetricChange {
    /// Which one.
    pub metric: CompareMetric,
    /// The changes, or why there are none.
    pub outcome: Result<Changes, NoChange>,
}

/// Why a metric has no changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoChange {
    /// The file cannot tell, or too few are measured.
    Unavailable(Unavailable),
    /// The metric looks back 28 days, and the windows are shorter.
    TooShort,
}

/// The changes of one metric.
#[derive(Clone, Debug, PartialEq)]
pub struct Changes {
    /// Of the same people; `None` where too few are measured in both windows, or a few in one of them only.
    pub same_people: Option<Movement>,
    /// Of everyone present.
    pub everyone: Movement,
    /// How many of the same people had none before and have some now; `None` where they, or the others, are a few.
    pub from_zero: Option<usize>,
}

/// Two cohorts whose relative changes differ clearly.
#[derive(Clone, Debug, PartialEq)]
pub struct CohortDifference {
    /// Of which metric.
    pub metric: CompareMetric,
    /// Of whom.
    pub version: Version,
    /// The place of the cohort that changed more, or fell less.
    pub more: usize,
    /// The place of the other one.
    pub less: usize,
    /// How much more, in parts of one: 0.05 for five points.
    pub difference: (f64, Interval),
}

impl Changes {
    /// The change of a version; of everyone where that of the same people may not be seen.
    #[must_use]
    pub fn of(&self, version: Version) -> (&Movement, Version) {
        match (&self.same_people, version) {
            (Some(movement), Version::SamePeople) => (movement, Version::SamePeople),
            _ => (&self.everyone, Version::Everyone),
        }
    }
}

impl CohortNumbers {
    /// The changes of a metric.
    #[must_use]
    pub fn changes(&self, metric: CompareMetric) -> Option<&Changes> {
        self.metrics.iter().find(|known| known.metric == metric)?.outcome.as_ref().ok()
    }

    /// Whether more external time came with more hours in the evening.
    #[must_use]
    pub fn after_hours(&self, version: Version) -> AfterHoursGuard {
        let verdict = |metric| self.changes(metric).map(|changes| changes.of(version).0.verdict);
        after_hours_guard(verdict(CompareMetric::ExternalHours), verdict(CompareMetric::AfterHours))
    }
}

/// Answers a comparison.
///
/// # Errors
/// When the windows cannot be compared.
pub fn compare(
    guarded: &Guarded,
    question: &CompareQuestion,
    rules: Rules,
) -> Result<Published<Comparison>, WindowProblem> {
    let dataset = guarded.dataset();
    let out = left_out(guarded, &question.filter);
    let calendar = &dataset.calendar().periods;
    let kept: Vec<NaiveDate> = calendar.iter().copied().filter(|day| !out.contains(day)).collect();
    let periods = periods_of(&kept, &question.windows)?;
    let asker = Asker::new(guarded, question, &out, periods[0].len(), rules);
    let answers: Vec<_> = question.cohorts.iter().map(|cohort| asker.cohort(cohort)).collect();
    let differences = differences(&question.cohorts, &answers);
    let cohorts = question
        .cohorts
        .iter()
        .zip(answers)
        .map(|(cohort, answer)| CohortChange { cohort: cohort.clone(), outcome: answer.map(|answer| answer.numbers) });
    let is_between = |day: &NaiveDate| question.windows.iter().any(|window| window.holds(*day));
    Ok(Published::new(Comparison {
        left_out: out.into_iter().filter(is_between).collect(),
        cohorts: cohorts.collect(),
        differences,
        periods,
    }))
}

/// The weeks that the file cuts at its edges, of everyone and for every comparison.
pub(super) fn cut_weeks(guarded: &Guarded, filter: &Filter) -> Vec<NaiveDate> {
    let all = Filter { include_inactive: filter.include_inactive, ..Filter::default() };
    Population::new(guarded.panel(), guarded.dataset().select_all(&all)).edge_weeks()
}

/// The periods of the calendar that are in neither window, ascending.
fn left_out(guarded: &Guarded, filter: &Filter) -> Vec<NaiveDate> {
    let cut = cut_weeks(guarded, filter);
    let is_out = |day: &&NaiveDate| cut.contains(day) || filter.without.contains(day);
    guarded.dataset().calendar().periods.iter().filter(is_out).copied().collect()
}

/// The attributes by which a cohort goes.
pub(super) fn parts_of(cohort: &Cohort, roles: Option<&Roles>) -> Result<Vec<AttributeFilter>, NoCohort> {
    let of_role = |values: fn(&Roles) -> &Vec<String>| {
        let roles = roles.filter(|roles| !values(roles).is_empty()).ok_or(NoCohort::NoRoles)?;
        Ok(vec![AttributeFilter { attribute: roles.attribute.clone(), values: values(roles).clone() }])
    };
    match cohort {
        Cohort::Everyone => Ok(Vec::new()),
        Cohort::Of(parts) => Ok(parts.clone()),
        Cohort::Managers => of_role(|roles| &roles.managers),
        Cohort::Leaders => of_role(|roles| &roles.leaders),
    }
}

/// Everyone in both windows, and what is the same for every cohort.
struct Asker<'a> {
    guarded: &'a Guarded,
    dataset: &'a Dataset,
    /// The filter of each window, without a cohort.
    filters: [Filter; 2],
    gates: [std::sync::Arc<Gate>; 2],
    roles: Option<Roles>,
    /// Of each metric who is measured in one window only.
    moved: Vec<(CompareMetric, MovedPeople)>,
    /// Whether the windows are too short for what looks back.
    is_short: bool,
    margin: f64,
    rules: Rules,
}

/// Who is measured in one window only, of everyone.
#[derive(Clone)]
struct MovedPeople {
    /// People of the earlier window who are not in the later one, and the other way round, ascending.
    people: [Vec<u32>; 2],
    tables: [std::sync::Arc<Tables>; 2],
}

/// One cohort with what its changes are made from.
struct Answer {
    numbers: CohortNumbers,
    /// Of each metric the changes of the same people, where they may be seen, and of everyone.
    changes: Vec<(CompareMetric, [Option<Change>; 2])>,
}

impl<'a> Asker<'a> {
    fn new(guarded: &'a Guarded, question: &CompareQuestion, out: &[NaiveDate], periods: usize, rules: Rules) -> Self {
        const LOOK_BACK_WEEKS: usize = 4;
        let dataset = guarded.dataset();
        let filters = question.windows.map(|window| Filter {
            from: Some(window.from),
            to: Some(window.to),
            without: out.to_vec(),
            ..question.filter.clone()
        });
        let is_short = dataset.calendar().grain != Grain::Month && periods < LOOK_BACK_WEEKS;
        let everyone = [0, 1].map(|place: usize| dataset.select_all(&filters[place]));
        Self {
            guarded,
            gates: [0, 1].map(|place: usize| guarded.gate(&filters[place], rules)),
            roles: roles(dataset),
            moved: moved_people(&everyone, rules),
            dataset,
            filters,
            is_short,
            margin: question.margin,
            rules,
        }
    }

    fn cohort(&self, cohort: &Cohort) -> Result<Answer, NoCohort> {
        let parts = parts_of(cohort, self.roles.as_ref())?;
        let mut selections = Vec::new();
        let mut asked = Vec::new();
        for (filter, gate) in self.filters.iter().zip(&self.gates) {
            let mut filter = filter.clone();
            filter.attributes.extend(parts.iter().cloned());
            let select = || {
                let selection = self.dataset.select(&filter).map_err(Hidden::NotInFile)?;
                let asked = Asked::by(self.dataset, &filter)?;
                check_population(self.dataset, &filter, gate, &asked, &selection, self.rules)?;
                Ok((selection, asked))
            };
            let (selection, by) = select().map_err(NoCohort::Hidden)?;
            selections.push(selection);
            asked.push(by);
        }
        let [before, after] = selections.as_slice() else { return Err(NoCohort::NoRoles) };
        let mut changes = Vec::new();
        let metrics = CompareMetric::ALL.map(|metric| {
            let outcome = self.metric(metric, [before, after], &asked).map(|(own, told)| {
                changes.push((metric, own));
                told
            });
            MetricChange { metric, outcome }
        });
        let numbers = CohortNumbers {
            people: [before.people(), after.people()],
            moved: self.moved(before, after, &asked),
            metrics: metrics.to_vec(),
        };
        Ok(Answer { numbers, changes })
    }

    /// Who joined and who left: told together, as either follows from the other and the numbers of people.
    fn moved(&self, before: &Selection<'_>, after: &Selection<'_>, asked: &[Asked]) -> Option<(usize, usize)> {
        let of = |selection: &Selection<'_>| selection.person_codes().iter().map(|person| (*person, 0.0)).collect();
        let (before, after): (ByPerson, ByPerson) = (of(before), of(after));
        let counts = [only_in(&before, &after).len(), only_in(&after, &before).len()];
        // Whoever has a row is who is measured by any metric at most: all of their tables decide.
        let is_safe = self.moved.iter().all(|(_, moved)| self.can_leave_out(&before, &after, moved, asked));
        (is_safe && !self.moved.is_empty()).then_some((counts[1], counts[0]))
    }

    fn metric(
        &self,
        metric: CompareMetric,
        [first, second]: [&Selection<'_>; 2],
        asked: &[Asked],
    ) -> Result<([Option<Change>; 2], Changes), NoChange> {
        metric.columns(self.dataset).map_err(NoChange::Unavailable)?;
        if metric.looks_back() && self.is_short {
            return Err(NoChange::TooShort);
        }
        let k = self.rules.minimum_group_size();
        let few = || NoChange::Unavailable(Unavailable::TooFewMeasured);
        let by_person = |selection: &Selection<'_>| metric.by_person(selection).map_err(NoChange::Unavailable);
        let (before, after) = (by_person(first)?, by_person(second)?);
        let is_shown = |(filter, asked)| self.guarded.shows_metric(filter, mean_metric(metric), asked, self.rules);
        let selections = [(first, &before), (second, &after)];
        if before.len() < k
            || after.len() < k
            || !self.filters.iter().zip(asked).all(is_shown)
            || (metric == CompareMetric::InternalHours
                && !selections.iter().all(|(all, own)| self.can_be_added(all, own)))
        {
            return Err(few());
        }
        let everyone = Change::between(&before, &after, self.margin).ok_or_else(few)?;
        let (earlier, later) = in_both(&before, &after);
        let moved = self.moved.iter().find(|(known, _)| *known == metric).map(|(_, moved)| moved);
        let is_safe = moved.is_some_and(|moved| self.can_leave_out(&before, &after, moved, asked));
        let same = (is_safe && earlier.len() >= k).then(|| Change::between(&earlier, &later, self.margin)).flatten();
        let enough = |people: usize| self.rules.nobody_or_enough(people);
        let from_zero = same.as_ref().map(|same| same.from_zero);
        let told = Changes {
            same_people: same.as_ref().map(|same| same.movement.clone()),
            everyone: everyone.movement.clone(),
            from_zero: from_zero.filter(|people| enough(*people) && enough(earlier.len() - people)),
        };
        Ok(([same, Some(everyone)], told))
    }

    /// Whether nobody follows from external and internal hours, which add up to all collaboration: nobody, or enough
    /// people, have one of them alone.
    fn can_be_added(&self, people: &Selection<'_>, with_both: &ByPerson) -> bool {
        let with_one = [CompareMetric::ExternalHours, CompareMetric::CollaborationHours];
        let mut with_one = with_one.iter().filter_map(|metric| metric.by_person(people).ok());
        with_one.all(|with_one| self.rules.nobody_or_enough(only_in(&with_one, with_both).len()))
    }

    /// Whether nobody follows from the people of one window less the same people of both.
    fn can_leave_out(&self, before: &ByPerson, after: &ByPerson, moved: &MovedPeople, asked: &[Asked]) -> bool {
        let enough = |people: usize| self.rules.nobody_or_enough(people);
        let sides = [(before, after), (after, before)];
        let mut all = sides.into_iter().zip(&moved.people).zip(&moved.tables).zip(asked);
        all.all(|((((one, other), gone), tables), asked)| {
            let only_here = only_in(one, other);
            let went_elsewhere = only_here.iter().filter(|person| gone.binary_search(person).is_err()).count();
            enough(only_here.len()) && enough(went_elsewhere) && !hides_any(tables, asked)
        })
    }
}

/// The metric that measures the same people.
fn mean_metric(metric: CompareMetric) -> MeanMetric {
    MeanMetric::Of(match metric {
        CompareMetric::OneToOneHours => return MeanMetric::OneToOneHours,
        CompareMetric::InternalHours => return MeanMetric::ExternalShare,
        CompareMetric::ExternalHours => Metric::ExternalHours,
        CompareMetric::CollaborationHours => Metric::CollaborationHours,
        CompareMetric::AfterHours => Metric::AfterHours,
        CompareMetric::FocusHours => Metric::FocusHours,
        CompareMetric::EmailHours => Metric::EmailHours,
        CompareMetric::ExternalEmailHours => Metric::ExternalEmailHours,
        CompareMetric::ExternalNetworkSize => Metric::ExternalNetworkSize,
        CompareMetric::InternalNetworkSize => Metric::InternalNetworkSize,
        CompareMetric::InternalOrganizations => Metric::InternalOrganizations,
    })
}

/// The people of one list who are not in another, ascending.
fn only_in(one: &ByPerson, other: &ByPerson) -> Vec<u32> {
    let is_there = |person: u32| other.binary_search_by_key(&person, |(known, _)| *known).is_ok();
    one.iter().map(|(person, _)| *person).filter(|person| !is_there(*person)).collect()
}

/// Of each metric that the file has, who is measured in one window only.
fn moved_people(everyone: &[Selection<'_>; 2], rules: Rules) -> Vec<(CompareMetric, MovedPeople)> {
    let mut known: Vec<MovedPeople> = Vec::new();
    let of = |metric: CompareMetric| {
        let (before, after) = (metric.by_person(&everyone[0]).ok()?, metric.by_person(&everyone[1]).ok()?);
        let people = [only_in(&before, &after), only_in(&after, &before)];
        // Most metrics measure whoever has a row.
        if let Some(same) = known.iter().find(|known| known.people == people) {
            return Some((metric, same.clone()));
        }
        let tables = [0, 1].map(|place: usize| {
            let (selection, gone): (&Selection<'_>, &[u32]) = (&everyone[place], &people[place]);
            let rows = selection.persons_rows().filter(|rows| gone.binary_search(&rows.person()).is_ok());
            let dataset = selection.dataset();
            std::sync::Arc::new(Tables::new(Crowd::of_people(dataset, Units::periods(dataset), rows), rules))
        });
        known.push(MovedPeople { people, tables });
        known.last().map(|moved| (metric, moved.clone()))
    };
    CompareMetric::ALL.into_iter().filter_map(of).collect()
}

/// The pairs of cohorts that can be told apart, metric by metric; everyone is compared with nobody.
fn differences(cohorts: &[Cohort], answers: &[Result<Answer, NoCohort>]) -> Vec<CohortDifference> {
    let shown = cohorts.iter().zip(answers).enumerate();
    let shown: Vec<(usize, &Answer)> = shown
        .filter(|(_, (cohort, _))| **cohort != Cohort::Everyone)
        .filter_map(|(place, (_, answer))| Some((place, answer.as_ref().ok()?)))
        .collect();
    let pairs = shown.len() * shown.len().saturating_sub(1) / 2;
    let mut found = Vec::new();
    for metric in CompareMetric::ALL {
        for (version, at) in [(Version::SamePeople, 0), (Version::Everyone, 1)] {
            for (index, (one, first)) in shown.iter().enumerate() {
                for (other, second) in shown.iter().skip(index + 1) {
                    let change = |answer: &'_ Answer| -> Option<Change> {
                        let (_, changes) = answer.changes.iter().find(|(known, _)| *known == metric)?;
                        changes.get(at)?.clone()
                    };
                    let clear = change(first).zip(change(second));
                    let clear = clear.and_then(|(one, other)| clear_difference(&one, &other, pairs));
                    found.extend(clear.map(|difference| in_order(metric, version, [*one, *other], difference)));
                }
            }
        }
    }
    found
}

/// The cohort that changed more first.
fn in_order(
    metric: CompareMetric,
    version: Version,
    [one, other]: [usize; 2],
    (value, interval): (f64, Interval),
) -> CohortDifference {
    if value >= 0.0 {
        return CohortDifference { metric, version, more: one, less: other, difference: (value, interval) };
    }
    let interval = Interval { low: -interval.high, high: -interval.low };
    CohortDifference { metric, version, more: other, less: one, difference: (-value, interval) }
}
