//! **Connected people**: the percentage of people with more than five external connections in a month.
//!
//! External network size > 5, per month, on the person's last available value in the month; share over
//! people with a value; unweighted mean over the months that have data. Network metrics look back 28 days:
//! no week-on-week change is ever shown, trends are monthly.
//!
//! **Connected groups** (our rule): a group's external share is its external hours divided by its
//! collaboration hours over the population; a group is connected when that is at or above the 75th
//! percentile over all groups of the attribute that have the minimum size. About a quarter of groups are
//! connected by construction.
//!
//! Source: "Increase customer focus" (Workplace Analytics); no number is published for groups.

use crate::dataset::{Dataset, Metric, PersonRows};
use crate::insights::groups::Split;
use crate::insights::incidence;
use crate::insights::internal_networks::LastOfMonth;
use crate::insights::marks::{Cell, Judge, Measure};
use crate::insights::sums::{ExternalAndTotal, ExternalAndTotalSums};
use crate::insights::{ConnectedGroup, Months, Outcome, Population, Unavailable};
use crate::stats::Share;

const BANDS: [(&str, Option<f64>, Option<f64>); 2] =
    [("Up to 5 people", Some(0.0), Some(5.0)), ("More than 5 people", Some(5.0), None)];

/// The measure: more than five people in the last value of a month.
pub(in crate::insights) fn connected_in_month<'d>(
    dataset: &'d Dataset,
    months: &'d Months,
) -> Result<impl Measure + 'd, Unavailable> {
    LastOfMonth::new(dataset, months, Metric::ExternalNetworkSize, BANDS.len(), |value, unit| {
        let counted = value > 5.0;
        Cell::measured(unit, usize::from(counted), counted)
    })
}

/// Evaluates the insight.
///
/// # Errors
/// When the file has no external network size, or nobody is measured.
pub(in crate::insights) fn evaluate(population: &Population<'_>, splits: &[Split<'_>]) -> Result<Outcome, Unavailable> {
    let panel = population.panel();
    let measure = connected_in_month(panel.dataset(), panel.months())?;
    let is_used = |month| population.has_month(month);
    let judge = Judge::new(&measure, panel, panel.kept().connected_people.as_ref(), is_used);
    let evaluated = incidence::evaluate(&judge, population, splits).ok_or(Unavailable::NobodyMeasured)?;
    let bands = incidence::labelled_bands(&evaluated, &BANDS);
    let mut outcome = Outcome::new(evaluated, bands);
    outcome.connected_groups = splits.iter().map(|split| external_shares(population, split)).collect();
    Ok(outcome)
}

/// External share and people of every group of an attribute, small ones too.
fn external_shares(population: &Population<'_>, split: &Split<'_>) -> Vec<ConnectedGroup> {
    let Some(sums) = ExternalAndTotalSums::new(population.panel()) else { return Vec::new() };
    let Some(of_everyone) = population.external_and_total() else { return Vec::new() };
    let add = |(group, people): (ExternalAndTotal, usize), place: Option<usize>, rows: PersonRows<'_>| {
        let own = place.map_or_else(|| sums.of(rows), |place| of_everyone[place]);
        (group.and(own), people + usize::from(own.rows > 0))
    };
    let groups = split.sum_by_group(population.selection(), add);
    let groups = split.groups().zip(groups).filter(|(_, (_, people))| *people > 0);
    groups
        .map(|((cell, value), (group, people))| ConnectedGroup {
            value,
            cell,
            people,
            external_share: Share::new(group.external_share()),
        })
        .collect()
}
