//! Customer Focus.
pub mod dataset;
pub mod insights;
pub mod sample;
pub mod stats;
pub mod work;
