//! Customer Focus.
pub mod dataset;
pub mod import;
pub mod insights;
pub mod stats;
pub mod work;
