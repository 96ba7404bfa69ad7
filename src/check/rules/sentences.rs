//! Sentences that are broken: copied halfway, cut off, or without their end.

use std::ops::Range;

use crate::check::pattern::{Pattern, group};
use crate::check::prose::{Kind, Passage};
use crate::check::rule::{Review, Rule, finding};
use crate::diagnostic::{Diagnostic, Severity};

/// The rules of this theme.
pub const RULES: &[Rule] = &[
    Rule { code: "trasig-mening", severity: Severity::Warning, find: broken },
    Rule { code: "punkt-saknas", severity: Severity::Warning, find: without_stop },
    Rule { code: "liten-bokstav", severity: Severity::Warning, find: small_letter },
    Rule { code: "stycke-upprepat", severity: Severity::Warning, find: twice },
];

static WORDS: Pattern = Pattern::new(&[r"\p{L}+"]);

/// Who can stand between a verb and its copy.
static SUBJECT: Pattern = Pattern::new(&[
    r"(?i)^(?:vi|de|hon|han|man|motionären|\p{L}*(?:nämnden|nämnd|förvaltningen|förvaltning|styrelsen|kontoret|skolan|tjänsten|avdelningen|enheten|rådet|staden|kommunen|regeringen|ären|arna|erna))$",
]);

/// Verbs that stand on both sides of their subject when a pattern was copied halfway.
const VERBS: &[&str] = &[
    "gör",
    "görs",
    "gjorde",
    "gjordes",
    "är",
    "har",
    "hade",
    "ska",
    "skall",
    "kan",
    "vill",
    "bör",
    "måste",
    "får",
    "fick",
    "kommer",
    "anser",
    "anses",
    "ansåg",
    "föreslår",
    "föreslås",
    "föreslog",
    "bedömer",
    "bedöms",
    "bedömde",
    "menar",
    "ser",
    "ställer",
    "delar",
    "instämmer",
    "framhåller",
    "framför",
    "framförs",
    "lyfter",
    "lyfts",
    "konstaterar",
    "konstateras",
    "redovisar",
    "redovisas",
    "beslutar",
    "beslutas",
    "beslutade",
    "godkänner",
    "godkänns",
    "överlämnar",
    "överlämnas",
    "arbetar",
    "föreligger",
    "finns",
    "avser",
    "avses",
    "gav",
    "ger",
    "ges",
    "tar",
    "tas",
    "tog",
    "avstyrker",
    "avstyrks",
    "tillstyrker",
    "tillstyrks",
    "behöver",
    "behövs",
    "innebär",
    "saknar",
    "saknas",
    "noterar",
    "noteras",
    "hänvisar",
    "hänvisas",
];

/// One verb in two forms, or twice the same; ”man gör det man gör” has its own subject in between.
fn is_same_verb(first: &str, last: &str) -> bool {
    let (first, last) = (first.to_lowercase(), last.to_lowercase());
    if !VERBS.contains(&&*first) || !VERBS.contains(&&*last) {
        return false;
    }
    let stem = |verb: &str| verb.trim_end_matches('s').trim_end_matches(['e', 'r']).to_owned();
    first == last || stem(&first) == stem(&last)
}

/// Words that cannot follow one another.
static CLASHES: Pattern = Pattern::new(&[
    r"(?i)\b(?:som|att)\s+(?:men|och|eller|samt)\b",
    r"(?i)\b(?:och|eller|samt|men)\s+(?:och|samt|men)\b",
    r"(?i)\b(?:men|samt)\s+eller\b",
    r"(?i)\b(?:att|ska|skall|kommer\s+att|behöver)\s+(?:att\s+)?(?:är|har|gör|föreslår|anser|beslutar|godkänner|överlämnar|bedömer|innebär|behöver|skulle\s+ska)\b",
    r"(?i)\b(?:ska|kan|bör|måste|vill)\s+(?:ska|kan|bör|måste|vill)\b",
    r"(?i)\b(?:en|ett)\s+(?:en|ett)\b",
    r"(?i)\b(?:den|det)\s+(?:en|ett)\s+\p{L}+(?:en|et)\b",
]);

