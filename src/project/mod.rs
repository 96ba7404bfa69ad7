//! The project: files by what identifies them, each read, parsed and reviewed once.
//!
//! A [`Project`] stands between the stages, which neither read nor write, and the faces (command line,
//! preview, language server), which hold no logic of their own. It reads through [`Files`]: the
//! [`Disk`], or whatever else holds files, under the texts that an editor has not saved.
//!
//! | ask | get |
//! | --- | --- |
//! | [`inputs`](Project::inputs) | the files that paths mean |
//! | [`load`](Project::load) | the case or document, its pictures, enclosures and referred cases, what is wrong with its form |
//! | [`review`](Project::review), [`review_while`](Project::review_while) | that, and what the rules find; its facts for the rules across cases |
//! | [`across`](Project::across) | what is doubtful between cases, from their facts |
//! | [`check`](Project::check) | all of that for many files at once, on all processors |
//! | [`document`](Project::document) | the document that is exported |
//! | [`depends_on`](Project::depends_on) | every file that the answers depend on, also those that are not there yet |
//! | [`mended`](Project::mended) | its text with all safe mends made |
//! | [`trial`](Project::trial) | what there would be to say if a file held another text |
//!
//! Each answer is known by the digests of the files that it depends on. Files are believed to be as
//! they were read until somebody says otherwise: [`changed`](Project::changed) for what happened on the
//! disk, [`open`](Project::open) and [`close`](Project::close) for an editor's text. Whoever asks again
//! then gets what still holds, and only the changed file and those that depend on it are worked on.
//! What is kept has an end: what nobody asked for lately is let go, and read again when it is asked for.
//! Many threads may ask at once, and whoever asks for what another is at waits for it; so no worker of
//! rayon's may ask, which could take up a second answer amid the first.
//!
//! A file is what its real path says, however it is spelled. In messages it has the spelling that it was
//! [entered](Project::enter) by, or else the one that it is asked for by.
//!
//! ```
//! use std::sync::Arc;
//! use tjut::library::Templates;
//! use tjut::project::{Disk, Project};
//! use tjut::workshop::Workshop;
//!
//! let tools = Arc::new(Workshop::new(Templates::new(Default::default()).expect("built in")));
//! let project = Project::new(Disk, tools);
//! project.open("a.yaml".as_ref(), "mall: tjänsteutlåtande\ntitle: Skolmat\n".into());
//! let found = project.review("a.yaml".as_ref()).settled();
//! assert!(found.iter().any(|finding| finding.code.name == "okänd-nyckel" && finding.place.is_some()));
//! assert!(project.document("a.yaml".as_ref()).is_err());
//! ```

pub mod base;
mod beside;
mod decode;
pub mod disk;
mod files;
mod git;
mod held;
pub mod home;
mod inputs;
mod kept;
mod loaded;
mod mended;
mod nearly;
mod outputs;
mod referred;
pub mod revision;
mod run;
pub mod settings;
mod tidied;
pub mod versions;

use std::collections::HashMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use crate::check::facts::Facts;
use crate::diagnostic::{Diagnostic, codes};
use crate::digest::Digest;
use crate::document::{Document, printed};
use crate::workshop::Workshop;
use crate::{check, pipeline};

pub use crate::paths::{shown, tidy};
pub use disk::Disk;
pub use files::{FileMark, Files, Overlay};
pub use git::Committed;
use held::Held;
pub use home::Home;
pub use inputs::{CASE_ENDINGS, Input, Inputs, SearchScope};
use kept::Memo;
use loaded::{Alone, Parsed, weight};
pub use loaded::{Dependency, Found, Known, Loaded, LoadedAs};
pub use mended::Mended;
pub use outputs::{collision, collisions};
pub use run::{Reviewed, shortened};

/// The folder of cases, where a project says nothing else.
pub const CASES: &str = "cases";
/// The folder of outputs, where a project says nothing else.
pub const OUTPUT: &str = "output";
/// The largest case or Markdown file, in bytes: some hundreds of pages.
pub const LARGEST_TEXT: u64 = 700_000;
/// How many bytes of memory what was read and found may take, in a generation.
const KEPT: usize = 12 << 20;

