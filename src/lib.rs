//! Customer Focus.
pub mod dataset;
pub mod guidance;
pub mod insights;
pub mod stats;
pub mod work;
