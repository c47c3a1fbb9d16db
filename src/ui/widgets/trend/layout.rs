//! Where the lines, points and words of a trend stand.

use std::ops::RangeInclusive;
use std::sync::Arc;

use egui::{Color32, Galley, Pos2, Rect, Ui, pos2};

use super::super::axis::ShareAxis;
use super::super::plot::{EDGE, SharePlot};
use super::super::reference::{Reference, ReferenceKind};
use super::{TrendChart, TrendPoint, TrendSeries};
use crate::ui::theme::{Scale, Text, TextSize, Tokens, space};

pub(super) struct Words {
    pub at: Pos2,
    pub galley: Arc<Galley>,
}

pub(super) struct Line {
    pub color: Color32,
    /// Points of neighboring periods with values; a gap starts a new run.
    pub runs: Vec<Vec<[f64; 2]>>,
    /// Each point, period and share, and whether its period is whole.
    pub points: Vec<([f64; 2], bool)>,
}

/// The most of the width that words at the right may take.
const WIDEST_WORDS: f32 = 0.24;

pub(super) struct Layout {
    /// Period by period: the first at 0, the next at 1.
    pub plot: SharePlot,
    /// Of how many periods one has its words under the plot.
    pub every: usize,
    pub lines: Vec<Line>,
    /// Words of last points and references.
    pub words: Vec<Words>,
    pub marker: f32,
    count: usize,
}

impl Layout {
    pub(super) fn new(ui: &Ui, chart: &TrendChart, rect: Rect) -> Self {
        let scale = Scale::of(ui);
        let gap = scale.space(space::SMALL);
        let axis = ShareAxis { unit: chart.unit, ..ShareAxis::for_largest(largest(chart)) };
        let periods = period_words(ui, chart);
        // Half of the words of the first period and of the last stand beyond their points.
        let overhang = (periods / 2.0 - scale.marker).max(0.0);
        let left = SharePlot::axis_width(ui, axis, chart.percent_space).max(overhang);
        let ends = last_words(ui, chart, rect.width() * WIDEST_WORDS);
        let line = scale.line_height(TextSize::Label);
        let labels = reference_words(ui, chart, axis, rect, line);
        let beside = labels.iter().filter(|(side, _)| *side == Side::Beside).map(|(_, words)| words);
        let right = ends.iter().chain(beside).map(|words| words.size().x).fold(0.0, f32::max);
        let over = labels.iter().any(|(side, _)| *side != Side::Beside);
        let head = if over { line + 2.0 } else { line / 2.0 };
        let foot = scale.line_height(TextSize::Label) + scale.space(EDGE);
        let area = Rect::from_min_max(
            pos2(rect.left() + left, rect.top() + head),
            pos2(rect.right() - (right + gap + scale.marker / 2.0).max(overhang), rect.bottom() - foot),
        );
        let count = chart.periods();
        let room = (area.width() - 2.0 * scale.marker).max(1.0);
        // One period stands in the middle; several leave room for half a mark at both sides.
        let across = if count < 2 {
            -0.5..=0.5
        } else {
            let last = (count - 1) as f64;
            let inset = f64::from(scale.marker / room) * last;
            -inset..=last + inset
        };
        let fit = ((room / (periods + scale.space(space::GAP))).floor() as usize).max(1);
        let mut layout = Self {
            plot: SharePlot::new(ui, area, axis, chart.percent_space, &across),
            every: count.saturating_sub(1).div_ceil(fit).max(1),
            lines: lines(ui, chart, axis),
            words: Vec::new(),
            marker: scale.marker,
            count,
        };
        layout.place_words(chart, ends, labels, area.right() + gap, rect);
        layout
    }

    /// Where a period stands.
    pub(super) fn x(&self, index: usize) -> f32 {
        self.plot.x(index as f64)
    }

