//! The decision: its points are whole sentences in the name of the nämnd that the letter is to.

use crate::check::pattern::{Pattern, group};
use crate::check::prose::{Kind, Passage};
use crate::check::rule::{Review, Rule, finding};
use crate::diagnostic::{Diagnostic, Severity};

/// The rules of this theme.
pub const RULES: &[Rule] = &[
    Rule { code: "beslut-nämnd", severity: Severity::Warning, find: other_board },
    Rule { code: "beslut-mening", severity: Severity::Warning, find: no_sentence },
    Rule { code: "omedelbar-justering", severity: Severity::Warning, find: adjustment },
    Rule { code: "överlämnas-till", severity: Severity::Warning, find: recipient },
    Rule { code: "beslut-svar", severity: Severity::Warning, find: answered },
];

/// The key of the decision.
pub const DECISION: &str = "förslag till beslut";

/// The sections where the proposal is said again.
pub const AGAIN: &[&str] = &[
    "sammanfattning",
    "förvaltningens synpunkter",
    "förvaltningens förslag",
    "avslutning",
    "avslutande förslag",
];

/// The points of the decision.
pub fn points<'a>(review: &Review<'a>) -> impl Iterator<Item = &'a Passage> {
    review.passages.iter().filter(|passage| passage.section == DECISION && passage.kind != Kind::Line)
}

/// A nämnd or another body that decides, with the name before it where that belongs to it.
static BODY: Pattern = Pattern::new(&[
    r"(?:\p{Lu}\p{Ll}+(?:-\p{Lu}\p{Ll}+)*(?: innerstadens)? )?\b(\p{L}*(?:nämnden|nämnd|[Kk]ommunstyrelsen|[Kk]ommunfullmäktige|[Ff]ullmäktige))\b",
]);

/// What proposes a decision in running text: ”Förvaltningen föreslår att socialnämnden godkänner”.
static PROPOSED: Pattern = Pattern::new(&[concat!(
    r"(?i)förvaltning(?:en)?\s+föreslår\s+(?:\p{L}+\s+){0,3}?att\s+(?P<body>(?:\p{L}+(?:-)?\s+){0,3}?\p{L}*(?:nämnden|nämnd|styrelsen|fullmäktige))\s+",
    r"(?:godkänner|beslutar|överlämnar|åberopar|antar|avslår|tillstyrker|avstyrker|bifaller|uppdrar|besvarar|fastställer|justerar)\b"
)]);

fn other_board(review: &Review) -> Vec<Diagnostic> {
    let to = &review.case.head.till.namnd;
    if to.is_empty() || to.has_mark() {
        return Vec::new();
    }
    let mut findings = Vec::new();
    for point in points(review) {
        let Some(captures) = BODY.first(&point.text) else { continue };
        let Some(said) = group(&captures, 0) else { continue };
        if is_subject(&point.text, said.start) && !is_same(&point.text[said.clone()], &to.text) {
            findings.push(other(point, said, &to.text));
        }
    }
    for passage in review.passages.iter().filter(|passage| AGAIN.contains(&passage.section.as_str())) {
        for captures in PROPOSED.all(&passage.text) {
            let Some(said) = captures.name("body") else { continue };
            if !is_same(said.as_str(), &to.text) {
                findings.push(other(passage, said.range(), &to.text));
            }
        }
    }
    findings
}

fn other(passage: &Passage, said: std::ops::Range<usize>, to: &str) -> Diagnostic {
    let message =
        format!("förslaget nämner {}, men dokumentet är ställt till {to}", &passage.text[said.clone()]);
    finding(passage.place(said), message, "Rätta nämnden här, eller under till:.")
}

/// Whether the body decides, and is not one that something is sent to.
fn is_subject(text: &str, start: usize) -> bool {
    let before = text[..start].trim_end().to_lowercase();
    before.is_empty() || before.ends_with(" att") || before == "att"
}

