//! The screen: egui lives here and nowhere else.
//!
//! [`theme`] holds the only colors, sizes and fonts; [`widgets`] the controls and charts, which know
//! no domain; [`offscreen`] draws any of them into a picture without a window.

pub mod offscreen;
pub mod theme;
pub mod widgets;
