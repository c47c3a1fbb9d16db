//! Groups of one attribute: each with its interval on one axis, and which to focus on.

use egui::Ui;

use super::proof::{Proven as _, id_of};
use super::{Action, Send, ViewContext, ViewState, chart, filters, overview, source_line};
use crate::insights::GroupName;
use crate::privacy::{Groups, InsightId, Outcome, PublicGroup, Verdict};
use crate::text;
use crate::ui::theme::{Text, space};
use crate::ui::widgets::{ChartAction, ChartFrame, GroupList, GroupRow, MarkKind, Meaning, ProofId};
use crate::workbench::{Number, Results, wording};

/// How many rows stand in sight before the list scrolls.
const ROWS_IN_SIGHT: usize = 12;

/// The name under which the list is remembered as a table.
const NAME: &str = "groups";

/// Draws the card of groups.
pub(super) fn show(
    ui: &mut Ui,
    context: &ViewContext<'_>,
    state: &mut ViewState,
    id: InsightId,
    outcome: &Outcome,
    results: &Results,
    send: Send<'_>,
) {
    let Some(groups) = outcome.breakdowns.first() else { return };
    let shown = sorted(groups);
    let table = table(context, groups, &shown);
    let as_table = state.shown_as_table.contains(NAME);
    let title = wording::focus_title(id, groups, context.workbench.settings());
    let note = wording::focus_note(id, groups, context.workbench.settings(), context.locale);
    let whole = Number::Groups(id, groups.attribute.clone());
    let frame = ChartFrame::new(title).subtitle(note).as_table(as_table).without_picture();
    let frame = frame.proofs(None, Some(id_of(&whole)));
    let asked = frame.show(ui, |ui| {
        filters::group_by(ui, "group by", context, results, send);
        ui.add_space(space::SMALL);
        if as_table {
            chart::table(ui, NAME, &table, 36.0 * ROWS_IN_SIGHT as f32, &proofs(id, groups, &shown));
        } else {
            list(ui, context, id, groups, &shown, outcome, |group| meaning(id, groups, group, results));
        }
        if let Some(hidden) = groups.hidden {
            ui.add(Text::caption(wording::hidden(hidden, context.locale)).secondary().proven(&whole));
        }
        overview::suggestion(ui, context, send);
    });
    match asked {
        Some(ChartAction::ToggleTable) => state.toggle_table(NAME),
        Some(ChartAction::CopyTable) => {
            send(Action::CopyText { text: chart::with_source(&table, &source_line(context, results)), what: "Table" });
        }
        _ => {}
    }
}

/// Groups to focus on first, in their order; then the others, the highest share first.
fn sorted(groups: &Groups) -> Vec<&PublicGroup> {
    let mut shown: Vec<_> = groups.shown.iter().collect();
    let place =
        |group: &PublicGroup| groups.focus.iter().position(|focus| focus.value == group.value).unwrap_or(usize::MAX);
    shown.sort_by(|a, b| {
        let by_share = || b.share.get().total_cmp(&a.share.get());
        place(a).cmp(&place(b)).then_with(by_share).then_with(|| a.value.cmp(&b.value))
    });
    shown
}

/// The proof of each row.
fn proofs(id: InsightId, groups: &Groups, shown: &[&PublicGroup]) -> Vec<ProofId> {
    let name = |group: &PublicGroup| GroupName { attribute: groups.attribute.clone(), value: group.value.clone() };
    shown.iter().map(|group| id_of(&Number::Group(id, name(group)))).collect()
}

fn list(
    ui: &mut Ui,
    context: &ViewContext<'_>,
    id: InsightId,
    groups: &Groups,
    shown: &[&PublicGroup],
    outcome: &Outcome,
    meaning: impl Fn(&PublicGroup) -> Meaning,
) {
    if shown.is_empty() {
        ui.add(Text::body("Every group here is too small to be shown.").secondary());
        return;
    }
    let rows = shown.iter().map(|group| {
        let focus = groups.focus.iter().find(|focus| focus.value == group.value);
        let value = text::percent(group.share, group.people, context.locale);
        let likely = wording::likely(group.interval, group.people, context.locale);
        let people = text::count(group.people, context.locale);
        let word = verdict_word(group.verdict);
        let meaning = meaning(group);
        GroupRow {
            name: group.value.clone(),
            share: group.share.get(),
            interval: [group.interval.low, group.interval.high],
            detail: format!("{value} of {people} people, {likely}, {word}{}", meaning_words(meaning)),
            value,
            verdict: verdict_mark(group.verdict, meaning),
            verdict_word: word.to_owned(),
            people,
            affected: focus
                .map_or_else(String::new, |focus| text::count(focus.people_affected.round() as usize, context.locale)),
        }
    });
    let all = text::percent(outcome.share, outcome.people, context.locale);
    GroupList::new(
        format!("Groups by {}", groups.attribute),
        [&groups.attribute, "Against the rest", "People", "Beyond parity"],
        rows.collect(),
    )
    .rule(outcome.share.get(), format!("All {all}"))
    .rows_in_sight(ROWS_IN_SIGHT)
    .proofs(id_of(&Number::Groups(id, groups.attribute.clone())), proofs(id, groups, shown))
    .show(ui);
}

/// What a group's difference from the rest means, for its color.
fn meaning(id: InsightId, groups: &Groups, group: &PublicGroup, results: &Results) -> Meaning {
    let name = GroupName { attribute: groups.attribute.clone(), value: group.value.clone() };
    match wording::is_better(id, group.verdict, &name, &results.question.settings) {
        Some(true) => Meaning::Better,
        Some(false) => Meaning::Worse,
        None => Meaning::Neutral,
    }
}

/// What the color says, for those who do not see it.
fn meaning_words(meaning: Meaning) -> &'static str {
    match meaning {
        Meaning::Better => ", for the better",
        Meaning::Worse => ", for the worse",
        Meaning::Neutral => "",
    }
}

fn verdict_mark(verdict: Verdict, meaning: Meaning) -> MarkKind {
    match verdict {
        Verdict::Above => MarkKind::Above(meaning),
        Verdict::Below => MarkKind::Below(meaning),
        Verdict::NoClearDifference => MarkKind::Same,
    }
}

fn verdict_word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Above => "above",
        Verdict::Below => "below",
        Verdict::NoClearDifference => "no clear difference",
    }
}

fn table(context: &ViewContext<'_>, groups: &Groups, shown: &[&PublicGroup]) -> Vec<Vec<String>> {
    let headings = [groups.attribute.as_str(), "Share", "Likely", "Against the rest", "People"];
    let mut rows = vec![headings.map(str::to_owned).to_vec()];
    rows.extend(shown.iter().map(|group| {
        vec![
            group.value.clone(),
            text::percent(group.share, group.people, context.locale),
            wording::likely(group.interval, group.people, context.locale).trim_start_matches("likely ").to_owned(),
            verdict_word(group.verdict).to_owned(),
            text::count(group.people, context.locale),
        ]
    }));
    rows
}
