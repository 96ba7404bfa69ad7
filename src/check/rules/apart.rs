//! Words that are written apart though they are one: as the text has them elsewhere, or as only one word can be.

use std::ops::Range;

use crate::check::prose::{Passage, PassageKind};
use crate::check::rule::{Review, Rule, finding};
use crate::diagnostic::{Diagnostic, codes};
use crate::language::grammar::{EITHER, FINITE};
use crate::language::lists::List;
use crate::language::swedish::capitalised;
use crate::language::vocabulary::Vocabulary;

use super::slips::counts;

/// The rule of this theme.
pub const RULES: &[Rule] = &[Rule { code: codes::ISAR, find: apart }];

fn apart(review: &Review) -> Vec<Diagnostic> {
    let mut findings = elsewhere(review);
    let known = |found: &Diagnostic| findings.iter().any(|other| other.place == found.place);
    let also: Vec<Diagnostic> = by_form(review).into_iter().filter(|found| !known(found)).collect();
    findings.extend(also);
    findings
}

/// ”skol gården” where the text elsewhere says ”skolgården”.
fn elsewhere(review: &Review) -> Vec<Diagnostic> {
    const SHORTEST: usize = 7;
    const FIRST: usize = 3;
    let (counts, vocabulary) = (counts(review.passages), review.templates.vocabulary());
    let mut findings = Vec::new();
    let mut joined = String::new();
    for passage in review.passages.iter().filter(|passage| passage.kind != PassageKind::Quote) {
        let lower = passage.text.lower();
        for pair in passage.text.spelt().windows(2) {
            let [one, other] = pair else { continue };
            let (first, second) = (&lower[one.clone()], &lower[other.clone()]);
            let is_name = passage.text[other.clone()].starts_with(char::is_uppercase);
            if &lower[one.end..other.start] != " "
                || first.chars().count() < FIRST
                || is_name
                || vocabulary.list(List::Apart).has(first)
                || vocabulary.list(List::Following).has(second)
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
            let is_definite =
                ["en", "et", "na", "an", "ön", "ens", "ets", "nas"].iter().any(|end| second.ends_with(end));
            let is_bare = !is_adjective(first, &|word| vocabulary.is_usual(word))
                && vocabulary.class(second) == 0
                && may_be_bare(first, second, "", vocabulary);
            let is_noun =
                (is_definite || is_bare) && !first.ends_with(['a', 'e']) && vocabulary.class(first) == 0;
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

/// ”biblioteks planen”, ”arbets tiden”, ”kollektiv trafiken”: two words whose forms cannot stand side by side, while
/// the dictionary has them joined.
fn by_form(review: &Review) -> Vec<Diagnostic> {
    let (Some(dictionary), vocabulary) = (review.templates.dictionary(), review.templates.vocabulary())
    else {
        return Vec::new();
    };
    let running = review
        .passages
        .iter()
        .filter(|passage| !matches!(passage.kind, PassageKind::Quote | PassageKind::Line));
    let mut pairs: Vec<Pair> = running.flat_map(|passage| pairs(passage, vocabulary)).collect();
    // A half that is no word at all, ”förskole grupper”, is looked for in few words: most are usual.
    let rare = |word: &&str| !vocabulary.is_usual(word);
    let halves: Vec<&str> = pairs
        .iter()
        .filter(|pair| pair.kind == Joint::Half)
        .flat_map(|pair| [pair.first, pair.second].into_iter().filter(rare))
        .collect();
    let no_words = dictionary.unknown(&halves);
    pairs.retain(|pair| {
        pair.kind != Joint::Half || no_words.contains(pair.first) || no_words.contains(pair.second)
    });
    // Few pairs are a word when they are joined: of the others nothing more is asked.
    let is_own = |pair: &&Pair| matches!(pair.kind, Joint::None | Joint::Bare);
    let (own, compounds): (Vec<&Pair>, Vec<&Pair>) = pairs.iter().partition(is_own);
    let joined = |pairs: Vec<&Pair>| pairs.into_iter().map(Pair::joined).collect::<Vec<_>>();
    let (own, compounds) = (joined(own), joined(compounds));
    let own = dictionary.on_their_own(&own.iter().map(String::as_str).collect::<Vec<_>>());
    let unknown = dictionary.unknown(&compounds.iter().map(String::as_str).collect::<Vec<_>>());
    let is_usual = |word: &str| vocabulary.is_usual(word) || own.contains(word);
    pairs.retain(|pair| match is_own(&pair) {
        true => is_usual(&pair.joined()),
        false => !unknown.contains(pair.joined().as_str()),
    });
    // All is asked at once: the dictionary then reads only what it needs.
    let asked: Vec<String> = pairs.iter().flat_map(Pair::asked).collect();
    let asked: Vec<&str> = asked.iter().map(String::as_str).collect();
    let unknown = dictionary.unknown(&asked);
    let knows = |word: &str| !unknown.contains(word);
    pairs.iter().filter(|pair| pair.are_one(&knows, &is_usual)).map(Pair::found).collect()
}

/// What of two words says that they are one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Joint {
    /// The first ends as the first part of a compound does.
    S,
    /// A verb that an infinitive follows is none before a noun: ”brukar undersökning”.
    Helper,
    /// Only that the second is definite.
    None,
    /// Only that both are nouns: ”prov tagningar”, ”bostads bolag”.
    Bare,
    /// One of them may be no word: ”förskole grupper”.
    Half,
}

/// Whether a word is an adjective, which can stand before any noun, by the forms that it has.
fn is_adjective(word: &str, knows: &dyn Fn(&str) -> bool) -> bool {
    let with = |end: &str| knows(&format!("{word}{end}"));
    with("a") && (word.ends_with('t') || with("t"))
}

/// Whether two words can be nouns side by side without anything that joins them: not ”tolv miljoner”, ”inom statliga”
/// nor ”roll spelar”.
fn may_be_bare(first: &str, second: &str, before: &str, vocabulary: &Vocabulary) -> bool {
    let is_verb =
        second.strip_suffix('r').is_some_and(|stem| stem.ends_with('a') && vocabulary.is_usual(stem));
    !is_counted(before)
        && !is_counted(first)
        && !vocabulary.list(List::Prepositions).has(first)
        && !second.ends_with('a')
        && !is_verb
}

/// What a genitive, or a noun without an article, belongs to: ”en pensionärs råd”, ”två års tid”.
fn is_counted(before: &str) -> bool {
    const BEFORE: &[&str] = &[
        "en", "ett", "varje", "någon", "något", "ingen", "inget", "denna", "detta", "samma", "sådan", "ena",
        "andra", "per", "till", "flera", "några", "halvt", "ännu",
    ];
    BEFORE.contains(&before)
        || before.starts_with(|sign: char| sign.is_ascii_digit())
        || crate::language::numbers::value(before).is_some()
}

/// Two words side by side that may be one.
struct Pair<'a> {
    passage: &'a Passage,
    range: Range<usize>,
    first: &'a str,
    second: &'a str,
    kind: Joint,
}

/// The pairs of a passage that may be one word, by how they look.
fn pairs<'a>(passage: &'a Passage, vocabulary: &Vocabulary) -> Vec<Pair<'a>> {
    const SHORTEST: usize = 4;
    let lower = passage.text.lower();
    let words = passage.text.spelt();
    let pair = |at: usize| {
        let (one, other) = (words.get(at)?, words.get(at + 1)?);
        let (first, second) = (&lower[one.clone()], &lower[other.clone()]);
        let begins = at == 0 || passage.text[..one.start].trim_end().ends_with(['.', '!', '?', ':']);
        let is_name = passage.text[other.clone()].starts_with(char::is_uppercase)
            || !begins && passage.text[one.clone()].starts_with(char::is_uppercase);
        let is_of = |list: List, word: &str| vocabulary.list(list).has(word);
        if &lower[one.end..other.start] != " "
            || is_name
            || first.chars().count() < SHORTEST
            || second.chars().count() < SHORTEST
            || first.contains('-')
            || is_of(List::Apart, first)
            || is_of(List::Following, second)
            || vocabulary.class(second) != 0
        {
            return None;
        }
        let is_definite = ["en", "et", "an", "na"].iter().any(|end| second.ends_with(end));
        let before = at.checked_sub(1).and_then(|at| words.get(at)).map_or("", |word| &lower[word.clone()]);
        let is_half = !(begins || vocabulary.is_usual(first) && vocabulary.is_usual(second));
        let kind = if first.ends_with('s') {
            // What is a usual word by itself can stand before any but a definite noun.
            let may_be = !is_of(List::AloneBefore, first) && !first.ends_with("ss");
            // ”kommitténs sammanträden”, ”instansernas överväganden”, ”avgiftsbeläggs kraftigt”
            let is_genitive = first.ends_with("ns") || first.ends_with("rnas") || second.ends_with('t');
            match may_be && (is_definite || !is_genitive && !vocabulary.is_usual(first)) {
                true => Some(Joint::S),
                false if may_be && may_be_bare(first, second, before, vocabulary) => Some(Joint::Bare),
                false => None,
            }
        } else if is_of(List::Helpers, first) {
            let is_noun = ["ning", "ningen", "else", "elsen", "tion", "het", "heten"];
            is_noun.iter().any(|end| second.ends_with(end)).then_some(Joint::Helper)
        } else {
            // ”det stöd skolan ger”: the second begins what goes on.
            let next = words.get(at + 2).map_or("", |next| &lower[next.clone()]);
            let is_subject = vocabulary.class(next) & (FINITE | EITHER) != 0 || next.ends_with('r');
            let may_be = vocabulary.class(first) == 0 && !first.ends_with(['a', 'e', 'n', 't', 'r']);
            match may_be && !is_subject {
                true if is_definite => Some(Joint::None),
                true if may_be_bare(first, second, before, vocabulary) => Some(Joint::Bare),
                _ => None,
            }
        };
        let kind = kind.or(is_half.then_some(Joint::Half))?;
        Some(Pair { passage, range: one.start..other.end, first, second, kind })
    };
    (0..words.len()).filter_map(pair).collect()
}

