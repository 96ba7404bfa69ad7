//! The way home: what was changed in a built Markdown, brought into the case that it was built of.
//!
//! ```text
//! Document as it was built, with its origins × Document as it was edited ──▶ edits of the case's file
//!                                  compare, homes                 wording, yaml::edit
//! ```
//!
//! 1. [`homes`] walks the comparison of the two documents and finds whose each part of the edited one is: which
//!    text, line, item or section of the case; what nobody says comes from the profile, the kind or the template.
//! 2. [`wording`] writes a text that says something else: what stays keeps its bytes.
//! 3. [`changes`] makes edits of the file of it: of values, of the order of items and sections.
//! 4. [`unmet`] holds the document that the edited case gives against the edited document: what differs did not come
//!    home, and is said. So nothing is lost without a word, whatever the steps before do.

mod changes;
mod head;
mod homes;
mod lines;
pub mod merge;
mod tokens;
mod tree;
mod unmet;
mod wording;
mod wrap;

use crate::compare::{Version, compare};
use crate::diagnostic::{Diagnostic, Edit};
use crate::document::Document;
use crate::library::Templates;
use crate::read::Case;
use crate::render::trace::Origins;
pub use unmet::{unmet, written};

/// A case, and the document that it gives.
#[derive(Clone, Copy)]
pub struct Built<'a> {
    /// The case.
    pub case: &'a Case,
    /// The document.
    pub document: &'a Document,
    /// What each part of the document came of.
    pub origins: &'a Origins,
}

/// What is to be done with the case's file.
#[derive(Debug, Default)]
pub struct Brought {
    /// The edits of the file, which do not overlap.
    pub edits: Vec<Edit>,
    /// What comes from elsewhere and cannot be brought home, each with its place in the edited Markdown.
    pub findings: Vec<Diagnostic>,
}

/// Brings what was changed in a document into its case.
pub fn bring(built: &Built<'_>, edited: &Document, templates: &Templates) -> Brought {
    let abbreviations = templates.abbreviations();
    let comparison = compare(Version::of(built.document), Version::of(edited), abbreviations);
    let tree = tree::Tree::of(built.case);
    let homes = homes::homes(&comparison, (built.document, built.origins), edited, &tree);
    let mut changes = changes::Changes::new(built, &tree, edited, templates);
    changes.texts(&homes);
    changes.lines(&homes);
    head::values(&comparison, &mut changes);
    changes.children(&homes);
    changes.brought
}
