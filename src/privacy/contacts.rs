//! What may be seen of time with contacts.
//!
//! The month is answered when it has at least k people. An account or a kind shows its hours where no one person gives
//! over half of them. What shows none is summed with the rest: within a kind its accounts that show none, and with the
//! unknown the kinds that show none. Where one person gives over half of such a sum, the next smallest part joins it, so
//! that no hidden hours follow by subtraction. How many people an account has is told from k on, where the people
//! without it are nobody or at least k too. Single threads are a count of accounts.
//!
//! Months are decided one by one: each is a table of its own, and nothing is summed over months.

use chrono::NaiveDate;

use super::{Hidden, Published, Rules, Share};
use crate::dataset::{ContactDetail, ContactTime};
use crate::insights::contacts::{
    self, Assigned, ContactKind, Contributions, DRIFT_MONTHS, Drift, by_month, drift, last_of_month, month_time,
    new_contacts, pace, quiet,
};

/// What is asked about time with contacts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContactQuestion {
    /// What the list says of each contact of the table.
    pub assigned: Vec<Assigned>,
    /// The goal of each account in seconds a month; 0 for none.
    pub goals: Vec<u64>,
    /// The month by its first day; `None` for the last one.
    pub month: Option<NaiveDate>,
    /// The day that it is.
    pub today: NaiveDate,
}

/// What is told about time with contacts.
#[derive(Clone, Debug, PartialEq)]
pub struct ContactFindings {
    /// The month by its first day.
    pub month: NaiveDate,
    /// The last day that the numbers are of.
    pub as_of: NaiveDate,
    /// Whether the month goes on after it.
    pub is_month_open: bool,
    /// Every month of the export.
    pub months: Vec<NaiveDate>,
    /// Whether contacts are addresses or domains.
    pub detail: ContactDetail,
    /// People with outside time in the export in this month.
    pub people: usize,
    /// All outside time, in seconds.
    pub seconds: u64,
    /// Time by kind that is shown by itself, in seconds; the unknown is last and holds what is not shown by itself.
    pub kinds: Vec<KindTime>,
    /// Kinds whose time is in the unknown, because one person gives over half of it or it would follow.
    pub kinds_in_unknown: Vec<ContactKind>,
    /// Each account in the order of the list.
    pub accounts: Vec<AccountTime>,
    /// Time that no account shows, in seconds: with the accounts' it is all of the time.
    pub elsewhere: u64,
    /// Accounts whose hours of the month come from one person.
    pub single_threads: usize,
    /// Accounts with any time in the month.
    pub accounts_with_time: usize,
    /// New contacts, or `None` where they cannot be told.
    pub new: Option<NewContactFindings>,
}

/// The time with one kind of contacts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct KindTime {
    /// The kind.
    pub kind: ContactKind,
    /// Seconds in the month.
    pub seconds: u64,
    /// Its part of all outside time.
    pub share: Share,
}

/// What is told about one account.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AccountTime {
    /// Seconds in the month; `None` where they are not shown by themselves.
    pub seconds: Option<u64>,
    /// Hours so far against what the goal asks for by now.
    pub pace: Option<f64>,
    /// The last three months against the twelve before.
    pub drift: Drift,
    /// No contact for 30 days at the end of the export.
    pub is_quiet: bool,
    /// People with time with it; `None` under k.
    pub people: Option<usize>,
}

/// What is told about new contacts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NewContactFindings {
    /// Pairs of a person and a contact that are new, per person.
    pub per_person: f64,
    /// Time with existing contacts / time with existing or new ones; `None` without either or where one person gives
    /// over half.
    pub existing_time_share: Option<Share>,
}

/// Months of an export, rising, each by its first day: how long it is says nothing about people.
#[must_use]
pub fn contact_months(table: &ContactTime) -> Vec<NaiveDate> {
    contacts::months(table)
}

