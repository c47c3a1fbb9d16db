//! What a chart's values are held against, drawn differently by kind so that none passes for another.

use egui::{Color32, Stroke, Ui};
use egui_plot::{HLine, Line, LineStyle, MarkerShape, PlotUi, Points};

use super::plot::SharePlot;
use crate::ui::theme::{Scale, Tokens};

/// Where a reference comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReferenceKind {
    /// What somebody recommends: a dashed line.
    Guideline,
    /// What somebody entered: a solid line with a diamond.
    Entered,
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

/// Draws the line of a reference: between two values, or from side to side.
pub(super) fn draw_reference(
    ui: &Ui,
    plot: &mut PlotUi<'_>,
    area: &SharePlot,
    kind: ReferenceKind,
    share: f64,
    between: Option<[f64; 2]>,
) {
    let width = Scale::of(ui).line * 0.75;
    let color = reference_color(ui, kind);
    let (stroke, style) = match kind {
        ReferenceKind::Guideline => (Stroke::new(width, color), LineStyle::Dashed { length: 4.0 * width.max(1.0) }),
        ReferenceKind::Entered => (Stroke::new(width, color), LineStyle::Solid),
        ReferenceKind::OwnRest => (Stroke::new(width * 0.75, color), LineStyle::Solid),
    };
    let share = area.crisp(ui, share, stroke);
    // A rim in the color of the ground keeps the line visible across dark bars.
    let rim = Stroke::new(width + 2.0, SharePlot::ground(ui));
    for (stroke, style) in [(rim, LineStyle::Solid), (stroke, style)] {
        match between {
            Some(ends) => {
                let ends = ends.map(|value| [value, share]).to_vec();
                plot.line(Line::new("", ends).stroke(stroke).style(style));
            }
            None => plot.hline(HLine::new("", share).stroke(stroke).style(style)),
        }
    }
    if kind == ReferenceKind::Entered {
        let radius = width * 2.5;
        let start = between.map_or_else(|| area.value_at(area.area.left()), |[start, _]| start);
        let at = vec![[start + area.span(radius), share]];
        plot.points(Points::new("", at).shape(MarkerShape::Diamond).radius(radius).color(color));
    }
}

pub(super) fn reference_color(ui: &Ui, kind: ReferenceKind) -> Color32 {
    let tokens = Tokens::of(ui);
    match kind {
        ReferenceKind::Guideline | ReferenceKind::Entered => tokens.text,
        ReferenceKind::OwnRest => tokens.secondary,
    }
}
