//! Decisions: noting one wherever a number is on the screen, and reading them back.

use chrono::NaiveDate;
use egui::{Align, Layout, Ui};

use super::plans::PlanSeed;
use super::{Action, Send, ViewContext, ViewState, page_head, reading_width};
use crate::insights::Behavior;
use crate::project::{Became, Captured, Decision, DecisionEdit, Edit, Id, Initiative};
use crate::text;
use crate::ui::theme::{Icon, Text, Tokens, space};
use crate::ui::widgets::{Button, Card, EmptyState, day_field, text_field};
use crate::workbench::{Command, Route, wording};

/// A decision that is being written down.
#[derive(Debug)]
pub(super) struct Deciding {
    decision: Decision,
    /// Whether it was there before.
    is_known: bool,
    is_new: bool,
}

impl Deciding {
    /// A new one about what is on the screen.
    pub(super) fn new(about: Option<Captured>, today: NaiveDate) -> Self {
        Self { decision: Decision { about, on: today, ..Decision::default() }, is_known: false, is_new: true }
    }

    fn of(decision: &Decision) -> Self {
        Self { decision: decision.clone(), is_known: true, is_new: true }
    }
}

fn edit(edit: DecisionEdit) -> Action {
    Action::Run(Command::Edit(Edit::Decision(edit)))
}

/// Draws the window that asks what was decided, while one is being written down.
pub(super) fn ask(ui: &mut Ui, context: &ViewContext<'_>, state: &mut ViewState, send: Send<'_>) {
    let Some(deciding) = &mut state.deciding else { return };
    let is_in_room = context.workbench.presenting().is_some();
    let (is_known, is_new) = (deciding.is_known, std::mem::take(&mut deciding.is_new));
    let decision = &mut deciding.decision;
    // Of the last frame, as it is on the screen while somebody decides.
    let is_possible = !decision.text.trim().is_empty();
    let contents = |ui: &mut Ui| {
        ui.spacing_mut().item_spacing.y = space::SMALL;
        ui.add(Text::section(if is_known { "Change a decision" } else { "Note a decision" }));
        if let Some(about) = &decision.about {
            captured(ui, about, is_in_room);
        }
        let hint = "Every manager in Support holds two 30-minute 1:1s a month";
        let field = text_field(ui, "What was decided", &mut decision.text, hint, 3);
        if is_new {
            field.request_focus();
        }
        text_field(ui, "Who sees to it", &mut decision.owner, "A role, such as Head of Support", 1);
        day_field(ui, "Done by", &mut decision.due, context.today, context.locale);
    };
    let mut is_saved = false;
    let closes = super::modal(ui, "decision", 520.0, contents, |ui| {
        let save = Button::primary("Save decision").shortcut("Ctrl+Enter");
        let entered = ui.input_mut(|input| input.consume_key(egui::Modifiers::COMMAND, egui::Key::Enter));
        is_saved = ui.add_enabled(is_possible, save).clicked() || entered && is_possible;
        if ui.add(Button::quiet("Cancel")).clicked() || is_saved {
            ui.close();
        }
    });
    if !closes && !is_saved {
        return;
    }
    let deciding = state.deciding.take().filter(|_| is_saved);
    if let Some(Deciding { mut decision, is_known, .. }) = deciding {
        decision.text = decision.text.trim().to_owned();
        decision.owner = decision.owner.trim().to_owned();
        send(edit(if is_known { DecisionEdit::Change(decision) } else { DecisionEdit::Add(decision) }));
        state.toast(if is_known { "Decision changed" } else { "Decision noted" });
    }
}

/// What was on the screen. In a room no name of a file is.
fn captured(ui: &mut Ui, about: &Captured, is_in_room: bool) {
    let tokens = Tokens::of(ui);
    let frame = egui::Frame::new().fill(tokens.page).corner_radius(space::CONTROL_RADIUS);
    frame.inner_margin(egui::Margin::from(space::MEDIUM)).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = space::TIGHT;
        ui.add(Text::body(format!("{}: {}", about.screen, about.finding)));
        if !about.filter.is_empty() {
            ui.add(Text::caption(&about.filter).secondary());
        }
        if !is_in_room {
            ui.add(Text::caption(&about.stamp).secondary());
        }
    });
}

