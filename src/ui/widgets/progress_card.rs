//! How far long work is.

use egui::{Role, Sense, Ui, WidgetInfo, vec2};

use super::axis::{PERCENT_SPACE, percent};
use super::{Button, Card};
use crate::ui::theme::{Icon, Scale, Text, Tokens, space};

/// A card that says what is being read, how far it is, and lets people stop it.
#[derive(Debug, Clone)]
#[must_use = "show it in a Ui"]
pub struct ProgressCard {
    title: String,
    detail: String,
    fraction: Option<f32>,
    percent_space: char,
}

impl ProgressCard {
    /// `title` names the thing, `detail` says how much is done: "1.2 of about 3 million rows".
    pub fn new(title: impl Into<String>, detail: impl Into<String>) -> Self {
        Self { title: title.into(), detail: detail.into(), fraction: None, percent_space: PERCENT_SPACE }
    }

    /// How much is done, 0 to 1. Without it the bar stays empty and no percent is claimed.
    pub fn fraction(mut self, fraction: f32) -> Self {
        self.fraction = Some(fraction.clamp(0.0, 1.0));
        self
    }

    /// What stands between the number of percents and their sign; a space at which no line breaks unless told.
    pub fn percent_space(mut self, space: char) -> Self {
        self.percent_space = space;
        self
    }

    /// Draws the card. Returns whether Cancel was pressed.
    pub fn show(self, ui: &mut Ui) -> bool {
        let percent = self.percent();
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
                self.bar(ui);
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

    fn percent(&self) -> Option<String> {
        self.fraction.map(|fraction| percent(f64::from(fraction), self.percent_space))
    }

    /// A thin bar, as wide as there is room.
    fn bar(&self, ui: &mut Ui) {
        let tokens = Tokens::of(ui);
        let size = vec2(ui.available_width(), Scale::of(ui).space(space::SMALL));
        let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
        response.widget_info(|| {
            let text =
                self.percent().map_or_else(|| self.title.clone(), |percent| format!("{}: {percent}", self.title));
            WidgetInfo::labeled(Role::ProgressIndicator, true, text)
        });
        let radius = rect.height() / 2.0;
        ui.painter().rect_filled(rect, radius, tokens.line);
        if let Some(fraction) = self.fraction.filter(|fraction| *fraction > 0.0) {
            let mut done = rect;
            done.set_width((rect.width() * fraction).max(rect.height()));
            ui.painter().rect_filled(done, radius, tokens.accent);
        }
    }
}
