//! Triangles to pixels: what a graphics card does for a window, in plain arithmetic.

use std::collections::HashMap;

use egui::epaint::{ClippedPrimitive, ImageData, Mesh, Primitive, Vertex};
use egui::{Color32, ColorImage, Pos2, Rect, TextureId, TexturesDelta, Vec2};

/// Keeps egui's textures and paints its primitives.
#[derive(Default)]
pub struct SoftwareRenderer {
    textures: HashMap<TextureId, ColorImage>,
}

impl SoftwareRenderer {
    /// Takes over what changed in fonts and pictures. Leaves `delta` empty, as egui wants it.
    pub fn update_textures(&mut self, delta: &mut TexturesDelta) {
        for (id, changes) in delta.set.drain() {
            for change in changes {
                let ImageData::Color(image) = change.image;
                match change.pos {
                    None => {
                        self.textures.insert(id, image.as_ref().clone());
                    }
                    Some(at) => {
                        if let Some(texture) = self.textures.get_mut(&id) {
                            patch(texture, at, &image);
                        }
                    }
                }
            }
        }
        for id in delta.free.drain() {
            self.textures.remove(&id);
        }
    }

    /// Paints `primitives` on a picture of `size` points filled with `ground`.
    #[must_use]
    pub fn paint(
        &self,
        size: Vec2,
        pixels_per_point: f32,
        ground: Color32,
        primitives: &[ClippedPrimitive],
    ) -> ColorImage {
        let pixels = [size.x, size.y].map(|side| (side * pixels_per_point).round() as usize);
        let mut target = Target { image: ColorImage::filled(pixels, ground), pixels_per_point };
        for ClippedPrimitive { clip_rect, primitive } in primitives {
            // Paint callbacks belong to a graphics card; nothing of ours uses them.
            if let Primitive::Mesh(mesh) = primitive
                && let Some(texture) = self.textures.get(&mesh.texture_id)
            {
                target.mesh(mesh, texture, *clip_rect);
            }
        }
        target.image
    }
}

fn patch(texture: &mut ColorImage, [left, top]: [usize; 2], image: &ColorImage) {
    let [width, height] = image.size;
    let stride = texture.size[0];
    for row in 0..height {
        let to = (top + row) * stride + left;
        let source = image.pixels.get(row * width..(row + 1) * width);
        if let (Some(target), Some(source)) = (texture.pixels.get_mut(to..to + width), source) {
            target.copy_from_slice(source);
        }
    }
}

struct Target {
    image: ColorImage,
    pixels_per_point: f32,
}

/// A corner of a triangle in pixels.
#[derive(Clone, Copy)]
struct Corner {
    at: Pos2,
    uv: Pos2,
    /// Premultiplied red, green, blue, alpha, 0 to 255.
    color: [f32; 4],
}

impl Target {
    fn mesh(&mut self, mesh: &Mesh, texture: &ColorImage, clip: Rect) {
        let scale = self.pixels_per_point;
        let [width, height] = self.image.size.map(|side| side as f32);
        let clip = Rect::from_min_max(
            (clip.min.to_vec2() * scale).round().to_pos2(),
            (clip.max.to_vec2() * scale).round().to_pos2(),
        )
        .intersect(Rect::from_min_max(Pos2::ZERO, Pos2::new(width, height)));
        if !clip.is_positive() {
            return;
        }
        for triangle in mesh.indices.chunks_exact(3) {
            let mut corners = triangle
                .iter()
                .filter_map(|index| mesh.vertices.get(*index as usize).map(|vertex| corner(vertex, scale)));
            if let (Some(a), Some(b), Some(c)) = (corners.next(), corners.next(), corners.next()) {
                self.triangle([a, b, c], texture, clip);
            }
        }
    }

