//! What the decision answers: the kind of matter that the title speaks of.

use std::ops::Range;

use crate::check::pattern::{Pattern, group};
use crate::check::rule::{Review, Rule, finding};
use crate::diagnostic::{Diagnostic, codes};
use crate::language::lists::{List, WordList};
use crate::library::roll::Roll;

/// The rules of this theme.
pub const RULES: &[Rule] = &[Rule { code: codes::BESLUT_SVAR, find: answered }];

/// What is decided about, at the beginning of a point or behind its verb.
static OBJECT: Pattern = Pattern::new(&[
    r"^(Skrivelsen|Motionen|Remissen|Medborgarförslaget|Interpellationen)\s+(?:besvaras|avslås|bifalls|anses|avskrivs)\b",
    r"\b(?:besvarar|avslår|bifaller)\s+(skrivelsen|motionen|medborgarförslaget|interpellationen)\b",
]);

static ANSWERS: Pattern = Pattern::new(&[
    r"(?i)\bsom\s+(?:sitt\s+|förvaltningens\s+|nämndens\s+)?svar\s+på\s+(?:den\s+|denna\s+)?(\p{L}+)",
]);

/// What can be answered.
fn answerable<'a>(review: &Review<'a>) -> &'a WordList {
    review.templates.vocabulary().list(List::Answerable)
}

/// The kinds of matter that the title speaks of.
pub fn matters<'a>(review: &Review<'a>) -> Vec<&'a str> {
    let said: String = review.titles().map(|passage| passage.text.to_lowercase() + " ").collect();
    answerable(review).whole().filter(|matter| said.contains(matter)).collect()
}

/// The kind of matter that a word means.
fn matter<'a>(word: &str, answerable: &'a WordList) -> Option<&'a str> {
    let word = word.to_lowercase();
    answerable.whole().find(|matter| word.starts_with(matter))
}

/// What a text says it answers: the kind of matter and the word.
pub fn answers<'a>(text: &str, review: &Review<'a>) -> Vec<(&'a str, Range<usize>)> {
    ANSWERS
        .all(text)
        .filter_map(|captures| {
            let word = group(&captures, 1)?;
            Some((matter(&text[word.clone()], answerable(review))?, word))
        })
        .collect()
}

/// What a point decides about: the kind of matter and the word.
fn objects<'a>(text: &str, review: &Review<'a>) -> Vec<(&'a str, Range<usize>)> {
    let words = OBJECT.all(text).filter_map(|captures| group(&captures, 1).or(group(&captures, 2)));
    words.filter_map(|word| Some((matter(&text[word.clone()], answerable(review))?, word))).collect()
}

fn answered(review: &Review) -> Vec<Diagnostic> {
    let matters = matters(review);
    if matters.is_empty() {
        return Vec::new();
    }
    let mut findings = Vec::new();
    for passage in review.proposals() {
        let mut said = answers(&passage.text, review);
        // A remiss can be of anything; it is the matter that the nämnd decides about.
        if passage.role == Some(Roll::Beslut) && !matters.contains(&"remiss") {
            said.extend(objects(&passage.text, review));
        }
        for (matter, range) in said {
            if !matters.contains(&matter) {
                let message = format!(
                    "förslaget besvarar en {matter}, men rubriken talar om en {}",
                    matters.join(" och en ")
                );
                findings.push(finding(
                    passage.place(range),
                    message,
                    "Skriv samma slags handling i förslaget som i rubriken.",
                ));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::rules::trial::{decided, marked};

    #[test]
    fn what_is_answered_is_what_the_title_says() {
        assert_eq!(
            decided(RULES, "beslut-svar", "  - Nämnden godkänner det som svar på skrivelsen.\n"),
            ["skrivelsen"]
        );
        assert_eq!(
            decided(RULES, "beslut-svar", "  - Nämnden godkänner det som svar på remissen.\n"),
            [""; 0]
        );
        let motion =
            "underrubrik: Motion av Jan Ek (M)\nförslag till beslut: Skrivelsen besvaras med detta.\n";
        assert_eq!(marked(RULES, "beslut-svar", motion), ["Skrivelsen"]);
    }
}
