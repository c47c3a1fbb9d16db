//! The exports of a project: which they are, and whether they are still the same.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::super::{Job, Loadable, Notice, Opened, OpenedContacts, SourceHash, Stamp, Workbench};
use super::{FoundSource, told};
use crate::import::QueryKind;
use crate::project::{Reading, SourceReference};

/// Which exports of a project.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportKind {
    /// The person query.
    People,
    /// Time with contacts.
    Contacts,
}

/// The exports of one kind.
#[derive(Debug, Default)]
pub(super) struct Exports {
    /// As the project names them.
    pub(super) sources: Vec<SourceReference>,
    /// The SHA-256 that those that were found had when the project was saved.
    expected: Vec<(PathBuf, String)>,
    /// Those that were not found.
    missing: Vec<SourceReference>,
    /// Whether somebody is choosing where a missing one is now.
    is_choosing: bool,
    /// What was chosen in its place, until its SHA-256 says that it is the same or the person that it counts.
    chosen: Option<Vec<SourceReference>>,
}

impl Exports {
    /// Those that a project names, as far as they were found.
    pub(super) fn of(sources: Vec<SourceReference>, found: &[FoundSource]) -> Self {
        let missing = found.iter().filter(|source| source.is_missing()).map(|source| source.reference.clone());
        Self { sources, expected: expected(found), missing: missing.collect(), ..Self::default() }
    }

    /// These are open now. What was chosen in the place of a missing one waits until it is known to be the same.
    fn follow(&mut self, is_sample: bool, files: &[Stamp]) {
        let mut opened: Vec<SourceReference> = Vec::new();
        if is_sample {
            opened.push(SourceReference { is_sample: true, ..SourceReference::default() });
        }
        for file in files {
            let path = whole(&file.path).to_string_lossy().into_owned();
            if opened.iter().all(|source| source.path != path) {
                let known = self.sources.iter().find(|source| source.path == path);
                let bytes = file.state.map(|(bytes, _)| bytes);
                let sha256 = known.filter(|known| known.bytes == bytes).and_then(|known| known.sha256.clone());
                opened.push(SourceReference { path, sha256, bytes, ..SourceReference::default() });
            }
        }
        self.chosen = None;
        if std::mem::take(&mut self.is_choosing) && self.missing.iter().any(|missing| missing.sha256.is_some()) {
            self.chosen = Some(opened);
            return;
        }
        self.missing.clear();
        // Bytes that came through standard input are no file that could be opened again.
        if !opened.is_empty() {
            self.sources = opened;
        }
    }

    /// Whether these files, or the sample, are those that the project names, as far as their lengths tell.
    fn names(&self, is_sample: bool, files: &[Stamp]) -> bool {
        let is_named = |file: &Stamp| {
            let path = whole(&file.path);
            let bytes = file.state.map(|(bytes, _)| bytes);
            let source = self.sources.iter().find(|source| Path::new(&source.path) == path);
            match source {
                Some(source) => source.bytes.is_none() || source.bytes == bytes,
                None => self.expected.iter().any(|(expected, _)| *expected == path),
            }
        };
        is_sample == self.sources.iter().any(|source| source.is_sample) && files.iter().all(is_named)
    }

    /// Notes the hashes, and says which exports are not those that the project was saved with.
    fn check(&mut self, kind: ExportKind, hashes: &[(PathBuf, &SourceHash)]) -> Option<Notice> {
        let mut changed = Vec::new();
        for (path, hash) in hashes {
            let Ok(sha256) = &hash.sha256 else { continue };
            let named = self.chosen.as_mut().unwrap_or(&mut self.sources);
            if let Some(known) = named.iter_mut().find(|known| Path::new(&known.path) == path) {
                known.sha256 = Some(sha256.clone());
            }
            let expected = self.expected.iter().find(|(expected, _)| expected == path);
            if expected.is_some_and(|(_, expected)| expected != sha256) && !changed.contains(&hash.name) {
                changed.push(hash.name.clone());
            }
        }
        self.expected.clear();
        if self.chosen.is_none() {
            return told::changed(&changed);
        }
        let is_there = |missing: &&SourceReference| {
            let is = |sha256: &String| hashes.iter().any(|(_, hash)| hash.sha256.as_ref() == Ok(sha256));
            missing.sha256.as_ref().is_none_or(is)
        };
        match self.missing.iter().find(|missing| !is_there(missing)) {
            Some(missing) => Some(told::another_file(kind, missing, hashes.iter().map(|(_, hash)| *hash))),
            None => {
                self.use_chosen();
                None
            }
        }
    }

    /// What was chosen is what the project names from now on.
    fn use_chosen(&mut self) {
        if let Some(chosen) = self.chosen.take() {
            self.sources = chosen;
            self.missing.clear();
        }
    }
}

/// The exports that were found, with the SHA-256 that they had when the project was saved.
pub(super) fn expected(found: &[FoundSource]) -> Vec<(PathBuf, String)> {
    let expected = found.iter().filter_map(|source| source.at.clone().zip(source.reference.sha256.clone()));
    expected.map(|(path, sha256)| (whole(&path), sha256)).collect()
}

/// A path that means the same in every folder.
fn whole(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf())
}

