//! The studio: the documents that somebody looks at, kept as they are on the disk.

use std::collections::{HashMap, HashSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, RwLock};

use super::desk::Desk;
use super::mends::Mends;
use super::view::Snapshot;
use super::watch::{Happened, Watcher};
use super::{Make, PreviewSettings};
use crate::diagnostic::Diagnostic;
use crate::project::{Disk, Input, Project, SearchScope, shown};

/// How many documents are kept that nobody looks at.
const MOST_IDLE: usize = 4;

/// Everything that is looked at.
pub struct Studio {
    /// What was asked for on the command line.
    pub settings: PreviewSettings,
    /// The mends that were made.
    pub mends: Mutex<Mends>,
    desk: RwLock<Arc<Desk>>,
    /// What is wrong with the templates of now.
    faults: RwLock<Vec<Diagnostic>>,
    seats: Mutex<HashMap<PathBuf, Arc<Seat>>>,
    watcher: Mutex<Watcher>,
    /// How often anything changed, for whoever looks at the list of cases.
    pulse: (Mutex<u64>, Condvar),
}

/// A document that was asked for.
pub struct Seat {
    /// The file.
    pub input: Input,
    now: Mutex<Now>,
    work: Mutex<()>,
    changed: Condvar,
    viewers: AtomicUsize,
    /// What its view depends on.
    depends_on: Mutex<HashSet<PathBuf>>,
}

/// What those who look at a document wait for.
#[derive(Default)]
struct Now {
    view: Option<Arc<Snapshot>>,
    /// How many came: whoever comes lets the others look whether they are still there.
    visits: u64,
}

/// Somebody who looks at a document.
pub struct Visit(Arc<Seat>);

impl Studio {
    /// A studio in which nobody is yet.
    ///
    /// # Errors
    /// What is wrong with the templates.
    pub fn new(settings: PreviewSettings, mut watcher: Watcher) -> Result<Self, Vec<Diagnostic>> {
        let tools = settings.make.tools()?;
        settings.cases.iter().for_each(|folder| watcher.tree(&folder.path()));
        if let Some(folder) = &settings.templates {
            watcher.tree(folder);
        }
        Ok(Self {
            desk: RwLock::new(Arc::new(Desk::new(&tools))),
            settings,
            mends: Mutex::default(),
            faults: RwLock::default(),
            seats: Mutex::default(),
            watcher: Mutex::new(watcher),
            pulse: (Mutex::new(0), Condvar::new()),
        })
    }

    /// Who builds.
    pub fn make(&self) -> &dyn Make {
        &*self.settings.make
    }

