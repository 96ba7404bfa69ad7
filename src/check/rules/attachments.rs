//! Bilagor: the text names none that the document lacks, and says how many there are.

use std::ops::Range;

use crate::check::pattern::{Captures, Pattern, after, before, group};
use crate::check::pointing::{of_another, owned_by_another};
use crate::check::prose::{Passage, PassageKind};
use crate::check::rule::{Review, Rule, finding, once};
use crate::diagnostic::{Diagnostic, codes};
use crate::faults::line::own_number;
use crate::language::numbers::{number_words, ordinal, value, word};
use crate::language::swedish::capitalised;
use crate::library::roll::Roll;
use crate::read::body::{Content, Part};

/// The rules of this theme.
pub const RULES: &[Rule] = &[Rule { code: codes::BILAGA_NUMMER, find: attachments }];

fn attachments(review: &Review) -> Vec<Diagnostic> {
    let number: usize = review
        .case
        .parts
        .iter()
        .map(|part| match &part.content {
            Content::Attachments(attached) => attached.len(),
            _ => 0,
        })
        .sum();
    // A text, or a section of the author's own, may list them.
    let lists =
        |part: &Part| part.role == Some(Roll::Bilagor) || part.key.name.to_lowercase().starts_with("bilag");
    if number == 0 && review.case.parts.iter().any(lists) {
        return Vec::new();
    }
    let under =
        format!("lägg till bilagan under {}:", review.name_of(Roll::Bilagor).unwrap_or("en rubrik Bilagor"));
    let mut findings = Vec::new();
    for passage in review.passages.iter().filter(|passage| passage.role != Some(Roll::Bilagor)) {
        findings.extend(
            NAMED.all(&passage.text).filter_map(|captures| named(passage, &captures, number, &under)),
        );
        findings.extend(
            COUNTED.all(&passage.text).filter_map(|captures| counted(passage, &captures, number, &under)),
        );
        if number == 0 {
            findings
                .extend(ENCLOSED.ranges(&passage.text).filter_map(|range| enclosed(passage, range, &under)));
        }
    }
    // However often it is named, what is missing is missing once.
    let mut findings = once(findings);
    findings.extend(numbered_twice(review));
    findings
}

/// Enclosures with a number of their own before their name, where they get one.
fn numbered_twice(review: &Review) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for part in &review.case.parts {
        let Content::Attachments(attached) = &part.content else { continue };
        let kinds = review.case.kind.key(&part.key.name).and_then(|key| key.numreras);
        if attached.len() < 2 || !review.profile.numrerade_bilagor.or(kinds).is_some_and(|said| said.0) {
            continue;
        }
        for name in attached.iter().map(|one| &one.titel) {
            let Some(own) = own_number(&name.text) else { continue };
            let Some(place) = name.place_in(0..own) else { continue };
            let message =
                format!("numret ”{}” skrivs ut två gånger: tjut numrerar själv", name.text[..own].trim());
            findings.push(finding(place.clone(), message, "Ta bort numret.").safe_edit(place, ""));
        }
    }
    findings
}

/// What the document has, for a sentence.
fn has(number: usize) -> String {
    match number {
        0 => "ärendet har inga bilagor".to_owned(),
        1 => "ärendet har en bilaga".to_owned(),
        _ => format!("ärendet har {} bilagor", word(number)),
    }
}

/// A bilaga that is named: bilaga 2, bil. 2, bilagorna 1 och 2, bilaga två, bilaga B, den andra bilagan.
static NAMED: Pattern = Pattern::new(&[
    r"(?i)\b(?:bilaga|bilagor|bilagorna|bil\.)\s+(?:nr\.?\s+|nummer\s+)?([0-9]{1,2}|[a-h]|två|tre|fyra|fem|sex)\b",
    r"(?i)\bden (första|andra|tredje|fjärde|femte) bilagan\b",
]);

/// What goes on after the first of several: ”bilagorna 1–3”, ”bilaga 1, 2 och 3”.
static MORE: Pattern =
    Pattern::new(&[r"^(?:\s*[,–-]\s*|\s+(?:och|samt|till|eller|respektive)\s+)([0-9]{1,2})\b"]);

fn named(passage: &Passage, captures: &Captures, number: usize, under: &str) -> Option<Diagnostic> {
    let text = passage.text.as_str();
    let whole = group(captures, 0)?;
    let mut said = group(captures, 1).or_else(|| group(captures, 2))?;
    let mut end = whole.end;
    // A small letter is a word: ”bilaga i ärendet”.
    let is_letter = said.len() == 1 && text[said.clone()].starts_with(char::is_lowercase);
    // In ”bilaga två” a number, in ”bilagor fyra” the beginning of something else.
    // In a list of documents, ”Riktlinjer, bilaga 2” says which enclosure they are.
    let is_listed =
        matches!(passage.kind, PassageKind::Line | PassageKind::Item) && text[..whole.start].ends_with(", ");
    if is_letter || of_another(text, end) || !is_listed && owned_by_another(&text[..whole.start]) {
        return None;
    }
    while (1..=number).contains(&number_of(&text[said.clone()])?) {
        let more = MORE.first(after(text, end))?;
        let next = group(&more, 1)?;
        (said, end) = (end + next.start..end + next.end, end + next.end);
        if of_another(text, end) {
            return None;
        }
    }
    let message =
        format!("texten hänvisar till {}, men {}", text[whole.start..end].to_lowercase(), has(number));
    Some(finding(passage.place(said), message, format!("Rätta numret, eller {under}.")))
}

