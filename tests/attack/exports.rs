//! Attacks on the exports beside the person query, each a file of its own: time between groups, meetings, time with
//! contacts. From all that is told, asked for every set of periods, neither the time of a hidden group follows nor its
//! meetings, nor an account's hours that are one person's.
//!
//! The attacker knows how large groups are, and every number told is a sum.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use customer_focus::dataset::{
    ContactDetail, ContactRow, ContactTime, Grain, GroupRow, GroupTime, Meeting, MeetingList, OrganizerAttribute,
    Partner,
};
use customer_focus::privacy::{
    self, Assigned, BetweenQuestion, ContactKind, ContactQuestion, InWindows, MeetingQuestion, Rules,
};

use super::K;
use super::solver::Facts;
use crate::support::random::Dice;
use crate::support::{date, weeks};

/// Companies that are attacked for each export.
const COMPANIES: u64 = 40;
const HOUR: f64 = 3600.0;

/// What follows of what is hidden, and how much is hidden.
type Found = (usize, usize);

/// Every set of some periods to leave out, but all of them.
fn left_out(days: &[NaiveDate]) -> impl Iterator<Item = Vec<NaiveDate>> + '_ {
    (0..(1_usize << days.len()) - 1).map(|set| {
        let is_out = |place: &usize| set >> place & 1 == 1;
        (0..days.len()).filter(is_out).map(|place| days[place]).collect()
    })
}

/// Facts about seconds or counts, and the truth.
struct Known {
    facts: Facts,
    truth: Vec<f64>,
}

impl Known {
    fn about(truth: Vec<f64>) -> Self {
        Self { facts: Facts::about(truth.iter().map(|truth| 2.0 * truth + 1.0).collect()), truth }
    }

    fn weights(&self, is_in: impl Fn(usize) -> bool) -> Vec<f64> {
        (0..self.truth.len()).map(|unknown| f64::from(u8::from(is_in(unknown)))).collect()
    }

    fn learn(&mut self, sum: f64, is_in: impl Fn(usize) -> bool) {
        let truth: f64 = (0..self.truth.len()).filter(|unknown| is_in(*unknown)).map(|one| self.truth[one]).sum();
        assert!((truth - sum).abs() < 1e-6 * truth.max(1.0), "{sum} is told, and by the attacker's sum {truth}");
        self.facts.learn(self.weights(is_in));
    }

    /// One more of what is hidden, and whether it follows.
    fn count(&self, found: &mut Found, is_in: impl Fn(usize) -> bool) {
        let is_something = (0..self.truth.len()).any(|unknown| is_in(unknown) && self.truth[unknown] > 0.0);
        if is_something {
            found.1 += 1;
            found.0 += usize::from(self.facts.tell(&self.weights(is_in)));
        }
    }
}

/// Sizes of four to nine groups, one or two of them small.
fn sizes(dice: &mut Dice) -> Vec<usize> {
    let small = 1 + dice.roll(2);
    let large = 3 + dice.roll(5);
    let mut sizes: Vec<usize> = (0..small).map(|_| 1 + dice.roll(K - 1)).collect();
    sizes.extend((0..large).map(|_| K + dice.roll(30)));
    sizes
}

fn name(group: usize) -> String {
    format!("Group {group}")
}

