//! Abbreviations: each is written in one form in a document.

use std::ops::Range;

use crate::check::pattern::Pattern;
use crate::check::prose::{Kind, Passage};
use crate::check::rule::{Review, Rule, finding};
use crate::diagnostic::{Diagnostic, Severity};

/// The rules of this theme.
pub const RULES: &[Rule] = &[
    Rule { code: "förkortning-blandad", severity: Severity::Advice, find: mixed },
    Rule { code: "förkortning-punkt", severity: Severity::Warning, find: without_stop },
];

/// Each expression with its forms.
macro_rules! expressions {
    ($($name:ident: [$(($shown:literal, $pattern:literal)),+];)+) => {
        static ALL: &[&[Form]] = &[$(&[$(Form { shown: $shown, pattern: {
            static PATTERN: Pattern = Pattern::new(&[$pattern]);
            &PATTERN
        } }),+]),+];
    };
}

/// A form of an expression.
struct Form {
    shown: &'static str,
    pattern: &'static Pattern,
}

expressions! {
    others: [("m.fl.", r"(?i)\bm\. ?fl\."), ("med flera", r"(?i)\bmed flera\b")];
    example: [("t.ex.", r"(?i)\bt\. ?ex\.|\bt ex\b"), ("till exempel", r"(?i)\btill exempel\b")];
    among: [("bl.a.", r"(?i)\bbl\. ?a\.|\bbl a\b"), ("bland annat", r"(?i)\bbland annat\b")];
    about: [("ca", r"(?i)\bca\b|\bc:a\b"), ("cirka", r"(?i)\bcirka\b")];
    that_is: [("dvs.", r"(?i)\bd\.?v\.?s\.?"), ("det vill säga", r"(?i)\bdet vill säga\b")];
    so_called: [("s.k.", r"(?i)\bs\. ?k\.|\bs k\b"), ("så kallade", r"(?i)\bså kallad(?:e|t)?\b")];
    more: [("m.m.", r"(?i)\bm\. ?m\.|\bm m\b"), ("med mera", r"(?i)\bmed mera\b")];
    according: [("enl.", r"(?i)\benl\."), ("enligt", r"(?i)\benligt\b")];
    respective: [("resp.", r"(?i)\bresp\."), ("respektive", r"(?i)\brespektive\b")];
    including: [("inkl.", r"(?i)\binkl\."), ("inklusive", r"(?i)\binklusive\b")];
    because: [("p.g.a.", r"(?i)\bp\. ?g\. ?a\.|\bpga\.?"), ("på grund av", r"(?i)\bpå grund av\b")];
    onwards: [("fr.o.m.", r"(?i)\bfr\. ?o\. ?m\."), ("från och med", r"(?i)\bfrån och med\b")];
    until: [("t.o.m.", r"(?i)\bt\. ?o\. ?m\."), ("till och med", r"(?i)\btill och med\b")];
    former: [("f.d.", r"(?i)\bf\. ?d\."), ("före detta", r"(?i)\bföre detta\b")];
}

/// Every place of a form.
fn places<'a>(review: &Review<'a>, form: &Form) -> Vec<(&'a Passage, Range<usize>)> {
    let running = review.passages.iter().filter(|passage| passage.kind != Kind::Quote);
    running
        .flat_map(|passage| form.pattern.ranges(&passage.text).map(move |range| (passage, range)))
        .collect()
}

fn mixed(review: &Review) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for forms in ALL {
        let said: Vec<_> = forms.iter().map(|form| (form, places(review, form))).collect();
        let Some((usual, most)) = said.iter().max_by_key(|(_, places)| places.len()) else { continue };
        let Some((first, range)) = most.first() else { continue };
        for (form, places) in said.iter().filter(|(form, _)| form.shown != usual.shown) {
            for (passage, place) in places {
                let written = &passage.text[place.clone()];
                let message = format!("”{written}” skrivs mest ”{}” i dokumentet", usual.shown);
                let hint = format!("Skriv ”{}” överallt, eller ”{}” överallt.", usual.shown, form.shown);
                let found = finding(passage.place(place.clone()), message, hint);
                findings.push(found.related(first.place(range.clone()), "så står det till exempel här"));
            }
        }
    }
    findings
}

/// Abbreviations that need their full stop: ”3 kap 1 §”, ”kl 13”, ”t ex”.
static WITHOUT_STOP: Pattern = Pattern::new(&[
    r"\b[0-9]+ (?P<kap>kap|st) [0-9]+",
    r"\b(?P<kl>kl|enl) [0-9]",
    r"\b(?P<spaced>t ex|bl a|m fl|m m|s k|f d|fr o m|t o m|d v s|p g a)\b",
]);

fn without_stop(review: &Review) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for passage in review.passages.iter().filter(|passage| passage.kind != Kind::Quote) {
        for captures in WITHOUT_STOP.all(&passage.text) {
            let Some(said) = ["kap", "kl", "spaced"].iter().find_map(|name| captures.name(name)) else {
                continue;
            };
            let right = match said.as_str().split(' ').collect::<Vec<_>>().as_slice() {
                [one] => format!("{one}."),
                parts => parts.iter().map(|part| format!("{part}.")).collect(),
            };
            // A full stop that stands there already is the abbreviation's own.
            let stop = usize::from(passage.text[said.end()..].starts_with('.'));
            let place = passage.place(said.start()..said.end() + stop);
            let message = format!("förkortningen ”{}” skrivs ”{right}”", said.as_str());
            findings.push(
                finding(place.clone(), message, "Sätt punkt efter varje förkortat ord.")
                    .safe_edit(place, right),
            );
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::rules::trial::in_text;

    #[test]
    fn expressions_have_one_form() {
        for (text, found) in [
            ("Bo m.fl. och Ann m.fl. samt Ek med flera.", vec!["med flera"]),
            ("T.ex. skolan, till exempel här och till exempel där.", vec!["T.ex."]),
            ("Bo m.fl. och Ann m. fl., bland annat.", vec![]),
        ] {
            assert_eq!(in_text(RULES, "förkortning-blandad", text), found, "{text}");
        }
    }

    #[test]
    fn abbreviations_have_their_stops() {
        let text = "Enligt 3 kap 1 § SoL, kl 13 och t ex skolan, 3 kap. 1 §, nr 3.";
        assert_eq!(in_text(RULES, "förkortning-punkt", text), ["kap", "kl", "t ex"]);
    }
}
