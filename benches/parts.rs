//! How long each part takes on one thread: reading, the panel, and what one question costs, at 20 thousand and at half
//! a million rows. `benches/README.md` says how to keep a run and compare the next one with it.
//!
//! ```text
//! cargo bench                             # everything, both sizes
//! cargo bench -- reading                  # the parts with this word
//! ROWS=5000000 cargo bench -- answer      # files of so many rows; several sizes with commas
//! ```

#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::sync::Arc;
use std::time::Duration;

use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, BenchmarkId, Criterion, SamplingMode, Throughput};
use customer_focus::dataset::{AttributeFilter, Filter, GroupBy};
use customer_focus::import::{self, ImportOptions, Source};
use customer_focus::insights::{self, Panel, Population, Settings, metrics};
use customer_focus::privacy::{self, Guarded, Question};
use customer_focus::quality;
use customer_focus::sample::{Company, SampleOptions};
use customer_focus::work::{Cancel, Progress};
use customer_focus::workbench::{self, Opened, What};

const WEEKS: u32 = 52;
/// Of 52 weeks a person of the sample company has a row in about 46.
const ROWS_A_PERSON: u32 = 46;
const COLUMNS: usize = 73;

fn main() {
    let mut criterion = Criterion::default()
        .sample_size(10)
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(2))
        .configure_from_args();
    let sizes = std::env::var("ROWS").unwrap_or_else(|_| "20000,500000".to_owned());
    for rows in sizes.split(',') {
        measure(&mut criterion, rows.trim().parse().expect("ROWS are numbers with commas between them"));
    }
    criterion.final_summary();
}

fn measure(criterion: &mut Criterion, rows: u32) {
    let source = sample(rows);
    let mut group = group(criterion, "reading", rows);
    reading(&mut group, &source);
    group.finish();
    let what = What::Sources(vec![source]);
    let opened = workbench::open(&what, &on_one_thread(), &Progress::default(), &Cancel::default()).unwrap();
    computing(criterion, rows, &opened);
    for (name, filter) in filters(&opened) {
        asking(criterion, rows, &opened, &name, filter);
    }
}

/// Milliseconds to seconds a run: few runs, none of them grouped.
fn group<'a>(criterion: &'a mut Criterion, part: &str, rows: u32) -> BenchmarkGroup<'a, WallTime> {
    let mut group = criterion.benchmark_group(format!("{rows} rows: {part}"));
    group.sampling_mode(SamplingMode::Flat);
    group
}

/// A person query of the sample company with about so many rows.
fn sample(rows: u32) -> Source {
    let options = SampleOptions { people: rows / ROWS_A_PERSON, weeks: WEEKS, ..SampleOptions::default() };
    let mut bytes = Vec::new();
    Company::generate(&options).write_person_query(Some(COLUMNS), &mut bytes).unwrap();
    Source::Bytes { name: "sample.csv".to_owned(), bytes: bytes.into() }
}

fn on_one_thread() -> ImportOptions {
    ImportOptions { threads: Some(1), ..ImportOptions::default() }
}

fn reading(group: &mut BenchmarkGroup<'_, WallTime>, source: &Source) {
    if let Source::Bytes { bytes, .. } = source {
        group.throughput(Throughput::BytesDecimal(bytes.len() as u64));
    }
    let (sources, options) = ([source.clone()], on_one_thread());
    group.bench_function("one thread, from memory", |bencher| {
        bencher.iter(|| import::import(&sources, &options, &Progress::default(), &Cancel::default()).unwrap());
    });
}

/// The parts of an answer, without anything left out or hidden.
fn computing(criterion: &mut Criterion, rows: u32, opened: &Opened) {
    let dataset = &opened.dataset;
    let mut group = group(criterion, "computing", rows);
    group.bench_function("the panel, once a file", |bencher| bencher.iter(|| Panel::new(Arc::clone(dataset))));
    group.bench_function("a selection", |bencher| bencher.iter(|| dataset.select(&Filter::default())));
    let panel = Panel::new(Arc::clone(dataset));
    let everyone = Population::new(&panel, dataset.select(&Filter::default()).unwrap());
    let settings = Settings::default();
    group.bench_function("means of metrics", |bencher| bencher.iter(|| metrics::means(&everyone)));
    group.bench_function("insights without groups", |bencher| {
        bencher.iter(|| insights::evaluate_all(&everyone, &everyone, &settings, &[]));
    });
    let one = dataset.attributes().iter().map(|attribute| GroupBy::from(attribute.name.as_str()));
    let pairs = dataset.attributes().windows(2).map(|pair| GroupBy::two(&pair[0].name, &pair[1].name));
    for by in one.chain(pairs) {
        let grouping = [dataset.grouping(&by).unwrap()];
        group.bench_function(BenchmarkId::new("insights by", by), |bencher| {
            bencher.iter(|| insights::evaluate_all(&everyone, &everyone, &settings, &grouping));
        });
    }
    group.finish();
}

/// What the window and the command line ask of a file under one filter.
fn asking(criterion: &mut Criterion, rows: u32, opened: &Opened, name: &str, filter: Filter) {
    let rules = opened.default_rules();
    let panel = Panel::new(Arc::clone(&opened.dataset));
    let guarded = Guarded::new(panel.clone());
    let question = Question { filter, by: opened.default_by(), ..Question::default() };
    let mut group = group(criterion, name, rows);
    group.bench_function("answer", |bencher| bencher.iter(|| privacy::answer(&guarded, &question, rules)));
    group.bench_function("answer, what may be asked decided afresh", |bencher| {
        bencher.iter(|| privacy::answer(&Guarded::new(panel.clone()), &question, rules).map(|_| ()));
    });
    group.bench_function("change since the earlier half", |bencher| {
        bencher.iter(|| privacy::change_since_earlier_half(&guarded, &question, rules));
    });
    group.bench_function("data check", |bencher| {
        let is_with_inactive = question.filter.include_inactive;
        bencher.iter(|| quality::findings(&opened.report, &opened.dataset, is_with_inactive, &[]));
    });
    group.bench_function("shown values", |bencher| bencher.iter(|| privacy::shown_values(&guarded, rules)));
    group.bench_function("choices", |bencher| {
        bencher.iter(|| privacy::choices(&guarded, None, &question.filter, rules));
    });
    group.bench_function("everything of the screens", |bencher| {
        bencher.iter(|| workbench::evaluate(opened, &question, rules, None));
    });
    group.finish();
}

/// Nothing filtered, and one step from there.
fn filters(opened: &Opened) -> Vec<(String, Filter)> {
    let dataset = &opened.dataset;
    let mut filters = vec![("everyone".to_owned(), Filter::default())];
    let attribute = opened.default_attribute().and_then(|name| dataset.attribute(&name));
    if let Some((attribute, value)) = attribute.and_then(|attribute| Some((attribute, attribute.values.last()?))) {
        let one = AttributeFilter { attribute: attribute.name.clone(), values: vec![value.clone()] };
        filters.push((format!("{} is {value}", attribute.name), Filter { attributes: vec![one], ..Filter::default() }));
    }
    let from = dataset.calendar().periods.get(10).copied();
    filters.push(("from the eleventh week".to_owned(), Filter { from, ..Filter::default() }));
    filters.push(("without low activity".to_owned(), Filter { without_low_activity: true, ..Filter::default() }));
    filters
}
