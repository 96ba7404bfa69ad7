//! Checking: what a case must agree with beyond its form.

pub mod acceptance;
mod addresses;
pub mod codes;
mod days;
mod form;
pub mod limits;
pub mod mend;
mod overlap;
mod pattern;
mod people;
pub mod prose;
mod raw;
pub mod references;
pub mod rule;
mod rules;

use crate::diagnostic::Diagnostic;
use crate::faults::characters;
use crate::library::Templates;
use crate::read::Case;

/// What a case's form must agree with: what keeps it from being printed as it is.
pub fn form(case: &Case, templates: &Templates) -> Vec<Diagnostic> {
    let mut findings = form::check(case, templates);
    findings.extend(characters::check(&case.root, templates));
    findings
}

/// What the rules of the content review find.
pub fn review(case: &Case, templates: &Templates) -> Vec<Diagnostic> {
    rules::review(case, templates)
}

/// Everything doubtful between the cases of a run, which come sorted by their paths.
pub fn across(cases: &[&Case], templates: &Templates) -> Vec<Diagnostic> {
    rules::across(cases, templates)
}

/// What is wrong with the severities that profiles set: codes that no rule has.
pub fn profiles(templates: &Templates) -> Vec<Diagnostic> {
    let said = templates.profiles().iter().flat_map(|profile| &profile.regler.0);
    said.filter_map(|(key, _)| match codes::find(&key.name) {
        Some(code) if code.rule => None,
        Some(_) => Some(
            Diagnostic::error("okänd-kod", format!("”{}” är ingen granskningsregel", key.name))
                .at(key.origin.place())
                .hint("Ta bort raden: fel i filens form är alltid fel."),
        ),
        None => Some(acceptance::unknown(&key.name).at(key.origin.place())),
    })
    .collect()
}
