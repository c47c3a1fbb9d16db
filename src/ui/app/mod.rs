//! The window: receives results and decides in `logic`, draws in `ui`.
//!
//! Views send [`Action`]s; those that change what the person is doing are commands of the workbench and run
//! here, one after the other, after drawing. Jobs of the workbench become tasks on threads of their own. The
//! window never waits for anything.

mod actions;
mod dialogs;
mod input;
mod jobs;
mod place;
mod preferences;
mod projects;
mod window;

use std::path::PathBuf;

use chrono::{Local, NaiveDate};

use crate::cli::WindowArguments;
use crate::text::Locale;
use crate::ui::theme;
use crate::ui::views::{self, Action, ViewContext, ViewState};
use crate::workbench::{Command, FileCommand, ProjectCommand, Workbench};

use jobs::Jobs;
use place::Place;
use preferences::Preferences;

pub use window::{WindowProblem, run};

/// The application.
pub struct App {
    workbench: Workbench,
    jobs: Jobs,
    dialogs: dialogs::Dialogs,
    preferences: Preferences,
    locale: Locale,
    /// The day that it is.
    today: NaiveDate,
    view: ViewState,
    /// Actions that were sent, the oldest first.
    actions: std::collections::VecDeque<Action>,
    place: Place,
    had_focus: bool,
    /// How many texts have their letters made beforehand.
    letters_made: usize,
    project_watch: projects::ProjectWatch,
}

impl App {
    /// An application with an empty workbench; what the arguments name is opened at once.
    #[must_use]
    pub fn new(ctx: &egui::Context, storage: Option<&dyn eframe::Storage>, arguments: &WindowArguments) -> Self {
        theme::install(ctx);
        ctx.options_mut(|options| options.fallback_theme = egui::Theme::Light);
        let mut app = Self {
            workbench: Workbench::default().with_owner(projects::owner(), None),
            jobs: Jobs::default(),
            dialogs: dialogs::Dialogs::default(),
            preferences: Preferences::load(storage),
            locale: Locale::of_system(),
            today: Local::now().date_naive(),
            view: ViewState::default(),
            actions: std::collections::VecDeque::new(),
            place: Place::default(),
            had_focus: true,
            letters_made: 0,
            project_watch: projects::ProjectWatch::default(),
        };
        let readings = app.preferences.readings().to_vec();
        app.actions.push_back(Action::Run(Command::BringReadings(readings)));
        if let Some(what) = arguments.what() {
            app.actions.push_back(Action::Run(Command::File(FileCommand::OpenWhat(what))));
        }
        app
    }

    /// With a fixed locale, for pictures that are the same on every computer.
    #[must_use]
    pub fn with_locale(mut self, locale: Locale) -> Self {
        self.locale = locale;
        self
    }

    /// With a folder where unsaved work is kept for the case of a crash; what is there already is offered.
    #[must_use]
    pub fn with_rescue_folder(mut self, folder: PathBuf) -> Self {
        self.workbench = self.workbench.with_owner(projects::owner(), Some(folder));
        self.actions.push_front(Action::Run(Command::Project(ProjectCommand::LookForRescued)));
        self
    }

    /// Without file dialogs, as on a desktop that has none for programs.
    #[must_use]
    pub fn without_dialogs(mut self) -> Self {
        self.dialogs = dialogs::Dialogs::none();
        self
    }

    /// On a fixed day.
    #[must_use]
    pub fn with_today(mut self, today: NaiveDate) -> Self {
        self.today = today;
        self
    }

    /// What the person is doing.
    #[must_use]
    pub fn workbench(&self) -> &Workbench {
        &self.workbench
    }

    /// Receives what is done and does what was asked for. Draws nothing.
    pub fn receive_and_decide(&mut self, ctx: &egui::Context) {
        input::files(ctx, self.workbench.route(), &mut self.actions);
        input::keys(ctx, &self.workbench, &mut self.view, (&self.locale, self.today), &mut self.actions);
        self.look_after_project(ctx);
        self.look_after_files(ctx);
        if let Some(command) = self.dialogs.poll() {
            self.actions.push_back(Action::Run(command));
        }
        if let Some((table, bytes)) = self.dialogs.picked_table() {
            self.view.receive_table(table, bytes);
        }
        if let Some(path_for) = self.dialogs.wants_path() {
            self.view.ask_for_file(path_for);
        }
        for done in self.jobs.finished() {
            let was_open = self.workbench.opened().cloned();
            let landings = self.workbench.landings_beside();
            let job = self.workbench.receive(done);
            if self.workbench.landings_beside() > landings {
                self.workbench.files_beside().for_each(|file| self.preferences.remember_path(&file.path));
            }
            if let Some(opened) = self.workbench.opened()
                && was_open.is_none_or(|before| !std::sync::Arc::ptr_eq(&before, opened))
            {
                self.preferences.remember(opened);
                self.preferences.keep_readings(self.workbench.readings());
                // Before anything else is done: what is done next keeps the views that are there then.
                let views = self.preferences.views_of(opened);
                if views != self.workbench.views() && !self.workbench.has_project_setup() {
                    self.actions.push_front(Action::Run(Command::BringViews(views)));
                }
            }
            self.jobs.start(ctx, &mut self.dialogs, job);
        }
        while let Some(action) = self.actions.pop_front() {
            self.act(ctx, action);
        }
        if !self.jobs.is_at_contacts() {
            let job = self.workbench.due_contacts(self.today);
            self.jobs.start(ctx, &mut self.dialogs, job);
        }
        if !self.jobs.is_at_beside() {
            let job = self.workbench.due_beside();
            self.jobs.start(ctx, &mut self.dialogs, job);
        }
        let job = self.workbench.due_effects();
        self.jobs.start(ctx, &mut self.dialogs, job);
        self.show_project_outside(ctx);
        Self::keep_zoom_in_range(ctx);
        let is_first = ctx.cumulative_frame_nr() < 2;
        if !is_first && self.workbench.is_reading() && theme::prepare_letters(ctx, self.letters_made) {
            self.letters_made += 1;
        }
        self.place.follow(ctx, self.workbench.presenting().is_some());
        self.jobs.keep_progress_moving(ctx);
    }

    /// Draws the window.
    pub fn draw(&mut self, ui: &mut egui::Ui) {
        let context = ViewContext {
            workbench: &self.workbench,
            locale: &self.locale,
            today: self.today,
            progress: self.jobs.import_progress(),
            hashed_part: self.jobs.hashed_part(),
            recent: self.preferences.recent(),
            keep_recent: self.preferences.keeps_recent(),
        };
        views::show(ui, &context, &mut self.view, &mut |action| self.actions.push_back(action));
        if !self.actions.is_empty() {
            ui.request_repaint();
        }
    }

    /// When the window comes back to the front, looks whether the opened files are still the same.
    fn look_after_files(&mut self, ctx: &egui::Context) {
        let has_focus = ctx.input(|input| input.focused);
        if has_focus
            && !self.had_focus
            && let Some(opened) = self.workbench.opened()
        {
            self.jobs.look_at_files(ctx, opened);
        }
        self.had_focus = has_focus;
        if let Some(change) = self.jobs.file_change(self.workbench.opened()) {
            self.actions.push_back(Action::Run(Command::File(FileCommand::Changed(change))));
        }
    }
}

impl eframe::App for App {
    fn logic(&mut self, ctx: &egui::Context, _frame: &mut eframe::Frame) {
        self.receive_and_decide(ctx);
    }

    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        self.draw(ui);
    }

    fn save(&mut self, storage: &mut dyn eframe::Storage) {
        self.preferences.save(storage);
    }
}
