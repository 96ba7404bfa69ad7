//! People that a text points out: by what they drive, where they live, how they are, or that nobody may know.

use std::ops::Range;

use crate::check::pattern::{Captures, Pattern, group};
use crate::check::people::is_first_name;
use crate::check::prose::{Passage, PassageKind, words};
use crate::check::rule::{Review, Rule, finding};
use crate::diagnostic::{Diagnostic, codes};
use crate::language::lists::List;
use crate::language::vocabulary::Vocabulary;

/// The rules of this theme.
pub const RULES: &[Rule] = &[
    Rule { code: codes::REGISTRERINGSNUMMER, find: vehicles },
    Rule { code: codes::FASTIGHETSBETECKNING, find: properties },
    Rule { code: codes::HALSOUPPGIFT, find: health },
    Rule { code: codes::BOSTADSADRESS, find: homes },
    Rule { code: codes::SKYDDAD_IDENTITET, find: protected },
];

/// Every match in the sentences of the passages, with the sentence that it stands in.
fn in_sentences<'a>(
    review: &Review<'a>,
    pattern: &Pattern,
    mut found: impl FnMut(&'a Passage, &'a str, Range<usize>) -> Option<Diagnostic>,
) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for passage in review.passages.iter().filter(|passage| passage.kind != PassageKind::Line) {
        for range in pattern.ranges(&passage.text) {
            let mut sentences = passage.text.sentences(review.templates.abbreviations());
            let sentence =
                sentences.find(|sentence| sentence.end > range.start).unwrap_or(0..passage.text.len());
            findings.extend(found(passage, &passage.text[sentence], range));
        }
    }
    findings
}

/// Words with capitals, one behind another: ”Volontären Maj Ek”.
static CAPITALS: Pattern = Pattern::new(&[
    r"\b\p{Lu}\p{Ll}+(?:-\p{Lu}\p{Ll}+)?(?:\s+(?:(?:von|af|de|al|el)\s+)?\p{Lu}[\p{Ll}-]+(?:-\p{Lu}\p{Ll}+)?)+",
]);

/// The full names of a text that belong to nobody who writes, signs or represents a party.
fn persons(text: &str, review: &Review) -> Vec<Range<usize>> {
    let known = |name: &str| {
        let head = &review.case.head;
        let writers = head.handlaggare.0.iter().map(|person| person.namn.text.as_str());
        writers.chain(signers(review)).any(|writer| writer.contains(name))
    };
    let names = CAPITALS.ranges(text).filter_map(|range| {
        let is_politician = text[range.end..].trim_start().starts_with('(');
        let words: Vec<Range<usize>> = words(&text[range.clone()])
            .into_iter()
            .map(|word| range.start + word.start..range.start + word.end)
            .collect();
        // Before the name its owner's title can stand: ”Volontären”.
        let starts = words.iter().take(words.len() - 1);
        let mut starts = starts.map(|word| word.start).filter(|start| {
            let first = text[*start..range.end].split(' ').next().unwrap_or_default();
            let is_first =
                is_first_name(first.split('-').next().unwrap_or_default(), review.templates.vocabulary());
            is_first
                || is_first_name(first, review.templates.vocabulary())
                || is_like_name(text, *start, range.end, review)
        });
        let name = starts.next()?..range.end;
        (!is_politician && !known(&text[name.clone()])).then_some(name)
    });
    names.collect()
}

/// What is said of a person: ”Jonna Berg har”, ”Omar Said, boende på”.
static OF_A_PERSON: Pattern = Pattern::new(&[
    r"(?i)^,?\s+(?:som\s+)?(?:har|hade|är|var|fick|får|bor|bodde|boende|lider|led|lever|vårdas|vårdades|behandlas|drabbades|diagnostiserades|insjuknade|född)\b",
]);

