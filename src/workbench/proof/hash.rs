//! The SHA-256 of what was opened, so that somebody else can tell that they have the same file.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::super::contacts::sample_contact_bytes;
use super::super::{Opened, OpenedContacts, Stamp, What, session};
use crate::import::{ImportError, ReadFile, Source, sha256_of};
use crate::work::{Cancel, Progress};

/// The hash of one file, as far as there is one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceHash {
    /// The file's name, as it is shown.
    pub name: String,
    /// In lower-case hexadecimal.
    pub sha256: Result<String, NoHash>,
}

/// Why a file has no hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoHash {
    /// It is no longer the file that was read.
    Changed,
    /// It came through standard input, which can be read once only.
    ReadOnce,
    /// It cannot be read.
    Unreadable,
    /// Somebody stopped the work.
    Stopped,
}

impl NoHash {
    /// In a sentence.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Changed => "The file has changed since it was read, so its hash would be that of another file.",
            Self::ReadOnce => "It came through standard input, which can be read only once.",
            Self::Unreadable => "The file can no longer be read.",
            Self::Stopped => "Computing it was stopped.",
        }
    }
}

/// What is hashed: the files of an export, as they were when it was read.
struct Files<'a> {
    what: &'a What,
    stamps: &'a [Stamp],
    /// The file of the sample company, which is made again: it is the same every time.
    sample: fn() -> Vec<u8>,
}

/// Reads every file once more, and says its hash. Counts bytes into `progress`.
#[must_use]
pub fn hashes(opened: &Opened, progress: &Progress, cancel: &Cancel) -> Vec<SourceHash> {
    let files = Files { what: &opened.what, stamps: &opened.files, sample: session::sample_bytes };
    files.hashes(opened.report.files(), progress, cancel)
}

/// The same of an export of time with contacts.
#[must_use]
pub fn contact_hashes(opened: &OpenedContacts, progress: &Progress, cancel: &Cancel) -> Vec<SourceHash> {
    let files = Files { what: &opened.what, stamps: &opened.files, sample: sample_contact_bytes };
    let named = opened.report().files.iter().map(|file| (file.name.as_str(), file.path.as_deref(), None));
    files.hashes(named, progress, cancel)
}

/// The same of exports beside the person query; `stamps` are those of the files as they were read.
#[must_use]
pub(in super::super) fn beside_hashes(
    what: &What,
    files: &[ReadFile],
    stamps: &[Stamp],
    progress: &Progress,
    cancel: &Cancel,
) -> Vec<SourceHash> {
    let of = Files { what, stamps, sample: Vec::new };
    // The sample company writes these files anew, and nobody else has them.
    let named = files.iter().filter(|_| !matches!(what, What::Sample));
    of.hashes(named.map(|file| (file.name.as_str(), file.path.as_deref(), None)), progress, cancel)
}

impl Files<'_> {
    /// The hash of each source, by its name, its path, and its hash where the reader knows it.
    fn hashes<'a>(
        &self,
        named: impl Iterator<Item = (&'a str, Option<&'a Path>, Option<&'a String>)>,
        progress: &Progress,
        cancel: &Cancel,
    ) -> Vec<SourceHash> {
        let lengths = self.stamps.iter().filter_map(|file| std::fs::metadata(&file.path).ok());
        progress.add_total_bytes(lengths.map(|file| file.len()).sum());
        // Entries of one archive share its hash.
        let mut known: BTreeMap<PathBuf, Result<String, NoHash>> = BTreeMap::new();
        let of = |(name, path, read): (&str, Option<&Path>, Option<&String>)| {
            let sha256 = match (read, path) {
                (Some(sha256), _) => Ok(sha256.clone()),
                (None, Some(path)) => match known.get(path) {
                    Some(sha256) => sha256.clone(),
                    None => {
                        let sha256 = self.of_file(path, progress, cancel);
                        known.insert(path.to_path_buf(), sha256.clone());
                        sha256
                    }
                },
                (None, None) => match self.what {
                    What::Sample => sha256_of(&mut (self.sample)().as_slice(), &Progress::default(), cancel)
                        .map_err(|error| reason(&error)),
                    What::Sources(sources) => of_bytes(sources, name, progress, cancel),
                },
            };
            SourceHash { name: name.to_owned(), sha256 }
        };
        named.map(of).collect()
    }

    fn of_file(&self, path: &Path, progress: &Progress, cancel: &Cancel) -> Result<String, NoHash> {
        let is_current =
            || self.stamps.iter().filter(|file| file.path == path).all(|file| Stamp::of(file.path.clone()) == *file);
        if !is_current() {
            return Err(if path.exists() { NoHash::Changed } else { NoHash::Unreadable });
        }
        let mut file = std::fs::File::open(path).map_err(|_| NoHash::Unreadable)?;
        let sha256 = sha256_of(&mut file, progress, cancel).map_err(|error| reason(&error))?;
        // It may have changed while it was read.
        if is_current() { Ok(sha256) } else { Err(NoHash::Changed) }
    }
}

