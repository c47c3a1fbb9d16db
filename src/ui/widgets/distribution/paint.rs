//! Drawing a distribution that is laid out.

use egui::{Rect, Response, Stroke, Ui};
use egui_plot::{Bar, BarChart};

use super::super::paint::band_color;
use super::super::plot::SharePlot;
use super::super::reference::draw_reference;
use super::DistributionChart;
use super::layout::Layout;
use crate::ui::theme::Tokens;

/// Draws the plot, then the words that stand in and under it.
pub(super) fn paint(ui: &mut Ui, chart: &DistributionChart, layout: &Layout, response: &Response, read: Option<usize>) {
    let tokens = Tokens::of(ui);
    let tint = tokens.hover.gamma_multiply(0.6);
    layout.plot.show(ui, response, None, |ui, plot| {
        if let Some(index) = read {
            let behind = Bar::new(index as f64, layout.plot.top()).width(1.0).fill(tint).stroke(Stroke::NONE);
            plot.bar_chart(BarChart::new("", vec![behind]));
        }
        plot.bar_chart(BarChart::new(&chart.name, bars(tokens, chart, layout)));
        for rule in &layout.rules {
            draw_reference(ui, plot, &layout.plot, rule.kind, rule.share, rule.between);
        }
    });
    let painter = ui.painter();
    for (index, slot) in layout.slots.iter().enumerate() {
        // Lines stop short of the values above bars rather than strike them out.
        let ground = SharePlot::ground(ui);
        let ground = if read == Some(index) { ground.blend(tint) } else { ground };
        let words = slot.value_area.expand(2.0);
        for y in layout.plot.lines().filter(|y| words.y_range().contains(*y)) {
            painter.rect_filled(Rect::from_x_y_ranges(words.x_range(), y - 1.0..=y + 1.0), 0.0, ground);
        }
        painter.galley(slot.value.at, slot.value.galley.clone(), tokens.text);
        painter.galley(slot.name.at, slot.name.galley.clone(), tokens.text);
    }
    for rule in &layout.rules {
        painter.galley(rule.words.at, rule.words.galley.clone(), tokens.text);
    }
}

fn bars(tokens: &Tokens, chart: &DistributionChart, layout: &Layout) -> Vec<Bar> {
    let count = layout.slots.len();
    let outline = Stroke::new(1.0, tokens.data.band_outline);
    let columns = chart.columns.iter().zip(&layout.slots).enumerate();
    columns
        .map(|(index, (column, slot))| {
            Bar::new(layout.plot.value_at(slot.bar.center().x), layout.plot.clamp(column.share))
                .width(layout.plot.span(slot.bar.width()))
                .fill(band_color(tokens, index, count))
                .stroke(outline)
        })
        .collect()
}
