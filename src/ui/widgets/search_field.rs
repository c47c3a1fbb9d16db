//! A field to search a list with.

use egui::{Align2, Frame, Margin, Response, Stroke, TextEdit, Ui};

use super::Button;
use super::paint::focus_ring;
use crate::ui::theme::{Icon, Scale, Tokens, icon, space};

/// A field with a magnifying glass, and a cross to empty it, as wide as there is room. `hint` is its name too.
pub fn search_field(ui: &mut Ui, typed: &mut String, hint: &str) -> Response {
    let scale = Scale::of(ui);
    let tokens = Tokens::of(ui);
    let mut frame = Frame::new()
        .fill(tokens.card)
        .stroke(Stroke::new(1.0, tokens.control))
        .corner_radius(space::CONTROL_RADIUS)
        .inner_margin(Margin::symmetric(8, 0))
        .begin(ui);
    let response = {
        let ui = &mut frame.content_ui;
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = scale.space(6.0);
            ui.set_width(ui.available_width());
            ui.set_height(scale.control_height());
            ui.label(icon(Icon::Search, scale.space(16.0), tokens.secondary));
            let cross = if typed.is_empty() { 0.0 } else { scale.control_height() + 6.0 };
            let width = (ui.available_width() - cross).max(scale.space(40.0));
            let field = TextEdit::singleline(typed).hint_text(hint).desired_width(width).frame(Frame::NONE);
            let field = field.align(Align2::LEFT_CENTER);
            let response = ui.add(field).accessible_name(hint);
            if !typed.is_empty() && ui.add(Button::quiet("Empty the search").icon(Icon::X).icon_only()).clicked() {
                typed.clear();
                response.request_focus();
            }
            response
        })
        .inner
    };
    let drawn = frame.end(ui);
    focus_ring(ui, drawn.rect.shrink(1.0), &response, space::CONTROL_RADIUS);
    response
}