impl Pair<'_> {
    fn joined(&self) -> String {
        [self.first, self.second].concat()
    }

    /// The second word without what makes it definite.
    fn stems(&self) -> Vec<String> {
        let ends = [("en", ""), ("n", ""), ("et", ""), ("t", ""), ("na", ""), ("orna", "a")];
        let stem = |(end, instead): &(&str, &str)| {
            self.second.strip_suffix(end).map(|stem| [stem, instead].concat())
        };
        ends.iter().filter_map(stem).filter(|stem| stem.chars().count() > 2).collect()
    }

    /// The words that tell.
    fn asked(&self) -> Vec<String> {
        let mut words = self.stems();
        words.extend([self.joined(), self.first.to_owned(), self.second.to_owned()]);
        if self.kind == Joint::Bare {
            words.extend(["a", "t"].map(|end| [self.first, end].concat()));
        }
        words
    }

    fn are_one(&self, knows: &dyn Fn(&str) -> bool, is_usual: &dyn Fn(&str) -> bool) -> bool {
        let joined = self.joined();
        let is_definite = || self.stems().iter().any(|stem| knows(stem));
        (knows(self.second) || self.kind == Joint::Half)
            && match self.kind {
                Joint::S => knows(&joined) && (is_definite() || !knows(self.first)),
                Joint::Helper => knows(&joined),
                Joint::None => is_definite() && is_usual(&joined),
                Joint::Bare => is_usual(&joined) && !is_adjective(self.first, knows),
                Joint::Half => knows(&joined),
            }
    }

    fn found(&self) -> Diagnostic {
        let (written, joined) = (&self.passage.text[self.range.clone()], self.joined());
        let right = if written.starts_with(char::is_uppercase) { capitalised(&joined) } else { joined };
        let place = self.passage.place(self.range.clone());
        let message = format!("”{written}” är nog ett ord: ”{right}”");
        let hint = format!("Skriv ”{right}”, eller låt orden stå om de är menade så.");
        finding(place.clone(), message, hint).edit(place, right)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::rules::trial::in_text;

    #[test]
    fn words_whose_forms_cannot_stand_side_by_side_are_found() {
        for (text, found) in [
            ("I biblioteks planen står det.", vec!["biblioteks planen"]),
            ("Flera föreningar har nycklar till idrotts hallen.", vec!["idrotts hallen"]),
            ("Turerna ryms inom arbets tiden.", vec!["arbets tiden"]),
            ("Nämnden godkänner upphandlings dokumenten.", vec!["upphandlings dokumenten"]),
            ("Förbättra framkomligheten för kollektiv trafiken.", vec!["kollektiv trafiken"]),
            ("Den ingår i stadens brukar undersökning.", vec!["brukar undersökning"]),
            (
                "Enligt trafik planen och verksamhets berättelsen.",
                vec!["trafik planen", "verksamhets berättelsen"],
            ),
            ("Det stöd skolan ger och den tid personalen har är viktiga.", vec![]),
            ("Stadens planen, Stockholms staden, dess skolan och vilket stöd eleven får.", vec![]),
            (
                "Medlen används främst på skolorna, och insatsen finns kvar. Det är dags att skolan växer.",
                vec![],
            ),
            ("Nästa års planering och flera barns behov av stöd. Där finns hallen.", vec![]),
            ("Det gällde tre av 24 prov tagningar.", vec!["prov tagningar"]),
            ("Barn i två förskole grupper har svarat.", vec!["förskole grupper"]),
            ("Nämnden kan påverka kommunens bostads bolag.", vec!["bostads bolag"]),
            ("Tolv miljoner bor inom statliga bolag. Vilken roll spelar det?", vec![]),
            ("Under två års tid har en kommunal skatt och en hög skola funnits.", vec![]),
            ("En pensionärs råd är värdefulla, och en lärares arbete är tungt.", vec![]),
        ] {
            assert_eq!(in_text(RULES, "isär", text), found, "{text}");
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
            (
                "Tvätten hämtas. De får tvätt en gång i veckan. Dagverksamheten är öppen, och dagverksamhet en dag räcker.",
                vec![],
            ),
        ] {
            assert_eq!(in_text(RULES, "isär", text), found, "{text}");
        }
    }
}
