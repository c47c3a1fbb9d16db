//! The command `explore`: one metric by groups, over time and in its distribution, with what stands beside it.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::arguments::{ExploreArguments, Format};
use super::{Failure, answer, json, print};
use crate::privacy::{
    Band, Exploration, ExploreQuestion, GroupMean, MeanOf, MetricByGroups, MetricTrend, StyleFindings,
};
use crate::report::explored_table;
use crate::text::{self, Locale};
use crate::workbench::{self, Explored, Opened, Results, wording};

/// Does the command.
pub(super) fn explore(command: &ExploreArguments) -> Result<u8, Failure> {
    let Some(metric) = workbench::metric_named(&command.metric) else {
        return Err(Failure::arguments(
            &format!("There is no metric {}.", command.metric),
            "Metrics go by their names in the JSON of insights.",
            &format!("Give --metric one of: {}.", workbench::metric_names().join(", ")),
        ));
    };
    let (opened, results) = answer(&command.files, &command.settings, Format::Table)?;
    let [by] = results.question.by.as_slice() else {
        return Err(Failure::arguments(
            "More than one --by was given.",
            "A metric is explored by one attribute, or by two at once as in Organization+Level.",
            "Give --by once.",
        ));
    };
    let question = ExploreQuestion {
        filter: results.question.filter.clone(),
        metric,
        by: Some(by.clone()),
        settings: results.question.settings.clone(),
    };
    let explored = workbench::explore(&opened, &question, results.rules);
    if let Err(hidden) = &explored.found
        && results.too_small_a_file().is_none()
    {
        return Err(Failure::hidden(hidden, results.rules));
    }
    let text = match command.format {
        Format::Table => table(&opened, &explored),
        Format::Json => document(&opened, &results, &explored),
        Format::Csv => csv(&explored),
    };
    print(&text)?;
    Ok(u8::from(results.needs_care()))
}

fn csv(explored: &Explored) -> String {
    let bytes = explored_table(explored).map(|table| table.bytes).unwrap_or_default();
    // The mark at the start is for spreadsheets that open files.
    String::from_utf8_lossy(&bytes).trim_start_matches('\u{feff}').replace("\r\n", "\n")
}

// ------------------------------------------------------------------------------------------------------- JSON

fn document(opened: &Opened, results: &Results, explored: &Explored) -> String {
    let found = explored.found.as_ref().ok().map(|found| &**found);
    let by_month = opened.is_by_month();
    let metric = explored.question.metric;
    let chosen = found.and_then(|found| chosen(found, explored));
    let more = found.and_then(|found| found.chosen.as_ref().ok());
    let reason = match (&explored.found, found.map(|found| &found.chosen)) {
        (Err(hidden), _) => Some(hidden.sentence(explored.rules).plain()),
        (_, Some(Err(why))) => Some(wording::unavailable(why)),
        _ => None,
    };
    let mut of_metric = json!({
        "id": metric.name(),
        "name": wording::mean_name(metric),
        "unit": metric.unit(),
        "available": chosen.is_some(),
        "reason": reason,
    });
    if let (Some(chosen), Value::Object(object)) = (chosen, &mut of_metric) {
        object.extend(numbers(&chosen.all));
    }
    let period = |day| json::period(day, by_month);
    json::printed(&json!({
        "program": json::program(),
        "definitions": json::DEFINITIONS,
        "sources": json::sources(opened, results),
        "population": json::population(results, by_month),
        "metric": of_metric,
        "by": found.and_then(|found| found.by.as_ref()).map(crate::dataset::GroupBy::in_one_word),
        "groups": chosen.map_or_else(Vec::new, |by| by.groups.iter().map(group).collect::<Vec<_>>()),
        "hidden_groups": chosen.and_then(|by| by.hidden).map_or_else(
            || json!({ "groups": 0, "people": 0 }),
            |hidden| json!({ "groups": hidden.groups, "people": hidden.people }),
        ),
        "could_be_chance": chosen.map(|by| by.chance.expected_by_chance),
        "distribution": more.map_or_else(Vec::new, |more| {
            let bin = |bin: &crate::privacy::Bin| json!({ "from": bin.from, "to": bin.to, "share": bin.share.get() });
            more.bins.iter().map(bin).collect::<Vec<_>>()
        }),
        "trend": more.map(|more| trend(&more.trend, period)),
        "group_trends": more.map_or_else(Vec::new, |more| {
            let of = |(value, of): &(crate::dataset::GroupValue, MetricTrend)| {
                json!({ "value": value.as_str(), "trend": trend(of, period) })
            };
            more.group_trends.iter().map(of).collect::<Vec<_>>()
        }),
        "metrics": found.map_or_else(Vec::new, |found| found.metrics.iter().map(of_heat).collect::<Vec<_>>()),
        "external": found.and_then(|found| found.external.as_ref().ok()).map(external),
        "styles": found.map_or_else(Vec::new, |found| found.styles.iter().map(style).collect::<Vec<_>>()),
    }))
}

