//! What a proof says in sentences.

use super::super::{NotUsed, Opened, Results, row_sums, wording};
use super::{Number, insight_of, metrics};
use crate::dataset::{GroupBy, Metric};
use crate::insights::Behavior;
use crate::privacy::{Outcome, Settings};
use crate::text::{self, Locale};

/// Which number, in words.
pub(super) fn title(number: &Number, results: &Results, locale: &Locale) -> String {
    let of = |what: &str| match insight_of(number) {
        Some(id) => format!("{}: {what}", wording::name(id)),
        None => what.to_owned(),
    };
    match number {
        Number::Population => "People and periods".to_owned(),
        Number::Share(_) => of("share of people"),
        Number::Interval(_) => of("uncertainty"),
        Number::Compare(_) => of("what it is held against"),
        Number::Change(_) => of("change since the earlier half"),
        Number::Distribution(_) => of("distribution"),
        Number::Band(_, at) => of(&band_label(number, results, *at)),
        Number::Trend(_) => of("over time"),
        Number::Point(_, day) => of(&text::date(*day, locale)),
        Number::Groups(_, by) => of(&format!("groups by {by}")),
        Number::Group(_, by, group) => of(&format!("{by}, {group}")),
        Number::Reading(_, _) => of("another reading"),
        Number::Boundary(_, _) => of("exactly on a threshold"),
        Number::NotEligible(_) => of("person-months that do not count"),
        Number::Mean(metric) => format!("Average: {}", wording::mean_name(*metric)),
        Number::Attribute(name) => format!("Groups of {name}"),
        Number::ComeAndGone => "People who came and left".to_owned(),
        Number::Rows => "Rows read and used".to_owned(),
        Number::File(_) => "What was counted in the file".to_owned(),
        Number::Check(_) => "A finding of the data check".to_owned(),
        Number::Verdict(_) => of("what the data is fit for"),
        Number::Explore(metric, ..) => wording::mean_name(*metric).to_owned(),
        Number::Plan(..) => "A number of a plan".to_owned(),
        Number::Changed(..) => "A number of a comparison".to_owned(),
        Number::WhatIf(_) => "What if".to_owned(),
        Number::Contacts(_) => "A number about time with contacts".to_owned(),
        Number::Between(_) | Number::Meetings(_) => "A number of an export beside the person query".to_owned(),
    }
}

fn band_label(number: &Number, results: &Results, at: usize) -> String {
    let band = outcome(number, results).and_then(|outcome| outcome.bands.get(at));
    band.map_or_else(String::new, |band| band.label.clone())
}

fn outcome<'a>(number: &Number, results: &'a Results) -> Option<&'a Outcome> {
    let findings = results.findings.as_ref().ok()?;
    findings.insight(insight_of(number)?)?.outcome.as_ref().ok()
}

/// What this number is, beside the definition of its insight.
pub(super) fn meaning(number: &Number) -> String {
    let words = match number {
        Number::Population => {
            "People with a row that counts in the selection, each once, and the periods in which somebody is measured."
        }
        Number::Share(_) => {
            "The share of the people measured to whom the definition applies. Likely from and to are the ends of its 95 % interval."
        }
        Number::Interval(_) => {
            "The 95 % interval of the share: each person\u{2019}s contribution over all periods is held against the whole, so that the same people week after week count once. At exactly 0 or 100 % it is Wilson\u{2019}s interval."
        }
        Number::Compare(_) => {
            "The share of the earlier half of the periods, and the lowest and the highest share of the groups that are shown."
        }
        Number::Change(_) => {
            "The share of the later half of the periods less that of the earlier half, in points, with its 95 % interval. With an odd number of periods the middle one is in neither half."
        }
        Number::Distribution(_) | Number::Band(..) => {
            "The share of people in each part, by the same rule as the headline. The parts do not overlap and come to 100 %."
        }
        Number::Trend(_) | Number::Point(..) => {
            "The share among the people measured in that period. The headline is the plain mean over the periods."
        }
        Number::Groups(..) | Number::Group(..) => {
            "The definition applied to the rows of the group alone. Against the rest: the group\u{2019}s share less that of everyone outside it, with its 95 % interval. Beyond parity: people times the gap."
        }
        Number::Reading(_, name) => {
            return format!("{}.", wording::sentence_case(wording::reading(name)));
        }
        Number::Boundary(..) => {
            "How many lie exactly on the threshold, where another reading of \u{201c}more than\u{201d} would count otherwise."
        }
        Number::NotEligible(_) => {
            "Person-months whose person has rows in less than three quarters of the month\u{2019}s weeks. They are in neither part of the share."
        }
        Number::Mean(_) => "For each person the mean over the periods measured, then the mean over people.",
        Number::Attribute(_) => {
            "Groups with enough people to be shown, and those that are hidden so that nobody can be worked out."
        }
        Number::ComeAndGone => {
            "People of the whole file without a row in its first period, and without one in its last; edge weeks aside. Both are told, or neither."
        }
        Number::Rows => "Rows of data in the file, less those that are not used, are the rows used.",
        Number::File(_) => "Rows, periods and odd places as the reader counted them.",
        Number::Check(_) => "How often the data check found this, and what the headline shares would be without it.",
        Number::Verdict(_) => "The weightiest finding of the data check that touches this insight.",
        Number::Explore(..) => "A number of a metric.",
        Number::Plan(..) => "A number of a plan.",
        Number::Changed(..) => "A number of a comparison.",
        Number::WhatIf(_) => "What the measured weeks would have been.",
        Number::Contacts(_) => "A number about time with contacts.",
        Number::Between(_) | Number::Meetings(_) => "A number of an export beside the person query.",
    };
    words.to_owned()
}

