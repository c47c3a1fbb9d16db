//! Where the project lives: its file, what of it is saved, and what was rescued after a crash.
//!
//! Whether something is unsaved is never counted: what is there now is compared with what is in the file, so that
//! taking back every step since the last save makes the project a saved one again. Only one thing is written at a
//! time, so that an older state never lands on a newer one; whatever has to wait for it does.

mod asked;
mod done;
mod job;
mod sources;
mod told;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{DateTime, Local, NaiveDateTime};

use super::{CompareSetup, Notice, Setup, Workbench};
use crate::privacy::{Question, Settings};
use crate::project::document::names_the_same;
use crate::project::store::rescue::{Place, Rescued};
use crate::project::store::{Access, Owner, ReadOnly};
use crate::project::{Document, NounDifference, NumberSettings, Project, Reading, SourceReference, differences};

pub use job::{Found, FoundSource, ProjectDone, ProjectJob};
pub use sources::ExportKind;

use sources::Exports;

/// Commands about the project file.
#[derive(Clone, Debug)]
pub enum ProjectCommand {
    /// Begin an empty one.
    New,
    /// Ask for a project with a dialog.
    Pick,
    /// Open this one.
    Open(PathBuf),
    /// Save it where it is; ask where, if it has no place that may be written.
    Save,
    /// Ask where to save it.
    SaveAs,
    /// Save it there.
    SaveTo(PathBuf),
    /// The dialog was left without a place to save to; `shown` is false when no dialog could be shown.
    NoPlacePicked {
        /// Whether there was a dialog at all.
        shown: bool,
    },
    /// Save or rescue what has not been yet, without asking.
    Autosave,
    /// The window is to be closed.
    Leave,
    /// The answer to whether changes are saved first.
    Answer(Unsaved),
    /// Look whether a program that is no more left work behind.
    LookForRescued,
    /// Delete all rescued work but that of this window and of others that run.
    DeleteRescued,
    /// Go on with the rescued work on offer.
    Recover,
    /// Throw the rescued work on offer away.
    DropRecovery,
    /// Decide about it at the next start.
    KeepRecoveryForLater,
    /// Open the version on offer, in place of a file that cannot be read.
    OpenVersion,
    /// Show the versions that are kept of the project.
    ShowVersions,
    /// Put them away.
    HideVersions,
    /// Open one of them, as a project without a file of its own.
    OpenKept(PathBuf),
    /// Ask where an export is that was not found.
    ChooseMissing(ExportKind),
    /// Another file than the one that was not found counts.
    UseChosen(ExportKind),
}

/// What happens to unsaved changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsaved {
    /// They are saved first.
    Save,
    /// They are thrown away.
    Discard,
    /// Nothing happens after all.
    Cancel,
}

/// What comes after unsaved changes are dealt with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// The window closes.
    Leave,
    /// An empty project begins.
    New,
    /// Another project is opened.
    Open(PathBuf),
    /// A version of a project is opened.
    Version(PathBuf),
    /// Rescued work is brought back.
    Recover,
}

/// Work on offer that a program left which ended before it was saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recovery<'a> {
    /// When it was kept, by the clock of this computer; `None` where the disk does not say.
    pub kept: Option<NaiveDateTime>,
    /// The project that it belongs to; `None` for one that was never saved.
    pub of: Option<&'a Path>,
    /// What it has that the project has not.
    pub differences: Vec<NounDifference>,
}

/// A version that is kept of the project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EarlierVersion {
    /// Where it is.
    pub path: PathBuf,
    /// When it was written, by the clock of this computer; `None` where the disk does not say.
    pub written: Option<NaiveDateTime>,
    /// How it differs from the project as it is now; `None` where it cannot be read.
    pub since: Option<Since>,
}

/// What happened since a version.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Since {
    /// What people made, by noun.
    pub made: Vec<NounDifference>,
    /// Whether settings, views or the names of exports changed.
    pub is_set_otherwise: bool,
}

impl Since {
    fn of(version: &Document, now: &Document) -> Self {
        let made = differences(&version.made, &now.made);
        let rest = Document { made: now.made.clone(), ..version.clone() };
        Self { made, is_set_otherwise: !rest.says_the_same(now) }
    }
}

/// Rescued work on offer.
#[derive(Debug)]
struct Offered {
    rescued: Rescued,
    found: Found,
}

/// What waits for the end of what is being written.
#[derive(Debug)]
enum Waiting {
    Save,
    SaveTo(PathBuf),
    Go(Next),
}

