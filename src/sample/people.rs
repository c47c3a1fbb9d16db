//! Who works at the sample company: organizations, levels, regions, and what is typical of a person.

use super::dice::{Dice, Purpose};

/// What is typical of an organization.
#[derive(Debug)]
pub(super) struct Organization {
    /// As in the column `Organization`.
    pub(super) name: &'static str,
    /// People in a company of 1,200.
    weight: u32,
    /// Values of the column `FunctionType`.
    pub(super) functions: [&'static str; 2],
    /// Mean external hours a week.
    pub(super) external_hours: f64,
    /// Mean internal hours a week.
    pub(super) internal_hours: f64,
    /// Mean count of other organizations that a person has relationships with.
    internal_organizations: f64,
    /// Where people move to when they change organization, as an index into [`ORGANIZATIONS`].
    moves_to: Option<usize>,
}

/// Index of Sales in [`ORGANIZATIONS`].
pub(super) const SALES: usize = 0;
/// Index of Customer Success.
pub(super) const CUSTOMER_SUCCESS: usize = 1;
/// Index of Support.
pub(super) const SUPPORT: usize = 2;
/// Index of Supply Chain.
pub(super) const SUPPLY_CHAIN: usize = 3;
/// Index of Operations.
pub(super) const OPERATIONS: usize = 4;
/// Index of Product.
const PRODUCT: usize = 5;
/// Index of Marketing.
const MARKETING: usize = 7;
/// Index of the Executive Office.
const EXECUTIVE_OFFICE: usize = 11;

/// One line of the table below.
const fn organization(
    (name, functions): (&'static str, [&'static str; 2]),
    weight: u32,
    (external_hours, internal_hours): (f64, f64),
    internal_organizations: f64,
    moves_to: Option<usize>,
) -> Organization {
    Organization { name, weight, functions, external_hours, internal_hours, internal_organizations, moves_to }
}

/// The twelve organizations. Legal and the Executive Office are too small to be shown on their own.
pub(super) const ORGANIZATIONS: [Organization; 12] = [
    organization(("Sales", ["Account Management", "Inside Sales"]), 216, (11.6, 11.0), 6.0, Some(CUSTOMER_SUCCESS)),
    organization(("Customer Success", ["Onboarding", "Account Care"]), 108, (9.2, 12.0), 6.6, Some(SALES)),
    organization(("Support", ["Technical Support", "Service Desk"]), 186, (8.3, 9.5), 5.2, Some(CUSTOMER_SUCCESS)),
    organization(("Supply Chain", ["Procurement", "Logistics"]), 140, (7.8, 9.5), 5.4, Some(OPERATIONS)),
    organization(("Operations", ["Manufacturing", "Quality"]), 120, (2.0, 11.0), 4.4, Some(SUPPLY_CHAIN)),
    organization(("Product", ["Product Management", "Design"]), 72, (3.0, 19.0), 8.2, Some(MARKETING)),
    organization(("Engineering", ["Software", "Test"]), 186, (1.5, 15.5), 5.0, Some(PRODUCT)),
    organization(("Marketing", ["Brand", "Campaigns"]), 60, (4.4, 15.0), 7.4, Some(PRODUCT)),
    organization(("Finance", ["Accounting", "Controlling"]), 60, (1.0, 13.5), 7.0, None),
    organization(("Human Resources", ["Recruiting", "Business Partners"]), 41, (1.8, 15.5), 8.4, None),
    organization(("Legal", ["Counsel", "Contracts"]), 7, (3.5, 14.0), 7.6, None),
    organization(("Executive Office", ["Leadership", "Strategy"]), 4, (6.0, 20.0), 9.5, None),
];

/// The sum of the weights of [`ORGANIZATIONS`].
const COMPANY: u64 = 1200;

/// A value of the column `LevelDesignation`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Level {
    /// The chief executive: no manager.
    Chief,
    /// Leads an organization.
    Executive,
    /// Leads managers.
    Director,
    /// Leads a team.
    Manager,
    /// An experienced professional.
    SeniorIc,
    /// A professional.
    JuniorIc,
    /// An assistant.
    Support,
}

