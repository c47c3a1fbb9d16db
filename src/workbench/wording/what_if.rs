//! What if, in words: arithmetic on the measured weeks, never a forecast.

use crate::privacy::{FreedFrom, Hours, OneToOneLever, OneToOnes};
use crate::text::{self, Locale};

use super::sentence_case;

/// From this many people on a manager hardly finds the time.
pub const MANY_PER_MANAGER: f64 = 12.0;

/// The 1:1s of a lever: "Two 30-minute 1:1s a month".
#[must_use]
pub fn one_to_one_lever(lever: OneToOneLever, locale: &Locale) -> String {
    let minutes = lever.minutes;
    match lever.meetings_a_month {
        0 => "No more 1:1s than now".to_owned(),
        1 => format!("One {minutes}-minute 1:1 a month"),
        count => {
            sentence_case(&format!("{} {minutes}-minute 1:1s a month", text::count_in_words(count as usize, locale)))
        }
    }
}

/// The finding: "Two 30-minute 1:1s a month: from 36.2 % to 0.0 % under 15 minutes a week".
#[must_use]
pub fn one_to_ones_title(lever: OneToOneLever, told: &OneToOnes, locale: &Locale) -> String {
    let share = |share| text::percent(share, told.people, locale);
    let lever = one_to_one_lever(lever, locale);
    if told.now == told.then {
        format!("{lever}: still {} under 15 minutes a week", share(told.now))
    } else {
        format!("{lever}: from {} to {} under 15 minutes a week", share(told.now), share(told.then))
    }
}

/// What it takes: "0.6 hours more per person and month than the 1.2 hours measured, about 720 hours a month in all."
#[must_use]
pub fn one_to_ones_cost(told: &OneToOnes, locale: &Locale) -> String {
    let hours = |value| text::decimals(value, 1, locale);
    let more = format!(
        "It takes {} hours more per person and month than the {} hours measured",
        hours(told.added_hours),
        hours(told.hours)
    );
    let in_all = told.total_added_hours.map_or_else(String::new, |total| {
        format!(", about {} hours a month in all", text::count(total.round() as usize, locale))
    });
    let of_managers = told.people_per_manager.zip(told.manager_hours_a_week).map(|(people, week)| {
        format!(" A manager has {} people on average: {} hours of 1:1s a week.", hours(people), hours(week))
    });
    format!("{more}{in_all}.{}", of_managers.unwrap_or_default())
}

/// Hours that are freed: "10 % less: 0.8 hours per person and week, about 960 hours a week in all."
#[must_use]
pub fn hours_freed(hours: &Hours, percent: u32, by_month: bool, locale: &Locale) -> String {
    let part = f64::from(percent) / 100.0;
    let period = if by_month { "month" } else { "week" };
    let per_person = text::decimals(hours.mean * part, 1, locale);
    let freed = format!("{percent}{}% less frees {per_person} hours per person and {period}", locale.space());
    match hours.total {
        Some(total) => {
            format!("{freed}, about {} hours a {period} in all", text::count((total * part).round() as usize, locale))
        }
        None => freed,
    }
}

/// Which hours, as a choice.
#[must_use]
pub const fn freed_from(from: FreedFrom) -> &'static str {
    match from {
        FreedFrom::Meetings => "Meeting hours",
        FreedFrom::Internal => "Internal collaboration hours",
        FreedFrom::Email => "Email hours",
        FreedFrom::AfterHours => "After-hours collaboration hours",
    }
}
