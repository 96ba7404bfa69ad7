//! A file that is open in the editor, and what a feature sees of it.

use std::path::PathBuf;
use std::sync::Arc;

use gen_lsp_types::Uri;
use serde_json::Value as Json;

use super::client::Client;
use super::index::Index;
use super::text::OpenText;
use crate::diagnostic::{Diagnostic, Source};
use crate::library::kinds::Kind;
use crate::library::profile::ProfileKey;
use crate::project::{Loaded, Project};
use crate::read::schema;
use crate::yaml::outline::Outline;

/// A file that is open in the editor.
pub struct OpenFile {
    /// Its address, as the client writes it.
    pub uri: Uri,
    /// Its path, as messages show it.
    pub path: PathBuf,
    /// What identifies it.
    pub real: PathBuf,
    /// Which version of the text this is.
    pub version: i32,
    /// The text.
    pub text: OpenText,
    /// Whether it is a case, or lies where cases lie: the editor sends every YAML file there is.
    pub is_case: bool,
    /// What the last review found, and in which version.
    pub reviewed: Option<(i32, Vec<Diagnostic>)>,
}

impl OpenFile {
    /// What was found in the text as it is now; none while that is not known.
    pub fn findings(&self) -> Option<&[Diagnostic]> {
        self.reviewed
            .as_ref()
            .filter(|(version, _)| *version == self.version)
            .map(|(_, found)| found.as_slice())
    }
}

/// What a feature sees: a document, and what is known around it.
#[derive(Clone, Copy)]
pub struct View<'a> {
    /// The document.
    pub document: &'a OpenFile,
    /// The project with the editor's texts.
    pub project: &'a Project,
    /// What the project's cases say.
    pub index: &'a Index,
    /// What the client can do.
    pub client: &'a Client,
}

impl<'a> View<'a> {
    /// The text.
    pub fn text(&self) -> &'a str {
        self.document.text.as_str()
    }

    /// The structure of the text, also where it does not parse.
    pub fn outline(&self) -> Outline {
        Outline::of(self.text())
    }

    /// The file as it was read, with what could be read of it.
    pub fn loaded(&self) -> Arc<Loaded> {
        self.project.load(&self.document.path)
    }

    /// The kind that the text says, or most likely means.
    pub fn kind(&self, outline: &Outline) -> Arc<Kind> {
        let said = outline.find(&["mall"]).next().map_or("", |entry| &self.text()[entry.said.clone()]);
        let kinds = self.project.tools().kinds();
        let known = kinds.get(said.trim_matches(['"', '\''])).cloned();
        known.unwrap_or_else(|| kinds.likely(said, outline.top().map(|(key, _)| key)))
    }

    /// Who writes, as far as the text says it.
    pub fn sender<'k>(&self, outline: &Outline, kind: &'k Kind) -> ProfileKey<'k>
    where
        'a: 'k,
    {
        let said = |key: &str| {
            outline.find(&["avsändare", key]).next().map(|entry| &self.text()[entry.said.clone()])
        };
        ProfileKey {
            name: said("förvaltning").or_else(|| said("nämnd")).unwrap_or_default().trim_matches(['"', '\'']),
            kommun: said("kommun"),
            kinds: kind.kommun.as_ref().map(|line| line.text.as_str()),
        }
    }

    /// What a case of this kind can hold.
    pub fn schema(&self, kind: &Kind) -> Json {
        schema::whole(kind, self.project.tools().kinds())
    }

    /// Whether a source is the document's own text.
    pub fn is_own(&self, source: &Source) -> bool {
        source.text == self.text()
    }
}
