//! Findings about the shape of files.

use std::collections::BTreeMap;

use super::{Finding, Severity};
use crate::dataset::{Dataset, Era, Metric};
use crate::import::{ImportReport, IssueKind, LeftOutReason, QueryKind, RowReason, SourceReport};
use crate::text::Sentence;

/// Above this part of all rows, or of a column's cells, what was set aside calls for care.
const CARE_FROM: f64 = 0.01;

/// At most so many lines are named.
const LINES: usize = 20;

/// Findings about how the files look.
pub(super) fn findings(report: &ImportReport, dataset: &Dataset) -> Vec<Finding> {
    let mut findings = Vec::new();
    for source in &report.sources {
        findings.extend(rows_set_aside(source));
        findings.extend(cells(source));
        findings.extend(oddities(source));
    }
    for skipped in &report.skipped {
        findings.push(Finding::about_file(
            "other_file",
            Severity::Note,
            1,
            Sentence::from(format!("{}:", skipped.name)).and_then(skipped.sentence.clone()),
            match skipped.kind {
                QueryKind::GroupToGroup => "Look at it on the screen Networks, or with the command between.",
                QueryKind::Meeting => "Look at it on the screen Customers, or with the command meetings.",
                _ => "Open a person query for the insights of this program.",
            },
        ));
    }
    findings.extend(columns_not_offered(report));
    if !report.blank_throughout.is_empty() {
        let names: Vec<&str> = report.blank_throughout.iter().map(|metric| Metric::name(*metric)).collect();
        findings.push(Finding::about_file(
            "blank_columns",
            Severity::Note,
            names.len() as u64,
            Sentence::default()
                .counted(
                    names.len() as u64,
                    "column is blank throughout and counts as not in this file",
                    "columns are blank throughout and count as not in this file",
                )
                .words(format!(": {}.", names.join(", "))),
            "If you need what is blank, ask your analyst to export it again.",
        ));
    }
    if dataset.era() == Era::Undecided {
        findings.push(Finding::about_file(
            "era_undecided",
            Severity::Note,
            1,
            "The headers fit both Workplace Analytics and Viva Insights.",
            "If you know which product it came from, choose it on the Data page.",
        ));
    }
    findings
}

/// Columns that look like groups but are not offered. Columns of numbers and dates were never meant as groups.
fn columns_not_offered(report: &ImportReport) -> Option<Finding> {
    let looks_like_groups = |reason| !matches!(reason, LeftOutReason::Numbers | LeftOutReason::Dates);
    let left_out = report.attributes_left_out.iter().filter(|left_out| looks_like_groups(left_out.reason));
    let because = |reason: LeftOutReason| {
        let sentence = reason.sentence().trim_end_matches('.');
        let (first, rest) = sentence.split_at(1);
        first.to_lowercase() + rest
    };
    let names: Vec<String> =
        left_out.map(|left_out| format!("{} ({})", left_out.header, because(left_out.reason))).collect();
    (!names.is_empty()).then(|| {
        Finding::about_file(
            "columns_not_offered",
            Severity::Note,
            names.len() as u64,
            Sentence::default()
                .counted(names.len() as u64, "column is not offered as groups", "columns are not offered as groups")
                .words(format!(": {}.", names.join("; "))),
            "Nothing, unless you expected to group by it.",
        )
    })
}

fn rows_set_aside(source: &SourceReport) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (reason, &count) in &source.rows_excluded {
        let part = count as f64 / source.rows.max(1) as f64;
        let (severity, what_to_do) = match reason {
            RowReason::Duplicate | RowReason::RepeatedHeader | RowReason::TotalRow => {
                (Severity::Note, "Nothing: the numbers do not change.")
            }
            RowReason::Superseded => {
                (Severity::Care, "Check that the parts you opened are from the same version of the export.")
            }
            _ if part > CARE_FROM => (Severity::Care, "Ask your analyst for the export again, or mend these lines."),
            _ => (Severity::Note, "Nothing, if these few lines do not matter to you."),
        };
        let were = if count == 1 { "was" } else { "were" };
        let text = Sentence::default()
            .counted(count, "of", "of")
            .words(" ")
            .counted(source.rows, "row", "rows")
            .words(format!(" in {} {were} set aside. {}", source.name, reason.sentence()));
        let mut finding = Finding::about_file(reason.name(), severity, count, text, what_to_do);
        finding.lines = lines(source, |kind| kind == IssueKind::Row(*reason));
        findings.push(finding);
    }
    if source.inactive_rows > 0 {
        let are = if source.inactive_rows == 1 { "is" } else { "are" };
        findings.push(Finding::about_file(
            "inactive",
            Severity::Note,
            source.inactive_rows,
            Sentence::default()
                .counted(source.inactive_rows, "row", "rows")
                .words(format!(" in {} {are} marked inactive and left out.", source.name)),
            "They can be included under Settings.",
        ));
    }
    findings
}

