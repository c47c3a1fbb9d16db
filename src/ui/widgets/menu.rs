//! Entries of menus: an icon, a word, and the key that does the same.

use egui::{Popup, PopupCloseBehavior, Response, Role, Sense, Ui, Widget, WidgetInfo, pos2, vec2};

use super::paint::focus_ring;
use crate::ui::theme::{Icon, Scale, Text, Tokens, icon_font, space};

/// An entry of a menu: `if ui.add(MenuItem::new(Icon::Copy, "Copy table")).clicked() { ... }`.
#[derive(Debug, Clone)]
#[must_use = "add it to a Ui"]
pub struct MenuItem {
    icon: Option<Icon>,
    word: String,
    shortcut: Option<String>,
}

impl MenuItem {
    /// An entry with an icon and a word.
    pub fn new(icon: Icon, word: impl Into<String>) -> Self {
        Self { icon: Some(icon), word: word.into(), shortcut: None }
    }

    /// The key that does the same, at the right edge.
    pub fn shortcut(mut self, key: impl Into<String>) -> Self {
        self.shortcut = Some(key.into());
        self
    }
}

impl Widget for MenuItem {
    fn ui(self, ui: &mut Ui) -> Response {
        let scale = Scale::of(ui);
        let tokens = Tokens::of(ui);
        let gap = scale.space(space::SMALL);
        let word = Text::body(&self.word).galley(ui, f32::INFINITY);
        let key = self.shortcut.as_ref().map(|key| Text::label(key).secondary().galley(ui, f32::INFINITY));
        let key_width = key.as_ref().map_or(0.0, |key| key.size().x + scale.space(space::SECTION));
        let icon_width = if self.icon.is_some() { scale.icon() + gap } else { 0.0 };
        let needed = 2.0 * gap + icon_width + word.size().x + key_width;
        // While egui measures a new menu, its width is not that of the entries yet.
        let width = if ui.is_sizing_pass() { needed } else { needed.max(ui.available_width()) };
        let size = vec2(width, scale.control_height());
        let (rect, response) = ui.allocate_exact_size(size, Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::MenuItem, ui.is_enabled(), &self.word));
        if response.hovered() || response.has_focus() {
            ui.painter().rect_filled(rect, space::CONTROL_RADIUS, tokens.hover);
        }
        focus_ring(ui, rect.shrink(1.0), &response, space::CONTROL_RADIUS);
        let middle = rect.center().y;
        let mut left = rect.left() + gap;
        if let Some(icon) = self.icon {
            let glyph = char::from(icon).to_string();
            let font = icon_font(scale.icon());
            let glyph = ui.painter().layout_no_wrap(glyph, font, tokens.secondary);
            ui.painter().galley(pos2(left, middle - glyph.size().y / 2.0), glyph, tokens.text);
            left += icon_width;
        }
        ui.painter().galley(pos2(left, middle - word.size().y / 2.0), word, tokens.text);
        if let Some(key) = key {
            let at = pos2(rect.right() - gap - key.size().x, middle - key.size().y / 2.0);
            ui.painter().galley(at, key, tokens.secondary);
        }
        response
    }
}

/// A card of words that opens over `button` and closes at a click outside it.
pub fn card_over<R>(button: &Response, width: f32, contents: impl FnOnce(&mut Ui) -> R) -> Option<R> {
    Popup::from_toggle_button_response(button)
        .id(button.id.with("card"))
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .align(egui::RectAlign::TOP_END)
        .gap(space::TIGHT)
        .show(|ui| {
            let scale = Scale::of(ui);
            ui.set_width(scale.space(width));
            ui.spacing_mut().item_spacing.y = scale.space(space::SMALL);
            egui::Frame::new().inner_margin(egui::Margin::from(scale.space(space::SMALL))).show(ui, contents).inner
        })
        .map(|shown| shown.inner)
}

/// A card of words and controls that opens under `button` and closes at a click outside it, or when `contents` says so.
pub fn card_under(button: &Response, width: f32, contents: impl FnOnce(&mut Ui) -> bool) {
    let id = button.id.with("card");
    let shown = Popup::from_toggle_button_response(button)
        .id(id)
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .align(egui::RectAlign::BOTTOM_START)
        .gap(space::TIGHT)
        .show(|ui| {
            ui.set_width(Scale::of(ui).space(width));
            contents(ui)
        });
    if shown.is_some_and(|shown| shown.inner) {
        Popup::close_id(&button.ctx, id);
    }
}

/// The menu that opens under `button` and closes at any click. `contents` adds [`MenuItem`]s.
pub fn menu_under<R>(button: &Response, contents: impl FnOnce(&mut Ui) -> R) -> Option<R> {
    Popup::menu(button)
        .id(button.id.with("menu"))
        .close_behavior(PopupCloseBehavior::CloseOnClick)
        .gap(space::TIGHT)
        .show(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            contents(ui)
        })
        .map(|shown| shown.inner)
}
