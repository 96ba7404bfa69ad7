//! Names: one person is spelt in one way.

use std::collections::HashSet;
use std::ops::Range;

use crate::check::people::{Name, folded, names, sound};
use crate::check::prose::passages;
use crate::check::rule::{Review, Rule, finding};
use crate::diagnostic::{Diagnostic, Place, codes, distance};
use crate::read::Case;

use super::surnames;

/// The rules of this theme.
pub const RULES: &[Rule] = &[Rule { code: codes::NAMN_STAVNING, find: spellings }];

/// A name's words, and how each sounds.
pub struct Sounded<'a> {
    words: Vec<&'a str>,
    /// How each word sounds.
    pub sounds: Vec<String>,
    /// The letters without the gaps between the words, nor the ending of a genitive.
    pub joined: String,
}

impl<'a> Sounded<'a> {
    /// Takes a name apart.
    pub fn new(name: &'a str) -> Self {
        let words: Vec<&str> = name.split([' ', '-']).collect();
        let sounds = words.iter().map(|word| sound(word)).collect();
        let joined = folded(&words.concat()).trim_end_matches('s').to_owned();
        Self { words, sounds, joined }
    }
}

/// A spelling and where it stands.
struct Spelling<'a> {
    name: Sounded<'a>,
    said: Vec<&'a Name>,
    certain: bool,
    /// Whether the person writes it so.
    signs: bool,
}

fn spellings(review: &Review) -> Vec<Diagnostic> {
    let names = review.names();
    let spellings = gathered(names);
    let mut findings = Vec::new();
    for (at, spelling) in spellings.iter().enumerate() {
        // The other spelling that says most clearly what this one should be.
        let better = spellings
            .iter()
            .enumerate()
            .filter(|(other, better)| is_better(better, spelling, *other < at))
            .find(|(_, better)| same_person(spelling, better, review));
        if let Some((_, better)) = better {
            findings.extend(spelling.said.iter().flat_map(|name| mismatch(name, spelling, better, review)));
        }
    }
    findings.extend(surnames::alone(names, review));
    findings.extend(review.case.referred.values().flat_map(|other| in_reference(&spellings, other, review)));
    findings
}

/// Names that a case that this one refers to spells in another way.
fn in_reference(spellings: &[Spelling], other: &Case, review: &Review) -> Vec<Diagnostic> {
    let passages = passages(other);
    let names = names(&passages, review.templates);
    let theirs = gathered(&names);
    let is_said_by =
        |said: &[Spelling], words: &[&str]| said.iter().any(|spelling| spelling.name.words == words);
    let mut findings = Vec::new();
    for spelling in spellings.iter().filter(|spelling| !is_said_by(&theirs, &spelling.name.words)) {
        let alike = theirs.iter().find(|their| {
            (spelling.certain || their.certain)
                && !differ_in_party(spelling, their, review)
                && are_one(&spelling.name, &their.name)
                && !is_said_by(spellings, &their.name.words)
        });
        let said = alike.and_then(|their| Some((spelling.said.first()?, their.said.first()?)));
        if let Some((name, their)) = said {
            let place = review.passages[name.passage].place(name.range.clone());
            let there = passages[their.passage].place(their.range.clone());
            findings.push(said_otherwise(name, their, place).related(there, "här står det andra namnet"));
        }
    }
    findings
}

/// The spellings in the order of the case; a genitive is counted with its name.
fn gathered(names: &[Name]) -> Vec<Spelling<'_>> {
    let known: HashSet<&str> = names.iter().map(|name| name.text.as_str()).collect();
    let mut spellings: Vec<Spelling> = Vec::new();
    for name in names {
        let text = match name.text.strip_suffix('s') {
            Some(bare) if known.contains(bare) => bare,
            _ => &name.text,
        };
        let words: Vec<&str> = text.split([' ', '-']).collect();
        match spellings
            .iter_mut()
            .find(|spelling| spelling.name.words == words && same_joints(spelling, text))
        {
            Some(spelling) => {
                spelling.said.push(name);
                spelling.certain |= name.certain;
                spelling.signs |= name.signs;
            }
            None => {
                let (certain, signs) = (name.certain, name.signs);
                spellings.push(Spelling { name: Sounded::new(text), said: vec![name], certain, signs });
            }
        }
    }
    spellings
}

/// Whether hyphens stand in the same places.
fn same_joints(spelling: &Spelling, text: &str) -> bool {
    spelling.said.first().is_some_and(|name| name.text.trim_end_matches('s') == text.trim_end_matches('s'))
}

/// People know how they spell their own names; otherwise the spelling that stands more often is
/// right, and of equals the one that stands first.
fn is_better(better: &Spelling, spelling: &Spelling, is_earlier: bool) -> bool {
    (better.signs, better.said.len(), is_earlier) > (spelling.signs, spelling.said.len(), !is_earlier)
}

