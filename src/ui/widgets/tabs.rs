//! Tabs: words in a row, the open one underlined in the accent.

use egui::{Role, Sense, Stroke, Ui, WidgetInfo, vec2};

use super::paint::focus_ring;
use crate::ui::theme::{Scale, Text, Tokens, Tone, space};

/// A row of tabs that wraps when it must. Returns whether another tab was chosen.
pub fn tabs(ui: &mut Ui, words: &[&str], selected: &mut usize) -> bool {
    let before = *selected;
    let scale = Scale::of(ui);
    let tokens = Tokens::of(ui);
    let response = ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(scale.space(space::GAP), 0.0);
        for (index, word) in words.iter().enumerate() {
            let open = index == *selected;
            let tone = if open { Tone::Primary } else { Tone::Secondary };
            let galley = Text::body(*word).medium().tone(tone).galley(ui, f32::INFINITY);
            let size = vec2(galley.size().x, scale.control_height());
            let (rect, response) = ui.allocate_exact_size(size, Sense::click());
            response.widget_info(|| WidgetInfo::selected(Role::Tab, ui.is_enabled(), index == *selected, word));
            if response.clicked() {
                *selected = index;
            }
            let hot = response.hovered() && !open;
            let ink = if open || hot { tokens.text } else { tone.color(ui) };
            let at = rect.center() - galley.size() / 2.0;
            ui.painter().galley_with_override_text_color(at, galley, ink);
            let line = if open {
                Stroke::new(2.0, tokens.accent)
            } else if hot {
                Stroke::new(2.0, tokens.line)
            } else {
                Stroke::NONE
            };
            ui.painter().hline(rect.x_range(), rect.bottom() - 2.0, line);
            focus_ring(ui, rect, &response, space::TIGHT);
        }
    });
    let line = response.response.rect;
    let across = egui::Rangef::new(line.left(), ui.max_rect().right());
    ui.painter().hline(across, line.bottom() - 0.5, tokens.border());
    *selected != before
}
