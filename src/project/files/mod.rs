//! Files: the one place that reads them and the one that writes them.

mod decode;
mod referred;

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Place, Source, codes};
use crate::digest::Digest;
use crate::export::pdf::Images;
use crate::faults::pictures;
use crate::library::Templates;
use decode::{BYTE_ORDER_MARK, decode};
pub use referred::referred;

/// The largest case or Markdown file, in bytes: some hundreds of pages.
const LARGEST_TEXT: u64 = 700_000;
/// The largest picture, in bytes.
const LARGEST_PICTURE: u64 = 20 << 20;
/// The largest file of any other kind, in bytes: what is enclosed, a PDF.
const LARGEST_FILE: u64 = 256 << 20;

/// Reads a text.
///
/// # Errors
/// That it cannot be read, is no file, is too large, or is not UTF-8.
pub fn text(path: &Path) -> Result<Arc<Source>, Diagnostic> {
    let bytes = bytes(path, LARGEST_TEXT).map_err(|error| unreadable(&shown(path), &error))?;
    decode(shown(path), bytes)
}

/// Reads a text, and gives also the bytes of the file as it stands on the disk.
///
/// # Errors
/// As [`text`].
pub fn text_and_bytes(path: &Path) -> Result<(Arc<Source>, Vec<u8>), Diagnostic> {
    let bytes = bytes(path, LARGEST_TEXT).map_err(|error| unreadable(&shown(path), &error))?;
    Ok((decode(shown(path), bytes.clone())?, bytes))
}

/// Reads a file of any kind.
///
/// # Errors
/// That it cannot be read, is no file, or is too large.
pub fn whole(path: &Path) -> Result<Vec<u8>, Diagnostic> {
    bytes(path, LARGEST_FILE).map_err(|error| unreadable(&shown(path), &error))
}

/// The digest of a file; none when it is not there or cannot be read.
pub fn digest(path: &Path) -> Option<Digest> {
    Digest::of_reader(&mut open(path, LARGEST_FILE).ok()?).ok()
}

fn bytes(path: &Path, largest: u64) -> io::Result<Vec<u8>> {
    let mut file = open(path, largest)?;
    let mut bytes = Vec::new();
    (&mut file).take(largest + 1).read_to_end(&mut bytes)?;
    // It may have grown since it was opened.
    if bytes.len() as u64 > largest { Err(ErrorKind::FileTooLarge.into()) } else { Ok(bytes) }
}

fn open(path: &Path, largest: u64) -> io::Result<fs::File> {
    let metadata = fs::metadata(path)?;
    if metadata.is_dir() {
        return Err(ErrorKind::IsADirectory.into());
    }
    // A named pipe or a device would be waited for without end.
    if !metadata.is_file() {
        return Err(ErrorKind::InvalidInput.into());
    }
    if metadata.len() > largest {
        return Err(ErrorKind::FileTooLarge.into());
    }
    fs::File::open(path)
}

/// That there is a file to be read.
///
/// # Errors
/// That there is none, or something else of that name.
pub fn readable(path: &Path) -> Result<(), Diagnostic> {
    open(path, u64::MAX).map(drop).map_err(|error| unreadable(&shown(path), &error))
}

/// Writes a text that was read and mended back to its file, with everything outside the mends as
/// it was: its byte order mark, its line ends, the links that lead to it. A file that somebody
/// else changed meanwhile is left alone.
///
/// # Errors
/// That it cannot be read or written, or was changed.
pub fn write_mended(path: &Path, read: &Source, mended: &str) -> Result<(), Diagnostic> {
    let failed = |error: io::Error| unreadable(&shown(path), &error);
    let path = path.canonicalize().map_err(failed)?;
    let bytes = bytes(&path, LARGEST_TEXT).map_err(failed)?;
    let start = bytes.len().saturating_sub(read.text.len());
    let (mark, rest) = bytes.split_at(start);
    if rest != read.text.as_bytes() || !(mark.is_empty() || mark == BYTE_ORDER_MARK.as_bytes()) {
        return Err(Diagnostic::new(codes::FIL_SKRIVS_INTE, format!("{} ändrades under arbetet", read.path))
            .hint("Kör kommandot igen."));
    }
    write(&path, &[mark, mended.as_bytes()].concat())
}