impl Level {
    /// As in the column `LevelDesignation`.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Chief | Self::Executive => "Executive",
            Self::Director => "Director",
            Self::Manager => "Manager",
            Self::SeniorIc => "Senior IC",
            Self::JuniorIc => "Junior IC",
            Self::Support => "Support",
        }
    }

    /// As in the column `SupervisorIndicator`.
    pub(super) const fn supervisor_indicator(self) -> &'static str {
        match self {
            Self::Chief | Self::Executive | Self::Director => "Mngr+",
            Self::Manager => "Mngr",
            Self::SeniorIc | Self::JuniorIc | Self::Support => "IC",
        }
    }

    /// As in the column `Layer`: steps below the chief executive.
    pub(super) const fn layer(self) -> u32 {
        match self {
            Self::Chief => 0,
            Self::Executive => 1,
            Self::Director => 2,
            Self::Manager => 3,
            Self::SeniorIc | Self::JuniorIc | Self::Support => 4,
        }
    }

    /// Direct reports lead to meetings: internal hours as a part of the organization's mean.
    const fn internal_factor(self) -> f64 {
        match self {
            Self::Chief | Self::Executive => 1.45,
            Self::Director => 1.4,
            Self::Manager => 1.3,
            Self::SeniorIc => 1.0,
            Self::JuniorIc => 0.88,
            Self::Support => 0.75,
        }
    }

    /// External hours as a part of the organization's mean.
    const fn external_factor(self) -> f64 {
        match self {
            Self::Chief | Self::Executive | Self::Director => 1.1,
            Self::Manager => 0.95,
            Self::SeniorIc => 1.08,
            Self::JuniorIc => 1.0,
            Self::Support => 0.45,
        }
    }

    /// Other organizations that a person knows, beyond the organization's mean.
    const fn more_organizations(self) -> f64 {
        match self {
            Self::Chief | Self::Executive => 3.0,
            Self::Director => 2.4,
            Self::Manager => 1.4,
            Self::SeniorIc => 0.5,
            Self::JuniorIc => -0.5,
            Self::Support => -0.2,
        }
    }

    /// Whether the person leads others.
    pub(super) const fn leads(self) -> bool {
        !matches!(self, Self::SeniorIc | Self::JuniorIc | Self::Support)
    }
}

/// Values of the column `Region`, and how many in a hundred work there.
pub(super) const REGIONS: [&str; 4] = ["North America", "Europe", "Asia Pacific", "Latin America"];
const REGION_WEIGHTS: [u32; 4] = [42, 33, 17, 8];
/// Index of Asia Pacific in [`REGIONS`].
const ASIA_PACIFIC: usize = 2;

/// How often a person is meant to have a 1:1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rhythm {
    /// Every week.
    Weekly,
    /// Every other week, the even or the odd ones counted back from the last.
    EveryTwoWeeks {
        /// 0 or 1.
        parity: u32,
    },
    /// Once a month, in the week with this place in the month (0 to 3).
    Monthly {
        /// 0 to 3.
        in_month: u32,
    },
    /// No 1:1s.
    Never,
}

