//! Exports about time of groups with groups: the group-to-group query of both products.
//!
//! Workplace Analytics counts hours, a group its `TimeInvestors_`; Viva Insights counts minutes, a group its
//! `PrimaryCollaborator_`. A header that says hours is hours, any other time minutes. Several attributes in one export
//! make one group of their values.

use super::cells::{self, Cell};
use super::dates;
use super::kinds::QueryKind;
use super::options::{ImportOptions, Source};
use super::problem::{ImportError, Refusal};
use super::read::Examined;
use super::records::{
    Days, Keys, Names, ReadFile, Seen, TimeUnit, decimal_of, each_of_kind, each_record, is_empty, no_file, not_of_kind,
};
use crate::dataset::{Era, Grain, GroupRow, GroupTime, NOT_SET, Partner};
use crate::work::{Cancel, Progress};

/// Between the values of several attributes.
const BETWEEN_VALUES: &str = " / ";

/// How an export of time of groups was read. Rows in the file = rows used + rows set aside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupReport {
    /// The files.
    pub files: Vec<ReadFile>,
    /// The product that it is from.
    pub era: Era,
    /// The header of the column of time.
    pub time_header: String,
    /// What that column counts.
    pub unit: TimeUnit,
    /// Rows in the files.
    pub rows: u64,
    /// Rows that count.
    pub rows_used: u64,
    /// Rows that are in the files again, cell by cell.
    pub repeated: u64,
    /// Rows without a day that can be read and is plausible.
    pub without_day: u64,
    /// Rows whose time cannot be read, is negative, or is more than the members have.
    pub without_time: u64,
}

/// A table of time of groups, and how it came to be.
#[derive(Clone, Debug)]
pub struct ImportedGroups {
    /// The rows.
    pub table: GroupTime,
    /// How it was read.
    pub report: GroupReport,
}

/// Reads the group-to-group exports among the sources; several are stacked. Other exports in a folder or beside them
/// are passed over.
///
/// # Errors
/// [`ImportError::Cancelled`] soon after `cancel` says so; [`ImportError::Refused`] when there is none, or one cannot
/// be used; [`ImportError::Question`] when only a person can decide.
pub fn import_groups(
    sources: &[Source],
    options: &ImportOptions,
    progress: &Progress,
    cancel: &Cancel,
) -> Result<ImportedGroups, ImportError> {
    let mut reading = Reading::default();
    let mut first: Option<(Era, Columns)> = None;
    let why = "Time between groups is in the group-to-group query.";
    let files = each_of_kind(sources, options, QueryKind::GroupToGroup, why, cancel, |examined| {
        let columns = Columns::of(examined)?;
        if let Some((_, before)) = &first
            && (before.unit, &before.attribute) != (columns.unit, &columns.attribute)
        {
            let why = "Their groups are of different attributes, or their times of different units.";
            return Err(Refusal::new("These files cannot be added up.", why, "Open them one by one.").into());
        }
        reading.part(examined, &columns, options, (progress, cancel))?;
        first.get_or_insert((examined.era.0, columns));
        Ok(())
    })?;
    let (era, columns) = first.ok_or_else(no_file)?;
    let report = GroupReport {
        files,
        era: if era == Era::Undecided { columns.era } else { era },
        time_header: columns.time_header.clone(),
        unit: columns.unit,
        rows: reading.read,
        rows_used: 0,
        repeated: reading.repeated,
        without_day: 0,
        without_time: reading.without_time,
    };
    reading.finish(report, columns.attribute, options)
}

/// Where things stand in a file.
#[derive(Clone, Debug)]
struct Columns {
    from: Vec<usize>,
    from_size: Option<usize>,
    to: Vec<usize>,
    to_size: Option<usize>,
    period: usize,
    time: usize,
    time_header: String,
    unit: TimeUnit,
    attribute: String,
    era: Era,
}

/// The beginnings of the headers of a group and of its partner, and those of the headers that are no attributes.
const SIDES: [(&str, &str, Era); 2] =
    [("primarycollaborator", "secondarycollaborator", Era::Viva), ("timeinvestors", "collaborators", Era::Wpa)];

