//! What came of reading and writing projects.

use std::path::PathBuf;
use std::sync::Arc;

use chrono::{DateTime, Local};

use super::super::history::History;
use super::super::opening::Told;
use super::super::{CompareSetup, FileCommand, Job, NoticeAction, Setup, Workbench};
use super::sources::{self, Exports};
use super::{EarlierVersion, ExportKind, Filing, Found, Offered, ProjectDone, ProjectFile, Since, job, told};
use crate::privacy::Question;
use crate::project::Document;
use crate::project::store::{Access, NotSaved, OpenProject, Version};

impl Workbench {
    pub(in crate::workbench) fn project_done(&mut self, done: ProjectDone) -> Option<Job> {
        match done {
            ProjectDone::Opened(path, Ok((opened, _))) if self.project_path() == Some(&opened.path) => {
                self.notices.push(told::is_open(&path));
                None
            }
            ProjectDone::Opened(path, Ok((OpenProject { path: real, document, access }, sources))) => {
                let notice = told::read_only(&access, &path);
                let job = self.adopt(document, &sources, Some(ProjectFile { path: real, access }));
                self.notices.extend(notice);
                job
            }
            ProjectDone::Opened(path, Err(why)) => {
                let (notice, version) = told::not_opened(&path, why);
                self.filing.version = version;
                self.notices.push(notice);
                None
            }
            ProjectDone::OpenedVersion(path, Ok((document, sources))) => {
                let job = self.adopt(document, &sources, None);
                self.filing.name_hint = path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
                self.notices.push(told::version_is_open());
                job
            }
            ProjectDone::OpenedVersion(path, Err(why)) => {
                self.notices.push(told::not_opened(&path, why).0);
                None
            }
            ProjectDone::FoundVersions(path, found) if self.project_path() == Some(&path) => {
                let now = self.document();
                let earlier = |(version, document): (Version, Option<Document>)| EarlierVersion {
                    path: version.path,
                    written: version.written.map(|written| DateTime::<Local>::from(written).naive_local()),
                    since: document.map(|document| Since::of(&document, &now)),
                };
                self.filing.versions = Some(found.into_iter().map(earlier).collect());
                None
            }
            ProjectDone::FoundVersions(..) => None,
            ProjectDone::Saved { to, document, result } => {
                self.filing.is_writing = false;
                self.saved(to, document, result)
            }
            ProjectDone::Rescued(document, result) => {
                self.filing.is_writing = false;
                match result {
                    Ok(place) => self.filing.place = Some(place),
                    Err(error) => {
                        let notice = told::not_rescued(&error);
                        self.notices.retain(|known| known.what != notice.what);
                        self.notices.push(notice);
                    }
                }
                // One that failed is not tried again until it has changed, nor told twice.
                self.filing.rescued = Some(document);
                self.after_writing(false)
            }
            ProjectDone::Forgotten(next) => {
                self.filing.is_writing = false;
                match next {
                    Some(next) => self.go_on(next),
                    None => self.after_writing(false),
                }
            }
            ProjectDone::DeletedRescued(result) => {
                self.notices.push(told::rescued_deleted(result));
                None
            }
            ProjectDone::FoundRescued(found) => {
                self.filing.offered = found.into_iter().map(|(rescued, found)| Offered { rescued, found }).collect();
                None
            }
            ProjectDone::Failed => {
                self.filing.is_writing = false;
                (self.filing.then, self.filing.waiting) = (None, None);
                self.notices.push(told::fault());
                None
            }
        }
    }

    fn saved(&mut self, to: PathBuf, document: Arc<Document>, result: Result<Option<Access>, NotSaved>) -> Option<Job> {
        match result {
            Ok(access) => {
                if let Some(access) = access {
                    self.filing.file = Some(ProjectFile { path: to, access });
                }
                self.filing.saved = document;
                (self.filing.rescued, self.filing.failed) = (None, None);
                self.notices.retain(|notice| notice.action != Some(NoticeAction::SaveElsewhere));
                self.after_writing(true)
            }
            Err(why) => {
                // Nothing that was to come after it comes now.
                (self.filing.then, self.filing.waiting) = (None, None);
                self.filing.failed = Some(document);
                self.notices.retain(|notice| notice.action != Some(NoticeAction::SaveElsewhere));
                self.notices.push(told::not_saved(&to, &why));
                None
            }
        }
    }

    /// A document takes the place of what people made so far; its exports are opened where they are.
    pub(super) fn adopt(&mut self, document: Document, found: &Found, file: Option<ProjectFile>) -> Option<Job> {
        let job = self.file(FileCommand::Close);
        debug_assert!(job.is_none(), "closing needs no job");
        let question = Question { settings: document.settings.settings(), ..Question::default() };
        self.setup = Setup {
            question,
            minimum_group_size: document.minimum_group_size,
            suggestion_settled: file.is_some(),
            views: document.views.clone(),
            compare: CompareSetup::default(),
            project: Arc::new(document.made.clone()),
        };
        self.history = History::default();
        let fresh = self.filing.begin_again();
        self.filing = Filing {
            file,
            people: Exports::of(document.sources.clone(), &found.people),
            contacts: Exports::of(document.contact_sources.clone(), &found.contacts),
            beside: document.beside_sources.clone(),
            expected_beside: sources::expected(&found.beside),
            reading: document.reading.clone(),
            saved: Arc::new(document),
            is_adopted: true,
            ..fresh
        };
        self.open_contacts_later(job::what_to_open(&found.contacts));
        // As the project says, whatever was chosen for other files with these headers.
        let options = self.filing.reading.options();
        let job = job::what_to_open(&found.people).and_then(|what| self.start_import(what, options, Told::Before));
        self.notices.extend(told::not_found(ExportKind::People, &found.people));
        self.notices.extend(told::not_found(ExportKind::Contacts, &found.contacts));
        self.notices.extend(told::not_found_beside(&found.beside));
        self.open_beside_of_project(&found.beside);
        job
    }
}
