//! A file, read, with what it refers to.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::decode::decode;
use super::files::FileMark;
use super::{File, Project, unreadable};
use crate::check::acceptance::{Acceptances, Scope};
use crate::check::facts::Facts;
use crate::diagnostic::{Diagnostic, Source};
use crate::digest::Digest;
use crate::document::{self, Document};
use crate::export::Images;
use crate::paths::shown;
use crate::pipeline;
use crate::read::Case;

/// What a file is.
#[derive(Clone, Debug)]
pub enum LoadedAs {
    /// A case, however wrong, with those that it refers to.
    Case(Arc<Case>),
    /// Markdown that was reviewed.
    Document(Arc<Document>),
    /// Nothing that could be read.
    Nothing,
}

/// A file that something was made of, or that would have been, had it been there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dependency {
    /// The file.
    pub path: PathBuf,
    /// What was known of it then.
    pub known: Known,
}

/// What is known of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Known {
    /// What it holds.
    Held(Digest),
    /// What it looks like from outside, where no more was wanted or to be had; none when it is not there.
    Seen(Option<(PathBuf, FileMark)>),
}

/// A file by itself: read and parsed, and the form of the case checked.
pub(super) struct Parsed {
    pub known: Known,
    pub bytes: Arc<[u8]>,
    /// None when there is no text; the finding says why.
    pub source: Option<Arc<Source>>,
    pub content: LoadedAs,
    pub findings: Vec<Diagnostic>,
}

impl Parsed {
    pub fn case(&self) -> Option<&Arc<Case>> {
        match &self.content {
            LoadedAs::Case(case) => Some(case),
            _ => None,
        }
    }

    pub fn dependency(&self, file: &File) -> Dependency {
        Dependency { path: file.path.clone(), known: self.known.clone() }
    }
}

/// A case by itself, with what the rules find in it.
pub(super) struct Alone {
    pub parsed: Arc<Parsed>,
    pub ruled: Vec<Diagnostic>,
}

impl Alone {
    pub fn case(&self) -> Option<&Arc<Case>> {
        self.parsed.case()
    }

    /// What there is to say about it, sorted.
    pub fn settled(&self) -> Vec<Diagnostic> {
        pipeline::settle(self.case().map(|case| &**case), [&*self.parsed.findings, &self.ruled].concat())
    }
}

/// A file with everything that it refers to.
#[derive(Debug)]
pub struct Loaded {
    /// The file, as it is shown.
    pub path: PathBuf,
    /// What identifies it.
    pub real: PathBuf,
    /// What it holds, to the byte.
    pub bytes: Arc<[u8]>,
    /// Its text; none when there is none that can be read.
    pub source: Option<Arc<Source>>,
    /// What it is.
    pub content: LoadedAs,
    /// The pictures that it shows, by their addresses; only those that can be printed.
    pub images: Images,
    /// The files that it encloses, by their names from its folder; only those that are there.
    pub enclosed: Vec<String>,
    /// What is wrong or doubtful in its form and in what it refers to, in no certain order.
    pub findings: Vec<Diagnostic>,
    /// Everything that this depends on, the file itself first, also what is not there.
    pub depends_on: Vec<Dependency>,
}

impl Loaded {
    /// The case, if it is one.
    pub fn case(&self) -> Option<&Arc<Case>> {
        match &self.content {
            LoadedAs::Case(case) => Some(case),
            _ => None,
        }
    }

    /// Whether anything keeps it from being a document.
    pub fn has_errors(&self) -> bool {
        self.findings.iter().any(Diagnostic::is_error)
    }

    /// How much memory it takes, roughly.
    pub(super) fn weight(&self) -> usize {
        weight(&self.bytes) + self.images.values().map(|image| image.len()).sum::<usize>()
    }
}

/// How much memory a text takes when it is read, roughly: what it says is kept in many small pieces.
pub(super) fn weight(bytes: &[u8]) -> usize {
    1000 + 24 * bytes.len()
}

/// What the review found in a file.
#[derive(Debug)]
pub struct Found {
    /// The file.
    pub loaded: Arc<Loaded>,
    /// Everything that is wrong or doubtful, accepted or not, in no certain order.
    pub findings: Vec<Diagnostic>,
}

