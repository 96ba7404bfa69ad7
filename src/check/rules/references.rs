//! References: what the text points at is there, and is spelt as it is.

use std::ops::Range;

use strsim::damerau_levenshtein;

use crate::check::numbers::{value, word};
use crate::check::pattern::{Pattern, group};
use crate::check::prose::{Kind, Passage};
use crate::check::rule::{Review, Rule, finding};
use crate::diagnostic::{Diagnostic, Severity};
use crate::read::body::Content;
use crate::read::mall;

/// The rules of this theme.
pub const RULES: &[Rule] = &[
    Rule { code: "diarienummer-snarlikt", severity: Severity::Warning, find: similar_numbers },
    Rule { code: "bilaga-nummer", severity: Severity::Warning, find: attachments },
    Rule { code: "avsnitt-saknas", severity: Severity::Warning, find: sections },
];

static NUMBERS: Pattern = Pattern::new(&[
    r"\b\p{Lu}{2,6}[ \u{a0}]?(?:19|20)[0-9]{2}[/:-][0-9]{1,6}\b",
    r"\b[0-9]{1,2}(?:\.[0-9]{1,2}){1,3}-[0-9]{1,6}/(?:19|20)[0-9]{2}\b",
    r"\b[0-9]{2}-[0-9]{3}/[0-9]{1,6}\b",
]);

fn similar_numbers(review: &Review) -> Vec<Diagnostic> {
    let own = &review.case.head.diarienummer.text;
    let mut known: Vec<(String, String)> = vec![(own.clone(), "dokumentets eget diarienummer".to_owned())];
    // What the line under the title says is remitted has its number from there.
    for passage in review.passages.iter().filter(|passage| is_title(passage)) {
        for range in NUMBERS.ranges(&passage.text) {
            let number = passage.text[range].to_owned();
            if !known.iter().any(|(other, _)| *other == number) {
                known.push((number, "diarienumret under rubriken".to_owned()));
            }
        }
    }
    let mut findings = Vec::new();
    for passage in review.passages {
        for range in NUMBERS.ranges(&passage.text) {
            let number = &passage.text[range.clone()];
            if known.iter().any(|(other, _)| plain(other) == plain(number)) && !is_title(passage) {
                continue;
            }
            let near = known.iter().find(|(other, _)| other != number && is_near(number, other));
            if let Some((other, what)) = near {
                let place = passage.place(range);
                let message = format!("”{number}” är snarlikt {what}, {other}");
                findings.push(
                    finding(place.clone(), message, "Menas samma ärende ska numren vara lika.")
                        .edit(place, other),
                );
            }
        }
    }
    findings
}

fn is_title(passage: &Passage) -> bool {
    ["titel", "underrubrik"].contains(&passage.section.as_str()) && passage.kind == Kind::Line
}

fn plain(number: &str) -> String {
    number.replace('\u{a0}', " ")
}

/// One digit or letter wrong, two that changed places, or another prefix before the same number.
fn is_near(one: &str, other: &str) -> bool {
    let digits = |text: &str| -> String { text.chars().filter(char::is_ascii_digit).collect() };
    let letters = |text: &str| -> String { text.chars().filter(|letter| letter.is_alphabetic()).collect() };
    let same_number = digits(one) == digits(other) && digits(one).len() >= 7;
    let (one, other) = (plain(one), plain(other));
    damerau_levenshtein(&one, &other) == 1 && (letters(&one) == letters(&other) || same_number)
        || same_number && damerau_levenshtein(&letters(&one), &letters(&other)) <= 2
}

static ATTACHED: Pattern = Pattern::new(&[r"(?i)\bbilaga\s+(?:nr\s+|nummer\s+)?([0-9]{1,2}|[a-z])\b"]);

static COUNTED: Pattern = Pattern::new(&[
    r"(?i)\b(två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv|[0-9]{1,2})\s+(?:bifogade\s+)?(?:bilagor|bilagorna)\b",
]);

