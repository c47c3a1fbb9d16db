//! What a filter could be changed to, and why not: so that what may not be asked is disabled before it is clicked.

use super::gate::{Asked, Gate};
use super::period_choices::{PeriodChoice, period_choices};
use super::{Guarded, Hidden, Published, Rules, ShownAttribute, shown_values};
use crate::dataset::{Dataset, Filter, Metric};

/// Every step that a filter can take from where it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choices {
    /// For each attribute its shown values. Hidden values are not listed.
    pub attributes: Vec<AttributeChoices>,
    /// All periods of the file, ascending, whatever the filter keeps.
    pub periods: Vec<PeriodChoice>,
    /// Including inactive people.
    pub include_inactive: Switch,
    /// Leaving out people of low activity.
    pub without_low_activity: Switch,
}

/// The values of one attribute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttributeChoices {
    /// The attribute's header.
    pub name: String,
    /// Its shown values, in order.
    pub values: Vec<Choice>,
}

/// One value that can be named in the filter or taken out of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The value.
    pub value: String,
    /// Distinct people of the whole file.
    pub people: usize,
    /// Whether the filter names it.
    pub is_selected: bool,
    /// Why it cannot be added to, or taken out of, the filter; `None` when it can.
    pub blocked: Option<Hidden>,
}

/// A switch of the filter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Switch {
    /// Whether the file has what it is about: an `IsActive` column, collaboration hours.
    pub is_in_file: bool,
    /// Whether it is on.
    pub is_on: bool,
    /// Why it cannot be switched over; `None` when it can.
    pub blocked: Option<Hidden>,
}

/// Nothing to choose from, for an answer that nobody asks on from.
#[must_use]
pub fn no_choices() -> Published<Choices> {
    Published::new(Choices::default())
}

/// What a filter could be changed to by one step, and why not. Says nothing about hidden values.
///
/// `other` is what would be asked with the switch for inactive people switched over, where that is another dataset:
/// weeks that were summed from days with their inactive days, or without.
#[must_use]
pub fn choices(guarded: &Guarded, other: Option<&Guarded>, filter: &Filter, rules: Rules) -> Published<Choices> {
    let dataset = guarded.dataset();
    let gate = guarded.gate(filter, rules);
    let blocked = |dataset: &Dataset, gate: &Gate, changed: &Filter| {
        Asked::by(dataset, changed).and_then(|asked| gate.check(dataset, &asked)).err()
    };
    let switch = |of: &Guarded, is_in_file: bool, is_on: bool, changed: Filter| {
        let blocked = is_in_file.then(|| blocked(of.dataset(), &of.gate(&changed, rules), &changed));
        Switch { is_in_file, is_on, blocked: blocked.flatten() }
    };
    let attribute = |shown: &ShownAttribute| AttributeChoices {
        name: shown.name.clone(),
        values: shown
            .values
            .iter()
            .map(|value| {
                let changed = filter.toggled(&shown.name, &value.value);
                Choice {
                    value: value.value.clone(),
                    people: value.people,
                    is_selected: filter.names(&shown.name, &value.value),
                    blocked: blocked(dataset, &gate, &changed),
                }
            })
            .collect(),
    };
    let (inactive, low) = (filter.include_inactive, filter.without_low_activity);
    Published::new(Choices {
        attributes: shown_values(guarded, rules).iter().map(attribute).collect(),
        periods: period_choices(dataset, &gate, filter, rules),
        include_inactive: switch(
            other.unwrap_or(guarded),
            other.is_some() || dataset.active().is_some(),
            inactive,
            Filter { include_inactive: !inactive, ..filter.clone() },
        ),
        without_low_activity: switch(
            guarded,
            dataset.has(Metric::CollaborationHours),
            low,
            Filter { without_low_activity: !low, ..filter.clone() },
        ),
    })
}
