//! The settings that change numbers, as they stand in the project file.

use serde::{Deserialize, Serialize};

use super::NamedValues;
use crate::insights::{GroupName, InsightId, Settings};

/// What changes numbers, but for the minimum group size, which the document holds beside it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct NumberSettings {
    /// Co-attended when more than this share of meeting hours is with the manager, in ten-thousandths.
    pub co_attended_basis_points: u32,
    /// The smallest gap of a group to focus on, as a share.
    pub gap: f64,
    /// A boundary of the top quartile that somebody entered, as a share; `None` for the company's own.
    pub q3: Option<f64>,
    /// Groups whose external time is better when it is more.
    pub customer_facing: Vec<NamedValues>,
    /// Insights that are shown though the data check found them not fit, by their names.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub show_anyway: Vec<String>,
}

impl Default for NumberSettings {
    fn default() -> Self {
        Self::of(&Settings::default())
    }
}

impl NumberSettings {
    /// The settings as they are in force.
    #[must_use]
    pub fn of(settings: &Settings) -> Self {
        let named =
            |group: &GroupName| NamedValues { attribute: group.attribute.clone(), values: vec![group.value.clone()] };
        Self {
            co_attended_basis_points: settings.co_attended_basis_points,
            gap: settings.gap,
            q3: settings.q3,
            customer_facing: settings.customer_facing.iter().map(named).collect(),
            show_anyway: settings.show_anyway.iter().map(|id| id.name().to_owned()).collect(),
        }
    }

    /// The settings that were written. What somebody typed into the file is brought into its range.
    #[must_use]
    pub fn settings(&self) -> Settings {
        let groups = self.customer_facing.iter().flat_map(|named| {
            let group = |value: &String| GroupName { attribute: named.attribute.clone(), value: value.clone() };
            named.values.iter().map(group)
        });
        Settings {
            co_attended_basis_points: self.co_attended_basis_points.min(10_000),
            gap: self.gap.clamp(0.0, 1.0),
            q3: self.q3.map(|boundary| boundary.clamp(0.0, 1.0)),
            customer_facing: groups.collect(),
            show_anyway: self.show_anyway.iter().filter_map(|name| InsightId::from_name(name)).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_anyway_is_kept_by_its_name_and_a_name_of_a_newer_version_is_left_out() {
        let settings = Settings { show_anyway: vec![InsightId::OneToOneRhythm], ..Settings::default() };
        let mut kept = NumberSettings::of(&settings);
        assert_eq!(kept.show_anyway, ["one_to_one_rhythm"]);
        kept.show_anyway.push("an_insight_of_later".to_owned());
        assert_eq!(kept.settings(), settings);
    }
}