impl Columns {
    fn of(examined: &Examined) -> Result<Self, ImportError> {
        let layout = &examined.layout;
        let keys = Keys::of(examined);
        let refuse = |what: &str, why: &str, what_to_do: &str| -> ImportError {
            Refusal::new(what, why, what_to_do).at_line(layout.header_line).into()
        };
        let side = SIDES.into_iter().find(|(from, ..)| keys.0.iter().any(|key| key.starts_with(from)));
        let (from, to, era) = side.ok_or_else(|| not_of_kind(examined, "It names no group whose time it is."))?;
        let attributes = |prefix: &str| -> Vec<(String, usize)> {
            let of_side = keys.0.iter().enumerate().filter_map(|(at, key)| Some((key.strip_prefix(prefix)?, at)));
            let attributes = of_side.filter(|(name, _)| !["groupsize", "initiatedmeetinghours", ""].contains(name));
            attributes.map(|(name, at)| (name.to_owned(), at)).collect()
        };
        let size = |prefix: &str| keys.find(&[&format!("{prefix}groupsize")]);
        let (ours, theirs) = (attributes(from), attributes(to));
        let names = |side: &[(String, usize)]| side.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
        if ours.is_empty() || names(&ours) != names(&theirs) {
            return Err(refuse(
                "The two sides are grouped by different attributes.",
                "Only with the same attribute on both sides can a group be told from the others.",
                "Export it again with one attribute, such as Organization, on both sides.",
            ));
        }
        let time = keys.find(&[
            "groupcollaborationtimeinvested",
            "collaborationtimeinvested",
            "collaborationhours",
            "collaborationhrs",
            "groupmeetingtimeinvested",
            "meetingtimeinvested",
            "meetinghours",
        ]);
        let time = time.ok_or_else(|| {
            refuse(
                "No column holds the time of a row.",
                "Collaboration hours (or group collaboration time invested) are needed.",
                "Add that metric to the query and export it again.",
            )
        })?;
        let period = keys.find(&["metricdate", "date"]).ok_or_else(|| {
            refuse("No column holds the date of a row.", "The header does not name it.", "Export it again.")
        })?;
        let header = |at: &usize| layout.headers.get(*at).cloned().unwrap_or_default();
        let attribute: Vec<String> = ours.iter().map(|(_, at)| without_prefix(&header(at))).collect();
        Ok(Self {
            from: ours.iter().map(|(_, at)| *at).collect(),
            from_size: size(from),
            to: theirs.iter().map(|(_, at)| *at).collect(),
            to_size: size(to),
            period,
            time,
            time_header: header(&time),
            unit: if keys.get(time).contains("hours") || keys.get(time).ends_with("hrs") {
                TimeUnit::Hours
            } else {
                TimeUnit::Minutes
            },
            attribute: attribute.join(BETWEEN_VALUES),
            era,
        })
    }
}

/// "Organization" of "TimeInvestors_Organization", however the two are parted.
fn without_prefix(header: &str) -> String {
    let trimmed = header.trim().trim_start_matches('\u{feff}');
    let at = ["TimeInvestors", "Time Investors", "Time_Investors", "PrimaryCollaborator", "Primary Collaborator"];
    let start = |prefix: &&str| trimmed.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix));
    let rest = at.iter().find(|prefix| start(prefix)).and_then(|prefix| trimmed.get(prefix.len()..));
    rest.unwrap_or(trimmed).trim_start_matches(['_', ' ', '-', '.']).to_owned()
}

/// A row before the order of its date is known.
struct Raw {
    from: u32,
    to: Partner,
    day: u32,
    seconds: u64,
    from_size: Option<u32>,
    to_size: Option<u32>,
}

/// What was read so far.
#[derive(Default)]
struct Reading {
    rows: Vec<Raw>,
    groups: Names,
    days: Days,
    seen: Seen,
    read: u64,
    repeated: u64,
    without_time: u64,
}

impl Reading {
    fn part(
        &mut self,
        examined: &Examined,
        columns: &Columns,
        options: &ImportOptions,
        (progress, cancel): (&Progress, &Cancel),
    ) -> Result<(), ImportError> {
        let decimal = options.decimal.unwrap_or_else(|| decimal_of(examined, columns.time));
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
        let seconds = match (cells::count(cell(columns.time), decimal), columns.unit) {
            (Cell::Value(hours), TimeUnit::Hours) => (hours * 3600.0).round_ties_even() as u64,
            (Cell::Value(minutes), TimeUnit::Minutes) => (minutes * 60.0).round_ties_even() as u64,
            (Cell::Blank, _) => 0,
            _ => {
                self.without_time += 1;
                return;
            }
        };
        let values = |columns: &[usize]| -> Vec<String> {
            let cells = columns.iter().map(|column| cell(*column));
            cells.map(|cell| if cells::is_blank(cell) { NOT_SET.into() } else { cells::name_of(cell).into() }).collect()
        };
        let size = |column: Option<usize>| match column.map(|column| cells::count(cell(column), decimal)) {
            Some(Cell::Value(size)) if size >= 1.0 => Some(size as u32),
            _ => None,
        };
        let from = self.groups.number(&values(&columns.from).join(BETWEEN_VALUES));
        let partners = values(&columns.to);
        let to = match partners.iter().find_map(|value| Placeholder::of(value)) {
            Some(Placeholder::Within) => Partner::Group(from),
            Some(Placeholder::Other) => Partner::Other,
            Some(Placeholder::Unclassified) => Partner::Unclassified,
            None => Partner::Group(self.groups.number(&partners.join(BETWEEN_VALUES))),
        };
        let (from_size, to_size) = (size(columns.from_size), size(columns.to_size));
        let day = self.days.number(cell(columns.period), line);
        self.rows.push(Raw { from, to, day, seconds, from_size, to_size });
    }

