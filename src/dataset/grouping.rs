//! What people are grouped by: one attribute, or two at once.
//!
//! A [`GroupBy`] is what a person chose, by name; a [`Grouping`] is the same found in a dataset. Two attributes
//! make the groups of everyone with one value of each, a *pair*. The order of the two decides how groups are
//! called and nothing else: everything is computed and decided in the order of the file's columns.

use std::fmt;

use super::{Attribute, Dataset, FilterProblem};

/// Stands between the two names where a pair is one word, as in `--by Organization+Level`.
const PLUS: char = '+';

/// One attribute or two to group by, by name: it can be kept and applied to another dataset.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct GroupBy {
    first: String,
    second: Option<String>,
}

impl GroupBy {
    /// The groups of two attributes; of one where both are the same.
    #[must_use]
    pub fn two(first: impl Into<String>, second: impl Into<String>) -> Self {
        let (first, second) = (first.into(), second.into());
        let second = Some(second).filter(|second| *second != first);
        Self { first, second }
    }

    /// The attribute that is named first.
    #[must_use]
    pub fn first(&self) -> &str {
        &self.first
    }

    /// The other one of a pair.
    #[must_use]
    pub fn second(&self) -> Option<&str> {
        self.second.as_deref()
    }

    /// The attributes, one or two, as they were named.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.first.as_str()).chain(self.second())
    }

    /// Whether an attribute is one of them.
    #[must_use]
    pub fn has(&self, attribute: &str) -> bool {
        self.names().any(|name| name == attribute)
    }

    /// In one word, as the command line takes it: "Organization+Level".
    #[must_use]
    pub fn in_one_word(&self) -> String {
        self.names().collect::<Vec<_>>().join(&PLUS.to_string())
    }
}

impl From<&str> for GroupBy {
    fn from(attribute: &str) -> Self {
        attribute.to_owned().into()
    }
}

impl From<String> for GroupBy {
    fn from(attribute: String) -> Self {
        Self { first: attribute, second: None }
    }
}

impl fmt::Display for GroupBy {
    /// As in "Groups by Organization and Level".
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "{}", self.names().collect::<Vec<_>>().join(" and "))
    }
}

/// Which group: a value, or one each of two attributes, in the order of a [`GroupBy`].
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct GroupValue {
    /// As it is shown: "Sales · Manager".
    name: String,
    /// How long the first value is, where there are two.
    first: Option<usize>,
}

/// Stands between the two values of a group of a pair.
const BETWEEN_VALUES: &str = " \u{b7} ";

impl GroupValue {
    /// One value each of two attributes.
    #[must_use]
    pub fn two(first: &str, second: &str) -> Self {
        Self { name: format!("{first}{BETWEEN_VALUES}{second}"), first: Some(first.len()) }
    }

    /// As it is shown: "Sales", "Sales · Manager".
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.name
    }

    /// The values, one or two.
    pub fn parts(&self) -> impl Iterator<Item = &str> {
        let (first, second) = match self.first {
            None => (self.name.as_str(), None),
            Some(length) => (&self.name[..length], self.name.get(length + BETWEEN_VALUES.len()..)),
        };
        std::iter::once(first).chain(second)
    }
}

impl From<&str> for GroupValue {
    fn from(value: &str) -> Self {
        value.to_owned().into()
    }
}

impl From<String> for GroupValue {
    fn from(value: String) -> Self {
        Self { name: value, first: None }
    }
}

impl fmt::Display for GroupValue {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.pad(&self.name)
    }
}

/// The codes of a group, attribute by attribute in the order of the file's columns; of one attribute the second is 0.
pub type GroupCell = [u16; 2];

/// A [`GroupBy`] found in a dataset.
#[derive(Clone, Debug)]
pub struct Grouping<'d> {
    /// The place among the dataset's attributes of the one whose column comes first.
    place: usize,
    attribute: &'d Attribute,
    /// Of a pair the other one.
    other: Option<(usize, &'d Attribute)>,
    /// Whether a pair was named in the other order.
    is_turned: bool,
}

impl<'d> Grouping<'d> {
    /// By name, as the file has it.
    #[must_use]
    pub fn by(&self) -> GroupBy {
        match self.other {
            None => self.attribute.name.clone().into(),
            Some((_, other)) if self.is_turned => GroupBy::two(&other.name, &self.attribute.name),
            Some((_, other)) => GroupBy::two(&self.attribute.name, &other.name),
        }
    }

    /// The places of the attributes among the dataset's, ascending.
    #[must_use]
    pub fn places(&self) -> Vec<usize> {
        std::iter::once(self.place).chain(self.other.map(|(place, _)| place)).collect()
    }

