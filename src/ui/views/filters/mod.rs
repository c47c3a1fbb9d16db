//! Filters and grouping: the sheet beside the screen, the row of chips under the bar, and ways back.
//!
//! The sheet stays open while somebody clicks, so that the numbers can be seen changing. What the privacy rules
//! forbid cannot be clicked, and says why.

mod breadcrumb;
mod periods;
mod saved;
mod values;

use std::collections::{BTreeMap, BTreeSet};

use egui::{Align, Key, Layout, Margin, Panel, ScrollArea, Ui};

use super::proof::Proven as _;
use super::{Action, Send, ViewContext, is_by_month};
use crate::dataset::GroupBy;
use crate::privacy::Hidden;
use crate::text;
use crate::ui::theme::{Icon, Text, Tokens, space};
use crate::ui::widgets::{Button, CheckRow, fold_head, search_field, select, select_allowed};
use crate::workbench::{Command, FileCommand, FilterCommand, Number, Results, SetCommand, wording};

pub(super) use breadcrumb::breadcrumb;

/// The width of the sheet, in points.
const WIDTH: f32 = 340.0;

/// In less room, in points, the choice of a second attribute stands under that of the first.
const BESIDE_EACH_OTHER: f32 = 400.0;

/// The name of the part with the weeks, and of the one with the switches.
const WEEKS: &str = "Weeks";
const MONTHS: &str = "Months";
const PEOPLE: &str = "People";

/// What is typed and unfolded in the sheet.
#[derive(Debug, Default)]
pub struct FilterSheet {
    is_open: bool,
    /// The search gets the keyboard with the next frame.
    wants_search: bool,
    /// The first value that is listed gets the keyboard.
    wants_first_value: bool,
    /// The only value that is found is chosen.
    wants_only_value: bool,
    search: String,
    /// Parts that somebody folded or unfolded, by name.
    unfolded: BTreeMap<String, bool>,
    /// Attributes all of whose values are listed.
    listed_whole: BTreeSet<String>,
    naming: Option<saved::Naming>,
}

impl FilterSheet {
    /// Whether it is open.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.is_open
    }

    /// Opens it, or closes it.
    pub fn toggle(&mut self) {
        if self.is_open { self.close() } else { self.is_open = true }
    }

    /// Opens it with the keyboard in the search.
    pub fn open_search(&mut self) {
        self.is_open = true;
        self.wants_search = true;
    }

    /// Leaves what is innermost: a name that is being typed, else the sheet.
    pub fn leave(&mut self) {
        if self.naming.take().is_none() {
            self.close();
        }
    }

    pub(super) fn close(&mut self) {
        self.is_open = false;
        self.naming = None;
        self.search.clear();
    }

    /// A part that can be folded away. Says whether its contents are to be drawn.
    fn part(&mut self, ui: &mut Ui, name: &str, detail: &str, by_default: bool) -> bool {
        let is_open = self.unfolded.get(name).copied().unwrap_or(by_default);
        let is_clicked = fold_head(ui, name, detail, is_open).clicked();
        if is_clicked {
            self.unfolded.insert(name.to_owned(), !is_open);
        }
        is_open != is_clicked
    }
}

/// Draws the sheet at the right edge, when it is open and there is something to filter.
pub(super) fn sheet(ui: &mut Ui, context: &ViewContext<'_>, sheet: &mut FilterSheet, send: Send<'_>) {
    let Some(results) = context.workbench.results().filter(|_| sheet.is_open) else { return };
    let tokens = Tokens::of(ui);
    let frame = egui::Frame::new().fill(tokens.card).inner_margin(Margin { left: 16, right: 16, top: 12, bottom: 12 });
    Panel::right("filters").frame(frame).resizable(false).exact_size(WIDTH).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = space::SMALL;
        Panel::bottom("filter actions").frame(egui::Frame::NONE).show_separator_line(false).show(ui, |ui| {
            ui.add_space(space::SMALL);
            actions(ui, context, sheet, send);
        });
        head(ui, context, sheet, results);
        let search = search_field(ui, &mut sheet.search, "Search attributes and values");
        if std::mem::take(&mut sheet.wants_search) {
            search.request_focus();
        }
        sheet.wants_first_value = search.has_focus() && ui.input(|input| input.key_pressed(Key::ArrowDown));
        sheet.wants_only_value = search.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        group_by(ui, "group by in sheet", context, results, send);
        saved::naming(ui, context, sheet, send);
        ui.add_space(space::TIGHT);
        super::rule(ui);
        ScrollArea::vertical().id_salt("filters").auto_shrink([false, false]).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            // The scroll bar floats over the right edge, where the numbers stand.
            ui.set_max_width(ui.available_width() - space::SMALL);
            parts(ui, context, sheet, results, send);
        });
    });
}

