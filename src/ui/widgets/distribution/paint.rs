//! Drawing a distribution that is laid out.

use egui::{Stroke, Ui};

use super::super::band_bar::paint_band;
use super::super::paint::{band_color, crisp};
use super::super::reference::paint_reference;
use super::layout::Layout;
use crate::ui::theme::Tokens;

pub(super) fn paint(ui: &Ui, layout: &Layout, read: Option<usize>) {
    let tokens = Tokens::of(ui);
    let painter = ui.painter();
    for (index, line) in layout.grid.iter().enumerate() {
        // The foot on which the bars stand is a little stronger than the lines above it.
        let color = if index == 0 { tokens.control } else { tokens.line };
        let y = crisp(painter, line.y);
        let stroke = Stroke::new(1.0, color);
        // Lines stop short of the values above bars rather than strike them out.
        let mut left = layout.plot.left();
        for words in layout.slots.iter().map(|slot| slot.value_area.expand(2.0)) {
            if words.y_range().contains(y) {
                painter.hline(left..=words.left(), y, stroke);
                left = words.right();
            }
        }
        painter.hline(left..=layout.plot.right(), y, stroke);
        painter.galley(line.words.at, line.words.galley.clone(), tokens.secondary);
    }
    let count = layout.slots.len();
    for (index, slot) in layout.slots.iter().enumerate() {
        if read == Some(index) {
            let area = slot.area.with_min_y(layout.plot.top()).with_max_y(layout.plot.bottom());
            painter.rect_filled(area, 0.0, tokens.hover.gamma_multiply(0.6));
        }
        paint_band(painter, slot.bar, band_color(tokens, index, count), tokens);
        painter.galley(slot.value.at, slot.value.galley.clone(), tokens.text);
        painter.galley(slot.name.at, slot.name.galley.clone(), tokens.text);
    }
    for rule in &layout.rules {
        paint_reference(ui, painter, rule.kind, rule.ends);
        painter.galley(rule.words.at, rule.words.galley.clone(), tokens.text);
    }
}
