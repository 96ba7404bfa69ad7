//! The points of a decision: whole sentences, which can stand alone in the minutes.

use std::ops::Range;

use crate::check::pattern::Pattern;
use crate::check::prose::{Passage, PassageKind, last_word, words};
use crate::check::rule::{Review, Rule, finding};
use crate::diagnostic::{Diagnostic, codes};
use crate::language::lists::List;
use crate::language::swedish::{capitalised, listed};
use crate::language::vocabulary::Vocabulary;
use crate::library::roll::Roll;

use super::clauses;
use super::decision::{Point, boards, office, points};

/// The rules of this theme.
pub const RULES: &[Rule] = &[
    Rule { code: codes::BESLUT_MENING, find: no_sentence },
    Rule { code: codes::OMEDELBAR_JUSTERING, find: adjustment },
];

/// Verbs as they stand when a point is no sentence: ”Godkänna tjänsteutlåtandet”.
static FRAGMENT: Pattern = Pattern::new(&[
    r"^(?i:att)\s",
    r"^(?i:godkänna|överlämna|besluta|uppdra|avslå|bifalla|tillstyrka|avstyrka|anse|lägga|notera|remittera|anta|fastställa|förklara|avge|justera|åberopa|besvara|ge|bevilja|avsätta)\s",
]);