/// Whether two names mean one body: ”nämnden” and ”stadsdelsnämnden” are short for Farsta stadsdelsnämnd.
fn is_same(said: &str, to: &str) -> bool {
    let bare = |name: &str| {
        name.to_lowercase().replace("nämnden", "nämnd").replace("styrelsen", "styrelse").trim().to_owned()
    };
    let (said, to) = (bare(said), bare(to));
    to == said || to.ends_with(&said) || said.ends_with(&to)
}

/// Verbs as they stand when a point is no sentence: ”Godkänna tjänsteutlåtandet”.
static FRAGMENT: Pattern = Pattern::new(&[
    r"^(?i:att)\s",
    r"^(?i:godkänna|överlämna|besluta|uppdra|avslå|bifalla|tillstyrka|avstyrka|anse|lägga|notera|remittera|anta|fastställa|förklara|avge|justera|åberopa|besvara|ge|bevilja|avsätta)\s",
]);

fn no_sentence(review: &Review) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for point in points(review) {
        let text = point.text.as_str();
        let first = text.split(' ').next().unwrap_or_default();
        if FRAGMENT.is_in(text) {
            let message = "beslutspunkten är ingen mening som kan stå ensam";
            let hint = format!("Skriv vem som gör vad: ”{} godkänner …”.", review.case.head.till.namnd.text);
            findings.push(finding(point.place(0..first.len()), message, hint));
        } else if first.starts_with(char::is_lowercase) {
            let message = "beslutspunkten börjar med liten bokstav";
            findings.push(finding(point.place(0..first.len()), message, "Skriv punkten som en hel mening."));
        }
        if text.ends_with(|last: char| last.is_alphanumeric() || last == ')') && !ADJUSTED.is_in(text) {
            let (range, word) = last_word(text);
            let place = point.place(range);
            findings.push(
                finding(
                    place.clone(),
                    "beslutspunkten slutar inte med punkt",
                    "Sätt punkt efter sista ordet.",
                )
                .edit(place, format!("{word}.")),
            );
        }
    }
    findings
}

/// The last word of a text, and where it stands.
fn last_word(text: &str) -> (std::ops::Range<usize>, &str) {
    let start = text.rfind(' ').map_or(0, |at| at + 1);
    (start..text.len(), &text[start..])
}

/// A sentence of its own about immediate adjustment, in whatever wording.
static ADJUSTED: Pattern = Pattern::new(&[
    r"(?i)^(?:\S+\s+){1,6}?(?:\S*juster\S*\s+(?:\S+\s+){0,3}?omedelba\S*|omedelba\S*\s+(?:\S+\s+){0,2}?juster\S*)$",
    r"(?i)^(?:omedelbar\s+justering|justeras\s+omedelbart)\W*$",
]);

static STANDARD: Pattern = Pattern::new(&[
    r"^(?:Beslutet|Besluten|Paragrafen|Paragraferna|Ärendet|Punkten|Protokollet) justeras omedelbart\.$",
    r"^\p{Lu}[\p{L} -]* justerar (?:beslutet|besluten|paragrafen|ärendet|punkten|protokollet) omedelbart\.$",
    r"^(?:Beslutet|Paragrafen|Ärendet|Punkten) förklaras (?:för )?omedelbart justera[dt]\.$",
]);

fn adjustment(review: &Review) -> Vec<Diagnostic> {
    review
        .passages
        .iter()
        .filter(|passage| matches!(passage.kind, Kind::Paragraph | Kind::Item))
        .filter(|passage| ADJUSTED.is_in(&passage.text) && !STANDARD.is_in(&passage.text))
        .map(|passage| {
            let (range, word) = last_word(&passage.text);
            if STANDARD.is_in(&format!("{}.", passage.text)) {
                let place = passage.place(range);
                let message = format!("”{}” saknar punkt", passage.text);
                return finding(place.clone(), message, "Sätt punkt efter sista ordet.")
                    .safe_edit(place, format!("{word}."));
            }
            let message =
                format!("”{}” är inte den gängse ordalydelsen för omedelbar justering", passage.text);
            let place = passage.place(0..passage.text.len());
            finding(place.clone(), message, "Skriv: Beslutet justeras omedelbart.")
                .edit(place, "Beslutet justeras omedelbart.")
        })
        .collect()
}

