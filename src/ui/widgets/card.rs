//! Cards, rows of cards of equal height, and the head of a page.

use egui::{Align, CursorIcon, Frame, Id, InnerResponse, Layout, Margin, Rect, Response, Role, ScrollArea, Sense};
use egui::{Stroke, StrokeKind, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use super::paint::focus_ring;

use crate::ui::theme::{Scale, Text, Tokens, space};

/// A panel with a border and round corners, as wide as there is room.
#[derive(Debug, Clone, Copy, Default)]
#[must_use = "show it in a Ui"]
pub struct Card {
    min_height: f32,
}

impl Card {
    /// A card as high as its contents.
    pub fn new() -> Self {
        Self::default()
    }

    /// A card at least `height` points high, border included.
    pub fn min_height(mut self, height: f32) -> Self {
        self.min_height = height;
        self
    }

    /// Draws the card round its contents.
    pub fn show<R>(self, ui: &mut Ui, contents: impl FnOnce(&mut Ui) -> R) -> InnerResponse<R> {
        let tokens = Tokens::of(ui);
        let padding = Scale::of(ui).space(space::CARD);
        Frame::new()
            .fill(tokens.card)
            .stroke(tokens.border())
            .corner_radius(space::CARD_RADIUS)
            .inner_margin(Margin::from(padding))
            .show(ui, |ui| {
                ui.set_width(ui.available_width().max(0.0));
                // A page may set its cards far apart; what is in a card stands closer.
                ui.spacing_mut().item_spacing.y = Scale::of(ui).space(space::SMALL);
                ui.set_min_height((self.min_height - 2.0 * padding - 2.0).max(0.0));
                contents(ui)
            })
    }
}

/// A card that is pressed as a whole, by pointer or keyboard; screen readers call it `name`. What can be pressed within
/// it goes first.
pub fn pressed_card<R>(ui: &mut Ui, name: &str, contents: impl FnOnce(&mut Ui) -> R) -> Response {
    let sense = UiBuilder::new().sense(Sense::click());
    let response = ui.scope_builder(sense, |ui| Card::new().show(ui, contents)).response;
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), name));
    if response.gained_focus() {
        response.scroll_to_me(None);
    }
    if response.hovered() {
        ui.set_cursor_icon(CursorIcon::PointingHand);
        let stroke = Stroke::new(1.0, Tokens::of(ui).secondary);
        ui.painter().rect_stroke(response.rect, space::CARD_RADIUS, stroke, StrokeKind::Inside);
    }
    focus_ring(ui, response.rect.shrink(1.0), &response, space::CARD_RADIUS);
    response
}

/// A part of a card in a row of cards.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CardPart {
    /// What stands at the top.
    Body,
    /// What stands at the bottom, at the same height as in the cards beside it.
    Foot,
}

/// `count` cards side by side, all as high as the highest of them. `id` tells rows of cards apart.
pub fn equal_cards(ui: &mut Ui, id: impl std::hash::Hash, count: usize, mut contents: impl FnMut(&mut Ui, usize)) {
    equal_cards_with_foot(ui, id, count, |ui, index, part| {
        if part == CardPart::Body {
            contents(ui, index);
        }
    });
}

