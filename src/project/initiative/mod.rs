//! Customer initiatives: the register, how each stands by written rules, what to take up first, and reviews.
//!
//! A register answers one question for those who lead: how many initiatives for customers are on schedule, at risk or
//! late, at which level and in which area, and where there is none at all.

mod counts;
mod data;
mod due;
mod priority;
mod status;
mod table;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

pub use counts::{Counts, Coverage, NO_AREA, Review, areas, by_area, by_level, same_area};
pub use data::{
    Change, Changed, Compensation, Cycle, Initiative, Level, Milestone, Rating, Risk, Stage, StatusOverride, UnitKind,
    Update,
};
pub use due::{Urgency, initiatives_due};
pub use priority::{Priority, SELECTION_RULE};
pub use status::{Judged, RULES, Reason, Status, working_days};
pub use table::{ImportPreview, ImportRow, RowFate, headings, read_initiatives, rows_of};

use super::{Id, Project, add, change, remove};

/// All initiatives, the areas that should have some, and the reviews that were held.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Register {
    /// The initiatives, in the order in which they were registered.
    pub initiatives: Vec<Initiative>,
    /// Customer-facing areas in which something should be in progress.
    pub areas: Vec<String>,
    /// What was counted at reviews, the oldest first.
    pub reviews: Vec<Review>,
}

impl Default for Register {
    /// Nothing yet, and the usual areas.
    fn default() -> Self {
        let areas = ["Customer service", "Support", "Sales", "Delivery"].map(str::to_owned).to_vec();
        Self { initiatives: Vec::new(), areas, reviews: Vec::new() }
    }
}

impl Register {
    /// An initiative by its number.
    #[must_use]
    pub fn get(&self, id: Id) -> Option<&Initiative> {
        self.initiatives.iter().find(|one| one.id == id)
    }

    /// What first to look at: by priority.
    #[must_use]
    pub fn in_order(&self) -> Vec<&Initiative> {
        let mut all: Vec<&Initiative> = self.initiatives.iter().collect();
        all.sort_by(|a, b| a.by_priority(b));
        all
    }

    /// What has nothing in progress.
    #[must_use]
    pub fn coverage(&self) -> Coverage {
        Coverage::of(&self.initiatives, &self.areas)
    }

    /// All areas that should have initiatives or have some.
    #[must_use]
    pub fn all_areas(&self) -> Vec<String> {
        areas(&self.initiatives, &self.areas)
    }

    /// The last review before a day, to hold that day against.
    #[must_use]
    pub fn last_review(&self, before: NaiveDate) -> Option<&Review> {
        self.reviews.iter().filter(|review| review.on < before).max_by_key(|review| review.on)
    }
}

/// What can be done to the register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InitiativeEdit {
    /// Register one.
    Add(Box<Initiative>),
    /// Put another in the place of the one of its number, on a day; what changed of its dates, progress and status
    /// is noted in its history.
    Change(Box<Initiative>, NaiveDate),
    /// Forget one.
    Remove(Id),
    /// Several at once from a table: with the number of one that is there, in its place, else as a new one.
    Import(Vec<Initiative>, NaiveDate),
    /// Count and keep the counts of a day; another review of the same day is replaced.
    Review(NaiveDate),
    /// The areas in which something should be in progress.
    SetAreas(Vec<String>),
}

impl InitiativeEdit {
    pub(super) fn apply(self, project: &mut Project) {
        match self {
            Self::Add(initiative) => {
                let id = project.take_id();
                add(&mut project.initiatives.initiatives, id, *initiative);
            }
            Self::Change(initiative, on) => put(project, *initiative, on),
            Self::Remove(id) => remove(&mut project.initiatives.initiatives, id),
            Self::Import(all, on) => {
                for initiative in all {
                    if project
                        .initiatives
                        .get(initiative.id)
                        .is_some_and(|known| same_area(&known.title, &initiative.title))
                    {
                        put(project, initiative, on);
                    } else {
                        Self::Add(Box::new(initiative)).apply(project);
                    }
                }
            }
            Self::Review(on) => {
                let register = &mut project.initiatives;
                let review = Review::of(&register.initiatives, &register.areas, on);
                register.reviews.retain(|review| review.on != on);
                register.reviews.push(review);
                register.reviews.sort_by_key(|review| review.on);
            }
            Self::SetAreas(areas) => project.initiatives.areas = areas,
        }
    }

