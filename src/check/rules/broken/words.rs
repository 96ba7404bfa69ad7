//! Words that cannot stand beside one another, and sentences that lack what should follow.

use std::ops::Range;

use super::Rest;
use crate::language::grammar::{Clause, EITHER, FINITE, INFINITIVE, MODAL, PRONOUN, SUBORDINATOR};
use crate::language::lists::List;
use crate::language::vocabulary::Vocabulary;

/// ”motionärernas lyfter”, ”anser förvaltningens att”, ”godkänner förvaltningen tjänsteutlåtande”,
/// ”förvaltningens bedömningen”.
pub(super) fn wrong_case(rest: &Rest) -> Option<usize> {
    let genitive = rest.is_of(0, List::Genitives);
    if genitive && (rest.is(1, FINITE) || rest.is_of(1, List::Definite)) {
        return Some(2);
    }
    // ”förvaltningens delar” can be its parts.
    if genitive && rest.word(1) == "delar" && rest.is_of(2, List::Shared) {
        return Some(2);
    }
    const AFTER: &[&str] = &["att", "inte", "också", "även", "dock", "därför", "sig", "i"];
    if rest.is(0, FINITE)
        && !rest.is(0, MODAL)
        && rest.word(0) != "är"
        && rest.is_of(1, List::Genitives)
        && AFTER.contains(&rest.word(2))
    {
        return Some(3);
    }
    const BEFORE: &[&str] =
        &["enligt", "av", "genom", "utifrån", "godkänner", "godkänna", "godkänt", "bifaller"];
    let begins = rest.before.is_empty() && rest.clause.begins;
    let owner = begins && rest.is_actor(0) && !rest.is(0, PRONOUN) || rest.word(0) == "motionären";
    if owner && rest.is_of(1, List::Owned) {
        return Some(2);
    }
    (BEFORE.contains(&rest.word(0)) && rest.is_actor(1) && !rest.is(1, PRONOUN) && rest.is_of(2, List::Owned))
        .then_some(3)
}

/// Words that cannot follow one another.
pub(super) fn clash(rest: &Rest) -> Option<usize> {
    const AND: &[&str] = &["och", "samt", "men"];
    let (one, other) = (rest.word(0), rest.word(1));
    let definite = |word: &str| word.ends_with("en") || word.ends_with("et");
    let clash = match one {
        // ”lida men” is to come to harm.
        _ if other == "men" && is_harm(rest) => false,
        "som" | "att" => AND.contains(&other) || other == "eller",
        "och" | "eller" | "samt" | "men" => {
            one != other && (AND.contains(&other) || one != "och" && other == "eller")
        }
        "en" => ["ett", "det", "denna", "detta"].contains(&other) || other == "den" && !is_day(rest.word(2)),
        "ett" => ["den", "det", "denna", "detta"].contains(&other),
        "fler" | "färre" => other == "en",
        "enligt" => other == "med",
        // ”har inte inga”, ”640 000 per kronor år”
        "inte" => ["ingen", "inget", "inga"].contains(&other),
        "per" => ["kronor", "miljoner", "procent"].contains(&other),
        _ => false,
    };
    if clash {
        return Some(2);
    }
    // ”anser och att”: what is said first stands behind no ”att”.
    let says = rest.is_of(0, List::Says) && other == "och" && rest.word(2) == "att";
    if says && !rest.before.iter().any(|word| word.text == "att") {
        return Some(3);
    }
    // ”instämmer i och att”, but ”i och med att”
    if one == "i" && other == "och" && rest.word(2) == "att" {
        return Some(3);
    }
    // ”Enligt förvaltningen anser förslaget”: who says it is said already.
    let by_whom = one == "enligt" && rest.is_actor(1) && rest.is_of(2, List::Says);
    let whose = rest.word(3);
    if by_whom
        && !rest.is_actor(3)
        && !["att", "som"].contains(&whose)
        && !whose.ends_with("na")
        && !whose.is_empty()
    {
        return Some(4);
    }
    const EXISTS: &[&str] = &["finns", "behövs", "krävs", "pågår", "föreligger"];
    let there = one == "det" && EXISTS.contains(&other) && rest.word(2) == "det";
    if there
        && rest.before.is_empty()
        && ["en", "ett", "inga", "ingen", "inget", "flera", "många", "också", "även"].contains(&rest.word(3))
    {
        return Some(3);
    }
    // ”införs det en skyldighet”: behind its verb, ”det” only holds the subject's place.
    let holds_place = one == "det"
        && rest
            .before
            .last()
            .is_some_and(|before| before.is(FINITE | EITHER) || before.text.ends_with(['r', 's']));
    // ”i det en gång”: only a form that no plain noun has.
    (!holds_place
        && ["den", "det"].contains(&one)
        && ["en", "ett"].contains(&other)
        && definite(rest.word(2)))
    .then_some(3)
}

