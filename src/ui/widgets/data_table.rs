//! A table of any length: few lines, figures under each other, only the rows in sight drawn.

use egui::{Align, Id, Label, Layout, Rect, Role, ScrollArea, Sense, TextWrapMode, Ui, UiBuilder};
use egui::{WidgetInfo, pos2, vec2};

use super::paint::{crisp, focus_ring};
use super::provable::{ProofId, Provable};
use crate::ui::theme::{Icon, Scale, Text, Tokens, icon, space};

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableColumn {
    /// Its heading.
    pub heading: String,
    /// Whether it holds figures, which stand at its right edge.
    pub figures: bool,
}

/// The order of a table's rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SortedBy {
    /// The column, from 0.
    pub column: usize,
    /// Whether the largest stands first.
    pub descending: bool,
}

/// A table whose cells are asked for when they come into sight.
#[derive(Debug, Clone)]
#[must_use = "show it in a Ui"]
pub struct DataTable {
    name: String,
    columns: Vec<TableColumn>,
    rows: usize,
    max_height: f32,
    sorted_by: Option<SortedBy>,
    proofs: Vec<Option<ProofId>>,
}

/// How many rows are measured to share the width among columns.
const MEASURED_ROWS: usize = 24;

impl DataTable {
    /// A table of `rows` rows. `name` tells tables apart and is what screen readers call it.
    pub fn new(name: impl Into<String>, columns: Vec<TableColumn>, rows: usize) -> Self {
        Self { name: name.into(), columns, rows, max_height: 400.0, sorted_by: None, proofs: Vec::new() }
    }

    /// The height in points at which the rows start to scroll; 400 unless told.
    pub fn max_height(mut self, height: f32) -> Self {
        self.max_height = height;
        self
    }

    /// How the rows are sorted now. Headings then can be pressed to ask for another order.
    pub fn sorted_by(mut self, sorted_by: SortedBy) -> Self {
        self.sorted_by = Some(sorted_by);
        self
    }

    /// How the figures of each row were made, row by row.
    pub fn proofs(mut self, proofs: Vec<Option<ProofId>>) -> Self {
        self.proofs = proofs;
        self
    }