/// Of the clashes, those that are right in some sentences.
static RIGHT: Pattern = Pattern::new(&[
    r"(?i)^att\s+(?:är|har|gör|föreslår|anser|beslutar|godkänner|överlämnar|bedömer|innebär|behöver)$",
    r"(?i)^(?:behöver|ska|skall)\s+(?:är|har|gör|anser)$",
    r"(?i)^(?:en|ett)\s+(?:en)$",
]);

/// A genitive that should be the subject: ”motionärernas lyfter”.
static GENITIVE: Pattern = Pattern::new(&[
    concat!(
        r"(?i)\b(?:\p{L}{2,}(?:arnas|ernas|ningens|nämndens|styrelsens|kontorets|kommunens|regeringens)|motionärens|stadens)\s+",
        r"(?:lyfter|anser|föreslår|bedömer|menar|är|har|ska|skall|vill|kan|framför|skriver|konstaterar|instämmer|ser|",
        r"beslutar|godkänner|överlämnar|arbetar|kommer|framhåller|yrkar|hänvisar|tillstyrker|avstyrker|önskar|uppger|tycker|anför)\b"
    ),
    // ”anser förvaltningens att”
    concat!(
        r"(?i)\b(?:anser|bedömer|menar|föreslår|konstaterar|framhåller|instämmer|ställer|önskar|yrkar|noterar)\s+",
        r"(?:\p{L}{2,}(?:arnas|ernas|ningens|nämndens|styrelsens|kontorets)|motionärens)\s+(?:att|inte|också|även|dock|därför|sig|i)\b"
    ),
]);

/// A sentence that ends where something should follow.
static CUT: Pattern = Pattern::new(&[
    r"(?i)\b(?:och|att|eller|samt|men|sin|sitt|sina|vilka|vars|genom|mellan|enligt|såsom|inklusive)[.]",
]);

fn broken(review: &Review) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    let mut add = |passage: &Passage, range: Range<usize>| {
        let message = format!("”{}” hänger inte ihop", &passage.text[range.clone()]);
        findings.push(finding(passage.place(range), message, "Läs meningen högt och skriv om den."));
    };
    for passage in review.passages.iter().filter(|passage| !matches!(passage.kind, Kind::Line | Kind::Cell)) {
        let text = &passage.text;
        let words: Vec<Range<usize>> = WORDS.ranges(text).collect();
        for (at, three) in words.windows(3).enumerate() {
            let [first, subject, last] = three else { continue };
            let apart = [first.end..subject.start, subject.end..last.start];
            let before =
                at.checked_sub(1).and_then(|at| words.get(at)).map_or("", |word| &text[word.clone()]);
            if apart.into_iter().all(|space| &text[space] == " ")
                && is_same_verb(&text[first.clone()], &text[last.clone()])
                && SUBJECT.is_in(&text[subject.clone()])
                && !["som", "vad", "det", "om"].contains(&before.to_lowercase().as_str())
            {
                add(passage, first.start..last.end);
            }
        }
        for range in CLASHES.ranges(text) {
            let said = &text[range.clone()];
            // A word twice in a row is another rule's.
            let is_doubled = said.split_once(' ').is_some_and(|(one, other)| one.eq_ignore_ascii_case(other));
            if !is_doubled && !RIGHT.is_in(said) {
                add(passage, range);
            }
        }
        for captures in GENITIVE.all(text) {
            if let Some(range) = group(&captures, 0) {
                add(passage, range);
            }
        }
        for range in CUT
            .ranges(text)
            .filter(|range| text[range.end..].is_empty() || text[range.end..].starts_with(' '))
        {
            add(passage, range);
        }
    }
    findings
}

/// Verbs that make a sentence of a paragraph.
static SENTENCE: Pattern = Pattern::new(&[concat!(
    r"\b(?:är|har|ska|skall|kan|kommer|finns|anser|föreslår|innebär|behöver|bör|vill|får|bedömer|beslutade|beslutar|",
    r"godkänner|framgår|gör|ger|görs|var|hade|pågår|arbetar|menar|instämmer|ser|skriver|redovisas|behandlas|utgör|blir|bli)\b|^Se\s"
)]);

