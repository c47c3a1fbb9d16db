//! Making a plan: a name, for whom, where to, from when. The baseline is measured meanwhile, and frozen.

use chrono::{Days, NaiveDate};
use egui::{DragValue, Ui};

use super::super::proof::Proven as _;
use super::super::{Action, Send, ViewContext, ViewState};
use super::edit;
use crate::insights::Behavior;
use crate::project::{
    Chosen, Cohort, DecisionEdit, Direction, Edit, Id, Plan, PlanEdit, PlanMetric, PlanStep, PlanTask, PlanUnit, Target,
};
use crate::text;
use crate::ui::theme::{Scale, Text, space};
use crate::ui::widgets::{Button, Mark, MarkKind, day_field, select, text_field};
use crate::workbench::{Command, Number, PlanFigure, Route, first_tasks, wording};

/// How high what is told about the weeks before is, in points at a desk.
const BEFORE_HEIGHT: f32 = 140.0;

/// Weeks between the end of the export and the start that call for a word.
const OLD_WEEKS: i64 = 4;

/// From where a plan is asked for.
#[derive(Debug, Clone, Default)]
pub(in super::super) struct PlanSeed {
    /// About which behavior; the first where nobody said.
    pub(in super::super) behavior: Option<Behavior>,
    /// For which group.
    pub(in super::super) group: Option<Cohort>,
    /// What is to be done; nothing for the steps of the behavior's change strategy.
    pub(in super::super) tasks: Vec<String>,
    /// The practice or strategy that it comes from.
    pub(in super::super) guidance: Option<String>,
    /// The decision that it comes from, with its words.
    pub(in super::super) decision: Option<(Id, String)>,
}

/// A plan that is being made.
#[derive(Debug)]
pub(in super::super) struct Making {
    plan: Plan,
    start: Option<NaiveDate>,
    decision: Option<Id>,
    /// Whether somebody wrote another name than the one that is offered.
    offered: String,
    is_known: bool,
    is_new: bool,
}

impl Making {
    /// A new plan.
    fn new(context: &ViewContext<'_>, seed: PlanSeed) -> Self {
        let behavior = seed.behavior.unwrap_or(Behavior::TimeWithCustomers);
        let metric = PlanMetric::headline_of(behavior);
        let cohort = match seed.group {
            Some(group) => group,
            None => Cohort::of_filter(&context.workbench.question().filter.attributes),
        };
        let start = context.workbench.week_of(context.today).checked_add_days(Days::new(7)).unwrap_or(context.today);
        let tasks = if seed.tasks.is_empty() { first_tasks(behavior) } else { seed.tasks };
        let offered = wording::plan_name(metric, &cohort);
        let name = seed.decision.as_ref().map_or_else(|| offered.clone(), |(_, text)| wording::in_short(text));
        let plan = Plan {
            name,
            metric,
            cohort,
            start,
            target: Target { direction: metric.usual_direction(), amount: 0.2, is_relative: true },
            tasks: tasks.into_iter().map(|text| PlanTask { text, ..PlanTask::default() }).collect(),
            guidance: seed.guidance.into_iter().collect(),
            ..Plan::default()
        };
        let decision = seed.decision.map(|(id, _)| id);
        Self { plan, start: Some(start), decision, offered, is_known: false, is_new: true }
    }

    /// Whether it has its baseline, which never changes.
    fn is_fixed(&self) -> bool {
        self.plan.baseline.is_some()
    }

    /// One that is there: its name, owner and length can be changed, and of a draft everything.
    pub(super) fn of(plan: &Plan) -> Self {
        let (start, offered) = (Some(plan.start), String::new());
        Self { plan: plan.clone(), start, decision: None, offered, is_known: true, is_new: true }
    }
}

