//! Running text: columns narrow enough to read, lists, and where something comes from.

use egui::{Ui, pos2, vec2};

use super::mark::chip;
use crate::ui::theme::{Scale, Text, TextSize, Tokens, space, text_column_width};

/// Running text in a column of at most 68 characters. Empty lines part paragraphs.
pub fn prose(ui: &mut Ui, text: &str) {
    column(ui, |ui| {
        ui.spacing_mut().item_spacing.y = Scale::of(ui).space(space::SMALL);
        for paragraph in text.split("\n\n").filter(|paragraph| !paragraph.trim().is_empty()) {
            ui.add(Text::body(paragraph.trim()).selectable());
        }
    });
}

/// A list with bullets, in the same column.
pub fn bullets(ui: &mut Ui, items: &[&str]) {
    column(ui, |ui| {
        let scale = Scale::of(ui);
        ui.spacing_mut().item_spacing.y = scale.space(6.0);
        for item in items {
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing.x = 0.0;
                let indent = scale.space(space::GAP);
                let line = scale.line_height(TextSize::Body);
                let (rect, _) = ui.allocate_exact_size(vec2(indent, line), egui::Sense::hover());
                let center = pos2(rect.left() + scale.space(space::TIGHT), rect.center().y);
                ui.painter().circle_filled(center, scale.space(2.0), Tokens::of(ui).secondary);
                ui.add(Text::body(*item).selectable());
            });
        }
    });
}

/// Where something comes from, in fine print, with how much effort it takes in a chip before it.
pub fn source_line(ui: &mut Ui, source: &str, effort: Option<&str>) {
    ui.horizontal_wrapped(|ui| {
        if let Some(effort) = effort {
            chip(ui, effort);
        }
        ui.add(Text::caption(source).secondary());
    });
}

fn column(ui: &mut Ui, contents: impl FnOnce(&mut Ui)) {
    let widest = text_column_width(&Scale::of(ui), TextSize::Body);
    let width = ui.available_width().min(widest);
    ui.vertical(|ui| {
        ui.set_max_width(width);
        contents(ui);
    });
}
