//! Which groups are hidden by how many people have a row in them, whatever the insight.

use super::{Rules, hide};
use crate::dataset::{Attribute, Selection};

/// Distinct people with a row in each group of an attribute.
pub(super) fn sizes_by_rows(selection: &Selection<'_>, attribute: &Attribute) -> Vec<usize> {
    sizes_where(selection, attribute, |_| true)
}

fn sizes_where(selection: &Selection<'_>, attribute: &Attribute, keep: impl Fn(u32) -> bool) -> Vec<usize> {
    let mut sizes = vec![0; attribute.values.len()];
    let mut last_person_of_group = vec![u32::MAX; attribute.values.len()];
    for (person, rows) in selection.persons() {
        for &row in rows.iter().filter(|&&row| keep(row)) {
            let code = usize::from(attribute.codes[row as usize]);
            if last_person_of_group[code] != person {
                last_person_of_group[code] = person;
                sizes[code] += 1;
            }
        }
    }
    sizes
}

/// Distinct people with a row in any of several groups of an attribute.
pub(super) fn people_in(selection: &Selection<'_>, attribute: &Attribute, groups: &[usize]) -> usize {
    selection.people_where(|row| groups.contains(&usize::from(attribute.codes[row as usize])))
}

/// For each value of an attribute whether it is hidden in this population. Values without people count as
/// hidden: there is nothing to show.
pub(super) fn hidden_by_rows(selection: &Selection<'_>, attribute: &Attribute, rules: Rules) -> Vec<bool> {
    hidden_of_sizes(
        &sizes_by_rows(selection, attribute),
        |_| false,
        |groups| people_in(selection, attribute, groups),
        rules,
    )
}

/// As [`hidden_by_rows`] within a filter: hidden as well is what could not be asked for with one filter more.
pub(super) fn hidden_within(
    selection: &Selection<'_>,
    attribute: &Attribute,
    filter: &[Named<'_>],
    rules: Rules,
) -> Vec<bool> {
    let sizes = sizes_by_rows(selection, attribute);
    let across = |group: usize| {
        let in_group = |row: u32| usize::from(attribute.codes[row as usize]) == group;
        filter.iter().any(|named| named.attribute.name != attribute.name && named.hidden_among(rules, in_group))
    };
    hidden_of_sizes(&sizes, across, |groups| people_in(selection, attribute, groups), rules)
}

fn hidden_of_sizes(
    sizes: &[usize],
    always: impl Fn(usize) -> bool,
    together: impl Fn(&[usize]) -> usize,
    rules: Rules,
) -> Vec<bool> {
    let present: Vec<usize> = (0..sizes.len()).filter(|&group| sizes[group] > 0).collect();
    let present_sizes: Vec<usize> = present.iter().map(|&group| sizes[group]).collect();
    let together = |groups: &[usize]| together(&groups.iter().map(|&group| present[group]).collect::<Vec<_>>());
    let hidden_present = hide::hidden(&present_sizes, |group| always(present[group]), together, rules);
    let mut hidden = vec![true; sizes.len()];
    for (&group, is_hidden) in present.iter().zip(hidden_present) {
        hidden[group] = is_hidden;
    }
    hidden
}

/// The values of one attribute that a filter names, and the population that all the rest of the filter gives.
pub(super) struct Named<'d> {
    pub(super) attribute: &'d Attribute,
    /// For each value whether it is named.
    pub(super) is_named: Vec<bool>,
    pub(super) others: Selection<'d>,
}

impl Named<'_> {
    /// Whether the breakdown of the rest of the filter by this attribute hides a named value.
    pub(super) fn hidden(&self, rules: Rules) -> bool {
        let hidden = hidden_by_rows(&self.others, self.attribute, rules);
        self.is_named.iter().zip(hidden).any(|(is_named, hidden)| *is_named && hidden)
    }

    /// The same among the rows that one filter more would keep; a named value without people is not hidden.
    fn hidden_among(&self, rules: Rules, keep: impl Fn(u32) -> bool) -> bool {
        let sizes = sizes_where(&self.others, self.attribute, &keep);
        let together = |groups: &[usize]| {
            let codes = &self.attribute.codes;
            self.others.people_where(|row| keep(row) && groups.contains(&usize::from(codes[row as usize])))
        };
        let hidden = hidden_of_sizes(&sizes, |_| false, together, rules);
        (0..sizes.len()).any(|value| self.is_named[value] && sizes[value] > 0 && hidden[value])
    }
}
