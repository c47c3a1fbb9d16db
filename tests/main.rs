//! The integration tests: one binary, one module a subject.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::needless_pass_by_value)]

mod architecture;
mod guidance;
mod import;
mod insights;
mod kit;
mod privacy;
mod sample;
mod source;
mod support;
