//! Findings about people.

use chrono::NaiveDate;

use super::{Concern, Finding, LeaveOut, Severity};
use crate::dataset::{EXCLUDED_SECONDS, Filter, Grain, Metric, NOT_SET, Selection};
use crate::text::Sentence;

/// More hours of collaboration a week are possible and rare.
const MANY_HOURS: u64 = 80;

/// Where more than this part of the rows have something odd, it is not rare.
const NOT_RARE: f64 = 0.02;

/// Of somebody with fewer weeks it is not known what is usual.
const LEAST_WEEKS: usize = 6;

/// A week with less than this part of a person's usual collaboration is quiet.
const QUIET: f64 = 0.25;

/// Findings about who is measured. `holidays` are weeks that look like holidays.
pub(super) fn findings(everyone: &Selection<'_>, include_inactive: bool, holidays: &[NaiveDate]) -> Vec<Finding> {
    let mut findings = Vec::new();
    findings.extend(external_above_total(everyone));
    findings.extend(extreme_hours(everyone));
    findings.extend(low_activity(everyone, include_inactive));
    findings.extend(quiet_weeks(everyone, holidays));
    findings.extend(not_set(everyone));
    findings
}

/// How many people have a row in which `is_odd` holds, and how much that matters: a note, or care where it is not rare.
fn odd_rows(everyone: &Selection<'_>, is_odd: impl Fn(usize) -> bool) -> (usize, Severity) {
    let (mut people, mut rows) = (0, 0);
    for person in everyone.persons_rows() {
        let before = rows;
        person.for_each(|row| rows += usize::from(is_odd(row)));
        people += usize::from(rows > before);
    }
    let is_rare = rows as f64 <= NOT_RARE * everyone.rows() as f64;
    (people, if is_rare { Severity::Note } else { Severity::Care })
}

fn external_above_total(everyone: &Selection<'_>) -> Option<Finding> {
    let external = everyone.dataset().seconds(Metric::ExternalHours)?;
    let total = everyone.dataset().seconds(Metric::CollaborationHours)?;
    let (people, severity) = odd_rows(everyone, |row| {
        let (external, total) = (external[row], total[row]);
        external != EXCLUDED_SECONDS && total != EXCLUDED_SECONDS && external > total
    });
    (people > 0).then(|| {
        Finding::about_people(
            "external_above_total",
            severity,
            people,
            Sentence::default()
                .counted(people as u64, "person has", "people have")
                .words(" more external than total collaboration hours in some row; external time is kept."),
            "Nothing, if it is rare; else ask your analyst how the columns were made.",
        )
        .of_columns(&[Metric::ExternalHours])
    })
}

/// People with more than 80 hours of collaboration in a week, or as many a day in a month.
fn extreme_hours(everyone: &Selection<'_>) -> Option<Finding> {
    let dataset = everyone.dataset();
    let column = dataset.seconds(Metric::CollaborationHours)?;
    let calendar = dataset.calendar();
    let most: Vec<u64> =
        calendar.periods.iter().map(|day| MANY_HOURS * 3600 * u64::from(calendar.grain.days(*day)) / 7).collect();
    let (people, severity) = odd_rows(everyone, |row| {
        let seconds = column[row];
        let most = most.get(usize::from(dataset.periods_of_rows()[row]));
        seconds != EXCLUDED_SECONDS && most.is_some_and(|most| u64::from(seconds) > *most)
    });
    (people > 0).then(|| {
        Finding::about_people(
            "extreme_hours",
            severity,
            people,
            Sentence::default()
                .counted(people as u64, "person has", "people have")
                .words(" over 80 hours of collaboration in some week; they are kept."),
            "Nothing, if it is rare; else ask your analyst about these people\u{2019}s calendars.",
        )
        .of_columns(&[Metric::CollaborationHours])
    })
}

fn not_set(everyone: &Selection<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for attribute in everyone.dataset().attributes() {
        let Some(code) = attribute.values.iter().position(|value| value == NOT_SET) else { continue };
        let people = everyone.people_with(attribute, code as u16);
        let severity = if people * 5 > everyone.people() { Severity::Care } else { Severity::Note };
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
            findings.push(finding.concerning(Concern::NoNumber));
        }
    }
    findings
}

fn low_activity(everyone: &Selection<'_>, include_inactive: bool) -> Option<Finding> {
    let dataset = everyone.dataset();
    dataset.seconds(Metric::CollaborationHours)?;
    let filter = Filter { without_low_activity: true, include_inactive, ..Filter::default() };
    let people = everyone.people_not_in(&dataset.select_all(&filter));
    (people > 0).then(|| {
        Finding::about_people(
            "low_activity",
            Severity::Note,
            people,
            Sentence::default().counted(
                people as u64,
                "person collaborates under 5 hours a week on average and may not be a knowledge worker.",
                "people collaborate under 5 hours a week on average and may not be knowledge workers.",
            ),
            "Leave them out, if you ask about knowledge workers.",
        )
        .with_switch(LeaveOut::LowActivity)
    })
}

/// People with weeks of under a quarter of what is usual for them, holidays aside: leave, or a part of a week. What is
/// usual is the median of a person's own weeks, so that somebody who works little is not quiet.
fn quiet_weeks(everyone: &Selection<'_>, holidays: &[NaiveDate]) -> Option<Finding> {
    let dataset = everyone.dataset();
    let column = dataset.seconds(Metric::CollaborationHours)?;
    let calendar = dataset.calendar();
    if calendar.grain == Grain::Month {
        return None;
    }
    let is_holiday: Vec<bool> = calendar.periods.iter().map(|day| holidays.contains(day)).collect();
    let periods = dataset.periods_of_rows();
    let mut people = 0;
    let mut weeks: Vec<u32> = Vec::new();
    for rows in everyone.persons_rows() {
        weeks.clear();
        rows.for_each(|row| {
            let is_usual = periods.get(row).is_some_and(|period| !is_holiday[usize::from(*period)]);
            weeks.extend(column.get(row).copied().filter(|cell| is_usual && *cell != EXCLUDED_SECONDS));
        });
        people += usize::from(has_quiet_week(&weeks));
    }
    (people > 0).then(|| {
        Finding::about_people(
            "quiet_weeks",
            Severity::Note,
            people,
            Sentence::default()
                .counted(people as u64, "person has", "people have")
                .words(" weeks of under a quarter of their own usual collaboration, such as leave."),
            "Nothing: they count as they are. They lower hours a little.",
        )
        .of_columns(&[Metric::CollaborationHours])
    })
}

/// Whether a person's weeks, at least six, hold one of under a quarter of their median.
fn has_quiet_week(weeks: &[u32]) -> bool {
    let Some(&least) = weeks.iter().min().filter(|_| weeks.len() >= LEAST_WEEKS) else { return false };
    // So it is for the median when it is for this many: nothing has to be put in order.
    let enough = weeks.len() - weeks.len() / 2;
    weeks.iter().filter(|week| f64::from(least) < QUIET * f64::from(**week)).count() >= enough
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_week_is_quiet_by_what_is_usual_for_the_person() {
        // The median of six is 20 hours, a quarter of it 5.
        assert!(has_quiet_week(&[20, 20, 4, 20, 21, 22]));
        assert!(!has_quiet_week(&[20, 20, 5, 20, 21, 22]), "exactly a quarter");
        assert!(!has_quiet_week(&[4, 4, 4, 4, 4, 4]), "somebody who works little");
        assert!(!has_quiet_week(&[20, 20, 0, 20, 20]), "five weeks say nothing");
        assert!(!has_quiet_week(&[0, 0, 0, 0, 0, 0, 9]), "usually none");
    }
}
