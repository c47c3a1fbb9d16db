//! File dialogs: the only place that knows them. One at a time, never waited for.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::work::{Poll, Task};
use crate::workbench::{Command, FileCommand};

/// A dialog that answers "nothing" faster than this was never shown.
const FASTER_THAN_ANYONE: Duration = Duration::from_millis(300);

/// The dialog that is open, if any.
#[derive(Default)]
pub(super) struct Dialogs {
    open: Option<Open>,
}

enum Open {
    Pick { task: Task<Option<Vec<PathBuf>>>, since: Instant },
    Save { task: Task<std::io::Result<bool>> },
}

impl Dialogs {
    /// Asks for exports.
    pub(super) fn pick_files(&mut self, ctx: &egui::Context) {
        if self.open.is_some() {
            return;
        }
        // The future is made here, because some systems want that on the window's thread.
        let picking = rfd::AsyncFileDialog::new()
            .set_title("Open an export")
            .add_filter("Exports (CSV, ZIP)", &["csv", "zip", "txt", "tsv", "CSV", "ZIP"])
            .add_filter("All files", &["*"])
            .pick_files();
        let wake = ctx.clone();
        let task = Task::spawn(
            "dialog",
            move || wake.request_repaint(),
            move |_, _| {
                let picked = pollster::block_on(picking)?;
                Some(picked.into_iter().map(|file| file.path().to_path_buf()).collect())
            },
        );
        self.open = Some(Open::Pick { task, since: Instant::now() });
    }

    /// Asks where to save, and writes there.
    pub(super) fn save(&mut self, ctx: &egui::Context, name: &str, bytes: Vec<u8>) {
        if self.open.is_some() {
            return;
        }
        let asking = rfd::AsyncFileDialog::new().set_title("Save picture").set_file_name(name).save_file();
        let wake = ctx.clone();
        let task = Task::spawn(
            "dialog",
            move || wake.request_repaint(),
            move |_, _| match pollster::block_on(asking) {
                Some(file) => write_whole(file.path(), &bytes).map(|()| true),
                None => Ok(false),
            },
        );
        self.open = Some(Open::Save { task });
    }

    /// What came of the dialog, once it is closed.
    pub(super) fn poll(&mut self) -> Option<Command> {
        let command = match self.open.as_ref()? {
            Open::Pick { task, since } => match task.poll() {
                Poll::Working => return None,
                Poll::Done(Some(paths)) => Some(Command::File(FileCommand::Open(paths))),
                Poll::Done(None) | Poll::Panicked => {
                    let shown = since.elapsed() > FASTER_THAN_ANYONE;
                    Some(Command::File(FileCommand::NothingPicked { shown }))
                }
            },
            Open::Save { task } => match task.poll() {
                Poll::Working => return None,
                Poll::Done(Err(error)) => Some(Command::Notify(crate::workbench::Notice::not_saved(&error))),
                Poll::Done(Ok(_)) | Poll::Panicked => None,
            },
        };
        self.open = None;
        command
    }
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
