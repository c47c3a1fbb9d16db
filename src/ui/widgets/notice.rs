//! What people are told: banners that stay until dismissed, and toasts that pass.

use egui::{Align, Align2, Area, Context, Frame, Id, Layout, Margin, Order, Role, Ui, vec2};

use super::Button;
use super::mark::{MarkKind, paint_mark};
use crate::ui::theme::{Icon, Scale, Text, TextSize, Tokens, space};

/// A notice in three sentences: what happened, why, and what to do.
#[derive(Debug, Clone)]
#[must_use = "show it in a Ui"]
pub struct NoticeBanner {
    kind: MarkKind,
    what: String,
    why: String,
    what_to_do: String,
    action: Option<String>,
}

/// What was pressed on a notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoticeEvent {
    /// The notice may go.
    Dismissed,
    /// Its action.
    Acted,
}

impl NoticeBanner {
    /// A notice of a kind: [`MarkKind::Fit`] for done, [`MarkKind::Info`], [`MarkKind::WithCare`],
    /// [`MarkKind::NotFit`] for failed. Empty sentences are left out.
    pub fn new(kind: MarkKind, what: &str, why: &str, what_to_do: &str) -> Self {
        Self { kind, what: what.to_owned(), why: why.to_owned(), what_to_do: what_to_do.to_owned(), action: None }
    }

    /// With a button that does what is to be done.
    pub fn action(mut self, word: impl Into<String>) -> Self {
        self.action = Some(word.into());
        self
    }

    /// Draws the notice, as wide as there is room. Says what was pressed.
    pub fn show(self, ui: &mut Ui) -> Option<NoticeEvent> {
        let scale = Scale::of(ui);
        let tokens = Tokens::of(ui);
        let mut event = None;
        Frame::new()
            .fill(tokens.card)
            .stroke(tokens.border())
            .corner_radius(space::CARD_RADIUS)
            .inner_margin(Margin::from(scale.space(space::MEDIUM)))
            .show(ui, |ui| {
                ui.horizontal_top(|ui| {
                    ui.spacing_mut().item_spacing.x = scale.space(space::MEDIUM);
                    let side = scale.line_height(TextSize::Body);
                    let (rect, _) = ui.allocate_exact_size(vec2(side, side), egui::Sense::hover());
                    paint_mark(ui.painter(), tokens, self.kind, rect.center(), side * 0.4);
                    let buttons = scale.control_height() + scale.space(space::MEDIUM);
                    let width = (ui.available_width() - buttons).max(0.0);
                    ui.vertical(|ui| {
                        ui.set_width(width);
                        ui.spacing_mut().item_spacing.y = scale.space(2.0);
                        ui.add(Text::body(&self.what).semi_bold());
                        let rest = [self.why.as_str(), self.what_to_do.as_str()];
                        let rest: Vec<_> = rest.into_iter().filter(|text| !text.is_empty()).collect();
                        if !rest.is_empty() {
                            ui.add(Text::body(rest.join(" ")).secondary());
                        }
                        if let Some(word) = &self.action {
                            ui.add_space(scale.space(space::TIGHT));
                            if ui.add(Button::secondary(word)).clicked() {
                                event = Some(NoticeEvent::Acted);
                            }
                        }
                    });
                    ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
                        let dismiss = Button::quiet("Dismiss").icon(Icon::X).icon_only();
                        if ui.add(dismiss).clicked() {
                            event = Some(NoticeEvent::Dismissed);
                        }
                    });
                });
            });
        event
    }
}

/// A short word that something was done, over the foot of the window. The application decides how long
/// to show it. Returns whether its action (such as Undo) was pressed.
pub fn toast(ctx: &Context, kind: MarkKind, text: &str, action: Option<&str>) -> bool {
    Area::new(Id::unique("toast"))
        .order(Order::Foreground)
        .anchor(Align2::CENTER_BOTTOM, vec2(0.0, -space::PAGE))
        .role(Role::Status)
        .accessible_name(text)
        .show(ctx, |ui| {
            let scale = Scale::of(ui);
            let tokens = Tokens::of(ui);
            Frame::popup(ui.style())
                .fill(tokens.card)
                .corner_radius(space::CARD_RADIUS)
                .inner_margin(Margin::symmetric(16, 12))
                .show(ui, |ui| {
                    ui.horizontal(|ui| {
                        let side = scale.size(TextSize::Body);
                        let (rect, _) = ui.allocate_exact_size(vec2(side, side), egui::Sense::hover());
                        paint_mark(ui.painter(), tokens, kind, rect.center(), side * 0.5);
                        ui.add(Text::body(text));
                        action.is_some_and(|word| ui.add(Button::quiet(word)).clicked())
                    })
                    .inner
                })
                .inner
        })
        .inner
}
