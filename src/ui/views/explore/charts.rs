//! The distribution and the trend of one metric, and two metrics of groups against each other.

use super::super::chart::{Chart, Picture, Proofs, Words, population_line};
use super::super::proof::id_of;
use super::super::source_line;
use super::Scene;
use super::groups::{axis, number, share};
use crate::dataset::{GroupValue, Metric};
use crate::privacy::{ChosenMetric, Exploration, MeanMetric, MetricByGroups, MetricTrend, TrendPeriod};
use crate::text;
use crate::ui::widgets::{
    BandColumn, Bubble, BubbleAxis, BubbleChart, DistributionChart, ProofId, Reference, ReferenceKind, TrendChart,
    TrendPoint, TrendSeries,
};
use crate::workbench::{ExploreFigure, Number, wording};

fn words(scene: Scene<'_>, metric: MeanMetric, what: &str, title: String) -> Words {
    Words {
        title,
        subtitle: wording::explored_subtitle(metric, &population_line(scene.context, scene.results), scene.by_month),
        footer: source_line(scene.context, scene.results),
        file_stem: format!("explore-{}-{what}", metric.name().replace('_', "-")),
    }
}

/// People by their mean. `None` where the metric may not be told.
pub(super) fn distribution(scene: Scene<'_>) -> Option<Picture> {
    let (by, chosen) = (scene.chosen()?, scene.found.chosen.as_ref().ok()?);
    let locale = scene.context.locale;
    let percent = |share| text::percent(share, by.all.people, locale);
    let name = |bin| wording::bin(by.metric, bin, locale);
    let columns = chosen.bins.iter().map(|bin| BandColumn {
        name: name(bin),
        share: bin.share.get(),
        value: percent(bin.share),
        detail: format!("{} of {}", percent(bin.share), text::counted(by.all.people, "person", "people", locale)),
    });
    let whole = id_of(&Number::Explore(by.metric, ExploreFigure::Distribution, None));
    let parts = vec![whole.clone(); chosen.bins.len()];
    let chart = DistributionChart::new(format!("People by {}", wording::mean_name(by.metric)), columns.collect());
    let unit = wording::sentence_case(wording::metric_unit(by.metric, scene.by_month));
    let mut table = vec![vec![unit, "Share of people".to_owned()]];
    table.extend(chosen.bins.iter().map(|bin| vec![name(bin), percent(bin.share)]));
    let title = wording::explored_distribution(by.metric, &by.all, scene.by_month, locale);
    let spread = id_of(&Number::Explore(by.metric, ExploreFigure::Spread, None));
    Some(Picture::of(
        words(scene, by.metric, "distribution", title),
        Chart::Distribution(chart.proofs(whole.clone(), parts.clone())),
        table,
        Proofs { title: Some(spread), subtitle: whole, rows: parts },
        scene.explored.clone(),
    ))
}

/// The metric over time, of everyone or of a group. `None` where the metric may not be told or no period may.
pub(super) fn trend(
    scene: Scene<'_>,
    chosen: &ChosenMetric,
    group: Option<&(GroupValue, MetricTrend)>,
) -> Option<Picture> {
    let trend = group.map_or(&chosen.trend, |(_, trend)| trend);
    let (metric, locale) = (chosen.metric, scene.context.locale);
    let measured: Vec<(usize, f64)> = trend.periods.iter().filter_map(|period| period.point).collect();
    let people = measured.iter().map(|(people, _)| *people).max()?;
    let value = |value: f64, people: usize| wording::metric_value(metric, value, people, locale);
    let usual_high = trend.usual.map_or(0.0, |usual| usual.limits.high);
    let axis = axis(scene, metric, measured.iter().map(|(_, value)| *value).fold(usual_high, f64::max));
    let points = trend.periods.iter().map(|period| TrendPoint {
        period: text::short_date(period.period, locale),
        share: period.point.map(|(_, value)| share(axis, value)),
        partial: false,
        detail: match period.point {
            None => "Not measured, left out, or too few people".to_owned(),
            Some((people, of)) => {
                format!("{} of {}", value(of, people), text::counted(people, "person", "people", locale))
            }
        },
    });
    let series = TrendSeries {
        name: group.map_or_else(|| "Everyone".to_owned(), |(value, _)| value.to_string()),
        points: points.collect(),
        last_value: measured.last().map(|(people, last)| value(*last, *people)).unwrap_or_default(),
    };
    let of = group.map(|(value, _)| value.clone());
    let proof = id_of(&Number::Explore(metric, ExploreFigure::Trend, of));
    let chart = TrendChart::new(format!("{} over time", wording::mean_name(metric)), vec![series]);
    let chart = chart.marked(marked(trend)).proofs(proof.clone(), vec![proof.clone(); trend.periods.len()]);
    let chart = match trend.usual {
        None => chart,
        Some(usual) => {
            let (low, high) = (usual.limits.low.max(0.0), usual.limits.high);
            let reference = Reference {
                kind: ReferenceKind::OwnRest,
                label: format!("Usual {} to {}", value(low, people), value(high, people)),
                share: share(axis, usual.center),
                band: None,
            };
            chart.usual(share(axis, low), share(axis, high)).references(vec![reference])
        }
    };
    let chart = match axis {
        Some(axis) => chart.unit(axis),
        None => chart,
    };
    let title = wording::explored_trend(metric, trend, people, scene.by_month, locale);
    let mut words = words(scene, metric, "trend", title);
    if let Some((value, _)) = group {
        words.subtitle = format!("{value}: {}", words.subtitle);
    }
    let rows: Vec<&TrendPeriod> = trend.periods.iter().filter(|period| period.point.is_some()).collect();
    let mut table = vec![vec!["Period".to_owned(), "Mean per person".to_owned(), "People".to_owned()]];
    table.extend(rows.iter().filter_map(|period| {
        let (people, of) = period.point?;
        Some(vec![text::date(period.period, locale), value(of, people), text::count(people, locale)])
    }));
    let rows = vec![proof.clone(); rows.len()];
    let proofs = Proofs { title: Some(proof.clone()), subtitle: proof, rows };
    Some(Picture::of(words, Chart::Trend(chart), table, proofs, scene.explored.clone()))
}

