//! Findings about weeks: which are missing, cut, low as in a holiday, short of people, or without anybody's hours.

use chrono::NaiveDate;

use super::{Finding, LeaveOut, Severity};
use crate::dataset::{EXCLUDED_SECONDS, Grain, Kind, Metric, Selection};
use crate::insights::compare::windows::{LowWeeks, holiday_weeks, low_weeks};
use crate::stats;
use crate::text::Sentence;

/// Where more than this part of the weeks look like holidays, means over weeks suffer.
const MANY_HOLIDAYS: f64 = 0.1;

/// Fewer people in a week may well have no hours at all by chance.
const LEAST_PEOPLE: u32 = 20;

/// What was noticed about weeks.
#[derive(Debug, Default)]
pub(super) struct OfWeeks {
    pub(super) findings: Vec<Finding>,
    /// Weeks that look like holidays, ascending.
    pub(super) holidays: Vec<NaiveDate>,
}

/// Findings about the weeks in which everyone is measured.
pub(super) fn findings(everyone: &Selection<'_>, cut_weeks: &[NaiveDate]) -> OfWeeks {
    let mut findings = calendar(everyone);
    if !cut_weeks.is_empty() {
        findings.push(Finding::about_file(
            "cut_weeks",
            Severity::Note,
            cut_weeks.len() as u64,
            weeks(cut_weeks, "is", "are").words(" cut by the file\u{2019}s dates and left out."),
            "Nothing: only whole weeks are compared.",
        ));
    }
    let empty = empty_weeks(everyone);
    let short = weeks_short_of_people(everyone);
    let low = holiday_weeks(everyone, cut_weeks);
    let is_explained = |day: &NaiveDate| {
        short.contains(day)
            || empty.iter().any(|(metric, days)| *metric == Metric::CollaborationHours && days.contains(day))
    };
    let holidays: Vec<NaiveDate> = low.days.iter().copied().filter(|day| !is_explained(day)).collect();
    findings.extend(empty.iter().map(|(metric, days)| without_hours(*metric, days)));
    findings.extend(population_drop(&short));
    findings.extend(holiday(&holidays, &low, everyone.periods().len()));
    OfWeeks { findings, holidays }
}

/// One period only, weeks that are months apart, weeks in which nobody has a row.
fn calendar(everyone: &Selection<'_>) -> Vec<Finding> {
    let calendar = everyone.dataset().calendar();
    let mut findings = Vec::new();
    if calendar.periods.len() == 1 {
        findings.push(Finding::about_file(
            "one_period",
            Severity::Care,
            1,
            "There is one period only: no trend, and no change can be shown.",
            "Ask for an export of at least twelve weeks.",
        ));
    }
    if calendar.grain != Grain::Week {
        return findings;
    }
    if are_months_apart(&calendar.periods) {
        findings.push(Finding::about_file(
            "months_as_weeks",
            Severity::Care,
            calendar.periods.len() as u64,
            "The weeks are four weeks or more apart, as in an export by month that is read as weeks.",
            "If it is by month, say so under Read it differently on the Data page.",
        ));
        return findings;
    }
    let gaps = missing_weeks(&calendar.periods);
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
    findings
}

/// Whether most periods start four weeks or more after the one before; of three periods or more.
fn are_months_apart(periods: &[NaiveDate]) -> bool {
    let steps = periods.windows(2).map(|pair| (pair[1] - pair[0]).num_days() as f64).collect();
    periods.len() > 2 && stats::quantile_of(steps, 0.5).is_some_and(|days| days >= 28.0)
}

/// Weeks between the first and the last in which nobody has a row.
fn missing_weeks(periods: &[NaiveDate]) -> Vec<NaiveDate> {
    let (Some(&first), Some(&last)) = (periods.first(), periods.last()) else { return Vec::new() };
    first.iter_weeks().take_while(|week| *week <= last).filter(|week| periods.binary_search(week).is_err()).collect()
}

