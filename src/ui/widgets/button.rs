//! Buttons with an icon and a word, in three ranks.

use egui::{Color32, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, Widget, WidgetInfo, pos2, vec2};

use super::paint::focus_ring;
use crate::ui::theme::{Icon, Scale, Text, Tokens, Tone, icon_font, space};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rank {
    Primary,
    Secondary,
    Quiet,
}

/// A button: `ui.add(Button::primary("Open export…").icon(Icon::FolderOpen))`.
///
/// At most one primary button belongs on a screen. Disable it with [`Ui::add_enabled`].
#[derive(Debug, Clone)]
#[must_use = "add it to a Ui"]
pub struct Button {
    rank: Rank,
    label: String,
    icon: Option<Icon>,
    shortcut: Option<String>,
    opens_menu: bool,
    icon_only: bool,
    is_on: bool,
    is_small: bool,
}

impl Button {
    fn new(rank: Rank, label: impl Into<String>) -> Self {
        Self {
            rank,
            label: label.into(),
            icon: None,
            shortcut: None,
            opens_menu: false,
            icon_only: false,
            is_on: false,
            is_small: false,
        }
    }

    /// The one thing to do next.
    pub fn primary(label: impl Into<String>) -> Self {
        Self::new(Rank::Primary, label)
    }

    /// Something else that can be done.
    pub fn secondary(label: impl Into<String>) -> Self {
        Self::new(Rank::Secondary, label)
    }

    /// Something small that can be done, without a frame.
    pub fn quiet(label: impl Into<String>) -> Self {
        Self::new(Rank::Quiet, label)
    }

    /// With an icon before the word.
    pub fn icon(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self
    }

    /// Tells the key that does the same, under the pointer.
    pub fn shortcut(mut self, shortcut: impl Into<String>) -> Self {
        self.shortcut = Some(shortcut.into());
        self
    }

    /// With a small arrow, because it opens a menu.
    pub fn opens_menu(mut self) -> Self {
        self.opens_menu = true;
        self
    }

    /// Only the icon is drawn; the word is its name and its tooltip.
    pub fn icon_only(mut self) -> Self {
        self.icon_only = true;
        self
    }

    /// Tinted while what it opens is open.
    pub fn on(mut self, is_on: bool) -> Self {
        self.is_on = is_on;
        self
    }

    /// As small as a caption, for the foot of a page.
    pub fn small(mut self) -> Self {
        self.is_small = true;
        self
    }

    fn ink(&self, tokens: &Tokens) -> Color32 {
        match self.rank {
            Rank::Primary => tokens.on_accent,
            Rank::Secondary => tokens.text,
            Rank::Quiet if self.icon_only || self.is_small => tokens.secondary,
            Rank::Quiet => tokens.accent,
        }
    }

    fn paint_ground(&self, ui: &Ui, rect: Rect, response: &Response) {
        let tokens = Tokens::of(ui);
        let down = response.is_pointer_button_down_on();
        let hot = response.hovered() || response.highlighted();
        let (fill, stroke) = match self.rank {
            Rank::Primary if hot || down => (tokens.accent_hover, Stroke::NONE),
            Rank::Primary => (tokens.accent, Stroke::NONE),
            Rank::Secondary if self.is_on => (tokens.selected, Stroke::new(1.0, tokens.accent)),
            Rank::Secondary if hot || down => (tokens.hover, Stroke::new(1.0, tokens.control)),
            Rank::Secondary => (tokens.card, Stroke::new(1.0, tokens.control)),
            Rank::Quiet if hot || down => (tokens.hover, Stroke::NONE),
            Rank::Quiet => (Color32::TRANSPARENT, Stroke::NONE),
        };
        let radius = space::CONTROL_RADIUS;
        ui.painter().rect(rect, radius, fill, stroke, StrokeKind::Inside);
        focus_ring(ui, rect, response, radius);
    }
}

impl Widget for Button {
    fn ui(self, ui: &mut Ui) -> Response {
        let scale = Scale::of(ui);
        let ink = self.ink(Tokens::of(ui));
        let glyph = |icon: Icon, side: f32| {
            let text = char::from(icon).to_string();
            ui.painter().layout_no_wrap(text, icon_font(side), ink)
        };
        let mut parts = Vec::new();
        if let Some(icon) = self.icon {
            parts.push(glyph(icon, if self.is_small { scale.space(14.0) } else { scale.icon() }));
        }
        if !self.icon_only {
            let word = if self.is_small { Text::caption(&self.label) } else { Text::body(&self.label).medium() };
            let word = word.tone(Tone::Ink(ink));
            parts.push(word.galley(ui, f32::INFINITY));
        }
        if self.opens_menu {
            parts.push(glyph(Icon::ChevronDown, scale.space(14.0)));
        }
        let gap = scale.space(6.0);
        let padding = match self.rank {
            _ if self.icon_only => gap,
            Rank::Quiet => scale.space(space::SMALL),
            Rank::Primary | Rank::Secondary => scale.space(space::MEDIUM),
        };
        let content: f32 = parts.iter().map(|part| part.size().x).sum();
        let gaps = gap * parts.len().saturating_sub(1) as f32;
        let height = if self.is_small { scale.space(22.0) } else { scale.control_height() };
        let size = vec2((content + gaps + 2.0 * padding).max(height), height);
        let (rect, mut response) = ui.allocate_exact_size(size, Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), &self.label));
        if ui.is_rect_visible(rect) {
            self.paint_ground(ui, rect, &response);
            let mut left = rect.center().x - (content + gaps) / 2.0;
            for part in parts {
                let at = pos2(left, rect.center().y - part.size().y / 2.0);
                left += part.size().x + gap;
                ui.painter().galley(at, part, ink);
            }
        }
        let hint = match (self.icon_only, &self.shortcut) {
            (true, Some(key)) => Some(format!("{} ({key})", self.label)),
            (true, None) => Some(self.label.clone()),
            (false, key) => key.clone(),
        };
        if let Some(hint) = hint {
            response = response.on_hover_text(hint);
        }
        response
    }
}
