//! Drawing a distribution that is laid out.

use egui::{Color32, Rect, Response, Stroke, Ui, vec2};
use egui_plot::{Bar, BarChart};

use super::super::paint::band_color;
use super::super::plot::SharePlot;
use super::super::reference::draw_reference;
use super::DistributionChart;
use super::layout::Layout;
use crate::ui::theme::{Scale, Tokens};

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
        let ground = SharePlot::ground(ui);
        let ground = if read == Some(index) { ground.blend(tint) } else { ground };
        clear_lines(ui, layout, slot.value_area, ground);
        painter.galley(slot.value.at, slot.value.galley.clone(), tokens.text);
        painter.galley(slot.name.at, slot.name.galley.clone(), tokens.text);
    }
    for rule in &layout.rules {
        let area = Rect::from_min_size(rule.words.at, rule.words.galley.size());
        if layout.slots.iter().any(|slot| slot.bar.intersects(area)) {
            painter.rect_filled(area.expand2(vec2(2.0, -1.0)), 2.0, SharePlot::ground(ui));
        }
        painter.galley(rule.words.at, rule.words.galley.clone(), tokens.text);
    }
}

/// Lines stop short of the values above bars rather than strike them out.
fn clear_lines(ui: &Ui, layout: &Layout, words: Rect, ground: Color32) {
    let words = words.expand(2.0);
    let rule_width = Scale::of(ui).line + 2.0;
    let lines = layout.plot.lines().map(|y| (y, 2.0));
    let rules = layout.rules.iter().map(|rule| (layout.plot.y(rule.share), rule_width));
    for (y, width) in lines.chain(rules).filter(|(y, _)| words.y_range().contains(*y)) {
        let gap = Rect::from_x_y_ranges(words.x_range(), y - width / 2.0..=y + width / 2.0);
        ui.painter().rect_filled(gap, 0.0, ground);
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