/// Draws the window that makes a plan, while one is being made.
pub(in super::super) fn ask(ui: &mut Ui, context: &ViewContext<'_>, state: &mut ViewState, send: Send<'_>) {
    if let Some(seed) = state.plan_seed.take() {
        if let Some(plan) = to_add_to(context, &seed) {
            send(edit(PlanEdit::Change(Box::new(plan.clone()), PlanStep::Tasks)));
            state.toast(format!("Added to {}", plan.name));
        } else {
            state.making = Some(Making::new(context, seed));
        }
    }
    let Some(making) = &mut state.making else { return };
    settle(context, making);
    let is_possible = !making.plan.name.trim().is_empty() && (making.is_fixed() || problem(context, making).is_none());
    let (is_known, is_fixed) = (making.is_known, making.is_fixed());
    let mut is_saved = false;
    let mut asked = None;
    let closes = super::super::modal(
        ui,
        "plan",
        560.0,
        |ui| {
            ui.spacing_mut().item_spacing.y = space::SMALL;
            if is_fixed { change_fields(ui, context, making) } else { asked = fields(ui, context, making) }
        },
        |ui| {
            let save = Button::primary(if is_known { "Save plan" } else { "Create plan" }).shortcut("Ctrl+Enter");
            let entered = ui.input_mut(|input| input.consume_key(egui::Modifiers::COMMAND, egui::Key::Enter));
            is_saved = ui.add_enabled(is_possible, save).clicked() || entered && is_possible;
            if ui.add(Button::quiet("Cancel")).clicked() || is_saved {
                ui.close();
            }
        },
    );
    asked.into_iter().for_each(&mut *send);
    if closes || is_saved {
        let making = state.making.take().filter(|_| is_saved);
        if let Some(making) = making {
            save(context, state, making, send);
        }
    }
}

/// Where a practice is added to a plan of its behavior that is not over: the plan with it.
fn to_add_to(context: &ViewContext<'_>, seed: &PlanSeed) -> Option<Plan> {
    use crate::project::PlanState::{Completed, Stopped};
    let guidance = seed.guidance.clone()?;
    let is_open = |plan: &&Plan| {
        Some(plan.metric.behavior()) == seed.behavior && !matches!(plan.state(context.today), Completed | Stopped)
    };
    let mut plan = context.workbench.project().plans.iter().rev().find(is_open)?.clone();
    plan.tasks.extend(seed.tasks.iter().map(|text| PlanTask { text: text.clone(), ..PlanTask::default() }));
    plan.guidance.push(guidance);
    Some(plan)
}

/// What follows from what was chosen: the offered name, the week of the start, how the group was chosen.
fn settle(context: &ViewContext<'_>, making: &mut Making) {
    if making.is_fixed() {
        return;
    }
    let plan = &mut making.plan;
    let offered = wording::plan_name(plan.metric, &plan.cohort);
    if plan.name == making.offered {
        plan.name.clone_from(&offered);
    }
    making.offered = offered;
    if let Some(day) = making.start {
        plan.start = context.workbench.week_of(day);
    }
    plan.chosen = if is_to_focus_on(context, plan) { Chosen::ToFocusOn } else { Chosen::ByHand };
}

/// Whether the cohort is a group to focus on: chosen for its number, whoever chose it.
fn is_to_focus_on(context: &ViewContext<'_>, plan: &Plan) -> bool {
    let Some(Ok(findings)) = context.workbench.results().map(|results| results.findings.as_ref()) else { return false };
    let Some(Ok(outcome)) = findings.headline(plan.metric.behavior()).map(|insight| &insight.outcome) else {
        return false;
    };
    outcome.breakdowns.iter().any(|groups| {
        let of = |focus: &crate::privacy::FocusGroup| Cohort::of_parts(groups.by.names().zip(focus.value.parts()));
        groups.focus.iter().any(|focus| of(focus).is_same(&plan.cohort))
    })
}

/// Why the plan cannot be made yet; `None` when it can.
fn problem(context: &ViewContext<'_>, making: &Making) -> Option<String> {
    let plan = &making.plan;
    if making.start.is_none() {
        return Some("Type the day on which it starts.".to_owned());
    }
    let rules = context.workbench.rules()?;
    match context.workbench.plan_numbers(&context.workbench.plan_question(plan)) {
        None => Some("Measuring the weeks before\u{2026}".to_owned()),
        Some(numbers) => match &numbers.before {
            Err(why) => Some(wording::no_plan_numbers(why, rules, context.locale)),
            Ok(before) if !plan.target.is_ahead(before.value) => {
                Some("The target lies the other way. Choose another value, or another direction.".to_owned())
            }
            Ok(_) => None,
        },
    }
}

/// The four fields, and what was before.
fn fields(ui: &mut Ui, context: &ViewContext<'_>, making: &mut Making) -> Option<Action> {
    ui.add(Text::section(if making.is_known { "Change the plan" } else { "Make a plan" }));
    let field = text_field(ui, "Name", &mut making.plan.name, "Coaching in Support", 1);
    if std::mem::take(&mut making.is_new) {
        field.request_focus();
    }
    cohort(ui, context, ("For whom", "Everyone"), &mut making.plan.cohort);
    target(ui, &mut making.plan);
    day_field(ui, "Starts in the week of", &mut making.start, context.today, context.locale);
    ui.add_space(space::TIGHT);
    if context.workbench.opened().is_none() {
        ui.add(Text::body("No export is open, so this stays a draft without a baseline.").secondary());
        return None;
    }
    // What comes when the weeks before are measured has its room from the start, so that nothing jumps.
    let room = Scale::of(ui).space(BEFORE_HEIGHT);
    let asked = ui.scope(|ui| {
        ui.set_min_height(room);
        before(ui, context, making)
    });
    asked.inner
}

