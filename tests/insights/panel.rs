//! What a panel keeps decides no number: everything that is published is the same, to the last bit, when every
//! cell is judged afresh.

use std::sync::Arc;

use customer_focus::dataset::{Dataset, Filter, GroupBy};
use customer_focus::insights::{self, Panel, Population, Settings, metrics};
use proptest::prelude::*;

use crate::support::groupings;
use crate::support::random::{self, Dice};

/// Every number about a question, in words.
fn numbers(panel: &Panel, filter: &Filter, settings: &Settings) -> String {
    let dataset = panel.dataset();
    let population = Population::new(panel, dataset.select(filter).unwrap());
    let company = Population::new(panel, dataset.select(&filter.without_attributes()).unwrap());
    let mut groupings = groupings(dataset);
    if let [first, second, ..] = dataset.attributes() {
        groupings.extend(dataset.grouping(&GroupBy::two(&first.name, &second.name)));
    }
    let insights = insights::evaluate_all(&population, &company, settings, &groupings);
    format!("{insights:#?} {:#?}", metrics::means(&population))
}

/// Settings under which some of what is kept cannot be used.
fn settings(dice: &mut Dice) -> Settings {
    Settings {
        co_attended_basis_points: dice.pick(&[3000, 3000, 5000]),
        q3: dice.pick(&[None, None, Some(0.2)]),
        ..Settings::default()
    }
}

#[track_caller]
fn same(dataset: Dataset, filter: &Filter, settings: &Settings) {
    let dataset = Arc::new(dataset);
    let kept = numbers(&Panel::new(Arc::clone(&dataset)), filter, settings);
    let afresh = numbers(&Panel::keeping_nothing(dataset), filter, settings);
    let differing = kept.lines().zip(afresh.lines()).find(|(kept, afresh)| kept != afresh);
    assert!(kept == afresh, "{differing:?} under {filter:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 300, ..ProptestConfig::default() })]

    /// The companies have movers, inactive rows, gaps and months that are cut or not complete; the filters cut
    /// ranges, leave out weeks, and switch inactive rows and low activity.
    #[test]
    fn what_is_kept_gives_the_numbers_of_judging_every_cell_afresh(case in random::case(), seed in any::<u64>()) {
        same(case.company.build(), &case.filter, &settings(&mut Dice(seed)));
    }

    /// More than 64 weeks: sets of periods of two words.
    #[test]
    fn so_it_does_over_more_weeks_than_a_word_has_bits(people in 1_usize..12, seed in any::<u64>()) {
        let mut dice = Dice(seed);
        let company = random::company(&random::Shape { people, periods: 70, seed }, &mut dice);
        same(company.build(), &random::filter(&company, &mut dice), &settings(&mut dice));
    }
}
