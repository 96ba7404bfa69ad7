//! People in running text: their names, and the parties that stand behind them in parentheses.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::pattern::{Pattern, before, group};
use super::prose::{Passage, PassageKind};
use crate::language::lists::List;
use crate::language::parties::Parties;
use crate::language::vocabulary::Vocabulary;
use crate::library::Templates;
use crate::library::roll::Roll;

/// A name somewhere in the case.
#[derive(Clone, Debug)]
pub struct Name {
    /// Which passage it stands in.
    pub passage: usize,
    /// Where in it.
    pub range: Range<usize>,
    /// As it is written.
    pub text: String,
    /// Whether something other than its capitals says that it is a person's.
    pub certain: bool,
    /// Whether it stands where people write their own name: as handläggare or under the text.
    pub signs: bool,
    /// The party behind it, or before it, and where that stands in the passage.
    pub party: Option<(String, Range<usize>)>,
}

/// Party letters in parentheses, wherever they stand.
#[derive(Clone, Debug)]
pub struct Party {
    /// Which passage they stand in.
    pub passage: usize,
    /// Where in it, without the parentheses.
    pub range: Range<usize>,
    /// As they are written; sometimes the party's whole name.
    pub letters: String,
}

/// Whether a party is written as a word.
pub fn is_in_words(said: &str) -> bool {
    said.chars().count() > 3
}

static NAMES: Pattern = Pattern::new(&[
    r"\b\p{Lu}\p{Ll}+(?:[-’']\p{Lu}\p{Ll}+)*(?: (?:(?:von|af|de|da|van|del|la) )?\p{Lu}\p{Ll}+(?:[-’']\p{Lu}\p{Ll}+)*)+",
]);

static PARENTHESES: Pattern = Pattern::new(&[
    r"\((?:(?:båda|alla|samtliga) )?(?:(\p{L}{1,3}(?:(?:, | och |/)\p{L}{1,3})*)|(\p{L}+(?:na|en|et|tiv)(?: de gröna)?))\)",
]);

static LETTERS: Pattern = Pattern::new(&[r"\b(?:och|\p{L}{1,3})\b"]);

/// What can stand between a name and its party.
static BETWEEN: Pattern =
    Pattern::new(&[r"^ ?(?:(?:m\. ?fl\.|med flera|m fl) ?)?\((?:(?:båda|alla|samtliga) )?$"]);

/// Words that a name can follow, and that only stand before people.
static TITLES: Pattern = Pattern::new(&[concat!(
    r"(?i)(?:borgarrådet|borgarråden|ledamoten|ledamöterna|ersättaren|ordföranden?|rektorn?|motionären|",
    r"handläggaren?|direktören?|chefen|sekreteraren?|reservation av|yttrande av|uttalande av|motion av|",
    r"skrivelse (?:av|från)) $"
)]);

/// How far from a name its party can stand.
const FAR: usize = 60;

/// Every sequence of capitalised words that may be a name, in the order of the passages.
pub fn names(passages: &[Passage], templates: &Templates) -> Vec<Name> {
    let vocabulary = templates.vocabulary();
    let mut found = Vec::new();
    for (index, passage) in passages.iter().enumerate() {
        let parties = parties_in(index, passage, templates.parties());
        for range in NAMES.ranges(&passage.text) {
            let Some(range) = without_beginning(&passage.text, range, vocabulary) else { continue };
            let text = passage.text[range.clone()].to_owned();
            let next = parties.partition_point(|party| party.range.start <= range.end);
            let near = |party: &&Party| party.range.start - range.end <= FAR;
            let party = parties[next..]
                .iter()
                .take_while(near)
                .find(|party| BETWEEN.is_in(&passage.text[range.end..party.range.start]))
                .map(|party| (party.letters.clone(), party.range.clone()));
            let is_person = matches!(passage.role, Some(Roll::Handlaggare | Roll::Underskrifter));
            let signs = is_person && passage.kind == PassageKind::Line;
            let first = text.split([' ', '-']).next().unwrap_or_default();
            let certain = party.is_some()
                || signs && !vocabulary.list(List::Organisations).has(&text.to_lowercase())
                || is_first_name(first, vocabulary)
                || TITLES.is_in(before(&passage.text, range.start));
            let party = party.or_else(|| belonging(&passage.text, range.start, templates.parties()));
            found.push(Name { passage: index, range, text, certain, signs, party });
        }
    }
    found
}

