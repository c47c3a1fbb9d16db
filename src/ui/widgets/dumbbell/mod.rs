//! Before and now side by side: a row each, with a ring for before, a dot for now, a bar for how sure that is, all on
//! one common axis of plain numbers.
//!
//! Rows without a ring are changes: their axis has zero in it, and a zone may stand round zero.

mod layout;
mod paint;

use egui::{Response, Role, Sense, Ui, Vec2, WidgetInfo, vec2};

use super::MarkKind;
use super::paint::focus_ring;
use super::provable::{PartProofs, ProofId, ask, carries_proof};
use crate::text::Locale;
use crate::ui::theme::{Scale, Text, Tokens, space};
use layout::Columns;

/// One row.
#[derive(Debug, Clone, PartialEq)]
pub struct DumbbellRow {
    /// Its name.
    pub name: String,
    /// The value before; `None` for a row that is a change.
    pub before: Option<f64>,
    /// The value now, or the change.
    pub now: f64,
    /// The ends of the 95 % interval of it.
    pub interval: [f64; 2],
    /// The values in words: "4.1 to 4.6 h".
    pub values: String,
    /// The change in words: "+11 %".
    pub change: String,
    /// What became of it, as a shape.
    pub verdict: MarkKind,
    /// What became of it, in a word or two.
    pub verdict_word: String,
    /// The row in words for tooltips and screen readers.
    pub detail: String,
}

/// Rows in the order in which they were given.
#[derive(Debug, Clone)]
#[must_use = "show it in a Ui"]
pub struct DumbbellChart {
    name: String,
    headings: [String; 4],
    rows: Vec<DumbbellRow>,
    unit: String,
    zone: Option<([f64; 2], String)>,
    locale: Locale,
    proofs: PartProofs,
}

impl DumbbellChart {
    /// A chart that screen readers know by `name`. `headings` stand over names, values, change and verdict; `unit`
    /// stands after the numbers of the axis.
    pub fn new(name: impl Into<String>, headings: [&str; 4], unit: impl Into<String>, rows: Vec<DumbbellRow>) -> Self {
        Self {
            name: name.into(),
            headings: headings.map(str::to_owned),
            rows,
            unit: unit.into(),
            zone: None,
            locale: Locale::neutral(),
            proofs: PartProofs::default(),
        }
    }

    /// A zone of the axis, and its words.
    pub fn zone(mut self, zone: [f64; 2], words: impl Into<String>) -> Self {
        self.zone = Some((zone, words.into()));
        self
    }

    /// How numbers are written; neutrally unless told.
    pub fn locale(mut self, locale: &Locale) -> Self {
        self.locale = locale.clone();
        self
    }

    /// How its numbers were made: `whole` is the proof of all of them, `parts` has one for each row.
    pub fn proofs(mut self, whole: ProofId, parts: Vec<ProofId>) -> Self {
        self.proofs = PartProofs::new(whole, parts);
        self
    }

    /// Draws it, as wide as there is room.
    pub fn show(self, ui: &mut Ui) {
        let scale = Scale::of(ui);
        let width = ui.available_width().max(scale.space(240.0));
        let columns = Columns::new(ui, &self, width);
        let row_height = scale.space(34.0);
        ui.scope(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            let (head, response) = ui.allocate_exact_size(vec2(width, columns.head_height), Sense::hover());
            let summary = format!("{}: {}", self.name, self.unit);
            response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &summary));
            paint::head(ui, &self, &columns, head);
            for (index, row) in self.rows.iter().enumerate() {
                let response = self.row(ui, &columns, row, vec2(width, row_height));
                if let Some(proof) = self.proofs.part(index) {
                    carries_proof(ui, &response, proof);
                    if response.clicked() {
                        ask(ui, proof);
                    }
                }
            }
            paint::foot(ui, &self, &columns);
        });
    }

    fn row(&self, ui: &mut Ui, columns: &Columns, row: &DumbbellRow, size: Vec2) -> Response {
        let (rect, response) = ui.allocate_exact_size(size, super::provable::sense(ui, self.proofs.is_there()));
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("{}: {}", row.name, row.detail)));
        if ui.is_rect_visible(rect) {
            if response.hovered() {
                ui.painter().rect_filled(rect, space::CONTROL_RADIUS, Tokens::of(ui).hover);
            }
            paint::row(ui, self, columns, row, rect);
            focus_ring(ui, rect.shrink(1.0), &response, space::CONTROL_RADIUS);
        }
        response.on_hover_ui(|ui| {
            ui.set_max_width(ui.spacing().tooltip_width);
            ui.add(Text::body(&row.name).semi_bold());
            ui.add(Text::body(&row.detail));
        })
    }
}
