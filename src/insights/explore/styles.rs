//! Coaching style and the rhythm of 1:1s by their parts, of everyone or of one group's rows.

use super::super::groups::Split;
use super::super::{Band, Breakdown, InsightId, Population, Settings, Unavailable, coaching};
use crate::dataset::Grouping;

/// What people are parted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Style {
    /// 1:1 time against meetings with the manager.
    Coaching,
    /// How often there is a 1:1.
    Rhythm,
}

/// People by their parts.
#[derive(Clone, Debug)]
pub struct Parts {
    /// The parts with their shares; they sum to 1.
    pub bands: Vec<Band>,
    /// Distinct people measured.
    pub people: usize,
    /// Who is in which group, for each way of grouping.
    pub breakdowns: Vec<Breakdown>,
}

impl Style {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Coaching, Self::Rhythm];

    /// The insight that counts one of the parts.
    #[must_use]
    pub const fn insight(self) -> InsightId {
        match self {
            Self::Coaching => InsightId::CoachingStyle,
            Self::Rhythm => InsightId::OneToOneRhythm,
        }
    }
}

/// Parts people. `population` may be a [part](Population::part) of another one: weeks and months are those of the whole.
///
/// # Errors
/// When the file cannot tell, or nobody is measured.
pub fn style_parts(
    population: &Population<'_>,
    style: Style,
    settings: &Settings,
    groupings: &[Grouping<'_>],
) -> Result<Parts, Unavailable> {
    let splits: Vec<Split<'_>> = groupings.iter().map(|grouping| Split::new(population, grouping)).collect();
    let outcome = match style {
        Style::Coaching => coaching::coaching_style::evaluate(population, settings, &splits)?,
        Style::Rhythm => coaching::one_to_one_rhythm::evaluate(population, &splits)?,
    };
    Ok(Parts { bands: outcome.bands, people: outcome.people, breakdowns: outcome.breakdowns })
}
