//! The disk: the one place that reads it, walks it, and writes it.
#![allow(clippy::disallowed_methods, reason = "this is that place")]

mod claim;
mod walk;
mod write;

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::files::{FileMark, Files};
use super::unreadable;
use crate::diagnostic::Diagnostic;
use crate::digest::Digest;
use crate::paths::{self, folder_of, shown};
pub use claim::{Claim, Claimed};
pub use walk::{Exclusions, below};
pub use write::{
    alone, is_copy, is_taken, keep_copy, remove_below, scratch, stop, sweep, write, write_below,
    write_mended, write_noted,
};

/// The largest file of any kind, in bytes: what is enclosed, a PDF.
pub(super) const LARGEST_FILE: u64 = 256 << 20;
/// The largest file among templates of one's own, in bytes.
const LARGEST_TEMPLATE: u64 = 20 << 20;

/// The files of this machine.
#[derive(Clone, Copy, Debug, Default)]
pub struct Disk;

impl Files for Disk {
    fn read(&self, path: &Path, most: u64) -> io::Result<Arc<[u8]>> {
        Ok(bytes(path, most)?.into())
    }

    fn real(&self, path: &Path) -> io::Result<PathBuf> {
        path.canonicalize()
    }

    fn mark(&self, path: &Path) -> io::Result<FileMark> {
        let metadata = fs::metadata(path)?;
        Ok(FileMark { length: metadata.len(), written: metadata.modified().ok() })
    }

    fn digest(&self, path: &Path, most: u64) -> io::Result<Digest> {
        Digest::of_reader(&mut open(path, most)?)
    }
}

fn bytes(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let mut file = open(path, most)?;
    let mut bytes = Vec::new();
    (&mut file).take(most + 1).read_to_end(&mut bytes)?;
    // It may have grown since it was opened.
    if bytes.len() as u64 > most { Err(ErrorKind::FileTooLarge.into()) } else { Ok(bytes) }
}

fn open(path: &Path, most: u64) -> io::Result<fs::File> {
    let metadata = fs::metadata(path)?;
    if metadata.is_dir() {
        return Err(ErrorKind::IsADirectory.into());
    }
    // A named pipe or a device would be waited for without end.
    if !metadata.is_file() {
        return Err(ErrorKind::InvalidInput.into());
    }
    if metadata.len() > most {
        return Err(ErrorKind::FileTooLarge.into());
    }
    fs::File::open(path)
}

/// Reads a file of any kind.
///
/// # Errors
/// That it cannot be read, is no file, or is too large.
pub fn whole(path: &Path) -> Result<Vec<u8>, Diagnostic> {
    bytes(path, LARGEST_FILE).map_err(|error| unreadable(&shown(path), error.kind()))
}

/// The digest of a file; none when it is not there or cannot be read.
pub fn digest(path: &Path) -> Option<Digest> {
    Disk.digest(path, LARGEST_FILE).ok()
}

/// That there is a file to be read.
///
/// # Errors
/// That there is none, or something else of that name.
pub fn readable(path: &Path) -> Result<(), Diagnostic> {
    let found = fs::metadata(path).and_then(|metadata| match metadata {
        folder if folder.is_dir() => Err(ErrorKind::IsADirectory.into()),
        file if file.is_file() => Ok(()),
        _ => Err(ErrorKind::InvalidInput.into()),
    });
    found.map_err(|error: io::Error| unreadable(&shown(path), error.kind()))
}

/// Whether a path is a folder.
///
/// # Errors
/// That there is nothing there, or that it cannot be looked at.
pub fn is_folder(path: &Path) -> Result<bool, Diagnostic> {
    let metadata = fs::metadata(path).map_err(|error| unreadable(&shown(path), error.kind()))?;
    Ok(metadata.is_dir())
}

/// Whether there is anything at a path.
pub fn is_there(path: &Path) -> bool {
    path.exists()
}

/// Whether a folder can be read and has nothing in it.
pub fn is_empty(folder: &Path) -> bool {
    folder.read_dir().is_ok_and(|mut entries| entries.next().is_none())
}

/// A path as its folders spell it, where it leads to a file: what is built is called after it, and people may type
/// other capitals where those tell no files apart.
pub fn spelled(path: &Path) -> PathBuf {
    path.canonicalize().map_or_else(|_| path.to_owned(), |real| paths::spelled(path, &real))
}

/// A path counted from a folder, with `/` between its parts; none when it lies elsewhere.
pub fn relative(path: &Path, folder: &Path) -> Option<String> {
    // The file may be a link or be gone; its folder says where it stands.
    let whole = folder_of(path).canonicalize().ok()?.join(path.file_name()?);
    whole.strip_prefix(folder.canonicalize().ok()?).ok().map(shown)
}

/// Every file below a folder by its name relative to it, for templates of one's own.
///
/// # Errors
/// That the folder or a file in it cannot be read.
pub fn tree(folder: &Path) -> Result<BTreeMap<String, Vec<u8>>, Diagnostic> {
    below(folder, &[""], &Exclusions::none())?
        .into_iter()
        .map(|path| {
            let bytes =
                bytes(&path, LARGEST_TEMPLATE).map_err(|error| unreadable(&shown(&path), error.kind()))?;
            let name = path.strip_prefix(folder).map_or_else(|_| shown(&path), shown);
            Ok((name, bytes))
        })
        .collect()
}