/// Who asked, in the lines above the text.
static ASKED: Pattern = Pattern::new(&[r"(?i)\bremiss(?:en)?\s+från\s+(?P<body>\p{L}[\p{L} -]*\p{L})"]);

/// To whom an answer is handed over.
static HANDED: Pattern = Pattern::new(&[concat!(
    r"(?i)\böverlämna[rs]?\s+(?:[^.]{0,120}?\s)?till\s+(?P<body>\p{L}[\p{L} -]*?)\s+",
    r"som\s+(?:sitt\s+)?(?:svar|yttrande|remissvar)"
)]);

/// Who asked for an answer, in lower case.
pub fn asker(review: &Review) -> Option<String> {
    let titles =
        review.passages.iter().filter(|passage| ["titel", "underrubrik"].contains(&passage.section.as_str()));
    titles
        .filter_map(|passage| Some(ASKED.first(&passage.text)?.name("body")?.as_str().to_lowercase()))
        .next()
}

fn recipient(review: &Review) -> Vec<Diagnostic> {
    let Some(asker) = asker(review) else { return Vec::new() };
    let mut findings = Vec::new();
    let sections =
        |passage: &&Passage| passage.section == DECISION || AGAIN.contains(&passage.section.as_str());
    for passage in review.passages.iter().filter(sections) {
        for captures in HANDED.all(&passage.text) {
            let Some(body) = captures.name("body") else { continue };
            if asker.contains(&body.as_str().to_lowercase()) || body.as_str().to_lowercase().contains(&asker)
            {
                continue;
            }
            let message =
                format!("svaret överlämnas till {}, men remissen kommer från {asker}", body.as_str());
            findings.push(finding(
                passage.place(body.range()),
                message,
                "Lämna svaret till den som har frågat.",
            ));
        }
    }
    if let Some(first) = points(review).next()
        && !points(review).any(|point| point.text.to_lowercase().contains("överlämna"))
    {
        let (range, _) = (0..first.text.len(), ());
        let message = format!("remissen kommer från {asker}, men ingen punkt överlämnar svaret dit");
        let hint = format!("Skriv till exempel: … och överlämnar det till {asker} som svar på remissen.");
        findings.push(finding(first.place(range), message, hint));
    }
    findings
}

/// What can be answered.
const ANSWERABLE: &[&str] =
    &["skrivelse", "motion", "remiss", "medborgarförslag", "interpellation", "granskning"];

static ANSWERS: Pattern = Pattern::new(&[
    r"(?i)\bsom\s+(?:sitt\s+|förvaltningens\s+|nämndens\s+)?svar\s+på\s+(?:den\s+|denna\s+)?(\p{L}+)",
]);

/// The kinds of matter that the title speaks of.
pub fn matters(review: &Review) -> Vec<&'static str> {
    let titles =
        review.passages.iter().filter(|passage| ["titel", "underrubrik"].contains(&passage.section.as_str()));
    let said: String = titles.map(|passage| passage.text.to_lowercase() + " ").collect();
    ANSWERABLE.iter().copied().filter(|matter| said.contains(matter)).collect()
}

/// The kind of matter that a word means.
pub fn matter(word: &str) -> Option<&'static str> {
    let word = word.to_lowercase();
    ANSWERABLE.iter().copied().find(|matter| word.starts_with(matter))
}

/// What a text says it answers: the kind of matter and the word.
pub fn answers(text: &str) -> Vec<(&'static str, std::ops::Range<usize>)> {
    ANSWERS
        .all(text)
        .filter_map(|captures| {
            let word = group(&captures, 1)?;
            Some((matter(&text[word.clone()])?, word))
        })
        .collect()
}

