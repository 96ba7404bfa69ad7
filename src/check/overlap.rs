//! Findings that are one fault seen twice: what stands within the place of another.

use super::rules;
use crate::diagnostic::{Diagnostic, Place, Severity};

/// Findings, each with those that say no more where it stands: whoever mends the first has
/// mended the others.
const SAYS_IT: &[(&str, &[&str])] = &[
    ("beslut-svar", &["förslag-skiljer"]),
    ("datum-efter-sammanträde", &["veckodag"]),
    ("datum-i-text", &["bindestreck-intervall", "datum-form-blandad", "årtal-saknas"]),
    (
        "omedelbar-justering",
        &["beslut-mening", "dubbelt-skiljetecken", "felstavning", "mellanslag-före-punkt"],
    ),
    ("parti-dubbelt", &["parti-skrivsätt"]),
    ("parti-tid", &["parti-skrivsätt"]),
    ("svar-tomt", &["stycke-upprepat"]),
    ("svar-upprepat", &["stycke-upprepat"]),
];

/// Findings whose words go altogether, with whatever else is wrong with them.
const GOES: &[&str] = &["lucka", "mall-rest", "personnummer"];

/// Leaves out the findings that another one says.
pub fn without(findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let outer: Vec<(&'static str, Severity, Place)> = findings
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
            *severity >= finding.severity && says(code, finding.code) && holds(whole, place)
        })
    };
    findings.into_iter().filter(|finding| !is_said(finding)).collect()
}

fn says(code: &str, other: &str) -> bool {
    GOES.contains(&code) && !GOES.contains(&other) && is_about_words(other)
        || SAYS_IT.iter().any(|(says, said)| *says == code && said.contains(&other))
}

/// Whether a finding is about how words are written: of a rule, or a character that cannot print.
fn is_about_words(code: &str) -> bool {
    code == "tecken-saknas" || rules::all().any(|(rule, _)| rule == code)
}

fn holds(whole: &Place, place: &Place) -> bool {
    whole.source.path == place.source.path
        && whole.range.start <= place.range.start
        && place.range.end <= whole.range.end
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Source;

    #[test]
    fn one_fault_is_one_finding() {
        let source = Source::new("a.yaml", "Eleven 640823‑3234 och 2023-13-05");
        let at = |code: &'static str, range: std::ops::Range<usize>| {
            Diagnostic::error(code, "x").at(Place { source: source.clone(), range })
        };
        let left = without(vec![
            at("tecken-saknas", 13..16),
            at("personnummer", 7..20),
            at("datum-form-blandad", 25..35),
            at("datum-i-text", 25..35),
            at("veckodag", 25..35),
            at("dubbelt-ord", 0..6),
        ]);
        let codes: Vec<&str> = left.iter().map(|finding| finding.code).collect();
        assert_eq!(codes, ["personnummer", "datum-i-text", "veckodag", "dubbelt-ord"]);
    }
}