/// Whether two words with capitals are a name that is on no list: the first is no word of the language, and what stands
/// beside them is said of people.
fn is_like_name(text: &str, start: usize, end: usize, review: &Review) -> bool {
    const LONGEST: usize = 24;
    let name = &text[start..end];
    let (first, last) = name.split_once(' ').unwrap_or((name, ""));
    let vocabulary = review.templates.vocabulary();
    let role = text[..start].split_whitespace().next_back().unwrap_or_default().to_lowercase();
    let is_said = OF_A_PERSON.is_in(&text[end..]) || vocabulary.list(List::Roles).has(&role);
    // ”Stockholms Stadsmission”, ”Region Gotland”
    if !is_said || name.len() > LONGEST || first.ends_with('s') || last.contains(' ') {
        return false;
    }
    let (first, last) = (first.to_lowercase(), last.to_lowercase());
    let is_organisation = |word: &str| {
        [List::Organisations, List::Bodies, List::Authorities, List::Actors]
            .iter()
            .any(|list| vocabulary.list(*list).has(word))
    };
    let is_word = |word: &str| {
        vocabulary.is_usual(word)
            || review.templates.dictionary().is_none_or(|dictionary| dictionary.unknown(&[word]).is_empty())
    };
    !is_organisation(&last) && !is_word(&first)
}

fn signers<'a>(review: &Review<'a>) -> impl Iterator<Item = &'a str> {
    let parts = review.case.parts.iter().flat_map(|part| match &part.content {
        crate::read::body::Content::Signatures(people) => people.as_slice(),
        _ => &[],
    });
    parts.flat_map(|person| &person.namn.0).map(|name| name.text.as_str())
}

/// Whether a sentence speaks of somebody who is no official.
fn is_about_somebody(sentence: &str, review: &Review) -> bool {
    review.templates.vocabulary().list(List::Somebody).are_in(&sentence.to_lowercase())
        || !persons(sentence, review).is_empty()
}

const LEAVE_OUT: &str =
    "Ta bort uppgiften: handlingen publiceras, och ingen enskild ska kunna pekas ut i onödan.";

/// The mark of a vehicle: three letters without I, Q, V and what ASCII lacks, two digits, a digit or a letter.
static PLATE: Pattern = Pattern::new(&[r"\b[A-HJ-PR-UW-Z]{3}[ \u{a0}-]?[0-9]{2}[0-9A-HJ-PR-UW-Z]\b"]);

fn vehicles(review: &Review) -> Vec<Diagnostic> {
    let words = review.templates.vocabulary().list(List::Vehicles);
    let is_vehicle = |sentence: &str| words.are_in(&sentence.to_lowercase());
    in_sentences(review, &PLATE, |passage, sentence, range| {
        let said = &passage.text[range.clone()];
        let after = passage.text[range.end..].chars().next();
        // ISO 900 1, dnr ABC 123/2024 and others that go on.
        let goes_on = matches!(after, Some('/' | ':' | '-' | '–'));
        let is_sure = said.ends_with(|last: char| last.is_alphabetic());
        if goes_on || !(is_sure || is_vehicle(sentence)) {
            return None;
        }
        Some(finding(passage.place(range), "här står ett fordons registreringsnummer", LEAVE_OUT))
    })
}

/// A property: ”Ekbacken 3:14”, ”fastigheten Kvarnen 14”.
static PROPERTY: Pattern = Pattern::new(&[
    r"\b\p{Lu}\p{Ll}+(?:[ -]\p{Lu}\p{Ll}+)?[ \u{a0}][0-9]{1,3}:[0-9]{1,4}(?:[^0-9:]|$)",
    r"\b[Ff]astighet(?:en|erna)?[ \u{a0}]\p{Lu}\p{Ll}+(?:[ -]\p{Lu}\p{Ll}+)?[ \u{a0}][0-9]{1,3}\b",
]);

fn properties(review: &Review) -> Vec<Diagnostic> {
    let owners = review.templates.vocabulary().list(List::Owners);
    let head = &review.case.head;
    in_sentences(review, &PROPERTY, |passage, _, range| {
        let said = passage.text[range.clone()].trim_end_matches(|sign: char| !sign.is_ascii_digit());
        let range = range.start..range.start + said.len();
        // A property that the matter is about is named; that of somebody need not be.
        let is_somebodys = is_about_somebody(&passage.text, review) || owners.are_in(passage.text.lower());
        if head.titel.text.contains(said) || !is_somebodys {
            return None;
        }
        let message = format!("”{said}” är en fastighet, vars ägare går att slå upp");
        Some(finding(
            passage.place(range),
            message,
            "Ta bort beteckningen om fastigheten inte behöver pekas ut.",
        ))
    })
}