/// A file that cannot be read, in Swedish.
pub fn unreadable(path: &str, error: &io::Error) -> Diagnostic {
    let (message, hint) = match error.kind() {
        ErrorKind::NotFound => ("finns inte", "Kontrollera namnet och mappen."),
        ErrorKind::PermissionDenied => ("får inte läsas", "Be den som äger filen om läsrätt."),
        ErrorKind::IsADirectory => ("är en mapp, inte en fil", "Ange en fil i mappen."),
        ErrorKind::FileTooLarge => ("är för stor", "Dela upp den."),
        ErrorKind::InvalidInput => ("är ingen vanlig fil", "Ange en textfil."),
        _ => ("kan inte läsas", "Försök igen; kontrollera disken om det händer igen."),
    };
    Diagnostic::new(codes::FIL_LASES_INTE, format!("{path} {message}")).hint(hint)
}

/// Whether a path is a folder.
///
/// # Errors
/// That there is nothing there, or that it cannot be looked at.
pub fn is_folder(path: &Path) -> Result<bool, Diagnostic> {
    let metadata = fs::metadata(path).map_err(|error| unreadable(&shown(path), &error))?;
    Ok(metadata.is_dir())
}

/// A path as the user sees it, with `/` between its parts.
pub fn shown(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

/// A path counted from a folder, with `/` between its parts; none when it lies elsewhere.
pub fn relative(path: &Path, folder: &Path) -> Option<String> {
    // The file may be a link or be gone; its folder says where it stands.
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let whole = parent.canonicalize().ok()?.join(path.file_name()?);
    whole.strip_prefix(folder.canonicalize().ok()?).ok().map(shown)
}

/// The files below a folder whose names end so, sorted; those that begin with a dot are left out.
///
/// # Errors
/// That a folder cannot be read.
pub fn below(folder: &Path, endings: &[&str]) -> Result<Vec<PathBuf>, Diagnostic> {
    let failed = |error: io::Error| unreadable(&shown(folder), &error);
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let kind = entry.file_type().map_err(failed)?;
        if name.starts_with('.') {
            continue;
        }
        // A link to a folder is not followed: it can lead out of the project, or in a circle.
        if kind.is_dir() {
            found.extend(below(&entry.path(), endings)?);
        } else if endings.iter().any(|ending| name.to_lowercase().ends_with(ending)) {
            found.push(entry.path());
        }
    }
    found.sort();
    Ok(found)
}

/// Every file below a folder by its name relative to it, for templates of one's own.
///
/// # Errors
/// That the folder or a file in it cannot be read.
pub fn tree(folder: &Path) -> Result<BTreeMap<String, Vec<u8>>, Diagnostic> {
    below(folder, &[""])?
        .into_iter()
        .map(|path| {
            let bytes = bytes(&path, LARGEST_PICTURE).map_err(|error| unreadable(&shown(&path), &error))?;
            let name = path.strip_prefix(folder).map_or_else(|_| shown(&path), shown);
            Ok((name, bytes))
        })
        .collect()
}

/// Reads pictures that stand beside a text, and finds what of them cannot be printed as it is.
pub fn pictures(
    folder: &Path,
    wanted: &[(String, Place)],
    templates: &Templates,
) -> (Images, Vec<Diagnostic>) {
    let mut images = Images::new();
    let mut problems = Vec::new();
    for (url, place) in wanted {
        match picture(folder, url) {
            Ok(bytes) => {
                let faults = pictures::faults(url, &bytes, templates);
                problems.extend(faults.into_iter().map(|fault| fault.at(place.clone())));
                images.insert(url.clone(), bytes);
            }
            Err(finding) => problems.push(finding.at(place.clone())),
        }
    }
    (images, problems)
}

fn picture(folder: &Path, url: &str) -> Result<Vec<u8>, Diagnostic> {
    let name = pictures::file_name(url);
    let path = Path::new(name.as_ref());
    if !path.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir))
        || url.contains("://")
    {
        return Err(Diagnostic::new(
            codes::BILD_UTANFOR,
            format!("bilden {url} ligger inte i ärendets mapp"),
        )
        .hint("Kopiera bilden till ärendets mapp, eller en mapp i den, och skriv namnet därifrån."));
    }
    let missing = |error: &io::Error| {
        let reason = match error.kind() {
            ErrorKind::NotFound => "finns inte",
            ErrorKind::FileTooLarge => "är för stor",
            _ => "kan inte läsas",
        };
        Diagnostic::new(codes::BILD_SAKNAS, format!("bilden {url} {reason}"))
            .hint("Lägg bilden i samma mapp som ärendet, eller rätta namnet.")
    };
    let bytes = inside(folder, path)
        .and_then(|path| bytes(&path, LARGEST_PICTURE))
        .map_err(|error| missing(&error))?;
    if pictures::is_whole(url, &bytes) {
        Ok(bytes)
    } else {
        Err(Diagnostic::new(codes::BILD_FORMAT, format!("bilden {url} är inte en hel PNG, JPEG eller SVG"))
            .hint("Spara bilden i ett av de formaten, med rätt filändelse."))
    }
}

