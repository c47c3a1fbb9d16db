//! The proof of an explored number.

use super::super::exploring::Explored;
use super::super::{Opened, Results, wording};
use super::figure::{Figure, Place};
use super::{Number, Proof, Report, Shell, command_line, definition, files, words};
use crate::dataset::GroupValue;
use crate::privacy::{Exploration, GroupMean, MeanMetric, MeanOf, MetricByGroups, Question, Style};
use crate::text::{self, Locale};

/// Which number of a metric.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExploreFigure {
    /// The mean per person, of everyone or of a group, and its difference from the rest.
    Mean,
    /// Median and quantiles.
    Spread,
    /// People by their mean.
    Distribution,
    /// Over time.
    Trend,
    /// Every metric.
    Heat,
    /// External time as a whole.
    External,
    /// The parts of coaching style.
    Coaching,
    /// The parts of the rhythm of 1:1s.
    Rhythm,
}

impl ExploreFigure {
    const ALL: [(Self, &'static str); 8] = [
        (Self::Mean, "mean"),
        (Self::Spread, "spread"),
        (Self::Distribution, "distribution"),
        (Self::Trend, "trend"),
        (Self::Heat, "heat"),
        (Self::External, "external"),
        (Self::Coaching, "coaching"),
        (Self::Rhythm, "rhythm"),
    ];

    pub(super) fn key(self) -> &'static str {
        Self::ALL.iter().find(|(figure, _)| *figure == self).map_or("", |(_, key)| key)
    }

    pub(super) fn of_key(key: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known)| *known == key).map(|(figure, _)| *figure)
    }

    fn title(self) -> &'static str {
        match self {
            Self::Mean => "mean per person",
            Self::Spread => "how people are spread",
            Self::Distribution => "distribution",
            Self::Trend => "over time",
            Self::Heat => "every metric",
            Self::External => "external time as a whole",
            Self::Coaching => "coaching style",
            Self::Rhythm => "rhythm of 1:1s",
        }
    }

    fn meaning(self) -> &'static str {
        match self {
            Self::Mean => {
                "For each person the mean over the periods measured, then the mean over people. Against the rest: the group\u{2019}s mean less that of everyone outside it, with its 95 % interval."
            }
            Self::Spread => {
                "Quantiles of people\u{2019}s means. Quartiles are told from 20 people on, tenths from 30, never the lowest or the highest."
            }
            Self::Distribution => {
                "The share of people whose mean lies in each part, its upper end included. The parts at both ends hold at least as many people as the smallest group."
            }
            Self::Trend => {
                "The mean over the people measured in each week; of counts that look back 28 days, in each month. Usual is the earlier half: its median and 3.145 times the median step between neighbors."
            }
            Self::Heat => {
                "The mean per person of every metric of the export, and how clearly a group differs from the rest."
            }
            Self::External => {
                "Any contact: the share of people with external hours in a week, the plain mean over the weeks. Of all collaboration: all external hours divided by all collaboration hours."
            }
            Self::Coaching => {
                "Per complete month, people by whether they have 15 minutes of 1:1 a week and how many of their meetings the manager attends; the mean over months."
            }
            Self::Rhythm => "Weeks measured divided by weeks with any 1:1, person by person.",
        }
    }
}

/// What a proof of an explored number is made from.
pub(in super::super) struct OfExplored<'a> {
    pub(in super::super) number: &'a Number,
    pub(in super::super) explored: &'a Explored,
    pub(in super::super) opened: &'a Opened,
    pub(in super::super) results: &'a Results,
    pub(in super::super) locale: &'a Locale,
}

