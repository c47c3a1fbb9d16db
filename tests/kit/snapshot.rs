//! Small pictures to compare with, and the comparison.
//!
//! Stored pictures keep three bits a channel: enough to see what moved or changed its color, and a third
//! of the bytes. `UPDATE_SNAPSHOTS=1 cargo test` writes them anew; a picture that differs is written
//! beside the stored one as `NAME.new.png`.

use std::path::PathBuf;

use egui::{Color32, ColorImage};

use customer_focus::ui::offscreen::to_png;

/// The distance of two neighboring stored levels of a channel.
const LEVEL: u8 = 32;

/// Why a picture is not what was stored; none if it is.
pub(super) fn difference(name: &str, picture: &ColorImage) -> Option<String> {
    let coarse = coarse(picture);
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots").join(format!("{name}.png"));
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        std::fs::write(&path, to_png(&coarse)).unwrap();
        return None;
    }
    let new = path.with_extension("new.png");
    let why = match image::open(&path) {
        Err(error) => Some(format!("{name}: {error}")),
        Ok(stored) => compare(name, &stored.to_rgba8(), &coarse),
    };
    match &why {
        Some(_) => std::fs::write(new, to_png(&coarse)).unwrap(),
        None => drop(std::fs::remove_file(new)),
    }
    why
}

fn coarse(picture: &ColorImage) -> ColorImage {
    let level = |byte: u8| byte / LEVEL * LEVEL;
    let pixels =
        picture.pixels.iter().map(|pixel| Color32::from_rgb(level(pixel.r()), level(pixel.g()), level(pixel.b())));
    ColorImage::new(picture.size, pixels.collect())
}

/// One level apart is the same: rounding may put a channel on either side of a step.
fn compare(name: &str, stored: &image::RgbaImage, picture: &ColorImage) -> Option<String> {
    let size = [stored.width() as usize, stored.height() as usize];
    if size != picture.size {
        return Some(format!("{name}: stored {size:?}, now {:?}", picture.size));
    }
    let apart = |(stored, now): (&image::Rgba<u8>, &Color32)| {
        let now = now.to_array();
        stored.0.iter().zip(now).any(|(stored, now)| stored.abs_diff(now) > LEVEL)
    };
    let count = stored.pixels().zip(&picture.pixels).filter(|pair| apart(*pair)).count();
    (count > 0).then(|| format!("{name}: {count} pixels differ"))
}