/// The file of the project.
#[derive(Debug)]
struct ProjectFile {
    path: PathBuf,
    access: Access,
}

/// Where the project lives.
#[derive(Debug, Default)]
pub(super) struct Filing {
    owner: Owner,
    /// Where work is rescued to; `None` for nowhere.
    rescue_folder: Option<PathBuf>,
    file: Option<ProjectFile>,
    /// What a project without a file is called after: the file that it was once in.
    name_hint: Option<String>,
    /// What is in the file.
    saved: Arc<Document>,
    /// The person query.
    people: Exports,
    /// Time with contacts.
    contacts: Exports,
    /// Time between groups, and meetings.
    beside: Vec<SourceReference>,
    /// Those of them that were found when the project was opened, with the SHA-256 that they had when it was saved.
    expected_beside: Vec<(PathBuf, String)>,
    /// How the person query is read, where a person said so.
    reading: Reading,
    place: Option<Arc<Place>>,
    /// What was rescued last.
    rescued: Option<Arc<Document>>,
    /// What could not be saved by itself: it is tried again when it has changed.
    failed: Option<Arc<Document>>,
    /// Whether what is open came from a file, even where it has none of its own: a version, or rescued work.
    is_adopted: bool,
    is_edited: bool,
    wants_autosave: bool,
    is_writing: bool,
    asked: Option<Next>,
    /// What comes after the next save that the person asked for.
    then: Option<Next>,
    /// What waits for the end of what is being written.
    waiting: Option<Waiting>,
    is_left: bool,
    offered: Vec<Offered>,
    version: Option<PathBuf>,
    /// The versions that are shown.
    versions: Option<Vec<EarlierVersion>>,
}

impl Filing {
    fn writable(&self) -> Option<&ProjectFile> {
        self.file.as_ref().filter(|file| matches!(file.access, Access::Writable(_)))
    }

    /// The size that the file names; it only grows.
    fn least_group_size(&self) -> usize {
        self.file.as_ref().and(self.saved.minimum_group_size).unwrap_or_default()
    }
}

impl Workbench {
    /// Says who the person is and where work may be rescued to.
    #[must_use]
    pub fn with_owner(mut self, owner: Owner, rescue_folder: Option<PathBuf>) -> Self {
        self.filing.owner = owner;
        self.filing.rescue_folder = rescue_folder;
        self
    }

    /// The file of the project; `None` before it was ever saved.
    #[must_use]
    pub fn project_path(&self) -> Option<&Path> {
        self.filing.file.as_ref().map(|file| file.path.as_path())
    }

    /// What the project is called; `None` for one that was never saved.
    #[must_use]
    pub fn project_name(&self) -> Option<String> {
        let stem = self.project_path()?.file_stem()?;
        Some(stem.to_string_lossy().into_owned())
    }

    /// Whether something is not in the file.
    #[must_use]
    pub fn is_project_edited(&self) -> bool {
        self.filing.is_edited
    }

    /// Whether a save is under way.
    #[must_use]
    pub fn is_saving_project(&self) -> bool {
        self.filing.is_writing
    }

    /// Why the project can only be read; `None` when it can be written or has no file.
    #[must_use]
    pub fn project_read_only(&self) -> Option<&ReadOnly> {
        match &self.filing.file.as_ref()?.access {
            Access::ReadOnly(why) => Some(why),
            Access::Writable(_) => None,
        }
    }

    /// Whether there is something that [`ProjectCommand::Autosave`] would keep.
    #[must_use]
    pub fn wants_autosave(&self) -> bool {
        self.filing.wants_autosave
    }

    /// What the person wants to do while changes are unsaved, until they say what becomes of the changes.
    #[must_use]
    pub fn unsaved_question(&self) -> Option<&Next> {
        self.filing.asked.as_ref()
    }

    /// Whether the window may close.
    #[must_use]
    pub fn may_leave(&self) -> bool {
        self.filing.is_left || !self.filing.is_edited && !self.filing.is_writing
    }

    /// Whether the window was asked to close, and now it may.
    #[must_use]
    pub fn has_left(&self) -> bool {
        self.filing.is_left
    }

    /// Where work is rescued to.
    #[must_use]
    pub fn rescue_folder(&self) -> Option<&Path> {
        self.filing.rescue_folder.as_deref()
    }

