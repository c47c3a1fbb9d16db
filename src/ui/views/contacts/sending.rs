//! Texts to send and lists to hand out.

use egui::{Key, Modifiers, Ui};

use super::super::{Action, Send, ViewContext, ViewState, modal};
use crate::project::{Call, Edit, TopicCoverage, VolunteerEdit};
use crate::report::{self, Format, HandOut};
use crate::text::typed_list;
use crate::ui::theme::{Icon, Text, space};
use crate::ui::widgets::{Button, Card, day_field, fold_head, select, text_field};
use crate::workbench::Command;

/// The call for volunteers that is being changed.
#[derive(Debug)]
pub(in super::super) struct CallDraft {
    call: Call,
    topics: String,
    teams: String,
    is_new: bool,
}

impl CallDraft {
    fn of(call: &Call) -> Self {
        let (topics, teams) = (call.topics.join("; "), call.teams.join("; "));
        Self { call: call.clone(), topics, teams, is_new: true }
    }
}

pub(super) fn save(hand_out: HandOut) -> Action {
    Action::SaveFile { name: hand_out.name, bytes: hand_out.bytes }
}

/// The call with its text, its table and what it says.
pub(super) fn call_card(ui: &mut Ui, context: &ViewContext<'_>, state: &mut ViewState, send: Send<'_>) {
    let call = &context.workbench.project().go_to.call;
    let text = report::call_text(call, context.locale);
    Card::new().show(ui, |ui| {
        ui.add(Text::section("The call for volunteers"));
        ui.add(Text::body("Send it to everyone, with the table to fill in.").secondary());
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = space::SMALL;
            if ui.add(Button::secondary("Copy the call").icon(Icon::Copy)).clicked() {
                send(Action::CopyText { text: text.clone(), what: "Call" });
            }
            if ui.add(Button::secondary("Save the table to fill in\u{2026}").icon(Icon::Download)).clicked() {
                send(save(report::answers_template()));
            }
            if ui.add(Button::quiet("Change what it says\u{2026}").icon(Icon::Pencil)).clicked() {
                state.contacts.call = Some(CallDraft::of(call));
            }
        });
        let memory = ui.make_persistent_id("call is open");
        let mut is_open = ui.data(|data| data.get_temp(memory)).unwrap_or(false);
        if fold_head(ui, "Read the call", "", is_open).clicked() {
            is_open = !is_open;
            ui.data_mut(|data| data.insert_temp(memory, is_open));
        }
        if is_open {
            ui.add(Text::body(text).selectable());
        }
    });
}

/// The lists for managers and for a team, and the announcement.
pub(super) fn lists_card(
    ui: &mut Ui,
    context: &ViewContext<'_>,
    state: &mut ViewState,
    coverage: &TopicCoverage,
    send: Send<'_>,
) {
    let (go_to, today, locale) = (&context.workbench.project().go_to, context.today, context.locale);
    Card::new().show(ui, |ui| {
        ui.add(Text::section("Hand out"));
        let rule = "Only people whose consent is in force today. Old lists stay where they were sent: ask for them to be \
                    deleted when somebody withdraws.";
        ui.add(Text::body(rule).secondary());
        ui.add_space(space::SMALL);
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = space::SMALL;
            ui.add(Text::body("For managers, everyone").medium());
            for (format, word) in [(Format::Html, "Save managers\u{2019} list\u{2026}"), (Format::Csv, "Managers\u{2019} list as CSV\u{2026}")]
            {
                if ui.add(Button::secondary(word).icon(Icon::Download)).clicked() {
                    send(save(report::managers_list(go_to, format, today, locale)));
                }
            }
        });
        if !coverage.teams.is_empty() {
            state.contacts.team = state.contacts.team.min(coverage.teams.len() - 1);
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing.x = space::SMALL;
                let label = ui.add(Text::body("For the members of").medium());
                let words: Vec<&str> = coverage.teams.iter().map(String::as_str).collect();
                select(ui, "team of the list", &words, &mut state.contacts.team).labelled_by(label.id);
                let Some(team) = coverage.teams.get(state.contacts.team) else { return };
                let words = [(Format::Html, "Save the team\u{2019}s list\u{2026}"), (Format::Csv, "Team\u{2019}s list as CSV\u{2026}")];
                for (format, word) in words {
                    if ui.add(Button::secondary(word).icon(Icon::Download)).clicked() {
                        send(save(report::team_list(go_to, team, format, today, locale)));
                    }
                }
            });
        }
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = space::SMALL;
            ui.add(Text::body("For everyone").medium());
            if ui.add(Button::secondary("Copy the announcement").icon(Icon::Copy)).clicked() {
                let text = report::announcement_text(go_to, today, locale);
                send(Action::CopyText { text, what: "Announcement" });
            }
        });
    });
}

/// Draws the form of what the call says, while it is being changed.
pub(super) fn ask(ui: &mut Ui, context: &ViewContext<'_>, state: &mut ViewState, send: Send<'_>) {
    let Some(draft) = &mut state.contacts.call else { return };
    let is_new = std::mem::take(&mut draft.is_new);
    let contents = |ui: &mut Ui| {
        ui.spacing_mut().item_spacing.y = space::SMALL;
        ui.add(Text::section("What the call says"));
        let field = text_field(ui, "Topics wanted", &mut draft.topics, "Pricing; Contracts; Security", 2);
        if is_new {
            field.request_focus();
        }
        text_field(ui, "Teams wanted", &mut draft.teams, "North; South", 2);
        ui.add(Text::caption("What is wanted and has nobody shows as a gap.").secondary());
        text_field(ui, "Answers go to", &mut draft.call.answer_to, "An address or a role", 1);
        day_field(ui, "Answers by", &mut draft.call.answer_by, context.today, context.locale);
    };
    let mut is_saved = false;
    let closes = modal(ui, "call", 520.0, contents, |ui| {
        let entered = ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::Enter));
        is_saved = ui.add(Button::primary("Save call").shortcut("Ctrl+Enter")).clicked() || entered;
        if ui.add(Button::quiet("Cancel")).clicked() || is_saved {
            ui.close();
        }
    });
    if !closes && !is_saved {
        return;
    }
    if let Some(draft) = state.contacts.call.take().filter(|_| is_saved) {
        let call = Call {
            topics: typed_list(&draft.topics),
            teams: typed_list(&draft.teams),
            answer_to: draft.call.answer_to.trim().to_owned(),
            answer_by: draft.call.answer_by,
        };
        send(Action::Run(Command::Edit(Edit::Volunteer(VolunteerEdit::SetCall(call)))));
        state.toast("Call changed");
    }
}
