//! Small companies for tests: readable rows in, a [`Dataset`] out, through [`Draft::build`].

pub(crate) mod random;
pub(crate) mod window;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{Days, NaiveDate};
use customer_focus::dataset::{
    BLANK_SECONDS, Dataset, Draft, DraftAttribute, EXCLUDED_COUNT, EXCLUDED_SECONDS, Era, Filter, Grain, GroupBy,
    Grouping, Kind, Metric, OnConflict, PersonIds,
};
use customer_focus::insights::{self, Insight, InsightId, Outcome, Panel, Population, Settings, Unavailable};
use customer_focus::privacy::Guarded;

/// Whole seconds of an hour.
pub(crate) const HOUR: u32 = 3600;

/// A cell of a metric.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Cell {
    /// Nothing is written.
    Blank,
    /// Something is written that is no number.
    Unreadable,
    /// Whole seconds.
    Seconds(u32),
    /// A count.
    Count(f64),
}

/// One row of a file: one person in one period.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Row {
    pub(crate) person: String,
    pub(crate) day: NaiveDate,
    pub(crate) inactive: bool,
    pub(crate) without_manager: bool,
    pub(crate) cells: BTreeMap<Metric, Cell>,
    pub(crate) groups: BTreeMap<String, String>,
}

/// A row of a person in the period that starts on `day`.
pub(crate) fn row(person: impl ToString, day: NaiveDate) -> Row {
    Row {
        person: person.to_string(),
        day,
        inactive: false,
        without_manager: false,
        cells: BTreeMap::new(),
        groups: BTreeMap::new(),
    }
}

impl Row {
    pub(crate) fn cell(mut self, metric: Metric, cell: Cell) -> Self {
        self.cells.insert(metric, cell);
        self
    }

    /// Hours, kept as the nearest whole second.
    pub(crate) fn hours(self, metric: Metric, hours: f64) -> Self {
        self.cell(metric, Cell::Seconds((hours * f64::from(HOUR)).round() as u32))
    }

    pub(crate) fn count(self, metric: Metric, count: f64) -> Self {
        self.cell(metric, Cell::Count(count))
    }

    pub(crate) fn group(mut self, attribute: &str, value: &str) -> Self {
        self.groups.insert(attribute.to_owned(), value.to_owned());
        self
    }

    pub(crate) fn inactive(mut self) -> Self {
        self.inactive = true;
        self
    }

    pub(crate) fn without_manager(mut self) -> Self {
        self.without_manager = true;
        self
    }

    /// The cell of a metric; a metric that is not named is blank.
    pub(crate) fn get(&self, metric: Metric) -> Cell {
        self.cells.get(&metric).copied().unwrap_or(Cell::Blank)
    }
}

/// A file in which every row has every column.
#[derive(Clone, Debug)]
pub(crate) struct Company {
    pub(crate) era: Era,
    pub(crate) grain: Grain,
    /// Whether the file has a ManagerId or Layer column.
    pub(crate) knows_managers: bool,
    pub(crate) rows: Vec<Row>,
}

/// A Viva company of weeks that knows no managers.
pub(crate) fn weekly(rows: Vec<Row>) -> Company {
    Company { era: Era::Viva, grain: Grain::Week, knows_managers: false, rows }
}

impl Company {
    /// The metrics that any row names.
    pub(crate) fn metrics(&self) -> BTreeSet<Metric> {
        self.rows.iter().flat_map(|row| row.cells.keys().copied()).collect()
    }

    /// The attributes that any row names.
    pub(crate) fn attributes(&self) -> BTreeSet<String> {
        self.rows.iter().flat_map(|row| row.groups.keys().cloned()).collect()
    }

    /// The dataset of these rows, in this order.
    pub(crate) fn build(&self) -> Dataset {
        self.draft().build(OnConflict::Ask).expect("one row a person and period").dataset
    }

