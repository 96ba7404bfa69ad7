//! The facts in what changed.

use super::Fact;
use crate::compare::{Both, Fate, Span};

/// The facts that came, went or became others.
pub fn facts(spans: &[Span]) -> Vec<Fact> {
    let side = |fate: Fate| {
        let spans = spans.iter().filter(move |span| span.fate == fate && !span.form);
        spans.flat_map(|span| &span.words).filter(|word| word.kind.is_fact()).collect::<Vec<_>>()
    };
    let (mut gone, mut new) = (side(Fate::Gone), side(Fate::New));
    // What only stands elsewhere in the sentence is no other fact.
    gone.retain(|old| match new.iter().position(|other| other.text == old.text) {
        Some(at) => {
            new.remove(at);
            false
        }
        None => true,
    });
    let mut facts = Vec::new();
    for old in gone {
        let partner = new.iter().position(|other| other.kind == old.kind).map(|at| new.remove(at));
        let text = Both { old: Some(old.text.clone()), new: partner.map(|word| word.text.clone()) };
        facts.push(Fact { kind: old.kind.clone(), text });
    }
    facts.extend(new.into_iter().map(|word| Fact {
        kind: word.kind.clone(),
        text: Both { old: None, new: Some(word.text.clone()) },
    }));
    facts
}
