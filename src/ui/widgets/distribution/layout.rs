//! Where the bars, lines and words of a distribution stand.

use std::sync::Arc;

use egui::{Galley, Pos2, Rangef, Rect, Ui, pos2, vec2};

use super::super::axis::ShareAxis;
use super::super::plot::{EDGE, SharePlot};
use super::super::reference::{ReferenceKind, reference_color};
use super::DistributionChart;
use crate::ui::theme::{Scale, Text, TextSize, Tone, space};

/// Words and the point they are painted from.
pub(super) struct Words {
    pub at: Pos2,
    pub galley: Arc<Galley>,
}

/// A band's place.
pub(super) struct Slot {
    /// The room of the value above the bar.
    pub value_area: Rect,
    /// From the next band on the left to the next on the right.
    pub area: Rect,
    pub bar: Rect,
    pub value: Words,
    pub name: Words,
}

/// A reference's line and words.
pub(super) struct Rule {
    pub kind: ReferenceKind,
    pub share: f64,
    /// The values between which its line runs; none means from side to side.
    pub between: Option<[f64; 2]>,
    pub words: Words,
}

pub(super) struct Layout {
    /// Band by band: the first at 0, the next at 1.
    pub plot: SharePlot,
    pub slots: Vec<Slot>,
    pub rules: Vec<Rule>,
}

impl Layout {
    pub(super) fn new(ui: &Ui, chart: &DistributionChart, rect: Rect) -> Self {
        let scale = Scale::of(ui);
        let largest = chart
            .columns
            .iter()
            .map(|column| column.share)
            .chain(chart.references.iter().map(|reference| reference.share))
            .fold(0.0, f64::max);
        let axis = ShareAxis::for_largest(largest);
        let gap = scale.space(space::SMALL);
        let margin = SharePlot::axis_width(ui, axis, chart.percent_space);
        let count = chart.columns.len().max(1);
        let slot_width = (rect.width() - margin) / count as f32;
        // Bars that have references of their own stand at the left of their place, words at its right.
        let with_words = chart.references.iter().any(|reference| reference.band.is_some());
        let name_width = slot_width - gap;
        let names: Vec<_> = chart
            .columns
            .iter()
            .map(|column| {
                let name = Text::label(&column.name);
                let name = if with_words { name } else { name.centered() };
                name.galley(ui, name_width)
            })
            .collect();
        let name_height = names.iter().map(|name| name.size().y).fold(0.0, f32::max);
        let headroom = scale.line_height(TextSize::Body) + scale.space(space::TIGHT);
        let area = Rect::from_min_max(
            pos2(rect.left() + margin, rect.top() + headroom),
            pos2(rect.right(), rect.bottom() - name_height - scale.space(EDGE)),
        );
        let plot = SharePlot::new(ui, area, axis, chart.percent_space, &(-0.5..=count as f64 - 0.5));
        let slots: Vec<_> = chart
            .columns
            .iter()
            .zip(names)
            .enumerate()
            .map(|(index, (column, name))| {
                let sides = plot.x(index as f64 - 0.5)..=plot.x(index as f64 + 0.5);
                let slot = Rect::from_x_y_ranges(sides, rect.y_range());
                let (share, middle) = if with_words { (0.2, 0.25) } else { (0.32, 0.5) };
                let half = (slot_width * share).min(scale.space(56.0));
                let center = slot.left() + slot_width * middle;
                let top = plot.y(column.share);
                let bar = Rect::from_x_y_ranges(center - half..=center + half, top..=plot.y(0.0));
                let value = Text::body(&column.value).semi_bold().centered().galley(ui, f32::INFINITY);
                let at = pos2(center, top - value.size().y - 1.0);
                let foot_x = if with_words { bar.left() } else { center };
                let foot = pos2(foot_x, plot.area.bottom() + scale.space(EDGE));
                let half_width = vec2(value.size().x / 2.0, 0.0);
                Slot {
                    value_area: Rect::from_min_size(at - half_width, value.size()),
                    area: slot,
                    bar,
                    value: Words { at, galley: value },
                    name: Words { at: foot, galley: name },
                }
            })
            .collect();
        let rules = rules(ui, chart, &plot, &slots);
        Self { plot, slots, rules }
    }
}

/// Lines of references: across one band's bar with some overhang, or across the whole chart. Words stand
/// above the right end; where that would hide a value, they stand beside the bar.
fn rules(ui: &Ui, chart: &DistributionChart, plot: &SharePlot, slots: &[Slot]) -> Vec<Rule> {
    let scale = Scale::of(ui);
    let area = plot.area;
    let overhang = scale.space(space::SMALL);
    let mut taken: Vec<Rect> = slots.iter().map(|slot| slot.value_area).collect();
    chart
        .references
        .iter()
        .map(|reference| {
            let slot = reference.band.and_then(|band| slots.get(band));
            let range =
                slot.map_or(area.x_range(), |slot| slot.bar.x_range().expand(overhang).intersection(area.x_range()));
            let height = plot.y(reference.share);
            let ink = Tone::Ink(reference_color(ui, reference.kind));
            let room = slot.map_or(area.width(), |slot| slot.area.right() - range.max - overhang);
            let galley = Text::label(&reference.label).medium().tone(ink).galley(ui, room);
            let at = place_words(range, height, galley.size(), area, overhang, &taken);
            taken.push(Rect::from_min_size(at, galley.size()));
            Rule {
                kind: reference.kind,
                share: reference.share,
                between: slot.map(|_| [plot.value_at(range.min), plot.value_at(range.max)]),
                words: Words { at, galley },
            }
        })
        .collect()
}

fn place_words(range: Rangef, y: f32, size: egui::Vec2, plot: Rect, gap: f32, taken: &[Rect]) -> Pos2 {
    let beside = y - size.y / 2.0;
    let candidates = [
        pos2(range.max + gap, beside),
        pos2(range.max + gap, beside - size.y / 2.0),
        pos2(range.max + gap, beside + size.y / 2.0),
        pos2(range.max + gap, beside - size.y),
        pos2(range.max + gap, beside + size.y),
        pos2(range.max - size.x, y - size.y),
        // Clear of the mark at the start of a benchmark.
        pos2(range.min + 1.5 * gap, y - size.y),
        pos2(range.max - size.x, y),
    ];
    let fits = |at: &Pos2| {
        let words = Rect::from_min_size(*at, size);
        words.left() >= plot.left() - 0.5
            && words.right() <= plot.right() + 0.5
            && !taken.iter().any(|other| other.expand(2.0).intersects(words))
    };
    candidates.into_iter().find(fits).unwrap_or(pos2(plot.right() - size.x, y - size.y))
}
