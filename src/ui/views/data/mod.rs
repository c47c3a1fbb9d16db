//! The data page: what was opened, what was recognized and on what evidence, what was set aside, what the
//! export is fit for, and how to have it read in another way.

mod beside;
mod columns;
mod findings;
mod places;
mod recognized;
mod reread;
pub(super) mod rows;
mod source;
mod words;

use egui::Ui;

use super::overview::verdict_mark;
use super::proof::Proven as _;
use super::{Send, ViewContext, reading_width};
use crate::quality::Judgement;
use crate::text;
use crate::ui::theme::{Scale, Text, space};
use crate::ui::widgets::Card;
use crate::workbench::{Number, Opened, Results, RowSum, row_sums, wording};

use rows::{table, table_row};

/// Draws the screen.
pub(super) fn show(ui: &mut Ui, context: &ViewContext<'_>, opened: &Opened, results: &Results, send: Send<'_>) {
    let sums = row_sums(opened, results);
    reading_width(ui);
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = Scale::of(ui).space(space::TIGHT);
        ui.add(Text::title(title(context, results, &sums)).proven(&Number::Rows));
        ui.add(Text::lead(subtitle(context, opened, results)).secondary().proven(&Number::Population));
    });
    let gap = Scale::of(ui).space(space::GAP);
    ui.add_space(Scale::of(ui).space(space::SMALL));
    for (at, (source, sum)) in opened.report.sources.iter().zip(&sums).enumerate() {
        source::card(ui, context, opened, results, &Number::File(at), (source, sum));
        ui.add_space(gap);
    }
    source::add_another(ui, context, opened, send);
    beside::card(ui, context, send);
    fitness(ui, context, results);
    columns::missing(ui, opened, send);
    findings::card(ui, context, results);
    ui.add_space(gap);
    recognized::card(ui, context, opened, send);
    ui.add_space(gap);
    columns::card(ui, context, opened, send);
    ui.add_space(gap);
    columns::attributes(ui, context, opened, results);
    ui.add_space(gap);
    places::card(ui, context, opened, send);
}

/// How much of the export is used, as a finding.
fn title(context: &ViewContext<'_>, results: &Results, sums: &[RowSum]) -> String {
    let rows: u64 = sums.iter().map(|sum| sum.rows).sum();
    let used: u64 = sums.iter().map(|sum| sum.used).sum();
    let [rows_in_words, used_in_words] = [rows, used].map(|count| words::count(count, context.locale));
    if used < rows {
        format!("{used_in_words} of {rows_in_words} rows are used")
    } else if results.checks.iter().any(|check| check.code == "cells_excluded") || results.needs_care() {
        format!("All {rows_in_words} rows are used")
    } else {
        "Everything in this export can be used".to_owned()
    }
}

/// Who and when, and how much there is to know.
fn subtitle(context: &ViewContext<'_>, opened: &Opened, results: &Results) -> String {
    let noticed = match results.checks.len() {
        0 => "Nothing odd was noticed.".to_owned(),
        count => format!("{} noticed.", text::counted(count, "thing was", "things were", context.locale)),
    };
    match &results.findings {
        Ok(findings) => {
            let population = wording::population(&findings.population, opened.is_by_month(), context.locale);
            format!("{population}. {noticed}")
        }
        Err(hidden) => format!("{} {noticed}", hidden.sentence(results.rules).in_words(context.locale)),
    }
}

/// The verdicts, with the insights that share one and its reason side by side.
fn fitness(ui: &mut Ui, context: &ViewContext<'_>, results: &Results) {
    let mut groups: Vec<(&Judgement, Vec<&str>)> = Vec::new();
    for judgement in &results.verdicts {
        let same = |(other, _): &&mut (&Judgement, Vec<&str>)| {
            other.verdict == judgement.verdict && other.reason == judgement.reason
        };
        match groups.iter_mut().find(same) {
            Some((_, names)) => names.push(wording::name(judgement.insight)),
            None => groups.push((judgement, vec![wording::name(judgement.insight)])),
        }
    }
    if groups.is_empty() {
        return;
    }
    let scale = Scale::of(ui);
    Card::new().show(ui, |ui| {
        ui.add(Text::section("What it is fit for"));
        table(ui, |ui| {
            for (judgement, names) in groups {
                table_row(ui, [0.8, 2.0, 2.2], |[verdict, insights, reason]| {
                    verdict.add(verdict_mark(judgement.verdict));
                    insights.spacing_mut().item_spacing.y = scale.space(space::TIGHT);
                    for name in names {
                        insights.add(Text::body(name).medium());
                    }
                    let number = Number::Verdict(judgement.insight);
                    reason.add(Text::body(judgement.reason.in_words(context.locale)).secondary().proven(&number));
                });
            }
        });
    });
    ui.add_space(scale.space(space::GAP));
}