/// People by one group, or all of them: the label of the field, and what all of them are called.
fn cohort(ui: &mut Ui, context: &ViewContext<'_>, (label, everyone): (&str, &str), cohort: &mut Cohort) {
    let attributes = context.workbench.results().map(|results| results.attributes.iter()).into_iter().flatten();
    let attributes: Vec<_> = attributes.filter(|attribute| !attribute.values.is_empty()).collect();
    let mut words = vec![everyone];
    words.extend(attributes.iter().map(|attribute| attribute.name.as_str()));
    let place = |name: &str| attributes.iter().position(|attribute| attribute.name == name).map(|place| place + 1);
    let as_filtered = format!("As filtered: {}", cohort.in_words());
    let mut selected = match cohort.parts.as_slice() {
        [] => 0,
        [part] if part.values.len() == 1 => place(&part.attribute).unwrap_or(0),
        _ => {
            words.push(&as_filtered);
            words.len() - 1
        }
    };
    let name = ui.add(Text::body(label).medium());
    ui.horizontal_wrapped(|ui| {
        if select(ui, (label, "attribute"), &words, &mut selected).labelled_by(name.id).changed() {
            *cohort = match selected.checked_sub(1).and_then(|place| attributes.get(place)) {
                Some(attribute) => {
                    attribute.values.first().map(|first| Cohort::of(&attribute.name, &first.value)).unwrap_or_default()
                }
                None => Cohort::default(),
            };
        }
        let Some(attribute) = selected.checked_sub(1).and_then(|place| attributes.get(place)) else { return };
        let values: Vec<&str> = attribute.values.iter().map(|value| value.value.as_str()).collect();
        let now = cohort.parts.first().and_then(|part| part.values.first());
        let mut at = values.iter().position(|value| now.is_some_and(|now| now == value)).unwrap_or_default();
        let group = select(ui, (label, "group"), &values, &mut at);
        group.widget_info(|| egui::WidgetInfo::labeled(egui::Role::ComboBox, true, "Group"));
        if group.changed()
            && let Some(value) = values.get(at)
        {
            *cohort = Cohort::of(&attribute.name, value);
        }
    });
    let attribute = selected.checked_sub(1).and_then(|place| attributes.get(place));
    if attribute.is_some_and(|attribute| attribute.hidden.is_some()) {
        ui.add(Text::caption("Groups that are too small to be shown cannot be chosen.").secondary());
    }
}

/// Where to.
fn target(ui: &mut Ui, plan: &mut Plan) {
    const DIRECTIONS: [Direction; 3] = [Direction::Increase, Direction::Decrease, Direction::Maintain];
    let label = ui.add(Text::body("Target").medium());
    ui.horizontal_wrapped(|ui| {
        let mut at = DIRECTIONS.iter().position(|way| *way == plan.target.direction).unwrap_or_default();
        let words = ["Increase", "Decrease", "Maintain"];
        if select(ui, "plan direction", &words, &mut at).labelled_by(label.id).changed() {
            plan.target.direction = DIRECTIONS.get(at).copied().unwrap_or_default();
        }
        let metrics = PlanMetric::ALL;
        let words = metrics.map(wording::plan_metric);
        let mut at = metrics.iter().position(|metric| *metric == plan.metric).unwrap_or_default();
        if select(ui, "plan metric", &words, &mut at).labelled_by(label.id).changed()
            && let Some(metric) = metrics.get(at)
        {
            plan.metric = *metric;
            plan.target = Target { direction: metric.usual_direction(), amount: 0.2, is_relative: true };
        }
        if plan.target.direction != Direction::Maintain {
            amount(ui, plan, label.id);
        }
    });
}

/// By a part of the baseline, or to a value.
fn amount(ui: &mut Ui, plan: &mut Plan, label: egui::Id) {
    let target = &mut plan.target;
    let mut at = usize::from(!target.is_relative);
    if select(ui, "plan amount", &["by", "to"], &mut at).labelled_by(label).changed() {
        target.is_relative = at == 0;
        target.amount = if target.is_relative { 0.2 } else { 0.0 };
    }
    let unit = plan.metric.unit();
    let (factor, suffix, most) = match unit {
        _ if target.is_relative => (100.0, " % of what it was", 100.0),
        PlanUnit::Share => (100.0, " %", 100.0),
        PlanUnit::Hours => (1.0, " h", 168.0),
        PlanUnit::Organizations => (1.0, "", 1000.0),
    };
    let mut typed = target.amount * factor;
    let field = DragValue::new(&mut typed).range(0.0..=most).speed(0.5).max_decimals(1).suffix(suffix);
    if ui.add(field).labelled_by(label).changed() {
        target.amount = typed / factor;
    }
}