/// The finding about edge weeks, where there are any.
pub(super) fn edge_weeks(edges: &[NaiveDate]) -> Option<Finding> {
    (!edges.is_empty()).then(|| {
        let one = "has fewer than half of the usual people and is";
        let many = "have fewer than half of the usual people and are";
        Finding::about_file(
            "edge_weeks",
            Severity::Note,
            edges.len() as u64,
            weeks(edges, one, many).words(" left out of weekly external time."),
            "Nothing: cut weeks at the ends would bend the average.",
        )
    })
}

/// "The week of Mar 31, 2024 has", "The weeks of Mar 31, 2024 and Apr 7, 2024 have".
fn weeks(days: &[NaiveDate], one: &'static str, many: &'static str) -> Sentence {
    let (weeks, verb) = if days.len() == 1 { ("The week of ", one) } else { ("The weeks of ", many) };
    Sentence::from(weeks).dates(days).words(format!(" {verb}"))
}

/// The columns of hours.
fn hours() -> Vec<Metric> {
    Metric::ALL.into_iter().filter(|metric| metric.kind() == Kind::Duration).collect()
}

/// Weeks that look like holidays; or that the weeks vary too much to tell.
fn holiday(days: &[NaiveDate], low: &LowWeeks, periods: usize) -> Option<Finding> {
    if days.is_empty() {
        return low.cannot_tell.then(|| {
            let text = "Weeks vary so much that a holiday week cannot be told from the others.";
            let what_to_do = "If you know of holidays, leave their weeks out with the filter.";
            Finding::about_file("holiday_weeks_unclear", Severity::Note, 1, text, what_to_do)
                .of_columns(&hours())
                .of_values()
        });
    }
    let is_much = days.len() as f64 > MANY_HOLIDAYS * periods as f64;
    let finding = Finding::about_file(
        "holiday_weeks",
        if is_much { Severity::Care } else { Severity::Note },
        days.len() as u64,
        Sentence::default()
            .counted(days.len() as u64, "week looks like a holiday", "weeks look like holidays")
            .words(", with at least a fifth less collaboration than around: ")
            .dates(days)
            .words("."),
        "Leave such weeks out, if you ask about usual ones.",
    );
    Some(finding.of_columns(&hours()).of_values().with_switch(LeaveOut::Periods(days.to_vec())))
}

/// Weeks with a fifth fewer people than those around, while whoever is there has as many hours as usual: rows are
/// missing, rather than work.
fn weeks_short_of_people(everyone: &Selection<'_>) -> Vec<NaiveDate> {
    let dataset = everyone.dataset();
    let periods = &dataset.calendar().periods;
    if dataset.calendar().grain == Grain::Month {
        return Vec::new();
    }
    let people = periods.iter().zip(everyone.people_by_period()).filter(|(_, people)| **people > 0);
    let people: Vec<(NaiveDate, f64)> = people.map(|(day, people)| (*day, f64::from(*people))).collect();
    let short = low_weeks(&people).days;
    if short.is_empty() {
        return short;
    }
    let Some(column) = dataset.seconds(Metric::CollaborationHours) else { return short };
    let mut sums = vec![(0_u64, 0_u64); periods.len()];
    for_each_cell(everyone, column, |period, seconds| {
        if let Some((sum, rows)) = sums.get_mut(period) {
            *sum += u64::from(seconds);
            *rows += 1;
        }
    });
    let means = periods.iter().zip(&sums).filter(|(_, (_, rows))| *rows > 0);
    let means: Vec<(NaiveDate, f64)> = means.map(|(day, (sum, rows))| (*day, *sum as f64 / *rows as f64)).collect();
    let work_less = low_weeks(&means).days;
    short.into_iter().filter(|day| !work_less.contains(day)).collect()
}