/// Files, and what was made of them.
pub struct Project {
    held: Held,
    tools: Arc<Workshop>,
    draft: bool,
    entered: RwLock<HashMap<PathBuf, Input>>,
    parsed: Memo<File, Parsed>,
    alone: Memo<File, Alone>,
    loaded: Memo<File, Loaded>,
    found: Memo<File, Found>,
    documents: Memo<File, Written>,
}

/// A file by what identifies it, and as it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct File {
    real: PathBuf,
    path: PathBuf,
}

impl File {
    fn is_markdown(&self) -> bool {
        inputs::is_markdown(&self.path)
    }
}

/// The document of a file, or why there is none.
struct Written {
    loaded: Arc<Loaded>,
    document: Result<Arc<Document>, Vec<Diagnostic>>,
}

impl Project {
    /// A project of which nothing is read yet.
    pub fn new(files: impl Files + 'static, tools: Arc<Workshop>) -> Self {
        Self {
            held: Held::new(files),
            tools,
            draft: false,
            entered: RwLock::default(),
            parsed: Memo::new(KEPT, |parsed| weight(&parsed.bytes)),
            alone: Memo::new(KEPT, |alone| weight(&alone.parsed.bytes)),
            loaded: Memo::new(KEPT, Loaded::weight),
            found: Memo::new(KEPT, |found| found.loaded.weight()),
            documents: Memo::new(KEPT, |written| written.loaded.weight()),
        }
    }

    /// Whether places may be left to fill in.
    pub fn draft(self, draft: bool) -> Self {
        Self { draft, ..self }
    }

    /// Whether places may be left to fill in.
    pub fn is_draft(&self) -> bool {
        self.draft
    }

    /// Templates, and what is made of them.
    pub fn tools(&self) -> &Arc<Workshop> {
        &self.tools
    }

    /// Where files are read.
    pub fn files(&self) -> &Overlay {
        self.held.files()
    }

    /// What identifies a file, also one that is not there.
    pub fn identity(&self, path: &Path) -> PathBuf {
        self.held.identity(path)
    }

    /// Lets files be shown as they are spelled here, whoever refers to them and however; of several
    /// spellings of a file, the first. Gives each file once.
    pub fn enter(&self, inputs: Vec<Input>) -> Vec<Input> {
        let mut entered = self.entered.write().unwrap_or_else(PoisonError::into_inner);
        let mut is_new = |input: &Input| {
            let mut is_new = false;
            entered.entry(self.identity(&input.path)).or_insert_with(|| {
                is_new = true;
                input.clone()
            });
            is_new
        };
        inputs.into_iter().filter(|input| is_new(input)).collect()
    }

    /// Lets a file hold a text that is not saved.
    pub fn open(&self, path: &Path, text: String) {
        self.hold(path, text.into_bytes());
    }

    /// Lets a file hold bytes that are not saved, which may be no text.
    pub fn hold(&self, path: &Path, bytes: Vec<u8>) {
        self.files().open(path, bytes);
        self.changed(path);
    }

    /// Lets a file hold what is saved.
    pub fn close(&self, path: &Path) {
        self.files().close(path);
        self.changed(path);
    }

    /// Says that a file, or what lies in a folder, was written, moved or removed.
    pub fn changed(&self, path: &Path) {
        self.held.forget(path);
    }

    /// A file with everything that it refers to, and what is wrong with its form.
    pub fn load(&self, path: &Path) -> Arc<Loaded> {
        let file = self.file(path);
        self.loaded.get(
            &file,
            |loaded| loaded.depends_on.iter().all(|dependency| self.holds(dependency)),
            || match self.leads_out(&file) {
                Some(loaded) => loaded,
                None => self.gathered(&file, &self.parsed(&file)),
            },
        )
    }

