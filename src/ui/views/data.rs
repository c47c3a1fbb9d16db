//! The data page: what was opened, what was recognized and on what evidence, what was set aside.

use egui::Ui;

use super::{Send, ViewContext};
use crate::workbench::{Opened, Results};

/// Draws the screen.
pub(super) fn show(_ui: &mut Ui, _context: &ViewContext<'_>, _opened: &Opened, _results: &Results, _send: Send<'_>) {}
