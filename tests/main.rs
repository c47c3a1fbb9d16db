//! The integration tests: one binary, one module a subject.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::needless_pass_by_value)]

mod architecture;
mod attack;
mod bad_inputs;
mod between;
mod cli;
mod columns;
mod compare;
mod contact_numbers;
mod contacts;
mod data_check;
mod decisions;
mod explore;
mod filters;
mod guidance;
mod habits;
mod import;
mod initiatives;
mod insights;
mod journeys;
mod kit;
mod locale;
mod month;
mod moves;
mod palette;
mod plans;
mod privacy;
mod project_exports;
mod project_file;
mod project_versions;
mod project_window;
mod proof;
mod proven_screens;
mod receipt;
mod references;
mod sample;
mod sample_round_trip;
mod screens;
mod source;
mod steps;
mod support;
mod two_exports;
mod week_by_week;
mod what_if;
