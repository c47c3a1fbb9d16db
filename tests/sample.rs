//! The sample company from outside: its files, read by the csv crate.

#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use customer_focus::dataset::Era;
use customer_focus::sample::{Company, SampleOptions, column_counts};
use sha2::{Digest as _, Sha256};

/// The columns that both eras have, Viva's header first.
const SHARED: [(&str, &str); 12] = [
    ("Collaboration hours", "Collaboration hours"),
    ("External collaboration hours", "Collaboration hours external"),
    ("Meeting hours", "Meeting hours"),
    ("Meeting hours with manager 1:1", "Meeting hours with manager 1:1"),
    ("Email hours", "Email hours"),
    ("After hours collaboration hours", "After hours collaboration hours"),
    ("Uninterrupted hours", "Total focus hours"),
    ("Network outside organization", "Networking outside organization"),
    ("Network outside company", "Networking outside company"),
    ("Organization", "Organization"),
    ("FunctionType", "FunctionType"),
    ("LevelDesignation", "LevelDesignation"),
];

fn file(options: &SampleOptions, columns: Option<usize>) -> Vec<u8> {
    let mut bytes = Vec::new();
    Company::generate(options).write_person_query(columns, &mut bytes).unwrap();
    bytes
}

/// A file as rows of cells by header.
struct Table {
    headers: Vec<String>,
    rows: Vec<csv::StringRecord>,
}

impl Table {
    fn of(era: Era, columns: Option<usize>) -> Self {
        let bytes = file(&SampleOptions { era, ..SampleOptions::default() }, columns);
        let mut reader = csv::Reader::from_reader(bytes.as_slice());
        let headers = reader.headers().unwrap().iter().map(str::to_owned).collect();
        Self { headers, rows: reader.records().map(Result::unwrap).collect() }
    }

    fn column(&self, header: &str) -> usize {
        self.headers.iter().position(|name| name == header).unwrap()
    }

    fn cells<'a>(&'a self, header: &str) -> impl Iterator<Item = &'a str> {
        let column = self.column(header);
        self.rows.iter().map(move |row| &row[column])
    }

    fn seconds(&self, header: &str) -> Vec<u32> {
        self.cells(header).map(seconds).collect()
    }

    fn keep(&mut self, header: &str, value: &str) {
        let column = self.column(header);
        self.rows.retain(|row| &row[column] == value);
    }
}

fn seconds(hours: &str) -> u32 {
    (hours.parse::<f64>().unwrap() * 3600.0).round() as u32
}

fn mean(values: impl IntoIterator<Item = f64>) -> f64 {
    let (count, sum) = values.into_iter().fold((0_u32, 0.0), |(count, sum), value| (count + 1, sum + value));
    sum / f64::from(count)
}

/// Counted people over all people, by key.
#[derive(Default)]
struct Shares(BTreeMap<String, (u32, u32)>);

impl Shares {
    fn add(&mut self, key: &str, is_counted: bool) {
        let (counted, all) = self.0.entry(key.to_owned()).or_default();
        *counted += u32::from(is_counted);
        *all += 1;
    }

    fn mean(&self) -> f64 {
        mean(self.0.values().map(|(counted, all)| f64::from(*counted) / f64::from(*all)))
    }
}

/// If this fails after a change to the sample on purpose, put the new digests here. If it fails on one
/// platform only, something in the sample rounds differently there, and that has to go.
#[test]
fn the_same_bytes_on_every_platform() {
    let digest = |era, columns| {
        let bytes = file(&SampleOptions { era, ..SampleOptions::default() }, columns);
        Sha256::digest(bytes).iter().take(8).map(|byte| format!("{byte:02x}")).collect::<String>()
    };
    assert_eq!(digest(Era::Viva, None), "67656891d6b585ce");
    assert_eq!(digest(Era::Wpa, None), "5242ed6826c25e44");
    assert_eq!(digest(Era::Viva, Some(73)), "aa22483352d6af70");
    assert_eq!(digest(Era::Wpa, Some(73)), "878049fc4ad124d8");
}

