//! What a chart's values are held against, drawn differently by kind so that none passes for another.

use egui::{Color32, Painter, Pos2, Stroke, Ui};

use super::paint::{dashed, diamond};
use crate::ui::theme::{Scale, Tokens};

/// Where a reference comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReferenceKind {
    /// What somebody recommends: a dashed line.
    Guideline,
    /// What others have: a solid line with a diamond.
    Benchmark,
    /// The rest of the same company, or the same people earlier: a plain thin line.
    OwnRest,
}

/// A share to hold values against, with its own words.
#[derive(Debug, Clone, PartialEq)]
pub struct Reference {
    /// Where it comes from.
    pub kind: ReferenceKind,
    /// The words beside it: whose it is, of when, and its value.
    pub label: String,
    /// The share, 0 to 1.
    pub share: f64,
    /// The band it belongs to (from 0); none means the whole chart. Trends ignore it.
    pub band: Option<usize>,
}

/// Draws the line of a reference between two points.
pub(super) fn paint_reference(ui: &Ui, painter: &Painter, kind: ReferenceKind, ends: [Pos2; 2]) {
    let width = Scale::of(ui).line * 0.75;
    let color = reference_color(ui, kind);
    let stroke = Stroke::new(width, color);
    // A rim in the color of the card keeps the line visible across dark bars.
    painter.line_segment(ends, Stroke::new(width + 2.0, Tokens::of(ui).card));
    match kind {
        ReferenceKind::Guideline => dashed(painter, ends, stroke),
        ReferenceKind::Benchmark => {
            painter.line_segment(ends, stroke);
            let [start, _] = ends;
            diamond(painter, start, width * 2.5, color, Stroke::NONE);
        }
        ReferenceKind::OwnRest => {
            painter.line_segment(ends, Stroke::new(width * 0.75, color));
        }
    }
}

pub(super) fn reference_color(ui: &Ui, kind: ReferenceKind) -> Color32 {
    let tokens = Tokens::of(ui);
    match kind {
        ReferenceKind::Guideline | ReferenceKind::Benchmark => tokens.text,
        ReferenceKind::OwnRest => tokens.secondary,
    }
}
