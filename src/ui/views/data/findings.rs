//! The findings of the data check, the weightier first.

use egui::{CollapsingHeader, Ui};

use super::super::proof::Proven as _;
use super::super::{Action, Send, ViewContext};
use super::rows::{table, table_row};
use crate::privacy::{Check, Effect};
use crate::quality::{LeaveOut, Severity};
use crate::text;
use crate::ui::theme::{Scale, Text, TextSize, text_column_width};
use crate::ui::widgets::{Card, CheckRow, Mark, MarkKind};
use crate::workbench::{Command, FilterCommand, Number, Results, wording};

/// So many findings are shown at once; all that call for care are.
const SHOWN: usize = 6;

/// Draws the card.
pub(super) fn card(ui: &mut Ui, context: &ViewContext<'_>, results: &Results, send: Send<'_>) {
    Card::new().show(ui, |ui| {
        ui.add(Text::section("What was noticed"));
        if results.checks.is_empty() {
            ui.add(Text::body("Nothing odd: no row, cell or column calls for a second look.").secondary());
            return;
        }
        let weighty = results.checks.iter().filter(|check| check.severity > Severity::Note).count();
        let all: Vec<(usize, &Check)> = results.checks.iter().enumerate().collect();
        let (first, rest) = all.split_at(weighty.max(SHOWN).min(all.len()));
        let mut findings = |ui: &mut Ui, checks: &[(usize, &Check)]| {
            table(ui, |ui| {
                for (at, check) in checks {
                    finding(ui, context, results, (&Number::Check(*at), check), send);
                }
            });
        };
        findings(ui, first);
        if !rest.is_empty() {
            let more = text::counted(rest.len(), "more note", "more notes", context.locale);
            let more = Text::body(more).medium().rich(ui);
            CollapsingHeader::new(more).id_salt("more notes").show_unindented(ui, |ui| findings(ui, rest));
        }
    });
}

fn finding(
    ui: &mut Ui,
    context: &ViewContext<'_>,
    results: &Results,
    (number, check): (&Number, &Check),
    send: Send<'_>,
) {
    let scale = Scale::of(ui);
    table_row(ui, [0.8, 3.6, 1.4], |[left, right, way]| {
        let (kind, word) = match check.severity {
            Severity::Note => (MarkKind::Info, "Note"),
            Severity::Care => (MarkKind::WithCare, "With care"),
            Severity::Unfit => (MarkKind::NotFit, "Not fit"),
        };
        left.add(Mark::new(kind, word).small());
        let widest = text_column_width(&scale, TextSize::Body) * 1.3;
        right.set_max_width(right.available_width().min(widest));
        right.spacing_mut().item_spacing.y = scale.space(2.0);
        right.add(Text::body(check.text.in_words(context.locale)).proven(number));
        right.add(Text::body(&check.what_to_do).secondary());
        if let Some(effect) = wording::effect(results, check, context.locale) {
            right.add(Text::body(effect).medium().proven(number));
        } else if check.effect == Effect::NotAsked {
            right.add(Text::body("What leaving it out would change is being worked out\u{2026}").secondary());
        }
        if !check.lines.is_empty() {
            let lines: Vec<String> = check.lines.iter().map(ToString::to_string).collect();
            let word = if lines.len() == 1 { "Line" } else { "Lines" };
            right.add(Text::caption(format!("{word} {}", lines.join(", "))).secondary().selectable());
        }
        if let Some(found) = &check.leave_out {
            switch(way, context, results, (check, found), send);
        }
    });
}

/// The switch that leaves out what was found.
fn switch(
    ui: &mut Ui,
    context: &ViewContext<'_>,
    results: &Results,
    (check, found): (&Check, &LeaveOut),
    send: Send<'_>,
) {
    let is_on = found.is_on(&results.question.filter);
    let mut row = CheckRow::new(wording::leave_out(found), is_on);
    if let Effect::Hidden(why) = &check.effect {
        row = row.blocked("Too few people", why.in_words(context.locale));
    }
    if ui.add(row).clicked() {
        send(Action::Run(Command::Filter(FilterCommand::LeaveOutFound(found.clone(), !is_on))));
    }
}
