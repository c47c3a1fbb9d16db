//! Which groups of a breakdown are hidden: those of one attribute are a line, those of two a table.

use std::collections::BTreeMap;

use super::gate::{Asked, Gate, NotShown};
use super::{InsightId, Rules, hide};
use crate::dataset::{Dataset, GroupCell, Grouping};
use crate::insights::{Breakdown, Population};

/// What the gate does not show of what is grouped by, whatever is counted within it.
#[derive(Clone, Debug)]
pub(super) struct Shut {
    groups: NotShown,
    /// Of two attributes the values of each by itself.
    margins: Vec<NotShown>,
    /// How many groups the file has.
    pub(super) in_file: usize,
    /// The groups are all of the people but for a few, so that one hidden group of enough people is enough.
    but_for_a_few: bool,
}

impl Shut {
    /// Within a question, whoever is measured.
    pub(super) fn to_all(gate: &Gate, dataset: &Dataset, asked: &Asked, grouping: &Grouping<'_>) -> Self {
        let in_file = gate.groups(&grouping.places());
        Self::of(grouping, in_file, |by| gate.hidden_groups(dataset, asked, by))
    }

    /// The same, and what is not shown of the people whom an insight measures.
    pub(super) fn and_measured(
        &self,
        id: InsightId,
        gate: &Gate,
        population: &Population<'_>,
        asked: &Asked,
        grouping: &Grouping<'_>,
    ) -> Self {
        let shut = self.and(grouping, |by| gate.hidden_measured_groups(id, population, asked, by));
        Self { but_for_a_few: gate.parts_few(id, population, asked, &grouping.places()), ..shut }
    }

    /// The same, and what is hidden for another reason.
    pub(super) fn and(&self, grouping: &Grouping<'_>, hidden: impl Fn(&[usize]) -> NotShown) -> Self {
        let mut shut = Self::of(grouping, self.in_file, hidden);
        shut.groups.extend(&self.groups);
        shut.margins.iter_mut().zip(&self.margins).for_each(|(margin, all)| margin.extend(all));
        shut
    }

    fn of(grouping: &Grouping<'_>, in_file: usize, hidden: impl Fn(&[usize]) -> NotShown) -> Self {
        let places = grouping.places();
        let margins =
            if places.len() > 1 { places.iter().map(|&place| hidden(&[place])).collect() } else { Vec::new() };
        Self { groups: hidden(&places), margins, in_file, but_for_a_few: false }
    }

    /// For each group of a breakdown whether it is hidden: what the gate does not show, what is small, and whatever
    /// would let a reader subtract those. Of two attributes a group is shown where its value of each is, and in every
    /// row and column of the table nothing is hidden, or enough.
    pub(super) fn hidden(&self, breakdown: &Breakdown, rules: Rules) -> Vec<bool> {
        let sizes: Vec<usize> = breakdown.groups.iter().map(|group| group.people).collect();
        let together = |groups: &[usize]| breakdown.distinct_people(groups);
        let mut never: Vec<bool> =
            breakdown.groups.iter().map(|group| self.groups.never.contains(&group.cell)).collect();
        let not_here = |cell: &GroupCell, of: &NotShown| of.in_periods.contains(cell) && !of.never.contains(cell);
        let mut apart: Vec<bool> = breakdown.groups.iter().map(|group| not_here(&group.cell, &self.groups)).collect();
        let k = rules.minimum_group_size();
        let is_hidden = |group: &usize| never[*group] || apart[*group] || sizes[*group] < k;
        if self.but_for_a_few
            && let [only] = (0..sizes.len()).filter(is_hidden).collect::<Vec<_>>().as_slice()
            && sizes[*only] >= k
        {
            return never.iter().zip(&apart).map(|(never, apart)| *never || *apart).collect();
        }
        let mut lines = vec![(0..sizes.len()).collect::<Vec<_>>()];
        for (place, margin) in self.margins.iter().enumerate() {
            let by_value = lines_of(breakdown, place);
            let values: Vec<&Vec<usize>> = by_value.values().collect();
            let people: Vec<usize> = values.iter().map(|line| together(line)).collect();
            let is_never: Vec<bool> = by_value.keys().map(|&code| margin.never.contains(&[code, 0])).collect();
            let is_apart: Vec<bool> = by_value.keys().map(|&code| not_here(&[code, 0], margin)).collect();
            let of_values = |places: &[usize]| {
                let groups: Vec<usize> = places.iter().flat_map(|&place| values[place]).copied().collect();
                together(&groups)
            };
            let hidden_values =
                hide::hidden_but_for(&people, |value| is_never[value], |value| is_apart[value], of_values, rules);
            for (value, (line, _)) in values.iter().zip(hidden_values).enumerate().filter(|(_, (_, hidden))| *hidden) {
                let because = if is_apart[value] { &mut apart } else { &mut never };
                line.iter().for_each(|&group| because[group] = true);
            }
            lines.extend(by_value.into_values());
        }
        hide::hidden_in_lines(&sizes, &lines, |group| never[group], |group| apart[group], together, rules)
    }
}

/// The groups of each value of one of two attributes.
fn lines_of(breakdown: &Breakdown, place: usize) -> BTreeMap<u16, Vec<usize>> {
    let mut lines: BTreeMap<u16, Vec<usize>> = BTreeMap::new();
    for (index, group) in breakdown.groups.iter().enumerate() {
        lines.entry(group.cell[place]).or_default().push(index);
    }
    lines
}
