//! Parties: the letters behind a name exist, belong to their time, and stay the same.

use jiff::civil::{Date, date};

use crate::check::people::{Name, Party, folded, is_first_name, is_in_words};
use crate::check::rule::{Review, Rule, finding};
use crate::diagnostic::{Diagnostic, codes};

/// The rules of this theme.
pub const RULES: &[Rule] = &[
    Rule { code: codes::PARTI_OKANT, find: unknown },
    Rule { code: codes::PARTI_TID, find: out_of_time },
    Rule { code: codes::PARTI_DUBBELT, find: two_parties },
    Rule { code: codes::PARTI_SKRIVSATT, find: mixed_case },
];

/// The day when Folkpartiet became Liberalerna, and (FP) became (L).
const LIBERALERNA: Date = date(2015, 11, 22);

fn is_known(letters: &str, review: &Review) -> bool {
    let upper = review.templates.parties().letters_of(letters);
    review.templates.parties().with(&upper).next().is_some()
        || review.profile.partier.iter().any(|party| party.text.to_uppercase() == upper)
}

fn unknown(review: &Review) -> Vec<Diagnostic> {
    let parties = review.templates.parties();
    let known = parties.national().filter(|party| *party != "FP").collect::<Vec<_>>();
    let known =
        known.into_iter().filter(|party| parties.with(party).next().is_some_and(|row| row.letters == *party));
    let known = known.collect::<Vec<_>>().join(", ");
    review
        .names()
        .iter()
        .filter_map(|name| Some((name.party.clone()?, name)))
        .filter(|((letters, _), name)| {
            let is_there = is_known(letters, review) && is_of_its_time(letters, name, review);
            !is_there && is_person(name, letters, review)
        })
        .map(|((letters, range), name)| {
            let place = review.passages[name.passage].place(range);
            let message = format!("partibeteckningen ({letters}) finns inte");
            finding(
                place,
                message,
                format!(
                    "Skriv någon av {known}. Ett lokalt parti läggs till i förvaltningens profil under partier:."
                ),
            )
        })
        .collect()
}

/// Whether letters of a party of the past stand where something of that time is told: in a document
/// as old, or beside a year before the document's.
fn is_of_its_time(letters: &str, name: &Name, review: &Review) -> bool {
    let Some(written) = review.case.head.datum.date.map(Date::year) else { return true };
    let mut rows = review.templates.parties().with(letters).peekable();
    let is_past = rows.peek().is_some() && rows.all(|row| row.seen.is_some_and(|seen| seen < written));
    !is_past || years(&review.passages[name.passage].text).any(|year| year < written)
}

/// The years that a text names.
fn years(text: &str) -> impl Iterator<Item = i16> {
    let numbers = text.split(|letter: char| !letter.is_ascii_digit()).filter(|number| number.len() == 4);
    numbers.filter_map(|number| number.parse().ok()).filter(|year| (1850..=2100).contains(year))
}

/// Whether the parentheses behind a name must be a party's: those of a body are longer.
fn is_person(name: &Name, letters: &str, review: &Review) -> bool {
    let first = name.text.split([' ', '-']).next().unwrap_or_default();
    letters.chars().count() == 1
        || is_in_words(letters)
        || is_first_name(first, review.templates.vocabulary())
}

fn out_of_time(review: &Review) -> Vec<Diagnostic> {
    let Some(written) = review.case.head.datum.date else { return Vec::new() };
    let (wrong, right) = if written < LIBERALERNA { ("L", "FP") } else { ("FP", "L") };
    review
        .parties()
        .iter()
        .filter(|party| {
            review.templates.parties().letters_of(&party.letters) == wrong && !is_history(party, review)
        })
        .map(|party| {
            let right = if is_in_words(&party.letters) {
                if wrong == "L" { "Folkpartiet" } else { "Liberalerna" }.to_owned()
            } else if is_lower(&party.letters) {
                right.to_lowercase()
            } else {
                right.to_owned()
            };
            let message = match wrong {
                "L" => format!("({}) används först från den 22 november 2015", party.letters),
                _ => format!("({}) användes till den 22 november 2015", party.letters),
            };
            let place = place(review, party);
            finding(place.clone(), message, format!("Skriv ({right}), eller kontrollera dokumentets datum."))
                .edit(place, right)
        })
        .collect()
}

