//! Persons' privacy: what must not be published, and whose addresses are given.

use std::ops::Range;

use jiff::civil::Date;

use crate::check::pattern::{Pattern, group};
use crate::check::people::folded;
use crate::check::raw;
use crate::check::rule::{Review, Rule, finding};
use crate::diagnostic::{Diagnostic, codes, distance};
use crate::language::lists::{List, WordList};
use crate::yaml::values::Line;

/// The rules of this theme.
pub const RULES: &[Rule] = &[
    Rule { code: codes::PERSONNUMMER, find: identity_numbers },
    Rule { code: codes::PRIVAT_ADRESS, find: private_addresses },
    Rule { code: codes::E_POST_ANNAN, find: somebody_elses },
    Rule { code: codes::E_POST_DOMAN, find: other_domain },
];

/// A personal identity number in the spellings people use, with or without century, hyphen and spaces.
static IDENTITY: Pattern = Pattern::new(&[
    r"(?:\b|_)(?:(?P<century>1[89]|20)[\s\u{a0}]?)?(?P<year>[0-9]{2})[\s\u{a0}./–-]?(?P<month>[0-9]{2})[\s\u{a0}./–-]?(?P<day>[0-9]{2})(?:[\s\u{a0}]*[*_]{0,3}[-‐‑‒–—―−+\u{ad}]{0,2}[*_]{0,3}[\s\u{a0}]*|[=_/.:])(?P<number>[0-9]{4})(?:\b|_)",
]);

fn identity_numbers(review: &Review) -> Vec<Diagnostic> {
    let written = review.case.head.datum.date;
    let mut findings = Vec::new();
    for raw in raw::texts(&review.case.root) {
        for captures in IDENTITY.all(raw.text) {
            let Some(range) = group(&captures, 0) else { continue };
            let part = |name: &str| captures.name(name).map_or("", |found| found.as_str());
            let digits = [part("year"), part("month"), part("day"), part("number")].concat();
            let Some(what) = identity(part("century"), &digits, written) else { continue };
            if is_part_of_number(raw.text, &range) {
                continue;
            }
            // The number itself stands in no message: messages are mailed and logged.
            findings.push(finding(
                raw.place(range),
                format!("här står ett {what}"),
                "Ta bort numret: handlingen publiceras, och ingen enskild ska kunna pekas ut i onödan.",
            ));
        }
    }
    findings
}

/// What kind of number the ten digits are, if they are one by their date and check digit.
fn identity(century: &str, digits: &str, written: Option<Date>) -> Option<&'static str> {
    let number = |range: Range<usize>| digits.get(range)?.parse::<i8>().ok();
    let (year, month, day) = (number(0..2)?, number(2..4)?, number(4..6)?);
    let is_coordination = day > 60;
    let day = if is_coordination { day - 60 } else { day };
    let centuries: Vec<i16> =
        if century.is_empty() { vec![19, 20] } else { century.parse().ok().into_iter().collect() };
    let was_born = centuries.into_iter().any(|century| {
        Date::new(century * 100 + i16::from(year), month, day)
            .is_ok_and(|born| written.is_none_or(|written| born <= written))
    });
    (was_born && has_check_digit(digits)).then_some(if is_coordination {
        "samordningsnummer"
    } else {
        "personnummer"
    })
}

/// Luhn's algorithm over the ten digits.
fn has_check_digit(digits: &str) -> bool {
    let sum: u32 = digits
        .chars()
        .filter_map(|digit| digit.to_digit(10))
        .zip([2, 1].into_iter().cycle())
        .map(|(digit, weight)| digit * weight)
        .map(|product| product / 10 + product % 10)
        .sum();
    sum.is_multiple_of(10)
}

fn is_part_of_number(text: &str, range: &Range<usize>) -> bool {
    let before = text[..range.start].chars().next_back();
    let after = text[range.end..].chars().next();
    // A slash parts two numbers of the usual form.
    let is_usual = text[range.clone()].as_bytes().iter().rev().nth(4) == Some(&b'-');
    let is_joint = |mark: Option<char>| match mark {
        Some('/') => !is_usual,
        Some('.' | '-') => true,
        _ => false,
    };
    is_joint(before) || after != Some('.') && is_joint(after)
}

