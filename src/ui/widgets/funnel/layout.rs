//! Where the dots, lines and words of a funnel stand.

use std::sync::Arc;

use egui::{Galley, Pos2, Rect, Ui, pos2, vec2};

use super::super::axis::ShareAxis;
use super::super::plot::{EDGE, SharePlot};
use super::super::trend::spread;
use super::{FunnelChart, FunnelDot};
use crate::text::{self, Locale};
use crate::ui::theme::{Scale, Text, TextSize, space};

/// The size at one of the lines; all others are twice or half of the next.
const A_LINE: f64 = 5.0;

/// The room at both sides of the smallest and the largest group, in lines.
const SIDE: f64 = 0.2;

/// At how many sizes limits are drawn.
const SAMPLES: usize = 48;

/// How wide a name beside a dot may be, in points at a desk.
const WIDEST_NAME: f32 = 180.0;

/// The axis of sizes: which line is the first, and from where to where it reaches, in lines from the first.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Sizes {
    first: f64,
    low: f64,
    high: f64,
}

impl Sizes {
    /// The shortest axis that shows these sizes; `None` without any.
    pub(super) fn of(people: impl IntoIterator<Item = usize>) -> Option<Self> {
        let people: Vec<usize> = people.into_iter().map(|people| people.max(1)).collect();
        let (smallest, largest) = (*people.iter().min()? as f64, *people.iter().max()? as f64);
        let first = A_LINE * (smallest / A_LINE).log2().floor().exp2();
        let place = |people: f64| (people / first).log2();
        // The first line is always there, so that sizes can be read.
        Some(Self { first, low: (place(smallest) - SIDE).min(0.0), high: place(largest) + SIDE })
    }

    pub(super) fn place(self, people: f64) -> f64 {
        (people / self.first).log2()
    }

    pub(super) fn samples(self) -> Vec<f64> {
        let step = (self.high - self.low) / (SAMPLES - 1) as f64;
        (0..SAMPLES).map(|index| self.first * (self.low + index as f64 * step).exp2()).collect()
    }

    /// The sizes at the lines from the first one on, in words.
    fn lines(self, locale: &Locale) -> Vec<String> {
        let count = self.high.floor().max(0.0) as usize;
        let size = |line: usize| self.first * (line as f64).exp2();
        (0..=count).map(|line| text::decimals(size(line), 0, locale)).collect()
    }
}

pub(super) struct Words {
    pub at: Pos2,
    pub galley: Arc<Galley>,
}

pub(super) struct Layout {
    /// From the first line of sizes at 0 to the next at 1.
    pub plot: SharePlot,
    pub sizes: Sizes,
    /// The words at the lines of sizes.
    pub lines: Vec<String>,
    pub dots: Vec<Pos2>,
    /// Names of dots, words at the ends of lines, and what the sizes are.
    pub words: Vec<Words>,
    pub marker: f32,
}

impl Layout {
    pub(super) fn new(ui: &Ui, chart: &FunnelChart, rect: Rect) -> Option<Self> {
        let scale = Scale::of(ui);
        let gap = scale.space(space::SMALL);
        let sizes = Sizes::of(chart.dots.iter().map(|dot| dot.people))?;
        let axis = ShareAxis::for_largest(largest(chart));
        let left = SharePlot::axis_width(ui, axis, chart.locale.space());
        let label = |words: &str| Text::label(words).medium().galley(ui, rect.width() * 0.24);
        let ends: Vec<_> = std::iter::once(&chart.center.1)
            .chain(chart.limits.iter().map(|limit| &limit.label))
            .map(|words| label(words))
            .collect();
        let right = ends.iter().map(|galley| galley.size().x).fold(0.0, f32::max) + gap;
        let line = scale.line_height(TextSize::Label);
        let area = Rect::from_min_max(
            pos2(rect.left() + left, rect.top() + line / 2.0),
            pos2(rect.right() - right, rect.bottom() - 2.0 * line - scale.space(EDGE + space::TIGHT)),
        );
        let plot = SharePlot::new(ui, area, axis, chart.locale.space(), &(sizes.low..=sizes.high));
        let at = |dot: &FunnelDot| pos2(plot.x(sizes.place(dot.people.max(1) as f64)), plot.y(dot.share));
        let dots: Vec<Pos2> = chart.dots.iter().map(at).collect();
        let mut words = ends_of_lines(chart, &plot, ends, area.right() + gap, rect.top());
        let foot = Text::label(&chart.foot).secondary().galley(ui, area.width().max(1.0));
        let foot_at = pos2(area.center().x - foot.size().x / 2.0, rect.bottom() - foot.size().y);
        words.extend(names(ui, chart, &dots, plot.area));
        words.push(Words { at: foot_at, galley: foot });
        Some(Self { plot, sizes, lines: sizes.lines(&chart.locale), dots, words, marker: scale.marker })
    }

