//! The head of a part of a list that can be folded away.

use egui::{Response, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::paint::focus_ring;
use crate::ui::theme::{Icon, Scale, Text, Tokens, icon_font, space};

/// A row with an arrow, a name and a short text at the right. It is `clicked` when it should fold or unfold.
pub fn fold_head(ui: &mut Ui, name: &str, detail: &str, is_open: bool) -> Response {
    let scale = Scale::of(ui);
    let tokens = Tokens::of(ui);
    let size = vec2(ui.available_width(), scale.control_height());
    let (rect, mut response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::DisclosureTriangle, ui.is_enabled(), name));
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_expanded(is_open);
        node.set_description(detail);
    });
    if response.gained_focus() {
        response.scroll_to_me(None);
    }
    let gap = scale.space(space::SMALL);
    let side = scale.space(16.0);
    let detail = Text::label(detail).secondary().galley(ui, f32::INFINITY);
    let left = rect.left() + side + 2.0 * gap;
    let room = (rect.right() - left - detail.size().x - 2.0 * gap).max(side);
    let word = Text::body(name).semi_bold().one_line().galley(ui, room);
    let is_cut = word.elided;
    if ui.is_rect_visible(rect) {
        let painter = ui.painter();
        if response.hovered() {
            painter.rect_filled(rect, space::CONTROL_RADIUS, tokens.hover);
        }
        let middle = rect.center().y;
        let arrow = char::from(if is_open { Icon::ChevronDown } else { Icon::ChevronRight }).to_string();
        let arrow = painter.layout_no_wrap(arrow, icon_font(side), tokens.secondary);
        painter.galley(pos2(rect.left() + gap, middle - arrow.size().y / 2.0), arrow, tokens.secondary);
        painter.galley(pos2(left, middle - word.size().y / 2.0), word, tokens.text);
        let right = rect.right() - gap - detail.size().x;
        painter.galley(pos2(right, middle - detail.size().y / 2.0), detail, tokens.secondary);
        focus_ring(ui, rect.shrink(1.0), &response, space::CONTROL_RADIUS);
    }
    if is_cut {
        response = response.on_hover_text(name);
    }
    response
}
