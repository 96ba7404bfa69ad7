//! Questions: each has its answer, and their number is the one that the text says.

use crate::check::numbers::{value, word};
use crate::check::pattern::{Pattern, group};
use crate::check::prose::{Passage, before_lists};
use crate::check::rule::{Review, Rule, finding};
use crate::diagnostic::{Diagnostic, Severity};
use crate::read::body::{Content, Fraga};
use crate::read::values::Text;

/// The rules of this theme.
pub const RULES: &[Rule] = &[
    Rule { code: "fråga-utan-svar", severity: Severity::Warning, find: unanswered },
    Rule { code: "svar-tomt", severity: Severity::Warning, find: empty_answers },
    Rule { code: "svar-upprepat", severity: Severity::Warning, find: repeated_answers },
    Rule { code: "antal-frågor", severity: Severity::Warning, find: number_of_questions },
    Rule { code: "antal-punkter", severity: Severity::Warning, find: number_of_items },
    Rule { code: "fråga-saknas", severity: Severity::Warning, find: missing_questions },
];

/// The questions of the case, wherever they stand.
fn questions<'a>(review: &Review<'a>) -> impl Iterator<Item = &'a Fraga> {
    review.case.parts.iter().flat_map(|part| match &part.content {
        Content::Questions(questions) => questions.as_slice(),
        _ => &[],
    })
}

/// Where the words of a text begin and end.
fn whole(text: &Text) -> Option<crate::diagnostic::Place> {
    text.place_in(0..text.text.trim_end().len())
}

fn unanswered(review: &Review) -> Vec<Diagnostic> {
    let any_answered = questions(review).any(|question| question.svar.is_some());
    let answered_in_text = review.case.parts.iter().any(|part| match &part.content {
        Content::Own(_) => true,
        _ => ["förvaltningens synpunkter", "förvaltningens förslag", "ärendet"]
            .contains(&part.key.name.as_str()),
    });
    if !any_answered && answered_in_text {
        return Vec::new();
    }
    questions(review)
        .filter(|question| question.svar.is_none())
        .filter_map(|question| {
            let hint = "Skriv svaret under svar:, eller ta bort frågan.";
            Some(finding(whole(&question.fraga)?, "frågan har inget svar", hint))
        })
        .collect()
}

/// Answers that say nothing: no words, the question again, a promise.
static NOTHING: Pattern = Pattern::new(&[
    r"^\P{L}*$",
    r"(?i)^\W*(?:se\s+(?:ovan|nedan|svar(?:et)?\s+(?:ovan|nedan))|svar(?:et)?|inget\s+svar|svar\s+saknas|svar(?:et)?\s+(?:kommer|lämnas|ges|följer)\s+(?:senare|muntligt|vid\s+sammanträdet)|återkommer|besvaras\s+(?:senare|muntligt)|-)\W*$",
]);

fn empty_answers(review: &Review) -> Vec<Diagnostic> {
    questions(review)
        .filter_map(|question| Some((question, question.svar.as_ref()?)))
        .filter(|(_, answer)| !answer.blocks.is_empty())
        .filter(|(question, answer)| {
            let plain = bare(&answer.text);
            NOTHING.is_in(answer.text.trim()) || plain == bare(&question.fraga.text)
        })
        .filter_map(|(_, answer)| {
            let message = "svaret säger inget om frågan";
            Some(finding(whole(answer)?, message, "Skriv vad förvaltningen svarar på just den här frågan."))
        })
        .collect()
}

/// The letters and digits of a text, to compare what texts say.
fn bare(text: &str) -> String {
    text.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn repeated_answers(review: &Review) -> Vec<Diagnostic> {
    let mut findings = repeated(
        questions(review).filter_map(|question| question.svar.as_ref()),
        "svaret är ordagrant detsamma som på en tidigare fråga",
    );
    findings.extend(repeated(
        questions(review).map(|question| &question.fraga),
        "frågan står redan tidigare i listan",
    ));
    findings
}

fn repeated<'a>(texts: impl Iterator<Item = &'a Text>, message: &str) -> Vec<Diagnostic> {
    let mut seen: Vec<(String, &Text)> = Vec::new();
    let mut findings = Vec::new();
    for text in texts {
        let plain = bare(&text.text);
        if plain.is_empty() {
            continue;
        }
        let earlier = seen.iter().find(|(said, _)| *said == plain).map(|(_, text)| *text);
        if let (Some(earlier), Some(place)) = (earlier, whole(text)) {
            let found = finding(place, message, "Kontrollera att rätt text står på rätt plats.");
            findings.push(match whole(earlier) {
                Some(place) => found.related(place, "här står samma text"),
                None => found,
            });
        }
        seen.push((plain, text));
    }
    findings
}

/// What counts the questions: ”fyra frågor”, ”de 4 frågorna”, ”fem konkreta frågeställningar”.
static COUNTED: Pattern = Pattern::new(&[concat!(
    r"(?i)\b(två|bägge|båda|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv|[0-9]{1,2})\s+",
    r"(?:(?:följande|konkreta|olika|nya|skriftliga|stycken|övergripande|specifika|ställda|huvudsakliga|korta)\s+){0,2}",
    r"(?:frågor|frågorna|frågeställningar|frågeställningarna)\b"
)]);

/// Words before a number that make it a part of the whole.
const PARTIAL: &[&str] =
    &["första", "sista", "senare", "senaste", "övriga", "återstående", "andra", "ytterligare", "minst", "av"];

