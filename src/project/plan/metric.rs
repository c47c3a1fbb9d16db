//! What a plan can change.

use serde::{Deserialize, Serialize};

use super::Direction;
use crate::insights::Behavior;

/// What a plan changes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlanMetric {
    /// Share of people over eight external hours a week.
    #[default]
    #[serde(rename = "external_over_8h")]
    ExternalOver8h,
    /// Mean external hours.
    ExternalHours,
    /// Share of people under fifteen minutes of 1:1 a week.
    #[serde(rename = "coaching_under_15_min")]
    CoachingUnder15Min,
    /// Mean 1:1 hours.
    OneToOneHours,
    /// Share of people with relationships in fewer than five internal organizations.
    FewInternalOrganizations,
    /// Mean number of internal organizations.
    InternalOrganizations,
}

/// What the values of a metric are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlanUnit {
    /// From 0 to 1.
    Share,
    /// Hours a week, or a month in a file of months.
    Hours,
    /// A count of organizations.
    Organizations,
}

impl PlanMetric {
    /// Every metric, by behavior; the headline share of each comes first.
    pub const ALL: [Self; 6] = [
        Self::ExternalOver8h,
        Self::ExternalHours,
        Self::CoachingUnder15Min,
        Self::OneToOneHours,
        Self::FewInternalOrganizations,
        Self::InternalOrganizations,
    ];

    /// The behavior that it is about.
    #[must_use]
    pub const fn behavior(self) -> Behavior {
        match self {
            Self::ExternalOver8h | Self::ExternalHours => Behavior::TimeWithCustomers,
            Self::CoachingUnder15Min | Self::OneToOneHours => Behavior::Coaching,
            Self::FewInternalOrganizations | Self::InternalOrganizations => Behavior::InternalNetworks,
        }
    }

    /// The share that stands for a behavior.
    #[must_use]
    pub const fn headline_of(behavior: Behavior) -> Self {
        match behavior {
            Behavior::TimeWithCustomers => Self::ExternalOver8h,
            Behavior::Coaching => Self::CoachingUnder15Min,
            Behavior::InternalNetworks => Self::FewInternalOrganizations,
        }
    }

    /// What its values are.
    #[must_use]
    pub const fn unit(self) -> PlanUnit {
        match self {
            Self::ExternalOver8h | Self::CoachingUnder15Min | Self::FewInternalOrganizations => PlanUnit::Share,
            Self::ExternalHours | Self::OneToOneHours => PlanUnit::Hours,
            Self::InternalOrganizations => PlanUnit::Organizations,
        }
    }

    /// Which way a plan usually goes: more time and wider networks, fewer people without coaching.
    #[must_use]
    pub const fn usual_direction(self) -> Direction {
        match self {
            Self::CoachingUnder15Min | Self::FewInternalOrganizations => Direction::Decrease,
            _ => Direction::Increase,
        }
    }
}
