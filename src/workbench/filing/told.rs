//! What people are told about project files.

use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use chrono::{DateTime, Local};

use super::{ExportKind, FoundSource};
use crate::project::SourceReference;
use crate::project::store::{Access, NotOpened, NotSaved, Owner, ReadOnly};
use crate::text;
use crate::workbench::{Notice, NoticeAction, SourceHash, Tone};

/// A moment by the clock of this computer: "2026-04-07 09:30".
fn moment(at: SystemTime) -> String {
    DateTime::<Local>::from(at).format("%Y-%m-%d %H:%M").to_string()
}

fn name(path: &Path) -> String {
    path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned())
}

fn notice(tone: Tone, what: String, why: String, what_to_do: &str) -> Notice {
    Notice::about_project(tone, [what, why, what_to_do.to_owned()])
}

/// "Ada at desk-7", "somebody".
fn who(owner: &Owner) -> String {
    match (owner.name.as_str(), owner.computer.as_str()) {
        ("", "") => "Somebody".to_owned(),
        ("", computer) => format!("Somebody at {computer}"),
        (name, "") => name.to_owned(),
        (name, computer) => format!("{name} at {computer}"),
    }
}

pub(super) fn is_open(path: &Path) -> Notice {
    let what = format!("{} is open already.", name(path));
    notice(Tone::Info, what, "It is the project of this window.".to_owned(), "Go on with it.")
}

pub(super) fn no_dialog() -> Notice {
    let what = "No file dialog could be shown.".to_owned();
    let why = "This desktop has none for programs to use.".to_owned();
    let notice = notice(Tone::Info, what, why, "Type or paste the path to save to.");
    Notice { action: Some(NoticeAction::SaveElsewhere), ..notice }
}

pub(super) fn read_only(access: &Access, path: &Path) -> Option<Notice> {
    let Access::ReadOnly(why) = access else { return None };
    let what = format!("{} is open for reading only.", name(path));
    let why = match why {
        ReadOnly::OpenElsewhere(owner) => {
            let since = owner.since.map(|since| format!(" since {}", moment(since))).unwrap_or_default();
            format!("{} has it open{since}.", who(owner))
        }
        ReadOnly::Protected => "The file or its folder is protected against writing.".to_owned(),
    };
    Some(notice(Tone::Info, what, why, "Changes can be saved to a copy: use Save project as."))
}

/// With the version to offer in its place.
pub(super) fn not_opened(path: &Path, why: NotOpened) -> (Notice, Option<PathBuf>) {
    match why {
        NotOpened::Unreachable(error) => {
            let what = format!("The project {} could not be opened.", name(path));
            let why = format!("The system says: {error}.");
            (notice(Tone::Problem, what, why, "Check that it is there, or open it from its new place."), None)
        }
        NotOpened::NotReadable { why, version } => {
            let [what, because, what_to_do] = why.sentences();
            let mut notice = notice(Tone::Problem, what, because, &what_to_do);
            if let Some(version) = &version {
                let written = version.written.map(|written| format!(" of {}", moment(written))).unwrap_or_default();
                notice.what_to_do =
                    format!("Open the newest earlier version that can be read{written}. The file was left as it is.");
                notice.action = Some(NoticeAction::OpenVersion);
            }
            (notice, version.map(|version| version.path))
        }
    }
}

pub(super) fn version_is_open() -> Notice {
    let what = "An earlier version of the project is open.".to_owned();
    let why = "It has no file of its own yet; the file of the project was left as it is.".to_owned();
    notice(Tone::Info, what, why, "Save it under a name to keep it.")
}

pub(super) fn not_saved(path: &Path, why: &NotSaved) -> Notice {
    let what = format!("The project {} could not be saved.", name(path));
    let notice = match why {
        NotSaved::Disk(error) => {
            let why = format!("The system says: {error}.");
            notice(Tone::Problem, what, why, "Free some space or save it in another folder. Nothing is lost here.")
        }
        NotSaved::OpenElsewhere(owner) => {
            let why = format!("{} has that file open.", who(owner));
            notice(Tone::Problem, what, why, "Save it under another name.")
        }
    };
    Notice { action: Some(NoticeAction::SaveElsewhere), ..notice }
}

