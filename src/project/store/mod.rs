//! The project file on the disk: written whole or not at all, with the versions before it, and one writer at a time.
//!
//! Beside a project lies one hidden folder, [`SIDE_FOLDER`], for everything that goes with it and that nobody wants
//! to see in a folder: the last five versions (each a project file that opens by itself), the lock that says who has
//! it open, and for the moment of writing the new file before it takes the place of the old one. So all of it is on
//! the same disk, moves with the folder, and a colleague on a shared drive meets the same lock.
//!
//! Work that has no file yet, or may not be written to one, is rescued into a folder of the user's own: [`rescue`].
//!
//! No clock: the only times are those that the disk keeps for files. Everything here may be slow and is done beside
//! the window.

mod forget;
mod lock;
pub mod rescue;
mod save;
mod version;

use std::io;
use std::path::{Path, PathBuf};

pub use forget::forget_withdrawn;
pub use lock::{Access, Lock, Owner, ReadOnly};
pub use save::{Keep, save, save_as};
pub use version::{KEPT_VERSIONS, Version, versions};

use super::{Document, NotReadable};

/// What the name of a project file ends in, after the dot.
pub const EXTENSION: &str = "cfocus";

/// The folder beside a project. Systems other than Windows do not show it.
pub const SIDE_FOLDER: &str = ".customer-focus";

/// Whether a path is one of a project file, by its name.
#[must_use]
pub fn is_project(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case(EXTENSION))
}

/// A path to save to: with the ending of project files where it has another or none.
#[must_use]
pub fn with_ending(path: PathBuf) -> PathBuf {
    if is_project(&path) {
        return path;
    }
    let mut whole = path.into_os_string();
    whole.push(".");
    whole.push(EXTENSION);
    PathBuf::from(whole)
}

/// A project that was opened.
#[derive(Debug)]
pub struct OpenProject {
    /// The file.
    pub path: PathBuf,
    /// What is in it.
    pub document: Document,
    /// Whether it may be written.
    pub access: Access,
}

/// Why a project was not opened.
#[derive(Debug)]
pub enum NotOpened {
    /// The file cannot be read.
    Unreachable(io::Error),
    /// The file is no project, or not a whole one. It was left as it is.
    NotReadable {
        /// Why.
        why: NotReadable,
        /// The newest version before it that can be read.
        version: Option<Version>,
    },
}

/// Why a project was not saved. What was in the file before is still there.
#[derive(Debug)]
pub enum NotSaved {
    /// The disk says no.
    Disk(io::Error),
    /// Somebody else has that file open.
    OpenElsewhere(Owner),
}

/// Opens a project for `owner`: to write it if nobody else does, else to read it.
///
/// # Errors
/// When the file cannot be read, or not as a project.
pub fn open(path: &Path, owner: &Owner) -> Result<OpenProject, NotOpened> {
    let path = real(path);
    // A look first: nothing is made beside a file that is no project.
    read(&path)?;
    let access = lock::take(&path, owner);
    // The lock may have been waited for by nobody, but what was read before it could be older than it.
    let document = read(&path)?;
    if matches!(access, Access::Writable(_)) {
        save::clear_leftovers(&path);
    }
    Ok(OpenProject { path, document, access })
}

/// Reads a project without opening it.
///
/// # Errors
/// When the file cannot be read, or not as a project.
pub fn read(path: &Path) -> Result<Document, NotOpened> {
    let bytes = std::fs::read(path).map_err(NotOpened::Unreachable)?;
    Document::from_bytes(&bytes).map_err(|why| {
        let readable = |version: &Version| read_version(version).is_some();
        let version = versions(path).into_iter().find(readable);
        NotOpened::NotReadable { why, version }
    })
}

fn read_version(version: &Version) -> Option<Document> {
    Document::from_bytes(&std::fs::read(&version.path).ok()?).ok()
}

/// The file itself, where the path is a link to it: a link stays one when the file is replaced.
fn real(path: &Path) -> PathBuf {
    std::fs::canonicalize(path).or_else(|_| std::path::absolute(path)).unwrap_or_else(|_| path.to_path_buf())
}

/// The folder beside a project, and the project's name in it.
fn side_folder(path: &Path) -> PathBuf {
    path.parent().unwrap_or(Path::new("")).join(SIDE_FOLDER)
}

/// The name of a file beside a project: its own name with something after it.
fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(ending);
    side_folder(path).join(name)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_path_gets_the_ending_of_projects_unless_it_has_it() {
        assert_eq!(with_ending(PathBuf::from("/a/Plan")), PathBuf::from("/a/Plan.cfocus"));
        assert_eq!(with_ending(PathBuf::from("/a/Plan 2.0")), PathBuf::from("/a/Plan 2.0.cfocus"));
        assert_eq!(with_ending(PathBuf::from("/a/Plan.CFOCUS")), PathBuf::from("/a/Plan.CFOCUS"));
    }

    #[test]
    fn a_damaged_project_is_left_as_it_is_and_the_newest_version_that_opens_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("Plan.cfocus");
        let sized = |size| Document { minimum_group_size: Some(size), ..Document::default() };
        for size in [11, 12, 13] {
            save(&path, &sized(size).to_text(), Keep::Each).unwrap();
        }
        // 13 is cut short by somebody, and so is the version before it: 12. What is left is 11.
        let cut = &sized(13).to_text()[..60];
        std::fs::write(&path, cut).unwrap();
        std::fs::write(&versions(&path)[0].path, "").unwrap();
        let Err(NotOpened::NotReadable { why, version }) = open(&path, &Owner::default()) else { panic!("it opened") };
        assert_eq!(why, NotReadable::CutShort);
        assert_eq!(read(&version.unwrap().path).unwrap(), sized(11));
        assert_eq!(std::fs::read_to_string(&path).unwrap(), cut);
    }

    #[test]
    fn nothing_is_made_beside_a_file_that_is_no_project() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("export.csv");
        std::fs::write(&path, "PersonId\n").unwrap();
        assert!(matches!(open(&path, &Owner::default()), Err(NotOpened::NotReadable { version: None, .. })));
        assert!(matches!(open(&folder.path().join("none"), &Owner::default()), Err(NotOpened::Unreachable(_))));
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