    /// The period nearest to a place on the screen.
    pub(super) fn period_at(&self, x: f32) -> Option<usize> {
        let last = self.count.checked_sub(1)?;
        Some((self.plot.value_at(x).round().max(0.0) as usize).min(last))
    }

    /// The highest point of a period, or the middle of the chart where it has none.
    pub(super) fn top_of(&self, index: usize) -> f32 {
        let points = self.lines.iter().flat_map(|line| &line.points);
        points
            .filter(|([period, _], _)| *period == index as f64)
            .map(|([_, share], _)| self.plot.y(*share))
            .reduce(f32::min)
            .unwrap_or(self.plot.area.center().y)
    }

    /// Words of last points at the right of the chart, and of references over their lines or there too.
    fn place_words(
        &mut self,
        chart: &TrendChart,
        ends: Vec<Arc<Galley>>,
        labels: Vec<(Side, Arc<Galley>)>,
        left: f32,
        rect: Rect,
    ) {
        let area = self.plot.area;
        let last_y = |line: &Line| line.points.last().map(|([_, share], _)| self.plot.y(*share));
        let lines = self.lines.iter().zip(ends).filter_map(|(line, words)| Some((last_y(line)?, words)));
        let mut wanted: Vec<_> = lines.collect();
        for (reference, (side, galley)) in chart.references.iter().zip(labels) {
            let y = self.plot.y(reference.share);
            let over = y - galley.size().y;
            let at = match side {
                Side::Beside => {
                    wanted.push((y, galley));
                    continue;
                }
                Side::Left => pos2(area.left() + self.marker, over),
                Side::Right => pos2(area.right() - galley.size().x, over),
            };
            self.words.push(Words { at, galley });
        }
        wanted.sort_by(|(a, _), (b, _)| a.total_cmp(b));
        let heights: Vec<_> = wanted.iter().map(|(y, words)| (*y, words.size().y)).collect();
        let tops = spread(&heights, rect.top(), area.bottom());
        for ((_, galley), top) in wanted.into_iter().zip(tops) {
            self.words.push(Words { at: pos2(left, top), galley });
        }
    }
}

/// The width of the widest words of a period.
fn period_words(ui: &Ui, chart: &TrendChart) -> f32 {
    let points = chart.series.iter().take(1).flat_map(|series| &series.points);
    let width = |point: &TrendPoint| Text::label(&point.period).galley(ui, f32::INFINITY).size().x;
    points.map(width).fold(1.0, f32::max)
}

fn lines(ui: &Ui, chart: &TrendChart, axis: ShareAxis) -> Vec<Line> {
    let data = &Tokens::of(ui).data;
    let colors = [data.highlight, data.contrast, data.muted, data.series[2]];
    let place = |(period, point): (usize, &TrendPoint)| {
        point.share.map(|share| ([period as f64, axis.clamp(share)], !point.partial))
    };
    let line = |(series, color): (&TrendSeries, Color32)| {
        let placed: Vec<_> = series.points.iter().enumerate().map(place).collect();
        Line { color, runs: runs(&placed), points: placed.into_iter().flatten().collect() }
    };
    chart.series.iter().zip(colors.into_iter().cycle()).map(line).collect()
}

fn largest(chart: &TrendChart) -> f64 {
    let shares = chart.series.iter().flat_map(|series| &series.points);
    shares
        .filter_map(|point| point.share)
        .chain(chart.references.iter().map(|reference| reference.share))
        .chain(chart.usual.iter().flatten().copied())
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
pub(in crate::ui::widgets) fn spread(wanted: &[(f32, f32)], top: f32, bottom: f32) -> Vec<f32> {
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
fn runs(placed: &[Option<([f64; 2], bool)>]) -> Vec<Vec<[f64; 2]>> {
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
        let at = |x: f64| Some(([x, 0.0], true));
        let runs = runs(&[at(0.0), at(1.0), None, at(3.0), None]);
        assert_eq!(runs, [vec![[0.0, 0.0], [1.0, 0.0]], vec![[3.0, 0.0]]]);
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
