//! Punctuation marks: none twice, and every parenthesis with its other half.

use crate::check::pattern::{Pattern, group};
use crate::check::prose::{Passage, PassageKind};
use crate::check::rule::{Review, Rule, finding};
use crate::diagnostic::{Diagnostic, codes};

/// The rules of this theme.
pub const RULES: &[Rule] = &[
    Rule { code: codes::DUBBELT_SKILJETECKEN, find: doubled },
    Rule { code: codes::PARENTES_ENSAM, find: unpaired },
];

/// A mark that stands twice, or two that cannot stand together. Three dots are an ellipsis.
static DOUBLED: Pattern =
    Pattern::new(&[r"[^.,;:!?\s](\.\.|,,|;;|::|!!+|,\.|;\.|:\.|,;|\.,|\.;|;,|:,|\?\.|!\.)(?:[^.\w/]|$)"]);

fn doubled(review: &Review) -> Vec<Diagnostic> {
    let vocabulary = review.templates.vocabulary();
    let mut findings = Vec::new();
    for passage in review.passages {
        for captures in DOUBLED.all(&passage.text) {
            let Some(range) = group(&captures, 1) else { continue };
            let marks = passage.text[range.clone()].to_owned();
            // ”m.fl., och”: only behind a word that is written out, a stop is no part of it.
            let word = passage.text[..range.start].rsplit(|sign: char| !sign.is_alphabetic()).next();
            let is_whole = word.is_some_and(|word| {
                let lower = word.to_lowercase();
                word.chars().count() > 3 && (vocabulary.is_usual(&lower) || vocabulary.knows(&lower))
            });
            if marks.starts_with('.') && !marks.ends_with('.') && !is_whole {
                continue;
            }
            let first: String = marks.chars().take(1).collect();
            let place = passage.place(range);
            let message = format!("skiljetecknen ”{marks}” står efter varandra");
            findings.push(finding(place.clone(), message, "Behåll det ena.").edit(place, first));
        }
    }
    findings
}

fn unpaired(review: &Review) -> Vec<Diagnostic> {
    review.passages.iter().filter(|passage| passage.kind != PassageKind::Line).filter_map(lonely).collect()
}

/// The first parenthesis of a passage that lacks its other half; a) and 1) count points.
fn lonely(passage: &Passage) -> Option<Diagnostic> {
    let mut open = Vec::new();
    for (at, character) in passage.text.char_indices() {
        match character {
            '(' => open.push(at),
            ')' if open.pop().is_none() && !is_point(&passage.text[..at]) => {
                let hint = "Sätt dit den andra parentesen, eller ta bort den här.";
                return Some(finding(passage.place(at..at + 1), "parentesen saknar sin början", hint));
            }
            _ => {}
        }
    }
    let at = open.pop()?;
    let hint = "Sätt dit den andra parentesen, eller ta bort den här.";
    Some(finding(passage.place(at..at + 1), "parentesen saknar sitt slut", hint))
}

fn is_point(before: &str) -> bool {
    let word = before.rsplit(' ').next().unwrap_or_default();
    word.chars().count() <= 2 && word.chars().all(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::rules::trial::in_text;

    #[test]
    fn marks_that_stand_twice_are_found() {
        let text = "Det är så.. Ja,, nej!! Bo m.fl., och så vidare... Punkt,.";
        assert_eq!(in_text(RULES, "dubbelt-skiljetecken", text), ["..", ",,", "!!", ",."]);
        let text = "I en likartad situation., Reglerna gäller m.fl., kap., Ek AB., och bilagan.; Ja:, då.";
        assert_eq!(in_text(RULES, "dubbelt-skiljetecken", text), [".,", ".;", ":,"]);
    }

    #[test]
    fn parentheses_come_in_pairs() {
        assert_eq!(in_text(RULES, "parentes-ensam", "Skolan (och nämnden anser."), ["("]);
        assert_eq!(in_text(RULES, "parentes-ensam", "Skolan och nämnden) anser."), [")"]);
        assert_eq!(in_text(RULES, "parentes-ensam", "Välj a) skolan (här) eller b) nämnden."), [""; 0]);
    }
}
