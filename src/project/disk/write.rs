//! Writing: a file whole or not at all, and never outside its folder.

use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::{Component, Path, PathBuf};
use std::sync::{PoisonError, RwLock};
use std::time::Duration;

use super::super::LARGEST_TEXT;
use super::super::decode::BYTE_ORDER_MARK;
use super::super::unreadable;
use super::bytes;
use crate::diagnostic::{Diagnostic, Source, codes};
use crate::paths::{folder_of, shown};

/// Writes a text that was read and mended back to its file, with everything outside the mends as
/// it was: its byte order mark, its line ends, the links that lead to it. A file that somebody
/// else changed meanwhile is left alone.
///
/// # Errors
/// That it cannot be read or written, or was changed.
pub fn write_mended(path: &Path, read: &Source, mended: &str) -> Result<(), Diagnostic> {
    let failed = |error: io::Error| unreadable(&shown(path), error.kind());
    let path = path.canonicalize().map_err(failed)?;
    let bytes = bytes(&path, LARGEST_TEXT).map_err(failed)?;
    let start = bytes.len().saturating_sub(read.text.len());
    let (mark, rest) = bytes.split_at(start);
    if rest != read.text.as_bytes() || !(mark.is_empty() || mark == BYTE_ORDER_MARK.as_bytes()) {
        return Err(Diagnostic::new(codes::FIL_SKRIVS_INTE, format!("{} ändrades under arbetet", read.path))
            .hint("Ingenting är skrivet. Försök igen med filen som den är nu."));
    }
    write(&path, &[mark, mended.as_bytes()].concat())
}

/// Held by whoever writes, so that a program that is to end waits for what is half written.
static WRITING: RwLock<()> = RwLock::new(());

/// Waits until nobody is writing and lets nobody begin, writes a last file and removes folders of passing
/// use. The program is to end after it.
pub fn stop(last: impl FnOnce() -> Option<(PathBuf, Vec<u8>)>, passing: &[PathBuf]) {
    let nobody = WRITING.write().unwrap_or_else(PoisonError::into_inner);
    // There is nobody left to tell of what cannot be done.
    if let Some((path, bytes)) = last() {
        drop(put(&path, &bytes));
    }
    passing.iter().for_each(|folder| drop(fs::remove_dir_all(folder)));
    std::mem::forget(nobody);
}

/// Whether something has this name already, be it a link that leads nowhere.
pub fn is_taken(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}

/// Writes a file below a folder, and never outside it, wherever links in the folder lead.
///
/// # Errors
/// That the file cannot be written, or would stand outside the folder.
pub fn write_below(folder: &Path, name: &Path, bytes: &[u8]) -> Result<(), Diagnostic> {
    write_noted(folder, name, bytes, || ())
}

/// Writes a file below a folder, and notes that it is written before the program can be stopped.
///
/// # Errors
/// That the file cannot be written, or would stand outside the folder.
pub fn write_noted(folder: &Path, name: &Path, bytes: &[u8], note: impl FnOnce()) -> Result<(), Diagnostic> {
    let path = folder.join(name);
    if !stays_below(folder, name) {
        return Err(Diagnostic::new(
            codes::FIL_SKRIVS_INTE,
            format!("{} ligger utanför {}/", shown(&path), shown(folder)),
        )
        .hint("Ta bort länken som leder ut ur mappen, eller välj en annan mapp med --ut."));
    }
    let _writing = WRITING.read().unwrap_or_else(PoisonError::into_inner);
    put(&path, bytes)?;
    note();
    Ok(())
}

fn stays_below(folder: &Path, name: &Path) -> bool {
    let plain = name.components().all(|part| matches!(part, Component::Normal(_)));
    // What does not exist yet is created, so only what does can lead elsewhere.
    let existing = name.ancestors().skip(1).map(|part| folder.join(part)).find(|part| part.exists());
    let real = |path: &Path| path.canonicalize().ok();
    plain
        && match existing.as_deref().filter(|path| !path.as_os_str().is_empty()) {
            Some(existing) => {
                real(existing).zip(real(folder)).is_none_or(|(path, root)| path.starts_with(root))
            }
            None => true,
        }
}

