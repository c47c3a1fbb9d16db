//! The screens: they look, and send [`Action`]s. They never compute a share, never touch the file system,
//! threads or dialogs, and never change what the person is doing by themselves.

mod about;
mod behavior;
mod between;
mod chart;
mod compare;
mod contacts;
mod data;
mod decisions;
mod explore;
mod filters;
mod frame;
mod funnel;
mod glossary;
mod groups;
mod guidance;
mod initiatives;
mod keys;
mod mapping;
mod meetings;
mod notices;
mod overview;
mod palette;
mod plans;
mod project;
mod proof;
mod question;
mod references;
mod room;
mod settings;
mod start;
mod take_action;
mod verdict;
mod voices;
mod what_if;

use std::path::PathBuf;

use chrono::NaiveDate;
use egui::Ui;
use frame::nav_words;

use crate::insights::Behavior;
use crate::project::{Captured, Id};
use crate::text::Locale;
use crate::ui::theme::{Scale, Tokens};
use crate::workbench::{Command, Results, Route, Workbench};

pub use chart::Picture;
pub use filters::FilterSheet;

/// The title of a screen that the privacy rules leave nothing for.
const NOTHING_SHOWN: &str = "Nothing can be shown about this selection";

/// How strong what is shown stays while a newer answer is worked on.
const OLDER_OPACITY: f32 = 0.45;

/// What every screen may look at.
#[derive(Clone, Copy)]
pub struct ViewContext<'a> {
    /// What the person is doing.
    pub workbench: &'a Workbench,
    /// How numbers and dates are written.
    pub locale: &'a Locale,
    /// The day that it is.
    pub today: NaiveDate,
    /// How far reading is, while files are read.
    pub progress: Option<ImportProgress>,
    /// The part of the files whose SHA-256 is computed, from 0 to 1, while it is.
    pub hashed_part: Option<f32>,
    /// Recent files, the newest first.
    pub recent: &'a [String],
    /// Whether recent files are remembered.
    pub keep_recent: bool,
}

/// How far reading is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ImportProgress {
    /// From 0 to 1.
    pub fraction: f32,
    /// Rows read.
    pub rows: u64,
    /// Bytes read.
    pub bytes_done: u64,
    /// Bytes of all files; 0 while not known.
    pub bytes_total: u64,
}

/// A table that a dialog is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableFor {
    /// Customer initiatives.
    Initiatives,
    /// Important contacts.
    Accounts,
    /// Answers of volunteers.
    Answers,
}

/// What a path is typed for, where no dialog can be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PathFor {
    /// Another export, to be read together with what is open.
    More,
    /// An export of time with contacts.
    Contacts,
    /// A table that somebody typed.
    Table(TableFor),
    /// A file to hand out, with the name that is offered and what is in it.
    Save {
        /// The name.
        name: String,
        /// What is in it.
        bytes: Vec<u8>,
    },
}

/// What a screen asks of the window.
#[derive(Clone, Debug)]
pub enum Action {
    /// A command of the workbench.
    Run(Command),
    /// Open a recent file.
    OpenRecent(String),
    /// Take a file out of the recent ones.
    ForgetRecent(String),
    /// Remember recent files or not.
    KeepRecent(bool),
    /// Put text on the clipboard; `what` is named in the answer: "Table".
    CopyText {
        /// The text.
        text: String,
        /// What it is.
        what: &'static str,
    },
    /// Put a picture of a chart on the clipboard.
    CopyPicture(Box<Picture>),
    /// Save a picture of a chart.
    SavePicture(Box<Picture>),
    /// Save a chart as lines and letters.
    SaveDrawing(Box<Picture>),
    /// Save a file to hand out, under a name that is offered.
    SaveFile {
        /// The name.
        name: String,
        /// What is in it.
        bytes: Vec<u8>,
    },
    /// Ask for a table that somebody typed.
    PickTable(TableFor),
    /// Read the table at a path.
    ReadTable(TableFor, PathBuf),
    /// Save a file at a path.
    SaveFileTo(PathBuf, Vec<u8>),
    /// Choose light, dark or the system's theme.
    Theme(egui::ThemePreference),
    /// Choose the text size, 1 for 100 %.
    Zoom(f32),
}

/// Where screens put what they ask for.
pub type Send<'a> = &'a mut dyn FnMut(Action);