/// Answers a question about time with contacts.
///
/// # Errors
/// [`Hidden::TooFewPeople`] where the month has fewer than k people, or one person gives over half of all time.
pub fn answer_contacts(
    table: &ContactTime,
    question: &ContactQuestion,
    rules: Rules,
) -> Result<Published<ContactFindings>, Hidden> {
    let months = contacts::months(table);
    let chosen = question.month.filter(|month| months.contains(month));
    let Some(month) = chosen.or_else(|| months.last().copied()) else { return Err(Hidden::TooFewPeople) };
    let (assigned, accounts) = (question.assigned.as_slice(), question.goals.len());
    let time = month_time(table, assigned, accounts, month);
    let mut all = Contributions::default();
    for kind in &time.kinds {
        all.join(kind);
    }
    if time.people < rules.minimum_group_size() || all.is_dominated() {
        return Err(Hidden::TooFewPeople);
    }
    let shown = Shown::of(&time, &kinds_of(assigned, accounts));
    let in_file = table.periods().iter().rev().find(|day| **day <= last_of_month(month) && **day >= month);
    let file_end = in_file.map_or(month, |day| table.last_day(*day));
    let as_of = file_end.min(question.today).min(last_of_month(month)).max(month);
    let (by_month, quiet) = (by_month(table, assigned, accounts), quiet(table, assigned, accounts));
    let last_complete = months.iter().filter(|other| **other < month || as_of == last_of_month(month)).count();
    let told = (0..accounts).map(|place| {
        let contributions = time.accounts.get(place);
        let seconds = contributions.filter(|_| shown.accounts.get(place) == Some(&true)).map(Contributions::total);
        let goal = question.goals.get(place).copied().unwrap_or_default();
        let people = contributions.map_or(0, Contributions::people);
        let is_told =
            people >= rules.minimum_group_size() && rules.nobody_or_enough(time.people.saturating_sub(people));
        let until = months.iter().filter(|other| **other <= month).count().min(last_complete);
        AccountTime {
            seconds,
            pace: seconds.and_then(|seconds| pace(seconds, goal, month, as_of)),
            drift: published_drift(by_month.get(..until).unwrap_or_default(), place),
            is_quiet: quiet.get(place).copied().unwrap_or_default(),
            people: Some(people).filter(|_| is_told),
        }
    });
    let told: Vec<AccountTime> = told.collect();
    let in_accounts: u64 = told.iter().filter_map(|account| account.seconds).sum();
    let with_time = time.accounts.iter().filter(|account| account.people() > 0);
    Ok(Published::new(ContactFindings {
        month,
        as_of,
        is_month_open: as_of < last_of_month(month),
        detail: table.detail(),
        people: time.people,
        seconds: all.total(),
        kinds: shown.kinds.iter().map(|(kind, seconds)| kind_time(*kind, *seconds, all.total())).collect(),
        kinds_in_unknown: shown.kinds_in_unknown,
        elsewhere: all.total().saturating_sub(in_accounts),
        single_threads: with_time.clone().filter(|account| account.people() == 1).count(),
        accounts_with_time: with_time.count(),
        accounts: told,
        new: new_contacts(table, assigned, month).filter(|_| as_of == last_of_month(month)).and_then(|new| {
            let mut either = new.existing.clone();
            either.join(&new.new);
            let is_open = |parts: &[&Contributions]| parts.iter().all(|part| !part.is_dominated());
            let share = either.total() > 0 && is_open(&[&new.existing, &new.new, &either]);
            is_open(&[&new.new_pairs]).then(|| NewContactFindings {
                per_person: new.new_pairs.total() as f64 / new.people.max(1) as f64,
                existing_time_share: share.then(|| part_of(new.existing.total(), either.total())),
            })
        }),
        months,
    }))
}

fn kind_time(kind: ContactKind, seconds: u64, all: u64) -> KindTime {
    KindTime { kind, seconds, share: part_of(seconds, all) }
}

/// A part of a whole; 0 of nothing.
fn part_of(part: u64, whole: u64) -> Share {
    Share::new(if whole == 0 { 0.0 } else { part as f64 / whole as f64 })
}

/// The kind of each account; `None` where nothing of the table is in it.
fn kinds_of(assigned: &[Assigned], accounts: usize) -> Vec<Option<ContactKind>> {
    let mut kinds = vec![None; accounts];
    for contact in assigned {
        if let Assigned::Outside(kind, Some(account)) = contact
            && let Some(place) = kinds.get_mut(*account)
        {
            *place = Some(*kind);
        }
    }
    kinds
}

/// The drift of an account, where neither of its two sums is mostly one person's.
fn published_drift(by_month: &[Vec<Contributions>], account: usize) -> Drift {
    let of_account: Vec<&Contributions> = by_month.iter().filter_map(|month| month.get(account)).collect();
    let (recent, before) = DRIFT_MONTHS;
    let Some(start) = of_account.len().checked_sub(recent + before) else { return Drift::CannotTell };
    let window = of_account.get(start..).unwrap_or_default();
    let (earlier, last) = window.split_at(before.min(window.len()));
    let is_dominated = |months: &[&Contributions]| {
        let mut sum = Contributions::default();
        for month in months {
            sum.join(month);
        }
        sum.is_dominated()
    };
    if is_dominated(earlier) || is_dominated(last) {
        return Drift::CannotTell;
    }
    drift(&window.iter().map(|month| month.total()).collect::<Vec<_>>())
}

