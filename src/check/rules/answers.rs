//! Answers: each question has one, which says something and is its own.

use crate::check::pattern::Pattern;
use crate::check::rule::{Review, Rule, finding};
use crate::diagnostic::{Diagnostic, Severity};
use crate::read::body::Content;
use crate::read::values::Text;

use super::leftovers::is_gap;
use super::questions::questions;

/// The rules of this theme.
pub const RULES: &[Rule] = &[
    Rule { code: "fråga-utan-svar", severity: Severity::Warning, find: unanswered },
    Rule { code: "svar-tomt", severity: Severity::Warning, find: empty_answers },
    Rule { code: "svar-upprepat", severity: Severity::Warning, find: repeated_answers },
];

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::rules::trial::marked;

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
}
