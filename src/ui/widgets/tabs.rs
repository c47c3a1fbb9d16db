//! Tabs: words in a row, the open one underlined in the accent; in narrow places, words in tinted fields.

use egui::{Rangef, Response, Role, Sense, Stroke, Ui, WidgetInfo, vec2};

use super::paint::focus_ring;
use crate::ui::theme::{Scale, Text, Tokens, Tone, space};

/// A row of tabs. Where they do not fit on one line they become fields on several. Returns whether another
/// tab was chosen.
pub fn tabs(ui: &mut Ui, words: &[&str], selected: &mut usize) -> bool {
    let before = *selected;
    let scale = Scale::of(ui);
    let gap = scale.space(space::GAP);
    let width = |word: &&str| Text::body(*word).medium().galley(ui, f32::INFINITY).size().x;
    let needed: f32 = words.iter().map(width).sum::<f32>() + gap * words.len().saturating_sub(1) as f32;
    let one_line = needed <= ui.available_width();
    let row = ui.horizontal_wrapped(|ui| {
        let spacing = if one_line { vec2(gap, 0.0) } else { vec2(space::TIGHT, space::TIGHT) };
        ui.spacing_mut().item_spacing = spacing;
        for (index, word) in words.iter().enumerate() {
            if tab(ui, word, index == before, one_line).clicked() {
                *selected = index;
            }
        }
    });
    if one_line {
        let line = row.response.rect;
        let across = Rangef::new(line.left(), ui.max_rect().right());
        ui.painter().hline(across, line.bottom() - 0.5, Tokens::of(ui).border());
    }
    *selected != before
}

fn tab(ui: &mut Ui, word: &str, open: bool, underlined: bool) -> Response {
    let scale = Scale::of(ui);
    let tokens = Tokens::of(ui);
    let tone = if open { Tone::Primary } else { Tone::Secondary };
    let galley = Text::body(word).medium().tone(tone).galley(ui, f32::INFINITY);
    let padding = if underlined { 0.0 } else { scale.space(space::SMALL) };
    let height = if underlined { scale.control_height() } else { scale.space(28.0) };
    let size = vec2(galley.size().x + 2.0 * padding, height);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Tab, ui.is_enabled(), open, word));
    let hot = response.hovered() && !open;
    if !underlined && (open || hot) {
        let fill = if open { tokens.selected } else { tokens.hover };
        ui.painter().rect_filled(rect, space::CONTROL_RADIUS, fill);
    }
    let ink = if hot { tokens.text } else { tone.color(ui) };
    let at = rect.center() - galley.size() / 2.0;
    ui.painter().galley_with_override_text_color(at, galley, ink);
    if underlined && (open || hot) {
        let color = if open { tokens.accent } else { tokens.line };
        ui.painter().hline(rect.x_range(), rect.bottom() - 2.0, Stroke::new(2.0, color));
    }
    focus_ring(ui, rect, &response, space::TIGHT);
    response
}
