//! Questions: each has its answer, and their number is the one that the text says.

use std::ops::Range;

use crate::check::numbers::{value, word};
use crate::check::pattern::{Pattern, group};
use crate::check::prose::{Passage, before_lists};
use crate::check::rule::{Review, Rule, finding};
use crate::diagnostic::{Diagnostic, Severity};
use crate::read::body::{Content, Fraga};
use crate::read::values::Text;

use super::leftovers::is_gap;

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

/// Answers that say nothing: no words, a reference to another answer, a promise, that nobody knows.
static NOTHING: Pattern = Pattern::new(&[
    r"^\P{L}*$",
    // Se ovan. Se svaret på fråga 1. Samma svar som på föregående fråga. Dito.
    r"(?i)^\W*(?:(?:se|jfr|jämför)\s+(?:även\s+)?|(?:samma|likadant)\s+(?:svar\s+)?som\s+(?:på\s+|till\s+|i\s+)?|som\s+|enligt\s+|besvarad\p{L}*\s+(?:i|under)\s+|besvaras\s+(?:i|under|genom|med)\s+)(?:svar(?:et|en)?\s*(?:på|till|i|under)?\s*)?(?:(?:den|fråga(?:n)?|nummer|nr|punkt)\s+)*(?:ovan|ovanstående|nedan|nedanstående|ovan\s+och\s+nedan|föregående|tidigare|nästa|första|andra|tredje|fjärde|[0-9]{1,2})?\s*(?:frågor(?:na)?|fråga(?:n)?|svar(?:et|en)?)?(?:\s+(?:ovan|nedan))?\W*$",
    r"(?i)^\W*(?:dito|d:o|idem|svar(?:et|s)?|text|ja\s+och\s+nej)\W*$",
    // Jag vet inte. Uppgift saknas. Ej aktuellt. Ingen kommentar.
    r"(?i)^\W*(?:(?:jag|vi|förvaltningen|nämnden|det)\s+)?(?:vet\s+(?:ej|inte|vi\s+inte)|kan\s+(?:ej|inte)\s+(?:besvaras|svara(?:\s+på\s+(?:det|detta|frågan))?))(?:\s+(?:nu|i\s+nuläget|ännu))?\W*$",
    r"(?i)^\W*(?:okänt|oklart|(?:(?:inget|inga|ingen|uppgift(?:er)?|svar|underlag)\s+)(?:svar|saknas|uppgift(?:er)?|kommentar(?:er)?|underlag|finns)|(?:frågan\s+är\s+)?(?:ej|inte|icke)\s+(?:relevant|aktuell|aktuellt|tillämplig|tillämpligt|besvarad|klart|färdigt)|n/?a)\W*$",
    // Återkommer. Besvaras muntligen. Svar kommer senare. Under utredning. Kompletteras.
    r"(?i)^\W*(?:(?:jag|vi|förvaltningen|svar(?:et)?|frågan|det|detta|muntligt\s+svar|muntlig\s+redovisning)\s+)?(?:(?:får|ska|kommer)\s+(?:att\s+)?)?(?:återkom\p{L}*|besvaras|redovisas|lämnas|ges|kommer|följer|kompletteras|utreds|ifylls|inväntas|svarar|bereds)(?:\s+(?:med|i|till|om|på|från|vid|under|senare|muntligt|muntligen|muntlig|separat|särskilt|svar(?:et)?|frågan|fråga|detta|det|denna\s+del|besked|uppgifter|underlag|sammanträdet?|nämnden|nämndens|nämndsammanträdet?|mötet?|dagens|att|har|annat|ett|sammanhang|inom\s+kort|redogörelse|ovan|nedan)){0,7}\W*$",
    r"(?i)^\W*(?:(?:in)?väntar\s+(?:på\s+)?(?:svar|underlag|uppgifter|besked)(?:\s+från\s+\p{L}+)?|under\s+(?:utredning|beredning|arbete)|svar\s+(?:här|senare|muntligt|muntligen)|(?:skriv|ange)\s+svar(?:et)?(?:\s+här)?|(?:muntligt|muntlig)\s+(?:svar|redovisning|föredragning))\W*$",
]);

fn empty_answers(review: &Review) -> Vec<Diagnostic> {
    questions(review)
        .filter_map(|question| Some((question, question.svar.as_ref()?)))
        .filter(|(_, answer)| !answer.blocks.is_empty())
        .filter(|(question, answer)| says_nothing(&question.fraga.text, &answer.text))
        .filter_map(|(_, answer)| {
            let message = "svaret säger inget om frågan";
            Some(finding(whole(answer)?, message, "Skriv vad förvaltningen svarar på just den här frågan."))
        })
        .collect()
}

