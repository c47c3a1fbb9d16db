//! The exports of a project: which they are, and whether they are still the same.

use std::path::Path;
use std::sync::Arc;

use super::super::{Job, Loadable, Opened, SourceHash, Workbench};
use super::told;
use crate::project::SourceReference;

impl Workbench {
    /// The exports that are open now are those of the project.
    pub(in crate::workbench) fn follow_sources(&mut self, opened: &Opened) {
        let mut sources: Vec<SourceReference> = Vec::new();
        if opened.is_sample() {
            sources.push(SourceReference { is_sample: true, ..SourceReference::default() });
        }
        for file in &opened.files {
            let path = std::path::absolute(&file.path).unwrap_or_else(|_| file.path.clone());
            let path = path.to_string_lossy().into_owned();
            if sources.iter().all(|source| source.path != path) {
                let known = self.filing.sources.iter().find(|source| source.path == path);
                let bytes = file.state.map(|(bytes, _)| bytes);
                let sha256 = known.filter(|known| known.bytes == bytes).and_then(|known| known.sha256.clone());
                sources.push(SourceReference { path, sha256, bytes, is_sample: false });
            }
        }
        // Bytes that came through standard input are no file that could be opened again.
        if !sources.is_empty() {
            self.filing.sources = sources;
        }
    }

    /// Computes the SHA-256 of the exports of a project with a file, once.
    pub(in crate::workbench) fn hash_sources(&mut self) -> Option<Job> {
        let opened = Arc::clone(self.opened()?);
        if self.filing.file.is_none() || !matches!(self.hashes(), Loadable::Absent) {
            return None;
        }
        Some(self.start_hashing(opened))
    }

    /// Notes the hashes, and says which exports are not those that the project was saved with.
    pub(in crate::workbench) fn follow_hashes(&mut self, hashes: &[SourceHash]) {
        let Some(opened) = self.opened().cloned() else { return };
        let mut changed = Vec::new();
        for (source, hash) in opened.report.sources.iter().zip(hashes) {
            let (Some(path), Ok(sha256)) = (&source.path, &hash.sha256) else { continue };
            let whole = std::path::absolute(path).unwrap_or_else(|_| path.clone());
            let known = self.filing.sources.iter_mut().find(|known| Path::new(&known.path) == whole);
            if let Some(known) = known {
                known.sha256 = Some(sha256.clone());
            }
            let expected = self.filing.expected.iter().find(|(expected, _)| *expected == whole);
            if expected.is_some_and(|(_, expected)| expected != sha256) && !changed.contains(&hash.name) {
                changed.push(hash.name.clone());
            }
        }
        self.filing.expected.clear();
        self.notices.extend(told::changed(&changed));
    }
}
