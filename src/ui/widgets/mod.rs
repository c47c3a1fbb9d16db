//! Controls and charts.