    /// What the review finds in a file.
    pub fn review(&self, path: &Path) -> Arc<Found> {
        let file = self.file(path);
        let loaded = self.load(path);
        self.found.get(
            &file,
            |found| Arc::ptr_eq(&found.loaded, &loaded),
            || {
                let ruled = match loaded.case() {
                    // Without what it refers to it is what others may have asked for.
                    Some(case) if case.referred.is_empty() => self.alone(&file).ruled.clone(),
                    _ => self.ruled(&loaded, &|| true).unwrap_or_default(),
                };
                Found { findings: [&*loaded.findings, &ruled].concat(), loaded: loaded.clone() }
            },
        )
    }

    /// What the review finds in a file, unless that is no longer wanted before it is found. What was found by
    /// then is thrown away.
    pub fn review_while(&self, path: &Path, is_wanted: &(dyn Fn() -> bool + Sync)) -> Option<Arc<Found>> {
        let file = self.file(path);
        let loaded = self.load(path);
        self.found.get_unless(
            &file,
            |found| Arc::ptr_eq(&found.loaded, &loaded),
            || {
                let ruled = self.ruled(&loaded, is_wanted)?;
                Some(Found { findings: [&*loaded.findings, &ruled].concat(), loaded: loaded.clone() })
            },
        )
    }

    /// What is doubtful between cases, which come sorted by their paths.
    pub fn across(&self, cases: &[&Facts]) -> Vec<Diagnostic> {
        check::across(cases, &self.tools)
    }

    /// The document of a case, or of Markdown that was reviewed. What the rules find keeps nobody from
    /// having one.
    ///
    /// # Errors
    /// What is wrong with its form, or with the templates.
    pub fn document(&self, path: &Path) -> Result<Arc<Document>, Vec<Diagnostic>> {
        let file = self.file(path);
        let loaded = self.load(path);
        let written = self.documents.get(
            &file,
            |written| Arc::ptr_eq(&written.loaded, &loaded),
            || Written { document: self.write(&loaded), loaded: loaded.clone() },
        );
        written.document.clone()
    }

    /// Every file that the answers about a file depend on, itself first, also what is not there.
    pub fn depends_on(&self, path: &Path) -> Vec<PathBuf> {
        self.load(path).depends_on.iter().map(|dependency| dependency.path.clone()).collect()
    }

    /// What the review would find in a file if it held this text.
    pub fn trial(&self, path: &Path, text: &str) -> Found {
        let loaded = Arc::new(self.holding(path, text));
        let ruled = self.ruled(&loaded, &|| true).unwrap_or_default();
        Found { findings: [&*loaded.findings, &ruled].concat(), loaded }
    }

    /// What the rules find, unless that is no longer wanted. A document is reviewed as the case that it prints.
    fn ruled(&self, loaded: &Loaded, is_wanted: &(dyn Fn() -> bool + Sync)) -> Option<Vec<Diagnostic>> {
        match &loaded.content {
            LoadedAs::Case(case) => check::review_while(case, &self.tools, is_wanted),
            LoadedAs::Document(document) => {
                // What is wrong with its form is the document's own to say.
                let case = printed::case(document, &self.tools);
                case.map_or(Some(Vec::new()), |case| check::review_while(&case, &self.tools, is_wanted))
            }
            LoadedAs::Nothing => Some(Vec::new()),
        }
    }

    /// A file as it would be if it held this text.
    fn holding(&self, path: &Path, text: &str) -> Loaded {
        let file = self.file(path);
        let bytes: Arc<[u8]> = text.as_bytes().into();
        let digest = Digest::of(&bytes);
        self.gathered(&file, &self.parse(&file, bytes, digest))
    }

    /// The digest of what a file holds; none when it cannot be read.
    pub fn digest(&self, path: &Path) -> Option<Digest> {
        self.held.digest(path)
    }

    /// Whether a file still holds what it held, as far as can be told now without reading it again.
    pub fn still_holds(&self, path: &Path, digest: Digest) -> bool {
        self.held.still_holds(path, digest)
    }