pub(super) fn not_rescued(error: &io::Error) -> Notice {
    let what = "Unsaved work could not be kept for the case of a crash.".to_owned();
    notice(Tone::Info, what, format!("The system says: {error}."), "Save the project under a name.")
}

/// About rescued work that somebody deleted; how much it was, or why it could not be.
pub(super) fn rescued_deleted(result: io::Result<usize>) -> Notice {
    match result {
        Ok(deleted) => {
            let what = match deleted {
                0 => "There was no rescued work to delete.".to_owned(),
                1 => "The rescued work of one earlier window was deleted.".to_owned(),
                more => format!("The rescued work of {more} earlier windows was deleted."),
            };
            let why = "What this window has not saved is still kept for the case of a crash.".to_owned();
            notice(Tone::Info, what, why, "Save the project to have it kept in its file alone.")
        }
        Err(error) => {
            let what = "Some rescued work could not be deleted.".to_owned();
            notice(Tone::Problem, what, format!("The system says: {error}."), "Delete the files in the folder by hand.")
        }
    }
}

/// About exports that were not found.
pub(super) fn not_found(kind: ExportKind, sources: &[FoundSource]) -> Option<Notice> {
    let notice = Notice { what_to_do: "Choose where it is now, or go on without it.".to_owned(), ..missing(sources)? };
    Some(Notice { action: Some(NoticeAction::ChooseMissing(kind)), ..notice })
}

/// About exports beside the person query that were not found.
pub(super) fn not_found_beside(sources: &[FoundSource]) -> Option<Notice> {
    missing(sources)
}

fn missing(sources: &[FoundSource]) -> Option<Notice> {
    let missing = sources.iter().filter(|source| source.is_missing());
    let names: Vec<String> = missing.map(|source| file_of(&source.reference)).collect();
    let what = match names.as_slice() {
        [] => return None,
        [one] => format!("The export {one} of this project was not found."),
        [first, rest @ ..] => format!("The export {first} and {} more of this project were not found.", rest.len()),
    };
    let why = "It is neither where it was nor beside the project.".to_owned();
    Some(notice(Tone::Info, what, why, "Open it from where it is now, or go on without it."))
}

/// The name of the file of an export; a path of another system has other separators.
fn file_of(source: &SourceReference) -> String {
    source.path.rsplit(['/', '\\']).next().unwrap_or_default().to_owned()
}

/// About a file that was chosen in the place of an export that was not found, and is another one.
pub(super) fn another_file<'a>(
    kind: ExportKind,
    missing: &SourceReference,
    chosen: impl Iterator<Item = &'a SourceHash>,
) -> Notice {
    let names: Vec<String> = chosen.map(|hash| hash.name.clone()).collect();
    let what = format!("{} is not the export {} of this project.", text::list_and(&names), file_of(missing));
    let why = "Its SHA-256 is another one, so its numbers may be too.".to_owned();
    let what_to_do =
        "Use it anyway, as with a newer export, or open another file. Until then the project names the old one.";
    let notice = notice(Tone::Info, what, why, what_to_do);
    Notice { action: Some(NoticeAction::UseChosen(kind)), ..notice }
}

/// About exports that are not what they were.
pub(super) fn changed(names: &[String]) -> Option<Notice> {
    if names.is_empty() {
        return None;
    }
    let what = format!("{} changed since the project was saved.", text::list_and(names));
    let why = "Its SHA-256 is another one, so its numbers may be too.".to_owned();
    let what_to_do = "Go on with it, or open the earlier file with Open export.";
    Some(notice(Tone::Info, what, why, what_to_do))
}

pub(super) fn fault() -> Notice {
    notice(
        Tone::Problem,
        "This could not be finished because of a fault in the program.".to_owned(),
        "What is on the screen is still there, and the file is as it was.".to_owned(),
        "Please report it, and save the project under another name.",
    )
}
