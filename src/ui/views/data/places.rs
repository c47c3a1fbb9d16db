//! The odd places of the files: line, column, reason, and what stands there.

use egui::{CollapsingHeader, Ui};
use egui_extras::{Column, TableBuilder};

use super::super::{Action, Send, ViewContext, chart};
use crate::import::{ImportIssue, SourceReport};
use crate::text;
use crate::ui::theme::{Icon, Scale, Text, TextSize, space};
use crate::ui::widgets::{Button, Card};
use crate::workbench::Opened;

/// The height of the list, in points at a desk.
const LIST_HEIGHT: f32 = 320.0;

/// Draws the card, folded, where there is any odd place.
pub(super) fn card(ui: &mut Ui, context: &ViewContext<'_>, opened: &Opened, send: Send<'_>) {
    let sources = opened.report.sources.as_slice();
    let total: u64 = sources.iter().map(|source| source.issues_total).sum();
    if total == 0 {
        return;
    }
    let places: Vec<(&SourceReport, &ImportIssue)> =
        sources.iter().flat_map(|source| source.issues.iter().map(move |issue| (source, issue))).collect();
    Card::new().show(ui, |ui| {
        let total = usize::try_from(total).unwrap_or(usize::MAX);
        let title = text::counted(total, "place to look at", "places to look at", context.locale);
        let title = Text::section(title).rich(ui);
        CollapsingHeader::new(title).id_salt("places").show_unindented(ui, |ui| {
            let mut note = "What was set aside, or kept with care, line by line.".to_owned();
            if places.len() < total {
                note += &format!(" The first of each kind, {} in all.", text::count(places.len(), context.locale));
            }
            ui.add(Text::body(note).secondary());
            list(ui, &places, sources.len() > 1);
            ui.add_space(Scale::of(ui).space(space::SMALL));
            if ui.add(Button::quiet("Copy the list").icon(Icon::Copy)).clicked() {
                send(Action::CopyText { text: as_text(&places), what: "List" });
            }
        });
    });
}

fn list(ui: &mut Ui, places: &[(&SourceReport, &ImportIssue)], several: bool) {
    let scale = Scale::of(ui);
    let row_height = scale.line_height(TextSize::Body) + scale.space(space::TIGHT);
    let width = ui.available_width();
    let part = |share: f32| Column::exact((width * share).floor());
    let mut table = TableBuilder::new(ui).id_salt("places").max_scroll_height(scale.space(LIST_HEIGHT));
    if several {
        table = table.column(part(0.18));
    }
    table = table.column(part(0.08)).column(part(0.22)).column(part(if several { 0.30 } else { 0.42 }));
    table
        .column(Column::remainder().clip(true))
        .header(row_height, |mut head| {
            let names = ["File", "Line", "Column", "What is odd", "What stands there"];
            for name in names.into_iter().skip(usize::from(!several)) {
                head.col(|ui| {
                    ui.add(Text::caption(name).secondary());
                });
            }
        })
        .body(|body| {
            body.rows(row_height, places.len(), |mut row| {
                let Some((source, issue)) = places.get(row.index()) else { return };
                for cell in cells(source, issue).into_iter().skip(usize::from(!several)) {
                    row.col(|ui| {
                        ui.add(Text::body(cell).one_line());
                    });
                }
            });
        });
}

/// File, line, column, reason and sample.
fn cells(source: &SourceReport, issue: &ImportIssue) -> [String; 5] {
    [
        source.name.clone(),
        if issue.line > 0 { issue.line.to_string() } else { String::new() },
        issue.column.clone().unwrap_or_default(),
        issue.kind.sentence().to_owned(),
        issue.sample.clone().unwrap_or_default(),
    ]
}

fn as_text(places: &[(&SourceReport, &ImportIssue)]) -> String {
    let head = ["File", "Line", "Column", "What is odd", "What stands there"].map(str::to_owned).to_vec();
    let rows = places.iter().map(|(source, issue)| cells(source, issue).to_vec());
    chart::as_text(&std::iter::once(head).chain(rows).collect::<Vec<_>>())
}
