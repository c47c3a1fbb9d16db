//! Optimize time with customers. In a file without a customer list it is *external* time, never
//! *customer* time.

pub mod connected_people;
pub mod external_over_8h;
pub mod external_top_quartile;

use crate::insights::Population;
use crate::insights::sums::ExternalAndTotal;

/// Each person's external share over the population, ascending by place; people without a readable row
/// are not in it.
pub(super) fn external_share_by_person(population: &Population<'_>) -> Option<Vec<f64>> {
    let by_person = population.external_and_total()?.iter().filter(|sum| sum.rows > 0);
    let mut shares = Vec::with_capacity(population.people());
    shares.extend(by_person.copied().map(ExternalAndTotal::external_share));
    Some(shares)
}