/// How the name of a file begins that is being written.
const UNFINISHED: &str = ".tjut-";

/// Removes what writers that were killed left unfinished in a folder.
pub fn sweep(folder: &Path) {
    // Nobody writes one file for so long.
    const DEAD: Duration = Duration::from_secs(600);
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let unfinished = entry.file_name().to_string_lossy().starts_with(UNFINISHED);
        let age = entry.metadata().and_then(|metadata| metadata.modified()).map(|time| time.elapsed());
        if unfinished && matches!(age, Ok(Ok(age)) if age > DEAD) {
            // If it cannot be removed, it is in nobody's way.
            drop(fs::remove_file(entry.path()));
        }
    }
}

/// A new folder among those that the system clears away, for what is needed as long as the program runs; it
/// goes with the value.
///
/// # Errors
/// That it cannot be made.
pub fn scratch(prefix: &str) -> io::Result<tempfile::TempDir> {
    tempfile::Builder::new().prefix(prefix).tempdir()
}

/// The file whose lock keeps the programs that work in a folder apart.
const LOCK: &str = ".tjut.lock";

/// Does something in a folder while no other run of tjut does. Where there can be no lock, as on some
/// network disks, it is done all the same.
pub fn alone<T>(folder: &Path, work: impl FnOnce() -> T) -> T {
    let lock = fs::create_dir_all(folder).and_then(|()| {
        fs::OpenOptions::new().write(true).create(true).truncate(false).open(folder.join(LOCK))
    });
    let locked = lock.and_then(|file| file.lock().map(|()| file));
    let result = work();
    // The lock goes with the file.
    drop(locked);
    result
}

/// Writes a file whole or not at all: beside its place first, then moved there. A file that
/// already holds these bytes is left alone.
///
/// # Errors
/// That the folder or the file cannot be written.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), Diagnostic> {
    let _writing = WRITING.read().unwrap_or_else(PoisonError::into_inner);
    put(path, bytes)
}

fn put(path: &Path, bytes: &[u8]) -> Result<(), Diagnostic> {
    let written = match fs::metadata(path) {
        Ok(old) if old.is_file() => {
            let same = old.len() == bytes.len() as u64 && fs::read(path).is_ok_and(|old| old == bytes);
            if same { Ok(()) } else { replace(path, bytes) }
        }
        Ok(old) if old.is_dir() => Err(ErrorKind::IsADirectory.into()),
        // A named pipe or a device: to read it could take for ever, to move it away is not ours.
        Ok(_) => Err(ErrorKind::InvalidInput.into()),
        Err(_) => replace(path, bytes),
    };
    written.map_err(|error| {
        let (message, hint) = match error.kind() {
            ErrorKind::PermissionDenied if may_be_held(path) => HELD,
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
                ("får inte skrivas", "Välj en annan mapp med --ut, eller be om skrivrätt.")
            }
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
                ("får inte plats på disken", "Frigör utrymme och bygg igen.")
            }
            ErrorKind::NotADirectory | ErrorKind::AlreadyExists => (
                "kan inte skrivas: en fil står där en mapp behövs",
                "Flytta filen, eller välj en annan mapp med --ut.",
            ),
            ErrorKind::IsADirectory => {
                ("är en mapp och kan inte skrivas över", "Flytta mappen, eller välj en annan med --ut.")
            }
            ErrorKind::InvalidInput => (
                "är ingen vanlig fil och skrivs inte över",
                "Ta bort den, eller ange en annan fil eller mapp.",
            ),
            _ if may_be_held(path) => HELD,
            _ => ("kan inte skrivas", "Kontrollera mappen och disken."),
        };
        Diagnostic::new(codes::FIL_SKRIVS_INTE, format!("{} {message}", shown(path))).hint(hint)
    })
}

