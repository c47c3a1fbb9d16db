//! External time as a whole: who has any, how much of all collaboration it is, and who has most of it.
//!
//! *Any external contact*: for each week the share of the people measured who have any external hours; the unweighted mean
//! over weeks, edge weeks left out, with the interval of every share. *External share of all collaboration*: all external
//! hours divided by all collaboration hours of the rows in which both can be read; one person's contribution is
//! (external_i - R x all_i) / all. *Top parts*: people by their external hours over the weeks, and which share of all of
//! them the first tenth, quarter and half of people have, rounded up to whole people.

use super::super::incidence;
use super::super::{Population, Unavailable};
use crate::dataset::{EXCLUDED_SECONDS, Metric};
use crate::stats::{self, Interval, Share};

/// The parts of people whose share of external time is told, largest hours first.
const PARTS: [f64; 3] = [0.1, 0.25, 0.5];

/// External time of some people.
#[derive(Clone, Debug)]
pub struct ExternalTime {
    /// Who has any in a week.
    pub any: AnyContact,
    /// How much of all collaboration it is; `None` where the file has no collaboration hours, or there are none.
    pub of_collaboration: Option<OfCollaboration>,
    /// All external hours, over the weeks that count.
    pub hours: f64,
    /// How many weeks or months these are.
    pub periods: usize,
    /// The share of all external hours that the person with most of them has; 0 where there are none.
    pub largest_part: Share,
    /// Of people by their external hours; empty where there are none.
    pub top: Vec<TopPart>,
}

/// The share of people with any external hours in a week.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AnyContact {
    /// Unweighted mean over the weeks.
    pub share: Share,
    /// Its 95 % interval.
    pub interval: Interval,
    /// Distinct people measured.
    pub people: usize,
}

/// All external hours divided by all collaboration hours.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OfCollaboration {
    /// The ratio, at most 1.
    pub share: Share,
    /// Its 95 % interval.
    pub interval: Interval,
    /// Distinct people.
    pub people: usize,
    /// The share of all collaboration hours that the person with most of them has.
    pub largest_part: Share,
}

/// The first people by their external hours.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TopPart {
    /// Which part of people, from 0 to 1.
    pub part: f64,
    /// How many people that is.
    pub people: usize,
    /// Their share of all external hours.
    pub share: Share,
}

/// One person over the weeks that count.
#[derive(Clone, Copy, Default)]
struct Person {
    external: u64,
    /// Of the rows in which both can be read.
    external_of_both: u64,
    all: u64,
    has_both: bool,
}

/// Measures external time.
///
/// # Errors
/// When the file has no external hours, or nobody is measured.
pub fn external_time(population: &Population<'_>) -> Result<ExternalTime, Unavailable> {
    let dataset = population.dataset();
    let external = dataset.seconds(Metric::ExternalHours);
    let external = external.ok_or_else(|| Unavailable::NotInFile(vec![Metric::ExternalHours]))?;
    let all = dataset.seconds(Metric::CollaborationHours);
    let period_of_row = dataset.periods_of_rows();
    // By week: people measured, and those with any external time.
    let mut weeks = vec![(0_u32, 0_u32); dataset.calendar().periods.len()];
    let mut people: Vec<Person> = Vec::new();
    population.for_each_without_edges(|rows| {
        let (mut person, mut is_measured) = (Person::default(), false);
        rows.for_each(|row| {
            let seconds = external[row];
            if seconds == EXCLUDED_SECONDS {
                return;
            }
            is_measured = true;
            person.external += u64::from(seconds);
            let (measured, any) = &mut weeks[usize::from(period_of_row[row])];
            *measured += 1;
            *any += u32::from(seconds > 0);
            if let Some(all) = all.map(|all| all[row]).filter(|all| *all != EXCLUDED_SECONDS) {
                person.external_of_both += u64::from(seconds);
                person.all += u64::from(all);
                person.has_both = true;
            }
        });
        if is_measured {
            people.push(person);
        }
    });
    let any = any_contact(population, external, &weeks).ok_or(Unavailable::NobodyMeasured)?;
    let mut seconds: Vec<u64> = people.iter().map(|person| person.external).collect();
    seconds.sort_unstable_by(|a, b| b.cmp(a));
    let total: u64 = seconds.iter().sum();
    Ok(ExternalTime {
        any,
        of_collaboration: of_collaboration(&people),
        hours: total as f64 / 3600.0,
        periods: weeks.iter().filter(|(measured, _)| *measured > 0).count(),
        largest_part: part_of(seconds.first().copied().unwrap_or_default(), total),
        top: top_parts(&seconds, total),
    })
}