/// The places of periods in unusual runs.
fn marked(trend: &MetricTrend) -> Vec<usize> {
    let is_unusual = |period: &TrendPeriod| {
        period.point.is_some()
            && trend.unusual.iter().any(|unusual| (unusual.first..=unusual.last).contains(&period.period))
    };
    (0..trend.periods.len()).filter(|&place| trend.periods.get(place).is_some_and(is_unusual)).collect()
}

/// Size against breadth, of the network outside and of that inside: whether it is the one outside, and both metrics.
pub(super) fn networks(found: &Exploration) -> impl Iterator<Item = (bool, &MetricByGroups, &MetricByGroups)> {
    let metric = |metric| found.metrics.iter().find(move |known| known.metric == MeanMetric::Of(metric));
    let pairs = [
        (true, Metric::ExternalNetworkSize, Metric::ExternalNetworkBreadth),
        (false, Metric::InternalNetworkSize, Metric::InternalOrganizations),
    ];
    pairs.into_iter().filter_map(move |(outside, size, breadth)| Some((outside, metric(size)?, metric(breadth)?)))
}

/// Groups by two metrics, as discs with the medians of all people. `None` where no group is shown in both.
pub(super) fn bubbles(
    scene: Scene<'_>,
    (outside, size, breadth): (bool, &MetricByGroups, &MetricByGroups),
) -> Option<Picture> {
    let locale = scene.context.locale;
    let both = size.groups.iter().filter_map(|group| {
        let other = breadth.groups.iter().find(|other| other.value == group.value)?;
        Some((group, other))
    });
    let both: Vec<_> = both.collect();
    if both.is_empty() {
        return None;
    }
    let is_above = |(one, other): &&(&crate::privacy::GroupMean, &crate::privacy::GroupMean)| {
        one.of.mean > size.all.median && other.of.mean > breadth.all.median
    };
    let above: Vec<&GroupValue> = both.iter().filter(is_above).map(|(group, _)| &group.value).collect();
    let amount = |by: &MetricByGroups, value: f64, people: usize| {
        wording::metric_amount(by.metric, value, people, scene.by_month, locale)
    };
    let discs = both.iter().map(|pair| {
        let (one, other) = *pair;
        Bubble {
            name: one.value.to_string(),
            at: [one.of.mean, other.of.mean],
            people: one.of.people,
            stands_out: is_above(&pair),
            detail: format!(
                "Size: {}\nBreadth: {}\n{}",
                amount(size, one.of.mean, one.of.people),
                amount(breadth, other.of.mean, other.of.people),
                text::counted(one.of.people, "person", "people", locale)
            ),
        }
    });
    let middle = |by: &MetricByGroups| {
        let median = wording::metric_value(by.metric, by.all.median, by.all.people, locale);
        (by.all.median, format!("Median of all {median}"))
    };
    let name = |by: &MetricByGroups| {
        format!("{}, {}", wording::mean_name(by.metric), wording::metric_unit(by.metric, scene.by_month))
    };
    let axes = [size, breadth].map(|by| BubbleAxis { name: name(by), middle: middle(by) });
    let proofs: Vec<ProofId> = both.iter().map(|(group, _)| number(size.metric, ExploreFigure::Heat, group)).collect();
    let whole = id_of(&Number::Explore(size.metric, ExploreFigure::Heat, None));
    let what = if outside { "External network size and breadth" } else { "Internal network size and organizations" };
    let chart = BubbleChart::new(format!("{what} by group"), discs.collect(), axes, locale.decimal());
    let mut table = vec![vec![
        scene.heading(),
        wording::mean_name(size.metric).to_owned(),
        wording::mean_name(breadth.metric).to_owned(),
        "People".to_owned(),
    ]];
    let value = |by: &MetricByGroups, of: f64, people| wording::metric_value(by.metric, of, people, locale);
    table.extend(both.iter().map(|(one, other)| {
        vec![
            one.value.to_string(),
            value(size, one.of.mean, one.of.people),
            value(breadth, other.of.mean, other.of.people),
            text::count(one.of.people, locale),
        ]
    }));
    let people = population_line(scene.context, scene.results);
    let words = Words {
        title: wording::networks_title(outside, &above, both.len(), locale),
        subtitle: format!("{what} by group, means per person, {people}; discs by people"),
        footer: source_line(scene.context, scene.results),
        file_stem: format!("explore-{}-network", if outside { "external" } else { "internal" }),
    };
    let chart = chart.proofs(whole.clone(), proofs.clone());
    let proofs = Proofs { title: Some(whole.clone()), subtitle: whole, rows: proofs };
    Some(Picture::of(words, Chart::Bubbles(chart), table, proofs, scene.explored.clone()))
}
