//! Groups side by side: a row each, with a dot and its interval on one common axis.
//!
//! A vertical rule says what the groups are held against. Only the rows in sight are drawn, so a list of
//! forty rows costs no more than one of ten.

mod layout;
mod paint;

use egui::{Id, Response, Role, ScrollArea, Sense, Ui, WidgetInfo, vec2};

use super::MarkKind;
use super::axis::{AxisUnit, PERCENT_SPACE};
use super::paint::focus_ring;
use super::provable::{PartProofs, ProofId, ask, carries_proof};
use crate::ui::theme::{Scale, Text, Tokens, space};
use layout::Columns;

/// A group.
#[derive(Debug, Clone, PartialEq)]
pub struct GroupRow {
    /// Its name.
    pub name: String,
    /// Its share, 0 to 1.
    pub share: f64,
    /// The ends of its 95% interval, 0 to 1; the share twice if there is none.
    pub interval: [f64; 2],
    /// The share in words: "45%".
    pub value: String,
    /// How it compares, as a shape.
    pub verdict: MarkKind,
    /// How it compares, in a word or three.
    pub verdict_word: String,
    /// How many people are in it: "1,240".
    pub people: String,
    /// How many people the finding is about: "682".
    pub affected: String,
    /// The row in words for tooltips and screen readers.
    pub detail: String,
}

/// How the people of a group are spread: drawn instead of its interval. Shares, as in its row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GroupBox {
    /// The middle, drawn as a line.
    pub median: f64,
    /// The ends of the box; none for groups of few people.
    pub quartiles: Option<[f64; 2]>,
    /// The ends of the line through it.
    pub tenths: Option<[f64; 2]>,
}

/// The height of a row, at a desk.
const ROW_HEIGHT: f32 = 36.0;

/// A list of groups, in the order in which it was given.
#[derive(Debug, Clone)]
#[must_use = "show it in a Ui"]
pub struct GroupList {
    name: String,
    rows: Vec<GroupRow>,
    rule: Option<(f64, String)>,
    headings: [String; 4],
    rows_in_sight: usize,
    percent_space: char,
    unit: Option<AxisUnit>,
    boxes: Vec<GroupBox>,
    proofs: PartProofs,
}

impl GroupList {
    /// A list that screen readers know by `name`. `headings` stand over the columns: group, how it
    /// compares, people in the group, people affected.
    pub fn new(name: impl Into<String>, headings: [&str; 4], rows: Vec<GroupRow>) -> Self {
        let headings = headings.map(str::to_owned);
        Self {
            name: name.into(),
            rows,
            rule: None,
            headings,
            rows_in_sight: 12,
            percent_space: PERCENT_SPACE,
            unit: None,
            boxes: Vec::new(),
            proofs: PartProofs::default(),
        }
    }

    /// The share that the groups are held against, 0 to 1, and its words.
    pub fn rule(mut self, share: f64, label: impl Into<String>) -> Self {
        self.rule = Some((share, label.into()));
        self
    }

    /// How many rows stand in sight before the list scrolls; 12 unless told.
    pub fn rows_in_sight(mut self, rows: usize) -> Self {
        self.rows_in_sight = rows.max(1);
        self
    }

    /// What stands between number and sign of the percents under the plot, as in the values of the rows; a
    /// space at which no line breaks unless told.
    pub fn percent_space(mut self, space: char) -> Self {
        self.percent_space = space;
        self
    }

    /// The values are no shares but parts of a whole, in this unit.
    pub fn unit(mut self, unit: AxisUnit) -> Self {
        self.unit = Some(unit);
        self
    }

    /// How the people of each row are spread.
    pub fn boxes(mut self, boxes: Vec<GroupBox>) -> Self {
        self.boxes = boxes;
        self
    }

    /// How high the list is with so many rows, at a desk.
    #[must_use]
    pub fn height_of(rows: usize) -> f32 {
        ROW_HEIGHT * rows as f32 + 52.0
    }

    /// How its numbers were made, for a click on a row: `whole` is the proof of all of them, `parts` has one for each row.
    pub fn proofs(mut self, whole: ProofId, parts: Vec<ProofId>) -> Self {
        self.proofs = PartProofs::new(whole, parts);
        self
    }

    /// Draws the list, as wide as there is room. Returns the index of a row that was clicked.
    pub fn show(self, ui: &mut Ui) -> Option<usize> {
        let scale = Scale::of(ui);
        let width = ui.available_width().max(scale.space(240.0));
        let columns = Columns::new(ui, &self, width);
        let row_height = scale.space(ROW_HEIGHT);
        let height = row_height * self.rows_in_sight as f32;
        let mut clicked = None;
        ui.scope(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            let size = vec2(width, columns.head_height);
            let (head, response) = ui.allocate_exact_size(size, Sense::hover());
            response.widget_info(|| WidgetInfo::labeled(Role::Label, true, self.summary()));
            self.proofs.attend(ui, &response, None);
            paint::head(ui, &self, &columns, head);
            ScrollArea::vertical()
                .id_salt(Id::unique(&self.name))
                .max_height(height)
                .min_scrolled_height(height)
                .auto_shrink([false, true])
                .show_rows(ui, row_height, self.rows.len(), |ui, range| {
                    for index in range {
                        let Some(row) = self.rows.get(index) else { continue };
                        let response = group_row(ui, &columns, row, self.boxes.get(index), vec2(width, row_height));
                        let proof = self.proofs.part(index);
                        if let Some(proof) = proof {
                            carries_proof(ui, &response, proof);
                        }
                        if response.clicked() {
                            clicked = Some(index);
                            proof.iter().for_each(|proof| ask(ui, proof));
                        }
                    }
                });
            paint::foot(ui, &columns, self.percent_space);
        });
        clicked
    }

    fn summary(&self) -> String {
        let rule = self.rule.as_ref().map(|(_, label)| format!(", {label}")).unwrap_or_default();
        format!("{}: {} groups{rule}", self.name, self.rows.len())
    }
}

fn group_row(ui: &mut Ui, columns: &Columns, row: &GroupRow, spread: Option<&GroupBox>, size: egui::Vec2) -> Response {
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("{}: {}", row.name, row.detail)));
    if ui.is_rect_visible(rect) {
        if response.hovered() {
            ui.painter().rect_filled(rect, space::CONTROL_RADIUS, Tokens::of(ui).hover);
        }
        paint::row(ui, columns, row, spread, rect);
        focus_ring(ui, rect.shrink(1.0), &response, space::CONTROL_RADIUS);
    }
    response.on_hover_ui(|ui| {
        ui.set_max_width(ui.spacing().tooltip_width);
        ui.add(Text::body(&row.name).semi_bold());
        ui.add(Text::body(&row.detail));
    })
}