/// The number that digits, a letter or a word stand for.
fn number_of(text: &str) -> Option<usize> {
    ordinal(&text.to_lowercase()).or_else(|| value(text)).or_else(|| {
        let letter = text.bytes().next()?.to_ascii_uppercase();
        Some(usize::from(letter.checked_sub(b'A')?) + 1)
    })
}

static COUNTED: Pattern = Pattern::new(&[concat!(
    r"(?i)\b(",
    number_words!(),
    r"|båda|bägge|[0-9]{1,2})\s+(?:bifogade\s+)?(?:bilagor|bilagorna)\b"
)]);

fn counted(passage: &Passage, captures: &Captures, number: usize, under: &str) -> Option<Diagnostic> {
    let (whole, said) = (group(captures, 0)?, group(captures, 1)?);
    if value(&passage.text[said.clone()]) == Some(number) || of_another(&passage.text, whole.end) {
        return None;
    }
    let message = format!("texten säger ”{}”, men {}", &passage.text[whole], has(number));
    Some(finding(passage.place(said), message, format!("Rätta antalet, eller {under}.")))
}

/// That something is enclosed, where nothing is.
static ENCLOSED: Pattern = Pattern::new(&[
    r"(?i)\b(?:se|i|av|enligt) (?:den |de )?(?:bifogad |bifogade )?(?:bilaga|bilagan|bilagorna)(?:[.,;)]|$)",
    r"(?i)\b(?:bifogas|biläggs) (?:tjänsteutlåtandet|ärendet|detta tjänsteutlåtande|som bilaga)",
    r"(?i)\b(?:bifogas|biläggs)(?:[.]|$)",
]);

fn enclosed(passage: &Passage, range: Range<usize>, under: &str) -> Option<Diagnostic> {
    // ”Vid ansökan ska ett läkarutlåtande bifogas”: an instruction to somebody, of another document.
    static INSTRUCTION: Pattern = Pattern::new(&[
        r"(?i)\b(?:ska|skall|måste|bör|kan|får|behöver)\s+[^.!?]*$",
        r"(?i)\b(?:vid|till|i)\s+\p{L}*(?:ansökan|anmälan|ansökningar|anbud|anbudet)\b[^.!?]*$",
    ]);
    if INSTRUCTION.is_in(before(&passage.text, range.start)) {
        return None;
    }
    let said = passage.text[range.clone()].trim_end_matches(['.', ',', ';', ')']);
    let message = format!("texten säger ”{said}”, men {}", has(0));
    let place = passage.place(range.start..range.start + said.len());
    Some(finding(place, message, format!("{}, eller ta bort hänvisningen.", capitalised(under))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::rules::trial::{in_text, marked};

    #[test]
    fn attachments_that_are_not_there_are_found() {
        let body = |text: &str| format!("bakgrund: {text}\nbilagor:\n  - Motionen\n  - Skrivelsen\n");
        for (text, found) in [
            ("Se bilaga 3.", vec!["3"]),
            ("Se bilaga 2 och bilaga B.", vec![]),
            ("Se de tre bilagorna.", vec!["tre"]),
            (
                "Se bil. 3, bilagorna 1 och 3, bilaga tre, bilagor 1–3 och den tredje bilagan.",
                vec!["3", "3", "tre", "3", "tredje"],
            ),
            ("Se bilaga 1 och 2, den andra bilagan, bilaga i ärendet och båda bilagorna.", vec![]),
            ("Se bilaga 4 till förordningen.", vec![]),
        ] {
            assert_eq!(marked(RULES, "bilaga-nummer", &body(text)), found, "{text}");
        }
        for instruction in [
            "Vid ansökan ska alltid läkarutlåtande bifogas.",
            "Till anmälan måste en ritning bifogas.",
            "Intyg som bifogas ansökan gäller i ett år. Den som söker kan låta ett intyg bifogas.",
        ] {
            assert_eq!(in_text(RULES, "bilaga-nummer", instruction), [""; 0], "{instruction}");
        }
        let none = "Se bilaga 1. Kalkylen bifogas. Den framgår av bilagan. Ansökan ska bifogas en plan.";
        assert_eq!(in_text(RULES, "bilaga-nummer", none), ["1", "bifogas", "av bilagan"]);
    }
}
