//! JSON of `insights` and `check`. Keys are stable: new ones may be added, none renamed.
//!
//! Shares are numbers from 0 to 1 with full precision, durations are hours, dates are ISO. Absent results are
//! there with `"available": false` and a reason.

use chrono::NaiveDate;
use serde_json::{Map, Value, json};

use crate::dataset::{Filter, Grain, GroupValue};
use crate::import::SourceReport;
use crate::privacy::{
    Chance, Change, Effect, Groups, InsightId, Interval, MeanMetric, MetricMean, Outcome, PublicGroup, PublicInsight,
    TrendPoint,
};
use crate::quality::{Concern, LeaveOut};
use crate::text::{Locale, Sentence};
use crate::workbench::{Opened, Results, row_sums, wording};

/// The version of the written definitions that the numbers follow.
pub(super) const DEFINITIONS: &str = "1";

/// The JSON of `insights`.
pub(super) fn insights(opened: &Opened, results: &Results) -> String {
    let by_month = opened.is_by_month();
    let findings = results.findings.as_ref().map(|findings| &**findings);
    let document = json!({
        "program": program(),
        "definitions": DEFINITIONS,
        "sources": sources(opened, results),
        "population": population(results, by_month),
        "insights": match findings {
            Ok(findings) => findings.insights.iter().map(|of| insight(of, results)).collect::<Vec<_>>(),
            Err(hidden) => InsightId::ALL.into_iter().map(|id| absent(id, &hidden.sentence(results.rules).plain())).collect(),
        },
        "metrics": match findings {
            Ok(findings) => findings.metrics.iter().map(metric).collect::<Vec<_>>(),
            Err(_) => MeanMetric::ALL.map(|id| MetricMean { metric: id, mean: None }).iter().map(metric).collect(),
        },
    });
    printed(&document)
}

/// The program and its version.
pub(super) fn program() -> Value {
    json!({ "name": env!("CARGO_PKG_NAME"), "version": env!("CARGO_PKG_VERSION") })
}

/// Who and when.
pub(super) fn population(results: &Results, by_month: bool) -> Value {
    let population = results.findings.as_ref().ok().map(|findings| &findings.population);
    json!({
        "people": population.map(|population| population.people),
        "periods": population.map(|population| population.periods),
        "first": population.and_then(|population| population.first).map(|day| period(day, by_month)),
        "last": population.and_then(|population| population.last).map(|day| period(day, by_month)),
        "filters": filters(&results.question.filter),
        "minimum_group_size": results.rules.minimum_group_size(),
        "edge_periods": population.map_or_else(Vec::new, |population| edge_periods(&population.edge_periods)),
    })
}

