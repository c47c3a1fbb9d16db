//! Who leads whom, from organizational data that is opened beside a person query: its `ManagerId` gives people an
//! attribute that exports of metrics do not have.
//!
//! A manager has direct reports who lead nobody, a leader direct reports who lead somebody; who has both is a leader.
//! Reports are counted in the organizational data, whether or not the person query measures them. Where somebody stands
//! in it several times, the row that came into effect last counts; of rows without a date the last one.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::PathBuf;

use chrono::NaiveDate;

use super::cells;
use super::kinds::QueryKind;
use super::options::ImportOptions;
use super::problem::{ImportError, Refusal};
use super::read::Examined;
use super::records::{Days, Keys, each_record};
use crate::dataset::{Dataset, LEADERSHIP, Leads, NOT_SET};
use crate::work::{Cancel, Progress};

/// What was read of organizational data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeadershipReport {
    /// The names of the files.
    pub names: Vec<String>,
    /// Their paths, as far as they have one.
    pub paths: Vec<PathBuf>,
    /// Rows in the files.
    pub rows: u64,
    /// Rows without a person.
    pub without_person: u64,
    /// People of the person query who are in the files, and who are not.
    pub found: usize,
    /// See `found`.
    pub not_found: usize,
}

/// One row: who, since when, under whom.
struct Row {
    person: Vec<u8>,
    manager: Vec<u8>,
    since: Option<u32>,
}

/// Reads organizational data and gives the people of a dataset what they lead.
pub(super) fn join(
    dataset: Dataset,
    files: &[Examined],
    options: &ImportOptions,
    (progress, cancel): (&Progress, &Cancel),
) -> Result<(Dataset, LeadershipReport), ImportError> {
    let mut report = LeadershipReport {
        names: files.iter().map(|file| file.part.name.clone()).collect(),
        paths: files.iter().filter_map(|file| file.part.path.clone()).collect(),
        rows: 0,
        without_person: 0,
        found: 0,
        not_found: 0,
    };
    let (mut rows, mut days) = (Vec::new(), Days::default());
    for file in files {
        let (name, path) = (&file.part.name, file.part.path.as_ref());
        read(file, &mut rows, &mut days, &mut report, (progress, cancel))
            .map_err(|error| error.in_source(name, path))?;
    }
    let days = days.read(options, true)?;
    let leads = leads(&managers(&rows, &days));
    let people: Vec<Option<Leads>> = (0..dataset.people())
        .map(|person| dataset.person_ids().get(u32::try_from(person).unwrap_or(u32::MAX)))
        .map(|id| id.and_then(|id| leads.get(id).copied()))
        .collect();
    report.found = people.iter().flatten().count();
    report.not_found = people.len() - report.found;
    // Where nobody is found the attribute would say nothing.
    if report.found == 0 {
        return Ok((dataset, report));
    }
    let name = |leads: Option<Leads>| leads.map_or(NOT_SET, Leads::name);
    let values: BTreeSet<&str> = people.iter().copied().map(name).collect();
    let values: Vec<String> = values.into_iter().map(str::to_owned).collect();
    let code = |leads: Option<Leads>| values.iter().position(|value| value == name(leads)).unwrap_or_default() as u16;
    let codes: Vec<u16> = people.into_iter().map(code).collect();
    Ok((dataset.with_attribute_of_people(LEADERSHIP, values, &codes), report))
}

/// Reads the rows of one file.
fn read(
    file: &Examined,
    rows: &mut Vec<Row>,
    days: &mut Days,
    report: &mut LeadershipReport,
    (progress, cancel): (&Progress, &Cancel),
) -> Result<(), ImportError> {
    let keys = Keys::of(file);
    let missing = |what: &str| -> ImportError {
        let why = "Who leads whom is read from PersonId and ManagerId.";
        let refusal =
            Refusal::new(format!("The organizational data has no {what}."), why, "Open the person query alone.");
        refusal.at_line(file.layout.header_line).into()
    };
    let person = keys.find(&["personid", "pid", "hashid", "employeeid"]).ok_or_else(|| missing("PersonId"))?;
    let manager = keys.find(&["managerid"]).ok_or_else(|| missing("ManagerId"))?;
    let since = keys.find(&["effectivedate"]);
    each_record(file, progress, cancel, |record, line| {
        let cell = |column: usize| cells::trim(record.get(column).unwrap_or_default());
        if record.iter().all(|cell| cells::trim(cell).is_empty()) {
            return;
        }
        report.rows += 1;
        if cells::is_blank(cell(person)) {
            report.without_person += 1;
            return;
        }
        let manager = Some(cell(manager)).filter(|manager| !cells::is_blank(manager)).unwrap_or_default();
        let since = since.map(|column| days.number(cell(column), line));
        rows.push(Row { person: cell(person).to_vec(), manager: manager.to_vec(), since });
    })
}