impl OfExplored<'_> {
    /// The proof; `None` where the answer has no such number.
    pub(in super::super) fn prove(&self) -> Option<Proof> {
        let Number::Explore(metric, figure, group) = self.number else { return None };
        let found = self.explored.found.as_ref().ok()?;
        let figures = self.figures(found, *metric, *figure, group.as_ref())?;
        let alike = Number::Mean(*metric);
        let of = group.as_ref().map_or_else(String::new, |group| format!(", {group}"));
        let question = &self.explored.question;
        let asked = Question {
            filter: question.filter.clone(),
            by: question.by.iter().cloned().collect(),
            settings: question.settings.clone(),
        };
        let name = wording::mean_name(*metric);
        Some(Proof {
            number: self.number.clone(),
            title: format!("{name}: {}{of}", figure.title()),
            figures,
            meaning: figure.meaning().to_owned(),
            definition: definition(&alike),
            reading: Vec::new(),
            selection: words::selection(self.opened, self.results, self.locale),
            left_out: words::left_out(&alike, self.opened, self.results, self.locale),
            files: files(&alike, self.opened, self.results),
            command: command_line(
                self.opened,
                &asked,
                self.explored.rules,
                Report::Explore(question.metric),
                Shell::HERE,
            ),
        })
    }

    fn figures(
        &self,
        found: &Exploration,
        metric: MeanMetric,
        figure: ExploreFigure,
        group: Option<&GroupValue>,
    ) -> Option<Vec<Figure>> {
        let by_metric = found.metrics.iter().find(|known| known.metric == metric);
        Some(match figure {
            ExploreFigure::Mean => self.mean(by_metric?, group)?,
            ExploreFigure::Spread => self.spread(by_metric?, group)?,
            ExploreFigure::Distribution => {
                let bins = &found.chosen.as_ref().ok().filter(|chosen| chosen.metric == metric)?.bins;
                let people = by_metric?.all.people;
                let bin = |bin: &crate::privacy::Bin| {
                    told(&wording::bin(metric, bin, self.locale), text::percent(bin.share, people, self.locale))
                };
                bins.iter().map(bin).collect()
            }
            ExploreFigure::Trend => {
                let chosen = found.chosen.as_ref().ok().filter(|chosen| chosen.metric == metric)?;
                let trend = match group {
                    None => &chosen.trend,
                    Some(group) => &chosen.group_trends.iter().find(|(value, _)| value == group)?.1,
                };
                let points = trend.periods.iter().filter_map(|period| Some((period.period, period.point?)));
                let points = points.map(|(day, (people, value))| {
                    let value = wording::metric_value(metric, value, people, self.locale);
                    told(&text::date(day, self.locale), value)
                });
                Some(points.collect::<Vec<_>>()).filter(|points| !points.is_empty())?
            }
            ExploreFigure::Heat => {
                let of = |by: &MetricByGroups| {
                    let of = match group {
                        None => by.all,
                        Some(group) => by.groups.iter().find(|known| known.value == *group)?.of,
                    };
                    let value = wording::metric_value(by.metric, of.mean, of.people, self.locale);
                    Some(told(wording::mean_name(by.metric), value))
                };
                Some(found.metrics.iter().filter_map(of).collect::<Vec<_>>()).filter(|all| !all.is_empty())?
            }
            ExploreFigure::External => self.external(found)?,
            ExploreFigure::Coaching => self.style(found, Style::Coaching, group)?,
            ExploreFigure::Rhythm => self.style(found, Style::Rhythm, group)?,
        })
    }

    fn mean(&self, by: &MetricByGroups, group: Option<&GroupValue>) -> Option<Vec<Figure>> {
        let words = |value, people| wording::metric_value(by.metric, value, people, self.locale);
        let is_chosen = self.explored.question.metric.name() == by.metric.name();
        let shown: Option<&GroupMean> = match group {
            None => None,
            Some(group) => Some(by.groups.iter().find(|known| known.value == *group)?),
        };
        let of = shown.map_or(by.all, |group| group.of);
        let place = match shown {
            None => Place::of("metric"),
            Some(group) => Place::of("groups").with(&[("value", group.value.as_str())]),
        };
        let exact = |name: &str, key: &'static str, value: f64, words: String| match is_chosen {
            true => Figure { name: name.to_owned(), words, exact: Some(value), place: place.clone().key(key) },
            false => told(name, words),
        };
        let mut figures = vec![
            exact("Mean per person", "mean", of.mean, words(of.mean, of.people)),
            exact("Likely from", "low", of.interval.low, words(of.interval.low, of.people)),
            exact("Likely to", "high", of.interval.high, words(of.interval.high, of.people)),
            exact("People", "people", of.people as f64, text::count(of.people, self.locale)),
        ];
        if let Some((difference, interval)) = shown.and_then(|group| group.difference) {
            let signed = |value: f64| wording::metric_difference(by.metric, value, self.locale);
            figures.push(exact("Against the rest", "difference", difference, signed(difference)));
            let range = format!("{} to {}", signed(interval.low), signed(interval.high));
            figures.push(told("Likely", range));
        }
        Some(figures)
    }

    fn spread(&self, by: &MetricByGroups, group: Option<&GroupValue>) -> Option<Vec<Figure>> {
        let of: MeanOf = match group {
            None => by.all,
            Some(group) => by.groups.iter().find(|known| known.value == *group)?.of,
        };
        let words = |value| wording::metric_value(by.metric, value, of.people, self.locale);
        let mut figures = vec![told("Median", words(of.median))];
        for (name, ends) in [("Middle half", of.quartiles), ("Middle four fifths", of.tenths)] {
            figures.extend(ends.map(|[low, high]| told(name, format!("{} to {}", words(low), words(high)))));
        }
        figures.push(told("People", text::count(of.people, self.locale)));
        Some(figures)
    }

    fn external(&self, found: &Exploration) -> Option<Vec<Figure>> {
        let external = found.external.as_ref().ok()?;
        let percent = |share, people| text::percent(share, people, self.locale);
        let mut figures = vec![told("Any external contact", percent(external.any.share, external.any.people))];
        if let Some(all) = external.of_collaboration {
            figures.push(told("Of all collaboration", percent(all.share, all.people)));
        }
        if let Some(hours) = external.hours_a_period {
            figures.push(told("Hours a period", text::decimals(hours, 0, self.locale)));
        }
        let top = external
            .top
            .iter()
            .map(|top| told(&wording::top_part(top, self.locale), percent(top.share, external.people)));
        figures.extend(top);
        Some(figures)
    }

    fn style(&self, found: &Exploration, style: Style, group: Option<&GroupValue>) -> Option<Vec<Figure>> {
        let found = found.styles.iter().find(|known| known.style == style)?;
        let (bands, people) = match group {
            None => (&found.bands, found.people),
            Some(group) => {
                let group = found.groups.iter().find(|known| known.value == *group)?;
                (&group.bands, group.people)
            }
        };
        let mut figures: Vec<Figure> =
            bands.iter().map(|band| told(&band.label, text::percent(band.share, people, self.locale))).collect();
        figures.push(told("People", text::count(people, self.locale)));
        Some(figures)
    }
}

/// A figure that is told in words.
fn told(name: &str, words: String) -> Figure {
    Figure { name: name.to_owned(), words, exact: None, place: Place::default() }
}
