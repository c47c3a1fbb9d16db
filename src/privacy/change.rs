//! The later half of a question's periods against the earlier half, insight by insight.

use super::gate::Asked;
use super::publish::{check_population, company_of};
use super::{Guarded, Hidden, InsightId, Interval, Published, Question, Rules, Share};
use crate::dataset::Filter;
use crate::insights::{self, Insight, Outcome, Population};

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
    guarded: &Guarded,
    question: &Question,
    rules: Rules,
) -> Result<Published<Vec<Change>>, Hidden> {
    let dataset = guarded.dataset();
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
        let population = Population::new(guarded.panel(), dataset.select(&filter).map_err(Hidden::NotInFile)?);
        let company = company_of(&population, &filter)?;
        // Each half is a question of its own.
        let (gate, asked) = (guarded.gate(&filter, rules), Asked::by(dataset, &filter)?);
        check_population(dataset, &filter, &gate, &asked, population.selection(), rules)?;
        let is_shown = |id, outcome: &Outcome| {
            outcome.people >= rules.minimum_group_size() && gate.shows_measured(id, &population, &asked)
        };
        let insights = insights::evaluate_all(&population, &company, &question.settings, &[]).into_iter();
        let told = insights.map(|Insight { id, outcome }| (id, outcome.ok().filter(|outcome| is_shown(id, outcome))));
        halves.push(told.collect::<Vec<_>>());
    }
    let changes = halves[0].iter().zip(&halves[1]).filter_map(|((id, earlier), (_, later))| {
        let (earlier, later) = (earlier.as_ref()?, later.as_ref()?);
        Some(Change { id: *id, earlier: earlier.share, later: later.share, difference: later.less(earlier)? })
    });
    Ok(Published::new(changes.collect()))
}
