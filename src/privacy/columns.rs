//! What may be seen of a file's columns before it is read: enough to say what a column holds, nobody's data.
//!
//! Of a column that names people, or may, nothing is seen. Of words only those that enough people have, so that no
//! small group is named; where no column names people that cannot be known, and no word is seen. Numbers and dates are
//! shown without the row that they stand in: three of the distinct ones, none of them the smallest or the largest.

use super::{Published, Rules};
use crate::import::{Holds, Survey};

/// So many examples of a column are seen.
const EXAMPLES: usize = 3;

/// Columns as they may be seen, in the file's order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnSamples {
    /// By column.
    pub examples: Vec<Examples>,
}

/// What may be seen of a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Examples {
    /// Nothing: its cells are, or may be, names of people.
    NamesPeople,
    /// It holds nothing.
    Blank,
    /// Some of its cells. None, where none is had by enough people.
    Shown(Vec<String>),
}

/// What may be seen of the columns of a file.
#[must_use]
pub fn column_samples(survey: &Survey, rules: Rules) -> Published<ColumnSamples> {
    let examples = survey.columns.iter().map(|column| {
        let cells = &column.cells;
        match column.holds {
            _ if column.names_people => Examples::NamesPeople,
            Holds::Nothing => Examples::Blank,
            Holds::Flags => Examples::Shown(cells.keys().take(EXAMPLES).cloned().collect()),
            Holds::Dates => Examples::Shown(cells.keys().take(EXAMPLES).cloned().collect()),
            Holds::Numbers => {
                let distinct: Vec<&String> = cells.keys().collect();
                let parts = 1..=EXAMPLES;
                let inner = parts.filter_map(|part| distinct.get(part * distinct.len() / (EXAMPLES + 1)));
                let mut inner: Vec<String> = inner.map(|cell| (*cell).clone()).collect();
                inner.dedup();
                Examples::Shown(inner)
            }
            Holds::Words => {
                let shown = cells.iter().filter(|(_, people)| **people >= rules.minimum_group_size());
                Examples::Shown(shown.map(|(cell, _)| cell.clone()).take(EXAMPLES).collect())
            }
        }
    });
    Published::new(ColumnSamples { examples: examples.collect() })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::import::{ImportOptions, Source, survey};
    use crate::work::Cancel;

    fn examples(text: &str) -> Vec<Examples> {
        let source = Source::Bytes { name: "export.csv".to_owned(), bytes: Arc::from(text.as_bytes()) };
        let survey = survey(&[source], &ImportOptions::default(), &Cancel::default()).unwrap();
        column_samples(&survey, Rules::new(10)).examples.clone()
    }

    #[test]
    fn only_words_that_enough_people_have_are_examples() {
        // Twelve people in Sales, eleven rows of three people in Legal.
        let sales = (0..12).map(|person| format!("s{person},2024-03-31,{person}.5,Sales\n"));
        let legal = (0..11).map(|row| format!("l{},2024-03-31,1.25,Legal\n", row % 3));
        let rows: String = sales.chain(legal).collect();
        let seen = examples(&format!("PersonId,Date,Stunden,Abteilung\n{rows}"));
        assert_eq!(seen[0], Examples::NamesPeople);
        assert_eq!(seen[1], Examples::Shown(vec!["2024-03-31".to_owned()]));
        assert_eq!(seen[3], Examples::Shown(vec!["Sales".to_owned()]));
        // Thirteen distinct numbers, as texts: 0.5, 1.25, 1.5, 10.5, 11.5, 2.5 ... The 4th, 7th and 10th of them.
        assert_eq!(seen[2], Examples::Shown(["10.5", "3.5", "6.5"].map(str::to_owned).to_vec()));
    }

    #[test]
    fn without_a_column_of_people_no_word_is_an_example() {
        let rows: String = (0..40).map(|row| format!("2024-03-31,{row}.5,Sales\n")).collect();
        assert_eq!(examples(&format!("Datum,Stunden,Abteilung\n{rows}"))[2], Examples::Shown(Vec::new()));
    }
}