    /// The desk of now.
    pub fn desk(&self) -> Arc<Desk> {
        self.desk.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// What is wrong with the templates of now; those before are used until it is mended.
    pub fn faults(&self) -> Vec<Diagnostic> {
        self.faults.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The cases of the project, and the file that was asked for.
    pub fn inputs(&self) -> Vec<Input> {
        let PreviewSettings { file, cases, output, excluded, .. } = &self.settings;
        let scope = SearchScope { cases, output, excluded };
        let desk = self.desk();
        let identity = |input: &Input| desk.project().identity(&input.path);
        let asked = file.iter().cloned().collect::<Vec<_>>();
        // A project tells of each file once.
        let found =
            |paths: &[PathBuf]| Project::new(Disk, desk.project().tools().clone()).inputs(paths, scope).files;
        let mut inputs = if asked.is_empty() { Vec::new() } else { found(&asked) };
        let known: HashSet<PathBuf> = inputs.iter().map(identity).collect();
        inputs.extend(found(&[]).into_iter().filter(|input| !known.contains(&identity(input))));
        inputs
    }

    /// The document of this name; none when it is none of the project's.
    pub fn seat(&self, name: &str) -> Option<Arc<Seat>> {
        let known = lock(&self.seats).values().find(|seat| shown(&seat.input.path) == name).cloned();
        if known.is_some() {
            return known;
        }
        let input = self.inputs().into_iter().find(|input| shown(&input.path) == name)?;
        let identity = self.desk().project().identity(&input.path);
        // While nobody looked, nobody said that it changed.
        let desk = self.desk();
        desk.depends_on(&input).iter().for_each(|path| desk.changed(path));
        let mut seats = lock(&self.seats);
        if seats.len() > MOST_IDLE {
            seats.retain(|_, seat| seat.viewers.load(Ordering::Relaxed) > 0);
        }
        Some(seats.entry(identity).or_insert_with(|| Arc::new(Seat::new(input))).clone())
    }

    /// What is shown of a document now.
    pub fn view(&self, seat: &Seat) -> Arc<Snapshot> {
        let view = seat.view();
        match view.filter(|_| seat.viewers.load(Ordering::Relaxed) > 0) {
            Some(view) => view,
            None => self.look(seat),
        }
    }

    /// Lets somebody look at a document for as long as they have the visit: until then it is kept as it is
    /// on the disk.
    pub fn enter(&self, seat: &Arc<Seat>) -> Visit {
        let visit = Visit::new(seat.clone());
        self.look(seat);
        self.watch();
        // It may have changed before it was watched.
        let desk = self.desk();
        desk.depends_on(&seat.input).iter().for_each(|path| desk.changed(path));
        self.look(seat);
        visit
    }

    /// Looks at a document anew; those who wait for it hear of what is new.
    fn look(&self, seat: &Seat) -> Arc<Snapshot> {
        let _one_at_a_time = lock(&seat.work);
        let desk = self.desk();
        let before = seat.view();
        let new = desk.look(&seat.input, before.as_ref());
        let files = desk.depends_on(&seat.input);
        let both = files.iter().flat_map(|path| [desk.project().identity(path), whole(path)]);
        *lock(&seat.depends_on) = both.collect();
        if before.is_none_or(|before| !Arc::ptr_eq(&new, &before)) {
            lock(&seat.now).view = Some(new.clone());
            seat.changed.notify_all();
        }
        new
    }

    /// Watches what the documents depend on that somebody looks at.
    pub fn watch(&self) {
        let seats: Vec<Arc<Seat>> = lock(&self.seats).values().cloned().collect();
        let files: HashSet<PathBuf> = seats
            .iter()
            .flat_map(|seat| lock(&seat.depends_on).iter().cloned().collect::<Vec<_>>())
            .collect();
        lock(&self.watcher).files(files.iter().map(PathBuf::as_path));
    }

    /// Takes in what happened on the disk.
    pub fn happened(&self, happened: &Happened) {
        let templates = self.settings.templates.as_deref().map(whole);
        let (paths, is_anything) = match happened {
            Happened::Changed(paths) => (paths.as_slice(), false),
            Happened::Anything => (&[][..], true),
        };
        let is_template = |path: &PathBuf| templates.as_ref().is_some_and(|folder| path.starts_with(folder));
        let is_of_templates = is_anything || paths.iter().any(is_template);
        let is_renewed = is_of_templates && self.renew();
        let desk = self.desk();
        for path in paths {
            desk.changed(path);
        }
        let seats: Vec<Arc<Seat>> = lock(&self.seats).values().cloned().collect();
        let mut is_seen = is_renewed;
        for seat in seats {
            let is_meant = is_renewed || is_anything || seat.depends_on(paths);
            is_seen |= is_meant;
            let is_looked_at = seat.viewers.load(Ordering::Relaxed) > 0;
            if is_meant && is_looked_at {
                self.look(&seat);
            } else if is_of_templates && is_looked_at {
                // What is wrong with the templates is told beside the pages of before.
                seat.tell_again();
            }
        }
        let folders: Vec<PathBuf> = self.settings.cases.iter().map(|folder| whole(&folder.path())).collect();
        let is_case = |path: &PathBuf| folders.iter().any(|folder| path.starts_with(folder));
        if is_seen || paths.iter().any(is_case) {
            *lock(&self.pulse.0) += 1;
            self.pulse.1.notify_all();
        }
        if is_seen {
            self.watch();
        }
    }

    /// Begins anew, with the templates as they are; says whether they are right.
    fn renew(&self) -> bool {
        let (tools, faults) = match self.settings.make.tools() {
            Ok(tools) => (Some(tools), Vec::new()),
            Err(faults) => (None, faults),
        };
        *self.faults.write().unwrap_or_else(PoisonError::into_inner) = faults;
        if let Some(tools) = &tools {
            *self.desk.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(Desk::new(tools));
        }
        tools.is_some()
    }

    /// Waits until anything changed since `seen`; gives how often it did.
    pub fn wait(&self, seen: u64) -> u64 {
        let pulse = lock(&self.pulse.0);
        *self.pulse.1.wait_while(pulse, |now| *now <= seen).unwrap_or_else(PoisonError::into_inner)
    }

    /// How often anything changed, for somebody who begins to look: those before look whether they are
    /// still there.
    pub fn pulse(&self) -> u64 {
        let mut pulse = lock(&self.pulse.0);
        *pulse += 1;
        self.pulse.1.notify_all();
        *pulse
    }
}

impl Seat {
    fn new(input: Input) -> Self {
        Self {
            input,
            now: Mutex::default(),
            work: Mutex::default(),
            changed: Condvar::new(),
            viewers: AtomicUsize::new(0),
            depends_on: Mutex::default(),
        }
    }

    fn view(&self) -> Option<Arc<Snapshot>> {
        lock(&self.now).view.clone()
    }

    fn tell_again(&self) {
        let mut now = lock(&self.now);
        now.view = now.view.take().map(|view| Arc::new(view.again()));
        self.changed.notify_all();
    }

    fn depends_on(&self, paths: &[PathBuf]) -> bool {
        let files = lock(&self.depends_on);
        // A folder that was moved is told of, and not what lies in it.
        paths.iter().any(|path| files.contains(path) || files.iter().any(|file| file.starts_with(path)))
    }
}

impl Visit {
    fn new(seat: Arc<Seat>) -> Self {
        seat.viewers.fetch_add(1, Ordering::Relaxed);
        lock(&seat.now).visits += 1;
        seat.changed.notify_all();
        Self(seat)
    }

    /// Waits for a view after that of this number.
    ///
    /// # Errors
    /// That whoever waited is gone.
    pub fn wait(&self, seen: u64, is_gone: impl Fn() -> bool) -> io::Result<Arc<Snapshot>> {
        let mut now = lock(&self.0.now);
        loop {
            if let Some(view) = now.view.as_ref().filter(|view| view.number > seen) {
                return Ok(view.clone());
            }
            let visits = now.visits;
            let is_same = |now: &mut Now| {
                now.visits == visits && now.view.as_ref().is_none_or(|view| view.number <= seen)
            };
            now = self.0.changed.wait_while(now, is_same).unwrap_or_else(PoisonError::into_inner);
            if now.visits != visits && is_gone() {
                return Err(io::ErrorKind::BrokenPipe.into());
            }
        }
    }
}

impl Drop for Visit {
    fn drop(&mut self) {
        self.0.viewers.fetch_sub(1, Ordering::Relaxed);
    }
}

fn whole(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

/// Nothing is done under these locks that could be left half done.
pub fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