    fn triangle(&mut self, [a, b, c]: [Corner; 3], texture: &ColorImage, clip: Rect) {
        let area = edge(a.at, b.at, c.at);
        if area == 0.0 {
            return;
        }
        // Always the same turn, so that the rule for shared edges below is the same for both sides.
        let [a, b, c] = if area > 0.0 { [a, b, c] } else { [a, c, b] };
        let inverse = 1.0 / area.abs();
        let bounds = Rect::from_points(&[a.at, b.at, c.at]).intersect(clip);
        if !bounds.is_positive() {
            return;
        }
        let owns = [owns_edge(b.at, c.at), owns_edge(c.at, a.at), owns_edge(a.at, b.at)];
        let flat = a.color == b.color && b.color == c.color && a.uv == b.uv && b.uv == c.uv;
        let flat_color = flat.then(|| multiply(a.color, sample(texture, a.uv)));
        let (first_row, last_row) = span(bounds.min.y, bounds.max.y);
        let (first_column, last_column) = span(bounds.min.x, bounds.max.x);
        let stride = self.image.size[0];
        for row in first_row..last_row {
            for column in first_column..last_column {
                let center = Pos2::new(column as f32 + 0.5, row as f32 + 0.5);
                let weights = [edge(b.at, c.at, center), edge(c.at, a.at, center), edge(a.at, b.at, center)];
                let inside = weights.iter().zip(owns).all(|(weight, owned)| *weight > 0.0 || (*weight == 0.0 && owned));
                if !inside {
                    continue;
                }
                let color = flat_color.unwrap_or_else(|| {
                    let [wa, wb, wc] = weights.map(|weight| weight * inverse);
                    let color =
                        std::array::from_fn(|part| wa * a.color[part] + wb * b.color[part] + wc * c.color[part]);
                    let uv = a.uv.to_vec2() * wa + b.uv.to_vec2() * wb + c.uv.to_vec2() * wc;
                    multiply(color, sample(texture, uv.to_pos2()))
                });
                if let Some(pixel) = self.image.pixels.get_mut(row * stride + column) {
                    *pixel = blend(*pixel, color);
                }
            }
        }
    }
}

fn corner(vertex: &Vertex, scale: f32) -> Corner {
    Corner {
        at: (vertex.pos.to_vec2() * scale).to_pos2(),
        uv: vertex.uv,
        color: vertex.color.to_array().map(f32::from),
    }
}

/// Twice the area of the triangle of an edge and a point; positive on the inner side.
fn edge(from: Pos2, to: Pos2, point: Pos2) -> f32 {
    (to.x - from.x) * (point.y - from.y) - (to.y - from.y) * (point.x - from.x)
}

/// Whether pixels exactly on this edge belong to the triangle: so for one of two neighbors, never both.
fn owns_edge(from: Pos2, to: Pos2) -> bool {
    to.y < from.y || (to.y == from.y && to.x > from.x)
}

/// The pixels whose centers can lie between two coordinates, neither of which is negative.
fn span(low: f32, high: f32) -> (usize, usize) {
    (low.max(0.0).floor() as usize, high.max(0.0).ceil() as usize)
}

/// The texture at `uv` (0 to 1), linear between texels.
fn sample(texture: &ColorImage, uv: Pos2) -> [f32; 4] {
    let [width, height] = texture.size;
    let place = |part: f32, side: usize| {
        let at = (part * side as f32 - 0.5).clamp(0.0, side.saturating_sub(1) as f32);
        let low = at.floor();
        (low as usize, (low as usize + 1).min(side.saturating_sub(1)), at - low)
    };
    let (left, right, x) = place(uv.x, width);
    let (top, bottom, y) = place(uv.y, height);
    let texel = |column: usize, row: usize| {
        texture.pixels.get(row * width + column).map_or([0.0; 4], |texel| texel.to_array().map(f32::from))
    };
    if x == 0.0 && y == 0.0 {
        return texel(left, top);
    }
    let (a, b) = (texel(left, top), texel(right, top));
    let (c, d) = (texel(left, bottom), texel(right, bottom));
    std::array::from_fn(|part| {
        let upper = a[part] + (b[part] - a[part]) * x;
        let lower = c[part] + (d[part] - c[part]) * x;
        upper + (lower - upper) * y
    })
}

fn multiply(first: [f32; 4], second: [f32; 4]) -> [f32; 4] {
    std::array::from_fn(|part| first[part] * second[part] / 255.0)
}

/// Premultiplied source over target, in gamma space as egui's own painters do it.
fn blend(below: Color32, [red, green, blue, alpha]: [f32; 4]) -> Color32 {
    let keep = 1.0 - alpha / 255.0;
    let mix = |above: f32, below: u8| (above + f32::from(below) * keep + 0.5) as u8;
    Color32::from_rgba_premultiplied(
        mix(red, below.r()),
        mix(green, below.g()),
        mix(blue, below.b()),
        mix(alpha, below.a()),
    )
}
