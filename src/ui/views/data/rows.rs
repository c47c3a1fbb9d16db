//! Rows of small tables: cells that wrap, a thin rule between rows.

use egui::Ui;

use super::super::rule;
use crate::ui::theme::{Scale, Text, space};
use crate::ui::widgets::columns;

/// The space above and below the rules of a table, in points at a desk.
const ROW_SPACE: f32 = 6.0;

/// Draws a table: its rows stand closer together than other things.
pub(in super::super) fn table(ui: &mut Ui, rows: impl FnOnce(&mut Ui)) {
    ui.add_space(Scale::of(ui).space(space::TIGHT));
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = Scale::of(ui).space(ROW_SPACE);
        rows(ui);
    });
}

/// One row of a table with a rule above it, its cells as wide as their parts of `shares`.
pub(in super::super) fn table_row<const N: usize>(ui: &mut Ui, shares: [f32; N], cells: impl FnOnce([&mut Ui; N])) {
    rule(ui);
    columns(ui, shares, cells);
}

/// The row of a table that names its columns.
pub(in super::super) fn table_head<const N: usize>(ui: &mut Ui, shares: [f32; N], words: [&str; N]) {
    columns(ui, shares, |cells| {
        for (cell, word) in cells.into_iter().zip(words) {
            cell.add(Text::caption(word).secondary());
        }
    });
}
