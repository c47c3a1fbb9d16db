//! The parts of the form of an initiative.

use egui::{Align, Layout, Ui, vec2};

use super::super::super::ViewContext;
use super::super::mark_of;
use super::Editing;
use crate::insights::Behavior;
use crate::project::{Changed, Cycle, Id, Level, Milestone, Rating, Risk, Stage, Status, UnitKind};
use crate::text::{self, Locale};
use crate::ui::theme::{Icon, Scale, Text, space};
use crate::ui::widgets::{Button, Mark, columns, day_field, form_row, select, slider, text_field};
use crate::workbench::wording;

/// The words of ratings, in order.
const RATINGS: [&str; 5] = ["1, very low", "2, low", "3, medium", "4, high", "5, very high"];

/// A choice of one of several values under a label.
fn choice<T: Copy + PartialEq, const N: usize>(
    ui: &mut Ui,
    label: &str,
    all: [T; N],
    words: fn(T) -> &'static str,
    value: &mut T,
) {
    let mut place = all.iter().position(|one| one == value).unwrap_or_default();
    form_row(ui, label, "", |ui| select(ui, label, &all.map(words), &mut place));
    if let Some(chosen) = all.get(place) {
        *value = *chosen;
    }
}

fn rating(ui: &mut Ui, label: &str, help: &str, value: &mut Rating) {
    let mut place = usize::from(value.get() - 1);
    form_row(ui, label, help, |ui| select(ui, label, &RATINGS, &mut place));
    *value = Rating::new(u8::try_from(place + 1).unwrap_or(5));
}

/// What it is, where it runs, what it does and what it takes.
pub(super) fn about(ui: &mut Ui, editing: &mut Editing, areas: &[String]) {
    let is_new = editing.is_new && !editing.is_known;
    let draft = &mut editing.draft;
    let title = text_field(ui, "Title", &mut draft.title, "Callback within an hour", 1);
    if is_new {
        title.request_focus();
    }
    text_field(ui, "What it is", &mut draft.description, "", 2);
    choice(ui, "Level", Level::ALL, Level::words, &mut draft.level);
    match draft.level {
        Level::KeyAccount => {
            text_field(ui, "Key account", &mut draft.unit, "", 1);
        }
        Level::BusinessUnit => {
            choice(ui, "Kind of unit", UnitKind::ALL, UnitKind::words, &mut draft.unit_kind);
            text_field(ui, "Business unit", &mut draft.unit, "", 1);
        }
        Level::Corporate => {}
    }
    text_field(ui, "Customer-facing area", &mut draft.area, "Customer service", 1);
    ui.horizontal_wrapped(|ui| {
        for area in areas {
            if ui.add(Button::quiet(area)).clicked() {
                draft.area.clone_from(area);
            }
        }
    });
    rating(ui, "Impact on loyalty", "How much it makes customers stay.", &mut draft.loyalty);
    rating(ui, "Impact on choice", "How much it makes customers choose you.", &mut draft.choice);
    rating(ui, "Effort", "", &mut draft.effort);
    rating(ui, "Cost", "", &mut draft.cost);
    let priority = draft.priority().words();
    ui.add(Text::caption(format!("{priority}: impact {}, burden {}.", draft.impact(), draft.burden())).secondary());
    text_field(ui, "Owner", &mut draft.owner, "A role, such as Head of Support", 1);
    text_field(ui, "Sponsor", &mut draft.sponsor, "", 1);
    text_field(ui, "Team", &mut editing.team, "Names or teams, separated by semicolons", 1);
    text_field(ui, "Evidence", &mut editing.draft.evidence, "What customers said, and where", 2);
    behavior(ui, &mut editing.draft.behavior);
}

/// The behavior that it is to change.
fn behavior(ui: &mut Ui, behavior: &mut Option<Behavior>) {
    let words: Vec<&str> = std::iter::once("None").chain(Behavior::ALL.into_iter().map(wording::nav_name)).collect();
    let mut place =
        behavior.and_then(|one| Behavior::ALL.iter().position(|other| *other == one)).map_or(0, |at| at + 1);
    form_row(ui, "Behavior", "The measured behavior that it is to change.", |ui| {
        select(ui, "behavior of an initiative", &words, &mut place)
    });
    *behavior = place.checked_sub(1).and_then(|place| Behavior::ALL.get(place)).copied();
}

/// The plan that measures it, where there are plans. One that is no longer there reads as none.
pub(super) fn plan(ui: &mut Ui, context: &ViewContext<'_>, plan: &mut Option<Id>) {
    let plans = &context.workbench.project().plans;
    if plans.is_empty() {
        return;
    }
    let words: Vec<&str> = std::iter::once("None").chain(plans.iter().map(|plan| plan.name.as_str())).collect();
    let before = plan.and_then(|id| plans.iter().position(|plan| plan.id == id)).map_or(0, |at| at + 1);
    let mut place = before;
    form_row(ui, "Plan", "The plan that measures what it changes.", |ui| {
        select(ui, "plan of an initiative", &words, &mut place)
    });
    if place != before {
        *plan = place.checked_sub(1).and_then(|place| plans.get(place)).map(|plan| plan.id);
    }
}

