//! The figures of a number: each in words, exactly, and where the command line prints it.

use std::fmt;

use chrono::NaiveDate;

use super::super::{Opened, Results, row_sums, wording};
use super::{Number, Report};
use crate::dataset::{GroupBy, GroupValue};
use crate::insights::InsightId;
use crate::privacy::{Effect, Groups, MeanMetric, Outcome, PublicGroup, Share};
use crate::text::{self, Locale};

/// One figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// What it is: "Share".
    pub name: String,
    /// As on the screen: "31 %".
    pub words: String,
    /// Exactly, as the command line prints it; `None` where it prints words, or nothing.
    pub exact: Option<f64>,
    /// Where it stands in the JSON of the command.
    pub place: Place,
}

/// A place in JSON, step by step from the top.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place(pub Vec<PlaceStep>);

/// One step into JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlaceStep {
    /// The value of a key.
    Key(String),
    /// An entry of a list by its place, from 0.
    Entry(usize),
    /// The first entry of a list that has these values under these keys.
    With(Vec<(&'static str, String)>),
}

impl fmt::Display for Place {
    /// As in `insights[id=external_over_8h].bands[2].share`.
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, step) in self.0.iter().enumerate() {
            match step {
                PlaceStep::Key(key) if index == 0 => write!(to, "{key}")?,
                PlaceStep::Key(key) => write!(to, ".{key}")?,
                PlaceStep::Entry(place) => write!(to, "[{place}]")?,
                PlaceStep::With(values) => {
                    let values: Vec<String> = values.iter().map(|(key, value)| format!("{key}={value}")).collect();
                    write!(to, "[{}]", values.join(", "))?;
                }
            }
        }
        Ok(())
    }
}

impl Place {
    pub(super) fn of(key: &str) -> Self {
        Self(vec![PlaceStep::Key(key.to_owned())])
    }

    pub(super) fn insight(id: InsightId) -> Self {
        Self::of("insights").with(&[("id", id.name())])
    }

    pub(super) fn key(mut self, key: &str) -> Self {
        self.0.push(PlaceStep::Key(key.to_owned()));
        self
    }

    pub(super) fn entry(mut self, place: usize) -> Self {
        self.0.push(PlaceStep::Entry(place));
        self
    }

    pub(super) fn with(mut self, values: &[(&'static str, &str)]) -> Self {
        self.0.push(PlaceStep::With(values.iter().map(|(key, value)| (*key, (*value).to_owned())).collect()));
        self
    }
}

/// The figures of a number, the one that stands for it first; empty when the results have no such number.
pub(super) fn figures(number: &Number, opened: &Opened, results: &Results, locale: &Locale) -> Vec<Figure> {
    let words = Words { locale, results };
    match number.insight() {
        None => words.of_counts(number, opened),
        Some(id) => words.outcome(id).and_then(|outcome| words.of_insight(number, id, outcome)).unwrap_or_default(),
    }
}

/// By which report of the command line a number is printed.
pub(super) const fn report(number: &Number) -> Report {
    match number {
        Number::Attribute(_)
        | Number::ComeAndGone
        | Number::Rows
        | Number::File(_)
        | Number::Check(_)
        | Number::Verdict(_) => Report::Check,
        _ => Report::Insights,
    }
}

struct Words<'a> {
    locale: &'a Locale,
    results: &'a Results,
}

impl<'a> Words<'a> {
    fn outcome(&self, id: InsightId) -> Option<&'a Outcome> {
        let findings = self.results.findings.as_ref().ok()?;
        findings.insight(id)?.outcome.as_ref().ok()
    }

    fn share(&self, name: &str, share: Share, people: usize, place: Place) -> Figure {
        let words = text::percent(share, people, self.locale);
        Figure { name: name.to_owned(), words, exact: Some(share.get()), place }
    }

    /// A bound of an interval, or a difference: with one decimal more than on the screen.
    fn percent(&self, name: &str, share: f64, place: Place) -> Figure {
        let words = format!("{}{}%", text::decimals(share * 100.0, 1, self.locale), self.locale.space());
        Figure { name: name.to_owned(), words, exact: Some(share), place }
    }

    fn points(&self, name: &str, difference: f64, place: Place) -> Figure {
        let sign = if difference < 0.0 { "\u{2212}" } else { "+" };
        let words = format!("{sign}{} points", text::decimals(difference.abs() * 100.0, 1, self.locale));
        Figure { name: name.to_owned(), words, exact: Some(difference), place }
    }

