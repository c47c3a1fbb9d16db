//! Arithmetic with no people in it.
