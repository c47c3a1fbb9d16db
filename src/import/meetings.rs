//! Meeting queries of both products: what stands in each row, as it stands there.
//!
//! Workplace Analytics names attributes of the organizer `Organizer_`; Viva Insights puts them beside the organizer's
//! number. What is a meeting that counts, and who organized it, is decided by the insights.

use super::cells::{self, Cell};
use super::kinds::QueryKind;
use super::options::{ImportOptions, Source};
use super::problem::{ImportError, Refusal};
use super::read::Examined;
use super::records::{
    Days, Keys, Names, ReadFile, Seen, TimeUnit, decimal_of, each_of_kind, each_record, is_empty, no_file,
};
use crate::dataset::{Era, Meeting, MeetingList, OrganizerAttribute};
use crate::work::{Cancel, Progress};

/// How a meeting query was read. Rows in the file = meetings + rows set aside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeetingReport {
    /// The files.
    pub files: Vec<ReadFile>,
    /// The product that it is from.
    pub era: Era,
    /// The header of the column that tells people from outside, where there is one.
    pub outside_header: Option<String>,
    /// Rows in the files.
    pub rows: u64,
    /// Rows that are in the files again, cell by cell.
    pub repeated: u64,
    /// Rows without a day that can be read and is plausible.
    pub without_day: u64,
}

/// Meetings, and how they came to be.
#[derive(Clone, Debug)]
pub struct ImportedMeetings {
    /// The meetings.
    pub list: MeetingList,
    /// How they were read.
    pub report: MeetingReport,
}

/// Reads the meeting queries among the sources; several are stacked. Other exports in a folder or beside them are
/// passed over.
///
/// # Errors
/// [`ImportError::Cancelled`] soon after `cancel` says so; [`ImportError::Refused`] when there is none, or one cannot
/// be used; [`ImportError::Question`] when only a person can decide.
pub fn import_meetings(
    sources: &[Source],
    options: &ImportOptions,
    progress: &Progress,
    cancel: &Cancel,
) -> Result<ImportedMeetings, ImportError> {
    let mut reading = Reading::default();
    let mut first: Option<(Era, Columns)> = None;
    let why = "Who initiated meetings is in the meeting query.";
    let files = each_of_kind(sources, options, QueryKind::Meeting, why, cancel, |examined| {
        let columns = Columns::of(examined)?;
        if first.as_ref().is_some_and(|(_, before)| !before.is_like(&columns)) {
            let why = "Their columns differ, so that their meetings would not be told in the same way.";
            return Err(Refusal::new("These files cannot be added up.", why, "Open them one by one.").into());
        }
        reading.part(examined, &columns, options, (progress, cancel))?;
        first.get_or_insert((examined.era.0, columns));
        Ok(())
    })?;
    let (era, columns) = first.ok_or_else(no_file)?;
    let report = MeetingReport {
        files,
        era: if era == Era::Undecided { columns.era } else { era },
        outside_header: columns.outside.as_ref().map(|(_, header)| header.clone()),
        rows: reading.read,
        repeated: reading.repeated,
        without_day: 0,
    };
    reading.finish(report, &columns, options)
}

/// Where things stand in a file.
#[derive(Clone, Debug)]
struct Columns {
    day: usize,
    duration: Option<(usize, TimeUnit)>,
    attendees: Option<usize>,
    invited: Option<usize>,
    outside: Option<(usize, String)>,
    canceled: Option<usize>,
    all_day: Option<usize>,
    internal: Option<usize>,
    domain: Option<usize>,
    organizer: Option<usize>,
    attributes: Vec<(String, usize)>,
    era: Era,
}

/// Attributes of organizers in Viva's query, where they stand among other columns.
const BARE_ATTRIBUTES: [&str; 14] = [
    "organization",
    "org",
    "department",
    "businessunit",
    "function",
    "functiontype",
    "jobfunction",
    "level",
    "leveldesignation",
    "supervisorindicator",
    "region",
    "location",
    "country",
    "countryorregion",
];

/// What is no attribute to group by among Workplace Analytics' `Organizer_` columns.
const NO_ATTRIBUTES: [&str; 8] =
    ["domain", "isinternal", "personid", "zid", "attainment", "timezone", "hourlyrate", "layer"];

