//! What was explored as one tidy table: a row for each number, with what it is and of whom.
//!
//! Every row stands for itself, and the last column says in words what its number is, so that a report tool can read the
//! file as it is. Numbers have a point as their decimal mark and no marks between digits, in every language.

use super::{HandOut, csv};
use crate::dataset::{GroupBy, GroupValue};
use crate::privacy::{ExternalFindings, MeanMetric, MeanOf, MetricByGroups, MetricTrend, StyleFindings};
use crate::workbench::{Explored, wording};

/// The columns.
const COLUMNS: [&str; 12] = [
    "metric",
    "metric_name",
    "unit",
    "group_by",
    "group",
    "people",
    "statistic",
    "part_or_period",
    "value",
    "low",
    "high",
    "note",
];

/// The table of everything that may be seen about a metric and what stands beside it; `None` where nothing may.
#[must_use]
pub fn explored_table(explored: &Explored) -> Option<HandOut> {
    let found = explored.found.as_ref().ok()?;
    let name = format!("explore-{}.csv", explored.question.metric.name().replace('_', "-"));
    let mut table = Table { rows: Vec::new(), by: found.by.as_ref() };
    for metric in &found.metrics {
        table.metric(metric);
    }
    if let Ok(chosen) = &found.chosen {
        let people =
            found.metrics.iter().find(|known| known.metric == chosen.metric).map_or(0, |known| known.all.people);
        for bin in &chosen.bins {
            let part = match bin.to {
                Some(to) => format!("{} to {to}", bin.from),
                None => format!("over {}", bin.from),
            };
            table.add(subject(chosen.metric), None, people, &Cell::of(Statistic::Bin, &part, bin.share.get()));
        }
        table.trend(chosen.metric, None, &chosen.trend);
        for (group, trend) in &chosen.group_trends {
            table.trend(chosen.metric, Some(group), trend);
        }
    }
    if let Ok(external) = &found.external {
        table.external(external);
    }
    for style in &found.styles {
        table.style(style);
    }
    Some(HandOut { name, bytes: csv::table(&COLUMNS, &table.rows) })
}

/// What a number is.
#[derive(Clone, Copy)]
enum Statistic {
    Mean,
    Difference,
    Median,
    Quartile1,
    Quartile3,
    Tenth1,
    Tenth9,
    Bin,
    Period,
    AnyContact,
    OfCollaboration,
    HoursAPeriod,
    TopPart,
    StylePart,
}

impl Statistic {
    /// Its name, and what it means.
    const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Mean => (
                "mean_per_person",
                "Mean per person: over the periods first, then over people; low and high are the 95 % interval",
            ),
            Self::Difference => (
                "difference_from_rest",
                "Mean of the group less the mean of everyone outside it; low and high are the 95 % interval",
            ),
            Self::Median => ("median", "Half of the people have less"),
            Self::Quartile1 => ("quartile_1", "A quarter of the people have less; told from 20 people on"),
            Self::Quartile3 => ("quartile_3", "Three quarters of the people have less; told from 20 people on"),
            Self::Tenth1 => ("tenth_1", "A tenth of the people have less; told from 30 people on"),
            Self::Tenth9 => ("tenth_9", "Nine tenths of the people have less; told from 30 people on"),
            Self::Bin => ("share_in_part", "Share of people whose mean is in the part, its upper end included"),
            Self::Period => {
                ("mean_in_period", "Mean over the people measured in the week or month that begins on this day")
            }
            Self::AnyContact => {
                ("any_external_contact", "Share of people with any external hours in a week, mean over weeks")
            }
            Self::OfCollaboration => {
                ("external_of_collaboration", "All external hours divided by all collaboration hours")
            }
            Self::HoursAPeriod => {
                ("external_hours_a_period", "All external hours a week, or a month in a file of months")
            }
            Self::TopPart => {
                ("share_of_top_part", "Share of all external hours that the people with most of them have")
            }
            Self::StylePart => ("share_of_style", "Share of people in this part"),
        }
    }
}

/// What a row is about: id, name and unit.
type Subject<'a> = [&'a str; 3];

const fn subject(metric: MeanMetric) -> Subject<'static> {
    [metric.name(), wording::mean_name(metric), metric.unit()]
}

/// One number.
struct Cell<'a> {
    statistic: Statistic,
    /// Which part or period; may be empty.
    part: &'a str,
    value: f64,
    interval: Option<[f64; 2]>,
}

