//! The rules of the content review, each registered once, here.

mod abbreviations;
mod accessibility;
mod across;
mod agreement;
mod amounts;
mod analyses;
mod answers;
mod apart;
mod attachments;
mod broken;
mod captions;
mod clauses;
mod copied;
mod dashes;
mod dates;
mod decision;
mod doubled;
mod filing;
mod law;
mod leftovers;
mod lists;
mod matters;
mod names;
mod order;
mod own_days;
mod own_points;
mod parties;
mod pointed_out;
mod points;
mod privacy;
mod proposal;
mod punctuation;
mod questions;
mod quotes;
mod readability;
mod references;
mod rows;
mod sender;
mod sentences;
mod shares;
mod signers;
mod slips;
mod spacing;
mod spelling;
mod sums;
mod surnames;
mod swapped;
mod tense;
#[cfg(test)]
mod trial;
mod wording;
mod written_figures;

pub use leftovers::is_gap;

use std::collections::HashMap;

use rayon::prelude::*;

use crate::check::addresses;
use crate::check::facts::Facts;
use crate::check::limits::Limits;
use crate::check::mend;
use crate::check::prose;
use crate::check::rule::{Across, Review, Rule, Seen};
use crate::diagnostic::codes::Code;
use crate::diagnostic::{Diagnostic, Severity};
use crate::library::Templates;
use crate::library::profile::Profil;
use crate::read::Case;

/// Every rule, theme by theme.
const THEMES: &[&[Rule]] = &[
    // First, since it takes longest.
    slips::RULES,
    apart::RULES,
    leftovers::RULES,
    answers::RULES,
    questions::RULES,
    names::RULES,
    parties::RULES,
    decision::RULES,
    matters::RULES,
    points::RULES,
    proposal::RULES,
    dates::RULES,
    tense::RULES,
    order::RULES,
    filing::RULES,
    attachments::RULES,
    references::RULES,
    own_points::RULES,
    privacy::RULES,
    analyses::RULES,
    spelling::RULES,
    doubled::RULES,
    broken::RULES,
    agreement::RULES,
    sentences::RULES,
    swapped::RULES,
    abbreviations::RULES,
    spacing::RULES,
    punctuation::RULES,
    quotes::RULES,
    dashes::RULES,
    readability::RULES,
    accessibility::RULES,
    sums::RULES,
    shares::RULES,
    amounts::RULES,
    law::RULES,
    own_days::RULES,
    signers::RULES,
    sender::RULES,
    copied::RULES,
    pointed_out::RULES,
    written_figures::RULES,
    wording::RULES,
    captions::RULES,
    lists::RULES,
    rows::RULES,
];

/// Every rule that looks at all cases of a run.
const ACROSS: &[Across] = across::RULES;

/// The codes of the rules that look at all cases of a run.
pub fn across_codes() -> impl Iterator<Item = Code> {
    ACROSS.iter().map(|rule| rule.code)
}

/// What the rules find in a case; nothing when that is no longer wanted before they have all looked.
pub fn review(
    case: &Case,
    templates: &Templates,
    is_wanted: &(dyn Fn() -> bool + Sync),
) -> Option<Vec<Diagnostic>> {
    let findings = of(THEMES, case, templates, is_wanted);
    is_wanted().then_some(findings)
}

/// What these rules find in a case, as long as that is wanted.
fn of(
    themes: &[&[Rule]],
    case: &Case,
    templates: &Templates,
    is_wanted: &(dyn Fn() -> bool + Sync),
) -> Vec<Diagnostic> {
    let passages = prose::passages(case);
    let profile = sender(case, templates);
    let limits = Limits::of(profile, templates.neutral());
    let review =
        Review { case, passages: &passages, profile, limits: &limits, templates, seen: Seen::default() };
    themes
        .par_iter()
        .copied()
        .flatten()
        .filter(|_| is_wanted())
        .filter_map(|rule| Some((rule, severity(rule.code, profile, templates)?)))
        .flat_map_iter(|(rule, severity)| {
            // What is private stays so within an address, too.
            let sees_addresses = privacy::RULES.iter().any(|private| private.code == rule.code);
            let is_prose = move |finding: &Diagnostic| {
                sees_addresses || !finding.place.as_ref().is_some_and(addresses::are_around)
            };
            let found = (rule.find)(&review).into_iter().filter(is_prose);
            found.map(move |finding| {
                mend::fitted(Diagnostic { code: rule.code, severity, ..finding }, &case.root)
            })
        })
        .collect()
}

/// What the rules find that look at all cases of a run.
pub fn across(cases: &[&Facts], templates: &Templates) -> Vec<Diagnostic> {
    let known: HashMap<&str, &Facts> = cases.iter().map(|case| (case.path.as_str(), *case)).collect();
    let profile = |finding: &Diagnostic| {
        let case = finding.place.as_ref().and_then(|place| known.get(place.source.path.as_str()));
        case.map_or(templates.neutral(), |case| templates.profile(&case.sender(templates.kinds())))
    };
    let mut findings = Vec::new();
    for rule in ACROSS {
        for finding in (rule.find)(cases) {
            let severity = severity(rule.code, profile(&finding), templates);
            findings.extend(severity.map(|severity| Diagnostic { code: rule.code, severity, ..finding }));
        }
    }
    findings
}

fn sender<'a>(case: &Case, templates: &'a Templates) -> &'a Profil {
    templates.profile(&case.sender())
}

/// How bad what a rule finds is for this sender; none where the rule is off.
fn severity(code: Code, profile: &Profil, templates: &Templates) -> Option<Severity> {
    let said = |profile: &Profil| profile.regler.get(code.name);
    said(profile).or_else(|| said(templates.neutral())).unwrap_or(Some(code.severity))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::codes;

    #[test]
    fn the_codes_of_rules_are_those_of_the_table() {
        let mut rules: Vec<Code> =
            THEMES.iter().copied().flatten().map(|rule| rule.code).chain(across_codes()).collect();
        rules.sort();
        let table: Vec<Code> = codes::ALL.iter().copied().filter(|code| code.rule).collect();
        assert_eq!(rules, table);
    }
}
