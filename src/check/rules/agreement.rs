//! Agreement: article, adjective and noun have one gender and one number.
//!
//! Only nouns whose gender is certain are looked at: common ones of such texts, and those that
//! end as no noun of the other gender does.

use crate::check::prose::{Kind, Passage};
use crate::check::rule::{Review, Rule, finding};
use crate::diagnostic::{Diagnostic, codes};
use crate::language::grammar::{EITHER, FINITE, Word, class, clauses};

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
    review.passages.iter().filter(|passage| passage.kind != Kind::Cell).flat_map(in_passage).collect()
}

fn in_passage(passage: &Passage) -> Vec<Diagnostic> {
    let lower = passage.text.lower();
    let mut findings = Vec::new();
    for clause in clauses(&passage.text, lower) {
        let mut done = 0;
        for (at, first) in clause.words.iter().enumerate() {
            let (before, rest) =
                (at.checked_sub(1).map_or("", |at| clause.words[at].text), &clause.words[at + 1..]);
            let disagrees =
                |number: &usize| at >= done && !stands_alone(before, first.text, &rest[..*number]);
            let Some(number) = disagreement(first, rest).filter(disagrees) else { continue };
            done = at + number;
            let last = &rest[number - 1];
            // Half a compound says nothing: ”en barn- och ungdomsplan”.
            if lower[last.range.end..].starts_with('-') {
                continue;
            }
            let range = first.range.start..last.range.end;
            let message = format!("orden i ”{}” passar inte ihop", &passage.text[range]);
            let place = passage.place(first.range.start..last.range.end);
            let finding = finding(place, message, "Kontrollera en och ett, och ordens ändelser.");
            findings.push(match other_article(&passage.text[first.range.clone()]).filter(|_| number == 1) {
                Some(right) => finding.edit(passage.place(first.range.clone()), right),
                None => finding,
            });
        }
    }
    findings
}

/// Whether a pronoun belongs to no noun: ”bland annat samverkan”, ”Medför detta olägenhet”, ”De har
/// samtliga koppling”.
fn stands_alone(before: &str, pronoun: &str, rest: &[Word]) -> bool {
    match pronoun {
        "annat" => ["bland", "något", "inget", "allt"].contains(&before),
        // Behind a verb that begins its sentence or has its adverb before it, the subject.
        "detta" | "samtliga" => {
            let is_verb = before.ends_with('r') || class(before) & (FINITE | EITHER) != 0;
            is_verb && rest.len() == 1 && noun(rest[0].text) == Some(Utrum)
        }
        _ => false,
    }
}

/// How many of the words that follow one do not agree with it, the last of them the culprit.
fn disagreement(first: &Word, rest: &[Word]) -> Option<usize> {
    let second = rest.first()?;
    if MANY.contains(&first.text) {
        return (noun(second.text) == Some(Utrum)).then_some(1);
    }
    if let Some(number) = wrong_number(first.text, second.text, rest.get(1).map_or("", |word| word.text)) {
        return Some(number);
    }
    let gender = determiner(first.text)?;
    if let Some(found) = noun(second.text) {
        return (found != gender).then_some(1);
    }
    let third = rest.get(1).and_then(|word| noun(word.text));
    // ”en växande problem”: such adjectives have one form.
    if ["ande", "ende"].iter().any(|end| second.text.ends_with(end) && second.text.len() > 6) {
        return third.filter(|third| *third != gender).map(|_| 2);
    }
    match (gender, adjective(second.text)?) {
        // ”ett viktig …” is wrong whatever follows.
        (Neutrum, Utrum) if first.text == "ett" => Some(1),
        (_, said) => third.filter(|third| said != gender || *third != gender).map(|_| 2),
    }
}

/// ”en stor utmaningar”, ”den nya reglerna”, ”de nya lagen”, ”det nya förvaltningen”.
fn wrong_number(first: &str, second: &str, third: &str) -> Option<usize> {
    const PLURALS: &[&str] = &["ningar", "heter", "tioner", "frågor", "skrivelser", "insatser", "åtgärder"];
    const ALL: &[&str] = &["arna", "erna", "orna"];
    const ONE: &[&str] = &[
        "ningen",
        "heten",
        "tionen",
        "elsen",
        "nämnden",
        "frågan",
        "skolan",
        "lagen",
        "planen",
        "kommunen",
        "tjänsten",
    ];
    // ”de kommunala anslagen”, ”de nya bolagen”: plurals of words in -slag and the like.
    const PLURAL_ANYWAY: &[&str] = &["slagen", "bolagen", "lagen", "dragen", "tagen"];
    let many = first == "de" && third != "lagen" && PLURAL_ANYWAY.iter().any(|end| third.ends_with(end));
    let ends =
        |word: &str, ends: &[&str]| word != "heter" && !many && ends.iter().any(|end| word.ends_with(end));
    match first {
        "en" | "ett" | "varje" if ends(second, PLURALS) => Some(1),
        "en" | "ett" | "varje" if adjective(second).is_some() && ends(third, PLURALS) => Some(2),
        "den" | "det" if DESCRIBING.contains(&second) && ends(third, ALL) => Some(2),
        "de" | "det" if DESCRIBING.contains(&second) && ends(third, ONE) => Some(2),
        _ => None,
    }
}

