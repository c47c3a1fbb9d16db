//! Time with contacts outside: by kind, by account, against goals, and with whom it is new.
//!
//! *Whom external time goes to*: each contact is a customer, a supplier, a partner, other, personal mail or unknown by
//! the user's list; shares of external time sum to 1; unknown is always there. *Pace*: hours in the month so far /
//! (goal x elapsed share of its working days). *Drift*: the last three months' mean against the twelve before.
//! *Single thread*: an account whose hours come from one person. *Quiet*: no contact for 30 days. *Existing* contacts
//! were seen in the look-back before the month; *new* ones first seen in it.
//!
//! A period belongs to the month of its first day. All of it is unpublished.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::{Datelike as _, Days, Months, NaiveDate, Weekday};

use crate::dataset::ContactTime;
use crate::stats::Z_95;

/// What a contact is to the company.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ContactKind {
    /// Buys from the company.
    Customer,
    /// Sells to it.
    Supplier,
    /// Works with it.
    Partner,
    /// Something else, by the user's list.
    Other,
    /// Personal mail.
    PersonalMail,
    /// Nobody said.
    Unknown,
}

impl ContactKind {
    /// Every kind, with [`ContactKind::Unknown`] last.
    pub const ALL: [Self; 6] =
        [Self::Customer, Self::Supplier, Self::Partner, Self::Other, Self::PersonalMail, Self::Unknown];

    /// As in JSON: "personal_mail".
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::Supplier => "supplier",
            Self::Partner => "partner",
            Self::Other => "other",
            Self::PersonalMail => "personal_mail",
            Self::Unknown => "unknown",
        }
    }
}

/// What the user's list says of one contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Assigned {
    /// It is in the company itself: its time is not external and counts nowhere.
    OwnCompany,
    /// It is outside: its kind, and its account's place where it has one.
    Outside(ContactKind, Option<usize>),
}

/// Days of the look-back for new contacts: 12 weeks.
pub const LOOK_BACK_DAYS: u64 = 84;
/// Without contact for so many days an account is quiet.
pub const QUIET_DAYS: i64 = 30;
/// Months of drift: the last ones, and those before them.
pub const DRIFT_MONTHS: (usize, usize) = (3, 12);
/// A change within this part of the baseline is none.
const STEADY: f64 = 0.05;

/// Seconds by person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contributions(BTreeMap<u32, u64>);

impl Contributions {
    fn add(&mut self, person: u32, seconds: u64) {
        if seconds > 0 {
            *self.0.entry(person).or_default() += seconds;
        }
    }

    /// Adds those of another.
    pub fn join(&mut self, other: &Self) {
        for (person, seconds) in &other.0 {
            self.add(*person, *seconds);
        }
    }

    /// All seconds.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.0.values().sum()
    }

    /// People who gave any.
    #[must_use]
    pub fn people(&self) -> usize {
        self.0.len()
    }

    /// Whether one person gives over half.
    #[must_use]
    pub fn is_dominated(&self) -> bool {
        let largest = self.0.values().max().copied().unwrap_or_default();
        u128::from(largest) * 2 > u128::from(self.total())
    }
}

/// The time of one month.
#[derive(Clone, Debug, Default)]
pub struct MonthTime {
    /// People with a row in the month.
    pub people: usize,
    /// By account, in the order of the list.
    pub accounts: Vec<Contributions>,
    /// By kind, in the order of [`ContactKind::ALL`].
    pub kinds: Vec<Contributions>,
}

/// Months that have periods, rising, each by its first day.
#[must_use]
pub fn months(table: &ContactTime) -> Vec<NaiveDate> {
    let mut months: Vec<NaiveDate> = table.periods().iter().map(|day| first_of_month(*day)).collect();
    months.dedup();
    months
}

fn first_of_month(day: NaiveDate) -> NaiveDate {
    day.with_day(1).unwrap_or(day)
}

