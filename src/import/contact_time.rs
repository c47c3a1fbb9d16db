//! Exports about time with contacts outside: the external collaboration query, and person-to-group by domain.
//!
//! Viva's external collaboration query and Workplace Analytics' person-to-group query count hours; Viva's
//! person-to-group query counts minutes. A header that says hours is hours; of what Viva calls "time invested" minutes
//! are read; anything else is refused rather than guessed.

use super::cells::{self, Cell};
use super::container;
use super::dates;
use super::kinds::QueryKind;
use super::options::{ImportOptions, Source};
use super::problem::{ImportError, Refusal};
use super::read::{self, Examined};
use super::records::{Days, Keys, Names, ReadFile, Seen, TimeUnit, decimal_of, each_record, is_empty, no_file};
use crate::dataset::{ContactDetail, ContactRow, ContactTime, Era, Grain};
use crate::work::{Cancel, Progress};

/// How an export of time with contacts was read. Rows in the file = rows used + rows set aside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContactReport {
    /// The files, one by one.
    pub files: Vec<ReadFile>,
    /// Which query it is.
    pub kind: QueryKind,
    /// The product that it is from.
    pub era: Era,
    /// The header of the column of time.
    pub time_header: String,
    /// What each column that counts holds, and its header.
    pub columns: Vec<(&'static str, String)>,
    /// What that column counts.
    pub unit: TimeUnit,
    /// Rows in the files.
    pub rows: u64,
    /// Rows that count.
    pub rows_used: u64,
    /// Rows that are in the files again, cell by cell.
    pub repeated: u64,
    /// Rows without a person.
    pub without_person: u64,
    /// Rows without a day that can be read and is plausible.
    pub without_day: u64,
    /// Rows whose time cannot be read, is negative, or is more than the period has.
    pub without_time: u64,
    /// Rows about time within the company.
    pub internal: u64,
}

impl ContactReport {
    /// Rows that cannot be read: without a person, a day or a time.
    #[must_use]
    pub const fn unreadable(&self) -> u64 {
        self.without_person + self.without_day + self.without_time
    }
}

/// A table of time with contacts, and how it came to be.
#[derive(Clone, Debug)]
pub struct ImportedContacts {
    /// The rows.
    pub table: ContactTime,
    /// How it was read.
    pub report: ContactReport,
}

/// A row before the order of its date is known.
struct Raw {
    person: u32,
    contact: u32,
    day: u32,
    seconds: u32,
}

/// Reads exports of one kind about time with contacts; several are stacked.
///
/// # Errors
/// [`ImportError::Cancelled`] soon after `cancel` says so; [`ImportError::Refused`] when a source cannot be used;
/// [`ImportError::Question`] when only a person can decide.
pub fn import_contacts(
    sources: &[Source],
    options: &ImportOptions,
    progress: &Progress,
    cancel: &Cancel,
) -> Result<ImportedContacts, ImportError> {
    let mut reading = Reading::default();
    let mut first: Option<(QueryKind, Era, Columns)> = None;
    let mut files = Vec::new();
    for part in container::open_all(sources, cancel)?.parts {
        let (name, path) = (part.name.clone(), part.path.clone());
        let read = || -> Result<(QueryKind, Era, Columns), ImportError> {
            let examined = read::examine(part, options)?;
            let columns = Columns::of(&examined)?;
            if first.as_ref().is_some_and(|(kind, _, before)| (*kind, before.unit) != (examined.kind, columns.unit)) {
                let why = "Rows of different kinds cannot be added up.";
                return Err(Refusal::new("These files are not of one kind.", why, "Open them one by one.").into());
            }
            reading.part(&examined, &columns, options, progress, cancel)?;
            Ok((examined.kind, examined.era.0, columns))
        };
        let found = read().map_err(|error| error.in_source(&name, path.as_ref()))?;
        first.get_or_insert(found);
        files.push(ReadFile { name, path });
    }
    let Some((kind, era, columns)) = first else {
        return Err(no_file());
    };
    let report = ContactReport {
        files,
        kind,
        era: if era == Era::Undecided { columns.era } else { era },
        time_header: columns.time_header.clone(),
        columns: columns.headers.clone(),
        unit: columns.unit,
        rows: 0,
        rows_used: 0,
        repeated: 0,
        without_person: 0,
        without_day: 0,
        without_time: 0,
        internal: 0,
    };
    reading.finish(report, &columns, options)
}

