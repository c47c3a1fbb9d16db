//! What is known about one initiative, as people typed it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::status::Status;
use crate::insights::Behavior;
use crate::project::Id;

/// Something that is done so that customers stay, or choose us.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Initiative {
    /// Its number; whatever it is, an added one gets its own.
    pub id: Id,
    /// What it is called.
    pub title: String,
    /// What it is, in a few sentences.
    pub description: String,
    /// At which of the three levels it runs.
    pub level: Level,
    /// The key account, or the product or region; empty for none.
    pub unit: String,
    /// What kind of unit a business unit is.
    pub unit_kind: UnitKind,
    /// The customer-facing area, such as customer service; empty for none.
    pub area: String,
    /// How much it does for loyalty, 1 to 5.
    pub loyalty: Rating,
    /// How much it does for being chosen, 1 to 5.
    pub choice: Rating,
    /// How much work it is, 1 to 5.
    pub effort: Rating,
    /// How much money it takes, 1 to 5.
    pub cost: Rating,
    /// Who sees to it: a role rather than a name. Empty for nobody.
    pub owner: String,
    /// Who stands behind it.
    pub sponsor: String,
    /// Who works on it.
    pub team: Vec<String>,
    /// What was heard from customers, and where.
    pub evidence: String,
    /// How far it is.
    pub stage: Stage,
    /// The first day.
    pub start: Option<NaiveDate>,
    /// The day on which it was to be done when it was selected.
    pub due_baseline: Option<NaiveDate>,
    /// The day on which it is to be done now; `None` for the one at baseline.
    pub due_now: Option<NaiveDate>,
    /// The day on which it was done.
    pub done_on: Option<NaiveDate>,
    /// Percent complete as somebody judged it; `None` for the weight of the milestones that are done.
    pub percent: Option<u8>,
    /// Steps on the way.
    pub milestones: Vec<Milestone>,
    /// What could go wrong.
    pub risks: Vec<Risk>,
    /// Whose pay is tied to it.
    pub compensation: Compensation,
    /// How often it is looked at.
    pub cycle: Cycle,
    /// What was told about it, the oldest first.
    pub updates: Vec<Update>,
    /// The status that somebody set by hand.
    pub set_by_hand: Option<StatusOverride>,
    /// The behavior that it is to change.
    pub behavior: Option<Behavior>,
    /// The plan that measures it.
    pub plan: Option<Id>,
    /// What changed of its dates, progress and status, the oldest first. Written by edits, never by hand.
    pub history: Vec<Change>,
}

/// The three levels at which initiatives run where companies sell to companies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// For one key account.
    KeyAccount,
    /// In a business unit: a product or a region.
    #[default]
    BusinessUnit,
    /// Corporate or cross-functional.
    Corporate,
}

impl Level {
    /// All three.
    pub const ALL: [Self; 3] = [Self::KeyAccount, Self::BusinessUnit, Self::Corporate];

    /// As it stands over a column: "Key accounts".
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::KeyAccount => "Key accounts",
            Self::BusinessUnit => "Business units",
            Self::Corporate => "Corporate or cross-functional",
        }
    }
}

/// What kind of business unit it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnitKind {
    /// A product or a line of them.
    #[default]
    Product,
    /// A region.
    Region,
}

impl UnitKind {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Product, Self::Region];

    /// "Product".
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Product => "Product",
            Self::Region => "Region",
        }
    }
}

/// A judgement from 1, little, to 5, much. Whatever is set, it stays in that range.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(from = "u8", into = "u8")]
pub struct Rating(u8);

impl Rating {
    /// The nearest rating to a number.
    #[must_use]
    pub fn new(rating: u8) -> Self {
        Self(rating.clamp(1, 5))
    }

    /// 1 to 5.
    #[must_use]
    pub const fn get(self) -> u8 {
        self.0
    }
}

impl Default for Rating {
    /// In the middle.
    fn default() -> Self {
        Self(3)
    }
}

impl From<u8> for Rating {
    fn from(rating: u8) -> Self {
        Self::new(rating)
    }
}

impl From<Rating> for u8 {
    fn from(rating: Rating) -> Self {
        rating.0
    }
}

