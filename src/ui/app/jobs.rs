//! Jobs of the workbench as tasks on threads of their own.

use std::sync::Arc;

use crate::ui::views::ImportProgress;
use crate::work::{Cancel, Poll, Progress, Task, cores};
use crate::workbench::{Done, FileChange, Job, Opened, ProjectDone, Stamp, execute};

use super::dialogs::Dialogs;

/// How often the progress of reading is drawn.
const PROGRESS_STEP: std::time::Duration = std::time::Duration::from_millis(100);

/// The tasks at work: at most one of each kind. Starting another drops, and so cancels, the one before.
#[derive(Default)]
pub(super) struct Jobs {
    import: Option<(u64, Task<Option<Done>>)>,
    evaluation: Option<(u64, Task<Option<Done>>)>,
    hashing: Option<(u64, Task<Option<Done>>)>,
    /// Deciding what the next questions need.
    preparing: Option<(u64, Task<Option<Done>>)>,
    plans: Option<(u64, Task<Option<Done>>)>,
    comparison: Option<(u64, Task<Option<Done>>)>,
    supposition: Option<(u64, Task<Option<Done>>)>,
    exploring: Option<(u64, Task<Option<Done>>)>,
    /// What the switches of the data check would do.
    effects: Option<(u64, Task<Option<Done>>)>,
    /// Reading, or answering about, an export of time with contacts.
    contacts: Option<(u64, Task<Option<Done>>)>,
    /// Looking at the columns of a file.
    survey: Option<(u64, Task<Option<Done>>)>,
    /// Reading, or answering about, exports beside the person query.
    beside: Option<(u64, Task<Option<Done>>)>,
    /// What is read and written for the project. Several at a time, and none of them is ever dropped for another.
    projects: Vec<Task<Option<Done>>>,
    stamps: Option<Task<Vec<Stamp>>>,
    /// What the opened files looked like at the last look.
    seen: Vec<Stamp>,
}

impl Jobs {
    /// Starts a job, if there is one.
    pub(super) fn start(&mut self, ctx: &egui::Context, dialogs: &mut Dialogs, job: Option<Job>) {
        match job {
            None => {}
            Some(Job::PickFiles) => dialogs.pick_files(ctx, false),
            Some(Job::PickMore) => dialogs.pick_files(ctx, true),
            Some(Job::PickContacts) => dialogs.pick_contacts(ctx),
            Some(
                job @ (Job::ImportContacts { ticket, .. }
                | Job::EvaluateContacts { ticket, .. }
                | Job::HashContacts { ticket, .. }),
            ) => {
                let task = spawn(ctx, "contacts", move |progress, cancel| execute(&job, progress, cancel));
                self.contacts = Some((ticket, task));
            }
            Some(job @ (Job::ImportBeside { ticket, .. } | Job::EvaluateBeside { ticket, .. })) => {
                let task = spawn(ctx, "beside", move |progress, cancel| execute(&job, progress, cancel));
                self.beside = Some((ticket, task));
            }
            Some(Job::PickProject) => dialogs.pick_project(ctx),
            Some(Job::PickPlace { name }) => dialogs.pick_place(ctx, &name),
            Some(job @ Job::Project(_)) => {
                let task = spawn(ctx, "project", move |progress, cancel| execute(&job, progress, cancel));
                self.projects.push(task);
            }
            Some(Job::Import { what, mut options, kept, ticket }) => {
                // One core stays for the window.
                options.threads.get_or_insert(cores().saturating_sub(1).max(1));
                let job = Job::Import { what, options, kept, ticket };
                self.import =
                    Some((ticket, spawn(ctx, "import", move |progress, cancel| execute(&job, progress, cancel))));
                self.evaluation = None;
                // What is looked at may be other files soon.
                self.stamps = None;
            }
            Some(job @ Job::Survey { ticket, .. }) => {
                let task = spawn(ctx, "survey", move |progress, cancel| execute(&job, progress, cancel));
                self.survey = Some((ticket, task));
            }
            Some(job @ Job::Hash { ticket, .. }) => {
                let task = spawn(ctx, "hash", move |progress, cancel| execute(&job, progress, cancel));
                self.hashing = Some((ticket, task));
            }
            Some(job @ Job::Prepare { ticket, .. }) => {
                let task = spawn(ctx, "prepare", move |progress, cancel| execute(&job, progress, cancel));
                self.preparing = Some((ticket, task));
            }
            Some(job @ Job::CheckEffects { ticket, .. }) => {
                let task = spawn(ctx, "check", move |progress, cancel| execute(&job, progress, cancel));
                self.effects = Some((ticket, task));
            }
            Some(job @ Job::Explore { ticket, .. }) => {
                let task = spawn(ctx, "explore", move |progress, cancel| execute(&job, progress, cancel));
                self.exploring = Some((ticket, task));
            }
            Some(job @ Job::MeasurePlans { ticket, .. }) => {
                let task = spawn(ctx, "plans", move |progress, cancel| execute(&job, progress, cancel));
                self.plans = Some((ticket, task));
            }
            Some(job @ Job::Compare { ticket, .. }) => {
                let task = spawn(ctx, "compare", move |progress, cancel| execute(&job, progress, cancel));
                self.comparison = Some((ticket, task));
            }
            Some(job @ Job::Suppose { ticket, .. }) => {
                let task = spawn(ctx, "what if", move |progress, cancel| execute(&job, progress, cancel));
                self.supposition = Some((ticket, task));
            }
            Some(job @ Job::Evaluate { ticket, .. }) => {
                let task = spawn(ctx, "insights", move |progress, cancel| execute(&job, progress, cancel));
                self.evaluation = Some((ticket, task));
                // What the switches of the answer before would do is asked again with this one.
                self.effects = None;
            }
        }
    }

