//! How well one color can be read on another (WCAG 2.2).

use egui::Color32;

/// The contrast of two opaque colors, from 1 (the same) to 21 (black on white).
#[must_use]
pub fn contrast_ratio(first: Color32, second: Color32) -> f32 {
    let (first, second) = (luminance(first), luminance(second));
    (first.max(second) + 0.05) / (first.min(second) + 0.05)
}

/// The ink, of the text colors of the two themes, that reads better on `ground`.
#[must_use]
pub fn readable_on(ground: Color32) -> Color32 {
    let dark_ink = super::Tokens::LIGHT.text;
    let light_ink = super::Tokens::LIGHT.card;
    if contrast_ratio(dark_ink, ground) > contrast_ratio(light_ink, ground) { dark_ink } else { light_ink }
}

fn luminance(color: Color32) -> f32 {
    let linear = |byte: u8| {
        let value = f32::from(byte) / 255.0;
        if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * linear(color.r()) + 0.7152 * linear(color.g()) + 0.0722 * linear(color.b())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn black_on_white_is_twenty_one_to_one() {
        assert!((contrast_ratio(Color32::BLACK, Color32::WHITE) - 21.0).abs() < 0.01);
        assert!((contrast_ratio(Color32::WHITE, Color32::WHITE) - 1.0).abs() < 0.01);
    }

    #[test]
    fn every_band_has_an_ink_that_reads_on_it() {
        for band in super::super::Tokens::LIGHT.data.bands {
            assert!(contrast_ratio(readable_on(band), band) >= 4.5);
        }
    }
}
