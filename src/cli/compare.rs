//! `compare`: two windows of weeks, cohort by cohort, as a table or as JSON.

use std::fmt::Write as _;

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::Failure;
use super::arguments::CompareArguments;
use super::json::{DEFINITIONS, filters, printed, program, sources};
use crate::dataset::{AttributeFilter, Dataset};
use crate::privacy::{
    Cohort, CohortChange, CohortNumbers, CompareQuestion, Comparison, Hidden, MetricChange, Movement, NoCohort,
    Version, Window,
};
use crate::text::{self, Locale};
use crate::workbench::{Opened, Results, read_group, wording};

/// Both windows, the cohorts and the margin that the arguments ask for.
pub(super) fn question(
    arguments: &CompareArguments,
    opened: &Opened,
    results: &Results,
) -> Result<CompareQuestion, Failure> {
    let filter = results.question.filter.clone();
    if filter.from.is_some() || filter.to.is_some() {
        return Err(Failure::arguments(
            "The options --from and --to do not go with compare.",
            "A comparison is of two windows.",
            "Give the windows with --baseline and --current.",
        ));
    }
    if !(0.0..1.0).contains(&arguments.margin) {
        return Err(Failure::arguments(
            &format!("The value {} of --margin cannot be used.", arguments.margin),
            "It is a part of the mean before: 0.05 stands for 5 %.",
            "Give --margin a number from 0 to 1.",
        ));
    }
    let windows = [window("--baseline", &arguments.baseline)?, window("--current", &arguments.current)?];
    let mut cohorts = vec![Cohort::Everyone];
    for text in &arguments.cohort {
        cohorts.push(cohort(text, &opened.dataset)?);
    }
    Ok(CompareQuestion { windows, filter, cohorts, margin: arguments.margin })
}

/// Answers, or says in three sentences why not.
pub(super) fn answer(question: &CompareQuestion, opened: &Opened, results: &Results) -> Result<Comparison, Failure> {
    let locale = Locale::neutral();
    let comparison = opened.compare(question, results.rules).map_err(|problem| {
        let [what, what_to_do] = wording::window_problem(&problem, opened.is_by_month(), &locale);
        let what_to_do = match &problem {
            crate::privacy::WindowProblem::Unequal { corrected: [baseline, current], .. } => format!(
                "Give --baseline {}..{} --current {}..{}.",
                baseline.from, baseline.to, current.from, current.to
            ),
            _ => what_to_do,
        };
        Failure::arguments(&what, "Two windows of equal length are compared, one after the other.", &what_to_do)
    })?;
    for of in &comparison.cohorts {
        match &of.outcome {
            Err(NoCohort::Hidden(hidden @ Hidden::NotInFile(_))) => return Err(Failure::hidden(hidden, results.rules)),
            Err(NoCohort::NoRoles) => {
                return Err(Failure::arguments(
                    &format!("The cohort {} cannot be told.", wording::cohort(&of.cohort)),
                    "This export does not say who leads.",
                    "Give an export with the column SupervisorIndicator.",
                ));
            }
            _ => {}
        }
    }
    Ok((*comparison).clone())
}

/// FROM..TO by the first days of periods.
pub(super) fn window(option: &str, text: &str) -> Result<Window, Failure> {
    let days = text.split_once("..").and_then(|(from, to)| {
        let day = |text: &str| text.trim().parse::<NaiveDate>().ok();
        Some(Window { from: day(from)?, to: day(to)? })
    });
    days.filter(|window| window.from <= window.to).ok_or_else(|| {
        Failure::arguments(
            &format!("The value {text} of {option} is no window."),
            "A window goes from a first day to a last one.",
            &format!("Write it as {option} 2024-04-07..2024-06-23."),
        )
    })
}

/// `managers`, `leaders`, or values: a further one of the same attribute, or of another, after a comma. A comma that
/// is a part of a value parts nothing.
fn cohort(text: &str, dataset: &Dataset) -> Result<Cohort, Failure> {
    match text.trim().to_lowercase().as_str() {
        "managers" => return Ok(Cohort::Managers),
        "leaders" => return Ok(Cohort::Leaders),
        _ => {}
    }
    let is_value = |attribute: &str, value: &str| {
        dataset.attribute(attribute).is_some_and(|known| known.values.iter().any(|known| known == value.trim()))
    };
    let mut parts: Vec<AttributeFilter> = Vec::new();
    let mut open = String::new();
    for piece in text.split(',') {
        let joined = if open.is_empty() { piece.to_owned() } else { format!("{open},{piece}") };
        // A further value of the attribute before it, unless it names an attribute itself.
        let named = read_group(&joined, dataset).filter(|group| dataset.attribute(&group.attribute).is_some());
        let further = parts.last().filter(|part| is_value(&part.attribute, &joined)).map(|part| part.attribute.clone());
        let (attribute, value) = match (named, further) {
            (_, Some(attribute)) => (attribute, joined.trim().to_owned()),
            (Some(group), None) if is_value(&group.attribute, &group.value) => (group.attribute, group.value),
            _ => {
                open = joined;
                continue;
            }
        };
        open.clear();
        match parts.iter_mut().find(|part| part.attribute == attribute) {
            Some(part) => part.values.push(value),
            None => parts.push(AttributeFilter { attribute, values: vec![value] }),
        }
    }
    if parts.is_empty() || !open.is_empty() {
        let unknown = if open.is_empty() { text } else { open.trim() };
        return Err(Failure::arguments(
            &format!("The cohort {unknown} is not in the file."),
            "Cohorts go by the names in the file.",
            "Write it as --cohort \"ATTRIBUTE=VALUE,VALUE\", or managers, or leaders.",
        ));
    }
    Ok(Cohort::Of(parts))
}

