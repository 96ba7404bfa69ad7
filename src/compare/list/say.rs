//! The sentences of the list.

use super::{Deed, Fact, Subject};
use crate::compare::WordKind;
use crate::language::swedish::capitalised;

/// The gender and the number that an adjective agrees with.
#[derive(Clone, Copy)]
enum Agree {
    En,
    Ett,
    Many,
}

/// What is told of a change.
pub struct Told<'a> {
    pub subject: Subject,
    pub deed: Deed,
    /// What it stands in: a section, an answer, a point.
    pub place: Option<&'a str>,
    /// Its name: a heading, a first cell, a key.
    pub name: Option<&'a str>,
    /// Its number in a list.
    pub number: Option<usize>,
    /// How many there are of it.
    pub count: usize,
}

/// What happened, in a sentence without a full stop.
pub fn message(told: &Told<'_>) -> String {
    let place = told.place.map(|place| format!(" i {place}")).unwrap_or_default();
    let (what, agree) = what(told);
    let place = match told.subject {
        // These say themselves where they are.
        Subject::Section | Subject::Title | Subject::Subtitle | Subject::Head | Subject::Heading => {
            String::new()
        }
        Subject::Question | Subject::Answer if told.number.is_some() => String::new(),
        Subject::Signature | Subject::Attachment => String::new(),
        _ => place,
    };
    match told.deed {
        Deed::Split => format!("{what}{place} är delat i två"),
        Deed::Joined => format!("Två stycken{place} är nu ett"),
        deed => format!("{what}{place} är {}", adjective(deed, agree)),
    }
}

fn what(told: &Told<'_>) -> (String, Agree) {
    let named = |word: &str| told.name.map_or_else(|| word.to_owned(), |name| format!("{word} {name}"));
    let numbered = |known: &str, unknown: &str| {
        told.number.map_or_else(|| unknown.to_owned(), |number| format!("{known} {number}"))
    };
    let counted = |one: &str, many: &str, agree| match told.count {
        0 | 1 => (one.to_owned(), agree),
        count => (format!("{count} {many}"), Agree::Many),
    };
    match told.subject {
        Subject::Title => ("Titeln".into(), Agree::En),
        Subject::Subtitle => ("Underrubriken".into(), Agree::En),
        Subject::Head => {
            (head(told.name.unwrap_or_default()).into(), head_agreement(told.name.unwrap_or_default()))
        }
        Subject::Section => (named("Avsnittet"), Agree::Ett),
        Subject::Heading => (named("Rubriken"), Agree::En),
        Subject::Point => (numbered("Punkt", "En punkt"), Agree::En),
        Subject::Subpoint => {
            let letter = told.number.map(|number| format!("Underpunkt {}", letter(number)));
            (letter.unwrap_or_else(|| "En underpunkt".into()), Agree::En)
        }
        Subject::Question => (numbered("Fråga", "En fråga"), Agree::En),
        Subject::Answer => {
            let answer = told.number.map(|number| format!("Svaret på fråga {number}"));
            (answer.unwrap_or_else(|| "Ett svar".into()), Agree::Ett)
        }
        Subject::Item => (numbered("Punkt", "En punkt i en lista"), Agree::En),
        Subject::Line => counted("En rad", "rader", Agree::En),
        Subject::Paragraph => counted("Ett stycke", "stycken", Agree::Ett),
        Subject::Sentence => counted("En mening", "meningar", Agree::En),
        Subject::Table => ("En tabell".into(), Agree::En),
        Subject::List => ("En lista".into(), Agree::En),
        Subject::Row => (named("Tabellraden"), Agree::En),
        Subject::Column => (named("Kolumnen"), Agree::En),
        Subject::Cell => (named("Cellen"), Agree::En),
        Subject::Picture => counted("En bild", "bilder", Agree::En),
        Subject::Footnote => ("En fotnot".into(), Agree::En),
        Subject::Signature => ("En underskrift".into(), Agree::En),
        Subject::Attachment => {
            let (unknown, agree) = counted("En bilaga", "bilagor", Agree::En);
            (numbered("Bilaga", &unknown), agree)
        }
        Subject::Code => ("Ett kodavsnitt".into(), Agree::Ett),
    }
}

