//! The frame: bar on top, navigation at the left, the screen, and one line at the foot.

use egui::{Align, Layout, Margin, Panel, ScrollArea, Ui};

use super::proof::{Proven as _, id_of};
use super::{
    Action, OLDER_OPACITY, Send, ViewContext, ViewState, filters, is_by_month, is_sample, notices, project, screen,
    source_line,
};
use crate::insights::Behavior;
use crate::text;
use crate::ui::theme::{Icon, Scale, Text, Tokens, space};
use crate::ui::widgets::{Button, MenuItem, NavItem, ProgressCard, card_over, carries_proof, chip, menu_under};
use crate::workbench::{Command, FileCommand, Number, PresentCommand, Results, Route, wording};

/// Under this width the navigation shows icons only.
const NARROW: f32 = 1100.0;

/// Under this width the bar shows only what is nowhere else.
const CROWDED: f32 = 840.0;

/// Draws the frame with the screen in it.
pub(super) fn show(ui: &mut Ui, context: &ViewContext<'_>, state: &mut ViewState, send: Send<'_>) {
    let tokens = Tokens::of(ui);
    let bar = egui::Frame::new().fill(tokens.card).inner_margin(Margin::symmetric(20, 10));
    Panel::top("bar").frame(bar).show(ui, |ui| top_bar(ui, context, state, send));
    let is_updating = context.workbench.is_updating() || context.workbench.is_comparing();
    let is_older = state.marks_as_updating(ui, is_updating);
    filters::sheet(ui, context, &mut state.filters, send);
    if let Some(results) = context.workbench.results() {
        let foot = egui::Frame::new().fill(tokens.page).inner_margin(Margin::symmetric(32, 6));
        let line = source_line(context, results);
        Panel::bottom("foot").frame(foot).show_separator_line(false).show(ui, |ui| {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                receipt(ui, context, results);
                if is_older {
                    ui.add(Text::caption("Updating\u{2026}").medium());
                }
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    if !line.is_empty() {
                        ui.add(Text::caption(line).secondary().one_line().proven(&Number::Population));
                    }
                });
            });
        });
    }
    let narrow = ui.available_width() < NARROW;
    let rail = egui::Frame::new().fill(tokens.card).inner_margin(Margin::symmetric(if narrow { 8 } else { 12 }, 16));
    let width = if narrow { 60.0 } else { 208.0 };
    Panel::left("navigation").frame(rail).resizable(false).exact_size(width).show(ui, |ui| {
        if !narrow {
            Panel::bottom("promise").frame(egui::Frame::NONE).show_separator_line(false).show(ui, |ui| {
                ui.add(Text::caption("Everything stays on this computer").secondary());
            });
        }
        ScrollArea::vertical().id_salt("navigation").auto_shrink([false, false]).show(ui, |ui| {
            navigation(ui, context, narrow, send);
        });
    });
    filters::breadcrumb(ui, context, send);
    let page = egui::Frame::new().fill(tokens.page);
    egui::CentralPanel::default().frame(page).show(ui, |ui| {
        mark_as_older(ui, is_older);
        let margin = egui::Frame::new().inner_margin(Margin { left: 32, right: 32, top: 8, bottom: 0 });
        margin.show(ui, |ui| {
            notices::show(ui, context, state, send);
            if context.workbench.is_reading() && context.workbench.opened().is_some() {
                progress(ui, context, send);
            }
        });
        // A behavior page scrolls in its columns, so that chart and practices stay beside each other.
        let scrolls_itself =
            matches!(context.workbench.route(), Route::Behavior(_)) && context.workbench.results().is_some();
        let margin = egui::Frame::new().inner_margin(Margin { left: 32, right: 32, top: 16, bottom: 0 });
        if scrolls_itself {
            margin.show(ui, |ui| screen(ui, context, state, send));
        } else {
            ScrollArea::vertical().id_salt("page").auto_shrink([false, false]).show(ui, |ui| {
                margin.show(ui, |ui| {
                    screen(ui, context, state, send);
                    ui.add_space(space::PAGE);
                });
            });
        }
    });
}

