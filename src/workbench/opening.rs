//! Opening files: what is read, how, and what becomes of it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::notice::{Notice, NoticeAction, Tone};
use super::{
    ColumnsOf, ExportKind, FileCommand, Job, Loadable, Opened, ProjectCommand, Route, What, Workbench, beside, mapping,
    pair, reading,
};
use crate::dataset::GroupBy;
use crate::import::{ImportError, ImportOptions, QueryKind, Source};
use crate::project::store::is_project;
use crate::project::{KeptReading, Reading};

/// What is being read.
#[derive(Debug)]
pub(super) struct BeingRead {
    pub(super) what: What,
    pub(super) options: ImportOptions,
    pub(super) told: Told,
    /// Whether two files were named that may be one export or two.
    pub(super) may_be_pair: bool,
}

/// Who said how files are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Told {
    /// Nobody: files with known headers are read as before.
    ByNobody,
    /// It was said before, of these very files: by a project, or when they were opened. Nothing new is kept.
    Before,
    /// A person says it now: it is kept for files with the same headers.
    Now,
}

impl Workbench {
    pub(super) fn file(&mut self, command: FileCommand) -> Option<Job> {
        match command {
            FileCommand::Pick => {
                self.stop_choosing(ExportKind::People);
                Some(Job::PickFiles)
            }
            FileCommand::NothingPicked { shown } => {
                // Without a dialog a path is typed instead.
                if shown {
                    self.stop_choosing(ExportKind::People);
                }
                if !shown {
                    self.notices.push(Notice {
                        tone: Tone::Info,
                        what: "No file dialog could be shown.".into(),
                        why: "This desktop has none for programs to use.".into(),
                        what_to_do: "Type or paste the path of the export, or drop the file here.".to_owned(),
                        action: Some(NoticeAction::TypePath),
                    });
                }
                None
            }
            FileCommand::PickMore => Some(Job::PickMore),
            FileCommand::Add(paths) => self.add(paths),
            FileCommand::Open(paths) if paths.is_empty() => None,
            FileCommand::Open(paths) if paths.iter().any(|path| is_project(path)) => {
                let path = paths.into_iter().find(|path| is_project(path))?;
                self.project_command(ProjectCommand::Open(path))
            }
            FileCommand::Open(paths) => self.open_named(What::paths(paths)),
            FileCommand::OpenSample => self.start_import(What::Sample, ImportOptions::default(), Told::ByNobody),
            FileCommand::OpenWhat(what) => match what.project() {
                Some(path) => self.project_command(ProjectCommand::Open(path)),
                None => self.open_named(what),
            },
            FileCommand::Reread(options) => {
                let what = self.opened()?.what.clone();
                self.start_import(what, options, Told::Now)
            }
            FileCommand::ReadAsPersonQuery => {
                let (what, options) = self.mapping.refused()?;
                let options = ImportOptions { kind: Some(QueryKind::Person), ..options };
                self.start_import(what, options, Told::Now)
            }
            FileCommand::ChooseColumns(of) => self.choose_columns(of),
            FileCommand::ReadWithColumns(columns) => self.read_with_columns(columns),
            FileCommand::DropColumns => {
                self.drop_column_choice();
                None
            }
            FileCommand::Reload => {
                let opened = Arc::clone(self.opened()?);
                self.start_import(opened.what.clone(), opened.options.clone(), Told::Before)
            }
            FileCommand::Answer(answer) => {
                let (_, BeingRead { what, mut options, may_be_pair, .. }) = self.asked.take()?;
                answer.apply(&mut options);
                let job = self.start_import(what, options, Told::Now);
                self.reading.iter_mut().for_each(|reading| reading.may_be_pair = may_be_pair);
                job
            }
            FileCommand::AnswerPair(together) => self.answer_pair(together),
            FileCommand::DropQuestion => {
                (self.asked, self.pair) = (None, None);
                // A question that was being answered meanwhile is asked again.
                if self.results.is_working() { self.ask() } else { None }
            }
            FileCommand::Changed(change) => {
                // What is true now stands there, once.
                self.notices.retain(|notice| !notice.is_of_file());
                self.notices.push(Notice::of_file(change));
                None
            }
            FileCommand::Cancel => {
                self.next_ticket();
                self.opened.stop();
                self.reading = None;
                // A question that was being answered meanwhile is asked again.
                if self.results.is_working() { self.ask() } else { None }
            }
            FileCommand::Close => {
                self.proving.forget_hashes();
                let proving = std::mem::take(&mut self.proving);
                // What people made stays, and its steps.
                let setup = self.setup_for_another_export();
                let mut history = std::mem::take(&mut self.history);
                history.keep_edits(&setup);
                let (contacts, filing) = (std::mem::take(&mut self.contacts), std::mem::take(&mut self.filing));
                let beside = self.beside.closed();
                let readings = std::mem::take(&mut self.readings);
                *self = Self {
                    readings,
                    ticket: self.ticket + 1,
                    proving,
                    setup,
                    history,
                    contacts,
                    beside,
                    filing,
                    ..Self::default()
                };
                None
            }
        }
    }

