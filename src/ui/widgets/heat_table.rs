//! A table of values whose cells say, in words and color, how far each is from the value of all.
//!
//! Cells that do not differ clearly have no color. Rows can be read with the keyboard, one by one, and clicked.

use egui::{Align2, Color32, Id, Rect, Response, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use super::paint::{crisp, focus_ring};
use super::provable::{PartProofs, ProofId, ask, carries_proof};
use crate::ui::theme::{Scale, Text, TextSize, Tokens, Tone, readable_on, space};

/// One value.
#[derive(Debug, Clone, PartialEq)]
pub struct HeatCell {
    /// In words: "4.1".
    pub value: String,
    /// How far it is from the value of all, in short: "+14 %". May be empty.
    pub note: String,
    /// The same in words: "14 % above".
    pub words: String,
    /// How strongly it is colored, from -1 (far below) to 1 (far above); none where it does not differ clearly.
    pub tone: Option<f32>,
}

/// One row.
#[derive(Debug, Clone, PartialEq)]
pub struct HeatRow {
    /// Its name.
    pub name: String,
    /// Under the name, such as how many people it is about.
    pub note: String,
    /// A cell for each column; none where nothing may be told.
    pub cells: Vec<Option<HeatCell>>,
}

/// A heat table: its first row is what the others are held against.
#[derive(Debug, Clone)]
#[must_use = "show it in a Ui"]
pub struct HeatTable {
    name: String,
    columns: Vec<String>,
    rows: Vec<HeatRow>,
    rows_in_sight: usize,
    proofs: PartProofs,
}

/// The height of a row, and the least width of a column, at a desk.
const ROW_HEIGHT: f32 = 42.0;
const LEAST_COLUMN: f32 = 88.0;

/// The most lines of a heading.
const HEAD_LINES: usize = 4;

/// Of the full color that the strongest cell has: words stay readable on it.
const STRONGEST: f32 = 0.7;

impl HeatTable {
    /// A table that screen readers know by `name`.
    pub fn new(name: impl Into<String>, columns: Vec<String>, rows: Vec<HeatRow>) -> Self {
        Self { name: name.into(), columns, rows, rows_in_sight: 9, proofs: PartProofs::default() }
    }

    /// How many rows stand in sight before the table scrolls; 9 unless told.
    pub fn rows_in_sight(mut self, rows: usize) -> Self {
        self.rows_in_sight = rows.max(1);
        self
    }

    /// How its numbers were made: `whole` is the proof of all of them, `parts` has one for each row.
    pub fn proofs(mut self, whole: ProofId, parts: Vec<ProofId>) -> Self {
        self.proofs = PartProofs::new(whole, parts);
        self
    }

    /// How high the table is with so many rows, at a desk.
    #[must_use]
    pub fn height_of(rows: usize) -> f32 {
        ROW_HEIGHT * rows as f32 + 18.0 * HEAD_LINES as f32
    }

    /// How wide the table is with all of its columns, at a desk.
    #[must_use]
    pub fn width(&self) -> f32 {
        LEAST_COLUMN * self.columns.len() as f32 + 280.0
    }

    /// Draws the table, as wide as there is room; wider, with a bar, where its columns need more.
    pub fn show(self, ui: &mut Ui) {
        let scale = Scale::of(ui);
        let room = ui.available_width();
        let names = self.name_width(ui, room);
        let least = names + scale.space(LEAST_COLUMN) * self.columns.len() as f32;
        let width = least.max(room);
        if least <= room {
            self.draw(ui, width, names);
            return;
        }
        ScrollArea::horizontal().id_salt(Id::unique((&self.name, "across"))).show(ui, |ui| self.draw(ui, width, names));
    }

    fn name_width(&self, ui: &Ui, room: f32) -> f32 {
        let width = |row: &HeatRow| Text::body(&row.name).medium().galley(ui, f32::INFINITY).size().x;
        let widest = self.rows.iter().take(64).map(width).fold(60.0, f32::max);
        widest.clamp(room * 0.1, room * 0.22) + Scale::of(ui).space(space::MEDIUM)
    }

    fn draw(&self, ui: &mut Ui, width: f32, names: f32) {
        let scale = Scale::of(ui);
        let row_height = scale.space(ROW_HEIGHT);
        let column = (width - names) / self.columns.len().max(1) as f32;
        ui.scope(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            ui.set_width(width);
            self.head(ui, width, names, column);
            let height = row_height * self.rows_in_sight as f32;
            ScrollArea::vertical()
                .id_salt(Id::unique(&self.name))
                .max_height(height)
                .min_scrolled_height(height)
                .auto_shrink([false, true])
                .show_rows(ui, row_height, self.rows.len(), |ui, range| {
                    for index in range {
                        let Some(row) = self.rows.get(index) else { continue };
                        let response = self.row(ui, row, index == 0, names, column, vec2(width, row_height));
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

    fn head(&self, ui: &mut Ui, width: f32, names: f32, column: f32) {
        let scale = Scale::of(ui);
        let gap = scale.space(space::SMALL);
        let galley = |heading: &String| Text::label(heading).secondary().lines(HEAD_LINES).galley(ui, column - gap);
        let headings: Vec<_> = self.columns.iter().map(galley).collect();
        let tallest = headings.iter().map(|galley| galley.size().y).fold(scale.line_height(TextSize::Label), f32::max);
        let (rect, response) = ui.allocate_exact_size(vec2(width, tallest + gap), Sense::hover());
        let summary = format!("{}: {} rows, {} columns", self.name, self.rows.len(), self.columns.len());
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &summary));
        self.proofs.attend(ui, &response, None);
        for (index, galley) in headings.into_iter().enumerate() {
            let left = rect.left() + names + column * index as f32 + gap / 2.0;
            let at = pos2(left, rect.bottom() - gap - galley.size().y);
            ui.painter().galley(at, galley, Tokens::of(ui).secondary);
        }
        sticky(ui, rect, names);
        let y = crisp(ui.painter(), rect.bottom() - 1.0);
        ui.painter().hline(rect.x_range(), y, Tokens::of(ui).border());
    }

    fn row(&self, ui: &mut Ui, row: &HeatRow, is_all: bool, names: f32, column: f32, size: egui::Vec2) -> Response {
        let (rect, response) = ui.allocate_exact_size(size, Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, self.in_words(row)));
        if ui.is_rect_visible(rect) {
            let tokens = Tokens::of(ui);
            if response.hovered() || is_all {
                ui.painter().rect_filled(rect, space::CONTROL_RADIUS, tokens.hover);
            }
            for (index, cell) in row.cells.iter().enumerate() {
                let left = rect.left() + names + column * index as f32;
                let area = Rect::from_min_size(pos2(left, rect.top()), vec2(column, rect.height())).shrink(1.5);
                draw_cell(ui, cell.as_ref(), area);
            }
            name(ui, row, is_all, sticky(ui, rect, names), names);
            focus_ring(ui, rect.shrink(1.0), &response, space::CONTROL_RADIUS);
        }
        response.on_hover_ui(|ui| {
            ui.set_max_width(ui.spacing().tooltip_width);
            ui.add(Text::body(&row.name).semi_bold());
            for line in self.lines(row) {
                ui.add(Text::body(line));
            }
        })
    }

    fn lines<'a>(&'a self, row: &'a HeatRow) -> impl Iterator<Item = String> + 'a {
        self.columns.iter().zip(&row.cells).map(|(column, cell)| match cell {
            Some(cell) if cell.words.is_empty() => format!("{column}: {}", cell.value),
            Some(cell) => format!("{column}: {}, {}", cell.value, cell.words),
            None => format!("{column}: hidden"),
        })
    }

    fn in_words(&self, row: &HeatRow) -> String {
        format!("{}, {}: {}", row.name, row.note, self.lines(row).collect::<Vec<_>>().join("; "))
    }
}

/// The place of a name: at the left edge of what is in sight, over cells that are scrolled away.
fn sticky(ui: &Ui, rect: Rect, names: f32) -> Rect {
    let left = rect.left().max(ui.clip_rect().left());
    let area = Rect::from_min_size(pos2(left, rect.top()), vec2(names, rect.height()));
    if left > rect.left() + 0.5 {
        ui.painter().rect_filled(area, 0.0, Tokens::of(ui).card);
    }
    area
}

fn name(ui: &Ui, row: &HeatRow, is_all: bool, rect: Rect, names: f32) {
    let scale = Scale::of(ui);
    let room = names - scale.space(space::MEDIUM);
    let left = rect.left() + scale.space(space::TIGHT);
    let name = Text::body(&row.name);
    let name = if is_all { name.semi_bold() } else { name.medium() };
    let name = name.lines(1).galley_with_ends(ui, room);
    let note = Text::caption(&row.note).secondary().lines(1).galley(ui, room);
    let top = rect.center().y - (name.size().y + note.size().y) / 2.0;
    let under = top + name.size().y;
    ui.painter().galley(pos2(left, top), name, Tokens::of(ui).text);
    ui.painter().galley(pos2(left, under), note, Tokens::of(ui).secondary);
}

/// The color of a cell, mixed into that of the card.
fn fill(tokens: &Tokens, tone: f32) -> Color32 {
    let [above, below] = tokens.data.above_and_below;
    let color = if tone > 0.0 { above } else { below };
    tokens.card.lerp_to_gamma(color, (0.12 + tone.abs().min(1.0) * (STRONGEST - 0.12)).min(STRONGEST))
}

fn draw_cell(ui: &Ui, cell: Option<&HeatCell>, area: Rect) {
    let (scale, tokens) = (Scale::of(ui), Tokens::of(ui));
    let Some(cell) = cell else {
        let dash = Text::body("\u{2013}").secondary().galley(ui, f32::INFINITY);
        let at = Align2::LEFT_CENTER.align_size_within_rect(dash.size(), area.shrink(scale.space(space::TIGHT))).min;
        ui.painter().galley(at, dash, tokens.secondary);
        return;
    };
    let (mut ink, mut quiet) = (Tone::Primary, Tone::Secondary);
    if let Some(tone) = cell.tone {
        let ground = fill(tokens, tone);
        ui.painter().rect_filled(area, 4.0, ground);
        (ink, quiet) = (Tone::Ink(readable_on(ground)), Tone::Ink(readable_on(ground)));
    }
    let inside = area.shrink2(vec2(scale.space(space::TIGHT), 0.0));
    let value = Text::body(&cell.value).medium().tone(ink).lines(1).galley(ui, inside.width());
    let note = Text::caption(&cell.note).tone(quiet).lines(1).galley(ui, inside.width());
    let top = inside.center().y - (value.size().y + note.size().y) / 2.0;
    let under = top + value.size().y;
    ui.painter().galley(pos2(inside.left(), top), value, tokens.text);
    if !cell.note.is_empty() {
        ui.painter().galley(pos2(inside.left(), under), note, tokens.secondary);
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::theme::contrast_ratio;
    use super::*;

    #[test]
    fn words_are_readable_on_every_cell_in_both_themes() {
        for tokens in [Tokens::LIGHT, Tokens::DARK] {
            for step in -10..=10 {
                let ground = fill(&tokens, step as f32 / 10.0);
                assert!(contrast_ratio(readable_on(ground), ground) >= 4.5, "{step} on {ground:?}");
            }
        }
    }
}
