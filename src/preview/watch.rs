//! Watching: tells of every file that changes where documents lie, and of nothing else.
//!
//! Folders are watched rather than files: editors save by writing another file and giving it the name,
//! and a file that is not there yet appears in one.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode, ModifyKind, RenameMode};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use crate::project::disk;

/// How long nothing must happen before it is looked what changed.
const QUIET: Duration = Duration::from_millis(6);
/// How long after what ends a save, where the system tells of that: a file is closed, or gets its name.
const QUIET_AFTER_SAVE: Duration = Duration::from_millis(2);
/// How long it is waited at most, however much happens.
const PATIENCE: Duration = Duration::from_millis(60);

/// What happened.
#[derive(Debug)]
pub enum Happened {
    /// These files or folders were written, moved or removed.
    Changed(Vec<PathBuf>),
    /// More than could be told.
    Anything,
}

/// What the system told.
pub struct Heard {
    happened: Happened,
    /// How long nothing more must happen.
    quiet: Duration,
}

/// Watches folders.
pub struct Watcher {
    watcher: RecommendedWatcher,
    folders: BTreeSet<PathBuf>,
}

impl Watcher {
    /// A watcher of nothing yet, which tells whoever listens.
    ///
    /// # Errors
    /// That the system does not tell of changes.
    pub fn new(tell: Sender<Heard>) -> notify::Result<Self> {
        let heard = move |event: notify::Result<Event>| {
            let (happened, quiet) = match event {
                Ok(event) if event.need_rescan() => (Happened::Anything, QUIET),
                Ok(event) if ends_save(&event.kind) => (Happened::Changed(event.paths), QUIET_AFTER_SAVE),
                Ok(event) if is_change(&event.kind) => (Happened::Changed(event.paths), QUIET),
                Ok(_) => return,
                Err(_) => (Happened::Anything, QUIET),
            };
            // Nobody listens any more when all ends.
            drop(tell.send(Heard { happened, quiet }));
        };
        Ok(Self { watcher: notify::recommended_watcher(heard)?, folders: BTreeSet::new() })
    }

    /// Watches a folder and all below it, if it is there.
    pub fn tree(&mut self, folder: &Path) {
        if disk::is_folder(folder).unwrap_or(false) {
            // What cannot be watched is seen when it is asked for again.
            drop(self.watcher.watch(folder, RecursiveMode::Recursive));
        }
    }

    /// Watches the folders of these files, and no others but trees.
    pub fn files<'a>(&mut self, files: impl Iterator<Item = &'a Path>) {
        let wanted: BTreeSet<PathBuf> = files.filter_map(folder_of).collect();
        for folder in self.folders.difference(&wanted) {
            drop(self.watcher.unwatch(folder));
        }
        let new: Vec<PathBuf> = wanted.difference(&self.folders).cloned().collect();
        for folder in new {
            drop(self.watcher.watch(&folder, RecursiveMode::NonRecursive));
        }
        self.folders = wanted;
    }
}

/// The folder of a file; of one whose folder is not there, the nearest that is.
fn folder_of(file: &Path) -> Option<PathBuf> {
    let whole = std::path::absolute(file).ok()?;
    whole.ancestors().skip(1).find(|folder| disk::is_folder(folder).unwrap_or(false)).map(Path::to_owned)
}

/// Whether a file is whole after this.
fn ends_save(kind: &EventKind) -> bool {
    matches!(
        kind,
        EventKind::Access(AccessKind::Close(AccessMode::Write))
            | EventKind::Modify(ModifyKind::Name(RenameMode::To | RenameMode::Both))
    )
}

/// Whether anything changed: to read a file changes nothing, and tjut reads them.
fn is_change(kind: &EventKind) -> bool {
    !matches!(kind, EventKind::Access(_))
}

/// Waits for something to happen, and until it is over: a save is a burst of events. None when nobody
/// can tell any more.
pub fn burst(heard: &Receiver<Heard>) -> Option<Happened> {
    let Heard { happened, mut quiet } = heard.recv().ok()?;
    let mut all = match happened {
        Happened::Changed(paths) => Some(paths),
        Happened::Anything => None,
    };
    let end = Instant::now() + PATIENCE;
    while let Ok(more) = heard.recv_timeout(quiet.min(end.saturating_duration_since(Instant::now()))) {
        quiet = more.quiet;
        match (&mut all, more.happened) {
            (Some(paths), Happened::Changed(more)) => paths.extend(more),
            _ => all = None,
        }
    }
    Some(match all {
        Some(mut paths) => {
            paths.sort();
            paths.dedup();
            Happened::Changed(paths)
        }
        None => Happened::Anything,
    })
}