fn attachments(review: &Review) -> Vec<Diagnostic> {
    let number: usize = review
        .case
        .parts
        .iter()
        .map(|part| match &part.content {
            Content::Attachments(attached) => attached.len(),
            _ => 0,
        })
        .sum();
    // A section of the author's own may list them.
    if number == 0 && review.case.parts.iter().any(|part| part.key.name.to_lowercase().starts_with("bilag")) {
        return Vec::new();
    }
    let has = match number {
        0 => "ärendet har inga bilagor".to_owned(),
        1 => "ärendet har en bilaga".to_owned(),
        _ => format!("ärendet har {} bilagor", word(number)),
    };
    let mut findings = Vec::new();
    for passage in review.passages.iter().filter(|passage| passage.section != "bilagor") {
        for captures in ATTACHED.all(&passage.text) {
            let (Some(whole), Some(said)) = (group(&captures, 0), group(&captures, 1)) else { continue };
            let wanted = ordinal(&passage.text[said.clone()]);
            if wanted.is_some_and(|wanted| (1..=number).contains(&wanted))
                || of_another(&passage.text, whole.end)
            {
                continue;
            }
            let message = format!("texten hänvisar till {}, men {has}", passage.text[whole].to_lowercase());
            findings.push(finding(
                passage.place(said),
                message,
                "Rätta numret, eller lägg till bilagan under bilagor:.",
            ));
        }
        for captures in COUNTED.all(&passage.text) {
            let (Some(whole), Some(said)) = (group(&captures, 0), group(&captures, 1)) else { continue };
            if value(&passage.text[said.clone()]) == Some(number) || of_another(&passage.text, whole.end) {
                continue;
            }
            let message = format!("texten säger ”{}”, men {has}", &passage.text[whole]);
            findings.push(finding(
                passage.place(said),
                message,
                "Rätta antalet, eller lägg till bilagan under bilagor:.",
            ));
        }
    }
    findings
}

/// The number that a digit or a letter stands for.
fn ordinal(text: &str) -> Option<usize> {
    text.parse().ok().or_else(|| {
        let letter = text.bytes().next()?.to_ascii_uppercase();
        Some(usize::from(letter.checked_sub(b'A')?) + 1)
    })
}

/// Whether what was named belongs to another document: ”bilaga 2 till förordningen”.
fn of_another(text: &str, end: usize) -> bool {
    static OTHER: Pattern = Pattern::new(&[r"^\s+(?:till|i|av|från|hos|ur)\s+\p{L}"]);
    OTHER.is_in(&text[end..])
}

static SECTIONS: Pattern = Pattern::new(&[
    r"(?:[Aa]vsnitt(?:et)?|[Rr]ubriken?|[Kk]apitlet|[Kk]apitel)\s+[”“\x22](?P<quoted>[^”“\x22]{2,80})[”“\x22]",
    r"\b[Aa]vsnitt(?:et)?\s+(?P<number>[0-9]{1,2}(?:\.[0-9]{1,2})*)\b",
    r"\b(?:[Ss]e|[Jj]fr|[Ii]|[Uu]nder|[Aa]v)\s+(?:avsnitt(?:et)?|rubriken)\s+(?P<named>\p{Lu}\p{L}+(?:\s+\p{L}+)*)",
]);

fn sections(review: &Review) -> Vec<Diagnostic> {
    let headings = headings(review);
    let mut findings = Vec::new();
    for passage in review.passages.iter().filter(|passage| passage.kind != Kind::Heading) {
        for captures in SECTIONS.all(&passage.text) {
            let Some(said) = ["quoted", "number", "named"].iter().find_map(|name| captures.name(name)) else {
                continue;
            };
            let end = captures.get(0).map_or(said.end(), |whole| whole.end());
            let name = said.as_str().to_lowercase();
            let is_named = captures.name("named").is_some();
            let there = headings.iter().any(|heading| {
                if is_named {
                    name.starts_with(heading.as_str()) || heading.starts_with(&name)
                } else {
                    is_called(heading, &name)
                }
            });
            if there || of_another(&passage.text, end) || is_named && INSIDE.is_in(said.as_str()) {
                continue;
            }
            let range: Range<usize> = said.range();
            let message = format!("avsnittet ”{}” finns inte i dokumentet", said.as_str());
            findings.push(finding(
                passage.place(range),
                message,
                "Rätta hänvisningen, eller lägg till avsnittet.",
            ));
        }
    }
    findings
}