    fn count(&self, name: &str, count: usize, place: Place) -> Figure {
        Figure { name: name.to_owned(), words: text::count(count, self.locale), exact: Some(count as f64), place }
    }

    fn rows(&self, name: &str, rows: u64, place: Place) -> Figure {
        self.count(name, usize::try_from(rows).unwrap_or(usize::MAX), place)
    }

    fn of_insight(&self, number: &Number, id: InsightId, outcome: &'a Outcome) -> Option<Vec<Figure>> {
        let here = || Place::insight(id);
        let people = outcome.people;
        Some(match number {
            Number::Share(_) | Number::Interval(_) => {
                let share = self.share("Share", outcome.share, people, here().key("share"));
                let low = self.percent("Likely from", outcome.interval.low, here().key("low"));
                let high = self.percent("Likely to", outcome.interval.high, here().key("high"));
                let measured = self.count("People measured", people, here().key("people"));
                match number {
                    Number::Interval(_) => vec![low, high, share, measured],
                    _ => vec![share, low, high, measured],
                }
            }
            Number::Compare(_) => self.held_against(id, outcome),
            Number::Change(_) => self.change(id, people)?,
            Number::Distribution(_) => (0..outcome.bands.len()).filter_map(|at| self.band(id, outcome, at)).collect(),
            Number::Band(_, at) => vec![self.band(id, outcome, *at)?],
            Number::Trend(_) => {
                let points = outcome.trend.iter().map(|point| point.period);
                points.filter_map(|day| self.point(id, outcome, day)).map(|[share, _]| share).collect()
            }
            Number::Point(_, day) => self.point(id, outcome, *day)?.to_vec(),
            Number::Groups(_, by) => self.groups(id, groups(outcome, by)?),
            Number::Group(_, by, group) => self.group(id, groups(outcome, by)?, group)?,
            Number::Reading(_, name) => {
                let reading = outcome.other_readings.iter().find(|reading| reading.id == name)?;
                let place = here().key("other_readings").with(&[("id", reading.id)]).key("share");
                vec![self.share("Share by the other reading", reading.share, people, place)]
            }
            Number::Boundary(_, at) => {
                let boundary = outcome.boundaries.get(*at)?;
                let place = here().key("boundaries").entry(*at).key("count");
                vec![self.count(boundary.unit.name(), boundary.count, place)]
            }
            Number::NotEligible(_) => {
                vec![self.count("Person-months", outcome.not_eligible, here().key("not_eligible"))]
            }
            _ => return None,
        })
    }

    fn band(&self, id: InsightId, outcome: &Outcome, at: usize) -> Option<Figure> {
        let band = outcome.bands.get(at)?;
        let place = Place::insight(id).key("bands").entry(at).key("share");
        Some(self.share(&band.label, band.share, outcome.people, place))
    }

    fn point(&self, id: InsightId, outcome: &Outcome, day: NaiveDate) -> Option<[Figure; 2]> {
        let point = outcome.trend.iter().find(|point| point.period == day)?;
        let place = || Place::insight(id).key("trend").with(&[("period", &day.to_string())]);
        let share = self.share(&text::date(day, self.locale), point.share, point.people, place().key("share"));
        Some([share, self.count("People measured", point.people, place().key("people"))])
    }

    fn change(&self, id: InsightId, people: usize) -> Option<Vec<Figure>> {
        let change = self.results.change(id)?;
        let place = |key| Place::insight(id).key("change").key(key);
        let (difference, interval) = change.difference;
        Some(vec![
            self.points("Later half less earlier half", difference, place("difference")),
            self.points("Likely from", interval.low, place("difference_low")),
            self.points("Likely to", interval.high, place("difference_high")),
            self.share("Earlier half", change.earlier, people, place("earlier")),
            self.share("Later half", change.later, people, place("later")),
        ])
    }

    /// The figures of the line "Compare: ...".
    fn held_against(&self, id: InsightId, outcome: &Outcome) -> Vec<Figure> {
        let now = Place::insight(id).key("share");
        let mut figures = vec![self.share("Share", outcome.share, outcome.people, now)];
        if let Some(change) = self.results.change(id) {
            let place = Place::insight(id).key("change").key("earlier");
            figures.push(self.share("Earlier half", change.earlier, outcome.people, place));
        }
        if let Some(groups) = outcome.breakdowns.first()
            && let Some((lowest, highest)) = wording::range(groups)
        {
            for (name, group) in [("Lowest group", lowest), ("Highest group", highest)] {
                let name = format!("{name}, {}", group.value);
                let place = group_place(id, &groups.by, &group.value).key("share");
                figures.push(self.share(&name, group.share, group.people, place));
            }
        }
        figures
    }