fn number_of_questions(review: &Review) -> Vec<Diagnostic> {
    let number = questions(review).count();
    if number == 0 {
        return Vec::new();
    }
    let mut findings = Vec::new();
    for passage in review.passages.iter().filter(|passage| passage.section != "frågor") {
        for captures in COUNTED.all(&passage.text) {
            let (Some(whole), Some(said)) = (group(&captures, 0), group(&captures, 1)) else { continue };
            let before = passage.text[..said.start].split_whitespace().next_back().unwrap_or_default();
            let counted = value(&passage.text[said.clone()]);
            if counted == Some(number) || is_partial(before, &passage.text, &whole) {
                continue;
            }
            let message = format!(
                "texten säger ”{}”, men ärendet har {}",
                &passage.text[whole],
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

fn is_partial(before: &str, text: &str, whole: &std::ops::Range<usize>) -> bool {
    // ”två av de fem frågorna” counts five; ”de två första frågorna” has a word between.
    let before = before.to_lowercase();
    (PARTIAL.contains(&&*before) && before != "av") || text[whole.end..].trim_start().starts_with("av ")
}

/// What counts the items of the list that follows.
static LISTED: Pattern = Pattern::new(&[concat!(
    r"(?i)\b(två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv|[0-9]{1,2})\s+(?:\p{L}+\s+){0,2}?",
    r"(?:\p{L}*(?:frågor|frågeställningar|punkter|satser|förslag|områden|nivåer|delar|åtgärder|steg|mål|skäl|krav|",
    r"synpunkter|alternativ|spår|insatser|grupper|yrkanden|bilagor|prioriteringar|uppdrag|slutsatser|",
    r"utmaningar|risker|kriterier|principer|inriktningar|aktiviteter|syften))(?:na|en)?\b[^.!?]*$"
)]);

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
    let said = group(&captures, 1)?;
    let said = last + said.start..last + said.end;
    let counted = value(&passage.text[said.clone()])?;
    (counted != items).then(|| {
        let message =
            format!("texten säger ”{}”, men listan har {} punkter", &passage.text[said.clone()], word(items));
        finding(passage.place(said), message, "Rätta antalet, eller kontrollera att listan är hel.")
    })
}

/// ”se svaret på fråga 7”
static NUMBERED: Pattern = Pattern::new(&[r"(?i)\b(?:fråga|frågan|fråga nr|fråga nummer)\s+([0-9]{1,2})\b"]);

fn missing_questions(review: &Review) -> Vec<Diagnostic> {
    let number = questions(review).count();
    if number == 0 {
        return Vec::new();
    }
    let mut findings = Vec::new();
    for passage in review.passages {
        for captures in NUMBERED.all(&passage.text) {
            let Some(said) = group(&captures, 1) else { continue };
            let wanted = value(&passage.text[said.clone()]).unwrap_or_default();
            if (1..=number).contains(&wanted) {
                continue;
            }
            let message = format!("fråga {wanted} finns inte: ärendet har {number} frågor");
            findings.push(finding(passage.place(said), message, "Rätta numret."));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::rules::trial::{in_text, marked};

    const TWO: &str = "frågor:\n  - fråga: Hur många?\n    svar: |\n      Tio.\n  - fråga: Varför?\n";

    #[test]
    fn a_question_without_an_answer_is_found_when_others_have_one() {
        assert_eq!(marked(RULES, "fråga-utan-svar", TWO), ["Varför?"]);
        assert_eq!(
            marked(RULES, "fråga-utan-svar", "frågor:\n  - Hur?\nförvaltningens synpunkter: Så.\n"),
            [""; 0]
        );
        assert_eq!(marked(RULES, "fråga-utan-svar", "frågor:\n  - Hur?\n"), ["Hur?"]);
    }

    #[test]
    fn answers_that_say_nothing_are_found() {
        for (answer, found) in
            [("–", 1), ("Se ovan.", 1), ("Hur många?", 1), ("Tio stycken.", 0), ("Se svaret på fråga 2.", 0)]
        {
            let body = format!("frågor:\n  - fråga: Hur många?\n    svar: |\n      {answer}\n");
            assert_eq!(marked(RULES, "svar-tomt", &body).len(), found, "{answer}");
        }
    }

    #[test]
    fn the_same_answer_twice_is_found() {
        let body = "frågor:\n  - fråga: A?\n    svar: |\n      Ja, det\n      stämmer.\n  - fråga: B?\n    svar: Ja, det stämmer.\n";
        assert_eq!(marked(RULES, "svar-upprepat", body), ["Ja, det stämmer."]);
    }

    #[test]
    fn the_number_of_questions_is_the_one_said() {
        for (text, found) in [
            ("De ställer fyra frågor till nämnden.", vec!["fyra"]),
            ("De ställer 3 konkreta frågor.", vec!["3"]),
            ("De ställer två frågor.", vec![]),
            ("De fem frågorna besvaras nedan.", vec!["fem"]),
            ("De två första frågorna hör ihop. Övriga tre frågor nedan.", vec![]),
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
            ("Under 3 år gäller följande:\n\n- en\n- två", vec![]),
            ("Fyra förslag finns. Här är de:\n\n- en", vec![]),
        ] {
            assert_eq!(in_text(RULES, "antal-punkter", text), found, "{text}");
        }
    }

    #[test]
    fn a_question_that_does_not_exist_is_found() {
        let body = format!("bakgrund: Se svaren på fråga 2 och fråga 3.\n{TWO}");
        assert_eq!(marked(RULES, "fråga-saknas", &body), ["3"]);
    }
}
