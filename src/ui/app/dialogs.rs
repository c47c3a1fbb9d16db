//! File dialogs: the only place that knows them. One at a time, never waited for.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::project::store::{EXTENSION, with_ending};
use crate::ui::views::{PathFor, TableFor};
use crate::work::{Cancel, Poll, Progress, Task};
use crate::workbench::{Command, ContactCommand, FileCommand, ProjectCommand};

/// A dialog that answers "nothing" faster than this was never shown.
const FASTER_THAN_ANYONE: Duration = Duration::from_millis(300);

/// A table that people typed is no longer than this.
const MOST_TABLE_BYTES: u64 = 16 << 20;

/// The dialog that is open, if any.
#[derive(Default)]
pub(super) struct Dialogs {
    open: Option<Open>,
    /// A table that was read and not yet taken.
    table: Option<(TableFor, Vec<u8>)>,
    /// What a path has to be typed for, because no dialog could be shown.
    path_for: Option<PathFor>,
    /// On a desktop without dialogs each is left at once.
    is_none: bool,
}

/// A file that was not saved, by its name.
type NotSaved = (String, Vec<u8>);

enum Open {
    Pick {
        task: Task<Option<Vec<PathBuf>>>,
        since: Instant,
        /// They are read together with what is open.
        more: bool,
    },
    Contacts {
        task: Task<Option<Vec<PathBuf>>>,
        since: Instant,
    },
    /// Gives the file back where it was not saved.
    Save {
        task: Task<std::io::Result<Option<NotSaved>>>,
        since: Instant,
    },
    Table {
        task: Task<Option<std::io::Result<Vec<u8>>>>,
        table: TableFor,
        since: Instant,
    },
    Project {
        task: Task<Option<PathBuf>>,
        since: Instant,
    },
    Place {
        task: Task<Option<PathBuf>>,
        since: Instant,
    },
}

impl Dialogs {
    /// None at all.
    pub(super) fn none() -> Self {
        Self { is_none: true, ..Self::default() }
    }

    /// Asks for a project.
    pub(super) fn pick_project(&mut self, ctx: &egui::Context) {
        if self.open.is_some() {
            return;
        }
        let dialog = (!self.is_none).then(|| {
            let dialog = rfd::AsyncFileDialog::new().set_title("Open a project");
            dialog.add_filter("Projects of Customer Focus", &[EXTENSION]).pick_file()
        });
        self.open = Some(Open::Project { task: path_of(ctx, dialog), since: Instant::now() });
    }

    /// Asks where to save a project.
    pub(super) fn pick_place(&mut self, ctx: &egui::Context, name: &str) {
        if self.open.is_some() {
            return;
        }
        let dialog = (!self.is_none).then(|| {
            let dialog = rfd::AsyncFileDialog::new().set_title("Save the project").set_file_name(name);
            dialog.add_filter("Projects of Customer Focus", &[EXTENSION]).save_file()
        });
        self.open = Some(Open::Place { task: path_of(ctx, dialog), since: Instant::now() });
    }

    /// Asks for exports: to open them, or to read them together with what is open.
    pub(super) fn pick_files(&mut self, ctx: &egui::Context, more: bool) {
        if self.open.is_some() {
            return;
        }
        // The future is made here, because some systems want that on the window's thread.
        let picking = (!self.is_none).then(|| {
            rfd::AsyncFileDialog::new()
                .set_title(if more { "Add another export" } else { "Open an export or a project" })
                .add_filter(
                    "Exports and projects",
                    &["csv", "xlsx", "zip", "gz", "txt", "tsv", "CSV", "XLSX", "ZIP", "GZ", EXTENSION],
                )
                .add_filter("All files", &["*"])
                .pick_files()
        });
        let wake = ctx.clone();
        let task = Task::spawn(
            "dialog",
            move || wake.request_repaint(),
            move |_, _| {
                let picked = pollster::block_on(picking?)?;
                Some(picked.into_iter().map(|file| file.path().to_path_buf()).collect())
            },
        );
        self.open = Some(Open::Pick { task, since: Instant::now(), more });
    }

