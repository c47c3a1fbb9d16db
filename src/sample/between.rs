//! The group-to-group export of the sample company: whose time goes to whom, by organization.
//!
//! The story: Operations and Engineering keep to themselves, Product and Human Resources work with everyone. From
//! February on Customer Success spends more time within itself and with Support.

use std::io::{self, Write};

use chrono::{Datelike as _, NaiveDate};

use super::Company;
use super::activity::{Activity, Presence, presence};
use super::calendar::Week;
use super::dice::{Dice, Purpose};
use super::people::{CUSTOMER_SUCCESS, ORGANIZATIONS, SALES, SUPPLY_CHAIN, SUPPORT};
use super::write::push_date;
use crate::dataset::{Era, Metric, days_in_month};
use crate::work::fan_out;

/// How many organizations there are.
const COUNT: usize = ORGANIZATIONS.len();

/// The part of each organization's internal time that goes to others, in the order of [`ORGANIZATIONS`].
const ACROSS: [f64; COUNT] = [0.38, 0.46, 0.40, 0.36, 0.15, 0.62, 0.17, 0.55, 0.50, 0.58, 0.70, 0.80];

/// The part of all time whose partners are in no organization.
const UNCLASSIFIED: f64 = 0.01;

/// Index of the organization that makes things.
const OPERATIONS: usize = 4;

/// Who works with whom more than with others.
const CLOSE: [(usize, usize, f64); 4] = [
    (SALES, CUSTOMER_SUCCESS, 5.0),
    (CUSTOMER_SUCCESS, SUPPORT, 5.0),
    (SUPPLY_CHAIN, OPERATIONS, 6.0),
    (SALES, SUPPLY_CHAIN, 2.0),
];

/// More people than this are counted by every second one, every third one, and so on.
const MOST_COUNTED: usize = 20_000;

/// What one period has.
struct Period {
    start: NaiveDate,
    /// Internal seconds by organization, of the weeks that start in it.
    seconds: [u64; COUNT],
    /// How many weeks these are.
    weeks: u32,
    /// Members by organization, in its last week.
    members: [u32; COUNT],
    /// Weeks before the last one of the sample.
    before_end: u32,
    /// Whether the coaching program of Customer Success runs.
    is_late: bool,
}

impl Period {
    /// A month has the time of all its days, whether four weeks start in it or five.
    fn fill_month(&mut self) {
        let days = days_in_month(self.start);
        for seconds in &mut self.seconds {
            *seconds = *seconds * u64::from(days) / u64::from(7 * self.weeks.max(1));
        }
    }
}

/// Writes the group-to-group query: minutes by month in Viva Insights, hours by week in Workplace Analytics.
pub(super) fn group_query(company: &Company, threads: usize, out: &mut impl Write) -> io::Result<()> {
    let is_wpa = company.era == Era::Wpa;
    writeln!(
        out,
        "{}",
        if is_wpa {
            "TimeInvestors_Organization,Collaborators_Organization,Date,Collaboration_hours,Meeting_hours,Email_hours"
        } else {
            "PrimaryCollaborator_Organization,PrimaryCollaborator_GroupSize,SecondaryCollaborator_Organization,\
             SecondaryCollaborator_GroupSize,MetricDate,Group_collaboration_time_invested,\
             Group_meeting_time_invested,Group_email_time_invested"
        }
    )?;
    for period in periods(company, threads) {
        for (from, organization) in ORGANIZATIONS.iter().enumerate() {
            for to in 0..=COUNT {
                let seconds = time_with(company.seed, &period, from, to);
                if seconds > 0 {
                    let to_name = match to {
                        to if to == from && is_wpa => "Collaborators Within Group",
                        to if to == from => "Within Group",
                        COUNT if is_wpa => "Unclassified_Internal",
                        COUNT => "Unclassified Collaborators",
                        to => ORGANIZATIONS[to].name,
                    };
                    let mut date = Vec::new();
                    push_date(&mut date, period.start, company.era);
                    let date = String::from_utf8_lossy(&date);
                    let (meeting, email) = (seconds * 6 / 10, seconds * 3 / 10);
                    if is_wpa {
                        let hours = |seconds: u64| seconds as f64 / 3600.0;
                        let [all, meeting, email] = [seconds, meeting, email].map(hours);
                        writeln!(out, "{},{to_name},{date},{all:.4},{meeting:.4},{email:.4}", organization.name)?;
                    } else {
                        let minutes = |seconds: u64| seconds as f64 / 60.0;
                        let [all, meeting, email] = [seconds, meeting, email].map(minutes);
                        let size = if to < COUNT { period.members[to] } else { period.members[from] / 8 + 1 };
                        let own = period.members[from];
                        writeln!(
                            out,
                            "{},{own},{to_name},{size},{date},{all:.2},{meeting:.2},{email:.2}",
                            organization.name
                        )?;
                    }
                }
            }
        }
    }
    out.flush()
}

