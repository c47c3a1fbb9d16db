//! Findings about the shape of files.

use std::collections::BTreeMap;

use super::{Concern, Finding, LeaveOut, Severity};
use crate::dataset::{Dataset, Era, Kind, Metric};
use crate::import::{ImportIssue, ImportReport, IssueKind, LeftOutReason, QueryKind, RowReason, SourceReport};
use crate::text::Sentence;

/// Above this part of all rows, or of a column's cells, what was set aside calls for care.
const CARE_FROM: f64 = 0.01;

/// Above this part of a column's cells it is of no use.
const UNFIT_FROM: f64 = 0.5;

/// Above this part of a column's cells, what blanks mean matters.
const MANY_BLANKS: f64 = 0.2;

/// At most so many columns that are not offered are named.
const COLUMNS: usize = 12;

/// At most so many lines are named.
const LINES: usize = 20;

/// Findings about how the files look.
pub(super) fn findings(report: &ImportReport, dataset: &Dataset) -> Vec<Finding> {
    let mut findings = Vec::new();
    for source in &report.sources {
        findings.extend(rows_set_aside(source));
        findings.extend(cells(source, dataset));
        findings.extend(oddities(source));
    }
    findings.extend(report.sources.iter().filter_map(|source| same_as_others(source, report.sources.len())));
    findings.extend(inactive_rows(report, dataset));
    for skipped in &report.skipped {
        let finding = Finding::about_file(
            "other_file",
            Severity::Note,
            1,
            Sentence::from(format!("{}:", skipped.name)).and_then(skipped.sentence.clone()),
            match skipped.kind {
                QueryKind::GroupToGroup => "Look at it on the screen Networks, or with the command between.",
                QueryKind::Meeting => "Look at it on the screen Customers, or with the command meetings.",
                _ => "Open a person query for the insights of this program.",
            },
        );
        findings.push(finding.concerning(Concern::NoNumber));
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
    let (named, others) = names.split_at(names.len().min(COLUMNS));
    let listed = Sentence::default()
        .counted(names.len() as u64, "column is not offered as groups", "columns are not offered as groups")
        .words(format!(": {}", named.join("; ")));
    let listed = match others.len() as u64 {
        0 => listed,
        more => listed.words("; and ").counted(more, "other", "others"),
    };
    (!names.is_empty()).then(|| {
        Finding::about_file(
            "columns_not_offered",
            Severity::Note,
            names.len() as u64,
            listed.words("."),
            "Nothing, unless you expected to group by it.",
        )
        .concerning(Concern::NoNumber)
    })
}

/// Rows that are marked inactive, whether or not they are left out.
fn inactive_rows(report: &ImportReport, dataset: &Dataset) -> Option<Finding> {
    let rows: u64 = report.sources.iter().map(|source| source.inactive_rows).sum();
    let text = Sentence::default().counted(rows, "row is marked inactive", "rows are marked inactive");
    let (text, what_to_do) = match dataset.active() {
        Some(active) if !active.contains(&true) => (
            text.words(": all there are, so that nothing is left without them."),
            "Ask your analyst what the column says, and count these rows in until you know.",
        ),
        _ => (text.words("."), "Nothing: rows of people who sent nothing in the period are usually left out."),
    };
    let finding = || Finding::about_file("inactive", Severity::Note, rows, text, what_to_do);
    (rows > 0).then(|| finding().with_switch(LeaveOut::InactiveRows))
}

/// A file of several, every row of which stands in others as well, such as one export saved in two formats.
fn same_as_others(source: &SourceReport, files: usize) -> Option<Finding> {
    let repeated = source.rows_excluded.get(&RowReason::Duplicate).copied().unwrap_or_default();
    let is_same = files > 1 && repeated > 0 && repeated == source.rows;
    let text = format!("{} holds nothing that the other files do not hold.", source.name);
    let what_to_do = "Nothing: every row counts once. You can leave this file out.";
    is_same.then(|| Finding::about_file("same_as_others", Severity::Note, repeated, text, what_to_do))
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
    findings
}

fn cells(source: &SourceReport, dataset: &Dataset) -> Vec<Finding> {
    let mut findings = Vec::new();
    for cells in &source.cells {
        let (excluded, blanks) = (cells.excluded[0] + cells.excluded[1], cells.blanks[0] + cells.blanks[1]);
        if excluded > 0 {
            findings.push(excluded_cells(source, cells.metric, excluded));
        }
        if blanks > 0 {
            findings.push(blank_cells(source, dataset, cells.metric, blanks));
        }
    }
    findings
}

/// Cells that cannot be used: negative, unreadable, or with more hours than their period has.
fn excluded_cells(source: &SourceReport, metric: Metric, excluded: usize) -> Finding {
    let part = excluded as f64 / source.rows.max(1) as f64;
    let severity = match part {
        _ if part > UNFIT_FROM => Severity::Unfit,
        _ if part > CARE_FROM => Severity::Care,
        _ => Severity::Note,
    };
    let header = header(source, metric);
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
    let in_column = |issue: &&ImportIssue| issue.column.as_deref() == Some(header.as_str());
    finding.lines = source.issues.iter().filter(in_column).map(|issue| issue.line).take(LINES).collect();
    finding.of_columns(&[metric])
}

/// Blank cells, beside the zeros of the same column: where both are there, a blank may mean something else than zero.
fn blank_cells(source: &SourceReport, dataset: &Dataset, metric: Metric, blanks: usize) -> Finding {
    let is_much = blanks as f64 / source.rows.max(1) as f64 > MANY_BLANKS;
    let header = header(source, metric);
    let count = if blanks == 1 { "counts" } else { "count" };
    let text = Sentence::default().counted(blanks as u64, "blank cell", "blank cells");
    let (severity, text, what_to_do) = match metric.kind() {
        Kind::Duration => {
            let text = text.words(format!(" of {header} {count} as 0 hours"));
            // Of days summed to weeks, and of several files, the zeros of this one are not known.
            let zeros = dataset.seconds(metric).filter(|column| column.len() as u64 == rows_read(source));
            let zeros =
                zeros.map_or(0, |column| column.iter().filter(|cell| **cell == 0).count().saturating_sub(blanks));
            if zeros == 0 {
                (Severity::Note, text.words("."), "Nothing: this is how the exports are meant.")
            } else {
                let severity = if is_much { Severity::Care } else { Severity::Note };
                let text = text.words(", beside ").counted(zeros as u64, "that says 0.", "that say 0.");
                (severity, text, "Ask your analyst whether blank means no time, or not known.")
            }
        }
        Kind::Count => {
            let severity = if is_much { Severity::Care } else { Severity::Note };
            (
                severity,
                text.words(format!(" of {header} {count} as not measured.")),
                "Nothing: this is how the exports are meant.",
            )
        }
    };
    Finding::about_file("blank_cells", severity, blanks as u64, text, what_to_do).of_columns(&[metric])
}

/// Rows of a source that are in the dataset.
fn rows_read(source: &SourceReport) -> u64 {
    source.rows.saturating_sub(source.rows_excluded.values().sum())
}

/// The header of a metric in a file.
pub(super) fn header(source: &SourceReport, metric: Metric) -> String {
    let column = source.columns.iter().find(|(canonical, _)| canonical == metric.name());
    column.map_or(metric.name(), |(_, header)| header.as_str()).to_owned()
}

/// Odd places that are neither rows set aside nor cells of a metric.
fn oddities(source: &SourceReport) -> Vec<Finding> {
    let counts: BTreeMap<IssueKind, u64> = source.issue_counts.clone();
    let mut findings = Vec::new();
    for (kind, count) in counts {
        let mut concerns = Concern::NoNumber;
        let (severity, what_to_do) = match kind {
            IssueKind::Row(_)
            | IssueKind::NegativeNumber
            | IssueKind::UnreadableNumber
            | IssueKind::MoreHoursThanPeriod => continue,
            IssueKind::CutFile => {
                concerns = Concern::Everything;
                (Severity::Care, "Download the export again: its end may be missing.")
            }
            IssueKind::SecondColumn | IssueKind::RepeatedColumn => {
                concerns = columns_of(source, kind);
                (Severity::Care, "Check on the Data page that the right column is used.")
            }
            IssueKind::OtherPeople | IssueKind::LostZeros => {
                (Severity::Care, "Check that all files are exports of one company, as they were downloaded.")
            }
            IssueKind::OtherTableBelow => (Severity::Care, "Check that the rows that you need are in the first table."),
            IssueKind::AddressAsPerson | IssueKind::NameAsPerson => {
                (Severity::Care, "Ask for an export with de-identified people; this program never shows them.")
            }
            IssueKind::UnreadableText | IssueKind::EncodedTwice => {
                (Severity::Care, "Choose another encoding on the Data page, if names look wrong.")
            }
            _ => (Severity::Note, "Nothing, if the numbers look right to you."),
        };
        let text = Sentence::from(format!("{} (", kind.sentence()))
            .counted(count, "place", "places")
            .words(format!(" in {})", source.name));
        let mut finding = Finding::about_file(kind.name(), severity, count, text, what_to_do);
        finding.lines = lines(source, |other| other == kind);
        findings.push(finding.concerning(concerns));
    }
    findings
}

/// The metrics of the columns that issues of a kind name; everything, where they name columns that are not used.
fn columns_of(source: &SourceReport, kind: IssueKind) -> Concern {
    let headers: Vec<&str> =
        (source.issues.iter().filter(|issue| issue.kind == kind)).filter_map(|issue| issue.column.as_deref()).collect();
    let named = source.columns.iter().filter(|(_, header)| headers.contains(&header.as_str()));
    let metrics: Vec<Metric> = named.filter_map(|(canonical, _)| Metric::from_name(canonical)).collect();
    if metrics.is_empty() { Concern::Everything } else { Concern::Columns(metrics) }
}

fn lines(source: &SourceReport, is_meant: impl Fn(IssueKind) -> bool) -> Vec<u64> {
    let meant = source.issues.iter().filter(|issue| is_meant(issue.kind) && issue.line > 0);
    meant.map(|issue| issue.line).take(LINES).collect()
}
