//! What is in memory: people by period, column-wise and immutable.
//!
//! A [`Dataset`] holds one row a person and period, grouped by person and ascending by period within
//! each person; that order is private to this room and [`Selection`] is how others walk it. A
//! [`Draft`] is what a reader (or the sample company) hands over: rows in any order, cells with their
//! blanks still told apart. [`Draft::build`] sorts, settles duplicate rows, applies the cell rules of
//! the written definitions (a blank duration is 0, a blank count is missing, more hours than a period
//! has is set aside) and counts what it did.
//!
//! Durations are whole seconds, so that a threshold is never crossed by binary dust.

mod build;
mod calendar;
mod contact_time;
mod counts;
mod filter;
mod group_time;
mod grouping;
mod meetings;
mod metric;
mod pieces;
mod places;
mod presence;
mod weeks;

pub use build::{Built, BuiltSource, CellCounts, ConflictingRows, Draft, DraftAttribute, OnConflict, OverLimit};
pub use calendar::{Calendar, Grain, days_in_month, week_start, weekdays_in_month};
pub use contact_time::{ContactDetail, ContactRow, ContactTime};
pub use counts::{CountCells, CountPieces, Counts};
pub use filter::{AttributeFilter, Filter, FilterProblem, Selection};
pub use group_time::{GroupRow, GroupTime, Partner};
pub use grouping::{GroupBy, GroupByProblem, GroupCell, GroupValue, Grouping};
pub use meetings::{Meeting, MeetingList, OrganizerAttribute};
pub use metric::{Era, Kind, Metric};
pub use pieces::Pieces;
pub use presence::{PersonRows, for_each_bit};
pub use weeks::{AddedDays, WeeksFromDays};

use std::sync::Arc;

/// The group of everyone whose attribute cell is blank, `NA`, `N/A`, `#N/A` or `NULL`.
pub const NOT_SET: &str = "(Not set)";

/// In a duration column: this person-period is out of the metric.
pub const EXCLUDED_SECONDS: u32 = u32::MAX;

/// In a duration column of a [`Draft`]: the cell was blank. A [`Dataset`] holds 0 instead.
pub const BLANK_SECONDS: u32 = u32::MAX - 1;

/// In a count column of a [`Draft`]: the cell was unreadable, negative or not finite. NaN is a blank.
/// A [`Dataset`] holds NaN for both.
pub const EXCLUDED_COUNT: f64 = -1.0;

/// One attribute of the people: a code per row into its values.
#[derive(Clone, Debug, PartialEq)]
pub struct Attribute {
    /// The header as the file has it (of the first file that has it).
    pub name: String,
    /// Distinct values, ascending by code point, [`NOT_SET`] among them where it occurs.
    pub values: Vec<String>,
    /// For each row the index into `values`.
    pub codes: Vec<u16>,
    /// For each person of a dataset the one code of all rows; nothing for somebody who moved.
    of_people: Vec<Option<u16>>,
}

impl Attribute {
    /// An attribute of rows that are not grouped by person yet: `codes` are in their order.
    #[must_use]
    fn new(name: String, values: Vec<String>, codes: Vec<u16>) -> Self {
        Self { name, values, codes, of_people: Vec::new() }
    }

    /// The same for rows that are grouped by person: `starts[p]..starts[p + 1]` are those of person p.
    fn grouped(self, starts: &[u32]) -> Self {
        let of_person = |pair: &[u32]| {
            let codes = &self.codes[pair[0] as usize..pair[1] as usize];
            codes.first().copied().filter(|first| codes.iter().all(|code| code == first))
        };
        Self { of_people: starts.windows(2).map(of_person).collect(), ..self }
    }

    /// The one code that all rows of a person have; `None` for somebody who moved, whose rows have to be looked at.
    #[must_use]
    #[inline]
    pub fn code_of_person(&self, person: u32) -> Option<u16> {
        self.of_people.get(person as usize).copied().flatten()
    }
}

/// The name of the attribute that says whom people lead, where organizational data is opened beside a person query.
pub const LEADERSHIP: &str = "Leads (ManagerId)";

/// Whom somebody leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Leads {
    /// Nobody.
    Nobody,
    /// People who lead nobody.
    People,
    /// People who lead others.
    Managers,
}

impl Leads {
    /// As a value of [`LEADERSHIP`].
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Nobody => "Nobody",
            Self::People => "People",
            Self::Managers => "Managers",
        }
    }
}

/// The identifiers of people, kept to join files and to recognize members; never shown, never sorted by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PersonIds {
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

