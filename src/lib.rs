//! Customer Focus.
pub mod dataset;
pub mod insights;
pub mod stats;
pub mod ui;
pub mod work;
