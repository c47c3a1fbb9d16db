//! Meetings: one row a meeting, with what an export says about it. Nothing is left out and nothing is judged here.

use chrono::NaiveDate;

/// One meeting, as the export has it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Meeting {
    /// The day that it starts on.
    pub day: NaiveDate,
    /// How long it lasts, in whole seconds; `None` where that cannot be read.
    pub seconds: Option<u32>,
    /// People who took part, with the organizer; `None` where the export does not say.
    pub attendees: Option<u32>,
    /// People who were meant to take part, with the organizer; `None` where the export does not say.
    pub invited: Option<u32>,
    /// People from outside among them; `None` where the export does not say.
    pub outside: Option<u32>,
    /// It was canceled.
    pub is_canceled: bool,
    /// It lasts all day.
    pub is_all_day: bool,
    /// Whether the organizer is inside the company; `None` where the export does not say.
    pub organizer_is_internal: Option<bool>,
    /// Whether the export has any attribute of the organizer from the company's personnel data.
    pub organizer_has_attributes: bool,
    /// The organizer's domain, by its place in [`MeetingList::domains`].
    pub domain: Option<u32>,
    /// The organizer, by a number; `None` where the export does not say who.
    pub organizer: Option<u32>,
}

/// An attribute of organizers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OrganizerAttribute {
    /// Its name, without any "Organizer_" before it.
    pub name: String,
    /// Its values.
    pub values: Vec<String>,
    /// The value of each meeting's organizer, by its place in the values; `None` where it is blank.
    pub codes: Vec<Option<u32>>,
}

/// Meetings in the order of the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MeetingList {
    /// The meetings.
    pub meetings: Vec<Meeting>,
    /// Attributes of their organizers.
    pub attributes: Vec<OrganizerAttribute>,
    /// Domains of organizers, in small letters.
    pub domains: Vec<String>,
    /// Whether a column says how many people, or whether anybody, took part from outside.
    pub says_outside: bool,
    /// Whether the export's counts of people leave out those from outside.
    pub counts_only_inside: bool,
}

impl MeetingList {
    /// The attribute of a name, in small or large letters.
    #[must_use]
    pub fn attribute(&self, name: &str) -> Option<&OrganizerAttribute> {
        self.attributes.iter().find(|attribute| super::same_name(&attribute.name, name))
    }
}