/// Like [`equal_cards`], with a row of buttons or the like pinned to the bottom of each card: `contents` is
/// called twice for each, for its body and for its foot.
pub fn equal_cards_with_foot(
    ui: &mut Ui,
    id: impl std::hash::Hash,
    count: usize,
    mut contents: impl FnMut(&mut Ui, usize, CardPart),
) {
    let count = count.max(1);
    let gap = Scale::of(ui).space(space::GAP);
    let width = ((ui.available_width() - gap * (count - 1) as f32) / count as f32).max(0.0);
    // The natural heights of the last frame make the common height of this one.
    let memory = ui.scope_id().with(("equal cards", Id::unique(egui::util::hash(id))));
    let known = ui.data(|data| data.get_temp::<Vec<f32>>(memory)).unwrap_or_default();
    let common = known.iter().copied().fold(0.0, f32::max);
    let border = 2.0 * Scale::of(ui).space(space::CARD) + 2.0;
    let mut natural = Vec::with_capacity(count);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = gap;
        for index in 0..count {
            ui.allocate_ui_with_layout(vec2(width, 0.0), Layout::top_down(Align::Min), |ui| {
                ui.spacing_mut().item_spacing.x = Scale::of(ui).space(space::SMALL);
                ui.set_width(width);
                Card::new().min_height(common + border).show(ui, |ui| {
                    let lower = known.get(index).map_or(0.0, |height| common - height);
                    let spacing = std::mem::take(&mut ui.spacing_mut().item_spacing.y);
                    let mut part = |ui: &mut Ui, part| {
                        let drawn = ui.scope(|ui| {
                            ui.spacing_mut().item_spacing.y = spacing;
                            contents(ui, index, part);
                        });
                        drawn.response.rect.height()
                    };
                    let body = part(ui, CardPart::Body);
                    ui.add_space(lower);
                    natural.push(body + part(ui, CardPart::Foot));
                });
            });
        }
    });
    let moved = |(now, last): (&f32, &f32)| (now - last).abs() > 0.5;
    if natural.len() != known.len() || natural.iter().zip(&known).any(moved) {
        ui.data_mut(|data| data.insert_temp(memory, natural));
        ui.request_discard("cards of equal height");
    }
}

/// Columns side by side with the gap of cards between them, as wide as their parts of `shares`.
pub fn columns<const N: usize>(ui: &mut Ui, shares: [f32; N], contents: impl FnOnce([&mut Ui; N])) {
    let gap = Scale::of(ui).space(space::GAP);
    let total: f32 = shares.iter().sum();
    let room = (ui.available_width() - gap * N.saturating_sub(1) as f32).max(0.0);
    let top = ui.cursor().min;
    let height = ui.available_height().max(0.0);
    let mut left = top.x;
    let mut columns = shares.map(|share| {
        // Whole points, so that words stand on whole pixels.
        let width = (room * share / total.max(f32::EPSILON)).floor();
        let area = Rect::from_min_size(pos2(left, top.y), vec2(width, height));
        left += width + gap;
        let layout = Layout::top_down(Align::Min);
        ui.new_child(UiBuilder::new().id_salt(left.to_bits()).max_rect(area).layout(layout))
    });
    contents(columns.each_mut());
    let lowest = columns.iter().map(|column| column.min_rect().bottom()).fold(top.y, f32::max);
    let width = ui.available_width().max(0.0);
    ui.advance_cursor_after_rect(Rect::from_min_size(top, vec2(width, lowest - top.y)));
}

/// The widest that the contents of a page become, in points at a desk: wider lines tire the eye.
const WIDEST_PAGE: f32 = 1440.0;

/// A page that scrolls, with its margin round it. `id` keeps the place of each page.
pub fn page<R>(ui: &mut Ui, id: impl std::hash::Hash + std::fmt::Debug, contents: impl FnOnce(&mut Ui) -> R) -> R {
    ScrollArea::vertical()
        .id_salt(("page", id))
        .auto_shrink([false, false])
        .show(ui, |ui| {
            let scale = Scale::of(ui);
            let margin = Margin::from(scale.space(space::PAGE));
            Frame::new().inner_margin(margin).show(ui, |ui| {
                ui.set_max_width(ui.available_width().min(scale.space(WIDEST_PAGE)));
                ui.spacing_mut().item_spacing.y = scale.space(space::GAP);
                contents(ui)
            })
        })
        .inner
        .inner
}

/// The head of a page: the finding as a sentence, and what it rests on.
pub fn page_header(ui: &mut Ui, title: &str, subtitle: &str) {
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = Scale::of(ui).space(space::TIGHT);
        ui.add(Text::title(title));
        if !subtitle.is_empty() {
            ui.add(Text::lead(subtitle).secondary());
        }
    });
}
