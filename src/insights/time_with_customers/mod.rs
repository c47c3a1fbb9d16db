//! Optimize time with customers. In a file without a customer list it is *external* time, never
//! *customer* time.

pub mod connected_people;
pub mod external_over_8h;
pub mod external_top_quartile;

use crate::dataset::{EXCLUDED_SECONDS, Metric};
use crate::insights::Population;

/// External and collaboration seconds of rows, over the rows in which both can be read.
/// External time above the total is kept as it is.
struct ExternalAndTotal<'d> {
    external: &'d [u32],
    total: &'d [u32],
}

impl<'d> ExternalAndTotal<'d> {
    /// `None` when either column is not in the file.
    fn of(population: &Population<'d>) -> Option<Self> {
        let dataset = population.dataset();
        let external = dataset.seconds(Metric::ExternalHours)?;
        let total = dataset.seconds(Metric::CollaborationHours)?;
        Some(Self { external, total })
    }

    /// The sums over rows, and how many rows could be read.
    fn sums(&self, rows: impl IntoIterator<Item = u32>) -> (u64, u64, usize) {
        let (mut external, mut total, mut readable) = (0, 0, 0);
        for row in rows {
            let (e, t) = (self.external[row as usize], self.total[row as usize]);
            if e != EXCLUDED_SECONDS && t != EXCLUDED_SECONDS {
                external += u64::from(e);
                total += u64::from(t);
                readable += 1;
            }
        }
        (external, total, readable)
    }
}

/// External divided by total: at most 1, and 0 when there are no hours at all.
fn external_share(external: u64, total: u64) -> f64 {
    if external >= total { f64::from(external > 0) } else { external as f64 / total as f64 }
}

/// Each person's external share over the population, ascending by place; people without a readable row
/// are not in it.
pub(super) fn external_share_by_person(population: &Population<'_>) -> Option<Vec<f64>> {
    let columns = ExternalAndTotal::of(population)?;
    let shares = population.selection().persons().filter_map(|(_, rows)| {
        let (external, total, readable) = columns.sums(rows.iter().copied());
        (readable > 0).then(|| external_share(external, total))
    });
    Some(shares.collect())
}
