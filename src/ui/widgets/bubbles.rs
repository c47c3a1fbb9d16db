//! Groups by two values at once, as discs whose areas are people; lines show the middle of all people.

use std::sync::Arc;

use egui::{Color32, Galley, Pos2, Rect, Response, Stroke, Ui, Vec2, pos2, vec2};

use super::axis::{AxisUnit, ShareAxis};
use super::paint::crisp;
use super::probe::{chart_area, probe, value_tooltip};
use super::provable::{PartProofs, ProofId, sense};
use crate::ui::theme::{Scale, Text, TextSize, Tokens, space};

/// A group.
#[derive(Debug, Clone, PartialEq)]
pub struct Bubble {
    /// Its name.
    pub name: String,
    /// Its value across, and upwards.
    pub at: [f64; 2],
    /// How many people are in it.
    pub people: usize,
    /// Whether it stands out: in the color of what the finding is about.
    pub stands_out: bool,
    /// Exact values for the tooltip, one a line.
    pub detail: String,
}

/// One of the two axes.
#[derive(Debug, Clone, PartialEq)]
pub struct BubbleAxis {
    /// What it shows.
    pub name: String,
    /// The middle of all people, and its words.
    pub middle: (f64, String),
}

/// A chart of discs.
#[derive(Debug, Clone)]
#[must_use = "show it in a Ui"]
pub struct BubbleChart {
    name: String,
    bubbles: Vec<Bubble>,
    axes: [BubbleAxis; 2],
    decimal: char,
    height: f32,
    proofs: PartProofs,
}

/// The radius of the largest disc, and of the smallest, at a desk.
const LARGEST: f32 = 26.0;
const SMALLEST: f32 = 4.0;

/// So many discs have their full size.
const ROOMY: f32 = 12.0;

impl BubbleChart {
    /// A chart that screen readers know by `name`. `axes` are the one across and the one upwards; `decimal` is the mark in
    /// their numbers.
    pub fn new(name: impl Into<String>, bubbles: Vec<Bubble>, axes: [BubbleAxis; 2], decimal: char) -> Self {
        Self { name: name.into(), bubbles, axes, decimal, height: 360.0, proofs: PartProofs::default() }
    }

    /// The height in points at a desk, words included; 360 unless told.
    pub fn height(mut self, height: f32) -> Self {
        self.height = height;
        self
    }

    /// How its numbers were made: `whole` is the proof of all of them, `parts` has one for each disc.
    pub fn proofs(mut self, whole: ProofId, parts: Vec<ProofId>) -> Self {
        self.proofs = PartProofs::new(whole, parts);
        self
    }

    fn summary(&self) -> String {
        let [across, up] = &self.axes;
        format!("{}, {} groups; {}; {}", self.name, self.bubbles.len(), across.middle.1, up.middle.1)
    }

    /// Draws the chart, as wide as there is room.
    pub fn show(self, ui: &mut Ui) -> Response {
        let size = vec2(ui.available_width(), Scale::of(ui).space(self.height));
        let sense = sense(ui, self.proofs.is_there());
        let (rect, response) = chart_area(ui, size, &self.summary(), sense);
        if !ui.is_rect_visible(rect) {
            self.proofs.attend(ui, &response, None);
            return response;
        }
        let layout = Layout::new(ui, &self, rect);
        let read = probe(ui, &response, self.bubbles.len(), |position| layout.nearest(position));
        layout.paint(ui, &self, read);
        self.proofs.attend(ui, &response, read);
        if let Some((bubble, disc)) = read.and_then(|read| self.bubbles.get(read).zip(layout.discs.get(read))) {
            let anchor = Rect::from_center_size(disc.0, Vec2::splat(2.0 * disc.1));
            value_tooltip(ui, &response, anchor, &bubble.name, &bubble.detail);
        }
        response
    }
}

struct Layout {
    area: Rect,
    axes: [ShareAxis; 2],
    units: [AxisUnit; 2],
    /// Center and radius of each disc, in the order of the groups.
    discs: Vec<(Pos2, f32)>,
    /// Names beside discs that have room for them.
    names: Vec<(Pos2, Arc<Galley>)>,
}

