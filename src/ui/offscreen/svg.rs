//! Drawings of any egui code as SVG: lines, areas, and words that stay words.
//!
//! What egui paints is written out shape by shape, at the same places and in the same colors. Pictures are left out: no chart
//! has any.

use std::fmt::Write as _;

use egui::emath::Rot2;
use egui::epaint::{BandShape, ClippedShape, Mesh, PathShape, RectShape, TextShape};
use egui::{Color32, Pos2, Rect, Shape, Stroke, Vec2, vec2};

/// The fonts that words ask for: ours, then those of the reader's system.
const FAMILY: &str = "Inter, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif";

/// The drawing of some shapes on a ground.
pub(super) fn document(size: Vec2, ground: Color32, shapes: &[ClippedShape]) -> String {
    let mut svg = Svg { text: String::new(), clips: 0 };
    let (width, height) = (number(size.x), number(size.y));
    svg.line(&format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" font-family=\"{FAMILY}\">"
    ));
    let whole = Rect::from_min_size(Pos2::ZERO, size);
    svg.rect(&RectShape::filled(whole, 0.0, ground));
    for ClippedShape { clip_rect, shape, .. } in shapes {
        let bounds = shape.visual_bounding_rect();
        if !bounds.is_positive() && !matches!(shape, Shape::Vec(_)) || !bounds.intersects(*clip_rect) {
            // A line that is level or upright has no area, and still is a line.
            let is_line = matches!(shape, Shape::LineSegment { .. } | Shape::Path(_)) && bounds.intersects(*clip_rect);
            if !is_line {
                continue;
            }
        }
        let is_cut = !clip_rect.contains_rect(bounds);
        if is_cut {
            svg.clips += 1;
            let id = svg.clips;
            let (x, y) = (number(clip_rect.left()), number(clip_rect.top()));
            let (width, height) = (number(clip_rect.width()), number(clip_rect.height()));
            svg.line(&format!(
                "<clipPath id=\"c{id}\"><rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"/></clipPath><g clip-path=\"url(#c{id})\">"
            ));
        }
        svg.shape(shape);
        if is_cut {
            svg.line("</g>");
        }
    }
    svg.line("</svg>");
    svg.text
}

struct Svg {
    text: String,
    clips: usize,
}

impl Svg {
    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    fn shape(&mut self, shape: &Shape) {
        match shape {
            Shape::Noop | Shape::Callback(_) => {}
            Shape::Vec(shapes) => shapes.iter().for_each(|shape| self.shape(shape)),
            Shape::Circle(circle) => {
                let (center, radius) = (circle.center, circle.radius);
                self.ellipse(center, Vec2::splat(radius), circle.fill, circle.stroke);
            }
            Shape::Ellipse(ellipse) => self.ellipse(ellipse.center, ellipse.radius, ellipse.fill, ellipse.stroke),
            Shape::LineSegment { points, stroke } => {
                let path = path_of(points, false);
                let stroke = paint("stroke", stroke.color) + &width(stroke.width);
                self.line(&format!("<path d=\"{path}\" fill=\"none\"{stroke}/>"));
            }
            Shape::Path(path) => self.path(path),
            Shape::Band(band) => self.band(band),
            Shape::Rect(rect) => self.rect(rect),
            Shape::Text(text) => self.words(text),
            Shape::Mesh(mesh) => self.mesh(mesh),
            Shape::QuadraticBezier(curve) => {
                let points: Vec<Pos2> = curve.flatten(Some(0.2));
                self.path(&PathShape { points, closed: curve.closed, fill: curve.fill, stroke: curve.stroke.clone() });
            }
            Shape::CubicBezier(curve) => {
                let points: Vec<Pos2> = curve.flatten(Some(0.2));
                self.path(&PathShape { points, closed: curve.closed, fill: curve.fill, stroke: curve.stroke.clone() });
            }
        }
    }

