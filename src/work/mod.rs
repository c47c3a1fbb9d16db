//! Long work: the only room that starts threads.
//!
//! [`Progress`] counts what is done, [`Cancel`] asks work to stop, [`Task`] runs one job beside the
//! window, and [`fan_out`] spreads one job over the cores. Whoever does long work looks at its
//! `Cancel` often enough to stop within 200 ms, and counts into its `Progress` as it goes.

mod memory;

pub use memory::give_memory_back;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::sync::{Arc, Mutex};

/// What a running job has done so far. Cloning gives another handle on the same counters.
#[derive(Clone, Debug, Default)]
pub struct Progress(Arc<Counters>);

#[derive(Debug, Default)]
struct Counters {
    bytes_done: AtomicU64,
    bytes_total: AtomicU64,
    rows: AtomicU64,
}

impl Progress {
    /// Adds bytes of the source that have been dealt with.
    pub fn add_bytes(&self, bytes: u64) {
        self.0.bytes_done.fetch_add(bytes, Ordering::Relaxed);
    }

    /// Adds to the bytes that the whole job will read.
    pub fn add_total_bytes(&self, bytes: u64) {
        self.0.bytes_total.fetch_add(bytes, Ordering::Relaxed);
    }

    /// Adds rows that have been read.
    pub fn add_rows(&self, rows: u64) {
        self.0.rows.fetch_add(rows, Ordering::Relaxed);
    }

    /// Bytes dealt with so far.
    #[must_use]
    pub fn bytes_done(&self) -> u64 {
        self.0.bytes_done.load(Ordering::Relaxed)
    }

    /// Bytes of the whole job; 0 while it is not known.
    #[must_use]
    pub fn bytes_total(&self) -> u64 {
        self.0.bytes_total.load(Ordering::Relaxed)
    }

    /// Rows read so far.
    #[must_use]
    pub fn rows(&self) -> u64 {
        self.0.rows.load(Ordering::Relaxed)
    }

    /// The part done, from 0 to 1; 0 while the total is not known.
    #[must_use]
    pub fn fraction(&self) -> f32 {
        match self.bytes_total() {
            0 => 0.0,
            total => (self.bytes_done() as f64 / total as f64).clamp(0.0, 1.0) as f32,
        }
    }
}

/// A request to stop. Cloning gives another handle on the same request.
#[derive(Clone, Debug, Default)]
pub struct Cancel(Arc<AtomicBool>);

