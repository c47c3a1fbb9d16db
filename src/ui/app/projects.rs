//! The project in the window: saved by itself, and asked about before the window closes.

use std::path::{Path, PathBuf};

use egui::{Context, ViewportCommand};

use super::App;
use crate::project::store::Owner;
use crate::ui::views::Action;
use crate::workbench::{Command, ProjectCommand};

/// So long after a change it is on the disk, in seconds.
const AUTOSAVE_SECONDS: f64 = 5.0;

/// What the window remembers about the project from frame to frame.
#[derive(Debug, Default)]
pub(super) struct ProjectWatch {
    /// When the next autosave is due, by the window's clock.
    due: Option<f64>,
    had_focus: bool,
    is_closing: bool,
    /// Whether the person waits to hear that the project is saved.
    tells_saved: bool,
    title: String,
    /// The project's file in the last frame.
    path: Option<PathBuf>,
}

/// Who sits at this computer, as far as the system says.
pub(super) fn owner() -> Owner {
    let name = ["USER", "USERNAME", "LOGNAME"].into_iter().find_map(|variable| std::env::var(variable).ok());
    let computer = gethostname::gethostname().to_string_lossy().into_owned();
    Owner { name: name.unwrap_or_default(), computer, since: None }
}

impl App {
    /// Saves what has not been, five seconds after it changed or when the person goes to another window; keeps the
    /// window open while something is unsaved.
    pub(super) fn look_after_project(&mut self, ctx: &Context) {
        let (now, has_focus, closes) =
            ctx.input(|input| (input.time, input.focused, input.viewport().close_requested()));
        if closes && !self.workbench.may_leave() {
            ctx.send_viewport_cmd(ViewportCommand::CancelClose);
            self.ask_of_project(ProjectCommand::Leave);
        }
        let lost_focus = std::mem::replace(&mut self.project_watch.had_focus, has_focus) && !has_focus;
        if !self.workbench.wants_autosave() {
            self.project_watch.due = None;
        } else {
            let due = *self.project_watch.due.get_or_insert(now + AUTOSAVE_SECONDS);
            if now >= due || lost_focus {
                self.project_watch.due = None;
                self.ask_of_project(ProjectCommand::Autosave);
            } else {
                ctx.request_repaint_after(std::time::Duration::from_secs_f64(due - now));
            }
        }
    }

    /// After everything was done: what the window shows of the project outside its screens.
    pub(super) fn show_project_outside(&mut self, ctx: &Context) {
        if self.workbench.has_left() && !self.project_watch.is_closing {
            self.project_watch.is_closing = true;
            ctx.send_viewport_cmd(ViewportCommand::Close);
        }
        if self.project_watch.tells_saved && !self.workbench.is_saving_project() {
            self.project_watch.tells_saved = false;
            if !self.workbench.is_project_edited() && self.workbench.project_path().is_some() {
                self.view.toast("Project saved");
            }
        }
        let title = match self.workbench.project_name() {
            Some(name) => format!("Customer Focus - {name}"),
            None => "Customer Focus".to_owned(),
        };
        let path = self.workbench.project_path();
        if path != self.project_watch.path.as_deref() {
            self.project_watch.path = path.map(Path::to_path_buf);
            if let Some(path) = path {
                self.preferences.remember_path(path);
            }
        }
        if title != self.project_watch.title {
            ctx.send_viewport_cmd(ViewportCommand::Title(title.clone()));
            self.project_watch.title = title;
        }
    }

    /// Notes that the person waits to hear that the project is saved.
    pub(super) fn expect_saved(&mut self, command: &Command) {
        let Command::Project(command) = command else { return };
        self.project_watch.tells_saved |= match command {
            ProjectCommand::Save => self.workbench.project_path().is_some(),
            ProjectCommand::SaveTo(_) => true,
            _ => false,
        };
    }

    fn ask_of_project(&mut self, command: ProjectCommand) {
        self.actions.push_back(Action::Run(Command::Project(command)));
    }
}