    fn finish(
        self,
        mut report: GroupReport,
        attribute: String,
        options: &ImportOptions,
    ) -> Result<ImportedGroups, ImportError> {
        // Viva's query is by month.
        let monthly = report.era == Era::Viva;
        let days = self.days.read(options, monthly)?;
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
            (None, None) if monthly => Grain::Month,
            (None, None) => dates::grain_of_one_day(*first).0,
        };
        let most_seconds = match grain {
            Grain::Day => 24,
            Grain::Week => 7 * 24,
            Grain::Month => 31 * 24,
        } * 3600;
        let (mut rows, mut sizes) = (Vec::with_capacity(self.rows.len()), Vec::new());
        for row in &self.rows {
            let day = days.get(row.day as usize).copied().flatten();
            let period = day.and_then(|day| periods.binary_search(&day).ok()).and_then(|at| u32::try_from(at).ok());
            let Some(period) = period else {
                report.without_day += 1;
                continue;
            };
            if row.from_size.is_some_and(|size| row.seconds > u64::from(size) * most_seconds) {
                report.without_time += 1;
                continue;
            }
            sizes.extend(row.from_size.map(|size| (row.from, period, size)));
            if let Partner::Group(to) = row.to {
                sizes.extend(row.to_size.map(|size| (to, period, size)));
            }
            rows.push(GroupRow { from: row.from, to: row.to, period, seconds: row.seconds });
        }
        report.rows_used = rows.len() as u64;
        let table = GroupTime::new(rows, self.groups.names, attribute, (periods, grain), sizes);
        Ok(ImportedGroups { table, report })
    }
}

/// What stands in place of a group's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Placeholder {
    Within,
    Other,
    Unclassified,
}