static PRIVATE_MAIL: Pattern = Pattern::new(&[concat!(
    r"(?i)\b[\p{L}0-9._%+-]+(?:@|\s?[(\[{](?:at|a|snabel-?a|@)[)\]}]\s?|\ssnabel-?a\s)(?:[a-z0-9-]+\.)*",
    r"(?:(?:gmail|googlemail|hotmail|outlook|live|yahoo|icloud|me|mac|msn|telia|bredband|ymail|gmx|zoho|fastmail|tutanota|hey|pm|",
    r"bredbandsbolaget|comhem|spray|passagen|protonmail|proton|aol|swipnet|home|tele2|ownit|bahnhof|mail|glocalnet|telenor|chello)",
    r"(?:[.,]|\s?[(\[]punkt[)\]]\s?|\spunkt\s)(?:co\.uk|com|se|net|me|nu|org|fi|no|dk|eu|de)|[a-z-]+sson\.(?:se|nu|name))\b"
)]);

static MOBILE: Pattern = Pattern::new(&[
    // 070-123 45 67, 070/1234567, (070) 123 45 67, +46 (0)70-123 45 67, 0046701234567
    r"(?:(?:\+|\b00)46[ \u{a0}-]?(?:\(0\)[ \u{a0}]?)?|\b0|\(0)7[02369]\)?(?:[ \u{a0}/.–‑-]{0,3}[0-9]){7}\b",
    // Hemtelefon: 08-765 43 21
    r"(?i:\b(?:hem|hemma|bostad(?:en)?|privat|hemtelefon|hemnummer|privatnummer|privattelefon)(?:\s+(?:nås|är))?:?\s+(?:på\s+)?)(?P<home>(?:(?:\+|00)46|0)[0-9 \u{a0}/–-]{6,14}[0-9])\b",
]);

/// Whether a text can hold an address at all, which is faster to see than whether it does.
fn may_have_address(text: &str) -> bool {
    let in_brackets = |pair: &[u8]| matches!(pair, [b'(' | b'[' | b'{', b'a' | b'A' | b's' | b'S' | b'@']);
    text.contains('@') || text.contains("nabel") || text.as_bytes().windows(2).any(in_brackets)
}

fn private_addresses(review: &Review) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for raw in raw::texts(&review.case.root).into_iter().filter(|raw| may_have_address(raw.text)) {
        for range in PRIVATE_MAIL.ranges(raw.text) {
            let message = format!("”{}” ser ut som en privat e-postadress", &raw.text[range.clone()]);
            let hint = "Ta bort den, eller skriv e-postadressen i tjänsten.";
            findings.push(finding(raw.place(range), message, hint));
        }
    }
    // In the letterhead a mobile is the handläggare's own in the service.
    for passage in review.passages {
        for captures in MOBILE.all(&passage.text) {
            let Some(range) = captures.name("home").map(|home| home.range()).or(group(&captures, 0)) else {
                continue;
            };
            if captures.name("home").is_none() && is_of_function(&passage.text, range.start) {
                continue;
            }
            let message = format!("”{}” ser ut som ett privat telefonnummer", &passage.text[range.clone()]);
            let hint = "Ta bort det, eller skriv numret i tjänsten.";
            findings.push(finding(passage.place(range), message, hint));
        }
    }
    findings
}

