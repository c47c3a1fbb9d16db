//! Each decision of the reader with its evidence, and under it the choice to have it otherwise.

use egui::{CollapsingHeader, Ui};

use super::super::{Send, ViewContext};
use super::rows::{table, table_head, table_row};
use super::{reread, words};
use crate::import::SourceReport;
use crate::ui::theme::{Scale, Text, space};
use crate::ui::widgets::Card;
use crate::workbench::Opened;

/// Draws the card.
pub(super) fn card(ui: &mut Ui, context: &ViewContext<'_>, opened: &Opened, send: Send<'_>) {
    Card::new().show(ui, |ui| {
        ui.add(Text::section("How it was recognized"));
        match opened.report.sources.as_slice() {
            [source] => evidence(ui, context, source),
            sources => {
                for (index, source) in sources.iter().enumerate() {
                    let name = Text::body(&source.name).medium().rich(ui);
                    let header = CollapsingHeader::new(name).id_salt(("evidence", index));
                    header.show_unindented(ui, |ui| evidence(ui, context, source));
                }
            }
        }
        ui.add_space(Scale::of(ui).space(space::GAP));
        reread::choices(ui, context, opened, send);
    });
}

/// What was decided, and from what.
fn evidence(ui: &mut Ui, context: &ViewContext<'_>, source: &SourceReport) {
    const SHARES: [f32; 3] = [0.8, 1.0, 2.2];
    let because = |decision: &str| {
        let found = source.evidence.iter().find(|(name, _)| *name == decision);
        found.map_or_else(String::new, |(_, sentence)| sentence.in_words(context.locale))
    };
    let starts_on =
        source.week_starts_on.map(|day| format!(", from {}", crate::text::weekday(day))).unwrap_or_default();
    let decisions = [
        ("Kind", words::kind(source.kind).to_owned(), because("kind")),
        ("Product", words::era(source.era).to_owned(), because("era")),
        ("Periods", format!("{}{starts_on}", words::grain(source.grain)), because("grain")),
        ("Dates", words::date_order(source.date_order).to_owned(), because("date_order")),
        ("Decimal mark", words::decimal(source.decimal).to_owned(), because("decimal")),
        ("Text encoding", words::encoding(&source.encoding), because("encoding")),
        ("Between cells", words::delimiter(source.delimiter), because("delimiter")),
        ("Quotes", words::quote(source.quote).to_owned(), because("quote")),
        ("Container", words::container(source.container).to_owned(), String::new()),
    ];
    table(ui, |ui| {
        table_head(ui, SHARES, ["Decision", "Recognized as", "Because"]);
        for (decision, found, sentence) in decisions {
            table_row(ui, SHARES, |[name, value, why]| {
                name.add(Text::body(decision).secondary());
                value.add(Text::body(found).medium());
                why.add(Text::body(sentence).secondary());
            });
        }
    });
}
