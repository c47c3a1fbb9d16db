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

use super::{ExternalAndTotal, external_share};
use crate::dataset::{Attribute, Metric};
use crate::insights::incidence::{self, Cell};
use crate::insights::internal_networks::LastOfMonth;
use crate::insights::{ConnectedGroup, Outcome, Population, Unavailable};
use crate::stats::Share;

const BANDS: [(&str, Option<f64>, Option<f64>); 2] =
    [("Up to 5 people", Some(0.0), Some(5.0)), ("More than 5 people", Some(5.0), None)];

/// Evaluates the insight.
///
/// # Errors
/// When the file has no external network size, or nobody is measured.
pub fn evaluate(population: &Population<'_>, attributes: &[&Attribute]) -> Result<Outcome, Unavailable> {
    let measure = LastOfMonth::new(population, Metric::ExternalNetworkSize, BANDS.len(), |value, unit| {
        let counted = value > 5.0;
        Cell { unit, band: usize::from(counted), counted }
    })?;
    let evaluated = incidence::evaluate(&measure, population, attributes).ok_or(Unavailable::NobodyMeasured)?;
    let bands = incidence::labelled_bands(&evaluated, &BANDS);
    let mut outcome = Outcome::new(evaluated, bands);
    outcome.connected_groups = attributes.iter().map(|attribute| external_shares(population, attribute)).collect();
    Ok(outcome)
}

/// External share and people of every group of an attribute, small ones too.
fn external_shares(population: &Population<'_>, attribute: &Attribute) -> Vec<ConnectedGroup> {
    let Some(columns) = ExternalAndTotal::of(population) else { return Vec::new() };
    let mut sums = vec![(0_u64, 0_u64, 0_usize); attribute.values.len()];
    let mut rows_of_group: Vec<u32> = Vec::new();
    for (_, rows) in population.selection().persons() {
        let mut codes: Vec<u16> = rows.iter().map(|&row| attribute.codes[row as usize]).collect();
        codes.sort_unstable();
        codes.dedup();
        for code in codes {
            rows_of_group.clear();
            rows_of_group.extend(rows.iter().copied().filter(|&row| attribute.codes[row as usize] == code));
            let (external, total, readable) = columns.sums(rows_of_group.iter().copied());
            let group = &mut sums[usize::from(code)];
            *group = (group.0 + external, group.1 + total, group.2 + usize::from(readable > 0));
        }
    }
    let groups = attribute.values.iter().zip(sums).filter(|(_, (_, _, people))| *people > 0);
    groups
        .map(|(value, (external, total, people))| ConnectedGroup {
            value: value.clone(),
            people,
            external_share: Share::new(external_share(external, total)),
        })
        .collect()
}
