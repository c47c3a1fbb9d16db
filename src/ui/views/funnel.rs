//! Groups by their size, within the limits of chance.

use egui::Ui;

use super::ViewContext;
use crate::privacy::{Funnel, FunnelLevel, FunnelPlace, Groups, Outcome, PublicGroup};
use crate::text;
use crate::ui::theme::Icon;
use crate::ui::widgets::{EmptyState, FunnelChart, FunnelDot, FunnelLimit, Meaning, funnel_sizes};
use crate::workbench::wording;

/// With fewer groups there is nothing to compare sizes of.
const FEWEST_GROUPS: usize = 3;

/// The funnel of some groups, or why there is none.
pub(super) fn of(
    context: &ViewContext<'_>,
    groups: &Groups,
    outcome: &Outcome,
    meaning: impl Fn(&PublicGroup) -> Meaning,
) -> Result<FunnelChart, &'static str> {
    if groups.shown.len() < FEWEST_GROUPS {
        return Err("A funnel needs three groups or more. The list shows those that there are.");
    }
    let Some(funnel) = outcome.funnel() else {
        return Err("Everyone here is the same, so no group differs from another.");
    };
    let sizes = funnel_sizes(groups.shown.iter().map(|group| group.people));
    let limits = [(FunnelLevel::Percent95, 95.0, 0), (FunnelLevel::Percent99_8, 99.8, 1)];
    let limits = limits.map(|(level, percent, places)| {
        let percent = text::decimals(percent, places, context.locale);
        limit(&funnel, level, &percent, &sizes)
    });
    let dots = groups.shown.iter().map(|group| dot(context, &funnel, group, meaning(group)));
    let all = text::percent(outcome.share, outcome.people, context.locale);
    let name = format!("Groups by {}, by size", groups.by);
    let center = (outcome.share.get(), format!("All {all}"));
    Ok(FunnelChart::new(name, "People in the group", dots.collect(), center, limits.into()).locale(context.locale))
}

/// Says why there is no funnel.
pub(super) fn empty(ui: &mut Ui, why: &str) {
    EmptyState::new(Icon::ChartColumn, "No funnel here", why).show(ui);
}

fn limit(funnel: &Funnel, level: FunnelLevel, percent: &str, sizes: &[f64]) -> FunnelLimit {
    let at = |&people: &f64| {
        let limits = funnel.limits(people, level);
        [people, limits.low, limits.high]
    };
    FunnelLimit { label: format!("{percent}\u{a0}%"), at: sizes.iter().map(at).collect() }
}

fn dot(context: &ViewContext<'_>, funnel: &Funnel, group: &PublicGroup, meaning: Meaning) -> FunnelDot {
    let place = funnel.place(group.share, group.people);
    let value = text::percent(group.share, group.people, context.locale);
    let how_sure = wording::how_sure(group.share, group.interval, group.people, context.locale);
    let people = text::counted(group.people, "person", "people", context.locale);
    FunnelDot {
        name: group.value.to_string(),
        people: group.people,
        share: group.share.get(),
        beyond: place != FunnelPlace::Inside,
        meaning,
        detail: format!(
            "{value} of {people}, {how_sure}\n{}",
            wording::sentence_case(&wording::funnel_place(place, context.locale))
        ),
    }
}
