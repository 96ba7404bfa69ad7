//! Findings that are one fault seen twice: what stands within the place of another.

use crate::diagnostic::codes::{self, Code};
use crate::diagnostic::{Diagnostic, Place, Severity};

/// Findings, each with those that say no more where it stands: whoever mends the first has
/// mended the others.
const SAYS_IT: &[(Code, &[Code])] = &[
    (codes::BESLUT_SVAR, &[codes::FORSLAG_SKILJER]),
    (codes::DATUM_EFTER_SAMMANTRADE, &[codes::VECKODAG]),
    (codes::DATUM_I_TEXT, &[codes::BINDESTRECK_INTERVALL, codes::DATUM_FORM_BLANDAD, codes::ARTAL_SAKNAS]),
    (codes::FORKORTNING_PUNKT, &[codes::STAVNING]),
    (codes::FORKORTNING_UTAN_PUNKT, &[codes::STAVNING]),
    (codes::ISAR, &[codes::STAVNING]),
    (
        codes::OMEDELBAR_JUSTERING,
        &[
            codes::BESLUT_MENING,
            codes::DUBBELT_SKILJETECKEN,
            codes::FELSTAVNING,
            codes::MELLANSLAG_FORE_PUNKT,
        ],
    ),
    (codes::NYCKEL_I_TEXT, &[codes::LITEN_BOKSTAV, codes::PUNKT_SAKNAS, codes::STAVNING]),
    (codes::OKAND_AVSANDARE, &[codes::FELSTAVNING, codes::STAVNING]),
    (codes::OKAND_NAMND, &[codes::FELSTAVNING, codes::STAVNING]),
    (codes::PARTI_DUBBELT, &[codes::PARTI_SKRIVSATT]),
    (codes::PARTI_TID, &[codes::PARTI_SKRIVSATT]),
    (codes::SARSKRIVNING, &[codes::ISAR, codes::STAVNING]),
    (codes::SVAR_TOMT, &[codes::STYCKE_UPPREPAT]),
    (codes::SVAR_UPPREPAT, &[codes::STYCKE_UPPREPAT]),
];

/// Findings whose words go altogether, with whatever else is wrong with them.
const GOES: &[Code] = &[codes::LUCKA, codes::MALL_REST, codes::PERSONNUMMER];

/// Findings that are guesses: where anything else is said of the same words, and not of the whole sentence
/// around them, that is likelier what is wrong.
const YIELDS: &[Code] = &[codes::ORDFOLJD];

/// Leaves out the findings that another one says.
pub fn without(findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
    without_guesses(without_said(findings))
}

fn without_guesses(mut findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let (guesses, sure): (Vec<&Diagnostic>, Vec<&Diagnostic>) =
        findings.iter().partition(|finding| YIELDS.contains(&finding.code));
    if guesses.is_empty() {
        return findings;
    }
    let taken: Vec<Place> = sure.iter().filter_map(|finding| finding.place.clone()).collect();
    let is_taken = |place: &Place| {
        taken.iter().any(|other| {
            let is_around = other.range.start < place.range.start && place.range.end < other.range.end;
            touches(other, place) && !is_around
        })
    };
    findings
        .retain(|finding| !YIELDS.contains(&finding.code) || !finding.place.as_ref().is_some_and(is_taken));
    findings
}

fn without_said(findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let outer: Vec<(Code, Severity, Place)> = findings
        .iter()
        .filter(|finding| {
            GOES.contains(&finding.code) || SAYS_IT.iter().any(|(code, _)| *code == finding.code)
        })
        .filter_map(|finding| Some((finding.code, finding.severity, finding.place.clone()?)))
        .collect();
    if outer.is_empty() {
        return findings;
    }
    let is_said = |finding: &Diagnostic| {
        let Some(place) = &finding.place else { return false };
        outer.iter().any(|(code, severity, whole)| {
            *severity >= finding.severity && says(*code, finding.code) && holds(whole, place)
        })
    };
    findings.into_iter().filter(|finding| !is_said(finding)).collect()
}

fn says(code: Code, other: Code) -> bool {
    GOES.contains(&code) && !GOES.contains(&other) && is_about_words(other)
        || SAYS_IT.iter().any(|(says, said)| *says == code && said.contains(&other))
}

/// Whether a finding is about how words are written: of a rule, or a character that cannot print.
fn is_about_words(code: Code) -> bool {
    code == codes::TECKEN_SAKNAS || code.rule
}

fn holds(whole: &Place, place: &Place) -> bool {
    whole.source.path == place.source.path
        && whole.range.start <= place.range.start
        && place.range.end <= whole.range.end
}

fn touches(one: &Place, other: &Place) -> bool {
    one.source.path == other.source.path
        && one.range.start < other.range.end
        && other.range.start < one.range.end
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Source;

    #[test]
    fn one_fault_is_one_finding() {
        let source = Source::new("a.yaml", "Eleven 640823‑3234 och 2023-13-05");
        let at = |code: Code, range: std::ops::Range<usize>| {
            Diagnostic::new(code, "x").at(Place { source: source.clone(), range })
        };
        let left = without(vec![
            at(codes::TECKEN_SAKNAS, 13..16),
            at(codes::PERSONNUMMER, 7..20),
            at(codes::DATUM_FORM_BLANDAD, 25..35),
            at(codes::DATUM_I_TEXT, 25..35),
            at(codes::VECKODAG, 25..35),
            at(codes::DUBBELT_ORD, 0..6),
            at(codes::LANG_MENING, 0..37),
            at(codes::ORDFOLJD, 1..24),
            at(codes::ORDFOLJD, 21..23),
        ]);
        let codes: Vec<&str> = left.iter().map(|finding| finding.code.name).collect();
        assert_eq!(
            codes,
            ["personnummer", "datum-i-text", "veckodag", "dubbelt-ord", "lång-mening", "ordföljd"]
        );
    }
}
