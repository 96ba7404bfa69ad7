//! Checking: what a case must agree with beyond its form.

mod characters;
mod days;
mod form;
pub mod limits;
mod numbers;
mod pattern;
mod people;
pub mod prose;
mod raw;
pub mod rule;
mod rules;

use crate::diagnostic::Diagnostic;
use crate::read::Case;
use crate::templates::Templates;

/// Everything wrong or doubtful in a case that was read.
pub fn case(case: &Case, templates: &Templates) -> Vec<Diagnostic> {
    let mut findings = form::check(case, templates);
    findings.extend(characters::check(&case.root, templates));
    findings.extend(rules::review(case, templates));
    findings
}
