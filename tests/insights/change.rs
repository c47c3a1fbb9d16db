//! The later half of the periods against the earlier half, by hand and through the only door out.

use customer_focus::dataset::{AttributeFilter, Filter, Metric};
use customer_focus::insights::InsightId;
use customer_focus::privacy::{self, Change, Question, Rules, change_since_earlier_half};

use crate::support::{Cell, Company, assert_close, guarded, row, weekly, weeks};

/// Ten people in as many weeks as there are numbers: so many of them, the first ones, have nine external hours,
/// the others one.
fn company(over_8h: &[usize]) -> Company {
    let weeks = weeks("2024-04-07", over_8h.len() as u64);
    let rows = weeks.into_iter().zip(over_8h).flat_map(|(week, &over)| {
        (0..10).map(move |person| row(person, week).hours(Metric::ExternalHours, if person < over { 9.0 } else { 1.0 }))
    });
    weekly(rows.collect())
}

fn changes(over_8h: &[usize]) -> Vec<Change> {
    change_since_earlier_half(&guarded(&company(over_8h).build()), &Question::default(), Rules::new(5))
        .unwrap()
        .to_vec()
}

/// The change of the only insight that these companies have.
#[track_caller]
fn change(over_8h: &[usize]) -> Change {
    let changes = changes(over_8h);
    let change = changes.iter().find(|change| change.id == InsightId::ExternalOver8h);
    *change.expect("the weeks are enough")
}

/// Earlier: 2 of 10, 2 of 10 -> 0.2. Later: 5 of 10, 5 of 10 -> 0.5. Difference 0.3.
///
/// A person's contribution to a half is the mean over its weeks of (over or not, less the week's share) / 10:
/// earlier 0.08 for the two that are over and -0.02 for the others, later 0.05 and -0.05. Later less earlier:
/// people 0 and 1: 0.05 - 0.08 = -0.03; people 2 to 4: 0.05 + 0.02 = 0.07; people 5 to 9: -0.05 + 0.02 = -0.03.
/// Squares: 7 x 0.0009 + 3 x 0.0049 = 0.021. Variance 10/9 x 0.021 = 0.0233333, standard error 0.1527525,
/// half width 1.959964 x 0.1527525 = 0.2993895: 0.0006105 to 0.5993895, a clear change by a hair.
#[test]
fn the_later_half_less_the_earlier_half_with_people_in_both() {
    let change = change(&[2, 2, 5, 5]);
    assert_close(change.earlier.get(), 0.2, "earlier");
    assert_close(change.later.get(), 0.5, "later");
    let (difference, interval) = change.difference;
    assert_close(difference, 0.3, "difference");
    let half = 1.959964 * (10.0_f64 / 9.0 * 0.021).sqrt();
    assert_close(interval.low, 0.3 - half, "low");
    assert_close(interval.high, 0.3 + half, "high");
    assert!(!interval.includes_zero());
}

/// Five weeks: halves of two. Earlier 2, 4 of 10 -> (0.2 + 0.4) / 2 = 0.3; later 1, 3 of 10 -> 0.2. The ten of ten
/// in the third week are in neither.
#[test]
fn of_an_odd_number_of_weeks_the_middle_one_is_in_neither_half() {
    let change = change(&[2, 4, 10, 1, 3]);
    assert_close(change.earlier.get(), 0.3, "earlier");
    assert_close(change.later.get(), 0.2, "later");
    assert_close(change.difference.0, -0.1, "difference");
}

/// Three weeks would be halves of one week, and one week is no half year: there is no change, rather than a
/// wrong one. Four are enough.
#[test]
fn fewer_than_four_weeks_have_no_halves() {
    assert_eq!(changes(&[2]), []);
    assert_eq!(changes(&[2, 5]), []);
    assert_eq!(changes(&[2, 9, 5]), []);
    assert_eq!(changes(&[2, 2, 5, 5]).len(), 1);
}

/// The same people do the same in both halves: each person's contributions cancel out, so nothing is uncertain.
#[test]
fn who_stays_the_same_makes_no_change_and_no_doubt() {
    let (difference, interval) = change(&[3, 3, 3, 3]).difference;
    assert_close(difference, 0.0, "difference");
    assert_close(interval.low, 0.0, "low");
    assert_close(interval.high, 0.0, "high");
}

/// Of Blue's twelve people three have a number of internal organizations, and of Red's twenty all: all less Red would be
/// those three. The halves of Red's weeks would tell the same as Red.
#[test]
fn of_whom_an_insight_is_not_told_its_halves_are_not_told_either() {
    let rows = weeks("2024-04-07", 8).into_iter().flat_map(|week| {
        (0..32).map(move |person| {
            let has_count = person < 23;
            row(person, week)
                .group("Team", if person < 20 { "Red" } else { "Blue" })
                .hours(Metric::ExternalHours, 1.0)
                .cell(Metric::InternalOrganizations, if has_count { Cell::Count(2.0) } else { Cell::Blank })
        })
    });
    let company = guarded(&weekly(rows.collect()).build());
    let told = |filter: Filter| {
        let question = Question { filter, ..Question::default() };
        let findings = privacy::answer(&company, &question, Rules::new(5)).unwrap();
        let changes = change_since_earlier_half(&company, &question, Rules::new(5)).unwrap();
        let told = [InsightId::ExternalOver8h, InsightId::FewInternalOrganizations].map(|id| {
            let in_halves = changes.iter().any(|change| change.id == id);
            assert_eq!(findings.insight(id).unwrap().outcome.is_ok(), in_halves, "{id:?}");
            in_halves
        });
        told.to_vec()
    };
    let team = |value: &str| AttributeFilter { attribute: "Team".to_owned(), values: vec![value.to_owned()] };
    assert_eq!(told(Filter::default()), [true, true]);
    assert_eq!(told(Filter { attributes: vec![team("Red")], ..Filter::default() }), [true, false]);
}
