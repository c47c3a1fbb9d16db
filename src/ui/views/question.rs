//! A question of the reader that only a person can answer.

use egui::Ui;

use super::data::rows::{table, table_head, table_row};
use super::{Action, Send, ViewContext, ViewState};
use crate::import::Question;
use crate::ui::theme::{Text, space};
use crate::ui::widgets::Button;
use crate::workbench::{Answer, Command, FileCommand, Pair, wording};

/// The width of the window, in points at a desk.
const WIDTH: f32 = 560.0;

/// Draws the question over the screen, when there is one.
pub(super) fn show(ui: &mut Ui, context: &ViewContext<'_>, _state: &mut ViewState, send: Send<'_>) {
    if let Some(pair) = context.workbench.pair() {
        return ask_about_pair(ui, context, pair, send);
    }
    let Some(question) = context.workbench.asked() else { return };
    let show = |ui: &mut Ui| {
        ui.spacing_mut().item_spacing.y = space::SMALL;
        ui.add(Text::section(question.what.in_words(context.locale)));
        ui.add(Text::body(question.why.in_words(context.locale)));
        side_by_side(ui, context, question);
        ui.add_space(space::SMALL);
        for (option, meaning) in &question.options {
            if let Some(answer) = Answer::of_option(option)
                && ui.add(Button::secondary(label(question, answer, &meaning.in_words(context.locale)))).clicked()
            {
                send(Action::Run(Command::File(FileCommand::Answer(answer))));
            }
        }
    };
    let closes = super::modal(ui, "question", WIDTH, show, |ui| {
        if ui.add(Button::quiet("Do not open the file")).clicked() {
            ui.close();
        }
    });
    if closes {
        send(Action::Run(Command::File(FileCommand::DropQuestion)));
    }
}

/// Asks whether two exports are one or are compared.
fn ask_about_pair(ui: &mut Ui, context: &ViewContext<'_>, pair: &Pair, send: Send<'_>) {
    let show = |ui: &mut Ui| {
        ui.spacing_mut().item_spacing.y = space::SMALL;
        let asked = wording::pair(pair, context.locale);
        ui.add(Text::section(asked.what));
        asked.parts.into_iter().for_each(|part| {
            ui.add(Text::body(part));
        });
        ui.add_space(space::SMALL);
        for (together, words) in asked.answers {
            if ui.add(Button::secondary(words)).clicked() {
                send(Action::Run(Command::File(FileCommand::AnswerPair(together))));
            }
        }
    };
    let closes = super::modal(ui, "pair", WIDTH, show, |ui| {
        if ui.add(Button::quiet("Do not open the files")).clicked() {
            ui.close();
        }
    });
    if closes {
        send(Action::Run(Command::File(FileCommand::DropQuestion)));
    }
}

/// The first texts of the file, and what each of them is under each answer.
fn side_by_side(ui: &mut Ui, context: &ViewContext<'_>, question: &Question) {
    const SHARES: [f32; 3] = [1.0, 1.0, 1.0];
    let [(first, _), (second, _)] = question.options.as_slice() else { return };
    if question.examples.is_empty() {
        return;
    }
    let [first, second] = [first, second].map(|option| Answer::of_option(option).map_or("", wording::answer));
    table(ui, |ui| {
        table_head(ui, SHARES, ["In the file", first, second]);
        for example in &question.examples {
            let [left, right] = example.readings.as_slice() else { continue };
            table_row(ui, SHARES, |[text, a, b]| {
                text.add(Text::body(&example.text).medium());
                a.add(Text::body(left.in_words(context.locale)));
                b.add(Text::body(right.in_words(context.locale)));
            });
        }
    });
}

/// What the button of an answer says: under examples it says under which head they stand.
fn label(question: &Question, answer: Answer, meaning: &str) -> String {
    if question.examples.is_empty() {
        wording::sentence_case(meaning)
    } else {
        format!("{}: {meaning}", wording::answer(answer))
    }
}
