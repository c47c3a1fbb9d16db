//! The only colors, sizes, spacings and fonts of the application.
//!
//! [`install`] gives them to an egui context once. Afterwards [`Tokens::of`] says which colors hold in
//! a place, [`Scale::of`] which sizes (desk or room), and [`Text`] sets type in both.

#[cfg(test)]
mod color_vision;
mod contrast;
mod fonts;
mod scale;
mod style;
mod text;
mod tokens;

pub use contrast::{contrast_ratio, readable_on};
pub use fonts::icon_font;
pub use lucide_icons::Icon;
pub use scale::{Scale, TextSize};
pub use style::{install, reduce_motion, space, text_column_width};
pub use text::{Text, Tone, Weight, icon, prepare_letters};
pub use tokens::{DataColors, StatusColors, Tokens};