impl Columns {
    fn of(examined: &Examined) -> Result<Self, ImportError> {
        let layout = &examined.layout;
        let keys = Keys::of(examined);
        let header = |at: usize| layout.headers.get(at).cloned().unwrap_or_default();
        let day =
            keys.find(&["startdate", "collaborationstarttime", "starttime", "starttimeutc", "date", "metricdate"]);
        let day = day.ok_or_else(|| {
            Refusal::new(
                "No column holds the day of a meeting.",
                "The header does not name a start.",
                "Add the start of the meeting to the query and export it again.",
            )
            .at_line(layout.header_line)
        })?;
        let is_outside = |key: &&String| {
            let is_of_people = ["attendee", "participant", "invitee"].iter().any(|word| key.contains(word));
            let is_outside = key.contains("external") || key.contains("outside");
            is_outside && (is_of_people || ["isexternal", "hasexternal", "externalmeeting"].contains(&key.as_str()))
        };
        let outside = keys.0.iter().find(is_outside).and_then(|key| keys.find(&[key]));
        let is_wpa = keys.0.iter().any(|key| key.starts_with("organizer") && key.as_str() != "organizer");
        let attributes = keys.0.iter().enumerate().filter_map(|(at, key)| {
            let is_attribute = match key.strip_prefix("organizer") {
                Some(name) => !name.is_empty() && !NO_ATTRIBUTES.contains(&name),
                None => !is_wpa && BARE_ATTRIBUTES.contains(&key.as_str()),
            };
            is_attribute.then(|| (without_prefix(&header(at)), at))
        });
        let hours = keys.find(&["durationhours", "durationinhours", "duration", "meetingduration"]);
        let minutes = keys.find(&["durationminutes", "durationinminutes"]);
        Ok(Self {
            day,
            duration: (hours.map(|at| (at, TimeUnit::Hours))).or(minutes.map(|at| (at, TimeUnit::Minutes))),
            attendees: keys.find(&["numberofattendees", "attendees", "totalattendees"]),
            invited: keys.find(&["intendedparticipantcount", "invitees", "numberofinvitees", "totalinvitees"]),
            outside: outside.map(|at| (at, header(at))),
            canceled: keys.find(&["iscancelled", "iscanceled", "cancelled", "canceled"]),
            all_day: keys.find(&["alldaymeeting", "isallday", "isalldaymeeting", "allday"]),
            internal: keys.find(&["organizerisinternal", "isinternal", "populationtype", "organizerpopulationtype"]),
            domain: keys.find(&["organizerdomain", "domain"]),
            organizer: keys.find(&["organizerpersonid", "organizer", "organizerid"]),
            attributes: attributes.collect(),
            era: if is_wpa { Era::Wpa } else { Era::Viva },
        })
    }

    /// Whether meetings of both can stand in one list.
    fn is_like(&self, other: &Self) -> bool {
        let names = |columns: &Self| columns.attributes.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
        names(self) == names(other)
            && (self.era, self.outside.is_some()) == (other.era, other.outside.is_some())
            && self.internal.is_some() == other.internal.is_some()
    }
}

/// "Region" of "Organizer_Region".
fn without_prefix(header: &str) -> String {
    let trimmed = header.trim();
    let rest =
        trimmed.get(9..).filter(|_| trimmed.get(..9).is_some_and(|start| start.eq_ignore_ascii_case("organizer")));
    rest.unwrap_or(trimmed).trim_start_matches(['_', ' ', '-', '.']).to_owned()
}

/// What was read so far.
#[derive(Default)]
struct Reading {
    /// Meetings whose day is that of the number beside them.
    meetings: Vec<(u32, Meeting)>,
    values: Vec<Names>,
    codes: Vec<Vec<Option<u32>>>,
    domains: Names,
    organizers: Names,
    days: Days,
    seen: Seen,
    read: u64,
    repeated: u64,
}

impl Reading {
    fn part(
        &mut self,
        examined: &Examined,
        columns: &Columns,
        options: &ImportOptions,
        (progress, cancel): (&Progress, &Cancel),
    ) -> Result<(), ImportError> {
        let found = columns.duration.map_or(b'.', |(at, _)| decimal_of(examined, at));
        let decimal = options.decimal.unwrap_or(found);
        self.values.resize_with(columns.attributes.len(), Names::default);
        self.codes.resize_with(columns.attributes.len(), Vec::new);
        each_record(examined, progress, cancel, |record, line| self.record(record, columns, decimal, line))
    }

