//! A matrix of things with each other: a value in each cell, the stronger the darker; the diagonal, which is another
//! kind of value, has an outline instead. What may not be told is hatched.
//!
//! Cells are read with the pointer, or one after the other with the arrow keys. Numbers stand in cells that have room.

use egui::{Align2, Color32, Painter, Pos2, Rect, Response, Stroke, Ui, pos2, vec2};

use super::probe::{chart_area, probe, value_tooltip};
use super::provable::{PartProofs, ProofId, sense};
use crate::ui::theme::{Scale, Text, TextSize, Tokens, Tone, readable_on, space};

/// One cell.
#[derive(Debug, Clone, PartialEq)]
pub struct MatrixCell {
    /// Its words: "4.1".
    pub value: String,
    /// How strong it is, 0 to 1, for its color; none on the diagonal.
    pub strength: Option<f32>,
    /// Exact values for the tooltip, one a line.
    pub detail: String,
}

/// A matrix: rows by columns.
#[derive(Debug, Clone)]
#[must_use = "show it in a Ui"]
pub struct MatrixChart {
    name: String,
    rows: Vec<String>,
    columns: Vec<String>,
    /// By row and column; none where nothing may be told.
    cells: Vec<Vec<Option<MatrixCell>>>,
    height: f32,
    proofs: PartProofs,
}

/// The least height of a row at a desk, and the least width of a column whose heading stands upright.
const LEAST_ROW: f32 = 14.0;
const UPRIGHT: f32 = 74.0;

/// Of the full color that the strongest cell has.
const STRONGEST: f32 = 0.8;

impl MatrixChart {
    /// A matrix that screen readers know by `name`.
    pub fn new(
        name: impl Into<String>,
        rows: Vec<String>,
        columns: Vec<String>,
        cells: Vec<Vec<Option<MatrixCell>>>,
    ) -> Self {
        Self { name: name.into(), rows, columns, cells, height: 320.0, proofs: PartProofs::default() }
    }

    /// The height in points at a desk, words included; 320 unless told.
    pub fn height(mut self, height: f32) -> Self {
        self.height = height;
        self
    }

    /// How its numbers were made: `whole` is the proof of all of them, `parts` has one for each cell, row by row.
    pub fn proofs(mut self, whole: ProofId, parts: Vec<ProofId>) -> Self {
        self.proofs = PartProofs::new(whole, parts);
        self
    }

    /// A height in which so many rows have room for their numbers, in points at a desk.
    #[must_use]
    pub fn height_of(rows: usize) -> f32 {
        (rows as f32 * 34.0 + 64.0).clamp(160.0, 720.0)
    }

    fn summary(&self) -> String {
        format!("{}: {} rows, {} columns", self.name, self.rows.len(), self.columns.len())
    }

    fn cell(&self, index: usize) -> Option<&MatrixCell> {
        let columns = self.columns.len().max(1);
        self.cells.get(index / columns)?.get(index % columns)?.as_ref()
    }

    /// Draws the chart, as wide as there is room.
    pub fn show(self, ui: &mut Ui) -> Response {
        let size = vec2(ui.available_width(), Scale::of(ui).space(self.height));
        let sense = sense(ui, self.proofs.is_there());
        let (rect, response) = chart_area(ui, size, &self.summary(), sense);
        if !ui.is_rect_visible(rect) || self.rows.is_empty() || self.columns.is_empty() {
            self.proofs.attend(ui, &response, None);
            return response;
        }
        let places = Places::new(ui, &self, rect);
        let count = self.rows.len() * self.columns.len();
        let read = probe(ui, &response, count, |position| places.at(position));
        self.paint(ui, &places, read);
        self.proofs.attend(ui, &response, read);
        if let Some(index) = read {
            let columns = self.columns.len();
            let name = |names: &[String], at: usize| names.get(at).cloned().unwrap_or_default();
            let title =
                format!("{} \u{2192} {}", name(&self.rows, index / columns), name(&self.columns, index % columns));
            let detail = self.cell(index).map_or("Not shown: it would tell about a small group.", |cell| &cell.detail);
            value_tooltip(ui, &response, places.rect(index), &title, detail);
        }
        response
    }

