//! Readability: sentences that can be read in one breath, and sections that are not too dense.

use crate::check::pattern::Pattern;
use crate::check::prose::{Passage, PassageKind, words};
use crate::check::rule::{Review, Rule, finding};
use crate::diagnostic::{Diagnostic, codes};

/// The rules of this theme.
pub const RULES: &[Rule] = &[
    Rule { code: codes::LANG_MENING, find: long_sentences },
    Rule { code: codes::LASBARHET, find: dense_sections },
];

fn long_sentences(review: &Review) -> Vec<Diagnostic> {
    let longest = review.limits.meningslangd;
    let mut findings = Vec::new();
    for passage in review.passages.iter().filter(|passage| is_running(passage)) {
        for range in passage.text.sentences(review.templates.abbreviations()) {
            let number = words(&passage.text[range.clone()]).len();
            // Figures within one word are several lists, and the word is still one.
            if number.saturating_sub(listed(&passage.text[range.clone()])) > longest {
                let message = format!("meningen har {number} ord, fler än {longest}");
                findings.push(finding(passage.place(range), message, "Dela den i två, eller gör en lista."));
            }
        }
    }
    findings
}

/// How many words of a sentence only list names or numbers, which are read one by one: ”Alen 3,
/// Alen 4, Björken 2 och Björken 7”.
fn listed(sentence: &str) -> usize {
    static LISTED: Pattern = Pattern::new(&[
        r"(?:\p{Lu}[\p{L}-]*(?: \p{Lu}[\p{L}-]*)? [0-9]+(?::[0-9]+)?(?:, | och | samt )?){3,}",
        r"(?:[0-9]+(?:[:/–-][0-9]+)?(?:, | och | samt )?){4,}",
        r"(?:\p{Lu}[\p{L}-]+(?: \p{Lu}[\p{L}-]+)*(?:, | och | samt )){4,}",
    ]);
    LISTED.ranges(sentence).map(|range| words(&sentence[range]).len()).sum()
}

fn is_running(passage: &Passage) -> bool {
    matches!(passage.kind, PassageKind::Paragraph | PassageKind::Item | PassageKind::Note)
}

/// The fewest words that say anything about a section.
const FEWEST: usize = 60;
/// A long word, by LIX: one of more letters than this.
const LONG: usize = 6;

/// Counts of a section.
#[derive(Default)]
struct Counts {
    words: usize,
    long: usize,
    sentences: usize,
}

impl Counts {
    /// Björnsson's läsbarhetsindex: words a sentence, and the share of long words.
    fn lix(&self) -> usize {
        let sentences = self.sentences.max(1);
        let words = self.words.max(1);
        (self.words as f64 / sentences as f64 + 100.0 * self.long as f64 / words as f64).round() as usize
    }
}

fn dense_sections(review: &Review) -> Vec<Diagnostic> {
    let mut sections: Vec<(&Passage, Counts)> = Vec::new();
    for passage in review.passages.iter().filter(|passage| is_running(passage)) {
        let same = sections.last().is_some_and(|(first, _)| first.section == passage.section);
        if !same {
            sections.push((passage, Counts::default()));
        }
        let Some((_, counts)) = sections.last_mut() else { continue };
        counts.sentences += passage.text.sentences(review.templates.abbreviations()).count();
        for range in words(&passage.text) {
            let letters = passage.text[range].chars().filter(|letter| letter.is_alphanumeric()).count();
            counts.words += usize::from(letters > 0);
            counts.long += usize::from(letters > LONG);
        }
    }
    sections
        .into_iter()
        .filter(|(_, counts)| counts.words >= FEWEST && counts.lix() > review.limits.lix)
        .map(|(first, counts)| {
            let message = format!(
                "avsnittet ”{}” har läsbarhetsindex {}, över {}: {} ord i {} meningar, i snitt {} ord i varje, {} % långa ord",
                first.section,
                counts.lix(),
                review.limits.lix,
                counts.words,
                counts.sentences,
                (counts.words + counts.sentences / 2) / counts.sentences.max(1),
                (100 * counts.long + counts.words / 2) / counts.words,
            );
            let end = words(&first.text).first().map_or(first.text.len(), |word| word.end);
            finding(first.place(0..end), message, "Dela de längsta meningarna, och byt långa ord mot korta där det går.")
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::rules::trial::in_text;

    #[test]
    fn long_sentences_are_found() {
        let long = format!("Det {}är så.", "är ett ord ".repeat(20));
        assert_eq!(in_text(RULES, "lång-mening", &format!("Kort mening. {long} Kort igen.")), [long]);
    }

    #[test]
    fn dense_sections_are_found() {
        let dense =
            "Socialtjänstförvaltningens verksamhetsuppföljning förutsätter kvalitetssäkring. ".repeat(20);
        assert_eq!(in_text(RULES, "läsbarhet", &dense), ["Socialtjänstförvaltningens"]);
        assert_eq!(in_text(RULES, "läsbarhet", &"Vi ser en katt. ".repeat(30)), [""; 0]);
    }

    #[test]
    fn lix_is_words_a_sentence_and_long_words() {
        assert_eq!(Counts { words: 100, long: 25, sentences: 5 }.lix(), 45);
    }
}
