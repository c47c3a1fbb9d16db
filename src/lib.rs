//! Customer Focus.
pub mod dataset;
pub mod stats;
pub mod work;