/// The trivial state of screens: what is unfolded, typed, chosen.
#[derive(Debug, Default)]
pub struct ViewState {
    guidance_tab: guidance::Tab,
    /// A practice or strategy that has to come into sight, by its name that never changes.
    guidance_place: Option<String>,
    palette: palette::Palette,
    take_action: Option<Behavior>,
    deciding: Option<decisions::Deciding>,
    initiatives: initiatives::InitiativesState,
    /// From where a plan is asked for, until its window opens.
    plan_seed: Option<plans::PlanSeed>,
    making: Option<plans::Making>,
    asking_about_plan: Option<plans::Asking>,
    /// The plan whose page is shown on the screen of plans; `None` for the list.
    shown_plan: Option<Id>,
    contacts: contacts::ContactsState,
    compare: compare::CompareState,
    exploring: explore::ExploreState,
    /// What the columns of a file are said to hold, while that is asked.
    mapping: Option<mapping::Draft>,
    voices: Option<voices::Draft>,
    reference: Option<references::Draft>,
    levers: what_if::Levers,
    shows_keys: bool,
    asks_for_path: Option<String>,
    asks_for_place: Option<String>,
    /// A path that is typed because no dialog could be shown, and what for.
    asks_for_file: Option<(PathFor, Option<String>)>,
    asks_to_delete_rescued: bool,
    glossary_search: String,
    toasts: Vec<Toast>,
    /// Charts that are shown as their table, by the name of their file.
    shown_as_table: std::collections::BTreeSet<String>,
    /// The filter sheet.
    pub filters: FilterSheet,
    /// Whether the last frame was one of the room view.
    is_in_room: bool,
    /// Since when a newer answer is awaited, in seconds of the window's clock.
    awaiting_since: Option<f64>,
    /// How often an export beside the person query was opened for its own sake, as far as it came into sight.
    landings_beside: u32,
    /// How groups are shown.
    groups_as: groups::ShownAs,
}

/// A short answer that goes away by itself.
#[derive(Debug)]
struct Toast {
    text: String,
    until: Option<f64>,
}

impl ViewState {
    /// Shows a short answer for a few seconds.
    pub fn toast(&mut self, text: impl Into<String>) {
        self.toasts.push(Toast { text: text.into(), until: None });
    }

    /// Asks for a path to type or paste.
    pub fn ask_for_path(&mut self) {
        self.asks_for_path.get_or_insert_default();
    }

    /// Asks for a path to save the project to.
    pub fn ask_for_place(&mut self) {
        self.asks_for_place.get_or_insert_default();
    }

    /// Asks for a path to type or paste, because no dialog could be shown.
    pub fn ask_for_file(&mut self, path_for: PathFor) {
        // The window of the import would lie over the field.
        self.initiatives.stop_importing();
        let offered = match &path_for {
            PathFor::Save { name, .. } => name.clone(),
            PathFor::More | PathFor::Contacts | PathFor::Table(_) => String::new(),
        };
        self.asks_for_file = Some((path_for, Some(offered)));
    }

    /// Asks for a decision, with what is on the screen.
    pub fn ask_for_decision(&mut self, about: Option<Captured>, today: NaiveDate) {
        self.deciding.get_or_insert_with(|| decisions::Deciding::new(about, today));
    }

    /// Takes a table that a dialog was asked for.
    pub fn receive_table(&mut self, table: TableFor, bytes: Vec<u8>) {
        match table {
            TableFor::Initiatives => self.initiatives.receive(&bytes),
            TableFor::Accounts => self.contacts.receive_accounts(bytes),
            TableFor::Answers => self.contacts.receive_answers(bytes),
        }
    }

    /// Shows a chart as its table, or as a chart again.
    fn toggle_table(&mut self, name: &str) {
        if !self.shown_as_table.remove(name) {
            self.shown_as_table.insert(name.to_owned());
        }
    }

    /// Whether a window lies over the screen.
    #[must_use]
    pub fn has_modal(&self) -> bool {
        self.take_action.is_some()
            || self.deciding.is_some()
            || self.initiatives.has_modal()
            || self.making.is_some()
            || self.asking_about_plan.is_some()
            || self.contacts.has_modal()
            || self.compare.has_modal()
            || self.voices.is_some()
            || self.reference.is_some()
            || self.asks_to_delete_rescued
            || self.shows_keys
            || self.palette.is_open()
    }

