//! Agreement: article, adjective and noun have one gender and one number.
//!
//! Only nouns whose gender is certain are looked at: common ones of such texts, and those that
//! end as no noun of the other gender does, as the word lists say.

use std::ops::Range;

use crate::check::prose::{Passage, PassageKind};
use crate::check::rule::{Review, Rule, finding};
use crate::diagnostic::{Diagnostic, codes};
use crate::language::grammar::{ClauseWord, EITHER, FINITE, clauses};
use crate::language::lists::List;
use crate::language::vocabulary::Vocabulary;

/// The rules of this theme.
pub const RULES: &[Rule] = &[Rule { code: codes::BOJNING, find: disagreeing }];

/// The gender of a noun, and of what stands before it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gender {
    /// En.
    Utrum,
    /// Ett.
    Neutrum,
}

use Gender::{Neutrum, Utrum};

fn disagreeing(review: &Review) -> Vec<Diagnostic> {
    let nouns = Nouns(review.templates.vocabulary());
    let running = || review.passages.iter().filter(|passage| passage.kind != PassageKind::Cell);
    let mut findings: Vec<Diagnostic> = running().flat_map(|passage| in_passage(passage, &nouns)).collect();
    findings.extend(by_dictionary(running(), &nouns, review));
    findings
}

/// An article right before a noun.
struct Article<'a> {
    passage: &'a Passage,
    article: Range<usize>,
    noun: Range<usize>,
}

/// ”en staket”, ”ett kvart”: nouns whose gender no list says, but the forms that the dictionary has of them.
fn by_dictionary<'a>(
    passages: impl Iterator<Item = &'a Passage>,
    nouns: &Nouns,
    review: &Review,
) -> Vec<Diagnostic> {
    let Some(dictionary) = review.templates.dictionary() else { return Vec::new() };
    let pairs: Vec<Article> = passages.flat_map(|passage| articles(passage, nouns)).collect();
    let said = |pair: &Article<'a>| &pair.passage.text.lower()[pair.noun.clone()];
    let asked: Vec<String> = pairs
        .iter()
        .flat_map(|pair| {
            let word = said(pair);
            let ends = ["n", "t", "en", "et", "ar", "er", "or"];
            ends.map(|end| [word, end].concat())
        })
        .collect();
    let unknown = dictionary.unknown(&asked.iter().map(String::as_str).collect::<Vec<_>>());
    let knows = |word: &str, end: &str| !unknown.contains([word, end].concat().as_str());
    // Of compounds the dictionary has too many forms, and too few.
    let own = dictionary.on_their_own(&pairs.iter().map(said).collect::<Vec<_>>());
    let wrong = pairs.iter().filter(|pair| {
        let word = said(pair);
        let gender = own.contains(word).then(|| gender_by_forms(word, &|end| knows(word, end))).flatten();
        let article = pair.passage.text.lower()[pair.article.clone()] == *"ett";
        gender.is_some_and(|gender| (gender == Neutrum) != article)
    });
    wrong
        .filter_map(|pair| {
            let article = pair.passage.place(pair.article.clone());
            let message = format!(
                "orden i ”{}” är inte böjda lika",
                &pair.passage.text[pair.article.start..pair.noun.end]
            );
            let place = pair.passage.place(pair.article.start..pair.noun.end);
            let right = other_article(&pair.passage.text[pair.article.clone()])?;
            let hint = "Kontrollera om det ska vara en eller ett, och ordens ändelser.";
            Some(finding(place, message, hint).edit(article, right))
        })
        .collect()
}

/// The articles of a passage with a word behind them of which no list says what it is.
fn articles<'a>(passage: &'a Passage, nouns: &Nouns) -> Vec<Article<'a>> {
    const SHORTEST: usize = 5;
    let lower = passage.text.lower();
    let words = passage.text.spelt();
    let pair = |pair: &[Range<usize>]| {
        let [article, noun] = pair else { return None };
        let word = &lower[noun.clone()];
        let is_article =
            ["en", "ett"].contains(&&lower[article.clone()]) && lower[article.end..noun.start] == *" ";
        let is_noun = word.chars().count() >= SHORTEST
            && word.chars().all(char::is_alphabetic)
            && !passage.text[noun.clone()].starts_with(char::is_uppercase)
            && nouns.noun(word).is_none()
            && nouns.adjective(word).is_none()
            && !nouns.are(List::NoAdjectives, word)
            && nouns.0.class(word) == 0
            && !lower[noun.end..].starts_with('-');
        // What may be an adjective: ”en rörig”, ”ett pågående”.
        let ends = ["ande", "ende", "ig", "sk", "ad", "are", "igt", "skt", "at", "re", "sta", "när", "lär"];
        // Behind an adjective stands its noun: ”en cirkulär ekonomi”.
        let behind = lower[noun.end..].strip_prefix(' ').unwrap_or_default();
        let next = behind.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        let stands_alone = next.is_empty() || nouns.0.class(next) != 0 || nouns.are(List::Prepositions, next);
        (is_article && is_noun && stands_alone && !ends.iter().any(|end| word.ends_with(end)))
            .then(|| Article { passage, article: article.clone(), noun: noun.clone() })
    };
    words.windows(2).filter_map(pair).collect()
}

