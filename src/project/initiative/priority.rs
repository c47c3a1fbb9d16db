//! Which initiatives come first: by impact on customers against the burden of doing them.

use std::cmp::Ordering;

use super::data::Initiative;

/// From this rating on impact and burden are high.
const HIGH: u8 = 4;

/// The rule in words, as it stands beside every picture of it.
pub const SELECTION_RULE: &str = "Impact is the larger of loyalty and choice, burden the larger of effort and cost; \
    4 and 5 are high. Quick wins come first, then major projects, fill-ins and what to avoid; within each, by impact \
    over burden.";

/// What impact and burden together make of an initiative, in the order in which to take them up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Priority {
    /// Impact 4 or 5, burden 1 to 3.
    QuickWin,
    /// Impact 4 or 5, burden 4 or 5.
    MajorProject,
    /// Impact 1 to 3, burden 1 to 3.
    FillIn,
    /// Impact 1 to 3, burden 4 or 5.
    Avoid,
}

impl Priority {
    /// All four, in order.
    pub const ALL: [Self; 4] = [Self::QuickWin, Self::MajorProject, Self::FillIn, Self::Avoid];

    /// "Quick win".
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::QuickWin => "Quick win",
            Self::MajorProject => "Major project",
            Self::FillIn => "Fill-in",
            Self::Avoid => "Avoid",
        }
    }
}

impl Initiative {
    /// The larger of what it does for loyalty and for being chosen, 1 to 5.
    #[must_use]
    pub fn impact(&self) -> u8 {
        self.loyalty.max(self.choice).get()
    }

    /// The larger of its effort and its cost, 1 to 5.
    #[must_use]
    pub fn burden(&self) -> u8 {
        self.effort.max(self.cost).get()
    }

    /// What impact and burden make of it.
    #[must_use]
    pub fn priority(&self) -> Priority {
        match (self.impact() >= HIGH, self.burden() >= HIGH) {
            (true, false) => Priority::QuickWin,
            (true, true) => Priority::MajorProject,
            (false, false) => Priority::FillIn,
            (false, true) => Priority::Avoid,
        }
    }

    /// What comes first: by priority, then by impact over burden, then in the order in which they were registered.
    #[must_use]
    pub fn by_priority(&self, other: &Self) -> Ordering {
        // a / b against c / d without rounding: a x d against c x b.
        let (mine, others) = (
            u16::from(self.impact()) * u16::from(other.burden()),
            u16::from(other.impact()) * u16::from(self.burden()),
        );
        self.priority().cmp(&other.priority()).then(others.cmp(&mine)).then(self.id.cmp(&other.id))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::initiative::data::Rating;

    fn rated(loyalty: u8, choice: u8, effort: u8, cost: u8) -> Initiative {
        let [loyalty, choice, effort, cost] = [loyalty, choice, effort, cost].map(Rating::new);
        Initiative { loyalty, choice, effort, cost, ..Initiative::default() }
    }

    #[test]
    fn the_larger_of_two_ratings_counts_and_four_is_high() {
        assert_eq!(rated(1, 4, 3, 1).priority(), Priority::QuickWin);
        assert_eq!(rated(4, 1, 1, 4).priority(), Priority::MajorProject);
        assert_eq!(rated(3, 3, 3, 3).priority(), Priority::FillIn);
        assert_eq!(rated(3, 1, 4, 1).priority(), Priority::Avoid);
    }

    #[test]
    fn every_pair_of_ratings_has_one_of_the_four() {
        let counts = Priority::ALL.map(|wanted| {
            let pairs = (1..=5).flat_map(|impact| (1..=5).map(move |burden| rated(impact, 1, burden, 1)));
            pairs.filter(|initiative| initiative.priority() == wanted).count()
        });
        // Impact 4 or 5 with burden 1 to 3: 2 x 3, and so on.
        assert_eq!(counts, [6, 4, 9, 6]);
    }

    #[test]
    fn within_a_priority_impact_over_burden_decides() {
        // Quick wins 5/1, 4/1, 5/2; major 4/4; fill-in 3/2; avoid 1/5.
        let mut all = [
            rated(1, 1, 5, 5),
            rated(3, 1, 2, 1),
            rated(5, 1, 2, 1),
            rated(4, 4, 4, 4),
            rated(4, 1, 1, 1),
            rated(5, 5, 1, 1),
        ];
        all.sort_by(Initiative::by_priority);
        let order: Vec<_> = all.iter().map(|one| (one.impact(), one.burden())).collect();
        assert_eq!(order, [(5, 1), (4, 1), (5, 2), (4, 4), (3, 2), (1, 5)]);
    }
}
