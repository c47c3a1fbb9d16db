//! Customer Focus.
pub mod dataset;
pub mod insights;
pub mod privacy;
pub mod stats;
pub mod text;
pub mod work;
