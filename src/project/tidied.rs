//! A case's file with tidy lines, from which the same document is built.

use std::path::Path;

use super::Project;
use super::loaded::{Loaded, LoadedAs};
use crate::diagnostic::codes;
use crate::{pipeline, tidy};

impl Project {
    /// The text of a case with tidy indentation and wrapping; none where it cannot be read. One from which nothing
    /// can be built yet keeps its line ends: it is not known which of its values count their lines. Nothing is
    /// written.
    pub fn tidied(&self, path: &Path) -> Option<String> {
        let loaded = self.load(path);
        let source = loaded.source.as_ref().filter(|_| loaded.case().is_some())?;
        let abbreviations = self.tools().abbreviations();
        let before = self.built(&loaded);
        let is_same = |text: &str| text == source.text || self.built(&self.holding(path, text)) == before;
        let indented = tidy::indented(&source.text, abbreviations).filter(|text| is_same(text))?;
        let wrapped = before.is_some().then(|| tidy::wrapped(&indented, abbreviations));
        Some(wrapped.filter(|text| is_same(text)).unwrap_or(indented))
    }

    /// The Markdown that a case gives, be it as a draft; none where it has errors.
    fn built(&self, loaded: &Loaded) -> Option<String> {
        let mut errors = loaded.findings.iter().filter(|finding| finding.is_error());
        let LoadedAs::Case(case) = &loaded.content else { return None };
        if errors.any(|error| error.code != codes::EJ_IFYLLT) {
            return None;
        }
        let document = pipeline::document(case, self.tools(), true).ok()?;
        Some(document.source.text.clone())
    }
}