/// Adjectives that stand before a noun, and never for one as ”unga” does.
const DESCRIBING: &[&str] = &[
    "nya",
    "stora",
    "föreslagna",
    "aktuella",
    "kommunala",
    "gemensamma",
    "befintliga",
    "särskilda",
    "svenska",
    "sociala",
    "skolsociala",
    "viktiga",
    "övriga",
    "nationella",
    "ekonomiska",
    "kommande",
];

fn other_article(article: &str) -> Option<&'static str> {
    Some(match article {
        "en" => "ett",
        "ett" => "en",
        "En" => "Ett",
        "Ett" => "En",
        _ => return None,
    })
}

/// What several of something follow.
const MANY: &[&str] = &[
    "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv", "flera", "många",
    "samtliga", "dessa", "vissa",
];

fn determiner(word: &str) -> Option<Gender> {
    match word {
        "en" | "denna" | "någon" | "ingen" | "sin" | "vår" | "sådan" | "annan" | "ny" | "stor" | "god"
        | "egen" => Some(Utrum),
        "ett" | "detta" | "något" | "inget" | "sitt" | "vårt" | "sådant" | "annat" | "nytt" | "stort"
        | "gott" | "eget" => Some(Neutrum),
        _ => None,
    }
}

fn adjective(word: &str) -> Option<Gender> {
    // ”en rad förslag”, and adverbs that stand before any adjective.
    const OTHERS: &[&str] = &["enligt", "samtidigt", "ständigt", "tidigt", "ansvarig"];
    match word {
        _ if OTHERS.contains(&word) => None,
        "ny" | "stor" | "god" | "egen" | "annan" | "sådan" | "liten" | "särskild" | "gemensam" => {
            Some(Utrum)
        }
        "nytt" | "gott" | "eget" | "annat" | "sådant" | "litet" => Some(Neutrum),
        _ if word.len() < 5 => None,
        _ if ["lig", "dig", "tig", "nig", "isk", "erad"].iter().any(|end| word.ends_with(end)) => Some(Utrum),
        _ if ["ligt", "digt", "tigt", "nigt", "iskt", "erat"].iter().any(|end| word.ends_with(end)) => {
            Some(Neutrum)
        }
        _ => None,
    }
}

/// Nouns of their own and at the end of compounds.
/// Those that end as nouns of the other gender do: ”ett universitet”, ”ett kort”.
const NEUTRUM_ANYWAY: &[&str] = &["universitet", "majestät"];

const UTRUM_ENDS: &[&str] = &[
    "ning",
    "ling",
    "ring",
    "het",
    "tion",
    "sion",
    "itet",
    "else",
    "fråga",
    "skrivelse",
    "remiss",
    "analys",
    "nämnd",
    "åtgärd",
    "insats",
    "kostnad",
    "rapport",
    "strategi",
    "samverkan",
    "bilaga",
    "metod",
    "modell",
    "grupp",
    "process",
    "skola",
];
const UTRUM: &[&str] = &[
    "motion",
    "skola",
    "förskola",
    "stad",
    "kommun",
    "stadsdel",
    "dialog",
    "grupp",
    "elev",
    "budget",
    "resurs",
    "effekt",
    "risk",
    "process",
    "metod",
    "rutin",
    "rubrik",
    "person",
    "vecka",
    "månad",
    "modell",
    "policy",
];
const NEUTRUM_ENDS: &[&str] = &[
    "ärende",
    "beslut",
    "förslag",
    "utlåtande",
    "yttrande",
    "arbete",
    "uppdrag",
    "ansvar",
    "behov",
    "program",
    "projekt",
    "område",
    "avtal",
    "sammanträde",
    "underlag",
    "problem",
    "protokoll",
    "perspektiv",
    "dokument",
    "resultat",
    "utskott",
    "tillfälle",
    "initiativ",
    "utrymme",
    "bidrag",
    "nätverk",
    "verktyg",
    "ställningstagande",
    "remissvar",
];
const NEUTRUM: &[&str] = &[
    "svar", "stöd", "mål", "sätt", "möte", "barn", "råd", "parti", "team", "krav", "antal", "skäl", "syfte",
    "hinder", "läge", "kontor", "språk", "brev", "avsnitt", "tillägg", "exempel", "system",
];

fn noun(word: &str) -> Option<Gender> {
    let ends = |ends: &[&str]| {
        ends.iter()
            .any(|end| word.ends_with(end) && (word.len() > end.len() + 1 || word == *end && end.len() > 4))
    };
    if NEUTRUM.contains(&word) || ends(NEUTRUM_ENDS) || NEUTRUM_ANYWAY.iter().any(|end| word.ends_with(end)) {
        Some(Neutrum)
    } else if UTRUM.contains(&word) || ends(UTRUM_ENDS) {
        Some(Utrum)
    } else {
        None
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
            ("Ett och samma, ett så kallat team, en tydligt formulerad fråga, en ärendehandläggare.", vec![]),
        ] {
            assert_eq!(in_text(RULES, "böjning", text), found, "{text}");
        }
    }
}