/// Which hours are shown by themselves.
struct Shown {
    accounts: Vec<bool>,
    kinds: Vec<(ContactKind, u64)>,
    kinds_in_unknown: Vec<ContactKind>,
}

impl Shown {
    fn of(time: &contacts::MonthTime, kind_of: &[Option<ContactKind>]) -> Self {
        let mut accounts: Vec<bool> = time.accounts.iter().map(|account| !account.is_dominated()).collect();
        let of_kind = |kind| ContactKind::ALL.iter().position(|other| *other == kind).unwrap_or_default();
        for kind in ContactKind::ALL {
            let places: Vec<usize> =
                (0..accounts.len()).filter(|place| kind_of.get(*place) == Some(&Some(kind))).collect();
            hide_with(&mut accounts, &places, &time.accounts, &Contributions::default());
        }
        // The unknown always takes what is not shown by itself.
        let unknown = of_kind(ContactKind::Unknown);
        let mut kinds: Vec<bool> = time.kinds.iter().map(|kind| !kind.is_dominated()).collect();
        let places: Vec<usize> = (0..kinds.len()).filter(|place| *place != unknown).collect();
        let nobody = Contributions::default();
        let rest = time.kinds.get(unknown).unwrap_or(&nobody);
        hide_with(&mut kinds, &places, &time.kinds, rest);
        for (place, kind) in kind_of.iter().enumerate() {
            let is_hidden = kind.is_some_and(|kind| kinds.get(of_kind(kind)) == Some(&false));
            if let Some(account) = accounts.get_mut(place).filter(|_| is_hidden) {
                *account = false;
            }
        }
        let total = |place: usize| time.kinds.get(place).map_or(0, Contributions::total);
        let is_hidden = |place: usize| place != unknown && kinds.get(place) == Some(&false);
        let mut shown = Self { accounts, kinds: Vec::new(), kinds_in_unknown: Vec::new() };
        let mut unknown_seconds = total(unknown);
        for (place, kind) in ContactKind::ALL.into_iter().enumerate().filter(|(place, _)| *place != unknown) {
            if is_hidden(place) {
                unknown_seconds += total(place);
                shown.kinds_in_unknown.push(kind);
            } else {
                shown.kinds.push((kind, total(place)));
            }
        }
        shown.kinds.push((ContactKind::Unknown, unknown_seconds));
        shown
    }
}

