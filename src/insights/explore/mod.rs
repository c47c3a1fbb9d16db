//! **Explore the stats**: any metric of a file by any attribute, or two.
//!
//! | file | numbers |
//! |---|---|
//! | `values` | a metric of one person, or of one person's week or month |
//! | `means` | mean per person, of everyone and of groups, against the rest; quantiles, bins, points over time |
//! | `external` | any external contact, the external share of all collaboration, who has most of the external hours |
//! | `styles` | the parts of coaching style and of the rhythm of 1:1s, of everyone and of groups |
//!
//! Mean per person: for each person over the measured periods first, then over people. Its 95 % interval follows from each
//! person's contribution z_i = (m_i - M) / N, as that of every share does; a group's difference from everyone outside it
//! subtracts contributions person by person. Intervals of means end at 0, as no metric can be less; those of differences
//! do not. External hours leave out edge weeks.
//!
//! Hours and the external share have a point for each week; counts that look back 28 days one for each month, of the last
//! value of each person in it.

mod external;
mod means;
mod styles;
mod values;

pub use external::{AnyContact, ExternalTime, OfCollaboration, TopPart, external_time};
pub use means::{Explored, Measured, MeasuredGroup, MeasuredGroups, Points, measure, measure_points};
pub use styles::{Parts, Style, style_parts};
pub use values::{available, bin_edges, is_by_week, rows_with};
