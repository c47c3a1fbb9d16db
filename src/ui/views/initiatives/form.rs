//! The form of one initiative: everything about it, in parts, on a draft that is saved at once.

mod parts;

use chrono::NaiveDate;
use egui::{Key, Modifiers, Ui};

use super::super::{Action, Send, ViewContext, ViewState};
use super::{edit, list, mark_of};
use crate::project::{DecisionEdit, Edit, Id, Initiative, InitiativeEdit, Stage, Status, StatusOverride, Update};
use crate::ui::theme::{Icon, Text, space};
use crate::ui::widgets::{Button, Mark, chip, tabs};
use crate::workbench::{Command, Route};

/// The parts of the form.
const PARTS: [&str; 7] = ["About", "Schedule", "Milestones", "Risks", "Pay", "Updates", "Status"];

/// The part of updates.
const UPDATES: usize = 5;

/// The parts are all so high, where there is room, in points at a desk: the tabs stay where they are.
const HEIGHT: f32 = 560.0;

/// An initiative that is being registered or changed.
#[derive(Debug)]
pub(super) struct Editing {
    draft: Initiative,
    /// The decision that it comes from.
    decision: Option<Id>,
    /// Whether it was there before.
    is_known: bool,
    /// Whether this is its first frame.
    is_new: bool,
    part: usize,
    /// The team as it is typed.
    team: String,
    /// What is told about it, as it is typed, and by whom.
    told: String,
    told_by: String,
    /// The status that is chosen by hand: 0 for none, else a place in [`Status::RUNNING`] from 1.
    by_hand: usize,
    reason: String,
    reason_by: String,
}

impl Editing {
    /// A new one.
    pub(super) fn new() -> Self {
        Self { is_known: false, ..Self::of(&Initiative::default()) }
    }

    /// A new one that somebody decided on.
    pub(super) fn of_decision(decision: Id, draft: &Initiative) -> Self {
        Self { decision: Some(decision), is_known: false, ..Self::of(draft) }
    }

    /// One that is there.
    pub(super) fn of(initiative: &Initiative) -> Self {
        let by_hand = initiative.set_by_hand.as_ref();
        let place = by_hand.and_then(|set| Status::RUNNING.iter().position(|status| *status == set.status));
        Self {
            draft: initiative.clone(),
            decision: None,
            is_known: true,
            is_new: true,
            part: 0,
            team: initiative.team.join("; "),
            told: String::new(),
            told_by: String::new(),
            by_hand: place.map_or(0, |place| place + 1),
            reason: by_hand.map(|set| set.reason.clone()).unwrap_or_default(),
            reason_by: by_hand.map(|set| set.by.clone()).unwrap_or_default(),
        }
    }

    /// One that is there, at its updates.
    pub(super) fn telling(initiative: &Initiative) -> Self {
        Self { part: UPDATES, ..Self::of(initiative) }
    }

    /// Why it cannot be saved yet, in a sentence.
    fn missing(&self) -> Option<&'static str> {
        if self.draft.title.trim().is_empty() {
            Some("Give it a title.")
        } else if self.by_hand > 0 && self.reason.trim().is_empty() {
            Some("Say why its status is set by hand.")
        } else if self.draft.stage == Stage::Done && self.draft.done_on.is_none() {
            Some("Say on which day it was done.")
        } else {
            None
        }
    }

    /// The initiative as it is saved on a day.
    fn finished(mut self, today: NaiveDate) -> Initiative {
        let draft = &mut self.draft;
        for text in [
            &mut draft.title,
            &mut draft.description,
            &mut draft.unit,
            &mut draft.area,
            &mut draft.owner,
            &mut draft.sponsor,
            &mut draft.evidence,
        ] {
            *text = text.trim().to_owned();
        }
        let team = self.team.split([';', '\n']).map(str::trim).filter(|name| !name.is_empty());
        draft.team = team.map(str::to_owned).collect();
        if draft.due_now == draft.due_baseline {
            draft.due_now = None;
        }
        draft.milestones.retain(|milestone| !milestone.name.trim().is_empty());
        draft.risks.retain(|risk| !risk.text.trim().is_empty());
        if !self.told.trim().is_empty() {
            let (text, by) = (self.told.trim().to_owned(), self.told_by.trim().to_owned());
            draft.updates.push(Update { on: today, text, by });
        }
        let (reason, by) = (self.reason.trim().to_owned(), self.reason_by.trim().to_owned());
        let chosen = self.by_hand.checked_sub(1).and_then(|place| Status::RUNNING.get(place)).copied();
        draft.set_by_hand = chosen.map(|status| {
            let before = draft.set_by_hand.take();
            let is_as_before = |set: &StatusOverride| set.status == status && set.reason == reason && set.by == by;
            before.filter(is_as_before).unwrap_or(StatusOverride { status, reason, by, on: today })
        });
        self.draft
    }
}

