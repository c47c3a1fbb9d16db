//! **Groups to focus on** (our rule, labelled so).
//!
//! Candidates: shown groups of one attribute (or of two at once), worse than the rest in the behavior's unfavorable direction by
//! at least 5 points (settable) with an interval that excludes zero. `gap` is positive and against the rest.
//! Order: people affected beyond parity = n x gap; ties: larger n, then name. Rank band 1 = the first and all
//! whose difference to it is not clear; then repeat with what is left. External hours count as
//! favorable-high only for groups marked *customer-facing*; with none marked there is no such list. A group of two
//! attributes is marked where either of its values is.
//!
//! A group of whom all or none are counted has no spread of its own, so that six people of six would look certain and
//! crown the smallest group. In this list its difference is clear only if it still is with the width of Wilson's interval
//! added to the standard error (square and add, as Newcombe does); the interval of the difference itself stays the
//! formula.
//!
//! Rank bands compare whichever group happens to come first with all the others, so that with a 95 % interval each, of
//! four groups of equal rate one would be told apart in one company of eight. So *clear* in a rank band means clear among
//! all pairs of the candidates at once, any of which could have come first: 1.96 standard errors for two candidates,
//! 2.6 for four, 3.6 for twenty ([`stats::z_95_of_any`]). Groups of equal rate are then in different bands in at most
//! one company of twenty, however many there are.
//!
//! Who looks at twenty groups finds one that differs by chance alone. So each list of marked groups comes with the
//! number of them that could be chance ([`Chance`]): exact two-sided p values of the difference from the rest
//! ([`Funnel::p_value`]), over all shown groups of the list, and from them the false discovery rate of Benjamini
//! and Hochberg.

use super::{Breakdown, Favorable, Group, Settings};
use crate::stats::{self, Funnel, Interval, Z_95};

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
            Favorable::HighForCustomerFacing => -difference,
        };
        // The tolerance is for a gap that is exactly the setting but for binary dust.
        let far = gap >= settings.gap - 1e-12 && is_clear(difference, interval, &[group]) && gap > 0.0;
        far.then_some(FocusGroup { group: index, gap, people_affected: group.people as f64 * gap, rank_band: 0 })
    };
    let eligible = eligible(breakdown, shown, favorable, settings);
    let mut ranked: Vec<FocusGroup> = eligible.iter().filter_map(candidate).collect();
    let group = |focus: &FocusGroup| -> &Group { &breakdown.groups[focus.group] };
    // Equal people affected are equal whatever the last bits of n x gap are.
    let billionths = |focus: &FocusGroup| (focus.people_affected * 1e9).round();
    ranked.sort_by(|a, b| {
        billionths(b)
            .total_cmp(&billionths(a))
            .then_with(|| group(b).people.cmp(&group(a).people))
            .then_with(|| group(a).value.cmp(&group(b).value))
    });
    let pairs = ranked.len() * ranked.len().saturating_sub(1) / 2;
    let mut rank_band = 0;
    while let Some(first) = ranked.iter().find(|focus| focus.rank_band == 0).cloned() {
        rank_band += 1;
        for focus in ranked.iter_mut().filter(|focus| focus.rank_band == 0) {
            let (one, other) = (group(&first), group(focus));
            if focus.group == first.group || !is_apart(one, other, pairs) {
                focus.rank_band = rank_band;
            }
        }
    }
    ranked
}

/// The groups among which there can be any to focus on: all, or those that somebody marked as customer-facing.
#[must_use]
pub fn eligible(breakdown: &Breakdown, shown: &[usize], favorable: Favorable, settings: &Settings) -> Vec<usize> {
    let is_eligible = |&index: &usize| match favorable {
        Favorable::Low => true,
        Favorable::HighForCustomerFacing => settings.marks(&breakdown.by, &breakdown.groups[index].value),
    };
    shown.iter().copied().filter(is_eligible).collect()
}

/// How many of some marked groups could be chance.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Chance {
    /// How many groups were looked at: shown ones that have a rest to be compared with.
    pub compared: usize,
    /// How many of them are marked.
    pub marked: usize,
    /// How many of the marked ones are expected to be chance; from 0 to `marked`.
    pub expected_by_chance: f64,
}

/// How many of the marked groups could be chance, given all the shown groups that were compared, and the funnel
/// round the share that they are parts of.
#[must_use]
pub fn chance(
    breakdown: &Breakdown,
    shown: &[usize],
    funnel: Option<Funnel>,
    is_marked: impl Fn(usize) -> bool,
) -> Chance {
    let p_value = |&index: &usize| {
        let group = &breakdown.groups[index];
        let (difference, _) = group.difference?;
        Some((index, funnel.map_or(1.0, |funnel| funnel.p_value(difference, group.people))))
    };
    let (compared, p_values): (Vec<usize>, Vec<f64>) = shown.iter().filter_map(p_value).unzip();
    let marked: Vec<bool> = compared.iter().map(|&index| is_marked(index)).collect();
    Chance {
        compared: compared.len(),
        marked: marked.iter().filter(|marked| **marked).count(),
        expected_by_chance: stats::expected_by_chance(&p_values, &marked),
    }
}

/// Whether a difference is clear: its interval excludes zero, and still does with the spread that groups of whom all
/// or none are counted seem not to have.
fn is_clear(difference: f64, interval: Interval, of: &[&Group]) -> bool {
    let with_spread = || difference.abs() > Z_95 * standard_error(interval, of);
    !interval.includes_zero() && (!of.iter().any(|group| is_all_same(group)) || with_spread())
}

/// Whether two groups are told apart where so many pairs of groups could have been compared.
fn is_apart(one: &Group, other: &Group, pairs: usize) -> bool {
    let Some((difference, interval)) = one.less(other) else { return false };
    let of = [one, other];
    let is_far = || difference.abs() > stats::z_95_of_any(pairs) * standard_error(interval, &of);
    is_clear(difference, interval, &of) && (pairs <= 1 || is_far())
}

/// The standard error of a difference by its interval; the width of Wilson's interval is added for groups of whom
/// all or none are counted.
fn standard_error(interval: Interval, of: &[&Group]) -> f64 {
    let all_same = of.iter().filter(|group| is_all_same(group));
    let widths = all_same.map(|group| (group.interval.high - group.interval.low) / Z_95);
    widths.fold((interval.high - interval.low) / (2.0 * Z_95), f64::hypot)
}

fn is_all_same(group: &Group) -> bool {
    group.share.get() <= 0.0 || group.share.get() >= 1.0
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
