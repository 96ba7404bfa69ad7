//! Words and phrases that stand twice in a row.

use std::cell::LazyCell;
use std::ops::Range;

use rustc_hash::FxHashSet;

use crate::check::prose::{Passage, PassageKind};
use crate::check::rule::{Review, Rule, finding};
use crate::diagnostic::{Diagnostic, codes};
use crate::language::grammar::{EITHER, FINITE, HEAD, SUBORDINATOR};
use crate::language::lists::List;
use crate::language::vocabulary::Vocabulary;

/// The rules of this theme.
pub const RULES: &[Rule] = &[Rule { code: codes::DUBBELT_ORD, find: doubled }];

/// Letters that stand twice for a reason: m m, s s.
fn is_word(word: &str) -> bool {
    word.chars().count() > 1 || ["i", "I", "å", "ö"].contains(&word)
}

/// The most words of a phrase that stands twice in a row.
const LONGEST: usize = 5;

fn doubled(review: &Review) -> Vec<Diagnostic> {
    let vocabulary = review.templates.vocabulary();
    let mut findings = Vec::new();
    // Words that stand somewhere with a small letter are no names.
    let small = LazyCell::new(|| {
        let all = review.passages.iter();
        let words =
            all.flat_map(|passage| passage.text.spelt().iter().map(|range| &passage.text[range.clone()]));
        words.filter(|word| !word.starts_with(char::is_uppercase)).collect::<FxHashSet<&str>>()
    });
    for passage in review.passages.iter().filter(|passage| passage.kind != PassageKind::Cell) {
        let text = &passage.text;
        let words = text.spelt();
        let mut at = 0;
        while at + 1 < words.len() {
            let before = text[..words[at].start].trim_end();
            let begins = before.is_empty() || before.ends_with(['.', '?', '!']);
            let is_common = |word: &str| vocabulary.knows(word) || begins && small.contains(word);
            let found = (1..=LONGEST).find(|number| stands_twice(text, &words[at..], *number, is_common));
            if let Some(number) = found
                && !(number == 1 && is_right(passage, words, at, vocabulary))
            {
                let end = words[at + 2 * number - 1].end;
                let first = words[at].start..words[at + number - 1].end;
                let is_safe = !can_be_right(passage, &words[..at], first.clone(), vocabulary);
                findings.extend(repeated(passage, first, end, is_safe));
            }
            at += found.unwrap_or(1);
        }
    }
    findings
}

/// Whether the words begin with so many that stand twice.
fn stands_twice(text: &str, words: &[Range<usize>], number: usize, is_common: impl Fn(&str) -> bool) -> bool {
    let Some((first, second)) = words.get(..2 * number).map(|words| words.split_at(number)) else {
        return false;
    };
    let gap = &text[first[number - 1].end..second[0].start];
    let (Some(one), Some(other)) = (said_by(text, first), said_by(text, second)) else { return false };
    matches!(gap, " " | "\u{a0}")
        && if number == 1 { is_twice(one, other, is_common) } else { is_phrase_twice(one, other) }
}

/// What words say that stand next to one another.
fn said_by<'t>(text: &'t str, words: &[Range<usize>]) -> Option<&'t str> {
    let adjacent = words.windows(2).all(|pair| matches!(&text[pair[0].end..pair[1].start], " " | "\u{a0}"));
    adjacent.then(|| &text[words[0].start..words[words.len() - 1].end])
}

/// A name can be doubled, but not a word that `is_common`.
fn is_twice(one: &str, other: &str, is_common: impl Fn(&str) -> bool) -> bool {
    if !is_word(one) || one.len() != other.len() {
        return false;
    }
    let lower = one.to_lowercase();
    let are_names = one.starts_with(char::is_uppercase) && other.starts_with(char::is_uppercase);
    lower == other.to_lowercase() && (!are_names || is_common(&lower))
}

/// ”i syfte i syfte”, ”och tjänsten och tjänsten”, but not ”mer och mer och”.
fn is_phrase_twice(one: &str, other: &str) -> bool {
    const JOINING: &[&str] = &["och", "eller", "för", "efter", "i"];
    if one.len() != other.len() || one.to_lowercase() != other.to_lowercase() {
        return false;
    }
    let words: Vec<&str> = one.split(' ').collect();
    let [first, last] = words.as_slice() else { return true };
    // ”i syfte i syfte” begins with one of them, but does not end so.
    !JOINING.contains(last) && (!["och", "eller"].contains(first) || last.len() > 7)
}

/// Whether a word must stand twice where one clause meets another: ”det är det det handlar om”, ”de
/// som vill vill”.
fn is_right(passage: &Passage, words: &[Range<usize>], at: usize, vocabulary: &Vocabulary) -> bool {
    let lower = passage.text.lower();
    let word = |at: usize| words.get(at).map_or("", |range| &lower[range.clone()]);
    let before = at.checked_sub(1).map_or("", word);
    match word(at) {
        "det" | "de" | "den" => {
            let behind = word(at + 2);
            let is_verb = vocabulary.class(behind) & (FINITE | EITHER) != 0 || behind.ends_with('r');
            ["är", "var", "blir", "just", "om"].contains(&before) && is_verb && behind != "är"
        }
        said => before == "som" && vocabulary.class(said) & FINITE != 0,
    }
}

/// Whether words can stand twice where one clause meets another: ”de barn som har har rätt”, ”det
/// som görs görs öppet”, ”den väg de går på på morgonen”. Only the author knows.
fn can_be_right(
    passage: &Passage,
    before: &[Range<usize>],
    first: Range<usize>,
    vocabulary: &Vocabulary,
) -> bool {
    const FAR: usize = 6;
    let lower = passage.text.lower();
    let word = &lower[first];
    let nested = |range: &Range<usize>| vocabulary.class(&lower[range.clone()]) & (SUBORDINATOR | HEAD) != 0;
    vocabulary.list(List::Repeatable).has(word)
        || vocabulary.class(word) & (FINITE | EITHER) != 0 && before.iter().rev().take(FAR).any(nested)
}

fn repeated(passage: &Passage, first: Range<usize>, end: usize, is_safe: bool) -> Option<Diagnostic> {
    let word = &passage.text[first.clone()];
    let place = passage.place(first.start..end);
    let said = &place.source.text[place.range.clone()];
    let is_plain = said.split_whitespace().eq(passage.text[first.start..end].split_whitespace());
    // A bold line, and a paragraph that begins with its word.
    if !is_plain && said.contains('\n') {
        return None;
    }
    let message = format!("”{word}” står två gånger i rad");
    let finding = finding(place.clone(), message, "Ta bort det ena.");
    Some(match (is_plain, is_safe) {
        (false, _) => finding,
        (true, false) => finding.edit(place, word),
        (true, true) => finding.safe_edit(place, word),
    })
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
            (
                "Ärendet Ärendet gäller skolan. I I skolan, i samarbete med i samarbete med den och tjänsten och tjänsten.",
                vec![
                    "Ärendet Ärendet",
                    "I I",
                    "i samarbete med i samarbete med",
                    "och tjänsten och tjänsten",
                ],
            ),
            (
                "Mer och mer och mer. Baden Baden, m m, att, att, om och om och om igen, steg för steg.",
                vec![],
            ),
        ] {
            assert_eq!(in_text(RULES, "dubbelt-ord", text), found, "{text}");
        }
    }
}