/// Three months of time between groups: by group, partner (then groups that are not named) and month.
fn between(seed: u64, with_rules: bool) -> Found {
    let dice = &mut Dice(seed);
    let sizes = sizes(dice);
    let (groups, days) = (sizes.len(), [4, 5, 6].map(|month| date(&format!("2024-{month:02}-01"))));
    let place = |from: usize, to: usize, month: usize| (from * (groups + 1) + to) * days.len() + month;
    let mut rows = Vec::new();
    let mut truth = vec![0.0; groups * (groups + 1) * days.len()];
    for (from, size) in sizes.iter().enumerate() {
        for to in 0..=groups {
            for month in 0..days.len() {
                let seconds = if dice.chance(70) { (size * (1 + dice.roll(40)) * 900) as u64 } else { 0 };
                truth[place(from, to, month)] = seconds as f64;
                let partner = if to == groups { Partner::Other } else { Partner::Group(to as u32) };
                rows.push(GroupRow { from: from as u32, to: partner, period: month as u32, seconds });
            }
        }
    }
    let known_sizes = sizes
        .iter()
        .enumerate()
        .flat_map(|(group, size)| (0..days.len() as u32).map(move |month| (group as u32, month, *size as u32)));
    let names = (0..groups).map(name).collect();
    let table = GroupTime::new(rows, names, "Organization".into(), (days.to_vec(), Grain::Month), known_sizes);
    let mut known = Known::about(truth);
    let (part, row) = (|one: usize| one / days.len() % (groups + 1), |one: usize| one / days.len() / (groups + 1));
    let mut shown: BTreeSet<usize> = BTreeSet::new();
    for without in left_out(&days) {
        let is_kept = |one: usize| !without.contains(&days[one % days.len()]);
        if !with_rules {
            shown = (0..groups).filter(|group| sizes[*group] >= K).collect();
            let truth = |known: &Known, is_in: &dyn Fn(usize) -> bool| -> f64 {
                (0..known.truth.len()).filter(|one| is_in(*one)).map(|one| known.truth[one]).sum()
            };
            let mut learn = |is_in: &dyn Fn(usize) -> bool| {
                let sum = truth(&known, is_in);
                known.learn(sum, is_in);
            };
            learn(&|one| is_kept(one) && part(one) == row(one));
            for from in &shown {
                learn(&|one| is_kept(one) && row(one) == *from);
                for to in shown.iter().chain([&groups]) {
                    learn(&|one| is_kept(one) && row(one) == *from && part(one) == *to);
                }
            }
            continue;
        }
        let question = BetweenQuestion { without: without.clone(), ..BetweenQuestion::default() };
        let Ok(found) = privacy::answer_between(&table, &question, Rules::new(K)) else { continue };
        let periods = (days.len() - without.len()) as f64;
        let seconds = |hours: InWindows, members: usize| hours.all * HOUR * members as f64 * periods;
        let everyone: usize = (0..groups)
            .filter(|group| {
                (0..known.truth.len()).any(|one| is_kept(one) && row(one) == *group && known.truth[one] > 0.0)
            })
            .map(|group| sizes[group])
            .sum();
        known.learn(seconds(found.company.within.unwrap(), everyone), |one| is_kept(one) && part(one) == row(one));
        known.learn(seconds(found.company.across.unwrap(), everyone), |one| is_kept(one) && part(one) != row(one));
        let places: Vec<usize> =
            found.groups.iter().map(|group| (0..groups).find(|place| name(*place) == group.name).unwrap()).collect();
        for (group, from) in found.groups.iter().zip(&places) {
            shown.insert(*from);
            let own = |one: usize| is_kept(one) && row(one) == *from;
            let told = |hours: InWindows| seconds(hours, group.members);
            known.learn(told(group.balance.within.unwrap()), |one| own(one) && part(one) == *from);
            known.learn(told(group.balance.across.unwrap()), |one| own(one) && part(one) != *from);
            for (hours, to) in group.with.iter().zip(&places) {
                if let Some(hours) = hours {
                    known.learn(told(*hours), |one| own(one) && part(one) == *to);
                }
            }
            if let Some(hours) = group.elsewhere {
                known.learn(told(hours), |one| own(one) && !places.contains(&part(one)));
            }
        }
    }
    let mut found = (0, 0);
    for group in (0..groups).filter(|group| sizes[*group] < K && !shown.is_empty()) {
        assert!(!shown.contains(&group));
        known.count(&mut found, |one| row(one) == group && part(one) == group);
        known.count(&mut found, |one| row(one) == group && part(one) != group);
        for from in &shown {
            known.count(&mut found, |one| row(one) == *from && part(one) == group);
        }
    }
    found
}

