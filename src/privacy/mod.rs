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
//! 2. A *cell* is everyone with one value each of some attributes. It is shown when it has at least k people, and
//!    every cell that it is a part of is shown. A filter is answered when all cells that it is made of are shown, and
//!    the people left out of its parent (everyone measured in the same periods) are nobody or at least k.
//! 3. Everything begins hidden, first of one attribute, then of two, and so on. The largest cell is shown first, then the
//!    next one, of all tables of so many attributes together; a cell stays hidden where, with those before it, it would
//!    give somebody away (rule 4). What follows anyway, of a cell large enough, is shown with it. In each line (all
//!    values of one attribute, the others fixed) nothing is hidden then, or at least two cells with at least k people
//!    together. Hidden groups of a breakdown are told as "Other (n)" when that is at least k and holds two groups or more,
//!    else their number is not told. How many groups are hidden counts those of the whole file: which of them have anybody
//!    within a filter or a range would tell that they have. As many hidden people as hidden groups would be one in each, and k - 1 times as many,
//!    in three groups or more, k - 1 in each: that is not shown either.
//! 4. Somebody is given away where adding and subtracting what is shown tells a hidden cell; or the few of one group who
//!    are not in another, as where team A is family A1 and three more; or several hidden cells together that have fewer
//!    than k people. The first two are checked against everything that is shown (a span of vectors, one axis for each
//!    combination of values; left out where that would take longer than about a second), the first and the last one
//!    within every shown cell for every two further attributes (a network that people flow through).
//! 5. A switch (inactive people, low activity) moves people. Those whom it moves are a file of their own under the same
//!    rules: with the switch on, a cell is shown where it is shown with the switch off, and nobody or at least k of its
//!    people are moved. In a file of days whoever has an inactive day in a week is moved, both in the group that the
//!    week was in and in the one that it is in with that day. In a week in which a few of everyone are moved,
//!    everyone's week is hidden too, by rule 7. Who is of low activity is judged once, over all weeks of the file.
//! 6. Each insight, and each metric wherever it is told, measures some of the people. They are a file of their own too,
//!    in all weeks, and for what goes by weeks in each week as in rule 7, by the rows that can be read. Hours that add
//!    up (external and internal ones) are told of people who have all of them, and where nobody or at least k have one
//!    of them alone. Where an insight goes by months, somebody who moved within one is in two groups of it, or in none:
//!    where 1 to k - 1 people did so across a line, the line is not shown to its last cell; and several values together
//!    are not told where these few are all that a small cell of one value or of two has. A range with a part of a month
//!    measures others than the month does: there everybody of these periods is a further file.
//! 7. Weeks, and the months of what goes by months, are decided one by one by the same rules, and each hides what all of
//!    them together hide. A range has none of a cell's hidden weeks, or all of them, and of several cells together none.
//!    All of them are told only where that is a mean that no others take apart: the cells with hidden weeks have one more in
//!    common (the one with most people), in which none of them is shown, and in which each that is told does not follow from
//!    what is shown and from those told before it, and tells of no few people. So nothing told over ranges tells of few
//!    people what no single week does: any sum of such means would be left with that week of a large group. The others,
//!    often the smallest one of an attribute, are told in ranges without their hidden weeks, and so are their parts. Weeks at the edge of a file are
//!    not told together with others. Of the company every week is shown that rule 5 does not hide.
//! 8. Groups to focus on, connected groups and suggestions come from shown groups only.
//! 9. In a comparison of two windows each window of a cohort is a question of its own. The same people of both are told
//!    where those in one window only, metric by metric, are shown like people whom a switch moves, and where nobody or at
//!    least k left the cohort, joined it, or went from or to another group.
//! 10. All this is decided on the whole file and on who has a row, never on what was counted: an answer depends
//!     neither on earlier questions nor on the filter of another.
//!
//! `tests/attack` holds all of it against random companies, random questions and a solver: from two hundred
//! answers no share of a group under k, of one value or of two, follows exactly or within ten points, even for
//! somebody who knows who is in which group; without rules 3 to 7 nearly every one does. Nor does what the inactive days
//! of a few people add to their weeks. And from all the numbers of people in those answers no size of a hidden group
//! follows, not by whole numbers either, for somebody who knows which groups there can be; without rule 3 most do.
//!
//! The same holds for groups of three values, which are decided after all pairs: a filter of two values with the groups of
//! a third attribute, or of three. And for means of hours, beside the findings, in Explore, in comparisons and in "what if",
//! of a small group or of the few of a group whom a metric measures, where the same people are there in all weeks. And for
//! the exports beside the person query: the time of a small group, or with one, its meetings, and an account's hours that
//! are one person's. Each attack has a control without the rules that succeeds.
//!
//! Neither does how many of them lie exactly on a boundary. A finding of the data check that counts the people of a hidden
//! group does not say how many.
//!
//! What the rules do not prevent: who knows rule 3 knows that a small group of two hidden ones has at most k - 1 people
//! and that the other is no larger than any shown one, which tells both sizes where the sum of these two is just the
//! number that is told. Where all of a larger group are alike (0 % or 100 %), so is every part of it. Where teams are
//! away for weeks, some sum over the few who are left of a group followed from all answers for one in two thousand of
//! them. Where people move within a month, what a monthly insight measures does not add up, so that its months are told
//! together without a look at what follows. Where people come, go and move, the sizes of fewer than one in a hundred hidden
//! groups followed for somebody who knows which ways people can go, because only one of them fits the numbers of all the
//! weeks. Who knows the groups and no more finds none by adding and subtracting, and with the least
//! and the most that they can be, one in five hundred, each a single person. The boundary of the top quartile can be
//! moved step by step through a group of at least k people, which tells its values, but not whose they are; the hours
//! of the first tenth of people, asked of one selection after the other, tell likewise. Where every group of an
//! attribute is hidden, and every one is a single person, the number of groups tells it.
//!
//! Of several values together, a monthly insight can tell of the few who moved from one to the other within a month, as
//! long as they are not all of a small cell: to hide that would hide nearly every selection of several values. And somebody
//! who takes it that people are counted in every part of a month as in the whole month, which need not be, found about one
//! in a hundred small groups by putting several such ranges together.
//! Of somebody who is away in some weeks, or moves, the mean can follow where weeks are told beside the mean over them: a
//! mean over people weighs each person's weeks by how many there are, so that who alone lacks one stands out. Where three
//! people in a hundred did so every week, about one in thirty means of a few people followed. How many people an insight
//! does not measure is the difference of two numbers that are told, and may be a few.
//!
//! Beyond the companies and questions of those tests, also found by an attacker who puts the full precision of the JSON
//! together or knows who is where: of a group with hidden weeks the shares in these weeks, because a mean of shares of
//! 11, 12 and 13 people can be taken apart (whole percents cannot); a few people whom several cells make up together,
//! such as two cells of one person each, by adding groups of two attributes and subtracting everyone (nine of 600
//! companies), or one person of three values; and how many are at the top of the company, where an insight leaves out
//! who has no manager. Of meetings a single window that is hidden can follow from two that differ by it, and of the
//! same people of two periods somebody who is in one of two later ones. The severity of a finding of the data check
//! tells whether a number that it does not say is large, and the people of a file less those of the answer tell how
//! many are never active.
//!
//! What thresholds cannot solve: outside knowledge, many releases over months, and tiny companies.

