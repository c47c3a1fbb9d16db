//! Rows of a list of things with a status: a mark with its word, a name over a line about it, and two words at the right.

use egui::{Response, Role, Sense, Ui, Widget, WidgetInfo, pos2, vec2};

use super::mark::{MarkKind, paint_mark};
use super::paint::focus_ring;
use crate::ui::theme::{Scale, Text, Tokens, space};

/// How much of the width the words at the right may take.
const RIGHT_PART: f32 = 0.24;

/// A row to press, as wide as there is room: `ui.add(ItemRow::new(MarkKind::Fit, "On schedule", "Callback", "Support"))`.
///
/// Long words are cut, and whole under the pointer.
#[derive(Debug, Clone)]
#[must_use = "add it to a Ui"]
pub struct ItemRow {
    mark: MarkKind,
    word: String,
    name: String,
    about: String,
    right: [String; 2],
}

impl ItemRow {
    /// A row with the mark's word, the name of the thing, and a line about it.
    pub fn new(mark: MarkKind, word: impl Into<String>, name: impl Into<String>, about: impl Into<String>) -> Self {
        let (word, name, about) = (word.into(), name.into(), about.into());
        Self { mark, word, name, about, right: Default::default() }
    }

    /// Two short words at the right edge, one under the other.
    pub fn right(mut self, upper: impl Into<String>, lower: impl Into<String>) -> Self {
        self.right = [upper.into(), lower.into()];
        self
    }
}

impl Widget for ItemRow {
    fn ui(self, ui: &mut Ui) -> Response {
        let scale = Scale::of(ui);
        let tokens = Tokens::of(ui);
        let size = vec2(ui.available_width(), scale.space(52.0));
        let (rect, mut response) = ui.allocate_exact_size(size, Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), &self.name));
        ui.ctx().accesskit_node_builder(response.id, |node| {
            node.set_description(format!("{}. {} {} {}", self.word, self.about, self.right[0], self.right[1]));
        });
        if response.gained_focus() {
            response.scroll_to_me(None);
        }
        let gap = scale.space(space::SMALL);
        let status_width = scale.space(120.0);
        let right =
            self.right.map(|word| Text::label(word).secondary().one_line().galley(ui, rect.width() * RIGHT_PART));
        let right_width = right.iter().map(|galley| galley.size().x).fold(0.0, f32::max);
        let left = rect.left() + gap + status_width;
        let room = (rect.right() - left - right_width - 3.0 * gap).max(1.0);
        let name = Text::body(&self.name).medium().one_line().galley(ui, room);
        let about = Text::label(&self.about).secondary().one_line().galley(ui, room);
        let is_cut = name.elided || about.elided;
        if ui.is_rect_visible(rect) {
            let painter = ui.painter();
            if response.hovered() || response.has_focus() {
                painter.rect_filled(rect, space::CONTROL_RADIUS, tokens.hover);
            }
            let line = rect.top() + gap + name.size().y / 2.0;
            let radius = scale.space(5.5);
            paint_mark(painter, tokens, self.mark, pos2(rect.left() + gap + radius, line), radius);
            let word = Text::label(&self.word).medium().one_line().galley(ui, status_width - 4.0 * gap);
            let word_at = pos2(rect.left() + 2.0 * gap + 2.0 * radius, line - word.size().y / 2.0);
            ui.painter().galley(word_at, word, tokens.text);
            let about_top = rect.top() + gap + name.size().y;
            ui.painter().galley(pos2(left, rect.top() + gap), name, tokens.text);
            ui.painter().galley(pos2(left, about_top), about, tokens.secondary);
            for (galley, top) in right.into_iter().zip([rect.top() + gap, about_top]) {
                ui.painter().galley(pos2(rect.right() - gap - galley.size().x, top), galley, tokens.secondary);
            }
            focus_ring(ui, rect.shrink(1.0), &response, space::CONTROL_RADIUS);
        }
        if is_cut {
            response = response.on_hover_text(format!("{}\n{}", self.name, self.about));
        }
        response
    }
}
