//! The screen: egui lives here and nowhere else.
//!
//! [`theme`] holds the only colors, sizes and fonts; [`widgets`] the controls and charts, which know
//! no domain; [`offscreen`] draws any of them into a picture without a window. [`views`] are the screens,
//! which look and send actions; [`app`] is the window, which receives, decides, and does jobs.

pub mod app;
pub mod offscreen;
pub mod theme;
pub mod views;
pub mod widgets;
