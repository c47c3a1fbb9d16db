//! The proof of a number of a comparison: by its windows, its cohort and its version.

use super::super::{CompareAnswer, Opened, wording};
use super::figure::{Figure, Place};
use super::{Number, Proof, Shell, command_line, files_of};
use crate::privacy::{Cohort, CohortChange, CohortNumbers, CompareMetric, Comparison, Movement, Version};
use crate::text::{self, Locale};

/// What a proof of a comparison's number is made from.
pub(in super::super) struct OfComparison<'a> {
    pub(in super::super) number: &'a Number,
    pub(in super::super) answer: &'a CompareAnswer,
    pub(in super::super) opened: &'a Opened,
    pub(in super::super) locale: &'a Locale,
}

impl OfComparison<'_> {
    /// The proof; `None` where the comparison has no such number.
    pub(in super::super) fn prove(&self) -> Option<Proof> {
        let Number::Changed(place, metric) = self.number else { return None };
        let comparison = self.answer.comparison()?;
        let of = comparison.cohorts.get(*place)?;
        let numbers = of.outcome.as_ref().ok()?;
        let question = self.answer.question.as_ref()?;
        let (figures, title) = match metric {
            Some(metric) => (self.of_metric(*place, *metric, numbers)?, wording::compare_metric(*metric)),
            None => (self.of_people(*place, numbers), "Compare periods: people"),
        };
        Some(Proof {
            number: self.number.clone(),
            title: format!("{title}, {}", wording::cohort(&of.cohort)),
            figures,
            meaning: MEANING.to_owned(),
            definition: None,
            reading: self.reading(of),
            selection: self.selection(of, comparison),
            left_out: self.left_out(comparison),
            files: files_of(&self.columns(*metric), &self.attributes(of), self.opened),
            command: command_line::compare_line(self.opened, question, self.answer.rules(), Shell::HERE),
        })
    }

    fn of_metric(&self, place: usize, metric: CompareMetric, numbers: &CohortNumbers) -> Option<Vec<Figure>> {
        let changes = numbers.changes(metric)?;
        let at = Place::of("cohorts").entry(place).key("metrics").with(&[("id", metric.name())]);
        let mut figures = Vec::new();
        if let Some(movement) = &changes.same_people {
            figures.extend(self.movement("same people", metric, movement, &at.clone().key("same_people")));
        }
        figures.extend(self.movement("everyone present", metric, &changes.everyone, &at.clone().key("everyone")));
        figures.extend(changes.from_zero.map(|people| Figure {
            name: "None before, some now".to_owned(),
            words: text::counted(people, "person", "people", self.locale),
            exact: Some(people as f64),
            place: at.key("from_zero"),
        }));
        Some(figures)
    }

    fn movement(&self, of_whom: &str, metric: CompareMetric, movement: &Movement, at: &Place) -> Vec<Figure> {
        let figure = |name: &str, words: String, exact: f64, key: &str| Figure {
            name: format!("{name}, {of_whom}"),
            words,
            exact: Some(exact),
            place: at.clone().key(key),
        };
        let value = |value| wording::compare_value(metric, value, self.locale);
        let mut figures = Vec::new();
        if let Some((relative, interval)) = movement.relative {
            figures.push(figure("Change", wording::relative(movement, self.locale), relative, "relative"));
            let range = wording::exact_range(metric, movement, self.locale);
            figures.push(figure("Likely", range, interval.low, "relative_low"));
        }
        let (change, _) = movement.absolute;
        figures.push(figure("Before", value(movement.before), movement.before, "before"));
        figures.push(figure("Now", value(movement.after), movement.after, "after"));
        let words = wording::compare_change(metric, change, self.locale);
        figures.push(figure("Difference", words, change, "change"));
        let [before, after] = movement.people;
        for (name, people, key) in [("People before", before, "people_before"), ("People now", after, "people_after")] {
            figures.push(figure(name, text::count(people, self.locale), people as f64, key));
        }
        figures
    }

    fn of_people(&self, place: usize, numbers: &CohortNumbers) -> Vec<Figure> {
        let at = |key: &str| Place::of("cohorts").entry(place).key(key);
        let figure = |name: &str, people: usize, key: &str| Figure {
            name: name.to_owned(),
            words: text::count(people, self.locale),
            exact: Some(people as f64),
            place: at(key),
        };
        let [before, after] = numbers.people;
        let mut figures =
            vec![figure("People before", before, "people_before"), figure("People now", after, "people_after")];
        if let Some((joined, left)) = numbers.moved {
            figures.extend([figure("Joined", joined, "joined"), figure("Left", left, "left")]);
        }
        figures
    }

    fn reading(&self, of: &CohortChange) -> Vec<String> {
        let shown = wording::version(Version::SamePeople);
        let mut sentences =
            vec![format!("The headline is of the {shown} in both windows, where nobody follows from it.")];
        if matches!(of.cohort, Cohort::Managers | Cohort::Leaders) {
            sentences.push(wording::roles_note(self.answer.choices.roles_from.as_deref()));
        }
        sentences
    }

    fn selection(&self, of: &CohortChange, comparison: &Comparison) -> Vec<String> {
        let windows = wording::windows(comparison, self.opened.is_by_month(), self.locale);
        let mut sentences = vec![format!("{windows}.")];
        if let Some(question) = &self.answer.question {
            sentences
                .extend(wording::filtered(&question.filter, self.opened.is_by_month(), self.locale).map(|it| it + "."));
        }
        match &of.cohort {
            Cohort::Of(parts) => sentences
                .extend(parts.iter().map(|part| format!("Only {}: {}.", part.attribute, part.values.join(" or ")))),
            Cohort::Everyone => sentences.push("Everyone: no cohort.".to_owned()),
            Cohort::Managers | Cohort::Leaders => sentences.push(format!("Only {}.", wording::cohort(&of.cohort))),
        }
        sentences
    }

    fn left_out(&self, comparison: &Comparison) -> Vec<String> {
        let days: Vec<String> = comparison.left_out.iter().map(|day| text::date(*day, self.locale)).collect();
        if days.is_empty() { Vec::new() } else { vec![format!("The periods of {}.", text::list_and(&days))] }
    }

    /// The columns of a metric by their canonical names.
    fn columns(&self, metric: Option<CompareMetric>) -> Vec<&'static str> {
        let known = metric.and_then(|metric| metric.columns(&self.opened.dataset).ok()).unwrap_or_default();
        ["person_id", "period", "is_active"].into_iter().chain(known.iter().map(|metric| metric.name())).collect()
    }

    fn attributes(&self, of: &CohortChange) -> Vec<String> {
        match &of.cohort {
            Cohort::Of(parts) => parts.iter().map(|part| part.attribute.clone()).collect(),
            Cohort::Everyone => Vec::new(),
            Cohort::Managers | Cohort::Leaders => self.answer.choices.roles_from.clone().into_iter().collect(),
        }
    }
}

/// What a change is.
const MEANING: &str = "The mean over the periods of each person first, then over people: of the later window less that of the earlier one, also as a part of the earlier one (with its interval by the delta method). Held steady: the whole interval lies within 5\u{a0}% of no change.";
