//! Small drawings that several widgets share.

use egui::{Color32, Painter, Pos2, Rect, Response, Shape, Stroke, StrokeKind, Ui, vec2};

use crate::ui::theme::{Tokens, space};

/// The ring round what has the keyboard focus.
pub(super) fn focus_ring(ui: &Ui, rect: Rect, response: &Response, radius: f32) {
    if response.has_focus() {
        let stroke = Stroke::new(space::FOCUS_RING, Tokens::of(ui).accent);
        let ring = rect.expand(1.0);
        ui.painter().rect_stroke(ring, radius + 1.0, stroke, StrokeKind::Middle);
    }
}

/// The color of one of `count` bands, from low to high. Between three of them, their mixtures.
pub(super) fn band_color(tokens: &Tokens, index: usize, count: usize) -> Color32 {
    let [low, middle, high] = tokens.data.bands;
    if count < 2 {
        return middle;
    }
    let place = index.min(count - 1) as f32 / (count - 1) as f32 * 2.0;
    if place <= 1.0 { low.lerp_to_gamma(middle, place) } else { middle.lerp_to_gamma(high, place - 1.0) }
}

/// A triangle that stands on its side, `radius` from center to corner.
pub(super) fn triangle(painter: &Painter, center: Pos2, radius: f32, fill: Color32, line: Stroke) {
    let points =
        vec![center + vec2(0.0, -radius), center + vec2(radius, radius * 0.8), center + vec2(-radius, radius * 0.8)];
    painter.add(Shape::convex_polygon(points, fill, line));
}

/// A square on its corner.
pub(super) fn diamond(painter: &Painter, center: Pos2, radius: f32, fill: Color32, line: Stroke) {
    let points = [(0.0, -1.0), (1.0, 0.0), (0.0, 1.0), (-1.0, 0.0)].map(|(x, y)| center + vec2(x, y) * radius).to_vec();
    painter.add(Shape::convex_polygon(points, fill, line));
}

/// A swatch that explains a color, as high as the small letters beside it.
pub(super) fn swatch(painter: &Painter, rect: Rect, fill: Color32, outline: Color32) {
    painter.rect(rect, 2.0, fill, Stroke::new(1.0, outline), StrokeKind::Inside);
}

/// On whole pixels, so that thin lines are sharp.
pub(super) fn crisp(painter: &Painter, y: f32) -> f32 {
    painter.round_to_pixel_center(y)
}
