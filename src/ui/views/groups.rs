//! Groups of one attribute or two: each with its interval on one axis, and which to focus on.

use egui::Ui;

use super::proof::{Proven as _, id_of};
use super::verdict::stamped_source;
use super::{Action, Send, ViewContext, ViewState, chart, filters, funnel, overview};
use crate::privacy::{Groups, InsightId, Outcome, PublicGroup, Verdict};
use crate::text;
use crate::ui::theme::{Text, space};
use crate::ui::widgets::{ChartAction, ChartFrame, GroupList, GroupRow, MarkKind, Meaning, ProofId, tabs};
use crate::workbench::{Number, Results, wording, wording::Marked};

/// How many rows stand in sight before the list scrolls.
const ROWS_IN_SIGHT: usize = 12;

/// How high the funnel is, in points at a desk.
const FUNNEL_HEIGHT: f32 = 380.0;

/// The name of the table.
const NAME: &str = "groups";

/// How groups are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum ShownAs {
    /// In order, each with its interval.
    #[default]
    List,
    /// By size, within the limits of chance.
    Funnel,
    /// In figures.
    Table,
}

impl ShownAs {
    const ALL: [Self; 3] = [Self::List, Self::Funnel, Self::Table];
    const WORDS: [&str; 3] = ["List", "Funnel", "Table"];

    /// The row of ways to choose from.
    fn choose(ui: &mut Ui, chosen: &mut Self) {
        let mut selected = Self::ALL.iter().position(|way| way == chosen).unwrap_or_default();
        if tabs(ui, &Self::WORDS, &mut selected) {
            *chosen = Self::ALL.get(selected).copied().unwrap_or_default();
        }
    }
}

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
    let table = table(context, outcome, groups, &shown);
    let meaning = |group: &PublicGroup| meaning(id, groups, group, results);
    let settings = context.workbench.settings();
    let mut shown_as = state.groups_as;
    let funnel = (shown_as == ShownAs::Funnel).then(|| funnel::of(context, groups, outcome, meaning));
    let (title, note) = match &funnel {
        Some(Ok(_)) => {
            (wording::funnel_title(groups, outcome, context.locale), wording::funnel_note(id, groups, settings))
        }
        _ => {
            let note = wording::focus_note(id, groups, settings, context.locale);
            (wording::focus_title(id, groups, settings), note)
        }
    };
    let frame = ChartFrame::new(title).subtitle(note).as_table(shown_as == ShownAs::Table);
    let whole = Number::Groups(id, groups.by.clone());
    let frame = frame.proofs(None, Some(id_of(&whole)));
    let frame = if matches!(funnel, Some(Ok(_))) { frame } else { frame.without_picture() };
    let asked = frame.show(ui, |ui| {
        filters::group_by(ui, "group by", context, results, send);
        ShownAs::choose(ui, &mut shown_as);
        ui.add_space(space::SMALL);
        match (&funnel, state.groups_as) {
            (Some(Ok(funnel)), _) => {
                let in_order: Vec<&PublicGroup> = groups.shown.iter().collect();
                let parts = proofs(id, groups, &in_order);
                funnel.clone().height(FUNNEL_HEIGHT).proofs(id_of(&whole), parts).show(ui);
            }
            (Some(Err(why)), _) => funnel::empty(ui, why),
            (None, ShownAs::Table) => {
                chart::table(ui, NAME, &table, 36.0 * ROWS_IN_SIGHT as f32, &proofs(id, groups, &shown));
            }
            (None, _) => list(ui, context, id, groups, &shown, outcome, meaning),
        }
        sentences(ui, context, id, groups);
        if let Some(hidden) = groups.hidden {
            ui.add(Text::caption(wording::hidden(hidden, context.locale)).secondary().proven(&whole));
        }
        overview::suggestion(ui, context, send);
    });
    state.groups_as = shown_as;
    let picture = || {
        let chart = funnel.and_then(Result::ok)?;
        Some(Box::new(chart::funnel(context, results, id, groups, outcome, (chart, table.clone()))))
    };
    match asked {
        Some(ChartAction::ToggleTable) if shown_as == ShownAs::Table => state.groups_as = ShownAs::List,
        Some(ChartAction::ToggleTable) => state.groups_as = ShownAs::Table,
        Some(ChartAction::CopyTable) => {
            send(Action::CopyText {
                text: chart::with_source(&table, &stamped_source(context, results, id)),
                what: "Table",
            });
        }
        Some(ChartAction::CopyPicture) => {
            if let Some(picture) = picture() {
                send(Action::CopyPicture(picture));
            }
        }
        Some(ChartAction::SavePicture) => {
            if let Some(picture) = picture() {
                send(Action::SavePicture(picture));
            }
        }
        Some(ChartAction::SaveDrawing) => {
            if let Some(picture) = picture() {
                send(Action::SaveDrawing(picture));
            }
        }
        Some(ChartAction::SaveData) | None => {}
    }
}

