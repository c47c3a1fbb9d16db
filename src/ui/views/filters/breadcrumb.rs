//! The row under the bar that says what is filtered, each part with a way to take it out.

use egui::{Margin, Panel, Ui};

use super::super::{Action, Send, ViewContext, is_by_month};
use crate::ui::theme::{Text, Tokens, space};
use crate::ui::widgets::{Button, removable_chip};
use crate::workbench::{Command, FilterCommand, wording};

/// Draws the row; nothing where nothing is filtered.
pub(in crate::ui::views) fn breadcrumb(ui: &mut Ui, context: &ViewContext<'_>, send: Send<'_>) {
    if context.workbench.results().is_none() {
        return;
    }
    let filter = &context.workbench.question().filter;
    let parts = wording::filter_parts(filter, is_by_month(context), context.locale);
    if parts.is_empty() {
        return;
    }
    let frame =
        egui::Frame::new().fill(Tokens::of(ui).page).inner_margin(Margin { left: 32, right: 32, top: 8, bottom: 0 });
    Panel::top("breadcrumb").frame(frame).show_separator_line(false).show(ui, |ui| {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = egui::vec2(space::SMALL, space::TIGHT);
            ui.add(Text::body("Filtered").secondary());
            for part in parts {
                if removable_chip(ui, &part.words).clicked() {
                    send(Action::Run(Command::Filter(part.clear)));
                }
            }
            if ui.add(Button::quiet("Clear all filters")).clicked() {
                send(Action::Run(Command::Filter(FilterCommand::ClearAll)));
            }
        });
    });
}
