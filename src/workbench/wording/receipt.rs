//! The privacy receipt of a screen: how much is hidden on it, and by which rule. Nobody and nothing is named.
//!
//! It says which rules were at work, and not how many groups each of them hid: of two groups with six people
//! together, "one has fewer than five" would tell both.

use crate::dataset::GroupBy;
use crate::insights::{Behavior, InsightId};
use crate::privacy::{HiddenGroups, Outcome, Rules, Unavailable};
use crate::text::{self, Locale};
use crate::workbench::{ExploreFigure, Explored, Number, Results, Route};

use super::name;

/// What is hidden on a screen, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// In a few words: "7 groups and 3 weeks are hidden here".
    pub short: String,
    /// One line for each thing that is hidden, with the number that tells how it came about.
    pub hidden: Vec<(Number, String)>,
    /// The rules that hid it.
    pub why: Vec<String>,
    /// The rules that hold on every screen.
    pub rules: Vec<String>,
}

/// The receipt of a screen. `None` where a screen shows nothing that was computed from people.
#[must_use]
pub fn receipt(results: &Results, route: Route, by_month: bool, locale: &Locale) -> Option<Receipt> {
    let ids: Vec<InsightId> = match route {
        Route::Overview => Behavior::ALL.map(Behavior::headline).to_vec(),
        Route::Behavior(behavior) => InsightId::ALL.into_iter().filter(|id| id.behavior() == behavior).collect(),
        Route::Data => Vec::new(),
        _ => return None,
    };
    let mut told = Told { results, locale, by_month, ..Told::new(results, locale) };
    if let Err(why) = &results.findings {
        told.sentences.push((Number::Population, why.sentence(results.rules).in_words(locale)));
        return Some(told.receipt("Everything is hidden here".to_owned()));
    }
    if route == Route::Data {
        told.values();
    }
    for id in ids {
        told.insight(id);
    }
    let short = told.short();
    Some(told.receipt(short))
}

/// The receipt of the screen that explores a metric.
#[must_use]
pub fn explored_receipt(results: &Results, explored: &Explored, by_month: bool, locale: &Locale) -> Receipt {
    let mut told = Told { results, locale, by_month, ..Told::new(results, locale) };
    let found = match &explored.found {
        Ok(found) => found,
        Err(why) => {
            told.sentences.push((Number::Population, why.sentence(explored.rules).in_words(locale)));
            return told.receipt("Everything is hidden here".to_owned());
        }
    };
    // What is hidden hangs little on the metric: the one with most of it stands for all.
    let most = found.metrics.iter().filter_map(|by| by.hidden.map(|hidden| (by.metric, hidden)));
    if let (Some(by), Some((metric, hidden))) = (&found.by, most.max_by_key(|(_, hidden)| hidden.groups)) {
        told.group(by, hidden, None);
        if let Some((number, _)) = told.sentences.last_mut() {
            *number = Number::Explore(metric, ExploreFigure::Mean, None);
        }
    }
    let asked = explored.question.metric;
    if found.chosen == Err(Unavailable::TooFewMeasured) {
        told.insights += 1;
        told.sentences.push((Number::Population, format!("{}: all of it.", super::mean_name(asked))));
        let k = explored.rules.minimum_group_size();
        told.because(format!(
            "A metric is hidden that fewer than {k} of these people have, or that a few of them lack."
        ));
    }
    told.because("Quartiles are told from 20 people on, tenths from 30, the lowest and the highest never.".to_owned());
    told.because("A sum of hours is not told where one person gives over half of it.".to_owned());
    let short = told.short();
    told.receipt(short)
}

/// What was found hidden so far.
struct Told<'a> {
    results: &'a Results,
    locale: &'a Locale,
    by_month: bool,
    sentences: Vec<(Number, String)>,
    why: Vec<String>,
    groups: usize,
    periods: usize,
    insights: usize,
}

impl<'a> Told<'a> {
    fn new(results: &'a Results, locale: &'a Locale) -> Self {
        Self {
            results,
            locale,
            by_month: false,
            sentences: Vec::new(),
            why: Vec::new(),
            groups: 0,
            periods: 0,
            insights: 0,
        }
    }