/// At the right of the foot: what is hidden on this screen, and by which rule.
fn receipt(ui: &mut Ui, context: &ViewContext<'_>, results: &Results) {
    let by_month = is_by_month(context);
    let route = context.workbench.route();
    let explored = context.workbench.explored().filter(|_| route == Route::Explore);
    let receipt = match explored {
        Some(explored) => Some(wording::explored_receipt(results, explored, by_month, context.locale)),
        None => wording::receipt(results, route, by_month, context.locale),
    };
    let Some(receipt) = receipt else { return };
    let button = Button::quiet(receipt.short).icon(Icon::ShieldCheck).small();
    let button = ui.add(button).on_hover_text("Privacy receipt: what is hidden here, and by which rule");
    carries_proof(ui, &button, &id_of(&Number::Population));
    card_over(&button, 420.0, |ui| {
        ui.add(Text::lead("Privacy receipt").semi_bold());
        if receipt.hidden.is_empty() {
            ui.add(Text::body("No group, week or insight on this screen is hidden.").secondary());
        }
        for (number, sentence) in &receipt.hidden {
            ui.add(Text::body(sentence).proven(number));
        }
        for why in &receipt.why {
            ui.add(Text::caption(why).secondary().proven(&Number::Population));
        }
        ui.add(Text::body("On every screen").semi_bold());
        for rule in &receipt.rules {
            ui.add(Text::caption(rule).secondary().proven(&Number::Population));
        }
    });
}

/// While a newer answer is worked on, what is shown is the older one: it is dimmed under a line in the accent.
fn mark_as_older(ui: &mut Ui, is_older: bool) {
    let shown = ui.ctx().animate_bool(egui::Id::unique("older answer"), is_older);
    if shown > 0.0 {
        let rect = ui.max_rect();
        let line = egui::Rect::from_min_size(rect.min, egui::vec2(rect.width() * shown, 2.0));
        ui.painter().rect_filled(line, 0.0, Tokens::of(ui).accent);
        ui.set_opacity(1.0 - (1.0 - OLDER_OPACITY) * shown);
    }
}

fn top_bar(ui: &mut Ui, context: &ViewContext<'_>, state: &mut ViewState, send: Send<'_>) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::SMALL;
        let has_room = ui.available_width() > CROWDED;
        // A project has the place of the program's name, which the title of the window says too.
        if !project::is_named(context) && (has_room || context.workbench.opened().is_none()) {
            ui.add(Text::lead("Customer Focus").semi_bold());
            ui.add_space(space::SMALL);
        }
        project::menu(ui, context, state, has_room, send);
        if let Some(opened) = context.workbench.opened() {
            let people = context
                .workbench
                .results()
                .and_then(|results| results.findings.as_ref().ok())
                .map(|findings| text::counted(findings.population.people, "person", "people", context.locale));
            let label = match people {
                Some(people) => format!("{}   {people}", shortened(&opened.name)),
                None => shortened(&opened.name),
            };
            file_menu(ui, context, &label, state, send);
            if is_sample(context) {
                chip(ui, "SAMPLE");
            }
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if context.workbench.results().is_some_and(|results| results.findings.is_ok()) {
                let present = Button::primary("Present").icon(Icon::Presentation).shortcut("F5");
                if ui.add(present).clicked() {
                    send(Action::Run(Command::Present(PresentCommand::Start)));
                }
            }
            if context.workbench.results().is_some() {
                filter_button(ui, context, state);
                if has_room {
                    undo_and_redo(ui, context, send);
                }
            }
            if has_room && context.workbench.opened().is_some() {
                let open = Button::secondary("Open export\u{2026}").icon(Icon::FolderOpen).shortcut("Ctrl+O");
                if ui.add(open).clicked() {
                    send(Action::Run(Command::File(FileCommand::Pick)));
                }
            }
        });
    });
}