    /// Into the room and out of it the sheet of filters does not come along.
    fn follow_room(&mut self, is_in_room: bool) {
        if std::mem::replace(&mut self.is_in_room, is_in_room) != is_in_room {
            self.filters.close();
        }
    }

    /// Whether a newer answer has been awaited for so long that what is on the screen is marked as the older
    /// one. An answer that comes at once lets nothing flicker.
    fn marks_as_updating(&mut self, ui: &Ui, is_updating: bool) -> bool {
        const AT_ONCE_SECONDS: f64 = 0.12;
        if !is_updating {
            self.awaiting_since = None;
            return false;
        }
        let now = ui.input(|input| input.time);
        let waited = now - *self.awaiting_since.get_or_insert(now);
        if waited < AT_ONCE_SECONDS {
            ui.request_repaint_after(std::time::Duration::from_secs_f64(AT_ONCE_SECONDS - waited));
        }
        waited >= AT_ONCE_SECONDS
    }

    /// Opens the command palette, or puts it away.
    pub fn toggle_palette(&mut self) {
        self.palette.toggle();
    }

    /// Shows the card of keys, or puts it away.
    pub fn toggle_key_card(&mut self) {
        self.shows_keys = !self.shows_keys;
    }
}

/// Draws the window: the room view, or the frame with its screen.
pub fn show(ui: &mut Ui, context: &ViewContext<'_>, state: &mut ViewState, send: Send<'_>) {
    state.follow_room(context.workbench.presenting().is_some());
    if let (Some(presenting), Some(results)) = (context.workbench.presenting(), context.workbench.results()) {
        room::show(ui, context, state, presenting, results, send);
        decisions::ask(ui, context, state, send);
        project::unsaved(ui, context, send);
        return;
    }
    frame::show(ui, context, state, send);
    take_action::show(ui, context, state, send);
    decisions::ask(ui, context, state, send);
    initiatives::windows(ui, context, state, send);
    plans::ask(ui, context, state, send);
    plans::ask_about(ui, context, state, send);
    contacts::windows(ui, context, state, send);
    compare::windows(ui, context, state, send);
    voices::ask(ui, context, state, send);
    references::ask(ui, state, send);
    keys::show(ui, state);
    question::show(ui, context, state, send);
    mapping::show(ui, context, state, send);
    project::unsaved(ui, context, send);
    settings::ask_to_delete_rescued(ui, state, send);
    project::recovery(ui, context, send);
    project::versions(ui, context, send);
    palette::show(ui, context, state, send);
    proof::listen(ui, send);
    proof::show(ui, context, send);
    notices::toasts(ui, &mut state.toasts);
}

/// Draws the screen of a route.
fn screen(ui: &mut Ui, context: &ViewContext<'_>, state: &mut ViewState, send: Send<'_>) {
    let route = context.workbench.route();
    match (route, context.workbench.opened(), context.workbench.results()) {
        (Route::Glossary, ..) => glossary::show(ui, context, state),
        (Route::Settings, ..) => settings::show(ui, context, state, send),
        (Route::About, ..) => about::show(ui, state),
        (Route::References, ..) => references::show(ui, context, state, send),
        (Route::Plans, ..) => plans::show(ui, context, state, send),
        (Route::Initiatives, ..) => initiatives::show(ui, context, state, send),
        (Route::Decisions, ..) => {
            decisions::show(ui, context, state, send);
            voices::show(ui, context, state, send);
        }
        (Route::Contacts, ..) => contacts::show(ui, context, state, send),
        (Route::Behavior(behavior), None, _) | (Route::Behavior(behavior), _, None)
            if !context.workbench.is_reading() && has_beside(context, behavior) =>
        {
            behavior::beside_alone(ui, context, state, behavior, send);
        }
        (_, None, _) | (_, _, None) => start::show(ui, context, state, send),
        (Route::WhatIf, Some(_), Some(_)) => what_if::show(ui, context, state, send),
        (Route::Overview, Some(_), Some(results)) => overview::show(ui, context, state, results, send),
        (Route::Behavior(behavior), Some(_), Some(results)) => {
            behavior::show(ui, context, state, behavior, results, send);
        }
        (Route::Compare, Some(_), Some(_)) => compare::show(ui, context, state, send),
        (Route::Explore, Some(_), Some(results)) => explore::show(ui, context, state, results, send),
        (Route::Data, Some(opened), Some(results)) => data::show(ui, context, opened, results, send),
    }
}

