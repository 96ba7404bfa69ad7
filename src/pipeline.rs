//! The pipeline, said once: what happens to a case from its text to its PDF.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::check::acceptance::{self, Scope};
use crate::diagnostic::{self, Diagnostic, Source, codes};
use crate::document::{self, Document};
use crate::library::Templates;
use crate::read::{self, Case};
use crate::workshop::Workshop;
use crate::{check, render};

pub use crate::check::review;

/// Reads and checks a case without those that it refers to. In a draft, places to fill in are no
/// errors. What the case accepts is not among the findings.
pub fn check(source: &Arc<Source>, templates: &Templates, draft: bool) -> (Option<Case>, Vec<Diagnostic>) {
    check_with(source, templates, draft, |_| Vec::new())
}

/// Reads and checks a case; `referred` puts the cases that it refers to into it.
pub fn check_with(
    source: &Arc<Source>,
    templates: &Templates,
    draft: bool,
    referred: impl FnOnce(&mut Case) -> Vec<Diagnostic>,
) -> (Option<Case>, Vec<Diagnostic>) {
    let (case, mut findings) = find(source, templates, draft, referred);
    match &case {
        Some(case) => findings = settle(case, findings),
        None => diagnostic::sort(&mut findings),
    }
    (case, findings)
}

/// What is left of a case's findings when those that it accepts are gone, sorted.
pub fn settle(case: &Case, findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut left = acceptance::settle(case, findings, Scope::Alone).left;
    diagnostic::sort(&mut left);
    left
}

/// Lets one finding tell of all places that are not filled in, where that is no error: a draft has
/// them, and whoever builds one knows.
pub fn tell_of_marks_once(findings: &mut Vec<Diagnostic>) {
    let is_mark = |finding: &Diagnostic| finding.code == codes::EJ_IFYLLT && !finding.is_error();
    let number = findings.iter().filter(|finding| is_mark(finding)).count();
    if number < 2 {
        return;
    }
    let mut told = false;
    findings.retain_mut(|finding| {
        if !is_mark(finding) {
            return true;
        }
        finding.message = format!("{number} ställen är inte ifyllda, och detta är det första");
        finding.hint = Some("tjut check visar dem alla.".into());
        !std::mem::replace(&mut told, true)
    });
}

/// As [`check_with`], but everything that is found, accepted or not, in no certain order.
pub fn find(
    source: &Arc<Source>,
    templates: &Templates,
    draft: bool,
    referred: impl FnOnce(&mut Case) -> Vec<Diagnostic>,
) -> (Option<Case>, Vec<Diagnostic>) {
    let (case, mut findings) = form(source, templates, draft, referred);
    if let Some(case) = &case {
        findings.extend(review(case, templates));
    }
    (case, findings)
}

/// Reads a case and checks its form, without the rules of the review.
pub fn form(
    source: &Arc<Source>,
    templates: &Templates,
    draft: bool,
    referred: impl FnOnce(&mut Case) -> Vec<Diagnostic>,
) -> (Option<Case>, Vec<Diagnostic>) {
    let (mut case, mut findings) = read::case(source, templates.kinds());
    if let Some(case) = &mut case {
        findings.extend(referred(case));
        findings.extend(check::form(case, templates));
    }
    if draft {
        for finding in findings.iter_mut().filter(|finding| finding.code == codes::EJ_IFYLLT) {
            finding.severity = diagnostic::Severity::Advice;
        }
    }
    (case, findings)
}

/// Puts the cases that a case refers to into it, and checks that they agree. `texts` are theirs, by
/// the paths as the case writes them.
pub fn gather(
    case: &mut Case,
    texts: BTreeMap<String, Arc<Source>>,
    templates: &Templates,
    draft: bool,
) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for (path, source) in texts {
        let (other, found) = check(&source, templates, draft);
        findings.extend(check::references::unusable(case, &path, other.as_ref(), &found));
        if let Some(other) = other {
            case.referred.insert(path, other);
        }
    }
    findings.extend(check::references::check(case));
    diagnostic::sort(&mut findings);
    findings
}

/// Renders a case that has no errors, and parses what was rendered.
///
/// # Errors
/// What is wrong with the templates.
pub fn document(case: &Case, workshop: &Workshop, draft: bool) -> Result<Document, Vec<Diagnostic>> {
    let markdown = render::markdown(case, workshop, workshop.renderer(), draft)?;
    // Nobody wrote this text; what is wrong with it shall not look as if it stood in the case.
    document::parse(&Source::new(format!("{} (som Markdown)", case.source.path), markdown), workshop.kinds())
}