    /// Stops reading.
    pub(super) fn cancel_import(&mut self) {
        self.import = None;
    }

    /// Whether something about time with contacts is being worked on.
    pub(super) fn is_at_contacts(&self) -> bool {
        self.contacts.is_some()
    }

    /// Whether something about exports beside the person query is being worked on.
    pub(super) fn is_at_beside(&self) -> bool {
        self.beside.is_some()
    }

    /// Stops computing SHA-256.
    pub(super) fn stop_hashing(&mut self) {
        self.hashing = None;
    }

    /// The results that have come in.
    pub(super) fn finished(&mut self) -> Vec<Done> {
        let done = [&mut self.import, &mut self.evaluation].into_iter().filter_map(|slot| finished(slot, Done::Failed));
        let hashed = finished(&mut self.hashing, |ticket| Done::Hashed(ticket, Vec::new()));
        let prepared = finished(&mut self.preparing, Done::Prepared);
        let measured = finished(&mut self.plans, |ticket| Done::PlansMeasured(ticket, Vec::new()));
        let compared = finished(&mut self.comparison, |ticket| Done::Compared(ticket, None));
        let supposed = finished(&mut self.supposition, |ticket| Done::Supposed(ticket, None));
        let explored = finished(&mut self.exploring, |ticket| Done::Explored(ticket, None));
        let effects = finished(&mut self.effects, |ticket| Done::EffectsFound(ticket, None));
        let contacts = finished(&mut self.contacts, Done::ContactsFailed);
        let beside = finished(&mut self.beside, Done::BesideFailed);
        let surveyed = finished(&mut self.survey, |ticket| {
            Done::Surveyed(ticket, Box::new(Err(crate::import::ImportError::Cancelled)))
        });
        let others = [surveyed, beside, explored, effects, prepared, hashed, measured, compared, supposed, contacts];
        let mut done: Vec<Done> = done.chain(others.into_iter().flatten()).collect();
        self.projects.retain(|task| match task.poll() {
            Poll::Working => true,
            Poll::Done(result) => {
                done.extend(result);
                false
            }
            Poll::Panicked => {
                done.push(Done::Project(Box::new(ProjectDone::Failed)));
                false
            }
        });
        done
    }

    /// The part of the files that is hashed, from 0 to 1, while they are.
    pub(super) fn hashed_part(&self) -> Option<f32> {
        self.hashing.as_ref().map(|(_, task)| task.progress().fraction())
    }

    /// How far reading is.
    pub(super) fn import_progress(&self) -> Option<ImportProgress> {
        let (_, task) = self.import.as_ref()?;
        let progress = task.progress();
        Some(ImportProgress {
            fraction: progress.fraction(),
            rows: progress.rows(),
            bytes_done: progress.bytes_done(),
            bytes_total: progress.bytes_total(),
        })
    }

    /// While files are read or hashed, asks for a frame now and then; at rest for none.
    pub(super) fn keep_progress_moving(&self, ctx: &egui::Context) {
        if self.import.is_some() || self.hashing.is_some() {
            ctx.request_repaint_after(PROGRESS_STEP);
        }
    }

    /// Looks, beside the window, what the opened files look like now.
    pub(super) fn look_at_files(&mut self, ctx: &egui::Context, opened: &Arc<Opened>) {
        let paths: Vec<_> = opened.stamps.iter().map(|stamp| stamp.path.clone()).collect();
        self.stamps = Some(spawn(ctx, "stamps", move |_, _| paths.into_iter().map(Stamp::of).collect()));
    }

    /// What the last look found against the files that were read. Each change is told once, so that nobody
    /// who put the notice away sees it again with every change of windows.
    pub(super) fn file_change(&mut self, opened: Option<&Arc<Opened>>) -> Option<FileChange> {
        let Poll::Done(now) = self.stamps.as_ref()?.poll() else { return None };
        self.stamps = None;
        let is_news = now != self.seen;
        self.seen = now;
        opened.filter(|_| is_news).and_then(|opened| Stamp::change(&opened.stamps, &self.seen))
    }
}

fn spawn<T: Send + 'static>(
    ctx: &egui::Context,
    name: &str,
    job: impl FnOnce(&Progress, &Cancel) -> T + Send + 'static,
) -> Task<T> {
    let ctx = ctx.clone();
    Task::spawn(name, move || ctx.request_repaint(), job)
}

/// Takes the answer of a task that has one; `failed` where the program is at fault.
fn finished(slot: &mut Option<(u64, Task<Option<Done>>)>, failed: fn(u64) -> Done) -> Option<Done> {
    let (ticket, task) = slot.as_ref()?;
    let done = match task.poll() {
        Poll::Working => return None,
        Poll::Done(done) => done,
        Poll::Panicked => Some(failed(*ticket)),
    };
    *slot = None;
    done
}
