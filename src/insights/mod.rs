//! Behaviors and the insights that measure them: one folder a behavior, one file an insight.
//!
//! | behavior | insights |
//! |---|---|
//! | [`time_with_customers`] | `external_over_8h` (the 8-hour share), `external_top_quartile`, `connected_people` |
//! | [`coaching`] | `coaching_under_15_min`, `coaching_style`, `one_to_one_rhythm` |
//! | [`internal_networks`] | `few_internal_organizations` |
//!
//! Exports of their own have insights of their own: [`contacts`], [`between`] groups, [`meetings`] and who initiated
//! them.
//!
//! Every module doc repeats the definition as the screen says it, and its `cells` is where it is computed: for
//! the rows of one person. What all insights have in common: `marks` (the law applied to people, and kept as
//! bits), `incidence` (from marks to a share and its interval), `groups` and `pairs` (groups against the rest),
//! `sums`, and the [`Panel`], which keeps what no question changes.
//!
//! An insight reads no file, clock, environment or hidden setting: the same population and the same [`Settings`]
//! give the same numbers for ever.
//!
//! What comes out is **unpublished**: it holds small groups too. Only `privacy` hands it on.

pub mod between;
pub mod coaching;
pub mod compare;
pub mod contacts;
pub mod explore;
pub mod focus;
mod groups;
mod incidence;
pub mod internal_networks;
mod marks;
pub mod meetings;
pub mod metrics;
mod monthly_need;
mod pairs;
mod panel;
pub mod plan;
mod population;
mod sums;
pub mod time_with_customers;
mod units;
pub mod what_if;

use chrono::NaiveDate;

use groups::Split;

use crate::dataset::{GroupBy, GroupCell, GroupValue, Grouping, Metric, same_name};
use crate::stats::{Interval, Share};
use crate::work::{cores, each};

pub use monthly_need::{MonthlyNeed, rows_read};
pub use panel::Panel;
pub(crate) use population::edges_of;
pub use population::{Months, Population};

/// A behavior of the business outcome *Increase customer focus*.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub enum Behavior {
    /// Optimize time with customers.
    TimeWithCustomers,
    /// Promote coaching and development.
    Coaching,
    /// Strengthen internal networks.
    InternalNetworks,
}

impl Behavior {
    /// The three behaviors, in the order in which they are shown.
    pub const ALL: [Self; 3] = [Self::TimeWithCustomers, Self::Coaching, Self::InternalNetworks];

    /// As in JSON, and the file stem of its guidance.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::TimeWithCustomers => "time_with_customers",
            Self::Coaching => "coaching",
            Self::InternalNetworks => "internal_networks",
        }
    }

    /// The standard title.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::TimeWithCustomers => "Optimize time with customers",
            Self::Coaching => "Promote coaching and development",
            Self::InternalNetworks => "Strengthen internal networks",
        }
    }

    /// The insight that stands for the behavior on its card.
    #[must_use]
    pub const fn headline(self) -> InsightId {
        match self {
            Self::TimeWithCustomers => InsightId::ExternalOver8h,
            Self::Coaching => InsightId::CoachingUnder15Min,
            Self::InternalNetworks => InsightId::FewInternalOrganizations,
        }
    }
}

/// The insights.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum InsightId {
    /// External collaboration over 8 hours.
    ExternalOver8h,
    /// Top quartile of external share.
    ExternalTopQuartile,
    /// Connected people.
    ConnectedPeople,
    /// Less than 15 minutes of 1:1 a week.
    CoachingUnder15Min,
    /// Coaching style 2x2.
    CoachingStyle,
    /// Rhythm of 1:1s.
    OneToOneRhythm,
    /// Fewer than five internal organizations.
    FewInternalOrganizations,
}

impl InsightId {
    /// Every insight, in the order in which it is listed.
    pub const ALL: [Self; 7] = [
        Self::ExternalOver8h,
        Self::ExternalTopQuartile,
        Self::ConnectedPeople,
        Self::CoachingUnder15Min,
        Self::CoachingStyle,
        Self::OneToOneRhythm,
        Self::FewInternalOrganizations,
    ];

