//! The proof of a plan's numbers: of the export that is open, by its windows of weeks.

use chrono::{Days, NaiveDate};

use super::super::{Opened, Results, wording};
use super::figure::{Figure, Place};
use super::{Number, Proof, Report, Shell, command_line, definition, files};
use crate::dataset::Filter;
use crate::privacy::{PlanMeasure, PlanNumbers, PlanQuestion, PlanWindow, Question};
use crate::project::PlanMetric;
use crate::text::{self, Locale};

/// Which number of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlanFigure {
    /// What was before.
    Baseline,
    /// What came since the start, and how it differs.
    Since,
    /// Week by week.
    Points,
    /// Who came and went.
    Moved,
    /// Against others.
    Compared,
    /// What would come by itself.
    Drift,
}

impl PlanFigure {
    const ALL: [(Self, &'static str); 6] = [
        (Self::Baseline, "baseline"),
        (Self::Since, "since"),
        (Self::Points, "points"),
        (Self::Moved, "moved"),
        (Self::Compared, "compared"),
        (Self::Drift, "drift"),
    ];

    pub(super) fn key(self) -> &'static str {
        Self::ALL.iter().find(|(figure, _)| *figure == self).map_or("", |(_, key)| key)
    }

    pub(super) fn of_key(key: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known)| *known == key).map(|(figure, _)| *figure)
    }

    fn title(self) -> &'static str {
        match self {
            Self::Baseline => "Plan: the weeks before",
            Self::Since => "Plan: the weeks since the start",
            Self::Points => "Plan: week by week",
            Self::Moved => "Plan: who came and went",
            Self::Compared => "Plan: against others",
            Self::Drift => "Plan: what would come by itself",
        }
    }

    fn meaning(self) -> &'static str {
        match self {
            Self::Baseline => {
                "The mean over the weeks before the start. A plan keeps it as it was when the plan was made."
            }
            Self::Since => {
                "The mean over the weeks since the start, held against the pace: baseline + (target \u{2212} baseline) \u{d7} week / weeks."
            }
            Self::Points => "Each week or month that has enough people to be shown.",
            Self::Moved => {
                "People with a row since the start and none in the baseline, and the other way round. Told together or not at all."
            }
            Self::Compared => {
                "The change of the plan\u{2019}s people less the change of the others, person by person: difference in differences."
            }
            Self::Drift => {
                "(1 \u{2212} reliability) \u{d7} (company \u{2212} group), reliability being the variance between groups / (that and the sampling variance)."
            }
        }
    }
}

/// What a proof of a plan's number is made from.
pub(in super::super) struct OfPlan<'a> {
    pub(in super::super) number: &'a Number,
    pub(in super::super) metric: PlanMetric,
    pub(in super::super) question: &'a PlanQuestion,
    pub(in super::super) numbers: &'a PlanNumbers,
    pub(in super::super) opened: &'a Opened,
    pub(in super::super) results: &'a Results,
    pub(in super::super) locale: &'a Locale,
}