/// As long as an answer can be that says nothing.
const SHORT: usize = 120;

fn says_nothing(question: &str, answer: &str) -> bool {
    let answer = answer.trim();
    if answer.len() <= SHORT && !is_gap(answer) && NOTHING.is_in(answer) {
        return true;
    }
    let plain = bare(answer);
    plain == bare(question) || ["ja", "nej"].contains(&&*plain) && asks_what(question)
}

/// How questions begin that yes and no do not answer.
const ASKING: &[&str] =
    &["vad", "vem", "vilka", "vilken", "vilket", "hur", "varför", "när", "var", "vart", "vilkas", "vems"];

/// Whether a question, and each one that stands with it, asks for more than yes or no.
fn asks_what(question: &str) -> bool {
    question.split('?').map(str::trim).filter(|asked| !asked.is_empty()).all(|asked| {
        let mut words = asked.split_whitespace().map(|word| word.to_lowercase());
        let first = words.next().unwrap_or_default();
        let second = words.next().unwrap_or_default();
        let is_asking = |word: &str| ASKING.contains(&word);
        is_asking(&first)
            || ["på", "i", "av", "till", "med", "för", "inom", "under"].contains(&&*first)
                && is_asking(&second)
    })
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
        r"(?:två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv|[0-9]{1,2})(?:\s+till\s+antalet|\s+stycken|\s+st\b|\))"
    ),
    concat!(
        r"(?i)\b(?:samtliga|alla)\s+(?:två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv|[0-9]{1,2})",
        r"(?:[.,;:]|\s+(?:besvaras|besvarar|besvarats|är|har|hör|hänger|rör|handlar|ställs|tas|behandlas|gäller|nedan|i\s+skrivelsen))"
    ),
]);

static NUMBER: Pattern = Pattern::new(&[
    r"(?i)\b(?:två|bägge|båda|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv|(?:tre|fyr|fem|sex|sju|åtta|nio)tal|[0-9]{1,2})",
]);

/// Words before a number that make it a part of the whole.
const PARTIAL: &[&str] = &[
    "första",
    "sista",
    "senare",
    "senaste",
    "övriga",
    "återstående",
    "andra",
    "ytterligare",
    "minst",
    "av",
    "enkätens",
    "rapportens",
    "utredningens",
    "intervjuernas",
];

/// Words in a sentence that counts the questions that were asked.
const ASKED: &[&str] = &[
    "skriv",
    "motion",
    "remiss",
    "interpell",
    "ställ",
    "svar",
    "inkom",
    "följande",
    "nedan",
    "frågestäl",
    "undertecknar",
    "ledam",
    "väck",
    "lämna",
    "avsända",
    "får svar",
];

/// Words in a sentence that counts questions of another kind.
const OTHERWISE: &[&str] =
    &["enkät", "intervju", "återstår", "kvarstår", "lyft", "särskilt viktig", "särskilt central", "mätning"];

