//! Questions: their number, and that of items, is the one that the text says.

use std::ops::Range;

use crate::check::pattern::{Pattern, group};
use crate::check::prose::{Passage, before_lists};
use crate::check::rule::{Review, Rule, finding};
use crate::diagnostic::{Diagnostic, codes};
use crate::language::lists::List;
use crate::language::numbers::{number_words, ordinal, value, word};
use crate::language::vocabulary::Vocabulary;
use crate::library::roll::Roll;
use crate::read::body::{Content, Fraga};

/// The rules of this theme.
pub const RULES: &[Rule] = &[
    Rule { code: codes::ANTAL_FRAGOR, find: number_of_questions },
    Rule { code: codes::ANTAL_PUNKTER, find: number_of_items },
    Rule { code: codes::FRAGA_SAKNAS, find: missing_questions },
];

/// The questions of the case, wherever they stand.
pub fn questions<'a>(review: &Review<'a>) -> impl Iterator<Item = &'a Fraga> {
    review.case.parts.iter().flat_map(|part| match &part.content {
        Content::Questions(questions) => questions.as_slice(),
        _ => &[],
    })
}

/// What counts the questions: ”fyra frågor”, ”de 4 frågorna”, ”fem konkreta frågeställningar”,
/// ”ett fyrtal frågor”, ”frågorna är fem”, ”samtliga fem besvaras”.
static COUNTED: Pattern = Pattern::new(&[
    concat!(
        r"(?i)\b(två|bägge|båda|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv|(?:tre|fyr|fem|sex|sju|åtta|nio)tal|[0-9]{1,2})\s+",
        r"(?:(?:följande|konkreta|olika|nya|skriftliga|stycken|st\.?|övergripande|specifika|ställda|huvudsakliga|korta|viktiga)\s+){0,2}",
        r"(?:frågor|frågorna|frågeställningar|frågeställningarna)\b"
    ),
    concat!(
        r"(?i)\b(?:frågor|frågorna|frågeställningar|frågeställningarna)(?:\s+är|,| \()\s*(?:till\s+antalet\s+)?",
        r"(?:",
        number_words!(),
        r"|[0-9]{1,2})(?:\s+till\s+antalet|\s+stycken|\s+st\b|\))"
    ),
    concat!(
        r"(?i)\b(?:samtliga|alla)\s+(?:",
        number_words!(),
        r"|[0-9]{1,2})",
        r"(?:[.,;:]|\s+(?:besvaras|besvarar|besvarats|är|har|hör|hänger|rör|handlar|ställs|tas|behandlas|gäller|nedan|i\s+skrivelsen))"
    ),
]);

static NUMBER: Pattern = Pattern::new(&[
    r"(?i)\b(?:två|bägge|båda|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv|(?:tre|fyr|fem|sex|sju|åtta|nio)tal|[0-9]{1,2})",
]);

fn number_of_questions(review: &Review) -> Vec<Diagnostic> {
    let number = questions(review).count();
    if number == 0 {
        return Vec::new();
    }
    let vocabulary = review.templates.vocabulary();
    let mut findings = Vec::new();
    for passage in review.passages.iter().filter(|passage| passage.role != Some(Roll::Fragor)) {
        for whole in COUNTED.ranges(&passage.text) {
            let Some(said) = NUMBER.ranges(&passage.text[whole.clone()]).next() else { continue };
            let said = whole.start + said.start..whole.start + said.end;
            let before = passage.text[..said.start].split_whitespace().next_back().unwrap_or_default();
            let counted = value(&passage.text[said.clone()]);
            if counted == Some(number)
                || is_partial(before, &passage.text, &whole, vocabulary)
                || !is_of_the_matter(&passage.text, &whole, vocabulary)
            {
                continue;
            }
            let message = format!(
                "texten säger ”{}”, men ärendet har {}",
                passage.text[whole].trim_end_matches(|mark: char| !mark.is_alphanumeric()),
                if number == 1 { "en fråga".to_owned() } else { format!("{} frågor", word(number)) }
            );
            findings.push(finding(
                passage.place(said),
                message,
                "Rätta antalet, eller kontrollera att alla frågor är med.",
            ));
        }
    }
    findings
}

fn is_partial(before: &str, text: &str, whole: &Range<usize>, vocabulary: &Vocabulary) -> bool {
    // ”två av de fem frågorna” counts five; ”de två första frågorna” has a word between.
    let before = before.to_lowercase();
    (vocabulary.list(List::PartOfQuestions).has(&before) && before != "av")
        || text[whole.end..].trim_start().starts_with("av ")
}

