//! Saved views and the questions that they ask.

use super::Opened;
use crate::dataset::{AttributeFilter, Dataset, Filter, GroupBy};
use crate::insights::GroupName;
use crate::privacy::Question;
use crate::project::{NamedBy, NamedValues, NumberSettings, SavedView};

/// The longest name of a view, in characters.
const LONGEST_NAME: usize = 60;

impl SavedView {
    /// A question under a name.
    #[must_use]
    pub fn of(name: &str, question: &Question) -> Self {
        let Question { filter, by, settings } = question;
        let named = |attribute: &String, values: &[String]| NamedValues {
            attribute: attribute.clone(),
            values: values.to_vec(),
        };
        Self {
            name: name.to_owned(),
            attributes: filter.attributes.iter().map(|kept| named(&kept.attribute, &kept.values)).collect(),
            from: filter.from,
            to: filter.to,
            without: filter.without.clone(),
            include_inactive: filter.include_inactive,
            without_low_activity: filter.without_low_activity,
            by: by.iter().map(NamedBy::of).collect(),
            co_attended_basis_points: settings.co_attended_basis_points,
            gap: settings.gap,
            q3: settings.q3,
            customer_facing: (settings.customer_facing.iter())
                .map(|group| named(&group.attribute, std::slice::from_ref(&group.value)))
                .collect(),
        }
    }

    /// The question that it asks.
    #[must_use]
    pub fn question(&self) -> Question {
        let attributes = self.attributes.iter();
        Question {
            filter: Filter {
                attributes: attributes
                    .map(|named| AttributeFilter { attribute: named.attribute.clone(), values: named.values.clone() })
                    .collect(),
                from: self.from,
                to: self.to,
                without: self.without.clone(),
                include_inactive: self.include_inactive,
                without_low_activity: self.without_low_activity,
            },
            by: self.by.iter().map(NamedBy::group_by).collect(),
            settings: NumberSettings {
                co_attended_basis_points: self.co_attended_basis_points,
                gap: self.gap,
                q3: self.q3,
                customer_facing: self.customer_facing.clone(),
                // Said of the data of one day, and not of a view.
                show_anyway: Vec::new(),
            }
            .settings(),
        }
    }
}

/// A name as it can be given to a view: without spaces around it, and not too long. `None` for an empty one.
#[must_use]
pub fn view_name(typed: &str) -> Option<String> {
    let name: String = typed.trim().chars().take(LONGEST_NAME).collect();
    let name = name.trim_end();
    (!name.is_empty()).then(|| name.to_owned())
}

/// Under which name the views of opened files are kept: the files' name and what they can be grouped by, so
/// that the names of one company's groups never show beside another's export.
#[must_use]
pub fn views_key(opened: &Opened) -> String {
    let mut attributes: Vec<&str> = opened.dataset.attributes().iter().map(|known| known.name.as_str()).collect();
    attributes.sort_unstable();
    format!("{} [{}]", opened.name, attributes.join(", "))
}

/// Takes out of a question what a dataset does not have. Says what was taken out: "Region: Mars", "Level".
pub(super) fn drop_what_is_gone(question: &mut Question, dataset: &Dataset) -> Vec<String> {
    let mut gone = Vec::new();
    question.filter.attributes.retain_mut(|kept| match dataset.attribute(&kept.attribute) {
        None => {
            gone.push(kept.attribute.clone());
            false
        }
        Some(attribute) => {
            kept.values.retain(|value| {
                let is_there = attribute.values.contains(value);
                if !is_there {
                    gone.push(format!("{}: {value}", kept.attribute));
                }
                is_there
            });
            !kept.values.is_empty()
        }
    });
    // Of a pair whose one attribute is gone the other one stays.
    question.by = std::mem::take(&mut question.by)
        .into_iter()
        .filter_map(|by| {
            let (there, missing): (Vec<&str>, Vec<&str>) =
                by.names().partition(|name| dataset.attribute(name).is_some());
            for name in missing {
                if !gone.iter().any(|known| known == name) {
                    gone.push(name.to_owned());
                }
            }
            match there.as_slice() {
                [] => None,
                [one] => Some(GroupBy::from(*one)),
                [_, ..] => Some(by.clone()),
            }
        })
        .collect();
    let is_there = |group: &GroupName| {
        dataset.attribute(&group.attribute).is_some_and(|attribute| attribute.values.contains(&group.value))
    };
    question.settings.customer_facing.retain(is_there);
    gone
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use chrono::NaiveDate;

    use super::*;
    use crate::privacy::Settings;

    #[test]
    fn a_view_asks_the_question_that_was_saved() {
        let day = |day| NaiveDate::from_ymd_opt(2024, 4, day).unwrap();
        let values = vec!["Sales".to_owned(), "Support".to_owned()];
        let question = Question {
            filter: Filter {
                attributes: vec![AttributeFilter { attribute: "Organization".to_owned(), values }],
                from: Some(day(7)),
                to: Some(day(21)),
                without: vec![day(14)],
                include_inactive: true,
                without_low_activity: true,
            },
            by: vec![GroupBy::two("Level", "Organization"), "Level".into()],
            settings: Settings {
                q3: Some(0.4),
                customer_facing: vec![GroupName { attribute: "Level".to_owned(), value: "IC".to_owned() }],
                ..Settings::default()
            },
        };
        let view = SavedView::of("Sales in April", &question);
        assert_eq!(view.question(), question);
        let kept: SavedView = serde_json::from_str(&serde_json::to_string(&view).unwrap()).unwrap();
        assert_eq!(kept, view);
        // A view that an older version kept has fewer fields: the others are the defaults.
        let older: SavedView = serde_json::from_str(r#"{"name": "Old"}"#).unwrap();
        assert_eq!(older.question(), Question::default());
        // It knows attributes one by one.
        let older: SavedView = serde_json::from_str(r#"{"name": "Old", "by": ["Level", "Region"]}"#).unwrap();
        assert_eq!(older.question().by, ["Level".into(), "Region".into()]);
    }

    #[test]
    fn a_name_has_no_spaces_around_it_and_is_not_empty() {
        assert_eq!(view_name("  Sales  "), Some("Sales".to_owned()));
        assert_eq!(view_name("   "), None);
        assert_eq!(view_name(&"x".repeat(100)).map(|name| name.len()), Some(60));
    }
}
