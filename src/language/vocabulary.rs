//! The words that the review knows: usual ones, and usual mistakes.

use std::cmp::Ordering;
use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::grammar::{Class, Classes};
use super::lists::{self, List, WordList};

/// Usual words, and how usual mistakes are mended.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    words: FxHashSet<String>,
    /// WordList that stand often in official texts, a line each, in the order of their bytes.
    usual: String,
    near: Near,
    /// By their first words.
    mistakes: FxHashMap<String, Vec<(String, String)>>,
    lists: Vec<WordList>,
    classes: Classes,
}

impl Vocabulary {
    /// Reads a list of usual words, many a line, one of others that are no slips for them, and a
    /// list of mistakes, one a line: `fel -> rätt`. What follows `#` is a comment.
    pub fn parse(words: &str, others: &str, mistakes: &str) -> Self {
        let mut vocabulary = Self::default();
        for word in listed(words) {
            if vocabulary.words.insert(word.to_owned()) {
                vocabulary.near.insert(word);
            }
        }
        vocabulary.words.extend(listed(others).map(str::to_owned));
        for (wrong, right) in mistakes.lines().filter_map(|line| uncommented(line).split_once("->")) {
            let (wrong, right) = (wrong.trim().to_owned(), right.trim().to_owned());
            let first = wrong.split(' ').next().unwrap_or_default().to_owned();
            vocabulary.mistakes.entry(first).or_default().push((wrong, right));
        }
        vocabulary
    }

    /// The same with the lists that rules ask for, by the texts of their files.
    pub fn with_lists<T: AsRef<str>>(mut self, texts: impl Fn(&str) -> Vec<T>) -> Self {
        self.lists = lists::read(texts);
        self.classes = Classes::of(&self);
        self
    }

    /// A list that rules ask for.
    pub fn list(&self, list: List) -> &WordList {
        static NONE: LazyLock<WordList> = LazyLock::new(WordList::default);
        self.lists.get(list as usize).unwrap_or(&NONE)
    }

    /// What a word, in lower case, can be.
    pub fn class(&self, word: &str) -> Class {
        self.classes.of_word(word)
    }

    /// Whether a word, in lower case, is a right one for sure.
    pub fn knows(&self, word: &str) -> bool {
        self.words.contains(word)
    }

    /// The same with a list of words that stand often in official texts, one a line, in the order of
    /// their bytes; what begins with `#` comes first.
    pub fn with_usual(mut self, usual: &str) -> Self {
        let mut words = usual;
        while let Some((_, rest)) = words.split_once('\n').filter(|_| words.starts_with('#')) {
            words = rest;
        }
        self.usual = words.replace('\r', "");
        self
    }

    /// Whether a word, in lower case, stands often in official texts.
    pub fn is_usual(&self, word: &str) -> bool {
        let mut rest = self.usual.as_str();
        while !rest.is_empty() {
            let middle = rest.as_bytes()[..rest.len() / 2].iter().rposition(|byte| *byte == b'\n');
            let start = middle.map_or(0, |at| at + 1);
            let end = rest[start..].find('\n').map_or(rest.len(), |length| start + length);
            match rest[start..end].cmp(word) {
                Ordering::Equal => return true,
                Ordering::Less => rest = rest.get(end + 1..).unwrap_or_default(),
                Ordering::Greater => rest = &rest[..start],
            }
        }
        false
    }

    /// The usual words that this one could be a slip for.
    pub fn near(&self, word: &str) -> impl Iterator<Item = &str> {
        self.near.of(word)
    }

    /// Usual mistakes that begin with this word, each with what is right.
    pub fn mistakes(&self, first: &str) -> &[(String, String)] {
        self.mistakes.get(first).map_or(&[], Vec::as_slice)
    }
}

/// WordList by their first letters and lengths, since a slip seldom is in the first letter, and
/// changes the length by one at most.
#[derive(Clone, Debug, Default)]
pub struct Near(FxHashMap<(Option<char>, usize), Vec<String>>);

impl Near {
    /// Adds a word.
    pub fn insert(&mut self, word: &str) {
        self.0.entry(place(word)).or_default().push(word.to_owned());
    }

    /// The words that begin as this one and are about as long, in the order that they were added,
    /// the shortest first.
    pub fn of(&self, word: &str) -> impl Iterator<Item = &str> {
        let (letter, length) = place(word);
        let lengths = length.saturating_sub(1)..=length + 1;
        lengths.filter_map(move |length| self.0.get(&(letter, length))).flatten().map(String::as_str)
    }
}

fn place(word: &str) -> (Option<char>, usize) {
    (word.chars().next(), word.chars().count())
}

/// The words of a list, without what follows `#`.
pub fn listed(words: &str) -> impl Iterator<Item = &str> {
    words.lines().flat_map(|line| uncommented(line).split_whitespace())
}

fn uncommented(line: &str) -> &str {
    line.split('#').next().unwrap_or_default()
}
