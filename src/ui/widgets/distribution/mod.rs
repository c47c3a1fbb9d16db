//! How people spread over bands: one bar a band, all from zero, each with its percent and its name.

mod layout;
mod paint;

use egui::{Response, Ui, vec2};

use super::Reference;
use super::axis::PERCENT_SPACE;
use super::probe::{chart_area, probe, value_tooltip};
use super::provable::{PartProofs, ProofId, sense};
use crate::ui::theme::Scale;
use layout::Layout;

/// A band of a distribution.
#[derive(Debug, Clone, PartialEq)]
pub struct BandColumn {
    /// Its name, at the foot of its bar: "8 hours or more".
    pub name: String,
    /// The share of people in it, 0 to 1.
    pub share: f64,
    /// The share in words, above its bar: "23 %".
    pub value: String,
    /// Exact values for the tooltip, one a line.
    pub detail: String,
}

/// A distribution over bands, lowest band first.
///
/// `DistributionChart::new("Share of people by hours with customers", columns).show(ui)`
#[derive(Debug, Clone)]
#[must_use = "show it in a Ui"]
pub struct DistributionChart {
    name: String,
    columns: Vec<BandColumn>,
    references: Vec<Reference>,
    height: f32,
    percent_space: char,
    proofs: PartProofs,
}

impl DistributionChart {
    /// A chart that screen readers know by `name` and the values of its bands.
    pub fn new(name: impl Into<String>, columns: Vec<BandColumn>) -> Self {
        Self {
            name: name.into(),
            columns,
            references: Vec::new(),
            height: 240.0,
            percent_space: PERCENT_SPACE,
            proofs: PartProofs::default(),
        }
    }

    /// What the bars are held against.
    pub fn references(mut self, references: Vec<Reference>) -> Self {
        self.references = references;
        self
    }

    /// The height in points at a desk, words included; 240 unless told.
    pub fn height(mut self, height: f32) -> Self {
        self.height = height;
        self
    }

    /// What stands between number and sign of the percents at the axis, as in the values of the bars; a space
    /// at which no line breaks unless told.
    pub fn percent_space(mut self, space: char) -> Self {
        self.percent_space = space;
        self
    }

    /// How its numbers were made: `whole` is the proof of all of them, `parts` has one for each band.
    pub fn proofs(mut self, whole: ProofId, parts: Vec<ProofId>) -> Self {
        self.proofs = PartProofs::new(whole, parts);
        self
    }

    fn summary(&self) -> String {
        let mut parts: Vec<_> = self.columns.iter().map(|column| format!("{} {}", column.name, column.value)).collect();
        parts.extend(self.references.iter().map(|reference| reference.label.clone()));
        format!("{}: {}", self.name, parts.join(", "))
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
        let read = probe(ui, &response, self.columns.len(), |position| {
            layout.slots.iter().position(|slot| slot.area.x_range().contains(position.x))
        });
        paint::paint(ui, &self, &layout, &response, read);
        self.proofs.attend(ui, &response, read);
        if let Some(index) = read
            && let (Some(column), Some(slot)) = (self.columns.get(index), layout.slots.get(index))
        {
            let name = format!("{}: {}", column.name, column.value);
            value_tooltip(ui, &response, slot.bar, &name, &column.detail);
        }
        response
    }
}