/// Under the groups: how much the first is about, which cannot be told apart, and how many could be chance.
fn sentences(ui: &mut Ui, context: &ViewContext<'_>, id: InsightId, groups: &Groups) {
    let first = groups.focus.first();
    let first = first.map(|focus| format!("{}: {}.", focus.value, wording::focus(id, focus, context.locale)));
    let bands = wording::rank_bands(&groups.focus, context.locale);
    let chance = wording::chance(Marked::AgainstTheRest, &groups.verdict_chance, context.locale);
    for sentence in first.into_iter().chain([bands, chance]).filter(|sentence| !sentence.is_empty()) {
        ui.add(Text::body(sentence).proven(&Number::Groups(id, groups.by.clone())));
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
    shown.iter().map(|group| id_of(&Number::Group(id, groups.by.clone(), group.value.clone()))).collect()
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
        let how_sure = wording::how_sure(group.share, group.interval, group.people, context.locale);
        let people = text::count(group.people, context.locale);
        let word = wording::against_the_rest(group);
        let meaning = meaning(group);
        let beyond = focus.map_or_else(String::new, |focus| {
            format!("; {} beyond parity", wording::people_affected(focus.people_affected, context.locale))
        });
        GroupRow {
            name: group.value.to_string(),
            share: group.share.get(),
            interval: [group.interval.low, group.interval.high],
            detail: format!("{value} of {people} people, {how_sure}, {word}{}{beyond}", meaning_words(meaning)),
            value,
            verdict: verdict_mark(group.verdict, meaning),
            verdict_word: word.to_owned(),
            people,
            affected: focus.map_or_else(String::new, |focus| {
                wording::people_affected_in_short(focus.people_affected, context.locale)
            }),
        }
    });
    let all = text::percent(outcome.share, outcome.people, context.locale);
    GroupList::new(
        format!("Groups by {}", groups.by),
        [&heading(groups), "Against the rest", "People", "Beyond parity"],
        rows.collect(),
    )
    .rule(outcome.share.get(), format!("All {all}"))
    .rows_in_sight(ROWS_IN_SIGHT)
    .proofs(id_of(&Number::Groups(id, groups.by.clone())), proofs(id, groups, shown))
    .show(ui);
}

/// Over the names of groups: "Organization · Level".
fn heading(groups: &Groups) -> String {
    groups.by.names().collect::<Vec<_>>().join(" \u{b7} ")
}

/// What a group's difference from the rest means, for its color.
fn meaning(id: InsightId, groups: &Groups, group: &PublicGroup, results: &Results) -> Meaning {
    match wording::is_better(id, group.verdict, &groups.by, &group.value, &results.question.settings) {
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

fn table(context: &ViewContext<'_>, outcome: &Outcome, groups: &Groups, shown: &[&PublicGroup]) -> Vec<Vec<String>> {
    let name = heading(groups);
    let headings = [name.as_str(), "Share", "Likely", "Against the rest", "People", "By its size", "Beyond parity"];
    let funnel = outcome.funnel();
    let place = |group: &PublicGroup| {
        let place = funnel.map(|funnel| funnel.place(group.share, group.people));
        place.map_or_else(String::new, |place| wording::funnel_place(place, context.locale))
    };
    let affected = |group: &PublicGroup| {
        let focus = groups.focus.iter().find(|focus| focus.value == group.value);
        focus.map_or_else(String::new, |focus| wording::people_affected_in_short(focus.people_affected, context.locale))
    };
    let mut rows = vec![headings.map(str::to_owned).to_vec()];
    rows.extend(shown.iter().map(|group| {
        vec![
            group.value.to_string(),
            text::percent(group.share, group.people, context.locale),
            wording::likely_range(group.interval, group.people, context.locale),
            wording::against_the_rest(group).to_owned(),
            text::count(group.people, context.locale),
            place(group),
            affected(group),
        ]
    }));
    if groups.focus.is_empty() {
        // Beyond parity is told of groups to focus on alone.
        rows.iter_mut().for_each(|row| _ = row.pop());
    }
    rows
}