/// Whether two spellings are so alike that they must mean one person.
fn same_person(one: &Spelling, other: &Spelling, review: &Review) -> bool {
    if !(one.certain || other.certain) || differ_in_party(one, other, review) {
        return false;
    }
    match likeness(&one.name, &other.name) {
        Likeness::Sound => true,
        // Siblings and couples share a name and stand side by side.
        Likeness::Slip => !side_by_side(one, other, review),
        Likeness::First => is_of_one_party(one, other, review) && !side_by_side(one, other, review),
        Likeness::None => false,
    }
}

/// Whether two names must be one in two spellings.
pub fn are_one(one: &Sounded, other: &Sounded) -> bool {
    matches!(likeness(one, other), Likeness::Sound | Likeness::Slip)
}

/// How two names are alike.
#[derive(PartialEq, Eq)]
enum Likeness {
    /// They sound alike.
    Sound,
    /// One of the words differs in a letter.
    Slip,
    /// The first names begin alike and differ a little.
    First,
    /// They are not.
    None,
}

/// How names are alike. Those of more words and fewer are when only the gaps differ: ”Anna-Lena”.
fn likeness(one: &Sounded, other: &Sounded) -> Likeness {
    if one.words.len() != other.words.len() {
        let is_joined = one.words.len().abs_diff(other.words.len()) == 1 && one.joined == other.joined;
        return if is_joined { Likeness::Sound } else { Likeness::None };
    }
    let mut unlike = (0..one.words.len())
        .filter(|at| one.sounds[*at] != other.sounds[*at])
        .filter(|at| *at + 1 < one.words.len() || !is_genitive(&one.sounds[*at], &other.sounds[*at]));
    match (unlike.next(), unlike.next()) {
        (None, _) => Likeness::Sound,
        (Some(at), None) => slip(one.words[at], other.words[at], at == 0),
        _ => Likeness::None,
    }
}

/// Whether one of two words, or of what they sound like, is the other in the genitive.
fn is_genitive(one: &str, other: &str) -> bool {
    one.strip_suffix('s') == Some(other) || other.strip_suffix('s') == Some(one)
}

/// How near two words are that do not sound alike.
fn slip(one: &str, other: &str, is_first: bool) -> Likeness {
    let bare = |word: &str| word.strip_suffix('s').unwrap_or(word).to_owned();
    if is_slip(one, other) || is_slip(&bare(one), &bare(other)) {
        return Likeness::Slip;
    }
    let (one, other) = (folded(one), folded(other));
    let is_long = one.len().min(other.len()) >= 6;
    let is_near = match distance(&one, &other, 2) {
        Some(1) => true,
        Some(2) => is_long,
        _ => false,
    };
    if is_first && is_near && one.chars().next() == other.chars().next() {
        return Likeness::First;
    }
    Likeness::None
}

/// Whether a long word differs from another in one letter, or in two that changed places.
pub fn is_slip(one: &str, other: &str) -> bool {
    let (one, other) = (folded(one), folded(other));
    let length = one.chars().count().min(other.chars().count());
    length >= 5 && distance(&one, &other, 1) == Some(1)
}

/// Whether both have a party, and the same; people who sign have none.
fn is_of_one_party(one: &Spelling, other: &Spelling, review: &Review) -> bool {
    let has_party = |spelling: &Spelling| spelling.said.iter().any(|name| name.party.is_some());
    has_party(one) && has_party(other) && !differ_in_party(one, other, review)
}

fn differ_in_party(one: &Spelling, other: &Spelling, review: &Review) -> bool {
    let parties = review.templates.parties();
    let party = |spelling: &Spelling| {
        let letters = spelling.said.iter().find_map(|name| name.party.as_ref());
        letters.map(|(letters, _)| parties.letters_of(letters))
    };
    matches!((party(one), party(other)), (Some(one), Some(other)) if one != other)
}

fn side_by_side(one: &Spelling, other: &Spelling, review: &Review) -> bool {
    one.said.iter().any(|first| {
        other.said.iter().filter(|second| second.passage == first.passage).any(|second| {
            let (start, end) =
                (first.range.end.min(second.range.end), first.range.start.max(second.range.start));
            let text = &review.passages[first.passage].text;
            text.get(start..end).is_some_and(|between| between.chars().count() < 40)
        })
    })
}

fn mismatch(name: &Name, spelling: &Spelling, better: &Spelling, review: &Review) -> Vec<Diagnostic> {
    let Some(other) = better.said.first() else { return Vec::new() };
    let passage = &review.passages[name.passage];
    let there = &review.passages[other.passage];
    let ranges = word_ranges(&name.text);
    if ranges.len() != better.name.words.len() || name.text.contains('-') != other.text.contains('-') {
        let place = passage.place(name.range.clone());
        let found = said_otherwise(name, other, place)
            .related(there.place(other.range.clone()), "här står det andra namnet");
        return vec![found];
    }
    ranges
        .into_iter()
        .zip(spelling.name.words.iter().zip(&better.name.words))
        .filter(|(_, (word, right))| word != right && !is_genitive(word, right))
        .map(|(range, (word, right))| {
            let start = name.range.start + range.start;
            let place = passage.place(start..start + word.len());
            said_otherwise(name, other, place.clone())
                .edit(
                    place,
                    if range.end == name.text.len() { bent(word, right) } else { (*right).to_owned() },
                )
                .related(there.place(other.range.clone()), "här står det andra namnet")
        })
        .collect()
}

