//! Slips of the finger: words that no dictionary knows and that are one letter from one that it knows.

use std::collections::HashMap;
use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::check::people::is_first_name;
use crate::check::prose::{Passage, PassageKind};
use crate::check::rule::{Review, Rule, finding};
use crate::diagnostic::{Diagnostic, codes};
use crate::language::dictionary::Dictionary;
use crate::language::lists::List;
use crate::language::swedish::capitalised;

/// The rules of this theme.
pub const RULES: &[Rule] = &[Rule { code: codes::STAVNING, find: slips }];

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
    // ”Göteborgs hamn”: no dictionary of small letters has the names of kommuner.
    let kommuner = review.templates.profiles().kommuner();
    let kommuner: FxHashSet<String> =
        kommuner.flat_map(|name| name.split(' ').map(str::to_lowercase).collect::<Vec<_>>()).collect();
    let doubtful: Vec<Doubtful> = review
        .passages
        .iter()
        .flat_map(|passage| in_passage(passage, review))
        .filter(|doubtful| counts.get(doubtful.word) == Some(&1) && !is_usual(doubtful.word))
        .filter(|doubtful| !kommuner.contains(doubtful.word))
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
        let written = &passage.text[range.clone()];
        // What the text says elsewhere is likelier than what is usual.
        let said = near.iter().find(|near| counts.contains_key(near.as_str()));
        let likely = || near.iter().find(|near| is_usual(near));
        let right = said
            .cloned()
            .or_else(|| likely().cloned())
            .or_else(|| a_word(word, &near, dictionary, &is_usual));
        let is_compound = || said.is_none() && is_compound(word, dictionary, &is_usual);
        let Some(right) = right.filter(|_| !is_compound() && (said.is_some() || !is_short_name(written)))
        else {
            continue;
        };
        let right = if written.starts_with(char::is_uppercase) { capitalised(&right) } else { right };
        let place = passage.place(range);
        let message = format!("”{written}” finns inte i ordlistan; menas ”{right}”?");
        let hint = format!("Skriv ”{right}”, eller låt ordet stå om det är menat så.");
        findings.push(finding(place.clone(), message, hint).edit(place, right));
    }
    findings
}

/// Whether a word is one that people join of two, which no dictionary has all of: ”godmansuppdraget”, ”kostavgift”.
fn is_compound(word: &str, dictionary: &Dictionary, is_usual: &dyn Fn(&str) -> bool) -> bool {
    // Shorter words stand at the end of others by chance.
    const SHORTEST: usize = 4;
    let splits = word.char_indices().map(|(at, _)| word.split_at(at));
    let splits: Vec<(&str, &str)> = splits
        .filter(|(first, last)| first.chars().count() >= SHORTEST - 1 && last.chars().count() >= SHORTEST)
        .filter(|(_, last)| is_usual(last))
        .collect();
    // ”godmans”, ”läns”, ”familje”: a joint that the first part has only before another.
    let stems = |first: &str| -> Vec<String> {
        let bare = first.strip_suffix(['s', 'e', 'o']).map(str::to_owned);
        let with_a = first.strip_suffix(['e', 'o']).map(|stem| format!("{stem}a"));
        let all = [Some(first.to_owned()), bare, with_a].into_iter().flatten();
        all.filter(|stem| stem.chars().count() >= SHORTEST - 1).collect()
    };
    let stems: Vec<String> = splits.iter().flat_map(|(first, _)| stems(first)).collect();
    any_is_a_word(stems.iter().map(String::as_str).collect(), dictionary, is_usual)
}

/// Whether one of these is a word, asked at once.
fn any_is_a_word(words: Vec<&str>, dictionary: &Dictionary, is_usual: &dyn Fn(&str) -> bool) -> bool {
    words.iter().any(|word| is_usual(word)) || {
        let unknown = dictionary.unknown(&words);
        words.iter().any(|word| !unknown.contains(word))
    }
}

/// Of words one letter away the one that somebody can have meant: one that the dictionary has by itself, or a
/// compound whose usual part has the slip in it; not ”grodmansuppdraget”, which only could be a word.
fn a_word(
    word: &str,
    near: &[String],
    dictionary: &Dictionary,
    is_usual: &dyn Fn(&str) -> bool,
) -> Option<String> {
    const SHORTEST: usize = 5;
    let all: Vec<&str> = near.iter().map(String::as_str).collect();
    let own = dictionary.on_their_own(&all);
    let is_meant = |near: &&String| {
        own.contains(near.as_str())
            || near.char_indices().map(|(at, _)| near.split_at(at)).any(|(first, last)| {
                let wrong_last =
                    word.strip_prefix(first).filter(|_| last.chars().count() >= SHORTEST && is_usual(last));
                let wrong_first =
                    word.strip_suffix(last).filter(|_| first.chars().count() >= SHORTEST && is_usual(first));
                wrong_last
                    .or(wrong_first)
                    .is_some_and(|wrong| !any_is_a_word(vec![wrong], dictionary, is_usual))
            })
    };
    near.iter().find(is_meant).cloned()
}

/// Whether a word is as short as names that begin a sentence are: ”Sätra”, ”Kenyas”.
fn is_short_name(written: &str) -> bool {
    written.starts_with(char::is_uppercase) && written.chars().count() <= 7
}

/// How often each word stands in the case, in small letters.
pub(super) fn counts(passages: &[Passage]) -> FxHashMap<&str, usize> {
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
    if passage.kind == PassageKind::Quote
        || passage.kind == PassageKind::Heading && passage.text.as_str() == passage.section
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
            && passage.kind != PassageKind::Line
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
        // ”iii”, ”Skolgatan”
        let is_roman = written.chars().all(|letter| "ivxIVX".contains(letter));
        let is_street =
            !is_small && review.templates.vocabulary().list(List::Streets).has(&lower[range.clone()]);
        if is_roman || is_street {
            return None;
        }
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
            ("Lånecykelpolen drivs av biblioteksverksamhten.", vec!["biblioteksverksamhten"]),
            ("Belysningne är trasig, ocj det är mörkt.", vec!["Belysningne", "ocj"]),
            (
                "Frågan har lyfts av Pär-Olof Qvarnsjö, Xhevahire Krasniqi och Trångsunds cykelverkstadsförening.",
                vec![],
            ),
            ("Föreningen driver lånecykelpoolen, en trygghetsskapande åtgärd.", vec![]),
            ("Petra Lindqvist frågar [sic] om det. Qvarnsjö Alm svarar.", vec![]),
            ("Gatorna dammbinds oftare under våren. Stockholms hamn. Göteborgs hamn.", vec![]),
            (
                "Kommunen debiterar kostavgift och ersätter godmansuppdraget. Sockersötade drycker, farosituationer och nödlagar nämns.",
                vec![],
            ),
            ("Sätra och Kenyas delar. Ett prickmark och utförardelen.", vec![]),
            ("Metoden kallas peer review och quality assurance in education.", vec![]),
            ("Skriv till info@skolxa.se eller läs på www.skolxa.se om förskole- och skolbarn.", vec![]),
            ("Appen heter skoolappen, och skoolappen är bra.", vec![]),
        ] {
            assert_eq!(in_text(RULES, "stavning", text), found, "{text}");
        }
    }
}