impl OfPlan<'_> {
    /// The proof; `None` where the export has no such number.
    pub(in super::super) fn prove(&self) -> Option<Proof> {
        let Number::Plan(_, figure) = self.number else { return None };
        let before = self.numbers.before.as_ref().ok()?;
        let figures = self.figures(*figure, before)?;
        // As another number of the same metric, for its definition and its columns.
        let alike = match self.question.measure {
            PlanMeasure::Headline(behavior) => Number::Share(behavior.headline()),
            PlanMeasure::Mean(metric) => Number::Mean(metric),
        };
        let filter = match (figure, &self.numbers.since) {
            (PlanFigure::Baseline | PlanFigure::Drift, _) | (_, Err(_)) => self.filter(before.first, before.last),
            (_, Ok(_)) => {
                let days = Days::new((u64::from(self.question.weeks) * 7).saturating_sub(1));
                self.filter(self.question.start, self.question.start.checked_add_days(days)?)
            }
        };
        let asked = Question { filter, by: self.opened.default_by(), ..Question::default() };
        Some(Proof {
            number: self.number.clone(),
            title: figure.title().to_owned(),
            figures,
            meaning: figure.meaning().to_owned(),
            definition: definition(&alike),
            reading: vec![format!("Measured: {}.", wording::plan_metric(self.metric))],
            selection: self.selection(before),
            left_out: self.left_out(),
            files: files(&alike, self.opened, self.results),
            command: command_line(self.opened, &asked, self.results.rules, Report::Insights, Shell::HERE),
        })
    }

    fn filter(&self, from: NaiveDate, to: NaiveDate) -> Filter {
        Filter {
            attributes: self.question.cohort.clone(),
            from: Some(from),
            to: Some(to),
            without: self.question.without.clone(),
            ..Filter::default()
        }
    }

    fn figures(&self, figure: PlanFigure, before: &PlanWindow) -> Option<Vec<Figure>> {
        let since = self.numbers.since.as_ref().ok();
        let change = |name: &str, (value, interval): (f64, crate::privacy::Interval)| {
            let words = |value| wording::plan_change(self.metric, value, self.locale);
            let range = format!("{} to {}", words(interval.low), words(interval.high));
            [told(name, words(value)), told("Likely", range)]
        };
        Some(match figure {
            PlanFigure::Baseline => self.window(before),
            PlanFigure::Since => {
                let mut figures = self.window(since?);
                figures.extend(self.numbers.change.into_iter().flat_map(|by| change("Since before", by)));
                figures
            }
            PlanFigure::Points => {
                let points = before.points.iter().chain(since.iter().flat_map(|since| &since.points));
                let point = |point: &crate::privacy::PlanPoint| {
                    let value = wording::plan_value(self.metric, point.value, point.people, self.locale);
                    told(&text::date(point.period, self.locale), value)
                };
                Some(points.map(point).collect::<Vec<_>>()).filter(|points| !points.is_empty())?
            }
            PlanFigure::Moved => {
                let mut figures = vec![self.people(since?)];
                let count = |count| text::count(count, self.locale);
                if let Some((joiners, leavers)) = self.numbers.moved {
                    figures.extend([told("Came", count(joiners)), told("Went", count(leavers))]);
                }
                figures
            }
            PlanFigure::Compared => change("Change less the others\u{2019}", self.numbers.compared?).to_vec(),
            PlanFigure::Drift => {
                let mut figures = self.window(before);
                let company = self.numbers.company?;
                figures.push(told("Company", wording::plan_value(self.metric, company, before.people, self.locale)));
                figures
            }
        })
    }

    /// The mean of a window first.
    fn window(&self, window: &PlanWindow) -> Vec<Figure> {
        let value = |value| wording::plan_value(self.metric, value, window.people, self.locale);
        let (name, place) = match self.question.measure {
            PlanMeasure::Headline(behavior) => ("Share", Place::insight(behavior.headline()).key("share")),
            PlanMeasure::Mean(metric) => {
                let place = Place::of("metrics").with(&[("id", metric.name())]).key("mean_per_person_period");
                ("Mean per person", place)
            }
        };
        let mean = Figure { name: name.to_owned(), words: value(window.value), exact: Some(window.value), place };
        let range = told("Likely", format!("{} to {}", value(window.interval.low), value(window.interval.high)));
        let weeks = told("Periods", text::count(window.periods, self.locale));
        vec![mean, range, self.people(window), weeks]
    }

    fn people(&self, window: &PlanWindow) -> Figure {
        told("People", text::count(window.people, self.locale))
    }

    fn selection(&self, before: &PlanWindow) -> Vec<String> {
        let date = |day| text::date(day, self.locale);
        let mut sentences = vec![format!("Before: {} to {}.", date(before.first), date(before.last))];
        if let Ok(since) = &self.numbers.since {
            sentences.push(format!("Since the start: {} to {}.", date(since.first), date(since.last)));
        }
        let parts = &self.question.cohort;
        sentences.extend(parts.iter().map(|part| format!("Only {}: {}.", part.attribute, part.values.join(" or "))));
        if parts.is_empty() {
            sentences.push("Everyone: no filter.".to_owned());
        }
        sentences
    }

    fn left_out(&self) -> Vec<String> {
        let days: Vec<String> = self.question.without.iter().map(|day| text::date(*day, self.locale)).collect();
        if days.is_empty() { Vec::new() } else { vec![format!("The weeks of {}.", text::list_and(&days))] }
    }
}

/// A figure that the command line does not print as such.
fn told(name: &str, words: String) -> Figure {
    Figure { name: name.to_owned(), words, exact: None, place: Place::default() }
}