/// A named section that goes on into another document: ”avsnittet Mål i budgeten”.
static INSIDE: Pattern = Pattern::new(&[r"\s(?:i|till|av|ur|från)\s"]);

fn is_called(heading: &str, name: &str) -> bool {
    heading == name || heading.strip_prefix(name).is_some_and(|rest| rest.starts_with([' ', '.']))
}

/// Every heading of the document, in lower case.
fn headings(review: &Review) -> Vec<String> {
    let head = &review.case.head;
    let mut headings: Vec<String> = Vec::new();
    for part in &review.case.parts {
        let key = part.key.name.as_str();
        headings.push(key.to_owned());
        headings.extend(head.rubriker.get(key).map(str::to_owned));
        headings.extend(review.profile.rubriker.get(key).map(str::to_owned));
        headings.extend(standard_heading(key).map(str::to_owned));
    }
    let sub = review.passages.iter().filter(|passage| passage.kind == Kind::Heading);
    headings.extend(sub.map(|passage| passage.text.to_string()));
    headings.into_iter().map(|heading| heading.to_lowercase()).collect()
}

fn standard_heading(key: &str) -> Option<&'static str> {
    mall::body_keys().find(|known| known.name == key).and_then(|known| known.heading)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::rules::trial::{in_text, marked};

    #[test]
    fn numbers_that_differ_a_little_are_found() {
        for (text, found) in [
            ("Ärendet UTBF 2024/2410 och UTBF 2024/2401.", vec!["UTBF 2024/2401"]),
            ("Ärendet UTBF 2024/2411 och UTB 2024/2410.", vec!["UTBF 2024/2411", "UTB 2024/2410"]),
            ("Ärendet UTBF2024/2410 och UTBF 2023/2410.", vec!["UTBF2024/2410", "UTBF 2023/2410"]),
            ("Ärendet UTBF 2024/2410-3, KS 2024/610 och UTBF 2024/1733.", vec![]),
        ] {
            assert_eq!(in_text(RULES, "diarienummer-snarlikt", text), found, "{text}");
        }
        let body = "underrubrik: Remiss från kommunstyrelsen, KS 2024/610\nbakgrund: Remissen KS 2024/601 gäller skolan.\n";
        assert_eq!(marked(RULES, "diarienummer-snarlikt", body), ["KS 2024/601"]);
    }

    #[test]
    fn attachments_that_are_not_there_are_found() {
        let body = |text: &str| format!("bakgrund: {text}\nbilagor:\n  - Motionen\n  - Skrivelsen\n");
        for (text, found) in [
            ("Se bilaga 3.", vec!["3"]),
            ("Se bilaga 2 och bilaga B.", vec![]),
            ("Se de tre bilagorna.", vec!["tre"]),
            ("Se bilaga 4 till förordningen.", vec![]),
        ] {
            assert_eq!(marked(RULES, "bilaga-nummer", &body(text)), found, "{text}");
        }
        assert_eq!(in_text(RULES, "bilaga-nummer", "Se bilaga 1."), ["1"]);
    }

    #[test]
    fn sections_that_are_not_there_are_found() {
        for (text, found) in [
            ("Se avsnittet ”Ekonomi”.", vec!["Ekonomi"]),
            ("Se avsnittet ”Bakgrund” och avsnitt 3.2.", vec!["3.2"]),
            ("Det utvecklas under rubriken Ekonomiska konsekvenser.", vec!["Ekonomiska konsekvenser"]),
            ("Se avsnitt 3 i budgeten och avsnittet Mål i planen.", vec![]),
            ("Se avsnittet Bakgrund ovan.", vec![]),
        ] {
            assert_eq!(in_text(RULES, "avsnitt-saknas", text), found, "{text}");
        }
    }
}
