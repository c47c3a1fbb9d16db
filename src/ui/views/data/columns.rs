//! Which column holds what, and what is missing.

use egui::Ui;

use super::super::{Action, Send, ViewContext};
use super::rows::{table, table_head, table_row};
use crate::dataset::Metric;
use crate::guidance;
use crate::import::ImportReport;
use crate::insights::InsightId;
use crate::privacy::MeanMetric;
use crate::text;
use crate::ui::theme::{Icon, Scale, Text, space};
use crate::ui::widgets::{Button, Card, Mark, MarkKind};
use crate::workbench::{ColumnsOf, Command, FileCommand, InsightColumns, Opened, blocked, columns_of, wording};

/// Under this width, in points at a desk, buttons in tables have fewer words.
const NARROW: f32 = 800.0;

/// Draws a card with the behaviors that lack columns, when there are any.
pub(super) fn missing(ui: &mut Ui, opened: &Opened, send: Send<'_>) {
    const SHARES: [f32; 3] = [1.4, 1.4, 1.4];
    let blocked = blocked(&opened.dataset);
    if blocked.is_empty() {
        return;
    }
    let scale = Scale::of(ui);
    let narrow = ui.available_width() < scale.space(NARROW);
    Card::new().show(ui, |ui| {
        ui.add(Text::section("What is missing"));
        table(ui, |ui| {
            table_head(ui, SHARES, ["Column", "Without it there is no", "Ask for it"]);
            for blocked in blocked {
                let request = &guidance::article(blocked.behavior).request;
                table_row(ui, SHARES, |[left, middle, right]| {
                    for metric in &blocked.columns {
                        let blank =
                            if opened.report.blank_throughout.contains(metric) { ", blank throughout" } else { "" };
                        let words = format!("{}{blank}", wording::metric_name(*metric));
                        left.add(Mark::new(MarkKind::NotInFile, words));
                    }
                    let names: Vec<&str> = blocked.insights.iter().map(|id| wording::name(*id)).collect();
                    middle.add(Text::body(text::list_and(&names)));
                    let words = if narrow { "Copy request" } else { "Copy a request to your analyst" };
                    let copy = Button::secondary(words).icon(Icon::Copy);
                    let whose = format!("Copy a request: {}", wording::nav_name(blocked.behavior));
                    if right.add(copy).on_hover_text(request).accessible_name(whose).clicked() {
                        send(Action::CopyText { text: request.clone(), what: "Request" });
                    }
                });
            }
        });
    });
    ui.add_space(scale.space(space::GAP));
}

/// Draws the card with the meaning of each column.
pub(super) fn card(ui: &mut Ui, context: &ViewContext<'_>, opened: &Opened, send: Send<'_>) {
    const SHARES: [f32; 3] = [1.2, 1.4, 1.6];
    Card::new().show(ui, |ui| {
        ui.add(Text::section("Which column holds what"));
        if opened.can_be_reread() && !opened.is_sample() {
            let change = Button::secondary("Change\u{2026}");
            let is_free = !context.workbench.is_reading();
            if ui.add_enabled(is_free, change).accessible_name("Change which column holds what").clicked() {
                send(Action::Run(Command::File(FileCommand::ChooseColumns(ColumnsOf::Open))));
            }
        }
        table(ui, |ui| {
            table_head(ui, SHARES, ["Meaning", "Header in the file", "Used for"]);
            for (canonical, headers) in mapping(&opened.report) {
                table_row(ui, SHARES, |[name, header, used]| {
                    let metric = Metric::from_name(&canonical);
                    name.add(Text::body(wording::column_meaning(&canonical)).medium());
                    header.add(Text::body(headers.join(", ")).selectable());
                    used.add(
                        Text::body(metric.map_or_else(|| other_use(&canonical), |m| use_of(opened, m))).secondary(),
                    );
                });
            }
        });
    });
}

/// Each canonical column and its headers: one, unless files differ.
fn mapping(report: &ImportReport) -> Vec<(String, Vec<String>)> {
    let mut mapping: Vec<(String, Vec<String>)> = Vec::new();
    for (canonical, header) in report.sources.iter().flat_map(|source| &source.columns) {
        match mapping.iter_mut().find(|(known, _)| known == canonical) {
            None => mapping.push((canonical.clone(), vec![header.clone()])),
            Some((_, headers)) if !headers.contains(header) => headers.push(header.clone()),
            Some(_) => {}
        }
    }
    mapping
}

/// What a metric's column is used for.
fn use_of(opened: &Opened, metric: Metric) -> String {
    if opened.report.blank_throughout.contains(&metric) {
        return "Nothing: it is blank throughout".to_owned();
    }
    let uses = |id: &InsightId| matches!(columns_of(*id, &opened.dataset), InsightColumns::Used(columns) if columns.contains(&metric));
    let names: Vec<&str> = InsightId::ALL.into_iter().filter(uses).map(wording::name).collect();
    if !names.is_empty() {
        names.join("; ")
    } else if MeanMetric::ALL.contains(&MeanMetric::Of(metric)) {
        "Averages only".to_owned()
    } else {
        "No insight".to_owned()
    }
}

fn other_use(canonical: &str) -> String {
    let words = match canonical {
        "person_id" => "Telling people apart; never shown",
        "period" => "Weeks and months",
        "is_active" => "Leaving out rows marked inactive",
        "manager_id" | "layer" => "Coaching: who has no manager is not counted",
        _ => "",
    };
    words.to_owned()
}