#[test]
fn twelve_hundred_people_in_twenty_six_sundays() {
    let table = Table::of(Era::Viva, None);
    let people: BTreeSet<&str> = table.cells("PersonId").collect();
    let weeks: BTreeSet<&str> = table.cells("MetricDate").collect();
    assert_eq!(people.len(), 1200);
    assert_eq!(weeks.len(), 26);
    assert_eq!((weeks.first(), weeks.last()), (Some(&"2025-12-07"), Some(&"2026-05-31")));
    let pairs: BTreeSet<(&str, &str)> = table.cells("PersonId").zip(table.cells("MetricDate")).collect();
    assert_eq!(pairs.len(), table.rows.len(), "one row a person and week");
}

#[test]
fn both_eras_carry_the_same_values_in_the_same_order() {
    let viva = Table::of(Era::Viva, None);
    let mut wpa = Table::of(Era::Wpa, None);
    let with_inactive = wpa.rows.len();
    wpa.keep("IsActive", "TRUE");
    assert!(with_inactive > wpa.rows.len() + 100, "some rows are inactive");
    for (in_viva, in_wpa) in SHARED {
        assert!(viva.cells(in_viva).eq(wpa.cells(in_wpa)), "{in_viva}");
    }
    // With the manager: 1:1s are in it in one era and not in the other.
    let one_to_one = viva.seconds("Meeting hours with manager 1:1");
    let both = viva.seconds("Meeting hours with manager").into_iter().zip(one_to_one).map(|(with, alone)| with + alone);
    assert!(both.eq(wpa.seconds("Meeting hours with manager")));
    // The same dates, each in its era's form.
    assert_eq!(viva.cells("MetricDate").next(), Some("2025-12-07"));
    assert_eq!(wpa.cells("Date").next(), Some("12/7/2025"));
}

#[test]
fn a_wide_file_holds_the_narrow_one() {
    for era in [Era::Viva, Era::Wpa] {
        let (narrow, wide) = (Table::of(era, None), Table::of(era, Some(73)));
        assert_eq!((narrow.headers.len(), wide.headers.len()), (*column_counts(era).start(), 73));
        for header in &narrow.headers {
            assert!(narrow.cells(header).eq(wide.cells(header)), "{header}");
        }
    }
}

#[test]
fn four_in_ten_are_away_in_the_week_of_21_december() {
    let mut rows = BTreeMap::<&str, usize>::new();
    let table = Table::of(Era::Viva, None);
    for week in table.cells("MetricDate") {
        *rows.entry(week).or_default() += 1;
    }
    let fewest = rows.iter().min_by_key(|(_, rows)| **rows).unwrap();
    assert_eq!(*fewest.0, "2025-12-21");
    assert!((500..700).contains(fewest.1));
    let others = rows.iter().filter(|(week, _)| !week.starts_with("2025-12-2"));
    assert!(others.map(|(_, rows)| *rows).all(|rows| rows > 950));
}

#[test]
fn some_stand_exactly_on_a_threshold() {
    let table = Table::of(Era::Viva, None);
    let external = table.seconds("External collaboration hours");
    let exactly = |hours: u32| external.iter().filter(|seconds| **seconds == hours * 3600).count();
    assert!(exactly(4) >= 10 && exactly(8) >= 10);

    let mut months = BTreeMap::<(&str, &str), u32>::new();
    let one_to_one = table.seconds("Meeting hours with manager 1:1");
    for ((person, week), seconds) in table.cells("PersonId").zip(table.cells("MetricDate")).zip(one_to_one) {
        *months.entry((person, &week[..7])).or_default() += seconds;
    }
    assert!(months.values().filter(|seconds| **seconds == 3600).count() > 500);
}

/// The shares of the three behaviors by their definitions, for the whole company and the corners.
#[test]
fn the_file_tells_its_story() {
    let table = Table::of(Era::Viva, None);
    let external = table.seconds("External collaboration hours");
    let mut over_8 = Shares::default();
    for (week, seconds) in table.cells("MetricDate").zip(&external) {
        over_8.add(week, *seconds > 8 * 3600);
    }
    assert!((0.25..0.35).contains(&over_8.mean()), "{}", over_8.mean());

    // Sales, outside the holidays: 8 % more from April on than from January to the first days of February.
    let sales_mean = |from: &str, to: &str| {
        let rows = table.cells("Organization").zip(table.cells("MetricDate")).zip(&external);
        let rows = rows.filter(|((organization, week), _)| *organization == "Sales" && (from..=to).contains(week));
        mean(rows.map(|(_, seconds)| f64::from(*seconds)))
    };
    let growth = sales_mean("2026-04-01", "2026-05-31") / sales_mean("2026-01-04", "2026-02-07");
    assert!((1.04..1.12).contains(&growth), "{growth}");

    let [company, juniors] = under_15_minutes(&table);
    assert!((0.3..0.4).contains(&company), "{company}");
    assert!(juniors > company + 0.3, "{juniors}");

    // Networks hardly change within a month: the value of any week will do.
    let organizations = table.cells("Network outside organization").map(|count| count.parse::<f64>().unwrap());
    let few = mean(organizations.map(|count| f64::from(u8::from(count < 5.0))));
    assert!((0.2..0.33).contains(&few), "{few}");
}