fn adjective(deed: Deed, agree: Agree) -> &'static str {
    match (deed, agree) {
        (Deed::New, Agree::En) => "ny",
        (Deed::New, Agree::Ett) => "nytt",
        (Deed::New, Agree::Many) => "nya",
        (Deed::Gone, Agree::En) => "borttagen",
        (Deed::Gone, Agree::Ett) => "borttaget",
        (Deed::Gone, Agree::Many) => "borttagna",
        (Deed::Changed, Agree::En) => "ändrad",
        (Deed::Changed, Agree::Ett) => "ändrat",
        (Deed::Changed, Agree::Many) => "ändrade",
        (Deed::Rewritten, Agree::En) => "omskriven",
        (Deed::Rewritten, Agree::Ett) => "omskrivet",
        (Deed::Rewritten, Agree::Many) => "omskrivna",
        (Deed::Moved, Agree::En) => "flyttad",
        (Deed::Moved, Agree::Ett) => "flyttat",
        (Deed::Moved, Agree::Many) => "flyttade",
        (Deed::Formed, Agree::En) => "ändrad till formen",
        (Deed::Formed, Agree::Ett) => "ändrat till formen",
        (Deed::Formed, Agree::Many) => "ändrade till formen",
        (Deed::Split | Deed::Joined, _) => "delat",
    }
}

/// A value of the head, by its last key.
fn head(key: &str) -> &str {
    match key {
        "nämnd" => "Nämnden",
        "sammanträde" => "Sammanträdets datum",
        "datum" => "Dokumentets datum",
        "diarienummer" => "Diarienumret",
        "förvaltning" => "Förvaltningen",
        "avdelning" => "Avdelningen",
        "adress" => "Adressen",
        "telefon" => "Telefonnumret",
        "fax" => "Faxnumret",
        "e-post" => "E-postadressen",
        "webb" => "Webbadressen",
        "namn" => "Handläggaren",
        "titel" => "Handläggarens titel",
        "er beteckning" => "Er beteckning",
        "kommun" => "Kommunen",
        "mall" => "Mallen",
        "rubrikrad" => "Raden över titeln",
        "utkast" => "Märkningen som utkast",
        "fil" => "Märkets fil",
        "alt" => "Märkets beskrivning",
        "språk" => "Språket",
        other => other,
    }
}

fn head_agreement(key: &str) -> Agree {
    match key {
        "sammanträde" | "datum" | "diarienummer" | "telefon" | "fax" | "språk" => Agree::Ett,
        _ => Agree::En,
    }
}

/// The facts that changed: `12 000 kronor → 21 000 kronor`; then those that only one document has.
pub fn facts(facts: &[Fact]) -> String {
    let both = facts.iter().filter_map(|fact| match (&fact.text.old, &fact.text.new) {
        (Some(old), Some(new)) => Some(format!("{old} → {new}")),
        _ => None,
    });
    let alone = |word: &str, said: &dyn Fn(&Fact) -> Option<String>| {
        let found: Vec<String> = facts.iter().filter_map(said).collect();
        (!found.is_empty()).then(|| format!("{word}: {}", found.join(", ")))
    };
    let new = alone("nytt", &|fact| fact.text.new.clone().filter(|_| fact.text.old.is_none()));
    let gone = alone("utgår", &|fact| fact.text.old.clone().filter(|_| fact.text.new.is_none()));
    let both = Some(both.collect::<Vec<_>>().join(", ")).filter(|both| !both.is_empty());
    both.into_iter().chain(new).chain(gone).collect::<Vec<_>>().join("; ")
}

/// What a fact of running text is, at the start of a sentence, and the adjective's ending for it.
pub fn fact(kind: &WordKind) -> &'static str {
    match kind {
        WordKind::Amount => "Ett belopp eller antal",
        WordKind::Date => "Ett datum eller årtal",
        WordKind::Number => "Ett diarienummer",
        WordKind::Law => "Ett lagrum",
        _ => "Ett namn",
    }
}

/// The letter of a sub-point, as it is printed; beyond z its number.
pub fn letter(number: usize) -> String {
    let letter = number.checked_sub(1).and_then(|at| ('a'..='z').nth(at));
    letter.map_or_else(|| number.to_string(), String::from)
}

/// Items of a numbered list whose numbers are others now: pairs of their old and new numbers, in order.
pub fn renumbered(
    word: (&str, &str),
    number: fn(usize) -> String,
    pairs: &[(usize, usize)],
) -> Option<String> {
    let mut runs: Vec<((usize, usize), (usize, usize))> = Vec::new();
    for (old, new) in pairs.iter().filter(|(old, new)| old != new) {
        match runs.last_mut() {
            Some((olds, news)) if olds.1 + 1 == *old && news.1 + 1 == *new => {
                olds.1 = *old;
                news.1 = *new;
            }
            _ => runs.push(((*old, *old), (*new, *new))),
        }
    }
    let range = |(from, to): (usize, usize)| match from == to {
        true => number(from),
        false => format!("{}–{}", number(from), number(to)),
    };
    let said: Vec<String> = runs
        .iter()
        .enumerate()
        .map(|(at, (olds, news))| {
            let noun = if olds.0 == olds.1 { word.0 } else { word.1 };
            let noun = if at == 0 { capitalised(noun) } else { noun.to_owned() };
            format!("{noun} {} är nu {}", range(*olds), range(*news))
        })
        .collect();
    (!said.is_empty()).then(|| said.join(", "))
}
