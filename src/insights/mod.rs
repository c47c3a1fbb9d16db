//! Behaviors and the insights that measure them.

/// A behavior of the business outcome *Increase customer focus*.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
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
}