/// Whether the questions that are counted are those that were asked, and not some that the text
/// takes up by itself: ”tre frågor är särskilt viktiga”.
fn is_of_the_matter(text: &str, whole: &Range<usize>, vocabulary: &Vocabulary) -> bool {
    let said = text[whole.clone()].to_lowercase();
    let start = text[..whole.start].rfind(['.', '!', '?']).map_or(0, |at| at + 1);
    let end = text[whole.end..].find(['.', '!', '?']).map_or(text.len(), |at| whole.end + at);
    let sentence = text[start..end].to_lowercase();
    let says = |list: List| vocabulary.list(list).has(&sentence);
    if said.starts_with("samtliga") || said.starts_with("alla") {
        return sentence.contains("fråg") || text.to_lowercase().contains("frågor");
    }
    let is_both = said.starts_with("båda") || said.starts_with("bägge");
    !is_both && said.contains("frågorna")
        || said.contains("ningarna")
        || !says(List::QuestionsOtherwise) && (says(List::QuestionsAsked) || is_party(&sentence))
}

/// Whether somebody with a party stands in the sentence.
fn is_party(sentence: &str) -> bool {
    sentence.match_indices('(').any(|(at, _)| sentence[at..].find(')').is_some_and(|end| end <= 3))
}

/// What counts the items of the list that follows.
static LISTED: Pattern = Pattern::new(&[
    concat!(
        r"(?i)\b(",
        number_words!(),
        r"|[0-9]{1,2})\s+(?:\p{L}+\s+){0,2}?",
        r"(?:\p{L}*(?:frågor|frågeställningar|punkter|satser|förslag|områden|nivåer|delar|åtgärder|steg|mål|skäl|krav|",
        r"synpunkter|alternativ|spår|insatser|grupper|yrkanden|bilagor|prioriteringar|uppdrag|slutsatser|",
        r"utmaningar|risker|kriterier|principer|inriktningar|aktiviteter|syften|rekommendationer|etapper|delmål|moment))(?:na|en)?\b[^.!?]*$"
    ),
    // ”delas upp i fyra etapper:”, ”följande sex rekommendationer:”: whatever is counted just before the list.
    concat!(
        r"(?i)\b(",
        number_words!(),
        r"|[0-9]{1,2})\s+(?:\p{L}+(?:a|ade|ande|ende)\s+)?\p{L}{3,}(?:ar|er|or)(?:na)?:$"
    ),
    // ”Fyra platser bedöms vara lämpliga:”
    concat!(
        r"(?i)^(",
        number_words!(),
        r")\s+(?:\p{L}+(?:a|ade|ande|ende)\s+)?\p{L}{3,}(?:ar|er|or)(?:na)?\s+(?:är|bedöms|har|kan|föreslås|bör|ska|behövs|krävs|finns)\b[^.!?:]*:$"
    ),
]);

/// What is counted and is no list's items: ”under fyra månader:”.
static MEASURED: Pattern = Pattern::new(&[
    r"(?i)\b(?:år|månader|veckor|dagar|timmar|minuter|kronor|kilometer|hektar|gånger|elever|personer|ledamöter|procentenheter|miljoner)(?:na)?:$",
    r"(?i)\b[0-9]+\s+(?:\p{L}+\s+)?(?:kommuner|platser|lägenheter|bostäder)(?:na)?:$",
]);

/// Any number in a lead-in.
static LISTED_ALSO: Pattern =
    Pattern::new(&[concat!(r"(?i)\b(?:", number_words!(), r"|[0-9]{1,2})\s+\p{L}+")]);

fn number_of_items(review: &Review) -> Vec<Diagnostic> {
    let paragraphs = review.case.texts().flat_map(before_lists);
    paragraphs.filter_map(|(passage, items)| miscounted(&passage, items)).collect()
}

fn miscounted(passage: &Passage, items: usize) -> Option<Diagnostic> {
    if !passage.text.ends_with(':') {
        return None;
    }
    let last = passage.text.trim_end_matches(':').rfind(['.', '!', '?']).map_or(0, |at| at + 1);
    let captures = LISTED.first(&passage.text[last..])?;
    if MEASURED.is_in(&passage.text[last..]) {
        return None;
    }
    let said = (1..=3).find_map(|number| group(&captures, number))?;
    let said = last + said.start..last + said.end;
    let counted = value(&passage.text[said.clone()])?;
    // ”40 frågor i fyra delar”: one of the numbers is the list's.
    let of_list = LISTED_ALSO.ranges(&passage.text[last..]).any(|range| {
        let number = passage.text[last..][range].split_whitespace().next().and_then(value);
        number == Some(items)
    });
    (counted != items && !of_list).then(|| {
        let message =
            format!("texten säger ”{}”, men listan har {} punkter", &passage.text[said.clone()], word(items));
        finding(passage.place(said), message, "Rätta antalet, eller kontrollera att listan är fullständig.")
    })
}

