//! Random companies: people who come, go and move, cells of every kind, values that sit on thresholds.

use chrono::{Days, Months, NaiveDate};
use customer_focus::dataset::{AttributeFilter, Era, Filter, Grain, Metric};
use proptest::prelude::*;

use super::{Cell, Company, Row, date, row};

/// A company and a question about it.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    pub(crate) company: Company,
    pub(crate) filter: Filter,
}

/// How large a company may be.
#[derive(Clone, Debug)]
pub(crate) struct Shape {
    pub(crate) people: usize,
    pub(crate) periods: usize,
    pub(crate) seed: u64,
}

/// Shapes of up to so many people; shrinking makes them smaller.
pub(crate) fn shape(most_people: usize) -> impl Strategy<Value = Shape> {
    (1..=most_people, 1_usize..=13, any::<u64>()).prop_map(|(people, periods, seed)| Shape { people, periods, seed })
}

/// A random company with a random filter that fits it.
pub(crate) fn case() -> impl Strategy<Value = Case> {
    shape(40).prop_map(|shape| {
        let mut dice = Dice(shape.seed);
        let company = company(&shape, &mut dice);
        let filter = filter(&company, &mut dice);
        Case { company, filter }
    })
}

/// Numbers that look random and are the same for the same seed.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number from 0 to `sides` - 1.
    pub(crate) fn roll(&mut self, sides: usize) -> usize {
        (self.next() % sides as u64) as usize
    }

    /// True in so many of a hundred cases.
    pub(crate) fn chance(&mut self, percent: usize) -> bool {
        self.roll(100) < percent
    }

    pub(crate) fn pick<T: Clone>(&mut self, choices: &[T]) -> T {
        choices[self.roll(choices.len())].clone()
    }

    pub(crate) fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.roll(last + 1));
        }
    }
}

const EXTERNAL: [u32; 9] = [0, 3 * 3600, 4 * 3600, 4 * 3600 + 1, 6 * 3600, 8 * 3600, 8 * 3600 + 1, 9 * 3600, 72_000];
const ONE_TO_ONE: [u32; 8] = [0, 0, 300, 720, 900, 901, 1200, 3600];
const COUNTS: [f64; 9] = [0.0, 2.0, 4.0, 4.9, 5.0, 5.1, 9.9, 10.0, 30.0];

/// A company of a shape.
pub(crate) fn company(shape: &Shape, dice: &mut Dice) -> Company {
    let grain = if dice.chance(20) { Grain::Month } else { Grain::Week };
    let first = date("2024-03-03") + Days::new(7 * dice.roll(6) as u64);
    let days: Vec<NaiveDate> = (0..shape.periods as u32)
        .map(|index| match grain {
            Grain::Month => date("2023-11-01") + Months::new(index),
            Grain::Week | Grain::Day => first + Days::new(7 * u64::from(index)),
        })
        .collect();
    let metrics: Vec<Metric> = Metric::ALL.into_iter().filter(|_| dice.chance(85)).collect();
    let presence = dice.pick(&[100, 95, 80, 50]);
    let moving = dice.pick(&[0, 0, 2, 20]);
    let (few_inactive, dirt) = (dice.pick(&[0, 0, 4]), dice.pick(&[0, 0, 5, 20]));
    let teams = 1 + dice.roll(5);
    let mut rows = Vec::new();
    for person in 0..shape.people {
        let boss = dice.chance(8);
        // The lower of two throws: some teams are large and some are small.
        let mut team = dice.roll(teams).min(dice.roll(teams));
        let level = dice.roll(3);
        let eager = dice.chance(40);
        for &day in &days {
            if dice.chance(moving) {
                team = dice.roll(teams);
            }
            if dice.chance(presence) {
                let mut row = row(format!("person {person}"), day)
                    .group("Team", ["Ash", "Birch", "Cedar", "Elm", "Fir"][team])
                    .group("Level", ["1", "2", "3"][level]);
                row.inactive = dice.chance(few_inactive);
                row.without_manager = boss || dice.chance(few_inactive / 2);
                rows.push(cells(row, &metrics, grain, eager, dirt, dice));
            }
        }
    }
    if rows.is_empty() {
        rows.push(row("person 0", days[0]).group("Team", "Ash").group("Level", "1").hours(Metric::ExternalHours, 1.0));
    }
    let era = dice.pick(&[Era::Viva, Era::Wpa, Era::Undecided]);
    Company { era, grain, knows_managers: dice.chance(60), rows }
}

fn cells(mut row: Row, metrics: &[Metric], grain: Grain, eager: bool, dirt: usize, dice: &mut Dice) -> Row {
    use Metric::{
        CollaborationHours, ExternalHours, Manager11Hours, Manager11MeetingAndCallHours, ManagerMeetingAndCallHours,
        ManagerMeetingHours,
    };
    let scale = if grain == Grain::Month { 4 } else { 1 };
    for &metric in metrics {
        let seconds = match metric {
            ExternalHours if eager => dice.pick(&EXTERNAL[4..]),
            ExternalHours => dice.pick(&EXTERNAL),
            CollaborationHours => dice.pick(&[0, 4 * 3600, 5 * 3600, 10 * 3600, 30 * 3600]),
            Manager11Hours | Manager11MeetingAndCallHours => dice.pick(&ONE_TO_ONE),
            ManagerMeetingHours | ManagerMeetingAndCallHours => dice.pick(&[0, 1800, 3600, 5400, 9000]),
            _ => dice.pick(&[0, 3600, 5 * 3600, 6 * 3600, 20 * 3600]),
        };
        let plain = match metric.kind() {
            customer_focus::dataset::Kind::Duration => Cell::Seconds(seconds * scale),
            customer_focus::dataset::Kind::Count => Cell::Count(dice.pick(&COUNTS)),
        };
        let dirty = [Cell::Blank, Cell::Unreadable, Cell::Seconds(800 * 3600)];
        row = row.cell(metric, if dice.chance(dirt) { dice.pick(&dirty) } else { plain });
    }
    row
}

/// A filter of values and periods that the company has.
pub(crate) fn filter(company: &Company, dice: &mut Dice) -> Filter {
    let mut filter = Filter::default();
    if dice.chance(40) {
        return filter;
    }
    for attribute in ["Team", "Level"] {
        if dice.chance(40) {
            let values = (0..1 + dice.roll(2)).map(|_| dice.pick(&company.rows).groups[attribute].clone()).collect();
            filter.attributes.push(AttributeFilter { attribute: attribute.to_owned(), values });
        }
    }
    if dice.chance(30) {
        filter.from = Some(dice.pick(&company.rows).day);
    }
    if dice.chance(30) {
        filter.to = Some(dice.pick(&company.rows).day);
    }
    if dice.chance(20) {
        filter.without = vec![dice.pick(&company.rows).day];
    }
    filter.include_inactive = dice.chance(30);
    filter.without_low_activity = dice.chance(20);
    filter
}
