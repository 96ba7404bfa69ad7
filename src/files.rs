//! Files: the one place that reads them and the one that writes them.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Place, Source};
use crate::typeset::Images;

/// The largest case or Markdown file, in bytes: some thousand pages.
const LARGEST_TEXT: u64 = 8 << 20;
/// The largest picture, in bytes.
const LARGEST_PICTURE: u64 = 20 << 20;

/// Reads a text.
///
/// # Errors
/// That it cannot be read, is no file, is too large, or is not UTF-8.
pub fn text(path: &Path) -> Result<Arc<Source>, Diagnostic> {
    let shown = shown(path);
    let bytes = bytes(path, LARGEST_TEXT).map_err(|error| unreadable(&shown, &error))?;
    match String::from_utf8(bytes) {
        Ok(text) => Ok(Source::new(shown, text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(&text))),
        Err(error) => {
            let good = error.utf8_error().valid_up_to();
            let source = Source::new(shown, String::from_utf8_lossy(error.as_bytes()));
            let range = good..good + '\u{fffd}'.len_utf8();
            Err(Diagnostic::error("inte-utf8", "filen är inte sparad som UTF-8")
                .at(Place { source, range })
                .hint("Öppna filen i redigeraren och spara den med teckenkodningen UTF-8."))
        }
    }
}

fn bytes(path: &Path, largest: u64) -> io::Result<Vec<u8>> {
    let metadata = fs::metadata(path)?;
    if metadata.is_dir() {
        return Err(ErrorKind::IsADirectory.into());
    }
    // A named pipe or a device would be waited for without end.
    if !metadata.is_file() {
        return Err(ErrorKind::InvalidInput.into());
    }
    let mut bytes = Vec::new();
    fs::File::open(path)?.take(largest + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > largest {
        return Err(ErrorKind::FileTooLarge.into());
    }
    Ok(bytes)
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
        return Err(Diagnostic::error("fil-skrivs-inte", format!("{} ändrades under arbetet", read.path))
            .hint("Kör kommandot igen."));
    }
    write(&path, &[mark, mended.as_bytes()].concat())
}

/// What some editors write at the beginning of a file.
const BYTE_ORDER_MARK: &str = "\u{feff}";

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
    Diagnostic::error("fil-läses-inte", format!("{path} {message}")).hint(hint)
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
        } else if endings.iter().any(|ending| name.ends_with(ending)) {
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

/// Reads pictures that stand beside a text.
pub fn pictures(folder: &Path, wanted: &[(String, Place)]) -> (Images, Vec<Diagnostic>) {
    let mut images = Images::new();
    let mut problems = Vec::new();
    for (url, place) in wanted {
        match picture(folder, url) {
            Ok(bytes) => drop(images.insert(url.clone(), bytes)),
            Err(finding) => problems.push(finding.at(place.clone())),
        }
    }
    (images, problems)
}

fn picture(folder: &Path, url: &str) -> Result<Vec<u8>, Diagnostic> {
    let path = Path::new(url);
    if !path.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir))
        || url.contains("://")
    {
        return Err(Diagnostic::error("bild-utanför", format!("bilden {url} ligger inte i ärendets mapp"))
            .hint("Kopiera bilden till ärendets mapp, eller en mapp i den, och skriv namnet därifrån."));
    }
    let missing = |error: &io::Error| {
        let reason = match error.kind() {
            ErrorKind::NotFound => "finns inte",
            ErrorKind::FileTooLarge => "är för stor",
            _ => "kan inte läsas",
        };
        Diagnostic::error("bild-saknas", format!("bilden {url} {reason}"))
            .hint("Lägg bilden i samma mapp som ärendet, eller rätta namnet.")
    };
    let bytes = inside(folder, path)
        .and_then(|path| bytes(&path, LARGEST_PICTURE))
        .map_err(|error| missing(&error))?;
    if is_picture(url, &bytes) {
        Ok(bytes)
    } else {
        Err(Diagnostic::error("bild-format", format!("bilden {url} är inte PNG, JPEG eller SVG"))
            .hint("Spara bilden i ett av de formaten, med rätt filändelse."))
    }
}

/// The path of a file that is enclosed with a text, by its name from the text's folder.
///
/// # Errors
/// That it is not there, or that the name or a link leads out of the folder.
pub fn enclosed(folder: &Path, name: &str) -> Result<PathBuf, Diagnostic> {
    let path = Path::new(name);
    let below = path.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
    below.then(|| inside(folder, path).ok()).flatten().ok_or_else(|| {
        Diagnostic::error("bilaga-saknas", format!("bilagan {name} finns inte i ärendets mapp"))
            .hint("Lägg filen i ärendets mapp, eller en mapp i den, eller rätta namnet.")
    })
}

/// The path in the folder, unless a link leads out of it.
fn inside(folder: &Path, path: &Path) -> io::Result<PathBuf> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let whole = folder.join(path).canonicalize()?;
    if whole.starts_with(folder.canonicalize()?) { Ok(whole) } else { Err(ErrorKind::NotFound.into()) }
}

fn is_picture(url: &str, bytes: &[u8]) -> bool {
    match url.rsplit('.').next().unwrap_or_default().to_lowercase().as_str() {
        "png" => bytes.starts_with(b"\x89PNG\r\n\x1a\n"),
        "jpg" | "jpeg" => bytes.starts_with(b"\xff\xd8\xff"),
        "svg" => std::str::from_utf8(bytes).is_ok_and(|text| text.contains("<svg")),
        _ => false,
    }
}

/// Writes a file whole or not at all: beside its place first, then moved there. A file that
/// already holds these bytes is left alone.
///
/// # Errors
/// That the folder or the file cannot be written.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), Diagnostic> {
    if fs::read(path).is_ok_and(|old| old == bytes) {
        return Ok(());
    }
    replace(path, bytes).map_err(|error| {
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
            _ => ("kan inte skrivas", "Kontrollera mappen och disken."),
        };
        Diagnostic::error("fil-skrivs-inte", format!("{} {message}", shown(path))).hint(hint)
    })
}

fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(".tjut-");
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
