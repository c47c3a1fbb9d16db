//! Our software renderer in the place of egui_kittest's: pictures of a harness without a graphics card.

use customer_focus::ui::offscreen::SoftwareRenderer;
use customer_focus::ui::theme::Tokens;
use egui_kittest::TestRenderer;

/// Give it to `HarnessBuilder::renderer`.
#[derive(Default)]
pub(crate) struct KitRenderer(SoftwareRenderer);

impl TestRenderer for KitRenderer {
    fn handle_delta(&mut self, delta: &mut egui::TexturesDelta) {
        self.0.update_textures(delta);
    }

    fn render(&mut self, ctx: &egui::Context, output: &egui::FullOutput) -> Result<image::RgbaImage, String> {
        let pixels_per_point = output.pixels_per_point;
        let primitives = ctx.tessellate(output.shapes.clone(), pixels_per_point);
        let ground = Tokens::for_theme(ctx.theme()).page;
        let size = ctx.content_rect().size();
        let picture = self.0.paint(size, pixels_per_point, ground, &primitives);
        let [width, height] = picture.size.map(|side| side as u32);
        let bytes = picture.pixels.iter().flat_map(egui::Color32::to_array).collect();
        image::RgbaImage::from_raw(width, height, bytes).ok_or_else(|| "picture of an odd size".to_owned())
    }
}
