//! Abbreviations: each is written in one form in a document.

use std::cmp::Reverse;
use std::ops::Range;

use crate::check::pattern::Pattern;
use crate::check::prose::{Passage, PassageKind};
use crate::check::rule::{Review, Rule, finding};
use crate::diagnostic::{Diagnostic, codes};

/// The rules of this theme.
pub const RULES: &[Rule] = &[
    Rule { code: codes::FORKORTNING_BLANDAD, find: mixed },
    Rule { code: codes::FORKORTNING_PUNKT, find: without_stop },
];

/// Where a form stands: the passage, and the range in it.
type Said<'a> = (&'a Passage, Range<usize>);

/// Every place of every form, expression by expression.
fn places<'a>(review: &Review<'a>) -> Vec<Vec<Vec<Said<'a>>>> {
    let spellings = review.templates.spellings();
    let expressions = spellings.expressions().iter();
    let mut found: Vec<Vec<Vec<Said>>> = expressions.map(|forms| vec![Vec::new(); forms.len()]).collect();
    for passage in review.passages.iter().filter(|passage| passage.kind != PassageKind::Quote) {
        let lower = passage.text.lower();
        for (range, (at, form)) in spellings.all_in(lower).filter(|(range, _)| is_whole(lower, range)) {
            found[at][form].push((passage, range));
        }
    }
    for said in found.iter_mut().flatten() {
        // A spelling can be the beginning of another.
        said.sort_by_key(|(passage, place)| (std::ptr::from_ref(*passage), place.start, Reverse(place.end)));
        said.dedup_by(|(passage, place), (before, first)| {
            std::ptr::eq(*passage, *before) && place.start < first.end
        });
    }
    found
}

/// Whether an expression stands by itself; ”med flera skolor” is none.
fn is_whole(text: &str, place: &Range<usize>) -> bool {
    const AFTER: &[&str] =
        &["och", "som", "i", "har", "är", "vid", "samt", "till", "för", "om", "anser", "föreslår"];
    let (said, after) = (&text[place.clone()], &text[place.end..]);
    let apart = !text[..place.start].ends_with(|before: char| before.is_alphanumeric() || before == '.')
        && (said.ends_with('.') || !after.starts_with(|next: char| next.is_alphanumeric()));
    let next =
        after.strip_prefix(' ').and_then(|after| after.split(|sign: char| !sign.is_alphabetic()).next());
    apart && (said != "med flera" || next.is_none_or(|next| next.is_empty() || AFTER.contains(&next)))
}

fn mixed(review: &Review) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for (forms, places) in review.templates.spellings().expressions().iter().zip(places(review)) {
        let said: Vec<_> = forms.iter().map(String::as_str).zip(places).collect();
        let most = said.iter().map(|(_, places)| places.len()).max().unwrap_or_default();
        // Of forms that stand as often the one written out, which is the last, else the first.
        let often = |(_, places): &&(&str, Vec<_>)| places.len() == most;
        let Some((usual, places)) = said.last().filter(often).or_else(|| said.iter().find(often)) else {
            continue;
        };
        let Some((first, range)) = places.first() else { continue };
        for (form, places) in said.iter().filter(|(form, _)| form != usual) {
            let how = if places.len() == most { "också" } else { "oftast" };
            for (passage, place) in places {
                let written = &passage.text[place.clone()];
                let message = format!("”{written}” skrivs {how} ”{usual}” i dokumentet");
                let hint = format!("Välj ”{usual}” eller ”{form}”, och skriv så överallt.");
                let found = finding(passage.place(place.clone()), message, hint);
                findings.push(found.related(first.place(range.clone()), "så står det till exempel här"));
            }
        }
    }
    findings
}

/// Abbreviations that need their full stop: ”3 kap 1 §”, ”kl 13”, ”t ex”, ”bl.a”, ”skolor mm”.
static WITHOUT_STOP: Pattern = Pattern::new(&[
    r"\b[0-9]+ (?P<kap>kap|st) [0-9]+",
    r"\b(?P<kl>kl|enl) [0-9]",
    r"(?:^|[ (])(?P<spaced>t ex|bl a|m fl|m m|s k|f d|f n|fr o m|t o m|d v s|o s v|p g a|m a o)\b",
    r"\b(?P<dotted>t\. ?ex|bl\. ?a|m\. ?fl|m\.m|s\.k|f\.d|f\.n|fr\.o\.m|t\.o\.m|d\.v\.s|o\.s\.v|p\.g\.a)(?:[ ,;)]|$)",
    r"\b(?P<short>enl|inkl|exkl|resp) \p{L}",
    r"\p{L}{3},? (?P<more>mm)\b",
]);

fn without_stop(review: &Review) -> Vec<Diagnostic> {
    const GROUPS: [&str; 6] = ["kap", "kl", "spaced", "dotted", "short", "more"];
    let mut findings = Vec::new();
    for passage in review.passages.iter().filter(|passage| passage.kind != PassageKind::Quote) {
        for captures in WITHOUT_STOP.all(&passage.text) {
            let Some(said) = GROUPS.iter().find_map(|name| captures.name(name)) else {
                continue;
            };
            // Its stop stands after a space, which another rule finds.
            if passage.text[said.end()..].starts_with(" .") {
                continue;
            }
            let right = match said
                .as_str()
                .split([' ', '.'])
                .filter(|part| !part.is_empty())
                .collect::<Vec<_>>()
                .as_slice()
            {
                ["mm"] => "m.m.".to_owned(),
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
            ("Bo m.fl. och Ann m.fl. med flera skolor, bland annat.", vec![]),
            ("Skolor osv. och barn osv. samt o.s.v. och så vidare.", vec!["o.s.v.", "och så vidare"]),
            ("Bo m.fl. och Ann m.fl. samt Ek m. fl.", vec!["m. fl."]),
            ("Det är dvs. så och dvs. så, d.v.s. så, det vill säga så.", vec!["d.v.s.", "det vill säga"]),
        ] {
            assert_eq!(in_text(RULES, "förkortning-blandad", text), found, "{text}");
        }
    }

    #[test]
    fn abbreviations_have_their_stops() {
        let text = "Enligt 3 kap 1 § SoL, kl 13 och t ex skolan, 3 kap. 1 §, nr 3.";
        assert_eq!(in_text(RULES, "förkortning-punkt", text), ["kap", "kl", "t ex"]);
        let text = "Skolor, bl.a förskolor, m.fl, skolor mm och 5 mm, resp nämnd, o s v. Det är bl.a. så.";
        assert_eq!(in_text(RULES, "förkortning-punkt", text), ["bl.a", "m.fl", "mm", "resp", "o s v."]);
        // No word ends at a sign that nobody sees.
        let text = "Skolor mm\u{2060}a, kl\u{feff} 13.";
        assert_eq!(in_text(RULES, "förkortning-punkt", text), ["kl"]);
    }
}