/// Draws the form, while an initiative is registered or changed.
pub(super) fn show(ui: &mut Ui, context: &ViewContext<'_>, state: &mut ViewState, send: Send<'_>) {
    let Some(editing) = &mut state.initiatives.editing else { return };
    let areas = context.workbench.project().initiatives.all_areas();
    // Of the last frame, as it is on the screen while somebody decides.
    let (missing, is_known) = (editing.missing(), editing.is_known);
    let mut goes_to_decisions = false;
    let contents = |ui: &mut Ui| {
        ui.spacing_mut().item_spacing.y = space::SMALL;
        ui.set_min_height(HEIGHT.min(ui.ctx().content_rect().height() - 200.0));
        if head(ui, context, editing) {
            goes_to_decisions = true;
        }
        tabs(ui, &PARTS, &mut editing.part);
        ui.add_space(space::TIGHT);
        match editing.part {
            0 => {
                parts::about(ui, editing, &areas);
                parts::plan(ui, context, &mut editing.draft.plan);
            }
            1 => parts::schedule(ui, context, editing),
            2 => parts::milestones(ui, context, editing),
            3 => parts::risks(ui, editing),
            4 => parts::pay(ui, editing),
            UPDATES => parts::updates(ui, context, editing),
            _ => parts::status(ui, context, editing),
        }
        editing.is_new = false;
    };
    let mut is_saved = false;
    let mut is_deleted = false;
    let closes = {
        super::super::modal(ui, "initiative", 720.0, contents, |ui| {
            let entered = ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::Enter));
            let save = Button::primary("Save initiative").shortcut("Ctrl+Enter");
            is_saved = ui.add_enabled(missing.is_none(), save).clicked() || entered && missing.is_none();
            if ui.add(Button::quiet("Cancel")).clicked() {
                ui.close();
            }
            if is_known && ui.add(Button::quiet("Delete initiative").icon(Icon::Trash2)).clicked() {
                is_deleted = true;
            }
            if let Some(missing) = missing {
                ui.add(Text::label(missing).secondary());
            }
        })
    };
    if goes_to_decisions {
        send(Action::Run(Command::Go(Route::Decisions)));
    }
    if !(closes || is_saved || is_deleted || goes_to_decisions) {
        return;
    }
    let Some(editing) = state.initiatives.editing.take() else { return };
    if is_deleted {
        send(edit(InitiativeEdit::Remove(editing.draft.id)));
        state.toast("Initiative deleted. Ctrl+Z brings it back");
    } else if is_saved {
        let (is_known, decision) = (editing.is_known, editing.decision);
        let initiative = Box::new(editing.finished(context.today));
        send(match (is_known, decision) {
            (true, _) => edit(InitiativeEdit::Change(initiative, context.today)),
            (false, None) => edit(InitiativeEdit::Add(initiative)),
            (false, Some(decision)) => {
                let became = DecisionEdit::BecomeInitiative(decision, initiative);
                Action::Run(Command::Edit(Edit::Decision(became)))
            }
        });
        state.toast(if is_known { "Initiative changed" } else { "Initiative registered" });
    }
}

/// What it is, how it stands and why. Returns whether somebody asked for the decision that it came of.
fn head(ui: &mut Ui, context: &ViewContext<'_>, editing: &Editing) -> bool {
    let draft = &editing.draft;
    if !editing.is_known {
        ui.add(Text::section("Register an initiative"));
        return false;
    }
    ui.add(Text::section(&draft.title));
    let status = draft.shown_status(context.today);
    ui.horizontal_wrapped(|ui| {
        ui.add(Mark::new(mark_of(status), status.words()));
        ui.add_space(space::SMALL);
        chip(ui, draft.priority().words());
    });
    ui.add(Text::caption(list::why(context, draft)).secondary());
    super::super::decisions::came_of(ui, context, draft.id)
}
