//! What one document is made of, read from the disk.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use tjut::diagnostic::Diagnostic;
use tjut::document::{self, Document};
use tjut::export::pdf::Images;
use tjut::faults::pictures::file_name;
use tjut::library::Templates;
use tjut::project::files;
use tjut::read::Case;

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
    Markdown(Box<Document>),
}

/// What came of reading an input.
#[derive(Default)]
pub struct Loading {
    /// What was wrong or doubtful.
    pub findings: Vec<Diagnostic>,
    /// Everything it depends on, also where it is wrong.
    pub sources: Vec<Stamp>,
    /// The case for the review, however wrong.
    pub case: Option<Arc<Case>>,
    /// What can be built: only where the form has no errors.
    pub loaded: Option<Loaded>,
}

/// Reads an input and what it refers to.
pub fn load(input: &Input, draft: bool, templates: &Templates) -> Loading {
    let mut loading = Loading::default();
    let loaded = loading.contents(input, draft, templates);
    loading.loaded = loaded.filter(|_| !loading.findings.iter().any(Diagnostic::is_error));
    loading
}

impl Loading {
    fn contents(&mut self, input: &Input, draft: bool, templates: &Templates) -> Option<Loaded> {
        let leads_out = input.within.as_deref().and_then(|folder| files::leads_out(folder, &input.path));
        if let Some(finding) = leads_out {
            self.findings.push(finding);
            return None;
        }
        let (source, bytes) =
            files::text_and_bytes(&input.path).map_err(|finding| self.findings.push(finding)).ok()?;
        self.sources.push(Stamp::of(&input.path, &bytes));
        let folder = input.path.parent().unwrap_or(Path::new(""));
        let mut referred = Vec::new();
        let (content, wanted, enclosed) = if input.is_markdown() {
            let document = document::parse(&source).map_err(|errors| self.findings.extend(errors)).ok()?;
            let pictures = document.pictures();
            (Read::Markdown(Box::new(document)), pictures, Vec::new())
        } else {
            let (case, found) = super::super::read_case(&source, templates, draft);
            self.findings.extend(found);
            let case = self.case.insert(Arc::new(case?)).clone();
            referred.extend(
                case.referred
                    .values()
                    .map(|other| (PathBuf::from(&other.source.path), other.source.text.clone().into_bytes())),
            );
            let pictures = case.pictures();
            let enclosed = case.enclosures().map(|(name, _)| name.to_owned()).collect();
            (Read::Case(case), pictures, enclosed)
        };
        let (images, missing) = files::pictures(folder, &wanted, templates);
        self.findings.extend(missing);
        self.stamp(folder, &referred, &images, &enclosed);
        Some(Loaded { bytes, content, images, enclosed, referred })
    }

    /// Stamps what an input refers to.
    fn stamp(
        &mut self,
        folder: &Path,
        referred: &[(PathBuf, Vec<u8>)],
        images: &Images,
        enclosed: &[String],
    ) {
        self.sources.extend(referred.iter().map(|(path, bytes)| Stamp::of(path, bytes)));
        let images = images.iter().map(|(url, bytes)| Stamp::of(&folder.join(&*file_name(url)), bytes));
        self.sources.extend(images);
        self.sources.extend(enclosed.iter().map(|name| Stamp {
            fil: files::shown(&folder.join(name)),
            sha256: files::enclosed(folder, name).ok().and_then(|path| files::digest(&path)),
        }));
    }
}
