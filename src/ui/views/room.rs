//! The room view: one finding a screen, for thirty people and a projector.

use egui::{Margin, Ui};

use super::proof::Proven as _;
use super::{NOTHING_SHOWN, OLDER_OPACITY, Send, ViewContext, ViewState, chart, filters, source_line};
use crate::guidance;
use crate::insights::{Behavior, InsightId};
use crate::privacy::Unavailable;
use crate::text;
use crate::ui::theme::{Scale, Text, Tokens, space};
use crate::ui::widgets::{columns, equal_cards};
use crate::workbench::{Number, Presenting, Results, SLIDES, wording};

/// Draws the screen that is presented.
pub(super) fn show(
    ui: &mut Ui,
    context: &ViewContext<'_>,
    state: &mut ViewState,
    presenting: Presenting,
    results: &Results,
    send: Send<'_>,
) {
    let tokens = Tokens::of(ui);
    let height = ui.available_height();
    let is_older = state.marks_as_updating(ui, context.workbench.is_updating());
    if !presenting.blank {
        filters::sheet(ui, context, &mut state.filters, send);
    }
    let scale = Scale::room(height);
    let fill = if presenting.blank { egui::Color32::BLACK } else { tokens.card };
    let side = (height / 18.0) as i8;
    egui::CentralPanel::default()
        .frame(egui::Frame::new().fill(fill).inner_margin(Margin::symmetric(side, side / 2)))
        .show(ui, |ui| {
            if presenting.blank {
                return;
            }
            if !state.filters.is_open() {
                hide_resting_pointer(ui);
            }
            scale.scope(ui, |ui| {
                let updating = if is_older { "Updating\u{2026} " } else { "" };
                let source = source_line(context, results);
                let line = format!("{updating}{source}   {} / {SLIDES}", presenting.slide + 1);
                let line = Text::caption(line).secondary();
                // What is filtered can need more than one line.
                let foot = line.galley(ui, ui.available_width()).size().y + scale.space(space::SMALL);
                let room = ui.available_height() - foot;
                ui.allocate_ui(egui::vec2(ui.available_width(), room), |ui| {
                    ui.set_min_height(room);
                    if is_older {
                        ui.set_opacity(OLDER_OPACITY);
                    }
                    if let Err(hidden) = &results.findings {
                        ui.add(Text::title(NOTHING_SHOWN));
                        ui.add(Text::body(hidden.sentence(results.rules).in_words(context.locale)).secondary());
                        return;
                    }
                    match presenting.slide.checked_sub(1).and_then(|index| Behavior::ALL.get(index)) {
                        None => overview(ui, context, results),
                        Some(behavior) => finding(ui, context, results, *behavior),
                    }
                });
                ui.add(line.proven(&Number::Population));
            });
        });
}

/// A pointer that rests for two seconds disappears, and with it what it pointed at.
fn hide_resting_pointer(ui: &Ui) {
    const REST_SECONDS: f32 = 2.0;
    let resting = ui.input(|input| input.pointer.time_since_last_movement());
    if resting < REST_SECONDS {
        ui.request_repaint_after(std::time::Duration::from_secs_f32(REST_SECONDS - resting));
        return;
    }
    ui.set_cursor_icon(egui::CursorIcon::None);
    egui::Area::new(egui::Id::unique("resting pointer"))
        .order(egui::Order::Foreground)
        .fixed_pos(egui::Pos2::ZERO)
        .show(ui.ctx(), |ui| ui.allocate_exact_size(ui.ctx().content_rect().size(), egui::Sense::hover()));
}

fn overview(ui: &mut Ui, context: &ViewContext<'_>, results: &Results) {
    let Ok(findings) = &results.findings else { return };
    ui.add(Text::title("Customer focus at a glance"));
    ui.add_space(Scale::of(ui).space(space::GAP));
    equal_cards(ui, "room", Behavior::ALL.len(), |ui, index| {
        let behavior = Behavior::ALL[index];
        let id = behavior.headline();
        ui.add(Text::body(behavior.title()).semi_bold());
        match findings.headline(behavior).map(|insight| &insight.outcome) {
            Some(Ok(outcome)) => {
                let share = text::percent(outcome.share, outcome.people, context.locale);
                ui.add(Text::hero(share).proven(&Number::Share(id)));
                ui.add(Text::body(wording::predicate(id)));
                let fraction = wording::fraction(outcome.share, outcome.interval, outcome.people);
                let about = Text::label(wording::sentence_case(&fraction)).secondary();
                ui.add(about.proven(&Number::Share(id)));
                stamp(ui, context, results, id);
            }
            Some(Err(why)) => no_number(ui, context, results, id, why),
            None => {}
        }
    });
}

/// Why there is no number; of one that is held back with the proof of its verdict.
fn no_number(ui: &mut Ui, context: &ViewContext<'_>, results: &Results, id: InsightId, why: &Unavailable) {
    let words = Text::body(wording::no_number(results, id, why, context.locale)).secondary();
    if results.held_back(id).is_some() {
        ui.add(words.proven(&Number::Verdict(id)));
    } else {
        ui.add(words);
    }
}

/// Why a number is not fit that somebody asked to see anyway.
fn stamp(ui: &mut Ui, context: &ViewContext<'_>, results: &Results, id: InsightId) {
    if let Some(stamp) = wording::shown_despite(results, id, context.locale) {
        ui.add(Text::label(stamp).proven(&Number::Verdict(id)));
    }
}

fn finding(ui: &mut Ui, context: &ViewContext<'_>, results: &Results, behavior: Behavior) {
    let Ok(findings) = &results.findings else { return };
    let id = behavior.headline();
    let Some(Ok(outcome)) = findings.headline(behavior).map(|insight| &insight.outcome) else {
        ui.add(Text::title(behavior.title()));
        if let Some(Err(why)) = findings.headline(behavior).map(|insight| &insight.outcome) {
            no_number(ui, context, results, id, why);
        }
        return;
    };
    ui.add(Text::title(wording::title(id, outcome, context.locale)).proven(&Number::Share(id)));
    ui.add(Text::label(wording::insight_metric(id)).secondary());
    stamp(ui, context, results, id);
    ui.add_space(Scale::of(ui).space(space::SMALL));
    let favorable = wording::is_favorable(id, outcome).unwrap_or(false);
    let height = ui.available_height();
    columns(ui, [1.7, 1.0], |[left, right]| {
        let picture = chart::distribution(context, results, id, outcome);
        let factor = Scale::of(left).factor();
        picture.show_chart(left, height / factor);
        let fraction = wording::fraction(outcome.share, outcome.interval, outcome.people);
        let about = Text::body(wording::sentence_case(&fraction)).semi_bold();
        right.add(about.proven(&Number::Share(id)));
        right.add_space(Scale::of(right).space(space::SMALL));
        right.add(Text::label("What helps").secondary());
        for practice in guidance::article(behavior).first_practices(favorable) {
            right.add(Text::body(&practice.title));
            right.add_space(Scale::of(right).space(space::SMALL));
        }
    });
}