impl Layout {
    fn new(ui: &Ui, chart: &BubbleChart, rect: Rect) -> Self {
        let scale = Scale::of(ui);
        let line = scale.line_height(TextSize::Label);
        let largest = |axis: usize| {
            let values = chart.bubbles.iter().map(|bubble| bubble.at[axis]);
            values.chain([chart.axes[axis].middle.0]).fold(0.0, f64::max)
        };
        let units = [0, 1].map(|axis| AxisUnit::up_to(largest(axis) * 1.08, "", chart.decimal));
        let axes = [0, 1].map(|axis: usize| {
            let unit = units[axis];
            ShareAxis { unit: Some(unit), ..ShareAxis::for_largest(unit.share(largest(axis) * 1.08)) }
        });
        let width = |share: f64| Text::label(axes[1].words(share, ' ')).galley(ui, f32::INFINITY).size().x;
        let left = axes[1].lines().map(width).fold(0.0, f32::max) + scale.space(space::SMALL);
        let area = Rect::from_min_max(
            pos2(rect.left() + left, rect.top() + line + scale.space(space::SMALL)),
            pos2(rect.right() - scale.space(space::MEDIUM), rect.bottom() - 2.0 * line - scale.space(space::SMALL)),
        );
        let mut layout = Self { area, axes, units, discs: Vec::new(), names: Vec::new() };
        // Many discs are smaller, so that they leave each other room.
        let crowd = (ROOMY / chart.bubbles.len().max(1) as f32).sqrt().min(1.0);
        let most = chart.bubbles.iter().map(|bubble| bubble.people).max().unwrap_or(1).max(1) as f32;
        let disc = |bubble: &Bubble| {
            let radius = (bubble.people as f32 / most).sqrt() * scale.space(LARGEST) * crowd;
            (layout.at(bubble.at), radius.max(scale.space(SMALLEST)))
        };
        layout.discs = chart.bubbles.iter().map(disc).collect();
        layout.place_names(ui, chart);
        layout
    }

    fn at(&self, [across, up]: [f64; 2]) -> Pos2 {
        pos2(self.x(across), self.y(up))
    }

    fn x(&self, value: f64) -> f32 {
        self.area.left() + self.area.width() * self.axes[0].place(self.units[0].share(value))
    }

    fn y(&self, value: f64) -> f32 {
        self.area.bottom() - self.area.height() * self.axes[1].place(self.units[1].share(value))
    }

    /// Names beside their discs, the largest first, where they cover no other name and no other disc's middle.
    fn place_names(&mut self, ui: &Ui, chart: &BubbleChart) {
        let gap = Scale::of(ui).space(space::TIGHT);
        let mut order: Vec<usize> = (0..chart.bubbles.len()).collect();
        order.sort_by_key(|&index| {
            chart.bubbles.get(index).map(|bubble| (!bubble.stands_out, std::cmp::Reverse(bubble.people)))
        });
        let mut taken: Vec<Rect> = Vec::new();
        for index in order {
            let (Some(bubble), Some(&(center, radius))) = (chart.bubbles.get(index), self.discs.get(index)) else {
                continue;
            };
            let galley = Text::label(&bubble.name).lines(1).galley_with_ends(ui, self.area.width() * 0.3);
            let size = galley.size();
            let places = [
                pos2(center.x + radius + gap, center.y - size.y / 2.0),
                pos2(center.x - radius - gap - size.x, center.y - size.y / 2.0),
                pos2(center.x - size.x / 2.0, center.y - radius - size.y),
                pos2(center.x - size.x / 2.0, center.y + radius),
                pos2(center.x + radius * 0.7, center.y - radius * 0.7 - size.y),
                pos2(center.x + radius * 0.7, center.y + radius * 0.7),
                pos2(center.x - radius * 0.7 - size.x, center.y - radius * 0.7 - size.y),
                pos2(center.x - radius * 0.7 - size.x, center.y + radius * 0.7),
            ];
            let is_free = |at: &&Pos2| {
                let words = Rect::from_min_size(**at, size);
                let hits =
                    |(other, disc): (usize, &(Pos2, f32))| other != index && words.distance_to_pos(disc.0) < disc.1;
                self.area.expand(gap).contains_rect(words)
                    && !taken.iter().any(|other| other.intersects(words))
                    && !self.discs.iter().enumerate().any(hits)
            };
            if let Some(at) = places.iter().find(is_free) {
                taken.push(Rect::from_min_size(*at, size));
                self.names.push((*at, galley));
            }
        }
    }

