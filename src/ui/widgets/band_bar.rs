//! One bar that is the whole: three or more parts, each with its words.

use std::sync::Arc;

use egui::{Galley, Painter, Pos2, Rect, Response, Stroke, StrokeKind, Ui, pos2, vec2};

use super::paint::{band_color, swatch};
use super::probe::{chart_area, probe, value_tooltip};
use super::provable::{PartProofs, ProofId, sense};
use crate::ui::theme::{Scale, Text, TextSize, Tokens, Tone, readable_on, space};

/// A part of the whole.
#[derive(Debug, Clone, PartialEq)]
pub struct Band {
    /// Its name: "4 to 8 hours".
    pub name: String,
    /// Its share of the whole, 0 to 1.
    pub share: f64,
    /// The share in words: "31%".
    pub value: String,
    /// Exact values for the tooltip, one a line; may be empty.
    pub detail: String,
}

/// A 100% bar: `BandBar::new("Time with customers", bands).large().show(ui)`.
///
/// Parts keep their order, are parted by gaps, and are outlined, so that color never stands alone. Names
/// stand under their part where they fit, else in a list under the bar.
#[derive(Debug, Clone)]
#[must_use = "show it in a Ui"]
pub struct BandBar {
    name: String,
    bands: Vec<Band>,
    large: bool,
    proofs: PartProofs,
}

const GAP: f32 = 2.0;

impl BandBar {
    /// A compact bar of `bands`, from low to high. `name` is what screen readers call it.
    pub fn new(name: impl Into<String>, bands: Vec<Band>) -> Self {
        Self { name: name.into(), bands, large: false, proofs: PartProofs::default() }
    }

    /// A tall bar with the values inside its parts.
    pub fn large(mut self) -> Self {
        self.large = true;
        self
    }

    /// How its numbers were made: `whole` is the proof of all of them, `parts` has one for each band.
    pub fn proofs(mut self, whole: ProofId, parts: Vec<ProofId>) -> Self {
        self.proofs = PartProofs::new(whole, parts);
        self
    }

    fn summary(&self) -> String {
        let parts: Vec<_> = self.bands.iter().map(|band| format!("{} {}", band.name, band.value)).collect();
        format!("{}: {}", self.name, parts.join(", "))
    }

    /// Draws the bar, as wide as there is room.
    pub fn show(self, ui: &mut Ui) -> Response {
        let layout = BarLayout::new(ui, &self);
        let size = vec2(ui.available_width(), layout.height);
        let sense = sense(ui, self.proofs.is_there());
        let (rect, response) = chart_area(ui, size, &self.summary(), sense);
        if ui.is_rect_visible(rect) {
            layout.paint(ui, rect.min);
        }
        let read = probe(ui, &response, self.bands.len(), |position| {
            layout.parts.iter().position(|part| {
                let part = part.translate(rect.min.to_vec2());
                part.expand2(vec2(GAP, 0.0)).x_range().contains(position.x)
                    && position.y <= part.bottom() + space::TIGHT
            })
        });
        self.proofs.attend(ui, &response, read);
        if let Some(index) = read
            && let (Some(band), Some(part)) = (self.bands.get(index), layout.parts.get(index))
        {
            let name = format!("{}: {}", band.name, band.value);
            let anchor = part.translate(rect.min.to_vec2());
            value_tooltip(ui, &response, anchor, &name, &band.detail);
        }
        response
    }
}

/// Words and where they stand, from the top left corner of the bar.
struct Placed {
    at: Pos2,
    galley: Arc<Galley>,
}

struct BarLayout {
    parts: Vec<Rect>,
    swatches: Vec<(Rect, usize)>,
    words: Vec<Placed>,
    height: f32,
}

impl BarLayout {
    fn new(ui: &Ui, bar: &BandBar) -> Self {
        let scale = Scale::of(ui);
        let width = ui.available_width();
        let thickness = scale.space(if bar.large { 40.0 } else { 16.0 });
        let parts = part_rects(&bar.bands, width, thickness);
        let mut layout = Self { parts, swatches: Vec::new(), words: Vec::new(), height: thickness };
        if bar.large && layout.direct_words(ui, bar, thickness) {
            return layout;
        }
        layout.listed_words(ui, bar, thickness, width);
        layout
    }

