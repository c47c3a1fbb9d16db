//! Which query an export is, by the signature of its headers.

/// The kinds of files that are recognized. Only person queries are read here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum QueryKind {
    /// One row a person and period, with metrics.
    Person,
    /// One row a meeting.
    Meeting,
    /// One row a pair of people and period.
    PersonToPerson,
    /// One row a person, group and period.
    PersonToGroup,
    /// One row a pair of groups and period.
    GroupToGroup,
    /// One row a person, outside address and period.
    ExternalCollaboration,
    /// The organizational data that was uploaded.
    OrganizationData,
    /// Network scores of people.
    OnaPerson,
    /// Counts of people's activities by hour of the day.
    Hourly,
    /// Metrics of people beside those of their peers.
    PeerComparison,
    /// None of these.
    Unknown,
}

impl QueryKind {
    /// Every kind, with [`QueryKind::Unknown`] last.
    pub const ALL: [Self; 11] = [
        Self::Person,
        Self::Meeting,
        Self::PersonToPerson,
        Self::PersonToGroup,
        Self::GroupToGroup,
        Self::ExternalCollaboration,
        Self::OrganizationData,
        Self::OnaPerson,
        Self::Hourly,
        Self::PeerComparison,
        Self::Unknown,
    ];

    /// As in JSON and in `--kind`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Meeting => "meeting",
            Self::PersonToPerson => "person_to_person",
            Self::PersonToGroup => "person_to_group",
            Self::GroupToGroup => "group_to_group",
            Self::ExternalCollaboration => "external_collaboration",
            Self::OrganizationData => "organization_data",
            Self::OnaPerson => "ona_person",
            Self::Hourly => "hourly",
            Self::PeerComparison => "peer_comparison",
            Self::Unknown => "unknown",
        }
    }

    /// The kind of a name; hyphens and spaces may stand for underscores.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let name = name.trim().to_lowercase().replace(['-', ' '], "_");
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// In words, as part of a sentence: "a meeting query".
    #[must_use]
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::Person => "a person query",
            Self::Meeting => "a meeting query",
            Self::PersonToPerson => "a person-to-person query",
            Self::PersonToGroup => "a person-to-group query",
            Self::GroupToGroup => "a group-to-group query",
            Self::ExternalCollaboration => "an external collaboration query",
            Self::OrganizationData => "a file of organizational data",
            Self::OnaPerson => "a person query of network scores",
            Self::Hourly => "an hourly collaboration query",
            Self::PeerComparison => "a peer comparison query",
            Self::Unknown => "no query that is known here",
        }
    }
}

/// Recognizes the query from its headers, as [`super::headers::key`] makes them; `metrics` says how many
/// of them hold metrics of a person query.
pub(super) fn recognize(keys: &[String], has_person: bool, has_period: bool, metrics: usize) -> QueryKind {
    let starts = |prefix: &str| keys.iter().any(|key| key.starts_with(prefix));
    let has = |name: &str| keys.iter().any(|key| key == name);
    let other_attribute =
        || keys.iter().any(|key| key.starts_with("secondarycollaborator") && !key.ends_with("groupsize"));
    if starts("tieorigin") || (has("primarycollaboratorpersonid") && has("secondarycollaboratorpersonid")) {
        QueryKind::PersonToPerson
    } else if has("secondarycollaboratoremail") {
        QueryKind::ExternalCollaboration
    } else if has("primarycollaboratorpersonid") && other_attribute() {
        QueryKind::PersonToGroup
    } else if starts("timeinvestors") || (starts("primarycollaborator") && other_attribute()) {
        QueryKind::GroupToGroup
    } else if has_person && starts("collaborators") {
        QueryKind::PersonToGroup
    } else if has("meetingid") {
        QueryKind::Meeting
    } else if has_person && has("peergroup") {
        QueryKind::PeerComparison
    } else if has_person && (has("emailssent0001") || has("imssent0001") || has("meetings0001")) {
        QueryKind::Hourly
    } else if has_person && has_period && metrics == 0 && (starts("influence") || starts("strongties")) {
        QueryKind::OnaPerson
    } else if has_person && metrics == 0 && (has("effectivedate") || (has("managerid") && !has_period)) {
        QueryKind::OrganizationData
    } else if has_person && has_period && metrics > 0 {
        QueryKind::Person
    } else {
        QueryKind::Unknown
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn kind(header: &str, metrics: usize) -> QueryKind {
        let keys: Vec<String> = header.split(',').map(super::super::headers::key).collect();
        let has = |name: &str| keys.iter().any(|key| key == name);
        recognize(&keys, has("personid"), has("date") || has("metricdate"), metrics)
    }

    #[test]
    fn every_query_is_known_by_its_headers() {
        assert_eq!(kind("PersonId,MetricDate,Collaboration_hours", 1), QueryKind::Person);
        assert_eq!(
            kind("PrimaryCollaborator_PersonId,SecondaryCollaborator_PersonId,MetricDate,Strong_tie_score", 0),
            QueryKind::PersonToPerson
        );
        assert_eq!(kind("TieOrigin_PersonId,TieDestination_PersonId,Date", 0), QueryKind::PersonToPerson);
        assert_eq!(
            kind("PrimaryCollaborator_PersonId,SecondaryCollaborator_FunctionType,MetricDate,Meeting_Count", 0),
            QueryKind::PersonToGroup
        );
        assert_eq!(kind("PersonId,Collaborators_Domain,Date,Meeting_hours", 1), QueryKind::PersonToGroup);
        assert_eq!(
            kind("PrimaryCollaborator_Organization,SecondaryCollaborator_Organization,MetricDate", 0),
            QueryKind::GroupToGroup
        );
        assert_eq!(
            kind("TimeInvestors_Organization,Collaborators_Organization,Date,Meeting_hours", 1),
            QueryKind::GroupToGroup
        );
        assert_eq!(
            kind("PrimaryCollaborator_PersonId,SecondaryCollaborator_Email,MetricDate", 0),
            QueryKind::ExternalCollaboration
        );
        assert_eq!(kind("MeetingId,StartDate,Attendees", 0), QueryKind::Meeting);
        assert_eq!(kind("PersonId,ManagerId,Organization", 0), QueryKind::OrganizationData);
        assert_eq!(kind("PersonId,Date,ManagerId,Stunden", 0), QueryKind::Unknown);
        assert_eq!(kind("PersonId,Date,Influence,Strong_ties", 0), QueryKind::OnaPerson);
        assert_eq!(kind("PersonId,Date,Emails_sent_00_01,IMs_sent_23_24", 0), QueryKind::Hourly);
        assert_eq!(kind("Name,Score", 0), QueryKind::Unknown);
    }

    #[test]
    fn a_kind_is_found_by_its_name() {
        for kind in QueryKind::ALL {
            assert_eq!(QueryKind::from_name(kind.name()), Some(kind));
        }
        assert_eq!(QueryKind::from_name("person-to-group"), Some(QueryKind::PersonToGroup));
        assert_eq!(QueryKind::from_name("pivot"), None);
    }
}
