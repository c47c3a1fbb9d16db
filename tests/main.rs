//! Tests of the whole product through its public doors.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::needless_pass_by_value)]

mod insights;
mod privacy;
mod support;
