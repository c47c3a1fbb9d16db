//! Notices on top of a screen, the field for a path, and short answers that go away.

use std::path::PathBuf;

use egui::Ui;

use super::{Action, PathFor, Send, Toast, ViewContext, ViewState};
use crate::import::ImportOptions;
use crate::ui::theme::{Text, space};
use crate::ui::widgets::{Button, MarkKind, NoticeBanner, NoticeEvent, toast};
use crate::workbench::{
    ColumnsOf, Command, ContactCommand, FileCommand, NoticeAction, ProjectCommand, Tone, typed_path,
};

/// How long a short answer stays, in seconds.
const TOAST_SECONDS: f64 = 3.0;

/// Draws the notices, and the field for a path.
pub(super) fn show(ui: &mut Ui, context: &ViewContext<'_>, state: &mut ViewState, send: Send<'_>) {
    for (index, notice) in context.workbench.notices().iter().enumerate() {
        let kind = match notice.tone {
            Tone::Info => MarkKind::Info,
            Tone::Problem => MarkKind::NotFit,
        };
        let [what, why] = [&notice.what, &notice.why].map(|sentence| sentence.in_words(context.locale));
        let mut banner = NoticeBanner::new(kind, &what, &why, &notice.what_to_do);
        if let Some(action) = notice.action {
            banner = banner.action(match action {
                NoticeAction::Reload => "Reload",
                NoticeAction::TypePath => "Type a path\u{2026}",
                NoticeAction::ChooseColumns(_) => "Say what its columns hold\u{2026}",
                NoticeAction::ReadAsRecognized => "Recognize anew",
                NoticeAction::ReadAsPersonQuery => "Read it as a person query",
                NoticeAction::ChooseMissing(_) => "Choose where it is now\u{2026}",
                NoticeAction::UseChosen(_) => "Use it anyway",
                NoticeAction::SaveElsewhere => "Type a path to save to\u{2026}",
                NoticeAction::OpenVersion => "Open the last good version",
            });
        }
        let event = banner.show(ui);
        ui.add_space(space::MEDIUM);
        // Who leaves the columns as they are may still want to say what they hold.
        let asks = notice.action == Some(NoticeAction::ChooseColumns(ColumnsOf::Refused));
        if event.is_some_and(|event| event != NoticeEvent::Acted || !asks) {
            send(Action::Run(Command::Dismiss(index)));
        }
        match (event, notice.action) {
            (Some(NoticeEvent::Acted), Some(NoticeAction::Reload)) => {
                send(Action::Run(Command::File(FileCommand::Reload)));
            }
            (Some(NoticeEvent::Acted), Some(NoticeAction::TypePath)) => state.ask_for_path(),
            (Some(NoticeEvent::Acted), Some(NoticeAction::ChooseColumns(of))) => {
                send(Action::Run(Command::File(FileCommand::ChooseColumns(of))));
            }
            (Some(NoticeEvent::Acted), Some(NoticeAction::ReadAsPersonQuery)) => {
                send(Action::Run(Command::File(FileCommand::ReadAsPersonQuery)));
            }
            (Some(NoticeEvent::Acted), Some(NoticeAction::ReadAsRecognized)) => {
                send(Action::Run(Command::File(FileCommand::Reread(ImportOptions::default()))));
            }
            (Some(NoticeEvent::Acted), Some(NoticeAction::ChooseMissing(kind))) => {
                send(Action::Run(Command::Project(ProjectCommand::ChooseMissing(kind))));
            }
            (Some(NoticeEvent::Acted), Some(NoticeAction::UseChosen(kind))) => {
                send(Action::Run(Command::Project(ProjectCommand::UseChosen(kind))));
            }
            (Some(NoticeEvent::Acted), Some(NoticeAction::SaveElsewhere)) => state.ask_for_place(),
            (Some(NoticeEvent::Acted), Some(NoticeAction::OpenVersion)) => {
                send(Action::Run(Command::Project(ProjectCommand::OpenVersion)));
            }
            _ => {}
        }
    }
    let export = ("Path of the export", "/home/me/Downloads/person-query.csv", "Open");
    path_field(ui, &mut state.asks_for_path, export, |path| {
        send(Action::Run(Command::File(FileCommand::Open(vec![path]))));
    });
    let place = ("Save the project to", "/home/me/Documents/Customer focus.cfocus", "Save");
    path_field(ui, &mut state.asks_for_place, place, |path| {
        send(Action::Run(Command::Project(ProjectCommand::SaveTo(path))));
    });
    file_field(ui, state, send);
}

/// The field for a path of something else, where no dialog could be shown for it.
fn file_field(ui: &mut Ui, state: &mut ViewState, send: Send<'_>) {
    let Some((path_for, path)) = &mut state.asks_for_file else { return };
    let words = match path_for {
        PathFor::More => ("Path of the other export", "/home/me/Downloads/person-query-2.csv", "Open"),
        PathFor::Contacts => {
            ("Path of the export of time with contacts", "/home/me/Downloads/person-to-group.csv", "Open")
        }
        PathFor::Table(_) => ("Path of the table", "/home/me/Documents/table.csv", "Open"),
        PathFor::Save { .. } => ("Save the file to", "/home/me/Documents/report.html", "Save"),
    };
    ui.add(Text::body("No file dialog could be shown: this desktop has none for programs to use.").secondary());
    path_field(ui, path, words, |path| {
        send(match &*path_for {
            PathFor::More => Action::Run(Command::File(FileCommand::Add(vec![path]))),
            PathFor::Contacts => Action::Run(Command::Contacts(ContactCommand::Open(vec![path]))),
            PathFor::Table(table) => Action::ReadTable(*table, path),
            PathFor::Save { bytes, .. } => Action::SaveFileTo(path, bytes.clone()),
        });
    });
    if path.is_none() {
        state.asks_for_file = None;
    }
}

/// A field for a path, while one is asked for: its label, an example, and the word on its button.
fn path_field(
    ui: &mut Ui,
    asked: &mut Option<String>,
    (label, hint, word): (&str, &str, &str),
    entered_path: impl FnOnce(PathBuf),
) {
    let Some(path) = asked else { return };
    let mut done = false;
    ui.horizontal(|ui| {
        let label = ui.add(Text::body(label));
        let field = egui::TextEdit::singleline(path).hint_text(hint).desired_width(420.0);
        let response = ui.add(field).labelled_by(label.id);
        if !response.has_focus() && !response.lost_focus() && path.is_empty() {
            response.request_focus();
        }
        let entered = response.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
        if ui.add(Button::primary(word)).clicked() || entered {
            if let Some(path) = typed_path(path) {
                entered_path(path);
            }
            done = true;
        }
        done |= ui.add(Button::quiet("Cancel")).clicked();
    });
    ui.add_space(space::MEDIUM);
    if done {
        *asked = None;
    }
}

/// Draws the short answers at the foot of the window and lets old ones go.
pub(super) fn toasts(ui: &mut Ui, toasts: &mut Vec<Toast>) {
    let now = ui.input(|input| input.time);
    for toast in toasts.iter_mut() {
        toast.until.get_or_insert(now + TOAST_SECONDS);
    }
    toasts.retain(|toast| toast.until.is_none_or(|until| until > now));
    let Some(last) = toasts.last() else { return };
    toast(ui.ctx(), MarkKind::Fit, &last.text, None);
    ui.request_repaint_after(std::time::Duration::from_millis(500));
}
