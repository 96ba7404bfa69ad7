//! SARIF 2.1.0, with the rules' documentation, mends, and what the cases accept as suppressed.

use std::path::Path;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Map, Value as Json, json};

use super::Workspace;
use super::finding::span;
use crate::diagnostic::codes::{self, Code};
use crate::diagnostic::{Diagnostic, Edit, Place, Severity};
use crate::paths::address;
use crate::project::Reviewed;

/// Where the schema lies, for whoever validates.
const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";
/// What relative addresses count from; whoever reads the report says where that is.
const ROOT: &str = "%SRCROOT%";

pub(super) fn report(cases: &[Reviewed], workspace: &Workspace) -> String {
    let writer = Writer { workspace };
    let results = cases.iter().flat_map(|case| {
        let standing = case.findings.iter().map(|found| writer.result(found, case, None));
        let accepted = case.accepted.iter().map(|(found, reason)| writer.result(found, case, Some(reason)));
        standing.chain(accepted).collect::<Vec<_>>()
    });
    let report = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "tjut",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": codes::ALL.iter().map(rule).collect::<Vec<_>>(),
            } },
            "language": "sv",
            "columnKind": "unicodeCodePoints",
            "results": results.collect::<Vec<_>>(),
        }],
    });
    format!("{report:#}\n")
}

fn rule(code: &Code) -> Json {
    json!({
        "id": code.name,
        "shortDescription": { "text": code.summary() },
        "help": { "text": code.page, "markdown": code.page },
        "defaultConfiguration": { "level": level(code.severity) },
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Advice => "note",
    }
}

struct Writer<'a> {
    workspace: &'a Workspace,
}

impl Writer<'_> {
    fn result(&self, found: &Diagnostic, case: &Reviewed, accepted: Option<&str>) -> Json {
        let message = match &found.hint {
            Some(hint) => format!("{}. {hint}", found.message),
            None => found.message.clone(),
        };
        let location = match &found.place {
            Some(place) => json!({ "physicalLocation": self.physical(place) }),
            None => json!({ "physicalLocation": { "artifactLocation": self.artifact(&case.path) } }),
        };
        let mut result = json!({
            "ruleId": found.code.name,
            "level": level(found.severity),
            "message": { "text": message },
            "locations": [location],
        });
        let mut add = |key: &str, value: Json| {
            if let Some(result) = result.as_object_mut() {
                result.insert(key.into(), value);
            }
        };
        if let Some(at) = codes::ALL.iter().position(|code| *code == found.code) {
            add("ruleIndex", at.into());
        }
        if !found.related.is_empty() {
            let related = found.related.iter().enumerate().map(|(at, (place, remark))| {
                json!({
                    "id": at,
                    "physicalLocation": self.physical(place),
                    "message": { "text": remark },
                })
            });
            add("relatedLocations", related.collect());
        }
        if let Some(edit) = &found.edit {
            add("fixes", json!([self.fix(edit)]));
        }
        if let Some(reason) = accepted {
            let suppression = json!({ "kind": "inSource", "status": "accepted", "justification": reason });
            add("suppressions", json!([suppression]));
        }
        result
    }

    fn physical(&self, place: &Place) -> Json {
        json!({ "artifactLocation": self.artifact(&place.source.path), "region": region(place) })
    }

    fn artifact(&self, path: &str) -> Json {
        let mut artifact = Map::new();
        match self.workspace.relative(path) {
            Some(relative) => {
                artifact.insert("uri".into(), uri(&relative).into());
                artifact.insert("uriBaseId".into(), ROOT.into());
            }
            None => {
                let whole = Path::new(path);
                let uri = if whole.is_absolute() { address(whole) } else { uri(path) };
                artifact.insert("uri".into(), uri.into());
            }
        }
        Json::Object(artifact)
    }

    fn fix(&self, edit: &Edit) -> Json {
        let description = match edit.replacement.as_str() {
            "" => "Ta bort det.".to_owned(),
            replacement => format!("Skriv ”{replacement}” i stället."),
        };
        json!({
            "description": { "text": description },
            "artifactChanges": [{
                "artifactLocation": self.artifact(&edit.place.source.path),
                "replacements": [{
                    "deletedRegion": region(&edit.place),
                    "insertedContent": { "text": edit.replacement },
                }],
            }],
        })
    }
}

fn region(place: &Place) -> Json {
    let [(line, column), (end_line, end_column)] = span(place);
    json!({ "startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column })
}

/// What the path of an address cannot hold as it is.
const OUTSIDE_PATHS: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// A path as the path of a URI.
fn uri(path: &str) -> String {
    utf8_percent_encode(path, OUTSIDE_PATHS).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_become_addresses() {
        assert_eq!(uri("cases/år 1/a#b.yaml"), "cases/%C3%A5r%201/a%23b.yaml");
    }
}
