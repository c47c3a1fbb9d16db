//! From which week to which, and which weeks are left out.

use chrono::NaiveDate;
use egui::Ui;

use super::super::{Action, Send, ViewContext, is_by_month};
use crate::privacy::Hidden;
use crate::text;
use crate::ui::theme::{Scale, Text, space};
use crate::ui::widgets::{removable_chip, select_allowed};
use crate::workbench::{Command, FilterCommand, Results, wording};

/// Draws the range and the periods that are left out.
pub(super) fn show(ui: &mut Ui, context: &ViewContext<'_>, results: &Results, send: Send<'_>) {
    let periods = &results.choices.periods;
    let (Some(first), Some(last)) = (periods.first(), periods.last()) else { return };
    let (first, last) = (first.day, last.day);
    let blocked =
        |why: &Option<Hidden>| why.as_ref().map(|why| wording::blocked_in_short(why, results.rules, context.locale));
    let filter = &context.workbench.question().filter;
    let (from, to) = (filter.from.unwrap_or(first), filter.to.unwrap_or(last));
    let unless = |end: NaiveDate, chosen: NaiveDate| (chosen != end).then_some(chosen);
    ui.spacing_mut().item_spacing.y = space::SMALL;
    ui.add_space(space::TIGHT);
    let before_end: Vec<Offered> = periods
        .iter()
        .filter(|period| period.day <= to)
        .map(|period| (period.day, blocked(&period.as_first)))
        .collect();
    if let Some(chosen) = choice(ui, context, "From", &before_end, from) {
        let range = FilterCommand::Range { from: unless(first, chosen), to: filter.to };
        send(Action::Run(Command::Filter(range)));
    }
    // The latest first: an end is sought near the end.
    let after_start: Vec<Offered> = (periods.iter().rev().filter(|period| period.day >= from))
        .map(|period| (period.day, blocked(&period.as_last)))
        .collect();
    if let Some(chosen) = choice(ui, context, "To", &after_start, to) {
        let range = FilterCommand::Range { from: filter.from, to: unless(last, chosen) };
        send(Action::Run(Command::Filter(range)));
    }
    let is_in = |day: &NaiveDate| (from..=to).contains(day) && !filter.without.contains(day);
    let left = periods.iter().filter(|period| is_in(&period.day));
    let left: Vec<Offered> = left.map(|period| (period.day, blocked(&period.left_out))).collect();
    leave_out(ui, context, &left, send);
    for day in &filter.without {
        let words =
            wording::sentence_case(&format!("without {}", wording::period(*day, is_by_month(context), context.locale)));
        let chip = ui.horizontal(|ui| {
            ui.add_space(space::SMALL);
            removable_chip(ui, &words)
        });
        if chip.inner.clicked() {
            send(Action::Run(Command::Filter(FilterCommand::PutBack(*day))));
        }
    }
    ui.add_space(space::SMALL);
}

/// A period by its first day, and why it cannot be chosen.
type Offered = (NaiveDate, Option<String>);

/// One of several periods; the one that was chosen now, if any.
fn choice(
    ui: &mut Ui,
    context: &ViewContext<'_>,
    name: &str,
    periods: &[Offered],
    chosen: NaiveDate,
) -> Option<NaiveDate> {
    let words: Vec<String> = periods.iter().map(|(day, _)| text::date(*day, context.locale)).collect();
    let mut selected = periods.iter().position(|(day, _)| *day == chosen).unwrap_or_default();
    let options = words.iter().zip(periods).enumerate();
    // What is chosen already can stay.
    let options = options.map(|(place, (word, (_, why)))| (word.as_str(), why.clone().filter(|_| place != selected)));
    let options: Vec<(&str, Option<String>)> = options.collect();
    row(ui, name, |ui| select_allowed(ui, ("period", name), &options, &mut selected).changed())
        .then(|| periods.get(selected).map(|(day, _)| *day))
        .flatten()
}

/// A choice of one more period to leave out.
fn leave_out(ui: &mut Ui, context: &ViewContext<'_>, left: &[Offered], send: Send<'_>) {
    let invitation = if is_by_month(context) { "Choose a month\u{2026}" } else { "Choose a week\u{2026}" };
    let dates: Vec<String> = left.iter().map(|(day, _)| text::date(*day, context.locale)).collect();
    let options = dates.iter().zip(left).map(|(word, (_, why))| (word.as_str(), why.clone()));
    let options: Vec<(&str, Option<String>)> = std::iter::once((invitation, None)).chain(options).collect();
    let mut selected = 0;
    let is_chosen = row(ui, "Leave out", |ui| select_allowed(ui, "leave out", &options, &mut selected).changed());
    if is_chosen && let Some((day, _)) = selected.checked_sub(1).and_then(|index| left.get(index)) {
        send(Action::Run(Command::Filter(FilterCommand::LeaveOut(*day))));
    }
}

/// A name and its control.
fn row(ui: &mut Ui, name: &str, control: impl FnOnce(&mut Ui) -> bool) -> bool {
    let scale = Scale::of(ui);
    ui.horizontal(|ui| {
        ui.add_space(scale.space(space::SMALL));
        let size = egui::vec2(scale.space(72.0), scale.control_height());
        let layout = egui::Layout::left_to_right(egui::Align::Center);
        let label = ui.allocate_ui_with_layout(size, layout, |ui| {
            ui.set_min_width(size.x);
            ui.add(Text::body(name).secondary())
        });
        ui.label_inputs_by(label.inner.id, control)
    })
    .inner
}
