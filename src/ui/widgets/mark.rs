//! Marks: a verdict as a word, a shape and a color, so that none of the three stands alone.

use egui::{Color32, Painter, Pos2, Response, Role, Sense, Stroke, Ui, Widget, WidgetInfo};
use egui::{pos2, vec2};

use super::paint::{diamond, triangle};
use crate::ui::theme::{Scale, Text, TextSize, Tokens, readable_on, space};

/// What a mark says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MarkKind {
    /// Fit to use: a disc.
    Fit,
    /// To be read with care: a triangle.
    WithCare,
    /// Not fit, failed, late: a cross.
    NotFit,
    /// Not there: a ring.
    NotInFile,
    /// For information: a diamond.
    Info,
    /// More than what it is held against: an arrow up, in the color of what that means.
    Above(Meaning),
    /// Less than what it is held against: an arrow down, in the color of what that means.
    Below(Meaning),
    /// No evidence of a difference: a short line.
    Same,
}

/// What a difference means: more is not always better. Shape and word say which way it goes, the color what it
/// means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Meaning {
    /// It is for the better.
    Better,
    /// It is for the worse.
    Worse,
    /// It is neither.
    Neutral,
}

impl Meaning {
    /// The color of shapes, lines and dots that show such a difference.
    pub(super) fn color(self, tokens: &Tokens) -> Color32 {
        match self {
            Self::Better => tokens.data.highlight,
            Self::Worse => tokens.data.contrast,
            Self::Neutral => tokens.data.muted,
        }
    }
}

/// A mark: shape and word. `ui.add(Mark::new(MarkKind::Fit, "Fit for a decision"))`.
#[derive(Debug, Clone)]
#[must_use = "add it to a Ui"]
pub struct Mark {
    kind: MarkKind,
    word: String,
    small: bool,
}

impl Mark {
    /// A mark of `kind` that says `word`.
    pub fn new(kind: MarkKind, word: impl Into<String>) -> Self {
        Self { kind, word: word.into(), small: false }
    }

    /// In the size of labels, for rows and chips.
    pub fn small(mut self) -> Self {
        self.small = true;
        self
    }
}

impl Widget for Mark {
    fn ui(self, ui: &mut Ui) -> Response {
        let scale = Scale::of(ui);
        let text = if self.small { Text::label(&self.word) } else { Text::body(&self.word) };
        let step = if self.small { TextSize::Label } else { TextSize::Body };
        let side = scale.size(step);
        let gap = scale.space(6.0);
        let width = (ui.available_width() - side - gap).max(scale.space(64.0));
        let galley = text.medium().galley(ui, width);
        let size = vec2(side + gap + galley.size().x, galley.size().y);
        let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &self.word));
        let first_line = scale.line_height(step) / 2.0;
        let center = pos2(rect.left() + side / 2.0, rect.top() + first_line);
        paint_mark(ui.painter(), Tokens::of(ui), self.kind, center, side * 0.45);
        let at = pos2(rect.left() + side + gap, rect.top());
        ui.painter().galley(at, galley, Tokens::of(ui).text);
        response
    }
}

/// Draws the shape of a mark alone, for widgets that set its word themselves.
pub(super) fn paint_mark(painter: &Painter, tokens: &Tokens, kind: MarkKind, center: Pos2, radius: f32) {
    let status = &tokens.data.status;
    let outline = Stroke::new(1.0, if tokens.dark { tokens.secondary } else { tokens.text });
    let thick = |color: Color32| Stroke::new((radius * 0.38).max(1.5), color);
    let at = |x: f32, y: f32| center + vec2(x, y) * radius;
    match kind {
        MarkKind::Fit => {
            painter.circle_filled(center, radius, status.on_schedule);
            let tick = vec![at(-0.45, 0.0), at(-0.1, 0.38), at(0.5, -0.35)];
            painter.line(tick, Stroke::new(radius * 0.26, readable_on(status.on_schedule)));
        }
        MarkKind::WithCare => triangle(painter, center, radius, status.at_risk, outline),
        MarkKind::NotFit => {
            let color = if tokens.dark { tokens.text } else { status.late };
            let reach = 0.75;
            painter.line_segment([at(-reach, -reach), at(reach, reach)], thick(color));
            painter.line_segment([at(-reach, reach), at(reach, -reach)], thick(color));
        }
        MarkKind::NotInFile => {
            let color = if tokens.dark { tokens.secondary } else { status.not_started };
            painter.circle_stroke(center, radius * 0.8, Stroke::new(radius * 0.3, color));
        }
        MarkKind::Info => diamond(painter, center, radius, tokens.accent, Stroke::NONE),
        MarkKind::Above(meaning) => arrow(painter, center, radius, -1.0, meaning.color(tokens)),
        MarkKind::Below(meaning) => arrow(painter, center, radius, 1.0, meaning.color(tokens)),
        MarkKind::Same => {
            painter.line_segment([at(-0.8, 0.0), at(0.8, 0.0)], thick(tokens.secondary));
        }
    }
}

fn arrow(painter: &Painter, center: Pos2, radius: f32, way: f32, color: Color32) {
    let at = |x: f32, y: f32| center + vec2(x, y * way) * radius;
    let points = vec![at(0.0, 0.9), at(0.9, -0.7), at(-0.9, -0.7)];
    painter.add(egui::Shape::convex_polygon(points, color, Stroke::NONE));
}

/// A short word in a tinted field, such as the effort of a practice.
pub fn chip(ui: &mut Ui, word: &str) -> Response {
    let scale = Scale::of(ui);
    let tokens = Tokens::of(ui);
    let galley = Text::label(word).medium().secondary().galley(ui, f32::INFINITY);
    let padding = vec2(scale.space(space::SMALL), scale.space(2.0));
    let (rect, response) = ui.allocate_exact_size(galley.size() + 2.0 * padding, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, word));
    ui.painter().rect_filled(rect, rect.height() / 2.0, tokens.hover);
    ui.painter().galley(rect.min + padding, galley, tokens.secondary);
    response
}
