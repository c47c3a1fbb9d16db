//! The written definitions, number by number.

mod agreement;
mod chance;
mod change;
mod coaching;
mod compare;
mod explore;
mod external;
mod formula;
mod groups;
mod laws;
mod naive;
mod networks;
mod panel;
mod plans;
mod what_if;
