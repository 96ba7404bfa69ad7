//! Words that there is a better one for.

use rustc_hash::FxHashMap;

/// Words, or how they begin, each with what is better.
#[derive(Clone, Debug, Default)]
pub struct Choices {
    whole: FxHashMap<String, String>,
    beginnings: Vec<(String, String)>,
    /// Pairs of words, by the first of them.
    pairs: FxHashMap<String, Vec<(String, String)>>,
}

/// The lists that the review has.
#[derive(Clone, Debug, Default)]
pub struct AllChoices {
    /// Old words for people, and such as fit only women or only men.
    pub people: Choices,
    /// Chancery words.
    pub chancery: Choices,
}

impl Choices {
    /// Reads a list, one word, or two, a line: `fel -> bättre`; a star stands for any ending. What follows `#` is a comment.
    pub fn parse(list: &str) -> Self {
        let mut choices = Self::default();
        let lines = list.lines().map(|line| line.split('#').next().unwrap_or_default());
        for (word, better) in lines.filter_map(|line| line.split_once("->")) {
            let better = better.trim().to_owned();
            let word = word.trim();
            if let Some(beginning) = word.strip_suffix('*') {
                choices.beginnings.push((beginning.to_owned(), better));
            } else if let Some((one, other)) = word.split_once(' ') {
                choices.pairs.entry(one.to_owned()).or_default().push((other.to_owned(), better));
            } else {
                choices.whole.insert(word.to_owned(), better);
            }
        }
        choices
    }

    /// The words that this one, in small letters, should not stand before, each with what is better than both.
    pub fn next_to(&self, word: &str) -> impl Iterator<Item = (&str, &str)> {
        let pairs = self.pairs.get(word).map_or(&[][..], Vec::as_slice);
        pairs.iter().map(|(next, better)| (next.as_str(), better.as_str()))
    }

    /// What is better than this word, in small letters.
    pub fn better(&self, word: &str) -> Option<&str> {
        let begins = || self.beginnings.iter().find(|(beginning, _)| word.starts_with(beginning.as_str()));
        self.whole.get(word).or_else(|| begins().map(|(_, better)| better)).map(String::as_str)
    }
}
