//! Settings: what changes numbers, and what changes looks.

use egui::Ui;

use super::{Send, ViewContext};

/// Draws the screen.
pub(super) fn show(_ui: &mut Ui, _context: &ViewContext<'_>, _send: Send<'_>) {}
