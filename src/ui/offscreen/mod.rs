//! Pictures of any [`egui::Ui`] code without a window, a display or a graphics card.
//!
//! The chart on a slide is the chart on the screen: same code, same fonts, same colors, drawn by a
//! [`SoftwareRenderer`] in plain arithmetic, so that a picture is the same on every computer.

mod raster;
mod svg;

use egui::{Color32, ColorImage, Context, RawInput, Rect, Theme, Ui, Vec2};

use image::codecs::png::{CompressionType, FilterType, PngEncoder};

use super::theme::{self, Tokens};
pub use raster::SoftwareRenderer;

/// Draws `contents` into a picture of `size` points at `pixels_per_point`, on the page color of `theme`.
///
/// The contents run three times, because egui learns sizes in one frame that it uses in the next.
pub fn render_ui(size: Vec2, pixels_per_point: f32, theme: Theme, mut contents: impl FnMut(&mut Ui)) -> ColorImage {
    let ctx = Context::default();
    theme::install(&ctx);
    ctx.set_theme(theme);
    ctx.all_styles_mut(|style| style.animation_time = 0.0);
    let page = Tokens::for_theme(theme).page;
    let mut renderer = SoftwareRenderer::default();
    let mut picture = ColorImage::default();
    for pass in 0..3 {
        let mut input = RawInput {
            screen_rect: Some(Rect::from_min_size(egui::Pos2::ZERO, size)),
            time: Some(f64::from(pass)),
            ..RawInput::default()
        };
        input.viewports.entry(input.viewport_id).or_default().native_pixels_per_point = Some(pixels_per_point);
        let mut output = ctx.run_ui(input, &mut contents);
        renderer.update_textures(&mut output.textures_delta);
        if pass == 2 {
            let primitives = ctx.tessellate(output.shapes, output.pixels_per_point);
            picture = renderer.paint(size, output.pixels_per_point, page, &primitives);
        }
    }
    picture
}

/// Draws `contents` as SVG of `size` points, on the card color of `theme`: words stay words.
pub fn render_svg(size: Vec2, theme: Theme, mut contents: impl FnMut(&mut Ui)) -> String {
    let ctx = Context::default();
    theme::install(&ctx);
    ctx.set_theme(theme);
    ctx.all_styles_mut(|style| style.animation_time = 0.0);
    let mut shapes = Vec::new();
    for pass in 0..3 {
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(egui::Pos2::ZERO, size)),
            time: Some(f64::from(pass)),
            ..RawInput::default()
        };
        let mut output = ctx.run_ui(input, &mut contents);
        output.textures_delta.clear();
        shapes = output.shapes;
    }
    svg::document(size, Tokens::for_theme(theme).card, &shapes)
}

/// The picture as a PNG file. Empty if the picture is.
#[must_use]
pub fn to_png(picture: &ColorImage) -> Vec<u8> {
    let [width, height] = picture.size;
    let bytes: Vec<u8> = picture.pixels.iter().flat_map(Color32::to_array).collect();
    let mut png = std::io::Cursor::new(Vec::new());
    let (Ok(width), Ok(height)) = (u32::try_from(width), u32::try_from(height)) else {
        return Vec::new();
    };
    // The page behind everything is opaque, so premultiplied and straight colors are the same.
    let encoder = PngEncoder::new_with_quality(&mut png, CompressionType::Level(5), FilterType::Adaptive);
    let color = image::ExtendedColorType::Rgba8;
    match image::ImageEncoder::write_image(encoder, &bytes, width, height, color) {
        Ok(()) => png.into_inner(),
        Err(_) => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::{pos2, vec2};

    #[test]
    fn a_filled_rectangle_covers_its_pixels_and_no_other() {
        let ink = Tokens::LIGHT.accent;
        let picture = render_ui(vec2(20.0, 10.0), 1.0, Theme::Light, |ui| {
            let rect = Rect::from_min_max(pos2(5.0, 2.0), pos2(15.0, 8.0));
            ui.painter().rect_filled(rect, 0.0, ink);
        });
        assert_eq!(picture.size, [20, 10]);
        assert_eq!(picture[(10, 5)], ink);
        assert_eq!(picture[(2, 5)], Tokens::LIGHT.page);
    }

    #[test]
    fn a_see_through_rectangle_blends_once_everywhere() {
        let picture = render_ui(vec2(40.0, 40.0), 1.0, Theme::Light, |ui| {
            let rect = Rect::from_min_max(pos2(4.0, 4.0), pos2(36.0, 36.0));
            ui.painter().rect_filled(rect, 0.0, Color32::from_black_alpha(128));
        });
        // The two triangles share the diagonal: a double blend there would be darker.
        let first = picture[(20, 10)];
        assert!((8..32).all(|at| picture[(at, at)] == first));
    }

    #[test]
    fn pixels_per_point_scale_the_picture() {
        let picture = render_ui(vec2(20.0, 10.0), 2.0, Theme::Dark, |_| {});
        assert_eq!(picture.size, [40, 20]);
        assert_eq!(picture[(0, 0)], Tokens::DARK.page);
    }

    #[test]
    fn text_leaves_ink() {
        let picture = render_ui(vec2(80.0, 30.0), 1.0, Theme::Light, |ui| {
            ui.add(theme::Text::section("Hello"));
        });
        assert!(picture.pixels.iter().any(|pixel| pixel.r() < 80));
    }

    #[test]
    fn a_picture_becomes_a_png_that_reads_back() {
        let picture = render_ui(vec2(8.0, 8.0), 1.0, Theme::Light, |_| {});
        let png = to_png(&picture);
        let read = image::load_from_memory(&png).map(|image| (image.width(), image.height()));
        assert_eq!(read.ok(), Some((8, 8)));
    }
}