/// Draws the screen.
pub(super) fn show(ui: &mut Ui, context: &ViewContext<'_>, state: &mut ViewState, send: Send<'_>) {
    let decisions = &context.workbench.project().decisions;
    reading_width(ui);
    if decisions.is_empty() {
        page_head(ui, "Decisions", "What was decided, beside the number that it was about.");
        let why = "Press D on any screen, also while presenting: the finding, the filter and the weeks are kept with \
                   what you write. Read the list back at the end of the meeting.";
        let note = Button::primary("Note a decision").icon(Icon::Gavel).shortcut("D");
        let empty = EmptyState::new(Icon::Gavel, "No decisions yet", why).action(note);
        if Card::new().show(ui, |ui| empty.show(ui)).inner.is_some() {
            state.ask_for_decision(None, context.today);
        }
        return;
    }
    let overdue = decisions.iter().filter(|decision| is_overdue(context, decision)).count();
    let title = text::counted(decisions.len(), "decision", "decisions", context.locale);
    let lead = match overdue {
        0 => "Read back in the order in which they were made.".to_owned(),
        1 => "One is past its day.".to_owned(),
        _ => wording::sentence_case(&format!("{} are past their day.", text::count_in_words(overdue, context.locale))),
    };
    page_head(ui, &title, &lead);
    ui.horizontal(|ui| {
        if ui.add(Button::primary("Note a decision").icon(Icon::Plus).shortcut("D")).clicked() {
            state.ask_for_decision(None, context.today);
        }
        if ui.add(Button::secondary("Copy list").icon(Icon::Copy)).clicked() {
            send(Action::CopyText { text: as_text(context), what: "List" });
        }
    });
    ui.add_space(space::GAP);
    for (place, decision) in decisions.iter().enumerate() {
        ui.push_id(("decision", place), |ui| card(ui, context, state, decision, place + 1, send));
        ui.add_space(space::MEDIUM);
    }
}

fn is_overdue(context: &ViewContext<'_>, decision: &Decision) -> bool {
    let is_past = decision.due.is_some_and(|due| due < context.today);
    is_past && context.workbench.project().became(decision).is_none()
}

fn card(
    ui: &mut Ui,
    context: &ViewContext<'_>,
    state: &mut ViewState,
    decision: &Decision,
    number: usize,
    send: Send<'_>,
) {
    Card::new().show(ui, |ui| {
        ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
            let words = [format!("Delete decision {number}"), format!("Change decision {number}\u{2026}")];
            let [delete, change] = words;
            if ui.add(Button::quiet(delete).icon(Icon::Trash2).icon_only()).clicked() {
                send(edit(DecisionEdit::Remove(decision.id)));
                state.toast("Decision deleted. Ctrl+Z brings it back");
            }
            if ui.add(Button::quiet(change).icon(Icon::Pencil).icon_only()).clicked() {
                state.deciding = Some(Deciding::of(decision));
            }
            ui.with_layout(Layout::top_down(Align::Min), |ui| {
                ui.add(Text::lead(format!("{number}. {}", decision.text)).semi_bold());
                let meta = Text::body(meta(context, decision));
                ui.add(if is_overdue(context, decision) { meta.medium() } else { meta.secondary() });
                what_became(ui, context, state, decision, number, send);
            });
        });
        if let Some(about) = &decision.about {
            captured(ui, about, false);
        }
    });
}

