//! People who withdrew vanish from everything that is kept of a project, not only from its file.

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

use super::save::unfinished;
use super::{Version, read, rescue, versions};
use crate::project::Document;

/// Takes whoever withdrew from a project out of its kept versions, and out of work that a crash left of it. What
/// cannot be written now is tried again at the next save; a version that cannot be read stays as it is.
pub fn forget_withdrawn(path: &Path, document: &Document, rescue_folder: Option<&Path>) {
    let now = &document.made.go_to;
    if now.withdrawals.is_empty() {
        return;
    }
    for version in versions(path) {
        let Ok(mut kept) = read(&version.path) else { continue };
        if now.forget_in(&mut kept.made.go_to) {
            let _ = replace(path, &version, &kept.to_text());
        }
    }
    let left = rescue_folder.map(rescue::left_behind).unwrap_or_default();
    for mut rescued in left {
        let is_of_it = rescued.of.as_ref().is_some_and(|(of, _)| of == path);
        if is_of_it && now.forget_in(&mut rescued.document.made.go_to) {
            let _ = rescued.place.keep(&rescued.document, Some(path));
        }
    }
}

/// Another text in the place of a version, of the same age: written whole or not at all.
fn replace(path: &Path, version: &Version, text: &str) -> io::Result<()> {
    let mut file = unfinished(path)?;
    file.write_all(text.as_bytes())?;
    let known = fs::metadata(&version.path)?;
    file.as_file().set_permissions(known.permissions())?;
    if let Some(written) = version.written {
        file.as_file().set_modified(written)?;
    }
    file.as_file().sync_all()?;
    file.persist(&version.path).map(|_| ()).map_err(|error| error.error)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use chrono::NaiveDate;

    use super::super::{Keep, SIDE_FOLDER, save};
    use super::*;
    use crate::project::{Edit, Id, Volunteer, VolunteerEdit};

    fn edit(document: &mut Document, edit: VolunteerEdit) {
        document.made.apply(Edit::Volunteer(edit));
    }

    fn with(names: &[&str]) -> Document {
        let mut document = Document::default();
        for name in names {
            let volunteer = Volunteer { name: (*name).to_owned(), consents: true, ..Volunteer::default() };
            edit(&mut document, VolunteerEdit::Add(volunteer));
        }
        document
    }

    /// Every text in a folder and the folders in it.
    fn texts(folder: &Path) -> String {
        let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        entries.map(|path| if path.is_dir() { texts(&path) } else { fs::read_to_string(path).unwrap() }).collect()
    }

    #[test]
    fn who_withdrew_is_in_no_version_and_in_no_work_that_a_crash_left() {
        let folder = tempfile::tempdir().unwrap();
        let (path, rescue_folder) = (folder.path().join("Plan.cfocus"), folder.path().join("unsaved"));
        let mut document = with(&["Ann Example", "Bea Sample"]);
        save(&path, &document.to_text(), Keep::Each).unwrap();
        let place = rescue::take_place(&rescue_folder).unwrap();
        place.keep(&document, Some(&path)).unwrap();
        drop(place);
        document.minimum_group_size = Some(12);
        save(&path, &document.to_text(), Keep::Each).unwrap();
        let ages: Vec<_> = versions(&path).into_iter().map(|version| version.written).collect();

        let day = NaiveDate::from_ymd_opt(2026, 5, 1).unwrap();
        edit(&mut document, VolunteerEdit::Withdraw(Id::default(), day));
        save(&path, &document.to_text(), Keep::Each).unwrap();
        assert!(texts(folder.path()).contains("Ann"), "the version of before has her");
        forget_withdrawn(&path, &document, Some(&rescue_folder));

        let all = texts(folder.path());
        assert!(!all.contains("Ann"), "{all}");
        assert_eq!(all.matches("Bea").count(), 4, "the file, its two versions, and what was rescued");
        let kept = versions(&path);
        assert_eq!(kept.last().map(|version| version.written), ages.last().copied(), "versions keep their age");
        let withdrawals = kept.iter().map(|version| read(&version.path).unwrap().made.go_to.withdrawals);
        assert!(withdrawals.into_iter().all(|days| days == [day]), "an old answer cannot bring her back there either");
        let side = fs::read_dir(folder.path().join(SIDE_FOLDER)).unwrap().count();
        assert_eq!(side, 2, "nothing unfinished is left");
    }

    #[test]
    fn without_a_withdrawal_nothing_is_rewritten() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("Plan.cfocus");
        save(&path, &with(&["Ann Example"]).to_text(), Keep::Each).unwrap();
        let later = Document { minimum_group_size: Some(12), ..Document::default() };
        save(&path, &later.to_text(), Keep::Each).unwrap();
        let before = texts(folder.path());
        forget_withdrawn(&path, &later, None);
        assert_eq!(texts(folder.path()), before);
    }
}
