//! One writer at a time: who has a project open, and what the next one is told.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

use super::{beside, side_folder};

/// Somebody at a computer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Owner {
    /// The name of the account; empty where it is not known.
    pub name: String,
    /// The name of the computer; empty where it is not known.
    pub computer: String,
    /// Since when, as far as the disk says.
    #[serde(skip)]
    pub since: Option<SystemTime>,
}

/// Whether a project may be written.
#[derive(Debug)]
pub enum Access {
    /// Yes, as long as the lock is held.
    Writable(Lock),
    /// No.
    ReadOnly(ReadOnly),
}

/// Why a project may only be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadOnly {
    /// Somebody has it open.
    OpenElsewhere(Owner),
    /// The file or its folder is protected against writing.
    Protected,
}

/// The lock of a project. The system lets it go when the program ends, however it ends.
#[derive(Debug)]
pub struct Lock {
    /// `None` on a disk that knows no locks.
    file: Option<File>,
    owner: PathBuf,
}

impl Drop for Lock {
    fn drop(&mut self) {
        if self.file.is_some() {
            // A name that stays behind says nothing without the lock.
            let _ = fs::remove_file(&self.owner);
        }
    }
}

/// Takes the lock of a project, if nobody has it.
pub(super) fn take(path: &Path, owner: &Owner) -> Access {
    let is_protected = fs::metadata(path).is_ok_and(|file| file.permissions().readonly());
    if is_protected || fs::create_dir_all(side_folder(path)).is_err() {
        return Access::ReadOnly(ReadOnly::Protected);
    }
    // The name is in a file of its own, because on Windows nobody can read a file that is locked.
    let named = beside(path, ".owner");
    let Ok(file) = File::options().create(true).truncate(false).write(true).open(beside(path, ".lock")) else {
        return Access::ReadOnly(ReadOnly::Protected);
    };
    match file.try_lock() {
        Ok(()) => {
            let text = serde_json::to_string(owner).unwrap_or_default();
            // Without it the next one is told that somebody has it, but not who.
            let _ = fs::write(&named, text);
            Access::Writable(Lock { file: Some(file), owner: named })
        }
        Err(TryLockError::WouldBlock) => Access::ReadOnly(ReadOnly::OpenElsewhere(read_owner(&named))),
        // Some network drives have no locks. Better a project that can be written than one that never can.
        Err(TryLockError::Error(_)) => Access::Writable(Lock { file: None, owner: named }),
    }
}

fn read_owner(named: &Path) -> Owner {
    let owner = fs::read(named).ok().and_then(|bytes| serde_json::from_slice::<Owner>(&bytes).ok());
    let since = fs::metadata(named).and_then(|file| file.modified()).ok();
    Owner { since, ..owner.unwrap_or_default() }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::{Keep, NotSaved, open, save, save_as};
    use super::*;
    use crate::project::Document;

    fn owner(name: &str) -> Owner {
        Owner { name: name.to_owned(), computer: "desk".to_owned(), since: None }
    }

    #[test]
    fn the_second_one_reads_and_hears_who_the_first_one_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("Plan.cfocus");
        save(&path, &Document::default().to_text(), Keep::Each).unwrap();
        let first = open(&path, &owner("Ada")).unwrap();
        assert!(matches!(first.access, Access::Writable(_)));

        let second = open(&path, &owner("Ben")).unwrap();
        let Access::ReadOnly(ReadOnly::OpenElsewhere(found)) = &second.access else { panic!("{second:?}") };
        assert_eq!((found.name.as_str(), found.computer.as_str()), ("Ada", "desk"));
        assert!(found.since.is_some());
        let refused = save_as(&path, "{}", &owner("Ben"), None);
        assert!(matches!(refused, Err(NotSaved::OpenElsewhere(owner)) if owner.name == "Ada"));
        assert_eq!(fs::read_to_string(&path).unwrap(), Document::default().to_text());

        // The first one itself may name its own file.
        let text = Document::default().to_text();
        let saved = save_as(&path, &text, &owner("Ada"), Some(&first.path)).unwrap();
        assert!(saved.0 == first.path && saved.1.is_none());

        drop(first);
        assert!(matches!(open(&path, &owner("Ben")).unwrap().access, Access::Writable(_)));
    }

    #[test]
    fn a_name_that_was_left_without_the_lock_keeps_nobody_out() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("Plan.cfocus");
        save(&path, &Document::default().to_text(), Keep::Each).unwrap();
        fs::write(beside(&path, ".lock"), "").unwrap();
        fs::write(beside(&path, ".owner"), r#"{"name": "Ada"}"#).unwrap();
        assert!(matches!(open(&path, &owner("Ben")).unwrap().access, Access::Writable(_)));
    }

    #[test]
    fn a_protected_file_is_read_only() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("Plan.cfocus");
        save(&path, &Document::default().to_text(), Keep::Each).unwrap();
        let mut permissions = fs::metadata(&path).unwrap().permissions();
        permissions.set_readonly(true);
        fs::set_permissions(&path, permissions).unwrap();
        let opened = open(&path, &owner("Ada")).unwrap();
        assert!(matches!(opened.access, Access::ReadOnly(ReadOnly::Protected)));
    }
}