/// Hides further parts among `places`, the smallest first, until what is hidden, with `rest`, is not mostly one
/// person's, or everything is hidden.
fn hide_with(shown: &mut [bool], places: &[usize], parts: &[Contributions], rest: &Contributions) {
    loop {
        let mut hidden = rest.clone();
        for place in places.iter().filter(|place| shown.get(**place) == Some(&false)) {
            if let Some(part) = parts.get(*place) {
                hidden.join(part);
            }
        }
        if !hidden.is_dominated() {
            return;
        }
        let size = |place: &usize| parts.get(*place).map_or(0, Contributions::total);
        let next = places
            .iter()
            .filter(|place| shown.get(**place) == Some(&true) && size(place) > 0)
            .min_by_key(|place| (size(place), **place));
        match next.and_then(|place| shown.get_mut(*place)) {
            Some(next) => *next = false,
            None => return,
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::dataset::{ContactRow, Grain};

    fn day(month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, month, day).unwrap()
    }

    /// Rows of person, contact, hours in March 2026.
    fn answer(rows: &[(u32, u32, u64)], assigned: &[Assigned]) -> Result<Published<ContactFindings>, Hidden> {
        let accounts = assigned.iter().filter(|a| matches!(a, Assigned::Outside(_, Some(_)))).count();
        let rows = rows.iter().map(|(person, contact, hours)| ContactRow {
            person: *person,
            contact: *contact,
            period: 0,
            seconds: hours * 3600,
        });
        let contacts = (0..assigned.len()).map(|contact| format!("c{contact}.com")).collect();
        let table = ContactTime::new(rows.collect(), contacts, vec![day(3, 1)], Grain::Month, ContactDetail::Domain);
        let question = ContactQuestion {
            assigned: assigned.to_vec(),
            goals: vec![36_000; accounts],
            month: None,
            today: day(5, 1),
        };
        answer_contacts(&table, &question, Rules::new(5))
    }

    const CUSTOMER: fn(usize) -> Assigned = |place| Assigned::Outside(ContactKind::Customer, Some(place));
    const UNKNOWN: Assigned = Assigned::Outside(ContactKind::Unknown, None);

    /// Everyone of six gives the same to a contact.
    fn evenly(contact: u32, hours: u64) -> Vec<(u32, u32, u64)> {
        (0..6).map(|person| (person, contact, hours)).collect()
    }

    #[test]
    fn fewer_people_than_k_are_not_told() {
        let rows: Vec<_> = (0..4).map(|person| (person, 0, 2)).collect();
        assert_eq!(answer(&rows, &[UNKNOWN]).unwrap_err(), Hidden::TooFewPeople);
    }

    #[test]
    fn shown_accounts_and_the_rest_are_all_of_the_time_and_shares_of_kinds_too() {
        let rows = [evenly(0, 2), evenly(1, 3), evenly(2, 1)].concat();
        let found = answer(&rows, &[CUSTOMER(0), CUSTOMER(1), UNKNOWN]).unwrap();
        let hours: Vec<_> = found.accounts.iter().map(|account| account.seconds.map(|s| s / 3600)).collect();
        assert_eq!(hours, [Some(12), Some(18)]);
        assert_eq!((found.elsewhere / 3600, found.seconds / 3600, found.people), (6, 36, 6));
        assert_eq!(found.kinds.iter().map(|kind| kind.seconds).sum::<u64>(), found.seconds);
        // A goal of 10 hours in a month that is over: 12 hours are a pace of 1.2.
        assert!((found.accounts[0].pace.unwrap() - 1.2).abs() < 1e-12);
    }

    #[test]
    fn an_account_of_mostly_one_person_takes_the_next_smallest_with_it() {
        // Account 0 is one person's 5 hours; 1 is the next smallest of its kind; 2 stays.
        let rows = [vec![(0, 0, 5)], evenly(1, 2), evenly(2, 3), evenly(3, 1)].concat();
        let found = answer(&rows, &[CUSTOMER(0), CUSTOMER(1), CUSTOMER(2), UNKNOWN]).unwrap();
        let shown: Vec<bool> = found.accounts.iter().map(|account| account.seconds.is_some()).collect();
        assert_eq!(shown, [false, false, true]);
        assert_eq!((found.single_threads, found.accounts_with_time), (1, 3));
        // Customers 5 + 12 + 18 are told together.
        assert_eq!((found.kinds[0].kind, found.kinds[0].seconds), (ContactKind::Customer, 35 * 3600));
    }

    #[test]
    fn a_kind_of_mostly_one_person_is_in_the_unknown_and_cannot_be_subtracted() {
        let supplier = Assigned::Outside(ContactKind::Supplier, Some(0));
        let rows = [vec![(0, 0, 5)], evenly(1, 3), evenly(2, 2)].concat();
        let found = answer(&rows, &[supplier, CUSTOMER(1), UNKNOWN]).unwrap();
        // Unknown 12 and supplier 5: the person gives 2 + 5 of 17, under half.
        assert_eq!(found.kinds_in_unknown, [ContactKind::Supplier]);
        assert_eq!(found.kinds.last().map(|kind| (kind.kind, kind.seconds)), Some((ContactKind::Unknown, 17 * 3600)));
        assert_eq!(found.accounts.iter().map(|a| a.seconds.is_some()).collect::<Vec<_>>(), [false, true]);
        // Without any unknown time the customers have to come along, and then no account is shown.
        let rows = [vec![(0, 0, 5)], evenly(1, 3)].concat();
        let found = answer(&rows, &[supplier, CUSTOMER(1), UNKNOWN]).unwrap();
        assert_eq!(found.kinds_in_unknown, [ContactKind::Customer, ContactKind::Supplier]);
        assert!(found.accounts.iter().all(|account| account.seconds.is_none()));
        assert_eq!(found.elsewhere, found.seconds);
    }

    #[test]
    fn how_many_people_an_account_has_is_told_from_k_on() {
        let few: Vec<_> = (0..4).map(|person| (person, 0, 2)).collect();
        let rows = [few, evenly(1, 2)].concat();
        let found = answer(&rows, &[CUSTOMER(0), CUSTOMER(1)]).unwrap();
        assert_eq!((found.accounts[0].people, found.accounts[1].people), (None, Some(6)));
    }
}
