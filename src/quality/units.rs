//! The unit check: whether columns of hours hold hours.

use super::of_files::header;
use super::{Finding, Severity};
use crate::dataset::{EXCLUDED_SECONDS, Kind, Metric, Selection};
use crate::import::{ImportReport, IssueKind};
use crate::stats;
use crate::text::Sentence;

/// Of fewer cells with time nothing is said.
const LEAST_CELLS: usize = 20;

/// So many cells tell what is typical.
const SAMPLE: usize = 20_000;

/// Where more than this part of the cells has more hours than a period, the unit is another one.
const OVER_LIMIT: f64 = 0.2;

const HOUR: u32 = 3600;

/// Why a column does not look like hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum NotHours {
    /// Every cell is from 0 to 1.
    Shares,
    /// A typical cell has more hours than people spend on it.
    TooMany,
    /// Many cells have more hours than their period has.
    OverLimit,
}

/// A finding for each column of hours that does not look like hours.
pub(super) fn findings(report: &ImportReport, everyone: &Selection<'_>) -> Vec<Finding> {
    let hours = Metric::ALL.into_iter().filter(|metric| metric.kind() == Kind::Duration);
    hours.filter_map(|metric| finding(metric, unit(metric, report, everyone)?, report)).collect()
}

fn finding(metric: Metric, why: NotHours, report: &ImportReport) -> Option<Finding> {
    let source = report.sources.first()?;
    let header = header(source, metric);
    let text = match why {
        NotHours::Shares => {
            format!("No cell of {header} is over 1, so it looks like shares or days and not like hours.")
        }
        NotHours::TooMany => {
            format!(
                "A typical cell of {header} is too much for hours: it looks like minutes, or months pasted as weeks."
            )
        }
        NotHours::OverLimit => {
            format!("Many cells of {header} have more hours than their period: it looks like minutes.")
        }
    };
    let finding = Finding::about_file(
        "unit",
        Severity::Unfit,
        1,
        Sentence::from(text),
        "Ask your analyst for this column in hours a period, and open the export again.",
    );
    Some(finding.of_columns(&[metric]).of_values())
}

/// Why the cells of a column do not look like hours; `None` where they do, or where there are too few to tell.
fn unit(metric: Metric, report: &ImportReport, everyone: &Selection<'_>) -> Option<NotHours> {
    let column = everyone.dataset().seconds(metric)?;
    if is_over_limit(metric, report) {
        return Some(NotHours::OverLimit);
    }
    let cells = with_time(everyone, column);
    if cells.len() < LEAST_CELLS {
        return None;
    }
    // In months there are more hours than in weeks: by as much as periods are longer.
    let calendar = everyone.dataset().calendar();
    let days = calendar.periods.first().map_or(7, |first| calendar.grain.days(*first)).max(7);
    let typical = stats::quantile_of(cells.iter().map(|seconds| f64::from(*seconds)).collect(), 0.5)?;
    if typical * 7.0 > f64::from(most_hours_a_week(metric) * HOUR) * f64::from(days) {
        return Some(NotHours::TooMany);
    }
    let are_alike = cells.iter().all(|seconds| Some(seconds) == cells.first());
    let is_share = is_usually_over_an_hour(metric) && !are_alike && !has_more_than_an_hour(everyone, column);
    is_share.then_some(NotHours::Shares)
}

/// Whether many cells of a column were set aside because they have more hours than their period.
fn is_over_limit(metric: Metric, report: &ImportReport) -> bool {
    report.sources.iter().any(|source| {
        let header = header(source, metric);
        let over = |issue: &crate::import::ImportIssue| {
            issue.kind == IssueKind::MoreHoursThanPeriod && issue.column.as_deref() == Some(header.as_str())
        };
        let excluded = source.cells.iter().find(|cells| cells.metric == metric).map_or(0, |cells| cells.excluded[0]);
        excluded as f64 > OVER_LIMIT * source.rows as f64 && excluded >= LEAST_CELLS && source.issues.iter().any(over)
    })
}

/// Cells with time, of people spread over the whole file; at most some [`SAMPLE`] of them.
fn with_time(everyone: &Selection<'_>, column: &[u32]) -> Vec<u32> {
    let every = (everyone.rows() / SAMPLE).max(1);
    let mut cells = Vec::new();
    for rows in everyone.persons_rows().step_by(every) {
        rows.for_each_run(|run| {
            let run = column.get(run).unwrap_or_default();
            cells.extend(run.iter().copied().filter(|seconds| *seconds != EXCLUDED_SECONDS && *seconds > 0));
        });
    }
    cells
}

fn has_more_than_an_hour(everyone: &Selection<'_>, column: &[u32]) -> bool {
    let is_more = |row: usize| column.get(row).is_some_and(|seconds| *seconds != EXCLUDED_SECONDS && *seconds > HOUR);
    everyone.persons_rows().any(|rows| rows.any(is_more))
}

/// Nobody's typical week has more hours of a kind, where there are any.
const fn most_hours_a_week(metric: Metric) -> u32 {
    match metric {
        Metric::Manager11Hours | Metric::Manager11MeetingAndCallHours => 8,
        Metric::ManagerMeetingHours | Metric::ManagerMeetingAndCallHours => 30,
        _ => 60,
    }
}

/// Whether somebody in a company has more than an hour of it a week, surely.
const fn is_usually_over_an_hour(metric: Metric) -> bool {
    matches!(
        metric,
        Metric::CollaborationHours
            | Metric::ExternalHours
            | Metric::MeetingHours
            | Metric::MeetingAndCallHours
            | Metric::EmailHours
    )
}