    /// The insight of a name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|id| id.name() == name)
    }

    /// As in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::ExternalOver8h => "external_over_8h",
            Self::ExternalTopQuartile => "external_top_quartile",
            Self::ConnectedPeople => "connected_people",
            Self::CoachingUnder15Min => "coaching_under_15_min",
            Self::CoachingStyle => "coaching_style",
            Self::OneToOneRhythm => "one_to_one_rhythm",
            Self::FewInternalOrganizations => "few_internal_organizations",
        }
    }

    /// The behavior that it measures.
    #[must_use]
    pub const fn behavior(self) -> Behavior {
        match self {
            Self::ExternalOver8h | Self::ExternalTopQuartile | Self::ConnectedPeople => Behavior::TimeWithCustomers,
            Self::CoachingUnder15Min | Self::CoachingStyle | Self::OneToOneRhythm => Behavior::Coaching,
            Self::FewInternalOrganizations => Behavior::InternalNetworks,
        }
    }

    /// Which way a share is favorable.
    #[must_use]
    pub const fn favorable(self) -> Favorable {
        match self.behavior() {
            Behavior::TimeWithCustomers => Favorable::HighForCustomerFacing,
            Behavior::Coaching | Behavior::InternalNetworks => Favorable::Low,
        }
    }
}

/// Which way a share is favorable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Favorable {
    /// A low share is good for everyone.
    Low,
    /// A high share is good, but only for groups that somebody marked as customer-facing.
    HighForCustomerFacing,
}

/// Every setting that changes a number. A setting that changes only the looks is not here.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// Co-attended when more than this share of meeting hours is with the manager, in ten-thousandths.
    pub co_attended_basis_points: u32,
    /// The smallest gap of a group to focus on.
    pub gap: f64,
    /// A boundary of the top quartile that somebody entered, with its source kept elsewhere.
    pub q3: Option<f64>,
    /// Groups whose external time is favorable-high.
    pub customer_facing: Vec<GroupName>,
    /// Insights whose numbers somebody wants to see though the data check found them not fit. Changes no number, but
    /// whether it is there.
    pub show_anyway: Vec<InsightId>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            co_attended_basis_points: 3000,
            gap: 0.05,
            q3: None,
            customer_facing: Vec::new(),
            show_anyway: Vec::new(),
        }
    }
}

impl Settings {
    /// Whether any mark is on a value of what is grouped by.
    #[must_use]
    pub fn marks_any_of(&self, by: &GroupBy) -> bool {
        self.customer_facing.iter().any(|mark| by.names().any(|name| same_name(name, &mark.attribute)))
    }

    /// Whether a group is marked: of two attributes, whether either of its values is.
    #[must_use]
    pub fn marks(&self, by: &GroupBy, group: &GroupValue) -> bool {
        let is = |mark: &GroupName, name: &str, value: &str| same_name(name, &mark.attribute) && value == mark.value;
        let mut values = by.names().zip(group.parts());
        values.any(|(name, value)| self.customer_facing.iter().any(|mark| is(mark, name, value)))
    }
}

/// A group of one attribute, by the attribute and its value.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct GroupName {
    /// The attribute's header.
    pub attribute: String,
    /// The value.
    pub value: String,
}

/// One insight, evaluated or not, unpublished.
#[derive(Clone, Debug)]
pub struct Insight {
    /// Which one.
    pub id: InsightId,
    /// The numbers, or why there are none.
    pub outcome: Result<Outcome, Unavailable>,
}

/// The numbers of one insight, small groups among them.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The headline share.
    pub share: Share,
    /// Its 95 % interval.
    pub interval: Interval,
    /// Distinct people measured.
    pub people: usize,
    /// Weeks or months over which the share is the mean; 1 for a share over people.
    pub periods: usize,
    /// Person-months left out because the person was not there for three quarters of the weeks.
    pub not_eligible: usize,
    /// People left out because they have no manager; `None` where the file cannot tell.
    pub without_manager: Option<usize>,
    /// What a reader must know about the reading.
    pub badges: Vec<Badge>,
    /// How many lie exactly on a threshold.
    pub boundaries: Vec<Boundary>,
    /// Other readings of the definition, beside the headline.
    pub other_readings: Vec<OtherReading>,
    /// The distribution; sums to 1.
    pub bands: Vec<Band>,
    /// The share of each unit; a share over people has none.
    pub trend: Vec<TrendPoint>,
    /// Groups, in the order asked for.
    pub breakdowns: Vec<Breakdown>,
    /// For each breakdown the groups with a large external share, where the insight says so.
    pub connected_groups: Vec<Vec<ConnectedGroup>>,
    /// Each person's contribution z.
    contributions: incidence::Contributions,
    /// For each person of the population, one after the other, the set of units in which they are measured.
    measured_units: Vec<u64>,
    unit_words: usize,
}

