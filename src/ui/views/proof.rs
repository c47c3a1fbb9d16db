//! How a number was made, over the screen that shows it.

use egui::Ui;

use super::{Action, Send, ViewContext};
use crate::ui::theme::{Icon, Scale, Text, space};
use crate::ui::widgets::{Button, ProofId, Provable, asked_proof, columns, prose};
use crate::workbench::{Command, FileColumns, Loadable, Number, Proof, ProofCommand, SourceHash};

/// The widest that the window over the screen is, in points.
const WIDTH: f32 = 760.0;

/// Texts whose numbers can be asked how they were made.
pub(super) trait Proven {
    /// The same text, with the proof of its number.
    fn proven(self, number: &Number) -> Provable;
}

impl Proven for Text {
    fn proven(self, number: &Number) -> Provable {
        Provable::new(self, id_of(number))
    }
}

/// Words with a number: they can be asked how it was made while what is open holds it.
pub(super) fn told(ui: &mut Ui, context: &ViewContext<'_>, number: &Number, words: Text) {
    if context.workbench.proof_of(number, context.locale).is_some() {
        ui.add(words.proven(number));
    } else {
        ui.add(words);
    }
}

/// The id of a number's proof, for charts and lists.
pub(super) fn id_of(number: &Number) -> ProofId {
    ProofId::new(number.key())
}

/// Hands on what was asked for on the screen.
pub(super) fn listen(ui: &Ui, send: Send<'_>) {
    if let Some(number) = asked_proof(ui).and_then(|proof| Number::of_key(proof.key())) {
        send(Action::Run(Command::Prove(ProofCommand::Show(number))));
    }
}

/// Draws the proof of the number that was asked for.
pub(super) fn show(ui: &mut Ui, context: &ViewContext<'_>, send: Send<'_>) {
    let workbench = context.workbench;
    let Some(number) = workbench.proven() else { return };
    let Some(proof) = workbench.proof_of(number, context.locale) else {
        // The screen has moved on, and the number with it.
        send(Action::Run(Command::Prove(ProofCommand::Close)));
        return;
    };
    let hashes = workbench.hashes_of(number).latest().map(Vec::as_slice).unwrap_or_default();
    let mut asked = Vec::new();
    let closes = super::modal(
        ui,
        "proof",
        WIDTH.min(ui.available_width() - 2.0 * space::PAGE),
        |ui| contents(ui, context, &proof, hashes, &mut |action| asked.push(action)),
        |ui| {
            if ui.add(Button::primary("Copy command").icon(Icon::Terminal)).clicked() {
                send(Action::CopyText { text: proof.command.clone(), what: "Command" });
            }
            if ui.add(Button::secondary("Copy everything").icon(Icon::Copy)).clicked() {
                send(Action::CopyText { text: proof.as_text(hashes), what: "Proof" });
            }
            if ui.add(Button::quiet("Close")).clicked() {
                ui.close();
            }
        },
    );
    asked.into_iter().for_each(&mut *send);
    if closes {
        send(Action::Run(Command::Prove(ProofCommand::Close)));
    }
}

fn contents(ui: &mut Ui, context: &ViewContext<'_>, proof: &Proof, hashes: &[SourceHash], send: Send<'_>) {
    ui.spacing_mut().item_spacing.y = space::TIGHT;
    // The bar at the side stands clear of the rules.
    ui.set_max_width(ui.available_width() - space::MEDIUM);
    ui.add(Text::caption("How this number was made").secondary());
    ui.add(Text::section(&proof.title));
    figures(ui, proof);
    part(ui, "What it is", |ui| {
        ui.add(Text::body(&proof.meaning).selectable());
    });
    if let Some(definition) = &proof.definition {
        part(ui, "Definition", |ui| prose(ui, &definition.text));
    }
    sentences(ui, "Reading", &proof.reading);
    sentences(ui, "Of whom and when", &proof.selection);
    sentences(ui, "Left out", &proof.left_out);
    for file in &proof.files {
        part(ui, "From the file", |ui| of_file(ui, context, (&proof.number, file), hashes, send));
    }
    part(ui, "The same on the command line", |ui| {
        ui.add(Text::body(&proof.command).medium().selectable());
        if let Some(figure) = proof.figures.iter().find(|figure| figure.exact.is_some()) {
            let place = format!("In what it prints: {}", figure.place);
            ui.add(Text::caption(place).secondary().selectable());
        }
    });
}

