//! A few words that stand for something that was chosen, with a cross to take it away.

use egui::{Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::paint::focus_ring;
use crate::ui::theme::{Icon, Scale, Text, Tokens, Tone, icon_font};

/// The widest chip, in points at a desk; longer words are cut, and whole under the pointer.
const WIDEST: f32 = 380.0;

/// A chip that says `words`. It is `clicked` when what it stands for should go.
pub fn removable_chip(ui: &mut Ui, words: &str) -> Response {
    let scale = Scale::of(ui);
    let tokens = Tokens::of(ui);
    let padding = scale.space(10.0);
    let gap = scale.space(6.0);
    let side = scale.space(14.0);
    let room = scale.space(WIDEST).min(ui.max_rect().width()) - 2.0 * padding - gap - side;
    let word = Text::body(words).medium().tone(Tone::Primary).one_line().galley(ui, room.max(side));
    let is_cut = word.elided;
    let size = vec2(word.size().x + gap + side + 2.0 * padding, scale.space(28.0));
    let (rect, mut response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), format!("Remove {words}")));
    if ui.is_rect_visible(rect) {
        let hot = response.hovered();
        let radius = rect.height() / 2.0;
        let line = Stroke::new(1.0, if hot { tokens.control } else { tokens.selected });
        ui.painter().rect(rect, radius, tokens.selected, line, StrokeKind::Inside);
        focus_ring(ui, rect, &response, radius);
        let middle = rect.center().y;
        let right = rect.right() - padding - side;
        ui.painter().galley(pos2(rect.left() + padding, middle - word.size().y / 2.0), word, tokens.text);
        let ink = if hot { tokens.text } else { tokens.secondary };
        let cross = char::from(Icon::X).to_string();
        let cross = ui.painter().layout_no_wrap(cross, icon_font(side), ink);
        ui.painter().galley(pos2(right, middle - cross.size().y / 2.0), cross, ink);
    }
    if is_cut {
        response = response.on_hover_text(words);
    }
    response
}
