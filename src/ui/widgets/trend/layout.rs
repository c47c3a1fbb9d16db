//! Where the lines, points and words of a trend stand.

use std::sync::Arc;

use egui::{Color32, Galley, Pos2, Rect, Ui, pos2};

use super::super::axis::{ShareAxis, percent};
use super::super::reference::ReferenceKind;
use super::TrendChart;
use crate::ui::theme::{Scale, Text, TextSize, Tokens, space};

pub(super) struct Words {
    pub at: Pos2,
    pub galley: Arc<Galley>,
}

pub(super) struct Line {
    pub color: Color32,
    /// Points of neighboring periods with values; a gap starts a new run.
    pub runs: Vec<Vec<Pos2>>,
    /// Each point, and whether its period is whole.
    pub points: Vec<(Pos2, bool)>,
    /// The words of the last point.
    pub last: Option<Words>,
}

pub(super) struct Rule {
    pub kind: ReferenceKind,
    pub y: f32,
    pub words: Words,
}

pub(super) struct Layout {
    pub plot: Rect,
    pub grid: Vec<(f32, Words)>,
    pub periods: Vec<Words>,
    pub lines: Vec<Line>,
    pub rules: Vec<Rule>,
    pub marker: f32,
    count: usize,
    first_x: f32,
    last_x: f32,
}

impl Layout {
    pub(super) fn new(ui: &Ui, chart: &TrendChart, rect: Rect) -> Self {
        let scale = Scale::of(ui);
        let gap = scale.space(space::SMALL);
        let axis = ShareAxis::for_largest(largest(chart));
        let line_words: Vec<_> = axis
            .lines()
            .map(|share| (share, Text::label(percent(share)).secondary().galley(ui, f32::INFINITY)))
            .collect();
        let left = line_words.iter().map(|(_, words)| words.size().x).fold(0.0, f32::max) + gap;
        let ends = last_words(ui, chart, rect.width() * 0.3);
        let right = ends.iter().map(|words| words.size().x).fold(0.0, f32::max);
        let line = scale.line_height(TextSize::Label);
        let head = if chart.references.is_empty() { line / 2.0 } else { line + 2.0 };
        let foot = scale.line_height(TextSize::Label) + scale.space(6.0);
        let plot = Rect::from_min_max(
            pos2(rect.left() + left, rect.top() + head),
            pos2(rect.right() - right - gap - scale.marker / 2.0, rect.bottom() - foot),
        );
        let inset = scale.marker;
        let mut layout = Self {
            plot,
            grid: Vec::new(),
            periods: Vec::new(),
            lines: Vec::new(),
            rules: Vec::new(),
            marker: scale.marker,
            count: chart.periods(),
            first_x: plot.left() + inset,
            last_x: plot.right() - inset,
        };
        let y = |share: f64| plot.bottom() - plot.height() * axis.place(share);
        for (share, galley) in line_words {
            let at = pos2(plot.left() - gap - galley.size().x, y(share) - galley.size().y / 2.0);
            layout.grid.push((y(share), Words { at, galley }));
        }
        layout.place_lines(ui, chart, ends, y);
        layout.place_periods(ui, chart, rect);
        layout.place_rules(ui, chart, y);
        layout
    }

    /// Where a period stands.
    pub(super) fn x(&self, index: usize) -> f32 {
        if self.count < 2 {
            return (self.first_x + self.last_x) / 2.0;
        }
        let share = index as f32 / (self.count - 1) as f32;
        self.first_x + (self.last_x - self.first_x) * share
    }

    /// The period nearest to a place on the screen.
    pub(super) fn period_at(&self, x: f32) -> Option<usize> {
        (0..self.count).min_by(|a, b| {
            let distance = |index: usize| (self.x(index) - x).abs();
            distance(*a).total_cmp(&distance(*b))
        })
    }

    /// The highest point of a period, or the middle of the chart where it has none.
    pub(super) fn top_of(&self, index: usize) -> f32 {
        let x = self.x(index);
        self.lines
            .iter()
            .flat_map(|line| &line.points)
            .filter(|(point, _)| (point.x - x).abs() < 0.5)
            .map(|(point, _)| point.y)
            .reduce(f32::min)
            .unwrap_or(self.plot.center().y)
    }

