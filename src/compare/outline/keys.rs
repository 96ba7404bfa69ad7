//! Words as numbers: two with the same say the same. What is not said is in none of them: spaces that do not break,
//! kinds of quotation marks, emphasis, links, the labels of notes.

use std::hash::{Hash, Hasher};

use rustc_hash::{FxHashMap, FxHasher};

use super::Sentence;
use crate::compare::model::{Word, WordKind};
use crate::markdown::Abbreviations;

/// Words as numbers, the same for both documents.
pub struct WordKeys<'a> {
    numbers: FxHashMap<String, u32>,
    /// Whether the word of each number counts when texts are held against one another: short words are everywhere.
    weights: Vec<u8>,
    pub abbreviations: &'a Abbreviations,
}

/// The notes of a document by their labels: what they say, as a number.
pub type NoteKeys = FxHashMap<String, u32>;

impl<'a> WordKeys<'a> {
    /// No words yet.
    pub fn new(abbreviations: &'a Abbreviations) -> Self {
        Self { numbers: FxHashMap::default(), weights: Vec::new(), abbreviations }
    }

    fn number(&mut self, word: &str, counts: bool) -> u32 {
        if let Some(number) = self.numbers.get(word) {
            return *number;
        }
        let number = u32::try_from(self.weights.len()).unwrap_or(u32::MAX);
        self.numbers.insert(word.to_owned(), number);
        self.weights.push(counts.into());
        number
    }

    /// Words as a sentence.
    pub fn sentence(&mut self, words: Vec<Word>, notes: &NoteKeys) -> Sentence {
        let keys: Vec<u32> = words.iter().map(|word| self.key(word, notes)).collect();
        let mut hasher = FxHasher::default();
        keys.hash(&mut hasher);
        let at = match (words.first(), words.last()) {
            (Some(first), Some(last)) => first.at.start..last.at.end.max(first.at.start),
            _ => 0..0,
        };
        Sentence { bag: self.bag(keys.iter().copied()), hash: hasher.finish(), keys, words, at }
    }

    fn key(&mut self, word: &Word, notes: &NoteKeys) -> u32 {
        let counts = match word.kind {
            WordKind::Plain => word.text.chars().nth(3).is_some(),
            WordKind::Sign | WordKind::Note | WordKind::Html | WordKind::Line => false,
            _ => true,
        };
        let folded = match &word.kind {
            // A note is what it says, whatever its number.
            WordKind::Note => match notes.get(&word.text) {
                Some(note) => format!("\u{1}{note}"),
                None => format!("\u{2}{}", word.text),
            },
            WordKind::Picture { url, title, content } => match content {
                Some(content) => format!("\u{3}{content}\u{3}{title}\u{3}{}", word.text),
                None => format!("\u{4}{url}\u{3}{title}\u{3}{}", word.text),
            },
            WordKind::Code => format!("\u{5}{}", word.text),
            WordKind::Html => format!("\u{6}{}", word.text),
            WordKind::Line => "\u{7}".to_owned(),
            _ if is_folded(&word.text) => return self.number(&word.text, counts),
            _ => fold(&word.text),
        };
        self.number(&folded, counts)
    }

    fn bag(&self, keys: impl Iterator<Item = u32>) -> Vec<u32> {
        let mut bag: Vec<u32> = keys.filter(|key| self.weights[*key as usize] > 0).collect();
        bag.sort_unstable();
        bag
    }
}

/// How much two texts hold of the same, from 0 to 1, by the words that count in each.
pub fn likeness(old: &[u32], new: &[u32]) -> f32 {
    #[cfg(test)]
    crate::compare::counted::words(1 + old.len() + new.len());
    if old.is_empty() && new.is_empty() {
        return 1.0;
    }
    let (mut old_at, mut new_at, mut common) = (0, 0, 0_usize);
    while let (Some(one), Some(other)) = (old.get(old_at), new.get(new_at)) {
        match one.cmp(other) {
            std::cmp::Ordering::Less => old_at += 1,
            std::cmp::Ordering::Greater => new_at += 1,
            std::cmp::Ordering::Equal => {
                common += 1;
                old_at += 1;
                new_at += 1;
            }
        }
    }
    (2 * common) as f32 / (old.len() + new.len()) as f32
}

fn is_folded(text: &str) -> bool {
    !text.contains(|c| folded(c) != Some(c))
}

fn fold(text: &str) -> String {
    let folded: String = text.chars().filter_map(folded).collect();
    if folded.starts_with(' ') { folded.trim_start().to_owned() } else { folded }
}

/// A character without what is only form; none where it is nothing else.
fn folded(c: char) -> Option<char> {
    match c {
        '\u{a0}' | '\u{202f}' | '\u{2007}' => Some(' '),
        '”' | '“' | '„' | '»' | '«' => Some('"'),
        '’' | '‘' => Some('\''),
        '\u{2011}' => Some('-'),
        '\u{ad}' | '\u{200b}' | '\u{2060}' => None,
        c => Some(c),
    }
}
