//! Writing a project: to a new file that then takes the place of the old one.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::{Access, NotSaved, Owner, lock, real, side_folder, version};

/// What a file is called before it takes its place.
const UNFINISHED: &str = ".unfinished";

/// Whether the state that is replaced stays as a version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// Yes: somebody asked for the save.
    Each,
    /// Only when the newest version is ten minutes older: the save came by itself.
    Spaced,
}

/// A step of writing, in the order in which they are done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    MakeFolder,
    MakeFile,
    WriteHalf,
    WriteRest,
    Flush,
    KeepVersion,
    Replace,
    FlushFolder,
    DropVersion,
}

/// Writes a project whose lock is held. Afterwards the file holds the new text, or when this fails the old one:
/// never a part, and never nothing. Makes the file when it is not there.
///
/// # Errors
/// When the disk is full, the folder cannot be written to, or is gone.
pub fn save(path: &Path, text: &str, keep: Keep) -> io::Result<()> {
    save_by_steps(path, text, keep, &mut |_| Ok(()))
}

/// Writes a project to another file, and takes its lock. A file that was there stays as a version of it. `held` is
/// the file whose lock the program holds already: it is written without taking it again, and there is no access.
/// Gives the file itself, where the path was a link to it.
///
/// # Errors
/// When the file cannot be written, or somebody else has it open.
pub fn save_as(
    path: &Path,
    text: &str,
    owner: &Owner,
    held: Option<&Path>,
) -> Result<(PathBuf, Option<Access>), NotSaved> {
    let path = real(path);
    if held == Some(&path) {
        save(&path, text, Keep::Each).map_err(NotSaved::Disk)?;
        return Ok((path, None));
    }
    let access = lock::take(&path, owner);
    if let Access::ReadOnly(lock::ReadOnly::OpenElsewhere(owner)) = access {
        return Err(NotSaved::OpenElsewhere(owner));
    }
    save(&path, text, Keep::Each).map_err(NotSaved::Disk)?;
    // A file that was not there has its own place only now.
    Ok((real(&path), Some(access)))
}

/// Before each step `before` may say that the disk fails.
fn save_by_steps(
    path: &Path,
    text: &str,
    keep: Keep,
    before: &mut dyn FnMut(Step) -> io::Result<()>,
) -> io::Result<()> {
    let path = &real(path);
    // A replaced file does not ask whether it may be written.
    let known = fs::metadata(path).ok();
    if known.as_ref().is_some_and(|file| file.permissions().readonly()) {
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, "the file is protected against writing"));
    }
    before(Step::MakeFolder)?;
    fs::create_dir_all(side_folder(path))?;
    before(Step::MakeFile)?;
    let mut file = unfinished(path)?;
    let (half, rest) = text.as_bytes().split_at(text.len() / 2);
    before(Step::WriteHalf)?;
    file.write_all(half)?;
    before(Step::WriteRest)?;
    file.write_all(rest)?;
    before(Step::Flush)?;
    if let Some(known) = known {
        file.as_file().set_permissions(known.permissions())?;
    }
    file.as_file().sync_all()?;
    // The work of now matters more than a version of before: without one it is saved all the same.
    let too_many = before(Step::KeepVersion).and_then(|()| version::keep(path, keep)).unwrap_or_default();
    before(Step::Replace)?;
    file.persist(path).map_err(|error| error.error)?;
    // From here on the new text is in the file, so that nothing that fails now makes it unsaved.
    let _ = before(Step::FlushFolder).and_then(|()| flush_folder(path));
    for version in too_many {
        let _ = before(Step::DropVersion).and_then(|()| fs::remove_file(&version.path));
    }
    Ok(())
}

/// The file that will take its place. It goes away by itself when it does not come to that.
pub(super) fn unfinished(path: &Path) -> io::Result<NamedTempFile> {
    let mut prefix = path.file_name().unwrap_or_default().to_owned();
    prefix.push("-");
    let mut builder = tempfile::Builder::new();
    builder.prefix(&prefix).suffix(UNFINISHED);
    // Who else may read it is for the folder and the user's own settings to say.
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(side_folder(path))
}

/// So that the new name of the file outlives a power cut. Other systems than Unix do it by themselves.
fn flush_folder(path: &Path) -> io::Result<()> {
    match path.parent() {
        Some(folder) if cfg!(unix) => fs::File::open(folder)?.sync_all(),
        _ => Ok(()),
    }
}

