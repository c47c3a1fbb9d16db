//! The integration tests, one binary.

mod kit;
