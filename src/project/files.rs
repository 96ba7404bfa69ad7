//! What files are read through: the disk, or a revision of a repository, under an editor's unsaved texts.

use std::collections::HashMap;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, SystemTime};

use crate::digest::Digest;
use crate::paths::tidy;

/// Where files are read.
pub trait Files: Send + Sync {
    /// What a regular file holds, if that is at most so many bytes.
    ///
    /// # Errors
    /// That it cannot be read, is no regular file, or is too large.
    fn read(&self, path: &Path, most: u64) -> io::Result<Arc<[u8]>>;

    /// The path that identifies what is there, however it is spelled: without links, `.` and `..`.
    ///
    /// # Errors
    /// That nothing is there.
    fn real(&self, path: &Path) -> io::Result<PathBuf>;

    /// What tells, without its being read, a file from what it was.
    ///
    /// # Errors
    /// That it is not there.
    fn mark(&self, path: &Path) -> io::Result<FileMark>;

    /// The digest of what a regular file holds, if that is at most so many bytes.
    ///
    /// # Errors
    /// As [`read`](Self::read).
    fn digest(&self, path: &Path, most: u64) -> io::Result<Digest> {
        Ok(Digest::of(&self.read(path, most)?))
    }
}

impl<F: Files + ?Sized> Files for Arc<F> {
    fn read(&self, path: &Path, most: u64) -> io::Result<Arc<[u8]>> {
        (**self).read(path, most)
    }

    fn real(&self, path: &Path) -> io::Result<PathBuf> {
        (**self).real(path)
    }

    fn mark(&self, path: &Path) -> io::Result<FileMark> {
        (**self).mark(path)
    }

    fn digest(&self, path: &Path, most: u64) -> io::Result<Digest> {
        (**self).digest(path, most)
    }
}

/// What is seen of a file without its being read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileMark {
    /// How many bytes it has.
    pub length: u64,
    /// When it was written; none where it cannot be written.
    pub written: Option<SystemTime>,
}

impl FileMark {
    /// Whether it was written so lately that what is written next could bear the same time.
    pub(super) fn is_fresh(&self) -> bool {
        // The clock of a file system ticks some hundred times a second.
        const TICK: Duration = Duration::from_millis(50);
        self.written.is_some_and(|written| written.elapsed().is_ok_and(|age| age < TICK))
    }
}

/// Files under texts that are not saved yet.
pub struct Overlay {
    under: Arc<dyn Files>,
    open: RwLock<HashMap<PathBuf, Unsaved>>,
}

struct Unsaved {
    bytes: Arc<[u8]>,
    since: SystemTime,
}

impl Overlay {
    /// Files, and no texts over them yet.
    pub fn new(under: impl Files + 'static) -> Self {
        Self { under: Arc::new(under), open: RwLock::default() }
    }

    /// Lets a file hold these bytes, whether it is there or not.
    pub fn open(&self, path: &Path, bytes: Vec<u8>) {
        let unsaved = Unsaved { bytes: bytes.into(), since: SystemTime::now() };
        let real = identity(&self.under, path);
        self.open.write().unwrap_or_else(PoisonError::into_inner).insert(real, unsaved);
    }

    /// Lets a file hold again what it holds underneath.
    pub fn close(&self, path: &Path) {
        let real = identity(&self.under, path);
        self.open.write().unwrap_or_else(PoisonError::into_inner).remove(&real);
    }

    /// Whether a file holds a text that is not saved.
    pub fn is_open(&self, path: &Path) -> bool {
        self.unsaved(path, |_| ()).is_some()
    }

    fn unsaved<T>(&self, path: &Path, look: impl FnOnce(&Unsaved) -> T) -> Option<T> {
        let open = self.open.read().unwrap_or_else(PoisonError::into_inner);
        // Most runs have none, and need not ask the disk where a path leads.
        if open.is_empty() { None } else { open.get(&identity(&self.under, path)).map(look) }
    }
}

impl Files for Overlay {
    fn read(&self, path: &Path, most: u64) -> io::Result<Arc<[u8]>> {
        match self.unsaved(path, |unsaved| unsaved.bytes.clone()) {
            Some(bytes) if bytes.len() as u64 > most => Err(ErrorKind::FileTooLarge.into()),
            Some(bytes) => Ok(bytes),
            None => self.under.read(path, most),
        }
    }

    fn real(&self, path: &Path) -> io::Result<PathBuf> {
        self.under.real(path).or_else(|error| {
            let identity = identity(&self.under, path);
            self.unsaved(&identity, |_| ()).map(|()| identity.clone()).ok_or(error)
        })
    }

    fn mark(&self, path: &Path) -> io::Result<FileMark> {
        let mark =
            |unsaved: &Unsaved| FileMark { length: unsaved.bytes.len() as u64, written: Some(unsaved.since) };
        self.unsaved(path, mark).map_or_else(|| self.under.mark(path), Ok)
    }

    fn digest(&self, path: &Path, most: u64) -> io::Result<Digest> {
        match self.unsaved(path, |unsaved| Digest::of(&unsaved.bytes)) {
            Some(digest) => Ok(digest),
            None => self.under.digest(path, most),
        }
    }
}

/// What identifies a file, also one that is not there: it has its place in the nearest folder that is.
pub fn identity(files: &(impl Files + ?Sized), path: &Path) -> PathBuf {
    if let Ok(real) = files.real(path) {
        return real;
    }
    let path = tidy(path);
    for above in path.ancestors() {
        let at = if above.as_os_str().is_empty() { Path::new(".") } else { above };
        if let Ok(real) = files.real(at) {
            return real.join(path.strip_prefix(above).unwrap_or(&path));
        }
    }
    path
}
