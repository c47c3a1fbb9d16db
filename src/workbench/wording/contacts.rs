//! Sentences about time with contacts.

use super::set_aside;
use super::uncertainty::CANNOT_TELL;
use chrono::{Datelike as _, NaiveDate};

use crate::dataset::ContactDetail;
use crate::import::{ContactReport, TimeUnit};
use crate::privacy::{AccountTime, ContactFindings, ContactKind, Drift};
use crate::project::{Account, AccountKind};
use crate::text::{self, Locale};

/// A kind of contact: "Customers".
#[must_use]
pub const fn contact_kind(kind: ContactKind) -> &'static str {
    match kind {
        ContactKind::Customer => "Customers",
        ContactKind::Supplier => "Suppliers",
        ContactKind::Partner => "Partners",
        ContactKind::Other => "Other accounts",
        ContactKind::PersonalMail => "Personal mail",
        ContactKind::Unknown => "Unknown",
    }
}

/// A drift: "down".
#[must_use]
pub const fn drift(drift: Drift) -> &'static str {
    match drift {
        Drift::Up => "up",
        Drift::Down => "down",
        Drift::HeldSteady => "held steady",
        Drift::CannotTell => CANNOT_TELL,
    }
}

/// What new contacts say: "0.4 new addresses a person".
#[must_use]
pub fn new_contacts(findings: &ContactFindings, locale: &Locale) -> String {
    let names = match findings.detail {
        ContactDetail::Address => "addresses",
        ContactDetail::Domain => "domains",
    };
    let Some(new) = findings.new else {
        return format!(
            "New {names}: {CANNOT_TELL}. That needs a whole month with the 12 weeks before it in the export, and no one \
             person with over half of them."
        );
    };
    let share = new
        .existing_time_share
        .map(|share| format!(" {} of the time is with existing ones.", text::percent(share, findings.people, locale)));
    let per_person = text::decimals(new.per_person, 1, locale);
    format!(
        "{per_person} new {names} a person; existing ones were seen in the 12 weeks before.{}",
        share.unwrap_or_default()
    )
}

/// A month: "March 2026".
#[must_use]
pub fn month(day: NaiveDate) -> String {
    const NAMES: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let name = NAMES.get(day.month0() as usize).copied().unwrap_or_default();
    format!("{name} {}", day.year())
}

/// How an export of time with contacts was read: rows, what counts, what is set aside.
#[must_use]
pub fn contact_source(name: &str, report: &ContactReport, locale: &Locale) -> String {
    let count = |rows: u64| text::count(usize::try_from(rows).unwrap_or(usize::MAX), locale);
    let unit = match report.unit {
        TimeUnit::Hours => "hours",
        TimeUnit::Minutes => "minutes",
    };
    let parts = [
        (report.repeated, "repeated"),
        (report.internal, "within the company"),
        (report.without_person, "without a person"),
        (report.without_day, "without a readable day"),
        (report.without_time, "without readable time"),
    ];
    let aside = set_aside(&parts, locale);
    format!(
        "{name}: {}, {} of {} rows count. \u{201c}{}\u{201d} is in {unit}.{aside}",
        report.kind.in_words(),
        count(report.rows_used),
        count(report.rows),
        text::on_one_line(&report.time_header)
    )
}

/// Seconds as hours: "12.5".
#[must_use]
pub fn contact_hours(seconds: u64, locale: &Locale) -> String {
    text::hours(seconds as f64 / 3600.0, locale)
}

/// The finding of a month. Only with accounts of customers it speaks of customers.
#[must_use]
pub fn contact_title(findings: &ContactFindings, accounts: &[Account], locale: &Locale) -> String {
    let month = month(findings.month);
    let customers = findings.kinds.iter().find(|kind| kind.kind == ContactKind::Customer);
    let has_customers = accounts.iter().any(|account| account.kind == AccountKind::Customer);
    match customers.filter(|_| has_customers) {
        Some(customers) => {
            let share = text::percent(customers.share, findings.people, locale);
            format!("Customers get {share} of external time in {month}")
        }
        None => format!("{} hours of external time in {month}", contact_hours(findings.seconds, locale)),
    }
}

/// How an account stands to its goal in a word: "on pace", "behind", or once the month is over "reached", "missed".
#[must_use]
pub const fn pace(pace: f64, is_month_open: bool) -> &'static str {
    match (pace >= 1.0, is_month_open) {
        (true, true) => "on pace",
        (false, true) => "behind",
        (true, false) => "goal reached",
        (false, false) => "goal missed",
    }
}

/// The rule that decided the pace.
#[must_use]
pub fn pace_rule(account: &Account, pace: f64, findings: &ContactFindings, locale: &Locale) -> String {
    let goal = contact_hours(u64::from(account.goal_minutes.unwrap_or_default()) * 60, locale);
    let percent = text::decimals(pace * 100.0, 0, locale);
    let space = locale.space();
    if findings.is_month_open {
        format!(
            "{percent}{space}% of what {goal} hours a month ask for by now, by working days; on pace from 100{space}% on."
        )
    } else {
        format!("{percent}{space}% of {goal} hours; reached from 100{space}% on.")
    }
}

/// The time of an account: "12.0 of 20.0 hours, 11 people".
#[must_use]
pub fn account_time(account: &Account, time: &AccountTime, findings: &ContactFindings, locale: &Locale) -> String {
    if account.kind == AccountKind::OwnCompany {
        return "Left out of external time.".to_owned();
    }
    let goal = account.goal_minutes.map(|minutes| contact_hours(u64::from(minutes) * 60, locale));
    let people = match time.people {
        Some(people) => format!(", {}", text::counted(people, "person", "people", locale)),
        None => String::new(),
    };
    match (time.seconds, goal) {
        (Some(seconds), Some(goal)) => format!("{} of {goal} hours{people}", contact_hours(seconds, locale)),
        (Some(seconds), None) => format!("{} hours{people}", contact_hours(seconds, locale)),
        (None, _) => format!("Hours of {} are not shown by themselves{people}.", month(findings.month)),
    }
}

/// How many accounts hang on one person.
#[must_use]
pub fn single_threads(findings: &ContactFindings, locale: &Locale) -> String {
    let accounts = text::counted(findings.accounts_with_time, "account", "accounts", locale);
    match findings.single_threads {
        0 => format!("No single thread: none of {accounts} with time hangs on one person alone."),
        threads => format!(
            "Single thread: the hours of {} of {accounts} with time come from one person.",
            text::count(threads, locale)
        ),
    }
}

/// The rules behind the numbers, in short.
#[must_use]
pub const fn contact_rules() -> &'static str {
    "Hours are not shown where one person gives over half of them, or where they would follow by subtraction; how many \
     people is told from the minimum group size on. Quiet: no contact for 30 days at the end of the export. Drift: the \
     last three months against the twelve before. Working days are Monday to Friday."
}