    fn place_lines(&mut self, ui: &Ui, chart: &TrendChart, ends: Vec<Arc<Galley>>, y: impl Fn(f64) -> f32) {
        let data = &Tokens::of(ui).data;
        let colors = [data.highlight, data.contrast, data.muted, data.series[2]];
        let gap = Scale::of(ui).space(6.0) + self.marker / 2.0;
        let mut taken: Vec<Rect> = Vec::new();
        for (index, (series, galley)) in chart.series.iter().zip(ends).enumerate() {
            let placed: Vec<_> = series
                .points
                .iter()
                .enumerate()
                .map(|(period, point)| point.share.map(|share| (pos2(self.x(period), y(share)), !point.partial)))
                .collect();
            let points: Vec<_> = placed.iter().flatten().copied().collect();
            let last = points.last().map(|(point, _)| {
                let size = galley.size();
                let mut at = pos2(point.x + gap, point.y - size.y / 2.0);
                // Words of lines that end close together move down rather than over each other.
                while let Some(other) =
                    taken.iter().find(|other| other.intersects(Rect::from_min_size(at, size).shrink(1.0)))
                {
                    at.y = other.bottom();
                }
                taken.push(Rect::from_min_size(at, size));
                Words { at, galley }
            });
            let color = colors[index % colors.len()];
            self.lines.push(Line { color, runs: runs(&placed), points, last });
        }
    }

    /// Words for the first period, the last, and as many between as stand clear of each other.
    fn place_periods(&mut self, ui: &Ui, chart: &TrendChart, rect: Rect) {
        let Some(series) = chart.series.first() else { return };
        let top = self.plot.bottom() + Scale::of(ui).space(6.0);
        let clear = Scale::of(ui).space(space::GAP);
        let words: Vec<_> = series
            .points
            .iter()
            .map(|point| Text::label(&point.period).secondary().galley(ui, f32::INFINITY))
            .collect();
        let widest = words.iter().map(|words| words.size().x).fold(1.0, f32::max) + clear;
        let room = self.last_x - self.first_x;
        let fit = ((room / widest).floor() as usize).max(1);
        let every = self.count.saturating_sub(1).div_ceil(fit).max(1);
        for (index, galley) in words.into_iter().enumerate().step_by(every) {
            let width = galley.size().x;
            let left = (self.x(index) - width / 2.0).clamp(rect.left(), rect.right() - width);
            self.periods.push(Words { at: pos2(left, top), galley });
        }
    }

    fn place_rules(&mut self, ui: &Ui, chart: &TrendChart, y: impl Fn(f64) -> f32) {
        for reference in &chart.references {
            let text = Text::label(&reference.label).medium();
            let text = match reference.kind {
                ReferenceKind::OwnRest => text.secondary(),
                ReferenceKind::Guideline | ReferenceKind::Benchmark => text,
            };
            let galley = text.galley(ui, self.plot.width());
            let height = y(reference.share);
            // Above the line, unless data run there and not below it.
            let above = pos2(self.plot.left() + self.marker, height - galley.size().y);
            let below = pos2(above.x, height + 1.0);
            let hit = |at: Pos2| {
                let words = Rect::from_min_size(at, galley.size()).expand(self.marker / 2.0);
                self.lines.iter().flat_map(|line| &line.points).any(|(point, _)| words.contains(*point))
            };
            let at = if hit(above) && !hit(below) { below } else { above };
            self.rules.push(Rule { kind: reference.kind, y: height, words: Words { at, galley } });
        }
    }
}

fn largest(chart: &TrendChart) -> f64 {
    let shares = chart.series.iter().flat_map(|series| &series.points);
    shares
        .filter_map(|point| point.share)
        .chain(chart.references.iter().map(|reference| reference.share))
        .fold(0.0, f64::max)
}

fn last_words(ui: &Ui, chart: &TrendChart, widest: f32) -> Vec<Arc<Galley>> {
    let several = chart.series.len() > 1;
    chart
        .series
        .iter()
        .map(|series| {
            let words = match several {
                true => format!("{} {}", series.name, series.last_value),
                false => series.last_value.clone(),
            };
            Text::body(words).semi_bold().galley(ui, widest)
        })
        .collect()
}

/// Neighboring periods with values, as one run of points each.
fn runs(placed: &[Option<(Pos2, bool)>]) -> Vec<Vec<Pos2>> {
    placed
        .split(Option::is_none)
        .filter(|run| !run.is_empty())
        .map(|run| run.iter().flatten().map(|(point, _)| *point).collect())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_without_a_value_parts_the_line() {
        let at = |x: f32| Some((pos2(x, 0.0), true));
        let runs = runs(&[at(0.0), at(1.0), None, at(3.0), None]);
        assert_eq!(runs, [vec![pos2(0.0, 0.0), pos2(1.0, 0.0)], vec![pos2(3.0, 0.0)]]);
    }
}