/// Each person's manager, by the row that came into effect last; empty for nobody.
fn managers<'a>(rows: &'a [Row], days: &[Option<NaiveDate>]) -> BTreeMap<&'a [u8], &'a [u8]> {
    let mut latest: BTreeMap<&[u8], (Option<NaiveDate>, &[u8])> = BTreeMap::new();
    for row in rows {
        let since = row.since.and_then(|number| days.get(number as usize).copied().flatten());
        let known = latest.entry(&row.person).or_insert((since, &row.manager));
        if since >= known.0 {
            *known = (since, &row.manager);
        }
    }
    latest.into_iter().map(|(person, (_, manager))| (person, manager)).collect()
}

/// What everybody leads.
fn leads<'a>(managers: &BTreeMap<&'a [u8], &'a [u8]>) -> HashMap<&'a [u8], Leads> {
    let reports = || managers.iter().filter(|(person, manager)| !manager.is_empty() && person != manager);
    let leading: BTreeSet<&[u8]> = reports().map(|(_, manager)| *manager).collect();
    let leading_leaders: BTreeSet<&[u8]> =
        reports().filter(|(person, _)| leading.contains(*person)).map(|(_, manager)| *manager).collect();
    let of = |person: &[u8]| {
        if leading_leaders.contains(person) {
            Leads::Managers
        } else if leading.contains(person) {
            Leads::People
        } else {
            Leads::Nobody
        }
    };
    managers.keys().map(|person| (*person, of(person))).collect()
}

/// Whether a file tells who leads whom.
pub(super) fn is_one(examined: &Examined) -> bool {
    examined.kind == QueryKind::OrganizationData && Keys::of(examined).find(&["managerid"]).is_some()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::sync::Arc;

    use super::super::{Imported, Source, import};
    use super::*;

    const PERSON_QUERY: &str = "PersonId,MetricDate,Collaboration_hours,Organization\n\
                                ann,2024-03-31,1,Sales\nbob,2024-03-31,1,Sales\ncy,2024-03-31,1,Legal\n\
                                dee,2024-03-31,1,Legal\neve,2024-03-31,1,Legal\nann,2024-04-07,1,Sales\n";

    fn read(organization: &str) -> Imported {
        let source =
            |name: &str, text: &str| Source::Bytes { name: name.to_owned(), bytes: Arc::from(text.as_bytes()) };
        let sources = [source("people.csv", PERSON_QUERY), source("org.csv", organization)];
        import(&sources, &ImportOptions::default(), &Progress::default(), &Cancel::default()).unwrap()
    }

    fn of(imported: &Imported) -> Vec<&str> {
        let dataset = &imported.dataset;
        let attribute = dataset.attribute(LEADERSHIP).unwrap();
        (0..dataset.people() as u32)
            .map(|person| attribute.values[attribute.code_of_person(person).unwrap() as usize].as_str())
            .collect()
    }

    #[test]
    fn managers_lead_people_and_leaders_lead_managers() {
        // Ann leads Bob, Bob leads Cy and Dee; Ann leads Dee too, which changes nothing. Eve is not in it.
        let imported =
            read("PersonId,ManagerId,Organization\nann,,Sales\nbob,ann,Sales\ncy,bob,Legal\ndee,bob,Legal\n");
        assert_eq!(
            of(&imported),
            [Leads::Managers.name(), Leads::People.name(), Leads::Nobody.name(), Leads::Nobody.name(), NOT_SET]
        );
        let report = imported.report.leadership.unwrap();
        assert_eq!((report.rows, report.found, report.not_found), (4, 4, 1));
    }

    #[test]
    fn the_row_that_came_into_effect_last_counts_and_nobody_leads_themselves() {
        let imported = read(
            "PersonId,ManagerId,EffectiveDate\nann,ann,2024-01-01\nbob,ann,2024-03-01\nbob,cy,2024-02-01\n\
             cy,,2024-01-01\ndee,,2024-01-01\neve,,2024-01-01\n",
        );
        let nobody = Leads::Nobody.name();
        assert_eq!(of(&imported), [Leads::People.name(), nobody, nobody, nobody, nobody]);
    }

    #[test]
    fn where_no_id_is_the_same_nothing_is_added_and_it_is_said() {
        let imported = read("PersonId,ManagerId\nx,\ny,x\n");
        assert!(imported.dataset.attribute(LEADERSHIP).is_none());
        assert_eq!(imported.report.leadership.unwrap().not_found, 5);
    }
}