/// A word, and one with a capital behind it.
static BEFORE_NAME: Pattern = Pattern::new(&[r"\b(?P<before>\p{L}+)\s+\p{Lu}\p{Ll}+"]);

/// A role and a name: ”eleven Elin”, ”klienten Maria B.”
fn role_and_name(said: &str, vocabulary: &Vocabulary) -> Option<Range<usize>> {
    let roles = vocabulary.list(List::Roles);
    let is_role = |captures: &Captures| {
        captures.name("before").is_some_and(|word| roles.has(&word.as_str().to_lowercase()))
    };
    BEFORE_NAME.all(said).find(is_role).and_then(|captures| group(&captures, 0))
}

fn health(review: &Review) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    let vocabulary = review.templates.vocabulary();
    let illnesses = vocabulary.list(List::Illness);
    let is_about_health =
        |passage: &&Passage| passage.kind != PassageKind::Line && illnesses.are_in(passage.text.lower());
    for passage in review.passages.iter().filter(is_about_health) {
        for sentence in passage.text.sentences(review.templates.abbreviations()) {
            let said = &passage.text[sentence.clone()];
            let Some(illness) = illnesses.first_in(&passage.text.lower()[sentence.clone()]) else { continue };
            let somebody =
                || persons(said, review).into_iter().find(|person| !speaks(said, person, vocabulary));
            let person = role_and_name(said, vocabulary).or_else(somebody);
            let Some(person) = person else { continue };
            let range = person.start.min(illness.start)..person.end.max(illness.end);
            let place = passage.place(sentence.start + range.start..sentence.start + range.end);
            let message = "här står en enskild persons namn med en uppgift om hälsa";
            findings.push(finding(place, message, LEAVE_OUT));
        }
    }
    findings
}

/// Whether somebody is named for what they have written or said, or do in their work.
fn speaks(said: &str, person: &Range<usize>, vocabulary: &Vocabulary) -> bool {
    static AFTER: Pattern = Pattern::new(&[
        r"(?i)^\s*(?:skriver|föreläs|har\s+skrivit|har\s+forskat|visar|menar|s\s+(?:bok|rapport|forskning|studie))",
    ]);
    let is_expert = |word: &str| vocabulary.list(List::Experts).has(&word.to_lowercase());
    let last = said[..person.start].split_whitespace().next_back().unwrap_or_default();
    let behind = &said[person.end..];
    // ”Maria Ek, biträdande professor”
    let mut title = behind.trim_start().strip_prefix(',').unwrap_or_default().split_whitespace().take(2);
    let is_title = |word: &str| is_expert(word.trim_end_matches(|mark: char| !mark.is_alphabetic()));
    // ”Placeringen av Leo Strand” is no work of his.
    static BY: Pattern = Pattern::new(&[
        r"(?i)\b(?:\p{L}*(?:bok|boken|rapport|rapporten|artikel|artikeln|studie|studien|avhandling|avhandlingen|föreläsning|föreläsningen|forskning|forskningen|text|texten|motion|motionen|skrivelse|skrivelsen|film|filmen|krönika|roman|romanen)|skriven|skrivet|författad|ledd|leds|gjord|gjordes|hållen|hölls|utförd|utfördes|framtagen)\s+(?:\p{L}+\s+)?av$",
    ]);
    is_expert(last) || BY.is_in(said[..person.start].trim_end()) || title.any(is_title) || AFTER.is_in(behind)
}

/// What can be a street and a number.
static STREET: Pattern = Pattern::new(&[
    r"\b(?P<name>\p{Lu}\p{Ll}*(?:-\p{Lu}\p{Ll}+)?(?:\s\p{Lu}\p{Ll}+)?)\s[0-9]{1,3}(?:\s?[A-Ha-h]\b)?(?:\s*,?\s*(?:lgh|lägenhet)\s*[0-9]{1,4})?\b",
]);

