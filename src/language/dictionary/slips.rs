//! What a word can have been before one slip of the finger.

use std::ops::Range;

/// The letters that one can be mistaken for another, or be left out.
const LETTERS: &str = "abcdefghijklmnopqrstuvwxyzåäöé";

/// A word with one slip mended.
pub struct MendedWord {
    /// What it is.
    pub letters: Vec<char>,
    /// Where the letters begin that differ.
    pub start: usize,
    /// Where they end; what is before and behind is the word's own.
    pub end: usize,
}

/// Two letters that changed places, one left out, one too many, one for another: the likeliest first.
pub fn slips(word: &[char]) -> impl Iterator<Item = MendedWord> {
    let length = word.len();
    let swapped = (1..length).map(|at| with(word, at - 1..at + 1, &[word[at], word[at - 1]]));
    let removed = (0..length).map(|at| with(word, at..at + 1, &[]));
    let letters = || LETTERS.chars();
    let inserted =
        (0..=length).flat_map(move |at| letters().map(move |letter| with(word, at..at, &[letter])));
    let replaced =
        (0..length).flat_map(move |at| letters().map(move |letter| with(word, at..at + 1, &[letter])));
    swapped.chain(removed).chain(inserted).chain(replaced)
}

fn with(word: &[char], range: Range<usize>, letters: &[char]) -> MendedWord {
    let end = range.start + letters.len();
    MendedWord {
        letters: [&word[..range.start], letters, &word[range.end..]].concat(),
        start: range.start,
        end,
    }
}
