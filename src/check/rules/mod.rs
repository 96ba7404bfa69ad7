//! The rules of the content review, each registered once, here.

use crate::check::prose;
use crate::check::rule::{Review, Rule};
use crate::diagnostic::Diagnostic;
use crate::read::Case;
use crate::templates::Templates;

/// Every rule, theme by theme.
const THEMES: &[&[Rule]] = &[];

/// What the rules find in a case.
pub fn review(case: &Case, templates: &Templates) -> Vec<Diagnostic> {
    let passages = prose::passages(case);
    let profile = templates.profile(&case.head.avsandare.forvaltning.text);
    let review = Review { case, passages: &passages, profile, templates };
    let mut findings = Vec::new();
    for rule in THEMES.iter().copied().flatten() {
        findings.extend((rule.find)(&review).into_iter().map(|mut finding| {
            finding.severity = rule.severity;
            finding
        }));
    }
    findings
}