    fn draft(&self) -> Draft {
        let periods: Vec<NaiveDate> =
            self.rows.iter().map(|row| row.day).collect::<BTreeSet<_>>().into_iter().collect();
        let mut people = PersonIds::default();
        let mut codes: BTreeMap<&str, u32> = BTreeMap::new();
        let mut person = Vec::new();
        for row in &self.rows {
            let code = *codes.entry(&row.person).or_insert_with(|| people.push(row.person.as_bytes()));
            person.push(code);
        }
        let of_kind = |kind| self.metrics().into_iter().filter(move |metric| metric.kind() == kind);
        let seconds = |metric| {
            let cells = self.rows.iter().map(move |row| match row.get(metric) {
                Cell::Blank => BLANK_SECONDS,
                Cell::Seconds(seconds) => seconds,
                Cell::Unreadable | Cell::Count(_) => EXCLUDED_SECONDS,
            });
            (metric, cells.collect())
        };
        let counts = |metric| {
            let cells = self.rows.iter().map(move |row| match row.get(metric) {
                Cell::Blank => f64::NAN,
                Cell::Count(count) => count,
                Cell::Unreadable | Cell::Seconds(_) => EXCLUDED_COUNT,
            });
            (metric, cells.collect())
        };
        let attribute = |name: String| {
            let value = |row: &Row| row.groups.get(&name).map_or("(Not set)", String::as_str).to_owned();
            let values: BTreeSet<String> = self.rows.iter().map(value).collect();
            let values: Vec<String> = values.into_iter().collect();
            let code = |row: &Row| values.binary_search(&value(row)).expect("it is among them") as u16;
            let codes = self.rows.iter().map(code).collect();
            DraftAttribute { name, values, codes }
        };
        Draft {
            era: self.era,
            grain: self.grain,
            person: person.into(),
            period: self.rows.iter().map(|row| periods.binary_search(&row.day).expect("it is there") as u16).collect(),
            active: self
                .rows
                .iter()
                .any(|row| row.inactive)
                .then(|| self.rows.iter().map(|row| !row.inactive).collect()),
            without_manager: self.knows_managers.then(|| self.rows.iter().map(|row| row.without_manager).collect()),
            durations: of_kind(Kind::Duration).map(seconds).collect(),
            counts: of_kind(Kind::Count).map(counts).collect(),
            attributes: self.attributes().into_iter().map(attribute).collect(),
            periods,
            people,
        }
    }
}

/// A date from its ISO text.
pub(crate) fn date(text: &str) -> NaiveDate {
    text.parse().expect("an ISO date")
}

/// The first days of `count` weeks, the first one on `first`.
pub(crate) fn weeks(first: &str, count: u64) -> Vec<NaiveDate> {
    (0..count).map(|week| date(first) + Days::new(7 * week)).collect()
}

/// What questions about a dataset are asked of.
pub(crate) fn panel(dataset: &Dataset) -> Panel {
    Panel::new(Arc::new(dataset.clone()))
}

/// A dataset behind the door.
pub(crate) fn guarded(dataset: &Dataset) -> Guarded {
    Guarded::new(panel(dataset))
}

/// Every attribute of a dataset, to group by.
pub(crate) fn groupings(dataset: &Dataset) -> Vec<Grouping<'_>> {
    let names = dataset.attributes().iter().map(|attribute| GroupBy::from(attribute.name.as_str()));
    names.map(|by| dataset.grouping(&by).expect("it is there")).collect()
}

/// Every insight over everyone in a dataset, unpublished, by every attribute.
pub(crate) fn evaluate(dataset: &Dataset, settings: &Settings) -> Vec<Insight> {
    let panel = panel(dataset);
    let population = Population::new(&panel, panel.dataset().select(&Filter::default()).expect("nothing is named"));
    insights::evaluate_all(&population, &population, settings, &groupings(panel.dataset()))
}

/// One insight over everyone in a company, unpublished, by every attribute.
pub(crate) fn insight(company: &Company, id: InsightId) -> Result<Outcome, Unavailable> {
    insight_with(company, id, &Settings::default())
}

/// As [`insight`], with settings.
pub(crate) fn insight_with(company: &Company, id: InsightId, settings: &Settings) -> Result<Outcome, Unavailable> {
    let insights = evaluate(&company.build(), settings);
    insights.into_iter().find(|insight| insight.id == id).expect("every insight is there").outcome
}

/// Fails unless two numbers agree to 1e-12.
#[track_caller]
pub(crate) fn assert_close(actual: f64, expected: f64, what: &str) {
    assert!((actual - expected).abs() <= 1e-12, "{what}: {actual} is not {expected}");
}