/// The JSON of `check`.
pub(super) fn check(opened: &Opened, results: &Results) -> String {
    let mut sources = sources(opened, results);
    for (source, report) in sources.iter_mut().zip(&opened.report.sources) {
        let evidence: Map<String, Value> = report
            .evidence
            .iter()
            .map(|(decision, sentence)| ((*decision).to_owned(), json!(sentence.plain())))
            .collect();
        source["evidence"] = Value::Object(evidence);
        source["places"] = json!(report.issues_total);
    }
    let findings = results.checks.iter().map(|check| {
        let (effect, hidden) = match &check.effect {
            Effect::Told(shares) => {
                (shares.iter().map(|(id, share)| (id.name().to_owned(), json!(share))).collect(), None)
            }
            Effect::Hidden(why) => (Map::new(), Some(why.plain())),
            Effect::NoSwitch | Effect::NotAsked => (Map::new(), None),
        };
        json!({
            "code": check.code,
            "severity": check.severity.name(),
            "count": check.count,
            "text": check.text.plain(),
            "what_to_do": check.what_to_do,
            "lines": check.lines,
            "concerns": concerns(&check.concerns),
            "switch": check.leave_out.as_ref().map(|leave_out| json!({
                "left_out": leave_out.is_on(&results.question.filter),
                "options": options(leave_out),
            })),
            "effect": effect,
            "effect_hidden": hidden,
        })
    });
    let verdicts = results.verdicts.iter().map(|judgement| {
        json!({
            "insight": judgement.insight.name(),
            "verdict": judgement.verdict.name(),
            "reason": judgement.reason.plain(),
            "held_back": results.held_back(judgement.insight).is_some(),
            "shown_despite": results.shown_despite(judgement.insight).is_some(),
        })
    });
    let roll = |name: &str| results.roll.attributes.iter().find(|attribute| attribute.name == name);
    let attributes = results.attributes.iter().map(|attribute| {
        let hidden = attribute.hidden;
        json!({
            "name": attribute.name,
            "groups_shown": attribute.values.len(),
            "values": attribute.values.iter().map(|value| json!({ "value": value.value, "people": value.people })).collect::<Vec<_>>(),
            "groups_hidden": hidden.map_or(0, |hidden| hidden.groups),
            "people_hidden": hidden.map_or(Some(0), |hidden| hidden.people),
            "distinct_values": attribute.values.len() + hidden.map_or(0, |hidden| hidden.groups),
            "people_without": roll(&attribute.name).and_then(|roll| roll.blank),
            "people_moved": roll(&attribute.name).and_then(|roll| roll.moved),
        })
    });
    let mut who = population(results, opened.is_by_month());
    who["joined"] = json!(results.roll.joined);
    who["left"] = json!(results.roll.left);
    let document = json!({
        "sources": sources,
        "population": who,
        "attributes": attributes.collect::<Vec<_>>(),
        "findings": findings.collect::<Vec<_>>(),
        "verdicts": verdicts.collect::<Vec<_>>(),
    });
    printed(&document)
}

/// What a finding concerns: "everything", or columns by their canonical names.
fn concerns(concern: &Concern) -> Value {
    match concern {
        Concern::NoNumber => json!([]),
        Concern::Columns(columns) => json!(columns.iter().map(|metric| metric.name()).collect::<Vec<_>>()),
        Concern::Everything => json!(["everything"]),
    }
}

/// The options that switch over what is left out: those that leave it out; of inactive rows the one that includes them.
fn options(leave_out: &LeaveOut) -> Vec<String> {
    match leave_out {
        LeaveOut::Periods(days) => days.iter().flat_map(|day| ["--without".to_owned(), day.to_string()]).collect(),
        LeaveOut::LowActivity => vec!["--without-low-activity".to_owned()],
        LeaveOut::InactiveRows => vec!["--include-inactive".to_owned()],
    }
}

pub(super) fn printed(document: &Value) -> String {
    // A document of strings, numbers and lists always has a text.
    serde_json::to_string_pretty(document).unwrap_or_default() + "\n"
}

/// A period by its first day; a month is its first day.
pub(super) fn period(day: NaiveDate, by_month: bool) -> String {
    let day = if by_month { chrono::Datelike::with_day(&day, 1).unwrap_or(day) } else { day };
    day.to_string()
}

fn edge_periods(weeks: &[NaiveDate]) -> Vec<String> {
    weeks.iter().map(ToString::to_string).collect()
}

pub(super) fn filters(filter: &Filter) -> Vec<String> {
    let mut texts: Vec<String> = Vec::new();
    for attribute in &filter.attributes {
        texts.extend(attribute.values.iter().map(|value| format!("{}={value}", attribute.attribute)));
    }
    texts.extend(filter.from.map(|day| format!("from {day}")));
    texts.extend(filter.to.map(|day| format!("to {day}")));
    texts.extend(filter.without.iter().map(|day| format!("without {day}")));
    texts.extend(filter.include_inactive.then(|| "include inactive".to_owned()));
    texts.extend(filter.without_low_activity.then(|| "without low activity".to_owned()));
    texts
}

