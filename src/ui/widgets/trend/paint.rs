//! Drawing a trend that is laid out.

use egui::{Color32, Response, Stroke, Ui};
use egui_plot::{FilledArea, Line, PlotUi, Points};

use super::super::plot::{Foot, SharePlot};
use super::super::reference::draw_reference;
use super::TrendChart;
use super::layout::{self, Layout};
use crate::ui::theme::{Scale, Tokens};

/// Draws the plot, then the words that stand in and beside it.
pub(super) fn paint(ui: &mut Ui, chart: &TrendChart, layout: &Layout, response: &Response, read: Option<usize>) {
    let tokens = Tokens::of(ui);
    let periods = chart.series.iter().take(1).flat_map(|series| &series.points);
    let foot = Foot { words: periods.map(|point| point.period.as_str()).collect(), every: layout.every };
    layout.plot.show(ui, response, Some(&foot), |ui, plot| {
        if let Some([low, high]) = chart.usual {
            let ends = [0.0, chart.periods().saturating_sub(1) as f64];
            let [low, high] = [low, high].map(|share| [layout.plot.clamp(share); 2]);
            plot.add(FilledArea::new("", &ends, &low, &high).fill_color(tokens.hover.gamma_multiply(0.8)));
        }
        for reference in &chart.references {
            draw_reference(ui, plot, &layout.plot, reference.kind, reference.share, None);
        }
        if let Some(index) = read {
            let through = [0.0, layout.plot.top()].map(|share| [index as f64, share]);
            plot.line(Line::new("", through.to_vec()).stroke(Stroke::new(1.0, tokens.control)));
        }
        for (line, series) in layout.lines.iter().zip(&chart.series) {
            draw_line(ui, plot, layout, line, &series.name);
            draw_marked(ui, plot, line, &chart.marked);
        }
    });
    for words in &layout.words {
        ui.painter().galley(words.at, words.galley.clone(), tokens.text);
    }
}

fn draw_line(ui: &Ui, plot: &mut PlotUi<'_>, layout: &Layout, line: &layout::Line, name: &str) {
    let scale = Scale::of(ui);
    for run in &line.runs {
        plot.line(Line::new(name, run.clone()).stroke(Stroke::new(scale.line, line.color)).allow_band(false));
    }
    let Some(last) = line.points.len().checked_sub(1) else { return };
    let small = point_radius(layout);
    let ground = SharePlot::ground(ui);
    let mut draw = |at: &[f64; 2], radius: f32, color: Color32| {
        plot.points(Points::new(name, vec![*at]).radius(radius).color(color));
    };
    for (index, (at, whole)) in line.points.iter().enumerate() {
        let radius = if index == last { scale.marker / 2.0 } else { small };
        if !whole {
            // A disc of the ground on a disc of the line: what egui_plot calls hollow shows the line through.
            let (radius, half) = (radius.max(scale.marker * 0.3), scale.line * 0.375);
            draw(at, radius + half, line.color);
            draw(at, radius - half, ground);
        } else if radius > scale.line * 0.75 {
            draw(at, radius, line.color);
        }
    }
}

/// Points that stand out are larger, in a color of their own, with a rim in that of the ground.
fn draw_marked(ui: &Ui, plot: &mut PlotUi<'_>, line: &layout::Line, marked: &[usize]) {
    let scale = Scale::of(ui);
    let (color, ground) = (Tokens::of(ui).data.contrast, SharePlot::ground(ui));
    let stands_out = |at: &[f64; 2]| marked.iter().any(|period| (*period as f64 - at[0]).abs() < 0.5);
    for (at, _) in line.points.iter().filter(|(at, _)| stands_out(at)) {
        plot.points(Points::new("", vec![*at]).radius(scale.marker * 0.5 + 1.0).color(ground));
        plot.points(Points::new("", vec![*at]).radius(scale.marker * 0.5).color(color));
    }
}

/// Points shrink where many periods crowd the line, and vanish into it where they would touch.
fn point_radius(layout: &Layout) -> f32 {
    let apart = (layout.x(1) - layout.x(0)).abs();
    (apart * 0.2).min(layout.marker * 0.4)
}
