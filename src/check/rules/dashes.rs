//! Hyphens and dashes: a hyphen joins words, a dash stands between them.

use std::cell::LazyCell;

use rustc_hash::FxHashSet;

use crate::check::pattern::{Pattern, group};
use crate::check::prose::PassageKind;
use crate::check::rule::{Review, Rule, finding};
use crate::diagnostic::{Diagnostic, codes};
use crate::language::lists::List;

/// The rules of this theme.
pub const RULES: &[Rule] = &[
    Rule { code: codes::BINDESTRECK_SOM_TANKSTRECK, find: for_dash },
    Rule { code: codes::BINDESTRECK_INTERVALL, find: in_range },
    Rule { code: codes::AVSTAVNING_KVAR, find: broken_word },
];

static FOR_DASH: Pattern = Pattern::new(&[
    // 2022- 2023, 2022 -2023, 2022 - 2023
    r"[0-9](?P<range>- | -| - )[0-9]",
    // skolan - som
    r"[\p{L}\p{N}).,”%](?P<dash> - | ?-- ?)[\p{L}\p{N}(”]",
    // skolan — som
    r"[\p{L}\p{N}).,”%](?P<long> ?— ?)[\p{L}\p{N}(”]",
    // skolan –som, skolan– som
    r"\p{L}(?P<close>– | –)\p{Ll}",
]);

fn for_dash(review: &Review) -> Vec<Diagnostic> {
    const KINDS: &[(&str, &str, &str, &str)] = &[
        ("range", "bindestreck står där tankstreck ska stå", "–", "Skriv ett tankstreck utan mellanslag."),
        ("dash", "bindestreck står där tankstreck ska stå", " – ", "Skriv tankstreck: –."),
        ("long", "det långa strecket — står där tankstreck ska stå", " – ", "Skriv tankstreck: –."),
        (
            "close",
            "mellanslag saknas vid tankstrecket",
            " – ",
            "Skriv mellanslag på båda sidor om tankstrecket.",
        ),
    ];
    // ”in– och utflyttning” is a hyphen that became a dash.
    const GOING_ON: &[&str] = &["och ", "eller ", "samt ", "respektive "];
    let mut findings = Vec::new();
    for passage in review.passages {
        for captures in FOR_DASH.all(&passage.text) {
            let found = KINDS.iter().find_map(|kind| Some((kind, captures.name(kind.0)?.range())));
            let Some(((kind, message, right, hint), range)) = found else { continue };
            if *kind == "close" && GOING_ON.iter().any(|word| passage.text[range.end..].starts_with(word)) {
                continue;
            }
            // Between two words it can be nothing else.
            let is_word = |letter: Option<char>| letter.is_some_and(char::is_alphabetic);
            let is_between = is_word(passage.text[..range.start].chars().next_back())
                && is_word(passage.text[range.end..].chars().next());
            let place = passage.place(range);
            let found = finding(place.clone(), *message, *hint);
            findings.push(match *kind {
                "dash" | "long" if is_between => found.safe_edit(place, *right),
                _ => found.edit(place, *right),
            });
        }
    }
    findings
}

static RANGES: Pattern = Pattern::new(&[
    r"(?:^|[\s(])((?:19|20)[0-9]{2}(?:-| – )(?:19|20)[0-9]{2}|[0-9]{1,2}-[0-9]{1,2}|[0-9]{1,2}[.:][0-9]{2}-[0-9]{1,2}[.:][0-9]{2}|[0-9]{1,3}(?:[ \u{a0}][0-9]{3})+-[0-9]{1,3}(?:[ \u{a0}][0-9]{3})+)(?:[\s).,;:]|$)",
]);

fn in_range(review: &Review) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for passage in review.passages {
        for captures in RANGES.all(&passage.text) {
            let Some(range) = group(&captures, 1) else { continue };
            let said = &passage.text[range.clone()];
            let right = said.replace(' ', "").replace('-', "–");
            let place = passage.place(range);
            let message = format!("intervallet ”{said}” skrivs med tankstreck utan mellanslag");
            findings
                .push(finding(place.clone(), message, format!("Skriv ”{right}”.")).safe_edit(place, right));
        }
    }
    findings
}

/// A word with a hyphen and a space in it, or a space before a hyphen.
static BROKEN: Pattern = Pattern::new(&[
    r"(?P<first>\p{L}{2,})- (?P<rest>\p{Ll}{2,})",
    r"(?P<number>\b[\p{L}\p{N}]+) -(?P<tail>\p{Ll}{3,})",
    r"\b(?P<start>\p{L}\p{Ll}{2,})-(?P<end>\p{Ll}{5,})\b",
]);

