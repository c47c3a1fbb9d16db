//! The only door out: nothing computed from people is seen before it has passed here.
//!
//! [`answer`] takes a question (a filter, the attributes to group by, the settings) and gives
//! [`Published`] findings or [`Hidden`], a reason. Every screen, report, clipboard text, JSON and
//! accessibility text takes `Published` values, and only this room can make one:
//!
//! ```compile_fail
//! use customer_focus::privacy::Published;
//! let forged = Published { value: 0.42 }; // the field is private, and there is no constructor
//! ```
//!
//! The rules, in order:
//!
//! 1. The minimum group size k is 5 for a Workplace Analytics file and 10 for a Viva one or an undecided
//!    one; it can be raised, and is never under 5.
//! 2. A population is answered when it has at least k people, and the people left out of its parent
//!    (everyone measured in the same periods) are nobody or at least k. The same holds for the switches
//!    that leave people out. A filter can only name values that are themselves shown: in the company, or
//!    where it names values of several attributes, in the breakdown of what the others give. Else team A
//!    with 20 people and its level 1 with 17 would give away a hidden level 2 of three.
//! 3. In a breakdown groups under k are hidden. If the hidden people number under k, or only one group is
//!    hidden, the next smallest group joins them. Within a filter a group that could not be asked for with
//!    one value more is hidden too. They are told as "Other (n)" when that is at least k and
//!    holds two groups or more, else their number is not told.
//! 4. Weekly points of a group (and of a filtered population) only where at least k people are measured; of
//!    the company always.
//! 5. Groups to focus on, connected groups and suggestions come from shown groups only.
//! 6. An answer never depends on earlier questions.
//!
//! What these rules do not prevent yet, each found by an attack: two breakdowns whose groups nest (all of A less
//! A's level 1), a switch that moves one person of a large group, a count of people measured by an insight
//! against the population's, and a boundary of the top quartile that is moved step by step. They have to be
//! closed by rules over all questions together, proven by a solver.
//!
//! What thresholds cannot solve: outside knowledge, many releases over months, and tiny companies.

mod by_rows;
mod check;
mod choices;
mod hide;
mod publish;

pub use crate::insights::{
    Badge, Band, Behavior, Boundary, BoundaryUnit, Favorable, GroupName, InsightId, OtherReading, Settings, TrendPoint,
    Unavailable,
    metrics::{MeanMetric, MetricMean},
};
pub use crate::stats::{Interval, Share};
pub use check::{Check, publish_check};
pub use choices::{AttributeChoices, Choice, Choices, Switch, choices};
pub use publish::{
    Change, Findings, FocusGroup, Groups, HiddenGroups, Outcome, PopulationSummary, PublicGroup, PublicInsight,
    Question, ShownAttribute, ShownValue, Verdict, answer, change_since_earlier_half, shown_values,
};

use crate::dataset::Era;

/// A value that has passed the rules. Only this room can make one; anyone can look.
#[derive(Clone, Debug, PartialEq)]
pub struct Published<T> {
    value: T,
}

impl<T> Published<T> {
    fn new(value: T) -> Self {
        Self { value }
    }
}

impl<T> std::ops::Deref for Published<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

/// Why there is no answer. Says nothing about how many people there are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hidden {
    /// The population has fewer people than the minimum group size.
    TooFewPeople,
    /// The filter leaves out a few people, who could be worked out by subtraction.
    TooFewLeftOut,
    /// Including inactive people adds a few people, who could be worked out by subtraction.
    TooFewInactive,
    /// The filter names a value that is not shown.
    HiddenValue {
        /// The attribute of the value.
        attribute: String,
    },
    /// The filter names something that the file does not have.
    NotInFile(crate::dataset::FilterProblem),
}

impl Hidden {
    /// What happened and why, in words for people.
    #[must_use]
    pub fn sentence(&self, rules: Rules) -> String {
        let k = rules.minimum_group_size();
        match self {
            Self::TooFewPeople => format!("This selection has fewer than {k} people, so nothing is shown about it."),
            Self::TooFewLeftOut => {
                format!("This selection leaves out fewer than {k} people, who could be worked out by subtraction.")
            }
            Self::TooFewInactive => {
                format!("Including inactive people adds fewer than {k} people, who could be worked out by subtraction.")
            }
            Self::HiddenValue { attribute } => {
                format!("This selection names a group of {attribute} that is hidden to protect small groups.")
            }
            Self::NotInFile(problem) => {
                let mut sentence = problem.to_string();
                if let Some(first) = sentence.get_mut(0..1) {
                    first.make_ascii_uppercase();
                }
                sentence + "."
            }
        }
    }
}

/// The minimum group size in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Rules {
    minimum_group_size: usize,
}

impl Rules {
    /// No group smaller than this is ever shown, whatever anyone sets.
    pub const FLOOR: usize = 5;

    /// The rules with a minimum group size; under the floor, the floor.
    #[must_use]
    pub fn new(minimum_group_size: usize) -> Self {
        Self { minimum_group_size: minimum_group_size.max(Self::FLOOR) }
    }

    /// The default of an era: what its product's own administrators start from.
    #[must_use]
    pub fn default_of(era: Era) -> Self {
        Self::new(match era {
            Era::Wpa => 5,
            Era::Viva | Era::Undecided => 10,
        })
    }

    /// The smallest number of people that is shown.
    #[must_use]
    pub fn minimum_group_size(self) -> usize {
        self.minimum_group_size
    }

    /// Nobody, or enough of them.
    fn nobody_or_enough(self, people: usize) -> bool {
        people == 0 || people >= self.minimum_group_size
    }
}