/// A person, and what is typical of them. Hours are means of a working week.
#[derive(Clone, Debug)]
pub(super) struct Person {
    /// Number of the person, from 0; rolls hang on it.
    pub(super) number: u32,
    /// Index into [`ORGANIZATIONS`].
    organization: usize,
    /// The week from which the person is in another organization, and which.
    moved: Option<(u32, usize)>,
    /// Index into the functions of the organization.
    pub(super) function: usize,
    /// Level.
    pub(super) level: Level,
    /// Index into [`REGIONS`].
    pub(super) region: usize,
    /// The first week with the company, as an index; above 0 for joiners.
    pub(super) first_week: u32,
    /// The last week with the company, as an index.
    pub(super) last_week: u32,
    /// The weeks of one leave, as indexes.
    pub(super) leave: std::ops::Range<u32>,
    /// External hours as a part of the organization's mean.
    pub(super) external_factor: f64,
    /// Internal hours as a part of the organization's mean.
    pub(super) internal_factor: f64,
    /// Meetings as a part of all collaboration.
    pub(super) meeting_share: f64,
    /// Meetings with the manager and others as a part of all meetings.
    pub(super) co_attended_share: f64,
    /// Rhythm of 1:1s.
    pub(super) rhythm: Rhythm,
    /// Length of a 1:1 in minutes.
    pub(super) one_to_one_minutes: u32,
    /// Other organizations that the person has relationships with, before drift.
    pub(super) internal_organizations: f64,
    /// People inside that the person has relationships with, before drift.
    pub(super) internal_network: f64,
    /// People outside that the person has relationships with, for each external hour, before drift.
    pub(super) external_network_per_hour: f64,
    /// External hours of a person whose week with customers is booked as whole or half days.
    pub(super) booked_hours: Option<u32>,
}

impl Person {
    /// Index into [`ORGANIZATIONS`] in the week with this index.
    pub(super) fn organization_in(&self, week: u32) -> usize {
        match self.moved {
            Some((from, to)) if week >= from => to,
            _ => self.organization,
        }
    }
}

/// The people of a company, in the order of the file.
pub(super) fn people(seed: u64, count: u32, weeks: u32) -> Vec<Person> {
    let mut people = Vec::with_capacity(count as usize);
    let mut end_weight = 0;
    for (organization, profile) in ORGANIZATIONS.iter().enumerate() {
        // Rounding the running total keeps the sum exact for any count.
        end_weight += u64::from(profile.weight);
        let end = (u64::from(count) * end_weight + COMPANY / 2) / COMPANY;
        let size = end as u32 - people.len() as u32;
        for place in 0..size {
            let level = level(organization, place, size);
            people.push(person(seed, people.len() as u32, organization, level, weeks));
        }
    }
    let mut dice = Dice::new(seed, 0, Purpose::Order);
    for last in (1..people.len()).rev() {
        people.swap(last, dice.below(last as u32 + 1) as usize);
    }
    people
}

/// The level of the person at a place in an organization: leaders first.
fn level(organization: usize, place: u32, size: u32) -> Level {
    if place == 0 {
        return if organization == EXECUTIVE_OFFICE { Level::Chief } else { Level::Executive };
    }
    let directors = size / 40;
    let managers = (size / 9).max(1);
    let senior = size * 32 / 100;
    let assistants = size / 14;
    match place {
        place if place <= directors => Level::Director,
        place if place <= directors + managers => Level::Manager,
        place if place <= directors + managers + senior => Level::SeniorIc,
        place if place + assistants >= size => Level::Support,
        _ => Level::JuniorIc,
    }
}

/// Rolls what is typical of a person.
fn person(seed: u64, number: u32, organization: usize, level: Level, weeks: u32) -> Person {
    let dice = &mut Dice::new(seed, number, Purpose::Traits);
    let profile = &ORGANIZATIONS[organization];
    let region = dice.pick(REGION_WEIGHTS);
    let (first_week, last_week) = tenure(dice, level, weeks);
    let remote_supply = organization == SUPPLY_CHAIN && region == ASIA_PACIFIC;
    let leave_start = dice.below(weeks);
    let isolation = if remote_supply { -2.0 } else { 0.0 };
    let serves = matches!(organization, SALES | CUSTOMER_SUCCESS | SUPPORT | SUPPLY_CHAIN);
    let co_attended_mean = if organization == OPERATIONS { 0.30 } else { 0.17 };
    Person {
        number,
        organization,
        moved: moved(dice, level, profile.moves_to, first_week..last_week),
        function: dice.below(2) as usize,
        level,
        region,
        first_week,
        last_week,
        leave: leave_start..leave_start + dice.below(3),
        external_factor: level.external_factor() * dice.factor(0.28),
        internal_factor: level.internal_factor() * dice.factor(0.22),
        meeting_share: dice.between(0.42, 0.66),
        co_attended_share: co_attended_mean * dice.factor(0.5),
        rhythm: rhythm(dice, organization, level, remote_supply),
        one_to_one_minutes: [30, 25, 45][dice.pick([80, 10, 10])],
        internal_organizations: profile.internal_organizations
            + level.more_organizations()
            + isolation
            + 1.7 * dice.bell(),
        internal_network: (22.0 + 3.2 * profile.internal_organizations) * level.internal_factor() * dice.factor(0.3),
        external_network_per_hour: 1.9 * dice.factor(0.35),
        booked_hours: (serves && dice.happens(14)).then(|| [8, 4][dice.pick([70, 30])]),
    }
}