impl Cancel {
    /// Asks the work to stop.
    pub fn cancel(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether the work has been asked to stop.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// One job running on a thread of its own. Dropping it cancels the job and forgets its answer.
#[derive(Debug)]
pub struct Task<T> {
    answer: Receiver<std::thread::Result<T>>,
    progress: Progress,
    cancel: Cancel,
}

/// What a [`Task`] has to say when it is asked.
#[derive(Debug)]
pub enum Poll<T> {
    /// Still at work.
    Working,
    /// Done; a task answers once.
    Done(T),
    /// The job panicked. Its message is not kept, because it could hold data.
    Panicked,
}

impl<T: Send + 'static> Task<T> {
    /// Starts `job` on a thread called `name`; `wake` is called when there is an answer.
    pub fn spawn(
        name: &str,
        wake: impl FnOnce() + Send + 'static,
        job: impl FnOnce(&Progress, &Cancel) -> T + Send + 'static,
    ) -> Self {
        let (send, answer) = channel();
        let progress = Progress::default();
        let cancel = Cancel::default();
        let (job_progress, job_cancel) = (progress.clone(), cancel.clone());
        let work = move || {
            let result = catch_unwind(AssertUnwindSafe(|| job(&job_progress, &job_cancel)));
            // Nobody may be listening any more: then the answer is simply forgotten.
            let _ = send.send(result);
            wake();
        };
        // When no thread can be had the sender is dropped, and `poll` says `Panicked`.
        let _ = std::thread::Builder::new().name(name.to_owned()).spawn(work);
        Self { answer, progress, cancel }
    }

    /// Asks whether the job is done. Never waits.
    pub fn poll(&self) -> Poll<T> {
        match self.answer.try_recv() {
            Ok(Ok(value)) => Poll::Done(value),
            Ok(Err(_)) | Err(TryRecvError::Disconnected) => Poll::Panicked,
            Err(TryRecvError::Empty) => Poll::Working,
        }
    }

    /// The counters of the running job.
    #[must_use]
    pub fn progress(&self) -> &Progress {
        &self.progress
    }

    /// Asks the job to stop; its answer still arrives.
    pub fn cancel(&self) {
        self.cancel.cancel();
    }
}

impl<T> Drop for Task<T> {
    fn drop(&mut self) {
        self.cancel.cancel();
    }
}

/// How many threads a job may use on this machine.
#[must_use]
pub fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// Does the same with each item, several side by side, and gives the answers in the order of the items.
pub fn each<I: Send, T: Send>(threads: usize, items: Vec<I>, job: impl Fn(I) -> T + Sync) -> Vec<T> {
    let waiting = Mutex::new(items.into_iter().enumerate());
    let next = || waiting.lock().ok().and_then(|mut waiting| waiting.next());
    let work = |_| std::iter::from_fn(|| next().map(|(place, item)| (place, job(item)))).collect::<Vec<_>>();
    let mut answers: Vec<(usize, T)> = fan_out(threads, work).into_iter().flatten().collect();
    answers.sort_unstable_by_key(|(place, _)| *place);
    answers.into_iter().map(|(_, answer)| answer).collect()
}

/// Runs `job(0)` to `job(threads - 1)` side by side and gives their answers in that order.
/// One thread runs on the caller's own. A panic in a job is passed on to the caller.
pub fn fan_out<T: Send>(threads: usize, job: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let job = &job;
    std::thread::scope(|scope| {
        let others: Vec<_> = (1..threads.max(1)).map(|i| scope.spawn(move || job(i))).collect();
        let mut answers = vec![job(0)];
        for handle in others {
            match handle.join() {
                Ok(answer) => answers.push(answer),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        answers
    })
}

/// Does two things side by side, the second on the caller's own thread. A panic in either is passed on to the caller.
pub fn together<A: Send, B>(one: impl FnOnce() -> A + Send, other: impl FnOnce() -> B) -> (A, B) {
    std::thread::scope(|scope| {
        let one = scope.spawn(one);
        let other = other();
        match one.join() {
            Ok(one) => (one, other),
            Err(panic) => std::panic::resume_unwind(panic),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_item_is_answered_in_its_place_however_many_threads() {
        for threads in 1..5 {
            assert_eq!(
                each(threads, (0..20).collect(), |item| item * 2),
                (0..20).map(|item| item * 2).collect::<Vec<_>>()
            );
        }
    }

    #[test]
    fn fan_out_answers_in_order() {
        assert_eq!(fan_out(4, |i| i * 10), [0, 10, 20, 30]);
        assert_eq!(fan_out(0, |i| i), [0]);
    }

    #[test]
    fn two_things_done_together_both_answer() {
        assert_eq!(together(|| 1 + 1, || "two"), (2, "two"));
    }

    #[test]
    fn a_task_answers_once_and_wakes() {
        let (woken, wait) = channel();
        let task = Task::spawn(
            "test",
            move || woken.send(()).unwrap(),
            |progress, _| {
                progress.add_rows(3);
                7
            },
        );
        wait.recv().unwrap();
        assert!(matches!(task.poll(), Poll::Done(7)));
        assert_eq!(task.progress().rows(), 3);
    }

    #[test]
    fn dropping_a_task_cancels_its_job() {
        let (send, cancelled) = channel();
        let task = Task::spawn(
            "test",
            || {},
            move |_, cancel| {
                while !cancel.is_cancelled() {
                    std::thread::yield_now();
                }
                send.send(()).unwrap();
            },
        );
        drop(task);
        assert!(cancelled.recv_timeout(std::time::Duration::from_secs(5)).is_ok());
    }

    #[test]
    fn a_panicking_job_is_reported_not_passed_on() {
        let (woken, wait) = channel();
        let task = Task::<()>::spawn("test", move || woken.send(()).unwrap(), |_, _| panic!("on purpose"));
        wait.recv().unwrap();
        assert!(matches!(task.poll(), Poll::Panicked));
    }
}