fn chosen<'a>(found: &'a Exploration, explored: &Explored) -> Option<&'a MetricByGroups> {
    let asked = explored.question.metric.name();
    found.metrics.iter().find(|known| known.metric.name() == asked)
}

fn numbers(of: &MeanOf) -> serde_json::Map<String, Value> {
    let numbers = json!({
        "people": of.people,
        "mean": of.mean,
        "low": of.interval.low,
        "high": of.interval.high,
        "median": of.median,
        "quartiles": of.quartiles,
        "tenths": of.tenths,
    });
    if let Value::Object(object) = numbers { object } else { serde_json::Map::new() }
}

fn group(group: &GroupMean) -> Value {
    let mut object = numbers(&group.of);
    object.insert("value".to_owned(), json!(group.value.as_str()));
    object.insert("difference".to_owned(), json!(group.difference.map(|(difference, _)| difference)));
    object.insert("difference_low".to_owned(), json!(group.difference.map(|(_, interval)| interval.low)));
    object.insert("difference_high".to_owned(), json!(group.difference.map(|(_, interval)| interval.high)));
    object.insert("verdict".to_owned(), json!(group.verdict.name()));
    Value::Object(object)
}

fn trend(trend: &MetricTrend, period: impl Fn(chrono::NaiveDate) -> String) -> Value {
    let points = trend.periods.iter().filter_map(|at| {
        let (people, mean) = at.point?;
        Some(json!({ "period": period(at.period), "people": people, "mean": mean }))
    });
    let unusual = trend.unusual.iter().map(|unusual| {
        json!({
            "rule": wording::rule_name(unusual.rule),
            "is_high": unusual.is_high,
            "first": period(unusual.first),
            "last": period(unusual.last),
            "periods": unusual.periods,
        })
    });
    json!({
        "points": points.collect::<Vec<_>>(),
        "usual": trend.usual.map(|usual| json!({
            "center": usual.center,
            "low": usual.limits.low,
            "high": usual.limits.high,
            "periods": usual.values,
        })),
        "unusual": unusual.collect::<Vec<_>>(),
    })
}

/// One column of the heat table.
fn of_heat(by: &MetricByGroups) -> Value {
    let group = |group: &GroupMean| {
        json!({
            "value": group.value.as_str(),
            "people": group.of.people,
            "mean": group.of.mean,
            "verdict": group.verdict.name(),
        })
    };
    json!({
        "id": by.metric.name(),
        "unit": by.metric.unit(),
        "people": by.all.people,
        "mean": by.all.mean,
        "median": by.all.median,
        "groups": by.groups.iter().map(group).collect::<Vec<_>>(),
    })
}

fn external(external: &crate::privacy::ExternalFindings) -> Value {
    let any = external.any;
    let top =
        external.top.iter().map(|top| json!({ "part": top.part, "people": top.people, "share": top.share.get() }));
    json!({
        "people": external.people,
        "any_contact": { "share": any.share.get(), "low": any.interval.low, "high": any.interval.high },
        "of_all_collaboration": external.of_collaboration.map(|all| {
            json!({ "share": all.share.get(), "low": all.interval.low, "high": all.interval.high })
        }),
        "hours_a_period": external.hours_a_period,
        "top": top.collect::<Vec<_>>(),
    })
}

