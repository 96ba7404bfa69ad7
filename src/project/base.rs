//! What an edited Markdown was built of: the case as it is, or as it was in a commit.

use std::path::Path;
use std::sync::Arc;

use super::revision::{self, Revision};
use super::{Project, shown};
use crate::diagnostic::{Diagnostic, codes};
use crate::digest::Digest;
use crate::document::Document;

/// What a build remembers of a Markdown.
pub struct BuiltMarkdown<'a> {
    /// The digest of the Markdown as it was written.
    pub markdown: Digest,
    /// Whether its case is still what it was built of.
    pub is_current: bool,
    /// The file of the case, as it was named.
    pub case: &'a str,
}

impl Project {
    /// The Markdown as it was built, where its case has been changed since; none where it was not, or where nothing
    /// tells.
    ///
    /// A build's own memory tells, or else git: the last commit whose Markdown is what its case gives.
    ///
    /// # Errors
    /// That the case has changed, and what it was is nowhere to be found.
    pub fn base(
        &self,
        markdown: &Path,
        case: &Path,
        record: Option<&BuiltMarkdown<'_>>,
    ) -> Result<Option<Arc<Document>>, Diagnostic> {
        if record.is_some_and(|record| record.is_current) {
            return Ok(None);
        }
        let mut last = None;
        for commit in revision::touching(&[markdown, case]) {
            let Ok(revision) = Revision::of(Path::new("."), &commit) else { break };
            let revision = Arc::new(revision);
            let project = Self::new(revision.clone(), self.tools().clone()).draft(self.is_draft());
            let Ok(document) = project.document(case) else { continue };
            let text = document.source.text.as_bytes();
            let is_it = match record {
                Some(record) => Digest::of(text) == record.markdown,
                None => project.bytes(markdown).is_ok_and(|bytes| *bytes == *text),
            };
            if is_it {
                return Ok(Some(document));
            }
            last.get_or_insert(document);
        }
        match record {
            None => Ok(last),
            Some(_) => Err(Diagnostic::new(
                codes::ATERFORS_KONFLIKT,
                format!(
                    "{} har ändrats sedan {} byggdes, och det går inte att se hur det såg ut då",
                    shown(case),
                    shown(markdown)
                ),
            )
            .hint("Återställ ärendet som det var, kör tjut apply, och gör sedan om ändringarna i ärendet.")),
        }
    }
}