    fn paint(&self, ui: &Ui, places: &Places, read: Option<usize>) {
        let tokens = Tokens::of(ui);
        let painter = ui.painter();
        for (row, name) in self.rows.iter().enumerate() {
            let area = places.row(row);
            let galley = Text::label(name).one_line().galley(ui, area.width() - 4.0);
            let at = pos2(area.right() - 6.0 - galley.size().x, area.center().y - galley.size().y / 2.0);
            if galley.size().y <= area.height() + 6.0 {
                painter.galley(at, galley, tokens.text);
            }
        }
        for (column, name) in self.columns.iter().enumerate() {
            places.heading(ui, column, name);
        }
        for index in 0..self.rows.len() * self.columns.len() {
            let rect = places.rect(index).shrink(1.0);
            match self.cell(index) {
                Some(cell) => draw_cell(ui, cell, rect),
                None => hatch(painter, rect, Stroke::new(1.0, tokens.line)),
            }
        }
        if let Some(index) = read {
            let stroke = Stroke::new(2.0, tokens.text);
            painter.rect_stroke(places.rect(index), 3.0, stroke, egui::StrokeKind::Inside);
        }
    }
}

fn draw_cell(ui: &Ui, cell: &MatrixCell, rect: Rect) {
    let (tokens, scale) = (Tokens::of(ui), Scale::of(ui));
    let ground = match cell.strength {
        Some(strength) => fill(tokens, strength),
        None => tokens.hover,
    };
    ui.painter().rect_filled(rect, 3.0, ground);
    if cell.strength.is_none() {
        ui.painter().rect_stroke(rect, 3.0, Stroke::new(1.0, tokens.control), egui::StrokeKind::Inside);
    }
    if rect.height() + 2.0 < scale.line_height(TextSize::Caption) {
        return;
    }
    let galley = Text::label(&cell.value).tone(Tone::Ink(readable_on(ground))).galley(ui, f32::INFINITY);
    if galley.size().x <= rect.width() {
        let at = Align2::CENTER_CENTER.align_size_within_rect(galley.size(), rect).min;
        ui.painter().galley(at, galley, tokens.text);
    }
}

/// The color of a cell, mixed into that of the card.
fn fill(tokens: &Tokens, strength: f32) -> Color32 {
    tokens.card.lerp_to_gamma(tokens.data.highlight, 0.04 + strength.clamp(0.0, 1.0) * (STRONGEST - 0.04))
}

/// Slanting lines: nothing may be told here.
fn hatch(painter: &Painter, rect: Rect, stroke: Stroke) {
    const STEP: f32 = 6.0;
    let painter = painter.with_clip_rect(painter.clip_rect().intersect(rect));
    let mut x = rect.left() - rect.height();
    while x < rect.right() {
        painter.line_segment([pos2(x, rect.bottom()), pos2(x + rect.height(), rect.top())], stroke);
        x += STEP;
    }
    painter.rect_stroke(rect, 3.0, stroke, egui::StrokeKind::Inside);
}

/// Where the cells are.
struct Places {
    grid: Rect,
    rows: usize,
    columns: usize,
    names: Rect,
    is_turned: bool,
}

