//! The attributes of the file and their values, several of which can be kept.

use chrono::NaiveDate;
use egui::Ui;

use super::super::proof::id_of;
use super::super::{Action, Send, ViewContext, is_by_month};
use super::FilterSheet;
use crate::privacy::{AttributeChoices, Choice, Hidden};
use crate::text;
use crate::ui::theme::space;
use crate::ui::widgets::{Button, CheckRow, carries_proof};
use crate::workbench::{Command, FilterCommand, Number, Results};

/// So many values of an attribute are listed at first, and every one that is kept.
const LISTED: usize = 12;

/// Draws every attribute, or those that are found. Returns whether there is any.
pub(super) fn attributes(
    ui: &mut Ui,
    context: &ViewContext<'_>,
    sheet: &mut FilterSheet,
    results: &Results,
    send: Send<'_>,
) -> bool {
    let wanted = sheet.search.trim().to_lowercase();
    let mut found_any = false;
    choose_only(sheet, results, &wanted, send);
    for attribute in &results.choices.attributes {
        let found = found(attribute, &wanted);
        if found.is_empty() && !wanted.is_empty() {
            continue;
        }
        found_any = true;
        let is_kept = |choice: &&Choice| is_kept(context, attribute, choice);
        let kept = attribute.values.iter().filter(is_kept).count();
        let count = text::count(attribute.values.len(), context.locale);
        let detail = if kept > 0 { format!("{} of {count}", text::count(kept, context.locale)) } else { count };
        let is_grouped_by = context.workbench.question().by.iter().any(|by| by.has(&attribute.name));
        // What is found is shown, whatever was folded away.
        let is_open = sheet.part(ui, &attribute.name, &detail, kept > 0 || is_grouped_by) || !wanted.is_empty();
        if is_open {
            values(ui, context, sheet, results, attribute, &found, send);
            ui.add_space(space::SMALL);
        }
    }
    found_any
}

/// After Enter in the search the first value that is found gets the keyboard; the only one is chosen too.
fn choose_only(sheet: &mut FilterSheet, results: &Results, wanted: &str, send: Send<'_>) {
    if !std::mem::take(&mut sheet.wants_only_value) || wanted.is_empty() {
        return;
    }
    let all = results
        .choices
        .attributes
        .iter()
        .flat_map(|attribute| found(attribute, wanted).into_iter().map(|choice| (attribute.name.clone(), choice)));
    let mut all = all.take(2);
    if let (Some((attribute, only)), None) = (all.next(), all.next())
        && only.blocked.is_none()
    {
        let value = only.value.clone();
        send(Action::Run(Command::Filter(FilterCommand::Toggle { attribute, value })));
    }
    sheet.wants_first_value = true;
}

/// The values that hold what is wanted; all of them where the attribute's name does.
fn found<'a>(attribute: &'a AttributeChoices, wanted: &str) -> Vec<&'a Choice> {
    let holds = |name: &str| name.to_lowercase().contains(wanted);
    let all = holds(&attribute.name);
    attribute.values.iter().filter(|choice| all || holds(&choice.value)).collect()
}

/// Whether the filter that is asked keeps a value: the answer may still be on its way.
fn is_kept(context: &ViewContext<'_>, attribute: &AttributeChoices, choice: &Choice) -> bool {
    context.workbench.question().filter.names(&attribute.name, &choice.value)
}

fn values(
    ui: &mut Ui,
    context: &ViewContext<'_>,
    sheet: &mut FilterSheet,
    results: &Results,
    attribute: &AttributeChoices,
    found: &[&Choice],
    send: Send<'_>,
) {
    let lists_all = found.len() <= LISTED + 1 || sheet.listed_whole.contains(&attribute.name);
    for (index, choice) in found.iter().enumerate() {
        let is_on = is_kept(context, attribute, choice);
        if !lists_all && index >= LISTED && !is_on {
            continue;
        }
        let row = CheckRow::new(&choice.value, is_on).detail(text::count(choice.people, context.locale));
        let row = match &choice.blocked {
            Some(hidden) => {
                let [in_short, why] = super::blocked(context, results, hidden);
                row.blocked(in_short, why)
            }
            None => row,
        };
        let response = ui.push_id((&attribute.name, &choice.value), |ui| ui.add(row)).inner;
        if std::mem::take(&mut sheet.wants_first_value) {
            response.request_focus();
        }
        carries_proof(ui, &response, &id_of(&Number::Attribute(attribute.name.clone())));
        if let Some(Hidden::TooFewInPeriods { without }) = &choice.blocked
            && !without.is_empty()
            && !choice.is_selected
        {
            keep_without(ui, context, attribute, choice, without, send);
        }
        if response.clicked() {
            let (attribute, value) = (attribute.name.clone(), choice.value.clone());
            send(Action::Run(Command::Filter(FilterCommand::Toggle { attribute, value })));
        }
    }
    if found.is_empty() {
        ui.add(crate::ui::theme::Text::body("Every value is hidden to protect people.").secondary());
    }
    if !lists_all {
        let words = format!("Show all {} of {}", text::count(found.len(), context.locale), attribute.name);
        if ui.add(Button::quiet(words)).clicked() {
            sheet.listed_whole.insert(attribute.name.clone());
        }
    }
}

/// The way to keep a value that can be told in the other periods: by leaving these out.
fn keep_without(
    ui: &mut Ui,
    context: &ViewContext<'_>,
    attribute: &AttributeChoices,
    choice: &Choice,
    without: &[NaiveDate],
    send: Send<'_>,
) {
    /// Under the words of the row.
    const INDENT: f32 = 24.0;
    let words = format!("{} without those {}", choice.value, if is_by_month(context) { "months" } else { "weeks" });
    ui.horizontal(|ui| {
        ui.add_space(INDENT);
        let button =
            ui.push_id((&attribute.name, &choice.value, "without"), |ui| ui.add(Button::secondary(words).small()));
        if button.inner.clicked() {
            let (attribute, value, without) = (attribute.name.clone(), choice.value.clone(), without.to_vec());
            send(Action::Run(Command::Filter(FilterCommand::KeepWithout { attribute, value, without })));
        }
    });
    ui.add_space(space::SMALL);
}