    /// Draws the table with the words that `cell` gives for a row and a column. Returns the column whose
    /// heading was pressed.
    pub fn show(self, ui: &mut Ui, mut cell: impl FnMut(usize, usize) -> String) -> Option<usize> {
        let scale = Scale::of(ui);
        let ranges = self.ranges(ui, &mut cell);
        let row_height = scale.space(32.0);
        let mut pressed = None;
        ui.scope(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            pressed = self.head(ui, &ranges);
            ScrollArea::vertical()
                .id_salt(Id::unique(&self.name))
                .max_height(self.max_height)
                .min_scrolled_height(self.max_height)
                .auto_shrink([false, true])
                .show_rows(ui, row_height, self.rows, |ui, visible| {
                    for row in visible {
                        let size = vec2(ui.available_width(), row_height);
                        let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
                        for (column, range) in ranges.iter().enumerate() {
                            let area = column_rect(rect, *range);
                            let figures = self.figures(column);
                            // An empty cell tells no number.
                            let is_number = figures && !cell(row, column).is_empty();
                            let proof = self.proofs.get(row).and_then(Option::as_ref).filter(|_| is_number);
                            cell_text(ui, area, figures, &Text::body(cell(row, column)), proof);
                        }
                        let y = crisp(ui.painter(), rect.bottom() - 1.0);
                        ui.painter().hline(rect.x_range(), y, Tokens::of(ui).border());
                    }
                });
        });
        pressed
    }

    fn figures(&self, column: usize) -> bool {
        self.columns.get(column).is_some_and(|column| column.figures)
    }

    /// Left edge and width of each column: figures get what they need, words share the rest.
    fn ranges(&self, ui: &Ui, cell: &mut impl FnMut(usize, usize) -> String) -> Vec<(f32, f32)> {
        let gap = Scale::of(ui).space(space::GAP);
        let arrow = if self.sorted_by.is_some() { Scale::of(ui).space(18.0) } else { 0.0 };
        let width = |text: Text| text.galley(ui, f32::INFINITY).size().x;
        let natural: Vec<f32> = self
            .columns
            .iter()
            .enumerate()
            .map(|(index, column)| {
                let heading = width(Text::label(&column.heading).medium()) + arrow;
                (0..self.rows.min(MEASURED_ROWS))
                    .map(|row| width(Text::body(cell(row, index))))
                    .fold(heading, f32::max)
                    .ceil()
                    + 1.0
            })
            .collect();
        let gaps = gap * self.columns.len().saturating_sub(1) as f32;
        let room = ui.available_width() - gaps;
        let sum = |figures: bool| -> f32 {
            let chosen = natural.iter().zip(&self.columns);
            chosen.filter(|(_, column)| column.figures == figures).map(|(width, _)| *width).sum()
        };
        let (figures, words) = (sum(true), sum(false));
        let stretch = if words > 0.0 { ((room - figures) / words).max(0.25) } else { 1.0 };
        let mut left = 0.0;
        natural
            .iter()
            .zip(&self.columns)
            .map(|(natural, column)| {
                let width = if column.figures { *natural } else { natural * stretch };
                let range = (left, width);
                left += width + gap;
                range
            })
            .collect()
    }

    fn head(&self, ui: &mut Ui, ranges: &[(f32, f32)]) -> Option<usize> {
        let scale = Scale::of(ui);
        let size = vec2(ui.available_width(), scale.space(32.0));
        let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
        response.widget_info(|| {
            let name = format!("{}, table of {} rows", self.name, self.rows);
            WidgetInfo::labeled(Role::Label, true, name)
        });
        let mut pressed = None;
        for (index, (column, range)) in self.columns.iter().zip(ranges).enumerate() {
            let area = column_rect(rect, *range);
            let text = Text::label(&column.heading).medium().secondary();
            let Some(sorted) = self.sorted_by else {
                cell_label(ui, area, column.figures, &text);
                continue;
            };
            let response = ui.interact(area, response.id.with(index), Sense::click());
            response.widget_info(|| {
                let name = format!("Sort by {}", column.heading);
                WidgetInfo::labeled(Role::Button, true, name)
            });
            if response.clicked() {
                pressed = Some(index);
            }
            let by_this = sorted.column == index;
            let tone = if response.hovered() || by_this { Text::medium(Text::label(&column.heading)) } else { text };
            sort_heading(ui, area, column.figures, &tone, by_this.then_some(sorted.descending));
            focus_ring(ui, area, &response, space::TIGHT);
        }
        let y = crisp(ui.painter(), rect.bottom() - 1.0);
        ui.painter().hline(rect.x_range(), y, egui::Stroke::new(1.0, Tokens::of(ui).control));
        pressed
    }
}

fn column_rect(row: Rect, (left, width): (f32, f32)) -> Rect {
    Rect::from_min_size(pos2(row.left() + left, row.top()), vec2(width, row.height()))
}

fn layout(figures: bool) -> Layout {
    if figures { Layout::right_to_left(Align::Center) } else { Layout::left_to_right(Align::Center) }
}

/// A cell; one with a proof can be asked for it.
fn cell_text(ui: &mut Ui, area: Rect, figures: bool, text: &Text, proof: Option<&ProofId>) {
    let Some(proof) = proof else {
        cell_label(ui, area, figures, text);
        return;
    };
    let mut place = ui.new_child(UiBuilder::new().max_rect(area).layout(layout(figures)));
    place.add(Provable::new(text.clone().one_line(), proof.clone()));
}

fn cell_label(ui: &mut Ui, area: Rect, figures: bool, text: &Text) {
    let mut place = ui.new_child(UiBuilder::new().max_rect(area).layout(layout(figures)));
    let label = Label::new(text.rich(&place)).wrap_mode(TextWrapMode::Truncate).selectable(false);
    place.add(label);
}

fn sort_heading(ui: &mut Ui, area: Rect, figures: bool, text: &Text, arrow: Option<bool>) {
    let mut place = ui.new_child(UiBuilder::new().max_rect(area).layout(layout(figures)));
    place.spacing_mut().item_spacing.x = space::TIGHT;
    let size = Scale::of(&place).space(14.0);
    let color = Tokens::of(&place).text;
    let glyph = arrow.map(|descending| {
        let shape = if descending { Icon::ArrowDown } else { Icon::ArrowUp };
        Label::new(icon(shape, size, color)).selectable(false)
    });
    let label = Label::new(text.rich(&place)).selectable(false);
    place.add(label);
    if let Some(glyph) = glyph {
        place.add(glyph);
    }
}
