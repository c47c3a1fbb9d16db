//! Time between groups: who works with whom, who keeps to themselves, and what changed. From an export of its own.

use egui::Ui;

use super::chart::{Chart, Picture, Proofs, Words};
use super::proof::{Proven as _, id_of};
use super::{Action, Send, ViewContext, ViewState};
use crate::dataset::Grain;
use crate::guidance;
use crate::privacy::{BetweenFindings, Rules, Window};
use crate::text;
use crate::ui::theme::{Icon, Text, space};
use crate::ui::widgets::{
    Button, Card, DataTable, EmptyState, EmptyStateAction, Mark, MarkKind, MatrixCell, MatrixChart, ProofId,
    TableColumn, select,
};
use crate::workbench::{
    BesideCommand, BetweenFigure, Command, FileCommand, Number, by_closeness, window_choices, wording,
};

/// How many changes between two groups are told in words.
const MOST_CHANGES: usize = 3;

/// Draws the section.
pub(super) fn section(ui: &mut Ui, context: &ViewContext<'_>, state: &mut ViewState, send: Send<'_>) {
    let Some(opened) = context.workbench.opened_groups() else {
        missing(
            ui,
            context,
            "Between groups",
            "Which groups work with each other, and which keep to themselves, stands in a group-to-group query.",
            guidance::request_group_to_group(),
            send,
        );
        return;
    };
    let Some(results) = context.workbench.beside() else { return };
    let (Some(outcome), Some((_, rules))) = (&results.between, &results.ask.between) else { return };
    match outcome {
        Ok(findings) => shown(ui, context, state, findings, *rules, send),
        Err(why) => {
            let [what, what_to_do] = wording::no_between(*why, *rules);
            Card::new().show(ui, |ui| {
                ui.set_width(ui.available_width());
                ui.add(Text::section("Time between groups cannot be shown"));
                ui.add(Text::body(what).secondary());
                ui.add(Text::body(what_to_do));
                close(ui, BesideCommand::CloseGroups, send);
            });
        }
    }
    let source = wording::group_source(&opened.name, opened.report(), context.locale);
    ui.add(Text::caption(source).secondary().proven(&Number::Between(BetweenFigure::File)));
}

/// An export of its own is needed: what it is for, a text to ask for it, and opening it.
pub(super) fn missing(
    ui: &mut Ui,
    context: &ViewContext<'_>,
    title: &str,
    why: &str,
    request: &'static str,
    send: Send<'_>,
) {
    Card::new().show(ui, |ui| {
        ui.set_width(ui.available_width());
        if context.workbench.is_reading_beside() {
            ui.add(Text::section(title));
            ui.add(Text::body("Reading\u{2026}").secondary());
            return;
        }
        let empty = EmptyState::new(Icon::FileQuestionMark, title, why)
            .copy_text(request)
            .action(Button::secondary("Open that export\u{2026}").icon(Icon::FolderOpen));
        match empty.show(ui) {
            Some(EmptyStateAction::Copy) => {
                send(Action::CopyText { text: request.to_owned(), what: "Request" });
            }
            Some(EmptyStateAction::Act) => send(Action::Run(Command::File(FileCommand::Pick))),
            None => {}
        }
    });
}

/// Where an export was just opened for its own sake, it comes into sight.
pub(super) fn scroll_here(ui: &Ui, context: &ViewContext<'_>, state: &mut ViewState) {
    let landings = context.workbench.landings_beside();
    if std::mem::replace(&mut state.landings_beside, landings) != landings {
        ui.scroll_to_cursor(Some(egui::Align::TOP));
    }
}

/// A button that closes an export beside the person query.
pub(super) fn close(ui: &mut Ui, command: BesideCommand, send: Send<'_>) {
    if ui.add(Button::quiet("Close this export").icon(Icon::X)).clicked() {
        send(Action::Run(Command::Beside(command)));
    }
}

