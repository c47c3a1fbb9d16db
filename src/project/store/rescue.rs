//! Work that has no file yet, or may not be written to its file: kept in one folder of the user's own, so that it is
//! there at the next start after a crash.
//!
//! Each running program has a place there, which is its own for as long as it holds the place's lock. What lies in a
//! place whose lock can be taken was left by a program that is no more.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use serde::Deserialize;

use super::{EXTENSION, read};
use crate::project::Document;

/// So many places are looked at: so many programs can crash before one has nowhere to rescue its work to.
const PLACES: usize = 100;

/// A place for rescued work, held by this program.
#[derive(Debug)]
pub struct Place {
    path: PathBuf,
    _lock: File,
}

/// Work that a program left.
#[derive(Debug)]
pub struct Rescued {
    /// Where it lies, now held by this program.
    pub place: Place,
    /// What it is.
    pub document: Document,
    /// The project that it belongs to, and what is in that now; `None` for work that never had a file.
    pub of: Option<(PathBuf, Option<Document>)>,
    /// When it was kept, as far as the disk says.
    pub written: Option<SystemTime>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Belongs {
    recovery_of: String,
}

/// Takes a place where nothing lies. The folder is made, for nobody else to look into.
///
/// # Errors
/// When the folder cannot be written to, or every place is taken.
pub fn take_place(folder: &Path) -> io::Result<Place> {
    make_private(folder)?;
    for number in 1..=PLACES {
        if let Some(place) = hold(folder, number)?
            && !place.path.exists()
        {
            return Ok(place);
        }
    }
    Err(io::Error::other("every place for rescued work is taken"))
}

/// What earlier programs left, the newest first. What cannot be read stays where it is and is not among it.
#[must_use]
pub fn left_behind(folder: &Path) -> Vec<Rescued> {
    let numbers = (1..=PLACES).filter(|number| path(folder, *number).exists());
    let mut found: Vec<Rescued> = numbers.filter_map(|number| rescued(hold(folder, number).ok()??)).collect();
    found.sort_by_key(|rescued| std::cmp::Reverse(rescued.written));
    found
}

/// Deletes everything that earlier programs left, be it readable or not, and says how much it was. What a running
/// program holds stays.
///
/// # Errors
/// When something cannot be deleted; the rest is.
pub fn delete_left_behind(folder: &Path) -> io::Result<usize> {
    let mut deleted = 0;
    let mut failed = None;
    for number in (1..=PLACES).filter(|number| path(folder, *number).exists()) {
        match hold(folder, number) {
            Ok(Some(place)) => match place.clear() {
                Ok(()) => deleted += 1,
                Err(error) => failed = Some(error),
            },
            Ok(None) => {}
            Err(error) => failed = Some(error),
        }
    }
    failed.map_or(Ok(deleted), Err)
}

fn rescued(place: Place) -> Option<Rescued> {
    let bytes = fs::read(&place.path).ok()?;
    let document = Document::from_bytes(&bytes).ok()?;
    let belongs: Belongs = serde_json::from_slice(&bytes).unwrap_or_default();
    let of = (!belongs.recovery_of.is_empty()).then(|| PathBuf::from(belongs.recovery_of));
    let of = of.map(|path| {
        let now = read(&path).ok();
        (path, now)
    });
    let written = fs::metadata(&place.path).and_then(|file| file.modified()).ok();
    Some(Rescued { place, document, of, written })
}

impl Place {
    /// Keeps work, with the path of the project that it belongs to: whole or not at all.
    ///
    /// # Errors
    /// When the folder cannot be written to.
    pub fn keep(&self, document: &Document, of: Option<&Path>) -> io::Result<()> {
        use std::io::Write as _;
        let of = of.map(Path::to_string_lossy).unwrap_or_default();
        // Of the same name each time, so that one of a program that was ended in the middle does not stay for ever.
        let unfinished = self.path.with_extension("unfinished");
        if unfinished.exists() {
            fs::remove_file(&unfinished)?;
        }
        // As the crate makes it, only its owner can read it.
        let mut builder = tempfile::Builder::new();
        let name = unfinished.file_name().unwrap_or_default();
        let mut file = builder.prefix(name).rand_bytes(0).tempfile_in(self.path.parent().unwrap_or(Path::new("")))?;
        file.write_all(document.to_rescued_text(&of).as_bytes())?;
        file.as_file().sync_all()?;
        file.persist(&self.path).map(|_| ()).map_err(|error| error.error)
    }

