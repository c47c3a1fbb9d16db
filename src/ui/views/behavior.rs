//! One behavior: its distribution next to the best practices, the groups, the trend, and more readings.

use egui::{Align, Layout, ScrollArea, Ui, UiBuilder};

use super::plans::PlanSeed;
use super::proof::Proven as _;
use super::{Action, Send, ViewContext, ViewState, between, chart, groups, guidance, meetings, overview, verdict};
use crate::guidance as articles;
use crate::insights::Behavior;
use crate::privacy::{InsightId, Outcome, PublicInsight, Unavailable};
use crate::text;
use crate::ui::theme::{Icon, Text, space};
use crate::ui::widgets::{Button, Card, EmptyState, EmptyStateAction, columns, page_header};
use crate::workbench::{Command, FileCommand, Number, Results, metric_of, wording};

/// How high the distribution may be, and the trend, in points.
const DISTRIBUTION_HEIGHT: std::ops::RangeInclusive<f32> = 200.0..=340.0;
const TREND_HEIGHT: f32 = 220.0;

/// The room for the scroll bar between the columns, in points.
const BAR: f32 = 12.0;

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
        missing(ui, context, state, behavior, results, send);
        return;
    };
    header(ui, context, state, behavior, outcome, results, send);
    verdict::stamp(ui, context, results, id, send);
    let favorable = wording::is_favorable(id, outcome).unwrap_or(false);
    let height = ui.available_height();
    columns(ui, [2.0, 1.0], |[left, right]| {
        left.set_height(height);
        let width = left.available_width();
        // The bar runs in the gap between the columns, not over the edges of cards.
        let mut area = left.available_rect_before_wrap();
        area.max.x += BAR;
        let mut scrolled = left.new_child(UiBuilder::new().max_rect(area));
        let findings_area = ScrollArea::vertical().id_salt(("findings", behavior)).auto_shrink([false, false]);
        findings_area.show(&mut scrolled, |ui| {
            ui.set_width(width);
            let (least, most) = DISTRIBUTION_HEIGHT.into_inner();
            let room = (height - 130.0).clamp(least, most);
            chart::distribution(context, results, id, outcome).card(ui, room, state, send);
            ui.add_space(space::GAP);
            groups::show(ui, context, state, id, outcome, results, send);
            if let Some(picture) = chart::trend(context, results, id, outcome) {
                ui.add_space(space::GAP);
                picture.card(ui, TREND_HEIGHT, state, send);
            }
            ui.add_space(space::GAP);
            beside(ui, context, state, behavior, send);
            readings(ui, context, id, outcome);
            for insight in findings.insights.iter().filter(|other| other.id.behavior() == behavior && other.id != id) {
                ui.add_space(space::GAP);
                further(ui, context, results, insight, send);
            }
            ui.add_space(space::PAGE);
        });
        right.set_height(height);
        Card::new().min_height(height - space::GAP).show(right, |ui| {
            ui.set_max_height(height - space::GAP - 2.0 * space::CARD - 2.0);
            guidance::show(ui, state, behavior, favorable);
        });
    });
}

/// What exports of their own tell about a behavior.
pub(super) fn beside(
    ui: &mut Ui,
    context: &ViewContext<'_>,
    state: &mut ViewState,
    behavior: Behavior,
    send: Send<'_>,
) {
    match behavior {
        Behavior::TimeWithCustomers => meetings::section(ui, context, state, send),
        Behavior::Coaching => return,
        Behavior::InternalNetworks => between::section(ui, context, state, send),
    }
    ui.add_space(space::GAP);
}

/// A behavior of which only an export of its own is open.
pub(super) fn beside_alone(
    ui: &mut Ui,
    context: &ViewContext<'_>,
    state: &mut ViewState,
    behavior: Behavior,
    send: Send<'_>,
) {
    let lead =
        "No person query is open, so the shares of people are not here. Open one beside this export to see both.";
    page_header(ui, behavior.title(), lead);
    ui.add_space(space::SMALL);
    if ui.add(Button::primary("Open export\u{2026}").icon(Icon::FolderOpen).shortcut("Ctrl+O")).clicked() {
        send(Action::Run(Command::File(FileCommand::Pick)));
    }
    ui.add_space(space::GAP);
    ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| beside(ui, context, state, behavior, send));
}