impl Found {
    /// What the case says shall stand; nothing where there is no case.
    pub fn acceptances(&self) -> Option<Acceptances> {
        self.loaded.case().map(|case| Acceptances::of(case))
    }

    /// What rules across cases need of it.
    pub fn facts(&self) -> Option<Facts> {
        facts(self.loaded.case(), &self.loaded.real)
    }

    /// What the case accepts, with its reasons.
    pub fn accepted(&self) -> Vec<(Diagnostic, String)> {
        let settle = |said: Acceptances| said.settle(self.findings.clone(), Scope::Alone).accepted;
        self.acceptances().map(settle).unwrap_or_default()
    }

    /// What is left when the acceptances are heard, sorted: what there is to say about the file alone.
    pub fn settled(&self) -> Vec<Diagnostic> {
        pipeline::settle(self.loaded.case().map(|case| &**case), self.findings.clone())
    }
}

fn facts(case: Option<&Arc<Case>>, real: &Path) -> Option<Facts> {
    case.map(|case| Facts::of(case, real.parent().unwrap_or(Path::new(""))))
}

impl Project {
    /// What rules across cases need of a file, which is not reviewed.
    pub(super) fn facts_of(&self, path: &Path) -> Option<Facts> {
        let file = self.file(path);
        facts(self.parsed(&file).case(), &file.real)
    }

    /// Reads and parses a file that holds these bytes.
    pub(super) fn parse(&self, file: &File, bytes: Arc<[u8]>, digest: Digest) -> Parsed {
        let mut parsed = Parsed {
            known: Known::Held(digest),
            source: None,
            content: LoadedAs::Nothing,
            findings: Vec::new(),
            bytes,
        };
        let source = match decode(shown(&file.path), &parsed.bytes) {
            Ok(source) => source,
            Err(finding) => {
                parsed.findings.push(finding);
                return parsed;
            }
        };
        if file.is_markdown() {
            match document::parse(&source, self.tools().kinds()) {
                Ok(document) => {
                    parsed.findings = document.doubts.clone();
                    parsed.content = LoadedAs::Document(Arc::new(document));
                }
                Err(findings) => parsed.findings = findings,
            }
        } else {
            let (case, findings) = pipeline::form(&source, self.tools(), self.is_draft());
            parsed.findings = findings;
            parsed.content = case.map_or(LoadedAs::Nothing, |case| LoadedAs::Case(Arc::new(case)));
        }
        Parsed { source: Some(source), ..parsed }
    }

    /// Says why a file cannot be parsed.
    pub(super) fn unread(&self, file: &File, error: ErrorKind) -> Parsed {
        Parsed {
            known: self.seen(&file.path),
            bytes: Arc::new([]),
            source: None,
            content: LoadedAs::Nothing,
            findings: vec![unreadable(&shown(&file.path), error)],
        }
    }

    /// Loads what a file refers to.
    pub(super) fn gathered(&self, file: &File, parsed: &Parsed) -> Loaded {
        let mut loaded = Loaded {
            path: file.path.clone(),
            real: file.real.clone(),
            bytes: parsed.bytes.clone(),
            source: parsed.source.clone(),
            content: parsed.content.clone(),
            images: Images::new(),
            enclosed: Vec::new(),
            findings: parsed.findings.clone(),
            depends_on: vec![parsed.dependency(file)],
        };
        let depends_on = &mut loaded.depends_on;
        if let LoadedAs::Case(case) = &mut loaded.content
            && case.references().next().is_some()
        {
            let mut whole = Case::clone(case);
            loaded.findings.extend(self.gather(file, &mut whole, depends_on));
            *case = Arc::new(whole);
        }
        let pictures = match &loaded.content {
            LoadedAs::Case(case) => case.pictures(),
            LoadedAs::Document(document) => document.pictures(),
            LoadedAs::Nothing => Vec::new(),
        };
        let (images, problems) = self.pictures(file, &pictures, depends_on);
        loaded.images = images;
        loaded.findings.extend(problems);
        if let LoadedAs::Case(case) = &loaded.content {
            let (enclosed, problems) = self.enclosures(file, case.enclosures(), depends_on);
            loaded.enclosed = enclosed;
            loaded.findings.extend(problems);
        }
        loaded
    }
}
