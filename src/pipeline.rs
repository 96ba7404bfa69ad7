//! The pipeline, said once: what happens to a case from its text to its document. Nothing here reads
//! or writes files; [`Project`](crate::project::Project) does, and remembers what came of it.

use std::sync::Arc;

use crate::check::acceptance::{Acceptances, Scope};
use crate::check::overlap;
use crate::diagnostic::{self, Diagnostic, Severity, Source, codes};
use crate::document::{self, Document};
use crate::library::Templates;
use crate::read::{self, Case};
use crate::render::trace::Origins;
use crate::workshop::Workshop;
use crate::{check, render};

/// Reads a case and checks its form, without the rules of the review and without the cases that it
/// refers to. In a draft, places to fill in are no errors.
pub fn form(source: &Arc<Source>, templates: &Templates, draft: bool) -> (Option<Case>, Vec<Diagnostic>) {
    let (case, mut findings) = read::case(source, templates.kinds());
    findings.extend(case.iter().flat_map(|case| check::form(case, templates)));
    if draft {
        for finding in findings.iter_mut().filter(|finding| finding.code == codes::EJ_IFYLLT) {
            finding.severity = Severity::Advice;
        }
    }
    marks_once(&mut findings);
    (case, findings)
}

/// What is left of a file's findings when those that its case accepts are gone, sorted.
pub fn settle(case: Option<&Case>, findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut left = match case {
        Some(case) => Acceptances::of(case).settle(findings, Scope::Alone).left,
        None => overlap::without(findings),
    };
    diagnostic::sort(&mut left);
    left
}

/// Lets one finding tell of all places that are not filled in, with their lines: a starter has many.
fn marks_once(findings: &mut Vec<Diagnostic>) {
    let is_mark = |finding: &Diagnostic| finding.code == codes::EJ_IFYLLT && finding.place.is_some();
    let places =
        findings.iter().filter(|finding| is_mark(finding)).filter_map(|finding| finding.place.as_ref());
    let mut lines: Vec<usize> = places.map(|place| place.source.position(place.range.start).0).collect();
    let number = lines.len();
    if number < 2 {
        return;
    }
    lines.sort_unstable();
    lines.dedup();
    let runs: Vec<String> = lines
        .chunk_by(|one, next| one + 1 == *next)
        .map(|run| match run {
            [first, .., last] if last - first > 1 => format!("{first}–{last}"),
            lines => lines.iter().map(usize::to_string).collect::<Vec<_>>().join(", "),
        })
        .collect();
    let mut told = false;
    findings.retain_mut(|finding| {
        if !is_mark(finding) {
            return true;
        }
        finding.message = format!("{number} ställen är inte ifyllda: rad {}", runs.join(", "));
        !std::mem::replace(&mut told, true)
    });
}

/// Renders a case that has no errors, and parses what was rendered.
///
/// # Errors
/// What is wrong with the templates.
pub fn document(case: &Case, workshop: &Workshop, draft: bool) -> Result<Document, Vec<Diagnostic>> {
    let markdown = render::markdown(case, workshop, workshop.renderer(), draft)?;
    parsed(case, markdown, workshop)
}

/// As [`document`], with what each part of the document came of.
///
/// # Errors
/// What is wrong with the templates.
pub fn traced(case: &Case, workshop: &Workshop, draft: bool) -> Result<(Document, Origins), Vec<Diagnostic>> {
    let document = document(case, workshop, draft)?;
    let origins = origins(case, workshop, &document);
    Ok((document, origins))
}

/// What each part of the document that was made of a case came of.
pub fn origins(case: &Case, workshop: &Workshop, document: &Document) -> Origins {
    let written = (document.source.text.as_str(), document.front.is_draft());
    let trace = render::trace(case, workshop, workshop.renderer(), written);
    Origins::of(trace, (&document.front, &document.blocks), document.body_start)
}

fn parsed(case: &Case, markdown: String, workshop: &Workshop) -> Result<Document, Vec<Diagnostic>> {
    // Nobody wrote this text; what is wrong with it shall not look as if it stood in the case.
    document::parse(&Source::new(format!("{} (som Markdown)", case.source.path), markdown), workshop.kinds())
}