/// Bytes in memory go by their name; where there is only one source, it is that one.
fn of_bytes(sources: &[Source], name: &str, progress: &Progress, cancel: &Cancel) -> Result<String, NoHash> {
    let named = sources.iter().find(|source| matches!(source, Source::Bytes { name: known, .. } if known == name));
    let only = || if let [only] = sources { Some(only) } else { None };
    match named.or_else(only) {
        Some(Source::Bytes { bytes, .. }) => {
            sha256_of(&mut bytes.as_ref(), progress, cancel).map_err(|error| reason(&error))
        }
        _ => Err(NoHash::ReadOnce),
    }
}

const fn reason(error: &ImportError) -> NoHash {
    match error {
        ImportError::Cancelled => NoHash::Stopped,
        ImportError::Refused(_) | ImportError::Question(_) => NoHash::Unreadable,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use sha2::{Digest as _, Sha256};

    use super::*;
    use crate::import::ImportOptions;
    use crate::workbench::open;

    const EXPORT: &str = "PersonId,MetricDate,Collaboration_hours\na,2024-03-31,1\nb,2024-03-31,2\n";

    fn opened(what: &What) -> Opened {
        open(what, &ImportOptions::default(), &Progress::default(), &Cancel::default()).unwrap()
    }

    fn hexadecimal(text: &str) -> String {
        Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
    }

    fn hashed(opened: &Opened) -> Result<String, NoHash> {
        let mut hashes = hashes(opened, &Progress::default(), &Cancel::default());
        hashes.pop().unwrap().sha256
    }

    #[test]
    fn a_file_is_hashed_as_long_as_it_is_the_one_that_was_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("export.csv");
        std::fs::write(&path, EXPORT).unwrap();
        // The same for a file that was found in a folder.
        for what in [What::paths([path.clone()]), What::paths([folder.path().to_path_buf()])] {
            std::fs::write(&path, EXPORT).unwrap();
            let opened = opened(&what);
            assert_eq!(hashed(&opened), Ok(hexadecimal(EXPORT)));
            std::fs::write(&path, format!("{EXPORT}c,2024-03-31,2\n")).unwrap();
            assert_eq!(hashed(&opened), Err(NoHash::Changed));
        }
        let opened = opened(&What::paths([path.clone()]));
        std::fs::remove_file(&path).unwrap();
        assert_eq!(hashed(&opened), Err(NoHash::Unreadable));
    }

    #[test]
    fn bytes_in_memory_and_the_sample_are_hashed_too() {
        let source = Source::Bytes { name: "made.csv".to_owned(), bytes: EXPORT.as_bytes().into() };
        assert_eq!(hashed(&opened(&What::Sources(vec![source]))), Ok(hexadecimal(EXPORT)));
        let sample = opened(&What::Sample);
        assert_eq!(hashed(&sample).unwrap().len(), 64);
        assert_eq!(hashed(&sample), hashed(&opened(&What::Sample)));
    }

    #[test]
    fn hashing_can_be_stopped() {
        let source = Source::Bytes { name: "made.csv".to_owned(), bytes: EXPORT.as_bytes().into() };
        let opened = opened(&What::Sources(vec![source]));
        let cancel = Cancel::default();
        cancel.cancel();
        assert_eq!(hashes(&opened, &Progress::default(), &cancel)[0].sha256, Err(NoHash::Stopped));
    }
}