/// How far an initiative is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Somebody thought of it.
    #[default]
    Idea,
    /// It was chosen.
    Selected,
    /// It has dates and an owner.
    Planned,
    /// It is worked on.
    InProgress,
    /// Nobody works on it for now.
    OnHold,
    /// It was given up.
    Stopped,
    /// It is done.
    Done,
}

impl Stage {
    /// Every stage, in order.
    pub const ALL: [Self; 7] =
        [Self::Idea, Self::Selected, Self::Planned, Self::InProgress, Self::OnHold, Self::Stopped, Self::Done];

    /// "In progress".
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Idea => "Idea",
            Self::Selected => "Selected",
            Self::Planned => "Planned",
            Self::InProgress => "In progress",
            Self::OnHold => "On hold",
            Self::Stopped => "Stopped",
            Self::Done => "Done",
        }
    }
}

/// How often an initiative is looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cycle {
    /// Each month.
    #[default]
    Monthly,
    /// Each quarter.
    Quarterly,
}

impl Cycle {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Monthly, Self::Quarterly];

    /// "Monthly".
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Monthly => "Monthly",
            Self::Quarterly => "Quarterly",
        }
    }

    /// How long it is, in months.
    #[must_use]
    pub const fn months(self) -> u32 {
        match self {
            Self::Monthly => 1,
            Self::Quarterly => 3,
        }
    }
}

/// A step on the way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Milestone {
    /// What it is.
    pub name: String,
    /// The day on which it was to be done at first.
    pub due_baseline: Option<NaiveDate>,
    /// The day on which it is to be done now; `None` for the one at baseline.
    pub due_now: Option<NaiveDate>,
    /// The day on which it was done.
    pub done_on: Option<NaiveDate>,
    /// What part of the whole it is, against the weights of the others.
    pub weight: u32,
}

impl Default for Milestone {
    fn default() -> Self {
        Self { name: String::new(), due_baseline: None, due_now: None, done_on: None, weight: 1 }
    }
}

/// What could go wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Risk {
    /// What it is.
    pub text: String,
    /// How likely, 1 to 5.
    pub probability: Rating,
    /// How bad, 1 to 5.
    pub severity: Rating,
    /// What is done about it; empty for nothing.
    pub mitigation: String,
}

impl Risk {
    /// Probability times severity, 1 to 25.
    #[must_use]
    pub fn size(&self) -> u8 {
        self.probability.get() * self.severity.get()
    }

    /// Whether something is done about it.
    #[must_use]
    pub fn is_mitigated(&self) -> bool {
        !self.mitigation.trim().is_empty()
    }
}

/// Whose pay is tied to an initiative. Amounts are kept elsewhere.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Compensation {
    /// Whether any is.
    pub is_linked: bool,
    /// The people or teams.
    pub who: String,
    /// The goal that it is tied to.
    pub goal: String,
    /// What share of the goals it is, in percent.
    pub share: Option<u8>,
}

/// What was told about an initiative.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Update {
    /// When.
    pub on: NaiveDate,
    /// What.
    pub text: String,
    /// By whom; empty where nobody said.
    pub by: String,
}

/// A status that somebody set by hand. The one by the rules is shown beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatusOverride {
    /// What it was set to.
    pub status: Status,
    /// Why.
    pub reason: String,
    /// By whom.
    pub by: String,
    /// When.
    pub on: NaiveDate,
}

/// A change of what statuses come from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// When.
    pub on: NaiveDate,
    /// What.
    pub what: Changed,
}

/// What changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Changed {
    /// How far it is.
    Stage(Stage, Stage),
    /// The day on which it was to be done when it was selected.
    Baseline(Option<NaiveDate>, Option<NaiveDate>),
    /// The day on which it is to be done.
    Due(Option<NaiveDate>, Option<NaiveDate>),
    /// The day on which a milestone was to be done at first.
    MilestoneBaseline(String, Option<NaiveDate>, Option<NaiveDate>),
    /// The day on which a milestone is to be done.
    MilestoneDue(String, Option<NaiveDate>, Option<NaiveDate>),
    /// A milestone is no longer there.
    MilestoneGone(String),
    /// Percent complete.
    Progress(u8, u8),
    /// A status was set by hand, beside the one that the rules gave on that day.
    SetByHand(StatusOverride, Status),
    /// The rules decide again.
    SetByRules(Status),
}