/// The party of whom a name is given: ”moderaten Jan Ek”.
fn belonging(text: &str, start: usize, parties: &Parties) -> Option<(String, Range<usize>)> {
    let before = text[..start].strip_suffix(' ')?;
    let from = before.rfind(' ').map_or(0, |at| at + 1);
    let word = &before[from..];
    parties.has_member(&word.to_lowercase()).then(|| (word.to_owned(), from..before.len()))
}

/// The name without the word that begins its sentence; nothing where no name is left.
fn without_beginning(text: &str, range: Range<usize>, vocabulary: &Vocabulary) -> Option<Range<usize>> {
    let words: Vec<&str> = text[range.clone()].split(' ').collect();
    let [first, second, ..] = words.as_slice() else { return Some(range) };
    let is_beginning = vocabulary.list(List::BeforeNames).has(first)
        || vocabulary.list(List::Titles).has(&first.to_lowercase())
        || !is_first_name(first, vocabulary) && is_first_name(second, vocabulary) && words.len() > 2;
    if !is_beginning {
        return Some(range);
    }
    (words.len() > 2).then(|| range.start + first.len() + 1..range.end)
}

/// Party letters behind people, in the order of the passages.
pub fn parties(passages: &[Passage], known: &Parties) -> Vec<Party> {
    let all = passages.iter().enumerate().flat_map(|(index, passage)| parties_in(index, passage, known));
    all.filter(|party| BEHIND.is_in(before(&passages[party.passage].text, party.range.start))).collect()
}

/// What stands before a party: a name, or the others of a group.
static BEHIND: Pattern = Pattern::new(&[r"(?:\p{Lu}[\p{L}’'-]*\p{Ll}|fl\.?|flera) ?\([^()]*$"]);

fn parties_in(index: usize, passage: &Passage, known: &Parties) -> Vec<Party> {
    if !passage.text.contains('(') {
        return Vec::new();
    }
    let mut found = Vec::new();
    for captures in PARENTHESES.all(&passage.text) {
        if let Some(range) = group(&captures, 2) {
            let letters = passage.text[range.clone()].to_owned();
            if known.are_called(&letters) {
                found.push(Party { passage: index, range, letters });
            }
        }
        let Some(inner) = group(&captures, 1) else { continue };
        for letters in LETTERS.ranges(&passage.text[inner.clone()]) {
            let range = inner.start + letters.start..inner.start + letters.end;
            let letters = passage.text[range.clone()].to_owned();
            if letters != "och" {
                found.push(Party { passage: index, range, letters });
            }
        }
    }
    found
}

/// A word without its accents, in lower case: Andréa and Andrea are the same.
pub fn folded(word: &str) -> String {
    word.nfd().filter(|letter| !is_combining_mark(*letter)).flat_map(char::to_lowercase).collect()
}

/// How a name sounds, roughly: two spellings of one name mostly sound alike.
pub fn sound(word: &str) -> String {
    let mut sound = folded(word);
    for (spelt, heard) in [
        ("th", "t"),
        ("hn", "n"),
        ("hl", "l"),
        ("hr", "r"),
        ("ph", "f"),
        ("qu", "kv"),
        ("qv", "kv"),
        ("ck", "k"),
        ("ch", "k"),
        ("q", "k"),
        ("c", "k"),
        ("w", "v"),
        ("z", "s"),
        ("x", "ks"),
        ("hj", "j"),
        ("ie", "i"),
        ("y", "i"),
        ("'", ""),
        ("’", ""),
    ] {
        sound = sound.replace(spelt, heard);
    }
    let mut letters: Vec<char> = sound.chars().collect();
    letters.dedup();
    letters.into_iter().collect()
}

/// Whether a word is a common first name in Sweden.
pub fn is_first_name(word: &str, vocabulary: &Vocabulary) -> bool {
    vocabulary.list(List::FirstNames).has(&folded(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_sound_alike() {
        for (one, other) in [
            ("Törnqvist", "Törnkvist"),
            ("Andréa", "Andrea"),
            ("Hédin", "Hedin"),
            ("Kristofer", "Christoffer"),
            ("Wallin", "Vallin"),
            ("Tomas", "Thomas"),
        ] {
            assert_eq!(sound(one), sound(other), "{one}, {other}");
        }
        assert_ne!(sound("Berg"), sound("Borg"));
    }
}
