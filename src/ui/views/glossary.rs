//! The glossary: every metric in both eras, and every word.

use egui::{TextEdit, Ui};

use super::{ViewContext, ViewState, page_head, reading_width, rule};
use crate::guidance::{self, Term};
use crate::text;
use crate::ui::theme::{Icon, Scale, Text, TextSize, Tokens, icon, space, text_column_width};
use crate::ui::widgets::{Button, Card, EmptyState, columns};

/// Draws the screen.
pub(super) fn show(ui: &mut Ui, context: &ViewContext<'_>, state: &mut ViewState) {
    let glossary = guidance::glossary();
    reading_width(ui);
    page_head(ui, "Glossary", &glossary.lead);
    let found = glossary.search(&state.glossary_search);
    search_field(ui, context, state, found.len(), glossary.terms.len());
    let scale = Scale::of(ui);
    ui.add_space(scale.space(space::MEDIUM));
    Card::new().show(ui, |ui| {
        if found.is_empty() {
            let why =
                format!("Nothing here holds \u{201c}{}\u{201d}. Try one word of it.", state.glossary_search.trim());
            let all = Button::secondary("Show every term");
            if EmptyState::new(Icon::Search, "No such term", why).action(all).show(ui).is_some() {
                state.glossary_search.clear();
            }
        }
        for (index, found) in found.into_iter().enumerate() {
            if index > 0 {
                ui.add_space(scale.space(space::TIGHT));
                rule(ui);
                ui.add_space(scale.space(space::TIGHT));
            }
            term(ui, found);
        }
    });
}

fn search_field(ui: &mut Ui, context: &ViewContext<'_>, state: &mut ViewState, found: usize, all: usize) {
    let scale = Scale::of(ui);
    ui.horizontal(|ui| {
        ui.label(icon(Icon::Search, scale.icon(), Tokens::of(ui).secondary));
        let field = TextEdit::singleline(&mut state.glossary_search)
            .hint_text("Search words and metrics")
            .desired_width(scale.space(320.0));
        let response = ui.add(field).accessible_name("Search the glossary");
        let is_searching = !state.glossary_search.trim().is_empty();
        if is_searching && ui.add(Button::quiet("Clear").icon(Icon::X)).clicked() {
            state.glossary_search.clear();
            response.request_focus();
        }
        let all = text::counted(all, "term", "terms", context.locale);
        let count = if is_searching { format!("{} of {all}", text::count(found, context.locale)) } else { all };
        ui.add(Text::body(count).secondary());
    });
}

fn term(ui: &mut Ui, term: &Term) {
    let scale = Scale::of(ui);
    columns(ui, [1.0, 2.6], |[left, right]| {
        left.add(Text::body(&term.name).semi_bold());
        right.spacing_mut().item_spacing.y = scale.space(6.0);
        right.scope(|ui| {
            ui.set_max_width(ui.available_width().min(text_column_width(&scale, TextSize::Body) * 1.2));
            ui.add(Text::body(&term.text).selectable());
        });
        if term.wpa.is_none() && term.viva.is_none() {
            return;
        }
        columns(right, [1.0, 1.0], |[wpa, viva]| {
            let eras = [(wpa, "Workplace Analytics", &term.wpa), (viva, "Viva Insights", &term.viva)];
            for (cell, product, meaning) in eras {
                cell.spacing_mut().item_spacing.y = scale.space(2.0);
                cell.add(Text::caption(product).medium().secondary());
                let meaning = meaning.as_deref().unwrap_or("Not in this product");
                cell.add(Text::body(meaning).secondary().selectable());
            }
        });
    });
}
