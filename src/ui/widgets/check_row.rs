//! Rows of a list of choices: a box, a word and a number; a row that cannot be chosen says why.

use egui::{Align2, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, Widget, WidgetInfo, pos2, vec2};

use super::paint::focus_ring;
use crate::ui::theme::{Icon, Scale, Text, TextSize, Tokens, Tone, icon_font, space};

/// A row with a box to tick, as wide as there is room: `ui.add(CheckRow::new("Sales", true).detail("312"))`.
///
/// It is `clicked` when somebody wants it the other way. A long word is cut, and whole under the pointer.
#[derive(Debug, Clone)]
#[must_use = "add it to a Ui"]
pub struct CheckRow {
    word: String,
    is_on: bool,
    detail: String,
    blocked: Option<(String, String)>,
}

impl CheckRow {
    /// A row that says `word`.
    pub fn new(word: impl Into<String>, is_on: bool) -> Self {
        Self { word: word.into(), is_on, detail: String::new(), blocked: None }
    }

    /// A short text at the right edge, such as a count.
    pub fn detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = detail.into();
        self
    }

    /// It cannot be changed: why in a few words, which stand under it, and in a whole sentence, which shows
    /// under the pointer and is read to those who do not see it.
    pub fn blocked(mut self, in_short: impl Into<String>, why: impl Into<String>) -> Self {
        self.blocked = Some((in_short.into(), why.into()));
        self
    }
}

impl Widget for CheckRow {
    fn ui(self, ui: &mut Ui) -> Response {
        let scale = Scale::of(ui);
        let tokens = Tokens::of(ui);
        let gap = scale.space(space::SMALL);
        let side = scale.space(16.0);
        let tone = if self.blocked.is_some() { Tone::Secondary } else { Tone::Primary };
        let detail = Text::label(&self.detail).secondary().galley(ui, f32::INFINITY);
        let width = ui.available_width();
        let text_left = side + 2.0 * gap;
        let room = (width - text_left - detail.size().x - 2.0 * gap).max(side);
        let word = Text::body(&self.word).tone(tone).one_line().galley(ui, room);
        let note_room = (width - text_left - gap).max(side);
        let note = self.blocked.as_ref().map(|(in_short, _)| Text::caption(in_short).secondary().galley(ui, note_room));
        let line = scale.space(30.0);
        let height = line + note.as_ref().map_or(0.0, |note| note.size().y);
        let sense = if self.blocked.is_some() { Sense::focusable_noninteractive() } else { Sense::click() };
        let (rect, mut response) = ui.allocate_exact_size(vec2(width, height), sense);
        let is_enabled = ui.is_enabled() && self.blocked.is_none();
        response.widget_info(|| WidgetInfo::selected(Role::CheckBox, is_enabled, self.is_on, &self.word));
        if response.gained_focus() {
            response.scroll_to_me(None);
        }
        if ui.is_rect_visible(rect) {
            if response.hovered() && is_enabled {
                ui.painter().rect_filled(rect, space::CONTROL_RADIUS, tokens.hover);
            }
            focus_ring(ui, rect.shrink(1.0), &response, space::CONTROL_RADIUS);
            let middle = rect.top() + line / 2.0;
            let center = pos2(rect.left() + gap + side / 2.0, middle);
            self.paint_box(ui, Rect::from_center_size(center, vec2(side, side)));
            let left = rect.left() + text_left;
            ui.painter().galley(pos2(left, middle - word.size().y / 2.0), word.clone(), tokens.text);
            let right = rect.right() - gap - detail.size().x;
            ui.painter().galley(pos2(right, middle - detail.size().y / 2.0), detail, tokens.secondary);
            if let Some(note) = note {
                let lifted = scale.line_height(TextSize::Caption) / 6.0;
                ui.painter().galley(pos2(left, rect.top() + line - lifted), note, tokens.secondary);
            }
        }
        if let Some((_, why)) = &self.blocked {
            response = response.on_hover_text(why);
        } else if word.elided {
            response = response.on_hover_text(&self.word);
        }
        response
    }
}

impl CheckRow {
    fn paint_box(&self, ui: &Ui, rect: Rect) {
        let tokens = Tokens::of(ui);
        let painter = ui.painter();
        let is_blocked = self.blocked.is_some();
        if !self.is_on {
            let (fill, line) = if is_blocked { (tokens.hover, tokens.line) } else { (tokens.card, tokens.control) };
            painter.rect(rect, space::TIGHT, fill, Stroke::new(1.0, line), StrokeKind::Inside);
            return;
        }
        let (fill, ink) = if is_blocked { (tokens.control, tokens.card) } else { (tokens.accent, tokens.on_accent) };
        painter.rect_filled(rect, space::TIGHT, fill);
        let tick = char::from(Icon::Check);
        painter.text(rect.center(), Align2::CENTER_CENTER, tick, icon_font(rect.height() * 0.8), ink);
    }
}