impl Workbench {
    fn exports(&mut self, kind: ExportKind) -> &mut Exports {
        match kind {
            ExportKind::People => &mut self.filing.people,
            ExportKind::Contacts => &mut self.filing.contacts,
        }
    }

    /// Asks where a missing export is now.
    pub(super) fn choose_missing(&mut self, kind: ExportKind) -> Job {
        self.exports(kind).is_choosing = true;
        match kind {
            ExportKind::People => Job::PickFiles,
            ExportKind::Contacts => Job::PickContacts,
        }
    }

    /// The dialog was left: the next file is any file.
    pub(in crate::workbench) fn stop_choosing(&mut self, kind: ExportKind) {
        self.exports(kind).is_choosing = false;
    }

    /// Another file than the missing one counts from now on.
    pub(super) fn use_chosen(&mut self, kind: ExportKind) {
        self.exports(kind).use_chosen();
    }

    /// The exports that are open now are those of the project.
    pub(in crate::workbench) fn follow_sources(&mut self, opened: &Opened) {
        self.filing.people.follow(opened.is_sample(), &opened.files);
    }

    /// Whether what is being opened is what the project was made of, where nothing else was open before.
    pub(in crate::workbench) fn is_of_project(&self, opened: &Opened) -> bool {
        self.opened().is_none() && self.filing.people.names(opened.is_sample(), &opened.files)
    }

    /// What is open was read so.
    pub(in crate::workbench) fn follow_reading(&mut self, opened: &Opened) {
        self.filing.reading = Reading::of(&opened.options);
    }

    /// The same of time with contacts.
    pub(in crate::workbench) fn follow_contact_sources(&mut self, opened: &OpenedContacts) {
        self.filing.contacts.follow(opened.is_sample(), &opened.files);
    }

    /// The exports of a project beside its person query are opened when nothing else is done about them.
    pub(super) fn open_beside_of_project(&mut self, found: &[FoundSource]) {
        let kinds = found.iter().filter_map(|source| source.reference.kind.as_deref().and_then(QueryKind::from_name));
        let kinds: Vec<QueryKind> = kinds.collect();
        if let Some(what) = super::job::what_to_open(found) {
            self.open_beside_later(what, kinds);
        }
    }

    /// These are open beside the person query now. Says which of them are not those that the project was saved with.
    pub(in crate::workbench) fn follow_beside_sources(&mut self, opened: &[(QueryKind, Stamp, SourceHash)]) {
        let mut changed = Vec::new();
        for (_, stamp, hash) in opened {
            let path = whole(&stamp.path);
            let expected = self.filing.expected_beside.iter().position(|(expected, _)| *expected == path);
            let expected = expected.map(|at| self.filing.expected_beside.remove(at));
            if expected.is_some_and(|(_, sha256)| hash.sha256.as_ref() != Ok(&sha256)) {
                changed.push(hash.name.clone());
            }
        }
        self.notices.extend(told::changed(&changed));
        let reference = |(kind, stamp, hash): &(QueryKind, Stamp, SourceHash)| SourceReference {
            path: whole(&stamp.path).to_string_lossy().into_owned(),
            sha256: hash.sha256.clone().ok(),
            bytes: stamp.state.map(|(bytes, _)| bytes),
            is_sample: false,
            kind: Some(kind.name().to_owned()),
        };
        self.filing.beside = opened.iter().map(reference).collect();
    }

    /// Whether the SHA-256 of what is open has to be known: to save it, or to compare it.
    pub(in crate::workbench) fn wants_hashes(&self, kind: ExportKind) -> bool {
        let exports = match kind {
            ExportKind::People => &self.filing.people,
            ExportKind::Contacts => &self.filing.contacts,
        };
        self.filing.file.is_some() || exports.chosen.is_some()
    }

    /// Computes the SHA-256 of the exports of a project with a file, once.
    pub(in crate::workbench) fn hash_sources(&mut self) -> Option<Job> {
        let opened = Arc::clone(self.opened()?);
        if !self.wants_hashes(ExportKind::People) || !matches!(self.hashes(), Loadable::Absent) {
            return None;
        }
        Some(self.start_hashing(opened))
    }

    /// Notes the hashes of what is open.
    pub(in crate::workbench) fn follow_hashes(&mut self, hashes: &[SourceHash]) {
        let Some(opened) = self.opened().cloned() else { return };
        let paths = opened.report.files().map(|(_, path, _)| path);
        let notice = self.filing.people.check(ExportKind::People, &at_paths(paths, hashes));
        self.notices.extend(notice);
    }

    /// The same of time with contacts.
    pub(in crate::workbench) fn follow_contact_hashes(&mut self, hashes: &[SourceHash]) {
        let Some(opened) = self.opened_contacts().cloned() else { return };
        let paths = opened.report().files.iter().map(|file| file.path.as_deref());
        let notice = self.filing.contacts.check(ExportKind::Contacts, &at_paths(paths, hashes));
        self.notices.extend(notice);
    }
}

/// The hashes of files that have a place.
fn at_paths<'a>(
    paths: impl Iterator<Item = Option<&'a Path>>,
    hashes: &'a [SourceHash],
) -> Vec<(PathBuf, &'a SourceHash)> {
    paths.zip(hashes).filter_map(|(path, hash)| Some((whole(path?), hash))).collect()
}
