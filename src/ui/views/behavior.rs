//! One behavior: its distribution next to the best practices, the trend, the groups, and more readings.

use egui::{ScrollArea, Ui};

use super::chart::{self, Picture};
use super::{Action, Send, ViewContext, ViewState, groups, guidance, overview};
use crate::guidance as articles;
use crate::insights::Behavior;
use crate::privacy::{InsightId, Outcome, PublicInsight};
use crate::text;
use crate::ui::theme::{Icon, Text, space};
use crate::ui::widgets::{Button, Card, EmptyState, columns, page_header};
use crate::workbench::{Results, wording};

/// Draws the screen.
pub(super) fn show(
    ui: &mut Ui,
    context: &ViewContext<'_>,
    state: &mut ViewState,
    behavior: Behavior,
    results: &Results,
    send: Send<'_>,
) {
    let Ok(findings) = &results.findings else {
        overview::show(ui, context, state, results, send);
        return;
    };
    let id = behavior.headline();
    let Some(Ok(outcome)) = findings.headline(behavior).map(|insight| &insight.outcome) else {
        missing(ui, behavior, results, send);
        return;
    };
    let subtitle = format!(
        "{}. {}",
        capital(&wording::likely(outcome.interval, outcome.people, context.locale)),
        wording::compare(results, id, outcome, context.locale)
    );
    page_header(ui, &wording::title(id, outcome, context.locale), &subtitle);
    let favorable = wording::is_favorable(id, outcome).unwrap_or(false);
    let height = ui.available_height();
    columns(ui, [2.0, 1.0], |[left, right]| {
        left.set_height(height);
        ScrollArea::vertical().id_salt(("findings", behavior)).auto_shrink([false, false]).show(left, |ui| {
            ui.set_width(ui.available_width());
            let picture = chart::distribution(context, results, id, outcome);
            chart_card(ui, state, &picture, &chart::table(context, id, outcome), height - 150.0, send);
            ui.add_space(space::GAP);
            groups::show(ui, context, id, outcome, results, send);
            if let Some(picture) = chart::trend(context, results, id, outcome) {
                ui.add_space(space::GAP);
                chart_card(ui, state, &picture, &chart::trend_table(context, outcome), 200.0, send);
            }
            ui.add_space(space::GAP);
            readings(ui, context, outcome);
            for insight in findings.insights.iter().filter(|other| other.id.behavior() == behavior && other.id != id) {
                ui.add_space(space::GAP);
                further(ui, context, insight);
            }
            ui.add_space(space::PAGE);
        });
        right.set_height(height);
        Card::new().min_height(height - space::GAP).show(right, |ui| {
            if ui.add(Button::primary("Take action").icon(Icon::Target)).clicked() {
                state.take_action = Some(behavior);
            }
            ui.set_max_height(height - space::GAP - 2.0 * space::CARD);
            guidance::show(ui, state, behavior, favorable);
        });
    });
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A chart on a card, with its words and what can be done with it.
fn chart_card(
    ui: &mut Ui,
    _state: &mut ViewState,
    picture: &Picture,
    table: &[Vec<String>],
    height: f32,
    send: Send<'_>,
) {
    Card::new().show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.horizontal(|ui| {
            ui.add(Text::section(picture.title()).one_line());
        });
        ui.add(Text::body(picture.subtitle()).secondary());
        ui.add_space(space::SMALL);
        picture.show_chart(ui, height.clamp(180.0, 320.0));
        ui.horizontal(|ui| {
            if ui.add(Button::quiet("Copy table").icon(Icon::Table)).clicked() {
                send(Action::CopyText { text: chart::as_text(table), what: "Table" });
            }
            if ui.add(Button::quiet("Copy picture").icon(Icon::Copy)).clicked() {
                send(Action::CopyPicture(Box::new(picture.clone())));
            }
        });
    });
}

/// Other readings of the headline, and who lies exactly on a threshold.
fn readings(ui: &mut Ui, context: &ViewContext<'_>, outcome: &Outcome) {
    Card::new().show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.add(Text::section("How this number can be read"));
        for reading in &outcome.other_readings {
            let share = text::percent(reading.share, outcome.people, context.locale);
            ui.add(Text::body(format!("{share}: {}", wording::reading(reading.id))));
        }
        for boundary in &outcome.boundaries {
            ui.add(Text::body(wording::boundary(boundary, context.locale)).secondary());
        }
        for badge in &outcome.badges {
            ui.add(Text::body(wording::badge(*badge)).secondary());
        }
        if outcome.not_eligible > 0 {
            let count = text::count(outcome.not_eligible, context.locale);
            ui.add(
                Text::body(format!(
                    "{count} person-months do not count: present for less than three quarters of the weeks."
                ))
                .secondary(),
            );
        }
    });
}

/// Another insight of the same behavior.
fn further(ui: &mut Ui, context: &ViewContext<'_>, insight: &PublicInsight) {
    let id: InsightId = insight.id;
    Card::new().show(ui, |ui| {
        ui.set_width(ui.available_width());
        match &insight.outcome {
            Ok(outcome) => {
                ui.add(Text::section(wording::title(id, outcome, context.locale)));
                ui.add(Text::body(wording::uncertainty(outcome, context.locale)).secondary());
                ui.add_space(space::SMALL);
                chart::band_bar(context, id, outcome).show(ui);
                for badge in &outcome.badges {
                    ui.add(Text::caption(wording::badge(*badge)).secondary());
                }
            }
            Err(why) => {
                ui.add(Text::section(wording::name(id)));
                ui.add(Text::body(wording::unavailable(why)).secondary());
            }
        }
    });
}

/// A behavior that this export says nothing about.
fn missing(ui: &mut Ui, behavior: Behavior, results: &Results, send: Send<'_>) {
    let why = results.verdict(behavior.headline()).map_or_else(String::new, |judgement| judgement.reason.clone());
    page_header(ui, behavior.title(), "");
    let request = &articles::article(behavior).request;
    let empty = EmptyState::new(Icon::FileQuestionMark, "This export cannot answer it", why)
        .copy_text(request.clone())
        .action(Button::secondary("Copy the request").icon(Icon::Copy));
    if empty.show(ui).is_some() {
        send(Action::CopyText { text: request.clone(), what: "Request" });
    }
}