/// The last day of a month, by any of its days.
#[must_use]
pub fn last_of_month(day: NaiveDate) -> NaiveDate {
    let next = first_of_month(day).checked_add_months(Months::new(1));
    next.and_then(|next| next.pred_opt()).unwrap_or(day)
}

/// Time by account and by kind in one month.
#[must_use]
pub fn month_time(table: &ContactTime, assigned: &[Assigned], accounts: usize, month: NaiveDate) -> MonthTime {
    let in_month: Vec<bool> = table.periods().iter().map(|day| first_of_month(*day) == month).collect();
    let mut time = MonthTime {
        people: 0,
        accounts: vec![Contributions::default(); accounts],
        kinds: vec![Contributions::default(); ContactKind::ALL.len()],
    };
    let mut people = HashSet::new();
    for row in table.rows().iter().filter(|row| in_month.get(row.period as usize) == Some(&true)) {
        people.insert(row.person);
        let Some(Assigned::Outside(kind, account)) = assigned.get(row.contact as usize) else { continue };
        if let Some(kind) = time.kinds.get_mut(*kind as usize) {
            kind.add(row.person, row.seconds);
        }
        if let Some(account) = account.and_then(|account| time.accounts.get_mut(account)) {
            account.add(row.person, row.seconds);
        }
    }
    time.people = people.len();
    time
}

/// Working days (Monday to Friday) from one day to another, both counted. Holidays count as working days.
#[must_use]
pub fn working_days(from: NaiveDate, to: NaiveDate) -> u32 {
    let days = from.iter_days().take_while(|day| *day <= to);
    days.filter(|day| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun)).count() as u32
}

/// Hours so far against what the goal asks for by now: 1 is on pace. `None` before the month's first working day and
/// without a goal.
#[must_use]
pub fn pace(seconds: u64, goal_seconds: u64, month: NaiveDate, as_of: NaiveDate) -> Option<f64> {
    let last = last_of_month(month);
    let elapsed = f64::from(working_days(month, as_of.min(last))) / f64::from(working_days(month, last).max(1));
    (goal_seconds > 0 && elapsed > 0.0).then(|| seconds as f64 / (goal_seconds as f64 * elapsed))
}

/// How the last months compare with those before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drift {
    /// Clearly more.
    Up,
    /// Clearly less.
    Down,
    /// The whole interval lies within 5 % of the months before.
    HeldSteady,
    /// None of these, or too few months.
    CannotTell,
}

/// The drift of seconds by month, rising: the last 3 against the 12 before. The interval is that of the difference of
/// the two means over months.
#[must_use]
pub fn drift(by_month: &[u64]) -> Drift {
    let (recent, before) = DRIFT_MONTHS;
    let Some(start) = by_month.len().checked_sub(recent + before) else { return Drift::CannotTell };
    let (earlier, last) = by_month.get(start..).unwrap_or_default().split_at(before);
    let mean = |values: &[u64]| values.iter().sum::<u64>() as f64 / values.len() as f64;
    let squared_error = |values: &[u64]| {
        let center = mean(values);
        let squares: f64 = values.iter().map(|value| (*value as f64 - center).powi(2)).sum();
        squares / (values.len() as f64 - 1.0) / values.len() as f64
    };
    let (base, difference) = (mean(earlier), mean(last) - mean(earlier));
    let width = Z_95 * (squared_error(earlier) + squared_error(last)).sqrt();
    let (low, high) = (difference - width, difference + width);
    if base > 0.0 && low >= -STEADY * base && high <= STEADY * base {
        Drift::HeldSteady
    } else if low > 0.0 {
        Drift::Up
    } else if high < 0.0 {
        Drift::Down
    } else {
        Drift::CannotTell
    }
}

