//! The proof of a number of "what if".

use super::super::{Opened, Results, WhatIfAnswer, wording};
use super::figure::{Figure, Place};
use super::{Number, Proof, Report, Shell, command_line, definition, files};
use crate::privacy::{Hours, InsightId, OneToOnes, Question, Share};
use crate::text::{self, Locale};

/// What a proof of a number of "what if" is made from.
pub(in super::super) struct OfWhatIf<'a> {
    pub(in super::super) number: &'a Number,
    pub(in super::super) answer: &'a WhatIfAnswer,
    pub(in super::super) opened: &'a Opened,
    pub(in super::super) results: &'a Results,
    pub(in super::super) locale: &'a Locale,
}

impl OfWhatIf<'_> {
    /// The proof; `None` where the answer has no such number.
    pub(in super::super) fn prove(&self) -> Option<Proof> {
        let Number::WhatIf(place) = self.number else { return None };
        let numbers = self.answer.numbers.as_ref().ok()?;
        let (of, one_to_ones, hours) = match place {
            None => ("everyone".to_owned(), numbers.one_to_ones.as_ref().ok(), numbers.hours.as_ref().ok()),
            Some(place) => {
                let group = numbers.groups.get(*place)?;
                (group.value.to_string(), Some(&group.one_to_ones), group.hours.as_ref())
            }
        };
        let mut figures = one_to_ones.map(|told| self.of_one_to_ones(told)).unwrap_or_default();
        figures.extend(hours.map(|hours| self.of_hours(hours)));
        if figures.is_empty() {
            return None;
        }
        let alike = Number::Share(InsightId::CoachingUnder15Min);
        let question = &self.answer.question;
        let asked = Question {
            filter: question.filter.clone(),
            by: vec![question.by.clone()],
            settings: question.settings.clone(),
        };
        Some(Proof {
            number: self.number.clone(),
            title: format!("What if: {of}"),
            figures,
            meaning:
                "Each person-month with less 1:1 time than the lever is raised to it, and the share computed again \
                      by the same definition. Nothing else is assumed to change: it is arithmetic, no forecast."
                    .to_owned(),
            definition: definition(&alike),
            reading: vec![
                format!("{}.", wording::one_to_one_lever(question.lever, self.locale)),
                "A manager\u{2019}s hours a week: people per manager \u{d7} hours a month / 4.".to_owned(),
            ],
            selection: super::words::selection(self.opened, self.results, self.locale),
            left_out: Vec::new(),
            files: files(&alike, self.opened, self.results),
            command: command_line(self.opened, &asked, self.answer.rules, Report::Insights, Shell::HERE),
        })
    }

    fn of_one_to_ones(&self, told: &OneToOnes) -> Vec<Figure> {
        let share = |share: Share| text::percent(share, told.people, self.locale);
        let hours = |hours: f64| format!("{} h", text::decimals(hours, 1, self.locale));
        let mut figures = vec![
            figure("Under 15 minutes a week then", share(told.then)),
            figure("As measured", share(told.now)),
            figure("People", text::count(told.people, self.locale)),
            figure("1:1 hours per person and month, as measured", hours(told.hours)),
            figure("Hours more per person and month", hours(told.added_hours)),
        ];
        let optional = [
            ("Hours more a month in all", told.total_added_hours),
            ("People per manager", told.people_per_manager),
            ("1:1 hours a week of each manager", told.manager_hours_a_week),
        ];
        figures.extend(
            optional.into_iter().filter_map(|(name, value)| Some(figure(name, text::decimals(value?, 1, self.locale)))),
        );
        figures
    }

    fn of_hours(&self, hours: &Hours) -> Figure {
        let name = format!("{}, mean per person", wording::freed_from(self.answer.question.freed_from));
        figure(&name, format!("{} h", text::decimals(hours.mean, 2, self.locale)))
    }
}

/// A figure that the command line does not print as such.
fn figure(name: &str, words: String) -> Figure {
    Figure { name: name.to_owned(), words, exact: None, place: Place::default() }
}