/// Four weeks of meetings by us, by group of the organizer.
fn meetings(seed: u64, with_rules: bool) -> Found {
    let dice = &mut Dice(seed);
    let sizes = sizes(dice);
    let days = weeks("2024-04-07", 4);
    let mut truth = vec![0.0; sizes.len() * days.len()];
    let mut list = MeetingList { says_outside: true, ..MeetingList::default() };
    let mut codes = Vec::new();
    let mut organizer = 0;
    for (group, size) in sizes.iter().enumerate() {
        for _ in 0..*size {
            organizer += 1;
            for (week, day) in days.iter().enumerate() {
                // A meeting on the first and the last day of a week: no week is cut.
                for after in [0, 6].into_iter().filter(|_| dice.chance(60)) {
                    truth[group * days.len() + week] += 1.0;
                    codes.push(Some(group as u32));
                    list.meetings.push(Meeting {
                        day: *day + chrono::Days::new(after),
                        outside: Some(1),
                        organizer: Some(organizer),
                        organizer_is_internal: Some(true),
                        ..Meeting::default()
                    });
                }
            }
        }
    }
    let values = (0..sizes.len()).map(name).collect();
    list.attributes = vec![OrganizerAttribute { name: "Organization".into(), values, codes }];
    let mut known = Known::about(truth);
    let group_of = |one: usize| one / days.len();
    for without in left_out(&days) {
        let is_kept = |one: usize| !without.contains(&days[one % days.len()]);
        let count = (days.len() - without.len()) as f64;
        let question =
            MeetingQuestion { by: Some("Organization".into()), without: without.clone(), ..Default::default() };
        let Ok(found) = privacy::answer_meetings(&list, &question, Rules::new(K)) else { continue };
        let Ok(ours) = &found.by[0].told else { continue };
        known.learn(ours.per_week.all * count, is_kept);
        for group in (0..sizes.len()).filter(|group| !with_rules && sizes[*group] >= K) {
            let sum = (0..known.truth.len()).filter(|one| is_kept(*one) && group_of(*one) == group);
            let sum = sum.map(|one| known.truth[one]).sum();
            known.learn(sum, |one| is_kept(one) && group_of(one) == group);
        }
        for group in &found.groups {
            known.learn(group.per_week.all * count, |one| is_kept(one) && name(group_of(one)) == group.name);
        }
    }
    let mut found = (0, 0);
    for group in (0..sizes.len()).filter(|group| sizes[*group] < K) {
        known.count(&mut found, |one| group_of(one) == group);
        (0..days.len()).for_each(|week| known.count(&mut found, |one| one == group * days.len() + week));
    }
    found
}

