//! What a person asks for about the project's file.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::super::history::History;
use super::super::{Job, Setup, Workbench};
use super::{Filing, Next, Offered, ProjectCommand, ProjectJob, Unsaved, Waiting, told};
use crate::privacy::{Question, Settings};
use crate::project::store::rescue::Rescued;
use crate::project::store::{Keep, with_ending};

impl Workbench {
    pub(in crate::workbench) fn project_command(&mut self, command: ProjectCommand) -> Option<Job> {
        match command {
            ProjectCommand::New => self.after_unsaved(Next::New),
            ProjectCommand::Pick => Some(Job::PickProject),
            ProjectCommand::Open(path) => self.after_unsaved(Next::Open(path)),
            ProjectCommand::Save => match self.filing.writable() {
                Some(_) if self.filing.is_edited => self.save(Keep::Each),
                Some(_) => None,
                None => Some(self.ask_where()),
            },
            ProjectCommand::SaveAs => Some(self.ask_where()),
            ProjectCommand::SaveTo(path) => self.save_to(with_ending(path)),
            ProjectCommand::NoPlacePicked { shown } => {
                self.filing.then = None;
                if !shown {
                    self.notices.push(told::no_dialog());
                }
                None
            }
            ProjectCommand::Autosave => self.autosave(),
            ProjectCommand::Leave => self.after_unsaved(Next::Leave),
            ProjectCommand::Answer(answer) => {
                let next = self.filing.asked.take()?;
                match answer {
                    Unsaved::Cancel => None,
                    Unsaved::Save => {
                        self.filing.then = Some(next);
                        self.project_command(ProjectCommand::Save)
                    }
                    Unsaved::Discard => self.forget_rescued(Some(next)),
                }
            }
            ProjectCommand::LookForRescued => {
                let folder = self.filing.rescue_folder.clone()?;
                Some(Job::Project(ProjectJob::FindRescued { folder }))
            }
            ProjectCommand::DeleteRescued => {
                let folder = self.filing.rescue_folder.clone()?;
                // What is on offer is held by this program; the work of this window stays.
                self.filing.offered.clear();
                Some(Job::Project(ProjectJob::DeleteRescued { folder }))
            }
            ProjectCommand::Recover => self.after_unsaved(Next::Recover),
            ProjectCommand::DropRecovery => {
                if self.filing.offered.is_empty() {
                    return None;
                }
                let place = Arc::new(self.filing.offered.remove(0).rescued.place);
                Some(Job::Project(ProjectJob::Forget { place, next: None }))
            }
            ProjectCommand::KeepRecoveryForLater => {
                self.filing.offered.clear();
                None
            }
            ProjectCommand::OpenVersion => {
                let path = self.filing.version.take()?;
                self.after_unsaved(Next::Version(path))
            }
            ProjectCommand::ShowVersions => {
                let path = self.project_path()?.to_path_buf();
                Some(Job::Project(ProjectJob::FindVersions { path }))
            }
            ProjectCommand::HideVersions => {
                self.filing.versions = None;
                None
            }
            ProjectCommand::OpenKept(path) => {
                self.filing.versions = None;
                self.after_unsaved(Next::Version(path))
            }
            ProjectCommand::ChooseMissing(kind) => Some(self.choose_missing(kind)),
            ProjectCommand::UseChosen(kind) => {
                self.use_chosen(kind);
                None
            }
        }
    }

    /// Goes on at once where nothing is unsaved; else asks first, or waits for a save that is under way.
    pub(super) fn after_unsaved(&mut self, next: Next) -> Option<Job> {
        if self.filing.is_writing {
            self.filing.waiting = Some(Waiting::Go(next));
            return None;
        }
        if self.filing.is_edited {
            self.filing.asked = Some(next);
            return None;
        }
        self.forget_rescued(Some(next))
    }

    /// Forgets what was rescued of this project, then goes on.
    fn forget_rescued(&mut self, next: Option<Next>) -> Option<Job> {
        let has_rescued = self.filing.rescued.take().is_some();
        match self.filing.place.clone().filter(|_| has_rescued) {
            Some(place) => {
                self.filing.is_writing = true;
                Some(Job::Project(ProjectJob::Forget { place, next }))
            }
            None => next.and_then(|next| self.go_on(next)),
        }
    }

