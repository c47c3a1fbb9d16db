//! About: version, promise, licenses.

use egui::Ui;

/// Draws the screen.
pub(super) fn show(_ui: &mut Ui) {}