impl<'a> Cell<'a> {
    const fn of(statistic: Statistic, part: &'a str, value: f64) -> Self {
        Self { statistic, part, value, interval: None }
    }

    const fn between(self, low: f64, high: f64) -> Self {
        Self { interval: Some([low, high]), ..self }
    }
}

struct Table<'a> {
    rows: Vec<Vec<String>>,
    by: Option<&'a GroupBy>,
}

impl Table<'_> {
    fn add(&mut self, [id, name, unit]: Subject<'_>, group: Option<&GroupValue>, people: usize, cell: &Cell<'_>) {
        let (statistic, note) = cell.statistic.words();
        let by = group.and(self.by).map(GroupBy::in_one_word).unwrap_or_default();
        let [low, high] = cell.interval.map_or_else(Default::default, |ends| ends.map(|end| end.to_string()));
        let group = group.map_or_else(|| "(All)".to_owned(), ToString::to_string);
        let (people, value) = (people.to_string(), cell.value.to_string());
        let cells = [id, name, unit, &by, &group, &people, statistic, cell.part, &value, &low, &high, note];
        self.rows.push(cells.map(str::to_owned).to_vec());
    }

    fn metric(&mut self, by: &MetricByGroups) {
        self.mean(by.metric, None, &by.all);
        for group in &by.groups {
            self.mean(by.metric, Some(&group.value), &group.of);
            if let Some((difference, interval)) = group.difference {
                let word = wording::mean_against_the_rest(group.verdict);
                let cell = Cell::of(Statistic::Difference, word, difference).between(interval.low, interval.high);
                self.add(subject(by.metric), Some(&group.value), group.of.people, &cell);
            }
        }
    }

    fn mean(&mut self, metric: MeanMetric, group: Option<&GroupValue>, of: &MeanOf) {
        let mean = Cell::of(Statistic::Mean, "", of.mean).between(of.interval.low, of.interval.high);
        self.add(subject(metric), group, of.people, &mean);
        let quantiles = [
            (Statistic::Tenth1, of.tenths.map(|[low, _]| low)),
            (Statistic::Quartile1, of.quartiles.map(|[low, _]| low)),
            (Statistic::Median, Some(of.median)),
            (Statistic::Quartile3, of.quartiles.map(|[_, high]| high)),
            (Statistic::Tenth9, of.tenths.map(|[_, high]| high)),
        ];
        for (statistic, value) in quantiles {
            if let Some(value) = value {
                self.add(subject(metric), group, of.people, &Cell::of(statistic, "", value));
            }
        }
    }

    fn trend(&mut self, metric: MeanMetric, group: Option<&GroupValue>, trend: &MetricTrend) {
        for period in &trend.periods {
            if let Some((people, value)) = period.point {
                let day = period.period.to_string();
                self.add(subject(metric), group, people, &Cell::of(Statistic::Period, &day, value));
            }
        }
    }

    fn external(&mut self, external: &ExternalFindings) {
        const TIME: Subject<'static> = ["external_time", "External time", "share"];
        let any = external.any;
        let cell = Cell::of(Statistic::AnyContact, "", any.share.get()).between(any.interval.low, any.interval.high);
        self.add(TIME, None, any.people, &cell);
        if let Some(all) = external.of_collaboration {
            let cell = Cell::of(Statistic::OfCollaboration, "", all.share.get());
            self.add(TIME, None, all.people, &cell.between(all.interval.low, all.interval.high));
        }
        if let Some(hours) = external.hours_a_period {
            let cell = Cell::of(Statistic::HoursAPeriod, "", hours);
            self.add([TIME[0], TIME[1], "hours"], None, external.people, &cell);
        }
        for top in &external.top {
            let part = format!("top {}", top.part);
            self.add(TIME, None, top.people, &Cell::of(Statistic::TopPart, &part, top.share.get()));
        }
    }

    fn style(&mut self, style: &StyleFindings) {
        let id = style.style.insight();
        let name = [id.name(), wording::name(id), "share"];
        let everyone = std::iter::once((None, style.people, &style.bands));
        let groups = style.groups.iter().map(|group| (Some(&group.value), group.people, &group.bands));
        for (group, people, bands) in everyone.chain(groups) {
            for band in bands {
                self.add(name, group, people, &Cell::of(Statistic::StylePart, &band.label, band.share.get()));
            }
        }
    }
}