pub(super) fn sources(opened: &Opened, results: &Results) -> Vec<Value> {
    let with_inactive = results.question.filter.include_inactive;
    // A part of one department would otherwise tell how large it is.
    let k = results.rules.minimum_group_size() as u64;
    let mut sources = Vec::new();
    for (source, sum) in opened.report.sources.iter().zip(row_sums(opened, results)) {
        let excluded: Map<String, Value> =
            sum.not_used.iter().map(|(reason, rows)| (reason.name().to_owned(), json!(rows))).collect();
        sources.push(json!({
            "name": source.name,
            "sha256": source.sha256,
            "kind": source.kind.name(),
            "era": source.era.name(),
            "grain": source.grain.name(),
            "rows": source.rows,
            "rows_used": sum.used,
            "rows_excluded": excluded,
            "cells_excluded": cells(source, |cells| cells.excluded, with_inactive),
            "blanks": cells(source, |cells| cells.blanks, with_inactive),
            "people": (source.people >= k).then_some(source.people),
            "periods": source.periods,
            "first": source.first.map(|day| period(day, source.grain == Grain::Month)),
            "last": source.last.map(|day| period(day, source.grain == Grain::Month)),
            "week_starts_on": source.week_starts_on.map(crate::text::weekday),
            "date_order": source.date_order.name(),
            "encoding": source.encoding,
            "delimiter": char::from(source.delimiter).to_string(),
            "container": source.container.name(),
            "columns": columns(source),
        }));
    }
    sources
}

fn columns(source: &SourceReport) -> Map<String, Value> {
    source.columns.iter().map(|(canonical, header)| (canonical.clone(), json!(header))).collect()
}

/// Counts of cells by canonical column, over the rows that are used; columns without any are left out.
fn cells(
    source: &SourceReport,
    count: impl Fn(&crate::dataset::CellCounts) -> [usize; 2],
    with_inactive: bool,
) -> Map<String, Value> {
    let counted = source.cells.iter().map(|cells| {
        let [active, inactive] = count(cells);
        (cells.metric.name().to_owned(), active + if with_inactive { inactive } else { 0 })
    });
    counted.filter(|(_, count)| *count > 0).map(|(name, count)| (name, json!(count))).collect()
}

fn insight(insight: &PublicInsight, results: &Results) -> Value {
    let (id, locale) = (insight.id, Locale::neutral());
    match &insight.outcome {
        Err(why) => absent(id, &wording::no_number(results, id, why, &locale)),
        Ok(outcome) => json!({
            "id": id.name(),
            "behavior": id.behavior().name(),
            "title": wording::title(id, outcome, &locale),
            "sentence": wording::sentence(id, outcome, &locale),
            "available": true,
            "reason": null,
            "shown_despite": results.shown_despite(id).map(Sentence::plain),
            "share": outcome.share.get(),
            "low": outcome.interval.low,
            "high": outcome.interval.high,
            "people": outcome.people,
            "periods": outcome.periods,
            "not_eligible": outcome.not_eligible,
            "badges": outcome.badges.iter().map(|badge| badge.name()).collect::<Vec<_>>(),
            "boundaries": boundaries(outcome),
            "other_readings": other_readings(outcome),
            "bands": bands(outcome),
            "trend": outcome.trend.iter().map(point).collect::<Vec<_>>(),
            "change": results.change(id).map(change),
            "groups": by_grouping(outcome, |groups| json!(groups.shown.iter().map(group).collect::<Vec<_>>())),
            "hidden_groups": by_grouping(outcome, hidden_groups),
            "groups_to_focus_on": focus(outcome),
            "groups_to_focus_on_chance": by_grouping(outcome, |groups| chance(groups.focus_chance)),
            "verdicts_chance": by_grouping(outcome, |groups| chance(groups.verdict_chance)),
            "connected_groups": by_grouping(outcome, |groups| json!(groups.connected.iter().map(GroupValue::as_str).collect::<Vec<_>>())),
        }),
    }
}

