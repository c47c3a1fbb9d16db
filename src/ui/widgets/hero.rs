//! The one big number.

use egui::Ui;

use crate::ui::theme::{Scale, Text, space};

/// A big number and, under it, what it counts.
pub fn hero_number(ui: &mut Ui, value: &str, caption: &str) {
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        ui.add(Text::hero(value));
        ui.add(Text::body(caption).secondary());
    });
}

/// A big number with a sentence beside it, both on one middle line.
pub fn hero_sentence(ui: &mut Ui, value: &str, sentence: &str) {
    ui.horizontal(|ui| {
        ui.add(Text::hero(value));
        ui.add_space(Scale::of(ui).space(space::TIGHT));
        ui.add(Text::lead(sentence));
    });
}
