//! Coaching style and the rhythm of 1:1s by their parts, of everyone or of one group's rows.

use super::super::{Band, Population, Settings, Unavailable, coaching};

/// What people are parted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Style {
    /// 1:1 time against meetings with the manager.
    Coaching,
    /// How often there is a 1:1.
    Rhythm,
}

/// The parts with their shares, and how many people are measured. `population` may be a
/// [part](Population::part) of another one: weeks and months are those of the whole.
///
/// # Errors
/// When the file cannot tell, or nobody is measured.
pub fn style_parts(
    population: &Population<'_>,
    style: Style,
    settings: &Settings,
) -> Result<(Vec<Band>, usize), Unavailable> {
    let outcome = match style {
        Style::Coaching => coaching::coaching_style::evaluate(population, settings, &[])?,
        Style::Rhythm => coaching::one_to_one_rhythm::evaluate(population, &[])?,
    };
    Ok((outcome.bands, outcome.people))
}
