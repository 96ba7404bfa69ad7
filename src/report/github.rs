//! Annotations that a workflow of GitHub's shows at their lines: one command a line.

use super::Workspace;
use super::finding::span;
use crate::diagnostic::{Diagnostic, Severity, readable};
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

/// A message; the runner turns these back.
fn data(text: &str) -> String {
    readable(&text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")).into_owned()
}

/// A property, which a colon or a comma would end.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ends_a_property_or_a_message_is_escaped() {
        assert_eq!(property("a,b:c%\r\nd"), "a%2Cb%3Ac%25%0D%0Ad");
        assert_eq!(data("50 %: ja,\nnej"), "50 %25: ja,%0Anej");
    }
}
