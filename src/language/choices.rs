//! Words that there is a better one for.

use rustc_hash::FxHashMap;

/// Words, or how they begin, each with what is better.
#[derive(Clone, Debug, Default)]
pub struct Choices {
    whole: FxHashMap<String, String>,
    beginnings: Vec<(String, String)>,
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
    /// Reads a list, one word a line: `fel -> bättre`; a star stands for any ending. What follows `#` is a comment.
    pub fn parse(list: &str) -> Self {
        let mut choices = Self::default();
        let lines = list.lines().map(|line| line.split('#').next().unwrap_or_default());
        for (word, better) in lines.filter_map(|line| line.split_once("->")) {
            let better = better.trim().to_owned();
            match word.trim().strip_suffix('*') {
                Some(beginning) => choices.beginnings.push((beginning.to_owned(), better)),
                None => {
                    choices.whole.insert(word.trim().to_owned(), better);
                }
            }
        }
        choices
    }

    /// What is better than this word, in small letters.
    pub fn better(&self, word: &str) -> Option<&str> {
        let begins = || self.beginnings.iter().find(|(beginning, _)| word.starts_with(beginning.as_str()));
        self.whole.get(word).or_else(|| begins().map(|(_, better)| better)).map(String::as_str)
    }
}