    fn ellipse(&mut self, center: Pos2, radius: Vec2, fill: Color32, stroke: Stroke) {
        let (x, y, across, up) = (number(center.x), number(center.y), number(radius.x), number(radius.y));
        let ink = inks(fill, stroke);
        self.line(&format!("<ellipse cx=\"{x}\" cy=\"{y}\" rx=\"{across}\" ry=\"{up}\"{ink}/>"));
    }

    fn path(&mut self, path: &PathShape) {
        let color = match &path.stroke.color {
            egui::epaint::ColorMode::Solid(color) => *color,
            egui::epaint::ColorMode::UV(_) => Color32::TRANSPARENT,
        };
        let fill = if path.closed { path.fill } else { Color32::TRANSPARENT };
        let ink = inks(fill, Stroke::new(path.stroke.width, color));
        let path = path_of(&path.points, path.closed);
        if !path.is_empty() {
            self.line(&format!("<path d=\"{path}\" stroke-linejoin=\"round\"{ink}/>"));
        }
    }

    /// From its upper ends to the right, and back along the lower ones.
    fn band(&mut self, band: &BandShape) {
        let turn = Rot2::from_angle(band.angle);
        let upper = band.points.iter().map(|point| vec2(point.x, point.y.min));
        let lower = band.points.iter().rev().map(|point| vec2(point.x, point.y.max));
        let points: Vec<Pos2> = upper.chain(lower).map(|point| (turn * point).to_pos2()).collect();
        let ink = inks(band.fill, band.stroke);
        let path = path_of(&points, true);
        self.line(&format!("<path d=\"{path}\"{ink}/>"));
    }

