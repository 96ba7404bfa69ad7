//! Slips of the finger: words that no dictionary knows and that are one letter from one that it knows.

use std::collections::HashMap;
use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::check::people::is_first_name;
use crate::check::prose::{Kind, Passage};
use crate::check::rule::{Review, Rule, finding};
use crate::diagnostic::{Diagnostic, codes};
use crate::language::lists::List;
use crate::language::swedish::capitalised;

/// The rules of this theme.
pub const RULES: &[Rule] =
    &[Rule { code: codes::STAVNING, find: slips }, Rule { code: codes::ISAR, find: apart }];

/// A word that may be a slip.
struct Doubtful<'a> {
    passage: &'a Passage,
    range: Range<usize>,
    word: &'a str,
    /// The words beside it, which tell whether it is Swedish.
    beside: [Option<&'a str>; 2],
}

fn slips(review: &Review) -> Vec<Diagnostic> {
    let (Some(dictionary), vocabulary) = (review.templates.dictionary(), review.templates.vocabulary())
    else {
        return Vec::new();
    };
    let counts = counts(review.passages);
    let is_usual = |word: &str| vocabulary.knows(word) || vocabulary.is_usual(word);
    let doubtful: Vec<Doubtful> = review
        .passages
        .iter()
        .flat_map(|passage| in_passage(passage, review))
        .filter(|doubtful| counts.get(doubtful.word) == Some(&1) && !is_usual(doubtful.word))
        .collect();
    let words: Vec<&str> = doubtful.iter().map(|doubtful| doubtful.word).collect();
    if words.is_empty() {
        return Vec::new();
    }
    let unknown = dictionary.unknown(&words);
    let is_strange = |word: &str| unknown.contains(word);
    // Strange words side by side are another language's.
    let strange: Vec<Doubtful> = doubtful
        .into_iter()
        .filter(|found| is_strange(found.word) && !found.beside.into_iter().flatten().any(&is_strange))
        .collect();
    let words: Vec<&str> = strange.iter().map(|found| found.word).collect();
    let near = dictionary.near(&words, |near| is_usual(near));
    let mut findings = Vec::new();
    for (Doubtful { passage, range, word, .. }, near) in strange.into_iter().zip(near) {
        // ”dammbinds” is what is done where one is to ”dammbindas”, which is all that the dictionary has.
        if word.strip_suffix('s').is_some_and(|stem| near.contains(&format!("{stem}as"))) {
            continue;
        }
        // What the text says elsewhere is likelier than what is usual.
        let said = near.iter().find(|near| counts.contains_key(near.as_str()));
        let Some(right) = said.or(near.first()) else { continue };
        let written = &passage.text[range.clone()];
        let right = if written.starts_with(char::is_uppercase) { capitalised(right) } else { right.clone() };
        let place = passage.place(range);
        let message = format!("”{written}” finns inte i ordlistan; menas ”{right}”?");
        let hint = format!("Skriv ”{right}”, eller låt ordet stå om det är menat så.");
        findings.push(finding(place.clone(), message, hint).edit(place, right));
    }
    findings
}

/// How often each word stands in the case, in small letters.
fn counts(passages: &[Passage]) -> FxHashMap<&str, usize> {
    let mut counts: FxHashMap<&str, usize> = HashMap::default();
    for passage in passages {
        for range in passage.text.spelt() {
            *counts.entry(&passage.text.lower()[range.clone()]).or_default() += 1;
        }
    }
    counts
}

/// The words of a passage that are neither names nor parts of addresses, abbreviations or the like.
fn in_passage<'a>(passage: &'a Passage, review: &Review) -> Vec<Doubtful<'a>> {
    const SHORTEST: usize = 3;
    // No word of the language is longer, and to look for the neighbours of one takes the square of its length.
    const LONGEST: usize = 40;
    if passage.kind == Kind::Quote
        || passage.kind == Kind::Heading && passage.text.as_str() == passage.section
    {
        return Vec::new();
    }
    let lower = passage.text.lower();
    let words = passage.text.spelt();
    let starts: FxHashSet<usize> = passage
        .text
        .sentences(review.templates.abbreviations())
        .filter_map(|sentence| words.iter().find(|word| word.start >= sentence.start))
        .map(|word| word.start)
        .collect();
    let doubtful = words.iter().enumerate().filter_map(|(at, range)| {
        let written = &passage.text[range.clone()];
        let (before, after) = (passage.text[..range.start].chars().next_back(), &passage.text[range.end..]);
        // Capitals are names, but where a sentence begins; in a plain line any word can be one.
        let is_small = written.chars().all(|letter| letter.is_lowercase());
        let begins = starts.contains(&range.start)
            && passage.kind != Kind::Line
            && written.chars().skip(1).all(|letter| letter.is_lowercase());
        // ”Petra Lindqvist frågar”
        let is_name = begins
            && !is_small
            && (is_first_name(written, review.templates.vocabulary())
                || after.strip_prefix(' ').is_some_and(|next| next.starts_with(char::is_uppercase)));
        let is_bound =
            matches!(before, Some('@' | '/' | '.' | '_' | ':' | '-' | '–' | '&' | '#' | '\\' | '0'..='9'))
                || after.starts_with(['@', '/', '_', '\\', '-', ':', '&'])
                || after.starts_with(|next: char| next.is_ascii_digit())
                || after.strip_prefix('.').is_some_and(|rest| rest.starts_with(char::is_alphanumeric));
        let is_abbreviated =
            after.starts_with('.') && review.templates.abbreviations().knows(&format!("{written}."));
        let is_word =
            (SHORTEST..=LONGEST).contains(&written.chars().count()) && !written.contains(['-', '’', '\'']);
        if !is_word || is_bound || is_abbreviated || is_name || !(is_small || begins) {
            return None;
        }
        let other = |at: Option<usize>| at.and_then(|at| words.get(at)).map(|range| &lower[range.clone()]);
        Some(Doubtful {
            passage,
            range: range.clone(),
            word: &lower[range.clone()],
            beside: [other(at.checked_sub(1)), other(at.checked_add(1))],
        })
    });
    doubtful.collect()
}