    /// Values inside the parts, names under them. False, and nothing placed, if they do not fit.
    fn direct_words(&mut self, ui: &Ui, bar: &BandBar, thickness: f32) -> bool {
        let scale = Scale::of(ui);
        let mut words = Vec::new();
        let mut lowest = thickness;
        for (index, (band, part)) in bar.bands.iter().zip(&self.parts).enumerate() {
            let color = band_color(Tokens::of(ui), index, bar.bands.len());
            let ink = Tone::Ink(readable_on(color));
            let value = Text::body(&band.value).semi_bold().tone(ink).galley(ui, f32::INFINITY);
            let room = part.width() - scale.space(space::TIGHT);
            let name = Text::label(&band.name).galley(ui, room);
            let breaks_words = name.size().x > room || name.rows.len() > 2;
            if value.size().x + scale.space(space::SMALL) > part.width() || breaks_words {
                return false;
            }
            let inside = part.left() + scale.space(space::SMALL);
            let at = pos2(inside, part.center().y - value.size().y / 2.0);
            words.push(Placed { at, galley: value });
            let at = pos2(part.left(), thickness + scale.space(space::TIGHT));
            lowest = lowest.max(at.y + name.size().y);
            words.push(Placed { at, galley: name });
        }
        self.words = words;
        self.height = lowest;
        true
    }

    /// A list under the bar: swatch, name, and the value at the right.
    fn listed_words(&mut self, ui: &Ui, bar: &BandBar, thickness: f32, width: f32) {
        let scale = Scale::of(ui);
        let mut top = thickness + scale.space(space::SMALL);
        let side = scale.space(10.0);
        let gap = scale.space(space::SMALL);
        for (index, band) in bar.bands.iter().enumerate() {
            let value = Text::label(&band.value).semi_bold().galley(ui, f32::INFINITY);
            let room = width - side - 2.0 * gap - value.size().x;
            let name = Text::label(&band.name).galley(ui, room.max(1.0));
            let line = scale.line_height(TextSize::Label);
            let corner = pos2(0.0, top + (line - side) / 2.0);
            self.swatches.push((Rect::from_min_size(corner, vec2(side, side)), index));
            let height = name.size().y;
            self.words.push(Placed { at: pos2(width - value.size().x, top), galley: value });
            self.words.push(Placed { at: pos2(side + gap, top), galley: name });
            top += height + scale.space(2.0);
        }
        self.height = top;
    }

    fn paint(&self, ui: &Ui, origin: Pos2) {
        let tokens = Tokens::of(ui);
        let shift = origin.to_vec2();
        let count = self.parts.len();
        for (index, part) in self.parts.iter().enumerate() {
            let color = band_color(tokens, index, count);
            paint_band(ui.painter(), part.translate(shift), color, tokens);
        }
        for (rect, index) in &self.swatches {
            let color = band_color(tokens, *index, count);
            swatch(ui.painter(), rect.translate(shift), color, tokens.data.band_outline);
        }
        for placed in &self.words {
            ui.painter().galley(placed.at + shift, placed.galley.clone(), tokens.text);
        }
    }
}

/// A filled part with its outline.
pub(super) fn paint_band(painter: &Painter, rect: Rect, color: egui::Color32, tokens: &Tokens) {
    let outline = Stroke::new(1.0, tokens.data.band_outline);
    painter.rect(rect, 2.0, color, outline, StrokeKind::Inside);
}

/// The parts of a bar from the left, with gaps between them. A part that is not zero stays visible.
fn part_rects(bands: &[Band], width: f32, thickness: f32) -> Vec<Rect> {
    let total: f64 = bands.iter().map(|band| band.share.max(0.0)).sum();
    if total <= 0.0 || width <= 0.0 {
        return bands.iter().map(|_| Rect::from_min_size(Pos2::ZERO, vec2(0.0, 0.0))).collect();
    }
    let gaps = GAP * bands.len().saturating_sub(1) as f32;
    let room = (width - gaps).max(0.0);
    let mut left = 0.0;
    bands
        .iter()
        .map(|band| {
            let part = (band.share.max(0.0) / total) as f32 * room;
            let rect = Rect::from_min_size(pos2(left, 0.0), vec2(part, thickness));
            left += part + GAP;
            rect
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn band(share: f64) -> Band {
        Band { name: String::new(), share, value: String::new(), detail: String::new() }
    }

    #[test]
    fn parts_fill_the_width_with_gaps_of_two_points() {
        // 104 points less two gaps of 2 leave 100: parts of 50, 30 and 20.
        let parts = part_rects(&[band(0.5), band(0.3), band(0.2)], 104.0, 10.0);
        let edges: Vec<_> = parts.iter().map(|part| (part.left(), part.right())).collect();
        assert_eq!(edges, [(0.0, 50.0), (52.0, 82.0), (84.0, 104.0)]);
    }

    #[test]
    fn nothing_to_share_draws_nothing() {
        let parts = part_rects(&[band(0.0), band(0.0)], 100.0, 10.0);
        assert!(parts.iter().all(|part| part.width() == 0.0));
    }
}
