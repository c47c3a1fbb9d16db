//! How far long work is.

use egui::{Response, Role, Sense, Ui, WidgetInfo, vec2};

use super::{Button, Card};
use crate::ui::theme::{Icon, Scale, Text, Tokens, space};

/// A card that says what is being read, how far it is, and lets people stop it.
#[derive(Debug, Clone)]
#[must_use = "show it in a Ui"]
pub struct ProgressCard {
    title: String,
    detail: String,
    fraction: Option<f32>,
}

impl ProgressCard {
    /// `title` names the thing, `detail` says how much is done: "1.2 of about 3 million rows".
    pub fn new(title: impl Into<String>, detail: impl Into<String>) -> Self {
        Self { title: title.into(), detail: detail.into(), fraction: None }
    }

    /// How much is done, 0 to 1. Without it the bar stays empty and no percent is claimed.
    pub fn fraction(mut self, fraction: f32) -> Self {
        self.fraction = Some(fraction.clamp(0.0, 1.0));
        self
    }

    /// Draws the card. Returns whether Cancel was pressed.
    pub fn show(self, ui: &mut Ui) -> bool {
        let percent = self.fraction.map(|fraction| format!("{:.0}%", fraction * 100.0));
        Card::new()
            .show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = Scale::of(ui).space(space::MEDIUM);
                ui.horizontal_top(|ui| {
                    let width = ui.available_width() - Scale::of(ui).space(72.0);
                    ui.vertical(|ui| {
                        ui.set_width(width.max(0.0));
                        ui.add(Text::section(&self.title).one_line());
                    });
                    if let Some(percent) = &percent {
                        ui.with_layout(egui::Layout::right_to_left(egui::Align::Min), |ui| {
                            ui.add(Text::section(percent));
                        });
                    }
                });
                progress_bar(ui, &self.title, self.fraction.unwrap_or_default());
                ui.horizontal(|ui| {
                    ui.add(Text::body(&self.detail).secondary());
                    ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                        ui.add(Button::secondary("Cancel").icon(Icon::X)).clicked()
                    })
                    .inner
                })
                .inner
            })
            .inner
    }
}

/// A thin bar, as wide as there is room; `fraction` from 0 to 1.
pub(super) fn progress_bar(ui: &mut Ui, name: &str, fraction: f32) -> Response {
    let tokens = Tokens::of(ui);
    let size = vec2(ui.available_width(), Scale::of(ui).space(space::SMALL));
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    response.widget_info(|| {
        let text = format!("{name}: {:.0}%", fraction * 100.0);
        WidgetInfo::labeled(Role::ProgressIndicator, true, text)
    });
    let radius = rect.height() / 2.0;
    ui.painter().rect_filled(rect, radius, tokens.line);
    let mut done = rect;
    done.set_width((rect.width() * fraction).max(rect.height()));
    if fraction > 0.0 {
        ui.painter().rect_filled(done, radius, tokens.accent);
    }
    response
}