/// Why an insight has no numbers. A reason, not a failure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unavailable {
    /// The file has none of these columns, or they are blank throughout.
    NotInFile(Vec<Metric>),
    /// Weeks are needed, and the file has months.
    NeedsWeeks,
    /// No cell of the population can be used.
    NobodyMeasured,
    /// Fewer people are measured than may be shown.
    TooFewMeasured,
    /// The data check found it not fit, and nobody has asked to see it anyway.
    HeldBack,
}

/// What a reader must know about a reading of a definition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Badge {
    /// No calendar month is complete; all months were used, scaled.
    Partial,
    /// A weekly measure from months.
    Approximate,
    /// 1:1 time includes calls, because the file has no meetings-only column.
    MeetingAndCallHours,
    /// The file cannot tell who has no manager, so everyone is in.
    ManagersUnknown,
    /// The boundary was entered by hand.
    EnteredBoundary,
    /// About a quarter by construction.
    QuarterByConstruction,
}

impl Badge {
    /// As in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Partial => "partial",
            Self::Approximate => "approximate",
            Self::MeetingAndCallHours => "meeting and call hours",
            Self::ManagersUnknown => "managers unknown",
            Self::EnteredBoundary => "entered boundary",
            Self::QuarterByConstruction => "about a quarter by construction",
        }
    }
}

/// How many cells lie exactly on a threshold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Boundary {
    /// The threshold in hours.
    pub at_hours: f64,
    /// What is counted.
    pub unit: BoundaryUnit,
    /// How many.
    pub count: usize,
}

/// What a boundary counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BoundaryUnit {
    /// One person in one week.
    PersonWeeks,
    /// One person in one month.
    PersonMonths,
}

impl BoundaryUnit {
    /// As in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::PersonWeeks => "person-weeks",
            Self::PersonMonths => "person-months",
        }
    }
}

/// Another reading of the same definition.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OtherReading {
    /// As in JSON.
    pub id: &'static str,
    /// Its share.
    pub share: Share,
}

/// One part of a distribution.
#[derive(Clone, Debug, PartialEq)]
pub struct Band {
    /// In words.
    pub label: String,
    /// Lower limit in the distribution's unit; `None` where the part is no range.
    pub from: Option<f64>,
    /// Upper limit; `None` where there is none.
    pub to: Option<f64>,
    /// The part's share.
    pub share: Share,
}

/// The share of one week or month.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TrendPoint {
    /// First day of the week or month.
    pub period: NaiveDate,
    /// People measured in it.
    pub people: usize,
    /// Their share.
    pub share: Share,
}

/// All groups of one attribute, or of two at once, small ones too.
#[derive(Clone, Debug)]
pub struct Breakdown {
    /// What is grouped by, with the attributes' headers.
    pub by: GroupBy,
    /// The groups in which anybody is measured, in the order of the attributes' values.
    pub groups: Vec<Group>,
}

/// One group of people sharing a value, or one each of two attributes.
#[derive(Clone, Debug)]
pub struct Group {
    /// The value, or both.
    pub value: GroupValue,
    /// The codes of the values.
    pub cell: GroupCell,
    /// Distinct people measured, by the group's rows alone.
    pub people: usize,
    /// The group's share, by the group's rows alone.
    pub share: Share,
    /// Its 95 % interval.
    pub interval: Interval,
    /// The group's share less the rest's, with its 95 % interval; `None` where there is no rest.
    pub difference: Option<(f64, Interval)>,
    /// The share of each unit.
    pub trend: Vec<TrendPoint>,
    /// Each person's contribution z.
    contributions: incidence::Contributions,
}

impl Breakdown {
    /// Distinct people measured in several groups together, by their indices; a person can be in two.
    #[must_use]
    pub fn distinct_people(&self, groups: &[usize]) -> usize {
        let contributions = groups.iter().flat_map(|&group| &self.groups[group].contributions);
        let mut people: Vec<u32> = contributions.map(|(person, _)| *person).collect();
        people.sort_unstable();
        people.dedup();
        people.len()
    }
}