    pub(super) fn go_on(&mut self, next: Next) -> Option<Job> {
        match next {
            Next::Leave => {
                self.filing.is_left = true;
                None
            }
            Next::New => {
                // What is open stays open.
                let (people, contacts) =
                    (std::mem::take(&mut self.filing.people), std::mem::take(&mut self.filing.contacts));
                self.filing = Filing { people, contacts, ..self.filing.begin_again() };
                let question = Question { settings: Settings::default(), ..self.setup.question.clone() };
                let before = std::mem::replace(&mut self.setup, Setup { question, ..Setup::default() });
                self.history = History::default();
                self.ask_again(&before)
            }
            Next::Open(path) => {
                let owner = self.filing.owner.clone();
                Some(Job::Project(ProjectJob::Open { path, owner }))
            }
            Next::Version(path) => Some(Job::Project(ProjectJob::OpenVersion { path })),
            Next::Recover => {
                if self.filing.offered.is_empty() {
                    return None;
                }
                let Offered { rescued: Rescued { place, document, of, .. }, found } = self.filing.offered.remove(0);
                let hint = of.and_then(|(path, _)| Some(path.file_stem()?.to_string_lossy().into_owned()));
                let job = self.adopt(document.clone(), &found, None);
                self.filing.name_hint = hint;
                self.filing.place = Some(Arc::new(place));
                self.filing.rescued = Some(Arc::new(document));
                job
            }
        }
    }

    /// Does what waited for the end of what was being written; after a save what was to come after it.
    pub(super) fn after_writing(&mut self, is_saved: bool) -> Option<Job> {
        self.follow_project();
        match self.filing.waiting.take() {
            Some(Waiting::Save) if self.filing.is_edited => self.save(Keep::Each),
            Some(Waiting::SaveTo(to)) => self.save_to(to),
            Some(Waiting::Go(next)) => self.after_unsaved(next),
            None | Some(Waiting::Save) if is_saved => match self.filing.then.take() {
                Some(next) => self.after_unsaved(next),
                None => self.hash_sources(),
            },
            None | Some(Waiting::Save) => None,
        }
    }

    fn ask_where(&self) -> Job {
        let name = self.project_name().or_else(|| self.filing.name_hint.clone());
        Job::PickPlace { name: format!("{}.cfocus", name.unwrap_or_else(|| "Customer focus".to_owned())) }
    }

    fn save(&mut self, keep: Keep) -> Option<Job> {
        let to = self.filing.writable()?.path.clone();
        if self.filing.is_writing {
            self.filing.waiting = Some(Waiting::Save);
            return None;
        }
        self.filing.is_writing = true;
        let (document, rescued) = (Arc::new(self.document()), self.filing.place.clone());
        let rescue_folder = self.filing.rescue_folder.clone();
        Some(Job::Project(ProjectJob::Save { to, document, keep, rescued, rescue_folder }))
    }

    fn save_to(&mut self, to: PathBuf) -> Option<Job> {
        if self.filing.is_writing {
            self.filing.waiting = Some(Waiting::SaveTo(to));
            return None;
        }
        self.filing.is_writing = true;
        let (document, rescued) = (Arc::new(self.document()), self.filing.place.clone());
        let rescue_folder = self.filing.rescue_folder.clone();
        let owner = self.filing.owner.clone();
        let held = self.filing.writable().map(|file| file.path.clone());
        Some(Job::Project(ProjectJob::SaveAs { to, document, owner, held, rescued, rescue_folder }))
    }

    fn autosave(&mut self) -> Option<Job> {
        if !self.filing.wants_autosave {
            return None;
        }
        let has_failed = self.filing.failed.as_ref().is_some_and(|failed| failed.says_the_same(&self.document()));
        if self.filing.writable().is_some() && !has_failed {
            return self.save(Keep::Spaced);
        }
        if !self.filing.is_edited {
            return self.forget_rescued(None);
        }
        let folder = self.filing.rescue_folder.clone()?;
        self.filing.is_writing = true;
        let of = self.project_path().map(Path::to_path_buf);
        let (place, document) = (self.filing.place.clone(), Arc::new(self.document()));
        Some(Job::Project(ProjectJob::Rescue { folder, place, document, of }))
    }
}
