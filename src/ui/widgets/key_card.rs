//! The card that tells the keys.

use egui::{Grid, Response, Role, Sense, StrokeKind, Ui, WidgetInfo, vec2};

use crate::ui::theme::{Scale, Text, Tokens, space};

/// A key as a key cap: "Ctrl+O".
pub fn key_cap(ui: &mut Ui, keys: &str) -> Response {
    let scale = Scale::of(ui);
    let tokens = Tokens::of(ui);
    let galley = Text::label(keys).medium().galley(ui, f32::INFINITY);
    let padding = vec2(scale.space(6.0), scale.space(2.0));
    let size = galley.size() + 2.0 * padding;
    let size = vec2(size.x.max(size.y), size.y);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, keys));
    let stroke = egui::Stroke::new(1.0, tokens.control);
    ui.painter().rect(rect, space::TIGHT, tokens.page, stroke, StrokeKind::Inside);
    ui.painter().galley(rect.center() - galley.size() / 2.0, galley, tokens.text);
    response
}

/// Groups of keys and what they do: `(heading, [(keys, what)])`.
pub fn key_card(ui: &mut Ui, groups: &[(&str, &[(&str, &str)])]) {
    let scale = Scale::of(ui);
    for (index, (heading, keys)) in groups.iter().enumerate() {
        if index > 0 {
            ui.add_space(scale.space(space::MEDIUM));
        }
        ui.add(Text::body(*heading).semi_bold());
        let spacing = vec2(scale.space(space::SECTION), scale.space(6.0));
        Grid::new(("keys", index)).num_columns(2).min_col_width(scale.space(72.0)).spacing(spacing).show(ui, |ui| {
            for (key, what) in *keys {
                key_cap(ui, key);
                ui.add(Text::body(*what));
                ui.end_row();
            }
        });
    }
}