fn shown(
    ui: &mut Ui,
    context: &ViewContext<'_>,
    state: &mut ViewState,
    findings: &BetweenFindings,
    rules: Rules,
    send: Send<'_>,
) {
    scroll_here(ui, context, state);
    if !findings.groups.is_empty() {
        let (picture, rows) = matrix(context, findings, rules);
        picture.card(ui, MatrixChart::height_of(rows), state, send);
        ui.add_space(space::GAP);
    }
    Card::new().show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.add(Text::section("Within groups and across"));
        for sentence in wording::company_balance(findings, context.locale) {
            ui.add(Text::body(sentence).proven(&Number::Between(BetweenFigure::Company)));
        }
        let is_alone = !wording::isolated_groups(findings).is_empty();
        for sentence in wording::isolation(findings, context.locale) {
            let number = Number::Between(BetweenFigure::Isolated);
            if is_alone {
                ui.horizontal(|ui| {
                    ui.add(Mark::new(MarkKind::WithCare, "Isolated").small());
                    ui.add(Text::body(sentence).proven(&number));
                });
            } else {
                ui.add(Text::body(sentence).secondary().proven(&number));
            }
        }
        ui.add_space(space::SMALL);
        let periods = &findings.periods;
        let compared = findings.windows.as_ref().ok();
        if let Some(chosen) = windows(ui, "group windows", context, (periods, findings.grain), compared) {
            send(Action::Run(Command::Beside(BesideCommand::GroupWindows(chosen))));
        }
        for (from, to, words) in wording::largest_changes(findings, MOST_CHANGES, context.locale) {
            ui.add(Text::body(words).proven(&Number::Between(BetweenFigure::Cell(from, to))));
        }
        if !findings.groups.is_empty() {
            ui.add_space(space::SMALL);
            balances(ui, context, findings);
        }
        if let Some(hidden) = findings.hidden {
            let groups = text::counted(hidden.groups, "group", "groups", context.locale);
            let words = format!("{groups} hidden, in \u{201c}Elsewhere\u{201d} with whom the export does not name.");
            ui.add(Text::caption(words).secondary().proven(&Number::Between(BetweenFigure::File)));
        }
        let rules = Text::caption(wording::between_rules(findings, rules, context.locale)).secondary();
        ui.add(rules.proven(&Number::Between(BetweenFigure::File)));
        close(ui, BesideCommand::CloseGroups, send);
    });
}

/// The windows that are compared, to choose others. Says what was chosen: `None` within for the halves.
#[allow(clippy::option_option)]
pub(super) fn windows(
    ui: &mut Ui,
    id: &str,
    context: &ViewContext<'_>,
    (periods, grain): (&[chrono::NaiveDate], Grain),
    compared: Option<&[Vec<chrono::NaiveDate>; 2]>,
) -> Option<Option<[Window; 2]>> {
    let choices = window_choices(periods);
    let now = compared.and_then(|[before, now]| {
        let window = |days: &[chrono::NaiveDate]| Some(Window { from: *days.first()?, to: *days.last()? });
        Some([window(before)?, window(now)?])
    });
    if choices.len() < 2 {
        return None;
    }
    let words: Vec<String> =
        choices.iter().map(|windows| wording::windows_by(windows, grain, context.locale)).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let mut at = choices.iter().position(|windows| Some(*windows) == now).unwrap_or_default();
    let mut chosen = None;
    ui.horizontal(|ui| {
        let name = ui.add(Text::body("Compared").medium());
        if select(ui, id, &words, &mut at).labelled_by(name.id).changed() {
            chosen = Some(choices.get(at).copied().filter(|_| at > 0));
        }
    });
    chosen
}

/// Group by group: within and across, and what changed.
fn balances(ui: &mut Ui, context: &ViewContext<'_>, findings: &BetweenFindings) {
    let rows = balance_rows(context, findings);
    let Some((headings, rows)) = rows.split_first() else { return };
    let column = |(index, heading): (usize, &String)| TableColumn { heading: heading.clone(), figures: index > 0 };
    let proofs =
        findings.groups.iter().map(|group| Some(id_of(&Number::Between(BetweenFigure::Group(group.name.clone())))));
    DataTable::new("Within groups and across", headings.iter().enumerate().map(column).collect(), rows.len())
        .max_height(32.0 * rows.len().min(12) as f32)
        .proofs(proofs.collect())
        .show(ui, |row, column| rows.get(row).and_then(|row| row.get(column)).cloned().unwrap_or_default());
}

fn balance_rows(context: &ViewContext<'_>, findings: &BetweenFindings) -> Vec<Vec<String>> {
    let locale = context.locale;
    let hours = |hours| wording::member_hours(hours, locale);
    let heading = ["Group", "Members", "With others", "Hours within", "Hours with others"];
    let mut rows = vec![heading.map(str::to_owned).to_vec()];
    rows.extend(findings.groups.iter().map(|group| {
        let balance = group.balance;
        let words = |number: Option<crate::privacy::InWindows>| {
            let number = number?;
            let change = wording::moved(&number, hours, locale);
            Some(if change.is_empty() { hours(number.all) } else { change })
        };
        let share = balance.share_across.map(|share| wording::share_of_group(share.all, group, locale));
        vec![
            text::on_one_line(&group.name),
            text::count(group.members, locale),
            share.unwrap_or_default(),
            words(balance.within).unwrap_or_default(),
            words(balance.across).unwrap_or_default(),
        ]
    }));
    rows
}

