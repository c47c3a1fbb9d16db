//! The embedded typefaces: Inter in three weights, and the Lucide icons in a family of their own.

use std::sync::Arc;

use egui::{FontData, FontDefinitions, FontFamily, FontId, epaint::text::FontTweak};

use super::Weight;

const MEDIUM: &str = "inter-medium";
const SEMI_BOLD: &str = "inter-semibold";
const REGULAR: &str = "inter-regular";
const ICONS: &str = "lucide";

/// The family of a weight.
pub(super) fn family(weight: Weight) -> FontFamily {
    match weight {
        Weight::Regular => FontFamily::Proportional,
        Weight::Medium => FontFamily::Name(MEDIUM.into()),
        Weight::SemiBold => FontFamily::Name(SEMI_BOLD.into()),
    }
}

/// The icon font at `size` points.
///
/// Icons have their own family because Inter has private-use glyphs that would win over them.
#[must_use]
pub fn icon_font(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name(ICONS.into()))
}

/// Inter before egui's own fonts, which stay as the fallback for what Inter lacks.
pub(super) fn definitions() -> FontDefinitions {
    let mut fonts = FontDefinitions::default();
    let fallback = fonts.families.get(&FontFamily::Proportional).cloned().unwrap_or_default();
    let faces: [(&str, &'static [u8], Weight); 3] = [
        (REGULAR, include_bytes!("../../../assets/fonts/Inter-Regular.otf"), Weight::Regular),
        (MEDIUM, include_bytes!("../../../assets/fonts/Inter-Medium.otf"), Weight::Medium),
        (SEMI_BOLD, include_bytes!("../../../assets/fonts/Inter-SemiBold.otf"), Weight::SemiBold),
    ];
    for (name, bytes, weight) in faces {
        fonts.font_data.insert(name.to_owned(), Arc::new(FontData::from_static(bytes)));
        let mut order = vec![name.to_owned()];
        order.extend(fallback.iter().cloned());
        fonts.families.insert(family(weight), order);
    }
    // Lucide's glyphs sit a little high beside the small letters of words.
    let icons = FontData::from_static(lucide_icons::LUCIDE_FONT_BYTES).tweak(FontTweak {
        hinting: Some(false),
        y_offset_factor: 0.05,
        ..FontTweak::default()
    });
    fonts.font_data.insert(ICONS.to_owned(), Arc::new(icons));
    fonts.families.insert(FontFamily::Name(ICONS.into()), vec![ICONS.to_owned()]);
    fonts
}
