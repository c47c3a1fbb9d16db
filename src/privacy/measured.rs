//! Whom each insight measures: a file of their own, under the same rules.

use std::sync::{Arc, Mutex, OnceLock};

use hashbrown::HashMap;

use super::moves::Moves;
use super::tables::Tables;
use super::{InsightId, Rules};
use crate::dataset::{Filter, Selection};
use crate::insights::{self, MonthlyNeed, Months, Panel, Population};
use crate::work::each;

/// What may be seen of the people whom each insight measures.
#[derive(Debug)]
pub(super) struct ByInsight {
    /// Of the whole file.
    whole: Vec<(InsightId, Measured)>,
    months: Months,
    /// Of periods that hold a part of a month.
    in_parts: Mutex<HashMap<(InsightId, Vec<usize>), Decision>>,
    switches: Filter,
    rules: Rules,
}

/// What may be seen of the people whom an insight measures; `None` where these are all, or nobody.
type Measured = Option<Arc<Tables>>;

/// The same, once somebody has asked for it.
type Decision = Arc<OnceLock<Measured>>;

impl ByInsight {
    /// Decides about everybody under some switches.
    pub(super) fn new(panel: &Panel, everyone: Selection<'_>, switches: Filter, rules: Rules) -> Self {
        let population = Population::new(panel, everyone);
        let decide = |id| (id, measured(id, &population, rules));
        let mut whole = each(insights::threads_for(population.people()), InsightId::ALL.to_vec(), decide);
        // Insights that measure the same people share what is decided about them.
        for place in 1..whole.len() {
            let (known, more) = whole.split_at_mut(place);
            let same = |own: &Arc<Tables>| {
                known.iter().filter_map(|(_, known)| known.as_ref()).find(|known| known.are_of_the_same(own)).cloned()
            };
            if let Some(same) = more[0].1.as_ref().and_then(same) {
                more[0].1 = Some(same);
            }
        }
        Self { whole, months: population.months().clone(), in_parts: Mutex::default(), switches, rules }
    }

    /// What decides about a question whose population is this one: whom the insight measures in the whole file; and where
    /// the question has a part of a month, in which the insight measures others than in the month, of everybody in its
    /// periods.
    pub(super) fn tables(&self, insight: InsightId, population: &Population<'_>) -> Vec<Arc<Tables>> {
        let whole = self.whole.iter().filter(|(id, _)| *id == insight).filter_map(|(_, tables)| tables.clone());
        let need = MonthlyNeed::of(population, insight);
        let in_part = need.filter(|need| need.has_part_of_a_month(&self.months)).and_then(|_| {
            let everyone = || population.dataset().select_all(&self.switches).within(population.periods());
            let decide = || measured(insight, &Population::new(population.panel(), everyone()), self.rules);
            // Whoever else asks meanwhile waits for the same decision.
            self.in_part(insight, population.periods()).get_or_init(decide).clone()
        });
        whole.chain(in_part).collect()
    }

    /// All decisions about the whole file.
    pub(super) fn of_all_periods(&self) -> impl Iterator<Item = &Tables> {
        self.whole.iter().filter_map(|(_, tables)| tables.as_deref())
    }

    fn in_part(&self, insight: InsightId, periods: &[usize]) -> Decision {
        /// There can be many ranges of weeks: so many for each insight.
        const MOST: usize = 24 * InsightId::ALL.len();
        let key = (insight, periods.to_vec());
        let Ok(mut in_parts) = self.in_parts.lock() else { return Decision::default() };
        if in_parts.len() >= MOST && !in_parts.contains_key(&key) {
            in_parts.clear();
        }
        Arc::clone(in_parts.entry(key).or_default())
    }
}

fn measured(insight: InsightId, everyone: &Population<'_>, rules: Rules) -> Measured {
    let outcome = insights::evaluate_one(insight, everyone).outcome.ok()?;
    let (crowd, moves) = Moves::of_measured(insight, everyone, &outcome)?;
    Some(Arc::new(Tables::of_measured(crowd, moves, rules)))
}
