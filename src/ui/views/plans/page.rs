//! The page of a plan: how it goes and by which rule, week by week, who, against whom, what to do, what was noted.

use chrono::NaiveDate;
use egui::{Align, Layout, Ui};

use super::super::{Action, Send, ViewContext, ViewState, modal};
use super::{Making, edit, least_people, number, progress_figure, status_mark, weeks};
use crate::project::{CheckIn, Held, HumanStatus, Id, Plan, PlanEdit, PlanState, PlanStatus, PlanStep, PlanTask};
use crate::text;
use crate::ui::theme::{Icon, Text, space};
use crate::ui::widgets::{Button, Card, CheckRow, Mark, MarkKind, day_field, select, text_field};
use crate::workbench::{Command, PlanFigure, Route, wording};

/// Statuses that a person can say, and taking one's word back.
const SAID: [Option<PlanStatus>; 4] =
    [None, Some(PlanStatus::OnTrack), Some(PlanStatus::Behind), Some(PlanStatus::CannotTell)];

/// What is being asked about a plan.
#[derive(Debug)]
pub(in super::super) struct Asking {
    id: Id,
    what: What,
    text: String,
    is_new: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What {
    CheckIn,
    Stop,
    Judge(Option<PlanStatus>),
    Task(Option<NaiveDate>),
}

/// Draws the page.
pub(super) fn show(ui: &mut Ui, context: &ViewContext<'_>, state: &mut ViewState, plan: &Plan, send: Send<'_>) {
    if ui.add(Button::quiet("All plans").icon(Icon::ArrowLeft)).clicked() {
        state.shown_plan = None;
    }
    head(ui, context, plan);
    if super::super::decisions::came_of(ui, context, plan.id) {
        send(Action::Run(Command::Go(Route::Decisions)));
    }
    actions(ui, context, state, plan, send);
    ui.add_space(space::MEDIUM);
    status(ui, context, plan);
    ui.add_space(space::GAP);
    if plan.measured.is_some() {
        weeks::show(ui, context, plan);
        ui.add_space(space::GAP);
    }
    people(ui, context, plan);
    ui.add_space(space::GAP);
    tasks(ui, context, state, plan, send);
    ui.add_space(space::GAP);
    check_ins(ui, context, state, plan);
    ui.add_space(space::PAGE);
}

fn head(ui: &mut Ui, context: &ViewContext<'_>, plan: &Plan) {
    let locale = context.locale;
    ui.add(Text::title(&plan.name));
    let words = Text::lead(wording::plan_progress(plan, locale));
    number(ui, context, plan, progress_figure(plan), words);
    let end = text::date(plan.end(), locale);
    let span = format!(
        "{}. {} to {end}, {}.",
        wording::plan_state(plan, context.today, locale),
        text::date(plan.start, locale),
        plan.cohort.in_words()
    );
    let owner = if plan.owner.is_empty() { String::new() } else { format!(" {} sees to it.", plan.owner) };
    ui.add(Text::body(span + &owner).secondary());
    if let Some(before) = &plan.baseline {
        let words = wording::plan_target(plan.metric, &plan.target, &before.mean, locale);
        let words = format!("Target for {}: {words}.", wording::plan_metric(plan.metric));
        number(ui, context, plan, PlanFigure::Baseline, Text::body(words));
    }
}

fn actions(ui: &mut Ui, context: &ViewContext<'_>, state: &mut ViewState, plan: &Plan, send: Send<'_>) {
    let held = |held: Held, step: PlanStep| edit(PlanEdit::Change(Box::new(Plan { held, ..plan.clone() }), step));
    ui.horizontal_wrapped(|ui| {
        if ui.add(Button::primary("Check in\u{2026}").icon(Icon::NotebookPen)).clicked() {
            state.asking_about_plan = Some(Asking::new(plan.id, What::CheckIn));
        }
        match plan.state(context.today) {
            PlanState::Paused | PlanState::Stopped => {
                if ui.add(Button::secondary("Resume").icon(Icon::Play)).clicked() {
                    send(held(Held::ByDates, PlanStep::Resume));
                }
            }
            PlanState::Active(_) | PlanState::Scheduled => {
                if ui.add(Button::secondary("Pause").icon(Icon::Pause)).clicked() {
                    send(held(Held::Paused { since: context.today }, PlanStep::Pause));
                }
                if ui.add(Button::secondary("Stop\u{2026}").icon(Icon::Ban)).clicked() {
                    state.asking_about_plan = Some(Asking::new(plan.id, What::Stop));
                }
            }
            PlanState::Draft | PlanState::Completed => {}
        }
        if ui.add(Button::secondary("Say how it goes\u{2026}").icon(Icon::MessagesSquare)).clicked() {
            let said = plan.judged.as_ref().map(|said| said.status);
            state.asking_about_plan = Some(Asking::new(plan.id, What::Judge(said)));
        }
        if ui.add(Button::quiet("Change plan\u{2026}").icon(Icon::Pencil)).clicked() {
            state.making = Some(Making::of(plan));
        }
        if ui.add(Button::quiet("Delete plan").icon(Icon::Trash2)).clicked() {
            send(edit(PlanEdit::Remove(plan.id, plan.name.clone())));
            state.shown_plan = None;
            state.toast("Plan deleted. Ctrl+Z brings it back");
        }
    });
}

/// The computed status with its rule, and beside it what a person says.
fn status(ui: &mut Ui, context: &ViewContext<'_>, plan: &Plan) {
    let (k, locale) = (least_people(context), context.locale);
    Card::new().show(ui, |ui| {
        ui.add(Text::section("How it goes"));
        match (plan.judgement(k), &plan.measured) {
            (Some(judgement), Some(since)) => {
                ui.horizontal(|ui| {
                    ui.add(status_mark(judgement.status));
                    ui.add(Text::caption("computed").secondary());
                });
                let rule = wording::plan_rule(plan, &judgement, &since.mean, k, locale);
                number(ui, context, plan, PlanFigure::Since, Text::body(rule));
                let from = format!("Measured {} from {}.", text::date(since.on, locale), since.export);
                number(ui, context, plan, PlanFigure::Since, Text::caption(from).secondary());
            }
            _ => {
                ui.add(Mark::new(MarkKind::NotInFile, "Cannot tell"));
                let words = if plan.baseline.is_none() {
                    "This draft has no baseline. Open an export, then change the plan to measure it."
                } else {
                    "No export with weeks since the start was opened yet. Open a later export to see how it goes."
                };
                ui.add(Text::body(words).secondary());
            }
        }
        if let Some(said) = &plan.judged {
            ui.add_space(space::SMALL);
            ui.horizontal(|ui| {
                ui.add(status_mark(said.status));
                ui.add(Text::caption(format!("said {}", text::date(said.on, locale))).secondary());
            });
            if !said.reason.is_empty() {
                ui.add(Text::body(&said.reason));
            }
        }
        if let (Some(change), Some(drift)) = (plan.change(), plan.expected_drift()) {
            let words = wording::plan_beyond_drift(plan.metric, change, drift, locale);
            number(ui, context, plan, PlanFigure::Drift, Text::body(words));
        } else if let Some(drift) = plan.expected_drift() {
            let words = wording::plan_drift(plan.metric, drift, locale);
            number(ui, context, plan, PlanFigure::Drift, Text::body(words));
        }
    });
}

/// Who was and is in it, and what the others did meanwhile.
fn people(ui: &mut Ui, context: &ViewContext<'_>, plan: &Plan) {
    let locale = context.locale;
    let Some(before) = wording::plan_baseline(plan, locale) else { return };
    Card::new().show(ui, |ui| {
        ui.add(Text::section("Who, and against whom"));
        number(ui, context, plan, PlanFigure::Baseline, Text::body(format!("Baseline: {before}")));
        let Some(since) = &plan.measured else { return };
        let moved = wording::plan_moved(since, least_people(context), locale);
        number(ui, context, plan, PlanFigure::Moved, Text::body(moved));
        if let Some(compared) = &since.compared {
            let words = wording::plan_compared(plan, compared, locale);
            number(ui, context, plan, PlanFigure::Compared, Text::body(words));
        }
    });
}

fn tasks(ui: &mut Ui, context: &ViewContext<'_>, state: &mut ViewState, plan: &Plan, send: Send<'_>) {
    let locale = context.locale;
    let mut change = |tasks: Vec<PlanTask>| {
        send(edit(PlanEdit::Change(Box::new(Plan { tasks, ..plan.clone() }), PlanStep::Tasks)));
    };
    Card::new().show(ui, |ui| {
        ui.add(Text::section("To do"));
        for (place, task) in plan.tasks.iter().enumerate() {
            ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
                let remove = Button::quiet(format!("Delete task {}", place + 1)).icon(Icon::Trash2).icon_only();
                if ui.add(remove).clicked() {
                    let left = plan.tasks.iter().enumerate().filter(|(other, _)| *other != place);
                    change(left.map(|(_, task)| task.clone()).collect());
                }
                ui.with_layout(Layout::top_down(Align::Min), |ui| {
                    let detail = task.due.map(|due| wording::due(due, context.today, locale)).unwrap_or_default();
                    if ui.add(CheckRow::new(&task.text, task.is_done).detail(detail)).clicked() {
                        let mut tasks = plan.tasks.clone();
                        if let Some(task) = tasks.get_mut(place) {
                            task.is_done = !task.is_done;
                        }
                        change(tasks);
                    }
                });
            });
        }
        if ui.add(Button::secondary("Add a task\u{2026}").icon(Icon::Plus)).clicked() {
            state.asking_about_plan = Some(Asking::new(plan.id, What::Task(None)));
        }
    });
}

