//! Random companies as an attacker sees them: everybody's groups are known, only who is counted is not.

use std::collections::BTreeMap;
use std::ops::Range;

use chrono::NaiveDate;
use customer_focus::dataset::{Filter, Metric};

use crate::support::random::Dice;
use crate::support::{Cell, Company, Row, row, weekly, weeks};

/// Everything about a row that a colleague could know.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Kind {
    pub(crate) groups: BTreeMap<String, String>,
    pub(crate) day: NaiveDate,
    pub(crate) inactive: bool,
    pub(crate) low: bool,
}

/// A company, and its rows by kind: how many people, and how many of them are counted.
pub(crate) struct Target {
    pub(crate) company: Company,
    pub(crate) kinds: Vec<Kind>,
    pub(crate) people: Vec<usize>,
    pub(crate) counted: Vec<usize>,
    /// How many lie exactly on the boundary, which is told beside the share.
    pub(crate) exact: Vec<usize>,
    /// What three times as many other people would have done.
    others: Vec<Vec<Kind>>,
}

/// What a random company has beside groups.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Shape {
    pub(crate) weeks: u64,
    /// Some come, go, move and are away.
    pub(crate) is_restless: bool,
    /// Some rows are inactive, some people of low activity.
    pub(crate) has_switches: bool,
    /// Whole teams, but for a few people, are away for some weeks or cannot be measured in them.
    pub(crate) has_teams_away: bool,
}

/// What the people of a company have in common.
struct Plan {
    shape: Shape,
    /// How many values each attribute has.
    values: Vec<usize>,
    /// Whether the last attribute divides the values of the first.
    nested: bool,
    away: Vec<Away>,
}

/// A value of an attribute whose people are away from one week to another, or have no hours that can be read.
struct Away {
    attribute: usize,
    value: usize,
    weeks: Range<usize>,
    /// Of a hundred.
    people: usize,
    /// Whether they have rows, of which the hours cannot be read.
    is_there: bool,
}

impl Away {
    fn random(values: &[usize], weeks: usize, dice: &mut Dice) -> Self {
        let attribute = dice.roll(values.len());
        let from = dice.roll(weeks);
        Self {
            attribute,
            value: dice.roll(values[attribute]),
            weeks: from..weeks.min(from + 1 + dice.roll(weeks - 1)),
            people: [100, 100, 90][dice.roll(3)],
            is_there: dice.chance(30),
        }
    }
}

impl Plan {
    fn groups(&self, dice: &mut Dice) -> Vec<usize> {
        // Uneven sizes: a value is the least of a few throws.
        let uneven =
            |dice: &mut Dice, values: usize| (0..1 + dice.roll(3)).map(|_| dice.roll(values)).min().unwrap_or(0);
        let mut codes: Vec<usize> = self.values.iter().map(|&values| uneven(dice, values)).collect();
        if self.nested {
            let last = codes.len() - 1;
            codes[last] = codes[0] * 3 + uneven(dice, 3);
        }
        codes
    }

    /// The rows of somebody.
    fn person(&self, person: usize, dice: &mut Dice) -> Vec<Row> {
        let shape = self.shape;
        let mut codes = self.groups(dice);
        let low = shape.has_switches && dice.chance(8);
        let of_them = |away: &&Away| codes[away.attribute] == away.value && dice.chance(away.people);
        let away: Vec<&Away> = self.away.iter().filter(of_them).collect();
        let mut rows = Vec::new();
        for (week, day) in weeks("2024-04-07", shape.weeks).into_iter().enumerate() {
            let mut now = away.iter().filter(|away| away.weeks.contains(&week));
            if now.clone().any(|away| !away.is_there) {
                continue;
            }
            if shape.is_restless && dice.chance(12) {
                continue;
            }
            if shape.is_restless && dice.chance(4) {
                codes = self.groups(dice);
            }
            let over = dice.chance(15 + 12 * codes[0]);
            let hours = if over { 9.0 } else { [2.0, 2.0, 8.0][dice.roll(3)] };
            let mut row = row(person, day)
                .hours(Metric::ExternalHours, hours)
                .hours(Metric::Manager11Hours, 1.0)
                .hours(Metric::CollaborationHours, if low { 1.0 } else { 40.0 });
            for (attribute, code) in codes.iter().enumerate() {
                row = row.group(&format!("Attribute {attribute}"), &format!("{attribute}.{code}"));
            }
            if shape.has_switches && dice.chance(5) {
                row = row.inactive();
            }
            if now.next().is_some() {
                row = row.cell(Metric::ExternalHours, Cell::Unreadable);
            }
            rows.push(row);
        }
        rows
    }
}