impl Initiative {
    /// The day on which it is to be done now.
    #[must_use]
    pub fn due(&self) -> Option<NaiveDate> {
        self.due_now.or(self.due_baseline)
    }

    /// Percent complete: as somebody judged it, else the weight of the milestones that are done; 0 without either.
    #[must_use]
    pub fn progress(&self) -> u8 {
        if let Some(percent) = self.percent {
            return percent.min(100);
        }
        let weight = |is_counted: fn(&Milestone) -> bool| -> u64 {
            self.milestones.iter().filter(|one| is_counted(one)).map(|one| u64::from(one.weight)).sum()
        };
        let (done, all) = (weight(|one| one.done_on.is_some()), weight(|_| true));
        (done * 100).checked_div(all).and_then(|percent| u8::try_from(percent).ok()).unwrap_or(0)
    }

    /// Whether somebody works on it now.
    #[must_use]
    pub fn is_in_progress(&self) -> bool {
        self.stage == Stage::InProgress
    }

    /// The day of the last update; the first day where there is none yet.
    #[must_use]
    pub fn last_told(&self) -> Option<NaiveDate> {
        self.updates.iter().map(|update| update.on).chain(self.start).max()
    }

    /// What differs from how it was before, where statuses come from it.
    pub(super) fn changes_since(&self, before: &Self, on: NaiveDate) -> Vec<Change> {
        let mut changed = Vec::new();
        if self.stage != before.stage {
            changed.push(Changed::Stage(before.stage, self.stage));
        }
        if self.due_baseline != before.due_baseline && before.due_baseline.is_some() {
            changed.push(Changed::Baseline(before.due_baseline, self.due_baseline));
        }
        if self.due() != before.due() && before.due().is_some() {
            changed.push(Changed::Due(before.due(), self.due()));
        }
        for milestone in &before.milestones {
            let name = milestone.name.clone();
            let Some(now) = self.milestones.iter().find(|now| now.name == milestone.name) else {
                changed.push(Changed::MilestoneGone(name));
                continue;
            };
            if now.due_baseline != milestone.due_baseline && milestone.due_baseline.is_some() {
                changed.push(Changed::MilestoneBaseline(name.clone(), milestone.due_baseline, now.due_baseline));
            }
            let (is_due, was_due) = (now.due_now.or(now.due_baseline), milestone.due_now.or(milestone.due_baseline));
            if is_due != was_due && was_due.is_some() {
                changed.push(Changed::MilestoneDue(name, was_due, is_due));
            }
        }
        if self.progress() != before.progress() {
            changed.push(Changed::Progress(before.progress(), self.progress()));
        }
        if self.set_by_hand != before.set_by_hand {
            let by_rules = self.judged(on).status;
            changed.push(match &self.set_by_hand {
                Some(by_hand) => Changed::SetByHand(by_hand.clone(), by_rules),
                None => Changed::SetByRules(by_rules),
            });
        }
        changed.into_iter().map(|what| Change { on, what }).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratings_stay_between_one_and_five() {
        assert_eq!([0, 1, 5, 9].map(|rating| Rating::new(rating).get()), [1, 1, 5, 5]);
    }

    #[test]
    fn progress_is_what_somebody_judged_else_the_weight_of_milestones_that_are_done() {
        let milestone =
            |weight, done| Milestone { weight, done_on: Some(NaiveDate::MIN).filter(|_| done), ..Milestone::default() };
        let mut initiative = Initiative::default();
        assert_eq!(initiative.progress(), 0);
        // 2 of 2 + 1 + 3.
        initiative.milestones = vec![milestone(2, true), milestone(1, false), milestone(3, false)];
        assert_eq!(initiative.progress(), 33);
        initiative.percent = Some(60);
        assert_eq!(initiative.progress(), 60);
        initiative = Initiative { milestones: vec![milestone(0, true)], ..Initiative::default() };
        assert_eq!(initiative.progress(), 0);
    }
}
