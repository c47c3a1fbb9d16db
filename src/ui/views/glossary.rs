//! The glossary: every metric in both eras, and every word.

use egui::Ui;

use super::ViewState;

/// Draws the screen.
pub(super) fn show(_ui: &mut Ui, _state: &mut ViewState) {}
