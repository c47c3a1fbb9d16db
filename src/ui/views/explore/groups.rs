//! Groups of one metric side by side: against the rest, and as box plots.

use super::super::chart::{Chart, Picture, Proofs, Words, population_line};
use super::super::proof::id_of;
use super::super::source_line;
use super::Scene;
use crate::privacy::{GroupMean, MeanMetric, MetricByGroups, Verdict};
use crate::text;
use crate::ui::widgets::{AxisUnit, GroupBox, GroupList, GroupRow, MarkKind, Meaning, ProofId};
use crate::workbench::{ExploreFigure, Number, wording};

/// How values stand on an axis.
pub(super) fn axis(scene: Scene<'_>, metric: MeanMetric, largest: f64) -> Option<AxisUnit> {
    let unit = match metric.unit() {
        "share" => return None,
        "hours" => "h",
        _ => "",
    };
    Some(AxisUnit::up_to(largest, unit, scene.context.locale.decimal()))
}

/// A value as a part of an axis.
pub(super) fn share(axis: Option<AxisUnit>, value: f64) -> f64 {
    axis.map_or(value, |axis| axis.share(value))
}

pub(super) fn number(metric: MeanMetric, figure: ExploreFigure, group: &GroupMean) -> ProofId {
    id_of(&Number::Explore(metric, figure, Some(group.value.clone())))
}

/// Groups with their intervals, the highest first. `None` where the metric may not be told or no group is shown.
pub(super) fn ranked(scene: Scene<'_>) -> Option<Picture> {
    let by = scene.chosen().filter(|by| !by.groups.is_empty())?;
    let mut groups: Vec<&GroupMean> = by.groups.iter().collect();
    groups.sort_by(|a, b| b.of.mean.total_cmp(&a.of.mean).then_with(|| a.value.cmp(&b.value)));
    let largest = groups.iter().map(|group| group.of.interval.high).fold(by.all.interval.high, f64::max);
    let axis = axis(scene, by.metric, largest);
    let rows: Vec<GroupRow> = groups.iter().map(|group| row(scene, by, group, axis)).collect();
    let count = rows.len();
    let all = value(scene, by, by.all.mean, by.all.people);
    let headings = [scene.heading(), "Against the rest".to_owned(), "People".to_owned(), "Difference".to_owned()];
    let list = GroupList::new(
        format!("{} by group", wording::mean_name(by.metric)),
        headings.each_ref().map(String::as_str),
        rows,
    );
    let list = list.rule(share(axis, by.all.mean), format!("All {all}"));
    let list = match axis {
        Some(axis) => list.unit(axis),
        None => list,
    };
    let proofs: Vec<ProofId> = groups.iter().map(|group| number(by.metric, ExploreFigure::Mean, group)).collect();
    let whole = id_of(&Number::Explore(by.metric, ExploreFigure::Mean, None));
    let title = wording::explored_groups(by, scene.by_month, scene.context.locale);
    Some(picture(
        scene,
        by,
        ("groups", title),
        Chart::Groups(list.proofs(whole.clone(), proofs.clone()), count),
        ranked_table(scene, by, &groups),
        Proofs { title: Some(whole.clone()), subtitle: whole, rows: proofs },
    ))
}

fn picture(
    scene: Scene<'_>,
    by: &MetricByGroups,
    (what, title): (&str, String),
    chart: Chart,
    table: Vec<Vec<String>>,
    proofs: Proofs,
) -> Picture {
    let words = Words {
        title,
        subtitle: wording::explored_subtitle(by.metric, &population_line(scene.context, scene.results), scene.by_month),
        footer: source_line(scene.context, scene.results),
        file_stem: format!("explore-{}-{what}", by.metric.name().replace('_', "-")),
    };
    Picture::of(words, chart, table, proofs, scene.explored.clone())
}

fn value(scene: Scene<'_>, by: &MetricByGroups, value: f64, people: usize) -> String {
    wording::metric_value(by.metric, value, people, scene.context.locale)
}

fn row(scene: Scene<'_>, by: &MetricByGroups, group: &GroupMean, axis: Option<AxisUnit>) -> GroupRow {
    let locale = scene.context.locale;
    let of = &group.of;
    let verdict_word = wording::mean_against_the_rest(group.verdict).to_owned();
    let people = text::count(of.people, locale);
    let amount = wording::metric_amount(by.metric, of.mean, of.people, scene.by_month, locale);
    let range = wording::metric_range(by.metric, of, locale);
    GroupRow {
        name: group.value.to_string(),
        share: share(axis, of.mean),
        interval: [share(axis, of.interval.low), share(axis, of.interval.high)],
        value: value(scene, by, of.mean, of.people),
        verdict: match group.verdict {
            Verdict::Above => MarkKind::Above(Meaning::Neutral),
            Verdict::Below => MarkKind::Below(Meaning::Neutral),
            Verdict::NoClearDifference => MarkKind::Same,
        },
        detail: format!("{amount}, {range}, {verdict_word}, {people} people"),
        verdict_word,
        people,
        affected: difference(scene, by, group),
    }
}

fn difference(scene: Scene<'_>, by: &MetricByGroups, group: &GroupMean) -> String {
    let words = |(difference, _)| wording::metric_difference(by.metric, difference, scene.context.locale);
    group.difference.map_or_else(String::new, words)
}