/// Whether ”men” is the noun here: nothing goes on after it, or it is somebody's.
fn is_harm(rest: &Rest) -> bool {
    rest.words.len() == 2 || ["för", "av", "eller", "om", "hos"].contains(&rest.word(2))
}

/// Whether a word is the number of a day: ”en den 7 september undertecknad överenskommelse”.
fn is_day(word: &str) -> bool {
    word.parse::<u8>().is_ok()
}

/// ”med anledning att”, ”i enlighet till”.
pub(super) fn half_phrase(rest: &Rest) -> Option<usize> {
    let phrases = rest.vocabulary.list(List::Phrases);
    let lasts: Vec<&str> = phrases.after(rest.word(0), rest.word(1)).collect();
    if lasts.is_empty() {
        return None;
    }
    // ”med hänsyn bland annat till”, ”i samband också med”: the last word can come a little later.
    const LATER: usize = 3;
    let follows = rest.words.get(2)?;
    let comes = rest.words[2..].iter().take(LATER).any(|word| lasts.contains(&word.text));
    // ”får till följd” takes an object.
    let before = rest.before.last().map_or("", |word| word.text);
    let takes_object = rest.word(1) == "följd"
        && (["få", "får", "fått", "fick", "ha", "har", "haft", "hade", "bli", "blir"].contains(&before)
            || rest
                .before
                .iter()
                .rev()
                .take(4)
                .any(|word| ["få", "får", "fått", "fick"].contains(&word.text)));
    // ”i syfte att” ends as it must; ”med anledning att av” does not.
    let breaks_off = ["att", "är"].contains(&follows.text) && !lasts.contains(&follows.text);
    (!takes_object && (!comes || breaks_off)).then_some(3)
}

/// A sentence that ends where something should follow.
pub(super) fn cut(clause: &Clause, text: &str, vocabulary: &Vocabulary) -> Option<Range<usize>> {
    let last = clause.words.last()?;
    let before = clause.words.iter().rev().nth(1).map_or("", |word| word.text);
    // ”regler som skolan måste ta hänsyn till.”, ”oklart vilka.”, ”både och.”, ”var sitt.”
    let relative =
        || clause.words.iter().rev().skip(2).any(|word| word.is(SUBORDINATOR) && !word.is(PRONOUN));
    // ”en faktor att ta hänsyn till.”, ”något att utgå från.”: what goes before is what the preposition is about.
    let behind_infinitive = || {
        let words: Vec<&str> = clause.words.iter().rev().skip(1).map(|word| word.text).collect();
        let infinitive = clause.words.iter().rev().nth(1).is_some_and(|word| word.is(INFINITIVE));
        let told = |at: usize| {
            let word = clause.words.iter().rev().nth(at + 1);
            word.is_some_and(|word| {
                !word.is(FINITE) && !["uppdrag", "skäl", "anledning"].contains(&word.text)
            })
        };
        match words.as_slice() {
            [_, "att", ..] if infinitive => told(2),
            ["hänsyn" | "ställning" | "del" | "hand" | "vara" | "sig", _, "att", ..] => told(3),
            _ => false,
        }
    };
    let may_end = match last.text {
        "till" | "av" | "med" | "på" | "vid" | "hos" | "från" | "mot" => relative() || behind_infinitive(),
        "vilka" | "huruvida" | "vars" => {
            ["oklart", "vet", "veta", "oklara", "okänt", "avgöra", "klart", "vissa", "bestämma"]
                .contains(&before)
        }
        "och" => before == "både",
        "men" => ["lida", "lider", "lidit", "led", "till", "utan", "allvarligt"].contains(&before),
        "sin" | "sitt" | "sina" => ["var", "varsin", "är", "till", "på"].contains(&before),
        _ => false,
    };
    let is_open = vocabulary.list(List::Open).has(last.text)
        || vocabulary.list(List::OpenPairs).has(&format!("{before} {}", last.text));
    let ends = clause.after.strip_prefix('.').is_some_and(|after| after.is_empty() || after.starts_with(' '));
    (ends && is_open && !may_end && !text.is_empty()).then(|| last.range.start..last.range.end + 1)
}