/// The column of what is told together.
const ELSEWHERE: &str = "Elsewhere";

/// The matrix as a chart, and how many rows it has.
fn matrix(context: &ViewContext<'_>, findings: &BetweenFindings, rules: Rules) -> (Picture, usize) {
    let locale = context.locale;
    let order = by_closeness(findings);
    let groups: Vec<_> = order.iter().filter_map(|place| findings.groups.get(*place)).collect();
    let across = groups.iter().flat_map(|group| {
        let with = group.with.iter().zip(&findings.groups).filter(|(_, to)| to.name != group.name);
        with.filter_map(|(cell, _)| *cell).chain(group.elsewhere)
    });
    let most = across.map(|number| number.all).fold(0.0, f64::max);
    let names: Vec<String> = groups.iter().map(|group| text::on_one_line(&group.name)).collect();
    // Where nobody has any time with whom the export does not name, and nothing is hidden, there is no such column.
    let has_rest = groups.iter().any(|group| group.elsewhere.is_none_or(|number| number.all > 0.0));
    let columns: Vec<String> = names.iter().cloned().chain(has_rest.then(|| ELSEWHERE.to_owned())).collect();
    let (mut cells, mut proofs): (Vec<Vec<Option<MatrixCell>>>, Vec<ProofId>) = (Vec::new(), Vec::new());
    for group in &groups {
        let with = order.iter().map(|place| (group.with.get(*place).copied().flatten(), findings.groups.get(*place)));
        let row = with.chain(has_rest.then_some((group.elsewhere, None))).map(|(number, to)| {
            let is_own = to.is_some_and(|to| to.name == group.name);
            let name = to.map_or(ELSEWHERE, |to| to.name.as_str());
            proofs.push(id_of(&Number::Between(BetweenFigure::Cell(group.name.clone(), name.to_owned()))));
            number.map(|number| MatrixCell {
                value: wording::member_hours(number.all, locale),
                strength: (!is_own).then(|| if most > 0.0 { (number.all / most).sqrt() as f32 } else { 0.0 }),
                detail: wording::between_cell(&number, group, findings, locale),
            })
        });
        cells.push(row.collect());
    }
    let mut table = vec![std::iter::once("From \\ with".to_owned()).chain(columns.iter().cloned()).collect::<Vec<_>>()];
    for (name, row) in names.iter().zip(&cells) {
        let words =
            row.iter().map(|cell| cell.as_ref().map_or_else(|| "not shown".to_owned(), |cell| cell.value.clone()));
        table.push(std::iter::once(name.clone()).chain(words).collect());
    }
    let rows: Vec<ProofId> =
        groups.iter().map(|group| id_of(&Number::Between(BetweenFigure::Group(group.name.clone())))).collect();
    let whole = id_of(&Number::Between(BetweenFigure::Company));
    let count = names.len();
    let chart = MatrixChart::new("Time between groups", names, columns, cells).proofs(whole.clone(), proofs);
    let words = Words {
        title: wording::between_title(findings, locale),
        subtitle: wording::between_subtitle(findings, locale),
        footer: footer(context, findings, rules),
        file_stem: "between-groups".to_owned(),
    };
    let proofs = Proofs { title: Some(whole.clone()), subtitle: whole, rows };
    (Picture::new(words, Chart::Matrix(chart), table, proofs), count)
}

/// Where the numbers come from, under a picture.
fn footer(context: &ViewContext<'_>, findings: &BetweenFindings, rules: Rules) -> String {
    let locale = context.locale;
    let opened = context.workbench.opened_groups();
    let is_sample = opened.is_some_and(|opened| matches!(opened.what, crate::workbench::What::Sample));
    let sample = if is_sample { "SAMPLE, a made-up company. " } else { "" };
    let days = [findings.periods.first(), findings.periods.last()];
    let [first, last] = days.map(|day| day.map(|day| text::date(*day, locale)).unwrap_or_default());
    format!("{sample}{first} to {last}. {}", wording::small_groups(rules.minimum_group_size()))
}