fn without_stop(review: &Review) -> Vec<Diagnostic> {
    const SHORTEST: usize = 4;
    let mut findings = Vec::new();
    for (at, passage) in review.passages.iter().enumerate() {
        // What a list goes on from ends where the list does.
        let goes_on = review.passages.get(at + 1).is_some_and(|next| next.kind == Kind::Item);
        if passage.kind != Kind::Paragraph || goes_on {
            continue;
        }
        let text = passage.text.as_str();
        let is_decision = passage.section == super::decision::DECISION;
        let (start, word) = last_word(text);
        if text.split(' ').count() < SHORTEST || is_decision || word.contains("://") || word.contains('@') {
            continue;
        }
        let place = passage.place(start..text.len());
        if text.ends_with([',', ';']) {
            let hint = "Ta bort tecknet, eller skriv det som skulle följa.";
            let message = format!("stycket slutar med ”{}”", &text[text.len() - 1..]);
            findings.push(finding(place, message, hint));
        } else if text.ends_with(|last: char| last.is_alphanumeric() || last == ')') && SENTENCE.is_in(text) {
            findings.push(
                finding(place.clone(), "stycket slutar inte med punkt", "Sätt punkt efter sista ordet.")
                    .safe_edit(place, format!("{word}.")),
            );
        }
    }
    findings
        .extend(review.passages.iter().filter(|passage| passage.kind != Kind::Line).flat_map(run_together));
    findings
}

/// Words that have a capital only where a sentence begins, after one without a full stop.
static BEGINNING: Pattern = Pattern::new(&[concat!(
    r"(?P<before>\p{Ll}{2,}) (?:Mot|Vidare|Därför|Dessutom|Däremot|Enligt|Detta|Dessa|Denna|Det|Då|Dock|Genom|Utifrån|Samtidigt|",
    r"Utöver|Förvaltningen|Nämnden|Motionären|Motionärerna|Skrivelsen|Ärendet|Eftersom|Därmed|Även|Sedan|Inom|Ett|En|Vid|Om)\b"
)]);

/// What a title of its own can follow: ”rapporten Det goda samtalet”.
const TITLED: &[&str] = &[
    "rapporten",
    "programmet",
    "strategin",
    "utredningen",
    "betänkandet",
    "boken",
    "planen",
    "skriften",
    "projektet",
    "avsnittet",
    "rubriken",
    "frågan",
    "handlingsplanen",
    "titeln",
    "temat",
    "broschyren",
    "vägledningen",
    "stödmaterialet",
    "filmen",
    "utställningen",
    "kampanjen",
    "satsningen",
    "titel",
    "mål",
    "målet",
    "området",
    "arbetsmodellen",
    "metoden",
];

fn run_together(passage: &Passage) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for captures in BEGINNING.all(&passage.text) {
        let Some(before) = captures.name("before") else { continue };
        let word = passage.text[..before.end()].rsplit([' ', '-']).next().unwrap_or_default();
        if TITLED.contains(&word) || passage.kind == Kind::Heading {
            continue;
        }
        let place = passage.place(before.range());
        let message = format!("punkt saknas efter ”{word}”: nästa ord börjar en mening");
        let hint = "Sätt punkt, eller skriv nästa ord med liten bokstav.";
        findings.push(finding(place.clone(), message, hint).edit(place, format!("{}.", before.as_str())));
    }
    findings
}

fn last_word(text: &str) -> (usize, &str) {
    let start = text.rfind(' ').map_or(0, |at| at + 1);
    (start, &text[start..])
}

static SMALL: Pattern = Pattern::new(&[r"\p{Ll}{4,}[.!?] (\p{Ll}\p{L}+)"]);

fn small_letter(review: &Review) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for passage in review.passages.iter().filter(|passage| passage.kind != Kind::Line) {
        for captures in SMALL.all(&passage.text) {
            let Some(range) = group(&captures, 1) else { continue };
            let before = passage.text[..range.start].trim_end().rsplit(' ').next().unwrap_or_default();
            // Before a capital, the full stop of an abbreviation ends no sentence either.
            if !review.templates.abbreviations().ends_sentence(before, "A") {
                continue;
            }
            let message = format!("meningen börjar med liten bokstav: ”{}”", &passage.text[range.clone()]);
            findings.push(finding(
                passage.place(range),
                message,
                "Skriv stor bokstav, eller ta bort punkten före.",
            ));
        }
    }
    findings
}

