//! The project: its menu in the bar, what happens to unsaved changes, and the offer of rescued work.

use egui::{Align, Layout, Ui};

use super::{Action, Send, ViewContext, ViewState, modal, rule};
use crate::project::store::is_project;
use crate::text;
use crate::ui::theme::{Icon, Text, space};
use crate::ui::widgets::{Button, MenuItem, bullets, chip, menu_under};
use crate::workbench::{Command, EarlierVersion, Next, ProjectCommand, Recovery, Since, Unsaved};

/// So many recent projects stand in the menu.
const RECENT: usize = 5;

/// The longest name in the bar, in characters.
const LONGEST_NAME: usize = 22;

fn ask(command: ProjectCommand) -> Action {
    Action::Run(Command::Project(command))
}

/// What the project is called.
fn name(context: &ViewContext<'_>) -> String {
    context.workbench.project_name().unwrap_or_else(|| "Untitled project".to_owned())
}

/// Whether there is a project that has a name to show.
pub(super) fn is_named(context: &ViewContext<'_>) -> bool {
    context.workbench.has_project_setup() || context.workbench.is_project_edited()
}

/// Draws the name of the project, and whether it is edited, with what can be done with it. Without room its icon.
pub(super) fn menu(ui: &mut Ui, context: &ViewContext<'_>, state: &mut ViewState, has_room: bool, send: Send<'_>) {
    let workbench = context.workbench;
    let button = if is_named(context) {
        let name = name(context);
        let is_long = name.chars().count() > LONGEST_NAME;
        let mut label: String = name.chars().take(LONGEST_NAME).collect();
        label += if is_long { "\u{2026}" } else { "" };
        label += if workbench.is_project_edited() { " (edited)" } else { "" };
        Button::secondary(label)
    } else {
        Button::quiet("Project")
    };
    let button = button.icon(Icon::BriefcaseBusiness);
    let button = ui.add(if has_room { button.opens_menu() } else { button.icon_only() });
    if workbench.project_read_only().is_some() {
        chip(ui, "READ-ONLY").on_hover_text("Changes can be saved to a copy: use Save project as.");
    }
    let entries = [
        (Icon::FilePlus2, "New project", "", ProjectCommand::New),
        (Icon::FolderOpen, "Open project\u{2026}", "", ProjectCommand::Pick),
        (Icon::Save, "Save project", "Ctrl+S", ProjectCommand::Save),
        (Icon::SaveAll, "Save project as\u{2026}", "Ctrl+Shift+S", ProjectCommand::SaveAs),
    ];
    menu_under(&button, |ui| {
        for (icon, word, key, command) in entries {
            let item = MenuItem::new(icon, word);
            if ui.add(if key.is_empty() { item } else { item.shortcut(key) }).clicked() {
                send(ask(command));
                ui.close();
            }
        }
        let versions = MenuItem::new(Icon::FileClock, "Earlier versions\u{2026}");
        if workbench.project_path().is_some() && ui.add(versions).clicked() {
            send(ask(ProjectCommand::ShowVersions));
            ui.close();
        }
        if ui.add(MenuItem::new(Icon::TextCursorInput, "Type a path to save to\u{2026}")).clicked() {
            state.ask_for_place();
            ui.close();
        }
        let recent = context.recent.iter().filter(|path| is_project(path.as_ref()));
        for path in recent.take(RECENT) {
            let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
            if ui.add(MenuItem::new(Icon::History, name)).on_hover_text(path).clicked() {
                send(Action::OpenRecent(path.clone()));
                ui.close();
            }
        }
    });
}

/// Draws the question what becomes of unsaved changes, while it is open.
pub(super) fn unsaved(ui: &mut Ui, context: &ViewContext<'_>, send: Send<'_>) {
    let Some(next) = context.workbench.unsaved_question() else { return };
    let what_next = match next {
        Next::Leave => "The window is about to close.",
        Next::New => "A new project is about to begin.",
        Next::Open(_) | Next::Version(_) | Next::Recover => "Another project is about to be opened.",
    };
    let contents = |ui: &mut Ui| {
        ui.spacing_mut().item_spacing.y = space::SMALL;
        ui.add(Text::section(format!("Save the changes to {}?", name(context))));
        ui.add(Text::body(format!("{what_next} Without saving, what changed since the last save is lost.")));
    };
    let mut answer = None;
    let closes = modal(ui, "unsaved", 460.0, contents, |ui| {
        let choices = [
            (Button::primary("Save"), Unsaved::Save),
            (Button::secondary("Don\u{2019}t save"), Unsaved::Discard),
            (Button::quiet("Cancel"), Unsaved::Cancel),
        ];
        for (button, choice) in choices {
            if ui.add(button).clicked() {
                answer = Some(choice);
            }
        }
    });
    if let Some(answer) = answer.or(closes.then_some(Unsaved::Cancel)) {
        send(ask(ProjectCommand::Answer(answer)));
    }
}