/// The seconds of one organization with another in a period; the last partner is in none.
fn time_with(seed: u64, period: &Period, from: usize, to: usize) -> u64 {
    let all = period.seconds[from] as f64;
    let classified = all * (1.0 - UNCLASSIFIED);
    let is_customer_success = from == CUSTOMER_SUCCESS && period.is_late;
    let mut dice = Dice::new(seed, (from * (COUNT + 1) + to) as u32, Purpose::Between(period.before_end));
    let seconds = match to {
        COUNT => all * UNCLASSIFIED,
        to if to == from => classified * (1.0 - ACROSS[from]) * if is_customer_success { 1.14 } else { 1.0 },
        to => {
            let weights: f64 = (0..COUNT).filter(|other| *other != from).map(|other| weight(period, from, other)).sum();
            let more = if is_customer_success && to == SUPPORT { 1.22 } else { 1.0 };
            classified * ACROSS[from] * weight(period, from, to) / weights.max(1.0) * more
        }
    };
    (seconds * dice.factor(0.02)) as u64
}

/// How much of the time across groups goes to one of them: by its size, and to close ones more.
fn weight(period: &Period, from: usize, to: usize) -> f64 {
    let is_pair = |(a, b, _): &&(usize, usize, f64)| (*a, *b) == (from, to) || (*b, *a) == (from, to);
    let close = CLOSE.iter().find(is_pair).map_or(1.0, |(_, _, times)| *times);
    f64::from(period.members[to].max(1)) * close
}

/// Internal time by week, or by month of the weeks that start in it.
fn periods(company: &Company, threads: usize) -> Vec<Period> {
    let weeks = company.weeks.len();
    let per_thread = weeks.div_ceil(threads.max(1));
    let by_thread = fan_out(threads.max(1), |thread| {
        let range = (thread * per_thread).min(weeks)..((thread + 1) * per_thread).min(weeks);
        company.weeks[range].iter().map(|week| of_week(company, week)).collect::<Vec<_>>()
    });
    let mut periods: Vec<Period> = Vec::new();
    for mut week in by_thread.into_iter().flatten() {
        if company.era != Era::Wpa {
            week.start = week.start.with_day(1).unwrap_or(week.start);
        }
        match periods.last_mut().filter(|period| period.start == week.start) {
            Some(period) => {
                for (sum, more) in period.seconds.iter_mut().zip(week.seconds) {
                    *sum += more;
                }
                period.weeks += 1;
                period.members = week.members;
            }
            None => periods.push(week),
        }
    }
    if company.era != Era::Wpa {
        periods.iter_mut().for_each(Period::fill_month);
    }
    periods
}

fn of_week(company: &Company, week: &Week) -> Period {
    let step = company.people.len().div_ceil(MOST_COUNTED).max(1);
    let mut period = Period {
        start: week.start,
        seconds: [0; COUNT],
        weeks: 1,
        members: [0; COUNT],
        before_end: week.before_end,
        is_late: week.coaching_program,
    };
    for person in company.people.iter().step_by(step) {
        if week.index < person.first_week || week.index > person.last_week {
            continue;
        }
        let organization = person.organization_in(week.index);
        period.members[organization] += step as u32;
        if presence(company.seed, person, week) == Presence::Active {
            let activity = Activity::of(company.seed, person, week, Presence::Active);
            let all = activity.cell(Metric::CollaborationHours, company.era);
            let outside = activity.cell(Metric::ExternalHours, company.era);
            period.seconds[organization] += u64::from(all.saturating_sub(outside)) * step as u64;
        }
    }
    period
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::super::SampleOptions;
    use super::*;

    fn written(era: Era, threads: usize) -> String {
        let mut bytes = Vec::new();
        group_query(&Company::generate(&SampleOptions { era, ..SampleOptions::default() }), threads, &mut bytes)
            .unwrap();
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn any_number_of_threads_writes_the_same_bytes() {
        let one = written(Era::Viva, 1);
        assert!(one == written(Era::Viva, 3));
        // Six months of twelve organizations with each other, themselves and the unclassified.
        assert_eq!(one.lines().count(), 1 + 6 * 12 * 13);
        assert!(one.contains("Sales,Unclassified") || one.contains(",Unclassified Collaborators,"));
    }

    #[test]
    fn workplace_analytics_writes_weeks_in_hours() {
        let text = written(Era::Wpa, 2);
        assert_eq!(text.lines().count(), 1 + 26 * 12 * 13);
        assert!(text.contains("Sales,Collaborators Within Group,12/7/2025,"));
    }
}
