//! What stands where there is nothing to show yet.

use egui::{Layout, Ui};

use super::Button;
use crate::ui::theme::{Icon, Scale, Text, TextSize, Tokens, icon, space, text_column_width};

/// An empty place that says what it is for, why it is empty, and what to do.
#[derive(Debug, Clone)]
#[must_use = "show it in a Ui"]
pub struct EmptyState {
    icon: Icon,
    purpose: String,
    why: String,
    action: Option<Button>,
    copy: Option<String>,
}

/// What was asked for in an empty place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EmptyStateAction {
    /// The one action.
    Act,
    /// Put the text on the clipboard.
    Copy,
}

impl EmptyState {
    /// What this place is for, in a few words, and why it is empty, in a sentence or two.
    pub fn new(icon: Icon, purpose: impl Into<String>, why: impl Into<String>) -> Self {
        let (purpose, why) = (purpose.into(), why.into());
        Self { icon, purpose, why, action: None, copy: None }
    }

    /// The one thing to do here.
    pub fn action(mut self, button: Button) -> Self {
        self.action = Some(button);
        self
    }

    /// A text to hand on, shown with a Copy button.
    pub fn copy_text(mut self, text: impl Into<String>) -> Self {
        self.copy = Some(text.into());
        self
    }

    /// Draws it in the middle of the width. Says what was asked for.
    pub fn show(self, ui: &mut Ui) -> Option<EmptyStateAction> {
        let scale = Scale::of(ui);
        let tokens = Tokens::of(ui);
        let mut asked = None;
        let column = text_column_width(&scale, TextSize::Body) * 0.8;
        let width = ui.available_width().min(column);
        ui.vertical_centered(|ui| {
            ui.set_max_width(width);
            ui.spacing_mut().item_spacing.y = scale.space(space::SMALL);
            ui.add_space(scale.space(space::SECTION));
            ui.label(icon(self.icon, scale.space(36.0), tokens.secondary));
            ui.add_space(scale.space(space::TIGHT));
            ui.add(Text::section(self.purpose).centered());
            ui.add(Text::body(self.why).secondary().centered());
            if let Some(text) = &self.copy {
                ui.add_space(scale.space(space::TIGHT));
                if copy_field(ui, text) {
                    asked = Some(EmptyStateAction::Copy);
                }
            }
            if let Some(button) = self.action {
                ui.add_space(scale.space(space::TIGHT));
                if ui.add(button).clicked() {
                    asked = Some(EmptyStateAction::Act);
                }
            }
            ui.add_space(scale.space(space::SECTION));
        });
        asked
    }
}

/// A row in the middle of the width, such as further buttons under an empty place. `id` tells rows apart. A row that
/// is wider than there is room starts at the left and wraps.
pub fn centered_row(ui: &mut Ui, id: impl std::hash::Hash, contents: impl FnOnce(&mut Ui)) {
    // The width of the last frame makes the margin of this one.
    let memory = ui.scope_id().with(("centered row", egui::Id::unique(egui::util::hash(id))));
    let known = ui.data(|data| data.get_temp::<f32>(memory));
    let margin = known.map_or(0.0, |width| (ui.available_width() - width) / 2.0).max(0.0);
    let drawn = ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = Scale::of(ui).space(space::SMALL);
        // The space after the margin is no space between two buttons.
        ui.add_space(margin.floor());
        let start = ui.cursor().left();
        contents(ui);
        ui.min_rect().right() - start
    });
    if known.is_none_or(|width| (width - drawn.inner).abs() > 0.5) {
        ui.data_mut(|data| data.insert_temp(memory, drawn.inner));
        ui.request_discard("a row in the middle");
    }
}

/// A text to hand on, in a field with a Copy button. Returns whether the button was pressed.
fn copy_field(ui: &mut Ui, text: &str) -> bool {
    let tokens = Tokens::of(ui);
    let scale = Scale::of(ui);
    egui::Frame::new()
        .fill(tokens.page)
        .stroke(tokens.border())
        .corner_radius(space::CONTROL_RADIUS)
        .inner_margin(egui::Margin::from(scale.space(space::MEDIUM)))
        .show(ui, |ui| {
            ui.with_layout(Layout::top_down(egui::Align::Min), |ui| {
                ui.set_width(ui.available_width());
                ui.add(Text::body(text).selectable());
                ui.add(Button::secondary("Copy").icon(Icon::Copy)).clicked()
            })
            .inner
        })
        .inner
}