/// What must be known about the reading.
pub(super) fn reading(number: &Number, results: &Results, locale: &Locale) -> Vec<String> {
    let badges = outcome(number, results).map(|outcome| outcome.badges.as_slice()).unwrap_or_default();
    let mut sentences: Vec<String> = badges.iter().map(|badge| format!("{}.", wording::badge(*badge))).collect();
    if let (Some(_), Some(judgement)) =
        (outcome(number, results), insight_of(number).and_then(|id| results.verdict(id)))
    {
        sentences.push(format!("{}: {}", judgement.verdict.words(), judgement.reason.in_words(locale)));
    }
    sentences
}

/// Of whom and when, and what was set otherwise than by default.
pub(super) fn selection(opened: &Opened, results: &Results, locale: &Locale) -> Vec<String> {
    let filter = &results.question.filter;
    let mut sentences = Vec::new();
    if let Ok(findings) = &results.findings {
        sentences.push(wording::population(&findings.population, opened.is_by_month(), locale) + ".");
    }
    if filter.attributes.is_empty() {
        sentences.push("Every group: no filter.".to_owned());
    }
    for attribute in &filter.attributes {
        sentences.push(format!("Only {}: {}.", attribute.attribute, attribute.values.join(" or ")));
    }
    let date = |day: &chrono::NaiveDate| text::date(*day, locale);
    sentences.extend(filter.from.iter().map(|day| format!("From {}.", date(day))));
    sentences.extend(filter.to.iter().map(|day| format!("To {}.", date(day))));
    if !filter.without.is_empty() {
        let days: Vec<String> = filter.without.iter().map(date).collect();
        let periods = if days.len() == 1 { "period" } else { "periods" };
        sentences.push(format!("Without the {periods} from {}.", text::list_and(&days)));
    }
    if filter.include_inactive {
        sentences.push("Rows marked inactive are included.".to_owned());
    }
    if filter.without_low_activity {
        sentences.push("People with under 5 collaboration hours a week are left out.".to_owned());
    }
    let limit = text::count(results.rules.minimum_group_size(), locale);
    sentences.push(format!("Groups under {limit} people are hidden."));
    sentences.extend(thresholds(&results.question.settings, locale));
    sentences
}

/// Thresholds that are not at their default.
fn thresholds(settings: &Settings, locale: &Locale) -> Vec<String> {
    let default = Settings::default();
    let percent = |share: f64| format!("{}{}%", text::decimals(share * 100.0, 1, locale), locale.space());
    let mut sentences = Vec::new();
    if settings.co_attended_basis_points != default.co_attended_basis_points {
        let limit = percent(f64::from(settings.co_attended_basis_points) / 10_000.0);
        sentences.push(format!("Co-attended means more than {limit} of meeting hours with the manager."));
    }
    if settings.gap != default.gap {
        sentences.push(format!("A group to focus on is worse than the rest by {} or more.", percent(settings.gap)));
    }
    sentences.extend(
        settings.q3.map(|boundary| format!("The top quartile starts at {}, entered by hand.", percent(boundary))),
    );
    if !settings.customer_facing.is_empty() {
        let groups: Vec<&str> = settings.customer_facing.iter().map(|group| group.value.as_str()).collect();
        sentences.push(format!("Marked as customer-facing: {}.", text::list_and(&groups)));
    }
    sentences
}

