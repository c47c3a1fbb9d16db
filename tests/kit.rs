//! The UI kit as people see it and as screen readers do.

#![allow(clippy::unwrap_used)]

mod gallery;

use customer_focus::ui::offscreen::{render_ui, to_png};
use egui::{Theme, vec2};

#[test]
#[ignore = "writes pictures to look at: cargo test --test all gallery_for_eyes -- --ignored"]
fn gallery_for_eyes() {
    let folder = std::env::temp_dir();
    for (theme, name) in [(Theme::Light, "light"), (Theme::Dark, "dark")] {
        for (page, size, draw) in gallery::PAGES {
            let picture = render_ui(vec2(size[0], size[1]), 1.0, theme, |ui| gallery::page(ui, draw));
            let path = folder.join(format!("kit-{page}-{name}.png"));
            std::fs::write(path, to_png(&picture)).unwrap();
        }
    }
}
