//! Groups by their size: a dot each, within limits that narrow as groups grow.
//!
//! Sizes stand on an axis on which each line is twice the one before, so that small and large groups both have room.
//! Groups beyond the limits carry their names; every group can be read with the pointer or the arrow keys.

mod layout;
mod paint;

use egui::{Rect, Response, Ui, Vec2, vec2};

use super::Meaning;
use super::probe::{chart_area, probe, value_tooltip};
use super::provable::{PartProofs, ProofId, sense};
use crate::text::Locale;
use crate::ui::theme::Scale;
use layout::{Layout, Sizes};

/// A group.
#[derive(Debug, Clone, PartialEq)]
pub struct FunnelDot {
    /// Its name.
    pub name: String,
    /// How many people are in it.
    pub people: usize,
    /// Its share, 0 to 1.
    pub share: f64,
    /// Whether it lies beyond limits: it has its name beside it then, and its color.
    pub beyond: bool,
    /// What lying there means, for its color.
    pub meaning: Meaning,
    /// Exact values for the tooltip, one a line.
    pub detail: String,
}

/// A pair of limits, by size.
#[derive(Debug, Clone, PartialEq)]
pub struct FunnelLimit {
    /// Its words, at its right end: "95 %".
    pub label: String,
    /// People, and the lower and upper limit for groups of so many, 0 to 1; by growing size.
    pub at: Vec<[f64; 3]>,
}

/// A funnel: groups by size, round the share that they are held against.
#[derive(Debug, Clone)]
#[must_use = "show it in a Ui"]
pub struct FunnelChart {
    name: String,
    foot: String,
    dots: Vec<FunnelDot>,
    center: (f64, String),
    limits: Vec<FunnelLimit>,
    height: f32,
    locale: Locale,
    proofs: PartProofs,
}

/// The sizes at which limits are wanted for groups of these sizes, growing. Empty without groups.
#[must_use]
pub fn funnel_sizes(people: impl IntoIterator<Item = usize>) -> Vec<f64> {
    Sizes::of(people).map_or_else(Vec::new, Sizes::samples)
}

impl FunnelChart {
    /// A chart that screen readers know by `name`. `foot` says what the sizes are sizes of, `center` is what the
    /// groups are held against with its words, `limits` are the inner ones first.
    pub fn new(
        name: impl Into<String>,
        foot: impl Into<String>,
        dots: Vec<FunnelDot>,
        center: (f64, String),
        limits: Vec<FunnelLimit>,
    ) -> Self {
        let (name, foot) = (name.into(), foot.into());
        Self {
            name,
            foot,
            dots,
            center,
            limits,
            height: 320.0,
            locale: Locale::of("en-US"),
            proofs: PartProofs::default(),
        }
    }

    /// The height in points at a desk, words included; 320 unless told.
    pub fn height(mut self, height: f32) -> Self {
        self.height = height;
        self
    }

    /// How the numbers at the axes are written; as in American English unless told.
    pub fn locale(mut self, locale: &Locale) -> Self {
        self.locale = locale.clone();
        self
    }

    /// How its numbers were made: `whole` is the proof of all of them, `parts` has one for each dot.
    pub fn proofs(mut self, whole: ProofId, parts: Vec<ProofId>) -> Self {
        self.proofs = PartProofs::new(whole, parts);
        self
    }

    fn summary(&self) -> String {
        let beyond: Vec<&str> = self.dots.iter().filter(|dot| dot.beyond).map(|dot| dot.name.as_str()).collect();
        let beyond = if beyond.is_empty() { "none".to_owned() } else { beyond.join(", ") };
        format!("{}, {} groups, {}. Beyond the limits: {beyond}", self.name, self.dots.len(), self.center.1)
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
        let Some(layout) = Layout::new(ui, &self, rect) else { return response };
        let read = probe(ui, &response, self.dots.len(), |position| layout.dot_near(position));
        paint::paint(ui, &self, &layout, &response, read);
        self.proofs.attend(ui, &response, read);
        if let Some(index) = read
            && let (Some(dot), Some(at)) = (self.dots.get(index), layout.dots.get(index))
        {
            let anchor = Rect::from_center_size(*at, Vec2::splat(layout.marker));
            value_tooltip(ui, &response, anchor, &dot.name, &dot.detail);
        }
        response
    }
}