    /// The rescued work on offer.
    #[must_use]
    pub fn offered_recovery(&self) -> Option<Recovery<'_>> {
        let Offered { rescued, .. } = self.filing.offered.first()?;
        let nothing = Project::default();
        let (path, known) = match &rescued.of {
            Some((path, known)) => (Some(path.as_path()), known.as_ref().map_or(&nothing, |known| &known.made)),
            None => (None, &nothing),
        };
        let kept = rescued.written.map(|written| DateTime::<Local>::from(written).naive_local());
        Some(Recovery { kept, of: path, differences: differences(known, &rescued.document.made) })
    }

    /// The versions of the project that are kept, the newest first, while they are shown.
    #[must_use]
    pub fn earlier_versions(&self) -> Option<&[EarlierVersion]> {
        self.filing.versions.as_deref()
    }

    /// The minimum group size that the project was saved with; it may be raised, never lowered.
    #[must_use]
    pub fn least_group_size(&self) -> usize {
        self.filing.least_group_size()
    }

    /// What would be in the file if it were saved now.
    #[must_use]
    pub fn document(&self) -> Document {
        Document {
            sources: self.filing.people.sources.clone(),
            contact_sources: self.filing.contacts.sources.clone(),
            beside_sources: self.filing.beside.clone(),
            reading: self.filing.reading.clone(),
            minimum_group_size: self.group_size(),
            settings: NumberSettings::of(&self.setup.question.settings),
            views: self.setup.views.clone(),
            made: (*self.setup.project).clone(),
        }
    }

    fn group_size(&self) -> Option<usize> {
        self.setup.minimum_group_size.max(self.filing.file.as_ref().and(self.filing.saved.minimum_group_size))
    }

    /// Whether settings and views belong to the project rather than to the export that is open.
    #[must_use]
    pub fn has_project_setup(&self) -> bool {
        self.filing.file.is_some() || self.filing.is_adopted
    }

    /// What is set when another export takes the place of the one that is open: what people made stays, and what
    /// belongs to a project with a file stays with it.
    pub(super) fn setup_for_another_export(&self) -> Setup {
        let project = Arc::clone(&self.setup.project);
        if !self.has_project_setup() {
            return Setup { project, ..Setup::default() };
        }
        // What somebody wanted to see of another export though it was not fit for it says nothing of this one.
        let settings = Settings { show_anyway: Vec::new(), ..self.setup.question.settings.clone() };
        let question = Question { settings, ..Question::default() };
        Setup { question, compare: CompareSetup::default(), ..self.setup.clone() }
    }

    /// Looks what is unsaved, after anything that may have changed it.
    pub(super) fn follow_project(&mut self) {
        let Setup { question, views, project, .. } = &self.setup;
        let saved = &self.filing.saved;
        self.filing.is_edited = match &self.filing.file {
            // Looking at an export without writing anything down makes no project.
            None => !project.is_empty(),
            Some(_) => {
                saved.made != **project
                    || saved.minimum_group_size != self.group_size()
                    || saved.settings != NumberSettings::of(&question.settings)
                    || saved.views != *views
                    || !names_the_same(&saved.sources, &self.filing.people.sources)
                    || !names_the_same(&saved.contact_sources, &self.filing.contacts.sources)
                    || !names_the_same(&saved.beside_sources, &self.filing.beside)
                    || saved.reading != self.filing.reading
            }
        };
        let filing = &self.filing;
        let is_kept =
            |kept: &Option<Arc<Document>>| kept.as_ref().is_some_and(|kept| kept.says_the_same(&self.document()));
        let wants = if filing.is_writing {
            false
        } else if !filing.is_edited {
            // A hash that has become known is worth a save; work that was rescued is no longer needed.
            let is_known = filing.saved.sources == filing.people.sources
                && filing.saved.contact_sources == filing.contacts.sources;
            filing.rescued.is_some() || filing.writable().is_some() && !is_known
        } else if filing.writable().is_some() && !is_kept(&filing.failed) {
            true
        } else {
            filing.rescue_folder.is_some() && !is_kept(&filing.rescued)
        };
        self.filing.wants_autosave = wants;
    }
}

impl Filing {
    /// The same person at the same computer, with nothing open.
    fn begin_again(&mut self) -> Self {
        Self {
            owner: self.owner.clone(),
            rescue_folder: self.rescue_folder.clone(),
            offered: std::mem::take(&mut self.offered),
            place: self.place.take(),
            ..Self::default()
        }
    }
}

impl Notice {
    fn about_project(tone: super::Tone, [what, why, what_to_do]: [String; 3]) -> Self {
        Self { tone, what: what.into(), why: why.into(), what_to_do, action: None }
    }
}