/// Long paragraphs, and long sentences beside one another, that stand twice in a section.
fn twice(review: &Review) -> Vec<Diagnostic> {
    const SHORTEST: usize = 40;
    let mut findings = Vec::new();
    let abbreviations = review.templates.abbreviations();
    let mut seen: Vec<(&str, &str, crate::diagnostic::Place)> = Vec::new();
    for passage in
        review.passages.iter().filter(|passage| matches!(passage.kind, Kind::Paragraph | Kind::Item))
    {
        if seen.last().is_some_and(|(section, ..)| *section != passage.section) {
            seen.clear();
        }
        for range in passage.sentences(abbreviations) {
            let sentence = &passage.text[range.clone()];
            if sentence.chars().count() < SHORTEST {
                continue;
            }
            let place = passage.place(range);
            match seen.iter().find(|(_, said, _)| *said == sentence) {
                Some((_, _, first)) if is_near(&seen, sentence) => findings.push(
                    finding(place.clone(), "meningen står redan en gång strax före", "Ta bort den ena.")
                        .related(first.clone(), "här står den första gången"),
                ),
                _ => {}
            }
            seen.push((&passage.section, sentence, place));
        }
    }
    findings
}

/// Whether a sentence is among the last few: further apart it can be said again on purpose.
fn is_near(seen: &[(&str, &str, crate::diagnostic::Place)], sentence: &str) -> bool {
    seen.iter().rev().take(6).any(|(_, said, _)| *said == sentence)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::rules::trial::in_text;

    #[test]
    fn broken_sentences_are_found() {
        for (text, found) in [
            ("Då gör förvaltningen görs ingen analys.", vec!["gör förvaltningen görs"]),
            (
                "Därför är nämnden är positiv. Nu har socialtjänsten har ansvar.",
                vec!["är nämnden är", "har socialtjänsten har"],
            ),
            ("Förvaltningen anser att motionärernas lyfter en fråga.", vec!["motionärernas lyfter"]),
            ("Den har en avsändare som men ibland sker det dolt.", vec!["som men"]),
            ("Det gäller skolan och. Sedan ska kan.", vec!["och.", "ska kan"]),
            ("Det man gör är det man gör bäst. Det som nämnden har har den kvar.", vec![]),
            ("En konsekvens är att det som förvaltningen gör görs väl.", vec![]),
            ("Till och med nu, från och med i morgon, före och efter.", vec![]),
        ] {
            assert_eq!(in_text(RULES, "trasig-mening", text), found, "{text}");
        }
    }

    #[test]
    fn paragraphs_without_an_end_are_found() {
        for (text, found) in [
            ("Nämnden anser att det är bra", vec!["bra"]),
            ("Se reservation under förskolenämnden", vec!["förskolenämnden"]),
            ("Reservation av Bo Ek m.fl. (M),", vec!["(M),"]),
            ("Stockholm den 21 augusti 2024", vec![]),
            ("Skolan har ett uppdrag Mot denna bakgrund sker det.", vec!["uppdrag"]),
            ("I rapporten Det goda samtalet och hos Region Stockholm.", vec![]),
            ("De föreslår att nämnden ska följande:\n\n- ett", vec![]),
        ] {
            assert_eq!(in_text(RULES, "punkt-saknas", text), found, "{text}");
        }
    }

    #[test]
    fn sentences_begin_with_a_capital() {
        assert_eq!(
            in_text(RULES, "liten-bokstav", "Det gäller skolan. nämnden anser. Resp. avdelning, dvs. den."),
            ["nämnden"]
        );
    }

    #[test]
    fn sentences_that_stand_twice_are_found() {
        let sentence = "Förvaltningen arbetar med frågan tillsammans med skolorna.";
        assert_eq!(in_text(RULES, "stycke-upprepat", &format!("{sentence} Ja.\n\n{sentence}")), [sentence]);
    }
}
