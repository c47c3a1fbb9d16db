//! Reading exact values off a chart: with the pointer, or with the arrow keys once it has the focus.

use egui::WidgetInfo;
use egui::{EventFilter, Frame, Key, Margin, Pos2, Rect, RectAlign, Response, Role, Sense, Tooltip, Ui, Vec2};

use super::paint::focus_ring;
use crate::ui::theme::{Text, space};

/// Claims `size` for a chart that screen readers know by `summary`.
pub(super) fn chart_area(ui: &mut Ui, size: Vec2, summary: &str, sense: Sense) -> (Rect, Response) {
    let (rect, response) = ui.allocate_exact_size(size, sense);
    response.widget_info(|| WidgetInfo::labeled(Role::Figure, true, summary));
    focus_ring(ui, rect, &response, space::TIGHT);
    (rect, response)
}

/// Which of `count` things is being read: the one under the pointer, else the one that the arrow keys
/// chose while the chart has the focus.
pub(super) fn probe(ui: &Ui, response: &Response, count: usize, at: impl Fn(Pos2) -> Option<usize>) -> Option<usize> {
    if count == 0 {
        return None;
    }
    if response.has_focus() {
        let filter = EventFilter { horizontal_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    }
    if let Some(position) = response.hover_pos() {
        return at(position);
    }
    if !response.has_focus() {
        return None;
    }
    let chosen = ui.data(|data| data.get_temp::<usize>(response.id));
    let (back, forward) = ui.input(|input| (input.key_pressed(Key::ArrowLeft), input.key_pressed(Key::ArrowRight)));
    let next = match chosen {
        None if back || forward => Some(if back { count - 1 } else { 0 }),
        Some(index) if back => Some(index.saturating_sub(1)),
        Some(index) if forward => Some((index + 1).min(count - 1)),
        other => other.map(|index| index.min(count - 1)),
    };
    if let Some(index) = next {
        ui.data_mut(|data| data.insert_temp(response.id, index));
    }
    next
}

/// A tooltip beside `anchor` with a name and lines of exact values.
pub(super) fn value_tooltip(ui: &Ui, response: &Response, anchor: Rect, name: &str, detail: &str) {
    let mut tooltip = Tooltip::always_open(ui.ctx().clone(), response.layer_id, response.id.with("values"), anchor);
    let frame = Frame::popup(ui.style()).inner_margin(Margin::symmetric(12, 8));
    tooltip.popup = tooltip.popup.gap(space::SMALL).align(RectAlign::TOP).frame(frame);
    tooltip.show(|ui| {
        ui.set_max_width(ui.spacing().tooltip_width);
        ui.spacing_mut().item_spacing.y = space::TIGHT;
        ui.add(Text::body(name).semi_bold());
        for line in detail.lines() {
            ui.add(Text::body(line));
        }
    });
}