/// Where things stand in a file.
#[derive(Clone, Debug)]
struct Columns {
    person: usize,
    contact: usize,
    period: usize,
    time: usize,
    time_header: String,
    headers: Vec<(&'static str, String)>,
    unit: TimeUnit,
    detail: ContactDetail,
    era: Era,
}

impl Columns {
    fn of(examined: &Examined) -> Result<Self, ImportError> {
        let layout = &examined.layout;
        let keys = Keys::of(examined);
        let find = |names: &[&str]| keys.find(names);
        let refuse = |what: &str, why: &str, what_to_do: &str| -> ImportError {
            Refusal::new(what, why, what_to_do).at_line(layout.header_line).into()
        };
        let (contact, detail) = match examined.kind {
            QueryKind::ExternalCollaboration => (find(&["secondarycollaboratoremail"]), ContactDetail::Address),
            QueryKind::PersonToGroup => {
                (find(&["secondarycollaboratordomain", "collaboratorsdomain"]), ContactDetail::Domain)
            }
            kind => {
                return Err(refuse(
                    &format!("This is {}.", kind.in_words()),
                    "Time with contacts is in the external collaboration query, and in person-to-group by domain.",
                    "Export one of these and open it here.",
                ));
            }
        };
        let contact = contact.ok_or_else(|| {
            refuse(
                "This person-to-group query does not name domains.",
                "It is grouped by another attribute, so nobody outside can be told apart.",
                "Export it again, grouped by Domain.",
            )
        })?;
        let is_viva = keys.0.iter().any(|key| key.starts_with("primarycollaborator"));
        let time = find(&[
            "collaborationhourswithexternalcollaborators",
            "collaborationhourswithexternalcollaborator",
            "collaborationhours",
            "collaborationtimeinvested",
            "externalcollaborationhours",
        ]);
        let time = time.ok_or_else(|| {
            refuse(
                "No column holds the time of a row.",
                "Collaboration hours (or collaboration time invested) with the contact are needed.",
                "Add that metric to the query and export it again.",
            )
        })?;
        let is_hours = keys.get(time).contains("hours");
        let missing = |name: &str| {
            refuse(&format!("No column holds the {name} of a row."), "The header does not name it.", "Export it again.")
        };
        let person = find(&["primarycollaboratorpersonid", "personid"]).ok_or_else(|| missing("person"))?;
        let period = find(&["metricdate", "date"]).ok_or_else(|| missing("date"))?;
        let header = |column: usize| layout.headers.get(column).cloned().unwrap_or_default();
        let named = [("Person", person), ("Contact", contact), ("Period", period), ("Time", time)];
        Ok(Self {
            person,
            contact,
            period,
            time,
            time_header: header(time),
            headers: named.map(|(what, column)| (what, header(column))).to_vec(),
            unit: if is_hours { TimeUnit::Hours } else { TimeUnit::Minutes },
            detail,
            era: if is_viva { Era::Viva } else { Era::Wpa },
        })
    }
}

/// What was read so far.
#[derive(Default)]
struct Reading {
    rows: Vec<Raw>,
    people: Names,
    contacts: Names,
    days: Days,
    seen: Seen,
    read: u64,
    repeated: u64,
    without_person: u64,
    without_time: u64,
    internal: u64,
}

impl Reading {
    fn part(
        &mut self,
        examined: &Examined,
        columns: &Columns,
        options: &ImportOptions,
        progress: &Progress,
        cancel: &Cancel,
    ) -> Result<(), ImportError> {
        let decimal = options.decimal.unwrap_or_else(|| decimal_of(examined, columns.time));
        each_record(examined, progress, cancel, |record, line| self.record(record, columns, decimal, line))
    }

