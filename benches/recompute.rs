//! How long a question takes: milliseconds of each part, at 0.1 and 0.5 million rows, on one thread.
//!
//! ```text
//! cargo bench --bench recompute              # both sizes
//! cargo bench --bench recompute -- 5000000   # so many rows
//! cargo bench --bench recompute -- choices   # lines with this word only, for a profiler
//! ```
//!
//! A plain program and no benchmark crate: what is looked for are factors of two in parts of a few milliseconds, not
//! percents in nanoseconds, and the table is all there is to read. Times are the best of several runs: the machine can only make
//! a run longer. Timings are never tests.

#![allow(clippy::print_stdout, clippy::unwrap_used)]

use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use customer_focus::dataset::{AttributeFilter, Filter, GroupBy};
use customer_focus::import::{ImportOptions, Source};
use customer_focus::insights::{self, Panel, Population, Settings, metrics};
use customer_focus::privacy::{self, Guarded, Question};
use customer_focus::quality;
use customer_focus::sample::{Company, SampleOptions};
use customer_focus::work::{Cancel, Progress};
use customer_focus::workbench::{self, Opened, What};

const WEEKS: u32 = 46;

fn main() {
    let rows: Vec<u32> = std::env::args().filter_map(|argument| argument.parse().ok()).collect();
    let rows = if rows.is_empty() { vec![100_000, 500_000] } else { rows };
    for rows in rows {
        measure(&opened(rows));
    }
}

/// A sample company of about so many rows, through the reader.
fn opened(rows: u32) -> Opened {
    let options = SampleOptions { people: rows / WEEKS, weeks: WEEKS, ..SampleOptions::default() };
    let mut bytes = Vec::new();
    Company::generate(&options).write_person_query(None, &mut bytes).unwrap();
    let what = What::Sources(vec![Source::Bytes { name: "sample.csv".to_owned(), bytes: bytes.into() }]);
    workbench::open(&what, &ImportOptions::default(), &Progress::default(), &Cancel::default()).unwrap()
}

/// The shortest of several runs.
fn best<T>(mut run: impl FnMut() -> T) -> Duration {
    let begun = Instant::now();
    let mut best = Duration::MAX;
    let mut runs = 0;
    while runs < 3 || (runs < 50 && begun.elapsed() < Duration::from_millis(500)) {
        let start = Instant::now();
        black_box(run());
        best = best.min(start.elapsed());
        runs += 1;
    }
    best
}

fn line<T>(name: &str, run: impl FnMut() -> T) {
    let mut words = std::env::args().skip(1).filter(|word| !word.starts_with("--") && word.parse::<u32>().is_err());
    let is_meant = words.next().is_none_or(|first| name.contains(&first) || words.any(|word| name.contains(&word)));
    if !is_meant {
        return;
    }
    println!("{:>9.2} ms  {name}", best(run).as_secs_f64() * 1000.0);
}

fn measure(opened: &Opened) {
    let dataset = &opened.dataset;
    println!("\n{} people, {} rows", dataset.people(), dataset.rows());
    line("the panel, once a file", || Panel::new(Arc::clone(dataset)));
    let panel = Panel::new(Arc::clone(dataset));
    line("a selection", || dataset.select(&Filter::default()));
    let guarded = Guarded::new(panel.clone());
    let everyone = Population::new(&panel, dataset.select(&Filter::default()).unwrap());
    line("means of metrics", || metrics::means(&everyone));
    line("insights without groups", || insights::evaluate_all(&everyone, &everyone, &Settings::default(), &[]));
    let one = dataset.attributes().iter().map(|attribute| GroupBy::from(attribute.name.as_str()));
    let pairs = dataset.attributes().windows(2).map(|pair| GroupBy::two(&pair[0].name, &pair[1].name));
    let all: Vec<GroupBy> = one.chain(pairs).collect();
    for by in &all {
        let grouping = dataset.grouping(by).unwrap();
        line(&format!("insights by {by}"), || {
            insights::evaluate_all(&everyone, &everyone, &Settings::default(), std::slice::from_ref(&grouping))
        });
    }
    let rules = opened.default_rules();
    for (name, filter) in filters(opened) {
        println!("  {name}");
        let by = opened.default_by();
        let question = Question { filter, by, ..Question::default() };
        line("what may be asked, decided afresh", || {
            privacy::answer(&Guarded::new(panel.clone()), &question, rules).map(|_| ())
        });
        line("answer", || privacy::answer(&guarded, &question, rules));
        line("change since the earlier half", || privacy::change_since_earlier_half(&guarded, &question, rules));
        line("data check", || quality::findings(&opened.report, dataset, question.filter.include_inactive, &[]));
        line("shown values", || privacy::shown_values(&guarded, rules));
        line("choices", || privacy::choices(&guarded, None, &question.filter, rules));
        line("evaluate, all of this", || workbench::evaluate(opened, &question, rules, None));
    }
}

/// Nothing filtered, and one step from there.
fn filters(opened: &Opened) -> Vec<(String, Filter)> {
    let dataset = &opened.dataset;
    let mut filters = vec![("everyone".to_owned(), Filter::default())];
    let attribute = opened.default_attribute().and_then(|name| dataset.attribute(&name));
    if let Some((attribute, value)) = attribute.and_then(|attribute| Some((attribute, attribute.values.last()?))) {
        let one = AttributeFilter { attribute: attribute.name.clone(), values: vec![value.clone()] };
        filters.push((format!("{} = {value}", attribute.name), Filter { attributes: vec![one], ..Filter::default() }));
    }
    let from = dataset.calendar().periods.get(10).copied();
    filters.push(("from the eleventh week".to_owned(), Filter { from, ..Filter::default() }));
    filters.push(("without low activity".to_owned(), Filter { without_low_activity: true, ..Filter::default() }));
    filters
}