    /// Every shown group, and what is hidden.
    fn groups(&self, id: InsightId, groups: &Groups) -> Vec<Figure> {
        let share = |group: &PublicGroup| {
            let place = group_place(id, &groups.by, &group.value).key("share");
            self.share(group.value.as_str(), group.share, group.people, place)
        };
        let mut figures: Vec<Figure> = groups.shown.iter().map(share).collect();
        if let Some(hidden) = groups.hidden {
            let place = |key| Place::insight(id).key("hidden_groups").key(&groups.by.in_one_word()).key(key);
            figures.push(self.count("Groups hidden", hidden.groups, place("groups")));
            figures.extend(hidden.people.map(|people| self.count("People in them", people, place("people"))));
        }
        figures
    }

    fn group(&self, id: InsightId, groups: &Groups, name: &GroupValue) -> Option<Vec<Figure>> {
        let group = groups.shown.iter().find(|group| group.value == *name)?;
        let place = |key| group_place(id, &groups.by, name).key(key);
        let mut figures = vec![
            self.share("Share of the group", group.share, group.people, place("share")),
            self.percent("Likely from", group.interval.low, place("low")),
            self.percent("Likely to", group.interval.high, place("high")),
        ];
        if let Some((difference, interval)) = group.difference {
            figures.push(self.points("Group less the rest", difference, place("difference")));
            figures.push(self.points("Likely from", interval.low, place("difference_low")));
            figures.push(self.points("Likely to", interval.high, place("difference_high")));
        }
        figures.push(self.count("People in the group", group.people, place("people")));
        if let Some(focus) = groups.focus.iter().find(|focus| focus.value == *name) {
            let by = groups.by.in_one_word();
            let values = [("attribute", by.as_str()), ("value", name.as_str())];
            let place = Place::insight(id).key("groups_to_focus_on").with(&values).key("people_affected");
            let words = text::decimals(focus.people_affected, 1, self.locale);
            let name = "People affected beyond parity".to_owned();
            figures.push(Figure { name, words, exact: Some(focus.people_affected), place });
        }
        Some(figures)
    }

    /// The figures of what is counted beside the insights.
    fn of_counts(&self, number: &Number, opened: &Opened) -> Vec<Figure> {
        match number {
            Number::Population => self.population(opened),
            Number::ComeAndGone => self.come_and_gone(),
            Number::Mean(metric) => self.mean(*metric).into_iter().collect(),
            Number::Attribute(name) => self.attribute(name),
            Number::Rows => (0..opened.report.sources.len()).flat_map(|at| self.rows_of(opened, at)).collect(),
            Number::File(at) => self.file(opened, *at),
            Number::Check(at) => self.check(*at),
            Number::Verdict(id) => self.verdict(*id),
            _ => Vec::new(),
        }
    }

    fn population(&self, opened: &Opened) -> Vec<Figure> {
        let Ok(findings) = &self.results.findings else { return Vec::new() };
        let place = |key| Place::of("population").key(key);
        let periods = if opened.is_by_month() { "Months" } else { "Weeks" };
        vec![
            self.count("People", findings.population.people, place("people")),
            self.count(periods, findings.population.periods, place("periods")),
        ]
    }

    fn come_and_gone(&self) -> Vec<Figure> {
        let place = |key| Place::of("population").key(key);
        let Some((joined, left)) = self.results.roll.joined.zip(self.results.roll.left) else { return Vec::new() };
        vec![
            self.count("No row in the first period", joined, place("joined")),
            self.count("No row in the last period", left, place("left")),
        ]
    }

    fn mean(&self, metric: MeanMetric) -> Option<Figure> {
        let findings = self.results.findings.as_ref().ok()?;
        let (mean, _) = findings.metrics.iter().find(|mean| mean.metric == metric)?.mean?;
        let place = Place::of("metrics").with(&[("id", metric.name())]).key("mean_per_person_period");
        let name = format!("{}, in {}", wording::mean_name(metric), metric.unit());
        Some(Figure { name, words: text::decimals(mean, 2, self.locale), exact: Some(mean), place })
    }

