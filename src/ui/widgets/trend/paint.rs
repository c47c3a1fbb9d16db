//! Drawing a trend that is laid out.

use egui::{Stroke, Ui, pos2};

use super::super::paint::crisp;
use super::super::reference::paint_reference;
use super::layout::Layout;
use crate::ui::theme::{Scale, Tokens};

pub(super) fn paint(ui: &Ui, layout: &Layout, read: Option<usize>) {
    let tokens = Tokens::of(ui);
    let scale = Scale::of(ui);
    let painter = ui.painter();
    for (index, (y, words)) in layout.grid.iter().enumerate() {
        let color = if index == 0 { tokens.control } else { tokens.line };
        painter.hline(layout.plot.x_range(), crisp(painter, *y), Stroke::new(1.0, color));
        painter.galley(words.at, words.galley.clone(), tokens.secondary);
    }
    for words in &layout.periods {
        painter.galley(words.at, words.galley.clone(), tokens.secondary);
    }
    for rule in &layout.rules {
        let ends = [pos2(layout.plot.left(), rule.y), pos2(layout.plot.right(), rule.y)];
        paint_reference(ui, painter, rule.kind, ends);
    }
    if let Some(index) = read {
        let stroke = Stroke::new(1.0, tokens.control);
        painter.vline(layout.x(index), layout.plot.y_range(), stroke);
    }
    for line in &layout.lines {
        for run in &line.runs {
            painter.line(run.clone(), Stroke::new(scale.line, line.color));
        }
        let small = point_radius(layout);
        for (point, whole) in &line.points {
            let last = line.points.last().is_some_and(|(last, _)| last == point);
            let radius = if last { scale.marker / 2.0 } else { small };
            if !whole {
                let stroke = Stroke::new(scale.line * 0.75, line.color);
                painter.circle(*point, radius.max(scale.marker * 0.3), tokens.card, stroke);
            } else if radius > scale.line * 0.75 {
                painter.circle_filled(*point, radius, line.color);
            }
        }
    }
    for words in &layout.words {
        painter.galley(words.at, words.galley.clone(), tokens.text);
    }
}

/// Points shrink where many periods crowd the line, and vanish into it where they would touch.
fn point_radius(layout: &Layout) -> f32 {
    let apart = (layout.x(1) - layout.x(0)).abs();
    (apart * 0.2).min(layout.marker * 0.4)
}
