//! The integration tests: one binary, one module a subject.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod guidance;
mod import;
mod kit;
mod sample;