    fn record(&mut self, record: &csv::ByteRecord, columns: &Columns, decimal: u8, line: u64) {
        if is_empty(record) {
            return;
        }
        self.read += 1;
        if !self.seen.is_new(record) {
            self.repeated += 1;
            return;
        }
        let cell = |column: usize| cells::trim(record.get(column).unwrap_or_default());
        let word = |column: Option<usize>| column.map(cell).filter(|cell| !cells::is_blank(cell));
        let count = |column: Option<usize>| match column.map(|column| cells::count(cell(column), decimal)) {
            Some(Cell::Value(count)) => Some(count.round() as u32),
            _ => None,
        };
        let is = |column: Option<usize>| word(column).and_then(cells::flag).unwrap_or_default();
        let duration = columns.duration.map(|(column, unit)| unit.seconds(cell(column), decimal));
        let mut has_attributes = false;
        for ((_, column), (values, codes)) in
            columns.attributes.iter().zip(self.values.iter_mut().zip(self.codes.iter_mut()))
        {
            let value = word(Some(*column)).map(cells::name_of);
            has_attributes |= value.is_some();
            codes.push(value.map(|value| values.number(&value)));
        }
        let lower = |cell: &[u8]| String::from_utf8_lossy(cell).to_lowercase();
        let meeting = Meeting {
            seconds: match duration {
                Some(Cell::Value(seconds)) => Some(seconds),
                _ => None,
            },
            attendees: count(columns.attendees),
            invited: count(columns.invited),
            outside: columns.outside.as_ref().and_then(|(column, _)| outside(cell(*column), decimal)),
            is_canceled: is(columns.canceled),
            is_all_day: is(columns.all_day),
            organizer_is_internal: word(columns.internal).and_then(is_internal),
            organizer_has_attributes: has_attributes,
            domain: word(columns.domain).map(|cell| self.domains.number(&lower(cell))),
            organizer: word(columns.organizer).map(|cell| self.organizers.number(&lower(cell))),
            ..Meeting::default()
        };
        self.meetings.push((self.days.number(cell(columns.day), line), meeting));
    }

    fn finish(
        self,
        mut report: MeetingReport,
        columns: &Columns,
        options: &ImportOptions,
    ) -> Result<ImportedMeetings, ImportError> {
        let days = self.days.read(options, false)?;
        let day = |number: u32| days.get(number as usize).copied().flatten();
        let kept: Vec<bool> = self.meetings.iter().map(|(number, _)| day(*number).is_some()).collect();
        let meetings: Vec<Meeting> = (self.meetings.iter())
            .filter_map(|(number, meeting)| Some(Meeting { day: day(*number)?, ..*meeting }))
            .collect();
        if meetings.is_empty() {
            let why = "No row has a day that can be read.";
            return Err(Refusal::new("This export has no meetings to use.", why, "Export it again.").into());
        }
        report.without_day = (kept.len() - meetings.len()) as u64;
        let attributes =
            columns.attributes.iter().zip(self.values).zip(self.codes).map(|(((name, _), values), codes)| {
                let codes = codes.into_iter().zip(&kept).filter(|(_, kept)| **kept).map(|(code, _)| code);
                OrganizerAttribute { name: name.clone(), values: values.names, codes: codes.collect() }
            });
        let list = MeetingList {
            attributes: attributes.collect(),
            meetings,
            domains: self.domains.names,
            says_outside: columns.outside.is_some(),
            counts_only_inside: report.era == Era::Viva,
        };
        Ok(ImportedMeetings { list, report })
    }
}

/// People from outside, or whether there are any.
fn outside(cell: &[u8], decimal: u8) -> Option<u32> {
    match (cells::count(cell, decimal), cells::flag(cell)) {
        (Cell::Value(count), _) => Some(count.round() as u32),
        (_, Some(any)) => Some(u32::from(any)),
        _ => None,
    }
}