/// What came of a decision, or the ways to make something of it.
fn what_became(
    ui: &mut Ui,
    context: &ViewContext<'_>,
    state: &mut ViewState,
    decision: &Decision,
    number: usize,
    send: Send<'_>,
) {
    match context.workbench.project().became(decision) {
        Some(Became::Plan(plan)) => {
            if ui.add(Button::quiet(format!("Became plan {}", plan.name)).icon(Icon::ArrowRight)).clicked() {
                state.shown_plan = Some(plan.id);
                send(Action::Run(Command::Go(Route::Plans)));
            }
        }
        Some(Became::Initiative(one)) => {
            if ui.add(Button::quiet(format!("Became initiative {}", one.title)).icon(Icon::ArrowRight)).clicked() {
                state.initiatives.show_one(one);
                send(Action::Run(Command::Go(Route::Initiatives)));
            }
        }
        None => {
            ui.horizontal_wrapped(|ui| {
                if ui.add(Button::quiet(format!("Plan decision {number}\u{2026}")).icon(Icon::Target)).clicked() {
                    let behavior = behavior_of(decision.about.as_ref());
                    let decision = Some((decision.id, decision.text.clone()));
                    state.plan_seed = Some(PlanSeed { behavior, decision, ..PlanSeed::default() });
                }
                let words = format!("Make decision {number} an initiative\u{2026}");
                if ui.add(Button::quiet(words).icon(Icon::Rocket)).clicked() {
                    state.initiatives.register_decision(decision.id, &initiative_of(decision));
                }
            });
        }
    }
}

/// An initiative that does what was decided.
fn initiative_of(decision: &Decision) -> Initiative {
    let about = decision.about.as_ref();
    let about = about.map(|about| format!("Decided about {}: {}", about.screen, about.finding));
    let title = wording::in_short(&decision.text);
    let whole = Some(decision.text.clone()).filter(|text| *text != title);
    Initiative {
        title,
        description: whole.into_iter().chain(about).collect::<Vec<_>>().join("\n"),
        owner: decision.owner.clone(),
        due_baseline: decision.due,
        behavior: behavior_of(decision.about.as_ref()),
        ..Initiative::default()
    }
}

/// Says which decision a plan or an initiative came of. Returns whether somebody asked for it.
pub(super) fn came_of(ui: &mut Ui, context: &ViewContext<'_>, became: Id) -> bool {
    context.workbench.project().decided(became).is_some_and(|decision| {
        let words =
            format!("Decided {}: {}", text::date(decision.on, context.locale), wording::in_short(&decision.text));
        ui.add(Button::quiet(words).icon(Icon::Gavel)).clicked()
    })
}

/// The behavior on whose screen it was decided.
fn behavior_of(about: Option<&Captured>) -> Option<Behavior> {
    let screen = &about?.screen;
    Behavior::ALL.into_iter().find(|behavior| wording::nav_name(*behavior) == screen)
}

/// "Decided Nov 22, 2026. Head of Support, by Dec 31, 2026 (past its day)."
fn meta(context: &ViewContext<'_>, decision: &Decision) -> String {
    let date = |day| text::date(day, context.locale);
    let late = if is_overdue(context, decision) { " (past its day)" } else { "" };
    let rest = match (decision.owner.as_str(), decision.due) {
        ("", None) => String::new(),
        ("", Some(due)) => format!(" By {}{late}.", date(due)),
        (owner, None) => format!(" {owner}."),
        (owner, Some(due)) => format!(" {owner}, by {}{late}.", date(due)),
    };
    format!("Decided {}.{rest}", date(decision.on))
}

/// The list as text, to paste into minutes.
fn as_text(context: &ViewContext<'_>) -> String {
    let decisions = context.workbench.project().decisions.iter().enumerate();
    let lines = decisions.map(|(place, decision)| {
        let about = decision.about.as_ref();
        let about = about.map(|about| {
            let filter = if about.filter.is_empty() { String::new() } else { format!(" {}.", about.filter) };
            format!("\n   About: {}{filter} {}", about.finding, about.stamp)
        });
        format!("{}. {}\n   {}{}\n", place + 1, decision.text, meta(context, decision), about.unwrap_or_default())
    });
    lines.collect()
}