fn style(found: &StyleFindings) -> Value {
    let parts = |bands: &[Band]| -> Vec<Value> {
        bands.iter().map(|band| json!({ "label": band.label, "share": band.share.get() })).collect()
    };
    let group = |group: &crate::privacy::StyleGroup| json!({ "value": group.value.as_str(), "people": group.people, "parts": parts(&group.bands) });
    json!({
        "insight": found.style.insight().name(),
        "people": found.people,
        "parts": parts(&found.bands),
        "groups": found.groups.iter().map(group).collect::<Vec<_>>(),
    })
}

// ------------------------------------------------------------------------------------------------------ table

fn table(opened: &Opened, explored: &Explored) -> String {
    let locale = Locale::of(super::table::ENGLISH);
    let mut out = String::new();
    let sample = if opened.is_sample() { "  SAMPLE: a made-up company" } else { "" };
    // Writing to a String does not fail.
    let _ = writeln!(out, "{}: {}{sample}", wording::mean_name(explored.question.metric), opened.name);
    let found = match &explored.found {
        Ok(found) => found,
        Err(hidden) => return out + &hidden.sentence(explored.rules).in_words(&locale) + "\n",
    };
    let by_month = opened.is_by_month();
    let population = wording::population(&found.population, by_month, &locale);
    let _ = writeln!(out, "{population}; groups under {} are hidden", found.population.minimum_group_size);
    match (chosen(found, explored), &found.chosen) {
        (Some(by), Ok(more)) => {
            of_metric(&mut out, by, by_month, &locale);
            let _ = writeln!(out, "\nDistribution");
            for bin in &more.bins {
                let share = text::percent(bin.share, by.all.people, &locale);
                let _ = writeln!(out, "  {:<28} {share:>9}", wording::bin(by.metric, bin, &locale));
            }
            let title = wording::explored_trend(by.metric, &more.trend, by.all.people, by_month, &locale);
            let _ = writeln!(out, "\nOver time\n  {title}");
        }
        (_, Err(why)) => {
            let _ = writeln!(out, "{}", wording::unavailable(why));
        }
        _ => {}
    }
    if let Ok(external) = &found.external {
        let _ = writeln!(out, "\nExternal time\n  {}", wording::external_title(external, by_month, &locale));
        if !external.top.is_empty() {
            let _ = writeln!(out, "  {}", wording::concentration_title(external, &locale));
        }
    }
    for style in &found.styles {
        let _ = writeln!(out, "\n{}\n  {}", wording::name(style.style.insight()), wording::style_title(style, &locale));
    }
    out
}

fn of_metric(out: &mut String, by: &MetricByGroups, by_month: bool, locale: &Locale) {
    let amount = |of: &MeanOf| wording::metric_amount(by.metric, of.mean, of.people, by_month, locale);
    let _ = writeln!(out, "  {:<28} {}, {}", "All", amount(&by.all), wording::metric_range(by.metric, &by.all, locale));
    let mut groups: Vec<&GroupMean> = by.groups.iter().collect();
    groups.sort_by(|a, b| b.of.mean.total_cmp(&a.of.mean).then_with(|| a.value.cmp(&b.value)));
    for group in groups {
        let value = wording::metric_value(by.metric, group.of.mean, group.of.people, locale);
        let _ = writeln!(
            out,
            "  {:<28} {value:>9}  {:<19} {}",
            text::on_one_line(group.value.as_str()),
            wording::mean_against_the_rest(group.verdict),
            text::counted(group.of.people, "person", "people", locale),
        );
    }
    if let Some(hidden) = by.hidden {
        let _ = writeln!(out, "  {}", wording::hidden(hidden, locale));
    }
    let chance = wording::chance(wording::Marked::AgainstTheRest, &by.chance, locale);
    if !chance.is_empty() {
        let _ = writeln!(out, "  {chance}");
    }
}