/// A company of 30 to 300 people with two to four attributes, of which one may lie within another.
pub(crate) fn random(dice: &mut Dice, shape: Shape) -> Target {
    let most = if dice.chance(70) { 90 } else { 271 };
    let people = 30 + dice.roll(most);
    let attributes = 2 + dice.roll(3);
    let values: Vec<usize> = (0..attributes).map(|_| 2 + dice.roll(5)).collect();
    let nested = dice.chance(60);
    let teams = if shape.has_teams_away { 1 + dice.roll(3) } else { 0 };
    let away = (0..teams).map(|_| Away::random(&values, shape.weeks as usize, dice)).collect();
    let plan = Plan { shape, values, nested, away };
    let rows = (0..people).flat_map(|person| plan.person(person, dice)).collect();
    let mut target = Target::of(weekly(rows));
    let others = (0..3 * people).map(|person| plan.person(person, dice).iter().map(kind).collect());
    target.others = others.filter(|rows: &Vec<Kind>| !rows.is_empty()).collect();
    target
}

impl Target {
    fn of(company: Company) -> Self {
        let mut kinds: BTreeMap<Kind, [usize; 3]> = BTreeMap::new();
        for row in company.rows.iter().filter(|row| is_measured(row)) {
            let [people, counted, exact] = kinds.entry(kind(row)).or_default();
            *people += 1;
            *counted += usize::from(has_hours(row, 9));
            *exact += usize::from(has_hours(row, 8));
        }
        let (kinds, counts): (Vec<Kind>, Vec<[usize; 3]>) = kinds.into_iter().unzip();
        let [people, counted, exact] = [0, 1, 2].map(|which| counts.iter().map(|counts| counts[which]).collect());
        Self { company, kinds, people, counted, exact, others: Vec::new() }
    }

    /// The values of each attribute that somebody has.
    pub(crate) fn values(&self) -> BTreeMap<String, Vec<String>> {
        let mut values: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (attribute, value) in self.kinds.iter().flat_map(|kind| &kind.groups) {
            let known = values.entry(attribute.clone()).or_default();
            if !known.contains(value) {
                known.push(value.clone());
            }
        }
        values
    }

    /// The measured rows of each person.
    fn rows_by_person(&self) -> BTreeMap<&String, Vec<Kind>> {
        let mut by_person: BTreeMap<&String, Vec<Kind>> = BTreeMap::new();
        for row in self.company.rows.iter().filter(|row| is_measured(row)) {
            by_person.entry(&row.person).or_default().push(kind(row));
        }
        by_person
    }

    /// What people did, whoever they are: their rows, and how many people have just these. And what they could have
    /// done: nobody has those.
    pub(crate) fn histories(&self) -> BTreeMap<Vec<Kind>, usize> {
        let mut histories: BTreeMap<Vec<Kind>, usize> = self.others.iter().map(|rows| (rows.clone(), 0)).collect();
        for rows in self.rows_by_person().into_values() {
            *histories.entry(rows).or_default() += 1;
        }
        histories
    }

    /// Distinct people with a row that matches.
    pub(crate) fn people_where(&self, matches: impl Fn(&Kind) -> bool) -> usize {
        self.rows_by_person().values().filter(|rows| rows.iter().any(&matches)).count()
    }
}

fn kind(row: &Row) -> Kind {
    let low = row.get(Metric::CollaborationHours) == Cell::Seconds(3600);
    Kind { groups: row.groups.clone(), day: row.day, inactive: row.inactive, low }
}

fn is_measured(row: &Row) -> bool {
    row.get(Metric::ExternalHours) != Cell::Unreadable
}

fn has_hours(row: &Row, hours: u32) -> bool {
    row.get(Metric::ExternalHours) == Cell::Seconds(hours * 3600)
}

/// Whether a filter keeps the rows of a kind.
pub(crate) fn keeps(filter: &Filter, kind: &Kind) -> bool {
    filter.keeps_period(kind.day)
        && (filter.include_inactive || !kind.inactive)
        && !(filter.without_low_activity && kind.low)
        && filter.attributes.iter().all(|named| named.values.contains(&kind.groups[&named.attribute]))
}
