//! A share over time: a line with a point for each period.
//!
//! Periods without a value leave a gap, partial periods are hollow, and the last point carries its words,
//! so that no legend is needed.

mod layout;
mod paint;

use egui::{Rect, Response, Ui, Vec2, vec2};

use super::Reference;
use super::axis::{AxisUnit, PERCENT_SPACE};
use super::probe::{chart_area, probe, value_tooltip};
use super::provable::{PartProofs, ProofId, sense};
use crate::ui::theme::Scale;
use layout::Layout;
pub(super) use layout::spread;

/// A period of a trend.
#[derive(Debug, Clone, PartialEq)]
pub struct TrendPoint {
    /// The period in a few letters, for the axis: "Mar 4". Empty for periods that need no words.
    pub period: String,
    /// The share, 0 to 1. None leaves a gap: nothing is drawn between the neighbors.
    pub share: Option<f64>,
    /// Whether the period is not whole (at an edge, or in the holidays): its point is hollow.
    pub partial: bool,
    /// Exact values for the tooltip, one a line.
    pub detail: String,
}

/// A line of a trend.
#[derive(Debug, Clone, PartialEq)]
pub struct TrendSeries {
    /// Its name; stands at the last point if there are several lines.
    pub name: String,
    /// Its periods, oldest first, the same ones for every series of a chart.
    pub points: Vec<TrendPoint>,
    /// The words of the last point: "31 %".
    pub last_value: String,
}

/// A chart of one to four lines over the same periods.
#[derive(Debug, Clone)]
#[must_use = "show it in a Ui"]
pub struct TrendChart {
    name: String,
    series: Vec<TrendSeries>,
    references: Vec<Reference>,
    height: f32,
    percent_space: char,
    unit: Option<AxisUnit>,
    usual: Option<[f64; 2]>,
    marked: Vec<usize>,
    proofs: PartProofs,
}

impl TrendChart {
    /// A chart that screen readers know by `name` and its first and last values.
    pub fn new(name: impl Into<String>, series: Vec<TrendSeries>) -> Self {
        Self {
            name: name.into(),
            series,
            references: Vec::new(),
            height: 200.0,
            percent_space: PERCENT_SPACE,
            unit: None,
            usual: None,
            marked: Vec::new(),
            proofs: PartProofs::default(),
        }
    }

    /// What the lines are held against.
    pub fn references(mut self, references: Vec<Reference>) -> Self {
        self.references = references;
        self
    }

    /// The height in points at a desk, words included; 200 unless told.
    pub fn height(mut self, height: f32) -> Self {
        self.height = height;
        self
    }

    /// What stands between number and sign of the percents at the axis, as in the values at the lines; a space
    /// at which no line breaks unless told.
    pub fn percent_space(mut self, space: char) -> Self {
        self.percent_space = space;
        self
    }

    /// The values are no shares but parts of a whole, in this unit.
    pub fn unit(mut self, unit: AxisUnit) -> Self {
        self.unit = Some(unit);
        self
    }

    /// What is usual, from one share to another: a band behind the lines.
    pub fn usual(mut self, low: f64, high: f64) -> Self {
        self.usual = Some([low, high]);
        self
    }

    /// The places of periods whose points stand out.
    pub fn marked(mut self, periods: Vec<usize>) -> Self {
        self.marked = periods;
        self
    }

    /// How its numbers were made: `whole` is the proof of all of them, `parts` has one for each period.
    pub fn proofs(mut self, whole: ProofId, parts: Vec<ProofId>) -> Self {
        self.proofs = PartProofs::new(whole, parts);
        self
    }

    fn periods(&self) -> usize {
        self.series.iter().map(|series| series.points.len()).max().unwrap_or_default()
    }

    fn summary(&self) -> String {
        let mut parts: Vec<_> =
            self.series.iter().map(|series| format!("{} {} at the end", series.name, series.last_value)).collect();
        parts.extend(self.references.iter().map(|reference| reference.label.clone()));
        format!("{}, {} periods: {}", self.name, self.periods(), parts.join(", "))
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
        let read = probe(ui, &response, self.periods(), |position| layout.period_at(position.x));
        paint::paint(ui, &self, &layout, &response, read);
        self.proofs.attend(ui, &response, read);
        if let Some(index) = read {
            let x = layout.x(index);
            let anchor = Rect::from_center_size(egui::pos2(x, layout.top_of(index)), Vec2::splat(layout.marker));
            value_tooltip(ui, &response, anchor, &self.period_name(index), &self.details(index));
        }
        response
    }

    fn period_name(&self, index: usize) -> String {
        let point = self.series.first().and_then(|series| series.points.get(index));
        point.map(|point| point.period.clone()).unwrap_or_default()
    }

    fn details(&self, index: usize) -> String {
        let several = self.series.len() > 1;
        let lines: Vec<_> = self
            .series
            .iter()
            .filter_map(|series| series.points.get(index).map(|point| (series, point)))
            .map(|(series, point)| match several {
                true => format!("{}: {}", series.name, point.detail),
                false => point.detail.clone(),
            })
            .collect();
        lines.join("\n")
    }
}
