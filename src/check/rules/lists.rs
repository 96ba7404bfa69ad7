//! Lists: one that goes on with the sentence before it ends as that sentence does.

use crate::check::prose::{Passage, PassageKind, last_word};
use crate::check::rule::{Review, Rule, finding};
use crate::diagnostic::{Diagnostic, codes};
use crate::library::roll::Roll;
use crate::markdown::{Block, BlockKind, Visited, walk};
use crate::read::body::Words;

/// The rule of this theme.
pub const RULES: &[Rule] = &[Rule { code: codes::LISTA_PUNKT, find: without_stop }];

fn without_stop(review: &Review) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    let mut at = 0;
    while at < review.passages.len() {
        let number =
            review.passages[at..].iter().take_while(|passage| passage.kind == PassageKind::Item).count();
        if number > 1 && at > 0 && is_plain(review, &review.passages[at], number) {
            findings.extend(of_list(&review.passages[at - 1], &review.passages[at..at + number]));
        }
        at += number.max(1);
    }
    findings
}

/// Whether a list is one of short items, and neither the decision's points nor nested.
fn is_plain(review: &Review, first: &Passage, number: usize) -> bool {
    let start = first.place(0..first.text.len()).range.start;
    let mut is_plain = false;
    for part in review.case.parts.iter().filter(|part| part.role != Some(Roll::Beslut)) {
        for words in part.content.words() {
            let (Words::Text(text) | Words::LeadIn(text)) = words else { continue };
            walk(&text.blocks, &mut |node| {
                let Visited::Block(Block { at, kind: BlockKind::List { items, .. } }) = node else { return };
                let begins = text.place_in(at.0.clone()).is_some_and(|place| {
                    place.range.start <= start && start <= place.range.start + "100. ".len()
                });
                is_plain |= begins && items.len() == number && items.iter().all(|item| item.len() == 1);
            });
        }
    }
    is_plain
}

fn of_list(lead: &Passage, items: &[Passage]) -> Option<Diagnostic> {
    let ends = |text: &str| text.trim_end().ends_with(['.', '!', '?', ':', '”', '"', ')']);
    let (last, others) = items.split_last()?;
    let (range, word) = last_word(&last.text);
    let is_text = word.ends_with(char::is_alphabetic) && !word.contains("://") && !word.contains('@');
    // What the lead goes on with: no mark behind it, and small letters first.
    let goes_on = lead.kind == PassageKind::Paragraph
        && lead.text.ends_with(char::is_alphabetic)
        && items.iter().all(|item| item.text.starts_with(char::is_lowercase));
    let stopped = others.iter().filter(|item| ends(&item.text)).count();
    let all_stop = stopped == others.len() && stopped > 1;
    if !is_text || ends(&last.text) || !(goes_on && stopped == 0 || all_stop) {
        return None;
    }
    let place = last.place(range);
    let message = if all_stop {
        "listans sista punkt slutar inte med punkt, fast de andra gör det"
    } else {
        "listan fortsätter meningen före, men slutar inte med punkt"
    };
    Some(
        finding(place.clone(), message, "Sätt punkt efter listans sista ord.")
            .edit(place, format!("{word}.")),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::rules::trial::in_text;

    #[test]
    fn a_list_ends_as_its_sentence() {
        for (text, found) in [
            ("I kostnaden ingår\n\n- ett ställ\n- ett tak\n- belysning längs gången", vec!["gången"]),
            ("Förvaltningen ska\n\n- räkna\n- mäta", vec!["mäta"]),
            ("Så här:\n\n- Räkna alla.\n- Mät alla.\n- Skriv allt", vec!["allt"]),
            ("I kostnaden ingår\n\n- ett ställ\n- ett tak.", vec![]),
            ("I kostnaden ingår:\n\n- ett ställ\n- ett tak", vec![]),
            ("Skolor\n\n- Alskolan\n- Björkskolan", vec![]),
            ("Det ingår\n\n- ett ställ", vec![]),
        ] {
            assert_eq!(in_text(RULES, "lista-punkt", text), found, "{text}");
        }
    }
}