/// Whether an export of its own tells about a behavior.
fn has_beside(context: &ViewContext<'_>, behavior: Behavior) -> bool {
    match behavior {
        Behavior::TimeWithCustomers => context.workbench.opened_meetings().is_some(),
        Behavior::Coaching => false,
        Behavior::InternalNetworks => context.workbench.opened_groups().is_some(),
    }
}

/// A window over the screen: contents that scroll when they must, and a row of buttons under them that does
/// not. Returns whether it should close.
fn modal(ui: &Ui, id: &str, width: f32, contents: impl FnOnce(&mut Ui), buttons: impl FnOnce(&mut Ui)) -> bool {
    use crate::ui::theme::space;
    let frame = egui::Frame::popup(ui.style()).inner_margin(space::SECTION);
    let modal = egui::Modal::new(egui::Id::unique(id)).frame(frame).show(ui.ctx(), |ui| {
        ui.set_width(width);
        let height = (ui.ctx().content_rect().height() - 200.0).max(160.0);
        let area = egui::ScrollArea::vertical().auto_shrink([false, true]);
        let area = area.max_height(height).min_scrolled_height(height);
        area.show(ui, |ui| {
            // The bar at the side stands clear of the fields.
            ui.set_width(width - space::MEDIUM);
            contents(ui);
        });
        ui.add_space(space::GAP);
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = space::SMALL;
            buttons(ui);
        });
    });
    modal.should_close()
}

/// The widest that pages of tables and text are, in points at a desk.
const READING_WIDTH: f32 = 1200.0;

/// The head of a page of tables and text, with the same room under it everywhere.
fn page_head(ui: &mut Ui, title: &str, lead: &str) {
    crate::ui::widgets::page_header(ui, title, lead);
    under_head(ui);
}

/// The room between the head of a page and what comes first.
fn under_head(ui: &mut Ui) {
    ui.add_space(Scale::of(ui).space(crate::ui::theme::space::SMALL));
}

/// Keeps a page of tables and text narrow enough that the eye finds its way back along a row.
fn reading_width(ui: &mut Ui) {
    let widest = Scale::of(ui).space(READING_WIDTH);
    ui.set_max_width(ui.available_width().min(widest));
}

/// A thin rule across the width.
fn rule(ui: &mut Ui) {
    let (rect, _) = ui.allocate_exact_size(egui::vec2(ui.available_width(), 1.0), egui::Sense::hover());
    let y = ui.painter().round_to_pixel_center(rect.center().y);
    ui.painter().hline(rect.x_range(), y, Tokens::of(ui).border());
}

/// The line under every screen and chart: source, weeks, people, minimum group size.
fn source_line(context: &ViewContext<'_>, results: &Results) -> String {
    use crate::workbench::wording;
    let Ok(findings) = &results.findings else { return String::new() };
    let by_month = is_by_month(context);
    let population = wording::population(&findings.population, by_month, context.locale);
    let sample = if is_sample(context) { "SAMPLE, a made-up company. " } else { "" };
    let filtered = wording::filtered(&results.question.filter, by_month, context.locale);
    let filtered = filtered.map(|words| format!(" {words}.")).unwrap_or_default();
    format!("{sample}{population}.{filtered} {}", wording::small_groups(findings.population.minimum_group_size))
}

/// Whether periods are months.
fn is_by_month(context: &ViewContext<'_>) -> bool {
    context.workbench.opened().is_some_and(|opened| opened.is_by_month())
}

/// Whether the sample company is open, so that everything is stamped.
fn is_sample(context: &ViewContext<'_>) -> bool {
    context.workbench.opened().is_some_and(|opened| opened.is_sample())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_that_comes_at_once_lets_nothing_flicker() {
        let ctx = egui::Context::default();
        let mut state = ViewState::default();
        let mut marked_at = |seconds: f64, is_updating: bool| {
            let mut marked = false;
            let input = egui::RawInput { time: Some(seconds), ..egui::RawInput::default() };
            let mut output = ctx.run_ui(input, |ui| marked = state.marks_as_updating(ui, is_updating));
            output.textures_delta.clear();
            marked
        };
        // Awaited from second 1 on, and there a tenth of a second later.
        assert!(!marked_at(1.0, true) && !marked_at(1.1, true) && !marked_at(1.11, false));
        // Awaited from second 2 on for a fifth of a second.
        assert!(!marked_at(2.0, true) && marked_at(2.2, true) && !marked_at(2.21, false));
    }
}