/// TRUE and FALSE, and Viva's "InternalCollaborator".
fn is_internal(cell: &[u8]) -> Option<bool> {
    let word = String::from_utf8_lossy(cell).to_lowercase();
    match word {
        word if word.starts_with("internal") => Some(true),
        word if word.starts_with("external") => Some(false),
        _ => cells::flag(cell),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use chrono::NaiveDate;

    fn read(text: &str) -> Result<ImportedMeetings, ImportError> {
        let source = Source::Bytes { name: "meetings.csv".to_owned(), bytes: text.as_bytes().into() };
        import_meetings(&[source], &ImportOptions::default(), &Progress::default(), &Cancel::default())
    }

    #[test]
    fn workplace_analytics_says_whether_the_organizer_is_internal() {
        let text = "MeetingId,StartDate,StartTimeUTC,Attendees,Organizer_Domain,Organizer_Organization,Organizer_IsInternal,\
                    Organizer_PersonId,IsCancelled,DurationHours,Invitees\n\
                    m1,3/17/2020,9:00:00,4,us.com,Sales,True,abc,False,0.5,6\n\
                    m2,3/18/2020,9:00:00,2,Them.com,,FALSE,,TRUE,1,2\n";
        let ImportedMeetings { list, report } = read(text).unwrap();
        assert_eq!((report.era, report.rows, list.counts_only_inside, list.says_outside), (Era::Wpa, 2, false, false));
        let expected = Meeting {
            day: NaiveDate::from_ymd_opt(2020, 3, 17).unwrap(),
            seconds: Some(1800),
            attendees: Some(4),
            invited: Some(6),
            organizer_is_internal: Some(true),
            organizer_has_attributes: true,
            domain: Some(0),
            organizer: Some(0),
            ..Meeting::default()
        };
        assert_eq!(list.meetings[0], expected);
        assert!(list.meetings[1].is_canceled && list.meetings[1].organizer_is_internal == Some(false));
        assert_eq!(list.domains, ["us.com", "them.com"]);
        assert_eq!(list.attribute("organization").unwrap().codes, [Some(0), None]);
    }

    #[test]
    fn viva_has_bare_attributes_and_a_column_of_the_analyst_tells_people_from_outside() {
        let text = "\u{feff}MeetingId,Number_of_attendees,External attendee count,Subject,All_Day_Meeting,Cancelled,\
                    Intended_participant_count,Collaboration_start_time,Organizer,Population_Type,Organization,Domain,Duration\n\
                    m1,3,2,Plans,FALSE,FALSE,3,27/01/2023 11:30,9c2a,InternalCollaborator,Sales,X.COM,0.083333333\n\
                    m2,3,,Plans,TRUE,FALSE,3,05/02/2023 11:30,NA,NA,NA,NA,24\n\
                    m2,3,,Plans,TRUE,FALSE,3,05/02/2023 11:30,NA,NA,NA,NA,24\n\
                    m3,3,0,Plans,TRUE,FALSE,3,someday,NA,NA,NA,NA,24\n";
        let ImportedMeetings { list, report } = read(text).unwrap();
        assert_eq!((report.rows, report.repeated, report.without_day), (4, 1, 1));
        assert_eq!(report.outside_header.as_deref(), Some("External attendee count"));
        let told: Vec<_> = list.meetings.iter().map(|m| (m.day.to_string(), m.seconds, m.outside)).collect();
        // 0.083333333 hours are 300 seconds; the day comes first in every date.
        let days = [("2023-01-27".to_owned(), Some(300), Some(2)), ("2023-02-05".to_owned(), Some(86_400), None)];
        assert_eq!(told, days);
        let unknown = list.meetings[1];
        assert_eq!(
            (unknown.organizer_is_internal, unknown.organizer_has_attributes, unknown.organizer),
            (None, false, None)
        );
        assert!(list.counts_only_inside && list.says_outside && unknown.is_all_day);
    }

    #[test]
    fn another_file_is_refused_and_a_file_without_days_too() {
        let what = |text: &str| match read(text) {
            Err(ImportError::Refused(refusal)) => refusal.what.plain(),
            other => format!("{other:?}"),
        };
        assert_eq!(what("PersonId,MetricDate,Collaboration_hours\np,2026-03-01,1\n"), "This is a person query.");
        assert_eq!(what("MeetingId,Attendees,Duration\nm,2,1\n"), "No column holds the day of a meeting.");
        assert_eq!(what("MeetingId,StartDate,Attendees\nm,soon,1\n"), "This export has no meetings to use.");
    }
}