/// What the sheet is, and how many people are left.
fn head(ui: &mut Ui, context: &ViewContext<'_>, sheet: &mut FilterSheet, results: &Results) {
    ui.horizontal(|ui| {
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            ui.add(Text::section("Filter"));
            let words = match &results.findings {
                Ok(findings) => people_and_periods(context, findings.population.people, findings.population.periods),
                Err(_) => "Too few people to show".to_owned(),
            };
            ui.add(Text::body(words).secondary().proven(&Number::Population));
        });
        ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
            if ui.add(Button::quiet("Close the filter").icon(Icon::X).icon_only().shortcut("Esc")).clicked() {
                sheet.close();
            }
        });
    });
}

fn people_and_periods(context: &ViewContext<'_>, people: usize, periods: usize) -> String {
    let people = text::counted(people, "person", "people", context.locale);
    let (one, many) = if is_by_month(context) { ("month", "months") } else { ("week", "weeks") };
    format!("{people}, {}", text::counted(periods, one, many, context.locale))
}

/// Which attribute groups are of, any of the file, and with which other one at once.
pub(super) fn group_by(ui: &mut Ui, id: &str, context: &ViewContext<'_>, results: &Results, send: Send<'_>) {
    let Some(by) = context.workbench.question().by.first() else { return };
    if !results.attributes.iter().any(|attribute| attribute.name == by.first()) {
        return;
    }
    let second_id = (id, "second");
    let chosen = if ui.available_width() < BESIDE_EACH_OTHER {
        let first = ui.horizontal(|ui| first_attribute(ui, id, by, results)).inner;
        first.or(ui.horizontal(|ui| second_attribute(ui, second_id, by, results)).inner)
    } else {
        ui.horizontal(|ui| first_attribute(ui, id, by, results).or(second_attribute(ui, second_id, by, results))).inner
    };
    if let Some(by) = chosen {
        send(Action::Run(Command::Set(SetCommand::GroupBy(by))));
    }
}

/// The attribute that is named first. Returns what was chosen, if anything was.
fn first_attribute(ui: &mut Ui, id: &str, by: &GroupBy, results: &Results) -> Option<GroupBy> {
    let names: Vec<&str> = results.attributes.iter().map(|attribute| attribute.name.as_str()).collect();
    let mut selected = names.iter().position(|name| *name == by.first()).unwrap_or_default();
    let label = ui.add(Text::body("Group by").secondary());
    let response = select(ui, id, &names, &mut selected).labelled_by(label.id);
    names.get(selected).filter(|_| response.changed()).map(|first| with_first(by, first))
}

/// A pair with another first attribute: what was second stays, or takes the place of the first.
fn with_first(by: &GroupBy, first: &str) -> GroupBy {
    match by.second() {
        None => first.into(),
        Some(second) if second == first => GroupBy::two(first, by.first()),
        Some(second) => GroupBy::two(first, second),
    }
}

/// The second attribute of a pair, or none. Returns what was chosen, if anything was.
fn second_attribute(ui: &mut Ui, id: (&str, &str), by: &GroupBy, results: &Results) -> Option<GroupBy> {
    let others: Vec<_> = results.attributes.iter().filter(|attribute| attribute.name != by.first()).collect();
    if others.is_empty() {
        return None;
    }
    let small = "Every group of it is hidden to protect people, so every pair would be.";
    let mut choices = vec![("None", None)];
    choices.extend(others.iter().map(|attribute| {
        let why = attribute.values.is_empty().then(|| small.to_owned());
        (attribute.name.as_str(), why)
    }));
    let now = others.iter().position(|attribute| by.second() == Some(attribute.name.as_str()));
    let mut selected = now.map_or(0, |place| place + 1);
    ui.add(Text::body("and").secondary());
    let response = select_allowed(ui, id, &choices, &mut selected).accessible_name("Group also by");
    response.changed().then(|| match selected.checked_sub(1).and_then(|place| others.get(place)) {
        Some(second) => GroupBy::two(by.first(), &second.name),
        None => by.first().into(),
    })
}

/// Everything that can be chosen; while somebody searches, only what is found.
fn parts(ui: &mut Ui, context: &ViewContext<'_>, sheet: &mut FilterSheet, results: &Results, send: Send<'_>) {
    let is_searching = !sheet.search.trim().is_empty();
    if !is_searching {
        saved::list(ui, context, sheet, send);
    }
    let found = values::attributes(ui, context, sheet, results, send);
    if is_searching {
        if !found {
            ui.add_space(space::MEDIUM);
            ui.add(Text::body("No attribute or value that is shown holds this.").secondary());
        }
        return;
    }
    let filter = &context.workbench.question().filter;
    let name = if is_by_month(context) { MONTHS } else { WEEKS };
    let is_set = filter.from.is_some() || filter.to.is_some() || !filter.without.is_empty();
    if sheet.part(ui, name, if is_set { "set" } else { "all" }, is_set) {
        periods::show(ui, context, results, send);
    }
    let is_set = filter.include_inactive || filter.without_low_activity;
    if sheet.part(ui, PEOPLE, if is_set { "set" } else { "" }, true) {
        include_inactive(ui, context, results, send);
        without_low_activity(ui, context, results, send);
    }
    ui.add_space(space::GAP);
}