    /// What a file of any kind holds.
    ///
    /// # Errors
    /// That it cannot be read.
    pub fn bytes(&self, path: &Path) -> Result<Arc<[u8]>, Diagnostic> {
        let read = self.held.read(path, disk::LARGEST_FILE);
        read.map(|(bytes, _)| bytes).map_err(|error| unreadable(&shown(path), error))
    }

    /// How many files and answers are remembered: what a face that runs for days keeps an eye on.
    pub fn kept(&self) -> usize {
        let answers = [self.parsed.len(), self.alone.len(), self.loaded.len(), self.found.len()];
        self.held.len() + answers.iter().sum::<usize>() + self.documents.len()
    }

    fn file(&self, path: &Path) -> File {
        let real = self.identity(path);
        let entered = self.entered.read().unwrap_or_else(PoisonError::into_inner);
        let path = entered.get(&real).map_or(path, |input| &input.path).to_owned();
        File { real, path }
    }

    fn parsed(&self, file: &File) -> Arc<Parsed> {
        let read = self.held.read(&file.path, LARGEST_TEXT);
        let known = match &read {
            Ok((_, digest)) => Known::Held(*digest),
            Err(_) => self.seen(&file.path),
        };
        self.parsed.get(
            file,
            |parsed| parsed.known == known,
            || match read {
                Ok((bytes, digest)) => self.parse(file, bytes, digest),
                Err(error) => self.unread(file, error),
            },
        )
    }

    fn alone(&self, file: &File) -> Arc<Alone> {
        let parsed = self.parsed(file);
        self.alone.get(
            file,
            |alone| Arc::ptr_eq(&alone.parsed, &parsed),
            || Alone {
                ruled: parsed.case().map(|case| check::review(case, &self.tools)).unwrap_or_default(),
                parsed: parsed.clone(),
            },
        )
    }

    fn write(&self, loaded: &Loaded) -> Result<Arc<Document>, Vec<Diagnostic>> {
        if loaded.has_errors() {
            return Err(loaded.findings.clone());
        }
        match &loaded.content {
            LoadedAs::Case(case) => pipeline::document(case, &self.tools, self.draft).map(Arc::new),
            LoadedAs::Document(document) => Ok(document.clone()),
            LoadedAs::Nothing => Err(loaded.findings.clone()),
        }
    }

    fn holds(&self, dependency: &Dependency) -> bool {
        match &dependency.known {
            Known::Held(digest) => self.held.digest(&dependency.path) == Some(*digest),
            seen => *seen == self.seen(&dependency.path),
        }
    }

    fn seen(&self, path: &Path) -> Known {
        let mark = |real: PathBuf| self.files().mark(&real).ok().map(|mark| (real, mark));
        Known::Seen(self.files().real(path).ok().and_then(mark))
    }

    /// A file that was found in a folder, and is a link that leads out of it: it says only that.
    fn leads_out(&self, file: &File) -> Option<Loaded> {
        let entered = self.entered.read().unwrap_or_else(PoisonError::into_inner);
        let finding = entered.get(&file.real)?.leads_out(self.files())?;
        drop(entered);
        let mut loaded = self.gathered(file, &self.unread(file, ErrorKind::NotFound));
        loaded.findings = vec![finding];
        Some(loaded)
    }
}

/// A file that cannot be read, in Swedish.
pub fn unreadable(path: &str, error: ErrorKind) -> Diagnostic {
    let (message, hint) = match error {
        ErrorKind::NotFound => ("finns inte", "Kontrollera namnet och mappen."),
        ErrorKind::PermissionDenied => ("får inte läsas", "Be den som äger filen om läsrätt."),
        ErrorKind::IsADirectory => ("är en mapp, inte en fil", "Ange en fil i mappen."),
        ErrorKind::FileTooLarge => ("är för stor", "Dela upp den."),
        ErrorKind::InvalidInput => ("är ingen vanlig fil", "Ange en textfil."),
        _ => ("kan inte läsas", "Försök igen; kontrollera disken om det händer igen."),
    };
    Diagnostic::new(codes::FIL_LASES_INTE, format!("{path} {message}")).hint(hint)
}
