//! How far a thing is, as a thin bar.

use egui::{Response, Role, Sense, StrokeKind, Ui, WidgetInfo, vec2};

use crate::ui::theme::{Scale, Tokens, space};

/// A bar as wide as there is room, filled to a part from 0 to 1. `name` is read to those who do not see it.
pub fn progress_bar(ui: &mut Ui, name: &str, part: f32) -> Response {
    let tokens = Tokens::of(ui);
    let size = vec2(ui.available_width(), Scale::of(ui).space(space::SMALL));
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, name));
    let radius = rect.height() / 2.0;
    ui.painter().rect(rect, radius, tokens.hover, tokens.border(), StrokeKind::Inside);
    let mut done = rect;
    done.set_width(rect.width() * part.clamp(0.0, 1.0));
    if done.width() > 0.0 {
        ui.painter().rect_filled(done, radius, tokens.accent);
    }
    response
}
