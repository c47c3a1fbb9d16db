//! What others have written down, from `assets/references.toml`: guidelines, and figures of single studies.
//!
//! No figure is an industry benchmark, and none is drawn beside an export's numbers unless both measure the same.

use serde::Deserialize;

use super::markdown::Problem;
use crate::insights::Behavior;

/// A guideline, or a figure of one study or survey.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reference {
    /// Its name, the same for ever.
    pub id: String,
    /// The behavior that it is about, by its name in JSON.
    behavior: String,
    /// What kind of figure it is.
    pub kind: ReferenceKind,
    /// The figure in words.
    pub claim: String,
    /// The figure in the unit of the metric, where a mean can be held against it.
    pub value: Option<f64>,
    /// Whom it is about.
    pub population: String,
    /// Where it was read.
    pub source: String,
    /// Year of publication; `None` where the page carries no date.
    pub year: Option<u16>,
    /// What it does not show.
    pub note: String,
    threshold_of: Option<String>,
    mean: Option<String>,
    change_of: Option<String>,
    not_comparable: Option<String>,
}

/// What kind of figure a reference is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReferenceKind {
    /// A rule of thumb with its source.
    Guideline,
    /// Measured, in one company.
    Study,
    /// Asked, and answered by people.
    Survey,
    /// Published by somebody who sells such measurement.
    Vendor,
}

/// How an export can be held against a reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparable<'a> {
    /// An insight, by its name in JSON, counts the people on one side of it.
    ThresholdOf(&'a str),
    /// The mean of a metric, by its name in JSON, is in the same unit.
    Mean(&'a str),
    /// It is a change over time of a metric.
    ChangeOf(&'a str),
    /// Not at all, because of this.
    Not(&'a str),
}

impl Reference {
    /// The behavior that it is about.
    #[must_use]
    pub fn behavior(&self) -> Option<Behavior> {
        Behavior::ALL.into_iter().find(|behavior| behavior.name() == self.behavior)
    }

    /// How an export can be held against it.
    #[must_use]
    pub fn comparable(&self) -> Comparable<'_> {
        match (&self.threshold_of, &self.mean, &self.change_of, &self.not_comparable) {
            (Some(insight), ..) => Comparable::ThresholdOf(insight),
            (_, Some(metric), ..) => Comparable::Mean(metric),
            (_, _, Some(metric), _) => Comparable::ChangeOf(metric),
            (_, _, _, why) => Comparable::Not(why.as_deref().unwrap_or_default()),
        }
    }

    /// Where it was read, with the year.
    #[must_use]
    pub fn citation(&self) -> String {
        self.year.map_or_else(|| self.source.clone(), |year| format!("{}, {year}", self.source))
    }
}

impl ReferenceKind {
    /// In a word or two.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Guideline => "Guideline",
            Self::Study => "Study of one company",
            Self::Survey => "Survey",
            Self::Vendor => "Vendor's figure",
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Listed {
    reference: Vec<Reference>,
}

/// Reads the text of the file.
pub(super) fn parse(text: &str) -> Result<Vec<Reference>, Problem> {
    let listed = toml::from_str::<Listed>(text).map_err(|error| {
        let before = error.span().map_or("", |span| text.get(..span.start).unwrap_or_default());
        Problem::new("references.toml", before.matches('\n').count() + 1, error.message())
    })?;
    Ok(listed.reference)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guidance::references;
    use crate::insights::InsightId;

    #[test]
    fn every_reference_says_whom_it_is_about_where_it_was_read_and_what_it_does_not_show() {
        for reference in references() {
            let told = [&reference.claim, &reference.population, &reference.source, &reference.note];
            assert!(told.iter().all(|text| !text.trim().is_empty()), "{}", reference.id);
            assert!(reference.behavior().is_some(), "{} is about an unknown behavior", reference.id);
        }
    }

    #[test]
    fn every_reference_says_in_one_way_how_it_can_be_compared() {
        for reference in references() {
            let ways = [&reference.threshold_of, &reference.mean, &reference.change_of, &reference.not_comparable];
            assert_eq!(ways.iter().filter(|way| way.is_some()).count(), 1, "{}", reference.id);
            match reference.comparable() {
                Comparable::ThresholdOf(insight) => {
                    assert!(InsightId::ALL.iter().any(|id| id.name() == insight), "{}", reference.id);
                }
                Comparable::Mean(_) => assert!(reference.value.is_some(), "{}", reference.id),
                Comparable::ChangeOf(_) => assert_eq!(reference.kind, ReferenceKind::Study, "{}", reference.id),
                Comparable::Not(why) => assert!(why.ends_with('.'), "{}", reference.id),
            }
        }
    }

    #[test]
    fn names_are_given_once_and_nothing_is_called_a_benchmark() {
        let mut ids: Vec<&str> = references().iter().map(|reference| reference.id.as_str()).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), references().len());
        for reference in references() {
            assert!(!reference.claim.to_lowercase().contains("benchmark"), "{}", reference.id);
        }
    }
}
