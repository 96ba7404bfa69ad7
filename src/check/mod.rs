//! Checking: what a case must agree with, beyond being readable.
//!
//! | what | where |
//! | --- | --- |
//! | [`form`]: what keeps a case from being printed as it is, all of it errors | `form`, `utlatande` |
//! | [`review`]: what a sharp-eyed nämndsekreterare would catch in its text | `rules/`, a file for each theme |
//! | [`across`]: what is doubtful between cases, told from their [`facts`] | `rules/` |
//! | what becomes of a finding: shadowed by another, accepted by the case, mended | `overlap`, `acceptance`, `mend` |
//!
//! A rule sees a case as [`prose`]: passages of running words that know where they stand. `pattern`, `days`,
//! `people`, `addresses` and `pointing` find things in them for several rules; `raw` is for what prose folds away.

pub mod acceptance;
mod addresses;
mod days;
pub mod facts;
mod form;
pub mod limits;
pub mod mend;
pub mod overlap;
mod pattern;
mod people;
pub(crate) mod pointing;
pub mod prose;
mod raw;
pub mod rule;
mod rules;
pub mod utlatande;

use crate::diagnostic::codes::Code;
use crate::diagnostic::{Diagnostic, Place, codes};
use crate::library::Templates;
use crate::printable::characters;
use crate::read::Case;
use facts::Facts;

/// What a case's form must agree with: what keeps it from being printed as it is.
pub fn form(case: &Case, templates: &Templates) -> Vec<Diagnostic> {
    let mut findings = form::check(case, templates);
    findings.extend(characters::check(&case.root, templates));
    findings
}

/// What the letterhead of a Markdown must agree with; the form of its body is the document's own to say.
pub fn letterhead(case: &Case, templates: &Templates) -> Vec<Diagnostic> {
    form::letterhead(case, templates)
}

/// What is only known of a whole case: that something is lacking in it, or that two parts of it differ.
const OF_THE_WHOLE: &[Code] = &[
    codes::ANALYS_SAKNAS,
    codes::ANTAL_FRAGOR,
    codes::ANTAL_PUNKTER,
    codes::AVSNITT_SAKNAS,
    codes::AVSANDARE_TOM,
    codes::BELOPP_SKILJER,
    codes::BESLUT_SVAR,
    codes::BESLUTSPUNKT_SAKNAS,
    codes::BILAGA_NUMMER,
    codes::BILAGA_ONAMND,
    codes::FORSLAG_SKILJER,
    codes::FRAGA_SAKNAS,
    codes::FRAGA_UTAN_SVAR,
    codes::TABELL_SAKNAS,
    codes::UNDERSKRIFT_ORGANISATION,
    codes::UNDERSKRIFT_SAKNAS,
];

/// What compares the text with the names in the letterhead.
const OF_THE_LETTERHEAD: &[Code] =
    &[codes::BESLUT_NAMND, codes::FORVALTNING_ANNAN, codes::UNDERSKRIFT_ORGANISATION];

/// What the rules of the content review find, but for words that are printed otherwise than they were meant: that has
/// been said, and what the rules would say of them follows from it.
pub fn review(case: &Case, templates: &Templates) -> Vec<Diagnostic> {
    review_while(case, templates, &|| true).unwrap_or_default()
}

/// The same, unless it is no longer wanted before it is done: that is asked before each rule.
pub fn review_while(
    case: &Case,
    templates: &Templates,
    is_wanted: &(dyn Fn() -> bool + Sync),
) -> Option<Vec<Diagnostic>> {
    let mut findings = rules::review(case, templates, is_wanted)?;
    // What is misspelt in the letterhead is another name to whatever is compared with it.
    if form::is_misspelt(case, templates) {
        findings.retain(|finding| !OF_THE_LETTERHEAD.contains(&finding.code));
    }
    if !case.is_whole {
        findings.retain(|finding| !OF_THE_WHOLE.contains(&finding.code));
    }
    let texts = case.texts().filter(|text| !text.unclear.is_empty());
    let unclear: Vec<Place> =
        texts.flat_map(|text| text.unclear.iter().filter_map(|range| text.place_in(range.clone()))).collect();
    let touches = |place: &Place, other: &Place| {
        place.range.start < other.range.end && other.range.start < place.range.end
    };
    findings.retain(|finding| {
        let place = finding.place.as_ref();
        !place.is_some_and(|place| unclear.iter().any(|other| touches(place, other)))
    });
    Some(findings)
}

/// Everything doubtful between the cases of a run, which come sorted by their paths.
pub fn across(cases: &[&Facts], templates: &Templates) -> Vec<Diagnostic> {
    rules::across(cases, templates)
}

/// What is wrong with the severities that profiles set: codes that no rule has.
pub fn profiles(templates: &Templates) -> Vec<Diagnostic> {
    let said = templates.profiles().own().flat_map(|profile| &profile.regler.0);
    said.filter_map(|(key, _)| match codes::find(&key.name) {
        Some(code) if code.rule => None,
        Some(_) => Some(
            Diagnostic::new(codes::OKAND_KOD, format!("”{}” är ingen granskningsregel", key.name))
                .at(key.origin.place())
                .hint("Ta bort raden: fel i filens form är alltid fel."),
        ),
        None => Some(acceptance::unknown(&key.name).at(key.origin.place())),
    })
    .collect()
}