/// ”se svaret på fråga 7”, ”frågorna 1–7”, ”den sjunde frågan”; ”den andra frågan” is the other one as well.
static NUMBERED: Pattern = Pattern::new(&[concat!(
    r"(?i)\b(?:fråga|frågan|frågor|frågorna)\s+(?:(?:nr|nummer)\.?\s+)?",
    r"(?:[0-9]{1,2}\s*(?:,|–|-|och|till|samt|eller)\s*){0,6}(?P<number>[0-9]{1,2}|",
    number_words!(),
    r")\b",
    r"|\b(?:(?P<ordinal>tredje|fjärde|femte|sjätte|sjunde|åttonde|nionde|tionde|elfte|tolfte)|(?P<digits>[0-9]{1,2}):[ae])\s+frågan?\b"
)]);

fn missing_questions(review: &Review) -> Vec<Diagnostic> {
    let number = questions(review).count();
    if number == 0 {
        return Vec::new();
    }
    let mut findings = Vec::new();
    for passage in review.passages {
        for captures in NUMBERED.all(&passage.text) {
            let ordinal = captures.name("ordinal").and_then(|said| {
                let word = said.as_str().to_lowercase();
                Some((said.range(), ordinal(&word)?))
            });
            let numbered = captures
                .name("number")
                .or(captures.name("digits"))
                .and_then(|said| Some((said.range(), value(said.as_str())?)));
            let Some((said, wanted)) = ordinal.or(numbered) else { continue };
            if (1..=number).contains(&wanted)
                || is_elsewhere(&passage.text[said.end..], review.templates.vocabulary())
            {
                continue;
            }
            let has = if number == 1 { "en fråga".to_owned() } else { format!("{} frågor", word(number)) };
            let message = format!("fråga {wanted} finns inte: ärendet har {has}");
            findings.push(finding(passage.place(said), message, "Rätta numret."));
        }
    }
    findings
}

/// Whether a question is one of somebody else's: ”fråga 12 i enkäten”.
fn is_elsewhere(behind: &str, vocabulary: &Vocabulary) -> bool {
    let sentence = behind.split(['.', '!', '?']).next().unwrap_or_default();
    vocabulary.list(List::Surveys).has(sentence)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::rules::trial::{in_text, marked};

    const TWO: &str = "frågor:\n  - fråga: Hur många?\n    svar: |\n      Tio.\n  - fråga: Varför?\n";

    #[test]
    fn the_number_of_questions_is_the_one_said() {
        for (text, found) in [
            ("De ställer fyra frågor till nämnden.", vec!["fyra"]),
            ("De ställer 3 konkreta frågor.", vec!["3"]),
            ("De ställer två frågor.", vec![]),
            ("De fem frågorna besvaras nedan.", vec!["fem"]),
            ("De två första frågorna hör ihop. Övriga tre frågor nedan.", vec![]),
            ("Skrivelsen har ett fyrtal frågor. Frågorna är fem till antalet.", vec!["fyrtal", "fem"]),
            ("De ställer frågor, fem till antalet. Svar på samtliga fem, nedan.", vec!["fem", "fem"]),
            ("Tre frågor är särskilt viktiga. Fem frågor i enkäten besvaras av alla.", vec![]),
        ] {
            assert_eq!(marked(RULES, "antal-frågor", &format!("bakgrund: {text}\n{TWO}")), found, "{text}");
        }
    }

    #[test]
    fn the_number_of_items_is_the_one_said() {
        for (text, found) in [
            ("Det finns tre nivåer för samverkan:\n\n- en\n- två", vec!["tre"]),
            ("Det finns två nivåer:\n\n- en\n- två", vec![]),
            ("De lämnar fyra förslag:\n\n1. a\n2. b\n3. c", vec!["fyra"]),
            ("Arbetet delas upp i fyra etapper:\n\n1. a\n2. b\n3. c", vec!["fyra"]),
            ("Revisionen lämnar följande sex rekommendationer:\n\n- en\n- två", vec!["sex"]),
            ("Kommunen har tre simhallar:\n\n- en\n- två", vec!["tre"]),
            ("Det gäller två prioriterade orter:\n\n- en\n- två\n- tre", vec!["två"]),
            ("Så här ser det ut efter fyra månader:\n\n- en\n- två", vec![]),
            ("Under 3 år gäller följande:\n\n- en\n- två", vec![]),
            ("Fyra platser bedöms vara lämpliga:\n\n- en\n- två", vec!["Fyra"]),
            ("Förvaltningen har prövat tre platser:\n\n- en\n- två", vec!["tre"]),
            ("Skolan har 12 platser:\n\n- en\n- två", vec![]),
            ("Fyra förslag finns. Här är de:\n\n- en", vec![]),
        ] {
            assert_eq!(in_text(RULES, "antal-punkter", text), found, "{text}");
        }
    }

    #[test]
    fn a_question_that_does_not_exist_is_found() {
        let text = "Se svaren på fråga 2 och fråga 3, frågorna 1–4 och fråga fem. Den femte frågan, den 2:a frågan. Fråga 12 i enkäten.";
        let body = format!("bakgrund: {text}\n{TWO}");
        assert_eq!(marked(RULES, "fråga-saknas", &body), ["3", "4", "fem", "femte"]);
    }
}