/// Whether the sentence tells of the time when the letters were right, or of the party itself:
/// ”motionen väcktes 2014 av Lotta Ek (FP)”, ”Folkpartiet (FP) bytte namn”.
fn is_history(party: &Party, review: &Review) -> bool {
    let text = &review.passages[party.passage].text;
    let start = text[..party.range.start].rfind(". ").map_or(0, |at| at + 2);
    let end = text[party.range.end..].find(". ").map_or(text.len(), |at| party.range.end + at);
    let is_own_name = text[..party.range.start].trim_end_matches(['(', ' ']).ends_with("partiet");
    let is_old = |word: &str| {
        let in_time = if review.templates.parties().letters_of(&party.letters) == "FP" {
            1934..=2015
        } else {
            2015..=2100
        };
        word.len() == 4 && word.parse::<u16>().is_ok_and(|year| in_time.contains(&year))
    };
    is_own_name || text[start..end].split(|letter: char| !letter.is_ascii_digit()).any(is_old)
}

fn place(review: &Review, party: &Party) -> crate::diagnostic::Place {
    review.passages[party.passage].place(party.range.clone())
}

fn two_parties(review: &Review) -> Vec<Diagnostic> {
    let mut people: Vec<(String, Vec<(Name, String)>)> = Vec::new();
    let mut said = review.names().to_vec();
    let alone = surnames_with_parties(&said, review);
    said.extend(alone);
    for name in said {
        let Some((letters, _)) = &name.party else { continue };
        if !is_known(letters, review) {
            continue;
        }
        let (person, letters) = (folded(&name.text), modern(letters, review));
        match people.iter_mut().find(|(known, _)| *known == person) {
            Some((_, said)) => said.push((name, letters)),
            None => people.push((person, vec![(name, letters)])),
        }
    }
    let mut findings = Vec::new();
    for (_, said) in people {
        let count = |letters: &str| said.iter().filter(|(_, other)| other == letters).count();
        // The party said most often; of equals, the first.
        let Some((usual, right)) = said.iter().rev().max_by_key(|(_, letters)| count(letters)) else {
            continue;
        };
        for (name, letters) in said.iter().filter(|(_, letters)| letters != right) {
            let Some((_, range)) = &name.party else { continue };
            let message = format!(
                "{} har partibeteckningen ({letters}) här, men ({right}) på ett annat ställe",
                name.text
            );
            let found = finding(
                review.passages[name.passage].place(range.clone()),
                message,
                "Skriv personens parti på samma sätt överallt.",
            );
            findings.push(found.related(
                review.passages[usual.passage].place(usual.range.clone()),
                format!("här är partiet ({right})"),
            ));
        }
    }
    findings
}

/// ”Jönsson (M)”, as the whole name of the one Jönsson that the text knows with a party.
fn surnames_with_parties(names: &[Name], review: &Review) -> Vec<Name> {
    let known: Vec<&Name> = names.iter().filter(|name| name.party.is_some()).collect();
    let mut found = Vec::new();
    for party in review.parties() {
        let is_behind =
            |name: &&Name| name.passage == party.passage && name.range.end + 2 == party.range.start;
        // Names come in the order of the text.
        let first = names
            .partition_point(|name| (name.passage, name.range.end + 2) < (party.passage, party.range.start));
        if names[first..].iter().take(2).any(|name| is_behind(&name)) {
            continue;
        }
        let Some(before) = review.passages[party.passage].text[..party.range.start].strip_suffix(" (") else {
            continue;
        };
        let start = before.rfind([' ', '.']).map_or(0, |at| at + 1);
        let mut called: Vec<&&Name> =
            known.iter().filter(|name| name.text.rsplit(' ').next() == Some(&before[start..])).collect();
        called.dedup_by_key(|name| &name.text);
        if let [one] = called.as_slice() {
            found.push(Name {
                passage: party.passage,
                range: start..before.len(),
                party: Some((party.letters.clone(), party.range.clone())),
                ..(**one).clone()
            });
        }
    }
    found
}

/// A party's letters today: a person who was (fp) is (L).
fn modern(letters: &str, review: &Review) -> String {
    let upper = review.templates.parties().letters_of(letters);
    if upper == "FP" { "L".to_owned() } else { upper }
}

fn mixed_case(review: &Review) -> Vec<Diagnostic> {
    let known: Vec<&Party> =
        review.parties().iter().filter(|party| is_known(&party.letters, review)).collect();
    let short = || known.iter().filter(|party| !is_in_words(&party.letters));
    let lower = short().filter(|party| is_lower(&party.letters)).count();
    let upper = short().filter(|party| is_upper(&party.letters)).count();
    let to_lower = lower > upper;
    known
        .iter()
        .filter(|party| if to_lower { !is_lower(&party.letters) } else { !is_upper(&party.letters) })
        // Alone, small letters are a form of their own.
        .filter(|_| lower > 0 || upper > 0)
        .filter(|party| !keeps_its_case(party, review))
        .map(|party| {
            let letters = review.templates.parties().letters_of(&party.letters);
            let right = if to_lower { letters.to_lowercase() } else { letters };
            let message =
                format!("({}) skrivs ({right}) som dokumentets andra partibeteckningar", party.letters);
            let place = place(review, party);
            finding(place.clone(), message, format!("Skriv ({right}).")).edit(place, right)
        })
        .collect()
}

