//! References in words: what an export says beside a value that somebody entered, and beside what others wrote down.

use crate::guidance::{Comparable, Reference};
use crate::insights::InsightId;
use crate::privacy::{Interval, MeanMetric};
use crate::project::{OwnReference, PlanMetric, PlanUnit};
use crate::stats::Share;
use crate::text::{self, Locale};

use super::super::{Number, Results};
use super::uncertainty::NO_CLEAR_DIFFERENCE;
use super::{likely_range, mean_name, plan_change, plan_metric, plan_value, sentence_case};

/// How an export stands beside a reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Beside {
    /// In a sentence or two: "Yours: 31 %, likely 27 to 35. 3 points above, clearly."
    pub words: String,
    /// The number in it; `None` where there is none.
    pub number: Option<Number>,
}

/// What an export has of a metric.
struct Own {
    value: f64,
    /// `None` where the answer has none.
    interval: Option<Interval>,
    people: usize,
    number: Number,
}

fn own(results: &Results, metric: PlanMetric) -> Option<Own> {
    let findings = results.findings.as_ref().ok()?;
    let of_mean = |metric: MeanMetric| {
        let mean = findings.metrics.iter().find(|known| known.metric == metric)?.mean?;
        Some(Own { value: mean.0, interval: None, people: mean.1, number: Number::Mean(metric) })
    };
    match metric {
        PlanMetric::ExternalOver8h | PlanMetric::CoachingUnder15Min | PlanMetric::FewInternalOrganizations => {
            let id = metric.behavior().headline();
            let outcome = findings.insight(id)?.outcome.as_ref().ok()?;
            let (value, interval) = (outcome.share.get(), Some(outcome.interval));
            Some(Own { value, interval, people: outcome.people, number: Number::Share(id) })
        }
        PlanMetric::ExternalHours => of_mean(MeanMetric::ALL.into_iter().find(|mean| mean.name() == "external_hours")?),
        PlanMetric::OneToOneHours => of_mean(MeanMetric::OneToOneHours),
        PlanMetric::InternalOrganizations => {
            of_mean(MeanMetric::ALL.into_iter().find(|mean| mean.name() == "internal_organizations")?)
        }
    }
}

/// A reference of one's own in a few words: "28 %: people over eight external hours a week".
#[must_use]
pub fn own_reference(reference: &OwnReference, locale: &Locale) -> String {
    format!("{}: {}", reference_value(reference, locale), plan_metric(reference.metric))
}

/// The value of a reference, as exactly as it was typed: "28 %", "3.5 h".
#[must_use]
pub fn reference_value(reference: &OwnReference, locale: &Locale) -> String {
    let (value, unit) = match reference.metric.unit() {
        PlanUnit::Share => (reference.value * 100.0, format!("{}%", locale.space())),
        PlanUnit::Hours => (reference.value, " h".to_owned()),
        PlanUnit::Organizations => (reference.value, " organizations".to_owned()),
    };
    let is_whole = |value: f64| (value - value.round()).abs() < 1e-6;
    let places = if is_whole(value) { 0 } else { 1 + usize::from(!is_whole(value * 10.0)) };
    format!("{}{unit}", text::decimals(value, places, locale))
}

/// What an export says beside a reference of one's own. `None` without an export, or where it cannot tell.
#[must_use]
pub fn beside_own(reference: &OwnReference, results: Option<&Results>, locale: &Locale) -> Beside {
    let Some(results) = results else {
        return Beside { words: "Open an export to hold it against yours.".to_owned(), number: None };
    };
    let metric = reference.metric;
    let Some(own) = own(results, metric) else {
        return Beside { words: "The export that is open does not say.".to_owned(), number: None };
    };
    let difference = own.value - reference.value;
    let size = plan_change(metric, difference.abs(), locale);
    let size = size.trim_start_matches('+');
    let way = if difference > 0.0 { "above" } else { "below" };
    let yours = plan_value(metric, own.value, own.people, locale);
    let words = match own.interval {
        Some(interval) => {
            let likely = likely_range(interval, own.people, locale);
            let is_inside = (interval.low..=interval.high).contains(&reference.value);
            let verdict = if is_inside { NO_CLEAR_DIFFERENCE.to_owned() } else { format!("{size} {way}, clearly") };
            format!("Yours: {yours}, likely {likely}. {}.", sentence_case(&verdict))
        }
        None => format!("Yours: {yours} of {}. {size} {way}.", text::counted(own.people, "person", "people", locale)),
    };
    Beside { words, number: Some(own.number) }
}