/// Who and what was left out.
pub(super) fn left_out(number: &Number, opened: &Opened, results: &Results, locale: &Locale) -> Vec<String> {
    let mut sentences = rows_left_out(opened, results, locale);
    sentences.extend(cells_left_out(number, opened, results, locale));
    if let Some(outcome) = outcome(number, results) {
        if outcome.not_eligible > 0 {
            sentences.push(wording::not_eligible(outcome.not_eligible, locale));
        }
        if let Some(people) = outcome.without_manager.filter(|people| *people > 0) {
            let words = ["person has no manager and does not count.", "people have no manager and do not count."];
            sentences.push(text::counted(people, words[0], words[1], locale));
        }
        if let Some(by) = grouped_by(number, results) {
            let hidden = outcome.breakdowns.iter().find(|known| known.by == by).and_then(|known| known.hidden);
            sentences.extend(hidden.map(|hidden| wording::hidden(hidden, locale)));
        }
    }
    if let Ok(findings) = &results.findings
        && insight_of(number).is_some_and(|id| id.behavior() == Behavior::TimeWithCustomers)
        && !findings.population.edge_periods.is_empty()
    {
        let weeks: Vec<String> = findings.population.edge_periods.iter().map(|day| text::date(*day, locale)).collect();
        let name = if weeks.len() == 1 { "Week" } else { "Weeks" };
        sentences.push(format!("{name} at the edge with few people: {}.", text::list_and(&weeks)));
    }
    if sentences.is_empty() {
        sentences.push("Nothing.".to_owned());
    }
    sentences
}

/// Rows that are in no number, by reason, over all files.
fn rows_left_out(opened: &Opened, results: &Results, locale: &Locale) -> Vec<String> {
    let mut by_reason: Vec<(NotUsed, u64)> = Vec::new();
    for (reason, rows) in row_sums(opened, results).into_iter().flat_map(|sum| sum.not_used) {
        match by_reason.iter_mut().find(|(known, _)| *known == reason) {
            Some((_, sum)) => *sum += rows,
            None => by_reason.push((reason, rows)),
        }
    }
    let sentence = |(reason, rows): &(NotUsed, u64)| {
        let rows = text::counted(usize::try_from(*rows).unwrap_or(usize::MAX), "row", "rows", locale);
        format!("{rows} {}.", wording::not_used(*reason))
    };
    by_reason.iter().map(sentence).collect()
}

/// Cells that leave the metrics of a number.
fn cells_left_out(number: &Number, opened: &Opened, results: &Results, locale: &Locale) -> Vec<String> {
    let with_inactive = results.question.filter.include_inactive;
    let counted = |metric: &Metric| {
        let cells =
            opened.report.sources.iter().flat_map(|source| &source.cells).filter(|cells| cells.metric == *metric);
        let cells: usize = cells
            .map(|cells| {
                let [active, inactive] = cells.excluded;
                active + if with_inactive { inactive } else { 0 }
            })
            .sum();
        let words = text::counted(cells, "cell", "cells", locale);
        (cells > 0).then(|| format!("{words} of {} that cannot be used.", wording::metric_name(*metric)))
    };
    metrics(number, opened).iter().filter_map(counted).collect()
}

/// By what a number is grouped.
pub(super) fn grouped_by(number: &Number, results: &Results) -> Option<GroupBy> {
    match number {
        Number::Groups(_, by) | Number::Group(_, by, _) => Some(by.clone()),
        Number::Attribute(attribute) => Some(attribute.as_str().into()),
        Number::Compare(_) => results.question.by.first().cloned(),
        _ => None,
    }
}

/// Whether a number depends on who has a manager.
pub(super) fn is_about_managers(number: &Number) -> bool {
    insight_of(number).is_some_and(|id| id.behavior() == Behavior::Coaching)
}

/// What a column holds.
pub(super) fn column(canonical: &str) -> String {
    let words = match canonical {
        "person_id" => "Person",
        "period" => "First day of the period",
        "is_active" => "Active",
        "manager_id" => "Manager",
        "layer" => "Layer",
        name => Metric::from_name(name).map_or("Other", wording::metric_name),
    };
    words.to_owned()
}