/// Whether a party writes its letters so, ”Fi”, or everybody did when what is told happened: small
/// letters were the rule until 2009.
fn keeps_its_case(party: &Party, review: &Review) -> bool {
    const SMALL_UNTIL: i16 = 2009;
    let is_own = || {
        let own = review.templates.parties().writes_so(&party.letters);
        own && !is_upper(&party.letters) || party.letters == "Fi"
    };
    is_lower(&party.letters) && years(&review.passages[party.passage].text).any(|year| year <= SMALL_UNTIL)
        || is_own()
}

fn is_lower(letters: &str) -> bool {
    letters.chars().all(char::is_lowercase)
}

fn is_upper(letters: &str) -> bool {
    letters.chars().all(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::rules::trial::in_text;

    #[test]
    fn letters_of_no_party_are_found() {
        for (text, found) in [
            ("Motion av Jan Jönsson (X) och Karin Ek (QD).", vec!["X", "QD"]),
            ("Jan Jönsson (L), Region Stockholm (RS), skolsociala team (SST).", vec![]),
            ("Anna Ek m.fl. (MB) reserverar sig.", vec!["MB"]),
            ("Anna Ek (Moderatena) och Bo Ek (ordföranden), Bo Ek (Centerpartiet).", vec!["Moderatena"]),
        ] {
            assert_eq!(in_text(RULES, "parti-okänt", text), found, "{text}");
        }
    }

    #[test]
    fn letters_of_another_time_are_found() {
        assert_eq!(in_text(RULES, "parti-tid", "Lotta Edholm (FP) och Bo Ek (L)."), ["FP"]);
        let told = "Motionen väcktes 2014 av Lotta Edholm (FP). Folkpartiet (FP) bytte namn.";
        assert_eq!(in_text(RULES, "parti-tid", told), [""; 0]);
        assert_eq!(in_text(RULES, "parti-tid", "Lotta Edholm (Folkpartiet) frågar."), ["Folkpartiet"]);
    }

    #[test]
    fn one_person_has_one_party() {
        let text = "Jan Jönsson (L) och Bo Ek (M). Jan Jönsson (KD) skriver. Jan Jönsson (L) anser.";
        assert_eq!(in_text(RULES, "parti-dubbelt", text), ["KD"]);
        assert_eq!(in_text(RULES, "parti-dubbelt", "Jan Jönsson (L). Jan Jönsson (fp)."), [""; 0]);
        let text = "Jan Jönsson (L) och Jan Jönsson (Liberalerna). Jan Jönsson (Moderaterna). Moderaten Jan Jönsson.";
        assert_eq!(in_text(RULES, "parti-dubbelt", text), ["Moderaterna", "Moderaten"]);
        let text = "Jan Jönsson (L) frågar. J. Jönsson (M) anser. Enligt Jönsson (L). Bo Ek (S) och Ann Ek (V). Ek (M).";
        assert_eq!(in_text(RULES, "parti-dubbelt", text), ["M"]);
    }

    #[test]
    fn letters_are_of_one_case() {
        assert_eq!(in_text(RULES, "parti-skrivsätt", "Bo Ek (M), Jan Ek (m) och Ann Ek (KD)."), ["m"]);
        assert_eq!(in_text(RULES, "parti-skrivsätt", "Bo Ek (m), Jan Ek (Kd) och Ann Ek (s)."), ["Kd"]);
        assert_eq!(in_text(RULES, "parti-skrivsätt", "Bo Ek (m) och Ann Ek (kd)."), [""; 0]);
        assert_eq!(in_text(RULES, "parti-skrivsätt", "Bo Ek (M) och Ann Ek (Liberalerna)."), ["Liberalerna"]);
        assert_eq!(in_text(RULES, "parti-skrivsätt", "Bo Ek (Moderaterna), Ann Ek (Liberalerna)."), [""; 0]);
        assert_eq!(in_text(RULES, "parti-skrivsätt", "Bo Ek (M) och punkt (c) i listan."), [""; 0]);
    }
}
