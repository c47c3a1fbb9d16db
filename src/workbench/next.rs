//! What to do next: what people made that waits for them, the most urgent first. One function a noun.

use chrono::{Days, NaiveDate};

use super::{Route, Workbench, wording};
use crate::privacy::Rules;
use crate::project::{Account, InitiativeUrgency, PlanState, PlanStatus, Project, initiatives_due};
use crate::text::{self, Locale};

/// Something that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Todo {
    /// What, in a sentence: "Check in on Coach more: due since Mar 29".
    pub words: String,
    /// The screen on which it is done.
    pub route: Route,
    /// How soon.
    pub urgency: Urgency,
}

/// How soon something has to be done; the most urgent first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Urgency {
    /// Its day is over.
    Overdue,
    /// It goes another way than planned.
    OffTrack,
    /// Its day is within the week.
    Soon,
    /// It has no day.
    Later,
}

/// Days ahead that count as soon.
const SOON_DAYS: u64 = 7;

/// Everything of a project that waits, the most urgent first. `k` is the minimum group size.
fn of_project(project: &Project, today: NaiveDate, k: usize, locale: &Locale) -> Vec<Todo> {
    let mut all = decisions(project, today, locale);
    all.extend(plans(project, today, k, locale));
    all.extend(initiatives(project, today, locale));
    all.extend(go_to_contacts(project, today, locale));
    all.sort_by_key(|todo| todo.urgency);
    all
}

impl Workbench {
    /// Everything that waits, the most urgent first.
    #[must_use]
    pub fn next(&self, today: NaiveDate, locale: &Locale) -> Vec<Todo> {
        let k = self.rules().map_or(Rules::FLOOR, Rules::minimum_group_size);
        let mut all = of_project(self.project(), today, k, locale);
        let contacts = self.contact_results();
        all.extend(contacts.and_then(|results| quiet_accounts(&results.quiet_accounts(), locale)));
        all.sort_by_key(|todo| todo.urgency);
        all
    }
}

/// How soon a day is; `None` where that is further ahead.
fn urgency(due: NaiveDate, today: NaiveDate) -> Option<Urgency> {
    if due < today {
        return Some(Urgency::Overdue);
    }
    (due <= today.checked_add_days(Days::new(SOON_DAYS))?).then_some(Urgency::Soon)
}

/// Decisions whose day is near or over and of which nothing came.
fn decisions(project: &Project, today: NaiveDate, locale: &Locale) -> Vec<Todo> {
    let open = project.decisions.iter().filter(|decision| project.became(decision).is_none());
    let due = open.filter_map(|decision| {
        let due = decision.due?;
        let words = format!("Decision: {}, {}", wording::in_short(&decision.text), wording::due(due, today, locale));
        Some(Todo { words, route: Route::Decisions, urgency: urgency(due, today)? })
    });
    due.collect()
}

/// Plans that are behind, their check-ins and their tasks.
fn plans(project: &Project, today: NaiveDate, k: usize, locale: &Locale) -> Vec<Todo> {
    let mut all = Vec::new();
    let active = project.plans.iter().filter(|plan| matches!(plan.state(today), PlanState::Active(_)));
    for plan in active {
        let mut add = |words: String, urgency| all.push(Todo { words, route: Route::Plans, urgency });
        if let Some(due) = plan.check_in_due(today) {
            let urgency = if due < today { Urgency::Overdue } else { Urgency::Soon };
            add(format!("Check in on {}, {}", plan.name, wording::due(due, today, locale)), urgency);
        }
        let status = plan.judged.as_ref().map(|judged| judged.status);
        let status = status.or_else(|| plan.judgement(k).map(|judgement| judgement.status));
        if status == Some(PlanStatus::Behind) {
            add(format!("{} is behind: see what stands in the way", plan.name), Urgency::OffTrack);
        }
        for task in plan.tasks.iter().filter(|task| !task.is_done) {
            let Some((due, urgency)) = task.due.and_then(|due| Some((due, urgency(due, today)?))) else { continue };
            let words = wording::in_short(&task.text);
            add(format!("{}: {words}, {}", plan.name, wording::due(due, today, locale)), urgency);
        }
    }
    all
}

/// Initiatives that are late or at risk, and customer-facing areas without any.
fn initiatives(project: &Project, today: NaiveDate, locale: &Locale) -> Vec<Todo> {
    let due = initiatives_due(project, today, locale).into_iter();
    let todo = |(words, urgency)| Todo {
        words,
        route: Route::Initiatives,
        urgency: match urgency {
            InitiativeUrgency::Overdue => Urgency::Overdue,
            InitiativeUrgency::Soon => Urgency::OffTrack,
            InitiativeUrgency::Later => Urgency::Later,
        },
    };
    due.map(todo).collect()
}

/// Go-to contacts whose consent ends soon.
fn go_to_contacts(project: &Project, today: NaiveDate, locale: &Locale) -> Option<Todo> {
    let ending = project.go_to.ending_soon(today);
    let first = ending.first()?.last_day()?;
    let people = text::counted(ending.len(), "go-to contact", "go-to contacts", locale);
    let words = format!("Ask {people} again: the first consent ends on {}", text::date(first, locale));
    Some(Todo { words, route: Route::Contacts, urgency: urgency(first, today).unwrap_or(Urgency::Later) })
}

/// Important accounts without contact for 30 days.
fn quiet_accounts(accounts: &[&Account], locale: &Locale) -> Option<Todo> {
    let first = accounts.first()?;
    let words = match accounts.len() {
        1 => format!("{} is quiet: no contact for 30 days", first.name),
        more => {
            let others = text::counted(more - 1, "other account", "other accounts", locale);
            format!("{} and {others} are quiet: no contact for 30 days", first.name)
        }
    };
    Some(Todo { words, route: Route::Contacts, urgency: Urgency::OffTrack })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::project::{Baseline, Decision, DecisionEdit, Edit, Mean, Measurement, Plan, PlanEdit, PlanTask, Target};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn overdue_things_come_before_plans_that_are_behind_and_before_what_is_due_soon() {
        let mut project = Project::default();
        let task =
            |text: &str, due: &str| PlanTask { text: text.to_owned(), due: Some(day(due)), ..PlanTask::default() };
        let mean = |value: f64, weeks| Mean { value, low: value - 0.1, high: value + 0.1, people: 40, weeks };
        let plan = Plan {
            name: "More time".to_owned(),
            start: day("2026-03-01"),
            target: Target { amount: 10.0, is_relative: false, ..Target::default() },
            baseline: Some(Baseline { mean: mean(5.0, 12), ..Baseline::default() }),
            measured: Some(Measurement { last: day("2026-03-22"), mean: mean(5.0, 4), ..Measurement::default() }),
            tasks: vec![task("Soon", "2026-04-03"), task("Later", "2026-05-03")],
            ..Plan::default()
        };
        project.apply(Edit::Plan(PlanEdit::Add(Box::new(plan))));
        let decision = Decision { text: "Late".to_owned(), due: Some(day("2026-03-20")), ..Decision::default() };
        project.apply(Edit::Decision(DecisionEdit::Add(decision)));
        let todos = of_project(&project, day("2026-03-29"), 10, &Locale::of("en-US"));
        let words: Vec<&str> = todos.iter().map(|todo| todo.words.as_str()).collect();
        assert_eq!(
            words,
            [
                "Decision: Late, due since Mar 20, 2026",
                "More time is behind: see what stands in the way",
                "Check in on More time, due today",
                "More time: Soon, due on Apr 3, 2026",
            ]
        );
    }
}