/// Contributions to each account by month: one row a month of [`months`], as in the drift.
#[must_use]
pub fn by_month(table: &ContactTime, assigned: &[Assigned], accounts: usize) -> Vec<Vec<Contributions>> {
    let months = months(table);
    let place: Vec<usize> =
        table.periods().iter().map(|day| months.binary_search(&first_of_month(*day)).unwrap_or_default()).collect();
    let mut all = vec![vec![Contributions::default(); accounts]; months.len()];
    for row in table.rows() {
        let Some(Assigned::Outside(_, Some(account))) = assigned.get(row.contact as usize) else { continue };
        let month = place.get(row.period as usize).and_then(|month| all.get_mut(*month));
        if let Some(contributions) = month.and_then(|month| month.get_mut(*account)) {
            contributions.add(row.person, row.seconds);
        }
    }
    all
}

/// For each account, whether there was no contact for 30 days at the end of the export. `false` where the export is
/// shorter than that.
#[must_use]
pub fn quiet(table: &ContactTime, assigned: &[Assigned], accounts: usize) -> Vec<bool> {
    let (Some(first), Some(last)) = (table.periods().first(), table.periods().last()) else {
        return vec![false; accounts];
    };
    let end = table.last_day(*last);
    let mut seen: Vec<Option<NaiveDate>> = vec![None; accounts];
    for row in table.rows().iter().filter(|row| row.seconds > 0) {
        let Some(Assigned::Outside(_, Some(account))) = assigned.get(row.contact as usize) else { continue };
        let day = table.periods().get(row.period as usize).map(|day| table.last_day(*day));
        if let Some(seen) = seen.get_mut(*account) {
            *seen = (*seen).max(day);
        }
    }
    // Nothing at all counts from the day before the first.
    let before = first.pred_opt().unwrap_or(*first);
    seen.into_iter().map(|seen| (end - seen.unwrap_or(before)).num_days() >= QUIET_DAYS).collect()
}

/// New and existing contacts of a month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewContacts {
    /// People with a row in the month.
    pub people: usize,
    /// Pairs of a person and a contact that are new, by person.
    pub new_pairs: Contributions,
    /// Time with existing contacts.
    pub existing: Contributions,
    /// Time with new ones.
    pub new: Contributions,
}

