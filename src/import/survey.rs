//! What the columns of a file hold, before any of it is read: for choosing their meaning, and to know files of the same
//! shape again.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use sha2::{Digest as _, Sha256};

use super::cells::{self, Cell};
use super::container;
use super::date_cells;
use super::exact::Record;
use super::headers::{self, MANAGER_ID, PERSON_ID};
use super::kinds::{self, QueryKind};
use super::options::{ImportOptions, Source};
use super::problem::{ImportError, Refusal};
use super::propose;
use super::read::{self, Examined};
use crate::dataset::Metric;
use crate::work::Cancel;

/// A file by its columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Survey {
    /// The name as shown.
    pub name: String,
    /// Its path, where it has one.
    pub path: Option<PathBuf>,
    /// The same for every file with the same headers, whatever their order: hexadecimal.
    pub shape: String,
    /// Which query it was recognized as.
    pub kind: QueryKind,
    /// The line of the header, counted from 1.
    pub header_line: u64,
    /// Its columns, in the file's order.
    pub columns: Vec<SurveyedColumn>,
}

/// A column by what its first cells hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SurveyedColumn {
    /// The header as in the file.
    pub header: String,
    /// The canonical column that it is read as without being told.
    pub canonical: Option<&'static str>,
    /// The canonical column that it may be, where it is read as none. To be accepted by a person.
    pub proposal: Option<&'static str>,
    /// What its cells hold.
    pub holds: Holds,
    /// Whether its cells are, or may be, names of people: none of them may be shown.
    pub names_people: bool,
    /// Distinct cells that are not blank, with the number of people who have each, where a column names people; else 0.
    /// Not to be shown before `privacy` has looked at them.
    pub cells: BTreeMap<String, usize>,
}

/// What cells hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Holds {
    /// Nothing.
    Nothing,
    /// Dates.
    Dates,
    /// Numbers.
    Numbers,
    /// Yes and no, TRUE and FALSE, 1 and 0.
    Flags,
    /// Something else.
    Words,
}

/// What may be chosen as the meaning of a column: canonical names, in the order in which they are offered.
#[must_use]
pub fn meanings() -> Vec<&'static str> {
    let others = [PERSON_ID, headers::PERIOD, headers::IS_ACTIVE, MANAGER_ID, headers::LAYER];
    others.into_iter().chain(Metric::ALL.iter().map(|metric| metric.name())).collect()
}

/// Looks at the first file that is a person query, or could be one; of the columns chosen in `options` nothing is
/// taken over, so that what was recognized can be told.
///
/// # Errors
/// When no file can be looked at, or the work was cancelled.
pub fn survey(sources: &[Source], options: &ImportOptions, cancel: &Cancel) -> Result<Survey, ImportError> {
    // Without a kind nothing is refused for what it lacks.
    let plain = ImportOptions { columns: Vec::new(), kind: Some(QueryKind::Unknown), ..options.clone() };
    let mut first = None;
    for part in container::open_all(sources, cancel)?.parts {
        if cancel.is_cancelled() {
            return Err(ImportError::Cancelled);
        }
        let (name, path) = (part.name.clone(), part.path.clone());
        let found = read::examine(part, &plain).map_err(|error| error.in_source(&name, path.as_ref()));
        match found.map(|examined| of(&examined)) {
            Ok(survey) if matches!(survey.kind, QueryKind::Person | QueryKind::Unknown) => return Ok(survey),
            other => first = first.or(Some(other)),
        }
    }
    first.unwrap_or_else(|| {
        Err(Refusal::new("There is no file here.", "The folder has no export in it.", "Open an export.").into())
    })
}

/// The columns of an examined file.
fn of(examined: &Examined) -> Survey {
    let layout = &examined.layout;
    let keys: Vec<String> = layout.headers.iter().map(|header| headers::key(header)).collect();
    let shape = shape(&layout.headers);
    let recognized = &layout.recognized;
    let has = |canonical: &str| recognized.column(canonical).is_some();
    let kind = kinds::recognize(&keys, has(PERSON_ID), has(headers::PERIOD), recognized.metrics());
    let canonical_of =
        |column: usize| recognized.columns.iter().find(|(_, taken)| *taken == column).map(|(name, _)| *name);
    let mut taken: Vec<&'static str> = recognized.columns.iter().map(|(name, _)| *name).collect();
    let rows = &examined.sampled;
    let mut columns: Vec<SurveyedColumn> = Vec::with_capacity(keys.len());
    for (column, header) in layout.headers.iter().enumerate() {
        let canonical = canonical_of(column);
        let holds = holds(rows.iter().filter_map(|row| row.get(column)));
        let is_known = canonical.is_some()
            || recognized.unread.contains(&column)
            || recognized.second_choices.iter().any(|(_, second)| *second == column);
        let proposal = if is_known { None } else { propose::proposal(header, holds, &taken) };
        taken.extend(proposal);
        let names_people = matches!(canonical.or(proposal), Some(PERSON_ID | MANAGER_ID));
        columns.push(SurveyedColumn {
            header: header.clone(),
            canonical,
            proposal,
            holds,
            names_people,
            cells: BTreeMap::new(),
        });
    }
    let is_person = |column: &SurveyedColumn| column.canonical.or(column.proposal) == Some(PERSON_ID);
    let person = columns.iter().position(is_person);
    for (place, column) in columns.iter_mut().enumerate() {
        column.cells = cells_of(rows, place, person);
        column.names_people = column.names_people || may_name_people(column, rows.len());
    }
    let part = &examined.part;
    Survey { name: part.name.clone(), path: part.path.clone(), shape, kind, header_line: layout.header_line, columns }
}

