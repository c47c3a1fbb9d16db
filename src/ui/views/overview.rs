//! Overview: the three findings side by side, the groups to focus on, and what to do next.

use egui::{Align, Layout, Ui};

use super::plans::PlanSeed;
use super::proof::Proven as _;
use super::{Action, NOTHING_SHOWN, Send, ViewContext, ViewState, chart, filters, initiatives, nav_words, verdict};
use crate::dataset::GroupBy;
use crate::guidance;
use crate::insights::Behavior;
use crate::privacy::{FocusGroup, Outcome, Unavailable};
use crate::project::Cohort;
use crate::quality::Verdict;
use crate::text;
use crate::ui::theme::{Icon, Text, space};
use crate::ui::widgets::{Button, Card, CardPart, EmptyState, Mark, MarkKind, equal_cards_with_foot, page_header};
use crate::workbench::{Command, Number, Results, Route, SetCommand, Urgency, wording, wording::Marked};

/// Draws the screen.
pub(super) fn show(ui: &mut Ui, context: &ViewContext<'_>, state: &mut ViewState, results: &Results, send: Send<'_>) {
    let findings = match &results.findings {
        Ok(findings) => findings,
        Err(hidden) => {
            page_header(ui, NOTHING_SHOWN, &hidden.sentence(results.rules).in_words(context.locale));
            filters::way_back(ui, context, send);
            return;
        }
    };
    let introduction = guidance::introduction();
    page_header(ui, "Customer focus at a glance", &introduction.headline);
    ui.add(Text::caption(format!("{} {}", introduction.caveat, introduction.source.citation())).secondary());
    ui.add_space(space::MEDIUM);
    equal_cards_with_foot(ui, "behaviors", Behavior::ALL.len(), |ui, index, part| {
        let behavior = Behavior::ALL[index];
        match (findings.headline(behavior).map(|insight| &insight.outcome), part) {
            (Some(Ok(outcome)), CardPart::Body) => card(ui, context, behavior, outcome, results),
            (Some(Ok(_)), CardPart::Foot) => card_foot(ui, state, behavior, send),
            (Some(Err(Unavailable::HeldBack)), CardPart::Body) => {
                let id = behavior.headline();
                verdict::head(ui, context, results, id, behavior.title());
                verdict::held_back(ui, id, send);
            }
            (Some(Err(why)), CardPart::Body) => missing_card(ui, behavior, &wording::unavailable(why), send),
            (Some(Err(_)), CardPart::Foot) | (None, _) => {}
        }
    });
    ui.add_space(space::GAP);
    initiatives::overview_card(ui, context, send);
    focus_card(ui, context, state, results, send);
    ui.add_space(space::GAP);
    next_card(ui, context, send);
}

fn card(ui: &mut Ui, context: &ViewContext<'_>, behavior: Behavior, outcome: &Outcome, results: &Results) {
    let id = behavior.headline();
    ui.spacing_mut().item_spacing.y = space::TIGHT;
    verdict::head(ui, context, results, id, behavior.title());
    let share = text::percent(outcome.share, outcome.people, context.locale);
    ui.add(Text::hero(share).proven(&Number::Share(id)));
    ui.add(Text::lead(format!("of people {}", wording::predicate(id))));
    let how_sure = wording::how_sure(outcome.share, outcome.interval, outcome.people, context.locale);
    ui.add(Text::body(wording::sentence_case(&how_sure)).secondary().proven(&Number::Interval(id)));
    ui.add_space(space::SMALL);
    chart::band_bar(context, id, outcome).show(ui);
    ui.add_space(space::SMALL);
    if let Some(change) = results.change(id) {
        ui.add(Text::body(wording::change(change, context.locale)).medium().proven(&Number::Change(id)));
    }
    let compare = wording::compare(results, id, outcome, &context.workbench.project().references, context.locale);
    ui.add(Text::caption(compare).secondary().proven(&Number::Compare(id)));
}

/// So wide is a card in which the two ways on from it stand in one row, in points.
const BOTH_WAYS: f32 = 268.0;

/// At the foot of a card: the ways on from it.
fn card_foot(ui: &mut Ui, state: &mut ViewState, behavior: Behavior, send: Send<'_>) {
    ui.add_space(space::SMALL);
    let mut ways = |ui: &mut Ui, is_narrow: bool| {
        if ui.add(Button::secondary("See your insights").icon(Icon::ArrowRight)).clicked() {
            send(Action::Run(Command::Go(Route::Behavior(behavior))));
        }
        // Without an icon, so that both stand in one row of a card at 1280 x 720.
        let take_action = Button::quiet("Take action");
        let is_asked = if is_narrow {
            // Under each other the words begin where those above begin.
            let indented = |ui: &mut Ui| {
                ui.add_space(space::MEDIUM - space::SMALL);
                ui.add(take_action).clicked()
            };
            ui.horizontal(indented).inner
        } else {
            ui.add(take_action).clicked()
        };
        if is_asked {
            state.take_action = Some(behavior);
        }
    };
    if ui.available_width() < BOTH_WAYS {
        ways(ui, true);
    } else {
        ui.horizontal(|ui| ways(ui, false));
    }
}

