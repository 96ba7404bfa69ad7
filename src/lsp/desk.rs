//! The desk where files are reviewed: one thread beside the loop, one task at a time, which the next keystroke
//! takes back.

use std::io;
use std::num::NonZero;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use crossbeam_channel::{Receiver, Sender, bounded, unbounded};

use super::index::{self, Indexed};
use crate::batch;
use crate::diagnostic::Diagnostic;
use crate::project::disk::Exclusions;
use crate::project::{Found, Loaded, Project, shortened};

/// What there is to do about a file.
#[derive(Clone, Debug)]
pub enum Task {
    /// Review it, as it stood in this version; none where it is not open.
    Review(PathBuf, Option<i32>),
    /// Read what completion wants to know of it.
    Read(PathBuf),
    /// Find the cases below folders.
    List(Vec<PathBuf>, Exclusions),
}

/// What came of a task.
pub enum TaskOutcome {
    /// What the review found in a file.
    Reviewed(Box<ReviewedFile>),
    /// What completion wants to know of a file; nothing, where it is no case.
    Read(PathBuf, Option<Box<Indexed>>),
    /// The cases below a folder.
    Listed(Vec<PathBuf>),
    /// Nothing: somebody took the task back.
    Abandoned,
    /// The program broke on it.
    Broke(String),
}

/// A reviewed file.
pub struct ReviewedFile {
    /// The file.
    pub loaded: Arc<Loaded>,
    /// What there is to say about it, sorted.
    pub findings: Vec<Diagnostic>,
    /// What completion wants to know of it.
    pub said: Option<Indexed>,
}

/// The desk, as the loop sees it.
pub struct Desk {
    jobs: Sender<Job>,
    /// What came of the tasks.
    pub outcomes: Receiver<(Task, TaskOutcome)>,
    running: Option<(Task, Arc<AtomicBool>)>,
}

struct Job {
    project: Arc<Project>,
    task: Task,
    is_wanted: Arc<AtomicBool>,
}

impl Desk {
    /// A desk with nothing on it.
    ///
    /// # Errors
    /// That no thread can be started.
    pub fn new() -> io::Result<Self> {
        let (jobs, received) = bounded::<Job>(1);
        let (send, outcomes) = unbounded();
        thread::Builder::new().name("tjut-desk".into()).spawn(move || {
            for job in received {
                let outcome = job.outcome();
                if send.send((job.task, outcome)).is_err() {
                    break;
                }
            }
        })?;
        Ok(Self { jobs, outcomes, running: None })
    }

    /// Whether it has nothing to do.
    pub fn is_free(&self) -> bool {
        self.running.is_none()
    }

    /// Puts a task on a free desk.
    pub fn begin(&mut self, project: &Arc<Project>, task: Task) {
        let is_wanted = Arc::new(AtomicBool::new(true));
        self.running = Some((task.clone(), is_wanted.clone()));
        // The thread is there as long as the desk is.
        drop(self.jobs.send(Job { project: project.clone(), task, is_wanted }));
    }

    /// Takes back the review that is running; gives its file.
    pub fn abandon(&mut self) -> Option<PathBuf> {
        let (task, is_wanted) = self.running.as_ref()?;
        let Task::Review(path, _) = task else { return None };
        is_wanted.store(false, Ordering::Relaxed);
        Some(path.clone())
    }

    /// Clears the desk when its outcome was taken.
    pub fn clear(&mut self) {
        self.running = None;
    }
}

impl Job {
    fn outcome(&self) -> TaskOutcome {
        let mut outcome = TaskOutcome::Abandoned;
        // A panic of a rule's ends its review, not the server.
        let done = batch::ordered(
            std::slice::from_ref(&self.task),
            NonZero::<usize>::MIN,
            |task| self.work(task),
            |_, result| {
                outcome = result.unwrap_or_else(|panicked| TaskOutcome::Broke(panicked.0));
                ControlFlow::Continue(())
            },
        );
        done.map_or_else(|error| TaskOutcome::Broke(error.to_string()), |()| outcome)
    }

    fn work(&self, task: &Task) -> TaskOutcome {
        match task {
            Task::Review(path, _) => {
                let is_wanted = || self.is_wanted.load(Ordering::Relaxed);
                let found = self.project.review_while(path, &is_wanted);
                found.map_or(TaskOutcome::Abandoned, |found| {
                    TaskOutcome::Reviewed(Box::new(ReviewedFile::of(&found, &self.project)))
                })
            }
            Task::Read(path) => {
                TaskOutcome::Read(path.clone(), Indexed::read(&self.project, path).map(Box::new))
            }
            Task::List(folders, excluded) => TaskOutcome::Listed(index::cases(folders, excluded)),
        }
    }
}

impl ReviewedFile {
    fn of(found: &Found, project: &Project) -> Self {
        Self {
            findings: shortened(found.settled()),
            said: found.loaded.case().map(|case| Indexed::of(case, &found.loaded, project)),
            loaded: found.loaded.clone(),
        }
    }
}