    fn attribute(&self, name: &str) -> Vec<Figure> {
        let Some(attribute) = self.results.attributes.iter().find(|known| known.name == name) else {
            return Vec::new();
        };
        let place = |key| Place::of("attributes").with(&[("name", name)]).key(key);
        let mut figures = vec![self.count("Groups shown", attribute.values.len(), place("groups_shown"))];
        figures.extend(attribute.values.iter().map(|value| {
            let place = place("values").with(&[("value", &value.value)]).key("people");
            self.count(&format!("People in {}", value.value), value.people, place)
        }));
        if let Some(hidden) = attribute.hidden {
            figures.push(self.count("Groups hidden", hidden.groups, place("groups_hidden")));
            figures.extend(hidden.people.map(|people| self.count("People in them", people, place("people_hidden"))));
        }
        if let Some(roll) = self.results.roll.attributes.iter().find(|roll| roll.name == name) {
            figures.extend(roll.blank.map(|people| self.count("People without", people, place("people_without"))));
            figures.extend(roll.moved.map(|people| self.count("People who moved", people, place("people_moved"))));
        }
        figures
    }

    /// Rows in a file, rows used, and the others by reason.
    fn rows_of(&self, opened: &Opened, at: usize) -> Vec<Figure> {
        let sums = row_sums(opened, self.results);
        let (Some(sum), Some(source)) = (sums.get(at), opened.report.sources.get(at)) else { return Vec::new() };
        let of = |words: &str| match opened.report.sources.len() {
            1 => words.to_owned(),
            _ => format!("{words}, {}", source.name),
        };
        let place = |key| Place::of("sources").entry(at).key(key);
        let mut figures = vec![
            self.rows(&of("Rows used"), sum.used, place("rows_used")),
            self.rows(&of("Rows in the file"), sum.rows, place("rows")),
        ];
        figures.extend(sum.not_used.iter().map(|(reason, rows)| {
            let name = of(&format!("Rows {}", wording::not_used(*reason)));
            self.rows(&name, *rows, place("rows_excluded").key(reason.name()))
        }));
        figures
    }

    fn file(&self, opened: &Opened, at: usize) -> Vec<Figure> {
        let Some(source) = opened.report.sources.get(at) else { return Vec::new() };
        let mut figures = self.rows_of(opened, at);
        let place = |key| Place::of("sources").entry(at).key(key);
        figures.push(self.rows("Periods", source.periods, place("periods")));
        figures.push(self.rows("Places to look at", source.issues_total, place("places")));
        figures
    }

    fn check(&self, at: usize) -> Vec<Figure> {
        let Some(check) = self.results.checks.get(at) else { return Vec::new() };
        let place = || Place::of("findings").entry(at);
        let mut figures = vec![match check.count {
            Some(count) => self.count("Found", count, place().key("count")),
            None => Figure {
                name: "Found".to_owned(),
                words: format!("fewer than {}", text::count(self.results.rules.minimum_group_size(), self.locale)),
                exact: None,
                place: place().key("count"),
            },
        }];
        if let (Effect::Told(shares), Some(leave_out)) = (&check.effect, &check.leave_out) {
            let is_out = leave_out.is_on(&self.results.question.filter);
            figures.extend(shares.iter().map(|(id, share)| {
                let name = format!("{}, {} them", wording::name(*id), if is_out { "with" } else { "without" });
                self.percent(&name, *share, place().key("effect").key(id.name()))
            }));
        }
        figures
    }

    fn verdict(&self, id: InsightId) -> Vec<Figure> {
        let Some(judgement) = self.results.verdict(id) else { return Vec::new() };
        let place = Place::of("verdicts").with(&[("insight", id.name())]).key("reason");
        let name = judgement.verdict.words().to_owned();
        vec![Figure { name, words: judgement.reason.in_words(self.locale), exact: None, place }]
    }
}

fn groups<'a>(outcome: &'a Outcome, by: &GroupBy) -> Option<&'a Groups> {
    outcome.breakdowns.iter().find(|groups| groups.by == *by)
}

fn group_place(id: InsightId, by: &GroupBy, group: &GroupValue) -> Place {
    Place::insight(id).key("groups").key(&by.in_one_word()).with(&[("value", group.as_str())])
}
