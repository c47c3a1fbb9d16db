//! The later half of a question's periods against the earlier half, insight by insight.

use super::gate::Asked;
use super::publish::{check_population, company_of};
use super::{Guarded, Hidden, InsightId, Interval, Published, Question, Rules, Share};
use crate::dataset::Filter;
use crate::insights::{self, Population};

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
    let gate = guarded.gate(&question.filter, rules);
    let mut halves = Vec::new();
    for (from, to) in windows {
        let filter = Filter { from: Some(from), to: Some(to), ..question.filter.clone() };
        let population = Population::new(guarded.panel(), dataset.select(&filter).map_err(Hidden::NotInFile)?);
        let company = company_of(&population, &filter)?;
        check_population(dataset, &filter, &gate, &Asked::by(dataset, &filter)?, population.selection(), rules)?;
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
