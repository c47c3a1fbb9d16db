//! A question of the reader that only a person can answer.

use egui::Ui;

use super::{Action, Send, ViewContext, ViewState};
use crate::ui::theme::{Text, space};
use crate::ui::widgets::Button;
use crate::workbench::{Answer, Command, FileCommand, wording};

/// Draws the question over the screen, when there is one.
pub(super) fn show(ui: &mut Ui, context: &ViewContext<'_>, _state: &mut ViewState, send: Send<'_>) {
    let Some(question) = context.workbench.asked() else { return };
    let show = |ui: &mut Ui| {
        ui.spacing_mut().item_spacing.y = space::SMALL;
        ui.add(Text::section(question.what.in_words(context.locale)));
        ui.add(Text::body(question.why.in_words(context.locale)));
        ui.add_space(space::SMALL);
        for (option, meaning) in &question.options {
            if let Some(answer) = Answer::of_option(option)
                && ui.add(Button::secondary(wording::sentence_case(&meaning.in_words(context.locale)))).clicked()
            {
                send(Action::Run(Command::File(FileCommand::Answer(answer))));
            }
        }
    };
    let closes = super::modal(ui, "question", 520.0, show, |ui| {
        if ui.add(Button::quiet("Do not open the file")).clicked() {
            ui.close();
        }
    });
    if closes {
        send(Action::Run(Command::File(FileCommand::DropQuestion)));
    }
}
