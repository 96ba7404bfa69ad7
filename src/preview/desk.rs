//! The desk: the project with the templates of now, where documents are read, reviewed and laid out.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::places::Places;
use super::view::{Shown, Snapshot};
use crate::batch::{self, Panicked};
use crate::compare::{Both, redline, report};
use crate::diagnostic::{self, Diagnostic, codes};
use crate::document::Document;
use crate::export::html;
use crate::export::pages::Pages;
use crate::project::disk::{Disk, Exclusions};
use crate::project::revision::Revision;
use crate::project::versions::{DiffOptions, FileTree, Versions};
use crate::project::{Input, Loaded, Project};
use crate::workshop::Workshop;

/// The project, read strictly and as drafts: a case with places to fill in has errors, and is shown.
pub struct Desk {
    strict: Project,
    drafts: Project,
}

/// What is made of a document that can be laid out.
type Made = Result<Shown, Vec<Diagnostic>>;

impl Desk {
    /// A desk on which nothing lies yet.
    pub fn new(tools: &Arc<Workshop>) -> Self {
        let project = || Project::new(Disk, tools.clone());
        Self { strict: project(), drafts: project().draft(true) }
    }

    /// The project as it is built from.
    pub fn project(&self) -> &Project {
        &self.strict
    }

    /// Says that a file was written, moved or removed.
    pub fn changed(&self, path: &Path) {
        self.strict.changed(path);
        self.drafts.changed(path);
    }

    /// Every file that the view of a document depends on, by what identifies it.
    pub fn depends_on(&self, input: &Input) -> Vec<PathBuf> {
        self.strict.depends_on(&input.path)
    }

    /// What there is to show of a document: what was shown before, when nothing is new.
    pub fn look(&self, input: &Input, before: Option<&Arc<Snapshot>>) -> Arc<Snapshot> {
        let loaded = self.strict.load(&input.path);
        if let Some(before) = before.filter(|before| Arc::ptr_eq(&before.loaded, &loaded)) {
            return before.clone();
        }
        let review = || self.strict.review(&input.path).settled();
        let both = batch::caught(|| batch::both(review, || self.make(input, &loaded)));
        let (mut findings, made) = both.unwrap_or_else(|panicked| (Vec::new(), Err(vec![broken(&panicked)])));
        let shown = match made {
            Ok(shown) => Some(Arc::new(shown)),
            Err(errors) => {
                let is_new = |error: &Diagnostic| !findings.iter().any(|found| is_same(found, error));
                let new: Vec<Diagnostic> = errors.into_iter().filter(is_new).collect();
                findings.extend(new);
                diagnostic::sort(&mut findings);
                None
            }
        };
        Arc::new(Snapshot::new(loaded, findings, shown, before.map(|before| &**before)))
    }

    /// The pages of a document: as a draft, when nothing is wrong but that places are left to fill in.
    fn make(&self, input: &Input, loaded: &Arc<Loaded>) -> Made {
        let only_marks = || {
            let mut errors = loaded.findings.iter().filter(|finding| finding.is_error());
            errors.all(|error| error.code == codes::EJ_IFYLLT)
        };
        match loaded.has_errors() && only_marks() {
            true => lay_out(&self.drafts, input, &self.drafts.load(&input.path)),
            false => lay_out(&self.strict, input, loaded),
        }
    }

    /// A document as a web page.
    ///
    /// # Errors
    /// What cannot be written so.
    pub fn page(&self, shown: &Shown) -> Result<Vec<u8>, Vec<Diagnostic>> {
        html::html(&shown.document, self.strict.tools(), &shown.images, &[], false)
    }

    /// What changed since the last commit, as a web page; none when nothing did.
    ///
    /// # Errors
    /// That there is no commit, or that either side is no document.
    pub fn changes(&self, input: &Input) -> Result<Option<Vec<u8>>, Vec<Diagnostic>> {
        let old = Revision::of(Path::new("."), "HEAD").map_err(|finding| vec![finding])?;
        let trees = Both { old: FileTree::Revision(Arc::new(old), "HEAD".to_owned()), new: FileTree::Disk };
        let versions = Versions::new(trees, self.strict.tools(), true, Exclusions::of_git());
        for pair in versions.pairs(&input.path) {
            let Some(result) = versions.compare(&pair, DiffOptions { all: true, pages: false })? else {
                continue;
            };
            let Some(comparison) = versions.printed(&pair)?.filter(|_| !result.compared.is_same()) else {
                continue;
            };
            let page = redline::page(&result.document, &comparison, report::listed(&result.compared));
            return html::html(&page, self.strict.tools(), &result.loaded.images, &[], false).map(Some);
        }
        Ok(None)
    }
}

fn lay_out(project: &Project, input: &Input, loaded: &Loaded) -> Made {
    let document: Arc<Document> = project.document(&input.path)?;
    let tools = project.tools();
    let pages = Pages::of(&document, tools, tools.press(), &loaded.images)?;
    let places = Places::of(loaded.case().map(|case| &**case), tools, &document);
    Ok(Shown::new(document, loaded.images.clone(), pages, places))
}

/// Says that the program broke, which must not end it: the next text may be another.
fn broken(panicked: &Panicked) -> Diagnostic {
    Diagnostic::new(
        codes::INTERNT_FEL,
        "ett internt fel uppstod i tjut, och sidorna visar ärendet som det var innan",
    )
    .hint(format!("Det är ett fel i tjut, inte i ärendet. Anmäl det, gärna med ärendet: {}", panicked.0))
}

/// Whether two findings say the same of the same place.
fn is_same(one: &Diagnostic, other: &Diagnostic) -> bool {
    let range = |finding: &Diagnostic| finding.place.as_ref().map(|place| place.range.clone());
    one.code == other.code && one.message == other.message && range(one) == range(other)
}
