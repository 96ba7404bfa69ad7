//! What a build did, document by document, as JSON.

use std::time::Duration;

use serde_json::{Value as Json, json};

use super::finding;
use crate::diagnostic::Diagnostic;
use crate::digest::{BUILD, Stamp};

/// The version of the record; it grows when something is taken away or changes its meaning.
const VERSION: u32 = 2;

/// What became of an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Became {
    /// It was built.
    Built,
    /// It was up to date.
    Unchanged,
    /// It has errors, or cannot be written.
    Failed,
}

impl Became {
    /// The Swedish word for it.
    pub const fn word(self) -> &'static str {
        match self {
            Became::Built => "byggt",
            Became::Unchanged => "oförändrat",
            Became::Failed => "fel",
        }
    }
}

/// What a build did with an input.
pub struct BuiltInput<'a> {
    /// The file, as it is shown.
    pub file: String,
    /// What became of it.
    pub became: Became,
    /// What it depends on, itself first.
    pub sources: &'a [Stamp],
    /// What was written, by its name in the output folder.
    pub outputs: &'a [Stamp],
    /// How many pages its PDF has.
    pub pages: Option<usize>,
    /// What was wrong or doubtful.
    pub findings: &'a [Diagnostic],
    /// How long it took.
    pub time: Duration,
}

/// What a build did.
#[derive(Default)]
pub struct Record {
    documents: Vec<Json>,
}

impl Record {
    /// Adds what it did with an input.
    pub fn add(&mut self, built: &BuiltInput) {
        let findings: Vec<Json> =
            built.findings.iter().map(|found| finding(found, &built.file).into()).collect();
        self.documents.push(json!({
            "file": built.file,
            "outcome": built.became.word(),
            "sources": stamps(built.sources),
            "outputs": stamps(built.outputs),
            "pages": built.pages,
            "findings": findings,
            "milliseconds": (built.time.as_secs_f64() * 10_000.0).round() / 10.0,
        }));
    }

    /// The whole of it.
    pub fn text(&self) -> String {
        let report = json!({
            "version": VERSION,
            "tool": concat!("tjut ", env!("CARGO_PKG_VERSION")),
            "build": BUILD,
            "documents": self.documents,
        });
        format!("{report:#}\n")
    }
}

fn stamps(stamps: &[Stamp]) -> Vec<Json> {
    stamps.iter().map(|stamp| json!({ "file": stamp.fil, "sha256": stamp.sha256 })).collect()
}