mod between;
mod breakdown;
mod change;
mod check;
mod choices;
mod columns;
mod compare;
mod compare_choices;
mod contacts;
mod crowd;
mod depth;
mod explore;
mod gate;
mod guarded;
mod hide;
mod measured;
mod meetings;
mod moves;
mod network;
mod period_choices;
mod plan;
mod publish;
mod roll;
mod showing;
mod span;
mod tables;
mod together;
mod what_if;

pub use crate::insights::compare::windows::{Offer, Window, WindowProblem, halves};
pub use crate::insights::compare::{AfterHoursGuard, CompareMetric, Movement, Verdict as ChangeVerdict};
pub use crate::insights::contacts::{Assigned, ContactKind, Drift};
pub use crate::insights::meetings::{Initiator, MeetingSettings, NoMeeting, OutsideKnown};
pub use crate::insights::what_if::{FreedFrom, OneToOneLever};
pub use crate::insights::{
    Badge, Band, Behavior, Boundary, BoundaryUnit, Favorable, GroupName, InsightId, OtherReading, Settings, TrendPoint,
    Unavailable,
    explore::{AnyContact, OfCollaboration, Style, TopPart},
    focus::Chance,
    metrics::{MeanMetric, MetricMean},
    plan::{PlanMeasure, PlanPoint},
};
pub use crate::stats::{Funnel, FunnelLevel, FunnelPlace, Interval, RunRule, Share, UsualBand};
pub use between::{
    BetweenFindings, BetweenQuestion, GroupBalance, GroupOfTime, InWindows, NoBetween, SizeSource, answer_between,
};
pub use change::{Change, change_since_earlier_half};
pub use check::{Check, Effect, publish_check};
pub use choices::{AttributeChoices, Choice, Choices, Switch, choices, no_choices};
pub use columns::{ColumnSamples, Examples, column_samples};
pub use compare::{
    Changes, Cohort, CohortChange, CohortDifference, CohortNumbers, CompareQuestion, Comparison, MetricChange,
    NoChange, NoCohort, Version, compare,
};
pub use compare_choices::{CompareChoices, ComparePeriod, compare_choices};
pub use contacts::{
    AccountTime, ContactFindings, ContactQuestion, KindTime, NewContactFindings, answer_contacts, contact_months,
};
pub use explore::{
    Bin, ChosenMetric, Exploration, ExploreQuestion, ExternalFindings, GroupMean, MeanOf, MetricByGroups, MetricTrend,
    StyleFindings, StyleGroup, TrendPeriod, Unusual, explorable, explore,
};
pub use guarded::Guarded;
pub use meetings::{
    GroupOfMeetings, InitiatorCounts, InitiatorFindings, MeetingFindings, MeetingQuestion, NoMeetings, NotTold,
    answer_meetings,
};
pub use period_choices::PeriodChoice;
pub use plan::{NoPlanNumbers, PlanNumbers, PlanQuestion, PlanWindow, plan};
pub use publish::{
    Findings, FocusGroup, Groups, HiddenGroups, Outcome, PopulationSummary, PublicGroup, PublicInsight, Question,
    ShownAttribute, ShownValue, Verdict, answer, shown_values,
};
pub use roll::{AttributeRoll, Roll, roll};
pub use what_if::{Hours, OneToOnes, WhatIf, WhatIfGroup, WhatIfQuestion, what_if};