fn ranked_table(scene: Scene<'_>, by: &MetricByGroups, groups: &[&GroupMean]) -> Vec<Vec<String>> {
    let locale = scene.context.locale;
    let heading = scene.heading();
    let headings =
        [heading.as_str(), "Mean per person", "Likely", "Against the rest", "Difference", "Likely", "People"];
    let mut rows = vec![headings.map(str::to_owned).to_vec()];
    rows.extend(groups.iter().map(|group| {
        let signed = |value| wording::metric_difference(by.metric, value, locale);
        let range = |(_, interval): (f64, crate::privacy::Interval)| {
            format!("{} to {}", signed(interval.low), signed(interval.high))
        };
        vec![
            group.value.to_string(),
            value(scene, by, group.of.mean, group.of.people),
            wording::metric_between(by.metric, &group.of, locale),
            wording::mean_against_the_rest(group.verdict).to_owned(),
            difference(scene, by, group),
            group.difference.map_or_else(String::new, range),
            text::count(group.of.people, locale),
        ]
    }));
    rows
}

/// Box plots of groups, the highest median first. `None` where the metric may not be told or no group is shown.
pub(super) fn spread(scene: Scene<'_>) -> Option<Picture> {
    let by = scene.chosen().filter(|by| !by.groups.is_empty())?;
    let mut groups: Vec<&GroupMean> = by.groups.iter().collect();
    groups.sort_by(|a, b| b.of.median.total_cmp(&a.of.median).then_with(|| a.value.cmp(&b.value)));
    let ends = |group: &GroupMean| group.of.tenths.or(group.of.quartiles).unwrap_or([group.of.median; 2]);
    let largest = groups.iter().map(|group| ends(group)[1]).fold(by.all.median, f64::max);
    let axis = axis(scene, by.metric, largest);
    let of_axis = |pair: [f64; 2]| pair.map(|value| share(axis, value));
    let boxes = groups.iter().map(|group| GroupBox {
        median: share(axis, group.of.median),
        quartiles: group.of.quartiles.map(of_axis),
        tenths: group.of.tenths.map(of_axis),
    });
    let boxes: Vec<GroupBox> = boxes.collect();
    let rows: Vec<GroupRow> = groups
        .iter()
        .map(|group| GroupRow {
            share: share(axis, group.of.median),
            interval: of_axis(ends(group)),
            value: value(scene, by, group.of.median, group.of.people),
            detail: spread_words(scene, by, group),
            affected: group.of.quartiles.map_or_else(String::new, |pair| between(scene, by, group, pair)),
            ..row(scene, by, group, axis)
        })
        .collect();
    let count = rows.len();
    let headings = [scene.heading(), "Against the rest".to_owned(), "People".to_owned(), "Middle half".to_owned()];
    let name = format!("{}, box plots by group", wording::mean_name(by.metric));
    let list = GroupList::new(name, headings.each_ref().map(String::as_str), rows).boxes(boxes);
    let all = value(scene, by, by.all.median, by.all.people);
    let list = list.rule(share(axis, by.all.median), format!("Median of all {all}"));
    let list = match axis {
        Some(axis) => list.unit(axis),
        None => list,
    };
    let proofs: Vec<ProofId> = groups.iter().map(|group| number(by.metric, ExploreFigure::Spread, group)).collect();
    let whole = id_of(&Number::Explore(by.metric, ExploreFigure::Spread, None));
    let title = wording::explored_spread(by, scene.by_month, scene.context.locale);
    Some(picture(
        scene,
        by,
        ("box-plots", title),
        Chart::Groups(list.proofs(whole.clone(), proofs.clone()), count),
        spread_table(scene, by, &groups),
        Proofs { title: Some(whole.clone()), subtitle: whole, rows: proofs },
    ))
}

fn between(scene: Scene<'_>, by: &MetricByGroups, group: &GroupMean, [low, high]: [f64; 2]) -> String {
    let words = |end| value(scene, by, end, group.of.people);
    format!("{} to {}", words(low), words(high))
}

fn spread_words(scene: Scene<'_>, by: &MetricByGroups, group: &GroupMean) -> String {
    let median =
        wording::metric_amount(by.metric, group.of.median, group.of.people, scene.by_month, scene.context.locale);
    let mut words = format!("Half have {median} or less");
    if let Some(pair) = group.of.quartiles {
        words += &format!("; the middle half {}", between(scene, by, group, pair));
    }
    if let Some(pair) = group.of.tenths {
        words += &format!("; the middle four fifths {}", between(scene, by, group, pair));
    }
    let people = text::counted(group.of.people, "person", "people", scene.context.locale);
    let few = if group.of.quartiles.is_none() { "; too few people for quartiles" } else { "" };
    format!("{words}; {people}{few}")
}

fn spread_table(scene: Scene<'_>, by: &MetricByGroups, groups: &[&GroupMean]) -> Vec<Vec<String>> {
    let heading = scene.heading();
    let headings = [heading.as_str(), "Median", "Middle half", "Middle four fifths", "People"];
    let mut rows = vec![headings.map(str::to_owned).to_vec()];
    rows.extend(groups.iter().map(|group| {
        let ends = |pair: Option<[f64; 2]>| pair.map_or_else(String::new, |pair| between(scene, by, group, pair));
        vec![
            group.value.to_string(),
            value(scene, by, group.of.median, group.of.people),
            ends(group.of.quartiles),
            ends(group.of.tenths),
            text::count(group.of.people, scene.context.locale),
        ]
    }));
    rows
}
