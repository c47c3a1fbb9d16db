//! The versions before the one in the file.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::{EXTENSION, Keep, side_folder};

/// So many versions of a project are kept.
pub const KEPT_VERSIONS: usize = 5;

/// Versions that were saved without anybody asking are at least so far apart.
const APART: Duration = Duration::from_secs(600);

/// A version of a project: a project file of its own, in the folder beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// Where it is.
    pub path: PathBuf,
    /// When it was written, as far as the disk says.
    pub written: Option<SystemTime>,
    /// Its number; a later version has a higher one, whatever the clock said.
    number: u64,
}

/// The versions of a project that are kept, the newest first; none where the folder cannot be read.
#[must_use]
pub fn versions(path: &Path) -> Vec<Version> {
    let Ok(entries) = fs::read_dir(side_folder(path)) else { return Vec::new() };
    let version = |entry: fs::DirEntry| {
        let number = number(path, entry.file_name().to_str()?)?;
        let path = entry.path();
        let written = written(&path);
        Some(Version { path, written, number })
    };
    let mut versions: Vec<Version> = entries.flatten().filter_map(version).collect();
    versions.sort_by_key(|version| std::cmp::Reverse(version.number));
    versions
}

/// Keeps what is in the file as a version of its own, where it should be; gives the versions that are too many.
pub(super) fn keep(path: &Path, keep: Keep) -> io::Result<Vec<Version>> {
    let mut versions = versions(path);
    let newest = versions.first();
    if !path.exists() || !is_due(path, newest, keep)? {
        return Ok(Vec::new());
    }
    let place = side_folder(path).join(name(path, newest.map_or(0, |version| version.number) + 1));
    // A second name for the same file costs nothing; where a disk knows none, it is a copy of the same age.
    if fs::hard_link(path, &place).is_err() {
        fs::copy(path, &place)?;
        if let (Some(written), Ok(copy)) = (written(path), File::options().write(true).open(&place)) {
            // A version of a wrong age is better than none.
            let _ = copy.set_modified(written);
        }
    }
    // One more than these is there now.
    Ok(versions.split_off(versions.len().min(KEPT_VERSIONS - 1)))
}

/// Whether what is in the file should be kept.
fn is_due(path: &Path, newest: Option<&Version>, keep: Keep) -> io::Result<bool> {
    let Some(newest) = newest else { return Ok(true) };
    if keep == Keep::Spaced {
        // A file that seems older than its version is one of a clock that was set back.
        let apart = written(path).zip(newest.written).and_then(|(file, version)| file.duration_since(version).ok());
        if apart.is_some_and(|apart| apart < APART) {
            return Ok(false);
        }
    }
    Ok(fs::read(path)? != fs::read(&newest.path)?)
}

fn written(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).and_then(|file| file.modified()).ok()
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

fn name(path: &Path, number: u64) -> String {
    format!("{} (version {number}).{EXTENSION}", stem(path))
}

fn number(path: &Path, name: &str) -> Option<u64> {
    let inner = name.strip_prefix(&stem(path))?.strip_prefix(" (version ")?;
    inner.strip_suffix(&format!(").{EXTENSION}"))?.parse().ok()
}