// ---------------------------------------------------------------------------------------------------------- the table

/// The comparison as a table.
pub(super) fn table(opened: &Opened, results: &Results, comparison: &Comparison) -> String {
    let locale = Locale::of("en-US");
    let by_month = opened.is_by_month();
    let k = results.rules.minimum_group_size();
    let sample = if opened.is_sample() { "  SAMPLE: a made-up company" } else { "" };
    let mut out = String::new();
    // Writing to a String does not fail.
    let _ = writeln!(out, "Compare periods: {}{sample}", opened.name);
    let _ = writeln!(out, "{}; groups under {k} are hidden", wording::windows(comparison, by_month, &locale));
    let left_out: Vec<String> = comparison.left_out.iter().map(|day| text::date(*day, &locale)).collect();
    if !left_out.is_empty() {
        let _ = writeln!(out, "Left out: {}", text::list_and(&left_out));
    }
    for of in &comparison.cohorts {
        let _ = writeln!(out, "\n{}", text::on_one_line(&wording::cohort(&of.cohort)));
        match &of.outcome {
            Err(why) => {
                let _ = writeln!(out, "  {}", text::on_one_line(&wording::no_cohort(why, results.rules, &locale)));
            }
            Ok(numbers) => write_cohort(&mut out, of, numbers, by_month, k),
        }
    }
    let differences = comparison.differences.iter().filter(|known| known.version == Version::SamePeople);
    let differences = differences.filter_map(|known| wording::cohort_difference(known, comparison, &locale));
    let differences: Vec<String> = differences.collect();
    if !differences.is_empty() {
        let _ = writeln!(out, "\nBetween cohorts\n  {}", differences.join("\n  "));
    }
    out
}

fn write_cohort(out: &mut String, of: &CohortChange, numbers: &CohortNumbers, by_month: bool, k: usize) {
    let locale = Locale::of("en-US");
    let _ = writeln!(out, "  {}.", wording::cohort_people(numbers, k, &locale));
    if let Some(finding) = wording::cohort_finding(&of.cohort, numbers, Version::SamePeople, by_month, &locale) {
        let _ = writeln!(out, "  {}.", text::on_one_line(&finding));
    }
    let versions = numbers.metrics.iter().filter_map(|known| known.outcome.as_ref().ok());
    let versions: Vec<Version> = versions.map(|changes| changes.of(Version::SamePeople).1).collect();
    let is_mixed = versions.contains(&Version::SamePeople) && versions.contains(&Version::Everyone);
    if versions.contains(&Version::Everyone) && !is_mixed {
        let _ = writeln!(out, "  {}", wording::no_same_people(k));
    }
    let _ = writeln!(out, "  {:<34} {:>9} {:>9} {:>9}  {:<16} Verdict", "", "Before", "Now", "Change", "Likely");
    for MetricChange { metric, outcome } in &numbers.metrics {
        let name = wording::compare_metric(*metric);
        match outcome {
            Err(why) => {
                let _ = writeln!(out, "  {name:<34} {}", wording::no_change(why));
            }
            Ok(changes) => {
                let (movement, version) = changes.of(Version::SamePeople);
                let number = |value| wording::compare_number(*metric, value, &locale);
                let of_whom = if is_mixed && version == Version::Everyone { ", of everyone present" } else { "" };
                let _ = writeln!(
                    out,
                    "  {name:<34} {:>9} {:>9} {:>9}  {:<16} {}{of_whom}",
                    number(movement.before),
                    number(movement.after),
                    wording::relative(movement, &locale),
                    wording::exact_range(*metric, movement, &locale),
                    wording::change_verdict(movement.verdict),
                );
                if let Some(people) = changes.from_zero.filter(|people| *people > 0) {
                    let _ = writeln!(out, "    {}", wording::from_zero(*metric, people, &locale));
                }
            }
        }
    }
    let came_from = wording::came_from(numbers, Version::SamePeople, &locale);
    let evenings = wording::after_hours(numbers.after_hours(Version::SamePeople));
    for sentence in came_from.iter().map(String::as_str).chain([evenings]).filter(|sentence| !sentence.is_empty()) {
        let _ = writeln!(out, "  {sentence}");
    }
}

