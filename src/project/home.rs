//! The way home of an edited Markdown: what it was built of, and what its case is to hold.

use std::path::Path;
use std::sync::Arc;

use super::{Project, shown};
use crate::apply::merge::{Conflict, merge};
use crate::apply::{self, Built};
use crate::diagnostic::{self, Diagnostic, Place, Source, codes};
use crate::document::{self, Document};
use crate::pipeline;
use crate::yaml::edit;

/// What a case is to hold.
pub struct Home {
    /// What it holds.
    pub before: Arc<Source>,
    /// What it is to hold.
    pub after: String,
    /// At how many places it changes.
    pub places: usize,
    /// What cannot be brought home, and what follows.
    pub findings: Vec<Diagnostic>,
    /// Whether the case that it is to be has no errors that keep it from being a document.
    pub is_whole: bool,
}

impl Home {
    /// Whether all came home.
    pub fn is_complete(&self) -> bool {
        self.is_whole && !self.findings.iter().any(Diagnostic::is_error)
    }
}

impl Project {
    /// Brings what was changed in a Markdown into its case. `base` is the Markdown as it was built, where the case
    /// has changed since.
    ///
    /// # Errors
    /// What keeps either of them from being a document.
    pub fn home(
        &self,
        markdown: &Path,
        case: &Path,
        base: Option<&Document>,
    ) -> Result<Home, Vec<Diagnostic>> {
        let loaded = self.load(case);
        let errors: Vec<Diagnostic> =
            loaded.findings.iter().filter(|finding| finding.is_error()).cloned().collect();
        let (true, Some(own)) = (errors.is_empty(), loaded.case()) else { return Err(errors) };
        let (document, origins) = pipeline::traced(own, self.tools(), self.is_draft())?;
        let edited = self.document(markdown)?;
        let built = Built { case: own, document: &document, origins: &origins };
        let (edited, mut findings) = match base.filter(|base| base.source.text != document.source.text) {
            Some(base) => self.merged(base, &built, &edited)?,
            None => (edited, Vec::new()),
        };
        let brought = apply::bring(&built, &edited, self.tools());
        findings.extend(brought.findings);
        let before = own.source.clone();
        let after = edit::applied(&before.text, &brought.edits);
        let trial = self.holding(case, &after);
        let errors: Vec<&Diagnostic> = trial.findings.iter().filter(|finding| finding.is_error()).collect();
        let rebuilt = trial.case().filter(|_| errors.is_empty());
        let rebuilt = rebuilt
            .map(|case| pipeline::traced(case, self.tools(), self.is_draft()).map(|found| (case, found)));
        let is_whole = matches!(rebuilt, Some(Ok(_)));
        match rebuilt {
            Some(Ok((case, (again, origins)))) => {
                let again = Built { case, document: &again, origins: &origins };
                let left = apply::unmet(&again, &document, &edited, self.tools());
                add(&mut findings, left);
            }
            _ => findings.extend(errors.into_iter().map(|error| would_fail(case, error))),
        }
        diagnostic::sort(&mut findings);
        Ok(Home { before, after, places: brought.edits.len(), findings, is_whole })
    }

    /// The edited Markdown with what was changed in the case since it was built.
    fn merged(
        &self,
        base: &Document,
        built: &Built<'_>,
        edited: &Arc<Document>,
    ) -> Result<(Arc<Document>, Vec<Diagnostic>), Vec<Diagnostic>> {
        let theirs = apply::written(edited, self.tools().abbreviations());
        let merged = merge(&base.source.text, &built.document.source.text, &theirs);
        let conflicts =
            merged.conflicts.iter().map(|conflict| conflicting(conflict, built, edited, &theirs)).collect();
        let source = Source::new(edited.source.path.clone(), merged.text);
        Ok((Arc::new(document::parse(&source, self.tools().kinds())?), conflicts))
    }
}

/// Adds what is not said yet.
fn add(findings: &mut Vec<Diagnostic>, more: Vec<Diagnostic>) {
    for finding in more {
        let is_said = findings.iter().any(|other| match (&other.place, &finding.place) {
            (Some(one), Some(two)) => {
                one.source == two.source && one.range.start < two.range.end && two.range.start < one.range.end
            }
            _ => false,
        });
        if !is_said {
            findings.push(finding);
        }
    }
}

fn would_fail(case: &Path, error: &Diagnostic) -> Diagnostic {
    Diagnostic::new(
        codes::ATERFORS_INTE,
        format!("med ändringarna skulle {} få fel: {}", shown(case), error.message),
    )
    .hint("Återställ det i Markdown-filen, eller ändra i ärendet i stället.")
}

/// A conflict, at its place in the Markdown and in the case.
fn conflicting(conflict: &Conflict, built: &Built<'_>, edited: &Document, theirs: &str) -> Diagnostic {
    let lines = |text: &str, range: &std::ops::Range<usize>| {
        let start: usize = text.split_inclusive('\n').take(range.start).map(str::len).sum();
        let length: usize =
            text.split_inclusive('\n').skip(range.start).take(range.len()).map(str::len).sum();
        start..start + length.saturating_sub(1)
    };
    let said = &theirs[lines(theirs, &conflict.theirs)];
    let at = edited.source.text.find(said).unwrap_or_default();
    let there = Place { source: edited.source.clone(), range: at..at + said.len() };
    let ours = lines(&built.document.source.text, &conflict.ours);
    Diagnostic::new(codes::ATERFORS_KONFLIKT, "samma mening är ändrad både i Markdown-filen och i ärendet")
        .at(there)
        .related(built.origins.place(&ours), "så lyder den i ärendet nu")
        .hint("Skriv den likadant på båda ställena, och kör tjut apply igen.")
}

#[cfg(test)]
mod tests;
