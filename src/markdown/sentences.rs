//! Where a sentence ends.

use rustc_hash::FxHashSet;

/// What can stand after the full stop of a sentence, and still belong to it.
const CLOSING: [char; 8] = ['”', '"', '’', '\'', '»', ')', ']', '“'];

/// What can stand before the first word of a sentence.
const OPENING: [char; 11] = ['”', '"', '“', '„', '’', '\'', '‘', '«', '»', '(', '['];

/// The abbreviations that do not end a sentence though they end with a full stop.
#[derive(Clone, Debug, Default)]
pub struct Abbreviations {
    /// In lower case.
    words: FxHashSet<String>,
}

impl Abbreviations {
    /// Reads a list: one abbreviation a line; what follows `#` is a comment.
    ///
    /// The last part of an abbreviation is one too, since it can be written with spaces: `t. ex. Stockholm`.
    pub fn parse(list: &str) -> Self {
        let entries = list
            .lines()
            .map(|line| line.split('#').next().unwrap_or_default().trim().to_lowercase())
            .filter(|entry| entry.ends_with('.'));
        let mut words = FxHashSet::default();
        for entry in entries {
            words.extend(entry.split_inclusive(['.', ' ']).next_back().map(str::to_owned));
            words.insert(entry);
        }
        Self { words }
    }

    /// Whether a sentence ends between two words.
    pub fn ends_sentence(&self, previous: &str, next: &str) -> bool {
        let next = next.trim_start_matches(OPENING);
        if !next.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()) {
            return false;
        }
        // A space that does not break a line is no space between words here, but it is in `14\u{a0}kap.`
        let previous = previous.trim_end_matches(CLOSING);
        let previous = previous.rsplit(char::is_whitespace).next().unwrap_or_default();
        let word = previous.trim_start_matches(OPENING);
        word.ends_with(['.', '!', '?', '…']) && !self.is_abbreviation(word)
    }

    /// Whether a word with its full stop is an abbreviation.
    pub fn knows(&self, word: &str) -> bool {
        self.is_abbreviation(word)
    }

    fn is_abbreviation(&self, word: &str) -> bool {
        is_initials(word) || self.words.contains(&word.to_lowercase())
    }

    /// The spaces in running text that end a sentence, as byte offsets.
    ///
    /// A number alone at the start of a line is no sentence, but counts what comes after it.
    pub(super) fn ends_in(&self, text: &str) -> Vec<usize> {
        let mut ends = Vec::new();
        let mut line = 0;
        let mut previous = 0;
        for (space, c) in text.char_indices().filter(|(_, c)| matches!(c, ' ' | '\n')) {
            let word = &text[previous..space];
            let next = text[space + 1..].split([' ', '\n']).next().unwrap_or_default();
            let counts = previous == line && is_number(word);
            if c == '\n' {
                line = space + 1;
            } else if !counts && self.ends_sentence(word, next) {
                ends.push(space);
                line = space + 1;
            }
            previous = space + 1;
        }
        ends
    }
}

/// Single letters with full stops: `A.`, `J.-O.`, and so `m.m.` too.
fn is_initials(word: &str) -> bool {
    let mut parts = word.split_inclusive('.');
    parts.all(|part| {
        let mut chars = part.trim_start_matches('-').chars();
        chars.next().is_some_and(char::is_alphabetic) && chars.next() == Some('.')
    })
}

fn is_number(word: &str) -> bool {
    word.strip_suffix('.').is_some_and(|number| number.chars().all(|c| c.is_ascii_digit()))
}
