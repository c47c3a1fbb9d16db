//! Where the lines, points and words of a trend stand.

use std::ops::RangeInclusive;
use std::sync::Arc;

use egui::{Color32, Galley, Pos2, Rect, Ui, pos2};

use super::super::axis::{ShareAxis, percent};
use super::super::reference::{Reference, ReferenceKind};
use super::{TrendChart, TrendPoint};
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
}

pub(super) struct Rule {
    pub kind: ReferenceKind,
    pub y: f32,
}

/// The most of the width that words at the right may take.
const WIDEST_WORDS: f32 = 0.24;

pub(super) struct Layout {
    pub plot: Rect,
    pub grid: Vec<(f32, Words)>,
    pub periods: Vec<Words>,
    pub lines: Vec<Line>,
    pub rules: Vec<Rule>,
    /// Words of last points and references.
    pub words: Vec<Words>,
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
        let ends = last_words(ui, chart, rect.width() * WIDEST_WORDS);
        let line = scale.line_height(TextSize::Label);
        let labels = reference_words(ui, chart, axis, rect, line);
        let beside = labels.iter().filter(|(side, _)| *side == Side::Beside).map(|(_, words)| words);
        let right = ends.iter().chain(beside).map(|words| words.size().x).fold(0.0, f32::max);
        let over = labels.iter().any(|(side, _)| *side != Side::Beside);
        let head = if over { line + 2.0 } else { line / 2.0 };
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
            words: Vec::new(),
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
        layout.place_lines(ui, chart, y);
        layout.place_periods(ui, chart, rect);
        layout.rules = chart.references.iter().map(|rule| Rule { kind: rule.kind, y: y(rule.share) }).collect();
        layout.place_words(ends, labels, plot.right() + gap, rect);
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

    fn place_lines(&mut self, ui: &Ui, chart: &TrendChart, y: impl Fn(f64) -> f32) {
        let data = &Tokens::of(ui).data;
        let colors = [data.highlight, data.contrast, data.muted, data.series[2]];
        for (series, color) in chart.series.iter().zip(colors.into_iter().cycle()) {
            let place = |(period, point): (usize, &TrendPoint)| {
                point.share.map(|share| (pos2(self.x(period), y(share)), !point.partial))
            };
            let placed: Vec<_> = series.points.iter().enumerate().map(place).collect();
            let points = placed.iter().flatten().copied().collect();
            self.lines.push(Line { color, runs: runs(&placed), points });
        }
    }

    /// Words of last points at the right of the chart, and of references over their lines or there too.
    fn place_words(&mut self, ends: Vec<Arc<Galley>>, labels: Vec<(Side, Arc<Galley>)>, left: f32, rect: Rect) {
        let last_y = |line: &Line| line.points.last().map(|(point, _)| point.y);
        let lines = self.lines.iter().zip(ends).filter_map(|(line, words)| Some((last_y(line)?, words)));
        let mut wanted: Vec<_> = lines.collect();
        for (rule, (side, galley)) in self.rules.iter().zip(labels) {
            let over = rule.y - galley.size().y;
            let at = match side {
                Side::Beside => {
                    wanted.push((rule.y, galley));
                    continue;
                }
                Side::Left => pos2(self.plot.left() + self.marker, over),
                Side::Right => pos2(self.plot.right() - galley.size().x, over),
            };
            self.words.push(Words { at, galley });
        }
        wanted.sort_by(|(a, _), (b, _)| a.total_cmp(b));
        let heights: Vec<_> = wanted.iter().map(|(y, words)| (*y, words.size().y)).collect();
        let tops = spread(&heights, rect.top(), self.plot.bottom());
        for ((_, galley), top) in wanted.into_iter().zip(tops) {
            self.words.push(Words { at: pos2(left, top), galley });
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

/// Where the words of a reference stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    /// Over the start of its line.
    Left,
    /// Over the end of its line.
    Right,
    /// At the right of the chart, because data run over both.
    Beside,
}

fn reference_words(ui: &Ui, chart: &TrendChart, axis: ShareAxis, rect: Rect, line: f32) -> Vec<(Side, Arc<Galley>)> {
    // A little less than the plot will have, so that what is free here is free there.
    let width = rect.width() * 0.7;
    let share_height = f64::from((line * 1.3) / (rect.height() - 2.0 * line).max(1.0)) * axis.top;
    let words = |reference: &Reference| {
        let text = Text::label(&reference.label).medium();
        let text = if reference.kind == ReferenceKind::OwnRest { text.secondary() } else { text };
        let one_line = text.galley(ui, f32::INFINITY);
        let others = chart.references.iter().filter(|other| *other != reference);
        let crowded = others.into_iter().any(|other| {
            let above = other.share - reference.share;
            (0.0..share_height).contains(&above)
        });
        let part = f64::from(one_line.size().x / width) + 0.05;
        let side = [(Side::Left, 0.0..=part), (Side::Right, 1.0 - part..=1.0)]
            .into_iter()
            .find(|(_, part)| !crowded && is_free(chart, part, reference.share, share_height));
        match side {
            Some((side, _)) => (side, one_line),
            None => (Side::Beside, text.galley(ui, rect.width() * WIDEST_WORDS)),
        }
    };
    chart.references.iter().map(words).collect()
}

/// Whether no line runs through the height above a share in a part of the chart (0 to 1 across).
fn is_free(chart: &TrendChart, part: &RangeInclusive<f64>, share: f64, height: f64) -> bool {
    chart.series.iter().all(|series| {
        let last = series.points.len().saturating_sub(1).max(1) as f64;
        let inside = |(index, _): &(usize, &TrendPoint)| part.contains(&(*index as f64 / last));
        let shares: Vec<_> =
            series.points.iter().enumerate().filter(inside).filter_map(|(_, point)| point.share).collect();
        shares.iter().all(|here| *here < share) || shares.iter().all(|here| *here > share + height)
    })
}

/// The tops of words that want their middles at given heights, sorted from the top: moved apart so that
/// none covers another, and up again where they would run out at the bottom.
fn spread(wanted: &[(f32, f32)], top: f32, bottom: f32) -> Vec<f32> {
    let mut least = top;
    let mut tops: Vec<f32> = wanted
        .iter()
        .map(|(middle, height)| {
            let at = (middle - height / 2.0).max(least);
            least = at + height;
            at
        })
        .collect();
    let mut most = bottom.max(top);
    for (at, (_, height)) in tops.iter_mut().zip(wanted).rev() {
        *at = at.min(most - height);
        most = *at;
    }
    tops
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

    #[test]
    fn words_move_apart_and_stay_inside() {
        // Middles at 10, 12 and 97, each 10 high, between 0 and 100: the second moves below the first, and
        // the third up to end at 100.
        assert_eq!(spread(&[(10.0, 10.0), (12.0, 10.0), (97.0, 10.0)], 0.0, 100.0), [5.0, 15.0, 90.0]);
        // Three of 40 do not fit into 100: the last stays inside and the others above it.
        assert_eq!(spread(&[(50.0, 40.0), (50.0, 40.0), (50.0, 40.0)], 0.0, 100.0), [-20.0, 20.0, 60.0]);
    }
}
