//! Answers: each question has one, which says something and is its own.

use crate::check::rule::{Review, Rule, finding};
use crate::diagnostic::{Diagnostic, codes};
use crate::language::lists::List;
use crate::language::vocabulary::Vocabulary;
use crate::library::roll::Roll;
use crate::yaml::values::Text;

use super::leftovers::is_gap;
use super::questions::questions;

/// The rules of this theme.
pub const RULES: &[Rule] = &[
    Rule { code: codes::FRAGA_UTAN_SVAR, find: unanswered },
    Rule { code: codes::SVAR_TOMT, find: empty_answers },
    Rule { code: codes::SVAR_UPPREPAT, find: repeated_answers },
];

/// Where the words of a text begin and end.
fn whole(text: &Text) -> Option<crate::diagnostic::Place> {
    text.place_in(0..text.text.trim_end().len())
}

fn unanswered(review: &Review) -> Vec<Diagnostic> {
    let any_answered = questions(review).any(|question| question.svar.is_some());
    let answered_in_text = review
        .case
        .parts
        .iter()
        .any(|part| part.is_own || matches!(part.role, Some(Roll::Asikt | Roll::Arendet)));
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

fn empty_answers(review: &Review) -> Vec<Diagnostic> {
    questions(review)
        .filter_map(|question| Some((question, question.svar.as_ref()?)))
        .filter(|(_, answer)| !answer.blocks.is_empty())
        .filter(|(question, answer)| {
            says_nothing(&question.fraga.text, &answer.text, review.templates.vocabulary())
        })
        .filter_map(|(_, answer)| {
            let message = "svaret säger inget om frågan";
            Some(finding(whole(answer)?, message, "Skriv vad förvaltningen svarar på just den här frågan."))
        })
        .collect()
}

fn says_nothing(question: &str, answer: &str, vocabulary: &Vocabulary) -> bool {
    let answer = answer.trim();
    if is_gap(answer) {
        return false;
    }
    let plain = bare(answer);
    !answer.contains(char::is_alphabetic)
        || plain == bare(question)
        || is_empty(answer, vocabulary)
        || ["ja", "nej"].contains(&&*plain) && asks_what(question, vocabulary)
}

/// Whether an answer has none but empty words: ”Se svaret på fråga 1.”, ”Besvaras muntligen.”
fn is_empty(answer: &str, vocabulary: &Vocabulary) -> bool {
    /// As long as such an answer can be.
    const LONGEST: usize = 120;
    if answer.len() > LONGEST {
        return false;
    }
    let words: Vec<String> = answer
        .split_whitespace()
        .map(|word| word.trim_matches(|mark: char| !mark.is_alphanumeric()).to_lowercase())
        .filter(|word| !word.is_empty())
        .collect();
    let is_empty = |word: &str| {
        word.chars().all(|digit| digit.is_ascii_digit()) || vocabulary.list(List::EmptyAnswers).has(word)
    };
    let is_sign = |word: &str| vocabulary.list(List::AnswerSigns).has(word);
    // ”Inte aktuellt.” is no answer, ”Det är inte aktuellt.” is one.
    let is_denied = || {
        matches!(words.first().map(String::as_str), Some("ej" | "inte" | "icke"))
            && words
                .iter()
                .any(|word| ["relevant", "aktuell", "tillämplig"].iter().any(|sign| word.starts_with(sign)))
    };
    words.iter().all(|word| is_empty(word)) && (words.iter().any(|word| is_sign(word)) || is_denied())
}

/// Whether a question, and each one that stands with it, asks for more than yes or no.
fn asks_what(question: &str, vocabulary: &Vocabulary) -> bool {
    question.split('?').map(str::trim).filter(|asked| !asked.is_empty()).all(|asked| {
        let mut words = asked.split_whitespace().map(|word| word.to_lowercase());
        let first = words.next().unwrap_or_default();
        let second = words.next().unwrap_or_default();
        let is_asking = |word: &str| vocabulary.list(List::Asking).has(word);
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
            findings.push(found.related(whole(earlier), "här står samma text"));
        }
        seen.push((plain, text));
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::rules::trial::marked;
    use crate::library::Templates;

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
        let nothing = "–|?|Se ovan.|Hur många?|Nej.|Se svaret på fråga 2.|Se föregående svar.|Samma svar som på fråga 1.|Besvaras muntligen.|Jag vet inte.|Vet ej|Inget svar.|Återkommer.|Förvaltningen återkommer med svar.|Frågan besvaras vid nämndens sammanträde.|Svar kommer senare.|Inte relevant.|Uppgift saknas.|Under utredning.|Dito|Frågan besvaras i svaret på fråga 2.|Har besvarats ovan.|Lämnas utan svar.|Det hänvisas till svaret ovan.|Muntligt svar vid nämnden.|Inget att tillägga.|Svar:|N/A|Likadant som föregående.|Vi väntar på underlag.".split('|');
        let something = "Tio stycken.|Nej, tio.|Se bilaga 1.|Förvaltningen återkommer till frågan i budgeten för 2027 med ett förslag till ny modell.|Svaret redovisas för varje skola.|Det finns inga uppgifter om tiden före 2019.|Förvaltningen vet inte hur många, men minst tio.|Svar på frågan lämnas av polisen varje år.|Det finns inga.|Det är inte aktuellt.|Det pågår nu.|Ingen.|Några få.|Det är förvaltningen.";
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
        let templates = Templates::new(Default::default()).expect("the built-in templates are right");
        assert!(asks_what("På vilket sätt? Hur ofta?", templates.vocabulary()));
        assert!(!asks_what("Hur många? Är det bra?", templates.vocabulary()));
    }

    #[test]
    fn the_same_answer_twice_is_found() {
        let body = "frågor:\n  - fråga: A?\n    svar: |\n      Ja, det\n      stämmer.\n  - fråga: B?\n    svar: Ja, det stämmer.\n";
        assert_eq!(marked(RULES, "svar-upprepat", body), ["Ja, det stämmer."]);
    }
}