    /// Reads further files together with those that are open. Beside the sample company nothing is read.
    fn add(&mut self, paths: Vec<PathBuf>) -> Option<Job> {
        let opened = self.opened().filter(|opened| opened.can_be_reread()).cloned();
        let Some((opened, What::Sources(sources))) = opened.map(|opened| (Arc::clone(&opened), opened.what.clone()))
        else {
            return self.file(FileCommand::Open(paths));
        };
        let mut all = sources;
        for source in paths.into_iter().map(Source::Path) {
            if !all.contains(&source) {
                all.push(source);
            }
        }
        let told = if Reading::of(&opened.options).is_empty() { Told::ByNobody } else { Told::Before };
        self.start_import(What::Sources(all), opened.options.clone(), told)
    }

    /// Reads what a person named, to be asked about where it is two files that may be one export or be compared.
    fn open_named(&mut self, what: What) -> Option<Job> {
        let may_be_pair = pair::are_two_files(&what);
        let job = self.start_import(what, ImportOptions::default(), Told::ByNobody);
        self.reading.iter_mut().for_each(|reading| reading.may_be_pair = may_be_pair);
        job
    }

    /// Reads what is there. Where nobody chose how, files with known headers are read as before.
    pub(super) fn start_import(&mut self, what: What, options: ImportOptions, told: Told) -> Option<Job> {
        let ticket = self.next_ticket();
        let kept = if told == Told::ByNobody { self.readings.clone() } else { Vec::new() };
        self.opened.start();
        (self.asked, self.pair) = (None, None);
        self.notices.retain(|notice| notice.tone == Tone::Info && !notice.is_of_file());
        self.mapping = mapping::Mapping::default();
        self.reading = Some(BeingRead { what: what.clone(), options: options.clone(), told, may_be_pair: false });
        Some(Job::Import { what, options, kept, ticket })
    }

    pub(super) fn imported(&mut self, result: Result<Opened, ImportError>) -> Option<Job> {
        let reading = self.reading.take();
        match result {
            Ok(opened) => {
                let told = reading.as_ref().map_or(Told::Before, |reading| reading.told);
                let may_be_pair = reading.is_some_and(|reading| reading.may_be_pair);
                let opened = if may_be_pair { self.wait_for_pair(opened, told) } else { Some(opened) };
                match opened {
                    Some(opened) => self.take_opened(opened, told),
                    None => return if self.results.is_working() { self.ask() } else { None },
                }
                self.ask()
            }
            Err(ImportError::Cancelled) => {
                self.opened.stop();
                None
            }
            Err(ImportError::Refused(refusal)) if refusal.kinds.iter().any(|kind| beside::KINDS.contains(kind)) => {
                self.opened.stop();
                if let Some(BeingRead { what, options, .. }) = reading {
                    self.read_beside(what, options, refusal.kinds, true);
                }
                // A question that was being answered meanwhile is asked again.
                if self.results.is_working() { self.ask() } else { None }
            }
            Err(ImportError::Refused(refusal)) => {
                self.opened.stop();
                let may_be_mapped = refusal.kinds == [QueryKind::Unknown];
                let is_other_kind = matches!(refusal.kinds.as_slice(), [_]) && !may_be_mapped;
                let mut notice = Notice::of_refusal(refusal);
                if let Some(BeingRead { what, options, .. }) = reading {
                    // A kind that was said is not said again.
                    if is_other_kind && options.kind.is_none() {
                        notice.action = Some(NoticeAction::ReadAsPersonQuery);
                    }
                    if may_be_mapped {
                        notice.action = Some(NoticeAction::ChooseColumns(ColumnsOf::Refused));
                        "Say what its columns hold, or open a person query.".clone_into(&mut notice.what_to_do);
                    }
                    self.mapping.note_refused((what, options));
                }
                self.notices.push(notice);
                None
            }
            Err(ImportError::Question(question)) => {
                self.opened.stop();
                self.asked = reading.map(|reading| (question, reading));
                None
            }
        }
    }

