//! A card a file: what it is, the sum of its rows, and each decision of the reader with its evidence.

use egui::{Align, Layout, Ui};

use super::super::ViewContext;
use super::rows::{rule, table_head, table_row};
use super::words;
use crate::dataset::Grain;
use crate::import::SourceReport;
use crate::text;
use crate::ui::theme::{Icon, Scale, Text, Tokens, icon, space};
use crate::ui::widgets::{Card, columns};
use crate::workbench::{Opened, Results, RowSum, wording};

/// Draws the card of one file.
pub(super) fn card(
    ui: &mut Ui,
    context: &ViewContext<'_>,
    opened: &Opened,
    results: &Results,
    index: usize,
    source: &SourceReport,
    sum: &RowSum,
) {
    let scale = Scale::of(ui);
    Card::new().show(ui, |ui| {
        ui.horizontal(|ui| {
            ui.label(icon(Icon::FileSpreadsheet, scale.icon(), Tokens::of(ui).secondary));
            ui.add(Text::section(&source.name).one_line());
        });
        ui.add_space(scale.space(space::SMALL));
        columns(ui, [1.0, 1.0], |[left, right]| {
            facts(left, context, opened, results, source);
            row_sum(right, context, sum);
        });
        ui.add_space(scale.space(space::MEDIUM));
        let title = Text::body("How it was recognized").medium().rich(ui);
        let several = opened.report.sources.len() > 1;
        egui::CollapsingHeader::new(title)
            .id_salt(("evidence", index))
            .default_open(!several)
            .show_unindented(ui, |ui| evidence(ui, source));
    });
}

/// What the file is and covers.
fn facts(ui: &mut Ui, context: &ViewContext<'_>, opened: &Opened, results: &Results, source: &SourceReport) {
    let fact = |ui: &mut Ui, name: &str, value: String| {
        columns(ui, [0.7, 2.0], |[left, right]| {
            left.add(Text::body(name).secondary());
            right.add(Text::body(value));
        });
    };
    fact(ui, "What", format!("{} of {}", words::kind(source.kind), words::era(source.era)));
    // How many people there are in one of several files has not passed the rules; in all of them it has.
    if let (1, Ok(findings)) = (opened.report.sources.len(), &results.findings) {
        fact(ui, "People", text::count(findings.population.people, context.locale));
    }
    let (one, many) = match source.grain {
        Grain::Day => ("day", "days"),
        Grain::Week => ("week", "weeks"),
        Grain::Month => ("month", "months"),
    };
    let periods = usize::try_from(source.periods).unwrap_or(usize::MAX);
    fact(ui, "Periods", text::counted(periods, one, many, context.locale));
    if let (Some(first), Some(last)) = (source.first, source.last) {
        let [first, last] = [first, last].map(|day| text::date(day, context.locale));
        fact(ui, "From, to", format!("{first} to {last}"));
    }
    if let Some(sha256) = &source.sha256 {
        fact(ui, "SHA-256", sha256.clone());
    }
}

/// Rows in the file, less those that are not used, are the rows used.
fn row_sum(ui: &mut Ui, context: &ViewContext<'_>, sum: &RowSum) {
    let line = |ui: &mut Ui, sign: &str, words: &str, rows: u64, strong: bool| {
        ui.horizontal(|ui| {
            let [words, number] = [words.to_owned(), format!("{sign}{}", words::count(rows, context.locale))]
                .map(|text| if strong { Text::body(text).semi_bold() } else { Text::body(text) });
            ui.add(words);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| ui.add(number));
        });
    };
    line(ui, "", "Rows in the file", sum.rows, false);
    for (reason, rows) in &sum.not_used {
        line(ui, "\u{2212}", wording::not_used(*reason), *rows, false);
    }
    rule(ui);
    line(ui, "", "Rows used", sum.used, true);
}

/// What was decided, and from what.
fn evidence(ui: &mut Ui, source: &SourceReport) {
    const SHARES: [f32; 3] = [0.8, 1.0, 2.2];
    let because = |decision: &str| {
        let found = source.evidence.iter().find(|(name, _)| *name == decision);
        found.map_or_else(String::new, |(_, sentence)| sentence.clone())
    };
    let starts_on = source.week_starts_on.map(|day| format!(", from {}", words::weekday(day))).unwrap_or_default();
    let decisions = [
        ("Kind", words::kind(source.kind).to_owned(), because("kind")),
        ("Product", words::era(source.era).to_owned(), because("era")),
        ("Periods", format!("{}{starts_on}", words::grain(source.grain)), because("grain")),
        ("Dates", words::date_order(source.date_order).to_owned(), because("date_order")),
        ("Decimal mark", words::decimal(source.decimal).to_owned(), because("decimal")),
        ("Text encoding", words::encoding(&source.encoding), because("encoding")),
        ("Between cells", words::delimiter(source.delimiter), because("delimiter")),
        ("Container", words::container(source.container).to_owned(), String::new()),
    ];
    table_head(ui, SHARES, ["Decision", "Recognized as", "Because"]);
    for (decision, found, sentence) in decisions {
        table_row(ui, SHARES, |[name, value, why]| {
            name.add(Text::body(decision).secondary());
            value.add(Text::body(found).medium());
            why.add(Text::body(sentence).secondary());
        });
    }
}
