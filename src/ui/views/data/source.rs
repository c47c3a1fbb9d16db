//! A card a file: what it is, and the sum of its rows.

use egui::{Align, Layout, Ui};

use super::super::proof::Proven as _;
use super::super::{Action, Send, ViewContext, rule};
use super::words;
use crate::dataset::Grain;
use crate::import::SourceReport;
use crate::text;
use crate::ui::theme::{Icon, Scale, Text, TextSize, Tokens, icon, space};
use crate::ui::widgets::{Button, Card, columns};
use crate::workbench::{Command, FileCommand, Number, Opened, Results, RowSum, wording};

/// Draws the card of one file, whose counts are those of `number`.
pub(super) fn card(
    ui: &mut Ui,
    context: &ViewContext<'_>,
    opened: &Opened,
    results: &Results,
    number: &Number,
    (source, sum): (&SourceReport, &RowSum),
) {
    let scale = Scale::of(ui);
    Card::new().show(ui, |ui| {
        ui.horizontal(|ui| {
            ui.label(icon(Icon::FileSpreadsheet, scale.icon(), Tokens::of(ui).secondary));
            ui.add(Text::section(&source.name).one_line());
        });
        ui.add_space(scale.space(space::SMALL));
        columns(ui, [1.0, 1.0], |[left, right]| {
            facts(left, context, opened, results, (number, source));
            row_sum(right, context, number, sum);
        });
    });
}

/// A button that reads another file together with these.
pub(super) fn add_another(ui: &mut Ui, context: &ViewContext<'_>, opened: &Opened, send: Send<'_>) {
    if opened.is_sample() || !opened.can_be_reread() {
        return;
    }
    let add = Button::secondary("Add another export\u{2026}").icon(Icon::FilePlus2);
    let why = "A part with other weeks or people, or organizational data with PersonId and ManagerId.";
    if ui.add_enabled(!context.workbench.is_reading(), add).on_hover_text(why).clicked() {
        send(Action::Run(Command::File(FileCommand::PickMore)));
    }
    ui.add_space(Scale::of(ui).space(space::GAP));
}

/// What the file is and covers.
fn facts(
    ui: &mut Ui,
    context: &ViewContext<'_>,
    opened: &Opened,
    results: &Results,
    (number, source): (&Number, &SourceReport),
) {
    let counted = |ui: &mut Ui, name: &str, value: String, number: Option<&Number>| {
        columns(ui, [0.7, 2.0], |[left, right]| {
            left.add(Text::body(name).secondary());
            match number {
                None => right.add(Text::body(value)),
                Some(number) => right.add(Text::body(value).proven(number)),
            };
        });
    };
    let fact = |ui: &mut Ui, name: &str, value: String| counted(ui, name, value, None);
    fact(ui, "What", format!("{} of {}", words::kind(source.kind), words::era(source.era)));
    // How many people there are in one of several files has not passed the rules; in all of them it has.
    if let (1, Ok(findings)) = (opened.report.sources.len(), &results.findings) {
        let people = text::count(findings.population.people, context.locale);
        counted(ui, "People", people, Some(&Number::Population));
    }
    let (one, many) = match source.grain {
        Grain::Day => ("day", "days"),
        Grain::Week => ("week", "weeks"),
        Grain::Month => ("month", "months"),
    };
    let periods = usize::try_from(source.periods).unwrap_or(usize::MAX);
    counted(ui, "Periods", text::counted(periods, one, many, context.locale), Some(number));
    if let (Some(first), Some(last)) = (source.first, source.last) {
        let [first, last] = [first, last].map(|day| text::date(day, context.locale));
        fact(ui, "From, to", format!("{first} to {last}"));
    }
    if let Some(sha256) = &source.sha256 {
        fact(ui, "SHA-256", sha256.clone());
    }
}

/// Rows in the file, less those that are not used, are the rows used.
fn row_sum(ui: &mut Ui, context: &ViewContext<'_>, number: &Number, sum: &RowSum) {
    // As close together as the facts beside them: these are words, no controls.
    ui.spacing_mut().interact_size.y = Scale::of(ui).line_height(TextSize::Body);
    let line = |ui: &mut Ui, sign: &str, words: &str, rows: u64, strong: bool| {
        ui.horizontal(|ui| {
            let [words, count] = [words.to_owned(), format!("{sign}{}", words::count(rows, context.locale))]
                .map(|text| if strong { Text::body(text).semi_bold() } else { Text::body(text) });
            ui.add(words);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| ui.add(count.proven(number)));
        });
    };
    line(ui, "", "Rows in the file", sum.rows, false);
    for (reason, rows) in &sum.not_used {
        let words = format!("Less those {}", wording::not_used(*reason));
        line(ui, "\u{2212}", &words, *rows, false);
    }
    rule(ui);
    line(ui, "", "Rows used", sum.used, true);
}
