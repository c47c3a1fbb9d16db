//! What the data is fit for, wherever a number of an insight stands: the verdict before it, the number held back where it
//! is not fit, and the stamp where somebody asked to see it anyway.

use egui::{Align, Layout, Ui};

use super::proof::Proven as _;
use super::{Action, Send, ViewContext, source_line};
use crate::dataset::Metric;
use crate::privacy::{Check, InsightId};
use crate::quality::{Severity, Verdict};
use crate::ui::theme::{Icon, Scale, Text, space};
use crate::ui::widgets::{Button, Mark, MarkKind};
use crate::workbench::{Command, Number, Results, Route, SetCommand, wording};

/// A verdict as a mark.
pub(super) fn mark(verdict: Verdict) -> Mark {
    let kind = match verdict {
        Verdict::Fit => MarkKind::Fit,
        Verdict::WithCare => MarkKind::WithCare,
        Verdict::NotFit => MarkKind::NotFit,
        Verdict::NotInFile => MarkKind::NotInFile,
    };
    Mark::new(kind, verdict.words()).small()
}

/// Above a number: what it is of, at the right the verdict, and under both the one reason.
pub(super) fn head(ui: &mut Ui, context: &ViewContext<'_>, results: &Results, id: InsightId, title: &str) {
    let Some(judgement) = results.verdict(id) else {
        ui.add(Text::body(title).semi_bold());
        return;
    };
    // The mark keeps its place; in a narrow card the title goes on two lines beside it.
    ui.allocate_ui_with_layout(egui::vec2(ui.available_width(), 0.0), Layout::right_to_left(Align::Min), |ui| {
        ui.add(mark(judgement.verdict));
        ui.vertical(|ui| ui.add(Text::body(title).semi_bold()));
    });
    let reason = match wording::shown_despite(results, id, context.locale) {
        Some(stamp) => stamp,
        None => judgement.reason.in_words(context.locale),
    };
    ui.add(Text::caption(reason).secondary().proven(&Number::Verdict(id)));
}

/// Instead of a number that is not fit: that it is there, and the ways on. The reason stands in the [`head`].
pub(super) fn held_back(ui: &mut Ui, id: InsightId, send: Send<'_>) {
    ui.spacing_mut().item_spacing.y = Scale::of(ui).space(space::SMALL);
    ui.add(Text::body("The number is held back: a decision that rests on it could be wrong.").secondary());
    ui.horizontal_wrapped(|ui| {
        if ui.add(Button::secondary("Look at the data check").icon(Icon::ArrowRight)).clicked() {
            send(Action::Run(Command::Go(Route::Data)));
        }
        let anyway = Button::quiet("Show anyway");
        if ui.add(anyway).accessible_name(format!("Show anyway: {}", wording::name(id))).clicked() {
            send(Action::Run(Command::Set(SetCommand::ShowAnyway(id, true))));
        }
    });
}

/// Beside a number that is not fit and shown anyway: why it is not, and the way back. Nothing for any other.
pub(super) fn stamp(ui: &mut Ui, context: &ViewContext<'_>, results: &Results, id: InsightId, send: Send<'_>) {
    let Some(stamp) = wording::shown_despite(results, id, context.locale) else { return };
    ui.horizontal_wrapped(|ui| {
        ui.add(mark(Verdict::NotFit));
        ui.add(Text::caption(stamp).proven(&Number::Verdict(id)));
        hold_back(ui, id, send);
    });
}

/// The way back from "Show anyway".
pub(super) fn hold_back(ui: &mut Ui, id: InsightId, send: Send<'_>) {
    let back = Button::quiet("Hold it back").small();
    if ui.add(back).accessible_name(format!("Hold it back: {}", wording::name(id))).clicked() {
        send(Action::Run(Command::Set(SetCommand::ShowAnyway(id, false))));
    }
}

/// Over numbers of metrics: which of these columns are not fit. Nothing where all are.
pub(super) fn caution(ui: &mut Ui, context: &ViewContext<'_>, columns: &[Metric]) {
    let Some(results) = context.workbench.results() else { return };
    let is_about = |check: &Check| check.severity == Severity::Unfit && check.concerns.is_about(columns);
    for (at, check) in results.checks.iter().enumerate().filter(|(_, check)| is_about(check)) {
        ui.horizontal_wrapped(|ui| {
            ui.add(mark(Verdict::NotFit));
            ui.add(Text::caption(check.text.in_words(context.locale)).proven(&Number::Check(at)));
        });
    }
}

/// The line under a chart of an insight: where its numbers come from, stamped where they are not fit.
pub(super) fn stamped_source(context: &ViewContext<'_>, results: &Results, id: InsightId) -> String {
    let source = source_line(context, results);
    match wording::shown_despite(results, id, context.locale) {
        Some(stamp) => format!("{stamp} {source}"),
        None => source,
    }
}
