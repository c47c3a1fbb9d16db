//! The columns of the two eras' person queries, in the order of real exports.
//!
//! The plain columns are those that the product reads. The wide ones are what else such an export
//! holds; their numbers are believable but nothing hangs on them.

use std::ops::RangeInclusive;

use crate::dataset::{Era, Metric};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Content {
    /// The identifier of the person.
    PersonId,
    /// The first day of the week.
    Week,
    /// A metric that the product reads.
    Metric(Metric),
    /// An attribute of the person.
    Attribute(Attribute),
    /// `IsActive`.
    IsActive,
    /// A column of wide files only.
    Wide(Wide),
}

/// Attributes of people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Attribute {
    /// Organization.
    Organization,
    /// Function; blank in a joiner's first two weeks, until the personnel data catches up.
    FunctionType,
    /// Level.
    LevelDesignation,
    /// Region.
    Region,
    /// Whom the person leads: IC, Mngr or Mngr+.
    SupervisorIndicator,
    /// Steps below the chief executive.
    Layer,
}

/// How a column of wide files comes by its numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Wide {
    /// Hours: from half of to so many percent of a metric, with as many decimals as real exports print.
    Part(Metric, u32),
    /// Hours of 1:1s that a manager has with all direct reports.
    Coaching,
    /// The count of 1:1s with the manager.
    OneToOnes,
    /// Call hours.
    Calls,
    /// Chat hours.
    Chats,
    /// A count: about so many for each ten hours of a metric.
    PerTenHours(Metric, u32),
    /// A whole number below a bound, small ones more often.
    Below(u32),
    /// An answer from 1 to 5.
    Answer,
    /// The same text in every row.
    Text(&'static str),
    /// The day on which the person was hired.
    HireDate,
    /// The standard time zone of the region.
    TimeZone,
    /// The main office of the region.
    Location,
    /// A personnel number.
    Number,
    /// A personnel grade from the level.
    Grade,
}

/// A column: its header and what it holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Column {
    pub(super) header: &'static str,
    pub(super) content: Content,
}

/// How many columns a file of an era can have: from the plain ones to all.
#[must_use]
pub fn column_counts(era: Era) -> RangeInclusive<usize> {
    let all = all_columns(era);
    all.iter().filter(|column| is_plain(column)).count()..=all.len()
}

/// The columns of a file: the plain ones, and the first wide ones up to `count`.
pub(super) fn columns(era: Era, count: Option<usize>) -> Vec<Column> {
    let mut wide = count.unwrap_or(0).saturating_sub(*column_counts(era).start());
    let mut keeps = |column: &Column| {
        if is_plain(column) {
            return true;
        }
        let room = wide > 0;
        wide = wide.saturating_sub(1);
        room
    };
    all_columns(era).iter().copied().filter(|column| keeps(column)).collect()
}

/// Whether a column is in every file.
const fn is_plain(column: &Column) -> bool {
    !matches!(column.content, Content::Wide(_))
}

/// Every column that a file of the era can have.
const fn all_columns(era: Era) -> &'static [Column] {
    match era {
        Era::Wpa => WPA,
        Era::Viva | Era::Undecided => VIVA,
    }
}

const fn column(header: &'static str, content: Content) -> Column {
    Column { header, content }
}

const fn metric(header: &'static str, metric: Metric) -> Column {
    column(header, Content::Metric(metric))
}

const fn wide(header: &'static str, recipe: Wide) -> Column {
    column(header, Content::Wide(recipe))
}

const fn attribute(header: &'static str, attribute: Attribute) -> Column {
    column(header, Content::Attribute(attribute))
}