/// Opens the sheet of filters; says how many parts the filter has.
fn filter_button(ui: &mut Ui, context: &ViewContext<'_>, state: &mut ViewState) {
    let filter = &context.workbench.question().filter;
    let parts = wording::filter_parts(filter, is_by_month(context), context.locale).len();
    let label = if parts == 0 { "Filter".to_owned() } else { format!("Filter ({parts})") };
    let button = Button::secondary(label).icon(Icon::ListFilter).shortcut("Ctrl+F").on(state.filters.is_open());
    if ui.add(button).clicked() {
        state.filters.toggle();
    }
}

/// The last step back, and again. Names of steps show under the pointer.
fn undo_and_redo(ui: &mut Ui, context: &ViewContext<'_>, send: Send<'_>) {
    let steps = [
        (filters::redo_words(context), "Nothing to redo", Icon::Redo2, "Ctrl+Shift+Z", Command::Redo),
        (filters::undo_words(context), "Nothing to undo", Icon::Undo2, "Ctrl+Z", Command::Undo),
    ];
    if steps.iter().all(|(words, ..)| words.is_none()) {
        return;
    }
    for (words, nothing, icon, key, command) in steps {
        let is_possible = words.is_some();
        let words = words.unwrap_or_else(|| nothing.to_owned());
        let button = Button::quiet(words).icon(icon).icon_only().shortcut(key);
        if ui.add_enabled(is_possible, button).clicked() {
            send(Action::Run(command));
        }
    }
}

/// The name of what is open, with what can be done with it.
fn file_menu(ui: &mut Ui, context: &ViewContext<'_>, label: &str, state: &mut ViewState, send: Send<'_>) {
    let button = ui.add(Button::secondary(label).icon(Icon::FileSpreadsheet).opens_menu());
    carries_proof(ui, &button, &id_of(&Number::Population));
    let entries = [
        (Icon::FolderOpen, "Open export\u{2026}", "Ctrl+O", Some(FileCommand::Pick)),
        (Icon::TextCursorInput, "Type a path\u{2026}", "Ctrl+L", None),
        (Icon::RefreshCw, "Reload", "Ctrl+R", Some(FileCommand::Reload)),
        (Icon::Building2, "Open the sample company", "", Some(FileCommand::OpenSample)),
        (Icon::X, "Close", "Ctrl+W", Some(FileCommand::Close)),
    ];
    let steps = [
        (Icon::Undo2, filters::undo_words(context), "Ctrl+Z", Command::Undo),
        (Icon::Redo2, filters::redo_words(context), "Ctrl+Shift+Z", Command::Redo),
    ];
    menu_under(&button, |ui| {
        for (icon, words, key, command) in steps {
            if words.is_some_and(|words| ui.add(MenuItem::new(icon, words).shortcut(key)).clicked()) {
                send(Action::Run(command));
                ui.close();
            }
        }
        for (icon, word, key, command) in entries {
            let item = MenuItem::new(icon, word);
            let item = if key.is_empty() { item } else { item.shortcut(key) };
            if ui.add(item).clicked() {
                match command {
                    Some(command) => send(Action::Run(Command::File(command))),
                    None => state.ask_for_path(),
                }
                ui.close();
            }
        }
    });
}

/// A name that fits the bar: its middle is left out.
fn shortened(name: &str) -> String {
    const LONGEST: usize = 34;
    let letters: Vec<char> = name.chars().collect();
    if letters.len() <= LONGEST {
        return name.to_owned();
    }
    let head: String = letters[..20].iter().collect();
    let tail: String = letters[letters.len() - 12..].iter().collect();
    format!("{head}\u{2026}{tail}")
}