    /// The dot next to a place on the screen, if it is near.
    pub(super) fn dot_near(&self, position: Pos2) -> Option<usize> {
        let reach = 3.0 * self.marker;
        let distance = |index: &usize| self.dots.get(*index).map_or(f32::INFINITY, |at| at.distance(position));
        let nearest = (0..self.dots.len()).min_by(|a, b| distance(a).total_cmp(&distance(b)));
        nearest.filter(|index| distance(index) <= reach)
    }
}

/// The axis shows every group, and the inner limits of groups of the usual size.
fn largest(chart: &FunnelChart) -> f64 {
    let inner = chart.limits.first().and_then(|limit| limit.at.get(limit.at.len() / 3)).map(|[_, _, high]| *high);
    let shares = chart.dots.iter().map(|dot| dot.share).chain(inner);
    shares.chain([chart.center.0]).fold(0.0, f64::max)
}

/// Words at the right ends of the middle and of the upper limits.
fn ends_of_lines(chart: &FunnelChart, plot: &SharePlot, ends: Vec<Arc<Galley>>, left: f32, top: f32) -> Vec<Words> {
    let last = chart.limits.iter().map(|limit| limit.at.last().map_or(chart.center.0, |[_, _, high]| *high));
    let shares = std::iter::once(chart.center.0).chain(last);
    let mut wanted: Vec<_> = shares.map(|share| plot.y(share)).zip(ends).collect();
    wanted.sort_by(|(a, _), (b, _)| a.total_cmp(b));
    let heights: Vec<_> = wanted.iter().map(|(y, galley)| (*y, galley.size().y)).collect();
    let tops = spread(&heights, top, plot.area.bottom());
    wanted.into_iter().zip(tops).map(|((_, galley), top)| Words { at: pos2(left, top), galley }).collect()
}

/// Names beside the dots beyond the limits, the farthest first; one that finds no room is left to the tooltip.
fn names(ui: &Ui, chart: &FunnelChart, dots: &[Pos2], area: Rect) -> Vec<Words> {
    let scale = Scale::of(ui);
    let gap = scale.marker * 0.5 + scale.space(space::TIGHT);
    let mut taken: Vec<Rect> =
        dots.iter().map(|at| Rect::from_center_size(*at, vec2(1.0, 1.0) * scale.marker)).collect();
    let mut named: Vec<(&FunnelDot, Pos2)> =
        chart.dots.iter().zip(dots).filter(|(dot, _)| dot.beyond).map(|(dot, at)| (dot, *at)).collect();
    let far = |dot: &FunnelDot| (dot.share - chart.center.0).abs() * (dot.people as f64).sqrt();
    named.sort_by(|(a, _), (b, _)| far(b).total_cmp(&far(a)));
    let mut words = Vec::new();
    for (dot, at) in named {
        let galley = Text::label(&dot.name).medium().one_line().galley_with_ends(ui, scale.space(WIDEST_NAME));
        let size = galley.size();
        let candidates = [
            pos2(at.x + gap, at.y - size.y / 2.0),
            pos2(at.x - gap - size.x, at.y - size.y / 2.0),
            pos2(at.x - size.x / 2.0, at.y - gap - size.y),
            pos2(at.x - size.x / 2.0, at.y + gap),
            pos2(at.x + gap, at.y - gap - size.y / 2.0),
            pos2(at.x + gap, at.y + gap - size.y / 2.0),
        ];
        let fits = |at: &Pos2| {
            let room = Rect::from_min_size(*at, size);
            area.contains_rect(room) && !taken.iter().any(|other| other.intersects(room))
        };
        if let Some(at) = candidates.into_iter().find(fits) {
            taken.push(Rect::from_min_size(at, size));
            words.push(Words { at, galley });
        }
    }
    words
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn each_line_is_twice_the_one_before() {
        let locale = Locale::of("de-DE");
        let sizes = Sizes::of([12, 300, 45]).unwrap();
        // 10 is the last of 5, 10, 20 … that is not above 12.
        assert_eq!(sizes.lines(&locale), ["10", "20", "40", "80", "160", "320"]);
        assert!((sizes.place(10.0)).abs() < 1e-9 && (sizes.place(40.0) - 2.0).abs() < 1e-9);
        assert_eq!(Sizes::of([5]).unwrap().lines(&locale), ["5"]);
        assert_eq!(Sizes::of([3000]).unwrap().lines(&locale), ["2.560"]);
        assert_eq!(Sizes::of([]), None);
    }

    #[test]
    fn limits_are_wanted_from_the_smallest_group_to_the_largest() {
        let samples = Sizes::of([10, 160]).unwrap().samples();
        assert_eq!(samples.len(), SAMPLES);
        assert!(samples.is_sorted() && samples[0] < 10.0 && samples[SAMPLES - 1] > 160.0);
    }
}
