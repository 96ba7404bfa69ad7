//! The pipeline, said once: what happens to a case from its text to its PDF.

use std::sync::Arc;

use crate::check::acceptance::{self, Scope};
use crate::diagnostic::{self, Diagnostic, Source};
use crate::document::{self, Document};
use crate::read::{self, Case};
use crate::templates::Templates;
use crate::{check, render};

/// The code of the finding that a draft may have: a place that is not filled in.
const NOT_FILLED_IN: &str = "ej-ifyllt";

/// Reads and checks a case by itself. In a draft, places to fill in are no errors. What the case
/// accepts is not among the findings.
pub fn check(source: &Arc<Source>, templates: &Templates, draft: bool) -> (Option<Case>, Vec<Diagnostic>) {
    let (case, mut findings) = find(source, templates, draft);
    if let Some(case) = &case {
        findings = acceptance::settle(case, findings, Scope::Alone).left;
    }
    diagnostic::sort(&mut findings);
    (case, findings)
}

/// Reads a case and finds everything in it, accepted or not, in no certain order.
pub fn find(source: &Arc<Source>, templates: &Templates, draft: bool) -> (Option<Case>, Vec<Diagnostic>) {
    let (case, mut findings) = read::case(source);
    if let Some(case) = &case {
        findings.extend(check::case(case, templates));
    }
    if draft {
        for finding in findings.iter_mut().filter(|finding| finding.code == NOT_FILLED_IN) {
            finding.severity = diagnostic::Severity::Advice;
        }
    }
    (case, findings)
}

/// Renders a case that has no errors, and parses what was rendered.
///
/// # Errors
/// What is wrong with the templates.
pub fn document(case: &Case, templates: &Templates, draft: bool) -> Result<Document, Vec<Diagnostic>> {
    let markdown = render::markdown(case, templates, draft)?;
    document::parse(&Source::new(case.source.path.clone(), markdown))
}