fn broken_word(review: &Review) -> Vec<Diagnostic> {
    let words = LazyCell::new(|| {
        let all = review.passages.iter();
        let words =
            all.flat_map(|passage| passage.text.lower().split(|letter: char| !letter.is_alphabetic()));
        words.collect::<FxHashSet<&str>>()
    });
    let vocabulary = review.templates.vocabulary();
    let knows = |word: &str| words.contains(word) || vocabulary.knows(word);
    let is_of = |list: List, word: &str| vocabulary.list(list).has(word);
    let mut findings = Vec::new();
    for passage in review.passages.iter().filter(|passage| passage.kind != PassageKind::Line) {
        for captures in BROKEN.all(&passage.text) {
            let Some(whole) = group(&captures, 0) else { continue };
            let said = &passage.text[whole.clone()];
            let part = |name: &str| captures.name(name).map(|found| found.as_str());
            let (message, right) = if let (Some(first), Some(rest)) = (part("first"), part("rest")) {
                if is_of(List::GoingOn, rest) {
                    continue;
                }
                let right = match is_of(List::NoCompound, rest) {
                    true => format!("{first} {rest}"),
                    false => format!("{first}{rest}"),
                };
                (format!("bindestrecket i ”{said}” är ett spår av en avstavning"), right)
            } else if let (Some(number), Some(tail)) = (part("number"), part("tail")) {
                (format!("mellanslag före bindestrecket i ”{said}”"), format!("{number}-{tail}"))
            } else if let (Some(start), Some(end)) = (part("start"), part("end")) {
                let joined = format!("{start}{end}");
                // ”socio-ekonomisk” is a spelling.
                let is_spelt = || is_of(List::SpeltParts, &start.to_lowercase());
                // ”parke-ringsplatser”: a part that is no word, of a word that is one.
                let is_cut = || {
                    let Some(dictionary) = review.templates.dictionary() else { return false };
                    let unknown = dictionary.unknown(&[start, end, &joined]);
                    let is_part = unknown.contains(start) || unknown.contains(end);
                    start.starts_with(char::is_lowercase) && is_part && !unknown.contains(joined.as_str())
                };
                if !(is_of(List::Joints, start) || knows(&joined.to_lowercase()) || is_cut()) || is_spelt() {
                    continue;
                }
                (format!("bindestrecket i ”{said}” är ett spår av en avstavning"), joined)
            } else {
                continue;
            };
            let place = passage.place(whole);
            findings.push(finding(place.clone(), message, format!("Skriv ”{right}”.")).edit(place, right));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::rules::trial::in_text;

    #[test]
    fn hyphens_for_dashes_are_found() {
        for (text, found) in [
            ("Skolan - som är stor - och 2022- 2023.", vec![" - ", " - ", "- "]),
            ("Skolan — som är stor– och bra –byggs, in– och utflyttning.", vec![" — ", " –"]),
            ("Åren 2020 - 2024.", vec![" - "]),
            ("Skolan – som är stor, in- och utflyttning, 15-gruppen.", vec![]),
        ] {
            assert_eq!(in_text(RULES, "bindestreck-som-tankstreck", text), found, "{text}");
        }
        assert_eq!(
            in_text(
                RULES,
                "bindestreck-intervall",
                "Åren 2017-2021 och 2017 – 2021, barn 0-5 år, 08-508 33, 2024-03-05."
            ),
            ["2017-2021", "2017 – 2021", "0-5"]
        );
    }

    #[test]
    fn traces_of_hyphenation_are_found() {
        for (text, found) in [
            (
                "Ha samverkans- rutiner, samverkan- kring barn.",
                vec!["samverkans- rutiner", "samverkan- kring"],
            ),
            (
                "Den 15 -gruppen, social-förvaltningen, skol-frånvaro.",
                vec!["15 -gruppen", "social-förvaltningen", "skol-frånvaro"],
            ),
            (
                "Antalet parke-ringsplatser minskar, och rese-närerna är fler.",
                vec!["parke-ringsplatser", "rese-närerna"],
            ),
            ("De socio-ekonomiska och psyko-sociala skälen, språk-kaféer.", vec![]),
            (
                "Berednings- och arbetsgrupper, risk- och konsekvens, Hässelby-Vällingby, individ-nivå.",
                vec![],
            ),
        ] {
            assert_eq!(in_text(RULES, "avstavning-kvar", text), found, "{text}");
        }
    }
}