    /// What a group is called.
    #[must_use]
    pub fn value(&self, cell: GroupCell) -> GroupValue {
        let [first, second] = cell.map(usize::from);
        let value = &self.attribute.values[first];
        match self.other {
            None => value.as_str().into(),
            Some((_, other)) if self.is_turned => GroupValue::two(&other.values[second], value),
            Some((_, other)) => GroupValue::two(value, &other.values[second]),
        }
    }

    /// By which groups stand in order: values of the attribute named first, then those of the other one.
    #[must_use]
    pub fn order(&self, cell: GroupCell) -> GroupCell {
        let [first, second] = cell;
        if self.is_turned { [second, first] } else { cell }
    }

    /// The group of all rows of a person; `None` for somebody who moved, whose rows have to be looked at.
    #[must_use]
    #[inline]
    pub fn of_person(&self, person: u32) -> Option<GroupCell> {
        let first = self.attribute.code_of_person(person)?;
        let second = match self.other {
            None => 0,
            Some((_, other)) => other.code_of_person(person)?,
        };
        Some([first, second])
    }

    /// The group of a row.
    #[must_use]
    #[inline]
    pub fn of_row(&self, row: usize) -> GroupCell {
        [self.attribute.codes[row], self.other.map_or(0, |(_, other)| other.codes[row])]
    }
}

impl Dataset {
    /// Finds what to group by.
    ///
    /// # Errors
    /// When an attribute is not there.
    pub fn grouping(&self, by: &GroupBy) -> Result<Grouping<'_>, FilterProblem> {
        let first = self.place_of(by.first())?;
        // Two names can be the same attribute: the case of letters does not matter.
        let second = by.second().map(|name| self.place_of(name)).transpose()?.filter(|second| *second != first);
        let is_turned = second.is_some_and(|second| second < first);
        let (place, other) = if is_turned { (second.unwrap_or(first), Some(first)) } else { (first, second) };
        let attribute = &self.attributes[place];
        Ok(Grouping { place, attribute, other: other.map(|other| (other, &self.attributes[other])), is_turned })
    }

    /// What a text such as "Organization" or "Organization+Level" groups by. An attribute whose own name holds a plus
    /// comes before a pair, and exact names before those of other letter case.
    ///
    /// # Errors
    /// When an attribute is not there, or both of a pair are the same.
    pub fn group_by_of(&self, text: &str) -> Result<GroupBy, GroupByProblem> {
        let whole = self.attribute(text);
        if let Some(whole) = whole.filter(|whole| whole.name == text || whole.name.contains(PLUS)) {
            return Ok(whole.name.clone().into());
        }
        let splits = text.match_indices(PLUS).map(|(at, plus)| (text[..at].trim(), text[at + plus.len()..].trim()));
        let splits: Vec<(&str, &str)> = splits.collect();
        let found = |&(first, second): &(&str, &str)| Some((self.attribute(first)?, self.attribute(second)?));
        let is_exact = |pair: &(&str, &str)| found(pair).is_some_and(|(a, b)| a.name == pair.0 && b.name == pair.1);
        let pair = splits.iter().find(|pair| is_exact(pair)).and_then(found).or_else(|| splits.iter().find_map(found));
        if let Some((first, second)) = pair {
            if std::ptr::eq(first, second) {
                return Err(GroupByProblem::Same { attribute: first.name.clone() });
            }
            return Ok(GroupBy::two(&first.name, &second.name));
        }
        if let Some(whole) = whole {
            return Ok(whole.name.clone().into());
        }
        // Where one of the two is there, the other one is what is missing.
        let missing = |&(first, second): &(&'_ str, &'_ str)| match (self.attribute(first), self.attribute(second)) {
            (Some(_), None) => Some(second.to_owned()),
            (None, Some(_)) => Some(first.to_owned()),
            _ => None,
        };
        let missing = splits.iter().find_map(missing);
        Err(GroupByProblem::Unknown(self.no_such_attribute(missing.as_deref().unwrap_or(text))))
    }

    /// The place of an attribute by its name.
    ///
    /// # Errors
    /// When it is not there.
    pub fn place_of(&self, name: &str) -> Result<usize, FilterProblem> {
        let found = self.attribute(name);
        let place = found.and_then(|found| self.attributes.iter().position(|one| std::ptr::eq(one, found)));
        place.ok_or_else(|| self.no_such_attribute(name))
    }

    /// What to say of an attribute that is not there.
    pub(super) fn no_such_attribute(&self, name: &str) -> FilterProblem {
        FilterProblem::UnknownAttribute {
            attribute: name.to_owned(),
            known: self.attributes.iter().map(|attribute| attribute.name.clone()).collect(),
        }
    }
}

