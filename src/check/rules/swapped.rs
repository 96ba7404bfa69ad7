//! Words that changed places.

use crate::check::prose::{Passage, PassageKind};
use crate::check::rule::{Review, Rule, finding};
use crate::diagnostic::{Diagnostic, codes};
use crate::language::order::{Swapped, WordOrder};

/// The rules of this theme.
pub const RULES: &[Rule] = &[Rule { code: codes::ORDFOLJD, find: swapped }];

fn swapped(review: &Review) -> Vec<Diagnostic> {
    // Shorter texts are headings, names and parts of lists whatever they are written as.
    const SHORTEST: usize = 6;
    let is_running = |passage: &&Passage| {
        matches!(passage.kind, PassageKind::Paragraph | PassageKind::Item)
            && passage.text.spelt().len() >= SHORTEST
    };
    let mut running = review.passages.iter().filter(is_running).peekable();
    if running.peek().is_none() {
        return Vec::new();
    }
    let Some(order) = review.templates.word_order() else { return Vec::new() };
    running.flat_map(|passage| in_passage(passage, order, review)).collect()
}

/// The clearest pair of each sentence.
fn in_passage(passage: &Passage, order: &WordOrder, review: &Review) -> Vec<Diagnostic> {
    let pairs = order.swapped(&passage.text, passage.text.lower());
    if pairs.is_empty() {
        return Vec::new();
    }
    let sentences = passage.text.sentences(review.templates.abbreviations());
    let clearest = sentences.filter_map(|sentence| {
        let within = pairs.iter().filter(|pair| sentence.contains(&pair.first.start));
        within.max_by_key(|pair| pair.gain)
    });
    clearest.map(|pair| told(passage, pair)).collect()
}

fn told(passage: &Passage, Swapped { first, second, .. }: &Swapped) -> Diagnostic {
    let range = first.start..second.end;
    let right = format!("{} {}", &passage.text[second.clone()], &passage.text[first.clone()]);
    let place = passage.place(range.clone());
    let message = format!("orden i ”{}” kan ha bytt plats", &passage.text[range]);
    let hint = format!("Kontrollera ordföljden: ”{right}”? Låt orden stå om de är menade så.");
    finding(place.clone(), message, hint).edit(place, right)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::rules::trial::{in_text, marked};

    #[test]
    fn words_that_changed_places_are_found() {
        for (text, found) in [
            ("Förvaltningen har i samråd skolorna med tagit fram en plan för arbetet.", vec!["skolorna med"]),
            ("Förvaltningen har i samråd med skolorna tagit fram en plan för arbetet.", vec![]),
            // Somebody else's words, another language, and what is too short to tell.
            ("Rapporten heter ”Plan i samråd skolorna med och för alla”, och den är ny.", vec![]),
            ("The committee has for the foreseeable future no such plans of any kind.", vec![]),
            ("I samråd skolorna med.", vec![]),
        ] {
            assert_eq!(in_text(RULES, "ordföljd", text), found, "{text}");
        }
    }

    #[test]
    fn only_running_text_is_looked_at() {
        let wrong = "Förvaltningen har i samråd skolorna med tagit fram en plan för arbetet.";
        let quoted = format!("bakgrund: |\n  Så här stod det:\n\n  > {wrong}\n\n  ### {wrong}\n\n  Ja.\n");
        assert_eq!(marked(RULES, "ordföljd", &quoted), Vec::<String>::new());
        let listed = format!("bakgrund: |\n  Detta gäller:\n\n  - {wrong}\n");
        assert_eq!(marked(RULES, "ordföljd", &listed), ["skolorna med"]);
    }

    #[test]
    fn a_sentence_has_one_finding() {
        let wrong = "Förvaltningen har i samråd skolorna med tagit fram en plan arbetet för.";
        assert!(in_text(RULES, "ordföljd", wrong).len() <= 1);
    }
}
