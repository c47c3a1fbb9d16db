//! Voices: comments of the organization's own surveys beside each behavior, and questions to talk about them.

use chrono::NaiveDate;
use egui::{Align, Key, Layout, Modifiers, Ui};

use super::{Action, Send, ViewContext, ViewState};
use crate::guidance;
use crate::insights::Behavior;
use crate::project::{Edit, Voice, VoiceEdit, pasted_voices};
use crate::text;
use crate::ui::theme::{Icon, Text, space};
use crate::ui::widgets::{Button, Card, Mark, MarkKind, bullets, form_row, select, text_field};
use crate::workbench::{Command, wording};

/// Comments that are being typed or pasted.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pasted: String,
    source: String,
    behavior: usize,
    is_focused: bool,
}

/// Draws the voices under the list of decisions.
pub(super) fn show(ui: &mut Ui, context: &ViewContext<'_>, state: &mut ViewState, send: Send<'_>) {
    ui.add_space(space::SECTION);
    let voices = &context.workbench.project().voices;
    Card::new().show(ui, |ui| {
        ui.horizontal(|ui| {
            ui.add(Text::section("Voices"));
            ui.add(Mark::new(MarkKind::Info, "opinion, not measurement").small());
        });
        let what = "What people wrote in your own surveys, beside the behavior that it is about, without names.";
        ui.add(Text::body(what).secondary());
        if ui.add(Button::secondary("Add voices\u{2026}").icon(Icon::Plus)).clicked() {
            state.voices = Some(Draft::default());
        }
        for behavior in Behavior::ALL {
            let of_behavior: Vec<&Voice> = voices.iter().filter(|voice| voice.about == behavior.name()).collect();
            if of_behavior.is_empty() {
                continue;
            }
            super::rule(ui);
            let told = text::counted(of_behavior.len(), "voice", "voices", context.locale);
            ui.add(Text::body(format!("{}: {told}", wording::nav_name(behavior))).semi_bold());
            for voice in of_behavior {
                ui.push_id(voice.id, |ui| row(ui, context, state, voice, send));
            }
            ui.add(Text::body("To talk about").medium());
            bullets(ui, &guidance::discussion_questions(behavior));
        }
    });
}

fn row(ui: &mut Ui, context: &ViewContext<'_>, state: &mut ViewState, voice: &Voice, send: Send<'_>) {
    ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
        let delete = Button::quiet(format!("Delete voice {}", shortened(&voice.text))).icon(Icon::Trash2).icon_only();
        if ui.add(delete).clicked() {
            send(Action::Run(Command::Edit(Edit::Voice(VoiceEdit::Remove(voice.id)))));
            state.toast("Voice deleted. Ctrl+Z brings it back");
        }
        ui.with_layout(Layout::top_down(Align::Min), |ui| {
            ui.add(Text::body(format!("\u{201c}{}\u{201d}", voice.text)));
            let source = if voice.source.is_empty() { "Source not told" } else { &voice.source };
            let told =
                format!("{source}, put here {}. Opinion, not measurement.", text::date(voice.on, context.locale));
            ui.add(Text::caption(told).secondary());
        });
    });
}

fn shortened(text: &str) -> String {
    let short: String = text.chars().take(24).collect();
    if short.len() < text.len() { format!("{short}\u{2026}") } else { short }
}

/// Draws the form, while voices are being typed.
pub(super) fn ask(ui: &mut Ui, context: &ViewContext<'_>, state: &mut ViewState, send: Send<'_>) {
    let Some(draft) = &mut state.voices else { return };
    let (kept, set_aside) = pasted_voices(&draft.pasted);
    let is_possible = !kept.is_empty();
    let contents = |ui: &mut Ui| {
        ui.spacing_mut().item_spacing.y = space::SMALL;
        ui.add(Text::section("Add voices"));
        form_row(ui, "About", "", |ui| {
            let words = Behavior::ALL.map(wording::nav_name);
            select(ui, "behavior of voices", &words, &mut draft.behavior);
        });
        let hint = "I would see more customers if\u{2026}";
        let field = text_field(ui, "Comments, one a line", &mut draft.pasted, hint, 6);
        if !std::mem::replace(&mut draft.is_focused, true) {
            field.request_focus();
        }
        ui.add(Text::caption("Leave out names and whatever tells who wrote it.").secondary());
        if set_aside > 0 {
            let lines = text::counted(set_aside, "line", "lines", context.locale);
            ui.add(Text::body(format!("{lines} set aside: an address in it tells who.")).medium());
        }
        text_field(ui, "Survey", &mut draft.source, "Pulse survey, spring", 1);
    };
    let mut is_saved = false;
    let closes = super::modal(ui, "voices", 520.0, contents, |ui| {
        let save = Button::primary("Save voices").shortcut("Ctrl+Enter");
        let entered = ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::Enter));
        is_saved = ui.add_enabled(is_possible, save).clicked() || entered && is_possible;
        if ui.add(Button::quiet("Cancel")).clicked() || is_saved {
            ui.close();
        }
    });
    if !closes && !is_saved {
        return;
    }
    if let Some(draft) = state.voices.take().filter(|_| is_saved) {
        send(Action::Run(Command::Edit(Edit::Voice(VoiceEdit::Add(made(&draft, context.today))))));
        state.toast("Voices added");
    }
}

fn made(draft: &Draft, today: NaiveDate) -> Vec<Voice> {
    let about = Behavior::ALL.get(draft.behavior).map_or("", |behavior| behavior.name());
    let source = draft.source.trim();
    let voice =
        |text| Voice { text, about: about.to_owned(), source: source.to_owned(), on: today, ..Voice::default() };
    pasted_voices(&draft.pasted).0.into_iter().map(voice).collect()
}