impl Places {
    fn new(ui: &Ui, chart: &MatrixChart, rect: Rect) -> Self {
        let scale = Scale::of(ui);
        let widest = |names: &[String]| {
            let width = |name: &String| Text::label(name).galley(ui, f32::INFINITY).size().x;
            names.iter().map(width).fold(0.0, f32::max)
        };
        let names = (widest(&chart.rows) + 10.0).min(rect.width() * 0.26);
        let column = (rect.width() - names) / chart.columns.len().max(1) as f32;
        let is_turned = column < scale.space(UPRIGHT);
        let least = scale.space(LEAST_ROW) * chart.rows.len() as f32;
        let head = if is_turned {
            (widest(&chart.columns) + 8.0).min(scale.space(120.0)).min((rect.height() - least).max(24.0))
        } else {
            2.0 * scale.line_height(TextSize::Label) + scale.space(space::TIGHT)
        };
        let grid = Rect::from_min_max(pos2(rect.left() + names, rect.top() + head), rect.max);
        Self { grid, rows: chart.rows.len(), columns: chart.columns.len(), names: rect, is_turned }
    }

    fn size(&self) -> egui::Vec2 {
        vec2(self.grid.width() / self.columns.max(1) as f32, self.grid.height() / self.rows.max(1) as f32)
    }

    /// A cell by its number, row by row.
    fn rect(&self, index: usize) -> Rect {
        let size = self.size();
        let (row, column) = (index / self.columns.max(1), index % self.columns.max(1));
        let at = self.grid.min + vec2(size.x * column as f32, size.y * row as f32);
        Rect::from_min_size(at, size)
    }

    /// Where the name of a row stands.
    fn row(&self, row: usize) -> Rect {
        let cell = self.rect(row * self.columns);
        Rect::from_min_max(pos2(self.names.left(), cell.top()), pos2(self.grid.left(), cell.bottom()))
    }

    fn at(&self, position: Pos2) -> Option<usize> {
        if !self.grid.contains(position) {
            return None;
        }
        let (offset, size) = (position - self.grid.min, self.size());
        let at = |part: f32, whole: f32, count: usize| ((part / whole) as usize).min(count.saturating_sub(1));
        Some(at(offset.y, size.y, self.rows) * self.columns + at(offset.x, size.x, self.columns))
    }

    /// The name of a column: in two lines above it, or turned where it is narrow.
    fn heading(&self, ui: &Ui, column: usize, name: &str) {
        let tokens = Tokens::of(ui);
        let cell = self.rect(column);
        let room = self.grid.top() - self.names.top();
        if self.is_turned {
            let galley = Text::label(name).secondary().one_line().galley(ui, room - 6.0);
            if galley.size().y > cell.width() + 6.0 {
                return;
            }
            let at = pos2(cell.center().x - galley.size().y / 2.0, self.grid.top() - 4.0);
            let shape = egui::epaint::TextShape::new(at, galley, tokens.secondary);
            ui.painter().add(shape.with_angle(-std::f32::consts::FRAC_PI_2));
        } else {
            let galley = Text::label(name).secondary().centered().lines(2).galley(ui, cell.width() - 4.0);
            let at = pos2(cell.left() + 2.0, self.grid.top() - 4.0 - galley.size().y);
            let width = galley.size().x;
            let shift = if galley.job.halign == egui::Align::Center {
                cell.width() / 2.0 - 2.0
            } else {
                (cell.width() - 4.0 - width) / 2.0
            };
            ui.painter().galley(at + vec2(shift, 0.0), galley, tokens.secondary);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::theme::contrast_ratio;
    use super::*;

    #[test]
    fn words_are_readable_on_every_cell_in_both_themes() {
        for tokens in [Tokens::LIGHT, Tokens::DARK] {
            for step in 0..=20 {
                let ground = fill(&tokens, step as f32 / 20.0);
                assert!(contrast_ratio(readable_on(ground), ground) >= 4.5, "{step} on {ground:?}");
            }
        }
    }

    #[test]
    fn a_place_leads_back_to_its_cell() {
        let grid = Rect::from_min_size(pos2(100.0, 50.0), vec2(300.0, 120.0));
        let places = Places { grid, rows: 4, columns: 3, names: grid, is_turned: false };
        for index in 0..12 {
            assert_eq!(places.at(places.rect(index).center()), Some(index));
        }
        assert_eq!(places.at(pos2(99.0, 60.0)), None);
        assert_eq!(places.at(grid.max), Some(11));
    }
}
