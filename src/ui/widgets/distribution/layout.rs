//! Where the bars, lines and words of a distribution stand.

use std::sync::Arc;

use egui::{Galley, Pos2, Rangef, Rect, Ui, pos2, vec2};

use super::super::axis::{ShareAxis, percent};
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

/// A line of the axis with its words.
pub(super) struct GridLine {
    pub y: f32,
    pub words: Words,
}

/// A reference's line and words.
pub(super) struct Rule {
    pub kind: ReferenceKind,
    pub ends: [Pos2; 2],
    pub words: Words,
}

pub(super) struct Layout {
    pub plot: Rect,
    pub grid: Vec<GridLine>,
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
        let line_words: Vec<_> = axis
            .lines()
            .map(|share| (share, Text::label(percent(share)).secondary().galley(ui, f32::INFINITY)))
            .collect();
        let margin = line_words.iter().map(|(_, words)| words.size().x).fold(0.0, f32::max) + gap;
        let count = chart.columns.len().max(1) as f32;
        let slot_width = (rect.width() - margin) / count;
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
        let plot = Rect::from_min_max(
            pos2(rect.left() + margin, rect.top() + headroom),
            pos2(rect.right(), rect.bottom() - name_height - scale.space(6.0)),
        );
        let y = |share: f64| plot.bottom() - plot.height() * axis.place(share);
        let grid = line_words
            .into_iter()
            .map(|(share, galley)| {
                let at = pos2(plot.left() - gap - galley.size().x, y(share) - galley.size().y / 2.0);
                GridLine { y: y(share), words: Words { at, galley } }
            })
            .collect();
        let slots: Vec<_> = chart
            .columns
            .iter()
            .zip(names)
            .enumerate()
            .map(|(index, (column, name))| {
                let left = plot.left() + slot_width * index as f32;
                let area = Rect::from_x_y_ranges(left..=left + slot_width, rect.y_range());
                let (share, middle) = if with_words { (0.2, 0.25) } else { (0.32, 0.5) };
                let half = (slot_width * share).min(scale.space(56.0));
                let center = area.left() + slot_width * middle;
                let top = y(column.share);
                let bar = Rect::from_x_y_ranges(center - half..=center + half, top..=plot.bottom());
                let value = Text::body(&column.value).semi_bold().centered().galley(ui, f32::INFINITY);
                let at = pos2(center, top - value.size().y - 1.0);
                let foot_x = if with_words { bar.left() } else { center };
                let foot = pos2(foot_x, plot.bottom() + scale.space(6.0));
                let half_width = vec2(value.size().x / 2.0, 0.0);
                Slot {
                    value_area: Rect::from_min_size(at - half_width, value.size()),
                    area,
                    bar,
                    value: Words { at, galley: value },
                    name: Words { at: foot, galley: name },
                }
            })
            .collect();
        let rules = rules(ui, chart, plot, &slots, y);
        Self { plot, grid, slots, rules }
    }
}

/// Lines of references: across one band's bar with some overhang, or across the whole chart. Words stand
/// above the right end; where that would hide a value, they stand beside the bar.
fn rules(ui: &Ui, chart: &DistributionChart, plot: Rect, slots: &[Slot], y: impl Fn(f64) -> f32) -> Vec<Rule> {
    let scale = Scale::of(ui);
    let overhang = scale.space(space::SMALL);
    let mut taken: Vec<Rect> = slots.iter().map(|slot| slot.value_area).collect();
    chart
        .references
        .iter()
        .map(|reference| {
            let range = reference
                .band
                .and_then(|band| slots.get(band))
                .map_or(plot.x_range(), |slot| slot.bar.x_range().expand(overhang));
            let height = y(reference.share);
            let ink = Tone::Ink(reference_color(ui, reference.kind));
            let room = match reference.band.and_then(|band| slots.get(band)) {
                Some(slot) => slot.area.right() - range.max - overhang,
                None => plot.width(),
            };
            let galley = Text::label(&reference.label).medium().tone(ink).galley(ui, room);
            let at = place_words(range, height, galley.size(), plot, overhang, &taken);
            taken.push(Rect::from_min_size(at, galley.size()));
            Rule {
                kind: reference.kind,
                ends: [pos2(range.min, height), pos2(range.max, height)],
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
        pos2(range.min, y - size.y),
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
