//! Whose changes: the cohorts that are compared, those that are suggested, and the window that makes one of values.

use egui::Ui;

use super::super::{Send, ViewContext, ViewState, modal};
use super::{CompareState, run};
use crate::dataset::AttributeFilter;
use crate::privacy::Cohort;
use crate::text;
use crate::ui::theme::{Icon, Text, space};
use crate::ui::widgets::{Button, CheckRow, form_row, removable_chip, select};
use crate::workbench::{CompareAnswer, CompareCommand, wording};

/// A cohort that is being made.
#[derive(Debug)]
pub(in super::super) struct Making {
    attribute: String,
    values: Vec<String>,
}

/// Draws the chips of the cohorts, and those that are suggested.
pub(super) fn row(ui: &mut Ui, answer: &CompareAnswer, send: Send<'_>) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = egui::vec2(space::SMALL, space::SMALL);
        ui.add(Text::body("Everyone and").secondary());
        for cohort in answer.cohorts.iter().filter(|cohort| **cohort != Cohort::Everyone) {
            if removable_chip(ui, &wording::cohort(cohort)).clicked() {
                send(run(CompareCommand::Remove(cohort.clone())));
            }
        }
        for cohort in answer.choices.suggested.iter().filter(|cohort| !answer.cohorts.contains(cohort)) {
            let word = format!("Add {}", wording::cohort(cohort));
            if ui.add(Button::quiet(word).icon(Icon::Plus).small()).clicked() {
                send(run(CompareCommand::Add(cohort.clone())));
            }
        }
    });
    ui.add_space(space::SMALL);
}

/// Draws the button that makes a cohort of values.
pub(super) fn add(ui: &mut Ui, context: &ViewContext<'_>, state: &mut CompareState) {
    let opened = context.workbench.opened();
    let Some(attribute) = opened.and_then(|opened| opened.default_attribute()) else { return };
    if ui.add(Button::secondary("Add a cohort\u{2026}").icon(Icon::Plus)).clicked() {
        state.making = Some(Making { attribute, values: Vec::new() });
    }
}

/// Draws the window that makes a cohort.
pub(in super::super) fn windows(ui: &mut Ui, context: &ViewContext<'_>, state: &mut ViewState, send: Send<'_>) {
    let Some(making) = &mut state.compare.making else { return };
    let Some(results) = context.workbench.results() else {
        state.compare.making = None;
        return;
    };
    let attributes: Vec<_> = results.attributes.iter().filter(|attribute| !attribute.values.is_empty()).collect();
    let is_possible = !making.values.is_empty();
    let mut is_done = false;
    let closes = modal(
        ui,
        "make a cohort",
        460.0,
        |ui| {
            ui.spacing_mut().item_spacing.y = space::SMALL;
            ui.add(Text::section("Add a cohort"));
            let names: Vec<&str> = attributes.iter().map(|attribute| attribute.name.as_str()).collect();
            let mut at = names.iter().position(|name| *name == making.attribute).unwrap_or_default();
            let chosen = form_row(ui, "People by", "", |ui| select(ui, "cohort attribute", &names, &mut at));
            let Some(attribute) = attributes.get(at) else { return };
            if chosen.changed() || making.attribute != attribute.name {
                *making = Making { attribute: attribute.name.clone(), values: Vec::new() };
            }
            for value in &attribute.values {
                let is_on = making.values.contains(&value.value);
                let people = text::counted(value.people, "person", "people", context.locale);
                let row = ui.add(CheckRow::new(&value.value, is_on).detail(people));
                let number = crate::workbench::Number::Attribute(attribute.name.clone());
                crate::ui::widgets::carries_proof(ui, &row, &super::super::proof::id_of(&number));
                if row.clicked() && is_on {
                    making.values.retain(|known| *known != value.value);
                } else if row.clicked() {
                    making.values.push(value.value.clone());
                }
            }
        },
        |ui| {
            is_done = ui.add_enabled(is_possible, Button::primary("Add cohort")).clicked();
            if ui.add(Button::quiet("Cancel")).clicked() || is_done {
                ui.close();
            }
        },
    );
    if is_done {
        let part = AttributeFilter { attribute: making.attribute.clone(), values: std::mem::take(&mut making.values) };
        let cohort = Cohort::Of(vec![part]);
        state.compare.cohort = Some(cohort.clone());
        send(run(CompareCommand::Add(cohort)));
    }
    if closes || is_done {
        state.compare.making = None;
    }
}
