//! What is done on the disk for a project, beside the window.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Next;
use crate::project::store::rescue::{self, Place, Rescued};
use crate::project::store::{self, Access, Keep, NotOpened, NotSaved, OpenProject, Owner, Version};
use crate::project::{Document, SourceReference};
use crate::workbench::What;

/// Something to do on the disk.
#[derive(Clone, Debug)]
pub enum ProjectJob {
    /// Open a project.
    Open {
        /// The file.
        path: PathBuf,
        /// Who opens it.
        owner: Owner,
    },
    /// Read a version of a project.
    OpenVersion {
        /// The file.
        path: PathBuf,
    },
    /// Read the versions of a project that are kept.
    FindVersions {
        /// The project's file.
        path: PathBuf,
    },
    /// Save to the project's own file.
    Save {
        /// The file, whose lock is held.
        to: PathBuf,
        /// What is saved.
        document: Arc<Document>,
        /// Whether the state before it stays as a version.
        keep: Keep,
        /// What was rescued of it, and is no longer needed afterwards.
        rescued: Option<Arc<Place>>,
        /// Where work is rescued to.
        rescue_folder: Option<PathBuf>,
    },
    /// Save to another file.
    SaveAs {
        /// The file.
        to: PathBuf,
        /// What is saved.
        document: Arc<Document>,
        /// Who saves it.
        owner: Owner,
        /// The file that is open and may be written.
        held: Option<PathBuf>,
        /// What was rescued of it, and is no longer needed afterwards.
        rescued: Option<Arc<Place>>,
        /// Where work is rescued to.
        rescue_folder: Option<PathBuf>,
    },
    /// Keep work that has no file.
    Rescue {
        /// Where work is rescued to.
        folder: PathBuf,
        /// The place in it; `None` for the first time.
        place: Option<Arc<Place>>,
        /// What is rescued.
        document: Arc<Document>,
        /// The project that it belongs to.
        of: Option<PathBuf>,
    },
    /// Forget what was rescued.
    Forget {
        /// Where it lies.
        place: Arc<Place>,
        /// What comes after it.
        next: Option<Next>,
    },
    /// Delete what was left by programs that are no more.
    DeleteRescued {
        /// Where work is rescued to.
        folder: PathBuf,
    },
    /// Look for what was left by programs that are no more.
    FindRescued {
        /// Where work is rescued to.
        folder: PathBuf,
    },
}

/// What came of it.
#[derive(Debug)]
pub enum ProjectDone {
    /// A project was opened, or not.
    Opened(PathBuf, Result<(OpenProject, Found), NotOpened>),
    /// A version was read, or not.
    OpenedVersion(PathBuf, Result<(Document, Found), NotOpened>),
    /// The versions of a project that are kept, the newest first; `None` for one that cannot be read.
    FoundVersions(PathBuf, Vec<(Version, Option<Document>)>),
    /// A project was saved, or not; with its lock where it has another file now.
    Saved {
        /// The file.
        to: PathBuf,
        /// What was to be saved.
        document: Arc<Document>,
        /// How it went.
        result: Result<Option<Access>, NotSaved>,
    },
    /// Work was rescued, or not.
    Rescued(Arc<Document>, io::Result<Arc<Place>>),
    /// What was rescued is gone.
    Forgotten(Option<Next>),
    /// How much of what was left by programs that are no more was deleted.
    DeletedRescued(io::Result<usize>),
    /// What was left by programs that are no more.
    FoundRescued(Vec<(Rescued, Found)>),
    /// A fault of the program.
    Failed,
}

/// An export of a project, and where it is now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundSource {
    /// How the project names it.
    pub reference: SourceReference,
    /// Where it is; `None` where it was not found.
    pub at: Option<PathBuf>,
}

impl FoundSource {
    /// Whether it is a file that was not found.
    pub(super) fn is_missing(&self) -> bool {
        self.at.is_none() && !self.reference.is_sample
    }
}

/// The exports of a project, and where they are now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The person query.
    pub people: Vec<FoundSource>,
    /// Time with contacts.
    pub contacts: Vec<FoundSource>,
    /// Time between groups, and meetings.
    pub beside: Vec<FoundSource>,
}

