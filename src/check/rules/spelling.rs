//! Spelling: words written twice, misspelt words, and rare words that are nearly a usual one.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use strsim::damerau_levenshtein;

use crate::check::pattern::Pattern;
use crate::check::prose::{Kind, Passage};
use crate::check::rule::{Review, Rule, finding};
use crate::diagnostic::{Diagnostic, Severity};
use crate::vocabulary::Vocabulary;

/// The rules of this theme.
pub const RULES: &[Rule] = &[
    Rule { code: "dubbelt-ord", severity: Severity::Warning, find: doubled },
    Rule { code: "felstavning", severity: Severity::Warning, find: misspelt },
    Rule { code: "särskrivning", severity: Severity::Warning, find: split },
];

static WORDS: Pattern = Pattern::new(&[r"\p{L}+(?:[-’']\p{L}+)*"]);

/// Letters that stand twice for a reason: m m, s s.
fn is_word(word: &str) -> bool {
    word.chars().count() > 1 || ["i", "å", "ö"].contains(&word)
}

fn doubled(review: &Review) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for passage in review.passages.iter().filter(|passage| passage.kind != Kind::Cell) {
        let text = &passage.text;
        let words: Vec<Range<usize>> = WORDS.ranges(text).collect();
        let adjacent =
            |one: &Range<usize>, other: &Range<usize>| matches!(&text[one.end..other.start], " " | "\u{a0}");
        let mut at = 0;
        while at + 1 < words.len() {
            let (one, other) = (&words[at], &words[at + 1]);
            if adjacent(one, other) && is_twice(&text[one.clone()], &text[other.clone()]) {
                findings.push(repeated(passage, one.start..one.end, other.end));
            } else if let Some([a, b, c, d]) =
                words.get(at..at + 4).and_then(|four| <&[_; 4]>::try_from(four).ok())
                && adjacent(a, b)
                && adjacent(b, c)
                && adjacent(c, d)
                && is_phrase_twice(&text[a.start..b.end], &text[c.start..d.end])
            {
                findings.push(repeated(passage, a.start..b.end, d.end));
                at += 2;
            }
            at += 1;
        }
    }
    findings
}

fn is_twice(one: &str, other: &str) -> bool {
    is_word(one) && one.to_lowercase() == other.to_lowercase()
        // A name can be doubled, and so can what is quoted as a word.
        && !(one.starts_with(char::is_uppercase) && other.starts_with(char::is_uppercase))
}

/// ”i syfte i syfte”, but not ”mer och mer och”.
fn is_phrase_twice(one: &str, other: &str) -> bool {
    const JOINING: &[&str] = &["och", "eller", "för", "efter", "i"];
    one.to_lowercase() == other.to_lowercase()
        // ”i syfte i syfte” begins with one of them, but does not end so.
        && !one.split(' ').next_back().is_some_and(|last| JOINING.contains(&last))
        && !one.starts_with("och ")
}

fn repeated(passage: &Passage, first: Range<usize>, end: usize) -> Diagnostic {
    let word = &passage.text[first.clone()];
    let place = passage.place(first.start..end);
    let message = format!("”{word}” står två gånger i rad");
    let finding = finding(place.clone(), message, "Ta bort det ena.");
    if BOTH_RIGHT.contains(&word.to_lowercase().as_str()) {
        finding.edit(place, word)
    } else {
        finding.safe_edit(place, word)
    }
}

/// Words that can stand twice where one clause meets another: ”de barn som har har rätt”. Only the
/// author knows.
const BOTH_RIGHT: &[&str] = &["de", "den", "det", "du", "för", "har", "man", "som", "så", "är"];

fn misspelt(review: &Review) -> Vec<Diagnostic> {
    let vocabulary = review.templates.vocabulary();
    let counts = counted(review.passages);
    // Sorted, so that every run finds the same.
    let usual: BTreeSet<&str> = counts
        .iter()
        .filter(|(word, count)| **count >= 3 && word.len() >= 10)
        .map(|(word, _)| word.as_str())
        .collect();
    let mut findings = Vec::new();
    // A key of one's own that is nearly a known one is another finding.
    let is_key = |passage: &Passage| passage.kind == Kind::Heading && *passage.text == passage.section;
    for passage in review.passages.iter().filter(|passage| passage.kind != Kind::Quote && !is_key(passage)) {
        let lower = passage.text.to_lowercase();
        for (wrong, right) in vocabulary.mistakes() {
            for (start, _) in lower.match_indices(wrong) {
                // Lower case can be longer or shorter than what it is made from, which no Swedish letter is.
                let range = start..start + wrong.len();
                if is_whole(&passage.text, &range) {
                    findings.push(replaced(passage, range, right));
                }
            }
        }
        for range in WORDS.ranges(&passage.text) {
            let word = &passage.text[range.clone()];
            if word.starts_with(char::is_uppercase) && range.start > 0
                || counts.get(&word.to_lowercase()) != Some(&1)
            {
                continue;
            }
            if let Some(right) = meant(&word.to_lowercase(), vocabulary, &usual) {
                findings.push(replaced(passage, range, right));
            }
        }
    }
    findings
}