impl Placeholder {
    /// The placeholder that a cell is, however its words are parted.
    fn of(cell: &str) -> Option<Self> {
        let key: String = cell.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        match key.as_str() {
            "withingroup" | "collaboratorswithingroup" => Some(Self::Within),
            "othercollaborators" | "internalcollaborators" => Some(Self::Other),
            "unclassified" | "unclassifiedcollaborators" | "unclassifiedinternal" | "unclassifiedexternal" => {
                Some(Self::Unclassified)
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use chrono::NaiveDate;

    fn read(text: &str) -> Result<ImportedGroups, ImportError> {
        let source = Source::Bytes { name: "groups.csv".to_owned(), bytes: text.as_bytes().into() };
        import_groups(&[source], &ImportOptions::default(), &Progress::default(), &Cancel::default())
    }

    fn told(imported: &ImportedGroups) -> Vec<(&str, String, u32, u64)> {
        let table = &imported.table;
        let name = |group: u32| table.groups()[group as usize].as_str();
        let partner = |to| match to {
            Partner::Group(group) => name(group).to_owned(),
            other => format!("{other:?}"),
        };
        table.rows().iter().map(|row| (name(row.from), partner(row.to), row.period, row.seconds)).collect()
    }

    #[test]
    fn viva_counts_minutes_by_month_and_its_days_come_first() {
        let text = "PrimaryCollaborator_Organization,PrimaryCollaborator_GroupSize,SecondaryCollaborator_Organization,\
                    SecondaryCollaborator_GroupSize,MetricDate,% Group collaboration time invested,\
                    Group_collaboration_time_invested\n\
                    Sales,20,Within Group,20,01/04/2023,80,90\n\
                    Sales,20,Finance ,12,01/04/2023,10,0.5\n\
                    Sales,21,Unclassified Collaborators,3,01/05/2023,10,2\n";
        let imported = read(text).unwrap();
        // 90 minutes are 5,400 seconds, half a minute 30.
        let expected = [
            ("Sales", "Sales".to_owned(), 0, 5400),
            ("Sales", "Finance".to_owned(), 0, 30),
            ("Sales", "Unclassified".to_owned(), 1, 120),
        ];
        assert_eq!(told(&imported), expected);
        assert_eq!(imported.table.attribute(), "Organization");
        assert_eq!((imported.report.unit, imported.report.era), (TimeUnit::Minutes, Era::Viva));
        assert_eq!(imported.table.grain(), Grain::Month);
        assert_eq!(imported.table.periods()[1], NaiveDate::from_ymd_opt(2023, 5, 1).unwrap());
        assert_eq!(imported.table.sizes(0), [Some(20), Some(21)]);
        assert_eq!(imported.table.sizes(1), [Some(12), None]);
    }

    #[test]
    fn a_single_month_is_read_as_the_first_of_a_month() {
        let text = "PrimaryCollaborator_Organization,SecondaryCollaborator_Organization,MetricDate,Group_collaboration_time_invested\n\
                    Sales,Within Group,01/04/2023,60\n";
        let table = read(text).unwrap().table;
        assert_eq!(table.periods(), [NaiveDate::from_ymd_opt(2023, 4, 1).unwrap()]);
        assert!(!table.has_sizes());
    }

    #[test]
    fn workplace_analytics_counts_hours_by_week_and_has_placeholders_of_its_own() {
        let text = "TimeInvestors_Organization,Collaborators_Organization,Date,Meetings,Meeting_hours,Collaboration_hours\n\
                    Sales,Collaborators Within Group,3/1/2020,4,9,1.5\n\
                    Sales,Other_Collaborators,3/8/2020,4,9,0.5\n\
                    Sales,Unclassified_Internal,3/8/2020,4,9,1\n\
                    Sales,,3/15/2020,4,9,2\n";
        let imported = read(text).unwrap();
        let expected = [
            ("Sales", "Sales".to_owned(), 0, 5400),
            ("Sales", "(Not set)".to_owned(), 2, 7200),
            ("Sales", "Other".to_owned(), 1, 1800),
            ("Sales", "Unclassified".to_owned(), 1, 3600),
        ];
        assert_eq!(told(&imported), expected);
        assert_eq!((imported.report.unit, imported.report.era), (TimeUnit::Hours, Era::Wpa));
        assert_eq!(
            (imported.table.grain(), imported.report.time_header.as_str()),
            (Grain::Week, "Collaboration_hours")
        );
    }

    #[test]
    fn rows_that_are_set_aside_are_counted_and_other_dialects_are_read() {
        let text = "TimeInvestors_Organization;TimeInvestors_Level;Collaborators_Organization;Collaborators_Level;Date;Collaboration_hours\n\
                    Sales;IC;Finance;IC;2020-03-01;1,5\n\
                    Sales;IC;Finance;IC;2020-03-01;1,5\n\
                    Sales;IC;Within Group;Within Group;soon;1,5\n\
                    Sales;IC;Finance;IC;2020-03-08;-2,5\n\
                    Sales;IC;Finance;IC;2020-03-08;many\n";
        let imported = read(text).unwrap();
        let report = &imported.report;
        assert_eq!((report.rows, report.rows_used), (5, 1));
        assert_eq!((report.repeated, report.without_day, report.without_time), (1, 1, 2));
        assert_eq!(told(&imported), [("Sales / IC", "Finance / IC".to_owned(), 0, 5400)]);
        assert_eq!(imported.table.attribute(), "Organization / Level");
    }

    #[test]
    fn more_than_the_members_have_is_no_time() {
        let text = "PrimaryCollaborator_Organization,PrimaryCollaborator_GroupSize,SecondaryCollaborator_Organization,MetricDate,Group_collaboration_time_invested\n\
                    A,1,B,2023-04-01,44640\nA,1,B,2023-05-01,44641\n";
        // A month has at most 31 x 24 x 60 = 44,640 minutes.
        let report = read(text).unwrap().report;
        assert_eq!((report.rows_used, report.without_time), (1, 1));
    }

    #[test]
    fn other_files_are_refused_with_what_to_export() {
        let what = |text: &str| match read(text) {
            Err(ImportError::Refused(refusal)) => format!("{} {}", refusal.what.plain(), refusal.what_to_do),
            other => format!("{other:?}"),
        };
        let person = "PersonId,MetricDate,Collaboration_hours\np,2026-03-01,1\n";
        assert!(what(person).starts_with("This is a person query."), "{}", what(person));
        let mixed = "TimeInvestors_Organization,Collaborators_Level,Date,Collaboration_hours\nA,B,3/1/2020,1\n";
        assert!(what(mixed).starts_with("The two sides are grouped by different"), "{}", what(mixed));
        let counts = "TimeInvestors_Organization,Collaborators_Organization,Date,Meetings\nA,B,3/1/2020,1\n";
        assert!(what(counts).starts_with("No column holds the time"), "{}", what(counts));
    }
}
