//! The data page: what the export is fit for, what was noticed and what leaving it out would do, which rows count, who is
//! in it, what was recognized and on what evidence, and how to have it read in another way.

mod beside;
mod columns;
mod findings;
mod fitness;
mod people;
mod places;
mod recognized;
mod reread;
pub(super) mod rows;
mod source;
mod words;

use egui::Ui;

use super::proof::Proven as _;
use super::{Send, ViewContext, reading_width};
use crate::ui::theme::{Scale, Text, space};
use crate::workbench::{Number, Opened, Results, RowSum, row_sums, wording};

/// Draws the screen: first what can be read in three seconds, last what is looked up.
pub(super) fn show(ui: &mut Ui, context: &ViewContext<'_>, opened: &Opened, results: &Results, send: Send<'_>) {
    let sums = row_sums(opened, results);
    reading_width(ui);
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = Scale::of(ui).space(space::TIGHT);
        ui.add(Text::title(fitness::title(context, results)));
        ui.add(Text::lead(subtitle(context, opened, results)).secondary().proven(&Number::Population));
        ui.add(Text::body(rows_used(context, &sums)).secondary().proven(&Number::Rows));
    });
    let gap = Scale::of(ui).space(space::GAP);
    ui.add_space(Scale::of(ui).space(space::SMALL));
    fitness::card(ui, context, results, send);
    ui.add_space(gap);
    findings::card(ui, context, results, send);
    ui.add_space(gap);
    for (at, (source, sum)) in opened.report.sources.iter().zip(&sums).enumerate() {
        source::card(ui, context, opened, results, &Number::File(at), (source, sum));
        ui.add_space(gap);
    }
    source::add_another(ui, context, opened, send);
    beside::card(ui, context, send);
    people::card(ui, context, opened, results);
    ui.add_space(gap);
    columns::missing(ui, opened, send);
    columns::card(ui, context, opened, send);
    ui.add_space(gap);
    recognized::card(ui, context, opened, send);
    ui.add_space(gap);
    places::card(ui, context, opened, send);
}

/// How many of the rows count.
fn rows_used(context: &ViewContext<'_>, sums: &[RowSum]) -> String {
    let rows: u64 = sums.iter().map(|sum| sum.rows).sum();
    let used: u64 = sums.iter().map(|sum| sum.used).sum();
    let [rows_in_words, used_in_words] = [rows, used].map(|count| words::count(count, context.locale));
    if used < rows {
        format!("{used_in_words} of {rows_in_words} rows are used.")
    } else {
        format!("All {rows_in_words} rows are used.")
    }
}

/// Who and when.
fn subtitle(context: &ViewContext<'_>, opened: &Opened, results: &Results) -> String {
    match &results.findings {
        Ok(findings) => wording::population(&findings.population, opened.is_by_month(), context.locale),
        Err(hidden) => hidden.sentence(results.rules).in_words(context.locale),
    }
}