/// Whether rows that are marked inactive count.
pub(super) fn include_inactive(ui: &mut Ui, context: &ViewContext<'_>, results: &Results, send: Send<'_>) {
    let has_flag = context.workbench.opened().is_some_and(|opened| opened.dataset.active().is_some());
    let is_on = context.workbench.question().filter.include_inactive;
    let why = "This export marks no row as inactive.";
    let hidden = results.choices.include_inactive.blocked.as_ref();
    let blocked =
        if has_flag { hidden.map(|hidden| blocked(context, results, hidden)) } else { Some(not_in_file(why)) };
    if switch(ui, "Include inactive rows", is_on, blocked) {
        send(Action::Run(Command::Filter(FilterCommand::IncludeInactive(!is_on))));
    }
}

/// Whether people of low activity are left out.
pub(super) fn without_low_activity(ui: &mut Ui, context: &ViewContext<'_>, results: &Results, send: Send<'_>) {
    let choice = &results.choices.without_low_activity;
    let is_on = context.workbench.question().filter.without_low_activity;
    let why = "This export has no collaboration hours.";
    let hidden = choice.blocked.as_ref();
    let blocked =
        if choice.is_in_file { hidden.map(|hidden| blocked(context, results, hidden)) } else { Some(not_in_file(why)) };
    if switch(ui, "Leave out low activity", is_on, blocked) {
        send(Action::Run(Command::Filter(FilterCommand::WithoutLowActivity(!is_on))));
    }
}

/// Why something cannot be chosen: in a few words, and in a sentence.
fn blocked(context: &ViewContext<'_>, results: &Results, hidden: &Hidden) -> [String; 2] {
    let in_short = wording::blocked_in_short(hidden, results.rules, context.locale);
    [in_short, hidden.sentence(results.rules).in_words(context.locale)]
}

/// Why a switch cannot be used that the file has nothing for.
fn not_in_file(why: &str) -> [String; 2] {
    [why.to_owned(), why.to_owned()]
}

/// A switch of the filter. Returns whether it was pressed.
fn switch(ui: &mut Ui, word: &str, is_on: bool, blocked: Option<[String; 2]>) -> bool {
    let row = CheckRow::new(word, is_on);
    let row = match blocked {
        Some([in_short, why]) => row.blocked(in_short, why),
        None => row,
    };
    ui.add(row).clicked()
}

/// At the foot of the sheet.
fn actions(ui: &mut Ui, context: &ViewContext<'_>, sheet: &mut FilterSheet, send: Send<'_>) {
    let is_filtered = context.workbench.question().filter != crate::dataset::Filter::default();
    ui.horizontal(|ui| {
        let save = Button::secondary("Save view\u{2026}").icon(Icon::Bookmark);
        if ui.add(save).clicked() {
            sheet.naming = Some(saved::Naming::new_view());
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if is_filtered && ui.add(Button::quiet("Clear all")).clicked() {
                send(Action::Run(Command::Filter(FilterCommand::ClearAll)));
            }
        });
    });
}

/// What can be done where a filter shows nothing: take the last step back, or all filters out.
pub(super) fn way_back(ui: &mut Ui, context: &ViewContext<'_>, send: Send<'_>) {
    let undo = undo_words(context);
    let is_filtered = context.workbench.question().filter != crate::dataset::Filter::default();
    let is_too_small = undo.is_none() && !is_filtered;
    ui.add_space(space::MEDIUM);
    ui.horizontal(|ui| {
        if let Some(words) = undo
            && ui.add(Button::primary(words).icon(Icon::Undo2)).clicked()
        {
            send(Action::Run(Command::Undo));
        }
        if is_filtered && ui.add(Button::secondary("Clear all filters")).clicked() {
            send(Action::Run(Command::Filter(FilterCommand::ClearAll)));
        }
        // The export itself has too few people: only another one leads on.
        if is_too_small && ui.add(Button::primary("Open another export\u{2026}").icon(Icon::FolderOpen)).clicked() {
            send(Action::Run(Command::File(FileCommand::Pick)));
        }
        if is_too_small && ui.add(Button::quiet("Open the sample company")).clicked() {
            send(Action::Run(Command::File(FileCommand::OpenSample)));
        }
    });
}

/// "Undo filter Organization: Sales"; `None` when there is nothing to undo.
pub(super) fn undo_words(context: &ViewContext<'_>) -> Option<String> {
    let step = context.workbench.to_undo()?;
    Some(format!("Undo {}", wording::step(step, is_by_month(context), context.locale)))
}

/// "Redo group by Level"; `None` when there is nothing to redo.
pub(super) fn redo_words(context: &ViewContext<'_>) -> Option<String> {
    let step = context.workbench.to_redo()?;
    Some(format!("Redo {}", wording::step(step, is_by_month(context), context.locale)))
}