/// New and existing contacts of a month: *existing* pairs were seen in a period that reaches into the 12 weeks before
/// the month, *new* ones never before the month. Pairs that were seen only earlier are neither. `None`, "cannot tell",
/// where the export does not reach back so far.
#[must_use]
pub fn new_contacts(table: &ContactTime, assigned: &[Assigned], month: NaiveDate) -> Option<NewContacts> {
    let look_back = month.checked_sub_days(Days::new(LOOK_BACK_DAYS))?;
    if *table.periods().first()? > look_back {
        return None;
    }
    #[derive(Clone, Copy, Default)]
    struct Seen {
        before: bool,
        in_look_back: bool,
        now: u64,
    }
    let mut pairs: HashMap<(u32, u32), Seen> = HashMap::new();
    let mut people = HashSet::new();
    for row in table.rows() {
        let Some(start) = table.periods().get(row.period as usize) else { continue };
        let is_now = first_of_month(*start) == month;
        if is_now {
            people.insert(row.person);
        }
        let is_named = table.contacts().get(row.contact as usize).is_some_and(|name| !name.is_empty());
        let is_outside = matches!(assigned.get(row.contact as usize), Some(Assigned::Outside(..)));
        if row.seconds == 0 || !is_named || !is_outside {
            continue;
        }
        let seen = pairs.entry((row.person, row.contact)).or_default();
        if is_now {
            seen.now += row.seconds;
        } else if *start < month {
            seen.before = true;
            seen.in_look_back |= table.last_day(*start) >= look_back;
        }
    }
    let mut found = NewContacts {
        people: people.len(),
        new_pairs: Contributions::default(),
        existing: Contributions::default(),
        new: Contributions::default(),
    };
    for ((person, _), seen) in pairs.iter().filter(|(_, seen)| seen.now > 0) {
        if seen.in_look_back {
            found.existing.add(*person, seen.now);
        } else if !seen.before {
            found.new_pairs.add(*person, 1);
            found.new.add(*person, seen.now);
        }
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::dataset::{ContactDetail, ContactRow, Grain};

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    /// Rows of person, contact, month (from January 2025), hours.
    fn table(rows: &[(u32, u32, u32, u64)], months: u32) -> ContactTime {
        let rows = rows.iter().map(|(person, contact, period, hours)| ContactRow {
            person: *person,
            contact: *contact,
            period: *period,
            seconds: hours * 3600,
        });
        let periods = (0..months).map(|month| day(2025, 1, 1).checked_add_months(Months::new(month)).unwrap());
        let contacts = (0..6).map(|contact| format!("c{contact}.com")).collect();
        ContactTime::new(rows.collect(), contacts, periods.collect(), Grain::Month, ContactDetail::Domain)
    }

    const LIST: [Assigned; 6] = [
        Assigned::Outside(ContactKind::Customer, Some(0)),
        Assigned::Outside(ContactKind::Customer, Some(0)),
        Assigned::Outside(ContactKind::Supplier, Some(1)),
        Assigned::Outside(ContactKind::PersonalMail, None),
        Assigned::Outside(ContactKind::Unknown, None),
        Assigned::OwnCompany,
    ];

    #[test]
    fn time_by_kind_and_account_adds_up_and_leaves_the_own_company_out() {
        let rows =
            [(0, 0, 0, 3), (1, 1, 0, 1), (1, 2, 0, 2), (2, 3, 0, 5), (2, 4, 0, 7), (2, 5, 0, 100), (0, 0, 1, 50)];
        let time = month_time(&table(&rows, 2), &LIST, 2, day(2025, 1, 1));
        let hours = |contributions: &Contributions| contributions.total() / 3600;
        // Customers 3 + 1, supplier 2, personal mail 5, unknown 7; the 100 are inside.
        assert_eq!(time.kinds.iter().map(hours).collect::<Vec<_>>(), [4, 2, 0, 0, 5, 7]);
        assert_eq!(time.accounts.iter().map(hours).collect::<Vec<_>>(), [4, 2]);
        assert_eq!((time.people, time.accounts[0].people()), (3, 2));
    }

    #[test]
    fn over_half_is_dominated_and_half_is_not() {
        let of = |parts: &[u64]| {
            let mut contributions = Contributions::default();
            for (person, seconds) in parts.iter().enumerate() {
                contributions.add(person as u32, *seconds);
            }
            contributions.is_dominated()
        };
        assert!(of(&[3, 1, 1]) && of(&[1]));
        assert!(!of(&[2, 1, 1]) && !of(&[]));
    }

    #[test]
    fn pace_counts_working_days_of_the_month() {
        // June 2026 starts on a Monday and has 22 working days; to Friday the 12th there are 10.
        assert_eq!(
            (working_days(day(2026, 6, 1), day(2026, 6, 30)), working_days(day(2026, 6, 1), day(2026, 6, 12))),
            (22, 10)
        );
        // A goal of 11 hours asks for 11 x 10 / 22 = 5 by then: 4 hours are a pace of 0.8.
        let pace_at = |as_of| pace(4 * 3600, 11 * 3600, day(2026, 6, 1), as_of);
        assert!((pace_at(day(2026, 6, 12)).unwrap() - 0.8).abs() < 1e-12);
        // Whatever comes after the month changes nothing.
        assert!((pace_at(day(2026, 8, 1)).unwrap() - 4.0 / 11.0).abs() < 1e-12);
        assert_eq!(pace(3600, 0, day(2026, 6, 1), day(2026, 6, 12)), None);
        // August 2026 starts on a Saturday: no working day has passed on Sunday.
        assert_eq!(pace(3600, 3600, day(2026, 8, 1), day(2026, 8, 2)), None);
    }

    #[test]
    fn drift_needs_fifteen_months_and_says_only_what_is_clear() {
        let with = |last: [u64; 3], noise: u64| -> Vec<u64> {
            let before = (0..12).map(|month| if month % 2 == 0 { 100 + noise } else { 100 - noise });
            before.chain(last).collect()
        };
        assert_eq!(drift(&with([150, 150, 150], 0)), Drift::Up);
        assert_eq!(drift(&with([50, 60, 50], 5)), Drift::Down);
        assert_eq!(drift(&with([101, 100, 99], 1)), Drift::HeldSteady);
        assert_eq!(drift(&with([200, 100, 10], 50)), Drift::CannotTell);
        assert_eq!(drift(&with([150, 150, 150], 0)[1..]), Drift::CannotTell);
        assert_eq!(drift(&[0; 15]), Drift::CannotTell);
    }

    #[test]
    fn an_account_is_quiet_after_thirty_days_without_contact() {
        // Account 0 was last seen in February of January to March: March has 31 days. Account 1 never.
        let rows = [(0, 0, 1, 1), (1, 4, 2, 1)];
        assert_eq!(quiet(&table(&rows, 3), &LIST, 2), [true, true]);
        // Seen in January of January and February, which has 28 days.
        assert_eq!(quiet(&table(&[(0, 0, 0, 1), (1, 4, 1, 1)], 2), &LIST, 2), [false, true]);
        assert_eq!(quiet(&table(&[], 0), &LIST, 2), [false, false]);
    }

    #[test]
    fn new_contacts_were_never_seen_before_and_without_look_back_nothing_is_told() {
        // May 2025 looks back to February 6: February to April. The export starts in January.
        let rows = [
            (0, 0, 3, 1), // April: existing in May
            (0, 0, 4, 6),
            (0, 4, 4, 2), // first in May: new
            (1, 1, 0, 1), // January only: neither
            (1, 1, 4, 9),
            (1, 3, 4, 1), // new
            (2, 5, 4, 9), // the own company
        ];
        let found = new_contacts(&table(&rows, 5), &LIST, day(2025, 5, 1)).unwrap();
        assert_eq!((found.people, found.new_pairs.total()), (3, 2));
        assert_eq!((found.existing.total() / 3600, found.new.total() / 3600), (6, 3));
        // March looks back to December.
        assert_eq!(new_contacts(&table(&rows, 5), &LIST, day(2025, 3, 1)), None);
    }

    #[test]
    fn a_second_way_of_counting_gives_the_same_times() {
        // A small generator: rows of a linear congruence.
        let mut state = 7_u64;
        let mut next = |below: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % below
        };
        let rows: Vec<(u32, u32, u32, u64)> =
            (0..500).map(|_| (next(20) as u32, next(6) as u32, next(6) as u32, next(5))).collect();
        let table = table(&rows, 6);
        let months = months(&table);
        let all = by_month(&table, &LIST, 2);
        for (place, month) in months.iter().enumerate() {
            let time = month_time(&table, &LIST, 2, *month);
            for (contact, kind) in [(4_u32, 5_usize), (3, 4), (2, 1)] {
                let naive: u64 =
                    rows.iter().filter(|row| row.2 as usize == place && row.1 == contact).map(|row| row.3).sum();
                assert_eq!(time.kinds[kind].total(), naive * 3600);
            }
            let naive: u64 = rows.iter().filter(|row| row.2 as usize == place && row.1 < 2).map(|row| row.3).sum();
            assert_eq!((time.accounts[0].total(), all[place][0].total()), (naive * 3600, naive * 3600));
            let outside: u64 = rows.iter().filter(|row| row.2 as usize == place && row.1 != 5).map(|row| row.3).sum();
            assert_eq!(time.kinds.iter().map(Contributions::total).sum::<u64>(), outside * 3600);
        }
    }
}