/// Whether a number is that of a function, and no person is named beside it: ”Stadens jour nås på …”.
fn is_of_function(text: &str, start: usize) -> bool {
    static FUNCTION: Pattern = Pattern::new(&[concat!(
        r"(?i)\b\p{L}*(?:jour(?:en|telefon(?:en)?|nummer|numret)?|växel(?:n)?|kansli(?:et)?|reception(?:en)?|kundtjänst|kundservice|kontaktcenter|",
        r"vakt(?:en)?|larm(?:et|central(?:en)?)?|beredskap(?:en)?|support(?:en)?|helpdesk|expedition(?:en)?|servicecenter|felanmälan|funktion(?:en)?|",
        r"enhet(?:en)?|avdelning(?:en)?|mottagning(?:en)?|verksamhet(?:en)?|förskola(?:n)?|skola(?:n)?|boende(?:t)?|team(?:et)?|grupp(?:en)?|tjänst(?:en)?|linje(?:n)?)\b[^.!?]*$"
    )]);
    let sentence = text[..start].rfind(['.', '!', '?']).map_or(0, |at| at + 1);
    let said = &text[sentence..start];
    static PERSON: Pattern =
        Pattern::new(&[r"\p{Lu}\p{Ll}+ \p{Lu}\p{Ll}+", r"(?i)\b(?:hans|hennes|privat|hem|egen|sin)\b"]);
    FUNCTION.is_in(said) && !PERSON.is_in(said)
}

/// The two parts of an address that is a person's: first name and surname.
fn person(address: &str, functions: &WordList) -> Option<Vec<String>> {
    let (local, _) = address.split_once('@')?;
    let parts: Vec<String> = local
        .split(['.', '_', '-'])
        .map(|part| folded(part.trim_end_matches(|letter: char| letter.is_ascii_digit())))
        .filter(|part| !part.is_empty())
        .collect();
    let is_person = parts.len() >= 2
        && parts.iter().all(|part| part.chars().all(char::is_alphabetic))
        && !parts.iter().any(|part| functions.has(part));
    is_person.then_some(parts)
}

fn somebody_elses(review: &Review) -> Vec<Diagnostic> {
    let head = &review.case.head;
    let people: Vec<&Line> =
        head.handlaggare.0.iter().map(|person| &person.namn).filter(|name| !name.is_empty()).collect();
    if people.iter().any(|name| name.has_mark()) {
        return Vec::new();
    }
    let functions = review.templates.vocabulary().list(List::Functions);
    let mut findings = Vec::new();
    if let Some(address) = &head.avsandare.e_post {
        findings.extend(belongs_to(address, &people, functions));
    }
    for person in &head.handlaggare.0 {
        if let Some(address) = &person.e_post {
            findings.extend(belongs_to(address, &[&person.namn], functions));
        }
    }
    findings
}

/// A finding unless the address is that of one of the people, or of a function.
fn belongs_to(address: &Line, people: &[&Line], functions: &WordList) -> Option<Diagnostic> {
    let parts = person(&address.text, functions)?;
    let first = people.first().filter(|first| !first.is_empty())?;
    let is_theirs = people.iter().any(|person| {
        let names: Vec<String> = folded(&person.text).split([' ', '-']).map(str::to_owned).collect();
        parts.iter().all(|part| {
            names
                .iter()
                .any(|name| name == part || part.chars().count() == 1 && name.starts_with(part.as_str()))
        })
    });
    if is_theirs {
        return None;
    }
    let names = people.iter().map(|person| person.text.as_str()).collect::<Vec<_>>().join(" eller ");
    let expected = folded(&first.text).replace(' ', ".");
    let local = parts.join(".");
    let message = format!("e-postadressen {} är inte {names}s", address.text);
    let found = finding(address.place()?, message, "Rätta adressen eller handläggarens namn.");
    Some(if distance(&expected, &local, 2).is_some() {
        found.hint(format!(
            "Menade du {}?",
            address.text.replacen(address.text.split('@').next().unwrap_or_default(), &expected, 1)
        ))
    } else {
        found
    })
}