    /// Asks for an export of time with contacts.
    pub(super) fn pick_contacts(&mut self, ctx: &egui::Context) {
        if self.open.is_some() {
            return;
        }
        let picking = (!self.is_none).then(|| {
            rfd::AsyncFileDialog::new()
                .set_title("Open an export of time with contacts")
                .add_filter(
                    "Exports (CSV, Excel, ZIP)",
                    &["csv", "xlsx", "zip", "gz", "txt", "tsv", "CSV", "XLSX", "ZIP", "GZ"],
                )
                .add_filter("All files", &["*"])
                .pick_files()
        });
        let wake = ctx.clone();
        let task = Task::spawn(
            "dialog",
            move || wake.request_repaint(),
            move |_, _| {
                let picked = pollster::block_on(picking?)?;
                Some(picked.into_iter().map(|file| file.path().to_path_buf()).collect())
            },
        );
        self.open = Some(Open::Contacts { task, since: Instant::now() });
    }

    /// Asks for a table that somebody typed, and reads it.
    pub(super) fn pick_table(&mut self, ctx: &egui::Context, table: TableFor) {
        if self.open.is_some() {
            return;
        }
        let picking = (!self.is_none).then(|| {
            rfd::AsyncFileDialog::new()
                .set_title("Open a table")
                .add_filter("Tables (CSV)", &["csv", "txt", "tsv", "CSV"])
                .add_filter("All files", &["*"])
                .pick_file()
        });
        let wake = ctx.clone();
        let task = Task::spawn(
            "dialog",
            move || wake.request_repaint(),
            move |_, _| Some(read_at_most(pollster::block_on(picking?)?.path(), MOST_TABLE_BYTES)),
        );
        self.open = Some(Open::Table { task, table, since: Instant::now() });
    }

    /// The table that was asked for, once.
    pub(super) fn picked_table(&mut self) -> Option<(TableFor, Vec<u8>)> {
        self.table.take()
    }

    /// Asks where to save, and writes there.
    pub(super) fn save(&mut self, ctx: &egui::Context, name: &str, bytes: Vec<u8>) {
        if self.open.is_some() {
            return;
        }
        let asking =
            (!self.is_none).then(|| rfd::AsyncFileDialog::new().set_title("Save").set_file_name(name).save_file());
        let (wake, name) = (ctx.clone(), name.to_owned());
        let task = Task::spawn(
            "dialog",
            move || wake.request_repaint(),
            move |_, _| match asking.and_then(pollster::block_on) {
                Some(file) => write_whole(file.path(), &bytes).map(|()| None),
                None => Ok(Some((name, bytes))),
            },
        );
        self.open = Some(Open::Save { task, since: Instant::now() });
    }

    /// Reads the table at a path.
    pub(super) fn read_table(&mut self, ctx: &egui::Context, table: TableFor, path: PathBuf) {
        if self.open.is_some() {
            return;
        }
        let wake = ctx.clone();
        let read = move |_: &Progress, _: &Cancel| Some(read_at_most(&path, MOST_TABLE_BYTES));
        let task = Task::spawn("table", move || wake.request_repaint(), read);
        self.open = Some(Open::Table { task, table, since: Instant::now() });
    }

    /// Writes a file at a path.
    pub(super) fn save_to(&mut self, ctx: &egui::Context, path: PathBuf, bytes: Vec<u8>) {
        if self.open.is_some() {
            return;
        }
        let wake = ctx.clone();
        let write = move |_: &Progress, _: &Cancel| write_whole(&path, &bytes).map(|()| None);
        let task = Task::spawn("save", move || wake.request_repaint(), write);
        self.open = Some(Open::Save { task, since: Instant::now() });
    }

    /// What a path has to be typed for, because no dialog could be shown; once.
    pub(super) fn wants_path(&mut self) -> Option<PathFor> {
        self.path_for.take()
    }