/// Whether a name ends as those of streets do: ”Storgatan”.
fn is_street(name: &str, vocabulary: &Vocabulary) -> bool {
    let last = name.rsplit([' ', '-']).next().unwrap_or_default();
    let mut endings = vocabulary.list(List::Streets).endings();
    endings.any(|ending| last.strip_suffix(ending).is_some_and(|rest| !rest.is_empty()))
}

fn homes(review: &Review) -> Vec<Diagnostic> {
    let own: Vec<String> = review
        .case
        .head
        .avsandare
        .adress
        .iter()
        .chain(&review.profile.adress)
        .map(|line| line.text.to_lowercase())
        .collect();
    in_sentences(review, &STREET, |passage, sentence, range| {
        let said = &passage.text[range.clone()];
        let name = said.split(|sign: char| sign.is_ascii_digit()).next().unwrap_or_default();
        if !is_street(name.trim_end(), review.templates.vocabulary()) {
            return None;
        }
        let is_own = own.iter().any(|line| line.contains(&said.to_lowercase()));
        // ”Järva plan 2024”, ”Fredsplan 3” of a document.
        let is_flat = said.contains("lgh") || said.contains("lägenhet");
        if is_own || !(is_flat || is_about_somebody(sentence, review)) {
            return None;
        }
        let message = format!("”{said}” ser ut att vara någons bostadsadress");
        Some(finding(passage.place(range), message, LEAVE_OUT))
    })
}

/// What nobody may know of somebody.
static PROTECTED: Pattern = Pattern::new(&[
    r"(?i)\b(?:skyddad(?:e)?\s+(?:identitet|personuppgift\p{L}*|folkbokföring|adress|bostad)|sekretessmarkering|sekretessmarkerad\p{L}*|hemlig\s+adress|fingerad(?:e)?\s+personuppgifter|kvarskrivning|kvarskriven|skyddat\s+boende|besöksförbud|kontaktförbud)\b",
]);

/// What is so in general.
static GENERAL: Pattern =
    Pattern::new(&[r"(?i)\btill\s+exempel\b|\bt\.\s?ex\.|\b(?:om|när)\s+(?:en|ett|någon)\b"]);