/// The first and the last week of a person: about one in fourteen joins, one in seventeen leaves.
fn tenure(dice: &mut Dice, level: Level, weeks: u32) -> (u32, u32) {
    let (joins, leaves) = (dice.happens(70), dice.happens(60));
    let (first, last) = (dice.below(weeks), dice.below(weeks));
    let stays = matches!(level, Level::Chief | Level::Executive);
    let first_week = if joins && !stays { first } else { 0 };
    let last_week = if leaves && !stays { last.max(first_week) } else { weeks - 1 };
    (first_week, last_week)
}

/// About one professional in thirty changes organization, in the middle half of their weeks.
fn moved(dice: &mut Dice, level: Level, moves_to: Option<usize>, weeks: std::ops::Range<u32>) -> Option<(u32, usize)> {
    let (moves, quarter) = (dice.happens(35), weeks.len() as u32 / 4);
    let from = weeks.start + quarter + dice.below(2 * quarter + 1);
    (moves && !level.leads() && from > weeks.start).then_some(from).zip(moves_to)
}

/// How often a person has a 1:1. Juniors in Support and the supply people of Asia Pacific are the
/// corners where managers do not get to it.
fn rhythm(dice: &mut Dice, organization: usize, level: Level, remote_supply: bool) -> Rhythm {
    let junior_support = organization == SUPPORT && level == Level::JuniorIc;
    let weights = if remote_supply {
        [4, 14, 30, 52]
    } else if junior_support {
        [6, 20, 28, 46]
    } else if level.leads() {
        [48, 40, 9, 3]
    } else {
        [30, 47, 13, 10]
    };
    match dice.pick(weights) {
        0 => Rhythm::Weekly,
        1 => Rhythm::EveryTwoWeeks { parity: dice.below(2) },
        2 => Rhythm::Monthly { in_month: dice.below(4) },
        _ => Rhythm::Never,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_company_of_any_size_has_exactly_so_many_people() {
        for count in [0, 1, 7, 299, 1200, 5001] {
            assert_eq!(people(1, count, 26).len(), count as usize);
        }
    }

    #[test]
    fn seven_in_legal_and_four_in_the_executive_office() {
        let people = people(1, 1200, 26);
        let size = |name| people.iter().filter(|person| ORGANIZATIONS[person.organization].name == name).count();
        assert_eq!((size("Legal"), size("Executive Office"), size("Sales")), (7, 4, 216));
        assert_eq!(people.iter().filter(|person| person.level == Level::Chief).count(), 1);
        assert_eq!(ORGANIZATIONS.iter().map(|profile| u64::from(profile.weight)).sum::<u64>(), COMPANY);
    }

    #[test]
    fn some_join_some_leave_some_move() {
        let people = people(1, 1200, 26);
        let count = |is: fn(&Person) -> bool| people.iter().filter(|person| is(person)).count();
        assert!((60..110).contains(&count(|person| person.first_week > 0)));
        assert!((50..100).contains(&count(|person| person.last_week < 25)));
        assert!((20..50).contains(&count(|person| person.moved.is_some())));
    }
}