/// The number, large, and the figures that belong to it.
fn figures(ui: &mut Ui, proof: &Proof) {
    let Some((first, rest)) = proof.figures.split_first() else { return };
    // Sentences are no headline.
    let is_short = first.words.chars().count() < 24;
    let words = if is_short { Text::title(&first.words) } else { Text::body(&first.words) };
    ui.horizontal_wrapped(|ui| {
        ui.add(words);
        ui.add(Text::body(&first.name).secondary());
    });
    /// More than this many are told side by side.
    const IN_A_LINE: usize = 8;
    for some in rest.chunks(IN_A_LINE) {
        let words: Vec<String> = some.iter().map(|figure| format!("{} {}", figure.name, figure.words)).collect();
        ui.add(Text::body(words.join("  \u{b7}  ")).secondary().selectable());
    }
}

/// A part of the proof: its name at the left.
fn part(ui: &mut Ui, name: &str, contents: impl FnOnce(&mut Ui)) {
    ui.add_space(Scale::of(ui).space(space::SMALL));
    super::rule(ui);
    ui.add_space(Scale::of(ui).space(space::TIGHT));
    columns(ui, [0.9, 3.0], |[left, right]| {
        left.add(Text::body(name).secondary());
        right.spacing_mut().item_spacing.y = Scale::of(right).space(space::TIGHT);
        contents(right);
    });
}

fn sentences(ui: &mut Ui, name: &str, sentences: &[String]) {
    if sentences.is_empty() {
        return;
    }
    part(ui, name, |ui| {
        for sentence in sentences {
            ui.add(Text::body(sentence).selectable());
        }
    });
}

/// One file: its name, its columns, and its hash as far as it is known.
fn of_file(
    ui: &mut Ui,
    context: &ViewContext<'_>,
    (number, file): (&Number, &FileColumns),
    hashes: &[SourceHash],
    send: Send<'_>,
) {
    ui.add(Text::body(&file.name).medium().selectable());
    for (what, header) in &file.columns {
        let words = if what == header { what.clone() } else { format!("{what}: {header}") };
        ui.add(Text::body(words).secondary().selectable());
    }
    let is_of_contacts = matches!(number, Number::Contacts(_));
    match context.workbench.hashes_of(number) {
        Loadable::Working { .. } if is_of_contacts => {
            ui.add(Text::caption("SHA-256: computing\u{2026}").secondary());
        }
        Loadable::Working { .. } => {
            let percent = context.hashed_part.unwrap_or_default() * 100.0;
            ui.horizontal(|ui| {
                ui.add(Text::caption(format!("SHA-256: computing\u{2026} {percent:.0} %")).secondary());
                if ui.add(Button::quiet("Stop")).clicked() {
                    send(Action::Run(Command::Prove(ProofCommand::StopHashing)));
                }
            });
        }
        Loadable::Absent => {
            ui.add(Text::caption("SHA-256: not computed").secondary());
        }
        Loadable::Ready(_) => {
            let words = match hashes.iter().find(|hash| hash.name == file.name).map(|hash| &hash.sha256) {
                Some(Ok(sha256)) => format!("SHA-256: {sha256}"),
                Some(Err(why)) => format!("SHA-256: none. {}", why.sentence()),
                None => "SHA-256: it could not be computed".to_owned(),
            };
            ui.add(Text::caption(words).secondary().selectable());
        }
    }
}