fn navigation(ui: &mut Ui, context: &ViewContext<'_>, narrow: bool, send: Send<'_>) {
    const GAP: f32 = 2.0;
    const RULES: f32 = 2.0;
    ui.spacing_mut().item_spacing.y = GAP;
    // In a low window the entries move together before any of them is out of sight.
    let rule = 2.0 * space::SMALL + ui.spacing().item_spacing.y * 2.0 + 6.0;
    let room = ui.available_height() - RULES * rule;
    let height = room / Route::ALL.len() as f32 - GAP;
    for (index, route) in Route::ALL.into_iter().enumerate() {
        if matches!(route, Route::Plans | Route::Data) {
            ui.add_space(space::SMALL);
            ui.separator();
            ui.add_space(space::SMALL);
        }
        let (icon, word) = nav_words(route);
        let item = NavItem::new(icon, word).selected(context.workbench.route() == route).narrow(narrow);
        let item = item.height(height * 100.0 / Scale::of(ui).space(100.0));
        // Only digits are keys.
        let item = if index < 9 { item.shortcut((index + 1).to_string()) } else { item };
        if ui.add(item).clicked() {
            send(Action::Run(Command::Go(route)));
        }
    }
}

/// The icon and the word of a screen.
pub(super) fn nav_words(route: Route) -> (Icon, &'static str) {
    match route {
        Route::Overview => (Icon::LayoutDashboard, "Overview"),
        Route::Behavior(behavior) => {
            let icon = match behavior {
                Behavior::TimeWithCustomers => Icon::Handshake,
                Behavior::Coaching => Icon::MessagesSquare,
                Behavior::InternalNetworks => Icon::Network,
            };
            (icon, wording::nav_name(behavior))
        }
        Route::Explore => (Icon::ChartScatter, "Explore"),
        Route::Compare => (Icon::ArrowLeftRight, "Compare periods"),
        Route::References => (Icon::Scale, "References"),
        Route::WhatIf => (Icon::SlidersHorizontal, "What if"),
        Route::Plans => (Icon::Target, "Plans"),
        Route::Decisions => (Icon::Gavel, "Decisions"),
        Route::Initiatives => (Icon::Rocket, "Initiatives"),
        Route::Contacts => (Icon::ContactRound, "Contacts"),
        Route::Data => (Icon::Database, "Data"),
        Route::Glossary => (Icon::BookOpen, "Glossary"),
        Route::Settings => (Icon::Settings, "Settings"),
        Route::About => (Icon::Info, "About"),
    }
}

/// How far reading is, with a way to stop it.
pub(super) fn progress(ui: &mut Ui, context: &ViewContext<'_>, send: Send<'_>) {
    let (Some(name), Some(progress)) = (context.workbench.reading(), context.progress) else { return };
    let rows = text::count(usize::try_from(progress.rows).unwrap_or(usize::MAX), context.locale);
    let detail = match about_how_many(progress.rows, progress.fraction) {
        Some(total) => format!("{rows} of about {} rows", text::count(total, context.locale)),
        None => format!("{rows} rows"),
    };
    let card = ProgressCard::new(format!("Reading {name}"), detail).fraction(progress.fraction);
    if card.show(ui) {
        send(Action::Run(Command::File(FileCommand::Cancel)));
    }
    ui.add_space(Scale::of(ui).space(space::GAP));
}

/// How many rows there will be, from how far reading is; rounded to two digits.
fn about_how_many(rows: u64, fraction: f32) -> Option<usize> {
    if rows == 0 || fraction < 0.02 {
        return None;
    }
    let total = rows as f64 / f64::from(fraction);
    let unit = 10_f64.powf(total.log10().floor() - 1.0).max(1.0);
    Some(((total / unit).round() * unit) as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_of_rows_is_told_in_two_digits() {
        assert_eq!(about_how_many(12_345, 0.25), Some(49_000));
        assert_eq!(about_how_many(0, 0.25), None);
        assert_eq!(about_how_many(100, 0.01), None);
    }

    #[test]
    fn long_names_lose_their_middle() {
        assert_eq!(shortened("short.csv"), "short.csv");
        assert_eq!(
            shortened("a-very-long-name-of-an-export-of-2024-week-12.csv"),
            "a-very-long-name-of-\u{2026}-week-12.csv"
        );
    }
}
