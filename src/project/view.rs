//! Saved views: a filter, a grouping and settings under a name.
//!
//! The minimum group size is no part of a view: choosing one never shows a group that was hidden on purpose.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::NumberSettings;
use crate::dataset::GroupBy;

/// A view by its name. Holds names of groups and dates, never a number about people.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct SavedView {
    /// Its name, which no other view of the project has.
    pub name: String,
    /// The values that are kept, by attribute.
    pub attributes: Vec<NamedValues>,
    /// The first period by its first day; `None` for the file's own.
    pub from: Option<NaiveDate>,
    /// The last period by its first day; `None` for the file's own.
    pub to: Option<NaiveDate>,
    /// Periods that are left out, by their first days.
    pub without: Vec<NaiveDate>,
    /// Whether rows are kept that are marked inactive.
    pub include_inactive: bool,
    /// Whether people of low activity are left out.
    pub without_low_activity: bool,
    /// The attributes that are grouped by.
    pub by: Vec<NamedBy>,
    /// Co-attended when more than this share of meeting hours is with the manager, in ten-thousandths.
    pub co_attended_basis_points: u32,
    /// The smallest gap of a group to focus on, as a share.
    pub gap: f64,
    /// A boundary of the top quartile that somebody entered, as a share.
    pub q3: Option<f64>,
    /// Groups whose external time is better when it is more.
    pub customer_facing: Vec<NamedValues>,
}

/// Values of one attribute.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NamedValues {
    /// The attribute's header.
    pub attribute: String,
    /// The values.
    pub values: Vec<String>,
}

/// What is grouped by: one attribute as a text, as older versions kept it, or two as a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum NamedBy {
    /// One attribute.
    One(String),
    /// Two at once.
    Two([String; 2]),
}

impl NamedBy {
    /// What the question groups by.
    #[must_use]
    pub fn of(by: &GroupBy) -> Self {
        match by.second() {
            None => Self::One(by.first().to_owned()),
            Some(second) => Self::Two([by.first().to_owned(), second.to_owned()]),
        }
    }

    /// The same for a question.
    #[must_use]
    pub fn group_by(&self) -> GroupBy {
        match self {
            Self::One(attribute) => attribute.as_str().into(),
            Self::Two([first, second]) => GroupBy::two(first, second),
        }
    }
}

impl Default for SavedView {
    fn default() -> Self {
        let NumberSettings { co_attended_basis_points, gap, q3, customer_facing, .. } = NumberSettings::default();
        Self {
            name: String::new(),
            attributes: Vec::new(),
            from: None,
            to: None,
            without: Vec::new(),
            include_inactive: false,
            without_low_activity: false,
            by: Vec::new(),
            co_attended_basis_points,
            gap,
            q3,
            customer_facing,
        }
    }
}

impl SavedView {
    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The same under another name.
    #[must_use]
    pub fn renamed(&self, name: &str) -> Self {
        Self { name: name.to_owned(), ..self.clone() }
    }
}