fn protected(review: &Review) -> Vec<Diagnostic> {
    let vocabulary = review.templates.vocabulary();
    in_sentences(review, &PROTECTED, |passage, sentence, range| {
        let lower = sentence.to_lowercase();
        let is_one = vocabulary.list(List::OneOfThem).are_in(&lower)
            || role_and_name(sentence, vocabulary).is_some()
            || !persons(sentence, review).is_empty();
        if !is_one || vocabulary.list(List::InGeneral).are_in(&lower) || GENERAL.is_in(sentence) {
            return None;
        }
        let message = format!(
            "”{}” om en enskild person röjer att personen behöver skydd",
            &passage.text[range.clone()]
        );
        Some(finding(
            passage.place(range),
            message,
            "Ta bort uppgiften, som kan vara farlig för personen; skriv den i en handling med sekretess.",
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::rules::trial::in_text;

    fn try_all(code: &str, texts: &[(&str, &[&str])]) {
        for (text, found) in texts {
            assert_eq!(in_text(RULES, code, text), *found, "{text}");
        }
    }

    #[test]
    fn vehicles_are_found() {
        try_all(
            "registreringsnummer",
            &[
                ("En bil med numret KTR 48L har stått på gården.", &["KTR 48L"]),
                ("Fordonet ABC 123 ägs av sökanden.", &["ABC 123"]),
                ("Den parkerade bilen (RST045) flyttades.", &["RST045"]),
                ("Lastbilen med registreringsnummer HJK-92B körde på staketet.", &["HJK-92B"]),
                ("Skåpbilen DEF 456 stod där.", &["DEF 456"]),
                ("Ärendet KTR 482/2024 gäller en bil.", &[]),
                ("Enligt SFS 2010:800 och ISO 900 gäller det.", &[]),
                ("Barn i åk 4 är i sal B12.", &[]),
                ("Linje LRT 123 går var tionde minut.", &[]),
            ],
        );
    }

    #[test]
    fn properties_are_found() {
        try_all(
            "fastighetsbeteckning",
            &[
                ("Familjen äger Ekbacken 3:14 i stadsdelen.", &["Ekbacken 3:14"]),
                ("Sökanden bor på fastigheten Kvarnen 14.", &["fastigheten Kvarnen 14"]),
                ("Klagomålet gäller Bromma Kyrka 2:1.", &["Bromma Kyrka 2:1"]),
                ("Enligt Skollagen 2010:800 och Barnkonventionen 3 gäller det.", &[]),
                ("Resultatet blev 3:14 för Hammarby.", &[]),
                ("Den nya skolan byggs på fastigheten Hamra 2:14.", &[]),
                ("Detaljplanen gäller fastigheterna Alen 3, Alen 4 och Boken 7.", &[]),
            ],
        );
    }

    #[test]
    fn health_is_found() {
        for text in [
            "Eleven Elin Sandmark i klass 4B har diagnosen adhd.",
            "Klienten Maria har ett missbruk sedan tidigare.",
            "Jonna Bergdal har autism och får stöd.",
            "Volontären Maj Ekdal är sjukskriven för utmattningssyndrom.",
            "Placeringen av Leo Strand beror på hans epilepsi.",
            "Xhevahire Krasniqi lider av depression.",
            "Familjehemmet och praktikanten Jorunn Vik, som har adhd, har hörts.",
            "Anna Lindqvist är sjukskriven för utmattningssyndrom.",
            "På grund av sin epilepsi behöver eleven Adam en assistent.",
            "Erik Holm lider av demens och behöver ett boende.",
            "Pojken Liam har autism.",
        ] {
            assert_eq!(in_text(RULES, "hälsouppgift", text).len(), 1, "{text}");
        }
        for text in [
            "Elever med adhd behöver stöd.",
            "Anna Lindqvist (S) frågar om elever med autism.",
            "Professor Erik Holm har forskat om demens.",
            "Rapporten om cancer är skriven av Maria Ek.",
            "Förvaltningen möter missbruk i tid.",
            "Eleven behöver stöd i skolan.",
        ] {
            assert_eq!(in_text(RULES, "hälsouppgift", text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn homes_are_found() {
        try_all(
            "bostadsadress",
            &[
                ("Vårdnadshavaren, som bor på Kvarnbacken 14 B, har klagat.", &["Kvarnbacken 14 B"]),
                ("Familjen på Lindvägen 8 har klagat.", &["Lindvägen 8"]),
                ("Eva Ek, Björkstigen 3, har lämnat synpunkter.", &["Björkstigen 3"]),
                ("Sökanden är folkbokförd på Storgatan 12, lgh 1203.", &["Storgatan 12, lgh 1203"]),
                ("En granne på Solängen 5 har hört av sig.", &["Solängen 5"]),
                ("Underlaget kan läsas hos förvaltningen, Hantverkargatan 2 F, 104 22 Stockholm.", &[]),
                ("Skolan ligger på Storgatan 12.", &[]),
                ("Cykelbanan går längs Lindvägen.", &[]),
                ("Biblioteket flyttar till Kyrkogatan 4 i augusti.", &[]),
            ],
        );
    }

    #[test]
    fn protection_is_found() {
        try_all(
            "skyddad-identitet",
            &[
                ("En elev vid Alskolan har skyddad identitet.", &["skyddad identitet"]),
                ("Familjen lever med skyddade personuppgifter.", &["skyddade personuppgifter"]),
                ("Modern har hemlig adress.", &["hemlig adress"]),
                ("Hon vistas på ett skyddat boende.", &["skyddat boende"]),
                ("Maria Ek har sekretessmarkering.", &["sekretessmarkering"]),
                ("Elever med skyddad identitet ska få stöd.", &[]),
                ("Förvaltningen har rutiner för skyddade personuppgifter.", &[]),
                ("Om en elev har skyddad identitet används en särskild rutin.", &[]),
                ("Antalet platser i skyddat boende har ökat.", &[]),
            ],
        );
    }
}