impl PersonIds {
    /// Adds an identifier and gives its code.
    pub fn push(&mut self, id: &[u8]) -> u32 {
        self.bytes.extend_from_slice(id);
        self.ends.push(self.bytes.len());
        (self.ends.len() - 1) as u32
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The identifier of a code, or nothing when there is no such code.
    #[must_use]
    pub fn get(&self, code: u32) -> Option<&[u8]> {
        let code = code as usize;
        let end = *self.ends.get(code)?;
        let start = if code == 0 { 0 } else { self.ends[code - 1] };
        self.bytes.get(start..end)
    }
}

/// People by period, column-wise, immutable. See the room's doc for the order of rows.
#[derive(Clone, Debug)]
pub struct Dataset {
    era: Era,
    calendar: Calendar,
    people: PersonIds,
    /// `starts[p]..starts[p + 1]` are the rows of person `p`.
    starts: Vec<u32>,
    period: Vec<u16>,
    presence: presence::Presence,
    active: Option<Vec<bool>>,
    without_manager: Option<Vec<bool>>,
    durations: Vec<(Metric, Vec<u32>)>,
    counts: Vec<(Metric, counts::CountColumn)>,
    attributes: Vec<Attribute>,
    added_days: Option<Arc<AddedDays>>,
}

impl Dataset {
    /// The product that the rows come from.
    #[must_use]
    pub fn era(&self) -> Era {
        self.era
    }

    /// The periods that occur.
    #[must_use]
    pub fn calendar(&self) -> &Calendar {
        &self.calendar
    }

    /// How many distinct people have a row.
    #[must_use]
    pub fn people(&self) -> usize {
        self.people.len()
    }

    /// The identifiers, by person code.
    #[must_use]
    pub fn person_ids(&self) -> &PersonIds {
        &self.people
    }

    /// How many rows there are: one a person and period.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.period.len()
    }

    /// The period index of each row, into [`Calendar::periods`].
    #[must_use]
    pub fn periods_of_rows(&self) -> &[u16] {
        &self.period
    }

    /// Whole seconds of each row ([`EXCLUDED_SECONDS`] where the person-period is out of the metric);
    /// `None` where no file has the column.
    #[must_use]
    pub fn seconds(&self, metric: Metric) -> Option<&[u32]> {
        self.durations.iter().find(|(m, _)| *m == metric).map(|(_, column)| column.as_slice())
    }

    /// Counts of each row (NaN where missing); `None` where no file has the column.
    #[must_use]
    pub fn counts(&self, metric: Metric) -> Option<Counts<'_>> {
        self.counts.iter().find(|(m, _)| *m == metric).map(|(_, column)| column.view())
    }

    /// Whether a metric's column is in the file and not blank throughout.
    #[must_use]
    pub fn has(&self, metric: Metric) -> bool {
        match metric.kind() {
            Kind::Duration => self.seconds(metric).is_some(),
            Kind::Count => self.counts(metric).is_some(),
        }
    }

    /// The same with one attribute more, behind the others: `codes` by person, into `values`, which ascend. A person
    /// without a code has the first value.
    #[must_use]
    pub fn with_attribute_of_people(mut self, name: &str, values: Vec<String>, codes: &[u16]) -> Self {
        let of_person = |(person, rows): (usize, std::ops::Range<usize>)| {
            std::iter::repeat_n(codes.get(person).copied().unwrap_or_default(), rows.len())
        };
        let codes: Vec<u16> = self.rows_by_person().enumerate().flat_map(of_person).collect();
        let attribute = Attribute::new(name.to_owned(), values, codes).grouped(&self.starts);
        self.attributes.push(attribute);
        self
    }

    /// The attributes that can be grouped by, in the order of the file's columns.
    #[must_use]
    pub fn attributes(&self) -> &[Attribute] {
        &self.attributes
    }

    /// An attribute by its header; letter case, spaces, underscores and hyphens do not matter.
    #[must_use]
    pub fn attribute(&self, name: &str) -> Option<&Attribute> {
        let exact = self.attributes.iter().find(|attribute| attribute.name == name);
        exact.or_else(|| self.attributes.iter().find(|attribute| same_name(&attribute.name, name)))
    }

    /// For each row whether the person is without a manager (blank ManagerId, or Layer 0);
    /// `None` where the file has neither column.
    #[must_use]
    pub fn without_manager(&self) -> Option<&[bool]> {
        self.without_manager.as_deref()
    }

    /// For each row the `IsActive` cell; `None` where the file has no such column.
    #[must_use]
    pub fn active(&self) -> Option<&[bool]> {
        self.active.as_deref()
    }

    /// What inactive days added to these weeks; `None` for anything but weeks that were summed from days with their
    /// inactive ones.
    #[must_use]
    pub fn added_days(&self) -> Option<&AddedDays> {
        self.added_days.as_deref()
    }

    /// The rows of each person, person by person.
    pub fn rows_by_person(&self) -> impl ExactSizeIterator<Item = std::ops::Range<usize>> + '_ {
        self.starts.windows(2).map(|pair| pair[0] as usize..pair[1] as usize)
    }
}

/// Whether two attribute names are the same but for letter case, spaces, underscores and hyphens.
#[must_use]
pub fn same_name(a: &str, b: &str) -> bool {
    let fold =
        |text: &str| -> String { text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect() };
    fold(a) == fold(b)
}
