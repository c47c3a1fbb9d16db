//! The card that tells the keys.

use std::sync::Arc;

use egui::{Galley, Grid, Response, Role, Sense, StrokeKind, Ui, Vec2, WidgetInfo, vec2};

use crate::ui::theme::{Scale, Text, Tokens, space};

/// A key as a key cap: "Ctrl+O".
pub fn key_cap(ui: &mut Ui, keys: &str) -> Response {
    let tokens = Tokens::of(ui);
    let (galley, size) = laid_out(ui, keys);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, keys));
    let stroke = egui::Stroke::new(1.0, tokens.control);
    ui.painter().rect(rect, space::TIGHT, tokens.page, stroke, StrokeKind::Inside);
    ui.painter().galley(rect.center() - galley.size() / 2.0, galley, tokens.text);
    response
}

/// The words of a key cap, and its size.
fn laid_out(ui: &Ui, keys: &str) -> (Arc<Galley>, Vec2) {
    let scale = Scale::of(ui);
    let galley = Text::label(keys).medium().galley(ui, f32::INFINITY);
    let size = galley.size() + 2.0 * vec2(scale.space(6.0), scale.space(2.0));
    (galley, vec2(size.x.max(size.y), size.y))
}

/// Groups of keys and what they do: `(heading, [(keys, what)])`.
pub fn key_card(ui: &mut Ui, groups: &[(&str, &[(&str, &str)])]) {
    let scale = Scale::of(ui);
    // What keys do stands in one column through all groups.
    let all = groups.iter().flat_map(|(_, keys)| *keys);
    let widest = all.map(|(key, _)| laid_out(ui, key).1.x).fold(scale.space(72.0), f32::max);
    for (index, (heading, keys)) in groups.iter().enumerate() {
        if index > 0 {
            ui.add_space(scale.space(space::MEDIUM));
        }
        ui.add(Text::body(*heading).semi_bold());
        let spacing = vec2(scale.space(space::SECTION), scale.space(6.0));
        Grid::new(("keys", index)).num_columns(2).min_col_width(widest).spacing(spacing).show(ui, |ui| {
            for (key, what) in *keys {
                key_cap(ui, key);
                ui.add(Text::body(*what));
                ui.end_row();
            }
        });
    }
}