impl ProjectJob {
    pub(in crate::workbench) fn execute(&self) -> ProjectDone {
        match self {
            Self::Open { path, owner } => {
                let opened = store::open(path, owner).map(|opened| {
                    let sources = find(&opened.document, path.parent());
                    (opened, sources)
                });
                ProjectDone::Opened(path.clone(), opened)
            }
            Self::OpenVersion { path } => {
                // A version lies one folder below its project.
                let read = store::read(path).map(|document| {
                    let sources = find(&document, path.parent().and_then(Path::parent));
                    (document, sources)
                });
                ProjectDone::OpenedVersion(path.clone(), read)
            }
            Self::FindVersions { path } => {
                let with_document = |version: Version| {
                    let document = store::read(&version.path).ok();
                    (version, document)
                };
                let found = store::versions(path).into_iter().map(with_document).collect();
                ProjectDone::FoundVersions(path.clone(), found)
            }
            Self::Save { to, document, keep, rescued, rescue_folder } => {
                let result = store::save(to, &document.to_text(), *keep);
                if result.is_ok() {
                    store::forget_withdrawn(to, document, rescue_folder.as_deref());
                }
                let result = result.map(|()| clear(rescued.as_ref(), None)).map_err(NotSaved::Disk);
                ProjectDone::Saved { to: to.clone(), document: Arc::clone(document), result }
            }
            Self::SaveAs { to, document, owner, held, rescued, rescue_folder } => {
                let document = Arc::clone(document);
                match store::save_as(to, &document.to_text(), owner, held.as_deref()) {
                    Ok((to, access)) => {
                        store::forget_withdrawn(&to, &document, rescue_folder.as_deref());
                        ProjectDone::Saved { to, document, result: Ok(clear(rescued.as_ref(), access)) }
                    }
                    Err(why) => ProjectDone::Saved { to: to.clone(), document, result: Err(why) },
                }
            }
            Self::Rescue { folder, place, document, of } => {
                let place = place
                    .as_ref()
                    .map_or_else(|| rescue::take_place(folder).map(Arc::new), |place| Ok(Arc::clone(place)));
                let kept = place.and_then(|place| place.keep(document, of.as_deref()).map(|()| place));
                ProjectDone::Rescued(Arc::clone(document), kept)
            }
            Self::Forget { place, next } => {
                clear(Some(place), ());
                ProjectDone::Forgotten(next.clone())
            }
            Self::DeleteRescued { folder } => ProjectDone::DeletedRescued(rescue::delete_left_behind(folder)),
            Self::FindRescued { folder } => {
                let with_sources = |rescued: Rescued| {
                    let folder = rescued.of.as_ref().and_then(|(path, _)| path.parent());
                    let sources = find(&rescued.document, folder);
                    (rescued, sources)
                };
                ProjectDone::FoundRescued(rescue::left_behind(folder).into_iter().map(with_sources).collect())
            }
        }
    }
}

/// Work that is saved need not be rescued. Where that cannot be forgotten it is offered once more: better than lost.
fn clear<T>(rescued: Option<&Arc<Place>>, access: T) -> T {
    if let Some(place) = rescued {
        let _ = place.clear();
    }
    access
}

/// Looks for the exports of a project: where they were, else beside the project, as after both were handed over.
fn find(document: &Document, folder: Option<&Path>) -> Found {
    let of = |reference: &SourceReference| {
        let path = PathBuf::from(&reference.path);
        // A path of another system has other separators.
        let name = reference.path.rsplit(['/', '\\']).next().unwrap_or_default();
        let beside = folder.map(|folder| folder.join(name));
        let at = [Some(path), beside].into_iter().flatten().find(|path| path.is_file());
        FoundSource { reference: reference.clone(), at }
    };
    let all = |sources: &[SourceReference]| sources.iter().map(of).collect();
    Found {
        people: all(&document.sources),
        contacts: all(&document.contact_sources),
        beside: all(&document.beside_sources),
    }
}

/// What to open of the exports that were found; `None` for nothing.
pub(super) fn what_to_open(sources: &[FoundSource]) -> Option<What> {
    if sources.iter().any(|source| source.reference.is_sample) {
        return Some(What::Sample);
    }
    let found: Vec<PathBuf> = sources.iter().filter_map(|source| source.at.clone()).collect();
    (!found.is_empty()).then(|| What::paths(found))
}