fn answered(review: &Review) -> Vec<Diagnostic> {
    let matters = matters(review);
    if matters.is_empty() {
        return Vec::new();
    }
    let mut findings = Vec::new();
    for passage in review.passages {
        if passage.section != DECISION && !AGAIN.contains(&passage.section.as_str()) {
            continue;
        }
        for (matter, range) in answers(&passage.text) {
            if !matters.contains(&matter) {
                let message = format!(
                    "förslaget besvarar en {matter}, men rubriken talar om en {}",
                    matters.join(" och en ")
                );
                findings.push(finding(passage.place(range), message, "Rätta vad det är som besvaras."));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::rules::trial::marked;

    fn decided(code: &str, points: &str) -> Vec<String> {
        marked(
            RULES,
            code,
            &format!("underrubrik: Remiss från kommunstyrelsen, KS 2024/610\nförslag till beslut:\n{points}"),
        )
    }

    #[test]
    fn points_name_the_board_that_the_letter_is_to() {
        assert_eq!(
            decided(
                "beslut-nämnd",
                "  - Socialnämnden godkänner det.\n  - Nämnden överlämnar det till socialnämnden.\n"
            ),
            ["Socialnämnden"]
        );
        let again = "sammanfattning: Förvaltningen föreslår att socialnämnden godkänner det. Förvaltningen föreslår att kulturnämnden utser någon.\n";
        assert_eq!(marked(RULES, "beslut-nämnd", again), ["socialnämnden"]);
        assert!(is_same("Stadsdelsnämnden", "Farsta stadsdelsnämnd"));
        assert!(!is_same("Järva stadsdelsnämnd", "Farsta stadsdelsnämnd"));
        assert!(is_same("hälsoskyddsnämnden", "Miljö- och hälsoskyddsnämnden"));
    }

    #[test]
    fn points_are_sentences() {
        let points = "  - Godkänna tjänsteutlåtandet.\n  - att överlämna svaret.\n  - nämnden avslår det.\n  - Nämnden godkänner svaret\n  - Nämnden godkänner.\n";
        assert_eq!(decided("beslut-mening", points), ["Godkänna", "att", "nämnden", "svaret"]);
    }

    #[test]
    fn immediate_adjustment_has_its_wording() {
        for (point, found) in [
            ("Beslutet justeras omedelbart", vec!["omedelbart"]),
            ("Paragrafen justeras omedelbart.", vec![]),
            ("Utbildningsnämnden justerar beslutet omedelbart.", vec![]),
            ("Beslutet ska justeras omedelbart.", vec!["Beslutet ska justeras omedelbart."]),
            ("Omedelbar justering.", vec!["Omedelbar justering."]),
        ] {
            assert_eq!(decided("omedelbar-justering", &format!("  - {point}\n")), found, "{point}");
        }
    }

    #[test]
    fn an_answer_goes_to_the_one_that_asked() {
        let points = |body: &str| {
            format!("  - Nämnden godkänner svaret och överlämnar det till {body} som svar på remissen.\n")
        };
        assert_eq!(decided("överlämnas-till", &points("kommunfullmäktige")), ["kommunfullmäktige"]);
        assert_eq!(decided("överlämnas-till", &points("kommunstyrelsen")), [""; 0]);
        assert_eq!(
            decided("överlämnas-till", "  - Nämnden godkänner svaret.\n"),
            ["Nämnden godkänner svaret."]
        );
    }

    #[test]
    fn what_is_answered_is_what_the_title_says() {
        assert_eq!(
            decided("beslut-svar", "  - Nämnden godkänner det som svar på skrivelsen.\n"),
            ["skrivelsen"]
        );
        assert_eq!(decided("beslut-svar", "  - Nämnden godkänner det som svar på remissen.\n"), [""; 0]);
    }
}