/// What was before, where the target lies, and what would come by itself. Asks for it where it is not known.
fn before(ui: &mut Ui, context: &ViewContext<'_>, making: &Making) -> Option<Action> {
    let workbench = context.workbench;
    let (plan, locale) = (&making.plan, context.locale);
    let question = workbench.plan_question(plan);
    let Some(known) = workbench.baseline_of(plan) else {
        if let Some(problem) = problem(context, making) {
            ui.add(Mark::new(MarkKind::WithCare, problem));
        }
        let is_new = workbench.plan_numbers(&question).is_none() && !workbench.is_asking(&question);
        return is_new.then(|| Action::Run(Command::AskPlan(Box::new(question))));
    };
    let number = Number::Plan(None, PlanFigure::Baseline);
    let value = wording::plan_mean(plan.metric, &known.mean, locale);
    ui.add(Text::body(format!("Before: {value}.")).medium().proven(&number));
    let made = Plan { baseline: Some(known.clone()), ..plan.clone() };
    if let Some(words) = wording::plan_baseline(&made, locale) {
        ui.add(Text::caption(words).secondary().proven(&number));
    }
    if let Some(problem) = problem(context, making) {
        ui.add(Mark::new(MarkKind::WithCare, problem));
    } else {
        let words = wording::plan_target(plan.metric, &plan.target, &known.mean, locale);
        let words = format!("Target: {words} within {}.", text::counted(plan.weeks as usize, "week", "weeks", locale));
        ui.add(Text::body(words).proven(&number));
    }
    if plan.start.signed_duration_since(known.last).num_weeks() > OLD_WEEKS {
        let words = "The export ends more than a month before the start: the baseline is of its last weeks.";
        ui.add(Mark::new(MarkKind::Info, words).small());
    }
    if let Some(drift) = made.expected_drift() {
        let words = Text::body(wording::plan_drift(plan.metric, drift, locale));
        ui.add(words.proven(&Number::Plan(None, PlanFigure::Drift)));
    } else if plan.chosen == Chosen::ToFocusOn {
        ui.add(Text::body(wording::STANDS_OUT));
    }
    None
}

/// What can be changed later.
fn change_fields(ui: &mut Ui, context: &ViewContext<'_>, making: &mut Making) {
    ui.add(Text::section("Change the plan"));
    let field = text_field(ui, "Name", &mut making.plan.name, "Coaching in Support", 1);
    if std::mem::take(&mut making.is_new) {
        field.request_focus();
    }
    text_field(ui, "Who sees to it", &mut making.plan.owner, "A role, such as Head of Support", 1);
    cohort(ui, context, ("Held against", "Everyone else"), &mut making.plan.compared_with);
    let label = ui.add(Text::body("Length").medium());
    let mut weeks = making.plan.weeks;
    if ui.add(DragValue::new(&mut weeks).range(1..=104).suffix(" weeks")).labelled_by(label.id).changed() {
        making.plan.weeks = weeks;
    }
    ui.add(Text::caption(format!("It ends {}.", text::date(making.plan.end(), context.locale))).secondary());
    ui.add(Text::caption("The baseline was frozen when the plan was made; it does not change.").secondary());
}

fn save(context: &ViewContext<'_>, state: &mut ViewState, making: Making, send: Send<'_>) {
    let Making { mut plan, decision, is_known, .. } = making;
    plan.name = plan.name.trim().to_owned();
    plan.owner = plan.owner.trim().to_owned();
    if plan.baseline.is_none() {
        plan.baseline = context.workbench.baseline_of(&plan);
    }
    if is_known {
        send(edit(PlanEdit::Change(Box::new(plan), PlanStep::Change)));
        state.toast("Plan changed");
        return;
    }
    state.shown_plan = Some(context.workbench.project().next_id());
    send(match decision {
        Some(decision) => {
            Action::Run(Command::Edit(Edit::Decision(DecisionEdit::BecomePlan(decision, Box::new(plan)))))
        }
        None => edit(PlanEdit::Add(Box::new(plan))),
    });
    send(Action::Run(Command::Go(Route::Plans)));
    state.toast("Plan created. Its baseline is frozen");
}