fn other_domain(review: &Review) -> Vec<Diagnostic> {
    let Some(domain) = &review.profile.e_postdoman else { return Vec::new() };
    let head = &review.case.head;
    let people = head.handlaggare.0.iter().filter_map(|person| person.e_post.as_ref());
    people
        .chain(head.avsandare.e_post.as_ref())
        .filter(|address| !PRIVATE_MAIL.is_in(&address.text) && !address.has_mark())
        .filter_map(|address| {
            let at = address.text.find('@')? + 1;
            let said = &address.text[at..];
            let is_own = said.eq_ignore_ascii_case(&domain.text)
                || said.to_lowercase().ends_with(&format!(".{}", domain.text.to_lowercase()));
            if is_own {
                return None;
            }
            let place = address.place_in(at..address.text.len())?;
            let message =
                format!("adressen slutar på {said}, men förvaltningens adresser på {}", domain.text);
            Some(finding(place.clone(), message, "Kontrollera adressen.").edit(place, &*domain.text))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::rules::trial::{in_text, marked};

    // The numbers are those that Skatteverket and others give as examples; nobody has them.
    #[test]
    fn identity_numbers_are_found_in_every_spelling() {
        for (text, found) in [
            ("Sökanden 640823-3234 bor här.", vec!["640823-3234"]),
            (
                "Sökanden 19640823-3234, 196408233234, 6408233234.",
                vec!["19640823-3234", "196408233234", "6408233234"],
            ),
            (
                "Sökanden 640823+3234, 640823 3234 och 640823 – 3234.",
                vec!["640823+3234", "640823 3234", "640823 – 3234"],
            ),
            ("Sökanden 1964-08-23-3234.", vec!["1964-08-23-3234"]),
            ("Samordningsnummer 640883-3231.", vec!["640883-3231"]),
            (
                "Sökanden 640823‑3234, 640823—3234, 64.08.23-3234, 19 640823-3234, 640823/3234.",
                vec!["640823‑3234", "640823—3234", "64.08.23-3234", "19 640823-3234", "640823/3234"],
            ),
            ("Fel siffra 640823-3235, organisation 212000-0142, telefon 08-508 33 480.", vec![]),
            (
                "Sökanden 640823-3234/811218-9876 och **640823**-3234.",
                vec!["640823-3234", "811218-9876", "640823**-3234"],
            ),
            ("Mötet 1964-08-23. 3234 elever, 1964-08-23: 3234 elever.", vec![]),
            ("UTBF 2024/640823, 2017-2021 och 08-012/471.", vec![]),
        ] {
            assert_eq!(in_text(RULES, "personnummer", text), found, "{text}");
        }
    }

    #[test]
    fn private_addresses_are_found() {
        let text = "Skriv till anna.ek@gmail.com eller anna.ek@stockholm.se, ring 070-123 45 67 eller 08-508 33 000.";
        assert_eq!(in_text(RULES, "privat-adress", text), ["anna.ek@gmail.com", "070-123 45 67"]);
        let text =
            "Skriv till anna(at)gmail.com, anna [at] hotmail.se, ek@svensson.se eller info@ericsson.com.";
        assert_eq!(
            in_text(RULES, "privat-adress", text),
            ["anna(at)gmail.com", "anna [at] hotmail.se", "ek@svensson.se"]
        );
        let text = "Ring 0046701234567, 072/1234567, (070) 123 45 67, +46 (0)70-123 45 67. Hem: 08-765 43 21, kansliet 08-508 33 000.";
        assert_eq!(
            in_text(RULES, "privat-adress", text),
            ["0046701234567", "072/1234567", "(070) 123 45 67", "+46 (0)70-123 45 67", "08-765 43 21"]
        );
    }

    #[test]
    fn the_address_is_the_handlaggares() {
        for (address, found) in [
            ("daniel.lauridsen@stockholm.se", true),
            ("annalena.thoren@stockholm.se", false),
            ("annalena.toren@stockholm.se", true),
            ("a.thoren@stockholm.se", false),
            ("registrator.utbildning@stockholm.se", false),
            ("utbildning@stockholm.se", false),
        ] {
            let body = format!("handläggare:\n  namn: Annalena Thorén\n  e-post: {address}\n");
            assert_eq!(!marked(RULES, "e-post-annan", &body).is_empty(), found, "{address}");
        }
    }

    #[test]
    fn addresses_end_as_the_profile_says() {
        let body = "handläggare:\n  namn: Anna Ek\n  e-post: anna.ek@stokholm.se\n";
        assert_eq!(marked(RULES, "e-post-domän", body), ["stokholm.se"]);
    }
}