    /// Shows what was read, in place of what was open.
    pub(super) fn take_opened(&mut self, opened: Opened, told: Told) {
        let is_same = self.opened().is_some_and(|before| same_files(before, &opened));
        if !is_same {
            let is_of_project = self.is_of_project(&opened);
            let shown_anyway = std::mem::take(&mut self.setup.question.settings.show_anyway);
            self.setup = self.setup_for_another_export();
            if is_of_project {
                self.setup.question.settings.show_anyway = shown_anyway;
            }
            self.history.keep_edits(&self.setup);
            self.results = Loadable::Absent;
            self.route = Route::Overview;
        }
        let has = |by: &GroupBy| opened.dataset.grouping(by).is_ok();
        if !self.setup.question.by.iter().all(has) || self.setup.question.by.is_empty() {
            self.setup.question.by = opened.default_by();
            // Steps of before group by what is no longer there.
            self.history.keep_edits(&self.setup);
        }
        self.answers.clear();
        self.follow_company(&opened);
        let kinds = if opened.is_sample() {
            beside::KINDS.to_vec()
        } else {
            opened.report.skipped.iter().map(|file| file.kind).collect()
        };
        self.read_beside(opened.what.clone(), opened.options.clone(), kinds, false);
        self.follow_sources(&opened);
        self.follow_reading(&opened);
        self.keep_reading(&opened, told == Told::Now);
        self.opened = Loadable::Ready(Arc::new(opened));
        self.proving.forget_hashes();
        self.forget_plan_answers();
        self.forget_comparison();
        self.forget_what_if();
        self.forget_explored();
    }

    /// How what was opened was read: kept for files with the same headers where a person chose it, told where it was
    /// kept before.
    fn keep_reading(&mut self, opened: &Opened, is_said_now: bool) {
        let Some(shape) = opened.shape.as_ref() else { return };
        if is_said_now {
            reading::keep(&mut self.readings, shape, Reading::of(&opened.options));
        } else if opened.is_read_as_kept {
            self.notices.push(Notice::read_as_kept());
        } else if opened.proposals > 0 {
            self.notices.push(Notice::may_be_needed(opened.proposals));
        }
    }

    /// How files were read whose headers are known, to be kept by the caller.
    #[must_use]
    pub fn readings(&self) -> &[KeptReading] {
        &self.readings
    }
}

/// Whether two openings are of the same files, so that what was set stays set.
fn same_files(a: &Opened, b: &Opened) -> bool {
    let paths = |opened: &Opened| -> Vec<PathBuf> { opened.stamps.iter().map(|stamp| stamp.path.clone()).collect() };
    a.name == b.name && a.is_sample() == b.is_sample() && paths(a) == paths(b)
}

/// A path that somebody typed or pasted: quotes, spaces around it and `file://` are no part of it.
#[must_use]
pub fn typed_path(text: &str) -> Option<PathBuf> {
    let text = text.trim().trim_matches(['"', '\'']);
    let Some(uri) = text.strip_prefix("file://") else {
        return (!text.is_empty() && !text.contains('\n')).then(|| Path::new(text).to_path_buf());
    };
    // Percent signs stand for bytes.
    let bytes = uri.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut index = 0;
    while index < bytes.len() {
        let escaped = uri.get(index + 1..index + 3).and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match escaped.filter(|_| bytes[index] == b'%') {
            Some(byte) => {
                decoded.push(byte);
                index += 3;
            }
            None => {
                decoded.push(bytes[index]);
                index += 1;
            }
        }
    }
    String::from_utf8(decoded).ok().map(PathBuf::from)
}
