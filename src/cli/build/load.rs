//! What one document is made of, read from the disk.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use tjut::diagnostic::Diagnostic;
use tjut::digest::Digest;
use tjut::document::{self, Document};
use tjut::files;
use tjut::pictures::file_name;
use tjut::read::Case;
use tjut::templates::Templates;
use tjut::typeset::Images;

use super::super::inputs::Input;
use super::memory::Stamp;

/// An input, read and found right.
pub struct Loaded {
    /// The file as it stands on the disk.
    pub bytes: Vec<u8>,
    /// What it says.
    pub content: Read,
    /// The pictures it shows.
    pub images: Images,
    /// The files it encloses, by their names from its folder.
    pub enclosed: Vec<String>,
    /// The cases it refers to.
    pub referred: Vec<(PathBuf, Vec<u8>)>,
}

/// What an input is.
pub enum Read {
    /// A case.
    Case(Arc<Case>),
    /// Markdown that was reviewed.
    Markdown(Document),
}

/// Reads an input and what it refers to. Everything it depends on is stamped, also where it is
/// wrong. A case comes back for the review, however wrong; what can be built only where the form
/// has no errors.
pub fn load(
    input: &Input,
    draft: bool,
    templates: &Templates,
    findings: &mut Vec<Diagnostic>,
    sources: &mut Vec<Stamp>,
) -> (Option<Arc<Case>>, Option<Loaded>) {
    let mut case = None;
    let loaded = contents(input, draft, templates, findings, sources, &mut case);
    (case, loaded)
}

fn contents(
    input: &Input,
    draft: bool,
    templates: &Templates,
    findings: &mut Vec<Diagnostic>,
    sources: &mut Vec<Stamp>,
    read: &mut Option<Arc<Case>>,
) -> Option<Loaded> {
    if let Some(finding) = input.within.as_deref().and_then(|folder| files::leads_out(folder, &input.path)) {
        findings.push(finding);
        return None;
    }
    let (source, bytes) =
        files::text_and_bytes(&input.path).map_err(|finding| findings.push(finding)).ok()?;
    sources.push(Stamp { fil: files::shown(&input.path), sha256: Some(Digest::of(&bytes)) });
    let folder = input.path.parent().unwrap_or(Path::new(""));
    let mut referred = Vec::new();
    let (content, wanted, enclosed) = if input.is_markdown() {
        let document = document::parse(&source).map_err(|errors| findings.extend(errors)).ok()?;
        let pictures = document.pictures();
        (Read::Markdown(document), pictures, Vec::new())
    } else {
        let (case, found) = super::super::read_case(&source, templates, draft);
        findings.extend(found);
        let case = read.insert(Arc::new(case?)).clone();
        referred.extend(
            case.referred
                .values()
                .map(|other| (PathBuf::from(&other.source.path), other.source.text.clone().into_bytes())),
        );
        let pictures = case.pictures();
        let enclosed = case.enclosures().map(|(name, _)| name.to_owned()).collect();
        (Read::Case(case), pictures, enclosed)
    };
    sources.extend(
        referred
            .iter()
            .map(|(path, bytes)| Stamp { fil: files::shown(path), sha256: Some(Digest::of(bytes)) }),
    );
    let (images, missing) = files::pictures(folder, &wanted, templates);
    findings.extend(missing);
    sources.extend(images.iter().map(|(url, bytes)| Stamp {
        fil: files::shown(&folder.join(&*file_name(url))),
        sha256: Some(Digest::of(bytes)),
    }));
    sources.extend(enclosed.iter().map(|name| Stamp {
        fil: files::shown(&folder.join(name)),
        sha256: files::enclosed(folder, name).ok().and_then(|path| files::digest(&path)),
    }));
    let wrong = findings.iter().any(Diagnostic::is_error);
    (!wrong).then_some(Loaded { bytes, content, images, enclosed, referred })
}