// ------------------------------------------------------------------------------------------------------------ the JSON

/// The comparison as JSON.
pub(super) fn json(opened: &Opened, results: &Results, question: &CompareQuestion, comparison: &Comparison) -> String {
    let [baseline, current] = &comparison.periods;
    let window = |periods: &[NaiveDate]| {
        json!({
            "first": periods.first().map(ToString::to_string),
            "last": periods.last().map(ToString::to_string),
            "periods": periods.len(),
        })
    };
    let cohorts = comparison.cohorts.iter().map(|of| cohort_json(of, opened, results));
    let differences = comparison.differences.iter().map(|known| {
        let (value, interval) = known.difference;
        json!({
            "metric": known.metric.name(),
            "version": version_name(known.version),
            "more": known.more,
            "less": known.less,
            "difference": value,
            "low": interval.low,
            "high": interval.high,
        })
    });
    printed(&json!({
        "program": program(),
        "definitions": DEFINITIONS,
        "sources": sources(opened, results),
        "windows": { "baseline": window(baseline), "current": window(current) },
        "left_out": comparison.left_out.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "filters": filters(&question.filter),
        "minimum_group_size": results.rules.minimum_group_size(),
        "margin": question.margin,
        "cohorts": cohorts.collect::<Vec<_>>(),
        "differences": differences.collect::<Vec<_>>(),
    }))
}

const fn version_name(version: Version) -> &'static str {
    match version {
        Version::SamePeople => "same_people",
        Version::Everyone => "everyone",
    }
}

fn cohort_json(of: &CohortChange, opened: &Opened, results: &Results) -> Value {
    let locale = Locale::neutral();
    let (kind, parts) = match &of.cohort {
        Cohort::Everyone => ("everyone", &[][..]),
        Cohort::Of(parts) => ("values", parts.as_slice()),
        Cohort::Managers => ("managers", &[][..]),
        Cohort::Leaders => ("leaders", &[][..]),
    };
    let parts: Vec<Value> =
        parts.iter().map(|part| json!({ "attribute": part.attribute, "values": part.values })).collect();
    let numbers = of.outcome.as_ref().ok();
    let people = |place: usize| numbers.and_then(|numbers| numbers.people.get(place));
    let moved = numbers.and_then(|numbers| numbers.moved);
    let sentence = numbers.and_then(|numbers| {
        wording::cohort_finding(&of.cohort, numbers, Version::SamePeople, opened.is_by_month(), &locale)
    });
    let metrics = numbers.map_or(&[][..], |numbers| numbers.metrics.as_slice()).iter().map(metric_json);
    json!({
        "cohort": wording::cohort(&of.cohort),
        "kind": kind,
        "parts": parts,
        "available": numbers.is_some(),
        "reason": of.outcome.as_ref().err().map(|why| wording::no_cohort(why, results.rules, &locale)),
        "sentence": sentence,
        "people_before": people(0),
        "people_after": people(1),
        "joined": moved.map(|(joined, _)| joined),
        "left": moved.map(|(_, left)| left),
        "after_hours": numbers.map(|numbers| numbers.after_hours(Version::SamePeople).name()),
        "metrics": metrics.collect::<Vec<_>>(),
    })
}

fn metric_json(change: &MetricChange) -> Value {
    let changes = change.outcome.as_ref().ok();
    json!({
        "id": change.metric.name(),
        "unit": change.metric.unit(),
        "available": changes.is_some(),
        "reason": change.outcome.as_ref().err().map(wording::no_change),
        "same_people": changes.and_then(|changes| changes.same_people.as_ref()).map(movement_json),
        "everyone": changes.map(|changes| movement_json(&changes.everyone)),
        "from_zero": changes.and_then(|changes| changes.from_zero),
    })
}

fn movement_json(movement: &Movement) -> Value {
    let (change, interval) = movement.absolute;
    let [before, after] = movement.people;
    json!({
        "before": movement.before,
        "after": movement.after,
        "people_before": before,
        "people_after": after,
        "change": change,
        "change_low": interval.low,
        "change_high": interval.high,
        "relative": movement.relative.map(|(value, _)| value),
        "relative_low": movement.relative.map(|(_, interval)| interval.low),
        "relative_high": movement.relative.map(|(_, interval)| interval.high),
        "verdict": movement.verdict.name(),
    })
}
