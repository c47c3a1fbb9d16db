//! **Groups to focus on** (our rule, labelled so).
//!
//! Candidates: shown groups of one attribute, worse than the rest in the behavior's unfavorable direction by
//! at least 5 points (settable) with an interval that excludes zero. `gap` is positive and against the rest.
//! Order: people affected beyond parity = n x gap; ties: larger n, then name. Rank band 1 = the first and all
//! whose difference to it is not clear; then repeat with what is left. External hours count as
//! favorable-high only for groups marked *customer-facing*; with none marked there is no such list.

use super::{Breakdown, Favorable, Group, GroupName, Settings};

/// One group to focus on.
#[derive(Clone, Debug, PartialEq)]
pub struct FocusGroup {
    /// Index of the group in its breakdown.
    pub group: usize,
    /// How much worse than the rest, positive.
    pub gap: f64,
    /// People affected beyond parity: n x gap.
    pub people_affected: f64,
    /// 1 for the groups that cannot be told apart from the first, and so on.
    pub rank_band: usize,
}

/// Ranks the groups of one breakdown, by people affected. `shown` are the indices of the groups that may be
/// seen. Rank bands can alternate: a small group can be unclear from the first where a larger one is clear.
#[must_use]
pub fn rank(breakdown: &Breakdown, shown: &[usize], favorable: Favorable, settings: &Settings) -> Vec<FocusGroup> {
    let candidate = |&index: &usize| {
        let group = &breakdown.groups[index];
        let (difference, interval) = group.difference?;
        let gap = match favorable {
            Favorable::Low => difference,
            Favorable::HighForCustomerFacing => {
                is_customer_facing(settings, &breakdown.attribute, &group.value).then_some(-difference)?
            }
        };
        // The tolerance is for a gap that is exactly the setting but for binary dust.
        let far = gap >= settings.gap - 1e-12 && !interval.includes_zero() && gap > 0.0;
        far.then_some(FocusGroup { group: index, gap, people_affected: group.people as f64 * gap, rank_band: 0 })
    };
    let mut ranked: Vec<FocusGroup> = shown.iter().filter_map(candidate).collect();
    let group = |focus: &FocusGroup| -> &Group { &breakdown.groups[focus.group] };
    // Equal people affected are equal whatever the last bits of n x gap are.
    let billionths = |focus: &FocusGroup| (focus.people_affected * 1e9).round();
    ranked.sort_by(|a, b| {
        billionths(b)
            .total_cmp(&billionths(a))
            .then_with(|| group(b).people.cmp(&group(a).people))
            .then_with(|| group(a).value.cmp(&group(b).value))
    });
    let mut rank_band = 0;
    while let Some(first) = ranked.iter().find(|focus| focus.rank_band == 0).cloned() {
        rank_band += 1;
        for focus in ranked.iter_mut().filter(|focus| focus.rank_band == 0) {
            let difference = || group(&first).less(group(focus));
            if focus.group == first.group || difference().is_none_or(|(_, interval)| interval.includes_zero()) {
                focus.rank_band = rank_band;
            }
        }
    }
    ranked
}

fn is_customer_facing(settings: &Settings, attribute: &str, value: &str) -> bool {
    let is = |group: &GroupName| crate::dataset::same_name(&group.attribute, attribute) && group.value == value;
    settings.customer_facing.iter().any(is)
}

/// Groups that look customer-facing by the words of their name: a suggestion, accepted by a person.
#[must_use]
pub fn looks_customer_facing(value: &str) -> bool {
    const WORDS: [&str; 11] = [
        "sales",
        "account",
        "seller",
        "customer success",
        "csm",
        "support",
        "service",
        "manufactur",
        "supply",
        "procure",
        "operations",
    ];
    let value = value.to_lowercase();
    WORDS.iter().any(|word| value.contains(word))
}