/// Removes what saves left behind whose program was ended in the middle. Only for who holds the lock.
pub(super) fn clear_leftovers(path: &Path) {
    let Ok(entries) = fs::read_dir(side_folder(path)) else { return };
    let Some(name) = path.file_name().map(|name| format!("{}-", name.to_string_lossy())) else { return };
    for entry in entries.flatten() {
        let found = entry.file_name();
        let found = found.to_string_lossy();
        if found.starts_with(&name) && found.ends_with(UNFINISHED) {
            // What cannot be removed now is tried again at the next opening.
            let _ = fs::remove_file(entry.path());
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::time::{Duration, SystemTime};

    use super::*;
    use crate::project::Document;
    use crate::project::store::{KEPT_VERSIONS, SIDE_FOLDER, versions};

    fn text(size: usize) -> String {
        Document { minimum_group_size: Some(size), ..Document::default() }.to_text()
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    /// Every write is let fail at its first step, then at its second, and so on until it succeeds. `is_killed`: from
    /// that step on all fail. In a folder with five versions, so that each step is there.
    fn fails_at_every_step(is_killed: bool) {
        let mut fail_at = 0;
        loop {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("Plan.cfocus");
            (10..17).for_each(|size| save(&path, &text(size), Keep::Each).unwrap());
            let (mut step, mut failed) = (0, None);
            let result = save_by_steps(&path, &text(99), Keep::Each, &mut |name| {
                step += 1;
                let fails = step - 1 == fail_at || is_killed && step > fail_at;
                if fails && failed.is_none() {
                    failed = Some(name);
                }
                if fails { Err(io::Error::other("no more space")) } else { Ok(()) }
            });
            let now = fs::read_to_string(&path).unwrap();
            match result {
                Ok(()) => assert_eq!(now, text(99), "{failed:?}"),
                Err(_) => assert_eq!(now, text(16), "{failed:?}"),
            }
            assert_eq!(names(folder.path()), [SIDE_FOLDER, "Plan.cfocus"]);
            let beside = names(&folder.path().join(SIDE_FOLDER));
            assert!(beside.iter().all(|name| name.contains("(version ")), "{failed:?}: {beside:?}");
            // The versions are whole, and never fewer than before.
            let kept = versions(&path);
            assert!(kept.len() >= KEPT_VERSIONS, "{failed:?}");
            for version in kept {
                let found = fs::read_to_string(&version.path).unwrap();
                assert!((10..17).any(|size| found == text(size)), "{failed:?}: {found}");
            }
            if failed.is_none() {
                assert_eq!(step, 9, "every step was reached");
                return;
            }
            fail_at += 1;
        }
    }

    #[test]
    fn a_fault_at_any_step_leaves_the_old_file_or_the_new_one_and_nothing_beside_it() {
        fails_at_every_step(false);
    }

    #[test]
    fn a_disk_that_is_gone_from_some_step_on_leaves_the_old_file_or_the_new_one() {
        fails_at_every_step(true);
    }

    #[test]
    fn the_last_five_versions_are_kept_the_newest_first() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("Plan.cfocus");
        (1..=8).for_each(|size| save(&path, &text(size), Keep::Each).unwrap());
        // 8 is in the file; 3 to 7 are before it.
        let found = versions(&path).into_iter().map(|version| fs::read_to_string(version.path).unwrap());
        assert_eq!(found.collect::<Vec<_>>(), [7, 6, 5, 4, 3].map(text));
        // The same again is no further version.
        save(&path, &text(9), Keep::Each).unwrap();
        fs::write(&path, text(8)).unwrap();
        save(&path, &text(10), Keep::Each).unwrap();
        assert_eq!(fs::read_to_string(&versions(&path)[0].path).unwrap(), text(8));
        assert_eq!(versions(&path).len(), KEPT_VERSIONS);
    }

    #[test]
    fn saves_that_come_by_themselves_leave_a_version_every_ten_minutes() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("Plan.cfocus");
        let start = SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000);
        // Every four minutes one, and so kept are those of minute 0 and 12 (the one of 24 is in the file).
        for minute in (0..=24).step_by(4) {
            save(&path, &text(10 + minute), Keep::Spaced).unwrap();
            let file = fs::File::options().write(true).open(&path).unwrap();
            file.set_modified(start + Duration::from_secs(60 * minute as u64)).unwrap();
        }
        let found = versions(&path).into_iter().map(|version| fs::read_to_string(version.path).unwrap());
        assert_eq!(found.collect::<Vec<_>>(), [22, 10].map(text));
    }

    #[test]
    fn what_a_program_left_that_was_ended_in_the_middle_goes_at_the_next_opening() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("Plan.cfocus");
        save(&path, &text(10), Keep::Each).unwrap();
        let (_, left) = unfinished(&path).unwrap().keep().unwrap();
        let opened = super::super::open(&path, &Owner::default()).unwrap();
        assert!(!left.exists() && opened.document.minimum_group_size == Some(10));
    }

    #[cfg(unix)]
    #[test]
    fn a_file_keeps_its_permissions_a_link_stays_a_link_and_a_protected_file_is_not_replaced() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let (path, link) = (folder.path().join("Plan.cfocus"), folder.path().join("Link.cfocus"));
        save(&path, &text(10), Keep::Each).unwrap();
        std::os::unix::fs::symlink(&path, &link).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        save(&link, &text(11), Keep::Each).unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read_to_string(&path).unwrap(), text(11));
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o440)).unwrap();
        assert_eq!(save(&path, &text(12), Keep::Each).unwrap_err().kind(), io::ErrorKind::PermissionDenied);
        assert_eq!(fs::read_to_string(&path).unwrap(), text(11));
    }
}