fn population_drop(days: &[NaiveDate]) -> Option<Finding> {
    (!days.is_empty()).then(|| {
        Finding::about_file(
            "population_drop",
            Severity::Care,
            days.len() as u64,
            weeks(days, "has", "have")
                .words(" at least a fifth fewer people than the weeks around, who work as usual."),
            "Ask whether a part of the company is missing there, or leave these weeks out.",
        )
        .of_values()
        .with_switch(LeaveOut::Periods(days.to_vec()))
    })
}

/// Weeks in which a column of hours says 0 for everybody, though in most weeks it does not.
fn empty_weeks(everyone: &Selection<'_>) -> Vec<(Metric, Vec<NaiveDate>)> {
    let dataset = everyone.dataset();
    let periods = &dataset.calendar().periods;
    let of_column = |metric: Metric| {
        let column = dataset.seconds(metric)?;
        if has_time_in_every_period(everyone, column) {
            return None;
        }
        let mut people = vec![[0_u32; 2]; periods.len()];
        for_each_cell(everyone, column, |period, seconds| {
            if let Some([readable, with_time]) = people.get_mut(period) {
                *readable += 1;
                *with_time += u32::from(seconds > 0);
            }
        });
        let usual = people.iter().filter(|[readable, _]| *readable > 0).map(|[_, with_time]| f64::from(*with_time));
        // In a small company, or for a rare kind of time, nobody may have any by chance.
        stats::quantile_of(usual.collect(), 0.5).filter(|people| *people >= f64::from(LEAST_PEOPLE) / 2.0)?;
        let is_empty = |[readable, with_time]: [u32; 2]| readable >= LEAST_PEOPLE && with_time == 0;
        let empty = periods.iter().zip(&people).filter(|(_, people)| is_empty(**people));
        let days: Vec<NaiveDate> = empty.map(|(day, _)| *day).collect();
        (!days.is_empty()).then_some((metric, days))
    };
    hours().into_iter().filter_map(of_column).collect()
}

/// Whether somebody has any time in every period in which anybody has a row: most columns show that after a few people.
fn has_time_in_every_period(everyone: &Selection<'_>, column: &[u32]) -> bool {
    let mut open: Vec<bool> = everyone.people_by_period().iter().map(|people| *people > 0).collect();
    let mut left = open.iter().filter(|is_open| **is_open).count();
    let periods = everyone.dataset().periods_of_rows();
    for rows in everyone.persons_rows() {
        if left == 0 {
            break;
        }
        rows.for_each_run(|run| {
            for (&seconds, &period) in column[run.clone()].iter().zip(&periods[run]) {
                let is_open = &mut open[usize::from(period)];
                if *is_open && seconds > 0 && seconds != EXCLUDED_SECONDS {
                    *is_open = false;
                    left -= 1;
                }
            }
        });
    }
    left == 0
}

fn without_hours(metric: Metric, days: &[NaiveDate]) -> Finding {
    let column = metric.name().replace('_', " ");
    Finding::about_file(
        "empty_weeks",
        Severity::Care,
        days.len() as u64,
        weeks(days, "has", "have").words(format!(" no {column} for anybody, as if the column were not filled.")),
        "Ask your analyst, and leave these weeks out until you know.",
    )
    .of_columns(&[metric])
    .of_values()
    .with_switch(LeaveOut::Periods(days.to_vec()))
}

/// Calls `each` with the period and the seconds of every cell that can be read.
fn for_each_cell(everyone: &Selection<'_>, column: &[u32], mut each: impl FnMut(usize, u32)) {
    let periods = everyone.dataset().periods_of_rows();
    for rows in everyone.persons_rows() {
        rows.for_each_run(|run| {
            let cells = column.get(run.clone()).unwrap_or_default().iter().zip(periods.get(run).unwrap_or_default());
            for (&seconds, &period) in cells.filter(|(seconds, _)| **seconds != EXCLUDED_SECONDS) {
                each(usize::from(period), seconds);
            }
        });
    }
}
