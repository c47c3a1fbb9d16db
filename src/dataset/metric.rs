//! The catalogue of metrics: what a column can mean, whatever its header says.

/// A metric that the product knows. Headers of both eras are mapped to it by `assets/columns.toml`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Metric {
    /// All collaboration: meetings, e-mail, chats and calls with at least one other person.
    CollaborationHours,
    /// Collaboration with at least one person outside the company.
    ExternalHours,
    /// E-mail with at least one person outside the company (Viva only).
    ExternalEmailHours,
    /// Meetings of only the person and the manager.
    Manager11Hours,
    /// Meetings and calls of only the person and the manager: the fallback of [`Metric::Manager11Hours`].
    Manager11MeetingAndCallHours,
    /// Meetings with the manager present; 1:1s are in it in the WpA era, not in the Viva era.
    ManagerMeetingHours,
    /// Meetings and calls with the manager present; same era break.
    ManagerMeetingAndCallHours,
    /// Meetings.
    MeetingHours,
    /// Meetings and calls.
    MeetingAndCallHours,
    /// E-mail.
    EmailHours,
    /// Two or more consecutive meeting-free hours (WpA), or uninterrupted hours (Viva).
    FocusHours,
    /// Collaboration outside working hours.
    AfterHours,
    /// People outside with whom the person has a relationship.
    ExternalNetworkSize,
    /// Domains outside in which the person has relationships.
    ExternalNetworkBreadth,
    /// People inside with whom the person has a relationship.
    InternalNetworkSize,
    /// Distinct internal organizations in which the person has relationships.
    InternalOrganizations,
}

/// How a metric's cells are read and kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Hours in the file, whole seconds in memory; a blank cell of an existing row is 0.
    Duration,
    /// A network or score count, possibly fractional; a blank cell is missing, never 0.
    Count,
}

impl Metric {
    /// Every metric, in the order in which they are listed to people.
    pub const ALL: [Self; 16] = [
        Self::CollaborationHours,
        Self::ExternalHours,
        Self::ExternalEmailHours,
        Self::Manager11Hours,
        Self::Manager11MeetingAndCallHours,
        Self::ManagerMeetingHours,
        Self::ManagerMeetingAndCallHours,
        Self::MeetingHours,
        Self::MeetingAndCallHours,
        Self::EmailHours,
        Self::FocusHours,
        Self::AfterHours,
        Self::ExternalNetworkSize,
        Self::ExternalNetworkBreadth,
        Self::InternalNetworkSize,
        Self::InternalOrganizations,
    ];

    /// The canonical column name: in `assets/columns.toml`, in JSON and in `--column NAME=HEADER`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::CollaborationHours => "collaboration_hours",
            Self::ExternalHours => "external_hours",
            Self::ExternalEmailHours => "external_email_hours",
            Self::Manager11Hours => "manager_1_1_hours",
            Self::Manager11MeetingAndCallHours => "manager_1_1_meeting_and_call_hours",
            Self::ManagerMeetingHours => "manager_meeting_hours",
            Self::ManagerMeetingAndCallHours => "manager_meeting_and_call_hours",
            Self::MeetingHours => "meeting_hours",
            Self::MeetingAndCallHours => "meeting_and_call_hours",
            Self::EmailHours => "email_hours",
            Self::FocusHours => "focus_hours",
            Self::AfterHours => "after_hours",
            Self::ExternalNetworkSize => "external_network_size",
            Self::ExternalNetworkBreadth => "external_network_breadth",
            Self::InternalNetworkSize => "internal_network_size",
            Self::InternalOrganizations => "internal_organizations",
        }
    }

    /// The metric of a canonical column name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|metric| metric.name() == name)
    }

    /// How its cells are read.
    #[must_use]
    pub const fn kind(self) -> Kind {
        match self {
            Self::ExternalNetworkSize
            | Self::ExternalNetworkBreadth
            | Self::InternalNetworkSize
            | Self::InternalOrganizations => Kind::Count,
            _ => Kind::Duration,
        }
    }
}

/// The product that an export comes from. The same header can mean different things in the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Era {
    /// Workplace Analytics, the older product.
    Wpa,
    /// Viva Insights, the current product.
    Viva,
    /// The file's headers fit both.
    Undecided,
}

impl Era {
    /// As in JSON and in `--era`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Wpa => "wpa",
            Self::Viva => "viva",
            Self::Undecided => "undecided",
        }
    }
}