/// Stage and days.
pub(super) fn schedule(ui: &mut Ui, context: &ViewContext<'_>, editing: &mut Editing) {
    let (today, locale) = (context.today, context.locale);
    let draft = &mut editing.draft;
    choice(ui, "Stage", Stage::ALL, Stage::words, &mut draft.stage);
    columns(ui, [0.5, 0.5], |[left, right]| {
        day_field(left, "Start", &mut draft.start, today, locale);
        day_field(left, "Due now", &mut draft.due_now, today, locale);
        day_field(right, "Due at baseline", &mut draft.due_baseline, today, locale);
        if draft.stage == Stage::Done {
            day_field(right, "Done on", &mut draft.done_on, today, locale);
        }
    });
    ui.add(Text::caption("Without a day under \u{201c}Due now\u{201d}, the one at baseline holds. A change of the baseline is noted in the history.").secondary());
    let mut by_milestones = draft.percent.is_none();
    ui.checkbox(&mut by_milestones, "Percent complete by the weight of milestones done");
    if by_milestones {
        draft.percent = None;
        ui.add(Text::caption(format!("Now {}{}%.", draft.progress(), locale.space())).secondary());
    } else {
        let mut percent = f64::from(draft.percent.unwrap_or_else(|| draft.progress()));
        form_row(ui, "Percent complete", "", |ui| slider(ui, &mut percent, 0.0..=100.0, 1.0, "%"));
        draft.percent = Some(percent.round().clamp(0.0, 100.0) as u8);
    }
    choice(ui, "Review cycle", Cycle::ALL, Cycle::words, &mut draft.cycle);
}

/// Steps on the way.
pub(super) fn milestones(ui: &mut Ui, context: &ViewContext<'_>, editing: &mut Editing) {
    let (today, locale) = (context.today, context.locale);
    let mut removed = None;
    for (place, one) in editing.draft.milestones.iter_mut().enumerate() {
        ui.push_id(("milestone", place), |ui| {
            if entry_head(ui, &format!("Milestone {}", place + 1), &format!("Delete milestone {}", place + 1)) {
                removed = Some(place);
            }
            text_field(ui, "Milestone", &mut one.name, "", 1);
            columns(ui, [1.0, 1.0, 1.0], |[first, second, third]| {
                day_field(first, "Due at baseline", &mut one.due_baseline, today, locale);
                day_field(second, "Due now", &mut one.due_now, today, locale);
                day_field(third, "Done on", &mut one.done_on, today, locale);
            });
            let mut weight = f64::from(one.weight);
            form_row(ui, "Weight", "", |ui| slider(ui, &mut weight, 0.0..=10.0, 1.0, ""));
            one.weight = weight.round().clamp(0.0, 10.0) as u32;
        });
    }
    if let Some(place) = removed {
        editing.draft.milestones.remove(place);
    }
    if ui.add(Button::secondary("Add a milestone").icon(Icon::Plus)).clicked() {
        editing.draft.milestones.push(Milestone::default());
    }
}

/// What could go wrong.
pub(super) fn risks(ui: &mut Ui, editing: &mut Editing) {
    let mut removed = None;
    for (place, one) in editing.draft.risks.iter_mut().enumerate() {
        ui.push_id(("risk", place), |ui| {
            if entry_head(
                ui,
                &format!("Risk {}, size {}", place + 1, one.size()),
                &format!("Delete risk {}", place + 1),
            ) {
                removed = Some(place);
            }
            text_field(ui, "Risk", &mut one.text, "What could go wrong", 1);
            rating(ui, "Probability", "", &mut one.probability);
            rating(ui, "Severity", "", &mut one.severity);
            text_field(ui, "Mitigation", &mut one.mitigation, "What is done about it", 1);
        });
    }
    if let Some(place) = removed {
        editing.draft.risks.remove(place);
    }
    ui.add(Text::caption("Without mitigation, probability times severity of 12 or more is at risk.").secondary());
    if ui.add(Button::secondary("Add a risk").icon(Icon::Plus)).clicked() {
        editing.draft.risks.push(Risk::default());
    }
}

/// The head of one of several entries. Returns whether it should go.
fn entry_head(ui: &mut Ui, words: &str, delete: &str) -> bool {
    let size = vec2(ui.available_width(), Scale::of(ui).control_height());
    ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), |ui| {
        let is_deleted = ui.add(Button::quiet(delete).icon(Icon::Trash2).icon_only()).clicked();
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| ui.add(Text::body(words).semi_bold()));
        is_deleted
    })
    .inner
}