/// Says that a link leads out of the folder it stands in, where that is so.
pub fn leads_out(folder: &Path, path: &Path) -> Option<Diagnostic> {
    let is_link = path.symlink_metadata().is_ok_and(|metadata| metadata.is_symlink());
    let below = path.strip_prefix(folder).unwrap_or(path);
    (is_link && path.exists() && inside(folder, below).is_err()).then(|| {
        Diagnostic::new(codes::LANK_UTANFOR, format!("{} är en länk ut ur {}/", shown(path), shown(folder)))
            .hint("Lägg en kopia av filen i mappen i stället för länken.")
    })
}

/// The path of a file that is enclosed with a text, by its name from the text's folder.
///
/// # Errors
/// That it is not there, or that the name or a link leads out of the folder.
pub fn enclosed(folder: &Path, name: &str) -> Result<PathBuf, Diagnostic> {
    let path = Path::new(name);
    let below = path.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
    below.then(|| inside(folder, path).ok()).flatten().ok_or_else(|| {
        Diagnostic::new(codes::BILAGA_SAKNAS, format!("bilagan {name} finns inte i ärendets mapp"))
            .hint("Lägg filen i ärendets mapp, eller en mapp i den, eller rätta namnet.")
    })
}

/// The path in the folder, unless a link leads out of it.
fn inside(folder: &Path, path: &Path) -> io::Result<PathBuf> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let whole = folder.join(path).canonicalize()?;
    if whole.starts_with(folder.canonicalize()?) { Ok(whole) } else { Err(ErrorKind::NotFound.into()) }
}

/// Writes a file below a folder, and never outside it, wherever links in the folder lead.
///
/// # Errors
/// That the file cannot be written, or would stand outside the folder.
pub fn write_below(folder: &Path, name: &Path, bytes: &[u8]) -> Result<(), Diagnostic> {
    let path = folder.join(name);
    if !stays_below(folder, name) {
        return Err(Diagnostic::new(
            codes::FIL_SKRIVS_INTE,
            format!("{} ligger utanför {}/", shown(&path), shown(folder)),
        )
        .hint("Ta bort länken som leder ut ur mappen, eller välj en annan mapp med --output."));
    }
    write(&path, bytes)
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
    const DEAD: std::time::Duration = std::time::Duration::from_secs(600);
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let unfinished = entry.file_name().to_string_lossy().starts_with(UNFINISHED);
        let age = entry.metadata().and_then(|metadata| metadata.modified()).map(|time| time.elapsed());
        if unfinished && matches!(age, Ok(Ok(age)) if age > DEAD) {
            // If it cannot be removed, it is in nobody's way.
            drop(fs::remove_file(entry.path()));
        }
    }
}

/// Writes a file whole or not at all: beside its place first, then moved there. A file that
/// already holds these bytes is left alone.
///
/// # Errors
/// That the folder or the file cannot be written.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), Diagnostic> {
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
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
                ("får inte skrivas", "Välj en annan mapp med --output, eller be om skrivrätt.")
            }
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
                ("får inte plats på disken", "Frigör utrymme och bygg igen.")
            }
            ErrorKind::NotADirectory | ErrorKind::AlreadyExists => (
                "kan inte skrivas: en fil står där en mapp behövs",
                "Flytta filen, eller välj en annan mapp med --output.",
            ),
            ErrorKind::IsADirectory => {
                ("är en mapp och kan inte skrivas över", "Flytta mappen, eller välj en annan med --output.")
            }
            ErrorKind::InvalidInput => (
                "är ingen vanlig fil och skrivs inte över",
                "Ta bort den, eller ange en annan fil eller mapp.",
            ),
            _ => ("kan inte skrivas", "Kontrollera mappen och disken."),
        };
        Diagnostic::new(codes::FIL_SKRIVS_INTE, format!("{} {message}", shown(path))).hint(hint)
    })
}

fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
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
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}