/// What an export says beside a figure that others wrote down.
#[must_use]
pub fn beside(reference: &Reference, results: Option<&Results>, locale: &Locale) -> Beside {
    let without = |words: String| Beside { words, number: None };
    let findings = results.and_then(|results| results.findings.as_ref().ok());
    match reference.comparable() {
        Comparable::Not(why) => without(format!("Not held against your numbers. {why}")),
        Comparable::ChangeOf(_) => without("It is a change: hold your own from Compare periods against it.".to_owned()),
        Comparable::ThresholdOf(name) => {
            let id = InsightId::ALL.into_iter().find(|id| id.name() == name);
            let told = id.and_then(|id| Some((id, findings?.insight(id)?.outcome.as_ref().ok()?)));
            let Some((id, outcome)) = told else {
                return without("The page counts people on one side of it, once an export is open.".to_owned());
            };
            let share = text::percent(outcome.share, outcome.people, locale);
            let side = match id {
                InsightId::ExternalOver8h => "are over it",
                _ => "are under it",
            };
            Beside { words: format!("Yours: {share} of people {side}."), number: Some(Number::Share(id)) }
        }
        Comparable::Mean(name) => {
            let metric = MeanMetric::ALL.into_iter().find(|metric| metric.name() == name);
            let known = metric.and_then(|metric| findings?.metrics.iter().find(|mean| mean.metric == metric));
            let Some((metric, (mean, people))) = known.and_then(|known| Some((known.metric, known.mean?))) else {
                return without("The export that is open does not say.".to_owned());
            };
            let people = text::counted(people, "person", "people", locale);
            let mean = text::decimals(mean, 1, locale);
            let words = format!("Yours: {mean} hours on average of {people} ({}).", mean_name(metric).to_lowercase());
            Beside { words, number: Some(Number::Mean(metric)) }
        }
    }
}

/// A value that somebody typed: of a share in percent, else hours or a count; either decimal mark. `None` for
/// anything else.
#[must_use]
pub fn typed_reference(metric: PlanMetric, typed: &str) -> Option<f64> {
    let number = typed.trim().trim_end_matches(['%', 'h']).trim().replace(',', ".");
    let value: f64 = number.parse().ok().filter(|value: &f64| value.is_finite() && *value >= 0.0)?;
    match metric.unit() {
        PlanUnit::Share => Some(value / 100.0).filter(|share| *share <= 1.0),
        PlanUnit::Hours | PlanUnit::Organizations => Some(value),
    }
}

/// The references of one's own for the share of an insight: "own reference 28 % (HR report, 2025)".
#[must_use]
pub fn own_references_of(references: &[OwnReference], id: InsightId, locale: &Locale) -> Vec<String> {
    let of_headline = references.iter().filter(|reference| is_of_share(reference, id));
    let words = |reference: &OwnReference| {
        format!("own reference {} ({})", reference_value(reference, locale), reference.citation())
    };
    of_headline.map(words).collect()
}

/// Whether a reference is a value of the share of an insight.
#[must_use]
pub fn is_of_share(reference: &OwnReference, id: InsightId) -> bool {
    reference.metric.unit() == PlanUnit::Share && reference.metric.behavior().headline() == id
}

/// The value of a reference as it is typed: "28", "3.5".
#[must_use]
pub fn as_typed(reference: &OwnReference) -> String {
    let value = match reference.metric.unit() {
        PlanUnit::Share => Share::new(reference.value).get() * 100.0,
        PlanUnit::Hours | PlanUnit::Organizations => reference.value,
    };
    // Two decimals are what a field is for; a share of 0.28 is 28 and not 28.000000000000004.
    ((value * 100.0).round() / 100.0).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_typed_in_percent_or_units_with_either_decimal_mark() {
        assert_eq!(typed_reference(PlanMetric::ExternalOver8h, "28 %"), Some(0.28));
        assert_eq!(typed_reference(PlanMetric::ExternalOver8h, "28,5"), Some(0.285));
        assert_eq!(typed_reference(PlanMetric::ExternalOver8h, "280"), None, "no share is over 100 %");
        assert_eq!(typed_reference(PlanMetric::ExternalHours, "3.5 h"), Some(3.5));
        assert_eq!(typed_reference(PlanMetric::ExternalHours, "-1"), None);
        assert_eq!(typed_reference(PlanMetric::ExternalHours, "many"), None);
        assert_eq!(typed_reference(PlanMetric::ExternalHours, ""), None);
    }

    #[test]
    fn what_was_typed_comes_back_as_it_was() {
        for (metric, typed) in [(PlanMetric::ExternalOver8h, "28"), (PlanMetric::OneToOneHours, "0.25")] {
            let value = typed_reference(metric, typed).unwrap_or_default();
            assert_eq!(as_typed(&OwnReference { metric, value, ..OwnReference::default() }), typed);
        }
    }
}