    pub(super) fn in_words(&self) -> String {
        match self {
            Self::Add(initiative) => format!("register {}", initiative.title),
            Self::Change(initiative, _) => format!("change {}", initiative.title),
            Self::Remove(_) => "delete an initiative".to_owned(),
            Self::Import(all, _) if all.len() == 1 => "import one initiative".to_owned(),
            Self::Import(all, _) => format!("import {} initiatives", all.len()),
            Self::Review(_) => "record a review".to_owned(),
            Self::SetAreas(_) => "change the areas to cover".to_owned(),
        }
    }
}

/// Puts an initiative in the place of the one of its number, with what changed in its history.
fn put(project: &mut Project, mut initiative: Initiative, on: NaiveDate) {
    let Some(before) = project.initiatives.get(initiative.id) else { return };
    let changes = initiative.changes_since(before, on);
    initiative.history = before.history.iter().cloned().chain(changes).collect();
    change(&mut project.initiatives.initiatives, initiative);
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::project::Edit;

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 3, day).unwrap()
    }

    fn edit(project: &mut Project, edit: InitiativeEdit) {
        project.apply(Edit::Initiative(edit));
    }

    fn with_one() -> (Project, Initiative) {
        let mut project = Project::default();
        let initiative = Initiative {
            title: "Callback within an hour".to_owned(),
            stage: Stage::InProgress,
            start: Some(day(1)),
            due_baseline: Some(day(31)),
            ..Initiative::default()
        };
        edit(&mut project, InitiativeEdit::Add(Box::new(initiative)));
        let one = project.initiatives.initiatives[0].clone();
        (project, one)
    }

    #[test]
    fn a_date_at_baseline_never_changes_silently() {
        let (mut project, one) = with_one();
        let moved = Initiative { due_baseline: Some(day(20)), ..one.clone() };
        edit(&mut project, InitiativeEdit::Change(Box::new(moved), day(5)));
        let history: Vec<_> =
            project.initiatives.get(one.id).unwrap().history.iter().map(|change| &change.what).collect();
        let (from, to) = (Some(day(31)), Some(day(20)));
        assert_eq!(history, [&Changed::Baseline(from, to), &Changed::Due(from, to)]);
    }

    #[test]
    fn what_was_set_by_hand_is_noted_with_what_the_rules_said_and_history_cannot_be_edited() {
        let (mut project, one) = with_one();
        let by_hand =
            StatusOverride { status: Status::Late, reason: "Stuck".to_owned(), by: "Owner".to_owned(), on: day(2) };
        let set = Initiative { set_by_hand: Some(by_hand.clone()), ..one.clone() };
        edit(&mut project, InitiativeEdit::Change(Box::new(set), day(2)));
        edit(&mut project, InitiativeEdit::Change(Box::new(one.clone()), day(3)));
        let history = &project.initiatives.get(one.id).unwrap().history;
        let expected = [
            Change { on: day(2), what: Changed::SetByHand(by_hand, Status::OnSchedule) },
            Change { on: day(3), what: Changed::SetByRules(Status::OnSchedule) },
        ];
        assert_eq!(*history, expected);
    }

    #[test]
    fn a_review_is_kept_as_it_was_counted_and_the_change_is_since_the_one_before() {
        let (mut project, one) = with_one();
        edit(&mut project, InitiativeEdit::Review(day(2)));
        edit(&mut project, InitiativeEdit::Remove(one.id));
        edit(&mut project, InitiativeEdit::Review(day(9)));
        edit(&mut project, InitiativeEdit::Review(day(9)));
        let register = &project.initiatives;
        let totals: Vec<_> = register.reviews.iter().map(|review| (review.on, review.counts.total())).collect();
        assert_eq!(totals, [(day(2), 1), (day(9), 0)]);
        assert_eq!(register.last_review(day(9)).unwrap().on, day(2));
        assert_eq!(register.last_review(day(2)), None);
    }

    #[test]
    fn an_import_is_one_step_that_changes_what_is_there_and_adds_the_rest() {
        let (mut project, one) = with_one();
        let changed = Initiative { owner: "Head of Support".to_owned(), ..one.clone() };
        let new = Initiative { title: "Named contact".to_owned(), ..Initiative::default() };
        edit(&mut project, InitiativeEdit::Import(vec![changed, new], day(4)));
        let all: Vec<_> =
            project.initiatives.initiatives.iter().map(|one| (one.title.as_str(), one.owner.as_str())).collect();
        assert_eq!(all, [("Callback within an hour", "Head of Support"), ("Named contact", "")]);
        assert_ne!(project.initiatives.initiatives[1].id, one.id);
    }

    #[test]
    fn a_register_survives_its_file() {
        let (mut project, _) = with_one();
        edit(&mut project, InitiativeEdit::Review(day(2)));
        let text = serde_json::to_string(&project).unwrap();
        assert_eq!(serde_json::from_str::<Project>(&text).unwrap(), project);
    }
}
