//! How much of a sentence can be others' words before it is another sentence: what is measured for the threshold.

use super::{WORKED, abbreviations, parse};
use crate::compare::outline::{NoteKeys, Part, Reading, Sentence, WordKeys};
use crate::compare::words::{ALIKE, changed};
use crate::document::Document;

/// The sentences of a document that are no mere line.
fn sentences(document: &Document, keys: &mut WordKeys<'_>) -> Vec<Sentence> {
    let notes = NoteKeys::default();
    let parts = Reading { keys, pictures: &|_| None, notes: &notes }.parts(&document.blocks);
    let sentences = parts.into_iter().filter_map(|part| match part {
        Part::Sentence(sentence) if sentence.words.len() > 7 => Some(sentence),
        _ => None,
    });
    sentences.collect()
}

/// A sentence in which one word of so many is another's.
fn rewritten(
    one: &Sentence,
    other: &Sentence,
    (share, of): (usize, usize),
    keys: &mut WordKeys<'_>,
) -> Sentence {
    let words = one.words.iter().enumerate().map(|(at, word)| match at % of < share {
        true => other.words[at % other.words.len()].clone(),
        false => word.clone(),
    });
    keys.sentence(words.collect(), &NoteKeys::default())
}

/// How alike sentences are of which this share of the words is another's, and how alike others are.
fn measured(share: (usize, usize)) -> (Vec<f32>, Vec<f32>) {
    let (mut same, mut other) = (Vec::new(), Vec::new());
    for text in &WORKED[..4] {
        let mut keys = WordKeys::new(abbreviations());
        let found = sentences(&parse(text), &mut keys);
        for (at, one) in found.iter().enumerate() {
            let next = &found[(at + 1) % found.len()];
            same.push(changed(one, &rewritten(one, next, share, &mut keys)).0);
            let others = found.iter().skip(at + 1).step_by(7).filter(|other| other.keys != one.keys);
            other.extend(others.map(|other| changed(one, other).0));
        }
    }
    (same, other)
}

/// Per mille of these that the threshold lets be the same sentence.
fn kept(ratios: &[f32]) -> usize {
    ratios.iter().filter(|ratio| **ratio >= ALIKE).count() * 1000 / ratios.len().max(1)
}

/// benches/README.md has what other thresholds would give.
#[test]
fn the_threshold_parts_what_was_changed_from_what_was_replaced() {
    let (fourth, others) = measured((1, 4));
    assert!(kept(&fourth) > 900, "a fourth of the words: {}", kept(&fourth));
    assert!(kept(&others) < 10, "others: {}", kept(&others));
    let (most, _) = measured((2, 3));
    assert!(kept(&most) < 50, "two thirds of the words: {}", kept(&most));
}
