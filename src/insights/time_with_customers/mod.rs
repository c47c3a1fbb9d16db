//! Optimize time with customers. In a file without a customer list it is *external* time, never
//! *customer* time.

pub mod connected_people;
pub mod external_over_8h;
pub mod external_top_quartile;

use crate::insights::Population;
use crate::insights::sums::{ExternalAndTotal, ExternalAndTotalSums};

/// Each person's external share over the population, ascending by place; people without a readable row
/// are not in it.
pub(super) fn external_share_by_person(population: &Population<'_>) -> Option<Vec<f64>> {
    let sums = ExternalAndTotalSums::new(population.panel())?;
    let by_person = population.selection().persons_rows().map(|rows| sums.of(rows)).filter(|sum| sum.rows > 0);
    Some(by_person.map(ExternalAndTotal::external_share).collect())
}
