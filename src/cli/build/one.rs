//! One document, for a face that has a button for it.

use std::path::Path;

use tjut::diagnostic::Severity;
use tjut::export::Format;
use tjut::outputs::folder::Output;
use tjut::outputs::make::work;
use tjut::outputs::settings::BuildSettings;
use tjut::project::{Input, Project, disk};

use super::super::args::Shared;
use super::Tally;

/// Builds a document as `tjut build` does; gives what came of it in a sentence, and whether it was built.
pub fn one(input: &Input, project: &Project, output: &Path, shared: &Shared) -> (String, bool) {
    disk::sweep(output);
    let (output, _) = Output::open(output, false);
    let mut tally = Tally::default();
    let worked = work(input, &standard(project, shared), project, &output);
    tally.took(input, &worked, &output);
    let unsaved =
        output.save().err().or_else(|| worked.findings.last().filter(|_| tally.unwritten > 0).cloned());
    match unsaved {
        Some(finding) => (format!("{}. {}", finding.message, finding.hint.unwrap_or_default()), false),
        None => (tally.summary(&output.folder), tally.built + tally.unchanged > 0),
    }
}

/// How many pages were built of each of these documents; none where that is not of now.
pub fn built(inputs: &[Input], project: &Project, output: &Path, shared: &Shared) -> Vec<Option<usize>> {
    let settings = standard(project, shared);
    let (output, _) = Output::open(output, false);
    let pages = |input| output.current(input, &settings, project).and_then(|entry| entry.pages);
    inputs.iter().map(pages).collect()
}

/// What is built when nothing else is asked for.
fn standard(project: &Project, shared: &Shared) -> BuildSettings {
    let said = &shared.settings.said;
    let to = match shared.settings.formats() {
        none if none.is_empty() => vec![Format::Md, Format::Pdf],
        some => some,
    };
    let to = if said.publicering.is_some_and(|said| said.0) { Format::published(&to) } else { to };
    let deny = said.underkann.map_or(Severity::Error, |level| level.0);
    BuildSettings::new(to, project.is_draft(), false, project.tools()).denying(deny)
}