/// The gender of a noun by the forms that it has; none where they are those of either.
fn gender_by_forms(word: &str, has: &dyn Fn(&str) -> bool) -> Option<Gender> {
    let ends_in_vowel = word.ends_with(['a', 'e', 'i', 'o', 'u', 'y', 'å', 'ä', 'ö']);
    let (utrum, neutrum) = if ends_in_vowel { (has("n"), has("t")) } else { (has("en"), has("et")) };
    let is_plural = ["ar", "er", "or"].iter().any(|end| has(end));
    match (utrum, neutrum) {
        (true, false) => Some(Utrum),
        // ”plan” has ”planen” and ”planer”, and ”planet” is another word.
        // ”studie” has ”studien” and ”studiet”, and so has ”möte” its plural.
        (_, true) if !(is_plural || ends_in_vowel && utrum) => Some(Neutrum),
        _ => None,
    }
}

fn in_passage(passage: &Passage, nouns: &Nouns) -> Vec<Diagnostic> {
    let lower = passage.text.lower();
    let mut findings = Vec::new();
    for clause in clauses(&passage.text, lower, nouns.0) {
        let mut done = 0;
        for (at, first) in clause.words.iter().enumerate() {
            let (before, rest) =
                (at.checked_sub(1).map_or("", |at| clause.words[at].text), &clause.words[at + 1..]);
            // ”i sitt betänkande Fossilfrihet på väg”: a capital begins a title or a name.
            let is_name =
                |word: &ClauseWord| passage.text[word.range.clone()].starts_with(char::is_uppercase);
            let disagrees = |number: &usize| {
                at >= done
                    && !nouns.stand_apart(before, first.text, &rest[..*number])
                    && !rest[..*number].iter().any(is_name)
            };
            let Some(number) = nouns.disagreement(first, rest).filter(disagrees) else { continue };
            done = at + number;
            let last = &rest[number - 1];
            // Half a compound says nothing: ”en barn- och ungdomsplan”.
            if lower[last.range.end..].starts_with('-') {
                continue;
            }
            let range = first.range.start..last.range.end;
            let message = format!("orden i ”{}” är inte böjda lika", &passage.text[range]);
            let place = passage.place(first.range.start..last.range.end);
            let finding =
                finding(place, message, "Kontrollera om det ska vara en eller ett, och ordens ändelser.");
            findings.push(match other_article(&passage.text[first.range.clone()]).filter(|_| number == 1) {
                Some(right) => finding.edit(passage.place(first.range.clone()), right),
                None => finding,
            });
        }
    }
    findings
}

fn other_article(article: &str) -> Option<&'static str> {
    Some(match article {
        "en" => "ett",
        "ett" => "en",
        "En" => "Ett",
        "Ett" => "En",
        _ => return None,
    })
}

/// What is known of nouns, and of what stands before them.
struct Nouns<'a>(&'a Vocabulary);