/// The right spelling, in the genitive where the wrong one is.
fn bent(word: &str, right: &str) -> String {
    let is_genitive = word.ends_with('s') && !right.ends_with('s');
    if is_genitive { format!("{right}s") } else { right.to_owned() }
}

fn said_otherwise(name: &Name, other: &Name, place: Place) -> Diagnostic {
    let message = format!("”{}” stavas ”{}” på ett annat ställe", name.text, other.text);
    finding(place, message, "Om det är samma person: använd den stavning som är rätt överallt.")
}

fn word_ranges(text: &str) -> Vec<Range<usize>> {
    let mut start = 0;
    text.split([' ', '-'])
        .map(|word| {
            let range = start..start + word.len();
            start = range.end + 1;
            range
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::rules::trial::{in_text, marked};

    #[test]
    fn one_person_in_two_spellings_is_found() {
        for (text, found) in [
            (
                "Helen Törnqvist (C) och Bo Ek (M). Helen Törnkvist (C) anser. Helen Törnqvist säger.",
                vec!["Törnkvist"],
            ),
            ("Andréa Hedin (M). Motion av Andrea Hedin. Andréa Hedins förslag.", vec!["Andrea"]),
            ("Andréa Hedin (M). Andréa Hedin (M). I Andrea Hedins skrivelse.", vec!["Andrea"]),
            ("Andréa Hedin (M). Andrea Hédin (M). Andréa Hedin (M).", vec!["Andrea", "Hédin"]),
            ("Jan Jönsson (L) skriver. Senare säger Jan Jönnson (L) att Jan Jönsson (L).", vec!["Jönnson"]),
            (
                "Ole-Jörgen Persson (M). Ole Jörgen Persson (M). Ole-Jörgen Persson.",
                vec!["Ole Jörgen Persson"],
            ),
            ("Jan Jönsson (L). Enligt Jan Jönsons skrivelse. Jan Jönsson (L).", vec!["Jönsons"]),
            ("Jan Jönsson (L) frågar i en skrivelse om skolan, och nu anser Jon Jönsson (L).", vec!["Jon"]),
            ("Annalena Thorén (M) och Anna-Lena Thorén (M).", vec!["Anna-Lena Thorén"]),
            ("Anna Berg (M) och Anna Borg (M) skriver.", vec![]),
            ("Lisa Holmdahl (V) och Lina Holmdahl (V) skriver.", vec![]),
            ("Jan Jönsson (L) och Jan Jönssons motion.", vec![]),
            ("Vision Stockholm Stad och Vision Stockholms stad.", vec![]),
            ("Norra Innerstaden och Norra Innerstadens skolor.", vec![]),
        ] {
            assert_eq!(in_text(RULES, "namn-stavning", text), found, "{text}");
        }
    }

    #[test]
    fn a_case_that_is_referred_to_spells_names_alike() {
        let templates = crate::library::Templates::new(Default::default()).expect("templates");
        let read = |path: &str, text: &str| {
            let text = format!("mall: tjänsteutlåtande\ntitel: T\nbakgrund: {text}\n");
            crate::read::case(&crate::diagnostic::Source::new(path, text), templates.kinds())
                .0
                .expect("a case")
        };
        let mut case = read("a.yaml", "Helen Törnkvist (C) och Bo Ekman (M) frågar.");
        let other = read("b.yaml", "Helen Törnqvist (C) och Bo Ekman (M) svarar.");
        case.referred.insert("b.yaml".to_owned(), other.into());
        let found = crate::check::rules::of(&[RULES], &case, &templates, &|| true);
        let messages: Vec<&str> = found.iter().map(|found| found.message.as_str()).collect();
        assert_eq!(messages, ["”Helen Törnkvist” stavas ”Helen Törnqvist” på ett annat ställe"]);
    }

    #[test]
    fn signatures_and_the_letterhead_are_people() {
        let body = "handläggare:\n  namn: Annalena Thorén\nunderskrifter:\n  - namn: Annalena Thoren\n    titel: Utredare\n";
        assert_eq!(marked(RULES, "namn-stavning", body), ["Thoren"]);
        let body = "underskrifter:\n  - namn: Lena Holmdahl\n    titel: Direktör\nbakgrund: Lena Holmdal och Lena Holmdal.\n";
        assert_eq!(marked(RULES, "namn-stavning", body), ["Holmdal", "Holmdal"]);
    }
}
