//! The written definitions, number by number.

mod coaching;
mod external;
mod groups;
mod networks;
