//! Groups side by side, each as a bar of parts that come to 100 %, all from one line on the left to one on the right.

use egui::{Align2, Id, Rect, Response, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use super::band_bar::paint_band;
use super::paint::{band_color, crisp, focus_ring, swatch};
use super::provable::{PartProofs, ProofId, ask, carries_proof};
use crate::ui::theme::{Scale, Text, TextSize, Tokens, Tone, readable_on, space};

/// A group with its parts.
#[derive(Debug, Clone, PartialEq)]
pub struct PartsRow {
    /// Its name.
    pub name: String,
    /// How many people are in it.
    pub people: String,
    /// The share of each part, and its words.
    pub parts: Vec<(f64, String)>,
}

/// Groups by the same parts; the first row is everyone.
#[derive(Debug, Clone)]
#[must_use = "show it in a Ui"]
pub struct PartsList {
    name: String,
    parts: Vec<String>,
    rows: Vec<PartsRow>,
    rows_in_sight: usize,
    proofs: PartProofs,
}

/// The height of a row, at a desk.
const ROW_HEIGHT: f32 = 34.0;

/// Between parts.
const GAP: f32 = 2.0;

impl PartsList {
    /// A list that screen readers know by `name`, with the names of its parts.
    pub fn new(name: impl Into<String>, parts: Vec<String>, rows: Vec<PartsRow>) -> Self {
        Self { name: name.into(), parts, rows, rows_in_sight: 11, proofs: PartProofs::default() }
    }

    /// How many rows stand in sight before the list scrolls; 11 unless told.
    pub fn rows_in_sight(mut self, rows: usize) -> Self {
        self.rows_in_sight = rows.max(1);
        self
    }

    /// How its numbers were made: `whole` is the proof of all of them, `parts` has one for each row.
    pub fn proofs(mut self, whole: ProofId, parts: Vec<ProofId>) -> Self {
        self.proofs = PartProofs::new(whole, parts);
        self
    }

    /// How high the list is with so many rows, at a desk.
    #[must_use]
    pub fn height_of(rows: usize) -> f32 {
        ROW_HEIGHT * rows as f32 + 36.0
    }

    /// Draws the list, as wide as there is room.
    pub fn show(self, ui: &mut Ui) {
        let scale = Scale::of(ui);
        let width = ui.available_width();
        let row_height = scale.space(ROW_HEIGHT);
        let name = |row: &PartsRow| Text::body(&row.name).medium().galley(ui, f32::INFINITY).size().x;
        let names = self.rows.iter().take(64).map(name).fold(0.0, f32::max).clamp(width * 0.12, width * 0.26);
        let people = |row: &PartsRow| Text::body(&row.people).galley(ui, f32::INFINITY).size().x;
        let people = self.rows.iter().take(64).map(people).fold(0.0, f32::max);
        let height = row_height * self.rows_in_sight as f32;
        ui.scope(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            self.head(ui, width);
            ScrollArea::vertical()
                .id_salt(Id::unique(&self.name))
                .max_height(height)
                .min_scrolled_height(height)
                .auto_shrink([false, true])
                .show_rows(ui, row_height, self.rows.len(), |ui, range| {
                    for index in range {
                        let Some(row) = self.rows.get(index) else { continue };
                        let response = self.row(ui, row, index == 0, [names, people], vec2(width, row_height));
                        if let Some(proof) = self.proofs.part(index) {
                            carries_proof(ui, &response, proof);
                            if response.clicked() {
                                ask(ui, proof);
                            }
                        }
                    }
                });
        });
    }

    /// What the colors stand for, in the order of the parts.
    fn head(&self, ui: &mut Ui, width: f32) {
        let scale = Scale::of(ui);
        let (gap, side) = (scale.space(space::SMALL), scale.space(10.0));
        let line = scale.line_height(TextSize::Label);
        let (rect, response) = ui.allocate_exact_size(vec2(width, line + 2.0 * gap), Sense::hover());
        let summary = format!("{}: {} rows, parts {}", self.name, self.rows.len(), self.parts.join(", "));
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &summary));
        self.proofs.attend(ui, &response, None);
        let mut left = rect.left();
        for (index, part) in self.parts.iter().enumerate() {
            let color = band_color(Tokens::of(ui), index, self.parts.len());
            let corner = pos2(left, rect.top() + (line - side) / 2.0);
            let area = Rect::from_min_size(corner, vec2(side, side));
            swatch(ui.painter(), area, color, Tokens::of(ui).data.band_outline);
            let words = Text::label(part).galley(ui, f32::INFINITY);
            let next = left + side + gap + words.size().x + 2.0 * gap;
            ui.painter().galley(pos2(left + side + gap / 2.0, rect.top()), words, Tokens::of(ui).text);
            left = next;
        }
        let y = crisp(ui.painter(), rect.bottom() - gap / 2.0);
        ui.painter().hline(rect.x_range(), y, Tokens::of(ui).border());
    }

    fn row(&self, ui: &mut Ui, row: &PartsRow, is_all: bool, [names, people]: [f32; 2], size: egui::Vec2) -> Response {
        let (rect, response) = ui.allocate_exact_size(size, Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, self.in_words(row)));
        if ui.is_rect_visible(rect) {
            let scale = Scale::of(ui);
            let (tokens, gap) = (Tokens::of(ui), scale.space(space::MEDIUM));
            if response.hovered() {
                ui.painter().rect_filled(rect, space::CONTROL_RADIUS, tokens.hover);
            }
            let name = if is_all { Text::body(&row.name).semi_bold() } else { Text::body(&row.name).medium() };
            let name = name.lines(1).galley_with_ends(ui, names);
            let at = Align2::LEFT_CENTER.align_size_within_rect(name.size(), rect).min;
            ui.painter().galley(at, name, tokens.text);
            let count = Text::body(&row.people).secondary().galley(ui, f32::INFINITY);
            let at = Align2::RIGHT_CENTER.align_size_within_rect(count.size(), rect).min;
            ui.painter().galley(at, count, tokens.secondary);
            let bar = Rect::from_x_y_ranges(rect.left() + names + gap..=rect.right() - people - gap, rect.y_range());
            draw_bar(ui, row, bar.shrink2(vec2(0.0, scale.space(5.0))));
            focus_ring(ui, rect.shrink(1.0), &response, space::CONTROL_RADIUS);
        }
        response.on_hover_ui(|ui| {
            ui.set_max_width(ui.spacing().tooltip_width);
            ui.add(Text::body(&row.name).semi_bold());
            for (part, (_, words)) in self.parts.iter().zip(&row.parts) {
                ui.add(Text::body(format!("{part}: {words}")));
            }
        })
    }

    fn in_words(&self, row: &PartsRow) -> String {
        let parts = self.parts.iter().zip(&row.parts).map(|(part, (_, words))| format!("{part} {words}"));
        format!("{}, {}: {}", row.name, row.people, parts.collect::<Vec<_>>().join(", "))
    }
}

fn draw_bar(ui: &Ui, row: &PartsRow, area: Rect) {
    let tokens = Tokens::of(ui);
    let total: f64 = row.parts.iter().map(|(share, _)| share.max(0.0)).sum();
    let room = area.width() - GAP * row.parts.len().saturating_sub(1) as f32;
    if total <= 0.0 || room <= 0.0 {
        return;
    }
    let mut left = area.left();
    for (index, (share, words)) in row.parts.iter().enumerate() {
        let width = (share.max(0.0) / total) as f32 * room;
        let part = Rect::from_min_size(pos2(left, area.top()), vec2(width, area.height()));
        left += width + GAP;
        if width < 0.5 {
            continue;
        }
        let color = band_color(tokens, index, row.parts.len());
        paint_band(ui.painter(), part, color, tokens);
        let words = Text::label(words).medium().tone(Tone::Ink(readable_on(color))).galley(ui, f32::INFINITY);
        if words.size().x + 8.0 <= width {
            let at = Align2::CENTER_CENTER.align_size_within_rect(words.size(), part).min;
            ui.painter().galley(at, words, tokens.text);
        }
    }
}