fn number_of_questions(review: &Review) -> Vec<Diagnostic> {
    let number = questions(review).count();
    if number == 0 {
        return Vec::new();
    }
    let mut findings = Vec::new();
    for passage in review.passages.iter().filter(|passage| passage.section != "frågor") {
        for whole in COUNTED.ranges(&passage.text) {
            let Some(said) = NUMBER.ranges(&passage.text[whole.clone()]).next() else { continue };
            let said = whole.start + said.start..whole.start + said.end;
            let before = passage.text[..said.start].split_whitespace().next_back().unwrap_or_default();
            let counted = value(&passage.text[said.clone()]);
            if counted == Some(number)
                || is_partial(before, &passage.text, &whole)
                || !is_of_the_matter(&passage.text, &whole)
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

fn is_partial(before: &str, text: &str, whole: &Range<usize>) -> bool {
    // ”två av de fem frågorna” counts five; ”de två första frågorna” has a word between.
    let before = before.to_lowercase();
    (PARTIAL.contains(&&*before) && before != "av") || text[whole.end..].trim_start().starts_with("av ")
}

/// Whether the questions that are counted are those that were asked, and not some that the text
/// takes up by itself: ”tre frågor är särskilt viktiga”.
fn is_of_the_matter(text: &str, whole: &Range<usize>) -> bool {
    let said = text[whole.clone()].to_lowercase();
    let start = text[..whole.start].rfind(['.', '!', '?']).map_or(0, |at| at + 1);
    let end = text[whole.end..].find(['.', '!', '?']).map_or(text.len(), |at| whole.end + at);
    let sentence = text[start..end].to_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| sentence.contains(word));
    if said.starts_with("samtliga") || said.starts_with("alla") {
        return sentence.contains("fråg") || text.to_lowercase().contains("frågor");
    }
    said.contains("frågorna")
        || said.contains("ningarna")
        || !says(OTHERWISE) && (says(ASKED) || is_party(&sentence))
}

/// Whether somebody with a party stands in the sentence.
fn is_party(sentence: &str) -> bool {
    sentence.match_indices('(').any(|(at, _)| sentence[at..].find(')').is_some_and(|end| end <= 3))
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

/// ”se svaret på fråga 7”, ”frågorna 1–7”, ”den sjunde frågan”.
static NUMBERED: Pattern = Pattern::new(&[concat!(
    r"(?i)\b(?:fråga|frågan|frågor|frågorna)\s+(?:(?:nr|nummer)\.?\s+)?",
    r"(?:[0-9]{1,2}\s*(?:,|–|-|och|till|samt|eller)\s*){0,6}(?P<number>[0-9]{1,2}|två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv)\b",
    r"|\b(?:(?P<ordinal>tredje|fjärde|femte|sjätte|sjunde|åttonde|nionde|tionde|elfte|tolfte)|(?P<digits>[0-9]{1,2}):[ae])\s+frågan\b"
)]);

/// From the third on: ”den andra frågan” is the other one as well.
const ORDINALS: &[&str] =
    &["tredje", "fjärde", "femte", "sjätte", "sjunde", "åttonde", "nionde", "tionde", "elfte", "tolfte"];

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
                Some((said.range(), ORDINALS.iter().position(|ordinal| *ordinal == word)? + 3))
            });
            let numbered = captures
                .name("number")
                .or(captures.name("digits"))
                .and_then(|said| Some((said.range(), value(said.as_str())?)));
            let Some((said, wanted)) = ordinal.or(numbered) else { continue };
            if (1..=number).contains(&wanted) {
                continue;
            }
            let has = if number == 1 { "en fråga".to_owned() } else { format!("{} frågor", word(number)) };
            let message = format!("fråga {wanted} finns inte: ärendet har {has}");
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
        let nothing = "–|?|Se ovan.|Hur många?|Nej.|Se svaret på fråga 2.|Se föregående svar.|Samma svar som på fråga 1.|Besvaras muntligen.|Jag vet inte.|Vet ej|Inget svar.|Återkommer.|Förvaltningen återkommer med svar.|Frågan besvaras vid nämndens sammanträde.|Svar kommer senare.|Inte relevant.|Uppgift saknas.|Under utredning.|Dito".split('|');
        let something = "Tio stycken.|Nej, tio.|Se bilaga 1.|Förvaltningen återkommer till frågan i budgeten för 2027 med ett förslag till ny modell.|Svaret redovisas för varje skola.|Det finns inga uppgifter om tiden före 2019.|Förvaltningen vet inte hur många, men minst tio.|Svar på frågan lämnas av polisen varje år.";
        let marks = |answer: &str| {
            let body = format!("frågor:\n  - fråga: Hur många?\n    svar: |\n      {answer}\n");
            marked(RULES, "svar-tomt", &body).len()
        };
        for answer in nothing {
            assert_eq!(marks(answer), 1, "{answer}");
        }
        for answer in something.split('|') {
            assert_eq!(marks(answer), 0, "{answer}");
        }
    }

    #[test]
    fn yes_answers_only_what_can_be_answered_so() {
        assert!(asks_what("På vilket sätt? Hur ofta?"));
        assert!(!asks_what("Hur många? Är det bra?"));
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
            ("Under 3 år gäller följande:\n\n- en\n- två", vec![]),
            ("Fyra förslag finns. Här är de:\n\n- en", vec![]),
        ] {
            assert_eq!(in_text(RULES, "antal-punkter", text), found, "{text}");
        }
    }

    #[test]
    fn a_question_that_does_not_exist_is_found() {
        let text =
            "Se svaren på fråga 2 och fråga 3, frågorna 1–4 och fråga fem. Den femte frågan, den 2:a frågan.";
        let body = format!("bakgrund: {text}\n{TWO}");
        assert_eq!(marked(RULES, "fråga-saknas", &body), ["3", "4", "fem", "femte"]);
    }
}
