//! The start: nothing is open yet.

use egui::{Align, Layout, Ui};

use super::{Action, Send, ViewContext, ViewState, frame};
use crate::project::store::is_project;
use crate::ui::theme::{Icon, Text, space};
use crate::ui::widgets::Button;
use crate::workbench::{Command, FileCommand};

/// Draws the screen.
pub(super) fn show(ui: &mut Ui, context: &ViewContext<'_>, state: &mut ViewState, send: Send<'_>) {
    let width = ui.available_width().min(640.0);
    let margin = ((ui.available_width() - width) / 2.0).max(0.0);
    ui.horizontal_top(|ui| {
        ui.add_space(margin);
        ui.vertical(|ui| {
            ui.set_width(width);
            ui.add_space(space::PAGE * 2.0);
            if context.workbench.is_reading() {
                frame::progress(ui, context, send);
            } else {
                welcome(ui, context, state, send);
            }
        });
    });
}

fn welcome(ui: &mut Ui, context: &ViewContext<'_>, state: &mut ViewState, send: Send<'_>) {
    ui.add(Text::title("See how your organization focuses on customers"));
    ui.add(Text::lead("Open a person query from Viva Insights or Workplace Analytics: time with customers, coaching and internal networks, next to best practices.").secondary());
    ui.add_space(space::SECTION);
    ui.horizontal(|ui| {
        if ui.add(Button::primary("Open export\u{2026}").icon(Icon::FolderOpen).shortcut("Ctrl+O")).clicked() {
            send(Action::Run(Command::File(FileCommand::Pick)));
        }
        if ui.add(Button::secondary("Open the sample company").icon(Icon::Building2)).clicked() {
            send(Action::Run(Command::File(FileCommand::OpenSample)));
        }
    });
    ui.add_space(space::SMALL);
    ui.horizontal(|ui| {
        ui.add(Text::caption("Or drop a CSV or ZIP file anywhere on this window.").secondary());
        if ui.add(Button::quiet("Type a path\u{2026}")).clicked() {
            state.ask_for_path();
        }
    });
    ui.add_space(space::SECTION);
    if !context.recent.is_empty() {
        ui.add(Text::body("Recent files").semi_bold());
        for path in context.recent {
            recent_row(ui, path, send);
        }
        ui.add_space(space::SECTION);
    }
    ui.add(Text::caption("Everything stays on this computer: no network, no account.").secondary());
}

fn recent_row(ui: &mut Ui, path: &str, send: Send<'_>) {
    ui.horizontal(|ui| {
        let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
        let icon = if is_project(path.as_ref()) { Icon::BriefcaseBusiness } else { Icon::FileSpreadsheet };
        if ui.add(Button::quiet(name).icon(icon)).on_hover_text(path).clicked() {
            send(Action::OpenRecent(path.to_owned()));
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let forget = Button::quiet(format!("Forget {name}")).icon(Icon::X).icon_only();
            if ui.add(forget).clicked() {
                send(Action::ForgetRecent(path.to_owned()));
            }
        });
    });
}
