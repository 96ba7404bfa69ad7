//! Spelling: misspelt words, and rare words that are nearly a usual one.

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
    Rule { code: "felstavning", severity: Severity::Warning, find: misspelt },
    Rule { code: "särskrivning", severity: Severity::Warning, find: split },
];

/// Words, with hyphens and apostrophes inside.
pub(super) static WORDS: Pattern = Pattern::new(&[r"\p{L}+(?:[-’']\p{L}+)*"]);

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
