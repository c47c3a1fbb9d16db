//! References of one's own: values that somebody entered to hold a number against, each with its source.

use serde::{Deserialize, Serialize};

use super::{Id, PlanMetric, Project, add, change, remove};

/// A value that somebody entered.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct OwnReference {
    /// Its number; whatever it is, an added one gets its own.
    pub id: Id,
    /// What it is a value of.
    pub metric: PlanMetric,
    /// The value: of a share from 0 to 1, else hours or a count.
    pub value: f64,
    /// Whom it is about: "All of Contoso, spring 2025".
    pub population: String,
    /// Where it is from. Never empty.
    pub source: String,
    /// The year that it is about; `None` where it was not told.
    pub year: Option<u16>,
    /// What a reader should know. May be empty.
    pub note: String,
}

impl OwnReference {
    /// Whether it can be kept: it has a source, and its value is one of its metric.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        let most = if self.metric.unit() == super::PlanUnit::Share { 1.0 } else { f64::MAX };
        !self.source.trim().is_empty() && (0.0..=most).contains(&self.value)
    }

    /// Whom it is about and where it is from, in a line: "All of Contoso, HR report, 2025".
    #[must_use]
    pub fn citation(&self) -> String {
        let year = self.year.map(|year| year.to_string()).unwrap_or_default();
        let parts = [self.population.trim(), self.source.trim(), &year];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    }
}

/// What can be done to references.
#[derive(Clone, Debug, PartialEq)]
pub enum ReferenceEdit {
    /// Put one here.
    Add(OwnReference),
    /// Write another in the place of the one of its number.
    Change(OwnReference),
    /// Forget one.
    Remove(Id),
}

impl ReferenceEdit {
    pub(super) fn apply(self, project: &mut Project) {
        match self {
            Self::Add(reference) => {
                let id = project.take_id();
                add(&mut project.references, id, reference);
            }
            Self::Change(reference) => change(&mut project.references, reference),
            Self::Remove(id) => remove(&mut project.references, id),
        }
    }

    pub(super) fn in_words(&self) -> &'static str {
        match self {
            Self::Add(_) => "add a reference",
            Self::Change(_) => "change a reference",
            Self::Remove(_) => "delete a reference",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_needs_a_source_and_a_value_of_its_metric() {
        let share = OwnReference { value: 0.28, source: "HR report".to_owned(), ..OwnReference::default() };
        assert!(share.is_complete());
        assert!(!OwnReference { source: " ".to_owned(), ..share.clone() }.is_complete());
        assert!(!OwnReference { value: 28.0, ..share.clone() }.is_complete(), "a share of 2,800 %");
        assert!(!OwnReference { value: f64::NAN, ..share.clone() }.is_complete());
        assert!(OwnReference { value: 28.0, metric: PlanMetric::ExternalHours, ..share }.is_complete());
    }

    #[test]
    fn a_citation_leaves_out_what_was_not_told() {
        let told = OwnReference { source: "HR report".to_owned(), year: Some(2025), ..OwnReference::default() };
        assert_eq!(told.citation(), "HR report, 2025");
        let told = OwnReference { population: "All of Contoso".to_owned(), ..told };
        assert_eq!(told.citation(), "All of Contoso, HR report, 2025");
    }
}
