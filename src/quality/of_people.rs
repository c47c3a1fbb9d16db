//! Findings about people and periods.

use chrono::NaiveDate;

use super::{Circumstances, Finding, Severity};
use crate::dataset::{Dataset, EXCLUDED_SECONDS, Filter, Grain, Metric, NOT_SET, Selection};
use crate::text::Sentence;

/// Findings about who is measured and when.
pub(super) fn findings(dataset: &Dataset, filter: &Filter, circumstances: &Circumstances) -> Vec<Finding> {
    let mut findings = Vec::new();
    findings.extend(periods(dataset, circumstances));
    let company = filter.without_attributes();
    if let Ok(selection) = dataset.select(&Filter { without_low_activity: false, ..company.clone() }) {
        findings.extend(external_above_total(&selection));
        findings.extend(not_set(&selection));
        findings.extend(low_activity(dataset, &selection, &company));
    }
    findings
}

fn periods(dataset: &Dataset, circumstances: &Circumstances) -> Vec<Finding> {
    let mut findings = Vec::new();
    let calendar = dataset.calendar();
    if calendar.periods.len() == 1 {
        findings.push(Finding::about_file(
            "one_period",
            Severity::Care,
            1,
            "There is one period only: no trend, and no change can be shown.",
            "Ask for an export of at least twelve weeks.",
        ));
    }
    let gaps = missing_weeks(dataset);
    if !gaps.is_empty() {
        findings.push(Finding::about_file(
            "missing_weeks",
            Severity::Care,
            gaps.len() as u64,
            Sentence::from("Nobody has a row in ")
                .counted(gaps.len() as u64, "week", "weeks")
                .words(" between the first and the last: ")
                .dates(&gaps)
                .words("."),
            "Ask whether this was left out on purpose.",
        ));
    }
    if !circumstances.edge_weeks.is_empty() {
        findings.push(Finding::about_file(
            "edge_weeks",
            Severity::Note,
            circumstances.edge_weeks.len() as u64,
            weeks(
                &circumstances.edge_weeks,
                "has fewer than half of the usual people and is",
                "have fewer than half of the usual people and are",
            )
            .words(" left out of weekly external time."),
            "Nothing: cut weeks at the ends would bend the average.",
        ));
    }
    if !circumstances.cut_weeks.is_empty() {
        findings.push(Finding::about_file(
            "cut_weeks",
            Severity::Note,
            circumstances.cut_weeks.len() as u64,
            weeks(&circumstances.cut_weeks, "is", "are").words(" cut by the file\u{2019}s dates and left out."),
            "Nothing: only whole weeks are compared.",
        ));
    }
    findings
}

/// "The week of Mar 31, 2024 has", "The weeks of Mar 31, 2024 and Apr 7, 2024 have".
fn weeks(days: &[NaiveDate], one: &'static str, many: &'static str) -> Sentence {
    let (weeks, verb) = if days.len() == 1 { ("The week of ", one) } else { ("The weeks of ", many) };
    Sentence::from(weeks).dates(days).words(format!(" {verb}"))
}

/// Weeks between the first and the last in which nobody has a row.
fn missing_weeks(dataset: &Dataset) -> Vec<NaiveDate> {
    let calendar = dataset.calendar();
    let (Some(&first), Some(&last)) = (calendar.periods.first(), calendar.periods.last()) else { return Vec::new() };
    if calendar.grain != Grain::Week {
        return Vec::new();
    }
    let weeks = first.iter_weeks().take_while(|week| *week <= last);
    weeks.filter(|week| calendar.index_of(*week).is_none()).collect()
}

fn external_above_total(selection: &Selection<'_>) -> Option<Finding> {
    let external = selection.dataset().seconds(Metric::ExternalHours)?;
    let total = selection.dataset().seconds(Metric::CollaborationHours)?;
    let people = selection.people_where(|row| {
        let (external, total) = (external[row as usize], total[row as usize]);
        external != EXCLUDED_SECONDS && total != EXCLUDED_SECONDS && external > total
    });
    (people > 0).then(|| {
        Finding::about_people(
            "external_above_total",
            Severity::Note,
            people,
            Sentence::default()
                .counted(people as u64, "person has", "people have")
                .words(" more external than total collaboration hours in some row; external time is kept."),
            "Nothing, if it is rare; else ask your analyst how the columns were made.",
        )
    })
}

fn not_set(selection: &Selection<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for attribute in selection.dataset().attributes() {
        let Some(code) = attribute.values.iter().position(|value| value == NOT_SET) else { continue };
        let people = selection.people_with(attribute, code as u16);
        let severity = if people * 5 > selection.people() { Severity::Care } else { Severity::Note };
        if people > 0 {
            let mut finding = Finding::about_people(
                "not_set",
                severity,
                people,
                Sentence::default()
                    .counted(people as u64, "person has", "people have")
                    .words(format!(" no {} in some row, which is a group of its own.", attribute.name)),
                "Ask for complete organizational data, if this group is large.",
            );
            finding.of_group = Some((attribute.name.clone(), NOT_SET.to_owned()));
            findings.push(finding);
        }
    }
    findings
}

fn low_activity(dataset: &Dataset, everyone: &Selection<'_>, company: &Filter) -> Option<Finding> {
    dataset.seconds(Metric::CollaborationHours)?;
    let filter = Filter { without_low_activity: true, ..company.clone() };
    let people = everyone.people_not_in(&dataset.select(&filter).ok()?);
    (people > 0).then(|| {
        let mut finding = Finding::about_people(
            "low_activity",
            Severity::Note,
            people,
            Sentence::default().counted(
                people as u64,
                "person collaborates under 5 hours a week on average and may not be a knowledge worker.",
                "people collaborate under 5 hours a week on average and may not be knowledge workers.",
            ),
            "They can be left out under Settings.",
        );
        finding.without = Some(filter);
        finding
    })
}