use chrono::NaiveDate;

use crate::dataset::Era;
use crate::text::Sentence;

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
    /// In one of the periods few of these people were measured, or moved by a switch, or could be worked out.
    TooFewInPeriods {
        /// The periods, ascending by their first days, without which that would not be so: others are left. None where
        /// there are none such, or nobody looked for them.
        without: Vec<NaiveDate>,
    },
    /// The filter names a value that is not shown, or values that nobody has together.
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
    pub fn sentence(&self, rules: Rules) -> Sentence {
        /// So many weeks are named one by one.
        const FEW: usize = 4;
        let fewer_than = |start: &str, of: &'static str, end: &str| {
            let k = rules.minimum_group_size() as u64;
            Sentence::from(format!("{start} fewer than ")).counted(k, of, of).words(end)
        };
        match self {
            Self::TooFewPeople => fewer_than("This selection has", "people", ", so nothing is shown about it."),
            Self::TooFewLeftOut => {
                fewer_than("This selection leaves out", "people", ", who could be worked out by subtraction.")
            }
            Self::TooFewInactive => {
                fewer_than("Including inactive people adds", "people", ", who could be worked out by subtraction.")
            }
            Self::TooFewInPeriods { without } => {
                let sentence = fewer_than("In some of these weeks the numbers would tell of", "people", ". ");
                match without.as_slice() {
                    [] => sentence.words("Leave those weeks out to see the others."),
                    [_] => sentence.words("Leave out the week of ").dates(without).words(" to see the others."),
                    few if few.len() <= FEW => {
                        sentence.words("Leave out the weeks of ").dates(few).words(" to see the others.")
                    }
                    many => {
                        let sentence = sentence.words("Leave out the ").counted(many.len() as u64, "week", "weeks");
                        sentence.words(" in which that is so to see the others.")
                    }
                }
            }
            Self::HiddenValue { attribute } => {
                let start = format!("This selection names a group of {attribute} that is ");
                (start + "hidden to protect small groups, or that nobody is in.").into()
            }
            Self::NotInFile(problem) => {
                let mut sentence = problem.to_string();
                if let Some(first) = sentence.get_mut(0..1) {
                    first.make_ascii_uppercase();
                }
                (sentence + ".").into()
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