    fn record(&mut self, record: &csv::ByteRecord, columns: &Columns, decimal: u8, line: u64) {
        let cell = |column: usize| cells::trim(record.get(column).unwrap_or_default());
        if is_empty(record) {
            return;
        }
        self.read += 1;
        // The same cells again are the same row again; other attributes of a contact are other cells.
        if !self.seen.is_new(record) {
            self.repeated += 1;
            return;
        }
        let person = String::from_utf8_lossy(cell(columns.person)).to_lowercase();
        if cells::is_blank(cell(columns.person)) {
            self.without_person += 1;
            return;
        }
        let contact = String::from_utf8_lossy(cell(columns.contact)).to_lowercase();
        let Some(contact) = outside(&contact) else {
            self.internal += 1;
            return;
        };
        let seconds = match columns.unit.seconds(cell(columns.time), decimal) {
            Cell::Value(seconds) => seconds,
            Cell::Blank => 0,
            _ => {
                self.without_time += 1;
                return;
            }
        };
        let day = self.days.number(cell(columns.period), line);
        let (person, contact) = (self.people.number(&person), self.contacts.number(contact));
        self.rows.push(Raw { person, contact, day, seconds });
    }

    fn finish(
        self,
        mut report: ContactReport,
        columns: &Columns,
        options: &ImportOptions,
    ) -> Result<ImportedContacts, ImportError> {
        let days = self.days.read(options, false)?;
        let mut periods: Vec<_> = days.iter().flatten().copied().collect();
        periods.sort_unstable();
        periods.dedup();
        let Some(first) = periods.first() else {
            let why = "No row has a day that can be read.";
            return Err(Refusal::new("This export has no rows to use.", why, "Export it again.").into());
        };
        let grain = match (options.grain, dates::decide_grain(&periods)) {
            (Some(grain), _) => grain,
            (None, Some(decided)) => decided?.0,
            // Viva's person-to-group query is by month.
            (None, None) if report.kind == QueryKind::PersonToGroup && report.era == Era::Viva => Grain::Month,
            (None, None) => dates::grain_of_one_day(*first).0,
        };
        let most_seconds = match grain {
            Grain::Day => 24,
            Grain::Week => 7 * 24,
            Grain::Month => 31 * 24,
        } * 3600;
        let mut rows = Vec::with_capacity(self.rows.len());
        let (mut without_day, mut too_long) = (0, 0);
        for row in &self.rows {
            let day = days.get(row.day as usize).copied().flatten();
            let period = day.and_then(|day| periods.binary_search(&day).ok()).and_then(|at| u32::try_from(at).ok());
            match period {
                None => without_day += 1,
                Some(_) if row.seconds > most_seconds => too_long += 1,
                Some(period) => rows.push(ContactRow {
                    person: row.person,
                    contact: row.contact,
                    period,
                    seconds: row.seconds.into(),
                }),
            }
        }
        report.rows = self.read;
        report.rows_used = rows.len() as u64;
        report.repeated = self.repeated;
        report.without_person = self.without_person;
        report.without_day = without_day;
        report.without_time = self.without_time + too_long;
        report.internal = self.internal;
        let table = ContactTime::new(rows, self.contacts.names, periods, grain, columns.detail);
        Ok(ImportedContacts { table, report })
    }
}

/// The contact that a lower-case cell names: an empty one for outside time of nobody named. `None` for time within the
/// company.
fn outside(cell: &str) -> Option<&str> {
    let key: String = cell.chars().filter(|c| c.is_alphanumeric()).collect();
    match key.as_str() {
        "withingroup" | "collaboratorswithingroup" | "internalcollaborators" | "unclassifiedinternal" | "internal" => {
            None
        }
        ""
        | "na"
        | "null"
        | "othercollaborators"
        | "unclassifiedexternal"
        | "unclassifiedcollaborators"
        | "other"
        | "unclassified" => Some(""),
        _ => Some(cell),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use chrono::NaiveDate;

    fn read(text: &str) -> Result<ImportedContacts, ImportError> {
        let source = Source::Bytes { name: "contacts.csv".to_owned(), bytes: text.as_bytes().into() };
        import_contacts(&[source], &ImportOptions::default(), &Progress::default(), &Cancel::default())
    }

    fn seconds(imported: &ImportedContacts) -> Vec<(&str, u64)> {
        let table = &imported.table;
        table.rows().iter().map(|row| (table.contacts()[row.contact as usize].as_str(), row.seconds)).collect()
    }

    #[test]
    fn the_external_collaboration_query_counts_hours_by_address() {
        let text = "PrimaryCollaborator_PersonId,PrimaryCollaborator_Organization,SecondaryCollaborator_Email,MetricDate,\
                    Meeting Hours with External Collaborators,Collaboration Hours with External Collaborators\n\
                    p1,Sales,Jo@Contoso.com,2026-03-01,9,1.5\n\
                    p1,Sales,jo@contoso.com,2026-04-01,9,0.25\n\
                    p2,Sales,,2026-04-01,9,2\n";
        let imported = read(text).unwrap();
        assert_eq!(seconds(&imported), [("jo@contoso.com", 5400), ("jo@contoso.com", 900), ("", 7200)]);
        assert_eq!((imported.table.grain(), imported.table.detail()), (Grain::Month, ContactDetail::Address));
        assert_eq!((imported.report.unit, imported.report.era), (TimeUnit::Hours, Era::Viva));
        assert_eq!((imported.report.rows, imported.report.rows_used), (3, 3));
    }

    #[test]
    fn person_to_group_counts_minutes_in_viva_and_hours_in_workplace_analytics() {
        let viva = "PrimaryCollaborator_PersonId,SecondaryCollaborator_Domain,MetricDate,Collaboration time invested\n\
                    p1,contoso.com,01/03/2026,90\np1,Within Group,01/04/2026,30\np1,contoso.com,01/05/2026,0.5\n";
        let imported = read(viva).unwrap();
        // 90 minutes and half a minute; the time within the group is none outside.
        assert_eq!(seconds(&imported), [("contoso.com", 5400), ("contoso.com", 30)]);
        assert_eq!((imported.report.unit, imported.report.internal), (TimeUnit::Minutes, 1));
        let wpa = "PersonId,Collaborators_Domain,Date,Collaboration_hours\np1,contoso.com,3/1/2020,1.5\n\
                   p1,Other_Collaborators,3/29/2020,1\np2,contoso.com,3/8/2020,1\n";
        let imported = read(wpa).unwrap();
        assert_eq!(seconds(&imported), [("contoso.com", 5400), ("", 3600), ("contoso.com", 3600)]);
        assert_eq!((imported.report.unit, imported.report.era), (TimeUnit::Hours, Era::Wpa));
        assert_eq!(imported.table.periods()[0], NaiveDate::from_ymd_opt(2020, 3, 1).unwrap());
    }

    #[test]
    fn what_is_set_aside_is_counted_and_the_rows_add_up() {
        let text = "PrimaryCollaborator_PersonId;SecondaryCollaborator_Email;MetricDate;Collaboration_Hours_With_External_Collaborators\n\
                    p1;a@b.com;2026-03-01;1,5\n\
                    p1;a@b.com;2026-03-01;1,5\n\
                    ;a@b.com;2026-03-01;1\n\
                    p2;a@b.com;soon;1\n\
                    p2;a@b.com;2026-03-08;-1\n\
                    p2;a@b.com;2026-03-08;200\n\
                    p3;a@b.com;2026-03-08;2,25\n\
                    \n";
        let imported = read(text).unwrap();
        let report = &imported.report;
        assert_eq!((report.rows, report.rows_used), (7, 2));
        assert_eq!((report.repeated, report.without_person, report.without_day, report.without_time), (1, 1, 1, 2));
        assert_eq!(seconds(&imported), [("a@b.com", 5400), ("a@b.com", 8100)]);
    }

    #[test]
    fn other_files_are_refused_with_what_to_export() {
        let what = |text: &str| match read(text) {
            Err(ImportError::Refused(refusal)) => format!("{} {}", refusal.what.plain(), refusal.what_to_do),
            other => format!("{other:?}"),
        };
        let person = "PersonId,MetricDate,Collaboration_hours\np,2026-03-01,1\n";
        assert!(what(person).starts_with("This is a person query."), "{}", what(person));
        let by_function = "PrimaryCollaborator_PersonId,SecondaryCollaborator_FunctionType,MetricDate,Collaboration time invested\np,x,2026-03-01,1\n";
        assert!(what(by_function).contains("grouped by Domain"), "{}", what(by_function));
        let counts = "PrimaryCollaborator_PersonId,SecondaryCollaborator_Domain,MetricDate,Meeting_Count\np,x.com,2026-03-01,1\n";
        assert!(what(counts).starts_with("No column holds the time"), "{}", what(counts));
    }
}