fn no_sentence(review: &Review) -> Vec<Diagnostic> {
    let vocabulary = review.templates.vocabulary();
    let mut findings = clauses::faults(review);
    let clauses = clauses::places(review);
    // What goes on from its lead-in need be no sentence.
    for Point { passage: point, lead, goes_on } in points(review) {
        let start = point.place(0..0).range.start;
        let is_clause = clauses.iter().any(|clause| clause.contains(&start));
        if is_clause || lead.is_some_and(|lead| leads_on(&lead.text, lead.is_line)) {
            continue;
        }
        let text = point.text.as_str();
        let first = text.split(' ').next().unwrap_or_default();
        let is_verb = vocabulary.list(List::Decides).has(&first.to_lowercase());
        if FRAGMENT.is_in(text) || is_verb {
            let message = "beslutspunkten är ingen mening som kan stå ensam";
            let hint = format!("Skriv vem som beslutar och vad: ”{} godkänner …”.", who(review));
            findings.push(finding(point.place(0..first.len()), message, hint));
        } else if let Some(range) = proposing(text, vocabulary) {
            let message = "beslutspunkten är ett förslag, inte ett beslut";
            let hint = "Skriv punkten så som den ska stå i protokollet: ”Nämnden godkänner …”.";
            findings.push(finding(point.place(range), message, hint));
        } else if let Some(range) = without_verb(point, review) {
            let message = "beslutspunkten är ingen mening: verbet saknas";
            let hint = format!("Skriv vem som beslutar och vad: ”{} godkänner …”.", who(review));
            findings.push(finding(point.place(range), message, hint));
            continue;
        } else if first.starts_with(char::is_lowercase) {
            let message = "beslutspunkten börjar med liten bokstav";
            findings.push(finding(point.place(0..first.len()), message, "Skriv punkten som en hel mening."));
        }
        let lacks_stop = text.ends_with(|last: char| last.is_alphanumeric() || "),;-–".contains(last));
        if lacks_stop && !goes_on && !ADJUSTED.is_in(text) && !is_on_adjustment(text, vocabulary) {
            let (range, word) = last_word(text);
            let word = word.trim_end_matches([',', ';', '-', '–']);
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
    if findings.is_empty() {
        findings.extend(unnamed(review));
    }
    findings
}

/// Whether a lead-in has the verb, or the subject, of the points that follow: ”Nämnden beslutar”,
/// ”Nämnden”; but not ”I nämnden:”.
pub fn leads_on(lead: &str, is_line: bool) -> bool {
    static DECIDES: Pattern = Pattern::new(&[r"(?i)\b(?:besluta|beslutar|föreslår|föreslås)(?: att)?[:,]?$"]);
    // An organ on a line of its own says only where the decision is taken, unless it has the verb, too.
    (!is_line || DECIDES.is_in(lead)) && !["I ", "Förslag"].iter().any(|place| lead.starts_with(place))
}

/// Who decides, for a hint.
pub fn who(review: &Review) -> String {
    boards(review).first().map_or_else(|| "Nämnden".to_owned(), |board| capitalised(board))
}

/// A decision that names nobody who decides.
fn unnamed(review: &Review) -> Option<Diagnostic> {
    let (boards, vocabulary) = (boards(review), review.templates.vocabulary());
    let names = |text: &str| {
        let text = text.to_lowercase();
        vocabulary.list(List::Bodies).has(&text)
    };
    let is_named = || review.points().any(|point| names(&point.text));
    let first = review.points().next()?;
    if !review.case.kind.is_letter()
        || !boards.iter().any(|board| names(board))
        || is_named()
        || office(&first.text, vocabulary).is_some()
    {
        return None;
    }
    let message = format!("beslutspunkten säger inte att det är {} som beslutar", listed(&boards));
    let hint = format!("Skriv vem som beslutar och vad: ”{} godkänner …”.", who(review));
    Some(finding(first.place(0..first.text.len()), message, hint))
}

/// What speaks of a decision instead of taking it: ”Nämnden föreslås besluta”, ”Kontoret föreslår att nämnden
/// avslår”, ”Kontoret får i uppdrag”.
fn proposing(text: &str, vocabulary: &Vocabulary) -> Option<Range<usize>> {
    let words = words(text);
    let said = |at: usize| words.get(at).map_or("", |word| &text[word.clone()]);
    let is_office = |at: usize| vocabulary.list(List::Offices).has(&said(at).to_lowercase());
    if let Some(office) = (0..2).find(|at| is_office(*at)) {
        let proposes = ["föreslår", "hemställer", "anser", "rekommenderar"].contains(&said(office + 1));
        let is_told = ["får", "ges"].contains(&said(office + 1)) && said(office + 2) == "i";
        // What leads points in is none: ”Förvaltningen föreslår att nämnden beslutar följande.”
        let leads = text.trim_end_matches(['.', ':']).ends_with("följande");
        if !leads && (proposes || is_told) {
            return Some(0..words[office + 1].end);
        }
    }
    let body = words.iter().take(4).position(|word| is_body(&text[word.clone()], vocabulary))?;
    let verb = words.get(body + 1)?;
    ["föreslås", "bör", "borde", "skulle", "kan"].contains(&&text[verb.clone()]).then_some(0..verb.end)
}

fn is_body(word: &str, vocabulary: &Vocabulary) -> bool {
    vocabulary.list(List::Deciding).has(word)
}

/// The sentence of a point that does not say what anybody does: ”Enligt ovan.”, ”Nämnden svaret.”
fn without_verb(point: &Passage, review: &Review) -> Option<Range<usize>> {
    let vocabulary = review.templates.vocabulary();
    let mut start = 0;
    for range in point.text.sentences(review.templates.abbreviations()) {
        let sentence = &point.text[start..range.end];
        // A full stop within a title in quotation marks ends no sentence.
        if sentence.matches(['”', '"']).count() % 2 == 1 && range.end < point.text.len() {
            continue;
        }
        if !is_on_adjustment(sentence, vocabulary)
            && !is_reference(sentence)
            && !has_verb(sentence, vocabulary)
        {
            let blank = sentence.len() - sentence.trim_start().len();
            return Some(start + blank..range.end);
        }
        start = range.end;
    }
    None
}

/// Whether somebody does something. Behind the name of a nämnd at once; anywhere, where none
/// begins the sentence.
fn has_verb(sentence: &str, vocabulary: &Vocabulary) -> bool {
    let is_of = |list: List, word: &str| vocabulary.list(list).has(word);
    let words: Vec<&str> = sentence
        .split_whitespace()
        .map(|word| word.trim_matches(|mark: char| !mark.is_alphanumeric()))
        .collect();
    let is_preposition = |word: &str| is_of(List::Prepositions, &word.to_lowercase());
    let beginning = words.iter().take(4).take_while(|word| !is_preposition(word));
    let Some(body) = beginning.clone().position(|word| is_body(word, vocabulary)) else {
        let verbs = |words: &[&str]| words.iter().filter(|word| is_finite(word, vocabulary)).count();
        // ”De riktlinjer som antogs 2017” lacks the verb of its sentence.
        return match words.iter().position(|word| *word == "som") {
            Some(at) if verbs(&words[..at]) == 0 => {
                let past = || words[at..].iter().any(|word| vocabulary.list(List::Past).has(word));
                verbs(&words[at..]) > usize::from(!past())
            }
            _ => verbs(&words) > 0,
        };
    };
    // ”Därutöver ger nämnden …”
    if words[..body].iter().any(|word| is_finite(word, vocabulary)) {
        return true;
    }
    let behind = |word: &&str| {
        !is_of(List::DecisionAdverbs, word)
            && !is_body(word, vocabulary)
            && !word.starts_with(char::is_uppercase)
    };
    let behind = words[body + 1..].iter().copied().find(behind);
    behind.is_some_and(|word| is_finite(word, vocabulary) || is_preposition(word))
}

/// Whether a word looks like a verb of a main clause, in the present tense.
fn is_finite(word: &str, vocabulary: &Vocabulary) -> bool {
    let is_noun = || vocabulary.list(List::NoVerbs).has(word);
    // ”bifalls”, ”avslås”, ”täcks”, ”utses”, but no genitive: ”nämndens”, ”mötets”, ”skolornas”.
    let passive = || {
        const GENITIVES: &[&str] =
            &["ens", "ets", "arnas", "ornas", "ernas", "ings", "ions", "hets", "nds", "ms"];
        let is_verb = [
            "as", "ås", "ns", "ls", "ks", "gs", "ds", "ps", "fs", "vs", "js", "ts", "rs", "ges", "ses",
            "tes", "ms",
        ];
        is_verb.iter().any(|end| word.ends_with(end))
            && (!GENITIVES.iter().any(|end| word.ends_with(end))
                || word.ends_with("mns")
                || word.ends_with("nns"))
            && !is_noun()
    };
    vocabulary.list(List::ShortVerbs).has(word)
        || word.chars().count() > 3
            && word.starts_with(char::is_lowercase)
            && (word.ends_with(['r']) && !word.ends_with("or") && !is_noun() || passive())
}

/// Whether a sentence only points at what is enclosed: ”Se bilaga 1.”
fn is_reference(sentence: &str) -> bool {
    sentence.starts_with("Se ")
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
    // ”Nämnden beslutar att paragrafen justeras omedelbart.”, ”… förklarar beslutet omedelbart justerat.”
    r"^\p{Lu}[\p{L} -]* beslutar (?:även |också |vidare |samtidigt )?att (?:beslutet|besluten|paragrafen|paragraferna|ärendet|punkten|protokollet)(?: i ärendet| i detta ärende)? (?:ska )?(?:omedelbart justeras|justeras omedelbart)\.$",
    r"^\p{Lu}[\p{L} -]* beslutar (?:att omedelbart justera (?:beslutet|besluten|paragrafen|ärendet|punkten|protokollet)|om omedelbar justering(?: av (?:beslutet|paragrafen|ärendet|punkten|protokollet))?)\.$",
    r"^\p{Lu}[\p{L} -]* förklarar (?:beslutet|besluten|paragrafen|ärendet|punkten) (?:för )?omedelbart justera(?:d|t|de)\.$",
    r"^(?:Denna paragraf|Detta beslut|Detta ärende|Denna punkt|Paragraf [0-9]+|Protokollet i denna del) justeras omedelbart\.$",
]);

/// Whether a point is about immediate adjustment, in whatever words and spelling.
fn is_on_adjustment(sentence: &str, vocabulary: &Vocabulary) -> bool {
    let (soon, adjusted) = (vocabulary.list(List::Soon), vocabulary.list(List::Adjusted));
    let words: Vec<String> = sentence
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let any = |is: &dyn Fn(&str) -> bool| words.iter().any(|word| is(word));
    let is_immediate = any(&|word| word.starts_with("om") && word.contains("delb"));
    let is_soon = any(&|word| soon.has(word));
    words.len() < 10
        && any(&|word| word.contains("juster"))
        && (is_immediate || any(&|word| adjusted.has(word)) && (is_soon || words.len() == 2))
}

fn adjustment(review: &Review) -> Vec<Diagnostic> {
    review
        .passages
        .iter()
        .filter(|passage| matches!(passage.kind, PassageKind::Paragraph | PassageKind::Item))
        .filter(|passage| {
            ADJUSTED.is_in(&passage.text)
                || passage.role == Some(Roll::Beslut)
                    && is_on_adjustment(&passage.text, review.templates.vocabulary())
        })
        .filter(|passage| !STANDARD.is_in(&passage.text))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::rules::trial::decided;

    #[test]
    fn points_are_sentences() {
        let points = "  - Godkänna tjänsteutlåtandet.\n  - att överlämna svaret.\n  - nämnden avslår det.\n  - Nämnden godkänner svaret\n  - Nämnden godkänner.\n";
        assert_eq!(decided(RULES, "beslut-mening", points), ["Godkänna", "att", "nämnden", "svaret"]);
        let unnamed = "  - Förvaltningens svar godkänns.\n  - Beslutet justeras omedelbart.\n";
        assert_eq!(decided(RULES, "beslut-mening", unnamed), ["Förvaltningens svar godkänns."]);
        for (point, found) in [
            ("Enligt ovan.", vec!["Enligt ovan."]),
            ("Nämnden godkänner svaret,", vec!["svaret,"]),
            ("Utbildningsnämnden föreslås godkänna svaret.", vec!["Utbildningsnämnden föreslås"]),
            ("Förvaltningen föreslår att nämnden godkänner svaret.", vec!["Förvaltningen föreslår"]),
            ("Kontoret får i uppdrag att redovisa planen.", vec!["Kontoret får"]),
            ("Förvaltningens direktör får teckna avtal.", vec!["Förvaltningens direktör får teckna avtal."]),
            ("Godkänner upphandlingsdokumenten.", vec!["Godkänner"]),
            ("Överlämnar svaret till kommunstyrelsen.", vec!["Överlämnar"]),
            ("Antar taxan för 2025.", vec!["Antar"]),
            ("Uppdrar åt förvaltningen att följa planen.", vec!["Uppdrar"]),
            (
                "Utbildningsnämnden förvaltningens tjänsteutlåtande som svar.",
                vec!["Utbildningsnämnden förvaltningens tjänsteutlåtande som svar."],
            ),
            ("Nämnden godkände svaret.", vec!["Nämnden godkände svaret."]),
            ("Nämnden godkänner svaret. Tack.", vec!["Tack."]),
            ("Nämnden beslutar därmed om nya avgifter.", vec![]),
            ("Nämnden, för egen del, beslutar om nya avgifter.", vec![]),
            ("Motionen bifalls av nämnden.", vec![]),
            ("Nämnden ger förvaltningen i uppdrag att följa planen.", vec![]),
            ("Farsta stadsdelsnämnd uppdrar åt förvaltningen att följa planen.", vec![]),
        ] {
            assert_eq!(decided(RULES, "beslut-mening", &format!("  - {point}\n")), found, "{point}");
        }
    }

    #[test]
    fn what_leads_in_is_no_point_however_long_it_is() {
        let one = "  - organ: Kommunstyrelsen\n    inledning: Utbildningsnämnden och andra föreslår med anledning av detta kommunstyrelsen besluta\n    att:\n      - föreslå kommunfullmäktige besluta att revidera nämndernas reglementen.\n";
        assert_eq!(decided(RULES, "beslut-mening", one), [""; 0]);
    }

    #[test]
    fn immediate_adjustment_has_its_wording() {
        for (point, found) in [
            ("Beslutet justeras omedelbart", vec!["omedelbart"]),
            ("Paragrafen justeras omedelbart.", vec![]),
            ("Utbildningsnämnden justerar beslutet omedelbart.", vec![]),
            ("Beslutet ska justeras omedelbart.", vec!["Beslutet ska justeras omedelbart."]),
            ("Omedelbar justering.", vec!["Omedelbar justering."]),
            ("Beslutet justeras omgående.", vec!["Beslutet justeras omgående."]),
            ("Beslutet förklaras direkt justerat.", vec!["Beslutet förklaras direkt justerat."]),
            ("Beslutet justeras omdelbart.", vec!["Beslutet justeras omdelbart."]),
            ("Beslutet justeras omedelbart!", vec!["Beslutet justeras omedelbart!"]),
            ("Nämnden justerar taxan för parkering.", vec![]),
        ] {
            assert_eq!(decided(RULES, "omedelbar-justering", &format!("  - {point}\n")), found, "{point}");
        }
    }
}
