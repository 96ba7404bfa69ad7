//! The report as JSON; `schema.json` says what it holds.

use serde_json::{Map, Value as Json, json};

use tjut::diagnostic::{Diagnostic, Place, Severity};

use super::span;
use tjut::project::Reviewed;

/// The report's JSON Schema.
pub const SCHEMA: &str = include_str!("schema.json");

/// The version of the report; it grows when something is taken away or changes its meaning.
const VERSION: u32 = 1;

pub(super) fn report(cases: &[Reviewed]) -> String {
    let number = |severity| -> usize { cases.iter().map(|case| case.count(severity)).sum() };
    let findings: Vec<Json> = cases
        .iter()
        .flat_map(|case| case.findings.iter().map(|found| Json::Object(finding(found, case))))
        .collect();
    let accepted: Vec<Json> = cases
        .iter()
        .flat_map(|case| {
            case.accepted.iter().map(|(found, reason)| {
                let mut found = finding(found, case);
                found.insert("reason".into(), reason.as_str().into());
                Json::Object(found)
            })
        })
        .collect();
    let report = json!({
        "version": VERSION,
        "tool": concat!("tjut ", env!("CARGO_PKG_VERSION")),
        "files": cases.iter().map(|case| case.path.as_str()).collect::<Vec<_>>(),
        "counts": {
            "fel": number(Severity::Error),
            "varning": number(Severity::Warning),
            "råd": number(Severity::Advice),
            "godkända": accepted.len(),
        },
        "findings": findings,
        "accepted": accepted,
    });
    format!("{report:#}\n")
}

fn finding(found: &Diagnostic, case: &Reviewed) -> Map<String, Json> {
    let mut map = Map::new();
    map.insert("code".into(), found.code.name.into());
    map.insert("severity".into(), found.severity.word().into());
    map.insert("message".into(), found.message.as_str().into());
    map.insert("hint".into(), found.hint.as_deref().into());
    match &found.place {
        Some(place) => map.extend(located(place)),
        None => map.extend([("file".into(), case.path.as_str().into()), ("range".into(), Json::Null)]),
    }
    let related = found.related.iter().map(|(place, remark)| {
        let mut related = located(place);
        related.insert("message".into(), remark.as_str().into());
        Json::Object(related)
    });
    map.insert("related".into(), related.collect());
    let edit = found.edit.as_ref().map(|edit| {
        let mut map = located(&edit.place);
        map.insert("replacement".into(), edit.replacement.as_str().into());
        map.insert("safe".into(), edit.safe.into());
        Json::Object(map)
    });
    map.insert("edit".into(), edit.into());
    map
}

fn located(place: &Place) -> Map<String, Json> {
    let [start, end] = span(place).map(|(line, column)| json!({ "line": line, "column": column }));
    let range = json!({ "start": start, "end": end });
    Map::from_iter([("file".into(), place.source.path.as_str().into()), ("range".into(), range)])
}