/// Whose pay is tied to it. There is no field for an amount.
pub(super) fn pay(ui: &mut Ui, editing: &mut Editing) {
    let pay = &mut editing.draft.compensation;
    ui.checkbox(&mut pay.is_linked, "Some pay is tied to it");
    if pay.is_linked {
        text_field(ui, "People or teams", &mut pay.who, "", 1);
        text_field(ui, "Goal", &mut pay.goal, "", 1);
        let mut share = f64::from(pay.share.unwrap_or(0));
        form_row(ui, "Share of their goals", "", |ui| slider(ui, &mut share, 0.0..=100.0, 1.0, "%"));
        pay.share = Some(share.round().clamp(0.0, 100.0) as u8).filter(|share| *share > 0);
    }
    ui.add(Text::caption("Amounts belong elsewhere and are not kept here.").secondary());
}

/// What was told about it, and a field for more.
pub(super) fn updates(ui: &mut Ui, context: &ViewContext<'_>, editing: &mut Editing) {
    let is_new = editing.is_new;
    let field = text_field(ui, "What is new", &mut editing.told, "Kept with today's date when it is saved", 3);
    if is_new {
        field.request_focus();
    }
    text_field(ui, "Told by", &mut editing.told_by, "", 1);
    for update in editing.draft.updates.iter().rev() {
        let by = if update.by.is_empty() { String::new() } else { format!(", {}", update.by) };
        ui.add(Text::caption(format!("{}{by}", text::date(update.on, context.locale))).secondary());
        ui.add(Text::body(&update.text));
    }
    if editing.draft.updates.is_empty() {
        ui.add(Text::body("Nothing was told yet.").secondary());
    }
}

/// The status by the rules, the one by hand, and the history of both.
pub(super) fn status(ui: &mut Ui, context: &ViewContext<'_>, editing: &mut Editing) {
    let judged = editing.draft.judged(context.today);
    ui.add(Text::body("By the rules").semi_bold());
    ui.add(Mark::new(mark_of(judged.status), judged.status.words()));
    for reason in &judged.reasons {
        ui.add(Text::body(reason.in_words(context.locale)).secondary());
    }
    ui.add_space(space::SMALL);
    let words: Vec<&str> =
        std::iter::once("By the rules").chain(Status::RUNNING.into_iter().map(Status::words)).collect();
    form_row(ui, "Shown status", "Both are shown, here and in the review pack.", |ui| {
        select(ui, "status by hand", &words, &mut editing.by_hand)
    });
    if editing.by_hand > 0 {
        text_field(ui, "Why", &mut editing.reason, "", 2);
        text_field(ui, "Set by", &mut editing.reason_by, "A role", 1);
        if editing.draft.stage != Stage::InProgress {
            ui.add(Text::caption("It counts while the initiative is in progress.").secondary());
        }
    }
    ui.add_space(space::SMALL);
    ui.add(Text::body("History").semi_bold());
    if editing.draft.history.is_empty() {
        ui.add(Text::body("Changes of stage, dates, progress and status are noted here.").secondary());
    }
    for change in editing.draft.history.iter().rev() {
        let on = text::date(change.on, context.locale);
        ui.add(Text::body(format!("{on}: {}", in_words(&change.what, context.locale))));
    }
}

/// A change as a sentence.
fn in_words(change: &Changed, locale: &Locale) -> String {
    let day = |day: &Option<chrono::NaiveDate>| day.map_or_else(|| "none".to_owned(), |day| text::date(day, locale));
    let space = locale.space();
    match change {
        Changed::Stage(from, to) => {
            format!("Stage from {} to {}.", from.words().to_lowercase(), to.words().to_lowercase())
        }
        Changed::Baseline(from, to) => format!("Due at baseline from {} to {}.", day(from), day(to)),
        Changed::Due(from, to) => format!("Due from {} to {}.", day(from), day(to)),
        Changed::MilestoneBaseline(name, from, to) => {
            format!("Milestone \u{201c}{name}\u{201d}: due at baseline from {} to {}.", day(from), day(to))
        }
        Changed::MilestoneDue(name, from, to) => {
            format!("Milestone \u{201c}{name}\u{201d}: due from {} to {}.", day(from), day(to))
        }
        Changed::MilestoneGone(name) => format!("Milestone \u{201c}{name}\u{201d} was taken away."),
        Changed::Progress(from, to) => format!("Progress from {from}{space}% to {to}{space}%."),
        Changed::SetByHand(set, rules) => {
            let by = if set.by.is_empty() { String::new() } else { format!(" by {}", set.by) };
            let reason = set.reason.trim_end_matches('.');
            let (status, rules) = (set.status.words().to_lowercase(), rules.words().to_lowercase());
            format!("Set to {status}{by}: {reason}. The rules said {rules}.")
        }
        Changed::SetByRules(status) => format!("The rules decide again: {}.", status.words().to_lowercase()),
    }
}