fn missing_card(ui: &mut Ui, behavior: Behavior, why: &str, send: Send<'_>) {
    let request = &guidance::article(behavior).request;
    ui.add(Text::body(behavior.title()).semi_bold());
    ui.add(Mark::new(MarkKind::NotInFile, Verdict::NotInFile.words()).small());
    // Beside the sheet of filters cards are narrow.
    let words = if ui.available_width() < 260.0 { "Copy a request" } else { "Copy a request to your analyst" };
    let empty = EmptyState::new(Icon::FileQuestionMark, behavior.title(), why)
        .action(Button::secondary(words).icon(Icon::Copy));
    if empty.show(ui).is_some() {
        send(Action::CopyText { text: request.clone(), what: "Request" });
    }
}

/// The top groups to focus on, across behaviors, and the question which groups are customer-facing.
fn focus_card(ui: &mut Ui, context: &ViewContext<'_>, state: &mut ViewState, results: &Results, send: Send<'_>) {
    const TOP: usize = 5;
    let Ok(findings) = &results.findings else { return };
    let mut all: Vec<(Behavior, &GroupBy, &FocusGroup)> = Vec::new();
    let mut chances = Vec::new();
    for behavior in Behavior::ALL {
        if let Some(Ok(outcome)) = findings.headline(behavior).map(|insight| &insight.outcome) {
            for groups in &outcome.breakdowns {
                chances.push(groups.focus_chance);
                all.extend(groups.focus.iter().map(|focus| (behavior, &groups.by, focus)));
            }
        }
    }
    let together = wording::chance(Marked::ToFocusOn, &wording::chance_together(&chances), context.locale);
    all.sort_by(|a, b| b.2.people_affected.total_cmp(&a.2.people_affected));
    Card::new().show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.add(Text::section("Groups to focus on"));
        if all.is_empty() {
            ui.add(Text::body("No group is clearly worse off than the rest by five points or more.").secondary());
        } else {
            let rule = "Our rule: clearly worse than the rest by the smallest gap or more, ordered by people affected beyond parity.";
            ui.add(Text::caption(rule).secondary());
        }
        for (behavior, by, focus) in all.into_iter().take(TOP) {
            ui.horizontal(|ui| {
                ui.add(Text::body(focus.value.as_str()).medium());
                let id = behavior.headline();
                let words = Text::body(wording::focus(id, focus, context.locale)).secondary();
                ui.add(words.proven(&Number::Group(id, by.clone(), focus.value.clone())));
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    let look = Button::quiet(wording::nav_name(behavior)).icon(Icon::ArrowRight);
                    if ui.add(look).clicked() {
                        send(Action::Run(Command::Go(Route::Behavior(behavior))));
                    }
                    let plan = Button::quiet(format!("Make a plan for {}", focus.value)).icon(Icon::Target).icon_only();
                    if ui.add(plan).clicked() {
                        state.plan_seed = Some(PlanSeed {
                            behavior: Some(behavior),
                            group: Some(Cohort::of_parts(by.names().zip(focus.value.parts()))),
                            ..PlanSeed::default()
                        });
                    }
                });
            });
        }
        if let Some(by) = results.question.by.first().filter(|_| !together.is_empty()) {
            let all = Number::Groups(Behavior::ALL[0].headline(), by.clone());
            ui.add(Text::caption(together).secondary().proven(&all));
        }
        suggestion(ui, context, send);
    });
}

/// What waits for somebody: the most urgent first.
fn next_card(ui: &mut Ui, context: &ViewContext<'_>, send: Send<'_>) {
    const TOP: usize = 5;
    let all = context.workbench.next(context.today, context.locale);
    Card::new().show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.add(Text::section("What to do next"));
        if all.is_empty() {
            let words = "Nothing waits. Make a plan for a group to focus on, or note a decision with D.";
            ui.add(Text::body(words).secondary());
        }
        for (place, todo) in all.iter().take(TOP).enumerate() {
            ui.push_id(("next", place), |ui| {
                ui.horizontal(|ui| {
                    let kind = if todo.urgency == Urgency::Soon { MarkKind::Info } else { MarkKind::WithCare };
                    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                        let (_, word) = nav_words(todo.route);
                        if ui.add(Button::quiet(word).icon(Icon::ArrowRight)).clicked() {
                            send(Action::Run(Command::Go(todo.route)));
                        }
                        ui.with_layout(Layout::left_to_right(Align::Center), |ui| ui.add(Mark::new(kind, &todo.words)));
                    });
                });
            });
        }
        if all.len() > TOP {
            let more = text::count_in_words(all.len() - TOP, context.locale);
            ui.add(Text::caption(format!("And {more} more.")).secondary());
        }
    });
}

/// Which groups are customer-facing is suggested once and accepted by one click.
pub(super) fn suggestion(ui: &mut Ui, context: &ViewContext<'_>, send: Send<'_>) {
    let suggested = context.workbench.suggestion();
    if suggested.is_empty() {
        return;
    }
    let names: Vec<&str> = suggested.iter().map(|group| group.value.as_str()).collect();
    ui.add_space(space::SMALL);
    ui.add(Text::body(format!(
        "Are these groups customer-facing: {}? Then little external time is something to look at.",
        text::list_and(&names)
    )));
    ui.horizontal(|ui| {
        if ui.add(Button::secondary("Yes, mark them").icon(Icon::Check)).clicked() {
            send(Action::Run(Command::Set(SetCommand::AcceptSuggested)));
        }
        if ui.add(Button::quiet("Not now")).clicked() {
            send(Action::Run(Command::Set(SetCommand::DeclineSuggested)));
        }
    });
}
