//! Surnames that stand alone: ”enligt Törnkvist”, where the text knows a Törnqvist.

use std::ops::Range;

use crate::check::people::{Name, folded, sound};
use crate::check::prose::{Passage, PassageKind, words};
use crate::check::rule::{Review, finding};
use crate::diagnostic::Diagnostic;
use crate::language::lists::{List, WordList};

use super::names::is_slip;

/// A surname that the text knows from somebody's whole name.
struct Known<'a> {
    word: &'a str,
    folded: String,
    sound: String,
    name: &'a Name,
}

/// Words of these fewer letters are too like each other.
const SHORTEST: usize = 5;

/// Surnames alone that are spelt in another way than in the whole name.
pub fn alone(names: &[Name], review: &Review) -> Vec<Diagnostic> {
    let said_words = || names.iter().flat_map(|name| name.text.split([' ', '-']));
    let mut known: Vec<Known> = Vec::new();
    for name in names.iter().filter(|name| name.certain) {
        let Some(word) = name.text.rsplit([' ', '-']).next() else { continue };
        if word.chars().count() >= SHORTEST && known.iter().all(|known| known.word != word) {
            known.push(Known { word, folded: folded(word), sound: sound(word), name });
        }
    }
    if known.is_empty() {
        return Vec::new();
    }
    let is_said = |word: &str| said_words().any(|said| said == word || said.strip_suffix('s') == Some(word));
    let common = review.templates.vocabulary().list(List::Surnames);
    let mut findings = Vec::new();
    for (index, passage) in
        review.passages.iter().enumerate().filter(|(_, passage)| passage.kind != PassageKind::Line)
    {
        for range in capitalised(passage) {
            let word = &passage.text[range.clone()];
            let bare = word.strip_suffix('s').unwrap_or(word);
            let Some(right) =
                known.iter().find(|known| is_like(word, bare, known, (passage, &range), common))
            else {
                continue;
            };
            let in_name = names.iter().any(|name| name.passage == index && name.range.contains(&range.start));
            if !in_name && !names_a_place(&passage.text[range.end..]) && !is_said(word) && !is_said(bare) {
                findings.push(misspelt(passage, range, right, review));
            }
        }
    }
    findings
}

/// The long words of a passage that begin with a capital, without the punctuation around them.
fn capitalised(passage: &Passage) -> impl Iterator<Item = Range<usize>> {
    let text: &str = &passage.text;
    let bare = |range: Range<usize>| {
        let around = |mark: char| !mark.is_alphabetic();
        let start = range.end - text[range.clone()].trim_start_matches(around).len();
        start..start + text[start..range.end].trim_end_matches(around).len()
    };
    words(text)
        .into_iter()
        .map(bare)
        .filter(|word| word.len() >= SHORTEST && text[word.clone()].starts_with(char::is_uppercase))
}

fn is_like(
    word: &str,
    bare: &str,
    known: &Known,
    (passage, range): (&Passage, &Range<usize>),
    common: &WordList,
) -> bool {
    // Most words are nothing like: the first letter and the length tell.
    let is_near = word.len().abs_diff(known.word.len()) <= 3 && heard(word) == heard(known.word);
    if !is_near || word == known.word || bare == known.word {
        return false;
    }
    if [word, bare].iter().any(|word| sound(word) == known.sound) {
        return true;
    }
    // A sentence begins with a capital anyway: there, only what sounds alike is a name.
    !begins_sentence(&passage.text[..range.start])
        && [word, bare].iter().any(|word| !common.has(word) && is_slip(&folded(word), &known.folded))
}

/// Whether what follows says that a school or a street is called so.
fn names_a_place(behind: &str) -> bool {
    let next = behind.trim_start().split(|letter: char| !letter.is_alphabetic()).next().unwrap_or_default();
    let next = next.to_lowercase();
    [
        "skol",
        "förskol",
        "gymnasi",
        "stiftelse",
        "väg",
        "gata",
        "gränd",
        "torg",
        "park",
        "gård",
        "kommun",
        "ab",
    ]
    .iter()
    .any(|place| next.starts_with(place))
}

fn heard(word: &str) -> Option<char> {
    let first = word.chars().next()?.to_lowercase().next()?;
    Some(match first {
        'c' | 'q' => 'k',
        'w' => 'v',
        'z' => 's',
        'é' => 'e',
        other => other,
    })
}

fn begins_sentence(before: &str) -> bool {
    let before = before.trim_end();
    before.is_empty() || before.ends_with(['.', '!', '?', ':', '”'])
}

fn misspelt(passage: &Passage, range: Range<usize>, right: &Known, review: &Review) -> Diagnostic {
    let word = &passage.text[range.clone()];
    let genitive = if word.ends_with('s') && !right.word.ends_with('s') { "s" } else { "" };
    let message = format!("”{word}” stavas ”{}” på ett annat ställe", right.name.text);
    let place = passage.place(range);
    let there = review.passages[right.name.passage].place(right.name.range.clone());
    finding(place.clone(), message, "Om det är samma person: använd den stavning som är rätt överallt.")
        .edit(place, format!("{}{genitive}", right.word))
        .related(there, "här står det andra namnet")
}

#[cfg(test)]
mod tests {
    use super::super::names::RULES;
    use crate::check::rules::trial::in_text;

    #[test]
    fn surnames_alone_are_spelt_as_in_the_whole_name() {
        for (text, found) in [
            ("Helen Törnqvist (C) frågar. Enligt Törnkvist är det så.", vec!["Törnkvist"]),
            ("Jan Jönsson (L) och Andréa Hedin (M). Jönson och Hedén skriver.", vec!["Jönson", "Hedén"]),
            ("Andréa Hedin (M) frågar. I Hédins skrivelse står det.", vec!["Hédins"]),
            ("Jan Jönsson (L). I Jönssons skrivelse. Jönsson skriver. Enligt Jansson.", vec![]),
            ("Eva Bergman (S). Bergman frågar. Berget är högt. Skolan i Bergshamra.", vec![]),
            ("Eva Lundgren (S) och Bo Lundgrens (M) motion. Svar till Lindgren.", vec![]),
            ("Jan Jönsson (L). I Jonssons stiftelse och Jönsons skola.", vec![]),
        ] {
            assert_eq!(in_text(RULES, "namn-stavning", text), found, "{text}");
        }
    }
}