    /// Values of attributes that may not be named.
    fn values(&mut self) {
        for attribute in self.results.attributes.iter() {
            if let Some(hidden) = attribute.hidden {
                self.group(&attribute.name.as_str().into(), hidden, None);
            }
        }
    }

    fn insight(&mut self, id: InsightId) {
        let Ok(findings) = &self.results.findings else { return };
        match findings.insight(id).map(|insight| &insight.outcome) {
            Some(Err(Unavailable::TooFewMeasured)) => {
                self.insights += 1;
                let k = self.results.rules.minimum_group_size();
                self.sentences.push((Number::Verdict(id), format!("{}: all of it.", name(id))));
                self.because(format!(
                    "An insight is hidden that measures fewer than {k} of these people, leaves a few of them out, or would \
                     tell of a few who moved between the chosen groups within a month."
                ));
            }
            Some(Ok(outcome)) => {
                for groups in &outcome.breakdowns {
                    if let Some(hidden) = groups.hidden {
                        self.group(&groups.by, hidden, Some(id));
                    }
                }
                self.points(id, outcome);
            }
            _ => {}
        }
    }

    fn group(&mut self, by: &GroupBy, hidden: HiddenGroups, id: Option<InsightId>) {
        self.groups = self.groups.max(hidden.groups);
        let k = self.results.rules.minimum_group_size();
        let groups = text::counted(hidden.groups, "group", "groups", self.locale);
        let people = match hidden.people {
            Some(people) => format!(" with {}", text::counted(people, "person", "people", self.locale)),
            None => String::new(),
        };
        let measured = id.map_or(String::new(), |id| format!("{}, ", name(id)));
        let number = id.map_or_else(|| Number::Attribute(by.first().to_owned()), |id| Number::Groups(id, by.clone()));
        self.sentences.push((number, format!("{measured}{by}: {groups}{people}.")));
        self.because(format!(
            "A group is hidden that has fewer than {k} people, or from which so few people could be worked out."
        ));
    }

    /// Weeks or months of the trend.
    fn points(&mut self, id: InsightId, outcome: &Outcome) {
        let hidden = outcome.periods.saturating_sub(outcome.trend.len());
        if outcome.trend.is_empty() || hidden == 0 {
            return;
        }
        let is_weekly = !self.by_month && id == InsightId::ExternalOver8h;
        let (one, many) = if is_weekly { ("week", "weeks") } else { ("month", "months") };
        self.periods = self.periods.max(hidden);
        let k = self.results.rules.minimum_group_size();
        let periods = text::counted(hidden, one, many, self.locale);
        self.sentences.push((Number::Trend(id), format!("{}, trend: {periods}.", name(id))));
        self.because(format!(
            "A {one} is hidden in which fewer than {k} people are measured, or from which such a one could be worked out."
        ));
    }

    fn because(&mut self, why: String) {
        if !self.why.contains(&why) {
            self.why.push(why);
        }
    }

    fn short(&self) -> String {
        let period = if self.by_month { ("month", "months") } else { ("period", "periods") };
        let parts =
            [(self.groups, ("group", "groups")), (self.periods, period), (self.insights, ("insight", "insights"))];
        let counted: Vec<String> = (parts.iter().filter(|(count, _)| *count > 0))
            .map(|(count, (one, many))| text::counted(*count, one, many, self.locale))
            .collect();
        let is_one = self.groups + self.periods + self.insights == 1;
        match counted.as_slice() {
            [] => "Nothing is hidden here".to_owned(),
            parts => format!("{} {} hidden here", text::list_and(parts), if is_one { "is" } else { "are" }),
        }
    }

    fn receipt(self, short: String) -> Receipt {
        Receipt { short, hidden: self.sentences, why: self.why, rules: rules(self.results.rules) }
    }
}

/// The rules in force, for people.
fn rules(rules: Rules) -> Vec<String> {
    let k = rules.minimum_group_size();
    vec![
        format!("Nothing is told about fewer than {k} people."),
        format!("A filter or a switch leaves out nobody, or at least {k} people."),
        "What could be worked out by subtracting one answer from another is hidden too, whatever was asked before."
            .to_owned(),
    ]
}
