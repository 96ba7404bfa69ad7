//! What a review found, as JSON.

use serde_json::{Value as Json, json};

use super::finding;
use crate::diagnostic::Severity;
use crate::project::Reviewed;

/// The version of the report; it grows when something is taken away or changes its meaning.
const VERSION: u32 = 1;

pub(super) fn report(cases: &[Reviewed]) -> String {
    let number = |severity| -> usize { cases.iter().map(|case| case.count(severity)).sum() };
    let findings = |case: &Reviewed| -> Vec<Json> {
        case.findings.iter().map(|found| finding(found, &case.path).into()).collect()
    };
    let accepted = |case: &Reviewed| -> Vec<Json> {
        let accepted = case.accepted.iter().map(|(found, reason)| {
            let mut found = finding(found, &case.path);
            found.insert("reason".into(), reason.as_str().into());
            found.into()
        });
        accepted.collect()
    };
    let accepted: Vec<Json> = cases.iter().flat_map(accepted).collect();
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
        "findings": cases.iter().flat_map(findings).collect::<Vec<_>>(),
        "accepted": accepted,
    });
    format!("{report:#}\n")
}
