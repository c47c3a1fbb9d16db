//! Who is in a file: how many people came, left and moved, as far as it may be told.

use super::{Guarded, Published, Rules, ShownAttribute};
use crate::dataset::{Attribute, Filter, NOT_SET, Selection};
use crate::insights::Population;

/// Who is in a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Roll {
    /// People without a row in the first period, edge weeks aside; `None` where it is not told.
    pub joined: Option<usize>,
    /// People without a row in the last period; `None` where it is not told.
    pub left: Option<usize>,
    /// The attributes, in the order of the file's columns.
    pub attributes: Vec<AttributeRoll>,
}

/// What the people of a file have in one attribute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttributeRoll {
    /// The attribute's header.
    pub name: String,
    /// People for whom nothing is written in some row; `None` where it is not told.
    pub blank: Option<usize>,
    /// People with more than one value over time; `None` where it is not told.
    pub moved: Option<usize>,
}

/// Who is in a file under the switch for inactive rows. `shown` are the attributes with their shown values.
///
/// Joiners and leavers are told together, when each are nobody or enough: either could follow from the other. People who
/// moved are not told of an attribute with hidden groups: beside the sizes of the others their number would tell how many
/// are hidden.
#[must_use]
pub fn roll(guarded: &Guarded, include_inactive: bool, shown: &[ShownAttribute], rules: Rules) -> Published<Roll> {
    let dataset = guarded.dataset();
    let everyone = dataset.select_all(&Filter { include_inactive, ..Filter::default() });
    let all = everyone.people();
    if all < rules.minimum_group_size() {
        return Published::new(Roll::default());
    }
    let tells = |people: usize| rules.nobody_or_enough(people) && rules.nobody_or_enough(all - people);
    let (joined, left) = come_and_gone(&Population::new(guarded.panel(), everyone.clone()));
    let are_told = tells(joined) && tells(left);
    let attribute = |attribute: &Attribute| {
        let known = shown.iter().find(|shown| shown.name == attribute.name);
        let has_hidden = known.is_none_or(|shown| shown.hidden.is_some());
        let has_blank = attribute.values.iter().any(|value| value == NOT_SET);
        let blank = known.and_then(|shown| shown.values.iter().find(|value| value.value == NOT_SET));
        AttributeRoll {
            name: attribute.name.clone(),
            blank: if has_blank { blank.map(|value| value.people) } else { Some(0) },
            moved: Some(moved(&everyone, attribute)).filter(|people| !has_hidden && tells(*people)),
        }
    };
    Published::new(Roll {
        joined: are_told.then_some(joined),
        left: are_told.then_some(left),
        attributes: dataset.attributes().iter().map(attribute).collect(),
    })
}

/// People without a row in the first and in the last period that is no edge week.
fn come_and_gone(everyone: &Population<'_>) -> (usize, usize) {
    let mut whole = everyone.periods().iter().copied().filter(|period| !everyone.is_edge(*period));
    let Some(first) = whole.next() else { return (0, 0) };
    let last = whole.next_back().unwrap_or(first);
    let people =
        |period: usize| everyone.selection().people_by_period().get(period).map_or(0, |people| *people as usize);
    (everyone.people() - people(first), everyone.people() - people(last))
}

/// People with more than one value.
fn moved(everyone: &Selection<'_>, attribute: &Attribute) -> usize {
    let has_moved = |rows: &crate::dataset::PersonRows<'_>| {
        if attribute.code_of_person(rows.person()).is_some() {
            return false;
        }
        let mut codes: Vec<u16> = Vec::new();
        rows.for_each(|row| codes.extend(attribute.codes.get(row)));
        codes.windows(2).any(|pair| pair[0] != pair[1])
    };
    everyone.persons_rows().filter(has_moved).count()
}