/// Whether another program may keep a file from being written over by reading it, as only Windows lets it.
fn may_be_held(path: &Path) -> bool {
    cfg!(windows) && path.is_file()
}

/// What is said then.
const HELD: (&str, &str) = (
    "kan inte skrivas över",
    "Stäng filen om den är öppen i ett annat program, till exempel Word eller en PDF-läsare, och försök igen. Välj \
     annars en annan mapp med --ut, eller be om skrivrätt.",
);

fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = folder_of(path);
    fs::create_dir_all(folder)?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(UNFINISHED);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // Temporary files are private by default; a document is as public as the umask lets it be,
        // and what is replaced is so for the same people as before.
        let old = fs::metadata(path).map(|old| old.permissions());
        builder.permissions(old.unwrap_or(fs::Permissions::from_mode(0o666)));
    }
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(bytes)?;
    moved(file, path)
}

/// Moves a finished file to its place.
fn moved(mut file: tempfile::NamedTempFile, path: &Path) -> io::Result<()> {
    // What looks for viruses, or for words, reads a file on Windows as soon as it is written, and soon lets go of it.
    const TRIES: usize = 10;
    const PAUSE: Duration = Duration::from_millis(30);
    for _ in 1..TRIES {
        match file.persist(path) {
            Err(failed) if may_be_held(path) => file = failed.file,
            result => return result.map(drop).map_err(|failed| failed.error),
        }
        std::thread::sleep(PAUSE);
    }
    file.persist(path).map(drop).map_err(|failed| failed.error)
}

/// Moves a file to a name beside it that nobody has yet, `x.kopia.md` for `x.md`, and gives that name.
///
/// # Errors
/// That it cannot be moved.
pub fn keep_copy(path: &Path) -> Result<PathBuf, Diagnostic> {
    let name = |number: usize| {
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        let ending =
            path.extension().map(|ending| format!(".{}", ending.to_string_lossy())).unwrap_or_default();
        let number = if number > 1 { format!("-{number}") } else { String::new() };
        path.with_file_name(format!("{stem}.{COPY}{number}{ending}"))
    };
    let copy = (1..).map(name).find(|copy| !is_taken(copy)).unwrap_or_default();
    let _writing = WRITING.read().unwrap_or_else(PoisonError::into_inner);
    fs::rename(path, &copy).map_err(|error| unreadable(&shown(path), error.kind()))?;
    Ok(copy)
}

/// What a copy is called by, between its file's name and ending.
const COPY: &str = "kopia";

/// Whether a file is a copy that was kept.
pub fn is_copy(path: &Path) -> bool {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let Some((_, last)) = stem.rsplit_once('.') else { return false };
    let number = last.strip_prefix(COPY).map(|rest| rest.strip_prefix('-').unwrap_or(rest));
    number.is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Removes a file below a folder, and the folders that nothing is left in.
///
/// # Errors
/// That it cannot be removed.
pub fn remove_below(folder: &Path, name: &Path) -> Result<(), Diagnostic> {
    let path = folder.join(name);
    let refused = |error: io::Error| {
        Diagnostic::new(codes::FIL_SKRIVS_INTE, format!("{} kan inte tas bort", shown(&path))).hint(
            match error.kind() {
                ErrorKind::PermissionDenied => {
                    "Be den som äger mappen om skrivrätt, eller ta bort filen själv."
                }
                _ => "Stäng filen om den är öppen i ett annat program, och kör kommandot igen.",
            },
        )
    };
    if !stays_below(folder, name) {
        return Err(refused(ErrorKind::PermissionDenied.into()));
    }
    let _writing = WRITING.read().unwrap_or_else(PoisonError::into_inner);
    fs::remove_file(&path).map_err(refused)?;
    let folders = name.ancestors().skip(1).filter(|part| !part.as_os_str().is_empty());
    // A folder with something in it stays, and so do those above it.
    let _emptied = folders.take_while(|part| fs::remove_dir(folder.join(part)).is_ok()).count();
    Ok(())
}