    /// What came of the dialog, once it is closed.
    pub(super) fn poll(&mut self) -> Option<Command> {
        let command = match self.open.as_ref()? {
            Open::Pick { task, since, more } => match task.poll() {
                Poll::Working => return None,
                Poll::Done(Some(paths)) if *more => Some(Command::File(FileCommand::Add(paths))),
                Poll::Done(None) | Poll::Panicked if *more => {
                    if since.elapsed() <= FASTER_THAN_ANYONE {
                        self.path_for = Some(PathFor::More);
                    }
                    None
                }
                Poll::Done(Some(paths)) => Some(Command::File(FileCommand::Open(paths))),
                Poll::Done(None) | Poll::Panicked => {
                    let shown = since.elapsed() > FASTER_THAN_ANYONE;
                    Some(Command::File(FileCommand::NothingPicked { shown }))
                }
            },
            Open::Contacts { task, since } => match task.poll() {
                Poll::Working => return None,
                Poll::Done(Some(paths)) => Some(Command::Contacts(ContactCommand::Open(paths))),
                Poll::Done(None) | Poll::Panicked if since.elapsed() > FASTER_THAN_ANYONE => {
                    Some(Command::Contacts(ContactCommand::NothingPicked))
                }
                Poll::Done(None) | Poll::Panicked => {
                    self.path_for = Some(PathFor::Contacts);
                    None
                }
            },
            Open::Project { task, since } => match task.poll() {
                Poll::Working => return None,
                Poll::Done(Some(path)) => Some(Command::Project(ProjectCommand::Open(path))),
                Poll::Done(None) | Poll::Panicked => {
                    let shown = since.elapsed() > FASTER_THAN_ANYONE;
                    Some(Command::File(FileCommand::NothingPicked { shown }))
                }
            },
            Open::Place { task, since } => match task.poll() {
                Poll::Working => return None,
                Poll::Done(Some(path)) => Some(Command::Project(ProjectCommand::SaveTo(with_ending(path)))),
                Poll::Done(None) | Poll::Panicked => {
                    let shown = since.elapsed() > FASTER_THAN_ANYONE && !self.is_none;
                    Some(Command::Project(ProjectCommand::NoPlacePicked { shown }))
                }
            },
            Open::Save { task, since } => match task.poll() {
                Poll::Working => return None,
                Poll::Done(Err(error)) => Some(Command::Notify(crate::workbench::Notice::not_saved(&error))),
                Poll::Done(Ok(Some((name, bytes)))) if since.elapsed() <= FASTER_THAN_ANYONE => {
                    self.path_for = Some(PathFor::Save { name, bytes });
                    None
                }
                Poll::Done(Ok(_)) | Poll::Panicked => None,
            },
            Open::Table { task, table, since } => match task.poll() {
                Poll::Working => return None,
                Poll::Done(Some(Ok(bytes))) => {
                    self.table = Some((*table, bytes));
                    None
                }
                Poll::Done(Some(Err(error))) => Some(Command::Notify(crate::workbench::Notice::not_read(&error))),
                Poll::Done(None) | Poll::Panicked => {
                    if since.elapsed() <= FASTER_THAN_ANYONE {
                        self.path_for = Some(PathFor::Table(*table));
                    }
                    None
                }
            },
        };
        self.open = None;
        command
    }
}

/// Reads a file that is no longer than `most` bytes.
fn read_at_most(path: &Path, most: u64) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    std::io::Read::read_to_end(&mut std::io::Read::take(std::fs::File::open(path)?, most + 1), &mut bytes)?;
    if bytes.len() as u64 > most {
        return Err(std::io::Error::new(std::io::ErrorKind::FileTooLarge, "it is larger than 16 MB"));
    }
    Ok(bytes)
}

/// The path that a dialog answers with, waited for beside the window.
fn path_of<F>(ctx: &egui::Context, dialog: Option<F>) -> Task<Option<PathBuf>>
where
    F: Future<Output = Option<rfd::FileHandle>> + Send + 'static,
{
    let wake = ctx.clone();
    Task::spawn(
        "dialog",
        move || wake.request_repaint(),
        move |_, _| Some(pollster::block_on(dialog?)?.path().to_path_buf()),
    )
}

/// Writes beside the target and renames, so that there is the old file or the new one, never half of one.
fn write_whole(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".part");
    let beside = PathBuf::from(beside);
    let written = std::fs::write(&beside, bytes).and_then(|()| std::fs::rename(&beside, path));
    if written.is_err() {
        // What could not be written whole is not left behind.
        let _ = std::fs::remove_file(&beside);
    }
    written
}