    fn nearest(&self, position: Pos2) -> Option<usize> {
        let away = |disc: &(Pos2, f32)| disc.0.distance(position) - disc.1;
        let near = self.discs.iter().enumerate().filter(|(_, disc)| away(disc) < 12.0);
        near.min_by(|a, b| away(a.1).total_cmp(&away(b.1))).map(|(index, _)| index)
    }

    fn paint(&self, ui: &Ui, chart: &BubbleChart, read: Option<usize>) {
        self.paint_axes(ui, chart);
        let (scale, tokens, painter) = (Scale::of(ui), Tokens::of(ui), ui.painter());
        let mut order: Vec<usize> = (0..self.discs.len()).collect();
        // Small discs lie on large ones.
        order.sort_by(|&a, &b| self.discs[b].1.total_cmp(&self.discs[a].1));
        for index in order {
            let (Some(bubble), Some(&(center, radius))) = (chart.bubbles.get(index), self.discs.get(index)) else {
                continue;
            };
            let color = if bubble.stands_out { tokens.data.highlight } else { tokens.data.muted };
            let outline = if read == Some(index) { tokens.text } else { color };
            painter.circle(center, radius, color.gamma_multiply(0.45), Stroke::new(scale.line * 0.75, outline));
        }
        for (at, galley) in &self.names {
            painter.galley(*at, galley.clone(), tokens.text);
        }
    }

    fn paint_axes(&self, ui: &Ui, chart: &BubbleChart) {
        let (scale, tokens, painter) = (Scale::of(ui), Tokens::of(ui), ui.painter());
        let gap = scale.space(space::TIGHT);
        let words = |text: String, color: Color32| {
            painter.layout_no_wrap(text, scale.font(TextSize::Label, crate::ui::theme::Weight::Regular), color)
        };
        for line in self.axes[0].lines() {
            let x = self.area.left() + self.area.width() * self.axes[0].place(line);
            painter.vline(x, self.area.y_range(), tokens.border());
            let galley = words(self.axes[0].words(line, ' '), tokens.secondary);
            painter.galley(pos2(x - galley.size().x / 2.0, self.area.bottom() + gap), galley, tokens.secondary);
        }
        for line in self.axes[1].lines() {
            let y = crisp(painter, self.area.bottom() - self.area.height() * self.axes[1].place(line));
            painter.hline(self.area.x_range(), y, tokens.border());
            let galley = words(self.axes[1].words(line, ' '), tokens.secondary);
            let at = pos2(self.area.left() - gap - galley.size().x, y - galley.size().y / 2.0);
            painter.galley(at, galley, tokens.secondary);
        }
        let [across, up] = &chart.axes;
        let name = words(across.name.clone(), tokens.secondary);
        let line = scale.line_height(TextSize::Label);
        painter.galley(
            pos2(self.area.right() - name.size().x, self.area.bottom() + gap + line),
            name,
            tokens.secondary,
        );
        let name = words(up.name.clone(), tokens.secondary);
        painter.galley(pos2(self.area.left(), self.area.top() - line - gap), name, tokens.secondary);
        // The middle of all people, with its words at the ends of its lines.
        let stroke = Stroke::new(scale.line * 0.75, tokens.secondary);
        let (x, y) = (self.x(across.middle.0), self.y(up.middle.0));
        painter.vline(x, self.area.y_range(), stroke);
        painter.hline(self.area.x_range(), crisp(painter, y), stroke);
        let label = words(across.middle.1.clone(), tokens.secondary);
        let left = (x + gap).min(self.area.right() - label.size().x);
        painter.galley(pos2(left, self.area.top()), label, tokens.secondary);
        let label = words(up.middle.1.clone(), tokens.secondary);
        let at = pos2(self.area.right() - label.size().x, y - label.size().y - 1.0);
        painter.galley(at, label, tokens.secondary);
    }
}