/// The SHA-256 of the headers in alphabetical order.
pub(super) fn shape(headers: &[String]) -> String {
    let mut keys: Vec<String> = headers.iter().map(|header| headers::key(header)).collect();
    keys.sort_unstable();
    let digest = Sha256::digest(keys.join("\n").as_bytes());
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What cells hold, blanks aside: what all of them do.
fn holds<'a>(column: impl Iterator<Item = &'a [u8]>) -> Holds {
    let (mut seen, mut flags, mut dates, mut numbers) = (0_usize, 0, 0, 0);
    for cell in column.map(cells::trim).filter(|cell| !cells::is_blank(cell)) {
        seen += 1;
        flags += usize::from(cells::flag(cell).is_some());
        dates += usize::from(date_cells::read(cell).is_some());
        let is_number = |mark: &u8| matches!(cells::count(cell, *mark), Cell::Value(_) | Cell::Negative);
        numbers += usize::from([b'.', b','].iter().any(is_number));
    }
    match seen {
        0 => Holds::Nothing,
        _ if flags == seen => Holds::Flags,
        // A few cells of another sort do not change what a column holds.
        _ if dates * 10 >= seen * 9 => Holds::Dates,
        _ if numbers * 10 >= seen * 9 => Holds::Numbers,
        _ => Holds::Words,
    }
}

/// The distinct cells of a column and how many people have each.
fn cells_of(rows: &[Record], column: usize, person: Option<usize>) -> BTreeMap<String, usize> {
    let mut people: BTreeMap<String, BTreeSet<&[u8]>> = BTreeMap::new();
    for row in rows {
        let Some(cell) = row.get(column).map(cells::trim).filter(|cell| !cells::is_blank(cell)) else {
            continue;
        };
        let who = person.and_then(|person| row.get(person)).map(cells::trim);
        people.entry(cells::name_of(cell).into_owned()).or_default().extend(who);
    }
    people.into_iter().map(|(cell, people)| (cell, people.len())).collect()
}

/// Whether cells look like names of people: addresses, long whole numbers, or words of which most stand once.
fn may_name_people(column: &SurveyedColumn, rows: usize) -> bool {
    let mut distinct = column.cells.keys();
    match column.holds {
        Holds::Words => distinct.any(|cell| cell.contains('@')) || rows > 20 && column.cells.len() * 2 > rows,
        Holds::Numbers => distinct.all(|cell| cell.len() > 3 && cell.bytes().all(|byte| byte.is_ascii_digit())),
        Holds::Nothing | Holds::Dates | Holds::Flags => false,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::sync::Arc;

    use super::*;

    fn of_text(text: &str) -> Survey {
        let source = Source::Bytes { name: "export.csv".to_owned(), bytes: Arc::from(text.as_bytes()) };
        survey(&[source], &ImportOptions::default(), &Cancel::default()).unwrap()
    }

    const GERMAN: &str = "Mitarbeiter-ID;Datum;Externe Zusammenarbeitsstunden;Abteilung;Kommentar\n\
                          a1;31.03.2024;1,5;Vertrieb;\n\
                          b2;31.03.2024;0,25;Recht;\n";

    #[test]
    fn a_file_of_unknown_headers_is_surveyed_with_proposals() {
        let survey = of_text(GERMAN);
        assert_eq!((survey.kind, survey.header_line), (QueryKind::Unknown, 1));
        let told: Vec<_> = survey.columns.iter().map(|column| (column.proposal, column.holds)).collect();
        assert_eq!(
            told,
            [
                (Some("person_id"), Holds::Words),
                (Some("period"), Holds::Dates),
                (Some("external_hours"), Holds::Numbers),
                (None, Holds::Words),
                (None, Holds::Nothing),
            ]
        );
        assert!(survey.columns[0].names_people && !survey.columns[3].names_people);
        assert_eq!(survey.columns[3].cells, BTreeMap::from([("Recht".to_owned(), 1), ("Vertrieb".to_owned(), 1)]));
    }

    #[test]
    fn what_is_recognized_is_told_and_not_proposed() {
        let survey =
            of_text("PersonId,MetricDate,External_collaboration_hours,Collaboration_hours\na,2024-03-31,1,2\n");
        assert_eq!(survey.kind, QueryKind::Person);
        assert!(survey.columns.iter().all(|column| column.canonical.is_some() && column.proposal.is_none()));
    }

    #[test]
    fn the_shape_is_that_of_the_headers_in_any_order() {
        let shape = |text: &str| of_text(text).shape;
        assert_eq!(
            shape("PersonId,Date,Meeting_hours\na,2024-03-31,1\n"),
            shape("Date;Meeting hours;Person ID\n2024-03-31;1;a\n")
        );
        assert_ne!(
            shape("PersonId,Date,Meeting_hours\na,2024-03-31,1\n"),
            shape("PersonId,Date,Email_hours\na,2024-03-31,1\n")
        );
    }

    #[test]
    fn addresses_and_numbers_of_people_count_as_names() {
        let rows: String =
            (0..30).map(|row| format!("p{row}@example.com,2024-03-31,1.5,{},Sales\n", 100_000 + row)).collect();
        let survey = of_text(&format!("Login,Date,Meeting_hours,Personnel_number,Organization\n{rows}"));
        let named: Vec<bool> = survey.columns.iter().map(|column| column.names_people).collect();
        assert_eq!(named, [true, false, false, true, false]);
    }
}