/// A group's external share, for the reading *connected groups*.
#[derive(Clone, Debug, PartialEq)]
pub struct ConnectedGroup {
    /// The value, or both.
    pub value: GroupValue,
    /// The codes of the values.
    pub cell: GroupCell,
    /// Distinct people with collaboration hours.
    pub people: usize,
    /// External hours divided by collaboration hours over the population.
    pub external_share: Share,
}

/// Evaluates every insight over a population. `company` is everyone measured in the same periods, whom
/// the population is a part of: it gives the boundary of the top quartile.
#[must_use]
pub fn evaluate_all(
    population: &Population<'_>,
    company: &Population<'_>,
    settings: &Settings,
    groupings: &[Grouping<'_>],
) -> Vec<Insight> {
    let splits: Vec<Split<'_>> = groupings.iter().map(|grouping| Split::new(population, grouping)).collect();
    let evaluate = |id| evaluate(id, population, company, settings, &splits);
    each(threads_for(population.people()), InsightId::ALL.to_vec(), evaluate)
}

/// Evaluates one insight over everyone measured, by no group.
#[must_use]
pub fn evaluate_one(id: InsightId, everyone: &Population<'_>) -> Insight {
    evaluate(id, everyone, everyone, &Settings::default(), &[])
}

fn evaluate(
    id: InsightId,
    population: &Population<'_>,
    company: &Population<'_>,
    settings: &Settings,
    splits: &[Split<'_>],
) -> Insight {
    let outcome = match id {
        InsightId::ExternalOver8h => time_with_customers::external_over_8h::evaluate(population, splits),
        InsightId::ExternalTopQuartile => {
            time_with_customers::external_top_quartile::evaluate(population, company, settings, splits)
        }
        InsightId::ConnectedPeople => time_with_customers::connected_people::evaluate(population, splits),
        InsightId::CoachingUnder15Min => coaching::coaching_under_15_min::evaluate(population, splits),
        InsightId::CoachingStyle => coaching::coaching_style::evaluate(population, settings, splits),
        InsightId::OneToOneRhythm => coaching::one_to_one_rhythm::evaluate(population, splits),
        InsightId::FewInternalOrganizations => {
            internal_networks::few_internal_organizations::evaluate(population, splits)
        }
    };
    Insight { id, outcome }
}

/// How many threads look at so many people: a thread has to be started, which takes as long as looking at hundreds.
#[must_use]
pub fn threads_for(people: usize) -> usize {
    const ENOUGH: usize = 2000;
    if people < ENOUGH { 1 } else { cores() }
}

impl Outcome {
    /// The parts that every insight has, from its evaluation; the rest is empty.
    fn new(evaluated: incidence::Evaluated, bands: Vec<Band>) -> Self {
        Self {
            share: evaluated.share,
            interval: evaluated.interval,
            people: evaluated.people,
            periods: evaluated.units,
            not_eligible: 0,
            without_manager: None,
            badges: Vec::new(),
            boundaries: Vec::new(),
            other_readings: Vec::new(),
            bands,
            trend: evaluated.trend,
            breakdowns: evaluated.breakdowns,
            connected_groups: Vec::new(),
            contributions: evaluated.contributions,
            measured_units: evaluated.measured_units,
            unit_words: evaluated.unit_words,
        }
    }

    /// The units in which the person at a place of the population is measured: a bit for each week or month of the
    /// calendar, or a single one for a share over people.
    #[must_use]
    pub fn measured_units(&self, place: usize) -> &[u64] {
        &self.measured_units[place * self.unit_words..(place + 1) * self.unit_words]
    }

    /// Takes the trends away: one unit is no trend.
    fn clear_trends(&mut self) {
        self.trend.clear();
        for group in self.breakdowns.iter_mut().flat_map(|breakdown| &mut breakdown.groups) {
            group.trend.clear();
        }
    }

    /// This share less another one of the same dataset, with its 95 % interval; people in both count in
    /// both. `None` for fewer than two people.
    #[must_use]
    pub fn less(&self, other: &Self) -> Option<(f64, Interval)> {
        incidence::difference((self.share, &self.contributions), (other.share, &other.contributions))
    }
}

impl Group {
    /// This group's share less another's, likewise.
    #[must_use]
    pub fn less(&self, other: &Self) -> Option<(f64, Interval)> {
        incidence::difference((self.share, &self.contributions), (other.share, &other.contributions))
    }
}
