//! Annotations that a workflow of GitHub's shows at their lines: one command a line.

use super::Workspace;
use super::finding::span;
use crate::diagnostic::workflow::{data, property};
use crate::diagnostic::{Diagnostic, Severity};
use crate::project::Reviewed;

pub(super) fn report(cases: &[Reviewed], workspace: &Workspace) -> String {
    let commands = cases.iter().flat_map(|case| {
        case.findings.iter().map(|found| command(found, case, workspace)).collect::<Vec<_>>()
    });
    commands.collect()
}

fn command(found: &Diagnostic, case: &Reviewed, workspace: &Workspace) -> String {
    let level = match found.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Advice => "notice",
    };
    let path = found.place.as_ref().map_or(case.path.as_str(), |place| place.source.path.as_str());
    let path = workspace.relative(path).unwrap_or_else(|| path.to_owned());
    let mut properties = format!("file={}", property(&path));
    if let Some(place) = &found.place {
        let [(line, column), (end_line, end_column)] = span(place);
        properties.push_str(&format!(",line={line},endLine={end_line}"));
        // GitHub takes columns only within a line.
        if line == end_line {
            properties.push_str(&format!(",col={column},endColumn={end_column}"));
        }
    }
    let message = match &found.hint {
        Some(hint) => format!("{}\n{hint}", found.message),
        None => found.message.clone(),
    };
    format!("::{level} {properties},title={}::{}\n", property(found.code.name), data(&message))
}
