//! Plans: the list with what each wants and how it goes, and the page of one.

mod form;
mod page;
mod weeks;

use egui::{Align, Layout, Ui};

use super::{Action, Send, ViewContext, ViewState, page_head, reading_width, verdict};
use crate::dataset::Metric;
use crate::privacy::Rules;
use crate::project::{Edit, Plan, PlanEdit, PlanState, PlanStatus};
use crate::ui::theme::{Icon, Scale, Text, Tokens, icon, space};
use crate::ui::widgets::{Button, Card, EmptyState, Mark, MarkKind, pressed_card};
use crate::workbench::{Command, Number, PlanFigure, wording};

pub(super) use form::{Making, PlanSeed, ask};
pub(super) use page::{Asking, ask as ask_about};

fn edit(edit: PlanEdit) -> Action {
    Action::Run(Command::Edit(Edit::Plan(edit)))
}

/// The minimum group size in force; the floor while nothing is open.
fn least_people(context: &ViewContext<'_>) -> usize {
    context.workbench.rules().map_or(Rules::FLOOR, Rules::minimum_group_size)
}

/// Draws the screen.
pub(super) fn show(ui: &mut Ui, context: &ViewContext<'_>, state: &mut ViewState, send: Send<'_>) {
    let plans = &context.workbench.project().plans;
    reading_width(ui);
    if let Some(plan) = state.shown_plan.and_then(|id| context.workbench.project().plan(id)) {
        page::show(ui, context, state, plan, send);
        return;
    }
    if plans.is_empty() {
        page_head(ui, "Plans", "A change for some people over some weeks, held against what was before.");
        let why = "A plan measures twelve weeks before it starts, keeps that number, and compares each export that you \
                   open later with it: on track, behind, or too early to tell.";
        let make = Button::primary("Make a plan").icon(Icon::Target);
        let empty = EmptyState::new(Icon::Target, "No plans yet", why).action(make);
        if Card::new().show(ui, |ui| empty.show(ui)).inner.is_some() {
            state.plan_seed = Some(PlanSeed::default());
        }
        return;
    }
    let title = wording::plans_title(plans, context.today, least_people(context), context.locale);
    page_head(ui, &title, "What changed since a plan began is associated with it, not caused by it alone.");
    verdict::caution(ui, context, &Metric::ALL);
    if ui.add(Button::primary("Make a plan").icon(Icon::Plus)).clicked() {
        state.plan_seed = Some(PlanSeed::default());
    }
    ui.add_space(space::GAP);
    for plan in plans {
        ui.push_id(("plan", plan.id), |ui| row(ui, context, state, plan));
        ui.add_space(space::MEDIUM);
    }
}

/// A status as a mark: shape, word and color.
fn status_mark(status: PlanStatus) -> Mark {
    let kind = match status {
        PlanStatus::OnTrack => MarkKind::Fit,
        PlanStatus::Behind => MarkKind::NotFit,
        PlanStatus::CannotTell => MarkKind::NotInFile,
    };
    Mark::new(kind, wording::plan_status(status))
}

/// A number of a plan: it can be asked how it was made while the export that is open holds it.
fn number(ui: &mut Ui, context: &ViewContext<'_>, plan: &Plan, figure: PlanFigure, words: Text) {
    super::proof::told(ui, context, &Number::Plan(Some(plan.id), figure), words);
}

/// One line of the list.
fn row(ui: &mut Ui, context: &ViewContext<'_>, state: &mut ViewState, plan: &Plan) {
    let is_shown = pressed_card(ui, &format!("Open {}", plan.name), |ui| {
        ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
            ui.label(icon(Icon::ArrowRight, Scale::of(ui).icon(), Tokens::of(ui).secondary));
            ui.with_layout(Layout::top_down(Align::Min), |ui| {
                ui.add(Text::lead(&plan.name).semi_bold());
                ui.horizontal(|ui| {
                    if matches!(plan.state(context.today), PlanState::Active(_) | PlanState::Completed) {
                        ui.add(status_mark(wording::plan_shown_status(plan, least_people(context))).small());
                    }
                    ui.add(Text::body(wording::plan_state(plan, context.today, context.locale)).secondary());
                });
                let words = Text::body(wording::plan_progress(plan, context.locale));
                number(ui, context, plan, progress_figure(plan), words);
            });
        });
    });
    if is_shown.clicked() {
        state.shown_plan = Some(plan.id);
    }
}

fn progress_figure(plan: &Plan) -> PlanFigure {
    if plan.measured.is_some() { PlanFigure::Since } else { PlanFigure::Baseline }
}