fn check_ins(ui: &mut Ui, context: &ViewContext<'_>, state: &mut ViewState, plan: &Plan) {
    Card::new().show(ui, |ui| {
        ui.add(Text::section("Check-ins"));
        if let Some(due) = plan.check_in_due(context.today) {
            let words = format!("A check-in is {}.", wording::due(due, context.today, context.locale));
            ui.add(Mark::new(MarkKind::WithCare, words).small());
        }
        if plan.check_ins.is_empty() {
            ui.add(
                Text::body("Nothing noted yet. Every four weeks, note what was done and what stands in the way.")
                    .secondary(),
            );
            if ui.add(Button::secondary("Note the first one\u{2026}").icon(Icon::NotebookPen)).clicked() {
                state.asking_about_plan = Some(Asking::new(plan.id, What::CheckIn));
            }
        }
        for noted in plan.check_ins.iter().rev() {
            ui.add(Text::caption(text::date(noted.on, context.locale)).secondary());
            ui.add(Text::body(&noted.text));
        }
    });
}

impl Asking {
    fn new(id: Id, what: What) -> Self {
        Self { id, what, text: String::new(), is_new: true }
    }
}

/// Draws the small window that asks about a plan.
pub(in super::super) fn ask(ui: &mut Ui, context: &ViewContext<'_>, state: &mut ViewState, send: Send<'_>) {
    let Some(asking) = &mut state.asking_about_plan else { return };
    let Some(plan) = context.workbench.project().plan(asking.id) else {
        state.asking_about_plan = None;
        return;
    };
    let (title, label, hint, save) = match asking.what {
        What::CheckIn => {
            ("Check in", "What was done, what stands in the way", "Two teams hold 1:1s every week", "Save check-in")
        }
        What::Stop => ("Stop the plan", "Why", "The team was reorganized", "Stop plan"),
        What::Judge(_) => ("Say how it goes", "Why", "The new rhythm began later than planned", "Save status"),
        What::Task(_) => ("Add a task", "What is to be done", "Put two 1:1s a month into every calendar", "Add task"),
    };
    let needs_words = !matches!(asking.what, What::Judge(None));
    let is_possible = !needs_words || !asking.text.trim().is_empty();
    let mut is_saved = false;
    let closes = modal(
        ui,
        "about a plan",
        480.0,
        |ui| {
            ui.spacing_mut().item_spacing.y = space::SMALL;
            ui.add(Text::section(title));
            ui.add(Text::body(&plan.name).secondary());
            if let What::Judge(said) = &mut asking.what {
                let words = SAID.map(|status| status.map_or("As computed", wording::plan_status));
                let mut at = SAID.iter().position(|status| status == said).unwrap_or_default();
                let name = ui.add(Text::body("Status").medium());
                if select(ui, "said status", &words, &mut at).labelled_by(name.id).changed() {
                    *said = SAID.get(at).copied().flatten();
                }
            }
            let field = text_field(ui, label, &mut asking.text, hint, 3);
            if std::mem::take(&mut asking.is_new) {
                field.request_focus();
            }
            if let What::Task(due) = &mut asking.what {
                day_field(ui, "Done by", due, context.today, context.locale);
            }
        },
        |ui| {
            let button = Button::primary(save).shortcut("Ctrl+Enter");
            let entered = ui.input_mut(|input| input.consume_key(egui::Modifiers::COMMAND, egui::Key::Enter));
            is_saved = ui.add_enabled(is_possible, button).clicked() || entered && is_possible;
            if ui.add(Button::quiet("Cancel")).clicked() || is_saved {
                ui.close();
            }
        },
    );
    if is_saved {
        send(answered(plan, asking, context.today));
    }
    if closes || is_saved {
        state.asking_about_plan = None;
    }
}

/// The edit that follows from what was written.
fn answered(plan: &Plan, asking: &Asking, today: NaiveDate) -> Action {
    let mut plan = plan.clone();
    let text = asking.text.trim().to_owned();
    let step = match asking.what {
        What::CheckIn => {
            plan.check_ins.push(CheckIn { on: today, text });
            PlanStep::CheckIn
        }
        What::Stop => {
            plan.held = Held::Stopped { on: today, reason: text };
            PlanStep::Stop
        }
        What::Judge(said) => {
            plan.judged = said.map(|status| HumanStatus { status, reason: text, on: today });
            PlanStep::Judge
        }
        What::Task(due) => {
            plan.tasks.push(PlanTask { text, due, ..PlanTask::default() });
            PlanStep::Tasks
        }
    };
    edit(PlanEdit::Change(Box::new(plan), step))
}