/// An insight without numbers: the same keys, and the reason.
fn absent(id: InsightId, reason: &str) -> Value {
    json!({
        "id": id.name(),
        "behavior": id.behavior().name(),
        "title": wording::name(id),
        "sentence": reason,
        "available": false,
        "reason": reason,
        "shown_despite": null,
        "share": null, "low": null, "high": null, "people": null, "periods": null, "not_eligible": null,
        "badges": [], "boundaries": [], "other_readings": [], "bands": [], "trend": [],
        "change": null,
        "groups": {}, "hidden_groups": {}, "groups_to_focus_on": [], "connected_groups": {},
        "groups_to_focus_on_chance": {}, "verdicts_chance": {},
    })
}

/// By what is grouped by, as `--by` takes it: "Organization", "Organization+Level".
fn by_grouping(outcome: &Outcome, value: impl Fn(&Groups) -> Value) -> Map<String, Value> {
    outcome.breakdowns.iter().map(|groups| (groups.by.in_one_word(), value(groups))).collect()
}

fn hidden_groups(groups: &Groups) -> Value {
    groups.hidden.map_or_else(
        || json!({ "groups": 0, "people": 0 }),
        |hidden| json!({ "groups": hidden.groups, "people": hidden.people }),
    )
}

fn group(group: &PublicGroup) -> Value {
    let difference = group.difference;
    let object = json!({
        "value": group.value.as_str(),
        "people": group.people,
        "share": group.share.get(),
        "low": group.interval.low,
        "high": group.interval.high,
        "difference": difference.map(|(difference, _)| difference),
        "difference_low": difference.map(|(_, Interval { low, .. })| low),
        "difference_high": difference.map(|(_, Interval { high, .. })| high),
        "verdict": group.verdict.name(),
    });
    with_values(object, &group.value)
}

/// Of a group of two attributes its values one by one, in the order of the attributes.
fn with_values(mut object: Value, group: &GroupValue) -> Value {
    let values: Vec<&str> = group.parts().collect();
    if values.len() > 1 {
        object["values"] = json!(values);
    }
    object
}

fn focus(outcome: &Outcome) -> Vec<Value> {
    let all = outcome.breakdowns.iter().flat_map(|groups| groups.focus.iter().map(|focus| (&groups.by, focus)));
    all.map(|(by, focus)| {
        let object = json!({
            "attribute": by.in_one_word(),
            "value": focus.value.as_str(),
            "people": focus.people,
            "share": focus.share.get(),
            "gap": focus.gap,
            "people_affected": focus.people_affected,
            "rank_band": focus.rank_band,
        });
        with_values(object, &focus.value)
    })
    .collect()
}

/// How many of the marked groups could be chance.
fn chance(chance: Chance) -> Value {
    json!({
        "compared": chance.compared,
        "marked": chance.marked,
        "expected_by_chance": chance.expected_by_chance,
    })
}

fn boundaries(outcome: &Outcome) -> Vec<Value> {
    let boundary = |boundary: &crate::privacy::Boundary| json!({ "at": boundary.at_hours, "unit": boundary.unit.name(), "count": boundary.count });
    outcome.boundaries.iter().map(boundary).collect()
}

fn other_readings(outcome: &Outcome) -> Vec<Value> {
    outcome.other_readings.iter().map(|reading| json!({ "id": reading.id, "share": reading.share.get() })).collect()
}

fn bands(outcome: &Outcome) -> Vec<Value> {
    let band = |band: &crate::privacy::Band| json!({ "label": band.label, "from": band.from, "to": band.to, "share": band.share.get() });
    outcome.bands.iter().map(band).collect()
}

fn point(point: &TrendPoint) -> Value {
    json!({ "period": point.period.to_string(), "people": point.people, "share": point.share.get() })
}

/// The later half of the periods against the earlier half.
fn change(change: &Change) -> Value {
    let (difference, interval) = change.difference;
    json!({
        "earlier": change.earlier.get(),
        "later": change.later.get(),
        "difference": difference,
        "difference_low": interval.low,
        "difference_high": interval.high,
    })
}

fn metric(mean: &MetricMean) -> Value {
    json!({
        "id": mean.metric.name(),
        "mean_per_person_period": mean.mean.map(|(mean, _)| mean),
        "unit": mean.metric.unit(),
        "people": mean.mean.map(|(_, people)| people),
    })
}