/// Viva Insights.
const VIVA: &[Column] = &[
    column("PersonId", Content::PersonId),
    column("MetricDate", Content::Week),
    metric("Collaboration hours", Metric::CollaborationHours),
    wide("Copilot actions taken in Teams", Wide::Below(9)),
    metric("Meeting and call hours", Metric::MeetingAndCallHours),
    metric("Internal network size", Metric::InternalNetworkSize),
    metric("Email hours", Metric::EmailHours),
    wide("Channel message posts", Wide::Below(6)),
    wide("Conflicting meeting hours", Wide::Part(Metric::MeetingHours, 30)),
    wide("Large and long meeting hours", Wide::Part(Metric::MeetingHours, 18)),
    metric("External collaboration hours", Metric::ExternalHours),
    metric("External email hours", Metric::ExternalEmailHours),
    wide("Active connected hours", Wide::Part(Metric::CollaborationHours, 150)),
    wide("Meetings", Wide::PerTenHours(Metric::MeetingHours, 15)),
    metric("After hours collaboration hours", Metric::AfterHours),
    wide("Call hours", Wide::Calls),
    wide("Calls", Wide::PerTenHours(Metric::MeetingAndCallHours, 6)),
    wide("Channel message hours", Wide::Part(Metric::EmailHours, 8)),
    wide("Chat hours", Wide::Chats),
    wide("Collaboration span", Wide::Part(Metric::CollaborationHours, 180)),
    wide("Emails read", Wide::PerTenHours(Metric::EmailHours, 520)),
    wide("Emails sent", Wide::PerTenHours(Metric::EmailHours, 70)),
    metric("External network size", Metric::ExternalNetworkSize),
    metric("Meeting and call hours with manager", Metric::ManagerMeetingAndCallHours),
    metric("Meeting and call hours with manager 1:1", Metric::Manager11MeetingAndCallHours),
    wide("Meeting and call hours with skip level", Wide::Part(Metric::MeetingHours, 10)),
    metric("Meeting hours", Metric::MeetingHours),
    metric("Meeting hours with manager", Metric::ManagerMeetingHours),
    metric("Meeting hours with manager 1:1", Metric::Manager11Hours),
    wide("Multitasking hours", Wide::Part(Metric::MeetingHours, 40)),
    metric("Network outside company", Metric::ExternalNetworkBreadth),
    metric("Network outside organization", Metric::InternalOrganizations),
    wide("Time with leadership", Wide::Part(Metric::MeetingHours, 12)),
    metric("Uninterrupted hours", Metric::FocusHours),
    wide("Unscheduled call hours", Wide::Part(Metric::MeetingAndCallHours, 12)),
    wide("Weekend collaboration hours", Wide::Part(Metric::AfterHours, 35)),
    wide("Copilot actions taken in Copilot chat (work)", Wide::Below(8)),
    wide("Copilot actions taken in Excel", Wide::Below(4)),
    wide("Copilot actions taken in Outlook", Wide::Below(7)),
    wide("Copilot actions taken in Powerpoint", Wide::Below(4)),
    wide("Copilot actions taken in Word", Wide::Below(5)),
    wide("Days of active Copilot chat (work) usage", Wide::Below(6)),
    wide("Days of active Copilot usage in Excel", Wide::Below(4)),
    wide("Days of active Copilot usage in Loop", Wide::Below(3)),
    wide("Days of active Copilot usage in OneNote", Wide::Below(3)),
    wide("Days of active Copilot usage in Outlook", Wide::Below(6)),
    wide("Days of active Copilot usage in Powerpoint", Wide::Below(4)),
    wide("Days of active Copilot usage in Teams", Wide::Below(6)),
    wide("Days of active Copilot usage in Word", Wide::Below(5)),
    wide("Total Copilot active days", Wide::Below(6)),
    wide("Total Copilot enabled days", Wide::Text("5")),
    wide("Barriers to Execution", Wide::Answer),
    wide("Change Adaptation", Wide::Answer),
    wide("Collaboration", Wide::Answer),
    wide("Communication Flow", Wide::Answer),
    wide("Continuous Improvement", Wide::Answer),
    wide("eSat", Wide::Answer),
    wide("Initiative", Wide::Answer),
    wide("Manager Recommend", Wide::Answer),
    wide("Resources", Wide::Answer),
    wide("Speak My Mind", Wide::Answer),
    wide("Wellbeing", Wide::Answer),
    wide("Work Life Balance", Wide::Answer),
    wide("Workload", Wide::Answer),
    wide("Create Excel formula actions taken using Copilot", Wide::Below(3)),
    wide("Create presentation actions taken using Copilot", Wide::Below(3)),
    wide("Generate email draft actions taken using Copilot in Outlook", Wide::Below(5)),
    wide("Summarize chat actions taken using Copilot in Teams", Wide::Below(5)),
    wide("Summarize email thread actions taken using Copilot in Outlook", Wide::Below(5)),
    wide("Summarize meeting actions taken using Copilot in Teams", Wide::Below(5)),
    wide("Summarize presentation actions taken using Copilot in PowerPoint", Wide::Below(3)),
    wide("Summarize Word document actions taken using Copilot in Word", Wide::Below(4)),
    wide("Level", Wide::Grade),
    attribute("FunctionType", Attribute::FunctionType),
    attribute("SupervisorIndicator", Attribute::SupervisorIndicator),
    attribute("Organization", Attribute::Organization),
    attribute("LevelDesignation", Attribute::LevelDesignation),
    attribute("Region", Attribute::Region),
    attribute("Layer", Attribute::Layer),
];