/// Draws the offer of work that a program left which ended before it was saved.
pub(super) fn recovery(ui: &mut Ui, context: &ViewContext<'_>, send: Send<'_>) {
    let Some(Recovery { kept, of, differences }) = context.workbench.offered_recovery() else { return };
    if context.workbench.unsaved_question().is_some() {
        return;
    }
    let contents = |ui: &mut Ui| {
        ui.spacing_mut().item_spacing.y = space::SMALL;
        ui.add(Text::section("Unsaved work from before is still here"));
        let name = of.and_then(|path| path.file_name()).map(|name| name.to_string_lossy().into_owned());
        let of = name.map_or_else(|| "an untitled project".to_owned(), |name| format!("changes to {name}"));
        // By the clock of this computer: "Nov 22, 2026, 08:15".
        let when = kept.map(|at| format!(", kept {}, {}", text::date(at.date(), context.locale), at.format("%H:%M")));
        let when = when.unwrap_or_default();
        ui.add(Text::body(format!("The program ended before this was saved: {of}{when}.")));
        let words: Vec<String> = differences.iter().map(|difference| difference.in_words(context.locale)).collect();
        if words.is_empty() {
            ui.add(Text::body("It differs in settings, views or exports only.").secondary());
        }
        bullets(ui, &words.iter().map(String::as_str).collect::<Vec<_>>());
    };
    let mut command = None;
    let closes = modal(ui, "recovery", 480.0, contents, |ui| {
        let choices = [
            (Button::primary("Recover").icon(Icon::RotateCcw), ProjectCommand::Recover),
            (Button::secondary("Discard").icon(Icon::Trash2), ProjectCommand::DropRecovery),
            (Button::quiet("Decide later"), ProjectCommand::KeepRecoveryForLater),
        ];
        for (button, choice) in choices {
            if ui.add(button).clicked() {
                command = Some(choice);
            }
        }
    });
    if let Some(command) = command.or(closes.then_some(ProjectCommand::KeepRecoveryForLater)) {
        send(ask(command));
    }
}

/// Draws the versions that are kept of the project, while they are shown.
pub(super) fn versions(ui: &mut Ui, context: &ViewContext<'_>, send: Send<'_>) {
    let Some(versions) = context.workbench.earlier_versions() else { return };
    if context.workbench.unsaved_question().is_some() {
        return;
    }
    let mut opened = None;
    let contents = |ui: &mut Ui| {
        ui.spacing_mut().item_spacing.y = space::SMALL;
        ui.add(Text::section(format!("Earlier versions of {}", name(context))));
        let why =
            "The last five states that were saved, the newest first. One opens beside the file, which stays as it is.";
        ui.add(Text::body(why).secondary());
        if versions.is_empty() {
            ui.add(Text::body("None is kept yet: the first one comes with the next save that changes something."));
        }
        for (place, version) in versions.iter().enumerate() {
            rule(ui);
            ui.push_id(("version", place), |ui| {
                if version_row(ui, context, version, place) {
                    opened = Some(version.path.clone());
                }
            });
        }
    };
    let closes = modal(ui, "versions", 560.0, contents, |ui| {
        if ui.add(Button::quiet("Close")).clicked() {
            ui.close();
        }
    });
    if let Some(path) = opened {
        send(ask(ProjectCommand::OpenKept(path)));
    } else if closes {
        send(ask(ProjectCommand::HideVersions));
    }
}

/// When a version was written and what happened since; returns whether it is to be opened.
fn version_row(ui: &mut Ui, context: &ViewContext<'_>, version: &EarlierVersion, place: usize) -> bool {
    // By the clock of this computer: "Nov 22, 2026, 08:15".
    let at = version.written.map(|at| format!("{}, {}", text::date(at.date(), context.locale), at.format("%H:%M")));
    let at = at.unwrap_or_else(|| "At an unknown time".to_owned());
    ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
        let open = Button::secondary(format!("Open version {}", place + 1)).icon(Icon::ArrowRight);
        let is_opened = ui.add_enabled(version.since.is_some(), open).clicked();
        ui.with_layout(Layout::top_down(Align::Min), |ui| {
            ui.add(Text::body(at).medium());
            ui.add(Text::caption(since_in_words(context, version.since.as_ref())).secondary());
        });
        is_opened
    })
    .inner
}

/// "Since then 2 decisions added, 1 changed; 1 plan added." `None` for a version that cannot be read.
fn since_in_words(context: &ViewContext<'_>, since: Option<&Since>) -> String {
    let Some(since) = since else { return "It cannot be read.".to_owned() };
    let mut words: Vec<String> = since.made.iter().map(|noun| noun.in_words(context.locale)).collect();
    if since.is_set_otherwise {
        words.push("settings, views or exports changed".to_owned());
    }
    if words.is_empty() {
        return "The same as now.".to_owned();
    }
    format!("Since then {}.", words.join("; "))
}