/// How often each word stands in the case, in lower case.
fn counted(passages: &[Passage]) -> HashMap<String, usize> {
    let mut counts = HashMap::new();
    for passage in passages {
        for range in WORDS.ranges(&passage.text) {
            *counts.entry(passage.text[range].to_lowercase()).or_default() += 1;
        }
    }
    counts
}

fn is_whole(text: &str, range: &Range<usize>) -> bool {
    let before = text.get(..range.start).and_then(|text| text.chars().next_back());
    let after = text.get(range.end..).and_then(|text| text.chars().next());
    !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
}

/// Words that stand alone before many others: ”för skolan” is no ”förskolan”.
const ALONE: &[&str] =
    &["för", "före", "in", "till", "under", "upp", "ut", "av", "an", "över", "på", "med", "om", "sam"];

/// ”social tjänsten”: two words that are one of the usual ones together.
fn split(review: &Review) -> Vec<Diagnostic> {
    const SHORTEST: usize = 10;
    let vocabulary = review.templates.vocabulary();
    let mut findings = Vec::new();
    for passage in review.passages {
        let words: Vec<Range<usize>> = WORDS.ranges(&passage.text).collect();
        for pair in words.windows(2) {
            let [one, other] = pair else { continue };
            let (first, second) = (&passage.text[one.clone()], &passage.text[other.clone()]);
            let joined = format!("{first}{second}").to_lowercase();
            if &passage.text[one.end..other.start] == " "
                && joined.chars().count() >= SHORTEST
                && vocabulary.knows(&joined)
                && !ALONE.contains(&first.to_lowercase().as_str())
            {
                findings.push(replaced(passage, one.start..other.end, &joined));
            }
        }
    }
    findings
}

fn replaced(passage: &Passage, range: Range<usize>, right: &str) -> Diagnostic {
    let word = &passage.text[range.clone()];
    let right = if word.starts_with(char::is_uppercase) { capitalised(right) } else { right.to_owned() };
    let place = passage.place(range.clone());
    let message = format!("”{word}” är nog ”{right}”");
    finding(place.clone(), message, format!("Skriv ”{right}”, eller låt ordet stå om det är menat så."))
        .edit(place, right)
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The usual word that a rare one must be a slip for.
fn meant<'a>(word: &str, vocabulary: &'a Vocabulary, usual: &BTreeSet<&'a str>) -> Option<&'a str> {
    if vocabulary.knows(word) || word.chars().count() < 6 {
        return None;
    }
    let term = vocabulary.near(word).find(|term| is_slip(word, term, 5));
    // Beside the known terms, only what the text itself says often, and then only letters lost,
    // added or swapped: other words differ in a letter too often.
    term.or_else(|| {
        let length = word.chars().count();
        usual.iter().copied().find(|other| {
            length >= 9
                && (other.chars().count() != length || is_swap(word, other))
                && is_slip(word, other, 9)
        })
    })
}

/// Whether one letter is wrong inside the word: at its end it would be another form.
fn is_slip(word: &str, right: &str, shortest: usize) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (word.chars().collect(), right.chars().collect());
    if one.len().abs_diff(other.len()) > 1 || one.len() < shortest {
        return false;
    }
    let start = one.iter().zip(&other).take_while(|(a, b)| a == b).count();
    let end = one.iter().rev().zip(other.iter().rev()).take_while(|(a, b)| a == b).count();
    start >= 1 && end >= 3 && damerau_levenshtein(word, right) == 1
}

fn is_swap(one: &str, other: &str) -> bool {
    let sorted = |word: &str| {
        let mut letters: Vec<char> = word.chars().collect();
        letters.sort_unstable();
        letters
    };
    sorted(one) == sorted(other)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::rules::trial::in_text;

    #[test]
    fn words_that_stand_twice_are_found() {
        for (text, found) in [
            (
                "Han sade att\natt det i i syfte i syfte är är bra.",
                vec!["att\n  att", "i i", "i syfte i syfte", "är är"],
            ),
            ("Nämnden nämnden beslutar i syfte i syfte att.", vec!["Nämnden nämnden", "i syfte i syfte"]),
            ("Mer och mer och mer. Baden Baden, m m, att, att.", vec![]),
        ] {
            assert_eq!(in_text(RULES, "dubbelt-ord", text), found, "{text}");
        }
    }

    #[test]
    fn misspelt_words_are_found() {
        for (text, found) in [
            ("Förvaltningen förslår att nämnden godkäner det.", vec!["förslår", "godkäner"]),
            ("De vill utrycka stöd och träda ikraft.", vec!["utrycka", "ikraft"]),
            ("Förvalningen anser.", vec!["Förvalningen"]),
            (
                "Trygghetsvandring, trygghetsvandring och trygghetsvandring, tryghetsvandring.",
                vec!["tryghetsvandring"],
            ),
            ("Skolenheten och skolenheter, avtalet och antalet, förslag och förlag.", vec![]),
            ("Nämnderna, nämndens, nämnder, förvaltningens, förvaltningarna.", vec![]),
        ] {
            assert_eq!(in_text(RULES, "felstavning", text), found, "{text}");
        }
    }

    #[test]
    fn words_that_are_split_are_found() {
        assert_eq!(in_text(RULES, "särskrivning", "Social tjänsten anser för skolan."), ["Social tjänsten"]);
    }
}