    fn rect(&mut self, shape: &RectShape) {
        let inside = match shape.stroke_kind {
            egui::StrokeKind::Inside => shape.rect.shrink(shape.stroke.width / 2.0),
            egui::StrokeKind::Middle => shape.rect,
            egui::StrokeKind::Outside => shape.rect.expand(shape.stroke.width / 2.0),
        };
        let (x, y) = (number(inside.left()), number(inside.top()));
        let (width, height) = (number(inside.width().max(0.0)), number(inside.height().max(0.0)));
        let round = f32::from(shape.corner_radius.nw);
        let round = if round > 0.0 { format!(" rx=\"{}\"", number(round)) } else { String::new() };
        let ink = inks(shape.fill, shape.stroke);
        if !ink.ends_with("fill=\"none\"") {
            self.line(&format!("<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"{round}{ink}/>"));
        }
    }

    /// Row by row; the words of a chart have one format each.
    fn words(&mut self, shape: &TextShape) {
        let Some(format) = shape.galley.job.sections.first().map(|section| &section.format) else { return };
        let color = match shape.override_text_color {
            Some(color) => color,
            None if format.color == Color32::PLACEHOLDER => shape.fallback_color,
            None => format.color,
        };
        let ink = paint("fill", color.gamma_multiply(shape.opacity_factor));
        let (weight, size) = (weight(&format.font_id.family), number(format.font_id.size));
        for row in &shape.galley.rows {
            let words: String = row.row.glyphs.iter().map(|glyph| glyph.chr).collect();
            let Some(first) = row.row.glyphs.first().filter(|_| !words.trim().is_empty()) else { continue };
            let at = shape.pos + row.pos.to_vec2() + first.pos.to_vec2();
            let words = words.trim_end();
            // As wide as here, whatever font the reader has: words that grow would cover others.
            let last = row.row.glyphs.get(words.chars().count().saturating_sub(1)).unwrap_or(first);
            let width = number(last.pos.x + last.advance_width - first.pos.x);
            let fit = format!(" textLength=\"{width}\" lengthAdjust=\"spacingAndGlyphs\"");
            let (x, y, words) = (number(at.x), number(at.y), escaped(words));
            self.line(&format!(
                "<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\"{fit}{weight}{ink} xml:space=\"preserve\">{words}</text>"
            ));
        }
    }

    /// Plain triangles; those of a picture are left out.
    fn mesh(&mut self, mesh: &Mesh) {
        if mesh.texture_id != egui::TextureId::default() {
            return;
        }
        for triangle in mesh.indices.chunks_exact(3) {
            let corners: Vec<_> = triangle.iter().filter_map(|&index| mesh.vertices.get(index as usize)).collect();
            let [first, _, _] = corners.as_slice() else { continue };
            let points: Vec<Pos2> = corners.iter().map(|corner| corner.pos).collect();
            let ink = inks(first.color, Stroke::NONE);
            // Without smoothing no seam shows between neighbors.
            let path = path_of(&points, true);
            self.line(&format!("<path d=\"{path}\" shape-rendering=\"crispEdges\"{ink}/>"));
        }
    }
}

/// Heavier letters, by the name of their family.
fn weight(family: &egui::FontFamily) -> &'static str {
    match family {
        egui::FontFamily::Name(name) if name.to_lowercase().contains("semi") => " font-weight=\"600\"",
        egui::FontFamily::Name(name) if name.to_lowercase().contains("medium") => " font-weight=\"500\"",
        _ => "",
    }
}

fn path_of(points: &[Pos2], closed: bool) -> String {
    let mut path = String::new();
    for (index, point) in points.iter().enumerate() {
        let step = if index == 0 { 'M' } else { 'L' };
        // Writing to memory does not fail.
        let _ = write!(path, "{step}{} {}", number(point.x), number(point.y));
    }
    if closed && !path.is_empty() {
        path.push('Z');
    }
    path
}

fn inks(fill: Color32, stroke: Stroke) -> String {
    let line = if stroke.width > 0.0 && stroke.color.a() > 0 {
        paint("stroke", stroke.color) + &width(stroke.width)
    } else {
        String::new()
    };
    line + &if fill.a() == 0 { " fill=\"none\"".to_owned() } else { paint("fill", fill) }
}

fn width(width: f32) -> String {
    format!(" stroke-width=\"{}\"", number(width))
}

/// A color as an attribute, with how far one sees through it.
fn paint(what: &str, color: Color32) -> String {
    let [red, green, blue, alpha] = color.to_srgba_unmultiplied();
    let opacity =
        if alpha == 255 { String::new() } else { format!(" {what}-opacity=\"{}\"", number(f32::from(alpha) / 255.0)) };
    format!(" {what}=\"#{red:02x}{green:02x}{blue:02x}\"{opacity}")
}

/// To a hundredth of a point, without zeros at its end.
fn number(value: f32) -> String {
    let text = format!("{value:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

fn escaped(words: &str) -> String {
    words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::super::render_svg;
    use super::*;
    use crate::ui::theme::Text;
    use egui::{Theme, pos2};

    #[test]
    fn words_stay_words_and_shapes_have_their_places() {
        let svg = render_svg(vec2(200.0, 100.0), Theme::Light, |ui| {
            ui.add(Text::section("Sales & <more>"));
            let ink = crate::ui::theme::Tokens::of(ui).accent;
            ui.painter().circle_filled(pos2(50.0, 60.0), 5.0, ink);
            ui.painter().hline(10.0..=90.0, 80.0, Stroke::new(2.0, ink));
        });
        assert!(svg.starts_with("<svg xmlns=") && svg.ends_with("</svg>\n"), "{svg}");
        assert!(svg.contains(">Sales &amp; &lt;more&gt;</text>"), "{svg}");
        assert!(svg.contains("<ellipse cx=\"50\" cy=\"60\" rx=\"5\" ry=\"5\""), "{svg}");
        assert!(svg.contains("<path d=\"M10 80L90 80\"") && svg.contains("stroke-width=\"2\""), "{svg}");
        assert!(svg.contains("font-weight=\"600\""), "{svg}");
    }

    #[test]
    fn numbers_have_no_zeros_at_their_end() {
        assert_eq!([number(1.0), number(0.126), number(-0.001), number(100.0)], ["1", "0.13", "0", "100"]);
    }
}