/// The finding, its uncertainty and what it can be held against; at the right what to do.
fn header(
    ui: &mut Ui,
    context: &ViewContext<'_>,
    state: &mut ViewState,
    behavior: Behavior,
    outcome: &Outcome,
    results: &Results,
    send: Send<'_>,
) {
    let id = behavior.headline();
    ui.horizontal_top(|ui| {
        let room = 450.0;
        ui.vertical(|ui| {
            ui.set_width((ui.available_width() - room).max(200.0));
            let how_sure = wording::how_sure(outcome.share, outcome.interval, outcome.people, context.locale);
            let how_sure = wording::sentence_case(&how_sure);
            let compare =
                wording::compare(results, id, outcome, &context.workbench.project().references, context.locale);
            let subtitle = format!("{how_sure}. {compare}");
            ui.add(Text::title(wording::title(id, outcome, context.locale)).proven(&Number::Share(id)));
            ui.add(Text::body(subtitle).secondary().proven(&Number::Compare(id)));
        });
        ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
            if ui.add(Button::secondary("Take action").icon(Icon::Target)).clicked() {
                state.take_action = Some(behavior);
            }
            if ui.add(Button::quiet("Make a plan").icon(Icon::ClipboardList)).clicked() {
                state.plan_seed = Some(PlanSeed { behavior: Some(behavior), ..PlanSeed::default() });
            }
            if ui.add(Button::quiet("Explore the stats").icon(Icon::ChartScatter)).clicked() {
                send(Action::Run(Command::Explore(metric_of(behavior))));
            }
        });
    });
    ui.add_space(space::MEDIUM);
}

/// Other readings of the headline, and who lies exactly on a threshold.
fn readings(ui: &mut Ui, context: &ViewContext<'_>, id: InsightId, outcome: &Outcome) {
    Card::new().show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.add(Text::section("How else this number can be read"));
        for reading in &outcome.other_readings {
            let share = text::percent(reading.share, outcome.people, context.locale);
            let number = Number::Reading(id, reading.id.to_owned());
            ui.add(Text::body(format!("{share}: {}", wording::reading(reading.id))).proven(&number));
        }
        for (at, boundary) in outcome.boundaries.iter().enumerate() {
            let words = Text::body(wording::boundary(boundary, context.locale)).secondary();
            ui.add(words.proven(&Number::Boundary(id, at)));
        }
        for badge in &outcome.badges {
            ui.add(Text::body(wording::badge(*badge)).secondary().proven(&Number::Share(id)));
        }
        if outcome.not_eligible > 0 {
            let words = Text::body(wording::not_eligible(outcome.not_eligible, context.locale)).secondary();
            ui.add(words.proven(&Number::NotEligible(id)));
        }
    });
}

/// Another insight of the same behavior.
fn further(ui: &mut Ui, context: &ViewContext<'_>, results: &Results, insight: &PublicInsight, send: Send<'_>) {
    let id = insight.id;
    Card::new().show(ui, |ui| {
        ui.set_width(ui.available_width());
        match &insight.outcome {
            Ok(outcome) => {
                verdict::stamp(ui, context, results, id, send);
                ui.add(Text::section(wording::title(id, outcome, context.locale)).proven(&Number::Share(id)));
                let uncertainty = Text::body(wording::uncertainty(outcome, context.locale)).secondary();
                ui.add(uncertainty.proven(&Number::Interval(id)));
                ui.add_space(space::SMALL);
                chart::band_bar(context, id, outcome).show(ui);
                for badge in &outcome.badges {
                    ui.add(Text::caption(wording::badge(*badge)).secondary().proven(&Number::Share(id)));
                }
                for connected in outcome.breakdowns.iter().filter(|groups| !groups.connected.is_empty()) {
                    ui.add(Text::body(wording::connected(connected)).secondary());
                }
            }
            Err(Unavailable::HeldBack) => {
                verdict::head(ui, context, results, id, wording::name(id));
                verdict::held_back(ui, id, send);
            }
            Err(why) => {
                ui.add(Text::section(wording::name(id)));
                ui.add(Text::body(wording::unavailable(why)).secondary());
            }
        }
    });
}

/// A behavior that this export says nothing about.
fn missing(
    ui: &mut Ui,
    context: &ViewContext<'_>,
    state: &mut ViewState,
    behavior: Behavior,
    results: &Results,
    send: Send<'_>,
) {
    let id = behavior.headline();
    if results.held_back(id).is_some() {
        page_header(ui, behavior.title(), "");
        ui.add_space(space::MEDIUM);
        ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
            Card::new().show(ui, |ui| {
                ui.set_width(ui.available_width());
                verdict::head(ui, context, results, id, wording::name(id));
                verdict::held_back(ui, id, send);
            });
            let others = results.findings.as_ref().map(|findings| findings.insights.as_slice()).unwrap_or_default();
            for insight in others.iter().filter(|other| other.id.behavior() == behavior && other.id != id) {
                ui.add_space(space::GAP);
                further(ui, context, results, insight, send);
            }
            ui.add_space(space::GAP);
            beside(ui, context, state, behavior, send);
        });
        return;
    }
    let why = results.verdict(id).map_or_else(String::new, |judgement| judgement.reason.in_words(context.locale));
    page_header(ui, behavior.title(), "");
    let request = &articles::article(behavior).request;
    let empty = EmptyState::new(Icon::FileQuestionMark, "This export cannot answer it", why).copy_text(request.clone());
    ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
        if empty.show(ui) == Some(EmptyStateAction::Copy) {
            send(Action::CopyText { text: request.clone(), what: "Request" });
        }
        ui.add_space(space::GAP);
        beside(ui, context, state, behavior, send);
    });
}
