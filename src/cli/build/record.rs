//! `--rapport`: what a build did, for machines. Its form is documented in the README.

use serde_json::{Value as Json, json};

use tjut::diagnostic::Diagnostic;
use tjut::digest::{BUILD, VERSION};
use tjut::project::{Input, shown};

use super::make::{State, Worked};
use super::memory::Stamp;

/// The form's own number; it grows when a reader has to be changed.
const FORM: u32 = 1;

/// What a build did, document by document.
#[derive(Default)]
pub struct Record {
    documents: Vec<Json>,
}

impl Record {
    /// Adds what became of an input.
    pub fn add(&mut self, input: &Input, worked: &Worked) {
        let (outcome, entry) = match &worked.state {
            State::Built(entry) => ("byggt", Some(entry)),
            State::Unchanged(entry) => ("oförändrat", Some(entry)),
            State::Failed | State::Unwritable(_) => ("fel", None),
        };
        let unwritable = match &worked.state {
            State::Unwritable(finding) => Some(finding),
            _ => None,
        };
        self.documents.push(json!({
            "ärende": shown(&input.path),
            "utfall": outcome,
            "källor": stamps(&worked.sources),
            "utdata": entry.map_or_else(Vec::new, |entry| stamps(&entry.outputs)),
            "sidor": entry.and_then(|entry| entry.pages),
            "anmärkningar": worked.findings.iter().chain(unwritable).map(finding).collect::<Vec<_>>(),
            "millisekunder": (worked.time.as_secs_f64() * 10_000.0).round() / 10.0,
        }));
    }

    /// The whole report.
    pub fn text(&self) -> String {
        let report = json!({
            "form": FORM,
            "tjut": VERSION,
            "bygge": BUILD,
            "dokument": self.documents,
        });
        format!("{report:#}\n")
    }
}

fn stamps(stamps: &[Stamp]) -> Vec<Json> {
    stamps.iter().map(|stamp| json!(stamp)).collect()
}

fn finding(finding: &Diagnostic) -> Json {
    let position = finding.place.as_ref().map(|place| {
        let (line, column) = place.source.position(place.range.start);
        (&place.source.path, line, column)
    });
    json!({
        "kod": finding.code.name,
        "allvar": finding.severity.word(),
        "meddelande": finding.message,
        "råd": finding.hint,
        "fil": position.map(|(path, ..)| path),
        "rad": position.map(|(_, line, _)| line),
        "kolumn": position.map(|(.., column)| column),
    })
}
