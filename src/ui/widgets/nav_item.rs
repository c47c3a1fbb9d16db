//! An entry of the navigation rail.

use egui::{Response, Role, Sense, Ui, Widget, WidgetInfo, pos2, vec2};

use super::paint::focus_ring;
use crate::ui::theme::{Icon, Scale, Text, Tokens, Tone, icon_font, space};

/// An entry of the navigation rail: icon and word, as wide as the rail.
#[derive(Debug, Clone)]
#[must_use = "add it to a Ui"]
pub struct NavItem {
    icon: Icon,
    word: String,
    selected: bool,
    narrow: bool,
    height: f32,
    shortcut: Option<String>,
}

impl NavItem {
    /// How high an entry is where there is room, and how high it is at least, in points at a desk.
    pub const HEIGHTS: std::ops::RangeInclusive<f32> = 28.0..=36.0;

    /// An entry that leads to the screen called `word`.
    pub fn new(icon: Icon, word: impl Into<String>) -> Self {
        Self { icon, word: word.into(), selected: false, narrow: false, height: *Self::HEIGHTS.end(), shortcut: None }
    }

    /// Whether this screen is open.
    pub fn selected(mut self, selected: bool) -> Self {
        self.selected = selected;
        self
    }

    /// Only the icon, for a narrow rail; the word shows under the pointer.
    pub fn narrow(mut self, narrow: bool) -> Self {
        self.narrow = narrow;
        self
    }

    /// How high it is, within [`NavItem::HEIGHTS`].
    pub fn height(mut self, height: f32) -> Self {
        self.height = height.clamp(*Self::HEIGHTS.start(), *Self::HEIGHTS.end());
        self
    }

    /// The key that leads there, at the right edge.
    pub fn shortcut(mut self, key: impl Into<String>) -> Self {
        self.shortcut = Some(key.into());
        self
    }
}

impl Widget for NavItem {
    fn ui(self, ui: &mut Ui) -> Response {
        let scale = Scale::of(ui);
        let tokens = Tokens::of(ui);
        let height = scale.space(self.height);
        let width = if self.narrow { height } else { ui.available_width() };
        let (rect, mut response) = ui.allocate_exact_size(vec2(width, height), Sense::click());
        response.widget_info(|| WidgetInfo::selected(Role::Link, ui.is_enabled(), self.selected, &self.word));
        if ui.is_rect_visible(rect) {
            let radius = space::CONTROL_RADIUS;
            let ink = if self.selected { tokens.accent } else { tokens.text };
            if self.selected {
                ui.painter().rect_filled(rect, radius, tokens.selected);
            } else if response.hovered() {
                ui.painter().rect_filled(rect, radius, tokens.hover);
            }
            focus_ring(ui, rect, &response, radius);
            let inset = (height - scale.icon()) / 2.0;
            let glyph = char::from(self.icon).to_string();
            let glyph = ui.painter().layout_no_wrap(glyph, icon_font(scale.icon()), ink);
            let top = rect.center().y - glyph.size().y / 2.0;
            ui.painter().galley(pos2(rect.left() + inset, top), glyph, ink);
            if !self.narrow {
                let mut right = rect.right() - inset;
                if let Some(key) = &self.shortcut {
                    let key = Text::label(key).secondary().galley(ui, f32::INFINITY);
                    right -= key.size().x;
                    let at = pos2(right, rect.center().y - key.size().y / 2.0);
                    ui.painter().galley(at, key, tokens.secondary);
                }
                let left = rect.left() + inset + scale.icon() + scale.space(space::MEDIUM);
                let word = Text::body(&self.word).medium().tone(Tone::Ink(ink)).one_line();
                let word = word.galley(ui, (right - left).max(1.0));
                let at = pos2(left, rect.center().y - word.size().y / 2.0);
                ui.painter().galley(at, word, ink);
            }
        }
        if self.narrow {
            response = response.on_hover_text(&self.word);
        }
        response
    }
}
