//! The words that the review knows: usual ones, and usual mistakes.

use std::collections::{BTreeMap, HashSet};

/// Usual words, and how usual mistakes are mended.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    words: HashSet<String>,
    /// By their first letters, since a slip seldom is in that one.
    by_letter: BTreeMap<char, Vec<String>>,
    mistakes: Vec<(String, String)>,
}

impl Vocabulary {
    /// Reads a list of words, many a line, and a list of mistakes, one a line: `fel -> rätt`.
    /// What follows `#` is a comment.
    pub fn parse(words: &str, mistakes: &str) -> Self {
        let mut vocabulary = Self::default();
        for word in words.lines().flat_map(|line| uncommented(line).split_whitespace()) {
            let letter = word.chars().next().unwrap_or_default();
            if vocabulary.words.insert(word.to_owned()) {
                vocabulary.by_letter.entry(letter).or_default().push(word.to_owned());
            }
        }
        vocabulary.mistakes = mistakes
            .lines()
            .filter_map(|line| uncommented(line).split_once("->"))
            .map(|(wrong, right)| (wrong.trim().to_owned(), right.trim().to_owned()))
            .collect();
        vocabulary
    }

    /// Whether a word, in lower case, is a usual one.
    pub fn knows(&self, word: &str) -> bool {
        self.words.contains(word)
    }

    /// The usual words that begin as this one.
    pub fn near(&self, word: &str) -> impl Iterator<Item = &str> {
        let letter = word.chars().next();
        letter.and_then(|letter| self.by_letter.get(&letter)).into_iter().flatten().map(String::as_str)
    }

    /// Usual mistakes, each with what is right.
    pub fn mistakes(&self) -> impl Iterator<Item = (&str, &str)> {
        self.mistakes.iter().map(|(wrong, right)| (wrong.as_str(), right.as_str()))
    }
}

fn uncommented(line: &str) -> &str {
    line.split('#').next().unwrap_or_default()
}