/// Why a text says nothing to group by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GroupByProblem {
    /// An attribute is not there.
    Unknown(FilterProblem),
    /// Both of a pair are this one.
    Same {
        /// The attribute.
        attribute: String,
    },
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use chrono::NaiveDate;

    use super::*;
    use crate::dataset::{Draft, DraftAttribute, Era, Grain, OnConflict, PersonIds};

    /// One row of one person, with these attributes, each of one value.
    fn dataset(names: &[&str]) -> Dataset {
        let mut people = PersonIds::default();
        let attribute = |name: &&str| DraftAttribute {
            name: (*name).to_owned(),
            values: vec![format!("a {name}")],
            codes: vec![0].into(),
        };
        let draft = Draft {
            era: Era::Viva,
            grain: Grain::Week,
            periods: NaiveDate::from_ymd_opt(2024, 4, 7).into_iter().collect(),
            person: vec![people.push(b"1")].into(),
            people,
            period: vec![0].into(),
            active: None,
            without_manager: None,
            durations: Vec::new(),
            counts: Vec::new(),
            attributes: names.iter().map(attribute).collect(),
        };
        draft.build(OnConflict::Ask).unwrap().dataset
    }

    #[test]
    fn a_pair_is_called_in_the_order_in_which_it_was_named() {
        let dataset = dataset(&["Organization", "Level"]);
        for (by, name, value) in [
            (GroupBy::two("organization", "LEVEL"), "Organization and Level", "a Organization \u{b7} a Level"),
            (GroupBy::two("Level", "Organization"), "Level and Organization", "a Level \u{b7} a Organization"),
            ("level".into(), "Level", "a Level"),
            (GroupBy::two("Level", "level"), "Level", "a Level"),
        ] {
            let grouping = dataset.grouping(&by).unwrap();
            assert_eq!((grouping.by().to_string().as_str(), grouping.value([0, 0]).as_str()), (name, value));
            assert_eq!(grouping.of_person(0), Some([0, 0]));
        }
        assert_eq!(dataset.grouping(&GroupBy::two("Level", "Organization")).unwrap().places(), [0, 1]);
    }

    #[test]
    fn the_values_of_a_pair_stay_apart_whatever_signs_they_hold() {
        let (one, other) = (GroupValue::two("A \u{b7} B", "C"), GroupValue::two("A", "B \u{b7} C"));
        assert_eq!(one.as_str(), other.as_str());
        assert_ne!(one, other);
        assert_eq!(one.parts().collect::<Vec<_>>(), ["A \u{b7} B", "C"]);
        assert_eq!(GroupValue::from("A \u{b7} B").parts().collect::<Vec<_>>(), ["A \u{b7} B"]);
    }

    #[test]
    fn a_text_names_an_attribute_before_a_pair_and_exact_names_before_others() {
        let found = |names: &[&str], text: &str| dataset(names).group_by_of(text);
        let two = |first: &str, second: &str| Ok(GroupBy::two(first, second));
        assert_eq!(found(&["Org", "Level"], "Org+Level"), two("Org", "Level"));
        assert_eq!(found(&["Org", "Level"], " level + org "), two("Level", "Org"));
        assert_eq!(found(&["Org", "Level", "Org+Level"], "org+level"), Ok("Org+Level".into()));
        // Without a plus of its own a name of the same letters comes after the pair.
        assert_eq!(found(&["OrgLevel"], "Org+Level"), Ok("OrgLevel".into()));
        assert_eq!(found(&["OrgLevel", "Org", "Level"], "Org+Level"), two("Org", "Level"));
        // Every plus is tried.
        assert_eq!(found(&["A+B", "C"], "A+B+C"), two("A+B", "C"));
        assert_eq!(found(&["A", "B+C"], "A+B+C"), two("A", "B+C"));
        assert_eq!(found(&["a", "b c", "A B", "C"], "A B+C"), two("A B", "C"));
    }

    #[test]
    fn what_is_missing_is_named() {
        let missing = |text: &str| match dataset(&["Org", "Level"]).group_by_of(text) {
            Err(GroupByProblem::Unknown(FilterProblem::UnknownAttribute { attribute, .. })) => attribute,
            other => panic!("{other:?}"),
        };
        assert_eq!((missing("Team").as_str(), missing("Org+Team").as_str()), ("Team", "Team"));
        assert_eq!((missing("Team+Level").as_str(), missing("A+B").as_str()), ("Team", "A+B"));
        let same = Err(GroupByProblem::Same { attribute: "Org".to_owned() });
        assert_eq!(dataset(&["Org", "Level"]).group_by_of("Org+org"), same);
    }
}
