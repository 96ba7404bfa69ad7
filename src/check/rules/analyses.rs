//! Analyses: what the profile demands of an ärende's consequences, and how it says that there is none.

use jiff::civil::{Date, date};

use crate::check::pattern::Pattern;
use crate::check::rule::{Review, Rule, finding};
use crate::diagnostic::{Diagnostic, Place, codes};
use crate::language::lists::{List, WordList};
use crate::library::roll::Roll;

/// The rules of this theme.
pub const RULES: &[Rule] =
    &[Rule { code: codes::ANALYS_SAKNAS, find: missing }, Rule { code: codes::ANALYS_FORMEL, find: formula }];

/// Since when the rights of the child are law; older documents were written to other demands.
const DEMANDED: Date = date(2020, 1, 1);

static CHILDREN: Pattern = Pattern::new(&[
    r"(?i)barnrätt|barnperspektiv|barnkonsekvens|barnkonvention|barnets\s+bästa|barns?\s+rättighet|barnets\s+rättighet|konsekvenser\s+för\s+barn",
]);

/// A dimension by its name, alone or with another: ”ekologisk och social dimension”.
static ECONOMY: Pattern = Pattern::new(&[r"(?i)\bekonomisk(?:,? (?:och )?\p{L}+)* dimension"]);
static ECOLOGY: Pattern = Pattern::new(&[r"(?i)\bekologisk(?:,? (?:och )?\p{L}+)* dimension"]);
static SOCIETY: Pattern = Pattern::new(&[r"(?i)\bsocial(?:,? (?:och )?\p{L}+)* dimension"]);

static EQUALITY: Pattern =
    Pattern::new(&[r"(?i)jämställdhet|flickor\s+och\s+pojkar|kvinnor\s+och\s+män|pojkar\s+och\s+flickor"]);

fn missing(review: &Review) -> Vec<Diagnostic> {
    let head = &review.case.head;
    if head.datum.date.is_none_or(|written| written < DEMANDED) {
        return Vec::new();
    }
    // Where the förvaltning says nothing of its own there is nothing to analyse.
    let has_opinion = review.case.parts.iter().any(|part| part.role == Some(Roll::Asikt));
    if !has_opinion {
        return Vec::new();
    }
    let mut findings = Vec::new();
    for demanded in &review.profile.analyser {
        let (pattern, what, role) = match demanded.text.as_str() {
            "barn" => (&CHILDREN, "barns rättigheter", Roll::Barn),
            "jämställdhet" => (&EQUALITY, "jämställdheten", Roll::Jamstalldhet),
            "ekonomi" => (&ECONOMY, "ekonomin", Roll::Ekonomi),
            "ekologi" => (&ECOLOGY, "miljön", Roll::Ekologi),
            "social" => (&SOCIETY, "människor", Roll::Social),
            _ => continue,
        };
        let said = review.passages.iter().any(|passage| {
            passage.role == Some(role) || pattern.is_in(&passage.text) || pattern.is_in(&passage.section)
        });
        if !said {
            let place = Place { source: review.case.source.clone(), range: 0..0 };
            let message = format!("ärendet säger inget om konsekvenserna för {what}");
            let add =
                review.name_of(role).map_or("Skriv om dem".to_owned(), |key| format!("Lägg till {key}:"));
            let nothing = review.name_of(role).and_then(|name| review.case.kind.key(name)?.nothing());
            let hint = match nothing {
                Some(sentence) => format!("{add}. Finns det inget att säga skrivs: {sentence}"),
                None => format!("{add}, eller skriv varför ingen analys behövs."),
            };
            findings.push(finding(place, message, hint));
        }
    }
    findings
}

/// Whether a sentence has these words, whole: ”ingen” is no part of ”förvaltningen”.
fn says(sentence: &str, words: &str) -> bool {
    sentence.match_indices(words).any(|(at, said)| {
        !sentence[..at].ends_with(char::is_alphanumeric)
            && !sentence[at + said.len()..].starts_with(char::is_alphanumeric)
    })
}

/// Whether a sentence in small letters says that no analysis is made: ”gör ingen egen analys”, ”har
/// inte gjort någon analys”, ”har inte analyserat”.
fn denies(sentence: &str, made: &WordList) -> bool {
    const FAR: usize = 4;
    const NOT: &[&str] = &["ingen", "inte", "inga", "ej"];
    let words: Vec<&str> =
        sentence.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let denied = |at: usize| words[at.saturating_sub(FAR)..at].iter().any(|word| NOT.contains(word));
    let analysis = words.iter().enumerate().any(|(at, word)| word.starts_with("analys") && denied(at));
    analysis && words.iter().any(|word| made.has(word))
}

fn formula(review: &Review) -> Vec<Diagnostic> {
    let parts = &review.profile.analysformel;
    if parts.is_empty() {
        return Vec::new();
    }
    let made = review.templates.vocabulary().list(List::AnalysisMade);
    let mut findings = Vec::new();
    for passage in review.passages {
        for range in passage.text.sentences(review.templates.abbreviations()) {
            let sentence = &passage.text.lower()[range.clone()];
            let lacking = parts.iter().find(|part| !says(sentence, &part.text.to_lowercase()));
            if let (true, Some(lacking)) = (sentence.contains("analys") && denies(sentence, made), lacking) {
                let message = format!("meningen om att ingen analys görs saknar ”{}”", lacking.text);
                let led: Vec<&str> = parts.iter().map(|part| part.text.as_str()).collect();
                let hint = format!("Skriv meningen med allt som profilen kräver: {}.", led.join(" … "));
                findings.push(finding(passage.place(range), message, hint));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::rules::trial::marked;

    #[test]
    fn what_the_profile_demands_is_missed() {
        let missing = |body: &str| marked(RULES, "analys-saknas", body).len();
        assert_eq!(missing("bakgrund: Skolan.\n"), 0);
        assert_eq!(missing("förvaltningens synpunkter: Bra.\n"), 2);
        assert_eq!(missing("förvaltningens synpunkter: Bra.\nbarnrättsperspektiv: Bra för alla.\n"), 1);
        assert_eq!(
            missing(
                "förvaltningens förslag: Bra.\nkonsekvenser för barn: Ingen skillnad för jämställdheten.\n"
            ),
            0
        );
    }

    #[test]
    fn the_formula_has_the_profiles_wording() {
        let found =
            |text: &str| marked(RULES, "analys-formel", &format!("konsekvenser för barn: {text}\n")).len();
        assert_eq!(found("Här gör förvaltningen ingen analys av något."), 1);
        assert_eq!(found("Förvaltningen har inte analyserat konsekvenser för barn."), 1);
        assert_eq!(
            found(
                "Förvaltningen har inte gjort någon analys av ärendets konsekvenser för jämställdhet eller för barns rättigheter."
            ),
            1
        );
        assert_eq!(found("Analysen visar inga konsekvenser för barn."), 0);
        assert_eq!(
            found(
                "Då ärendet är en remiss gör förvaltningen ingen egen analys av ärendets konsekvenser för jämställdhet eller för barn och barns rättigheter."
            ),
            0
        );
    }
}
