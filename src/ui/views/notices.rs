//! Notices on top of a screen, the field for a path, and short answers that go away.

use egui::{Align2, Area, Id, Margin, Order, Ui, vec2};

use super::{Action, Send, Toast, ViewContext, ViewState};
use crate::ui::theme::{Icon, Text, Tokens, space};
use crate::ui::widgets::Button;
use crate::workbench::{Command, FileCommand, Notice, NoticeAction, Tone, typed_path};

/// How long a short answer stays, in seconds.
const TOAST_SECONDS: f64 = 3.0;

/// Draws the notices, and the field for a path.
pub(super) fn show(ui: &mut Ui, context: &ViewContext<'_>, state: &mut ViewState, send: Send<'_>) {
    for (index, notice) in context.workbench.notices().iter().enumerate() {
        banner(ui, index, notice, state, send);
    }
    path_field(ui, state, send);
}

fn banner(ui: &mut Ui, index: usize, notice: &Notice, state: &mut ViewState, send: Send<'_>) {
    let tokens = Tokens::of(ui);
    let edge = match notice.tone {
        Tone::Info => tokens.accent,
        Tone::Problem => tokens.data.status.late,
    };
    let frame = egui::Frame::new()
        .fill(tokens.card)
        .stroke(egui::Stroke::new(1.0, edge))
        .corner_radius(space::CARD_RADIUS)
        .inner_margin(Margin::same(16));
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = space::TIGHT;
        ui.add(Text::body(&notice.what).semi_bold());
        ui.add(Text::body(format!("{} {}", notice.why, notice.what_to_do)));
        ui.horizontal(|ui| {
            match notice.action {
                Some(NoticeAction::Reload) if ui.add(Button::secondary("Reload").icon(Icon::RefreshCw)).clicked() => {
                    send(Action::Run(Command::Dismiss(index)));
                    send(Action::Run(Command::File(FileCommand::Reload)));
                }
                Some(NoticeAction::TypePath) if ui.add(Button::secondary("Type a path\u{2026}")).clicked() => {
                    send(Action::Run(Command::Dismiss(index)));
                    state.ask_for_path();
                }
                _ => {}
            }
            if ui.add(Button::quiet("Dismiss").icon(Icon::X)).clicked() {
                send(Action::Run(Command::Dismiss(index)));
            }
        });
    });
    ui.add_space(space::MEDIUM);
}

fn path_field(ui: &mut Ui, state: &mut ViewState, send: Send<'_>) {
    let Some(path) = &mut state.asks_for_path else { return };
    let mut done = false;
    ui.horizontal(|ui| {
        let label = ui.add(Text::body("Path of the export"));
        let field =
            egui::TextEdit::singleline(path).hint_text("/home/me/Downloads/person-query.csv").desired_width(420.0);
        let response = ui.add(field).labelled_by(label.id);
        if !response.has_focus() && !response.lost_focus() && path.is_empty() {
            response.request_focus();
        }
        let entered = response.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
        if ui.add(Button::primary("Open")).clicked() || entered {
            if let Some(path) = typed_path(path) {
                send(Action::Run(Command::File(FileCommand::Open(vec![path]))));
            }
            done = true;
        }
        done |= ui.add(Button::quiet("Cancel")).clicked();
    });
    ui.add_space(space::MEDIUM);
    if done {
        state.asks_for_path = None;
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
    let tokens = Tokens::of(ui);
    Area::new(Id::unique("toast")).order(Order::Foreground).anchor(Align2::CENTER_BOTTOM, vec2(0.0, -48.0)).show(
        ui.ctx(),
        |ui| {
            let frame = egui::Frame::new()
                .fill(tokens.text)
                .corner_radius(space::CONTROL_RADIUS)
                .inner_margin(Margin::symmetric(16, 10));
            frame.show(ui, |ui| {
                ui.add(Text::body(&last.text).medium().tone(crate::ui::theme::Tone::Ink(tokens.card)));
            });
        },
    );
    ui.request_repaint_after(std::time::Duration::from_millis(500));
}