    /// Forgets what lies here.
    ///
    /// # Errors
    /// When it cannot be removed.
    pub fn clear(&self) -> io::Result<()> {
        match fs::remove_file(&self.path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }
}

fn path(folder: &Path, number: usize) -> PathBuf {
    folder.join(format!("Rescued {number}.{EXTENSION}"))
}

/// A place, if no program holds it.
fn hold(folder: &Path, number: usize) -> io::Result<Option<Place>> {
    let lock = folder.join(format!("Rescued {number}.lock"));
    let lock = File::options().create(true).truncate(false).write(true).open(lock)?;
    Ok(lock.try_lock().is_ok().then(|| Place { path: path(folder, number), _lock: lock }))
}

fn make_private(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt as _;
        builder.mode(0o700);
    }
    builder.create(folder)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::project::store::{Keep, save};

    fn sized(size: usize) -> Document {
        Document { minimum_group_size: Some(size), ..Document::default() }
    }

    #[test]
    fn work_that_was_left_is_found_with_the_project_that_it_belongs_to() {
        let folder = tempfile::tempdir().unwrap();
        let (rescue, project) = (folder.path().join("rescue"), folder.path().join("Plan.cfocus"));
        save(&project, &sized(10).to_text(), Keep::Each).unwrap();
        let (untitled, titled) = (take_place(&rescue).unwrap(), take_place(&rescue).unwrap());
        untitled.keep(&sized(11), None).unwrap();
        titled.keep(&sized(12), Some(&project)).unwrap();
        assert_eq!(left_behind(&rescue).len(), 0, "their programs are still running");
        drop((untitled, titled));

        let mut found = left_behind(&rescue);
        found.sort_by_key(|rescued| rescued.document.minimum_group_size);
        let [untitled, titled] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!((&untitled.document, untitled.of.is_none()), (&sized(11), true));
        assert_eq!((&titled.document, titled.of.clone()), (&sized(12), Some((project, Some(sized(10))))));
        // A third program meanwhile gets a place of its own.
        assert!(take_place(&rescue).unwrap().path.ends_with("Rescued 3.cfocus"));
        untitled.place.clear().unwrap();
        untitled.place.clear().unwrap();
        drop(found);
        assert_eq!(left_behind(&rescue).len(), 1);
    }

    #[test]
    fn nothing_was_left_where_there_is_no_folder_and_what_is_damaged_stays() {
        let folder = tempfile::tempdir().unwrap();
        assert!(left_behind(&folder.path().join("none")).is_empty());
        let path = folder.path().join("Rescued 1.cfocus");
        fs::write(&path, "{").unwrap();
        assert!(left_behind(folder.path()).is_empty());
        assert!(path.exists());
        assert!(take_place(folder.path()).unwrap().path.ends_with("Rescued 2.cfocus"));
    }

    #[test]
    fn everything_that_was_left_is_deleted_and_what_a_running_program_holds_stays() {
        let folder = tempfile::tempdir().unwrap();
        let left = take_place(folder.path()).unwrap();
        left.keep(&sized(10), None).unwrap();
        drop(left);
        fs::write(path(folder.path(), 2), "{").unwrap();
        let held = take_place(folder.path()).unwrap();
        held.keep(&sized(11), None).unwrap();
        assert_eq!(delete_left_behind(folder.path()).unwrap(), 2);
        assert_eq!(delete_left_behind(folder.path()).unwrap(), 0);
        assert!(held.path.exists());
        assert_eq!(delete_left_behind(&folder.path().join("none")).unwrap(), 0);
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_can_look_into_it() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let place = take_place(&folder.path().join("rescue")).unwrap();
        place.keep(&sized(10), None).unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&folder.path().join("rescue")), mode(&place.path)), (0o700, 0o600));
    }
}
