//! What files hold: each is read once, until somebody says that it changed.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use super::LARGEST_TEXT;
use super::disk::LARGEST_FILE;
use super::files::{FileMark, Files, Overlay, identity};
use super::kept::Kept;
use crate::digest::Digest;

/// How many files' digests are remembered in a generation: some hundred bytes each.
const FILES: usize = 20_000;
/// How many bytes of files are kept in a generation.
const BYTES: usize = 8 << 20;

/// The files, and what is known of them.
pub struct Held {
    files: Overlay,
    known: Kept<PathBuf, Arc<OnceLock<Known>>>,
    /// With their digest, since a file can change while another reads it.
    bytes: Kept<PathBuf, (Arc<[u8]>, Digest)>,
}

/// What is known of a file.
struct Known {
    /// What it holds, or why that cannot be read.
    digest: Result<Digest, ErrorKind>,
    /// What was seen of it before it was read.
    mark: Option<FileMark>,
    /// Whether it had just been written then.
    is_fresh: bool,
    /// How much was to be read at most.
    most: u64,
}

impl Held {
    /// Files of which nothing is known yet.
    pub fn new(files: impl Files + 'static) -> Self {
        Self { files: Overlay::new(files), known: Kept::new(FILES), bytes: Kept::new(BYTES) }
    }

    /// Where files are read.
    pub fn files(&self) -> &Overlay {
        &self.files
    }

    /// What identifies a file.
    pub fn identity(&self, path: &Path) -> PathBuf {
        identity(&self.files, path)
    }

    /// What a file of at most so many bytes holds.
    ///
    /// # Errors
    /// Why it cannot be read.
    pub fn read(&self, path: &Path, most: u64) -> Result<(Arc<[u8]>, Digest), ErrorKind> {
        let real = self.files.real(path).map_err(|error| error.kind())?;
        loop {
            let mut first = None;
            let cell = self.known.get_or(&real, Arc::default);
            let known = cell.get_or_init(|| {
                let (known, bytes) = self.look(&real, most);
                first = bytes;
                known
            });
            let kept = || self.bytes.get(&real).filter(|(_, digest)| known.digest == Ok(*digest));
            let read = first.or_else(|| Some(kept()?.0));
            match (known.digest, read) {
                // It was too much for another use, or was asked about without being read, or is no
                // longer kept.
                (Err(ErrorKind::FileTooLarge), _) if known.most < most => {}
                (Err(error), _) => return Err(error),
                (Ok(_), None) => {}
                (Ok(_), Some(bytes)) if bytes.len() as u64 > most => return Err(ErrorKind::FileTooLarge),
                (Ok(digest), Some(bytes)) => {
                    self.bytes.put(real, (bytes.clone(), digest), bytes.len());
                    return Ok((bytes, digest));
                }
            }
            self.known.remove_if(&real, |there| Arc::ptr_eq(there, &cell));
        }
    }

    /// The digest of a file; none when it cannot be read. A long one is not kept.
    pub fn digest(&self, path: &Path) -> Option<Digest> {
        let real = self.files.real(path).ok()?;
        let is_short = || self.files.mark(&real).is_ok_and(|mark| mark.length <= LARGEST_TEXT);
        let cell = self.known.get_or(&real, Arc::default);
        match cell.get() {
            Some(Known { digest: Ok(digest), .. }) => Some(*digest),
            None if is_short() => Some(self.read(path, LARGEST_TEXT).ok()?.1),
            Some(Known { most, .. }) if *most >= LARGEST_FILE => None,
            _ => {
                let mark = self.files.mark(&real).ok();
                let digest = self.files.digest(&real, LARGEST_FILE).map_err(|error| error.kind());
                let known = Known::new(digest, mark, LARGEST_FILE);
                self.known.put(real, Arc::new(OnceLock::from(known)), 1);
                digest.ok()
            }
        }
    }

    /// Whether a file still holds what it held, as far as can be told now.
    pub fn still_holds(&self, path: &Path, digest: Digest) -> bool {
        let Ok(real) = self.files.real(path) else { return false };
        let cell = self.known.get_or(&real, Arc::default);
        let is_as_seen = cell.get().is_some_and(|known| {
            known.digest == Ok(digest) && !known.is_fresh && known.mark == self.files.mark(&real).ok()
        });
        is_as_seen || self.files.digest(&real, LARGEST_FILE).is_ok_and(|now| now == digest)
    }

    /// Forgets what is known of a file, or of all files below a folder.
    pub fn forget(&self, path: &Path) {
        let gone = self.identity(path);
        self.bytes.remove_if(&gone, |_| true);
        if !self.known.remove_if(&gone, |_| true) {
            self.known.retain(|real| !real.starts_with(&gone));
            self.bytes.retain(|real| !real.starts_with(&gone));
        }
    }

    /// How many files are remembered.
    pub fn len(&self) -> usize {
        self.known.len()
    }

    fn look(&self, real: &Path, most: u64) -> (Known, Option<Arc<[u8]>>) {
        // Seen before it is read: if it is written meanwhile, it will look otherwise.
        let mark = self.files.mark(real).ok();
        match self.files.read(real, most) {
            Ok(bytes) => (Known::new(Ok(Digest::of(&bytes)), mark, most), Some(bytes)),
            Err(error) => (Known::new(Err(error.kind()), mark, most), None),
        }
    }
}

impl Known {
    fn new(digest: Result<Digest, ErrorKind>, mark: Option<FileMark>, most: u64) -> Self {
        Self { digest, mark, is_fresh: mark.is_some_and(|mark| mark.is_fresh()), most }
    }
}