fn cells(source: &SourceReport) -> Vec<Finding> {
    let header = |metric: Metric| {
        let column = source.columns.iter().find(|(canonical, _)| canonical == metric.name());
        column.map_or(metric.name(), |(_, header)| header.as_str()).to_owned()
    };
    let mut findings = Vec::new();
    let rows = source.rows.max(1) as f64;
    for cells in &source.cells {
        let (excluded, blanks) = (cells.excluded[0] + cells.excluded[1], cells.blanks[0] + cells.blanks[1]);
        if excluded > 0 {
            let severity = if excluded as f64 / rows > CARE_FROM { Severity::Care } else { Severity::Note };
            let header = header(cells.metric);
            let rows_do_not = if excluded == 1 { "that row does not" } else { "those rows do not" };
            let mut finding = Finding::about_file(
                "cells_excluded",
                severity,
                excluded as u64,
                Sentence::default()
                    .counted(excluded as u64, "cell", "cells")
                    .words(format!(" of {header} cannot be used; {rows_do_not} count for it.")),
                "Look at the lines named here; if there are many, ask for the export again.",
            );
            let in_column = |issue: &&crate::import::ImportIssue| issue.column.as_deref() == Some(header.as_str());
            finding.lines = source.issues.iter().filter(in_column).map(|issue| issue.line).take(LINES).collect();
            findings.push(finding);
        }
        if blanks > 0 {
            let meaning = match cells.metric.kind() {
                crate::dataset::Kind::Duration => "as 0 hours",
                crate::dataset::Kind::Count => "as not measured",
            };
            let count = if blanks == 1 { "counts" } else { "count" };
            findings.push(Finding::about_file(
                "blank_cells",
                Severity::Note,
                blanks as u64,
                Sentence::default()
                    .counted(blanks as u64, "blank cell", "blank cells")
                    .words(format!(" of {} {count} {meaning}.", header(cells.metric))),
                "Nothing: this is how the exports are meant.",
            ));
        }
    }
    findings
}

/// Odd places that are neither rows set aside nor cells of a metric.
fn oddities(source: &SourceReport) -> Vec<Finding> {
    let counts: BTreeMap<IssueKind, u64> = source.issue_counts.clone();
    let mut findings = Vec::new();
    for (kind, count) in counts {
        let (severity, what_to_do) = match kind {
            IssueKind::Row(_)
            | IssueKind::NegativeNumber
            | IssueKind::UnreadableNumber
            | IssueKind::MoreHoursThanPeriod => continue,
            IssueKind::CutFile => (Severity::Care, "Download the export again: its end may be missing."),
            IssueKind::SecondColumn | IssueKind::RepeatedColumn => {
                (Severity::Care, "Check on the Data page that the right column is used.")
            }
            IssueKind::AddressAsPerson => {
                (Severity::Care, "Ask for an export with de-identified people; this program never shows them.")
            }
            IssueKind::UnreadableText => {
                (Severity::Care, "Choose another encoding on the Data page, if names look wrong.")
            }
            _ => (Severity::Note, "Nothing, if the numbers look right to you."),
        };
        let text = Sentence::from(format!("{} (", kind.sentence()))
            .counted(count, "place", "places")
            .words(format!(" in {})", source.name));
        let mut finding = Finding::about_file(kind.name(), severity, count, text, what_to_do);
        finding.lines = lines(source, |other| other == kind);
        findings.push(finding);
    }
    findings
}

fn lines(source: &SourceReport, is_meant: impl Fn(IssueKind) -> bool) -> Vec<u64> {
    let meant = source.issues.iter().filter(|issue| is_meant(issue.kind) && issue.line > 0);
    meant.map(|issue| issue.line).take(LINES).collect()
}
