//! The sample company's files, opened with the reader as anybody's export is.

use customer_focus::dataset::{Era, Metric};
use customer_focus::import::{ImportOptions, Source};
use customer_focus::privacy::{InsightId, Question, Rules};
use customer_focus::quality::{Severity, Verdict};
use customer_focus::sample::{Company, SampleOptions};
use customer_focus::work::{Cancel, Progress};
use customer_focus::workbench::{self, Opened, Results, What};

/// Columns that only Viva Insights has.
const ONLY_VIVA: [Metric; 4] = [
    Metric::ExternalEmailHours,
    Metric::MeetingAndCallHours,
    Metric::ManagerMeetingAndCallHours,
    Metric::Manager11MeetingAndCallHours,
];

const FILES: [(Era, Option<usize>); 4] =
    [(Era::Viva, None), (Era::Viva, Some(73)), (Era::Wpa, None), (Era::Wpa, Some(73))];

fn opened(what: &What) -> (Opened, Results) {
    let opened = workbench::open(what, &ImportOptions::default(), &Progress::default(), &Cancel::default()).unwrap();
    let question = Question { by: opened.default_by(), ..Question::default() };
    // The minimum group size differs by era; the shares are to be compared.
    let results = workbench::evaluate(&opened, &question, Rules::new(10), None);
    (opened, results)
}

fn file(era: Era, columns: Option<usize>) -> (Opened, Results) {
    let mut bytes = Vec::new();
    Company::generate(&SampleOptions { era, ..SampleOptions::default() })
        .write_person_query(columns, &mut bytes)
        .unwrap();
    opened(&What::Sources(vec![Source::Bytes { name: "sample.csv".to_owned(), bytes: bytes.into() }]))
}

/// An insight's share, its people, and the shares of its groups.
#[derive(Debug, PartialEq)]
struct Shares {
    id: InsightId,
    share: f64,
    people: usize,
    groups: Vec<(String, f64)>,
}

fn shares(results: &Results) -> Vec<Shares> {
    let insights = &results.findings.as_ref().unwrap().insights;
    let one = insights.iter().map(|insight| {
        let outcome = insight.outcome.as_ref().unwrap();
        let groups =
            outcome.breakdowns[0].shown.iter().map(|group| (group.value.to_string(), group.share.get())).collect();
        Shares { id: insight.id, share: outcome.share.get(), people: outcome.people, groups }
    });
    one.collect()
}

#[test]
fn both_eras_narrow_and_wide_give_the_shares_of_the_sample_in_the_window() {
    let (_, in_window) = opened(&What::Sample);
    let expected = shares(&in_window);
    assert_eq!(expected.len(), InsightId::ALL.len());
    for (era, columns) in FILES {
        let (_, results) = file(era, columns);
        assert_eq!(shares(&results), expected, "{era:?}, {columns:?} columns");
    }
}

#[test]
fn every_column_of_the_era_is_recognized_and_nothing_calls_for_care() {
    for (era, columns) in FILES {
        let (opened, results) = file(era, columns);
        assert_eq!(opened.dataset.era(), era);
        for metric in Metric::ALL {
            let expected = era == Era::Viva || !ONLY_VIVA.contains(&metric);
            assert_eq!(opened.dataset.has(metric), expected, "{} in {era:?}, {columns:?} columns", metric.name());
        }
        for check in &results.checks {
            assert_eq!(check.severity, Severity::Note, "{era:?}: {}", check.text.plain());
        }
        for judgement in &results.verdicts {
            assert_eq!(
                judgement.verdict,
                Verdict::Fit,
                "{era:?}: {} {}",
                judgement.insight.name(),
                judgement.reason.plain()
            );
        }
    }
}

#[test]
fn rows_of_the_older_product_are_used_or_inactive() {
    let (opened, results) = file(Era::Wpa, None);
    let sums = workbench::row_sums(&opened, &results);
    let [sum] = sums.as_slice() else { panic!("one file, one sum") };
    let (viva, of_viva) = file(Era::Viva, None);
    assert_eq!(sum.used, workbench::row_sums(&viva, &of_viva)[0].used);
    assert_eq!(sum.not_used.len(), 1);
    assert_eq!(sum.rows, sum.used + sum.not_used[0].1);
}