/// ”skol gården” where the text elsewhere says ”skolgården”.
fn apart(review: &Review) -> Vec<Diagnostic> {
    const SHORTEST: usize = 7;
    const FIRST: usize = 3;
    let (counts, vocabulary) = (counts(review.passages), review.templates.vocabulary());
    let mut findings = Vec::new();
    let mut joined = String::new();
    for passage in review.passages.iter().filter(|passage| passage.kind != Kind::Quote) {
        let lower = passage.text.lower();
        for pair in passage.text.spelt().windows(2) {
            let [one, other] = pair else { continue };
            let (first, second) = (&lower[one.clone()], &lower[other.clone()]);
            let is_name = passage.text[other.clone()].starts_with(char::is_uppercase);
            if &lower[one.end..other.start] != " "
                || first.chars().count() < FIRST
                || is_name
                || vocabulary.list(List::Apart).has(first)
            {
                continue;
            }
            joined.clear();
            joined.extend([first, second]);
            // What the vocabulary knows is found by another rule.
            if joined.chars().count() < SHORTEST
                || !counts.contains_key(joined.as_str())
                || vocabulary.knows(&joined)
            {
                continue;
            }
            // A word that stands alone elsewhere in the text, or is a usual one, can stand beside any
            // other; but before ”platsen” an adjective ends in a vowel.
            let is_free = counts.get(first).is_some_and(|count| *count > 1) || vocabulary.is_usual(first);
            let is_definite = ["en", "et", "na", "ens", "ets", "nas"].iter().any(|end| second.ends_with(end));
            let is_noun = is_definite && !first.ends_with(['a', 'e']) && vocabulary.class(first) == 0;
            if is_free && !is_noun {
                continue;
            }
            let written = &passage.text[one.start..other.end];
            let right =
                if written.starts_with(char::is_uppercase) { capitalised(&joined) } else { joined.clone() };
            let place = passage.place(one.start..other.end);
            let message = format!("”{written}” skrivs ihop på andra ställen i texten: ”{right}”");
            findings.push(
                finding(
                    place.clone(),
                    message,
                    format!("Skriv ”{right}”, eller låt orden stå om de är menade så."),
                )
                .edit(place, right),
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
    fn slips_are_found() {
        for (text, found) in [
            ("Belysningen behöver vara tillräklig på vintern.", vec!["tillräklig"]),
            ("Entrén blir rymmlig och ljus.", vec!["rymmlig"]),
            ("Elevrådet har träffat trädgårdsmästraen.", vec!["trädgårdsmästraen"]),
            ("Inventeringen gjordes av två vaktmästere.", vec!["vaktmästere"]),
            (
                "Lånecykelpolen drivs av biblioteksverksamhten.",
                vec!["Lånecykelpolen", "biblioteksverksamhten"],
            ),
            ("Belysningne är trasig, ocj det är mörkt.", vec!["Belysningne", "ocj"]),
            (
                "Frågan har lyfts av Pär-Olof Qvarnsjö, Xhevahire Krasniqi och Trångsunds cykelverkstadsförening.",
                vec![],
            ),
            ("Föreningen driver lånecykelpoolen, en trygghetsskapande åtgärd.", vec![]),
            ("Petra Lindqvist frågar [sic] om det. Qvarnsjö Alm svarar.", vec![]),
            ("Gatorna dammbinds oftare under våren.", vec![]),
            ("Metoden kallas peer review och quality assurance in education.", vec![]),
            ("Skriv till info@skolxa.se eller läs på www.skolxa.se om förskole- och skolbarn.", vec![]),
            ("Appen heter skoolappen, och skoolappen är bra.", vec![]),
        ] {
            assert_eq!(in_text(RULES, "stavning", text), found, "{text}");
        }
    }

    #[test]
    fn words_that_stand_joined_elsewhere_are_found() {
        for (text, found) in [
            ("Skolgården är stor. På skol gården finns ställ.", vec!["skol gården"]),
            ("Cykelplatsen är ny. Cykel platsen är ny.", vec!["Cykel platsen"]),
            ("Barnrättsplanen antogs. Barnrätts planen gäller.", vec!["Barnrätts planen"]),
            ("Förskolan är stor, och det är bra för skolan.", vec![]),
            ("Storstaden växer, och den stora staden växer.", vec![]),
            ("Skolgården är stor.", vec![]),
            ("Närområdet är bra. När området byggs ut blir det bättre.", vec![]),
            ("En storstad är en stor stad.", vec![]),
        ] {
            assert_eq!(in_text(RULES, "isär", text), found, "{text}");
        }
    }
}