fn part_of(part: u64, all: u64) -> Share {
    Share::new(if all == 0 { 0.0 } else { part as f64 / all as f64 })
}

fn any_contact(population: &Population<'_>, external: &[u32], weeks: &[(u32, u32)]) -> Option<AnyContact> {
    let shares: Vec<f64> = weeks.iter().map(|&(measured, any)| f64::from(any) / f64::from(measured.max(1))).collect();
    let counts = || weeks.iter().zip(&shares).filter(|((measured, _), _)| *measured > 0);
    let share = stats::mean(counts().map(|(_, share)| *share))?;
    let units = counts().count() as f64;
    let period_of_row = population.dataset().periods_of_rows();
    let mut contributions = Vec::new();
    population.for_each_without_edges(|rows| {
        let mut own: Option<f64> = None;
        rows.for_each(|row| {
            if external[row] != EXCLUDED_SECONDS {
                let week = usize::from(period_of_row[row]);
                let z = (f64::from(external[row] > 0) - shares[week]) / (units * f64::from(weeks[week].0));
                *own.get_or_insert(0.0) += z;
            }
        });
        contributions.extend(own);
    });
    let people = contributions.len();
    let interval = incidence::share_interval(share, incidence::variance(contributions.into_iter()), people);
    Some(AnyContact { share: Share::new(share), interval, people })
}

fn of_collaboration(people: &[Person]) -> Option<OfCollaboration> {
    let both = || people.iter().filter(|person| person.has_both);
    let (external, all) =
        both().fold((0_u64, 0_u64), |(external, all), person| (external + person.external_of_both, all + person.all));
    if all == 0 {
        return None;
    }
    let share = external as f64 / all as f64;
    let z = |person: &Person| (person.external_of_both as f64 - share * person.all as f64) / all as f64;
    let count = both().count();
    Some(OfCollaboration {
        share: Share::new(share),
        interval: incidence::share_interval(share, incidence::variance(both().map(z)), count),
        people: count,
        largest_part: part_of(both().map(|person| person.all).max().unwrap_or_default(), all),
    })
}

/// `descending` are the external seconds of people.
fn top_parts(descending: &[u64], total: u64) -> Vec<TopPart> {
    if total == 0 {
        return Vec::new();
    }
    let top = |part: f64| {
        // The tolerance is for parts that are whole people but for binary dust.
        let people = (descending.len() as f64 * part - 1e-9).ceil() as usize;
        let seconds: u64 = descending.iter().take(people).sum();
        TopPart { part, people, share: part_of(seconds, total) }
    };
    PARTS.map(top).to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_tenth_of_ten_people_is_the_one_with_most() {
        // 10 + 9 + ... + 1 = 55: the first has 10, the first three (2.5 rounded up) 27, the first five 40.
        let descending: Vec<u64> = (1..=10).rev().collect();
        let parts = top_parts(&descending, 55);
        let expected = [(1, 10.0 / 55.0), (3, 27.0 / 55.0), (5, 40.0 / 55.0)];
        for (part, (people, share)) in parts.iter().zip(expected) {
            assert_eq!(part.people, people);
            assert!((part.share.get() - share).abs() < 1e-12);
        }
        assert_eq!(top_parts(&[0, 0], 0), []);
    }

    #[test]
    fn the_share_of_all_collaboration_divides_sums_and_not_means() {
        // 9 of 10 hours and 0 of 30: 9 / 40, while the mean of shares would be 45 %.
        let person = |external: u64, all: u64| Person { external, external_of_both: external, all, has_both: true };
        let ratio = of_collaboration(&[person(9, 10), person(0, 30)]);
        let ratio = ratio.expect("there are hours");
        assert!((ratio.share.get() - 0.225).abs() < 1e-12);
        // z = (9 - 2.25) / 40 and (0 - 6.75) / 40: 0.16875 each; variance 2 x 2 x 0.0284765.
        let half = 1.959_964 * (4.0_f64 * 0.168_75 * 0.168_75).sqrt();
        assert!((ratio.interval.high - (0.225 + half)).abs() < 1e-9 && ratio.interval.low == 0.0);
        assert_eq!(ratio.largest_part.get(), 0.75);
        assert!(of_collaboration(&[person(0, 0)]).is_none());
    }
}