/// Workplace Analytics.
const WPA: &[Column] = &[
    column("PersonId", Content::PersonId),
    column("Date", Content::Week),
    wide("Workweek span", Wide::Part(Metric::CollaborationHours, 180)),
    wide("Meetings with skip level", Wide::Below(3)),
    wide("Meeting hours with skip level", Wide::Part(Metric::MeetingHours, 10)),
    wide("Generated workload email hours", Wide::Part(Metric::EmailHours, 160)),
    wide("Generated workload email recipients", Wide::PerTenHours(Metric::EmailHours, 260)),
    wide("Generated workload instant messages hours", Wide::Part(Metric::EmailHours, 60)),
    wide("Generated workload instant messages recipients", Wide::PerTenHours(Metric::EmailHours, 110)),
    wide("Generated workload call hours", Wide::Part(Metric::MeetingHours, 20)),
    wide("Generated workload call participants", Wide::Below(12)),
    wide("Generated workload calls organized", Wide::Below(6)),
    metric("External network size", Metric::ExternalNetworkSize),
    metric("Internal network size", Metric::InternalNetworkSize),
    metric("Networking outside company", Metric::ExternalNetworkBreadth),
    metric("Networking outside organization", Metric::InternalOrganizations),
    wide("After hours meeting hours", Wide::Part(Metric::AfterHours, 70)),
    wide("Open 1 hour block", Wide::Below(12)),
    wide("Open 2 hour blocks", Wide::Below(9)),
    metric("Total focus hours", Metric::FocusHours),
    wide("Low quality meeting hours", Wide::Part(Metric::MeetingHours, 60)),
    wide("Total emails sent during meeting", Wide::PerTenHours(Metric::MeetingHours, 12)),
    wide("Meetings", Wide::PerTenHours(Metric::MeetingHours, 15)),
    metric("Meeting hours", Metric::MeetingHours),
    wide("Conflicting meeting hours", Wide::Part(Metric::MeetingHours, 30)),
    wide("Multitasking meeting hours", Wide::Part(Metric::MeetingHours, 40)),
    wide("Redundant meeting hours (lower level)", Wide::Part(Metric::MeetingHours, 12)),
    wide("Redundant meeting hours (organizational)", Wide::Part(Metric::MeetingHours, 12)),
    wide("Time in self organized meetings", Wide::Part(Metric::MeetingHours, 60)),
    wide("Meeting hours during working hours", Wide::Part(Metric::MeetingHours, 100)),
    wide("Generated workload meeting attendees", Wide::PerTenHours(Metric::MeetingHours, 40)),
    wide("Generated workload meeting hours", Wide::Part(Metric::MeetingHours, 180)),
    wide("Generated workload meetings organized", Wide::PerTenHours(Metric::MeetingHours, 6)),
    wide("Manager coaching hours 1:1", Wide::Coaching),
    wide("Meetings with manager", Wide::Below(5)),
    metric("Meeting hours with manager", Metric::ManagerMeetingHours),
    wide("Meetings with manager 1:1", Wide::OneToOnes),
    metric("Meeting hours with manager 1:1", Metric::Manager11Hours),
    wide("After hours email hours", Wide::Part(Metric::AfterHours, 60)),
    wide("Emails sent", Wide::PerTenHours(Metric::EmailHours, 70)),
    metric("Email hours", Metric::EmailHours),
    wide("Working hours email hours", Wide::Part(Metric::EmailHours, 100)),
    wide("After hours instant messages", Wide::Below(15)),
    wide("Instant messages sent", Wide::PerTenHours(Metric::EmailHours, 160)),
    wide("Instant Message hours", Wide::Chats),
    wide("Working hours instant messages", Wide::PerTenHours(Metric::EmailHours, 130)),
    metric("After hours collaboration hours", Metric::AfterHours),
    metric("Collaboration hours", Metric::CollaborationHours),
    metric("Collaboration hours external", Metric::ExternalHours),
    wide("Working hours collaboration hours", Wide::Part(Metric::CollaborationHours, 100)),
    wide("After hours in calls", Wide::Part(Metric::AfterHours, 30)),
    wide("Total calls", Wide::PerTenHours(Metric::MeetingHours, 6)),
    wide("Call hours", Wide::Calls),
    wide("Working hours in calls", Wide::Part(Metric::MeetingHours, 15)),
    wide("Domain", Wide::Text("alderandfinch.example")),
    attribute("FunctionType", Attribute::FunctionType),
    attribute("LevelDesignation", Attribute::LevelDesignation),
    attribute("Layer", Attribute::Layer),
    attribute("Region", Attribute::Region),
    attribute("Organization", Attribute::Organization),
    wide("zId", Wide::Number),
    wide("attainment", Wide::Text("")),
    wide("TimeZone", Wide::TimeZone),
    wide("HourlyRate", Wide::Text("75")),
    wide("IsInternal", Wide::Text("TRUE")),
    column("IsActive", Content::IsActive),
    attribute("SupervisorIndicator", Attribute::SupervisorIndicator),
    wide("HireDate", Wide::HireDate),
    wide("WorkingStartTimeSetInOutlook", Wide::Text("8:00")),
    wide("WorkingEndTimeSetInOutlook", Wide::Text("17:00")),
    wide("WorkingDaysSetInOutlook", Wide::Text("Monday to Friday")),
    wide("Location", Wide::Location),
    wide("WeeklyBadgeOnsiteDays", Wide::Below(6)),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_eras_can_be_73_columns_wide() {
        for era in [Era::Viva, Era::Wpa] {
            assert!(column_counts(era).contains(&73));
            assert_eq!(columns(era, Some(73)).len(), 73);
        }
    }

    #[test]
    fn headers_differ_from_each_other() {
        for era in [Era::Viva, Era::Wpa] {
            let mut headers: Vec<&str> = all_columns(era).iter().map(|column| column.header).collect();
            headers.sort_unstable();
            let count = headers.len();
            headers.dedup();
            assert_eq!(headers.len(), count);
        }
    }

    #[test]
    fn a_viva_file_holds_every_metric() {
        let has = |metric| columns(Era::Viva, None).iter().any(|column| column.content == Content::Metric(metric));
        assert!(Metric::ALL.into_iter().all(has));
    }

    #[test]
    fn too_few_columns_are_the_plain_ones_and_too_many_are_all() {
        let counts = column_counts(Era::Viva);
        assert_eq!(columns(Era::Viva, Some(3)).len(), *counts.start());
        assert_eq!(columns(Era::Viva, Some(999)).len(), *counts.end());
    }
}