/// A month of time with contacts, each of an account or of none.
fn contacts(seed: u64, with_rules: bool) -> Found {
    let dice = &mut Dice(seed);
    let (contacts, accounts, people) = (6 + dice.roll(14), 3 + dice.roll(6), K + dice.roll(25));
    let kind_of: Vec<ContactKind> = (0..accounts).map(|_| dice.pick(&ContactKind::ALL[..3])).collect();
    let assigned: Vec<Assigned> = (0..contacts)
        .map(|_| match dice.roll(accounts + 3) {
            account if account < accounts => Assigned::Outside(kind_of[account], Some(account)),
            other if other == accounts => Assigned::Outside(ContactKind::PersonalMail, None),
            _ => Assigned::Outside(ContactKind::Unknown, None),
        })
        .collect();
    let mut rows = Vec::new();
    let mut by_person = vec![vec![0_u64; people]; contacts];
    for (contact, of_contact) in by_person.iter_mut().enumerate() {
        for (person, sum) in of_contact.iter_mut().enumerate() {
            *sum = if dice.chance(12) { 60 * (1 + dice.roll(200)) as u64 } else { 0 };
            let seconds = *sum;
            rows.push(ContactRow { person: person as u32, contact: contact as u32, period: 0, seconds });
        }
    }
    let names = (0..contacts).map(|contact| format!("c{contact}.example")).collect();
    let table = ContactTime::new(rows, names, vec![date("2024-04-01")], Grain::Month, ContactDetail::Domain);
    let question = ContactQuestion {
        assigned: assigned.clone(),
        goals: vec![0; accounts],
        month: None,
        today: date("2024-06-01"),
    };
    let Ok(found) = privacy::answer_contacts(&table, &question, Rules::new(K)) else { return (0, 0) };
    let mut known = Known::about(by_person.iter().map(|of_contact| of_contact.iter().sum::<u64>() as f64).collect());
    let is_of =
        |contact: usize, account: usize| matches!(assigned[contact], Assigned::Outside(_, Some(own)) if own == account);
    let is_kind =
        |contact: usize, kind: ContactKind| matches!(assigned[contact], Assigned::Outside(own, _) if own == kind);
    // Whether one person gives over half of some contacts' time.
    let is_one_persons = |is_in: &dyn Fn(usize) -> bool| {
        let own =
            |person: usize| (0..contacts).filter(|one| is_in(*one)).map(|one| by_person[one][person]).sum::<u64>();
        let sums: Vec<u64> = (0..people).map(own).collect();
        sums.iter().max().is_some_and(|most| most * 2 > sums.iter().sum())
    };
    known.learn(found.seconds as f64, |_| true);
    for kind in found.kinds.iter().filter(|kind| kind.kind != ContactKind::Unknown) {
        known.learn(kind.seconds as f64, |one| is_kind(one, kind.kind));
    }
    for (account, told) in found.accounts.iter().enumerate() {
        if let Some(seconds) = told.seconds {
            known.learn(seconds as f64, |one| is_of(one, account));
        } else if !with_rules && !is_one_persons(&|one| is_of(one, account)) {
            let sum = (0..contacts).filter(|one| is_of(*one, account)).map(|one| known.truth[one]).sum();
            known.learn(sum, |one| is_of(one, account));
        }
    }
    let mut count = (0, 0);
    for account in (0..accounts).filter(|account| is_one_persons(&|one| is_of(one, *account))) {
        known.count(&mut count, |one| is_of(one, account));
    }
    for kind in ContactKind::ALL.into_iter().filter(|kind| is_one_persons(&|one| is_kind(one, *kind))) {
        known.count(&mut count, |one| is_kind(one, kind));
    }
    // What is left of a kind once its accounts are taken away.
    for kind in found.kinds.iter().map(|kind| kind.kind).filter(|kind| *kind != ContactKind::Unknown) {
        let is_shown =
            |one: usize| (0..accounts).any(|account| is_of(one, account) && found.accounts[account].seconds.is_some());
        let is_rest = |one: usize| is_kind(one, kind) && !is_shown(one);
        if is_one_persons(&is_rest) {
            known.count(&mut count, is_rest);
        }
    }
    count
}

fn attack(of: fn(u64, bool) -> Found, with_rules: bool) -> Found {
    (0..COMPANIES).map(|seed| of(seed, with_rules)).fold((0, 0), |all, one| (all.0 + one.0, all.1 + one.1))
}

fn holds(of: fn(u64, bool) -> Found) {
    let (follow, hidden) = attack(of, true);
    assert!(hidden > 50, "{hidden} hidden numbers are too few to prove anything");
    assert_eq!(follow, 0, "of {hidden} hidden numbers");
    let (follow, hidden) = attack(of, false);
    assert!(follow * 10 > hidden, "{follow} of {hidden}: the attack is blind");
}

#[test]
fn no_time_of_a_small_group_or_with_one_follows_from_what_is_told_between_groups() {
    holds(between);
}

#[test]
fn no_number_of_meetings_by_a_small_group_follows() {
    holds(meetings);
}

#[test]
fn no_hours_with_contacts_that_are_one_persons_follow() {
    holds(contacts);
}