/// The share under an hour of 1:1 a month, in the company and among junior people in Support.
fn under_15_minutes(table: &Table) -> [f64; 2] {
    let mut months = BTreeMap::<(&str, &str), (bool, u32, u32)>::new();
    let one_to_one = table.seconds("Meeting hours with manager 1:1");
    let groups = table.cells("Organization").zip(table.cells("LevelDesignation"));
    let keys = table.cells("MetricDate").zip(table.cells("PersonId"));
    for ((group, (week, person)), seconds) in groups.zip(keys).zip(one_to_one) {
        let (is_junior_support, weeks, sum) = months.entry((&week[..7], person)).or_default();
        *is_junior_support = group == ("Support", "Junior IC");
        *weeks += 1;
        *sum += seconds;
    }
    let (mut company, mut juniors) = (Shares::default(), Shares::default());
    for ((month, _), (is_junior_support, weeks, sum)) in months {
        // March and May have five Sundays, the others four: three quarters of them, rounded up.
        if weeks < if matches!(month, "2026-03" | "2026-05") { 4 } else { 3 } {
            continue;
        }
        company.add(month, sum < 3600);
        if is_junior_support {
            juniors.add(month, sum < 3600);
        }
    }
    [company.mean(), juniors.mean()]
}

/// Counts what it is given and keeps nothing.
#[derive(Default)]
struct Counter {
    bytes: usize,
    largest_write: usize,
}

impl Write for Counter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.bytes += bytes.len();
        self.largest_write = self.largest_write.max(bytes.len());
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_wide_file_is_written_in_pieces() {
    let options = SampleOptions { people: 5000, weeks: 20, ..SampleOptions::default() };
    let mut counter = Counter::default();
    Company::generate(&options).write_person_query(Some(73), &mut counter).unwrap();
    // 100,000 person-weeks less those without a row, at some 410 bytes.
    assert!((35_000_000..60_000_000).contains(&counter.bytes), "{}", counter.bytes);
    assert!(counter.largest_write < 10_000_000, "{}", counter.largest_write);
}

#[test]
fn exports_are_whole_files_in_a_new_folder() {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("new").join("sample");
    let options = SampleOptions { people: 30, weeks: 5, ..SampleOptions::default() };
    let company = Company::generate(&options);
    for _ in 0..2 {
        let paths = company.write_exports(&target, None).unwrap();
        let contacts = target.join("contacts").join("sample-person-to-group-viva.csv");
        let list = target.join("lists").join("sample-important-contacts.csv");
        let beside = ["sample-group-to-group-viva.csv", "sample-meetings-viva.csv"].map(|name| target.join(name));
        let [groups, meetings] = beside;
        assert_eq!(paths, [target.join("sample-person-query-viva.csv"), contacts, list, groups, meetings]);
        assert_eq!(std::fs::read(&paths[0]).unwrap(), file(&options, None));
    }
    assert_eq!(
        std::fs::read_dir(&target).unwrap().count(),
        5,
        "three exports and two folders: nothing else is left there"
    );

    let in_the_way = folder.path().join("file");
    std::fs::write(&in_the_way, "").unwrap();
    assert!(company.write_exports(&in_the_way, None).is_err());
}

#[test]
fn any_size_and_seed_gives_that_many_people() {
    for (people, weeks, seed) in [(1, 1, 0), (13, 2, u64::MAX), (400, 3, 5), (77, 60, 9)] {
        for era in [Era::Viva, Era::Wpa] {
            let bytes = file(&SampleOptions { people, weeks, seed, era }, None);
            let mut reader = csv::Reader::from_reader(bytes.as_slice());
            let ids: BTreeSet<String> = reader.records().map(|row| row.unwrap()[0].to_owned()).collect();
            assert_eq!(ids.len(), people as usize, "{people} people, {weeks} weeks, seed {seed}");
        }
    }
}
