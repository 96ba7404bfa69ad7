//! What stands beside a text: the pictures that it shows, the files that it encloses.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::files::Files;
use super::loaded::{Dependency, Known};
use super::{File, LARGEST_TEXT, Project};
use crate::diagnostic::codes::{self, Code};
use crate::diagnostic::{Diagnostic, Place};
use crate::digest::Digest;
use crate::export::Images;
use crate::paths::{self, folder_of, stays};
use crate::printable::pictures;

/// The largest picture, in bytes.
const LARGEST_PICTURE: u64 = 20 << 20;

impl Project {
    /// Reads the pictures that a text shows, and finds what of them cannot be printed as it is.
    pub(super) fn pictures(
        &self,
        file: &File,
        wanted: &[(String, Place)],
        depends_on: &mut Vec<Dependency>,
    ) -> (Images, Vec<Diagnostic>) {
        let mut images = Images::new();
        let mut problems = Vec::new();
        for (url, place) in wanted {
            if let Some(finding) = with_backslash(codes::BILD_SAKNAS, "bilden", url) {
                problems.push(finding.at(place.clone()));
                continue;
            }
            let name = pictures::file_name(url);
            let path = Path::new(name.as_ref());
            if !stays(path) || url.contains("://") {
                problems.push(elsewhere(url).at(place.clone()));
                continue;
            }
            let path = folder_of_text(file).join(path);
            let read = self
                .inside(file, &path)
                .and_then(|real| self.held.read(&real, LARGEST_PICTURE).map_err(io::Error::from));
            depends_on.push(Dependency {
                known: match &read {
                    Ok((_, digest)) => Known::Held(*digest),
                    Err(_) => self.seen(&path),
                },
                path,
            });
            match read {
                Ok((bytes, _)) if pictures::is_whole(url, &bytes) => {
                    let faults = pictures::faults(url, &bytes, self.tools());
                    problems.extend(faults.into_iter().map(|fault| fault.at(place.clone())));
                    images.insert(url.clone(), bytes);
                }
                Ok(_) => problems.push(not_whole(url).at(place.clone())),
                Err(error) => problems.push(missing(url, error.kind()).at(place.clone())),
            }
        }
        (images, problems)
    }

    /// The addresses of the pictures that a case shows. A case that cannot have any is not parsed.
    pub(super) fn shown_by(&self, path: &Path) -> Vec<String> {
        let file = self.file(path);
        // A mark can hide behind an escape of YAML's.
        let can_have = self
            .held
            .read(path, LARGEST_TEXT)
            .is_ok_and(|(bytes, _)| bytes.contains(&b'\\') || bytes.windows(2).any(|two| two == b"!["));
        let parsed = can_have.then(|| self.parsed(&file));
        let pictures = parsed.iter().filter_map(|parsed| parsed.case()).flat_map(|case| case.pictures());
        pictures.map(|(url, _)| url).collect()
    }

    /// The digest of a picture, which is kept as it will be printed.
    pub(super) fn picture(&self, path: &Path) -> Option<Digest> {
        self.held.read(path, LARGEST_PICTURE).ok().map(|(_, digest)| digest)
    }

    /// The files that a text encloses, by their names from its folder, and what of them is not there.
    pub(super) fn enclosures<'a>(
        &self,
        file: &File,
        named: impl Iterator<Item = (&'a str, Option<Place>)>,
        depends_on: &mut Vec<Dependency>,
    ) -> (Vec<String>, Vec<Diagnostic>) {
        let mut enclosed = Vec::new();
        let mut problems = Vec::new();
        for (name, place) in named {
            if let Some(finding) = with_backslash(codes::BILAGA_SAKNAS, "bilagan", name) {
                problems.push(finding.at(place));
                continue;
            }
            let path = folder_of_text(file).join(name);
            if stays(Path::new(name)) {
                depends_on.push(Dependency { known: self.seen(&path), path: path.clone() });
                if self.inside(file, &path).is_ok() {
                    enclosed.push(name.to_owned());
                    continue;
                }
            }
            problems.push(not_enclosed(name).at(place));
        }
        (enclosed, problems)
    }

    /// The real path of a file in the text's folder, unless a link leads out of it. It must be spelled as the file is:
    /// what some systems find so, others do not.
    fn inside(&self, file: &File, path: &Path) -> io::Result<PathBuf> {
        let whole = self.files().real(path)?;
        let folder = self.files().real(folder_of(&file.path))?;
        if whole.starts_with(folder) && paths::spelled(path, &whole) == path {
            Ok(whole)
        } else {
            Err(ErrorKind::NotFound.into())
        }
    }
}

/// The folder as the paths in it are shown.
fn folder_of_text(file: &File) -> &Path {
    file.path.parent().unwrap_or(Path::new(""))
}

/// That a file is named with `\` between folder and file: Windows reads it like `/`, and nothing else does.
pub(super) fn with_backslash(code: Code, what: &str, name: &str) -> Option<Diagnostic> {
    name.contains('\\').then(|| {
        Diagnostic::new(code, format!("{what} {name} skrivs med \\, som bara Windows läser som /"))
            .hint(format!("Skriv {}", name.replace('\\', "/")))
    })
}

fn elsewhere(url: &str) -> Diagnostic {
    Diagnostic::new(codes::BILD_UTANFOR, format!("bilden {url} ligger inte i ärendets mapp"))
        .hint("Kopiera bilden till ärendets mapp eller till en undermapp, och skriv sökvägen därifrån.")
}

fn not_whole(url: &str) -> Diagnostic {
    Diagnostic::new(codes::BILD_FORMAT, format!("bilden {url} är ingen fungerande PNG, JPEG eller SVG"))
        .hint("Spara bilden i ett av de formaten, med rätt filändelse.")
}

fn missing(url: &str, error: ErrorKind) -> Diagnostic {
    let reason = match error {
        ErrorKind::NotFound => "finns inte",
        ErrorKind::FileTooLarge => "är för stor",
        _ => "kan inte läsas",
    };
    Diagnostic::new(codes::BILD_SAKNAS, format!("bilden {url} {reason}")).hint(
        "Lägg bilden i samma mapp som ärendet, eller rätta namnet. Stora och små bokstäver gör skillnad.",
    )
}

/// That a file that is to be enclosed is not there.
pub(super) fn not_enclosed(name: &str) -> Diagnostic {
    Diagnostic::new(codes::BILAGA_SAKNAS, format!("bilagan {name} finns inte i ärendets mapp"))
        .hint("Lägg filen i ärendets mapp eller i en undermapp, eller rätta namnet. Stora och små bokstäver gör skillnad.")
}
