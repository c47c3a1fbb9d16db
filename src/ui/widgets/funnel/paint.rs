//! Drawing a funnel that is laid out.

use egui::{Color32, Rect, Response, Stroke, Ui, vec2};
use egui_plot::{FilledArea, HLine, Line, LineStyle, PlotUi, Points};

use super::super::Meaning;
use super::super::plot::{Foot, SharePlot};
use super::layout::Layout;
use super::{FunnelChart, FunnelDot, FunnelLimit};
use crate::ui::theme::{Scale, Tokens};

/// Draws the plot, then the words that stand in and beside it.
pub(super) fn paint(ui: &mut Ui, chart: &FunnelChart, layout: &Layout, response: &Response, read: Option<usize>) {
    let tokens = Tokens::of(ui);
    let foot = Foot { words: layout.lines.iter().map(String::as_str).collect(), every: every(layout) };
    layout.plot.show(ui, response, Some(&foot), |ui, plot| {
        let scale = Scale::of(ui);
        for (index, limit) in chart.limits.iter().enumerate() {
            draw_limit(ui, plot, layout, limit, index == 0);
        }
        let stroke = Stroke::new(scale.line * 0.75, tokens.text);
        plot.hline(HLine::new("", layout.plot.crisp(ui, chart.center.0, stroke)).stroke(stroke));
        for (index, dot) in chart.dots.iter().enumerate() {
            draw_dot(ui, plot, layout, dot, read == Some(index));
        }
    });
    for words in &layout.words {
        // Lines pass behind names rather than strike them out.
        let area = Rect::from_min_size(words.at, words.galley.size());
        ui.painter().rect_filled(area.shrink2(vec2(-1.0, 2.0)), 2.0, SharePlot::ground(ui).gamma_multiply(0.75));
        ui.painter().galley(words.at, words.galley.clone(), tokens.text);
    }
}

/// Of how many lines of sizes one has its words, so that they do not touch.
fn every(layout: &Layout) -> usize {
    let apart = (layout.plot.x(1.0) - layout.plot.x(0.0)).max(1.0);
    (3.0 * layout.marker / apart).ceil().max(1.0) as usize
}

/// What lies within the inner limits has a ground of its own; the outer ones are dashed lines.
fn draw_limit(ui: &Ui, plot: &mut PlotUi<'_>, layout: &Layout, limit: &FunnelLimit, is_inner: bool) {
    let tokens = Tokens::of(ui);
    let column = |pick: fn(&[f64; 3]) -> f64| limit.at.iter().map(pick).collect::<Vec<f64>>();
    let xs: Vec<f64> = limit.at.iter().map(|[people, ..]| layout.sizes.place(*people)).collect();
    let ends = [column(|[_, low, _]| *low), column(|[.., high]| *high)];
    let width = Scale::of(ui).line * 0.5;
    if is_inner {
        plot.add(FilledArea::new("", &xs, &ends[0], &ends[1]).fill_color(tokens.hover.gamma_multiply(0.6)));
    }
    let style = if is_inner { LineStyle::Solid } else { LineStyle::Dashed { length: 8.0 * width } };
    for ys in ends {
        let points: Vec<[f64; 2]> = xs.iter().zip(ys).map(|(&x, y)| [x, y]).collect();
        plot.line(Line::new("", points).stroke(Stroke::new(width, tokens.secondary)).style(style).allow_band(false));
    }
}

/// Dots beyond the limits are larger and in the color of what that means.
fn draw_dot(ui: &Ui, plot: &mut PlotUi<'_>, layout: &Layout, dot: &FunnelDot, is_read: bool) {
    let tokens = Tokens::of(ui);
    let at = [layout.sizes.place(dot.people.max(1) as f64), layout.plot.clamp(dot.share)];
    let color = if dot.beyond { dot.meaning.color(tokens) } else { Meaning::Neutral.color(tokens) };
    let radius = layout.marker * if dot.beyond { 0.6 } else { 0.42 };
    let mut draw = |radius: f32, color: Color32| {
        plot.points(Points::new("", vec![at]).radius(radius).color(color));
    };
    if is_read {
        draw(radius + Scale::of(ui).line * 1.5, tokens.text);
    }
    draw(radius + 1.0, SharePlot::ground(ui));
    draw(radius, color);
}
