//! What initiatives ask for next.

use chrono::NaiveDate;

use super::status::Status;
use crate::project::Project;
use crate::text::Locale;

/// How soon something has to be done, the most urgent first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Urgency {
    /// Its day has passed.
    Overdue,
    /// It needs somebody soon.
    Soon,
    /// It would be good to do.
    Later,
}

/// What initiatives ask for on a day, the most urgent first: late ones, those at risk, and customer-facing areas
/// without any. Empty where nobody has registered one.
#[must_use]
pub fn initiatives_due(project: &Project, today: NaiveDate, locale: &Locale) -> Vec<(String, Urgency)> {
    let register = &project.initiatives;
    let mut due = Vec::new();
    for initiative in register.in_order() {
        let status = initiative.shown_status(today);
        let urgency = match status {
            Status::Late => Urgency::Overdue,
            Status::AtRisk => Urgency::Soon,
            _ => continue,
        };
        let why = match initiative.by_hand() {
            Some(by_hand) => by_hand.reason.clone(),
            None => initiative.judged(today).in_words(locale),
        };
        due.push((format!("{} is {}: {why}", initiative.title, status.words().to_lowercase()), urgency));
    }
    if !register.initiatives.is_empty() {
        let areas = register.coverage().areas.into_iter();
        due.extend(areas.map(|area| (format!("No initiative is in progress in {area}."), Urgency::Later)));
    }
    due.sort_by_key(|(_, urgency)| *urgency);
    due
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::project::{Edit, Initiative, InitiativeEdit, Stage};

    #[test]
    fn late_goes_before_at_risk_and_both_before_areas_without_any() {
        let day = |day| NaiveDate::from_ymd_opt(2026, 3, day);
        let mut project = Project::default();
        assert_eq!(initiatives_due(&project, day(2).unwrap(), &Locale::neutral()), []);
        let one = |title: &str, due| Initiative {
            title: title.to_owned(),
            area: "Support".to_owned(),
            stage: Stage::InProgress,
            start: day(1),
            due_baseline: due,
            ..Initiative::default()
        };
        for initiative in [one("A", None), one("B", day(1)), one("C", day(31))] {
            project.apply(Edit::Initiative(InitiativeEdit::Add(Box::new(initiative))));
        }
        project.apply(Edit::Initiative(InitiativeEdit::SetAreas(vec!["Sales".to_owned(), "Support".to_owned()])));
        let due = initiatives_due(&project, day(2).unwrap(), &Locale::of("en-US"));
        let words: Vec<_> = due.iter().map(|(words, urgency)| (words.as_str(), *urgency)).collect();
        let expected = [
            ("B is late: Due on Mar 1, 2026 and not done.", Urgency::Overdue),
            ("A is at risk: It has no due date, so nobody can say that it is on schedule.", Urgency::Soon),
            ("No initiative is in progress in Sales.", Urgency::Later),
        ];
        assert_eq!(words, expected);
    }
}
