//! What a build is asked for.

use std::sync::Arc;

use crate::diagnostic::Severity;
use crate::digest::{BUILD, Digest, VERSION};
use crate::export::Format;
use crate::export::docx::Template;
use crate::workshop::Workshop;

/// What is built, and how.
#[derive(Clone, Debug)]
pub struct BuildSettings {
    /// The formats.
    pub to: Vec<Format>,
    /// Whether places may be left to fill in.
    pub draft: bool,
    /// Whether the source goes with the PDF.
    pub attach: bool,
    /// The least severity that keeps a document from being made.
    pub deny: Severity,
    /// The Word document to fill.
    pub template: Option<Arc<Template>>,
    /// What outputs depend on, beside files.
    pub digest: Digest,
}

impl BuildSettings {
    /// The settings of a build of these formats, with all that outputs depend on beside files.
    pub fn new(to: Vec<Format>, draft: bool, attach: bool, workshop: &Workshop) -> Self {
        let own = workshop.own().map(|digest| digest.to_string()).unwrap_or_default();
        let options = format!("{to:?} {draft} {attach}");
        let digest = Digest::of_parts([VERSION, BUILD, &own, &options].map(str::as_bytes));
        Self { to, draft, attach, deny: Severity::Error, template: None, digest }
    }

    /// The settings with another severity that keeps a document from being made.
    pub fn denying(self, deny: Severity) -> Self {
        let digest = Digest::of_parts([self.digest.to_string().as_bytes(), deny.word().as_bytes()]);
        Self { deny, digest, ..self }
    }

    /// The settings with a Word document to fill.
    #[must_use]
    pub fn with(mut self, template: Option<Arc<Template>>) -> Self {
        if let Some(template) = &template {
            let settings = self.digest.to_string();
            self.digest = Digest::of_parts([settings.as_bytes(), template.name.as_bytes(), &template.bytes]);
        }
        self.template = template;
        self
    }
}