impl Nouns<'_> {
    fn are(&self, list: List, word: &str) -> bool {
        self.0.list(list).has(word)
    }

    /// Whether a pronoun belongs to no noun: ”bland annat samverkan”, ”Medför detta olägenhet”, ”De har
    /// samtliga koppling”.
    fn stand_apart(&self, before: &str, pronoun: &str, rest: &[ClauseWord]) -> bool {
        match pronoun {
            "annat" => ["bland", "något", "inget", "allt"].contains(&before),
            // Behind a verb that begins its sentence or has its adverb before it, the subject.
            "detta" | "samtliga" => {
                let is_verb = before.ends_with('r') || self.0.class(before) & (FINITE | EITHER) != 0;
                is_verb && rest.len() == 1 && self.noun(rest[0].text) == Some(Utrum)
            }
            _ => false,
        }
    }

    /// How many of the words that follow one do not agree with it, the last of them the culprit.
    fn disagreement(&self, first: &ClauseWord, rest: &[ClauseWord]) -> Option<usize> {
        let second = rest.first()?;
        if self.are(List::BeforePlural, first.text) {
            return (self.noun(second.text) == Some(Utrum)).then_some(1);
        }
        let behind = rest.get(1).map_or("", |word| word.text);
        if let Some(number) = self.wrong_number(first.text, second.text, behind) {
            return Some(number);
        }
        let gender = self.gender(List::BeforeUtrum, List::BeforeNeutrum, first.text)?;
        if let Some(found) = self.noun(second.text) {
            return (found != gender).then_some(1);
        }
        let third = self.noun(behind);
        // ”en växande problem”: such adjectives have one form.
        if ["ande", "ende"].iter().any(|end| second.text.ends_with(end) && second.text.len() > 6) {
            return third.filter(|third| *third != gender).map(|_| 2);
        }
        match (gender, self.adjective(second.text)?) {
            // ”ett viktig …” is wrong whatever follows.
            (Neutrum, Utrum) if first.text == "ett" => Some(1),
            (_, said) => third.filter(|third| said != gender || *third != gender).map(|_| 2),
        }
    }

    /// ”en stor utmaningar”, ”den nya reglerna”, ”de nya lagen”, ”det nya förvaltningen”.
    fn wrong_number(&self, first: &str, second: &str, third: &str) -> Option<usize> {
        // ”de kommunala anslagen”, ”de nya bolagen”: plurals of words in -slag and the like.
        let many = first == "de" && third != "lagen" && self.are(List::PluralAnyway, third);
        let are = |word: &str, list: List| word != "heter" && !many && self.are(list, word);
        let describes = || self.are(List::Describing, second);
        match first {
            "en" | "ett" | "varje" if are(second, List::Plural) => Some(1),
            "en" | "ett" | "varje" if self.adjective(second).is_some() && are(third, List::Plural) => Some(2),
            "den" | "det" if describes() && are(third, List::DefinitePlural) => Some(2),
            "de" | "det" if describes() && are(third, List::DefiniteSingular) => Some(2),
            _ => None,
        }
    }

    fn adjective(&self, word: &str) -> Option<Gender> {
        // ”en rad förslag”, and adverbs that stand before any adjective.
        if self.are(List::NoAdjectives, word) {
            return None;
        }
        let is_one = |list: List| {
            let list = self.0.list(list);
            list.has_whole(word) || word.len() >= 5 && list.has(word)
        };
        match (is_one(List::UtrumAdjectives), is_one(List::NeutrumAdjectives)) {
            (true, _) => Some(Utrum),
            (_, true) => Some(Neutrum),
            _ => None,
        }
    }

    fn noun(&self, word: &str) -> Option<Gender> {
        // What ends as a noun of the one gender can be one of the other: ”universitet”.
        self.gender(List::Utrum, List::Neutrum, word)
    }

    fn gender(&self, utrum: List, neutrum: List, word: &str) -> Option<Gender> {
        if self.are(neutrum, word) { Some(Neutrum) } else { self.are(utrum, word).then_some(Utrum) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::rules::trial::in_text;

    #[test]
    fn what_does_not_agree_is_found() {
        for (text, found) in [
            ("Det är en ärende och ett fråga.", vec!["en ärende", "ett fråga"]),
            (
                "Detta är en viktigt fråga, ett viktig arbete och ett viktigt fråga.",
                vec!["en viktigt fråga", "ett viktig", "ett viktigt fråga"],
            ),
            (
                "Det kräver en särskild beslut enligt denna förslag.",
                vec!["en särskild beslut", "denna förslag"],
            ),
            (
                "De har två fråga om sin arbete och ett nytt utredning.",
                vec!["två fråga", "sin arbete", "ett nytt utredning"],
            ),
            (
                "En stor utmaningar, den nya reglerna, de nya lagen.",
                vec!["En stor utmaningar", "den nya reglerna", "de nya lagen"],
            ),
            ("De nya lagarna, den nya lagen, det stora arbetet, en heter Bo.", vec![]),
            (
                "En växande problem och en naturligt koppling.",
                vec!["En växande problem", "en naturligt koppling"],
            ),
            ("En växande stad, en pågående utredning, ett stående förslag.", vec![]),
            ("En rad förslag, en särskilt viktig fråga, en ständigt växande stad.", vec![]),
            ("En barn- och ungdomsplan, ett antal frågor, en del beslut, denna gång.", vec![]),
            ("Marken skyddas med en staket på ett kvart.", vec!["en staket", "ett kvart"]),
            (
                "Ett staket, en flicka, en plan, ett möte, en sådan gång, ett gammalt hus, en ny rondell och ett helt annat system. En tioårsplan är klar, och i en förstudie prövas det, till ett högre belopp i ett nästa steg mot en cirkulär ekonomi.",
                vec![],
            ),
            ("Ett och samma, ett så kallat team, en tydligt formulerad fråga, en ärendehandläggare.", vec![]),
        ] {
            assert_eq!(in_text(RULES, "böjning", text), found, "{text}");
        }
    }
}
